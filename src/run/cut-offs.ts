import type { Migration } from '../tools/tool.ts';
import { isTransactionControl } from './pieces.ts';
import { partOf, type SentPiece, sentPieces } from './sent.ts';

/** A place in a migration behind which production may be left when the rest fails. */
export interface CutOff {
  /** Offset in the migration's text where the next statement begins. */
  readonly end: number;
  /** 1-based line of the last statement that has been done. */
  readonly line: number;
}

/**
 * Every place of a migration after which what was done so far stays, whatever becomes of the rest: after each statement
 * that commits by itself, and after each COMMIT of the file. The end of the migration is none, nor are those between
 * very many statements alike.
 */
export function cutOffs(migration: Migration): readonly CutOff[] {
  const pieces = sentPieces(migration);
  let open = migration.transaction === 'single' || migration.transaction === 'shared';
  return pieces.flatMap((piece, index) => {
    const next = pieces[index + 1];
    const kind = controls(piece);
    if (kind === 'begin') open = true;
    if (kind === 'end') open = false;
    // Statements of one message share a transaction unless one of them ends it.
    const commits = !piece.block || piece.message !== next?.message;
    const stays = kind === 'end' || (!open && commits);
    if (next === undefined || !stays || piece.between || !changesSomething(piece)) return [];
    return [{ end: next.start, line: piece.line }];
  });
}

/** A migration that stops at a cut-off. */
export const cutAt = (migration: Migration, { end }: CutOff): Migration => partOf(migration, 0, end);

function controls({ node }: SentPiece): 'begin' | 'end' | null {
  if (node === null || !('TransactionStmt' in node) || !isTransactionControl(node)) return null;
  const { kind } = node.TransactionStmt;
  return kind === 'TRANS_STMT_BEGIN' || kind === 'TRANS_STMT_START' ? 'begin' : 'end';
}

/** A setting is gone with the session. */
const changesSomething = ({ node }: SentPiece): boolean => node === null || !('VariableSetStmt' in node);

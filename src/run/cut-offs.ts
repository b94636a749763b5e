import type { Migration } from '../tools/tool.ts';
import { isTransactionControl, type Piece, piecesOf } from './pieces.ts';

/** A place in a migration behind which production may be left when the rest fails. */
export interface CutOff {
  /** Offset in the migration's text after the last statement that has been done. */
  readonly end: number;
  /** 1-based line of that statement. */
  readonly line: number;
}

/**
 * Every place of a migration after which what was done so far stays, whatever becomes of the rest: after each statement
 * that commits by itself, and after each COMMIT of the file. The end of the migration is none, nor are those between
 * very many statements alike.
 */
export function cutOffs(migration: Migration): readonly CutOff[] {
  const pieces = piecesOf(migration.sql);
  const found: CutOff[] = [];
  let open = migration.transaction === 'single' || migration.transaction === 'shared';
  for (const message of messagesOf(migration, pieces)) {
    const inside = pieces.filter(({ start }) => start >= message.start && start < message.end);
    for (const [index, piece] of inside.entries()) {
      const kind = controls(piece);
      if (kind === 'begin') open = true;
      if (kind === 'end') open = false;
      // Two statements of one message share a transaction unless one of them ends it.
      const stays = kind === 'end' || (!open && (inside.length === 1 || index === inside.length - 1));
      if (stays && kind !== 'begin' && !piece.between && changesSomething(piece)) {
        found.push({ end: piece.end, line: piece.line });
      }
    }
  }
  return found.filter(({ end }) => end !== pieces.at(-1)?.end);
}

/** A migration that stops at a cut-off. */
export function cutAt(migration: Migration, { end }: CutOff): Migration {
  const { messages, copyData, ...rest } = migration;
  const next = piecesOf(migration.sql).find(({ start }) => start >= end)?.start ?? migration.sql.length;
  return {
    ...rest,
    sql: migration.sql.slice(0, end),
    ...(messages === undefined
      ? {}
      : {
          messages: messages
            .filter(({ start }) => start < end)
            .map(({ start, end: until }) => ({ start, end: Math.min(until, end) })),
        }),
    ...(copyData === undefined ? {} : { copyData: copyData.filter(({ at }) => at <= next) }),
  };
}

function messagesOf({ messages, transaction, sql }: Migration, pieces: readonly Piece[]) {
  return messages ?? (transaction === 'none' ? pieces : [{ start: 0, end: sql.length }]);
}

function controls({ node }: Piece): 'begin' | 'end' | null {
  if (node === null || !('TransactionStmt' in node) || !isTransactionControl(node)) return null;
  const { kind } = node.TransactionStmt;
  return kind === 'TRANS_STMT_BEGIN' || kind === 'TRANS_STMT_START' ? 'begin' : 'end';
}

/** A setting is gone with the session. */
const changesSomething = ({ node }: Piece): boolean => node === null || !('VariableSetStmt' in node);

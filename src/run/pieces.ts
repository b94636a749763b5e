import type { Node } from '@pgsql/types';
import { parseInChunks } from '../sql/chunks.ts';
import type { ParsedStatement } from '../sql/parse.ts';
import { alikeLimit, type Likeness, likeness } from './alike.ts';

/** A statement of a file, or the whole file where the grammar could not cut it. */
export type Piece = Omit<ParsedStatement, 'node'> & {
  /** Null: not known to our grammar, or not kept, since it is one of many alike. */
  readonly node: Node | null;
  readonly like: Likeness | null;
  /** Stands between the first and the last of very many alike: need not be observed by itself. */
  readonly between: boolean;
};

/** What the server is sent one by one, in order. A file's hundred thousand INSERTs are not kept as trees. */
export function piecesOf(sql: string): readonly Piece[] {
  const pieces: Piece[] = [];
  const groups = new Map<string, { readonly like: Likeness; readonly members: number[] }>();
  const error = parseInChunks(sql, (statement) => {
    const found = likeness(statement);
    // One object for all of them.
    const group = found === null ? null : (groups.get(found.key) ?? { like: found, members: [] });
    pieces.push({ ...statement, like: group?.like ?? null, between: false });
    if (group === null) return;
    const { members } = group;
    groups.set(group.like.key, group);
    members.push(pieces.length - 1);
    // With the first one too many all that came between go, then always the one that is no longer the last.
    const surplus = members.length - alikeLimit;
    for (const index of surplus < 1 ? [] : members.slice(surplus === 1 ? 1 : -2, -1)) {
      const piece = pieces[index];
      if (piece !== undefined) pieces[index] = { ...piece, node: null, between: true };
    }
  });
  if (error === null) return pieces;
  // What our grammar cannot read the server may; and if not, its own error is the one to show.
  const endLine = sql.split('\n').length;
  return [{ node: null, like: null, between: false, start: 0, end: sql.length, line: 1, endLine, sql }];
}

/** The server refuses it where no transaction is open, so that it must not get one from us. */
export function needsTransaction(node: Node | null): boolean {
  if (node === null) return false;
  if ('LockStmt' in node) return true;
  return 'TransactionStmt' in node && !isTransactionControl(node);
}

/** BEGIN, COMMIT, ROLLBACK and their like: what begins or ends a transaction, savepoints left out. */
export function isTransactionControl(node: Node | null): boolean {
  if (node === null || !('TransactionStmt' in node)) return false;
  const { kind } = node.TransactionStmt;
  return (
    kind !== 'TRANS_STMT_SAVEPOINT' && kind !== 'TRANS_STMT_RELEASE' && kind !== 'TRANS_STMT_ROLLBACK_TO'
  );
}

/** Does the statement take back what earlier ones did? */
export function takesBack(node: Node | null): boolean {
  // A whole file that could not be cut may hold anything.
  if (node === null) return true;
  if (!('TransactionStmt' in node)) return false;
  const { kind } = node.TransactionStmt;
  return kind === 'TRANS_STMT_ROLLBACK' || kind === 'TRANS_STMT_ROLLBACK_TO';
}

/** Does the statement run code, so that what it does need not stand in its text? */
export function runsCode(node: Node | null): boolean {
  if (node === null) return true;
  return ['DoStmt', 'CallStmt', 'SelectStmt', 'ExecuteStmt'].some((kind) => kind in node);
}

/** Settings of extensions and of the application (`app.tenant`) that a SET statement names. */
export function customSettings(pieces: readonly Piece[]): string[] {
  const names = pieces.flatMap(({ node }) =>
    node !== null && 'VariableSetStmt' in node ? [node.VariableSetStmt.name ?? ''] : [],
  );
  return [...new Set(names.filter((name) => name.includes('.')))];
}

/**
 * Indexes of the statements after which no query of ours may run: SET TRANSACTION must come before the first
 * query of its transaction. BEGIN, SET and LOCK are none (PlannedStmtRequiresSnapshot in tcop/pquery.c).
 */
export function beforeSetTransaction(pieces: readonly Piece[]): Set<number> {
  const found = new Set<number>();
  for (const [index, { node }] of pieces.entries()) {
    if (!setsTransaction(node)) continue;
    for (let before = index - 1; before >= 0 && isNoQuery(pieces[before]?.node ?? null); before -= 1)
      found.add(before);
  }
  return found;
}

function setsTransaction(node: Node | null): boolean {
  if (node === null || !('VariableSetStmt' in node)) return false;
  return ['TRANSACTION', 'transaction_isolation'].includes(node.VariableSetStmt.name ?? '');
}

const isNoQuery = (node: Node | null): boolean =>
  node !== null && (isTransactionControl(node) || 'VariableSetStmt' in node || 'LockStmt' in node);

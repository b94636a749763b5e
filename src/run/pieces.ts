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

/** The statements of a text. A file's hundred thousand INSERTs are not kept as trees. */
export function piecesOf(sql: string): readonly Piece[] {
  const list = new PieceList(sql);
  if (list.add(0, sql.length)) return list.pieces;
  const whole = new PieceList(sql);
  whole.addWhole(0, sql.length);
  return whole.pieces;
}

/** Pieces of one text, taken from it part after part. */
export class PieceList {
  readonly pieces: Piece[] = [];
  private readonly sql: string;
  private readonly groups = new Map<string, { readonly like: Likeness; readonly members: number[] }>();
  private at = 0;
  private line = 1;

  constructor(sql: string) {
    this.sql = sql;
  }

  /**
   * Adds the statements of a part that stands behind the ones before.
   *
   * @returns false when our grammar cannot read it, and then nothing of use has been added
   */
  add(from: number, end: number): boolean {
    const start = Math.min(skipBlanks(this.sql, from), end);
    const before = this.pieces.length;
    const first = this.lineAt(start) - 1;
    const error = parseInChunks(this.sql.slice(start, end), (statement) =>
      this.push({
        ...statement,
        start: statement.start + start,
        end: statement.end + start,
        line: statement.line + first,
        endLine: statement.endLine + first,
      }),
    );
    if (error !== null) this.forget(before);
    return error === null;
  }

  /** Adds a part as it stands: what our grammar cannot read the server may; and if not, its own error is the one to show. */
  addWhole(from: number, end: number): void {
    const start = Math.min(skipBlanks(this.sql, from), end);
    const line = this.lineAt(start);
    const sql = this.sql.slice(start, end);
    const endLine = line + sql.split('\n').length - 1;
    this.pieces.push({ node: null, like: null, between: false, start, end, line, endLine, sql });
  }

  private forget(from: number): void {
    this.pieces.length = from;
    for (const { members } of this.groups.values()) {
      while ((members.at(-1) ?? -1) >= from) members.pop();
    }
  }

  private push(statement: ParsedStatement): void {
    const found = likeness(statement);
    // One object for all of them.
    const group = found === null ? null : (this.groups.get(found.key) ?? { like: found, members: [] });
    this.pieces.push({ ...statement, like: group?.like ?? null, between: false });
    if (group === null) return;
    const { members } = group;
    this.groups.set(group.like.key, group);
    members.push(this.pieces.length - 1);
    // With the first one too many all that came between go, then always the one that is no longer the last.
    const surplus = members.length - alikeLimit;
    for (const index of surplus < 1 ? [] : members.slice(surplus === 1 ? 1 : -2, -1)) {
      const piece = this.pieces[index];
      if (piece !== undefined) this.pieces[index] = { ...piece, node: null, between: true };
    }
  }

  private lineAt(offset: number): number {
    if (offset < this.at) {
      this.at = 0;
      this.line = 1;
    }
    for (
      let at = this.sql.indexOf('\n', this.at);
      at !== -1 && at < offset;
      at = this.sql.indexOf('\n', at + 1)
    )
      this.line += 1;
    this.at = offset;
    return this.line;
  }
}

/** Offset of the first character from here on that is no blank. */
export function skipBlanks(sql: string, from: number): number {
  // A byte order mark is no blank to the server.
  const text = /[^ \t\r\n\f\v]/g;
  text.lastIndex = from;
  return text.exec(sql)?.index ?? sql.length;
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

/** Settings that a SET LOCAL names, in lower case. */
export function localSettings(pieces: readonly Piece[]): Set<string> {
  return new Set(
    pieces.flatMap(({ node }) =>
      node !== null && 'VariableSetStmt' in node && node.VariableSetStmt.is_local === true
        ? [(node.VariableSetStmt.name ?? '').toLowerCase()]
        : [],
    ),
  );
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

/** May a query of ours run before the statement? Not before SET TRANSACTION. */
export const mayAskBefore = ({ node }: Piece): boolean => !setsTransaction(node);

function setsTransaction(node: Node | null): boolean {
  if (node === null || !('VariableSetStmt' in node)) return false;
  return ['TRANSACTION', 'transaction_isolation'].includes(node.VariableSetStmt.name ?? '');
}

const isNoQuery = (node: Node | null): boolean =>
  node !== null && (isTransactionControl(node) || 'VariableSetStmt' in node || 'LockStmt' in node);

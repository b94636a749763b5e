import './quick-compilation.ts';
import type { Node } from '@pgsql/types';
import { hasSqlDetails, loadModule, parseSync, scanSync } from 'libpg-query';
import { costlyRun } from './scan-cost.ts';

/** One statement of a file. Offsets count UTF-16 units, as JavaScript strings do. */
export interface ParsedStatement {
  readonly node: Node;
  /** Offset of the first character of the statement itself, comments before it left out. */
  readonly start: number;
  /** Offset after its last character, without the semicolon. */
  readonly end: number;
  /** 1-based. */
  readonly line: number;
  readonly endLine: number;
  readonly sql: string;
}

export interface SyntaxError {
  readonly message: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
}

export interface ParsedFile {
  readonly statements: readonly ParsedStatement[];
  /** Set when PostgreSQL's grammar refuses the text; `statements` is then empty. */
  readonly error: SyntaxError | null;
}

export interface Comment {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  /** With its comment signs. */
  readonly text: string;
}

/** Must have been awaited once before anything else here is called: the parser is WebAssembly. */
export const loadParser: () => Promise<void> = loadModule;

/** Parses a file with PostgreSQL's own grammar (libpg_query). Never throws for SQL it cannot read. */
export function parseFile(sql: string): ParsedFile {
  if (sql.trim() === '') return { statements: [], error: null };
  const toIndex = byteOffsets(sql);
  const lines = lineFinder(sql);
  try {
    // Before the scanner, whose errors have no place.
    const parsed = parseSync(readable(sql)).stmts ?? [];
    const tokens = scanSync(readable(sql)).tokens.filter((token) => !isComment(token.tokenName));
    let next = 0;
    const statements = parsed.flatMap(({ stmt, stmt_location = 0, stmt_len = 0 }) => {
      if (stmt === undefined) return [];
      // The grammar counts white space and comments before a statement as part of it: its first token does not.
      while (next < tokens.length && (tokens[next]?.start ?? 0) < stmt_location) next += 1;
      const start = toIndex(tokens[next]?.start ?? stmt_location);
      const until = stmt_len === 0 ? Number.POSITIVE_INFINITY : stmt_location + stmt_len;
      let last = next;
      while (last + 1 < tokens.length && (tokens[last + 1]?.end ?? 0) <= until) last += 1;
      while (last > next && tokens[last]?.tokenName === 'ASCII_59') last -= 1;
      const end = toIndex(tokens[last]?.end ?? stmt_location + stmt_len);
      next = last + 1;
      return [
        {
          node: stmt as Node,
          start,
          end,
          line: lines(start).line,
          endLine: lines(Math.max(start, end - 1)).line,
          sql: sql.slice(start, end),
        },
      ];
    });
    return { statements, error: null };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // Counted in characters, unlike the places in a tree.
    const position = hasSqlDetails(error) ? (error.sqlDetails?.cursorPosition ?? 0) : 0;
    return { statements: [], error: { message: error.message, ...lines(unitsOf(sql, position)) } };
  }
}

/** Every comment of a text, in order; none where the scanner cannot read it. */
export function commentsOf(sql: string): Comment[] {
  if (!sql.includes('--') && !sql.includes('/*')) return [];
  const toIndex = byteOffsets(sql);
  const lines = lineFinder(sql);
  try {
    return scanSync(readable(sql))
      .tokens.filter((token) => isComment(token.tokenName))
      .map((token) => {
        const start = toIndex(token.start);
        const end = toIndex(token.end);
        return { start, end, line: lines(start).line, text: sql.slice(start, end) };
      });
  } catch {
    return [];
  }
}

/** Two texts that parse to the same statements: white space, comments and spelling aside. */
export function sameStatements(left: string, right: string): boolean {
  try {
    // What `readable` makes equal may differ.
    if (readable(left) !== left || readable(right) !== right) return left === right;
    const [a, b] = [left, right].map((sql) => JSON.stringify(parseSync(sql).stmts ?? [], withoutLocations));
    return a === b;
  } catch {
    return false;
  }
}

/** The statements of two texts that only one of them has, however often; null where one cannot be read. */
export function differingStatements(left: string, right: string): readonly Node[] | null {
  try {
    if (readable(left) !== left || readable(right) !== right) return null;
    const [a = [], b = []] = [left, right].map((sql) =>
      (sql.trim() === '' ? [] : (parseSync(sql).stmts ?? [])).flatMap(({ stmt }) =>
        stmt === undefined ? [] : [stmt as Node],
      ),
    );
    return [...without(a, b), ...without(b, a)];
  } catch {
    return null;
  }
}

function without(some: readonly Node[], others: readonly Node[]): readonly Node[] {
  const counts = new Map<string, number>();
  const keyOf = (node: Node) => JSON.stringify(node, withoutLocations);
  for (const other of others) counts.set(keyOf(other), (counts.get(keyOf(other)) ?? 0) + 1);
  return some.filter((node) => {
    const left = counts.get(keyOf(node)) ?? 0;
    counts.set(keyOf(node), left - 1);
    return left <= 0;
  });
}

/** Line and column, both 1-based, of an offset. */
export function lineFinder(text: string): (offset: number) => { line: number; column: number } {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}

/**
 * The parser hands its tree over as JSON in which it leaves control characters as they are, which nothing can
 * read. They are taken for spaces of the same length: in a literal the tree then has a space for one, outside
 * of literals the server refuses most of them anyway, and it gets the file as it is.
 */
function readable(sql: string): string {
  if (costlyRun(sql, READABLE_COST) !== null) {
    throw new Error('more comments or signs in a row than are read here');
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
  return sql.replace(/[\u0001-\u0008\u000b\u000c\u000e-\u001f]/g, ' ');
}

/** A second or two, in which nothing can end the parser: it runs in this very thread. */
const READABLE_COST = 2e7;

const isComment = (tokenName: string): boolean => tokenName === 'SQL_COMMENT' || tokenName === 'C_COMMENT';

const locationKeys = new Set([
  'location',
  'stmt_location',
  'stmt_len',
  'name_location',
  'list_start',
  'list_end',
  'rexpr_list_start',
  'rexpr_list_end',
]);
const withoutLocations = (key: string, value: unknown): unknown =>
  locationKeys.has(key) ? undefined : value;

/** UTF-16 units of the first so many characters. */
export function unitsOf(text: string, characters: number): number {
  let units = 0;
  for (let seen = 0; seen < characters && units < text.length; seen += 1) {
    units += (text.codePointAt(units) ?? 0) > 0xffff ? 2 : 1;
  }
  return units;
}

/** libpg_query counts UTF-8 bytes; JavaScript strings count UTF-16 units. */
function byteOffsets(text: string): (byte: number) => number {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length === text.length) return (byte) => Math.min(byte, text.length);
  let atByte = 0;
  let atIndex = 0;
  return (byte) => {
    if (byte < atByte) {
      atByte = 0;
      atIndex = 0;
    }
    atIndex += bytes.subarray(atByte, byte).toString('utf8').length;
    atByte = byte;
    return atIndex;
  };
}

import { type ParsedFile, type ParsedStatement, parseFile } from './parse.ts';

/** Characters that are parsed at once: the parse tree of a text takes many times its size. */
const chunkLength = 100_000;

/**
 * Parses a file of any length a chunk at a time and hands out its statements, so that their trees need not all
 * be there at once.
 *
 * A chunk ends with a line, at some semicolon after which the text is complete by itself. That is a semicolon
 * between statements: inside of a literal, a comment, parentheses or a function's body the chunk would not
 * parse, and a comment of one line ends with it.
 *
 * @returns the error of the text that cannot be read, else null; `each` has seen what stands before it
 */
export function parseInChunks(
  sql: string,
  each: (statement: ParsedStatement) => void,
  length: number = chunkLength,
): ParsedFile['error'] {
  let start = 0;
  let line = 0;
  while (start < sql.length) {
    const chunk = nextChunk(sql, start, length);
    if (chunk.parsed.error !== null) return { ...chunk.parsed.error, line: chunk.parsed.error.line + line };
    for (const statement of chunk.parsed.statements) {
      each({
        ...statement,
        start: statement.start + start,
        end: statement.end + start,
        line: statement.line + line,
        endLine: statement.endLine + line,
      });
    }
    line += linesIn(sql, start, chunk.end);
    start = chunk.end;
  }
  return null;
}

function nextChunk(sql: string, start: number, length: number): { parsed: ParsedFile; end: number } {
  for (let size = length; start + size < sql.length; size *= 2) {
    const end = endOfStatement(sql, start + size);
    if (end === null) break;
    const parsed = parseFile(sql.slice(start, end));
    if (parsed.error === null) return { parsed, end };
  }
  return { parsed: parseFile(sql.slice(start)), end: sql.length };
}

/** After the first line from here on that ends with a semicolon. */
function endOfStatement(sql: string, from: number): number | null {
  for (let at = sql.indexOf(';', from); at !== -1; at = sql.indexOf(';', at + 1)) {
    if (sql[at + 1] === '\n') return at + 2;
    if (sql[at + 1] === '\r' && sql[at + 2] === '\n') return at + 3;
  }
  return null;
}

function linesIn(text: string, start: number, end: number): number {
  let lines = 0;
  for (let at = text.indexOf('\n', start); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

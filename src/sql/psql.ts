import { type Commanded, command } from './psql-commands.ts';
import {
  blank,
  type PsqlScript,
  type PsqlSettings,
  type Reading,
  spaces,
  Unreadable,
} from './psql-reading.ts';
import { substitution } from './psql-variables.ts';

const includesAtMost = 50;

/**
 * Reads a script as `psql --file` does: what is for psql itself is done or blanked, the rest is for the server.
 * Lines and columns stay those of the file, but for what follows a replaced variable or an included file.
 */
export function readPsql(
  text: string,
  settings: PsqlSettings,
  depth = 0,
): PsqlScript & { readonly open: boolean } {
  const reading: Reading = { text, at: 0, settings, included: [], branches: [], copyData: [] };
  // The place in the script itself, whatever has been put in before it.
  const lineIn = () => text.split('\n').length - (reading.text.slice(reading.at).split('\n').length - 1);
  let open = false;
  try {
    if (depth > includesAtMost) throw new Unreadable('includes files in a circle');
    open = isOpen(reading.text.slice(scan(reading, depth)));
    if (reading.branches.length > 0)
      throw new Unreadable('stops: reached the end of the file without finding the closing \\endif', true);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return {
      ...result(reading),
      open,
      refused: { line: Math.max(1, lineIn()), says: error.says, stops: error.stops },
    };
  }
  return { ...result(reading), open, refused: null };
}

const result = ({ text, copyData, included }: Reading): Omit<PsqlScript, 'refused'> => ({
  sql: text,
  copyData,
  included,
});

const isActive = (reading: Reading): boolean => reading.branches.every(({ active }) => active);

/** Everything that is not code to psql either: strings, quoted names, dollar quotes, comments. */
const opaque = [
  /--[^\n]*/y,
  /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y,
  /[eE]'(?:[^'\\]|\\[\s\S]|'')*(?:'|$)/y,
  /'(?:[^']|'')*(?:'|$)/y,
  /"(?:[^"]|"")*(?:"|$)/y,
] as const;
/** Words and numbers are passed as a whole, so that an `E` or a `$` in them begins nothing. */
const word = /[A-Za-z_0-9\u0080-\uffff][\w$\u0080-\uffff]*/y;

/** @returns where the last statement begins, which has no semicolon */
function scan(reading: Reading, depth: number): number {
  let statement = 0;
  let parentheses = 0;
  let brackets = 0;
  // Where a branch that is not taken began: it is blanked as a whole, since every change copies the text.
  let skipped: number | null = null;
  while (reading.at < reading.text.length) {
    const active = isActive(reading);
    if (!active) skipped ??= reading.at;
    else if (skipped !== null) {
      blankFrom(reading, skipped);
      skipped = null;
    }
    const { text, at } = reading;
    const character = text[at] ?? '';
    const end = endOfOpaque(text, at);
    if (end > at) {
      reading.at = end;
    } else if (character === '\\') {
      const done = command(reading, active);
      if (done === 'quit') blank(reading, reading.text.length);
      if (typeof done === 'object') {
        // The pending part waits while the file runs, which one text cannot say.
        if (isOpen(reading.text.slice(statement, at)))
          throw new Unreadable(`reads ${done.path} in the middle of a statement`);
        include(reading, done, depth);
        statement = reading.at;
      }
    } else if (character === ':' && active) {
      reading.at = replaceVariable(reading, brackets > 0);
    } else {
      if (character === '(') parentheses += 1;
      if (character === ')') parentheses = Math.max(0, parentheses - 1);
      if (character === '[') brackets += 1;
      if (character === ']') brackets = Math.max(0, brackets - 1);
      reading.at = at + 1;
      if (character !== ';' || parentheses > 0 || !active) continue;
      if (isCopyFromStdin(reading.text.slice(statement, at))) takeData(reading);
      statement = reading.at;
      brackets = 0;
    }
  }
  if (skipped !== null) blankFrom(reading, skipped);
  return statement;
}

function blankFrom(reading: Reading, start: number): void {
  const until = reading.at;
  reading.at = start;
  blank(reading, until);
}

/** Is there more than comments and white space? */
const isOpen = (text: string): boolean => text.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, '').trim() !== '';

/** The end of a string, a comment or a word that begins here; the place itself where none does. */
function endOfOpaque(text: string, at: number): number {
  if (text.startsWith('/*', at)) return endOfComment(text, at);
  for (const pattern of opaque) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null) continue;
    if (match[0][0] !== '$') return at + match[0].length;
    const close = text.indexOf(match[0], at + match[0].length);
    return close === -1 ? text.length : close + match[0].length;
  }
  word.lastIndex = at;
  return at + (word.exec(text)?.[0].length ?? 0);
}

/** Comments nest. */
function endOfComment(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    if (text.startsWith('/*', at)) {
      depth += 1;
      at += 1;
    } else if (text.startsWith('*/', at)) {
      depth -= 1;
      at += 1;
      if (depth === 0) return at + 1;
    }
  }
  return text.length;
}

/** @returns the offset from which to read on: the value's first character, since psql reads values as code */
function replaceVariable(reading: Reading, inBrackets: boolean): number {
  const { text, at, settings } = reading;
  const found = substitution(text, at, settings.variables, inBrackets);
  reading.text = text.slice(0, at) + found.value + text.slice(found.end);
  return at + (found.rescan ? 0 : found.value.length);
}

function include(reading: Reading, { path }: Extract<Commanded, object>, depth: number): void {
  const { settings } = reading;
  const text = settings.include(path);
  if (text === undefined) throw new Unreadable(`stops: ${path}: No such file or directory`, true);
  const inner = readPsql(text, { ...settings, file: path }, depth + 1);
  // What a file leaves without a semicolon psql sends at its end.
  const sql = inner.open ? `${inner.sql}\n;` : inner.sql;
  if (inner.refused !== null)
    throw new Unreadable(
      `${inner.refused.says} (in ${path}, line ${inner.refused.line})`,
      inner.refused.stops,
    );
  reading.included.push(path, ...inner.included);
  reading.copyData.push(...inner.copyData.map(({ at, data }) => ({ at: at + reading.at, data })));
  reading.text = reading.text.slice(0, reading.at) + sql + reading.text.slice(reading.at);
  reading.at += sql.length;
}

/** Data follows the line on which the statement ends, up to a line of `\.`. */
function takeData(reading: Reading): void {
  const { text, at } = reading;
  const newline = text.indexOf('\n', at);
  if (newline === -1) throw new Unreadable('finds no data after COPY … FROM STDIN');
  const end = /^\\\.\r?$/m.exec(text.slice(newline + 1));
  const data = text.slice(newline + 1, end === null ? text.length : newline + 1 + end.index);
  const until = newline + 1 + data.length + (end?.[0].length ?? 0);
  reading.copyData.push({ at, data: data.replaceAll('\r\n', '\n') });
  reading.text = text.slice(0, newline + 1) + spaces(text.slice(newline + 1, until)) + text.slice(until);
}

const isCopyFromStdin = (statement: string): boolean =>
  /^\s*copy\b[\s\S]*\bfrom\s+stdin\b/i.test(
    statement.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, ' ').replace(/'(?:[^']|'')*'/g, "''"),
  );

/** The first line that only psql reads: a meta-command, or data of a COPY. Null where there is none. */
export function psqlLine(text: string): { readonly line: number; readonly what: string } | null {
  let at = 0;
  let statement = 0;
  while (at < text.length) {
    const end = endOfOpaque(text, at);
    const lineAt = () => text.slice(0, at).split('\n').length;
    if (end > at) at = end;
    else if (text[at] === '\\') {
      return {
        line: lineAt(),
        what: `the psql command ${/^\\[A-Za-z_!?]*/.exec(text.slice(at))?.[0] ?? '\\'}`,
      };
    } else {
      if (text[at] === ';') {
        if (isCopyFromStdin(text.slice(statement, at)))
          return { line: lineAt(), what: 'COPY … FROM STDIN with its data below' };
        statement = at + 1;
      }
      at += 1;
    }
  }
  return null;
}

import { dropLastComma, plainQuotes } from './signs.ts';

const pattern =
  /\/\/[^\n]*|\/\*(?:[\s\S]*?\*\/)?|"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'|`|[\p{L}\p{M}\p{N}_$]+|\n|[^\S\n]+|\/=?|\+\++|--+|[=<>!+\-*%&|^~?]+|[\s\S]/uy;
const regularExpression = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[\p{L}\p{N}_$]*/uy;
const quoted = /"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'/y;

/** What Node takes for a comment, or for the end of a line, and hardly anybody writes. */
const unusual = /[\r\u2028\u2029]|<!--|-->|^#!/;

const isWord = (sign: string): boolean => /^[\p{L}\p{M}\p{N}_$]+$/u.test(sign);
const ended = /[\p{L}\p{M}\p{N}_$"'`)\]}]$/u;
const beforeStatement = new Set(['if', 'for', 'while', 'with']);
/** Nothing of theirs may stand on the next line. */
const endWithLine = new Set(['return', 'throw', 'break', 'continue', 'yield']);
const beforeValue = new Set('return typeof case in do else void delete throw new instanceof'.split(' '));
/** Names in some places, in others words before a value. */
const either = new Set(['of', 'yield', 'await']);
/** Names in some places, in others words that belong to what comes next, be it on the next line. */
const mayGoOn = new Set(['get', 'set', 'static', 'let']);
/** Templates within templates. More are no program that people write. */
const deepest = 50;

type Bracket = 'header of for' | 'header' | 'other';

/**
 * A JavaScript or TypeScript program as the signs that its meaning depends on. A semicolon that the line's end stands for is
 * one of them, but none before a line that goes on with the statement.
 *
 * @returns null where its text does not say for sure where a string or comment ends
 */
export function javascriptSigns(text: string, file: string): string[] | null {
  // Text between tags is data, to the last space.
  if (/x$/i.test(file) || unusual.test(text)) return null;
  const signs: string[] = [];
  const open: Bracket[] = [];
  /** A statement comes next, and nothing would be one as well. */
  let statementFollows = false;
  /** The last semicolon is a line's end only. */
  let soft = false;
  const isKeyword = (words: ReadonlySet<string>): boolean =>
    words.has(signs.at(-1) ?? '') && signs.at(-2) !== '.';

  for (let at = 0; at < text.length; ) {
    let found = next(pattern, text, at) ?? '';
    const last = signs.at(-1) ?? '';
    if (found.startsWith('/') && !/^\/[/*]/.test(found)) {
      const value = mayBeValue(last, soft ? (signs.at(-2) ?? '') : last, statementFollows, isKeyword);
      if (value === null) return null;
      if (value) found = next(regularExpression, text, at) ?? '';
    } else if (found === '`') found = text.slice(at, endOfTemplate(text, at, 0) ?? at);
    if (found === '' || found === '/*' || found === '"' || found === "'") return null;
    at += found.length;

    // A comment that goes over lines ends a line as well.
    if (/^\/[/*]/.test(found)) found = found.includes('\n') ? '\n' : ' ';
    if (found === '\n') {
      const ends = ended.test(last) && !statementFollows && open.at(-1) !== 'header of for';
      if (ends) {
        soft = !isKeyword(endWithLine);
        signs.push(mayGoOn.has(last) ? '\n' : ';');
      }
      continue;
    }
    if (/^\s/.test(found)) continue;
    if (found === ';') {
      // `if (a);` is a statement of nothing, and each part of a `for` may be nothing.
      if (statementFollows || open.at(-1) === 'header of for') signs.push(';;');
      else if (last !== ';') signs.push(';');
      soft = false;
      statementFollows = false;
      continue;
    }
    // A line that begins like this goes on with the statement before it, and a last semicolon may be left out.
    const goesOn = soft && /^(?:[)\],.:?([`/]|[=<>*%&|^]|[+-](?![+-])|!=)/.test(found);
    if (last === ';' && (goesOn || found === '}')) signs.pop();
    soft = false;
    statementFollows = false;
    if ('([{'.includes(found)) open.push(found === '(' ? bracketAfter(signs) : 'other');
    if (')]}'.includes(found)) {
      const closed = open.pop();
      statementFollows = closed === 'header' || closed === 'header of for';
      dropLastComma(signs, () => true);
    }
    if ((found === 'else' || found === 'do') && signs.at(-1) !== '.') statementFollows = true;
    if (found === '=>' && isWord(signs.at(-1) ?? '')) signs.splice(-1, 1, '(', signs.at(-1) ?? '', ')');
    signs.push(plainQuotes(found));
  }
  if (signs.at(-1) === ';') signs.pop();
  return signs;
}

function bracketAfter(signs: readonly string[]): Bracket {
  const [before, last] = [signs.at(-2) ?? '', signs.at(-1) ?? ''];
  if (before === '.') return 'other';
  if (last === 'for' || (last === 'await' && before === 'for')) return 'header of for';
  return beforeStatement.has(last) ? 'header' : 'other';
}

/** Does a slash begin a pattern? Null: that takes more than what stands before it. */
function mayBeValue(
  last: string,
  line: string,
  statementFollows: boolean,
  isKeyword: (words: ReadonlySet<string>) => boolean,
): boolean | null {
  if (statementFollows) return true;
  const sign = last === ';' ? line : last;
  if (sign === '}' || sign.startsWith('++') || sign.startsWith('--') || sign === '!') return null;
  if (either.has(sign)) return null;
  if (sign === last && isKeyword(beforeValue)) return true;
  if (beforeValue.has(sign) && sign !== last) return null;
  return !ended.test(sign) && !isRegularExpression(sign);
}

const isRegularExpression = (sign: string): boolean => sign.length > 2 && /^\/(?![/*])/.test(sign);

/** Offset behind a template; null where a slash stands in the code within. */
function endOfTemplate(text: string, begin: number, depth: number): number | null {
  if (depth > deepest) return null;
  let at = begin + 1;
  while (at < text.length) {
    if (text[at] === '\\') at += 2;
    else if (text[at] === '`') return at + 1;
    else if (text.startsWith('${', at)) {
      const end = endOfCode(text, at + 2, depth + 1);
      if (end === null) return null;
      at = end;
    } else at += 1;
  }
  return null;
}

function endOfCode(text: string, begin: number, templates: number): number | null {
  let depth = 0;
  let at = begin;
  while (at < text.length) {
    const sign = text[at] ?? '';
    if (sign === '/') return null;
    if (sign === '`' || sign === '"' || sign === "'") {
      const end =
        sign === '`' ? endOfTemplate(text, at, templates) : at + (next(quoted, text, at)?.length ?? 0);
      if (end === null || end === at) return null;
      at = end;
      continue;
    }
    at += 1;
    if (sign === '{') depth += 1;
    if (sign === '}' && depth-- === 0) return at;
  }
  return null;
}

function next(expression: RegExp, text: string, at: number): string | null {
  expression.lastIndex = at;
  return expression.exec(text)?.[0] ?? null;
}

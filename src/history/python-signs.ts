import { dropLastComma, plainQuotes } from './signs.ts';

const pattern =
  /[rbuf]{0,2}(?:"""(?:[^\\]|\\.)*?"""|'''(?:[^\\]|\\.)*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|#[^\n]*|[\p{L}\p{M}\p{N}_]+|\\\n|\n[ \t\f]*|[=<>!+\-*/%&|^~:@]+|[^\s]/gisu;

/** Words of the language after which a bracket calls nothing, and is a value. */
const keywords = new Set(
  'and as assert async await case del elif else except finally for from if in is lambda match not or raise return try while with yield'.split(
    ' ',
  ),
);

/** A comment on the first two lines that names another encoding: it decides where the others end. */
const otherEncoding = /^(?:[^\n]*\n)?[ \t\f]*#[^\n]*?coding[:=][ \t]*(?!utf-?8(?![-\w.]))[-\w.]/i;

/**
 * A Python program as the signs that its meaning depends on, with the indentation of each line.
 *
 * @returns null where its text does not say for sure where strings or lines end
 */
export function pythonSigns(source: string): string[] | null {
  // Python ends a line, and a comment with it, there too.
  const text = source.replaceAll('\r', '\n');
  if (otherEncoding.test(text)) return null;
  const signs: string[] = [];
  /** For each open bracket: no tuple, whose only value a comma tells from one in brackets. */
  const open: boolean[] = [];
  for (const found of text.match(pattern) ?? []) {
    if (found === '\\\n' || found.startsWith('#')) continue;
    if (found.startsWith('\n')) {
      if (open.length > 0) continue;
      // Of several ends of lines the last one tells how far the next is indented.
      if (signs.at(-1)?.startsWith('\n') === true) signs.pop();
      if (signs.length > 0) signs.push(found);
      continue;
    }
    // A string may stand within the value that another one shows, between the same quotes.
    if (/^(?:f|rf|fr)["']/i.test(found) && !isBalanced(found)) return null;
    const last = signs.at(-1) ?? '';
    if ('([{'.includes(found)) {
      const follows = /[\p{L}\p{M}\p{N}_)\]"'}]$/u.test(last) && !keywords.has(last);
      open.push(found === '{' || (found === '(' ? follows : !follows));
    }
    if (')]}'.includes(found)) {
      const free = open.pop();
      if (free === undefined) return null;
      dropLastComma(signs, () => free || hasEarlierComma(signs));
    }
    signs.push(plainQuotes(found.replace(/^u(?=["'])/i, '')));
  }
  while (signs.at(-1)?.startsWith('\n') === true) signs.pop();
  return signs;
}

const isBalanced = (sign: string): boolean => sign.split('{').length === sign.split('}').length;

/** In the bracket that is being closed, another comma before the last one. That of a lambda's parameters is none. */
function hasEarlierComma(signs: readonly string[]): boolean {
  let depth = 0;
  let comma = false;
  for (let at = signs.length - 2; at >= 0; at -= 1) {
    const sign = signs[at] ?? '';
    if (')]}'.includes(sign)) depth += 1;
    else if ('([{'.includes(sign)) {
      if (depth === 0) return comma;
      depth -= 1;
    } else if (depth === 0 && sign === 'lambda') return false;
    else if (depth === 0 && sign === ',') comma = true;
  }
  return comma;
}

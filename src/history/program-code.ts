import { languageOf, withoutComments } from '../sql/source-comments.ts';

/**
 * What a program says, in a form that a formatter does not change: without comments, with one way to lay out lines, to
 * quote strings and to end lists. Where the language's rules are not known here, its lines without comments.
 */
export function codeOf(file: string, text: string): string {
  const language = languageOf(file);
  const code = (language === 'sql' ? text : withoutComments(text, language))
    .replace(/^\ufeff/, '')
    .replaceAll('\r\n', '\n');
  // A template inside of a template: where its strings end is more than the signs below can tell.
  if (language === 'javascript' && !/\$\{[^}]*`/.test(code)) return javascriptCode(code).join(between);
  if (language === 'python') return pythonCode(code).join(between);
  return code
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
    .join('\n');
}

/** In no program. */
const between = '\u0000';

const javascriptSigns =
  /`(?:[^`\\]|\\.)*`|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[\p{L}\p{N}_$]+|\n|[=<>!+\-*/%&|^~?]+|[^\s]/gsu;

function javascriptCode(text: string): string[] {
  const signs: string[] = [];
  /** For each open round bracket: whether a statement follows it. */
  const open: boolean[] = [];
  let statementFollows = false;
  for (const found of text.match(javascriptSigns) ?? []) {
    const last = signs.at(-1) ?? '';
    const after = statementFollows && last === ')';
    if (found === '\n' || found === ';') {
      // `if (a);` is a statement of nothing; a line's end there says nothing.
      if (after && found === ';') signs.push(';;');
      // A line's end is a statement's where something may end before it; what may go on after it is seen below.
      if (!after && /[\p{L}\p{N}_$"'`)\]}]$/u.test(last)) signs.push(';');
      continue;
    }
    // A line that begins like this goes on with the statement before it, and a last semicolon may be left out.
    if (last === ';' && /^(?:[)\]},.:?]|[=<>*%&|^]|[+\-/!]=)/.test(found)) signs.pop();
    if (found === '(') open.push(['if', 'for', 'while', 'with'].includes(last));
    if (found === ')') statementFollows = open.pop() ?? false;
    if (found === '=>' && /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(last)) signs.splice(-1, 1, '(', last, ')');
    dropLastComma(signs, found, () => true);
    signs.push(plainQuotes(found));
  }
  if (signs.at(-1) === ';') signs.pop();
  return signs;
}

const pythonSigns =
  /[rbuf]{0,2}(?:"""(?:[^\\]|\\.)*?"""|'''(?:[^\\]|\\.)*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|[\p{L}\p{N}_]+|\\\n|\n[ \t]*|[=<>!+\-*/%&|^~:@]+|[^\s]/gisu;

function pythonCode(text: string): string[] {
  const signs: string[] = [];
  /** For each open bracket: no tuple, whose only value a comma tells from one in brackets. */
  const open: boolean[] = [];
  for (const found of text.match(pythonSigns) ?? []) {
    if (found === '\\\n') continue;
    if (found.startsWith('\n')) {
      if (open.length > 0) continue;
      // Of several ends of lines the last one tells how far the next is indented.
      if (signs.at(-1)?.startsWith('\n') === true) signs.pop();
      if (signs.length > 0) signs.push(found);
      continue;
    }
    const last = signs.at(-1) ?? '';
    if ('([{'.includes(found)) open.push(found !== '(' || /[\p{L}\p{N}_)\]"']$/u.test(last));
    if (')]}'.includes(found)) {
      const free = open.pop() ?? false;
      dropLastComma(signs, found, () => free || hasEarlierComma(signs));
    }
    signs.push(plainQuotes(found.replace(/^u(?=["'])/i, '')));
  }
  while (signs.at(-1)?.startsWith('\n') === true) signs.pop();
  return signs;
}

/** A comma before a closing bracket, unless it stands for a value that is left out. */
function dropLastComma(signs: string[], closing: string, allowed: () => boolean): void {
  if (!')]}'.includes(closing) || signs.at(-1) !== ',') return;
  if (['(', '[', '{', ','].includes(signs.at(-2) ?? ',') || !allowed()) return;
  signs.pop();
}

/** In the bracket that is being closed, another comma before the last one. */
function hasEarlierComma(signs: readonly string[]): boolean {
  let depth = 0;
  for (let at = signs.length - 2; at >= 0; at -= 1) {
    const sign = signs[at] ?? '';
    if (')]}'.includes(sign)) depth += 1;
    else if ('([{'.includes(sign)) {
      if (depth === 0) return false;
      depth -= 1;
    } else if (sign === ',' && depth === 0) return true;
  }
  return false;
}

/** A string that both quotes may hold as it is, in one of them. */
const plainQuotes = (sign: string): string => (/^'[^'"\\\n]*'$/.test(sign) ? `"${sign.slice(1, -1)}"` : sign);

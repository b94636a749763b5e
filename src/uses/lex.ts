/** Families of languages by their comments and strings. */
export type Style = 'c' | 'rust' | 'hash' | 'sql' | 'php' | 'xml';

export interface Lexed {
  /** The text with its comments made blank; every position is where it was. */
  readonly code: string;
  /** What stands between the quotes of each string, in order. */
  readonly strings: readonly Span[];
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

const slashes = /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y;
const comments: Readonly<Record<Style, RegExp>> = {
  c: slashes,
  rust: slashes,
  // `#{…}` is Ruby's and Elixir's inside a string, and `#[…]` PHP's and Rust's attribute.
  hash: /#(?!\{)[^\n]*/y,
  sql: /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y,
  php: /\/\/[^\n]*|#(?!\[)[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y,
  xml: /<!--[\s\S]*?(?:-->|$)/y,
};

/**
 * Long strings first. What is not closed on its line ends there, since an apostrophe in a text is no quote; but one
 * that begins as SQL does may go on over lines, as PHP, Ruby and C# let it.
 */
const literals =
  /"""([\s\S]*?)"""|'''([\s\S]*?)'''|`((?:[^`\\]|\\[\s\S])*)`|"((?:[^"\\\n]|\\[\s\S])*)"|'((?:[^'\\\n]|\\[\s\S])*)'|(?<!\w)(?:"(?=\s*(?:select|insert|update|delete|with|merge)\s)((?:[^"\\]|\\[\s\S])*)"|'(?=\s*(?:select|insert|update|delete|with|merge)\s)((?:[^'\\]|\\[\s\S])*)')/diy;
/** Rust's strings go on over lines, and a lone apostrophe is a lifetime. */
const rustLiterals =
  /(?<=\bb?r)(#+)"([\s\S]*?)"\1|(?<=\bb?r)"([^"]*)"|"((?:[^"\\]|\\[\s\S])*)"|'(\\[^'\n]{1,10}|\\'|[^'\\\n])'/dy;
const heredocs = /<<[~-]?['"]?([A-Z_]\w*)['"]?[^\n]*\n([\s\S]*?)\n[ \t]*\1\b/dy;
/** Each that has no end is searched for to the end of the file. */
const mostOpenHeredocs = 20;

/** Takes comments and strings of a file apart, near enough for a search. */
export function lex(text: string, style: Style): Lexed {
  const strings: Span[] = [];
  const parts: string[] = [];
  let kept = 0;
  let openHeredocs = 0;
  // In SQL and XML a quote says little: the whole text is looked at.
  const quoted = style !== 'xml' && style !== 'sql';
  const begins = /["'`#/<-]/g;
  for (let at = 0; at < text.length; ) {
    begins.lastIndex = at;
    const next = begins.exec(text);
    if (next === null) break;
    at = next.index;
    const comment = matchAt(comments[style], text, at);
    if (comment !== null && !(style === 'hash' && isWord(text[at - 1]))) {
      parts.push(text.slice(kept, at), comment[0].replace(/[^\n]/g, ' '));
      at += comment[0].length;
      kept = at;
      continue;
    }
    let literal = quoted ? matchAt(style === 'rust' ? rustLiterals : literals, text, at) : null;
    if (literal === null && quoted && text.startsWith('<<', at) && openHeredocs < mostOpenHeredocs) {
      literal = matchAt(heredocs, text, at);
      if (literal === null) openHeredocs += 1;
    }
    if (literal === null) {
      at += 1;
      continue;
    }
    const span = literal.indices?.slice(1).findLast((each) => each !== undefined);
    if (span !== undefined) strings.push({ start: span[0], end: span[1] });
    at += literal[0].length;
  }
  parts.push(text.slice(kept));
  return { code: parts.join(''), strings };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

const isWord = (character: string | undefined): boolean => character !== undefined && /[\w&]/.test(character);

/** Strings that are one when the program runs: nothing but `+`, `.` and spaces stands between them. */
export function joined({ code, strings }: Lexed): Span[] {
  const found: Span[] = [];
  for (const { start, end } of strings) {
    const last = found.at(-1);
    if (
      last !== undefined &&
      /^["'`]{1,3}[\s+.\\&]*[frb]?["'`]{1,3}$/.test(code.slice(last.end, start)) &&
      start - last.end < 200
    ) {
      found[found.length - 1] = { start: last.start, end };
    } else {
      found.push({ start, end });
    }
  }
  return found;
}

/** Does one of these spans, which do not overlap and stand in their order, hold the offset? */
export function within(spans: readonly Span[], offset: number): boolean {
  let [low, high] = [0, spans.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const span = spans[middle];
    if (span === undefined || offset < span.start) high = middle - 1;
    else if (offset >= span.end) low = middle + 1;
    else return true;
  }
  return false;
}

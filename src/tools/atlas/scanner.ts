import { goTrim, lineAt } from '../reading/texts.ts';
import type { Span } from '../tool.ts';

/** Atlas's own words, with its place: `3:7: unclosed '('`. */
export interface AtlasScanError {
  /** 1-based. */
  readonly line: number;
  readonly message: string;
}

/** Thrown inside of the scanner only. */
class ScanError extends Error {
  readonly at: number;
  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}
class End extends Error {}

const white = String.raw`[\t\n\f\r ]`;
const dollarQuote = /\$(?:[A-Za-zÈ-ÿ_][\wÈ-ÿ]*)?\$/y;
const beginAtomic = new RegExp(`${white}*BEGIN${white}+ATOMIC${white}+`, 'iy');
const begin = new RegExp(`${white}*BEGIN${white}+`, 'iy');
const end = new RegExp(`^${white}*END${white}*`, 'i');
const space = /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;

/**
 * The statements of a file as Atlas cuts it for PostgreSQL (sql/migrate/lex.go, 1.3): at semicolons outside of quotes,
 * comments, parentheses, dollar quotes and BEGIN … END blocks, or at the delimiter that the file names.
 */
export function scanAtlas(text: string): readonly Span[] | AtlasScanError {
  const scanner = new Scanner(text, 0, new Map());
  const statements: Span[] = [];
  try {
    scanner.directive();
    for (;;) {
      const span = scanner.statement();
      if (span.end > span.start) statements.push(span);
    }
  } catch (error) {
    if (error instanceof End) return statements;
    if (!(error instanceof ScanError)) throw error;
    const line = lineAt(text, error.at);
    const column = line === 1 ? error.at : error.at - text.lastIndexOf('\n', error.at - 1) - 1;
    return { line, message: `${line}:${column}: ${error.message}` };
  }
}

class Scanner {
  readonly #text: string;
  /** Where blocks that begin here end; null: it is no block. Nested attempts would take for ever without it. */
  readonly #blocks: Map<number, number | null>;
  /** Start of what is not handed out yet, and the place that was come to. */
  #base: number;
  #at: number;
  #delimiter = ';';

  constructor(text: string, base: number, blocks: Map<number, number | null>) {
    this.#text = text;
    this.#base = base;
    this.#at = base;
    this.#blocks = blocks;
  }

  /** `-- atlas:delimiter X` on the very first line. */
  directive(): void {
    const match = /^-- atlas:delimiter(?: +([^\n]+))?/.exec(this.#text);
    if (match === null) return;
    this.#setDelimiter((match[1] ?? '').replace(/\r$/, ''));
    const newline = this.#text.indexOf('\n');
    if (newline === -1) throw new ScanError(0, `no input found after delimiter ${JSON.stringify(match[1])}`);
    this.#base = newline + 1;
    this.#at = this.#base;
  }

  /** @throws End after the last one */
  statement(): Span {
    let depth = 0;
    let opened = 0;
    this.#skipSpaces();
    for (;;) {
      const here = this.#at;
      const char = this.#next();
      if (char === undefined) {
        if (depth > 0) throw new ScanError(opened, "unclosed '('");
        if (here === this.#base) throw new End();
        return this.#emit(this.#text.length);
      }
      if (char === '(') {
        if (depth === 0) opened = this.#at;
        depth += 1;
      } else if (char === ')') {
        if (depth === 0) throw new ScanError(this.#at, "unexpected ')'");
        depth -= 1;
      } else if (char === "'" || char === '"' || char === '`') this.#skipQuote(char);
      else if (here === this.#base && /^delimiter[\s\S]/i.test(this.#text.slice(here, here + 10)))
        this.#command();
      else if (depth === 0 && this.#text.startsWith(this.#delimiter, here)) {
        this.#at = here + this.#delimiter.length;
        return this.#emit(this.#at);
      } else if (char === '$' && matchAt(dollarQuote, this.#text, here) !== null) this.#skipDollarQuote(here);
      else if (char === '-' && this.#text[this.#at] === '-') this.#comment('--', '\n');
      else if (char === '/' && this.#text[this.#at] === '*') this.#comment('/*', '*/');
      else if (this.#delimiter === ';' && this.#block(here)) return this.#emit(this.#at);
    }
  }

  /** Where the next statement would start. */
  get position(): number {
    return this.#base;
  }

  #next(): string | undefined {
    const char = this.#text[this.#at];
    if (char !== undefined) this.#at += 1;
    return char;
  }

  #skipQuote(quote: string): void {
    const opened = this.#at;
    // Atlas looks at the character it has just read, the quote itself, so that E'' strings are as others to it.
    for (;;) {
      const char = this.#next();
      if (char === undefined)
        throw new ScanError(opened, `unclosed quote '${quote === "'" ? "\\'" : quote}'`);
      if (char === quote) return;
    }
  }

  #skipDollarQuote(here: number): void {
    const mark = matchAt(dollarQuote, this.#text, here) ?? '';
    const close = this.#text.indexOf(mark, here + mark.length);
    this.#at = close === -1 ? this.#text.length : close + mark.length;
  }

  /** A comment before a statement is no part of it. */
  #comment(left: string, right: string): void {
    this.#at += 1;
    const close = this.#text.indexOf(right, this.#at);
    if (close === -1) return;
    const leading = this.#at === this.#base + left.length;
    this.#at = close + right.length;
    if (!leading) return;
    this.#base = this.#at;
    this.#skipSpaces();
  }

  /** Is there a whole BEGIN … END block here? Then it is behind us. */
  #block(here: number): boolean {
    const atomic = matchAt(beginAtomic, this.#text, here);
    if (atomic !== null && this.#skipBlock(here, atomic, true)) return true;
    const first = here === this.#base;
    if (matchAt(begin, this.#text, first ? here : here - 1) === null) return false;
    const word = matchAt(begin, this.#text, here);
    return word !== null && this.#skipBlock(here, word, false);
  }

  #skipBlock(here: number, opening: string, atomic: boolean): boolean {
    const start = here + opening.length;
    this.#at = start;
    const key = atomic ? -start - 1 : start;
    let close = this.#blocks.get(key);
    if (close === undefined) {
      close = this.#closing(start, atomic);
      this.#blocks.set(key, close);
    }
    if (close === null) return false;
    this.#at = close;
    return true;
  }

  #closing(start: number, atomic: boolean): number | null {
    const body = new Scanner(this.#text, start, this.#blocks);
    try {
      for (;;) {
        const span = body.statement();
        const statement = this.#text.slice(span.start, span.end);
        const word = end.exec(statement)?.[0];
        if (word === undefined) continue;
        const rest = statement.slice(word.length);
        if (atomic || rest === '' || rest === ';') return body.position;
      }
    } catch (error) {
      if (error instanceof End || error instanceof ScanError) return null;
      throw error;
    }
  }

  /** MySQL's DELIMITER, which Atlas takes in any dialect. */
  #command(): void {
    this.#at = this.#base + 'delimiter'.length;
    if (this.#text[this.#at] !== ' ') return;
    const newline = this.#text.indexOf('\n', this.#at);
    const close = newline === -1 ? this.#text.length : newline;
    const given = goTrim(this.#text.slice(this.#at, close));
    const quoted = /^'.*'$/.test(given) ? given.slice(1, -1).replaceAll("''", "'") : given;
    this.#setDelimiter(quoted);
    this.#base = close;
    this.#at = close;
    this.#skipSpaces();
  }

  #setDelimiter(delimiter: string): void {
    if (delimiter === '') throw new ScanError(this.#at, 'empty delimiter');
    this.#delimiter = delimiter.replaceAll('\\n', '\n').replaceAll('\\r', '\r').replaceAll('\\t', '\t');
  }

  #skipSpaces(): void {
    while (this.#base < this.#text.length && space.test(this.#text[this.#base] ?? '')) this.#base += 1;
    this.#at = Math.max(this.#at, this.#base);
  }

  #emit(close: number): Span {
    let text = this.#text.slice(this.#base, close);
    if (this.#delimiter !== ';' && text.endsWith(this.#delimiter)) {
      text = text.slice(0, text.length - this.#delimiter.length);
    }
    const trimmed = goTrim(text);
    const start = this.#base + text.indexOf(trimmed);
    this.#base = close;
    this.#at = close;
    return { start, end: start + trimmed.length };
  }
}

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  if (at < 0) return null;
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

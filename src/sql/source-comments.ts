import { Lexer } from 'yaml';
import { type Comment, lineFinder } from './parse.ts';
import { type Grammar, grammars, type Language, type Literal } from './source-languages.ts';
import { LineStarts, Patterns } from './source-line.ts';

/** A text with the places of its comments, and where its code begins. */
export interface Commented {
  readonly comments: readonly Comment[];
  /** Offset of the first character that is neither white space nor a comment nor a string by itself (a docstring). */
  readonly codeStart: number;
}

/** The comments of a program's text. What looks like one inside of a string, a docstring or a pattern is none. */
export function sourceComments(text: string, language: Exclude<Language, 'sql'>): Commented {
  const { places, codeStart } =
    language === 'yaml' ? ofYaml(text) : new Scanner(text, grammars[language]).scan();
  const lines = lineFinder(text);
  return {
    comments: places.map(([start, end]) => ({
      start,
      end,
      line: lines(start).line,
      text: text.slice(start, end),
    })),
    codeStart,
  };
}

/** The text with nothing where its comments are. */
export function withoutComments(text: string, language: Exclude<Language, 'sql'>): string {
  let code = '';
  let from = 0;
  for (const { start, end } of sourceComments(text, language).comments) {
    code += text.slice(from, start);
    from = end;
  }
  return code + text.slice(from);
}

type Place = readonly [start: number, end: number];

/** Words after which a value may stand, so that a slash begins a pattern. */
const beforeValue = /(?:^|[^\w$)\]}"'`]|\b(?:return|typeof|case|in|of|do|and|or|not|if|unless|when|then))$/;
/** More signs than the longest of these words has. */
const lookBack = 8;

/** Texts in the code of texts. */
const deepest = 500;

class Scanner {
  private readonly text: string;
  private readonly grammar: Grammar;
  private readonly lines: LineStarts;
  private readonly patterns: Patterns;
  private readonly places: Place[] = [];
  private at = 0;
  /** Texts in the code of texts. */
  private depth = 0;
  private codeStart: number | null = null;
  /** Ends of here-documents that begin on the line being read. */
  private heredocs: string[] = [];

  constructor(text: string, grammar: Grammar) {
    this.text = text;
    this.grammar = grammar;
    this.lines = new LineStarts(text);
    this.patterns = new Patterns(text);
  }

  scan(): { places: readonly Place[]; codeStart: number } {
    this.code(false);
    return { places: this.places, codeStart: this.codeStart ?? this.text.length };
  }

  /** Reads code, up to the brace that ends it where it stands inside of a text. */
  private code(inside: boolean): void {
    let depth = 0;
    while (this.at < this.text.length) {
      if (this.comment() || this.literal() || this.pattern() || this.heredoc()) continue;
      const sign = this.text[this.at] ?? '';
      if (sign === '\n') this.skipHeredocs();
      else if (sign.trim() !== '' && sign !== ';') this.codeStart ??= this.at;
      this.at += 1;
      if (sign === '{') depth += 1;
      if (sign === '}' && inside && depth-- === 0) return;
    }
  }

  private comment(): boolean {
    // `=begin` counts at the beginning of a line only.
    if (this.text[this.at] === '=' && !this.beginsLine()) return false;
    const found = this.first(this.grammar.comments);
    if (found === null) return false;
    this.places.push([this.at, this.at + found.length]);
    this.at += found.length;
    return true;
  }

  private literal(): boolean {
    for (const literal of this.grammar.literals) {
      const open = this.first([literal.open]);
      if (open === null) continue;
      // `a % (b)` and `a %w` are no texts.
      if (open.startsWith('%') && !this.mayBeValue()) continue;
      // What stands by itself at the beginning of a line is a docstring.
      if (!this.beginsLine()) this.codeStart ??= this.at;
      this.at += open.length;
      if (literal.close === '') this.at += 1;
      else this.skipLiteral(literal, literal.close ?? open.replace(/^~[A-Z]+/, ''));
      return true;
    }
    return false;
  }

  private skipLiteral({ escapes, code, oneLine }: Literal, close: string): void {
    while (this.at < this.text.length) {
      if (escapes && this.text[this.at] === '\\') this.at += 2;
      else if (oneLine === true && this.text[this.at] === '\n') return;
      else if (this.text.startsWith(close, this.at)) {
        this.at += close.length;
        return;
      } else if (code !== undefined && this.text.startsWith(code, this.at)) {
        this.at += code.length;
        this.depth += 1;
        // Nobody writes this; what comes behind it is no comment.
        if (this.depth > deepest) this.at = this.text.length;
        else this.code(true);
        this.depth -= 1;
      } else this.at += 1;
    }
  }

  private pattern(): boolean {
    if (this.grammar.patterns !== true || this.text[this.at] !== '/' || !this.mayBeValue()) return false;
    const end = this.patterns.endOf(this.at);
    if (end === null) return false;
    this.at = end;
    return true;
  }

  private heredoc(): boolean {
    if (this.grammar.heredocs !== true) return false;
    const found = this.first([/<<[~-](["'`]?)[A-Za-z_]\w*\1|<<(["'`])[A-Za-z_]\w*\2|<<[A-Z_]\w*/y]);
    if (found === null) return false;
    this.heredocs.push(found.replace(/^<<[~-]?|["'`]/g, ''));
    this.at += found.length;
    return true;
  }

  private skipHeredocs(): void {
    for (const end of this.heredocs) {
      const found = new RegExp(`\\n[ \\t]*${end}[ \\t\\r]*(?=\\n|$)`, 'g');
      found.lastIndex = this.at;
      this.at = found.exec(this.text) === null ? this.text.length : found.lastIndex;
    }
    this.heredocs = [];
  }

  private first(expressions: readonly RegExp[]): string | null {
    for (const expression of expressions) {
      expression.lastIndex = this.at;
      const found = expression.exec(this.text);
      if (found !== null) return found[0];
    }
    return null;
  }

  private mayBeValue(): boolean {
    return beforeValue.test(
      this.text.slice(Math.max(this.lines.startOf(this.at), this.at - lookBack), this.at),
    );
  }

  private beginsLine(): boolean {
    return this.lines.isBlankBefore(this.at);
  }
}

/** The lexer's tokens are the text, cut into pieces, and control characters that tell what comes next. */
function ofYaml(text: string): { places: readonly Place[]; codeStart: number } {
  const places: Place[] = [];
  let at = 0;
  let codeStart: number | null = null;
  let scalar = false;
  for (const token of new Lexer().lex(text)) {
    const isSign = token === '\u0002' || token === '\u0018' || token === '\u001f';
    if (isSign) {
      scalar = token === '\u001f';
      continue;
    }
    if (token.startsWith('#') && !scalar) places.push([at, at + token.length]);
    else if (token.trim() !== '') codeStart ??= at;
    scalar = false;
    at += token.length;
  }
  return { places, codeStart: codeStart ?? text.length };
}

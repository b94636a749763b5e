import type { Language } from '../../sql/source-languages.ts';

/** A string of a program with places that are filled when it runs, as the fixed parts between them. */
interface Template {
  readonly line: number;
  readonly fixed: readonly string[];
}

/** Where a language writes a string, and what of it is filled in. */
const literals = /`(?:[^`\\]|\\.)*`|""".*?"""|'''.*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/gs;
const holes: Partial<Record<Language, RegExp>> = {
  javascript: /\$\{[^{}]*\}/,
  python: /\{[^{}]*\}|%s|%\(\w+\)s/,
  ruby: /#\{[^{}]*\}/,
  elixir: /#\{[^{}]*\}/,
};

/**
 * Finds a statement that stands in a program as it was sent: verbatim but for white space, or as a template that the
 * program has filled.
 */
export class QuotedLines {
  /** The text with one space for all white space, and where each of its lines begins there. */
  private readonly text: string;
  private readonly starts: readonly number[];
  private readonly first: number;
  private readonly templates: readonly Template[];

  /**
   * @param lines the lines of the part that is looked through
   * @param first number of the first of them
   */
  constructor(lines: readonly string[], first: number, language: Language) {
    this.first = first;
    const starts: number[] = [];
    let text = '';
    for (const line of lines) {
      starts.push(text.length);
      const said = squeezed(line);
      if (said !== '') text += `${said} `;
    }
    this.text = text;
    this.starts = starts;
    this.templates = templatesOf(lines.join('\n'), first, holes[language]);
  }

  /** 1-based, the first one from a line on where there are several; null where it stands nowhere as it is. */
  lineOf(sql: string, from: number): number | null {
    const statement = squeezed(sql).replace(/;$/, '');
    // One word may stand anywhere.
    if (!statement.includes(' ')) return null;
    const start = this.starts[Math.max(0, from - this.first)] ?? 0;
    const at = this.verbatim(statement, start) ?? (start === 0 ? null : this.verbatim(statement, 0));
    if (at !== null) return this.lineAt(at);
    const filled = this.templates.filter(({ fixed }) => fits(fixed, statement));
    return (filled.find(({ line }) => line >= from) ?? filled[0])?.line ?? null;
  }

  private verbatim(statement: string, from: number): number | null {
    for (let at = this.text.indexOf(statement, from); at !== -1; at = this.text.indexOf(statement, at + 1)) {
      const before = this.text[at - 1] ?? ' ';
      const after = this.text.slice(at + statement.length, at + statement.length + 3).trimStart();
      // Not the beginning of a longer statement.
      if (/[^\p{L}\p{N}_]/u.test(before) && /^(?:$|[;'"`]|\\n)/.test(after)) return at;
    }
    return null;
  }

  private lineAt(offset: number): number {
    let line = 0;
    while (line + 1 < this.starts.length && (this.starts[line + 1] ?? 0) <= offset) line += 1;
    return this.first + line;
  }
}

const squeezed = (text: string): string => text.replace(/\s+/g, ' ').trim();

function templatesOf(text: string, first: number, hole: RegExp | undefined): Template[] {
  if (hole === undefined) return [];
  return [...text.matchAll(literals)].flatMap((found) => {
    const quote = /^(?:"""|'''|.)/.exec(found[0])?.[0].length ?? 1;
    const inside = found[0].slice(quote, -quote);
    let offset = found.index + quote;
    return inside.split(';').flatMap((piece) => {
      const at = offset + (piece.length - piece.trimStart().length);
      offset += piece.length + 1;
      const fixed = squeezed(piece).split(new RegExp(hole, 'g'));
      // A command and what it does: less would be found in everything.
      const words = fixed.join(' ').match(/\p{L}{2,}/gu)?.length ?? 0;
      if (fixed.length < 2 || words < 2) return [];
      return [{ line: first + (text.slice(0, at).match(/\n/g)?.length ?? 0), fixed }];
    });
  });
}

/** Whether the parts follow each other in the statement, from its beginning to its end. */
function fits(fixed: readonly string[], statement: string): boolean {
  const [head = '', ...rest] = fixed;
  const tail = rest.pop() ?? '';
  if (!statement.startsWith(head) || !statement.endsWith(tail)) return false;
  let at = head.length;
  for (const part of rest) {
    const next = statement.indexOf(part, at);
    if (next === -1) return false;
    at = next + part.length;
  }
  return at <= statement.length - tail.length;
}

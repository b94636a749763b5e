/** A language that migrations are written in, as far as its comments go. */
export type Language =
  | 'sql'
  | 'python'
  | 'ruby'
  | 'elixir'
  | 'javascript'
  | 'java'
  | 'go'
  | 'rust'
  | 'xml'
  | 'yaml'
  | 'json';

const suffixes: Readonly<Record<string, Language>> = {
  py: 'python',
  rb: 'ruby',
  ex: 'elixir',
  exs: 'elixir',
  js: 'javascript',
  cjs: 'javascript',
  mjs: 'javascript',
  jsx: 'javascript',
  ts: 'javascript',
  cts: 'javascript',
  mts: 'javascript',
  tsx: 'javascript',
  java: 'java',
  kt: 'java',
  go: 'go',
  rs: 'rust',
  xml: 'xml',
  yml: 'yaml',
  yaml: 'yaml',
  json: 'json',
};

/** The language of a file by its suffix; SQL where the suffix says nothing (`.psql`, `.up`, `.tmpl`). */
export const languageOf = (file: string): Language =>
  suffixes[/\.([a-z]+)$/i.exec(file)?.[1]?.toLowerCase() ?? ''] ?? 'sql';

/** A way to write a text: all expressions are sticky. */
export interface Literal {
  readonly open: RegExp;
  /** Default: what opened it. */
  readonly close?: string;
  /** Does a backslash take the next character's meaning? */
  readonly escapes: boolean;
  /** Does it end with its line, closed or not? */
  readonly oneLine?: boolean;
  /** What begins a piece of code inside of it, up to `}`. */
  readonly code?: '${' | '#{';
}

/** How a language writes its comments and its texts. */
export interface Grammar {
  readonly comments: readonly RegExp[];
  readonly literals: readonly Literal[];
  /** `/…/` where a value may stand. */
  readonly patterns?: boolean;
  /** `<<~SQL` and the lines up to `SQL`. */
  readonly heredocs?: boolean;
}

const quoted = (sign: string, code?: Literal['code']): Literal => ({
  open: new RegExp(sign, 'y'),
  escapes: true,
  ...(code === undefined ? {} : { code }),
});
/** Cannot go over lines. */
const short = (sign: string): Literal => ({ ...quoted(sign), oneLine: true });
const tripled = { open: /"""|'''/y, escapes: true } as const;
const slashes = /\/\/[^\n]*/y;
const block = /\/\*[\s\S]*?(?:\*\/|$)/y;
const hash = /#[^\n]*/y;
const character = { open: /'(?=(?:\\.[^'\n]{0,8}|[^'\\\n])')/y, close: "'", escapes: true } as const;

/** `%q(…)`, `~S|…|`: the closing sign follows from the opening one. */
const bracketed = (open: string, escapes: boolean, code?: Literal['code']): Literal[] =>
  ['()', '[]', '{}', '<>', '||', '!!', '//'].map((pair) => ({
    open: new RegExp(`${open}\\${pair[0]}`, 'y'),
    close: pair.slice(1),
    escapes,
    ...(code === undefined ? {} : { code }),
  }));

/** YAML has a lexer of its own. */
export const grammars: Readonly<Record<Exclude<Language, 'sql' | 'yaml'>, Grammar>> = {
  python: { comments: [hash], literals: [tripled, short('"'), short("'")] },
  ruby: {
    comments: [/=begin\b[\s\S]*?(?:\n=end[^\n]*|$)/y, hash],
    literals: [
      // A character, such as ?#.
      { open: /(?<![\w)\]}])\?(?=\S(?!\w))/y, close: '', escapes: false },
      quoted('"', '#{'),
      quoted("'"),
      quoted('`', '#{'),
      ...bracketed('%[qQwWiIrsx]?', true, '#{'),
    ],
    patterns: true,
    heredocs: true,
  },
  elixir: {
    comments: [hash],
    literals: [
      { open: /\?(?=\S)/y, close: '', escapes: false },
      { open: /(?:~[A-Z]+)("""|''')/y, escapes: false },
      { ...tripled, code: '#{' },
      quoted('"', '#{'),
      quoted("'", '#{'),
      ...bracketed('~[a-z]', true, '#{'),
      ...bracketed('~[A-Z]+', false),
    ],
  },
  javascript: {
    comments: [slashes, block],
    literals: [short('"'), short("'"), quoted('`', '${')],
    patterns: true,
  },
  java: { comments: [slashes, block], literals: [tripled, short('"'), character] },
  go: {
    comments: [slashes, block],
    literals: [short('"'), { open: /`/y, escapes: false }, character],
  },
  rust: {
    comments: [slashes, block],
    literals: [
      ...[3, 2, 1, 0].map((count) => ({
        open: new RegExp(`r${'#'.repeat(count)}"`, 'y'),
        close: `"${'#'.repeat(count)}`,
        escapes: false,
      })),
      quoted('"'),
      character,
    ],
  },
  xml: {
    comments: [/<!--[\s\S]*?(?:-->|$)/y],
    literals: [
      { open: /<!\[CDATA\[/y, close: ']]>', escapes: false },
      { open: /<\?/y, close: '?>', escapes: false },
    ],
  },
  json: { comments: [], literals: [short('"')] },
};

import type { Style } from './lex.ts';

const styles: Readonly<Record<string, Style>> = {
  sql: 'sql',
  rs: 'rust',
  ...byStyle(
    'c',
    'ts tsx js jsx mjs cjs mts cts vue svelte astro go java kt kts scala groovy cs fs swift dart prisma',
  ),
  ...byStyle('c', 'c cc cpp h hpp'),
  ...byStyle('hash', 'py pyi rb rake erb haml slim ru ex exs eex heex cr pl pm r jl yml yaml jbuilder'),
  ...byStyle('php', 'php phtml'),
  ...byStyle('xml', 'xml html'),
};

function byStyle(style: Style, endings: string): Record<string, Style> {
  return Object.fromEntries(endings.split(' ').map((ending) => [ending, style]));
}

/** Folders that hold nobody's own code, and those of migrations, whatever tool made them. */
const foreignFolder =
  /(?:^|\/)(?:node_modules|vendor|vendored|third_party|bower_components|dist|build|out|target|coverage|site-packages|venv|\.[^/]+|pods|generated|__generated__|__snapshots__|migrations?|migrate|alembic\/versions|changelogs?|db\/changelog)\//i;

const foreignFile =
  /(?:^|\/)(?:schema\.rb|structure\.sql|database\.types\.ts|[^/]*[.-](?:min|bundle|generated|gen|pb)\.\w+|[^/]*_pb2(?:_grpc)?\.pyi?|[^/]*\.lock|package-lock\.json|pnpm-lock\.yaml|changelog[^/]*|changes[^/]*)$/i;

const testFile =
  /(?:^|\/)(?:tests?|specs?|__tests__|__mocks__|fixtures?|e2e|cypress|factories|seeds?|examples?|stories)\/|(?:[._-](?:tests?|specs?|stories)\.\w+|_test\.\w+|(?:^|\/)test_[^/]*\.py)$/i;

/** How the comments of a file are written; null for files in which nothing is looked for. */
export function styleOf(path: string): Style | null {
  if (foreignFolder.test(path) || foreignFile.test(path)) return null;
  const ending = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase();
  return ending === undefined ? null : (styles[ending] ?? null);
}

/** Tests, fixtures and seeds do not run in production. */
export const isTest = (path: string): boolean => testFile.test(path);

/** Says the file's head that a program wrote it? */
export const isGenerated = (text: string): boolean =>
  /@generated|DO NOT EDIT|do not edit (?:this|it)|auto-?generated|automatically generated/i.test(
    text.slice(0, 600),
  );

import type { Tree, TreeEntry } from '../git/tree.ts';
import { otherDialect } from './reading/dialect.ts';
import { basename, byDirectory, dirname, exclusion, isWithin, within } from './reading/directories.ts';
import type { PassedOver } from './tool.ts';

interface Claim {
  readonly tool: string;
  readonly because: string;
}

/**
 * Directories that belong to a tool which cannot be read yet. They must be known all the same: their files
 * often look like plain numbered SQL, and run so they would, for example, execute their own down sections.
 */
export async function unsupportedDirectories(tree: Tree): Promise<{ found: PassedOver[]; notes: string[] }> {
  const files = tree.entries.filter(
    (entry) => entry.mode.startsWith('100') && exclusion(dirname(entry.path)) !== 'copied',
  );
  const claims = new Map<string, Claim>();
  const add = (path: string, claim: Claim) => {
    if (!claims.has(path)) claims.set(path, claim);
  };
  for (const { path } of files) {
    for (const { pattern, tool, up } of mayBeMigration.test(basename(path)) ? byFileName : []) {
      if (!pattern.test(path)) continue;
      let directory = dirname(path);
      for (let level = 0; level < up; level += 1) directory = dirname(directory);
      add(directory, { tool, because: `${path} is there` });
      break;
    }
    const root = byRootFile[basename(path)];
    if (root === undefined) continue;
    const text = (await tree.read([path])).get(path)?.toString('utf8') ?? '';
    const directory = root.directory(text);
    if (directory !== null)
      add(within(dirname(path), directory), { tool: root.tool, because: `${path} is there` });
  }
  const directories = byDirectory(
    files.filter((entry) => /\.sql$|^atlas\.sum$|\/atlas\.sum$/i.test(entry.path)),
  );
  const opened = await firstSqlFiles(tree, directories);
  for (const [directory, entries] of directories) {
    const owner = ownerOf(entries, opened.get(directory) ?? '');
    if (owner !== null) add(directory, owner);
  }
  return settle(tree, claims);
}

/** Keeps the topmost of nested directories, and drops those of other databases. */
async function settle(
  tree: Tree,
  claims: ReadonlyMap<string, Claim>,
): Promise<{ found: PassedOver[]; notes: string[] }> {
  const found: PassedOver[] = [];
  const notes: string[] = [];
  for (const [path, claim] of [...claims].sort(([a], [b]) => a.length - b.length)) {
    if (found.some((other) => other.path !== '' && isWithin(path, other.path))) continue;
    const sql = tree
      .under(path)
      .filter((entry) => entry.mode.startsWith('100') && /\.sql$/i.test(entry.path));
    const dialect = sql.length === 0 ? null : await otherDialect(tree, path, sql);
    if (dialect === null) found.push({ path, ...claim, sqlFiles: sql.length > 0 });
    else notes.push(`${path} was passed over: ${dialect}.`);
  }
  return { found, notes };
}

/** How the names in the table below begin: most files of a repository need no closer look. */
const mayBeMigration = /^(?:\d|Migration\d|up\.sql$)/;

/** Files whose path alone proves the tool; `up` levels above their directory is the one that it owns. */
const byFileName: readonly { pattern: RegExp; tool: string; up: number }[] = [
  // Neither Hasura's nor Diesel's, who take theirs first.
  { pattern: /(?:^|\/)\d[^/]*\/up\.sql$/, tool: 'like hasura', up: 1 },
  { pattern: /(?:^|\/)db\/(?:\w+_)?migrate\/\d+_[^/]+\.rb$/, tool: 'rails', up: 0 },
  { pattern: /(?:^|\/)priv\/[^/]+\/migrations\/\d+_[^/]+\.exs$/, tool: 'ecto', up: 0 },
  { pattern: /(?:^|\/)migrations\/0001_[^/]+\.py$/, tool: 'django', up: 0 },
  { pattern: /(?:^|\/)\d{13}-[^/]+\.[cm]?[jt]s$/, tool: 'typeorm', up: 0 },
  { pattern: /(?:^|\/)Migration\d{14}[^/]*\.[cm]?[jt]s$/, tool: 'mikro-orm', up: 0 },
  { pattern: /(?:^|\/)migrations\/\d{14}-[^/]+\.[cm]?[jt]s$/, tool: 'sequelize', up: 0 },
  { pattern: /(?:^|\/)migrations\/\d{14}_[^/]+\.[cm]?[jt]s$/, tool: 'knex', up: 0 },
  { pattern: /(?:^|\/)migrations\/\d[^/]*\.[cm]?[jt]s$/, tool: 'kysely', up: 0 },
  { pattern: /(?:^|\/)migrations\/\d{4}(?:_\d\d){2}_\d{6}_[^/]+\.php$/, tool: 'laravel', up: 0 },
  { pattern: /(?:^|\/)Migrations\/\d{14}_[^/]+\.cs$/, tool: 'entity-framework', up: 0 },
];

/** Files that mark the root of a tool, and where its migrations are then. */
const byRootFile: Readonly<Record<string, { tool: string; directory: (text: string) => string | null }>> = {
  'alembic.ini': {
    tool: 'alembic',
    directory: (text) => {
      const location = /^\s*script_location\s*=\s*(?:%\(here\)s\/)?([\w./:-]+)/m.exec(text)?.[1] ?? 'alembic';
      // A package, which may lie anywhere on Python's path.
      if (location.includes(':')) return null;
      return `${location.replace(/^\.\//, '').replace(/\/+$/, '')}/versions`;
    },
  },
};

/** Lines that prove the tool, in its files. */
const byContent: readonly (readonly [RegExp, string])[] = [
  [/^--\s*\+migrate\s+up\b/im, 'sql-migrate'],
  [/^--\s*rambler up\b/im, 'rambler'],
];

function ownerOf(entries: readonly TreeEntry[], text: string): Claim | null {
  const names = entries.map((entry) => basename(entry.path));
  const pop = names.find((name) =>
    /\.(?:postgres|cockroach|mysql|sqlite3?|autocommit)\.(?:up|down)\.sql$/.test(name),
  );
  if (pop !== undefined) return { tool: 'pop', because: `${pop} is named as pop names files` };
  const mark = byContent.find(([pattern]) => pattern.test(text));
  return mark === undefined ? null : { tool: mark[1], because: 'its files carry the marks of that tool' };
}

/** The text of the first and the last SQL file of every directory that has some. */
async function firstSqlFiles(
  tree: Tree,
  directories: ReadonlyMap<string, readonly TreeEntry[]>,
): Promise<Map<string, string>> {
  const wanted = new Map<string, string[]>();
  for (const [directory, entries] of directories) {
    const sql = entries.filter((entry) => /\.sql$/i.test(entry.path)).map((entry) => entry.path);
    wanted.set(
      directory,
      sql.filter((_, index) => index === 0 || index === sql.length - 1),
    );
  }
  const contents = await tree.read([...wanted.values()].flat());
  return new Map(
    [...wanted].map(([directory, paths]) => [
      directory,
      paths.map((path) => contents.get(path)?.toString('utf8') ?? '').join('\n'),
    ]),
  );
}

import type { Tree, TreeEntry } from '../git/tree.ts';
import { otherDialect } from './dialect.ts';
import { andAbove, basename, byDirectory, dirname, exclusion, isWithin, within } from './directories.ts';
import type { PassedOver } from './tool.ts';

/**
 * Directories that belong to a tool which cannot be read yet. They must be known all the same: their files
 * often look like plain numbered SQL, and run so they would, for example, execute their own down sections.
 */
export async function unsupportedDirectories(tree: Tree): Promise<{ found: PassedOver[]; notes: string[] }> {
  const files = tree.entries.filter(
    (entry) => entry.mode.startsWith('100') && exclusion(dirname(entry.path)) !== 'copied',
  );
  const found = new Map<string, PassedOver>();
  const notes: string[] = [];
  const add = (path: string, tool: string, because: string) => {
    if (!found.has(path)) found.set(path, { path, tool, because });
  };
  for (const entry of files) {
    for (const [pattern, tool, because] of byFileName) {
      const match = pattern.exec(entry.path);
      if (match !== null) add(match[1] ?? '', tool, because(entry.path));
    }
    const root = byRootFile[basename(entry.path)];
    if (root !== undefined)
      add(within(dirname(entry.path), root.directory).replace(/\/$/, ''), root.tool, entry.path);
  }
  const directories = byDirectory(files);
  const opened = await firstSqlFiles(tree, directories);
  for (const [directory, entries] of directories) {
    const owner = await ownerOf(tree, directory, entries, opened.get(directory) ?? '');
    if (owner !== null) add(directory, owner.tool, owner.because);
  }
  const kept: PassedOver[] = [];
  for (const candidate of [...found.values()].sort((a, b) => a.path.length - b.path.length)) {
    if (kept.some((other) => other.path !== '' && isWithin(candidate.path, other.path))) continue;
    const sql = tree
      .under(candidate.path)
      .filter((entry) => entry.mode.startsWith('100') && entry.path.endsWith('.sql'));
    const dialect = sql.length === 0 ? null : await otherDialect(tree, candidate.path, sql);
    if (dialect === null) kept.push(candidate);
    else notes.push(`${candidate.path} (${candidate.tool}) was passed over: ${dialect}.`);
  }
  return { found: kept, notes };
}

/** Files whose path alone proves the tool; the first group is the directory that it owns. */
const byFileName: readonly (readonly [RegExp, string, (path: string) => string])[] = [
  [/^(.*?)\/?meta\/_journal\.json$/, 'drizzle', (path) => `${path} is Drizzle's journal`],
  [
    /^((?:.*\/)?supabase\/migrations)\/\d+_[^/]*\.sql$/,
    'supabase',
    () => 'supabase/migrations holds numbered files',
  ],
  [
    /^(.*\/)?[VR]\d*(?:[._]\d+)*__[^/]+\.sql$/,
    'flyway',
    (path) => `${basename(path)} is named as Flyway names files`,
  ],
  [/^((?:.*\/)?db\/migrate)\/\d+_[^/]+\.rb$/, 'rails', (path) => `${path} is a Rails migration`],
  [
    /^((?:.*\/)?priv\/[^/]+\/migrations)\/(?:.*\/)?\d+_[^/]+\.exs$/,
    'ecto',
    (path) => `${path} is an Ecto migration`,
  ],
  [/^((?:.*\/)?migrations)\/0001_[^/]+\.py$/, 'django', (path) => `${path} is a Django migration`],
  [
    /^(.*)\/\d{13}-[^/]+\.[cm]?[jt]s$/,
    'typeorm',
    (path) => `${basename(path)} is named as TypeORM names files`,
  ],
  [
    /^(.*)\/Migration\d{14}[^/]*\.[cm]?[jt]s$/,
    'mikro-orm',
    (path) => `${basename(path)} is named as MikroORM names files`,
  ],
  [
    /^((?:.*\/)?migrations)\/\d{14}[-_][^/]+\.[cm]?[jt]s$/,
    'knex',
    (path) => `${basename(path)} is named as Knex and Sequelize name files`,
  ],
];

/** Files that mark the root of a tool, and where its migrations are then. */
const byRootFile: Readonly<Record<string, { tool: string; directory: string }>> = {
  'sqitch.plan': { tool: 'sqitch', directory: 'deploy' },
  'alembic.ini': { tool: 'alembic', directory: '' },
  '.gmrc': { tool: 'graphile-migrate', directory: 'migrations/committed' },
};

/** Lines that prove the tool, at the top of its files. */
const byContent: readonly (readonly [RegExp, string])[] = [
  [/^--\s*\+goose\s+up\b/im, 'goose'],
  [/^--\s*migrate:up\b/im, 'dbmate'],
  [/^--\s*\+migrate\s+up\b/im, 'sql-migrate'],
  [/^--\s*liquibase formatted sql\b/im, 'liquibase'],
  [/^--!\s*(?:Previous|Hash):/im, 'graphile-migrate'],
  [/^--\s*up migration\b/im, 'node-pg-migrate'],
  [/^--\s*rambler up\b/im, 'rambler'],
];

async function ownerOf(
  tree: Tree,
  directory: string,
  entries: readonly TreeEntry[],
  text: string,
): Promise<{ tool: string; because: string } | null> {
  const names = entries.map((entry) => basename(entry.path));
  const pair = names.find((name) => /^\d+_.*\.up\.sql$/i.test(name));
  if (names.includes('atlas.sum')) {
    return pair === undefined
      ? { tool: 'atlas', because: `${within(directory, 'atlas.sum')} is there` }
      : { tool: 'golang-migrate', because: `${pair} and atlas.sum are there` };
  }
  const mark = byContent.find(([pattern]) => pattern.test(text));
  if (mark !== undefined) return { tool: mark[1], because: 'its files carry the marks of that tool' };
  if (names.includes('up.sql') && /^\d/.test(basename(directory))) return null;
  if (!names.some((name) => /^\d+[-_.].*\.sql$/i.test(name))) return upFolders(tree, directory);
  const rust = await cargo(tree, directory);
  if (rust !== null) return rust;
  if (pair === undefined) return null;
  return { tool: 'golang-migrate', because: `${pair} is named as golang-migrate names files` };
}

/** `<n>_x/up.sql`: Diesel in a Rust crate, else Hasura. */
function upFolders(tree: Tree, directory: string): { tool: string; because: string } | null {
  const first = tree
    .under(directory)
    .find((entry) =>
      /^\d[^/]*\/up\.sql$/.test(entry.path.slice(directory === '' ? 0 : directory.length + 1)),
    );
  if (first === undefined) return null;
  const diesel = andAbove(directory).some(
    (above) =>
      tree.get(within(above, 'diesel.toml')) !== undefined ||
      tree.get(within(above, 'Cargo.toml')) !== undefined,
  );
  return { tool: diesel ? 'diesel' : 'hasura', because: `${first.path} is there` };
}

/** The nearest Cargo.toml says which of the Rust tools it is; `migrations/` beside one is SQLx's default. */
async function cargo(tree: Tree, directory: string): Promise<{ tool: string; because: string } | null> {
  for (const above of andAbove(directory).slice(1)) {
    if (tree.get(within(above, 'sqlx.toml')) !== undefined) {
      return { tool: 'sqlx', because: `${within(above, 'sqlx.toml')} is there` };
    }
    const path = within(above, 'Cargo.toml');
    const text = (await tree.read([path])).get(path)?.toString('utf8');
    if (text === undefined) continue;
    const crate = /^\s*["']?(refinery|diesel|sqlx)\b/m.exec(text)?.[1];
    if (crate !== undefined) return { tool: crate, because: `${path} uses ${crate}` };
    return basename(directory) === 'migrations' && dirname(directory) === above
      ? { tool: 'sqlx', because: `${path} stands beside it` }
      : null;
  }
  return null;
}

/** The text of the first and the last SQL file of every directory that has numbered ones. */
async function firstSqlFiles(
  tree: Tree,
  directories: ReadonlyMap<string, readonly TreeEntry[]>,
): Promise<Map<string, string>> {
  const wanted = new Map<string, string[]>();
  for (const [directory, entries] of directories) {
    const sql = entries.filter((entry) => /\.sql$/i.test(entry.path)).map((entry) => entry.path);
    const ends = sql.filter((_, index) => index === 0 || index === sql.length - 1);
    if (ends.length > 0) wanted.set(directory, ends);
  }
  const contents = await tree.read([...wanted.values()].flat());
  return new Map(
    [...wanted].map(([directory, paths]) => [
      directory,
      paths.map((path) => contents.get(path)?.toString('utf8') ?? '').join('\n'),
    ]),
  );
}

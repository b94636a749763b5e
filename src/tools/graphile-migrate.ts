import type { Tree } from '../git/tree.ts';
import { literal } from '../sql/names.ts';
import { configOf, type GraphileConfig, isConfig, readConfig } from './graphile-migrate/config.ts';
import { fileName, folderAt, order, readHistory } from './graphile-migrate/history.ts';
import { basename, dirname, exclusion, within } from './reading/directories.ts';
import type { Bookkeeping, DetectedDatabase, MigrationTool, ToolSettings } from './tool.ts';

const detect: MigrationTool['detect'] = async (tree) => {
  const found = new Map<string, string>();
  for (const { path } of tree.entries.filter((entry) => isConfig(entry.path))) {
    const folder =
      basename(path) === '.gmrc' ? await folderOf(tree, path) : within(dirname(path), 'migrations');
    if (tree.under(folder).length > 0) found.set(folder, `${path} is there`);
  }
  const committed = tree.entries.filter(
    ({ path }) => basename(dirname(path)) === 'committed' && fileName.test(basename(path)),
  );
  const contents = await tree.read(committed.map(({ path }) => path));
  for (const [path, bytes] of contents) {
    if (!/^--! (?:Previous|Hash): /m.test(bytes.toString('utf8'))) continue;
    const folder = dirname(dirname(path));
    if (!found.has(folder)) found.set(folder, `${path} carries its headers`);
  }
  const databases = [...found]
    .filter(([path]) => exclusion(path) !== 'copied')
    .map(([path, because]): DetectedDatabase => ({ path, tool: 'graphile-migrate', because }));
  return { databases, notes: [] };
};

/** Detection goes on where a config cannot be read; the history then says so. */
async function folderOf(tree: Tree, path: string): Promise<string> {
  try {
    return (await readConfig(tree, path)).folder;
  } catch {
    return within(dirname(path), 'migrations');
  }
}

const bookkeeping = (config: GraphileConfig | null): Bookkeeping => {
  const settings = Object.entries(config?.settings ?? {}).map(
    ([name, value]) => `pg_catalog.set_config(${literal(name)}, ${literal(value)}, false)`,
  );
  return {
    setup: `CREATE SCHEMA IF NOT EXISTS graphile_migrate;
CREATE TABLE IF NOT EXISTS graphile_migrate.migrations (
    hash text PRIMARY KEY,
    previous_hash text REFERENCES graphile_migrate.migrations,
    filename text NOT NULL,
    date timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE IF NOT EXISTS graphile_migrate.current (
    filename text PRIMARY KEY DEFAULT 'current.sql',
    content text NOT NULL,
    date timestamptz NOT NULL DEFAULT now()
);`,
    // Settings of every connection of the tool's.
    before: () => (settings.length === 0 ? '' : `SELECT ${settings.join(', ')};`),
    after: ({ version, extra }) => {
      const previous = String(extra?.previousHash ?? '');
      return `INSERT INTO graphile_migrate.migrations (hash, previous_hash, filename) VALUES (${literal(String(extra?.hash))}, ${previous === '' ? 'NULL' : literal(previous)}, ${literal(`${version}.sql`)});`;
    },
    relations: ['graphile_migrate.migrations', 'graphile_migrate.current'],
    schemas: ['graphile_migrate'],
  };
};

const toolFor = (
  config: GraphileConfig | null,
  placeholders: ToolSettings['placeholders'],
): MigrationTool => ({
  name: 'graphile-migrate',
  title: 'graphile-migrate',
  detect,
  configured: async (tree, path, settings) =>
    toolFor(await configOf(tree, folderAt(path)), settings.placeholders),
  order,
  history: (tree, path) => readHistory(tree, path, placeholders),
  bookkeeping: bookkeeping(config),
  sessions: 'one',
  onHistoryChange: {
    edited: {
      does: 'ignores',
      says: 'graphile-migrate checks the hash only of what it is about to run: databases that ran the old text keep what it made, and a new one stops here, unless the hash was changed too.',
    },
    deleted: {
      does: 'refuses',
      says: 'graphile-migrate refuses to start: every file names the hash of the one before it, and that one is gone. Only where the newest was deleted does nothing notice.',
    },
    renamed: {
      does: 'ignores',
      says: 'graphile-migrate goes by the number alone: another description changes nothing, while another number makes it run again where that is higher than all that ran, and stop at its hash, which is recorded already.',
    },
    outOfOrder: {
      does: 'refuses',
      says: 'graphile-migrate refuses to start: every file names the hash of the one before it, and a file in between breaks that chain. Where the chain was mended it passes over every number below the newest applied one.',
    },
    duplicateVersion: {
      does: 'refuses',
      says: 'graphile-migrate refuses to start: every file names the hash of the one before it, and two with one number cannot both follow it.',
      legal: false,
    },
  },
  noTransaction: {
    directive: '--! no-transaction',
    advice:
      'Put the statement alone into a migration whose first line is `--! no-transaction`: graphile-migrate then sends the file as one message without BEGIN, in which a single statement has no transaction.',
  },
});

/** graphile-migrate: what `graphile-migrate commit` made, applied by `graphile-migrate migrate`. */
export const graphileMigrate: MigrationTool = toolFor(null, {});

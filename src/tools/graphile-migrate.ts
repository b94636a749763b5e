import type { Tree } from '../git/tree.ts';
import { literal } from '../sql/names.ts';
import { loadParser, parseFile } from '../sql/parse.ts';
import { decodeMigration, refuseLink } from './decode.ts';
import { basename, dirname, exclusion, treePath, within } from './directories.ts';
import { type Committed, readCommitted } from './graphile-migrate/committed.ts';
import {
  configNames,
  configOf,
  type GraphileConfig,
  isConfig,
  readConfig,
} from './graphile-migrate/config.ts';
import { replacer } from './graphile-migrate/placeholders.ts';
import type {
  Bookkeeping,
  DetectedDatabase,
  History,
  Hook,
  Migration,
  MigrationTool,
  Oddity,
  OrderKey,
  ToolSettings,
} from './tool.ts';

const fileName = /^([0-9]+)(?:-([-_a-zA-Z0-9]*))?\.sql$/;

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

/** The user may name `migrations` or what is in it. */
const folderAt = (path: string): string => {
  const folder = treePath(path);
  return basename(folder) === 'committed' ? dirname(folder) : folder;
};

async function history(
  tree: Tree,
  path: string,
  placeholders: ToolSettings['placeholders'],
): Promise<History> {
  await loadParser();
  const folder = folderAt(path);
  const config = await configOf(tree, folder);
  const replace = replacer(config, placeholders);
  const inside = tree.under(folder);
  const direct = inside.filter((entry) => dirname(entry.path) === within(folder, 'committed'));
  const files = direct
    .filter((entry) => fileName.test(basename(entry.path)))
    .sort((a, b) => collator.compare(numberOf(a.path), numberOf(b.path)));
  for (const entry of files) refuseLink(entry);
  const contents = await tree.read(files.map((entry) => entry.path));
  const migrations: Migration[] = [];
  let previous: Committed | null = null;
  for (const { path: file } of files) {
    const bytes = contents.get(file) ?? Buffer.alloc(0);
    const { text, encoding, byteOrderMark } = decodeMigration(file, bytes);
    const read = byteOrderMark || encoding !== 'utf-8' ? readCommitted(`\ufeff${text}`) : readCommitted(text);
    const committed = 'why' in read ? null : read;
    const refused =
      'why' in read
        ? {
            line: read.line,
            says: `graphile-migrate stops before it runs anything: “Invalid committed migration: ${read.why}”.`,
          }
        : objection(file, read, previous);
    previous = committed ?? previous;
    const [, number = '', slug = ''] = fileName.exec(basename(file)) ?? [];
    migrations.push({
      version: number,
      name: slug,
      identity: number,
      file,
      bytes,
      sql: replace(text, file),
      transaction: committed?.noTransaction === true ? 'implicit' : 'single',
      ...(refused === null ? {} : { refused }),
      extra: { hash: committed?.hash ?? '', previousHash: committed?.previousHash ?? '' },
    });
  }
  const hooks = await hooksOf(tree, folder, config, replace);
  return {
    migrations,
    notes: [...notesOf(tree, folder, config), ...hooks.notes],
    oddities: [
      ...direct
        .filter((entry) => /\.sql$/i.test(entry.path) && !fileName.test(basename(entry.path)))
        .map(
          ({ path: file }): Oddity => ({
            kind: 'never-runs',
            file,
            says: `graphile-migrate never runs ${file}: a committed migration is called 000001.sql or 000001-name.sql.`,
          }),
        ),
      ...(await notCommitted(tree, folder)),
    ],
    hooks: hooks.hooks,
  };
}

/** What graphile-migrate finds wrong with a file that it can read. */
function objection(
  file: string,
  one: Committed,
  previous: Committed | null,
): NonNullable<Migration['refused']> | null {
  const name = `${numberOf(file)}.sql`;
  if (previous === null && one.previousHash !== null) {
    const says = `graphile-migrate stops before it runs anything: “Migration '${name}' expected a previous migration ('${one.previousHash}'), but no correctly ordered previous migration was found”.`;
    return { line: 1, says };
  }
  if (previous !== null && one.previousHash !== previous.hash) {
    const says = `graphile-migrate stops before it runs anything: “Previous migration with hash '${previous.hash}' doesn't match '${name}''s expected previous hash '${one.previousHash}'”. Take the newest one back with \`graphile-migrate uncommit\`, and commit it again on top of the others.`;
    return { line: 1, says };
  }
  if (one.actualHash !== one.hash && !one.allowInvalidHash) {
    const says = `graphile-migrate stops at it where it has not run yet: “Hash for ${basename(file)} does not match - ${one.actualHash} !== ${one.hash}; has the file been tampered with?”`;
    return { line: 2, says };
  }
  if (one.actualHash === one.hash && one.allowInvalidHash) {
    const says = `graphile-migrate stops at it: “Invalid hash allowed for ${basename(file)}; but hash matches.” Take the line --! AllowInvalidHash out.`;
    return { line: 1, says };
  }
  return null;
}

/** The migration that is being written is no part of a deployment, and easily forgotten. */
async function notCommitted(tree: Tree, folder: string): Promise<Oddity[]> {
  const files = tree
    .under(folder)
    .map((entry) => entry.path)
    .filter(
      (path) =>
        path === within(folder, 'current.sql') ||
        (dirname(path) === within(folder, 'current') && path.endsWith('.sql')),
    );
  const contents = await tree.read(files);
  return [...contents].flatMap(([file, bytes]): Oddity[] => {
    const { statements, error } = parseFile(bytes.toString('utf8'));
    if (statements.length === 0 && error === null) return [];
    const says = `graphile-migrate never deploys ${file}: \`graphile-migrate commit\` makes a migration of it.`;
    return [{ kind: 'never-runs', file, says }];
  });
}

async function hooksOf(
  tree: Tree,
  folder: string,
  config: GraphileConfig | null,
  replace: (text: string, file: string) => string,
): Promise<{ hooks: Hook[]; notes: string[] }> {
  const hooks: Hook[] = [];
  const notes: string[] = [];
  for (const [when, actions] of [
    ['before-all', config?.before ?? []],
    ['after-all', config?.after ?? []],
  ] as const) {
    for (const action of actions) {
      if (action.kind === 'command') {
        notes.push(
          `${config?.file} runs a command ${when === 'before-all' ? 'before' : 'after'} the migrations, which was not run here: ${action.command.slice(0, 120)}`,
        );
        continue;
      }
      const file = within(folder, action.file);
      const bytes = (await tree.read([file])).get(file);
      if (bytes === undefined) notes.push(`${config?.file} names ${file}, which is not there.`);
      else hooks.push({ when, file, sql: replace(decodeMigration(file, bytes).text, file) });
    }
  }
  return { hooks, notes };
}

function notesOf(tree: Tree, folder: string, config: GraphileConfig | null): string[] {
  const program = config === null ? configNames.slice(1).map((name) => within(dirname(folder), name)) : [];
  const unread = program.find((path) => tree.get(path) !== undefined);
  return [
    ...(unread === undefined
      ? []
      : [`${unread} is a program and was not run: its placeholders, settings and actions are not known.`]),
    ...(config?.reset ?? []).map(
      (file) =>
        `${config?.file} prepares an empty database with ${within(folder, file)}, which is no part of a deployment. Name it under setup: if the history needs it.`,
    ),
  ];
}

const numberOf = (path: string): string => fileName.exec(basename(path))?.[1] ?? '';

const collator = new Intl.Collator('en');
const order = (left: OrderKey, right: OrderKey): number => collator.compare(left.version, right.version);

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
  history: (tree, path) => history(tree, path, placeholders),
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

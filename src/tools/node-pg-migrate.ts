import { Undecided } from '../errors.ts';
import type { Tree, TreeEntry } from '../git/tree.ts';
import { identifier, literal } from '../sql/names.ts';
import { decodeMigration, refuseLink } from './decode.ts';
import { otherDialect } from './dialect.ts';
import { basename, byDirectory, dirname, exclusion, treePath, within } from './directories.ts';
import { configAbove, type NodePgMigrateConfig } from './node-pg-migrate/config.ts';
import { only, sectionsOf } from './node-pg-migrate/sections.ts';
import { manifestsAbove, rangeIn } from './package-range.ts';
import type {
  Bookkeeping,
  DetectedDatabase,
  Down,
  History,
  HistoryBehaviour,
  Migration,
  MigrationTool,
  Oddity,
  OrderKey,
  ToolSettings,
} from './tool.ts';

const program = /\.[cm]?[jt]s$/i;
/** As `node-pg-migrate create` names files: milliseconds, or a UTC time with them. */
const stamped = /^(?:\d{13}|\d{17})[_-]/;
const numbered = /^\d+[_-]/;

const detect: MigrationTool['detect'] = async (tree) => {
  const databases: DetectedDatabase[] = [];
  const notes: string[] = [];
  const files = tree.entries.filter(
    ({ path, mode }) =>
      mode.startsWith('100') && numbered.test(basename(path)) && (/\.sql$/i.test(path) || program.test(path)),
  );
  for (const [directory, entries] of byDirectory(files)) {
    if (exclusion(directory) === 'copied') continue;
    const because = await proofOf(tree, directory, entries);
    if (because === null) continue;
    const sql = entries.filter(({ path }) => /\.sql$/i.test(path));
    const dialect = sql.length === 0 ? null : await otherDialect(tree, directory, sql);
    if (dialect === null) databases.push({ path: directory, tool: 'node-pg-migrate', because });
    else notes.push(`${directory} was passed over: ${dialect}.`);
  }
  return { databases, notes };
};

/** The package with the directory that it is told, or names as it makes them; or both of its marks in a file. */
async function proofOf(tree: Tree, directory: string, entries: readonly TreeEntry[]): Promise<string | null> {
  const made = entries.find(({ path }) => stamped.test(basename(path)))?.path;
  const asked = (await manifestsAbove(tree, directory)).some(
    ({ manifest }) => rangeIn(manifest, ['node-pg-migrate']) !== null,
  );
  if (asked) {
    const { manifest, directories } = await configAbove(tree, directory);
    if (directories.includes(directory) || made !== undefined) return `${manifest} uses node-pg-migrate`;
  }
  const sql = entries.filter(({ path }) => /\.sql$/i.test(path));
  const program = entries.find(({ path }) => /(?:^|\/)(?:\d{13}|\d{17})_[^/]+\.[cm]?[jt]s$/.test(path))?.path;
  if (program !== undefined) return `${program} is named as node-pg-migrate names files`;
  for (const [path, bytes] of await tree.read([sql[0], sql.at(-1)].flatMap((entry) => entry?.path ?? []))) {
    const text = bytes.toString('utf8');
    if (/^--[ -]*up migration\s*$/im.test(text) && /^--[ -]*down migration\s*$/im.test(text)) {
      return `${path} has the marks of node-pg-migrate`;
    }
  }
  return null;
}

async function history(tree: Tree, path: string): Promise<History> {
  const directory = treePath(path);
  const config = await configAbove(tree, directory);
  const entries = (byDirectory(tree.under(directory)).get(directory) ?? []).filter(
    ({ path: file }) => !config.ignore.test(basename(file)),
  );
  const names = new Set(entries.map((entry) => basename(entry.path)));
  const downs = new Set([...names].filter((name) => isDownOfPair(name, names)));
  const taken = entries.filter(({ path: file }) => /\.sql$/i.test(file) || program.test(file));
  for (const entry of taken) refuseLink(entry);
  const contents = await tree.read(taken.map((entry) => entry.path));
  const migrations = taken
    .filter((entry) => !downs.has(basename(entry.path)))
    .map(({ path: file }) => migration(file, contents, config, downs));
  return {
    migrations: migrations.sort(orderOf(config.major)),
    notes: notesOf(directory, entries, taken, downs),
    oddities: oddNames(migrations, config),
  };
}

/** With the loader `sql` a migration may be two files. */
const isDownOfPair = (name: string, names: ReadonlySet<string>): boolean =>
  name.endsWith('.down.sql') && names.has(name.replace(/\.down\.sql$/, '.up.sql'));

function migration(
  file: string,
  contents: ReadonlyMap<string, Buffer>,
  config: NodePgMigrateConfig,
  downs: ReadonlySet<string>,
): Migration {
  const base = basename(file);
  const bytes = contents.get(file) ?? Buffer.alloc(0);
  const downName = base.replace(/\.up\.sql$/, '.down.sql');
  const paired = downName !== base && downs.has(downName);
  const identity = paired ? base.replace(/\.up\.sql$/, '') : base.replace(/\.[^.]*$/, '');
  const [, version = '', name = identity] = /^(\d+)[_-]?(.*)$/.exec(identity) ?? [];
  const transaction = config.singleTransaction ? 'shared' : 'single';
  const same = { version, name, identity, file, bytes, transaction, ...nameless(base, config) } as const;
  if (program.test(base)) {
    const opaque = `${file} is a program, which only node-pg-migrate itself can run: what it would do was not checked.`;
    return { ...same, sql: '', opaque };
  }
  const text = textOf(file, bytes);
  if (paired) {
    const beside = within(dirname(file), downName);
    const sql = textOf(beside, contents.get(beside) ?? Buffer.alloc(0));
    return { ...same, sql: text, down: sql === '' ? null : { file: beside, sql, transaction } };
  }
  const { up, down } = sectionsOf(text);
  const back: Down | null = down === null ? null : { file, sql: only(text, down), transaction };
  return { ...same, sql: only(text, up), down: back };
}

function textOf(file: string, bytes: Buffer): string {
  const { text, encoding, byteOrderMark } = decodeMigration(file, bytes);
  if (encoding !== 'utf-8') {
    throw new Undecided(
      'invalid-configuration',
      `${file} is ${encoding.toUpperCase()}, which node-pg-migrate reads as UTF-8 and sends to the server as garbage. Save it as UTF-8; PowerShell's > writes UTF-16.`,
      { place: { file } },
    );
  }
  // node-pg-migrate does not take a byte order mark off. What is sent may begin behind it, at the mark of the section.
  return byteOrderMark ? `\ufeff${text}` : text;
}

/** From version 9 on a name must begin with a number. */
function nameless(base: string, { major }: NodePgMigrateConfig): Pick<Migration, 'refused'> {
  if (/^\d/.test(base) || (major !== null && major < 9)) return {};
  const says = `node-pg-migrate stops before it runs anything: “Cannot determine numeric prefix for "${base}"”.`;
  return { refused: { line: 1, says } };
}

function oddNames(migrations: readonly Migration[], { major }: NodePgMigrateConfig): Oddity[] {
  if (major === null || major >= 9) return [];
  return migrations
    .filter(({ file }) => !/^\d+_/.test(basename(file)))
    .map(({ file }) => ({
      kind: 'ambiguous-order',
      file,
      says: `node-pg-migrate finds no number before the first _ of ${basename(file)}, takes it for 0, and runs it before all that have one.`,
    }));
}

function notesOf(
  directory: string,
  entries: readonly TreeEntry[],
  taken: readonly TreeEntry[],
  downs: ReadonlySet<string>,
): string[] {
  const others = entries.filter((entry) => !taken.includes(entry)).map(({ path }) => basename(path));
  const programs = taken.filter(({ path }) => program.test(path)).map(({ path }) => basename(path));
  return [
    ...(others.length === 0
      ? []
      : [
          `node-pg-migrate takes every file of ${directory} for a migration and stops at ${listed(others)}, unless --ignore-pattern names it.`,
        ]),
    ...(programs.length === 0
      ? []
      : [
          `${programs.length} of the migrations in ${directory} are programs and were not run: ${listed(programs)}.`,
        ]),
    ...(downs.size === 0
      ? []
      : [
          `The files ${listed([...downs])} are taken as ways back, as the loader \`sql\` of node-pg-migrate reads them; its command line runs each as a migration of its own.`,
        ]),
  ];
}

const listed = (names: readonly string[]): string =>
  names.length <= 3 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;

const collator = new Intl.Collator('en-US', {
  usage: 'sort',
  numeric: true,
  sensitivity: 'variant',
  ignorePunctuation: true,
});

/** By the number, then by the name; up to version 8 only what stands before the first `_` is a number. */
const orderOf =
  (major: number | null) =>
  (left: OrderKey, right: OrderKey): number => {
    const names = [left, right].map(({ version, name }) => (name === '' ? version : `${version}_${name}`));
    const [a = '', b = ''] = names;
    const difference = numberOf(a, major) - numberOf(b, major);
    if (difference !== 0 && !Number.isNaN(difference)) return difference;
    return left.name === '' && right.name === '' ? 0 : collator.compare(`${a}.sql`, `${b}.sql`);
  };

function numberOf(name: string, major: number | null): number {
  const prefix = (/^\d+/.exec(name)?.[0] ?? '') as string;
  if (major !== null && major < 9 && !/^\d+(?:_|$)/.test(name)) return 0;
  if (prefix.length !== 17) return Number(prefix);
  const [, ...parts] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{3})$/.exec(prefix) ?? [];
  const [year, month, day, hours, minutes, seconds, ms] = parts;
  return Date.parse(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}.${ms}Z`);
}

function bookkeeping({ table, tableSchema, schemas }: NodePgMigrateConfig): Bookkeeping {
  const name = `${identifier(tableSchema)}.${identifier(table)}`;
  const others = [...new Set([...schemas, tableSchema])].filter((schema) => schema !== 'public');
  return {
    setup: [
      ...others.map((schema) => `CREATE SCHEMA IF NOT EXISTS ${identifier(schema)};`),
      `CREATE TABLE ${name} (id SERIAL PRIMARY KEY, name varchar(255) NOT NULL, run_on timestamp NOT NULL);`,
    ].join('\n'),
    // Said once to every connection.
    before: () =>
      schemas.length === 1 && schemas[0] === 'public'
        ? ''
        : `SET search_path TO ${schemas.map(identifier).join(', ')};`,
    after: ({ identity }) => `INSERT INTO ${name} (name, run_on) VALUES (${literal(identity)}, NOW());`,
    undo: ({ identity }) => `DELETE FROM ${name} WHERE name = ${literal(identity)};`,
    relations: [`${tableSchema}.${table}`],
  };
}

const edited: HistoryBehaviour['edited'] = {
  does: 'ignores',
  says: 'node-pg-migrate records names only: databases that ran the old text keep what it made, new ones get the new text.',
};
const duplicateVersion: HistoryBehaviour['duplicateVersion'] = {
  does: 'runs',
  says: 'node-pg-migrate tells migrations apart by the whole name.',
  legal: true,
};

const checked: HistoryBehaviour = {
  edited,
  duplicateVersion,
  deleted: {
    does: 'refuses',
    says: 'node-pg-migrate refuses to start: “Not run migration … is preceding already run migration …”, since what ran and the files must stand in one order. Only where the newest was deleted does nothing notice.',
  },
  renamed: {
    does: 'refuses',
    says: 'node-pg-migrate refuses to start: “Not run migration … is preceding already run migration …”, since it knows a migration by its name.',
  },
  outOfOrder: {
    does: 'refuses',
    says: "node-pg-migrate refuses to start: “Not run migration … is preceding already run migration …”. Give the file a number after base's newest.",
  },
};

/** With `--no-check-order`. */
const unchecked: HistoryBehaviour = {
  edited,
  duplicateVersion,
  deleted: {
    does: 'ignores',
    says: 'node-pg-migrate, told not to check the order, does not miss it: databases that ran it keep what it made, new ones never get it.',
  },
  renamed: {
    does: 'runs',
    says: 'node-pg-migrate, told not to check the order, runs the renamed one a second time: it knows a migration by its name.',
  },
  outOfOrder: {
    does: 'runs',
    says: 'node-pg-migrate, told not to check the order, runs it after the migrations that were meant to follow it, while a new database gets it before them.',
  },
};

function toolFor(config: NodePgMigrateConfig, settings: ToolSettings | null): MigrationTool {
  const anyOrder = settings?.outOfOrder ?? !config.checkOrder;
  return {
    name: 'node-pg-migrate',
    title: 'node-pg-migrate',
    detect,
    configured: async (tree, path, given) => toolFor(await configAbove(tree, treePath(path)), given),
    order: orderOf(config.major),
    history,
    bookkeeping: bookkeeping(config),
    sessions: 'one',
    onHistoryChange: anyOrder ? unchecked : checked,
    noTransaction: {
      directive: null,
      advice: config.singleTransaction
        ? 'A SQL file of node-pg-migrate has no way out of the one transaction in which all pending migrations run; a migration in JavaScript has: `pgm.noTransaction()`, then `pgm.sql(…)`. It then commits what ran before it.'
        : 'A SQL file of node-pg-migrate always runs in a transaction; a migration in JavaScript can leave it with `pgm.noTransaction()`, then `pgm.sql(…)`.',
    },
  };
}

/** node-pg-migrate: its SQL files. Those in JavaScript and TypeScript are named as not run. */
export const nodePgMigrate: MigrationTool = toolFor(
  {
    manifest: null,
    major: null,
    directories: [],
    table: 'pgmigrations',
    schemas: ['public'],
    tableSchema: 'public',
    checkOrder: true,
    singleTransaction: true,
    ignore: /^\..*/,
  },
  null,
);

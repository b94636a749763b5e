import type { Tree, TreeEntry } from '../git/tree.ts';
import { identifier, literal } from '../sql/names.ts';
import type { CommandAdapter, Project } from './command-adapter.ts';
import { checked, unchecked } from './node-pg-migrate/behaviour.ts';
import { configAbove, type NodePgMigrateConfig } from './node-pg-migrate/config.ts';
import { program, readHistory } from './node-pg-migrate/history.ts';
import { order } from './node-pg-migrate/order.ts';
import { otherDialect } from './reading/dialect.ts';
import { andAbove, basename, byDirectory, exclusion, treePath, within } from './reading/directories.ts';
import { javascriptCall } from './reading/javascript.ts';
import { manifestsAbove, rangeIn } from './reading/package-range.ts';
import type { Bookkeeping, DetectedDatabase, MigrationTool, ToolSettings } from './tool.ts';

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
  const named = entries.find(({ path }) => /(?:^|\/)(?:\d{13}|\d{17})_[^/]+\.[cm]?[jt]s$/.test(path))?.path;
  if (named !== undefined && !(await isOthers(tree, named)))
    return `${named} is named as node-pg-migrate names files`;
  for (const [path, bytes] of await tree.read([sql[0], sql.at(-1)].flatMap((entry) => entry?.path ?? []))) {
    const text = bytes.toString('utf8');
    if (/^--[ -]*up migration\s*$/im.test(text) && /^--[ -]*down migration\s*$/im.test(text)) {
      return `${path} has the marks of node-pg-migrate`;
    }
  }
  return null;
}

/** kysely-ctl names its files alike. */
const isOthers = async (tree: Tree, file: string): Promise<boolean> =>
  /\b(?:kysely|knex)\b/i.test((await tree.read([file])).get(file)?.toString('utf8') ?? '');

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

function toolFor(
  config: NodePgMigrateConfig,
  settings: ToolSettings | null,
  programs = false,
): MigrationTool {
  const anyOrder = settings?.outOfOrder ?? !config.checkOrder;
  return {
    name: 'node-pg-migrate',
    title: 'node-pg-migrate',
    detect,
    configured: async (tree, path, given) =>
      toolFor(await configAbove(tree, treePath(path)), given, holdsPrograms(tree, treePath(path))),
    order,
    history: readHistory,
    bookkeeping: bookkeeping(config),
    sessions: 'one',
    sharesTransaction: config.singleTransaction,
    onHistoryChange: anyOrder ? unchecked : checked,
    noTransaction: {
      directive: null,
      advice: config.singleTransaction
        ? 'All pending SQL files of node-pg-migrate run in one transaction; a migration in JavaScript leaves it with `pgm.noTransaction()` before `pgm.sql(…)`, which commits what ran before it.'
        : 'A SQL file of node-pg-migrate always runs in a transaction; a migration in JavaScript can leave it with `pgm.noTransaction()`, then `pgm.sql(…)`.',
    },
    ...(programs ? { command: commandOf(config) } : {}),
  };
}

const holdsPrograms = (tree: Tree, directory: string): boolean =>
  (byDirectory(tree.under(directory)).get(directory) ?? []).some(({ path }) => program.test(path));

/** Where a directory holds programs, node-pg-migrate runs all of it itself. */
function commandOf({
  table,
  tableSchema,
  checkOrder,
  singleTransaction,
}: NodePgMigrateConfig): CommandAdapter {
  const call = (project: Project, args: readonly string[]) => {
    const path = treePath(project.path);
    const folder = andAbove(path).find((each) => project.has(within(each, 'package.json'))) ?? '';
    return javascriptCall(project, {
      title: 'node-pg-migrate',
      packages: ['node-pg-migrate', 'pg'],
      program: 'node-pg-migrate',
      directory: folder,
      args: [
        ...args,
        '--migrations-dir',
        folder === '' ? path : path.slice(folder.length + 1),
        '--migrations-table',
        table,
        '--migrations-schema',
        tableSchema,
        ...(checkOrder ? [] : ['--no-check-order']),
        ...(singleTransaction ? [] : ['--no-single-transaction']),
      ],
    });
  };
  return {
    up: (project) => call(project, ['up']),
    down: (project) => call(project, ['down', '1']),
    recorded: ({ name }) => name ?? null,
  };
}

/** node-pg-migrate: the gate applies its SQL files; a directory that holds programs too is run by the tool itself. */
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

import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { detected } from '../src/config/detection.ts';
import { readConfigFile } from '../src/config/file.ts';
import { Undecided } from '../src/errors.ts';
import type { Tree } from '../src/git/tree.ts';
import { openTrees } from '../src/git/trees.ts';
import { ruleNames } from '../src/rules/index.ts';
import { applyMigrations, prepareBookkeeping } from '../src/run/apply.ts';
import { openSession } from '../src/run/index.ts';
import { runPrelude } from '../src/run/prelude.ts';
import { startShadow } from '../src/shadow/index.ts';
import type { Connection, Shadow } from '../src/shadow/shadow.ts';
import { loadParser } from '../src/sql/parse.ts';
import { isToolName, toolNamed } from '../src/tools/index.ts';
import { treePath } from '../src/tools/reading/directories.ts';
import type { History, MigrationTool } from '../src/tools/tool.ts';
import { applyByPsql, dumpOf, statementsIn } from './by-psql.ts';

// Is what the gate builds from a real repository's history what the same files build with psql?
//
//   node scripts/replay-corpus.ts CLONE… [--ref REF] [--path DIR --tool NAME] [--postgres N] [--config FILE]
//
// Every clone (a bare one too, which is only read) is looked through as the gate does; --path and --tool name one
// directory instead. Its history is applied as base's is on one server, and with `psql -v ON_ERROR_STOP=1`, a process
// for each file, on another; then both are dumped and the texts compared. Prints one line of a Markdown table for each
// database; what failed or differs goes to standard error. FILE is a migration-gate.yml, for its `extensions:` and
// `setup:` (files beside it, or else of the clone). pg_dump must not be older than the server, hence Debian's 15.

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    ref: { type: 'string', default: 'HEAD' },
    path: { type: 'string' },
    tool: { type: 'string' },
    postgres: { type: 'string', default: '15' },
    config: { type: 'string' },
  },
});
if (positionals.length === 0 || (values.path === undefined) !== (values.tool === undefined)) {
  throw new Error(
    'usage: replay-corpus.ts CLONE… [--ref REF] [--path DIR --tool NAME] [--postgres N] [--config FILE]',
  );
}
const major = Number(values.postgres);

/** What was found out about one migration directory. */
interface Row {
  readonly path: string;
  readonly tool: string;
  readonly migrations: number;
  readonly statements: number;
  readonly tables: string;
  readonly equal: string;
  readonly gateMs: number | null;
  readonly psqlMs: number | null;
}

interface Built {
  readonly dump: string;
  readonly tables: number;
  readonly ms: number;
}

await loadParser();
process.stdout.write(
  '| repository | tool | path | migrations | statements | tables | equal? | gate | psql |\n|:--|:--|:--|--:|--:|--:|:--|--:|--:|\n',
);
for (const clone of positionals) {
  try {
    for (const row of await rowsOf(clone)) print(clone, row);
  } catch (error) {
    process.exitCode = 1;
    process.stderr.write(`${clone}: ${error instanceof Error ? error.message : error}\n`);
  }
}

function print(clone: string, row: Row): void {
  const seconds = (ms: number | null) => (ms === null ? '—' : `${(ms / 1000).toFixed(1)} s`);
  const cells = [
    repositoryName(clone),
    row.tool,
    row.path,
    row.migrations,
    row.statements,
    row.tables,
    row.equal,
    seconds(row.gateMs),
    seconds(row.psqlMs),
  ];
  process.stdout.write(`| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |\n`);
}

/** `owner/name` for a mirror in a folder `owner+name`, else the folder's name. */
function repositoryName(clone: string): string {
  const segments = resolve(clone).split('/');
  const owned = segments.findLast((segment) => segment.includes('+'));
  return owned?.replace('+', '/') ?? basename(resolve(clone));
}

async function rowsOf(clone: string): Promise<Row[]> {
  await using trees = await openTrees({ repo: clone, base: values.ref, head: values.ref });
  const tree = trees.head;
  const rows: Row[] = [];
  for (const { path, tool } of await databasesOf(tree)) rows.push(await compare(tree, path, tool));
  return rows;
}

async function databasesOf(tree: Tree): Promise<readonly { path: string; tool: string }[]> {
  if (values.path !== undefined && values.tool !== undefined)
    return [{ path: values.path, tool: values.tool }];
  const { found, notes } = await detected({ head: tree, base: tree }, null);
  for (const note of notes) process.stderr.write(`note: ${note}\n`);
  return found;
}

async function compare(tree: Tree, path: string, name: string): Promise<Row> {
  if (!isToolName(name)) throw new Error(`There is no tool ${name}.`);
  const plainTool = toolNamed(name);
  const tool =
    (await plainTool.configured?.(tree, path, {
      placeholders: configured(path)?.placeholders ?? {},
      outOfOrder: configured(path)?.['out-of-order'] ?? null,
    })) ?? plainTool;
  const history = await tool.history(tree, path);
  const { migrations } = history;
  const prepared = await preparation(tree, path);
  const [gate, psql] = [
    await build(tool, history, prepared, (shadow) => applyByGate(shadow, tool, history)),
    await build(tool, history, prepared, ({ connection }) => applyByPsql(connection, history)),
  ];
  for (const [by, result] of [
    ['the gate', gate],
    ['psql', psql],
  ] as const) {
    if (typeof result === 'string') process.stderr.write(`${path}: by ${by}: ${result}\n`);
  }
  const row = {
    path: path === '' ? '.' : path,
    tool: name,
    migrations: migrations.length,
    statements: migrations.reduce((sum, { sql }) => sum + statementsIn(sql), 0),
  };
  if (typeof gate === 'string' || typeof psql === 'string') {
    process.exitCode = 1;
    const failed = [typeof gate === 'string' ? 'gate' : [], typeof psql === 'string' ? 'psql' : []].flat();
    const ms = (built: Built | string) => (typeof built === 'string' ? null : built.ms);
    return { ...row, tables: '—', equal: `fails: ${failed.join(', ')}`, gateMs: ms(gate), psqlMs: ms(psql) };
  }
  const same = gate.dump === psql.dump && gate.tables === psql.tables;
  if (!same) {
    process.exitCode = 1;
    process.stderr.write(`${path}: ${firstDifference(gate.dump, psql.dump)}\n`);
  }
  return {
    ...row,
    tables: gate.tables === psql.tables ? String(gate.tables) : `${gate.tables} and ${psql.tables}`,
    equal: same ? 'yes' : '**no**',
    gateMs: gate.ms,
    psqlMs: psql.ms,
  };
}

interface Preparation {
  readonly extensions: readonly string[];
  readonly setup: readonly string[];
}

/** What the config file says of the database at this path, or of the only one. */
function configured(path: string) {
  if (values.config === undefined) return undefined;
  const { databases = [] } = readConfigFile(
    values.config,
    readFileSync(values.config, 'utf8'),
    ruleNames,
  ).values;
  return (
    databases.find((each) => treePath(each.path) === treePath(path)) ??
    (databases.length === 1 ? databases[0] : undefined)
  );
}

async function preparation(tree: Tree, path: string): Promise<Preparation> {
  if (values.config === undefined) return { extensions: [], setup: [] };
  const one = configured(path);
  const beside = dirname(values.config);
  const ofTree = await tree.read(one?.setup ?? []);
  return {
    extensions: one?.extensions ?? [],
    setup: (one?.setup ?? []).map((file) => {
      const local = join(beside, file);
      if (existsSync(local)) return readFileSync(local, 'utf8');
      const bytes = ofTree.get(file);
      if (bytes === undefined) throw new Error(`The setup file ${file} does not exist.`);
      return bytes.toString('utf8');
    }),
  };
}

/** Boots a server, prepares it, applies a history and dumps it; text = why that failed. */
async function build(
  tool: MigrationTool,
  { migrations }: History,
  { extensions, setup }: Preparation,
  apply: (shadow: Shadow) => Promise<string | null>,
): Promise<Built | string> {
  await using shadow = await startShadow({ shadow: 'embedded', major, extensions });
  try {
    if (tool.prelude !== undefined) await runPrelude(shadow.admin, tool.prelude, migrations, []);
  } catch (error) {
    if (error instanceof Undecided) return error.message;
    throw error;
  }
  {
    await using admin = await openSession(shadow.admin);
    for (const sql of setup) {
      const { error } = await admin.send(sql);
      if (error !== null) return `setup: ${error.message}`;
    }
  }
  {
    await using session = await openSession(shadow.connection);
    await prepareBookkeeping(session, tool.bookkeeping);
  }
  const tablesBefore = await countTables(shadow.admin);
  const began = performance.now();
  const failure = await apply(shadow);
  const ms = performance.now() - began;
  if (failure !== null) return failure;
  return {
    dump: await dumpOf(shadow.admin),
    tables: (await countTables(shadow.admin)) - tablesBefore,
    ms,
  };
}

async function applyByGate(
  shadow: Shadow,
  { bookkeeping }: MigrationTool,
  { migrations, hooks }: History,
): Promise<string | null> {
  await using session = await openSession(shadow.connection);
  const failure = await applyMigrations(session, bookkeeping, migrations, hooks);
  if (failure === null) return null;
  const { migration, error } = failure;
  return `${migration.file}:${error.line}: ${error.message} (${error.sqlstate})`;
}

async function countTables(admin: Connection): Promise<number> {
  const client = new pg.Client({ ...admin });
  await client.connect();
  try {
    const { rows } = await client.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema')`,
    );
    return rows[0]?.n ?? 0;
  } finally {
    await client.end();
  }
}

function firstDifference(gate: string, psql: string): string {
  const [left, right] = [gate.split('\n'), psql.split('\n')];
  const at = left.findIndex((line, index) => line !== right[index]);
  const near = (lines: readonly string[]) => lines.slice(Math.max(0, at - 3), at + 4).join('\n');
  return `the dumps differ at line ${at + 1}.\n--- gate\n${near(left)}\n--- psql\n${near(right)}`;
}

import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import pg from 'pg';
import { afterAll } from 'vitest';
import { type ApplyFailure, applyMigrations, prepareBookkeeping } from '../../src/run/apply.ts';
import { openSession } from '../../src/run/index.ts';
import { startShadow } from '../../src/shadow/index.ts';
import type { Connection, Shadow } from '../../src/shadow/shadow.ts';
import { loadParser } from '../../src/sql/parse.ts';
import type { History, MigrationTool, ToolSettings } from '../../src/tools/tool.ts';
import { treeOf } from '../tools/memory-tree.ts';
import { debianProgram, succeed } from './install.ts';

export { debianProgram, npmTool, type Ran, run, succeed } from './install.ts';

// What a real tool makes of migrations, beside what the gate makes of them. Runs on major 15, whose pg_dump every
// supported Debian and Ubuntu can have.

/** A place where a real tool finds its files and an empty database. */
export interface Place {
  /** Holds the files of the comparison. Removed with the test file. */
  readonly directory: string;
  readonly connection: Connection;
  /** The same as `postgres://…?sslmode=disable`. */
  readonly url: string;
  /** `PGHOST`, `PGPORT`, … and the machine's own variables. */
  readonly env: NodeJS.ProcessEnv;
}

export interface Comparison {
  /** The gate's reading, as `history` gave it. */
  readonly history: History;
  /** What stopped the gate; null when it applied everything. */
  readonly failure: ApplyFailure | null;
  /** '' when both databases are the same, else a patch from the real tool's to the gate's. */
  readonly difference: string;
  readonly real: Connection;
  readonly gate: Connection;
}

const major = 15;
let server: Promise<Shadow> | null = null;
const folders: string[] = [];

afterAll(async () => {
  await (await server)?.[Symbol.asyncDispose]();
  server = null;
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** An empty database on the test file's server, which is started at the first call and listens on TCP. */
export async function emptyDatabase(): Promise<Connection> {
  server ??= startShadow({ shadow: 'embedded', major, extensions: [], tcp: true });
  const { admin, connection } = await server;
  const database = `tool_${randomBytes(6).toString('hex')}`;
  await asked(
    admin,
    `CREATE DATABASE ${database} OWNER ${pg.escapeIdentifier(connection.user)} TEMPLATE template0`,
  );
  return { ...connection, database };
}

/** Writes files to a new folder, bytes as they are, and gives them an empty database. */
export async function placeWith(files: Readonly<Record<string, string | Buffer>>): Promise<Place> {
  const directory = await mkdtemp(join(tmpdir(), 'real-tool-'));
  folders.push(directory);
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), content);
  }
  const connection = await emptyDatabase();
  const { host, port, user, password, database } = connection;
  return {
    directory,
    connection,
    url: `postgres://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${host}:${port}/${database}?sslmode=disable`,
    env: {
      ...process.env,
      PGHOST: host,
      PGPORT: String(port),
      PGUSER: user,
      PGPASSWORD: password,
      PGDATABASE: database,
      PGSSLMODE: 'disable',
    },
  };
}

/**
 * Runs the real tool on one empty database and the gate's reading of the same files on another, and compares them.
 *
 * @param options.path directory of the migrations in `files`
 * @param options.deploy runs the real tool; may throw to say that it did not work
 * @param options.masked more columns whose values differ from run to run (`execution_time` always is)
 */
export async function compare(options: {
  readonly tool: MigrationTool;
  readonly files: Readonly<Record<string, string | Buffer>>;
  readonly path: string;
  readonly deploy: (place: Place) => Promise<unknown>;
  readonly settings?: Partial<ToolSettings>;
  readonly masked?: readonly string[];
}): Promise<Comparison> {
  const place = await placeWith(options.files);
  await options.deploy(place);
  const gate = await emptyDatabase();
  const { history, failure } = await applied(gate, options);
  const [left, right] = [
    await contents(place.connection, options.masked),
    await contents(gate, options.masked),
  ];
  return {
    history,
    failure,
    difference: left === right ? '' : createTwoFilesPatch('the tool', 'the gate', left, right),
    real: place.connection,
    gate,
  };
}

/** What the gate does with these files, on this database. */
export async function applied(
  connection: Connection,
  options: Pick<Parameters<typeof compare>[0], 'tool' | 'files' | 'path' | 'settings'>,
): Promise<{ history: History; failure: ApplyFailure | null }> {
  await loadParser();
  const tree = treeOf(options.files);
  const settings = { placeholders: {}, outOfOrder: null, ...options.settings };
  const tool = (await options.tool.configured?.(tree, options.path, settings)) ?? options.tool;
  const history = await tool.history(tree, options.path);
  await using session = await openSession(connection);
  await prepareBookkeeping(session, tool.bookkeeping);
  return {
    history,
    failure: await applyMigrations(session, tool.bookkeeping, history.migrations, history.hooks),
  };
}

/**
 * A database as text: its schema as pg_dump writes it, then the rows of every table and the position of every
 * sequence. Times, UUIDs and masked columns are replaced.
 */
export async function contents(connection: Connection, masked: readonly string[] = []): Promise<string> {
  await debianProgram('pg_dump', 'postgresql-client');
  const { host, port, user, password, database } = connection;
  const { stdout } = await succeed('pg_dump', ['--schema-only', '--no-password'], {
    env: {
      ...process.env,
      PGHOST: host,
      PGPORT: `${port}`,
      PGUSER: user,
      PGPASSWORD: password,
      PGDATABASE: database,
    },
  });
  // A word of chance against injected meta-commands, and versions.
  const schema = stdout.replace(/^\\(?:un)?restrict .*$/gm, '').replace(/\n(?:--.*)?(?=\n)/g, '');
  return `${schema.trim()}\n\n${(await rowsOf(connection, new Set(['execution_time', ...masked]))).join('\n')}\n`;
}

async function rowsOf(connection: Connection, masked: ReadonlySet<string>): Promise<string[]> {
  const lines: string[] = [];
  const tables = await asked(
    connection,
    `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
     WHERE relkind IN ('r', 'p') AND NOT relispartition AND nspname !~ '^pg_' AND nspname <> 'information_schema' ORDER BY 1`,
  );
  for (const { name } of tables) {
    const rows = await asked(connection, `SELECT to_jsonb(t) AS row FROM ${name} t`);
    const shown = rows.map(({ row }) => JSON.stringify(row, (key, value) => mask(key, value, masked)));
    lines.push(`${name}: ${rows.length} rows`, ...shown.sort().map((row) => `  ${row}`));
  }
  const sequences = await asked(
    connection,
    `SELECT format('%I.%I', schemaname, sequencename) AS name, last_value FROM pg_sequences ORDER BY 1`,
  );
  return [...lines, ...sequences.map(({ name, last_value }) => `${name}: at ${last_value}`)];
}

function mask(key: string, value: unknown, masked: ReadonlySet<string>): unknown {
  if (value === null) return null;
  if (masked.has(key)) return '<masked>';
  if (typeof value !== 'string') return value;
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(value)) return '<time>';
  return /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(value) ? '<uuid>' : value;
}

/** One statement on a connection of its own. */
export async function asked(connection: Connection, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ ...connection });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

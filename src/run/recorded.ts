import type pg from 'pg';
import type { Migration, MigrationTool } from '../tools/tool.ts';

/** A row of a bookkeeping table: its columns as text. */
type Row = Readonly<Record<string, string | null>>;

/**
 * Which migrations a database has, by its tool's own bookkeeping. No tool's table is known here: each record is written
 * in a transaction that is taken back, and what appears is looked for among the rows that were there.
 *
 * @returns null when the tool keeps no record, or its table is not there
 * @throws the server's error when the records cannot be written, as on a database that only reads
 */
export async function recordedIn(
  client: pg.Client,
  tool: MigrationTool,
  migrations: readonly Migration[],
): Promise<ReadonlySet<Migration> | null> {
  const { bookkeeping } = tool;
  const tables = await existing(client, bookkeeping.relations);
  if (tables.length === 0 || migrations.every((one) => bookkeeping.after(one) === '')) return null;
  const recorded = new Set<Migration>();
  await client.query('BEGIN');
  try {
    const there = await rowsOf(client, tables);
    for (const [index, migration] of migrations.entries()) {
      await client.query('SAVEPOINT before_record');
      const found = await isRecorded(client, tool, migration, tables, there);
      await client.query('ROLLBACK TO SAVEPOINT before_record');
      if (found === 'up to here') for (const earlier of migrations.slice(0, index + 1)) recorded.add(earlier);
      else if (found) recorded.add(migration);
    }
  } finally {
    await client.query('ROLLBACK');
  }
  return recorded;
}

const UNIQUE_VIOLATION = '23505';
/** The record names another migration's, which is not there. */
const FOREIGN_KEY_VIOLATION = '23503';

async function isRecorded(
  client: pg.Client,
  { bookkeeping }: MigrationTool,
  migration: Migration,
  tables: readonly string[],
  there: readonly Row[],
): Promise<boolean | 'up to here'> {
  try {
    for (const sql of [bookkeeping.before(migration), bookkeeping.after(migration)])
      if (sql !== '') await client.query(sql);
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === UNIQUE_VIOLATION) return true;
    if (code === FOREIGN_KEY_VIOLATION) return false;
    throw error;
  }
  const known = new Set(there.map((row) => JSON.stringify(row)));
  const now = await rowsOf(client, tables);
  const added = now.filter((row) => !known.has(JSON.stringify(row)));
  // A table of one row tells how far the history has come.
  const points = there.length > 0 && now.length <= there.length;
  if (added.length === 0) return points ? 'up to here' : true;
  if (points) return false;
  return added.every((row) => there.some((other) => sameRecord(row, other, migration)));
}

/** Rows of one migration: equal in every column that says which one it is. Times and numbers of rows differ. */
function sameRecord(row: Row, other: Row, { version, identity, name, file }: Migration): boolean {
  const telling = new Set([version, identity, name, file, version.replace(/^0+(?=\d)/, '')]);
  telling.delete('');
  const columns = Object.keys(row).filter((column) => telling.has(row[column] ?? ''));
  const strong = columns.filter((column) => row[column] !== name);
  const compared = strong.length > 0 ? strong : columns;
  return compared.length > 0 && compared.every((column) => row[column] === other[column]);
}

async function existing(client: pg.Client, relations: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS name
     FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'r' AND n.nspname || '.' || c.relname = ANY ($1)`,
    [relations],
  );
  return rows.map(({ name }) => name);
}

async function rowsOf(client: pg.Client, tables: readonly string[]): Promise<Row[]> {
  const rows: Row[] = [];
  for (const table of tables) {
    const found = await client.query<{ row: Readonly<Record<string, unknown>> }>(
      `SELECT pg_catalog.to_jsonb(t) AS row FROM ${table} t`,
    );
    for (const { row } of found.rows) {
      const columns = Object.entries(row).map(([column, value]) => [
        `${table}.${column}`,
        value === null ? null : typeof value === 'string' ? value : JSON.stringify(value),
      ]);
      rows.push(Object.fromEntries(columns) as Row);
    }
  }
  return rows;
}

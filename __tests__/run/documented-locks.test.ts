import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { openSession, traceMigrations } from '../../src/run/index.ts';
import type { Connection } from '../../src/shadow/shadow.ts';
import { loadParser } from '../../src/sql/parse.ts';
import { majors } from '../shadow/majors.ts';
import { sharedShadow } from '../shadow/with-shadow.ts';
import { migrationOf, noBookkeeping } from './migrations.ts';

// Statements that refuse a transaction have let go of their locks when they end. Each one is paused half-way by
// another session's lock or snapshot, and what it holds or waits for then is what src/run/documented-locks.ts must say.

const fixture = `
CREATE TABLE r (id int PRIMARY KEY);
CREATE TABLE t (id int PRIMARY KEY, a int, b text);
CREATE INDEX ix_a ON t (a);
CLUSTER t USING ix_a;
CREATE TABLE pt (id int REFERENCES r) PARTITION BY RANGE (id);
CREATE TABLE pt1 PARTITION OF pt FOR VALUES FROM (0) TO (10);
CREATE INDEX pix ON pt (id);
CREATE MATERIALIZED VIEW mv AS SELECT * FROM t;
CREATE SCHEMA s;
CREATE TABLE s.st (id int PRIMARY KEY);
INSERT INTO t VALUES (1, 1, 'x'), (2, 1, 'x');
`;

interface PausedCase {
  readonly sql: string;
  /** What another session does; each pauses the statement at another place. */
  readonly pausedBy: readonly string[];
  /** Of tables all from SHARE UPDATE EXCLUSIVE up, of indexes those that keep queries from planning. */
  readonly locks: readonly string[];
  /** Taken for a moment before anything is read or built, and not said. */
  readonly brief?: readonly string[];
  /** Of the locks, those that no other session can pause. */
  readonly unpaused?: readonly string[];
  /** Lowest major that has it. */
  readonly since?: number;
}

const snapshot = 'SELECT FROM t CROSS JOIN pt WHERE false';
const sux = 'ShareUpdateExclusiveLock';
const ax = 'AccessExclusiveLock';
const share = 'ShareLock';
const srx = 'ShareRowExclusiveLock';

const writer = (table: string): string => `LOCK ${table} IN ROW EXCLUSIVE MODE`;
const reader = (table: string): string => `LOCK ${table} IN ACCESS SHARE MODE`;
const keeper = (table: string): string => `LOCK ${table} IN SHARE UPDATE EXCLUSIVE MODE`;
/** A query holds ACCESS SHARE on all indexes of its tables. */
const query = (table: string): string => `SELECT FROM ${table}`;

const cases: readonly PausedCase[] = [
  {
    sql: 'CREATE INDEX CONCURRENTLY i1 ON t (b)',
    pausedBy: [writer('t'), snapshot],
    locks: [`t:${sux}`],
  },
  { sql: 'CREATE INDEX CONCURRENTLY i1 ON mv (b)', pausedBy: [snapshot], locks: [`mv:${sux}`] },
  {
    sql: 'DROP INDEX CONCURRENTLY ix_a',
    pausedBy: [writer('t'), reader('t')],
    locks: [`t:${sux}`],
  },
  {
    sql: 'REINDEX INDEX CONCURRENTLY ix_a',
    pausedBy: [writer('t'), snapshot, reader('t')],
    locks: [`t:${sux}`],
  },
  {
    sql: 'REINDEX (CONCURRENTLY) TABLE t',
    since: 14,
    pausedBy: [writer('t'), snapshot, reader('t')],
    locks: [`t:${sux}`],
  },
  {
    sql: 'REINDEX TABLE CONCURRENTLY pt',
    since: 14,
    pausedBy: [writer('pt1'), query('pt1')],
    locks: [`pt1:${sux}`, `pt:${sux}`],
    brief: [`pt1:${share}`],
  },
  {
    sql: 'REINDEX TABLE pt',
    since: 14,
    pausedBy: [writer('pt1'), query('pt1')],
    locks: [`pt1:${share}`, `pt1_id_idx:${ax}`, `pt:${share}`],
  },
  {
    sql: 'REINDEX INDEX pix',
    since: 14,
    pausedBy: [writer('pt'), writer('pt1'), query('pt1')],
    locks: [`pt1:${share}`, `pt1_id_idx:${ax}`, `pt:${share}`],
  },
  {
    sql: 'REINDEX SCHEMA s',
    pausedBy: [writer('s.st'), query('s.st')],
    locks: [`s.st:${share}`, `s.st_pkey:${ax}`],
  },
  {
    sql: 'REINDEX SCHEMA CONCURRENTLY s',
    pausedBy: [writer('s.st'), query('s.st')],
    locks: [`s.st:${sux}`],
  },
  { sql: 'CLUSTER', pausedBy: [reader('t')], locks: [`t:${ax}`] },
  {
    since: 15,
    sql: 'CLUSTER pt USING pix',
    pausedBy: [reader('pt'), reader('pt1')],
    locks: [`pt1:${ax}`, `pt:${ax}`],
  },
  { sql: 'VACUUM t', pausedBy: [keeper('t')], locks: [`t:${sux}`] },
  { sql: 'VACUUM (FULL off, ANALYZE) t', pausedBy: [keeper('t')], locks: [`t:${sux}`] },
  { sql: 'VACUUM pt', pausedBy: [keeper('pt1')], locks: [`pt1:${sux}`] },
  { sql: 'VACUUM FULL t', pausedBy: [reader('t')], locks: [`t:${ax}`] },
  { sql: 'VACUUM FULL pt', pausedBy: [reader('pt1')], locks: [`pt1:${ax}`] },
  {
    sql: 'VACUUM FULL',
    pausedBy: ['r', 't', 'pt1', 'mv', 's.st'].map(query),
    locks: ['mv', 'pt1', 'r', 's.st', 't'].map((table) => `${table}:${ax}`),
  },
  {
    sql: 'VACUUM',
    pausedBy: ['r', 't', 'pt1', 's.st'].map(keeper),
    locks: ['mv', 'pt1', 'r', 's.st', 't'].map((table) => `${table}:${sux}`),
    // LOCK takes no materialized views.
    unpaused: [`mv:${sux}`],
  },
  {
    sql: 'ALTER TABLE pt DETACH PARTITION pt1 CONCURRENTLY',
    since: 14,
    pausedBy: [reader('pt1'), writer('r')],
    locks: [`pt1:${ax}`, `pt:${sux}`, `r:${srx}`],
  },
];

await loadParser();

describe.each(majors)('statements that refuse a transaction on PostgreSQL %i', (major) => {
  test.each(cases.filter(({ since = 0 }) => since <= major))('$sql', async (each) => {
    const shadow = await sharedShadow(major);
    const shown = new Set<string>(each.unpaused);
    for (const blocker of each.pausedBy) {
      const database = await shadow.database();
      await withFixture(database.connection);
      for (const lock of await pausedLocks(database.connection, each.sql, blocker)) shown.add(lock);
      await database.close();
    }
    expect([...shown].sort()).toEqual([...each.locks, ...(each.brief ?? [])].sort());

    const database = await shadow.database();
    await withFixture(database.connection);
    const { migrations } = await traceMigrations({
      connection: database.connection,
      bookkeeping: noBookkeeping,
      migrations: [migrationOf(each.sql, { transaction: 'none' })],
    });
    await database.close();
    const [statement] = migrations[0]?.statements ?? [];
    expect(statement?.source).toBe('documented');
    const said = (statement?.locks ?? []).filter(({ kind, mode }) => kind !== 'index' || mode === ax);
    const named = said.map(({ schema, relation, mode }) => `${schema}.${relation}:${mode}`);
    expect(named.map((lock) => lock.replace('public.', '')).sort()).toEqual([...each.locks].sort());
  });
});

async function withFixture(connection: Connection): Promise<void> {
  await using session = await openSession(connection);
  expect((await session.send(fixture)).error).toBeNull();
}

/** What the statement holds or waits for while another session is in its way. */
async function pausedLocks(connection: Connection, sql: string, blocker: string): Promise<string[]> {
  const [watcher, other, paused] = await Promise.all([
    connect(connection),
    connect(connection),
    connect(connection),
  ]);
  try {
    const { rows } = await paused.query('SELECT pg_backend_pid() AS pid');
    const pid = rows[0]?.pid;
    await other.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    await other.query(blocker);
    let ended = false;
    const running = paused.query(sql).finally(() => {
      ended = true;
    });
    running.catch(() => {});
    while (!(await isWaiting(watcher, pid))) {
      if (ended) throw new Error(`${sql} is not paused by ${blocker}: ${await running.then(() => 'it ran')}`);
    }
    const { rows: locks } = await watcher.query<{ lock: string }>(
      `SELECT l.relation::regclass::text || ':' || l.mode AS lock
       FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
       WHERE l.pid = $1 AND l.relation::int8 >= 16384 AND c.relnamespace <> 'pg_toast'::regnamespace
         AND (c.relkind = 'i' AND l.mode = 'AccessExclusiveLock'
           OR c.relkind IN ('r', 'p', 'm') AND l.mode !~ '^(Row|AccessShare)')`,
      [pid],
    );
    await other.query('ROLLBACK');
    await running;
    return locks.map(({ lock }) => lock);
  } finally {
    await Promise.all([watcher.end(), other.end(), paused.end()]);
  }
}

async function isWaiting(watcher: pg.Client, pid: number): Promise<boolean> {
  const { rows } = await watcher.query(
    "SELECT pg_sleep(0.01), wait_event_type FROM pg_stat_activity WHERE pid = $1 AND wait_event_type = 'Lock'",
    [pid],
  );
  return rows.length > 0;
}

async function connect(connection: Connection): Promise<pg.Client> {
  const client = new pg.Client({ ...connection });
  client.on('error', () => {});
  await client.connect();
  return client;
}

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyMigrations, openSession, prepareBookkeeping, traceMigrations } from '../../src/run/index.ts';
import type { Connection } from '../../src/shadow/shadow.ts';
import { loadParser } from '../../src/sql/parse.ts';
import type { Bookkeeping, TransactionRule } from '../../src/tools/tool.ts';
import { majors } from '../shadow/majors.ts';
import { sharedShadow } from '../shadow/with-shadow.ts';
import { migrationOf } from './migrations.ts';

/** Records what was applied the way tools do. */
const bookkeeping: Bookkeeping = {
  setup: 'CREATE TABLE applied (version text PRIMARY KEY)',
  before: () => '',
  after: ({ version }) => `INSERT INTO public.applied VALUES ('${version}')`,
  relations: ['public.applied'],
};

const base = 'CREATE TABLE users (id int PRIMARY KEY, email text); INSERT INTO users VALUES (1, NULL);';

interface TransactionCase {
  readonly title: string;
  readonly sql: string;
  readonly rule: TransactionRule;
  readonly transaction: 'single' | 'none' | 'own';
  /** SQLSTATE and line of the error, null when it applies. */
  readonly error: { readonly sqlstate: string; readonly line: number; readonly column?: number } | null;
  /** Of the tables a, b and c, those that are there afterwards. */
  readonly tables: string;
  /** `inTransaction` of each statement. */
  readonly shared?: readonly boolean[];
}

const cases: readonly TransactionCase[] = [
  {
    title: 'a wrapped file is applied whole',
    sql: 'CREATE TABLE a ();\nCREATE TABLE b ();',
    rule: 'single',
    transaction: 'single',
    error: null,
    tables: 'ab',
    shared: [true, true],
  },
  {
    title: 'a wrapped file that fails leaves nothing',
    sql: 'CREATE TABLE a ();\n\n  CREATE TABLE users ();',
    rule: 'single',
    transaction: 'single',
    error: { sqlstate: '42P07', line: 3 },
    tables: '',
  },
  {
    title: 'the place of an error is the one in the file, characters and not bytes',
    sql: "CREATE TABLE a ();\n-- 🐘é\nSELECT '🐘é', nope FROM users;",
    rule: 'single',
    transaction: 'single',
    error: { sqlstate: '42703', line: 3, column: 15 },
    tables: '',
  },
  {
    title: 'SET TRANSACTION comes before the first query, and observing the BEGIN is none',
    sql: 'BEGIN;\nSET LOCAL statement_timeout = 0;\nSET TRANSACTION ISOLATION LEVEL REPEATABLE READ;\nCREATE TABLE a ();\nCOMMIT;',
    rule: 'implicit',
    transaction: 'own',
    error: null,
    tables: 'a',
  },
  {
    title: 'SET TRANSACTION after a query fails as it would for the tool',
    sql: 'SELECT 1;\nSET TRANSACTION ISOLATION LEVEL SERIALIZABLE;',
    rule: 'single',
    transaction: 'single',
    error: { sqlstate: '25001', line: 2 },
    tables: '',
  },
  {
    title: 'without a transaction what came before a failure stays',
    sql: 'CREATE TABLE a ();\nCREATE TABLE users ();\nCREATE TABLE b ();',
    rule: 'none',
    transaction: 'none',
    error: { sqlstate: '42P07', line: 2 },
    tables: 'a',
    shared: [false, false],
  },
  {
    title: 'CREATE INDEX CONCURRENTLY in a wrapped file fails as it does for the tool',
    sql: 'CREATE TABLE a ();\nCREATE INDEX CONCURRENTLY i ON users (email);',
    rule: 'single',
    transaction: 'single',
    error: { sqlstate: '25001', line: 2 },
    tables: '',
  },
  {
    title: 'CREATE INDEX CONCURRENTLY alone in a message needs no directive',
    sql: '-- the only statement\nCREATE INDEX CONCURRENTLY i ON users (email);',
    rule: 'implicit',
    transaction: 'none',
    error: null,
    tables: '',
    shared: [false],
  },
  {
    title: 'two statements in a message are an implicit transaction block',
    sql: 'CREATE TABLE a ();\nCREATE INDEX CONCURRENTLY i ON users (email);',
    rule: 'implicit',
    transaction: 'single',
    error: { sqlstate: '25001', line: 2 },
    tables: '',
  },
  {
    title: 'COMMIT in a message keeps what came before; the rest is a new block',
    sql: 'CREATE TABLE a ();\nCOMMIT;\nCREATE TABLE b ();\nCREATE TABLE users ();',
    rule: 'implicit',
    transaction: 'own',
    error: { sqlstate: '42P07', line: 4 },
    tables: 'a',
  },
  {
    title: "the file's own BEGIN and COMMIT",
    sql: 'BEGIN;\nCREATE TABLE a ();\nCOMMIT;\nCREATE TABLE b ();',
    rule: 'none',
    transaction: 'own',
    error: null,
    tables: 'ab',
    shared: [true, true, true, false],
  },
  {
    title: "the file's own BEGIN and COMMIT inside the tool's transaction",
    sql: 'BEGIN;\nCREATE TABLE a ();\nCOMMIT;',
    rule: 'single',
    transaction: 'own',
    error: null,
    tables: 'a',
  },
  {
    title: 'a transaction that the file leaves open is closed',
    sql: 'BEGIN;\nCREATE TABLE a ();',
    rule: 'none',
    transaction: 'own',
    error: null,
    tables: 'a',
  },
  {
    title: 'ROLLBACK in the file',
    sql: 'BEGIN;\nCREATE TABLE a ();\nROLLBACK;\nCREATE TABLE b ();',
    rule: 'none',
    transaction: 'own',
    error: null,
    tables: 'b',
  },
  {
    title: 'a savepoint that is rolled back to',
    sql: 'CREATE TABLE a ();\nSAVEPOINT s;\nCREATE TABLE b ();\nROLLBACK TO SAVEPOINT s;\nCREATE TABLE c ();',
    rule: 'single',
    transaction: 'single',
    error: null,
    tables: 'ac',
  },
  {
    title: 'a DO block that commits, under a tool that does not wrap',
    sql: 'DO $$ BEGIN CREATE TABLE a (); COMMIT; CREATE TABLE b (); END $$;',
    rule: 'none',
    transaction: 'none',
    error: null,
    tables: 'ab',
  },
  {
    title: 'a DO block that commits, under a tool that wraps',
    sql: 'DO $$ BEGIN CREATE TABLE a (); COMMIT; END $$;',
    rule: 'single',
    transaction: 'single',
    error: { sqlstate: '2D000', line: 1 },
    tables: '',
  },
  {
    title: 'a constraint that is checked at COMMIT',
    sql: `CREATE TABLE a (id int PRIMARY KEY DEFERRABLE INITIALLY DEFERRED);\nINSERT INTO a VALUES (1), (1);`,
    rule: 'single',
    transaction: 'single',
    error: { sqlstate: '23505', line: 2 },
    tables: '',
  },
  {
    title: 'a value of an enum used in the transaction that adds it',
    sql: "CREATE TYPE mood AS ENUM ('x');\nCOMMIT;\nALTER TYPE mood ADD VALUE 'y';\nSELECT 'y'::mood;",
    rule: 'implicit',
    transaction: 'own',
    error: { sqlstate: '55P04', line: 4 },
    tables: '',
  },
  {
    title: 'an empty file',
    sql: '-- nothing yet\n',
    rule: 'single',
    transaction: 'single',
    error: null,
    tables: '',
    shared: [],
  },
  {
    title: 'a syntax error is the server’s, with its place',
    sql: 'CREATE TABLE a ();\nCREATE TABEL b ();',
    rule: 'single',
    transaction: 'single',
    error: { sqlstate: '42601', line: 2, column: 8 },
    tables: '',
  },
  {
    title: 'LOCK TABLE needs a transaction, and gets none from us',
    sql: 'LOCK TABLE users;',
    rule: 'none',
    transaction: 'none',
    error: { sqlstate: '25P01', line: 1 },
    tables: '',
  },
  {
    title: 'so does a savepoint',
    sql: 'CREATE TABLE a ();\nSAVEPOINT s;',
    rule: 'none',
    transaction: 'none',
    error: { sqlstate: '25P01', line: 2 },
    tables: 'a',
  },
  {
    title: 'a migration that ends its own connection',
    sql: 'CREATE TABLE a ();\nSELECT pg_terminate_backend(pg_backend_pid());',
    rule: 'single',
    transaction: 'single',
    error: { sqlstate: '57P01', line: 2 },
    tables: '',
  },
  {
    title: 'COPY FROM STDIN has no data to read',
    sql: 'COPY users FROM STDIN;',
    rule: 'single',
    transaction: 'single',
    error: { sqlstate: '57014', line: 1 },
    tables: '',
  },
];

await loadParser();

describe.each(majors)('transactions on PostgreSQL %i', (major) => {
  let connection: Connection;
  let close: () => Promise<void>;
  beforeAll(async () => {
    const database = await (await sharedShadow(major)).database();
    ({ connection, close } = database);
    await using session = await openSession(connection);
    await session.send(base);
    await prepareBookkeeping(session, bookkeeping);
  });
  afterAll(() => close());

  async function tablesLeft(): Promise<string> {
    await using session = await openSession(connection);
    const { rows } = await session.client.query(
      "SELECT relname FROM pg_class WHERE relname IN ('a', 'b', 'c') AND relkind = 'r' ORDER BY 1",
    );
    await session.send('DROP TABLE IF EXISTS a, b, c; DROP TYPE IF EXISTS mood; DROP INDEX IF EXISTS i');
    return rows.map(({ relname }) => relname).join('');
  }

  test.each(cases)('traced: $title', async ({ sql, rule, transaction, error, tables, shared }) => {
    const migration = migrationOf(sql, { transaction: rule });
    const traced = await traceMigrations({ connection, bookkeeping, migrations: [migration] });
    const [trace] = traced.migrations;
    if (error === null) expect(trace?.error).toBeNull();
    else expect(trace?.error).toMatchObject(error);
    expect(trace?.transaction).toBe(transaction);
    if (shared !== undefined)
      expect(trace?.statements.map(({ inTransaction }) => inTransaction)).toEqual(shared);
    expect(await tablesLeft()).toBe(tables);
  });

  test.each(cases)('applied at full speed: $title', async ({ sql, rule, error, tables }) => {
    const migration = migrationOf(sql, { transaction: rule });
    await using session = await openSession(connection);
    const failure = await applyMigrations(session, bookkeeping, [migration]);
    if (error === null) expect(failure).toBeNull();
    else expect(failure?.error).toMatchObject(error);
    expect(await tablesLeft()).toBe(tables);
  });

  test('the first failure ends the run, and what it kept from running is named', async () => {
    const migrations = ['CREATE TABLE a ()', 'SELECT nope', 'CREATE TABLE b ()'].map((sql) =>
      migrationOf(sql),
    );
    const traced = await traceMigrations({ connection, bookkeeping, migrations });
    expect(traced.migrations.map(({ ran, error }) => [ran, error?.sqlstate ?? null])).toEqual([
      [true, null],
      [true, '42703'],
      [false, null],
    ]);
    expect(await tablesLeft()).toBe('a');
  });

  test('a failure that is expected does not hide the next migration', async () => {
    const migrations = ['SELECT nope', 'ALTER TABLE users ADD COLUMN x int'].map((sql) => migrationOf(sql));
    const traced = await traceMigrations({ connection, bookkeeping, migrations, mayFail: () => true });
    expect(traced.migrations[1]).toMatchObject({ ran: true, error: null });
    expect(traced.migrations[1]?.statements[0]?.locks[0]).toMatchObject({
      relation: 'users',
      mode: 'AccessExclusiveLock',
    });
  });

  test('where every migration has a session of its own, temporary tables of one do not reach the next', async () => {
    const migrations = ['CREATE TEMP TABLE users (email text)', 'CREATE INDEX i ON users (email)'].map(
      (sql) => migrationOf(sql),
    );
    const locked = async (sessions: 'one' | 'each') => {
      const traced = await traceMigrations({ connection, bookkeeping, migrations, sessions });
      await tablesLeft();
      await using session = await openSession(connection);
      await session.send('DELETE FROM applied');
      return traced.migrations[1]?.statements[0]?.locks.map(({ relation }) => relation);
    };
    expect(await locked('one')).toEqual([]);
    expect(await locked('each')).toEqual(['users']);
  });

  test('a flood of notices does not drown what the server says it does', async () => {
    const sql = `DO $$ BEGIN FOR i IN 1..3000 LOOP RAISE NOTICE 'x'; END LOOP;
      ALTER TABLE users ALTER COLUMN id TYPE bigint; END $$`;
    const traced = await traceMigrations({ connection, bookkeeping, migrations: [migrationOf(sql)] });
    expect(traced.migrations[0]?.statements[0]?.rewrites).toEqual(['public.users']);
  });

  test('settings of a base migration do not reach the next one', async () => {
    await using session = await openSession(connection);
    const migrations = ["SET search_path = ''", 'CREATE TABLE a (e int)'].map((sql) => migrationOf(sql));
    expect(await applyMigrations(session, bookkeeping, migrations)).toBeNull();
    expect(await tablesLeft()).toBe('a');
  });

  test('locks accumulate over a transaction and end with it', async () => {
    const sql =
      'ALTER TABLE users ADD COLUMN y int;\nCREATE INDEX i ON users (y);\nCOMMIT;\nUPDATE users SET y = 1;';
    const migration = migrationOf(sql, { transaction: 'implicit' });
    const traced = await traceMigrations({ connection, bookkeeping, migrations: [migration] });
    const users = traced.migrations[0]?.statements.map(({ locks }) =>
      locks
        .filter(({ relation }) => relation === 'users')
        .map(({ mode, new: isNew }) => `${mode}${isNew ? '+' : ''}`),
    );
    expect(users).toEqual([
      ['AccessExclusiveLock+'],
      ['AccessExclusiveLock', 'ShareLock+'],
      [],
      ['RowExclusiveLock+'],
    ]);
    await tablesLeft();
  });

  test('a renamed table is still base’s, a table made anew is not', async () => {
    const sql = `ALTER TABLE users RENAME TO people; ALTER TABLE people ADD COLUMN z int;
      CREATE TABLE users (id int); CREATE INDEX ON users (id); ALTER TABLE people RENAME TO p2; DROP TABLE users; ALTER TABLE p2 RENAME TO users`;
    const traced = await traceMigrations({ connection, bookkeeping, migrations: [migrationOf(sql)] });
    const taken = traced.migrations[0]?.statements.map(({ locks }) =>
      locks
        .filter((lock) => lock.new && lock.kind === 'table')
        .map(({ relation, names }) => [relation, ...names]),
    );
    expect(taken).toEqual([[['users', 'public.users', 'public.people']], [], [], [], [], [], []]);
    expect(traced.migrations[0]?.statements[3]?.scans).toEqual([]);
  });
});

import { beforeAll, describe, expect, test } from 'vitest';
import { openSession, traceMigrations } from '../../src/run/index.ts';
import type { MigrationTrace, StatementTrace } from '../../src/run/trace.ts';
import type { Connection } from '../../src/shadow/shadow.ts';
import { loadParser } from '../../src/sql/parse.ts';
import type { Bookkeeping, TransactionRule } from '../../src/tools/tool.ts';
import { majors } from '../shadow/majors.ts';
import { sharedShadow } from '../shadow/with-shadow.ts';
import { migrationOf, noBookkeeping } from './migrations.ts';

// What a trace says besides locks, rewrites and scans of single statements (truth-table.test.ts).

const base = `
CREATE TABLE users (id int PRIMARY KEY, email text, n int);
CREATE INDEX users_email ON users (email);
INSERT INTO users VALUES (1, 'a', 1), (2, 'a', 2), (3, 'b', 3);
CREATE TABLE teams (id int PRIMARY KEY);
CREATE SCHEMA other;
CREATE TABLE other.places (id int PRIMARY KEY);
CREATE SCHEMA "a ""b"" c";
CREATE TABLE "a ""b"" c"."x, y
z" (id int);
CREATE FUNCTION widen() RETURNS void LANGUAGE sql SET client_min_messages = error
  AS 'ALTER TABLE users ALTER COLUMN n TYPE bigint';
CREATE FUNCTION empty() RETURNS void LANGUAGE sql SET client_min_messages = error AS 'TRUNCATE users';
CREATE FUNCTION make() RETURNS void LANGUAGE plpgsql AS 'BEGIN CREATE TABLE made (id int PRIMARY KEY); END';
CREATE PROCEDURE in_two() LANGUAGE plpgsql AS
  'BEGIN INSERT INTO users VALUES (8), (9); COMMIT; CREATE INDEX users_n ON users (n); PERFORM count(*) FROM teams; END';
`;

interface ObservedCase {
  readonly title: string;
  /** Lowest major that has it. */
  readonly since?: number;
  readonly sql: string;
  readonly rule?: TransactionRule;
  /** Of the last statement, unless it is a function of the whole trace. */
  readonly shows: (trace: MigrationTrace, last: StatementTrace) => unknown;
  readonly is: unknown;
  readonly error?: string;
}

const names = (relations: StatementTrace['created']): string[] =>
  relations.map(({ type, name }) => `${type} ${name}`);
const madeAndGone = (_: MigrationTrace, { created, dropped }: StatementTrace): unknown => ({
  created: names(created),
  dropped: names(dropped),
});
const timeouts = (trace: MigrationTrace): unknown =>
  trace.statements.map(({ timeouts: { lockMs, statementMs, idleInTransactionMs } }) =>
    [lockMs, statementMs, idleInTransactionMs].join('/'),
  );
const left = ({ settingsLeft }: MigrationTrace): unknown =>
  settingsLeft.map(({ name, before, after }) => `${name}: ${before} → ${after}`);
const rows = (trace: MigrationTrace): unknown => trace.statements.map(({ rowsWritten }) => rowsWritten);
const onUsers = ({ statements }: MigrationTrace): unknown =>
  statements.map(({ locks }) =>
    locks
      .filter(({ relation }) => relation === 'users')
      .map(({ mode, since, new: isNew, names }) => `${mode} ${isNew ? 'new' : since} ${names.join()}`),
  );
const work = (_: MigrationTrace, { rewrites, scans, deaf }: StatementTrace): unknown => ({
  rewrites,
  scans,
  deaf,
});

const cases: readonly ObservedCase[] = [
  {
    title: 'a table is made with its index and its sequence',
    sql: 'CREATE TABLE x (id serial PRIMARY KEY, t text)',
    shows: madeAndGone,
    is: { created: ['table public.x', 'sequence public.x_id_seq', 'index public.x_pkey'], dropped: [] },
  },
  {
    title: 'a DO block makes one and drops what another statement made and what base had',
    sql: 'CREATE TABLE x (); DO $$ BEGIN DROP TABLE x; DROP TABLE teams; CREATE VIEW v AS SELECT 1; END $$',
    shows: madeAndGone,
    is: {
      created: ['view public.v'],
      dropped: ['table public.teams', 'index public.teams_pkey', 'table public.x'],
    },
  },
  {
    title: 'a function makes one',
    sql: 'SELECT make()',
    shows: madeAndGone,
    is: { created: ['index public.made_pkey', 'table public.made'].reverse(), dropped: [] },
  },
  {
    title: 'what was made and renamed is dropped under its last name',
    sql: 'CREATE TABLE x (); ALTER TABLE x RENAME TO y; ALTER TABLE y SET SCHEMA other; DROP TABLE other.y',
    shows: madeAndGone,
    is: { created: [], dropped: ['table other.y'] },
  },
  {
    title: 'temporary tables are nobody’s business',
    sql: 'CREATE TEMP TABLE x (id int PRIMARY KEY)',
    shows: madeAndGone,
    is: { created: [], dropped: [] },
  },
  {
    title: 'a column takes its index along',
    sql: 'ALTER TABLE users DROP COLUMN email',
    shows: madeAndGone,
    is: { created: [], dropped: ['index public.users_email'] },
  },
  {
    title: 'a rewrite makes and drops nothing, and the index that it builds anew is still base’s',
    sql: 'ALTER TABLE users ALTER COLUMN email TYPE varchar(5); SAVEPOINT a; DROP INDEX users_email; ROLLBACK TO a; DROP INDEX users_email',
    shows: ({ statements }) =>
      statements.map(({ created, dropped }) => [...names(created), ...names(dropped)].join()),
    is: ['', '', 'index public.users_email', '', 'index public.users_email'],
  },
  {
    title: 'a type change that is taken back leaves the index that base had',
    sql: 'SAVEPOINT a; ALTER TABLE users ALTER COLUMN email TYPE varchar(5); ROLLBACK TO a; DROP INDEX users_email',
    shows: madeAndGone,
    is: { created: [], dropped: ['index public.users_email'] },
  },
  {
    title: 'what a savepoint took back was made, and can be made again',
    sql: 'SAVEPOINT a; CREATE TABLE x (); ROLLBACK TO a; CREATE TABLE x ()',
    shows: ({ statements }) => statements.map(({ created, dropped }) => [...created, ...dropped].length),
    is: [0, 1, 0, 1],
  },
  {
    title: 'CREATE INDEX CONCURRENTLY makes one',
    sql: 'CREATE INDEX CONCURRENTLY i ON users (n)',
    rule: 'none',
    shows: madeAndGone,
    is: { created: ['index public.i'], dropped: [] },
  },
  {
    title: 'REINDEX CONCURRENTLY leaves the same index behind, which is still base’s',
    sql: 'REINDEX INDEX CONCURRENTLY users_email; DROP INDEX users_email',
    rule: 'none',
    shows: ({ statements }) => statements.map(({ created, dropped }) => [names(created), names(dropped)]),
    is: [
      [[], []],
      [[], ['index public.users_email']],
    ],
  },
  {
    title: 'a CREATE INDEX CONCURRENTLY that fails leaves an INVALID index',
    sql: 'CREATE UNIQUE INDEX CONCURRENTLY i ON users (email)',
    rule: 'none',
    shows: (_, { invalidIndexes, created }) => [invalidIndexes, names(created)],
    is: [['public.i'], ['index public.i']],
    error: '23505',
  },
  {
    title: 'an index on the parent alone is meant to be incomplete',
    sql: 'CREATE TABLE p (id int) PARTITION BY LIST (id); CREATE INDEX i ON ONLY p (id)',
    rule: 'none',
    shows: (_, { invalidIndexes }) => invalidIndexes,
    is: [],
  },
  {
    title: 'what a procedure did before and after its COMMIT',
    sql: 'CALL in_two()',
    rule: 'none',
    shows: (_, { source, created, scans, rowsWritten }) => [source, names(created), scans, rowsWritten],
    is: ['unknown', ['index public.users_n'], ['public.teams', 'public.users'], 2],
  },
  {
    title: 'the timeouts that were in force, not those that the statement sets',
    sql: "SET lock_timeout = '2s'; SELECT 1; SET LOCAL statement_timeout = '5min'; SET idle_in_transaction_session_timeout = 90000; RESET lock_timeout; SELECT 1",
    shows: timeouts,
    is: ['0/0/0', '2000/0/0', '2000/0/0', '2000/300000/0', '2000/300000/90000', '0/300000/90000'],
  },
  {
    title: 'SET LOCAL ends with the transaction, ROLLBACK takes SET back',
    sql: "BEGIN; SET LOCAL lock_timeout = '1s'; COMMIT; BEGIN; SET lock_timeout = '3s'; ROLLBACK; SELECT 1",
    rule: 'none',
    shows: timeouts,
    is: ['0/0/0', '0/0/0', '1000/0/0', '0/0/0', '0/0/0', '3000/0/0', '0/0/0'],
  },
  {
    title: 'a savepoint takes SET back',
    sql: "SAVEPOINT a; SET lock_timeout = '3s'; ROLLBACK TO a; SELECT 1",
    shows: timeouts,
    is: ['0/0/0', '0/0/0', '3000/0/0', '0/0/0'],
  },
  {
    title: 'a DO block that sets its own timeout runs under it',
    sql: "DO $$ BEGIN SET LOCAL lock_timeout = '4s'; ALTER TABLE users ADD COLUMN x int; END $$",
    shows: timeouts,
    is: ['4000/0/0'],
  },
  {
    title: 'SET that is left',
    sql: "SET search_path = ''; SET lock_timeout = '2s'; SET client_min_messages = warning; SET LOCAL work_mem = '8MB'; SET app.tenant = 'x'; SET LOCAL app.other = 'x'",
    shows: left,
    is: [
      'app.tenant: null → x',
      'client_min_messages: notice → warning',
      'lock_timeout: 0 → 2s',
      'search_path: "$user", public → ""',
    ],
  },
  {
    title: 'set_config() as in a dump',
    sql: "SELECT pg_catalog.set_config('search_path', '', false); DO $$ BEGIN PERFORM set_config('lock_timeout', '1s', true); END $$",
    shows: left,
    is: ['search_path: "$user", public → '],
  },
  {
    title: 'SET that is taken back',
    sql: "SET lock_timeout = '2s'; SET client_min_messages = error; DO $$ BEGIN NULL; END $$; RESET lock_timeout; RESET client_min_messages",
    shows: left,
    is: [],
  },
  {
    title: 'SET that a RESET ALL or DISCARD ALL takes back',
    sql: "SET lock_timeout = '2s'; SET client_min_messages = error; SET ROLE pg_monitor; RESET ALL; SET lock_timeout = '1s'; DISCARD ALL",
    rule: 'none',
    shows: ({ settingsLeft, statements, error }) => [
      settingsLeft,
      statements.map(({ source }) => source).join(),
      error?.message,
    ],
    is: [[], 'observed,observed,observed', 'permission denied to set role "pg_monitor"'],
    error: '42501',
  },
  {
    title: 'DISCARD ALL',
    sql: "SET lock_timeout = '2s'; SET client_min_messages = error; DISCARD ALL; ALTER TABLE users ALTER COLUMN n TYPE bigint",
    rule: 'none',
    shows: ({ settingsLeft, statements }) => [
      settingsLeft,
      statements.map(({ source, rewrites }) => `${source} ${rewrites}`),
    ],
    is: [[], ['observed ', 'observed ', 'documented ', 'observed public.users']],
  },
  {
    title: 'SET in a transaction that is rolled back is not left',
    sql: "BEGIN; SET lock_timeout = '2s'; SET client_min_messages = error; ROLLBACK",
    rule: 'none',
    shows: left,
    is: [],
  },
  {
    title: 'SET in a transaction that is committed is left',
    sql: 'BEGIN; SET client_min_messages = error; SELECT 1; COMMIT; SELECT 2',
    rule: 'none',
    shows: left,
    is: ['client_min_messages: notice → error'],
  },
  {
    title: 'a role of the session’s own making is left, and runs the rest',
    sql: 'SET ROLE helper; SELECT 1',
    shows: (trace) => [trace.statements.map(({ role }) => role), left(trace)],
    is: [['postgres', 'helper'], ['role: none → helper']],
  },
  {
    title: 'a transaction that the file leaves open',
    sql: 'BEGIN; CREATE TABLE x ()',
    rule: 'none',
    shows: ({ leftOpen }) => leftOpen,
    is: true,
  },
  {
    title: 'a BEGIN in a message of several statements is left open, too',
    sql: 'CREATE TABLE x (); BEGIN; SELECT 1',
    rule: 'implicit',
    shows: ({ leftOpen }) => leftOpen,
    is: true,
  },
  {
    title: 'the tool closes what it wraps',
    sql: 'BEGIN; CREATE TABLE x ()',
    rule: 'single',
    shows: ({ leftOpen }) => leftOpen,
    is: false,
  },
  {
    title: 'a message of several statements closes itself',
    sql: 'CREATE TABLE x (); SELECT 1',
    rule: 'implicit',
    shows: ({ leftOpen }) => leftOpen,
    is: false,
  },
  {
    title: 'rows by the command tag, and by the counters where code runs',
    sql: `INSERT INTO users SELECT g FROM generate_series(10, 14) g; UPDATE users SET n = 0 WHERE id >= 10; DELETE FROM users WHERE id = 10;
      DO $$ BEGIN UPDATE users SET n = 1 WHERE id > 10; DELETE FROM users WHERE id > 12; END $$;
      WITH gone AS (DELETE FROM users WHERE id >= 10 RETURNING 1) SELECT * FROM gone; SELECT 1; ALTER TABLE users ADD COLUMN x int; COPY users TO STDOUT`,
    shows: rows,
    is: [5, 5, 1, 6, 2, 0, null, null],
  },
  {
    title: 'rows of MERGE',
    sql: 'MERGE INTO users u USING (VALUES (1), (77)) v (id) ON u.id = v.id WHEN MATCHED THEN UPDATE SET n = 9 WHEN NOT MATCHED THEN INSERT (id) VALUES (v.id)',
    since: 15,
    shows: rows,
    is: [2],
  },
  {
    title: 'which statement took a lock, and under which names',
    sql: 'SELECT 1; ALTER TABLE users ADD COLUMN x int; ALTER TABLE users RENAME TO people; CREATE INDEX i ON people (n); DROP TABLE people; SELECT 1',
    shows: onUsers,
    is: [
      [],
      ['AccessExclusiveLock new public.users'],
      ['AccessExclusiveLock 1 public.users,public.people'],
      ['AccessExclusiveLock 1 public.people', 'ShareLock new public.people'],
      ['AccessExclusiveLock 1 public.people', 'ShareLock 3 public.people'],
      ['AccessExclusiveLock 1 ', 'ShareLock 3 '],
    ],
  },
  {
    title: 'locks, names and files go back with a savepoint',
    sql: `SAVEPOINT a; ALTER TABLE users RENAME TO people; ALTER TABLE people ALTER COLUMN n TYPE bigint; ROLLBACK TO a;
      CREATE INDEX i ON users (n); ROLLBACK TO a; ALTER TABLE users ADD COLUMN x int`,
    shows: (trace) => [
      onUsers(trace),
      trace.statements.flatMap(({ index, rewrites }) => rewrites.map(() => index)),
    ],
    is: [
      [
        [],
        ['AccessExclusiveLock new public.users,public.people'],
        ['AccessExclusiveLock 1 public.people', 'ShareLock new public.people'],
        [],
        ['ShareLock new public.users'],
        [],
        ['AccessExclusiveLock new public.users'],
      ],
      [2],
    ],
  },
  {
    title: 'an error that a DO block catches gives its locks back',
    sql: "DO $$ BEGIN BEGIN ALTER TABLE users ADD COLUMN x int; RAISE 'no'; EXCEPTION WHEN others THEN NULL; END; CREATE INDEX i ON teams (id); END $$",
    shows: (_, { locks }) => locks.map(({ relation, mode }) => `${relation} ${mode}`),
    is: ['teams ShareLock'],
  },
  {
    title: 'a renamed schema renames what is in it',
    // Before 15 the schema of the test's database does not belong to the migrations' role.
    since: 15,
    sql: 'CREATE TABLE other.x (); ALTER SCHEMA public RENAME TO older; ALTER TABLE older.users ADD COLUMN y int; ALTER SCHEMA older RENAME TO public',
    shows: ({ statements }) =>
      statements[2]?.locks.map(({ relation, names: known }) => `${relation} ${known}`),
    is: ['users older.users'],
  },
  {
    title: 'a rewrite in a DO block that hushes the server',
    sql: 'DO $$ BEGIN SET LOCAL client_min_messages = error; ALTER TABLE users ALTER COLUMN n TYPE bigint; END $$',
    shows: work,
    is: { rewrites: ['public.users'], scans: ['public.users'], deaf: true },
  },
  {
    title: 'a rewrite in a function that hushes the server',
    sql: 'SELECT widen()',
    shows: work,
    is: { rewrites: ['public.users'], scans: ['public.users'], deaf: true },
  },
  {
    title: 'a TRUNCATE in a function that hushes the server is no rewrite',
    sql: 'SELECT empty()',
    shows: work,
    is: { rewrites: [], scans: [], deaf: true },
  },
  {
    title: 'SET client_min_messages hides nothing of the next statement',
    sql: 'SET client_min_messages = error; ALTER TABLE users ALTER COLUMN n TYPE bigint',
    shows: (_, { proofs, deaf }) => [proofs.includes('rewriting table "users"'), deaf],
    is: [true, false],
  },
  {
    title: 'SET LOCAL client_min_messages hides nothing of the next statement, nor of the next transaction',
    sql: 'BEGIN; SET LOCAL client_min_messages = error; CREATE INDEX i ON users (n); COMMIT; ALTER TABLE users ALTER COLUMN n TYPE bigint',
    rule: 'none',
    shows: ({ statements }) => statements.map(({ proofs }) => proofs.length > 0),
    is: [false, false, true, false, true],
  },
  {
    title: 'planner settings hide no scan of DDL',
    sql: 'SET enable_seqscan = off; SET enable_indexscan = off; ALTER TABLE users ADD CONSTRAINT f FOREIGN KEY (n) REFERENCES users (id)',
    shows: (_, { scans, proofs }) => [scans, proofs],
    is: [['public.users'], ['validating foreign key constraint "f"']],
  },
  {
    title: 'names that must be quoted are told as they are',
    sql: `SET quote_all_identifiers = on; ALTER TABLE "a ""b"" c"."x, y
z" RENAME TO "1 ""2"" 3"; CREATE TABLE "a ""b"" c"."n ""o""" (id int PRIMARY KEY)`,
    shows: (trace, last) => [
      trace.statements[1]?.locks.flatMap((lock) => lock.names),
      last.locks.flatMap((lock) => lock.names),
      names(last.created),
    ],
    is: [
      ['a "b" c.x, y\nz', 'a "b" c.1 "2" 3'],
      ['a "b" c.1 "2" 3'],
      ['table a "b" c.n "o"', 'index a "b" c.n "o"_pkey'],
    ],
  },
  {
    title: 'of many relations under lock only what is done to one of them is told',
    sql: `ALTER TABLE users ADD COLUMN x int; ALTER TABLE teams ADD COLUMN x int; ALTER TABLE other.places ADD COLUMN x int;
      ALTER TABLE teams ALTER COLUMN id TYPE bigint; DROP TABLE users; CREATE TABLE users (id int);
      ALTER TABLE other.places RENAME TO spots`,
    shows: ({ statements }) =>
      statements.map(({ rewrites, created, dropped, locks }) =>
        [
          ...rewrites,
          ...names(created),
          ...names(dropped),
          ...locks.flatMap((lock) => lock.names.slice(1)),
        ].join(),
      ),
    is: [
      '',
      '',
      '',
      'public.teams',
      'table public.users,index public.users_email,index public.users_pkey',
      'table public.users',
      'other.spots',
    ],
  },
  {
    title: 'what a block has tried and taken back between its COMMITs is not told',
    rule: 'none',
    sql: `DO $$ BEGIN DROP TABLE teams; CREATE TABLE teams (id int); COMMIT;
        BEGIN ALTER TABLE users RENAME TO people; TRUNCATE people; RAISE 'no'; EXCEPTION WHEN others THEN NULL; END; END $$`,
    shows: (_, { created, dropped, emptied, source }) => [names(created), names(dropped), emptied, source],
    is: [['table public.teams'], ['table public.teams', 'index public.teams_pkey'], [], 'unknown'],
  },
  {
    title: 'a schema that gets another name between two COMMITs takes its tables along',
    rule: 'none',
    sql: `DO $$ BEGIN ALTER SCHEMA other RENAME TO elsewhere; COMMIT; END $$;
      ALTER TABLE elsewhere.places ADD COLUMN x int; DROP TABLE elsewhere.places`,
    shows: ({ statements }, { dropped }) => [
      statements[1]?.locks.map((lock) => lock.names.join()),
      names(dropped),
    ],
    is: [['elsewhere.places'], ['table elsewhere.places', 'index elsewhere.places_pkey']],
  },
  {
    title: 'what a function renames that was made earlier is dropped under its last name',
    sql: `CREATE TABLE x (id int); CREATE FUNCTION turn() RETURNS void LANGUAGE sql AS 'ALTER TABLE x RENAME TO y';
      ALTER TABLE users ALTER COLUMN email TYPE varchar(5); SELECT turn(); DROP TABLE y; DROP INDEX users_email`,
    shows: ({ statements }) =>
      statements.map(({ created, dropped }) => [...names(created), ...names(dropped)].join()),
    is: ['table public.x', '', '', '', 'table public.y', 'index public.users_email'],
  },
  {
    title: 'what a block renames that an earlier block made is dropped under its last name',
    sql: `DO $$ BEGIN CREATE TABLE x (id int); END $$; ALTER TABLE users ALTER COLUMN email TYPE varchar(5);
      DO $$ BEGIN ALTER TABLE x RENAME TO y; BEGIN ALTER TABLE y RENAME TO z; RAISE 'no'; EXCEPTION WHEN others THEN NULL; END; END $$;
      DO $$ BEGIN ALTER INDEX users_email RENAME TO mail; END $$; DO $$ BEGIN DROP TABLE y; DROP INDEX mail; END $$`,
    shows: ({ statements }) =>
      statements.map(({ created, dropped }) => [...names(created), ...names(dropped)].join()),
    is: ['table public.x', '', '', '', 'index public.mail,table public.y'],
  },
  {
    title: 'what a block renames after its COMMIT is followed',
    rule: 'none',
    sql: `CREATE TABLE x (id int);
      DO $$ BEGIN ALTER TABLE users RENAME TO people; COMMIT; ALTER TABLE x RENAME TO y; COMMIT; CREATE TEMP TABLE users (id int); END $$;
      ALTER TABLE people ADD COLUMN m int; DROP TABLE y`,
    shows: ({ statements }, { dropped }) => [
      statements.map(({ created }) => names(created)),
      statements[2]?.locks.map((lock) => lock.names.join()),
      names(dropped),
    ],
    is: [[['table public.x'], [], [], []], ['public.people'], ['table public.y']],
  },
  {
    title: 'an empty search_path hides nothing',
    sql: "SET search_path = ''; ALTER TABLE public.users ALTER COLUMN n TYPE bigint",
    shows: (_, { rewrites, searchPath }) => [rewrites, searchPath],
    is: [['public.users'], []],
  },
  {
    title: 'operators and functions of the migration’s own deceive nobody',
    sql: `CREATE FUNCTION other.no(int, int) RETURNS bool LANGUAGE sql AS 'SELECT false';
      CREATE OPERATOR other.= (FUNCTION = other.no, LEFTARG = int, RIGHTARG = int);
      CREATE FUNCTION other.pg_backend_pid() RETURNS int LANGUAGE sql AS 'SELECT 0';
      SET search_path = other, public, pg_catalog; ALTER TABLE users ALTER COLUMN n TYPE bigint`,
    shows: (_, { rewrites }) => rewrites,
    is: ['public.users'],
  },
];

/** Superuser's work, done once: a role that the migration role may become. */
const helper = 'CREATE ROLE helper; GRANT helper TO postgres';

await loadParser();

describe.each(majors)('what is observed on PostgreSQL %i', (major) => {
  let template: string;
  beforeAll(async () => {
    const shadow = await sharedShadow(major);
    const database = await shadow.database();
    {
      await using admin = await openSession(database.admin);
      expect((await admin.send(helper)).error).toBeNull();
      await using session = await openSession(database.connection);
      expect((await session.send(base)).error).toBeNull();
    }
    template = database.connection.database;
  });

  async function inCopy<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const database = await (await sharedShadow(major)).database({ template });
    try {
      return await work(database.connection);
    } finally {
      await database.close();
    }
  }

  test.each(cases.filter(({ since = 0 }) => since <= major))(
    '$title',
    async ({ sql, rule = 'single', shows, is, error }) => {
      const trace = await inCopy(async (connection) => {
        const migrations = [migrationOf(sql, { transaction: rule })];
        return (await traceMigrations({ connection, bookkeeping: noBookkeeping, migrations })).migrations[0];
      });
      expect(trace?.error?.sqlstate).toBe(error);
      const last = trace?.statements.at(-1);
      if (trace === undefined || last === undefined) throw new Error('nothing was traced');
      expect(shows(trace, last)).toEqual(is);
    },
  );

  test('of very many statements alike the first and the last are observed', async () => {
    const many = Array.from({ length: 1_002 }, (_, n) => [
      `INSERT INTO teams VALUES (${n});`,
      `UPDATE users SET n = ${n} WHERE id = 1;`,
      n < 1_000 ? `DELETE FROM users WHERE id = ${n + 50};` : '',
    ]);
    const sql = `SET lock_timeout = '1s';\n${many.flat().join('\n')}\nUPDATE users SET email = 'x';`;
    const traced = await inCopy((connection) =>
      traceMigrations({ connection, bookkeeping: noBookkeeping, migrations: [migrationOf(sql)] }),
    );
    const [trace] = traced.migrations;
    expect(trace?.error).toBeNull();
    expect(trace?.alike).toEqual([
      { kind: 'INSERT', relation: 'teams', count: 1_000, firstLine: 5, lastLine: 3_002 },
      { kind: 'UPDATE', relation: 'users', count: 1_000, firstLine: 6, lastLine: 3_003 },
    ]);
    const kept = trace?.statements.filter(({ node }) => node !== null && !('DeleteStmt' in node));
    expect(
      kept?.map(({ index, line, rowsWritten, locks }) => [index, line, rowsWritten, locks.length > 0]),
    ).toEqual([
      [0, 1, null, false],
      [1, 2, 1, true],
      [2, 3, 1, true],
      [3_003, 3_005, 1_001, true],
      [3_004, 3_006, 1_001, true],
      [3_005, 3_008, 3, true],
    ]);
  });

  test('one of very many that fails is shown', async () => {
    const sql = Array.from({ length: 1_500 }, (_, n) => `INSERT INTO teams VALUES (${n % 1_200});`).join(
      '\n',
    );
    const traced = await inCopy((connection) =>
      traceMigrations({ connection, bookkeeping: noBookkeeping, migrations: [migrationOf(sql)] }),
    );
    const [trace] = traced.migrations;
    expect(trace?.error).toMatchObject({ sqlstate: '23505', line: 1_201 });
    expect(trace?.statements.map(({ line, node }) => [line, node !== null])).toEqual([
      [1, true],
      [1_201, true],
    ]);
    expect(trace?.alike[0]?.count).toBe(1_199);
  });

  test('an index that was broken before is told once', async () => {
    const migrations = [
      'CREATE UNIQUE INDEX CONCURRENTLY broken ON users (email)',
      'CREATE INDEX CONCURRENTLY whole ON users (email)',
      'DROP INDEX CONCURRENTLY broken',
    ].map((sql) => migrationOf(sql, { transaction: 'none' }));
    const traced = await inCopy((connection) =>
      traceMigrations({ connection, bookkeeping: noBookkeeping, migrations, mayFail: () => true }),
    );
    expect(
      traced.migrations.map(({ error, statements: [one] }) => [
        error?.sqlstate,
        one?.invalidIndexes,
        names(one?.created ?? []),
        names(one?.dropped ?? []),
      ]),
    ).toEqual([
      ['23505', ['public.broken'], ['index public.broken'], []],
      [undefined, [], ['index public.whole'], []],
      [undefined, [], [], ['index public.broken']],
    ]);
  });

  test('what one migration leaves set is what the next one begins with', async () => {
    const migrations = [
      "SET lock_timeout = '2s'; SET client_min_messages = error",
      'SELECT 1',
      'RESET ALL',
    ].map((sql) => migrationOf(sql));
    const traced = await inCopy((connection) =>
      traceMigrations({ connection, bookkeeping: noBookkeeping, migrations }),
    );
    expect(traced.migrations.map(left)).toEqual([
      ['client_min_messages: notice → error', 'lock_timeout: 0 → 2s'],
      [],
      ['client_min_messages: error → notice', 'lock_timeout: 2s → 0'],
    ]);
    expect(timeouts(traced.migrations[1] as MigrationTrace)).toEqual(['2000/0/0']);
  });

  test('custom settings of one migration are no other’s', async () => {
    const migrations = ["SET app.a = '1'", 'SELECT 1', "SET app.b = '2'; SET app.a = '3'", 'SELECT 2'].map(
      (sql) => migrationOf(sql),
    );
    for (const [sessions, between] of [
      ['one', '1'],
      ['each', ''],
    ] as const) {
      const traced = await inCopy((connection) =>
        traceMigrations({ connection, bookkeeping: noBookkeeping, migrations, sessions }),
      );
      expect(traced.migrations.map(left)).toEqual([
        ['app.a: null → 1'],
        [],
        [`app.a: ${between} → 3`, 'app.b: null → 2'],
        [],
      ]);
    }
  });

  test('what switches off the counters that we look at leaves the gate undecided', async () => {
    const database = await (await sharedShadow(major)).database({ template });
    const migrations = ['SELECT 1;\nSET track_counts = off'].map((sql) => migrationOf(sql));
    const trace = (connection: Connection) =>
      traceMigrations({ connection, bookkeeping: noBookkeeping, migrations });
    const refused = await trace(database.connection);
    expect(refused.migrations[0]?.error?.sqlstate).toBe('42501');
    const place = { file: migrations[0]?.file, line: 2 };
    await expect(trace(database.admin)).rejects.toMatchObject({ reason: 'not-observed', place });
    await database.close();
  });

  test('a role that may not write the tool’s table fails the migration, as it fails the tool', async () => {
    const bookkeeping: Bookkeeping = {
      setup: '',
      before: () => 'SELECT FROM public.teams',
      after: () => 'INSERT INTO public.teams VALUES (1)',
      relations: [],
    };
    const migrations = ['SET ROLE helper', 'SELECT 1'].map((sql) => migrationOf(sql));
    const traced = await inCopy((connection) => traceMigrations({ connection, bookkeeping, migrations }));
    expect(traced.migrations.map(({ ran, error }) => [ran, error?.sqlstate, error?.line])).toEqual([
      [true, '42501', 1],
      [false, undefined, undefined],
    ]);
  });
});

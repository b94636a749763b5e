import { beforeAll, describe, expect, test } from 'vitest';
import { attribute } from '../../../src/run/command/attribute.ts';
import { runsOf } from '../../../src/run/command/traces.ts';
import { whereIn } from '../../../src/run/command/where.ts';
import type { Recorded } from '../../../src/run/proxy/record.ts';
import { loadParser } from '../../../src/sql/parse.ts';
import { toolNamed } from '../../../src/tools/index.ts';
import type { ToolName } from '../../../src/tools/tool.ts';
import { treeOf } from '../../tools/memory-tree.ts';

beforeAll(loadParser);

/** `[text, parameters]` in the order in which a tool sends them on one connection, with the transactions that follow from them. */
type Sent = readonly [text: string, ...parameters: (string | null)[]];

function recorded(sent: readonly Sent[]): Recorded[] {
  let status: Recorded['statusBefore'] = 'I';
  return sent.map(([text, ...parameters], order) => {
    const before = status;
    if (/^begin/i.test(text)) status = 'T';
    if (/^(?:commit|rollback)$/i.test(text)) status = 'I';
    const tag = text.split(' ')[0]?.toUpperCase() ?? '';
    return {
      order,
      connection: 1,
      database: 'app',
      text,
      parameters,
      tag,
      tags: [tag],
      rows: null,
      error: null,
      statusBefore: before,
      statusAfter: status,
      startedAt: 0,
      durationMs: 1,
      notices: [],
      observation: null,
      unobserved: null,
    };
  });
}

async function given(
  name: ToolName,
  path: string,
  files: Record<string, string>,
  sent: readonly Sent[],
  failed = false,
) {
  const tool = toolNamed(name);
  if (tool.command === undefined) throw new Error(`${name} has no command`);
  const { migrations } = await tool.history(treeOf(files), path);
  const statements = recorded(sent);
  const tables = tool.bookkeeping.relations;
  const found = attribute(statements, { adapter: tool.command, tables, pending: migrations, failed });
  return { found, runs: runsOf(found.groups, statements, tables) };
}

// What these tools send (Kysely's Migrator, MikroORM's Migrator, Ecto.Migrator), in short.
const sessions: readonly [ToolName, string, Record<string, string>, readonly Sent[], unknown][] = [
  [
    'kysely',
    'migrations',
    { 'migrations/2024-01-01_a.ts': 'up', 'migrations/2024-01-02_b.ts': 'up' },
    [
      ['create table if not exists "kysely_migration" ("name" varchar(255) not null primary key)'],
      [
        "with set_timeout as (select set_config('lock_timeout', '3600000', true) as config_val) select pg_advisory_lock(3853314791062309107) from set_timeout",
      ],
      ['begin'],
      ['create table "a" ("id" integer)'],
      [
        'insert into "kysely_migration" ("name", "timestamp") values ($1, $2)',
        '2024-01-01_a',
        '2024-01-01T00:00:00Z',
      ],
      ['alter table "a" add column "b" integer'],
      [
        'insert into "kysely_migration" ("name", "timestamp") values ($1, $2)',
        '2024-01-02_b',
        '2024-01-01T00:00:00Z',
      ],
      ['commit'],
    ],
    [
      ['2024-01-01_a', 'create table "a" ("id" integer);', 'shared'],
      ['2024-01-02_b', 'alter table "a" add column "b" integer;', 'shared'],
    ],
  ],
  [
    'mikro-orm',
    'migrations',
    { 'migrations/Migration20240101000000.ts': 'class A {}' },
    [
      ["set names 'utf8'"],
      ['begin'],
      ['savepoint "trx1"'],
      ['alter table "users" add column "nick" text null;'],
      ['insert into "mikro_orm_migrations" ("name") values (\'Migration20240101000000\')'],
      ['release savepoint "trx1"'],
      ['commit'],
    ],
    [['Migration20240101000000', 'alter table "users" add column "nick" text null;', 'single']],
  ],
  [
    'ecto',
    'priv/repo/migrations',
    { 'priv/repo/migrations/20240101000000_nick.exs': '@disable_ddl_transaction true\n' },
    [
      ['LOCK TABLE "schema_migrations" IN SHARE UPDATE EXCLUSIVE MODE'],
      ['CREATE INDEX CONCURRENTLY "users_nick" ON "users" ("nick")'],
      [
        'INSERT INTO "schema_migrations" ("version","inserted_at") VALUES ($1,$2)',
        '20240101000000',
        '2024-01-01',
      ],
    ],
    [['20240101000000', 'CREATE INDEX CONCURRENTLY "users_nick" ON "users" ("nick");', 'none']],
  ],
];

test.each(sessions)('%s', async (name, path, files, sent, expected) => {
  const { found, runs } = await given(name, path, files, sent);
  expect(runs.map(({ migration }) => [migration.identity, migration.sql, migration.transaction])).toEqual(
    expected,
  );
  expect(found.untouched).toEqual([]);
});

test('Drizzle by its command: the schema of its table is its own, rows tell by the time of the journal', async () => {
  const entries = ['0000_a', '0001_b'].map((tag, idx) => ({ idx, tag, when: 1_700_000_000_000 + idx }));
  const journal = JSON.stringify({ version: '7', dialect: 'postgresql', entries });
  const files = {
    'drizzle/meta/_journal.json': journal,
    'drizzle/0000_a.sql': 'CREATE SCHEMA IF NOT EXISTS other;',
    'drizzle/0001_b.sql': 'CREATE TABLE b (id int);',
  };
  const tool = await toolNamed('drizzle').configured?.(treeOf(files), 'drizzle', {
    placeholders: {},
    outOfOrder: null,
    byCommand: true,
  });
  if (tool?.command === undefined) throw new Error('Drizzle has no command');
  const { migrations } = await tool.history(treeOf(files), 'drizzle');
  const insert = 'insert into "drizzle"."__drizzle_migrations" ("hash", "created_at") values($1, $2)';
  const statements = recorded([
    ['CREATE SCHEMA IF NOT EXISTS "drizzle"'],
    ['begin'],
    ['CREATE SCHEMA IF NOT EXISTS other'],
    [insert, 'x', '1700000000000'],
    ['CREATE TABLE b (id int)'],
    [insert, 'y', '1700000000001'],
    ['commit'],
  ]);
  const tables = tool.bookkeeping.relations;
  const found = attribute(statements, { adapter: tool.command, tables, pending: migrations, failed: false });
  expect(
    runsOf(found.groups, statements, tables).map(({ migration }) => [
      migration.file,
      migration.sql,
      migration.transaction,
    ]),
  ).toEqual([
    ['drizzle/0000_a.sql', 'CREATE SCHEMA IF NOT EXISTS other;', 'shared'],
    ['drizzle/0001_b.sql', 'CREATE TABLE b (id int);', 'shared'],
  ]);
});

describe('whose statements are whose', () => {
  const files = { 'migrations/20240101000000_a.js': 'x', 'migrations/20240102000000_b.js': 'x' };
  const row = (name: string): Sent => [
    'insert into "knex_migrations" ("batch", "name") values ($1, $2)',
    '1',
    name,
  ];

  test('a row after the COMMIT ends what came before it, and parameters are shown as literals', async () => {
    const { runs } = await given('knex', 'migrations', files, [
      ['BEGIN'],
      ['update "users" set "nick" = $1 where "id" = $2', "o'hara", null],
      ['COMMIT'],
      row('20240101000000_a.js'),
      ['DROP INDEX CONCURRENTLY i'],
      row('20240102000000_b.js'),
    ]);
    expect(runs.map(({ migration }) => [migration.sql, migration.transaction])).toEqual([
      ['update "users" set "nick" = \'o\'\'hara\' where "id" = NULL;', 'single'],
      ['DROP INDEX CONCURRENTLY i;', 'none'],
    ]);
  });

  test.each([
    'WITH a AS (WITH users AS (SELECT 1) SELECT * FROM users) DELETE FROM users USING knex_migrations',
    'WITH a AS (DELETE FROM users), users AS (SELECT * FROM knex_migrations) SELECT * FROM users',
    'WITH a AS (WITH users AS (SELECT 1) SELECT * FROM users) SELECT * FROM users, knex_migrations FOR UPDATE',
    'ALTER TABLE knex_migrations ADD FOREIGN KEY (id) REFERENCES users',
    'CREATE TABLE users AS SELECT * FROM knex_migrations',
    'CREATE VIEW users AS SELECT * FROM knex_migrations',
  ])('what names another table is of the migration: %s', async (sql) => {
    const { runs } = await given('knex', 'migrations', { 'migrations/1_a.js': '' }, [
      [sql],
      ['INSERT INTO "knex_migrations" ("name") VALUES ($1)', '1_a.js'],
    ]);
    expect(runs[0]?.trace.statements.map((statement) => statement.sql)).toEqual([sql]);
  });

  test('what a session is told before the transaction begins is no migration of anybody', async () => {
    const { runs } = await given('knex', 'migrations', files, [
      ['SET search_path TO "public"'],
      ['BEGIN'],
      ['ALTER TABLE a ADD b int'],
      row('20240101000000_a.js'),
      ['COMMIT'],
    ]);
    expect(runs.map(({ migration }) => [migration.sql, migration.transaction])).toEqual([
      ['ALTER TABLE a ADD b int;', 'single'],
    ]);
  });

  test('several transactions of one migration are shown as they were', async () => {
    const { runs } = await given('knex', 'migrations', files, [
      ['BEGIN'],
      ['ALTER TABLE a ADD b int'],
      ['COMMIT'],
      ['CREATE INDEX CONCURRENTLY i ON a (b)'],
      row('20240101000000_a.js'),
    ]);
    expect(runs[0]?.trace.transaction).toBe('own');
    expect(runs[0]?.migration.sql).toBe(
      'BEGIN; ALTER TABLE a ADD b int; COMMIT; CREATE INDEX CONCURRENTLY i ON a (b);',
    );
  });

  test('what a failed run leaves belongs to the next migration, and nothing to the one after', async () => {
    const { found } = await given(
      'knex',
      'migrations',
      files,
      [['BEGIN'], ['ALTER TABLE a ADD b int']],
      true,
    );
    expect(found.groups.map(({ migration, recorded }) => [migration.version, recorded])).toEqual([
      ['20240101000000', false],
    ]);
    expect(found.untouched.map(({ version }) => version)).toEqual(['20240102000000']);
  });

  test('migrations of others, and what comes after the last, are nobody of the repository', async () => {
    const { found } = await given('knex', 'migrations', {}, [
      ['CREATE TABLE theirs (x int)'],
      row('theirs.js'),
      ['INSERT INTO seeds VALUES (1)'],
    ]);
    expect(found.others).toEqual(['theirs.js']);
    expect(found.own.map(({ sql }) => sql)).toEqual([
      'CREATE TABLE theirs (x int)',
      'INSERT INTO seeds VALUES (1)',
    ]);
  });

  test.each([
    ['asks for its rows', 'select "name" from "knex_migrations" order by "id" asc', false],
    ['asks for a maximum', 'select max("batch") as "max_batch" from "public"."knex_migrations"', false],
    ['calls a function for each of its rows', 'SELECT f() FROM knex_migrations', true],
    ['calls one in a condition', "SELECT 1 FROM knex_migrations WHERE public.max('t') IS NULL", true],
    ['writes what a function says', 'UPDATE knex_migrations SET batch = f()', true],
    ['copies what a function says', 'COPY (SELECT f() FROM knex_migrations) TO STDOUT', true],
    ['explains and does it', 'EXPLAIN ANALYZE SELECT f() FROM knex_migrations', true],
    ['indexes what a function says', 'CREATE INDEX ON knex_migrations (f(batch))', true],
    ['adds a column to', 'ALTER TABLE knex_migrations ADD COLUMN at timestamptz DEFAULT now()', false],
    ['fills a new column', 'ALTER TABLE knex_migrations ADD COLUMN at int DEFAULT f()', true],
    ['hangs a trigger on', 'CREATE TRIGGER t AFTER INSERT ON knex_migrations EXECUTE FUNCTION f()', true],
  ])('what %s of the tool’s table: work of the migration?', async (_, text, work) => {
    const { runs } = await given('knex', 'migrations', files, [
      ['BEGIN'],
      [text],
      ['ALTER TABLE a ADD b int'],
      row('20240101000000_a.js'),
    ]);
    expect(runs[0]?.migration.sql).toBe(`${work ? `${text}; ` : ''}ALTER TABLE a ADD b int;`);
  });

  test('an unknown command is asked by any row that names a file', async () => {
    const { runs } = await given(
      'command',
      'migrations',
      { 'migrations/1_a.py': '', 'migrations/2_b.py': '' },
      [
        ['ALTER TABLE a ADD b int'],
        ["INSERT INTO done VALUES ('x')"],
        ["INSERT INTO done (id, file) VALUES (1, '1_a')"],
        ['ALTER TABLE a ADD c int'],
      ],
    );
    expect(runs.map(({ migration }) => migration.sql)).toEqual([
      "ALTER TABLE a ADD b int; INSERT INTO done VALUES ('x');",
      'ALTER TABLE a ADD c int;',
    ]);
  });
});

describe('settings that a program leaves in its session', () => {
  const file = 'migrations/1_a.js';
  const left = async (text: string, ...sent: Sent[]) => {
    const { runs } = await given('knex', 'migrations', { [file]: text }, [
      ['SELECT * FROM "knex_migrations"'],
      ['BEGIN'],
      ...sent,
      ['COMMIT'],
      ['INSERT INTO "knex_migrations" ("name") VALUES ($1)', '1_a.js'],
    ]);
    return runs.map(({ trace }) => trace.settingsLeft.map(({ name, after }) => `${name}=${after}`));
  };
  const named = "knex.raw('SET search_path …')";
  test.each<[string, string, Sent[], string[]]>([
    ['SET', named, [['SET search_path TO app, public'], ['CREATE TABLE t ()']], ['search_path=app, public']],
    ['by set_config()', named, [["SELECT set_config('search_path', 'app', false)"]], ['search_path=app']],
    [
      'by parameters',
      named,
      [['SELECT pg_catalog.set_config($1, $2, $3)', 'search_path', 'app', 'false']],
      ['search_path=app'],
    ],
    ['for the transaction', named, [["SELECT set_config('search_path', 'app', true)"]], []],
    ['SET LOCAL', named, [['SET LOCAL search_path TO app']], []],
    ['and back', named, [['SET search_path TO app'], ['RESET search_path']], []],
    [
      'and back by value',
      "SET session_replication_role = 'replica'",
      [["SET session_replication_role = 'replica'"], ["SET session_replication_role = 'origin'"]],
      [],
    ],
    ["the application's, for each connection", 'x', [['SET search_path TO app'], ['CREATE TABLE t ()']], []],
    [
      'by a file that the program reads, behind other statements',
      'x',
      [['CREATE TABLE t ()'], ["SELECT set_config('search_path', '', false)"]],
      ['search_path='],
    ],
    ["a library's", named, [["SELECT set_config('jit', 'off', false)"], ["SET timezone TO 'UTC'"]], []],
  ])('%s', async (_, text, sent, expected) => {
    expect(await left(text, ...sent)).toEqual([expected]);
  });

  test('what was rolled back, or is reset before the tool goes on', async () => {
    const set: Sent = ['SET search_path TO app'];
    expect(await left(named, set, ['ROLLBACK'], ['BEGIN'])).toEqual([[]]);
    expect(await left(named, set, ['COMMIT'], ['RESET ALL'], ['BEGIN'])).toEqual([[]]);
  });

  test('set_config() is a statement of the migration', async () => {
    const sql = "SELECT set_config('search_path', 'app', false)";
    const { runs } = await given('knex', 'migrations', { [file]: named }, [
      [sql],
      ['INSERT INTO "knex_migrations" ("name") VALUES ($1)', '1_a.js'],
    ]);
    expect(runs[0]?.trace.statements.map((statement) => statement.sql)).toEqual([sql]);
  });
});

describe('where a tool is that does not end', () => {
  const files = {
    'migrations/1_a.js': "exports.up = async (knex) => {\n  await knex.raw('select 1');\n};\n",
    'migrations/2_b.js':
      "exports.up = async (knex) => {\n  await knex.raw('create table t (n int)');\n  await knex.raw('select pg_sleep(1000)');\n};\n",
  };
  const first: readonly Sent[] = [
    ['BEGIN;'],
    ['select 1'],
    [
      'insert into "knex_migrations" ("batch", "migration_time", "name") values ($1, $2, $3)',
      '1',
      '2025-01-01T00:00:00Z',
      '1_a.js',
    ],
    ['COMMIT;'],
  ];
  const where = async (sent: readonly Sent[]) => {
    const tool = toolNamed('knex');
    if (tool.command === undefined) throw new Error('knex runs itself');
    const { migrations } = await tool.history(treeOf(files), 'migrations');
    const statements = recorded(sent);
    const last = statements.pop();
    const still = last === undefined ? [] : [{ ...last, tag: null, tags: [] }];
    return whereIn([...statements, ...still], tool.command, { tool, migrations });
  };

  test('on the line of what it sent last', async () => {
    const sent: readonly Sent[] = [
      ...first,
      ['BEGIN;'],
      ['create table t (n int)'],
      ['select pg_sleep(1000)'],
    ];
    expect(await where(sent)).toEqual({ file: 'migrations/2_b.js', line: 3 });
  });

  test('in the next migration, of which it has sent nothing', async () => {
    expect(await where(first)).toEqual({ file: 'migrations/2_b.js' });
    expect(await where([])).toBeUndefined();
  });
});

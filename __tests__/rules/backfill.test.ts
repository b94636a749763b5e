import { expect, test } from 'vitest';
import type { Catalog } from '../../src/catalog/model.ts';
import { snapshot } from '../../src/catalog/snapshot.ts';
import { backfill, batchLoop } from '../../src/rules/backfill.ts';
import { narrowing } from '../../src/rules/columns/type-families.ts';
import { openSession } from '../../src/run/index.ts';
import { majors } from '../shadow/majors.ts';
import { sharedShadow } from '../shadow/with-shadow.ts';

const major = majors.at(-1) ?? 17;
const rows = 12_345;

const oidOf = (catalog: Catalog): number =>
  Number(catalog.objects.find(({ type }) => type === 'table')?.identity.split(':')[1]);

/** The SQL of a recipe's comment lines: the indented ones. */
const sqlOf = (lines: readonly string[]): string =>
  lines
    .filter((line) => line.startsWith('  '))
    .join('\n')
    .trim();

test.each([
  {
    title: 'a key of one column',
    table: `CREATE TABLE t (id uuid PRIMARY KEY, token text);\nINSERT INTO t SELECT gen_random_uuid() FROM generate_series(1, ${rows});`,
    keys: ['id'],
  },
  {
    title: 'a key of two columns, one of which needs quotes',
    table: `CREATE TABLE t ("A" int, b text, token text, PRIMARY KEY (b, "A"));\nINSERT INTO t SELECT n, n % 7 FROM generate_series(1, ${rows}) n;`,
    keys: ['b', 'A'],
  },
])('the batches of a backfill reach every row once: $title', async ({ table, keys }) => {
  const database = await (await sharedShadow(major)).database();
  await using session = await openSession(database.connection);
  await session.client.query(table);
  const before = await snapshot(session.client, { ignore: [] });
  const oid = oidOf(before);
  const lines = backfill(
    { before },
    {
      table: { oid, schema: 'public', relation: 't', kind: 'table', tableOid: null },
      sqlName: 't',
      column: 'token',
      value: "'x'",
      missing: 'token IS NULL',
    },
  );
  const batch = sqlOf(lines);
  const first = batch
    .replace(/ WHERE [^)]* ORDER BY/, ' ORDER BY')
    .replace(/ WHERE \(.*?\) > \(.*?\) ORDER BY/, ' ORDER BY');
  const sizes: number[] = [];
  let left = rows;
  for (let sql = first; ; ) {
    const last: readonly Record<string, unknown>[] = (await session.client.query(sql)).rows;
    const { rows: counted } = await session.client.query<{ count: string }>(
      'SELECT count(*) FROM t WHERE token IS NULL',
    );
    const now = Number(counted[0]?.count);
    sizes.push(left - now);
    left = now;
    const [key] = last;
    if (key === undefined) break;
    const values: readonly string[] = keys.map((name) => `'${String(key[name])}'`);
    sql = values.reduce(
      (text, value, index) => text.replace(keys.length === 1 ? ':last' : `:last_${index + 1}`, value),
      batch,
    );
  }
  expect(sizes).toEqual([5_000, 5_000, 2_345, 0]);
});

test('the loop of a migration commits each batch, reaches every row once and takes any key', async () => {
  const database = await (await sharedShadow(major)).database();
  await using session = await openSession(database.connection);
  await session.client.query(
    `CREATE TABLE "T" ("A b" uuid PRIMARY KEY, token text);
     INSERT INTO "T" SELECT gen_random_uuid() FROM generate_series(1, ${rows});
     CREATE TABLE log (transaction xid8, count int);
     CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS
       'BEGIN INSERT INTO log SELECT pg_current_xact_id(), count(*) FROM changed; RETURN NULL; END';
     CREATE TRIGGER note AFTER UPDATE ON "T" REFERENCING NEW TABLE AS changed EXECUTE FUNCTION note()`,
  );
  const before = await snapshot(session.client, { ignore: [] });
  const loop = batchLoop(
    { before },
    {
      table: { oid: oidOf(before), schema: 'public', relation: 'T', kind: 'table', tableOid: null },
      sqlName: '"T"',
      column: 'token',
      value: "'x'",
      missing: 'token IS NULL',
    },
  );
  await session.client.query(loop ?? '');
  const { rows: batches } = await session.client.query(
    'SELECT transaction, sum(count)::int AS count FROM log GROUP BY 1 ORDER BY 1',
  );
  expect(batches.map(({ count }) => count)).toEqual([5_000, 5_000, 2_345]);
  expect((await session.client.query('SELECT 1 FROM "T" WHERE token IS NULL')).rowCount).toBe(0);
  await session.client.query('TRUNCATE "T"');
  await session.client.query(loop ?? '');
});

test.each([
  ['bigint', 'integer', 'fails'],
  ['integer', 'bigint', null],
  ['bigint', 'double precision', 'loses'],
  ['integer', 'double precision', null],
  ['numeric(10,2)', 'integer', 'loses'],
  ['numeric(10,2)', 'numeric(12,2)', null],
  ['numeric(10,2)', 'numeric(10,4)', 'fails'],
  ['numeric(10,4)', 'numeric(12,2)', 'loses'],
  ['numeric', 'numeric(10,2)', 'fails'],
  ['integer', 'numeric(10,0)', null],
  ['integer', 'numeric(5,2)', 'fails'],
  ['double precision', 'real', 'loses'],
  ['character varying(20)', 'character varying(10)', 'fails'],
  ['character varying(10)', 'character varying(20)', null],
  ['text', 'character varying(10)', 'fails'],
  ['character varying(10)', 'text', null],
  ['text', 'uuid', 'fails'],
  ['timestamp with time zone', 'date', 'loses'],
  ['timestamp without time zone', 'timestamp(3) without time zone', 'loses'],
  ['timestamp(3) without time zone', 'timestamp without time zone', null],
  ['timestamp without time zone', 'timestamp with time zone', null],
  ['uuid', 'text', null],
] as const)('%s to %s', async (from, to, does) => {
  const found = narrowing({ from, to, column: 'c', cast: 'assignment', major });
  expect(found?.does ?? null).toBe(does);
  if (found?.condition == null) return;
  // The query must run as it is.
  const database = await (await sharedShadow(major)).database();
  await using session = await openSession(database.connection);
  await session.client.query(`CREATE TABLE t (c ${from})`);
  expect((await session.client.query(`SELECT * FROM t WHERE ${found.condition} LIMIT 10`)).rows).toEqual([]);
});

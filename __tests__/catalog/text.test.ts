import { describe, expect, test } from 'vitest';
import { diff } from '../../src/catalog/diff.ts';
import { snapshot } from '../../src/catalog/snapshot.ts';
import { schemaDiff } from '../../src/catalog/text.ts';
import { majors } from '../shadow/majors.ts';
import { told } from './catalog-case.ts';
import { emptyDatabase, run } from './database.ts';

interface TextCase {
  readonly title: string;
  readonly base: string;
  readonly migration: string;
  readonly expected: Readonly<Record<string, string>>;
}

const cases: readonly TextCase[] = [
  {
    title: 'a changed table and an index',
    base: 'CREATE TABLE orders (id bigint NOT NULL, total integer NOT NULL)',
    migration:
      'ALTER TABLE orders ALTER total TYPE numeric(12,2); CREATE INDEX orders_total_idx ON orders (total)',
    expected: {
      'public.orders': `
 CREATE TABLE public.orders (
   id bigint NOT NULL,
-  total integer NOT NULL,
+  total numeric(12,2) NOT NULL,
 );
+CREATE INDEX orders_total_idx ON public.orders USING btree (total);`,
    },
  },
  {
    title: 'an added and a removed table',
    base: "CREATE TABLE old (id int PRIMARY KEY, v text DEFAULT 'x')",
    migration: `DROP TABLE old; CREATE TABLE fresh (id serial, old_id int CHECK (old_id > 0), UNIQUE (old_id))`,
    expected: {
      'public.fresh': `
+CREATE TABLE public.fresh (
+  id integer DEFAULT nextval('public.fresh_id_seq'::regclass) NOT NULL,
+  old_id integer,
+  CONSTRAINT fresh_old_id_key UNIQUE (old_id),
+  CONSTRAINT fresh_old_id_check CHECK ((old_id > 0)),
+);
+CREATE SEQUENCE public.fresh_id_seq AS integer OWNED BY public.fresh.id;`,
      'public.old': `
-CREATE TABLE public.old (
-  id integer NOT NULL,
-  v text DEFAULT 'x'::text,
-  CONSTRAINT old_pkey PRIMARY KEY (id),
-);`,
    },
  },
  {
    title: 'a renamed table shows each change once',
    base: `CREATE TABLE users (id int PRIMARY KEY, email text); CREATE INDEX by_email ON users (email);
      ALTER TABLE users ENABLE ROW LEVEL SECURITY`,
    migration: 'ALTER TABLE users RENAME TO people; ALTER TABLE people ADD age int',
    expected: {
      'public.people': `
-CREATE TABLE public.users (
+CREATE TABLE public.people (
   id integer NOT NULL,
   email text,
+  age integer,
   CONSTRAINT users_pkey PRIMARY KEY (id),
 );
 ALTER TABLE ONLY public.people ENABLE ROW LEVEL SECURITY;`,
    },
  },
  {
    title: 'far from the first line, the hunk names its object',
    base: `CREATE TABLE t (${Array.from({ length: 12 }, (_, n) => `c${n} int`).join(', ')})`,
    migration: 'ALTER TABLE t ALTER c8 SET NOT NULL',
    expected: {
      'public.t': `
@@ -7,7 +7,7 @@ CREATE TABLE public.t (
   c5 integer,
   c6 integer,
   c7 integer,
-  c8 integer,
+  c8 integer NOT NULL,
   c9 integer,
   c10 integer,
   c11 integer,`,
    },
  },
  {
    title: 'dropped and added again: another column, with the same text',
    base: 'CREATE TABLE t (id int, a text)',
    migration: 'ALTER TABLE t DROP a, ADD a text',
    expected: {
      'public.t': `
 CREATE TABLE public.t (
   id integer,
-  a text,
+  a text,
 );`,
    },
  },
  {
    title: 'a table dropped and created again is shown twice',
    base: 'CREATE TABLE t (id int)',
    migration: 'DROP TABLE t; CREATE TABLE t (id int)',
    expected: {
      'public.t': `
-CREATE TABLE public.t (
-  id integer,
-);
+CREATE TABLE public.t (
+  id integer,
+);`,
    },
  },
  {
    title: 'types, views, functions, partitions, triggers, policies',
    base: `CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE VIEW v AS SELECT 1 AS one;
      CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
      CREATE TABLE m (at date) PARTITION BY RANGE (at); CREATE TABLE m1 (at date)`,
    migration: `ALTER TYPE mood RENAME VALUE 'sad' TO 'it''s'; CREATE OR REPLACE VIEW v WITH (security_invoker = true) AS SELECT 1 AS one, 2 AS two;
      ALTER FUNCTION f STABLE; ALTER TABLE m ATTACH PARTITION m1 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
      CREATE TRIGGER tr BEFORE INSERT ON m1 FOR EACH ROW EXECUTE FUNCTION f(); ALTER TABLE m1 DISABLE TRIGGER tr;
      CREATE POLICY "a b" ON m1 AS RESTRICTIVE FOR UPDATE USING (at > '2024-02-01') WITH CHECK (true)`,
    expected: {
      'public.f()': `
 CREATE OR REPLACE FUNCTION public.f()
  RETURNS trigger
  LANGUAGE plpgsql
+ STABLE
 AS $function$BEGIN RETURN new; END$function$;`,
      'public.m1': `
 CREATE TABLE public.m1 (
   at date,
 );
+ALTER TABLE ONLY public.m ATTACH PARTITION public.m1 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
+CREATE TRIGGER tr BEFORE INSERT ON public.m1 FOR EACH ROW EXECUTE FUNCTION public.f();
+ALTER TABLE public.m1 DISABLE TRIGGER tr;
+CREATE POLICY "a b" ON public.m1 AS RESTRICTIVE FOR UPDATE USING ((at > '2024-02-01'::date)) WITH CHECK (true);`,
      'public.mood': `
 CREATE TYPE public.mood AS ENUM (
-  'sad',
+  'it''s',
   'ok',
 );`,
      'public.v': `
-CREATE VIEW public.v AS
- SELECT 1 AS one;
+CREATE VIEW public.v WITH (security_invoker=true) AS
+ SELECT 1 AS one,
+    2 AS two;
 -- columns:
 --   one integer
+--   two integer`,
    },
  },
];

describe.each(majors)('PostgreSQL %i', (major) => {
  test.each(cases)('$title', async ({ base, migration, expected }) => {
    const client = await emptyDatabase(major);
    await run(client, base);
    const before = await snapshot(client, { ignore: [] });
    await run(client, migration);
    const after = await snapshot(client, { ignore: [] });
    const texts: Record<string, string> = {};
    for (const { object, diff } of schemaDiff(before, after, 'identity')) {
      texts[object] = `${texts[object] ?? ''}\n${diff}`;
    }
    expect(texts).toEqual(expected);
    // The other way round the same lines are told with the other sign.
    const signs = (diffs: readonly { diff: string }[], sign: string): number =>
      diffs.flatMap(({ diff }) => diff.split('\n')).filter((line) => line.startsWith(sign)).length;
    const there = schemaDiff(before, after, 'identity');
    const back = schemaDiff(after, before, 'identity');
    expect([signs(back, '+'), signs(back, '-')]).toEqual([signs(there, '-'), signs(there, '+')]);
  });

  test('an added table carries its whole DDL, an altered part its own', async () => {
    const client = await emptyDatabase(major);
    await run(client, 'CREATE TABLE t (a int)');
    const before = await snapshot(client, { ignore: [] });
    await run(
      client,
      'CREATE TABLE u (a int PRIMARY KEY); CREATE INDEX i ON u (a, a); ALTER TABLE t ALTER a SET DEFAULT 1',
    );
    const after = await snapshot(client, { ignore: [] });
    expect(diff(before, after, 'identity').map(({ before: old, after: now }) => [old, now])).toEqual([
      ['a integer', 'a integer DEFAULT 1'],
      [
        null,
        [
          'CREATE TABLE public.u (',
          '  a integer NOT NULL,',
          '  CONSTRAINT u_pkey PRIMARY KEY (a),',
          ');',
          'CREATE INDEX i ON public.u USING btree (a, a);',
        ].join('\n'),
      ],
    ]);
  });

  test('between databases: another order of columns is a footnote, a column more in between is none', async () => {
    const first = await emptyDatabase(major);
    const second = await emptyDatabase(major, 'second');
    await run(first, 'CREATE TABLE t (a int, b int, c int); CREATE TABLE u (a int, c int)');
    await run(second, 'CREATE TABLE t (b int, a int, c int); CREATE TABLE u (a int, b int, c int)');
    const left = await snapshot(first, { ignore: [] });
    const right = await snapshot(second, { ignore: [] });
    expect(diff(left, right, 'name').map((change) => told(change))).toEqual([
      'altered table public.t: none',
      'added column public.u.b: none',
    ]);
    expect(schemaDiff(left, right, 'name').map(({ object }) => object)).toEqual(['public.t', 'public.u']);
  });

  test('between databases: what was dropped and made again is the same, what has another name is not', async () => {
    const first = await emptyDatabase(major);
    const second = await emptyDatabase(major, 'second');
    await run(first, 'CREATE SCHEMA s; CREATE TABLE s.t (id serial PRIMARY KEY, a text)');
    await run(second, 'CREATE SCHEMA s; CREATE TABLE s.t (id serial, x int, a text); DROP TABLE s.t');
    await run(second, 'CREATE TABLE s.t (id serial PRIMARY KEY, x int, b text); ALTER TABLE s.t DROP x');
    const changes = diff(
      await snapshot(first, { ignore: [] }),
      await snapshot(second, { ignore: [] }),
      'name',
    );
    expect(changes.map((change) => told(change))).toEqual([
      'removed column s.t.a: breaking, data loss',
      'added column s.t.b: none',
    ]);
  });
});

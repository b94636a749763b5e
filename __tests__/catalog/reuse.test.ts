import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { snapshot } from '../../src/catalog/snapshot.ts';
import { majors } from '../shadow/majors.ts';
import { sharedShadow } from '../shadow/with-shadow.ts';
import { emptyDatabase, run, whole } from './database.ts';

/** A picture that takes from an earlier one what nothing has touched is the picture that is read as a whole. */
interface Reused {
  readonly title: string;
  readonly base: string;
  readonly change: string | readonly string[];
  /** Tables besides `aside` whose parts are taken from the earlier picture. */
  readonly kept?: readonly string[];
  readonly since?: number;
}

const two = 'CREATE TABLE p (id int PRIMARY KEY, a text); CREATE TABLE c (id int, p int REFERENCES p (id))';

const cases: readonly Reused[] = [
  { title: 'nothing', base: two, change: '', kept: ['p', 'c'] },
  {
    title: 'rows',
    base: two,
    change: "INSERT INTO p VALUES (1, 'x'); INSERT INTO c VALUES (1, 1)",
    kept: ['p', 'c'],
  },
  {
    title: 'a column of one table',
    base: 'CREATE TABLE t (a int); CREATE TABLE u (a int)',
    change: 'ALTER TABLE t ADD b int',
    kept: ['u'],
  },
  {
    title: 'what was rolled back',
    base: two,
    change: ['BEGIN', 'ALTER TABLE p ADD b int', 'ROLLBACK'],
    kept: ['p', 'c'],
  },
  { title: 'the referenced table has another name', base: two, change: 'ALTER TABLE p RENAME TO q' },
  { title: 'the referenced column has another name', base: two, change: 'ALTER TABLE p RENAME id TO key' },
  { title: 'the referenced table goes', base: two, change: 'DROP TABLE p CASCADE' },
  {
    title: 'it goes and comes back',
    base: two,
    change: 'DROP TABLE p CASCADE; CREATE TABLE p (id int PRIMARY KEY, a text)',
  },
  {
    title: 'a constraint goes',
    base: `${two}; ALTER TABLE c ADD CHECK (id > 0)`,
    change: 'ALTER TABLE c DROP CONSTRAINT c_id_check',
  },
  { title: 'a foreign key goes', base: two, change: 'ALTER TABLE c DROP CONSTRAINT c_p_fkey' },
  { title: 'an index goes', base: `${two}; CREATE INDEX i ON c (id)`, change: 'DROP INDEX i' },
  {
    title: 'one comes while another goes',
    base: `${two}; CREATE INDEX i ON c (id)`,
    change: 'DROP INDEX i; CREATE INDEX j ON c (p)',
  },
  {
    title: 'an index has another name',
    base: `${two}; CREATE INDEX i ON c (id)`,
    change: 'ALTER INDEX i RENAME TO j',
  },
  {
    title: 'targets of an index',
    base: `${two}; CREATE INDEX i ON c ((id + 1))`,
    change: 'ALTER INDEX i ALTER COLUMN 1 SET STATISTICS 7',
  },
  {
    title: 'a default goes',
    base: 'CREATE TABLE t (a int DEFAULT 1)',
    change: 'ALTER TABLE t ALTER a DROP DEFAULT',
  },
  {
    title: 'another default',
    base: 'CREATE TABLE t (a int DEFAULT 1)',
    change: 'ALTER TABLE t ALTER a SET DEFAULT 2',
  },
  {
    title: 'the table of a type of a column has another name',
    base: 'CREATE TABLE t (a int); CREATE TABLE u (b t)',
    change: 'ALTER TABLE t RENAME TO s',
  },
  {
    title: 'the table of an array of a column has another name',
    base: 'CREATE TABLE t (a int); CREATE TABLE u (b t[])',
    change: 'ALTER TABLE t RENAME TO s',
  },
  {
    title: 'the sequence of a default has another name',
    base: "CREATE SEQUENCE s; CREATE TABLE t (a int DEFAULT nextval('s'))",
    change: 'ALTER SEQUENCE s RENAME TO r',
  },
  {
    title: 'the sequence of a serial has another name',
    base: 'CREATE TABLE t (a serial)',
    change: 'ALTER SEQUENCE t_a_seq RENAME TO r',
  },
  {
    title: 'a table in a default has another name',
    base: "CREATE TABLE t (a int); CREATE TABLE u (b regclass DEFAULT 't'::regclass)",
    change: 'ALTER TABLE t RENAME TO s',
  },
  {
    title: 'options of an identity',
    base: 'CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY)',
    change: 'ALTER SEQUENCE t_a_seq INCREMENT 5',
  },
  {
    title: 'an attribute of a composite in a check',
    base: 'CREATE TYPE pair AS (x int); CREATE TABLE t (p pair, CHECK ((p).x > 0))',
    change: 'ALTER TYPE pair RENAME ATTRIBUTE x TO y',
  },
  {
    title: 'a column of a row type in a check',
    base: 'CREATE TABLE q (x int); CREATE TABLE t (p q, CHECK ((p).x > 0))',
    change: 'ALTER TABLE q RENAME x TO y',
  },
  {
    title: 'a value of an enum',
    base: "CREATE TYPE mood AS ENUM ('a'); CREATE TABLE t (m mood DEFAULT 'a', CHECK (m <> 'a'))",
    change: "ALTER TYPE mood RENAME VALUE 'a' TO 'b'",
  },
  {
    title: 'a type has another name',
    base: 'CREATE DOMAIN d AS int; CREATE TABLE t (a d)',
    change: 'ALTER DOMAIN d RENAME TO e',
  },
  {
    title: 'a function of a check and an index has another name',
    base: "CREATE FUNCTION f(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT $1'; CREATE TABLE t (a int CHECK (f(a) > 0)); CREATE INDEX ON t (f(a))",
    change: 'ALTER FUNCTION f RENAME TO g',
  },
  {
    title: 'a schema has another name',
    base: 'CREATE SCHEMA one; CREATE TABLE one.t (a int)',
    change: 'ALTER SCHEMA one RENAME TO two',
  },
  { title: 'another schema', base: `${two}; CREATE SCHEMA one`, change: 'ALTER TABLE p SET SCHEMA one' },
  {
    title: 'triggers of a foreign key, on the referenced table',
    base: two,
    change: 'ALTER TABLE p DISABLE TRIGGER ALL',
  },
  {
    title: 'a column of a parent has another name',
    base: 'CREATE TABLE p (a int, CHECK (a > 0)); CREATE TABLE c () INHERITS (p)',
    change: 'ALTER TABLE p RENAME a TO b',
  },
  {
    title: 'a parent is left',
    base: 'CREATE TABLE p (a int, CHECK (a > 0)); CREATE TABLE c () INHERITS (p)',
    change: 'ALTER TABLE c NO INHERIT p',
  },
  {
    title: 'a partition comes',
    base: 'CREATE TABLE p (a int PRIMARY KEY) PARTITION BY RANGE (a); CREATE TABLE c (a int NOT NULL)',
    change: 'ALTER TABLE p ATTACH PARTITION c FOR VALUES FROM (1) TO (2)',
  },
  {
    title: 'an index of a materialized view',
    base: `${two}; CREATE MATERIALIZED VIEW m AS SELECT id FROM p; CREATE INDEX mi ON m (id)`,
    change: 'ALTER MATERIALIZED VIEW m RENAME id TO key',
  },
  {
    title: 'no NOT NULL',
    base: 'CREATE TABLE t (a int NOT NULL)',
    change: 'ALTER TABLE t ALTER a DROP NOT NULL',
  },
  {
    title: 'a NOT NULL has another name',
    base: 'CREATE TABLE t (a int CONSTRAINT n NOT NULL)',
    change: 'ALTER TABLE t RENAME CONSTRAINT n TO m',
    since: 18,
  },
  {
    title: 'a member of an extension',
    base: `${two}; CREATE EXTENSION hstore`,
    change: 'ALTER EXTENSION hstore ADD TABLE c',
  },
  {
    title: 'no member any longer',
    base: `${two}; CREATE EXTENSION hstore; ALTER EXTENSION hstore ADD TABLE c`,
    change: 'ALTER EXTENSION hstore DROP TABLE c',
  },
  {
    title: 'a catalog was written by hand',
    base: 'CREATE TABLE t (a varchar(5)); CREATE TABLE u (a int)',
    change: "UPDATE pg_attribute SET atttypmod = 14 WHERE attrelid = 't'::regclass AND attname = 'a'",
    kept: ['u'],
  },
  {
    title: 'catalogs were rewritten',
    base: `${two}; CREATE TABLE gone (a int DEFAULT 1, CHECK (a > 0)); DROP TABLE gone`,
    change: [
      'ALTER TABLE c ADD CHECK (id > 7)',
      'VACUUM FULL pg_constraint',
      'VACUUM FULL pg_attribute',
      'VACUUM FREEZE pg_class',
    ],
  },
];

const parts = (name: string) =>
  `CREATE TABLE ${name} (id int PRIMARY KEY, a text DEFAULT 'x', b int CHECK (b > 0)); CREATE INDEX ON ${name} (a)`;
const options = { ignore: ['public.left_out'] };

describe.each(majors)('PostgreSQL %i', (major) => {
  test.each(cases.filter(({ since = 0 }) => since <= major))('$title', async ({ base, change, kept }) => {
    const client = await emptyDatabase(major);
    await run(client, [base, parts('aside'), parts('left_out')]);
    const before = await snapshot(client, { ...options, earlier: null });
    await run(client, change);
    const after = await snapshot(client, { ...options, earlier: before });
    expect(whole(after)).toEqual(whole(await snapshot(client, options)));

    const same = before.objects.filter((object) => after.byIdentity(object.identity) === object);
    const containers = new Set(same.map(({ container }) => container));
    for (const name of kept === undefined ? [] : ['aside', ...kept])
      expect(containers).toContain(`public.${name}`);
  });

  test('one picture after the other', async () => {
    const client = await emptyDatabase(major);
    await run(client, [two, parts('aside')]);
    let last = await snapshot(client, { ...options, earlier: null });
    for (const change of [
      'ALTER TABLE c ADD x int',
      'CREATE INDEX ON c (x)',
      'DROP TABLE p CASCADE',
      parts('more'),
      'ALTER TABLE aside DROP b',
    ]) {
      await run(client, change);
      last = await snapshot(client, { ...options, earlier: last });
      expect(whole(last)).toEqual(whole(await snapshot(client, options)));
    }
  });

  test('of a copy, which was made before the picture', async () => {
    const name = `reuse_copy_${major}`;
    const database = await (await sharedShadow(major)).database();
    const { admin } = database;
    const maintenance = new pg.Client({ ...admin, database: 'postgres' });
    await maintenance.connect();
    const original = new pg.Client({ ...database.admin });
    await original.connect();
    await run(original, [two, parts('aside')]);
    await original.end();
    await maintenance.query(
      `CREATE DATABASE ${name} TEMPLATE ${database.admin.database}${major >= 15 ? ' STRATEGY file_copy' : ''}`,
    );
    const [client, copy] = [
      new pg.Client({ ...database.admin }),
      new pg.Client({ ...admin, database: name }),
    ];
    await client.connect();
    await copy.connect();
    const before = await snapshot(client, { ...options, earlier: null });
    await run(client, 'ALTER TABLE aside ADD only_here int');
    await run(copy, ['ALTER TABLE c ADD only_there int', 'CREATE INDEX ON p (id)']);
    const after = await snapshot(copy, { ...options, earlier: before });
    expect(whole(after)).toEqual(whole(await snapshot(copy, options)));
    expect(
      after.objects.filter((object) => before.byIdentity(object.identity) === object).length,
    ).toBeGreaterThan(5);
    for (const each of [client, copy]) await each.end();
    await maintenance.query(`DROP DATABASE ${name}`);
    await maintenance.end();
    await database.close();
  });

  test('a transaction that was open is in no picture before it ends', async () => {
    const database = await (await sharedShadow(major)).database();
    const [client, open] = [new pg.Client({ ...database.admin }), new pg.Client({ ...database.admin })];
    await client.connect();
    await open.connect();
    await run(client, [two, parts('aside')]);
    for (const laterEnds of [true, false]) {
      await run(open, ['BEGIN', `ALTER TABLE c ADD ${laterEnds ? 'x' : 'y'} int`]);
      // A later one that has ended.
      if (laterEnds) await run(client, 'ALTER TABLE aside ADD x int');
      const before = await snapshot(client, { ...options, earlier: null });
      await run(open, 'COMMIT');
      const after = await snapshot(client, { ...options, earlier: before });
      expect(whole(after)).toEqual(whole(await snapshot(client, options)));
      expect(after.byName('column', `public.c.${laterEnds ? 'x' : 'y'}`)).toBeDefined();
    }
    await open.end();
    await client.end();
    await database.close();
  });
});

import { describe, expect, test } from 'vitest';
import { compared } from '../../src/catalog/differences.ts';
import { snapshot } from '../../src/catalog/snapshot.ts';
import { statementsBetween } from '../../src/history/meeting.ts';
import { emptyDatabase, run } from '../catalog/database.ts';
import { majors } from '../shadow/majors.ts';

const users = 'CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);';

/** What production has, what a new database has, and a part of what leads from one to the other. */
const cases: readonly [string, string, string, string][] = [
  [
    'a column',
    users,
    'CREATE TABLE users (id bigint PRIMARY KEY, nickname text DEFAULT $$x$$, email text NOT NULL);',
    'ADD COLUMN nickname',
  ],
  ['a column that is gone', users, 'CREATE TABLE users (id bigint PRIMARY KEY);', 'DROP COLUMN email'],
  [
    'a type, a default and NOT NULL',
    "CREATE TABLE t (a int DEFAULT 1, b text, c text DEFAULT 'x' NOT NULL);",
    'CREATE TABLE t (a bigint DEFAULT 2, b varchar(10) NOT NULL, c text);',
    'TYPE bigint',
  ],
  [
    'a table with everything on it',
    users,
    `${users}
     CREATE TYPE kind AS ENUM ('a', 'b');
     CREATE TABLE "Orders" (id serial PRIMARY KEY, "userId" bigint REFERENCES users (id) ON DELETE CASCADE,
       kind kind NOT NULL DEFAULT 'a', total numeric(10, 2) CHECK (total > 0), UNIQUE ("userId", kind));
     CREATE INDEX ON "Orders" (lower(total::text)) WHERE total > 1;
     COMMENT ON TABLE "Orders" IS 'they''re orders';`,
    'CREATE TABLE public."Orders"',
  ],
  [
    'tables that name each other',
    users,
    `CREATE TABLE b (id int PRIMARY KEY, a int); CREATE TABLE a (id int PRIMARY KEY, b int REFERENCES b);
     ALTER TABLE b ADD FOREIGN KEY (a) REFERENCES a;`,
    'DROP TABLE public.users',
  ],
  [
    'a table that others name is gone',
    `${users} CREATE TABLE posts (id int PRIMARY KEY, author bigint REFERENCES users); CREATE VIEW v AS SELECT id FROM posts;`,
    'SELECT 1;',
    'DROP VIEW public.v',
  ],
  [
    'enum values',
    "CREATE TYPE mood AS ENUM ('ok', 'sad');",
    "CREATE TYPE mood AS ENUM ('great', 'ok', 'so-so', 'sad', 'it''s');",
    "ADD VALUE 'so-so' AFTER 'ok'",
  ],
  [
    'constraints and indexes of the same name',
    `${users} CREATE INDEX i ON users (email); ALTER TABLE users ADD CONSTRAINT c CHECK (id > 0);`,
    `${users} CREATE INDEX i ON users (lower(email)); ALTER TABLE users ADD CONSTRAINT c CHECK (id > 1);`,
    'DROP INDEX public.i;',
  ],
  [
    'views and functions',
    `${users} CREATE VIEW v AS SELECT id FROM users; CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';`,
    `${users} CREATE VIEW v AS SELECT id, email FROM users; CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 2';
     CREATE FUNCTION g(a int, b text) RETURNS int LANGUAGE sql AS 'SELECT 3';`,
    'CREATE OR REPLACE VIEW',
  ],
  [
    'a view that loses a column, a function that goes',
    `${users} CREATE VIEW v AS SELECT id, email FROM users; CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1';`,
    `${users} CREATE VIEW v AS SELECT email FROM users;`,
    'DROP FUNCTION public.f(integer)',
  ],
  [
    'row security, policies and triggers',
    `${users} CREATE FUNCTION t() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';`,
    `${users} CREATE FUNCTION t() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
     ALTER TABLE users ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON users USING (id > 0);
     CREATE TRIGGER tr BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION t();`,
    'CREATE POLICY p',
  ],
  [
    'an identity column, a generated one',
    users,
    'CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL, n bigint GENERATED ALWAYS AS IDENTITY, up text GENERATED ALWAYS AS (upper(email)) STORED);',
    'GENERATED ALWAYS AS IDENTITY',
  ],
];

describe.each(majors.slice(-1))('what leads from one schema to another, on PostgreSQL %i', (major) => {
  test.each(cases)('%s', async (_, production, fresh, part) => {
    const first = await emptyDatabase(major, 'first');
    const second = await emptyDatabase(major, 'second');
    await run(first, production);
    await run(second, fresh);
    const [from, to] = [await snapshot(first, { ignore: [] }), await snapshot(second, { ignore: [] })];
    const sql = statementsBetween(from, to) ?? '';
    expect(sql).toContain(part);
    await run(first, sql);
    const left = compared(await snapshot(first, { ignore: [] }), to, 'name').differences;
    expect(left.filter(({ orderOnly }) => !orderOnly)).toEqual([]);
  });

  test.each([
    ['an enum value that is gone', "CREATE TYPE m AS ENUM ('a', 'b');", "CREATE TYPE m AS ENUM ('a');"],
    [
      'an expression of a generated column',
      'CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a) STORED);',
      'CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a + 1) STORED);',
    ],
  ])('no statement for %s', async (_, production, fresh) => {
    const first = await emptyDatabase(major, 'first');
    const second = await emptyDatabase(major, 'second');
    await run(first, production);
    await run(second, fresh);
    expect(
      statementsBetween(await snapshot(first, { ignore: [] }), await snapshot(second, { ignore: [] })),
    ).toBeNull();
  });
});

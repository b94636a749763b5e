import { describe, test } from 'vitest';
import { loadParser } from '../../src/sql/parse.ts';
import { majors } from '../shadow/majors.ts';
import { expectFound, type StatementCase } from './statement-case.ts';

await loadParser();

const orders =
  'CREATE TABLE orders (id bigint PRIMARY KEY, total int NOT NULL, note varchar(20), extra json);';

const cases: readonly StatementCase[] = [
  {
    title: 'several type changes have one fix',
    base: orders,
    migration: 'ALTER TABLE orders ALTER total TYPE bigint, ADD COLUMN x int, ALTER extra TYPE jsonb;',
    found: ['alter-column-type-rewrite:1 error public.orders'],
    says: 'extra_new IS DISTINCT FROM',
  },
  {
    title: 'json is compared as text',
    base: 'CREATE TABLE orders (id bigint PRIMARY KEY, extra text);',
    migration: "ALTER TABLE orders ALTER extra TYPE json USING (extra || '')::json;",
    found: ['alter-column-type-rewrite:1 error public.orders.extra'],
    says: 'CAST(extra_new AS text) IS DISTINCT FROM CAST(',
  },
  {
    title: 'a renamed json column is kept equal as text',
    base: orders,
    migration: 'ALTER TABLE orders RENAME extra TO more;',
    found: ['rename-column:1 warning public.orders.extra'],
    says: 'ELSIF CAST(new.more AS text) IS DISTINCT FROM CAST(old.more AS text) THEN',
  },
  {
    title: 'a volatile default rewrites, the type beside it does not: one cause',
    base: orders,
    migration: 'ALTER TABLE orders ALTER note TYPE text, ADD COLUMN token uuid DEFAULT gen_random_uuid();',
    found: ['add-column-volatile-default:1 error public.orders.token'],
    fixed: true,
  },
  {
    title: 'a type rewrites, the immutable function beside it does not: one cause',
    base: `${orders}\nCREATE FUNCTION level() RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 1';`,
    migration: 'ALTER TABLE orders ALTER total TYPE bigint, ADD COLUMN level int DEFAULT level();',
    found: ['alter-column-type-rewrite:1 error public.orders.total'],
  },
  {
    title: 'a volatile function of the database’s own',
    base: `${orders}\nCREATE FUNCTION level() RETURNS int VOLATILE LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';`,
    migration: 'ALTER TABLE orders ADD COLUMN level int DEFAULT level();',
    found: ['add-column-volatile-default:1 error public.orders.level'],
    fixed: true,
  },
  {
    title: 'narrower and wider in one statement are told once',
    base: orders,
    migration: 'ALTER TABLE orders ALTER note TYPE varchar(5), ALTER total TYPE bigint;',
    found: ['alter-column-type-narrowing:1 error public.orders.note'],
    says: 'SELECT * FROM orders WHERE length(note) > 5 LIMIT 10;',
  },
  {
    title: 'backfills go by the primary key',
    base: 'CREATE TABLE t (a int, "B" int, c int, PRIMARY KEY ("B", a));',
    migration: 'ALTER TABLE t ADD COLUMN token uuid DEFAULT gen_random_uuid();',
    found: ['add-column-volatile-default:1 error public.t.token'],
    says: 'WITH batch AS (SELECT "B", a FROM t WHERE ("B", a) > (:last_1, :last_2) ORDER BY "B", a LIMIT 5000)',
    fixed: true,
  },
  {
    title: 'and by place where there is none',
    base: 'CREATE TABLE t (a int);',
    migration: 'ALTER TABLE t ADD COLUMN token uuid DEFAULT gen_random_uuid();',
    found: ['add-column-volatile-default:1 error public.t.token'],
    says: 'ctid = ANY',
    fixed: true,
  },
  {
    title: 'a required column with a foreign key',
    base: 'CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY);',
    migration: 'ALTER TABLE orders ADD COLUMN user_id bigint NOT NULL REFERENCES users (id);',
    found: [
      'add-column-required:1 error public.orders.user_id',
      'add-column-inline-fk:1 notice public.orders.user_id',
      'fk-missing-index:1 notice public.orders',
    ],
  },
  {
    title: 'two inline UNIQUE columns',
    base: orders,
    migration: 'ALTER TABLE orders ADD COLUMN a int UNIQUE, ADD COLUMN b int CONSTRAINT one_b UNIQUE;',
    found: ['add-column-inline-unique:1 error public.orders.a'],
    fixed: true,
  },
  {
    title: 'inline UNIQUE with one value for all rows cannot be mended',
    base: orders,
    migration: 'ALTER TABLE orders ADD COLUMN a int DEFAULT 1 UNIQUE;',
    found: ['add-column-inline-unique:1 error public.orders.a'],
    says: 'fails as soon as the table has two',
  },
  {
    title: 'a json column that becomes jsonb by the same file',
    base: orders,
    migration: 'ALTER TABLE orders ADD COLUMN more json;\nALTER TABLE orders ALTER more TYPE jsonb;',
    found: ['alter-column-type-rewrite:2 error public.orders.more'],
  },
  {
    title: 'a constraint of the run itself that is dropped again was no NOT NULL',
    base: orders,
    migration:
      'ALTER TABLE orders ALTER total DROP NOT NULL;\nALTER TABLE orders ADD CONSTRAINT kept CHECK (id > 0) NOT VALID;\nALTER TABLE orders DROP CONSTRAINT kept;',
    found: ['drop-not-null:1 notice public.orders.total'],
  },
  {
    title: 'a domain without a schema in another place of the search_path',
    base: `CREATE SCHEMA app;\nCREATE DOMAIN app.positive AS int CHECK (value > 0 AND value < 10);\n${orders}`,
    migration:
      'SET LOCAL search_path = app, public;\nALTER TABLE orders ADD COLUMN n positive, ADD COLUMN m positive DEFAULT 2;',
    found: ['add-column-constrained-domain:2 error public.orders.n'],
    says: 'CHECK (m > 0 AND m < 10) NOT VALID',
  },
];

describe.each(majors)('columns on PostgreSQL %i', (major) => {
  test.each(cases.filter(({ since = 0 }) => since <= major))('$title', (each) => expectFound(major, each));
});

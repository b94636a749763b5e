import type { CatalogCase } from '../catalog-case.ts';

const mood = "CREATE TYPE mood AS ENUM ('sad', 'ok')";
const address = 'CREATE TYPE address AS (street text, zip int)';

export const typeCases: readonly CatalogCase[] = [
  {
    title: 'a new enum',
    base: '',
    migration: mood,
    expected: ['added type public.mood: none'],
  },
  {
    title: 'a value at the end',
    base: mood,
    migration: ["ALTER TYPE mood ADD VALUE 'happy'"],
    expected: ['altered type public.mood: none'],
  },
  {
    title: 'a value in between',
    base: mood,
    migration: ["ALTER TYPE mood ADD VALUE 'meh' BEFORE 'ok'"],
    expected: ['altered type public.mood: none'],
  },
  {
    title: 'a renamed value',
    base: mood,
    migration: "ALTER TYPE mood RENAME VALUE 'sad' TO 'blue'",
    expected: ['altered type public.mood: breaking'],
  },
  {
    title: 'a value removed by making the type anew',
    base: `${mood}; CREATE TABLE t (m mood DEFAULT 'ok')`,
    migration: `CREATE TYPE mood2 AS ENUM ('ok'); ALTER TABLE t ALTER m DROP DEFAULT, ALTER m TYPE mood2 USING m::text::mood2,
      ALTER m SET DEFAULT 'ok'; DROP TYPE mood; ALTER TYPE mood2 RENAME TO mood`,
    expected: ['altered type public.mood: breaking'],
  },
  {
    title: 'another order',
    base: mood,
    migration: "DROP TYPE mood; CREATE TYPE mood AS ENUM ('ok', 'sad')",
    expected: ['altered type public.mood: behaviour'],
  },
  {
    title: 'made anew just so',
    base: mood,
    migration: `DROP TYPE mood; ${mood}`,
    expected: [],
  },
  {
    title: 'a renamed enum does not repeat its columns and functions',
    base: `${mood}; CREATE TABLE t (m mood DEFAULT 'ok', l mood[]); CREATE FUNCTION f(mood) RETURNS mood LANGUAGE sql AS 'SELECT $1';
      CREATE VIEW v AS SELECT m FROM t WHERE m = 'ok'`,
    migration: 'ALTER TYPE mood RENAME TO feeling',
    expected: ['renamed type public.mood -> public.feeling: breaking'],
  },
  {
    title: 'a dropped enum',
    base: mood,
    migration: 'DROP TYPE mood',
    expected: ['removed type public.mood: breaking'],
  },
  {
    title: 'a composite type',
    base: '',
    migration: address,
    expected: ['added type public.address: none'],
  },
  {
    title: 'an attribute more',
    base: address,
    migration: 'ALTER TYPE address ADD ATTRIBUTE town text',
    expected: ['altered type public.address: risky'],
  },
  {
    title: 'an attribute less',
    base: address,
    migration: 'ALTER TYPE address DROP ATTRIBUTE zip',
    expected: ['altered type public.address: breaking, data loss'],
  },
  {
    title: 'a renamed attribute',
    base: address,
    migration: 'ALTER TYPE address RENAME ATTRIBUTE zip TO code',
    expected: ['altered type public.address: breaking'],
  },
  {
    title: 'an attribute of another type',
    base: address,
    migration: 'ALTER TYPE address ALTER ATTRIBUTE zip TYPE text',
    expected: ['altered type public.address: breaking'],
  },
  {
    title: 'a range type',
    base: '',
    migration: 'CREATE TYPE span AS RANGE (subtype = float8, subtype_diff = float8mi)',
    expected: ['added type public.span: none'],
  },
  {
    title: 'a domain',
    base: '',
    migration: "CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%')",
    expected: ['added domain public.email: none'],
  },
  {
    title: 'a domain gets a CHECK',
    base: 'CREATE DOMAIN email AS text',
    migration: "ALTER DOMAIN email ADD CONSTRAINT c CHECK (VALUE LIKE '%@%')",
    expected: ['altered domain public.email: risky'],
  },
  {
    title: 'a domain loses one',
    base: "CREATE DOMAIN email AS text CONSTRAINT c CHECK (VALUE LIKE '%@%')",
    migration: 'ALTER DOMAIN email DROP CONSTRAINT c',
    expected: ['altered domain public.email: behaviour'],
  },
  {
    title: 'a domain refuses NULL',
    base: 'CREATE DOMAIN email AS text',
    migration: 'ALTER DOMAIN email SET NOT NULL',
    expected: ['altered domain public.email: risky'],
  },
  {
    title: 'the default of a domain',
    base: 'CREATE DOMAIN email AS text',
    migration: "ALTER DOMAIN email SET DEFAULT 'x'",
    expected: ['altered domain public.email: behaviour'],
  },
  {
    title: 'another base type',
    base: 'CREATE DOMAIN amount AS int',
    migration: 'DROP DOMAIN amount; CREATE DOMAIN amount AS bigint',
    expected: ['altered domain public.amount: breaking'],
  },
  {
    title: 'a renamed domain',
    base: 'CREATE DOMAIN amount AS int; CREATE TABLE t (a amount)',
    migration: 'ALTER DOMAIN amount RENAME TO sum',
    expected: ['renamed domain public.amount -> public.sum: breaking'],
  },
  {
    title: 'a sequence',
    base: '',
    migration: 'CREATE SEQUENCE s',
    expected: ['added sequence public.s: none'],
  },
  {
    title: 'other options of a sequence',
    base: 'CREATE SEQUENCE s',
    migration: 'ALTER SEQUENCE s INCREMENT 5 CACHE 10 CYCLE',
    expected: ['altered sequence public.s: behaviour'],
  },
  {
    title: 'where a sequence stands is data',
    base: 'CREATE SEQUENCE s',
    migration: "SELECT setval('s', 100)",
    expected: [],
  },
  {
    title: 'a dropped sequence',
    base: 'CREATE SEQUENCE s',
    migration: 'DROP SEQUENCE s',
    expected: ['removed sequence public.s: breaking, data loss'],
  },
  {
    title: 'a renamed sequence; the default that calls it is the same one',
    base: 'CREATE TABLE t (id serial)',
    migration: 'ALTER SEQUENCE t_id_seq RENAME TO ids',
    expected: ['renamed sequence public.t_id_seq -> public.ids: breaking'],
  },
  {
    title: 'made again just so, counting from the start',
    base: 'CREATE SEQUENCE s',
    migration: 'DROP SEQUENCE s; CREATE SEQUENCE s',
    expected: ['removed sequence public.s: breaking, data loss', 'added sequence public.s: none'],
  },
  {
    title: 'a sequence gets an owner',
    base: 'CREATE TABLE t (id int); CREATE SEQUENCE s',
    migration: 'ALTER SEQUENCE s OWNED BY t.id',
    expected: ['altered sequence public.s: behaviour'],
  },
  {
    title: 'an extension; its members are not told',
    base: '',
    migration: 'CREATE EXTENSION citext; CREATE EXTENSION pg_trgm',
    expected: ['added extension citext: none', 'added extension pg_trgm: none'],
  },
  {
    title: 'a dropped extension',
    base: 'CREATE EXTENSION citext',
    migration: 'DROP EXTENSION citext',
    expected: ['removed extension citext: breaking'],
  },
  {
    title: 'an extension moves',
    base: 'CREATE SCHEMA x; CREATE EXTENSION citext',
    migration: 'ALTER EXTENSION citext SET SCHEMA x',
    expected: ['altered extension citext: breaking'],
  },
  {
    title: 'another version of an extension',
    base: "CREATE EXTENSION pg_trgm VERSION '1.5'",
    migration: "ALTER EXTENSION pg_trgm UPDATE TO '1.6'",
    expected: ['altered extension pg_trgm: behaviour'],
  },
];

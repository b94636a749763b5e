import type { CatalogCase } from '../catalog-case.ts';

const table = 'CREATE TABLE t (a int, b text)';
const view = `${table}; CREATE VIEW v AS SELECT a, b FROM t`;
const trigger = `${table}; CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
  CREATE TRIGGER tr BEFORE INSERT OR UPDATE OF b ON t FOR EACH ROW WHEN (NEW.a > 0) EXECUTE FUNCTION f()`;
const policy = `${table}; ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON t FOR SELECT USING (a > 0)`;

export const viewCases: readonly CatalogCase[] = [
  {
    title: 'a view',
    base: table,
    migration: 'CREATE VIEW v AS SELECT a FROM t',
    expected: ['added view public.v: none'],
  },
  {
    title: 'a dropped view',
    base: view,
    migration: 'DROP VIEW v',
    expected: ['removed view public.v: breaking'],
  },
  {
    title: 'a renamed view',
    base: view,
    migration: 'ALTER VIEW v RENAME TO w',
    expected: ['renamed view public.v -> public.w: breaking'],
  },
  {
    title: 'a column appended',
    base: view,
    migration: 'CREATE OR REPLACE VIEW v AS SELECT a, b, a + 1 AS c FROM t',
    expected: ['altered view public.v: none'],
  },
  {
    title: 'a column appended, and other rows',
    base: view,
    migration: 'CREATE OR REPLACE VIEW v AS SELECT a, b, a + 1 AS c FROM t WHERE a > 0',
    expected: ['altered view public.v: behaviour'],
  },
  {
    title: 'other rows',
    base: view,
    migration: 'CREATE OR REPLACE VIEW v AS SELECT a, b FROM t WHERE a > 0',
    expected: ['altered view public.v: behaviour'],
  },
  {
    title: 'a column less',
    base: view,
    migration: 'DROP VIEW v; CREATE VIEW v AS SELECT a FROM t',
    expected: ['altered view public.v: breaking'],
  },
  {
    title: 'a column of another type',
    base: view,
    migration: 'DROP VIEW v; ALTER TABLE t ALTER a TYPE bigint; CREATE VIEW v AS SELECT a, b FROM t',
    expected: ['altered column public.t.a: risky', 'altered view public.v: breaking'],
  },
  {
    title: 'a renamed column',
    base: view,
    migration: 'ALTER VIEW v RENAME COLUMN a TO x',
    expected: ['altered view public.v: breaking'],
  },
  {
    title: 'made again just so',
    base: view,
    migration: 'DROP VIEW v; CREATE VIEW v AS SELECT a, b FROM t',
    expected: [],
  },
  {
    title: 'security_invoker',
    base: view,
    migration: 'ALTER VIEW v SET (security_invoker = true)',
    expected: ['altered view public.v: risky'],
  },
  {
    title: 'check option and a default',
    base: view,
    migration: 'ALTER VIEW v SET (check_option = local); ALTER VIEW v ALTER a SET DEFAULT 1',
    expected: ['altered view public.v: risky'],
  },
  {
    title: 'a view takes the place of a table',
    base: table,
    migration: 'DROP TABLE t; CREATE VIEW t AS SELECT 1 AS a',
    expected: ['removed table public.t: breaking, data loss', 'added view public.t: none'],
  },
  {
    title: 'a materialized view',
    base: table,
    migration: 'CREATE MATERIALIZED VIEW m AS SELECT a FROM t WITH NO DATA',
    expected: ['added materialized-view public.m: none'],
  },
  {
    title: 'a materialized view, made again with another query and its index',
    base: `${table}; CREATE MATERIALIZED VIEW m AS SELECT a FROM t; CREATE INDEX i ON m (a)`,
    migration:
      'DROP MATERIALIZED VIEW m; CREATE MATERIALIZED VIEW m AS SELECT a FROM t WHERE a > 0; CREATE INDEX i ON m (a)',
    expected: ['altered materialized-view public.m: behaviour'],
  },
  {
    title: 'REFRESH is data',
    base: `${table}; CREATE MATERIALIZED VIEW m AS SELECT a FROM t WITH NO DATA`,
    migration: 'REFRESH MATERIALIZED VIEW m',
    expected: [],
  },
  {
    title: 'a dropped materialized view can be computed again',
    base: `${table}; CREATE MATERIALIZED VIEW m AS SELECT a FROM t`,
    migration: 'DROP MATERIALIZED VIEW m',
    expected: ['removed materialized-view public.m: breaking'],
  },
];

export const functionCases: readonly CatalogCase[] = [
  {
    title: 'a function',
    base: '',
    migration: "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT a'",
    expected: ['added function public.f(integer): none'],
  },
  {
    title: 'an overload',
    base: "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT a'",
    migration: "CREATE FUNCTION f(a text) RETURNS int LANGUAGE sql AS 'SELECT 1'",
    expected: ['added function public.f(text): risky'],
  },
  {
    title: 'a dropped function',
    base: "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT a'",
    migration: 'DROP FUNCTION f',
    expected: ['removed function public.f(integer): breaking'],
  },
  {
    title: 'a renamed function',
    base: "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT a'",
    migration: 'ALTER FUNCTION f RENAME TO g',
    expected: ['renamed function public.f(integer) -> public.g(integer): breaking'],
  },
  {
    title: 'another body',
    base: "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT a'",
    migration: "CREATE OR REPLACE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT a + 1'",
    expected: ['altered function public.f(integer): behaviour'],
  },
  {
    title: 'another result',
    base: "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT a'",
    migration: "DROP FUNCTION f; CREATE FUNCTION f(a int) RETURNS text LANGUAGE sql AS 'SELECT a::text'",
    expected: ['altered function public.f(integer): breaking'],
  },
  {
    title: 'another name of an argument',
    base: "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT 1'",
    migration: "DROP FUNCTION f; CREATE FUNCTION f(b int) RETURNS int LANGUAGE sql AS 'SELECT 1'",
    expected: ['altered function public.f(integer): breaking'],
  },
  {
    title: 'a default less',
    base: "CREATE FUNCTION f(a int DEFAULT 1) RETURNS int LANGUAGE sql AS 'SELECT a'",
    migration: "DROP FUNCTION f; CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT a'",
    expected: ['altered function public.f(integer): breaking'],
  },
  {
    title: 'SECURITY DEFINER, volatility, settings',
    base: "CREATE FUNCTION f(a int) RETURNS int LANGUAGE sql AS 'SELECT a'",
    migration: 'ALTER FUNCTION f SECURITY DEFINER STABLE SET search_path = public',
    expected: ['altered function public.f(integer): risky'],
  },
  {
    title: 'a body that is parsed follows renames',
    base: `${table}; CREATE FUNCTION f() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(a) FROM t; END`,
    migration: 'ALTER TABLE t RENAME a TO x',
    expected: ['renamed column public.t.a -> public.t.x: breaking'],
  },
  {
    title: 'a procedure',
    base: '',
    migration: "CREATE PROCEDURE p(a int) LANGUAGE sql AS 'SELECT 1'",
    expected: ['added procedure public.p(integer): none'],
  },
];

export const triggerCases: readonly CatalogCase[] = [
  {
    title: 'a trigger',
    base: `${table}; CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END'`,
    migration: 'CREATE TRIGGER tr AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()',
    expected: ['added trigger public.t.tr: behaviour'],
  },
  {
    title: 'dropped',
    base: trigger,
    migration: 'DROP TRIGGER tr ON t',
    expected: ['removed trigger public.t.tr: behaviour'],
  },
  {
    title: 'renamed',
    base: trigger,
    migration: 'ALTER TRIGGER tr ON t RENAME TO first',
    expected: ['renamed trigger public.t.tr -> public.t.first: behaviour'],
  },
  {
    title: 'switched off',
    base: trigger,
    migration: 'ALTER TABLE t DISABLE TRIGGER tr',
    expected: ['altered trigger public.t.tr: behaviour'],
  },
  {
    title: 'another condition',
    base: trigger,
    migration: `CREATE OR REPLACE TRIGGER tr BEFORE INSERT OR UPDATE OF b ON t FOR EACH ROW WHEN (NEW.a > 1) EXECUTE FUNCTION f()`,
    expected: ['altered trigger public.t.tr: behaviour'],
  },
  {
    title: 'made again just so while the table gets another name',
    base: trigger,
    migration: `DROP TRIGGER tr ON t; ALTER TABLE t RENAME TO u;
      CREATE TRIGGER tr BEFORE INSERT OR UPDATE OF b ON u FOR EACH ROW WHEN (NEW.a > 0) EXECUTE FUNCTION f()`,
    expected: ['renamed table public.t -> public.u: breaking'],
  },
  {
    title: 'a policy where row security is off changes nothing',
    base: table,
    migration: 'CREATE POLICY p ON t USING (a > 0)',
    expected: ['added policy public.t.p: none'],
  },
  {
    title: 'a permissive policy more',
    base: policy,
    migration: 'CREATE POLICY q ON t USING (a > 5)',
    expected: ['added policy public.t.q: behaviour'],
  },
  {
    title: 'a restrictive policy more',
    base: policy,
    migration: 'CREATE POLICY q ON t AS RESTRICTIVE USING (a > 5)',
    expected: ['added policy public.t.q: risky'],
  },
  {
    title: 'another condition of a policy',
    base: policy,
    migration: 'ALTER POLICY p ON t USING (a > 5)',
    expected: ['altered policy public.t.p: risky'],
  },
  {
    title: 'a dropped policy',
    base: policy,
    migration: 'DROP POLICY p ON t',
    expected: ['removed policy public.t.p: risky'],
  },
  {
    title: 'a renamed policy',
    base: policy,
    migration: 'ALTER POLICY p ON t RENAME TO q',
    expected: ['renamed policy public.t.p -> public.t.q: none'],
  },
];

import type { CatalogCase } from '../catalog-case.ts';

const add = "CREATE FUNCTION f(int, int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 + $2'";
const pair = `CREATE TYPE pair AS (x int, y int);
  CREATE FUNCTION as_pair(int) RETURNS pair LANGUAGE sql AS 'SELECT ROW($1, $1)::pair'`;

/** What extends the language: aggregates, operators, casts, collations, text search. */
export const languageCases: readonly CatalogCase[] = [
  {
    title: 'an aggregate',
    base: add,
    migration: 'CREATE AGGREGATE total (int) (sfunc = f, stype = int)',
    expected: ['added aggregate public.total(integer): *'],
  },
  {
    title: 'another initial value of an aggregate',
    base: `${add}; CREATE AGGREGATE total (int) (sfunc = f, stype = int)`,
    migration:
      "CREATE OR REPLACE AGGREGATE total (int) (sfunc = f, stype = int, initcond = '0', parallel = safe)",
    expected: ['altered aggregate public.total(integer): *'],
  },
  {
    title: 'a renamed and a dropped aggregate',
    base: `${add}; CREATE AGGREGATE one (int) (sfunc = f, stype = int); CREATE AGGREGATE two (int) (sfunc = f, stype = int)`,
    migration: 'ALTER AGGREGATE one (int) RENAME TO uno; DROP AGGREGATE two (int)',
    expected: [
      'removed aggregate public.two(integer): *',
      'renamed aggregate public.one(integer) -> public.uno(integer): *',
    ],
  },
  {
    title: 'an aggregate of a renamed function',
    base: `${add}; CREATE AGGREGATE total (int) (sfunc = f, stype = int)`,
    migration: 'ALTER FUNCTION f RENAME TO g',
    expected: ['renamed function public.f(integer, integer) -> public.g(integer, integer): *'],
  },
  {
    title: 'moving, ordered-set and variadic aggregates',
    base: add,
    migration: `CREATE AGGREGATE moving (int) (sfunc = f, stype = int, msfunc = f, minvfunc = f, mstype = int, minitcond = '1');
      CREATE AGGREGATE middle (float8 ORDER BY anyelement) (sfunc = ordered_set_transition, stype = internal, finalfunc = percentile_disc_final, finalfunc_extra);
      CREATE AGGREGATE least_of (VARIADIC int[]) (sfunc = array_cat, stype = int[])`,
    expected: [
      'added aggregate public.least_of(integer[]): *',
      'added aggregate public.middle(double precision, anyelement): *',
      'added aggregate public.moving(integer): *',
    ],
  },
  {
    title: 'an operator',
    base: add,
    migration: 'CREATE OPERATOR %%% (leftarg = int, rightarg = int, function = f, commutator = %%%)',
    expected: ['added operator public.%%%(integer, integer): *'],
  },
  {
    title: 'an altered and a dropped operator',
    base: `CREATE FUNCTION same(int, int) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT true';
      CREATE OPERATOR === (leftarg = int, rightarg = int, function = same); CREATE OPERATOR %%% (leftarg = int, rightarg = int, function = same)`,
    migration:
      'ALTER OPERATOR === (int, int) SET (restrict = eqsel, join = eqjoinsel); DROP OPERATOR %%% (int, int)',
    expected: [
      'removed operator public.%%%(integer, integer): *',
      'altered operator public.===(integer, integer): *',
    ],
  },
  {
    title: 'an operator of one side',
    base: "CREATE FUNCTION neg(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT -$1'",
    migration: 'CREATE OPERATOR !! (rightarg = int, function = neg)',
    expected: ['added operator public.!!(NONE, integer): *'],
  },
  {
    title: 'an operator class makes a family of its own',
    base: '',
    migration: `CREATE OPERATOR CLASS oc FOR TYPE int USING btree AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
      FUNCTION 1 btint4cmp(int, int)`,
    expected: ['added operator-class public.oc USING btree: *'],
  },
  {
    title: 'an operator family gets a member',
    base: 'CREATE OPERATOR FAMILY fam USING btree',
    migration: `ALTER OPERATOR FAMILY fam USING btree ADD OPERATOR 1 < (int, bigint), OPERATOR 3 = (int, bigint), OPERATOR 5 > (int, bigint),
      FUNCTION 1 btint48cmp(int, bigint)`,
    expected: ['altered operator-family public.fam USING btree: *'],
  },
  {
    title: 'a renamed operator class, a dropped family',
    base: `CREATE OPERATOR FAMILY fam USING btree; CREATE OPERATOR FAMILY gone USING hash;
      CREATE OPERATOR CLASS oc FOR TYPE int USING btree FAMILY fam AS OPERATOR 1 <, FUNCTION 1 btint4cmp(int, int)`,
    migration: 'ALTER OPERATOR CLASS oc USING btree RENAME TO oz; DROP OPERATOR FAMILY gone USING hash',
    expected: [
      'removed operator-family public.gone USING hash: *',
      'renamed operator-class public.oc USING btree -> public.oz USING btree: *',
    ],
  },
  {
    title: 'a cast',
    base: pair,
    migration: 'CREATE CAST (int AS pair) WITH FUNCTION as_pair(int)',
    expected: ['added cast (integer AS public.pair): *'],
  },
  {
    title: 'a cast that becomes implicit, one that goes',
    base: `${pair}; CREATE CAST (int AS pair) WITH FUNCTION as_pair(int); CREATE CAST (pair AS text) WITH INOUT`,
    migration:
      'DROP CAST (int AS pair); CREATE CAST (int AS pair) WITH FUNCTION as_pair(int) AS IMPLICIT; DROP CAST (pair AS text)',
    expected: ['altered cast (integer AS public.pair): *', 'removed cast (public.pair AS text): *'],
  },
  {
    title: 'a cast of a renamed type',
    base: `${pair}; CREATE CAST (int AS pair) WITH FUNCTION as_pair(int)`,
    migration: 'ALTER TYPE pair RENAME TO couple',
    expected: ['renamed type public.pair -> public.couple: *'],
  },
  {
    title: 'a collation',
    base: '',
    migration: "CREATE COLLATION swiss (provider = icu, locale = 'de-CH')",
    expected: ['added collation public.swiss: *'],
  },
  {
    title: 'another collation of that name',
    base: "CREATE COLLATION c (provider = icu, locale = 'de-CH'); CREATE COLLATION d (locale = 'C')",
    migration: `DROP COLLATION c; CREATE COLLATION c (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
      ALTER COLLATION d RENAME TO e`,
    expected: ['altered collation public.c: *', 'renamed collation public.d -> public.e: *'],
  },
  {
    title: 'rules of a collation',
    since: 16,
    base: "CREATE COLLATION c (provider = icu, locale = 'und')",
    migration: "DROP COLLATION c; CREATE COLLATION c (provider = icu, locale = 'und', rules = '&a < g')",
    expected: ['altered collation public.c: *'],
  },
  {
    title: 'a conversion',
    base: "CREATE CONVERSION one FOR 'UTF8' TO 'LATIN1' FROM utf8_to_iso8859_1",
    migration:
      "ALTER CONVERSION one RENAME TO uno; CREATE DEFAULT CONVERSION two FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8",
    expected: ['added conversion public.two: *', 'renamed conversion public.one -> public.uno: *'],
  },
  {
    title: 'text search: a configuration and a mapping',
    base: 'CREATE TEXT SEARCH CONFIGURATION c (copy = simple)',
    migration: `CREATE TEXT SEARCH CONFIGURATION d (copy = english);
      ALTER TEXT SEARCH CONFIGURATION c ALTER MAPPING FOR word WITH english_stem, simple`,
    expected: [
      'altered text-search-configuration public.c: *',
      'added text-search-configuration public.d: *',
    ],
  },
  {
    title: 'text search: a dictionary',
    base: 'CREATE TEXT SEARCH DICTIONARY d (template = simple)',
    migration:
      'ALTER TEXT SEARCH DICTIONARY d (stopwords = english); CREATE TEXT SEARCH DICTIONARY e (template = simple)',
    expected: ['altered text-search-dictionary public.d: *', 'added text-search-dictionary public.e: *'],
  },
  {
    title: 'text search: a renamed dictionary in a configuration',
    base: `CREATE TEXT SEARCH DICTIONARY d (template = simple); CREATE TEXT SEARCH CONFIGURATION c (copy = simple);
      ALTER TEXT SEARCH CONFIGURATION c ALTER MAPPING FOR word WITH d`,
    migration: 'ALTER TEXT SEARCH DICTIONARY d RENAME TO e',
    expected: ['renamed text-search-dictionary public.d -> public.e: *'],
  },
  {
    title: 'text search: a parser and a template',
    base: `CREATE TEXT SEARCH PARSER p (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype);
      CREATE TEXT SEARCH TEMPLATE t (lexize = dsimple_lexize, init = dsimple_init)`,
    migration: `ALTER TEXT SEARCH PARSER p RENAME TO q; DROP TEXT SEARCH TEMPLATE t;
      CREATE TEXT SEARCH TEMPLATE u (lexize = dsimple_lexize)`,
    expected: [
      'renamed text-search-parser public.p -> public.q: *',
      'removed text-search-template public.t: *',
      'added text-search-template public.u: *',
    ],
  },
  {
    title: 'a language',
    base: 'CREATE LANGUAGE one HANDLER plpgsql_call_handler',
    migration:
      'ALTER LANGUAGE one RENAME TO uno; CREATE TRUSTED LANGUAGE two HANDLER plpgsql_call_handler VALIDATOR plpgsql_validator',
    expected: ['added language two: *', 'renamed language one -> uno: *'],
  },
  {
    title: 'an access method',
    base: '',
    migration:
      'CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler; CREATE TABLE t (a int) USING heap2',
    expected: ['added access-method heap2: *', 'added table public.t: none'],
  },
  {
    title: 'a transform',
    base: '',
    migration: 'CREATE TRANSFORM FOR int LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal))',
    expected: ['added transform FOR integer LANGUAGE sql: *'],
  },
  {
    title: 'a base type and a shell',
    base: `CREATE TYPE num; CREATE FUNCTION num_in(cstring) RETURNS num LANGUAGE internal IMMUTABLE STRICT AS 'int4in';
      CREATE FUNCTION num_out(num) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int4out'`,
    migration: 'CREATE TYPE num (input = num_in, output = num_out, like = int4); CREATE TYPE shell',
    expected: ['altered type public.num: *', 'added type public.shell: *'],
  },
  {
    title: 'a base type gets SEND',
    base: `CREATE TYPE num; CREATE FUNCTION num_in(cstring) RETURNS num LANGUAGE internal IMMUTABLE STRICT AS 'int4in';
      CREATE FUNCTION num_out(num) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int4out';
      CREATE FUNCTION num_send(num) RETURNS bytea LANGUAGE internal IMMUTABLE STRICT AS 'int4send';
      CREATE TYPE num (input = num_in, output = num_out, like = int4)`,
    migration: 'ALTER TYPE num SET (send = num_send)',
    expected: ['altered type public.num: *'],
  },
];

/** Not null constraints have names since 18. */
export const notNullCases: readonly CatalogCase[] = [
  {
    title: 'a NOT NULL gets a name of its own',
    since: 18,
    base: 'CREATE TABLE t (a int NOT NULL)',
    migration: 'ALTER TABLE t RENAME CONSTRAINT t_a_not_null TO needed',
    expected: ['altered column public.t.a: none'],
  },
  {
    title: 'a NOT NULL keeps its name when table and column are renamed',
    since: 18,
    base: 'CREATE TABLE t (a int NOT NULL, b int CONSTRAINT named NOT NULL)',
    migration: 'ALTER TABLE t RENAME TO u; ALTER TABLE u RENAME a TO z',
    expected: [
      'renamed table public.t -> public.u: breaking',
      'renamed column public.t.a -> public.u.z: breaking',
    ],
  },
  {
    title: 'a NOT NULL that is not inherited',
    since: 18,
    base: 'CREATE TABLE t (a int NOT NULL)',
    migration: 'ALTER TABLE t ALTER CONSTRAINT t_a_not_null NO INHERIT',
    expected: ['altered column public.t.a: none'],
  },
];

/** Roles belong to the server, so these run with a server of their own for the second database. */
export const roleCases: readonly CatalogCase[] = [
  {
    title: 'a role, its membership, its settings',
    base: 'CREATE ROLE app',
    migration:
      "CREATE ROLE app_user LOGIN PASSWORD 'x' IN ROLE app; ALTER ROLE app_user SET statement_timeout = '5s'",
    expected: ['added role-membership app.app_user: none', 'added role app_user: none'],
  },
  {
    title: 'attributes and settings of a role',
    base: 'CREATE ROLE app',
    migration:
      "ALTER ROLE app LOGIN CONNECTION LIMIT 5; ALTER ROLE app SET search_path = a, b; ALTER ROLE app SET my.api_key = 'x'",
    expected: [
      'altered role app: behaviour',
      'added setting app.my.api_key: behaviour',
      'added setting app.search_path: behaviour',
    ],
  },
  {
    title: 'a renamed role is the same in every privilege',
    base: `CREATE ROLE app; CREATE ROLE member IN ROLE app; CREATE TABLE t (a int); GRANT SELECT ON t TO app; CREATE POLICY p ON t TO app USING (true);
      ALTER DEFAULT PRIVILEGES FOR ROLE app GRANT SELECT ON TABLES TO PUBLIC; ALTER TABLE t OWNER TO app`,
    migration: 'ALTER ROLE app RENAME TO application',
    expected: ['renamed role app -> application: breaking'],
  },
  {
    title: 'a dropped role, and what it could do',
    base: 'CREATE ROLE app; CREATE TABLE t (a int); GRANT SELECT ON t TO app',
    migration: 'REVOKE ALL ON t FROM app; DROP ROLE app',
    expected: ['removed role app: breaking', 'removed privilege public.t: risky'],
  },
  {
    title: 'a membership is taken away',
    base: 'CREATE ROLE app; CREATE ROLE member IN ROLE app',
    migration: 'REVOKE app FROM member',
    expected: ['removed role-membership app.member: risky'],
  },
  {
    title: 'privileges and owners of roles',
    base: 'CREATE ROLE reader; CREATE ROLE writer; CREATE TABLE t (a int)',
    migration: 'GRANT SELECT ON t TO reader; GRANT ALL ON t TO writer; ALTER TABLE t OWNER TO writer',
    expected: ['altered owner public.t: behaviour', 'added privilege public.t: none'],
  },
];

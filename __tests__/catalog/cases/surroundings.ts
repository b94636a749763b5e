import type { CatalogCase } from '../catalog-case.ts';

const table = 'CREATE TABLE t (a int, b text)';
const view = `${table}; CREATE VIEW v AS SELECT a FROM t`;
const add = "CREATE FUNCTION f(int, int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 + $2'";

/** Owners, comments, labels, privileges: what stands beside an object. */
export const besidesCases: readonly CatalogCase[] = [
  {
    title: 'a comment on a table',
    base: table,
    migration: "COMMENT ON TABLE t IS 'it''s'",
    expected: ['added comment public.t: none'],
  },
  {
    title: 'another comment on a column',
    base: `${table}; COMMENT ON COLUMN t.a IS 'x'`,
    migration: "COMMENT ON COLUMN t.a IS 'y'",
    expected: ['altered comment public.t.a: none'],
  },
  {
    title: 'a comment is taken away',
    base: `${table}; COMMENT ON TABLE t IS 'x'`,
    migration: 'COMMENT ON TABLE t IS NULL',
    expected: ['removed comment public.t: none'],
  },
  {
    title: 'comments on parts of a table',
    base: `CREATE TABLE t (a int PRIMARY KEY, b int GENERATED ALWAYS AS IDENTITY, CONSTRAINT c CHECK (a > 0)); CREATE INDEX i ON t (a);
      CREATE STATISTICS st ON a, b FROM t; CREATE POLICY p ON t USING (true); CREATE RULE r AS ON DELETE TO t DO INSTEAD NOTHING;
      CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
      CREATE TRIGGER tr BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()`,
    migration: `COMMENT ON INDEX i IS 'x'; COMMENT ON CONSTRAINT c ON t IS 'x'; COMMENT ON INDEX t_pkey IS 'x';
      COMMENT ON STATISTICS st IS 'x'; COMMENT ON POLICY p ON t IS 'x'; COMMENT ON RULE r ON t IS 'x'; COMMENT ON TRIGGER tr ON t IS 'x';
      COMMENT ON SEQUENCE t_b_seq IS 'x'`,
    expected: [
      'added comment public.i: none',
      'added comment public.st: none',
      'added comment public.t.b.sequence: none',
      'added comment public.t.c: none',
      'added comment public.t.p: none',
      'added comment public.t.r: none',
      'added comment public.t.t_pkey.index: none',
      'added comment public.t.tr: none',
    ],
  },
  {
    title: 'comments on members without a line of their own',
    base: `CREATE TYPE pair AS (x int); CREATE DOMAIN d AS int CONSTRAINT small CHECK (VALUE < 9); ${view}`,
    migration: `COMMENT ON COLUMN pair.x IS 'x'; COMMENT ON CONSTRAINT small ON DOMAIN d IS 'x'; COMMENT ON COLUMN v.a IS 'x'`,
    expected: [
      'added comment public.d.small: none',
      'added comment public.pair.x: none',
      'added comment public.v.a: none',
    ],
  },
  {
    title: 'comments on functions, types, schemas',
    base: `${add}; CREATE TYPE mood AS ENUM ('x'); CREATE SCHEMA s`,
    migration: "COMMENT ON FUNCTION f IS 'x'; COMMENT ON TYPE mood IS 'x'; COMMENT ON SCHEMA s IS 'x'",
    expected: [
      'added comment public.f(integer, integer): none',
      'added comment public.mood: none',
      'added comment s: none',
    ],
  },
  {
    title: 'comments and privileges go and come with their object',
    base: `${table}; COMMENT ON TABLE t IS 'x'; COMMENT ON COLUMN t.a IS 'y'; GRANT SELECT ON t TO PUBLIC`,
    migration: `DROP TABLE t; CREATE TABLE u (a int); COMMENT ON TABLE u IS 'x'; GRANT SELECT ON u TO PUBLIC; GRANT UPDATE (a) ON u TO PUBLIC`,
    expected: ['removed table public.t: breaking, data loss', 'added table public.u: none'],
  },
  {
    title: 'a renamed table keeps what is said of it',
    base: `${table}; COMMENT ON TABLE t IS 'x'; COMMENT ON COLUMN t.a IS 'y'; GRANT SELECT ON t TO PUBLIC; CREATE INDEX i ON t (a); COMMENT ON INDEX i IS 'z'`,
    migration: 'ALTER TABLE t RENAME TO u',
    expected: ['renamed table public.t -> public.u: breaking'],
  },
  {
    title: 'a renamed schema keeps what is said of what is in it',
    base: `CREATE SCHEMA s; CREATE TABLE s.t (a int); COMMENT ON TABLE s.t IS 'x'; CREATE FUNCTION s.f() RETURNS int LANGUAGE sql AS 'SELECT 1';
      COMMENT ON FUNCTION s.f IS 'x'; REVOKE EXECUTE ON FUNCTION s.f FROM PUBLIC; ALTER DEFAULT PRIVILEGES IN SCHEMA s GRANT SELECT ON TABLES TO PUBLIC`,
    migration: 'ALTER SCHEMA s RENAME TO z',
    expected: ['renamed schema s -> z: breaking'],
  },
  {
    title: 'a grant on a table',
    base: table,
    migration: 'GRANT SELECT, INSERT ON t TO PUBLIC',
    expected: ['added privilege public.t: none'],
  },
  {
    title: 'a grant less',
    base: `${table}; GRANT SELECT, INSERT ON t TO PUBLIC`,
    migration: 'REVOKE INSERT ON t FROM PUBLIC',
    expected: ['altered privilege public.t: risky'],
  },
  {
    title: 'all grants taken back',
    base: `${table}; GRANT SELECT ON t TO PUBLIC`,
    migration: 'REVOKE ALL ON t FROM PUBLIC',
    expected: ['removed privilege public.t: risky'],
  },
  {
    title: 'grant option',
    base: `${table}; GRANT SELECT ON t TO pg_monitor`,
    migration: 'GRANT SELECT ON t TO pg_monitor WITH GRANT OPTION',
    expected: ['altered privilege public.t: risky'],
  },
  {
    title: 'the owner gives up a privilege',
    base: table,
    migration: 'REVOKE UPDATE ON t FROM CURRENT_USER',
    expected: ['added privilege public.t: risky'],
  },
  {
    title: 'given and taken back is nothing',
    base: table,
    migration: 'GRANT SELECT ON t TO PUBLIC; REVOKE SELECT ON t FROM PUBLIC',
    expected: [],
  },
  {
    title: 'a grant on a column, and on a column of a view',
    base: view,
    migration: 'GRANT SELECT (a), UPDATE (a) ON t TO PUBLIC; GRANT SELECT (a) ON v TO PUBLIC',
    expected: ['added privilege public.t.a: none', 'added privilege public.v.a: none'],
  },
  {
    title: 'grants on views, sequences, functions, types, schemas',
    base: `${view}; CREATE SEQUENCE s; ${add}; CREATE TYPE mood AS ENUM ('x'); CREATE DOMAIN d AS int; CREATE SCHEMA n;
      CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1'`,
    migration: `GRANT SELECT ON v TO PUBLIC; GRANT USAGE ON SEQUENCE s TO PUBLIC; REVOKE EXECUTE ON FUNCTION f FROM PUBLIC;
      REVOKE USAGE ON TYPE mood FROM PUBLIC; REVOKE USAGE ON DOMAIN d FROM PUBLIC; GRANT USAGE ON SCHEMA n TO PUBLIC;
      REVOKE EXECUTE ON PROCEDURE p FROM PUBLIC`,
    expected: [
      'added privilege n: none',
      'added privilege public.d: risky',
      'added privilege public.f(integer, integer): risky',
      'added privilege public.mood: risky',
      'added privilege public.p(): risky',
      'added privilege public.s: none',
      'added privilege public.v: none',
    ],
  },
  {
    title: 'a grant on every table',
    base: 'CREATE TABLE t (a int); CREATE TABLE u (a int)',
    migration: 'GRANT SELECT ON ALL TABLES IN SCHEMA public TO PUBLIC',
    expected: ['added privilege public.t: none', 'added privilege public.u: none'],
  },
  {
    title: 'default privileges, for all schemas and for one',
    base: '',
    migration: `ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
      ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO PUBLIC`,
    expected: [
      'added default-privilege OWNER.functions: none',
      'added default-privilege public.OWNER.tables: none',
    ],
    after: `ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC`,
  },
  {
    title: 'other default privileges',
    base: 'ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO PUBLIC',
    migration: 'ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT INSERT ON TABLES TO PUBLIC',
    expected: ['altered default-privilege public.OWNER.tables: none'],
  },
  {
    title: 'what default privileges give a new table is no change of its own',
    base: 'ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO PUBLIC',
    migration: table,
    expected: ['added table public.t: none'],
  },
  {
    title: 'another owner of a table, and with it of its sequence',
    base: 'CREATE TABLE t (a serial)',
    migration: 'ALTER TABLE t OWNER TO pg_monitor',
    expected: ['altered owner public.t: behaviour'],
  },
  {
    title: 'another owner of a view, a function, a type, a schema',
    base: `${view}; ${add}; CREATE TYPE mood AS ENUM ('x'); CREATE SCHEMA s`,
    migration: `ALTER VIEW v OWNER TO pg_monitor; ALTER FUNCTION f OWNER TO pg_monitor; ALTER TYPE mood OWNER TO pg_monitor;
      ALTER SCHEMA s OWNER TO pg_monitor`,
    expected: [
      'altered owner public.f(integer, integer): behaviour',
      'altered owner public.mood: behaviour',
      'altered owner public.v: behaviour',
      'altered owner s: behaviour',
    ],
  },
  {
    title: 'privileges on a built-in function',
    base: '',
    migration: 'GRANT EXECUTE ON FUNCTION pg_read_file(text) TO PUBLIC',
    expected: ['added privilege pg_catalog.pg_read_file(pg_catalog.text): none'],
    after: 'REVOKE EXECUTE ON FUNCTION pg_read_file(text) FROM PUBLIC',
  },
  {
    title: 'privileges on a member of an extension',
    base: 'CREATE EXTENSION pg_stat_statements',
    migration: 'REVOKE SELECT ON pg_stat_statements FROM PUBLIC',
    expected: ['added privilege public.pg_stat_statements: risky'],
  },
  {
    title: 'what an extension gives itself is nothing',
    base: '',
    migration: 'CREATE EXTENSION pg_stat_statements',
    expected: ['added extension pg_stat_statements: none'],
  },
  {
    title: 'a comment on an extension that is not its own',
    base: 'CREATE EXTENSION hstore',
    migration: "COMMENT ON EXTENSION hstore IS 'ours'",
    expected: ['added comment hstore: none'],
  },
];

/** Rules, event triggers, publications, foreign data, statistics. */
export const serviceCases: readonly CatalogCase[] = [
  {
    title: 'a rule is added, altered, renamed, disabled, dropped',
    base: `${table}; CREATE RULE one AS ON DELETE TO t DO INSTEAD NOTHING; CREATE RULE two AS ON UPDATE TO t DO INSTEAD NOTHING;
      CREATE RULE three AS ON INSERT TO t DO ALSO NOTHING; CREATE RULE four AS ON DELETE TO t DO ALSO NOTHING`,
    migration: `ALTER RULE one ON t RENAME TO first; CREATE OR REPLACE RULE two AS ON UPDATE TO t WHERE old.a > 0 DO INSTEAD NOTHING;
      ALTER TABLE t DISABLE RULE three; DROP RULE four ON t; CREATE RULE five AS ON DELETE TO t DO ALSO NOTHING`,
    expected: [
      'removed rule public.t.four: *',
      'renamed rule public.t.one -> public.t.first: *',
      'altered rule public.t.three: *',
      'altered rule public.t.two: *',
      'added rule public.t.five: *',
    ],
  },
  {
    title: 'a rule stays when its table is renamed',
    base: `${table}; CREATE RULE r AS ON DELETE TO t WHERE old.a > 1 DO INSTEAD NOTHING`,
    migration: 'ALTER TABLE t RENAME TO u',
    expected: ['renamed table public.t -> public.u: breaking'],
  },
  {
    title: 'a rule of a renamed column',
    base: `${table}; CREATE RULE r AS ON DELETE TO t WHERE old.a > 1 DO INSTEAD NOTHING`,
    migration: 'ALTER TABLE t RENAME a TO z',
    expected: ['renamed column public.t.a -> public.t.z: breaking'],
  },
  {
    title: 'event triggers: state, tags, drop',
    base: `CREATE FUNCTION ev() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
      CREATE EVENT TRIGGER one ON ddl_command_end EXECUTE FUNCTION ev(); CREATE EVENT TRIGGER two ON sql_drop EXECUTE FUNCTION ev()`,
    migration: `ALTER EVENT TRIGGER one DISABLE; DROP EVENT TRIGGER two;
      CREATE EVENT TRIGGER three ON ddl_command_end WHEN TAG IN ('CREATE TABLE', 'ALTER TABLE') EXECUTE FUNCTION ev()`,
    expected: [
      'altered event-trigger one: *',
      'added event-trigger three: *',
      'removed event-trigger two: *',
    ],
  },
  {
    title: 'an event trigger is renamed',
    base: `CREATE FUNCTION ev() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
      CREATE EVENT TRIGGER one ON sql_drop EXECUTE FUNCTION ev()`,
    migration: 'ALTER EVENT TRIGGER one RENAME TO two',
    expected: ['renamed event-trigger one -> two: *'],
  },
  {
    title: 'a publication: tables, actions',
    base: `${table}; CREATE TABLE u (a int); CREATE PUBLICATION p FOR TABLE t; CREATE PUBLICATION q FOR TABLE t`,
    migration: "ALTER PUBLICATION p ADD TABLE u; ALTER PUBLICATION q SET (publish = 'insert')",
    expected: ['altered publication p: *', 'altered publication q: *'],
  },
  {
    title: 'a publication: rows, columns, schemas',
    since: 15,
    base: `${table}; CREATE PUBLICATION p FOR TABLE t; CREATE PUBLICATION q FOR TABLE t; CREATE PUBLICATION r FOR TABLE t`,
    migration: `ALTER PUBLICATION p SET TABLE t WHERE (a > 0); ALTER PUBLICATION q SET TABLE t (a);
      ALTER PUBLICATION r SET TABLES IN SCHEMA public`,
    expected: ['altered publication p: *', 'altered publication q: *', 'altered publication r: *'],
  },
  {
    title: 'a publication of a renamed table and column',
    since: 15,
    base: `${table}; CREATE PUBLICATION p FOR TABLE t (a) WHERE (a > 0)`,
    migration: 'ALTER TABLE t RENAME TO u; ALTER TABLE u RENAME a TO z',
    expected: [
      'renamed table public.t -> public.u: breaking',
      'renamed column public.t.a -> public.u.z: breaking',
    ],
  },
  {
    title: 'a publication of everything, and no more',
    base: 'CREATE PUBLICATION p FOR ALL TABLES',
    migration:
      'DROP PUBLICATION p; CREATE PUBLICATION q FOR ALL TABLES WITH (publish_via_partition_root = true)',
    expected: ['removed publication p: *', 'added publication q: *'],
  },
  {
    title: 'a statistics object: added, its target, dropped',
    base: `${table}; CREATE STATISTICS one ON a, b FROM t; CREATE STATISTICS two ON a, b FROM t`,
    migration:
      'ALTER STATISTICS one SET STATISTICS 50; DROP STATISTICS two; CREATE STATISTICS three (ndistinct) ON a, b FROM t',
    expected: [
      'removed statistics public.two: none',
      'altered statistics public.one: none',
      'added statistics public.three: none',
    ],
  },
  {
    title: 'statistics of expressions of a renamed column',
    since: 14,
    base: `${table}; CREATE STATISTICS one ON (a + 1), b FROM t`,
    migration: 'ALTER TABLE t RENAME a TO z',
    expected: ['renamed column public.t.a -> public.t.z: breaking'],
  },
  {
    title: 'foreign data: wrapper, server, mapping, table',
    base: '',
    migration: `CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (host 'x');
      CREATE USER MAPPING FOR PUBLIC SERVER s OPTIONS (password 'secret'); CREATE FOREIGN TABLE ft (a int) SERVER s OPTIONS (table_name 't')`,
    expected: [
      'added foreign-table public.ft: none',
      'added foreign-server s: none',
      'added foreign-data-wrapper w: none',
    ],
  },
  {
    title: 'foreign data: options, columns',
    base: `CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (host 'x');
      CREATE USER MAPPING FOR PUBLIC SERVER s OPTIONS (password 'secret'); CREATE FOREIGN TABLE ft (a int, b int) SERVER s`,
    migration: `ALTER SERVER s OPTIONS (SET host 'y'); ALTER USER MAPPING FOR PUBLIC SERVER s OPTIONS (SET password 'other');
      ALTER FOREIGN TABLE ft OPTIONS (ADD table_name 'x'); ALTER FOREIGN TABLE ft ALTER a OPTIONS (ADD column_name 'y');
      ALTER FOREIGN TABLE ft DROP b; ALTER FOREIGN DATA WRAPPER w OPTIONS (ADD debug 'true')`,
    expected: [
      'altered foreign-table public.ft: *',
      'removed column public.ft.b: *',
      'altered column public.ft.a: *',
      'altered foreign-server s: *',
      'altered user-mapping s.public: *',
      'altered foreign-data-wrapper w: *',
    ],
  },
  {
    title: 'foreign data: renames',
    base: `CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w; CREATE USER MAPPING FOR PUBLIC SERVER s; CREATE FOREIGN TABLE ft (a int) SERVER s`,
    migration:
      'ALTER SERVER s RENAME TO z; ALTER FOREIGN TABLE ft RENAME TO fz; ALTER FOREIGN DATA WRAPPER w RENAME TO x',
    expected: [
      'renamed foreign-table public.ft -> public.fz: *',
      'renamed foreign-data-wrapper w -> x: *',
      'renamed foreign-server s -> z: *',
    ],
  },
  {
    title: 'a foreign partition',
    base: `CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w; CREATE TABLE m (a int) PARTITION BY LIST (a);
      CREATE FOREIGN TABLE ft (a int) SERVER s`,
    migration: 'ALTER TABLE m ATTACH PARTITION ft FOR VALUES IN (1)',
    expected: ['altered foreign-table public.ft: *'],
  },
  {
    title: 'the state of a foreign key’s triggers, on each of its tables',
    base: 'CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE c (p int REFERENCES p); ALTER TABLE c DISABLE TRIGGER ALL',
    migration: 'ALTER TABLE c ENABLE TRIGGER ALL; ALTER TABLE p DISABLE TRIGGER ALL',
    expected: ['altered constraint public.c.c_p_fkey: none'],
  },
  {
    title: 'a materialized view: storage, statistics and CLUSTER ON',
    base: `${table}; CREATE MATERIALIZED VIEW m AS SELECT a, b FROM t; CREATE INDEX i ON m (a)`,
    migration:
      'ALTER MATERIALIZED VIEW m ALTER b SET STORAGE external, ALTER a SET STATISTICS 9, CLUSTER ON i',
    expected: ['altered materialized-view public.m: *'],
  },
];

/**
 * What statements do to relations that exist, on a real server: the truth that rules and documentation build on. One
 * row a statement; of several in one row the last is meant, with what is held since the ones before. A row holds on
 * every major between `since` and `until`, and the test runs it on each.
 */
export interface StatementCase {
  readonly sql: string;
  /** `t:AccessExclusiveLock`, sorted: the strongest on each relation of the fixture, indexes left out. */
  readonly locks: readonly string[];
  readonly rewrites?: readonly string[];
  readonly scans?: readonly string[];
  readonly source?: 'documented' | 'unknown';
  /** Commits by itself: its effect cannot be rolled back. */
  readonly alone?: boolean;
  /** Lowest major that has the syntax. */
  readonly since?: number;
  /** Highest major that does it this way. */
  readonly until?: number;
}

export interface StatementGroup {
  readonly title: string;
  readonly rows: readonly StatementCase[];
}

/** Every statement starts from this. */
export const fixture = `
CREATE TABLE r (id int PRIMARY KEY, name text);
CREATE TABLE t (
  id int PRIMARY KEY, a int, b text, v varchar(10), n numeric(10,2), ts timestamp, nn int NOT NULL,
  ck int CONSTRAINT ck_valid CHECK (ck IS NOT NULL)
);
ALTER TABLE t ADD CONSTRAINT ck_nv CHECK (a > 0) NOT VALID;
ALTER TABLE t ADD CONSTRAINT fk_nv FOREIGN KEY (a) REFERENCES r (id) NOT VALID;
CREATE INDEX ix_a ON t (a);
CREATE UNIQUE INDEX ux_nn ON t (nn);
CREATE TABLE u (id int, b text);
CREATE TABLE pt (id int) PARTITION BY RANGE (id);
CREATE TABLE pt1 PARTITION OF pt FOR VALUES FROM (0) TO (10);
CREATE TABLE ptd PARTITION OF pt DEFAULT;
CREATE TABLE pc (id int);
CREATE TABLE pcc (id int NOT NULL CONSTRAINT in_range CHECK (id >= 300 AND id < 400));
CREATE MATERIALIZED VIEW mv AS SELECT id, name FROM r;
CREATE UNIQUE INDEX mv_id ON mv (id);
CREATE DOMAIN d AS int;
CREATE TABLE dt (x d);
CREATE FUNCTION trg() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
CREATE TRIGGER tg BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION trg();
CREATE TABLE ul (id int);
ALTER TABLE ul SET UNLOGGED;
CREATE TABLE g (id int, twice int GENERATED ALWAYS AS (id * 2) STORED, i int GENERATED ALWAYS AS IDENTITY);
CREATE TABLE par (id int);
CREATE TABLE kid () INHERITS (par);
CREATE TABLE pq (id int) PARTITION BY RANGE (id);
CREATE TABLE pq1 PARTITION OF pq FOR VALUES FROM (0) TO (10);
CREATE TABLE px (id int) PARTITION BY RANGE (id);
CREATE TABLE px1 PARTITION OF px FOR VALUES FROM (0) TO (10);
CREATE INDEX px_all ON px (id);
CREATE INDEX px_i ON ONLY px (id);
CREATE INDEX px1_i ON px1 (id);
CREATE VIEW vw AS SELECT id, name FROM r;
CREATE SEQUENCE sq;
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE TABLE moods (m mood);
CREATE TYPE pair AS (a int, b int);
CREATE TABLE pairs OF pair;
CREATE DOMAIN positive AS int CONSTRAINT positive_ck CHECK (value > 0);
ALTER DOMAIN positive ADD CONSTRAINT positive_nv CHECK (value > 1) NOT VALID;
CREATE TABLE dp (x positive);
CREATE POLICY po ON t USING (true);
CREATE STATISTICS st ON a, nn FROM t;
CREATE SCHEMA s;
CREATE TABLE s.st (id int PRIMARY KEY, name text);
CREATE INDEX st_name ON s.st (name);
CREATE PROCEDURE commits() LANGUAGE plpgsql AS 'BEGIN COMMIT; ALTER TABLE u ALTER COLUMN id TYPE bigint; END';
`;

const ax = 'AccessExclusiveLock';
const srx = 'ShareRowExclusiveLock';
const s = 'ShareLock';
const sux = 'ShareUpdateExclusiveLock';
const rx = 'RowExclusiveLock';
const as = 'AccessShareLock';
const x = 'ExclusiveLock';
const rs = 'RowShareLock';

const onlyT = [`t:${ax}`];
const rewrite = { locks: onlyT, rewrites: ['t'], scans: ['t'] };
const scan = { locks: onlyT, scans: ['t'] };

export const statementGroups: readonly StatementGroup[] = [
  {
    title: 'Columns',
    rows: [
      { sql: 'ALTER TABLE t ADD COLUMN c text', locks: onlyT },
      { sql: 'ALTER TABLE t ADD COLUMN c int NOT NULL DEFAULT 5', locks: onlyT },
      { sql: 'ALTER TABLE t ADD COLUMN c timestamptz DEFAULT now()', locks: onlyT },
      { sql: 'ALTER TABLE t ADD COLUMN c uuid DEFAULT gen_random_uuid()', ...rewrite },
      { sql: 'ALTER TABLE t ADD COLUMN c timestamptz DEFAULT clock_timestamp()', ...rewrite },
      { sql: 'ALTER TABLE t ADD COLUMN c serial', ...rewrite },
      { sql: 'ALTER TABLE t ADD COLUMN c int GENERATED ALWAYS AS IDENTITY', ...rewrite },
      { sql: 'ALTER TABLE t ADD COLUMN c int GENERATED ALWAYS AS (a * 2) STORED', ...rewrite },
      { sql: 'ALTER TABLE t ADD COLUMN c int GENERATED ALWAYS AS (a * 2) VIRTUAL', locks: onlyT, since: 18 },
      { sql: 'ALTER TABLE t ADD COLUMN c int REFERENCES r (id)', locks: [`r:${srx}`, `t:${ax}`] },
      { sql: 'ALTER TABLE t ADD COLUMN c int UNIQUE', ...scan },
      { sql: 'ALTER TABLE t ADD COLUMN c int CHECK (c > 0)', ...scan },
      { sql: 'ALTER TABLE t ADD COLUMN c d', locks: onlyT },
      { sql: 'ALTER TABLE t DROP COLUMN b', locks: onlyT },
      { sql: 'ALTER TABLE t ALTER COLUMN nn DROP NOT NULL', locks: onlyT },
      { sql: 'ALTER TABLE t ALTER COLUMN b SET NOT NULL', ...scan },
      { sql: 'ALTER TABLE t ALTER COLUMN ck SET NOT NULL', locks: onlyT },
      { sql: 'ALTER TABLE t ALTER COLUMN a SET DEFAULT 3', locks: onlyT },
      { sql: 'ALTER TABLE t ALTER COLUMN v TYPE varchar(20)', locks: onlyT },
      { sql: 'ALTER TABLE t ALTER COLUMN v TYPE text', locks: onlyT },
      { sql: 'ALTER TABLE t ALTER COLUMN v TYPE varchar(5)', ...rewrite },
      { sql: 'ALTER TABLE t ALTER COLUMN n TYPE numeric', locks: onlyT },
      { sql: 'ALTER TABLE t ALTER COLUMN n TYPE numeric(12,2)', locks: onlyT },
      { sql: 'ALTER TABLE t ALTER COLUMN n TYPE numeric(10,4)', ...rewrite },
      { sql: 'ALTER TABLE t ALTER COLUMN nn TYPE bigint', ...rewrite },
      { sql: "SET timezone = 'UTC'; ALTER TABLE t ALTER COLUMN ts TYPE timestamptz", locks: onlyT },
      { sql: "SET timezone = 'Europe/Paris'; ALTER TABLE t ALTER COLUMN ts TYPE timestamptz", ...rewrite },
      { sql: 'ALTER TABLE t RENAME COLUMN b TO bb', locks: onlyT },
      { sql: 'ALTER TABLE t ADD COLUMN IF NOT EXISTS a int', locks: onlyT },
      { sql: 'ALTER TABLE t ADD COLUMN c json', locks: onlyT },
      { sql: 'ALTER TABLE t ADD COLUMN c int NOT NULL', ...scan },
      { sql: 'ALTER TABLE t ADD COLUMN c int DEFAULT 5 CHECK (c > 0)', ...scan },
      { sql: 'ALTER TABLE t ADD COLUMN c positive', ...rewrite },
      {
        sql: 'ALTER TABLE t ADD COLUMN c int DEFAULT 5 REFERENCES r (id)',
        locks: [`r:${srx}`, `t:${ax}`],
        scans: ['t'],
      },
      { sql: 'ALTER TABLE u ADD COLUMN c int PRIMARY KEY', locks: [`u:${ax}`], scans: ['u'] },
      { sql: 'ALTER TABLE t DROP COLUMN a', locks: [`r:${ax}`, `t:${ax}`] },
      { sql: 'ALTER TABLE t DROP COLUMN b, ADD COLUMN c int', locks: onlyT },
      { sql: 'ALTER TABLE t ALTER COLUMN b SET STORAGE EXTERNAL', locks: onlyT },
      { sql: 'ALTER TABLE t ALTER COLUMN b SET COMPRESSION pglz', locks: onlyT, since: 14 },
      { sql: 'ALTER TABLE t ALTER COLUMN a SET STATISTICS 200', locks: [`t:${sux}`] },
      { sql: 'ALTER TABLE t ALTER COLUMN a SET (n_distinct = 5)', locks: [`t:${sux}`] },
      { sql: 'ALTER TABLE t ALTER COLUMN a DROP DEFAULT', locks: onlyT },
      {
        sql: 'ALTER TABLE t ALTER COLUMN a TYPE bigint',
        locks: [`r:${ax}`, `t:${ax}`],
        rewrites: ['t'],
        scans: ['t'],
      },
      { sql: 'ALTER TABLE t ALTER COLUMN a TYPE int', locks: [`r:${ax}`, `t:${ax}`] },
      { sql: 'ALTER TABLE t ALTER COLUMN ts TYPE timestamp(3)', ...rewrite },
      { sql: 'ALTER TABLE t ALTER COLUMN v TYPE text COLLATE "C"', locks: onlyT },
      {
        sql: 'ALTER TABLE s.st ALTER COLUMN name TYPE text COLLATE "C"',
        locks: [`s.st:${ax}`],
        scans: ['s.st'],
      },
      { sql: 'ALTER TABLE t ALTER COLUMN b TYPE varchar(100)', ...rewrite },
      { sql: 'ALTER TABLE t ALTER COLUMN b TYPE json USING b::json', ...rewrite },
      { sql: 'ALTER TABLE t ALTER COLUMN nn ADD GENERATED BY DEFAULT AS IDENTITY', locks: onlyT },
      { sql: 'ALTER TABLE g ALTER COLUMN i DROP IDENTITY', locks: [`g:${ax}`, `g_i_seq:${ax}`] },
      { sql: 'ALTER TABLE g ALTER COLUMN twice DROP EXPRESSION', locks: [`g:${ax}`] },
      {
        sql: 'ALTER TABLE g ALTER COLUMN twice SET EXPRESSION AS (id * 3)',
        locks: [`g:${ax}`],
        rewrites: ['g'],
        scans: ['g'],
        since: 17,
      },
      { sql: 'ALTER TABLE par ADD COLUMN x int', locks: [`kid:${ax}`, `par:${ax}`] },
    ],
  },
  {
    title: 'Constraints',
    rows: [
      { sql: 'ALTER TABLE t ADD CONSTRAINT b_nn NOT NULL b NOT VALID', locks: onlyT, since: 18 },
      { sql: 'ALTER TABLE t ADD CONSTRAINT b_nn NOT NULL b', ...scan, since: 18 },
      { sql: 'ALTER TABLE t ADD CONSTRAINT c1 CHECK (a > 0)', ...scan },
      { sql: 'ALTER TABLE t ADD CONSTRAINT c1 CHECK (a > 0) NOT VALID', locks: onlyT },
      { sql: 'ALTER TABLE t VALIDATE CONSTRAINT ck_nv', locks: [`t:${sux}`], scans: ['t'] },
      {
        sql: 'ALTER TABLE t ADD CONSTRAINT f1 FOREIGN KEY (a) REFERENCES r (id)',
        locks: [`r:${srx}`, `t:${srx}`],
        scans: ['t'],
      },
      {
        sql: 'ALTER TABLE t ADD CONSTRAINT f1 FOREIGN KEY (a) REFERENCES r (id) NOT VALID',
        locks: [`r:${srx}`, `t:${srx}`],
      },
      { sql: 'ALTER TABLE t VALIDATE CONSTRAINT fk_nv', locks: [`r:${rs}`, `t:${sux}`], scans: ['t'] },
      { sql: 'ALTER TABLE t ADD CONSTRAINT u1 UNIQUE (a)', ...scan },
      { sql: 'ALTER TABLE t ADD CONSTRAINT u1 UNIQUE USING INDEX ux_nn', locks: onlyT },
      { sql: 'ALTER TABLE u ADD PRIMARY KEY (id)', locks: [`u:${ax}`], scans: ['u'] },
      { sql: 'ALTER TABLE t ADD CONSTRAINT x1 EXCLUDE USING btree (a WITH =)', ...scan },
      { sql: 'ALTER TABLE t DROP CONSTRAINT ck_valid', locks: onlyT },
      { sql: 'ALTER TABLE t DROP CONSTRAINT fk_nv', locks: [`r:${ax}`, `t:${ax}`] },
      {
        sql: 'ALTER TABLE t ADD CONSTRAINT c1 CHECK (a > 0) NOT VALID; ALTER TABLE t VALIDATE CONSTRAINT c1',
        ...scan,
      },
      {
        sql: 'ALTER TABLE t ADD CONSTRAINT b_nn NOT NULL b NOT VALID; ALTER TABLE t VALIDATE CONSTRAINT b_nn',
        ...scan,
        since: 18,
      },
      {
        sql: 'ALTER TABLE t ADD CONSTRAINT f1 FOREIGN KEY (a) REFERENCES r (id) NOT VALID; ALTER TABLE t VALIDATE CONSTRAINT f1',
        locks: [`r:${srx}`, `t:${srx}`],
        scans: ['t'],
      },
      {
        sql: 'ALTER TABLE t ADD CONSTRAINT f1 FOREIGN KEY (a) REFERENCES r (id) NOT ENFORCED',
        locks: [`r:${srx}`, `t:${srx}`],
        since: 18,
      },
      { sql: 'ALTER TABLE t ALTER CONSTRAINT fk_nv DEFERRABLE', locks: onlyT },
      { sql: 'ALTER TABLE t RENAME CONSTRAINT ck_nv TO ck2', locks: onlyT },
      {
        sql: 'CREATE UNIQUE INDEX ux ON u (id); ALTER TABLE u ADD PRIMARY KEY USING INDEX ux',
        locks: [`u:${ax}`],
        scans: ['u'],
      },
      { sql: 'ALTER TABLE t DROP CONSTRAINT t_pkey', locks: onlyT },
    ],
  },
  {
    title: 'Indexes',
    rows: [
      { sql: 'CREATE INDEX i1 ON t (b)', locks: [`t:${s}`], scans: ['t'] },
      { sql: 'CREATE UNIQUE INDEX i1 ON t (nn)', locks: [`t:${s}`], scans: ['t'] },
      {
        sql: 'CREATE INDEX CONCURRENTLY i1 ON t (b)',
        locks: [`t:${sux}`],
        scans: ['t'],
        source: 'documented',
        alone: true,
      },
      { sql: 'DROP INDEX ix_a', locks: onlyT },
      { sql: 'DROP INDEX CONCURRENTLY ix_a', locks: [`t:${sux}`], source: 'documented', alone: true },
      { sql: 'REINDEX INDEX ix_a', locks: [`t:${s}`], scans: ['t'] },
      {
        sql: 'REINDEX INDEX CONCURRENTLY ix_a',
        locks: [`t:${sux}`],
        scans: ['t'],
        source: 'documented',
        alone: true,
      },
      { sql: 'CLUSTER t USING ix_a', ...rewrite },
      { sql: 'CREATE INDEX IF NOT EXISTS ix_a ON t (a)', locks: [`t:${s}`] },
      { sql: 'CREATE INDEX i1 ON t (lower(b)) WHERE a > 0', locks: [`t:${s}`], scans: ['t'] },
      { sql: 'CREATE INDEX i1 ON mv (name)', locks: [`mv:${s}`], scans: ['mv'] },
      { sql: 'ALTER INDEX ix_a RENAME TO ix_b', locks: [] },
      { sql: 'ALTER INDEX ix_a SET (fillfactor = 80)', locks: [] },
      { sql: 'REINDEX TABLE t', locks: [`t:${s}`], scans: ['t'] },
      {
        sql: 'REINDEX TABLE CONCURRENTLY t',
        locks: [`t:${sux}`],
        scans: ['t'],
        source: 'documented',
        alone: true,
      },
      { sql: 'REINDEX SCHEMA s', locks: [`s.st:${s}`], scans: ['s.st'], source: 'documented', alone: true },
      {
        sql: 'REINDEX SCHEMA CONCURRENTLY s',
        locks: [`s.st:${sux}`],
        scans: ['s.st'],
        source: 'documented',
        alone: true,
      },
      {
        sql: 'CREATE UNIQUE INDEX CONCURRENTLY i1 ON t (a)',
        locks: [`t:${sux}`],
        scans: ['t'],
        source: 'documented',
        alone: true,
      },
      {
        sql: 'CREATE INDEX CONCURRENTLY IF NOT EXISTS ix_a ON t (a)',
        locks: [`t:${sux}`],
        source: 'documented',
        alone: true,
      },
    ],
  },
  {
    title: 'Tables',
    rows: [
      { sql: 'ALTER TABLE t RENAME TO t2', locks: onlyT },
      { sql: 'ALTER TABLE t SET UNLOGGED', ...rewrite },
      { sql: 'ALTER TABLE t SET (fillfactor = 80)', locks: [`t:${sux}`] },
      { sql: 'CREATE TABLE x (id int REFERENCES r (id))', locks: [`r:${srx}`] },
      { sql: 'CREATE TABLE x (id int)', locks: [] },
      { sql: 'DROP TABLE u', locks: [`u:${ax}`] },
      { sql: 'ALTER TABLE t SET SCHEMA s', locks: onlyT },
      { sql: 'ALTER TABLE ul SET LOGGED', locks: [`ul:${ax}`], rewrites: ['ul'], scans: ['ul'] },
      { sql: 'ALTER TABLE t CLUSTER ON ix_a', locks: [`t:${sux}`] },
      { sql: 'ALTER TABLE t SET WITHOUT CLUSTER', locks: [`t:${sux}`] },
      { sql: 'ALTER TABLE t REPLICA IDENTITY FULL', locks: onlyT },
      { sql: 'ALTER TABLE t OWNER TO CURRENT_USER', locks: onlyT },
      { sql: 'ALTER TABLE t SET TABLESPACE pg_default', locks: onlyT },
      { sql: 'ALTER TABLE t SET ACCESS METHOD heap', locks: onlyT, since: 15 },
      { sql: 'ALTER TABLE t SET (autovacuum_enabled = off)', locks: [`t:${sux}`] },
      { sql: 'ALTER TABLE t RESET (fillfactor)', locks: [`t:${sux}`] },
      { sql: 'ALTER TABLE kid NO INHERIT par', locks: [`kid:${ax}`, `par:${as}`] },
      { sql: 'ALTER TABLE u INHERIT par', locks: [`par:${sux}`, `u:${ax}`] },
      { sql: 'DROP TABLE pt1', locks: [`pt1:${ax}`, `pt:${ax}`, `ptd:${ax}`] },
      { sql: 'DROP TABLE r CASCADE', locks: [`mv:${ax}`, `r:${ax}`, `t:${ax}`, `vw:${ax}`] },
      { sql: 'DROP TABLE t', locks: [`r:${ax}`, `t:${ax}`] },
      { sql: 'CREATE TABLE x (LIKE t INCLUDING ALL)', locks: [`t:${as}`] },
      { sql: 'CREATE TABLE x () INHERITS (par)', locks: [`par:${sux}`] },
      { sql: 'ALTER SCHEMA s RENAME TO s2', locks: [] },
      { sql: 'DROP SCHEMA s CASCADE', locks: [`s.st:${ax}`] },
    ],
  },
  {
    title: 'Partitions',
    rows: [
      {
        sql: 'ALTER TABLE pt ATTACH PARTITION pc FOR VALUES FROM (100) TO (200)',
        locks: [`pc:${ax}`, `pt:${sux}`, `ptd:${ax}`],
        scans: ['pc', 'ptd'],
      },
      {
        sql: 'ALTER TABLE pt ATTACH PARTITION pcc FOR VALUES FROM (300) TO (400)',
        locks: [`pcc:${ax}`, `pt:${sux}`, `ptd:${ax}`],
        scans: ['ptd'],
      },
      {
        sql: 'ALTER TABLE pt DETACH PARTITION pt1',
        locks: [`pt1:${sux}`, `pt:${ax}`, `ptd:${ax}`],
        until: 13,
      },
      {
        sql: 'ALTER TABLE pt DETACH PARTITION pt1',
        locks: [`pt1:${ax}`, `pt:${ax}`, `ptd:${ax}`],
        since: 14,
      },
      {
        sql: 'CREATE TABLE pt2 PARTITION OF pt FOR VALUES FROM (600) TO (700)',
        locks: [`pt:${ax}`, `ptd:${ax}`],
        scans: ['ptd'],
      },
      {
        sql: 'CREATE INDEX pi ON pt (id)',
        locks: [`pt1:${s}`, `pt:${s}`, `ptd:${s}`],
        scans: ['pt1', 'ptd'],
      },
      { sql: 'CREATE INDEX pi ON ONLY pt (id)', locks: [`pt:${s}`] },
      {
        sql: 'ALTER TABLE pq ADD FOREIGN KEY (id) REFERENCES r (id)',
        locks: [`pq1:${srx}`, `pq:${srx}`, `r:${srx}`],
        scans: ['pq1'],
      },
      {
        sql: 'ALTER TABLE pq ADD FOREIGN KEY (id) REFERENCES r (id) NOT VALID',
        locks: [`pq1:${srx}`, `pq:${srx}`, `r:${srx}`],
        since: 18,
      },
      { sql: 'ALTER TABLE pt ADD COLUMN x int', locks: [`pt1:${ax}`, `pt:${ax}`, `ptd:${ax}`] },
      {
        sql: 'ALTER TABLE pt ADD CHECK (id > 0)',
        locks: [`pt1:${ax}`, `pt:${ax}`, `ptd:${ax}`],
        scans: ['pt1', 'ptd'],
      },
      {
        sql: 'ALTER TABLE pt ALTER COLUMN id SET NOT NULL',
        locks: [`pt1:${ax}`, `pt:${ax}`, `ptd:${ax}`],
        scans: ['pt1', 'ptd'],
      },
      {
        sql: 'ALTER TABLE pq ATTACH PARTITION pcc FOR VALUES FROM (300) TO (400)',
        locks: [`pcc:${ax}`, `pq:${sux}`],
      },
      {
        sql: 'ALTER TABLE pq ATTACH PARTITION pc FOR VALUES FROM (100) TO (200)',
        locks: [`pc:${ax}`, `pq:${sux}`],
        scans: ['pc'],
      },
      { sql: 'CREATE TABLE pq2 PARTITION OF pq FOR VALUES FROM (600) TO (700)', locks: [`pq:${ax}`] },
      {
        sql: 'CREATE TABLE pq2 (LIKE pq); ALTER TABLE pq ATTACH PARTITION pq2 FOR VALUES FROM (600) TO (700)',
        locks: [`pq:${sux}`],
      },
      {
        sql: 'ALTER TABLE pq DETACH PARTITION pq1 CONCURRENTLY',
        since: 14,
        locks: [`pq1:${ax}`, `pq:${sux}`],
        source: 'documented',
        alone: true,
      },
      { sql: 'ALTER INDEX px_i ATTACH PARTITION px1_i', locks: [`px1:${as}`, `px:${as}`] },
      {
        sql: 'ALTER TABLE px ATTACH PARTITION pcc FOR VALUES FROM (300) TO (400)',
        locks: [`pcc:${ax}`, `px:${sux}`],
        scans: ['pcc'],
      },
      { sql: 'TRUNCATE pt', locks: [`pt1:${ax}`, `pt:${ax}`, `ptd:${ax}`] },
      { sql: 'DROP TABLE pt', locks: [`pt1:${ax}`, `pt:${ax}`, `ptd:${ax}`] },
      // It only warns that this is not implemented yet.
      { sql: 'REINDEX TABLE px', locks: [`px:${s}`], until: 13 },
      {
        sql: 'REINDEX TABLE px',
        since: 14,
        locks: [`px1:${s}`, `px:${s}`],
        scans: ['px1'],
        source: 'documented',
        alone: true,
      },
      {
        sql: 'REINDEX TABLE CONCURRENTLY px',
        since: 14,
        locks: [`px1:${sux}`, `px:${sux}`],
        scans: ['px1'],
        source: 'documented',
        alone: true,
      },
      {
        sql: 'CLUSTER px USING px_all',
        since: 15,
        locks: [`px1:${ax}`, `px:${ax}`],
        rewrites: ['px1'],
        scans: ['px1'],
        source: 'documented',
        alone: true,
      },
    ],
  },
  {
    title: 'Views',
    rows: [
      {
        sql: 'REFRESH MATERIALIZED VIEW mv',
        locks: [`mv:${ax}`, `r:${as}`],
        rewrites: ['mv'],
        scans: ['mv', 'r'],
      },
      { sql: 'CREATE VIEW v2 AS SELECT * FROM t', locks: [`t:${as}`] },
      { sql: 'CREATE OR REPLACE VIEW vw AS SELECT id, name FROM r', locks: [`r:${as}`, `vw:${ax}`] },
      { sql: 'ALTER VIEW vw RENAME TO vw2', locks: [`vw:${ax}`] },
      { sql: 'DROP VIEW vw', locks: [`vw:${ax}`] },
      { sql: 'CREATE RULE rr AS ON INSERT TO u DO NOTHING', locks: [`u:${ax}`] },
      { sql: 'REFRESH MATERIALIZED VIEW CONCURRENTLY mv', locks: [`mv:${x}`, `r:${as}`], scans: ['mv', 'r'] },
      { sql: 'DROP MATERIALIZED VIEW mv', locks: [`mv:${ax}`] },
      { sql: 'CREATE MATERIALIZED VIEW m2 AS SELECT * FROM t', locks: [`t:${as}`], scans: ['t'] },
      { sql: 'CREATE MATERIALIZED VIEW m2 AS SELECT * FROM t WITH NO DATA', locks: [`t:${as}`] },
      { sql: 'ALTER MATERIALIZED VIEW mv RENAME TO mv2', locks: [`mv:${ax}`] },
    ],
  },
  {
    title: 'Triggers, row security, privileges, functions',
    rows: [
      { sql: 'ALTER TABLE t ENABLE ROW LEVEL SECURITY', locks: onlyT },
      { sql: 'ALTER TABLE t DISABLE TRIGGER tg', locks: [`t:${srx}`] },
      {
        sql: 'CREATE TRIGGER tg2 BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION trg()',
        locks: [`t:${srx}`],
      },
      { sql: 'DROP TRIGGER tg ON t', locks: onlyT },
      { sql: 'CREATE POLICY pp ON t USING (true)', locks: onlyT },
      { sql: 'GRANT SELECT ON t TO public', locks: [], until: 17 },
      { sql: 'GRANT SELECT ON t TO public', locks: [`t:${as}`], since: 18 },
      { sql: 'ALTER TABLE t ENABLE TRIGGER tg', locks: [`t:${srx}`] },
      { sql: 'ALTER TABLE t DISABLE TRIGGER USER', locks: [`t:${srx}`] },
      { sql: 'ALTER TABLE t FORCE ROW LEVEL SECURITY', locks: onlyT },
      { sql: 'REVOKE ALL ON t FROM public', locks: [], until: 17 },
      { sql: 'REVOKE ALL ON t FROM public', locks: [`t:${as}`], since: 18 },
      { sql: 'GRANT SELECT ON ALL TABLES IN SCHEMA s TO public', locks: [] },
      { sql: 'ALTER POLICY po ON t USING (false)', locks: onlyT },
      { sql: 'DROP POLICY po ON t', locks: onlyT },
      {
        sql: "CREATE OR REPLACE FUNCTION trg() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN old; END'",
        locks: [],
      },
      { sql: 'ALTER TRIGGER tg ON t RENAME TO tg2', locks: onlyT },
      {
        sql: 'CREATE CONSTRAINT TRIGGER ct AFTER INSERT ON t FROM r FOR EACH ROW EXECUTE FUNCTION trg()',
        locks: [`r:${as}`, `t:${srx}`],
      },
      {
        sql: 'CREATE OR REPLACE TRIGGER tg BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION trg()',
        since: 14,
        locks: [`t:${srx}`],
      },
      { sql: 'DROP FUNCTION trg() CASCADE', locks: onlyT },
    ],
  },
  {
    title: 'Types, domains and sequences',
    rows: [
      { sql: 'ALTER DOMAIN d ADD CONSTRAINT dc CHECK (value > 0)', locks: [`dt:${s}`], scans: ['dt'] },
      { sql: 'ALTER DOMAIN d ADD CONSTRAINT dc CHECK (value > 0) NOT VALID', locks: [] },
      { sql: "SELECT setval('sq', 10)", locks: [`sq:${rx}`] },
      { sql: 'ALTER SEQUENCE sq RESTART', locks: [`sq:${srx}`] },
      { sql: 'ALTER SEQUENCE sq OWNED BY t.a', locks: [`sq:${srx}`, `t:${as}`] },
      { sql: 'ALTER SEQUENCE sq AS bigint', locks: [`sq:${srx}`] },
      { sql: 'DROP SEQUENCE sq', locks: [`sq:${ax}`] },
      { sql: "ALTER TYPE mood ADD VALUE 'good'", locks: [] },
      { sql: "ALTER TYPE mood RENAME VALUE 'sad' TO 'bad'", locks: [] },
      { sql: 'DROP TYPE mood CASCADE', locks: [`moods:${ax}`] },
      { sql: 'ALTER TYPE pair ADD ATTRIBUTE c int CASCADE', locks: [`pairs:${ax}`] },
      {
        sql: 'ALTER TYPE pair ALTER ATTRIBUTE a TYPE bigint CASCADE',
        locks: [`pairs:${ax}`],
        rewrites: ['pairs'],
        scans: ['pairs'],
      },
      { sql: 'ALTER DOMAIN positive SET NOT NULL', locks: [`dp:${s}`], scans: ['dp'] },
      { sql: 'ALTER DOMAIN positive VALIDATE CONSTRAINT positive_nv', locks: [`dp:${s}`], scans: ['dp'] },
      { sql: 'ALTER DOMAIN positive DROP CONSTRAINT positive_ck', locks: [] },
      { sql: 'ALTER DOMAIN d SET DEFAULT 3', locks: [] },
    ],
  },
  {
    title: 'Data',
    rows: [
      { sql: 'TRUNCATE u', locks: [`u:${ax}`] },
      { sql: 'TRUNCATE r CASCADE', locks: [`r:${ax}`, `t:${ax}`] },
      { sql: 'LOCK TABLE t', locks: onlyT },
      { sql: 'UPDATE t SET b = b', locks: [`t:${rx}`], scans: ['t'] },
      { sql: 'CREATE TABLE x AS SELECT * FROM t', locks: [`t:${as}`], scans: ['t'] },
      { sql: 'SELECT * INTO x FROM t', locks: [`t:${as}`], scans: ['t'] },
      { sql: "INSERT INTO u VALUES (1, 'x')", locks: [`u:${rx}`] },
      { sql: 'INSERT INTO u SELECT id, b FROM t', locks: [`t:${as}`, `u:${rx}`], scans: ['t'] },
      { sql: 'INSERT INTO t (id, a, nn, ck) VALUES (1, NULL, 1, 1)', locks: [`t:${rx}`] },
      { sql: 'DELETE FROM u', locks: [`u:${rx}`], scans: ['u'] },
      { sql: 'DELETE FROM r WHERE id = 1', locks: [`r:${rx}`] },
      {
        sql: 'MERGE INTO u USING r ON u.id = r.id WHEN MATCHED THEN DELETE',
        since: 15,
        locks: [`r:${as}`, `u:${rx}`],
        scans: ['u'],
      },
      { sql: 'SELECT * FROM t', locks: [`t:${as}`], scans: ['t'] },
      { sql: 'SELECT * FROM t FOR UPDATE', locks: [`t:${rs}`], scans: ['t'] },
      { sql: 'COPY t TO STDOUT', locks: [`t:${as}`], scans: ['t'] },
      { sql: 'LOCK TABLE t IN SHARE MODE', locks: [`t:${s}`] },
    ],
  },
  {
    title: 'Maintenance and the rest',
    rows: [
      {
        sql: 'VACUUM FULL u',
        locks: [`u:${ax}`],
        rewrites: ['u'],
        scans: ['u'],
        source: 'documented',
        alone: true,
      },
      { sql: 'VACUUM t', locks: [`t:${sux}`], source: 'documented', alone: true },
      { sql: 'VACUUM (ANALYZE) t', locks: [`t:${sux}`], source: 'documented', alone: true },
      {
        sql: 'VACUUM (FULL) r',
        locks: [`r:${ax}`],
        rewrites: ['r'],
        scans: ['r'],
        source: 'documented',
        alone: true,
      },
      { sql: "COMMENT ON TABLE t IS 'x'", locks: [`t:${sux}`] },
      { sql: "COMMENT ON COLUMN t.a IS 'x'", locks: [`t:${sux}`] },
      { sql: "COMMENT ON INDEX ix_a IS 'x'", locks: [] },
      { sql: "COMMENT ON CONSTRAINT ck_valid ON t IS 'x'", locks: [`t:${as}`] },
      { sql: 'ANALYZE t', locks: [`t:${sux}`] },
      { sql: 'CREATE STATISTICS st2 ON a, b FROM t', locks: [`t:${sux}`] },
      { sql: 'DROP STATISTICS st', locks: [`t:${sux}`] },
      { sql: 'CREATE PUBLICATION pub FOR TABLE t', locks: [`t:${sux}`] },
      { sql: 'CREATE EXTENSION citext', locks: [] },
    ],
  },
  {
    title: 'Code',
    rows: [
      { sql: 'DO $$ BEGIN CREATE INDEX i1 ON t (b); END $$', locks: [`t:${s}`], scans: ['t'] },
      { sql: 'DO $$ BEGIN ALTER TABLE t ALTER COLUMN nn TYPE bigint; END $$', ...rewrite },
      { sql: 'CALL commits()', locks: [], rewrites: ['u'], scans: ['u'], source: 'unknown', alone: true },
      { sql: 'DO $$ BEGIN TRUNCATE t; END $$', locks: onlyT },
      {
        sql: "DO $$ BEGIN UPDATE t SET b = 'x'; ALTER TABLE u ADD COLUMN c int; END $$",
        locks: [`t:${rx}`, `u:${ax}`],
        scans: ['t'],
      },
      { sql: "DO $$ BEGIN EXECUTE 'ALTER TABLE t ALTER COLUMN b SET NOT NULL'; END $$", ...scan },
    ],
  },
];

export const statements: readonly StatementCase[] = statementGroups.flatMap(({ rows }) => rows);

/**
 * What single statements do to tables that exist, on a real server: the truth that rules and documentation build on. One row a statement.
 * Locks are the strongest of each relation; indexes and sequences are listed where the statement is about them.
 */
export interface StatementCase {
  readonly sql: string;
  /** `t:AccessExclusiveLock`, sorted, of tables, views and materialized views of the fixture. */
  readonly locks: readonly string[];
  readonly rewrites?: readonly string[];
  readonly scans?: readonly string[];
  readonly source?: 'documented' | 'unknown';
  /** Lowest major that has the syntax. */
  readonly since?: number;
  /** Highest major that does it this way. */
  readonly until?: number;
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
CREATE PROCEDURE commits() LANGUAGE plpgsql AS 'BEGIN COMMIT; ALTER TABLE u ALTER COLUMN id TYPE bigint; END';
`;

const ax = 'AccessExclusiveLock';
const srx = 'ShareRowExclusiveLock';
const s = 'ShareLock';
const sux = 'ShareUpdateExclusiveLock';
const rx = 'RowExclusiveLock';
const as = 'AccessShareLock';

const onlyT = [`t:${ax}`];
const rewrite = { locks: onlyT, rewrites: ['t'], scans: ['t'] };
const scan = { locks: onlyT, scans: ['t'] };

export const statements: readonly StatementCase[] = [
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
  { sql: 'ALTER TABLE t ADD CONSTRAINT b_nn NOT NULL b NOT VALID', locks: onlyT, since: 18 },
  { sql: 'ALTER TABLE t ADD CONSTRAINT b_nn NOT NULL b', ...scan, since: 18 },
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
  { sql: 'ALTER TABLE t VALIDATE CONSTRAINT fk_nv', locks: [`r:RowShareLock`, `t:${sux}`], scans: ['t'] },
  { sql: 'ALTER TABLE t ADD CONSTRAINT u1 UNIQUE (a)', ...scan },
  { sql: 'ALTER TABLE t ADD CONSTRAINT u1 UNIQUE USING INDEX ux_nn', locks: onlyT },
  { sql: 'ALTER TABLE u ADD PRIMARY KEY (id)', locks: [`u:${ax}`], scans: ['u'] },
  { sql: 'ALTER TABLE t ADD CONSTRAINT x1 EXCLUDE USING btree (a WITH =)', ...scan },
  { sql: 'ALTER TABLE t DROP CONSTRAINT ck_valid', locks: onlyT },
  { sql: 'ALTER TABLE t DROP CONSTRAINT fk_nv', locks: [`r:${ax}`, `t:${ax}`] },
  { sql: 'ALTER TABLE t RENAME COLUMN b TO bb', locks: onlyT },
  { sql: 'ALTER TABLE t RENAME TO t2', locks: onlyT },
  { sql: 'ALTER TABLE t SET UNLOGGED', locks: [`t:${ax}`], rewrites: ['t'], scans: ['t'] },
  { sql: 'ALTER TABLE t SET (fillfactor = 80)', locks: [`t:${sux}`] },
  { sql: 'ALTER TABLE t ENABLE ROW LEVEL SECURITY', locks: onlyT },
  { sql: 'ALTER TABLE t DISABLE TRIGGER tg', locks: [`t:${srx}`] },
  { sql: 'CREATE TRIGGER tg2 BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION trg()', locks: [`t:${srx}`] },
  { sql: 'DROP TRIGGER tg ON t', locks: onlyT },
  { sql: 'CREATE POLICY pp ON t USING (true)', locks: onlyT },
  { sql: 'CREATE INDEX i1 ON t (b)', locks: [`t:${s}`], scans: ['t'] },
  { sql: 'CREATE UNIQUE INDEX i1 ON t (nn)', locks: [`t:${s}`], scans: ['t'] },
  { sql: 'CREATE INDEX CONCURRENTLY i1 ON t (b)', locks: [`t:${sux}`], scans: ['t'], source: 'documented' },
  { sql: 'DROP INDEX ix_a', locks: onlyT },
  { sql: 'DROP INDEX CONCURRENTLY ix_a', locks: [`t:${sux}`], source: 'documented' },
  { sql: 'REINDEX INDEX ix_a', locks: [`t:${s}`], scans: ['t'] },
  { sql: 'REINDEX INDEX CONCURRENTLY ix_a', locks: [`t:${sux}`], scans: ['t'], source: 'documented' },
  { sql: 'CLUSTER t USING ix_a', ...rewrite },
  { sql: 'TRUNCATE u', locks: [`u:${ax}`] },
  { sql: 'TRUNCATE r CASCADE', locks: [`r:${ax}`, `t:${ax}`] },
  { sql: 'VACUUM FULL u', locks: [`u:${ax}`], rewrites: ['u'], scans: ['u'], source: 'documented' },
  { sql: 'LOCK TABLE t', locks: onlyT },
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
  { sql: 'ALTER TABLE pt DETACH PARTITION pt1', locks: [`pt:${ax}`, `pt1:${ax}`, `ptd:${ax}`] },
  {
    sql: 'CREATE TABLE pt2 PARTITION OF pt FOR VALUES FROM (600) TO (700)',
    locks: [`pt:${ax}`, `ptd:${ax}`],
    scans: ['ptd'],
  },
  { sql: 'CREATE INDEX pi ON pt (id)', locks: [`pt:${s}`, `pt1:${s}`, `ptd:${s}`], scans: ['pt1', 'ptd'] },
  { sql: 'CREATE INDEX pi ON ONLY pt (id)', locks: [`pt:${s}`] },
  {
    sql: 'REFRESH MATERIALIZED VIEW mv',
    locks: [`mv:${ax}`, `r:${as}`],
    rewrites: ['mv'],
    scans: ['mv', 'r'],
  },
  { sql: 'CREATE TABLE x (id int REFERENCES r (id))', locks: [`r:${srx}`] },
  { sql: 'CREATE TABLE x (id int)', locks: [] },
  { sql: 'ALTER DOMAIN d ADD CONSTRAINT dc CHECK (value > 0)', locks: [`dt:${s}`], scans: ['dt'] },
  { sql: 'ALTER DOMAIN d ADD CONSTRAINT dc CHECK (value > 0) NOT VALID', locks: [] },
  { sql: 'UPDATE t SET b = b', locks: [`t:${rx}`], scans: ['t'] },
  { sql: 'DO $$ BEGIN CREATE INDEX i1 ON t (b); END $$', locks: [`t:${s}`], scans: ['t'] },
  { sql: 'DO $$ BEGIN ALTER TABLE t ALTER COLUMN nn TYPE bigint; END $$', ...rewrite },
  { sql: 'CALL commits()', locks: [], rewrites: ['u'], scans: ['u'], source: 'unknown' },
  { sql: 'DROP TABLE u', locks: [`u:${ax}`] },
  { sql: 'GRANT SELECT ON t TO public', locks: [], until: 17 },
  { sql: 'GRANT SELECT ON t TO public', locks: [`t:${as}`], since: 18 },
];

import type { CatalogCase } from '../catalog-case.ts';

const two = 'CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int, a_id int)';

export const constraintCases: readonly CatalogCase[] = [
  {
    title: 'a CHECK',
    base: 'CREATE TABLE t (a int)',
    migration: 'ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0)',
    expected: ['added constraint public.t.c: risky'],
  },
  {
    title: 'a CHECK that is not valid yet refuses new rows too',
    base: 'CREATE TABLE t (a int)',
    migration: 'ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID',
    expected: ['added constraint public.t.c: risky'],
  },
  {
    title: 'VALIDATE',
    base: 'CREATE TABLE t (a int); ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID',
    migration: 'ALTER TABLE t VALIDATE CONSTRAINT c',
    expected: ['altered constraint public.t.c: none'],
  },
  {
    title: 'made again without looking at old rows',
    base: 'CREATE TABLE t (a int CONSTRAINT c CHECK (a > 0))',
    migration: 'ALTER TABLE t DROP CONSTRAINT c, ADD CONSTRAINT c CHECK (a > 0) NOT VALID',
    expected: ['altered constraint public.t.c: behaviour'],
  },
  {
    title: 'made again just so',
    base: 'CREATE TABLE t (a int CONSTRAINT c CHECK (a > 0))',
    migration: 'ALTER TABLE t DROP CONSTRAINT c, ADD CONSTRAINT c CHECK (a > 0)',
    expected: [],
  },
  {
    title: 'made again with another condition',
    base: 'CREATE TABLE t (a int CONSTRAINT c CHECK (a > 0))',
    migration: 'ALTER TABLE t DROP CONSTRAINT c, ADD CONSTRAINT c CHECK (a > 10)',
    expected: ['altered constraint public.t.c: risky'],
  },
  {
    title: 'a second UNIQUE of the same columns refuses nothing new',
    base: 'CREATE TABLE t (a int, b int, UNIQUE (a, b))',
    migration: 'ALTER TABLE t ADD CONSTRAINT again UNIQUE (b, a)',
    expected: ['added constraint public.t.again: none'],
  },
  {
    title: 'a UNIQUE of fewer columns does',
    base: 'CREATE TABLE t (a int, b int, UNIQUE (a, b))',
    migration: 'ALTER TABLE t ADD CONSTRAINT again UNIQUE (a)',
    expected: ['added constraint public.t.again: risky'],
  },
  {
    title: 'a foreign key under another name, of a column that is renamed',
    base: `${two}; ALTER TABLE b ADD CONSTRAINT f FOREIGN KEY (a_id) REFERENCES a`,
    migration:
      'ALTER TABLE b DROP CONSTRAINT f; ALTER TABLE b RENAME a_id TO owner_id; ALTER TABLE b ADD CONSTRAINT g FOREIGN KEY (owner_id) REFERENCES a',
    expected: [
      'removed constraint public.b.f: behaviour',
      'renamed column public.b.a_id -> public.b.owner_id: breaking',
      'added constraint public.b.g: none',
    ],
  },
  {
    title: 'a foreign key to another table under another name',
    base: `${two}; CREATE TABLE c (id int PRIMARY KEY); ALTER TABLE b ADD CONSTRAINT f FOREIGN KEY (a_id) REFERENCES a`,
    migration: 'ALTER TABLE b DROP CONSTRAINT f, ADD CONSTRAINT g FOREIGN KEY (a_id) REFERENCES c',
    expected: ['removed constraint public.b.f: behaviour', 'added constraint public.b.g: risky'],
  },
  {
    title: 'a dropped CHECK',
    base: 'CREATE TABLE t (a int CONSTRAINT c CHECK (a > 0))',
    migration: 'ALTER TABLE t DROP CONSTRAINT c',
    expected: ['removed constraint public.t.c: behaviour'],
  },
  {
    title: 'a renamed constraint',
    base: 'CREATE TABLE t (a int CONSTRAINT c CHECK (a > 0))',
    migration: 'ALTER TABLE t RENAME CONSTRAINT c TO positive',
    expected: ['renamed constraint public.t.c -> public.t.positive: behaviour'],
  },
  {
    title: 'a CHECK about new columns only',
    base: 'CREATE TABLE t (a int)',
    migration: 'ALTER TABLE t ADD b int CONSTRAINT c CHECK (b > 0)',
    expected: ['added column public.t.b: none', 'added constraint public.t.c: none'],
  },
  {
    title: 'a foreign key',
    base: two,
    migration: 'ALTER TABLE b ADD CONSTRAINT fk FOREIGN KEY (a_id) REFERENCES a',
    expected: ['added constraint public.b.fk: risky'],
  },
  {
    title: 'a foreign key of a new column',
    base: two,
    migration: 'ALTER TABLE b ADD x int CONSTRAINT fk REFERENCES a',
    expected: ['added column public.b.x: none', 'added constraint public.b.fk: none'],
  },
  {
    title: 'a foreign key of a new table',
    base: two,
    migration: 'CREATE TABLE c (a_id int REFERENCES a)',
    expected: ['added table public.c: none'],
  },
  {
    title: 'another action',
    base: `${two}; ALTER TABLE b ADD CONSTRAINT fk FOREIGN KEY (a_id) REFERENCES a`,
    migration: `ALTER TABLE b DROP CONSTRAINT fk, ADD CONSTRAINT fk FOREIGN KEY (a_id) REFERENCES a ON DELETE CASCADE`,
    expected: ['altered constraint public.b.fk: risky'],
  },
  {
    title: 'deferrable',
    base: `${two}; ALTER TABLE b ADD CONSTRAINT fk FOREIGN KEY (a_id) REFERENCES a`,
    migration: 'ALTER TABLE b ALTER CONSTRAINT fk DEFERRABLE INITIALLY DEFERRED',
    expected: ['altered constraint public.b.fk: risky'],
  },
  {
    title: 'not enforced',
    since: 18,
    base: `${two}; ALTER TABLE b ADD CONSTRAINT fk FOREIGN KEY (a_id) REFERENCES a`,
    migration: 'ALTER TABLE b ALTER CONSTRAINT fk NOT ENFORCED',
    expected: ['altered constraint public.b.fk: behaviour'],
  },
  {
    title: 'a dropped foreign key',
    base: `${two}; ALTER TABLE b ADD CONSTRAINT fk FOREIGN KEY (a_id) REFERENCES a`,
    migration: 'ALTER TABLE b DROP CONSTRAINT fk',
    expected: ['removed constraint public.b.fk: behaviour'],
  },
  {
    title: 'a foreign key that went with the table it pointed at',
    base: `${two}; ALTER TABLE b ADD CONSTRAINT fk FOREIGN KEY (a_id) REFERENCES a`,
    migration: 'DROP TABLE a CASCADE',
    expected: ['removed table public.a: breaking, data loss', 'removed constraint public.b.fk: behaviour'],
  },
  {
    title: 'triggers of a foreign key are switched off',
    base: `${two}; ALTER TABLE b ADD CONSTRAINT fk FOREIGN KEY (a_id) REFERENCES a`,
    migration: 'ALTER TABLE b DISABLE TRIGGER ALL',
    expected: ['altered constraint public.b.fk: behaviour'],
  },
  {
    title: 'a primary key',
    base: 'CREATE TABLE t (a int NOT NULL)',
    migration: 'ALTER TABLE t ADD PRIMARY KEY (a)',
    expected: ['added constraint public.t.t_pkey: risky'],
  },
  {
    title: 'a primary key sets NOT NULL',
    base: 'CREATE TABLE t (a int)',
    migration: 'ALTER TABLE t ADD PRIMARY KEY (a)',
    expected: ['altered column public.t.a: risky', 'added constraint public.t.t_pkey: risky'],
  },
  {
    title: 'a dropped primary key',
    base: 'CREATE TABLE t (a int PRIMARY KEY)',
    migration: 'ALTER TABLE t DROP CONSTRAINT t_pkey, ALTER a SET NOT NULL',
    expected: ['removed constraint public.t.t_pkey: risky'],
  },
  {
    title: 'UNIQUE',
    base: 'CREATE TABLE t (a int)',
    migration: 'ALTER TABLE t ADD CONSTRAINT u UNIQUE (a)',
    expected: ['added constraint public.t.u: risky'],
  },
  {
    title: 'UNIQUE from an index that was there',
    base: 'CREATE TABLE t (a int); CREATE UNIQUE INDEX u ON t (a)',
    migration: 'ALTER TABLE t ADD CONSTRAINT u UNIQUE USING INDEX u',
    expected: ['removed index public.u: none', 'added constraint public.t.u: none'],
  },
  {
    title: 'UNIQUE NULLS NOT DISTINCT, INCLUDE',
    base: 'CREATE TABLE t (a int, b int, CONSTRAINT u UNIQUE (a))',
    migration: 'ALTER TABLE t DROP CONSTRAINT u, ADD CONSTRAINT u UNIQUE NULLS NOT DISTINCT (a) INCLUDE (b)',
    expected: ['altered constraint public.t.u: risky'],
  },
  {
    title: 'an index that carries a constraint is renamed: so is the constraint',
    base: 'CREATE TABLE t (a int PRIMARY KEY)',
    migration: 'ALTER INDEX t_pkey RENAME TO pk',
    expected: ['renamed constraint public.t.t_pkey -> public.t.pk: risky'],
  },
  {
    title: 'EXCLUDE',
    base: 'CREATE TABLE t (r int4range)',
    migration: 'ALTER TABLE t ADD CONSTRAINT x EXCLUDE USING gist (r WITH &&)',
    expected: ['added constraint public.t.x: risky'],
  },
  {
    title: 'storage parameters of its index',
    base: 'CREATE TABLE t (a int PRIMARY KEY)',
    migration: 'ALTER INDEX t_pkey SET (fillfactor = 70)',
    expected: ['altered constraint public.t.t_pkey: none'],
  },
];

export const indexCases: readonly CatalogCase[] = [
  {
    title: 'a plain index',
    base: 'CREATE TABLE t (a int)',
    migration: 'CREATE INDEX i ON t (a)',
    expected: ['added index public.i: none'],
  },
  {
    title: 'built concurrently',
    base: 'CREATE TABLE t (a int)',
    migration: ['CREATE INDEX CONCURRENTLY i ON t (a)'],
    expected: ['added index public.i: none'],
  },
  {
    title: 'a unique index',
    base: 'CREATE TABLE t (a int)',
    migration: 'CREATE UNIQUE INDEX i ON t (a)',
    expected: ['added index public.i: risky'],
  },
  {
    title: 'a unique index on a new column',
    base: 'CREATE TABLE t (a int)',
    migration: 'ALTER TABLE t ADD b int; CREATE UNIQUE INDEX i ON t (b)',
    expected: ['added column public.t.b: none', 'added index public.i: none'],
  },
  {
    title: 'dropped',
    base: 'CREATE TABLE t (a int); CREATE INDEX i ON t (a)',
    migration: 'DROP INDEX i',
    expected: ['removed index public.i: behaviour'],
  },
  {
    title: 'a unique one dropped',
    base: 'CREATE TABLE t (a int); CREATE UNIQUE INDEX i ON t (a)',
    migration: 'DROP INDEX i',
    expected: ['removed index public.i: risky'],
  },
  {
    title: 'renamed',
    base: 'CREATE TABLE t (a int); CREATE INDEX i ON t (a)',
    migration: 'ALTER INDEX i RENAME TO j',
    expected: ['renamed index public.i -> public.j: none'],
  },
  {
    title: 'made again just so',
    base: 'CREATE TABLE t (a int); CREATE INDEX i ON t (a)',
    migration: 'DROP INDEX i; CREATE INDEX i ON t (a)',
    expected: [],
  },
  {
    title: 'made again with another predicate',
    base: 'CREATE TABLE t (a int); CREATE UNIQUE INDEX i ON t (a)',
    migration: 'DROP INDEX i; CREATE UNIQUE INDEX i ON t (a) WHERE a > 0',
    expected: ['altered index public.i: risky'],
  },
  {
    title: 'made again on another table',
    base: 'CREATE TABLE t (a int); CREATE TABLE u (a int); CREATE INDEX i ON t (a)',
    migration: 'DROP INDEX i; CREATE INDEX i ON u (a)',
    expected: ['removed index public.i: behaviour', 'added index public.i: none'],
  },
  {
    title: 'method, order, operator class, INCLUDE',
    base: 'CREATE TABLE t (a text, b int); CREATE INDEX i ON t (a)',
    migration:
      'DROP INDEX i; CREATE INDEX i ON t (a text_pattern_ops DESC NULLS LAST) INCLUDE (b) WITH (fillfactor = 70)',
    expected: ['altered index public.i: behaviour'],
  },
  {
    title: 'an invalid index is dropped',
    base: `CREATE TABLE t (a int); CREATE INDEX i ON t (a); UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'i'::regclass`,
    migration: 'DROP INDEX i',
    expected: ['removed index public.i: none'],
  },
  {
    title: 'an invalid index is repaired',
    base: `CREATE TABLE t (a int); CREATE INDEX i ON t (a); UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'i'::regclass`,
    migration: 'REINDEX INDEX i',
    expected: ['altered index public.i: behaviour'],
  },
  {
    title: 'an index of a materialized view',
    base: 'CREATE MATERIALIZED VIEW m AS SELECT 1 AS a',
    migration: 'CREATE UNIQUE INDEX i ON m (a)',
    expected: ['added index public.i: risky'],
  },
  {
    title: 'statistics target of an expression',
    base: 'CREATE TABLE t (a int); CREATE INDEX i ON t (abs(a))',
    migration: 'ALTER INDEX i ALTER COLUMN 1 SET STATISTICS 500',
    expected: ['altered index public.i: behaviour'],
  },
  {
    title: 'storage parameters, table renamed as well',
    base: 'CREATE TABLE t (a int); CREATE INDEX i ON t (a)',
    migration: 'ALTER TABLE t RENAME TO u; ALTER INDEX i SET (fillfactor = 70)',
    expected: ['renamed table public.t -> public.u: breaking', 'altered index public.i: behaviour'],
  },
];

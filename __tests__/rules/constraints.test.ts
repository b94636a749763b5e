import { describe, test } from 'vitest';
import { loadParser } from '../../src/sql/parse.ts';
import { majors } from '../shadow/majors.ts';
import { expectFound, type StatementCase } from './statement-case.ts';

await loadParser();

const partitioned =
  'CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE logs (at int, user_id bigint) PARTITION BY RANGE (at);\nCREATE TABLE logs_1 PARTITION OF logs FOR VALUES FROM (1) TO (2);\nCREATE TABLE "Logs 2" PARTITION OF logs FOR VALUES FROM (2) TO (9) PARTITION BY RANGE (at);\nCREATE TABLE logs_3 PARTITION OF "Logs 2" FOR VALUES FROM (3) TO (4);\nCREATE INDEX ON logs (user_id);';

const cases: readonly StatementCase[] = [
  {
    title: 'a foreign key of a partitioned table goes by its partitions',
    base: partitioned,
    migration: 'ALTER TABLE logs ADD FOREIGN KEY (user_id) REFERENCES users;',
    found: ['add-foreign-key-valid:1 error public.logs'],
    fixed: true,
  },
  {
    title: 'NULLs are no duplicates, and the query says so',
    base: 'CREATE TABLE t (id bigint PRIMARY KEY, a int, "B" text);',
    migration: 'ALTER TABLE t ADD UNIQUE (a, "B");',
    found: ['add-unique-constraint:1 error public.t'],
    says: 'SELECT a, "B", count(*) FROM t WHERE a IS NOT NULL AND "B" IS NOT NULL GROUP BY a, "B" HAVING count(*) > 1 LIMIT 10;',
    fixed: true,
  },
  {
    title: 'three UNIQUE constraints, two of them without a name and alike',
    base: 'CREATE TABLE t (id bigint PRIMARY KEY, a int, b int);',
    migration:
      'ALTER TABLE t ADD UNIQUE (a), ADD COLUMN c int, ADD CONSTRAINT u UNIQUE (b), ADD UNIQUE (b, a);',
    found: ['add-unique-constraint:1 error public.t'],
    fixed: true,
  },
  {
    title: 'a foreign key that changes its action locks the referenced table',
    base: 'CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint CONSTRAINT fk REFERENCES users (id));\nCREATE INDEX ON orders (user_id);',
    migration:
      'ALTER TABLE orders DROP CONSTRAINT fk, ADD CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE;',
    found: ['add-foreign-key-valid:1 error public.orders', 'drop-constraint:1 warning public.orders'],
  },
  {
    title: 'a CHECK that is made again is not dropped',
    base: 'CREATE TABLE t (id bigint PRIMARY KEY, a int CONSTRAINT c CHECK (a > 0));',
    migration: 'ALTER TABLE t DROP CONSTRAINT c, ADD CONSTRAINT c CHECK (a > 1);',
    found: ['add-check-valid:1 error public.t'],
  },
  {
    title: 'an index on some rows only does not serve a foreign key',
    base: 'CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint, open boolean);\nCREATE INDEX ON orders (user_id) WHERE open;',
    migration: 'ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (id);',
    found: ['add-foreign-key-valid:1 error public.orders', 'fk-missing-index:1 notice public.orders'],
  },
  {
    title: 'a UNIQUE constraint serves a foreign key, INCLUDE columns do not',
    base: 'CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, a bigint UNIQUE, b bigint);\nCREATE INDEX ON orders (a) INCLUDE (b);',
    migration:
      'ALTER TABLE orders ADD FOREIGN KEY (a) REFERENCES users (id), ADD CONSTRAINT on_b FOREIGN KEY (b) REFERENCES users (id);',
    found: ['add-foreign-key-valid:1 error public.orders', 'fk-missing-index:1 notice public.orders'],
  },
  {
    title: 'a foreign key made again was without an index before',
    base: 'CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id int CONSTRAINT fk REFERENCES users (id));',
    migration:
      'ALTER TABLE orders DROP CONSTRAINT fk;\nALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE;',
    found: ['add-foreign-key-valid:2 error public.orders', 'drop-constraint:1 warning public.orders'],
  },
  {
    title: 'a NOT VALID constraint of a DO block',
    base: 'CREATE TABLE t (id bigint PRIMARY KEY, a int);',
    migration:
      "SELECT 1;\nDO $$ BEGIN EXECUTE 'ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID'; END $$;",
    found: ['not-valid-never-validated:2 notice public.t'],
  },
  {
    title: 'a NOT ENFORCED constraint is never to be validated',
    base: 'CREATE TABLE t (id bigint PRIMARY KEY, a int);',
    migration: 'ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT ENFORCED;',
    since: 18,
    found: [],
  },
];

describe.each(majors)('constraints on PostgreSQL %i', (major) => {
  test.each(cases.filter(({ since = 0 }) => since <= major))('$title', (each) => expectFound(major, each));
});

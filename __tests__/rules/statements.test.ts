import { describe, test } from 'vitest';
import { loadParser } from '../../src/sql/parse.ts';
import { majors } from '../shadow/majors.ts';
import { expectFound, type StatementCase } from './statement-case.ts';

await loadParser();

const users = 'CREATE TABLE users (id bigint PRIMARY KEY, email text, name varchar(20));';
const orders = `${users}\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);\nCREATE INDEX ON orders (user_id);`;

const cases: readonly StatementCase[] = [
  {
    title: 'an index after ALTER TABLE in one transaction keeps readers out too',
    base: users,
    migration: 'ALTER TABLE users ADD COLUMN age int;\nCREATE INDEX users_age_idx ON users (age);',
    found: ['create-index-after-exclusive-lock:2 error public.users'],
    lock: 'AccessExclusiveLock',
    says: 'held since an earlier statement',
  },
  {
    title: 'the same statements, each committing by itself',
    base: users,
    migration: 'ALTER TABLE users ADD COLUMN age int;\nCREATE INDEX users_age_idx ON users (age);',
    transaction: 'none',
    found: ['create-index-blocking:2 error public.users'],
    lock: 'ShareLock',
    fixed: true,
  },
  {
    title: 'an unnamed index on expressions with every clause',
    base: users,
    migration:
      "CREATE UNIQUE INDEX IF NOT EXISTS u ON users USING btree (lower(email) text_pattern_ops DESC NULLS LAST, (id + 1)) INCLUDE (name) WITH (fillfactor = 70) WHERE email <> E'a\\\\b' AND name IS NOT NULL;",
    found: ['create-index-blocking:1 error public.users'],
    fixed: true,
  },
  {
    title: 'an index of a partitioned table',
    base: 'CREATE TABLE events (at int, kind text) PARTITION BY RANGE (at);\nCREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (1) TO (2);\nCREATE TABLE "Events 2" PARTITION OF events FOR VALUES FROM (2) TO (3);',
    migration: 'CREATE INDEX events_kind_idx ON events (kind);',
    found: ['create-index-partitioned-parent:1 error public.events'],
    says: 'ON ONLY events',
  },
  {
    title: 'an index of a materialized view',
    base: 'CREATE TABLE t (id int);\nCREATE MATERIALIZED VIEW mv AS SELECT id FROM t;',
    migration: 'CREATE INDEX ON mv (id);',
    found: ['create-index-blocking:1 error public.mv'],
    fixed: true,
  },
  {
    title: 'a table that was renamed before is still the one that base has',
    base: users,
    migration: 'ALTER TABLE users RENAME TO people;\nCREATE INDEX people_email_idx ON people (email);',
    found: ['create-index-after-exclusive-lock:2 error public.users', 'rename-table:1 warning public.users'],
  },
  {
    title: 'a table that was dropped and made again is new',
    base: users,
    migration:
      'DROP TABLE users;\nCREATE TABLE users (id bigint PRIMARY KEY, email text, name varchar(20));\nCREATE INDEX ON users (email);',
    found: ['drop-table:1 error public.users'],
    says: 'another one and empty',
  },
  {
    title: 'a column that is dropped and added again is empty',
    base: users,
    migration: 'ALTER TABLE users DROP COLUMN email;\nALTER TABLE users ADD COLUMN email text;',
    found: ['drop-column:1 error public.users.email'],
    says: 'another one and empty',
  },
  {
    title: 'a column whose values were copied first is replaced, not lost',
    base: users,
    migration:
      'ALTER TABLE users ADD COLUMN mail varchar(200);\nUPDATE users SET mail = email WHERE email IS NOT NULL;\nALTER TABLE users DROP COLUMN email;\nALTER TABLE users RENAME COLUMN mail TO email;',
    found: ['ddl-and-dml-mixed:2 warning public.users', 'drop-column:3 warning public.users.email'],
  },
  {
    title: 'a column that is dropped and added again in a table that was renamed',
    base: users,
    migration:
      'ALTER TABLE users RENAME TO people;\nALTER TABLE people DROP COLUMN email;\nALTER TABLE people ADD COLUMN email text;',
    found: ['drop-column:2 error public.users.email', 'rename-table:1 warning public.users'],
    says: 'another one and empty',
  },
  {
    title: 'a column that is renamed onto the name of one whose values nobody copied',
    base: users,
    migration:
      "ALTER TABLE users ADD COLUMN mail text;\nUPDATE users SET mail = 'none' WHERE name IS NULL;\nALTER TABLE users DROP COLUMN email;\nALTER TABLE users RENAME COLUMN mail TO email;",
    found: ['drop-column:3 error public.users.email', 'ddl-and-dml-mixed:2 warning public.users'],
    says: 'another one and empty',
  },
  {
    title: 'a column of a table that the migration has emptied',
    base: users,
    migration:
      'DELETE FROM users;\nALTER TABLE users DROP COLUMN email;\nALTER TABLE users ADD COLUMN email varchar(9);',
    found: ['update-delete-without-where:1 warning public.users', 'drop-column:2 warning public.users.email'],
  },
  {
    title: 'a constraint whose column goes as well',
    base: 'CREATE TABLE users (id bigint PRIMARY KEY, age int CONSTRAINT adult CHECK (age >= 18));',
    migration: 'ALTER TABLE users DROP CONSTRAINT adult;\nALTER TABLE users DROP COLUMN age;',
    found: ['drop-column:2 warning public.users.age'],
  },
  {
    title: 'TRUNCATE under the lock of another table reads nothing',
    base: orders,
    migration: 'ALTER TABLE users ADD COLUMN age int;\nTRUNCATE orders;',
    found: ['truncate:2 warning public.orders'],
  },
  {
    title: 'what is read after a table has gone keeps nobody waiting for it',
    base: orders,
    migration: 'DROP TABLE orders;\nDO $$ BEGIN PERFORM count(*) FROM users; END $$;',
    found: ['drop-table:1 warning public.orders'],
  },
  {
    title: 'a UNIQUE constraint in a DO block under the lock of another table',
    base: orders,
    migration:
      'ALTER TABLE orders ADD COLUMN paid int;\nDO $$ BEGIN ALTER TABLE users ADD UNIQUE (email); END $$;',
    found: ['create-index-blocking:2 error public.users'],
  },
  {
    title: 'several dropped columns are one finding',
    base: users,
    migration:
      'LOCK TABLE users IN ACCESS EXCLUSIVE MODE;\nALTER TABLE users DROP COLUMN email, DROP COLUMN name;',
    found: ['lock-table-explicit:1 warning public.users', 'drop-column:2 warning public.users'],
  },
  {
    title: 'NOT NULL of a new column that has the name of a dropped one',
    base: 'CREATE TABLE users (id int, email text NOT NULL);',
    migration:
      'ALTER TABLE users ADD COLUMN mail varchar(200);\nUPDATE users SET mail = email WHERE id > 0;\nALTER TABLE users DROP COLUMN email;\nALTER TABLE users RENAME COLUMN mail TO email;\nALTER TABLE users ALTER COLUMN email SET NOT NULL;',
    found: [
      'set-not-null:5 error public.users.email',
      'ddl-and-dml-mixed:2 warning public.users',
      'drop-column:3 warning public.users.email',
    ],
  },
  {
    title: 'a table whose rows are copied before it goes is replaced, not lost',
    base: users,
    migration:
      'CREATE TABLE people (id bigint PRIMARY KEY, email text);\nINSERT INTO people SELECT id, email FROM users;\nDROP TABLE users;\nALTER TABLE people RENAME TO users;',
    found: ['drop-table:3 warning public.users'],
    says: 'IN SHARE ROW EXCLUSIVE MODE',
  },
  {
    title: 'the same in a DO block',
    base: users,
    migration:
      'DO $$ BEGIN\nCREATE TABLE people (id bigint PRIMARY KEY, email text);\nINSERT INTO people SELECT id, email FROM users;\nDROP TABLE users;\nALTER TABLE people RENAME TO users;\nEND $$;',
    found: ['blocking-scan:1 error public.users', 'drop-table:1 warning public.users'],
  },
  {
    title: 'partitions go with their table',
    base: 'CREATE TABLE events (at int) PARTITION BY RANGE (at);\nCREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (1) TO (2);\nCREATE TABLE events_2 PARTITION OF events FOR VALUES FROM (2) TO (3);',
    migration: 'DROP TABLE events;',
    found: ['drop-table:1 warning public.events'],
  },
  {
    title: 'partitions that are read under a lock are one finding',
    base: 'CREATE TABLE events (at int) PARTITION BY RANGE (at);\nCREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (1) TO (2);\nCREATE TABLE events_2 PARTITION OF events FOR VALUES FROM (2) TO (3);',
    migration:
      'ALTER TABLE events ADD COLUMN kind text;\nUPDATE events SET kind = at::text WHERE kind IS NULL;',
    found: ['ddl-and-dml-mixed:2 error public.events'],
  },
  {
    title: 'text as citext: every value fits',
    base: 'CREATE EXTENSION citext;\nCREATE TABLE users (id int, email text);',
    migration: 'ALTER TABLE users ALTER COLUMN email TYPE citext;',
    found: [],
  },
  {
    title: 'a foreign key in a DO block, as generators write it',
    base: orders,
    migration:
      'DO $$ BEGIN\n ALTER TABLE orders ADD CONSTRAINT orders_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id);\nEXCEPTION\n WHEN duplicate_object THEN null;\nEND $$;',
    found: ['add-foreign-key-valid:1 error public.orders'],
    says: 'outside of the block',
  },
  {
    title: 'a foreign key under the lock of an earlier statement',
    base: orders,
    migration:
      'ALTER TABLE orders ADD COLUMN paid boolean;\nALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (id);',
    found: ['add-foreign-key-valid:2 error public.orders'],
    says: 'Writes of public.users (SHARE ROW EXCLUSIVE) wait as well',
  },
  {
    title: 'a backfill of the rows in which a new column is empty, which is all of them',
    base: users,
    migration: "ALTER TABLE users ADD COLUMN slug text;\nUPDATE users SET slug = 'x' WHERE slug IS NULL;",
    found: ['ddl-and-dml-mixed:2 error public.users'],
  },
  {
    title: 'a backfill with a condition on the data',
    base: users,
    migration:
      "ALTER TABLE users ADD COLUMN slug text;\nUPDATE users SET slug = 'x' WHERE slug IS NULL AND name = 'a';",
    found: ['ddl-and-dml-mixed:2 warning public.users'],
  },
  {
    title: 'renames inside a DO block',
    base: orders,
    migration:
      'SELECT 1;\nDO $$ BEGIN ALTER TABLE users RENAME COLUMN name TO nick; ALTER TABLE orders RENAME TO sales; END $$;',
    found: ['rename-column:2 warning public.users.name', 'rename-table:2 warning public.orders'],
    says: 'fail from the moment of the rename',
  },
  {
    title: 'two columns that swap their names mix up the values of the running version',
    base: orders,
    migration:
      'ALTER TABLE orders RENAME user_id TO t;\nALTER TABLE orders RENAME id TO user_id;\nALTER TABLE orders RENAME t TO id;',
    found: ['rename-column:1 error public.orders.user_id', 'rename-column:2 error public.orders.id'],
    says: 'mix up the values',
  },
  {
    title: 'a domain gives a required column its default',
    base: `${users}\nCREATE DOMAIN positive AS int DEFAULT 5;`,
    migration: 'ALTER TABLE users ADD COLUMN score positive NOT NULL;',
    found: [],
  },
  {
    title: 'a DO block that commits what it did by itself',
    base: users,
    migration: 'DO $$ BEGIN CREATE INDEX i ON users (email); COMMIT; END $$;',
    transaction: 'none',
    found: ['blocking-scan:1 error public.users'],
    says: 'its locks were gone',
  },
  {
    title: 'a backfill that commits by itself',
    base: users,
    migration: "DO $$ BEGIN UPDATE users SET name = '' WHERE id < 10; COMMIT; END $$;",
    transaction: 'none',
    found: [],
  },
  {
    title: 'DDL in a function that a query calls',
    base: users,
    migration:
      'CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN ALTER TABLE users ADD CHECK (id > 0); END $$;\nSELECT f();',
    found: ['blocking-scan:2 error public.users'],
  },
  {
    title: 'a view under the old name lets the running version go on',
    base: users,
    migration: 'ALTER TABLE users RENAME TO people;\nCREATE VIEW users AS SELECT * FROM people;',
    found: ['rename-table:1 notice public.users'],
  },
  {
    title: 'a column under the old name lets the running version read on',
    base: users,
    migration: 'ALTER TABLE users RENAME COLUMN email TO mail;\nALTER TABLE users ADD COLUMN email text;',
    found: ['rename-column:1 notice public.users.email'],
  },
  {
    title: 'DROP SCHEMA CASCADE drops tables without naming them',
    base: 'CREATE SCHEMA app;\nCREATE TABLE app.t (id int);',
    migration: 'SELECT 1;\nDROP SCHEMA app CASCADE;',
    found: ['drop-schema:2 warning app.t'],
  },
  {
    title: 'a column that is dropped inside a DO block',
    base: users,
    migration: "DO $$ BEGIN EXECUTE 'ALTER TABLE users DROP COLUMN email'; END $$;",
    found: ['drop-column:1 warning public.users.email'],
    says: 'hidden in a DO block',
  },
  {
    title: 'dropping a referencing table locks the referenced one',
    base: `${users}\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id));`,
    migration: 'DROP TABLE orders;',
    found: ['drop-table:1 warning public.orders'],
    says: 'ACCESS EXCLUSIVE on public.users as well',
  },
  {
    title: 'a domain with a CHECK makes ADD COLUMN a rewrite',
    base: `${users}\nCREATE DOMAIN positive AS int CHECK (value > 0);`,
    migration: 'ALTER TABLE users ADD COLUMN age positive DEFAULT 1;',
    found: ['add-column-constrained-domain:1 error public.users.age'],
  },
  {
    title: 'a collation change builds the index anew',
    base: `${users}\nCREATE INDEX ON users (name);`,
    migration: 'ALTER TABLE users ALTER COLUMN name TYPE varchar(20) COLLATE "C";',
    found: ['alter-column-type-index-rebuild:1 error public.users.name'],
  },
  {
    title: 'a type change that nothing depends on but timestamps in UTC',
    base: 'CREATE TABLE t (id int, at timestamp);',
    migration: "SET timezone = 'UTC';\nALTER TABLE t ALTER COLUMN at TYPE timestamptz;",
    found: [],
  },
  {
    title: 'the same in another zone',
    base: 'CREATE TABLE t (id int, at timestamp);',
    migration:
      "SET timezone = 'Europe/Paris';\nALTER TABLE t ALTER COLUMN at TYPE timestamptz USING at AT TIME ZONE 'UTC';",
    found: ['alter-column-type-rewrite:2 error public.t.at', 'set-session-leaks:1 warning null'],
  },
  {
    title: 'SET NOT NULL on a column that is NOT NULL reads nothing',
    base: 'CREATE TABLE t (id int NOT NULL);',
    migration: 'ALTER TABLE t ALTER COLUMN id SET NOT NULL;',
    found: [],
  },
  {
    title: 'a column that an earlier statement added is looked at all the same',
    base: users,
    migration:
      'ALTER TABLE users ADD COLUMN age int DEFAULT 1;\nALTER TABLE users ALTER COLUMN age SET NOT NULL;',
    found: ['set-not-null:2 error public.users.age'],
  },
  {
    title: 'two causes in one statement',
    base: users,
    migration:
      'ALTER TABLE users ADD COLUMN token uuid DEFAULT gen_random_uuid(), ALTER COLUMN email SET NOT NULL;',
    found: [
      'add-column-volatile-default:1 error public.users.token',
      'set-not-null:1 error public.users.email',
    ],
    fixed: true,
  },
  {
    title: 'required columns after TRUNCATE break the running version only',
    base: users,
    migration: 'TRUNCATE users;\nALTER TABLE users ADD COLUMN age int NOT NULL;',
    found: ['truncate:1 warning public.users', 'add-column-required:2 warning public.users.age'],
  },
  {
    title: 'IF NOT EXISTS finds the column',
    base: users,
    migration: 'ALTER TABLE users ADD COLUMN IF NOT EXISTS email text NOT NULL;',
    found: [],
  },
  {
    title: 'a required column whose type is a quoted name',
    base: 'CREATE TABLE "User" (id bigint PRIMARY KEY);\nCREATE TYPE "Role" AS ENUM (\'USER\', \'ADMIN\');',
    migration: 'ALTER TABLE "User" ADD COLUMN "role" "Role" NOT NULL;',
    found: ['add-column-required:1 error public.User.role'],
    says: 'ADD COLUMN role "Role"',
    fixed: true,
  },
  {
    title: 'a foreign key to itself',
    base: 'CREATE TABLE nodes (id bigint PRIMARY KEY, parent bigint);\nCREATE INDEX ON nodes (parent);',
    migration:
      'ALTER TABLE nodes ADD FOREIGN KEY (parent) REFERENCES nodes ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED;',
    found: ['add-foreign-key-valid:1 error public.nodes'],
    fixed: true,
  },
  {
    title: 'two unnamed foreign keys on one column',
    base: orders,
    migration:
      'ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (id), ADD FOREIGN KEY (user_id) REFERENCES users (id);',
    found: ['add-foreign-key-valid:1 error public.orders'],
    says: 'orders_user_id_fkey1',
    fixed: true,
  },
  {
    title: 'a foreign key to a table that the migration creates',
    base: orders,
    migration:
      'CREATE TABLE shops (id bigint PRIMARY KEY);\nALTER TABLE orders ADD COLUMN shop_id bigint;\nALTER TABLE orders ADD FOREIGN KEY (shop_id) REFERENCES shops (id);',
    found: ['add-foreign-key-valid:3 error public.orders', 'fk-missing-index:3 notice public.orders'],
  },
  {
    title: 'a foreign key with a default is checked',
    base: orders,
    migration: 'ALTER TABLE orders ADD COLUMN owner_id bigint DEFAULT 1 REFERENCES users (id);',
    found: ['add-foreign-key-valid:1 error public.orders', 'fk-missing-index:1 notice public.orders'],
  },
  {
    title: 'an unnamed CHECK about two columns',
    base: 'CREATE TABLE t (a int, b int);',
    migration: 'ALTER TABLE t ADD CHECK (a < b), ADD CHECK (a > 0), ADD CHECK (b > 0);',
    found: ['add-check-valid:1 error public.t'],
    fixed: true,
  },
  {
    title: 'names of 63 bytes',
    base: `CREATE TABLE ${'t'.repeat(63)} (${'c'.repeat(63)} int, "${'ü'.repeat(31)}" int);`,
    migration: `ALTER TABLE ${'t'.repeat(63)} ADD CHECK (${'c'.repeat(63)} > 0), ADD CHECK ("${'ü'.repeat(31)}" > 0);`,
    found: [`add-check-valid:1 error public.${'t'.repeat(63)}`],
    fixed: true,
  },
  {
    title: 'a long name for SET NOT NULL',
    base: `CREATE TABLE ${'t'.repeat(63)} (${'c'.repeat(63)} int);`,
    migration: `ALTER TABLE ${'t'.repeat(63)} ALTER COLUMN ${'c'.repeat(63)} SET NOT NULL;`,
    found: [`set-not-null:1 error public.${'t'.repeat(63)}.${'c'.repeat(63)}`],
    fixed: true,
  },
  {
    title: 'a UNIQUE constraint with NULLS NOT DISTINCT',
    base: users,
    migration: 'ALTER TABLE users ADD UNIQUE NULLS NOT DISTINCT (email) WITH (fillfactor = 50);',
    found: ['add-unique-constraint:1 error public.users'],
    fixed: true,
  },
  {
    title: 'NOT NULL added as a valid constraint',
    base: users,
    migration: 'ALTER TABLE users ADD CONSTRAINT n NOT NULL email;',
    since: 18,
    found: ['add-not-null-constraint-valid:1 error public.users.email'],
  },
  {
    title: 'a domain in use gets a CHECK',
    base: 'CREATE DOMAIN d AS int;\nCREATE TABLE t (v d);',
    migration: 'ALTER DOMAIN d ADD CHECK (value > 0);',
    found: ['domain-add-constraint:1 error public.t'],
    lock: 'ShareLock',
  },
  {
    title: 'ATTACH PARTITION that must look at the rows',
    base: 'CREATE TABLE p (k int) PARTITION BY RANGE (k);\nCREATE TABLE c (k int);',
    migration: 'ALTER TABLE p ATTACH PARTITION c FOR VALUES FROM (1) TO (2);',
    found: ['attach-partition:1 error public.c'],
  },
  {
    title: 'ATTACH PARTITION with a CHECK that proves it',
    base: 'CREATE TABLE p (k int) PARTITION BY RANGE (k);\nCREATE TABLE c (k int NOT NULL CHECK (k >= 1 AND k < 2));',
    migration: 'ALTER TABLE p ATTACH PARTITION c FOR VALUES FROM (1) TO (2);',
    found: [],
  },
  {
    title: 'UPDATE in a DO block blocks nobody',
    base: users,
    migration: "DO $$ BEGIN UPDATE users SET name = 'x'; END $$;",
    found: [],
  },
  {
    title: 'a function that hides an index',
    base: `${users}\nCREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN CREATE INDEX hidden ON users (name); END $$;`,
    migration: 'SELECT f();',
    found: ['create-index-blocking:1 error public.users'],
    says: 'Hidden in a function',
  },
  {
    title: 'brief strong locks alone are no finding',
    base: users,
    migration:
      "ALTER TABLE users ADD COLUMN age int;\nALTER TABLE users ALTER COLUMN age SET DEFAULT 3;\nALTER TABLE users ALTER COLUMN name TYPE text;\nCOMMENT ON TABLE users IS 'x';\nALTER TABLE users REPLICA IDENTITY FULL;",
    found: [],
  },
  {
    title: 'names that try to break out of comments and quotes',
    base: 'CREATE TABLE "a""b\nDROP TABLE t; --" ("c\n\'$$;" int);',
    migration: 'CREATE INDEX "i\nDROP TABLE t; --" ON "a""b\nDROP TABLE t; --" ("c\n\'$$;");',
    found: ['create-index-blocking:1 error public.a"b\nDROP TABLE t; --'],
    fixed: true,
  },
  {
    title: 'the same for a type change',
    base: 'CREATE TABLE "a""b\nDROP TABLE t; --" ("c\n\'$$;" int);',
    migration: 'ALTER TABLE "a""b\nDROP TABLE t; --" ALTER COLUMN "c\n\'$$;" TYPE bigint;',
    found: ['alter-column-type-rewrite:1 error public.a"b\nDROP TABLE t; --.c\n\'$$;'],
  },
];

describe.each(majors)('statements on PostgreSQL %i', (major) => {
  test.each(cases.filter(({ since = 0 }) => since <= major))('$title', (each) => expectFound(major, each));
});

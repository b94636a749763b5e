import type { CatalogCase } from '../catalog-case.ts';

export const tableCases: readonly CatalogCase[] = [
  {
    title: 'an added table is one line, with all that belongs to it',
    base: '',
    migration: `CREATE TABLE orders (id bigserial PRIMARY KEY, note text NOT NULL UNIQUE, total int CHECK (total > 0));
      CREATE INDEX ON orders (total);
      ALTER TABLE orders ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON orders USING (true)`,
    expected: ['added table public.orders: none'],
  },
  {
    title: 'a dropped table is one line and loses its rows',
    base: 'CREATE TABLE orders (id bigserial PRIMARY KEY, note text UNIQUE); CREATE INDEX ON orders (note)',
    migration: 'DROP TABLE orders',
    expected: ['removed table public.orders: breaking, data loss'],
  },
  {
    title: 'a renamed table does not repeat its parts',
    base: `CREATE TABLE users (id serial PRIMARY KEY, email text UNIQUE, age int CHECK (age > 0));
      CREATE INDEX users_age ON users (age) WHERE age > 18;
      CREATE TABLE posts (author int REFERENCES users);
      CREATE VIEW adults AS SELECT id FROM users WHERE age > 18;
      CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
      CREATE TRIGGER t BEFORE UPDATE OF age ON users FOR EACH ROW WHEN (NEW.age > 1) EXECUTE FUNCTION touch();
      CREATE POLICY mine ON users USING (age > 0)`,
    migration: 'ALTER TABLE users RENAME TO people',
    expected: ['renamed table public.users -> public.people: breaking'],
  },
  {
    title: 'a part that changes while its table is renamed is told',
    base: 'CREATE TABLE users (id int, age int CHECK (age > 0))',
    migration: 'ALTER TABLE users RENAME TO people; ALTER TABLE people ALTER age SET NOT NULL',
    expected: [
      'renamed table public.users -> public.people: breaking',
      'altered column public.people.age: risky',
    ],
  },
  {
    title: 'a rename that leaves a view of the old name is less',
    base: 'CREATE TABLE users (id int)',
    migration: 'ALTER TABLE users RENAME TO people; CREATE VIEW users AS SELECT * FROM people',
    expected: ['renamed table public.users -> public.people: risky', 'added view public.users: none'],
  },
  {
    title: 'SET SCHEMA is a rename, with nothing about indexes and sequences',
    base: 'CREATE SCHEMA archive; CREATE TABLE users (id serial PRIMARY KEY); CREATE INDEX i ON users (id, id)',
    migration: 'ALTER TABLE users SET SCHEMA archive',
    expected: ['renamed table public.users -> archive.users: breaking'],
  },
  {
    title: 'dropped and created again in the same shape loses the rows',
    base: 'CREATE TABLE users (id int PRIMARY KEY, email text)',
    migration: 'DROP TABLE users; CREATE TABLE users (id int PRIMARY KEY, email text)',
    expected: ['removed table public.users: breaking, data loss', 'added table public.users: none'],
  },
  {
    title: 'two tables that swap names are two renames',
    base: 'CREATE TABLE a (id int); CREATE TABLE b (id int)',
    migration: 'ALTER TABLE a RENAME TO c; ALTER TABLE b RENAME TO a; ALTER TABLE c RENAME TO b',
    expected: [
      'renamed table public.b -> public.a: breaking',
      'renamed table public.a -> public.b: breaking',
    ],
  },
  {
    title: 'a table is not folded into an added schema',
    base: '',
    migration: 'CREATE SCHEMA app; CREATE TABLE app.users (id int); CREATE VIEW app.v AS SELECT 1 AS one',
    expected: ['added schema app: none', 'added table app.users: none', 'added view app.v: none'],
  },
  {
    title: 'a dropped schema names its tables',
    base: 'CREATE SCHEMA app; CREATE TABLE app.users (id int)',
    migration: 'DROP SCHEMA app CASCADE',
    expected: ['removed schema app: breaking, data loss', 'removed table app.users: breaking, data loss'],
  },
  {
    title: 'an empty schema holds no data',
    base: 'CREATE SCHEMA app',
    migration: 'DROP SCHEMA app',
    expected: ['removed schema app: breaking'],
  },
  {
    title: 'a renamed schema does not repeat what is in it',
    base: `CREATE SCHEMA app; CREATE TYPE app.mood AS ENUM ('ok'); CREATE TABLE app.users (id serial PRIMARY KEY, m app.mood);
      CREATE VIEW app.v AS SELECT id FROM app.users; CREATE FUNCTION app.f(app.mood) RETURNS int LANGUAGE sql AS 'SELECT 1'`,
    migration: 'ALTER SCHEMA app RENAME TO core',
    expected: ['renamed schema app -> core: breaking'],
  },
  {
    title: 'logged to unlogged',
    base: 'CREATE TABLE t (id int)',
    migration: 'ALTER TABLE t SET UNLOGGED',
    expected: ['altered table public.t: risky'],
  },
  {
    title: 'unlogged to logged',
    base: 'CREATE UNLOGGED TABLE t (id int)',
    migration: 'ALTER TABLE t SET LOGGED',
    expected: ['altered table public.t: none'],
  },
  {
    title: 'storage parameters',
    base: 'CREATE TABLE t (id int, x text)',
    migration: 'ALTER TABLE t SET (fillfactor = 70, toast.autovacuum_enabled = off)',
    expected: ['altered table public.t: none'],
  },
  {
    title: 'replica identity full',
    base: 'CREATE TABLE t (id int PRIMARY KEY)',
    migration: 'ALTER TABLE t REPLICA IDENTITY FULL',
    expected: ['altered table public.t: none'],
  },
  {
    title: 'replica identity nothing',
    base: 'CREATE TABLE t (id int PRIMARY KEY)',
    migration: 'ALTER TABLE t REPLICA IDENTITY NOTHING',
    expected: ['altered table public.t: breaking'],
  },
  {
    title: 'CLUSTER ON is a property of the table',
    base: 'CREATE TABLE t (id int PRIMARY KEY)',
    migration: 'ALTER TABLE t CLUSTER ON t_pkey',
    expected: ['altered table public.t: none'],
  },
  {
    title: 'the index of a replica identity is renamed: only that',
    base: `CREATE TABLE t (id int NOT NULL); CREATE UNIQUE INDEX u ON t (id);
      ALTER TABLE t REPLICA IDENTITY USING INDEX u; ALTER TABLE t CLUSTER ON u`,
    migration: 'ALTER INDEX u RENAME TO u2',
    expected: ['renamed index public.u -> public.u2: none'],
  },
  {
    title: 'row level security on',
    base: 'CREATE TABLE t (id int)',
    migration: 'ALTER TABLE t ENABLE ROW LEVEL SECURITY',
    expected: ['altered table public.t: breaking'],
  },
  {
    title: 'row level security forced',
    base: 'CREATE TABLE t (id int); ALTER TABLE t ENABLE ROW LEVEL SECURITY',
    migration: 'ALTER TABLE t FORCE ROW LEVEL SECURITY',
    expected: ['altered table public.t: breaking'],
  },
  {
    title: 'row level security off',
    base: 'CREATE TABLE t (id int); ALTER TABLE t ENABLE ROW LEVEL SECURITY',
    migration: 'ALTER TABLE t DISABLE ROW LEVEL SECURITY',
    expected: ['altered table public.t: behaviour'],
  },
  {
    title: 'a new partition is a table of its own',
    base: 'CREATE TABLE m (at date, v int) PARTITION BY RANGE (at); CREATE INDEX ON m (v)',
    migration: "CREATE TABLE m1 PARTITION OF m FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')",
    expected: ['added table public.m1: none'],
  },
  {
    title: 'a dropped partition',
    base: "CREATE TABLE m (at date) PARTITION BY RANGE (at); CREATE TABLE m1 PARTITION OF m FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')",
    migration: 'DROP TABLE m1',
    expected: ['removed table public.m1: breaking, data loss'],
  },
  {
    title: 'attach',
    base: 'CREATE TABLE m (at date) PARTITION BY RANGE (at); CREATE TABLE m1 (at date)',
    migration: "ALTER TABLE m ATTACH PARTITION m1 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')",
    expected: ['altered table public.m1: behaviour'],
  },
  {
    title: 'detach',
    base: "CREATE TABLE m (at date) PARTITION BY RANGE (at); CREATE TABLE m1 PARTITION OF m FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')",
    migration: 'ALTER TABLE m DETACH PARTITION m1',
    expected: ['altered table public.m1: breaking'],
  },
  {
    title: 'another bound',
    base: "CREATE TABLE m (at date) PARTITION BY RANGE (at); CREATE TABLE m1 PARTITION OF m FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')",
    migration: `ALTER TABLE m DETACH PARTITION m1;
      ALTER TABLE m ATTACH PARTITION m1 FOR VALUES FROM ('2024-01-01') TO ('2026-01-01')`,
    expected: ['altered table public.m1: breaking'],
  },
  {
    title: 'what happens to a partitioned table is not told again for its partitions',
    base: `CREATE TABLE refs (id int PRIMARY KEY); CREATE TABLE m (at date NOT NULL, v int, w int, gone int) PARTITION BY RANGE (at);
      CREATE TABLE m1 PARTITION OF m FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
      CREATE TABLE m2 PARTITION OF m DEFAULT;
      CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END'`,
    migration: `ALTER TABLE m ADD COLUMN x int; ALTER TABLE m ALTER v TYPE bigint; ALTER TABLE m RENAME w TO w2; ALTER TABLE m DROP gone;
      ALTER TABLE m ADD PRIMARY KEY (at); ALTER TABLE m ADD CHECK (v > 0); ALTER TABLE m ADD FOREIGN KEY (w2) REFERENCES refs;
      CREATE INDEX m_v ON m (v); CREATE TRIGGER t AFTER INSERT ON m FOR EACH ROW EXECUTE FUNCTION f()`,
    expected: [
      'removed column public.m.gone: breaking, data loss',
      'renamed column public.m.w -> public.m.w2: breaking',
      'altered column public.m.v: risky',
      'added column public.m.x: none',
      'added constraint public.m.m_pkey: risky',
      'added constraint public.m.m_v_check: risky',
      'added constraint public.m.m_w2_fkey: risky',
      'added index public.m_v: none',
      'added trigger public.m.t: behaviour',
    ],
  },
  {
    title: 'a column of one partition alone',
    base: "CREATE TABLE m (at date, v int) PARTITION BY RANGE (at); CREATE TABLE m1 PARTITION OF m FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')",
    migration: 'ALTER TABLE m1 ALTER v SET DEFAULT 1',
    expected: ['altered column public.m1.v: behaviour'],
  },
  {
    title: 'inheritance',
    base: 'CREATE TABLE parent (id int); CREATE TABLE child (id int)',
    migration: 'ALTER TABLE child INHERIT parent',
    expected: ['altered table public.child: behaviour'],
  },
  {
    title: 'a new column of a parent is not told again for its children',
    base: 'CREATE TABLE parent (id int); CREATE TABLE child () INHERITS (parent)',
    migration: 'ALTER TABLE parent ADD x int, ADD CONSTRAINT c CHECK (id > 0)',
    expected: ['added column public.parent.x: none', 'added constraint public.parent.c: risky'],
  },
  {
    title: 'names that need quotes',
    base: 'CREATE SCHEMA "My App"; CREATE TABLE "My App"."Us.ers" ("e mail" text, "q""uote" int)',
    migration:
      'ALTER TABLE "My App"."Us.ers" DROP "e mail"; ALTER TABLE "My App"."Us.ers" RENAME "q""uote" TO "ж $1 $& `"',
    expected: [
      'removed column My App.Us.ers.e mail: breaking, data loss',
      'renamed column My App.Us.ers.q"uote -> My App.Us.ers.ж $1 $& `: breaking',
    ],
  },
];

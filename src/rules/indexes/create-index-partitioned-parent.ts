import type { Rule } from '../rule.ts';
import { indexBuilds } from './index-build.ts';

export const createIndexPartitionedParent: Rule = {
  name: 'create-index-partitioned-parent',
  about: 'statement',
  severity: 'error',
  summary: 'An index of a partitioned table is built on all partitions while writes to each of them wait.',
  why: '`CREATE INDEX` on a partitioned table takes SHARE on it and on every partition, and keeps all of them until the last index is built: every INSERT, UPDATE and DELETE waits. CONCURRENTLY, which linters ask for, is refused on a partitioned table (0A000).',
  instead:
    '`CREATE INDEX … ON ONLY` the partitioned table, which reads nothing; then `CREATE INDEX CONCURRENTLY` on each partition; then `ALTER INDEX … ATTACH PARTITION` for each.',
  sources: [
    'https://www.postgresql.org/docs/current/ddl-partitioning.html#DDL-PARTITIONING-DECLARATIVE-MAINTENANCE',
    'https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY',
  ],
  peers: ['migrationpilot MP092', 'migrationpilot MP110', 'squawk require-concurrent-index-creation'],
  bad: [
    {
      title: 'One partition',
      base: "CREATE TABLE events (id bigint, at date) PARTITION BY RANGE (at);\nCREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');",
      migration: 'CREATE INDEX events_at_idx ON events (at);',
    },
    {
      title: 'Two, a unique index with names that need quotes',
      base: 'CREATE TABLE "Event" ("Kind" text, id bigint) PARTITION BY LIST ("Kind");\nCREATE TABLE "Event a" PARTITION OF "Event" FOR VALUES IN (\'a\');\nCREATE TABLE "Event rest" PARTITION OF "Event" DEFAULT;',
      migration: '-- one of each kind\nCREATE UNIQUE INDEX "Event id" ON "Event" ("Kind", id);',
      line: 2,
    },
  ],
  good: [
    {
      title: 'On the partitioned table alone',
      base: "CREATE TABLE events (id bigint, at date) PARTITION BY RANGE (at);\nCREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');",
      migration: 'CREATE INDEX events_at_idx ON ONLY events (at);',
    },
    {
      title: 'Attached, after it was built concurrently',
      base: "CREATE TABLE events (id bigint, at date) PARTITION BY RANGE (at);\nCREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');\nCREATE INDEX events_at_idx ON ONLY events (at);",
      migration:
        'CREATE INDEX CONCURRENTLY events_2024_at_idx ON events_2024 (at);\nALTER INDEX events_at_idx ATTACH PARTITION events_2024_at_idx;',
      transaction: 'none',
    },
  ],
  check: (context) =>
    indexBuilds(context)
      .filter(({ kind }) => kind === 'partitioned')
      .map(({ finding }) => finding),
};

import type { IndexStmt } from '@pgsql/types';
import { isPartitioned } from '../catalog-facts.ts';
import { type Failure, failureDraft, failures } from '../failures/server-error.ts';
import { nameOf } from '../observed.ts';
import type { FindingDraft, Rule, RuleContext } from '../rule.ts';
import { indexBuilds, partitionedFix } from './index-build.ts';

/** 0A000: CREATE INDEX CONCURRENTLY on a partitioned table. */
export const buildsOnPartitioned = ({ error }: Failure): boolean =>
  error.sqlstate === '0A000' &&
  /^cannot create index on partitioned table .* concurrently$/s.test(error.message);

export const createIndexPartitionedParent: Rule = {
  name: 'create-index-partitioned-parent',
  about: 'statement',
  severity: 'error',
  summary:
    'An index of a partitioned table is built on all partitions while writes to each of them wait, or CONCURRENTLY, which fails.',
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
    {
      title: 'CONCURRENTLY, which is refused',
      base: "CREATE TABLE events (id bigint, at date) PARTITION BY RANGE (at);\nCREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');",
      migration: 'CREATE INDEX CONCURRENTLY events_at_idx ON events (at);',
      transaction: 'none',
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
  check: (context) => [
    ...indexBuilds(context)
      .filter(({ kind }) => kind === 'partitioned')
      .map(({ finding }) => finding),
    ...failures(context)
      .filter(buildsOnPartitioned)
      .map((failure) => refused(context, failure)),
  ],
};

function refused(context: RuleContext, failure: Failure): FindingDraft {
  const found = failedIndex(context, failure);
  return {
    ...failureDraft(context, failure),
    object: found?.name ?? null,
    title: `The migration fails: ${failure.error.message}`,
    message: `CONCURRENTLY is refused on a partitioned table (SQLSTATE ${failure.error.sqlstate}), so the deploy stops here and no later migration runs. Make the index ON ONLY the table, build those of the partitions concurrently, and attach them.`,
    fix:
      found?.index.idxname === undefined
        ? null
        : partitionedFix(context, found.name, found.index, found.index.idxname),
  };
}

/** The refused statement and its table, where base has it. */
function failedIndex(
  context: RuleContext,
  { migration, error }: Failure,
): { readonly index: IndexStmt; readonly name: string } | undefined {
  const failed = migration.statements.find(
    ({ line, endLine }) => line <= error.line && error.line <= endLine,
  );
  if (failed?.node == null || !('IndexStmt' in failed.node)) return undefined;
  const index = failed.node.IndexStmt;
  const table = context.resolve(index.relation?.schemaname, index.relation?.relname ?? '', failed);
  return table !== undefined && isPartitioned(context, table) ? { index, name: nameOf(table) } : undefined;
}

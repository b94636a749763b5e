import { at, evidenceOn, nameOf } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { Rule } from '../rule.ts';
import { statementsOf } from '../statements.ts';
import { blocksWhom, whoWaits } from '../wording.ts';
import { partitionedTable, provenSteps } from './partitioned.ts';

export const createPartitionOf: Rule = {
  name: 'create-partition-of',
  about: 'statement',
  severity: 'error',
  summary: 'A new partition makes Postgres read the whole DEFAULT partition while nobody can use the table.',
  why: 'CREATE TABLE … PARTITION OF takes ACCESS EXCLUSIVE on the partitioned table. When that has a DEFAULT partition, every row of it is read to see that none belongs into the new partition, and all reads and writes of the whole partitioned table wait meanwhile. Without a DEFAULT partition the lock is brief, and nothing is reported.',
  instead:
    'Prove by a validated `CHECK` on the DEFAULT partition that it has no such rows. To lock the partitioned table less, too, create the partition as a table of its own (`CREATE TABLE … (LIKE parent INCLUDING ALL)`) and `ATTACH` it.',
  sources: [
    'https://www.postgresql.org/docs/current/sql-createtable.html#SQL-CREATETABLE-PARTITION',
    'https://www.postgresql.org/docs/current/ddl-partitioning.html#DDL-PARTITIONING-DECLARATIVE-BEST-PRACTICES',
  ],
  peers: ['migrationpilot MP093 (related)'],
  bad: [
    {
      title: 'A month beside a DEFAULT partition',
      base: 'CREATE TABLE events (at date) PARTITION BY RANGE (at);\nCREATE TABLE events_rest PARTITION OF events DEFAULT;',
      migration:
        "CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');",
    },
    {
      title: 'A list with NULL, and names that need quotes',
      base: 'CREATE SCHEMA "App";\nCREATE TABLE "App"."Event" ("Kind" text) PARTITION BY LIST ("Kind");\nCREATE TABLE "App"."Rest" PARTITION OF "App"."Event" DEFAULT;',
      migration: `\nCREATE TABLE "App"."Event a" PARTITION OF "App"."Event" FOR VALUES IN ('a', NULL);`,
      line: 2,
    },
  ],
  good: [
    {
      title: 'No DEFAULT partition',
      base: 'CREATE TABLE events (at date) PARTITION BY RANGE (at);',
      migration:
        "CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');",
    },
    {
      title: 'A CHECK proves that the DEFAULT partition has none of the rows',
      base: "CREATE TABLE events (at date) PARTITION BY RANGE (at);\nCREATE TABLE events_rest PARTITION OF events (CHECK (at < '2026-01-01')) DEFAULT;",
      migration:
        "CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');",
    },
  ],
  check: (context) =>
    [...statementsOf(context, 'CreateStmt')].flatMap((place) => {
      const { statement, node } = place;
      if (node.partbound === undefined) return [];
      const [parentNode] = node.inhRelations ?? [];
      const relation = parentNode !== undefined && 'RangeVar' in parentNode ? parentNode.RangeVar : undefined;
      const parent = partitionedTable(context, place, relation);
      return statement.locks
        .filter((lock) => lock.mode === 'AccessExclusiveLock' && statement.scans.includes(nameOf(lock)))
        .map((lock) => {
          const rest = { ...lock, tableOid: null };
          const evidence = { ...evidenceOn(statement, rest), scan: true, rewrite: false };
          const steps = provenSteps(
            parent?.facts.partitionKey,
            node.partbound,
            [{ table: rest, holds: 'none of the bounds' }],
            statement.sql,
          );
          const whole = parent?.name ?? nameOf(rest);
          return {
            ...at(place),
            object: whole,
            title: `A new partition reads the whole DEFAULT partition and ${blocksWhom(evidence, whole)}`,
            message: `${whoWaits(statement, rest, evidence, `every row of the DEFAULT partition ${nameOf(rest)} is read`)} ${whole} itself is locked as strongly for as long.`,
            evidence,
            fix: steps === null ? null : recipe(context, steps, { sameSchema: true }),
            explains: [nameOf(rest)],
          };
        });
    }),
};

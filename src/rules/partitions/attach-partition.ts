import type { PartitionCmd } from '@pgsql/types';
import { at, evidenceOn, nameOf, type Place } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { FindingDraft, Rule, RuleContext } from '../rule.ts';
import { completed } from '../statements.ts';
import { blocksWhom, listed, whoWaits } from '../wording.ts';
import { type Proof, partitionedTable, provenSteps, sentenceName } from './partitioned.ts';

export const attachPartition: Rule = {
  name: 'attach-partition',
  about: 'statement',
  severity: 'error',
  summary: 'ATTACH PARTITION reads every row of an existing table under ACCESS EXCLUSIVE.',
  why: 'Postgres must know that every row of the new partition fits its bounds, and that no row of the DEFAULT partition belongs there. Without a constraint that proves it, both are read from end to end under ACCESS EXCLUSIVE: all reads and writes of them wait. The partitioned table itself is only locked weakly (SHARE UPDATE EXCLUSIVE).',
  instead:
    'Give the table a `CHECK` with the bounds (and `IS NOT NULL`) first, `NOT VALID`, and validate it in a migration of its own: the server then says “implied by existing constraints” and reads nothing. The same, negated, for the DEFAULT partition.',
  sources: [
    'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ATTACH-PARTITION',
    'https://www.postgresql.org/docs/current/ddl-partitioning.html#DDL-PARTITIONING-DECLARATIVE-MAINTENANCE',
  ],
  peers: [
    'pgfence attach-partition',
    'migrationpilot MP072, MP094',
    'pgsafe attach-partition',
    'postgres-language-server avoidAttachingPartition',
  ],
  bad: [
    {
      title: 'A table without a CHECK',
      base: 'CREATE TABLE events (at date NOT NULL) PARTITION BY RANGE (at);\nCREATE TABLE events_2026 (at date NOT NULL);',
      migration:
        "ALTER TABLE events ATTACH PARTITION events_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');",
    },
    {
      title: 'The table is proved, the DEFAULT partition is not; names that need quotes',
      base: `CREATE TABLE "Event" ("Kind" text) PARTITION BY LIST ("Kind");
CREATE TABLE "Event rest" PARTITION OF "Event" DEFAULT;
CREATE TABLE "Event a" ("Kind" text, CHECK ("Kind" IS NOT NULL AND "Kind" IN ('a', 'b')));`,
      migration: `SELECT 1;\nALTER TABLE "Event" ATTACH PARTITION "Event a" FOR VALUES IN ('a', 'b');`,
      line: 2,
    },
    {
      title: 'Neither is, and one side is open',
      base: `CREATE TABLE m (id bigint) PARTITION BY RANGE (id);
CREATE TABLE m_rest PARTITION OF m DEFAULT;
CREATE TABLE m_old (id bigint);`,
      migration: 'ALTER TABLE m ATTACH PARTITION m_old FOR VALUES FROM (MINVALUE) TO (1000);',
    },
  ],
  good: [
    {
      title: 'A CHECK proves the bounds',
      base: "CREATE TABLE events (at date NOT NULL) PARTITION BY RANGE (at);\nCREATE TABLE events_2026 (at date NOT NULL, CHECK (at >= '2026-01-01' AND at < '2027-01-01'));",
      migration:
        "ALTER TABLE events ATTACH PARTITION events_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');",
    },
    {
      title: 'A table that the migration creates',
      base: 'CREATE TABLE events (at date NOT NULL) PARTITION BY RANGE (at);',
      migration:
        "CREATE TABLE events_2026 (at date NOT NULL);\nALTER TABLE events ATTACH PARTITION events_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');",
    },
  ],
  check: (context) =>
    [...completed(context)].flatMap((place) =>
      attached(place).flatMap((command) => {
        const scanned = place.statement.scans.flatMap((name) => {
          const lock = place.statement.locks.find(
            (each) => nameOf(each) === name && each.mode === 'AccessExclusiveLock',
          );
          return lock === undefined ? [] : [{ ...lock, tableOid: null }];
        });
        if (scanned.length === 0) return [];
        const own = context.resolve(command.name?.schemaname, command.name?.relname ?? '', place.statement);
        const proofs = scanned.map(
          (table): Proof => ({ table, holds: table.oid === own?.oid ? 'bounds' : 'none of the bounds' }),
        );
        return [draft(context, place, command, proofs)];
      }),
    ),
};

function attached({ statement }: Place): PartitionCmd[] {
  const { node } = statement;
  if (node === null || !('AlterTableStmt' in node)) return [];
  return (node.AlterTableStmt.cmds ?? []).flatMap((each) => {
    if (!('AlterTableCmd' in each) || each.AlterTableCmd.subtype !== 'AT_AttachPartition') return [];
    const { def } = each.AlterTableCmd;
    return def !== undefined && 'PartitionCmd' in def ? [def.PartitionCmd] : [];
  });
}

function draft(
  context: RuleContext,
  place: Place,
  { bound }: PartitionCmd,
  proofs: readonly Proof[],
): FindingDraft {
  const { statement } = place;
  const { node } = statement;
  const [first] = proofs;
  if (first === undefined) throw new Error('a table was scanned');
  const parent =
    node !== null && 'AlterTableStmt' in node
      ? partitionedTable(context, place, node.AlterTableStmt.relation)
      : undefined;
  const evidence = { ...evidenceOn(statement, first.table), scan: true, rewrite: false };
  const steps = provenSteps(parent?.facts.partitionKey, bound, proofs, statement.sql);
  const both = listed(proofs.map(sentenceName));
  return {
    ...at(place),
    object: nameOf(first.table),
    title: `ATTACH PARTITION reads every row of ${both} and ${blocksWhom(evidence, 'it')}`,
    message: `${whoWaits(statement, first.table, evidence, `every row of ${both} is read`)} A validated CHECK that proves the bounds spares the reading.`,
    evidence,
    fix: steps === null ? null : recipe(context, steps, { sameSchema: true }),
    explains: statement.scans,
  };
}

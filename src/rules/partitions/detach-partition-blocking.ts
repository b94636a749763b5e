import { qualified } from '../../sql/names.ts';
import { alterTables } from '../alter-table.ts';
import { at, evidenceOn, nameOf } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { Rule } from '../rule.ts';
import { defaultPartition } from './partitioned.ts';

export const detachPartitionBlocking: Rule = {
  name: 'detach-partition-blocking',
  about: 'statement',
  severity: 'warning',
  summary: 'DETACH PARTITION locks the whole partitioned table.',
  why: `Without CONCURRENTLY it takes ACCESS EXCLUSIVE on the partitioned table and on the partition (and on the DEFAULT one): every query of any partition waits until the transaction ends, and all queue behind it while it waits for a long query of any of them.

Where there is a DEFAULT partition, or on PostgreSQL before 14, CONCURRENTLY does not exist: it is a notice then.`,
  instead: 'DETACH PARTITION … CONCURRENTLY, in a file of its own without a transaction.',
  sources: [
    'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-DETACH-PARTITION',
  ],
  peers: [
    'squawk require-concurrent-partition-detach',
    'pgfence detach-partition',
    'migrationpilot MP046',
    'pgsafe detach-partition',
    'pgrubic US027',
  ],
  bad: [
    {
      title: 'Without CONCURRENTLY',
      base: 'CREATE TABLE events (at int) PARTITION BY RANGE (at);\nCREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (1) TO (2);',
      migration: 'ALTER TABLE events DETACH PARTITION events_1;',
    },
    {
      title: 'With a DEFAULT partition it cannot be helped: a notice',
      base: 'CREATE TABLE "Event" (at int) PARTITION BY RANGE (at);\nCREATE TABLE "Event 1" PARTITION OF "Event" FOR VALUES FROM (1) TO (2);\nCREATE TABLE "Rest" PARTITION OF "Event" DEFAULT;',
      migration: '\nALTER TABLE "Event" DETACH PARTITION "Event 1";',
      line: 2,
    },
  ],
  good: [
    {
      title: 'CONCURRENTLY',
      base: 'CREATE TABLE events (at int) PARTITION BY RANGE (at);\nCREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (1) TO (2);',
      migration: 'ALTER TABLE events DETACH PARTITION events_1 CONCURRENTLY;',
      transaction: 'none',
      since: 14,
    },
    {
      title: 'A partitioned table that the migration creates',
      base: '',
      migration:
        'CREATE TABLE events (at int) PARTITION BY RANGE (at);\nCREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (1) TO (2);\nALTER TABLE events DETACH PARTITION events_1;',
    },
  ],
  check: (context) =>
    [...alterTables(context)].flatMap((alter) =>
      alter.commands.flatMap(({ subtype, def }) => {
        if (subtype !== 'AT_DetachPartition' || def === undefined || !('PartitionCmd' in def)) return [];
        const { name, concurrent } = def.PartitionCmd;
        const partition = context.resolve(name?.schemaname, name?.relname ?? '', alter.statement);
        if (concurrent === true || partition === undefined) return [];
        const rest = defaultPartition(context, alter.name);
        const possible = context.postgresMajor >= 14 && rest === undefined;
        return [
          {
            ...at(alter),
            object: alter.name,
            ...(possible ? {} : { severity: 'notice' as const }),
            title: `Detaching ${nameOf(partition)} locks all of ${alter.name}`,
            message: `The statement takes ACCESS EXCLUSIVE on ${alter.name}${rest === undefined ? '' : `, on its DEFAULT partition ${rest.name}`} and on the partition (seen on the shadow), so queries of every partition wait until the transaction ends. ${
              possible
                ? 'Detach it CONCURRENTLY.'
                : `CONCURRENTLY is not possible here${rest === undefined ? ` on PostgreSQL ${context.postgresMajor}` : ': the table has a DEFAULT partition'}; keep the transaction short and set a lock_timeout.`
            }`,
            evidence: { ...evidenceOn(alter.statement, alter.table), scan: false },
            fix: possible
              ? recipe(
                  context,
                  [
                    {
                      title: 'queries of the other partitions go on',
                      sql: [
                        `ALTER TABLE ${alter.sqlName} DETACH PARTITION ${qualified(name?.schemaname, name?.relname ?? '')} CONCURRENTLY;`,
                      ],
                      outsideTransaction: true,
                      notes: [
                        'The table keeps its bounds as a CHECK constraint; drop that when you like.',
                        'If it is interrupted: ALTER TABLE … DETACH PARTITION … FINALIZE.',
                      ],
                    },
                  ],
                  { sameSchema: false },
                )
              : null,
          },
        ];
      }),
    ),
};

import { at, everythingOf, evidenceOn, nameOf, places } from '../observed.ts';
import type { Rule } from '../rule.ts';
import { blocksWhom, whoWaits } from '../wording.ts';

export const vacuumFullOrCluster: Rule = {
  name: 'vacuum-full-or-cluster',
  about: 'statement',
  severity: 'error',
  summary: 'VACUUM FULL or CLUSTER rewrites an existing table.',
  why: 'The whole table is copied and all its indexes are built anew under ACCESS EXCLUSIVE: all reads and writes wait, for hours on a large table.',
  instead:
    'pg_repack, outside of migrations, does the same while reads and writes go on; often an ordinary VACUUM is enough.',
  sources: [
    'https://www.postgresql.org/docs/current/sql-vacuum.html',
    'https://www.postgresql.org/docs/current/sql-cluster.html',
  ],
  peers: ['squawk prefer-repack', 'pgfence vacuum-full', 'migrationpilot MP006', 'pgrubic US025'],
  bad: [
    {
      title: 'CLUSTER',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'CLUSTER users USING users_pkey;',
    },
    {
      title: 'VACUUM FULL',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'VACUUM (FULL, ANALYZE) users;',
      transaction: 'none',
    },
  ],
  good: [
    {
      title: 'An ordinary VACUUM',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'VACUUM (ANALYZE) users;',
      transaction: 'none',
    },
    {
      title: 'A table that the migration creates',
      base: '',
      migration: 'CREATE TABLE users (id bigint PRIMARY KEY);\nCLUSTER users USING users_pkey;',
    },
  ],
  check: (context) =>
    [...places(context)].flatMap((place) => {
      const { statement } = place;
      const command = commandOf(statement.node);
      const lock = statement.locks.find(
        ({ kind, mode }) =>
          (kind === 'table' || kind === 'materialized-view') && mode === 'AccessExclusiveLock',
      );
      if (command === null || lock === undefined) return [];
      const table = { ...lock, tableOid: null };
      const evidence = { ...evidenceOn(statement, table), scan: true, rewrite: true };
      return [
        {
          ...at(place),
          object: nameOf(table),
          title: `${command} rewrites ${nameOf(table)} and ${blocksWhom(evidence, 'it')}`,
          message: `${whoWaits(statement, table, evidence, 'it copies the table and builds its indexes anew')} Use pg_repack outside of migrations, or an ordinary VACUUM.`,
          evidence,
          fix: null,
          explains: [...everythingOf(statement), nameOf(table)],
        },
      ];
    }),
};

function commandOf(node: object | null): string | null {
  if (node === null) return null;
  if ('ClusterStmt' in node) return 'CLUSTER';
  if (!('VacuumStmt' in node)) return null;
  const { options = [] } = node.VacuumStmt as { options?: { DefElem?: { defname?: string } }[] };
  return options.some(({ DefElem }) => DefElem?.defname === 'full') ? 'VACUUM FULL' : null;
}

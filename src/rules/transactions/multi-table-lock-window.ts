import type { ObservedLock, StatementTrace } from '../../run/trace.ts';
import { at, nameOf } from '../observed.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { apart, counted, listed } from '../wording.ts';

/** Two tables are often changed together: from the third on somebody should have thought about it. */
const tooMany = 3;

export const multiTableLockWindow: Rule = {
  name: 'multi-table-lock-window',
  about: 'statement',
  severity: 'notice',
  summary: 'One transaction takes ACCESS EXCLUSIVE on three or more existing tables, one after the other.',
  why: 'Each lock is held until COMMIT, so that the first table is blocked while the last one is waited for: a long query of one table keeps the users of all of them waiting. Two sessions that lock the same tables in another order end in a deadlock, and either may be the one that Postgres ends. It is said once for a migration, and not where a lock_timeout ends the waiting.',
  instead: 'A migration for each table, or at least the same order everywhere and a lock_timeout.',
  sources: ['https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-DEADLOCKS'],
  peers: [
    'pgfence wide-lock-window',
    'migrationpilot MP008',
    'postgres-language-server avoidWideLockWindow',
    'online_migrations multiple_foreign_keys',
  ],
  bad: [
    {
      title: 'Three tables',
      base: 'CREATE TABLE a (id bigint PRIMARY KEY);\nCREATE TABLE b (id bigint PRIMARY KEY);\nCREATE TABLE c (id bigint PRIMARY KEY);',
      migration:
        'ALTER TABLE a ADD COLUMN n int;\nALTER TABLE b ADD COLUMN n int;\nALTER TABLE c ADD COLUMN n int;',
      line: 3,
    },
    {
      title: 'Between BEGIN and COMMIT, with something between',
      base: 'CREATE TABLE "A" (id bigint PRIMARY KEY);\nCREATE TABLE b (id bigint PRIMARY KEY);\nCREATE TABLE c (id bigint PRIMARY KEY);',
      migration: `BEGIN;
ALTER TABLE "A" ADD COLUMN n int;
CREATE TABLE d (id bigint PRIMARY KEY);
ALTER TABLE b ADD COLUMN n int;
COMMENT ON TABLE d IS 'new';
ALTER TABLE c ADD COLUMN n int;
COMMIT;`,
      transaction: 'none',
      line: 6,
    },
  ],
  good: [
    {
      title: 'Each statement commits by itself',
      base: 'CREATE TABLE a (id bigint PRIMARY KEY);\nCREATE TABLE b (id bigint PRIMARY KEY);\nCREATE TABLE c (id bigint PRIMARY KEY);',
      migration:
        'ALTER TABLE a ADD COLUMN n int;\nALTER TABLE b ADD COLUMN n int;\nALTER TABLE c ADD COLUMN n int;',
      transaction: 'none',
    },
    {
      title: 'The waiting ends with a lock_timeout',
      base: 'CREATE TABLE a (id bigint PRIMARY KEY);\nCREATE TABLE b (id bigint PRIMARY KEY);\nCREATE TABLE c (id bigint PRIMARY KEY);',
      migration:
        "SET LOCAL lock_timeout = '2s';\nALTER TABLE a ADD COLUMN n int;\nALTER TABLE b ADD COLUMN n int;\nALTER TABLE c ADD COLUMN n int;",
    },
    {
      title: 'Two tables, and new ones',
      base: 'CREATE TABLE a (id bigint PRIMARY KEY);\nCREATE TABLE b (id bigint PRIMARY KEY);',
      migration:
        'ALTER TABLE a ADD COLUMN n int;\nALTER TABLE b ADD COLUMN n int;\nCREATE TABLE c (id bigint PRIMARY KEY);\nALTER TABLE c ADD COLUMN n int;',
    },
  ],
  check: (context) =>
    context.migrations.flatMap((migration) => {
      const windows = migration.statements.map((statement) => ({
        statement,
        held: exclusive(context, statement),
      }));
      // What one statement locks together it has to.
      const first = windows.find(
        ({ statement, held }) =>
          statement.timeouts.lockMs === 0 &&
          namesOf(held).length >= tooMany &&
          new Set(held.map(({ since }) => since)).size > 1,
      );
      if (first === undefined) return [];
      const most = windows.map(({ held }) => namesOf(held)).reduce((a, b) => (b.length > a.length ? b : a));
      return [
        {
          ...at({ migration, statement: first.statement }),
          object: null,
          title: `The transaction locks ${counted(most.length, 'existing table')}, one after the other`,
          message: `Until COMMIT all reads and writes of ${listed(most, 6)} wait: a long query of one keeps the users of all of them waiting, and a session that locks them in another order ends in a deadlock. Give each table ${apart(context)} where that is possible.`,
          evidence: null,
          fix: null,
        },
      ];
    }),
};

/** Tables that nobody can read meanwhile. Weaker locks come from foreign keys, which need theirs. */
const exclusive = (context: RuleContext, { locks }: StatementTrace): ObservedLock[] =>
  locks.filter(
    ({ kind, mode, oid }) =>
      kind === 'table' &&
      mode === 'AccessExclusiveLock' &&
      // A partition goes with its table.
      typeof context.before?.byIdentity(`pg_class:${oid}`)?.facts.partitionOf !== 'string',
  );

const namesOf = (locks: readonly ObservedLock[]): string[] => [...new Set(locks.map(nameOf))];

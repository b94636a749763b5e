import { blocks } from '../../run/locks.ts';
import { at, nameOf, type Place } from '../observed.ts';
import type { Rule } from '../rule.ts';
import { counted, listed } from '../wording.ts';

/** Two tables are what a foreign key needs: from the third on somebody should have thought about it. */
const tooMany = 3;

export const multiTableLockWindow: Rule = {
  name: 'multi-table-lock-window',
  about: 'statement',
  severity: 'notice',
  summary: 'One transaction locks three or more existing tables, one statement after the other.',
  why: 'Each lock is held until COMMIT, so that the first table is blocked while the last one is waited for: a long query of one table keeps the users of all of them waiting. Two sessions that lock the same tables in another order end in a deadlock, and either may be the one that Postgres ends. It is said once for a migration.',
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
      title: 'Two tables, and new ones',
      base: 'CREATE TABLE a (id bigint PRIMARY KEY);\nCREATE TABLE b (id bigint PRIMARY KEY);',
      migration:
        'ALTER TABLE a ADD COLUMN n int;\nALTER TABLE b ADD COLUMN n int;\nCREATE TABLE c (id bigint PRIMARY KEY);\nALTER TABLE c ADD COLUMN n int;',
    },
  ],
  check: (context) =>
    context.migrations.flatMap((migration) => {
      for (const statement of migration.statements) {
        const held = statement.locks.filter(
          ({ kind, mode, oid }) =>
            kind === 'table' &&
            blocks(mode).length > 0 &&
            // A partition goes with its table.
            typeof context.before?.byIdentity(`pg_class:${oid}`)?.facts.partitionOf !== 'string',
        );
        const tables = [...new Set(held.map(nameOf))];
        const takers = new Set(held.map(({ since }) => since));
        // What one statement locks together it has to.
        if (tables.length < tooMany || takers.size < 2) continue;
        const all = [
          ...new Set(
            migration.statements
              .flatMap((each) => each.locks)
              .filter(({ kind, mode }) => kind === 'table' && blocks(mode).length > 0)
              .map(nameOf),
          ),
        ];
        const place: Place = { migration, statement };
        return [
          {
            ...at(place),
            object: null,
            title: `The migration holds locks on ${counted(all.length, 'existing table')} at once`,
            message: `Until COMMIT it blocks ${listed(all, 6)}: a long query of one keeps the users of all of them waiting, and a session that locks them in another order ends in a deadlock. Give each table a migration of its own where that is possible.`,
            evidence: null,
            fix: null,
          },
        ];
      }
      return [];
    }),
};

import { at, evidenceOn, nameOf, places } from '../observed.ts';
import type { Rule } from '../rule.ts';
import { counted, listed } from '../wording.ts';

export const truncate: Rule = {
  name: 'truncate',
  about: 'statement',
  severity: 'warning',
  summary: 'A table that base has is emptied.',
  why: 'All rows are gone for good, under ACCESS EXCLUSIVE; with CASCADE those of every table that references it too.',
  instead: 'DELETE the rows that must go, in batches outside the migration.',
  sources: ['https://www.postgresql.org/docs/current/sql-truncate.html'],
  peers: ['squawk ban-truncate-cascade', 'pgfence truncate', 'migrationpilot MP036', 'pgsafe truncate'],
  bad: [
    {
      title: 'One table',
      base: 'CREATE TABLE sessions (id bigint PRIMARY KEY);',
      migration: 'TRUNCATE sessions;',
    },
    {
      title: 'CASCADE reaches another one',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id));',
      migration: 'TRUNCATE users CASCADE;',
    },
  ],
  good: [
    {
      title: 'A table that the migration created',
      base: '',
      migration: 'CREATE TABLE scratch (id bigint);\nTRUNCATE scratch;',
    },
    {
      title: 'DELETE of some rows',
      base: 'CREATE TABLE sessions (id bigint PRIMARY KEY, ends timestamptz);',
      migration: "DELETE FROM sessions WHERE ends < now() - interval '1 year';",
    },
  ],
  check: (context) =>
    [...places(context)].flatMap((place) => {
      const { statement } = place;
      if (statement.node === null || !('TruncateStmt' in statement.node)) return [];
      const { relations = [], behavior } = statement.node.TruncateStmt;
      const named = relations.flatMap((each) => {
        if (!('RangeVar' in each)) return [];
        const table = context.resolve(each.RangeVar.schemaname, each.RangeVar.relname ?? '', statement);
        return table === undefined ? [] : [table];
      });
      const [first] = named;
      if (first === undefined) return [];
      const oids = new Set(named.map(({ oid }) => oid));
      const reached = statement.locks.filter(
        (lock) =>
          behavior === 'DROP_CASCADE' &&
          lock.kind === 'table' &&
          lock.new &&
          lock.mode === 'AccessExclusiveLock' &&
          !oids.has(lock.oid),
      );
      return [
        {
          ...at(place),
          object: nameOf(first),
          title: `TRUNCATE deletes all rows of ${listed([...named, ...reached].map(nameOf))}`,
          message: `The rows cannot be brought back, and reads and writes wait while the migration holds ACCESS EXCLUSIVE.${reached.length === 0 ? '' : ` CASCADE reached ${counted(reached.length, 'table')} that the statement does not name: ${listed(reached.map(nameOf), 10)}.`} Delete what must go in batches, outside the migration.`,
          evidence: { ...evidenceOn(statement, first), scan: false, rewrite: false },
          fix: null,
        },
      ];
    }),
};

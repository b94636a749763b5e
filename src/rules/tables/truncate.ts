import type { BaseRelation, ObservedLock } from '../../run/trace.ts';
import { at, evidenceOn, hiddenIn, nameOf, type Place } from '../observed.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { baseRelation, completed, statementsOf } from '../statements.ts';
import { listed } from '../wording.ts';

export const truncate: Rule = {
  name: 'truncate',
  about: 'statement',
  severity: 'warning',
  summary: 'A table that base has is emptied.',
  why: 'All rows are gone for good, and all reads and writes wait until the transaction ends, since TRUNCATE takes ACCESS EXCLUSIVE. Of tables that only CASCADE reaches, truncate-cascade tells.',
  instead: 'DELETE the rows that must go, in batches outside the migration.',
  sources: ['https://www.postgresql.org/docs/current/sql-truncate.html'],
  peers: ['pgfence truncate', 'pgsafe truncate', 'pgrubic US029', 'postgres-language-server banTruncate'],
  bad: [
    {
      title: 'One table',
      base: 'CREATE TABLE sessions (id bigint PRIMARY KEY);',
      migration: 'TRUNCATE sessions;',
    },
    {
      title: 'Two tables that reference each other, both named',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id));',
      migration: 'SELECT 1;\nTRUNCATE users, orders;',
      line: 2,
    },
    {
      title: 'In a DO block',
      base: 'CREATE TABLE sessions (id bigint PRIMARY KEY);',
      migration: 'DO $$ BEGIN TRUNCATE sessions; END $$;',
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
    [...truncations(context), ...hiddenTruncations(context)].flatMap(({ place, named, reached }) => {
      const [first] = named;
      const hidden = hiddenIn(place.statement);
      // What CASCADE reaches is worse, and truncate-cascade names it all.
      if (first === undefined || reached.length > 0) return [];
      return [
        {
          ...at(place),
          object: nameOf(first),
          title: `TRUNCATE ${hidden === null ? '' : `in ${hidden} `}deletes all rows of ${listed(named.map(nameOf))}`,
          message:
            'The rows cannot be brought back, and reads and writes wait while the migration holds ACCESS EXCLUSIVE. Delete what must go in batches, outside the migration.',
          evidence: { ...evidenceOn(place.statement, first), scan: false, rewrite: false },
          fix: null,
        },
      ];
    }),
};

/** A TRUNCATE of tables that base has. */
interface Truncation {
  readonly place: Place;
  readonly named: readonly BaseRelation[];
  /** Base tables that only CASCADE emptied. */
  readonly reached: readonly ObservedLock[];
}

export function truncations(context: RuleContext): Truncation[] {
  return [...statementsOf(context, 'TruncateStmt')].flatMap((place) => {
    const { relations = [], behavior } = place.node;
    const named = relations.flatMap((each) => {
      const table = 'RangeVar' in each ? baseRelation(context, place, each.RangeVar) : undefined;
      return table === undefined ? [] : [table];
    });
    if (named.length === 0) return [];
    const oids = new Set(named.map(({ oid }) => oid));
    const reached = place.statement.locks.filter(
      (lock) =>
        behavior === 'DROP_CASCADE' &&
        lock.kind === 'table' &&
        lock.new &&
        lock.mode === 'AccessExclusiveLock' &&
        !oids.has(lock.oid) &&
        // Partitions belong to the table that was named.
        !isPartition(context, lock),
    );
    return [{ place, named, reached }];
  });
}

/** Those that code has run: CASCADE or not, every table that has lost its rows is named. */
function hiddenTruncations(context: RuleContext): Truncation[] {
  return [...completed(context)].flatMap((place) => {
    const { statement } = place;
    if (hiddenIn(statement) === null || statement.emptied.length === 0) return [];
    const named = statement.locks.filter(
      (lock) =>
        lock.mode === 'AccessExclusiveLock' &&
        statement.emptied.includes(nameOf(lock)) &&
        !isPartition(context, lock),
    );
    return [{ place, named: named.map((lock) => ({ ...lock, tableOid: null })), reached: [] }];
  });
}

const isPartition = (context: RuleContext, lock: ObservedLock): boolean =>
  typeof context.before?.byIdentity(`pg_class:${lock.oid}`)?.facts.partitionOf === 'string';

import type { Node } from '@pgsql/types';
import { blocks, strongest } from '../../run/locks.ts';
import type { ObservedLock } from '../../run/trace.ts';
import { at, builtIndexes, hiddenIn, nameOf, type Place, places, validatedForeignKey } from '../observed.ts';
import { readTables } from '../read-tables.ts';
import type { FindingDraft, Rule, RuleContext } from '../rule.ts';
import { blocksWhom, listed, whoWaits } from '../wording.ts';
import { isExplained } from './table-rewrite.ts';

export const blockingScan: Rule = {
  name: 'blocking-scan',
  about: 'statement',
  severity: 'error',
  summary:
    'Every row of an existing table is read under a lock that blocks, in a way that no other rule describes.',
  why: 'The shadow saw a table that base has being read from end to end, or an index being built on it, while the same transaction held a lock that reads or writes wait for. This rule catches what the rules about single statements do not name: commands that are new in PostgreSQL, and DDL inside DO blocks, functions and procedures.',
  instead:
    'Add constraints NOT VALID and validate them in a migration of their own, build indexes CONCURRENTLY, and give Postgres a valid CHECK that proves what it would have to look for.',
  sources: [
    'https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES',
    'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ATTACH-PARTITION',
  ],
  peers: ['eugene E1 (trace)', 'pgfence attach-partition', 'migrationpilot MP072', 'pgsafe attach-partition'],
  bad: [
    {
      title: 'A new partition beside a DEFAULT one, hidden in a function that base has',
      base: `CREATE TABLE events (at int) PARTITION BY RANGE (at);
CREATE TABLE events_rest PARTITION OF events DEFAULT;
CREATE FUNCTION make_partition() RETURNS void LANGUAGE plpgsql AS $$
BEGIN CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (1) TO (2); END $$;`,
      migration: 'SELECT make_partition();',
    },
    {
      title: 'A CHECK hidden in a DO block',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, age int);',
      migration: 'SELECT 1;\nDO $$\nBEGIN\n  ALTER TABLE users ADD CHECK (age > 0);\nEND $$;',
      line: 2,
    },
  ],
  good: [
    {
      title: 'UPDATE reads all rows under a lock that blocks nobody',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, age int);',
      migration: 'UPDATE users SET age = 0 WHERE age IS NULL;',
    },
    {
      title: 'A new partition without a DEFAULT one',
      base: 'CREATE TABLE events (at int) PARTITION BY RANGE (at);',
      migration: 'CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (1) TO (2);',
    },
  ],
  check: (context, found) =>
    [...places(context)].flatMap((place) => {
      const { statement } = place;
      if (statement.source === 'unknown') return unseen(context, place);
      const unexplained = readRelations(place).filter(
        (relation) => !statement.rewrites.includes(relation) && !isExplained(found, place, relation),
      );
      return readTables(context, statement, unexplained).flatMap(({ object, words, relations, locks }) => {
        const lock = strongest(locks);
        const waiting = lock === undefined ? [] : blocked(lock);
        if (lock === undefined || waiting.length === 0) return [];
        // A query reads under the locks of others, which is ddl-and-dml-mixed, unless a function of it does DDL.
        if (isQuery(statement.node) && !lock.new) return [];
        const evidence = { lock: lock.mode, blocks: waiting, scan: true, rewrite: false };
        const hidden = hiddenIn(statement);
        return [
          {
            ...at(place),
            object,
            title: `${hidden === null ? 'The statement' : `${hidden.charAt(0).toUpperCase()}${hidden.slice(1)}`} reads every row of ${words} and ${blocksWhom(evidence, 'it')}`,
            message: whoWaits(statement, { ...lock, tableOid: null }, evidence, 'every row is read'),
            evidence,
            fix: null,
            explains: relations,
          },
        ];
      });
    }),
};

/** A procedure or DO block that committed what it did has given its locks back; the server's words are left. */
function unseen(context: RuleContext, place: Place): FindingDraft[] {
  const { statement } = place;
  const read = statement.proofs.flatMap((proof) => {
    const match = /^(?:verifying table|building index ".*" on table) "(.*?)"/s.exec(proof);
    return match?.[1] === undefined ? [] : [match[1]];
  });
  const isBases = (relname: string) =>
    context.before?.objects.find(
      ({ type, ownName }) => (type === 'table' || type === 'materialized-view') && ownName === relname,
    );
  const tables = [...new Set(read.flatMap((relname) => isBases(relname)?.name ?? []))].filter(
    (name) => !statement.rewrites.includes(name),
  );
  const keys = validatedForeignKey(statement);
  if (tables.length === 0 && !keys) return [];
  const hidden = hiddenIn(statement) ?? 'the statement';
  const words = tables.length === 0 ? 'the tables of a foreign key' : listed(tables);
  const evidence = { lock: null, blocks: ['writes' as const], scan: true, rewrite: false };
  return [
    {
      ...at(place),
      object: tables[0] ?? null,
      title: `${hidden.charAt(0).toUpperCase()}${hidden.slice(1)} commits by itself and reads every row of ${words} under a lock`,
      message: `The server says that it ${statement.proofs.some((proof) => proof.startsWith('building')) ? 'builds an index' : 'checks a constraint'} there; by the time the statement ended its locks were gone, so that it cannot be said who waited. Write it as a statement of its own, where the lock can be seen and avoided.`,
      evidence,
      fix: null,
      explains: tables,
    },
  ];
}

/** Nobody writes to a materialized view. */
const blocked = ({ kind, mode }: ObservedLock) =>
  kind === 'materialized-view' ? blocks(mode).filter((each) => each === 'reads') : blocks(mode);

/** Relations that were scanned, and those that an index was built on. */
function readRelations({ statement }: Place): string[] {
  const built = builtIndexes(statement);
  const indexed = statement.locks
    .filter(({ kind }) => kind === 'table' || kind === 'materialized-view')
    .filter(({ names }) =>
      names.some((name) => built.some(({ table }) => name.slice(name.indexOf('.') + 1) === table)),
    )
    .map(nameOf);
  const replaced = statement.node !== null && 'TruncateStmt' in statement.node;
  return replaced ? [] : [...new Set([...statement.scans, ...indexed])];
}

/** Queries by themselves take weak locks only. */
export const isQuery = (node: Node | null): boolean =>
  node !== null &&
  ['SelectStmt', 'InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt', 'CopyStmt', 'CreateTableAsStmt'].some(
    (kind) => kind in node,
  );

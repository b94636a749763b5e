import type { Node } from '@pgsql/types';
import { blocks, strongest } from '../../run/locks.ts';
import type { ObservedLock } from '../../run/trace.ts';
import { at, builtIndexes, hiddenIn, nameOf, type Place, places } from '../observed.ts';
import { readTables } from '../read-tables.ts';
import type { Rule } from '../rule.ts';
import { blocksWhom, whoWaits } from '../wording.ts';
import { isExplained } from './table-rewrite.ts';
import { unseenReads } from './unseen-reads.ts';

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
    {
      title: 'A CHECK that is taken back when the block catches an error',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, age int);',
      migration: `DO $$
BEGIN
  ALTER TABLE users ADD CONSTRAINT positive CHECK (age > 0);
  RAISE 'only a test';
EXCEPTION WHEN raise_exception THEN
  NULL;
END $$;`,
    },
    {
      title: 'A CHECK in a block that commits and keeps the server quiet',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, age int);',
      migration: `DO $$
BEGIN
  SET LOCAL client_min_messages = error;
  ALTER TABLE users ADD CHECK (age > 0);
  COMMIT;
END $$;`,
      transaction: 'none',
    },
  ],
  good: [
    {
      title: 'A backfill in batches that commits',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, age int);',
      migration: `DO $$
BEGIN
  UPDATE users SET age = 0 WHERE age IS NULL AND id < 1000;
  COMMIT;
  UPDATE users SET age = 0 WHERE age IS NULL AND id >= 1000;
END $$;`,
      transaction: 'none',
    },
    {
      title: 'A block whose statement is refused before it reads anything',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, age int CONSTRAINT positive CHECK (age > 0));',
      migration: `DO $$
BEGIN
  ALTER TABLE users ADD CONSTRAINT positive CHECK (age > 0);
EXCEPTION WHEN duplicate_object THEN
  NULL;
END $$;`,
    },
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
      if (statement.source === 'unknown') return unseenReads(context, place);
      const unexplained = readRelations(place).filter(
        (relation) => !statement.rewrites.includes(relation) && !isExplained(found, place, relation),
      );
      const held = readTables(context, statement, unexplained).flatMap(
        ({ object, words, relations, locks }) => {
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
        },
      );
      return [...held, ...unseenReads(context, place)];
    }),
};

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
  // TRUNCATE builds the indexes of what is empty by then.
  return [...new Set([...statement.scans, ...indexed])].filter((name) => !statement.emptied.includes(name));
}

/** Queries by themselves take weak locks only. */
export const isQuery = (node: Node | null): boolean =>
  node !== null &&
  ['SelectStmt', 'InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt', 'CopyStmt', 'CreateTableAsStmt'].some(
    (kind) => kind in node,
  );

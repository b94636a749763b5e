import type { IndexStmt } from '@pgsql/types';
import { blocks } from '../../run/locks.ts';
import type { BaseRelation, StatementTrace } from '../../run/trace.ts';
import { defaultName, qualified } from '../../sql/names.ts';
import { copy, write } from '../../sql/write.ts';
import { isPartitioned } from '../catalog-facts.ts';
import {
  at,
  builtIndexes,
  everythingOf,
  evidenceOn,
  hiddenIn,
  nameOf,
  type Place,
  places,
  readsRows,
} from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { FindingDraft, Fix, Rule, RuleContext } from '../rule.ts';
import { blocksWhom, whoWaits } from '../wording.ts';

export const createIndexBlocking: Rule = {
  name: 'create-index-blocking',
  about: 'statement',
  severity: 'error',
  summary: 'An index is built on an existing table while writes wait.',
  why: `\`CREATE INDEX\` takes SHARE on the table and keeps it until the index is built: every INSERT, UPDATE and DELETE waits, and on a large table that is minutes to hours. After an \`ALTER TABLE\` of the same table in the same transaction it runs under ACCESS EXCLUSIVE, and reads wait as well.

Indexes of tables that the same pull request creates are built on empty tables and are not reported.`,
  instead:
    'Build it with `CREATE INDEX CONCURRENTLY`, in a migration of its own that runs outside a transaction. An interrupted build leaves an INVALID index behind, which must be dropped before the next try. An index of a partitioned table is made with `ON ONLY`, then concurrently on each partition, then attached.',
  sources: [
    'https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY',
    'https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES',
  ],
  peers: [
    'squawk require-concurrent-index-creation',
    'eugene E6',
    'atlas PG101',
    'strong_migrations add_index',
    'online_migrations add_index',
    'pgfence create-index-not-concurrent',
    'migrationpilot MP001',
    'pgsafe create-index-concurrently',
  ],
  bad: [
    {
      title: 'A plain index on a table that base has',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);',
      migration: 'CREATE INDEX users_email_idx ON users (email);',
    },
    {
      title: 'A unique index with a quoted name, on an expression',
      base: 'CREATE SCHEMA "App";\nCREATE TABLE "App"."User" (id bigint PRIMARY KEY, "eMail" text);',
      migration:
        'CREATE UNIQUE INDEX "User eMail" ON "App"."User" (lower("eMail")) WHERE "eMail" IS NOT NULL;',
    },
    {
      title: 'Hidden in a DO block',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);',
      migration: 'DO $$\nBEGIN\n  CREATE INDEX users_email_idx ON users (email);\nEND $$;',
    },
  ],
  good: [
    {
      title: 'Concurrently, outside a transaction',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);',
      migration: 'CREATE INDEX CONCURRENTLY users_email_idx ON users (email);',
      transaction: 'none',
    },
    {
      title: 'On a table that the migration creates',
      base: '',
      migration:
        'CREATE TABLE users (id bigint PRIMARY KEY, email text);\nCREATE INDEX users_email_idx ON users (email);',
    },
    {
      title: 'On the partitioned parent alone',
      base: "CREATE TABLE events (id bigint, at date) PARTITION BY RANGE (at);\nCREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');",
      migration: 'CREATE INDEX events_at_idx ON ONLY events (at);',
    },
  ],
  check: (context) =>
    [...places(context)].flatMap((place) => plain(context, place) ?? hidden(context, place)),
};

function plain(context: RuleContext, place: Place): FindingDraft[] | null {
  const { node } = place.statement;
  if (node === null || !('IndexStmt' in node)) return null;
  const index = node.IndexStmt;
  const table = context.resolve(index.relation?.schemaname, index.relation?.relname ?? '', place.statement);
  if (index.concurrent === true || table === undefined || !readsRows(place.statement)) return [];
  return [
    draft(
      place,
      table,
      index.idxname ?? builtIndexes(place.statement)[0]?.index,
      fixFor(context, place, index, table),
    ),
  ];
}

/** CREATE INDEX in a DO block or function: a new SHARE lock on the table that the server says it builds an index on. */
function hidden(_context: RuleContext, place: Place): FindingDraft[] {
  const { statement } = place;
  if (hiddenIn(statement) === null) return [];
  return builtIndexes(statement).flatMap(({ index, table }) => {
    // REINDEX takes SHARE too, but its index is one that base has.
    if (statement.locks.some((lock) => lock.kind === 'index' && lock.relation === index)) return [];
    const lock = statement.locks.find(
      (each) => each.mode === 'ShareLock' && each.new && ends(each.names, table) && each.kind !== 'index',
    );
    return lock === undefined ? [] : [draft(place, { ...lock, tableOid: null }, index, null)];
  });
}

const ends = (names: readonly string[], relation: string): boolean =>
  names.some((name) => name.slice(name.indexOf('.') + 1) === relation);

function draft(place: Place, table: BaseRelation, index: string | undefined, fix: Fix | null): FindingDraft {
  const { statement } = place;
  const object = nameOf(table);
  const evidence = { ...evidenceOn(statement, table), scan: true };
  const name = index === undefined ? 'an index' : `index ${index}`;
  return {
    ...at(place),
    object,
    title: `Creating ${name} ${blocksWhom(evidence, object)}`,
    message: `${whoWaits(statement, table, evidence, 'it reads every row and builds the index')} Build it with CREATE INDEX CONCURRENTLY in a migration of its own${hiddenIn(statement) === null ? '' : ', as a statement of its own: CONCURRENTLY is not possible in a DO block or function'}.`,
    evidence,
    fix,
    explains: hiddenIn(statement) === null ? everythingOf(statement) : [object],
  };
}

function fixFor(context: RuleContext, place: Place, index: IndexStmt, table: BaseRelation): Fix | null {
  if (isPartitioned(context, table)) return partitionedFix(context, place.statement, index);
  const concurrent = { ...copy(index), concurrent: true };
  const name = index.idxname ?? builtIndexes(place.statement)[0]?.index;
  const undo =
    name === undefined
      ? []
      : [
          'If the build is interrupted it leaves an INVALID index; drop it before the next try:',
          `  DROP INDEX CONCURRENTLY IF EXISTS ${qualified(index.relation?.schemaname, name)};`,
        ];
  return recipe(
    context,
    [
      {
        title: 'build the index while reads and writes go on',
        sql: [write({ IndexStmt: concurrent })],
        outsideTransaction: true,
        notes: undo,
      },
    ],
    { sameSchema: true },
  );
}

/** CONCURRENTLY is refused on a partitioned table (0A000). */
function partitionedFix(context: RuleContext, statement: StatementTrace, index: IndexStmt): Fix | null {
  const parent = copy(index);
  if (parent.relation === undefined) return null;
  // ONLY is the absence of inheritance in the tree, and the deparser looks for the absence of the key.
  delete parent.relation.inh;
  const name = index.idxname ?? builtIndexes(statement)[0]?.index ?? 'the_index';
  parent.idxname = name;
  const only = write({ IndexStmt: parent });
  if (only === null) return null;
  const partitions = [
    ...new Set(
      statement.locks
        .filter((lock) => lock.kind === 'table' && blocks(lock.mode).length > 0)
        .filter((lock) => !lock.names.some((each) => each.endsWith(`.${index.relation?.relname ?? ''}`)))
        .map(({ schema, relation }) => `${schema}\n${relation}`),
    ),
  ].map((pair) => pair.split('\n') as [string, string]);
  const built = partitions.slice(0, 20).map(([schema, relation]) => {
    const own = copy(index);
    own.relation = { ...own.relation, schemaname: schema, relname: relation, inh: true };
    own.idxname = defaultName(relation, name, 'idx');
    own.concurrent = true;
    return {
      create: write({ IndexStmt: own }),
      attach: `ALTER INDEX ${qualified(index.relation?.schemaname, name)} ATTACH PARTITION ${qualified(schema, own.idxname)};`,
    };
  });
  const rest =
    partitions.length > built.length
      ? [`… and so for the other ${partitions.length - built.length} partitions`]
      : [];
  return recipe(
    context,
    [
      {
        title: 'the index on the partitioned table alone, which is INVALID until all partitions have theirs',
        sql: [only],
      },
      ...built.map(({ create }, at) => ({
        title: 'the index of one partition',
        sql: [create],
        outsideTransaction: true,
        notes: at === built.length - 1 ? rest : [],
      })),
      { title: 'attach them', sql: built.map(({ attach }) => attach), notes: rest },
    ],
    { sameSchema: false },
  );
}

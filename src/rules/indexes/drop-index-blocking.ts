import { qualified } from '../../sql/names.ts';
import { dropped } from '../dropped.ts';
import { at, evidenceOn, nameOf } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { Rule } from '../rule.ts';

export const dropIndexBlocking: Rule = {
  name: 'drop-index-blocking',
  about: 'statement',
  severity: 'notice',
  summary: 'An index of an existing table is dropped under ACCESS EXCLUSIVE.',
  why: '`DROP INDEX` takes ACCESS EXCLUSIVE on the index and on its table. It is brief by itself, but it waits for the longest running query, and every later query of the table waits behind it. That is advice, and none where a lock_timeout ends the waiting.',
  instead:
    '`DROP INDEX CONCURRENTLY` outside a transaction. The index of a constraint goes with `ALTER TABLE … DROP CONSTRAINT`.',
  sources: ['https://www.postgresql.org/docs/current/sql-dropindex.html'],
  peers: [
    'squawk require-concurrent-index-deletion',
    'atlas PG102',
    'strong_migrations remove_index',
    'online_migrations remove_index',
    'pgfence drop-index-not-concurrent',
    'migrationpilot MP009',
    'pgsafe drop-index-concurrently',
  ],
  bad: [
    {
      title: 'An index that base has',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);\nCREATE INDEX users_email_idx ON users (email);',
      migration: 'DROP INDEX users_email_idx;',
    },
    {
      title: 'Two at once, with IF EXISTS',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text, name text);\nCREATE INDEX users_email_idx ON users (email);\nCREATE INDEX "users_Name" ON users (name);',
      migration: 'DROP INDEX IF EXISTS users_email_idx, public."users_Name";',
    },
  ],
  good: [
    {
      title: 'Concurrently',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);\nCREATE INDEX users_email_idx ON users (email);',
      migration: 'DROP INDEX CONCURRENTLY users_email_idx;',
      transaction: 'none',
    },
    {
      title: 'The waiting ends with a lock_timeout',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);\nCREATE INDEX users_email_idx ON users (email);',
      migration: "SET LOCAL lock_timeout = '2s';\nDROP INDEX users_email_idx;",
    },
    {
      title: 'An index of a table that the migration creates',
      base: '',
      migration:
        'CREATE TABLE users (id bigint, email text);\nCREATE INDEX users_email_idx ON users (email);\nDROP INDEX users_email_idx;',
    },
  ],
  check: (context) =>
    dropped(context, 'OBJECT_INDEX').flatMap(({ place, node, relations }) => {
      if (node.concurrent === true || relations.length === 0 || place.statement.timeouts.lockMs > 0)
        return [];
      const indexes = relations.map(({ base }) => base);
      const tableOid = indexes[0]?.tableOid ?? null;
      const table = place.statement.locks.find((lock) => lock.oid === tableOid);
      const evidence = table === undefined ? null : evidenceOn(place.statement, { ...table, tableOid: null });
      const object = table === undefined ? nameOf(indexes[0] as (typeof indexes)[0]) : nameOf(table);
      return {
        ...at(place),
        object,
        title: `Dropping index ${indexes.map(({ relation }) => relation).join(', ')} locks ${object} against reads and writes`,
        message: `DROP INDEX needs ACCESS EXCLUSIVE on ${object}: it waits for the longest running query, and every read and write of the table waits behind it. Drop it with CONCURRENTLY, outside a transaction.`,
        evidence: evidence === null ? null : { ...evidence, scan: false },
        fix: recipe(
          context,
          // One statement a migration: some tools send a file as one message, which makes a transaction of two.
          relations.map(({ written }) => ({
            title: 'drop it while reads and writes go on',
            sql: [
              `DROP INDEX CONCURRENTLY ${node.missing_ok === true ? 'IF EXISTS ' : ''}${qualified(written.schema, written.name)};`,
            ],
            outsideTransaction: true,
          })),
          { sameSchema: true },
        ),
      };
    }),
};

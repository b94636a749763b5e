import type { Rule } from '../rule.ts';
import { indexBuilds } from './index-build.ts';

export const createIndexBlocking: Rule = {
  name: 'create-index-blocking',
  about: 'statement',
  severity: 'error',
  summary: 'An index is built on an existing table while writes wait.',
  why: `\`CREATE INDEX\` takes SHARE on the table and keeps it until the index is built: every INSERT, UPDATE and DELETE waits, and on a large table that is minutes to hours. After an \`ALTER TABLE\` of the same table in the same transaction reads wait as well: \`create-index-after-exclusive-lock\`. On a partitioned table it is \`create-index-partitioned-parent\`.

Indexes of tables that the same pull request creates are built on empty tables and are not reported.`,
  instead:
    'Build it with `CREATE INDEX CONCURRENTLY`, in a migration of its own that runs outside a transaction. An interrupted build leaves an INVALID index behind, which must be dropped before the next try.',
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
  ],
  check: (context) =>
    indexBuilds(context)
      .filter(({ kind }) => kind === 'plain')
      .map(({ finding }) => finding),
};

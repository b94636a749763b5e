import type { Rule } from '../rule.ts';
import { indexBuilds } from './index-build.ts';

export const createIndexAfterExclusiveLock: Rule = {
  name: 'create-index-after-exclusive-lock',
  about: 'statement',
  severity: 'error',
  summary: 'An index is built in a transaction that keeps readers of its table out already.',
  why: '`CREATE INDEX` by itself lets reads go on. But an earlier `ALTER TABLE` of the same table in the same transaction has taken ACCESS EXCLUSIVE, and keeps it until COMMIT: reads and writes wait until the index is built, which on a large table is minutes to hours. ORMs write exactly this when a column and its index are added together.',
  instead:
    'Leave the index out of this migration, and build it with `CREATE INDEX CONCURRENTLY` in one of its own that runs outside a transaction.',
  sources: [
    'https://www.postgresql.org/docs/current/explicit-locking.html',
    'https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY',
  ],
  peers: ['django-migration-linter CREATE_INDEX_EXCLUSIVE', 'eugene E4'],
  bad: [
    {
      title: 'A column and its index',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'ALTER TABLE users ADD COLUMN age int;\nCREATE INDEX users_age_idx ON users (age);',
      line: 2,
    },
    {
      title: 'A unique index, with names that need quotes',
      base: 'CREATE TABLE "User" (id bigint PRIMARY KEY, "eMail" text, name varchar(20));',
      migration:
        'ALTER TABLE "User" ALTER name TYPE text;\n\nCREATE UNIQUE INDEX ON "User" (lower("eMail"));',
      line: 3,
    },
  ],
  good: [
    {
      title: 'The index in a migration of its own',
      base: { '1_base.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);' },
      migration: {
        '1_base.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);',
        '2_column.sql': 'ALTER TABLE users ADD COLUMN age int;',
        '3_index.sql': 'CREATE INDEX CONCURRENTLY users_age_idx ON users (age);',
      },
    },
    {
      title: 'On a table that the migration creates',
      base: '',
      migration:
        'CREATE TABLE users (id bigint PRIMARY KEY);\nALTER TABLE users ADD COLUMN age int;\nCREATE INDEX users_age_idx ON users (age);',
    },
  ],
  check: (context) =>
    indexBuilds(context)
      .filter(({ kind }) => kind === 'after-exclusive-lock')
      .map(({ finding }) => finding),
};

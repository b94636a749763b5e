import type { Rule } from '../rule.ts';
import { rewritten } from './rewritten.ts';

export const rewriteSetLogged: Rule = {
  name: 'rewrite-set-logged',
  about: 'statement',
  severity: 'error',
  summary: 'SET LOGGED or SET UNLOGGED copies an existing table.',
  why: 'The whole table and all its indexes are written anew under ACCESS EXCLUSIVE: all reads and writes wait. SET LOGGED writes everything to the write-ahead log as well, which replicas have to replay; an unlogged table is empty after a crash and on every replica.',
  instead:
    'Decide it when the table is created. For a table in use: a second table of the other kind, filled in batches outside of migrations, and two renames.',
  sources: [
    'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-LOGGED-UNLOGGED',
  ],
  peers: ['pgfence set-logged-unlogged', 'migrationpilot MP047', 'pgsafe set-logged', 'pgrubic GN019'],
  bad: [
    {
      title: 'SET UNLOGGED',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'ALTER TABLE users SET UNLOGGED;',
    },
    {
      title: 'SET LOGGED, with names that need quotes',
      base: 'CREATE UNLOGGED TABLE "Cache" (id bigint PRIMARY KEY);',
      migration: '\nALTER TABLE public."Cache" SET LOGGED;',
      line: 2,
    },
  ],
  good: [
    {
      title: 'A table that the migration creates',
      base: '',
      migration: 'CREATE TABLE cache (id bigint PRIMARY KEY);\nALTER TABLE cache SET UNLOGGED;',
    },
    {
      title: 'It is unlogged already: nothing is copied',
      base: 'CREATE UNLOGGED TABLE cache (id bigint PRIMARY KEY);',
      migration: 'ALTER TABLE cache SET UNLOGGED;',
    },
  ],
  check: (context) =>
    rewritten(context, ['AT_SetLogged', 'AT_SetUnLogged'], {
      command: ({ commands }) =>
        commands.some(({ subtype }) => subtype === 'AT_SetLogged') ? 'SET LOGGED' : 'SET UNLOGGED',
      work: 'the table is copied and its indexes are built anew',
      advice: 'Fill a second table of that kind in batches, and swap the names.',
    }),
};

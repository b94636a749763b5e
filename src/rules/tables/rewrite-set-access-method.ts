import type { Rule } from '../rule.ts';
import { rewritten } from './rewritten.ts';

const setup = 'CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler;';

export const rewriteSetAccessMethod: Rule = {
  name: 'rewrite-set-access-method',
  about: 'statement',
  severity: 'error',
  summary: 'SET ACCESS METHOD copies an existing table.',
  why: 'All rows are written anew in the other format, and all indexes are built again, under ACCESS EXCLUSIVE: all reads and writes wait for a time that grows with the table.',
  instead:
    'A second table with the access method, filled in batches outside of migrations, and two renames; for partitioned tables: give it to new partitions only.',
  sources: [
    'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-ACCESS-METHOD',
  ],
  peers: ['pgsafe set-access-method', 'pgrubic US023'],
  bad: [
    {
      title: 'Another access method',
      setup,
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'ALTER TABLE users SET ACCESS METHOD heap2;',
      since: 15,
    },
    {
      title: 'Back to heap, with other commands',
      setup,
      base: 'CREATE TABLE "User" (id bigint) USING heap2;',
      migration: 'ALTER TABLE "User" ADD COLUMN note text, SET ACCESS METHOD heap;',
      since: 15,
    },
  ],
  good: [
    {
      title: 'The one that it has',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'ALTER TABLE users SET ACCESS METHOD heap;',
      since: 15,
    },
    {
      title: 'A new table',
      setup,
      base: '',
      migration: 'CREATE TABLE users (id bigint PRIMARY KEY) USING heap2;',
    },
  ],
  check: (context) =>
    rewritten(context, ['AT_SetAccessMethod'], {
      command: () => 'SET ACCESS METHOD',
      work: 'all rows are written anew in the other format',
      advice: 'Fill a second table in batches, and swap the names.',
    }),
};

import { typeConvention } from './convention.ts';

export const preferText = typeConvention({
  name: 'prefer-text',
  summary: 'A new column is of type varchar(n).',
  why: 'varchar(n) stores no less than text and is no faster. The limit is part of the type: to make it smaller later means to rewrite the table, and views that use the column stand in the way of every change.',
  instead:
    'text, with a `CHECK (length(…) <= n)` where a limit is meant: that can be replaced without a rewrite.',
  sources: ['https://wiki.postgresql.org/wiki/Don%27t_Do_This#Don.27t_use_varchar.28n.29_by_default'],
  peers: ['squawk prefer-text-field', 'pgfence prefer-text-field', 'migrationpilot MP037', 'pgrubic TP005'],
  bad: [
    { title: 'A new table', base: '', migration: 'CREATE TABLE users (email varchar(255) PRIMARY KEY);' },
    {
      title: 'A new column',
      base: 'CREATE TABLE "User" (id bigint PRIMARY KEY);',
      migration: '\nALTER TABLE "User" ADD COLUMN email character varying(50);',
      line: 2,
    },
  ],
  good: [
    { title: 'text', base: '', migration: 'CREATE TABLE users (email text PRIMARY KEY);' },
    {
      title: 'varchar without a limit',
      base: '',
      migration: 'CREATE TABLE users (email varchar PRIMARY KEY);',
    },
  ],
  applies: ({ type, modifiers }) => type === 'varchar' && modifiers > 0,
  says: () => 'Write text, with a CHECK of the length where one is meant.',
});

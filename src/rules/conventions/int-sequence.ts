import { typeConvention } from './convention.ts';

export const intSequence = typeConvention({
  name: 'int-sequence',
  summary: 'A new column counts in an integer or smallint.',
  why: 'A sequence gives each number once: also to rows that were rolled back, deleted or refused by ON CONFLICT. At 2,147,483,647 every INSERT of the table fails, and the way out (a wider type) means to rewrite the table while it stands still.',
  instead: 'bigint, with identity or bigserial.',
  sources: ['https://www.postgresql.org/docs/current/sql-createsequence.html'],
  peers: [
    'migrationpilot MP068',
    'online_migrations short_primary_key_type',
    'pgsafe prefer-bigint-primary-key',
  ],
  bad: [
    { title: 'serial', base: '', migration: 'CREATE TABLE users (id serial PRIMARY KEY);' },
    {
      title: 'An identity column',
      base: '',
      migration: '\nCREATE TABLE "User" (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY);',
      line: 2,
    },
  ],
  good: [
    { title: 'bigserial', base: '', migration: 'CREATE TABLE users (id bigserial PRIMARY KEY);' },
    {
      title: 'An integer that nobody counts',
      base: '',
      migration: 'CREATE TABLE users (id bigint PRIMARY KEY, age int);',
    },
  ],
  applies: ({ type, column }) =>
    /^(?:small)?serial[24]?$/.test(type) ||
    (['int2', 'int4'].includes(type) &&
      (column.constraints ?? []).some(
        (each) => 'Constraint' in each && each.Constraint.contype === 'CONSTR_IDENTITY',
      )),
  says: () => 'It ends at 2,147,483,647, and from then on every INSERT fails: use bigint.',
});

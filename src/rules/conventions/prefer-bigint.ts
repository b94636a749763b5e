import { typeConvention } from './convention.ts';

export const preferBigint = typeConvention({
  name: 'prefer-bigint',
  summary: 'A new column is of type integer or smallint.',
  why: 'A counter that starts small runs out at 2,147,483,647, and to change the type of a full table means to rewrite it. Beside a column of eight bytes the four that are saved are mostly lost to alignment.',
  instead: 'bigint, also for what looks small today.',
  sources: ['https://www.postgresql.org/docs/current/datatype-numeric.html'],
  peers: [
    'squawk prefer-bigint-over-int, prefer-bigint-over-smallint',
    'pgfence',
    'migrationpilot MP038',
    'pgsafe',
  ],
  bad: [
    { title: 'A new table', base: '', migration: 'CREATE TABLE users (id int PRIMARY KEY);' },
    {
      title: 'A new column',
      base: 'CREATE TABLE "User" (id bigint PRIMARY KEY);',
      migration: '\nALTER TABLE "User" ADD COLUMN "teamId" smallint;',
      line: 2,
    },
  ],
  good: [
    { title: 'bigint', base: '', migration: 'CREATE TABLE users (id bigint PRIMARY KEY, team_id int8);' },
    { title: 'A temporary table', base: '', migration: 'CREATE TEMPORARY TABLE t (n int);' },
  ],
  applies: ({ type }) => type === 'int4' || type === 'int2',
  says: () => 'It ends at 2,147,483,647 or 32,767, and its type is costly to change later: use bigint.',
});

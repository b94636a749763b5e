import { typeConvention } from './convention.ts';

export const preferIdentity = typeConvention({
  name: 'prefer-identity',
  summary: 'A new column is of a serial type.',
  why: 'serial is no type but a default and a sequence of its own: the sequence has rights of its own, DROP DEFAULT and copies of the table (LIKE) leave it in odd states, and any INSERT may give its own number without being told.',
  instead: 'GENERATED ALWAYS AS IDENTITY, which is in the SQL standard and belongs to the column.',
  sources: ['https://wiki.postgresql.org/wiki/Don%27t_Do_This#Don.27t_use_serial'],
  peers: ['squawk prefer-identity', 'pgfence prefer-identity', 'migrationpilot MP039', 'pgrubic TP007'],
  bad: [
    { title: 'bigserial', base: '', migration: 'CREATE TABLE users (id bigserial PRIMARY KEY);' },
    {
      title: 'serial',
      base: '',
      migration: 'SELECT 1;\nCREATE TABLE "User" (id serial PRIMARY KEY);',
      line: 2,
    },
  ],
  good: [
    {
      title: 'Identity',
      base: '',
      migration: 'CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);',
    },
    { title: 'No number at all', base: '', migration: 'CREATE TABLE users (email text PRIMARY KEY);' },
  ],
  applies: ({ type }) => /^(?:small|big)?serial[248]?$/.test(type),
  says: () => 'Write bigint GENERATED ALWAYS AS IDENTITY instead.',
});

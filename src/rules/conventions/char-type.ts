import { typeConvention } from './convention.ts';

export const charType = typeConvention({
  name: 'char-type',
  summary: 'A new column is of type char(n).',
  why: 'Values are filled up with blanks to n characters, which take room and vanish in some comparisons and not in others: `LIKE`, casts and parameters of type text behave in another way than constants. It is not faster than text.',
  instead: 'text, with a `CHECK (length(…) = n)` where the length is fixed.',
  sources: ['https://wiki.postgresql.org/wiki/Don%27t_Do_This#Don.27t_use_char.28n.29'],
  peers: ['squawk ban-char-field', 'pgfence ban-char-field', 'migrationpilot MP041', 'pgrubic TP004'],
  bad: [
    { title: 'char(2)', base: '', migration: 'CREATE TABLE countries (code char(2) PRIMARY KEY);' },
    {
      title: 'character, which is char(1)',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: '\nALTER TABLE users ADD COLUMN initial character;',
      line: 2,
    },
  ],
  good: [
    { title: 'text', base: '', migration: 'CREATE TABLE countries (code text PRIMARY KEY);' },
    { title: 'varchar', base: '', migration: 'CREATE TABLE countries (code varchar(2) PRIMARY KEY);' },
  ],
  applies: ({ type }) => type === 'bpchar',
  says: () => 'Its values are filled up with blanks: write text, with a CHECK of the length.',
});

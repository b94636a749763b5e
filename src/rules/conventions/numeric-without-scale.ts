import { typeConvention } from './convention.ts';

export const numericWithoutScale = typeConvention({
  name: 'numeric-without-scale',
  summary: 'A new column is of type numeric, without precision and scale.',
  why: 'It takes numbers with as many digits as somebody computes: a third of a price is stored with all its digits, sums do not come out even, and rows grow. A limit that is added later makes Postgres rewrite the table.',
  instead: 'Say how many digits are meant: `numeric(12, 2)`.',
  sources: ['https://www.postgresql.org/docs/current/datatype-numeric.html#DATATYPE-NUMERIC-DECIMAL'],
  peers: ['pgrubic TP012'],
  bad: [
    { title: 'numeric', base: '', migration: 'CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);' },
    {
      title: 'decimal',
      base: 'CREATE TABLE orders (id bigint PRIMARY KEY);',
      migration: '\nALTER TABLE orders ADD COLUMN total decimal;',
      line: 2,
    },
  ],
  good: [
    {
      title: 'With both',
      base: '',
      migration: 'CREATE TABLE orders (id bigint PRIMARY KEY, total numeric(12, 2));',
    },
    { title: 'bigint', base: '', migration: 'CREATE TABLE orders (id bigint PRIMARY KEY, cents bigint);' },
  ],
  applies: ({ type, modifiers }) => type === 'numeric' && modifiers === 0,
  says: () => 'Say how many digits are meant: numeric(12, 2).',
});

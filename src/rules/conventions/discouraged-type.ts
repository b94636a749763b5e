import { typeConvention } from './convention.ts';

const better: Readonly<Record<string, string>> = {
  money: 'It depends on lc_monetary and knows no currency: write numeric, with the currency beside it.',
  timetz: 'An offset without a date says nothing about summer time: write timestamptz, or time.',
  hstore: 'It holds text only and needs an extension: write jsonb.',
  xml: 'It has no operators and no indexes: write text, or jsonb where the contents are searched.',
};

export const discouragedType = typeConvention({
  name: 'discouraged-type',
  summary: 'A new column is of type money, time with time zone, hstore or xml.',
  why: 'money rounds and prints by the settings of the server and has no currency; timetz knows an offset but no date; hstore came before jsonb and holds nothing but text; xml can be neither compared nor indexed. Each has a better successor.',
  instead: 'numeric, timestamptz, jsonb, text.',
  sources: ['https://wiki.postgresql.org/wiki/Don%27t_Do_This'],
  peers: ['pgrubic TP002, TP003, TP006, TP011', 'pgfence'],
  bad: [
    { title: 'money', base: '', migration: 'CREATE TABLE orders (id bigint PRIMARY KEY, total money);' },
    {
      title: 'time with time zone',
      base: 'CREATE TABLE shops (id bigint PRIMARY KEY);',
      migration: '\nALTER TABLE shops ADD COLUMN opens time with time zone;',
      line: 2,
    },
  ],
  good: [
    {
      title: 'numeric',
      base: '',
      migration: 'CREATE TABLE orders (id bigint PRIMARY KEY, total numeric(12, 2));',
    },
    { title: 'time', base: '', migration: 'CREATE TABLE shops (id bigint PRIMARY KEY, opens time);' },
  ],
  applies: ({ type }) => type in better,
  says: ({ type }) => better[type] ?? 'There is a better type.',
});

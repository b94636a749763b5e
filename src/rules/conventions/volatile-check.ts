import { below, calledFunctions } from '../statements.ts';
import { advice, convention, definedConstraints } from './convention.ts';

const changing = new Set([
  'now',
  'random',
  'clock_timestamp',
  'statement_timestamp',
  'transaction_timestamp',
  'timeofday',
  'nextval',
  'gen_random_uuid',
  'age',
]);

export const volatileCheck = convention({
  name: 'volatile-check',
  severity: 'warning',
  summary: 'A CHECK depends on the time or on chance.',
  why: 'A row that was right when it was written is wrong later. A dump cannot be restored then, and neither can the constraint be validated.',
  instead: 'Compare columns with columns; what depends on the moment of writing belongs into a trigger.',
  sources: ['https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-CHECK-CONSTRAINTS'],
  peers: ['migrationpilot MP087'],
  bad: [
    {
      title: 'now()',
      base: '',
      migration: 'CREATE TABLE bookings (id bigint PRIMARY KEY, at timestamptz CHECK (at > now()));',
    },
    {
      title: 'CURRENT_DATE',
      base: '',
      migration: '\nCREATE TABLE people (id bigint PRIMARY KEY, born date, CHECK (born < CURRENT_DATE));',
      line: 2,
    },
  ],
  good: [
    {
      title: 'Columns',
      base: '',
      migration: 'CREATE TABLE stays (id bigint PRIMARY KEY, a date, b date, CHECK (a < b));',
    },
    {
      title: 'A default',
      base: '',
      migration: 'CREATE TABLE notes (id bigint PRIMARY KEY, at timestamptz DEFAULT now());',
    },
  ],
  check: (context) =>
    [...definedConstraints(context)]
      .filter(
        ({ constraint: { contype, raw_expr } }) =>
          contype === 'CONSTR_CHECK' &&
          (calledFunctions(raw_expr).some((name) => changing.has(name)) ||
            [...below(raw_expr)].some((node) => 'SQLValueFunction' in node)),
      )
      .map(({ place, table }) =>
        advice(
          place,
          table,
          `A CHECK of ${table} depends on the moment`,
          'Rows that were right become wrong, and a dump cannot be restored.',
        ),
      ),
});

import { advice, convention, definedConstraints } from './convention.ts';

export const notEnforcedConstraint = convention({
  name: 'not-enforced-constraint',
  summary: 'A new constraint is NOT ENFORCED.',
  why: 'Postgres checks neither old nor new rows against it: it is a comment that looks like a promise.',
  instead: 'NOT VALID, which checks new rows, and VALIDATE later; or a comment.',
  sources: ['https://www.postgresql.org/docs/current/sql-createtable.html'],
  peers: ['migrationpilot MP082'],
  bad: [
    {
      title: 'At the column',
      base: '',
      migration: 'CREATE TABLE t (id bigint CHECK (id > 0) NOT ENFORCED);',
      since: 18,
    },
    {
      title: 'Of the table',
      base: '',
      migration: '\nCREATE TABLE t (id bigint, CHECK (id > 0) NOT ENFORCED);',
      line: 2,
      since: 18,
    },
  ],
  good: [
    { title: 'Enforced', base: '', migration: 'CREATE TABLE t (id bigint CHECK (id > 0));' },
    { title: 'None', base: '', migration: 'CREATE TABLE t (id bigint);' },
  ],
  check: (context) =>
    [...definedConstraints(context)]
      .filter(
        ({ constraint: { contype, is_enforced } }) =>
          contype === 'CONSTR_ATTR_NOT_ENFORCED' ||
          ((contype === 'CONSTR_CHECK' || contype === 'CONSTR_FOREIGN') &&
            is_enforced !== true &&
            !supportsNothing(context.postgresMajor)),
      )
      .map(({ place, table }) =>
        advice(
          place,
          table,
          `A constraint of ${table} is not enforced`,
          'No row is ever checked against it.',
        ),
      ),
});

/** Before 18 every constraint is enforced. */
const supportsNothing = (major: number): boolean => major < 18;

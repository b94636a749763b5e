import { advice, convention, definedConstraints } from './convention.ts';

export const deferrableForeignKey = convention({
  name: 'deferrable-foreign-key',
  summary: 'A new foreign key is DEFERRABLE.',
  why: 'A deferred check fails at COMMIT, far from the statement that was wrong, and the server has to keep a list of all rows that are still to be checked.',
  instead: 'A foreign key that is checked at once, and statements in the right order.',
  sources: ['https://www.postgresql.org/docs/current/sql-set-constraints.html'],
  peers: ['migrationpilot MP074'],
  bad: [
    {
      title: 'INITIALLY DEFERRED',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration:
        'CREATE TABLE orders (id bigint PRIMARY KEY, FOREIGN KEY (id) REFERENCES users (id) DEFERRABLE INITIALLY DEFERRED);',
    },
    {
      title: 'At the column',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: '\nCREATE TABLE orders (id bigint PRIMARY KEY REFERENCES users (id) DEFERRABLE);',
      line: 2,
    },
  ],
  good: [
    {
      title: 'Checked at once',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'CREATE TABLE orders (id bigint PRIMARY KEY REFERENCES users (id));',
    },
    {
      title: 'Another constraint',
      base: '',
      migration: 'CREATE TABLE t (id bigint PRIMARY KEY DEFERRABLE);',
    },
  ],
  check: (context) => {
    let foreign: { readonly place: object; readonly table: string } | null = null;
    return [...definedConstraints(context)].flatMap(({ place, table, constraint }) => {
      const { contype, deferrable } = constraint;
      // At a column DEFERRABLE comes as a node of its own, behind the constraint that it belongs to.
      const attached = contype === 'CONSTR_ATTR_DEFERRABLE' && foreign?.place === place.statement;
      if (contype === 'CONSTR_FOREIGN') foreign = { place: place.statement, table };
      else if (!contype?.startsWith('CONSTR_ATTR_')) foreign = null;
      if (!attached && !(contype === 'CONSTR_FOREIGN' && deferrable === true)) return [];
      return [
        advice(
          place,
          table,
          `A foreign key of ${table} is DEFERRABLE`,
          'Its failure shows at COMMIT, far from the statement that was wrong.',
        ),
      ];
    });
  },
});

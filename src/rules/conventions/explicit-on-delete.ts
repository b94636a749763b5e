import { advice, convention, definedConstraints } from './convention.ts';

export const explicitOnDelete = convention({
  name: 'explicit-on-delete',
  summary: 'A foreign key does not say what happens when the referenced row is deleted.',
  why: 'Without a word it is NO ACTION: the DELETE fails. That may be what is meant; a reader cannot tell whether somebody thought of it. (The parser cannot tell a written NO ACTION from none: write RESTRICT.)',
  instead: '`ON DELETE RESTRICT`, `CASCADE` or `SET NULL`.',
  sources: ['https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK'],
  peers: ['migrationpilot MP086'],
  bad: [
    {
      title: 'In a new table',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'CREATE TABLE orders (id bigint PRIMARY KEY REFERENCES users (id));',
    },
    {
      title: 'As a constraint of the table',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: '\nCREATE TABLE orders (id bigint PRIMARY KEY, FOREIGN KEY (id) REFERENCES users (id));',
      line: 2,
    },
  ],
  good: [
    {
      title: 'RESTRICT',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'CREATE TABLE orders (id bigint PRIMARY KEY REFERENCES users (id) ON DELETE RESTRICT);',
    },
    {
      title: 'CASCADE',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'CREATE TABLE orders (id bigint PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE);',
    },
  ],
  check: (context) =>
    [...definedConstraints(context)]
      .filter(
        ({ constraint }) =>
          constraint.contype === 'CONSTR_FOREIGN' && (constraint.fk_del_action ?? 'a') === 'a',
      )
      .map(({ place, table }) =>
        advice(
          place,
          table,
          `A foreign key of ${table} does not say what a DELETE of the referenced row does`,
          'Say ON DELETE RESTRICT, CASCADE or SET NULL.',
        ),
      ),
});

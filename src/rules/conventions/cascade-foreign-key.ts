import { advice, convention, definedConstraints } from './convention.ts';

export const cascadeForeignKey = convention({
  name: 'cascade-foreign-key',
  summary: 'A new foreign key deletes or changes rows by CASCADE.',
  why: 'One DELETE may take millions of rows of other tables with it, in one statement and without a word, and hold their locks as long.',
  instead: '`ON DELETE RESTRICT`, and an application that deletes what it means to delete, in batches.',
  sources: ['https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK'],
  peers: ['pgrubic CT001, CT002'],
  bad: [
    {
      title: 'ON DELETE CASCADE',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'CREATE TABLE orders (id bigint PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE);',
    },
    {
      title: 'ON UPDATE CASCADE',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration:
        '\nCREATE TABLE orders (id bigint PRIMARY KEY, FOREIGN KEY (id) REFERENCES users (id) ON UPDATE CASCADE);',
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
      title: 'SET NULL',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration:
        'CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id) ON DELETE SET NULL);',
    },
  ],
  check: (context) =>
    [...definedConstraints(context)]
      .filter(
        ({ constraint: { contype, fk_del_action, fk_upd_action } }) =>
          contype === 'CONSTR_FOREIGN' && (fk_del_action === 'c' || fk_upd_action === 'c'),
      )
      .map(({ place, table }) =>
        advice(
          place,
          table,
          `A foreign key deletes or changes rows of ${table} by CASCADE`,
          'One statement may take millions of rows along: consider RESTRICT.',
        ),
      ),
});

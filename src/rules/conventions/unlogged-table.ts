import { statementsOf } from '../statements.ts';
import { advice, convention, written } from './convention.ts';

export const unloggedTable = convention({
  name: 'unlogged-table',
  severity: 'warning',
  summary: 'A new table is UNLOGGED.',
  why: 'After a crash it is empty, and on replicas it does not exist for queries: a failover loses it.',
  instead: 'An ordinary table, unless all of it can be lost.',
  sources: ['https://www.postgresql.org/docs/current/sql-createtable.html#SQL-CREATETABLE-UNLOGGED'],
  peers: ['pgrubic GN003'],
  bad: [
    { title: 'UNLOGGED', base: '', migration: 'CREATE UNLOGGED TABLE cache (id bigint PRIMARY KEY);' },
    {
      title: 'In a schema',
      base: 'CREATE SCHEMA app;',
      migration: '\nCREATE UNLOGGED TABLE app.cache (id bigint PRIMARY KEY);',
      line: 2,
    },
  ],
  good: [
    { title: 'Logged', base: '', migration: 'CREATE TABLE cache (id bigint PRIMARY KEY);' },
    { title: 'Temporary', base: '', migration: 'CREATE TEMPORARY TABLE cache (id bigint PRIMARY KEY);' },
  ],
  check: (context) =>
    [...statementsOf(context, 'CreateStmt')]
      .filter(({ node }) => node.relation?.relpersistence === 'u')
      .map((place) =>
        advice(
          place,
          written(place.node.relation),
          `${written(place.node.relation)} is empty after a crash and on replicas`,
          'Leave UNLOGGED out unless all of it can be lost.',
        ),
      ),
});

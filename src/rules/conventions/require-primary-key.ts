import { candidates, statementsOf } from '../statements.ts';
import { advice, convention } from './convention.ts';

export const requirePrimaryKey = convention({
  name: 'require-primary-key',
  summary: 'A new table has no primary key.',
  why: 'Logical replication refuses UPDATE and DELETE of a table without one, rows cannot be told apart, backfills have nothing to go along, and many tools and ORMs do not work with it.',
  instead: 'A primary key.',
  sources: ['https://www.postgresql.org/docs/current/logical-replication-publication.html'],
  peers: ['migrationpilot MP045', 'pgsafe require-primary-key', 'pgrubic GN004', 'diesel-guard'],
  bad: [
    { title: 'None', base: '', migration: 'CREATE TABLE users (email text);' },
    {
      title: 'UNIQUE is not the same',
      base: '',
      migration: '\nCREATE TABLE "User" (email text UNIQUE);',
      line: 2,
    },
  ],
  good: [
    { title: 'In the table', base: '', migration: 'CREATE TABLE users (email text PRIMARY KEY);' },
    {
      title: 'Later in the same migration, and of a partition its table’s',
      base: '',
      migration:
        'CREATE TABLE a (id bigint);\nALTER TABLE a ADD PRIMARY KEY (id);\nCREATE TABLE p (id bigint PRIMARY KEY) PARTITION BY RANGE (id);\nCREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (2);',
    },
  ],
  check: (context) => {
    const keyed = new Set(
      context.after?.objects.flatMap(({ type, containerIdentity, facts }) =>
        type === 'constraint' && facts.kind === 'primary-key' ? [containerIdentity] : [],
      ),
    );
    return [...statementsOf(context, 'CreateStmt')].flatMap((place) => {
      const { relation } = place.node;
      if (relation?.relpersistence === 't') return [];
      const table = candidates({ schema: relation?.schemaname, name: relation?.relname ?? '' }, place)
        .map((name) => context.after?.byName('table', name))
        .find((found) => found !== undefined);
      // Base's own (IF NOT EXISTS), or gone again.
      if (table === undefined || context.before?.byName('table', table.name) !== undefined) return [];
      if (keyed.has(table.identity)) return [];
      return [
        advice(
          place,
          table.name,
          `${table.name} has no primary key`,
          'Give it one: rows cannot be told apart without.',
        ),
      ];
    });
  },
});

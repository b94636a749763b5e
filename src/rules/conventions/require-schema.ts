import type { Node, RangeVar } from '@pgsql/types';
import { completed } from '../statements.ts';
import { advice, convention } from './convention.ts';

export const requireSchema = convention({
  name: 'require-schema',
  summary: 'A statement creates, alters or drops a table, view or index without naming its schema.',
  why: 'Where the object ends up depends on the search_path of whoever runs the migration, which differs between people, tools and servers.',
  instead: 'Name the schema: `CREATE TABLE public.users`.',
  sources: ['https://www.postgresql.org/docs/current/ddl-schemas.html#DDL-SCHEMAS-PATH'],
  peers: ['squawk require-schema (opt-in)', 'pgsafe require-schema', 'pgrubic SM001'],
  bad: [
    { title: 'CREATE TABLE', base: '', migration: 'CREATE TABLE users (id bigint PRIMARY KEY);' },
    {
      title: 'ALTER TABLE',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: '\nALTER TABLE users ADD COLUMN age bigint;',
      line: 2,
    },
  ],
  good: [
    { title: 'With its schema', base: '', migration: 'CREATE TABLE public.users (id bigint PRIMARY KEY);' },
    { title: 'A temporary table', base: '', migration: 'CREATE TEMPORARY TABLE t (id bigint);' },
  ],
  check: (context) =>
    [...completed(context)].flatMap((place) => {
      const relation = target(place.statement.node);
      if (relation === undefined || relation.relpersistence === 't') return [];
      if (relation.schemaname !== undefined && relation.schemaname !== '') return [];
      const name = relation.relname ?? '';
      return [
        advice(
          place,
          name,
          `${name} is named without its schema`,
          'Which one is meant depends on the search_path.',
        ),
      ];
    }),
});

/** The relation that a DDL statement is about. */
function target(node: Node | null): RangeVar | undefined {
  if (node === null) return undefined;
  if ('CreateStmt' in node) return node.CreateStmt.relation;
  if ('AlterTableStmt' in node) return node.AlterTableStmt.relation;
  if ('ViewStmt' in node) return node.ViewStmt.view;
  if ('IndexStmt' in node) return node.IndexStmt.relation;
  if ('CreateTableAsStmt' in node) return node.CreateTableAsStmt.into?.rel;
  if ('RenameStmt' in node) return node.RenameStmt.relation;
  return undefined;
}

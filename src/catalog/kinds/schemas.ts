import { containerToken } from '../template.ts';
import { defineKind, topLevel } from './kind.ts';
import { noExtensionMember, userSchema } from './queries.ts';

interface Row {
  readonly oid: number;
  readonly name: string;
  readonly sql: string;
}

export const schemas = defineKind<Row>({
  types: ['schema'],
  query: () => `
    SELECT n.oid, n.nspname::text AS name, quote_ident(n.nspname) AS sql
    FROM pg_namespace n
    WHERE ${userSchema('n')} AND ${noExtensionMember('pg_namespace', 'n.oid')}`,
  object: (row) =>
    topLevel({
      type: 'schema',
      identity: `pg_namespace:${row.oid}`,
      scope: null,
      local: row.name,
      sqlName: row.sql,
      template: `CREATE SCHEMA ${containerToken};`,
    }),
});

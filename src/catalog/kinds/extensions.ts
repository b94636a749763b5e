import { containerToken } from '../template.ts';
import { defineKind, topLevel } from './kind.ts';

interface Row {
  readonly oid: number;
  readonly name: string;
  readonly sql: string;
  readonly version: string;
  readonly schema: string;
}

export const extensions = defineKind<Row>({
  types: ['extension'],
  query: () => `
    SELECT e.oid, e.extname::text AS name, quote_ident(e.extname) AS sql, e.extversion AS version,
           quote_ident(n.nspname) AS schema
    FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace`,
  object: (row) =>
    topLevel({
      type: 'extension',
      identity: `pg_extension:${row.oid}`,
      scope: null,
      local: row.name,
      sqlName: row.sql,
      template: `CREATE EXTENSION ${containerToken} WITH SCHEMA ${row.schema} VERSION '${row.version}';`,
      facts: { version: row.version, schema: row.schema },
    }),
});

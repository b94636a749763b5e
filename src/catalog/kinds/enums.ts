import { containerToken } from '../template.ts';
import { defineKind, topLevel } from './kind.ts';
import { noExtensionMember, userSchema } from './queries.ts';

interface Row {
  readonly oid: number;
  readonly name: string;
  readonly sql: string;
  readonly nspid: number;
  readonly nspname: string;
  readonly values: readonly { readonly oid: number; readonly label: string; readonly sql: string }[] | null;
}

export const enums = defineKind<Row>({
  types: ['type'],
  query: () => `
    SELECT t.oid, t.typname::text AS name, format('%I.%I', n.nspname, t.typname) AS sql, n.oid AS nspid,
           n.nspname::text AS nspname,
           (SELECT json_agg(json_build_object('oid', e.oid::int8, 'label', e.enumlabel, 'sql', quote_literal(e.enumlabel))
              ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid) AS values
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE t.typtype = 'e' AND ${userSchema('n')} AND ${noExtensionMember('pg_type', 't.oid')}`,
  object: (row) => {
    const values = row.values ?? [];
    return topLevel({
      type: 'type',
      identity: `pg_type:${row.oid}`,
      scope: { identity: `pg_namespace:${row.nspid}`, name: row.nspname },
      local: row.name,
      sqlName: row.sql,
      template: [
        `CREATE TYPE ${containerToken} AS ENUM (`,
        ...values.map((value) => `  ${value.sql},`),
        ');',
      ].join('\n'),
      facts: { kind: 'enum' },
      // The oid outlives a rename of the value.
      members: values.map((value) => ({
        identity: `pg_enum:${value.oid}`,
        name: value.label,
        definition: '',
      })),
    });
  },
});

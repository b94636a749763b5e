import { containerToken } from '../template.ts';
import { defineKind, topLevel } from './kind.ts';
import { relationsCte } from './queries.ts';

interface Row {
  readonly oid: number;
  readonly relid: number;
  readonly relname: string;
  readonly relsql: string;
  readonly nspid: number;
  readonly nspname: string;
  readonly attributes:
    | readonly {
        readonly attnum: number;
        readonly name: string;
        readonly sql: string;
        readonly type: string;
      }[]
    | null;
  readonly stored: string | null;
}

export const composites = defineKind<Row>({
  types: ['type'],
  query: () => `
    WITH ${relationsCte(null, 'c')}
    SELECT rel.*, c.reltype AS oid, attribute.attributes, attribute.stored
    FROM rel JOIN pg_class c ON c.oid = rel.relid
    LEFT JOIN LATERAL (
      SELECT json_agg(json_build_object('attnum', a.attnum, 'name', a.attname, 'sql', quote_ident(a.attname),
               'type', format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attcollation <> t.typcollation
                 THEN format(' COLLATE %I.%I', cn.nspname, co.collname) ELSE '' END) ORDER BY a.attnum) AS attributes,
             string_agg(concat_ws(' ', a.attnum, a.attname, a.atttypid, a.atttypmod, a.attcollation), '|' ORDER BY a.attnum) AS stored
      FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
      LEFT JOIN pg_collation co ON co.oid = a.attcollation LEFT JOIN pg_namespace cn ON cn.oid = co.collnamespace
      WHERE a.attrelid = rel.relid AND a.attnum > 0 AND NOT a.attisdropped) attribute ON true`,
  object: (row) => {
    const attributes = row.attributes ?? [];
    return topLevel({
      type: 'type',
      identity: `pg_type:${row.oid}`,
      scope: { identity: `pg_namespace:${row.nspid}`, name: row.nspname },
      local: row.relname,
      sqlName: row.relsql,
      template: [
        `CREATE TYPE ${containerToken} AS (`,
        ...attributes.map((attribute) => `  ${attribute.sql} ${attribute.type},`),
        ');',
      ].join('\n'),
      stored: row.stored,
      facts: { kind: 'composite' },
      members: attributes.map((attribute) => ({
        identity: `pg_attribute:${row.relid}.${attribute.attnum}`,
        name: attribute.name,
        definition: attribute.type,
      })),
    });
  },
});

import { containerToken } from '../template.ts';
import { defineKind, topLevel } from './kind.ts';
import { noExtensionMember, userSchema } from './queries.ts';

interface Row {
  readonly oid: number;
  readonly name: string;
  readonly sql: string;
  readonly nspid: number;
  readonly nspname: string;
  readonly subtype: string;
  readonly operator_class: string | null;
  readonly collation: string | null;
  readonly canonical: string | null;
  readonly difference: string | null;
  readonly multirange: string | null;
  readonly stored: string;
}

export const ranges = defineKind<Row>({
  types: ['type'],
  query: ({ major }) => `
    SELECT t.oid, t.typname::text AS name, format('%I.%I', n.nspname, t.typname) AS sql, n.oid AS nspid,
           n.nspname::text AS nspname, format_type(r.rngsubtype, NULL) AS subtype,
           CASE WHEN NOT oc.opcdefault THEN format('%I.%I', ocn.nspname, oc.opcname) END AS operator_class,
           CASE WHEN r.rngcollation <> st.typcollation THEN format('%I.%I', cn.nspname, co.collname) END AS collation,
           nullif(r.rngcanonical, 0)::regprocedure::text AS canonical, nullif(r.rngsubdiff, 0)::regprocedure::text AS difference,
           ${major >= 14 ? 'format_type(nullif(r.rngmultitypid, 0), NULL)' : 'NULL'} AS multirange,
           (to_jsonb(r) - 'rngtypid')::text AS stored
    FROM pg_range r JOIN pg_type t ON t.oid = r.rngtypid JOIN pg_namespace n ON n.oid = t.typnamespace
    JOIN pg_type st ON st.oid = r.rngsubtype
    JOIN pg_opclass oc ON oc.oid = r.rngsubopc JOIN pg_namespace ocn ON ocn.oid = oc.opcnamespace
    LEFT JOIN pg_collation co ON co.oid = r.rngcollation LEFT JOIN pg_namespace cn ON cn.oid = co.collnamespace
    WHERE ${userSchema('n')} AND ${noExtensionMember('pg_type', 't.oid')}`,
  object: (row) => {
    const options = {
      SUBTYPE: row.subtype,
      SUBTYPE_OPCLASS: row.operator_class,
      COLLATION: row.collation,
      CANONICAL: row.canonical,
      SUBTYPE_DIFF: row.difference,
      MULTIRANGE_TYPE_NAME: row.multirange,
    };
    return topLevel({
      type: 'type',
      identity: `pg_type:${row.oid}`,
      scope: { identity: `pg_namespace:${row.nspid}`, name: row.nspname },
      local: row.name,
      sqlName: row.sql,
      template: [
        `CREATE TYPE ${containerToken} AS RANGE (`,
        ...Object.entries(options).flatMap(([name, value]) =>
          value === null ? [] : [`  ${name} = ${value},`],
        ),
        ');',
      ].join('\n'),
      stored: row.stored,
      facts: { kind: 'range', dataType: row.subtype },
    });
  },
});

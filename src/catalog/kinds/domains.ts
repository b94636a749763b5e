import { containerToken } from '../template.ts';
import { defineKind, topLevel } from './kind.ts';
import { noExtensionMember, userSchema } from './queries.ts';

interface Row {
  readonly oid: number;
  readonly name: string;
  readonly sql: string;
  readonly nspid: number;
  readonly nspname: string;
  readonly base: string;
  readonly collation: string | null;
  readonly default: string | null;
  readonly not_null: boolean;
  readonly checks:
    | readonly {
        readonly oid: number;
        readonly name: string;
        readonly sql: string;
        readonly definition: string;
      }[]
    | null;
  readonly stored: string;
}

export const domains = defineKind<Row>({
  types: ['domain'],
  query: () => `
    SELECT t.oid, t.typname::text AS name, format('%I.%I', n.nspname, t.typname) AS sql, n.oid AS nspid,
           n.nspname::text AS nspname, format_type(t.typbasetype, t.typtypmod) AS base,
           CASE WHEN t.typcollation <> b.typcollation THEN format('%I.%I', cn.nspname, co.collname) END AS collation,
           pg_get_expr(t.typdefaultbin, 0) AS default, t.typnotnull AS not_null, checked.checks,
           concat_ws('|', t.typbasetype, t.typtypmod, t.typcollation, t.typnotnull, coalesce(md5(t.typdefaultbin::text), '-'),
             coalesce(checked.stored, '-')) AS stored
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace JOIN pg_type b ON b.oid = t.typbasetype
    LEFT JOIN pg_collation co ON co.oid = t.typcollation LEFT JOIN pg_namespace cn ON cn.oid = co.collnamespace
    LEFT JOIN (
      SELECT con.contypid,
             json_agg(json_build_object('oid', con.oid::int8, 'name', con.conname, 'sql', quote_ident(con.conname),
               'definition', pg_get_constraintdef(con.oid)) ORDER BY con.conname) AS checks,
             string_agg(concat_ws(' ', con.conname, con.convalidated, con.conbin::text), '|' ORDER BY con.conname) AS stored
      FROM pg_constraint con WHERE con.contypid <> 0 AND con.contype = 'c' GROUP BY con.contypid) checked
      ON checked.contypid = t.oid
    WHERE t.typtype = 'd' AND ${userSchema('n')} AND ${noExtensionMember('pg_type', 't.oid')}`,
  object: (row) => {
    const checks = row.checks ?? [];
    return topLevel({
      type: 'domain',
      identity: `pg_type:${row.oid}`,
      scope: { identity: `pg_namespace:${row.nspid}`, name: row.nspname },
      local: row.name,
      sqlName: row.sql,
      template: [
        `CREATE DOMAIN ${containerToken} AS ${row.base}`,
        row.collation === null ? '' : ` COLLATE ${row.collation}`,
        row.default === null ? '' : ` DEFAULT ${row.default}`,
        row.not_null ? ' NOT NULL' : '',
        ';',
      ].join(''),
      tail: checks
        .map((check) => `ALTER DOMAIN ${containerToken} ADD CONSTRAINT ${check.sql} ${check.definition};`)
        .join('\n'),
      stored: row.stored,
      facts: {
        dataType: row.base,
        collation: row.collation,
        default: row.default,
        notNull: row.not_null,
      },
      members: checks.map((check) => ({
        identity: `pg_constraint:${check.oid}`,
        name: check.name,
        definition: check.definition,
      })),
    });
  },
});

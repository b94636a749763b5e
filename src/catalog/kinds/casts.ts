import { containerToken } from '../template.ts';
import { defineKind, topLevel } from './kind.ts';
import { noExtensionMember, userSchema } from './queries.ts';

interface CastRow {
  readonly oid: number;
  readonly source: string;
  readonly target: string;
  readonly method: string;
  readonly context: 'e' | 'a' | 'i';
  readonly stored: string;
}

export const casts = defineKind<CastRow>({
  types: ['cast'],
  // A range and its multirange have a cast that comes and goes with them.
  query: () => `
    SELECT c.oid, format_type(c.castsource, NULL) AS source, format_type(c.casttarget, NULL) AS target, c.castcontext AS context,
           CASE c.castmethod WHEN 'f' THEN 'WITH FUNCTION ' || c.castfunc::regprocedure WHEN 'i' THEN 'WITH INOUT'
             ELSE 'WITHOUT FUNCTION' END AS method,
           (to_jsonb(c) - 'oid')::text AS stored
    FROM pg_cast c WHERE c.oid >= 16384 AND ${noExtensionMember('pg_cast', 'c.oid')}
      AND NOT EXISTS (SELECT FROM pg_depend made WHERE made.classid = 'pg_cast'::regclass AND made.objid = c.oid
        AND made.refclassid = 'pg_type'::regclass AND made.deptype = 'i')`,
  object: (row) =>
    topLevel({
      type: 'cast',
      identity: `pg_cast:${row.oid}`,
      scope: null,
      local: `(${row.source} AS ${row.target})`,
      ownName: '',
      sqlName: `(${row.source} AS ${row.target})`,
      template: `CREATE CAST ${containerToken} ${row.method}${contexts[row.context]};`,
      stored: row.stored,
    }),
});

const contexts = { e: '', a: ' AS ASSIGNMENT', i: ' AS IMPLICIT' } as const;

interface TransformRow {
  readonly oid: number;
  readonly type: string;
  readonly language: string;
  readonly from_sql: string | null;
  readonly to_sql: string | null;
  readonly stored: string;
}

export const transforms = defineKind<TransformRow>({
  types: ['transform'],
  query: () => `
    SELECT t.oid, format_type(t.trftype, NULL) AS type, quote_ident(l.lanname) AS language,
           nullif(t.trffromsql::oid, 0)::regprocedure::text AS from_sql, nullif(t.trftosql::oid, 0)::regprocedure::text AS to_sql,
           concat_ws('|', t.trftype, t.trflang, t.trffromsql::oid, t.trftosql::oid) AS stored
    FROM pg_transform t JOIN pg_language l ON l.oid = t.trflang WHERE ${noExtensionMember('pg_transform', 't.oid')}`,
  object: (row) => {
    const parts = [
      row.from_sql === null ? '' : `FROM SQL WITH FUNCTION ${row.from_sql}`,
      row.to_sql === null ? '' : `TO SQL WITH FUNCTION ${row.to_sql}`,
    ].filter((part) => part !== '');
    const name = `FOR ${row.type} LANGUAGE ${row.language}`;
    return topLevel({
      type: 'transform',
      identity: `pg_transform:${row.oid}`,
      scope: null,
      local: name,
      ownName: '',
      sqlName: name,
      template: `CREATE TRANSFORM ${containerToken} (${parts.join(', ')});`,
      stored: row.stored,
    });
  },
});

interface ConversionRow {
  readonly oid: number;
  readonly name: string;
  readonly sql: string;
  readonly nspid: number;
  readonly nspname: string;
  readonly source: string;
  readonly target: string;
  readonly function: string;
  readonly default: boolean;
  readonly stored: string;
}

export const conversions = defineKind<ConversionRow>({
  types: ['conversion'],
  query: () => `
    SELECT c.oid, c.conname::text AS name, format('%I.%I', n.nspname, c.conname) AS sql, n.oid AS nspid,
           n.nspname::text AS nspname, pg_encoding_to_char(c.conforencoding)::text AS source,
           pg_encoding_to_char(c.contoencoding)::text AS target, c.conproc::text AS function, c.condefault AS default,
           concat_ws('|', c.conforencoding, c.contoencoding, c.conproc::oid, c.condefault) AS stored
    FROM pg_conversion c JOIN pg_namespace n ON n.oid = c.connamespace
    WHERE ${userSchema('n')} AND ${noExtensionMember('pg_conversion', 'c.oid')}`,
  object: (row) =>
    topLevel({
      type: 'conversion',
      identity: `pg_conversion:${row.oid}`,
      scope: { identity: `pg_namespace:${row.nspid}`, name: row.nspname },
      local: row.name,
      sqlName: row.sql,
      template: `CREATE ${row.default ? 'DEFAULT ' : ''}CONVERSION ${containerToken} FOR '${row.source}' TO '${row.target}' FROM ${row.function};`,
      stored: row.stored,
    }),
});

import { literal } from '../../sql/names.ts';
import { containerToken } from '../template.ts';
import { definitionLines } from './aggregates.ts';
import { defineKind, topLevel } from './kind.ts';
import { noExtensionMember, userSchema } from './queries.ts';

interface Row {
  readonly oid: number;
  readonly name: string;
  readonly sql: string;
  readonly nspid: number;
  readonly nspname: string;
  readonly shell: boolean;
  readonly options: Readonly<Record<string, string | null>>;
  readonly default: string | null;
  readonly stored: string;
}

const functions = {
  INPUT: 'typinput',
  OUTPUT: 'typoutput',
  RECEIVE: 'typreceive',
  SEND: 'typsend',
  TYPMOD_IN: 'typmodin',
  TYPMOD_OUT: 'typmodout',
  ANALYZE: 'typanalyze',
} as const;

/** Types with input and output functions of their own, and shells of such. */
export const baseTypes = defineKind<Row>({
  types: ['type'],
  query: () => `
    SELECT t.oid, t.typname::text AS name, format('%I.%I', n.nspname, t.typname) AS sql, n.oid AS nspid,
           n.nspname::text AS nspname, NOT t.typisdefined AS shell, t.typdefault AS default,
           json_build_object(${Object.entries(functions)
             .map(([word, column]) => `'${word}', nullif(t.${column}::oid, 0)::regproc::text`)
             .join(', ')}, 'SUBSCRIPT', nullif((to_jsonb(t)->>'typsubscript'), '-'),
             'INTERNALLENGTH', t.typlen::text, 'PASSEDBYVALUE', CASE WHEN t.typbyval THEN 'true' END, 'ALIGNMENT', t.typalign::text,
             'STORAGE', t.typstorage::text, 'CATEGORY', nullif(t.typcategory::text, 'U'),
             'PREFERRED', CASE WHEN t.typispreferred THEN 'true' END, 'DELIMITER', nullif(t.typdelim::text, ','),
             'ELEMENT', format_type(nullif(t.typelem, 0), NULL),
             'COLLATABLE', CASE WHEN t.typcollation <> 0 THEN 'true' END) AS options,
           concat_ws('|', t.typisdefined, ${Object.values(functions)
             .map((column) => `t.${column}::oid`)
             .join(
               ', ',
             )}, t.typlen, t.typbyval, t.typalign, t.typstorage, t.typcategory, t.typispreferred, t.typdelim,
             t.typelem, t.typcollation, coalesce(t.typdefault, '-')) AS stored
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE t.typtype IN ('b', 'p') AND t.oid NOT IN (SELECT typarray FROM pg_type WHERE typarray <> 0)
      AND ${userSchema('n')} AND ${noExtensionMember('pg_type', 't.oid')}`,
  object: (row) =>
    topLevel({
      type: 'type',
      identity: `pg_type:${row.oid}`,
      scope: { identity: `pg_namespace:${row.nspid}`, name: row.nspname },
      local: row.name,
      sqlName: row.sql,
      template: row.shell
        ? `CREATE TYPE ${containerToken};`
        : [
            `CREATE TYPE ${containerToken} (`,
            ...definitionLines({
              ...row.options,
              DEFAULT: row.default === null ? null : literal(row.default),
            }),
            ');',
          ].join('\n'),
      stored: row.stored,
      facts: { kind: 'base' },
    }),
});

import type { ObjectType } from '../model.ts';
import { containerToken } from '../template.ts';
import { defineKind, topLevel } from './kind.ts';
import { noExtensionMember, userSchema } from './queries.ts';

interface Row {
  readonly oid: number;
  readonly name: string;
  readonly sql: string;
  readonly nspid: number;
  readonly nspname: string;
  /** What stands between the parentheses, without the last comma. */
  readonly options: readonly string[];
  /** Mappings of a configuration. */
  readonly mappings: readonly string[] | null;
  readonly stored: string;
}

interface Source {
  readonly type: ObjectType;
  readonly catalog: string;
  readonly prefix: string;
  /** A `text[]` of `NAME = value`. */
  readonly options: string;
  /** The columns that hold oids or text. */
  readonly stored: string;
  readonly mappings?: string;
}

const qualified = (catalog: string, prefix: string, oid: string): string =>
  `(SELECT format('%I.%I', x.nspname, y.${prefix}name) FROM ${catalog} y JOIN pg_namespace x ON x.oid = y.${prefix}namespace WHERE y.oid = ${oid})`;

const parserFunctions = {
  START: 'start',
  GETTOKEN: 'token',
  END: 'end',
  LEXTYPES: 'lextype',
  HEADLINE: 'headline',
};

const sources: readonly Source[] = [
  {
    type: 'text-search-parser',
    catalog: 'pg_ts_parser',
    prefix: 'prs',
    options: `ARRAY[${Object.entries(parserFunctions)
      .map(([word, column]) => `'${word} = ' || nullif(o.prs${column}::oid, 0)::regproc`)
      .join(', ')}]`,
    stored: Object.values(parserFunctions)
      .map((column) => `o.prs${column}::oid`)
      .join(', '),
  },
  {
    type: 'text-search-template',
    catalog: 'pg_ts_template',
    prefix: 'tmpl',
    options:
      "ARRAY['INIT = ' || nullif(o.tmplinit::oid, 0)::regproc, 'LEXIZE = ' || nullif(o.tmpllexize::oid, 0)::regproc]",
    stored: 'o.tmplinit::oid, o.tmpllexize::oid',
  },
  {
    type: 'text-search-dictionary',
    catalog: 'pg_ts_dict',
    prefix: 'dict',
    options: `ARRAY['TEMPLATE = ' || ${qualified('pg_ts_template', 'tmpl', 'o.dicttemplate')}, o.dictinitoption]`,
    stored: "o.dicttemplate, coalesce(o.dictinitoption, '-')",
  },
  {
    type: 'text-search-configuration',
    catalog: 'pg_ts_config',
    prefix: 'cfg',
    options: `ARRAY['PARSER = ' || ${qualified('pg_ts_parser', 'prs', 'o.cfgparser')}]`,
    stored:
      "o.cfgparser, (SELECT string_agg(concat_ws(' ', m.maptokentype, m.mapseqno, m.mapdict), ',' ORDER BY m.maptokentype, m.mapseqno) FROM pg_ts_config_map m WHERE m.mapcfg = o.oid)",
    mappings: `(SELECT json_agg(line ORDER BY token) FROM (
      SELECT t.alias AS token, format('%s WITH %s', t.alias, string_agg(${qualified('pg_ts_dict', 'dict', 'm.mapdict')}, ', ' ORDER BY m.mapseqno)) AS line
      FROM pg_ts_config_map m JOIN ts_token_type(o.cfgparser) t ON t.tokid = m.maptokentype
      WHERE m.mapcfg = o.oid GROUP BY t.alias) AS mapped)`,
  },
];

export const textSearch = sources.map(({ type, catalog, prefix, options, stored, mappings }) =>
  defineKind<Row>({
    types: [type],
    query: () => `
      SELECT o.oid, o.${prefix}name::text AS name, format('%I.%I', n.nspname, o.${prefix}name) AS sql, n.oid AS nspid,
             n.nspname::text AS nspname, array_remove(${options}, NULL) AS options, ${mappings ?? 'NULL::json'} AS mappings,
             concat_ws('|', ${stored}) AS stored
      FROM ${catalog} o JOIN pg_namespace n ON n.oid = o.${prefix}namespace
      WHERE ${userSchema('n')} AND ${noExtensionMember(catalog, 'o.oid')}`,
    object: (row) => {
      const words = type.replaceAll('-', ' ').toUpperCase();
      return topLevel({
        type,
        identity: `${catalog}:${row.oid}`,
        scope: { identity: `pg_namespace:${row.nspid}`, name: row.nspname },
        local: row.name,
        sqlName: row.sql,
        template: [
          `CREATE ${words} ${containerToken} (`,
          ...row.options.map((option) => `  ${option},`),
          ');',
        ].join('\n'),
        tail: (row.mappings ?? [])
          .map((line) => `ALTER ${words} ${containerToken} ADD MAPPING FOR ${line};`)
          .join('\n'),
        stored: row.stored,
      });
    },
  }),
);

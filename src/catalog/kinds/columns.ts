import { containerToken, ownToken } from '../template.ts';
import { optionsClause } from './foreign-data.ts';
import { defineKind, type HolderRow, partOf } from './kind.ts';
import { columnOptions, relationsCte } from './queries.ts';
import { type SequenceRow, sequenceOptions } from './sequences.ts';

interface Row extends HolderRow {
  readonly attnum: number;
  readonly rank: number;
  readonly name: string;
  readonly sql: string;
  readonly type: string;
  readonly type_name: string;
  readonly typmod: number;
  readonly type_not_null: boolean;
  readonly type_default: boolean;
  readonly collation: string | null;
  readonly expression: string | null;
  readonly not_null: boolean;
  /** Set where it is none that the server chooses, which does not follow when the table or column is renamed. */
  readonly not_null_name: string | null;
  readonly not_null_valid: boolean | null;
  readonly not_null_no_inherit: boolean | null;
  readonly identity: '' | 'a' | 'd';
  readonly identity_sequence: SequenceRow | null;
  readonly identity_sequence_id: string | null;
  readonly generated: '' | 's' | 'v';
  readonly storage: string | null;
  readonly compression: string | null;
  readonly statistics: number | null;
  readonly options: string[] | null;
  readonly foreign_options: string[] | null;
  readonly inherited_from: string | null;
  readonly stored: string;
}

export const columns = defineKind<Row>({
  types: ['column'],
  // Not null constraints have rows of their own since 18; they are folded into the column, so that majors agree.
  // A default names no column, and is printed without opening the table.
  // Dropped columns keep their number: the rank is what a reader sees as the column's position.
  query: ({ major, only }) => `
    WITH ${relationsCte(only, 'r', 'p', 'f')},
    identity_sequence AS (
      SELECT d.refobjid, d.refobjsubid, d.objid,
             json_build_object('type', format_type(s.seqtypid, NULL), 'start', s.seqstart::text,
               'increment', s.seqincrement::text, 'min', s.seqmin::text, 'max', s.seqmax::text,
               'cache', s.seqcache::text, 'cycle', s.seqcycle, 'unlogged', false) AS options
      FROM rel JOIN pg_depend d ON d.refobjid = rel.relid JOIN pg_sequence s ON s.seqrelid = d.objid
      WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype = 'i')
    SELECT rel.relid, rel.relname, rel.nspname, rel.relsql, a.attnum,
           row_number() OVER (PARTITION BY a.attrelid ORDER BY a.attnum)::int AS rank,
           a.attname::text AS name, quote_ident(a.attname) AS sql, format_type(a.atttypid, a.atttypmod) AS type,
           format('%s.%s', tn.nspname, t.typname) AS type_name, a.atttypmod AS typmod,
           t.typnotnull AS type_not_null, t.typdefault IS NOT NULL AS type_default,
           CASE WHEN a.attcollation <> t.typcollation THEN format('%I.%I', cn.nspname, co.collname) END AS collation,
           pg_get_expr(d.adbin, CASE WHEN a.attgenerated = '' THEN 0 ELSE d.adrelid END) AS expression, a.attnotnull AS not_null,
           CASE WHEN nn.conname !~ '_not_null[0-9]*$' THEN quote_ident(nn.conname) END AS not_null_name,
           nn.convalidated AS not_null_valid,
           nn.connoinherit AS not_null_no_inherit, a.attidentity AS identity, ids.options AS identity_sequence,
           'pg_class:' || ids.objid AS identity_sequence_id, a.attfdwoptions::text[] AS foreign_options,
           a.attgenerated AS generated,
           CASE WHEN a.attstorage <> t.typstorage THEN CASE a.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL'
             WHEN 'x' THEN 'EXTENDED' ELSE 'MAIN' END END AS storage,
           CASE ${compression(major)} WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END AS compression,
           nullif(a.attstattarget, -1)::int AS statistics, ${columnOptions} AS options, up.inherited_from,
           concat_ws('|', a.atttypid, a.atttypmod, a.attcollation, a.attnotnull, CASE WHEN nn.conname !~ '_not_null[0-9]*$' THEN nn.conname END, nn.convalidated, nn.connoinherit,
             a.attidentity, a.attgenerated, a.attstorage, ${compression(major)}, coalesce(a.attstattarget, -1),
             coalesce(${columnOptions}::text, '-'), coalesce(a.attfdwoptions::text, '-'), coalesce(ids.options::text, '-'), md5(d.adbin::text)) AS stored
    FROM rel JOIN pg_attribute a ON a.attrelid = rel.relid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_type t ON t.oid = a.atttypid JOIN pg_namespace tn ON tn.oid = t.typnamespace
    LEFT JOIN pg_collation co ON co.oid = a.attcollation LEFT JOIN pg_namespace cn ON cn.oid = co.collnamespace
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    LEFT JOIN pg_constraint nn ON nn.conrelid = a.attrelid AND nn.contype = 'n' AND nn.conkey[1] = a.attnum
    LEFT JOIN identity_sequence ids ON ids.refobjid = a.attrelid AND ids.refobjsubid = a.attnum
    LEFT JOIN (
      SELECT DISTINCT ON (i.inhrelid, pa.attname) i.inhrelid, pa.attname,
             format('pg_attribute:%s.%s', pa.attrelid, pa.attnum) AS inherited_from
      FROM pg_inherits i JOIN pg_attribute pa ON pa.attrelid = i.inhparent AND pa.attnum > 0
      ORDER BY i.inhrelid, pa.attname, i.inhseqno) up
      ON a.attinhcount > 0 AND up.inhrelid = a.attrelid AND up.attname = a.attname`,
  object: (row) =>
    partOf(row, {
      type: 'column',
      identity: `pg_attribute:${row.relid}.${row.attnum}`,
      local: row.name,
      sqlName: row.sql,
      place: 'body',
      rank: row.rank,
      template: `${ownToken} ${clauses(row, notNull(row))}`,
      tail: statements(row),
      stored: row.stored,
      ...portable(row),
      inheritedFrom: row.inherited_from,
      facts: {
        position: row.rank,
        dataType: row.type,
        typeName: row.type_name,
        typmod: row.typmod,
        collation: row.collation,
        // A NOT NULL that is NOT VALID refuses new nulls and proves nothing about old rows.
        notNull: row.not_null && row.not_null_valid !== false,
        notNullValid: row.not_null_valid ?? row.not_null,
        refusesNull: row.not_null || row.type_not_null,
        hasDefault: (row.expression !== null && row.generated === '') || row.type_default,
        default: row.generated === '' ? row.expression : null,
        identity: row.identity === '' ? null : identities[row.identity],
        identityOptions:
          row.identity_sequence === null ? null : sequenceOptions(row.identity_sequence, row.type),
        identitySequence: row.identity_sequence_id,
        generated: row.generated === '' ? null : generatedAs[row.generated],
        generationExpression: row.generated === '' ? null : row.expression,
      },
    }),
});

const compression = (major: number): string => (major >= 14 ? 'a.attcompression' : "''");

const identities = { a: 'always', d: 'by default' } as const;
const generatedAs = { s: 'stored', v: 'virtual' } as const;

function clauses(row: Row, constraint: readonly string[]): string {
  const words = [row.type];
  if (row.foreign_options !== null) words.push(optionsClause(row.foreign_options).trim());
  if (row.storage !== null) words.push(`STORAGE ${row.storage}`);
  if (row.compression !== null) words.push(`COMPRESSION ${row.compression}`);
  if (row.collation !== null) words.push(`COLLATE ${row.collation}`);
  if (row.generated !== '') {
    words.push(`GENERATED ALWAYS AS (${row.expression}) ${generatedAs[row.generated].toUpperCase()}`);
  } else if (row.expression !== null) {
    words.push(`DEFAULT ${row.expression}`);
  }
  if (row.identity !== '') {
    const options = row.identity_sequence === null ? '' : sequenceOptions(row.identity_sequence, row.type);
    words.push(
      `GENERATED ${identities[row.identity].toUpperCase()} AS IDENTITY${options === '' ? '' : ` (${options})`}`,
    );
  }
  return [...words, ...constraint].join(' ');
}

/** A NOT NULL has a name since 18, and NO INHERIT with it. */
function portable(row: Row): { readonly portable?: string } {
  if (row.not_null_name === null && row.not_null_no_inherit !== true) return {};
  const tail = statements(row);
  return { portable: `${ownToken} ${clauses(row, ['NOT NULL'])}${tail === '' ? '' : `\n${tail}`}` };
}

function notNull(row: Row): string[] {
  if (!row.not_null) return [];
  return [
    ...(row.not_null_name === null ? [] : [`CONSTRAINT ${row.not_null_name}`]),
    'NOT NULL',
    ...(row.not_null_no_inherit === true ? ['NO INHERIT'] : []),
    ...(row.not_null_valid === false ? ['NOT VALID'] : []),
  ];
}

function statements(row: Row): string {
  const alter = `ALTER TABLE ONLY ${containerToken} ALTER COLUMN ${ownToken}`;
  return [
    ...(row.statistics === null ? [] : [`${alter} SET STATISTICS ${row.statistics};`]),
    ...(row.options === null ? [] : [`${alter} SET (${[...row.options].sort().join(', ')});`]),
  ].join('\n');
}

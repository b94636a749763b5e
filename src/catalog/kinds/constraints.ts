import { ownToken } from '../template.ts';
import { defineKind, type HolderRow, partOf } from './kind.ts';
import { relationsCte, storedIndex } from './queries.ts';

interface Row extends HolderRow {
  readonly oid: number;
  readonly name: string;
  readonly sql: string;
  readonly kind: 'p' | 'u' | 'x' | 'c' | 'f';
  readonly definition: string;
  readonly validated: boolean;
  readonly deferrable: boolean;
  readonly deferred: boolean;
  readonly no_inherit: boolean;
  readonly enforced: boolean;
  readonly columns: number[] | null;
  readonly foreign_table: string | null;
  readonly on_delete: string;
  readonly on_update: string;
  readonly index_oid: number | null;
  readonly index_valid: boolean | null;
  readonly index_options: string[] | null;
  readonly index_tablespace: string | null;
  readonly triggers_state: string | null;
  readonly inherited_from: string | null;
  readonly stored: string;
}

export const constraints = defineKind<Row>({
  types: ['constraint'],
  // Left out: 't' (constraint triggers are triggers), 'n' (part of the column) and domains' (part of the domain).
  // pg_constraint has no index on conindid: everything here is joined, never looked up row by row.
  query: ({ major, only }) => `
    WITH ${relationsCte(only, 'r', 'p', 'f')},
    foreign_triggers AS (
      SELECT t.tgconstraint, string_agg(DISTINCT concat(CASE t.tgenabled WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica only'
               ELSE 'always' END, CASE WHEN t.tgrelid = c.conrelid THEN ' on this table' ELSE ' on the referenced table' END), ', ') AS state
      FROM pg_trigger t JOIN pg_constraint c ON c.oid = t.tgconstraint
      WHERE t.tgisinternal AND t.tgenabled <> 'O' GROUP BY t.tgconstraint)
    SELECT rel.relid, rel.relname, rel.nspname, rel.relsql, con.oid, con.conname::text AS name,
           quote_ident(con.conname) AS sql, con.contype AS kind, pg_get_constraintdef(con.oid) AS definition,
           con.convalidated AS validated, con.condeferrable AS deferrable, con.condeferred AS deferred,
           con.connoinherit AS no_inherit, ${major >= 18 ? 'con.conenforced' : 'true'} AS enforced,
           con.conkey::int[] AS columns, fn.nspname || '.' || f.relname AS foreign_table,
           con.confdeltype AS on_delete, con.confupdtype AS on_update,
           i.indexrelid AS index_oid, i.indisvalid AS index_valid, ic.reloptions::text[] AS index_options,
           quote_ident(its.spcname) AS index_tablespace, ft.state AS triggers_state,
           CASE WHEN con.conparentid <> 0 THEN 'pg_constraint:' || con.conparentid ELSE up.inherited_from END AS inherited_from,
           concat_ws('|', ${storedColumns(major)},
             ${storedIndex('i', major)},
             coalesce(ic.reloptions::text, '-'), ic.reltablespace, coalesce(ft.state, '-')) AS stored
    FROM rel JOIN pg_constraint con ON con.conrelid = rel.relid AND con.contype IN ('p', 'u', 'x', 'c', 'f')
    LEFT JOIN pg_index i ON i.indexrelid = con.conindid AND con.contype IN ('p', 'u', 'x')
    LEFT JOIN pg_class ic ON ic.oid = i.indexrelid
    LEFT JOIN pg_tablespace its ON its.oid = ic.reltablespace
    LEFT JOIN pg_class f ON f.oid = con.confrelid LEFT JOIN pg_namespace fn ON fn.oid = f.relnamespace
    LEFT JOIN foreign_triggers ft ON ft.tgconstraint = con.oid
    LEFT JOIN (
      SELECT DISTINCT ON (inh.inhrelid, pc.conname) inh.inhrelid, pc.conname, 'pg_constraint:' || pc.oid AS inherited_from
      FROM pg_inherits inh JOIN pg_constraint pc ON pc.conrelid = inh.inhparent AND pc.contype = 'c'
      ORDER BY inh.inhrelid, pc.conname, inh.inhseqno) up
      ON con.contype = 'c' AND con.coninhcount > 0 AND up.inhrelid = con.conrelid AND up.conname = con.conname`,
  object: (row) =>
    partOf(row, {
      type: 'constraint',
      identity: `pg_constraint:${row.oid}`,
      local: row.name,
      sqlName: row.sql,
      place: 'body',
      rank: ranks[row.kind],
      template: `CONSTRAINT ${ownToken} ${row.definition}`,
      tail: statements(row),
      stored: row.stored,
      inheritedFrom: row.inherited_from,
      columns: (row.columns ?? []).map((attnum) => `pg_attribute:${row.relid}.${attnum}`),
      facts: {
        kind: kinds[row.kind],
        clause: row.definition,
        validated: row.validated,
        deferrable: row.deferrable,
        initiallyDeferred: row.deferred,
        noInherit: row.no_inherit,
        enforced: row.enforced,
        foreignTable: row.foreign_table,
        onDelete: actions[row.on_delete] ?? null,
        onUpdate: actions[row.on_update] ?? null,
        index: row.index_oid === null ? null : `pg_class:${row.index_oid}`,
        indexValid: row.index_valid,
        triggersDisabled: row.triggers_state !== null,
      },
    }),
});

/** What the catalog holds of a constraint besides its name and place, with others by oid and number. */
const storedColumns = (major: number): string =>
  [
    'contype',
    'condeferrable',
    'condeferred',
    'convalidated',
    'confrelid',
    'confupdtype',
    'confdeltype',
    'confmatchtype',
    'connoinherit',
    ...(major >= 18 ? ['conenforced', 'conperiod'] : []),
  ]
    .map((column) => `con.${column}`)
    .concat(
      ['conkey', 'confkey', 'conpfeqop', 'conexclop', ...(major >= 15 ? ['confdelsetcols'] : [])].map(
        (column) => `coalesce(con.${column}::text, '-')`,
      ),
      'md5(con.conbin::text)',
    )
    .join(', ');

const kinds = { p: 'primary-key', u: 'unique', x: 'exclusion', c: 'check', f: 'foreign-key' } as const;
const ranks = { p: 0, u: 1, x: 2, c: 3, f: 4 } as const;
const actions: Readonly<Record<string, string>> = {
  a: 'no action',
  r: 'restrict',
  c: 'cascade',
  n: 'set null',
  d: 'set default',
};

/** What pg_get_constraintdef leaves out, as comments and statements after the table. */
function statements(row: Row): string {
  return [
    ...(row.index_valid === false ? [`-- the index of ${ownToken} is INVALID`] : []),
    ...(row.index_options === null
      ? []
      : [`-- index of ${ownToken}: WITH (${[...row.index_options].sort().join(', ')})`]),
    ...(row.index_tablespace === null ? [] : [`-- index of ${ownToken}: TABLESPACE ${row.index_tablespace}`]),
    ...(row.triggers_state === null ? [] : [`-- triggers of ${ownToken}: ${row.triggers_state}`]),
  ].join('\n');
}

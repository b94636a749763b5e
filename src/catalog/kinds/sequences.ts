import { containerToken, ownToken } from '../template.ts';
import { defineKind, type HolderRow, partOf, topLevel } from './kind.ts';
import { relationsCte } from './queries.ts';

/** `pg_sequence`, numbers as text since they have 64 bits. */
export interface SequenceRow {
  readonly type: string;
  readonly start: string;
  readonly increment: string;
  readonly min: string;
  readonly max: string;
  readonly cache: string;
  readonly cycle: boolean;
}

interface Row {
  readonly oid: number;
  readonly name: string;
  readonly sql: string;
  readonly nspid: number;
  readonly nspname: string;
  readonly unlogged: boolean;
  readonly options: SequenceRow;
  readonly owner: (HolderRow & { readonly attnum: number; readonly column: string }) | null;
}

export const sequences = defineKind<Row>({
  types: ['sequence'],
  // Sequences of identity columns are part of the column. `last_value` is data.
  query: () => `
    WITH ${relationsCte(null, 'S')}
    SELECT rel.relid AS oid, rel.relname AS name, rel.relsql AS sql, rel.nspid, rel.nspname,
           c.relpersistence = 'u' AS unlogged,
           json_build_object('type', format_type(s.seqtypid, NULL), 'start', s.seqstart::text,
             'increment', s.seqincrement::text, 'min', s.seqmin::text, 'max', s.seqmax::text,
             'cache', s.seqcache::text, 'cycle', s.seqcycle) AS options,
           CASE WHEN owned.deptype = 'a' THEN json_build_object('relid', owned.refobjid::int8, 'attnum', owned.refobjsubid,
             'relname', tc.relname, 'nspname', tn.nspname, 'relsql', format('%I.%I', tn.nspname, tc.relname),
             'column', quote_ident(a.attname)) END AS owner
    FROM rel JOIN pg_class c ON c.oid = rel.relid JOIN pg_sequence s ON s.seqrelid = rel.relid
    LEFT JOIN pg_depend owned ON owned.classid = 'pg_class'::regclass AND owned.objid = rel.relid
      AND owned.refclassid = 'pg_class'::regclass AND owned.refobjsubid > 0 AND owned.deptype IN ('a', 'i')
    LEFT JOIN pg_class tc ON tc.oid = owned.refobjid LEFT JOIN pg_namespace tn ON tn.oid = tc.relnamespace
    LEFT JOIN pg_attribute a ON a.attrelid = owned.refobjid AND a.attnum = owned.refobjsubid
    WHERE owned.deptype IS DISTINCT FROM 'i'`,
  object: (row) => {
    const options = sequenceOptions(row.options);
    const create = (name: string) =>
      `CREATE ${row.unlogged ? 'UNLOGGED ' : ''}SEQUENCE ${name}${options === '' ? '' : ` ${options}`}`;
    const described = {
      type: 'sequence',
      identity: `pg_class:${row.oid}`,
      scope: { identity: `pg_namespace:${row.nspid}`, name: row.nspname },
      local: row.name,
      sqlName: row.sql,
      facts: { ...row.options, owned: row.owner !== null, unlogged: row.unlogged },
    } as const;
    const stored = [row.unlogged, options, row.owner?.relid, row.owner?.attnum].join('|');
    if (row.owner === null) {
      return topLevel({ ...described, stored, template: `${create(containerToken)};` });
    }
    return partOf(row.owner, {
      ...described,
      stored,
      place: 'after',
      parent: `pg_attribute:${row.owner.relid}.${row.owner.attnum}`,
      template: `${create(ownToken)} OWNED BY ${containerToken}.${row.owner.column};`,
    });
  },
});

const limits: Readonly<Record<string, readonly [min: string, max: string]>> = {
  smallint: ['-32768', '32767'],
  integer: ['-2147483648', '2147483647'],
  bigint: ['-9223372036854775808', '9223372036854775807'],
};

/**
 * The options that differ from what CREATE SEQUENCE would choose: '' for `CREATE SEQUENCE s`. An identity
 * column's sequence takes the column's type where a sequence takes bigint.
 */
export function sequenceOptions(row: SequenceRow, ownType = 'bigint'): string {
  const [lowest, highest] = limits[row.type] ?? ['', ''];
  const descending = row.increment.startsWith('-');
  const min = descending ? lowest : '1';
  const max = descending ? '-1' : highest;
  return [
    row.type === ownType ? '' : `AS ${row.type}`,
    row.start === (descending ? row.max : row.min) ? '' : `START ${row.start}`,
    row.increment === '1' ? '' : `INCREMENT ${row.increment}`,
    row.min === min ? '' : `MINVALUE ${row.min}`,
    row.max === max ? '' : `MAXVALUE ${row.max}`,
    row.cache === '1' ? '' : `CACHE ${row.cache}`,
    row.cycle ? 'CYCLE' : '',
  ]
    .filter((option) => option !== '')
    .join(' ');
}

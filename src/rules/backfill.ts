import type { BaseRelation } from '../run/trace.ts';
import { identifier } from '../sql/names.ts';
import { nameOf } from './observed.ts';
import type { RuleContext } from './rule.ts';

/** Rows that one statement of a backfill writes: enough to be fast, few enough to lock rows for a moment only. */
const batch = 5_000;

/** How the comment begins that tells to fill a column. */
export const fillOutside = 'Then, outside of migrations, ';

/** Rows of one column of a base table that have to be written. */
export interface Backfill {
  readonly table: BaseRelation;
  /** The table as SQL, spelled as the statement spells it. */
  readonly sqlName: string;
  readonly column: string;
  /** Right side of the assignment, as SQL. */
  readonly value: string;
  /** Condition that tells the rows left to do, as SQL. */
  readonly missing: string;
}

/**
 * Comment lines that fill a column in batches outside the migration, each batch a transaction of its own: by
 * primary key, so that no row is looked at twice and a stopped run goes on where it was, or by ctid where the table
 * has none.
 */
export function backfill(context: Pick<RuleContext, 'before'>, rows: Backfill): string[] {
  const keys = primaryKey(context, rows.table);
  return [
    ...(keys === null ? byPlace(rows) : byKey(rows, keys)),
    `Check that nothing is left: SELECT count(*) FROM ${rows.sqlName} WHERE ${rows.missing};`,
  ];
}

function byKey({ sqlName, column, value, missing }: Backfill, keys: readonly string[]): string[] {
  const list = keys.map(identifier).join(', ');
  const several = keys.length > 1;
  const row = several ? `(${list})` : list;
  const last = several ? `(${keys.map((_, index) => `:last_${index + 1}`).join(', ')})` : ':last';
  const newest = keys.map((key) => `${identifier(key)} DESC`).join(', ');
  return [
    `${fillOutside}${batch} rows at a time (each run commits by itself):`,
    `  WITH batch AS (SELECT ${list} FROM ${sqlName} WHERE ${row} > ${last} ORDER BY ${list} LIMIT ${batch}),`,
    `  filled AS (UPDATE ${sqlName} SET ${identifier(column)} = ${value} WHERE ${row} IN (SELECT ${list} FROM batch) AND ${missing})`,
    `  SELECT ${list} FROM batch ORDER BY ${newest} LIMIT 1;`,
    `It returns the ${last} of the next run (the first has no WHERE before ORDER BY), and no row at the end. Keep it: a stopped run goes on from there.`,
  ];
}

function byPlace({ sqlName, column, value, missing }: Backfill): string[] {
  return [
    `${fillOutside}${batch} rows at a time, again and again until it says UPDATE 0 (each run commits by itself):`,
    `  UPDATE ${sqlName} SET ${identifier(column)} = ${value}`,
    `  WHERE ctid = ANY (ARRAY(SELECT ctid FROM ${sqlName} WHERE ${missing} LIMIT ${batch}));`,
  ];
}

/**
 * The same as one statement that commits each batch by itself, for a migration that runs outside of a transaction: a
 * procedure's loop (PostgreSQL manual, 43.8). Null for a table whose key is not one column.
 */
export function batchLoop(context: Pick<RuleContext, 'before'>, rows: Backfill): string | null {
  const { table, sqlName, column, value, missing } = rows;
  const [key, ...more] = (primaryKey(context, table) ?? []).map(identifier);
  if (key === undefined || more.length > 0) return null;
  const next = `SELECT ${key} FROM ${sqlName}`;
  const loop = `
DECLARE
  _next ${sqlName}.${key}%TYPE := (${next} ORDER BY ${key} LIMIT 1);
BEGIN
  WHILE _next IS NOT NULL LOOP
    UPDATE ${sqlName} SET ${identifier(column)} = ${value}
    WHERE ${key} IN (${next} WHERE ${key} >= _next ORDER BY ${key} LIMIT ${batch}) AND ${missing};
    COMMIT;
    _next := (${next} WHERE ${key} >= _next ORDER BY ${key} OFFSET ${batch} LIMIT 1);
  END LOOP;
END`;
  return loop.includes('$$') ? null : `DO $$${loop} $$;`;
}

/** Columns of the table's primary key in base, null where it has none. */
export function primaryKey(context: Pick<RuleContext, 'before'>, table: BaseRelation): string[] | null {
  const key = context.before?.objects.find(
    ({ type, container, facts }) =>
      type === 'constraint' && container === nameOf(table) && facts.kind === 'primary-key',
  );
  const columns = key?.columns.flatMap((identity) => context.before?.byIdentity(identity)?.local ?? []);
  return columns === undefined || columns.length === 0 ? null : columns;
}

/** Types without an equality operator, or whose `=` compares something else than the value (an area, a length). */
const incomparable = new Set([
  'json',
  'xml',
  'point',
  'line',
  'lseg',
  'box',
  'path',
  'polygon',
  'circle',
  'pg_snapshot',
]);

/** `left IS DISTINCT FROM right`, by way of text where the type knows no such comparison. */
export function differs(left: string, right: string, type: string): string {
  const plain = type.trim().replace(/(\s*\[\d*\])+$/, '');
  const name = plain.slice(plain.lastIndexOf('.') + 1).toLowerCase();
  return incomparable.has(name)
    ? `CAST(${left} AS text) IS DISTINCT FROM CAST(${right} AS text)`
    : `${left} IS DISTINCT FROM (${right})`;
}

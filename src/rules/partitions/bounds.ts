import type { Node, PartitionBoundSpec } from '@pgsql/types';
import { identifier } from '../../sql/names.ts';
import { parseFile } from '../../sql/parse.ts';
import { writeExpression } from '../../sql/write.ts';

/**
 * The condition that a partition's bounds put on its rows, as SQL that Postgres recognises as a proof. Null for
 * what needs more than one plain column (`RANGE (a, b)`, expressions), for HASH and for DEFAULT.
 *
 * @param key `RANGE (created_at)`, as pg_get_partkeydef writes it
 */
export function boundCondition(key: string, bound: PartitionBoundSpec): string | null {
  const column = onlyColumn(key);
  if (column === null || bound.is_default === true) return null;
  const name = identifier(column);
  if (bound.strategy === 'l') return listCondition(name, bound.listdatums ?? []);
  if (bound.strategy !== 'r') return null;
  const [lower, upper] = [bound.lowerdatums?.[0], bound.upperdatums?.[0]];
  if (lower === undefined || upper === undefined) return null;
  const parts = [`${name} IS NOT NULL`];
  for (const [operator, value] of [
    ['>=', lower],
    ['<', upper],
  ] as const) {
    if (isUnbounded(value)) continue;
    const written = writeExpression(value);
    if (written === null) return null;
    parts.push(`${name} ${operator} ${written}`);
  }
  return parts.join(' AND ');
}

function listCondition(name: string, values: readonly Node[]): string | null {
  const isNull = (value: Node) => 'A_Const' in value && value.A_Const.isnull === true;
  const written = values.filter((value) => !isNull(value)).map(writeExpression);
  if (written.includes(null)) return null;
  const among = `${name} IN (${written.join(', ')})`;
  if (!values.some(isNull)) return `${name} IS NOT NULL AND ${among}`;
  return written.length === 0 ? `${name} IS NULL` : `${name} IS NULL OR ${among}`;
}

/** MINVALUE and MAXVALUE come from the grammar as if they were columns. */
const isUnbounded = (value: Node): boolean => {
  if (!('ColumnRef' in value)) return false;
  const [field] = value.ColumnRef.fields ?? [];
  return field !== undefined && 'String' in field && /^(?:minvalue|maxvalue)$/i.test(field.String.sval ?? '');
};

function onlyColumn(key: string): string | null {
  const node = parseFile(`CREATE TABLE t () PARTITION BY ${key}`).statements[0]?.node;
  if (node === undefined || !('CreateStmt' in node)) return null;
  const [first, ...more] = node.CreateStmt.partspec?.partParams ?? [];
  if (first === undefined || more.length > 0 || !('PartitionElem' in first)) return null;
  return first.PartitionElem.name ?? null;
}

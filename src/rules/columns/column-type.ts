import type { ColumnDef, ConstrType, Node } from '@pgsql/types';
import { identifier } from '../../sql/names.ts';
import { copy, writeType } from '../../sql/write.ts';
import type { RuleContext } from '../rule.ts';

/** `serial` is no type: the grammar's names stand for an integer type with a sequence. */
const serials: Readonly<Record<string, string>> = {
  serial: 'integer',
  serial4: 'integer',
  bigserial: 'bigint',
  serial8: 'bigint',
  smallserial: 'smallint',
  serial2: 'smallint',
};

/** The integer type behind a serial, null for any other type. */
export function serialBase(column: ColumnDef): string | null {
  const names = column.typeName?.names ?? [];
  const [only] = names;
  if (names.length !== 1 || only === undefined || !('String' in only)) return null;
  return serials[only.String.sval ?? ''] ?? null;
}

export const isSerial = (column: ColumnDef): boolean => serialBase(column) !== null;

/** A copy of a column definition without its constraints of these kinds. */
export function without(column: ColumnDef, types: readonly ConstrType[]): ColumnDef {
  const changed = copy(column);
  changed.constraints = (changed.constraints ?? []).filter(
    (node) =>
      !(
        'Constraint' in node &&
        node.Constraint.contype !== undefined &&
        types.includes(node.Constraint.contype)
      ),
  );
  if (changed.constraints.length === 0) delete changed.constraints;
  return changed;
}

/** `name type` for ADD COLUMN, as SQL; null where the type cannot be written. */
export function columnAndType(name: string, column: ColumnDef): string | null {
  if (column.typeName === undefined) return null;
  const type = writeType(column.typeName);
  return type === null ? null : `${identifier(name)} ${type}`;
}

/**
 * Does the expression give each row a value of its own? Only to tell apart the commands of one statement that
 * rewrote the table; that it did is observed. `unknown`: it calls a function of the server or of an extension that
 * is on none of our lists.
 */
export function volatility(
  context: Pick<RuleContext, 'after'>,
  expression: Node | undefined,
): 'volatile' | 'unknown' | 'stable' {
  const called: string[] = [];
  JSON.stringify(expression ?? null, (key, value: unknown) => {
    if (key === 'FuncCall') called.push(lastName((value as { funcname?: Node[] }).funcname));
    return value;
  });
  const found = called.map((name) => volatilityOf(context, name));
  return found.includes('volatile') ? 'volatile' : found.includes('unknown') ? 'unknown' : 'stable';
}

function volatilityOf({ after }: Pick<RuleContext, 'after'>, name: string) {
  const own = after?.objects.filter(({ type, ownName }) => type === 'function' && ownName === name) ?? [];
  if (own.length > 0) return own.some(({ facts }) => facts.volatility === 'v') ? 'volatile' : 'stable';
  if (volatile.has(name) || name.startsWith('uuid_generate_')) return 'volatile';
  return stable.has(name) ? 'stable' : 'unknown';
}

const lastName = (names: readonly Node[] | undefined): string => {
  const last = names?.at(-1);
  return last !== undefined && 'String' in last ? (last.String.sval ?? '') : '';
};

const volatile = new Set([
  'gen_random_uuid',
  'uuidv4',
  'uuidv7',
  'random',
  'random_normal',
  'clock_timestamp',
  'timeofday',
  'nextval',
  'setval',
  'lastval',
  'gen_random_bytes',
  'txid_current',
  'pg_current_xact_id',
]);

/** Functions that are common in defaults and the same for all rows of a statement. */
const stable = new Set([
  'now',
  'transaction_timestamp',
  'statement_timestamp',
  'timezone',
  'date_trunc',
  'lower',
  'upper',
  'md5',
  'to_char',
  'current_setting',
  'jsonb_build_object',
  'json_build_object',
  'coalesce',
]);

import type { Constraint } from '@pgsql/types';
import type { BaseRelation } from '../../run/trace.ts';
import { defaultName } from '../../sql/names.ts';
import { strings } from '../alter-table.ts';

type Taken = (name: string) => boolean;

/** Postgres' name for an unnamed CHECK: the column is part of it when the condition is about one column only. */
export function checkName(table: BaseRelation, constraint: Constraint, taken: Taken): string {
  const columns = columnsIn(constraint.raw_expr);
  return defaultName(table.relation, columns.size === 1 ? ([...columns][0] ?? '') : '', 'check', taken);
}

/** Postgres' name for an unnamed foreign key. */
export const foreignKeyName = (table: BaseRelation, columns: readonly string[], taken: Taken): string =>
  defaultName(table.relation, columns.join('_'), 'fkey', taken);

/** Postgres' name for an unnamed UNIQUE constraint, whose INCLUDE columns count too. */
export const uniqueName = (table: BaseRelation, constraint: Constraint, taken: Taken): string =>
  defaultName(
    table.relation,
    [...strings(constraint.keys), ...strings(constraint.including)].join('_'),
    'key',
    taken,
  );

export const primaryKeyName = (table: BaseRelation, taken: Taken): string =>
  defaultName(table.relation, '', 'pkey', taken);

/** Postgres' name for an unnamed NOT NULL constraint (18 and newer). */
export const notNullName = (table: BaseRelation, column: string, taken: Taken): string =>
  defaultName(table.relation, column, 'not_null', taken);

/** Last parts of all column references of an expression. */
function columnsIn(expression: unknown): Set<string> {
  const columns = new Set<string>();
  JSON.stringify(expression ?? null, (key, value: unknown) => {
    if (key === 'ColumnRef') {
      const last = strings((value as { fields?: never[] }).fields).at(-1);
      if (last !== undefined) columns.add(last);
    }
    return value;
  });
  return columns;
}

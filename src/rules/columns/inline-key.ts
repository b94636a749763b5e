import type { Constraint } from '@pgsql/types';
import { type AddedColumn, type AlterTable, hasConstraint, nameTaken } from '../alter-table.ts';
import { primaryKeyName, uniqueName } from '../constraints/constraint-names.ts';
import { constraintUsingIndex } from '../constraints/unique-index.ts';
import type { Step } from '../recipe.ts';
import type { RuleContext } from '../rule.ts';

/** UNIQUE or PRIMARY KEY in the definition of a new column. */
export const keyOf = (added: Pick<AddedColumn, 'constraints'>): Constraint | undefined =>
  added.constraints.find(({ contype }) => contype === 'CONSTR_UNIQUE' || contype === 'CONSTR_PRIMARY');

/** A column that may not be NULL, be it by its key. */
export const isRequiredBy = (added: Pick<AddedColumn, 'constraints'>): boolean =>
  hasConstraint(added, 'CONSTR_NOTNULL') || hasConstraint(added, 'CONSTR_PRIMARY');

/**
 * The steps that give a column which is filled already the key of its definition; none when it has no key, null
 * when that cannot be written.
 */
export function keySteps(context: RuleContext, alter: AlterTable, added: AddedColumn): Step[] | null {
  const key = keyOf(added);
  if (key === undefined) return [];
  // DEFERRABLE stands as a constraint of its own behind it and could belong to a REFERENCES as well.
  if (added.constraints.some(({ contype }) => contype?.startsWith('CONSTR_ATTR_'))) return null;
  const taken = nameTaken(context, alter.table);
  const primary = key.contype === 'CONSTR_PRIMARY';
  const named = { ...key, keys: [{ String: { sval: added.name } }] };
  const name =
    key.conname ?? (primary ? primaryKeyName(alter.table, taken) : uniqueName(alter.table, named, taken));
  return constraintUsingIndex(alter, key, [added.name], name, primary ? 'PRIMARY KEY' : 'UNIQUE');
}

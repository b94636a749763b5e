import type { CatalogObject } from '../catalog/model.ts';
import type { BaseRelation } from '../run/trace.ts';
import { nameOf } from './observed.ts';
import type { RuleContext } from './rule.ts';

/** Base's entry for a table, undefined where no catalog was read. */
const tableObject = (context: RuleContext, table: BaseRelation): CatalogObject | undefined =>
  context.before?.byIdentity(`pg_class:${table.oid}`) ?? context.before?.byName('table', nameOf(table));

export const isPartitioned = (context: RuleContext, table: BaseRelation): boolean =>
  tableObject(context, table)?.facts.partitioned === true;

/** A column of a base table as base has it. */
export const columnOf = (
  context: RuleContext,
  table: BaseRelation,
  column: string,
): CatalogObject | undefined => context.before?.byName('column', `${nameOf(table)}.${column}`);

/** Not so when the column has gone and another one has got its name. */
export function isNotNull(context: RuleContext, table: BaseRelation, column: string): boolean {
  const before = columnOf(context, table, column);
  if (before === undefined || before.facts.notNull !== true) return false;
  return context.after === null || context.after.byIdentity(before.identity)?.local === column;
}

/** Name of the partitioned table that a base table is a partition of. */
export function partitionedParent(context: RuleContext, table: { readonly oid: number }): string | undefined {
  const parent = context.before?.byIdentity(`pg_class:${table.oid}`)?.facts.partitionOf;
  return typeof parent === 'string' ? parent : undefined;
}

/** Base's partitions that hold the rows of a partitioned table, at whatever depth. */
export function leavesOf(context: Pick<RuleContext, 'before'>, parent: string): CatalogObject[] {
  const children = (context.before?.objects ?? []).filter(
    ({ type, facts }) => type === 'table' && facts.partitionOf === parent,
  );
  return children.flatMap((child) =>
    child.facts.partitioned === true ? leavesOf(context, child.name) : [child],
  );
}

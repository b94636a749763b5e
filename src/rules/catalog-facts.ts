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

export const isNotNull = (context: RuleContext, table: BaseRelation, column: string): boolean =>
  columnOf(context, table, column)?.facts.notNull === true;

import type { BaseRelation } from '../../run/trace.ts';
import { nameOf } from '../observed.ts';
import type { RuleContext } from '../rule.ts';

/** Name that the catalog gives a trigger of a base table, whatever the table is called by now. */
export function triggerAfter(context: RuleContext, table: BaseRelation, trigger: string) {
  const holder = context.after?.byIdentity(`pg_class:${table.oid}`);
  return holder === undefined ? undefined : context.after?.byName('trigger', `${holder.name}.${trigger}`);
}

export const triggerBefore = (context: RuleContext, table: BaseRelation, trigger: string) =>
  context.before?.byName('trigger', `${nameOf(table)}.${trigger}`);

import type { DropStmt, ObjectType } from '@pgsql/types';
import type { BaseRelation } from '../run/trace.ts';
import { type Place, places } from './observed.ts';
import type { RuleContext } from './rule.ts';

/** A DROP statement with those of its objects that base has. */
export interface Dropped {
  readonly place: Place;
  readonly node: DropStmt;
  readonly relations: readonly {
    readonly base: BaseRelation;
    /** As the statement names it. */
    readonly written: { readonly schema: string | undefined; readonly name: string };
  }[];
}

/** DROP statements of one kind of relation. */
export function dropped(context: RuleContext, type: ObjectType): Dropped[] {
  return [...places(context)].flatMap((place) => {
    const { node } = place.statement;
    if (node === null || !('DropStmt' in node) || node.DropStmt.removeType !== type) return [];
    const relations = (node.DropStmt.objects ?? []).flatMap((object) => {
      const items = 'List' in object ? (object.List.items ?? []) : [];
      const parts = items.flatMap((item) => ('String' in item ? [item.String.sval ?? ''] : []));
      const [name, schema] = [parts.at(-1) ?? '', parts.at(-2)];
      const base = context.resolve(schema, name, place.statement);
      return base === undefined ? [] : [{ base, written: { schema, name } }];
    });
    return [{ place, node: node.DropStmt, relations }];
  });
}

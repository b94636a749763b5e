import type { Node, RangeVar } from '@pgsql/types';
import type { BaseRelation, RelationKind } from '../run/trace.ts';
import { type Place, places } from './observed.ts';
import type { RuleContext } from './rule.ts';

type KeyOf<Union> = Union extends Union ? keyof Union & string : never;

/** Names of the parser's nodes: `RenameStmt`. */
export type NodeKind = KeyOf<Node>;
export type NodeOf<Kind extends NodeKind> = Extract<Node, Record<Kind, unknown>>[Kind];

/** A statement whose parse tree is of one kind. */
export interface StatementOf<Kind extends NodeKind> extends Place {
  readonly node: NodeOf<Kind>;
}

/** Every statement that the server accepted, in order: what failed has a rule of its own to say so. */
export function* completed(context: RuleContext): Generator<Place> {
  for (const place of places(context)) {
    const { migration, statement } = place;
    if (migration.error !== null && statement === migration.statements.at(-1)) continue;
    yield place;
  }
}

/** Accepted statements of one kind. */
export function* statementsOf<Kind extends NodeKind>(
  context: RuleContext,
  kind: Kind,
): Generator<StatementOf<Kind>> {
  for (const place of completed(context)) {
    const tree = place.statement.node as Partial<Record<string, unknown>> | null;
    if (tree === null || !(kind in tree)) continue;
    yield { ...place, node: tree[kind] as NodeOf<Kind> };
  }
}

/** The base relation that a statement names, of one of these kinds; undefined when the pull request made it. */
export function baseRelation(
  context: RuleContext,
  { statement }: Place,
  relation: RangeVar | undefined,
  kinds: readonly RelationKind[] = ['table'],
): BaseRelation | undefined {
  if (relation?.relname === undefined) return undefined;
  const found = context.resolve(relation.schemaname, relation.relname, statement);
  return found !== undefined && kinds.includes(found.kind) ? found : undefined;
}

/** Last and, when it was written, first part of a dotted name. */
export function nameParts(name: readonly Node[] | undefined): {
  readonly schema: string | undefined;
  readonly name: string;
} {
  const parts = (name ?? []).flatMap((part) => ('String' in part ? [part.String.sval ?? ''] : []));
  return { schema: parts.at(-2), name: parts.at(-1) ?? '' };
}

/** Unquoted `schema.name` of everything that a name may mean where the statement stands, the likeliest first. */
export const candidates = (
  { schema, name }: { readonly schema: string | undefined; readonly name: string },
  { statement }: Place,
): string[] =>
  (schema === undefined || schema === '' ? statement.searchPath : [schema]).map((each) => `${each}.${name}`);

/** Every node below a tree, the tree itself included: for what may stand anywhere in a statement. */
export function* below(tree: unknown): Generator<Readonly<Record<string, unknown>>> {
  if (typeof tree !== 'object' || tree === null) return;
  if (!Array.isArray(tree)) yield tree as Readonly<Record<string, unknown>>;
  for (const part of Object.values(tree)) yield* below(part);
}

/** Names of the functions that a statement calls, without their schema. */
export function calledFunctions(tree: unknown): string[] {
  return [...below(tree)].flatMap((node) => {
    const call = node.FuncCall as { funcname?: readonly Node[] } | undefined;
    return call === undefined ? [] : [nameParts(call.funcname).name];
  });
}

import type { Node, SelectStmt } from '@pgsql/types';
import { parseSync } from 'libpg-query';
import type { CatalogObject } from '../model.ts';

/** Does every output column that the view had still come first, in its place and of its type? */
export function keepsColumns(before: CatalogObject, after: CatalogObject): boolean {
  return before.members.every((member, position) => {
    const now = after.members[position];
    return now?.name === member.name && now.definition === member.definition;
  });
}

/** Is the new query the old one with columns appended to its select list, and nothing else? */
export function onlyAppendsColumns(before: CatalogObject, after: CatalogObject): boolean {
  if (!keepsColumns(before, after) || before.facts.options !== after.facts.options) return false;
  const old = selectOf(before);
  const now = selectOf(after);
  if (old?.targetList === undefined || now?.targetList === undefined) return false;
  return same(old, { ...now, targetList: now.targetList.slice(0, old.targetList.length) });
}

function selectOf(view: CatalogObject): SelectStmt | undefined {
  try {
    const [statement] = parseSync(String(view.facts.query)).stmts ?? [];
    const node: Node | undefined = statement?.stmt;
    return node !== undefined && 'SelectStmt' in node ? node.SelectStmt : undefined;
  } catch {
    // A server newer than the grammar: the query then counts as changed.
    return undefined;
  }
}

const same = (left: unknown, right: unknown): boolean => withoutPlaces(left) === withoutPlaces(right);
const withoutPlaces = (tree: unknown): string =>
  JSON.stringify(tree, (key, value: unknown) =>
    key === 'location' || key.startsWith('list_') || key.startsWith('rexpr_list_') ? undefined : value,
  );

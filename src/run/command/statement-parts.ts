import type { Node } from '@pgsql/types';

/** Relations as they are written; those that statements drop, too. What WITH names is none, where it is read. */
export function relationsOf(node: Node): string[] {
  const found: string[] = [];
  const parts = new Set<string>();
  // What stands within another part is not to be seen from outside of it.
  for (const statement of Object.values(node) as { withClause?: { ctes?: readonly Node[] } }[])
    for (const cte of statement.withClause?.ctes ?? [])
      if ('CommonTableExpr' in cte) parts.add(cte.CommonTableExpr.ctename ?? '');
  walk(node, (key, value) => {
    if (!('relname' in value) || typeof value.relname !== 'string') return;
    const { schemaname, relname } = value as { schemaname?: string; relname: string };
    if (schemaname) found.push(`${schemaname}.${relname}`);
    // What is written to or changed is a table, whatever WITH names.
    else if (key !== 'RangeVar' || !parts.has(relname)) found.push(relname);
  });
  return found;
}

/** Every object of a parse tree with the key that it stands under; `false` keeps from what is inside of it. */
export function walk(
  value: unknown,
  each: (key: string, value: object) => false | undefined,
  key = '',
): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) walk(item, each, key);
    return;
  }
  if (each(key, value) === false) return;
  for (const [name, inner] of Object.entries(value)) walk(inner, each, name);
}

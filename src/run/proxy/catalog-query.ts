import type { Node } from '@pgsql/types';

/**
 * Is it a SELECT that only reads the system's catalogs and calls the system's own functions? Tools ask very many
 * of them, and they do nothing that is observed.
 */
export function isCatalogQuery(node: Node, functions: ReadonlySet<string>): boolean {
  if (!('SelectStmt' in node)) return false;
  const names = new Set<string>();
  return collects(node, names) && isHarmless(node, functions, names);
}

/** Names of WITH queries; false for what writes. */
function collects(value: unknown, names: Set<string>): boolean {
  if (Array.isArray(value)) return value.every((each) => collects(each, names));
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, inner]) => {
    if (writing.has(key)) return false;
    if (key === 'ctename' && typeof inner === 'string') names.add(inner);
    return collects(inner, names);
  });
}

const writing = new Set([
  'InsertStmt',
  'UpdateStmt',
  'DeleteStmt',
  'MergeStmt',
  'intoClause',
  'lockingClause',
]);

function isHarmless(value: unknown, functions: ReadonlySet<string>, names: ReadonlySet<string>): boolean {
  if (Array.isArray(value)) return value.every((each) => isHarmless(each, functions, names));
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, inner]) => {
    if (key === 'RangeVar' && !isCatalog(inner as Named, names)) return false;
    if (key === 'FuncCall' && !isOwn(inner as Called, functions)) return false;
    return isHarmless(inner, functions, names);
  });
}

interface Named {
  readonly schemaname?: string;
  readonly relname?: string;
}

interface Called {
  readonly funcname?: readonly { readonly String?: { readonly sval?: string } }[];
}

function isCatalog({ schemaname, relname = '' }: Named, names: ReadonlySet<string>): boolean {
  if (schemaname !== undefined && schemaname !== '')
    return schemaname === 'pg_catalog' || schemaname === 'information_schema';
  return names.has(relname) || relname.startsWith('pg_');
}

function isOwn({ funcname = [] }: Called, functions: ReadonlySet<string>): boolean {
  const parts = funcname.map((part) => part.String?.sval ?? '');
  if (parts.length > 1 && parts[0] !== 'pg_catalog') return false;
  const name = parts.at(-1) ?? '';
  // These run the query that they are given.
  return functions.has(name) && !name.includes('to_xml');
}

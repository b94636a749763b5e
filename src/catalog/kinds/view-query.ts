import type { ColumnRef, Node, SelectStmt } from '@pgsql/types';
import { identifier } from '../../sql/names.ts';
import { parseFile } from '../../sql/parse.ts';

/**
 * A view's query as majors from 16 print it: they leave out the table's name before a column where the outermost
 * query reads one relation only. So the text of one view is the same on all majors.
 */
export function asNewMajorsPrint(query: string, major: number): string {
  if (major >= 16) return query;
  const known = printed.get(query);
  if (known !== undefined) return known;
  const text = withoutPrefixes(query);
  if (printed.size >= mostKept) printed.clear();
  printed.set(query, text);
  return text;
}

/** Every view is read at least twice, before a migration and after it. */
const printed = new Map<string, string>();
const mostKept = 2_000;

function withoutPrefixes(query: string): string {
  const select = selectOf(query);
  if (select === null) return query;
  const alias = onlyRelation(select);
  if (alias === null) return query;
  const prefix = Buffer.from(`${identifier(alias)}.`);
  const text = Buffer.from(query);
  const places = outerColumns(select)
    .filter(
      ({ fields = [] }) => fields.length === 2 && nameOf(fields[0]) === alias && nameOf(fields[1]) !== null,
    )
    .map(({ location = 0 }) => location)
    .filter((at) => text.subarray(at, at + prefix.length).equals(prefix))
    .sort((a, b) => a - b);
  const kept: Buffer[] = [];
  let from = 0;
  for (const at of places) {
    kept.push(text.subarray(from, at));
    from = at + prefix.length;
  }
  return Buffer.concat([...kept, text.subarray(from)]).toString();
}

function selectOf(query: string): SelectStmt | null {
  const node = parseFile(query).statements[0]?.node;
  return node !== undefined && 'SelectStmt' in node ? node.SelectStmt : null;
}

const nameOf = (node: Node | undefined): string | null =>
  node !== undefined && 'String' in node ? (node.String.sval ?? null) : null;

/** What the columns of the only relation are qualified with; null where there are more, or a set operation. */
function onlyRelation({ fromClause = [] }: SelectStmt): string | null {
  const [item] = fromClause;
  if (item === undefined || fromClause.length > 1) return null;
  if ('RangeVar' in item) return item.RangeVar.alias?.aliasname ?? item.RangeVar.relname ?? null;
  if ('RangeSubselect' in item) return item.RangeSubselect.alias?.aliasname ?? null;
  if ('RangeFunction' in item) return item.RangeFunction.alias?.aliasname ?? null;
  if ('RangeTableSample' in item) {
    const relation = item.RangeTableSample.relation;
    if (relation !== undefined && 'RangeVar' in relation) {
      return relation.RangeVar.alias?.aliasname ?? relation.RangeVar.relname ?? null;
    }
  }
  return null;
}

/** Columns that are named outside of every inner query. */
function outerColumns(select: SelectStmt): ColumnRef[] {
  const found: ColumnRef[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'ColumnRef') found.push(inner as ColumnRef);
      else if (key !== 'SelectStmt' && key !== 'withClause') visit(inner);
    }
  };
  visit(select);
  return found;
}

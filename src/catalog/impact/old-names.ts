import { partsOf } from '../ddl.ts';
import type { Catalog, CatalogObject } from '../model.ts';
import type { Pairing } from '../pairing.ts';
import type { ImpactCase } from './row.ts';

/** A table, view or materialized view. */
const relationNamed = (catalog: Catalog, name: string): CatalogObject | undefined =>
  (['table', 'view', 'materialized-view'] as const)
    .map((type) => catalog.byName(type, name))
    .find((object) => object !== undefined);

const columnNames = (catalog: Catalog, relation: CatalogObject): string[] =>
  relation.type === 'table'
    ? partsOf(catalog, relation)
        .filter(({ type }) => type === 'column')
        .map(({ local }) => local)
    : relation.members.map(({ name }) => name);

/** Is it one that base has under another name? Statements that name it then reach what they do not mean. */
const isAnother = ({ beforeOf }: Pairing, object: CatalogObject): boolean => {
  const then = beforeOf(object);
  return then !== undefined && then.name !== object.name;
};

/** Does a relation that is new answer to the old name afterwards, with every column that the old one had? */
export function relationStays({ old, pairing }: ImpactCase): boolean {
  const now = relationNamed(pairing.after, old.name);
  if (now === undefined || isAnother(pairing, now)) return false;
  const left = new Set(columnNames(pairing.after, now));
  return columnNames(pairing.before, old).every((column) => left.has(column));
}

/** Has a relation of base that had another name taken the old name over? */
export function relationTakenOver({ old, pairing }: ImpactCase): boolean {
  const now = relationNamed(pairing.after, old.name);
  return now !== undefined && isAnother(pairing, now);
}

/** Does a new column of the table, or a view under the table's old name, answer to the column's old name? */
export function columnStays({ old, now, pairing }: ImpactCase): boolean {
  const there = pairing.after.byName('column', `${now.container}.${old.local}`);
  if (there !== undefined && pairing.beforeOf(there) === undefined) return true;
  return viewAnswers({ old, pairing });
}

/** Does a view under the table's old name have a column of that name? */
export function viewAnswers({ old, pairing }: Pick<ImpactCase, 'old' | 'pairing'>): boolean {
  const view = pairing.after.byName('view', old.container);
  return view?.members.some(({ name }) => name === old.local) ?? false;
}

/** Has another column that base had taken the old name over? */
export function columnTakenOver({ old, now, pairing }: ImpactCase): boolean {
  const there = pairing.after.byName('column', `${now.container}.${old.local}`);
  return there !== undefined && isAnother(pairing, there);
}

/** The new column of the same table that has the name of a dropped one. */
export function columnReplaced({ old, pairing }: Pick<ImpactCase, 'old' | 'pairing'>): boolean {
  const table = pairing.before.byIdentity(old.containerIdentity);
  const now = table && pairing.afterOf(table);
  return now !== undefined && pairing.after.byName('column', `${now.name}.${old.local}`) !== undefined;
}

/** Had the table a column of that name, which is gone? */
export function replacesColumn({ now, pairing }: Pick<ImpactCase, 'now' | 'pairing'>): boolean {
  const table = pairing.after.byIdentity(now.containerIdentity);
  const then = table && pairing.beforeOf(table);
  const column = then && pairing.before.byName('column', `${then.name}.${now.local}`);
  return column !== undefined && pairing.afterOf(column) === undefined;
}

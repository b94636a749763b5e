import { compareText } from './catalog.ts';
import { label, word } from './er-text.ts';
import type { Catalog, CatalogObject, SchemaChange } from './model.ts';

/** More boxes than this are not read. */
const mostEntities = 12;
const mostColumns = 12;

type Mark = 'new' | 'changed' | 'dropped';

interface Entity {
  readonly table: CatalogObject;
  /** The side that it is shown from: base's for a dropped one. */
  readonly catalog: Catalog;
  /** Undefined for a neighbour of changed tables. */
  readonly mark: Mark | undefined;
}

interface Relation {
  readonly key: CatalogObject;
  readonly catalog: Catalog;
  readonly child: CatalogObject;
  readonly parent: CatalogObject;
}

/**
 * A Mermaid ER diagram of the changed tables and their neighbours by foreign keys: at most twelve boxes, with the
 * columns that are keys or changed. Null where no table changed that has or had a foreign key to show.
 *
 * @param changes what `diff` says of the two
 */
export function erDiagram(before: Catalog, after: Catalog, changes: readonly SchemaChange[]): string | null {
  const marks = marksOf(before, after, changes);
  const relations = relationsOf(before, after, marks);
  const changed = changedTables(before, after, marks);
  const shown = chosen(changed, relations, weights(before, after, changes));
  const drawn = relations.filter(
    ({ child, parent }) => shown.has(child.identity) && shown.has(parent.identity),
  );
  if (drawn.length === 0) return null;
  const ids = new Map([...shown.keys()].map((identity, index) => [identity, `t${index + 1}`]));
  const left = changed.filter(({ table }) => !shown.has(table.identity)).length;
  return [
    'erDiagram',
    ...(left > 0 ? [`  %% ${left} more changed ${left === 1 ? 'table' : 'tables'} not shown`] : []),
    ...[...shown.values()].flatMap((entity) => entityLines(entity, ids, relations, before, marks)),
    ...drawn.map((relation) => relationLine(relation, ids, marks)),
  ].join('\n');
}

/** What happened to tables, columns and foreign keys, by identity. A renamed one is changed. */
function marksOf(before: Catalog, after: Catalog, changes: readonly SchemaChange[]): Map<string, Mark> {
  const marks = new Map<string, Mark>();
  const set = (object: CatalogObject | undefined, mark: Mark): void => {
    if (object === undefined) return;
    if (marks.get(object.identity) === undefined || mark !== 'changed') marks.set(object.identity, mark);
    // What happens to a part happens to its table.
    if (object.identity !== object.containerIdentity && !marks.has(object.containerIdentity)) {
      marks.set(object.containerIdentity, 'changed');
    }
  };
  for (const { change, type, name } of changes) {
    if (type !== 'table' && type !== 'column' && type !== 'constraint' && type !== 'foreign-table') continue;
    if (change === 'removed') set(before.byName(type, name), 'dropped');
    else set(after.byName(type, name), change === 'added' ? 'new' : 'changed');
  }
  return marks;
}

const isTable = ({ type }: CatalogObject): boolean => type === 'table' || type === 'foreign-table';

function changedTables(before: Catalog, after: Catalog, marks: ReadonlyMap<string, Mark>): Entity[] {
  const of = (catalog: Catalog, wanted: (mark: Mark) => boolean): Entity[] =>
    catalog.objects.flatMap((table) => {
      const mark = marks.get(table.identity);
      return isTable(table) && mark !== undefined && wanted(mark) ? [{ table, catalog, mark }] : [];
    });
  return [...of(after, (mark) => mark !== 'dropped'), ...of(before, (mark) => mark === 'dropped')];
}

/** Foreign keys as they are, and those that are gone. A partition's copy is its parent's. */
function relationsOf(before: Catalog, after: Catalog, marks: ReadonlyMap<string, Mark>): Relation[] {
  const of = (catalog: Catalog, wanted: (key: CatalogObject) => boolean): Relation[] =>
    catalog.objects.flatMap((key) => {
      if (key.facts.kind !== 'foreign-key' || key.inheritedFrom !== null || !wanted(key)) return [];
      const child = catalog.byIdentity(key.containerIdentity);
      const parent = catalog.byName('table', String(key.facts.foreignTable));
      return child === undefined || parent === undefined ? [] : [{ key, catalog, child, parent }];
    });
  const isGone = (key: CatalogObject): boolean =>
    marks.get(key.identity) === 'dropped' || marks.get(key.containerIdentity) === 'dropped';
  return [...of(after, () => true), ...of(before, isGone)];
}

const impacts = ['none', 'behaviour', 'risky', 'breaking'];
const newTable = 2.5;

/** The strongest impact among the changes of each table and its parts, by the table's identity; a new one before risky. */
function weights(before: Catalog, after: Catalog, changes: readonly SchemaChange[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const { change, type, name, impact } of changes) {
    const object = (change === 'removed' ? before : after).byName(type, name);
    if (object === undefined) continue;
    const table = isTable(object) ? object.identity : object.containerIdentity;
    const isNew = change === 'added' && isTable(object);
    found.set(table, Math.max(found.get(table) ?? 0, isNew ? newTable : impacts.indexOf(impact)));
  }
  return found;
}

/**
 * Changed tables that have a foreign key before others, then their neighbours. Where there is no room for all changed
 * ones: those first of which the running version notices most, then those with most foreign keys among them.
 */
function chosen(
  changed: readonly Entity[],
  relations: readonly Relation[],
  weight: ReadonlyMap<string, number>,
): Map<string, Entity> {
  const changedIds = new Set(changed.map(({ table }) => table.identity));
  const ties = new Map<string, number>();
  const neighbours = new Map<string, { entity: Entity; count: number }>();
  for (const { child, parent, catalog } of relations) {
    for (const [one, other] of [
      [child, parent],
      [parent, child],
    ] as const) {
      if (!changedIds.has(one.identity) || one === other) continue;
      ties.set(one.identity, (ties.get(one.identity) ?? 0) + 1);
      if (changedIds.has(other.identity)) continue;
      const count = (neighbours.get(other.identity)?.count ?? 0) + 1;
      neighbours.set(other.identity, { entity: { table: other, catalog, mark: undefined }, count });
    }
  }
  const others = [...neighbours.values()].sort(
    (a, b) => b.count - a.count || compareText(a.entity.table.name, b.entity.table.name),
  );
  // A table that many of the changed ones refer to holds the picture together.
  const isHub = (count: number): boolean => count >= mostEntities / 2;
  const room = mostEntities - Number(isHub(others[0]?.count ?? 0));
  const tied = (entity: Entity): number => ties.get(entity.table.identity) ?? 0;
  const isApart = (entity: Entity): number => Number(tied(entity) === 0);
  const heavy = (entity: Entity): number =>
    Math.max(weight.get(entity.table.identity) ?? 0, isHub(tied(entity)) ? newTable : 0);
  const kept = [...changed]
    .sort(
      (a, b) =>
        isApart(a) - isApart(b) ||
        heavy(b) - heavy(a) ||
        tied(b) - tied(a) ||
        compareText(a.table.name, b.table.name),
    )
    .slice(0, room)
    .sort((a, b) => isApart(a) - isApart(b) || compareText(a.table.name, b.table.name));
  return new Map(
    [...kept, ...others.map(({ entity }) => entity)]
      .slice(0, mostEntities)
      .map((entity) => [entity.table.identity, entity]),
  );
}

function entityLines(
  { table, catalog, mark }: Entity,
  ids: ReadonlyMap<string, string>,
  relations: readonly Relation[],
  before: Catalog,
  marks: ReadonlyMap<string, Mark>,
): string[] {
  const id = ids.get(table.identity) ?? '';
  const partsIn = (side: Catalog): CatalogObject[] =>
    side.objects.filter(({ containerIdentity }) => containerIdentity === table.identity);
  const gone =
    mark === 'changed' ? partsIn(before).filter(({ identity }) => marks.get(identity) === 'dropped') : [];
  const parts = [...partsIn(catalog), ...gone];
  const columnsOf = (kind: string): Set<string> =>
    new Set(parts.filter(({ facts }) => facts.kind === kind).flatMap(({ columns }) => columns));
  const [primary, unique] = [columnsOf('primary-key'), columnsOf('unique')];
  const ownKeys = relations.filter(({ child }) => child.identity === table.identity);
  const columnsBy = (keys: readonly Relation[]): Set<string> =>
    new Set(keys.flatMap(({ key }) => key.columns));
  const foreign = columnsBy(ownKeys);
  const drawn = columnsBy(ownKeys.filter(({ parent }) => ids.has(parent.identity)));
  const columns = parts
    .filter(({ type }) => type === 'column')
    .map((column) => ({ column, mark: mark === 'changed' ? marks.get(column.identity) : undefined }));
  const wanted = columns.filter(
    ({ column, mark: of }) =>
      mark === 'new' || of !== undefined || primary.has(column.identity) || drawn.has(column.identity),
  );
  const room = chosenColumns(wanted, primary, drawn);
  const lines = wanted
    .filter((each) => room.has(each))
    .map(({ column, mark: of }) => {
      const keys = [
        ...(primary.has(column.identity) ? ['PK'] : []),
        ...(foreign.has(column.identity) ? ['FK'] : []),
        ...(unique.has(column.identity) && !primary.has(column.identity) ? ['UK'] : []),
      ].join(', ');
      return attribute(column, keys, of);
    });
  if (wanted.length > room.size) lines.push(`    and more "${wanted.length - room.size} columns"`);
  const named = `  ${id}["${label(table.name)}${mark === undefined ? '' : ` (${mark})`}"]`;
  return lines.length === 0 ? [named] : [`${named} {`, ...lines, '  }'];
}

/** As many columns as a box has room for: the primary key's, foreign keys', new and dropped ones, changed ones, others. */
function chosenColumns<Each extends { readonly column: CatalogObject; readonly mark: Mark | undefined }>(
  columns: readonly Each[],
  primary: ReadonlySet<string>,
  foreign: ReadonlySet<string>,
): Set<Each> {
  const rank = ({ column: { identity }, mark }: Each): number => {
    if (primary.has(identity)) return 0;
    if (foreign.has(identity) || mark === 'new' || mark === 'dropped') return 1;
    return mark === 'changed' ? 2 : 3;
  };
  return new Set([...columns].sort((a, b) => rank(a) - rank(b)).slice(0, mostColumns));
}

function attribute(column: CatalogObject, keys: string, mark: Mark | undefined): string {
  const name = word(column.local);
  const comment = [
    ...(name === column.local ? [] : [label(column.local)]),
    ...(mark === undefined ? [] : [mark]),
  ];
  return [
    `    ${word(String(column.facts.dataType))} ${name}`,
    ...(keys === '' ? [] : [keys]),
    ...(comment.length === 0 ? [] : [`"${comment.join(', ')}"`]),
  ].join(' ');
}

/** `t1 }o--|| t2 : "orders_user_id_fkey (new)"`. */
function relationLine(
  { key, catalog, child, parent }: Relation,
  ids: ReadonlyMap<string, string>,
  marks: ReadonlyMap<string, Mark>,
): string {
  const columns = [...key.columns].sort().join();
  const once = catalog.objects.some(
    ({ containerIdentity, facts, columns: of }) =>
      containerIdentity === child.identity &&
      (facts.kind === 'primary-key' || facts.kind === 'unique') &&
      [...of].sort().join() === columns,
  );
  const required = key.columns.every((identity) => catalog.byIdentity(identity)?.facts.notNull === true);
  const whole = marks.get(child.identity);
  const mark = marks.get(key.identity) ?? (whole === 'changed' ? undefined : whole);
  const ends = `${once ? '|o' : '}o'}${mark === 'dropped' ? '..' : '--'}${required ? '||' : 'o|'}`;
  const name = `${label(key.local)}${mark === undefined ? '' : ` (${mark})`}`;
  return `  ${ids.get(child.identity)} ${ends} ${ids.get(parent.identity)} : "${name}"`;
}

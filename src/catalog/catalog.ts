import type { Catalog, CatalogObject, ObjectType } from './model.ts';

/** Makes a catalog of objects, in a stable order. */
export function catalogOf(
  objects: readonly CatalogObject[],
  notModelled: readonly string[],
  major: number,
): Catalog {
  const ordered = inOrder(objects);
  const identities = new Map(ordered.map((object) => [object.identity, object]));
  let names: Map<string, CatalogObject> | undefined;
  return {
    objects: ordered,
    notModelled,
    major,
    byIdentity: (identity) => identities.get(identity),
    byName: (type, name) => {
      names ??= new Map(ordered.map((object) => [`${object.type}\0${object.name}`, object]));
      return names.get(`${type}\0${name}`);
    },
  };
}

/** As `compareObjects` has it; each kind for itself, since most comparisons are of two kinds otherwise. */
function inOrder(objects: readonly CatalogObject[]): CatalogObject[] {
  const ofType = new Map<ObjectType, CatalogObject[]>();
  for (const object of objects) {
    const some = ofType.get(object.type);
    if (some === undefined) ofType.set(object.type, [object]);
    else some.push(object);
  }
  return [...ofType.values()]
    .sort(([a], [b]) => (a === undefined || b === undefined ? 0 : rankOf(a) - rankOf(b)))
    .flatMap((some) => some.sort(compareAlike));
}

/** Order of kinds in lists and texts: what others depend on first. */
const typeOrder: readonly ObjectType[] = [
  'role',
  'role-membership',
  'setting',
  'schema',
  'extension',
  'access-method',
  'language',
  'collation',
  'conversion',
  'type',
  'domain',
  'function',
  'procedure',
  'aggregate',
  'operator-family',
  'operator-class',
  'operator',
  'cast',
  'transform',
  'text-search-parser',
  'text-search-template',
  'text-search-dictionary',
  'text-search-configuration',
  'foreign-data-wrapper',
  'foreign-server',
  'user-mapping',
  'table',
  'foreign-table',
  'view',
  'materialized-view',
  'column',
  'constraint',
  'sequence',
  'index',
  'statistics',
  'rule',
  'trigger',
  'policy',
  'publication',
  'subscription',
  'event-trigger',
  'owner',
  'default-privilege',
  'privilege',
  'comment',
  'security-label',
];
const typeRank = new Map(typeOrder.map((type, rank) => [type, rank]));

const rankOf = ({ type }: CatalogObject): number => typeRank.get(type) ?? typeOrder.length;

/** By kind, then rank, then name. Names compare by code unit, so that no locale changes the order. */
export const compareObjects = (a: CatalogObject, b: CatalogObject): number =>
  rankOf(a) - rankOf(b) || compareAlike(a, b);

const compareAlike = (a: CatalogObject, b: CatalogObject): number =>
  a.text.rank - b.text.rank || compareText(a.name, b.name);

export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

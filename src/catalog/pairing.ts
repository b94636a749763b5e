import type { Catalog, CatalogObject, ObjectType } from './model.ts';

/**
 * How objects of two catalogs are recognised as the same one: by `identity` inside a database and its clones,
 * where oids and attnums survive, or by `name` between databases that have nothing else in common.
 */
export type PairBy = 'identity' | 'name';

export interface Pairing {
  readonly before: Catalog;
  readonly after: Catalog;
  readonly by: PairBy;
  /** The same object afterwards; undefined when it is gone. */
  afterOf(before: CatalogObject): CatalogObject | undefined;
  /** The same object before; undefined when it is new. */
  beforeOf(after: CatalogObject): CatalogObject | undefined;
}

// A table, column or sequence that was dropped and made again under its name has lost what it held: it is
// another one. Everything else is its definition, and often gets a new oid on the way: views are dropped and
// created again, ALTER COLUMN TYPE rebuilds constraints and indexes, an enum is shrunk by making it anew.
const holdsData: ReadonlySet<ObjectType> = new Set(['table', 'column', 'sequence']);

/** Pairs the objects of two catalogs. */
export function pair(before: Catalog, after: Catalog, by: PairBy): Pairing {
  const forward = new Map<string, CatalogObject>();
  const backward = new Map<string, CatalogObject>();
  const join = (left: CatalogObject, right: CatalogObject): void => {
    forward.set(left.identity, right);
    backward.set(right.identity, left);
  };

  if (by === 'identity') {
    for (const object of before.objects) {
      const same = after.byIdentity(object.identity);
      if (same?.type === object.type) join(object, same);
    }
  }

  const key = (object: CatalogObject, scope: string | null): string =>
    `${object.type}\0${scope ?? ''}\0${object.local}`;
  const free = new Map<string, CatalogObject>();
  for (const object of after.objects) {
    if (!backward.has(object.identity)) free.set(key(object, object.scope), object);
  }
  const canBeNamed = (object: CatalogObject): boolean => by === 'name' || !holdsData.has(object.type);

  // A name is only the same inside the same schema or table, so holders are paired before what they hold.
  const tried = new Set<string>();
  const visit = (object: CatalogObject): void => {
    if (forward.has(object.identity) || tried.has(object.identity)) return;
    tried.add(object.identity);
    for (const holder of [object.scope, object.parent]) {
      const held = holder === null ? undefined : before.byIdentity(holder);
      if (held !== undefined) visit(held);
    }
    if (!canBeNamed(object)) return;
    const scope = object.scope === null ? null : forward.get(object.scope)?.identity;
    if (scope === undefined) return;
    const candidate = free.get(key(object, scope));
    if (candidate === undefined) return;
    // An index of that name on another table is another index. A sequence may change hands.
    const parent = object.parent === null ? null : forward.get(object.parent)?.identity;
    if (object.type !== 'sequence' && parent !== candidate.parent) return;
    join(object, candidate);
  };
  before.objects.forEach(visit);

  return {
    before,
    after,
    by,
    afterOf: (object) => forward.get(object.identity),
    beforeOf: (object) => backward.get(object.identity),
  };
}

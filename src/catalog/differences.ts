import { compareObjects, compareText } from './catalog.ts';
import { partsOf } from './ddl.ts';
import type { Catalog, CatalogObject, SchemaChange } from './model.ts';
import { type PairBy, type Pairing, pair } from './pairing.ts';

/** A difference with the objects that it is about. */
export interface Difference {
  readonly change: SchemaChange['change'];
  readonly before: CatalogObject | undefined;
  readonly after: CatalogObject | undefined;
  /** Columns of a table stand in another order, and nothing else about the table itself changed. */
  readonly orderOnly: boolean;
}

/** What two catalogs come to when they are compared. */
export interface Compared {
  readonly pairing: Pairing;
  /** Folded and ordered. */
  readonly differences: readonly Difference[];
}

/** The last comparison of each catalog: its changes and their text are asked for one after the other. */
const last = new WeakMap<Catalog, Compared>();

/** Compares two catalogs. */
export function compared(before: Catalog, after: Catalog, by: PairBy): Compared {
  const known = last.get(after);
  if (known?.pairing.before === before && known.pairing.by === by) return known;
  const pairing = pair(before, after, by);
  const made = { pairing, differences: differences(pairing) };
  last.set(after, made);
  return made;
}

function differences(pairing: Pairing): Difference[] {
  const { before, after } = pairing;
  const found: Difference[] = [];
  for (const old of before.objects) {
    const now = pairing.afterOf(old);
    if (now !== undefined) found.push(...pairDifferences(old, now, pairing));
    else if (!goneWith(old, pairing))
      found.push({ change: 'removed', before: old, after: undefined, orderOnly: false });
  }
  for (const now of after.objects) {
    if (pairing.beforeOf(now) === undefined && !newWith(now, pairing)) {
      found.push({ change: 'added', before: undefined, after: now, orderOnly: false });
    }
  }
  return found.sort(compareDifferences);
}

const goneWith = (old: CatalogObject, { before, afterOf }: Pairing): boolean =>
  [old.parent, old.inheritedFrom].some((identity) => {
    const holder = identity === null ? undefined : before.byIdentity(identity);
    return holder !== undefined && afterOf(holder) === undefined;
  });

const newWith = (now: CatalogObject, { after, beforeOf }: Pairing): boolean =>
  [now.parent, now.inheritedFrom].some((identity) => {
    const holder = identity === null ? undefined : after.byIdentity(identity);
    return holder !== undefined && beforeOf(holder) === undefined;
  });

function pairDifferences(old: CatalogObject, now: CatalogObject, pairing: Pairing): readonly Difference[] {
  // Taken over from the earlier picture, as most of a large schema is.
  if (old === now) return [];
  const origin = originOf(old, now, pairing);
  const found: Difference[] = [];
  const difference = { before: old, after: now, orderOnly: false };
  const renamed = isRenamed(old, now, pairing);
  // A partition's copy of a column or trigger is renamed with its origin.
  if (
    renamed &&
    !(origin !== null && isRenamed(origin.old, origin.now, pairing) && origin.now.local === now.local)
  ) {
    found.push({ ...difference, change: 'renamed' });
  }
  const altered = isAltered(old, now, pairing);
  if (altered) {
    const told =
      origin !== null &&
      isAltered(origin.old, origin.now, pairing) &&
      origin.old.comparable === old.comparable &&
      origin.now.comparable === now.comparable;
    if (!told) found.push({ ...difference, change: 'altered' });
  } else if (old.type === 'table' && isReordered(old, now, pairing)) {
    found.push({ ...difference, change: 'altered', orderOnly: true });
  }
  return found;
}

/** The pair one level up that both sides inherit from. */
function originOf(
  old: CatalogObject,
  now: CatalogObject,
  { before, after, afterOf }: Pairing,
): { old: CatalogObject; now: CatalogObject } | null {
  const oldOrigin = old.inheritedFrom === null ? undefined : before.byIdentity(old.inheritedFrom);
  const nowOrigin = now.inheritedFrom === null ? undefined : after.byIdentity(now.inheritedFrom);
  if (oldOrigin === undefined || nowOrigin === undefined || afterOf(oldOrigin) !== nowOrigin) return null;
  return { old: oldOrigin, now: nowOrigin };
}

function isRenamed(old: CatalogObject, now: CatalogObject, { before, afterOf }: Pairing): boolean {
  if (old.ownName !== now.ownName) return true;
  // What belongs to a relation moves with it: SET SCHEMA of a table is one line. A schema that was renamed is
  // the same schema. A sequence that changes its owner does not change its name by that.
  if (old.parent !== null || now.parent !== null || old.scope === null) return false;
  const scope = before.byIdentity(old.scope);
  return scope === undefined ? old.scope !== now.scope : afterOf(scope)?.identity !== now.scope;
}

function isAltered(old: CatalogObject, now: CatalogObject, { by, before, after }: Pairing): boolean {
  if (old.comparable === now.comparable) return false;
  if (before.major !== after.major && (old.portable ?? old.comparable) === (now.portable ?? now.comparable)) {
    return false;
  }
  return by === 'name' || old.stored === null || old.stored !== now.stored;
}

/** Do the columns that both have stand in another order? */
function isReordered(old: CatalogObject, now: CatalogObject, pairing: Pairing): boolean {
  // Inside one database a column never moves: it can only be dropped and added.
  if (pairing.by === 'identity') return false;
  const order = columnsOf(now, pairing.after).filter((column) => pairing.beforeOf(column) !== undefined);
  const previous = columnsOf(old, pairing.before).flatMap((column) => pairing.afterOf(column) ?? []);
  return order.some((column, position) => column !== previous[position]);
}

const columnsOf = (table: CatalogObject, catalog: Catalog): readonly CatalogObject[] =>
  partsOf(catalog, table).filter((part) => part.type === 'column');

function compareDifferences(a: Difference, b: Difference): number {
  const left = subject(a);
  const right = subject(b);
  return (
    compareText(left.container, right.container) ||
    Number(left.text.place !== 'head') - Number(right.text.place !== 'head') ||
    changeOrder.indexOf(a.change) - changeOrder.indexOf(b.change) ||
    compareObjects(left, right)
  );
}

const changeOrder: readonly SchemaChange['change'][] = ['removed', 'renamed', 'altered', 'added'];

/** The object as it is now, or as it was when it is gone. */
export function subject({ before, after }: Difference): CatalogObject {
  const object = after ?? before;
  if (object === undefined) throw new Error('a difference is about at least one object');
  return object;
}

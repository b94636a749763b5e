import type { CatalogObject } from '../model.ts';
import type { ImpactCase } from './row.ts';

/** Types of the input arguments, as `f(integer, text)` writes them. */
function argumentTypes({ local, ownName }: CatalogObject): string[] {
  const list = local.slice(ownName.length + 1, -1);
  // Commas inside a type: numeric(10,2) never stands here, since a signature has no modifiers.
  return list === '' ? [] : list.split(', ');
}

const fewest = (object: CatalogObject): number =>
  argumentTypes(object).length - Number(object.facts.defaults ?? 0);

const sameName = (a: CatalogObject, b: CatalogObject): boolean =>
  a.ownName === b.ownName && a.type === b.type && a.identity !== b.identity;

/** Does another function of that name take every call that this one took? */
export function anotherTakesCalls({ old, pairing }: ImpactCase): boolean {
  const types = argumentTypes(old);
  return pairing.after.objects.some((other) => {
    if (other.type !== old.type || other.ownName !== old.ownName || other.scope !== scopeAfter(old, pairing))
      return false;
    const theirs = argumentTypes(other);
    return types.every((type, at) => theirs[at] === type) && fewest(other) <= fewest(old);
  });
}

/** Can a call with the number of arguments that one of base's functions takes mean this new one as well? */
export function competes({ now, pairing }: ImpactCase): boolean {
  return pairing.before.objects.some((old) => {
    const still = pairing.afterOf(old);
    if (still === undefined || still.scope !== now.scope || !sameName(now, old)) return false;
    const most = Math.min(argumentTypes(now).length, argumentTypes(old).length);
    return Math.max(fewest(now), fewest(old)) <= most;
  });
}

function scopeAfter(old: CatalogObject, { before, afterOf }: ImpactCase['pairing']): string | null {
  const scope = old.scope === null ? undefined : before.byIdentity(old.scope);
  return (scope && afterOf(scope)?.identity) ?? null;
}

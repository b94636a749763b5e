import { catalogOf } from '../catalog/catalog.ts';
import { isClock, thisRun } from '../catalog/clock.ts';
import type { Catalog, SchemaChange } from '../catalog/model.ts';
import type { Rehearsal, RehearsalInput } from '../run/rehearsal.ts';
import { rehearse } from '../run/rehearse.ts';

/**
 * Rehearses without regard to the time. Where nothing but times may differ that are not of this run, it is done again without
 * what earlier runs have kept: a kept database has the time at which it was built.
 *
 * @throws Undecided as `rehearse` does
 */
export async function rehearsedInOneRun(input: RehearsalInput): Promise<Rehearsal> {
  const first = withoutClock(await rehearse(input));
  const ever = { since: 0, until: Date.now() };
  const mayBeKept = input.cache && input.program === null;
  if (!mayBeKept || !first.divergence.some((change) => isClock(change, ever))) return first;
  await first[Symbol.asyncDispose]();
  return withoutClock(await rehearse({ ...input, cache: false }));
}

/** How many objects a note names. */
const mostNames = 3;

/** The same without differences between both paths that are nothing but the time at which each of them ran, and with a note of them. */
function withoutClock(rehearsal: Rehearsal): Rehearsal {
  const run = thisRun();
  const clock = rehearsal.divergence.filter((change) => isClock(change, run));
  if (clock.length === 0) return rehearsal;
  const names = clock.slice(0, mostNames).map(({ type, name }) => `${type} ${name}`);
  const more = clock.length > names.length ? ` and ${clock.length - names.length} more` : '';
  return {
    ...rehearsal,
    divergence: rehearsal.divergence.filter((change) => !clock.includes(change)),
    fresh: rehearsal.fresh === null ? null : withSameTime(rehearsal.fresh, rehearsal.after, clock),
    notes: [
      ...rehearsal.notes,
      `The time at which a migration runs is written into the schema (${names.join(', ')}${more}), so that every database has another value there; that alone is not taken for a difference. A default that calls now() would be the same everywhere.`,
    ],
  };
}

/** A catalog in which these objects say what they say in another one, so that no way from one to the other sets the time. */
function withSameTime(catalog: Catalog, other: Catalog, clock: readonly SchemaChange[]): Catalog {
  const key = ({ type, name }: { readonly type: string; readonly name: string }) => `${type} ${name}`;
  const meant = new Set(clock.map(key));
  const others = new Map(other.objects.map((object) => [key(object), object]));
  const objects = catalog.objects.map((object) => {
    const same = meant.has(key(object)) ? others.get(key(object)) : undefined;
    if (same === undefined) return object;
    const { definition, comparable, portable, facts, members, text } = same;
    return { ...object, definition, comparable, portable, facts, members, text };
  });
  return catalogOf(objects, catalog.notModelled, catalog.major);
}

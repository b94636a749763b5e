import { isClock, thisRun } from '../catalog/clock.ts';
import type { Rehearsal } from '../run/rehearsal.ts';

/** How many objects a note names. */
const mostNames = 3;

/** The same without differences between both paths that are nothing but the time at which each of them ran, and with a note of them. */
export function withoutClock(rehearsal: Rehearsal): Rehearsal {
  const run = thisRun();
  const clock = rehearsal.divergence.filter((change) => isClock(change, run));
  if (clock.length === 0) return rehearsal;
  const names = clock.slice(0, mostNames).map(({ type, name }) => `${type} ${name}`);
  const more = clock.length > names.length ? ` and ${clock.length - names.length} more` : '';
  return {
    ...rehearsal,
    divergence: rehearsal.divergence.filter((change) => !clock.includes(change)),
    notes: [
      ...rehearsal.notes,
      `The time at which a migration runs is written into the schema (${names.join(', ')}${more}), so that every database has another value there; that alone is not taken for a difference. A default that calls now() would be the same everywhere.`,
    ],
  };
}

import type { Migration } from '../tools/tool.ts';
import { similarity } from './content-diff.ts';

/** git calls a removed and an added file a rename from half of the content on. */
const enough = 0.5;
/** Where so many files changed places, contents are compared only between those of a common version or name. */
const manyPairs = 10_000;

/**
 * Pairs migrations that are gone with new ones of the same or mostly the same content. Equal content first,
 * then the most similar; among equals the one of the same version or name, then the order in the history.
 */
export function findRenames(
  gone: readonly Migration[],
  fresh: readonly Migration[],
): Map<Migration, Migration> {
  const thorough = gone.length * fresh.length <= manyPairs;
  const candidates = gone.flatMap((from, i) =>
    fresh.flatMap((to, j) => {
      const near = nearness(from, to);
      const equal = from.bytes.equals(to.bytes);
      const score = equal ? 1 + near : thorough || near > 0 ? partial(from, to) : 0;
      return score < enough ? [] : [{ from, to, score, distance: Math.abs(i - j) }];
    }),
  );
  candidates.sort((a, b) => b.score - a.score || a.distance - b.distance);
  const pairs = new Map<Migration, Migration>();
  const taken = new Set<Migration>();
  for (const { from, to } of candidates) {
    if (pairs.has(from) || taken.has(to)) continue;
    pairs.set(from, to);
    taken.add(to);
  }
  return pairs;
}

const nearness = (from: Migration, to: Migration): number =>
  (from.version === to.version ? 2 : 0) + (from.name === to.name ? 1 : 0);

const textOf = ({ sql, bytes, program }: Migration): string =>
  program === true ? bytes.toString('utf8') : sql;

/** The sizes alone rule most pairs out before any line is looked at. */
function partial(from: Migration, to: Migration): number {
  const [small, large] = [from.bytes.length, to.bytes.length].sort((a, b) => a - b);
  if (small === undefined || large === undefined || small < large * enough) return 0;
  // Boilerplate makes short scripts alike (`-- AlterTable` and one statement): without a common version or
  // name, two of them are not one.
  const floor = nearness(from, to) > 0 ? 0 : 0.15;
  const score = similarity(textOf(from), textOf(to));
  return score - floor < enough ? 0 : score;
}

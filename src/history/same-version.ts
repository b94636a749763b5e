import { basename, dirname } from '../tools/reading/directories.ts';
import type { Migration, MigrationTool } from '../tools/tool.ts';

/** Two files of two pull requests that have a version or a number in common. */
export interface Pair {
  readonly mine: Migration;
  readonly theirs: Migration;
  /** `version`: the tool does not tell them apart. `number`: it does, by the rest of the name. */
  readonly equal: 'version' | 'number';
  /** The running number, where that is what is equal. */
  readonly number: string | null;
}

/** One file with very many others of its version is told often enough. */
const mostOfOne = 10;

/** The pairs, in the order of `mine`, then of `theirs`; without looking at every file for every other one. */
export function sameVersions(
  tool: MigrationTool,
  mine: readonly Migration[],
  theirs: readonly Migration[],
): Pair[] {
  const byIdentity = placesBy(theirs, ({ identity }) => identity);
  const byNumber = placesBy(theirs, numberKey);
  const sameOrder = inOrder(tool, theirs);
  return mine.flatMap((one) => {
    const versions = new Set([...(byIdentity.get(one.identity) ?? []), ...sameOrder(one)]);
    const key = numberKey(one);
    const numbers = key === null ? [] : (byNumber.get(key) ?? []);
    const found = [...new Set([...versions, ...numbers])].filter((place) => theirs[place]?.file !== one.file);
    return found
      .sort((a, b) => a - b)
      .slice(0, mostOfOne)
      .flatMap((place): Pair[] => {
        const other = theirs[place];
        if (other === undefined) return [];
        return versions.has(place)
          ? [{ mine: one, theirs: other, equal: 'version', number: null }]
          : [{ mine: one, theirs: other, equal: 'number', number: runningNumber(one.file) }];
      });
  });
}

/** Which of these have a version that the tool puts where that of another is: `0007` and `7` may be one. */
function inOrder(tool: MigrationTool, all: readonly Migration[]): (one: Migration) => readonly number[] {
  if (tool.onHistoryChange.duplicateVersion.legal) return () => [];
  const bare = ({ version }: Migration) => ({ version, name: '' });
  const sorted = [...all.entries()].sort(([, a], [, b]) => tool.order(bare(a), bare(b)));
  return (one) => {
    let [from, to] = [0, sorted.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      const other = sorted[middle]?.[1];
      if (other !== undefined && tool.order(bare(other), bare(one)) < 0) from = middle + 1;
      else to = middle;
    }
    const found: number[] = [];
    for (const [place, other] of sorted.slice(from, from + mostOfOne)) {
      if (tool.order(bare(other), bare(one)) !== 0) break;
      found.push(place);
    }
    return found;
  };
}

/** `0007` of `0007_add_total.sql`, without zeros in front; null for dates and names. */
function runningNumber(file: string): string | null {
  const digits = /^[A-Za-z]?0*(\d{1,5})(?=[_.-])/.exec(basename(file))?.[1];
  return digits ?? null;
}

function numberKey({ file }: Migration): string | null {
  const number = runningNumber(file);
  return number === null ? null : `${dirname(file)}\0${number}`;
}

/** Where the migrations of a key are; those without one are nowhere. */
function placesBy(
  all: readonly Migration[],
  keyOf: (migration: Migration) => string | null,
): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  for (const [place, migration] of all.entries()) {
    const key = keyOf(migration);
    if (key === null) continue;
    const known = places.get(key);
    if (known === undefined) places.set(key, [place]);
    else known.push(place);
  }
  return places;
}

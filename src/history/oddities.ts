import type { History, Oddity } from '../tools/tool.ts';

/** What is odd in head, by whose doing it is. */
export interface FoundOddities {
  /** Files that the pull request adds, renames to, or makes odd. */
  readonly fresh: readonly Oddity[];
  /** Files that are as odd in base. */
  readonly known: readonly Oddity[];
}

/**
 * Tells what a pull request brings from what base has already.
 *
 * @param nameInBase what base calls a file of head: the whole directory may have moved
 */
export function findOddities(
  base: History,
  head: History,
  nameInBase: (file: string) => string = (file) => file,
): FoundOddities {
  const key = (kind: string, file: string): string => `${kind} ${file}`;
  const before = new Set((base.oddities ?? []).map(({ kind, file }) => key(kind, file)));
  const isKnown = ({ kind, file }: Oddity): boolean => before.has(key(kind, nameInBase(file)));
  const oddities = head.oddities ?? [];
  return { fresh: oddities.filter((oddity) => !isKnown(oddity)), known: oddities.filter(isKnown) };
}

/** One sentence for all files that have been odd before; none where there are none. */
export function knownOdditiesNote(known: readonly Oddity[], baseName: string): string[] {
  const [first, ...others] = known;
  if (first === undefined) return [];
  const files = [...new Set(others.map(({ file }) => file))].filter((file) => file !== first.file);
  if (files.length === 0) return [`${first.file}, which ${baseName} has already: ${first.says}`];
  const shown = files.slice(0, 5).join(', ');
  const more = files.length > 5 ? ` and ${files.length - 5} more` : '';
  return [`${first.file}, which ${baseName} has already: ${first.says} Likewise odd there: ${shown}${more}.`];
}

import type { Tree, TreeEntry } from '../git/tree.ts';
import { hitsIn, type Wanted, wanted } from './classify.ts';
import { isTest, styleOf } from './files.ts';
import { anyOf } from './names.ts';
import type { Hit, Target, Use } from './use.ts';

/** What one search may take: it is no reason to let a check run long. */
export const limits = {
  files: 50_000,
  bytes: 200 * 1024 ** 2,
  milliseconds: 3_000,
  file: 1024 ** 2,
} as const;

export interface FoundUses {
  /** By `object`, likely ones first, then by file and line. */
  readonly uses: ReadonlyMap<string, readonly Use[]>;
  /** What was not searched, one sentence; null when all was. */
  readonly left: string | null;
}

/** How many files are read at a time. */
const batch = 400;
const linkOrSubmodule = /^1[26]0000$/;

/**
 * Looks for lines of base's and head's trees that name tables and columns. Files that both have alike are read
 * once. A search that reaches a limit ends and says so.
 *
 * @param excluded paths of files and directories, such as the migrations'
 */
export async function findUses(
  trees: { readonly base: Tree; readonly head: Tree },
  targets: readonly Target[],
  excluded: readonly string[],
  most: { readonly [Limit in keyof typeof limits]: number } = limits,
): Promise<FoundUses> {
  if (targets.length === 0) return { uses: new Map(), left: null };
  const all = targets.map(wanted);
  const end = performance.now() + most.milliseconds;
  const outside = ({ path, mode }: TreeEntry): boolean =>
    !linkOrSubmodule.test(mode) &&
    styleOf(path) !== null &&
    !excluded.some((each) => each !== '' && (path === each || path.startsWith(`${each}/`)));
  const base = trees.base.entries.filter(outside);
  const changed = trees.head.entries.filter(
    (entry) => outside(entry) && trees.base.get(entry.path)?.oid !== entry.oid,
  );
  const unchanged = new Set(
    base.filter((entry) => trees.head.get(entry.path)?.oid === entry.oid).map(({ path }) => path),
  );

  const budget = { files: most.files, bytes: most.bytes };
  let left: string | null = null;
  const isOver = (): boolean => {
    if (performance.now() <= end && budget.files > 0 && budget.bytes > 0) return false;
    left = `Code that still uses what is dropped or renamed: the search ended after ${most.files - budget.files} files.`;
    return true;
  };
  const search = async (tree: Tree, entries: readonly TreeEntry[]): Promise<Map<string, Hit[]>> => {
    const found = new Map<string, Hit[]>();
    for (let at = 0; at < entries.length; at += batch) {
      if (isOver()) break;
      const paths = entries.slice(at, at + batch).map(({ path }) => path);
      budget.files -= paths.length;
      for (const [path, content] of await tree.read(paths, { largest: most.file })) {
        budget.bytes -= content.length;
        if (isOver()) break;
        const hits = content.length > most.file ? [] : hitsOf(path, content, all);
        if (hits.length > 0) found.set(path, hits);
      }
    }
    return found;
  };
  const inBase = await search(trees.base, base);
  const inHead = await search(trees.head, changed);

  const uses = new Map<string, Use[]>();
  const add = (hit: Hit, use: Omit<Use, 'text' | 'line' | 'likely'>): void => {
    const list = uses.get(hit.target.object) ?? [];
    uses.set(hit.target.object, list);
    list.push({ ...use, line: hit.line, text: hit.text, likely: hit.likely && !isTest(use.file) });
  };
  for (const [file, hits] of inBase) {
    const later = inHead.get(file) ?? [];
    for (const hit of hits) {
      if (unchanged.has(file)) add(hit, { file, tree: 'head', inBase: true });
      // A line that stands in head too is told by head's number.
      else if (!later.some((other) => alike(hit, other))) add(hit, { file, tree: 'base', inBase: true });
    }
  }
  for (const [file, hits] of inHead) {
    const earlier = inBase.get(file) ?? [];
    for (const hit of hits) {
      add(hit, { file, tree: 'head', inBase: earlier.some((other) => alike(hit, other)) });
    }
  }
  for (const list of uses.values()) list.sort(compareUses);
  return { uses, left };
}

const alike = (a: Hit, b: Hit): boolean => a.target.object === b.target.object && a.text === b.text;

function hitsOf(path: string, content: Buffer, all: readonly Wanted[]): Hit[] {
  const style = styleOf(path);
  // A NUL near the start: no text.
  if (style === null || content.subarray(0, 8_000).includes(0)) return [];
  const text = content.toString('utf8');
  // One pass for all names; most files have none of them.
  const pattern = combined(all);
  if (!pattern.test(text)) return [];
  const there = all.filter((each) => patternOf(each).test(text));
  return there.length === 0 ? [] : hitsIn(path, text, style, there);
}

const combinations = new WeakMap<readonly Wanted[], RegExp>();

function combined(all: readonly Wanted[]): RegExp {
  const known = combinations.get(all);
  if (known !== undefined) return known;
  const made = anyOf([...new Set(all.flatMap(({ table, column }) => (column ?? table).all))], 'i');
  combinations.set(all, made);
  return made;
}

const patterns = new WeakMap<Wanted, RegExp>();

function patternOf(each: Wanted): RegExp {
  const known = patterns.get(each);
  if (known !== undefined) return known;
  const made = anyOf((each.column ?? each.table).all, 'i');
  patterns.set(each, made);
  return made;
}

function compareUses(a: Use, b: Use): number {
  return (
    Number(b.likely) - Number(a.likely) ||
    Number(isTest(a.file)) - Number(isTest(b.file)) ||
    Number(b.inBase) - Number(a.inBase) ||
    (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line)
  );
}

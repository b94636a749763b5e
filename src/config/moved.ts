import { treePath } from '../tools/reading/directories.ts';
import type { Found, Search } from './found.ts';

/** A directory that was moved is one database, not one that lost all of its history and one that is new. */
export function joinMoved(search: Search, found: readonly Found[], notes: string[]): Found[] {
  const joined = found.map(({ path, tool }) => withBasePath(search, { path, tool }, notes));
  const from = new Set(joined.map((one) => one.basePath));
  return joined.filter((one) => !from.has(one.path));
}

/**
 * Finds where base has a directory that only head has: the place, gone in head, where most of that directory's
 * files stand with the same names and contents.
 */
export function withBasePath({ head, base }: Search, found: Found, notes: string[]): Found {
  const directory = treePath(found.path);
  if (directory === '' || base.under(directory).length > 0) return found;
  const relative = new Map(
    head.under(directory).map(({ path, oid }) => [path.slice(directory.length + 1), oid]),
  );
  const roots = new Map<string, number>();
  for (const { path, oid } of base.entries) {
    for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) {
      if (relative.get(path.slice(at + 1)) !== oid) continue;
      const root = path.slice(0, at);
      roots.set(root, (roots.get(root) ?? 0) + 1);
    }
  }
  const [best] = [...roots].sort((a, b) => b[1] - a[1]);
  if (best === undefined) return found;
  const [root, same] = best;
  if (head.under(root).length > 0 || same * 2 <= base.under(root).length) return found;
  notes.push(`${directory} is compared with ${root} of the base, from where it was moved.`);
  return { ...found, basePath: root };
}

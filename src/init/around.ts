import type { Tree } from '../git/tree.ts';
import { andAbove, within } from '../tools/reading/directories.ts';

/** Files of a repository, as seen from a migration directory. */
export interface Around {
  has(path: string): boolean;
  text(path: string): Promise<string>;
  /** The nearest directory at or above the migrations that holds one of these files. */
  nearest(...names: readonly string[]): string | null;
}

/** @param path directory of the migrations */
export function aroundOf(tree: Tree, path: string): Around {
  const has = (file: string) => tree.get(file)?.mode.startsWith('100') === true;
  return {
    has,
    text: async (file) => (await tree.read([file])).get(file)?.toString('utf8') ?? '',
    nearest: (...names) =>
      andAbove(path).find((directory) => names.some((name) => has(within(directory, name)))) ?? null,
  };
}

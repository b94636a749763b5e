import type { Tree, TreeEntry } from '../../git/tree.ts';
import { otherDialect } from './dialect.ts';
import { byDirectory, exclusion } from './directories.ts';

const samples = new WeakMap<Tree, Promise<ReadonlyMap<string, string>>>();

/** The text of the first and the last SQL file of every directory that has some. Read once for a tree. */
export function sqlSamples(tree: Tree): Promise<ReadonlyMap<string, string>> {
  const known = samples.get(tree) ?? read(tree);
  samples.set(tree, known);
  return known;
}

async function read(tree: Tree): Promise<ReadonlyMap<string, string>> {
  const wanted = new Map<string, string[]>();
  for (const [directory, entries] of byDirectory(sqlFiles(tree.entries))) {
    if (exclusion(directory) === 'copied') continue;
    const paths = entries.map((entry) => entry.path);
    wanted.set(
      directory,
      paths.filter((_, index) => index === 0 || index === paths.length - 1),
    );
  }
  const contents = await tree.read([...wanted.values()].flat());
  return new Map(
    [...wanted].map(([directory, paths]) => [
      directory,
      paths.map((path) => contents.get(path)?.toString('utf8') ?? '').join('\n'),
    ]),
  );
}

const sqlFiles = (entries: readonly TreeEntry[]): TreeEntry[] =>
  entries.filter(({ mode, path }) => mode.startsWith('100') && /\.sql$/i.test(path));

/**
 * Directories whose first or last SQL file has this mark, those of other databases left out and said.
 *
 * @param mark must have the `m` flag
 */
export async function markedDirectories(
  tree: Tree,
  mark: RegExp,
): Promise<{ readonly directories: readonly string[]; readonly notes: readonly string[] }> {
  const directories: string[] = [];
  const notes: string[] = [];
  const files = byDirectory(sqlFiles(tree.entries));
  for (const [directory, text] of await sqlSamples(tree)) {
    if (!mark.test(text)) continue;
    const dialect = await otherDialect(tree, directory, files.get(directory) ?? []);
    if (dialect === null) directories.push(directory);
    else notes.push(`${directory} was passed over: ${dialect}.`);
  }
  return { directories, notes };
}

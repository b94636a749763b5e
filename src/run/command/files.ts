import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, posix } from 'node:path';
import type { Tree, TreeEntry } from '../../git/tree.ts';

/** How many files are read from git and written at a time. */
const AT_ONCE = 200;

/**
 * Writes the files of a tree to a directory: files and the links between them, and nothing that leads out of it.
 * What a submodule holds is not in the tree.
 */
export async function writeTree(tree: Tree, root: string): Promise<void> {
  const entries = tree.entries.filter(({ path }) => isInside(path));
  const files = entries.filter(({ mode }) => mode.startsWith('100'));
  const folders = new Set(entries.filter(({ mode }) => mode !== '160000').map(({ path }) => dirname(path)));
  for (const folder of folders) await mkdir(join(root, folder), { recursive: true });
  for (let from = 0; from < files.length; from += AT_ONCE) {
    const some = files.slice(from, from + AT_ONCE);
    const contents = await tree.read(some.map(({ path }) => path));
    await Promise.all(some.map((entry) => writeOne(root, entry, contents.get(entry.path))));
  }
  // Last: no file may be written through one.
  const links = entries.filter(({ mode }) => mode === '120000');
  const targets = await tree.read(links.map(({ path }) => path));
  for (const { path } of links) {
    const target = targets.get(path)?.toString('utf8') ?? '';
    if (staysInside(path, target)) await symlink(target, join(root, path));
  }
}

async function writeOne(root: string, { path, mode }: TreeEntry, content: Buffer | undefined): Promise<void> {
  const file = join(root, path);
  await writeFile(file, content ?? '', { flag: 'wx' });
  if (mode === '100755') await chmod(file, 0o755);
}

/** git refuses such names itself; a tree that was made by hand may hold them. */
const isInside = (path: string): boolean =>
  !isAbsolute(path) &&
  path.split('/').every((segment) => !['', '.', '..'].includes(segment) && segment.toLowerCase() !== '.git');

/** Does a link's target lie in the tree? */
export function staysInside(path: string, target: string): boolean {
  if (target === '' || isAbsolute(target)) return false;
  const resolved = posix.normalize(posix.join(posix.dirname(path), target));
  return resolved !== '..' && !resolved.startsWith('../');
}

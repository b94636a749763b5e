import { lstat, readFile, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { isCode } from './cache.ts';

/**
 * Puts the libraries' links in place. The package has them listed instead of packed, for its install script,
 * which is not to be relied on (`--ignore-scripts`, and npm 11 asks before it runs any).
 *
 * @returns false when the directory cannot be written
 */
export async function linkLibraries(root: string): Promise<boolean> {
  const native = join(root, 'native');
  let listed: readonly { source: string; target: string }[];
  try {
    listed = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8'));
  } catch (error) {
    if (isCode(error, 'ENOENT')) return true;
    throw error;
  }
  for (const { source, target } of listed) {
    const [from, to] = [join(root, source), join(root, target)];
    for (const path of [from, to]) {
      if (relative(native, path).startsWith('..')) throw new Error(`${path} leads out of ${native}`);
    }
    try {
      await lstat(to);
    } catch (error) {
      if (!isCode(error, 'ENOENT')) throw error;
      try {
        await symlink(relative(dirname(to), from), to);
      } catch (failed) {
        if (isCode(failed, 'EEXIST')) continue;
        if (isCode(failed, 'EACCES', 'EPERM', 'EROFS')) return false;
        throw failed;
      }
    }
  }
  return true;
}

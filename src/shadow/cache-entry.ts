import { constants, readdirSync, readFileSync, statSync } from 'node:fs';
import {
  chmod,
  copyFile,
  link,
  lstat,
  mkdir,
  readdir,
  readlink,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isCode, isOwn } from './cache.ts';
import { createOwnedDirectory, removeLeftovers, type Stop } from './owned-directory.ts';

/**
 * An entry of the cache is a directory that appears complete or not at all: it is made under another name and
 * renamed. What happens to it afterwards (cleaners of temporary directories remove single old files) shows in
 * its manifest.
 */
export interface Staged {
  /** The directory to fill, not yet made. */
  readonly entry: string;
  /** See OwnedDirectory. */
  addStop(stop: Stop): void;
  /** Removes what was not published. */
  remove(): Promise<void>;
}

const MANIFEST = 'manifest.json';

interface Measure {
  readonly files: number;
  readonly bytes: number;
}

/**
 * Keeps something for later runs, where there is room and nobody takes the directory away meanwhile: a run goes on without.
 *
 * @returns null where it was not possible
 */
export async function ifPossible<T>(keep: () => Promise<T>): Promise<T | null> {
  try {
    return await keep();
  } catch (error) {
    if (!isCode(error, 'ENOSPC', 'EDQUOT', 'ENOENT', 'EACCES', 'EPERM', 'EROFS', 'EBUSY')) throw error;
    return null;
  }
}

/** A place beside `base`'s entries, in the same file system, that is gone when we are. */
export async function stage(base: string): Promise<Staged> {
  await removeLeftovers(base);
  const { path, addStop, remove } = createOwnedDirectory(base, 0o700);
  return { entry: join(path, 'entry'), addStop, remove };
}

/**
 * Gives a filled entry its name. When another run was faster, its entry stays; what is incomplete, or no
 * directory that only we write, is replaced.
 *
 * @returns false when the name is taken by somebody else
 */
export async function publish(staged: Staged, path: string): Promise<boolean> {
  await chmod(staged.entry, 0o755);
  await writeFile(join(staged.entry, MANIFEST), JSON.stringify(measure(staged.entry)));
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    try {
      await rename(staged.entry, path);
      return true;
    } catch (error) {
      if (!isCode(error, 'ENOTEMPTY', 'EEXIST', 'EPERM', 'ENOTDIR', 'EACCES')) throw error;
    }
    if ((await isOwn(path)) && (await isComplete(path))) return true;
    if (!(await isMine(path))) return false;
    await discard(path);
  }
  return false;
}

async function isMine(path: string): Promise<boolean> {
  const uid = process.getuid?.();
  return uid === undefined || (await lstat(path)).uid === uid;
}

/** Takes an entry out of the cache at once; whoever is reading it gets an error, not half of it by its name. */
export async function discard(path: string): Promise<void> {
  let aside: Staged;
  try {
    aside = await stage(dirname(path));
  } catch (error) {
    // Not even a directory has room: it goes where it is.
    if (!isCode(error, 'ENOSPC', 'EDQUOT')) throw error;
    await rm(path, { recursive: true, force: true, maxRetries: 5 });
    return;
  }
  try {
    await rename(path, aside.entry);
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error;
  } finally {
    await aside.remove();
  }
}

/** Has it as many files and bytes as when it was made, without the notes that came later? (1,000 files: 5 ms.) */
export async function isComplete(path: string): Promise<boolean> {
  try {
    const expected = JSON.parse(readFileSync(join(path, MANIFEST), 'utf8')) as Measure;
    const found = measure(path);
    return expected.files === found.files && expected.bytes === found.bytes;
  } catch (error) {
    if (error instanceof SyntaxError || isCode(error, 'ENOENT', 'ENOTDIR')) return false;
    throw error;
  }
}

function measure(root: string): Measure {
  let files = 0;
  let bytes = 0;
  const visit = (directory: string) => {
    for (const each of readdirSync(directory, { withFileTypes: true })) {
      const path = join(directory, each.name);
      if (each.isDirectory()) visit(path);
      else if (each.isFile() && path !== join(root, MANIFEST) && !each.name.endsWith('.note')) {
        files += 1;
        bytes += statSync(path).size;
      }
    }
  };
  visit(root);
  return { files, bytes };
}

/**
 * Copies a tree so that every account can read it. Files of root that others can read already are hard-linked,
 * when root does it: nobody else can change them.
 */
export async function copyReadable(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  await chmod(to, 0o755);
  for (const each of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, each.name), join(to, each.name)];
    if (each.isDirectory()) await copyReadable(source, target);
    else if (each.isSymbolicLink()) await symlink(await readlink(source), target);
    else await copyReadableFile(source, target);
  }
}

async function copyReadableFile(source: string, target: string): Promise<void> {
  const { mode, uid } = await stat(source);
  const readable = (mode & 0o100) === 0 ? 0o644 : 0o755;
  if (uid === 0 && process.getuid?.() === 0 && (mode & 0o777) === readable) {
    try {
      await link(source, target);
      return;
    } catch (error) {
      if (!isCode(error, 'EXDEV', 'EPERM', 'EMLINK', 'ENOTSUP', 'EOPNOTSUPP')) throw error;
    }
  }
  await copyFile(source, target, constants.COPYFILE_FICLONE);
  await chmod(target, readable);
}

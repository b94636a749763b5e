import { access, constants, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Account, canReach } from './account.ts';
import { isOwn, openCache } from './cache.ts';
import { copyReadable, isComplete, publish, stage } from './cache-entry.ts';
import { linkLibraries } from './link-libraries.ts';
import { createOwnedDirectory, type OwnedDirectory } from './owned-directory.ts';

/** A package's files, wherever they lie: the directory that holds `native/`. */
export interface PackageFiles {
  readonly root: string;
  readonly version: string;
}

interface Copy {
  readonly root: string;
  /** The directory that it was made in. */
  readonly base: string;
  /** Of this run alone; null: kept for later ones. */
  readonly directory: OwnedDirectory | null;
}

/**
 * Copies of the files in places that the account can reach, to be tried one after the other: kept ones first,
 * then one of this run alone.
 *
 * @param without directories in which nothing need be tried
 */
export async function* copies(
  files: PackageFiles,
  account: Account | null,
  without: ReadonlySet<string>,
): AsyncGenerator<Copy> {
  const name = `migration-gate-bin-${files.version}-${process.getuid?.() ?? 'user'}`;
  const cache = await openCache();
  const temporary = process.platform === 'win32' ? [tmpdir()] : [tmpdir(), '/var/tmp', '/tmp'];
  for (const base of new Set([...(cache === null ? [] : [cache]), ...temporary])) {
    if (without.has(base) || !(await isWritable(base)) || !canReach(base, account)) continue;
    const entry = join(base, name);
    if (!(await isOwn(entry)) || !(await isComplete(entry))) {
      const staged = await stage(base);
      try {
        await copyPackage(files.root, staged.entry);
        if (!(await publish(staged, entry))) {
          // Somebody else's directory has that name. A copy of our own, under a name that nobody could guess.
          const own = createOwnedDirectory(base, 0o711);
          await copyPackage(files.root, join(own.path, 'package'));
          yield { root: join(own.path, 'package'), base, directory: own };
          continue;
        }
      } finally {
        await staged.remove();
      }
    }
    yield { root: entry, base, directory: null };
  }
}

async function copyPackage(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true, mode: 0o755 });
  await copyReadable(join(from, 'native'), join(to, 'native'));
  await linkLibraries(to);
}

async function isWritable(path: string): Promise<boolean> {
  return access(path, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
}

import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { runSealed } from './program.ts';

/**
 * A directory as one file: thousands of small files take a disk several times as long as their bytes in one, and of one
 * file the digest is had by reading on. Owners (as numbers, which a container's names are not) and modes are kept.
 */

const TIMEOUT_MS = 120_000;

interface Archiver {
  /** @returns whether all was packed; null where this archiver is not to be had */
  pack(directory: string, archive: string): Promise<boolean | null>;
  /**
   * @param directory has the name of the one that was packed, and is not there yet: nothing else that an archive of
   * somebody else may hold is unpacked
   * @returns whether all was unpacked; null where this archiver is not to be had
   */
  unpack(archive: string, directory: string): Promise<boolean | null>;
}

/** Three times as fast as the library. */
export const byCommand: Archiver = {
  pack: (directory, archive) => tar(['-cf', archive], directory),
  unpack: (archive, directory) => tar(['-xpf', archive], directory),
};

async function tar(what: readonly string[], directory: string): Promise<boolean | null> {
  // A path with a drive is another machine to one kind of `tar`.
  if (process.platform === 'win32') return null;
  const args = ['--numeric-owner', ...what, '-C', dirname(directory), '--', basename(directory)];
  const { code, failure } = await runSealed('tar', args, { account: null, timeoutMs: TIMEOUT_MS });
  return failure === 'ENOENT' ? null : code === 0;
}

export const byLibrary: Archiver = {
  async pack(directory, archive) {
    const { create } = await import('tar');
    return succeeds(create({ file: archive, cwd: dirname(directory) }, [basename(directory)]));
  },
  async unpack(archive, directory) {
    const { extract } = await import('tar');
    return succeeds(extract({ file: archive, cwd: dirname(directory) }, [basename(directory)]));
  },
};

/** A damaged archive and a full disk are to the library what they are to the command: it is not done. */
const succeeds = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => true,
    () => false,
  );

/** @returns whether all was packed */
export const pack = async (directory: string, archive: string): Promise<boolean> =>
  (await byCommand.pack(directory, archive)) ?? (await byLibrary.pack(directory, archive)) ?? false;

/** @returns whether all was unpacked, as far as can be told without a digest */
export const unpack = async (archive: string, directory: string): Promise<boolean> =>
  (await byCommand.unpack(archive, directory)) ?? (await byLibrary.unpack(archive, directory)) ?? false;

const PIECE = 4 * 1024 * 1024;

/** SHA-256 of a file, in hexadecimal. One piece is read while the one before it is worked on; both have their place for good. */
export async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  const opened = await open(file);
  try {
    const [one, other] = [Buffer.allocUnsafe(PIECE), Buffer.allocUnsafe(PIECE)];
    let [filling, full] = [one, other];
    let reading = opened.read(filling);
    for (;;) {
      const { bytesRead } = await reading;
      if (bytesRead === 0) return hash.digest('hex');
      [filling, full] = [full, filling];
      reading = opened.read(filling);
      hash.update(full.subarray(0, bytesRead));
    }
  } finally {
    await opened.close();
  }
}

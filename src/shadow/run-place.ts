import { statfsSync } from 'node:fs';
import { chown, mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Undecided } from '../errors.ts';
import { DISK_LIMIT } from '../limits.ts';
import { type Account, canReach } from './account.ts';
import { isCode } from './cache.ts';
import { createOwnedDirectory, type OwnedDirectory, removeLeftovers } from './owned-directory.ts';

/** `sun_path` has 104 bytes on macOS (108 on Linux) with the closing NUL, and holds `/.s.PGSQL.PORT`. */
const SOCKET_PATH_LIMIT = 103;
const LONGEST_SOCKET_NAME = '/.s.PGSQL.65535'.length;

/** The directories of one run. */
export interface RunPlace {
  readonly run: OwnedDirectory;
  /** Private to the server's account; null on Windows. */
  readonly socketDirectory: string | null;
  remove(): Promise<void>;
}

const IN_MEMORY = '/dev/shm';

/** Three times what the databases of one server may hold: there are their log, temporary files, and a second server too. */
const ROOM_IN_MEMORY = 3 * DISK_LIMIT;

/**
 * Makes the run's directory where the account can reach it: in memory, where there is plenty and nobody has said TMPDIR;
 * else the temporary directory, or, where that is private to another user or too long a path for a socket, /tmp or
 * /var/tmp.
 */
export async function createRunPlace(account: Account | null): Promise<RunPlace> {
  const onDisk = process.platform === 'win32' ? [tmpdir()] : [...new Set([tmpdir(), '/tmp', '/var/tmp'])];
  for (const base of [IN_MEMORY, ...onDisk]) await removeLeftovers(base);
  const bases = [...(hasRoomInMemory() ? [IN_MEMORY] : []), ...onDisk];
  const run = await firstPossible(bases, account, () => true);
  if (process.platform === 'win32') return { run, socketDirectory: null, remove: run.remove };
  const fits = (path: string) =>
    Buffer.byteLength(join(path, 's')) + LONGEST_SOCKET_NAME <= SOCKET_PATH_LIMIT;
  const forSocket = fits(run.path) ? run : await firstPossible(bases, account, fits);
  const socketDirectory = join(forSocket.path, 's');
  await mkdir(socketDirectory, { mode: 0o700 });
  if (account !== null) await chown(socketDirectory, account.uid, account.gid);
  return {
    run,
    socketDirectory,
    remove: async () => {
      // The server, which `run` stops, has its socket in the other one.
      await run.remove();
      await forSocket.remove();
    },
  };
}

/**
 * A database of a thousand tables is five thousand small files, which take a disk's file system several times as long;
 * what memory a container has, and what it may have, both count.
 */
function hasRoomInMemory(): boolean {
  if (process.platform !== 'linux' || (process.env.TMPDIR ?? '') !== '') return false;
  try {
    const { bavail, bsize } = statfsSync(IN_MEMORY);
    // Not before Node 20.13.
    const available = process.availableMemory?.() ?? freemem();
    return Math.min(bavail * bsize, available) >= ROOM_IN_MEMORY;
  } catch (error) {
    if (isCode(error, 'ENOENT', 'EACCES')) return false;
    throw error;
  }
}

async function firstPossible(
  bases: readonly string[],
  account: Account | null,
  suits: (path: string) => boolean,
): Promise<OwnedDirectory> {
  const mode = account === null ? 0o700 : 0o711;
  for (const base of bases) {
    // mkdtemp adds as many letters to each.
    if (!suits(join(base, 'migration-gate-run-XXXXXX'))) continue;
    try {
      if (!canReach(base, account)) continue;
      return createOwnedDirectory(base, mode);
    } catch (error) {
      if (!isCode(error, 'ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'EROFS')) throw error;
    }
  }
  throw new Undecided(
    'shadow-unavailable',
    `No temporary directory for the shadow's data: ${bases.join(', ')} cannot be written${account === null ? '' : ` or not be reached by ${account.name}`}. Set TMPDIR to one that can.`,
  );
}

/** A TCP port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

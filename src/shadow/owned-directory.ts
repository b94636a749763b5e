import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { lstat, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { onExit } from '../cleanup.ts';
import { isCode } from './cache.ts';
import { endServerOf } from './end-server.ts';
import { isDead, type Owner, thisProcess } from './owner.ts';
import { runSealed } from './program.ts';

const PREFIX = 'migration-gate-run-';
const OWNER_FILE = 'owner.json';

/**
 * A directory that is gone when we are: removed by `remove`, by a signal, at exit, or, when we were killed, by
 * the next run that looks (`removeLeftovers`).
 */
export interface OwnedDirectory {
  readonly path: string;
  /**
   * Notes what must be stopped before the files may go; newest first. When they are going already it is
   * stopped at once, and this throws: call it in the same tick that starts the process.
   */
  addStop(stop: Stop): void;
  remove(): Promise<void>;
}

export interface Stop {
  run(): Promise<void>;
  sync(): void;
  /** False: the files may go while it stops. Absent: it comes to its end with them. */
  readonly needsFiles?: false;
}

/**
 * All in one tick: a signal finds either nothing, or a directory whose removal is registered.
 *
 * @param mode 0o711 where another account has to pass through, else 0o700
 */
export function createOwnedDirectory(base: string, mode: 0o700 | 0o711): OwnedDirectory {
  const path = mkdtempSync(join(base, PREFIX));
  const stops: Stop[] = [];
  const sync = () => {
    for (const stop of [...stops].reverse()) stop.sync();
    rmSync(path, { recursive: true, force: true, maxRetries: 5 });
  };
  const stopAll = async (which: (stop: Stop) => boolean) => {
    for (const stop of [...stops].reverse()) if (which(stop)) await stop.run();
  };
  let removing: Promise<void> | undefined;
  const remove = () => {
    removing ??= (async () => {
      await stopAll((stop) => stop.needsFiles !== false);
      // What it leaves goes afterwards.
      await Promise.all([stopAll((stop) => stop.needsFiles === false), removeCluster(path)]);
      rmSync(path, { recursive: true, force: true, maxRetries: 5 });
      unregister();
    })();
    return removing;
  };
  const unregister = onExit(remove, { sync });
  writeFileSync(join(path, OWNER_FILE), JSON.stringify(thisProcess()), { mode: 0o600 });
  chmodSync(path, mode);
  const addStop = (stop: Stop) => {
    stops.push(stop);
    if (removing === undefined) return;
    stop.sync();
    throw new Error(`${path} is being removed`);
  };
  return { path, addStop, remove };
}

const REMOVAL_LIMIT_MS = 60_000;

/**
 * The thousands of small files of a cluster go in a process of their own, in half the time that Node takes and while it
 * does other things. What that leaves is removed by our own means.
 */
async function removeCluster(path: string): Promise<void> {
  const data = join(path, 'data');
  if (process.platform === 'win32' || !existsSync(data)) return;
  await runSealed('rm', ['-rf', '--', data], { account: null, timeoutMs: REMOVAL_LIMIT_MS });
}

/** Removes what runs left here that were killed; a server of theirs that still runs is ended first. A directory need not be there. */
export async function removeLeftovers(base: string): Promise<void> {
  const names = await readdir(base).catch((error: unknown) => {
    if (isCode(error, 'ENOENT', 'ENOTDIR', 'EACCES', 'EPERM')) return [];
    throw error;
  });
  for (const name of names) {
    if (!name.startsWith(PREFIX)) continue;
    const path = join(base, name);
    const owner = await readOwner(path);
    if (owner === null || !isDead(owner)) continue;
    await endServerOf(join(path, 'data'));
    try {
      // The note of whose it is goes last: what a program still has open (on Windows) stays, for a later run.
      for (const part of [join(path, 'data'), path])
        await rm(part, { recursive: true, force: true, maxRetries: 5 });
    } catch (error) {
      if (!isCode(error, 'EBUSY', 'EPERM', 'ENOTEMPTY', 'EACCES')) throw error;
    }
  }
}

/** @returns null for what is not ours, or is being made or removed at this moment */
async function readOwner(path: string): Promise<Owner | null> {
  try {
    const directory = await lstat(path);
    const uid = process.getuid?.();
    if (!directory.isDirectory() || (uid !== undefined && directory.uid !== uid)) return null;
    const owner = JSON.parse(await readFile(join(path, OWNER_FILE), 'utf8')) as Owner;
    return typeof owner.pid === 'number' && typeof owner.where === 'string' ? owner : null;
  } catch (error) {
    if (error instanceof SyntaxError || isCode(error, 'ENOENT', 'ENOTDIR', 'EACCES')) return null;
    throw error;
  }
}

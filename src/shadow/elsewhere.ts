import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isCode, makeOwn } from './cache.ts';

/**
 * Where kept databases go that shall outlive this machine, as a job's runner does not. An entry is a directory; its
 * name says everything that determines it.
 */
export interface Elsewhere {
  /**
   * Fetches the first of these entries that is there: it appears as `directory/NAME`.
   *
   * @param directory always the same one; empty
   * @returns the entry's name; null when there is none, or it cannot be had. Never throws.
   */
  fetch(names: readonly string[], directory: string): Promise<string | null>;
  /** Notes an entry that was made; it is sent when the verdict is known. */
  offer(entry: string): void;
}

let elsewhere: Elsewhere | null = null;

/** From here on kept databases are also looked for, and offered, there; null: here only. */
export function keepElsewhere(place: Elsewhere | null): void {
  elsewhere = place;
}

/** What is built again as fast as it is fetched is neither fetched nor sent. */
const WORTH_FETCHING = 50;
const WORTH_SENDING_MS = 3_000;

/** One after the other: the directory into which entries are fetched has one name, which is part of their key. */
let fetching: Promise<unknown> = Promise.resolve();

/**
 * Brings a kept database from elsewhere, if there is one and it might save time. Whether it is whole is seen when it is
 * used, like that of any other entry.
 *
 * @param paths where the wanted entries would lie here, best first
 */
export function bring(paths: readonly string[]): Promise<void> {
  const place = elsewhere;
  const [best] = paths;
  if (place === null || best === undefined || paths.length < WORTH_FETCHING) return Promise.resolve();
  const brought = fetching.then(async () => {
    if (existsSync(best)) return;
    await fetchInto(place, paths);
  });
  fetching = brought.catch(() => {});
  return brought;
}

async function fetchInto(place: Elsewhere, paths: readonly string[]): Promise<void> {
  const base = dirname(paths[0] ?? '');
  const directory = onTheWay(base);
  if (!(await makeOwn(base))) return;
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true, mode: 0o700 });
  try {
    const name = await place.fetch(
      paths.map((path) => basename(path)),
      directory,
    );
    const path = paths.find((each) => basename(each) === name);
    if (name !== null && path !== undefined) await rename(join(directory, name), path);
  } catch (error) {
    // Another run has the same one already, or what came is not what its name says.
    if (!isCode(error, 'ENOTEMPTY', 'EEXIST', 'ENOENT', 'EPERM')) throw error;
  } finally {
    await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Where entries lie while they are fetched or sent. */
export const onTheWay = (base: string): string => join(dirname(base), 'bases-on-the-way');

/** Offers a database that took so long to build. */
export function offer(entry: string, costMs: number): void {
  if (costMs >= WORTH_SENDING_MS) elsewhere?.offer(entry);
}

import { cp, mkdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Elsewhere, onTheWay } from '../shadow/elsewhere.ts';

/** The service takes ten keys in one question. */
const MOST_KEYS = 10;

/** Bases in the repository's cache on GitHub, so that the next job, which has another machine, need not build them. */
export interface ActionsCache extends Elsewhere {
  /** Sends what was offered. Never throws: a job does not fail for want of a cache. */
  send(): Promise<void>;
}

/**
 * The cache service of the runner. Where there is none (older GitHub servers, `act`) or it refuses (read-only for a
 * fork's pull request) the log says so, and everything is built here.
 *
 * @param print one line for the log
 */
export function actionsCache(print: (line: string) => void): ActionsCache {
  let offered: string | null = null;
  let told = false;
  const service = async () => {
    // Loaded when a base is worth it: most runs need neither the library nor its client of the storage.
    const cache = await import('@actions/cache');
    if (cache.isFeatureAvailable()) return cache;
    if (!told) print('This runner has no cache service: the base is built anew in each job.');
    told = true;
    return null;
  };
  return {
    async fetch(names, directory) {
      try {
        const cache = await service();
        if (cache === null) return null;
        const [first, ...others] = names.slice(0, MOST_KEYS).map(keyOf);
        if (first === undefined) return null;
        const found = await cache.restoreCache([directory], first, others);
        return names.find((name) => keyOf(name) === found) ?? null;
      } catch (error) {
        print(`The kept base could not be fetched: ${said(error)}`);
        return null;
      }
    },
    offer(entry) {
      // The longest history: what it began with is in it.
      offered = entry;
    },
    async send() {
      if (offered === null) return;
      const directory = onTheWay(dirname(offered));
      try {
        const cache = await service();
        if (cache === null) return;
        await rm(directory, { recursive: true, force: true });
        await mkdir(directory, { recursive: true, mode: 0o700 });
        await cp(offered, join(directory, basename(offered)), { recursive: true });
        await cache.saveCache([directory], keyOf(basename(offered)));
      } catch (error) {
        print(`The base could not be kept for the next job: ${said(error)}`);
      } finally {
        await rm(directory, { recursive: true, force: true, maxRetries: 5 });
      }
    },
  };
}

const keyOf = (name: string): string => `migration-gate-${process.platform}-${process.arch}-${name}`;

const said = (error: unknown): string => (error instanceof Error ? error.message : String(error));

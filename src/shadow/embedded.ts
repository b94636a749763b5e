import { type Binaries, findBinaries, installedBinaries } from './binaries.ts';
import { bootCluster } from './cluster.ts';
import type { ShadowOptions, ShadowProvider } from './shadow.ts';

/** Real Postgres out of npm packages, as a child process. */
export const embedded: ShadowProvider = {
  name: 'embedded',
  async start(options) {
    const since = performance.now();
    return bootCluster('embedded', await foundOnce(options), options, since);
  },
};

/** Where they lie for good, by major: a run may start several servers of one. Null: it has to be looked for each time. */
const found = new Map<number, Promise<Binaries | null>>();

/** Looks for the binaries before somebody needs them, where that takes no fetching. */
export function lookAhead(major: number): void {
  if (!found.has(major))
    found.set(
      major,
      installedBinaries(major).catch(() => null),
    );
}

async function foundOnce({ major, onProgress = () => {}, fetchMs }: ShadowOptions): Promise<Binaries> {
  const known = await found.get(major);
  if (known != null) return known;
  const binaries = await findBinaries(major, onProgress, fetchMs);
  if (binaries.directory === null) found.set(major, Promise.resolve(binaries));
  return binaries;
}

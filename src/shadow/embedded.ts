import { type Binaries, findBinaries } from './binaries.ts';
import { bootCluster } from './cluster.ts';
import type { ShadowOptions, ShadowProvider } from './shadow.ts';

/** Real Postgres out of npm packages, as a child process. */
export const embedded: ShadowProvider = {
  name: 'embedded',
  async start(options) {
    const since = performance.now();
    const binaries = await foundOnce(options);
    return bootCluster('embedded', binaries, options, since);
  },
};

/** Where they lie for good, by major: a run may start several servers of one. */
const found = new Map<number, Binaries>();

async function foundOnce({ major, onProgress = () => {}, fetchMs }: ShadowOptions): Promise<Binaries> {
  const known = found.get(major);
  if (known !== undefined) return known;
  const binaries = await findBinaries(major, onProgress, fetchMs);
  if (binaries.directory === null) found.set(major, binaries);
  return binaries;
}

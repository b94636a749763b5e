import { findBinaries } from './binaries.ts';
import { bootCluster } from './cluster.ts';
import type { ShadowProvider } from './shadow.ts';

/** Real Postgres out of npm packages, as a child process. */
export const embedded: ShadowProvider = {
  name: 'embedded',
  async start(options) {
    const since = performance.now();
    const binaries = await findBinaries(options.major, options.onProgress ?? (() => {}), options.fetchMs);
    return bootCluster('embedded', binaries, options, since);
  },
};

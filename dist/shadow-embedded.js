import { n as findBinaries, t as bootCluster } from "./shared39.js";
// src/shadow/embedded.ts
/** Real Postgres out of npm packages, as a child process. */
const embedded = {
	name: "embedded",
	async start(options) {
		const since = performance.now();
		const binaries = await findBinaries(options.major, options.onProgress ?? (() => {}), options.fetchMs);
		return bootCluster("embedded", binaries, options, since);
	}
};
export { embedded };

import { n as findBinaries, r as installedBinaries, t as bootCluster } from "./shared40.js";
// src/shadow/embedded.ts
/** Real Postgres out of npm packages, as a child process. */
const embedded = {
	name: "embedded",
	async start(options) {
		const since = performance.now();
		return bootCluster("embedded", await foundOnce(options), options, since);
	}
};
/** Where they lie for good, by major: a run may start several servers of one. Null: it has to be looked for each time. */
const found = /* @__PURE__ */ new Map();
/** Looks for the binaries before somebody needs them, where that takes no fetching. */
function lookAhead(major) {
	if (!found.has(major)) found.set(major, installedBinaries(major).catch(() => null));
}
async function foundOnce({ major, onProgress = () => {}, fetchMs }) {
	const known = await found.get(major);
	if (known != null) return known;
	const binaries = await findBinaries(major, onProgress, fetchMs);
	if (binaries.directory === null) found.set(major, Promise.resolve(binaries));
	return binaries;
}
export { embedded, lookAhead };

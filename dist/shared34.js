import { i as makeOwn, n as isCode } from "./shared14.js";
import { basename, dirname, join } from "node:path";
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
// src/shadow/elsewhere.ts
let elsewhere = null;
/** From here on kept databases are also looked for, and offered, there; null: here only. */
function keepElsewhere(place) {
	elsewhere = place;
}
/** What is built again as fast as it is fetched is neither fetched nor sent. */
const WORTH_FETCHING = 50;
const WORTH_SENDING_MS = 3e3;
/** One after the other: the directory into which entries are fetched has one name, which is part of their key. */
let fetching = Promise.resolve();
/**
* Brings a kept database from elsewhere, if there is one and it might save time. Whether it is whole is seen when it is
* used, like that of any other entry.
*
* @param paths where the wanted entries would lie here, best first
*/
function bring(paths) {
	const place = elsewhere;
	const [best] = paths;
	if (place === null || best === void 0 || paths.length < WORTH_FETCHING) return Promise.resolve();
	const brought = fetching.then(async () => {
		if (existsSync(best)) return;
		await fetchInto(place, paths);
	});
	fetching = brought.catch(() => {});
	return brought;
}
async function fetchInto(place, paths) {
	const base = dirname(paths[0] ?? "");
	const directory = onTheWay(base);
	if (!await makeOwn(base)) return;
	await rm(directory, {
		recursive: true,
		force: true
	});
	await mkdir(directory, {
		recursive: true,
		mode: 448
	});
	try {
		const name = await place.fetch(paths.map((path) => basename(path)), directory);
		const path = paths.find((each) => basename(each) === name);
		if (name !== null && path !== void 0) await rename(join(directory, name), path);
	} catch (error) {
		if (!isCode(error, "ENOTEMPTY", "EEXIST", "ENOENT", "EPERM")) throw error;
	} finally {
		await rm(directory, {
			recursive: true,
			force: true,
			maxRetries: 5
		});
	}
}
/** Where entries lie while they are fetched or sent. */
const onTheWay = (base) => join(dirname(base), "bases-on-the-way");
/** Offers a database that took so long to build. */
function offer(entry, costMs) {
	if (costMs >= WORTH_SENDING_MS) elsewhere?.offer(entry);
}
export { onTheWay as i, keepElsewhere as n, offer as r, bring as t };

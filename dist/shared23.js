import { fileURLToPath } from "node:url";
import { readFileSync } from "node:fs";
// src/version.ts
/** Where this program's own files lie. */
const ownDirectory = fileURLToPath(new URL("..", import.meta.url));
let known;
/** The version of this program; `unknown` where its package.json is not beside it. */
function productVersion() {
	known ??= read();
	return known;
}
/** package.json lies one directory above the bundle (dist), and above src. */
function read() {
	try {
		const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
		const { name, version } = JSON.parse(text);
		return name === "migration-gate" ? version : "unknown";
	} catch {
		return "unknown";
	}
}
export { productVersion as n, ownDirectory as t };

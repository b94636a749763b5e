import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { readFileSync } from "node:fs";
import { readFile, readdir } from "node:fs/promises";
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
let digest;
/**
* SHA-256 of the program itself, in hexadecimal: of the bundle's files, or of the sources where they run as they are. What
* one program has worked out and kept, another one does not read.
*/
function programDigest() {
	digest ??= digestOfProgram();
	return digest;
}
async function digestOfProgram() {
	const own = fileURLToPath(new URL(".", import.meta.url));
	const names = (await readdir(own, { recursive: true })).filter((name) => /\.(js|ts)$/.test(name)).sort();
	const texts = await Promise.all(names.map((name) => readFile(join(own, name))));
	const hash = createHash("sha256");
	for (const [index, text] of texts.entries()) hash.update(`${names[index]}\0${text.length}\0`).update(text);
	return hash.digest("hex");
}
export { productVersion as n, programDigest as r, ownDirectory as t };

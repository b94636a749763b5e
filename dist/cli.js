#!/usr/bin/env node
import { t as installSignalHandlers } from "./shared4.js";
import { i as makeOwn, r as isOwn, t as cacheDirectory } from "./shared14.js";
import { n as productVersion } from "./shared24.js";
import module from "node:module";
import { join } from "node:path";
import { chmod } from "node:fs/promises";
// src/kept-code.ts
/**
* Lets Node keep what it has compiled of this program, which is a third of the time until it begins. To be called before
* the large parts are loaded. Compiled code is run as it is: only a directory that nobody else can write will do. Older
* versions of Node compile anew.
*/
async function keepCompiledCode() {
	if (module.enableCompileCache === void 0) return;
	const cache = cacheDirectory();
	const directory = join(cache, "code", productVersion());
	const all = join(cache, "code");
	if (!await makeOwn(cache) || !await makeOwn(directory) || !await isOwn(all)) return;
	await chmod(all, 448);
	module.enableCompileCache(directory);
}
// src/cli.ts
installSignalHandlers();
process.stdout.on("error", (error) => {
	if (error.code !== "EPIPE") throw error;
	process.exit(process.exitCode ?? 2);
});
const [, , command, ...flags] = process.argv;
if (command === "check" && !flags.includes("--no-cache")) await keepCompiledCode();
const { run } = await import("./command-program.js");
process.exitCode = await run(process.argv);
export {};

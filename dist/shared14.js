import { homedir, tmpdir } from "node:os";
import { isAbsolute, join } from "node:path";
import { chmod, lstat, mkdir } from "node:fs/promises";
// src/shadow/cache.ts
/**
* Where things are kept from one run to the next: fetched binaries, prepared data directories.
*
* `$XDG_CACHE_HOME/migration-gate`; else, on a GitHub runner, its tool cache; else what the platform uses. The
* directory need not exist.
*/
function cacheDirectory(env = process.env) {
	const absolute = (path) => path !== void 0 && isAbsolute(path) ? path : void 0;
	const base = absolute(env.XDG_CACHE_HOME) ?? absolute(env.RUNNER_TOOL_CACHE) ?? platformCache(absolute, env);
	return base === null ? fallbackCache() : join(base, "migration-gate");
}
function platformCache(absolute, env) {
	const home = homeDirectory();
	if (process.platform === "win32") return absolute(env.LOCALAPPDATA) ?? (home === null ? null : join(home, "AppData", "Local"));
	if (home === null) return null;
	return process.platform === "darwin" ? join(home, "Library", "Caches") : join(home, ".cache");
}
/** A uid without an entry in /etc/passwd (`docker run --user 1234`) has no home. */
function homeDirectory() {
	try {
		const home = homedir();
		return isAbsolute(home) ? home : null;
	} catch {
		return null;
	}
}
function fallbackCache() {
	return join(tmpdir(), `migration-gate-cache-${process.getuid?.() ?? "user"}`);
}
/**
* The cache directory, made. Where it cannot be written (read-only home, home of somebody else) a directory in
* the temporary one takes its place; null when that one belongs to somebody else: then nothing is kept.
*/
async function openCache() {
	for (const path of [cacheDirectory(), fallbackCache()]) if (await makeOwn(path)) return path;
	return null;
}
/**
* Makes a directory, or takes an existing one that nobody else can write to. Names in a shared temporary
* directory can be guessed; what another user planted there must never be run or trusted.
*
* @returns whether it can be used
*/
async function makeOwn(path) {
	try {
		await mkdir(path, {
			recursive: true,
			mode: 493
		});
	} catch (error) {
		if (isCode(error, "EACCES", "EPERM", "EROFS", "ENOTDIR", "ENOENT", "EEXIST", "ENOSPC")) return false;
		throw error;
	}
	return await isOwn(path) || await takeBack(path);
}
/** Under a umask of 002, directories made by others of our parts let the user's own group write. */
async function takeBack(path) {
	const found = await lstat(path);
	if (!found.isDirectory() || found.uid !== process.getuid?.() || (found.mode & 2) !== 0) return false;
	await chmod(path, found.mode & 493);
	return isOwn(path);
}
/** A real directory (no link) of this user, which no one else may write. */
async function isOwn(path) {
	let found;
	try {
		found = await lstat(path);
	} catch (error) {
		if (isCode(error, "ENOENT", "ENOTDIR", "EACCES")) return false;
		throw error;
	}
	if (!found.isDirectory()) return false;
	if (process.getuid === void 0) return true;
	return found.uid === process.getuid() && (found.mode & 18) === 0;
}
/** Is it a system error of one of these codes? */
function isCode(error, ...codes) {
	return error instanceof Error && "code" in error && codes.includes(String(error.code));
}
export { openCache as a, makeOwn as i, isCode as n, isOwn as r, cacheDirectory as t };

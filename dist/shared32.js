import { t as Undecided } from "./shared6.js";
import { t as esm_default } from "./postgres-client.js";
import { a as setupStatements, d as makeOwn, i as databaseStatements, l as isCode, n as DATABASE, s as isRunning, t as ADMIN, u as isOwn } from "./shared16.js";
import { a as createOwnedDirectory, o as removeLeftovers, s as stopNow } from "./shared21.js";
import { i as initdbArguments, n as configuration, r as hostBasedAuthentication } from "./shared33.js";
import { Socket } from "node:net";
import { createHash, randomBytes } from "node:crypto";
import { basename, dirname, join, relative } from "node:path";
import { chmod, chown, copyFile, cp, link, lstat, mkdir, readFile, readdir, readlink, rename, rm, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { execFileSync, spawn } from "node:child_process";
import { constants as constants$1, existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { setTimeout as setTimeout$1 } from "node:timers/promises";
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
// src/shadow/server-process.ts
/** The server ended, or said nothing for too long, before it was ready. */
var ServerDidNotStart = class extends Error {
	name = "ServerDidNotStart";
};
function serverArguments({ data, socketDirectory, port, tcp }) {
	return [
		...["-D", data],
		...["-p", String(port)],
		...socketDirectory === null ? [] : ["-k", socketDirectory],
		...["-c", `listen_addresses=${tcp ? "127.0.0.1" : ""}`]
	];
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
// src/shadow/template.ts
/**
* The template: a cluster as `initdb` and our roles make it, kept in the cache and copied for each run, which
* takes 50 ms instead of 600.
*/
/** Raise it when a kept data directory of an older program must not be used any more. */
const FORMAT = 2;
const INITDB_TIMEOUT_MS = 12e4;
/** It needs half a second when nothing is wrong. */
const INITDB_PATIENCE_MS = 3e3;
/** Where the template for these binaries is kept: `data/`, and `password`, which only we can read. */
function templatePath(cache, binaries) {
	const { major, build, version, account } = binaries;
	const content = [
		...[
			FORMAT,
			process.platform,
			process.arch,
			build
		],
		...[
			initdbArguments(major),
			hostBasedAuthentication,
			configuration(major),
			ADMIN,
			setupStatements(major)
		],
		...databaseStatements(major)
	];
	const key = createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 16);
	const owner = account?.uid ?? process.getuid?.() ?? "user";
	return join(cache, "templates", `${version}-${owner}-${key}`);
}
/**
* Where a cluster whose database was kept under a key lies. Everything that determines a template determines it too.
*/
function seedPath(cache, binaries, key) {
	const template = basename(templatePath(cache, binaries));
	return join(cache, "bases", `${template}-${createHash("sha256").update(key).digest("hex").slice(0, 32)}`);
}
/** How many databases are kept: one is a few dozen megabytes. */
const KEPT_SEEDS = 8;
/** Removes the kept databases that were not used for longest. */
async function pruneSeeds(cache) {
	const base = join(cache, "bases");
	const own = (await Promise.all((await readdir(base)).map(async (name) => {
		const path = join(base, name);
		return {
			path,
			used: (await stat(path).catch(() => null))?.mtimeMs ?? 0
		};
	}))).filter(({ path }) => !basename(path).startsWith("migration-gate-run-"));
	for (const { path } of own.sort((a, b) => b.used - a.used).slice(KEPT_SEEDS)) await discard(path);
}
/** Notes that an entry was used just now. */
async function touch(path) {
	const now = /* @__PURE__ */ new Date();
	await utimes(path, now, now).catch((error) => {
		if (!isCode(error, "ENOENT")) throw error;
	});
}
/**
* Copies the kept cluster to `data`.
*
* @returns the superuser's password in it; null when there is none, it is damaged, or it went away meanwhile
*/
async function copyTemplate(template, data) {
	if (!await isComplete(template)) return null;
	try {
		const [password, digest] = await Promise.all([readFile(join(template, "password"), "utf8"), readFile(join(template, "digest"), "utf8")]);
		if (!await copyTree(join(template, "data"), data)) return null;
		return await digestOf(data) === digest ? password : null;
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
		...initdbArguments(major)
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
	await writeConfiguration(place);
	const server = await startServer(place, run);
	const client = await openClient({
		...place,
		user: ADMIN,
		password,
		database: "postgres"
	});
	for (const statement of setupStatements(major)) await client.query(statement);
	await client.end();
	const inside = await openClient({
		...place,
		user: ADMIN,
		password,
		database: DATABASE
	});
	for (const statement of databaseStatements(major)) await inside.query(statement);
	await inside.end();
	await server.stop("fast");
	return password;
}
/** Which programs and libraries a server loads is never what a kept data directory says. */
async function writeConfiguration({ data, binaries }) {
	await rm(join(data, "postgresql.auto.conf"), { force: true });
	await writeFile(join(data, "postgresql.conf"), configuration(binaries.major));
	await writeFile(join(data, "pg_hba.conf"), hostBasedAuthentication);
}
function initdbAdvice(said) {
	if (said.includes("could not look up effective user ID")) return "This user id has no entry in /etc/passwd, which initdb needs: run the job as root or as a user that the image knows.";
	return "If the disk is full or memory is short, give the job more; otherwise name another shadow with --shadow.";
}
/** Puts a copy of a stopped cluster into the cache. Where that is impossible the next run makes its own. */
async function keepTemplate(template, data, password) {
	const base = dirname(template);
	if (!await makeOwn(base)) return;
	const staged = await stage(base);
	try {
		await mkdir(staged.entry);
		await writeFile(join(staged.entry, "password"), password, { mode: 384 });
		await writeFile(join(staged.entry, "digest"), await digestOf(data));
		if (await copyTree(data, join(staged.entry, "data"))) await publish(staged, template);
	} finally {
		await staged.remove();
	}
}
/** A digest of all names and contents below a directory: what a disk or somebody else changed shows. 40 MB take 60 ms. */
async function digestOf(root) {
	const files = (await readdir(root, {
		recursive: true,
		withFileTypes: true
	})).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort();
	const hash = createHash("sha256");
	for (const file of files) {
		const bytes = await readFile(file);
		hash.update(`${relative(root, file)}\0${bytes.length}\0`).update(bytes);
	}
	return hash.digest("hex");
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
export { offer as C, keepElsewhere as S, discard as _, pruneSeeds as a, stage as b, touch as c, ServerDidNotStart as d, collect as f, copyReadable as g, openClient as h, makeCluster as i, writeConfiguration as l, runSealed as m, copyTree as n, seedPath as o, killStop as p, keepTemplate as r, templatePath as s, copyTemplate as t, startServer as u, isComplete as v, onTheWay as w, bring as x, publish as y };

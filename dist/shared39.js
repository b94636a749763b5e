import { t as esm_default } from "./postgres-client.js";
import { randomBytes } from "node:crypto";
// src/shadow/copy.ts
/**
* Copies a database on its server, with what is set and granted for it. Oids and attribute numbers survive the copy; roles belong to the server and
* are shared. Closing drops the copy.
*
* @param maintenance a database where nobody works, so that the copied one has no other session
* @throws the server's error 55006 when somebody is connected to the source
*/
async function copyDatabase(source, maintenance = "postgres", settings = null) {
	const { database, user } = source.connection;
	const name = nameOfCopy(database);
	const role = await asAdmin({
		...source.admin,
		database: maintenance
	}, async (client) => {
		const found = await restoreRole(client, source, settings);
		const { rows } = await client.query("SHOW server_version_num");
		const strategy = Number(rows[0]?.server_version_num) >= 15e4 ? " STRATEGY file_copy" : "";
		await client.query(`CREATE DATABASE ${name} OWNER ${quoted(user)} TEMPLATE ${quoted(database)}${strategy}`);
		if (source.admin.user !== user) await bringProperties(client, database, name);
		return found;
	});
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
		copy: () => copyDatabase(copy, maintenance, role),
		[Symbol.asyncDispose]: () => asAdmin({
			...source.admin,
			database: maintenance
		}, async (client) => {
			await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
		})
	};
}
/** On a server of somebody else the name says whose copy it is, so that it is found whatever becomes of its run. */
function nameOfCopy(database) {
	const run = /^migration_gate_\d+_[0-9a-f]{12}/.exec(database)?.[0];
	return `${run === void 0 ? "" : `${run}_`}copy_${randomBytes(6).toString("hex")}`;
}
/**
* The role belongs to the server, not to what is copied: that a migration has locked it out, or set something for all its
* sessions, since the source was made must not reach the copy's.
*
* @param settings what the role had then (`ALTER ROLE … SET`); null: what it has now is right
* @returns those settings
*/
async function restoreRole(client, { connection: { user, password }, admin }, settings) {
	const { rows } = await client.query(`SELECT setconfig FROM pg_catalog.pg_db_role_setting
     WHERE setdatabase = 0 AND setrole = (SELECT oid FROM pg_catalog.pg_roles WHERE rolname = $1)`, [user]);
	const now = rows[0]?.setconfig ?? [];
	if (admin.user === user) return now;
	await client.query(enterable(user, password));
	if (settings === null || JSON.stringify(settings) === JSON.stringify(now)) return settings ?? now;
	await client.query(`ALTER ROLE ${quoted(user)} RESET ALL`);
	if (settings.length > 0) await client.query(`INSERT INTO pg_catalog.pg_db_role_setting (setdatabase, setrole, setconfig)
       SELECT 0, oid, $2 FROM pg_catalog.pg_roles WHERE rolname = $1`, [user, settings]);
	return settings;
}
/** What a server keeps beside a database and does not copy with it: settings, privileges and the comment on the database itself. */
async function bringProperties(client, from, to) {
	const both = `(SELECT f.oid AS source, t.oid AS copy, f.datacl FROM pg_catalog.pg_database f, pg_catalog.pg_database t
    WHERE f.datname = $1 AND t.datname = $2) AS both_of_them`;
	for (const statement of [
		`INSERT INTO pg_catalog.pg_db_role_setting (setdatabase, setrole, setconfig)
     SELECT copy, setrole, setconfig FROM pg_catalog.pg_db_role_setting JOIN ${both} ON setdatabase = source`,
		`INSERT INTO pg_catalog.pg_shdescription (objoid, classoid, description)
     SELECT copy, classoid, description FROM pg_catalog.pg_shdescription JOIN ${both} ON objoid = source
     WHERE classoid = 'pg_catalog.pg_database'::pg_catalog.regclass`,
		`UPDATE pg_catalog.pg_database d SET datacl = both_of_them.datacl
     FROM ${both} WHERE d.oid = copy AND both_of_them.datacl IS NOT NULL`
	]) await client.query(statement, [from, to]);
}
/** Lets a role in with this password, whatever a history has done to it. */
const enterable = (user, password) => `ALTER ROLE ${quoted(user)} LOGIN PASSWORD '${password}' VALID UNTIL 'infinity' CONNECTION LIMIT -1`;
async function asAdmin(admin, work) {
	const client = new esm_default.Client({ ...admin });
	client.on("error", () => {});
	await client.connect();
	try {
		return await work(client);
	} finally {
		await client.end();
	}
}
const quoted = (name) => `"${name.replaceAll("\"", "\"\"")}"`;
// src/shadow/settings.ts
/**
* How a cluster is made and run. Everything here is part of the key under which a prepared data directory is
* kept; what differs from run to run (port, socket) is not here.
*/
/**
* ICU's en-US, which every embedded build brings: sorts and folds case as the usual production database
* (en_US.UTF-8 of libc) does, and alike on every platform, whichever locales the machine has. `C` would sort
* by bytes and leave `lower('É')` as it is. What libc still decides (messages, numbers, dates) is C = English.
*
* Before 15 a database cannot have ICU's: libc's C.UTF-8 folds case, sorts by code point, and is there with every
* glibc that has no other locale installed.
*/
const initdbArguments = (major) => [
	"--encoding=UTF8",
	...major >= 15 ? ["--locale-provider=icu", "--icu-locale=en-US"] : [],
	"--locale=C",
	...major >= 15 ? [] : ["--lc-ctype=C.UTF-8"],
	"--text-search-config=english",
	"--auth=scram-sha-256",
	"--no-sync",
	"--wal-segsize=1",
	...major >= 14 ? ["--no-instructions"] : [],
	...major >= 16 && process.platform !== "win32" ? ["--set", "dynamic_shared_memory_type=mmap"] : []
];
/** Everybody needs a password, the superuser and the socket included. */
const hostBasedAuthentication = `local all all scram-sha-256
host all all 127.0.0.1/32 scram-sha-256
host all all ::1/128 scram-sha-256
`;
/** postgresql.conf, all of it. */
const configuration = (major) => Object.entries(serverSettings(major)).map(([name, value]) => `${name} = '${value}'\n`).join("");
/** Settings of a server that is ours alone, by name. */
function serverSettings(major) {
	return {
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
		min_wal_size: "2MB",
		wal_recycle: "off",
		wal_init_zero: "off",
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
}
/**
* What a migration may set for the database and all its sessions (`ALTER DATABASE … SET`), and must not be in the way of
* ours. To be said at the start of a session, where it wins.
*/
const adminOptions = (major) => [
	"statement_timeout=0",
	"lock_timeout=0",
	"idle_in_transaction_session_timeout=0",
	...major >= 14 ? ["idle_session_timeout=0"] : [],
	...major >= 17 ? ["transaction_timeout=0"] : [],
	"default_transaction_read_only=off",
	"default_transaction_isolation=read\\ committed",
	"role=none"
].map((setting) => `-c ${setting}`).join(" ");
export { serverSettings as a, initdbArguments as i, configuration as n, copyDatabase as o, hostBasedAuthentication as r, enterable as s, adminOptions as t };

import { t as esm_default } from "./postgres-client.js";
import { n as onExit } from "./shared4.js";
import { t as Undecided } from "./shared6.js";
import { o as copyDatabase, t as adminOptions } from "./shared39.js";
import { n as createExtensions } from "./shared11.js";
import { randomBytes } from "node:crypto";
import { setTimeout } from "node:timers/promises";
// src/shadow/enter-by-url.ts
/** @throws Undecided `shadow-unavailable`; the password never stands in a message */
function connectionOf(address) {
	let parsed;
	try {
		parsed = new URL(address);
	} catch {
		throw new Undecided("shadow-unavailable", "The shadow's URL cannot be read. It looks like postgresql://user:password@host:5432/database; special characters in the password are percent-encoded.");
	}
	return {
		host: decodeURIComponent(parsed.searchParams.get("host") ?? parsed.hostname) || "localhost",
		port: Number(parsed.port || 5432),
		user: decodeURIComponent(parsed.username) || "postgres",
		password: decodeURIComponent(parsed.password),
		database: decodeURIComponent(parsed.pathname.slice(1)) || decodeURIComponent(parsed.username) || "postgres",
		...sslOf(parsed.searchParams.get("sslmode"))
	};
}
/** As libpq reads `sslmode`: `require` encrypts without a look at the certificate. */
function sslOf(mode) {
	if (mode === null || [
		"disable",
		"allow",
		"prefer"
	].includes(mode)) return {};
	return { ssl: { rejectUnauthorized: mode !== "require" } };
}
/** Logs in; what goes wrong is told without the password. */
async function enter(connection) {
	const client = new esm_default.Client({
		...connection,
		connectionTimeoutMillis: 3e4,
		application_name: "migration-gate"
	});
	client.on("error", () => {});
	try {
		await client.connect();
	} catch (error) {
		const said = error instanceof Error ? error.message || String(error.code) : String(error);
		throw new Undecided("shadow-unavailable", `The shadow at ${connection.host}:${connection.port} does not let us in: ${said.replaceAll(connection.password || "\0", "***")}`, { cause: error });
	}
	return client;
}
/** Which server it is, and what the role may do there. */
async function describe(client) {
	const { rows } = await client.query(`SELECT current_setting('server_version') AS version, current_setting('lc_messages') AS messages, current_setting('server_version_num') AS number,
       rolsuper, rolcreatedb FROM pg_catalog.pg_roles WHERE rolname = current_user`);
	const [row] = rows;
	if (row === void 0) throw new Error("a session has a role");
	return {
		version: row.version.split(" ")[0] ?? row.version,
		major: Math.floor(Number(row.number) / 1e4),
		messages: row.messages,
		superuser: row.rolsuper,
		mayCreateDatabases: row.rolsuper || row.rolcreatedb
	};
}
// src/shadow/left-on-server.ts
/** What our databases and roles on a server of somebody else are called; only such are ever dropped. */
const PREFIX = "migration_gate_";
/** Names of our own making. */
const copiesOf = async (client, name) => (await client.query("SELECT datname FROM pg_catalog.pg_database WHERE pg_catalog.starts_with(datname, $1)", [`${name}_copy_`])).rows.map(({ datname }) => datname);
const rolesOf = async (client) => new Set((await client.query("SELECT rolname FROM pg_catalog.pg_roles")).rows.map(({ rolname }) => rolname));
/** Roles that the history has made: they belong to the server and would outlive its database. */
async function dropRoles(client, roles) {
	for (const role of roles) {
		if (role.startsWith("migration_gate_")) continue;
		await client.query(`DROP ROLE IF EXISTS ${client.escapeIdentifier(role)}`).catch(notOurs);
	}
}
/** Somebody else's by now, or something of theirs hangs on it. */
function notOurs(error) {
	if (!(error instanceof esm_default.DatabaseError)) throw error;
}
/** What a run that was killed left here: ours by name, and its process is gone from this server's sessions. */
async function removeLeftovers(client) {
	const { rows } = await client.query(`SELECT d.datname AS name FROM pg_catalog.pg_database d
     WHERE d.datname ~ '^(migration_gate_[0-9]+_[0-9a-f]{12}(_copy_[0-9a-f]{12})?|copy_[0-9a-f]{12})$' AND pg_catalog.pg_has_role(current_user, d.datdba, 'USAGE')
       AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_activity a
         WHERE a.application_name = CASE WHEN d.datname LIKE 'migration%' THEN pg_catalog.regexp_replace(d.datname, '_copy_.*', '') ELSE a.application_name END
           AND a.application_name ~ '^migration[-_]gate' AND a.pid <> pg_catalog.pg_backend_pid())`);
	for (const { name } of rows) await client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(name)} WITH (FORCE)`);
	for (const { name } of rows) await client.query(`DROP ROLE IF EXISTS ${client.escapeIdentifier(name)}`).catch(notOurs);
}
// src/shadow/server-of-others.ts
/**
* A server that a URL names: a service container, a branch of a hosted Postgres, a scratch instance. The gate works in
* databases of its own, which it makes and drops. It needs no superuser, but CREATEDB.
*/
const url = (address) => ({
	name: "url",
	start: (options) => start(address, options)
});
async function start(address, options) {
	const since = performance.now();
	const given = connectionOf(address);
	options.onProgress?.(`connecting to ${given.host}:${given.port}`);
	const client = await enter(given);
	try {
		const server = await describe(client);
		if (options.existing === true) {
			await removeLeftovers(client);
			return existing(client, given, since, server);
		}
		await mustBeScratch(client, given);
		if (!server.mayCreateDatabases) throw new Undecided("shadow-unavailable", `The role ${given.user} of the shadow's URL may not create databases: ALTER ROLE ${given.user} CREATEDB, or name another shadow.`);
		if (!server.superuser && !/^(?:C|POSIX|en)/.test(server.messages)) throw notInEnglish(server.messages);
		await removeLeftovers(client);
		if (server.major !== options.major) options.onProgress?.(`the server is PostgreSQL ${server.version}, not ${options.major}`);
		return await open({
			client,
			given,
			options,
			since,
			...server
		});
	} catch (error) {
		await client.end();
		throw error;
	}
}
/** The database that the URL names, as it is: nothing is made in it, and nothing taken back. */
function existing(client, given, since, server) {
	if (!/^(?:C|POSIX|en)/.test(server.messages)) throw notInEnglish(server.messages);
	const admin = {
		...given,
		options: adminOptions(server.major)
	};
	return {
		provider: "url",
		chosen: `${given.database} on ${given.host}:${given.port}`,
		postgresVersion: server.version,
		seed: null,
		keep: null,
		bootMs: performance.now() - since,
		connection: given,
		admin,
		async copy() {
			await client.end();
			return copyDatabase({
				connection: given,
				admin
			});
		},
		[Symbol.asyncDispose]: () => client.end()
	};
}
const notInEnglish = (messages) => new Undecided("shadow-unavailable", `The shadow's server speaks ${JSON.stringify(messages)}; what its statements do is read from its messages. Set lc_messages = 'C' there, or connect as a superuser, who can.`);
async function open(on) {
	const { client, given, options } = on;
	const name = `${PREFIX}${process.pid}_${randomBytes(6).toString("hex")}`;
	const plain = {
		...given,
		database: name
	};
	const admin = {
		...plain,
		options: adminOptions(on.major)
	};
	const sealed = on.superuser && options.superuser !== true;
	const connection = sealed ? {
		...plain,
		user: name,
		password: randomBytes(24).toString("hex")
	} : plain;
	const rolesBefore = await rolesOf(client);
	const dropOurs = async () => {
		await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
		for (let copies = await copiesOf(client, name); copies.length > 0; copies = await copiesOf(client, name)) for (const copy of copies) await client.query(`DROP DATABASE IF EXISTS ${copy} WITH (FORCE)`);
		await dropRoles(client, [...await rolesOf(client)].filter((role) => !rolesBefore.has(role)));
		if (sealed) await client.query(`DROP ROLE IF EXISTS ${name}`);
	};
	let closing;
	const close = () => {
		closing ??= (async () => {
			await insisting(dropOurs);
			await client.end();
			unregister();
		})();
		return closing;
	};
	const unregister = onExit(close);
	await client.query(`SET application_name = '${name}'`);
	if (sealed) await client.query(`CREATE ROLE ${name} LOGIN ${on.major >= 16 ? "CREATEROLE" : "NOCREATEROLE"} PASSWORD '${connection.password}'`);
	await client.query(`CREATE DATABASE ${name} OWNER ${client.escapeIdentifier(connection.user)} TEMPLATE template0`);
	try {
		const inside = await enter(plain);
		try {
			if (sealed) {
				await inside.query(`ALTER DATABASE ${name} SET lc_messages = 'C'`);
				await inside.query(`REVOKE CONNECT ON DATABASE ${name} FROM PUBLIC`);
				if (on.major < 15) await inside.query(`ALTER SCHEMA public OWNER TO ${name}`);
			}
			await createExtensions(inside, options.extensions);
		} finally {
			await inside.end();
		}
	} catch (error) {
		await close();
		throw error;
	}
	return {
		provider: "url",
		chosen: `${given.host}:${given.port}, named by its URL`,
		postgresVersion: on.version,
		seed: null,
		keep: null,
		bootMs: performance.now() - on.since,
		connection,
		admin,
		copy: () => copyDatabase({
			connection,
			admin
		}, given.database),
		[Symbol.asyncDispose]: close
	};
}
const TRIES = 4;
const AGAIN_MS = 150;
/** A signal closes while a session of ours may still change what is dropped, which is an error on one side. */
async function insisting(work) {
	for (let tries = 1;; tries += 1) try {
		await work();
		return;
	} catch (error) {
		if (tries === TRIES || !(error instanceof esm_default.DatabaseError)) throw error;
		await setTimeout(AGAIN_MS);
	}
}
/** A URL that by mistake names a database in use must not have a load of migrations run beside it. */
async function mustBeScratch(client, { database, host }) {
	const { rows } = await client.query(`SELECT n.nspname || '.' || c.relname AS relation
     FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'm', 'v', 'S') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
       AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
     ORDER BY 1 LIMIT 3`);
	if (rows.length === 0) return;
	throw new Undecided("shadow-unavailable", `The database ${database} on ${host} is not empty (${rows.map(({ relation }) => relation).join(", ")}${rows.length === 3 ? ", …" : ""}): a shadow must be a scratch server. Name an empty database of a server that nobody needs.`);
}
export { url };

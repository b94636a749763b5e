import { o as diff, t as snapshot } from "./shared7.js";
import { t as schemaDiff } from "./shared23.js";
import { n as UserError } from "./shared6.js";
import { t as require_picocolors } from "./shared32.js";
import { t as changeCounts } from "./shared28.js";
import { i as indent, o as wrap, t as harmlessJson } from "./shared33.js";
import { i as visibleLine, r as visible, t as clip } from "./shared30.js";
import { t as esm_default } from "./postgres-client.js";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
// src/report/drift.ts
var import_picocolors = require_picocolors();
/** Longer diffs are for the JSON. */
const diffLines = 2e3;
/** What two databases differ in, for a person at a terminal. */
function driftText(drift, options) {
	const colors = (0, import_picocolors.createColors)(options.color);
	const width = Math.max(40, Math.min(options.width ?? 100, 120));
	const { schemaChanges, schemaDiff } = drift;
	const side = ({ title, version }) => visibleLine(`${title} (PostgreSQL ${version})`, 200);
	const same = schemaChanges.length === 0 && schemaDiff.length === 0;
	const lines = schemaDiff.map(({ object, diff }) => `@@ ${visibleLine(object, 200)} @@\n${visible(diff).trimEnd()}`).join("\n");
	const paint = (line) => {
		const text = line.trimStart();
		if (text.startsWith("@@")) return colors.cyan(line);
		if (text.startsWith("+")) return colors.green(line);
		return text.startsWith("-") ? colors.red(line) : line;
	};
	return `${[
		[colors.red(`- ${side(drift.a)}`), colors.green(`+ ${side(drift.b)}`)].join("\n"),
		...same ? [] : [[colors.bold(`Schema diff: ${changeCounts(schemaChanges, schemaDiff.length).replace(/ \(\d+ breaking\)$/, "")}`), ...indent(clip(lines, diffLines), 2).map(paint)].join("\n")],
		...drift.notCompared.length === 0 ? [] : wrap(`Not compared: ${drift.notCompared.map((phrase) => visibleLine(phrase, 200)).join(", ")}.`, width).map(colors.dim),
		same ? colors.bold(colors.green("✓ The schemas are the same")) : colors.bold(colors.red("✗ The schemas differ"))
	].join("\n\n")}\n`;
}
// src/command/live-database.ts
/** How long connecting and each query may take, in milliseconds. */
const connectMs = 15e3;
const statementMs = 6e4;
const lockMs = 5e3;
/**
* The schema of a database in use. The session reads only: the server itself refuses writes, and no query or lock
* waits long. Any role that may connect will do.
*
* @param which what the user calls this URL, for messages: `the first URL`
* @throws UserError; neither it nor its cause has the URL or the password in it
*/
async function liveCatalog(address, which) {
	const { title, attempts, connection, hide } = partsOf(address, which);
	let client;
	try {
		client = await enter(connection, attempts);
	} catch (error) {
		throw new UserError(`${which} (${title}) does not let us in: ${hide(said(error))}`);
	}
	try {
		const { rows } = await client.query("SELECT split_part(current_setting('server_version'), ' ', 1) AS version, current_setting('server_version_num')::int / 10000 AS major");
		const [{ version, major } = {
			version: "?",
			major: 0
		}] = rows;
		if (major < oldestMajor) throw new UserError(`${which} (${title}) is PostgreSQL ${version}; the oldest that can be compared is ${oldestMajor}.`);
		return {
			catalog: await snapshot(client, {
				ignore: [],
				roles: false,
				limits: {
					statementMs,
					lockMs
				}
			}),
			title,
			version,
			major
		};
	} catch (error) {
		if (error instanceof UserError) throw error;
		throw new UserError(`${which} (${title}) could not be read: ${hide(said(error))}`);
	} finally {
		await client.end().catch(() => void 0);
	}
}
/** What the whole session runs under. */
const sessionSettings = {
	default_transaction_read_only: "on",
	statement_timeout: statementMs,
	lock_timeout: lockMs,
	idle_in_transaction_session_timeout: statementMs
};
/** Connects by the first way that the server takes. */
async function enter(connection, attempts) {
	const options = Object.entries(sessionSettings).map(([name, value]) => `-c ${name}=${value}`).join(" ");
	let failure;
	for (const ssl of attempts) {
		for (const settings of [{ options }, {}]) {
			const client = new esm_default.Client({
				...connection,
				...settings,
				ssl,
				connectionTimeoutMillis: connectMs,
				application_name: "migration-gate diff"
			});
			client.on("error", () => {});
			try {
				await client.connect();
				return client;
			} catch (error) {
				failure = error;
				await client.end().catch(() => void 0);
				if (!/unsupported startup parameter|startup options/i.test(said(error))) break;
			}
		}
		if (!refusesThisWay(failure)) break;
	}
	throw failure;
}
/** No TLS there, or none wanted: another `sslmode` may do. A wrong password is wrong either way. */
const refusesThisWay = (error) => /does not support SSL/i.test(said(error)) || error?.code === "28000";
const oldestMajor = 13;
/** A server's or socket's words; several addresses of one host each have their own. */
function said(error) {
	if (error instanceof AggregateError) return [...new Set(error.errors.map(said))].join("; ");
	if (!(error instanceof Error)) return String(error);
	return error.message || String(error.code ?? error.name);
}
/** Takes a URL apart as libpq does. Nothing of it but host, port and database may be shown. */
function partsOf(address, which) {
	let url;
	try {
		url = new URL(address);
		if (!/^postgres(?:ql)?:$/.test(url.protocol)) throw new Error("another protocol");
	} catch {
		throw new UserError(`${which} is no URL of a Postgres. It looks like postgresql://user:password@host:5432/database; special characters in the password are percent-encoded.`);
	}
	const decode = (text) => {
		try {
			return decodeURIComponent(text);
		} catch {
			throw new UserError(`${which} has a % that begins no percent-encoded character.`);
		}
	};
	const option = (name) => url.searchParams.get(name);
	const user = decode(url.username) || option("user") || process.env.PGUSER || "postgres";
	const password = decode(url.password) || option("password") || process.env.PGPASSWORD || "";
	const host = option("host") ?? (decode(url.hostname).replace(/^\[|\]$/g, "") || process.env.PGHOST || "localhost");
	const port = Number(option("port") ?? (url.port || process.env.PGPORT || 5432));
	const database = decode(url.pathname.slice(1)) || option("dbname") || process.env.PGDATABASE || user;
	const secrets = [
		address,
		password,
		url.password,
		encodeURIComponent(password)
	].filter((text) => text.length > 2).sort((left, right) => right.length - left.length);
	const tls = tlsOf(option("sslmode") ?? process.env.PGSSLMODE ?? "prefer", which, rootCertificate(option("sslrootcert"), which));
	return {
		connection: {
			host,
			port,
			user,
			password,
			database
		},
		title: `${host}:${port}/${database}`,
		attempts: host.startsWith("/") ? [false] : tls,
		hide: (text) => secrets.reduce((hidden, secret) => hidden.replaceAll(secret, "***"), text)
	};
}
/** `sslrootcert`: a file, or `system` for what the machine trusts. */
function rootCertificate(file, which) {
	if (file === null || file === "system") return null;
	try {
		return readFileSync(file, "utf8");
	} catch (error) {
		throw new UserError(`The sslrootcert of ${which.toLowerCase()} cannot be read: ${error.message}`);
	}
}
/** What `sslmode` makes libpq try, in its order. */
function tlsOf(mode, which, ca) {
	const encrypted = {
		rejectUnauthorized: false,
		checkServerIdentity: () => void 0
	};
	const trusted = ca === null ? {} : { ca };
	const anyName = {
		rejectUnauthorized: true,
		checkServerIdentity: () => void 0,
		...trusted
	};
	switch (mode) {
		case "disable": return [false];
		case "allow": return [false, encrypted];
		case "prefer": return [encrypted, false];
		case "require": return [ca === null ? encrypted : anyName];
		case "verify-ca": return [anyName];
		case "verify-full": return [{
			rejectUnauthorized: true,
			...trusted
		}];
		default: throw new UserError(`${which} has an sslmode that there is not; it is disable, allow, prefer, require, verify-ca or verify-full.`);
	}
}
// src/command/diff.ts
/**
* Compares the schemas of two databases in use, which it only reads.
*
* @returns 0 when they are the same, 1 when they differ
* @throws UserError when one of them cannot be read
*/
async function diffDatabases(first, second, flags) {
	const [before, after] = await Promise.allSettled([liveCatalog(first, "The first URL"), liveCatalog(second, "The second URL")]);
	if (before.status === "rejected") throw before.reason;
	if (after.status === "rejected") throw after.reason;
	const [a, b] = [before.value, after.value];
	const catalogs = [a.catalog, b.catalog];
	const schemaChanges = diff(...catalogs, "name");
	const objects = schemaDiff(...catalogs, "name");
	if (flags.json !== void 0) await write(flags.json, harmlessJson({
		schemaVersion: 1,
		schemaChanges
	}));
	if (flags.json !== "-") process.stdout.write(driftText({
		a,
		b,
		schemaChanges,
		schemaDiff: objects,
		notCompared: notCompared(a, b)
	}, {
		color: flags.color && !process.env.NO_COLOR && (Boolean(process.env.FORCE_COLOR) || process.stdout.isTTY === true),
		width: process.stdout.columns
	}));
	return schemaChanges.length === 0 && objects.length === 0 ? 0 : 1;
}
const notCompared = (...sides) => sides.flatMap(({ catalog, title }) => catalog.notModelled.map((phrase) => `${phrase} of ${title}`));
async function write(file, text) {
	if (file === "-") {
		process.stdout.write(text);
		return;
	}
	try {
		await writeFile(file, text);
	} catch (error) {
		throw new UserError(`The differences cannot be written to ${file}: ${error.message}`);
	}
}
export { diffDatabases };

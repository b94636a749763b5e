import { i as placed, n as UserError, t as Undecided } from "./shared6.js";
import { a as partsOf, f as catalogOf, i as complete, n as markAs, r as markOf } from "./shared7.js";
import { d as parseFile, l as lineFinder, u as loadParser } from "./shared8.js";
import { A as readSettings, C as taggedRows, D as runBeforeAll, M as toServerError, O as runHooks, T as asMigration, a as shownNotices, b as Tally, d as beforeSetTransaction, f as customSettings, g as needsTransaction, h as mayAskBefore, i as proofsIn, j as settingsLeft, k as unrecorded, m as localSettings, n as openSession, o as applyMigrations, p as isTransactionControl, s as prepareBookkeeping, u as sentPieces, v as runsCode, w as asMessage, y as takesBack } from "./shared9.js";
import { t as require_fastest_levenshtein } from "./shared10.js";
import { r as imageWith, t as MissingExtension } from "./shared11.js";
import { t as esm_default } from "./postgres-client.js";
import { a as underWay, t as DISK_LIMIT } from "./shared12.js";
import { c as missingSchema, i as hintText, l as surroundingsHint, n as baselineLines, o as missingRole, s as missingRoles, t as _usingCtx, u as parseInChunks } from "./shared21.js";
import { n as productVersion, r as programDigest } from "./shared24.js";
import { createHash } from "node:crypto";
// src/shadow/watch-disk.ts
var import_fastest_levenshtein = require_fastest_levenshtein();
/** How often is looked; a disk takes less than the limit in this time. */
const INTERVAL_MS = 2e3;
/** Ends the run when the databases of a shadow hold more than they may. */
function watchDisk({ admin }, limits) {
	let stopped = false;
	const look = async () => {
		const bytes = await sizeOf(admin);
		if (stopped || bytes <= DISK_LIMIT) return;
		limits.end(new Undecided("not-observed", `The migrations wrote more than ${DISK_LIMIT / 1024 ** 3} GB to the shadow, which is all that they may. Fill tables outside the migrations, or with few rows here.`));
	};
	let looking = false;
	const timer = setInterval(() => {
		if (looking) return;
		looking = true;
		look().catch(() => {}).finally(() => {
			looking = false;
		});
	}, INTERVAL_MS);
	timer.unref();
	return { stop() {
		stopped = true;
		clearInterval(timer);
	} };
}
/** Of this database and its copies; nobody may be connected to what is being copied. */
async function sizeOf(admin) {
	const client = new esm_default.Client({
		...admin,
		database: "postgres",
		application_name: "migration-gate disk"
	});
	client.on("error", () => {});
	await client.connect();
	try {
		const { rows } = await client.query(`SELECT sum(pg_catalog.pg_database_size(oid)) AS bytes FROM pg_catalog.pg_database
       WHERE datname ~ '^(shadow|copy_|migration_gate_)' AND pg_catalog.has_database_privilege(oid, 'CONNECT')`);
		return Number(rows[0]?.bytes ?? 0);
	} finally {
		await client.end();
	}
}
// src/shadow/index.ts
/** Loaded when chosen: what one provider needs is nothing to the others. A new provider is one line here. */
const providers = {
	embedded: async () => (await import("./shadow-embedded.js")).embedded,
	local: async () => (await import("./shadow-local.js")).local,
	docker: async () => (await import("./shadow-docker.js")).docker
};
/** Is the shadow a server that runs already? */
const isServerUrl = (shadow) => /^postgres(ql)?:\/\//i.test(shadow);
/** Begins what the usual shadow needs in any case, before it is known whether there will be one. Nobody waits for it. */
function expectShadow({ shadow, major, image = null }) {
	if (image !== null || shadow !== "auto" && shadow !== "embedded") return;
	import("./shadow-embedded.js").then(({ lookAhead }) => lookAhead(major), () => {});
}
/**
* Boots a throw-away Postgres.
*
* @param options.shadow `auto`, a provider's name, or a database URL
* @throws UserError for a name that does not exist
* @throws Undecided `shadow-unavailable` when no server could be started
*/
async function startShadow(options) {
	const shadow = await chosen(options);
	const { limits } = options;
	if (limits === void 0) return shadow;
	const watch = options.existing === true ? null : watchDisk(shadow, limits);
	return {
		...shadow,
		...timed(shadow, options.existing === true ? limits.statementMs * 1e3 : limits.statementMs),
		async [Symbol.asyncDispose]() {
			watch?.stop();
			await shadow[Symbol.asyncDispose]();
		}
	};
}
/** The database, and its copies, with connections that say how long a message may take. */
const timed = ({ connection, admin, copy }, limitMs) => ({
	connection: {
		...connection,
		limitMs
	},
	admin: {
		...admin,
		limitMs
	},
	async copy() {
		const copied = await copy();
		return {
			...copied,
			...timed(copied, limitMs)
		};
	}
});
async function chosen(options) {
	const { shadow } = options;
	if (isServerUrl(shadow)) return (await import("./shadow-server-of-others.js")).url(shadow).start(options);
	if (options.existing === true) throw new UserError("shadow-data: existing works on the data of a database that a URL names: set shadow to the postgresql:// URL of a clone that may be changed.");
	if (shadow === "auto") return automatic(options);
	if (!Object.hasOwn(providers, shadow)) throw unknownShadow(shadow);
	if (options.image != null && shadow !== "docker") throw new UserError(`postgres-image names a container image, which only the docker shadow runs, not ${shadow}.`);
	return (await providers[shadow]()).start(options);
}
/** What could not be had in this process: it is not asked again for the next shadow, which has to be the same. */
const lacking = /* @__PURE__ */ new Map();
/** Without a network npm tries for minutes; where the machine has the server that is not waited for. */
const FETCH_MS_BESIDE_LOCAL = 45e3;
async function fetchMs(major) {
	const { findLocalBinaries } = await import("./shadow-local.js");
	return findLocalBinaries(major).then(() => FETCH_MS_BESIDE_LOCAL, () => null);
}
/**
* An image, or an extension that only an image brings: docker. Else the embedded binaries, which are the same everywhere; where they cannot be had or do not run
* (another platform or major, no npm, musl), the machine's own PostgreSQL of that major; last a container.
*/
async function automatic(options) {
	if (options.image != null) return (await providers.docker()).start(options);
	const needed = imageWith(options.extensions, options.major);
	if (needed !== null) {
		const shadow = await (await providers.docker()).start({
			...options,
			image: needed.image
		});
		return {
			...shadow,
			chosen: `${shadow.chosen ?? needed.image}, since it has ${needed.extension}`
		};
	}
	const reasons = [];
	for (const name of [
		"embedded",
		"local",
		"docker"
	]) {
		const key = `${name} ${options.major}`;
		try {
			const known = lacking.get(key);
			if (known !== void 0) throw known;
			const shadow = await (await providers[name]()).start({
				...options,
				fetchMs
			});
			if (reasons.length === 0) return shadow;
			const why = reasons.join(" ").replaceAll(/\s+/g, " ").replace(/\.$/, "");
			return {
				...shadow,
				chosen: `${shadow.chosen ?? "the machine's own"}, since there is no other: ${why}`
			};
		} catch (error) {
			if (!(error instanceof Undecided) || error instanceof MissingExtension) throw error;
			lacking.set(key, error);
			reasons.push(`${name}: ${error.message}`);
		}
	}
	throw new Undecided("shadow-unavailable", `No PostgreSQL ${options.major} could be started.\n${reasons.join("\n")}`);
}
function unknownShadow(shadow) {
	const known = ["auto", ...Object.keys(providers)];
	return new UserError(`There is no shadow ${JSON.stringify(shadow)}. There is: ${known.join(", ")}, or a URL (postgresql://…). Did you mean ${(0, import_fastest_levenshtein.closest)(shadow, known)}?`);
}
// src/sql/dump.ts
/**
* Takes out what only psql understands. Meta-commands are lines that begin with a backslash outside of literals,
* comments and function bodies (`\restrict`, `\connect`, `\set`); none of them is obeyed.
*/
function readDump(text) {
	const copyData = [];
	let sql = "";
	let kept = 0;
	let statement = 0;
	const blank = (from, to) => {
		sql += text.slice(kept, from) + text.slice(from, to).replace(/[^\r\n]/g, " ");
		kept = to;
	};
	for (let at = 0; at < text.length;) {
		const char = text[at];
		if (char === "\\" && /^[ \t]*$/.test(text.slice(startOfLine(text, at), at))) {
			const end = endOfLine(text, at);
			blank(at, end);
			at = end;
			statement = end;
		} else if (char === ";") {
			const copies = copyFromStdin.test(text.slice(statement, at));
			at += 1;
			if (copies) {
				const from = Math.min(endOfLine(text, at) + 1, text.length);
				const last = endOfData(text, from);
				copyData.push({
					at: from,
					data: text.slice(from, last)
				});
				at = endOfLine(text, last);
				blank(from, at);
			}
			statement = at;
		} else at = afterToken(text, at);
	}
	return {
		sql: sql + text.slice(kept),
		copyData
	};
}
const copyFromStdin = /^(?:\s|--[^\n]*\n)*COPY\b[^;]*\bFROM\s+STDIN\b/i;
const startOfLine = (text, at) => text.lastIndexOf("\n", at - 1) + 1;
function endOfLine(text, at) {
	const end = text.indexOf("\n", at);
	return end === -1 ? text.length : end;
}
/** Where the line `\.` begins, or the text ends. */
function endOfData(text, from) {
	const found = text.slice(from).search(/^\\\.[ \t]*\r?$/m);
	return found === -1 ? text.length : from + found;
}
/** After the literal, comment, quoted name or character that begins here. */
function afterToken(text, at) {
	const until = (end, from) => {
		const found = text.indexOf(end, from);
		return found === -1 ? text.length : found + end.length;
	};
	const two = text.slice(at, at + 2);
	if (two === "--") return endOfLine(text, at);
	if (two === "/*") return afterComment(text, at);
	if (text[at] === "\"") return until("\"", at + 1);
	if (text[at] === "'") return afterLiteral(text, at);
	if (text[at] === "$" && !/[\w$\u0080-\uffff]/.test(text[at - 1] ?? " ")) {
		const tag = /^\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/.exec(text.slice(at, at + 130))?.[0];
		if (tag !== void 0) return until(tag, at + tag.length);
	}
	return at + 1;
}
/** A doubled quote is two literals side by side to us; only E'' knows backslashes. */
function afterLiteral(text, at) {
	const escapes = /(?:^|[^\w$])[eE]$/.test(text.slice(Math.max(0, at - 2), at));
	for (let end = at + 1; end < text.length; end += 1) if (escapes && text[end] === "\\") end += 1;
	else if (text[end] === "'") return end + 1;
	return text.length;
}
function afterComment(text, at) {
	let depth = 0;
	for (let end = at; end < text.length; end += 1) {
		const two = text.slice(end, end + 2);
		if (two === "/*") depth += 1;
		else if (two === "*/") depth -= 1;
		else continue;
		end += 1;
		if (depth === 0) return end + 1;
	}
	return text.length;
}
// src/run/baseline.ts
/** A history behind its baseline: what the dump has, and what is still to be applied. */
function behind({ version }, tool, migrations) {
	const last = migrations.findLastIndex((migration) => migration.version === version);
	const isCovered = (migration, index) => migration.repeatable === void 0 && (last === -1 ? tool.order(migration, {
		version,
		name: ""
	}) <= 0 : index <= last);
	return {
		covered: migrations.filter(isCovered),
		rest: migrations.filter((migration, index) => !isCovered(migration, index))
	};
}
/**
* Runs the dump as the migration role, and records the migrations that it stands for as the tool would. The session's
* settings end with it.
*
* @returns notes: what of the dump was passed over
* @throws Undecided `base-does-not-apply` with the statement and what would help
*/
async function applyBaseline(shadow, baseline, tool, covered, surroundings) {
	try {
		var _usingCtx$3 = _usingCtx();
		const notes = await runDump(shadow, baseline, surroundings);
		await dropBookkeeping(shadow, tool);
		const session = _usingCtx$3.a(await openSession(shadow.connection));
		await prepareBookkeeping(session, tool.bookkeeping);
		for (const migration of covered) for (const sql of [tool.bookkeeping.before(migration), tool.bookkeeping.after(migration)]) {
			if (sql === "") continue;
			const { error } = await session.send(sql);
			if (error !== null) throw error;
		}
		const whose = baseline.trusted ? "" : " Base does not have the file, so that it is the one of the pull request.";
		const what = covered.length === 0 ? "what came before the history" : `the ${covered.length === 1 ? "migration" : `${covered.length} migrations`} up to ${baseline.version}`;
		return [`The baseline ${baseline.file} stands for ${what}.${whose}`, ...notes];
	} catch (_) {
		_usingCtx$3.e = _;
	} finally {
		await _usingCtx$3.d();
	}
}
async function runDump(shadow, baseline, surroundings) {
	try {
		var _usingCtx3 = _usingCtx();
		const { file, trusted } = baseline;
		const { sql, copyData } = readDump(baseline.sql.replace(/^\uFEFF/, ""));
		const statements = [];
		const syntax = parseInChunks(sql, (statement) => statements.push(statement));
		if (syntax !== null) throw new Undecided("base-does-not-apply", `The baseline ${file} cannot be read as SQL: ${syntax.message}.`, { place: {
			file,
			line: syntax.line
		} });
		const session = _usingCtx3.a(await openSession(shadow.connection));
		const admin = _usingCtx3.a(await openSession(shadow.admin));
		const roles = await rolesOf(admin);
		const missing = /* @__PURE__ */ new Set();
		const passedOver = /* @__PURE__ */ new Set();
		for (const [index, statement] of statements.entries()) {
			const { node } = statement;
			const next = statements[index + 1]?.start ?? sql.length;
			const odd = notForAShadow(node);
			if (odd !== null) {
				passedOver.add(odd);
				continue;
			}
			const copies = copyData.filter(({ at }) => at > statement.start && at <= next).map(({ data }) => data);
			const { error } = await underWay(() => ({
				file,
				line: lineFinder(sql)(statement.start).line
			}), () => sendAs(statement, copies, session, trusted ? admin : null));
			if (error === null) continue;
			const said = {
				sqlstate: error.code ?? "",
				message: error.message
			};
			if (missingRole(said) !== null) {
				for (const role of rolesIn(node)) if (!roles.has(role)) missing.add(role);
				continue;
			}
			const harmless = isHarmless(said, statement, roles);
			if (harmless !== null) {
				passedOver.add(harmless);
				continue;
			}
			const at = toServerError(error, {
				file: sql,
				sent: statement.sql,
				start: statement.start
			});
			const hint = surroundingsHint(at, surroundings);
			throw new Undecided("base-does-not-apply", `The baseline ${file} does not apply to an empty database. Line ${at.line}: ${at.message} (SQLSTATE ${at.sqlstate}).${hint === null ? "" : ` ${hintText(surroundings.path, hint)}`}`, {
				place: {
					file,
					line: at.line
				},
				cause: error
			});
		}
		if (missing.size > 0) {
			const [line] = statements.filter(({ node }) => rolesIn(node).some((role) => missing.has(role))).map(({ start }) => lineFinder(sql)(start).line);
			throw new Undecided("base-does-not-apply", `The baseline ${file} gives objects to roles that are not there. ${hintText(surroundings.path, missingRoles(surroundings.path, [...missing]))}`, { place: {
				file,
				line
			} });
		}
		return passedOver.size === 0 ? [] : [`Of the baseline ${file} was passed over: ${[...passedOver].join(", ")}.`];
	} catch (_) {
		_usingCtx3.e = _;
	} finally {
		await _usingCtx3.d();
	}
}
/** Extensions are the superuser's affair, and of base's own dump everything else that an owner may not do. */
async function sendAs(statement, copies, session, admin) {
	if (admin === null) return session.send(statement.sql, copies);
	if (isAboutExtension(statement)) return admin.send(statement.sql);
	const outcome = await session.send(statement.sql, copies);
	if (outcome.error?.code !== "42501" || changesOwner(statement)) return outcome;
	return admin.send(statement.sql, copies);
}
const isAboutExtension = ({ node }) => "CreateExtensionStmt" in node || "AlterExtensionStmt" in node || "CommentStmt" in node && node.CommentStmt.objtype === "OBJECT_EXTENSION";
const changesOwner = ({ node, sql }) => "AlterOwnerStmt" in node || "AlterTableStmt" in node && /\bOWNER\s+TO\b/i.test(sql);
/** Statements that are about the server or the session of whoever restores. */
function notForAShadow(node) {
	if ("CreatedbStmt" in node || "DropdbStmt" in node) return "CREATE DATABASE";
	if ("AlterDatabaseStmt" in node || "AlterDatabaseSetStmt" in node) return "ALTER DATABASE";
	if ("AlterOwnerStmt" in node && node.AlterOwnerStmt.objectType === "OBJECT_DATABASE") return "ALTER DATABASE";
	if ("VariableSetStmt" in node && node.VariableSetStmt.name === "session_authorization") return "SET SESSION AUTHORIZATION";
	return null;
}
/** A refusal that changes nothing for the migrations to come. */
function isHarmless({ sqlstate, message }, statement, roles) {
	const { node } = statement;
	if ("VariableSetStmt" in node && sqlstate === "42704") return `SET ${node.VariableSetStmt.name ?? ""}`;
	if (sqlstate === "42P06" && message === "schema \"public\" already exists") return "CREATE SCHEMA public";
	if (sqlstate !== "42501") return null;
	if ("CommentStmt" in node) return "COMMENT";
	const owner = rolesIn(node)[0];
	if (changesOwner(statement) && owner !== void 0 && roles.has(owner)) return `OWNER TO ${owner}`;
	return null;
}
/** Roles that a statement names. */
function rolesIn(tree) {
	if (typeof tree !== "object" || tree === null) return [];
	if (Array.isArray(tree)) return tree.flatMap(rolesIn);
	return Object.entries(tree).flatMap(([key, value]) => key === "rolename" && typeof value === "string" ? [value] : rolesIn(value));
}
async function rolesOf({ client }) {
	const { rows } = await client.query("SELECT rolname FROM pg_catalog.pg_roles");
	return new Set(rows.map(({ rolname }) => rolname));
}
/** A whole database's dump has the tool's tables too: they are made anew, so that their rows are ours alone. */
async function dropBookkeeping({ admin }, { bookkeeping }) {
	try {
		var _usingCtx4 = _usingCtx();
		const session = _usingCtx4.a(await openSession(admin));
		const quoted = (name) => session.client.escapeIdentifier(name);
		const { rows } = await session.client.query(`SELECT n.nspname AS schema, c.relname AS relation FROM pg_catalog.pg_class c
     JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname || '.' || c.relname = ANY ($1) AND c.relkind IN ('r', 'p')`, [bookkeeping.relations]);
		for (const { schema, relation } of rows) await session.client.query(`DROP TABLE ${quoted(schema)}.${quoted(relation)} CASCADE`);
		for (const schema of bookkeeping.schemas ?? []) {
			const named = bookkeeping.relations.some((relation) => relation.startsWith(`${schema}.`));
			const left = await session.client.query(`SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1
       UNION ALL SELECT FROM pg_catalog.pg_type t JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace WHERE n.nspname = $1
       UNION ALL SELECT FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = $1`, [schema]);
			if (named && left.rows.length > 0) continue;
			await session.client.query(`DROP SCHEMA IF EXISTS ${quoted(schema)} CASCADE`);
		}
	} catch (_) {
		_usingCtx4.e = _;
	} finally {
		await _usingCtx4.d();
	}
}
// src/run/base-fails.ts
/** Base's own history stops: what to do about it, with everything to paste. */
function baseDoesNotApply({ migration, error }, { baseName, tool, base, baseline, path }, surroundings) {
	const place = {
		file: error.file ?? migration.file,
		line: error.line
	};
	const consequence = "so there is nothing to try the new migrations on. This is not the fault of the pull request.";
	if (migration.refused !== void 0) return new Undecided("base-does-not-apply", `${place.file} of ${baseName} stops the tool, ${consequence} ${error.message}`, { place });
	const made = madeWhere(error, migration, base);
	const unrun = notRunBefore(migration, base);
	const hint = unrun === null ? hintFor(error, migration, base, made, surroundings) : null;
	const cures = [
		...unrun === null ? [] : [unrun],
		...hint === null ? [] : [hintText(path, hint)],
		...hint === null && unrun === null && made === "elsewhere" && baseline === null ? [baselineLines(path, base.at(-1)?.version ?? "")] : [],
		...hint === null && made === "here" && surroundings.postgresMajor >= 17 ? [searchPathOf17] : []
	];
	return new Undecided("base-does-not-apply", `${place.file} of ${baseName} does not apply to an empty database, ${consequence} Line ${error.line}: ${error.message} (SQLSTATE ${error.sqlstate}).${error.hint === null ? "" : ` ${error.hint.replace(/\.?$/, ".")}`} The history is applied as ${tool.title} would.${cures.map((cure) => ` ${cure}`).join("")}`, { place });
}
/** What was passed over before it may be what it lacks; null: nothing was. */
function notRunBefore(migration, base) {
	const opaque = base.slice(0, base.indexOf(migration)).flatMap((one) => one.opaque ?? []);
	const [first] = opaque;
	if (first === void 0) return null;
	return opaque.length === 1 ? `One migration before it was passed over, and may be what it lacks: ${first}` : `${opaque.length} migrations before it were passed over, and may be what it lacks. The first: ${first}`;
}
const searchPathOf17 = "The history itself makes that. PostgreSQL 17 and newer run what an index or a materialized view calls with a search_path of their own, in which older functions no longer find it: if production is older, say so with postgres-version.";
function hintFor(error, migration, base, made, surroundings) {
	if (missingRole(error) !== null) {
		const all = rolesThatLack(base, surroundings.roles);
		if (all.length > 0) return missingRoles(surroundings.path, all);
	}
	const schema = error.sqlstate === "3F000" ? /^schema "(.+)" does not exist$/.exec(error.message)?.[1] : void 0;
	if (schema !== void 0 && made === "elsewhere") return missingSchema(surroundings.path, schema);
	const line = migration.sql.split("\n")[error.line - 1];
	return surroundingsHint(error, surroundings, line);
}
/** Roles that statements of the history name, that none of them makes and that the server does not have. */
function rolesThatLack(base, present) {
	const known = new Set(present);
	const named = /* @__PURE__ */ new Set();
	for (const { sql } of base) for (const { node } of parseFile(sql).statements) if ("CreateRoleStmt" in node && node.CreateRoleStmt.role !== void 0) known.add(node.CreateRoleStmt.role);
	else for (const role of rolesIn(node)) named.add(role);
	return [...named].filter((role) => !known.has(role));
}
/** What is missing when an object does not exist: relation, type, schema, column, function. */
const missing = /* @__PURE__ */ new Set([
	"42P01",
	"42704",
	"3F000",
	"42703",
	"42883"
]);
/** Where what a migration misses is made: in no file up to it, or in one of them; null where nothing is missing. */
function madeWhere({ sqlstate, message, line }, migration, base) {
	if (!missing.has(sqlstate)) return null;
	const named = /"([^"]+)"/.exec(message)?.[1] ?? /^(?:column|function) ([\w$.]+)/.exec(message)?.[1];
	if (named === void 0) return "elsewhere";
	const name = named.slice(named.lastIndexOf(".") + 1).toLowerCase();
	const before = migration.sql.split("\n", line - 1).join("\n");
	return [...base.slice(0, base.indexOf(migration)).map(({ sql }) => sql), before].some((sql) => sql.toLowerCase().includes(name)) ? "here" : "elsewhere";
}
// src/catalog/as-text.ts
/** @returns null for a picture that could not be an `earlier` one */
function catalogToText(catalog) {
	const mark = markOf(catalog);
	if (mark === null) return null;
	const { major, notModelled } = catalog;
	const kept = {
		major,
		notModelled,
		mark,
		objects: catalog.objects.map(partsOf)
	};
	return JSON.stringify(kept);
}
/** The same catalog again, of which a later picture of the same database may take over what still holds. */
function catalogFromText(text) {
	const { major, notModelled, mark, objects } = JSON.parse(text);
	const catalog = catalogOf(objects.map(([described, place]) => complete(described, place)), notModelled, major);
	markAs(catalog, mark);
	return catalog;
}
// src/run/kept-picture.ts
/**
* The picture of a base that an earlier run of this very program has taken. Of a database that begins with the same files it
* holds, and takes a twentieth of the time.
*
* @param key what base is kept under
* @returns null where there is none, or what there is cannot be read
*/
async function readPicture(notes, key, tool) {
	try {
		const note = await notes.read(key, await nameOf(tool));
		return note === null ? null : {
			of: note.of,
			catalog: catalogFromText(note.text)
		};
	} catch {
		return null;
	}
}
/** Keeps a picture of base for later runs, beside the database, where that is kept. */
async function keepPicture({ shadow, keys }, tool, catalog) {
	const key = keys.at(-1);
	const of = shadow.kept?.() ?? null;
	if (shadow.notes === void 0 || key === void 0 || of === null) return;
	const text = catalogToText(catalog);
	if (text !== null) await shadow.notes.write(key, await nameOf(tool), {
		of,
		text
	});
}
/** Says what a picture depends on beside the database: the program, and what it leaves out. */
async function nameOf({ bookkeeping: { relations, schemas } }) {
	const content = JSON.stringify([
		await programDigest(),
		relations,
		schemas
	]);
	return `picture-${createHash("sha256").update(content).digest("hex").slice(0, 32)}`;
}
// src/run/prelude.ts
/**
* Makes a new shadow what the platform's databases are before the first migration. Extensions that its users may create there
* and that a plain PostgreSQL leaves to superusers are created now: the history's `IF NOT EXISTS` finds them.
*
* @returns what to tell of it; nothing where the server is the platform's own
* @param others migrations that come after base's, or in place of them
* @throws Undecided naming the extensions that the history creates and this server does not have
*/
async function runPrelude(admin, prelude, base, others) {
	await loadParser();
	const client = new esm_default.Client({
		...admin,
		application_name: "migration-gate prelude"
	});
	client.on("error", () => {});
	await client.connect();
	try {
		const [first] = (await client.query(`SELECT ${prelude.present} AS present`)).rows;
		if (first?.present === true) return [];
		const trusted = await availableExtensions(client);
		const wanted = [...base, ...others].flatMap(extensionsOf);
		const installed = new Set(prelude.installed.map(({ name }) => name));
		refuseMissing(wanted.filter(({ name }) => !trusted.has(name) && !installed.has(name)), base, prelude);
		const { rows } = await client.query("SELECT current_setting('server_version_num')::int / 10000 AS major");
		await client.query(prelude.sql({ major: rows[0]?.major ?? 0 }));
		for (const extension of prelude.installed) if (trusted.has(extension.name)) await create(client, extension.name, extension.schema);
		else await register(client, extension);
		for (const { name, schema, ifNotExists } of wanted) if (ifNotExists && trusted.has(name) && prelude.creatable.includes(name)) await create(client, name, schema ?? prelude.extensionSchema);
		return [prelude.says];
	} finally {
		await client.end();
	}
}
/** Names of the extensions that this server has; true for those that the owner of a database may create. */
async function availableExtensions(client) {
	const { rows } = await client.query("SELECT name, bool_or(trusted) AS trusted FROM pg_catalog.pg_available_extension_versions GROUP BY name");
	return new Map(rows.map(({ name, trusted }) => [name, trusted]));
}
function extensionsOf({ file, sql }) {
	return parseFile(sql).statements.flatMap(({ node, start }) => {
		if (!("CreateExtensionStmt" in node)) return [];
		const { extname = "", if_not_exists = false, options = [] } = node.CreateExtensionStmt;
		const schema = options.flatMap((option) => "DefElem" in option ? [option.DefElem] : []).find(({ defname }) => defname === "schema")?.arg;
		return [{
			name: extname,
			schema: schema !== void 0 && "String" in schema ? schema.String.sval ?? null : null,
			ifNotExists: if_not_exists,
			file,
			line: sql.slice(0, start).split("\n").length
		}];
	});
}
function refuseMissing(missing, base, { title, image }) {
	const [first] = missing;
	if (first === void 0) return;
	const names = [...new Set(missing.map(({ name }) => name))].sort();
	const [what, it] = names.length === 1 ? ["the extension", "it"] : ["the extensions", "them"];
	throw new Undecided(base.some(({ file }) => file === first.file) ? "base-does-not-apply" : "not-observed", `${title} offers ${what} ${names.join(", ")}, which the history creates (first in ${first.file}, line ${first.line}) and the shadow's PostgreSQL lacks. Take ${title}'s own image, which has ${it}, with --shadow docker and in .github/migration-gate.yml, for this database:\n\n    postgres-image: ${image}:<tag>\n`, { place: {
		file: first.file,
		line: first.line
	} });
}
/** A schema that the history makes for it does not exist yet; then the history's own statement stands. */
async function create(client, name, schema) {
	const { rows } = await client.query("SELECT to_regnamespace(quote_ident($1)) IS NOT NULL AS there", [schema]);
	if (rows[0]?.there !== true) return;
	const [extension, place] = [name, schema].map((each) => client.escapeIdentifier(each));
	await client.query(`CREATE EXTENSION IF NOT EXISTS ${extension} WITH SCHEMA ${place} CASCADE`);
}
/**
* Enters an extension that every database of the platform has and this server lacks, without what is in it: so
* `CREATE EXTENSION IF NOT EXISTS` does nothing, as there. What uses its functions or types fails and is told.
*/
async function register(client, { name, schema }) {
	await client.query("SET allow_system_table_mods = on");
	await client.query(`INSERT INTO pg_catalog.pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion)
     SELECT max(oid::bigint) + 1, $1, 'postgres'::regrole, quote_ident($2)::regnamespace, false, '0'
     FROM pg_catalog.pg_extension`, [name, schema]);
	await client.query("RESET allow_system_table_mods");
}
// src/run/state-keys.ts
/**
* A key for each state on the way of a history: element `n` stands for the database after its first `n` migrations. Equal
* keys mean equal databases: everything that is sent to the server on the way, and everything that decides how, is in
* it. (What the server itself brings, its build and settings, the shadow adds.)
*/
function stateKeys(input, migrations, hooks) {
	const { tool, prelude } = {
		...input,
		prelude: input.tool.prelude
	};
	let state = digest([
		productVersion(),
		tool.name,
		tool.bookkeeping.setup,
		input.superuser,
		input.extensions,
		input.setup,
		input.baseline,
		hooks,
		prelude === void 0 ? null : [
			...input.base,
			...input.pending,
			...input.fresh ?? []
		].map(({ sql }) => sql)
	]);
	const keys = [state];
	for (const migration of migrations) {
		const { sql, transaction, messages, copyData, refused } = migration;
		const { bookkeeping } = tool;
		state = digest([
			state,
			...[
				sql,
				transaction,
				messages,
				copyData,
				refused
			],
			...[bookkeeping.before(migration), bookkeeping.after(migration)]
		]);
		keys.push(state);
	}
	return keys;
}
const digest = (content) => createHash("sha256").update(JSON.stringify(content)).digest("hex");
// src/run/base.ts
/**
* Boots the server of one path, with as much of the history in it as an earlier run has kept.
*
* @param wants whether the kept picture of the whole history is of use
*/
async function start(input, migrations, hooks, wants = { picture: false }) {
	const keys = input.program === null ? stateKeys(input, migrations, hooks) : [];
	const last = keys.at(-1);
	const reading = [];
	const shadow = await startShadow({
		seeds: keys.toReversed(),
		onNotes: (notes) => {
			if (last === void 0 || !wants.picture) return;
			const picture = readPicture(notes, last, input.tool);
			picture.catch(() => {});
			reading.push(picture);
		},
		shadow: input.shadow,
		major: input.postgresMajor,
		extensions: input.extensions,
		cache: input.cache,
		image: input.postgresImage,
		superuser: input.superuser,
		limits: input.limits,
		onProgress: input.onProgress
	});
	const done = shadow.seed === null ? null : keys.indexOf(shadow.seed);
	return {
		shadow,
		keys,
		done,
		picture: (done === keys.length - 1 ? await Promise.all(reading) : []).find((picture) => picture !== null && picture.of === shadow.kept?.())?.catalog ?? null
	};
}
/** Building less than this again costs no more than keeping it. */
const WORTH_KEEPING_MS = 300;
/**
* Builds a history from an empty database: what the config asks to be there before, the baseline or else the tool's
* tables, the migrations.
*
* @throws Undecided `base-does-not-apply` when what comes before the migrations does not run
*/
async function build({ shadow, keys, done }, input, migrations, hooks) {
	const { tool, baseline } = input;
	if (done !== null) {
		const since = performance.now();
		const covered = baseline === null ? /* @__PURE__ */ new Set() : new Set(behind(baseline, tool, migrations).covered);
		const rest = migrations.slice(done).filter((migration) => !covered.has(migration));
		const failure = await applyAll(shadow, tool.bookkeeping, rest, hooks);
		if (failure === null) await keepIfWorth(shadow, keys, performance.now() - since);
		return {
			failure,
			notes: tool.prelude === void 0 ? [] : [tool.prelude.says]
		};
	}
	const since = performance.now();
	const said = await prepare(shadow, input);
	let notes = [];
	let rest = migrations;
	if (baseline === null) try {
		var _usingCtx$2 = _usingCtx();
		const session = _usingCtx$2.a(await openSession(shadow.connection));
		await prepareBookkeeping(session, tool.bookkeeping);
	} catch (_) {
		_usingCtx$2.e = _;
	} finally {
		await _usingCtx$2.d();
	}
	else {
		const parts = behind(baseline, tool, migrations);
		rest = parts.rest;
		notes = await applyBaseline(shadow, baseline, tool, parts.covered, await surroundingsOf(shadow, input));
	}
	const failure = await applyAll(shadow, tool.bookkeeping, rest, hooks);
	if (failure === null && notes.length === 0) await keepIfWorth(shadow, keys, performance.now() - since);
	return {
		failure,
		notes: [...said, ...notes]
	};
}
async function applyAll(shadow, bookkeeping, migrations, hooks) {
	try {
		var _usingCtx3 = _usingCtx();
		if (migrations.length === 0) return null;
		const session = _usingCtx3.a(await openSession(shadow.connection));
		const failure = await applyMigrations(session, bookkeeping, migrations, hooks);
		mustNotShareRoles(shadow, failure);
		return failure;
	} catch (_) {
		_usingCtx3.e = _;
	} finally {
		await _usingCtx3.d();
	}
}
async function keepIfWorth({ keep }, keys, ms) {
	const last = keys.at(-1);
	if (keep !== null && last !== void 0 && ms > WORTH_KEEPING_MS) await keep(last, ms);
}
/** Roles belong to the server: on one that is not ours alone another path, or an earlier owner, may have made them. */
function mustNotShareRoles({ provider }, failure) {
	if (provider !== "url" || failure === null) return;
	const { migration, error } = failure;
	if (error.sqlstate !== "42710" || !error.message.startsWith("role ")) return;
	throw new Undecided("shadow-unavailable", `${migration.file} creates a role, and ${error.message} on the server that the URL names: roles belong to the server, so that a history that makes some cannot be built there twice. Use another shadow (embedded, docker or local).`, { place: {
		file: migration.file,
		line: error.line
	} });
}
/** Builds base's history, which must not fail. */
async function buildBase(begin, input) {
	const { failure, notes } = await build(begin, input, input.base, input.hooks.base);
	if (failure !== null) throw baseDoesNotApply(failure, input, await surroundingsOf(begin.shadow, input));
	return notes;
}
/** What is there before the history: a platform's own objects, and what the config asks for. Returns what to tell of it. */
async function prepare(shadow, { tool: { prelude }, setup, base, pending, fresh }) {
	const said = prelude === void 0 ? [] : await runPrelude(shadow.admin, prelude, base, [...pending, ...fresh ?? []]);
	for (const { file, sql, trusted } of setup) try {
		var _usingCtx4 = _usingCtx();
		const session = _usingCtx4.a(await openSession(trusted ? shadow.admin : shadow.connection));
		const { error } = await underWay(() => ({
			file,
			line: 1
		}), () => session.send(sql));
		if (error === null) continue;
		throw new Undecided("base-does-not-apply", `The setup file ${file} does not run: ${error.message}`, {
			place: {
				file,
				line: toServerError(error, {
					file: sql,
					sent: sql,
					start: 0
				}).line
			},
			cause: error
		});
	} catch (_) {
		_usingCtx4.e = _;
	} finally {
		await _usingCtx4.d();
	}
	return said;
}
async function surroundingsOf(shadow, { path, postgresMajor }) {
	try {
		var _usingCtx5 = _usingCtx();
		const session = _usingCtx5.a(await openSession(shadow.admin));
		const namesOf = async (sql) => {
			const { rows } = await session.client.query(sql);
			return rows.map(({ name }) => name);
		};
		return {
			path,
			postgresMajor,
			extensions: await namesOf("SELECT name FROM pg_catalog.pg_available_extensions"),
			roles: await namesOf("SELECT rolname AS name FROM pg_catalog.pg_roles")
		};
	} catch (_) {
		_usingCtx5.e = _;
	} finally {
		await _usingCtx5.d();
	}
}
// src/run/asks.ts
/** The row of a question that always has one. */
function onlyRow(rows) {
	const [row] = rows;
	if (row === void 0) throw new Error("a question that has one row as its answer got none");
	return row;
}
// src/run/settled.ts
/** By `relkind`. */
const relationKinds = {
	r: "table",
	p: "table",
	f: "table",
	i: "index",
	I: "index",
	S: "sequence",
	v: "view",
	m: "materialized-view"
};
/** Every relation that users made, temporary ones left out, as it is now. */
async function settledRelations(client) {
	const { rows } = await client.query(`SELECT c.oid, n.nspname AS schema, c.relname AS relation, c.relkind, i.indrelid AS table_oid,
      c.relfilenode AS filenode
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
    LEFT JOIN pg_catalog.pg_index i ON i.indexrelid OPERATOR(pg_catalog.=) c.oid
    WHERE c.oid::pg_catalog.int8 OPERATOR(pg_catalog.>=) 16384
      AND c.relpersistence OPERATOR(pg_catalog.<>) 't' AND n.nspname OPERATOR(pg_catalog.<>) 'pg_toast'`);
	const settled = /* @__PURE__ */ new Map();
	for (const { oid, schema, relation, relkind, table_oid, filenode } of rows) {
		const kind = relationKinds[relkind];
		if (kind === void 0) continue;
		const name = `${schema}.${relation}`;
		settled.set(oid, {
			oid,
			schema,
			relation,
			kind,
			tableOid: table_oid,
			name,
			filenode
		});
	}
	return settled;
}
/** SQL for a row `c` of pg_class as one text, which `presentRelation` reads. */
const presentText = `pg_catalog.concat_ws(' ', c.oid, c.relfilenode, c.relkind, c.relpersistence,
    COALESCE(CASE WHEN c.relkind OPERATOR(pg_catalog.=) ANY ('{i,I}'::pg_catalog."char"[]) THEN
      (SELECT i.indrelid FROM pg_catalog.pg_index i WHERE i.indexrelid OPERATOR(pg_catalog.=) c.oid) END, 0),
    c.relnamespace::pg_catalog.regnamespace, c.relname)`;
/** Reads `oid filenode relkind persistence table schema name`: the table is 0 for none, the schema quoted where it must be. */
function presentRelation(text) {
	const parts = /^(\d+) (\d+) (.) (.) (\d+) (?:"((?:[^"]|"")*)"|([^" ]*)) (.*)$/s.exec(text);
	if (parts === null) throw new Error("the answer has another form than the question asks for");
	const [, oid, filenode, relkind = "", persistence, table, quoted, plain, relation] = parts;
	const schema = quoted?.replaceAll("\"\"", "\"") ?? plain;
	return {
		oid: Number(oid),
		name: `${schema}.${relation}`,
		kind: schema === "pg_toast" || persistence === "t" ? null : relationKinds[relkind] ?? null,
		tableOid: table === "0" ? null : Number(table),
		filenode: Number(filenode)
	};
}
/** SQL for the oids of all relations that are there, which `readOids` reads. */
const presentOidsText = `(SELECT pg_catalog.string_agg(c.oid::pg_catalog.text, ',')
    FROM pg_catalog.pg_class c WHERE c.oid OPERATOR(pg_catalog.>=) 16384::pg_catalog.oid)`;
const readOids = (text) => new Set((text ?? "").split(",").map(Number));
/** Oids of all relations that are there, for when some are gone. */
async function presentOids(client) {
	const { rows } = await client.query(`SELECT ${presentOidsText} AS oids`);
	return readOids(onlyRow(rows).oids);
}
/** Rows of pg_class that this transaction has written: none, and there is nothing to look for. */
const catalogWrites = `(pg_catalog.pg_stat_get_xact_tuples_inserted(1259)
    OPERATOR(pg_catalog.+) pg_catalog.pg_stat_get_xact_tuples_updated(1259)
    OPERATOR(pg_catalog.+) pg_catalog.pg_stat_get_xact_tuples_deleted(1259))`;
/**
* What earlier transactions of the session have left in its counters, where they cannot be flushed; null where
* they can. Must be asked inside of the transaction: between two transactions the server may flush them.
*/
async function countersNow(client, major) {
	if (major >= 15) return null;
	const { rows } = await client.query(`SELECT ${catalogWrites} AS writes,
    pg_catalog.pg_stat_get_xact_tuples_deleted(1259) AS removals,
    pg_catalog.pg_stat_get_xact_tuples_updated(2615)
      OPERATOR(pg_catalog.+) pg_catalog.pg_stat_get_xact_tuples_deleted(2615) AS schema_changes,
    (SELECT pg_catalog.json_agg(pg_catalog.json_build_array(counted.oid, counted.scans, counted.written))
     FROM (SELECT c.oid::pg_catalog.int8 AS oid, pg_catalog.pg_stat_get_xact_numscans(c.oid) AS scans,
         pg_catalog.pg_stat_get_xact_tuples_inserted(c.oid)
           OPERATOR(pg_catalog.+) pg_catalog.pg_stat_get_xact_tuples_updated(c.oid)
           OPERATOR(pg_catalog.+) pg_catalog.pg_stat_get_xact_tuples_deleted(c.oid) AS written
       FROM pg_catalog.pg_class c WHERE c.oid OPERATOR(pg_catalog.>=) 16384::pg_catalog.oid) counted
     WHERE counted.scans OPERATOR(pg_catalog.<>) 0 OR counted.written OPERATOR(pg_catalog.<>) 0) AS relations`);
	const row = onlyRow(rows);
	return {
		relations: new Map((row.relations ?? []).map(([oid, scans, written]) => [oid, {
			scans,
			written
		}])),
		writes: Number(row.writes),
		removals: Number(row.removals),
		schemaChanges: Number(row.schema_changes)
	};
}
/**
* Waits until the counters of `standingNow` hold what the session has done. Only needed where they cannot be
* flushed: there a session reports at most twice a second (PGSTAT_STAT_INTERVAL), and what is read may be as old.
*/
async function settleCounters(client, major) {
	if (major >= 15) return;
	await client.query("SELECT pg_catalog.pg_sleep(0.51)");
	await client.query("SELECT pg_catalog.pg_sleep(0.51)");
	await client.query("SELECT pg_catalog.pg_stat_clear_snapshot()");
}
// src/run/documented-locks.ts
/**
* Statements that cannot run inside a transaction block, with the locks that they take by the Postgres manual
* (the pages of each statement, and 13.3.1). They commit by themselves, so that nothing is left to be read from
* pg_locks when they end; a test pauses each of them half-way on every major and compares. Null: the statement
* may run in a transaction.
*/
function documentedLocks(node) {
	if ("IndexStmt" in node) {
		if (node.IndexStmt.concurrent !== true) return null;
		return always([{
			...named(node.IndexStmt.relation),
			mode: "ShareUpdateExclusiveLock"
		}]);
	}
	if ("DropStmt" in node) {
		if (node.DropStmt.concurrent !== true) return null;
		const names = (node.DropStmt.objects ?? []).map(qualifiedName);
		return always(names.map((name) => ({
			...name,
			mode: "ShareUpdateExclusiveLock"
		})));
	}
	if ("ReindexStmt" in node) return ofReindex(node.ReindexStmt);
	if ("VacuumStmt" in node) return ofVacuum(node.VacuumStmt);
	if ("ClusterStmt" in node) {
		const { relation } = node.ClusterStmt;
		const mode = "AccessExclusiveLock";
		if (relation === void 0) return {
			refuses: "always",
			targets: [],
			every: {
				of: "clustered",
				mode
			}
		};
		return sometimes([{
			...named(relation),
			mode,
			partitions: "too"
		}]);
	}
	if ("AlterTableStmt" in node) return ofDetach(node.AlterTableStmt);
	if ("DiscardStmt" in node) return node.DiscardStmt.target === "DISCARD_ALL" ? always([]) : null;
	if (lockNoTable.some((kind) => kind in node)) return always([]);
	if (lockNoTableSometimes.some((kind) => kind in node)) return sometimes([]);
	return null;
}
/** No lock on a table of this database. */
const lockNoTable = [
	"AlterSystemStmt",
	"CreatedbStmt",
	"DropdbStmt",
	"CreateTableSpaceStmt",
	"DropTableSpaceStmt"
];
/** Likewise; they refuse where they talk to another server, or move files. */
const lockNoTableSometimes = [
	"CreateSubscriptionStmt",
	"AlterSubscriptionStmt",
	"DropSubscriptionStmt",
	"AlterDatabaseStmt"
];
/**
* Writes to the tables wait for REINDEX, and for its indexes the queries, since the planner looks at all of
* them. CONCURRENTLY on a partitioned table begins with a SHARE lock on all partitions, which it lets go
* before it builds anything: it is not listed.
*/
function ofReindex({ kind, name, relation, params }) {
	const concurrently = hasOption(params, "concurrently");
	const modes = concurrently ? { mode: "ShareUpdateExclusiveLock" } : {
		mode: "ShareLock",
		indexes: "AccessExclusiveLock"
	};
	switch (kind) {
		case "REINDEX_OBJECT_INDEX":
		case "REINDEX_OBJECT_TABLE": {
			const targets = [{
				...named(relation),
				...modes,
				partitions: "too"
			}];
			return concurrently ? always(targets) : sometimes(targets);
		}
		case "REINDEX_OBJECT_SCHEMA": return {
			refuses: "always",
			targets: [],
			every: {
				of: "schema",
				schema: name,
				...modes
			}
		};
		case "REINDEX_OBJECT_DATABASE": return {
			refuses: "always",
			targets: [],
			every: {
				of: "database",
				...modes
			}
		};
		default: return always([]);
	}
}
function ofVacuum({ is_vacuumcmd, options, rels }) {
	if (is_vacuumcmd !== true) return null;
	const mode = hasOption(options, "full") ? "AccessExclusiveLock" : "ShareUpdateExclusiveLock";
	const relations = (rels ?? []).flatMap((each) => "VacuumRelation" in each && each.VacuumRelation.relation !== void 0 ? [each.VacuumRelation.relation] : []);
	if (relations.length === 0) return {
		refuses: "always",
		targets: [],
		every: {
			of: "database",
			mode
		}
	};
	return always(relations.map((each) => ({
		...named(each),
		mode,
		partitions: "instead"
	})));
}
function ofDetach({ relation, cmds }) {
	const detach = (cmds ?? []).flatMap((each) => "AlterTableCmd" in each && each.AlterTableCmd.subtype === "AT_DetachPartition" ? [each.AlterTableCmd] : [])[0];
	const partition = detach?.def !== void 0 && "PartitionCmd" in detach.def ? detach.def.PartitionCmd : void 0;
	if (partition?.concurrent !== true) return null;
	return always([{
		...named(relation),
		mode: "ShareUpdateExclusiveLock"
	}, {
		...named(partition.name),
		mode: "AccessExclusiveLock",
		referenced: "ShareRowExclusiveLock"
	}]);
}
const always = (targets) => ({
	refuses: "always",
	targets,
	every: null
});
const sometimes = (targets) => ({
	refuses: "sometimes",
	targets,
	every: null
});
/** `(CONCURRENTLY)`, `(FULL TRUE)`, but not `(FULL off)`. */
function hasOption(options, name) {
	return (options ?? []).some((option) => {
		if (!("DefElem" in option) || option.DefElem.defname !== name) return false;
		const { arg } = option.DefElem;
		if (arg === void 0) return true;
		if ("String" in arg) return ![
			"false",
			"off",
			"0"
		].includes((arg.String.sval ?? "").toLowerCase());
		if ("Boolean" in arg) return arg.Boolean.boolval === true;
		if ("Integer" in arg) return (arg.Integer.ival ?? 0) !== 0;
		return true;
	});
}
function named(relation) {
	return {
		schema: relation?.schemaname,
		name: relation?.relname ?? ""
	};
}
function qualifiedName(node) {
	const names = ("List" in node ? node.List.items ?? [] : []).flatMap((part) => "String" in part ? [part.String.sval ?? ""] : []);
	return {
		name: names.at(-1) ?? "",
		schema: names.at(-2)
	};
}
// src/run/following.ts
/** Follows what base has. */
function follow(base, major) {
	const relations = /* @__PURE__ */ new Map();
	for (const [key, { oid, schema, relation, kind, tableOid, name, filenode }] of base) relations.set(key, {
		oid,
		schema,
		relation,
		kind,
		tableOid,
		current: name,
		filenode
	});
	const highest = highestOf(base.keys());
	return {
		relations,
		made: /* @__PURE__ */ new Map(),
		held: /* @__PURE__ */ new Map(),
		counters: /* @__PURE__ */ new Map(),
		removals: 0,
		schemaChanges: 0,
		horizon: {
			base: highest,
			seen: highest,
			writes: 0
		},
		fresh: true,
		major
	};
}
/** Call when a transaction begins: locks and counters start anew. */
function forgetTransaction(following) {
	following.held = /* @__PURE__ */ new Map();
	following.counters.clear();
	following.removals = 0;
	following.schemaChanges = 0;
	following.horizon = {
		...following.horizon,
		writes: 0
	};
	following.fresh = true;
}
/** The open transaction goes on with another migration: its locks are held since one with so many statements. */
function heldBefore(following, statements) {
	const earlier = (lock) => ({
		...lock,
		since: lock.since - statements - 1
	});
	following.held = new Map([...following.held].map(([oid, locks]) => [oid, locks.map(earlier)]));
}
/** What is counted from here on is what the open transaction does. */
function countFrom(following, counters) {
	following.fresh = false;
	if (counters === null) return;
	for (const [oid, counted] of counters.relations) following.counters.set(oid, counted);
	following.removals = counters.removals;
	following.schemaChanges = counters.schemaChanges;
	following.horizon = {
		...following.horizon,
		writes: counters.writes
	};
}
/** Base's index lives on under another oid. */
function followRebuilt(following, base, { oid, filenode }) {
	following.relations.set(oid, {
		...base,
		filenode
	});
	base.current = null;
	const { horizon } = following;
	following.horizon = {
		...horizon,
		base: Math.max(horizon.base, oid)
	};
}
/** What was followed and is not there any more. */
function goneOids({ relations, made }, there) {
	return [...[...relations].flatMap(([oid, { current }]) => current === null ? [] : [oid]), ...made.keys()].filter((oid) => !there.has(oid));
}
/** A ROLLBACK has undone what was followed: takes over what is there now. */
function catchUp(following, now) {
	for (const [oid, relation] of following.relations) {
		const found = now.get(oid);
		relation.current = found?.name ?? null;
		relation.filenode = found?.filenode ?? relation.filenode;
	}
	for (const [oid, relation] of following.made) {
		const found = now.get(oid);
		if (found === void 0) following.made.delete(oid);
		else following.made.set(oid, {
			...relation,
			name: found.name
		});
	}
}
const highestOf = (oids) => {
	let highest = 0;
	for (const oid of oids) if (oid > highest) highest = oid;
	return highest;
};
// src/run/observe.ts
const nothingObserved = {
	locks: [],
	rewrites: [],
	scans: [],
	emptied: [],
	created: [],
	dropped: [],
	invalidIndexes: [],
	written: 0
};
/** Compares what is seen with what was known before and keeps the new state. */
function observe(following, view, statement) {
	const present = new Map(view.present.map((relation) => [relation.oid, relation]));
	const locked = new Map(view.locked.map((relation) => [relation.oid, relation]));
	const gone = new Set(view.gone);
	const touched = touchedRelations(following, view, statement.node);
	const rewrites = [];
	const scans = [];
	const emptied = [];
	const locks = [];
	const held = /* @__PURE__ */ new Map();
	let written = 0;
	for (const oid of /* @__PURE__ */ new Set([
		...locked.keys(),
		...present.keys(),
		...gone
	])) {
		const relation = following.relations.get(oid);
		if (relation === void 0) continue;
		const found = present.get(oid);
		const seen = locked.get(oid);
		const name = gone.has(oid) ? null : found?.name ?? relation.current;
		const names = namesOf(relation.current, name);
		if (seen !== void 0 && seen.modes.length > 0) {
			const earlier = following.held.get(oid);
			const own = seen.modes.map((mode) => lockOf(relation, mode, names, heldIn(earlier, mode), statement.index));
			locks.push(...own);
			held.set(oid, own.map((lock) => heldLater(lock, name)));
		}
		const { scans: started, written: rows } = seen ?? uncounted;
		const before = following.counters.get(oid) ?? uncounted;
		if (seen !== void 0 && (started !== before.scans || rows !== before.written)) following.counters.set(oid, {
			scans: started,
			written: rows
		});
		const isHeap = relation.kind === "table" || relation.kind === "materialized-view";
		const scanned = started > before.scans || isVerified(names, statement.proofs);
		const replaced = found !== void 0 && found.filenode !== relation.filenode;
		const rewritten = replaced && isRewrite(following, oid, started - before.scans, statement);
		if (isHeap && rewritten) rewrites.push(titleOf(relation));
		if (relation.kind === "table" && replaced && !rewritten) emptied.push(titleOf(relation));
		if (isHeap && scanned && (rewritten || !replaced)) scans.push(titleOf(relation));
		if (isHeap) written += Math.max(0, rows - before.written);
		relation.filenode = found?.filenode ?? relation.filenode;
		relation.current = name;
	}
	following.held = held;
	following.horizon = farther(following, view);
	locks.sort((a, b) => compare(a.schema, b.schema) || compare(a.relation, b.relation) || compare(a.mode, b.mode) || a.oid - b.oid);
	return {
		locks,
		rewrites: rewrites.sort(),
		scans: scans.sort(),
		emptied: emptied.sort(),
		...touched,
		invalidIndexes: [],
		written
	};
}
const uncounted = {
	scans: 0,
	written: 0
};
const titleOf = ({ schema, relation }) => `${schema}.${relation}`;
/** What a relation is called right before and right after a statement. */
function namesOf(before, after) {
	if (before === null) return after === null ? [] : [after];
	return after === null || after === before ? [before] : [before, after];
}
const heldIn = (locks, mode) => locks?.find((lock) => lock.mode === mode);
/** The lock as this statement finds it: new, or held since another one. */
function lockOf({ schema, relation, kind, oid }, mode, names, held, index) {
	if (held !== void 0 && held.names.length === names.length && held.names[0] === names[0]) return held;
	return {
		schema,
		relation,
		kind,
		mode,
		new: held === void 0,
		since: held?.since ?? index,
		oid,
		names
	};
}
/** The same lock in the eyes of the next statement. */
function heldLater(lock, name) {
	const names = name === null ? [] : [name];
	return !lock.new && lock.names.length === names.length && lock.names[0] === name ? lock : {
		...lock,
		new: false,
		names
	};
}
/** What was made and what is gone; must run before names are brought up to date. */
function touchedRelations(following, { present, gone }, node) {
	const { relations, made } = following;
	const rebuilt = rebuiltIndexes(following, present.filter(({ oid, kind }) => kind !== null && !relations.has(oid) && !made.has(oid)), gone, node);
	const created = [];
	const dropped = [];
	for (const oid of gone) {
		const base = relations.get(oid);
		const known = made.get(oid);
		const replacement = rebuilt.get(oid);
		if (replacement !== void 0) {
			if (base !== void 0) followRebuilt(following, base, replacement);
		} else if (base !== void 0 && base.current !== null) dropped.push({
			type: base.kind,
			name: base.current,
			oid: base.oid,
			tableOid: base.tableOid
		});
		else if (known !== void 0) dropped.push(known);
		made.delete(oid);
	}
	const replacements = new Set([...rebuilt.values()].map(({ oid }) => oid));
	for (const { oid, name, kind, tableOid } of present) {
		if (kind === null || relations.has(oid)) continue;
		const relation = {
			type: kind,
			name,
			oid,
			tableOid
		};
		if (!made.has(oid) && !replacements.has(oid)) created.push(relation);
		made.set(oid, relation);
	}
	return {
		created: created.sort(byName),
		dropped: dropped.sort(byName)
	};
}
/**
* ALTER COLUMN TYPE and REINDEX CONCURRENTLY build another index and give it the old one's name: to its users it
* is the same. By the old one's oid.
*/
function rebuiltIndexes({ relations, made }, appeared, gone, node) {
	const rebuilt = /* @__PURE__ */ new Map();
	if (node === null || !("AlterTableStmt" in node || "ReindexStmt" in node)) return rebuilt;
	const byTableAndName = new Map(appeared.map((index) => [`${index.tableOid} ${index.name}`, index]));
	for (const oid of gone) {
		const base = relations.get(oid);
		const old = base === void 0 ? made.get(oid) : {
			name: base.current,
			tableOid: base.tableOid
		};
		const replacement = old?.tableOid == null ? void 0 : byTableAndName.get(`${old.tableOid} ${old.name}`);
		if (replacement !== void 0) rebuilt.set(oid, replacement);
	}
	return rebuilt;
}
/** "verifying table" is a scan under the statement's lock; it names the table without its schema. */
function isVerified(names, proofs) {
	return proofs.length > 0 && names.some((name) => proofs.includes(`verifying table "${name.slice(name.indexOf(".") + 1)}"`));
}
/**
* A new storage file is a rewrite unless it comes from TRUNCATE, which copies nothing. ALTER TABLE announces its
* rewrites, wherever it runs; CLUSTER, VACUUM FULL and SET TABLESPACE do not, so that their statement is asked. In
* a DO block a silent new file is taken for a TRUNCATE, which reads the table once for each index that it
* builds anew; a rewrite reads it once more.
*/
function isRewrite({ relations, made }, oid, scans, { node, proofs, deaf }) {
	if (relations.get(oid)?.kind === "materialized-view") return true;
	if (proofs.some((proof) => proof.startsWith("rewriting table"))) return true;
	if (deaf) {
		if (scans > [...relations.values()].filter(({ tableOid, current }) => tableOid === oid && current !== null).length + [...made.values()].filter(({ tableOid }) => tableOid === oid).length) return true;
	}
	return node !== null && ("AlterTableStmt" in node || "ClusterStmt" in node || "VacuumStmt" in node);
}
/** What need not be looked at again. */
function farther({ horizon }, { present }) {
	let { seen } = horizon;
	for (const { oid } of present) if (oid > seen) seen = oid;
	return {
		...horizon,
		seen
	};
}
const compare = (a, b) => a < b ? -1 : a > b ? 1 : 0;
const byName = (a, b) => compare(a.name, b.name);
// src/run/place-locks.ts
/**
* The locks of the manual on the relations that a statement's names mean now. Must be asked before the
* statement runs, which may drop what it names.
*
* @param index of the statement
*/
async function placeLocks(client, following, documented, index) {
	const found = /* @__PURE__ */ new Map();
	const place = (relation, mode) => {
		if (relation === void 0) return;
		const names = relation.current === null ? [] : [relation.current];
		found.set(`${relation.oid} ${mode}`, lockOf(relation, mode, names, void 0, index));
	};
	for (const { oid, mode } of await lockedOids(client, following, documented)) place(following.relations.get(oid), mode);
	return [...found.values()].sort((a, b) => key(a) < key(b) ? -1 : 1);
}
async function lockedOids(client, { relations }, { targets, every }) {
	const locked = [];
	for (const target of targets) locked.push(...await targetOids(client, target));
	if (every === null) return locked;
	const clustered = every.of === "clustered" ? await clusteredTables(client) : null;
	for (const [oid, { kind, tableOid, schema, filenode }] of relations) {
		if (filenode === 0) continue;
		if (every.of === "schema" && schema !== every.schema) continue;
		if (clustered !== null && !clustered.has(oid)) continue;
		if (kind === "table" || kind === "materialized-view") locked.push({
			oid,
			mode: every.mode
		});
		if (kind === "index" && tableOid !== null && every.indexes !== void 0) locked.push({
			oid,
			mode: every.indexes
		});
	}
	return locked;
}
/** The relation, its partitions, their tables (of an index), indexes, and what their foreign keys refer to. */
async function targetOids(client, target) {
	const { mode, indexes = null, referenced = null, partitions } = target;
	const quoted = [target.schema, target.name].filter((part) => part !== void 0).map(quoteIdentifier);
	const { rows } = await client.query(targetSql, [
		quoted.join("."),
		mode,
		indexes,
		referenced,
		partitions ?? null
	]);
	return rows;
}
/** An operator or type that is not the catalog's own could be the migration's: all are qualified. */
const targetSql = `WITH named AS (
    SELECT pg_catalog.to_regclass($1)::pg_catalog.oid AS oid
  ), leaves AS (
    SELECT t.relid::pg_catalog.oid AS oid FROM named n, pg_catalog.pg_partition_tree(n.oid) t WHERE t.isleaf
  ), treated AS (
    SELECT n.oid FROM named n
    WHERE $5::pg_catalog.text IS NULL OR $5::pg_catalog.text OPERATOR(pg_catalog.=) 'too'
      OR NOT EXISTS (SELECT FROM leaves l WHERE l.oid OPERATOR(pg_catalog.<>) n.oid)
    UNION SELECT l.oid FROM leaves l WHERE $5 IS NOT NULL
  ), tables AS (
    SELECT COALESCE(i.indrelid, t.oid) AS oid, i.indexrelid
    FROM treated t LEFT JOIN pg_catalog.pg_index i ON i.indexrelid OPERATOR(pg_catalog.=) t.oid
  )
  SELECT oid, $2::pg_catalog.text AS mode FROM tables
  UNION SELECT indexrelid, COALESCE($3::pg_catalog.text, $2) FROM tables
    WHERE indexrelid IS NOT NULL AND pg_catalog.pg_relation_filenode(indexrelid) IS NOT NULL
  UNION SELECT i.indexrelid, $3::pg_catalog.text
    FROM tables t JOIN pg_catalog.pg_index i ON i.indrelid OPERATOR(pg_catalog.=) t.oid
    WHERE $3 IS NOT NULL AND t.indexrelid IS NULL AND pg_catalog.pg_relation_filenode(i.indexrelid) IS NOT NULL
  UNION SELECT c.confrelid, $4::pg_catalog.text
    FROM tables t JOIN pg_catalog.pg_constraint c ON c.conrelid OPERATOR(pg_catalog.=) t.oid
    WHERE $4 IS NOT NULL AND c.contype OPERATOR(pg_catalog.=) 'f'`;
/** Tables that CLUSTER without a name takes: those that have been clustered before. */
async function clusteredTables(client) {
	const { rows } = await client.query("SELECT i.indrelid AS oid FROM pg_catalog.pg_index i WHERE i.indisclustered");
	return new Set(rows.map(({ oid }) => oid));
}
const quoteIdentifier = (name) => `"${name.replaceAll("\"", "\"\"")}"`;
const key = ({ schema, relation, mode }) => `${schema}\n${relation}\n${mode}`;
// src/run/probe.ts
/**
* One round trip after a traced statement, in its own session and transaction:
* - the settings that the next statement runs under;
* - `client_min_messages` again, since files made from dumps set it. Inside a transaction for its rest only:
*   what the file itself has set comes back with COMMIT, and is seen then;
* - the locks that this backend holds on base's relations (oids below 16384 are the system's);
* - their sequential scans, which cover what the server does not announce (DEFAULT partitions, domains);
* - rows of pg_class that this transaction wrote: what was made, renamed, or got a new storage file;
* - `pg_stat_force_next_flush`: the "in this transaction" counters of Postgres go on counting over
*   transactions until they are flushed, at most once a second if nobody asks. Before 15 nobody can ask:
*   there the counters are read when the transaction begins (`countersNow`) and taken off.
*
* A migration of 500 tables holds thousands of locks, nearly all on what it made itself, so that only what can
* be news is sent. Functions instead of views and no joins: planning would cost more than the work.
*/
function probeSql({ base, seen, writes }, major, asked) {
	const ours = "c.oid OPERATOR(pg_catalog.>=) 16384::pg_catalog.oid";
	const news = `(c.oid OPERATOR(pg_catalog.>) ${seen}::pg_catalog.oid
          OR c.oid OPERATOR(pg_catalog.=) ANY (ARRAY(SELECT l.relation FROM own l)))`;
	return `WITH own AS MATERIALIZED (
    SELECT l.relation, l.mode FROM pg_catalog.pg_lock_status() l
    WHERE l.relation OPERATOR(pg_catalog.<=) ${base}::pg_catalog.oid
      AND l.relation OPERATOR(pg_catalog.>=) 16384::pg_catalog.oid
      AND l.pid OPERATOR(pg_catalog.=) pg_catalog.pg_backend_pid()
      AND l.locktype OPERATOR(pg_catalog.=) 'relation')
${stateColumns(true, major)},
  pg_catalog.pg_stat_get_xact_tuples_deleted(1259) AS removals,
  pg_catalog.pg_stat_get_xact_tuples_updated(2615)
    OPERATOR(pg_catalog.+) pg_catalog.pg_stat_get_xact_tuples_deleted(2615) AS schema_changes,
  (SELECT pg_catalog.string_agg(pg_catalog.concat_ws(' ', l.relation::pg_catalog.int8, l.mode,
        pg_catalog.pg_stat_get_xact_numscans(l.relation),
        pg_catalog.pg_stat_get_xact_tuples_inserted(l.relation)
          OPERATOR(pg_catalog.+) pg_catalog.pg_stat_get_xact_tuples_updated(l.relation)
          OPERATOR(pg_catalog.+) pg_catalog.pg_stat_get_xact_tuples_deleted(l.relation)), ',')
    FROM own l) AS locked,
  ${catalogWrites} AS writes,
  CASE WHEN ${catalogWrites} OPERATOR(pg_catalog.>) ${writes}::pg_catalog.int8
    THEN (SELECT pg_catalog.json_agg(${presentText})
      FROM pg_catalog.pg_class c
      WHERE pg_catalog.age(c.xmin) OPERATOR(pg_catalog.<=) 0 AND ${asked === "all" ? ours : news}) END AS present`;
}
const stateColumns = (inTransaction, major) => `SELECT ${major >= 15 ? "pg_catalog.pg_stat_force_next_flush()," : ""}
  pg_catalog.current_setting('client_min_messages') AS messages,
  pg_catalog.set_config('client_min_messages', 'debug1', ${inTransaction}),
  pg_catalog.to_json(pg_catalog.current_schemas(false)) AS path,
  CURRENT_USER::pg_catalog.text AS role,
  pg_catalog.current_setting('track_counts') AS counting,
  pg_catalog.current_setting('lock_timeout') AS lock_timeout,
  pg_catalog.current_setting('statement_timeout') AS statement_timeout,
  pg_catalog.current_setting('idle_in_transaction_session_timeout') AS idle_timeout`;
/** Reads what the session's open transaction holds and has changed. */
async function probe(client, horizon, major, asked) {
	const { rows } = await client.query(probeSql(horizon, major, asked));
	const row = onlyRow(rows);
	return {
		session: sessionState(row),
		locked: lockedRelations(row.locked),
		present: (row.present ?? []).map(presentRelation),
		writes: Number(row.writes),
		removals: Number(row.removals),
		schemaChanges: Number(row.schema_changes)
	};
}
/**
* Only what the next statement will run under, for a session that is in no transaction.
*
* @param inTransaction true: it is in one, and hears the server's messages for its rest only
*/
async function probeIdle(client, major, inTransaction = false) {
	const { rows } = await client.query(stateColumns(inTransaction, major));
	return sessionState(onlyRow(rows));
}
/** `oid mode scans written`, one entry for each mode. */
function lockedRelations(text) {
	const found = /* @__PURE__ */ new Map();
	for (const entry of text === null ? [] : text.split(",")) {
		const [oid = "", mode, scans, written] = entry.split(" ");
		const known = found.get(Number(oid));
		if (known !== void 0) known.modes.push(mode);
		else found.set(Number(oid), {
			oid: Number(oid),
			modes: [mode],
			scans: Number(scans),
			written: Number(written)
		});
	}
	return [...found.values()];
}
function sessionState(row) {
	return {
		searchPath: row.path,
		role: row.role,
		messages: row.messages,
		counting: row.counting === "on",
		timeouts: {
			lockMs: milliseconds(row.lock_timeout),
			statementMs: milliseconds(row.statement_timeout),
			idleInTransactionMs: milliseconds(row.idle_timeout)
		}
	};
}
const unitMs = {
	us: .001,
	ms: 1,
	s: 1e3,
	min: 6e4,
	h: 36e5,
	d: 864e5
};
/** `SHOW lock_timeout` prints a number and a unit: `0`, `2s`, `1500ms`. */
function milliseconds(shown) {
	return Number.parseFloat(shown) * (unitMs[shown.replace(/^[\d.]+/, "")] ?? 1);
}
/** Major version of the server. */
async function majorOf(client) {
	const { rows } = await client.query("SHOW server_version_num");
	return Math.floor(Number(onlyRow(rows).server_version_num) / 1e4);
}
// src/run/standing.ts
const standingColumns = `pg_catalog.pg_snapshot_xmax(pg_catalog.pg_current_snapshot())::pg_catalog.xid::pg_catalog.text AS since,
  (SELECT pg_catalog.string_agg(pg_catalog.concat_ws(' ', counted.oid, counted.scans, counted.written), ',')
   FROM (SELECT c.oid, pg_catalog.pg_stat_get_numscans(c.oid) AS scans,
       pg_catalog.pg_stat_get_tuples_inserted(c.oid)
         OPERATOR(pg_catalog.+) pg_catalog.pg_stat_get_tuples_updated(c.oid)
         OPERATOR(pg_catalog.+) pg_catalog.pg_stat_get_tuples_deleted(c.oid) AS written
     FROM pg_catalog.pg_class c
     WHERE c.oid OPERATOR(pg_catalog.>=) 16384::pg_catalog.oid
       AND c.relkind OPERATOR(pg_catalog.=) ANY ('{r,p,m}'::pg_catalog."char"[]) OFFSET 0) counted
   WHERE counted.scans OPERATOR(pg_catalog.<>) 0 OR counted.written OPERATOR(pg_catalog.<>) 0) AS counters,
  (SELECT pg_catalog.json_agg(pg_catalog.json_build_array(c.oid::pg_catalog.int8, pg_catalog.concat(n.nspname, '.', c.relname)))
   FROM pg_catalog.pg_index i
   JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=) i.indexrelid
   JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
   WHERE NOT i.indisvalid AND c.relkind OPERATOR(pg_catalog.=) 'i' AND c.relpersistence OPERATOR(pg_catalog.<>) 't'
     AND c.oid OPERATOR(pg_catalog.>=) 16384::pg_catalog.oid
     AND n.nspname OPERATOR(pg_catalog.<>) 'pg_toast') AS invalid`;
/**
* What stands before a statement that commits by itself.
*
* @param inTransaction the session is in one that has begun earlier
*/
async function standingNow(client, inTransaction = false) {
	const { rows } = await client.query(`SELECT ${standingColumns}`);
	return standing(onlyRow(rows), inTransaction);
}
/** What it has left behind: rows of pg_class by later transactions, or all where a schema may have another name. */
async function settledSince(client, { since }, { horizon }) {
	const later = (row) => `pg_catalog.age(${row}.xmin) OPERATOR(pg_catalog.<=) pg_catalog.age('${since}'::pg_catalog.xid)`;
	const { rows } = await client.query(`SELECT ${standingColumns}, ${presentOidsText} AS oids,
      (SELECT pg_catalog.json_agg(${presentText}) FROM pg_catalog.pg_class c
       WHERE c.oid OPERATOR(pg_catalog.>=) 16384::pg_catalog.oid ${since === null ? "" : `AND (c.oid OPERATOR(pg_catalog.>) ${horizon.base}::pg_catalog.oid OR ${later("c")}
         OR EXISTS (SELECT FROM pg_catalog.pg_namespace n WHERE ${later("n")}))`}) AS present`);
	const row = onlyRow(rows);
	return {
		standing: standing(row, since === null),
		present: (row.present ?? []).map(presentRelation),
		there: readOids(row.oids)
	};
}
function standing({ since, counters, invalid }, inTransaction) {
	const counted = counters === null ? [] : counters.split(",").map((entry) => entry.split(" ").map(Number));
	return {
		counters: new Map(counted.map(([oid = 0, scans = 0, written = 0]) => [oid, {
			scans,
			written
		}])),
		invalid: new Map(invalid ?? []),
		since: inTransaction ? null : since
	};
}
/** What a statement did that committed by itself. Its locks are gone. */
function observeSettled(following, before, { standing, present, there }, statement) {
	forgetTransaction(following);
	const observation = observe(following, {
		locked: [...standing.counters].map(([oid, { scans, written }]) => ({
			oid,
			modes: [],
			scans: scans - (before.counters.get(oid)?.scans ?? 0),
			written: written - (before.counters.get(oid)?.written ?? 0)
		})),
		present,
		gone: goneOids(following, there)
	}, statement);
	forgetTransaction(following);
	const invalid = [...standing.invalid].flatMap(([oid, name]) => before.invalid.has(oid) ? [] : [name]);
	return {
		...observation,
		invalidIndexes: invalid.sort()
	};
}
// src/run/rows.ts
/**
* Rows that a statement wrote, null for what is not there to write any.
*
* @param counted what the server's counters say of base's tables
*/
function rowsWritten({ node }, { tags }, counted) {
	if (node !== null && "CopyStmt" in node && node.CopyStmt.is_from !== true) return null;
	return (node === null ? null : taggedRows(tags)) ?? (runsCode(node) ? counted : null);
}
// src/run/look.ts
/** What the open transaction looks like after a statement: the probe, and a closer look where it asks for one. */
async function look(client, following, node) {
	const { session, locked, present, writes, removals, schemaChanges } = await probe(client, following.horizon, following.major, mayRename(node) ? "all" : "news");
	const removed = removals > following.removals;
	const renamed = schemaChanges > following.schemaChanges || node === null;
	following.horizon = {
		...following.horizon,
		writes
	};
	following.removals = removals;
	following.schemaChanges = schemaChanges;
	return {
		session,
		view: {
			locked,
			present: renamed ? await allRelations(client, present) : present,
			gone: removed ? goneOids(following, await presentOids(client)) : []
		}
	};
}
/** May the statement give another name to what the transaction has made earlier? */
const mayRename = (node) => runsCode(node) || node !== null && ("RenameStmt" in node || "AlterObjectSchemaStmt" in node);
/** A new name for a schema changes no row of its relations. */
async function allRelations(client, present) {
	return [...(await settledRelations(client)).values(), ...present.filter(({ kind }) => kind === null)];
}
/**
* Has the statement kept the server's messages from us, or may it have where that matters? Only code can do
* so: a plain SET does nothing else, and what it sets is set back before the next statement.
*/
async function isDeaf(client, { relations, counters }, statement) {
	if (!runsCode(statement.node) || statement.proofs.length > 0) return false;
	if (statement.session.messages !== "debug1") return true;
	const replaced = new Set(statement.view.present.flatMap(({ oid, filenode }) => {
		const known = relations.get(oid);
		return known !== void 0 && known.filenode !== filenode ? [oid] : [];
	}));
	return statement.view.locked.some(({ oid, scans }) => replaced.has(oid) && scans > (counters.get(oid)?.scans ?? 0)) || replaced.size > 0 && await hasHushingFunction(client);
}
/** A function with a setting of its own takes it back when it ends. */
async function hasHushingFunction(client) {
	const { rows } = await client.query(`SELECT EXISTS (SELECT FROM pg_catalog.pg_proc p
       WHERE p.proconfig::pg_catalog.text OPERATOR(pg_catalog.~) 'client_min_messages') AS hushing`);
	return rows[0]?.hushing === true;
}
// src/run/deploy-session.ts
/** The session in which a deploy runs its migrations one after the other, observed. */
var DeploySession = class {
	session;
	following;
	status = "I";
	begunBy = "tool";
	/** What the next statement will run under. */
	state = {
		searchPath: ["public"],
		role: "",
		messages: "",
		counting: true,
		timeouts: {
			lockMs: 0,
			statementMs: 0,
			idleInTransactionMs: 0
		}
	};
	/** Finished migrations whose work is in the open transaction. */
	uncommitted = /* @__PURE__ */ new Set();
	lost = /* @__PURE__ */ new Set();
	/** How many messages were sent that may have done something. */
	messagesSent = 0;
	/** What stood after so many messages. */
	lastStanding = null;
	/** What was set after so many messages, these custom names included. */
	lastSettings = null;
	/** `client_min_messages` as the files' session has it, which our own setting hides. */
	messages = "notice";
	constructor(session, following) {
		this.session = session;
		this.following = following;
	}
	/** Sends one message. */
	async send(sql, copies) {
		const was = this.status;
		if (sql.trim() !== "") this.messagesSent += 1;
		const outcome = await this.session.send(sql, copies);
		this.status = outcome.status;
		if (outcome.tags.includes("COMMIT")) this.uncommitted.clear();
		if (was !== "I" && this.status === "I") {
			for (const migration of this.uncommitted) this.lost.add(migration);
			this.uncommitted.clear();
		}
		return outcome;
	}
	async begin(by) {
		await this.must("BEGIN");
		this.begunBy = by;
		forgetTransaction(this.following);
	}
	async rollback() {
		if (this.session.lost) return;
		if (this.status !== "I") await this.must("ROLLBACK");
		forgetTransaction(this.following);
		await this.readState();
		await this.catchUp();
	}
	/** Outside of a transaction: what stands now, which is asked again where something was sent since. */
	async standing() {
		if (this.lastStanding?.after === this.messagesSent) return this.lastStanding.standing;
		await settleCounters(this.session.client, this.following.major);
		return standingNow(this.session.client);
	}
	/** Outside of a transaction: what was left behind since then. */
	async settledSince(before) {
		await settleCounters(this.session.client, this.following.major);
		const settled = await settledSince(this.session.client, before, this.following);
		this.lastStanding = {
			after: this.messagesSent,
			standing: settled.standing
		};
		return settled;
	}
	/** A ROLLBACK has undone what was followed. */
	async catchUp() {
		catchUp(this.following, await settledRelations(this.session.client));
	}
	/** Outside of a transaction: what the next statement will run under. */
	async readState() {
		this.state = await probeIdle(this.session.client, this.following.major);
		if (this.state.messages !== "debug1") this.messages = this.state.messages;
	}
	/** After DISCARD ALL. */
	forgetSettings() {
		this.messages = "notice";
		this.lastSettings = null;
	}
	/**
	* What one migration leaves is what the next one begins with.
	*
	* @param custom names with a dot that the migration mentions
	*/
	async settings(custom) {
		const names = JSON.stringify(custom);
		if (this.lastSettings?.after !== this.messagesSent || this.lastSettings.custom !== names) {
			const settings = await readSettings(this.session.client, custom);
			this.lastSettings = {
				after: this.messagesSent,
				custom: names,
				settings
			};
		}
		return new Map([...this.lastSettings.settings, ["client_min_messages", this.messages]]);
	}
	/** Where counters go on over transactions: what they show before this one has done anything. */
	async count() {
		if (this.following.fresh) countFrom(this.following, await countersNow(this.session.client, this.following.major));
	}
	/** Sends what is no migration's: what it makes or locks is there when the next statement runs, and not that one's. */
	async sendAside(sql) {
		const { client } = this.session;
		const before = this.status === "I" ? await standingNow(client) : null;
		if (this.status === "T") await this.count();
		const outcome = await this.send(sql);
		this.session.takeNotices();
		if (outcome.error !== null) return outcome;
		if (this.status === "T") await this.takeIn(null);
		else if (before !== null) observeSettled(this.following, before, await settledSince(client, before, this.following), aside(null));
		return outcome;
	}
	/**
	* Inside a transaction: what the tool has just done is no statement's doing.
	*
	* @param node null where it may have been anything
	*/
	async takeIn(node) {
		const { view, session } = await look(this.session.client, this.following, node);
		observe(this.following, view, aside(node));
		this.state = session;
		this.session.takeNotices();
	}
	/** The transaction goes on with the next migration. */
	leaveOpen(migration, statements) {
		this.uncommitted.add(migration);
		heldBefore(this.following, statements);
	}
	/** Migrations that had run, and whose transaction was rolled back later. */
	get rolledBack() {
		return this.lost;
	}
	async must(sql) {
		const { error } = await this.send(sql);
		if (error !== null) throw error;
	}
};
const aside = (node) => ({
	index: -1,
	node,
	proofs: [],
	deaf: false
});
// src/run/migration-run.ts
/** What a migration is called in its trace. */
function head(migration, pieces) {
	const { version, name, file } = migration;
	return {
		version,
		name,
		file,
		status: "new",
		transaction: transactionOf(migration, pieces)
	};
}
function transactionOf(migration, pieces) {
	if (pieces.some(({ node }) => isTransactionControl(node))) return "own";
	if (migration.transaction === "implicit") return pieces.length > 1 ? "single" : "none";
	return migration.transaction === "shared" ? "single" : migration.transaction;
}
const isWrapped = ({ transaction }) => transaction === "single" || transaction === "shared";
/** 25001: "cannot run inside a transaction block"; 2D000: a COMMIT in a procedure or DO block. */
const needsNoTransaction = /* @__PURE__ */ new Set(["25001", "2D000"]);
/** One migration while it runs. */
var MigrationRun = class {
	deploy;
	input;
	migration;
	pieces;
	statements = [];
	tally = new Tally();
	/** `index` of the statements after which there must be no probe. */
	unseen;
	leftOpen = false;
	/** `index` of the statement that is being run. */
	current = 0;
	settingsBefore = /* @__PURE__ */ new Map();
	/** A hook that has a trace of its own ended the deploy. */
	hookFailed = null;
	constructor(input) {
		this.input = input;
		this.deploy = input.deploy;
		this.migration = input.migration;
		this.pieces = sentPieces(input.migration);
		this.unseen = beforeSetTransaction(this.pieces);
	}
	/** How many statements the migration has. */
	get length() {
		return this.pieces.length;
	}
	/** The deploy goes on after this migration. */
	get goesOn() {
		return this.hookFailed === null && !this.deploy.session.lost;
	}
	async trace() {
		const start = performance.now();
		const before = this.input.bookkeeping.before(this.migration);
		let error = before === "" ? null : this.errorAround(await this.deploy.send(before), 0);
		error ??= await this.runObserved();
		return {
			...head(this.migration, this.pieces),
			durationMs: performance.now() - start,
			error,
			ran: this.hookFailed !== "before-each",
			refused: null,
			rolledBack: this.hookFailed === "after-each" && isWrapped(this.migration),
			leftOpen: this.leftOpen,
			settingsLeft: error === null && this.hookFailed === null ? await this.settingsLeft() : [],
			statements: this.statements,
			alike: this.tally.statements()
		};
	}
	/** What the file sets (timeouts above all) may hit our own questions too; the next statement would be hit as well. */
	async runObserved() {
		try {
			const error = await this.start() ?? (this.goesOn ? await this.run() : null);
			if (error !== null || !this.goesOn) return error;
			return await this.around("after-each") ?? (this.goesOn ? await this.finish() : null);
		} catch (error) {
			const piece = this.pieces[this.current];
			if (!(error instanceof esm_default.DatabaseError)) throw placed(error, {
				file: this.migration.file,
				line: piece?.line
			});
			await this.deploy.rollback();
			return toServerError(error, {
				file: this.migration.sql,
				sent: "",
				start: piece?.start ?? 0
			});
		}
	}
	async start() {
		const { deploy, migration } = this;
		const { hooks, opens } = this.input;
		const hooked = hooks.some(({ when }) => when === "before-each");
		if (deploy.status === "I") await deploy.readState();
		if (!hooked) await this.readSettings();
		if (migration.transaction === "single" || migration.transaction === "shared" && opens) await deploy.begin("tool");
		const error = await this.around("before-each");
		if (hooked && error === null && this.goesOn) await this.readSettings();
		return error;
	}
	async around(when) {
		const failure = await runHooks(this.input.hooks, when, this.input.runHook);
		if (failure !== null) await this.deploy.rollback();
		else if (this.deploy.status === "I" && this.input.hooks.some((hook) => hook.when === when)) await this.deploy.readState();
		if (failure?.traced !== true) return failure?.error ?? null;
		this.hookFailed = when;
		return null;
	}
	async readSettings() {
		this.settingsBefore = await this.deploy.settings(customSettings(this.pieces));
		this.deploy.session.takeNotices();
	}
	/** What is set for a transaction that goes on does not leave it. */
	async settingsLeft() {
		const after = await this.deploy.settings(customSettings(this.pieces));
		const left = settingsLeft(this.settingsBefore, after);
		if (this.deploy.status === "I") return left;
		const local = localSettings(this.pieces);
		return left.filter(({ name }) => !local.has(name.toLowerCase()));
	}
	async run() {
		const { deploy } = this;
		for (const [index, piece] of this.pieces.entries()) {
			this.current = index;
			if (piece.block && deploy.status === "I" && !isTransactionControl(piece.node)) await deploy.begin("message");
			const error = await underWay(() => ({
				file: this.migration.file,
				line: piece.line
			}), async () => await this.runPiece(index, piece) ?? await this.endMessage(index, piece));
			if (error !== null) {
				await deploy.rollback();
				return error;
			}
			if (!deploy.state.counting) throw this.blinded(piece);
		}
		this.leftOpen = deploy.status === "T" && deploy.begunBy === "file" && !isWrapped(this.migration);
		return null;
	}
	/** The server commits what a message of several statements has done when the message ends. */
	async endMessage(index, piece) {
		const { deploy } = this;
		if (deploy.status !== "T" || deploy.begunBy !== "message") return null;
		return this.pieces[index + 1]?.message === piece.message ? null : this.commit(piece);
	}
	async commit(piece) {
		const commit = await this.deploy.send("COMMIT");
		forgetTransaction(this.deploy.following);
		if (commit.error !== null) return this.errorAt(commit, piece);
		await this.deploy.readState();
		return null;
	}
	/** Scans and rows, and that something was dropped, show in counters only. */
	blinded({ line }) {
		return new Undecided("not-observed", "The migration switches track_counts off, which only a superuser can. What it reads from then on cannot be seen.", { place: {
			file: this.migration.file,
			line
		} });
	}
	runPiece(index, piece) {
		if (piece.between) return this.unobserved(index, piece);
		if (this.deploy.status === "T" || isTransactionControl(piece.node)) return this.inTransaction(index, piece, true);
		return this.alone(index, piece);
	}
	/** One of very many alike: only counted. */
	async unobserved(index, { like, ...piece }) {
		const shared = this.deploy.status === "T";
		const outcome = await this.deploy.send(piece.sql, piece.copies);
		const notices = this.deploy.session.takeNotices();
		if (outcome.error !== null) {
			const node = parseFile(piece.sql).statements[0]?.node ?? null;
			const failed = {
				...piece,
				node,
				like: null
			};
			this.record(index, failed, outcome, notices, nothingObserved, {
				shared,
				source: "observed"
			});
			return this.errorAt(outcome, failed);
		}
		if (like === null) throw new Error("what is alike is like something");
		this.tally.add(like, piece, outcome);
		return null;
	}
	/** The tool's own row, and the end of whatever is still open. */
	async finish() {
		const { deploy, migration } = this;
		const after = this.input.bookkeeping.after(migration);
		const goesOn = migration.transaction === "shared" && !this.input.closes;
		const ends = deploy.status === "T" && !goesOn;
		const outcome = await deploy.send(ends ? `${after};COMMIT` : after);
		const error = this.errorAround(outcome, migration.sql.trimEnd().length);
		if (error !== null) await deploy.rollback();
		else if (deploy.status === "I") await deploy.readState();
		else await deploy.takeIn(toolsRow);
		return error;
	}
	/** A statement in the transaction that is open already (or one that opens or ends it). */
	async inTransaction(index, piece, shared) {
		const was = this.deploy.status;
		if (was === "T" && mayAskBefore(piece) && !this.unseen.has(index)) await this.deploy.count();
		const outcome = await this.deploy.send(piece.sql, piece.copies);
		const notices = this.deploy.session.takeNotices();
		const how = {
			shared,
			source: "observed"
		};
		if (outcome.error !== null) {
			this.record(index, piece, outcome, notices, nothingObserved, how);
			return this.errorAt(outcome, piece);
		}
		this.followBegin(was, piece);
		const state = this.deploy.state;
		const seen = this.unseen.has(index) ? nothingObserved : await this.seen(index, piece, notices);
		this.record(index, piece, outcome, notices, seen, {
			...how,
			state
		});
		return null;
	}
	async seen(index, { node }, notices) {
		if (takesBack(node)) await this.deploy.catchUp();
		if (this.deploy.status === "I") {
			forgetTransaction(this.deploy.following);
			await this.deploy.readState();
			return nothingObserved;
		}
		await this.deploy.count();
		const { view, session } = await look(this.deploy.session.client, this.deploy.following, node);
		this.deploy.state = session;
		const proofs = proofsIn(notices);
		const deaf = await isDeaf(this.deploy.session.client, this.deploy.following, {
			node,
			proofs,
			view,
			session
		});
		return {
			...observe(this.deploy.following, view, {
				index,
				node,
				proofs,
				deaf
			}),
			deaf
		};
	}
	/** A statement that commits by itself: observed in a transaction of its own where it allows one. */
	async alone(index, piece) {
		const documented = piece.node === null ? null : documentedLocks(piece.node);
		if (documented?.refuses === "always" || needsTransaction(piece.node)) return this.bare(index, piece, documented);
		await this.deploy.begin("tool");
		const error = await this.inTransaction(index, piece, false);
		if (error === null) {
			if (this.deploy.status === "I") return null;
			return this.commit(piece);
		}
		await this.deploy.rollback();
		if (!needsNoTransaction.has(error.sqlstate)) return error;
		this.statements.pop();
		return this.bare(index, piece, documented);
	}
	/** A statement that must not be in a transaction: only what it leaves behind can be compared. */
	async bare(index, piece, documented) {
		const { client } = this.deploy.session;
		const locks = documented === null ? [] : await placeLocks(client, this.deploy.following, documented, index);
		const before = await this.deploy.standing();
		const outcome = await this.deploy.send(piece.sql, piece.copies);
		const notices = this.deploy.session.takeNotices();
		const state = this.deploy.state;
		if (this.deploy.session.lost) {
			this.record(index, piece, outcome, notices, nothingObserved, {
				shared: false,
				source: "unknown",
				state
			});
			return this.errorAt(outcome, piece);
		}
		if (this.deploy.status === "I") await this.deploy.readState();
		else await this.deploy.rollback();
		const after = await this.deploy.settledSince(before);
		const { node } = piece;
		const proofs = proofsIn(notices);
		const deaf = documented === null && proofs.length === 0;
		const seen = observeSettled(this.deploy.following, before, after, {
			index,
			node,
			proofs,
			deaf
		});
		this.record(index, piece, outcome, notices, {
			...seen,
			deaf,
			locks
		}, {
			shared: false,
			source: documented === null ? "unknown" : "documented",
			state
		});
		return outcome.error === null ? null : this.errorAt(outcome, piece);
	}
	record(index, piece, outcome, notices, { written, deaf = false, ...seen }, how) {
		const { searchPath, role, timeouts } = how.state ?? this.deploy.state;
		const rows = outcome.error === null ? rowsWritten(piece, outcome, written) : null;
		const between = this.tally.take(piece.like);
		this.statements.push({
			index,
			line: piece.line,
			endLine: piece.endLine,
			sql: piece.sql,
			node: piece.node,
			durationMs: outcome.durationMs + between.ms,
			...seen,
			deaf,
			proofs: proofsIn(notices),
			notices: shownNotices(notices),
			inTransaction: how.shared,
			searchPath,
			role,
			timeouts: runsCode(piece.node) ? this.deploy.state.timeouts : timeouts,
			rowsWritten: rows === null ? null : rows + between.rows,
			source: how.source
		});
	}
	/** A BEGIN of the file: outside a transaction, or in a message's implicit block, which it turns into a real one. */
	followBegin(was, { node }) {
		if (node === null || !("TransactionStmt" in node)) return;
		const { kind } = node.TransactionStmt;
		if ((kind === "TRANS_STMT_BEGIN" || kind === "TRANS_STMT_START") && (was === "I" || this.deploy.begunBy === "message")) this.deploy.begunBy = "file";
	}
	errorAt(outcome, piece) {
		if (outcome.error === null) throw new Error("no error in this outcome");
		return toServerError(outcome.error, {
			file: this.migration.sql,
			sent: piece.sql,
			start: piece.start
		});
	}
	/** An error in the tool's own SQL, which the tool would get as well; shown at the file's beginning or end. */
	errorAround({ error }, start) {
		return error === null ? null : toServerError(error, {
			file: this.migration.sql,
			sent: "",
			start
		});
	}
};
/** What a tool does to its own table, to the observer. */
const toolsRow = { InsertStmt: {} };
// src/run/trace-migrations.ts
/**
* Runs new migrations statement by statement, as their tool would send them, and observes each one. The
* first failure ends the run, as it ends the tool's.
*/
async function traceMigrations(input) {
	try {
		var _usingCtx$1 = _usingCtx();
		const session = _usingCtx$1.a(await openSession(input.connection));
		const base = await settledRelations(session.client);
		const deploy = new DeploySession(session, follow(base, await majorOf(session.client)));
		return {
			migrations: (await deployAll(deploy, input)).map(({ migration, trace }) => trace.error === null && deploy.rolledBack.has(migration) ? {
				...trace,
				rolledBack: true
			} : trace),
			baseRelations: [...base.values()].map(({ oid, schema, relation, kind, tableOid }) => ({
				oid,
				schema,
				relation,
				kind,
				tableOid
			}))
		};
	} catch (_) {
		_usingCtx$1.e = _;
	} finally {
		await _usingCtx$1.d();
	}
}
async function deployAll(deploy, input) {
	const { migrations, bookkeeping, hooks = [], sessions, mayFail, onMigration } = input;
	const { session } = deploy;
	const observed = new Set(input.observedHooks);
	const ran = [];
	if (migrations.length === 0 && observed.size === 0) return ran;
	let afterwards = [];
	const alone = ({ when }) => migrations.length === 0 && when.endsWith("-each");
	const runHook = async (hook) => {
		if (!observed.delete(hook)) return asMessage((sql) => deploy.sendAside(sql))(hook);
		const own = await observeHook(deploy, asMigration(hook, alone(hook) ? "single" : "shared"));
		(hook.when === "after-each" ? afterwards : ran).push(own);
		return own.trace.error === null ? null : {
			error: own.trace.error,
			traced: true
		};
	};
	const { failure, renew } = await runBeforeAll(session, hooks, runHook);
	let stopped = failure !== null;
	let untold = failure?.traced === false ? failure.error : null;
	for (const [index, migration] of migrations.entries()) {
		if (stopped) {
			ran.push({
				migration,
				trace: {
					...notRun(migration),
					error: untold
				}
			});
			untold = null;
			continue;
		}
		if (migration.refused !== void 0) {
			await deploy.rollback();
			ran.push({
				migration,
				trace: {
					...notRun(migration),
					refused: migration.refused
				}
			});
			stopped = true;
			continue;
		}
		onMigration?.(migration);
		if (sessions === "each" && index > 0 && deploy.status === "I") {
			await renew();
			deploy.forgetSettings();
		}
		const run = new MigrationRun({
			deploy,
			bookkeeping,
			hooks,
			runHook,
			migration,
			opens: migrations[index - 1]?.transaction !== "shared",
			closes: migrations[index + 1]?.transaction !== "shared"
		});
		const trace = await run.trace();
		ran.push({
			migration,
			trace
		}, ...afterwards);
		afterwards = [];
		if (deploy.status !== "I") deploy.leaveOpen(migration, run.length);
		const bearable = mayFail?.(migration) === true && migration.transaction !== "shared";
		stopped = !run.goesOn || trace.error !== null && !bearable;
	}
	if (!stopped && migrations.length === 0) {
		for (const hook of [...observed].filter(alone)) await runHook(hook);
		ran.push(...afterwards);
	}
	const atEnd = stopped ? null : await runHooks(hooks, "after-all", runHook);
	if (atEnd?.traced === false) untold = atEnd.error;
	return untold === null ? ran : withError(ran, untold, observed);
}
/** The error of a hook without a trace belongs to what ran last, or to what did not run because of it. */
function withError(ran, error, notReached) {
	const last = ran.at(-1);
	if (last !== void 0) return [...ran.slice(0, -1), {
		...last,
		trace: {
			...last.trace,
			error: last.trace.error ?? error
		}
	}];
	return [...notReached].slice(0, 1).map((hook) => {
		const migration = asMigration(hook, "shared");
		return {
			migration,
			trace: {
				...notRun(migration),
				error
			}
		};
	});
}
/** Settings that a hook leaves are what it is there for. */
async function observeHook(deploy, migration) {
	const run = new MigrationRun({
		deploy,
		bookkeeping: unrecorded,
		hooks: [],
		runHook: async () => null,
		migration,
		opens: false,
		closes: migration.transaction !== "shared"
	});
	const trace = await run.trace();
	if (deploy.status !== "I") deploy.leaveOpen(migration, run.length);
	return {
		migration,
		trace: {
			...trace,
			settingsLeft: []
		}
	};
}
function notRun(migration) {
	return {
		...head(migration, sentPieces(migration)),
		durationMs: null,
		error: null,
		ran: false,
		refused: null,
		rolledBack: false,
		leftOpen: false,
		settingsLeft: [],
		statements: [],
		alike: []
	};
}
export { startShadow as A, prepare as C, runDump as D, keepPicture as E, expectShadow as O, buildBase as S, surroundingsOf as T, documentedLocks as _, observeSettled as a, settledRelations as b, majorOf as c, nothingObserved as d, observe as f, forgetTransaction as g, follow as h, rowsWritten as i, isServerUrl as k, probeIdle as l, countFrom as m, isDeaf as n, settledSince as o, catchUp as p, look as r, standingNow as s, traceMigrations as t, placeLocks as u, countersNow as v, start as w, build as x, settleCounters as y };

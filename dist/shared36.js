import { n as UserError, t as Undecided } from "./shared6.js";
import { o as diff, t as snapshot } from "./shared7.js";
import { u as loadParser } from "./shared8.js";
import { t as ruleDefaults } from "./rules.js";
import { t as esm_default } from "./postgres-client.js";
import { r as limited } from "./shared12.js";
import { I as assigned, L as stringsIn, w as configuredTool } from "./shared15.js";
import { a as rehearse, i as loadConfig, t as openTrees } from "./shared19.js";
import { t as _usingCtx } from "./shared21.js";
import { i as visibleLine } from "./shared30.js";
import { i as fence, n as code, o as prose, r as details } from "./shared31.js";
import { createHash } from "node:crypto";
// src/config/options.ts
/** What counts where nobody says anything. */
const noOptions = {
	repo: ".",
	base: null,
	head: null,
	config: null,
	path: null,
	tool: null,
	shadow: "auto",
	applyCommand: null,
	postgresVersion: null,
	postgresImage: null,
	shadowSuperuser: null,
	shadowData: null,
	timeoutMinutes: null,
	rules: null,
	failOn: null,
	tableStats: null,
	checkDown: null,
	appliedRef: null,
	checkRerun: null,
	checkOpenPrs: null,
	also: [],
	cache: true
};
// src/status/compare.ts
/** Puts what a database has recorded beside what the checkout has. */
function compareStatus(tool, history, recorded, reader) {
	const known = new Map([...history.migrations, ...history.onEmpty ?? []].map((migration) => [migration.identity, migration]));
	const rows = new Map(recorded.map((row) => [row.identity, row]));
	const entries = [];
	const applied = history.migrations.filter(({ identity }) => rows.get(identity)?.state === "applied");
	for (const row of recorded) {
		const migration = known.get(row.identity);
		const place = {
			name: row.name,
			file: migration?.file ?? null
		};
		if (row.state === "failed") {
			const says = `It did not come to its end${row.says === void 0 ? "" : `: ${row.says}`}.`;
			entries.push({
				...place,
				kind: "failed",
				stops: true,
				says
			});
		} else if (migration === void 0) {
			const says = "The database has it and this checkout does not: the database is newer, or the file is gone. Do not deploy.";
			entries.push({
				...place,
				kind: "unknown",
				stops: true,
				says
			});
		} else entries.push(...changedOf(tool, migration, row, reader));
	}
	if (reader.unordered !== true) entries.push(...orderOf(history, recorded));
	entries.push(...pendingOf(tool, history, rows, applied));
	return {
		applied,
		entries: entries.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
	};
}
const order = [
	"failed",
	"unknown",
	"changed",
	"late",
	"order",
	"pending"
];
function changedOf(tool, migration, row, reader) {
	const now = reader.checksum?.(migration) ?? null;
	if (now === null || row.checksum === null || now === row.checksum) return [];
	const place = {
		name: row.name,
		file: migration.file
	};
	if (migration.repeatable !== void 0) return [{
		...place,
		kind: "pending",
		stops: false,
		says: "It has changed, so that it runs again."
	}];
	const { does, says } = tool.onHistoryChange.edited;
	return [{
		...place,
		kind: "changed",
		stops: true,
		says: `The database has run another text than this checkout has (checksum ${short(row.checksum)}, now ${short(now)}). ${does === "refuses" ? says : "What it made is not what the file says."}`
	}];
}
const short = (checksum) => checksum.length > 16 ? `${checksum.slice(0, 12)}…` : checksum;
/** Applied in another order than a new database applies them. */
function orderOf(history, recorded) {
	const places = new Map(history.migrations.map(({ identity }, index) => [identity, index]));
	let newest = -1;
	return recorded.flatMap((row) => {
		const place = places.get(row.identity);
		const migration = place === void 0 ? void 0 : history.migrations[place];
		if (place === void 0 || migration === void 0 || migration.repeatable !== void 0) return [];
		const before = history.migrations[newest];
		if (place > newest || before === void 0) {
			newest = Math.max(newest, place);
			return [];
		}
		const says = `It was applied after ${before.version}, which a new database gets later.`;
		return [{
			kind: "order",
			stops: false,
			name: row.name,
			file: migration.file,
			says
		}];
	});
}
function pendingOf(tool, history, rows, applied) {
	const open = history.migrations.filter(({ identity, repeatable, onlyWhenEmpty }) => !rows.has(identity) && repeatable !== "always" && (onlyWhenEmpty !== true || applied.length === 0));
	const once = applied.filter(({ repeatable }) => repeatable === void 0);
	const newest = once.at(-1);
	const place = new Map(history.migrations.map((migration, index) => [migration, index]));
	const isLate = new Set(newest === void 0 ? [] : tool.late?.(open, once) ?? open.filter((one) => one.repeatable === void 0 && (place.get(one) ?? 0) < (place.get(newest) ?? 0)));
	const { does, says } = tool.onHistoryChange.outOfOrder;
	return open.map((migration) => {
		const shared = {
			name: migration.version,
			file: migration.file
		};
		if (!isLate.has(migration)) return {
			...shared,
			kind: "pending",
			stops: false,
			says: "The next deploy runs it."
		};
		return {
			...shared,
			kind: "late",
			stops: does === "refuses" || does === "skips",
			says
		};
	});
}
// src/status/connect.ts
/** How long one question may take, and how long it may wait for a lock, in milliseconds. */
const STATEMENT_MS = 5e3;
const limits = `SET LOCAL statement_timeout = ${STATEMENT_MS}; SET LOCAL lock_timeout = 1000`;
/**
* Connects so that nothing can be changed or held up: every transaction is read-only, and statements and the wait for a
* lock end by themselves.
*
* @throws UserError for what is no URL of PostgreSQL, or cannot be reached; no message holds the password
*/
async function askDatabase(url) {
	const { label, secrets } = read(url);
	const client = new esm_default.Client({
		connectionString: url,
		application_name: "migration-gate status",
		connectionTimeoutMillis: 1e4,
		query_timeout: STATEMENT_MS * 2
	});
	client.on("error", () => {});
	try {
		await client.connect();
	} catch (error) {
		await client.end().catch(() => {});
		throw new UserError(`The database ${label} cannot be reached: ${hidden(error.message, secrets)}`);
	}
	return {
		client: Object.create(client, { query: { value: (asked, ...rest) => typeof asked === "string" && asked.startsWith("BEGIN") ? client.query(asked, ...rest).then((result) => client.query(limits).then(() => result)) : client.query(asked, ...rest) } }),
		label,
		ask: async (sql, values = []) => {
			try {
				await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
				await client.query(limits);
				const { rows } = await client.query(sql, [...values]);
				await client.query("COMMIT");
				return rows;
			} catch (error) {
				await client.query("ROLLBACK").catch(() => {});
				throw new UserError(`${label} does not tell what was applied: ${hidden(error.message, secrets)}`);
			}
		},
		[Symbol.asyncDispose]: () => client.end().catch(() => {})
	};
}
function read(url) {
	let parsed;
	try {
		parsed = new URL(url.replace("@/", "@localhost/"));
	} catch {
		throw new UserError("--database-url is no URL: postgresql://user:password@host:5432/database.");
	}
	if (!/^postgres(?:ql)?:$/.test(parsed.protocol)) throw new UserError("--database-url must begin with postgresql://.");
	const { password, hostname, port, pathname } = parsed;
	const given = [
		password,
		decoded(password),
		parsed.searchParams.get("password") ?? "",
		url
	];
	return {
		label: `${`${hostname || (parsed.searchParams.get("host") ?? "localhost")}${port === "" ? "" : `:${port}`}`}/${decoded(pathname.slice(1))}`,
		secrets: given.filter((text) => text !== "")
	};
}
function decoded(text) {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
const hidden = (message, secrets) => secrets.reduce((text, secret) => text.replaceAll(secret, "***"), message);
// src/status/readers/versions.ts
const applied = (identity, checksum = null) => ({
	identity,
	name: identity,
	state: "applied",
	checksum
});
/** A table with one row for each applied version, which tells nothing else. */
const versionsOf = (column, orderBy = null) => ({
	async read(ask, table) {
		return (await ask(`SELECT ${column}::text AS version FROM ${table}${orderBy === null ? "" : ` ORDER BY ${orderBy}`}`)).flatMap(({ version }) => version == null ? [] : [applied(version)]);
	},
	...orderBy === null ? { unordered: true } : {}
});
/** golang-migrate: one row, the version that the database stands at. */
const newestVersion = {
	unordered: true,
	async read(ask, table, known) {
		const [row] = await ask(`SELECT version::text AS version, dirty::text AS dirty FROM ${table} LIMIT 1`);
		if (row?.version == null) return [];
		const at = BigInt(row.version);
		const below = known.filter(({ identity }) => BigInt(identity) < at).map(({ identity }) => applied(identity));
		const newest = applied(row.version);
		return row.dirty === "true" ? [...below, {
			...newest,
			state: "failed",
			says: "it is marked as dirty"
		}] : [...below, newest];
	}
};
/** goose: the newest row of a version counts, and a way back may have left one that says false. */
const goose = { async read(ask, table) {
	const rows = await ask(`SELECT version_id::text AS version, is_applied::text AS applied FROM ${table} ORDER BY id`);
	const last = /* @__PURE__ */ new Map();
	for (const { version, applied: isApplied } of rows) {
		if (version == null || version === "0") continue;
		last.delete(version);
		last.set(version, isApplied === "true");
	}
	return [...last].flatMap(([version, isApplied]) => isApplied ? [applied(version)] : []);
} };
/** Hasura: the command's state is JSON from version 3 on, a table before. */
const hasura = {
	unordered: true,
	table: () => ({
		schema: "hdb_catalog",
		relation: "hdb_version"
	}),
	async read(ask, table, known, tool) {
		const [old] = await ask(`SELECT to_regclass('hdb_catalog.schema_migrations')::text AS found`);
		return (old?.found != null && tool.bookkeeping.setup.includes("schema_migrations") ? await ask("SELECT version::text AS version, dirty::text AS dirty FROM hdb_catalog.schema_migrations") : await ask(`SELECT one.key AS version, one.value AS dirty FROM ${table} state,
             jsonb_each(state.cli_state->'migrations') source, jsonb_each_text(source.value) one
           WHERE jsonb_typeof(source.value) = 'object' AND source.key = coalesce($1, source.key)`, [databaseOf(known[0]?.file)])).flatMap(({ version, dirty }) => version == null ? [] : [dirty === "true" ? {
			...applied(version),
			state: "failed",
			says: "it is marked as dirty"
		} : applied(version)]);
	}
};
/** `migrations/default/1_x/up.sql`: version 3 has a directory for each source. */
const databaseOf = (file) => file?.split("/").at(-3) ?? "default";
// src/status/readers/adapter.ts
/** Tools that run themselves tell by their adapter what a row means. */
const byAdapter = ({ command, name }) => ({
	unordered: true,
	async read(ask, table, known) {
		const identities = (await ask(`SELECT to_jsonb(one)::text AS one FROM ${table} one`)).flatMap(({ one }) => {
			const row = Object.entries(JSON.parse(one ?? "{}"));
			const texts = Object.fromEntries(row.map(([key, value]) => [key, value === null ? null : String(value)]));
			return command?.recorded(texts, known) ?? [];
		});
		return (meanings[name]?.(identities, known) ?? identities).map((identity) => applied(identity));
	}
});
/** What the rows of a table mean, where that is more or less than a migration each. */
const meanings = {
	alembic: withParents,
	django: ofOwnApps
};
/** Alembic's table holds the newest revision of each branch alone. */
function withParents(heads, known) {
	const byIdentity = new Map(known.map((migration) => [migration.identity, migration]));
	const missing = heads.some((head) => !byIdentity.has(head));
	const found = /* @__PURE__ */ new Set();
	const visit = (identity) => {
		if (found.has(identity)) return;
		found.add(identity);
		const parents = String(byIdentity.get(identity)?.extra?.parents ?? "");
		for (const parent of parents.split(/[\s,]+/)) if (parent !== "") visit(parent);
	};
	heads.forEach(visit);
	if (missing) for (const { identity } of known) found.add(identity);
	return [...found];
}
/**
* Django's table holds the migrations of installed packages too (`auth`, `sessions`), whose files no checkout has; and of a
* squash both what it replaces and, once all of that is there, itself.
*/
function ofOwnApps(identities, known) {
	const appOf = (identity) => identity.slice(0, identity.indexOf("."));
	const apps = new Set(known.map(({ identity }) => appOf(identity)));
	const recorded = new Set(identities);
	const replaced = /* @__PURE__ */ new Set();
	for (const migration of known) {
		const replaces = replacedBy(migration);
		for (const one of replaces) replaced.add(one);
		if (replaces.length > 0 && replaces.every((one) => recorded.has(one))) recorded.add(migration.identity);
	}
	const here = new Set(known.map(({ identity }) => identity));
	return [...recorded].filter((identity) => apps.has(appOf(identity)) && (here.has(identity) || !replaced.has(identity)));
}
/** `replaces = [("shop", "0001_initial"), …]` of a squash. */
function replacedBy({ bytes, extra }) {
	if (!(Number(extra?.replaces ?? 0) > 0)) return [];
	const words = stringsIn(assigned(bytes.toString("utf8"), "replaces", "[ \\t]+"));
	return words.flatMap((app, index) => index % 2 === 0 ? [`${app}.${words[index + 1]}`] : []);
}
// src/status/readers/checksums.ts
const extra = (name) => (migration) => {
	const value = migration.extra?.[name];
	return value === void 0 || value === "" ? null : String(value);
};
const sha256 = ({ bytes }) => createHash("sha256").update(bytes).digest("hex");
const prisma = {
	checksum: sha256,
	async read(ask, table) {
		return (await ask(`SELECT migration_name AS name, checksum, finished_at::text AS finished, rolled_back_at::text AS back,
         applied_steps_count::text AS steps FROM ${table} ORDER BY started_at, migration_name`)).flatMap(({ name, checksum = null, finished, back }) => {
			if (name == null || back != null) return [];
			if (finished != null) return [applied(name, checksum)];
			return [{
				...applied(name, checksum),
				state: "failed",
				says: "it was begun and has no end"
			}];
		});
	}
};
const flyway = {
	checksum: (migration) => migration.opaque === void 0 ? extra("checksum")(migration) : null,
	async read(ask, table, known) {
		const rows = await ask(`SELECT version, description, type, checksum::text AS checksum, success::text AS success FROM ${table} ORDER BY installed_rank`);
		const found = /* @__PURE__ */ new Map();
		for (const { version, description, type, checksum = null, success } of rows) {
			if (type === "SCHEMA") continue;
			const identity = version == null ? `R ${description}` : normal(version);
			if (type === "DELETE" || type?.startsWith("UNDO")) {
				found.delete(identity);
				continue;
			}
			if (type === "BASELINE" || type === "SQL_BASELINE") {
				for (const one of known) if (one.repeatable === void 0 && compare(one.version, version ?? "") <= 0) found.set(one.identity, applied(one.identity));
				if (type === "SQL_BASELINE") found.set(`B${identity}`, applied(`B${identity}`, checksum));
				continue;
			}
			const name = version ?? description ?? "";
			found.delete(identity);
			found.set(identity, {
				identity,
				name,
				state: success === "false" ? "failed" : "applied",
				checksum,
				...success === "false" ? { says: "its row says success = false" } : {}
			});
		}
		return [...found.values()];
	}
};
/** As the tool writes it: `1.0` is `1`. */
const normal = (version) => version.split(/[._]/).map((part) => part.replace(/^0+(?=\d)/, "")).join(".").replace(/(?:\.0)+$/, "");
function compare(left, right) {
	const [a, b] = [normal(left).split("."), normal(right).split(".")];
	for (let part = 0; part < Math.max(a.length, b.length); part += 1) {
		const [x, y] = [BigInt(a[part] ?? "0"), BigInt(b[part] ?? "0")];
		if (x !== y) return x < y ? -1 : 1;
	}
	return 0;
}
const sqlx = {
	unordered: true,
	checksum: extra("checksum"),
	async read(ask, table) {
		return (await ask(`SELECT version::text AS version, success::text AS success, encode(checksum, 'hex') AS checksum FROM ${table}`)).flatMap(({ version, success, checksum = null }) => version == null ? [] : success === "false" ? [{
			...applied(version, checksum),
			state: "failed",
			says: "its row says success = false"
		}] : [applied(version, checksum)]);
	}
};
const refinery = {
	unordered: true,
	checksum: extra("checksum"),
	async read(ask, table) {
		return (await ask(`SELECT version::text AS version, checksum FROM ${table} ORDER BY version`)).flatMap(({ version, checksum = null }) => version == null ? [] : [applied(version, checksum)]);
	}
};
const atlas = {
	checksum: extra("hash"),
	async read(ask, table) {
		return (await ask(`SELECT version, hash, applied::text AS applied, total::text AS total, error FROM ${table} ORDER BY executed_at, version`)).flatMap((row) => {
			if (row.version == null || row.version.startsWith(".")) return [];
			const one = applied(row.version, row.hash === "" ? null : row.hash ?? null);
			if ((row.error ?? "") === "" && row.applied === row.total) return [one];
			return [{
				...one,
				state: "failed",
				says: `${row.applied} of its ${row.total} statements were applied`
			}];
		});
	}
};
const liquibase = {
	checksum: (migration) => migration.opaque === void 0 ? extra("checksum")(migration) : null,
	async read(ask, table) {
		return (await ask(`SELECT id, author, filename, md5sum, exectype FROM ${table} ORDER BY orderexecuted, dateexecuted`)).flatMap(({ id, author, filename, md5sum = null, exectype }) => {
			if (exectype === "SKIPPED") return [];
			const name = `${filename}::${id}::${author}`;
			const one = {
				...applied(name.toLowerCase(), md5sum),
				name
			};
			return exectype === "FAILED" ? [{
				...one,
				state: "failed"
			}] : [one];
		});
	}
};
const drizzle = {
	checksum: sha256,
	async read(ask, table, known) {
		return (await ask(`SELECT to_jsonb(one)::text AS one FROM ${table} one ORDER BY id`)).flatMap(({ one }) => {
			const { hash = null, created_at, name } = JSON.parse(one ?? "{}");
			const own = known.find(({ identity, extra: more }) => typeof name === "string" ? identity === name : String(more?.when) === String(created_at));
			const shown = own?.name || (typeof name === "string" ? name : String(created_at));
			return [{
				...applied(own?.identity ?? String(name ?? created_at), hash),
				name: shown
			}];
		});
	}
};
const graphileMigrate = {
	checksum: extra("hash"),
	async read(ask, table) {
		return (await ask(`SELECT hash, filename FROM ${table} ORDER BY filename`)).flatMap(({ hash = null, filename }) => {
			const number = /^(\d+)/.exec(filename ?? "")?.[1];
			return number === void 0 ? [] : [{
				...applied(number, hash),
				name: filename ?? number
			}];
		});
	},
	unordered: true
};
// src/status/readers/index.ts
const readers = {
	prisma,
	drizzle,
	flyway,
	"golang-migrate": newestVersion,
	sqlx,
	dbmate: versionsOf("version"),
	goose,
	supabase: versionsOf("version"),
	hasura,
	atlas,
	liquibase,
	sqitch: {
		table: ({ bookkeeping }) => {
			const [schema] = bookkeeping.schemas ?? [];
			return schema === void 0 ? null : {
				schema,
				relation: "changes"
			};
		},
		checksum: ({ extra: more }) => JSON.parse(String(more?.registered)).scriptHash,
		async read(ask, table, known) {
			const rows = await ask(`SELECT change_id AS id, change AS name, script_hash AS hash, project FROM ${table} ORDER BY committed_at`);
			const plans = known.map((migration) => ({
				migration,
				plan: JSON.parse(String(migration.extra?.registered))
			}));
			const [{ plan: own } = { plan: null }] = plans;
			return rows.flatMap(({ id, name, hash = null, project }) => {
				if (own !== null && project !== own.project) return [];
				const found = plans.find(({ plan }) => plan.change.id === id)?.migration;
				return [{
					...applied(found?.identity ?? String(id), hash),
					name: name ?? String(id)
				}];
			});
		}
	},
	"graphile-migrate": graphileMigrate,
	"node-pg-migrate": versionsOf("name", "run_on, id"),
	diesel: versionsOf("version"),
	refinery
};
/** How the tool's table is read; null where it has none that we know. */
function readerOf(tool) {
	const own = readers[tool.name];
	if (own !== void 0) return own;
	return tool.command === void 0 || tool.command.anyTable === true ? null : byAdapter(tool);
}
// src/status/status.ts
/** What belongs to a server and its operators, not to the migrations' schema. */
const notSchema = /* @__PURE__ */ new Set([
	"role",
	"role-membership",
	"setting",
	"owner",
	"privilege",
	"default-privilege"
]);
/**
* Reads where a real database stands and puts it beside a checkout. Nothing is written to either.
*
* @throws UserError for wrong use, and where the database cannot be read
*/
async function readStatus(input) {
	try {
		return await statusOf(input);
	} catch (error) {
		throw error instanceof Undecided ? new UserError(error.message) : error;
	}
}
async function statusOf(input) {
	try {
		var _usingCtx$1 = _usingCtx();
		const { options, databaseUrl, onProgress } = input;
		await loadParser();
		const trees = _usingCtx$1.a(await openTrees({
			repo: options.repo,
			base: options.head ?? "HEAD",
			head: options.head,
			mergeHead: false,
			onProgress
		}));
		const config = await loadConfig({
			options,
			head: trees.head,
			base: trees.base,
			ruleDefaults
		});
		const database = theOne(config.databases);
		const tool = await configuredTool(database, trees);
		const history = await tool.history(trees.head, database.path);
		const reader = readerOf(tool);
		if (reader === null) throw new UserError(`${tool.title} has no table of its own in which a database records what was applied, so that nothing can be said of it.`);
		const asked = _usingCtx$1.a(await askDatabase(databaseUrl));
		onProgress(`reading ${asked.label}`);
		const { table, applied, entries } = await standing(asked, tool, history, reader);
		const drift = input.schema ? await driftOf({
			input,
			config,
			database,
			tool,
			applied,
			asked
		}) : null;
		const stops = entries.some((entry) => entry.stops) || drift !== null && drift.length > 0;
		const work = entries.some(({ kind }) => kind === "pending" || kind === "late");
		return {
			schemaVersion: 1,
			state: stops ? "stop" : work ? "pending" : "up-to-date",
			database: asked.label,
			path: database.path,
			tool: tool.title,
			applied: applied.length,
			known: history.migrations.length,
			entries,
			drift,
			notes: [
				...table === null ? [await withoutTable(asked, tool)] : [],
				...drift === null ? [] : ["Roles, owners, privileges and settings are not compared."],
				...history.notes
			]
		};
	} catch (_) {
		_usingCtx$1.e = _;
	} finally {
		await _usingCtx$1.d();
	}
}
/** What the tool's table says beside a history; `table` is null where the database has none. */
async function standing(asked, tool, history, reader) {
	const table = await tableOf(asked, tool, reader.table?.(tool) ?? null);
	return {
		table,
		...compareStatus(tool, history, table === null ? [] : await reader.read(asked.ask, table, history.migrations, tool), reader)
	};
}
/** Tables that the tool has not made: another database, or one that has to be told first where it stands. */
async function withoutTable({ ask }, { title }) {
	const none = `The database has no table of ${title}: nothing was ever applied there by it.`;
	const [row] = await ask(`SELECT count(*)::text AS count FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p') AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_' AND NOT EXISTS (
       SELECT FROM pg_catalog.pg_depend d
       WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')`);
	const count = Number(row?.count ?? 0);
	return count === 0 ? none : `${none} It holds ${count} table${count === 1 ? "" : "s"} all the same: it may be another database than the one that is meant, or one for which ${title} needs a baseline before it deploys.`;
}
const identifier = (name) => `"${name.replaceAll("\"", "\"\"")}"`;
function theOne(databases) {
	const [first, ...others] = databases;
	if (first === void 0) throw new UserError("No migrations were found here. Name their directory: --path DIR.");
	if (others.length > 0) throw new UserError(`Several directories hold migrations: ${databases.map(({ path }) => path).join(", ")}. Say which one the database follows: --path DIR.`);
	return first;
}
/** The tool's table, quoted; null where the database has none. A `public` that was assumed may be another schema. */
async function tableOf({ ask }, { bookkeeping }, own) {
	const [first] = bookkeeping.relations;
	const dot = first?.indexOf(".") ?? -1;
	const wanted = own ?? (first === void 0 ? null : {
		schema: first.slice(0, dot),
		relation: first.slice(dot + 1)
	});
	if (wanted === null) return null;
	const schema = (await ask(`SELECT n.nspname::text AS schema FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relname = $1 AND c.relkind IN ('r', 'p') AND (n.nspname = $2 OR $2 = 'public' AND n.nspname = ANY (current_schemas(false)))
     ORDER BY n.nspname = $2 DESC LIMIT 1`, [wanted.relation, wanted.schema]))[0]?.schema;
	return schema == null ? null : `${identifier(schema)}.${identifier(wanted.relation)}`;
}
/** What the applied migrations make on a shadow against what the database has. */
async function driftOf({ input, config, database, tool, applied, asked }) {
	if (tool.command !== void 0 && applied.some(({ program }) => program === true)) throw new UserError(`--schema needs migrations that are SQL files: those of ${tool.title} are programs.`);
	const { options, onProgress } = input;
	return limited(config.timeoutMinutes, () => "comparing the schemas", async (limits) => {
		try {
			var _usingCtx3 = _usingCtx();
			const rehearsal = _usingCtx3.a(await rehearse({
				tool,
				path: database.path,
				shadow: options.shadow,
				cache: options.cache,
				postgresMajor: database.postgresMajor,
				postgresImage: database.postgresImage,
				superuser: config.shadowSuperuser,
				extensions: database.extensions,
				setup: [],
				baseline: null,
				checkDown: false,
				checkRerun: false,
				baseName: "the database",
				base: applied,
				pending: [],
				fresh: null,
				hooks: {
					base: [],
					head: []
				},
				newHooks: [],
				program: null,
				mayFail: () => false,
				limits,
				onProgress
			}));
			const { relations, schemas = [] } = tool.bookkeeping;
			onProgress(`reading the schema of ${asked.label}`);
			const real = await snapshot(asked.client, {
				ignore: relations,
				ignoreSchemas: schemas
			});
			return diff(rehearsal.after, real, "name").filter(({ type }) => !notSchema.has(type));
		} catch (_) {
			_usingCtx3.e = _;
		} finally {
			await _usingCtx3.d();
		}
	});
}
// src/status/text.ts
/** 0: nothing to do; 1: a deployment has work to do; 2: none should begin. */
const statusExitCodes = {
	"up-to-date": 0,
	pending: 1,
	stop: 2
};
const titles = {
	failed: "failed or half-applied",
	unknown: "applied, and unknown to this checkout",
	changed: "changed since it was applied",
	late: "pending, before one that is applied",
	order: "applied in another order",
	pending: "pending"
};
const verdicts = {
	"up-to-date": "Up to date",
	pending: "Pending migrations",
	stop: "Do not deploy"
};
/** So many lines are read. */
const most = 200;
/** The first line of every text: what to do, and of which database. */
const statusHeadline = ({ state, database, tool, applied, known }) => `${verdicts[state]}: ${database} has ${applied} of ${known} migrations (${tool})`;
/** For a terminal and a log: plain lines, hostile characters made visible. */
function statusText(report) {
	const lines = report.entries.slice(0, most).map(({ kind, stops, name, file, says }) => {
		const place = file === null ? "" : ` (${file})`;
		return `${stops ? "✗" : "·"} ${titles[kind]}: ${name}${place}\n    ${says}`;
	});
	const drift = report.drift ?? [];
	const differences = drift.slice(0, most).map((change) => `✗ ${driftLine(change)}`);
	return `${[
		statusHeadline(report),
		...lines,
		...left(report.entries.length),
		...drift.length === 0 ? [] : ["The schema is not what the applied migrations make:", ...differences],
		...left(drift.length),
		...report.drift !== null && drift.length === 0 ? ["The schema is what the applied migrations make."] : [],
		...report.notes.map((note) => `note: ${note}`)
	].flatMap((one) => one.split("\n").map((line) => visibleLine(line, 2e3))).join("\n")}\n`;
}
/** For a job summary. */
function statusMarkdown(report) {
	const symbol = {
		"up-to-date": "✅",
		pending: "⚠️",
		stop: "⛔"
	}[report.state];
	const items = report.entries.slice(0, most).map(({ kind, stops, name, file, says }) => {
		const place = file === null ? "" : ` in ${code(file)}`;
		return `- ${stops ? "**" : ""}${titles[kind]}${stops ? "**" : ""}: ${code(name)}${place}. ${prose(says)}`;
	});
	const drift = report.drift ?? [];
	return `${[
		`### ${symbol} ${prose(statusHeadline(report))}`,
		...items.length === 0 ? [] : [[...items, ...left(report.entries.length)].join("\n")],
		...drift.length === 0 ? [] : [details(`The schema is not what the applied migrations make: ${drift.length} differences`, fence("text", drift.slice(0, most).map(driftLine).join("\n")), true)],
		...report.notes.map((note) => `_${prose(note)}_`)
	].join("\n\n")}\n`;
}
function driftLine({ change, type, name, before, after }) {
	const object = `${type.replaceAll("-", " ")} ${name}`;
	switch (change) {
		case "added": return `${object} is in the database, and no applied migration makes it`;
		case "removed": return `${object} is not in the database`;
		case "renamed":
		case "altered": return `${object} differs: the migrations make ${oneLine(before)}, the database has ${oneLine(after)}`;
	}
}
/** A definition on one line, cut where it is long; those that do not say what differs are told as they are. */
const oneLine = (definition) => {
	const text = (definition ?? "nothing").replace(/\s+/g, " ").trim();
	return text.length > 200 ? `${text.slice(0, 200)}…` : text;
};
const left = (count) => count > most ? [`… and ${count - most} more`] : [];
export { readStatus as a, statusText as i, statusHeadline as n, noOptions as o, statusMarkdown as r, statusExitCodes as t };

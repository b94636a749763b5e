import { i as __toESM } from "./shared.js";
import { n as onExit } from "./shared4.js";
import { n as UserError, t as Undecided } from "./shared6.js";
import { o as diff } from "./shared7.js";
import { d as parseFile, r as literal, u as loadParser } from "./shared8.js";
import { _ as wayBack, g as tryReversal, h as noWayBack, m as differing } from "./rules.js";
import { C as taggedRows, F as noRoom, P as isNoRoom, S as likeness$1, _ as piecesOf, a as shownNotices, b as Tally, c as partOf$1, g as needsTransaction, i as proofsIn, l as sendingInstead, n as openSession, o as applyMigrations, p as isTransactionControl, r as isProof, t as snapshotOf, u as sentPieces, v as runsCode, y as takesBack } from "./shared9.js";
import { t as require_fastest_levenshtein } from "./shared10.js";
import { n as require_dist, t as esm_default } from "./postgres-client.js";
import { a as underWay } from "./shared12.js";
import { C as prepare, D as runDump, E as keepPicture, S as buildBase, T as surroundingsOf, _ as documentedLocks, a as observeSettled, b as settledRelations, c as majorOf, d as nothingObserved, f as observe, g as forgetTransaction, h as follow, i as rowsWritten$1, l as probeIdle, m as countFrom, n as isDeaf, o as settledSince, p as catchUp, r as look, s as standingNow, t as traceMigrations, u as placeLocks, v as countersNow, w as start, x as build, y as settleCounters } from "./shared13.js";
import { A as toolNamed, B as languageOf, C as readConfigFile, D as runsItself, E as isToolName, G as exclusion, H as andAbove, J as within, K as isWithin, M as tools, N as compareNumbers, O as survey, P as compareText, R as sourceComments, T as noToolSettings, U as basename$1, V as refuseLink, W as dirname$1, _ as tryGit, a as nameSome, b as majorOfImage, c as makeScratch, d as withConfig, f as endGit, g as redact, h as nulSeparated, i as commitWorkingTree, k as takesCommand, l as shallowCommits, m as gitFailed, n as readTree, o as gitVersion, p as git, q as treePath, r as AUTHOR, s as openRepository, t as objectsOf, v as withoutLineFeed, w as configuredTool, x as postgresVersionOf, y as begun } from "./shared15.js";
import { n as quoted, t as didYouMean } from "./shared17.js";
import { c as literal$1, d as object, g as union, h as string, i as _null, t as ZodNumber, y as _coercedNumber } from "./shared18.js";
import { t as _usingCtx } from "./shared21.js";
import { t as schemaDiff } from "./shared23.js";
import { n as embeddedMajors, o as createOwnedDirectory, r as majorsOf, s as removeLeftovers, t as currentPlatform } from "./shared25.js";
import { r as lockStrength, t as blocks } from "./shared26.js";
import { connect, createServer } from "node:net";
import { connect as connect$1 } from "node:tls";
import { tmpdir } from "node:os";
import { delimiter, dirname, isAbsolute, join, posix } from "node:path";
import { accessSync, constants as constants$1, existsSync, readFileSync, statSync } from "node:fs";
import { chmod, mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { spawn, spawnSync } from "node:child_process";
// node_modules/zod/v4/classic/coerce.js
function number(params) {
	return _coercedNumber(ZodNumber, params);
}
// src/run/closing.ts
/** How what runs is closed where several things do, and one of them fails. */
/** What comes after the upgrade path must not leave its server running when it fails. */
async function closing(path, work) {
	try {
		return await work();
	} catch (error) {
		await path.close();
		throw error;
	}
}
/** Closes all of them, also when one fails; what lies on the server before it. */
async function closeAll(apart, others, server) {
	const close = async (each) => each?.[Symbol.asyncDispose]();
	const inOrder = async () => {
		for (const each of others) await close(each);
	};
	const ended = apart ? await Promise.allSettled([inOrder(), close(server)]) : [...await Promise.allSettled([inOrder()]), ...await Promise.allSettled([close(server)])];
	for (const each of ended) if (each.status === "rejected") throw each.reason;
}
/** Like Promise.all, but waits for both to have ended, and closes the first when the second fails. */
async function bothOrNeither(a, b, close) {
	const [first, second] = await Promise.allSettled([a, b]);
	if (first.status === "rejected") throw first.reason;
	if (second.status === "fulfilled") return [first.value, second.value];
	await close(first.value);
	throw second.reason;
}
// src/run/command/call.ts
/** What is kept of a command's output. */
const KEPT = 65536;
/** What a process that is told to end may take for it. */
const GRACE_MS = 3e3;
/** Windows has no process groups. */
const OWN_GROUP = process.platform !== "win32";
/**
* Runs a command to its end. After `limitMs` it is ended with everything that it has started.
*
* @param secrets what must not be shown, wherever it is printed
* @throws Undecided when the program cannot be started
*/
async function runCommand({ program, args, directory, env = {} }, options) {
	const since = performance.now();
	const child = spawn(program, args, {
		cwd: join(options.root, directory),
		env: {
			...options.env,
			...env
		},
		stdio: [
			"ignore",
			"pipe",
			"pipe"
		],
		detached: OWN_GROUP,
		windowsHide: true
	});
	const unregister = onExit(() => endGroup(child, "SIGKILL"), { sync: () => endGroup(child, "SIGKILL") });
	let output = Buffer.alloc(0);
	const keep = (chunk) => {
		output = Buffer.concat([output, chunk]);
		if (output.length > KEPT) output = output.subarray(output.length - KEPT);
	};
	child.stdout.on("data", keep);
	child.stderr.on("data", keep);
	let late = false;
	let patience;
	const limit = setTimeout(() => {
		late = true;
		endGroup(child, "SIGTERM");
		patience = setTimeout(() => endGroup(child, "SIGKILL"), GRACE_MS);
	}, options.limitMs);
	try {
		const code = await new Promise((resolve, reject) => {
			child.once("error", reject);
			child.once("exit", (status) => setTimeout(() => resolve(status), 200));
			child.once("close", resolve);
		});
		return {
			code: late ? null : code ?? 1,
			output: shown$1(output, options),
			ms: performance.now() - since
		};
	} catch (error) {
		throw new Undecided("unsupported-tool", `${program} cannot be started: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
	} finally {
		clearTimeout(limit);
		clearTimeout(patience);
		endGroup(child, "SIGKILL");
		unregister();
	}
}
function endGroup(child, signal) {
	if (child.pid === void 0) return;
	try {
		if (OWN_GROUP) process.kill(-child.pid, signal);
		else child.kill(signal);
	} catch {}
}
/** Text without colours and secrets. */
function shown$1(output, { root, secrets, installedIn }) {
	let text = output.toString("utf8").replace(/\u001b\[[0-9;?]*[A-Za-z]|[\u0000-\u0008\u000b-\u001f\u007f]/g, (sign) => sign === "\r" ? "\n" : "");
	for (const place of [root, installedIn ?? root]) text = text.replaceAll(`${place}/`, "");
	for (const secret of secrets) if (secret !== "") text = text.replaceAll(secret, "***");
	return text.trim();
}
/** Who called whom: lines of a trace of Node's or Ruby's. */
const calls = /^\s+at .+[):\d]$|^.*:\d+:in [`'].+'$|^Tasks: TOP => |^\(See full trace/;
/** Node shows the line of the program that threw, which may be a whole bundle. */
const LINE = 400;
/** The last lines of an output that say what happened, for a message. */
function lastLines(output, count = 15, most = 2e3) {
	const lines = output.split("\n").filter((line) => line.trim() !== "");
	const words = lines.filter((line) => !calls.test(line));
	const text = (words.length === 0 ? lines : words).slice(-count).map((line) => line.length <= LINE ? line : `${line.slice(0, LINE)}…`).join("\n");
	return text.length <= most ? text : `…${text.slice(-most)}`;
}
// src/run/command/statement-parts.ts
/** Relations as they are written; those that statements drop, too. What WITH names is none, where it is read. */
function relationsOf$1(node) {
	const found = [];
	const parts = /* @__PURE__ */ new Set();
	for (const statement of Object.values(node)) for (const cte of statement.withClause?.ctes ?? []) if ("CommonTableExpr" in cte) parts.add(cte.CommonTableExpr.ctename ?? "");
	walk(node, (key, value) => {
		if (!("relname" in value) || typeof value.relname !== "string") return;
		const { schemaname, relname } = value;
		if (schemaname) found.push(`${schemaname}.${relname}`);
		else if (key !== "RangeVar" || !parts.has(relname)) found.push(relname);
	});
	return found;
}
/** Every object of a parse tree with the key that it stands under; `false` keeps from what is inside of it. */
function walk(value, each, key = "") {
	if (typeof value !== "object" || value === null) return;
	if (Array.isArray(value)) {
		for (const item of value) walk(item, each, key);
		return;
	}
	if (each(key, value) === false) return;
	for (const [name, inner] of Object.entries(value)) walk(inner, each, name);
}
// src/run/command/own-tables.ts
/**
* Is a statement a tool's own word about its own tables? Every relation that it names is one of them, and it names one; or it
* makes sure of their schema. A program may well ask the same tables, and have a function do its work on the way: what calls
* others than a tool does, or was seen to touch something else, is no tool's word.
*
* @param tables unquoted `schema.relation` of the tool's own
*/
function isAbout(node, tables, recorded) {
	if ("CreateSchemaStmt" in node) {
		const { schemaname = "", if_not_exists: asks = false } = node.CreateSchemaStmt;
		return asks && schemaname !== "public" && tables.some((table) => table.startsWith(`${schemaname}.`));
	}
	const bare = tables.map(withoutSchema);
	const known = /* @__PURE__ */ new Set([...tables, ...bare]);
	const named = relationsOf$1(node);
	if (named.length === 0 || !named.every((name) => known.has(name))) return false;
	if (!kinds.some((kind) => kind in node)) return false;
	if (!("CreateStmt" in node) && !callsOf(node).every(isUsual$1)) return false;
	return !("SelectStmt" in node && touchesOthers(recorded, bare));
}
const withoutSchema = (name) => name.slice(name.indexOf(".") + 1);
/** What tools send for their own tables. Others (COPY, EXPLAIN, a cursor, a trigger) are a program's own idea. */
const kinds = [...[
	"SelectStmt",
	"InsertStmt",
	"UpdateStmt",
	"DeleteStmt",
	"LockStmt",
	"TruncateStmt"
], ...[
	"CreateStmt",
	"AlterTableStmt",
	"RenameStmt",
	"IndexStmt",
	"GrantStmt"
]];
/** What tools call where they ask or write their tables. */
const usual$1 = /* @__PURE__ */ new Set([
	...[
		"count",
		"max",
		"min",
		"array_agg",
		"string_agg",
		"json_agg",
		"jsonb_agg",
		"bool_or",
		"bool_and"
	],
	...[
		"row_number",
		"exists",
		"to_regclass",
		"lower",
		"upper",
		"length",
		"left",
		"right",
		"concat",
		"replace"
	],
	...[
		"split_part",
		"to_char",
		"to_timestamp",
		"date_part",
		"date_trunc",
		"extract",
		"timezone",
		"now"
	],
	...[
		"clock_timestamp",
		"transaction_timestamp",
		"statement_timestamp",
		"gen_random_uuid",
		"version"
	],
	...[
		"current_schema",
		"current_database",
		"pg_advisory_lock",
		"pg_advisory_xact_lock"
	],
	...[
		"pg_try_advisory_lock",
		"pg_try_advisory_xact_lock",
		"pg_advisory_unlock",
		"pg_backend_pid"
	]
]);
function callsOf(node) {
	const found = [];
	walk(node, (key, value) => {
		if (key !== "FuncCall") return;
		const { funcname = [] } = value;
		found.push(funcname.map((part) => part.String?.sval ?? ""));
	});
	return found;
}
const isUsual$1 = (name) => usual$1.has(name.at(-1) ?? "") && (name.length === 1 || name[0] === "pg_catalog");
/** A view or a cast may call what the text does not name. */
function touchesOthers({ observation, error }, bare) {
	if (observation === null || error !== null) return false;
	const isOwn = (name) => bare.some((table) => withoutSchema(name) === table || withoutSchema(name).startsWith(`${table}_`));
	const { locks, rewrites, scans, emptied, created, dropped } = observation;
	return ![
		...locks.filter((lock) => lock.new && lock.kind !== "index").map(({ schema, relation }) => `${schema}.${relation}`),
		...rewrites,
		...scans,
		...emptied,
		...[...created, ...dropped].map(({ name }) => name)
	].every(isOwn);
}
// src/run/command/settings.ts
/** SET, RESET, DISCARD ALL, or a SELECT of nothing but set_config(); null: any other statement. */
function settingsIn(node) {
	if ("VariableSetStmt" in node) {
		const { kind, name = "", args = [], is_local: local = false } = node.VariableSetStmt;
		if (kind === "VAR_RESET_ALL") return [{
			name: null,
			value: null,
			local
		}];
		const value = kind === "VAR_SET_VALUE" ? args.map((arg) => constantOf(arg) ?? "").join(", ") : null;
		return [{
			name: name.toLowerCase(),
			value,
			local
		}];
	}
	if ("DiscardStmt" in node) return node.DiscardStmt.target === "DISCARD_ALL" ? [{
		name: null,
		value: null,
		local: false
	}] : null;
	if (!("SelectStmt" in node)) return null;
	const { targetList = [], fromClause = [] } = node.SelectStmt;
	if (targetList.length === 0 || fromClause.length > 0) return null;
	const called = targetList.map((target) => "ResTarget" in target && target.ResTarget.val !== void 0 ? configOf(target.ResTarget.val) : null);
	return called.includes(null) ? null : called.filter((setting) => setting !== null);
}
function configOf(value) {
	if (!("FuncCall" in value)) return null;
	const { funcname = [], args = [] } = value.FuncCall;
	const last = funcname.at(-1);
	if (last === void 0 || !("String" in last) || last.String.sval !== "set_config") return null;
	const [name, given, local] = args.map(constantOf);
	if (typeof name !== "string") return null;
	const isLocal = ![
		"false",
		"f",
		"no",
		"n",
		"off",
		"0"
	].includes(local?.trim().toLowerCase() ?? "");
	return {
		name: name.toLowerCase(),
		value: given ?? null,
		local: isLocal
	};
}
/** As text; null where it is none or not written out. */
function constantOf(node) {
	if ("TypeCast" in node && node.TypeCast.arg !== void 0) return constantOf(node.TypeCast.arg);
	if (!("A_Const" in node) || node.A_Const.isnull === true) return null;
	const { sval, ival, fval, boolval } = node.A_Const;
	if (boolval !== void 0) return String(boolval.boolval ?? false);
	return sval?.sval ?? fval?.fval ?? (ival === void 0 ? null : String(ival.ival ?? 0));
}
/** The server's own values of settings that tools and dumps turn off and on again (PostgreSQL manual, 19.11). */
const usual = {
	session_replication_role: ["origin"],
	role: ["none"],
	search_path: ["$user, public", "\"$user\", public"],
	check_function_bodies: ["on", "true"],
	row_security: ["on", "true"],
	standard_conforming_strings: ["on", "true"],
	default_transaction_read_only: ["off", "false"]
};
const isUsual = ({ name, value }) => value === null || usual[name ?? ""]?.includes(value.toLowerCase()) === true;
/** Tags of statements with which a connection begins, whoever opens it. */
const greetings = /* @__PURE__ */ new Set([
	"SET",
	"SELECT",
	"SHOW",
	"BEGIN",
	"RESET"
]);
const endings$1 = /* @__PURE__ */ new Set(["COMMIT", "ROLLBACK"]);
/**
* Settings that a migration leaves in a session that its tool goes on with. What the application sets for each new connection is
* not the migration's: such a statement comes first, and the migration's file does not name the setting.
*
* @param work the migration's statements
* @param all every statement of the run
* @param lost transactions that did not end with a COMMIT
*/
function settingsLeftBy({ bytes }, work, all, transactions, lost) {
	const file = letters(bytes.toString("utf8"));
	const own = new Set(work.map(({ recorded }) => recorded));
	const left = /* @__PURE__ */ new Map();
	for (const { recorded, parsed } of work) {
		const settings = parsed.flatMap(({ node }) => settingsIn(node) ?? []);
		const number = transactions.get(recorded);
		if (settings.length === 0 || recorded.error !== null || number !== void 0 && lost.has(number)) continue;
		const session = all.filter(({ connection }) => connection === recorded.connection);
		const before = session.filter(({ order }) => order < recorded.order);
		const later = session.filter((each) => each.order > recorded.order && !own.has(each));
		const goesOn = later.some(({ tag }) => !endings$1.has(tag ?? ""));
		const greets = before.every(({ tag }) => greetings.has(tag ?? "SET"));
		for (const setting of settings.filter(({ local }) => !local)) {
			const { name, value } = setting;
			const isOwn = name !== null && (!greets || file.includes(letters(name)));
			if (name === null) left.clear();
			else if (isUsual(setting)) left.delete(name);
			else if (isOwn && goesOn && !later.some((each) => resets(each, name))) left.set(name, value);
		}
	}
	return [...left].map(([name, after]) => ({
		name,
		before: null,
		after
	})).sort((a, b) => a.name < b.name ? -1 : 1);
}
/** What tools and pools do between two users of a session. */
const resets = ({ tag, text }, name) => tag === "DISCARD ALL" || tag === "RESET" && [name, "all"].some((what) => text.toLowerCase().includes(what));
/** `schema_search_path`, `SET SEARCH_PATH` and `searchPath` name the same. */
const letters = (text) => text.toLowerCase().replace(/[^a-z]/g, "");
// src/run/command/statement.ts
/** Settings of a session that libraries make for themselves. */
const ownSettings = /* @__PURE__ */ new Set([
	"client_min_messages",
	"client_encoding",
	"standard_conforming_strings",
	"datestyle",
	"timezone",
	"intervalstyle",
	"bytea_output",
	"extra_float_digits",
	"jit",
	"application_name",
	"names"
]);
/** @param tables unquoted `schema.relation` of the tool's own */
function meaningOf(recorded, tables) {
	const parameters = recorded.parameters;
	const { statements: withParameters } = parseFile(recorded.text);
	const text = inLiterals(recorded.text, withParameters, parameters);
	const parsed = parameters.length === 0 ? withParameters : parseFile(text).statements;
	const [only] = parsed;
	const sql = only !== void 0 && parsed.length === 1 ? only.sql : text.trim().replace(/;\s*$/, "");
	const nodes = parsed.map(({ node }) => node);
	const rows = recorded.error === null ? nodes.flatMap(rowsWritten) : [];
	const same = {
		recorded,
		sql,
		parsed
	};
	if (nodes.length > 0 && nodes.every(isControl)) return {
		...same,
		is: "control",
		rows: []
	};
	if (nodes.length > 0 && nodes.every((node) => isAbout(node, tables, recorded))) return {
		...same,
		is: "bookkeeping",
		rows
	};
	const silent = recorded.text.trim() === "" || nodes.length > 0 && nodes.every((node) => isNoise(node, recorded));
	return {
		...same,
		is: silent ? "noise" : "work",
		rows
	};
}
/** The text with literals in place of `$1`: the server takes both for values of a type that follows from what is around them. */
function inLiterals(text, statements, parameters) {
	if (parameters.length === 0) return text;
	const places = [];
	for (const { node } of statements) walk(node, (key, value) => {
		if (key !== "ParamRef") return;
		const { number = 0, location = 0 } = value;
		places.push({
			at: location,
			number
		});
	});
	let bytes = Buffer.from(text, "utf8");
	for (const { at, number } of places.sort((a, b) => b.at - a.at)) {
		const value = parameters[number - 1];
		if (value === void 0) continue;
		const end = at + 1 + String(number).length;
		const inserted = Buffer.from(value === null ? "NULL" : literal(value), "utf8");
		bytes = Buffer.concat([
			bytes.subarray(0, at),
			inserted,
			bytes.subarray(end)
		]);
	}
	return bytes.toString("utf8");
}
const isControl = (node) => "TransactionStmt" in node;
/** A question or a setting that changes nothing for anybody else. */
function isNoise(node, { observation, unobserved, error }) {
	if (error !== null) return "VariableShowStmt" in node;
	if ("VariableShowStmt" in node || "DiscardStmt" in node || "DeallocateStmt" in node) return true;
	const settings = settingsIn(node);
	if (settings !== null) return settings.every(({ name, local }) => !local && ownSettings.has(name?.replaceAll(" ", "") ?? ""));
	if (!("SelectStmt" in node)) return false;
	if (relationsOf$1(node).some((name) => !/^(?:pg_catalog\.|information_schema\.|pg_)/.test(name))) return false;
	if (observation === null) return unobserved === null || unobserved === "alike";
	const { locks, rewrites, scans, emptied, created, dropped, rowsWritten } = observation;
	return [
		locks,
		rewrites,
		scans,
		emptied,
		created,
		dropped
	].every((effect) => effect.length === 0) && !(rowsWritten ?? 0);
}
/** The values of an INSERT's rows, or of an UPDATE's columns, as far as they are written out. */
function rowsWritten(node) {
	if ("InsertStmt" in node) {
		const { cols = [], selectStmt } = node.InsertStmt;
		const names = cols.map((column) => "ResTarget" in column ? column.ResTarget.name ?? "" : "");
		return (selectStmt !== void 0 && "SelectStmt" in selectStmt ? selectStmt.SelectStmt.valuesLists ?? [] : []).map((list) => {
			const items = "List" in list ? list.List.items ?? [] : [];
			return Object.fromEntries(names.map((name, index) => [name, constant(items[index])]));
		});
	}
	if (!("UpdateStmt" in node)) return [];
	const { targetList = [] } = node.UpdateStmt;
	return [Object.fromEntries(targetList.flatMap((target) => "ResTarget" in target ? [[target.ResTarget.name ?? "", constant(target.ResTarget.val)]] : []))];
}
function constant(node) {
	if (node === void 0) return null;
	if ("TypeCast" in node) return constant(node.TypeCast.arg);
	if (!("A_Const" in node)) return null;
	const { sval, ival, fval } = node.A_Const;
	return sval?.sval ?? fval?.fval ?? (ival === void 0 ? null : String(ival.ival ?? 0));
}
// src/run/command/attribute.ts
/**
* Gives the statements of a run to the migrations: each belongs to the one whose row in the tool's table is written next. What
* comes after the last row belongs to the migration in which the tool stopped, where it did.
*
* @param pending in the order in which the tool runs them
* @param failed the command did not end well
*/
function attribute(statements, input) {
	const { adapter, tables, pending, failed } = input;
	const byIdentity = new Map(pending.map((migration) => [migration.identity, migration]));
	const groups = [];
	const own = [];
	const others = [];
	let waiting = [];
	for (const recorded of statements) {
		const meant = meaningOf(recorded, tables);
		const identities = meant.rows.flatMap((row) => adapter.recorded(row, pending) ?? []);
		const isItsOwn = meant.is === "bookkeeping" || adapter.anyTable === true && identities.length > 0;
		if (!isItsOwn && (meant.is === "work" || meant.is === "control")) waiting.push(meant);
		for (const identity of isItsOwn ? identities : []) {
			const migration = byIdentity.get(identity);
			if (migration === void 0) {
				others.push(identity);
				own.push(...waiting.filter(({ is }) => is === "work"));
			} else if (!groups.some((group) => group.migration === migration)) groups.push({
				migration,
				statements: waiting,
				recorded: true
			});
			waiting = [];
		}
	}
	const rest = waiting.filter(({ is }) => is === "work");
	const untouched = pending.filter((migration) => !groups.some((group) => group.migration === migration));
	if (adapter.anyTable === true && !failed && untouched.length > 0) {
		const unclaimed = untouched.map((migration, index) => ({
			migration,
			statements: index === 0 ? waiting : [],
			recorded: true
		}));
		return {
			groups: [...groups, ...unclaimed],
			untouched: [],
			own,
			others
		};
	}
	const [next, ...later] = untouched;
	if (!failed || next === void 0 || rest.length === 0) return {
		groups,
		untouched,
		own: [...own, ...rest],
		others
	};
	groups.push({
		migration: next,
		statements: waiting,
		recorded: false
	});
	return {
		groups,
		untouched: later,
		own,
		others
	};
}
// src/run/command/quoted-line.ts
/** Where a language writes a string, and what of it is filled in. */
const literals = /`(?:[^`\\]|\\.)*`|""".*?"""|'''.*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/gs;
const holes = {
	javascript: /\$\{[^{}]*\}/,
	python: /\{[^{}]*\}|%s|%\(\w+\)s/,
	ruby: /#\{[^{}]*\}/,
	elixir: /#\{[^{}]*\}/
};
/**
* Finds a statement that stands in a program as it was sent: verbatim but for white space, or as a template that the
* program has filled.
*/
var QuotedLines = class {
	/** The text with one space for all white space, and where each of its lines begins there. */
	text;
	starts;
	first;
	templates;
	/**
	* @param lines the lines of the part that is looked through
	* @param first number of the first of them
	*/
	constructor(lines, first, language) {
		this.first = first;
		const starts = [];
		let text = "";
		for (const line of lines) {
			starts.push(text.length);
			const said = squeezed(line);
			if (said !== "") text += `${said} `;
		}
		this.text = text;
		this.starts = starts;
		this.templates = templatesOf(lines.join("\n"), first, holes[language]);
	}
	/** 1-based, the first one from a line on where there are several; null where it stands nowhere as it is. */
	lineOf(sql, from) {
		const statement = squeezed(sql).replace(/;$/, "");
		if (!statement.includes(" ")) return null;
		const start = this.starts[Math.max(0, from - this.first)] ?? 0;
		const at = this.verbatim(statement, start) ?? (start === 0 ? null : this.verbatim(statement, 0));
		if (at !== null) return this.lineAt(at);
		const filled = this.templates.filter(({ fixed }) => fits(fixed, statement));
		return (filled.find(({ line }) => line >= from) ?? filled[0])?.line ?? null;
	}
	verbatim(statement, from) {
		for (let at = this.text.indexOf(statement, from); at !== -1; at = this.text.indexOf(statement, at + 1)) {
			const before = this.text[at - 1] ?? " ";
			const after = this.text.slice(at + statement.length, at + statement.length + 3).trimStart();
			if (/[^\p{L}\p{N}_]/u.test(before) && /^(?:$|[;'"`]|\\n)/.test(after)) return at;
		}
		return null;
	}
	lineAt(offset) {
		let line = 0;
		while (line + 1 < this.starts.length && (this.starts[line + 1] ?? 0) <= offset) line += 1;
		return this.first + line;
	}
};
const squeezed = (text) => text.replace(/\s+/g, " ").trim();
function templatesOf(text, first, hole) {
	if (hole === void 0) return [];
	return [...text.matchAll(literals)].flatMap((found) => {
		const quote = /^(?:"""|'''|.)/.exec(found[0])?.[0].length ?? 1;
		const inside = found[0].slice(quote, -quote);
		let offset = found.index + quote;
		return inside.split(";").flatMap((piece) => {
			const at = offset + (piece.length - piece.trimStart().length);
			offset += piece.length + 1;
			const fixed = squeezed(piece).split(new RegExp(hole, "g"));
			const words = fixed.join(" ").match(/\p{L}{2,}/gu)?.length ?? 0;
			if (fixed.length < 2 || words < 2) return [];
			return [{
				line: first + (text.slice(0, at).match(/\n/g)?.length ?? 0),
				fixed
			}];
		});
	});
}
/** Whether the parts follow each other in the statement, from its beginning to its end. */
function fits(fixed, statement) {
	const [head = "", ...rest] = fixed;
	const tail = rest.pop() ?? "";
	if (!statement.startsWith(head) || !statement.endsWith(tail)) return false;
	let at = head.length;
	for (const part of rest) {
		const next = statement.indexOf(part, at);
		if (next === -1) return false;
		at = next + part.length;
	}
	return at <= statement.length - tail.length;
}
// src/run/command/operation-line.ts
/**
* Tells on which line of a program a statement was asked for: where it stands as it was sent; else at the call that mentions most of the names in the
* statement (table, column, index), not at one around it, of those at the one that shares most words with it, then the shortest.
*/
var OperationLines = class {
	regions;
	quoted;
	last = 1;
	constructor(file, text) {
		const language = languageOf(file);
		const lines = (language === "sql" ? text : blanked(text, sourceComments(text, language).comments)).split("\n");
		const { from, to } = forth(lines);
		this.regions = regionsOf(file, lines, from, to);
		this.quoted = new QuotedLines(lines.slice(from, to), from + 1, language);
	}
	/** 1-based; 1 where no call mentions any of it. */
	lineOf(nodes, sql) {
		const quoted = this.quoted.lineOf(sql, this.last);
		if (quoted !== null) {
			this.last = quoted;
			return quoted;
		}
		const names = nodes.flatMap(namesIn);
		const scored = this.regions.map((region) => ({
			region,
			score: names.reduce((sum, name) => sum + likeness(name, region.words), 0)
		}));
		const most = Math.max(0, ...scored.map(({ score }) => score));
		if (most === 0) return this.last;
		const best = scored.filter(({ score }) => score === most).map(({ region }) => region);
		const innermost = best.filter((region) => !best.some((other) => other !== region && isInside$1(other, region)));
		const said = new Set(partsOf(sql));
		const echo = ({ parts }) => parts.filter((part) => said.has(part)).length;
		const loudest = Math.max(...innermost.map(echo));
		const alike = innermost.filter((region) => echo(region) === loudest);
		const shortest = Math.min(...alike.map(({ length }) => length));
		const candidates = alike.filter(({ length }) => length === shortest);
		const found = candidates.find(({ line }) => line >= this.last) ?? candidates[0];
		this.last = found?.line ?? 1;
		return this.last;
	}
};
const isInside$1 = (inner, outer) => inner.line >= outer.line && inner.line + inner.length <= outer.line + outer.length && inner.length < outer.length;
/** The lines of the part that goes forth, each with all that its brackets hold. */
function regionsOf(file, lines, from, to) {
	const depths = depthsOf(lines, /\.(?:exs?|rb|rake)$/.test(file));
	return lines.slice(from, to).flatMap((content, offset) => {
		if (content.trim() === "") return [];
		const at = from + offset;
		const depth = depths[at] ?? 0;
		let end = at;
		while (end + 1 < to && (depths[end + 1] ?? 0) > depth) end += 1;
		const said = lines.slice(at, end + 1).join("\n");
		const words = new Set((said.match(word) ?? []).map((each) => each.toLowerCase()));
		return [{
			line: at + 1,
			length: end - at,
			words,
			parts: partsOf(said)
		}];
	});
}
const word = /[\p{L}_][\p{L}\p{N}_]*/gu;
/** Each part of a text's words once, in lower case. */
function partsOf(text) {
	const words = text.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, " ").match(word) ?? [];
	return [...new Set(words.flatMap((each) => each.toLowerCase().split("_")))].filter((part) => part !== "");
}
function blanked(text, comments) {
	let plain = text;
	for (const { start, end } of comments) plain = plain.slice(0, start) + plain.slice(start, end).replace(/[^\n]/g, " ") + plain.slice(end);
	return plain;
}
/** How migrations begin their two parts. */
const up = /^\s*(?:(?:async\s+)?def\s+(?:upgrade|up|change)\b|(?:module\.)?exports\.up\b|export\s+(?:async\s+)?(?:const|function)\s+up\b|(?:public\s+)?async\s+up\s*\(|up\s*[:(=]|(?:override\s+)?async\s+up\b)/;
const down = /^\s*(?:(?:async\s+)?def\s+(?:downgrade|down)\b|(?:module\.)?exports\.down\b|export\s+(?:async\s+)?(?:const|function)\s+down\b|(?:public\s+)?async\s+down\s*\(|down\s*[:(=]|(?:override\s+)?async\s+down\b)/;
/** The part that goes forth, as indexes of lines; everything where nothing tells. */
function forth(lines) {
	const start = lines.findIndex((line) => up.test(line));
	const back = lines.findIndex((line) => down.test(line));
	if (start === -1) return {
		from: 0,
		to: back === -1 ? lines.length : back
	};
	return {
		from: start,
		to: back > start ? back : lines.length
	};
}
/** What `end` ends in Ruby and Elixir. A line of the second kind belongs to what it stands in. */
const block = /\bdo\s*(?:\|[^|]*\|\s*)?$/;
const other = /^\s*(?:def|defp|defmodule|class|module|if|unless|case|begin|while)\b(?!.*(?:\bend\s*$|\bdo:))|\bfn\b.*->\s*$/;
/**
* Open brackets before each line; those inside of strings are counted too, which shifts all lines alike or ends soon.
*
* @param blocks `do … end` is a bracket
*/
function depthsOf(lines, blocks) {
	let depth = 0;
	const open = [];
	return lines.map((line) => {
		const before = depth;
		if (blocks && /^\s*end\b/.test(line)) depth = Math.max(0, depth - (open.pop() ?? 0));
		if (blocks && (other.test(line) || block.test(line))) {
			const inside = other.test(line) ? 0 : 1;
			open.push(inside);
			depth += inside;
		}
		for (const sign of line.replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g, "")) if ("([{".includes(sign)) depth += 1;
		else if (")]}".includes(sign)) depth = Math.max(0, depth - 1);
		return before;
	});
}
const named$3 = /* @__PURE__ */ new Set([
	"relname",
	"idxname",
	"colname",
	"conname",
	"newname",
	"subname",
	"name",
	"typname",
	"funcname"
]);
/** Names of what a statement is about; types and constants left out. */
function namesIn(node) {
	const found = /* @__PURE__ */ new Set();
	walk(node, (key, value) => {
		if (key === "TypeName" || key === "A_Const" || key === "typeName") return false;
		for (const [name, inner] of Object.entries(value)) if (typeof inner === "string" && named$3.has(name) && !inner.startsWith("pg_catalog")) found.add(inner);
		if (key === "String" && "sval" in value && typeof value.sval === "string") found.add(value.sval);
	});
	return [...found].filter((name) => name.length > 1 && ![
		"pg_catalog",
		"int4",
		"public"
	].includes(name));
}
/** A name as it stands counts more than what may be another's. */
function likeness(name, words) {
	if (words.has(name.toLowerCase())) return 3;
	return spellings(name).some((word) => words.has(word)) ? 2 : 0;
}
/** How a program may write a name: Django without the app, Rails in the singular, classes without underscores. */
function spellings(name) {
	const lower = name.toLowerCase();
	return [
		lower.slice(lower.indexOf("_") + 1),
		lower.replace(/s$/, ""),
		lower.replace(/_id$/, ""),
		lower.replaceAll("_", "")
	];
}
// src/run/command/units.ts
/** The statements with their lines, and BEGIN and COMMIT where a migration has several transactions. */
function unitsOf(migration, work, numbers, several) {
	const lines = new OperationLines(migration.file, migration.bytes.toString("utf8"));
	const units = [];
	let open = null;
	for (const [index, meant] of work.entries()) {
		const line = lines.lineOf(meant.parsed.map(({ node }) => node), meant.sql);
		const number = numbers[index] ?? null;
		if (several && number !== open) {
			if (open !== null) units.push({
				meant: null,
				sql: "COMMIT",
				line
			});
			if (number !== null) units.push({
				meant: null,
				sql: "BEGIN",
				line
			});
			open = number;
		}
		units.push({
			meant,
			sql: meant.sql,
			line
		});
	}
	if (open !== null) units.push({
		meant: null,
		sql: "COMMIT",
		line: units.at(-1)?.line ?? 1
	});
	return units;
}
/** One text of all statements, each on its line or after the one before. */
function textOf(units) {
	let text = "";
	let line = 1;
	for (const unit of units) {
		if (unit.line > line) text += "\n".repeat(unit.line - line);
		else if (text !== "") text += " ";
		line = Math.max(line, unit.line);
		const sql = oneLine(unit.sql);
		text += `${sql};`;
		line += sql.split("\n").length - 1;
	}
	return text;
}
/** Where no literal and no comment holds a line's end, lines mean nothing. */
const oneLine = (sql) => /['"$]|--|\/\*/.test(sql) ? sql : sql.replace(/\s*\n\s*/g, " ");
// src/run/command/where.ts
/**
* In which migration a tool is that has sent these statements and has not ended, and on which line as far as that can be
* told of a program. Undefined: it has recorded all of them, or has sent nothing.
*/
function whereIn(statements, adapter, { tool, migrations }) {
	if (statements.length === 0) return void 0;
	const tables = tool.bookkeeping.relations;
	const { groups, untouched } = attribute(statements, {
		adapter,
		tables,
		pending: migrations,
		failed: true
	});
	const group = groups.find(({ recorded }) => !recorded);
	const migration = group?.migration ?? untouched[0];
	if (migration === void 0) return void 0;
	const work = (group?.statements ?? []).filter(({ is }) => is === "work");
	const last = statements.at(-1);
	const running = (last?.tag === null && last.error === null ? [meaningOf(last, tables)] : []).filter(({ is, recorded }) => is === "noise" && recorded.text.trim() !== "");
	return {
		file: migration.file,
		line: unitsOf(migration, [...work, ...running], [], false).at(-1)?.line
	};
}
// src/run/command/stopped.ts
/** What stopped a command: the server, or the tool itself. */
function errorOf$2({ statements, ended, shown }) {
	const said = statements.findLast(({ error }) => error !== null)?.error ?? null;
	return {
		sqlstate: said?.code ?? "",
		message: said?.message ?? `${shown} ended with ${ended.code}: ${lastLines(ended.output, 3, 500)}`,
		detail: said?.detail ?? null,
		hint: said?.hint ?? null,
		line: 1,
		column: null,
		object: {}
	};
}
/** A command that hangs, or that has migrated some other database, has shown nothing. */
function mustHaveEnded({ ended, shown, connected, declined, statements }, { limitMs, adapter }, side, ahead) {
	const full = statements.find(({ error }) => isNoRoom(error?.code));
	if (full?.error != null) throw noRoom(full.error.message, full.error);
	if (ended.code === null) throw new Undecided("timeout", `${shown} of ${side} did not end within ${Math.round(limitMs / 6e4)} minutes and was stopped. Its last lines:\n\n${lastLines(ended.output)}`, { place: whereIn(statements, adapter, ahead) });
	if (connected) return;
	if (declined) throw new Undecided("not-observed", `${shown} of ${side} accepts only an encrypted connection, and the shadow is reached over loopback without encryption. Its settings ask for it by themselves (sslmode=require, ssl: true, sslnegotiation=direct or the like): let them take that from PGSSLMODE, or leave it out where MIGRATION_GATE is set.${said({ ended })}`);
	const elsewhere = `${shown} of ${side} never connected to the shadow.`;
	throw new Undecided("not-observed", ended.code === 0 ? `${elsewhere} It may have gone elsewhere: its settings must take the database from DATABASE_URL or PGHOST, PGPORT, PGUSER, PGPASSWORD and PGDATABASE (docs/commands.md lists all names that are set).${said({ ended })}` : `${elsewhere} It ended with ${ended.code}: its dependencies may not be installed in the job, or its settings need more than the command's environment has (command-environment in the config adds to it).${said({ ended })}`);
}
/** The end of its output, for behind a message. */
const said = ({ ended }) => ended.output === "" ? "" : ` Its last lines:\n\n${lastLines(ended.output)}`;
// src/run/command/transactions.ts
/** Which transaction each statement was in; what committed by itself is in none. */
function transactionsOf(all) {
	const open = /* @__PURE__ */ new Map();
	const found = /* @__PURE__ */ new Map();
	let count = 0;
	for (const statement of all) {
		const { connection, statusBefore, statusAfter } = statement;
		if (statusBefore === "I") open.delete(connection);
		if (statusBefore !== "I" || statusAfter !== "I") {
			const number = open.get(connection) ?? ++count;
			open.set(connection, number);
			found.set(statement, number);
		}
		if (statusAfter === "I") open.delete(connection);
	}
	return found;
}
/** Transactions that did not end with a COMMIT. */
function rolledBack(all, transactions) {
	const lost = /* @__PURE__ */ new Set();
	const committed = /* @__PURE__ */ new Set();
	for (const statement of all) {
		const number = transactions.get(statement);
		if (number === void 0) continue;
		lost.add(number);
		if (statement.statusAfter === "I" && statement.tags.includes("COMMIT")) committed.add(number);
	}
	for (const number of committed) lost.delete(number);
	return lost;
}
// src/run/command/traces.ts
/**
* What the tool sent, migration by migration, as texts and traces that rules and proofs can work with.
*
* @param all every statement of the run, for where transactions begin and end
* @param tables unquoted `schema.relation` of the tool's own: their locks block nobody else
*/
function runsOf(groups, all, tables) {
	const transactions = transactionsOf(all);
	const work = groups.map((group) => withoutGreeting(group.statements.filter(({ is }) => is === "work"), transactions));
	const lost = rolledBack(all, transactions);
	return groups.map((group, index) => {
		const own = work[index] ?? [];
		const others = work.filter((_, other) => other !== index).flat();
		const shared = sharesTransaction(own, others, transactions);
		const left = group.recorded ? settingsLeftBy(group.migration, own, all, transactions, lost) : [];
		return withoutLocksOn(tables, runOf(group, own, {
			transactions,
			shared,
			lost,
			left
		}));
	});
}
/** What a tool sets for its session before it begins the transaction of its migrations is none of theirs. */
function withoutGreeting(work, transactions) {
	const begins = work.findIndex(({ recorded }) => transactions.has(recorded));
	const greeting = work.slice(0, Math.max(0, begins));
	return greeting.every(({ parsed }) => parsed.every(({ node }) => settingsIn(node) !== null)) ? work.slice(greeting.length) : work;
}
/** Names of tables, and of what belongs to them. */
function withoutLocksOn(tables, run) {
	const isOwn = ({ schema, relation }) => tables.some((table) => {
		const name = `${schema}.${relation}`;
		return name === table || name.startsWith(`${table}_`);
	});
	const statements = run.trace.statements.map((statement) => ({
		...statement,
		locks: statement.locks.filter((lock) => !isOwn(lock))
	}));
	return {
		...run,
		trace: {
			...run.trace,
			statements
		}
	};
}
const sharesTransaction = (own, others, transactions) => {
	const numbers = new Set(own.flatMap(({ recorded }) => transactions.get(recorded) ?? []));
	return others.some(({ recorded }) => numbers.has(transactions.get(recorded) ?? -1));
};
function runOf({ migration, recorded }, work, { transactions, shared, lost, left }) {
	const numbers = work.map((meant) => transactions.get(meant.recorded) ?? null);
	const kinds = new Set(numbers);
	const rule = kinds.size <= 1 ? [...kinds][0] == null ? "none" : shared ? "shared" : "single" : "own";
	const units = unitsOf(migration, work, numbers, rule === "own");
	const sql = textOf(units);
	const traced = statementsOf(units, sql);
	const failed = work.find((meant) => meant.recorded.error !== null && !isTakenBack(meant, work));
	const error = recorded ? null : errorOf$1(failed, units);
	return {
		migration: {
			...withoutMessages(migration),
			sql,
			transaction: rule === "own" ? "none" : rule,
			program: true
		},
		recorded,
		lumped: work.some(isLumped),
		trace: {
			version: migration.version,
			name: migration.name,
			file: migration.file,
			status: "new",
			transaction: rule === "shared" ? "single" : rule,
			durationMs: work.reduce((sum, each) => sum + each.recorded.durationMs, 0),
			error,
			ran: true,
			refused: null,
			rolledBack: recorded && numbers.some((number) => number !== null && lost.has(number)),
			leftOpen: false,
			settingsLeft: left,
			...traced
		}
	};
}
/** What it did was seen together with what others did, or not at all. */
const isLumped = ({ parsed, recorded: { unobserved } }) => parsed.length > 1 || unobserved !== null && unobserved !== "alike";
/** Offsets into the file's own text mean nothing in another. */
function withoutMessages(migration) {
	const { messages, copyData, ...rest } = migration;
	return rest;
}
/** A program that catches an error goes on after a ROLLBACK TO. */
function isTakenBack(meant, work) {
	return work.indexOf(meant) < work.length - 1;
}
function statementsOf(units, sql) {
	const pieces = piecesOf(sql);
	const aligned = pieces.length === units.length ? pieces : null;
	const places = new Map(units.flatMap(({ meant }, index) => meant === null ? [] : [[meant.recorded.order, index]]));
	const tally = new Tally();
	const statements = [];
	for (const [index, unit] of units.entries()) {
		const piece = aligned?.[index];
		const like = piece?.like ?? null;
		const recorded = unit.meant?.recorded;
		if (piece?.between === true && like !== null && recorded !== void 0 && recorded.error === null) {
			tally.add(like, { line: unit.line }, outcomeOf(recorded));
			continue;
		}
		const between = tally.take(like);
		const node = piece?.node ?? (unit.meant?.parsed.length === 1 ? unit.meant.parsed[0]?.node ?? null : null);
		statements.push(traceOf$1(unit, index, node, places, between));
	}
	return {
		statements,
		alike: tally.statements()
	};
}
const outcomeOf = ({ tags, statusAfter, durationMs }) => ({
	tags,
	error: null,
	status: statusAfter,
	durationMs
});
function traceOf$1({ meant, sql, line }, index, node, places, between) {
	const observation = meant?.recorded.observation ?? null;
	const rows = observation?.rowsWritten ?? null;
	return {
		index,
		line,
		endLine: line,
		sql,
		node,
		durationMs: (meant?.recorded.durationMs ?? 0) + between.ms,
		locks: (observation?.locks ?? []).map((lock) => placed(lock, places)),
		rewrites: observation?.rewrites ?? [],
		scans: observation?.scans ?? [],
		emptied: observation?.emptied ?? [],
		proofs: observation?.proofs ?? [],
		deaf: observation?.deaf ?? false,
		notices: observation?.notices ?? [],
		inTransaction: observation?.inTransaction ?? meant?.recorded.statusBefore === "T",
		searchPath: observation?.searchPath ?? ["public"],
		timeouts: observation?.timeouts ?? {
			lockMs: 0,
			statementMs: 0,
			idleInTransactionMs: 0
		},
		role: observation?.role ?? "",
		created: observation?.created ?? [],
		dropped: observation?.dropped ?? [],
		invalidIndexes: observation?.invalidIndexes ?? [],
		rowsWritten: rows === null ? null : rows + between.rows,
		source: observation?.source ?? (wasSeen(meant) ? "observed" : "unknown")
	};
}
/** Those that are alike are seen in the first and the last, those sent at once in the last of them. */
const wasSeen = (meant) => [
	null,
	void 0,
	"alike",
	"with-others"
].includes(meant?.recorded.unobserved);
/** `since` of the recording is a place among all statements. */
const placed = (lock, places) => ({
	...lock,
	since: places.get(lock.since) ?? -1
});
/** What the server said to the statement in which the tool stopped; null where it was not the server that stopped it. */
function errorOf$1(failed, units) {
	const said = failed?.recorded.error;
	if (said == null) return null;
	return {
		sqlstate: said.code ?? "XX000",
		message: said.message,
		detail: said.detail ?? null,
		hint: said.hint ?? null,
		line: units.find(({ meant }) => meant === failed)?.line ?? 1,
		column: null,
		object: {
			...said.schema === void 0 ? {} : { schema: said.schema },
			...said.table === void 0 ? {} : { table: said.table },
			...said.column === void 0 ? {} : { column: said.column },
			...said.constraint === void 0 ? {} : { constraint: said.constraint }
		}
	};
}
/** The trace of a migration that the tool did not come to. */
const notReached = ({ version, name, file, transaction }) => ({
	version,
	name,
	file,
	status: "new",
	transaction: transaction === "none" ? "none" : "single",
	durationMs: null,
	error: null,
	ran: false,
	refused: null,
	rolledBack: false,
	leftOpen: false,
	settingsLeft: [],
	statements: [],
	alike: []
});
const serialize = (/* @__PURE__ */ __toESM(require_dist())).serialize;
/** What is no message of the protocol. */
var BrokenStream = class extends Error {
	name = "BrokenStream";
};
/** Takes chunks as they arrive and gives out messages. */
var Splitter = class {
	chunks = [];
	keep;
	buffered = 0;
	/** Of a message that has been begun: its type, and how much is to come. */
	type = "";
	rest = 0;
	/** @param keep how many bytes of a message of this type must be there at once: a longer one comes in pieces */
	constructor(keep) {
		this.keep = keep;
	}
	/** Bytes that have not been given out. */
	get waiting() {
		return this.buffered;
	}
	push(chunk) {
		if (chunk.length === 0) return;
		this.chunks.push(chunk);
		this.buffered += chunk.length;
	}
	/**
	* The next piece, null while too little of it is there.
	*
	* @throws BrokenStream
	*/
	next() {
		if (this.rest > 0) return this.continued();
		if (this.buffered < 5) return null;
		const header = this.peek(5);
		const type = String.fromCharCode(header[0] ?? 0);
		const length = header.readInt32BE(1) + 1;
		if (length < 5) throw new BrokenStream(`a message says that it has ${length} bytes`);
		const needed = Math.min(length, Math.max(5, this.keep(type)));
		if (this.buffered < needed) return null;
		const bytes = this.take(Math.min(length, Math.max(needed, this.chunks[0]?.length ?? 0)));
		this.type = type;
		this.rest = length - bytes.length;
		return {
			type,
			bytes,
			first: true,
			last: this.rest === 0
		};
	}
	continued() {
		const chunk = this.chunks[0];
		if (chunk === void 0) return null;
		const bytes = this.take(Math.min(this.rest, chunk.length));
		this.rest -= bytes.length;
		return {
			type: this.type,
			bytes,
			first: false,
			last: this.rest === 0
		};
	}
	peek(length) {
		this.gather(length);
		return this.chunks[0] ?? Buffer.alloc(0);
	}
	take(length) {
		this.gather(length);
		const chunk = this.chunks[0] ?? Buffer.alloc(0);
		this.buffered -= length;
		if (chunk.length === length) this.chunks.shift();
		else this.chunks[0] = chunk.subarray(length);
		return chunk.subarray(0, length);
	}
	/** Makes the first chunk this long. */
	gather(length) {
		const first = this.chunks[0];
		if (first === void 0 || first.length >= length) return;
		let count = 0;
		for (let size = 0; size < length; count += 1) size += this.chunks[count]?.length ?? 0;
		this.chunks.splice(0, count, Buffer.concat(this.chunks.slice(0, count)));
	}
};
/** Puts what is written in one turn into as few writes as possible: what stands side by side in a chunk stays together. */
var Outlet = class {
	sink;
	pending = null;
	scheduled = false;
	constructor(sink) {
		this.sink = sink;
	}
	write(bytes) {
		const { pending } = this;
		if (pending !== null && follows(pending, bytes)) {
			this.pending = Buffer.from(pending.buffer, pending.byteOffset, pending.length + bytes.length);
			return;
		}
		this.flush();
		this.pending = bytes;
		if (this.scheduled) return;
		this.scheduled = true;
		queueMicrotask(() => {
			this.scheduled = false;
			this.flush();
		});
	}
	flush() {
		const { pending } = this;
		this.pending = null;
		if (pending !== null && pending.length > 0) this.sink(pending);
	}
};
const follows = (before, after) => before.buffer === after.buffer && before.byteOffset + before.length === after.byteOffset;
// src/run/proxy/messages.ts
/** Reads the fields of one message's body. */
var Reader = class {
	bytes;
	at;
	/** @param bytes with type and length; may be cut off, and then strings end where it does and numbers are 0 */
	constructor(bytes) {
		this.bytes = bytes;
		this.at = 5;
	}
	get more() {
		return this.at < this.bytes.length;
	}
	int16() {
		this.at += 2;
		return this.at <= this.bytes.length ? this.bytes.readInt16BE(this.at - 2) : 0;
	}
	int32() {
		this.at += 4;
		return this.at <= this.bytes.length ? this.bytes.readInt32BE(this.at - 4) : 0;
	}
	uint32() {
		return this.int32() >>> 0;
	}
	take(length) {
		this.at += length;
		return this.bytes.subarray(this.at - length, this.at);
	}
	char() {
		return this.take(1).toString("latin1");
	}
	/** A string that ends with a zero byte. */
	text(encoding = "utf8") {
		return this.textBytes().toString(encoding);
	}
	textBytes() {
		const zero = this.bytes.indexOf(0, this.at);
		const end = zero === -1 ? this.bytes.length : zero;
		const bytes = this.bytes.subarray(this.at, end);
		this.at = end + 1;
		return bytes;
	}
};
/** Of a ReadyForQuery. */
function statusOf(bytes) {
	const status = new Reader(bytes).char();
	return status === "T" || status === "E" ? status : "I";
}
/** Type oids in a ParameterDescription. */
function parameterTypes(bytes) {
	const reader = new Reader(bytes);
	return Array.from({ length: reader.int16() }, () => reader.uint32());
}
function fieldsOf(bytes, encoding = "utf8") {
	const reader = new Reader(bytes);
	const fields = /* @__PURE__ */ new Map();
	while (reader.more) {
		const letter = reader.char();
		if (letter === "\0") break;
		fields.set(letter, reader.text(encoding));
	}
	return fields;
}
/** Not translated, where the server says it (since 9.6). */
const severityOf = (fields) => fields.get("V") ?? fields.get("S") ?? "";
const errorFields = [
	["code", "C"],
	["detail", "D"],
	["hint", "H"],
	["position", "P"],
	["internalPosition", "p"],
	["internalQuery", "q"],
	["where", "W"],
	["schema", "s"],
	["table", "t"],
	["column", "c"],
	["dataType", "d"],
	["constraint", "n"],
	["file", "F"],
	["line", "L"],
	["routine", "R"]
];
function errorOf(bytes, encoding) {
	const fields = fieldsOf(bytes, encoding);
	const error = new esm_default.DatabaseError(fields.get("M") ?? "", bytes.length, "error");
	error.severity = severityOf(fields);
	for (const [name, letter] of errorFields) error[name] = fields.get(letter);
	return error;
}
/** The message with these fields, as a server would send it. */
function encodeFields(type, fields) {
	const texts = [...fields].map(([letter, text]) => `${letter}${text}\0`).join("");
	return message(type, Buffer.from(`${texts}\0`));
}
/** An ErrorResponse whose position is this many characters farther back. */
function shifted(bytes, characters) {
	const at = bytes.indexOf("\0P", 5, "latin1");
	const end = at === -1 ? -1 : bytes.indexOf(0, at + 2);
	if (end === -1) return bytes;
	const position = Number(bytes.toString("latin1", at + 2, end)) + characters;
	const body = [
		bytes.subarray(5, at + 2),
		Buffer.from(String(position)),
		bytes.subarray(end)
	];
	return message("E", Buffer.concat(body));
}
/** An ErrorResponse that ends the connection. */
const fatal = (code, text) => encodeFields("E", /* @__PURE__ */ new Map([
	["S", "FATAL"],
	["V", "FATAL"],
	["C", code],
	["M", text]
]));
const readyForQuery = (status) => message("Z", Buffer.from(status));
function message(type, body) {
	const bytes = Buffer.alloc(5 + body.length);
	bytes.write(type, 0, "latin1");
	bytes.writeInt32BE(4 + body.length, 1);
	body.copy(bytes, 5);
	return bytes;
}
/** Names and type oids of a RowDescription. */
function columnsOf(bytes) {
	const reader = new Reader(bytes);
	return Array.from({ length: reader.int16() }, () => {
		const name = reader.text();
		reader.take(6);
		const type = reader.uint32();
		reader.take(8);
		return {
			name,
			type
		};
	});
}
/** Values of a DataRow as text. */
function valuesOf(bytes) {
	const reader = new Reader(bytes);
	return Array.from({ length: reader.int16() }, () => {
		const length = reader.int32();
		return length === -1 ? null : reader.take(length).toString();
	});
}
/**
* One statement by the extended protocol, under a name of its own: the client's unnamed statement and portal, which
* a simple Query would drop, stay as they are, and nothing of ours is left behind.
*/
function askBytes(name, text, values = []) {
	return Buffer.concat([
		serialize.parse({
			name,
			text
		}),
		serialize.bind({
			portal: name,
			statement: name,
			values
		}),
		serialize.describe({
			type: "P",
			name
		}),
		serialize.execute({ portal: name }),
		serialize.close({
			type: "P",
			name
		}),
		serialize.close({
			type: "S",
			name
		}),
		serialize.sync()
	]);
}
// src/run/proxy/backend.ts
/** A message is cut in pieces when it is longer than this. */
const keptBytes$1 = 8388608;
/** The server's side of a proxied connection, after its login. */
var Backend = class {
	status = "I";
	outlet;
	exchanges = [];
	splitter;
	/** What belongs to no exchange. */
	onLoose;
	ended = false;
	asked = 0;
	constructor(socket, onLoose) {
		this.outlet = new Outlet((bytes) => socket.write(bytes));
		this.onLoose = onLoose;
		this.splitter = new Splitter((type) => (type === "D" || type === "d") && this.exchanges[0]?.whole !== true ? 0 : keptBytes$1);
	}
	get lost() {
		return this.ended;
	}
	/** Begins an exchange. */
	begin(exchange, bytes) {
		if (this.ended) {
			exchange.lost();
			return;
		}
		this.exchanges.push(exchange);
		if (this.exchanges.length === 1) exchange.turn?.(this.status);
		if (bytes !== void 0) this.write(bytes);
	}
	/** Goes on with the last exchange. */
	write(bytes) {
		if (!this.ended) this.outlet.write(bytes);
	}
	/** Sends what has been written at once, and not at the end of this turn. */
	flush() {
		this.outlet.flush();
	}
	/** @throws BrokenStream */
	receive(chunk) {
		this.splitter.push(chunk);
		for (let piece = this.splitter.next(); piece !== null; piece = this.splitter.next()) this.pass(piece);
	}
	pass(piece) {
		const [exchange] = this.exchanges;
		if (exchange === void 0) this.onLoose(piece);
		else if (piece.type === "Z") {
			this.exchanges.shift();
			this.status = statusOf(piece.bytes);
			exchange.ready(piece, this.status);
			this.exchanges[0]?.turn?.(this.status);
		} else exchange.receive(piece);
	}
	/** The connection has ended. */
	end() {
		if (this.ended) return;
		this.ended = true;
		for (const exchange of this.exchanges.splice(0)) exchange.lost();
	}
	/**
	* Asks the server something of our own; the client sees nothing of it.
	*
	* @throws pg.DatabaseError, ConnectionLost
	*/
	async query(text, values) {
		const { rows, error, lost } = await this.ask(text, values);
		if (error !== null) throw errorOf(error);
		if (lost) throw new ConnectionLost("the connection ended");
		return { rows };
	}
	/**
	* Has the server run a statement of our own.
	*
	* @returns its ErrorResponse as it came, null when it ran
	* @throws ConnectionLost
	*/
	async command(text) {
		const { error, lost } = await this.ask(text);
		if (lost) throw new ConnectionLost("the connection ended");
		return error;
	}
	ask(text, values) {
		return new Promise((resolve) => {
			const name = `_migration_gate_${this.asked++}`;
			this.begin(new Question(this.onLoose, resolve), askBytes(name, text, values));
		});
	}
};
/** The server ended the connection before it answered. */
var ConnectionLost = class extends Error {
	name = "ConnectionLost";
};
/** A question of our own: its answer is read and kept from the client. */
var Question = class {
	whole = true;
	onLoose;
	resolve;
	rows = [];
	columns = [];
	error = null;
	constructor(onLoose, resolve) {
		this.onLoose = onLoose;
		this.resolve = resolve;
	}
	receive(piece) {
		const { type, bytes } = piece;
		if (type === "S" || type === "A") this.onLoose(piece);
		if (!piece.first) return;
		if (type === "T") this.columns = columnsOf(bytes);
		if (type === "D") this.rows.push(this.row(bytes));
		if (type !== "E") return;
		this.error ??= bytes;
		if (["FATAL", "PANIC"].includes(severityOf(fieldsOf(bytes)))) this.onLoose(piece);
	}
	row(bytes) {
		const values = valuesOf(bytes);
		return Object.fromEntries(this.columns.map(({ name, type }, index) => {
			const value = values[index] ?? null;
			return [name, value === null ? null : esm_default.types.getTypeParser(type)(value)];
		}));
	}
	ready() {
		this.resolve({
			rows: this.rows,
			error: this.error,
			lost: false
		});
	}
	lost() {
		this.resolve({
			rows: this.rows,
			error: this.error,
			lost: true
		});
	}
};
// src/run/proxy/record.ts
const textLimit = 1e6;
const parameterLength = 1e3;
/** What was said on all connections of a proxy. */
var Recorder = class {
	statements = [];
	started = /* @__PURE__ */ new Map();
	onStatement;
	constructor(onStatement) {
		this.onStatement = onStatement;
	}
	begin({ connection, database, text, parameters, status }) {
		const draft = {
			order: this.statements.length,
			connection,
			database,
			text: text.length > 1e6 ? text.slice(0, textLimit) : text,
			parameters,
			tag: null,
			tags: [],
			rows: null,
			error: null,
			statusBefore: status,
			statusAfter: status,
			startedAt: Date.now(),
			durationMs: 0,
			notices: [],
			observation: null,
			unobserved: null
		};
		this.statements.push(draft);
		this.started.set(draft, performance.now());
		return draft;
	}
	/** The server has answered. */
	answered(draft) {
		const start = this.started.get(draft);
		if (start !== void 0) draft.durationMs = performance.now() - start;
	}
	/** Everything is known of it. */
	finish(draft) {
		if (this.started.delete(draft)) this.onStatement(draft);
	}
	/** The connection is over. */
	finishAll(connection) {
		for (const draft of [...this.started.keys()]) if (draft.connection === connection) this.finish(draft);
	}
};
/** The number in a command tag: `INSERT 0 3`, `SELECT 5`. */
function rowsOf(tag) {
	const found = /^[A-Z ]+?(?: \d+)? (\d+)$/.exec(tag);
	return found === null ? null : Number(found[1]);
}
// src/run/proxy/answer.ts
/** Which message of the server ends which step. An error ends all up to the next Sync; ReadyForQuery a simple query. */
const endings = {
	"1": "parse",
	"2": "bind",
	"3": "close",
	n: "describe",
	T: "describe",
	C: "execute",
	I: "execute",
	s: "execute"
};
/** The server's answer to what a client has sent up to a Query, FunctionCall or Sync, recorded as it arrives. */
var Answer = class {
	/** Statements that the server has begun to run, in their order. */
	drafts = [];
	/** The server has asked for the client's data. */
	copied = false;
	/** It takes them. */
	copying = false;
	/** ReadyForQuery has come, or will not. */
	over = false;
	recorder;
	receiver;
	encoding;
	steps = [];
	current = null;
	status = null;
	constructor(recorder, receiver, encoding) {
		this.recorder = recorder;
		this.receiver = receiver;
		this.encoding = encoding;
	}
	/** The client has sent another message that is answered. */
	expect(step) {
		this.steps.push(step);
		if (this.steps.length === 1) this.start();
	}
	turn(status) {
		this.status = status;
		this.start();
	}
	start() {
		const [step] = this.steps;
		if (this.status !== null && (step?.kind === "execute" || step?.kind === "query")) this.run(step.begin());
	}
	run(draft) {
		this.current = draft;
		if (this.drafts.includes(draft)) return;
		if (draft.tag === null) draft.statusBefore = this.status ?? draft.statusBefore;
		this.drafts.push(draft);
	}
	receive(piece) {
		if (piece.first && piece.type === "N" && this.noticed(piece.bytes)) return;
		if (piece.first) this.hear(piece);
		this.receiver.pass(piece);
	}
	hear({ type, bytes }) {
		if (type === "C") this.completed(bytes);
		else if (type === "E") this.failed(bytes);
		else if (type === "G" || type === "W") this.copied = true;
		if (type === "G" || type === "W") this.copying = true;
		else if (type === "C" || type === "E") this.copying = false;
		const [step] = this.steps;
		if (type === "t" && step?.kind === "describe") step.types?.(parameterTypes(bytes));
		if (step === void 0 || endings[type] !== step.kind) return;
		if (this.current !== null) this.recorder.answered(this.current);
		this.current = null;
		this.steps.shift();
		this.start();
	}
	completed(bytes) {
		const { current } = this;
		const tag = bytes.toString("utf8", 5, bytes.length - 1);
		if (tag === "BEGIN" || tag === "START TRANSACTION") this.status = "T";
		else if ([
			"COMMIT",
			"ROLLBACK",
			"PREPARE TRANSACTION"
		].includes(tag)) this.status = "I";
		if (current === null) return;
		current.tag = tag;
		current.tags = [...current.tags, tag];
		current.rows = rowsOf(tag);
		current.statusAfter = this.status ?? "I";
	}
	failed(bytes) {
		const [step] = this.steps;
		if (this.current === null && step !== void 0 && "begin" in step) this.run(step.begin());
		const { current } = this;
		if (this.status === "T") this.status = "E";
		this.steps.length = 0;
		this.current = null;
		if (current === null) return;
		current.error ??= errorOf(bytes, this.encoding);
		current.tag = null;
		current.statusAfter = this.status ?? "I";
		this.recorder.answered(current);
	}
	/** @returns true: it is not for the client */
	noticed(bytes) {
		const { current } = this;
		const fields = fieldsOf(bytes, this.encoding);
		const notice = {
			severity: severityOf(fields),
			message: fields.get("M") ?? ""
		};
		if (this.receiver.hears?.(notice) === true) return true;
		if (current !== null && current.notices.length < 100) current.notices = [...current.notices, notice];
		return false;
	}
	/** The statement's COMMIT has failed with this ErrorResponse. */
	fail(bytes) {
		const last = this.drafts.at(-1);
		if (last === void 0) return;
		last.error = errorOf(bytes, this.encoding);
		last.tag = null;
		last.observation = null;
	}
	ready(piece, status) {
		this.close();
		const last = this.drafts.at(-1);
		if (last !== void 0) last.statusAfter = status;
		this.receiver.ready(piece, status);
	}
	lost() {
		this.close();
		this.receiver.lost();
	}
	close() {
		this.over = true;
		this.copying = false;
		if (this.current !== null) this.recorder.answered(this.current);
	}
};
// src/run/proxy/frontend.ts
const queryText = (bytes, encoding) => new Reader(bytes).text(encoding);
function readParse(bytes, encoding) {
	const reader = new Reader(bytes);
	return {
		name: reader.text(encoding),
		text: reader.text(encoding),
		types: Array.from({ length: reader.int16() }, () => reader.uint32())
	};
}
/** @param bytes may be cut off: parameters that are not there are empty */
function readBind(bytes, encoding) {
	const reader = new Reader(bytes);
	const portal = reader.text(encoding);
	const statement = reader.text(encoding);
	const formats = Array.from({ length: reader.int16() }, () => reader.int16());
	const count = reader.int16();
	const parameters = [];
	for (let index = 0; index < count; index += 1) {
		const length = reader.int32();
		const binary = (formats.length === 1 ? formats[0] : formats[index]) === 1;
		parameters.push({
			bytes: length === -1 ? null : reader.take(length),
			binary
		});
	}
	return {
		portal,
		statement,
		parameters
	};
}
/** Parameters for the record: what is long is cut, binary ones of unknown types are `\x…`. */
function shownParameters({ parameters }, types, encoding) {
	return parameters.slice(0, 100).map(({ bytes, binary }, index) => {
		if (bytes === null) return null;
		const kept = bytes.subarray(0, parameterLength);
		if (!binary) return kept.toString(encoding);
		return binaryDecoders[types[index] ?? 0]?.(bytes) ?? `\\x${kept.toString("hex")}`;
	});
}
const when = (length, decode) => (bytes) => bytes.length === length ? decode(bytes) : null;
const text$1 = (bytes) => bytes.subarray(0, parameterLength).toString();
/** By type oid (pg_type.dat): the types that drivers send in binary. */
const binaryDecoders = {
	16: when(1, (bytes) => bytes[0] === 1 ? "t" : "f"),
	18: text$1,
	19: text$1,
	20: when(8, (bytes) => String(bytes.readBigInt64BE())),
	21: when(2, (bytes) => String(bytes.readInt16BE())),
	23: when(4, (bytes) => String(bytes.readInt32BE())),
	25: text$1,
	26: when(4, (bytes) => String(bytes.readUInt32BE())),
	700: when(4, (bytes) => String(bytes.readFloatBE())),
	701: when(8, (bytes) => String(bytes.readDoubleBE())),
	1042: text$1,
	1043: text$1,
	1114: when(8, (bytes) => new Date(sinceEpoch(bytes)).toISOString().replace("Z", "")),
	1184: when(8, (bytes) => new Date(sinceEpoch(bytes)).toISOString()),
	2950: when(16, (bytes) => bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5"))
};
/** Postgres counts microseconds from 2000. */
const sinceEpoch = (bytes) => Math.min(864e13, Math.max(-864e13, Number(bytes.readBigInt64BE() / 1000n) + Date.UTC(2e3, 0)));
// src/run/proxy/client-session.ts
/** What a client has prepared in its session, and how its texts are to be read. */
var ClientSession = class {
	encoding = "utf8";
	/** Are backslashes in plain literals taken as they stand? As in our own grammar. */
	conforming = true;
	place;
	recorder;
	prepared = /* @__PURE__ */ new Map();
	portals = /* @__PURE__ */ new Map();
	constructor({ number, database, recorder }) {
		this.place = {
			number,
			database
		};
		this.recorder = recorder;
	}
	/** Reads what the server reports of the session's settings. */
	hear({ type, bytes, first }) {
		if (type !== "S" || !first) return;
		const reader = new Reader(bytes);
		const name = reader.text();
		const value = reader.text();
		if (name === "client_encoding") this.encoding = ["UTF8", "SQL_ASCII"].includes(value) ? "utf8" : "latin1";
		if (name === "standard_conforming_strings") this.conforming = value === "on";
	}
	begin(text, parameters = [], status = "I") {
		const { number, database } = this.place;
		return this.recorder.begin({
			connection: number,
			database,
			text,
			parameters,
			status
		});
	}
	/** The text that a message of the extended protocol is about; null for what only closes or describes. */
	textOf({ type, bytes }) {
		const { encoding } = this;
		if (type === "P") return readParse(bytes, encoding).text;
		if (type === "B") return this.prepared.get(readBind(bytes, encoding).statement)?.text ?? "";
		if (type === "E") return this.portals.get(new Reader(bytes).text(encoding))?.text ?? "";
		return null;
	}
	/** Tells the answer what to expect for a message of the extended protocol. */
	step(answer, { type, bytes }) {
		if (type === "P") this.parse(answer, bytes);
		else if (type === "B") this.bind(answer, bytes);
		else if (type === "E") this.execute(answer, bytes);
		else if (type === "C") this.close(answer, bytes);
		else this.describe(answer, bytes);
	}
	parse(answer, bytes) {
		const { name, ...statement } = readParse(bytes, this.encoding);
		this.prepared.set(name, statement);
		answer.expect({
			kind: "parse",
			begin: () => this.begin(statement.text)
		});
	}
	/** A client that asks for the types of a statement's parameters will send them in binary. */
	describe(answer, bytes) {
		const reader = new Reader(bytes);
		const isStatement = reader.char() === "S";
		const name = reader.text(this.encoding);
		const statement = isStatement ? this.prepared.get(name) : void 0;
		const types = (said) => {
			if (statement !== void 0 && this.prepared.get(name) === statement) this.prepared.set(name, {
				...statement,
				types: said
			});
		};
		answer.expect({
			kind: "describe",
			types
		});
	}
	bind(answer, bytes) {
		const bind = readBind(bytes, this.encoding);
		const { text, types } = this.prepared.get(bind.statement) ?? {
			text: "",
			types: []
		};
		const parameters = shownParameters(bind, types, this.encoding);
		this.portals.set(bind.portal, {
			text,
			parameters,
			draft: null
		});
		answer.expect({
			kind: "bind",
			begin: () => this.begin(text, parameters)
		});
	}
	execute(answer, bytes) {
		const name = new Reader(bytes).text(this.encoding);
		const portal = this.portals.get(name) ?? {
			text: `portal ${name}`,
			parameters: [],
			draft: null
		};
		const begin = () => {
			portal.draft ??= this.begin(portal.text, portal.parameters);
			return portal.draft;
		};
		answer.expect({
			kind: "execute",
			begin
		});
	}
	close(answer, bytes) {
		const reader = new Reader(bytes);
		(reader.char() === "S" ? this.prepared : this.portals).delete(reader.text(this.encoding));
		answer.expect({ kind: "close" });
	}
};
// src/run/proxy/observation.ts
/** What the tracer would say. */
function traceOf({ drafts, node, seen, heard, state, after, shared, source }) {
	const { written, ...observed } = seen;
	const tags = drafts.flatMap((draft) => draft.tags);
	return {
		...observed,
		node,
		proofs: proofsIn(heard.notices),
		notices: drafts.flatMap((draft) => shownNotices(draft.notices)).slice(0, 20),
		inTransaction: shared,
		searchPath: state.searchPath,
		role: state.role,
		timeouts: runsCode(node) ? after.timeouts : state.timeouts,
		rowsWritten: rowsWritten$1({ node }, { tags }, written),
		source,
		orders: drafts.map(({ order }) => order)
	};
}
// src/run/proxy/alone.ts
/** Reads what is there before a statement that must not be in a transaction: what it leaves behind is compared. */
async function beforeAlone({ backend, watch, recorder }, transaction, { node, asksLevel }) {
	const inside = backend.status === "T";
	const state = await probeIdle(backend, watch.following.major, inside);
	const level = state.messages;
	const shade = asksLevel || level.startsWith("debug") ? null : { level };
	if (shade === null) await setLevel(backend, level, inside);
	const following = transaction.following ?? watch.following;
	const documented = node === null ? null : documentedLocks(node);
	const index = recorder.statements.length;
	const locks = documented === null ? [] : await placeLocks(backend, following, documented, index);
	await settleCounters(backend, following.major);
	return {
		shade,
		state,
		documented,
		locks,
		before: await standingNow(backend, inside)
	};
}
/** Compares what such a statement has left behind with what was there before. */
async function afterAlone({ backend, watch }, transaction, { answer, status, heard }, { node }, { shade, state, documented, locks, before }) {
	await transaction.left(answer.drafts, status);
	const draft = answer.drafts.at(-1);
	if (status === "E" || draft === void 0) return;
	const later = await probeIdle(backend, watch.following.major, status === "T");
	await setLevel(backend, shade !== null && later.messages === "debug1" ? shade.level : later.messages, status === "T");
	await settleCounters(backend, watch.following.major);
	const proofs = proofsIn(heard.notices);
	const deaf = documented === null && proofs.length === 0;
	const following = transaction.following ?? watch.following;
	const settled = await settledSince(backend, before, following);
	const seen = observeSettled(following, before, settled, {
		index: draft.order,
		node,
		proofs,
		deaf
	});
	watch.changed();
	draft.observation = traceOf({
		drafts: answer.drafts,
		node,
		seen: {
			...seen,
			deaf,
			locks: locks.map((lock) => ({
				...lock,
				since: draft.order
			}))
		},
		heard,
		state,
		after: later,
		shared: false,
		source: documented === null ? "unknown" : "documented"
	});
}
async function setLevel(backend, level, inside) {
	await backend.query(`SELECT pg_catalog.set_config('client_min_messages', $1, ${inside})`, [level]);
}
// src/run/proxy/shade.ts
/** How the server ranks its messages for a client (elog.h); INFO always comes. */
const ranks = {
	DEBUG: 1,
	LOG: 2,
	NOTICE: 3,
	WARNING: 4,
	ERROR: 5
};
/** Would the server not have sent it? */
function isHidden({ level }, severity) {
	const rank = ranks[severity];
	return rank !== void 0 && rank < (ranks[level.toUpperCase()] ?? 0);
}
/** A flood of messages must not fill our memory; the server's account of itself must not drown in it. */
const heardLimit = 2e3;
/** What the server said during a statement, hidden or not. */
var Heard = class {
	notices = [];
	proofs = 0;
	add(notice) {
		if (isProof(notice) ? this.proofs++ < heardLimit : this.notices.length - this.proofs < heardLimit) this.notices.push({
			severity: notice.severity,
			message: notice.message.slice(0, 1e4)
		});
	}
};
// src/run/proxy/signal.ts
function signal() {
	let done = () => {};
	let fail = () => {};
	return {
		promise: new Promise((resolve, reject) => {
			done = resolve;
			fail = reject;
		}),
		done,
		fail
	};
}
// src/run/proxy/hearing.ts
/** How much of an answer is kept back while the server may still refuse. */
const heldLimit = 1048576;
/** 25001: "cannot run inside a transaction block"; 2D000: a COMMIT in a procedure or DO block. */
const needsNoTransaction = ["25001", "2D000"];
/**
* Passes an answer on, without what only we are to hear.
*
* @param over called when ReadyForQuery has come, before `ended` resolves; rejects with ConnectionLost
*/
function hear(line, { shade, offset, hold, retry }, over) {
	const heard = new Heard();
	const ended = signal();
	let held = [];
	let size = 0;
	let open = !retry;
	let refused = false;
	const answer = line.answer({
		hears: (notice) => {
			heard.add(notice);
			return shade !== null && isHidden(shade, notice.severity);
		},
		pass: (piece) => {
			const { type, bytes } = piece;
			const said = type === "E" ? fieldsOf(bytes).get("C") : void 0;
			if (!open && said !== void 0 && needsNoTransaction.includes(said)) refused = true;
			const keep = !open || held.length > 0 || hold && type === "C";
			const shown = type === "E" && offset > 0 ? shifted(bytes, offset) : bytes;
			if (!keep) return line.pass({
				...piece,
				bytes: shown
			});
			held.push(Buffer.from(shown));
			size += shown.length;
			if (size < heldLimit) return;
			for (const each of held) line.pass(whole(each));
			held = [];
			open = true;
		},
		ready: (_, status) => {
			over();
			ended.done({
				answer,
				status,
				heard,
				held,
				refused
			});
		},
		lost: () => {
			for (const draft of answer.drafts) {
				draft.unobserved ??= "connection-lost";
				line.recorder.finish(draft);
			}
			ended.fail(new ConnectionLost("the connection ended"));
		}
	});
	return {
		answer,
		ended: ended.promise
	};
}
/** A message that is there as a whole. */
const whole = (bytes) => ({
	type: String.fromCharCode(bytes[0] ?? 0),
	bytes,
	first: true
});
// src/run/proxy/catalog-query.ts
/**
* Is it a SELECT that only reads the system's catalogs and calls the system's own functions? Tools ask very many
* of them, and they do nothing that is observed.
*/
function isCatalogQuery(node, functions) {
	if (!("SelectStmt" in node)) return false;
	const names = /* @__PURE__ */ new Set();
	return collects(node, names) && isHarmless(node, functions, names);
}
/** Names of WITH queries; false for what writes. */
function collects(value, names) {
	if (Array.isArray(value)) return value.every((each) => collects(each, names));
	if (typeof value !== "object" || value === null) return true;
	return Object.entries(value).every(([key, inner]) => {
		if (writing.has(key)) return false;
		if (key === "ctename" && typeof inner === "string") names.add(inner);
		return collects(inner, names);
	});
}
const writing = /* @__PURE__ */ new Set([
	"InsertStmt",
	"UpdateStmt",
	"DeleteStmt",
	"MergeStmt",
	"intoClause",
	"lockingClause"
]);
function isHarmless(value, functions, names) {
	if (Array.isArray(value)) return value.every((each) => isHarmless(each, functions, names));
	if (typeof value !== "object" || value === null) return true;
	return Object.entries(value).every(([key, inner]) => {
		if (key === "RangeVar" && !isCatalog(inner, names)) return false;
		if (key === "FuncCall" && !isOwn(inner, functions)) return false;
		return isHarmless(inner, functions, names);
	});
}
function isCatalog({ schemaname, relname = "" }, names) {
	if (schemaname !== void 0 && schemaname !== "") return schemaname === "pg_catalog" || schemaname === "information_schema";
	return names.has(relname) || relname.startsWith("pg_");
}
function isOwn({ funcname = [] }, functions) {
	const parts = funcname.map((part) => part.String?.sval ?? "");
	if (parts.length > 1 && parts[0] !== "pg_catalog") return false;
	const name = parts.at(-1) ?? "";
	return functions.has(name) && !name.includes("to_xml");
}
// src/run/proxy/plan.ts
function planOf({ text, status, simple, readable, functions }) {
	const parsed = readable ? parseFile(text) : null;
	const statements = parsed === null || parsed.error !== null ? null : parsed.statements;
	const whole = (node, how) => ({
		how,
		parts: [partOf(text, 0, node, functions)]
	});
	if (statements?.length === 0) return {
		how: "inside",
		parts: [{
			...nothing$1,
			text
		}]
	};
	if (statements === null) return whole(null, status === "I" ? "bare" : "inside");
	const [first] = statements;
	if (statements.length === 1 && first !== void 0) return whole(first.node, howOf(first.node, status, simple, functions));
	const nodes = statements.map(({ node }) => node);
	const controls = nodes.map(isTransactionControl);
	const opens = status === "I" && begins$1(nodes[0]);
	const inner = controls.slice(opens ? 1 : 0, status === "T" || opens ? -1 : void 0);
	if (!(simple && !inner.includes(true) && (status === "I" || nodes.every(isNoBegin)))) return whole(null, status === "E" ? "inside" : "bare");
	if (status === "I" && !opens && nodes.some(isSavepoint)) return whole(null, "bare");
	const ends = statements.map(({ start }) => start);
	return {
		how: status === "I" && !opens ? "wrapped" : "inside",
		parts: statements.map(({ node }, index) => {
			const start = index === 0 ? 0 : ends[index] ?? 0;
			return partOf(text.slice(start, ends[index + 1] ?? text.length), [...text.slice(0, start)].length, node, functions);
		})
	};
}
const nothing$1 = {
	text: "",
	offset: 0,
	node: null,
	sees: "nothing",
	asksLevel: false
};
function partOf(text, offset, node, functions) {
	return {
		text,
		offset,
		node,
		sees: seesOf(node, functions),
		asksLevel: levelWords.test(text)
	};
}
const levelWords = /client_min_messages|pg_settings|show\s+all|reset\s+all|current_setting/i;
function seesOf(node, functions) {
	if (node === null) return "all";
	if ("LockStmt" in node) return "after";
	if ("TransactionStmt" in node) return node.TransactionStmt.kind === "TRANS_STMT_ROLLBACK_TO" ? "after" : "nothing";
	if (harmless.some((kind) => kind in node) || isCatalogQuery(node, functions)) return "nothing";
	return "all";
}
/** What does nothing to a relation. */
const harmless = [
	"VariableSetStmt",
	"VariableShowStmt",
	"ListenStmt",
	"NotifyStmt",
	"UnlistenStmt",
	"PrepareStmt",
	"DeallocateStmt",
	"ClosePortalStmt",
	"ConstraintsSetStmt",
	"DiscardStmt",
	"CheckPointStmt",
	"LoadStmt"
];
function howOf(node, status, simple, functions) {
	if (status !== "I") return "inside";
	if (isTransactionControl(node) || needsTransaction(node)) return "inside";
	if ("DeclareCursorStmt" in node) return "inside";
	const documented = documentedLocks(node);
	if (documented === null && seesOf(node, functions) === "nothing") return "inside";
	if (documented?.refuses === "always") return "bare";
	return mayRefuse(node) && !simple ? "bare" : "wrapped";
}
/** May the server refuse to run it in a transaction? */
function mayRefuse(node) {
	if (node === null || documentedLocks(node) !== null) return true;
	return [
		"DoStmt",
		"CallStmt",
		"ExecuteStmt"
	].some((kind) => kind in node);
}
/** SET TRANSACTION and its like, which must stand before the first query, and what may stand before them. */
const mayComeFirst = (node) => node !== null && ("VariableSetStmt" in node || "VariableShowStmt" in node || "LockStmt" in node);
const kindOf = (node) => node !== void 0 && "TransactionStmt" in node ? node.TransactionStmt.kind : void 0;
const begins$1 = (node) => kindOf(node) === "TRANS_STMT_BEGIN" || kindOf(node) === "TRANS_STMT_START";
const isNoBegin = (node) => !begins$1(node);
const isSavepoint = (node) => kindOf(node) !== void 0 && !isTransactionControl(node);
// src/run/proxy/repeats.ts
/** Data statements of a connection that are the same but for constants: after very many there is nothing new to see. */
var Repeats = class {
	counts = /* @__PURE__ */ new Map();
	/** @returns the plan, null where it need not be observed: what it would do has been seen `alikeLimit` times */
	thinned(plan) {
		const [part] = plan.parts;
		if (part === void 0 || part.sees !== "all") return plan;
		const like = plan.parts.length > 1 || part.node === null ? null : likeness$1({
			node: part.node,
			sql: part.text
		});
		if (like === null) {
			if (part.node === null || !("SelectStmt" in part.node)) this.counts.clear();
			return plan;
		}
		const count = (this.counts.get(like.key) ?? 0) + 1;
		this.counts.set(like.key, count);
		return count > 1e3 ? null : plan;
	}
};
/** Sends it as it stands. */
const unobserved = ({ parts: [part] }) => ({
	how: "inside",
	parts: part === void 0 ? [] : [{
		...part,
		sees: "nothing"
	}]
});
// src/run/proxy/transaction.ts
/** The transaction that a connection is in, and our questions in it. */
var Transaction = class {
	backend;
	watch;
	recorder;
	current = null;
	/** Ours, around a statement that would commit by itself. */
	wrapping = false;
	/** The client's statements share it, as they share the block that the server makes of one message. */
	shared = false;
	/** A query has run in it: SET TRANSACTION is too late. */
	queried = false;
	/** What has not been looked at yet, since SET TRANSACTION may follow. */
	owed = null;
	state = null;
	constructor({ backend, watch, recorder }) {
		this.backend = backend;
		this.watch = watch;
		this.recorder = recorder;
	}
	get following() {
		return this.current?.following ?? null;
	}
	/** Begins one of ours. */
	wrap(shared) {
		this.wrapping = true;
		this.shared = shared;
		this.queried = false;
		this.backend.command("BEGIN").catch(() => {});
	}
	/**
	* Ends ours.
	*
	* @returns the server's error when it could not be committed
	*/
	async unwrap(commit) {
		const { current } = this;
		this.wrapping = false;
		this.forget();
		const error = await this.backend.command(commit ? "COMMIT" : "ROLLBACK");
		if (commit && error === null && current !== null) await this.watch.committed(current, this.backend);
		return error;
	}
	/** Asks what must be asked before a statement; null: the server says nothing that the client would not hear. */
	async before({ sees, node, asksLevel }) {
		if (this.backend.status !== "T" && !this.wrapping) return null;
		const first = mayComeFirst(node) && !this.queried;
		if (this.owed !== null && !first) await this.lookLate();
		if (sees === "nothing") {
			this.queried ||= !first && !isTransactionControl(node);
			return null;
		}
		this.current ??= this.watch.begin();
		if (sees === "after") return null;
		await this.count(this.current.following);
		this.queried = true;
		const state = await probeIdle(this.backend, this.current.following.major, true);
		this.state = state;
		if (!asksLevel && !state.messages.startsWith("debug")) return { level: state.messages };
		await this.setLevel(state.messages);
		return null;
	}
	async count(following) {
		if (following.fresh) countFrom(following, await countersNow(this.backend, following.major));
	}
	/** Looks at what a statement did. */
	async after(ran) {
		const { status, part, drafts } = ran;
		if (!this.wrapping) await this.left(drafts, status);
		if (status !== "T" || part.sees === "nothing" || drafts.length === 0) {
			if (status === "T" && ran.shade !== null) await this.setLevel(ran.shade.level);
			return;
		}
		this.current ??= this.watch.begin();
		if (mayComeFirst(part.node) && !this.queried) this.owed = ran;
		else await this.look(ran, this.current.following);
	}
	/** Notices that the client's transaction has ended. */
	async left(drafts, status) {
		const chained = drafts.flatMap((draft) => draft.tags).includes("COMMIT");
		if (status !== "I" && !chained) return;
		const { current } = this;
		this.forget();
		if (current === null || !chained) return;
		await this.watch.committed(current, this.backend);
	}
	/** Of these statements, and those that were waiting, which have been looked at. */
	known(drafts) {
		const waiting = this.owed?.drafts ?? [];
		return drafts.filter((draft) => !waiting.includes(draft));
	}
	forget() {
		this.current = null;
		this.owed = null;
		this.queried = false;
	}
	async lookLate() {
		const { owed, current } = this;
		this.owed = null;
		if (owed === null) return;
		if (current !== null) await this.look(owed, current.following);
		for (const draft of owed.drafts) this.recorder.finish(draft);
	}
	/** Between a savepoint and its release: what goes wrong with our questions is not the client's. */
	async look(ran, following) {
		const { backend } = this;
		this.queried = true;
		const last = ran.drafts.at(-1);
		const saved = backend.command("SAVEPOINT _migration_gate");
		saved.catch(() => {});
		try {
			await this.ask(ran, following);
			await backend.command("RELEASE SAVEPOINT _migration_gate");
		} catch (error) {
			if (!(error instanceof esm_default.DatabaseError) || await saved !== null) throw error;
			await backend.command("ROLLBACK TO SAVEPOINT _migration_gate");
			await backend.command("RELEASE SAVEPOINT _migration_gate");
			if (ran.shade !== null) await this.setLevel(ran.shade.level);
			if (last !== void 0) last.unobserved = "question-failed";
		}
	}
	async ask({ drafts, part, heard, shade }, following) {
		const { backend } = this;
		const { node } = part;
		await this.count(following);
		if (node !== null && takesBack(node)) catchUp(following, await settledRelations(backend));
		const { view, session } = await look(backend, following, node);
		const proofs = proofsIn(heard.notices);
		const deaf = part.sees === "all" && await isDeaf(backend, following, {
			node,
			proofs,
			view,
			session
		});
		const level = shade !== null && session.messages === "debug1" ? shade.level : session.messages;
		await this.setLevel(level);
		const last = drafts.at(-1);
		if (last === void 0) return;
		const seen = observe(following, view, {
			index: last.order,
			node,
			proofs,
			deaf
		});
		for (const draft of drafts.slice(0, -1)) draft.unobserved = "with-others";
		last.observation = traceOf({
			drafts,
			node,
			seen: {
				...node !== null && takesBack(node) ? nothingObserved : seen,
				deaf
			},
			heard,
			state: this.state ?? session,
			after: session,
			shared: !this.wrapping || this.shared,
			source: "observed"
		});
		this.state = session;
	}
	async setLevel(level) {
		await this.backend.query(`SELECT pg_catalog.set_config('client_min_messages', $1, true)`, [level]);
	}
};
// src/run/proxy/observer.ts
/**
* Runs the client's statements one after the other with the tracer's questions between them, so that the client
* sees what it would see without.
*/
var Observer = class {
	line;
	transaction;
	repeats = new Repeats();
	busy = Promise.resolve();
	/** Our own questions are on their way after the client's statement has ended: a cancel is too late. */
	asking = false;
	/** Resolves when a cancel has reached the server. */
	cancelling = Promise.resolve();
	/** The statement has been sent. */
	running = Promise.resolve();
	constructor(line) {
		this.line = line;
		this.transaction = new Transaction(line);
	}
	/** Resolves when nothing of the client is being run. */
	get free() {
		return this.busy;
	}
	/** Cancels what the client runs. @param send brings the request to the server */
	async cancel(send) {
		await this.running;
		if (this.asking) return;
		this.cancelling = send();
		await this.cancelling;
	}
	/**
	* Runs a Query message.
	*
	* @param bytes the message, or its first piece
	* @returns when it has gone to the server: what comes of it next may follow
	*/
	simple(given, bytes, message) {
		const thinned = this.repeats.thinned(given);
		const plan = thinned ?? unobserved(given);
		const sent = signal();
		const one = plan.parts.length === 1;
		const encode = (part) => one ? bytes : message(part.text);
		this.take(sent, async () => {
			if (plan.how === "bare") return this.bare(plan.parts[0], bytes, sent.done, null);
			const wrapped = plan.how === "wrapped";
			if (wrapped) this.transaction.wrap(!one);
			const drafts = [];
			let last = null;
			for (const [index, part] of plan.parts.entries()) {
				for (const held of last?.held ?? []) this.line.pass(whole(held));
				const ends = wrapped && index === plan.parts.length - 1;
				const shade = await this.transaction.before(part);
				const draft = this.line.begin(part.text);
				drafts.push(draft);
				if (thinned === null) draft.unobserved = "alike";
				const retry = wrapped && one && mayRefuse(part.node);
				last = await this.send(encode(part), draft, {
					shade,
					offset: part.offset,
					hold: ends,
					retry
				}, sent.done);
				if (last.refused) {
					await this.transaction.unwrap(false);
					return this.bare(part, bytes, sent.done, draft);
				}
				await this.after(last, part, shade);
				if (last.answer.drafts.some(({ error }) => error !== null)) break;
			}
			if (last !== null) await this.finish(last, wrapped, drafts);
		});
		return sent.promise;
	}
	/**
	* Prepares for messages of the extended protocol up to Sync.
	*
	* @param plan of the first text in them
	* @returns the answer to be sent for
	*/
	async extended(given) {
		const thinned = this.repeats.thinned(given);
		const plan = thinned ?? unobserved(given);
		const sent = signal();
		const opened = signal();
		const part = plan.parts[0];
		const run = async () => {
			const bare = plan.how === "bare" ? await beforeAlone(this.line, this.transaction, part) : null;
			const wrapped = plan.how === "wrapped";
			if (wrapped) this.transaction.wrap(false);
			const shade = bare === null ? await this.transaction.before(part) : bare.shade;
			const said = this.listen({
				shade,
				offset: 0,
				hold: false,
				retry: false
			});
			opened.done(said.answer);
			sent.done();
			const last = await said.ended;
			const { drafts } = last.answer;
			if (thinned === null) for (const draft of drafts) draft.unobserved = "alike";
			const common = drafts.length > 1 ? {
				...part,
				node: null,
				sees: "all"
			} : part;
			if (drafts.length > 1 && plan.how === "inside" && last.status === "I") for (const draft of drafts) draft.unobserved = "not-asked";
			if (bare === null) await this.after(last, common, shade);
			else await this.afterAlone(last, part, bare);
			await this.finish(last, wrapped);
		};
		this.take(sent, async () => {
			await run().finally(() => opened.fail(new ConnectionLost("the connection ended")));
		});
		return opened.promise;
	}
	/** Begins a turn; the next one waits for its end. */
	take(sent, work) {
		this.running = sent.promise;
		this.busy = work().catch((error) => {
			if (!(error instanceof ConnectionLost)) this.line.broken(error);
		}).finally(() => {
			this.asking = false;
			sent.done();
		});
	}
	async send(bytes, draft, how, sent) {
		const said = this.listen(how);
		said.answer.expect({
			kind: "query",
			begin: () => draft
		});
		this.line.backend.write(bytes);
		sent();
		return said.ended;
	}
	/** Passes an answer on. What is asked when it is over comes after the client's statement. */
	listen(how) {
		this.asking = false;
		return hear(this.line, how, () => {
			this.asking = true;
		});
	}
	/** Looks at what the statement did, if the transaction allows it. */
	async after({ answer, status, heard }, part, shade) {
		await this.cancelling;
		await this.transaction.after({
			drafts: answer.drafts,
			status,
			part,
			heard,
			shade
		});
	}
	async afterAlone(said, part, before) {
		await this.cancelling;
		await afterAlone(this.line, this.transaction, said, part, before);
	}
	/** Ends our own transaction, and tells the client that the server is ready. */
	async finish({ answer, held }, wrapped, drafts = answer.drafts) {
		const { line } = this;
		const failed = wrapped ? await this.transaction.unwrap(line.backend.status === "T") : null;
		if (failed !== null) answer.fail(failed);
		const shown = failed === null ? held : [...held.filter((bytes) => whole(bytes).type !== "C"), failed];
		for (const bytes of shown) line.pass(whole(bytes));
		const { status } = line.backend;
		const last = drafts.at(-1);
		if (last !== void 0) last.statusAfter = status;
		if (wrapped) for (const draft of drafts) Object.assign(draft, {
			statusBefore: "I",
			statusAfter: "I"
		});
		line.pass(whole(readyForQuery(status)));
		for (const draft of this.transaction.known(drafts)) line.recorder.finish(draft);
	}
	/** A statement that must not be in a transaction. */
	async bare(part, bytes, sent, again) {
		const before = await beforeAlone(this.line, this.transaction, part);
		const draft = again ?? this.line.begin(part.text);
		Object.assign(draft, {
			error: null,
			tag: null,
			tags: [],
			notices: [],
			statusAfter: draft.statusBefore
		});
		const how = {
			shade: before.shade,
			offset: 0,
			hold: false,
			retry: false
		};
		const said = await this.send(bytes, draft, how, sent);
		await this.afterAlone(said, part, before);
		await this.finish(said, false);
	}
};
// src/run/proxy/refusal.ts
const text = Buffer.from("migration-gate stops here\0");
/** A Parse of it fails before a statement of this name comes to be. */
const name = Buffer.from("_migration_gate\0");
const noTypes = Buffer.alloc(2);
/** Messages by which a statement is run, or prepared for it: those of a statement that is prepared already included. */
const begins = /* @__PURE__ */ new Set([
	"Q",
	"F",
	"P",
	"B",
	"E"
]);
/** Can the statement that comes with this message be refused here? What has come in part is on its way. */
const isRefusable = ({ type, first, last }) => begins.has(type) && first && last;
/**
* In place of a message, one with a text that the server does not take, so that everybody is in the state that an error
* makes: after Bind or Execute, too, it skips what comes before the next Sync.
*/
function refused(piece) {
	if (piece.type === "Q" || piece.type === "F") return {
		...piece,
		type: "Q",
		bytes: message("Q", text)
	};
	const named = piece.type === "P" ? Buffer.concat([new Reader(piece.bytes).textBytes(), Buffer.alloc(1)]) : name;
	return {
		...piece,
		type: "P",
		bytes: message("P", Buffer.concat([
			named,
			text,
			noTypes
		]))
	};
}
// src/run/proxy/conversation.ts
/** What a client says on one connection, message by message: sent on to the server, and recorded with its answer. */
var Conversation = class {
	/** Null: statements are recorded only. */
	observer;
	input;
	backend;
	outlet;
	onBroken;
	session;
	/** What the client has begun by the extended protocol and not yet ended with Sync. */
	open = null;
	last = null;
	/** Messages that open an exchange and say nothing of what will be run: kept until something does. */
	lead = [];
	/** The server has said something, or nothing runs any more. */
	wake = () => {};
	/**
	* @param outlet to the client
	* @param onBroken our own questions have gone wrong where the client would notice
	*/
	constructor(input, backend, outlet, onBroken) {
		this.input = input;
		this.backend = backend;
		this.outlet = outlet;
		this.onBroken = onBroken;
		this.session = new ClientSession(input);
		this.observer = input.watch === null ? null : new Observer(this.line(input.watch));
	}
	/** To the client; what it says of the session's settings is read as well. */
	pass(piece) {
		this.session.hear(piece);
		this.outlet.write(piece.bytes);
	}
	/** To be called when the server has said something. */
	heard() {
		this.wake();
	}
	/** Passes a message on, whatever the server is doing. */
	send(said) {
		const piece = this.observer === null && isRefusable(said) && this.input.refuses() ? refused(said) : said;
		const { type, bytes, first } = piece;
		const single = type === "Q" || type === "F";
		if (first && single) this.single(piece);
		if (first && isExtended(type)) this.session.step(this.opened(), piece);
		if (first && type === "S" && !this.isIgnored()) this.opened();
		if (first && (single || type === "S")) this.open = null;
		this.backend.write(bytes);
	}
	/** Passes a message on when what came before is done, with our questions between. */
	async follow(piece) {
		const { observer } = this;
		const { type, first } = piece;
		const goesOn = !first || this.open !== null || "dcfp".includes(type) || this.isIgnored() && "SH".includes(type);
		if (observer !== null && first && this.open === null && "dcf".includes(type)) await this.asked(observer, type);
		if (observer === null || goesOn) return this.send(piece);
		if (isExtended(type) && this.session.textOf(piece) === null) {
			this.lead.push(piece);
			return;
		}
		await observer.free;
		const text = type === "Q" ? queryText(piece.bytes, this.session.encoding) : this.session.textOf(piece);
		if (text !== null && !this.backend.lost) {
			const plan = this.plan(piece, text);
			if (type === "Q" && this.lead.length === 0) return observer.simple(plan, piece.bytes, (part) => message("Q", Buffer.from(`${part}\0`)));
			if (type !== "Q") this.open = await observer.extended(plan);
		}
		for (const each of this.lead.splice(0)) this.send(each);
		this.send(piece);
	}
	/** While the server takes data it ignores a Sync, and waits for the one that comes after them. */
	isIgnored() {
		return this.open === null && this.last?.copied === true && !this.last.over;
	}
	/**
	* Waits until the server takes data, or nothing runs that could: of several COPYs in one message each is sent when
	* the one before it is done, and the server forgets data that come between them.
	*/
	async asked(observer, type) {
		let free = false;
		observer.free.then(() => {
			free = true;
			this.wake();
		});
		while (!free && this.last?.copying !== true) await new Promise((resolve) => {
			this.wake = resolve;
		});
		if (type !== "d" && this.last !== null) this.last.copying = false;
	}
	plan(piece, text) {
		const { encoding, conforming } = this.session;
		return planOf({
			text,
			status: this.backend.status,
			simple: piece.type === "Q",
			readable: piece.last && conforming && encoding === "utf8" && !text.includes("�"),
			functions: this.input.watch?.functions ?? /* @__PURE__ */ new Set()
		});
	}
	line(watch) {
		const { backend, session } = this;
		const { recorder } = this.input;
		return {
			backend,
			watch,
			recorder,
			pass: (piece) => this.pass(piece),
			answer: (receiver) => {
				const answer = new Answer(recorder, receiver, session.encoding);
				this.last = answer;
				backend.begin(answer);
				return answer;
			},
			begin: (text) => session.begin(text, [], backend.status),
			broken: (error) => {
				const said = error instanceof Error ? error.message : String(error);
				this.outlet.write(fatal("XX000", `migration-gate: could not observe this: ${said}`));
				this.outlet.flush();
				this.onBroken(error);
			}
		};
	}
	/** A message with an answer of its own. */
	single({ bytes, type }) {
		const { session } = this;
		const answer = this.opened();
		const text = type === "Q" ? queryText(bytes, session.encoding) : `function call: oid ${new Reader(bytes).uint32()}`;
		answer.expect({
			kind: "query",
			begin: () => session.begin(text)
		});
	}
	/** The answer to what the client is sending. */
	opened() {
		if (this.open !== null) return this.open;
		const { recorder } = this.input;
		const answer = new Answer(recorder, this.plainly(() => answer), this.session.encoding);
		this.open = answer;
		this.last = answer;
		this.backend.begin(answer);
		return answer;
	}
	plainly(answer) {
		const finish = () => {
			for (const draft of answer().drafts) this.input.recorder.finish(draft);
		};
		return {
			pass: (piece) => this.pass(piece),
			ready: ({ bytes }) => {
				this.outlet.write(bytes);
				finish();
			},
			lost: finish
		};
	}
};
const isExtended = (type) => "PBDEC".includes(type);
// src/run/proxy/sockets.ts
/** Resolves when the socket is closed. */
const closed = (socket) => new Promise((resolve) => {
	if (socket.destroyed) resolve();
	else socket.once("close", () => resolve());
});
/** Resolves when what was written has gone out, or never will. */
function drained(socket) {
	return new Promise((resolve) => {
		const done = () => {
			socket.off("drain", done);
			socket.off("close", done);
			resolve();
		};
		socket.once("drain", done);
		socket.once("close", done);
	});
}
// src/run/proxy/startup.ts
const encryptionRequests = [80877103, 80877104];
/** Type and version of the record in which a TLS handshake begins: `sslnegotiation=direct` asks nobody. */
const handshake = 5635;
const cancelRequest = 80877102;
/** MAX_STARTUP_PACKET_LENGTH of the server. */
const longest$1 = 1e4;
/** @returns null while it is not there as a whole; its length in bytes */
function firstPacket(bytes) {
	if (bytes.length < 8) return null;
	if (bytes.readInt16BE(0) === handshake) return {
		packet: { kind: "handshake" },
		length: bytes.length
	};
	const length = bytes.readInt32BE(0);
	if (length < 8 || length > longest$1) return {
		packet: { kind: "unknown" },
		length: bytes.length
	};
	if (bytes.length < length) return null;
	return {
		packet: packetOf(bytes.subarray(0, length)),
		length
	};
}
function packetOf(bytes) {
	const code = bytes.readInt32BE(4);
	if (encryptionRequests.includes(code)) return { kind: "encryption" };
	if (code === cancelRequest) return {
		kind: "cancel",
		bytes,
		key: bytes.toString("hex", 8)
	};
	if (code >>> 16 !== 3) return { kind: "unknown" };
	const words = bytes.toString("utf8", 8).split("\0");
	const parameters = /* @__PURE__ */ new Map();
	for (let index = 0; words[index] !== void 0 && words[index] !== ""; index += 2) parameters.set(words[index] ?? "", words[index + 1] ?? "");
	return {
		kind: "startup",
		bytes,
		parameters
	};
}
/** Does the client want to be a standby? Its protocol is another one. */
function wantsReplication(parameters) {
	const said = parameters.get("replication")?.toLowerCase() ?? "off";
	return ![
		"off",
		"false",
		"no",
		"0",
		"f",
		"n"
	].includes(said);
}
/** Process and secret of a BackendKeyData, as a CancelRequest repeats them. */
const cancelKey = (bytes) => bytes.toString("hex", 5);
/**
* What the client is to see of a login message. It talks to us unencrypted: a server that it could only reach encrypted
* offers to bind the password to its certificate, which the client would refuse.
*/
function withoutChannelBinding(bytes) {
	const reader = new Reader(bytes);
	if (bytes[0] !== "R".charCodeAt(0) || reader.int32() !== 10) return bytes;
	const mechanisms = [];
	for (let name = reader.text(); name !== ""; name = reader.text()) mechanisms.push(name);
	const kept = mechanisms.filter((name) => !name.endsWith("-PLUS"));
	if (kept.length === mechanisms.length) return bytes;
	const body = Buffer.alloc(4);
	body.writeInt32BE(10);
	return message("R", Buffer.concat([body, Buffer.from(`${kept.join("\0")}\0\0`)]));
}
/** A socket to the shadow, encrypted if its connection says so. Rejects when it cannot be reached. */
async function connectServer({ host, port, ssl }) {
	const socket = await connected(host.startsWith("/") ? connect(`${host}/.s.PGSQL.${port}`) : connect({
		host,
		port,
		noDelay: true
	}), "connect");
	if (ssl === void 0) return socket;
	const request = Buffer.alloc(8);
	request.writeInt32BE(8, 0);
	request.writeInt32BE(80877103, 4);
	socket.write(request);
	if ((await new Promise((resolve, reject) => {
		socket.once("data", resolve).once("error", reject).once("close", () => reject(/* @__PURE__ */ new Error("the server closed the connection")));
	})).toString("latin1") !== "S") throw new Error("the server does not encrypt");
	return connected(connect$1({
		socket,
		host,
		...ssl
	}), "secureConnect");
}
function connected(socket, event) {
	return new Promise((resolve, reject) => {
		socket.once("error", reject);
		socket.once(event, () => {
			socket.off("error", reject);
			resolve(socket);
		});
	});
}
// src/run/proxy/relay.ts
/** A message of the client is cut in pieces when it is longer than this. */
const keptBytes = 8388608;
/** One connection of a client: takes from both sockets what has come, and no more than the other side can take. */
var Relay = class {
	input;
	backend;
	outlet;
	conversation;
	splitter = new Splitter((type) => type === "d" ? 0 : keptBytes);
	clientEnded = false;
	wake = () => {};
	constructor(input) {
		const { client, server, onBroken } = input;
		this.input = input;
		this.outlet = new Outlet((bytes) => client.write(bytes));
		this.backend = new Backend(server, (piece) => this.conversation.pass(piece));
		this.conversation = new Conversation(input, this.backend, this.outlet, (error) => {
			onBroken(error);
			client.end();
			server.destroy();
		});
	}
	/** Resolves when the connection is over on both sides. */
	async run() {
		const { client, server, startup, early, recorder, number } = this.input;
		this.backend.begin(this.login(), startup);
		const over = Promise.all([closed(client), closed(server)]);
		server.on("data", (chunk) => this.fromServer(chunk));
		server.on("close", () => {
			this.backend.end();
			this.outlet.flush();
			client.end();
			this.wake();
		});
		client.on("drain", () => server.resume());
		server.on("drain", () => {
			if (this.conversation.observer === null) client.resume();
		});
		client.on("data", (chunk) => this.arrived(chunk));
		client.on("close", () => this.leave());
		client.on("end", () => this.leave());
		this.arrived(early);
		try {
			await this.listen();
			await this.conversation.observer?.free;
			server.end();
		} catch (error) {
			client.destroy();
			server.destroy();
			if (!(error instanceof BrokenStream || error instanceof ConnectionLost)) throw error;
		}
		await over;
		recorder.finishAll(number);
	}
	arrived(chunk) {
		const { client, server } = this.input;
		this.splitter.push(chunk);
		if (this.conversation.observer === null) {
			this.relay();
			if (server.writableNeedDrain) client.pause();
			return;
		}
		client.pause();
		this.wake();
	}
	/** Passes on what is there, at once: a statement must not wait for anything. */
	relay() {
		try {
			for (let piece = this.splitter.next(); piece !== null; piece = this.splitter.next()) this.conversation.send(piece);
		} catch (error) {
			if (!(error instanceof BrokenStream)) throw error;
			this.input.client.destroy();
		}
		this.backend.flush();
	}
	leave() {
		this.clientEnded = true;
		this.input.server.resume();
		this.wake();
	}
	fromServer(chunk) {
		const { client, server } = this.input;
		try {
			this.backend.receive(chunk);
		} catch (error) {
			if (!(error instanceof BrokenStream)) throw error;
			server.destroy();
		}
		this.outlet.flush();
		this.conversation.heard();
		if (client.writableNeedDrain && !this.clientEnded) server.pause();
	}
	async listen() {
		const { client, server } = this.input;
		for (;;) {
			const piece = this.conversation.observer === null ? null : this.splitter.next();
			if (piece !== null) {
				await this.conversation.follow(piece);
				if (server.writableNeedDrain) await drained(server);
			} else if (this.clientEnded || this.backend.lost) return;
			else {
				const more = new Promise((resolve) => {
					this.wake = resolve;
				});
				client.resume();
				await more;
			}
		}
	}
	/** Brings a request to cancel to the server when it hits what the client means. */
	async cancel(send) {
		await (this.conversation.observer?.cancel(send) ?? send());
	}
	/** Passwords go through as they are, so that every method works that both sides know. */
	login() {
		return {
			receive: (piece) => {
				if (piece.type === "K") this.input.onKey(cancelKey(piece.bytes));
				this.conversation.pass({
					...piece,
					bytes: withoutChannelBinding(piece.bytes)
				});
			},
			ready: ({ bytes }) => this.outlet.write(bytes),
			lost: () => {}
		};
	}
};
// src/run/proxy/login.ts
/** What clients say first, and to whom they are brought. */
var Login = class {
	/** How many have asked for a session. */
	connections = 0;
	/** How many were told that nothing is encrypted here, and did not go on without. */
	declined = 0;
	/** Of our own making. */
	failures = [];
	shadow;
	recorder;
	watch;
	refuses;
	/** By the key with which a client cancels. */
	relays = /* @__PURE__ */ new Map();
	running = /* @__PURE__ */ new Set();
	constructor({ shadow, recorder, watch, refuses = () => false }) {
		this.shadow = shadow;
		this.refuses = refuses;
		this.watch = watch;
		this.recorder = recorder;
	}
	/** Resolves when all connections are over. */
	async settled() {
		await Promise.all(this.running);
	}
	accept(client) {
		client.on("error", () => {});
		const run = this.greet(client).catch((error) => {
			this.failures.push(error);
			client.destroy();
		}).finally(() => this.running.delete(run));
		this.running.add(run);
	}
	async greet(client) {
		let early = Buffer.alloc(0);
		let asked = false;
		for (;;) {
			const found = firstPacket(early);
			if (found === null) {
				const chunk = await nextChunk(client);
				if (chunk === null) {
					client.destroy();
					return;
				}
				early = Buffer.concat([early, chunk]);
				continue;
			}
			early = early.subarray(found.length);
			if (found.packet.kind !== "encryption") {
				if (asked) this.declined -= 1;
				return this.enter(client, found.packet, early);
			}
			if (!asked) this.declined += 1;
			asked = true;
			client.write("N");
		}
	}
	async enter(client, packet, early) {
		if (packet.kind === "cancel") return this.cancel(client, packet.bytes, packet.key);
		if (packet.kind === "handshake") {
			this.declined += 1;
			client.end();
			return;
		}
		if (packet.kind !== "startup") {
			client.end(fatal("08P01", "migration-gate: this is no Postgres client, or one of another protocol"));
			return;
		}
		const { parameters, bytes } = packet;
		if (wantsReplication(parameters)) {
			client.end(fatal("0A000", "migration-gate: replication connections are not supported here"));
			return;
		}
		this.connections += 1;
		const number = this.connections;
		const server = await this.server(client);
		if (server === null) return;
		let own = "";
		const database = parameters.get("database") ?? parameters.get("user") ?? "";
		const relay = new Relay({
			number,
			client,
			server,
			database,
			startup: bytes,
			early,
			recorder: this.recorder,
			watch: database === this.shadow.database ? this.watch : null,
			refuses: this.refuses,
			onBroken: (error) => this.failures.push(error),
			onKey: (key) => {
				own = key;
				this.relays.set(key, relay);
			}
		});
		await relay.run();
		if (this.relays.get(own) === relay) this.relays.delete(own);
	}
	async server(client) {
		try {
			const server = await connectServer(this.shadow);
			server.on("error", () => {});
			if (!client.destroyed) return server;
			server.destroy();
		} catch (error) {
			const said = error instanceof Error ? error.message : String(error);
			client.end(fatal("08001", `migration-gate: the shadow cannot be reached: ${said}`));
		}
		return null;
	}
	/** The keys are the server's own, so that it finds the connection. */
	async cancel(client, bytes, key) {
		await this.relays.get(key)?.cancel(() => this.forward(bytes));
		client.end();
	}
	async forward(bytes) {
		const server = await connectServer(this.shadow);
		await new Promise((resolve) => {
			server.on("error", () => {});
			server.once("close", () => resolve());
			server.resume();
			server.end(bytes);
		});
	}
};
/** Null: the client has gone. */
function nextChunk(client) {
	return new Promise((resolve) => {
		const done = (chunk) => {
			client.pause();
			client.off("data", done);
			client.off("end", gone);
			client.off("close", gone);
			resolve(chunk);
		};
		const gone = () => done(null);
		client.on("data", done);
		client.once("end", gone);
		client.once("close", gone);
		client.resume();
	});
}
// src/run/proxy/watch.ts
/** What is known of the relations of the shadow's database, for all connections to it. */
var Watch = class Watch {
	/** Names of the server's own functions that touch no relation. */
	functions;
	now;
	version = 0;
	constructor(now, functions) {
		this.now = now;
		this.functions = functions;
	}
	/** Takes what is there for base's. */
	static async start(client) {
		const { rows } = await client.query(`SELECT p.proname FROM pg_catalog.pg_proc p
       WHERE p.pronamespace OPERATOR(pg_catalog.=) 'pg_catalog'::pg_catalog.regnamespace
       GROUP BY p.proname
       HAVING pg_catalog.bool_and(p.provolatile OPERATOR(pg_catalog.<>) 'v')
         OR p.proname OPERATOR(pg_catalog.~) '^(pg_(try_)?advisory_|set_config$)'`);
		const functions = new Set(rows.map(({ proname }) => proname));
		return new Watch(follow(await settledRelations(client), await majorOf(client)), functions);
	}
	/** As committed; what commits by itself is followed in it. */
	get following() {
		return this.now;
	}
	begin() {
		const { relations, made, horizon, major } = this.now;
		return {
			version: this.version,
			following: {
				relations: new Map([...relations].map(([oid, relation]) => [oid, { ...relation }])),
				made: new Map(made),
				held: /* @__PURE__ */ new Map(),
				counters: /* @__PURE__ */ new Map(),
				removals: 0,
				schemaChanges: 0,
				horizon: {
					...horizon,
					writes: 0
				},
				fresh: true,
				major
			}
		};
	}
	/** The transaction has committed; without a call of this it is forgotten. */
	async committed({ following, version }, client) {
		forgetTransaction(following);
		const alone = version === this.version;
		this.changed();
		if (alone) {
			this.now = following;
			return;
		}
		const { relations, made } = this.now;
		for (const [oid, relation] of following.relations) if (!relations.has(oid)) relations.set(oid, relation);
		for (const [oid, relation] of following.made) if (!made.has(oid)) made.set(oid, relation);
		this.now.horizon = {
			base: Math.max(this.now.horizon.base, following.horizon.base),
			seen: Math.max(this.now.horizon.seen, following.horizon.seen),
			writes: 0
		};
		catchUp(this.now, await settledRelations(client));
	}
	/** `following` has been changed. */
	changed() {
		this.version += 1;
	}
};
// src/run/proxy/proxy.ts
/**
* Starts a proxy in front of a shadow. Closing it ends all connections.
*
* @throws when it cannot listen
*/
async function startProxy(input) {
	const { shadow, onStatement = () => {}, stopAfter = () => false, socketDirectory } = input;
	let stops = false;
	const recorder = new Recorder((statement) => {
		stops ||= stopAfter(statement);
		onStatement(statement);
	});
	/** One statement only: what the tool says then is how it ends. */
	const refuses = () => {
		const now = stops;
		stops = false;
		return now;
	};
	const login = new Login({
		shadow,
		recorder,
		watch: input.observe ? await watchOf(shadow) : null,
		refuses
	});
	const sockets = /* @__PURE__ */ new Set();
	const accept = (client) => {
		sockets.add(client);
		client.once("close", () => sockets.delete(client));
		login.accept(client);
	};
	const servers = [createServer({
		noDelay: true,
		allowHalfOpen: true
	}, accept)];
	const port = await listening(servers[0], {
		host: "127.0.0.1",
		port: 0
	});
	if (socketDirectory !== void 0) {
		const local = createServer({ allowHalfOpen: true }, accept);
		servers.push(local);
		await listening(local, { path: join(socketDirectory, `.s.PGSQL.${port}`) });
	}
	const { user, password, database } = shadow;
	return {
		connection: {
			host: "127.0.0.1",
			port,
			user,
			password,
			database
		},
		statements: recorder.statements,
		failures: login.failures,
		get connections() {
			return login.connections;
		},
		get declined() {
			return login.declined;
		},
		async [Symbol.asyncDispose]() {
			for (const socket of sockets) socket.destroy();
			await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
			await login.settled();
		}
	};
}
/** What is there now is base's: statements are observed for what they do to it. */
async function watchOf(shadow) {
	try {
		var _usingCtx$10 = _usingCtx();
		await loadParser();
		const session = _usingCtx$10.a(await openSession(shadow));
		return await Watch.start(session.client);
	} catch (_) {
		_usingCtx$10.e = _;
	} finally {
		await _usingCtx$10.d();
	}
}
/** @returns its port; 0 for a unix socket */
function listening(server, where) {
	return new Promise((resolve, reject) => {
		server.once("error", reject);
		server.listen(where, () => {
			server.off("error", reject);
			const address = server.address();
			resolve(typeof address === "object" && address !== null ? address.port : 0);
		});
	});
}
// src/run/command/environment.ts
/**
* The job's variables that a command gets: where programs and libraries are, and how text is written. Everything else
* stays out: tokens, inputs, and what the runner talks to.
*/
const passedOn = [
	...[
		"PATH",
		"LANG",
		"LC_ALL",
		"LC_CTYPE",
		"TZ",
		"TMPDIR",
		"TEMP",
		"TMP"
	],
	...[
		"LD_LIBRARY_PATH",
		"DYLD_LIBRARY_PATH",
		"SSL_CERT_FILE",
		"SSL_CERT_DIR",
		"NODE_EXTRA_CA_CERTS"
	],
	...[
		"SystemRoot",
		"ComSpec",
		"PATHEXT",
		"ProgramFiles",
		"ProgramData",
		"windir"
	],
	...[
		"VIRTUAL_ENV",
		"CONDA_PREFIX",
		"pythonLocation",
		"PYENV_ROOT",
		"PYENV_VERSION"
	],
	...[
		"GEM_HOME",
		"GEM_PATH",
		"RBENV_ROOT",
		"RBENV_VERSION",
		"BUNDLE_PATH",
		"BUNDLE_WITHOUT",
		"BUNDLE_WITH"
	],
	...[
		"ASDF_DIR",
		"ASDF_DATA_DIR",
		"MISE_DATA_DIR",
		"NVM_DIR",
		"VOLTA_HOME",
		"FNM_DIR",
		"BUN_INSTALL"
	],
	...[
		"JAVA_HOME",
		"MIX_HOME",
		"HEX_HOME",
		"GOPATH",
		"GOMODCACHE",
		"CARGO_HOME",
		"RUSTUP_HOME"
	],
	...[
		"RAILS_ENV",
		"RACK_ENV",
		"MIX_ENV",
		"NODE_ENV",
		"DJANGO_SETTINGS_MODULE"
	]
];
/** `postgresql://user:password@host:port/name`: SQLAlchemy takes no other scheme. */
function urlOf({ host, port, user, password, database }) {
	return `postgresql://${`${encodeURIComponent(user)}:${encodeURIComponent(password)}`}@${host}:${port}/${encodeURIComponent(database)}`;
}
/**
* The whole environment of a command: the shadow's address under the names that tools read, a home of its own, and what
* the job knows of its programs.
*
* @param settings what the config of the repository adds (`command-environment`)
*/
function commandEnvironment(job, connection, home, settings = {}) {
	const kept = Object.fromEntries(passedOn.flatMap((name) => job[name] === void 0 ? [] : [[name, job[name]]]));
	const { host, port, user, password, database } = connection;
	const url = urlOf(connection);
	return {
		LANG: "C.UTF-8",
		SECRET_KEY: "migration-gate",
		SECRET_KEY_BASE: "migration-gate".repeat(8),
		SECRET_KEY_BASE_DUMMY: "1",
		DJANGO_SECRET_KEY: "migration-gate",
		...kept,
		CI: "true",
		MIGRATION_GATE: "true",
		HOME: home,
		XDG_CACHE_HOME: `${home}/.cache`,
		XDG_CONFIG_HOME: `${home}/.config`,
		PYTHONDONTWRITEBYTECODE: "1",
		PYTHONUNBUFFERED: "1",
		NO_COLOR: "1",
		DISABLE_BOOTSNAP: "1",
		DISABLE_SPRING: "1",
		...settings,
		DATABASE_URL: url,
		DATABASE_URI: url,
		DB_URL: url,
		DB_URI: url,
		DB_DSN: url,
		POSTGRES_URL: url,
		POSTGRES_URI: url,
		POSTGRESQL_URL: url,
		PG_URL: url,
		PG_CONNECTION_STRING: url,
		SQLALCHEMY_URL: url,
		SQLALCHEMY_DATABASE_URL: url,
		SQLALCHEMY_DATABASE_URI: url,
		DJANGO_DATABASE_URL: url,
		MIGRATION_DATABASE_URL: url,
		PGHOST: host,
		PGPORT: String(port),
		PGUSER: user,
		PGPASSWORD: password,
		PGDATABASE: database,
		PGSSLMODE: "disable",
		...named$2("DB", connection),
		...named$2("DATABASE", connection),
		...named$2("POSTGRES", connection)
	};
}
/** `DB_HOST`, `DB_PORT`, …: how settings files that build an address of parts name these. */
function named$2(prefix, { host, port, user, password, database }) {
	return {
		[`${prefix}_HOST`]: host,
		[`${prefix}_PORT`]: String(port),
		[`${prefix}_USER`]: user,
		[`${prefix}_USERNAME`]: user,
		[`${prefix}_PASSWORD`]: password,
		[`${prefix}_PASS`]: password,
		[`${prefix}_NAME`]: database,
		[`${prefix}_DATABASE`]: database,
		[`${prefix}_DB`]: database
	};
}
// src/run/command/files.ts
/** How many files are read from git and written at a time. */
const AT_ONCE = 200;
/**
* Writes the files of a tree to a directory: files and the links between them, and nothing that leads out of it.
* What a submodule holds is not in the tree.
*/
async function writeTree(tree, root) {
	const entries = tree.entries.filter(({ path }) => isInside(path));
	const files = entries.filter(({ mode }) => mode.startsWith("100"));
	const folders = new Set(entries.filter(({ mode }) => mode !== "160000").map(({ path }) => dirname(path)));
	for (const folder of folders) await mkdir(join(root, folder), { recursive: true });
	for (let from = 0; from < files.length; from += AT_ONCE) {
		const some = files.slice(from, from + AT_ONCE);
		const contents = await tree.read(some.map(({ path }) => path));
		await Promise.all(some.map((entry) => writeOne(root, entry, contents.get(entry.path))));
	}
	const links = entries.filter(({ mode }) => mode === "120000");
	const targets = await tree.read(links.map(({ path }) => path));
	for (const { path } of links) {
		const target = targets.get(path)?.toString("utf8") ?? "";
		if (staysInside(path, target)) await symlink(target, join(root, path));
	}
}
async function writeOne(root, { path, mode }, content) {
	const file = join(root, path);
	await writeFile(file, content ?? "", { flag: "wx" });
	if (mode === "100755") await chmod(file, 493);
}
/** git refuses such names itself; a tree that was made by hand may hold them. */
const isInside = (path) => !isAbsolute(path) && path.split("/").every((segment) => ![
	"",
	".",
	".."
].includes(segment) && segment.toLowerCase() !== ".git");
/** Does a link's target lie in the tree? */
function staysInside(path, target) {
	if (target === "" || isAbsolute(target)) return false;
	const resolved = posix.normalize(posix.join(posix.dirname(path), target));
	return resolved !== ".." && !resolved.startsWith("../");
}
// src/run/command/program.ts
/** How long a package manager may take to name a directory. */
const LIMIT_MS$1 = 3e4;
/** The line that a program prints; null when it does not succeed. */
function succeeding(program, args, cwd, env) {
	if (!existsSync(cwd)) return null;
	const { status, stdout } = spawnSync(program, [...args], {
		cwd,
		env,
		encoding: "utf8",
		timeout: LIMIT_MS$1
	});
	return status === 0 ? stdout.trim().split("\n").at(-1) ?? null : null;
}
// src/run/command/installed.ts
/** What package managers put beside a project's own files, and git does not hold. */
const dependencies = [
	"node_modules",
	".venv",
	"venv",
	"vendor/bundle",
	".bundle",
	"deps",
	"_build",
	".pnp.cjs",
	".yarn"
];
/** Files beside which that may be. */
const manifests = /* @__PURE__ */ new Set([
	"package.json",
	"pyproject.toml",
	"requirements.txt",
	"Pipfile",
	"manage.py",
	"alembic.ini",
	"Gemfile",
	"Rakefile",
	"mix.exs"
]);
/** Makes what the job has installed in its working directory visible to a copy of a tree. */
async function lendDependencies(tree, installedIn, root) {
	const folders = /* @__PURE__ */ new Set(["", ...tree.entries.filter(({ path }) => manifests.has(basename$1(path))).map(({ path }) => dirname$1(path))]);
	for (const folder of folders) {
		if (folder.split("/").includes("node_modules")) continue;
		for (const name of dependencies) {
			const [from, to] = [join(installedIn, folder, name), join(root, folder, name)];
			if (!existsSync(from) || existsSync(to)) continue;
			await mkdir(dirname(to), { recursive: true });
			await symlink(from, to, statSync(from).isDirectory() ? "junction" : "file");
		}
	}
}
/** One side's files, as an adapter sees them. */
function projectAt(input) {
	const { root, installedIn, job } = input;
	const has = (path) => existsSync(join(root, path));
	return {
		...input,
		has,
		text: (path) => has(path) && statSync(join(root, path)).isFile() ? readFileSync(join(root, path), "utf8") : null,
		npmProgram: (name, directory) => andAbove(directory).map((folder) => join(root, within(folder, `node_modules/.bin/${name}`))).find(isProgram) ?? null,
		onPath: (name) => onPath(name, job),
		python: (directory) => python(directory, has, installedIn, job)
	};
}
function onPath(name, job) {
	const folders = (job.PATH ?? job.Path ?? "").split(delimiter).filter((folder) => folder !== "");
	const suffixes = process.platform === "win32" ? [
		".exe",
		".cmd",
		".bat"
	] : [""];
	return folders.flatMap((folder) => suffixes.map((suffix) => join(folder, name + suffix))).find(isProgram) ?? null;
}
/** The project's own Python. What poetry and pipenv have made is elsewhere, and they are asked for it. */
function python(directory, has, installedIn, job) {
	const inside = process.platform === "win32" ? "Scripts/python.exe" : "bin/python";
	const folders = andAbove(directory);
	const found = [...job.VIRTUAL_ENV === void 0 ? [] : [job.VIRTUAL_ENV], ...folders.flatMap((folder) => [
		".venv",
		"venv",
		"env"
	].map((name) => join(installedIn, folder, name)))].map((environment) => join(environment, inside)).find(isProgram);
	if (found !== void 0) return found;
	for (const [lock, program, ...args] of [[
		"poetry.lock",
		"poetry",
		"env",
		"info",
		"--path"
	], [
		"Pipfile.lock",
		"pipenv",
		"--venv"
	]]) {
		const folder = folders.find((each) => has(within(each, lock)));
		const asked = folder === void 0 ? null : onPath(program, job);
		if (folder === void 0 || asked === null) continue;
		const said = succeeding(asked, args, join(installedIn, folder), job);
		if (said !== null && isProgram(join(said, inside))) return join(said, inside);
	}
	return onPath("python3", job) ?? onPath("python", job);
}
function isProgram(path) {
	try {
		accessSync(path, constants$1.X_OK);
		return statSync(path).isFile();
	} catch {
		return false;
	}
}
// src/run/command/workspace.ts
/**
* Writes one side's files to a directory that is gone when this is closed, and lends it what the job has installed.
*
* @throws Undecided when the tool is not there
*/
async function openWorkspace(input, side) {
	const base = tmpdir();
	await removeLeftovers(base);
	const owned = createOwnedDirectory(base, 448);
	const root = join(owned.path, "tree");
	const home = join(owned.path, "home");
	const [tree, path] = side === "base" ? [input.base, input.basePath] : [input.head, input.path];
	const places = {
		root,
		home,
		path
	};
	try {
		await mkdir(root);
		await mkdir(home);
		await writeTree(tree, root);
		if (side === "base" && input.baseSetupCommand !== null) await setUp(input, places, input.baseSetupCommand);
		else await lendDependencies(tree, input.installedIn, root);
	} catch (error) {
		await owned.remove();
		throw error;
	}
	const run = (database, observe, call) => runThrough(input, places, database, observe, call);
	const { adapter, applyCommand } = input;
	return {
		up: (database, observe, ahead, stopAfter) => runThrough(input, places, database, observe, applyCommand === null ? adapter.up : () => shellCall(applyCommand), {
			ahead,
			stopAfter
		}),
		down: async (database, migration, applied) => adapter.down === void 0 ? null : run(database, false, (project) => adapter.down?.(project, migration, applied) ?? shellCall("false")),
		ask: async (database, call) => {
			const answer = join(home, "migration-gate-answer");
			await rm(answer, { force: true });
			const question = (project) => call(project, answer);
			const { ended, shown } = await (database === null ? apart(input, places, question) : runThrough(input, places, database, false, question));
			return {
				ended,
				shown,
				answer: await readFile(answer, "utf8").catch(() => null)
			};
		},
		place: (file) => join(root, file),
		[Symbol.asyncDispose]: () => owned.remove()
	};
}
async function runThrough(input, { root, home, path }, database, observe, call, { ahead, stopAfter } = {}) {
	try {
		var _usingCtx$9 = _usingCtx();
		const proxy = _usingCtx$9.a(await startProxy({
			shadow: database,
			observe,
			...stopAfter === void 0 ? {} : { stopAfter }
		}));
		const { ended, shown } = await underWay(() => ahead === void 0 ? void 0 : whereIn(proxy.statements, input.adapter, ahead), () => runCalled(input, {
			root,
			home,
			path
		}, proxy.connection, call));
		const [failure] = proxy.failures;
		if (failure !== void 0) throw new Undecided("not-observed", `What the command did could not be watched to its end: ${failure instanceof Error ? failure.message : String(failure)}`, { cause: failure });
		const { statements, connections, declined } = proxy;
		return {
			ended,
			shown,
			statements: [...statements],
			connected: connections > 0,
			declined: declined > 0
		};
	} catch (_) {
		_usingCtx$9.e = _;
	} finally {
		await _usingCtx$9.d();
	}
}
/** Runs a command in one side's files. */
async function runCalled(input, { root, home, path }, connection, call) {
	const url = urlOf(connection);
	const job = {
		...process.env,
		...input.environment
	};
	const called = call(projectAt({
		root,
		path,
		url,
		installedIn: input.installedIn,
		job
	}));
	if ("missing" in called) throw new Undecided("unsupported-tool", called.missing);
	for (const [file, content] of Object.entries(called.files ?? {})) {
		await mkdir(dirname(join(root, file)), { recursive: true });
		await writeFile(join(root, file), content, { mode: 384 });
	}
	const secrets = [connection.password, encodeURIComponent(connection.password)];
	return {
		ended: await runCommand(called, {
			root,
			env: commandEnvironment(process.env, connection, home, input.environment),
			limitMs: input.limitMs,
			secrets,
			installedIn: input.installedIn
		}),
		shown: [called.program.split("/").at(-1), ...called.args].map((part) => secrets.some((secret) => secret !== "" && part?.includes(secret)) ? "…" : part).join(" ")
	};
}
/** The environment names a database in any case. */
const nowhere = {
	host: "127.0.0.1",
	port: 1,
	user: "none",
	password: "",
	database: "none"
};
const apart = (input, places, call) => runCalled(input, places, nowhere, call);
async function setUp(input, { root, home }, command) {
	const env = commandEnvironment(process.env, nowhere, home, input.environment);
	const { code, output } = await runCommand(shellCall(command), {
		root,
		env,
		limitMs: input.limitMs,
		secrets: []
	});
	if (code === 0) return;
	throw new Undecided("base-does-not-apply", `base-setup-command ended with ${code ?? "no code, since it took too long"}. Its last lines:\n\n${lastLines(output)}`);
}
/** What the config's author has written for a shell. */
const shellCall = (command) => process.platform === "win32" ? {
	program: process.env.ComSpec ?? "cmd.exe",
	args: [
		"/d",
		"/s",
		"/c",
		command
	],
	directory: ""
} : {
	program: "/bin/sh",
	args: ["-c", command],
	directory: ""
};
// src/run/command/upgrade.ts
/**
* Runs base's command, and then head's through the observing proxy.
*
* @param prepared called when base's database stands, before head's command runs
* @throws Undecided when base's does not run, when a command does not come to an end, or migrates another database
*/
async function upgradeByCommand(shadow, input, prepared) {
	try {
		var _usingCtx$8 = _usingCtx();
		const { tool, program, pending, onProgress } = input;
		const start = performance.now();
		if (input.base.length > 0) await applyBase(shadow, input);
		const baseMs = performance.now() - start;
		const made = await prepared();
		const first = performance.now();
		const before = await snapshotOf(shadow.admin, tool, null);
		const baseRelations = await relationsOf(shadow);
		const snapshotMs = performance.now() - first;
		onProgress(`running ${tool.title} of head`);
		const began = performance.now();
		const workspace = _usingCtx$8.a(await openWorkspace(program, "head"));
		const ahead = {
			tool,
			migrations: pending
		};
		const run = await workspace.up(shadow.connection, true, ahead);
		const headMs = performance.now() - began;
		mustHaveEnded(run, program, "head", ahead);
		const failed = run.ended.code !== 0;
		const attributed = attribute(run.statements, {
			adapter: program.adapter,
			tables: tool.bookkeeping.relations,
			pending,
			failed
		});
		const runs = runsOf(attributed.groups, run.statements, tool.bookkeeping.relations);
		if (!failed) mustHaveRun(attributed, run, input);
		const last = performance.now();
		return {
			before,
			after: await snapshotOf(shadow.admin, tool, before),
			traced: {
				migrations: tracesOf(runs, attributed, run, input),
				baseRelations
			},
			pending: [...runs.map(({ migration }) => migration), ...attributed.untouched],
			lumped: runs.some(({ lumped }) => lumped),
			notes: notesOf(attributed, run, input),
			notChecked: notSeen(run.statements, attributed),
			ms: {
				base: baseMs,
				head: headMs,
				snapshots: snapshotMs + performance.now() - last
			},
			prepared: made
		};
	} catch (_) {
		_usingCtx$8.e = _;
	} finally {
		await _usingCtx$8.d();
	}
}
/** Builds base's database with base's own command. */
async function applyBase(shadow, { program, tool, base, baseName, onProgress }) {
	try {
		var _usingCtx3 = _usingCtx();
		onProgress(`running ${tool.title} of ${baseName}`);
		const workspace = _usingCtx3.a(await openWorkspace(program, "base"));
		const ahead = {
			tool,
			migrations: base
		};
		const run = await workspace.up(shadow.connection, false, ahead);
		mustHaveEnded(run, program, baseName, ahead);
		if (run.ended.code === 0) return;
		throw new Undecided("base-does-not-apply", `${run.shown} in the tree of ${baseName} ended with ${run.ended.code} on an empty database, so there is nothing to try the new migrations on. This is not the fault of the pull request.${serverSaid(run.statements)}${said(run)}`, { place: whereIn(run.statements, program.adapter, ahead) });
	} catch (_) {
		_usingCtx3.e = _;
	} finally {
		await _usingCtx3.d();
	}
}
/** Builds an empty database with head's command: what stopped it, or null. */
async function freshByCommand(shadow, { program, tool }, migrations) {
	try {
		var _usingCtx4 = _usingCtx();
		const workspace = _usingCtx4.a(await openWorkspace(program, "head"));
		const ahead = {
			tool,
			migrations
		};
		const run = await workspace.up(shadow.connection, false, ahead);
		mustHaveEnded(run, program, "head", ahead);
		if (run.ended.code === 0) return null;
		const { adapter } = program;
		const attributed = attribute(run.statements, {
			adapter,
			tables: tool.bookkeeping.relations,
			pending: migrations,
			failed: true
		});
		const stopped = runsOf(attributed.groups, run.statements, tool.bookkeeping.relations).find(({ trace }) => trace.error !== null);
		const migration = stopped?.migration ?? attributed.untouched[0] ?? migrations.at(-1);
		if (migration === void 0) return null;
		return {
			migration,
			error: stopped?.trace.error ?? {
				sqlstate: "",
				detail: null,
				hint: null,
				line: 1,
				column: null,
				object: {},
				message: `${run.shown} ended with ${run.ended.code}: ${lastLines(run.ended.output, 3, 500)}`
			}
		};
	} catch (_) {
		_usingCtx4.e = _;
	} finally {
		await _usingCtx4.d();
	}
}
async function relationsOf(shadow) {
	try {
		var _usingCtx5 = _usingCtx();
		const session = _usingCtx5.a(await openSession(shadow.admin));
		return [...(await settledRelations(session.client)).values()].map(({ oid, schema, relation, kind, tableOid }) => ({
			oid,
			schema,
			relation,
			kind,
			tableOid
		}));
	} catch (_) {
		_usingCtx5.e = _;
	} finally {
		await _usingCtx5.d();
	}
}
function serverSaid(statements) {
	const failed = statements.findLast(({ error }) => error !== null);
	if (failed?.error == null) return "";
	return ` The server refused “${failed.text.trim().slice(0, 300)}”: ${failed.error.message} (SQLSTATE ${failed.error.code ?? "unknown"}).`;
}
/** What ended well and did not do what was asked has hidden something. */
function mustHaveRun({ untouched }, { shown }, { tool }) {
	const [first] = untouched;
	if (first === void 0) return;
	throw new Undecided("not-observed", `${shown} ended well and did not run ${first.file}: no row of ${tool.bookkeeping.relations[0] ?? "its table"} tells of it, so that what it does was not seen. The command must run every migration of the directory.`, { place: { file: first.file } });
}
/** In the order of the run; the tool's own words stand at the migration in which it stopped. */
function tracesOf(runs, { untouched }, run, { tool }) {
	const traces = runs.map(({ trace }) => trace);
	const last = traces.at(-1);
	const rest = untouched.map(notReached);
	if (run.ended.code === 0 || traces.some(({ error }) => error !== null)) return [...traces, ...rest];
	const refused = {
		line: 1,
		says: `${tool.title} stops, and no statement of the server's made it: ${run.shown} ended with ${run.ended.code}. Its last lines: ${lastLines(run.ended.output, 4, 600)}`
	};
	const stopped = runs.find(({ recorded }) => !recorded);
	if (last !== void 0 && stopped !== void 0) return [
		...traces.slice(0, -1),
		{
			...last,
			refused
		},
		...rest
	];
	const [next, ...later] = rest;
	return next === void 0 ? traces : [
		...traces,
		{
			...next,
			refused
		},
		...later
	];
}
function notesOf({ own, others }, { shown }, { tool }) {
	const work = own.filter(({ parsed }) => !parsed.every(({ node }) => "SelectStmt" in node));
	const [first] = work;
	return [
		`${tool.title} ran itself (${shown}); the SQL that is shown is what it sent.`,
		...others.length === 0 ? [] : [`${tool.title} also ran migrations that are not in the repository: ${others.slice(0, 5).join(", ")}${others.length > 5 ? ` and ${others.length - 5} more` : ""}. What they do is not judged.`],
		...first === void 0 ? [] : [`${work.length} statements belong to no migration of the repository and are taken for ${tool.title}'s own, the first of them: ${first.sql.replace(/\s+/g, " ").slice(0, 120)}.`]
	];
}
const reasons = {
	"question-failed": "the question after it failed",
	"connection-lost": "its connection ended",
	"with-others": "",
	alike: "",
	"not-asked": "it was sent together with others, so that nothing could be asked in between"
};
function notSeen(statements, { groups }) {
	const work = new Set(groups.flatMap((group) => group.statements.map(({ recorded }) => recorded)));
	return statements.flatMap((statement) => {
		const why = statement.unobserved === null ? "" : reasons[statement.unobserved];
		if (!work.has(statement) || why === "" || statement.error !== null) return [];
		return [`The locks of “${statement.text.replace(/\s+/g, " ").slice(0, 100)}”: ${why}.`];
	});
}
// src/run/command/schema-load.ts
/**
* The rehearsal in which both sides begin with their schema files: for a base that has no migrations any more, or of which
* those that are left do not run by themselves.
*
* @returns null where base has no schema file to begin with
*/
function fromSchemaFiles(input) {
	const { program, schemaLoads, fresh, freshLoad } = input;
	if (program === null || schemaLoads == null) return null;
	return {
		...input,
		baseLoad: schemaLoads.base,
		freshLoad: freshLoad ?? (fresh === null ? null : schemaLoads.head)
	};
}
/**
* Builds an empty database as the tool builds a new one: it loads head's schema file, then runs the migrations that are newer.
*
* @returns what stopped it, or null
*/
async function freshFromSchema(shadow, context, load, migrations) {
	const { tool, program } = context;
	const failure = await loadSchema(shadow, context, load, "head");
	if (failure !== null) return {
		migration: load,
		error: {
			sqlstate: "",
			detail: null,
			hint: null,
			line: 1,
			column: null,
			object: {},
			message: failure
		}
	};
	const newer = migrations.filter(({ version }) => tool.order({
		version: load.version,
		name: ""
	}, {
		version,
		name: ""
	}) < 0);
	return freshByCommand(shadow, {
		program,
		tool
	}, newer.length > 0 ? newer : [load]);
}
/**
* Loads base's schema file, where its migrations are to run behind that.
*
* @returns notes
* @throws Undecided `base-does-not-apply` when it does not load
*/
async function loadBase(shadow, context) {
	const { tool, base, baseLoad, baseName } = context;
	if (baseLoad == null) return [];
	const failure = await loadSchema(shadow, context, baseLoad, "base");
	if (failure !== null) throw new Undecided("base-does-not-apply", failure, { place: { file: baseLoad.file } });
	return [`${base.length === 0 ? `${baseName} has no migrations any more` : `The migrations of ${baseName} alone do not make its schema`}. Its database was built as ${tool.title} builds a new one: of ${baseLoad.file}, and the migrations after it.`];
}
/**
* Loads one side's schema file into an empty database: SQL is sent, without psql; the tool itself reads any other.
*
* @returns why it could not, or null
* @throws Undecided when the tool cannot be called
*/
async function loadSchema(shadow, { tool, program, path, postgresMajor, onProgress }, { file, version, bytes }, side) {
	try {
		var _usingCtx$7 = _usingCtx();
		onProgress(`loading ${file}`);
		const schema = program.adapter.schemaFile;
		if (schema === void 0 || !file.endsWith(schema.extension)) try {
			const dump = {
				file,
				sql: bytes.toString("utf8"),
				version,
				trusted: false
			};
			await runDump(shadow, dump, await surroundingsOf(shadow, {
				path,
				postgresMajor
			}));
			return null;
		} catch (error) {
			if (!(error instanceof Undecided) || error.reason !== "base-does-not-apply") throw error;
			return error.message;
		}
		const workspace = _usingCtx$7.a(await openWorkspace(program, side));
		const { ended, shown } = await workspace.ask(shadow.connection, (project) => schema.load(project, workspace.place(file)));
		if (ended.code === 0) return null;
		return `${tool.title} cannot load it: ${shown} ${ended.code === null ? "did not end in time" : `ended with ${ended.code}`}. Its last lines: ${lastLines(ended.output, 6, 800)}`;
	} catch (_) {
		_usingCtx$7.e = _;
	} finally {
		await _usingCtx$7.d();
	}
}
// src/run/command/cut-history.ts
/**
* Was the beginning of base's history left to its schema file, while what remains runs by itself? Then that file, with the
* migrations after it, makes all that the migrations alone make, and more tables.
*
* @param loading the same input, where base begins with its schema file
*/
async function isCut(input, loading) {
	const { program, schemaLoads } = input;
	if (program === null || schemaLoads?.perhapsCut !== true) return false;
	try {
		const alone = await builtBase(input, program);
		const loaded = await builtBase(loading, program);
		const changes = diff(alone, loaded, "name").filter(({ orderOnly }) => orderOnly !== true);
		return changes.every(({ change }) => change === "added") && changes.some(({ type }) => type === "table");
	} catch (error) {
		if (error instanceof Undecided && error.reason === "base-does-not-apply") return false;
		throw error;
	}
}
async function builtBase(input, program) {
	try {
		var _usingCtx$6 = _usingCtx();
		const begin = await start(input, input.base, input.hooks.base);
		const shadow = _usingCtx$6.a(begin.shadow);
		await prepare(shadow, input);
		await loadBase(shadow, {
			...input,
			program
		});
		await applyBase(shadow, {
			...input,
			program
		});
		return await snapshotOf(shadow.admin, input.tool);
	} catch (_) {
		_usingCtx$6.e = _;
	} finally {
		await _usingCtx$6.d();
	}
}
// src/catalog/of-database.ts
/**
* True for what belongs to the database itself and not to a schema: its settings, privileges and comment, and
* subscriptions. A copy of a database (CREATE DATABASE … TEMPLATE) has at most those that its source had, since statements
* that change them name the source.
*/
function isOfDatabase({ type, name }) {
	if (type === "subscription") return true;
	if (type === "setting") return name.startsWith("database.") || name.endsWith(" in database");
	return name === "database" && (type === "privilege" || type === "comment" || type === "security-label");
}
// src/run/prove.ts
/** Every trial is a copy of base and a run of all new migrations. */
const mostTrials = 12;
/**
* Tries proposals on copies of base: all at once, and where that does not end in the same schema, one by one.
* Proposals of migrations that fail, or that begin and end transactions themselves, are not tried, nor those of hooks.
*
* @param after the catalog that the new migrations as they stand end in
* @returns a proof for each proposal that was tried
*/
async function prove(input) {
	const { pending, traced, after, tryInstead } = input;
	const proofs = /* @__PURE__ */ new Map();
	if (traced.some(({ error, refused }) => error !== null || refused !== null)) return proofs;
	const own = traced.filter(({ transaction }) => transaction === "own");
	const proposals = input.proposals.filter((proposal) => pending.some((migration) => isIn(proposal, migration)) && !own.some((migration) => isIn(proposal, migration)));
	const statementOf = (proposal) => traced.find((migration) => isIn(proposal, migration))?.statements[proposal.statement];
	let trials = 0;
	const attempt = async (tried) => {
		trials += 1;
		const { parts, places } = replaced(pending, tried);
		const trial = await tryInstead(parts);
		const failed = trial.traced.migrations.findIndex(({ error }) => error !== null);
		if (failed !== -1) {
			const culprit = places.get(failed) ?? tried.at(-1) ?? null;
			const error = trial.traced.migrations[failed]?.error;
			if (tried.length > 1 || culprit?.backfilled !== true || error?.sqlstate.startsWith("23") !== true) return culprit;
			proofs.set(culprit, "runs");
			return null;
		}
		const equal = diff(after, trial.after, "name").filter((change) => !isOfDatabase(change)).length === 0;
		if (!equal && tried.length > 1) return tried.at(-1) ?? null;
		for (const [index, proposal] of places) {
			const statements = trial.traced.migrations[index]?.statements ?? [];
			const original = statementOf(proposal);
			const better = original !== void 0 && harm(statements) < harm([original]);
			proofs.set(proposal, proposal.sameSchema && equal && better ? "verified" : "runs");
		}
		return null;
	};
	const together = proposals.filter(({ sameSchema }) => sameSchema);
	if (together.length > 0 && await attempt(together) !== null) proofs.clear();
	for (const proposal of proposals) {
		if (proofs.has(proposal)) continue;
		if (trials >= mostTrials) break;
		if (await attempt([proposal]) === proposal) proofs.set(proposal, "fails");
	}
	return proofs;
}
const isIn = ({ file, version }, migration) => file === migration.file && (version === void 0 || version === migration.version);
/**
* The new migrations with proposals in place of statements: what stands before and after a replaced statement
* becomes a migration of its own.
*/
function replaced(pending, proposals) {
	const parts = [];
	const places = /* @__PURE__ */ new Map();
	for (const migration of pending) {
		const mine = proposals.filter((proposal) => isIn(proposal, migration));
		if (mine.length === 0) {
			parts.push(migration);
			continue;
		}
		const { statements } = parseFile(migration.sql);
		let from = 0;
		for (const proposal of [...mine].sort((left, right) => left.statement - right.statement)) {
			const statement = statements[proposal.statement];
			if (statement === void 0 || statement.start < from) continue;
			parts.push(partOf$1(migration, from, statement.start));
			places.set(parts.length, proposal);
			parts.push(sendingInstead(migration, proposal.sql));
			from = statement.end;
		}
		parts.push(partOf$1(migration, from, migration.sql.length));
	}
	return {
		parts,
		places
	};
}
/**
* How much of a table's traffic waits, and whether for longer the more rows it has; comparable numbers, 0 for
* none.
*/
function harm(statements) {
	return Math.max(0, ...statements.map(harmOf));
}
function harmOf({ locks, rewrites, scans }) {
	const blocking = locks.filter(({ kind, mode }) => kind !== "index" && blocks(mode).length > 0);
	const strength = Math.max(0, ...blocking.map(({ mode }) => lockStrength(mode)));
	if (strength === 0) return 0;
	const grows = blocking.some(({ schema, relation }) => [...rewrites, ...scans].includes(`${schema}.${relation}`));
	return (rewrites.length > 0 ? 200 : grows ? 100 : 0) + strength;
}
// src/run/copies.ts
/** The server's roles are not what they were and cannot be made so; the message is a clause about the new migrations. */
var RolesChanged = class extends Error {
	name = "RolesChanged";
};
/**
* Works on a copy of a database. Afterwards the copy is gone, and so are the roles that were made meanwhile: they
* belong to the server, and the next copy must not find them.
*
* @throws RolesChanged
*/
async function onCopy(source, work) {
	const before = await rolesOf(source.admin);
	const result = await (async () => {
		try {
			var _usingCtx$5 = _usingCtx();
			return await work(_usingCtx$5.a(await source.copy()));
		} catch (_) {
			_usingCtx$5.e = _;
		} finally {
			await _usingCtx$5.d();
		}
	})();
	await restoreRoles(source.admin, before);
	return result;
}
async function restoreRoles(admin, before) {
	const now = await rolesOf(admin);
	const gone = [...before].filter((role) => !now.has(role));
	const made = [...now].filter((role) => !before.has(role));
	if (gone.length > 0) throw new RolesChanged(`they drop the role ${gone.join(", ")}`);
	if (made.length === 0) return;
	await asAdmin(admin, async (client) => {
		for (const role of made) await client.query(`DROP ROLE ${client.escapeIdentifier(role)}`);
	}).catch((cause) => {
		throw new RolesChanged(`their role ${made.join(", ")} cannot be dropped again`, { cause });
	});
}
async function rolesOf(admin) {
	const { rows } = await asAdmin(admin, (client) => client.query("SELECT rolname FROM pg_catalog.pg_roles"));
	return new Set(rows.map(({ rolname }) => rolname));
}
/** In the database where nobody works: a session in the source would be in the way of copying it. */
async function asAdmin(admin, work) {
	const client = new esm_default.Client({
		...admin,
		database: "postgres"
	});
	client.on("error", () => {});
	await client.connect();
	try {
		return await work(client);
	} finally {
		await client.end();
	}
}
// src/run/command/rerun.ts
/** The tool is started twice for each stop. */
const mostStops = 12;
/**
* Stops the tool's command behind each statement of the new migrations that commits by itself, and behind each COMMIT,
* where more of the migration is to come: the next statement fails. Then the command runs again. Each on a copy of
* base's database.
*
* @param base in which base's migrations have been run
*/
async function rerunByCommand(base, workspace, input) {
	const { tool } = input;
	const ahead = aheadOf(input);
	try {
		const first = await onCopy(base, async (copy) => {
			return {
				run: await workspace.up(copy.connection, false, ahead),
				catalog: await snapshotOf(copy.admin, tool)
			};
		});
		if (first.run.ended.code !== 0) {
			const why = errorOf$2(first.run).message;
			return {
				migrations: [],
				notChecked: [`Whether the new migrations can be run again: ${tool.title} did not run them a second time (${why}).`]
			};
		}
		return await stopEach(base, workspace, input, first);
	} catch (error) {
		if (!(error instanceof RolesChanged)) throw error;
		return {
			migrations: [],
			notChecked: [`Whether the new migrations can be run again: ${error.message}, and roles belong to the whole server.`]
		};
	}
}
const aheadOf = ({ tool, pending }) => ({
	tool,
	migrations: pending
});
async function stopEach(base, workspace, input, first) {
	const runs = attributedRuns(first.run, input, false);
	const ahead = aheadOf(input);
	const migrations = [];
	const notChecked = [];
	let left = mostStops;
	for (const { run, group } of runs) {
		const places = stopsIn(group, run, first.run.statements);
		const cutOffs = [];
		let tried = 0;
		let went = 0;
		for (const stop of places.slice(0, left)) {
			const second = await onCopy(base, async (copy) => {
				return (await workspace.up(copy.connection, false, ahead, after(stop))).ended.code === 0 ? null : secondRun(copy, await workspace.up(copy.connection, false, ahead), first.catalog, input);
			});
			if (second === null) went += 1;
			else tried += 1;
			if (second !== null && (second.error !== null || second.differs.length > 0)) cutOffs.push({
				after: {
					end: 0,
					line: stop.line
				},
				run: second
			});
		}
		left -= Math.min(left, places.length);
		const untried = places.length - tried - went;
		if (untried > 0) notChecked.push(`${run.migration.file} was stopped and run again at ${tried} places only; ${untried} more were not tried.`);
		if (went > 0) notChecked.push(`${run.migration.file} goes on behind a statement that fails, so that ${went} of its stops stopped nothing.`);
		migrations.push({
			migration: run.migration,
			again: nothing,
			cutOffs,
			tried
		});
	}
	return {
		migrations,
		notChecked
	};
}
/** The tool has recorded what it has run, and does not run it again. */
const nothing = {
	error: null,
	differs: [],
	inserts: []
};
function after({ text, time }) {
	let seen = 0;
	return (statement) => {
		if (statement.text !== text || statement.error !== null) return false;
		seen += 1;
		return seen === time;
	};
}
async function secondRun(copy, run, wanted, input) {
	if (run.ended.code === 0) return {
		error: null,
		differs: differing(wanted, await snapshotOf(copy.admin, input.tool)),
		inserts: []
	};
	return {
		error: attributedRuns(run, input, true).find(({ run: { trace } }) => trace.error !== null)?.run.trace.error ?? errorOf$2(run),
		differs: [],
		inserts: []
	};
}
function attributedRuns({ statements }, { tool, pending, program }, failed) {
	const tables = tool.bookkeeping.relations;
	const { groups } = attribute(statements, {
		adapter: program.adapter,
		tables,
		pending,
		failed
	});
	return runsOf(groups, statements, tables).flatMap((run, index) => {
		const group = groups[index];
		return group === void 0 ? [] : [{
			run,
			group
		}];
	});
}
/** Where what the migration did so far has been committed, and more of it is to come. */
function stopsIn(group, { trace }, all) {
	let uncommitted = false;
	let line = 1;
	const lines = new Map(trace.statements.map(({ sql, line }) => [sql, line]));
	const end = group.statements.findLastIndex(({ is }) => is === "work");
	return group.statements.slice(0, end).flatMap(({ recorded, is, sql, parsed }) => {
		const { text, statusAfter, order } = recorded;
		if (is === "work") line = lines.get(sql) ?? line;
		const does = is === "work" && !parsed.every(({ node }) => settingsIn(node) !== null);
		const stays = statusAfter === "I" && (does || uncommitted && recorded.tags.includes("COMMIT"));
		uncommitted = statusAfter !== "I" && (uncommitted || does);
		if (!stays || recorded.error !== null) return [];
		return [{
			text,
			time: all.filter((one) => one.order <= order && one.error === null && one.text === text).length,
			line
		}];
	});
}
// src/run/command/requested.ts
/**
* Tries the second run and the way back of a tool that runs itself, on a server of its own. The way back: head's migrations by the
* tool's command, each taken back by it, newest first, and all of them again. What one migration made is not known where
* several ran at once, so that only the way from all of them back to base is compared.
*/
async function requestedByCommand(input, program) {
	try {
		var _usingCtx$4 = _usingCtx();
		const { checkDown, checkRerun, tool, pending, onProgress } = input;
		if (!(checkDown || checkRerun)) return {
			reversal: null,
			rerun: null,
			notChecked: []
		};
		const begin = await start(input, input.base, input.hooks.base);
		const shadow = _usingCtx$4.a(begin.shadow);
		await prepare(shadow, input);
		await loadBase(shadow, {
			...input,
			program
		});
		if (input.base.length > 0) await applyBase(shadow, {
			...input,
			program
		});
		const workspace = _usingCtx$4.a(await openWorkspace(program, "head"));
		if (checkRerun) onProgress(`stopping ${tool.title} half-way and running it again`);
		const rerun = checkRerun ? await rerunByCommand(shadow, workspace, {
			tool,
			pending,
			program
		}) : null;
		if (checkDown) onProgress(`reverting the new migrations with ${tool.title}`);
		const reversal = checkDown ? await revert(shadow, workspace, input) : null;
		return {
			reversal,
			rerun,
			notChecked: [...reversal?.notChecked ?? [], ...rerun?.notChecked ?? []]
		};
	} catch (_) {
		_usingCtx$4.e = _;
	} finally {
		await _usingCtx$4.d();
	}
}
async function revert(shadow, workspace, input) {
	const { tool, pending, base } = input;
	const ahead = {
		tool,
		migrations: pending
	};
	const look = () => snapshotOf(shadow.admin, tool);
	const states = [await look()];
	if ((await workspace.up(shadow.connection, false, ahead)).ended.code !== 0) return {
		steps: [],
		notChecked: ["The way back: the migrations did not run a second time from base."]
	};
	const top = await look();
	const steps = [];
	let state = top;
	let stopped = null;
	for (const [index, migration] of [...pending].reverse().entries()) {
		const down = wayBack(migration);
		const applied = [...base, ...pending.slice(0, pending.length - 1 - index)];
		const run = down === null ? null : await downOf(workspace, shadow, migration, applied);
		if (typeof run === "string") return {
			steps,
			notChecked: [`The way back: ${run}`]
		};
		if (down === null || run === null) {
			stopped = migration;
			break;
		}
		const failed = run.ended.code !== 0;
		const now = failed ? state : await look();
		const last = !failed && index === pending.length - 1;
		const back = {
			down,
			error: failed ? errorOf$2(run) : null,
			changes: diff(state, now, "identity"),
			leaves: last ? differing(states[0] ?? now, now) : []
		};
		steps.unshift({
			migration,
			changes: diff(now, state, "name"),
			back,
			again: null
		});
		state = now;
		if (failed) return {
			steps,
			notChecked: []
		};
	}
	if (stopped !== null) return {
		steps,
		notChecked: [noWayBack(stopped, tool, steps.length)]
	};
	const again = await workspace.up(shadow.connection, false, ahead);
	const [first, ...rest] = steps;
	if (first === void 0) return {
		steps,
		notChecked: []
	};
	const error = again.ended.code === 0 ? null : errorOf$2(again);
	const differs = error === null ? differing(top, await look()) : [];
	return {
		steps: [{
			...first,
			again: {
				error,
				differs
			}
		}, ...rest],
		notChecked: []
	};
}
/** @returns a sentence where the tool's own command cannot be called, or does not find the database */
async function downOf(workspace, shadow, migration, applied) {
	try {
		const run = await workspace.down(shadow.connection, migration, applied);
		if (run === null || run.connected || run.ended.code === 0) return run;
		return `${run.shown} never connected to the shadow and ended with ${run.ended.code}: ${lastLines(run.ended.output, 3, 500)}`;
	} catch (error) {
		if (error instanceof Undecided && error.reason === "unsupported-tool") return error.message;
		throw error;
	}
}
// src/run/cut-offs.ts
/**
* Every place of a migration after which what was done so far stays, whatever becomes of the rest: after each statement
* that commits by itself, and after each COMMIT of the file. The end of the migration is none, nor are those between
* very many statements alike.
*/
function cutOffs(migration) {
	const pieces = sentPieces(migration);
	let open = migration.transaction === "single" || migration.transaction === "shared";
	return pieces.flatMap((piece, index) => {
		const next = pieces[index + 1];
		const kind = controls(piece);
		if (kind === "begin") open = true;
		if (kind === "end") open = false;
		const commits = !piece.block || piece.message !== next?.message;
		if (next === void 0 || !(kind === "end" || !open && commits) || piece.between || !changesSomething(piece)) return [];
		return [{
			end: next.start,
			line: piece.line
		}];
	});
}
/** A migration that stops at a cut-off. */
const cutAt = (migration, { end }) => partOf$1(migration, 0, end);
function controls({ node }) {
	if (node === null || !("TransactionStmt" in node) || !isTransactionControl(node)) return null;
	const { kind } = node.TransactionStmt;
	return kind === "TRANS_STMT_BEGIN" || kind === "TRANS_STMT_START" ? "begin" : "end";
}
/** A setting is gone with the session. */
const changesSomething = ({ node }) => node === null || !("VariableSetStmt" in node);
// src/run/rerun.ts
const usualLimits = {
	cutOffs: 200,
	statements: 4e4
};
/**
* Runs each new migration again after success, and, where its statements commit by themselves, from its start after
* a stop behind each of them; on copies, where the migrations before it have been applied.
*/
async function tryRerun(base, tool, pending, hooks = [], limits = usualLimits) {
	const migrations = [];
	const notChecked = [];
	try {
		try {
			var _usingCtx$3 = _usingCtx();
			const stage = _usingCtx$3.a(await base.copy());
			for (const migration of pending) try {
				var _usingCtx3 = _usingCtx();
				const made = await rerunOne(stage, tool, migration, hooks, limits);
				if (typeof made === "string") {
					notChecked.push(made);
					break;
				}
				migrations.push(made.rerun);
				if (made.untried > 0) notChecked.push(`${migration.file} was stopped and run again at ${made.rerun.tried} places only; ${made.untried} more were not tried.`);
				const session = _usingCtx3.a(await openSession(stage.connection));
				await applyMigrations(session, tool.bookkeeping, [migration], hooks);
			} catch (_) {
				_usingCtx3.e = _;
			} finally {
				await _usingCtx3.d();
			}
		} catch (_) {
			_usingCtx$3.e = _;
		} finally {
			await _usingCtx$3.d();
		}
	} catch (error) {
		if (!(error instanceof RolesChanged)) throw error;
		notChecked.push(`Whether the new migrations can be run again: ${error.message}, and roles belong to the whole server.`);
	}
	return {
		migrations,
		notChecked
	};
}
/** @returns a sentence when it does not even run once */
async function rerunOne(stage, tool, migration, hooks, limits) {
	const silent = {
		...tool.bookkeeping,
		before: () => "",
		after: () => ""
	};
	const apply = async (database, part) => {
		try {
			var _usingCtx4 = _usingCtx();
			const session = _usingCtx4.a(await openSession(database.connection));
			return (await applyMigrations(session, silent, [part], hooks))?.error ?? null;
		} catch (_) {
			_usingCtx4.e = _;
		} finally {
			await _usingCtx4.d();
		}
	};
	const first = await onCopy(stage, async (copy) => {
		const error = await apply(copy, migration);
		if (error !== null) return { error };
		const catalog = await snapshotOf(copy.admin, tool);
		return {
			error,
			catalog,
			again: await secondRun(copy, catalog)
		};
	});
	if (first.error !== null) return `Whether ${migration.file} can be run again: it does not apply in a session of its own (${first.error.message}).`;
	const { catalog, again } = first;
	const places = cutOffs(migration);
	const length = Math.max(1, parseFile(migration.sql).statements.length);
	const most = Math.min(limits.cutOffs, Math.max(1, Math.floor(limits.statements / (2 * length))));
	const tried = places.slice(0, most);
	const wrong = [];
	for (const after of tried) {
		const run = await onCopy(stage, async (copy) => await apply(copy, cutAt(migration, after)) === null ? secondRun(copy, catalog) : null);
		if (run !== null && (run.error !== null || run.differs.length > 0)) wrong.push({
			after,
			run
		});
	}
	return {
		rerun: {
			migration,
			again,
			cutOffs: wrong,
			tried: tried.length
		},
		untried: places.length - tried.length
	};
	async function secondRun(copy, wanted) {
		try {
			var _usingCtx5 = _usingCtx();
			const session = _usingCtx5.a(await openSession(copy.connection));
			const sent = [];
			const failure = await applyMigrations(recording(session, sent), silent, [migration], hooks);
			return {
				error: failure?.error ?? null,
				differs: failure === null ? differing(wanted, await snapshotOf(copy.admin, tool)) : [],
				inserts: failure === null ? insertsIn(migration, sent) : []
			};
		} catch (_) {
			_usingCtx5.e = _;
		} finally {
			await _usingCtx5.d();
		}
	}
}
/** A session that keeps what each message's statements said. */
function recording(session, sent) {
	return {
		...session,
		get lost() {
			return session.lost;
		},
		async send(...args) {
			const outcome = await session.send(...args);
			sent.push({
				sql: args[0],
				tags: outcome.tags
			});
			return outcome;
		}
	};
}
/** INSERTs of the migration that wrote rows, by what the messages' command tags say. */
function insertsIn({ sql }, sent) {
	let from = 0;
	return sent.flatMap((message) => {
		if (!/insert/i.test(message.sql)) return [];
		const at = sql.indexOf(message.sql, from);
		if (at === -1) return [];
		from = at + message.sql.length;
		const line = sql.slice(0, at).split("\n").length - 1;
		return parseFile(message.sql).statements.flatMap((statement, index) => {
			const rows = "InsertStmt" in statement.node ? taggedRows(message.tags.slice(0, index + 1)) : null;
			return rows === null || rows === 0 ? [] : [{
				line: statement.line + line,
				rows
			}];
		});
	});
}
// src/run/requested.ts
/**
* Tries the way back and the second run. On a server of its own: a new migration may make roles, which belong to the
* server, and what these trials leave there must not reach what is observed.
*
* @param changes what the new migrations together change
* @param failed one of them does not run, so that there is nothing to revert or to repeat
*/
async function requested(input, changes, failed) {
	try {
		var _usingCtx$2 = _usingCtx();
		const { checkDown, checkRerun, pending, tool, hooks, onProgress } = input;
		const nothing = {
			reversal: null,
			rerun: null,
			notChecked: []
		};
		if (!(checkDown || checkRerun) || pending.length === 0) return nothing;
		if (failed) return {
			...nothing,
			notChecked: [...checkDown ? ["The way back: a migration fails already on the way forth."] : [], ...checkRerun ? ["Whether the new migrations can be run again: one fails already at its first run."] : []]
		};
		if (input.program !== null) return requestedByCommand(input, input.program);
		const simple = checkDown ? withoutServer(input, changes) : null;
		if (simple !== null && !checkRerun) return {
			reversal: simple,
			rerun: null,
			notChecked: simple.notChecked
		};
		const begin = await start(input, input.base, input.hooks.base);
		const shadow = _usingCtx$2.a(begin.shadow);
		await buildBase(begin, input);
		if (checkRerun) onProgress("running the new migrations again");
		const rerun = checkRerun ? await tryRerun(shadow, tool, pending, hooks.head) : null;
		if (checkDown && simple === null) onProgress("reverting the new migrations");
		const reversal = simple ?? (checkDown ? await tryReversal(shadow, tool, pending, hooks.head) : null);
		return {
			reversal,
			rerun,
			notChecked: [...reversal?.notChecked ?? [], ...rerun?.notChecked ?? []]
		};
	} catch (_) {
		_usingCtx$2.e = _;
	} finally {
		await _usingCtx$2.d();
	}
}
/** One migration without a way back needs no trial: what it changes is known. */
function withoutServer({ pending, tool }, changes) {
	const [only, ...others] = pending;
	if (only === void 0 || others.length > 0 || wayBack(only) !== null) return null;
	return {
		steps: [{
			migration: only,
			changes,
			back: null,
			again: null
		}],
		notChecked: [noWayBack(only, tool)]
	};
}
// src/run/trials.ts
/**
* Nobody waits for a copy to go: closing this does.
*
* @param before the catalog of base
* @param hooks run around the migrations
*/
function trialsOn(base, before, tool, hooks) {
	const going = [];
	return {
		async run(migrations) {
			const { database: copy, sameFiles } = await base.copy();
			try {
				const bookkeeping = {
					...tool.bookkeeping,
					before: () => "",
					after: () => ""
				};
				return {
					traced: await traceMigrations({
						connection: copy.connection,
						bookkeeping,
						migrations,
						hooks
					}),
					after: await snapshotOf(copy.admin, tool, sameFiles ? before : null)
				};
			} finally {
				going.push(copy[Symbol.asyncDispose]());
			}
		},
		async [Symbol.asyncDispose]() {
			await Promise.all(going);
		}
	};
}
// src/run/untouched.ts
/**
* Of a kept base another server is begun when somebody wants it, since most pull requests need none; of one that was
* just built a copy is made before anything else happens to it. Roles are the server's: a copy beside the database would
* keep new migrations from dropping them, and those that they make would be in the way of what is tried.
*
* @param begin a server that base has been built on, with nobody connected to the database
*/
async function untouchedBase(begin, input) {
	const { done, keys, shadow } = begin;
	const kept = shadow.kept?.() ?? null;
	if (done !== null && done === keys.length - 1) return onServersOfTheirOwn(input, kept);
	const copy = await shadow.copy();
	if (!namesRoles(input) || input.program !== null || shadow.provider === "url") return copiesOf(copy);
	await copy[Symbol.asyncDispose]();
	return onServersOfTheirOwn(input, kept);
}
const namesRoles = ({ pending, hooks }) => [...pending, ...hooks.head].some(({ sql }) => /\b(create|drop)\s+(role|user|group)\b/i.test(sql));
/** @param kept `Shadow.kept` of base */
function onServersOfTheirOwn(input, kept) {
	const begun = [];
	const another = () => {
		const server = anotherServer(input);
		begun.push(server);
		server.catch(() => {});
		return server;
	};
	const sameFiles = (shadow) => kept !== null && shadow.kept?.() === kept;
	let first = null;
	let taken = false;
	let source = null;
	return {
		apart: true,
		expect() {
			first ??= another();
		},
		async copy() {
			first ??= another();
			if (!taken) {
				taken = true;
				const shadow = await first;
				return {
					database: shadow,
					sameFiles: sameFiles(shadow)
				};
			}
			source ??= another();
			const shadow = await source;
			return {
				database: await shadow.copy(),
				sameFiles: sameFiles(shadow)
			};
		},
		async [Symbol.asyncDispose]() {
			const servers = await Promise.allSettled(begun);
			for (const each of servers) if (each.status === "fulfilled") await each.value[Symbol.asyncDispose]();
		}
	};
}
async function anotherServer(input) {
	const begin = await start({
		...input,
		onProgress: () => {}
	}, input.base, input.hooks.base);
	try {
		await buildBase(begin, input);
		return begin.shadow;
	} catch (error) {
		await begin.shadow[Symbol.asyncDispose]();
		throw error;
	}
}
/**
* @param source a database that is as base has it, and stays so. Copies of it change the role, which is the server's: none
*   is begun before somebody wants it
*/
const copiesOf = (source) => ({
	apart: false,
	expect() {},
	copy: async () => ({
		database: await source.copy(),
		sameFiles: true
	}),
	async [Symbol.asyncDispose]() {}
});
// src/run/rehearse.ts
/**
* The upgrade path (base, then the pending migrations, observed) and, where history changed, the fresh path
* (head from empty), each on a server of its own because roles belong to the server.
*
* @throws Undecided when base itself does not apply, or no server is to be had
*/
async function rehearse(input) {
	if (input.existing === true) return (await import("./run-existing.js")).rehearseExisting(input);
	const loading = fromSchemaFiles(input);
	if (loading !== null && (input.base.length === 0 || await isCut(input, loading))) return onBothPaths(loading);
	try {
		return await onBothPaths(input);
	} catch (error) {
		if (loading === null || !(error instanceof Undecided) || error.reason !== "base-does-not-apply") throw error;
		return onBothPaths(loading).catch((other) => {
			throw other instanceof Undecided ? error : other;
		});
	}
}
async function onBothPaths(input) {
	const start = performance.now();
	const [upgrade, fresh] = await bothOrNeither(upgradePath(input), freshPath(input), (path) => path.close());
	const failed = upgrade.traced.migrations.some(({ error, refused }) => error !== null || refused !== null);
	const comparable = fresh?.catalog != null && !failed;
	const schemaChanges = diff(upgrade.before, upgrade.after, "identity");
	const { onRequest, surroundings } = await closing(upgrade, async () => ({
		onRequest: await requested(input, schemaChanges, failed),
		surroundings: failed || fresh?.failure != null ? await upgrade.surroundings() : null
	}));
	return {
		shadow: upgrade.shadow,
		timings: {
			...upgrade.timings,
			freshMs: fresh?.ms ?? 0,
			totalMs: performance.now() - start
		},
		traced: upgrade.traced,
		pending: upgrade.pending,
		before: upgrade.before,
		after: upgrade.after,
		schemaChanges,
		schemaDiff: schemaDiff(upgrade.before, upgrade.after, "identity"),
		divergence: comparable && fresh?.catalog ? divergence(input, upgrade.after, fresh.catalog) : [],
		fresh: comparable ? fresh?.catalog ?? null : null,
		freshFailure: fresh?.failure ?? null,
		notChecked: [
			...upgrade.after.notModelled.map((kind) => `The schema diff does not cover ${kind}.`),
			...fresh !== null && failed ? ["Whether a new database would end in the same schema: a migration fails on the way there."] : [],
			...onRequest.notChecked,
			...upgrade.notChecked
		],
		notes: upgrade.notes,
		surroundings,
		reversal: onRequest.reversal,
		rerun: onRequest.rerun,
		tryInstead: upgrade.tryInstead,
		copyOf: upgrade.copyOf,
		doneWithHead: upgrade.doneWithHead,
		...input.baseLoad == null ? {} : { baseFrom: input.baseLoad.file },
		[Symbol.asyncDispose]: upgrade.close
	};
}
/** A schema file is written in the order that one developer's columns have: nobody goes by it. */
function divergence({ freshLoad }, upgraded, fresh) {
	const found = diff(upgraded, fresh, "name");
	return freshLoad == null ? found : found.filter(({ orderOnly }) => orderOnly !== true);
}
async function upgradePath(input) {
	const begin = await start(input, input.base, input.hooks.base, { picture: true });
	try {
		return await (input.program === null ? upgradeOn(begin, input) : upgradeByProgram(begin, input, input.program));
	} catch (error) {
		await begin.shadow[Symbol.asyncDispose]();
		throw error;
	}
}
async function upgradeOn(begin, input) {
	const { shadow } = begin;
	const { tool, onProgress } = input;
	onProgress(`applying ${input.base.length} migrations of ${input.baseName}`);
	const baseStart = performance.now();
	const notes = await buildBase(begin, input);
	const baseMs = performance.now() - baseStart;
	const changes = input.pending.length + input.newHooks.length > 0;
	const untouched = changes ? await untouchedBase(begin, input) : copiesOf(shadow);
	const first = await timed(() => pictureOfBase(begin, tool, { keep: changes }));
	const headStart = performance.now();
	const traced = await traceMigrations({
		connection: shadow.connection,
		bookkeeping: tool.bookkeeping,
		sessions: tool.sessions,
		migrations: input.pending,
		hooks: input.hooks.head,
		observedHooks: input.newHooks,
		mayFail: input.mayFail,
		onMigration: ({ file }) => onProgress(`running ${file}`)
	});
	const headMs = performance.now() - headStart;
	if (mayBeMended(traced)) untouched.expect();
	const second = await closing({ close: () => untouched[Symbol.asyncDispose]() }, () => timed(() => snapshotOf(shadow.admin, tool, first.value)));
	const trials = trialsOn(untouched, first.value, tool, input.hooks.head);
	return {
		shadow: {
			provider: shadow.provider,
			postgresVersion: shadow.postgresVersion,
			chosen: shadow.chosen ?? null,
			baseFromCache: begin.done !== null
		},
		timings: {
			bootMs: shadow.bootMs,
			baseMs,
			headMs,
			snapshotMs: first.ms + second.ms
		},
		traced,
		pending: input.pending,
		notChecked: [],
		before: first.value,
		after: second.value,
		notes: [...notes, ...aboutShadow(shadow, input)],
		surroundings: () => surroundingsOf(shadow, input),
		tryInstead: trials.run,
		copyOf: async (side) => side === "head" ? shadow.copy() : (await untouched.copy()).database,
		doneWithHead: () => {
			if (untouched.apart) shadow[Symbol.asyncDispose]().then(void 0, () => {});
		},
		close: () => closeAll(untouched.apart, [trials, untouched], shadow)
	};
}
/** The same where the tool runs itself. Its messages of several statements are run again one by one, if that comes to the same. */
async function upgradeByProgram(begin, input, program) {
	const { shadow } = begin;
	const { tool } = input;
	const said = await prepare(shadow, input);
	const loaded = await loadBase(shadow, {
		...input,
		program
	});
	const run = await upgradeByCommand(shadow, {
		...input,
		program
	}, async () => ({
		surroundings: await surroundingsOf(shadow, input),
		untouched: input.pending.length === 0 ? copiesOf(shadow) : await untouchedBase(begin, input)
	}));
	const { surroundings, untouched } = run.prepared;
	const trials = trialsOn(untouched, run.before, tool, []);
	const again = run.lumped ? await trials.run(run.pending) : null;
	const same = again?.traced.migrations.every(({ error }) => error === null) === true && diff(run.after, again.after, "name").length === 0;
	return {
		shadow: {
			provider: shadow.provider,
			postgresVersion: shadow.postgresVersion,
			chosen: shadow.chosen ?? null,
			baseFromCache: false
		},
		timings: {
			bootMs: shadow.bootMs,
			baseMs: run.ms.base,
			headMs: run.ms.head,
			snapshotMs: run.ms.snapshots
		},
		traced: same ? again.traced : run.traced,
		pending: run.pending,
		before: run.before,
		after: run.after,
		notes: [
			...said,
			...loaded,
			...run.notes,
			...aboutShadow(shadow, input)
		],
		notChecked: same ? [] : run.notChecked,
		surroundings: () => surroundings,
		tryInstead: trials.run,
		copyOf: async (side) => side === "head" ? shadow.copy() : (await untouched.copy()).database,
		doneWithHead: () => {},
		close: () => closeAll(untouched.apart, [trials, untouched], shadow)
	};
}
/** What the reader should know of the server that was used. */
const aboutShadow = ({ provider, chosen }, { superuser }) => [...chosen === void 0 ? [] : [`The shadow was ${provider}: ${chosen}.`], ...superuser ? ["The migrations ran as a superuser of the shadow (shadow-superuser): what production would refuse them for want of rights is not seen."] : []];
/** Base's picture: the one that is kept beside it, or a new one. */
async function pictureOfBase(begin, tool, { keep }) {
	if (begin.picture !== null) return begin.picture;
	const picture = await snapshotOf(begin.shadow.admin, tool, null);
	if (keep) await keepPicture(begin, tool, picture);
	return picture;
}
/** Was anything blocked by statements for which there may be better ones? */
const mayBeMended = ({ migrations }) => migrations.every(({ error, refused }) => error === null && refused === null) && migrations.some(({ statements }) => harm(statements) > 0);
async function freshPath(input) {
	try {
		var _usingCtx$1 = _usingCtx();
		const { tool, fresh } = input;
		if (fresh === null) return null;
		const begin = await start(input, fresh, input.hooks.head);
		const shadow = _usingCtx$1.a(begin.shadow);
		const began = performance.now();
		const failure = await buildFresh(begin, input, fresh);
		return {
			failure,
			catalog: failure === null ? await snapshotOf(shadow.admin, tool) : null,
			ms: performance.now() - began
		};
	} catch (_) {
		_usingCtx$1.e = _;
	} finally {
		await _usingCtx$1.d();
	}
}
async function buildFresh(begin, input, fresh) {
	const { program, tool } = input;
	if (program === null) return (await build(begin, input, fresh, input.hooks.head)).failure;
	await prepare(begin.shadow, input);
	if (input.freshLoad != null) return freshFromSchema(begin.shadow, {
		...input,
		program
	}, input.freshLoad, fresh);
	return freshByCommand(begin.shadow, {
		program,
		tool
	}, fresh);
}
async function timed(work) {
	const start = performance.now();
	return {
		value: await work(),
		ms: performance.now() - start
	};
}
// src/config/moved.ts
var import_fastest_levenshtein = require_fastest_levenshtein();
/** A directory that was moved is one database, not one that lost all of its history and one that is new. */
function joinMoved(search, found, notes) {
	const joined = found.map(({ path, tool }) => withBasePath(search, {
		path,
		tool
	}, notes));
	const from = new Set(joined.map((one) => one.basePath));
	return joined.filter((one) => !from.has(one.path));
}
/**
* Finds where base has a directory that only head has: the place, gone in head, where most of that directory's
* files stand with the same names and contents.
*/
function withBasePath({ head, base }, found, notes) {
	const directory = treePath(found.path);
	if (directory === "" || base.under(directory).length > 0) return found;
	const relative = new Map(head.under(directory).map(({ path, oid }) => [path.slice(directory.length + 1), oid]));
	const roots = /* @__PURE__ */ new Map();
	for (const { path, oid } of base.entries) for (let at = path.indexOf("/"); at !== -1; at = path.indexOf("/", at + 1)) {
		if (relative.get(path.slice(at + 1)) !== oid) continue;
		const root = path.slice(0, at);
		roots.set(root, (roots.get(root) ?? 0) + 1);
	}
	const [best] = [...roots].sort((a, b) => b[1] - a[1]);
	if (best === void 0) return found;
	const [root, same] = best;
	if (head.under(root).length > 0 || same * 2 <= base.under(root).length) return found;
	notes.push(`${directory} is compared with ${root} of the base, from where it was moved.`);
	return {
		...found,
		basePath: root
	};
}
// src/config/questions.ts
/** A directory's path in a sentence. */
const shown = (path) => path === "" ? "The root of the repository" : path;
/** The lines that answer a question, ready to be pasted. */
function configLines(databases) {
	return `databases:\n${databases.map(({ path, tool }) => `  - name: ${JSON.stringify(path === "" ? "root" : path)}\n    path: ${JSON.stringify(path === "" ? "." : path)}\n    tool: ${tool}`).join("\n")}\n`;
}
/** Stops with a question and the lines that would answer it. */
const question = (message, answers) => new Undecided("ambiguous-configuration", `${message} Keep what is right of these lines in .github/migration-gate.yml:\n\n${configLines(readable(answers))}`);
/** A tool that no config can name is answered with what its files can be checked as. */
const readable = (answers) => answers.map(({ path, tool }) => ({
	path,
	tool: isToolName(tool) ? tool : "plain"
}));
/** Stops at migrations that no tool here reads, and says how they can be checked all the same. */
function unsupportedTools(found) {
	const list = `${found.slice(0, 5).map((one) => `${shown(one.path)} (${one.tool}: ${one.because})`).join(", ")}${found.length > 5 ? ` and ${found.length - 5} more` : ""}`;
	const sql = found.filter((one) => one.sqlFiles).sort((a, b) => Number(/postgres|pg/i.test(b.path)) - Number(/postgres|pg/i.test(a.path)));
	const [first] = sql;
	if (first === void 0) return new Undecided("unsupported-tool", `There are migrations of a tool that cannot be read yet: ${list}. By now these can: ${Object.keys(tools).join(", ")}. Name the directories that should be checked under databases: in .github/migration-gate.yml, and leave these out.`);
	const plain = sql.map(({ path }) => ({
		path,
		tool: "plain"
	}));
	const path = first.path === "" ? "." : first.path;
	return new Undecided("unsupported-tool", `There are migrations of a tool that cannot be read yet: ${list}. Where they are SQL files that run whole and in numeric order, check them as such with --path ${path} --tool plain, or with these lines in .github/migration-gate.yml:\n\n${configLines(plain)}`);
}
// src/config/detection.ts
/** What both trees hold together: a directory that the pull request removes must still be looked at. */
async function surveyBoth({ head, base }, everywhere) {
	const [inHead, inBase] = [await survey(head, everywhere), await survey(base, everywhere)];
	const merge = (now, before) => [...now, ...before.filter((old) => !now.some((one) => one.path === old.path && one.tool === old.tool))];
	return {
		databases: merge(inHead.databases, inBase.databases),
		unsupported: merge(inHead.unsupported, inBase.unsupported),
		notes: [.../* @__PURE__ */ new Set([...inHead.notes, ...inBase.notes])]
	};
}
/** The databases of a repository that has no `databases:` in its config. */
async function detected(search, tool) {
	const { databases, unsupported, notes } = await surveyBoth(search, false);
	const all = [...databases, ...unsupported];
	if (tool !== null) toolNamed(tool);
	const disputed = all.find((one) => all.some((other) => other.path === one.path && other.tool !== one.tool));
	if (disputed !== void 0 && tool === null) {
		const rivals = all.filter((other) => other.path === disputed.path);
		throw question(`${shown(disputed.path)} looks like ${rivals.map((one) => `${one.tool} (${one.because})`).join(" and like ")}. Which is it?`, rivals);
	}
	let wanted = databases.filter((one) => tool === null || one.tool === tool);
	const passedOver = unsupported.filter((one) => !wanted.some((other) => other.path === one.path));
	if (tool === "plain" && wanted.length === 0 && passedOver.length === 1) wanted = passedOver.map(({ path, because }) => ({
		path,
		tool,
		because: `${because}; taken as plain as asked`
	}));
	else if (tool !== null && wanted.length === 0 && all.length > 0) {
		const list = all.map((one) => `${shown(one.path)} (${one.tool})`).join(", ");
		throw new UserError(`No migrations of ${tool} were found, only: ${list}. Name the directory with --path.`);
	} else if (tool === null) {
		const stopping = databases.length === 0 ? passedOver : passedOver.filter((one) => differs(search, one.path));
		if (stopping.length > 0) throw unsupportedTools(stopping);
		for (const one of passedOver) notes.push(`${shown(one.path)} belongs to ${one.tool} (${one.because}), which cannot be read yet; nothing in it changed.`);
	}
	const unnamed = wanted.filter((one) => one.tool === "plain" && !/migrat/i.test(one.path));
	if (unnamed.length > 1) throw question(`Several directories hold numbered SQL files, and none of these is called migrations: ${unnamed.map((one) => shown(one.path)).join(", ")}. Which of them are deployed?`, wanted);
	const found = joinMoved(search, wanted, notes);
	for (const { path } of found) {
		const one = wanted.find((other) => other.path === path);
		if (one !== void 0) notes.push(`${shown(path)} is read as ${toolNamed(one.tool).title}: ${one.because}.`);
	}
	if (all.length === 0) notes.push("No migrations were found. If there are some, name their directory and tool under databases: in .github/migration-gate.yml.");
	return {
		found,
		notes
	};
}
/**
* The database at a directory that the user named, with or without its tool.
* @param fail reports wrong use at the place where the user wrote the path
*/
async function named$1(search, path, tool, fail, settings = noToolSettings) {
	const notes = [];
	return {
		found: withBasePath(search, {
			path,
			tool: await toolAt(search, path, tool, fail, settings)
		}, notes),
		notes
	};
}
async function toolAt(search, path, tool, fail, settings) {
	if (path.startsWith("/") || /^[A-Za-z]:/.test(path) || path.split("/").includes("..")) fail(`The path ${quoted(path)} must be relative to the root of the repository and stay inside it.`);
	const directory = treePath(path);
	const trees = [search.head, search.base];
	for (const tree of trees) {
		const entry = tree.get(directory);
		if (entry?.mode === "120000" || entry?.mode === "160000") refuseLink(entry);
	}
	if (!trees.some((tree) => tree.under(directory).length > 0)) {
		if (trees.some((tree) => tree.get(directory) !== void 0)) fail(`${quoted(path)} is a file. Name the directory that holds the migrations.`);
		fail(`There is no directory ${quoted(path)} in ${search.head.ref} or ${search.base.ref}.${near(directory, trees)}`);
	}
	if (tool !== null) {
		await mustHoldMigrations(search, path, tool, fail, settings);
		return tool;
	}
	const { databases, unsupported } = await surveyBoth(search, true);
	const here = databases.filter((one) => one.path === directory);
	const passedOver = unsupported.filter((one) => isWithin(directory, one.path) || isWithin(one.path, directory));
	const [only] = here;
	if (only !== void 0 && here.length === 1 && passedOver.length === 0) return only.tool;
	if (here.length === 0 && passedOver.length > 0) throw unsupportedTools(passedOver);
	if (here.length > 0) {
		const rivals = [...here, ...passedOver].map((one) => `${one.tool} (${one.because})`).join(" and like ");
		throw question(`${shown(directory)} looks like ${rivals}. Which is it?`, here);
	}
	const below = databases.filter((one) => isWithin(one.path, directory));
	if (below.length > 0) fail(`${quoted(path)} holds no migrations itself. Did you mean ${below.map((one) => `${one.path} (${one.tool})`).join(" or ")}?`);
	return fail(`Nothing in ${quoted(path)} looks like migrations of a known tool. Say which tool it is (${Object.keys(tools).join(", ")}).`);
}
/** A wrong tool would read nothing, find nothing wrong, and look like approval. */
async function mustHoldMigrations(search, path, name, fail, toolSettings) {
	const tool = await configuredTool({
		tool: name,
		path,
		toolSettings
	}, search);
	for (const tree of [search.base, search.head]) if ((await tool.history(tree, path)).migrations.length > 0) return;
	const sql = [...search.head.under(treePath(path)), ...search.base.under(treePath(path))].find((entry) => /\.sql$/i.test(entry.path));
	if (sql === void 0) return;
	fail(`${quoted(path)} holds SQL files (${sql.path}), but none that ${tool.title} would run. Another tool, or another directory?`);
}
/** Is anything below the directory different between base and head? */
function differs({ head, base }, path) {
	const [a, b] = [head, base].map((tree) => tree.under(path).map((entry) => `${entry.mode} ${entry.oid} ${entry.path}`).join("\n"));
	return a !== b;
}
/** Directories with SQL files whose name is like the one that does not exist. */
function near(path, trees) {
	const directories = /* @__PURE__ */ new Set();
	for (const tree of trees) for (const entry of tree.entries) {
		if (!/\.(?:sql|toml)$/.test(entry.path)) continue;
		const directory = dirname$1(entry.path);
		if (exclusion(directory) === "copied") continue;
		directories.add(basename$1(entry.path) === "migration.sql" ? dirname$1(directory) : directory);
	}
	directories.delete("");
	const ranked = [...directories].sort((a, b) => (0, import_fastest_levenshtein.distance)(path, a) - (0, import_fastest_levenshtein.distance)(path, b)).slice(0, 3);
	return ranked.length === 0 ? "" : ` Near it: ${ranked.join(", ")}.`;
}
// src/config/find-file.ts
/** Where the config is looked for when nobody names one. */
const usualFiles = [".github/migration-gate.yml", ".github/migration-gate.yaml"];
/**
* The text of the config file in a tree; null: there is none, and none was asked for.
*
* @throws UserError for one that is not there, stands there twice, or is a link
*/
async function findConfigFile(options, tree) {
	const asked = options.config?.replace(/^\.\//, "") ?? null;
	const present = (asked === null ? usualFiles : [asked]).filter((path) => tree.get(path) !== void 0);
	const [path] = present;
	if (path === void 0) {
		if (asked === null) return null;
		throw new UserError(`The config file ${JSON.stringify(asked)} does not exist in ${tree.ref}. The path is relative to the root of the repository.`);
	}
	if (present.length > 1) throw new UserError(`${present.join(" and ")} both exist: which one counts? Remove one.`, { place: { file: path } });
	if (tree.get(path)?.mode === "120000") throw new UserError(`${path} is a symbolic link, and links are not followed. Put the file itself there.`, { place: { file: path } });
	return {
		path,
		text: (await tree.read([path])).get(path)?.toString("utf8") ?? ""
	};
}
// src/config/weakened.ts
const severities$1 = [
	"off",
	"notice",
	"warning",
	"error"
];
const thresholds = [
	"never",
	"error",
	"warning"
];
/** What a pull request takes away from the gate that it has to pass. */
function weakenings(input) {
	const { base, head, defaults, checked, checks } = input;
	const rules = Object.entries(defaults).flatMap(([rule, standard]) => {
		const before = base.rules?.[rule] ?? standard;
		const now = head.rules?.[rule] ?? standard;
		if (severities$1.indexOf(now) >= severities$1.indexOf(before)) return [];
		return [{
			path: ["rules", rule],
			what: `the rule ${rule} goes from ${before} to ${now}`
		}];
	});
	const before = base["fail-on"] ?? "error";
	const now = head["fail-on"] ?? "error";
	const threshold = thresholds.indexOf(now) < thresholds.indexOf(before) ? [{
		path: ["fail-on"],
		what: `fail-on goes from ${before} to ${now}`
	}] : [];
	const switched = ["check-down", "check-rerun"].filter((key) => base[key] === true && head[key] !== true).map((key) => ({
		path: [key],
		what: `${key} is switched off`
	}));
	return [
		...rules,
		...threshold,
		...switched,
		...ignored(base, head),
		...lessHistory(base, head),
		...undeclared(input),
		...lateAllowed(input),
		...dropped(checked, checks)
	];
}
/** A late migration is no finding where the tool is said to be called so that it runs. */
function lateAllowed({ base, head, before }) {
	const key = "out-of-order";
	return (head.databases ?? []).flatMap((database, index) => {
		const old = before(database.path);
		if (database[key] !== true || old === null) return [];
		const was = base.databases?.find(({ path }) => treePath(path) === treePath(old))?.[key];
		if (was === true) return [];
		const path = database.path === "" ? "the root" : database.path;
		return [{
			path: [
				"databases",
				index,
				key
			],
			what: `${key} of ${path} goes from ${was ?? "nothing"} to true`
		}];
	});
}
/** Less of base counts as applied, or may be put together. */
function lessHistory(base, head) {
	return ["applied-ref", "accept-squash"].flatMap((key) => {
		const [before, now] = [base[key], head[key]];
		if (now === void 0 || now === false || now === before) return [];
		return [{
			path: [key],
			what: `${key} goes from ${before ?? "nothing"} to ${now}`
		}];
	});
}
function undeclared({ base, head, checks }) {
	const declared = new Set((head.databases ?? []).flatMap((one) => one["declared-schema"] ?? []));
	return (base.databases ?? []).flatMap(({ path, "declared-schema": file }, index) => file === void 0 || declared.has(file) || !checks.has(treePath(path)) ? [] : [{
		path: ["databases", index],
		what: `${file} need no longer be what the migrations make`
	}]);
}
function ignored(base, head) {
	const key = "ignore-migrations-before";
	const [before, now] = [base[key], head[key]];
	if (now === void 0 || now === before) return [];
	if (before !== void 0 && (compareNumbers(now, before) || compareText(now, before)) <= 0) return [];
	return [{
		path: [key],
		what: `${key} goes from ${before ?? "nothing"} to ${now}`
	}];
}
function dropped(checked, checks) {
	return checked.filter((path) => !checks.has(treePath(path))).map((path) => ({
		path: ["databases"],
		what: `${path === "" ? "the root" : path} is no longer checked`
	}));
}
/** Was the gate in use before this pull request? Whoever introduces it weakens nothing. */
async function isInUse(base) {
	const workflows = base.under(".github/workflows").filter(({ path, mode }) => mode.startsWith("100") && /\.ya?ml$/.test(path)).map(({ path }) => path);
	return [...(await base.read(workflows)).values()].some((bytes) => bytes.includes("migration-gate"));
}
// src/config/against-base.ts
/** A config of base that cannot be read asks for nothing that could be taken away. */
async function configOfBase(options, base, ruleNames) {
	try {
		const file = await findConfigFile(options, base);
		return file === null ? null : {
			path: file.path,
			values: readConfigFile(file.path, file.text, ruleNames).values
		};
	} catch (error) {
		if (error instanceof UserError) return null;
		throw error;
	}
}
/** Compares head's config with base's. Only base decides how much it counts. */
async function weakenedSince(input) {
	const { options, base, before, ruleDefaults, file, config, databases } = input;
	if (before === null && !await isInUse(base)) return null;
	const values = before?.values ?? {};
	const severity = values.rules?.["gate-weakened"] ?? "error";
	if (severity === "off") return null;
	const found = weakenings({
		base: values,
		head: config?.values ?? {},
		defaults: ruleDefaults,
		checked: options.path === null ? await checkedInBase(base, values, config) : [],
		checks: new Set(databases.flatMap(({ path, basePath = path }) => [treePath(path), treePath(basePath)])),
		before: (path) => {
			const { basePath = path } = databases.find((one) => treePath(one.path) === treePath(path)) ?? {};
			return base.under(treePath(basePath)).length > 0 ? basePath : null;
		}
	});
	const [first] = found;
	if (first === void 0) return null;
	return {
		severity,
		file: file?.path ?? before?.path ?? usualFiles[0],
		line: file === null ? null : config?.lineOf(first.path) ?? null,
		what: found.map(({ what }) => what)
	};
}
/** Directories that base would check, as far as head may have dropped them. */
async function checkedInBase(base, values, config) {
	const named = values.databases?.map(({ path }) => path);
	if (named !== void 0) return named.filter((path) => base.under(treePath(path)).length > 0);
	if (config?.values.databases === void 0) return [];
	try {
		return (await detected({
			head: base,
			base
		}, null)).found.map(({ path }) => path);
	} catch (error) {
		if (error instanceof Undecided) return [];
		throw error;
	}
}
// src/config/baseline.ts
/**
* The dump that stands for the beginning of a history. Which version it stands for is never guessed: a wrong one
* would replay what the dump has, or leave out what it lacks.
*
* @param at reports wrong use at the line of a key of this database
*/
async function baselineOf(written, found, search, at) {
	if (written === void 0) return null;
	const short = typeof written === "string";
	const file = treePath(short ? written : written.file);
	const wrong = short ? at("baseline") : at("baseline", "file");
	const entry = search.base.get(file) ?? search.head.get(file);
	if (entry === void 0) wrong(`The baseline file ${quoted(file)} does not exist.${nearFile(file, search)}`);
	if (entry?.mode.startsWith("100") !== true) wrong(`The baseline ${quoted(file)} is no file.`);
	const tool = await configuredTool(found, search);
	if (tool.command !== void 0) return at("baseline")(`${tool.title} runs by its own command, which begins with an empty database: it takes no baseline. Remove the key.`);
	const keys = await orderKeys(tool, found, search);
	const versions = [...new Set(keys.map(({ version }) => version))];
	const version = short ? void 0 : written.version;
	if (version === void 0) return at("baseline")(`The baseline needs the version that it stands for, the last one whose changes are in the dump: baseline: { file: ${quoted(file)}, version: ${quoted(versions.at(-1) ?? "1")} }. ${existing(versions)}`);
	const squashed = keys.length > 0 && keys.every((key) => tool.order({
		version,
		name: ""
	}, key) < 0);
	if (versions.includes(version) || squashed) return {
		file,
		version
	};
	return at("baseline", "version")(`There is no migration of the version ${quoted(version)}.${didYouMean(version, versions)}`);
}
const existing = (versions) => versions.length === 0 ? "There are no migrations yet." : `There are: ${versions.length > 12 ? `${versions.slice(0, 3).join(", ")}, …, ${versions.slice(-6).join(", ")}` : versions.join(", ")}.`;
/** Base's history counts; head's only where base has none yet. */
async function orderKeys(tool, { path, basePath = path }, { base, head }) {
	const inBase = await tool.history(base, base.under(treePath(path)).length > 0 ? path : basePath);
	const { migrations } = inBase.migrations.length > 0 ? inBase : await tool.history(head, path);
	return migrations.map(({ version, name }) => ({
		version,
		name
	}));
}
function nearFile(file, { base, head }) {
	const dumps = [...base.entries, ...head.entries].map(({ path }) => path).filter((path) => /\.sql$/.test(path) && (dirname$1(path) === dirname$1(file) || /schema|structure|dump/.test(path)));
	return dumps.length === 0 ? "" : didYouMean(file, [...new Set(dumps)]);
}
// src/config/command.ts
/** What the config and the options say about how the project calls its tool. */
const toolSettings = (one, options) => ({
	placeholders: one?.placeholders ?? {},
	outOfOrder: one?.["out-of-order"] ?? null,
	...(options.applyCommand ?? one?.["apply-command"] ?? null) === null ? {} : { byCommand: true }
});
/**
* How a tool that runs itself is called.
*
* @param wrong reports wrong use at the line of a key of this database
*/
function commandOf(tool, options, one, wrong) {
	const apply = options.applyCommand ?? one?.["apply-command"] ?? null;
	const baseSetup = one?.["base-setup-command"] ?? null;
	if (tool === "command" && apply === null) wrong("tool")("The tool command needs an apply-command: a line for the shell that migrates DATABASE_URL.");
	const refuse = (key) => wrong(key)(`${key} is for tools that run themselves, and the files of ${tool} are applied by the gate. Remove it, or set tool: command.`);
	if (!runsItself(tool) && !(apply !== null && takesCommand(tool))) {
		if (apply !== null) refuse("apply-command");
		if (baseSetup !== null) refuse("base-setup-command");
	}
	return {
		apply,
		baseSetup,
		environment: one?.["command-environment"] ?? {}
	};
}
// src/config/databases.ts
/** What is checked: what the options name, else what the config names, else what is detected. */
async function databasesOf(input) {
	const { wanted, notes } = await wantedOf(input);
	const databases = [];
	for (const one of wanted) {
		const { config, note } = await databaseOf(one, input, databases);
		databases.push(config);
		if (note !== null && !notes.includes(note)) notes.push(note);
	}
	return {
		databases,
		notes
	};
}
async function wantedOf({ options, values, search, wrongKey }) {
	if (options.path !== null) {
		const path = treePath(options.path);
		const index = (values.databases ?? []).findIndex((one) => treePath(one.path) === path);
		const settings = toolSettings(values.databases?.[index], options);
		const { found, notes } = await named$1(search, options.path, options.tool, wrongOption, settings);
		return {
			wanted: [{
				found,
				index: index === -1 ? null : index
			}],
			notes
		};
	}
	const wanted = [];
	if (options.tool !== null || values.databases === void 0) {
		const { found, notes } = await detected(search, options.tool);
		wanted.push(...found.map((one) => ({
			found: one,
			index: null
		})));
		return {
			wanted,
			notes
		};
	}
	const notes = [];
	for (const [index, one] of values.databases.entries()) {
		const at = wrongKey("databases", index, "path");
		const { found, notes: said } = await named$1(search, one.path, one.tool ?? null, at, toolSettings(one, options));
		notes.push(...said);
		wanted.push({
			found,
			index
		});
	}
	return {
		wanted,
		notes
	};
}
async function databaseOf({ found, index }, { options, values, search, wrongKey }, others) {
	const { base, head } = search;
	const one = index === null ? void 0 : values.databases?.[index];
	const at = index === null ? () => wrongOption : (...path) => wrongKey("databases", index, ...path);
	for (const [nth, path] of (one?.setup ?? []).entries()) {
		if (base.get(path) ?? head.get(path)) continue;
		at("setup", nth)(`The setup file ${quoted(path)} does not exist.`);
	}
	const image = options.postgresImage ?? one?.["postgres-image"] ?? null;
	const asked = options.postgresVersion ?? one?.["postgres-version"] ?? majorOfImage(image);
	if (asked !== null && image === null && [
		"auto",
		"embedded",
		"local"
	].includes(options.shadow)) mustBeMajor(asked, options.shadow, options.postgresVersion === null ? at("postgres-version") : wrongOption);
	const said = asked === null ? await postgresVersionOf(head, treePath(found.path)) : null;
	const name = one?.name ?? (treePath(found.path) === "" ? "root" : found.path);
	if (others.some((other) => other.name === name)) at("name")(`Two databases are called ${quoted(name)}.`);
	if (others.some((other) => treePath(other.path) === treePath(found.path))) at("path")(`Two databases have the path ${quoted(found.path)}.`);
	const settings = toolSettings(one, options);
	return {
		config: {
			name,
			path: found.path,
			...found.basePath === void 0 ? {} : { basePath: found.basePath },
			tool: found.tool,
			postgresMajor: asked ?? said?.major ?? 17,
			postgresImage: image,
			postgresVersionStated: asked !== null || (said?.stated ?? false),
			extensions: one?.extensions ?? [],
			setup: one?.setup ?? [],
			declaredSchema: one?.["declared-schema"] ?? null,
			toolSettings: settings,
			command: commandOf(found.tool, options, one, at),
			baseline: await baselineOf(one?.baseline, {
				...found,
				toolSettings: settings
			}, search, at)
		},
		note: said?.note ?? null
	};
}
const wrongOption = (message) => {
	throw new UserError(message);
};
function mustBeMajor(major, shadow, fail) {
	const majors = shadow === "embedded" ? majorsOf(currentPlatform()) : embeddedMajors;
	if (majors.includes(major)) return;
	fail(`PostgreSQL ${major} cannot be booted here. It must be one of: ${majors.join(", ")}.`);
}
// src/config/rules-option.ts
const severities = [
	"error",
	"warning",
	"notice",
	"off"
];
/**
* Severities that the caller sets for every repository: `RULE: SEVERITY`, one on a line or several between commas.
*
* @throws UserError for what is no rule or no severity
*/
function rulesOption(text, ruleNames) {
	const entries = (text ?? "").split(/[\n,]/).map((line) => line.trim());
	return Object.fromEntries(entries.filter((entry) => entry !== "").map((entry) => pair(entry, ruleNames)));
}
function pair(entry, ruleNames) {
	const [rule = "", word = "", ...rest] = entry.split(":").map((part) => part.trim());
	if (!ruleNames.includes(rule)) throw new UserError(`rules: there is no rule ${JSON.stringify(rule)}.${didYouMean(rule, ruleNames)}`);
	if (rule === "gate-weakened") throw new UserError("rules: the severity of gate-weakened is set in the base branch's config alone.");
	const severity = severities.find((one) => one === word);
	if (severity === void 0 || rest.length > 0) throw new UserError(`rules: ${JSON.stringify(entry)} is not RULE: SEVERITY with ${severities.join(", ")}.`);
	return [rule, severity];
}
// node_modules/csv-parse/lib/api/CsvError.js
var CsvError = class CsvError extends Error {
	constructor(code, message, options, ...contexts) {
		if (Array.isArray(message)) message = message.join(" ").trim();
		super(message);
		if (Error.captureStackTrace !== void 0) Error.captureStackTrace(this, CsvError);
		this.code = code;
		for (const context of contexts) for (const key in context) {
			const value = context[key];
			this[key] = Buffer.isBuffer(value) ? value.toString(options.encoding) : value == null ? value : JSON.parse(JSON.stringify(value));
		}
	}
};
// node_modules/csv-parse/lib/utils/is_object.js
const is_object = function(obj) {
	return typeof obj === "object" && obj !== null && !Array.isArray(obj);
};
// node_modules/csv-parse/lib/api/normalize_columns_array.js
const normalize_columns_array = function(columns) {
	const normalizedColumns = [];
	for (let i = 0, l = columns.length; i < l; i++) {
		const column = columns[i];
		if (column === void 0 || column === null || column === false) normalizedColumns[i] = { disabled: true };
		else if (typeof column === "string" || typeof column === "number") normalizedColumns[i] = { name: `${column}` };
		else if (is_object(column)) {
			if (typeof column.name !== "string") throw new CsvError("CSV_OPTION_COLUMNS_MISSING_NAME", [
				"Option columns missing name:",
				`property "name" is required at position ${i}`,
				"when column is an object literal"
			]);
			normalizedColumns[i] = column;
		} else throw new CsvError("CSV_INVALID_COLUMN_DEFINITION", [
			"Invalid column definition:",
			"expect a string or a literal object,",
			`got ${JSON.stringify(column)} at position ${i}`
		]);
	}
	return normalizedColumns;
};
// node_modules/csv-parse/lib/utils/ResizeableBuffer.js
var ResizeableBuffer = class {
	constructor(size = 100) {
		this.size = size;
		this.length = 0;
		this.buf = Buffer.allocUnsafe(size);
	}
	prepend(val) {
		if (Buffer.isBuffer(val)) {
			const length = this.length + val.length;
			if (length >= this.size) {
				this.resize();
				if (length >= this.size) throw Error("INVALID_BUFFER_STATE");
			}
			const buf = this.buf;
			this.buf = Buffer.allocUnsafe(this.size);
			val.copy(this.buf, 0);
			buf.copy(this.buf, val.length);
			this.length += val.length;
		} else {
			const length = this.length++;
			if (length === this.size) this.resize();
			const buf = this.clone();
			this.buf[0] = val;
			buf.copy(this.buf, 1, 0, length);
		}
	}
	append(val) {
		const length = this.length++;
		if (length === this.size) this.resize();
		this.buf[length] = val;
	}
	clone() {
		return Buffer.from(this.buf.slice(0, this.length));
	}
	resize() {
		const length = this.length;
		this.size = this.size * 2;
		const buf = Buffer.allocUnsafe(this.size);
		this.buf.copy(buf, 0, 0, length);
		this.buf = buf;
	}
	toString(encoding) {
		if (encoding) return this.buf.toString(encoding, 0, this.length);
		else return Uint8Array.prototype.slice.call(this.buf.slice(0, this.length));
	}
	toJSON() {
		return this.toString("utf8");
	}
	reset() {
		this.length = 0;
	}
};
// node_modules/csv-parse/lib/api/init_state.js
const init_state = function(options) {
	const timchars = [
		32,
		9,
		10,
		13,
		12,
		11,
		160,
		5760,
		8192,
		8193,
		8194,
		8195,
		8196,
		8197,
		8198,
		8199,
		8200,
		8201,
		8202,
		8232,
		8233,
		8239,
		8287,
		12288,
		65279
	].reduce((acc, codepoint) => {
		const encoded = Buffer.from(String.fromCharCode(codepoint), options.encoding);
		if (codepoint !== 63 && encoded.length === 1 && encoded[0] === 63) return acc;
		acc.push(encoded);
		return acc;
	}, []);
	const timcharFirstBytes = /* @__PURE__ */ new Uint8Array(256);
	for (const t of timchars) timcharFirstBytes[t[0]] = 1;
	return {
		bomSkipped: false,
		bufBytesStart: 0,
		castField: options.cast_function,
		commenting: false,
		delimiterBufPrevious: void 0,
		delimiterDiscovered: false,
		error: void 0,
		enabled: options.from_line === 1,
		escaping: false,
		escapeIsQuote: Buffer.isBuffer(options.escape) && Buffer.isBuffer(options.quote) && Buffer.compare(options.escape, options.quote) === 0,
		expectedRecordLength: Array.isArray(options.columns) ? options.columns.length : void 0,
		field: new ResizeableBuffer(20),
		firstLineToHeaders: options.cast_first_line_to_header,
		needMoreDataSize: Math.max(options.comment !== null ? options.comment.length : 0, ...options.delimiter ? options.delimiter.map((delimiter) => delimiter.length) : [], options.delimiter_auto ? 1 : 0, options.quote !== null ? options.quote.length : 0, ...timchars.map((t) => t.length)),
		previousBuf: void 0,
		quoting: false,
		stop: false,
		rawBuffer: new ResizeableBuffer(100),
		record: [],
		recordHasError: false,
		record_length: 0,
		recordDelimiterMaxLength: options.record_delimiter.length === 0 ? 0 : Math.max(...options.record_delimiter.map((v) => v.length)),
		trimChars: [Buffer.from(" ", options.encoding)[0], Buffer.from("	", options.encoding)[0]],
		wasQuoting: false,
		wasRowDelimiter: false,
		timchars,
		timcharFirstBytes
	};
};
// node_modules/csv-parse/lib/utils/underscore.js
const underscore = function(str) {
	return str.replace(/([A-Z])/g, function(_, match) {
		return "_" + match.toLowerCase();
	});
};
// node_modules/csv-parse/lib/api/normalize_options.js
const normalize_options = function(opts) {
	const options = {};
	for (const opt in opts) options[underscore(opt)] = opts[opt];
	if (options.encoding === void 0 || options.encoding === true) options.encoding = "utf8";
	else if (options.encoding === null || options.encoding === false) options.encoding = null;
	else if (typeof options.encoding !== "string" && options.encoding !== null) throw new CsvError("CSV_INVALID_OPTION_ENCODING", [
		"Invalid option encoding:",
		"encoding must be a string or null to return a buffer,",
		`got ${JSON.stringify(options.encoding)}`
	], options);
	if (options.bom === void 0 || options.bom === null || options.bom === false) options.bom = false;
	else if (options.bom !== true) throw new CsvError("CSV_INVALID_OPTION_BOM", [
		"Invalid option bom:",
		"bom must be true,",
		`got ${JSON.stringify(options.bom)}`
	], options);
	options.cast_function = null;
	if (options.cast === void 0 || options.cast === null || options.cast === false || options.cast === "") options.cast = void 0;
	else if (typeof options.cast === "function") {
		options.cast_function = options.cast;
		options.cast = true;
	} else if (options.cast !== true) throw new CsvError("CSV_INVALID_OPTION_CAST", [
		"Invalid option cast:",
		"cast must be true or a function,",
		`got ${JSON.stringify(options.cast)}`
	], options);
	if (options.cast_date === void 0 || options.cast_date === null || options.cast_date === false || options.cast_date === "") options.cast_date = false;
	else if (options.cast_date === true) options.cast_date = function(value) {
		const date = Date.parse(value);
		return !isNaN(date) ? new Date(date) : value;
	};
	else if (typeof options.cast_date !== "function") throw new CsvError("CSV_INVALID_OPTION_CAST_DATE", [
		"Invalid option cast_date:",
		"cast_date must be true or a function,",
		`got ${JSON.stringify(options.cast_date)}`
	], options);
	options.cast_first_line_to_header = void 0;
	if (options.columns === true) options.cast_first_line_to_header = void 0;
	else if (typeof options.columns === "function") {
		options.cast_first_line_to_header = options.columns;
		options.columns = true;
	} else if (Array.isArray(options.columns)) options.columns = normalize_columns_array(options.columns);
	else if (options.columns === void 0 || options.columns === null || options.columns === false) options.columns = false;
	else throw new CsvError("CSV_INVALID_OPTION_COLUMNS", [
		"Invalid option columns:",
		"expect an array, a function or true,",
		`got ${JSON.stringify(options.columns)}`
	], options);
	if (options.group_columns_by_name === void 0 || options.group_columns_by_name === null || options.group_columns_by_name === false) options.group_columns_by_name = false;
	else if (options.group_columns_by_name !== true) throw new CsvError("CSV_INVALID_OPTION_GROUP_COLUMNS_BY_NAME", [
		"Invalid option group_columns_by_name:",
		"expect an boolean,",
		`got ${JSON.stringify(options.group_columns_by_name)}`
	], options);
	else if (options.columns === false) throw new CsvError("CSV_INVALID_OPTION_GROUP_COLUMNS_BY_NAME", ["Invalid option group_columns_by_name:", "the `columns` mode must be activated."], options);
	if (options.comment === void 0 || options.comment === null || options.comment === false || options.comment === "") options.comment = null;
	else {
		if (typeof options.comment === "string") options.comment = Buffer.from(options.comment, options.encoding);
		if (!Buffer.isBuffer(options.comment)) throw new CsvError("CSV_INVALID_OPTION_COMMENT", [
			"Invalid option comment:",
			"comment must be a buffer or a string,",
			`got ${JSON.stringify(options.comment)}`
		], options);
	}
	if (options.comment_no_infix === void 0 || options.comment_no_infix === null || options.comment_no_infix === false) options.comment_no_infix = false;
	else if (options.comment_no_infix !== true) throw new CsvError("CSV_INVALID_OPTION_COMMENT", [
		"Invalid option comment_no_infix:",
		"value must be a boolean,",
		`got ${JSON.stringify(options.comment_no_infix)}`
	], options);
	if (options.delimiter_auto === void 0 || options.delimiter_auto === null || options.delimiter_auto === false) options.delimiter_auto = false;
	else if (options.delimiter_auto === true) options.delimiter_auto = {};
	else if (!is_object(options.delimiter_auto)) throw new CsvError("CSV_INVALID_OPTION_DELIMITER_AUTO", [
		"Invalid option delimiter_auto:",
		"delimiter_auto must be a boolean or a configuration object,",
		`got ${JSON.stringify(options.delimiter_auto)}`
	], options);
	if (options.delimiter_auto) {
		if (options.delimiter_auto.preferred === void 0) options.delimiter_auto.preferred = {
			[",".charCodeAt(0)]: 1.8,
			["	".charCodeAt(0)]: 1.8,
			[";".charCodeAt(0)]: 1.6,
			[" ".charCodeAt(0)]: 1.6,
			[":".charCodeAt(0)]: 1.5,
			[".".charCodeAt(0)]: 1.4,
			["/".charCodeAt(0)]: 1.4
		};
		else if (!is_object(options.delimiter_auto.preferred)) throw new CsvError("CSV_INVALID_OPTION_DELIMITER_AUTO", [
			"Invalid option delimiter_auto:",
			"preferred must be an object,",
			`got ${JSON.stringify(options.delimiter_auto.preferred)}`
		], options);
		if (options.delimiter_auto.score === void 0) options.delimiter_auto.score = (info, options) => {
			return (info.total - info.std) * (options.preferred[info.char_code] || 1);
		};
		else if (typeof options.delimiter_auto.score !== "function") throw new CsvError("CSV_INVALID_OPTION_DELIMITER_AUTO", [
			"Invalid option delimiter_auto:",
			"score must be a function,",
			`got ${JSON.stringify(options.delimiter_auto.score)}`
		], options);
		if (options.delimiter_auto.size === void 0) options.delimiter_auto.size = 2048;
		else if (typeof options.delimiter_auto.size !== "number") throw new CsvError("CSV_INVALID_OPTION_DELIMITER_AUTO", [
			"Invalid option delimiter_auto:",
			"size must be a number,",
			`got ${JSON.stringify(options.delimiter_auto.size)}`
		], options);
	}
	const delimiter_json = JSON.stringify(options.delimiter);
	if (options.delimiter_auto !== false) options.delimiter = [];
	if (!Array.isArray(options.delimiter)) {
		if (options.delimiter === void 0 || options.delimiter === null || options.delimiter === false) options.delimiter = Buffer.from(",", options.encoding);
		options.delimiter = [options.delimiter];
	}
	options.delimiter = options.delimiter.map(function(delimiter) {
		if (typeof delimiter === "string") delimiter = Buffer.from(delimiter, options.encoding);
		if (!Buffer.isBuffer(delimiter) || delimiter.length === 0) throw new CsvError("CSV_INVALID_OPTION_DELIMITER", [
			"Invalid option delimiter:",
			"delimiter must be a non empty string or buffer or array of string|buffer,",
			`got ${delimiter_json}`
		], options);
		return delimiter;
	});
	if (options.escape === void 0 || options.escape === true) options.escape = Buffer.from("\"", options.encoding);
	else if (typeof options.escape === "string") options.escape = Buffer.from(options.escape, options.encoding);
	else if (options.escape === null || options.escape === false) options.escape = null;
	if (options.escape !== null) {
		if (!Buffer.isBuffer(options.escape)) throw new Error(`Invalid Option: escape must be a buffer, a string or a boolean, got ${JSON.stringify(options.escape)}`);
	}
	if (options.from === void 0 || options.from === null) options.from = 1;
	else {
		if (typeof options.from === "string" && /\d+/.test(options.from)) options.from = parseInt(options.from);
		if (Number.isInteger(options.from)) {
			if (options.from < 0) throw new Error(`Invalid Option: from must be a positive integer, got ${JSON.stringify(opts.from)}`);
		} else throw new Error(`Invalid Option: from must be an integer, got ${JSON.stringify(options.from)}`);
	}
	if (options.from_line === void 0 || options.from_line === null) options.from_line = 1;
	else {
		if (typeof options.from_line === "string" && /\d+/.test(options.from_line)) options.from_line = parseInt(options.from_line);
		if (Number.isInteger(options.from_line)) {
			if (options.from_line <= 0) throw new Error(`Invalid Option: from_line must be a positive integer greater than 0, got ${JSON.stringify(opts.from_line)}`);
		} else throw new Error(`Invalid Option: from_line must be an integer, got ${JSON.stringify(opts.from_line)}`);
	}
	if (options.ignore_last_delimiters === void 0 || options.ignore_last_delimiters === null) options.ignore_last_delimiters = false;
	else if (typeof options.ignore_last_delimiters === "number") {
		options.ignore_last_delimiters = Math.floor(options.ignore_last_delimiters);
		if (options.ignore_last_delimiters === 0) options.ignore_last_delimiters = false;
	} else if (typeof options.ignore_last_delimiters !== "boolean") throw new CsvError("CSV_INVALID_OPTION_IGNORE_LAST_DELIMITERS", [
		"Invalid option `ignore_last_delimiters`:",
		"the value must be a boolean value or an integer,",
		`got ${JSON.stringify(options.ignore_last_delimiters)}`
	], options);
	if (options.ignore_last_delimiters === true && options.columns === false) throw new CsvError("CSV_IGNORE_LAST_DELIMITERS_REQUIRES_COLUMNS", ["The option `ignore_last_delimiters`", "requires the activation of the `columns` option"], options);
	if (options.info === void 0 || options.info === null || options.info === false) options.info = false;
	else if (options.info !== true) throw new Error(`Invalid Option: info must be true, got ${JSON.stringify(options.info)}`);
	if (options.max_record_size === void 0 || options.max_record_size === null || options.max_record_size === false) options.max_record_size = 0;
	else if (Number.isInteger(options.max_record_size) && options.max_record_size >= 0) {} else if (typeof options.max_record_size === "string" && /\d+/.test(options.max_record_size)) options.max_record_size = parseInt(options.max_record_size);
	else throw new Error(`Invalid Option: max_record_size must be a positive integer, got ${JSON.stringify(options.max_record_size)}`);
	if (options.objname === void 0 || options.objname === null || options.objname === false) options.objname = void 0;
	else if (Buffer.isBuffer(options.objname)) {
		if (options.objname.length === 0) throw new Error(`Invalid Option: objname must be a non empty buffer`);
		if (options.encoding === null) {} else options.objname = options.objname.toString(options.encoding);
	} else if (typeof options.objname === "string") {
		if (options.objname.length === 0) throw new Error(`Invalid Option: objname must be a non empty string`);
	} else if (typeof options.objname === "number") {} else throw new Error(`Invalid Option: objname must be a string or a buffer, got ${options.objname}`);
	if (options.objname !== void 0) {
		if (typeof options.objname === "number") {
			if (options.columns !== false) throw Error("Invalid Option: objname index cannot be combined with columns or be defined as a field");
		} else if (options.columns === false) throw Error("Invalid Option: objname field must be combined with columns or be defined as an index");
	}
	if (options.on_record === void 0 || options.on_record === null) options.on_record = void 0;
	else if (typeof options.on_record !== "function") throw new CsvError("CSV_INVALID_OPTION_ON_RECORD", [
		"Invalid option `on_record`:",
		"expect a function,",
		`got ${JSON.stringify(options.on_record)}`
	], options);
	if (options.on_skip !== void 0 && options.on_skip !== null && typeof options.on_skip !== "function") throw new Error(`Invalid Option: on_skip must be a function, got ${JSON.stringify(options.on_skip)}`);
	if (options.quote === null || options.quote === false || options.quote === "") options.quote = null;
	else {
		if (options.quote === void 0 || options.quote === true) options.quote = Buffer.from("\"", options.encoding);
		else if (typeof options.quote === "string") options.quote = Buffer.from(options.quote, options.encoding);
		if (!Buffer.isBuffer(options.quote)) throw new Error(`Invalid Option: quote must be a buffer or a string, got ${JSON.stringify(options.quote)}`);
	}
	if (options.raw === void 0 || options.raw === null || options.raw === false) options.raw = false;
	else if (options.raw !== true) throw new Error(`Invalid Option: raw must be true, got ${JSON.stringify(options.raw)}`);
	if (options.record_delimiter === void 0) options.record_delimiter = [];
	else if (typeof options.record_delimiter === "string" || Buffer.isBuffer(options.record_delimiter)) {
		if (options.record_delimiter.length === 0) throw new CsvError("CSV_INVALID_OPTION_RECORD_DELIMITER", [
			"Invalid option `record_delimiter`:",
			"value must be a non empty string or buffer,",
			`got ${JSON.stringify(options.record_delimiter)}`
		], options);
		options.record_delimiter = [options.record_delimiter];
	} else if (!Array.isArray(options.record_delimiter)) throw new CsvError("CSV_INVALID_OPTION_RECORD_DELIMITER", [
		"Invalid option `record_delimiter`:",
		"value must be a string, a buffer or array of string|buffer,",
		`got ${JSON.stringify(options.record_delimiter)}`
	], options);
	options.record_delimiter = options.record_delimiter.map(function(rd, i) {
		if (typeof rd !== "string" && !Buffer.isBuffer(rd)) throw new CsvError("CSV_INVALID_OPTION_RECORD_DELIMITER", [
			"Invalid option `record_delimiter`:",
			"value must be a string, a buffer or array of string|buffer",
			`at index ${i},`,
			`got ${JSON.stringify(rd)}`
		], options);
		else if (rd.length === 0) throw new CsvError("CSV_INVALID_OPTION_RECORD_DELIMITER", [
			"Invalid option `record_delimiter`:",
			"value must be a non empty string or buffer",
			`at index ${i},`,
			`got ${JSON.stringify(rd)}`
		], options);
		if (typeof rd === "string") rd = Buffer.from(rd, options.encoding);
		return rd;
	});
	if (typeof options.relax_column_count === "boolean") {} else if (options.relax_column_count === void 0 || options.relax_column_count === null) options.relax_column_count = false;
	else throw new Error(`Invalid Option: relax_column_count must be a boolean, got ${JSON.stringify(options.relax_column_count)}`);
	if (typeof options.relax_column_count_less === "boolean") {} else if (options.relax_column_count_less === void 0 || options.relax_column_count_less === null) options.relax_column_count_less = false;
	else throw new Error(`Invalid Option: relax_column_count_less must be a boolean, got ${JSON.stringify(options.relax_column_count_less)}`);
	if (typeof options.relax_column_count_more === "boolean") {} else if (options.relax_column_count_more === void 0 || options.relax_column_count_more === null) options.relax_column_count_more = false;
	else throw new Error(`Invalid Option: relax_column_count_more must be a boolean, got ${JSON.stringify(options.relax_column_count_more)}`);
	if (typeof options.relax_quotes === "boolean") {} else if (options.relax_quotes === void 0 || options.relax_quotes === null) options.relax_quotes = false;
	else throw new Error(`Invalid Option: relax_quotes must be a boolean, got ${JSON.stringify(options.relax_quotes)}`);
	if (typeof options.skip_empty_lines === "boolean") {} else if (options.skip_empty_lines === void 0 || options.skip_empty_lines === null) options.skip_empty_lines = false;
	else throw new Error(`Invalid Option: skip_empty_lines must be a boolean, got ${JSON.stringify(options.skip_empty_lines)}`);
	if (typeof options.skip_records_with_empty_values === "boolean") {} else if (options.skip_records_with_empty_values === void 0 || options.skip_records_with_empty_values === null) options.skip_records_with_empty_values = false;
	else throw new Error(`Invalid Option: skip_records_with_empty_values must be a boolean, got ${JSON.stringify(options.skip_records_with_empty_values)}`);
	if (typeof options.skip_records_with_error === "boolean") {} else if (options.skip_records_with_error === void 0 || options.skip_records_with_error === null) options.skip_records_with_error = false;
	else throw new Error(`Invalid Option: skip_records_with_error must be a boolean, got ${JSON.stringify(options.skip_records_with_error)}`);
	if (options.rtrim === void 0 || options.rtrim === null || options.rtrim === false) options.rtrim = false;
	else if (options.rtrim !== true) throw new Error(`Invalid Option: rtrim must be a boolean, got ${JSON.stringify(options.rtrim)}`);
	if (options.ltrim === void 0 || options.ltrim === null || options.ltrim === false) options.ltrim = false;
	else if (options.ltrim !== true) throw new Error(`Invalid Option: ltrim must be a boolean, got ${JSON.stringify(options.ltrim)}`);
	if (options.trim === void 0 || options.trim === null || options.trim === false) options.trim = false;
	else if (options.trim !== true) throw new Error(`Invalid Option: trim must be a boolean, got ${JSON.stringify(options.trim)}`);
	if (options.trim === true && opts.ltrim !== false) options.ltrim = true;
	else if (options.ltrim !== true) options.ltrim = false;
	if (options.trim === true && opts.rtrim !== false) options.rtrim = true;
	else if (options.rtrim !== true) options.rtrim = false;
	if (options.to === void 0 || options.to === null) options.to = -1;
	else if (options.to !== -1) {
		if (typeof options.to === "string" && /\d+/.test(options.to)) options.to = parseInt(options.to);
		if (Number.isInteger(options.to)) {
			if (options.to <= 0) throw new Error(`Invalid Option: to must be a positive integer greater than 0, got ${JSON.stringify(opts.to)}`);
		} else throw new Error(`Invalid Option: to must be an integer, got ${JSON.stringify(opts.to)}`);
	}
	if (options.to_line === void 0 || options.to_line === null) options.to_line = -1;
	else if (options.to_line !== -1) {
		if (typeof options.to_line === "string" && /\d+/.test(options.to_line)) options.to_line = parseInt(options.to_line);
		if (Number.isInteger(options.to_line)) {
			if (options.to_line <= 0) throw new Error(`Invalid Option: to_line must be a positive integer greater than 0, got ${JSON.stringify(opts.to_line)}`);
		} else throw new Error(`Invalid Option: to_line must be an integer, got ${JSON.stringify(opts.to_line)}`);
	}
	return options;
};
// node_modules/csv-parse/lib/utils/delimiter_discover.js
const delimiter_discover = function(records, options) {
	if (!options) ({delimiter_auto: options} = normalize_options({ delimiter_auto: true }));
	if (typeof records === "string") records = Buffer.from(records);
	if (Buffer.isBuffer(records)) records = ((data) => {
		const records = [];
		const parser = transform({ delimiter: [] });
		const push = (record) => records.push(record);
		const close = () => {};
		const error = parser.parse(data, true, push, close);
		if (error !== void 0) throw error;
		return records;
	})(records);
	const info = Array(127).fill().map(() => ({ lines: [] }));
	records.map(([record], line) => {
		for (let i = 0, l = record.length; i < l; i++) {
			const code = record.charCodeAt(i);
			if (info[code].lines[line] === void 0) info[code].lines[line] = 0;
			info[code].lines[line]++;
		}
	});
	info.map((info, i) => {
		info.char_code = i;
		info.std = std(info.lines);
		info.total = info.lines.reduce((acc, val) => acc + val, 0);
		info.preferred = !!options.preferred[i];
		info.score = options.score(info, options);
	});
	const result = info.reduce((acc, info) => acc.score > info.score ? acc : info, {});
	return String.fromCharCode(result.char_code);
};
const std = function(array) {
	const n = array.length;
	if (n === 0) return 0;
	const mean = array.reduce((a, b) => a + b) / n;
	return Math.sqrt(array.map((x) => Math.pow(x - mean, 2)).reduce((a, b) => a + b) / n);
};
// node_modules/csv-parse/lib/api/index.js
const isRecordEmpty = function(record) {
	return record.every((field) => field == null || field.toString && field.toString().trim() === "");
};
const cr = 13;
const nl = 10;
const boms = {
	utf8: Buffer.from([
		239,
		187,
		191
	]),
	utf16le: Buffer.from([255, 254])
};
const transform = function(original_options = {}) {
	const info = {
		bytes: 0,
		bytes_records: 0,
		comment_lines: 0,
		empty_lines: 0,
		invalid_field_length: 0,
		lines: 1,
		records: 0
	};
	const options = normalize_options(original_options);
	return {
		info,
		original_options,
		options,
		state: init_state(options),
		__needMoreData: function(i, bufLen, end) {
			if (end) return false;
			const { encoding, escape, quote } = this.options;
			const { quoting, needMoreDataSize, recordDelimiterMaxLength } = this.state;
			return bufLen - i - 1 < Math.max(needMoreDataSize, recordDelimiterMaxLength === 0 ? Buffer.from("\r\n", encoding).length : recordDelimiterMaxLength, quoting ? (escape === null ? 0 : escape.length) + quote.length : 0, quoting ? quote.length + recordDelimiterMaxLength : 0);
		},
		parse: function(nextBuf, end, push, close) {
			const { bom, comment_no_infix, delimiter_auto, encoding, from_line, ltrim, max_record_size, raw, relax_quotes, rtrim, skip_empty_lines, to, to_line } = this.options;
			let { comment, escape, quote, record_delimiter } = this.options;
			const { bomSkipped, delimiterDiscovered, delimiterBufPrevious, rawBuffer, escapeIsQuote } = this.state;
			if (!delimiterDiscovered && delimiter_auto) {
				let delimiterBuf;
				if (delimiterBufPrevious === void 0) delimiterBuf = nextBuf;
				else if (delimiterBufPrevious !== void 0 && nextBuf === void 0) delimiterBuf = delimiterBufPrevious;
				else delimiterBuf = Buffer.concat([delimiterBufPrevious, nextBuf]);
				nextBuf = void 0;
				if (end || delimiterBuf.length > delimiter_auto.size) {
					this.options.delimiter = [Buffer.from(delimiter_discover(delimiterBuf, this.options.delimiter_auto))];
					this.state.previousBuf = delimiterBuf;
					this.state.delimiterBufPrevious = void 0;
					this.state.delimiterDiscovered = true;
				} else {
					this.state.delimiterBufPrevious = delimiterBuf;
					return;
				}
			}
			const { previousBuf } = this.state;
			let buf;
			if (previousBuf === void 0) {
				if (nextBuf === void 0) {
					close();
					return;
				} else buf = nextBuf;
			} else if (previousBuf !== void 0 && nextBuf === void 0) buf = previousBuf;
			else buf = Buffer.concat([previousBuf, nextBuf]);
			if (bomSkipped === false) {
				if (bom === false) this.state.bomSkipped = true;
				else if (buf.length < 3) {
					if (end === false) {
						this.state.previousBuf = buf;
						return;
					}
				} else {
					for (const encoding in boms) if (boms[encoding].compare(buf, 0, boms[encoding].length) === 0) {
						const bomLength = boms[encoding].length;
						this.state.bufBytesStart += bomLength;
						buf = buf.slice(bomLength);
						const options = normalize_options({
							...this.original_options,
							encoding
						});
						for (const key in options) this.options[key] = options[key];
						({comment, escape, quote} = this.options);
						break;
					}
					this.state.bomSkipped = true;
				}
			}
			const bufLen = buf.length;
			let pos = 0;
			for (; pos < bufLen; pos++) {
				if (this.__needMoreData(pos, bufLen, end)) break;
				if (this.state.wasRowDelimiter === true) {
					this.info.lines++;
					this.state.wasRowDelimiter = false;
				}
				if (to_line !== -1 && this.info.lines > to_line) {
					this.state.stop = true;
					close();
					return;
				}
				if (this.state.quoting === false && record_delimiter.length === 0) {
					if (this.__autoDiscoverRecordDelimiter(buf, pos)) record_delimiter = this.options.record_delimiter;
				}
				const chr = buf[pos];
				if (raw === true) rawBuffer.append(chr);
				if ((chr === cr || chr === nl) && this.state.wasRowDelimiter === false) this.state.wasRowDelimiter = true;
				if (this.state.escaping === true) this.state.escaping = false;
				else {
					if (escape !== null && this.state.quoting === true && this.__isEscape(buf, pos, chr) && pos + escape.length < bufLen) {
						if (escapeIsQuote) {
							if (this.__isQuote(buf, pos + escape.length)) {
								this.state.escaping = true;
								pos += escape.length - 1;
								continue;
							}
						} else {
							this.state.escaping = true;
							pos += escape.length - 1;
							continue;
						}
					}
					if (this.state.commenting === false && this.__isQuote(buf, pos)) {
						if (this.state.quoting === true) {
							const nextChr = buf[pos + quote.length];
							const isNextChrTrimable = rtrim && this.__isCharTrimable(buf, pos + quote.length);
							const isNextChrComment = comment !== null && this.__compareBytes(comment, buf, pos + quote.length, nextChr);
							const isNextChrDelimiter = this.__isDelimiter(buf, pos + quote.length, nextChr);
							const isNextChrRecordDelimiter = record_delimiter.length === 0 ? this.__autoDiscoverRecordDelimiter(buf, pos + quote.length) : this.__isRecordDelimiter(nextChr, buf, pos + quote.length);
							if (escape !== null && this.__isEscape(buf, pos, chr) && this.__isQuote(buf, pos + escape.length)) pos += escape.length - 1;
							else if (!nextChr || isNextChrDelimiter || isNextChrRecordDelimiter || isNextChrComment || isNextChrTrimable) {
								this.state.quoting = false;
								this.state.wasQuoting = true;
								pos += quote.length - 1;
								continue;
							} else if (relax_quotes === false) {
								const err = this.__error(new CsvError("CSV_INVALID_CLOSING_QUOTE", [
									"Invalid Closing Quote:",
									`got "${String.fromCharCode(nextChr)}"`,
									`at line ${this.info.lines}`,
									"instead of delimiter, record delimiter, trimable character",
									"(if activated) or comment"
								], this.options, this.__infoField()));
								if (err !== void 0) return err;
							} else {
								this.state.quoting = false;
								this.state.wasQuoting = true;
								this.state.field.prepend(quote);
								pos += quote.length - 1;
							}
						} else if (this.state.field.length !== 0) {
							if (relax_quotes === false) {
								const info = this.__infoField();
								const bom = Object.keys(boms).map((b) => boms[b].equals(this.state.field.toString()) ? b : false).filter(Boolean)[0];
								const err = this.__error(new CsvError("INVALID_OPENING_QUOTE", [
									"Invalid Opening Quote:",
									`a quote is found on field ${JSON.stringify(info.column)} at line ${info.lines}, value is ${JSON.stringify(this.state.field.toString(encoding))}`,
									bom ? `(${bom} bom)` : void 0
								], this.options, info, { field: this.state.field }));
								if (err !== void 0) return err;
							}
						} else {
							this.state.quoting = true;
							pos += quote.length - 1;
							continue;
						}
					}
					if (this.state.quoting === false) {
						const recordDelimiterLength = this.__isRecordDelimiter(chr, buf, pos);
						if (recordDelimiterLength !== 0) {
							if (this.state.commenting && this.state.wasQuoting === false && this.state.record.length === 0 && this.state.field.length === 0) this.info.comment_lines++;
							else {
								if (this.state.enabled === false && this.info.lines + (this.state.wasRowDelimiter === true ? 1 : 0) >= from_line) {
									this.state.enabled = true;
									this.__resetField();
									this.__resetRecord();
									pos += recordDelimiterLength - 1;
									continue;
								}
								if (skip_empty_lines === true && this.state.wasQuoting === false && this.state.record.length === 0 && this.state.field.length === 0) {
									this.info.empty_lines++;
									pos += recordDelimiterLength - 1;
									continue;
								}
								this.info.bytes = this.state.bufBytesStart + pos;
								const errField = this.__onField();
								if (errField !== void 0) return errField;
								this.info.bytes = this.state.bufBytesStart + pos + recordDelimiterLength;
								const errRecord = this.__onRecord(push);
								if (errRecord !== void 0) return errRecord;
								if (to !== -1 && this.info.records >= to) {
									this.state.stop = true;
									close();
									return;
								}
							}
							this.state.commenting = false;
							pos += recordDelimiterLength - 1;
							continue;
						}
						if (this.state.commenting) continue;
						if (comment !== null && (comment_no_infix === false || this.state.record.length === 0 && this.state.field.length === 0)) {
							if (this.__compareBytes(comment, buf, pos, chr) !== 0) {
								this.state.commenting = true;
								continue;
							}
						}
						const delimiterLength = this.__isDelimiter(buf, pos, chr);
						if (delimiterLength !== 0) {
							this.info.bytes = this.state.bufBytesStart + pos;
							const errField = this.__onField();
							if (errField !== void 0) return errField;
							pos += delimiterLength - 1;
							continue;
						}
					}
				}
				if (this.state.commenting === false) {
					if (max_record_size !== 0 && this.state.record_length + this.state.field.length > max_record_size) return this.__error(new CsvError("CSV_MAX_RECORD_SIZE", [
						"Max Record Size:",
						"record exceed the maximum number of tolerated bytes",
						`of ${max_record_size}`,
						`at line ${this.info.lines}`
					], this.options, this.__infoField()));
				}
				const lappend = ltrim === false || this.state.quoting === true || this.state.field.length !== 0 || !this.__isCharTrimable(buf, pos);
				const rappend = rtrim === false || this.state.wasQuoting === false;
				if (lappend === true && rappend === true) this.state.field.append(chr);
				else if (rtrim === true && !this.__isCharTrimable(buf, pos)) return this.__error(new CsvError("CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE", [
					"Invalid Closing Quote:",
					"found non trimable byte after quote",
					`at line ${this.info.lines}`
				], this.options, this.__infoField()));
				else {
					if (lappend === false) pos += this.__isCharTrimable(buf, pos) - 1;
					continue;
				}
			}
			if (end === true) {
				if (this.state.quoting === true) {
					const err = this.__error(new CsvError("CSV_QUOTE_NOT_CLOSED", ["Quote Not Closed:", `the parsing is finished with an opening quote at line ${this.info.lines}`], this.options, this.__infoField()));
					if (err !== void 0) return err;
				} else if (this.state.wasQuoting === true || this.state.record.length !== 0 || this.state.field.length !== 0) {
					this.info.bytes = this.state.bufBytesStart + pos;
					const errField = this.__onField();
					if (errField !== void 0) return errField;
					const errRecord = this.__onRecord(push);
					if (errRecord !== void 0) return errRecord;
				} else if (this.state.wasRowDelimiter === true) this.info.empty_lines++;
				else if (this.state.commenting === true) this.info.comment_lines++;
			} else {
				this.state.bufBytesStart += pos;
				this.state.previousBuf = buf.slice(pos);
			}
			if (this.state.wasRowDelimiter === true) {
				this.info.lines++;
				this.state.wasRowDelimiter = false;
			}
		},
		__onRecord: function(push) {
			const { columns, group_columns_by_name, encoding, info, from, relax_column_count, relax_column_count_less, relax_column_count_more, raw, skip_records_with_empty_values } = this.options;
			const { enabled, record } = this.state;
			if (enabled === false) return this.__resetRecord();
			const recordLength = record.length;
			if (columns === true) {
				if (skip_records_with_empty_values === true && isRecordEmpty(record)) {
					this.__resetRecord();
					return;
				}
				return this.__firstLineToColumns(record);
			}
			if (columns === false && this.info.records === 0) this.state.expectedRecordLength = recordLength;
			if (recordLength !== this.state.expectedRecordLength) {
				const err = columns === false ? new CsvError("CSV_RECORD_INCONSISTENT_FIELDS_LENGTH", [
					"Invalid Record Length:",
					`expect ${this.state.expectedRecordLength},`,
					`got ${recordLength} on line ${this.info.lines}`
				], this.options, this.__infoField(), { record }) : new CsvError("CSV_RECORD_INCONSISTENT_COLUMNS", [
					"Invalid Record Length:",
					`columns length is ${columns.length},`,
					`got ${recordLength} on line ${this.info.lines}`
				], this.options, this.__infoField(), { record });
				if (relax_column_count === true || relax_column_count_less === true && recordLength < this.state.expectedRecordLength || relax_column_count_more === true && recordLength > this.state.expectedRecordLength) {
					this.info.invalid_field_length++;
					this.state.error = err;
				} else {
					const finalErr = this.__error(err);
					if (finalErr) return finalErr;
				}
			}
			if (skip_records_with_empty_values === true && isRecordEmpty(record)) {
				this.__resetRecord();
				return;
			}
			if (this.state.recordHasError === true) {
				this.__resetRecord();
				this.state.recordHasError = false;
				return;
			}
			this.info.records++;
			if (from === 1 || this.info.records >= from) {
				const { objname } = this.options;
				if (columns !== false) {
					const obj = {};
					for (let i = 0, l = record.length; i < l; i++) {
						if (columns[i] === void 0 || columns[i].disabled) continue;
						if (group_columns_by_name === true && Object.hasOwn(obj, columns[i].name)) {
							if (Array.isArray(obj[columns[i].name])) obj[columns[i].name] = obj[columns[i].name].concat(record[i]);
							else obj[columns[i].name] = [obj[columns[i].name], record[i]];
						} else Object.defineProperty(obj, columns[i].name, {
							value: record[i],
							enumerable: true,
							writable: true,
							configurable: true
						});
					}
					if (raw === true || info === true) {
						const extRecord = Object.assign({ record: obj }, raw === true ? { raw: this.state.rawBuffer.toString(encoding) } : {}, info === true ? { info: this.__infoRecord() } : {});
						const err = this.__push(objname === void 0 ? extRecord : [obj[objname], extRecord], push);
						if (err) return err;
					} else {
						const err = this.__push(objname === void 0 ? obj : [obj[objname], obj], push);
						if (err) return err;
					}
				} else if (raw === true || info === true) {
					const extRecord = Object.assign({ record }, raw === true ? { raw: this.state.rawBuffer.toString(encoding) } : {}, info === true ? { info: this.__infoRecord() } : {});
					const err = this.__push(objname === void 0 ? extRecord : [record[objname], extRecord], push);
					if (err) return err;
				} else {
					const err = this.__push(objname === void 0 ? record : [record[objname], record], push);
					if (err) return err;
				}
			}
			this.__resetRecord();
		},
		__firstLineToColumns: function(record) {
			const { firstLineToHeaders } = this.state;
			try {
				const headers = firstLineToHeaders === void 0 ? record : firstLineToHeaders.call(null, record);
				if (!Array.isArray(headers)) return this.__error(new CsvError("CSV_INVALID_COLUMN_MAPPING", [
					"Invalid Column Mapping:",
					"expect an array from column function,",
					`got ${JSON.stringify(headers)}`
				], this.options, this.__infoField(), { headers }));
				const normalizedHeaders = normalize_columns_array(headers);
				this.state.expectedRecordLength = normalizedHeaders.length;
				this.options.columns = normalizedHeaders;
				this.__resetRecord();
				return;
			} catch (err) {
				return err;
			}
		},
		__resetRecord: function() {
			if (this.options.raw === true) this.state.rawBuffer.reset();
			this.state.error = void 0;
			this.state.record = [];
			this.state.record_length = 0;
		},
		__onField: function() {
			const { cast, encoding, rtrim, max_record_size } = this.options;
			const { enabled, wasQuoting } = this.state;
			if (enabled === false) return this.__resetField();
			let field = this.state.field.toString(encoding);
			if (rtrim === true && wasQuoting === false) field = field.trimRight();
			if (cast === true) {
				const [err, f] = this.__cast(field);
				if (err !== void 0) return err;
				field = f;
			}
			this.state.record.push(field);
			if (max_record_size !== 0 && typeof field === "string") this.state.record_length += field.length;
			this.__resetField();
		},
		__resetField: function() {
			this.state.field.reset();
			this.state.wasQuoting = false;
		},
		__push: function(record, push) {
			const { on_record } = this.options;
			if (on_record !== void 0) {
				const info = this.__infoRecord();
				try {
					record = on_record.call(null, record, info);
				} catch (err) {
					return err;
				}
				if (record === void 0 || record === null) return;
			}
			this.info.bytes_records += this.info.bytes;
			push(record);
		},
		__cast: function(field) {
			const { columns, relax_column_count } = this.options;
			if (Array.isArray(columns) === true && relax_column_count && this.options.columns.length <= this.state.record.length) return [void 0, void 0];
			if (this.state.castField !== null) try {
				const info = this.__infoField();
				return [void 0, this.state.castField.call(null, field, info)];
			} catch (err) {
				return [err];
			}
			if (this.__isFloat(field)) return [void 0, parseFloat(field)];
			else if (this.options.cast_date !== false) {
				const info = this.__infoField();
				return [void 0, this.options.cast_date.call(null, field, info)];
			}
			return [void 0, field];
		},
		__compareBytes: function(sourceBuf, targetBuf, targetPos, firstByte) {
			if (sourceBuf[0] !== firstByte) return 0;
			const sourceLength = sourceBuf.length;
			for (let i = 1; i < sourceLength; i++) if (sourceBuf[i] !== targetBuf[targetPos + i]) return 0;
			return sourceLength;
		},
		__isCharTrimable: function(buf, pos) {
			const { timchars, timcharFirstBytes } = this.state;
			const first = buf[pos];
			if (first === void 0 || timcharFirstBytes[first] === 0) return 0;
			loop1: for (let i = 0; i < timchars.length; i++) {
				const timchar = timchars[i];
				for (let j = 0; j < timchar.length; j++) if (timchar[j] !== buf[pos + j]) continue loop1;
				return timchar.length;
			}
			return 0;
		},
		__isDelimiter: function(buf, pos, chr) {
			const { delimiter, ignore_last_delimiters } = this.options;
			if (ignore_last_delimiters === true && this.state.record.length === this.options.columns.length - 1) return 0;
			else if (ignore_last_delimiters !== false && typeof ignore_last_delimiters === "number" && this.state.record.length === ignore_last_delimiters - 1) return 0;
			loop1: for (let i = 0; i < delimiter.length; i++) {
				const del = delimiter[i];
				if (del[0] === chr) {
					for (let j = 1; j < del.length; j++) if (del[j] !== buf[pos + j]) continue loop1;
					return del.length;
				}
			}
			return 0;
		},
		__isEscape: function(buf, pos, chr) {
			const { escape } = this.options;
			if (escape === null) return false;
			const l = escape.length;
			if (escape[0] === chr) {
				for (let i = 0; i < l; i++) if (escape[i] !== buf[pos + i]) return false;
				return true;
			}
			return false;
		},
		__isFloat: function(value) {
			return value - parseFloat(value) + 1 >= 0;
		},
		__isQuote: function(buf, pos) {
			const { quote } = this.options;
			if (quote === null) return false;
			const l = quote.length;
			for (let i = 0; i < l; i++) if (quote[i] !== buf[pos + i]) return false;
			return true;
		},
		__isRecordDelimiter: function(chr, buf, pos) {
			const { record_delimiter } = this.options;
			const recordDelimiterLength = record_delimiter.length;
			loop1: for (let i = 0; i < recordDelimiterLength; i++) {
				const rd = record_delimiter[i];
				const rdLength = rd.length;
				if (rd[0] !== chr) continue;
				for (let j = 1; j < rdLength; j++) if (rd[j] !== buf[pos + j]) continue loop1;
				return rd.length;
			}
			return 0;
		},
		__autoDiscoverRecordDelimiter: function(buf, pos) {
			const { encoding } = this.options;
			const rds = [
				Buffer.from("\r\n", encoding),
				Buffer.from("\n", encoding),
				Buffer.from("\r", encoding)
			];
			loop: for (let i = 0; i < rds.length; i++) {
				const l = rds[i].length;
				for (let j = 0; j < l; j++) if (rds[i][j] !== buf[pos + j]) continue loop;
				this.options.record_delimiter.push(rds[i]);
				this.state.recordDelimiterMaxLength = rds[i].length;
				return rds[i].length;
			}
			return 0;
		},
		__error: function(msg) {
			const { encoding, raw, skip_records_with_error } = this.options;
			const err = typeof msg === "string" ? new Error(msg) : msg;
			if (skip_records_with_error) {
				this.state.recordHasError = true;
				if (this.options.on_skip !== void 0) try {
					this.options.on_skip(err, raw ? this.state.rawBuffer.toString(encoding) : void 0);
				} catch (err) {
					return err;
				}
				return;
			} else return err;
		},
		__infoDataSet: function() {
			return {
				...this.info,
				columns: this.options.columns
			};
		},
		__infoRecord: function() {
			const { columns, raw, encoding } = this.options;
			return {
				...this.__infoDataSet(),
				bytes_records: this.info.bytes,
				error: this.state.error,
				header: columns === true,
				index: this.state.record.length,
				raw: raw ? this.state.rawBuffer.toString(encoding) : void 0
			};
		},
		__infoField: function() {
			const { columns } = this.options;
			const isColumns = Array.isArray(columns);
			const bytes_records = this.info.bytes_records;
			return {
				...this.__infoRecord(),
				bytes_records,
				column: isColumns === true ? columns.length > this.state.record.length ? columns[this.state.record.length].name : null : this.state.record.length,
				quoting: this.state.wasQuoting
			};
		}
	};
};
// node_modules/csv-parse/lib/sync.js
const parse = function(data, opts = {}) {
	if (typeof data === "string") data = Buffer.from(data);
	const records = opts && opts.objname ? Object.create(null) : [];
	const parser = transform(opts);
	const push = (record) => {
		if (parser.options.objname === void 0) records.push(record);
		else records[record[0]] = record[1];
	};
	const close = () => {};
	const error = parser.parse(data, true, push, close);
	if (error !== void 0) throw error;
	return records;
};
// src/config/table-stats.ts
/** Far more than any database has tables. */
const longest = 20971520;
const count = number({ error: "must be a number" }).min(0, "must not be negative");
const row = object({
	schema: string().min(1).default("public"),
	table: string().min(1, "must name a table"),
	rows: count,
	bytes: union([
		literal$1("").transform(() => null),
		_null(),
		count
	]).optional().transform((bytes) => bytes ?? null)
});
/**
* Reads table statistics: a JSON array of objects, or CSV with a header line, of `schema`, `table`, `rows` and
* `bytes` (`schema` and `bytes` may be missing; other columns are passed over).
*
* @throws UserError with file and line (CSV) or element (JSON)
*/
function readTableStats(file, text) {
	const wrong = (message, line) => {
		throw new UserError(`${file}${line === void 0 ? "" : `:${line}`}: ${message}`, { place: {
			file,
			line
		} });
	};
	if (text.length > longest) wrong("Table statistics of more than 20 MB are not read.");
	const json = text.trimStart().startsWith("[") || file.toLowerCase().endsWith(".json");
	const { rows, lineOf } = json ? fromJson(text, wrong) : fromCsv(text, wrong);
	const stats = /* @__PURE__ */ new Map();
	for (const [index, raw] of rows.entries()) {
		const result = row.safeParse(raw);
		if (!result.success) {
			const issue = result.error.issues[0];
			wrong(`${json ? `element ${index + 1}: ` : ""}${issue?.path.length ? `${issue.path.join(".")} ${issue.message}` : issue?.message}. It takes schema, table, rows and bytes.`, lineOf(index));
			continue;
		}
		const { schema, table, rows: estimate, bytes } = result.data;
		stats.set(`${schema}.${table}`, {
			rows: estimate,
			bytes
		});
	}
	return stats;
}
/**
* The option names a file of whoever runs the gate; the config's key one of the repository, read from head.
*
* @param option the option's file
* @param path what the config's key says
* @param wrong reports wrong use at the line of that key
*/
async function tableStatsOf(option, head, path, wrong) {
	if (option !== null) return readTableStats(option, await readFile(option, "utf8").catch((error) => {
		throw new UserError(`The table statistics cannot be read: ${error.message}`, { cause: error });
	}));
	if (path === null) return null;
	const entry = head.get(path.replace(/^\.\//, ""));
	if (entry === void 0 || !entry.mode.startsWith("100")) return wrong(`There is no file ${quoted(path)}.`);
	return readTableStats(entry.path, (await head.read([entry.path])).get(entry.path)?.toString("utf8") ?? "");
}
function fromJson(text, wrong) {
	let value;
	try {
		value = JSON.parse(text);
	} catch (error) {
		return wrong(`This is not valid JSON: ${error.message}`);
	}
	if (!Array.isArray(value)) return wrong("This is not a JSON array of tables.");
	return {
		rows: value,
		lineOf: () => void 0
	};
}
function fromCsv(text, wrong) {
	try {
		const records = parse(text, {
			bom: true,
			columns: (header) => header.map((name) => name.trim().toLowerCase()),
			skip_empty_lines: true,
			trim: true,
			info: true
		});
		return {
			rows: records.map(({ record }) => record),
			lineOf: (index) => records[index]?.info.lines
		};
	} catch (error) {
		const { message, lines } = error;
		return wrong(`This is neither JSON nor CSV: ${message}`, lines);
	}
}
// src/config/load.ts
/**
* The config file of head and the options put together; databases are detected where neither names one.
* Throws `UserError` for what is written wrongly and `Undecided` for what cannot be told.
*/
async function loadConfig({ options, head, base, ruleDefaults }) {
	const ruleNames = Object.keys(ruleDefaults);
	const file = await findConfigFile(options, head);
	const config = file === null ? null : readConfigFile(file.path, file.text, ruleNames);
	const values = config?.values ?? {};
	const search = {
		head,
		base
	};
	const wrongKey = (...path) => (message) => {
		const line = config?.lineOf(path) ?? 1;
		throw new UserError(`${file?.path}:${line}: ${message}`, file === null ? {} : { place: {
			file: file.path,
			line
		} });
	};
	const { databases, notes } = await databasesOf({
		options,
		values,
		search,
		wrongKey
	});
	const before = await configOfBase(options, base, ruleNames);
	return {
		databases,
		rules: {
			...Object.fromEntries(Object.entries(values.rules ?? {}).flatMap(([rule, severity]) => severity === void 0 ? [] : [[rule, severity]])),
			...rulesOption(options.rules, ruleNames)
		},
		failOn: options.failOn ?? values["fail-on"] ?? "error",
		tableStats: await tableStatsOf(options.tableStats, head, values["table-stats"] ?? null, wrongKey("table-stats")),
		ignoreMigrationsBefore: values["ignore-migrations-before"] ?? null,
		lockTimeout: values["lock-timeout"] ?? "in-migrations",
		appliedRef: options.appliedRef ?? values["applied-ref"] ?? null,
		acceptSquash: values["accept-squash"] ?? false,
		checkDown: options.checkDown ?? values["check-down"] ?? false,
		checkRerun: options.checkRerun ?? values["check-rerun"] ?? false,
		checkOpenPrs: options.checkOpenPrs ?? values["check-open-prs"] ?? false,
		timeoutMinutes: options.timeoutMinutes ?? values["timeout-minutes"] ?? 10,
		shadowSuperuser: options.shadowSuperuser ?? before?.values["shadow-superuser"] ?? false,
		shadowData: options.shadowData ?? before?.values["shadow-data"] ?? "own",
		weakened: await weakenedSince({
			options,
			base,
			before,
			ruleDefaults,
			file,
			config,
			databases
		}),
		notes
	};
}
// src/git/fetch.ts
/** A server that sends nothing for a minute is given up. */
const PATIENT = [
	"-c",
	"http.lowSpeedLimit=1",
	"-c",
	"http.lowSpeedTime=60"
];
/**
* Gets one commit by its full name.
*
* @throws Undecided('base-not-available') if the remote does not give it
*/
async function fetchCommit(opening, remote, sha) {
	opening.say(`fetching ${sha.slice(0, 10)} from ${remote}`);
	const result = await fetch(opening, remote, [sha], await onlyTip(opening));
	if (!result.ok) throw new Undecided("base-not-available", `Commit ${sha} is not in this clone, and ${remote} did not give it: ${result.message}. ${remedy(remote, null)}`);
	opening.note(`Fetched ${sha.slice(0, 10)} from ${remote}, which was missing here.`);
	return sha;
}
/**
* Gets a branch by its name.
*
* @returns its commit, or null if the remote has no such branch
* @throws Undecided('base-not-available') if the remote could not be asked
*/
async function fetchBranch(opening, remote, branch) {
	const full = `refs/heads/${branch}`;
	if ((await tryGit(opening.scratch, ["check-ref-format", full])).code !== 0) return null;
	opening.say(`fetching ${branch} from ${remote}`);
	const target = "refs/fetched/branch";
	const result = await fetch(opening, remote, [`+${full}:${target}`], await onlyTip(opening));
	if (!result.ok) {
		if (result.message.includes("couldn't find remote ref")) return null;
		throw new Undecided("base-not-available", `The branch ${branch} is not in this clone, and it could not be fetched from ${remote}: ${result.message}. ${remedy(remote, branch)}`);
	}
	const sha = withoutLineFeed(await git(opening.scratch, [
		"rev-parse",
		"--verify",
		`${target}^{commit}`
	]));
	opening.note(`Fetched ${branch} (${sha.slice(0, 10)}) from ${remote}, which was missing here.`);
	return sha;
}
/**
* Gets the head of a pull request, which GitHub's server keeps under a name of its own, from forks too.
*
* @throws Undecided('base-not-available') if the remote does not give it
*/
async function fetchPullRequest(opening, remote, number) {
	opening.say(`fetching pull request ${number} from ${remote}`);
	const target = `refs/fetched/pull/${number}`;
	const result = await fetch(opening, remote, [`+refs/pull/${number}/head:${target}`], await onlyTip(opening));
	if (!result.ok) throw new Undecided("base-not-available", `${remote} does not give its head: ${result.message}.`);
	return withoutLineFeed(await git(opening.scratch, [
		"rev-parse",
		"--verify",
		`${target}^{commit}`
	]));
}
/** The branch that the remote's HEAD points to, or null if it does not say or cannot be reached. */
async function askDefaultBranch({ network, say }, remote) {
	say(`asking ${remote} for its default branch`);
	const answer = await tryGit(network, [
		...PATIENT,
		"ls-remote",
		"--symref",
		"--end-of-options",
		remote,
		"HEAD"
	]);
	return /^ref: refs\/heads\/(.+)\tHEAD$/m.exec(answer.stdout.toString("utf8"))?.[1] ?? null;
}
/** Steps by which a shallow clone is deepened. Files are left out where it might get long: git fetches the few that it needs. */
const DEEPENING = [
	["--deepen=50"],
	["--deepen=500", "--filter=blob:none"],
	["--unshallow", "--filter=blob:none"]
];
/**
* Gets history until every commit that only one of the two sides has comes with its parents. Only then are
* their common ancestors certain: a cut-off path could lead to a newer one.
*
* @throws Undecided('base-not-available') if the history cannot be had
*/
async function deepenUntilJoined(opening, base, head) {
	let cut = await cutOff(opening, base, head);
	if (cut.length === 0) return;
	const { remote } = opening;
	let problem = "it has no remote to fetch from";
	if (remote !== null) {
		opening.say(`fetching history from ${remote} to find where the branch left ${base.slice(0, 10)}`);
		for (const how of DEEPENING) {
			const result = await fetch(opening, remote, cut, how);
			if (!result.ok) {
				problem = result.message;
				break;
			}
			cut = await cutOff(opening, base, head);
			if (cut.length === 0) {
				opening.note(`Fetched history from ${remote}: this is a shallow clone, and the branch is behind its base.`);
				return;
			}
			problem = `${remote} is a shallow clone itself`;
		}
	}
	throw new Undecided("base-not-available", `This is a shallow clone, and where the branch left its base could not be found: ${problem}. ${remedy(remote ?? "origin", null)}`);
}
/** Whether the clone was made without all of its remote's branches. */
async function isNarrow({ repo, scratch }, remote) {
	if ((await shallowCommits(scratch)).size > 0) return true;
	const specs = await tryGit(repo, [
		"config",
		"-z",
		"--get-all",
		`remote.${remote}.fetch`
	]);
	return !nulSeparated(specs.stdout).some((spec) => /^\+?refs\/(heads\/)?\*:/.test(spec));
}
/** `main` for `main`, `origin/main` and `refs/heads/main`. */
function branchOfRemote(ref, remote) {
	for (const prefix of [
		`refs/remotes/${remote}/`,
		"refs/heads/",
		`${remote}/`
	]) if (ref.startsWith(prefix)) return ref.slice(prefix.length);
	return ref;
}
/** The commits that only one side has and whose parents are missing. */
async function cutOff({ scratch }, base, head) {
	const shallow = await shallowCommits(scratch);
	if (shallow.size === 0) return [];
	return (await git(scratch, ["rev-list", `${base}...${head}`])).toString("latin1").split("\n").filter((sha) => shallow.has(sha));
}
/** A full clone stays full: `--depth` would cut the history that the new commit shares with it. */
async function onlyTip({ scratch }) {
	return (await shallowCommits(scratch)).size > 0 ? ["--depth=1"] : [];
}
async function fetch({ network, secrets }, remote, wanted, how) {
	const result = await tryGit(network, [
		...PATIENT,
		"fetch",
		"--quiet",
		"--no-tags",
		"--no-write-fetch-head",
		"--no-recurse-submodules",
		"--refmap=",
		...how,
		"--end-of-options",
		remote,
		...wanted
	]);
	if (result.code === 0) return { ok: true };
	return {
		ok: false,
		message: redact(result.stderr, secrets).trim().replace(/\.$/, "").split(/\s*\n\s*/).join("; ")
	};
}
function remedy(remote, branch) {
	return `In a workflow give \`actions/checkout\` the option \`fetch-depth: 0\`; elsewhere run \`${branch === null ? `git fetch ${remote}` : `git fetch ${remote} ${branch}`}\` first.`;
}
// src/git/resolve.ts
/** A full object name (SHA-1 or SHA-256), the only form that can be asked of a server. */
const FULL_NAME = /^([0-9a-f]{40}|[0-9a-f]{64})$/;
/**
* The commit that a reference means here, tags peeled, or null if it is unknown.
*
* @throws UserError if it looks like an option, or means something that is no commit
*/
async function findCommit(place, ref) {
	if (ref.startsWith("-")) throw new UserError(`\`${ref}\` looks like an option, not like a git reference.`);
	if (ref === "" || ref.includes("\0")) throw new UserError("A git reference cannot be empty.");
	const commit = await tryGit(place, [
		"rev-parse",
		"--verify",
		"--quiet",
		"--end-of-options",
		`${ref}^{commit}`
	]);
	const sha = withoutLineFeed(commit.stdout);
	if (commit.code === 0) return FULL_NAME.test(sha) ? sha : null;
	if (FULL_NAME.test(ref)) return null;
	const object = await tryGit(place, [
		"rev-parse",
		"--verify",
		"--quiet",
		"--end-of-options",
		ref
	]);
	if (object.code !== 0) return null;
	const name = withoutLineFeed(object.stdout);
	const type = await tryGit(place, [
		"cat-file",
		"-t",
		name
	]);
	if (type.code !== 0) return null;
	throw new UserError(`\`${ref}\` is a ${withoutLineFeed(type.stdout)}, not a commit.`);
}
/**
* The commits of some references, all by one git: those that plainly name one, and null for full names that are not
* here. What is no commit or unknown is absent, for `findCommit` to say what is the matter.
*/
async function plainCommits(place, refs) {
	const plain = refs.filter((ref) => /^[^-\s][^\n\0]*$/.test(ref));
	if (plain.length === 0) return /* @__PURE__ */ new Map();
	const input = plain.map((ref) => `${ref}^{commit}\n`).join("");
	const { stdout } = await tryGit(place, ["cat-file", "--batch-check"], { input });
	const answers = stdout.toString("utf8").split("\n");
	return new Map(plain.flatMap((ref, index) => {
		const answer = answers[index] ?? "";
		const sha = /^([0-9a-f]{40,64}) commit \d+$/.exec(answer)?.[1];
		if (sha !== void 0) return [[ref, sha]];
		return FULL_NAME.test(ref) && answer === `${ref}^{commit} missing` ? [[ref, null]] : [];
	}));
}
/**
* The commit that a user's reference means, fetched if it is missing here.
*
* @throws UserError if nothing is called so; Undecided if it exists elsewhere and could not be had
*/
async function resolveCommit(opening, ref, option) {
	const { repo, remote } = opening;
	const known = opening.known.get(ref);
	const here = known === void 0 ? await findCommit(repo, ref) : known;
	if (here !== null) return {
		ref,
		sha: here
	};
	if (remote !== null) {
		if (FULL_NAME.test(ref)) return {
			ref,
			sha: await fetchCommit(opening, remote, ref)
		};
		const tracked = await findCommit(repo, `refs/remotes/${remote}/${ref}`);
		if (tracked !== null) return {
			ref: `${remote}/${ref}`,
			sha: tracked
		};
		const branch = branchOfRemote(ref, remote);
		if (await isNarrow(opening, remote)) {
			const sha = await fetchBranch(opening, remote, branch);
			if (sha !== null) return {
				ref,
				sha
			};
		}
	}
	const own = ref.startsWith("origin/") && remote !== "origin" ? ref.slice(7) : null;
	const local = own === null || own === "" ? null : await findCommit(repo, `refs/heads/${own}`);
	if (own !== null && local !== null) {
		opening.note(`There is no remote called origin; \`${ref}\` was taken for the branch ${own} of this repository.`);
		return {
			ref: own,
			sha: local
		};
	}
	throw await unknownRef(repo, ref, option);
}
/**
* The branch that pull requests usually go to: what the remote says, else main, else master.
*
* @throws UserError if there is none of them
*/
async function resolveDefaultBase(opening) {
	const { repo, remote } = opening;
	const candidates = ["refs/heads/main", "refs/heads/master"];
	if (remote !== null) {
		const told = await tryGit(repo, [
			"symbolic-ref",
			"--quiet",
			`refs/remotes/${remote}/HEAD`
		]);
		if (told.code === 0) candidates.unshift(withoutLineFeed(told.stdout));
		else if (await isNarrow(opening, remote)) {
			const asked = await askDefaultBranch(opening, remote);
			const fetched = (asked === null ? null : await findCommit(repo, `refs/remotes/${remote}/${asked}`)) ?? (asked === null ? null : await fetchBranch(opening, remote, asked));
			if (fetched !== null) return {
				ref: `${remote}/${asked}`,
				sha: fetched
			};
		}
		candidates.splice(candidates.indexOf("refs/heads/main"), 0, `refs/remotes/${remote}/main`);
		candidates.splice(candidates.indexOf("refs/heads/master"), 0, `refs/remotes/${remote}/master`);
	}
	for (const candidate of candidates) {
		const sha = await findCommit(repo, candidate);
		if (sha !== null) return {
			ref: candidate.replace(/^refs\/(heads|remotes)\//, ""),
			sha
		};
	}
	throw new UserError(await hasCommits(repo) ? "There is no branch main or master and no remote that names its default branch. Say what to compare with: `--base REF`." : `${repo.top} has no commit yet, so there is nothing to compare with. Commit, then say what to compare with: \`--base REF\`.`);
}
async function hasCommits(repo) {
	return (await tryGit(repo, [
		"rev-parse",
		"--verify",
		"--quiet",
		"HEAD"
	])).code === 0;
}
async function unknownRef(repo, ref, option) {
	if (!await hasCommits(repo)) return new UserError(`There is no \`${ref}\` (${option}): the repository has no commit yet.`);
	const listed = await tryGit(repo, [
		"for-each-ref",
		"--format=%(refname:short)%00",
		"refs/heads",
		"refs/remotes",
		"refs/tags"
	]);
	const near = nulSeparated(listed.stdout).map((name) => name.replace(/^\n/, "")).filter((name) => name !== "").map((name) => ({
		name,
		far: Math.min((0, import_fastest_levenshtein.distance)(name, ref), (0, import_fastest_levenshtein.distance)(name.slice(name.indexOf("/") + 1), ref))
	})).filter(({ far }) => far <= Math.max(2, Math.floor(ref.length / 3))).sort((a, b) => a.far - b.far).slice(0, 3).map(({ name }) => `\`${name}\``);
	const advice = near.length > 0 ? `Did you mean ${near.join(" or ")}?` : "Any branch, tag or commit that git knows will do.";
	return new UserError(`git knows no commit \`${ref}\` (${option}). ${advice}`);
}
// src/git/commit.ts
/** The parents that a commit names, whether or not they are here. */
async function rawParents(place, sha) {
	return parentsIn(await git(place, [
		"cat-file",
		"commit",
		sha
	]));
}
/** The parents in the text of a commit. */
function parentsIn(commit) {
	const text = commit.toString("latin1");
	const header = text.slice(0, text.indexOf("\n\n"));
	const parents = [];
	for (const line of header.split("\n").slice(1)) {
		if (!line.startsWith("parent ")) break;
		parents.push(line.slice(7));
	}
	return parents;
}
// src/git/merge.ts
/**
* How a branch stands to its base. Fetches history where a shallow clone hides it.
*
* @param tips what is checked out where `branch` is a working tree's commit, else the branch itself
* @throws Undecided('base-not-available') if that history is not to be had
*/
async function relate(opening, base, branch, tips) {
	const { scratch, objects } = opening;
	for (const tip of tips) {
		if (tip === base) return { kind: "ahead" };
		const parents = parentsIn(await objects.commit(tip));
		if (parents.includes(base)) return { kind: parents.length > 1 && parents[0] === base ? "merged" : "ahead" };
	}
	if ((await tryGit(scratch, [
		"merge-base",
		"--is-ancestor",
		base,
		branch
	])).code === 0) return { kind: "ahead" };
	await deepenUntilJoined(opening, base, branch);
	const found = await tryGit(scratch, [
		"merge-base",
		base,
		branch
	]);
	if (found.code > 1 || found.code < 0) throw gitFailed(["merge-base"], found);
	if (found.code === 1) return { kind: "unrelated" };
	const mergeBase = withoutLineFeed(found.stdout);
	return mergeBase === base ? { kind: "ahead" } : {
		kind: "behind",
		mergeBase
	};
}
/** The first git with `merge-tree --write-tree`. */
const MERGES = [2, 38];
/**
* @param what is to be merged, as the beginning of a sentence
* @throws Undecided('base-not-available') if git is too old to merge without a working tree
*/
async function needsMerges({ repo }, what, orElse = "") {
	const { text, isAtLeast } = await gitVersion(repo);
	if (isAtLeast(MERGES)) return;
	throw new Undecided("base-not-available", `${what} cannot be merged by ${text.replace("version ", "")} without touching the checkout. Install git ${MERGES.join(".")} or newer${orElse}.`);
}
/**
* The tree that merging the branch into base would give, as git's own merge (and GitHub) makes it.
*
* @returns the tree's name; it lies in the scratch repository
* @throws Undecided('merge-conflict') if files conflict
* @throws Undecided('base-not-available') if git is too old to merge without a working tree
*/
async function mergeTrees(opening, base, branch) {
	const { network } = opening;
	await needsMerges(opening, `${branch.ref} is behind ${base.ref}, and they`, `, or bring the branch up to date: \`git merge ${base.ref}\``);
	const settings = [
		"-c",
		"merge.renames=true",
		"-c",
		"merge.directoryRenames=conflict"
	];
	const args = [
		"merge-tree",
		"--write-tree",
		"-z",
		"--name-only",
		"--no-messages",
		base.sha,
		branch.sha
	];
	const merged = await tryGit(network, [...settings, ...args]);
	if (merged.code !== 0 && merged.code !== 1) throw gitFailed(args, merged);
	const [tree = "", ...conflicted] = nulSeparated(merged.stdout);
	if (merged.code === 0) return tree;
	const [first = ""] = conflicted;
	throw new Undecided("merge-conflict", `${branch.ref} conflicts with ${base.ref} in ${nameSome(conflicted)}. Merge and resolve it first: \`git merge ${base.ref}\`.`, { place: { file: first } });
}
// src/git/beside.ts
/**
* What another branch makes of base, and what both together do. Everything is objects of the scratch repository: nothing
* is checked out, and nothing of the branch is run.
*
* @throws Undecided('base-not-available') if the branch or its history is not to be had
* @throws Undecided('merge-conflict') if it does not merge with base itself
* @throws UserError for a reference that git does not know
*/
async function besideBranch(shared, ours, branch) {
	const opening = {
		...shared,
		note: () => {}
	};
	await needsMerges(opening, "Two branches");
	const other = await commitOf(opening, branch);
	const relation = await relate(opening, ours.base.sha, other.sha, [other.sha]);
	if (relation.kind === "unrelated") throw new Undecided("base-not-available", `${branch.name} has no history in common with the base branch.`);
	const tree = relation.kind === "behind" ? await mergeTrees(opening, ours.base, other) : other.sha;
	const { scratch, network, objects } = opening;
	const [left, right] = [await onBase(scratch, ours.base.sha, ours.head), await onBase(scratch, ours.base.sha, tree)];
	const merged = await mergeBoth(network, left, right);
	const read = (treeish) => readTree(objects, treeish, {
		ref: branch.name,
		sha: other.sha
	});
	return {
		other: await read(tree),
		both: await read(merged.tree),
		conflicts: merged.conflicts
	};
}
async function commitOf(opening, { name, number }) {
	if (number === null) return resolveCommit(opening, name, "--also");
	const { remote } = opening;
	if (remote === null) throw new Undecided("base-not-available", `${name} cannot be fetched: this clone has no remote.`);
	return {
		ref: name,
		sha: await fetchPullRequest(opening, remote, number)
	};
}
/** A commit with that tree whose only parent is base, so that merging two of them has base as their ancestor. */
async function onBase(scratch, base, treeish) {
	const tree = withoutLineFeed(await git(scratch, [
		"rev-parse",
		"--verify",
		`${treeish}^{tree}`
	]));
	const made = await git(scratch, [
		"commit-tree",
		"--no-gpg-sign",
		"-p",
		base,
		tree
	], {
		input: "beside\n",
		env: AUTHOR
	});
	return withoutLineFeed(made);
}
/** The tree of both; where files conflict they hold git's conflict markers. */
async function mergeBoth(place, left, right) {
	const settings = [
		"-c",
		"merge.renames=true",
		"-c",
		"merge.directoryRenames=conflict"
	];
	const args = [
		"merge-tree",
		"--write-tree",
		"-z",
		"--name-only",
		"--no-messages",
		left,
		right
	];
	const merged = await tryGit(place, [...settings, ...args]);
	if (merged.code !== 0 && merged.code !== 1) throw gitFailed(args, merged);
	const [tree = "", ...conflicts] = nulSeparated(merged.stdout);
	return {
		tree,
		conflicts: [...new Set(conflicts)]
	};
}
// src/git/opening.ts
/** The configuration that sends the token, as actions/checkout does it, and what must not be printed. */
function tokenConfig({ serverUrl, value }) {
	const encoded = Buffer.from(`x-access-token:${value}`).toString("base64");
	return {
		config: [[`http.${serverUrl.replace(/\/+$/, "")}/.extraheader`, `AUTHORIZATION: basic ${encoded}`]],
		secrets: [value, encoded]
	};
}
// src/git/release.ts
/**
* The commit of a tag or branch, or of the newest one that a glob such as `v*` means: the highest version in the
* names, then the later date. A remote is asked for what the clone lacks.
*
* @returns null when nothing is called so
* @throws Undecided('base-not-available') if it exists elsewhere and could not be had
*/
async function findRelease(opening, pattern) {
	const { remote } = opening;
	if (!/[*?[]/.test(pattern)) return named(opening, remote, pattern);
	const here = (await listed(opening, remote)).filter(({ name }) => matches(pattern, name));
	const newest = newestOf(here);
	if (newest !== null) return {
		ref: newest.name,
		sha: newest.sha
	};
	if (remote === null) return null;
	const there = newestOf((await asked(opening, remote)).filter(({ name }) => matches(pattern, name)));
	if (there === null) return null;
	return {
		ref: there.name,
		sha: await had(opening, remote, there.sha)
	};
}
async function named(opening, remote, name) {
	const places = [
		name,
		`refs/tags/${name}`,
		...remote === null ? [] : [`refs/remotes/${remote}/${name}`]
	];
	for (const place of places) {
		const sha = await findCommit(opening.repo, place);
		if (sha !== null) return {
			ref: name,
			sha
		};
	}
	if (remote === null) return null;
	const there = newestOf((await asked(opening, remote)).filter((one) => one.name === name));
	if (there !== null) return {
		ref: name,
		sha: await had(opening, remote, there.sha)
	};
	const branch = await fetchBranch(opening, remote, name);
	return branch === null ? null : {
		ref: name,
		sha: branch
	};
}
async function had(opening, remote, sha) {
	return await findCommit(opening.scratch, sha) ?? await fetchCommit(opening, remote, sha);
}
async function listed({ repo }, remote) {
	const refs = [
		"refs/tags",
		"refs/heads",
		...remote === null ? [] : [`refs/remotes/${remote}`]
	];
	const { stdout } = await tryGit(repo, [
		"for-each-ref",
		`--format=%(refname)%01%(objectname)%01%(*objectname)%01%(creatordate:unix)%00`,
		...refs
	]);
	return nulSeparated(stdout).flatMap((line) => {
		const [ref = "", object = "", peeled = "", date = ""] = line.replace(/^\n/, "").split("");
		const name = shortName(ref, remote);
		return name === null ? [] : [{
			name,
			sha: peeled === "" ? object : peeled,
			date: Number(date) || 0
		}];
	});
}
/** What the remote has. An annotated tag is listed twice, the commit that it means with `^{}`. */
async function asked({ network, say }, remote) {
	say(`asking ${remote} for its releases`);
	const { code, stdout } = await tryGit(network, [...[
		"-c",
		"http.lowSpeedLimit=1",
		"-c",
		"http.lowSpeedTime=60"
	], ...[
		"ls-remote",
		"--tags",
		"--heads",
		"--end-of-options",
		remote
	]]);
	if (code !== 0) return [];
	const found = /* @__PURE__ */ new Map();
	for (const line of stdout.toString("utf8").split("\n")) {
		const [sha = "", ref = ""] = line.split("	");
		const name = shortName(ref.replace(/\^\{\}$/, ""), null);
		if (name !== null) found.set(ref.replace(/\^\{\}$/, ""), {
			name,
			sha,
			date: 0
		});
	}
	return [...found.values()];
}
function shortName(ref, remote) {
	const own = /^refs\/(?:tags|heads)\/(.+)$/.exec(ref)?.[1];
	if (own !== void 0) return own;
	const prefix = `refs/remotes/${remote}/`;
	return remote !== null && ref.startsWith(prefix) && ref !== `${prefix}HEAD` ? ref.slice(prefix.length) : null;
}
/** `*` and `?` as in a shell; `*` passes over slashes, since people write `release/*` and `v*` alike. */
function matches(pattern, name) {
	const source = pattern.replace(/[.+^${}()|\\]/g, "\\$&").replaceAll("*", ".*").replaceAll("?", ".");
	try {
		return new RegExp(`^${source}$`, "s").test(name);
	} catch {
		return false;
	}
}
const newestOf = (candidates) => candidates.toSorted((a, b) => compareReleases(b.name, a.name) || b.date - a.date)[0] ?? null;
/** By the numbers in the names; one with a word behind them (`v2.0.0-rc1`) comes before the one without. */
function compareReleases(left, right) {
	const [a, b] = [versionIn(left), versionIn(right)];
	for (let part = 0; part < Math.max(a.numbers.length, b.numbers.length); part += 1) {
		const [x, y] = [a.numbers[part] ?? 0n, b.numbers[part] ?? 0n];
		if (x !== y) return x < y ? -1 : 1;
	}
	if (a.rest === "" !== (b.rest === "")) return a.rest === "" ? 1 : -1;
	return a.rest.localeCompare(b.rest, "en-US", { numeric: true });
}
function versionIn(name) {
	const found = /(\d+(?:[._-]\d+)*)(.*)$/s.exec(name);
	if (found === null) return {
		numbers: [],
		rest: ""
	};
	return {
		numbers: (found[1] ?? "").split(/[._-]/).map(BigInt),
		rest: (found[2] ?? "").replace(/^\+.*/s, "")
	};
}
// src/git/since.ts
/** A history of millions of commits is not worth waiting for. */
const LIMIT_MS = 5e3;
/**
* Since when files are on a branch: the newest commit of its first parents that added each.
*
* @param tip commit
* @param paths from the root of the repository
* @returns files of which nothing was found in time are absent
*/
async function sinceOn(scratch, tip, paths) {
	const since = /* @__PURE__ */ new Map();
	if (paths.length === 0) return since;
	const { code, stdout } = await bounded(scratch, [
		...[
			"-c",
			"log.showRoot=true",
			"-c",
			"log.showSignature=false"
		],
		...[
			"log",
			"--first-parent",
			"-m",
			"--no-renames",
			"--diff-filter=A",
			"--name-only",
			"-z",
			"--no-color"
		],
		...[
			"--format=%x01%H %cs",
			"--end-of-options",
			tip,
			"--"
		],
		...paths.map((path) => `:(top,literal)${path}`)
	]);
	if (code !== 0) return since;
	const ends = await shallowCommits(scratch);
	let commit = null;
	for (const part of nulSeparated(stdout)) {
		const text = part.replace(/^\n+/, "");
		const header = text.startsWith("") ? /^.([0-9a-f]+) (\S+)\n*/.exec(text) : null;
		if (header?.[1] !== void 0 && header[2] !== void 0) commit = {
			sha: header[1],
			date: header[2],
			atLeast: ends.has(header[1])
		};
		const path = header === null ? text : text.slice(header[0].length);
		if (path !== "" && commit !== null && !since.has(path)) since.set(path, commit);
	}
	return since;
}
/** Never fetches what a partial clone left out, and is ended after a while. */
async function bounded(place, args) {
	const running = /* @__PURE__ */ new Set();
	const timer = setTimeout(() => {
		for (const child of running) endGit(child);
	}, LIMIT_MS);
	try {
		return await tryGit({
			...place,
			running
		}, args, { env: { GIT_NO_LAZY_FETCH: "1" } });
	} finally {
		clearTimeout(timer);
	}
}
// src/git/trees.ts
/**
* Opens base and head for comparison. The user's repository is only read; what has to be written or fetched
* goes to a temporary directory, which lives until the result is closed.
*
* @throws UserError for wrong use: no repository, unknown reference, no base
* @throws Undecided('base-not-available') if what is missing cannot be fetched
* @throws Undecided('merge-conflict') if the branch does not merge with its base
*/
async function openTrees(options) {
	const repo = await openRepository(options.repo);
	const known = begun(plainCommits(repo, [options.base ?? [], options.head ?? []].flat()));
	const scratch = await makeScratch(repo);
	try {
		return await open$1(repo, scratch, await known, options);
	} catch (error) {
		await scratch[Symbol.asyncDispose]();
		throw error;
	}
}
async function open$1(repo, scratch, known, options) {
	const notes = [];
	const opening = newOpening(repo, scratch, known, options, notes);
	const base = options.base === null ? await resolveDefaultBase(opening) : await resolveCommit(opening, options.base, "--base");
	const { commit, sha, tips } = await findHead(opening, options.head);
	const read = (treeish, ref, shown) => readTree(opening.objects, treeish, {
		ref,
		sha: shown
	});
	const both = begun(Promise.all([read(base.sha, base.ref, base.sha), read(commit.sha, commit.ref, sha)]));
	const relation = options.mergeHead === false ? null : await relate(opening, base.sha, commit.sha, tips);
	if (relation?.kind === "unrelated") opening.note(`${commit.ref} and ${base.ref} have no common history, so they are compared as they are.`);
	const ancestor = relation?.kind === "behind" ? begun(read(relation.mergeBase, "merge base", relation.mergeBase)) : null;
	const merged = relation?.kind === "behind" ? await mergeTrees(opening, base, commit) : null;
	const [baseTree, branch] = await both;
	return {
		root: repo.top,
		base: baseTree,
		head: merged === null ? branch : await read(merged, commit.ref, sha),
		branch,
		mergeBase: relation?.kind === "ahead" ? baseTree : await ancestor,
		since: (paths) => sinceOn(scratch, base.sha, paths),
		release: async (name) => {
			const found = await findRelease(opening, name);
			return found === null ? null : read(found.sha, found.ref, found.sha);
		},
		beside: (other) => besideBranch(opening, {
			base,
			head: merged ?? commit.sha
		}, other),
		notes,
		[Symbol.asyncDispose]: () => scratch[Symbol.asyncDispose]()
	};
}
async function findHead(opening, head) {
	if (head !== null) {
		const commit = await resolveCommit(opening, head, "--head");
		return {
			commit,
			sha: commit.sha,
			tips: [commit.sha]
		};
	}
	const { sha, parents } = await commitWorkingTree(opening);
	return {
		commit: {
			ref: "working tree",
			sha
		},
		sha: null,
		tips: parents
	};
}
function newOpening(repo, scratch, known, { token, onProgress }, notes) {
	const { settings } = scratch;
	const sent = token && !sendsHeader(settings) ? tokenConfig(token) : {
		config: [],
		secrets: []
	};
	const network = {
		...scratch,
		env: withConfig(scratch.env, sent.config)
	};
	return {
		repo,
		scratch,
		network,
		objects: objectsOf(network),
		known,
		secrets: sent.secrets,
		remote: chooseRemote(settings),
		note: (sentence) => {
			notes.push(sentence);
		},
		say: (sentence) => onProgress?.(sentence)
	};
}
/** Two Authorization headers are an error to GitHub's server, and actions/checkout sets one. */
const sendsHeader = (settings) => settings.some(({ key }) => /^http\..*extraheader$/s.test(key));
function chooseRemote(settings) {
	const names = new Set(settings.flatMap(({ key }) => /^remote\.(.*)\.url$/s.exec(key)?.[1] ?? []));
	if (names.has("origin")) return "origin";
	const [only, ...others] = names;
	return others.length === 0 ? only ?? null : null;
}
export { rehearse as a, prove as c, loadConfig as i, openWorkspace as l, rawParents as n, RolesChanged as o, findCommit as r, onCopy as s, openTrees as t, lastLines as u };

import { a as withEnding, c as differingStatements, d as parseFile, h as require_wasm, i as qualified, l as lineFinder, n as identifier, r as literal, s as commentsOf, t as defaultName } from "./shared8.js";
import { c as writeAlterTable, i as psqlLine, l as writeExpression, o as copy, r as word, s as write, u as writeType } from "./shared17.js";
import { a as strongest, i as lockTitle, o as lockModes, t as blocks } from "./shared26.js";
import { t as require_fastest_levenshtein } from "./shared10.js";
import { l as surroundingsHint, r as hintSentence, t as _usingCtx } from "./shared21.js";
import { o as diff } from "./shared7.js";
import { n as openSession, o as applyMigrations, t as snapshotOf } from "./shared9.js";
// src/history/lasting-settings.ts
/** Settings that change what the next migration's statements mean. Timeouts and memory only change how they run. */
const meaningfulSettings = /* @__PURE__ */ new Set([
	"search_path",
	"role",
	"session_authorization",
	"session_replication_role",
	"row_security",
	"check_function_bodies",
	"default_tablespace",
	"default_table_access_method",
	"default_transaction_read_only",
	"default_transaction_isolation",
	"standard_conforming_strings",
	"timezone",
	"datestyle",
	"intervalstyle",
	"client_encoding"
]);
/**
* Meaningful settings that a migration sets for the session and does not reset, by the line that sets them: from its text
* alone, in order of lines. What a DO block or a function sets is not seen.
*/
function lastingSettings({ sql }) {
	const left = /* @__PURE__ */ new Map();
	for (const { node, line } of parseFile(sql).statements) {
		if ("DiscardStmt" in node && node.DiscardStmt.target === "DISCARD_ALL") left.clear();
		if ("VariableSetStmt" in node) {
			const { kind, name = "", is_local } = node.VariableSetStmt;
			if (is_local === true) continue;
			if (kind === "VAR_RESET_ALL") left.clear();
			else if (kind === "VAR_RESET" || kind === "VAR_SET_DEFAULT") left.delete(name.toLowerCase());
			else if (kind === "VAR_SET_VALUE") left.set(name.toLowerCase(), line);
		}
		const called = "SelectStmt" in node ? setByCall(node.SelectStmt.targetList ?? []) : [];
		for (const name of called) left.set(name, line);
	}
	return [...left].filter(([name]) => meaningfulSettings.has(name)).map(([name, line]) => ({
		name,
		line
	})).sort((a, b) => a.line - b.line);
}
/** `SELECT set_config('search_path', '', false)`, as the head of a dump has it. */
function setByCall(targets) {
	return targets.flatMap((target) => {
		const call = "ResTarget" in target ? target.ResTarget.val : void 0;
		if (call === void 0 || !("FuncCall" in call)) return [];
		const { funcname = [], args = [] } = call.FuncCall;
		const last = funcname.at(-1);
		const [name, , local] = args.map((one) => "A_Const" in one ? one.A_Const : void 0);
		if (last?.String?.sval !== "set_config" || name?.sval?.sval === void 0) return [];
		return local?.boolval !== void 0 && local.boolval.boolval !== true ? [name.sval.sval.toLowerCase()] : [];
	});
}
// src/history/hygiene.ts
/**
* What is wrong with the whole of a history, whoever did it.
*
* @param made the schema that it makes; null: it was not run, and what only a server tells is left out
*/
function untidy(tool, history, made) {
	const once = history.migrations.filter(({ repeatable }) => repeatable === void 0);
	return [
		...made === null ? [] : [...notValidated(made, once), ...invalidIndexes(made, once)],
		...tool.sessions === "one" ? lasting(once, takenBack[tool.name] ?? []) : [],
		...gaps(once),
		...heads(history),
		...tool.onHistoryChange.duplicateVersion.legal ? [] : duplicates(once)
	];
}
function notValidated({ objects }, migrations) {
	return objects.flatMap(({ type, facts, local, container, inheritedFrom }) => {
		if (inheritedFrom !== null) return [];
		const constraint = type === "constraint" && facts.validated === false && facts.enforced !== false;
		const notNull = type === "column" && facts.refusesNull === true && facts.notNullValid === false;
		if (!constraint && !notNull) return [];
		return [{
			kind: "not-valid",
			what: notNull ? `NOT NULL of ${container}.${local}` : `${local} of ${container}`,
			...placeOf(migrations, local, /\bnot\s+valid\b/i)
		}];
	});
}
function invalidIndexes({ objects }, migrations) {
	return objects.flatMap(({ type, facts, local, name, container }) => {
		const index = type === "index" && facts.valid === false;
		const behind = type === "constraint" && facts.indexValid === false;
		if (!index && !behind) return [];
		return [{
			kind: "invalid-index",
			what: `${index ? name : local} on ${container}`,
			...placeOf(migrations, local, /\bindex\b|\bunique\b/i)
		}];
	});
}
/** The newest migration that names it beside these words. */
function placeOf(migrations, name, beside) {
	for (const { file, sql } of [...migrations].reverse()) {
		if (!beside.test(sql)) continue;
		const line = sql.split("\n").findIndex((text) => text.includes(name));
		if (line >= 0) return {
			file,
			line: line + 1
		};
	}
	return {
		file: null,
		line: null
	};
}
/** What a tool sets back by itself before the next migration. */
const takenBack = { flyway: ["search_path", "role"] };
const lasting = (migrations, back) => migrations.flatMap((migration) => lastingSettings(migration).filter(({ name }) => !back.includes(name)).map(({ name, line }) => ({
	kind: "setting",
	file: migration.file,
	line,
	what: name
})));
/** More digits are a time, and times have gaps. */
const longestNumber = 6;
/** Numbers that are left out where most follow each other by one. */
function gaps(migrations) {
	if (!migrations.every(({ version }) => /^\d+$/.test(version) && Number(version) < 10 ** longestNumber)) return [];
	const byNumber = new Map(migrations.map((migration) => [Number(migration.version), migration]));
	const numbers = [...byNumber.keys()].sort((a, b) => a - b);
	const steps = numbers.slice(1).map((to, index) => ({
		from: numbers[index] ?? to,
		to
	}));
	const wide = steps.filter(({ from, to }) => to - from > 1);
	if (wide.length * 2 > steps.length) return [];
	return wide.map(({ from, to }) => {
		const what = to - from === 2 ? `${from + 1}` : `${from + 1} to ${to - 1}`;
		return {
			kind: "gap",
			file: byNumber.get(to)?.file ?? null,
			line: 1,
			what
		};
	});
}
const heads = ({ oddities = [] }) => oddities.filter(({ kind }) => kind === "multiple-heads").map(({ file, says }) => ({
	kind: "head",
	file,
	line: 1,
	what: says
}));
function duplicates(migrations) {
	const first = /* @__PURE__ */ new Map();
	return migrations.flatMap((migration) => {
		const { version, file } = migration;
		const other = first.get(version);
		first.set(version, other ?? migration);
		return other === void 0 || other.file === file ? [] : [{
			kind: "duplicate",
			file,
			line: 1,
			what: `${version}, as ${other.file}`
		}];
	});
}
// src/rules/history/history-hygiene.ts
const users$5 = "CREATE TABLE users (id bigint PRIMARY KEY, age int);";
const later = "CREATE TABLE later (id bigint PRIMARY KEY);";
const historyHygiene = {
	name: "history-hygiene",
	about: "history",
	severity: "notice",
	byDefault: "off",
	noticeOnly: true,
	summary: "What the whole history of base has left lying about.",
	why: "The gate judges what a pull request brings. With this rule it also looks at all that base has: constraints that were added NOT VALID and that nothing ever validated, INVALID indexes, migrations that leave a session setting changed, numbers that are left out, several newest migrations, versions that are there twice. Each of them was somebody’s last week, and is nobody’s now.\n\nIt needs the shadow, so that every run boots one. It is a notice whatever severity the config gives it, and never part of the verdict.",
	instead: "A migration with `VALIDATE CONSTRAINT`; `REINDEX INDEX CONCURRENTLY`, or drop the index and build it again. What applied migrations say stays as it is: a new one mends it.",
	sources: ["https://www.postgresql.org/docs/current/sql-altertable.html", "https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY"],
	peers: ["flyway validate (gaps: none)"],
	bad: [
		{
			title: "A constraint that was never validated",
			base: {
				"1_users.sql": users$5,
				"2_age.sql": `-- from now on\nALTER TABLE users ADD CONSTRAINT users_age CHECK (age > 0) NOT VALID;`
			},
			migration: {
				"1_users.sql": users$5,
				"2_age.sql": `-- from now on\nALTER TABLE users ADD CONSTRAINT users_age CHECK (age > 0) NOT VALID;`
			},
			line: 2
		},
		{
			title: "An index of a partitioned table that lacks a part",
			base: { "1_log.sql": "CREATE TABLE log (at date NOT NULL) PARTITION BY RANGE (at);\nCREATE TABLE log_1 PARTITION OF log DEFAULT;\nCREATE INDEX log_at ON ONLY log (at);" },
			migration: { "1_log.sql": "CREATE TABLE log (at date NOT NULL) PARTITION BY RANGE (at);\nCREATE TABLE log_1 PARTITION OF log DEFAULT;\nCREATE INDEX log_at ON ONLY log (at);" },
			line: 3
		},
		{
			title: "A number that is left out",
			base: {
				"1_users.sql": users$5,
				"2_x.sql": "SELECT 1;",
				"4_later.sql": later
			},
			migration: {
				"1_users.sql": users$5,
				"2_x.sql": "SELECT 1;",
				"4_later.sql": later
			}
		},
		{
			title: "A setting that holds for all later migrations",
			tool: "sqlx",
			base: { "1_users.sql": `-- as its owner\nSET search_path = public;\n${users$5}\n` },
			migration: { "1_users.sql": `-- as its owner\nSET search_path = public;\n${users$5}\n` },
			line: 2
		}
	],
	good: [{
		title: "All is validated, set back and counted",
		base: {
			"1_users.sql": users$5,
			"2_age.sql": "SET search_path = 'public';\nALTER TABLE users ADD CONSTRAINT users_age CHECK (age > 0) NOT VALID;\nRESET search_path;",
			"3_age.sql": "ALTER TABLE users VALIDATE CONSTRAINT users_age;"
		},
		migration: {
			"1_users.sql": users$5,
			"2_age.sql": "SET search_path = 'public';\nALTER TABLE users ADD CONSTRAINT users_age CHECK (age > 0) NOT VALID;\nRESET search_path;",
			"3_age.sql": "ALTER TABLE users VALIDATE CONSTRAINT users_age;"
		}
	}, {
		title: "Counted by tens",
		base: {
			"10_users.sql": users$5,
			"20_x.sql": "SELECT 1;",
			"30_later.sql": later
		},
		migration: {
			"10_users.sql": users$5,
			"20_x.sql": "SELECT 1;",
			"30_later.sql": later
		}
	}],
	check({ tool, baseHistory, before }) {
		if (baseHistory === void 0) return [];
		const found = untidy(tool, baseHistory, before);
		return Object.keys(texts).flatMap((kind) => told$2(kind, found.filter((one) => one.kind === kind)));
	}
};
/** Title for so many of a kind, and what to do. */
const texts = {
	"not-valid": {
		title: (count) => `${some(count, "constraint")} of base ${were(count)} never validated`,
		says: "The rows from before may break it: neither the planner nor a reader can rely on it. VALIDATE CONSTRAINT reads them without blocking anybody."
	},
	"invalid-index": {
		title: (count) => `${some(count, "index", "indexes")} of base ${count === 1 ? "is" : "are"} INVALID`,
		says: "Every write maintains it and no query uses it. Build it again with REINDEX INDEX CONCURRENTLY, attach what it lacks, or drop it."
	},
	setting: {
		title: (count) => `${some(count, "migration")} of base leave${count === 1 ? "s" : ""} a setting behind`,
		says: "What runs after it in the same deploy means something else than where it is deployed alone: a new database may differ from the old ones."
	},
	gap: {
		title: (count) => `${some(count, "gap")} in the numbers of base’s migrations`,
		says: "A file that was deleted, or a number that somebody’s branch has taken: it will come late when it comes."
	},
	head: {
		title: (count) => `${some(count, "migration")} of base ${count === 1 ? "is" : "are"} the newest one`,
		says: "The tool refuses to choose."
	},
	duplicate: {
		title: (count) => `${some(count, "version")} of base ${count === 1 ? "is" : "are"} there twice`,
		says: "One of the two files never runs, or the tool stops."
	}
};
const some = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;
const were = (count) => count === 1 ? "was" : "were";
/** So many are listed. */
const most$3 = 20;
function told$2(kind, found) {
	const [first] = found;
	if (first === void 0) return [];
	const { title, says } = texts[kind];
	const lines = found.slice(0, most$3).map(({ file, line, what }) => `${file === null ? "" : `${file}:${line}: `}${what}`);
	const left = found.length > most$3 ? [`… and ${found.length - most$3} more`] : [];
	return [{
		migration: null,
		file: first.file,
		line: first.line,
		endLine: first.line,
		object: null,
		title: title(found.length),
		message: says,
		evidence: null,
		fix: null,
		detail: {
			language: "text",
			text: [...lines, ...left].join("\n")
		}
	}];
}
// src/history/seen-in-schema.ts
var import_fastest_levenshtein = require_fastest_levenshtein();
/** Statements of which a catalog shows all that they do, and those that leave nothing behind. */
const seen = /* @__PURE__ */ new Set([
	"CreateStmt",
	"IndexStmt",
	"ViewStmt",
	"AlterTableStmt",
	"RenameStmt",
	"DropStmt",
	"CommentStmt",
	"CreateSchemaStmt",
	"CreateExtensionStmt",
	"CreateEnumStmt",
	"AlterEnumStmt",
	"CreateDomainStmt",
	"AlterDomainStmt",
	"CompositeTypeStmt",
	"CreateRangeStmt",
	"DefineStmt",
	"CreateFunctionStmt",
	"AlterFunctionStmt",
	"CreateTrigStmt",
	"CreatePolicyStmt",
	"AlterPolicyStmt",
	"AlterObjectSchemaStmt",
	"AlterOwnerStmt",
	"GrantStmt",
	"AlterDefaultPrivilegesStmt",
	"CreateStatsStmt",
	"TransactionStmt",
	"VariableSetStmt",
	"ReindexStmt"
]);
/**
* Do two texts differ only in statements of which a comparison of schemas sees all? Not where one writes or converts
* rows, calls something, or cannot be read.
*/
function differInSchemaOnly(before, after) {
	return differingStatements(before, after)?.every(isSeen) ?? false;
}
function isSeen(node) {
	const [kind, body] = Object.entries(node)[0] ?? [];
	if (kind === void 0 || !seen.has(kind)) return false;
	return kind !== "AlterTableStmt" || !JSON.stringify(body).includes("\"AT_AlterColumnType\"");
}
// src/catalog/clock.ts
/** This process, until now. */
const thisRun = () => ({
	since: performance.timeOrigin,
	until: Date.now()
});
/**
* Is all that differs the time of day at which two runs of one history came to it? A program that computes a default when it
* migrates (`default=datetime.utcnow()`) writes another constant each time. Both constants have to lie within the run, by the
* same offset from UTC: any other time is somebody's choice.
*/
function isClock({ change, before, after }, run) {
	if (change !== "altered" || before === null || after === null) return false;
	const [left, right] = [timesIn(before), timesIn(after)];
	if (left.length === 0 || left.length !== right.length || around$2(before) !== around$2(after)) return false;
	const pairs = left.flatMap((text, index) => text === right[index] ? [] : [[text, right[index] ?? ""]]);
	return pairs.length > 0 && pairs.every(([one, other]) => areClock(one, other, run));
}
const date = String.raw`\d{4}-\d\d-\d\d`;
const time = String.raw`[ T]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?: ?(?:Z|[+-]\d\d(?::?\d\d)?))?`;
const literals = new RegExp(String.raw`(?<![\w-])(?:${"[0-9a-f]{8}-[0-9a-f]{4}-[17][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"}|${date}(?:${time})?|\d{13}|\d{10})(?![\w-])`, "gi");
const timesIn = (text) => text.match(literals) ?? [];
const around$2 = (text) => text.replace(literals, "\0");
const SECOND = 1e3;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Offsets from UTC that clocks are set to: every hour, and places between them. A midnight of no place is nobody's clock. */
const offsets = [...Array.from({ length: 27 }, (_, index) => (index - 12) * HOUR), ...[
	-9.5,
	-3.5,
	-2.5,
	3.5,
	4.5,
	5.5,
	5.75,
	6.5,
	8.75,
	9.5,
	10.5,
	12.75,
	13.75
].map((hours) => hours * HOUR)];
/** A server rounds, a program cuts. */
const ROUNDED = 2;
function areClock(one, other, run) {
	const moments = [momentOf(one), momentOf(other)];
	return offsets.some((offset) => moments.every((moment) => moment !== null && (moment.local || offset === 0) && moment.since - offset <= run.until + ROUNDED && moment.until - offset >= run.since - ROUNDED));
}
function momentOf(text) {
	const lasting = (since, ms, local) => ({
		since,
		until: since + ms,
		local
	});
	if (/^\d{13}$/.test(text)) return lasting(Number(text), 1, false);
	if (/^\d{10}$/.test(text)) return lasting(Number(text) * SECOND, SECOND, false);
	if (/^[0-9a-f]{8}-/i.test(text)) return lasting(uuidTime(text), 1, false);
	const [, day = "", clock, fraction] = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d(?::\d\d)?)(\.\d+)?)?/.exec(text) ?? [];
	const since = Date.parse(`${day}T${clock ?? "00:00"}Z`) + Number(`0${fraction ?? ""}`) * SECOND;
	if (Number.isNaN(since)) return null;
	if (clock === void 0) return lasting(since, 24 * HOUR, true);
	return lasting(since, clock.length === 5 ? MINUTE : fraction === void 0 ? SECOND : 1, true);
}
/** RFC 9562: version 7 begins with milliseconds, version 1 has 100 ns since the Gregorian calendar. */
function uuidTime(text) {
	const [low = "", middle = "", high = ""] = text.split("-");
	if (high.startsWith("7")) return Number.parseInt(low + middle, 16);
	const ticks = BigInt(`0x${high.slice(1)}${middle}${low}`);
	return Number(ticks / 10000n) - 0xb1d069b5400;
}
// src/sql/irreversible.ts
const directive = /migration-gate:irreversible\b[ \t]*:?[ \t]*([^\n]*)/;
/**
* The comment that speaks for a whole migration, wherever in its text it stands; null when there is none. Of several
* the first with a reason counts.
*/
function irreversibleComment(sql) {
	if (!sql.includes("migration-gate:irreversible")) return null;
	const lines = lineFinder(sql);
	const found = commentsOf(sql).flatMap(({ text, start }) => {
		const match = directive.exec(text);
		if (match === null) return [];
		const said = match[1] ?? "";
		const reason = (text.startsWith("/*") ? said.replace(/\*\/\s*$/, "") : said).trim();
		return [{
			reason: reason === "" ? null : reason,
			line: lines(start + match.index).line
		}];
	});
	return found.find(({ reason }) => reason !== null) ?? found[0] ?? null;
}
// src/run/reversal.ts
/** The comment about a migration's way back, from either part of it. */
const saidIrreversible = ({ sql, down }) => [irreversibleComment(sql), irreversibleComment(down?.sql ?? "")].filter((comment) => comment !== null).sort((left, right) => Number(left.reason === null) - Number(right.reason === null))[0] ?? null;
/** The down that is tried: an author who says that there is no way back is believed. */
function wayBack(migration) {
	return saidIrreversible(migration)?.reason == null ? migration.down ?? null : null;
}
/**
* Applies the new migrations to a copy of base, takes them back in reverse order, and applies them again. The schema is
* read after every step.
*/
async function tryReversal(base, tool, pending, hooks = []) {
	try {
		var _usingCtx$1 = _usingCtx();
		const migrations = pending.filter(({ repeatable }) => repeatable === void 0);
		const copy = _usingCtx$1.a(await base.copy());
		const session = _usingCtx$1.a(await openSession(copy.connection));
		const apply = (migration) => applyMigrations(session, tool.bookkeeping, [migration], hooks);
		let last = null;
		const look = async () => {
			last = await snapshotOf(copy.admin, tool, last);
			return last;
		};
		const first = await look();
		const states = [first];
		const steps = [];
		for (const migration of migrations) {
			const failure = await apply(migration);
			if (failure !== null) return {
				steps: [],
				notChecked: [appliesOnlyThere(failure)]
			};
			const state = await look();
			steps.push({
				migration,
				changes: diff(states.at(-1) ?? first, state, "identity"),
				back: null,
				again: null
			});
			states.push(state);
		}
		let reverted = steps.length;
		let left = [];
		let state = states.at(-1) ?? first;
		for (; reverted > 0; reverted -= 1) {
			const step = steps[reverted - 1];
			const before = states[reverted - 1];
			if (step === void 0 || before === void 0) break;
			const down = wayBack(step.migration);
			if (down === null) break;
			const failure = await applyMigrations(session, undoing(tool.bookkeeping), [downward(step.migration, down)]);
			if (failure !== null) {
				steps[reverted - 1] = {
					...step,
					back: {
						down,
						error: failure.error,
						changes: [],
						leaves: []
					}
				};
				return {
					steps,
					notChecked: []
				};
			}
			const now = await look();
			const leaves = differing(before, now);
			const back = {
				down,
				error: null,
				changes: diff(state, now, "identity"),
				leaves: without$1(leaves, left)
			};
			steps[reverted - 1] = {
				...step,
				back
			};
			left = leaves;
			state = now;
		}
		let differed = [];
		for (let at = reverted; at < steps.length; at += 1) {
			const step = steps[at];
			const wanted = states[at + 1];
			if (step === void 0 || wanted === void 0) break;
			const failure = await apply(step.migration);
			const differs = failure === null ? differing(wanted, await look()) : [];
			steps[at] = {
				...step,
				again: {
					error: failure?.error ?? null,
					differs: without$1(differs, differed)
				}
			};
			if (failure !== null) break;
			differed = differs;
		}
		return {
			steps,
			notChecked: stoppedAt(steps[reverted - 1], tool, steps.length - reverted)
		};
	} catch (_) {
		_usingCtx$1.e = _;
	} finally {
		await _usingCtx$1.d();
	}
}
/** The down as what the tool runs. */
function downward(migration, { file, sql, transaction }) {
	const { version, name, identity, bytes, extra } = migration;
	return {
		version,
		name,
		identity,
		bytes,
		file,
		sql,
		transaction,
		...extra === void 0 ? {} : { extra }
	};
}
const undoing = (bookkeeping) => ({
	...bookkeeping,
	before: () => "",
	after: (migration) => bookkeeping.undo?.(migration) ?? ""
});
/**
* By name, since what was dropped and made again is the same to the next migration; columns' order aside, which nothing gives
* back, and the time at which something ran, which nobody chose.
*/
function differing(before, after) {
	const run = thisRun();
	return diff(before, after, "name").filter((change) => !isReordered(change) && !isClock(change, run));
}
function isReordered({ change, type, before, after }) {
	if (change !== "altered" || type !== "table" || before === null || after === null) return false;
	const lines = (text) => text.split("\n").map((line) => line.replace(/,$/, "")).sort().join("\n");
	return before.includes("\n") && lines(before) === lines(after);
}
function without$1(changes, known) {
	const keys = new Set(known.map((change) => JSON.stringify(change)));
	return changes.filter((change) => !keys.has(JSON.stringify(change)));
}
const appliesOnlyThere = ({ migration, error }) => `The way back: ${migration.file} does not apply in a session of its own (${error.message}), so that nothing could be reverted.`;
/** Which migration was the end of the way back. */
function stoppedAt(step, tool, reverted) {
	if (step === void 0) return [];
	return [noWayBack(step.migration, tool, reverted)];
}
/** Why a migration was not reverted, nor any before it. */
function noWayBack({ file, down }, tool, reverted = 0) {
	return `The way back from ${file}: ${down === void 0 ? `${tool.title} has no down for it` : down === null ? "it comes without a down" : "it is said to be irreversible"}, so that ${reverted === 0 ? "nothing was reverted" : `only what comes after it (${reverted}) was reverted`}.`;
}
// src/history/recovery.ts
const nothing = () => [];
const bySql = () => null;
const again = (title) => `${title} has recorded nothing and runs the file from its first statement again.`;
const byHand = (title) => ({
	next: again(title),
	rerun: nothing,
	finish: nothing,
	markApplied: bySql
});
/** For tools whose command for one migration is the same in both cases. */
const marked = (next, markApplied) => ({
	next,
	rerun: nothing,
	finish: (migration) => [markApplied(migration)],
	markApplied
});
const recoveries = {
	prisma: {
		next: "Prisma Migrate finds the row without an end and refuses every deploy with P3009 until somebody says what became of it.",
		rerun: ({ identity }) => [`prisma migrate resolve --rolled-back ${word(identity)}`],
		finish: ({ identity }) => [`prisma migrate resolve --applied ${word(identity)}`],
		markApplied: ({ identity }) => `prisma migrate resolve --applied ${word(identity)}`
	},
	drizzle: byHand("Drizzle"),
	flyway: {
		next: "Flyway keeps a row with success = false for a script that ran outside a transaction and refuses to migrate (“Detected failed migration”); after a rollback it has recorded nothing and runs the script again.",
		rerun: () => ["flyway repair"],
		finish: ({ version }) => ["flyway repair", skippedByFlyway(version)],
		markApplied: ({ version }) => `flyway repair && ${skippedByFlyway(version)}`
	},
	"golang-migrate": {
		next: "golang-migrate has marked the version as dirty and refuses to run anything (“Dirty database version … Fix and force version.”), also where the server took everything back.",
		rerun: (_, previous) => [`migrate force ${previous === null ? "-- -1" : word(previous.version)}`],
		finish: ({ version }) => [`migrate force ${word(version)}`],
		markApplied: ({ version }) => `migrate force ${word(version)}`
	},
	sqlx: byHand("SQLx"),
	dbmate: byHand("dbmate"),
	goose: byHand("goose"),
	supabase: marked(again("Supabase"), ({ version }) => `supabase migration repair --status applied ${word(version)}`),
	hasura: marked(again("Hasura"), (migration) => skippedByHasura(migration)),
	atlas: {
		next: "Atlas has written how many statements were applied and goes on after them; where the statements before were edited since, it refuses.",
		rerun: nothing,
		finish: ({ version }) => [`atlas migrate set ${word(version)}`],
		markApplied: ({ version }) => `atlas migrate set ${word(version)}`
	},
	liquibase: {
		next: "Liquibase has not recorded the changeset and runs it from its start again; a process that was killed leaves the lock behind, on which the next one waits.",
		rerun: nothing,
		finish: () => ["liquibase mark-next-changeset-ran"],
		unlock: "liquibase release-locks",
		markApplied: () => "liquibase changelog-sync"
	},
	sqitch: {
		next: "Sqitch reverts what the same deploy had done before (unless it was called with --mode change) and begins with this change again.",
		rerun: nothing,
		finish: ({ name }, previous) => [...previous === null ? [] : [`sqitch deploy --mode change --to ${word(previous.name)}`], `sqitch deploy --log-only --to ${word(name)}`],
		markApplied: ({ name }) => `sqitch deploy --log-only --to ${word(name)}`
	},
	"graphile-migrate": byHand("graphile-migrate"),
	"node-pg-migrate": marked(again("node-pg-migrate"), ({ identity }) => `node-pg-migrate up ${word(identity)} --fake`),
	diesel: byHand("Diesel"),
	refinery: byHand("Refinery"),
	plain: {
		...byHand(""),
		next: "Plain SQL files have no tool of their own: whether the file runs again is up to the script that runs it."
	},
	alembic: marked("Alembic has not moved its version and runs the revision from its start again; without autocommit blocks the server has taken back all revisions of the deploy.", ({ version }) => `alembic stamp ${word(version)}`),
	django: marked(again("Django"), ({ identity }) => `python manage.py migrate --fake ${djangoName(identity)}`),
	rails: byHand("Rails"),
	knex: {
		...byHand("Knex"),
		next: "Knex has recorded nothing and runs the file again; a process that was killed leaves its lock behind, which stops every later run.",
		unlock: "knex migrate:unlock"
	},
	typeorm: {
		...byHand("TypeORM"),
		markApplied: () => "typeorm migration:run --fake"
	},
	sequelize: byHand("Sequelize"),
	kysely: byHand("Kysely"),
	"mikro-orm": byHand("MikroORM"),
	ecto: byHand("Ecto")
};
const skippedByFlyway = (version) => `flyway migrate -skipExecutingMigrations=true -target=${word(version)}`;
/** From its third version on the command asks which database is meant, whose name the directory has. */
function skippedByHasura({ version, file }) {
	const [parent, database] = file.split("/").slice(-4, -2);
	const named = parent === "migrations" && database !== void 0 ? ` --database-name ${word(database)}` : "";
	return `hasura migrate apply --version ${word(version)} --skip-execution${named}`;
}
const djangoName = (identity) => {
	const dot = identity.indexOf(".");
	return `${word(identity.slice(0, dot))} ${word(identity.slice(dot + 1))}`;
};
/** What the tool offers; for a command that we do not know: nothing but the fact. */
const recoveryOf = (tool) => recoveries[tool.name] ?? {
	...byHand(tool.title),
	next: `${tool.title} decides by its own rules whether the migration runs again.`
};
/** What records a migration on a database that has what it makes: a command of the tool's, or its row as SQL; null = unknown. */
function recording(tool, migration) {
	const command = recoveryOf(tool).markApplied(migration);
	if (command !== null) return command;
	const { before, after } = tool.bookkeeping;
	const sql = `${before(migration)} ${after(migration)}`.trim();
	return sql === "" || sql.length > 1e3 ? null : sql;
}
// src/rules/observed.ts
/** Every statement that ran, in order. */
function* places(context) {
	for (const migration of context.migrations) for (const statement of migration.statements) yield {
		migration,
		statement
	};
}
/** Where a finding about a statement points to. */
const at = ({ migration, statement }) => ({
	migration: migration.version,
	file: migration.file,
	line: statement.line,
	endLine: statement.endLine,
	statement: statement.index
});
/** Is a finding about this statement? A file may hold several migrations, each with statements of its own. */
const isAbout = (draft, { migration, statement }) => draft.file === migration.file && draft.migration === migration.version && draft.statement === statement.index;
const nameOf = (relation) => `${relation.schema}.${relation.relation}`;
/** Locks on one base relation after the statement. By oid: the statement may have renamed it. */
const locksOn = (statement, oid) => statement.locks.filter((lock) => lock.oid === oid);
/** What was seen of one base relation while the statement ran. */
function evidenceOn(statement, relation) {
	const lock = strongest(locksOn(statement, relation.oid));
	return {
		lock: lock?.mode ?? null,
		blocks: lock === void 0 ? [] : blocks(lock.mode),
		scan: readsRows(statement),
		rewrite: statement.rewrites.includes(nameOf(relation))
	};
}
/** Did the statement read all rows of some base table: a scan, a check of every row or an index build? */
const readsRows = (statement) => statement.scans.length > 0 || verifiedTable(statement) || builtIndexes(statement).length > 0;
/** "verifying table" is said when ALTER TABLE reads every row to check a constraint, on an empty table too. */
const verifiedTable = (statement) => statement.proofs.some((proof) => proof.startsWith("verifying table "));
/** "validating foreign key constraint": the rows of the referencing table are joined with the referenced one. */
const validatedForeignKey = (statement) => statement.proofs.some((proof) => proof.startsWith("validating foreign key constraint "));
/** The server read existing constraints instead of the rows, for this column. */
const provenNotNull = (statement, table, column) => statement.proofs.some((proof) => proof.startsWith(`existing constraints on column "${table}.${column}" are sufficient`));
/** Indexes that the statement built, by the server's own words; the names come without their schema. */
function builtIndexes(statement) {
	return statement.proofs.flatMap((proof) => {
		const match = /^building index "(.*)" on table "(.*)" (?:serially|with request )/s.exec(proof);
		return match === null ? [] : [{
			index: match[1] ?? "",
			table: match[2] ?? ""
		}];
	});
}
/** What a finding that accounts for all of a statement's reading and rewriting says it explains. */
const everythingOf = (statement) => [.../* @__PURE__ */ new Set([...statement.scans, ...statement.rewrites])];
/** Where the work hides, when the statement's text is not the statement that did it. */
function hiddenIn(statement) {
	const { node } = statement;
	if (node === null) return "a statement that could not be analysed";
	if ("DoStmt" in node) return "a DO block";
	if ("CallStmt" in node) return "a procedure";
	if ("SelectStmt" in node) return "a function";
	if ("ExecuteStmt" in node) return "a prepared statement";
	return null;
}
// src/rules/wording.ts
/** `a`, `a and b`, `a, b and c`; after `most` names the rest is counted. */
function listed$1(names, most = 3) {
	if (names.length > most) {
		const rest = names.length - most;
		return `${names.slice(0, most).join(", ")} and ${rest} more`;
	}
	if (names.length < 2) return names.join("");
	return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
const counted$1 = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;
/** What commits by itself, in the words of the user's tool. */
const apart = ({ tool }) => tool.sharesTransaction === true ? "a deployment of its own" : "a migration of its own";
/** `blocks reads and writes of public.users`, for a headline. */
function blocksWhom(evidence, object) {
	if (evidence.blocks.includes("reads")) return `blocks reads and writes of ${object}`;
	if (evidence.blocks.includes("writes")) return `blocks writes to ${object}`;
	return `locks ${object}`;
}
/**
* Who waits for what, in one sentence with what was seen.
* @param work what the lock is held for: `it reads every row`
*/
function whoWaits(statement, relation, evidence, work) {
	const object = nameOf(relation);
	const lock = strongest(locksOn(statement, relation.oid));
	const hidden = hiddenIn(statement);
	const subject = hidden === null ? "The statement" : `Hidden in ${hidden}, the statement`;
	const seen = statement.source === "observed" ? "seen on the shadow" : "as the Postgres manual says";
	const held = lock === void 0 ? subject : lock.new ? `${subject} holds ${lockTitle(lock.mode)} on ${object} while` : `${subject} runs under ${lockTitle(lock.mode)} on ${object}, held since an earlier statement of the same transaction, while`;
	const waits = evidence.blocks.includes("reads") ? `every read and write of ${object} waits` : `every write to ${object} waits (reads go on)`;
	return `${lock === void 0 ? `${subject}: ${work}` : `${held} ${work}`} (${seen}), so ${waits} for a time that grows with the table.`;
}
// src/rules/history/divergence.ts
/** The change that tells of the divergence: it is one fact, however many files brought it about. */
const tellers = [
	"edited",
	"deleted",
	"renamed",
	"out-of-order",
	"duplicate-version",
	"edited-cosmetic"
];
const teller = ({ historyChanges }) => tellers.flatMap((kind) => historyChanges.filter((each) => each.kind === kind)).at(0);
/** Does a new database get another schema than production, or none at all? */
const diverges = ({ divergence, freshFailure }) => divergence.length > 0 || freshFailure !== null;
/**
* What a new database will have and production will not, in words; '' when they end in the same schema.
* Only the first change in the order of their weight says it.
*/
function divergenceSentence(context, change) {
	if (teller(context) !== change) return "";
	const { freshFailure } = context;
	return freshFailure === null ? differenceWords(context.divergence) : failureWords(freshFailure);
}
/** ` A new database cannot be built any more: …` */
function failureWords({ migration, error }) {
	return ` A new database cannot be built any more: ${`${error.file ?? migration.file}:${error.line}`}: ${error.message.replace(/\.$/, "")}.`;
}
/** Was it tried, and do both ways end in the same schema? */
const provedEqual = (context) => context.compared === true && !diverges(context);
/** ` The schemas diverge: …` with the first differences, '' where there are none. */
function differenceWords(divergence) {
	if (divergence.length === 0) return "";
	const gone = together(divergence.filter(({ change }) => change === "removed"));
	const come = together(divergence.filter(({ change }) => change === "added"));
	const rest = divergence.filter(({ change }) => change === "altered" || change === "renamed");
	const shown = rest.slice(0, named$1).filter((change) => !isLong(change));
	const other = together(rest.slice(0, named$1).filter(isLong));
	const told = [
		...gone === "" ? [] : [`production will have ${gone}, a new database will not`],
		...come === "" ? [] : [`a new database will have ${come}, production will not`],
		...shown.map(inWords$2),
		...other === "" ? [] : [`${other} will differ between production and a new database`]
	];
	const more = rest.length > named$1 ? ` (and ${counted$1(rest.length - named$1, "more difference")})` : "";
	return ` The schemas diverge: ${told.join("; ")}${more}.`;
}
/** So many are named of what is only here, only there, and on both sides in another way. */
const named$1 = 3;
/** `table public.a, columns public.b.c and public.b.d (and 4 more)`; '' where there is none. */
function together(those) {
	const shown = those.slice(0, named$1);
	return `${listed$1([...new Set(shown.map(({ type }) => type))].map((kind) => {
		const names = shown.flatMap(({ type, name }) => type === kind ? [name] : []);
		return `${names.length === 1 ? kind.replaceAll("-", " ") : plural(kind)} ${listed$1(names)}`;
	}))}${those.length > named$1 ? ` (and ${those.length - named$1} more)` : ""}`;
}
const plural = (kind) => {
	const word = kind.replaceAll("-", " ");
	return word.endsWith("y") ? `${word.slice(0, -1)}ies` : word.endsWith("x") ? `${word}es` : `${word}s`;
};
/** `divergence` goes from the upgrade path (production) to the fresh path (a new database). */
function inWords$2(change) {
	const object = `${change.type.replaceAll("-", " ")} ${change.name}`;
	if (change.change === "renamed") return `production will call it ${change.previousName}, a new database ${object}`;
	if (change.orderOnly === true) return `only the order of the columns of ${object} will differ`;
	return `${object} will be "${change.before}" in production and "${change.after}" in a new database`;
}
/** More than a sentence can show. */
const isLong = ({ change, orderOnly, before, after }) => change === "altered" && orderOnly !== true && !(isShort(before) && isShort(after));
const isShort = (definition) => definition !== null && definition.length <= 80 && !definition.includes("\n");
// src/rules/history/shell.ts
/** The command that takes files back to what base has, safe to paste into a shell. */
function restoreCommand(baseRef, files) {
	return `git checkout ${word(baseRef)} -- ${files.map((file) => word(literalPath(file))).join(" ")}`;
}
/** git takes `*`, `?`, `[` and a leading `:` in a path for a pattern. */
const literalPath = (file) => /^:|[*?[\\]/.test(file) ? `:(literal)${file}` : file;
/** Files that one finding names. */
const named = 10;
/** One finding each for a few changes, one for all of many. */
function grouped(changes, describe) {
	if (changes.length === 0) return [];
	if (changes.length >= 6) return [describe(changes)];
	return changes.map((change) => describe([change]));
}
/** Up to ten files, one a line. */
function fileList(files) {
	const more = files.length > named ? [`… and ${files.length - named} more`] : [];
	return [...files.slice(0, named), ...more].join("\n");
}
/** ` It is on main since 2026-03-01 (abc1234567).` or '' where the clone does not tell; for many the oldest of those known. */
function sinceSentence({ wayOut, baseRef }, changes) {
	const [oldest] = changes.flatMap(({ previousFile, file }) => wayOut?.since.get(previousFile ?? file) ?? []).toSorted((a, b) => a.date < b.date ? -1 : a.date > b.date ? 1 : 0);
	if (oldest === void 0) return "";
	return ` ${changes.length === 1 ? "It is" : "The oldest of them is"} on ${baseRef} since ${oldest.atLeast ? "at least " : ""}${oldest.date} (${oldest.sha.slice(0, 10)}).`;
}
/** The command that takes them back; for many that of their directory, which holds files of base only to restore. */
function takeBack({ baseRef }, changes) {
	const files = changes.map(({ file, previousFile }) => previousFile ?? file);
	if (files.length <= named) return restoreCommand(baseRef, files);
	const directory = commonDirectory(files);
	return directory === "" ? restoreCommand(baseRef, ["."]) : restoreCommand(baseRef, [directory]);
}
function commonDirectory(files) {
	const [first = [], ...rest] = files.map((file) => file.split("/").slice(0, -1));
	const differs = first.findIndex((segment, index) => rest.some((other) => other[index] !== segment));
	return (differs === -1 ? first : first.slice(0, differs)).join("/");
}
/** The renames, and what an integrity file needs after them; none where a name alone is not enough. */
function moveCommands(context, file) {
	const moves = context.wayOut?.moves.get(file) ?? [];
	if (moves.length === 0) return [];
	const directory = file.slice(0, Math.max(0, file.lastIndexOf("/")));
	return [...moves.map(({ from, to }) => `git mv -- ${word(from)} ${word(to)}`), ...context.tool.name === "atlas" ? [`atlas migrate hash --dir ${word(`file://${directory}`)}`] : []];
}
/** The proved migration, at the one change that tells of the divergence. */
function meetingFix(context, changes) {
	const meeting = context.wayOut?.meeting;
	const told = teller(context);
	if (meeting == null || told === void 0 || !changes.includes(told)) return null;
	const name = meeting.file === null ? "A new migration" : `New migration ${meeting.file}`;
	const order = meeting.otherOrder ? ", but for the order of columns, which no migration changes" : "";
	return {
		sql: meeting.text.trimEnd(),
		sameSchema: true,
		proved: `${name}, with the files taken back (tried on empty tables: after it production has what the changed files make in a new database${order}; the gate checks it like any other migration):`
	};
}
// src/rules/history/schema-squash.ts
/** Migrations that are gone since new databases are made of the tool's schema file. Where it has all of them, nobody has to be told. */
function toldOfSchema(context, { into, gone, changes, compared, baseFrom }) {
	const { tool, divergence, freshFailure, baseRef } = context;
	const equal = compared && divergence.length === 0 && freshFailure === null;
	const those = gone.length === 1 ? "an applied migration that is" : `${gone.length} applied migrations that are`;
	const them = gone.length === 1 ? "it" : "them";
	const outcome = equal ? ", with the same schema" : compared ? ", with another schema" : "";
	const difference = freshFailure === null ? differenceWords(divergence) : failureWords(freshFailure);
	const tried = `${baseFrom == null ? "base’s migrations" : `base’s own ${baseFrom}, which its migrations alone do not make,`} and the pending ones, against ${into.file} as ${tool.title} loads it into an empty database and the migrations after it`;
	const message = equal ? `Both make the same schema: tried, ${tried}. Rows that migrations wrote are not compared: new databases do not get them. ${tool.onHistoryChange.deleted.loaded ?? tool.onHistoryChange.deleted.says} A database that is further behind than ${baseRef} never gets what the files did: deploy ${baseRef} there first.` : `${compared ? `They do not make the same schema (${tried}).${difference}` : "Whether they make the same schema could not be tried."}${sinceSentence(context, changes)} Write ${into.file} again, with all that ${gone.length === 1 ? "it" : "they"} made, or take ${them} back:`;
	return {
		migration: null,
		file: into.file,
		line: null,
		endLine: null,
		object: null,
		severity: equal ? "notice" : "error",
		title: `${into.file} stands for ${those} gone${outcome}`,
		message,
		evidence: null,
		fix: null,
		commands: equal ? [] : [takeBack(context, changes)],
		detail: {
			language: "text",
			text: fileList(gone)
		}
	};
}
// src/rules/history/squashed-history.ts
const users$4 = "CREATE TABLE users (id bigint PRIMARY KEY);";
const logs$1 = "CREATE TABLE logs (id bigint PRIMARY KEY);";
const squashedHistory = {
	name: "squashed-history",
	about: "history",
	severity: "error",
	summary: "Migrations that base has were put together in one, or left to the schema file that new databases are made of.",
	why: "A long history may be replaced by one file when both make the same schema, which is tried: the upgrade path has base’s files, the fresh path has head’s, and the two schemas are compared by name. What is not in a schema (rows that migrations wrote) is not compared.\n\nDatabases that have run the old files must not run the new one: they have to be told that it is applied, before the next deploy.\n\nRails makes new databases of `db/schema.rb` or `db/structure.sql`. Where the files that are gone are the beginning of base’s history and no newer than that, the fresh path is what `rails db:schema:load` makes of head’s and the migrations after it, without the order of columns. If that is the schema of the upgrade path, it is a notice: no database has to be told anything.",
	instead: "Make the one file so that the schemas are equal, say `accept-squash: true` (or the path of the directory) in the config of base, and record the file as applied on every database.",
	sources: ["https://www.prisma.io/docs/orm/prisma-migrate/workflows/squashing-migrations"],
	peers: [
		"flyway baseline",
		"django squashmigrations",
		"atlas migrate checkpoint"
	],
	bad: [{
		title: "Two files become one that makes the same",
		base: {
			"1_users.sql": users$4,
			"2_logs.sql": logs$1
		},
		migration: { "3_all.sql": `${users$4}\n${logs$1}` },
		line: null
	}, {
		title: "Two files become one that lacks a table",
		base: {
			"1_users.sql": users$4,
			"2_logs.sql": logs$1
		},
		migration: { "1_all.sql": users$4 },
		line: null
	}],
	good: [{
		title: "Files stay",
		base: {
			"1_users.sql": users$4,
			"2_logs.sql": logs$1
		},
		migration: {
			"1_users.sql": users$4,
			"2_logs.sql": logs$1,
			"3_x.sql": "CREATE TABLE x (id bigint PRIMARY KEY);"
		}
	}, {
		title: "One more file",
		base: { "1_users.sql": users$4 },
		migration: {
			"1_users.sql": users$4,
			"2_logs.sql": logs$1
		}
	}],
	check: (context) => {
		if (context.squash == null) return [];
		return [(context.squash.load === true ? toldOfSchema : told$1)(context, context.squash)];
	}
};
function told$1(context, squash) {
	const { tool, divergence, freshFailure } = context;
	const { into, also = [], gone, accepted, compared, settled, recorded } = squash;
	const all = [into, ...also];
	const equal = compared && divergence.length === 0 && freshFailure === null;
	const verb = gone.length === 0 ? "stands for the history" : `${also.length === 0 ? "replaces" : "replace"} ${gone.length} applied migrations`;
	const name = also.length === 0 ? into.file : `${into.file} and ${also.length} more`;
	const be = also.length === 0 ? "is" : "are";
	const records = all.flatMap((one) => recording(tool, one) ?? []);
	const settling = settled === true ? [] : into.onlyWhenEmpty === true ? gone.length > 0 && tool.name === "flyway" ? ["flyway repair"] : [] : records;
	const existing = settled === true ? ` ${context.baseRef} has ${into.file} already, which says that it replaces them: a database that is at ${context.baseRef} has recorded it and does not miss them. One that is further behind has to be deployed at ${context.baseRef} first.` : into.onlyWhenEmpty === true ? gone.length === 0 ? " Existing databases do not run it." : ` Existing databases do not run it; ${tool.title} has to be told there that the old files are gone.` : records.length < all.length && recorded === true && overlooks(tool) ? ` Existing databases have recorded its version and do not run it. One that is further behind than ${context.baseRef} would: deploy ${context.baseRef} there first.` : records.length < all.length ? ` Every existing database must be told, by the script that deploys, that ${name} ${be} applied.` : ` On every existing database ${also.length === 0 ? "it has" : "they have"} to be recorded as applied before the next deploy:`;
	const difference = freshFailure === null ? differenceWords(divergence) : failureWords(freshFailure);
	const message = equal ? `Both make the same schema: tried, base’s files against head’s from empty. Rows that migrations wrote are not compared.${accepted ? "" : ` ${acceptance(context)}`}${existing}` : `${compared ? `They do not make the same schema.${difference}` : "Whether they make the same schema could not be tried."}${sinceSentence(context, squash.changes)}${gone.length === 0 ? "" : ` Mend ${also.length === 0 ? into.file : "them"}, or take the files back:`}`;
	return {
		migration: into.version,
		file: into.file,
		line: null,
		endLine: null,
		object: null,
		severity: equal && (accepted || gone.length === 0) ? "notice" : "error",
		title: `${name} ${verb}${equal ? ", with the same schema" : compared ? ", with another schema" : ""}`,
		message,
		evidence: null,
		fix: null,
		commands: equal ? settling : gone.length === 0 ? [] : [takeBack(context, squash.changes)],
		...gone.length === 0 ? {} : { detail: {
			language: "text",
			text: fileList(gone)
		} }
	};
}
/** What is recorded is neither run again nor missed. */
const overlooks = ({ onHistoryChange: { edited, deleted } }) => edited.does === "ignores" && deleted.does === "ignores";
const acceptance = ({ baseRef }) => `To let it pass, say accept-squash: true in the config that ${baseRef} has.`;
// src/rules/comments/unused-allow.ts
/** Found by the engine itself, which alone knows what the comments matched. */
const unusedAllow = {
	name: "unused-allow",
	about: "comment",
	severity: "warning",
	summary: "A `migration-gate:allow` comment accepts nothing.",
	why: "It names a rule that finds nothing there, a rule that does not exist, or gives no reason. It looks as if something had been looked at and accepted, and it will hide the next finding that comes along.",
	instead: "Remove it, or correct the rule’s name, its place (on the line above the statement, or apart at the top of the file) or its reason.",
	sources: [],
	peers: ["squawk unused-ignore"],
	bad: [
		{
			title: "Nothing to accept",
			base: "CREATE TABLE users (id bigint PRIMARY KEY);",
			migration: "-- migration-gate:allow drop-table: nobody uses it\nALTER TABLE users ADD COLUMN email text;"
		},
		{
			title: "A misspelt rule",
			base: "CREATE TABLE users (id bigint PRIMARY KEY);",
			migration: "ALTER TABLE users ADD COLUMN email text;\n-- migration-gate:allow drop-tabel: nobody uses it\nSELECT 1;",
			line: 2
		},
		{
			title: "No reason",
			base: "CREATE TABLE users (id bigint PRIMARY KEY);",
			migration: "-- migration-gate:allow drop-table\nSELECT 1;"
		}
	],
	good: [{
		title: "A finding is accepted",
		base: "CREATE TABLE sessions (id bigint PRIMARY KEY);",
		migration: "-- migration-gate:allow drop-table: moved to Redis in March\nDROP TABLE sessions;"
	}, {
		title: "For the whole file",
		base: "CREATE TABLE a (id bigint PRIMARY KEY);\nCREATE TABLE b (id bigint PRIMARY KEY);",
		migration: "-- migration-gate:allow drop-table: both are empty since March\n\nDROP TABLE a;\nDROP TABLE b;"
	}],
	check: () => []
};
// src/rules/alter-table.ts
/** Every ALTER TABLE of the new migrations whose table base has. */
function* alterTables(context) {
	for (const place of places(context)) {
		const { node } = place.statement;
		if (node === null || !("AlterTableStmt" in node)) continue;
		const alter = node.AlterTableStmt;
		const relation = alter.relation;
		if (relation?.relname === void 0 || alter.objtype !== "OBJECT_TABLE") continue;
		const table = context.resolve(relation.schemaname, relation.relname, place.statement);
		if (table === void 0 || table.kind !== "table") continue;
		yield {
			...place,
			table,
			name: nameOf(table),
			sqlName: qualified(relation.schemaname, relation.relname),
			node: alter,
			commands: (alter.cmds ?? []).flatMap((cmd) => "AlterTableCmd" in cmd ? [cmd.AlterTableCmd] : [])
		};
	}
}
/** `ALTER TABLE [ONLY] name`, as the statement has it. */
const alterTable = ({ node, sqlName }) => `ALTER TABLE ${node.relation?.inh === true ? "" : "ONLY "}${sqlName}`;
/** Columns that the statement adds and base has not (IF NOT EXISTS may have found one). */
function addedColumns(alter, context) {
	return alter.commands.flatMap((command) => {
		if (command.subtype !== "AT_AddColumn" || command.def === void 0 || !("ColumnDef" in command.def)) return [];
		const column = command.def.ColumnDef;
		const name = column.colname ?? "";
		if (command.missing_ok === true && context.before?.byName("column", `${alter.name}.${name}`) !== void 0) return [];
		return [{
			command,
			column,
			name,
			constraints: constraintsOf(column)
		}];
	});
}
const constraintsOf = (column) => (column.constraints ?? []).flatMap((node) => "Constraint" in node ? [node.Constraint] : []);
const hasConstraint = (added, type) => added.constraints.some((constraint) => constraint.contype === type);
/** Table constraints that the statement adds. */
function addedConstraints(alter, type) {
	return alter.commands.flatMap((command) => {
		if (command.subtype !== "AT_AddConstraint" || command.def === void 0) return [];
		if (!("Constraint" in command.def) || command.def.Constraint.contype !== type) return [];
		return [{
			command,
			constraint: command.def.Constraint
		}];
	});
}
/** Texts of a list of String nodes: column names of a constraint. */
const strings$1 = (nodes) => (nodes ?? []).flatMap((node) => "String" in node ? [node.String.sval ?? ""] : []);
/** Is this name already used by a constraint or an index of the table's schema? */
function nameTaken(context, table) {
	return (name) => context.before?.byName("constraint", `${nameOf(table)}.${name}`) !== void 0 || context.before?.byName("index", `${table.schema}.${name}`) !== void 0 || context.before?.byName("table", `${table.schema}.${name}`) !== void 0;
}
// src/rules/backfill.ts
/** Rows that one statement of a backfill writes: enough to be fast, few enough to lock rows for a moment only. */
const batch = 5e3;
/** How the comment begins that tells to fill a column. */
const fillOutside = "Then, outside of migrations, ";
/**
* Comment lines that fill a column in batches outside the migration, each batch a transaction of its own: by
* primary key, so that no row is looked at twice and a stopped run goes on where it was, or by ctid where the table
* has none.
*/
function backfill(context, rows) {
	const keys = primaryKey(context, rows.table);
	return [...keys === null ? byPlace(rows) : byKey(rows, keys), `Check that nothing is left: SELECT count(*) FROM ${rows.sqlName} WHERE ${rows.missing};`];
}
function byKey({ sqlName, column, value, missing }, keys) {
	const list = keys.map(identifier).join(", ");
	const several = keys.length > 1;
	const row = several ? `(${list})` : list;
	const last = several ? `(${keys.map((_, index) => `:last_${index + 1}`).join(", ")})` : ":last";
	const newest = keys.map((key) => `${identifier(key)} DESC`).join(", ");
	return [
		`${fillOutside}${batch} rows at a time (each run commits by itself):`,
		`  WITH batch AS (SELECT ${list} FROM ${sqlName} WHERE ${row} > ${last} ORDER BY ${list} LIMIT ${batch}),`,
		`  filled AS (UPDATE ${sqlName} SET ${identifier(column)} = ${value} WHERE ${row} IN (SELECT ${list} FROM batch) AND ${missing})`,
		`  SELECT ${list} FROM batch ORDER BY ${newest} LIMIT 1;`,
		`It returns the ${last} of the next run (the first has no WHERE before ORDER BY), and no row at the end. Keep it: a stopped run goes on from there.`
	];
}
function byPlace({ sqlName, column, value, missing }) {
	return [
		`${fillOutside}${batch} rows at a time, again and again until it says UPDATE 0 (each run commits by itself):`,
		`  UPDATE ${sqlName} SET ${identifier(column)} = ${value}`,
		`  WHERE ctid = ANY (ARRAY(SELECT ctid FROM ${sqlName} WHERE ${missing} LIMIT ${batch}));`
	];
}
/**
* The same as one statement that commits each batch by itself, for a migration that runs outside of a transaction: a
* procedure's loop (PostgreSQL manual, 43.8). Null for a table whose key is not one column.
*/
function batchLoop(context, rows) {
	const { table, sqlName, column, value, missing } = rows;
	const [key, ...more] = (primaryKey(context, table) ?? []).map(identifier);
	if (key === void 0 || more.length > 0) return null;
	const next = `SELECT ${key} FROM ${sqlName}`;
	const loop = `
DECLARE
  _next ${sqlName}.${key}%TYPE := (${next} ORDER BY ${key} LIMIT 1);
BEGIN
  WHILE _next IS NOT NULL LOOP
    UPDATE ${sqlName} SET ${identifier(column)} = ${value}
    WHERE ${key} IN (${next} WHERE ${key} >= _next ORDER BY ${key} LIMIT ${batch}) AND ${missing};
    COMMIT;
    _next := (${next} WHERE ${key} >= _next ORDER BY ${key} OFFSET ${batch} LIMIT 1);
  END LOOP;
END`;
	return loop.includes("$$") ? null : `DO $$${loop} $$;`;
}
/** Columns of the table's primary key in base, null where it has none. */
function primaryKey(context, table) {
	const columns = (context.before?.objects.find(({ type, container, facts }) => type === "constraint" && container === nameOf(table) && facts.kind === "primary-key"))?.columns.flatMap((identity) => context.before?.byIdentity(identity)?.local ?? []);
	return columns === void 0 || columns.length === 0 ? null : columns;
}
/** Types without an equality operator, or whose `=` compares something else than the value (an area, a length). */
const incomparable = /* @__PURE__ */ new Set([
	"json",
	"xml",
	"point",
	"line",
	"lseg",
	"box",
	"path",
	"polygon",
	"circle",
	"pg_snapshot"
]);
/** `left IS DISTINCT FROM right`, by way of text where the type knows no such comparison. */
function differs(left, right, type) {
	const plain = type.trim().replace(/(\s*\[\d*\])+$/, "");
	const name = plain.slice(plain.lastIndexOf(".") + 1).toLowerCase();
	return incomparable.has(name) ? `CAST(${left} AS text) IS DISTINCT FROM CAST(${right} AS text)` : `${left} IS DISTINCT FROM (${right})`;
}
// src/rules/recipe.ts
/**
* The SQL of a fix. Steps that need migrations of their own are told apart by comments in the words of the
* user's tool. Null when a part could not be written or does not parse: a fix that does not run is never shown.
*/
function recipe(context, steps, options) {
	if (steps.some((step) => step.sql.includes(null))) return null;
	const withSql = steps.filter((step) => step.sql.length > 0).length;
	let migration = 0;
	const sql = steps.map((step) => {
		const lines = [];
		if (step.sql.length > 0) {
			migration += 1;
			const unit = context.tool.sharesTransaction === true ? "Deployment" : "Migration";
			const where = withSql === 1 ? "In place of the statement" : `${unit} ${migration} of ${withSql}`;
			lines.push(...comment(`${where}: ${step.title}`));
		} else lines.push(...comment(step.title));
		if (step.outsideTransaction === true && step.sql.length > 0) lines.push(...outside(context));
		lines.push(...step.sql);
		lines.push(...(step.notes ?? []).flatMap(comment));
		return lines.join("\n");
	}).join("\n\n");
	if (parseFile(sql).error !== null) return null;
	const backfilled = steps.some(({ notes }) => fills$1(notes));
	const [only, ...more] = steps;
	const inPlace = more.length > 0 || backfilled ? void 0 : only?.sql.join("\n");
	return {
		sql,
		sameSchema: options.sameSchema,
		...backfilled ? { backfilled } : {},
		...inPlace ? { inPlace } : {},
		parts: steps.map(({ title, sql: statements, outsideTransaction, notes }) => ({
			title,
			sql: statements,
			outsideTransaction: outsideTransaction === true,
			fills: fills$1(notes)
		}))
	};
}
const fills$1 = (notes) => notes?.some((note) => note.startsWith(fillOutside)) === true;
/** What stands above a statement that refuses a transaction, for the user's tool. */
function outside({ tool }) {
	const { directive, advice } = tool.noTransaction;
	if (directive === null) return comment(folded(advice));
	return [...comment("A file of its own, outside a transaction; it begins with:"), directive];
}
/** A statement that refuses a transaction, as it is and by itself. */
const outsideAlone = (context, sql) => ({
	sql: [...outside(context), `${sql};`].join("\n"),
	sameSchema: false,
	parts: [{
		title: "by itself",
		sql: [`${sql};`],
		outsideTransaction: true,
		fills: false
	}]
});
/** A sentence over lines that no output cuts. */
function folded(text) {
	const lines = [""];
	for (const word of text.split(" ")) {
		const line = lines.at(-1) ?? "";
		if (line !== "" && line.length + word.length > 100) lines.push(word);
		else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
	}
	return lines.join("\n");
}
/** Text as comment lines. A name with a line break in it must not end the comment. */
const comment = (text) => text.split(/[\r\n]+/).map((line) => `-- ${line}`);
// src/rules/columns/not-null-recipe.ts
/**
* The steps that make a filled column NOT NULL without reading the rows under a lock that blocks. From 18 on a
* NOT NULL constraint can be NOT VALID by itself; before, a valid CHECK proves it to SET NOT NULL (12 and newer).
* @param alter `ALTER TABLE name`
*/
function notNullSteps(context, alter, table, columns) {
	const named = columns.map((column) => ({
		column: identifier(column),
		constraint: identifier(context.postgresMajor >= 18 ? withEnding(`${table}_${column}`, "_not_null") : withEnding(`${table}_${column}`, "_not_null_check"))
	}));
	const validate = named.map(({ constraint }) => `${alter} VALIDATE CONSTRAINT ${constraint};`);
	if (context.postgresMajor >= 18) return [{
		title: "refuse new NULLs without reading the rows",
		sql: named.map(({ column, constraint }) => `${alter} ADD CONSTRAINT ${constraint} NOT NULL ${column} NOT VALID;`)
	}, {
		title: "read the rows while reads and writes go on (fails if a NULL is left)",
		sql: validate
	}];
	return [{
		title: "refuse new NULLs without reading the rows",
		sql: named.map(({ column, constraint }) => `${alter} ADD CONSTRAINT ${constraint} CHECK (${column} IS NOT NULL) NOT VALID;`)
	}, {
		title: "read the rows while reads and writes go on (fails if a NULL is left); the CHECK then proves NOT NULL",
		sql: [...validate, ...named.flatMap(({ column, constraint }) => [`${alter} ALTER COLUMN ${column} SET NOT NULL;`, `${alter} DROP CONSTRAINT ${constraint};`])]
	}];
}
// src/rules/columns/add-column-constrained-domain.ts
const addColumnConstrainedDomain = {
	name: "add-column-constrained-domain",
	about: "statement",
	severity: "error",
	summary: "A column of a domain that has a CHECK or NOT NULL is added to an existing table.",
	why: "The new column is NULL (or has one default) in all rows, but the constraints of the domain must be looked at: the server copies the whole table and builds all indexes anew under ACCESS EXCLUSIVE, while all reads and writes wait. A domain without constraints costs nothing. Where the domain is NOT NULL and the column has no default, it fails as soon as the table has a row.",
	instead: "A column of the domain’s base type, and the condition as a CHECK of the table that is added `NOT VALID` and validated in a migration of its own.",
	sources: ["https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES", "https://www.postgresql.org/docs/current/sql-createdomain.html"],
	peers: ["eugene E5 (trace)"],
	bad: [{
		title: "A domain with a CHECK",
		base: "CREATE DOMAIN positive AS int CHECK (value > 0);\nCREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "ALTER TABLE users ADD COLUMN age positive;"
	}, {
		title: "With a default and NOT NULL, the domain in another schema",
		base: `CREATE SCHEMA "Types";\nCREATE DOMAIN "Types"."Email" AS varchar(200) NOT NULL CONSTRAINT "has @" CHECK (value LIKE '%@%');\nCREATE TABLE "User" (id bigint PRIMARY KEY);`,
		migration: `ALTER TABLE "User" ADD COLUMN "eMail" "Types"."Email" DEFAULT 'a@b' NOT NULL;`
	}],
	good: [{
		title: "A domain without constraints",
		base: "CREATE DOMAIN name AS varchar(200);\nCREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "ALTER TABLE users ADD COLUMN nick public.name;"
	}, {
		title: "In a table that the migration creates",
		base: "CREATE DOMAIN positive AS int CHECK (value > 0);",
		migration: "CREATE TABLE users (id bigint PRIMARY KEY);\nALTER TABLE users ADD COLUMN age positive;"
	}],
	check: (context) => [...alterTables(context)].flatMap((alter) => {
		const { statement, table, name } = alter;
		const rewrites = statement.rewrites.length > 0;
		if (!rewrites && !verifiedTable(statement) && statement.scans.length === 0) return [];
		const columns = addedColumns(alter, context).flatMap((added) => {
			const domain = domainOf(context, added);
			return domain === void 0 ? [] : [{
				added,
				domain
			}];
		});
		if (columns.length === 0) return [];
		const evidence = evidenceOn(statement, table);
		const objects = columns.map(({ added }) => `${name}.${added.name}`);
		const required = columns.filter(({ added, domain }) => domain.facts.notNull === true && !added.constraints.some(({ contype }) => contype === "CONSTR_DEFAULT"));
		return [{
			...at(alter),
			object: objects[0] ?? null,
			title: `Adding ${listed$1(columns.map(({ added, domain }) => `${name}.${added.name} of domain ${domain.name}`))} ${rewrites ? "rewrites the table and " : ""}${blocksWhom(evidence, name)}`,
			message: `${whoWaits(statement, table, evidence, `it ${rewrites ? "copies" : "reads"} every row to look at the constraints of the domain`)}${required.length === 0 ? "" : " The domain is NOT NULL and there is no default, so it fails as soon as the table has a row."} Add a column of the base type, and the condition as a CHECK that is NOT VALID at first.`,
			evidence: {
				...evidence,
				scan: true,
				rewrite: rewrites
			},
			fix: required.length > 0 ? null : fixFor$18(context, alter, columns),
			explains: everythingOf(statement)
		}];
	})
};
/** The constrained domain of a new column. */
function domainOf(context, added) {
	const names = (added.column.typeName?.names ?? []).flatMap((node) => "String" in node ? [node.String.sval ?? ""] : []);
	if ((added.column.typeName?.arrayBounds ?? []).length > 0) return void 0;
	const domain = context.after?.objects.find(({ type, name, local }) => type === "domain" && (names.length > 1 ? name === names.join(".") : local === names[0]));
	return domain !== void 0 && (domain.members.length > 0 || domain.facts.notNull === true) ? domain : void 0;
}
function fixFor$18(context, alter, columns) {
	const checks = [];
	const commands = alter.commands.map((command) => {
		const found = columns.find(({ added }) => added.command === command);
		if (found === void 0) return command;
		const { added, domain } = found;
		const column = copy(added.column);
		const typeName = baseType$1(domain);
		for (const member of domain.members) {
			const name = withEnding(`${alter.table.relation}_${added.name}`, `_check${checks.length || ""}`);
			checks.push({
				name: identifier(name),
				sql: conditionOn(member.definition, added.name)
			});
		}
		if (typeName !== null) column.typeName = typeName;
		return {
			...command,
			def: { ColumnDef: column }
		};
	});
	const required = columns.filter(({ domain }) => domain.facts.notNull === true).map(({ added }) => added.name).filter((name) => !columns.some(({ added }) => added.name === name && added.constraints.some(({ contype }) => contype === "CONSTR_NOTNULL")));
	return recipe(context, [
		{
			title: "the column, and the condition for new rows only",
			sql: [columns.some(({ domain }) => baseType$1(domain) === null) ? null : writeAlterTable(alter.node, commands), ...checks.map(({ name, sql }) => sql === null ? null : `${alterTable(alter)} ADD CONSTRAINT ${name} CHECK (${sql}) NOT VALID;`)]
		},
		...checks.length === 0 ? [] : [{
			title: "read the rows while reads and writes go on",
			sql: checks.map(({ name }) => `${alterTable(alter)} VALIDATE CONSTRAINT ${name};`)
		}],
		...required.length === 0 ? [] : notNullSteps(context, alterTable(alter), alter.table.relation, required)
	], { sameSchema: false });
}
/** The type under the domain, as the parser has it. */
function baseType$1({ facts }) {
	if (typeof facts.dataType !== "string") return null;
	const [statement] = parseFile(`SELECT NULL::${facts.dataType}`).statements;
	const node = statement?.node;
	const target = node !== void 0 && "SelectStmt" in node ? node.SelectStmt.targetList?.[0] : void 0;
	const value = target !== void 0 && "ResTarget" in target ? target.ResTarget.val : void 0;
	return (value !== void 0 && "TypeCast" in value ? value.TypeCast.typeName : void 0) ?? null;
}
/** `CHECK ((VALUE > 0))` of a domain as a condition on a column. */
function conditionOn(definition, column) {
	const [statement] = parseFile(`ALTER DOMAIN d ADD ${definition}`).statements;
	const node = statement?.node;
	const def = node !== void 0 && "AlterDomainStmt" in node ? node.AlterDomainStmt.def : void 0;
	const condition = def !== void 0 && "Constraint" in def ? def.Constraint.raw_expr : void 0;
	return condition === void 0 ? null : writeExpression(ofColumn(condition, column));
}
/** VALUE is a plain column reference to the parser. */
function ofColumn(expression, column) {
	const changed = copy(expression);
	const visit = (value) => {
		if (value === null || typeof value !== "object") return;
		if ("ColumnRef" in value) {
			const reference = value.ColumnRef;
			const [only, ...more] = reference.fields ?? [];
			if (more.length === 0 && only !== void 0 && "String" in only && only.String.sval === "value") reference.fields = [{ String: { sval: column } }];
			return;
		}
		Object.values(value).forEach(visit);
	};
	visit(changed);
	return changed;
}
// src/rules/columns/column-type.ts
/** `serial` is no type: the grammar's names stand for an integer type with a sequence. */
const serials = {
	serial: "integer",
	serial4: "integer",
	bigserial: "bigint",
	serial8: "bigint",
	smallserial: "smallint",
	serial2: "smallint"
};
/** The integer type behind a serial, null for any other type. */
function serialBase(column) {
	const names = column.typeName?.names ?? [];
	const [only] = names;
	if (names.length !== 1 || only === void 0 || !("String" in only)) return null;
	return serials[only.String.sval ?? ""] ?? null;
}
const isSerial = (column) => serialBase(column) !== null;
/** A copy of a column definition without its constraints of these kinds. */
function without(column, types) {
	const changed = copy(column);
	changed.constraints = (changed.constraints ?? []).filter((node) => !("Constraint" in node && node.Constraint.contype !== void 0 && types.includes(node.Constraint.contype)));
	if (changed.constraints.length === 0) delete changed.constraints;
	return changed;
}
/** `name type` for ADD COLUMN, as SQL; null where the type cannot be written. */
function columnAndType(name, column) {
	if (column.typeName === void 0) return null;
	const type = writeType(column.typeName);
	return type === null ? null : `${identifier(name)} ${type}`;
}
/**
* Does the expression give each row a value of its own? Only to tell apart the commands of one statement that
* rewrote the table; that it did is observed. `unknown`: it calls a function of the server or of an extension that
* is on none of our lists.
*/
function volatility(context, expression) {
	const called = [];
	JSON.stringify(expression ?? null, (key, value) => {
		if (key === "FuncCall") called.push(lastName(value.funcname));
		return value;
	});
	const found = called.map((name) => volatilityOf(context, name));
	return found.includes("volatile") ? "volatile" : found.includes("unknown") ? "unknown" : "stable";
}
function volatilityOf({ after }, name) {
	const own = after?.objects.filter(({ type, ownName }) => type === "function" && ownName === name) ?? [];
	if (own.length > 0) return own.some(({ facts }) => facts.volatility === "v") ? "volatile" : "stable";
	if (volatile.has(name) || name.startsWith("uuid_generate_")) return "volatile";
	return stable.has(name) ? "stable" : "unknown";
}
const lastName = (names) => {
	const last = names?.at(-1);
	return last !== void 0 && "String" in last ? last.String.sval ?? "" : "";
};
const volatile = /* @__PURE__ */ new Set([
	"gen_random_uuid",
	"uuidv4",
	"uuidv7",
	"random",
	"random_normal",
	"clock_timestamp",
	"timeofday",
	"nextval",
	"setval",
	"lastval",
	"gen_random_bytes",
	"txid_current",
	"pg_current_xact_id"
]);
/** Functions that are common in defaults and the same for all rows of a statement. */
const stable = /* @__PURE__ */ new Set([
	"now",
	"transaction_timestamp",
	"statement_timestamp",
	"timezone",
	"date_trunc",
	"lower",
	"upper",
	"md5",
	"to_char",
	"current_setting",
	"jsonb_build_object",
	"json_build_object",
	"coalesce"
]);
// src/rules/columns/kept-by-trigger.ts
/**
* A trigger that works out a column in new and changed rows: its function and itself, and what takes both
* away again. Null when the expression cannot be written.
* @param expression in terms of the table's columns
*/
function keptByTrigger(alter, column, expression) {
	const value = writeExpression(ofNewRow(expression));
	if (value === null) return null;
	const name = withEnding(`${alter.table.relation}_${column}`, "_sync");
	const fn = qualified(alter.node.relation?.schemaname, name);
	const body = `BEGIN
  new.${identifier(column)} := ${value};
  RETURN new;
END`;
	let quote = "$$";
	for (let tag = 0; body.includes(quote); tag += 1) quote = `$body${tag}$`;
	return {
		create: [`CREATE FUNCTION ${fn}() RETURNS trigger LANGUAGE plpgsql AS ${quote}\n${body}\n${quote};`, `CREATE TRIGGER ${identifier(name)} BEFORE INSERT OR UPDATE ON ${alter.sqlName} FOR EACH ROW EXECUTE FUNCTION ${fn}();`],
		drop: [`DROP TRIGGER ${identifier(name)} ON ${alter.sqlName};`, `DROP FUNCTION ${fn}();`]
	};
}
/** Columns of the table as columns of the trigger's NEW row. */
function ofNewRow(expression) {
	const changed = copy(expression);
	const visit = (value) => {
		if (value === null || typeof value !== "object") return;
		if ("ColumnRef" in value) {
			const reference = value.ColumnRef;
			if (reference.fields?.length === 1) reference.fields.unshift({ String: { sval: "new" } });
			return;
		}
		Object.values(value).forEach(visit);
	};
	visit(changed);
	return changed;
}
// src/rules/columns/add-column-generated-stored.ts
const addColumnGeneratedStored = {
	name: "add-column-generated-stored",
	about: "statement",
	severity: "error",
	summary: "A stored generated column is added to an existing table.",
	why: "A `GENERATED ALWAYS AS (…) STORED` column is worked out for every row at once: the table and all its indexes are rewritten under ACCESS EXCLUSIVE while all reads and writes wait. A `VIRTUAL` column (18 and newer) is worked out when it is read and costs nothing to add.",
	instead: "A `VIRTUAL` column from 18 on, else a plain column that a trigger keeps, filled in batches outside the migration; or an index on the expression.",
	sources: ["https://www.postgresql.org/docs/current/ddl-generated-columns.html"],
	peers: [
		"squawk adding-field-with-default",
		"eugene E11",
		"strong_migrations add_column_generated_stored",
		"online_migrations add_column_generated_stored",
		"pgfence add-column-stored-generated",
		"migrationpilot MP062",
		"pgsafe add-column-generated-stored"
	],
	bad: [{
		title: "A search column",
		base: "CREATE TABLE posts (id bigint PRIMARY KEY, title text);",
		migration: "ALTER TABLE posts ADD COLUMN search tsvector GENERATED ALWAYS AS (to_tsvector('english', title)) STORED;"
	}, {
		title: "With names that need quotes",
		base: "CREATE TABLE \"Order\" (id bigint PRIMARY KEY, \"unitPrice\" numeric, quantity int);",
		migration: "ALTER TABLE \"Order\" ADD COLUMN \"Total\" numeric GENERATED ALWAYS AS (\"unitPrice\" * quantity) STORED;"
	}],
	good: [
		{
			title: "VIRTUAL",
			base: "CREATE TABLE items (id bigint PRIMARY KEY, price numeric, quantity int);",
			migration: "ALTER TABLE items ADD COLUMN total numeric GENERATED ALWAYS AS (price * quantity) VIRTUAL;",
			since: 18
		},
		{
			title: "A plain column",
			base: "CREATE TABLE items (id bigint PRIMARY KEY, price numeric, quantity int);",
			migration: "ALTER TABLE items ADD COLUMN total numeric;"
		},
		{
			title: "In a table that the migration creates",
			base: "",
			migration: "CREATE TABLE items (id bigint PRIMARY KEY, price numeric);\nALTER TABLE items ADD COLUMN twice numeric GENERATED ALWAYS AS (price * 2) STORED;"
		}
	],
	check: (context) => [...alterTables(context)].flatMap((alter) => {
		const { statement, table, name } = alter;
		if (statement.rewrites.length === 0) return [];
		const columns = addedColumns(alter, context).filter((added) => generated(added) !== void 0);
		if (columns.length === 0) return [];
		const evidence = evidenceOn(statement, table);
		const objects = columns.map((added) => `${name}.${added.name}`);
		return [{
			...at(alter),
			object: objects[0] ?? null,
			title: `Adding stored generated column ${listed$1(objects)} rewrites the table and ${blocksWhom(evidence, name)}`,
			message: `${whoWaits(statement, table, evidence, "it rewrites the table and its indexes to store the value of every row")} ${context.postgresMajor >= 18 ? "Make it VIRTUAL, or keep a plain column by trigger and fill it in batches." : "Keep a plain column by trigger and fill it in batches."}`,
			evidence: {
				...evidence,
				rewrite: true
			},
			fix: fixFor$17(context, alter, columns),
			explains: everythingOf(statement)
		}];
	})
};
/** The constraint of a stored one; before 18 the grammar knew no other kind. */
const generated = (added) => added.constraints.find(({ contype, generated_kind = "s" }) => contype === "CONSTR_GENERATED" && generated_kind === "s");
function fixFor$17(context, alter, columns) {
	if (context.postgresMajor >= 18) return virtual(context, alter, columns);
	const [first, ...others] = columns;
	if (first === void 0 || others.length > 0) return null;
	const expression = generated(first)?.raw_expr;
	const value = expression === void 0 ? null : writeExpression(expression);
	const type = first.column.typeName === void 0 ? null : writeType(first.column.typeName);
	const trigger = expression === void 0 ? null : keptByTrigger(alter, first.name, expression);
	const plain = alter.commands.map((command) => command === first.command ? {
		...command,
		def: { ColumnDef: without(first.column, ["CONSTR_GENERATED", "CONSTR_NOTNULL"]) }
	} : command);
	return recipe(context, [{
		title: "a plain column, which a trigger fills in new and changed rows",
		sql: [writeAlterTable(alter.node, plain), ...trigger?.create ?? [null]],
		notes: backfill(context, {
			...alter,
			column: first.name,
			value: value ?? "",
			missing: differs(identifier(first.name), value ?? "", type ?? "")
		})
	}], { sameSchema: false });
}
function virtual(context, alter, columns) {
	const commands = alter.commands.map((command) => {
		const added = columns.find((each) => each.command === command);
		if (added === void 0) return command;
		const column = copy(added.column);
		for (const node of column.constraints ?? []) if ("Constraint" in node && node.Constraint.contype === "CONSTR_GENERATED") node.Constraint.generated_kind = "v";
		return {
			...command,
			def: { ColumnDef: column }
		};
	});
	return recipe(context, [{
		title: "worked out when it is read; an index on the expression makes searches fast",
		sql: [writeAlterTable(alter.node, commands)]
	}], { sameSchema: false });
}
// src/rules/constraints/constraint-names.ts
/** Postgres' name for an unnamed CHECK: the column is part of it when the condition is about one column only. */
function checkName(table, constraint, taken) {
	const columns = columnsIn$1(constraint.raw_expr);
	return defaultName(table.relation, columns.size === 1 ? [...columns][0] ?? "" : "", "check", taken);
}
/** Postgres' name for an unnamed foreign key. */
const foreignKeyName = (table, columns, taken) => defaultName(table.relation, columns.join("_"), "fkey", taken);
/** Postgres' name for an unnamed UNIQUE constraint, whose INCLUDE columns count too. */
const uniqueName = (table, constraint, taken) => defaultName(table.relation, [...strings$1(constraint.keys), ...strings$1(constraint.including)].join("_"), "key", taken);
const primaryKeyName = (table, taken) => defaultName(table.relation, "", "pkey", taken);
/** Postgres' name for an unnamed NOT NULL constraint (18 and newer). */
const notNullName = (table, column, taken) => defaultName(table.relation, column, "not_null", taken);
/** Last parts of all column references of an expression. */
function columnsIn$1(expression) {
	const columns = /* @__PURE__ */ new Set();
	JSON.stringify(expression ?? null, (key, value) => {
		if (key === "ColumnRef") {
			const last = strings$1(value.fields).at(-1);
			if (last !== void 0) columns.add(last);
		}
		return value;
	});
	return columns;
}
// src/rules/constraints/unique-index.ts
/**
* A UNIQUE constraint or primary key by way of an index that is built while reads and writes go on. The index
* takes the constraint's name, since ADD CONSTRAINT … USING INDEX renames it to that anyway.
*/
function constraintUsingIndex(alter, constraint, columns, name, kind) {
	const key = (column) => ({ IndexElem: {
		name: column,
		ordering: "SORTBY_DEFAULT",
		nulls_ordering: "SORTBY_NULLS_DEFAULT"
	} });
	const index = {
		idxname: name,
		...alter.node.relation === void 0 ? {} : { relation: alter.node.relation },
		accessMethod: "btree",
		indexParams: columns.map(key),
		...constraint.including === void 0 ? {} : { indexIncludingParams: strings$1(constraint.including).map(key) },
		...constraint.options === void 0 ? {} : { options: constraint.options },
		...constraint.indexspace === void 0 ? {} : { tableSpace: constraint.indexspace },
		...constraint.nulls_not_distinct === true ? { nulls_not_distinct: true } : {},
		unique: true,
		concurrent: true
	};
	const deferrable = constraint.deferrable === true ? " DEFERRABLE" : "";
	const deferred = constraint.initdeferred === true ? " INITIALLY DEFERRED" : "";
	return [{
		title: "build the index while reads and writes go on",
		sql: [write({ IndexStmt: index })],
		outsideTransaction: true,
		notes: ["If the build fails (on duplicates, say) it leaves an INVALID index; drop it before the next try:", `  DROP INDEX CONCURRENTLY IF EXISTS ${identifier(name)};`]
	}, {
		title: "make it the constraint, which takes a moment",
		sql: [`${alterTable(alter)} ADD CONSTRAINT ${identifier(name)} ${kind} USING INDEX ${identifier(name)}${deferrable}${deferred};`]
	}];
}
/** The read-only query that tells whether the rows are unique. */
const duplicatesQuery = (table, columns, nullsNotDistinct = false) => {
	const list = columns.map(identifier).join(", ");
	const present = columns.map((column) => `${identifier(column)} IS NOT NULL`).join(" AND ");
	return `SELECT ${list}, count(*) FROM ${table}${nullsNotDistinct ? "" : ` WHERE ${present}`} GROUP BY ${list} HAVING count(*) > 1 LIMIT 10;`;
};
/**
* The read-only query for any unique index: its expressions, and its rows only when it is a partial one. Null where
* a part cannot be written. NULLs are equal to nothing unless the index says so.
*/
function duplicatesOfIndex(index) {
	const parts = (index.indexParams ?? []).flatMap((each) => "IndexElem" in each ? [each.IndexElem] : []).map(({ name, expr }) => name !== void 0 ? identifier(name) : expr === void 0 ? null : writeExpression(expr));
	const where = index.whereClause === void 0 ? [] : [writeExpression(index.whereClause)];
	const present = index.nulls_not_distinct === true ? [] : parts.map((part) => `${part} IS NOT NULL`);
	if (parts.length === 0 || parts.includes(null) || where.includes(null)) return null;
	const conditions = [...where.map((each) => `(${each})`), ...present].join(" AND ");
	const table = qualified(index.relation?.schemaname, index.relation?.relname ?? "");
	const list = parts.join(", ");
	return `SELECT ${list}, count(*) FROM ${table}${conditions === "" ? "" : ` WHERE ${conditions}`} GROUP BY ${list} HAVING count(*) > 1 LIMIT 10;`;
}
// src/rules/columns/inline-key.ts
/** UNIQUE or PRIMARY KEY in the definition of a new column. */
const keyOf = (added) => added.constraints.find(({ contype }) => contype === "CONSTR_UNIQUE" || contype === "CONSTR_PRIMARY");
/** A column that may not be NULL, be it by its key. */
const isRequiredBy = (added) => hasConstraint(added, "CONSTR_NOTNULL") || hasConstraint(added, "CONSTR_PRIMARY");
/**
* The steps that give a column which is filled already the key of its definition; none when it has no key, null
* when that cannot be written.
*/
function keySteps(context, alter, added) {
	const key = keyOf(added);
	if (key === void 0) return [];
	if (added.constraints.some(({ contype }) => contype?.startsWith("CONSTR_ATTR_"))) return null;
	const taken = nameTaken(context, alter.table);
	const primary = key.contype === "CONSTR_PRIMARY";
	const named = {
		...key,
		keys: [{ String: { sval: added.name } }]
	};
	const name = key.conname ?? (primary ? primaryKeyName(alter.table, taken) : uniqueName(alter.table, named, taken));
	return constraintUsingIndex(alter, key, [added.name], name, primary ? "PRIMARY KEY" : "UNIQUE");
}
// src/rules/columns/add-column-identity.ts
const addColumnIdentity = {
	name: "add-column-identity",
	about: "statement",
	severity: "error",
	summary: "An identity column is added to an existing table.",
	why: "Every existing row gets a number, so the whole table and all its indexes are rewritten under ACCESS EXCLUSIVE while all reads and writes wait.",
	instead: "A nullable column numbered by a sequence and filled in batches; when it is NOT NULL, `ADD GENERATED … AS IDENTITY` costs nothing.",
	sources: ["https://www.postgresql.org/docs/current/ddl-identity-columns.html"],
	peers: [
		"squawk adding-field-with-default",
		"pgsafe add-column-identity",
		"pgrubic US005",
		"diesel-guard AddIdentityColumn"
	],
	bad: [
		{
			title: "GENERATED ALWAYS",
			base: "CREATE TABLE users (id uuid PRIMARY KEY);",
			migration: "ALTER TABLE users ADD COLUMN number bigint GENERATED ALWAYS AS IDENTITY;"
		},
		{
			title: "As the primary key",
			base: "CREATE TABLE logs (line text);",
			migration: "ALTER TABLE logs ADD COLUMN id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY;"
		},
		{
			title: "GENERATED BY DEFAULT, with names that need quotes",
			base: "CREATE TABLE \"Order\" (id uuid PRIMARY KEY);",
			migration: "ALTER TABLE \"Order\" ADD COLUMN \"No\" int GENERATED BY DEFAULT AS IDENTITY;"
		}
	],
	good: [{
		title: "In a table that the migration creates",
		base: "",
		migration: "CREATE TABLE users (id uuid PRIMARY KEY);\nALTER TABLE users ADD COLUMN number bigint GENERATED ALWAYS AS IDENTITY;"
	}, {
		title: "On a column that is NOT NULL already",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "ALTER TABLE users ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;"
	}],
	check: (context) => [...alterTables(context)].flatMap((alter) => {
		const { statement, table, name } = alter;
		const columns = addedColumns(alter, context).filter((added) => hasConstraint(added, "CONSTR_IDENTITY"));
		if (columns.length === 0 || statement.rewrites.length === 0) return [];
		const evidence = evidenceOn(statement, table);
		const objects = columns.map((added) => `${name}.${added.name}`);
		return [{
			...at(alter),
			object: objects[0] ?? null,
			title: `Adding identity column ${listed$1(objects)} rewrites the table and ${blocksWhom(evidence, name)}`,
			message: `${whoWaits(statement, table, evidence, "it rewrites the table and its indexes to number every row")} Add a nullable column, number the rows in batches, and make it an identity column at the end.`,
			evidence: {
				...evidence,
				rewrite: true
			},
			fix: fixFor$16(context, alter, columns),
			explains: everythingOf(statement)
		}];
	})
};
function fixFor$16(context, alter, columns) {
	const [first, ...others] = columns;
	if (first === void 0 || others.length > 0) return null;
	const identity = first.constraints.find(({ contype }) => contype === "CONSTR_IDENTITY");
	const plain = first.constraints.every(({ contype }) => contype === "CONSTR_IDENTITY" || contype === "CONSTR_NOTNULL" || contype === "CONSTR_UNIQUE" || contype === "CONSTR_PRIMARY");
	const key = keySteps(context, alter, first);
	const definition = columnAndType(first.name, first.column);
	if (identity === void 0 || identity.options !== void 0 || !plain || definition === null || key === null) return null;
	const { table, node, sqlName } = alter;
	const column = identifier(first.name);
	const alterColumn = `${alterTable(alter)} ALTER COLUMN ${column}`;
	const sequence = qualified(node.relation?.schemaname, withEnding(`${table.relation}_${first.name}`, "_fill"));
	const rest = alter.commands.filter((command) => command !== first.command);
	const kind = identity.generated_when === "d" ? "BY DEFAULT" : "ALWAYS";
	return recipe(context, [
		{
			title: "a nullable column, and a sequence that numbers new rows for the time being",
			sql: [
				...rest.length === 0 ? [] : [writeAlterTable(node, rest)],
				`CREATE SEQUENCE ${sequence};`,
				`${alterTable(alter)} ADD COLUMN ${definition};`,
				`${alterColumn} SET DEFAULT nextval(${literal(sequence)});`
			],
			notes: backfill(context, {
				table,
				sqlName,
				column: first.name,
				value: "DEFAULT",
				missing: `${column} IS NULL`
			})
		},
		...notNullSteps(context, alterTable(alter), table.relation, [first.name]),
		{
			title: "the identity takes over where the sequence is",
			sql: [
				`${alterColumn} DROP DEFAULT;`,
				`${alterColumn} ADD GENERATED ${kind} AS IDENTITY;`,
				`SELECT setval(pg_get_serial_sequence(${literal(sqlName)}, ${literal(first.name)}), nextval(${literal(sequence)}));`,
				`DROP SEQUENCE ${sequence};`
			]
		},
		...key
	], { sameSchema: true });
}
// src/rules/columns/add-column-inline-check.ts
const addColumnInlineCheck = {
	name: "add-column-inline-check",
	about: "statement",
	severity: "error",
	summary: "A column with a CHECK is added to an existing table, which reads every row.",
	why: "The new column is NULL (or has one default) in all rows, but the server reads every one of them to verify the CHECK, under ACCESS EXCLUSIVE: all reads and writes wait.",
	instead: "Add the column by itself, add the CHECK `NOT VALID`, validate it in a migration of its own.",
	sources: ["https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-COLUMN"],
	peers: ["eugene E1"],
	bad: [{
		title: "A range",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "ALTER TABLE users ADD COLUMN age int CHECK (age > 0);"
	}, {
		title: "A list of values with a default and a name",
		base: "CREATE TABLE \"User\" (id bigint PRIMARY KEY);",
		migration: `ALTER TABLE "User" ADD COLUMN "Role" text NOT NULL DEFAULT 'member' CONSTRAINT "known Role" CHECK ("Role" IN ('member', 'admin'));`
	}],
	good: [{
		title: "The column, then the CHECK without reading",
		base: { "1_base.sql": "CREATE TABLE users (id bigint PRIMARY KEY);" },
		migration: {
			"1_base.sql": "CREATE TABLE users (id bigint PRIMARY KEY);",
			"2_age.sql": "ALTER TABLE users ADD COLUMN age int;\nALTER TABLE users ADD CONSTRAINT users_age_check CHECK (age > 0) NOT VALID;",
			"3_age.sql": "ALTER TABLE users VALIDATE CONSTRAINT users_age_check;"
		}
	}, {
		title: "In a table that the migration creates",
		base: "",
		migration: "CREATE TABLE users (id bigint PRIMARY KEY);\nALTER TABLE users ADD COLUMN age int CHECK (age > 0);"
	}],
	check: (context) => [...alterTables(context)].flatMap((alter) => {
		const { statement, table, name } = alter;
		const columns = addedColumns(alter, context).filter((added) => hasConstraint(added, "CONSTR_CHECK"));
		if (columns.length === 0 || !(verifiedTable(statement) || statement.scans.length > 0)) return [];
		const evidence = evidenceOn(statement, table);
		const objects = columns.map((added) => `${name}.${added.name}`);
		return [{
			...at(alter),
			object: objects[0] ?? null,
			title: `The CHECK on new column ${listed$1(objects)} ${blocksWhom(evidence, name)}`,
			message: `${whoWaits(statement, table, evidence, "it reads every row to verify the CHECK, though the new column is the same in all of them")} Add the column first, then the CHECK as NOT VALID, and validate it in ${apart(context)}.`,
			evidence: {
				...evidence,
				scan: true
			},
			fix: fixFor$15(context, alter, columns),
			explains: everythingOf(statement)
		}];
	})
};
function fixFor$15(context, alter, columns) {
	const taken = /* @__PURE__ */ new Set();
	const isTaken = nameTaken(context, alter.table);
	const checks = columns.flatMap((added) => added.constraints.filter(({ contype }) => contype === "CONSTR_CHECK").map((constraint) => {
		const name = constraint.conname ?? checkName(alter.table, constraint, (each) => taken.has(each) || isTaken(each));
		taken.add(name);
		const expression = constraint.raw_expr === void 0 ? null : writeExpression(constraint.raw_expr);
		return {
			name: identifier(name),
			expression
		};
	}));
	const plain = alter.commands.map((command) => {
		const added = columns.find((each) => each.command === command);
		return added === void 0 ? command : {
			...command,
			def: { ColumnDef: without(added.column, ["CONSTR_CHECK"]) }
		};
	});
	return recipe(context, [{
		title: "the column, and the CHECK for new rows only",
		sql: [writeAlterTable(alter.node, plain), ...checks.map(({ name, expression }) => expression === null ? null : `${alterTable(alter)} ADD CONSTRAINT ${name} CHECK (${expression}) NOT VALID;`)]
	}, {
		title: "read the rows while reads and writes go on",
		sql: checks.map(({ name }) => `${alterTable(alter)} VALIDATE CONSTRAINT ${name};`)
	}], { sameSchema: true });
}
// src/rules/catalog-facts.ts
/** Base's entry for a table, undefined where no catalog was read. */
const tableObject = (context, table) => context.before?.byIdentity(`pg_class:${table.oid}`) ?? context.before?.byName("table", nameOf(table));
const isPartitioned = (context, table) => tableObject(context, table)?.facts.partitioned === true;
/** A column of a base table as base has it. */
const columnOf = (context, table, column) => context.before?.byName("column", `${nameOf(table)}.${column}`);
/** Not so when the column has gone and another one has got its name. */
function isNotNull(context, table, column) {
	const before = columnOf(context, table, column);
	if (before === void 0 || before.facts.notNull !== true) return false;
	return context.after === null || context.after.byIdentity(before.identity)?.local === column;
}
/** Name of the partitioned table that a base table is a partition of. */
function partitionedParent(context, table) {
	const parent = context.before?.byIdentity(`pg_class:${table.oid}`)?.facts.partitionOf;
	return typeof parent === "string" ? parent : void 0;
}
/** Base's partitions that hold the rows of a partitioned table, at whatever depth. */
function leavesOf(context, parent) {
	return (context.before?.objects ?? []).filter(({ type, facts }) => type === "table" && facts.partitionOf === parent).flatMap((child) => child.facts.partitioned === true ? leavesOf(context, child.name) : [child]);
}
// src/rules/columns/add-column-inline-fk.ts
const addColumnInlineFk = {
	name: "add-column-inline-fk",
	about: "statement",
	severity: "notice",
	summary: "A column is added together with its REFERENCES, which locks the referenced table as well.",
	why: `The new column is NULL in all rows, so that no row is checked and both locks are brief. But ADD COLUMN takes ACCESS EXCLUSIVE on its own table first and then asks for SHARE ROW EXCLUSIVE on the referenced one: while it waits there behind a long write, all reads and writes of the first table wait too.

A column with a default is checked row by row; that is \`add-foreign-key-valid\`.`,
	instead: "Add the column; in a migration of its own add the foreign key `NOT VALID`, which needs SHARE ROW EXCLUSIVE on both tables and lets reads go on; then `VALIDATE`.",
	sources: ["https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT"],
	peers: [
		"squawk adding-foreign-key-constraint",
		"strong_migrations add_reference",
		"online_migrations add_reference",
		"pgfence add-column-references",
		"migrationpilot MP069",
		"excellent_migrations column_reference_added",
		"safe-migrate blocking-constraint"
	],
	bad: [{
		title: "A nullable column",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY);",
		migration: "ALTER TABLE orders ADD COLUMN user_id bigint REFERENCES users (id);\nCREATE INDEX CONCURRENTLY orders_user_id_idx ON orders (user_id);",
		transaction: "none"
	}, {
		title: "With a name, an action and names that need quotes",
		base: "CREATE TABLE \"User\" (id bigint PRIMARY KEY);\nCREATE TABLE \"Order\" (id bigint PRIMARY KEY);",
		migration: "ALTER TABLE \"Order\"\n  ADD COLUMN \"userId\" bigint CONSTRAINT \"belongs to\" REFERENCES \"User\" ON DELETE SET NULL;\nCREATE INDEX CONCURRENTLY ON \"Order\" (\"userId\");",
		transaction: "none"
	}],
	good: [
		{
			title: "The column first",
			base: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY);",
			migration: "ALTER TABLE orders ADD COLUMN user_id bigint;"
		},
		{
			title: "To the table itself",
			base: "CREATE TABLE nodes (id bigint PRIMARY KEY);",
			migration: "ALTER TABLE nodes ADD COLUMN parent bigint REFERENCES nodes (id);\nCREATE INDEX CONCURRENTLY nodes_parent_idx ON nodes (parent);",
			transaction: "none"
		},
		{
			title: "To a table that the migration creates",
			base: "CREATE TABLE orders (id bigint PRIMARY KEY);",
			migration: "CREATE TABLE users (id bigint PRIMARY KEY);\nALTER TABLE orders ADD COLUMN user_id bigint REFERENCES users (id);\nCREATE INDEX CONCURRENTLY orders_user_id_idx ON orders (user_id);",
			transaction: "none"
		}
	],
	check: (context) => [...alterTables(context)].flatMap((alter) => {
		const { statement, table, name } = alter;
		const columns = addedColumns(alter, context).filter((added) => hasConstraint(added, "CONSTR_FOREIGN") && !hasConstraint(added, "CONSTR_DEFAULT"));
		const referenced = columns.flatMap((added) => {
			const other = keyIn(added)?.pktable;
			const base = context.resolve(other?.schemaname, other?.relname ?? "", statement);
			const lock = base === void 0 ? void 0 : strongest(locksOn(statement, base.oid));
			if (base === void 0 || lock === void 0 || base.oid === table.oid) return [];
			return blocks(lock.mode).length > 0 ? [{
				base,
				lock
			}] : [];
		});
		const [second] = referenced;
		if (second === void 0) return [];
		const evidence = evidenceOn(statement, table);
		const objects = columns.map((added) => `${name}.${added.name}`);
		const others = listed$1([...new Set(referenced.map(({ base }) => nameOf(base)))]);
		return [{
			...at(alter),
			object: objects[0] ?? null,
			title: `Adding ${listed$1(objects)} with its REFERENCES locks ${others} as well`,
			message: `The statement takes ${lockTitle(evidence.lock ?? "AccessExclusiveLock")} on ${name} and ${lockTitle(second.lock.mode)} on ${others} (seen on the shadow): while it waits for writers of ${others}, reads and writes of ${name} wait too. Nothing is read, so both are brief; a foreign key in a statement of its own does not keep readers out.`,
			evidence: {
				...evidence,
				scan: false
			},
			fix: fixFor$14(context, alter, columns)
		}];
	})
};
const keyIn = (added) => added.constraints.find(({ contype }) => contype === "CONSTR_FOREIGN");
function fixFor$14(context, alter, columns) {
	if (context.postgresMajor < 18 && isPartitioned(context, alter.table)) return null;
	if (columns.some((added) => added.constraints.some(({ contype }) => contype?.startsWith("CONSTR_ATTR_")))) return null;
	const isTaken = nameTaken(context, alter.table);
	const used = /* @__PURE__ */ new Set();
	const keys = columns.flatMap((added) => {
		const key = keyIn(added);
		if (key === void 0) return [];
		const name = key.conname ?? foreignKeyName(alter.table, [added.name], (each) => used.has(each) || isTaken(each));
		used.add(name);
		const constraint = {
			...copy(key),
			conname: name,
			fk_attrs: [{ String: { sval: added.name } }],
			skip_validation: true
		};
		delete constraint.initially_valid;
		return [{
			name,
			command: {
				...added.command,
				subtype: "AT_AddConstraint",
				def: { Constraint: constraint }
			}
		}];
	});
	const plain = alter.commands.map((command) => {
		const added = columns.find((each) => each.command === command);
		return added === void 0 ? command : {
			...command,
			def: { ColumnDef: without(added.column, ["CONSTR_FOREIGN"]) }
		};
	});
	return recipe(context, [
		{
			title: "the column",
			sql: [writeAlterTable(alter.node, plain)]
		},
		{
			title: "the foreign key for new rows, while reads go on",
			sql: keys.map(({ command }) => writeAlterTable(alter.node, [command]))
		},
		{
			title: "read the old rows while reads and writes go on",
			sql: keys.map(({ name }) => `${alterTable(alter)} VALIDATE CONSTRAINT ${identifier(name)};`)
		}
	], { sameSchema: true });
}
// src/rules/statements.ts
/** Every statement that the server accepted, in order: what failed has a rule of its own to say so. */
function* completed(context) {
	for (const place of places(context)) {
		const { migration, statement } = place;
		if (migration.error !== null && statement === migration.statements.at(-1)) continue;
		yield place;
	}
}
/** Accepted statements of one kind. */
function* statementsOf(context, kind) {
	for (const place of completed(context)) {
		const tree = place.statement.node;
		if (tree === null || !(kind in tree)) continue;
		yield {
			...place,
			node: tree[kind]
		};
	}
}
/** The base relation that a statement names, of one of these kinds; undefined when the pull request made it. */
function baseRelation(context, { statement }, relation, kinds = ["table"]) {
	if (relation?.relname === void 0) return void 0;
	const found = context.resolve(relation.schemaname, relation.relname, statement);
	return found !== void 0 && kinds.includes(found.kind) ? found : void 0;
}
/** Last and, when it was written, first part of a dotted name. */
function nameParts(name) {
	const parts = (name ?? []).flatMap((part) => "String" in part ? [part.String.sval ?? ""] : []);
	return {
		schema: parts.at(-2),
		name: parts.at(-1) ?? ""
	};
}
/** Unquoted `schema.name` of everything that a name may mean where the statement stands, the likeliest first. */
const candidates = ({ schema, name }, { statement }) => (schema === void 0 || schema === "" ? statement.searchPath : [schema]).map((each) => `${each}.${name}`);
/** Every node below a tree, the tree itself included: for what may stand anywhere in a statement. */
function* below(tree) {
	if (typeof tree !== "object" || tree === null) return;
	if (!Array.isArray(tree)) yield tree;
	for (const part of Object.values(tree)) yield* below(part);
}
/** Names of the functions that a statement calls, without their schema. */
function calledFunctions(tree) {
	return [...below(tree)].flatMap((node) => {
		const call = node.FuncCall;
		return call === void 0 ? [] : [nameParts(call.funcname).name];
	});
}
// src/rules/copied.ts
/** Statements before this one, of its own migration and of earlier ones. */
function* before$1(context, { statement }) {
	for (const place of places(context)) {
		if (place.statement === statement) return;
		yield place;
	}
}
/** Does an earlier statement leave no row in the table: TRUNCATE, DELETE without WHERE? */
function isEmptied(context, place, table) {
	return [...before$1(context, place)].some(({ statement }) => {
		const { node } = statement;
		return emptied(node).some((each) => context.resolve(each?.schemaname, each?.relname ?? "", statement)?.oid === table.oid);
	});
}
function emptied(node) {
	if (node === null) return [];
	if ("TruncateStmt" in node) return (node.TruncateStmt.relations ?? []).flatMap((each) => "RangeVar" in each ? [each.RangeVar] : []);
	if (!("DeleteStmt" in node)) return [];
	const { whereClause, usingClause, relation } = node.DeleteStmt;
	return whereClause === void 0 && usingClause === void 0 ? [relation] : [];
}
/**
* Does an earlier statement take the column's values elsewhere: an UPDATE of the table that sets another column from it,
* or an INSERT or CREATE TABLE AS that reads the table?
*/
function isColumnCopied(context, place, table, column) {
	return [...before$1(context, place)].some(({ statement }) => {
		const { node } = statement;
		if (node === null || !statement.locks.some(({ oid }) => oid === table.oid)) return false;
		if ("UpdateStmt" in node) return mentions([node.UpdateStmt.targetList, node.UpdateStmt.fromClause], column);
		return copies(node) && mentions(node, column);
	});
}
/** Are the table's rows taken elsewhere before it goes, by an earlier statement or by the one that drops it? */
function isTableCopied(context, place, table) {
	const reads = ({ statement }) => {
		if (!statement.locks.some(({ oid, mode }) => oid === table.oid && mode === "AccessShareLock")) return false;
		if (hiddenIn(statement) === null) return statement.node !== null && copies(statement.node);
		const partitions = context.before?.objects.flatMap(({ facts, name }) => facts.partitionOf === `${table.schema}.${table.relation}` ? [name] : []);
		return [`${table.schema}.${table.relation}`, ...partitions ?? []].some((name) => statement.scans.includes(name));
	};
	return [...before$1(context, place), place].some(reads);
}
const copies = (node) => "InsertStmt" in node || "CreateTableAsStmt" in node;
const mentions = (tree, column) => [...below(tree)].some((node) => {
	const reference = node.ColumnRef;
	if (reference === void 0) return false;
	return nameParts(reference.fields).name === column || (reference.fields ?? []).some((field) => "A_Star" in field);
});
// src/rules/columns/add-column-required.ts
const addColumnRequired = {
	name: "add-column-required",
	about: "statement",
	severity: "error",
	summary: "A NOT NULL column without a default is added to an existing table.",
	why: "The rows that are there would have NULL in the new column, so the statement fails as soon as the table has one row. It passes on the empty databases of tests. Where the table is empty in production too, the running version’s INSERTs fail from then on, since they do not name the column.",
	instead: "Add the column nullable, fill it in batches outside the migration, then make it NOT NULL with a validated constraint. A constant `DEFAULT` in the same statement is fine as well: it rewrites nothing (11 and newer).",
	sources: ["https://www.postgresql.org/docs/current/ddl-alter.html#DDL-ALTER-ADDING-A-COLUMN"],
	peers: [
		"squawk adding-required-field",
		"atlas MF103",
		"pgfence add-column-not-null-no-default",
		"migrationpilot MP084",
		"pgsafe add-column-not-null-no-default",
		"django-migration-linter NOT_NULL"
	],
	bad: [
		{
			title: "NOT NULL without a default",
			base: "CREATE TABLE users (id bigint PRIMARY KEY);",
			migration: "ALTER TABLE users ADD COLUMN role text NOT NULL;"
		},
		{
			title: "A primary key without values",
			base: "CREATE TABLE logs (line text);",
			migration: "ALTER TABLE logs ADD COLUMN id bigint PRIMARY KEY;"
		},
		{
			title: "One of several columns",
			base: "CREATE TABLE \"User\" (id bigint PRIMARY KEY);",
			migration: "ALTER TABLE \"User\"\n  ADD COLUMN \"nickName\" text,\n  ADD COLUMN \"Role\" varchar(20) NOT NULL;"
		}
	],
	good: [
		{
			title: "With a constant default",
			base: "CREATE TABLE users (id bigint PRIMARY KEY);",
			migration: "ALTER TABLE users ADD COLUMN role text NOT NULL DEFAULT 'member';"
		},
		{
			title: "Nullable",
			base: "CREATE TABLE users (id bigint PRIMARY KEY);",
			migration: "ALTER TABLE users ADD COLUMN role text;"
		},
		{
			title: "To a table that the migration creates",
			base: "",
			migration: "CREATE TABLE users (id bigint PRIMARY KEY);\nALTER TABLE users ADD COLUMN role text NOT NULL;"
		}
	],
	check: (context) => [...alterTables(context)].flatMap((alter) => {
		const required = addedColumns(alter, context).filter((added) => isRequired(added) && !filledByDomain(context, added));
		if (required.length === 0) return [];
		const { statement, name } = alter;
		const objects = required.map((added) => `${name}.${added.name}`);
		const emptied = isEmptied(context, alter, alter.table);
		const one = required.length === 1;
		return [{
			...at(alter),
			object: objects[0] ?? null,
			...emptied ? { severity: "warning" } : {},
			title: emptied ? `The running version cannot insert into ${name} without ${listed$1(required.map((added) => added.name))}` : `Adding required ${one ? "column" : "columns"} ${listed$1(objects)} fails as soon as the table has a row`,
			message: emptied ? `The migration empties ${name} first, so the statement runs; but INSERTs of the version that is still running do not name the new ${one ? "column" : "columns"} and fail. Give ${one ? "it" : "them"} a DEFAULT.` : `Existing rows would have NULL in ${one ? "a column that does" : "columns that do"} not allow it: the shadow's ${name} is empty and let it pass, a table with one row refuses it (23502). INSERTs of the version that is still running would fail too. Give ${one ? "it" : "them"} a constant DEFAULT, or add ${one ? "it" : "them"} nullable and require ${one ? "it" : "them"} when every row has a value.`,
			evidence: evidenceOn(statement, alter.table),
			fix: fixFor$13(context, alter, required),
			explains: everythingOf(statement)
		}];
	})
};
/** The default of a domain counts as one of the column. */
function filledByDomain({ before, after }, { column }) {
	const last = column.typeName?.names?.at(-1);
	const type = last !== void 0 && "String" in last ? last.String.sval : void 0;
	return [before, after].some((catalog) => catalog?.objects.some((object) => object.type === "domain" && object.ownName === type && object.facts.default !== null));
}
/** NOT NULL, and nothing that gives the rows a value. */
function isRequired(added) {
	if ([
		"CONSTR_DEFAULT",
		"CONSTR_GENERATED",
		"CONSTR_IDENTITY"
	].some((type) => hasConstraint(added, type)) || isSerial(added.column)) return false;
	return hasConstraint(added, "CONSTR_NOTNULL") || hasConstraint(added, "CONSTR_PRIMARY");
}
function fixFor$13(context, alter, required) {
	const nullable = alter.commands.map((command) => {
		const added = required.find((each) => each.command === command);
		return added === void 0 ? command : {
			...command,
			def: { ColumnDef: without(added.column, [
				"CONSTR_NOTNULL",
				"CONSTR_PRIMARY",
				"CONSTR_UNIQUE"
			]) }
		};
	});
	const keys = required.map((added) => keySteps(context, alter, added));
	if (keys.includes(null)) return null;
	const names = required.map((added) => added.name);
	return recipe(context, [
		{
			title: "the column, nullable",
			sql: [writeAlterTable(alter.node, nullable)],
			notes: names.flatMap((name) => backfill(context, {
				...alter,
				column: name,
				value: "<the value for old rows>",
				missing: `${identifier(name)} IS NULL`
			}))
		},
		...notNullSteps(context, alterTable(alter), alter.table.relation, names),
		...keys.flatMap((steps) => steps ?? [])
	], { sameSchema: true });
}
// src/rules/columns/add-column-inline-unique.ts
const addColumnInlineUnique = {
	name: "add-column-inline-unique",
	about: "statement",
	severity: "error",
	summary: "A column with UNIQUE or PRIMARY KEY is added to an existing table, which builds an index under the lock.",
	why: "The index is built over every row under ACCESS EXCLUSIVE: all reads and writes of the table wait, though the new column is NULL everywhere.",
	instead: "Add the column, build the index with `CREATE UNIQUE INDEX CONCURRENTLY`, then `ADD CONSTRAINT … USING INDEX`.",
	sources: ["https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT-USING-INDEX"],
	peers: ["squawk disallowed-unique-constraint", "eugene E7"],
	bad: [{
		title: "UNIQUE",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "ALTER TABLE users ADD COLUMN handle text UNIQUE;"
	}, {
		title: "With a name, in the second of two columns",
		base: "CREATE TABLE \"User\" (id bigint PRIMARY KEY);",
		migration: "ALTER TABLE \"User\"\n  ADD COLUMN a text,\n  ADD COLUMN \"Handle\" text CONSTRAINT \"one Handle\" UNIQUE;"
	}],
	good: [{
		title: "The column first; the index comes concurrently",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "ALTER TABLE users ADD COLUMN handle text;\nCREATE UNIQUE INDEX CONCURRENTLY users_handle_key ON users (handle);\nALTER TABLE users ADD CONSTRAINT users_handle_key UNIQUE USING INDEX users_handle_key;",
		transaction: "none"
	}, {
		title: "In a table that the migration creates",
		base: "",
		migration: "CREATE TABLE users (id bigint PRIMARY KEY);\nALTER TABLE users ADD COLUMN handle text UNIQUE;"
	}],
	check: (context) => [...alterTables(context)].flatMap((alter) => {
		const { statement, table, name } = alter;
		const columns = addedColumns(alter, context).filter((added) => keyOf(added) !== void 0 && !isOfAnother(context, statement, added));
		if (columns.length === 0 || !(builtIndexes(statement).length > 0 || statement.scans.length > 0)) return [];
		const evidence = evidenceOn(statement, table);
		const objects = columns.map((added) => `${name}.${added.name}`);
		return [{
			...at(alter),
			object: objects[0] ?? null,
			title: `The unique index on new column ${listed$1(objects)} ${blocksWhom(evidence, name)}`,
			message: `${whoWaits(statement, table, evidence, "it builds the index over every row")}${columns.some(sameInAllRows) ? " The default is the same in all rows, so it fails as soon as the table has two." : ""} Add the column by itself, build the index with CONCURRENTLY, and make it the constraint afterwards.`,
			evidence: {
				...evidence,
				scan: true
			},
			fix: fixFor$12(context, alter, columns),
			explains: everythingOf(statement)
		}];
	})
};
/** Its column is filled first by the recipe of a rule that knows why the statement does more. */
function isOfAnother(context, statement, added) {
	if (isRequired(added)) return true;
	const expression = added.constraints.find(({ contype }) => contype === "CONSTR_DEFAULT")?.raw_expr;
	return (isSerial(added.column) || hasConstraint(added, "CONSTR_IDENTITY") || volatility(context, expression) !== "stable") && statement.rewrites.length > 0;
}
/** With one value for all rows the second one is a duplicate. */
const sameInAllRows = (added) => hasConstraint(added, "CONSTR_DEFAULT");
function fixFor$12(context, alter, columns) {
	if (columns.some(sameInAllRows)) return null;
	const keys = columns.map((added) => keySteps(context, alter, added));
	if (keys.includes(null)) return null;
	const plain = alter.commands.map((command) => {
		const added = columns.find((each) => each.command === command);
		return added === void 0 ? command : {
			...command,
			def: { ColumnDef: without(added.column, ["CONSTR_UNIQUE"]) }
		};
	});
	return recipe(context, [{
		title: columns.length === 1 ? "the column" : "the columns",
		sql: [writeAlterTable(alter.node, plain)]
	}, ...keys.flatMap((steps) => steps ?? [])], { sameSchema: true });
}
// src/rules/columns/add-column-json.ts
const addColumnJson = {
	name: "add-column-json",
	about: "statement",
	severity: "notice",
	summary: "A column of type json is added to an existing table.",
	why: "`json` has no equality operator: every `SELECT DISTINCT`, `GROUP BY`, `UNION` and `EXCEPT` of the running version that takes in all columns of the table fails from then on (\"could not identify an equality operator for type json\"). It also keeps the text as it was written and parses it on every access.",
	instead: "jsonb, which can be compared and indexed. json only where white space, the order of keys or double keys have to be kept.",
	sources: ["https://www.postgresql.org/docs/current/datatype-json.html"],
	peers: [
		"eugene E3",
		"strong_migrations add_column_json",
		"online_migrations add_column_json",
		"pgfence add-column-json",
		"pgsafe prefer-jsonb",
		"pgrubic TP008",
		"postgres-language-server preferJsonb",
		"excellent_migrations json_column_added"
	],
	bad: [{
		title: "json",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "ALTER TABLE users ADD COLUMN settings json;"
	}, {
		title: "With a default, in the second of two columns",
		base: "CREATE TABLE \"User\" (id bigint PRIMARY KEY);",
		migration: `ALTER TABLE "User"\n  ADD COLUMN note text,\n  ADD COLUMN "Settings" json NOT NULL DEFAULT '{}';`
	}],
	good: [{
		title: "jsonb",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "ALTER TABLE users ADD COLUMN settings jsonb;"
	}, {
		title: "In a table that the migration creates",
		base: "",
		migration: "CREATE TABLE events (id bigint PRIMARY KEY);\nALTER TABLE events ADD COLUMN payload json;"
	}],
	check: (context) => [...alterTables(context)].flatMap((alter) => {
		const { statement, table, name } = alter;
		const columns = addedColumns(alter, context).filter((added) => typeOf$2(added) === "json" && context.after?.byName("column", `${nameOf(table)}.${added.name}`)?.facts.dataType === "json");
		if (columns.length === 0) return [];
		const objects = columns.map((added) => `${name}.${added.name}`);
		return [{
			...at(alter),
			object: objects[0] ?? null,
			title: `${listed$1(objects)} as json cannot be compared: SELECT DISTINCT and UNION over ${name} fail`,
			message: `json has no equality operator, so that queries with DISTINCT, GROUP BY or UNION over all columns of ${name} fail as soon as the column is there. Take jsonb.`,
			evidence: {
				...evidenceOn(statement, table),
				scan: false
			},
			fix: fixFor$11(context, alter, columns)
		}];
	})
};
function typeOf$2({ column }) {
	const last = column.typeName?.names?.at(-1);
	return !((column.typeName?.arrayBounds ?? []).length > 0) && last !== void 0 && "String" in last ? last.String.sval ?? "" : "";
}
function fixFor$11(context, alter, columns) {
	const commands = alter.commands.map((command) => {
		const added = columns.find((each) => each.command === command);
		if (added === void 0) return command;
		const column = copy(added.column);
		column.typeName = {
			...column.typeName,
			names: [{ String: { sval: "jsonb" } }]
		};
		return {
			...command,
			def: { ColumnDef: column }
		};
	});
	return recipe(context, [{
		title: "json that can be compared",
		sql: [writeAlterTable(alter.node, commands)]
	}], { sameSchema: false });
}
// src/rules/columns/add-column-not-null-then-drop-default.ts
const addColumnNotNullThenDropDefault = {
	name: "add-column-not-null-then-drop-default",
	about: "statement",
	severity: "warning",
	summary: "A NOT NULL column is added with a default that the same pull request drops again.",
	why: "The default fills the rows that are there, and costs nothing. But the version that is still running does not name the new column in its INSERTs: without the default they fail (23502) from the moment of the migration until the new version runs everywhere.",
	instead: "Keep the default in the database until no running version needs it, and drop it in a later release; or keep it for good.",
	sources: ["https://www.postgresql.org/docs/current/ddl-default.html"],
	peers: ["django-migration-linter NOT_NULL", "django-pg-zero-downtime-migrations (keeps the default)"],
	bad: [{
		title: "As an ORM without defaults in the database writes it",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "ALTER TABLE users ADD COLUMN role text DEFAULT 'member' NOT NULL;\nALTER TABLE users ALTER COLUMN role DROP DEFAULT;",
		line: 2
	}, {
		title: "In a later file, with names that need quotes",
		base: { "1_base.sql": "CREATE TABLE \"User\" (id bigint PRIMARY KEY);" },
		migration: {
			"1_base.sql": "CREATE TABLE \"User\" (id bigint PRIMARY KEY);",
			"2_role.sql": "ALTER TABLE \"User\" ADD COLUMN \"isAdmin\" boolean NOT NULL DEFAULT false;",
			"3_role.sql": "-- only for the old rows\nALTER TABLE \"User\" ALTER COLUMN \"isAdmin\" DROP DEFAULT;"
		},
		line: 2
	}],
	good: [
		{
			title: "The default stays",
			base: "CREATE TABLE users (id bigint PRIMARY KEY);",
			migration: "ALTER TABLE users ADD COLUMN role text DEFAULT 'member' NOT NULL;"
		},
		{
			title: "A nullable column",
			base: "CREATE TABLE users (id bigint PRIMARY KEY);",
			migration: "ALTER TABLE users ADD COLUMN role text DEFAULT 'member';\nALTER TABLE users ALTER COLUMN role DROP DEFAULT;"
		},
		{
			title: "Dropped in a later release",
			base: "CREATE TABLE users (id bigint PRIMARY KEY, role text DEFAULT 'member' NOT NULL);",
			migration: "ALTER TABLE users ALTER COLUMN role DROP DEFAULT;"
		}
	],
	check: (context) => [...alterTables(context)].flatMap((alter) => {
		const { statement, table, name } = alter;
		const drops = alter.commands.filter(({ subtype, name: column = "", def }) => {
			if (subtype !== "AT_ColumnDefault" || def !== void 0) return false;
			if (context.before === null || columnOf(context, table, column) !== void 0) return false;
			const facts = context.after?.byName("column", `${nameOf(table)}.${column}`)?.facts;
			return facts?.refusesNull === true && facts.hasDefault === false && facts.identity === null && facts.generated === null;
		});
		if (drops.length === 0) return [];
		const columns = drops.map((command) => command.name ?? "");
		const rest = alter.commands.filter((command) => !drops.includes(command));
		return [{
			...at(alter),
			object: `${name}.${columns[0]}`,
			title: `Without a default for ${listed$1(columns)} the running version cannot insert into ${name}`,
			message: `The column is new and NOT NULL, and INSERTs of the version that is still running do not name it: they fail (23502) until the new version runs everywhere. Keep the default until then, and drop it in a later release.`,
			evidence: {
				...evidenceOn(statement, table),
				scan: false
			},
			fix: recipe(context, [...rest.length === 0 ? [] : [{
				title: "the rest of the statement",
				sql: [writeAlterTable(alter.node, rest)]
			}], {
				title: "leave it out here; in a later release, when no running version needs it any more",
				sql: columns.map((column) => `${alterTable(alter)} ALTER COLUMN ${identifier(column)} DROP DEFAULT;`)
			}], { sameSchema: true })
		}];
	})
};
// src/rules/columns/add-column-serial.ts
const addColumnSerial = {
	name: "add-column-serial",
	about: "statement",
	severity: "error",
	summary: "A serial column is added to an existing table.",
	why: "Every existing row gets a number, so the whole table and all its indexes are rewritten under ACCESS EXCLUSIVE while all reads and writes wait.",
	instead: "A nullable integer column whose default is a sequence, filled in batches outside the migration, then NOT NULL.",
	sources: ["https://www.postgresql.org/docs/current/datatype-numeric.html#DATATYPE-SERIAL"],
	peers: [
		"eugene E11",
		"strong_migrations add_column_auto_incrementing",
		"pgfence add-column-serial",
		"migrationpilot MP015",
		"pgsafe add-column-serial"
	],
	bad: [
		{
			title: "serial",
			base: "CREATE TABLE users (id uuid PRIMARY KEY);",
			migration: "ALTER TABLE users ADD COLUMN number serial;"
		},
		{
			title: "As the primary key",
			base: "CREATE TABLE logs (line text);",
			migration: "ALTER TABLE logs ADD COLUMN id bigserial PRIMARY KEY;"
		},
		{
			title: "bigserial in a schema",
			base: "CREATE SCHEMA app;\nCREATE TABLE app.\"Order\" (id uuid PRIMARY KEY);",
			migration: "ALTER TABLE app.\"Order\" ADD COLUMN \"No\" bigserial;"
		}
	],
	good: [{
		title: "In a table that the migration creates",
		base: "",
		migration: "CREATE TABLE users (id uuid PRIMARY KEY);\nALTER TABLE users ADD COLUMN number serial;"
	}, {
		title: "A sequence for new rows only",
		base: "CREATE TABLE users (id uuid PRIMARY KEY);",
		migration: "CREATE SEQUENCE users_number_seq AS integer;\nALTER TABLE users ADD COLUMN number integer;\nALTER TABLE users ALTER COLUMN number SET DEFAULT nextval('users_number_seq');"
	}],
	check: (context) => [...alterTables(context)].flatMap((alter) => {
		const { statement, table, name } = alter;
		const columns = addedColumns(alter, context).filter(({ column }) => isSerial(column));
		if (columns.length === 0 || statement.rewrites.length === 0) return [];
		const evidence = evidenceOn(statement, table);
		const objects = columns.map((added) => `${name}.${added.name}`);
		return [{
			...at(alter),
			object: objects[0] ?? null,
			title: `Adding serial column ${listed$1(objects)} rewrites the table and ${blocksWhom(evidence, name)}`,
			message: `${whoWaits(statement, table, evidence, "it rewrites the table and its indexes to number every row")} Add a nullable column, let a sequence number new rows, and number the old ones in batches.`,
			evidence: {
				...evidence,
				rewrite: true
			},
			fix: fixFor$10(context, alter, columns),
			explains: everythingOf(statement)
		}];
	})
};
function fixFor$10(context, alter, columns) {
	const [first, ...others] = columns;
	const { table, node, sqlName } = alter;
	if (first === void 0 || others.length > 0) return null;
	const key = keySteps(context, alter, first);
	if (key === null || !first.constraints.every(isTakenOver)) return null;
	const type = serialBase(first.column);
	const sequence = qualified(node.relation?.schemaname, defaultName(table.relation, first.name, "seq", nameTaken(context, table)));
	const rest = alter.commands.filter((command) => command !== first.command);
	return recipe(context, [
		{
			title: "a nullable column, and a sequence that numbers new rows",
			sql: [
				...rest.length === 0 ? [] : [writeAlterTable(node, rest)],
				`CREATE SEQUENCE ${sequence} AS ${type};`,
				`${alterTable(alter)} ADD COLUMN ${identifier(first.name)} ${type};`,
				`ALTER SEQUENCE ${sequence} OWNED BY ${sqlName}.${identifier(first.name)};`,
				`${alterTable(alter)} ALTER COLUMN ${identifier(first.name)} SET DEFAULT nextval(${literal(sequence)});`
			],
			notes: backfill(context, {
				table,
				sqlName,
				column: first.name,
				value: "DEFAULT",
				missing: `${identifier(first.name)} IS NULL`
			})
		},
		...notNullSteps(context, alterTable(alter), table.relation, [first.name]),
		...key
	], { sameSchema: true });
}
const isTakenOver = ({ contype }) => contype === "CONSTR_NOTNULL" || contype === "CONSTR_UNIQUE" || contype === "CONSTR_PRIMARY";
// src/rules/columns/type-families.ts
/** `character varying(20)` and the like, as format_type spells types; an array or another shape has no arguments. */
function typeOf$1(text) {
	const match = /^([a-z ]+?)\s?\((\d+)(?:,(-?\d+))?\)([a-z ]*)$/.exec(text);
	if (/(?:^|\.)citext$/.test(text)) return {
		name: "text",
		arguments: []
	};
	if (match === null) return {
		name: text,
		arguments: []
	};
	const [, name = "", first, second, rest = ""] = match;
	return {
		name: `${name}${rest}`,
		arguments: [first, second].flatMap((digits) => digits === void 0 ? [] : [Number(digits)])
	};
}
const integers = {
	smallint: [
		2,
		"-32768",
		"32767"
	],
	integer: [
		4,
		"-2147483648",
		"2147483647"
	],
	bigint: [
		8,
		"-9223372036854775808",
		"9223372036854775807"
	]
};
const floats = {
	real: 4,
	"double precision": 8
};
const strings = /* @__PURE__ */ new Set([
	"text",
	"character varying",
	"character"
]);
const moments = /* @__PURE__ */ new Set([
	"timestamp without time zone",
	"timestamp with time zone",
	"time without time zone",
	"time with time zone"
]);
/** Values of the old type that the new one has no room for; null when there are none, or the pair is not known. */
function narrowing(change) {
	const [from, to] = [typeOf$1(change.from), typeOf$1(change.to)];
	if (strings.has(from.name)) return strings.has(to.name) ? shorter(change, from, to) : unreadable(change, to);
	if (from.name in integers || from.name in floats || from.name === "numeric") return smaller(change, from, to);
	if (moments.has(from.name)) return coarser(change, from, to);
	return null;
}
function shorter({ column, cast }, from, to) {
	const [limit] = to.arguments;
	const room = from.arguments[0] ?? Number.POSITIVE_INFINITY;
	if (limit === void 0 || room <= limit) return null;
	return {
		does: cast === "explicit" ? "loses" : "fails",
		values: `values longer than ${limit} ${limit === 1 ? "character" : "characters"}`,
		condition: `length(${column}) > ${limit}`
	};
}
function unreadable({ column, to, major }, type) {
	const condition = major >= 16 ? `NOT pg_input_is_valid(${column}, '${to.replaceAll("'", "''")}')` : type.name in integers ? `${column} !~ '^\\s*[-+]?[0-9]+\\s*$'` : null;
	return {
		does: "fails",
		values: `values that cannot be read as ${to}`,
		condition
	};
}
function smaller(change, from, to) {
	const { column } = change;
	const range = integers[to.name];
	if (range !== void 0) {
		const [size, least, most] = range;
		const old = integers[from.name]?.[0];
		if (old !== void 0 && old <= size) return null;
		const outside = `${column} NOT BETWEEN ${least} AND ${most}`;
		if (old !== void 0) return {
			does: "fails",
			values: `values outside ${least} to ${most}`,
			condition: outside
		};
		return {
			does: "loses",
			values: "digits after the point",
			condition: `${column} <> trunc(${column}) OR ${outside}`
		};
	}
	if (to.name === "numeric") return fewerDigits(change, from, to);
	const [size, old] = [floats[to.name], floats[from.name]];
	if (size === void 0 || from.name === "smallint") return null;
	if (old !== void 0 ? old <= size : from.name === "integer" && size === 8) return null;
	return {
		does: "loses",
		values: `digits beyond those of ${to.name}`,
		condition: `${column} <> CAST(CAST(${column} AS ${to.name}) AS ${from.name})`
	};
}
function fewerDigits({ column }, from, to) {
	const [precision, scale = 0] = to.arguments;
	if (precision === void 0) return null;
	const [oldPrecision, oldScale] = digitsOf(from);
	const tooLarge = oldPrecision - oldScale > precision - scale ? `abs(${column}) >= 1e${Math.max(0, precision - scale)}` : null;
	const rounded = oldScale > scale ? `${column} <> round(CAST(${column} AS numeric), ${scale})` : null;
	if (tooLarge === null && rounded === null) return null;
	return {
		does: tooLarge === null ? "loses" : "fails",
		values: tooLarge === null ? `digits after the ${ordinal(scale)} behind the point` : `values of more than ${precision - scale} digits before the point`,
		condition: [tooLarge, rounded].filter((part) => part !== null).join(" OR ")
	};
}
/** Precision and scale of the largest value; without a limit both parts are as long as they like. */
function digitsOf({ name, arguments: [precision, scale = 0] }) {
	const whole = {
		smallint: 5,
		integer: 10,
		bigint: 19
	};
	if (name in whole) return [whole[name] ?? 19, 0];
	if (precision !== void 0) return [precision, scale];
	return [Number.MAX_SAFE_INTEGER, 1e3];
}
function coarser({ column, to: text }, from, to) {
	const lossy = {
		does: "loses",
		condition: `${column} <> CAST(${column} AS ${text})`
	};
	if (from.name.startsWith("timestamp") && to.name === "date") return {
		...lossy,
		values: "the time of day"
	};
	if (!moments.has(to.name) || from.name.startsWith("timestamp") !== to.name.startsWith("timestamp")) return null;
	const [old = 6, next = 6] = [from.arguments[0], to.arguments[0]];
	return next < old && from.name === to.name ? {
		...lossy,
		values: `fractions of a second beyond ${next} digits`
	} : null;
}
const ordinal = (count) => count === 1 ? "1st digit" : count === 2 ? "2nd digit" : count === 3 ? "3rd digit" : `${count}th digit`;
/**
* Does the type change leave the stored values as they are? Only to tell which of several commands made a
* statement rewrite its table; that it did is observed.
*/
function keepsStorage(fromText, toText) {
	const [from, to] = [typeOf$1(fromText), typeOf$1(toText)];
	const [old, next] = [from.arguments[0], to.arguments[0]];
	if (fromText === toText) return true;
	const variable = (name) => name === "text" || name === "character varying";
	if (variable(from.name) && variable(to.name)) return next === void 0 || old !== void 0 && old <= next;
	if (from.name === "numeric" && to.name === "numeric") {
		if (next === void 0) return true;
		const scale = (type) => type.arguments[1] ?? 0;
		return old !== void 0 && old <= next && scale(from) === scale(to);
	}
	if (from.name === "cidr" && to.name === "inet") return true;
	return from.name === to.name && moments.has(from.name) && (next ?? 6) >= (old ?? 6);
}
// src/rules/columns/type-change.ts
/** The type changes of one statement. */
function typeChanges(context, alter) {
	return alter.commands.flatMap((command) => {
		if (command.subtype !== "AT_AlterColumnType" || command.name === void 0) return [];
		if (command.def === void 0 || !("ColumnDef" in command.def)) return [];
		const definition = command.def.ColumnDef;
		const [from, to] = types$1(context, alter, command.name);
		const cast = castOf(definition, command.name);
		const known = from !== null && to !== null && from !== to && cast !== "expression";
		return [{
			command,
			name: command.name,
			definition,
			from,
			to,
			narrowing: known ? narrowing({
				from,
				to,
				column: identifier(command.name),
				cast,
				major: context.postgresMajor
			}) : null,
			keepsStorage: from !== null && to !== null && cast !== "expression" && keepsStorage(from, to)
		}];
	});
}
/** The column's type in base and after the pull request; only where this statement alone lies between. */
function types$1(context, alter, column) {
	const before = columnOf(context, alter.table, column);
	if (before === void 0) return [null, null];
	const changes = [...places(context)].filter(({ statement: { node } }) => node !== null && "AlterTableStmt" in node && (node.AlterTableStmt.cmds ?? []).some((cmd) => "AlterTableCmd" in cmd && cmd.AlterTableCmd.subtype === "AT_AlterColumnType" && cmd.AlterTableCmd.name === column));
	const after = context.after?.byIdentity(before.identity);
	const text = (value) => typeof value === "string" ? value : null;
	return [text(before.facts.dataType), changes.length === 1 ? text(after?.facts.dataType) : null];
}
/** How the values come to the new type: Postgres' own cast, one that the statement writes, or another expression. */
function castOf({ raw_default: using }, column) {
	if (using === void 0 || isColumn(using, column)) return "assignment";
	const arg = "TypeCast" in using ? using.TypeCast.arg : void 0;
	return arg !== void 0 && isColumn(arg, column) ? "explicit" : "expression";
}
const isColumn = (node, column) => {
	const [only, ...more] = "ColumnRef" in node ? node.ColumnRef.fields ?? [] : [];
	return only !== void 0 && more.length === 0 && "String" in only && only.String.sval === column;
};
// src/rules/columns/add-column-volatile-default.ts
const addColumnVolatileDefault = {
	name: "add-column-volatile-default",
	about: "statement",
	severity: "error",
	summary: "A column whose default differs from row to row is added to an existing table.",
	why: "A constant default, and a stable one like `now()`, is stored once and costs nothing. A volatile one (`gen_random_uuid()`, `random()`, `clock_timestamp()`, `nextval()`) must be worked out for every row: the whole table and all its indexes are rewritten under ACCESS EXCLUSIVE while all reads and writes wait.",
	instead: "Add the column without a default, set the default for new rows, fill the old rows in batches outside the migration.",
	sources: ["https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES"],
	peers: [
		"squawk adding-field-with-default",
		"eugene E10",
		"atlas PG302",
		"strong_migrations add_column_default_callable",
		"online_migrations add_column_with_default",
		"pgfence add-column-non-constant-default",
		"migrationpilot MP003",
		"pgsafe add-column-volatile-default"
	],
	bad: [
		{
			title: "A random UUID for every row",
			base: "CREATE TABLE users (id bigint PRIMARY KEY);",
			migration: "ALTER TABLE users ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid();"
		},
		{
			title: "As the primary key",
			base: "CREATE TABLE logs (line text);",
			migration: "ALTER TABLE logs ADD COLUMN id uuid PRIMARY KEY DEFAULT gen_random_uuid();"
		},
		{
			title: "A clock that goes on",
			base: "CREATE TABLE \"Order\" (id bigint PRIMARY KEY);",
			migration: "\nALTER TABLE \"Order\" ADD COLUMN \"seenAt\" timestamptz DEFAULT clock_timestamp();",
			line: 2
		}
	],
	good: [{
		title: "now() is the same for all rows of a statement",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "ALTER TABLE users ADD COLUMN seen_at timestamptz NOT NULL DEFAULT now();"
	}, {
		title: "The default for new rows only",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "ALTER TABLE users ADD COLUMN token uuid;\nALTER TABLE users ALTER COLUMN token SET DEFAULT gen_random_uuid();"
	}],
	check: (context) => [...alterTables(context)].flatMap((alter) => {
		const { statement, table, name } = alter;
		const evidence = evidenceOn(statement, table);
		if (statement.rewrites.length === 0) return [];
		const added = addedColumns(alter, context);
		const other = typeChanges(context, alter).some(({ keepsStorage }) => !keepsStorage) || added.some((each) => isSerial(each.column) || hasConstraint(each, "CONSTR_IDENTITY"));
		const columns = added.filter((each) => {
			const found = volatility(context, defaultOf(each));
			return found === "volatile" || found === "unknown" && !other;
		});
		if (columns.length === 0) return [];
		const objects = columns.map((added) => `${name}.${added.name}`);
		return [{
			...at(alter),
			object: objects[0] ?? null,
			title: `Filling new ${columns.length === 1 ? "column" : "columns"} ${listed$1(objects)} rewrites the table and ${blocksWhom(evidence, name)}`,
			message: `${whoWaits(statement, table, evidence, "it rewrites the table and its indexes, because the default differs from row to row")} Add the column without it, set the default for new rows, and fill the old rows in batches.`,
			evidence: {
				...evidence,
				rewrite: true
			},
			fix: fixFor$9(context, alter, columns),
			explains: everythingOf(statement)
		}];
	})
};
const defaultOf = (added) => added.constraints.find(({ contype }) => contype === "CONSTR_DEFAULT")?.raw_expr;
function fixFor$9(context, alter, columns) {
	const plain = alter.commands.map((command) => {
		const added = columns.find((each) => each.command === command);
		return added === void 0 ? command : {
			...command,
			def: { ColumnDef: without(added.column, [
				"CONSTR_DEFAULT",
				"CONSTR_NOTNULL",
				"CONSTR_UNIQUE",
				"CONSTR_PRIMARY"
			]) }
		};
	});
	const defaults = columns.map((added) => {
		const expression = defaultOf(added);
		return {
			name: added.name,
			sql: expression === void 0 ? null : writeExpression(expression)
		};
	});
	const required = columns.filter(isRequiredBy).map((added) => added.name);
	const keys = columns.map((added) => keySteps(context, alter, added));
	if (keys.includes(null)) return null;
	return recipe(context, [
		{
			title: "the column without the default, then the default for new rows",
			sql: [writeAlterTable(alter.node, plain), ...defaults.map(({ name, sql }) => sql === null ? null : `${alterTable(alter)} ALTER COLUMN ${identifier(name)} SET DEFAULT ${sql};`)],
			notes: defaults.flatMap(({ name }) => backfill(context, {
				...alter,
				column: name,
				value: "DEFAULT",
				missing: `${identifier(name)} IS NULL`
			}))
		},
		...required.length === 0 ? [] : notNullSteps(context, alterTable(alter), alter.table.relation, required),
		...keys.flatMap((steps) => steps ?? [])
	], { sameSchema: true });
}
// src/rules/columns/add-not-null-constraint-valid.ts
const addNotNullConstraintValid = {
	name: "add-not-null-constraint-valid",
	about: "statement",
	severity: "error",
	summary: "A NOT NULL constraint is added to an existing table and reads every row (18 and newer).",
	why: "`ADD CONSTRAINT … NOT NULL column` holds ACCESS EXCLUSIVE while it looks for NULLs in every row: all reads and writes of the table wait. It fails if one is found.",
	instead: "Add it `NOT VALID` (new rows are checked from then on), and `VALIDATE CONSTRAINT` in a migration of its own.",
	sources: ["https://www.postgresql.org/docs/18/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT"],
	peers: ["eugene E1", "migrationpilot MP081"],
	bad: [{
		title: "With a name",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, email text);",
		migration: "ALTER TABLE users ADD CONSTRAINT has_email NOT NULL email;",
		since: 18
	}, {
		title: "Without a name, beside another command",
		base: "CREATE TABLE \"User\" (id bigint PRIMARY KEY, \"eMail\" text);",
		migration: "-- always there\nALTER TABLE \"User\" ADD COLUMN note text, ADD NOT NULL \"eMail\";",
		line: 2,
		since: 18
	}],
	good: [{
		title: "NOT VALID, and VALIDATE in the next migration",
		base: { "1_base.sql": "CREATE TABLE users (id bigint PRIMARY KEY, email text);" },
		migration: {
			"1_base.sql": "CREATE TABLE users (id bigint PRIMARY KEY, email text);",
			"2_email.sql": "ALTER TABLE users ADD CONSTRAINT has_email NOT NULL email NOT VALID;",
			"3_email.sql": "ALTER TABLE users VALIDATE CONSTRAINT has_email;"
		},
		since: 18
	}, {
		title: "On a table that the migration creates",
		base: "",
		migration: "CREATE TABLE users (id bigint PRIMARY KEY, email text);\nALTER TABLE users ADD CONSTRAINT has_email NOT NULL email;",
		since: 18
	}],
	check: (context) => [...alterTables(context)].flatMap((alter) => {
		const { statement, table, name } = alter;
		if (!verifiedTable(statement) && statement.rewrites.length === 0 && statement.scans.length === 0) return [];
		const isTaken = nameTaken(context, table);
		const used = /* @__PURE__ */ new Set();
		const added = addedConstraints(alter, "CONSTR_NOTNULL").filter(({ constraint }) => constraint.skip_validation !== true).flatMap(({ command, constraint }) => {
			const [column] = strings$1(constraint.keys);
			if (column === void 0 || isNotNull(context, table, column) || isProven(alter, column)) return [];
			const own = constraint.conname ?? notNullName(table, column, (each) => used.has(each) || isTaken(each));
			used.add(own);
			return [{
				command,
				constraint,
				column,
				name: own
			}];
		});
		if (added.length === 0) return [];
		const evidence = evidenceOn(statement, table);
		const objects = added.map(({ column }) => `${name}.${column}`);
		const commands = alter.commands.map((command) => {
			const found = added.find((each) => each.command === command);
			if (found === void 0) return command;
			const constraint = copy(found.constraint);
			constraint.conname = found.name;
			constraint.skip_validation = true;
			delete constraint.initially_valid;
			return {
				...command,
				def: { Constraint: constraint }
			};
		});
		const nulls = added.map(({ column }) => `${identifier(column)} IS NULL`).join(" OR ");
		return [{
			...at(alter),
			object: objects.length === 1 ? objects[0] ?? null : name,
			title: `Adding NOT NULL on ${listed$1(objects)} ${blocksWhom(evidence, name)}`,
			message: `${whoWaits(statement, table, evidence, "it reads every row to look for NULLs")} It fails if a row holds one. Add it NOT VALID and validate it in ${apart(context)}.`,
			evidence: {
				...evidence,
				scan: true
			},
			fix: recipe(context, [{
				title: "refuse new NULLs without reading the rows",
				sql: [written$2(alter, commands)],
				notes: [`Before that, see that no row is in the way: SELECT count(*) FROM ${alter.sqlName} WHERE ${nulls};`]
			}, {
				title: "read the rows while reads and writes go on (fails if a NULL is left)",
				sql: added.map((each) => `${alterTable(alter)} VALIDATE CONSTRAINT ${identifier(each.name)};`)
			}], { sameSchema: true }),
			explains: everythingOf(statement)
		}];
	})
};
const isProven = ({ statement, table }, column) => statement.locks.filter(({ oid }) => oid === table.oid).flatMap(({ names }) => names.map((each) => each.slice(each.indexOf(".") + 1))).some((relation) => provenNotNull(statement, relation, column));
/** The deparser may not know the clause yet: one command a time is simple enough to write by hand. */
function written$2(alter, commands) {
	const whole = writeAlterTable(alter.node, commands);
	if (whole !== null) return whole;
	const parts = commands.map((command) => {
		const constraint = command.def !== void 0 && "Constraint" in command.def ? command.def.Constraint : void 0;
		const [column] = strings$1(constraint?.keys);
		if (constraint?.contype === "CONSTR_NOTNULL" && constraint.conname !== void 0 && column !== void 0) return `${alterTable(alter)} ADD CONSTRAINT ${identifier(constraint.conname)} NOT NULL ${identifier(column)}${constraint.skip_validation === true ? " NOT VALID" : ""};`;
		return writeAlterTable(alter.node, [command]);
	});
	return parts.includes(null) ? null : parts.join("\n");
}
// src/rules/columns/second-column.ts
/**
* A type change without a rewrite: columns of the new types beside the old ones, kept by triggers, filled in
* batches, swapped in a moment.
* @param first lines to show before anything else is done: a query on the data
*/
function secondColumns(context, alter, changes, first = []) {
	const plans = changes.map((change) => plan(context, alter, change));
	const rest = alter.commands.filter((command) => !changes.some((change) => change.command === command));
	const required = plans.flatMap((each) => each?.required === true ? [each] : []);
	const many = plans.length > 1;
	return recipe(context, [
		{
			title: `${many ? "columns of the new types" : "a second column of the new type"}, which ${many ? "triggers fill" : "a trigger fills"} in new and changed rows`,
			sql: [...rest.length === 0 ? [] : [writeAlterTable(alter.node, rest)], ...plans.flatMap((each) => each?.create ?? [null])],
			notes: [
				...first,
				...plans.flatMap((each) => each?.fill ?? []),
				`Make the default, the constraints and (with CONCURRENTLY) the indexes that the old ${many ? "columns have on the new ones" : "column has on the new one"}.`
			]
		},
		...required.length === 0 ? [] : notNullSteps(context, alterTable(alter), alter.table.relation, required.map(({ replacement }) => replacement)),
		{
			title: `swap the ${many ? "columns" : "two"} in one transaction, which takes a moment`,
			sql: plans.flatMap((each) => each?.swap ?? [null]),
			notes: [...required.map(({ before }) => `The old column still refuses NULL: ${alterTable(alter)} ALTER COLUMN ${before} DROP NOT NULL;`), `When no version that is running needs ${many ? "them" : "it"} any more: ${alterTable(alter)} ${plans.map((each) => `DROP COLUMN ${each?.before}`).join(", ")};`]
		}
	], { sameSchema: false });
}
function plan(context, alter, { name, definition }) {
	const replacement = withEnding(name, "_new");
	const expression = newValue(name, definition);
	const value = writeExpression(expression);
	const type = definition.typeName === void 0 ? null : writeType(definition.typeName);
	const trigger = keptByTrigger(alter, replacement, expression);
	if (value === null || type === null || trigger === null) return null;
	const [from, to, before] = [
		identifier(name),
		identifier(replacement),
		identifier(withEnding(name, "_old"))
	];
	const collation = strings$1(definition.collClause?.collname).map(identifier).join(".");
	return {
		replacement,
		before,
		required: isNotNull(context, alter.table, name),
		create: [`${alterTable(alter)} ADD COLUMN ${to} ${type}${collation === "" ? "" : ` COLLATE ${collation}`};`, ...trigger.create],
		fill: backfill(context, {
			...alter,
			column: replacement,
			value,
			missing: differs(to, value, type)
		}),
		swap: [
			...trigger.drop,
			`${alterTable(alter)} RENAME COLUMN ${from} TO ${before};`,
			`${alterTable(alter)} RENAME COLUMN ${to} TO ${from};`
		]
	};
}
/** What ALTER COLUMN TYPE puts into the new column: USING, or a cast. */
function newValue(name, column) {
	if (column.raw_default !== void 0) return column.raw_default;
	return { TypeCast: {
		arg: { ColumnRef: { fields: [{ String: { sval: name } }] } },
		...column.typeName === void 0 ? {} : { typeName: column.typeName }
	} };
}
// src/rules/columns/alter-column-type-index-rebuild.ts
const alterColumnTypeIndexRebuild = {
	name: "alter-column-type-index-rebuild",
	about: "statement",
	severity: "error",
	summary: "A change of a column’s type or collation leaves the rows alone but builds its indexes anew.",
	why: "Another collation, or a type with another order, needs no copy of the table; but every index on the column is built again under the ACCESS EXCLUSIVE of the ALTER TABLE, and all reads and writes of the table wait.",
	instead: "A second column of the new type whose indexes are built with CONCURRENTLY, kept by a trigger and filled in batches, then swapped with the old one; or leave the column and build an index with the other collation: `CREATE INDEX CONCURRENTLY … (name COLLATE \"C\")`.",
	sources: ["https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES", "https://www.postgresql.org/docs/current/indexes-collations.html"],
	peers: ["migrationpilot MP089", "strong_migrations change_column (citext)"],
	bad: [{
		title: "Another collation",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, name varchar(20));\nCREATE INDEX users_name_idx ON users (name);",
		migration: "ALTER TABLE users ALTER COLUMN name TYPE varchar(20) COLLATE \"C\";"
	}, {
		title: "Under a UNIQUE constraint, with names that need quotes",
		base: "CREATE TABLE \"User\" (id bigint PRIMARY KEY, \"eMail\" text NOT NULL UNIQUE);",
		migration: "-- sort by bytes\nALTER TABLE \"User\"\n  ALTER \"eMail\" TYPE text COLLATE \"C\";",
		line: 2
	}],
	good: [{
		title: "A longer varchar with an index",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, name varchar(20));\nCREATE INDEX users_name_idx ON users (name);",
		migration: "ALTER TABLE users ALTER COLUMN name TYPE varchar(200);"
	}, {
		title: "Another collation without an index",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, name varchar(20));",
		migration: "ALTER TABLE users ALTER COLUMN name TYPE varchar(20) COLLATE \"C\";"
	}],
	check: (context) => [...alterTables(context)].flatMap((alter) => {
		const { statement, table, name } = alter;
		const changes = typeChanges(context, alter);
		const built = builtIndexes(statement);
		if (changes.length === 0 || built.length === 0 || statement.rewrites.length > 0) return [];
		const rebuilt = built.filter(({ index }) => context.before?.byName("index", `${table.schema}.${index}`) !== void 0 || context.before?.byName("constraint", `${name}.${index}`) !== void 0);
		if (rebuilt.length === 0) return [];
		const evidence = evidenceOn(statement, table);
		const objects = changes.map((change) => `${name}.${change.name}`);
		return [{
			...at(alter),
			object: objects.length === 1 ? objects[0] ?? null : name,
			title: `Changing the type of ${listed$1(objects)} builds ${rebuilt.length === 1 ? "an index" : `${rebuilt.length} indexes`} anew and ${blocksWhom(evidence, name)}`,
			message: `${whoWaits(statement, table, evidence, `it builds ${listed$1(rebuilt.map(({ index }) => index))} anew, though the rows stay as they are`)} Add a second column, build its indexes with CONCURRENTLY, fill it in batches, and swap the two.`,
			evidence: {
				...evidence,
				scan: true
			},
			fix: secondColumns(context, alter, changes),
			explains: everythingOf(statement)
		}];
	})
};
// src/rules/columns/alter-column-type-narrowing.ts
const alterColumnTypeNarrowing = {
	name: "alter-column-type-narrowing",
	about: "statement",
	severity: "error",
	summary: "The new type of a column has no room for all values that the old one had.",
	why: `On the empty databases of tests every type fits. In production a single value that is too long, too large or cannot be read as the new type stops the migration; and where the cast rounds or cuts instead (fewer digits behind the point, a timestamp as a date, \`USING name::varchar(20)\`), data is lost without a word.

It rewrites the table under ACCESS EXCLUSIVE as well, so that all reads and writes wait; \`alter-column-type-rewrite\` is silent about the same statement.`,
	instead: "Run the query that the finding shows on production first. Then a second column of the new type, kept by a trigger and filled in batches; what does not fit comes to light there, and blocks nobody. A limit alone is better a `CHECK` that is added `NOT VALID`.",
	sources: ["https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DATA-TYPE", "https://www.postgresql.org/docs/current/datatype-character.html"],
	peers: [
		"migrationpilot MP044",
		"safe-migrate irreversible-migration",
		"squawk changing-column-type"
	],
	bad: [
		{
			title: "bigint to integer",
			base: "CREATE TABLE orders (id bigint PRIMARY KEY, total bigint);",
			migration: "ALTER TABLE orders ALTER COLUMN total TYPE integer;"
		},
		{
			title: "A shorter varchar, with names that need quotes",
			base: "CREATE TABLE \"User\" (id bigint PRIMARY KEY, \"nickName\" varchar(200) NOT NULL);",
			migration: "-- no longer than this\nALTER TABLE \"User\" ALTER \"nickName\" TYPE varchar(50);",
			line: 2
		},
		{
			title: "text to integer, with USING",
			base: "CREATE TABLE orders (id bigint PRIMARY KEY, amount text);",
			migration: "ALTER TABLE orders ALTER COLUMN amount TYPE integer USING (amount::integer);"
		},
		{
			title: "A timestamp as a date, two columns at once",
			base: "CREATE TABLE orders (id bigint PRIMARY KEY, placed timestamp, sent timestamptz);",
			migration: "ALTER TABLE orders ALTER COLUMN placed TYPE date, ALTER COLUMN sent TYPE date;"
		}
	],
	good: [
		{
			title: "A longer varchar",
			base: "CREATE TABLE users (id bigint PRIMARY KEY, name varchar(20));",
			migration: "ALTER TABLE users ALTER COLUMN name TYPE varchar(200);"
		},
		{
			title: "A limit on new rows as a CHECK",
			base: "CREATE TABLE users (id bigint PRIMARY KEY, name text);\nALTER TABLE users ADD CONSTRAINT users_name_length CHECK (length(name) <= 200) NOT VALID;",
			migration: "ALTER TABLE users VALIDATE CONSTRAINT users_name_length;"
		},
		{
			title: "In a table that the migration creates",
			base: "",
			migration: "CREATE TABLE users (id bigint PRIMARY KEY, name text);\nALTER TABLE users ALTER COLUMN name TYPE varchar(50);"
		}
	],
	check: (context) => [...alterTables(context)].flatMap((alter) => {
		const { statement, table, name } = alter;
		const changes = typeChanges(context, alter);
		const narrowed = changes.filter(isNarrowed);
		if (narrowed.length === 0) return [];
		const evidence = evidenceOn(statement, table);
		const objects = narrowed.map((change) => `${name}.${change.name}`);
		const fails = narrowed.some(({ narrowing }) => narrowing.does === "fails");
		const waits = statement.rewrites.length === 0 ? "" : ` ${whoWaits(statement, table, evidence, "it rewrites the table and its indexes")}`;
		return [{
			...at(alter),
			object: objects.length === 1 ? objects[0] ?? null : name,
			title: `Changing ${listed$1(narrowed.map((change) => `${name}.${change.name} to ${change.to}`))} ${fails ? "fails on values that do not fit" : "loses what does not fit"}${statement.rewrites.length === 0 ? "" : ` and ${blocksWhom(evidence, name)}`}`,
			message: `${narrowed.map(consequence).join(" ")}${waits} Look at production's values first.`,
			evidence: {
				...evidence,
				rewrite: statement.rewrites.length > 0
			},
			fix: secondColumns(context, alter, changes, narrowed.flatMap(({ narrowing: { condition } }) => condition === null ? [] : ["Before that, see which values do not fit:", `  SELECT * FROM ${alter.sqlName} WHERE ${condition} LIMIT 10;`])),
			explains: everythingOf(statement)
		}];
	})
};
const isNarrowed = (change) => change.narrowing !== null;
const consequence = ({ name, from, to, narrowing: { does, values } }) => does === "fails" ? `${name} goes from ${from} to ${to}: ${values} stop the migration.` : `${name} goes from ${from} to ${to}: ${values} are lost without a word.`;
// src/rules/columns/alter-column-type-rechecks-constraints.ts
const alterColumnTypeRechecksConstraints = {
	name: "alter-column-type-rechecks-constraints",
	about: "statement",
	severity: "error",
	summary: "A change of a column’s type leaves the rows alone but verifies its constraints again.",
	why: "A longer varchar or the step from varchar to text copies nothing. But a CHECK on the column is made anew for the new type, and every row is read to verify it, under the ACCESS EXCLUSIVE of the ALTER TABLE: all reads and writes of the table wait.",
	instead: "In one statement drop the constraint, change the type and add the constraint again `NOT VALID`; then `VALIDATE` it in a migration of its own, which blocks nobody.",
	sources: ["https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES"],
	peers: ["strong_migrations change_column_constraint", "online_migrations change_column_constraint"],
	bad: [{
		title: "A longer varchar with a CHECK",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, role varchar(20) CHECK (role IN ('member', 'admin')));",
		migration: "ALTER TABLE users ALTER COLUMN role TYPE varchar(50);"
	}, {
		title: "varchar to text, with names that need quotes and two CHECKs",
		base: "CREATE TABLE \"User\" (id bigint PRIMARY KEY, \"eMail\" varchar(50) NOT NULL, name text, CONSTRAINT \"has @\" CHECK (\"eMail\" ~ '@'), CHECK (\"eMail\" <> name));",
		migration: "-- no limit\nALTER TABLE \"User\" ALTER \"eMail\" TYPE text;",
		line: 2
	}],
	good: [{
		title: "A longer varchar without a CHECK of its own",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, age int CHECK (age > 0), role varchar(20));",
		migration: "ALTER TABLE users ALTER COLUMN role TYPE varchar(50);"
	}, {
		title: "The CHECK made anew without reading the rows",
		base: { "1_base.sql": "CREATE TABLE users (id bigint PRIMARY KEY, role varchar(20) CHECK (role IN ('member', 'admin')));" },
		migration: {
			"1_base.sql": "CREATE TABLE users (id bigint PRIMARY KEY, role varchar(20) CHECK (role IN ('member', 'admin')));",
			"2_role.sql": "ALTER TABLE users\n  DROP CONSTRAINT users_role_check,\n  ALTER COLUMN role TYPE varchar(50),\n  ADD CONSTRAINT users_role_check CHECK (role IN ('member', 'admin')) NOT VALID;",
			"3_role.sql": "ALTER TABLE users VALIDATE CONSTRAINT users_role_check;"
		}
	}],
	check: (context) => [...alterTables(context)].flatMap((alter) => {
		const { statement, table, name } = alter;
		const changes = typeChanges(context, alter);
		if (changes.length === 0 || statement.rewrites.length > 0) return [];
		if (!verifiedTable(statement) && !validatedForeignKey(statement)) return [];
		const constraints = verified(context, alter, changes);
		if (constraints.length === 0) return [];
		const evidence = evidenceOn(statement, table);
		const objects = changes.map((change) => `${name}.${change.name}`);
		return [{
			...at(alter),
			object: objects.length === 1 ? objects[0] ?? null : name,
			title: `Changing the type of ${listed$1(objects)} verifies ${listed$1(constraints.map(({ local }) => local))} again and ${blocksWhom(evidence, name)}`,
			message: `${whoWaits(statement, table, evidence, `it reads every row to verify ${listed$1(constraints.map(({ local }) => local))} again, though the rows stay as they are`)} Make the constraint anew as NOT VALID in the same statement, and validate it in ${apart(context)}.`,
			evidence: {
				...evidence,
				scan: true
			},
			fix: fixFor$8(context, alter, constraints),
			explains: everythingOf(statement)
		}];
	})
};
/** Valid CHECKs and foreign keys that base has on the columns. */
function verified(context, alter, changes) {
	const dropped = alter.commands.flatMap(({ subtype, name }) => subtype === "AT_DropConstraint" ? [name] : []);
	const columns = changes.flatMap(({ name }) => columnOf(context, alter.table, name)?.identity ?? []);
	return (context.before?.objects ?? []).filter(({ type, container, facts, columns: on, local }) => type === "constraint" && container === alter.name && (facts.kind === "check" || facts.kind === "foreign-key") && facts.validated === true && !dropped.includes(local) && on.some((column) => columns.includes(column)));
}
function fixFor$8(context, alter, constraints) {
	if (constraints.some(({ facts }) => facts.kind === "foreign-key") && context.postgresMajor < 18 && isPartitioned(context, alter.table)) return null;
	const added = constraints.map((constraint) => {
		const [statement] = parseFile(`ALTER TABLE t ADD CONSTRAINT ${identifier(constraint.local)} ${constraint.facts.clause} NOT VALID`).statements;
		const node = statement?.node;
		const [command] = node !== void 0 && "AlterTableStmt" in node ? node.AlterTableStmt.cmds ?? [] : [];
		return command !== void 0 && "AlterTableCmd" in command ? command.AlterTableCmd : null;
	});
	const commands = [
		...constraints.map(({ local }) => ({
			subtype: "AT_DropConstraint",
			name: local,
			behavior: "DROP_RESTRICT"
		})),
		...alter.commands,
		...added.flatMap((command) => command ?? [])
	];
	return recipe(context, [{
		title: "the type, and the same constraints for new rows, read no old ones",
		sql: [added.includes(null) ? null : writeAlterTable(alter.node, commands)]
	}, {
		title: "read the old rows while reads and writes go on",
		sql: constraints.map(({ local }) => `${alterTable(alter)} VALIDATE CONSTRAINT ${identifier(local)};`),
		notes: constraints.flatMap(({ facts }, index) => {
			const def = added[index]?.def;
			const condition = def !== void 0 && "Constraint" in def && def.Constraint.raw_expr !== void 0 ? writeExpression(def.Constraint.raw_expr) : null;
			return condition === null || facts.kind !== "check" ? [] : ["It fails if this finds a row:", `  SELECT * FROM ${alter.sqlName} WHERE NOT (${condition}) LIMIT 10;`];
		})
	}], { sameSchema: true });
}
// src/rules/tables/table-rewrite.ts
/** Does a finding account for what this statement did to this relation? */
const isExplained = (found, place, relation) => found.some((draft) => isAbout(draft, place) && draft.explains?.includes(relation) === true);
const tableRewrite = {
	name: "table-rewrite",
	about: "statement",
	severity: "error",
	summary: "An existing table is rewritten in a way that no other rule describes.",
	why: "The shadow saw a new storage file for a table that base has: all rows were copied and all indexes built anew, under ACCESS EXCLUSIVE. All reads and writes wait. This rule catches what the rules about single statements do not name: commands that are new in PostgreSQL, and DDL inside DO blocks, functions and procedures.",
	instead: "Expand and contract: a new table or column beside the old one, filled in batches outside the migration, then swapped.",
	sources: ["https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES"],
	peers: [
		"eugene E5 (trace)",
		"pgfence set-logged-unlogged",
		"migrationpilot MP047",
		"pgsafe set-access-method"
	],
	bad: [{
		title: "Hidden in a function that base has",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE FUNCTION widen() RETURNS void LANGUAGE plpgsql AS 'BEGIN ALTER TABLE users SET UNLOGGED; END';",
		migration: "SELECT widen();"
	}, {
		title: "Hidden in a DO block",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, age int);",
		migration: "-- widen\nDO $$ BEGIN EXECUTE 'ALTER TABLE users ALTER COLUMN age TYPE bigint'; END $$;",
		line: 2
	}],
	good: [{
		title: "A setting that copies nothing",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "ALTER TABLE users SET (fillfactor = 80);"
	}, {
		title: "TRUNCATE inside a DO block makes a new file, but copies nothing",
		base: "",
		migration: "CREATE TABLE scratch (id bigint);\nDO $$ BEGIN EXECUTE 'ALTER TABLE scratch ALTER COLUMN id TYPE text'; END $$;"
	}],
	check: (context, found) => [...places(context)].flatMap((place) => place.statement.rewrites.filter((relation) => !isExplained(found, place, relation)).map((relation) => {
		const { statement } = place;
		const locks = statement.locks.filter((each) => nameOf(each) === relation);
		const lock = strongest(locks);
		const evidence = {
			lock: lock?.mode ?? null,
			blocks: blocks(lock?.mode ?? "AccessExclusiveLock"),
			scan: true,
			rewrite: true
		};
		const hidden = hiddenIn(statement);
		return {
			...at(place),
			object: relation,
			title: `${hidden === null ? "The statement" : `${capital$1(hidden)}`} rewrites ${relation} and ${blocksWhom(evidence, "it")}`,
			message: lock === void 0 ? `The table got a new storage file (seen on the shadow), so that all reads and writes of ${relation} waited until its rows were copied.` : whoWaits(statement, {
				...lock,
				tableOid: null
			}, evidence, "the table is copied and its indexes are built anew"),
			evidence,
			fix: null,
			explains: [relation]
		};
	}))
};
const capital$1 = (text) => text.charAt(0).toUpperCase() + text.slice(1);
// src/rules/columns/alter-column-type-rewrite.ts
const alterColumnTypeRewrite = {
	name: "alter-column-type-rewrite",
	about: "statement",
	severity: "error",
	summary: "A change of a column’s type rewrites the table.",
	why: `Where the stored form of the values changes, the whole table and all its indexes are rewritten under ACCESS EXCLUSIVE while all reads and writes wait.

Many changes rewrite nothing and are not reported: a longer or unlimited varchar, varchar to text, a higher precision of numeric with the same scale, cidr to inet, timestamp to timestamptz in a session that runs in UTC. It is the shadow that tells, not a list of types.`,
	instead: "A second column of the new type, kept by a trigger and filled in batches, then swapped with the old one in a moment.",
	sources: ["https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES"],
	peers: [
		"squawk changing-column-type",
		"eugene E5",
		"atlas PG301",
		"strong_migrations change_column",
		"online_migrations change_column",
		"pgfence alter-column-type",
		"migrationpilot MP007",
		"pgsafe alter-column-type"
	],
	bad: [
		{
			title: "integer to bigint",
			base: "CREATE TABLE orders (id bigint PRIMARY KEY, total integer NOT NULL);",
			migration: "ALTER TABLE orders ALTER COLUMN total TYPE bigint;"
		},
		{
			title: "integer to boolean, with USING and names that need quotes",
			base: "CREATE TABLE \"Order\" (id bigint PRIMARY KEY, \"isPaid\" integer);",
			migration: "ALTER TABLE \"Order\" ALTER COLUMN \"isPaid\" TYPE boolean USING (\"isPaid\" <> 0);"
		},
		{
			title: "Another scale, and a second column",
			base: "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric(10, 2), seats smallint NOT NULL);",
			migration: "ALTER TABLE orders ALTER COLUMN total TYPE numeric(12, 4), ALTER COLUMN seats TYPE integer;"
		}
	],
	good: [
		{
			title: "A longer varchar",
			base: "CREATE TABLE users (id bigint PRIMARY KEY, name varchar(20));",
			migration: "ALTER TABLE users ALTER COLUMN name TYPE varchar(200);"
		},
		{
			title: "varchar to text, and a higher precision",
			base: "CREATE TABLE users (id bigint PRIMARY KEY, name varchar(20), total numeric(10, 2));",
			migration: "ALTER TABLE users ALTER COLUMN name TYPE text, ALTER COLUMN total TYPE numeric(20, 2);"
		},
		{
			title: "In a table that the migration creates",
			base: "",
			migration: "CREATE TABLE users (id integer PRIMARY KEY);\nALTER TABLE users ALTER COLUMN id TYPE bigint;"
		}
	],
	check: (context, found) => [...alterTables(context)].flatMap((alter) => {
		const { statement, table, name } = alter;
		const changes = typeChanges(context, alter);
		if (changes.length === 0 || statement.rewrites.length === 0) return [];
		if (changes.some(({ narrowing }) => narrowing !== null)) return [];
		if (statement.rewrites.every((relation) => isExplained(found, alter, relation)) && changes.every(({ keepsStorage }) => keepsStorage)) return [];
		const evidence = evidenceOn(statement, table);
		const objects = changes.map((change) => `${name}.${change.name}`);
		return [{
			...at(alter),
			object: objects.length === 1 ? objects[0] ?? null : name,
			title: `Changing the type of ${listed$1(objects)} rewrites the table and ${blocksWhom(evidence, name)}`,
			message: `${whoWaits(statement, table, evidence, "it rewrites the table and its indexes")} Add a column of the new type, keep it by trigger, fill it in batches, and swap the two.`,
			evidence: {
				...evidence,
				rewrite: true
			},
			fix: secondColumns(context, alter, changes),
			explains: everythingOf(statement)
		}];
	})
};
// src/rules/failures/server-error.ts
const failures = (context) => context.migrations.flatMap((migration) => migration.error === null ? [] : [{
	migration,
	error: migration.error
}]);
/** What all findings about a failing migration have in common. */
function failureDraft(context, { migration, error }) {
	const file = error.file ?? migration.file;
	const statement = file === migration.file ? migration.statements.find(({ line, endLine }) => line <= error.line && error.line <= endLine) : void 0;
	const { schema, table, column } = error.object;
	return {
		migration: migration.version,
		file,
		line: error.line,
		endLine: statement?.endLine ?? error.line,
		...statement === void 0 ? {} : { statement: statement.index },
		object: table === void 0 ? null : [
			schema,
			table,
			column
		].filter((part) => part !== void 0).join("."),
		evidence: null,
		fix: null,
		detail: {
			language: "text",
			text: caret(context.sources.get(file) ?? "", error)
		}
	};
}
/** Of a long line only this much is shown around the caret. */
const width = 100;
/**
* The place in the file and what the server said, as psql shows it but with line numbers:
* ```
*   2 | ALTER TABLE users
*   3 |   ADD COLUMN emial citext;
*     |                    ^
* ERROR 42704: type "citext" does not exist
* ```
*/
function caret(source, error) {
	const lines = source.split(/\r\n|\n|\r/);
	const first = Math.max(1, error.line - 2);
	const last = Math.min(lines.length, error.line + (error.column === null ? 2 : 0));
	const gutter = String(last).length;
	const shown = [];
	for (let number = first; number <= last; number += 1) {
		const text = lines[number - 1] ?? "";
		if (number === error.line && error.column !== null) {
			const { text: part, column } = around$1(text, error.column);
			const padding = part.slice(0, column - 1).replace(/[^\t]/g, " ");
			shown.push(`${String(number).padStart(gutter)} | ${part}`, `${" ".repeat(gutter)} | ${padding}^`);
		} else shown.push(`${String(number).padStart(gutter)} | ${clip(text)}`);
	}
	return [
		...shown.map((line) => line.trimEnd()),
		`ERROR ${error.sqlstate}: ${oneLine(error.message)}`,
		...error.detail === null ? [] : [`DETAIL: ${oneLine(error.detail)}`],
		...error.hint === null ? [] : [`HINT: ${oneLine(error.hint)}`]
	].join("\n");
}
function around$1(text, column) {
	if (text.length <= width) return {
		text,
		column
	};
	const start = Math.max(0, Math.min(column - 1 - width / 2, text.length - width));
	const before = start > 0 ? "…" : "";
	const after = start + width < text.length ? "…" : "";
	return {
		text: `${before}${text.slice(start, start + width)}${after}`,
		column: column - start + before.length
	};
}
const clip = (text) => text.length > width ? `${text.slice(0, width)}…` : text;
/** Server texts may have several lines (a PL/pgSQL context); a line each is enough to find the place. */
const oneLine = (text) => {
	const flat = text.replace(/\s*[\r\n]+\s*/g, " ");
	return flat.length > 500 ? `${flat.slice(0, 500)}…` : flat;
};
// src/rules/columns/alter-column-type-view-dependency.ts
/** 0A000 for a type change; 2BP01, where what depends is a view, for DROP COLUMN. */
const isViewDependency = ({ error }) => error.sqlstate === "0A000" && /^cannot alter type of a column used (?:by|in) /.test(error.message) || error.sqlstate === "2BP01" && /^cannot drop column /.test(error.message) && /(?:^|\n)(?:materialized )?view /.test(error.detail ?? "");
const alterColumnTypeViewDependency = {
	name: "alter-column-type-view-dependency",
	about: "failure",
	severity: "error",
	summary: "A column that a view uses is dropped or gets another type, which Postgres refuses.",
	why: "A view has the types of its columns fixed when it is made. As long as one depends on the column, `ALTER COLUMN … TYPE` fails with 0A000 and `DROP COLUMN` with 2BP01, and the deploy stops. So do generated columns, triggers and policies that name the column of a type change. Developers’ databases often lack the view.",
	instead: "Drop the view and create it again around the change, in the same transaction, so that no query misses it. `CASCADE` would drop it for good.",
	sources: ["https://www.postgresql.org/docs/current/ddl-depend.html", "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DATA-TYPE"],
	peers: ["migrationpilot MP052", "atlas (dev database)"],
	bad: [{
		title: "Another type under a view",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, name varchar(20));\nCREATE VIEW names AS SELECT id, name FROM users;",
		migration: "ALTER TABLE users ALTER COLUMN name TYPE text;"
	}, {
		title: "A dropped column under a materialized view",
		base: "CREATE TABLE \"User\" (id bigint PRIMARY KEY, \"eMail\" text);\nCREATE MATERIALIZED VIEW \"Mails\" AS SELECT \"eMail\" FROM \"User\";",
		migration: "SELECT 1;\nALTER TABLE \"User\"\n  DROP COLUMN \"eMail\";",
		line: 2
	}],
	good: [{
		title: "The view is dropped and made again",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, name varchar(20));\nCREATE VIEW names AS SELECT id, name FROM users;",
		migration: "DROP VIEW names;\nALTER TABLE users ALTER COLUMN name TYPE text;\nCREATE VIEW names AS SELECT id, name FROM users;"
	}, {
		title: "A column that the view does not use",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, name varchar(20), note varchar(20));\nCREATE VIEW names AS SELECT id, name FROM users;",
		migration: "ALTER TABLE users ALTER COLUMN note TYPE text;"
	}],
	check: (context) => failures(context).filter(isViewDependency).map((failure) => {
		const { error } = failure;
		const dependents = (error.detail ?? "").split("\n").map((line) => line.trim()).filter((line) => line !== "");
		return {
			...failureDraft(context, failure),
			title: `The migration fails: ${error.message}`,
			message: `PostgreSQL ${context.postgresMajor} refuses this as long as something depends on the column (SQLSTATE ${error.sqlstate}${dependents.length === 0 ? "" : `; ${dependents.slice(0, 5).join("; ")}`}), so the deploy stops here and no later migration runs. Drop what depends on it and create it again, in the same transaction.`,
			fix: around(context, failure)
		};
	})
};
/** The statement between DROP VIEW and CREATE VIEW, where one view depends on the column and nothing on the view. */
function around(context, { migration, error }) {
	const failed = migration.statements.find(({ line, endLine }) => line <= error.line && error.line <= endLine);
	if (failed?.node == null || !("AlterTableStmt" in failed.node) || error.sqlstate !== "0A000") return null;
	const [only, ...more] = [...(error.detail ?? "").matchAll(/ on view (.+?) depends on column /g)].map(([, name]) => name ?? "");
	if (only === void 0 || more.length > 0) return null;
	const view = viewNamed(context, only);
	if (view === void 0 || isUsed(context, view)) return null;
	const create = view.definition.split("\n").filter((line) => !line.startsWith("-- ")).join("\n").trim();
	return {
		sql: [
			`DROP VIEW ${view.text.sqlName};`,
			`${failed.sql};`,
			create.endsWith(";") ? create : `${create};`,
			"-- Privileges and comments of the view have to be given again."
		].join("\n"),
		sameSchema: false
	};
}
/** As the server writes it: with the schema only where the search_path does not find it. */
function viewNamed(context, written) {
	const found = (context.before?.objects ?? []).filter(({ type, text, name, local }) => type === "view" && (name === written || local === written || text.sqlName === written));
	return found.length === 1 ? found[0] : void 0;
}
/** Does another view's query name it? Text is enough to refrain. */
const isUsed = (context, view) => (context.before?.objects ?? []).some(({ type, definition, identity }) => (type === "view" || type === "materialized-view" || type === "function" || type === "trigger") && identity !== view.identity && definition.includes(view.local));
// src/rules/columns/alter-default-volatile-existing.ts
const alterDefaultVolatileExisting = {
	name: "alter-default-volatile-existing",
	about: "statement",
	severity: "notice",
	summary: "A nullable column of base gets a default of its own for each row; the rows that are there get none.",
	why: "`SET DEFAULT gen_random_uuid()` is brief and safe. But it is for rows to come: unlike `ADD COLUMN … DEFAULT` it leaves every existing row as it is, so that the old rows go on holding NULL, and code that takes the value for granted fails on them.",
	instead: "Fill the old rows in batches outside the migration. Silent where the column is new in the same pull request, is NOT NULL already, or the pull request updates the table.",
	sources: ["https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DROP-DEFAULT"],
	peers: [
		"migrationpilot MP048",
		"strong_migrations change_column_default",
		"excellent_migrations column_volatile_default"
	],
	bad: [{
		title: "A random UUID from now on",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, token uuid);",
		migration: "ALTER TABLE users ALTER COLUMN token SET DEFAULT gen_random_uuid();"
	}, {
		title: "A sequence, with names that need quotes",
		base: "CREATE SEQUENCE numbers;\nCREATE TABLE \"User\" (id bigint, \"No\" bigint);",
		migration: `ALTER TABLE "User" ALTER "No" SET DEFAULT nextval('numbers');`
	}],
	good: [
		{
			title: "A column that is NOT NULL: every row has a value",
			base: "CREATE TABLE users (id bigint PRIMARY KEY, token uuid NOT NULL);",
			migration: "ALTER TABLE users ALTER COLUMN token SET DEFAULT gen_random_uuid();"
		},
		{
			title: "A new column: the safe way to a volatile default",
			base: "CREATE TABLE users (id bigint PRIMARY KEY);",
			migration: "ALTER TABLE users ADD COLUMN token uuid;\nALTER TABLE users ALTER COLUMN token SET DEFAULT gen_random_uuid();"
		},
		{
			title: "A constant",
			base: "CREATE TABLE users (id bigint PRIMARY KEY, role text);",
			migration: "ALTER TABLE users ALTER COLUMN role SET DEFAULT 'member';"
		}
	],
	check: (context) => [...alterTables(context)].flatMap((alter) => {
		const { statement, table, name } = alter;
		const columns = alter.commands.flatMap(({ subtype, name: column = "", def }) => {
			if (subtype !== "AT_ColumnDefault" || def === void 0) return [];
			const facts = columnOf(context, table, column)?.facts;
			if (facts?.refusesNull !== false || facts.hasDefault !== false) return [];
			return volatility(context, def) === "volatile" ? [column] : [];
		});
		if (columns.length === 0 || isUpdated(context, table.oid)) return [];
		const objects = columns.map((column) => `${name}.${column}`);
		return [{
			...at(alter),
			object: objects.length === 1 ? objects[0] ?? null : name,
			title: `The rows that ${name} has get no ${listed$1(columns)} from this default`,
			message: `A default is for rows to come: those that are there keep their NULL. Fill them in batches outside the migration, if the code counts on a value.`,
			evidence: {
				...evidenceOn(statement, table),
				scan: false
			},
			fix: recipe(context, [{
				title: "the default for new rows",
				sql: [writeAlterTable(alter.node, alter.commands)],
				notes: columns.flatMap((column) => backfill(context, {
					...alter,
					column,
					value: "DEFAULT",
					missing: `${identifier(column)} IS NULL`
				}))
			}], { sameSchema: true })
		}];
	})
};
const isUpdated = (context, oid) => [...places(context)].some(({ statement }) => {
	const { node } = statement;
	if (node === null || !("UpdateStmt" in node)) return false;
	const { relation } = node.UpdateStmt;
	return context.resolve(relation?.schemaname, relation?.relname ?? "", statement)?.oid === oid;
});
// src/rules/uses.ts
/** So many lines are shown with a finding. */
const most$2 = 10;
/**
* The finding with the lines that still name what goes. Where base, the version that runs while the migration
* is applied, likely uses it, the finding is an error: removing the code in the same pull request does not help.
*
* @param objects base's unquoted names: `public.users`, `public.users.email`
* @param keeps the old name stays available, so that the uses are shown and raise nothing
*/
function withUses(context, draft, objects, options) {
	const found = objects.flatMap((object) => context.uses?.(object) ?? []);
	if (found.length === 0) return draft;
	const likely = found.filter((use) => use.likely && use.inBase);
	const uses = [...found.filter((use) => use.likely), ...found.filter((use) => !use.likely)].slice(0, most$2).map(({ file, line, text, tree }) => ({
		file,
		line,
		text,
		tree
	}));
	if (likely.length === 0 || options.keeps === true) return {
		...draft,
		uses
	};
	return {
		...draft,
		severity: "error",
		message: `${draft.message} ${says$1(objects, likely)} ${options.what}`,
		uses
	};
}
function says$1(objects, likely) {
	const [first = ""] = objects;
	const name = objects.length === 1 ? first.split(".").slice(-2).join(".") : "one of them";
	const gone = likely.filter(({ tree }) => tree === "base").length;
	const where = gone === 0 ? ", and this pull request leaves them there" : gone === likely.length ? "; this pull request removes them, but the version without them is deployed only later" : `, of which this pull request leaves ${likely.length - gone}`;
	return `Base's code, which runs while the migration is applied, names ${name} or looks like it in ${counted$1(likely.length, "line")}${where}.`;
}
// src/rules/columns/drop-column.ts
const dropColumn = {
	name: "drop-column",
	about: "statement",
	severity: "warning",
	summary: "A column of an existing table is dropped.",
	why: `Its values are gone, and the indexes and constraints that use it go with it. Until the new version of the application runs everywhere, the old one still names the column, and its queries fail; ORMs name every column that they knew at start.

It is an error when base’s code, which runs while the migration is applied, likely uses the column: removing the code and dropping the column in one pull request is the classic mistake. It is an error too when the same migrations add a column of the same name again: the schema then looks unchanged, and the values are lost unless an earlier statement has copied them.`,
	instead: "First release a version that does not use the column (and tell the ORM to ignore it), then drop it in a migration of its own.",
	sources: ["https://www.postgresql.org/docs/current/ddl-alter.html#DDL-ALTER-REMOVING-A-COLUMN"],
	peers: [
		"squawk ban-drop-column",
		"atlas DS103",
		"strong_migrations remove_column",
		"online_migrations remove_column",
		"pgfence drop-column",
		"migrationpilot MP017",
		"pgsafe drop-column"
	],
	bad: [{
		title: "A column that base has",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, email text);",
		migration: "ALTER TABLE users DROP COLUMN email;"
	}, {
		title: "Several, with quotes and IF EXISTS",
		base: "CREATE TABLE \"User\" (id bigint PRIMARY KEY, \"eMail\" text, age int);",
		migration: "ALTER TABLE \"User\"\n  DROP COLUMN IF EXISTS \"eMail\",\n  DROP COLUMN age;"
	}],
	good: [{
		title: "A column that the same migration added",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "ALTER TABLE users ADD COLUMN email text;\nALTER TABLE users DROP COLUMN email;"
	}, {
		title: "IF EXISTS, and it does not",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "ALTER TABLE users DROP COLUMN IF EXISTS email;"
	}],
	check(context) {
		const alters = [...alterTables(context)];
		const written = alters.flatMap((alter) => droppedColumns(context, alter).map((name) => `${alter.name}.${name}`));
		return [...alters.flatMap((alter) => writtenDrops(context, alter)), ...hiddenDrops$1(context, new Set(written))];
	}
};
function droppedColumns(context, alter) {
	return alter.commands.flatMap(({ subtype, name = "" }) => {
		if (subtype !== "AT_DropColumn") return [];
		if (context.before !== null && columnOf(context, alter.table, name) === void 0) return [];
		return [name];
	});
}
function writtenDrops(context, alter) {
	const dropped = droppedColumns(context, alter);
	const full = (name) => `${alter.name}.${name}`;
	const place = {
		...at(alter),
		evidence: {
			...evidenceOn(alter.statement, alter.table),
			scan: false
		}
	};
	const again = dropped.filter((name) => isAnother(context, full(name)));
	const gone = dropped.filter((name) => !again.includes(name)).map(full);
	const emptied = again.length > 0 && isEmptied(context, alter, alter.table);
	return [...again.map((name) => emptied || isColumnCopied(context, alter, alter.table, name) ? replaced(full(name), place) : lost(full(name), place)), ...gone.length === 0 ? [] : [draft$9(context, gone, alter.name, place)]];
}
/** Columns that are gone though no statement says so: DO blocks, functions, a type dropped with CASCADE. */
function hiddenDrops$1(context, known) {
	return context.schemaChanges.filter(({ change, type, name }) => change === "removed" && type === "column" && !known.has(name)).flatMap(({ name }) => {
		const column = context.before?.byName("column", name);
		const table = column === void 0 ? void 0 : column.container;
		if (table === void 0) return [];
		const place = [...places(context)].find(({ statement }) => !isAlterTable(statement.node) && statement.locks.some((lock) => nameOf(lock) === table && lock.mode === "AccessExclusiveLock"));
		if (place === void 0) return [];
		const lock = place.statement.locks.find((each) => nameOf(each) === table);
		const where = hiddenIn(place.statement);
		const more = where === null ? "" : ` It is hidden in ${where}.`;
		const there = {
			...at(place),
			evidence: lock === void 0 ? null : {
				...evidenceOn(place.statement, {
					...lock,
					tableOid: null
				}),
				scan: false
			}
		};
		return [isAnother(context, name) ? lost(name, there, more) : draft$9(context, [name], table, there, more)];
	});
}
const isAlterTable = (node) => node !== null && "AlterTableStmt" in node;
/** Another column has the name afterwards, in the table as it is called then. */
function isAnother(context, column) {
	const before = context.before?.byName("column", column);
	const table = context.after?.byIdentity(before?.containerIdentity ?? "");
	const after = context.after?.byName("column", `${table?.name}.${before?.local}`);
	return before !== void 0 && after !== void 0 && before.identity !== after.identity;
}
function draft$9(context, columns, table, place, more = "") {
	const one = columns.length === 1;
	return withUses(context, {
		...place,
		object: one ? columns[0] ?? null : table,
		title: `Dropping ${one ? "column" : "columns"} ${listed$1(columns)} loses ${one ? "its" : "their"} values`,
		message: `The version that is still running fails wherever it names ${one ? "the column" : "one of them"}, and the values of ${table} cannot be brought back.${more} Release a version that does not use ${one ? "it" : "them"} first, then drop ${one ? "it" : "them"}.`,
		fix: null
	}, columns, { what: "Remove the code first, deploy, then drop." });
}
const lost = (column, place, more = "") => ({
	...place,
	object: column,
	severity: "error",
	title: `${column} is dropped and added again: its values are lost`,
	message: `A column of that name is there afterwards, but it is another one and empty.${more} Change it in place with ALTER COLUMN, or fill a second column before the first one goes.`,
	fix: null
});
/** The migration has taken the values elsewhere, or there are none any more. */
const replaced = (column, place) => ({
	...place,
	object: column,
	title: `${column} is replaced by another column of its name`,
	message: `The version that is still running does not know that it is another one: what it reads and writes there from now on need not have the type and meaning that it expects. Keep both columns, under two names, until no running version uses the old one.`,
	fix: null
});
// src/rules/columns/drop-not-null.ts
const dropNotNull = {
	name: "drop-not-null",
	about: "statement",
	severity: "notice",
	summary: "A column of an existing table may be NULL from now on.",
	why: "The lock is brief. But code that reads the column was written for a value that is always there: the first NULL that a new version writes can break every reader that is still running, and reports and clients that nobody thought of.",
	instead: "Deploy readers that cope with NULL first, then drop the constraint, then let a version write NULLs.",
	sources: ["https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DROP-NOT-NULL"],
	peers: [
		"squawk ban-drop-not-null",
		"pgfence drop-not-null",
		"migrationpilot MP029",
		"pgsafe drop-not-null",
		"postgres-language-server banDropNotNull"
	],
	bad: [
		{
			title: "DROP NOT NULL",
			base: "CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);",
			migration: "ALTER TABLE users ALTER COLUMN email DROP NOT NULL;"
		},
		{
			title: "Two columns, with names that need quotes",
			base: "CREATE TABLE \"User\" (id bigint PRIMARY KEY, \"eMail\" text NOT NULL, \"Phone\" text NOT NULL);",
			migration: "ALTER TABLE \"User\"\n  ALTER \"eMail\" DROP NOT NULL,\n  ALTER \"Phone\" DROP NOT NULL;"
		},
		{
			title: "By the name of the constraint",
			base: "CREATE TABLE users (id bigint PRIMARY KEY, email text CONSTRAINT has_email NOT NULL);",
			migration: "ALTER TABLE users DROP CONSTRAINT has_email;",
			since: 18
		}
	],
	good: [
		{
			title: "A column that could be NULL before",
			base: "CREATE TABLE users (id bigint PRIMARY KEY, email text);",
			migration: "ALTER TABLE users ALTER COLUMN email DROP NOT NULL;"
		},
		{
			title: "A CHECK still refuses NULL",
			base: "CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL CONSTRAINT present CHECK (email IS NOT NULL));",
			migration: "ALTER TABLE users ALTER COLUMN email DROP NOT NULL;"
		},
		{
			title: "In a table that the migration creates",
			base: "",
			migration: "CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);\nALTER TABLE users ALTER COLUMN email DROP NOT NULL;"
		}
	],
	check: (context) => [...alterTables(context)].flatMap((alter) => {
		const { statement, table, name } = alter;
		const columns = nullable(context, alter);
		if (columns.length === 0) return [];
		const objects = columns.map((column) => `${name}.${column}`);
		return [{
			...at(alter),
			object: objects.length === 1 ? objects[0] ?? null : name,
			title: `${listed$1(objects)} may be NULL from now on`,
			message: `Code that is running was written for a value that is always there. See that every reader of ${listed$1(columns)} copes with NULL before a version writes the first one.`,
			evidence: {
				...evidenceOn(statement, table),
				scan: false
			},
			fix: null
		}];
	})
};
/** Columns that this statement lets be NULL and that nothing else keeps from it in the end. */
function nullable(context, alter) {
	const named = alter.commands.flatMap(({ subtype, name }) => subtype === "AT_DropNotNull" && name !== void 0 ? [name] : []);
	const changed = context.postgresMajor >= 18 && alter.commands.some(({ subtype, name = "" }) => subtype === "AT_DropConstraint" && context.before?.byName("constraint", `${alter.name}.${name}`) === void 0) ? context.schemaChanges.filter(({ change, type, name }) => change === "altered" && type === "column" && name.startsWith(`${alter.name}.`)).map(({ name }) => name.slice(alter.name.length + 1)).filter((column) => !saidElsewhere(context, alter.name, column)) : [];
	return [.../* @__PURE__ */ new Set([...named, ...changed])].filter((column) => {
		const before = columnOf(context, alter.table, column);
		const after = before === void 0 ? void 0 : context.after?.byIdentity(before.identity);
		return before?.facts.refusesNull === true && after?.facts.refusesNull === false && !checked(context, before.identity);
	});
}
/** Another statement drops it by the column's name. */
const saidElsewhere = (context, table, column) => [...alterTables(context)].some(({ name, commands }) => name === table && commands.some((each) => each.subtype === "AT_DropNotNull" && each.name === column));
/** A CHECK of this column alone that says the same. */
const checked = (context, identity) => context.after?.objects.some(({ type, facts, columns }) => type === "constraint" && facts.kind === "check" && columns.length === 1 && columns[0] === identity && String(facts.clause).includes("IS NOT NULL")) === true;
// src/rules/impact.ts
/** What the schema diff says of an object that base has; undefined where it says nothing, or nothing is known. */
const changeOf = ({ schemaChanges }, types, name) => schemaChanges.find((change) => types.includes(change.type) && change.change !== "added" && (change.previousName ?? change.name) === name);
/** Does the old name of what was renamed or moved go on answering? By the impact that the schema diff gives it. */
const oldNameAnswers = (context, types, name) => {
	if (context.migrations.some(({ error }) => error !== null)) return false;
	const change = changeOf(context, types, name);
	return change?.change === "renamed" && change.impact !== "breaking";
};
/**
* Changes that no statement's text tells of: they happened inside a DO block, a function or a procedure. What
* went with its schema is the schema's matter.
*
* @param told base's names that a finding is about already
*/
function hiddenChanges(context, types, changes, told) {
	return context.schemaChanges.flatMap((change) => {
		const name = change.previousName ?? change.name;
		if (!types.includes(change.type) || !changes.includes(change.change) || told.has(name)) return [];
		const schema = name.slice(0, name.indexOf("."));
		if (changeOf(context, ["schema"], schema) !== void 0 && change.type !== "schema") return [];
		for (const place of places(context)) {
			const where = hiddenIn(place.statement);
			if (where === null || !couldDoIt(place, change, name)) continue;
			return [{
				change,
				name,
				place,
				where
			}];
		}
		return [];
	});
}
/** Relations are locked by what changes them; types and schemas leave no such trace. */
const couldDoIt = ({ statement }, { type }, name) => ![
	"table",
	"view",
	"materialized-view"
].includes(type) || statement.locks.some((lock) => lock.new && lock.mode === "AccessExclusiveLock" && nameOf(lock) === name);
const capital = (text) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
// src/rules/hidden-renames.ts
/**
* Renames of what base has that no statement's text tells of: they happened inside a DO block or a function. The
* catalogs know them by oid.
*
* @param told objects (by base's name) that a finding is about already
*/
function hiddenRenames(context, type, told) {
	return context.schemaChanges.flatMap((change) => {
		const { previousName: old, name } = change;
		if (change.change !== "renamed" || change.type !== type || old === null || told.has(old)) return [];
		for (const place of places(context)) {
			const hidden = hiddenIn(place.statement);
			const lock = place.statement.locks.find((each) => each.new && each.mode === "AccessExclusiveLock" && (type === "table" ? old === nameOf(each) : old.startsWith(`${nameOf(each)}.`)));
			if (hidden === null || lock === void 0) continue;
			const stays = oldNameAnswers(context, [type], old);
			return [withUses(context, {
				...at(place),
				object: old,
				...stays ? { severity: "notice" } : {},
				title: `${capital(hidden)} renames ${old} to ${name}${stays ? "; the old name stays available" : ", which breaks the version that is still running"}`,
				message: stays ? "Queries of the version that is still running find the old name. Check that they can write through it too." : `Its queries name ${old} and fail from the moment of the rename until the new version runs everywhere. Leave the old name available for the time of the rollout: a view for a table, a second column for a column.`,
				evidence: {
					lock: lock.mode,
					blocks: ["reads", "writes"],
					scan: false,
					rewrite: false
				},
				fix: null
			}, [old], {
				what: "Keep the old name until no running version uses it.",
				keeps: stays
			})];
		}
		return [];
	});
}
// src/rules/columns/rename-column.ts
const renameColumn = {
	name: "rename-column",
	about: "statement",
	severity: "warning",
	summary: "A column of an existing table gets another name.",
	why: "From the moment of the rename every query of the running version that names the column fails, until the new version runs everywhere; and the new version fails before.",
	instead: "A second column with the new name that a trigger keeps equal to the first; or keep the old name in the database and rename in the application only. A view under the table’s old name, or a column that keeps the old name, makes it a notice.",
	sources: ["https://www.postgresql.org/docs/current/ddl-alter.html#DDL-ALTER-RENAMING-COLUMN"],
	peers: [
		"squawk renaming-column",
		"atlas BC102",
		"strong_migrations rename_column",
		"online_migrations rename_column",
		"pgfence rename-column",
		"migrationpilot MP010",
		"pgsafe rename"
	],
	bad: [{
		title: "A column that base has",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, mail text);",
		migration: "ALTER TABLE users RENAME COLUMN mail TO email;"
	}, {
		title: "Names that need quotes",
		base: "CREATE TABLE \"User\" (id bigint PRIMARY KEY, \"eMail\" text NOT NULL);",
		migration: "SELECT 1;\nALTER TABLE \"User\" RENAME \"eMail\" TO \"Email\";",
		line: 2
	}],
	good: [{
		title: "In a table that the migration creates",
		base: "",
		migration: "CREATE TABLE users (id bigint PRIMARY KEY, mail text);\nALTER TABLE users RENAME COLUMN mail TO email;"
	}, {
		title: "A second column instead",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, mail text);",
		migration: "ALTER TABLE users ADD COLUMN email text;"
	}],
	check: (context) => {
		const written = fromText$5(context);
		return [...written, ...hiddenRenames(context, "column", new Set(written.map(({ object }) => object)))];
	}
};
const fromText$5 = (context) => [...places(context)].flatMap((place) => {
	const { node } = place.statement;
	if (node === null || !("RenameStmt" in node)) return [];
	const { renameType, relation, subname = "", newname = "" } = node.RenameStmt;
	if (renameType !== "OBJECT_COLUMN") return [];
	const table = context.resolve(relation?.schemaname, relation?.relname ?? "", place.statement);
	if (table === void 0 || table.kind !== "table") return [];
	if (context.before !== null && columnOf(context, table, subname) === void 0) return [];
	const name = nameOf(table);
	const stays = oldNameAnswers(context, ["column"], `${name}.${subname}`);
	const swapped = takenOver(context, table, subname);
	return [withUses(context, {
		...at(place),
		object: `${name}.${subname}`,
		...swapped !== null ? { severity: "error" } : stays ? { severity: "notice" } : {},
		title: swapped !== null ? `${name}.${subname} is now what was ${swapped}: the running version reads and writes the wrong column` : stays ? `${name}.${subname} is renamed to ${newname}; the old name stays available` : `Renaming ${name}.${subname} to ${newname} breaks the version that is still running`,
		message: swapped !== null ? `Another column that base has took over the name ${subname}, so that queries of the version that is still running go on without an error and mix up the values. Give the column a name that nothing has used.` : stays ? "Queries of the version that is still running find the old name. Check that they can write through it too." : `Its queries name ${subname} and fail from the moment of the rename until the new version runs everywhere. Add a second column and keep both equal for the time of the rollout.`,
		evidence: {
			...evidenceOn(place.statement, table),
			scan: false
		},
		fix: stays ? null : fixFor$7(context, table, relation?.schemaname, subname, newname)
	}, [`${name}.${subname}`], {
		what: "Keep the old name until no running version uses it.",
		keeps: stays
	})];
});
/** The column that answers to a name afterwards; nothing is known when a migration failed and was rolled back. */
const afterwards = ({ after, migrations }, table, column) => migrations.some(({ error }) => error !== null) ? void 0 : after?.byName("column", `${nameOf(table)}.${column}`);
/** Name that the column which has the old name now had in base, when it is another one. */
function takenOver(context, table, column) {
	const now = afterwards(context, table, column);
	const then = now === void 0 ? void 0 : context.before?.byIdentity(now.identity);
	return then === void 0 || then.name === now?.name ? null : then.name;
}
function fixFor$7(context, table, schema, old, renamed) {
	const type = columnOf(context, table, old)?.facts.dataType;
	if (typeof type !== "string") return null;
	const name = qualified(schema, table.relation);
	const trigger = withEnding(`${table.relation}_${renamed}`, "_sync");
	const fn = qualified(schema, trigger);
	const [from, to] = [identifier(old), identifier(renamed)];
	const body = `BEGIN
  IF TG_OP = 'INSERT' THEN
    new.${to} := coalesce(new.${to}, new.${from});
    new.${from} := new.${to};
  ELSIF ${differs(`new.${to}`, `old.${to}`, type)} THEN
    new.${from} := new.${to};
  ELSE
    new.${to} := new.${from};
  END IF;
  RETURN new;
END`;
	if (body.includes("$$")) return null;
	return recipe(context, [{
		title: "a second column; a trigger keeps both equal whichever the application writes",
		sql: [
			`ALTER TABLE ${name} ADD COLUMN ${to} ${type};`,
			`CREATE FUNCTION ${fn}() RETURNS trigger LANGUAGE plpgsql AS $$\n${body}\n$$;`,
			`CREATE TRIGGER ${identifier(trigger)} BEFORE INSERT OR UPDATE ON ${name} FOR EACH ROW EXECUTE FUNCTION ${fn}();`
		],
		notes: backfill(context, {
			table,
			sqlName: name,
			column: renamed,
			value: from,
			missing: differs(to, from, type)
		})
	}, {
		title: "when no version that is running uses the old name any more",
		sql: [
			`DROP TRIGGER ${identifier(trigger)} ON ${name};`,
			`DROP FUNCTION ${fn}();`,
			`ALTER TABLE ${name} DROP COLUMN ${from};`
		]
	}], { sameSchema: false });
}
// src/rules/columns/set-not-null.ts
const setNotNull = {
	name: "set-not-null",
	about: "statement",
	severity: "error",
	summary: "SET NOT NULL reads every row of an existing table under ACCESS EXCLUSIVE.",
	why: "`ALTER COLUMN … SET NOT NULL` holds ACCESS EXCLUSIVE while it looks for NULLs in every row: all reads and writes of the table wait. It fails if one is found.",
	instead: "Add a `CHECK (column IS NOT NULL) NOT VALID`, validate it in a migration of its own (that blocks nobody), then SET NOT NULL: the server takes the valid CHECK as proof and reads nothing (12 and newer). From 18 on `ADD CONSTRAINT … NOT NULL column NOT VALID` does it in two steps.",
	sources: ["https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DROP-NOT-NULL"],
	peers: [
		"squawk adding-not-nullable-field",
		"eugene E2",
		"atlas PG303",
		"strong_migrations change_column_null",
		"online_migrations change_column_null",
		"pgfence alter-column-set-not-null",
		"migrationpilot MP002",
		"pgsafe set-not-null"
	],
	bad: [{
		title: "A column that may hold NULLs",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, email text);",
		migration: "ALTER TABLE users ALTER COLUMN email SET NOT NULL;"
	}, {
		title: "The CHECK that would prove it is not validated",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, \"eMail\" text);\nALTER TABLE users ADD CONSTRAINT proof CHECK (\"eMail\" IS NOT NULL) NOT VALID;",
		migration: "-- the proof is missing\nALTER TABLE users ALTER COLUMN \"eMail\" SET NOT NULL;",
		line: 2
	}],
	good: [
		{
			title: "A valid CHECK proves it",
			base: "CREATE TABLE users (id bigint PRIMARY KEY, email text);\nALTER TABLE users ADD CONSTRAINT proof CHECK (email IS NOT NULL);",
			migration: "ALTER TABLE users ALTER COLUMN email SET NOT NULL;\nALTER TABLE users DROP CONSTRAINT proof;"
		},
		{
			title: "On a table that the migration creates",
			base: "",
			migration: "CREATE TABLE users (id bigint PRIMARY KEY, email text);\nALTER TABLE users ALTER COLUMN email SET NOT NULL;"
		},
		{
			title: "NOT NULL that is checked later",
			base: { "1_base.sql": "CREATE TABLE users (id bigint PRIMARY KEY, email text);" },
			migration: {
				"1_base.sql": "CREATE TABLE users (id bigint PRIMARY KEY, email text);",
				"2_email.sql": "ALTER TABLE users ADD CONSTRAINT users_email_not_null NOT NULL email NOT VALID;",
				"3_email.sql": "ALTER TABLE users VALIDATE CONSTRAINT users_email_not_null;"
			},
			since: 18
		}
	],
	check: (context) => [...alterTables(context)].flatMap((alter) => {
		const { statement, table, name } = alter;
		const evidence = evidenceOn(statement, table);
		if (!verifiedTable(statement) && !evidence.rewrite && statement.scans.length === 0) return [];
		const columns = unproven(context, alter);
		if (columns.length === 0) return [];
		const objects = columns.map((column) => `${name}.${column}`);
		return [{
			...at(alter),
			object: objects.length === 1 ? objects[0] ?? null : name,
			title: `SET NOT NULL on ${listed$1(objects)} ${blocksWhom(evidence, name)}`,
			message: `${whoWaits(statement, table, evidence, "it reads every row to look for NULLs")} It fails if a row holds one. Prove it first with a constraint that is validated in ${apart(context)}.`,
			evidence: {
				...evidence,
				scan: true
			},
			fix: fixFor$6(context, alter, columns),
			explains: everythingOf(statement)
		}];
	})
};
/** Columns whose NULLs the server had to look for. */
function unproven(context, alter) {
	const added = addedColumns(alter, context).map((column) => column.name);
	return alter.commands.flatMap(({ subtype, name = "" }) => {
		if (subtype !== "AT_SetNotNull" || added.includes(name)) return [];
		return alter.statement.locks.filter(({ oid }) => oid === alter.table.oid).flatMap(({ names }) => names.map((each) => each.slice(each.indexOf(".") + 1))).some((table) => provenNotNull(alter.statement, table, name)) || isNotNull(context, alter.table, name) ? [] : [name];
	});
}
function fixFor$6(context, alter, columns) {
	const rest = alter.commands.filter(({ subtype, name = "" }) => subtype !== "AT_SetNotNull" || !columns.includes(name));
	const [first, ...others] = notNullSteps(context, alterTable(alter), alter.table.relation, columns);
	if (first === void 0) return null;
	const check = columns.map((column) => `${identifier(column)} IS NULL`).join(" OR ");
	return recipe(context, [{
		...first,
		sql: rest.length === 0 ? first.sql : [writeAlterTable(alter.node, rest), ...first.sql],
		notes: [`Before that, see that no row is in the way: SELECT count(*) FROM ${alter.sqlName} WHERE ${check};`]
	}, ...others], { sameSchema: true });
}
// src/rules/configuration/gate-weakened.ts
const config = ".github/migration-gate.yml";
const migrations = { "db/migrations/1_users.sql": "CREATE TABLE users (id bigint PRIMARY KEY);" };
/** Found where the config is read, since it is about no database. */
const gateWeakened = {
	name: "gate-weakened",
	about: "configuration",
	severity: "error",
	summary: "The pull request loosens the gate that it has to pass.",
	why: `The config is read from the pull request, so that its changes can be tried before they are merged. One that lowers a rule, a threshold or what is checked would otherwise approve itself, together with whatever else the pull request holds.`,
	instead: `Change the config in a pull request of its own, which somebody who may bypass the check merges in spite of this finding, or accepts by the label that \`override-label\` names: docs/required-check.md has both. Only the config that base already has can set the severity of this rule. The pull request that introduces the gate weakens nothing: as long as base has neither the config nor a workflow that names migration-gate, there is nothing to compare with.`,
	sources: [],
	peers: [],
	bad: [
		{
			title: "A rule is switched off",
			base: {
				...migrations,
				[config]: "fail-on: error\n"
			},
			migration: {
				...migrations,
				[config]: "fail-on: error\nrules:\n  create-index-blocking: off\n"
			},
			line: 3
		},
		{
			title: "Findings no longer block",
			base: {
				...migrations,
				[config]: "fail-on: warning\n"
			},
			migration: {
				...migrations,
				[config]: "fail-on: never\n"
			}
		},
		{
			title: "Another directory is checked instead",
			base: {
				...migrations,
				[config]: "fail-on: error\n"
			},
			migration: {
				...migrations,
				"other/migrations/1_a.sql": "SELECT 1;",
				[config]: "databases:\n  - path: other/migrations\n    tool: plain\n"
			}
		},
		{
			title: "More of the history is ignored",
			base: {
				...migrations,
				[config]: "ignore-migrations-before: \"5\"\n"
			},
			migration: {
				...migrations,
				[config]: "ignore-migrations-before: \"10\"\n"
			}
		},
		{
			title: "Late migrations are said to run",
			base: {
				...migrations,
				[config]: "databases:\n  - path: db/migrations\n"
			},
			migration: {
				...migrations,
				[config]: "databases:\n  - path: db/migrations\n    out-of-order: true\n"
			},
			line: 3
		},
		{
			title: "A stricter rule goes back to its default",
			base: {
				...migrations,
				[config]: "rules:\n  drop-column: error\n"
			},
			migration: migrations,
			line: null
		}
	],
	good: [
		{
			title: "A rule becomes stricter",
			base: {
				...migrations,
				[config]: "rules:\n  drop-column: notice\n"
			},
			migration: {
				...migrations,
				[config]: "rules:\n  drop-column: error\n"
			}
		},
		{
			title: "The pull request introduces the gate",
			base: migrations,
			migration: {
				...migrations,
				[config]: "rules:\n  drop-column: notice\n"
			}
		},
		{
			title: "One more database is checked",
			base: {
				...migrations,
				[config]: "databases:\n  - path: db/migrations\n"
			},
			migration: {
				...migrations,
				"other/migrations/1_a.sql": "SELECT 1;",
				[config]: "databases:\n  - path: db/migrations\n  - path: other/migrations\n    tool: plain\n"
			}
		}
	],
	check: () => []
};
/** One finding for all that was loosened. */
function weakenedFinding({ weakened }) {
	if (weakened === null) return [];
	const { severity, file, line, what } = weakened;
	return [{
		rule: gateWeakened.name,
		severity,
		database: "",
		migration: null,
		file,
		line,
		endLine: line,
		object: null,
		title: "This pull request loosens the gate that it has to pass",
		message: `Compared with the config of base, ${what.join("; ")}. Change the config in a pull request of its own, so that nothing else is approved by it; somebody who may bypass the check merges it.`,
		evidence: null,
		fix: null,
		allowed: null,
		detail: null
	}];
}
// src/rules/constraints/add-check-valid.ts
const addCheckValid = {
	name: "add-check-valid",
	about: "statement",
	severity: "error",
	summary: "A CHECK is added to an existing table and verifies every row at once.",
	why: "`ADD CONSTRAINT … CHECK` holds ACCESS EXCLUSIVE while every row is read: all reads and writes of the table wait. It fails if a row does not pass.",
	instead: "Add it `NOT VALID` (new rows are checked from then on), and `VALIDATE CONSTRAINT` in a migration of its own: that blocks nobody.",
	sources: ["https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES"],
	peers: [
		"squawk constraint-missing-not-valid",
		"eugene E1",
		"atlas PG305",
		"strong_migrations add_check_constraint",
		"online_migrations add_check_constraint",
		"pgfence add-constraint-check-no-not-valid",
		"migrationpilot MP030",
		"pgsafe add-check-constraint"
	],
	bad: [{
		title: "Without a name",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, age int);",
		migration: "ALTER TABLE users ADD CHECK (age > 0);"
	}, {
		title: "With a name, over several lines",
		base: "CREATE TABLE \"User\" (id bigint PRIMARY KEY, \"From\" date, \"To\" date);",
		migration: "-- periods\nALTER TABLE \"User\"\n  ADD CONSTRAINT \"in order\" CHECK (\"From\" <= \"To\");",
		line: 2
	}],
	good: [
		{
			title: "NOT VALID, and VALIDATE in the next migration",
			base: { "1_base.sql": "CREATE TABLE users (id bigint PRIMARY KEY, age int);" },
			migration: {
				"1_base.sql": "CREATE TABLE users (id bigint PRIMARY KEY, age int);",
				"2_age.sql": "ALTER TABLE users ADD CONSTRAINT users_age_check CHECK (age > 0) NOT VALID;",
				"3_age.sql": "ALTER TABLE users VALIDATE CONSTRAINT users_age_check;"
			}
		},
		{
			title: "VALIDATE in a migration of its own",
			base: "CREATE TABLE users (id bigint PRIMARY KEY, age int);\nALTER TABLE users ADD CONSTRAINT users_age_check CHECK (age > 0) NOT VALID;",
			migration: "ALTER TABLE users VALIDATE CONSTRAINT users_age_check;"
		},
		{
			title: "On a table that the migration creates",
			base: "",
			migration: "CREATE TABLE users (id bigint PRIMARY KEY, age int);\nALTER TABLE users ADD CHECK (age > 0);"
		}
	],
	check: (context) => [...alterTables(context)].flatMap((alter) => {
		const { statement, table, name } = alter;
		if (!verifiedTable(statement) && statement.rewrites.length === 0 && statement.scans.length === 0) return [];
		const isTaken = nameTaken(context, table);
		const used = /* @__PURE__ */ new Set();
		const checks = addedConstraints(alter, "CONSTR_CHECK").filter(({ constraint }) => constraint.skip_validation !== true).map(({ command, constraint }) => {
			const own = constraint.conname ?? checkName(table, constraint, (each) => used.has(each) || isTaken(each));
			used.add(own);
			return {
				command,
				constraint,
				name: own
			};
		});
		if (checks.length === 0) return [];
		const evidence = evidenceOn(statement, table);
		const commands = alter.commands.map((command) => {
			const check = checks.find((each) => each.command === command);
			if (check === void 0) return command;
			const constraint = copy(check.constraint);
			constraint.conname = check.name;
			constraint.skip_validation = true;
			delete constraint.initially_valid;
			return {
				...command,
				def: { Constraint: constraint }
			};
		});
		return [{
			...at(alter),
			object: name,
			title: `Adding ${checks.length === 1 ? `CHECK ${checks[0]?.name}` : `${checks.length} CHECKs`} ${blocksWhom(evidence, name)}`,
			message: `${whoWaits(statement, table, evidence, "it reads every row to verify the CHECK")} Add it NOT VALID and validate it in ${apart(context)}.`,
			evidence: {
				...evidence,
				scan: true
			},
			fix: recipe(context, [{
				title: "check new rows from now on, read no old ones",
				sql: [writeAlterTable(alter.node, commands)]
			}, {
				title: "read the old rows while reads and writes go on",
				sql: checks.map((check) => `${alterTable(alter)} VALIDATE CONSTRAINT ${identifier(check.name)};`),
				notes: checks.flatMap(({ constraint }) => {
					const condition = constraint.raw_expr === void 0 ? null : writeExpression(constraint.raw_expr);
					return condition === null ? [] : ["It fails if this finds a row:", `  SELECT * FROM ${alter.sqlName} WHERE NOT (${condition}) LIMIT 10;`];
				})
			}], { sameSchema: true }),
			explains: everythingOf(statement)
		}];
	})
};
// src/rules/constraints/add-exclusion-constraint.ts
const addExclusionConstraint = {
	name: "add-exclusion-constraint",
	about: "statement",
	severity: "error",
	summary: "An EXCLUDE constraint is added to an existing table and builds its index under the lock.",
	why: "`ADD CONSTRAINT … EXCLUDE` builds an index and compares all rows while it holds ACCESS EXCLUSIVE: all reads and writes of the table wait. It knows neither NOT VALID nor USING INDEX.",
	instead: "There is no way that does not block: do it in a maintenance window, or in a new table that the rows are copied to and that takes over the name.",
	sources: ["https://www.postgresql.org/docs/current/sql-createtable.html#SQL-CREATETABLE-EXCLUDE"],
	peers: [
		"eugene E8",
		"strong_migrations add_exclusion_constraint",
		"online_migrations add_exclusion_constraint",
		"pgfence add-constraint-exclude",
		"migrationpilot MP031",
		"pgsafe add-exclusion-constraint"
	],
	bad: [{
		title: "Equal values",
		base: "CREATE TABLE rooms (id bigint PRIMARY KEY, number int);",
		migration: "ALTER TABLE rooms ADD CONSTRAINT one_number EXCLUDE USING btree (number WITH =);"
	}, {
		title: "Overlapping periods",
		base: "CREATE TABLE bookings (id bigint PRIMARY KEY, during tstzrange);",
		migration: "ALTER TABLE bookings\n  ADD EXCLUDE USING gist (during WITH &&);"
	}],
	good: [{
		title: "In CREATE TABLE",
		base: "",
		migration: "CREATE TABLE bookings (id bigint PRIMARY KEY, during tstzrange, EXCLUDE USING gist (during WITH &&));"
	}, {
		title: "On a table that the migration creates",
		base: "",
		migration: "CREATE TABLE bookings (id bigint PRIMARY KEY, during tstzrange);\nALTER TABLE bookings ADD EXCLUDE USING gist (during WITH &&);"
	}],
	check: (context) => [...alterTables(context)].flatMap((alter) => {
		const { statement, table, name } = alter;
		const [added] = addedConstraints(alter, "CONSTR_EXCLUSION");
		if (added === void 0 || builtIndexes(statement).length === 0 && statement.scans.length === 0) return [];
		const evidence = evidenceOn(statement, table);
		return [{
			...at(alter),
			object: name,
			title: `Adding an EXCLUDE constraint ${blocksWhom(evidence, name)}`,
			message: `${whoWaits(statement, table, evidence, "it builds the index and compares all rows")} Postgres has no way to add one without blocking: plan a maintenance window, or move the rows to a new table that has it.`,
			evidence: {
				...evidence,
				scan: true
			},
			fix: null,
			explains: everythingOf(statement)
		}];
	})
};
// src/rules/constraints/add-foreign-key-both-tables-lock.ts
const addForeignKeyBothTablesLock = {
	name: "add-foreign-key-both-tables-lock",
	about: "statement",
	severity: "warning",
	summary: "A new foreign key locks the referenced table, and the transaction goes on reading or copying rows.",
	why: `Any new foreign key, NOT VALID or on a new column too, takes SHARE ROW EXCLUSIVE on both tables. That is brief by itself. But it is held until the transaction ends: what the same transaction does afterwards, to whichever table, keeps writers of the referenced table waiting, which the later statements do not even name. Two migrations that lock the same tables in another order can deadlock.

A foreign key after which the transaction reads no rows is not reported.`,
	instead: "The foreign key in a migration of its own.",
	sources: ["https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT", "https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES"],
	peers: ["migrationpilot MP069", "online_migrations multiple_foreign_keys"],
	bad: [{
		title: "A foreign key, then work on a third table",
		base: { "1_base.sql": "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE teams (id bigint PRIMARY KEY, note text);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);\nCREATE INDEX ON orders (user_id);" },
		migration: {
			"1_base.sql": "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE teams (id bigint PRIMARY KEY, note text);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);\nCREATE INDEX ON orders (user_id);",
			"2_key.sql": "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;\nUPDATE teams SET note = '' WHERE note IS NULL;",
			"3_key.sql": "ALTER TABLE orders VALIDATE CONSTRAINT fk;"
		}
	}, {
		title: "With names that need quotes",
		base: { "1_base.sql": "CREATE TABLE \"User\" (id bigint PRIMARY KEY);\nCREATE TABLE \"Team\" (id bigint PRIMARY KEY, note text);\nCREATE TABLE \"Order\" (id bigint PRIMARY KEY, \"userId\" bigint);\nCREATE INDEX ON \"Order\" (\"userId\");" },
		migration: {
			"1_base.sql": "CREATE TABLE \"User\" (id bigint PRIMARY KEY);\nCREATE TABLE \"Team\" (id bigint PRIMARY KEY, note text);\nCREATE TABLE \"Order\" (id bigint PRIMARY KEY, \"userId\" bigint);\nCREATE INDEX ON \"Order\" (\"userId\");",
			"2_key.sql": "SELECT 1;\nALTER TABLE \"Order\" ADD CONSTRAINT fk FOREIGN KEY (\"userId\") REFERENCES \"User\" (id) NOT VALID;\nDELETE FROM \"Team\" WHERE note = 'old';",
			"3_key.sql": "ALTER TABLE \"Order\" VALIDATE CONSTRAINT fk;"
		},
		line: 2
	}],
	good: [{
		title: "The foreign key alone",
		base: { "1_base.sql": "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);\nCREATE INDEX ON orders (user_id);" },
		migration: {
			"1_base.sql": "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);\nCREATE INDEX ON orders (user_id);",
			"2_key.sql": "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;",
			"3_key.sql": "ALTER TABLE orders VALIDATE CONSTRAINT fk;"
		}
	}, {
		title: "The work comes first",
		base: { "1_base.sql": "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE teams (id bigint PRIMARY KEY, note text);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);\nCREATE INDEX ON orders (user_id);" },
		migration: {
			"1_base.sql": "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE teams (id bigint PRIMARY KEY, note text);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);\nCREATE INDEX ON orders (user_id);",
			"2_key.sql": "UPDATE teams SET note = '' WHERE note IS NULL;\nALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;",
			"3_key.sql": "ALTER TABLE orders VALIDATE CONSTRAINT fk;"
		}
	}],
	check: (context) => [...alterTables(context)].flatMap((alter) => {
		const { migration, statement, table, name } = alter;
		if (validatedForeignKey(statement)) return [];
		const referenced = [...addedConstraints(alter, "CONSTR_FOREIGN").map(({ constraint }) => constraint), ...addedColumns(alter, context).flatMap(({ constraints }) => constraints.filter(({ contype }) => contype === "CONSTR_FOREIGN"))].flatMap(({ pktable }) => {
			const base = context.resolve(pktable?.schemaname, pktable?.relname ?? "", statement);
			return base === void 0 || base.oid === table.oid ? [] : [base];
		});
		const work = migration.statements.filter((later) => later.index > statement.index && works(later) && referenced.some((base) => holds(later, base)));
		const [first] = work;
		const [other] = referenced;
		const lock = other === void 0 ? void 0 : strongest(locksOn(statement, other.oid));
		if (first === void 0 || other === void 0 || lock === void 0) return [];
		const evidence = {
			lock: lock.mode,
			blocks: blocks(lock.mode),
			scan: false,
			rewrite: false
		};
		const objects = listed$1([...new Set(referenced.map(nameOf))]);
		return [{
			...at(alter),
			object: nameOf(other),
			title: `The foreign key of ${name} ${blocksWhom(evidence, objects)} until line ${work.at(-1)?.endLine} is done`,
			message: `It takes ${lockTitle(lock.mode)} on ${objects} as well (seen on the shadow) and holds it while the transaction goes on to read rows in line ${first.line}, so every write to ${objects} waits for that. Put the foreign key into ${apart(context)}.`,
			evidence,
			fix: recipe(context, [{
				title: `leave it out here; in ${apart(context)}`,
				sql: [`${statement.sql};`]
			}], { sameSchema: true })
		}];
	})
};
/** Reads or copies rows; that a VALIDATE does it under this lock is what not-valid-and-validate-same-txn says. */
const works = (statement) => (readsRows(statement) || statement.rewrites.length > 0) && !validates(statement);
const validates = ({ node }) => node !== null && "AlterTableStmt" in node && (node.AlterTableStmt.cmds ?? []).some((cmd) => "AlterTableCmd" in cmd && cmd.AlterTableCmd.subtype === "AT_ValidateConstraint");
/** Still under the lock that the foreign key took. */
const holds = (statement, base) => locksOn(statement, base.oid).some(({ mode, new: isNew }) => !isNew && blocks(mode).length > 0);
const bigBytes = 10 * 1024 ** 3;
/** The size of the table that a finding is about, when its harm grows with that table; else undefined. */
function sizeOf(draft, stats) {
	const table = tableOf(draft, stats);
	return table === void 0 ? void 0 : stats?.get(table);
}
/**
* Is the harm one that grows with a table, and the table the tool's own? It has a row for each migration, and nobody but a
* deploy uses it.
*
* @param relations `schema.relation` names of the tool's bookkeeping
*/
const isOnOwnTable = (draft, relations) => tableOf(draft, new Set(relations)) !== void 0;
/** Name of a table whose size would matter and is not in the statistics. */
function unknownSize(draft, stats) {
	if (stats === null || !grows(draft) || draft.object === null) return void 0;
	return tableOf(draft, stats) === void 0 ? draft.object : void 0;
}
/** A small table lowers a severity by one, a big one raises a warning or notice by one. */
function severityFor(severity, { rows, bytes }) {
	if (rows < 1e4 && (bytes ?? 0) < bigBytes) return severity === "error" ? "warning" : "notice";
	if (rows < 1e6 && (bytes ?? 0) < bigBytes) return severity;
	return severity === "notice" ? "warning" : "error";
}
/** `about 120 M rows, 48 GB`. */
function sizeInWords({ rows, bytes }) {
	const size = bytes === null ? "" : `, ${scaled(bytes, 1024, [
		"bytes",
		"kB",
		"MB",
		"GB",
		"TB"
	])}`;
	return `about ${scaled(rows, 1e3, [
		"",
		"k",
		"M",
		"G"
	])} rows${size}`;
}
/** The columns of an object follow the table's name; either may hold dots. */
function tableOf({ object, ...draft }, stats) {
	if (object === null || stats === null || !grows({
		...draft,
		object
	})) return void 0;
	if (stats.has(object)) return object;
	const parts = object.split(".");
	for (let length = parts.length - 1; length >= 2; length -= 1) {
		const table = parts.slice(0, length).join(".");
		if (stats.has(table)) return table;
	}
}
const grows = ({ evidence, growsWithTable }) => growsWithTable ?? (evidence !== null && (evidence.scan || evidence.rewrite));
function scaled(value, step, units) {
	const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log(Math.max(1, value)) / Math.log(step))));
	const short = value / step ** power;
	return `${short >= 10 || power === 0 ? Math.round(short) : Math.round(short * 10) / 10} ${units[power]}`.trim();
}
// src/rules/constraints/filled-new-table.ts
/**
* A foreign key from a table that the pull request makes and fills to one that base has: all of its rows are looked
* up while writes to the old table wait. Of a table that is empty, or gets some rows, that is nothing.
*/
const keysOfFilledTables = (context) => [...statementsOf(context, "AlterTableStmt")].flatMap((place) => {
	const { statement, node } = place;
	const { relation } = node;
	if (relation?.relname === void 0 || !validatedForeignKey(statement)) return [];
	if (context.resolve(relation.schemaname, relation.relname, statement) !== void 0) return [];
	const keys = addedKeys(node);
	const locked = keys.flatMap(({ constraint }) => lockedBy(context, place, constraint) ?? []);
	const [first] = locked;
	if (first === void 0) return [];
	const { sources, rows } = filling(context, place, relation);
	if (sources.length === 0 && rows < 1e4) return [];
	const names = [...new Set(locked.map(nameOf))];
	const filled = sources.length > 0 ? `the copy of ${listed$1(sources)} that an earlier statement has put there` : `the ${rows} rows that earlier statements have put there`;
	return [{
		...at(place),
		object: sources[0] ?? nameOf(first),
		title: `Adding a foreign key to the filled table ${relation.relname} blocks writes to ${listed$1(names)}`,
		message: `The statement holds ${lockTitle(first.mode)} on ${listed$1(names)} (seen on the shadow) while it looks up every row of ${relation.relname}: ${filled}. Every write to ${listed$1(names)} waits meanwhile. Add the key before the rows, or NOT VALID and validate it in ${apart(context)}.`,
		evidence: {
			lock: first.mode,
			blocks: blocks(first.mode),
			scan: true,
			rewrite: false
		},
		fix: notValid(context, node, relation, keys),
		explains: names
	}];
});
const addedKeys = ({ cmds }) => (cmds ?? []).flatMap((each) => {
	const command = "AlterTableCmd" in each ? each.AlterTableCmd : void 0;
	const def = command?.def;
	if (command === void 0 || def === void 0 || !("Constraint" in def)) return [];
	const constraint = def.Constraint;
	return constraint.contype === "CONSTR_FOREIGN" && constraint.skip_validation !== true ? [{
		command,
		constraint
	}] : [];
});
function lockedBy(context, { statement }, { pktable }) {
	const base = context.resolve(pktable?.schemaname, pktable?.relname ?? "", statement);
	return statement.locks.find(({ oid, mode }) => oid === base?.oid && mode === "ShareRowExclusiveLock");
}
function filling(context, place, table) {
	const sources = /* @__PURE__ */ new Set();
	let rows = 0;
	for (const { statement } of completed(context)) {
		if (statement === place.statement) break;
		if (!fills(statement.node, table)) continue;
		const read = statement.locks.filter(({ kind, mode }) => (kind === "table" || kind === "materialized-view") && mode === "AccessShareLock");
		for (const lock of read) sources.add(nameOf(lock));
		if (read.length === 0) rows += statement.rowsWritten ?? 0;
	}
	return {
		sources: [...sources],
		rows
	};
}
/** Does the statement write rows into the table, or make it of a query? */
function fills(node, { schemaname, relname }) {
	const into = node === null ? void 0 : "InsertStmt" in node ? node.InsertStmt.relation : "CopyStmt" in node && node.CopyStmt.is_from === true ? node.CopyStmt.relation : "CreateTableAsStmt" in node && node.CreateTableAsStmt.into?.skipData !== true ? node.CreateTableAsStmt.into?.rel : "SelectStmt" in node ? node.SelectStmt.intoClause?.rel : void 0;
	const isSame = schemaname === void 0 || into?.schemaname === void 0 || into.schemaname === schemaname;
	return into?.relname === relname && isSame;
}
function notValid(context, node, relation, keys) {
	const named = keys.map(({ command, constraint }) => {
		const own = copy(constraint);
		own.conname ??= defaultName(relation.relname ?? "", strings$1(constraint.fk_attrs).join("_"), "fkey");
		own.skip_validation = true;
		delete own.initially_valid;
		return {
			command,
			own
		};
	});
	const commands = (node.cmds ?? []).flatMap((each) => {
		const command = "AlterTableCmd" in each ? each.AlterTableCmd : void 0;
		const key = named.find((one) => one.command === command);
		if (key !== void 0) return [{
			...key.command,
			def: { Constraint: key.own }
		}];
		return command === void 0 ? [] : [command];
	});
	const table = qualified(relation.schemaname, relation.relname ?? "");
	return recipe(context, [{
		title: "check new rows from now on, read no old ones",
		sql: [writeAlterTable(node, commands)]
	}, {
		title: "read the rows while reads and writes go on",
		sql: named.map(({ own }) => `ALTER TABLE ${table} VALIDATE CONSTRAINT ${identifier(own.conname ?? "")};`)
	}], { sameSchema: true });
}
// src/rules/constraints/foreign-key-finding.ts
/** Foreign keys that a DO block or a function adds, as code generators write them; the server names those that it checks. */
const hiddenForeignKeys = (context) => [...places(context)].flatMap((place) => {
	const { statement } = place;
	if (hiddenIn(statement) === null) return [];
	const keys = validatedKeys(context, statement);
	return [...new Map(keys.map(({ table }) => [table.oid, table])).values()].map((table) => {
		const mine = keys.filter((key) => key.table.oid === table.oid);
		const referenced = new Map(mine.flatMap(({ other }) => other === void 0 ? [] : [[other.oid, other]]));
		const names = mine.map(({ name }) => name);
		return foreignKeyFinding(context, place, table, [...referenced.values()], names);
	});
});
/** Constraints by the names in the server's messages, where their table is base's. */
function validatedKeys(context, statement) {
	const locked = statement.locks.filter(({ kind }) => kind === "table");
	return statement.proofs.flatMap((proof) => {
		const name = /^validating foreign key constraint "(.*)"$/s.exec(proof)?.[1];
		return (context.after?.objects ?? []).flatMap(({ type, local, facts, containerIdentity }) => {
			if (type !== "constraint" || local !== name || facts.kind !== "foreign-key") return [];
			const table = locked.find(({ oid }) => containerIdentity === `pg_class:${oid}`);
			const other = locked.find(({ oid, names }) => oid !== table?.oid && names.includes(`${facts.foreignTable}`));
			return table === void 0 ? [] : [{
				name,
				table: {
					...table,
					tableOid: null
				},
				other: other === void 0 ? void 0 : {
					...other,
					tableOid: null
				}
			}];
		});
	});
}
/** What a foreign key's check does to both tables. The fix is the caller's. */
function foreignKeyFinding(context, place, table, referenced, names) {
	const { statement } = place;
	const evidence = evidenceOn(statement, table);
	const others = referenced.flatMap((base) => {
		const lock = strongest(locksOn(statement, base.oid));
		return lock === void 0 ? [] : [{
			name: nameOf(base),
			lock,
			waits: blocks(lock.mode)
		}];
	});
	const alike = others.filter(({ waits }) => waits.includes("reads") === evidence.blocks.includes("reads"));
	const unlike = others.filter((other) => !alike.includes(other)).map(({ name }) => name);
	const more = unlike.length === 0 ? "" : evidence.blocks.includes("reads") ? `, and writes to ${listed$1(unlike)}` : `, and reads and writes of ${listed$1(unlike)}`;
	const waiting = others.map(({ name, lock, waits }) => ` ${sentenceCase(listed$1(waits))} of ${name} (${lockTitle(lock.mode)}) wait as well.`);
	const inside = hiddenIn(statement);
	return {
		...at(place),
		object: nameOf(table),
		title: `Adding ${names.length === 1 ? `foreign key ${names[0]}` : `${names.length} foreign keys`} ${blocksWhom(evidence, listed$1([nameOf(table), ...alike.map(({ name }) => name)]))}${more}`,
		message: `${whoWaits(statement, table, evidence, "it looks up every row in the referenced table")}${waiting.join("")} Add it NOT VALID${inside === null ? "" : ", outside of the block,"} and validate it in ${apart(context)}.`,
		evidence: {
			...evidence,
			scan: true
		},
		fix: null,
		explains: [...inside === null ? everythingOf(statement) : [nameOf(table)], ...referenced.map(nameOf)]
	};
}
const sentenceCase = (words) => words.slice(0, 1).toUpperCase() + words.slice(1);
// src/rules/constraints/add-foreign-key-valid.ts
const addForeignKeyValid = {
	name: "add-foreign-key-valid",
	about: "statement",
	severity: "error",
	summary: "A foreign key is added to an existing table and checks every row at once.",
	why: `\`ADD FOREIGN KEY\` takes SHARE ROW EXCLUSIVE on both tables and joins them to check every row. Until it is done, writes to either table wait.

A column that is added together with its \`REFERENCES\` holds NULL in all rows and nothing is checked: \`add-column-inline-fk\`.`,
	instead: "Add it `NOT VALID` (new rows are checked from then on), and `VALIDATE CONSTRAINT` in a migration of its own: that reads the rows under locks which block nobody.",
	sources: ["https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT", "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES"],
	peers: [
		"squawk adding-foreign-key-constraint",
		"eugene E1",
		"strong_migrations add_foreign_key",
		"online_migrations add_foreign_key",
		"pgfence add-constraint-fk-no-not-valid",
		"migrationpilot MP005",
		"pgsafe add-foreign-key"
	],
	bad: [
		{
			title: "Without a name",
			base: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);\nCREATE INDEX ON orders (user_id);",
			migration: "ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (id);"
		},
		{
			title: "With a name and an action, beside another command",
			base: "CREATE TABLE \"User\" (id bigint PRIMARY KEY);\nCREATE TABLE \"Order\" (id bigint PRIMARY KEY, \"userId\" bigint);\nCREATE INDEX ON \"Order\" (\"userId\");",
			migration: "ALTER TABLE \"Order\"\n  ADD COLUMN note text,\n  ADD CONSTRAINT \"Order_userId_fkey\" FOREIGN KEY (\"userId\") REFERENCES \"User\" (id) ON DELETE CASCADE ON UPDATE CASCADE;"
		},
		{
			title: "From a new table that is filled from one of base",
			base: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE old_orders (id bigint PRIMARY KEY, user_id bigint);",
			migration: `CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
CREATE INDEX ON orders (user_id);
INSERT INTO orders SELECT id, user_id FROM old_orders;
ALTER TABLE orders ADD CONSTRAINT orders_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id);`,
			line: 4
		},
		{
			title: "From a new table that gets very many rows",
			base: "CREATE TABLE users (id bigint PRIMARY KEY);",
			migration: `CREATE TABLE days (id bigint PRIMARY KEY, user_id bigint);
CREATE INDEX ON days (user_id);
INSERT INTO days SELECT n FROM generate_series(1, 20000) n;
ALTER TABLE days ADD FOREIGN KEY (user_id) REFERENCES users (id);`,
			line: 4
		}
	],
	good: [
		{
			title: "NOT VALID, and VALIDATE in the next migration",
			base: { "1_base.sql": "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);\nCREATE INDEX ON orders (user_id);" },
			migration: {
				"1_base.sql": "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);\nCREATE INDEX ON orders (user_id);",
				"2_key.sql": "ALTER TABLE orders ADD CONSTRAINT orders_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;",
				"3_key.sql": "ALTER TABLE orders VALIDATE CONSTRAINT orders_user_id_fkey;"
			}
		},
		{
			title: "VALIDATE in a migration of its own",
			base: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);\nALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;",
			migration: "ALTER TABLE orders VALIDATE CONSTRAINT fk;"
		},
		{
			title: "From a table that the migration creates",
			base: "CREATE TABLE users (id bigint PRIMARY KEY);",
			migration: "CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);\nALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (id);"
		},
		{
			title: "From a new table with some rows, and from one that is filled afterwards",
			base: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE old_orders (id bigint PRIMARY KEY, user_id bigint);",
			migration: `CREATE TABLE plans (id bigint PRIMARY KEY, user_id bigint);
CREATE INDEX ON plans (user_id);
INSERT INTO plans VALUES (1), (2);
ALTER TABLE plans ADD FOREIGN KEY (user_id) REFERENCES users (id);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id));
CREATE INDEX ON orders (user_id);
INSERT INTO orders SELECT id, user_id FROM old_orders;`
		}
	],
	check: (context) => [
		...written$1(context),
		...hiddenForeignKeys(context),
		...keysOfFilledTables(context)
	]
};
const written$1 = (context) => [...alterTables(context)].flatMap((alter) => {
	const { statement, table } = alter;
	const keys = foreignKeys(context, alter);
	if (keys.length === 0 || !(validatedForeignKey(statement) || statement.scans.length > 0)) return [];
	return [{
		...foreignKeyFinding(context, alter, table, [...new Set(keys.flatMap(({ constraint }) => {
			const other = constraint.pktable;
			const base = context.resolve(other?.schemaname, other?.relname ?? "", statement);
			return base === void 0 || base.oid === table.oid ? [] : [base];
		}))], keys.map((key) => key.name)),
		fix: fixFor$5(context, alter, keys)
	}];
});
function foreignKeys(context, alter) {
	const isTaken = nameTaken(context, alter.table);
	const used = /* @__PURE__ */ new Set();
	const named = (constraint, columns) => {
		const name = constraint.conname ?? foreignKeyName(alter.table, columns, (each) => used.has(each) || isTaken(each));
		used.add(name);
		return name;
	};
	const table = addedConstraints(alter, "CONSTR_FOREIGN").filter(({ constraint }) => constraint.skip_validation !== true).map(({ command, constraint }) => ({
		command,
		constraint,
		name: named(constraint, strings$1(constraint.fk_attrs)),
		inline: false
	}));
	const inline = addedColumns(alter, context).filter((added) => added.constraints.some(({ contype }) => contype === "CONSTR_DEFAULT")).flatMap((added) => added.constraints.filter(({ contype }) => contype === "CONSTR_FOREIGN").map((constraint) => ({
		command: added.command,
		constraint,
		name: named(constraint, [added.name]),
		inline: true
	})));
	return [...table, ...inline];
}
function fixFor$5(context, alter, keys) {
	if (keys.some(({ inline }) => inline)) return null;
	if (context.postgresMajor < 18 && isPartitioned(context, alter.table)) return partitionByPartition(context, alter, keys);
	const commands = alter.commands.map((command) => {
		const key = keys.find((each) => each.command === command);
		if (key === void 0) return command;
		const constraint = copy(key.constraint);
		constraint.conname = key.name;
		constraint.skip_validation = true;
		delete constraint.initially_valid;
		return {
			...command,
			def: { Constraint: constraint }
		};
	});
	return recipe(context, [{
		title: "check new rows from now on, read no old ones",
		sql: [writeAlterTable(alter.node, commands)]
	}, {
		title: "read the old rows while reads and writes go on",
		sql: keys.map(({ name }) => `${alterTable(alter)} VALIDATE CONSTRAINT ${identifier(name)};`),
		notes: keys.flatMap(({ constraint }) => orphans(context, alter, constraint))
	}], { sameSchema: true });
}
/**
* Before 18 a partitioned table takes no NOT VALID foreign key, but its partitions do; one that all of them have
* and that is valid is taken over by the parent's without reading a row.
*/
function partitionByPartition(context, alter, keys) {
	const partitions = leavesOf(context, alter.name);
	if (partitions.length === 0 || partitions.length * keys.length > 20) return null;
	const named = keys.map(({ constraint, name }) => {
		const own = copy(constraint);
		own.conname = name;
		own.skip_validation = true;
		delete own.initially_valid;
		return {
			name,
			command: {
				subtype: "AT_AddConstraint",
				def: { Constraint: own }
			}
		};
	});
	const commands = alter.commands.map((command) => {
		const key = keys.find((each) => each.command === command);
		return key === void 0 ? command : {
			...command,
			def: { Constraint: {
				...key.constraint,
				conname: key.name
			} }
		};
	});
	const on = (partition) => {
		const [schema, relname] = [partition.name.slice(0, -partition.local.length - 1), partition.local];
		return {
			...alter.node,
			relation: {
				schemaname: schema,
				relname,
				inh: true,
				relpersistence: "p"
			}
		};
	};
	return recipe(context, [
		{
			title: "on each partition, check new rows from now on, read no old ones",
			sql: partitions.flatMap((partition) => named.map(({ command }) => writeAlterTable(on(partition), [{
				...command,
				behavior: "DROP_RESTRICT"
			}])))
		},
		{
			title: "read the old rows while reads and writes go on, best in a migration for each partition",
			sql: partitions.flatMap(({ text }) => named.map(({ name }) => `ALTER TABLE ${text.sqlName} VALIDATE CONSTRAINT ${identifier(name)};`)),
			notes: keys.flatMap(({ constraint }) => orphans(context, alter, constraint))
		},
		{
			title: "the partitioned table takes them over and reads nothing",
			sql: [writeAlterTable(alter.node, commands)]
		}
	], { sameSchema: true });
}
/** The read-only query that tells whether VALIDATE will pass. */
function orphans(context, alter, constraint) {
	const columns = strings$1(constraint.fk_attrs);
	const other = constraint.pktable;
	const named = strings$1(constraint.pk_attrs);
	const base = context.resolve(other?.schemaname, other?.relname ?? "", alter.statement);
	const keys = named.length > 0 || base === void 0 ? named : primaryKey(context, base) ?? [];
	if (other?.relname === void 0 || keys.length !== columns.length) return [];
	const parent = `${other.schemaname === void 0 ? "" : `${identifier(other.schemaname)}.`}${identifier(other.relname)}`;
	const present = columns.map((column) => `c.${identifier(column)} IS NOT NULL`).join(" AND ");
	const same = columns.map((column, at) => `p.${identifier(keys[at] ?? "")} = c.${identifier(column)}`).join(" AND ");
	return ["It fails if this finds a row:", `  SELECT * FROM ${alter.sqlName} c WHERE ${present} AND NOT EXISTS (SELECT FROM ${parent} p WHERE ${same}) LIMIT 10;`];
}
// src/rules/constraints/add-primary-key.ts
const addPrimaryKey = {
	name: "add-primary-key",
	about: "statement",
	severity: "error",
	summary: "A primary key is added to an existing table and builds its index under the lock.",
	why: "`ADD PRIMARY KEY` builds the index, and looks for NULLs in columns that allow them, while it holds ACCESS EXCLUSIVE: all reads and writes of the table wait.",
	instead: "Make the columns NOT NULL by way of a validated constraint, build the unique index with CONCURRENTLY, then `ADD CONSTRAINT … PRIMARY KEY USING INDEX`.",
	sources: ["https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT-USING-INDEX"],
	peers: [
		"squawk adding-serial-primary-key-field",
		"eugene E7",
		"atlas PG104",
		"pgfence add-pk-without-using-index",
		"pgsafe add-primary-key"
	],
	bad: [{
		title: "On a column that may hold NULLs",
		base: "CREATE TABLE users (id bigint, email text);",
		migration: "ALTER TABLE users ADD PRIMARY KEY (id);"
	}, {
		title: "On two columns that do not",
		base: "CREATE TABLE \"Member\" (\"teamId\" bigint NOT NULL, \"userId\" bigint NOT NULL);",
		migration: "ALTER TABLE \"Member\" ADD CONSTRAINT \"Member_pkey\" PRIMARY KEY (\"teamId\", \"userId\");"
	}],
	good: [{
		title: "With an index that is there, on a column that is NOT NULL",
		base: "CREATE TABLE users (id bigint NOT NULL);\nCREATE UNIQUE INDEX users_pkey ON users (id);",
		migration: "ALTER TABLE users ADD CONSTRAINT users_pkey PRIMARY KEY USING INDEX users_pkey;"
	}, {
		title: "On a table that the migration creates",
		base: "",
		migration: "CREATE TABLE users (id bigint);\nALTER TABLE users ADD PRIMARY KEY (id);"
	}],
	check: (context) => [...alterTables(context)].flatMap((alter) => {
		const { statement, table, name } = alter;
		const [added] = addedConstraints(alter, "CONSTR_PRIMARY").filter(({ constraint }) => constraint.indexname === void 0);
		if (added === void 0) return [];
		if (builtIndexes(statement).length === 0 && statement.scans.length === 0) return [];
		const evidence = evidenceOn(statement, table);
		const keys = strings$1(added.constraint.keys);
		const nullable = keys.filter((key) => !isNotNull(context, table, key));
		const own = added.constraint.conname ?? primaryKeyName(table, nameTaken(context, table));
		const rest = alter.commands.filter((command) => command !== added.command);
		const fixable = context.before !== null && !isPartitioned(context, table) && added.constraint.without_overlaps !== true;
		return [{
			...at(alter),
			object: name,
			title: `Adding the primary key ${blocksWhom(evidence, name)}`,
			message: `${whoWaits(statement, table, evidence, "it builds the index over every row")} Build the unique index with CONCURRENTLY first, then make it the primary key.`,
			evidence: {
				...evidence,
				scan: true
			},
			fix: fixable ? recipe(context, [
				...rest.length === 0 ? [] : [{
					title: "the rest of the statement",
					sql: [writeAlterTable(alter.node, rest)]
				}],
				...nullable.length === 0 ? [] : notNullSteps(context, alterTable(alter), table.relation, nullable),
				...constraintUsingIndex(alter, added.constraint, keys, own, "PRIMARY KEY"),
				{
					title: `It fails if this finds a row: ${duplicatesQuery(alter.sqlName, keys)}`,
					sql: []
				}
			], { sameSchema: true }) : null,
			explains: everythingOf(statement)
		}];
	})
};
// src/rules/constraints/add-unique-constraint.ts
const addUniqueConstraint = {
	name: "add-unique-constraint",
	about: "statement",
	severity: "error",
	summary: "A UNIQUE constraint is added to an existing table and builds its index under the lock.",
	why: "`ADD CONSTRAINT … UNIQUE` builds the index while it holds ACCESS EXCLUSIVE: all reads and writes of the table wait. It fails if two rows are equal.",
	instead: "`CREATE UNIQUE INDEX CONCURRENTLY`, then `ADD CONSTRAINT … UNIQUE USING INDEX`, which takes a moment.",
	sources: ["https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT-USING-INDEX"],
	peers: [
		"squawk disallowed-unique-constraint",
		"eugene E7",
		"atlas PG105",
		"strong_migrations add_unique_constraint",
		"online_migrations add_unique_constraint",
		"pgfence add-constraint-unique",
		"migrationpilot MP027",
		"pgsafe add-unique-constraint"
	],
	bad: [
		{
			title: "Without a name",
			base: "CREATE TABLE users (id bigint PRIMARY KEY, email text, tenant int);",
			migration: "ALTER TABLE users ADD UNIQUE (tenant, email);"
		},
		{
			title: "Two in one statement",
			base: "CREATE TABLE users (id bigint PRIMARY KEY, email text, handle text);",
			migration: "ALTER TABLE users ADD UNIQUE (email), ADD UNIQUE (handle);"
		},
		{
			title: "Deferrable, with INCLUDE and names that need quotes",
			base: "CREATE TABLE \"User\" (id bigint PRIMARY KEY, \"eMail\" text, name text);",
			migration: "ALTER TABLE \"User\" ADD CONSTRAINT \"one eMail\" UNIQUE (\"eMail\") INCLUDE (name) DEFERRABLE INITIALLY DEFERRED;"
		}
	],
	good: [{
		title: "With an index that is there",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, email text);\nCREATE UNIQUE INDEX users_email_key ON users (email);",
		migration: "ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE USING INDEX users_email_key;"
	}, {
		title: "On a table that the migration creates",
		base: "",
		migration: "CREATE TABLE users (id bigint PRIMARY KEY, email text);\nALTER TABLE users ADD UNIQUE (email);"
	}],
	check: (context) => [...alterTables(context)].flatMap((alter) => {
		const { statement, table, name } = alter;
		if (builtIndexes(statement).length === 0 && statement.scans.length === 0) return [];
		const uniques = addedConstraints(alter, "CONSTR_UNIQUE").filter(({ constraint }) => constraint.indexname === void 0);
		if (uniques.length === 0) return [];
		const evidence = evidenceOn(statement, table);
		const isTaken = nameTaken(context, table);
		const used = /* @__PURE__ */ new Set();
		const added = uniques.map(({ constraint }) => {
			const own = constraint.conname ?? uniqueName(table, constraint, (each) => used.has(each) || isTaken(each));
			used.add(own);
			return {
				constraint,
				name: own,
				keys: strings$1(constraint.keys)
			};
		});
		const rest = alter.commands.filter((command) => !uniques.some((each) => each.command === command));
		const fixable = !isPartitioned(context, table) && added.every(({ constraint }) => constraint.without_overlaps !== true);
		const columns = listed$1(added.flatMap(({ keys }) => keys.map((key) => `${name}.${key}`)));
		return [{
			...at(alter),
			object: name,
			title: `Adding UNIQUE on ${columns} ${blocksWhom(evidence, name)}`,
			message: `${whoWaits(statement, table, evidence, "it builds the index over every row")} Build the unique index with CONCURRENTLY first, then make it the constraint.`,
			evidence: {
				...evidence,
				scan: true
			},
			fix: fixable ? recipe(context, [
				...rest.length === 0 ? [] : [{
					title: "the rest of the statement",
					sql: [writeAlterTable(alter.node, rest)]
				}],
				...added.flatMap((each) => constraintUsingIndex(alter, each.constraint, each.keys, each.name, "UNIQUE")),
				...added.map(({ constraint, keys }) => ({
					title: `It fails if this finds a row: ${duplicatesQuery(alter.sqlName, keys, constraint.nulls_not_distinct)}`,
					sql: []
				}))
			], { sameSchema: true }) : null,
			explains: everythingOf(statement)
		}];
	})
};
// src/rules/indexes/table-indexes.ts
/** All indexes of a table. */
function indexesOf(catalog, tableIdentity) {
	if (catalog === null) return [];
	return catalog.objects.flatMap((object) => {
		if (object.containerIdentity !== tableIdentity) return [];
		if (object.type === "index") return fromIndex(object) ?? [];
		if (object.type !== "constraint") return [];
		const { kind, indexValid } = object.facts;
		if (kind !== "primary-key" && kind !== "unique") return [];
		const columns = object.columns.flatMap((identity) => catalog.byIdentity(identity)?.local ?? []);
		return {
			object,
			columns,
			keys: columns.map(plainKey),
			including: [],
			unique: true,
			valid: indexValid !== false,
			method: "btree",
			predicate: null
		};
	});
}
/** An index object of a catalog, by its own CREATE INDEX. */
function fromIndex(object) {
	const statement = indexStatement(object);
	if (statement === null) return null;
	const elements = (statement.indexParams ?? []).flatMap((node) => "IndexElem" in node ? [node.IndexElem] : []);
	return {
		object,
		columns: elements.map(({ name }) => name ?? null),
		keys: elements.map(keyText),
		including: (statement.indexIncludingParams ?? []).flatMap((node) => "IndexElem" in node ? [node.IndexElem.name ?? ""] : []),
		unique: object.facts.unique === true,
		valid: object.facts.valid !== false,
		method: String(object.facts.method),
		predicate: typeof object.facts.predicate === "string" ? object.facts.predicate : null
	};
}
function indexStatement({ definition }) {
	const node = parseFile(definition).statements[0]?.node;
	return node !== void 0 && "IndexStmt" in node ? node.IndexStmt : null;
}
const plainKey = (name) => keyText({
	name,
	ordering: "SORTBY_DEFAULT",
	nulls_ordering: "SORTBY_NULLS_DEFAULT"
});
/** Without offsets into the text, so that equal keys are equal texts. */
const keyText = (element) => JSON.stringify(element, (key, value) => key.endsWith("location") ? void 0 : value);
// src/rules/constraints/add-unique-on-existing.ts
const addUniqueOnExisting = {
	name: "add-unique-on-existing",
	about: "statement",
	severity: "notice",
	summary: "A unique index is built on values that are there already, which may not be unique.",
	why: `The shadow is empty and lets it pass. In production the first two equal rows stop it: the deploy fails, and \`CREATE UNIQUE INDEX CONCURRENTLY\` leaves an INVALID index behind which refuses duplicates already. From the second pass of the build on, INSERTs of the running version that write duplicates fail, too.

An index that is built without CONCURRENTLY, or by ADD UNIQUE, is reported by \`create-index-blocking\` and \`add-unique-constraint\`, which show the same query.`,
	instead: "Run the query that the finding shows on production first, and see that the running version writes no duplicates.",
	sources: ["https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY"],
	peers: [
		"atlas MF101",
		"atlas MF102",
		"django-migration-linter ADD_UNIQUE"
	],
	bad: [{
		title: "A column that base has",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, email text);",
		migration: "CREATE UNIQUE INDEX CONCURRENTLY users_email_key ON users (email);",
		transaction: "none"
	}, {
		title: "An expression, of some rows only, with names that need quotes",
		base: "CREATE TABLE \"User\" (id bigint PRIMARY KEY, \"eMail\" text, gone date);",
		migration: "-- one account each\nCREATE UNIQUE INDEX CONCURRENTLY ON \"User\" (lower(\"eMail\")) WHERE gone IS NULL;",
		transaction: "none",
		line: 2
	}],
	good: [
		{
			title: "A column that the pull request adds",
			base: "CREATE TABLE users (id bigint PRIMARY KEY);",
			migration: "ALTER TABLE users ADD COLUMN handle text;\nCREATE UNIQUE INDEX CONCURRENTLY users_handle_key ON users (handle);",
			transaction: "none"
		},
		{
			title: "An index that is not unique",
			base: "CREATE TABLE users (id bigint PRIMARY KEY, email text);",
			migration: "CREATE INDEX CONCURRENTLY users_email_idx ON users (email);",
			transaction: "none"
		},
		{
			title: "On columns that the primary key makes unique",
			base: "CREATE TABLE users (id bigint PRIMARY KEY, email text);",
			migration: "CREATE UNIQUE INDEX CONCURRENTLY users_key ON users (id, email);",
			transaction: "none"
		}
	],
	check: (context) => [...statementsOf(context, "IndexStmt")].flatMap((place) => {
		const { node } = place;
		if (node.unique !== true || node.concurrent !== true) return [];
		const table = baseRelation(context, place, node.relation, ["table", "materialized-view"]);
		if (table === void 0 || context.before === null) return [];
		const keys = (node.indexParams ?? []).flatMap((each) => "IndexElem" in each ? [each.IndexElem] : []);
		const named = keys.flatMap(({ name }) => name ?? []);
		if (table.kind === "table" && named.some((name) => columnOf(context, table, name) === void 0)) return [];
		if (isUnique(context, table, named)) return [];
		const query = duplicatesOfIndex(node);
		const shown = keys.map(({ name }) => name ?? "an expression").join(", ");
		return [{
			...at(place),
			object: nameOf(table),
			title: `Two rows of ${nameOf(table)} with the same ${shown} make the unique index fail`,
			message: "The shadow has no rows and lets it pass. Look for duplicates in production first, and see that the running version writes none: a build that fails leaves an INVALID index, which has to be dropped.",
			evidence: {
				...evidenceOn(place.statement, table),
				scan: true
			},
			fix: query === null ? null : recipe(context, [{
				title: "as it is, when this finds no row",
				sql: [`${place.statement.sql};`],
				outsideTransaction: true,
				notes: [query]
			}], { sameSchema: true })
		}];
	})
};
/** Part of the columns is unique already. */
const isUnique = (context, table, columns) => indexesOf(context.before, `pg_class:${table.oid}`).some(({ unique, valid, predicate, columns: keys }) => unique && valid && predicate === null && keys.every((key) => key !== null && columns.includes(key)));
// src/rules/constraints/added.ts
/** Constraints that base has not and that the pull request's schema has; those of partitions are told with the parent's. */
const constraintsAdded = (context) => (context.after?.objects ?? []).filter(({ type, identity, inheritedFrom }) => type === "constraint" && inheritedFrom === null && context.before !== null && context.before.byIdentity(identity) === void 0);
/** Had base a constraint of this kind on the same columns? It was dropped and made again, with another action, say. */
const hadBefore = ({ before }, made) => (before?.objects ?? []).some(({ type, containerIdentity, facts, columns }) => type === "constraint" && containerIdentity === made.containerIdentity && facts.kind === made.facts.kind && columns.join() === made.columns.join());
/** Is the constraint's table one that base has? */
const onBaseTable = (context, { containerIdentity }) => context.before?.byIdentity(containerIdentity) !== void 0;
/** Names of the columns that a constraint or index is about, in their order. */
const columnsOf = (catalog, { columns }) => columns.flatMap((identity) => catalog?.byIdentity(identity)?.local ?? []);
/** The statement that made a constraint; a hidden one only where a lock on the table gives it away. */
function madeBy$1(context, made) {
	const columns = columnsOf(context.after, made);
	const found = [...completed(context)].filter((place) => isOn(context, place, made) && constraintsIn(place).some((each) => isMeant(each, made, columns)));
	if (found.length > 0) return found.at(-1);
	const renamed = [...completed(context)].find((place) => isOn(context, place, made) && constraintsIn(place).some(({ constraint, columns: on }) => constraint.conname !== void 0 && context.after?.byName("constraint", `${made.container}.${constraint.conname}`) === void 0 && isMeant({
		constraint: {
			...constraint,
			conname: made.local
		},
		columns: on
	}, made, columns)));
	if (renamed !== void 0) return renamed;
	return [...completed(context)].find(({ statement }) => hiddenIn(statement) !== null && statement.locks.some((lock) => lock.new && nameOf(lock) === made.container));
}
/** Where a finding about a constraint points to: nowhere when nothing tells which statement made it. */
const placed = (place) => place === void 0 ? {
	migration: null,
	file: null,
	line: null,
	endLine: null
} : at(place);
function isOn(context, place, made) {
	const { node } = place.statement;
	const relation = node === null ? void 0 : "AlterTableStmt" in node ? node.AlterTableStmt.relation : "CreateStmt" in node ? node.CreateStmt.relation : void 0;
	if (relation?.relname === void 0) return false;
	const base = context.resolve(relation.schemaname, relation.relname, place.statement);
	if (base !== void 0) return made.containerIdentity === `pg_class:${base.oid}`;
	return candidates({
		schema: relation.schemaname,
		name: relation.relname
	}, place).includes(made.container);
}
/** Constraints that a statement writes, those of columns included. */
function constraintsIn({ statement: { node } }) {
	if (node === null) return [];
	return ("CreateStmt" in node ? node.CreateStmt.tableElts ?? [] : "AlterTableStmt" in node ? (node.AlterTableStmt.cmds ?? []).flatMap((cmd) => "AlterTableCmd" in cmd ? added(cmd.AlterTableCmd) ?? [] : []) : []).flatMap((definition) => {
		if ("Constraint" in definition) {
			const constraint = definition.Constraint;
			return [{
				constraint,
				columns: strings$1(constraint.fk_attrs ?? constraint.keys)
			}];
		}
		if (!("ColumnDef" in definition)) return [];
		const column = definition.ColumnDef;
		return constraintsOf(column).map((constraint) => ({
			constraint,
			columns: [column.colname ?? ""]
		}));
	});
}
const added = ({ subtype, def }) => subtype === "AT_AddConstraint" || subtype === "AT_AddColumn" ? def : void 0;
const types = {
	"primary-key": "CONSTR_PRIMARY",
	unique: "CONSTR_UNIQUE",
	exclusion: "CONSTR_EXCLUSION",
	check: "CONSTR_CHECK",
	"foreign-key": "CONSTR_FOREIGN"
};
function isMeant({ constraint, columns }, made, of) {
	if (constraint.contype !== types[made.facts.kind]) return false;
	if (constraint.conname !== void 0) return constraint.conname === made.local;
	return columns.length === 0 || columns.join("\n") === of.join("\n");
}
/** The constraint of a catalog as the parser has it: what it references, for one thing. */
function parsedConstraint({ facts }) {
	const [statement] = parseFile(`ALTER TABLE t ADD ${facts.clause}`).statements;
	const node = statement?.node;
	const [cmd] = node !== void 0 && "AlterTableStmt" in node ? node.AlterTableStmt.cmds ?? [] : [];
	const def = cmd !== void 0 && "AlterTableCmd" in cmd ? cmd.AlterTableCmd.def : void 0;
	return def !== void 0 && "Constraint" in def ? def.Constraint : void 0;
}
// src/rules/constraints/constraint-unnamed.ts
const constraintUnnamed = {
	name: "constraint-unnamed",
	about: "statement",
	severity: "notice",
	byDefault: "off",
	summary: "ALTER TABLE adds a constraint without a name.",
	why: "Postgres makes up a name, and adds a number where that is taken: it may be another one in another environment, and a later `DROP CONSTRAINT` or `VALIDATE CONSTRAINT` that names it fails there.",
	instead: "ADD CONSTRAINT with a name.",
	sources: ["https://www.postgresql.org/docs/current/ddl-constraints.html"],
	peers: [
		"migrationpilot MP042",
		"pgrubic NM008",
		"diesel-guard UnnamedConstraint"
	],
	bad: [{
		title: "A CHECK",
		base: "",
		migration: "CREATE TABLE users (id bigint PRIMARY KEY, age int);\nALTER TABLE users ADD CHECK (age > 0);",
		line: 2
	}, {
		title: "UNIQUE, with names that need quotes",
		base: "",
		migration: "CREATE TABLE \"User\" (id bigint PRIMARY KEY, \"eMail\" text);\n\nALTER TABLE \"User\" ADD UNIQUE (\"eMail\");",
		line: 3
	}],
	good: [{
		title: "With a name",
		base: "",
		migration: "CREATE TABLE users (id bigint PRIMARY KEY, age int);\nALTER TABLE users ADD CONSTRAINT users_age_check CHECK (age > 0);"
	}, {
		title: "With the name of the index that it takes over",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, email text);\nCREATE UNIQUE INDEX users_email_key ON users (email);",
		migration: "ALTER TABLE users ADD UNIQUE USING INDEX users_email_key;"
	}],
	check: (context) => [...statementsOf(context, "AlterTableStmt")].flatMap((place) => {
		const unnamed = (place.node.cmds ?? []).flatMap((cmd) => "AlterTableCmd" in cmd && isUnnamed(cmd.AlterTableCmd) ? [cmd.AlterTableCmd] : []);
		if (unnamed.length === 0) return [];
		const { relation } = place.node;
		const table = relation?.relname ?? "";
		return [{
			...at(place),
			object: candidates({
				schema: relation?.schemaname,
				name: table
			}, place)[0] ?? table,
			title: `${unnamed.length === 1 ? "A constraint" : `${unnamed.length} constraints`} of ${table} without a name`,
			message: "Postgres makes up a name that may be another one elsewhere. Give it one, so that a later migration can name it.",
			evidence: null,
			fix: fixFor$4(context, place, unnamed)
		}];
	})
};
function isUnnamed({ subtype, def }) {
	if (subtype !== "AT_AddConstraint" || def === void 0 || !("Constraint" in def)) return false;
	const { conname, indexname, contype } = def.Constraint;
	return conname === void 0 && indexname === void 0 && contype !== "CONSTR_NOTNULL";
}
/** The same statement with the name that Postgres gave, where there is no doubt about it. */
function fixFor$4(context, place, unnamed) {
	const [only, ...more] = unnamed;
	const { node } = place.statement;
	if (only === void 0 || more.length > 0 || node === null || !("AlterTableStmt" in node)) return null;
	const constraint = only.def !== void 0 && "Constraint" in only.def ? only.def.Constraint : void 0;
	if (constraint === void 0) return null;
	const { relation } = node.AlterTableStmt;
	const names = candidates({
		schema: relation?.schemaname,
		name: relation?.relname ?? ""
	}, place);
	const kinds = {
		CONSTR_CHECK: "check",
		CONSTR_UNIQUE: "unique",
		CONSTR_PRIMARY: "primary-key",
		CONSTR_FOREIGN: "foreign-key",
		CONSTR_EXCLUSION: "exclusion"
	};
	const columns = strings$1(constraint.fk_attrs ?? constraint.keys);
	const [given, ...others] = (context.after?.objects ?? []).filter((each) => each.type === "constraint" && names.includes(each.container) && each.facts.kind === kinds[constraint.contype ?? ""] && context.before?.byIdentity(each.identity) === void 0 && (columns.length === 0 || columnsOf(context.after, each).join("\n") === columns.join("\n")));
	if (given === void 0 || others.length > 0) return null;
	const named = copy(node.AlterTableStmt);
	for (const cmd of named.cmds ?? []) {
		const def = "AlterTableCmd" in cmd && isUnnamed(cmd.AlterTableCmd) ? cmd.AlterTableCmd.def : void 0;
		if (def !== void 0 && "Constraint" in def) def.Constraint.conname = given.local;
	}
	return recipe(context, [{
		title: "with the name that Postgres gave it here",
		sql: [write({ AlterTableStmt: named })]
	}], { sameSchema: true });
}
// src/rules/constraints/drop-constraint.ts
const dropConstraint = {
	name: "drop-constraint",
	about: "statement",
	severity: "warning",
	summary: "A constraint of an existing table is dropped; a foreign key locks the referenced table as well.",
	why: `Dropping a foreign key takes ACCESS EXCLUSIVE on the referenced table too, since its triggers live there: all reads and writes of a table that the statement does not even name wait, behind its longest running query. Without a UNIQUE constraint \`INSERT … ON CONFLICT\` of the running version fails (42P10), and queries lose its index. Nothing keeps wrong rows out any more.

Dropping a CHECK is a notice. Not reported: a constraint that the same pull request makes again, one whose table or columns it drops as well, and the CHECK that has proved NOT NULL.`,
	instead: "Drop a foreign key in a migration of its own with a short `lock_timeout`, so that readers of the referenced table do not queue up behind it. See first that no running version counts on what is dropped.",
	sources: ["https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-DROP-CONSTRAINT", "https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES"],
	peers: [
		"pgfence drop-constraint",
		"pgsafe drop-constraint",
		"pgrubic CT004",
		"atlas CD101"
	],
	bad: [
		{
			title: "A foreign key",
			base: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id));",
			migration: "ALTER TABLE orders DROP CONSTRAINT orders_user_id_fkey;"
		},
		{
			title: "A UNIQUE constraint",
			base: "CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE);",
			migration: "SELECT 1;\nALTER TABLE users DROP CONSTRAINT IF EXISTS users_email_key;",
			line: 2
		},
		{
			title: "A CHECK, with names that need quotes",
			base: "CREATE TABLE \"User\" (id bigint PRIMARY KEY, age int CONSTRAINT \"of Age\" CHECK (age >= 18));",
			migration: "ALTER TABLE \"User\" DROP CONSTRAINT \"of Age\";"
		}
	],
	good: [
		{
			title: "A CHECK that has proved NOT NULL",
			base: "CREATE TABLE users (id bigint PRIMARY KEY, email text CONSTRAINT proof CHECK (email IS NOT NULL));",
			migration: "ALTER TABLE users ALTER COLUMN email SET NOT NULL;\nALTER TABLE users DROP CONSTRAINT proof;"
		},
		{
			title: "Another UNIQUE index has the same columns",
			base: "CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE);\nCREATE UNIQUE INDEX users_email_idx ON users (email);",
			migration: "ALTER TABLE users DROP CONSTRAINT users_email_key;"
		},
		{
			title: "Of a table that the migration creates",
			base: "CREATE TABLE users (id bigint PRIMARY KEY);",
			migration: "CREATE TABLE orders (id bigint PRIMARY KEY, age int CHECK (age > 0));\nALTER TABLE orders DROP CONSTRAINT orders_age_check;"
		}
	],
	check: (context) => [...alterTables(context)].flatMap((alter) => alter.commands.flatMap(({ subtype, name = "" }) => {
		if (subtype !== "AT_DropConstraint") return [];
		const dropped = context.before?.byName("constraint", `${alter.name}.${name}`);
		if (dropped === void 0 || context.after?.byIdentity(dropped.identity) !== void 0) return [];
		return draft$8(context, alter, dropped) ?? [];
	}))
};
function draft$8(context, alter, dropped) {
	const { statement, table, name } = alter;
	const finding = {
		...at(alter),
		object: name,
		evidence: {
			...evidenceOn(statement, table),
			scan: false
		},
		fix: null
	};
	const again = context.after?.byName("constraint", dropped.name);
	const gone = context.after !== null && dropped.columns.some((column) => context.after?.byIdentity(column) === void 0);
	switch (dropped.facts.kind) {
		case "foreign-key": {
			const other = referenced(alter, dropped);
			if (other === void 0 && (gone || again !== void 0)) return null;
			return {
				...finding,
				...other === void 0 ? { severity: "notice" } : {},
				title: other === void 0 ? `Without ${dropped.local} nothing keeps rows of ${name} from pointing nowhere` : `Dropping foreign key ${dropped.local} locks ${nameOf(other)} against reads and writes as well`,
				message: other === void 0 ? "Rows may name keys that are not there from now on. See that no version counts on the check or on its ON DELETE." : `The statement takes ${lockTitle(other.mode)} on ${nameOf(other)}, too (seen on the shadow): it waits for the longest running query of both tables, and all later ones wait behind it. Drop it in ${apart(context)}, with a short lock_timeout.`
			};
		}
		case "unique": {
			if (gone || again?.facts.kind === "unique" || hasOtherUnique(context, dropped)) return null;
			const columns = columnsOf(context.before, dropped).join(", ");
			return {
				...finding,
				title: `Without ${dropped.local} rows of ${name} may have the same ${columns}`,
				message: `INSERT … ON CONFLICT (${columns}) of the version that is still running fails from then on (42P10), and its queries lose the index. See first that nothing counts on it.`
			};
		}
		case "check":
		case "exclusion":
			if (gone || again !== void 0 || provesNotNull(context, dropped)) return null;
			return {
				...finding,
				severity: "notice",
				title: `Without ${dropped.local} nothing refuses wrong rows of ${name} any more`,
				message: `The table no longer checks ${String(dropped.facts.clause)}. See that no running version counts on it.`
			};
		default: return null;
	}
}
/** The other table of a foreign key, where the statement has locked it. */
function referenced({ statement, table }, { facts }) {
	return strongest(statement.locks.filter((lock) => lock.oid !== table.oid && lock.kind === "table" && lock.mode === "AccessExclusiveLock" && lock.new && nameOf(lock) === facts.foreignTable));
}
const hasOtherUnique = (context, dropped) => (context.after?.objects ?? []).some(({ type, containerIdentity, facts, columns }) => containerIdentity === dropped.containerIdentity && (type === "index" ? facts.unique === true && facts.valid === true && facts.predicate === null : type === "constraint" && (facts.kind === "unique" || facts.kind === "primary-key")) && columns.join() === dropped.columns.join());
/** `column IS NOT NULL` of a column that is NOT NULL by itself now. */
function provesNotNull(context, { columns, facts }) {
	const [column, ...more] = columns;
	if (column === void 0 || more.length > 0 || !/ IS NOT NULL\)+/.test(String(facts.clause))) return false;
	return context.after?.byIdentity(column)?.facts.notNull === true;
}
// src/rules/constraints/drop-primary-key.ts
const dropPrimaryKey = {
	name: "drop-primary-key",
	about: "statement",
	severity: "warning",
	summary: "The primary key of an existing table is dropped.",
	why: `Without it two rows may have the same key, and lookups by it have no index. \`INSERT … ON CONFLICT (id)\` of the version that is still running fails at once (42P10). Logical replication has no identity for the rows any more: UPDATE and DELETE of a published table fail.

A key that the same pull request makes again on the same columns is not reported; on other columns it is a notice.`,
	instead: "Build the new unique index with CONCURRENTLY first; then drop the old key and `ADD PRIMARY KEY USING INDEX` the new one in one statement. Of a published table set `REPLICA IDENTITY` before.",
	sources: ["https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-REPLICA-IDENTITY", "https://www.postgresql.org/docs/current/logical-replication-publication.html"],
	peers: [
		"diesel-guard DropPrimaryKey",
		"migrationpilot MP055",
		"pgfence drop-constraint"
	],
	bad: [{
		title: "Dropped for good",
		base: "CREATE TABLE logs (id bigint PRIMARY KEY, line text);",
		migration: "ALTER TABLE logs DROP CONSTRAINT logs_pkey;"
	}, {
		title: "On other columns, with names that need quotes",
		base: "CREATE TABLE \"Member\" (id bigint, \"userId\" bigint NOT NULL, CONSTRAINT \"Member key\" PRIMARY KEY (id));\nCREATE UNIQUE INDEX \"User key\" ON \"Member\" (\"userId\");",
		migration: "ALTER TABLE \"Member\"\n  DROP CONSTRAINT \"Member key\",\n  ADD PRIMARY KEY USING INDEX \"User key\";"
	}],
	good: [{
		title: "The same columns with another index",
		base: "CREATE TABLE logs (id bigint PRIMARY KEY, line text);\nCREATE UNIQUE INDEX logs_key ON logs (id);",
		migration: "ALTER TABLE logs DROP CONSTRAINT logs_pkey, ADD CONSTRAINT logs_pkey PRIMARY KEY USING INDEX logs_key;"
	}, {
		title: "Of a table that the migration creates",
		base: "",
		migration: "CREATE TABLE logs (id bigint PRIMARY KEY);\nALTER TABLE logs DROP CONSTRAINT logs_pkey;"
	}],
	check: (context) => [...alterTables(context)].flatMap((alter) => {
		const { statement, table, name } = alter;
		return alter.commands.flatMap(({ subtype, name: constraint = "" }) => {
			if (subtype !== "AT_DropConstraint") return [];
			const dropped = context.before?.byName("constraint", `${name}.${constraint}`);
			if (dropped?.facts.kind !== "primary-key") return [];
			const next = context.after?.objects.find(({ type, containerIdentity, facts }) => type === "constraint" && containerIdentity === dropped.containerIdentity && facts.kind === "primary-key");
			if (next !== void 0 && next.columns.join() === dropped.columns.join()) return [];
			const columns = listed$1(columnsOf(context.before, dropped));
			return [{
				...at(alter),
				object: name,
				...next === void 0 ? {} : { severity: "notice" },
				title: next === void 0 ? `Dropping the primary key of ${name} lets rows have the same ${columns}` : `The primary key of ${name} moves from ${columns} to ${listed$1(columnsOf(context.after, next))}`,
				message: `INSERT … ON CONFLICT (${columns}) of the version that is still running fails from then on (42P10) unless another unique index has these columns, foreign keys cannot be added any more, and a logical replica cannot tell which row an UPDATE means. See that nothing counts on it.`,
				evidence: {
					...evidenceOn(statement, table),
					scan: false
				},
				fix: null
			}];
		});
	})
};
// src/rules/constraints/fk-missing-index.ts
const fkMissingIndex = {
	name: "fk-missing-index",
	about: "statement",
	severity: "notice",
	summary: "A new foreign key of an existing table has no index on its columns.",
	why: "Postgres indexes the referenced key, not the columns that point to it. Every DELETE of a referenced row, and every UPDATE of its key, then reads the whole referencing table to see whether a row points there, once for each row; and joins along the key read it as well.",
	instead: "An index whose first columns are those of the foreign key, built with `CREATE INDEX CONCURRENTLY`. Silent where such an index is there (a partial one on `IS NOT NULL` will do), for a foreign key that base had on the same columns, and for tables that the pull request creates.",
	sources: ["https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK"],
	peers: [
		"eugene E15",
		"pgfence fk-missing-index",
		"migrationpilot MP016",
		"pgsafe fk-without-covering-index"
	],
	bad: [{
		title: "No index at all",
		base: { "1_base.sql": "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);" },
		migration: {
			"1_base.sql": "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);",
			"2_key.sql": "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;",
			"3_key.sql": "ALTER TABLE orders VALIDATE CONSTRAINT fk;"
		}
	}, {
		title: "An index that begins with another column",
		base: { "1_base.sql": "CREATE TABLE \"User\" (id bigint PRIMARY KEY);\nCREATE TABLE \"Order\" (id bigint PRIMARY KEY, day date, \"userId\" bigint);\nCREATE INDEX ON \"Order\" (day, \"userId\");" },
		migration: {
			"1_base.sql": "CREATE TABLE \"User\" (id bigint PRIMARY KEY);\nCREATE TABLE \"Order\" (id bigint PRIMARY KEY, day date, \"userId\" bigint);\nCREATE INDEX ON \"Order\" (day, \"userId\");",
			"2_key.sql": "-- who ordered\nALTER TABLE \"Order\" ADD FOREIGN KEY (\"userId\") REFERENCES \"User\" (id) NOT VALID;",
			"3_key.sql": "ALTER TABLE \"Order\" VALIDATE CONSTRAINT \"Order_userId_fkey\";"
		},
		line: 2
	}],
	good: [
		{
			title: "An index whose first columns are those of the key, in any order",
			base: { "1_base.sql": "CREATE TABLE users (a int, b int, PRIMARY KEY (a, b));\nCREATE TABLE orders (id bigint PRIMARY KEY, a int, b int, c int);\nCREATE INDEX ON orders (b, a, c);" },
			migration: {
				"1_base.sql": "CREATE TABLE users (a int, b int, PRIMARY KEY (a, b));\nCREATE TABLE orders (id bigint PRIMARY KEY, a int, b int, c int);\nCREATE INDEX ON orders (b, a, c);",
				"2_key.sql": "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (a, b) REFERENCES users (a, b) NOT VALID;",
				"3_key.sql": "ALTER TABLE orders VALIDATE CONSTRAINT fk;"
			}
		},
		{
			title: "The index comes later in the same pull request",
			base: { "1_base.sql": "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);" },
			migration: {
				"1_base.sql": "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);",
				"2_key.sql": "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;",
				"3_key.sql": "ALTER TABLE orders VALIDATE CONSTRAINT fk;",
				"4_index.sql": "CREATE INDEX CONCURRENTLY orders_user_id_idx ON orders (user_id) WHERE user_id IS NOT NULL;"
			}
		},
		{
			title: "A table that the migration creates",
			base: "CREATE TABLE users (id bigint PRIMARY KEY);",
			migration: "CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id));"
		}
	],
	check: (context) => constraintsAdded(context).filter((made) => made.facts.kind === "foreign-key" && onBaseTable(context, made)).flatMap((made) => {
		const columns = columnsOf(context.after, made);
		if (columns.length === 0 || hadBefore(context, made) || hasIndex(context, made.containerIdentity, columns)) return [];
		const place = madeBy$1(context, made);
		const shown = columns.join(", ");
		return [{
			...placed(place),
			object: made.container,
			title: `Foreign key ${made.local} has no index on ${made.container} (${shown})`,
			message: `Every DELETE of a row of ${String(made.facts.foreignTable)}, and every UPDATE of its key, reads all of ${made.container} to see whether a row points there. Build an index on ${shown} with CONCURRENTLY.`,
			evidence: null,
			fix: place === void 0 ? null : fixFor$3(context, place, columns)
		}];
	})
};
/** One whose first key columns are these, in any order; a partial one only where it leaves out nothing but NULLs. */
function hasIndex(context, table, columns) {
	const wanted = new Set(columns);
	return indexesOf(context.after, table).some(({ columns: keys, valid, method, predicate }) => {
		const first = keys.slice(0, columns.length);
		const covers = first.length === columns.length && first.every((key) => key !== null && wanted.has(key));
		const whole = predicate === null || columns.some((column) => predicate === `(${identifier(column)} IS NOT NULL)`);
		return covers && valid && whole && (method === "btree" || method === "hash");
	});
}
function fixFor$3(context, place, columns) {
	const { node, sql } = place.statement;
	if (node === null || !("AlterTableStmt" in node)) return null;
	const { relation } = node.AlterTableStmt;
	const table = baseRelation(context, place, relation);
	if (table === void 0) return null;
	const name = defaultName(table.relation, columns.join("_"), "idx", nameTaken(context, table));
	return recipe(context, [{
		title: "the statement as it is",
		sql: [`${sql};`]
	}, {
		title: "the index, while reads and writes go on",
		sql: [`CREATE INDEX CONCURRENTLY ${identifier(name)} ON ${qualified(relation?.schemaname, relation?.relname ?? "")} (${columns.map(identifier).join(", ")});`],
		outsideTransaction: true
	}], { sameSchema: false });
}
// src/rules/constraints/fk-type-mismatch.ts
const fkTypeMismatch = {
	name: "fk-type-mismatch",
	about: "statement",
	severity: "notice",
	summary: "A new foreign key joins columns of different types.",
	why: "Postgres accepts a foreign key between types that can be compared, an integer that points to a bigint, say. The smaller one overflows long before the keys run out, and then no new row can be written; and other comparisons need a cast for every row, which an index does not help.",
	instead: "The same type on both sides. It costs nothing while the column is new; later it is a rewrite.",
	sources: ["https://www.postgresql.org/docs/current/sql-createtable.html#SQL-CREATETABLE-PARMS-REFERENCES"],
	peers: ["online_migrations mismatched_foreign_key_type"],
	bad: [{
		title: "An integer that points to a bigint",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "CREATE TABLE orders (\n  id bigint PRIMARY KEY,\n  user_id integer REFERENCES users (id)\n);"
	}, {
		title: "A new column, with names that need quotes",
		base: { "1_base.sql": "CREATE TABLE \"User\" (id bigint PRIMARY KEY);\nCREATE TABLE \"Order\" (id bigint PRIMARY KEY);" },
		migration: {
			"1_base.sql": "CREATE TABLE \"User\" (id bigint PRIMARY KEY);\nCREATE TABLE \"Order\" (id bigint PRIMARY KEY);",
			"2_a.sql": "ALTER TABLE \"Order\" ADD COLUMN \"userId\" integer;",
			"3_b.sql": "CREATE INDEX CONCURRENTLY ON \"Order\" (\"userId\");",
			"4_c.sql": "-- who ordered\nALTER TABLE \"Order\" ADD CONSTRAINT fk FOREIGN KEY (\"userId\") REFERENCES \"User\" (id) NOT VALID;",
			"5_d.sql": "ALTER TABLE \"Order\" VALIDATE CONSTRAINT fk;"
		},
		line: 2
	}],
	good: [{
		title: "The same type",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id));"
	}, {
		title: "text and varchar, a domain and its base type",
		base: "CREATE DOMAIN key AS varchar(20);\nCREATE TABLE users (id text PRIMARY KEY);\nCREATE TABLE teams (id key PRIMARY KEY);",
		migration: "CREATE TABLE members (id bigint PRIMARY KEY, user_id varchar(50) REFERENCES users (id), team_id text REFERENCES teams (id));"
	}],
	check: (context) => constraintsAdded(context).filter(({ facts }) => facts.kind === "foreign-key").flatMap((made) => {
		const pairs = mismatches(context, made);
		const [first] = pairs;
		if (first === void 0 || hadBefore(context, made)) return [];
		const table = String(made.facts.foreignTable);
		return [{
			...placed(madeBy$1(context, made)),
			object: `${made.container}.${first.column}`,
			title: `${made.container}.${first.column} is ${first.type}, ${table}.${first.other} is ${first.otherType}`,
			message: `Foreign key ${made.local} joins ${pairs.map((pair) => `${pair.column} (${pair.type}) with ${pair.other} (${pair.otherType})`).join(", ")}. Give both the same type as long as the column is empty: later that is a rewrite of the table.`,
			evidence: null,
			fix: null
		}];
	})
};
function mismatches(context, made) {
	const columns = columnsOf(context.after, made);
	const others = strings$1(parsedConstraint(made)?.pk_attrs);
	return columns.flatMap((column, index) => {
		const other = others[index] ?? "";
		const type = typeOf(context, `${made.container}.${column}`);
		const otherType = typeOf(context, `${String(made.facts.foreignTable)}.${other}`);
		if (type === null || otherType === null || type.compared === otherType.compared) return [];
		return [{
			column,
			other,
			type: type.shown,
			otherType: otherType.shown
		}];
	});
}
/** A column's type; what is compared leaves out limits, domains, and how many kinds of text there are. */
function typeOf(context, column) {
	const facts = context.after?.byName("column", column)?.facts;
	if (typeof facts?.dataType !== "string") return null;
	let name = facts.dataType;
	for (;;) {
		const domain = context.after?.byName("domain", String(name === facts.dataType ? facts.typeName : name));
		if (domain === void 0 || typeof domain.facts.dataType !== "string") break;
		name = domain.facts.dataType;
	}
	const compared = name.replace(/\s?\(\d+(?:,-?\d+)?\)/, "");
	return {
		shown: facts.dataType,
		compared: compared === "character varying" ? "text" : compared
	};
}
// src/rules/constraints/not-valid-and-validate-same-txn.ts
const notValidAndValidateSameTxn = {
	name: "not-valid-and-validate-same-txn",
	about: "statement",
	severity: "error",
	summary: "VALIDATE CONSTRAINT runs in a transaction that still holds a lock which blocks.",
	why: "VALIDATE by itself blocks nobody. But locks are kept until the end of the transaction: after `ADD CONSTRAINT … NOT VALID` (or any other ALTER TABLE) in the same transaction all rows are read under that statement’s lock, just as if NOT VALID were not there.",
	instead: "VALIDATE in a migration of its own, so that the first one has committed.",
	sources: ["https://www.postgresql.org/docs/current/explicit-locking.html", "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES"],
	peers: [
		"squawk constraint-missing-not-valid",
		"strong_migrations validate_check_constraint",
		"online_migrations validate_constraint",
		"pgfence not-valid-validate-same-tx"
	],
	bad: [{
		title: "A CHECK",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, age int);",
		migration: "ALTER TABLE users ADD CONSTRAINT age_check CHECK (age > 0) NOT VALID;\nALTER TABLE users VALIDATE CONSTRAINT age_check;",
		line: 2
	}, {
		title: "A foreign key",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);\nCREATE INDEX ON orders (user_id);",
		migration: "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;\n\nALTER TABLE orders VALIDATE CONSTRAINT fk;",
		line: 3
	}],
	good: [{
		title: "Each statement commits by itself",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, age int);",
		migration: "ALTER TABLE users ADD CONSTRAINT age_check CHECK (age > 0) NOT VALID;\nALTER TABLE users VALIDATE CONSTRAINT age_check;",
		transaction: "none"
	}, {
		title: "VALIDATE in a later migration",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, age int);\nALTER TABLE users ADD CONSTRAINT age_check CHECK (age > 0) NOT VALID;",
		migration: "ALTER TABLE users VALIDATE CONSTRAINT age_check;"
	}],
	check: (context) => [...alterTables(context)].flatMap((alter) => {
		const { statement, table, name } = alter;
		const validations = alter.commands.filter(({ subtype }) => subtype === "AT_ValidateConstraint");
		const evidence = evidenceOn(statement, table);
		if (validations.length === 0 || evidence.blocks.length === 0) return [];
		if (!readsRows(statement) && !validatedForeignKey(statement)) return [];
		const rest = alter.commands.filter((command) => !validations.includes(command));
		return [{
			...at(alter),
			object: name,
			title: `Validating ${listed$1(validations.map((command) => command.name ?? ""))} in this transaction ${blocksWhom(evidence, name)}`,
			message: `${whoWaits(statement, table, evidence, "it reads every row")} By itself VALIDATE would block nobody: put it into ${apart(context)}.`,
			evidence: {
				...evidence,
				scan: true
			},
			fix: recipe(context, [...rest.length === 0 ? [] : [{
				title: "the rest of the statement",
				sql: [writeAlterTable(alter.node, rest)]
			}], {
				title: "leave it out here; in a migration of its own, after this one has committed",
				sql: [writeAlterTable(alter.node, validations)]
			}], { sameSchema: true }),
			explains: everythingOf(statement)
		}];
	})
};
// src/rules/constraints/not-valid-never-validated.ts
const notValidNeverValidated = {
	name: "not-valid-never-validated",
	about: "statement",
	severity: "notice",
	summary: "A constraint is added NOT VALID, and no migration validates it.",
	why: "NOT VALID is the right way to add a constraint to a table in use. But until it is validated the old rows may break it: the planner does not use it, a CHECK proves nothing to SET NOT NULL or ATTACH PARTITION, a dump of the data may fail to load, and everybody believes in it. A VALIDATE that has to come later is easily forgotten.",
	instead: "`VALIDATE CONSTRAINT` in a later migration of its own, in this pull request or the next one. Only constraints that the pull request adds to tables of base are reported, not those that base had.",
	sources: ["https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-VALIDATE-CONSTRAINT"],
	peers: ["online_migrations (its guide; no check)"],
	bad: [
		{
			title: "A CHECK",
			base: "CREATE TABLE users (id bigint PRIMARY KEY, age int);",
			migration: "ALTER TABLE users ADD CONSTRAINT users_age_check CHECK (age > 0) NOT VALID;"
		},
		{
			title: "A foreign key without a name, with names that need quotes",
			base: "CREATE TABLE \"User\" (id bigint PRIMARY KEY);\nCREATE TABLE \"Order\" (id bigint PRIMARY KEY, \"userId\" bigint);\nCREATE INDEX ON \"Order\" (\"userId\");",
			migration: "-- checked from now on\nALTER TABLE \"Order\"\n  ADD FOREIGN KEY (\"userId\") REFERENCES \"User\" (id) NOT VALID;",
			line: 2
		},
		{
			title: "NOT NULL",
			base: "CREATE TABLE users (id bigint PRIMARY KEY, email text);",
			migration: "ALTER TABLE users ADD CONSTRAINT has_email NOT NULL email NOT VALID;",
			since: 18
		}
	],
	good: [
		{
			title: "Validated by the next migration",
			base: { "1_base.sql": "CREATE TABLE users (id bigint PRIMARY KEY, age int);" },
			migration: {
				"1_base.sql": "CREATE TABLE users (id bigint PRIMARY KEY, age int);",
				"2_age.sql": "ALTER TABLE users ADD CONSTRAINT users_age_check CHECK (age > 0) NOT VALID;",
				"3_age.sql": "ALTER TABLE users VALIDATE CONSTRAINT users_age_check;"
			}
		},
		{
			title: "One that base has left so",
			base: "CREATE TABLE users (id bigint PRIMARY KEY, age int);\nALTER TABLE users ADD CONSTRAINT users_age_check CHECK (age > 0) NOT VALID;",
			migration: "ALTER TABLE users ADD COLUMN note text;"
		},
		{
			title: "On a table that the migration creates",
			base: "",
			migration: "CREATE TABLE users (id bigint PRIMARY KEY, age int);\nALTER TABLE users ADD CHECK (age > 0) NOT VALID;"
		}
	],
	check: (context) => [...constraintsAdded(context).filter((made) => made.facts.validated === false && made.facts.enforced !== false).filter((made) => onBaseTable(context, made) && !wasNotValid(context, made)).map((made) => draft$7(context, made.local, made, madeBy$1(context, made))), ...notNulls(context)]
};
/** Dropped and made again: base had left it NOT VALID as well. */
const wasNotValid = (context, { name }) => context.before?.byName("constraint", name)?.facts.validated === false;
/** From 18 on NOT NULL can be NOT VALID; our catalog has it in the column. */
function notNulls(context) {
	return (context.after?.objects ?? []).filter(({ type, facts, identity, inheritedFrom }) => {
		if (type !== "column" || inheritedFrom !== null) return false;
		if (facts.refusesNull !== true || facts.notNullValid !== false) return false;
		const before = context.before?.byIdentity(identity);
		return before !== void 0 && before.facts.refusesNull === false;
	}).flatMap((column) => {
		const [first] = [...completed(context)].flatMap((place) => {
			const { node } = place.statement;
			if (node === null || !("AlterTableStmt" in node)) return [];
			const { relation, cmds } = node.AlterTableStmt;
			const base = context.resolve(relation?.schemaname, relation?.relname ?? "", place.statement);
			if (column.containerIdentity !== `pg_class:${base?.oid}`) return [];
			return (cmds ?? []).flatMap((cmd) => {
				const def = "AlterTableCmd" in cmd ? cmd.AlterTableCmd.def : void 0;
				const constraint = def !== void 0 && "Constraint" in def ? def.Constraint : void 0;
				const [key] = constraint?.keys ?? [];
				const named = key !== void 0 && "String" in key && key.String.sval === column.local;
				return constraint?.contype === "CONSTR_NOTNULL" && named ? [{
					place,
					name: constraint.conname ?? `${column.container.split(".").at(-1)}_${column.local}_not_null`
				}] : [];
			});
		});
		return first === void 0 ? [] : [draft$7(context, first.name, column, first.place)];
	});
}
function draft$7(context, name, made, place) {
	return {
		...placed(place),
		object: made.container,
		title: `${name} of ${made.container} is added NOT VALID, and nothing validates it`,
		message: `New rows are checked, the old ones may break it: until it is validated it proves nothing, neither to the planner nor to a reader. Add a later migration with VALIDATE CONSTRAINT, which reads the rows without blocking anybody.`,
		evidence: place === void 0 ? null : evidence(context, made, place),
		fix: place === void 0 ? null : fixFor$2(context, name, place)
	};
}
function evidence(context, made, { statement }) {
	const lock = statement.locks.find(({ oid }) => made.containerIdentity === `pg_class:${oid}`);
	return lock === void 0 || context.before === null ? null : {
		...evidenceOn(statement, {
			...lock,
			tableOid: null
		}),
		scan: false
	};
}
function fixFor$2(context, name, { statement }) {
	const { node } = statement;
	if (node === null || !("AlterTableStmt" in node)) return null;
	const { relation } = node.AlterTableStmt;
	return recipe(context, [{
		title: "the statement as it is",
		sql: [`${statement.sql};`]
	}, {
		title: "read the old rows while reads and writes go on",
		sql: [`ALTER TABLE ${qualified(relation?.schemaname, relation?.relname ?? "")} VALIDATE CONSTRAINT ${identifier(name)};`]
	}], { sameSchema: false });
}
// src/rules/constraints/primary-key-using-nullable-index.ts
const primaryKeyUsingNullableIndex = {
	name: "primary-key-using-nullable-index",
	about: "statement",
	severity: "error",
	summary: "A primary key takes over an index whose columns may hold NULLs, which reads every row.",
	why: "`PRIMARY KEY USING INDEX` builds nothing, but it makes the columns NOT NULL, and where they are not yet it looks for NULLs in every row under ACCESS EXCLUSIVE: all reads and writes of the table wait. It fails if one is found.",
	instead: "Make the columns NOT NULL by way of a validated constraint first; then the index becomes the primary key in a moment.",
	sources: ["https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT-USING-INDEX"],
	peers: [
		"eugene W14",
		"atlas PG304",
		"pgfence add-pk-using-index"
	],
	bad: [{
		title: "One column",
		base: "CREATE TABLE users (id bigint);\nCREATE UNIQUE INDEX users_pkey ON users (id);",
		migration: "ALTER TABLE users ADD CONSTRAINT users_pkey PRIMARY KEY USING INDEX users_pkey;"
	}, {
		title: "One of two, without a name of its own, with names that need quotes",
		base: "CREATE TABLE \"Member\" (\"teamId\" bigint NOT NULL, \"userId\" bigint);\nCREATE UNIQUE INDEX \"Member key\" ON \"Member\" (\"teamId\", \"userId\");",
		migration: "SELECT 1;\nALTER TABLE \"Member\" ADD PRIMARY KEY USING INDEX \"Member key\";",
		line: 2
	}],
	good: [{
		title: "Columns that are NOT NULL",
		base: "CREATE TABLE users (id bigint NOT NULL);\nCREATE UNIQUE INDEX users_pkey ON users (id);",
		migration: "ALTER TABLE users ADD CONSTRAINT users_pkey PRIMARY KEY USING INDEX users_pkey;"
	}, {
		title: "UNIQUE allows NULLs and reads nothing",
		base: "CREATE TABLE users (id bigint);\nCREATE UNIQUE INDEX users_key ON users (id);",
		migration: "ALTER TABLE users ADD CONSTRAINT users_key UNIQUE USING INDEX users_key;"
	}],
	check: (context) => [...alterTables(context)].flatMap((alter) => {
		const { statement, table, name } = alter;
		const [added] = addedConstraints(alter, "CONSTR_PRIMARY").filter(({ constraint }) => constraint.indexname !== void 0);
		if (added === void 0 || !(verifiedTable(statement) || statement.scans.length > 0)) return [];
		const key = context.after?.objects.find(({ type, containerIdentity, facts }) => type === "constraint" && containerIdentity === `pg_class:${table.oid}` && facts.kind === "primary-key");
		const nullable = (key === void 0 ? [] : columnsOf(context.after, key)).filter((column) => !isNotNull(context, table, column));
		if (nullable.length === 0) return [];
		const evidence = evidenceOn(statement, table);
		const nulls = nullable.map((column) => `${identifier(column)} IS NULL`).join(" OR ");
		const [first, ...others] = notNullSteps(context, alterTable(alter), table.relation, nullable);
		return [{
			...at(alter),
			object: name,
			title: `The primary key on ${listed$1(nullable.map((column) => `${name}.${column}`))}, which may be NULL, ${blocksWhom(evidence, name)}`,
			message: `${whoWaits(statement, table, evidence, "it reads every row to look for NULLs, though the index is there")} It fails if a row holds one. Prove NOT NULL first with a constraint that is validated in ${apart(context)}.`,
			evidence: {
				...evidence,
				scan: true
			},
			fix: first === void 0 ? null : recipe(context, [
				{
					...first,
					notes: [`Before that, see that no row is in the way: SELECT count(*) FROM ${alter.sqlName} WHERE ${nulls};`]
				},
				...others,
				{
					title: "now it takes a moment",
					sql: [writeAlterTable(alter.node, alter.commands)]
				}
			], { sameSchema: true }),
			explains: everythingOf(statement)
		}];
	})
};
// src/rules/constraints/validate-constraint.ts
const validateConstraint = {
	name: "validate-constraint",
	about: "statement",
	severity: "error",
	summary: "VALIDATE CONSTRAINT reads a whole table while the transaction keeps another one locked.",
	why: "VALIDATE itself takes SHARE UPDATE EXCLUSIVE and blocks nobody, however long it reads. But whatever earlier statements of the same transaction have locked stays locked for that time: reads or writes of those other tables wait until the last row of this one is read.",
	instead: "VALIDATE in a migration of its own, with no lock held before it.",
	sources: ["https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-VALIDATE-CONSTRAINT", "https://www.postgresql.org/docs/current/explicit-locking.html"],
	peers: ["pgfence validate-constraint", "django-pg-zero-downtime-migrations (splits it)"],
	bad: [{
		title: "After a change of another table",
		base: "CREATE TABLE teams (id bigint PRIMARY KEY);\nCREATE TABLE users (id bigint PRIMARY KEY, age int);\nALTER TABLE users ADD CONSTRAINT age_check CHECK (age > 0) NOT VALID;",
		migration: "ALTER TABLE teams ADD COLUMN note text;\nALTER TABLE users VALIDATE CONSTRAINT age_check;",
		line: 2
	}, {
		title: "A foreign key, with names that need quotes",
		base: "CREATE TABLE \"Team\" (id bigint PRIMARY KEY);\nCREATE TABLE \"User\" (id bigint PRIMARY KEY);\nCREATE TABLE \"Order\" (id bigint PRIMARY KEY, \"userId\" bigint);\nALTER TABLE \"Order\" ADD CONSTRAINT fk FOREIGN KEY (\"userId\") REFERENCES \"User\" (id) NOT VALID;",
		migration: "ALTER TABLE \"Team\" ALTER COLUMN id SET DEFAULT 0;\n\nALTER TABLE \"Order\" VALIDATE CONSTRAINT fk;",
		line: 3
	}],
	good: [{
		title: "In a migration of its own",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, age int);\nALTER TABLE users ADD CONSTRAINT age_check CHECK (age > 0) NOT VALID;",
		migration: "ALTER TABLE users VALIDATE CONSTRAINT age_check;"
	}, {
		title: "Each statement commits by itself",
		base: "CREATE TABLE teams (id bigint PRIMARY KEY);\nCREATE TABLE users (id bigint PRIMARY KEY, age int);\nALTER TABLE users ADD CONSTRAINT age_check CHECK (age > 0) NOT VALID;",
		migration: "ALTER TABLE teams ADD COLUMN note text;\nALTER TABLE users VALIDATE CONSTRAINT age_check;",
		transaction: "none"
	}],
	check: (context) => [...alterTables(context)].flatMap((alter) => {
		const { statement, table, name } = alter;
		const validations = alter.commands.filter(({ subtype }) => subtype === "AT_ValidateConstraint");
		if (validations.length === 0) return [];
		if (!readsRows(statement) && !validatedForeignKey(statement)) return [];
		if (evidenceOn(statement, table).blocks.length > 0) return [];
		const held = strongestOfEach(statement.locks.filter((lock) => !lock.new && lock.oid !== table.oid && (lock.kind === "table" || lock.kind === "materialized-view") && blocks(lock.mode).length > 0));
		const [first] = held;
		if (first === void 0) return [];
		const evidence = {
			lock: first.mode,
			blocks: blocks(first.mode),
			scan: true,
			rewrite: false
		};
		const objects = held.map(nameOf);
		const waits = evidence.blocks.includes("reads") ? "every read and write" : "every write";
		const rest = alter.commands.filter((command) => !validations.includes(command));
		return [{
			...at(alter),
			object: nameOf(first),
			title: `Validating ${listed$1(validations.map((command) => command.name ?? ""))} in this transaction ${blocksWhom(evidence, listed$1(objects))}`,
			message: `The statement reads every row of ${name} while the transaction still holds ${lockTitle(first.mode)} on ${listed$1(objects)} from an earlier statement (seen on the shadow), so ${waits} of ${listed$1(objects)} waits for a time that grows with ${name}. By itself VALIDATE blocks nobody: put it into ${apart(context)}.`,
			evidence,
			fix: recipe(context, [...rest.length === 0 ? [] : [{
				title: "the rest of the statement",
				sql: [writeAlterTable(alter.node, rest)]
			}], {
				title: "leave it out here; in a migration of its own, after this one has committed",
				sql: [writeAlterTable(alter.node, validations)]
			}], { sameSchema: true }),
			explains: [...everythingOf(statement), ...objects]
		}];
	})
};
function strongestOfEach(locks) {
	const byOid = /* @__PURE__ */ new Map();
	for (const lock of locks) {
		const known = byOid.get(lock.oid);
		if (known === void 0 || blocks(lock.mode).length > blocks(known.mode).length) byOid.set(lock.oid, lock);
	}
	return [...byOid.values()].sort((left, right) => blocks(right.mode).length - blocks(left.mode).length);
}
// src/rules/conventions/convention.ts
/** A convention's rule: off until the config gives it a severity, and a notice by itself. */
const convention = (rule) => ({
	about: "convention",
	severity: "notice",
	byDefault: "off",
	...rule
});
/** A finding of a convention: nothing was seen on the server, the text is what it is about. */
const advice = (place, object, title, message) => ({
	...at(place),
	object,
	title,
	message,
	evidence: null,
	fix: null
});
/** Columns of CREATE TABLE and ADD COLUMN. */
function* definedColumns(context) {
	for (const place of completed(context)) for (const { table, node } of elements(place.statement.node)) {
		if (!("ColumnDef" in node)) continue;
		const column = node.ColumnDef;
		yield {
			place,
			table,
			column,
			name: column.colname ?? "",
			type: nameParts(column.typeName?.names).name.toLowerCase(),
			modifiers: column.typeName?.typmods?.length ?? 0
		};
	}
}
/** Constraints of CREATE TABLE and ALTER TABLE, those that stand at a column included. */
function* definedConstraints(context) {
	for (const place of completed(context)) for (const { table, node } of elements(place.statement.node)) {
		const nodes = "ColumnDef" in node ? node.ColumnDef.constraints ?? [] : [node];
		for (const each of nodes) if ("Constraint" in each) yield {
			place,
			table,
			constraint: each.Constraint
		};
	}
}
function elements(node) {
	if (node === null) return [];
	if ("CreateStmt" in node) {
		const table = written(node.CreateStmt.relation);
		if (node.CreateStmt.relation?.relpersistence === "t") return [];
		return (node.CreateStmt.tableElts ?? []).map((each) => ({
			table,
			node: each
		}));
	}
	if (!("AlterTableStmt" in node)) return [];
	const table = written(node.AlterTableStmt.relation);
	return (node.AlterTableStmt.cmds ?? []).flatMap((each) => {
		if (!("AlterTableCmd" in each)) return [];
		const { subtype, def } = each.AlterTableCmd;
		return (subtype === "AT_AddColumn" || subtype === "AT_AddConstraint") && def !== void 0 ? [{
			table,
			node: def
		}] : [];
	});
}
/** A name as the statement writes it, unquoted. */
const written = (relation) => [relation?.schemaname, relation?.relname].filter((part) => part !== void 0 && part !== "").join(".");
/** A rule about the types of new columns. */
function typeConvention({ applies, says, ...rule }) {
	return convention({
		...rule,
		check: (context) => [...definedColumns(context)].filter(applies).map((defined) => advice(defined.place, `${defined.table}.${defined.name}`, `${defined.table}.${defined.name} is of type ${spelled[defined.type] ?? defined.type}`, says(defined)))
	});
}
/** Types as people write them. */
const spelled = {
	int2: "smallint",
	int4: "integer",
	int8: "bigint",
	bpchar: "char(n)",
	varchar: "varchar(n)"
};
// src/rules/conventions/cascade-foreign-key.ts
const cascadeForeignKey = convention({
	name: "cascade-foreign-key",
	summary: "A new foreign key deletes or changes rows by CASCADE.",
	why: "One DELETE may take millions of rows of other tables with it, in one statement and without a word, and hold their locks as long.",
	instead: "`ON DELETE RESTRICT`, and an application that deletes what it means to delete, in batches.",
	sources: ["https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK"],
	peers: ["pgrubic CT001, CT002"],
	bad: [{
		title: "ON DELETE CASCADE",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "CREATE TABLE orders (id bigint PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE);"
	}, {
		title: "ON UPDATE CASCADE",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "\nCREATE TABLE orders (id bigint PRIMARY KEY, FOREIGN KEY (id) REFERENCES users (id) ON UPDATE CASCADE);",
		line: 2
	}],
	good: [{
		title: "RESTRICT",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "CREATE TABLE orders (id bigint PRIMARY KEY REFERENCES users (id) ON DELETE RESTRICT);"
	}, {
		title: "SET NULL",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id) ON DELETE SET NULL);"
	}],
	check: (context) => [...definedConstraints(context)].filter(({ constraint: { contype, fk_del_action, fk_upd_action } }) => contype === "CONSTR_FOREIGN" && (fk_del_action === "c" || fk_upd_action === "c")).map(({ place, table }) => advice(place, table, `A foreign key deletes or changes rows of ${table} by CASCADE`, "One statement may take millions of rows along: consider RESTRICT."))
});
// src/rules/conventions/char-type.ts
const charType = typeConvention({
	name: "char-type",
	summary: "A new column is of type char(n).",
	why: "Values are filled up with blanks to n characters, which take room and vanish in some comparisons and not in others: `LIKE`, casts and parameters of type text behave in another way than constants. It is not faster than text.",
	instead: "text, with a `CHECK (length(…) = n)` where the length is fixed.",
	sources: ["https://wiki.postgresql.org/wiki/Don%27t_Do_This#Don.27t_use_char.28n.29"],
	peers: [
		"squawk ban-char-field",
		"pgfence ban-char-field",
		"migrationpilot MP041",
		"pgrubic TP004"
	],
	bad: [{
		title: "char(2)",
		base: "",
		migration: "CREATE TABLE countries (code char(2) PRIMARY KEY);"
	}, {
		title: "character, which is char(1)",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "\nALTER TABLE users ADD COLUMN initial character;",
		line: 2
	}],
	good: [{
		title: "text",
		base: "",
		migration: "CREATE TABLE countries (code text PRIMARY KEY);"
	}, {
		title: "varchar",
		base: "",
		migration: "CREATE TABLE countries (code varchar(2) PRIMARY KEY);"
	}],
	applies: ({ type }) => type === "bpchar",
	says: () => "Its values are filled up with blanks: write text, with a CHECK of the length."
});
// src/rules/conventions/create-extension.ts
const createExtension = convention({
	name: "create-extension",
	summary: "A migration creates an extension.",
	why: "Most extensions need a superuser or a provider that allows them, and a package on every server and replica. Where that is missing the deploy stops here.",
	instead: "Have those who run the servers create it, and name it under `extensions:` in the config.",
	sources: ["https://www.postgresql.org/docs/current/sql-createextension.html"],
	peers: [
		"migrationpilot MP078",
		"pgrubic ST001",
		"diesel-guard CreateExtension"
	],
	bad: [{
		title: "IF NOT EXISTS",
		base: "",
		migration: "CREATE EXTENSION IF NOT EXISTS plpgsql;"
	}, {
		title: "After another statement",
		base: "",
		migration: "SELECT 1;\nCREATE EXTENSION IF NOT EXISTS \"plpgsql\";",
		line: 2
	}],
	good: [{
		title: "None",
		base: "",
		migration: "CREATE TABLE users (id bigint PRIMARY KEY);"
	}, {
		title: "A function that Postgres has",
		base: "",
		migration: "CREATE TABLE users (id uuid PRIMARY KEY DEFAULT gen_random_uuid());"
	}],
	check: (context) => [...statementsOf(context, "CreateExtensionStmt")].map((place) => advice(place, null, `The migration creates the extension ${place.node.extname ?? ""}`, "It has to be installed, and allowed, on every server that the migration comes to."))
});
// src/rules/conventions/create-rule.ts
const createRule = convention({
	name: "create-rule",
	summary: "A migration creates a rewrite rule.",
	why: "A rule changes the query and not the row: functions in it run as often as the query says, RETURNING and row counts tell something else than what happened, and COPY passes it by.",
	instead: "A trigger, which sees each row.",
	sources: ["https://wiki.postgresql.org/wiki/Don%27t_Do_This#Don.27t_use_rules"],
	peers: ["pgrubic GN002"],
	bad: [{
		title: "DO INSTEAD NOTHING",
		base: "CREATE TABLE t (id bigint);",
		migration: "CREATE RULE r AS ON DELETE TO t DO INSTEAD NOTHING;"
	}, {
		title: "OR REPLACE",
		base: "CREATE TABLE \"T\" (id bigint);",
		migration: "\nCREATE OR REPLACE RULE r AS ON UPDATE TO \"T\" DO ALSO NOTHING;",
		line: 2
	}],
	good: [{
		title: "A view",
		base: "CREATE TABLE t (id bigint);",
		migration: "CREATE VIEW v AS SELECT id FROM t;"
	}, {
		title: "A table",
		base: "",
		migration: "CREATE TABLE t (id bigint);"
	}],
	check: (context) => [...statementsOf(context, "RuleStmt")].map((place) => advice(place, written(place.node.relation), `${written(place.node.relation)} gets a rewrite rule`, "Use a trigger: rules change queries and not rows."))
});
// src/rules/conventions/deferrable-foreign-key.ts
const deferrableForeignKey = convention({
	name: "deferrable-foreign-key",
	summary: "A new foreign key is DEFERRABLE.",
	why: "A deferred check fails at COMMIT, far from the statement that was wrong, and the server has to keep a list of all rows that are still to be checked.",
	instead: "A foreign key that is checked at once, and statements in the right order.",
	sources: ["https://www.postgresql.org/docs/current/sql-set-constraints.html"],
	peers: ["migrationpilot MP074"],
	bad: [{
		title: "INITIALLY DEFERRED",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "CREATE TABLE orders (id bigint PRIMARY KEY, FOREIGN KEY (id) REFERENCES users (id) DEFERRABLE INITIALLY DEFERRED);"
	}, {
		title: "At the column",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "\nCREATE TABLE orders (id bigint PRIMARY KEY REFERENCES users (id) DEFERRABLE);",
		line: 2
	}],
	good: [{
		title: "Checked at once",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "CREATE TABLE orders (id bigint PRIMARY KEY REFERENCES users (id));"
	}, {
		title: "Another constraint",
		base: "",
		migration: "CREATE TABLE t (id bigint PRIMARY KEY DEFERRABLE);"
	}],
	check: (context) => {
		let foreign = null;
		return [...definedConstraints(context)].flatMap(({ place, table, constraint }) => {
			const { contype, deferrable } = constraint;
			const attached = contype === "CONSTR_ATTR_DEFERRABLE" && foreign?.place === place.statement;
			if (contype === "CONSTR_FOREIGN") foreign = {
				place: place.statement,
				table
			};
			else if (!contype?.startsWith("CONSTR_ATTR_")) foreign = null;
			if (!attached && !(contype === "CONSTR_FOREIGN" && deferrable === true)) return [];
			return [advice(place, table, `A foreign key of ${table} is DEFERRABLE`, "Its failure shows at COMMIT, far from the statement that was wrong.")];
		});
	}
});
// src/rules/conventions/discouraged-type.ts
const better = {
	money: "It depends on lc_monetary and knows no currency: write numeric, with the currency beside it.",
	timetz: "An offset without a date says nothing about summer time: write timestamptz, or time.",
	hstore: "It holds text only and needs an extension: write jsonb.",
	xml: "It has no operators and no indexes: write text, or jsonb where the contents are searched."
};
const discouragedType = typeConvention({
	name: "discouraged-type",
	summary: "A new column is of type money, time with time zone, hstore or xml.",
	why: "money rounds and prints by the settings of the server and has no currency; timetz knows an offset but no date; hstore came before jsonb and holds nothing but text; xml can be neither compared nor indexed. Each has a better successor.",
	instead: "numeric, timestamptz, jsonb, text.",
	sources: ["https://wiki.postgresql.org/wiki/Don%27t_Do_This"],
	peers: ["pgrubic TP002, TP003, TP006, TP011", "pgfence"],
	bad: [{
		title: "money",
		base: "",
		migration: "CREATE TABLE orders (id bigint PRIMARY KEY, total money);"
	}, {
		title: "time with time zone",
		base: "CREATE TABLE shops (id bigint PRIMARY KEY);",
		migration: "\nALTER TABLE shops ADD COLUMN opens time with time zone;",
		line: 2
	}],
	good: [{
		title: "numeric",
		base: "",
		migration: "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric(12, 2));"
	}, {
		title: "time",
		base: "",
		migration: "CREATE TABLE shops (id bigint PRIMARY KEY, opens time);"
	}],
	applies: ({ type }) => type in better,
	says: ({ type }) => better[type] ?? "There is a better type."
});
// src/rules/conventions/domain-create-with-constraint.ts
const domainCreateWithConstraint = convention({
	name: "domain-create-with-constraint",
	summary: "A new domain has a constraint.",
	why: "A constraint of a domain cannot be changed for one table alone: a new one is checked in all of them at once, under locks that keep writers out, and no statement names them.",
	instead: "The base type, with CHECK constraints on the tables, which can be added NOT VALID and validated one by one.",
	sources: ["https://www.postgresql.org/docs/current/sql-createdomain.html"],
	peers: ["squawk ban-create-domain-with-constraint", "pgfence"],
	bad: [{
		title: "CHECK",
		base: "",
		migration: "CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');"
	}, {
		title: "NOT NULL",
		base: "",
		migration: "\nCREATE DOMAIN \"Email\" AS text NOT NULL;",
		line: 2
	}],
	good: [{
		title: "A name for a type",
		base: "",
		migration: "CREATE DOMAIN email AS text;"
	}, {
		title: "A default",
		base: "",
		migration: "CREATE DOMAIN country AS text DEFAULT 'DE';"
	}],
	check: (context) => [...statementsOf(context, "CreateDomainStmt")].flatMap((place) => {
		const limits = (place.node.constraints ?? []).some((each) => "Constraint" in each && ["CONSTR_CHECK", "CONSTR_NOTNULL"].includes(each.Constraint.contype ?? ""));
		const { name } = nameParts(place.node.domainname);
		return limits ? [advice(place, name, `The domain ${name} has a constraint`, "It is hard to change once tables use it: put CHECK constraints on the tables.")] : [];
	})
});
// src/rules/conventions/enum-type.ts
const enumType = convention({
	name: "enum-type",
	summary: "A new enum type is created.",
	why: "Values of an enum cannot be removed, and neither can their order be changed; a new one cannot be used in the transaction that adds it. A version of the application that does not know a value fails on reading it.",
	instead: "A table that the column references, or text with a CHECK.",
	sources: ["https://www.postgresql.org/docs/current/datatype-enum.html"],
	peers: [
		"eugene W13",
		"pgrubic GN006",
		"postgres-language-server creatingEnum"
	],
	bad: [{
		title: "An enum",
		base: "",
		migration: "CREATE TYPE mood AS ENUM ('happy', 'sad');"
	}, {
		title: "In a schema",
		base: "CREATE SCHEMA \"App\";",
		migration: `\nCREATE TYPE "App"."Mood" AS ENUM ('a');`,
		line: 2
	}],
	good: [{
		title: "Text with a CHECK",
		base: "",
		migration: "CREATE TABLE users (id bigint PRIMARY KEY, mood text CHECK (mood IN ('happy', 'sad')));"
	}, {
		title: "A composite type",
		base: "",
		migration: "CREATE TYPE point3 AS (x float8, y float8, z float8);"
	}],
	check: (context) => [...statementsOf(context, "CreateEnumStmt")].map((place) => {
		const { name } = nameParts(place.node.typeName);
		return advice(place, name, `${name} is an enum`, "Its values can never be removed: consider a table, or text with a CHECK.");
	})
});
// src/rules/conventions/enum-value-position.ts
const enumValuePosition = convention({
	name: "enum-value-position",
	summary: "A value is added to an enum without saying where.",
	why: "It goes to the end, and `<`, `ORDER BY` and `max()` follow that order. It cannot be moved later.",
	instead: "`ADD VALUE … BEFORE` or `AFTER`, so that the place is meant.",
	sources: ["https://www.postgresql.org/docs/current/sql-altertype.html"],
	peers: ["squawk require-enum-value-ordering", "pgfence"],
	bad: [{
		title: "At the end",
		base: "CREATE TYPE mood AS ENUM ('a');",
		migration: "ALTER TYPE mood ADD VALUE 'b';"
	}, {
		title: "IF NOT EXISTS",
		base: "CREATE TYPE mood AS ENUM ('a');",
		migration: "\nALTER TYPE mood ADD VALUE IF NOT EXISTS 'b';",
		line: 2
	}],
	good: [{
		title: "AFTER",
		base: "CREATE TYPE mood AS ENUM ('a');",
		migration: "ALTER TYPE mood ADD VALUE 'b' AFTER 'a';"
	}, {
		title: "BEFORE",
		base: "CREATE TYPE mood AS ENUM ('a');",
		migration: "ALTER TYPE mood ADD VALUE 'b' BEFORE 'a';"
	}],
	check: (context) => [...statementsOf(context, "AlterEnumStmt")].flatMap((place) => {
		const { typeName, oldVal = "", newVal = "", newValNeighbor = "" } = place.node;
		if (oldVal !== "" || newValNeighbor !== "") return [];
		const { name } = nameParts(typeName);
		return [advice(place, name, `The value ${newVal} goes to the end of ${name}`, "Say BEFORE or AFTER which value it belongs: it cannot be moved later.")];
	})
});
// src/rules/conventions/explicit-on-delete.ts
const explicitOnDelete = convention({
	name: "explicit-on-delete",
	summary: "A foreign key does not say what happens when the referenced row is deleted.",
	why: "Without a word it is NO ACTION: the DELETE fails. That may be what is meant; a reader cannot tell whether somebody thought of it. (The parser cannot tell a written NO ACTION from none: write RESTRICT.)",
	instead: "`ON DELETE RESTRICT`, `CASCADE` or `SET NULL`.",
	sources: ["https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK"],
	peers: ["migrationpilot MP086"],
	bad: [{
		title: "In a new table",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "CREATE TABLE orders (id bigint PRIMARY KEY REFERENCES users (id));"
	}, {
		title: "As a constraint of the table",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "\nCREATE TABLE orders (id bigint PRIMARY KEY, FOREIGN KEY (id) REFERENCES users (id));",
		line: 2
	}],
	good: [{
		title: "RESTRICT",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "CREATE TABLE orders (id bigint PRIMARY KEY REFERENCES users (id) ON DELETE RESTRICT);"
	}, {
		title: "CASCADE",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "CREATE TABLE orders (id bigint PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE);"
	}],
	check: (context) => [...definedConstraints(context)].filter(({ constraint }) => constraint.contype === "CONSTR_FOREIGN" && (constraint.fk_del_action ?? "a") === "a").map(({ place, table }) => advice(place, table, `A foreign key of ${table} does not say what a DELETE of the referenced row does`, "Say ON DELETE RESTRICT, CASCADE or SET NULL."))
});
// src/rules/conventions/grant-to-public.ts
const grantToPublic = convention({
	name: "grant-to-public",
	severity: "warning",
	summary: "A right is granted to PUBLIC, or all of them to anybody.",
	why: "PUBLIC is every role of the server, those of other applications and future ones included. ALL PRIVILEGES holds TRUNCATE and TRIGGER, which hardly any application needs.",
	instead: "Grant what is needed to the role that needs it.",
	sources: ["https://www.postgresql.org/docs/current/sql-grant.html"],
	peers: ["migrationpilot MP085, MP091", "safe-migrate overbroad-grant"],
	bad: [{
		title: "To PUBLIC",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "GRANT SELECT ON users TO PUBLIC;"
	}, {
		title: "ALL",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "\nGRANT ALL ON users TO CURRENT_USER;",
		line: 2
	}],
	good: [{
		title: "One right, one role",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "GRANT SELECT ON users TO CURRENT_USER;"
	}, {
		title: "Taken away",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "REVOKE ALL ON users FROM PUBLIC;"
	}],
	check: (context) => [...statementsOf(context, "GrantStmt")].flatMap((place) => {
		const { is_grant, privileges = [], grantees = [] } = place.node;
		if (is_grant !== true) return [];
		const everybody = grantees.some((each) => "RoleSpec" in each && each.RoleSpec.roletype === "ROLESPEC_PUBLIC");
		if (!everybody && privileges.length > 0) return [];
		return [advice(place, null, everybody ? "A right is granted to every role of the server" : "All rights are granted at once", "Grant what is needed to the role that needs it.")];
	})
});
// src/rules/conventions/identifier-too-long.ts
const identifierTooLong = convention({
	name: "identifier-too-long",
	summary: "Postgres cuts a name because it is longer than 63 bytes.",
	why: "The server only gives a notice and goes on with another name than the one that was written. Two long names that differ at the end become one, and who looks for the name that stands in the file does not find it.",
	instead: "A shorter name.",
	sources: ["https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS"],
	peers: ["squawk identifier-too-long", "pgsafe identifier-too-long"],
	bad: [{
		title: "A column",
		base: "",
		migration: `CREATE TABLE users (${"a".repeat(64)} text);`
	}, {
		title: "An index, in bytes and not in characters",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: `\nALTER TABLE users ADD CONSTRAINT "${"ü".repeat(32)}" CHECK (id > 0) NOT VALID;\nALTER TABLE users DROP CONSTRAINT "${"ü".repeat(31)}";`,
		line: 2
	}],
	good: [{
		title: "63 bytes",
		base: "",
		migration: `CREATE TABLE users (${"a".repeat(63)} text);`
	}, {
		title: "Short",
		base: "",
		migration: "CREATE TABLE users (id bigint);"
	}],
	check: (context) => [...completed(context)].flatMap((place) => {
		const notice = place.statement.notices.find((text) => /^identifier ".*" will be truncated to "/s.test(text));
		if (notice === void 0) return [];
		return [advice(place, null, "A name is longer than 63 bytes and is cut", `The server says: ${notice}.`)];
	})
});
// src/rules/conventions/int-sequence.ts
const intSequence = typeConvention({
	name: "int-sequence",
	summary: "A new column counts in an integer or smallint.",
	why: "A sequence gives each number once: also to rows that were rolled back, deleted or refused by ON CONFLICT. At 2,147,483,647 every INSERT of the table fails, and the way out (a wider type) means to rewrite the table while it stands still.",
	instead: "bigint, with identity or bigserial.",
	sources: ["https://www.postgresql.org/docs/current/sql-createsequence.html"],
	peers: [
		"migrationpilot MP068",
		"online_migrations short_primary_key_type",
		"pgsafe prefer-bigint-primary-key"
	],
	bad: [{
		title: "serial",
		base: "",
		migration: "CREATE TABLE users (id serial PRIMARY KEY);"
	}, {
		title: "An identity column",
		base: "",
		migration: "\nCREATE TABLE \"User\" (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY);",
		line: 2
	}],
	good: [{
		title: "bigserial",
		base: "",
		migration: "CREATE TABLE users (id bigserial PRIMARY KEY);"
	}, {
		title: "An integer that nobody counts",
		base: "",
		migration: "CREATE TABLE users (id bigint PRIMARY KEY, age int);"
	}],
	applies: ({ type, column }) => /^(?:small)?serial[24]?$/.test(type) || ["int2", "int4"].includes(type) && (column.constraints ?? []).some((each) => "Constraint" in each && each.Constraint.contype === "CONSTR_IDENTITY"),
	says: () => "It ends at 2,147,483,647, and from then on every INSERT fails: use bigint."
});
// src/rules/conventions/missing-if-exists.ts
const missingIfExists = convention({
	name: "missing-if-exists",
	summary: "A statement that commits by itself cannot be run a second time.",
	why: "When a file without a transaction fails half-way, what came before is there already. The second attempt then stops at its first statement. Inside a transaction there is no half-way, and nothing is reported.",
	instead: "`IF NOT EXISTS` and `IF EXISTS`. Not so for CREATE INDEX CONCURRENTLY: a failed one leaves an invalid index behind that IF NOT EXISTS would pass over; drop it first.",
	sources: ["https://www.postgresql.org/docs/current/sql-createtable.html"],
	peers: [
		"squawk prefer-robust-stmts",
		"pgfence prefer-robust",
		"migrationpilot MP023",
		"pgsafe require-if-exists",
		"pgrubic GN007"
	],
	bad: [{
		title: "CREATE TABLE",
		base: "",
		migration: "CREATE TABLE users (id bigint PRIMARY KEY);",
		transaction: "none"
	}, {
		title: "ADD COLUMN",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "SELECT 1;\nALTER TABLE users ADD COLUMN age bigint;",
		transaction: "none",
		line: 2
	}],
	good: [{
		title: "In a transaction",
		base: "",
		migration: "CREATE TABLE users (id bigint PRIMARY KEY);\nSELECT 1;"
	}, {
		title: "IF NOT EXISTS, IF EXISTS",
		base: "",
		migration: "CREATE TABLE IF NOT EXISTS users (id bigint PRIMARY KEY);\nDROP VIEW IF EXISTS members;",
		transaction: "none"
	}],
	check: (context) => [...completed(context)].flatMap((place) => {
		const { statement } = place;
		const word = missing(statement.node);
		if (word === null || statement.inTransaction) return [];
		return [advice(place, null, `The statement fails when it is run a second time: no ${word}`, `It commits by itself; when a later one fails, the file cannot be run again. Write ${word}.`)];
	})
});
/** The words that would make the statement repeatable. */
function missing(node) {
	if (node === null) return null;
	if ("CreateStmt" in node) return node.CreateStmt.if_not_exists === true ? null : "IF NOT EXISTS";
	if ("CreateSeqStmt" in node) return node.CreateSeqStmt.if_not_exists === true ? null : "IF NOT EXISTS";
	if ("CreateSchemaStmt" in node) return node.CreateSchemaStmt.if_not_exists === true ? null : "IF NOT EXISTS";
	if ("CreateExtensionStmt" in node) return node.CreateExtensionStmt.if_not_exists === true ? null : "IF NOT EXISTS";
	if ("IndexStmt" in node) {
		const { if_not_exists, concurrent } = node.IndexStmt;
		return if_not_exists === true || concurrent === true ? null : "IF NOT EXISTS";
	}
	if ("DropStmt" in node) return node.DropStmt.missing_ok === true ? null : "IF EXISTS";
	if (!("AlterTableStmt" in node)) return null;
	for (const each of node.AlterTableStmt.cmds ?? []) {
		if (!("AlterTableCmd" in each) || each.AlterTableCmd.missing_ok === true) continue;
		if (each.AlterTableCmd.subtype === "AT_AddColumn") return "IF NOT EXISTS";
		if (["AT_DropColumn", "AT_DropConstraint"].includes(each.AlterTableCmd.subtype ?? "")) return "IF EXISTS";
	}
	return null;
}
// src/rules/conventions/naming-snake-case.ts
const snake = /^[a-z_][a-z0-9_]*$/;
const namingSnakeCase = convention({
	name: "naming-snake-case",
	summary: "A new table or column has a name that is not in snake_case.",
	why: "Names with capitals, blanks or signs must be quoted in every query, by hand and by every tool; without the quotes Postgres makes small letters of them and finds nothing.",
	instead: "Small letters, digits and underscores.",
	sources: ["https://wiki.postgresql.org/wiki/Don%27t_Do_This#Don.27t_use_upper_case_table_or_column_names"],
	peers: [
		"atlas NM101–106",
		"pgrubic NM001–016",
		"pgsafe naming"
	],
	bad: [{
		title: "A table",
		base: "",
		migration: "CREATE TABLE \"User\" (id bigint PRIMARY KEY);"
	}, {
		title: "A column",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "\nALTER TABLE users ADD COLUMN \"createdAt\" timestamptz;",
		line: 2
	}],
	good: [{
		title: "snake_case",
		base: "",
		migration: "CREATE TABLE user_names (user_id bigint PRIMARY KEY);"
	}, {
		title: "Old names stay as they are",
		base: "CREATE TABLE \"User\" (id bigint PRIMARY KEY);",
		migration: "ALTER TABLE \"User\" ADD COLUMN age bigint;"
	}],
	check: (context) => {
		const tables = [...completed(context)].flatMap((place) => {
			const { node } = place.statement;
			const relation = node !== null && "CreateStmt" in node ? node.CreateStmt.relation : void 0;
			return relation?.relname === void 0 || snake.test(relation.relname) ? [] : [advice(place, written(relation), `The table’s name ${relation.relname} is not in snake_case`, says)];
		});
		const columns = [...definedColumns(context)].filter(({ name }) => !snake.test(name)).map(({ place, table, name }) => advice(place, `${table}.${name}`, `The column’s name ${name} is not in snake_case`, says));
		return [...tables, ...columns];
	}
});
const says = "It has to be quoted wherever it is used: write small letters, digits and underscores.";
// src/rules/conventions/not-enforced-constraint.ts
const notEnforcedConstraint = convention({
	name: "not-enforced-constraint",
	summary: "A new constraint is NOT ENFORCED.",
	why: "Postgres checks neither old nor new rows against it: it is a comment that looks like a promise.",
	instead: "NOT VALID, which checks new rows, and VALIDATE later; or a comment.",
	sources: ["https://www.postgresql.org/docs/current/sql-createtable.html"],
	peers: ["migrationpilot MP082"],
	bad: [{
		title: "At the column",
		base: "",
		migration: "CREATE TABLE t (id bigint CHECK (id > 0) NOT ENFORCED);",
		since: 18
	}, {
		title: "Of the table",
		base: "",
		migration: "\nCREATE TABLE t (id bigint, CHECK (id > 0) NOT ENFORCED);",
		line: 2,
		since: 18
	}],
	good: [{
		title: "Enforced",
		base: "",
		migration: "CREATE TABLE t (id bigint CHECK (id > 0));"
	}, {
		title: "None",
		base: "",
		migration: "CREATE TABLE t (id bigint);"
	}],
	check: (context) => [...definedConstraints(context)].filter(({ constraint: { contype, is_enforced } }) => contype === "CONSTR_ATTR_NOT_ENFORCED" || (contype === "CONSTR_CHECK" || contype === "CONSTR_FOREIGN") && is_enforced !== true && !supportsNothing(context.postgresMajor)).map(({ place, table }) => advice(place, table, `A constraint of ${table} is not enforced`, "No row is ever checked against it."))
});
/** Before 18 every constraint is enforced. */
const supportsNothing = (major) => major < 18;
// src/rules/conventions/numeric-without-scale.ts
const numericWithoutScale = typeConvention({
	name: "numeric-without-scale",
	summary: "A new column is of type numeric, without precision and scale.",
	why: "It takes numbers with as many digits as somebody computes: a third of a price is stored with all its digits, sums do not come out even, and rows grow. A limit that is added later makes Postgres rewrite the table.",
	instead: "Say how many digits are meant: `numeric(12, 2)`.",
	sources: ["https://www.postgresql.org/docs/current/datatype-numeric.html#DATATYPE-NUMERIC-DECIMAL"],
	peers: ["pgrubic TP012"],
	bad: [{
		title: "numeric",
		base: "",
		migration: "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);"
	}, {
		title: "decimal",
		base: "CREATE TABLE orders (id bigint PRIMARY KEY);",
		migration: "\nALTER TABLE orders ADD COLUMN total decimal;",
		line: 2
	}],
	good: [{
		title: "With both",
		base: "",
		migration: "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric(12, 2));"
	}, {
		title: "bigint",
		base: "",
		migration: "CREATE TABLE orders (id bigint PRIMARY KEY, cents bigint);"
	}],
	applies: ({ type, modifiers }) => type === "numeric" && modifiers === 0,
	says: () => "Say how many digits are meant: numeric(12, 2)."
});
// src/rules/conventions/prefer-bigint.ts
const preferBigint = typeConvention({
	name: "prefer-bigint",
	summary: "A new column is of type integer or smallint.",
	why: "A counter that starts small runs out at 2,147,483,647, and to change the type of a full table means to rewrite it. Beside a column of eight bytes the four that are saved are mostly lost to alignment.",
	instead: "bigint, also for what looks small today.",
	sources: ["https://www.postgresql.org/docs/current/datatype-numeric.html"],
	peers: [
		"squawk prefer-bigint-over-int, prefer-bigint-over-smallint",
		"pgfence",
		"migrationpilot MP038",
		"pgsafe"
	],
	bad: [{
		title: "A new table",
		base: "",
		migration: "CREATE TABLE users (id int PRIMARY KEY);"
	}, {
		title: "A new column",
		base: "CREATE TABLE \"User\" (id bigint PRIMARY KEY);",
		migration: "\nALTER TABLE \"User\" ADD COLUMN \"teamId\" smallint;",
		line: 2
	}],
	good: [{
		title: "bigint",
		base: "",
		migration: "CREATE TABLE users (id bigint PRIMARY KEY, team_id int8);"
	}, {
		title: "A temporary table",
		base: "",
		migration: "CREATE TEMPORARY TABLE t (n int);"
	}],
	applies: ({ type }) => type === "int4" || type === "int2",
	says: () => "It ends at 2,147,483,647 or 32,767, and its type is costly to change later: use bigint."
});
// src/rules/conventions/prefer-identity.ts
const preferIdentity = typeConvention({
	name: "prefer-identity",
	summary: "A new column is of a serial type.",
	why: "serial is no type but a default and a sequence of its own: the sequence has rights of its own, DROP DEFAULT and copies of the table (LIKE) leave it in odd states, and any INSERT may give its own number without being told.",
	instead: "GENERATED ALWAYS AS IDENTITY, which is in the SQL standard and belongs to the column.",
	sources: ["https://wiki.postgresql.org/wiki/Don%27t_Do_This#Don.27t_use_serial"],
	peers: [
		"squawk prefer-identity",
		"pgfence prefer-identity",
		"migrationpilot MP039",
		"pgrubic TP007"
	],
	bad: [{
		title: "bigserial",
		base: "",
		migration: "CREATE TABLE users (id bigserial PRIMARY KEY);"
	}, {
		title: "serial",
		base: "",
		migration: "SELECT 1;\nCREATE TABLE \"User\" (id serial PRIMARY KEY);",
		line: 2
	}],
	good: [{
		title: "Identity",
		base: "",
		migration: "CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);"
	}, {
		title: "No number at all",
		base: "",
		migration: "CREATE TABLE users (email text PRIMARY KEY);"
	}],
	applies: ({ type }) => /^(?:small|big)?serial[248]?$/.test(type),
	says: () => "Write bigint GENERATED ALWAYS AS IDENTITY instead."
});
// src/rules/conventions/prefer-text.ts
const preferText = typeConvention({
	name: "prefer-text",
	summary: "A new column is of type varchar(n).",
	why: "varchar(n) stores no less than text and is no faster. The limit is part of the type: to make it smaller later means to rewrite the table, and views that use the column stand in the way of every change.",
	instead: "text, with a `CHECK (length(…) <= n)` where a limit is meant: that can be replaced without a rewrite.",
	sources: ["https://wiki.postgresql.org/wiki/Don%27t_Do_This#Don.27t_use_varchar.28n.29_by_default"],
	peers: [
		"squawk prefer-text-field",
		"pgfence prefer-text-field",
		"migrationpilot MP037",
		"pgrubic TP005"
	],
	bad: [{
		title: "A new table",
		base: "",
		migration: "CREATE TABLE users (email varchar(255) PRIMARY KEY);"
	}, {
		title: "A new column",
		base: "CREATE TABLE \"User\" (id bigint PRIMARY KEY);",
		migration: "\nALTER TABLE \"User\" ADD COLUMN email character varying(50);",
		line: 2
	}],
	good: [{
		title: "text",
		base: "",
		migration: "CREATE TABLE users (email text PRIMARY KEY);"
	}, {
		title: "varchar without a limit",
		base: "",
		migration: "CREATE TABLE users (email varchar PRIMARY KEY);"
	}],
	applies: ({ type, modifiers }) => type === "varchar" && modifiers > 0,
	says: () => "Write text, with a CHECK of the length where one is meant."
});
// src/rules/conventions/prefer-timestamptz.ts
const preferTimestamptz = typeConvention({
	name: "prefer-timestamptz",
	summary: "A new column is of type timestamp without time zone.",
	why: "timestamp stores what a clock on the wall showed and not when: the same value means another moment to each session with another time zone, and around the change to summer time hours are missing or there twice. To change the type later means to rewrite the table, except in sessions that run in UTC.",
	instead: "timestamptz, which stores the moment in the same eight bytes.",
	sources: ["https://wiki.postgresql.org/wiki/Don%27t_Do_This#Don.27t_use_timestamp_.28without_time_zone.29"],
	peers: [
		"squawk prefer-timestamp-tz",
		"pgfence prefer-timestamptz",
		"migrationpilot MP040",
		"pgrubic TP001"
	],
	bad: [{
		title: "A new table",
		base: "",
		migration: "CREATE TABLE events (at timestamp PRIMARY KEY);"
	}, {
		title: "A new column",
		base: "CREATE TABLE \"Event\" (id bigint PRIMARY KEY);",
		migration: "\nALTER TABLE \"Event\" ADD COLUMN \"createdAt\" timestamp(3) without time zone;",
		line: 2
	}],
	good: [{
		title: "timestamptz",
		base: "",
		migration: "CREATE TABLE events (at timestamptz PRIMARY KEY);"
	}, {
		title: "A date",
		base: "",
		migration: "CREATE TABLE events (on_day date PRIMARY KEY);"
	}],
	applies: ({ type }) => type === "timestamp",
	says: () => "It does not say which moment is meant: use timestamptz."
});
// src/rules/conventions/require-primary-key.ts
const requirePrimaryKey = convention({
	name: "require-primary-key",
	summary: "A new table has no primary key.",
	why: "Logical replication refuses UPDATE and DELETE of a table without one, rows cannot be told apart, backfills have nothing to go along, and many tools and ORMs do not work with it.",
	instead: "A primary key.",
	sources: ["https://www.postgresql.org/docs/current/logical-replication-publication.html"],
	peers: [
		"migrationpilot MP045",
		"pgsafe require-primary-key",
		"pgrubic GN004",
		"diesel-guard"
	],
	bad: [{
		title: "None",
		base: "",
		migration: "CREATE TABLE users (email text);"
	}, {
		title: "UNIQUE is not the same",
		base: "",
		migration: "\nCREATE TABLE \"User\" (email text UNIQUE);",
		line: 2
	}],
	good: [{
		title: "In the table",
		base: "",
		migration: "CREATE TABLE users (email text PRIMARY KEY);"
	}, {
		title: "Later in the same migration, and of a partition its table’s",
		base: "",
		migration: "CREATE TABLE a (id bigint);\nALTER TABLE a ADD PRIMARY KEY (id);\nCREATE TABLE p (id bigint PRIMARY KEY) PARTITION BY RANGE (id);\nCREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (2);"
	}],
	check: (context) => {
		const keyed = new Set(context.after?.objects.flatMap(({ type, containerIdentity, facts }) => type === "constraint" && facts.kind === "primary-key" ? [containerIdentity] : []));
		return [...statementsOf(context, "CreateStmt")].flatMap((place) => {
			const { relation } = place.node;
			if (relation?.relpersistence === "t") return [];
			const table = candidates({
				schema: relation?.schemaname,
				name: relation?.relname ?? ""
			}, place).map((name) => context.after?.byName("table", name)).find((found) => found !== void 0);
			if (table === void 0 || context.before?.byName("table", table.name) !== void 0) return [];
			if (keyed.has(table.identity)) return [];
			return [advice(place, table.name, `${table.name} has no primary key`, "Give it one: rows cannot be told apart without.")];
		});
	}
});
// src/rules/conventions/require-schema.ts
const requireSchema = convention({
	name: "require-schema",
	summary: "A statement creates, alters or drops a table, view or index without naming its schema.",
	why: "Where the object ends up depends on the search_path of whoever runs the migration, which differs between people, tools and servers.",
	instead: "Name the schema: `CREATE TABLE public.users`.",
	sources: ["https://www.postgresql.org/docs/current/ddl-schemas.html#DDL-SCHEMAS-PATH"],
	peers: [
		"squawk require-schema (opt-in)",
		"pgsafe require-schema",
		"pgrubic SM001"
	],
	bad: [{
		title: "CREATE TABLE",
		base: "",
		migration: "CREATE TABLE users (id bigint PRIMARY KEY);"
	}, {
		title: "ALTER TABLE",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "\nALTER TABLE users ADD COLUMN age bigint;",
		line: 2
	}],
	good: [{
		title: "With its schema",
		base: "",
		migration: "CREATE TABLE public.users (id bigint PRIMARY KEY);"
	}, {
		title: "A temporary table",
		base: "",
		migration: "CREATE TEMPORARY TABLE t (id bigint);"
	}],
	check: (context) => [...completed(context)].flatMap((place) => {
		const relation = target(place.statement.node);
		if (relation === void 0 || relation.relpersistence === "t") return [];
		if (relation.schemaname !== void 0 && relation.schemaname !== "") return [];
		const name = relation.relname ?? "";
		return [advice(place, name, `${name} is named without its schema`, "Which one is meant depends on the search_path.")];
	})
});
/** The relation that a DDL statement is about. */
function target(node) {
	if (node === null) return void 0;
	if ("CreateStmt" in node) return node.CreateStmt.relation;
	if ("AlterTableStmt" in node) return node.AlterTableStmt.relation;
	if ("ViewStmt" in node) return node.ViewStmt.view;
	if ("IndexStmt" in node) return node.IndexStmt.relation;
	if ("CreateTableAsStmt" in node) return node.CreateTableAsStmt.into?.rel;
	if ("RenameStmt" in node) return node.RenameStmt.relation;
}
// src/rules/conventions/security-definer-search-path.ts
const securityDefinerSearchPath = convention({
	name: "security-definer-search-path",
	severity: "warning",
	summary: "A SECURITY DEFINER function does not set its search_path.",
	why: "It runs with its owner’s rights and with the caller’s search_path: a caller who may create objects anywhere on that path can have the function call theirs.",
	instead: "`SET search_path = ''` (or `pg_catalog, pg_temp`) at the function, and names with their schemas in it.",
	sources: ["https://www.postgresql.org/docs/current/sql-createfunction.html#SQL-CREATEFUNCTION-SECURITY"],
	peers: ["migrationpilot MP099", "pgrubic ST003–ST005"],
	bad: [{
		title: "Without",
		base: "",
		migration: "CREATE FUNCTION f() RETURNS int SECURITY DEFINER LANGUAGE sql AS 'SELECT 1';"
	}, {
		title: "A procedure with another setting",
		base: "",
		migration: "\nCREATE PROCEDURE p() SECURITY DEFINER SET work_mem = '1MB' LANGUAGE sql AS 'SELECT 1';",
		line: 2
	}],
	good: [{
		title: "With",
		base: "",
		migration: "CREATE FUNCTION f() RETURNS int SECURITY DEFINER SET search_path = '' LANGUAGE sql AS 'SELECT 1';"
	}, {
		title: "With the caller’s rights",
		base: "",
		migration: "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';"
	}],
	check: (context) => [...statementsOf(context, "CreateFunctionStmt")].flatMap((place) => {
		const options = (place.node.options ?? []).flatMap((each) => "DefElem" in each ? [each.DefElem] : []);
		const definer = options.some(({ defname, arg }) => defname === "security" && isTrue(arg));
		const set = options.some(({ defname, arg }) => defname === "set" && arg !== void 0 && "VariableSetStmt" in arg && arg.VariableSetStmt.name === "search_path");
		if (!definer || set) return [];
		const { name } = nameParts(place.node.funcname);
		return [advice(place, name, `${name} runs with its owner’s rights and the caller’s search_path`, "Add SET search_path = '' and name all schemas in it.")];
	})
});
const isTrue = (arg) => arg !== void 0 && "Boolean" in arg && arg.Boolean.boolval === true;
// src/rules/conventions/table-inheritance.ts
const tableInheritance = convention({
	name: "table-inheritance",
	summary: "A new table inherits from another one.",
	why: "Keys, unique constraints and foreign keys do not reach across the tables, and every query of the parent reads the children too, unless it says ONLY.",
	instead: "Partitions, or a foreign key.",
	sources: ["https://wiki.postgresql.org/wiki/Don%27t_Do_This#Don.27t_use_table_inheritance"],
	peers: ["pgrubic GN001"],
	bad: [{
		title: "INHERITS",
		base: "CREATE TABLE a (id bigint);",
		migration: "CREATE TABLE b (n bigint) INHERITS (a);"
	}, {
		title: "In the same migration",
		base: "",
		migration: "CREATE TABLE \"A\" (id bigint);\nCREATE TABLE b () INHERITS (\"A\");",
		line: 2
	}],
	good: [{
		title: "A partition",
		base: "",
		migration: "CREATE TABLE a (id bigint) PARTITION BY RANGE (id);\nCREATE TABLE a1 PARTITION OF a FOR VALUES FROM (1) TO (2);"
	}, {
		title: "LIKE",
		base: "CREATE TABLE a (id bigint);",
		migration: "CREATE TABLE b (LIKE a);"
	}],
	check: (context) => [...statementsOf(context, "CreateStmt")].flatMap((place) => {
		const { inhRelations = [], partbound, relation } = place.node;
		if (inhRelations.length === 0 || partbound !== void 0) return [];
		const name = written(relation);
		return [advice(place, name, `${name} inherits from another table`, "Keys and foreign keys do not reach across both: use partitions, or a foreign key.")];
	})
});
// src/rules/conventions/unlogged-table.ts
const unloggedTable = convention({
	name: "unlogged-table",
	severity: "warning",
	summary: "A new table is UNLOGGED.",
	why: "After a crash it is empty, and on replicas it does not exist for queries: a failover loses it.",
	instead: "An ordinary table, unless all of it can be lost.",
	sources: ["https://www.postgresql.org/docs/current/sql-createtable.html#SQL-CREATETABLE-UNLOGGED"],
	peers: ["pgrubic GN003"],
	bad: [{
		title: "UNLOGGED",
		base: "",
		migration: "CREATE UNLOGGED TABLE cache (id bigint PRIMARY KEY);"
	}, {
		title: "In a schema",
		base: "CREATE SCHEMA app;",
		migration: "\nCREATE UNLOGGED TABLE app.cache (id bigint PRIMARY KEY);",
		line: 2
	}],
	good: [{
		title: "Logged",
		base: "",
		migration: "CREATE TABLE cache (id bigint PRIMARY KEY);"
	}, {
		title: "Temporary",
		base: "",
		migration: "CREATE TEMPORARY TABLE cache (id bigint PRIMARY KEY);"
	}],
	check: (context) => [...statementsOf(context, "CreateStmt")].filter(({ node }) => node.relation?.relpersistence === "u").map((place) => advice(place, written(place.node.relation), `${written(place.node.relation)} is empty after a crash and on replicas`, "Leave UNLOGGED out unless all of it can be lost."))
});
// src/rules/conventions/volatile-check.ts
const changing$1 = /* @__PURE__ */ new Set([
	"now",
	"random",
	"clock_timestamp",
	"statement_timestamp",
	"transaction_timestamp",
	"timeofday",
	"nextval",
	"gen_random_uuid",
	"age"
]);
const volatileCheck = convention({
	name: "volatile-check",
	severity: "warning",
	summary: "A CHECK depends on the time or on chance.",
	why: "A row that was right when it was written is wrong later. A dump cannot be restored then, and neither can the constraint be validated.",
	instead: "Compare columns with columns; what depends on the moment of writing belongs into a trigger.",
	sources: ["https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-CHECK-CONSTRAINTS"],
	peers: ["migrationpilot MP087"],
	bad: [{
		title: "now()",
		base: "",
		migration: "CREATE TABLE bookings (id bigint PRIMARY KEY, at timestamptz CHECK (at > now()));"
	}, {
		title: "CURRENT_DATE",
		base: "",
		migration: "\nCREATE TABLE people (id bigint PRIMARY KEY, born date, CHECK (born < CURRENT_DATE));",
		line: 2
	}],
	good: [{
		title: "Columns",
		base: "",
		migration: "CREATE TABLE stays (id bigint PRIMARY KEY, a date, b date, CHECK (a < b));"
	}, {
		title: "A default",
		base: "",
		migration: "CREATE TABLE notes (id bigint PRIMARY KEY, at timestamptz DEFAULT now());"
	}],
	check: (context) => [...definedConstraints(context)].filter(({ constraint: { contype, raw_expr } }) => contype === "CONSTR_CHECK" && (calledFunctions(raw_expr).some((name) => changing$1.has(name)) || [...below(raw_expr)].some((node) => "SQLValueFunction" in node))).map(({ place, table }) => advice(place, table, `A CHECK of ${table} depends on the moment`, "Rows that were right become wrong, and a dump cannot be restored."))
});
// src/rules/failures/commit-in-transaction.ts
/** 2D000 invalid_transaction_termination: COMMIT or ROLLBACK in code that runs inside a transaction block. */
const commitsInTransaction = ({ error }) => error.sqlstate === "2D000";
const commitInTransaction = {
	name: "commit-in-transaction",
	about: "failure",
	severity: "error",
	summary: "A DO block or procedure that commits is run inside a transaction.",
	why: "COMMIT in a DO block or a procedure works only where the statement has a transaction of its own. The tool runs the migration in one, so that it fails with “invalid transaction termination” (2D000), and the deploy stops.",
	instead: "A migration of its own, which the tool is told to run without a transaction.",
	sources: ["https://www.postgresql.org/docs/current/plpgsql-transactions.html"],
	peers: ["none that we know of"],
	bad: [{
		title: "A DO block",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "DO $$\nBEGIN\n  DELETE FROM users WHERE id < 0;\n  COMMIT;\nEND $$;"
	}, {
		title: "A procedure",
		base: "CREATE PROCEDURE clean() LANGUAGE plpgsql AS 'BEGIN COMMIT; END';",
		migration: "SELECT 1;\nCALL clean();",
		line: 2
	}],
	good: [{
		title: "Without a transaction around it",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "DO $$\nBEGIN\n  DELETE FROM users WHERE id < 0;\n  COMMIT;\nEND $$;",
		transaction: "none"
	}, {
		title: "A block that does not commit",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "DO $$\nBEGIN\n  DELETE FROM users WHERE id < 0;\nEND $$;"
	}],
	check: (context) => failures(context).filter(commitsInTransaction).map((failure) => ({
		...failureDraft(context, failure),
		title: "COMMIT inside the transaction of the migration: it stops here",
		message: `The code commits, which it may only do where no transaction is around it. ${context.tool.noTransaction.advice}`,
		fix: alone$1(context, failure)
	}))
};
function alone$1(context, { migration, error }) {
	const failed = migration.statements.find(({ line, endLine }) => line <= error.line && error.line <= endLine);
	if (failed === void 0) return null;
	return outsideAlone(context, failed.sql);
}
// src/rules/failures/concurrently-in-transaction.ts
/** 25001 is also said of SET TRANSACTION after the first query, which is another matter. */
const refusesTransaction = ({ error }) => error.sqlstate === "25001" && /cannot (?:run inside a transaction block|be executed from a function)/.test(error.message);
const concurrentlyInTransaction = {
	name: "concurrently-in-transaction",
	about: "failure",
	severity: "error",
	summary: "A statement that refuses a transaction block stands in one.",
	why: "CREATE and DROP INDEX CONCURRENTLY, REINDEX CONCURRENTLY, DETACH PARTITION CONCURRENTLY, VACUUM and a few more commit by themselves while they run. Inside a transaction, or in a file that the tool sends as one message with other statements, they fail with SQLSTATE 25001 and the deploy stops.",
	instead: "Put the statement into a migration of its own and tell the tool to run it without a transaction.",
	sources: ["https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY"],
	peers: [
		"squawk ban-concurrent-index-creation-in-transaction",
		"atlas PG103",
		"pgfence concurrent-in-transaction",
		"migrationpilot MP025"
	],
	bad: [{
		title: "CREATE INDEX CONCURRENTLY between BEGIN and COMMIT",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, email text);",
		migration: "BEGIN;\nCREATE INDEX CONCURRENTLY users_email_idx ON users (email);\nCOMMIT;",
		transaction: "none",
		line: 2
	}, {
		title: "DROP INDEX CONCURRENTLY in a transaction",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, email text);\nCREATE INDEX users_email_idx ON users (email);",
		migration: "BEGIN;\nDROP INDEX CONCURRENTLY users_email_idx;\nCOMMIT;",
		transaction: "none",
		line: 2
	}],
	good: [{
		title: "Alone and without a transaction",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, email text);",
		migration: "CREATE INDEX CONCURRENTLY users_email_idx ON users (email);",
		transaction: "none"
	}, {
		title: "VACUUM without a transaction",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, email text);",
		migration: "VACUUM users;",
		transaction: "none"
	}],
	check: (context) => failures(context).filter(refusesTransaction).map((failure) => ({
		...failureDraft(context, failure),
		title: `${failure.error.message}: the migration stops here`,
		message: `The statement commits by itself and refuses a transaction, but the migration runs in one. ${context.tool.noTransaction.advice}`,
		fix: alone(context, failure)
	}))
};
function alone(context, { migration, error }) {
	const failed = migration.statements.find(({ line, endLine }) => line <= error.line && error.line <= endLine);
	if (failed?.node === null || failed === void 0 || "DoStmt" in failed.node) return null;
	return outsideAlone(context, failed.sql);
}
// src/rules/indexes/index-build.ts
/** Every index that is built without CONCURRENTLY on a table with rows to read. */
const indexBuilds = (context) => [...places(context)].flatMap((place) => plain(context, place) ?? hidden$4(context, place));
function plain(context, place) {
	const { node } = place.statement;
	if (node === null || !("IndexStmt" in node)) return null;
	const index = node.IndexStmt;
	const table = context.resolve(index.relation?.schemaname, index.relation?.relname ?? "", place.statement);
	if (index.concurrent === true || table === void 0 || !readsRows(place.statement)) return [];
	const finding = draft$6(context, place, table, index.idxname ?? builtIndexes(place.statement)[0]?.index, fixFor$1(context, place, index, table), isPartitioned(context, table) ? inPartitions : void 0);
	return [{
		kind: isPartitioned(context, table) ? "partitioned" : finding.evidence?.blocks.includes("reads") === true && isHeld(place.statement, table) ? "after-exclusive-lock" : "plain",
		finding
	}];
}
/** CREATE INDEX in a DO block or function: a new SHARE lock on the table that the server says it builds an index on. */
function hidden$4(context, place) {
	const { statement } = place;
	if (hiddenIn(statement) === null) return [];
	return builtIndexes(statement).flatMap(({ index, table: tableName }) => {
		if (statement.locks.some((lock) => lock.kind === "index" && lock.relation === index)) return [];
		const lock = statement.locks.find((each) => each.mode === "ShareLock" && each.new && ends$2(each.names, tableName) && each.kind !== "index");
		if (lock === void 0) return [];
		const table = {
			...lock,
			tableOid: null
		};
		return [{
			kind: isHeld(statement, table) ? "after-exclusive-lock" : "plain",
			finding: draft$6(context, place, table, index, null)
		}];
	});
}
/** Not every tool can leave the transaction in a migration. */
const where = ({ tool }) => tool.noTransaction.byHand === true || tool.sharesTransaction === true ? "outside of the migrations’ transaction" : "in a migration of its own";
const inPartitions = "Writes to its partitions wait as well, and CONCURRENTLY is refused on a partitioned table: make the index ON ONLY the table, build those of the partitions concurrently, and attach them.";
/** ACCESS EXCLUSIVE since an earlier statement of the transaction. */
const isHeld = (statement, { oid }) => locksOn(statement, oid).some((lock) => lock.mode === "AccessExclusiveLock" && !lock.new);
const ends$2 = (names, relation) => names.some((name) => name.slice(name.indexOf(".") + 1) === relation);
function draft$6(context, place, table, index, fix, advice) {
	const { statement } = place;
	const object = nameOf(table);
	const evidence = {
		...evidenceOn(statement, table),
		scan: true
	};
	const name = index === void 0 ? "an index" : `index ${index}`;
	return {
		...at(place),
		object,
		title: `Creating ${name} ${blocksWhom(evidence, object)}`,
		message: `${whoWaits(statement, table, evidence, "it reads every row and builds the index")} ${advice ?? `Build it with CREATE INDEX CONCURRENTLY ${where(context)}${hiddenIn(statement) === null ? "" : ", as a statement of its own: CONCURRENTLY is not possible in a DO block or function"}.`}`,
		evidence,
		fix,
		explains: hiddenIn(statement) === null ? everythingOf(statement) : [object]
	};
}
function fixFor$1(context, place, index, table) {
	if (isPartitioned(context, table)) {
		const own = index.idxname ?? builtIndexes(place.statement)[0]?.index ?? "the_index";
		return partitionedFix(context, nameOf(table), index, own);
	}
	const concurrent = {
		...copy(index),
		concurrent: true
	};
	const name = index.idxname ?? builtIndexes(place.statement)[0]?.index;
	const undo = name === void 0 ? [] : ["If the build is interrupted it leaves an INVALID index; drop it before the next try:", `  DROP INDEX CONCURRENTLY IF EXISTS ${qualified(index.relation?.schemaname, name)};`];
	const duplicates = index.unique === true ? duplicatesOfIndex(index) : null;
	return recipe(context, [{
		title: "build the index while reads and writes go on",
		sql: [write({ IndexStmt: concurrent })],
		outsideTransaction: true,
		notes: [...duplicates === null ? [] : ["It fails if this finds a row:", `  ${duplicates}`], ...undo]
	}], { sameSchema: true });
}
/** CONCURRENTLY is refused on a partitioned table (0A000), so that each partition gets its own. */
function partitionedFix(context, parentName, index, name) {
	const parent = {
		...copy(index),
		idxname: name
	};
	if (parent.relation === void 0) return null;
	delete parent.relation.inh;
	delete parent.concurrent;
	const partitions = leavesOf(context, parentName);
	const built = partitions.slice(0, 20).map((partition) => {
		const schema = partition.name.slice(0, -partition.local.length - 1);
		const own = copy(index);
		own.relation = {
			...own.relation,
			schemaname: schema,
			relname: partition.local,
			inh: true
		};
		own.idxname = defaultName(partition.local, name, "idx");
		own.concurrent = true;
		return {
			create: write({ IndexStmt: own }),
			attach: `ALTER INDEX ${qualified(index.relation?.schemaname, name)} ATTACH PARTITION ${qualified(schema, own.idxname)};`
		};
	});
	if ((context.before?.objects ?? []).some(({ facts }) => facts.partitionOf === parentName && facts.partitioned === true)) return null;
	const rest = partitions.length > built.length ? [`… and so for the other ${partitions.length - built.length} partitions`] : [];
	const duplicates = index.unique === true ? duplicatesOfIndex(index) : null;
	return recipe(context, [
		{
			title: "the index on the partitioned table alone, which is INVALID until all partitions have theirs",
			sql: [write({ IndexStmt: parent })],
			notes: duplicates === null ? [] : ["It fails if this finds a row:", `  ${duplicates}`]
		},
		...built.map(({ create }, at) => ({
			title: "the index of one partition",
			sql: [create],
			outsideTransaction: true,
			notes: at === built.length - 1 ? rest : []
		})),
		...built.length === 0 ? [] : [{
			title: "attach them",
			sql: built.map(({ attach }) => attach),
			notes: rest
		}]
	], { sameSchema: false });
}
// src/rules/indexes/create-index-partitioned-parent.ts
/** 0A000: CREATE INDEX CONCURRENTLY on a partitioned table. */
const buildsOnPartitioned = ({ error }) => error.sqlstate === "0A000" && /^cannot create index on partitioned table .* concurrently$/s.test(error.message);
const createIndexPartitionedParent = {
	name: "create-index-partitioned-parent",
	about: "statement",
	severity: "error",
	summary: "An index of a partitioned table is built on all partitions while writes to each of them wait, or CONCURRENTLY, which fails.",
	why: "`CREATE INDEX` on a partitioned table takes SHARE on it and on every partition, and keeps all of them until the last index is built: every INSERT, UPDATE and DELETE waits. CONCURRENTLY, which linters ask for, is refused on a partitioned table (0A000).",
	instead: "`CREATE INDEX … ON ONLY` the partitioned table, which reads nothing; then `CREATE INDEX CONCURRENTLY` on each partition; then `ALTER INDEX … ATTACH PARTITION` for each.",
	sources: ["https://www.postgresql.org/docs/current/ddl-partitioning.html#DDL-PARTITIONING-DECLARATIVE-MAINTENANCE", "https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY"],
	peers: [
		"migrationpilot MP092",
		"migrationpilot MP110",
		"squawk require-concurrent-index-creation"
	],
	bad: [
		{
			title: "One partition",
			base: "CREATE TABLE events (id bigint, at date) PARTITION BY RANGE (at);\nCREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');",
			migration: "CREATE INDEX events_at_idx ON events (at);"
		},
		{
			title: "Two, a unique index with names that need quotes",
			base: "CREATE TABLE \"Event\" (\"Kind\" text, id bigint) PARTITION BY LIST (\"Kind\");\nCREATE TABLE \"Event a\" PARTITION OF \"Event\" FOR VALUES IN ('a');\nCREATE TABLE \"Event rest\" PARTITION OF \"Event\" DEFAULT;",
			migration: "-- one of each kind\nCREATE UNIQUE INDEX \"Event id\" ON \"Event\" (\"Kind\", id);",
			line: 2
		},
		{
			title: "CONCURRENTLY, which is refused",
			base: "CREATE TABLE events (id bigint, at date) PARTITION BY RANGE (at);\nCREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');",
			migration: "CREATE INDEX CONCURRENTLY events_at_idx ON events (at);",
			transaction: "none"
		}
	],
	good: [{
		title: "On the partitioned table alone",
		base: "CREATE TABLE events (id bigint, at date) PARTITION BY RANGE (at);\nCREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');",
		migration: "CREATE INDEX events_at_idx ON ONLY events (at);"
	}, {
		title: "Attached, after it was built concurrently",
		base: "CREATE TABLE events (id bigint, at date) PARTITION BY RANGE (at);\nCREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');\nCREATE INDEX events_at_idx ON ONLY events (at);",
		migration: "CREATE INDEX CONCURRENTLY events_2024_at_idx ON events_2024 (at);\nALTER INDEX events_at_idx ATTACH PARTITION events_2024_at_idx;",
		transaction: "none"
	}],
	check: (context) => [...indexBuilds(context).filter(({ kind }) => kind === "partitioned").map(({ finding }) => finding), ...failures(context).filter(buildsOnPartitioned).map((failure) => refused(context, failure))]
};
function refused(context, failure) {
	const found = failedIndex(context, failure);
	return {
		...failureDraft(context, failure),
		object: found?.name ?? null,
		title: `The migration fails: ${failure.error.message}`,
		message: `CONCURRENTLY is refused on a partitioned table (SQLSTATE ${failure.error.sqlstate}), so the deploy stops here and no later migration runs. Make the index ON ONLY the table, build those of the partitions concurrently, and attach them.`,
		fix: found?.index.idxname === void 0 ? null : partitionedFix(context, found.name, found.index, found.index.idxname)
	};
}
/** The refused statement and its table, where base has it. */
function failedIndex(context, { migration, error }) {
	const failed = migration.statements.find(({ line, endLine }) => line <= error.line && error.line <= endLine);
	if (failed?.node == null || !("IndexStmt" in failed.node)) return void 0;
	const index = failed.node.IndexStmt;
	const table = context.resolve(index.relation?.schemaname, index.relation?.relname ?? "", failed);
	return table !== void 0 && isPartitioned(context, table) ? {
		index,
		name: nameOf(table)
	} : void 0;
}
// src/rules/indexes/drop-index-backing-constraint.ts
/** 2BP01: the index is a constraint's. */
const backsConstraint = ({ error }) => error.sqlstate === "2BP01" && /^cannot drop index .* because constraint .* requires it$/s.test(error.message);
const dropIndexBackingConstraint = {
	name: "drop-index-backing-constraint",
	about: "failure",
	severity: "error",
	summary: "DROP INDEX names the index of a primary key or UNIQUE constraint, which Postgres refuses.",
	why: "The index of a constraint belongs to it. `DROP INDEX` fails with 2BP01, with or without CONCURRENTLY, and the deploy stops.",
	instead: "`ALTER TABLE … DROP CONSTRAINT`, which takes the index with it.",
	sources: ["https://www.postgresql.org/docs/current/ddl-depend.html", "https://www.postgresql.org/docs/current/sql-dropindex.html"],
	peers: ["migrationpilot MP097"],
	bad: [{
		title: "The index of a UNIQUE constraint",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE);",
		migration: "DROP INDEX users_email_key;"
	}, {
		title: "Of a primary key, with names that need quotes",
		base: "CREATE TABLE \"User\" (id bigint, CONSTRAINT \"User key\" PRIMARY KEY (id));",
		migration: "SELECT 1;\nDROP INDEX IF EXISTS public.\"User key\";",
		line: 2
	}],
	good: [{
		title: "The constraint is dropped",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, email text UNIQUE);\nCREATE UNIQUE INDEX ON users (email);",
		migration: "ALTER TABLE users DROP CONSTRAINT users_email_key;"
	}, {
		title: "An index of no constraint",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, email text);\nCREATE UNIQUE INDEX users_email_key ON users (email);",
		migration: "DROP INDEX CONCURRENTLY users_email_key;",
		transaction: "none"
	}],
	check: (context) => failures(context).filter(backsConstraint).map((failure) => {
		const { error } = failure;
		const constraint = constraintOf(context, failure);
		const table = constraint === void 0 ? void 0 : context.before?.byIdentity(constraint.containerIdentity);
		return {
			...failureDraft(context, failure),
			title: `The migration fails: ${error.message}`,
			message: `The index belongs to a constraint, so PostgreSQL ${context.postgresMajor} refuses to drop it (SQLSTATE ${error.sqlstate}), the deploy stops here and no later migration runs. Drop the constraint; its index goes with it.`,
			fix: constraint === void 0 || table === void 0 ? null : {
				sql: `ALTER TABLE ${table.text.sqlName} DROP CONSTRAINT ${identifier(constraint.local)};`,
				sameSchema: false
			}
		};
	})
};
/** The constraint by the name of its index, when only one has it. */
function constraintOf(context, { migration, error }) {
	const failed = migration.statements.find(({ line, endLine }) => line <= error.line && error.line <= endLine);
	if (failed?.node == null || !("DropStmt" in failed.node)) return void 0;
	const names = (failed.node.DropStmt.objects ?? []).map((object) => nameParts("List" in object ? object.List.items : [object]));
	const found = (context.before?.objects ?? []).filter(({ type, facts, local, container }) => type === "constraint" && facts.index !== null && names.some(({ schema, name }) => name === local && (schema === void 0 || container.startsWith(`${schema}.`))));
	return found.length === 1 && names.length === 1 ? found[0] : void 0;
}
// src/rules/types/enum-value-used-same-txn.ts
/** 55P04 unsafe_new_enum_value_usage. */
const usesNewEnumValue = ({ error }) => error.sqlstate === "55P04";
const enumValueUsedSameTxn = {
	name: "enum-value-used-same-txn",
	about: "failure",
	severity: "error",
	summary: "A new value of an enum is used in the transaction that adds it.",
	why: "ALTER TYPE … ADD VALUE may run inside a transaction, but the value cannot be used before that has committed: “unsafe use of new value”. The migration stops there.",
	instead: "Add the value in one migration and use it in the next. (From PostgreSQL 17 on a type that is created in the same transaction may use all of its values at once.)",
	sources: ["https://www.postgresql.org/docs/current/sql-altertype.html#SQL-ALTERTYPE-NOTES"],
	peers: ["migrationpilot MP054", "pgsafe enum-value-used-in-transaction"],
	bad: [{
		title: "As a default",
		base: "CREATE TYPE mood AS ENUM ('happy');\nCREATE TABLE users (id bigint PRIMARY KEY, mood mood);",
		migration: "ALTER TYPE mood ADD VALUE 'ok';\nALTER TABLE users ALTER COLUMN mood SET DEFAULT 'ok';",
		line: 2
	}, {
		title: "In a row",
		base: "CREATE TYPE mood AS ENUM ('happy');\nCREATE TABLE users (id bigint PRIMARY KEY, mood mood);",
		migration: "ALTER TYPE mood ADD VALUE 'ok';\n\nINSERT INTO users VALUES (1, 'ok');",
		line: 3
	}],
	good: [{
		title: "Each statement commits by itself",
		base: "CREATE TYPE mood AS ENUM ('happy');\nCREATE TABLE users (id bigint PRIMARY KEY, mood mood);",
		migration: "ALTER TYPE mood ADD VALUE 'ok';\nALTER TABLE users ALTER COLUMN mood SET DEFAULT 'ok';",
		transaction: "none"
	}, {
		title: "A type of the same transaction",
		base: "",
		migration: "CREATE TYPE mood AS ENUM ('happy');\nALTER TYPE mood ADD VALUE 'ok';\nCREATE TABLE users (id bigint PRIMARY KEY, mood mood DEFAULT 'ok');",
		since: 17
	}],
	check: (context) => failures(context).filter(usesNewEnumValue).map((failure) => ({
		...failureDraft(context, failure),
		title: `${failure.error.message}: the migration stops here`,
		message: `The value is added earlier in the same transaction and can only be used after that has committed. Put ALTER TYPE … ADD VALUE into ${apart(context)}, before this one.`
	}))
};
// src/rules/failures/missing-object.ts
/** What the server calls what it did not find, by SQLSTATE, and the kinds of object that may have been meant. */
const kinds$1 = {
	"42P01": [
		"table",
		"view",
		"materialized-view",
		"sequence",
		"index"
	],
	"42703": ["column"],
	"42704": [
		"type",
		"domain",
		"constraint",
		"index",
		"trigger",
		"policy",
		"table",
		"view"
	],
	"42883": ["function", "procedure"],
	"3F000": ["schema"]
};
/** The statement names something that base's migrations have not made. */
const missesObject = ({ error }) => error.sqlstate in kinds$1;
/**
* What to do about it, in sentences: the name that may have been meant, and that production may differ from what the
* migrations make.
*/
function aboutMissing(context, { error }) {
	const near = nearest(context, error.sqlstate, error.message);
	return [...near === null ? [] : [`Did you mean ${near}?`], "Base's migrations do not make it. If production has it all the same, somebody made it by hand: bring it into the history (or into setup: of the config), or every new database will fail here too."].join(" ");
}
/** What lines of configuration cure: a role, an extension. */
function aboutSurroundings({ surroundings, sources }, { migration, error }) {
	const line = sources.get(error.file ?? migration.file)?.split("\n")[error.line - 1];
	const hint = surroundings == null ? null : surroundingsHint(error, surroundings, line);
	if (hint === null) return "";
	return hint.lines.length === 0 && !/extension/i.test(error.message) ? "" : hintSentence(hint);
}
/** Names in the server's message: `relation "userss" does not exist`, `column u.emial does not exist`. */
function nearest({ before }, sqlstate, message) {
	const quoted = /^[a-z ]+ "(.+?)"/.exec(message)?.[1];
	const bare = /^(?:column|function) ([^\s("]+)/.exec(message)?.[1];
	const whole = quoted ?? bare;
	if (whole === void 0 || before === null) return null;
	const wanted = whole.slice(whole.lastIndexOf(".") + 1);
	const names = [...new Set(before.objects.filter(({ type }) => kinds$1[sqlstate]?.includes(type)).map(({ ownName }) => ownName))];
	if (names.length === 0 || names.includes(wanted)) return null;
	const near = (0, import_fastest_levenshtein.closest)(wanted, names);
	return (0, import_fastest_levenshtein.distance)(wanted, near) <= Math.max(1, Math.floor(wanted.length / 4)) ? near : null;
}
// src/rules/failures/syntax-error.ts
/** 42601 syntax_error. */
const isSyntaxError = ({ error }) => error.sqlstate === "42601";
const syntaxError = {
	name: "syntax-error",
	about: "failure",
	severity: "error",
	summary: "PostgreSQL cannot read a statement of the migration.",
	why: "The deploy stops at this migration. What the file did before the error is taken back only where the tool runs it in one transaction.",
	instead: "Correct the statement at the caret. Syntax of a newer major version is an error on an older one: set `postgres-version` to what production runs.",
	sources: ["https://www.postgresql.org/docs/current/errcodes-appendix.html"],
	peers: ["squawk syntax-error"],
	bad: [
		{
			title: "A misspelt key word",
			base: "",
			migration: "CREATE TABEL users (id bigint PRIMARY KEY);"
		},
		{
			title: "A comma too many, three lines down",
			base: "",
			migration: "CREATE TABLE users (\n  id bigint PRIMARY KEY,\n  email text,\n);",
			line: 4
		},
		{
			title: "A line that only psql reads",
			base: "",
			migration: "\\set ON_ERROR_STOP on\nCREATE TABLE users (id bigint PRIMARY KEY);",
			line: 1
		}
	],
	good: [{
		title: "A statement that can be read",
		base: "",
		migration: "CREATE TABLE users (id bigint PRIMARY KEY);"
	}, {
		title: "A file with nothing but a comment",
		base: "",
		migration: "-- nothing to do here"
	}],
	check: (context) => failures(context).filter(isSyntaxError).map((failure) => ({
		...failureDraft(context, failure),
		title: `Syntax error: ${failure.error.message}`,
		message: `PostgreSQL ${context.postgresMajor} cannot read this statement, so the migration stops here and no later one runs.${forPsql(context, failure)}`
	}))
};
/** The server's own words say nothing of where such a line comes from. */
function forPsql(context, { migration, error }) {
	const found = psqlLine(context.sources.get(error.file ?? migration.file) ?? "");
	if (found === null || found.line > error.line) return "";
	return ` Line ${found.line} is for psql alone: ${found.what}. ${context.tool.title} sends the file to the server, which knows nothing of it. Take such lines out, and write data as INSERT.`;
}
// src/rules/failures/migration-fails.ts
/** Failures that a rule of their own explains better. */
const explained = [
	isSyntaxError,
	refusesTransaction,
	isViewDependency,
	backsConstraint,
	buildsOnPartitioned,
	usesNewEnumValue,
	commitsInTransaction
];
const migrationFails = {
	name: "migration-fails",
	about: "failure",
	severity: "error",
	summary: "The migration fails on a database with base’s schema.",
	why: "The shadow has exactly the schema that base’s migrations make. What fails there fails in the deploy, and later migrations do not run.",
	instead: "Correct the statement at the caret. If production has an object that base’s migrations do not make, bring it into the history (or into `setup:` of the config), so that both can be checked.",
	sources: ["https://www.postgresql.org/docs/current/errcodes-appendix.html"],
	peers: [
		"atlas (dev database)",
		"migrationpilot simulate",
		"safe-migrate schema-drift"
	],
	bad: [{
		title: "A column that is not there",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "ALTER TABLE users DROP COLUMN emial;"
	}, {
		title: "A table that exists already",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "CREATE TABLE teams (id bigint PRIMARY KEY);\n\nCREATE TABLE users (id bigint PRIMARY KEY);",
		line: 3
	}],
	good: [{
		title: "Names that base has",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "ALTER TABLE users ADD COLUMN email text;"
	}, {
		title: "IF EXISTS makes a missing object harmless",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "DROP INDEX IF EXISTS users_emial_idx;"
	}],
	check: (context) => failures(context).filter((failure) => !explained.some((explains) => explains(failure))).filter(({ migration }) => !isRenamed(context, migration.file)).filter((failure) => !isRecordedTwice(context, failure)).map((failure) => ({
		...failureDraft(context, failure),
		title: `The migration fails: ${failure.error.message}`,
		message: `PostgreSQL ${context.postgresMajor} refuses this statement on a database with base's schema (SQLSTATE ${failure.error.sqlstate}${hint(failure)}), so the deploy stops here and no later migration runs.${cure(context, failure)}`
	}))
};
/** What to do about it, as far as the error tells. */
function cure(context, failure) {
	const surroundings = aboutSurroundings(context, failure);
	if (surroundings !== "") return ` ${surroundings}`;
	return missesObject(failure) ? ` ${aboutMissing(context, failure)}` : "";
}
const isRenamed = (context, file) => context.historyChanges.some((change) => change.kind === "renamed" && change.file === file);
/** 23505: unique_violation, here of the tool's own table. */
const isRecordedTwice = (context, { migration, error }) => error.sqlstate === "23505" && context.tool.bookkeeping.relations.includes(`${error.object?.schema}.${error.object?.table}`) && context.historyChanges.some(({ kind, file }) => kind === "duplicate-version" && file === migration.file);
/** 42501: a superuser's right that the shadow's migration role lacks on purpose. */
const hint = ({ error }) => error.sqlstate === "42501" ? "; the migrations run as the owner of the database, not as a superuser" : "";
// src/rules/failures/tool-refuses-file.ts
const dbmate$2 = (sql) => `-- migrate:up\n${sql}\n\n-- migrate:down\n`;
const toolRefusesFile = {
	name: "tool-refuses-file",
	about: "failure",
	severity: "error",
	summary: "The migration tool stops at a file before the server sees it.",
	why: "The tool cannot make sense of the file: an annotation without its end, a section that is missing, a value that nobody gives. The deploy stops there, neither this migration nor a later one runs, and none of them was tried on the shadow.",
	instead: "Correct the line as the tool asks.",
	sources: ["https://pressly.github.io/goose/documentation/annotations/", "https://github.com/amacneil/dbmate#migration-options"],
	peers: ["goose validate", "flyway validate"],
	bad: [{
		title: "goose: a function that is not ended",
		tool: "goose",
		base: { "1_users.sql": "-- +goose Up\nCREATE TABLE users (id bigint PRIMARY KEY);" },
		migration: {
			"1_users.sql": "-- +goose Up\nCREATE TABLE users (id bigint PRIMARY KEY);",
			"2_count.sql": "-- +goose Up\n-- +goose StatementBegin\nCREATE FUNCTION one() RETURNS int LANGUAGE sql AS $$ SELECT 1; $$;"
		},
		line: 3
	}, {
		title: "dbmate: no section says what to run",
		tool: "dbmate",
		base: { "1_users.sql": dbmate$2("CREATE TABLE users (id bigint PRIMARY KEY);") },
		migration: {
			"1_users.sql": dbmate$2("CREATE TABLE users (id bigint PRIMARY KEY);"),
			"2_teams.sql": "CREATE TABLE teams (id bigint PRIMARY KEY);"
		}
	}],
	good: [{
		title: "goose: the function is ended",
		tool: "goose",
		base: { "1_users.sql": "-- +goose Up\nCREATE TABLE users (id bigint PRIMARY KEY);" },
		migration: {
			"1_users.sql": "-- +goose Up\nCREATE TABLE users (id bigint PRIMARY KEY);",
			"2_count.sql": "-- +goose Up\n-- +goose StatementBegin\nCREATE FUNCTION one() RETURNS int LANGUAGE sql AS $$ SELECT 1; $$;\n-- +goose StatementEnd"
		}
	}, {
		title: "dbmate: the section is there",
		tool: "dbmate",
		base: { "1_users.sql": dbmate$2("CREATE TABLE users (id bigint PRIMARY KEY);") },
		migration: {
			"1_users.sql": dbmate$2("CREATE TABLE users (id bigint PRIMARY KEY);"),
			"2_teams.sql": dbmate$2("CREATE TABLE teams (id bigint PRIMARY KEY);")
		}
	}],
	check: (context) => context.migrations.flatMap(({ version, file, refused }) => refused === null ? [] : [{
		migration: version,
		file,
		line: refused.line,
		endLine: refused.line,
		object: null,
		title: `${context.tool.title} stops at ${file}`,
		message: refused.says,
		evidence: null,
		fix: null
	}])
};
// src/rules/functions/function-volatility-change.ts
const functionVolatilityChange = {
	name: "function-volatility-change",
	about: "statement",
	severity: "notice",
	summary: "A function that base has gets another volatility.",
	why: `The planner calls an IMMUTABLE function once and keeps the answer, a STABLE one once for each query; a function that is marked too boldly gives wrong answers, one that is marked too timidly makes queries slow, since indexes on it are not used any more. CREATE OR REPLACE FUNCTION without the word takes it back to VOLATILE.

It is a warning where an index, a constraint or a generated column calls the function: they keep what it answered before.`,
	instead: "Say the volatility in every CREATE OR REPLACE FUNCTION. Where an index calls the function: a function with another name, a new index, and the old ones dropped.",
	sources: ["https://www.postgresql.org/docs/current/xfunc-volatility.html"],
	peers: ["safe-migrate function-volatility-change"],
	bad: [{
		title: "The word is missing from the new text",
		base: "CREATE FUNCTION norm(t text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT lower(t)';",
		migration: "CREATE OR REPLACE FUNCTION norm(t text) RETURNS text LANGUAGE sql AS 'SELECT lower(trim(t))';"
	}, {
		title: "A function that an index calls: a warning",
		base: "CREATE FUNCTION norm(t text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT lower(t)';\nCREATE TABLE users (id bigint PRIMARY KEY, email text);\nCREATE INDEX users_norm ON users (norm(email));",
		migration: "\nALTER FUNCTION norm(text) STABLE;",
		line: 2
	}],
	good: [{
		title: "The same volatility",
		base: "CREATE FUNCTION norm(t text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT lower(t)';",
		migration: "CREATE OR REPLACE FUNCTION norm(t text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT lower(trim(t))';"
	}, {
		title: "A function that the migration creates",
		base: "",
		migration: "CREATE FUNCTION norm(t text) RETURNS text LANGUAGE sql AS 'SELECT lower(t)';\nALTER FUNCTION norm(text) IMMUTABLE;"
	}],
	check(context) {
		const told = /* @__PURE__ */ new Set();
		return [...[...statementsOf(context, "CreateFunctionStmt")].map((place) => ({
			place,
			name: place.node.funcname
		})), ...[...statementsOf(context, "AlterFunctionStmt")].map((place) => ({
			place,
			name: place.node.func?.objname
		}))].flatMap(({ place, name }) => {
			const names = candidates(nameParts(name), place);
			return (context.before?.objects ?? []).flatMap((before) => {
				if (before.type !== "function" || !names.includes(before.name.replace(/\(.*$/s, ""))) return [];
				const after = context.after?.byIdentity(before.identity);
				if (after === void 0 || after.facts.volatility === before.facts.volatility) return [];
				if (told.has(before.identity)) return [];
				told.add(before.identity);
				const users = storedUsers(context, before.ownName);
				return [{
					...at(place),
					object: before.name,
					...users.length > 0 ? { severity: "warning" } : {},
					title: `${before.name} was ${words$1(before.facts.volatility)} and is ${words$1(after.facts.volatility)} now`,
					message: users.length > 0 ? `${listed$1(users)} ${users.length === 1 ? "keeps" : "keep"} what the function answered before, and the planner no longer relies on it. Give the new function another name and build anew what calls it.` : "The planner calls it more or less often than before and can use other indexes. Say the volatility in the statement if that is not meant.",
					evidence: null,
					fix: null
				}];
			});
		});
	}
};
/** Indexes and constraints of base that call a function of that name. */
function storedUsers(context, name) {
	const call = `${name}(`;
	return (context.before?.objects ?? []).filter(({ type, definition, facts }) => type === "index" && definition.includes(call) || type === "constraint" && definition.includes(call) || type === "column" && String(facts.generationExpression ?? "").includes(call)).map((object) => object.name);
}
const letters = {
	i: "IMMUTABLE",
	s: "STABLE",
	v: "VOLATILE"
};
const words$1 = (volatility) => letters[String(volatility)] ?? String(volatility);
// src/rules/schemas/vanished.ts
/** What base had and what is there under no name any more: neither kept, renamed nor made again. */
function vanished(context) {
	const { before, after } = context;
	if (before === null || after === null) return [];
	return before.objects.filter(({ identity, type, name }) => after.byIdentity(identity) === void 0 && after.byName(type, name) === void 0);
}
/** `view public.live`, `foreign key orders_user_id_fkey of public.orders`. */
function inWords$1({ type, name, container, local, facts }) {
	if (![
		"constraint",
		"trigger",
		"policy",
		"index",
		"rule"
	].includes(type)) return `${type} ${name}`;
	return `${facts.kind === "foreign-key" ? "foreign key" : type} ${local} of ${container}`;
}
// src/rules/functions/trigger-function-dropped.ts
const triggerFunctionDropped = {
	name: "trigger-function-dropped",
	about: "statement",
	severity: "warning",
	summary: "DROP FUNCTION … CASCADE takes the triggers of existing tables with it.",
	why: "Without CASCADE Postgres refuses to drop a function that a trigger calls. With it the triggers go too, silently: writes go on and no longer do what the trigger did, in the running version as well.",
	instead: "Drop the triggers by name first, then the function without CASCADE.",
	sources: ["https://www.postgresql.org/docs/current/sql-dropfunction.html"],
	peers: ["safe-migrate broken-compute"],
	bad: [{
		title: "A function that a trigger calls",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';\nCREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();",
		migration: "DROP FUNCTION touch() CASCADE;"
	}, {
		title: "Two triggers, with names that need quotes",
		base: "CREATE TABLE \"User\" (id bigint PRIMARY KEY);\nCREATE TABLE teams (id bigint PRIMARY KEY);\nCREATE FUNCTION \"Touch\"() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';\nCREATE TRIGGER t BEFORE UPDATE ON \"User\" FOR EACH ROW EXECUTE FUNCTION \"Touch\"();\nCREATE TRIGGER t BEFORE UPDATE ON teams FOR EACH ROW EXECUTE FUNCTION \"Touch\"();",
		migration: "\nDROP FUNCTION IF EXISTS public.\"Touch\" CASCADE;",
		line: 2
	}],
	good: [{
		title: "No trigger calls it",
		base: "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';",
		migration: "DROP FUNCTION touch() CASCADE;"
	}, {
		title: "Function and trigger are made again",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';\nCREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();",
		migration: "DROP FUNCTION touch() CASCADE;\nCREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN new.id := new.id; RETURN new; END';\nCREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();"
	}],
	check: (context) => [...statementsOf(context, "DropStmt")].flatMap((place) => {
		const { removeType, behavior, objects = [] } = place.node;
		if (removeType !== "OBJECT_FUNCTION" || behavior !== "DROP_CASCADE") return [];
		return objects.flatMap((object) => {
			const parts = "ObjectWithArgs" in object ? nameParts(object.ObjectWithArgs.objname) : void 0;
			if (parts === void 0) return [];
			const calls = candidates(parts, place);
			const triggers = vanished(context).filter(({ type, facts }) => type === "trigger" && calls.includes(String(facts.function)));
			const [first] = triggers;
			if (first === void 0) return [];
			return [{
				...at(place),
				object: first.name,
				title: `Writes to ${listed$1([...new Set(triggers.map(({ container }) => container))])} no longer do what their trigger did`,
				message: `CASCADE drops ${listed$1(triggers.map(({ name }) => name), 10)} with the function ${parts.name} (seen on the shadow), and nothing makes them again. Drop the triggers by name, when no version that is running relies on them.`,
				evidence: null,
				fix: null
			}];
		});
	})
};
// src/rules/history/oddity.ts
/** A finding for each file of this kind that the pull request brings, in the tool's own words. */
const oddityDraft = ({ oddities = [] }, kind, title) => oddities.filter((oddity) => oddity.kind === kind).map(({ file, says }) => ({
	migration: null,
	file,
	line: 1,
	endLine: 1,
	object: null,
	title: title(file),
	message: says,
	evidence: null,
	fix: null
}));
// src/rules/history/ambiguous-order.ts
const dbmate$1 = (sql) => `-- migrate:up\n${sql}\n\n-- migrate:down\n`;
const ambiguousOrder = {
	name: "ambiguous-order",
	about: "history",
	severity: "warning",
	summary: "A file does not run where its name seems to put it.",
	why: "Some tools sort names as text, so that `10_` comes before `9_`; others go by a journal, or by the time in the name alone. The file runs, but before or after others than its author and the reviewers think, and a new database may be built in another order than production was.\n\nFiles that base already has in this state are told in one note.",
	instead: "Write numbers of one length, or time stamps as the tool’s own command makes them.",
	sources: ["https://github.com/amacneil/dbmate#creating-migrations"],
	peers: ["liquibase includeAll sort order"],
	bad: [{
		title: "dbmate: 10 sorts before 9",
		tool: "dbmate",
		base: { "08_users.sql": dbmate$1("CREATE TABLE users (id bigint PRIMARY KEY);") },
		migration: {
			"08_users.sql": dbmate$1("CREATE TABLE users (id bigint PRIMARY KEY);"),
			"9_teams.sql": dbmate$1("CREATE TABLE teams (id bigint PRIMARY KEY);"),
			"10_logs.sql": dbmate$1("CREATE TABLE logs (id bigint PRIMARY KEY);")
		}
	}, {
		title: "dbmate: 1000 sorts before 999",
		tool: "dbmate",
		base: { "0998_users.sql": dbmate$1("CREATE TABLE users (id bigint PRIMARY KEY);") },
		migration: {
			"0998_users.sql": dbmate$1("CREATE TABLE users (id bigint PRIMARY KEY);"),
			"999_teams.sql": dbmate$1("CREATE TABLE teams (id bigint PRIMARY KEY);"),
			"1000_logs.sql": dbmate$1("CREATE TABLE logs (id bigint PRIMARY KEY);")
		}
	}],
	good: [{
		title: "dbmate: numbers of one length",
		tool: "dbmate",
		base: { "08_users.sql": dbmate$1("CREATE TABLE users (id bigint PRIMARY KEY);") },
		migration: {
			"08_users.sql": dbmate$1("CREATE TABLE users (id bigint PRIMARY KEY);"),
			"09_teams.sql": dbmate$1("CREATE TABLE teams (id bigint PRIMARY KEY);"),
			"10_logs.sql": dbmate$1("CREATE TABLE logs (id bigint PRIMARY KEY);")
		}
	}, {
		title: "golang-migrate goes by the number",
		tool: "golang-migrate",
		base: { "8_users.up.sql": "CREATE TABLE users (id bigint PRIMARY KEY);" },
		migration: {
			"8_users.up.sql": "CREATE TABLE users (id bigint PRIMARY KEY);",
			"9_teams.up.sql": "CREATE TABLE teams (id bigint PRIMARY KEY);",
			"10_logs.up.sql": "CREATE TABLE logs (id bigint PRIMARY KEY);"
		}
	}],
	check: (context) => oddityDraft(context, "ambiguous-order", (name) => `${name} does not run where its name seems to put it`)
};
// src/rules/history/declared-schema-differs.ts
const users$3 = "CREATE TABLE users (id bigint PRIMARY KEY);";
const declaredSchemaDiffers = {
	name: "declared-schema-differs",
	about: "history",
	severity: "error",
	summary: "The schema that the repository declares is not what its migrations make.",
	why: "The config names a dump (`declared-schema`: `schema.sql`) that people read and that new environments are built from, or the tool keeps one: Rails `db/schema.rb` or `db/structure.sql`, Prisma `schema.prisma`, Drizzle its snapshots. It is compared by name with what the migrations make: SQL and snapshots on a throw-away database, `schema.rb` by Rails, `schema.prisma` by `prisma migrate diff` where Prisma is installed. A file that was not written again after a migration, or that was written where another branch had run, gives its readers another schema than production has.\n\nA dump that is older than the newest migration is told even if the schemas are equal. With Prisma and Drizzle it is a warning where the database only has more than the file. What is so on base as well is a notice. Roles, owners and privileges are not compared.",
	instead: "Run all migrations on an empty database and write the dump again with the tool’s own command.",
	sources: [
		"https://guides.rubyonrails.org/active_record_migrations.html#schema-dumping-and-you",
		"https://www.prisma.io/docs/orm/reference/prisma-cli-reference#migrate-diff",
		"https://orm.drizzle.team/docs/drizzle-kit-check"
	],
	peers: ["prisma migrate diff --exit-code", "drizzle-kit check"],
	bad: [{
		title: "The dump was not written again",
		declared: users$3,
		base: { "1_users.sql": users$3 },
		migration: {
			"1_users.sql": users$3,
			"2_nick.sql": "ALTER TABLE users ADD COLUMN nick text;"
		},
		line: null
	}, {
		title: "The dump has a table that no migration makes",
		declared: `${users$3} CREATE TABLE of_another_branch (id int);`,
		base: { "1_users.sql": users$3 },
		migration: {
			"1_users.sql": users$3,
			"2_nick.sql": "CREATE TABLE logs (id bigint PRIMARY KEY);"
		},
		line: null
	}],
	good: [{
		title: "The dump is what the migrations make",
		declared: "CREATE TABLE users (id bigint PRIMARY KEY, nick text);",
		base: { "1_users.sql": users$3 },
		migration: {
			"1_users.sql": users$3,
			"2_nick.sql": "ALTER TABLE users ADD COLUMN nick text;"
		}
	}, {
		title: "No dump is declared",
		base: { "1_users.sql": users$3 },
		migration: {
			"1_users.sql": users$3,
			"2_nick.sql": "ALTER TABLE users ADD COLUMN nick text;"
		}
	}],
	check({ declared, baseRef, tool }) {
		if (declared == null) return [];
		if (declared.missing !== void 0) return [lacks(declared, declared.missing, tool.title, baseRef)];
		const { file, failure, differences, diff, lag = null, known = false, onlyMore = false, mend } = declared;
		if (failure === null && differences.length === 0 && lag === null) return [];
		const way = mend ?? "Write it again after all migrations have run on an empty database.";
		const older = known ? ` It is so on ${baseRef} as well, and this pull request does not change it.` : "";
		const place = {
			...known ? { severity: "notice" } : onlyMore ? { severity: "warning" } : {},
			migration: null,
			file,
			line: null,
			endLine: null,
			object: null,
			evidence: null,
			fix: null
		};
		if (failure !== null) return [{
			...place,
			title: `${file} does not run on an empty database`,
			message: `It is declared to be the schema that the migrations make. ${failure}${older}`
		}];
		if (differences.length === 0) return [{
			...place,
			title: mend === void 0 ? `${file} is older than the migrations` : `${file} does not go with the migrations`,
			message: `${lag} The schemas are equal. ${way}${older}`
		}];
		const count = differences.length === 1 ? "one difference" : `${differences.length} differences`;
		return [{
			...place,
			title: `${file} is not what the migrations make: ${count}`,
			message: `Lines with - are what the migrations make, lines with + what the file says. ${lag === null ? "" : `${lag} `}${way}${older}`,
			...diff === "" ? {} : { detail: {
				language: "diff",
				text: diff
			} }
		}];
	}
};
/** More of its SQL is counted and not shown. */
const MOST = 40;
/** What the tool itself finds that no migration has. */
function lacks({ file, known = false }, { asked, makes, absorbs, sql, lacking, others }, title, baseRef) {
	const count = sql.length === 1 ? "one statement" : `${sql.length} statements`;
	const harm = lacking ? "The migrated database lacks what the file declares, and the code may ask for it." : "The database has more than the file says, or the same under another name: whoever makes the next migration finds this in it.";
	const older = known ? ` It is so on ${baseRef} as well, and this pull request does not change it.` : others === 0 ? "" : ` ${others === 1 ? "One more statement was" : `${others} more statements were`} missing before.`;
	const shown = sql.slice(0, MOST).map((each) => `${each};`);
	return {
		migration: null,
		file,
		line: null,
		endLine: null,
		object: null,
		evidence: null,
		fix: null,
		title: `${file} is not what the migrations make: ${count} missing`,
		message: `${title} (${asked}) shows the SQL that would make the migrated database what the file says. ${harm} Make the migration, or write into the file what the migrations make, whichever of the two is right.${older}`,
		commands: [makes, absorbs],
		...known ? { severity: "notice" } : lacking ? {} : { severity: "warning" },
		detail: {
			language: "sql",
			text: [...shown, ...sql.length > MOST ? [`-- and ${sql.length - MOST} more`] : []].join("\n")
		}
	};
}
// src/rules/history/deleted-applied-migration.ts
const deletedAppliedMigration = {
	name: "deleted-applied-migration",
	about: "history",
	severity: "error",
	summary: "A migration that base already has is gone.",
	why: "Databases that follow base keep what the migration did; a new database never gets it. Several tools also stop the next deploy because their table names a file that they cannot find.",
	instead: "Keep the file. What it did is taken back by a new migration; a history is shortened by the tool’s own way of making a baseline.",
	sources: ["https://www.prisma.io/docs/orm/prisma-migrate/workflows/squashing-migrations"],
	peers: ["flyway validate", "prisma migrate \"missing from the local migrations directory\""],
	bad: [{
		title: "An applied migration is removed",
		base: {
			"1_users.sql": "CREATE TABLE users (id bigint PRIMARY KEY);",
			"2_audit.sql": "CREATE TABLE audit (id bigint PRIMARY KEY);"
		},
		migration: { "1_users.sql": "CREATE TABLE users (id bigint PRIMARY KEY);" },
		line: null
	}, {
		title: "An applied migration is replaced by another",
		base: {
			"1_users.sql": "CREATE TABLE users (id bigint PRIMARY KEY);",
			"2_audit.sql": "CREATE TABLE audit (id bigint PRIMARY KEY);"
		},
		migration: {
			"1_users.sql": "CREATE TABLE users (id bigint PRIMARY KEY);",
			"3_logs.sql": "CREATE TABLE logs (id bigint PRIMARY KEY);"
		},
		line: null
	}],
	good: [{
		title: "What the migration made is changed by a new one",
		base: {
			"1_users.sql": "CREATE TABLE users (id bigint PRIMARY KEY);",
			"2_view.sql": "CREATE VIEW everyone AS SELECT id FROM users;"
		},
		migration: {
			"1_users.sql": "CREATE TABLE users (id bigint PRIMARY KEY);",
			"2_view.sql": "CREATE VIEW everyone AS SELECT id FROM users;",
			"3_view.sql": "CREATE OR REPLACE VIEW everyone AS SELECT id, now() AS at FROM users;"
		}
	}, {
		title: "All files stay",
		base: { "1_users.sql": "CREATE TABLE users (id bigint PRIMARY KEY);" },
		migration: {
			"1_users.sql": "CREATE TABLE users (id bigint PRIMARY KEY);",
			"2_logs.sql": "CREATE TABLE logs (id bigint PRIMARY KEY);"
		}
	}],
	check: (context) => grouped(context.historyChanges.filter(({ kind }) => kind === "deleted"), (some) => gone(context, some))
};
function gone(context, changes) {
	const [first] = changes;
	const single = changes.length === 1;
	const divergence = changes.map((change) => divergenceSentence(context, change)).join("");
	return {
		migration: single ? first?.version ?? null : null,
		file: first?.file ?? null,
		line: null,
		endLine: null,
		object: null,
		title: single ? `${first?.file} was applied and is now gone` : `${changes.length} applied migrations are gone`,
		message: `${reaction$1(context, changes)}${context.notInSchema == null ? "" : ` ${context.notInSchema}`}${divergence}${provedEqual(context) ? " Tried: both end in the same schema all the same; rows are not compared." : ""}${sinceSentence(context, changes)} Bring ${single ? "it" : "them"} back and undo what ${single ? "it" : "they"} did in a new migration.`,
		commands: [takeBack(context, changes)],
		evidence: null,
		fix: meetingFix(context, changes),
		...single ? {} : { detail: {
			language: "text",
			text: fileList(changes.map(({ file }) => file))
		} }
	};
}
/** In the tool's words for their places, where those agree. */
function reaction$1({ tool }, changes) {
	const { says, at } = tool.onHistoryChange.deleted;
	const [only, ...others] = new Set(changes.map(({ place }) => place === void 0 ? says : at?.(place) ?? says));
	return only === void 0 || others.length > 0 ? says : only;
}
// src/rules/history/told-deployments.ts
/**
* One finding at the first line that deploys in this way, which lists them all.
*
* @param does what the first line's file does, as the end of a title
*/
function toldDeployments({ looseDeployments = [] }, kind, does) {
	const found = looseDeployments.filter((one) => one.kind === kind);
	const [first] = found;
	if (first === void 0) return [];
	const others = found.length - 1;
	const list = found.slice(0, 10).map(({ file, line, command }) => `${file}:${line}: ${command}`);
	return [{
		migration: null,
		file: first.file,
		line: first.line,
		endLine: first.line,
		object: null,
		title: `${first.file} ${does}${others > 0 ? `, and so do ${others} more lines` : ""}`,
		message: first.why,
		evidence: null,
		fix: null,
		detail: {
			language: "text",
			text: list.join("\n")
		}
	}];
}
// src/rules/history/deploys-without-migrations.ts
const users$2 = "CREATE TABLE users (id bigint PRIMARY KEY);";
const deploysWithoutMigrations = {
	name: "deploys-without-migrations",
	about: "history",
	severity: "notice",
	summary: "A deployment changes the database without its migrations.",
	why: "What the gate has seen of a migration holds only if the deployment runs migrations. `prisma db push`, `drizzle-kit push` and their like compare the database with the code and change it on the spot, with whatever locks and losses that takes; `prisma migrate dev` and `reset` may empty it.\n\nLooked at are workflows that deploy, Dockerfiles, start scripts and the scripts of package.json that a deployment runs; told are lines that the pull request adds.",
	instead: "Deploy with the command that runs migrations: `prisma migrate deploy`, `drizzle-kit migrate`, `rails db:migrate`.",
	sources: ["https://www.prisma.io/docs/orm/prisma-client/deployment/deploy-database-changes-with-prisma-migrate"],
	peers: ["rails ActiveRecord::ProtectedEnvironmentError"],
	oncePerRun: true,
	bad: [{
		title: "An image pushes the schema when it starts",
		around: { Dockerfile: "FROM node:24\nCMD npx prisma db push --accept-data-loss && node server.js\n" },
		base: { "1_users.sql": users$2 },
		migration: { "1_users.sql": users$2 },
		line: 2
	}, {
		title: "A start script",
		around: { "package.json": "{\n  \"scripts\": {\n    \"start\": \"drizzle-kit push && node server.js\"\n  }\n}\n" },
		base: { "1_users.sql": users$2 },
		migration: { "1_users.sql": users$2 },
		line: 3
	}],
	good: [{
		title: "Migrations are run",
		around: { Procfile: "release: npx prisma migrate deploy\nweb: node server.js\n" },
		base: { "1_users.sql": users$2 },
		migration: { "1_users.sql": users$2 }
	}, {
		title: "A workflow that tests makes its database as it likes",
		around: { ".github/workflows/test.yml": "name: test\non: push\njobs:\n  a:\n    steps:\n      - run: npx prisma db push\n" },
		base: { "1_users.sql": users$2 },
		migration: { "1_users.sql": users$2 }
	}],
	check: (context) => toldDeployments(context, "instead", "changes the database without its migrations")
};
// src/rules/history/duplicate-version.ts
const duplicateVersion = {
	name: "duplicate-version",
	about: "history",
	severity: "error",
	summary: "Two migrations have the same version.",
	why: "A tool that remembers versions takes the second file for the first one: it never runs, or the tool stops. It comes about when two branches take the same number, without any conflict in git.",
	instead: "Give the newer file the next free number.",
	sources: ["https://github.com/golang-migrate/migrate/blob/master/FAQ.md"],
	peers: ["atlas atlas.sum conflict", "flyway \"Found more than one migration with version\""],
	bad: [{
		title: "Another branch took the same number",
		base: { "1_users.sql": "CREATE TABLE users (id bigint PRIMARY KEY);" },
		migration: {
			"1_users.sql": "CREATE TABLE users (id bigint PRIMARY KEY);",
			"1_teams.sql": "CREATE TABLE teams (id bigint PRIMARY KEY);"
		}
	}, {
		title: "Two new files with the same number",
		base: { "1_users.sql": "CREATE TABLE users (id bigint PRIMARY KEY);" },
		migration: {
			"1_users.sql": "CREATE TABLE users (id bigint PRIMARY KEY);",
			"2_logs.sql": "CREATE TABLE logs (id bigint PRIMARY KEY);",
			"2_teams.sql": "CREATE TABLE teams (id bigint PRIMARY KEY);"
		}
	}],
	good: [{
		title: "Every file has a number of its own",
		base: { "1_users.sql": "CREATE TABLE users (id bigint PRIMARY KEY);" },
		migration: {
			"1_users.sql": "CREATE TABLE users (id bigint PRIMARY KEY);",
			"2_teams.sql": "CREATE TABLE teams (id bigint PRIMARY KEY);"
		}
	}, {
		title: "The same name under another number",
		base: { "1_grants.sql": "CREATE SCHEMA IF NOT EXISTS app;" },
		migration: {
			"1_grants.sql": "CREATE SCHEMA IF NOT EXISTS app;",
			"2_grants.sql": "CREATE SCHEMA IF NOT EXISTS audit;"
		}
	}],
	check(context) {
		const reaction = context.tool.onHistoryChange.duplicateVersion;
		if (reaction.legal) return [];
		return context.historyChanges.filter(({ kind }) => kind === "duplicate-version").map((change) => ({
			migration: change.version,
			file: change.file,
			line: 1,
			endLine: 1,
			object: null,
			title: `${change.file} has the same version as ${change.previousFile ?? "another migration"}`,
			message: `${reaction.says}${divergenceSentence(context, change)} Give the newer one a version of its own.`,
			commands: moveCommands(context, change.file),
			evidence: null,
			fix: null
		}));
	}
};
// src/rules/history/edited-applied-migration.ts
/** Bytes of diff shown with one finding. */
const diffLimit = 2e4;
const editedAppliedMigration = {
	name: "edited-applied-migration",
	about: "history",
	severity: "error",
	summary: "A migration that base already has was changed.",
	why: `Databases that follow base have run the old text and never run the new one (or their tool stops the deploy because the checksum differs). New databases run only the new text. From then on the environments differ, and nobody's test database shows what production has.

A change of white space, comments or spelling alone makes no difference to a database. It is a notice, unless the tool compares checksums and refuses it, or makes every developer start anew for it (a warning).

Nor does an edit of which it was tried that both texts make the same schema (\`IF NOT EXISTS\`, a name with its schema, a function for another version of PostgreSQL), as long as no statement that changed writes or converts rows: where the tool does not compare contents it is a warning.`,
	instead: "Take the file back to what base has and put the change into a new migration.",
	sources: ["https://www.prisma.io/docs/orm/prisma-migrate/workflows/patching-and-hotfixing", "https://documentation.red-gate.com/fd/validate-184127464.html"],
	peers: [
		"atlas atlas.sum checksum",
		"flyway validate",
		"prisma migrate \"was modified after it was applied\""
	],
	bad: [{
		title: "A column is added to an applied migration",
		base: { "1_users.sql": "CREATE TABLE users (id bigint PRIMARY KEY);" },
		migration: { "1_users.sql": "CREATE TABLE users (id bigint PRIMARY KEY, nickname text);" }
	}, {
		title: "A default is changed where it was made",
		base: {
			"1_plans.sql": "CREATE TABLE plans (\n  id bigint PRIMARY KEY,\n  tier text DEFAULT 'free'\n);",
			"2_note.sql": "ALTER TABLE plans ADD COLUMN note text;"
		},
		migration: {
			"1_plans.sql": "CREATE TABLE plans (\n  id bigint PRIMARY KEY,\n  tier text DEFAULT 'trial'\n);",
			"2_note.sql": "ALTER TABLE plans ADD COLUMN note text;"
		},
		line: 3
	}],
	good: [{
		title: "The change is a migration of its own",
		base: { "1_users.sql": "CREATE TABLE users (id bigint PRIMARY KEY);" },
		migration: {
			"1_users.sql": "CREATE TABLE users (id bigint PRIMARY KEY);",
			"2_nickname.sql": "ALTER TABLE users ADD COLUMN nickname text;"
		}
	}, {
		title: "A migration that base has not yet is still free to change",
		base: { "1_users.sql": "CREATE TABLE users (id bigint PRIMARY KEY);" },
		migration: {
			"1_users.sql": "CREATE TABLE users (id bigint PRIMARY KEY);",
			"2_teams.sql": "CREATE TABLE teams (id bigint PRIMARY KEY, name text);"
		}
	}],
	check(context) {
		const of = (kind, which) => context.historyChanges.filter((change) => change.kind === kind && which(change));
		const harmless = (change) => makesNoDifference(context, change);
		const unnoticed = (change) => isUnnoticed(context, change);
		return [
			...grouped(of("edited", (change) => !harmless(change)), (some) => edit(context, some)),
			...grouped(of("edited", harmless), (some) => harmlessEdit(context, some)),
			...grouped(of("edited-cosmetic", (change) => !unnoticed(change)), (some) => cosmeticEdit(context, some)),
			...grouped(of("edited-cosmetic", unnoticed), (some) => cosmeticEdit(context, some))
		];
	}
};
/** Other statements that make the same schema, and a tool that runs on. */
const makesNoDifference = (context, change) => change.schemaOnly === true && provedEqual(context) && context.tool.onHistoryChange.edited.does === "ignores";
/** Of a cosmetic edit: the tool does not refuse it. */
const isUnnoticed = ({ tool }, { sameChecksum }) => tool.onHistoryChange.edited.does !== "refuses" || sameChecksum === true;
/** What has another name as well goes, or there are two of its version. */
const back = (context, changes) => {
	const renamed = changes.flatMap(({ file, previousFile }) => previousFile === null ? [] : [word(file)]);
	return [takeBack(context, changes), ...renamed.length === 0 ? [] : [`git rm -f -- ${renamed.join(" ")}`]];
};
const edit = (context, changes) => {
	const divergence = changes.map((change) => divergenceSentence(context, change)).join("");
	return {
		...place$1(changes),
		title: changes.length === 1 ? `${base(changes)} was changed after it was applied` : `${changes.length} applied migrations were changed`,
		message: `${context.tool.onHistoryChange.edited.says}${divergence}${equalSentence(context, changes)}${sinceSentence(context, changes)} Take back what base has and put the change into a new migration.`,
		commands: back(context, changes),
		fix: meetingFix(context, changes)
	};
};
/** What a schema does not show is left to say. */
function equalSentence(context, changes) {
	if (!provedEqual(context)) return "";
	return ` Tried: both make the same schema${changes.every(({ schemaOnly }) => schemaOnly === true) ? "" : ", but statements that changed do more than a schema shows (to rows, say), and that is done to new databases only"}.`;
}
const harmlessEdit = (context, changes) => ({
	...place$1(changes),
	severity: "warning",
	title: changes.length === 1 ? `${base(changes)} was changed after it was applied, with the same schema` : `${changes.length} applied migrations were changed, with the same schema`,
	message: `Tried: the old text and the new one make the same schema, and no statement that changed writes rows. ${context.tool.title} deploys without looking at it.${cosmeticSentence(context)}${sinceSentence(context, changes)} No database that ran the old text gets the new one; to take it back:`,
	commands: back(context, changes)
});
const cosmeticSentence = ({ tool }) => tool.onHistoryChange.edited.cosmetic === void 0 ? "" : ` ${tool.onHistoryChange.edited.cosmetic}`;
const cosmeticEdit = (context, changes) => {
	const { says, cosmetic } = context.tool.onHistoryChange.edited;
	const refused = !changes.every((change) => isUnnoticed(context, change));
	const severity = refused ? "error" : cosmetic === void 0 ? "notice" : "warning";
	const them = changes.length === 1 ? "it" : "them";
	const wayBack = changes.every(({ downOnly }) => downOnly === true);
	const where = !wayBack ? "white space, comments or spelling only" : `${changes.length === 1 ? "its" : "their"} way back only`;
	const checksum = changes.every(({ sameChecksum }) => sameChecksum === true) ? ` ${context.tool.title}'s checksum is the same for both.` : "";
	return {
		...place$1(changes),
		severity,
		title: changes.length === 1 ? `${base(changes)} was changed in ${where}` : `${changes.length} applied migrations were changed in ${where}`,
		message: refused ? `The statements are the same, but the contents are not. ${says} Take ${them} back:` : `The statements are the same, so no database changes.${checksum}${cosmeticSentence(context)} ${wayBack ? "To" : "If it was a formatter, keep it away from applied migrations; to"} take ${them} back:`,
		commands: back(context, changes)
	};
};
const base = (changes) => changes[0]?.file ?? "";
function place$1(changes) {
	const [first] = changes;
	const single = changes.length === 1;
	const diff = first?.diff ?? "";
	return {
		migration: single ? first?.version ?? null : null,
		file: first?.file ?? null,
		line: first?.line ?? null,
		endLine: first?.line ?? null,
		object: null,
		evidence: null,
		fix: null,
		...single && diff !== "" ? { detail: {
			language: "diff",
			text: cut(diff)
		} } : {},
		...single ? {} : { detail: {
			language: "text",
			text: fileList(changes.map(({ file }) => file))
		} }
	};
}
function cut(diff) {
	if (diff.length <= diffLimit) return diff;
	const end = diff.lastIndexOf("\n", diffLimit);
	return `${diff.slice(0, end === -1 ? diffLimit : end)}\n… (the rest of the diff is left out)`;
}
// src/rules/history/migrates-at-boot.ts
const files = { "1_users.sql": "CREATE TABLE users (id bigint PRIMARY KEY);" };
const migratesAtBoot = {
	name: "migrates-at-boot",
	about: "history",
	severity: "notice",
	summary: "An application runs the migrations when it starts.",
	why: "An image or a start script that migrates before it serves does so in every instance: three replicas begin at once, two of them wait for the first one’s lock or fail. A migration that takes long is killed by the health check in its middle and begun again. A node that restarts at night deploys what was merged in the day. And the old version still serves while the schema already changes under it, in no order that anybody has planned.\n\nLooked at are `CMD` and `ENTRYPOINT` of images, start scripts, `start` in package.json and the web process of a Procfile; told are lines that the pull request adds.",
	instead: "One step of the deployment runs the migrations, before the new version starts: a job of the pipeline, a release phase, an init job of which there is one.",
	sources: ["https://www.prisma.io/docs/orm/prisma-client/deployment/deploy-database-changes-with-prisma-migrate", "https://devcenter.heroku.com/articles/release-phase"],
	peers: [],
	oncePerRun: true,
	bad: [{
		title: "An image",
		around: { Dockerfile: "FROM node:24\nCMD npx prisma migrate deploy && node server.js\n" },
		base: files,
		migration: files,
		line: 2
	}, {
		title: "A start script",
		around: { "docker-entrypoint.sh": "#!/bin/sh\nset -e\npython manage.py migrate\nexec gunicorn shop.wsgi\n" },
		base: files,
		migration: files,
		line: 3
	}],
	good: [{
		title: "A release phase",
		around: { Procfile: "release: bin/rails db:migrate\nweb: bundle exec puma\n" },
		base: files,
		migration: files
	}, {
		title: "A script that only migrates",
		around: { "deploy.sh": "#!/bin/sh\nset -e\nnpx prisma migrate deploy\n" },
		base: files,
		migration: files
	}],
	check: (context) => toldDeployments(context, "boot", "runs the migrations when the application starts")
};
// src/rules/history/migration-never-runs.ts
const dbmate = (sql) => `-- migrate:up\n${sql}\n\n-- migrate:down\n`;
const migrationNeverRuns = {
	name: "migration-never-runs",
	about: "history",
	severity: "error",
	summary: "The tool passes over a file that the pull request adds.",
	why: "A wrong suffix, a missing number, a capital letter, a line missing in the journal: the tool takes the file for none of its own and says nothing. The deploy is green, the code that needs the table follows, and the table is not there. Whoever wrote the file believes that it was checked.\n\nFiles that base already has in this state are told in one note.",
	instead: "Name the file as the tool asks, or move it out of the directory.",
	sources: ["https://github.com/golang-migrate/migrate/blob/master/MIGRATIONS.md", "https://documentation.red-gate.com/fd/migrations-184127470.html"],
	peers: ["flyway validateMigrationNaming"],
	bad: [{
		title: "golang-migrate: the name lacks .up",
		tool: "golang-migrate",
		base: { "1_users.up.sql": "CREATE TABLE users (id bigint PRIMARY KEY);" },
		migration: {
			"1_users.up.sql": "CREATE TABLE users (id bigint PRIMARY KEY);",
			"2_teams.sql": "CREATE TABLE teams (id bigint PRIMARY KEY);"
		}
	}, {
		title: "dbmate: the name begins with no number",
		tool: "dbmate",
		base: { "1_users.sql": dbmate("CREATE TABLE users (id bigint PRIMARY KEY);") },
		migration: {
			"1_users.sql": dbmate("CREATE TABLE users (id bigint PRIMARY KEY);"),
			"teams.sql": dbmate("CREATE TABLE teams (id bigint PRIMARY KEY);")
		}
	}],
	good: [{
		title: "golang-migrate: every file is one of its own",
		tool: "golang-migrate",
		base: { "1_users.up.sql": "CREATE TABLE users (id bigint PRIMARY KEY);" },
		migration: {
			"1_users.up.sql": "CREATE TABLE users (id bigint PRIMARY KEY);",
			"2_teams.up.sql": "CREATE TABLE teams (id bigint PRIMARY KEY);",
			"2_teams.down.sql": "DROP TABLE teams;"
		}
	}, {
		title: "A file that base has already is no news",
		tool: "golang-migrate",
		base: {
			"1_users.up.sql": "CREATE TABLE users (id bigint PRIMARY KEY);",
			"queries.sql": "SELECT 1;"
		},
		migration: {
			"1_users.up.sql": "CREATE TABLE users (id bigint PRIMARY KEY);",
			"queries.sql": "SELECT 1;",
			"2_teams.up.sql": "CREATE TABLE teams (id bigint PRIMARY KEY);"
		}
	}],
	check: (context) => oddityDraft(context, "never-runs", (name) => `${name} never runs`)
};
// src/rules/history/model-drift.ts
const users$1 = "CREATE TABLE users (id bigint PRIMARY KEY);";
const nick = {
	where: "users",
	says: "Add field nick to user",
	code: "migrations.AddField(\n    model_name='user',\n    name='nick',\n    field=models.TextField(),\n)",
	lacking: true
};
const index = {
	where: "users",
	says: "Drop index users_nick of users",
	code: "op.drop_index('users_nick', table_name='users')",
	lacking: false
};
const history = {
	base: { "1_users.sql": users$1 },
	migration: {
		"1_users.sql": users$1,
		"2_logs.sql": "CREATE TABLE logs (id bigint PRIMARY KEY);"
	}
};
const modelDrift = {
	name: "model-drift",
	about: "history",
	severity: "error",
	summary: "The models in the code are not what the migrations make.",
	why: "Django and Alembic are asked whether the models say what the migrations make (`makemigrations --check`, `alembic check`). Where a model has a column that no migration adds, the code that is deployed asks the database for it and gets an error; and the next person who runs `makemigrations` finds somebody else’s change in their file.\n\nAn error is what the pull request brings: with Django always, with Alembic where the database would lack a table or a column. What only has another form, or what the database has and no model names, is a warning with Alembic, whose comparison is no proof. What base lacks as well is a notice.",
	instead: "Make the migration that is missing (`manage.py makemigrations`, `alembic revision --autogenerate`), read it, and add it to the pull request.",
	sources: ["https://docs.djangoproject.com/en/stable/ref/django-admin/#cmdoption-makemigrations-check", "https://alembic.sqlalchemy.org/en/latest/autogenerate.html#running-alembic-check-to-test-for-new-upgrade-operations"],
	peers: ["manage.py makemigrations --check", "alembic check"],
	bad: [{
		title: "A model got a field and no migration",
		models: {
			fresh: [nick],
			known: []
		},
		...history,
		line: null
	}, {
		title: "The migration makes what no model names, and base lacks one as well",
		models: {
			fresh: [index],
			known: [nick]
		},
		...history,
		line: null
	}],
	good: [{
		title: "The models are what the migrations make",
		models: {
			fresh: [],
			known: []
		},
		...history
	}, {
		title: "Nobody can ask",
		...history
	}],
	check(context) {
		const { models } = context;
		if (models == null) return [];
		const { fresh, known } = models;
		return [...fresh.length === 0 ? [] : [drift(context, fresh, known.length)], ...fresh.length > 0 || known.length === 0 ? [] : [before(context, known)]];
	}
};
/** What the pull request brings. */
function drift({ models, tool }, fresh, others) {
	const lacking = fresh.filter((change) => change.lacking);
	const isProof = models?.needsDatabase !== true;
	const harm = lacking.length > 0 ? "Deployed, the code asks for what the database does not have." : isProof ? "Whoever makes the next migration finds this change in it." : "The database has another form than the models say, or something that none of them names.";
	const unsure = models?.base === null ? " Base could not be asked the same, so that some of it may be older than the pull request." : others > 0 ? ` ${others === 1 ? "One more operation was" : `${others} more were`} missing before.` : "";
	return {
		...place,
		title: `The models are not what the migrations make: ${counted(fresh)}`,
		message: `${tool.title} (${models?.asked}) finds what no migration has: ${listed(fresh)}. ${harm} Make the migration that is missing, read it, and add it.${unsure}`,
		commands: models == null ? [] : [models.makes],
		...isProof || lacking.length > 0 ? {} : { severity: "warning" },
		...detailOf(fresh)
	};
}
/** What was there before. */
function before({ models, tool, baseRef }, known) {
	return {
		...place,
		title: `The models of ${baseRef} are not what its migrations make: ${counted(known)}`,
		message: `${tool.title} (${models?.asked}) finds what no migration has: ${listed(known)}. This pull request does not change it.`,
		severity: "notice",
		...detailOf(known)
	};
}
const place = {
	migration: null,
	file: null,
	line: null,
	endLine: null,
	object: null,
	evidence: null,
	fix: null
};
const counted = (changes) => changes.length === 1 ? "one operation is missing" : `${changes.length} operations are missing`;
function listed(changes) {
	const words = changes.slice(0, 8).map(({ where, says }) => says.includes(where) ? says : `${where}: ${says}`);
	return changes.length > 8 ? `${words.join("; ")}; and ${changes.length - 8} more` : words.join("; ");
}
function detailOf(changes) {
	const text = changes.flatMap(({ code }) => code === "" ? [] : [code]).join("\n");
	return text === "" ? {} : { detail: {
		language: "text",
		text
	} };
}
// src/rules/history/multiple-heads.ts
const revision = (id, down) => `from alembic import op\n\nrevision = "${id}"\ndown_revision = ${down === null ? "None" : `"${down}"`}\n\n\ndef upgrade():\n    pass\n`;
const ini = "[alembic]\nscript_location = migrations\n";
const multipleHeads = {
	name: "multiple-heads",
	about: "history",
	severity: "error",
	summary: "Several migrations are the newest one, and the tool refuses to choose.",
	why: "Alembic and Django order migrations by what each says it comes after. Two pull requests that began at the same one each add a newest migration of their own; git merges them without a conflict, since they are two files, and the next deploy stops: the tool does not guess which comes first.",
	instead: "Let one follow the other (its `down_revision`, its `dependencies`), or make a merge of both: `alembic merge heads`, `manage.py makemigrations --merge`.",
	sources: ["https://alembic.sqlalchemy.org/en/latest/branches.html", "https://docs.djangoproject.com/en/stable/topics/migrations/#version-control"],
	peers: ["django-linear-migrations", "alembic check heads"],
	bad: [{
		title: "Alembic: a second revision after the same one",
		tool: "alembic",
		base: {
			"alembic.ini": ini,
			"a1_one.py": revision("a1", null),
			"b2_two.py": revision("b2", "a1")
		},
		migration: {
			"alembic.ini": ini,
			"a1_one.py": revision("a1", null),
			"b2_two.py": revision("b2", "a1"),
			"c3_other.py": revision("c3", "a1")
		}
	}, {
		title: "Alembic: a revision beside a chain of three",
		tool: "alembic",
		base: {
			"alembic.ini": ini,
			"a1_one.py": revision("a1", null),
			"b2_two.py": revision("b2", "a1"),
			"c3_three.py": revision("c3", "b2")
		},
		migration: {
			"alembic.ini": ini,
			"a1_one.py": revision("a1", null),
			"b2_two.py": revision("b2", "a1"),
			"c3_three.py": revision("c3", "b2"),
			"d4_beside.py": revision("d4", "b2")
		}
	}],
	good: [{
		title: "Alembic: one follows the other",
		tool: "alembic",
		base: {
			"alembic.ini": ini,
			"a1_one.py": revision("a1", null),
			"b2_two.py": revision("b2", "a1")
		},
		migration: {
			"alembic.ini": ini,
			"a1_one.py": revision("a1", null),
			"b2_two.py": revision("b2", "a1"),
			"c3_other.py": revision("c3", "b2")
		}
	}, {
		title: "Alembic: two of the same parent, and a merge of both",
		tool: "alembic",
		base: {
			"alembic.ini": ini,
			"a1_one.py": revision("a1", null),
			"b2_two.py": revision("b2", "a1")
		},
		migration: {
			"alembic.ini": ini,
			"a1_one.py": revision("a1", null),
			"b2_two.py": revision("b2", "a1"),
			"c3_other.py": revision("c3", "a1"),
			"d4_merge.py": revision("d4", "b2").replace("\"b2\"", "(\"b2\", \"c3\")")
		}
	}],
	check(context) {
		const title = (name) => `${name} is one of several newest migrations`;
		const drafts = oddityDraft(context, "multiple-heads", title);
		const fresh = drafts.filter(({ file }) => context.migrations.some((migration) => migration.file === file));
		return fresh.length > 0 ? fresh : drafts;
	}
};
// src/rules/history/out-of-order-migration.ts
const outOfOrderMigration = {
	name: "out-of-order-migration",
	about: "history",
	severity: "error",
	summary: "A new migration sorts before one that base already has.",
	why: `Two branches were open at once, and the one with the newer number was merged first. Databases that follow base have run the newer migration already; a new database runs the older one first. Some tools then never run the late file, some stop, some run it late.

It is a notice where the tool runs it late and both orders end in the same schema.`,
	instead: "Give the new migration a number or time stamp after base’s newest.",
	sources: ["https://documentation.red-gate.com/fd/flyway-out-of-order-setting-277579005.html"],
	peers: ["atlas non-linear (Cloud)", "flyway outOfOrder"],
	bad: [{
		title: "A number below base’s newest, whose order matters",
		base: {
			"1_users.sql": "CREATE TABLE users (id bigint PRIMARY KEY);",
			"3_email.sql": "ALTER TABLE users ADD COLUMN IF NOT EXISTS email text DEFAULT 'new';"
		},
		migration: {
			"1_users.sql": "CREATE TABLE users (id bigint PRIMARY KEY);",
			"2_email.sql": "ALTER TABLE users ADD COLUMN IF NOT EXISTS email text DEFAULT 'old';",
			"3_email.sql": "ALTER TABLE users ADD COLUMN IF NOT EXISTS email text DEFAULT 'new';"
		}
	}, {
		title: "A time stamp before base’s newest, whose order matters",
		base: {
			"20240101000000_users.sql": "CREATE TABLE users (id bigint PRIMARY KEY);",
			"20240301000000_kind.sql": "CREATE TABLE IF NOT EXISTS kinds (id bigint PRIMARY KEY, name text);"
		},
		migration: {
			"20240101000000_users.sql": "CREATE TABLE users (id bigint PRIMARY KEY);",
			"20240201000000_kind.sql": "CREATE TABLE IF NOT EXISTS kinds (id bigint PRIMARY KEY);",
			"20240301000000_kind.sql": "CREATE TABLE IF NOT EXISTS kinds (id bigint PRIMARY KEY, name text);"
		}
	}],
	good: [{
		title: "A number after base’s newest",
		base: { "1_users.sql": "CREATE TABLE users (id bigint PRIMARY KEY);" },
		migration: {
			"1_users.sql": "CREATE TABLE users (id bigint PRIMARY KEY);",
			"2_teams.sql": "CREATE TABLE teams (id bigint PRIMARY KEY);"
		}
	}, {
		title: "Numbers need not follow each other",
		base: { "07_users.sql": "CREATE TABLE users (id bigint PRIMARY KEY);" },
		migration: {
			"07_users.sql": "CREATE TABLE users (id bigint PRIMARY KEY);",
			"12_teams.sql": "CREATE TABLE teams (id bigint PRIMARY KEY);"
		}
	}],
	check: (context) => grouped(context.historyChanges.filter(({ kind }) => kind === "out-of-order"), (some) => late(context, some))
};
function late(context, changes) {
	const [first] = changes;
	const single = changes.length === 1;
	const newest = first?.after ?? "the newest of base";
	const commands = changes.flatMap(({ file }) => moveCommands(context, file));
	const them = single ? "it" : "them";
	const cure = commands.length > 0 ? `Give ${them} a version after ${newest}.` : `Put ${them} behind ${newest}.`;
	const divergence = changes.map((change) => divergenceSentence(context, change)).join("");
	return {
		migration: single ? first?.version ?? null : null,
		file: first?.file ?? null,
		line: 1,
		endLine: 1,
		object: null,
		severity: severityOf$1(context),
		title: single ? `${first?.file} sorts before ${first?.after ?? "a migration"}, which base has already applied` : `${changes.length} migrations sort before ${first?.after ?? "one"}, which base has already applied`,
		message: `${single ? "" : "Of each of them: "}${context.tool.onHistoryChange.outOfOrder.says}${divergence} ${cure}`,
		commands,
		evidence: null,
		fix: null,
		...single ? {} : { detail: {
			language: "text",
			text: fileList(changes.map(({ file }) => file))
		} }
	};
}
function severityOf$1(context) {
	const { does } = context.tool.onHistoryChange.outOfOrder;
	if (does === "refuses" || does === "skips") return "error";
	return diverges(context) && teller(context)?.kind === "out-of-order" ? "error" : "notice";
}
// src/rules/history/renamed-applied-migration.ts
const renamedAppliedMigration = {
	name: "renamed-applied-migration",
	about: "history",
	severity: "error",
	summary: "A migration that base already has got another name.",
	why: "Tools remember what they applied by name or number. Under another name the same statements look new: they run a second time, or the tool stops because the old name is missing.",
	instead: "Keep the name, also when a number is out of style.",
	sources: ["https://documentation.red-gate.com/fd/migrations-184127470.html"],
	peers: ["flyway validate"],
	bad: [{
		title: "The number of an applied migration changes",
		base: { "1_users.sql": "CREATE TABLE IF NOT EXISTS users (id bigint PRIMARY KEY);" },
		migration: { "2_users.sql": "CREATE TABLE IF NOT EXISTS users (id bigint PRIMARY KEY);" },
		line: null
	}, {
		title: "The name of an applied migration changes",
		base: { "1_users.sql": "CREATE TABLE IF NOT EXISTS users (id bigint PRIMARY KEY);" },
		migration: { "1_create_users.sql": "CREATE TABLE IF NOT EXISTS users (id bigint PRIMARY KEY);" },
		line: null
	}],
	good: [{
		title: "Names stay",
		base: { "1_users.sql": "CREATE TABLE users (id bigint PRIMARY KEY);" },
		migration: {
			"1_users.sql": "CREATE TABLE users (id bigint PRIMARY KEY);",
			"2_teams.sql": "CREATE TABLE teams (id bigint PRIMARY KEY);"
		}
	}, {
		title: "A new migration with the contents of an old one is no rename while the old one stays",
		base: { "1_extension.sql": "CREATE SCHEMA IF NOT EXISTS app;" },
		migration: {
			"1_extension.sql": "CREATE SCHEMA IF NOT EXISTS app;",
			"2_extension.sql": "CREATE SCHEMA IF NOT EXISTS app;"
		}
	}],
	check: (context) => grouped(context.historyChanges.filter(({ kind }) => kind === "renamed"), (some) => renamed(context, some))
};
function renamed(context, changes) {
	const [first] = changes;
	const single = changes.length === 1;
	const failed = changes.flatMap(({ file }) => {
		const error = context.migrations.find((migration) => migration.file === file)?.error ?? null;
		return error === null ? [] : [error.message];
	});
	const old = first?.previousFile ?? first?.file ?? "";
	const again = failed[0] === void 0 ? "" : ` On the shadow it failed when it ran again: ${failed[0]}.`;
	const divergence = changes.map((change) => divergenceSentence(context, change)).join("");
	const nothing = runsToNoEffect(context, changes) ? " Tried: it runs a second time without an error and leaves the schema as it is." : "";
	const sameFile = single && first?.file === old;
	const back = sameFile ? "Take the change of its version back." : single ? "Give it its old name back." : "Give them their old names back, and remove the new ones.";
	return {
		migration: single ? first?.version ?? null : null,
		file: first?.file ?? null,
		line: null,
		endLine: null,
		object: null,
		severity: failed.length === 0 ? severityOf(context, changes) : "error",
		title: sameFile ? `${old} was applied, and its version is another one now` : single ? `${old} was applied and is now called ${first?.file}` : `${changes.length} applied migrations have other names`,
		message: `${overlooked(context, changes) ?? reaction(context, changes).says}${again}${nothing}${divergence}${sinceSentence(context, changes)} ${back}`,
		commands: single ? [restoreCommand(context.baseRef, [old]), `git rm -f -- ${word(first?.file ?? "")}`] : [takeBack(context, changes)],
		evidence: null,
		fix: meetingFix(context, changes),
		...single ? {} : { detail: {
			language: "text",
			text: fileList(changes.map(({ file, previousFile }) => `${previousFile} is now ${file}`))
		} }
	};
}
/** A tool that runs the new name did so on the shadow: what it says twice changes nothing, and no rows. */
const runsToNoEffect = (context, changes) => context.tool.onHistoryChange.renamed.does === "runs" && provedEqual(context) && context.schemaChanges.length === 0 && changes.every(({ file, diff }) => {
	const text = context.sources.get(file);
	return diff === "" && text !== void 0 && differInSchemaOnly("", text);
});
/** The strongest word for their places, else what is said of all. */
function reaction({ tool }, changes) {
	const { renamed, outOfOrder } = tool.onHistoryChange;
	for (const { place } of changes) {
		const there = place === void 0 ? null : renamed.at?.(place) ?? null;
		if (there !== null) return there;
	}
	return changes.some(({ after }) => after !== null) && renamed.does === "ignores" && outOfOrder.does === "refuses" ? {
		does: "refuses",
		says: `${renamed.says} ${outOfOrder.says}`
	} : renamed;
}
/** A tool that goes by something else than the name does not notice. */
const severityOf = (context, changes) => (reaction(context, changes).does === "ignores" || overlooked(context, changes) !== null || runsToNoEffect(context, changes)) && !diverges(context) ? "warning" : "error";
/** What the tool does where only the name behind the version is another; null: more is, or that counts too. */
const overlooked = (context, changes) => changes.every(({ sameIdentity }) => sameIdentity === true) ? context.tool.onHistoryChange.renamed.sameVersion ?? null : null;
// src/rules/history/unreleased-migration-changed.ts
const users = "CREATE TABLE users (id bigint PRIMARY KEY);";
const logs = "CREATE TABLE logs (id bigint PRIMARY KEY);";
const unreleasedMigrationChanged = {
	name: "unreleased-migration-changed",
	about: "history",
	severity: "notice",
	summary: "A migration that base has and the newest release lacks was changed.",
	why: "The config says by `applied-ref` that only releases are deployed: what the newest one lacks may still be edited, deleted, renamed or overtaken. Databases that follow the base branch all the same (of developers, of a staging environment) have run the old text and have to be made anew.\n\nFrom that migration on, everything that is not released is run and judged again as this pull request has it.",
	instead: "Nothing, if no database that matters follows the base branch.",
	sources: ["https://atlasgo.io/versioned/lint"],
	peers: ["atlas migrate lint --git-base"],
	bad: [{
		title: "A file that no release has is edited",
		released: { "1_users.sql": users },
		base: {
			"1_users.sql": users,
			"2_logs.sql": logs
		},
		migration: {
			"1_users.sql": users,
			"2_logs.sql": "CREATE TABLE logs (id bigint PRIMARY KEY, at date);"
		}
	}, {
		title: "A file that no release has is deleted",
		released: { "1_users.sql": users },
		base: {
			"1_users.sql": users,
			"2_logs.sql": logs
		},
		migration: { "1_users.sql": users },
		line: null
	}],
	good: [{
		title: "A new file",
		released: { "1_users.sql": users },
		base: { "1_users.sql": users },
		migration: {
			"1_users.sql": users,
			"2_logs.sql": logs
		}
	}, {
		title: "A new file after one that is not released",
		released: {},
		base: { "1_users.sql": users },
		migration: {
			"1_users.sql": users,
			"2_logs.sql": logs
		}
	}],
	check: ({ freed = {
		ref: "",
		changes: []
	} }) => grouped(freed.changes, (some) => told(some, freed.ref))
};
const verbs = {
	deleted: "was deleted",
	renamed: "was renamed",
	"out-of-order": "sorts before a migration of base",
	"duplicate-version": "has the version of a migration of base"
};
function told(changes, ref) {
	const [first] = changes;
	const single = changes.length === 1;
	return {
		migration: single ? first?.version ?? null : null,
		file: first?.file ?? null,
		line: first?.line ?? null,
		endLine: first?.line ?? null,
		object: null,
		title: single ? `${first?.file} ${verbs[first?.kind ?? "edited"] ?? "was changed"}, which no release has` : `${changes.length} migrations were changed that no release has`,
		message: `${ref} lacks ${single ? "it" : "them"} and is what counts as applied (applied-ref). Databases that follow the base branch have run the old text and have to be made anew.`,
		evidence: null,
		fix: null,
		...single && first?.diff ? { detail: {
			language: "diff",
			text: first.diff
		} } : single ? {} : { detail: {
			language: "text",
			text: fileList(changes.map(({ file }) => file))
		} }
	};
}
// src/rules/indexes/concurrently-invalid-index-retry.ts
const concurrentlyInvalidIndexRetry = {
	name: "concurrently-invalid-index-retry",
	about: "statement",
	severity: "notice",
	summary: "CREATE INDEX CONCURRENTLY IF NOT EXISTS takes an INVALID index of a failed try for the real one.",
	why: `A concurrent build that is cancelled, runs into a timeout or finds duplicates leaves an INVALID index of that name behind. The deploy tries again; IF NOT EXISTS finds the name and reports success without building anything. From then on every write maintains an index that no query uses, and nobody knows.

A warning for a unique index: the rows that were there may hold duplicates, and nothing will ever tell.`,
	instead: "`DROP INDEX CONCURRENTLY IF EXISTS` first, which takes away what a failed try has left, then create it without IF NOT EXISTS.",
	sources: ["https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY"],
	peers: ["migrationpilot MP070", "safe-pg-migrations (drops it)"],
	bad: [{
		title: "A plain index",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, email text);",
		migration: "CREATE INDEX CONCURRENTLY IF NOT EXISTS users_email_idx ON users (email);",
		transaction: "none"
	}, {
		title: "In a schema, with names that need quotes",
		base: "CREATE SCHEMA \"App\";\nCREATE TABLE \"App\".\"User\" (id bigint PRIMARY KEY, \"eMail\" text);",
		migration: "-- for the search\nCREATE INDEX CONCURRENTLY IF NOT EXISTS \"User eMail\" ON \"App\".\"User\" (lower(\"eMail\"));",
		transaction: "none",
		line: 2
	}],
	good: [{
		title: "What a failed try has left is dropped first",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, email text);",
		migration: "DROP INDEX CONCURRENTLY IF EXISTS users_email_idx;\nCREATE INDEX CONCURRENTLY IF NOT EXISTS users_email_idx ON users (email);",
		transaction: "none"
	}, {
		title: "Without IF NOT EXISTS",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, email text);",
		migration: "CREATE INDEX CONCURRENTLY users_email_idx ON users (email);",
		transaction: "none"
	}],
	check: (context) => [...statementsOf(context, "IndexStmt")].flatMap((place) => {
		const { node } = place;
		if (node.concurrent !== true || node.if_not_exists !== true || node.idxname === void 0) return [];
		const table = baseRelation(context, place, node.relation, ["table", "materialized-view"]);
		if (table === void 0 || isDroppedBefore(context, place, node.idxname)) return [];
		const again = copy(node);
		delete again.if_not_exists;
		const unique = node.unique === true;
		return [{
			...at(place),
			object: nameOf(table),
			...unique ? { severity: "warning" } : {},
			title: `After a failed build the next try takes INVALID index ${node.idxname} for the real one`,
			message: `A build that is interrupted${unique ? " or finds duplicates" : ""} leaves an INVALID index behind. IF NOT EXISTS then reports success without building it, and ${unique ? "nothing tells that the rows may hold duplicates" : "every write maintains an index that no query uses"}. Drop what a failed try has left, then create it.`,
			evidence: {
				...evidenceOn(place.statement, table),
				scan: true
			},
			fix: recipe(context, [{
				title: "take away what a failed try has left",
				sql: [`DROP INDEX CONCURRENTLY IF EXISTS ${qualified(node.relation?.schemaname, node.idxname)};`],
				outsideTransaction: true
			}, {
				title: "build it",
				sql: [write({ IndexStmt: again })],
				outsideTransaction: true,
				notes: ["That none is left INVALID:", `  SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid AND indrelid = '${qualified(node.relation?.schemaname, node.relation?.relname ?? "").replaceAll("'", "''")}'::regclass;`]
			}], { sameSchema: true })
		}];
	})
};
function isDroppedBefore(context, { migration, statement }, name) {
	for (const earlier of statementsOf(context, "DropStmt")) {
		if (earlier.migration === migration && earlier.statement.index >= statement.index) return false;
		if (earlier.node.removeType !== "OBJECT_INDEX") continue;
		if ((earlier.node.objects ?? []).map((object) => nameParts("List" in object ? object.List.items : [object])).some((each) => each.name === name)) return true;
	}
	return false;
}
// src/rules/indexes/create-index-after-exclusive-lock.ts
const createIndexAfterExclusiveLock = {
	name: "create-index-after-exclusive-lock",
	about: "statement",
	severity: "error",
	summary: "An index is built in a transaction that keeps readers of its table out already.",
	why: "`CREATE INDEX` by itself lets reads go on. But an earlier `ALTER TABLE` of the same table in the same transaction has taken ACCESS EXCLUSIVE, and keeps it until COMMIT: reads and writes wait until the index is built, which on a large table is minutes to hours. ORMs write exactly this when a column and its index are added together.",
	instead: "Leave the index out of this migration, and build it with `CREATE INDEX CONCURRENTLY` in one of its own that runs outside a transaction.",
	sources: ["https://www.postgresql.org/docs/current/explicit-locking.html", "https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY"],
	peers: ["django-migration-linter CREATE_INDEX_EXCLUSIVE", "eugene E4"],
	bad: [{
		title: "A column and its index",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "ALTER TABLE users ADD COLUMN age int;\nCREATE INDEX users_age_idx ON users (age);",
		line: 2
	}, {
		title: "A unique index, with names that need quotes",
		base: "CREATE TABLE \"User\" (id bigint PRIMARY KEY, \"eMail\" text, name varchar(20));",
		migration: "ALTER TABLE \"User\" ALTER name TYPE text;\n\nCREATE UNIQUE INDEX ON \"User\" (lower(\"eMail\"));",
		line: 3
	}],
	good: [{
		title: "The index in a migration of its own",
		base: { "1_base.sql": "CREATE TABLE users (id bigint PRIMARY KEY);" },
		migration: {
			"1_base.sql": "CREATE TABLE users (id bigint PRIMARY KEY);",
			"2_column.sql": "ALTER TABLE users ADD COLUMN age int;",
			"3_index.sql": "CREATE INDEX CONCURRENTLY users_age_idx ON users (age);"
		}
	}, {
		title: "On a table that the migration creates",
		base: "",
		migration: "CREATE TABLE users (id bigint PRIMARY KEY);\nALTER TABLE users ADD COLUMN age int;\nCREATE INDEX users_age_idx ON users (age);"
	}],
	check: (context) => indexBuilds(context).filter(({ kind }) => kind === "after-exclusive-lock").map(({ finding }) => finding)
};
// src/rules/indexes/create-index-blocking.ts
const createIndexBlocking = {
	name: "create-index-blocking",
	about: "statement",
	severity: "error",
	summary: "An index is built on an existing table while writes wait.",
	why: `\`CREATE INDEX\` takes SHARE on the table and keeps it until the index is built: every INSERT, UPDATE and DELETE waits, and on a large table that is minutes to hours. After an \`ALTER TABLE\` of the same table in the same transaction reads wait as well: \`create-index-after-exclusive-lock\`. On a partitioned table it is \`create-index-partitioned-parent\`.

Indexes of tables that the same pull request creates are built on empty tables and are not reported.`,
	instead: "Build it with `CREATE INDEX CONCURRENTLY`, in a migration of its own that runs outside a transaction. An interrupted build leaves an INVALID index behind, which must be dropped before the next try.",
	sources: ["https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY", "https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES"],
	peers: [
		"squawk require-concurrent-index-creation",
		"eugene E6",
		"atlas PG101",
		"strong_migrations add_index",
		"online_migrations add_index",
		"pgfence create-index-not-concurrent",
		"migrationpilot MP001",
		"pgsafe create-index-concurrently"
	],
	bad: [
		{
			title: "A plain index on a table that base has",
			base: "CREATE TABLE users (id bigint PRIMARY KEY, email text);",
			migration: "CREATE INDEX users_email_idx ON users (email);"
		},
		{
			title: "A unique index with a quoted name, on an expression",
			base: "CREATE SCHEMA \"App\";\nCREATE TABLE \"App\".\"User\" (id bigint PRIMARY KEY, \"eMail\" text);",
			migration: "CREATE UNIQUE INDEX \"User eMail\" ON \"App\".\"User\" (lower(\"eMail\")) WHERE \"eMail\" IS NOT NULL;"
		},
		{
			title: "Hidden in a DO block",
			base: "CREATE TABLE users (id bigint PRIMARY KEY, email text);",
			migration: "DO $$\nBEGIN\n  CREATE INDEX users_email_idx ON users (email);\nEND $$;"
		}
	],
	good: [{
		title: "Concurrently, outside a transaction",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, email text);",
		migration: "CREATE INDEX CONCURRENTLY users_email_idx ON users (email);",
		transaction: "none"
	}, {
		title: "On a table that the migration creates",
		base: "",
		migration: "CREATE TABLE users (id bigint PRIMARY KEY, email text);\nCREATE INDEX users_email_idx ON users (email);"
	}],
	check: (context) => indexBuilds(context).filter(({ kind }) => kind === "plain").map(({ finding }) => finding)
};
// src/rules/dropped.ts
/** DROP statements of one kind of relation. */
function dropped(context, type) {
	return [...places(context)].flatMap((place) => {
		const { node } = place.statement;
		if (node === null || !("DropStmt" in node) || node.DropStmt.removeType !== type) return [];
		const relations = (node.DropStmt.objects ?? []).flatMap((object) => {
			const parts = ("List" in object ? object.List.items ?? [] : []).flatMap((item) => "String" in item ? [item.String.sval ?? ""] : []);
			const [name, schema] = [parts.at(-1) ?? "", parts.at(-2)];
			const base = context.resolve(schema, name, place.statement);
			return base === void 0 ? [] : [{
				base,
				written: {
					schema,
					name
				}
			}];
		});
		return [{
			place,
			node: node.DropStmt,
			relations
		}];
	});
}
// src/rules/indexes/drop-index-blocking.ts
const dropIndexBlocking = {
	name: "drop-index-blocking",
	about: "statement",
	severity: "notice",
	summary: "An index of an existing table is dropped under ACCESS EXCLUSIVE.",
	why: "`DROP INDEX` takes ACCESS EXCLUSIVE on the index and on its table. It is brief by itself, but it waits for the longest running query, and every later query of the table waits behind it. That is advice, and none where a lock_timeout ends the waiting.",
	instead: "`DROP INDEX CONCURRENTLY` outside a transaction. The index of a constraint goes with `ALTER TABLE … DROP CONSTRAINT`.",
	sources: ["https://www.postgresql.org/docs/current/sql-dropindex.html"],
	peers: [
		"squawk require-concurrent-index-deletion",
		"atlas PG102",
		"strong_migrations remove_index",
		"online_migrations remove_index",
		"pgfence drop-index-not-concurrent",
		"migrationpilot MP009",
		"pgsafe drop-index-concurrently"
	],
	bad: [{
		title: "An index that base has",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, email text);\nCREATE INDEX users_email_idx ON users (email);",
		migration: "DROP INDEX users_email_idx;"
	}, {
		title: "Two at once, with IF EXISTS",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, email text, name text);\nCREATE INDEX users_email_idx ON users (email);\nCREATE INDEX \"users_Name\" ON users (name);",
		migration: "DROP INDEX IF EXISTS users_email_idx, public.\"users_Name\";"
	}],
	good: [
		{
			title: "Concurrently",
			base: "CREATE TABLE users (id bigint PRIMARY KEY, email text);\nCREATE INDEX users_email_idx ON users (email);",
			migration: "DROP INDEX CONCURRENTLY users_email_idx;",
			transaction: "none"
		},
		{
			title: "The waiting ends with a lock_timeout",
			base: "CREATE TABLE users (id bigint PRIMARY KEY, email text);\nCREATE INDEX users_email_idx ON users (email);",
			migration: "SET LOCAL lock_timeout = '2s';\nDROP INDEX users_email_idx;"
		},
		{
			title: "An index of a table that the migration creates",
			base: "",
			migration: "CREATE TABLE users (id bigint, email text);\nCREATE INDEX users_email_idx ON users (email);\nDROP INDEX users_email_idx;"
		}
	],
	check: (context) => dropped(context, "OBJECT_INDEX").flatMap(({ place, node, relations }) => {
		if (node.concurrent === true || relations.length === 0 || place.statement.timeouts.lockMs > 0) return [];
		const indexes = relations.map(({ base }) => base);
		const tableOid = indexes[0]?.tableOid ?? null;
		const table = place.statement.locks.find((lock) => lock.oid === tableOid);
		const evidence = table === void 0 ? null : evidenceOn(place.statement, {
			...table,
			tableOid: null
		});
		const object = table === void 0 ? nameOf(indexes[0]) : nameOf(table);
		return {
			...at(place),
			object,
			title: `Dropping index ${indexes.map(({ relation }) => relation).join(", ")} locks ${object} against reads and writes`,
			message: `DROP INDEX needs ACCESS EXCLUSIVE on ${object}: it waits for the longest running query, and every read and write of the table waits behind it. Drop it with CONCURRENTLY, outside a transaction.`,
			evidence: evidence === null ? null : {
				...evidence,
				scan: false
			},
			fix: recipe(context, relations.map(({ written }) => ({
				title: "drop it while reads and writes go on",
				sql: [`DROP INDEX CONCURRENTLY ${node.missing_ok === true ? "IF EXISTS " : ""}${qualified(written.schema, written.name)};`],
				outsideTransaction: true
			})), { sameSchema: true })
		};
	})
};
// src/rules/indexes/index-unnamed.ts
const indexUnnamed = {
	name: "index-unnamed",
	about: "statement",
	severity: "notice",
	byDefault: "off",
	summary: "CREATE INDEX gives the index no name.",
	why: "Postgres makes up a name from the table and the columns, and adds a number where that is taken: it may be another one in another environment, and a later `DROP INDEX` that names it fails there.",
	instead: "CREATE INDEX with a name.",
	sources: ["https://www.postgresql.org/docs/current/sql-createindex.html"],
	peers: [
		"migrationpilot MP042",
		"pgrubic NM008",
		"diesel-guard UnnamedIndex"
	],
	bad: [{
		title: "On an existing table",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, email text);",
		migration: "CREATE INDEX CONCURRENTLY ON users (email);",
		transaction: "none"
	}, {
		title: "On a new one, with names that need quotes",
		base: "",
		migration: "CREATE TABLE \"User\" (id bigint PRIMARY KEY, \"eMail\" text);\nCREATE UNIQUE INDEX ON \"User\" (lower(\"eMail\"));",
		line: 2
	}],
	good: [{
		title: "With a name",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, email text);",
		migration: "CREATE INDEX CONCURRENTLY users_email_idx ON users (email);",
		transaction: "none"
	}, {
		title: "The index of a constraint has its name",
		base: "",
		migration: "CREATE TABLE users (id bigint PRIMARY KEY, email text CONSTRAINT one_email UNIQUE);"
	}],
	check: (context) => [...statementsOf(context, "IndexStmt")].flatMap((place) => {
		const { node } = place;
		if (node.idxname !== void 0) return [];
		const table = {
			schema: node.relation?.schemaname,
			name: node.relation?.relname ?? ""
		};
		const names = candidates(table, place);
		const [only, ...others] = (context.after?.objects ?? []).filter(({ type, container, identity }) => type === "index" && names.includes(container) && context.before?.byIdentity(identity) === void 0);
		return [{
			...at(place),
			object: names[0] ?? table.name,
			title: `An index of ${table.name} without a name`,
			message: "Postgres makes up a name that may be another one elsewhere. Give it one, so that a later migration can name it.",
			evidence: null,
			fix: only === void 0 || others.length > 0 ? null : recipe(context, [{
				title: "with the name that Postgres gave it here",
				sql: [write({ IndexStmt: {
					...node,
					idxname: only.local
				} })],
				outsideTransaction: node.concurrent === true
			}], { sameSchema: true })
		}];
	})
};
// src/rules/indexes/added-indexes.ts
/** New indexes of base's tables, those of partitions left out: they come with the parent's. */
function indexesAdded(context) {
	const { before, after } = context;
	if (before === null || after === null) return [];
	return [...new Set(after.objects.filter(({ type, identity }) => type === "index" || type === "constraint" ? before.byIdentity(identity) === void 0 : false).map(({ containerIdentity }) => containerIdentity))].filter((table) => before.byIdentity(table) !== void 0).flatMap((table) => {
		const all = indexesOf(after, table);
		return all.filter(({ object }) => object.inheritedFrom === null && isNew(context, object.identity, object.facts.index)).map((index) => ({
			index,
			all,
			place: madeBy(context, index)
		}));
	});
}
/** A constraint that took over an index which base had makes no new one. */
const isNew = ({ before }, identity, indexIdentity) => before?.byIdentity(identity) === void 0 && (typeof indexIdentity !== "string" || before?.byIdentity(indexIdentity) === void 0);
/** The server names each index that it builds; one that it builds on nothing stands in its statement. */
function madeBy(context, { object }) {
	return [...completed(context)].find(({ statement }) => {
		return (statement.node !== null && "IndexStmt" in statement.node ? statement.node.IndexStmt : void 0)?.idxname === object.local || builtIndexes(statement).some(({ index }) => index === object.local);
	});
}
// src/rules/indexes/redundant-index.ts
const redundantIndex = {
	name: "redundant-index",
	about: "statement",
	severity: "notice",
	summary: "A new index begins with the same columns as another index of the table.",
	why: "An index on (a, b) serves every query that an index on (a) serves. The second one costs time on every write, disk and cache, keeps HOT updates away, and gives nothing back.",
	instead: "Leave the shorter index out; or, where the new one is the longer, drop the old one with `DROP INDEX CONCURRENTLY` when the new one is there. Indexes that are unique, partial, of another method or of another order are not taken for the same.",
	sources: ["https://www.postgresql.org/docs/current/indexes-multicolumn.html"],
	peers: ["migrationpilot MP100", "pgrubic GN025"],
	bad: [
		{
			title: "The primary key begins with the column",
			base: "CREATE TABLE members (team_id bigint, user_id bigint, PRIMARY KEY (team_id, user_id));",
			migration: "CREATE INDEX CONCURRENTLY members_team_id_idx ON members (team_id);",
			transaction: "none"
		},
		{
			title: "The new one makes an old one needless, with names that need quotes",
			base: "CREATE TABLE \"User\" (id bigint PRIMARY KEY, \"eMail\" text, name text);\nCREATE INDEX \"by eMail\" ON \"User\" (\"eMail\");",
			migration: "-- for the list\nCREATE INDEX CONCURRENTLY \"by eMail and name\" ON \"User\" (\"eMail\", name);",
			transaction: "none",
			line: 2
		},
		{
			title: "The same once more",
			base: "CREATE TABLE users (id bigint PRIMARY KEY, email text);\nCREATE INDEX ON users (lower(email)) WHERE id > 5;",
			migration: "CREATE INDEX CONCURRENTLY again ON users (lower(email)) WHERE id > 5;",
			transaction: "none"
		}
	],
	good: [
		{
			title: "Another first column",
			base: "CREATE TABLE members (team_id bigint, user_id bigint, PRIMARY KEY (team_id, user_id));",
			migration: "CREATE INDEX CONCURRENTLY members_user_id_idx ON members (user_id);",
			transaction: "none"
		},
		{
			title: "Another order, another operator class, other rows",
			base: "CREATE TABLE users (id bigint PRIMARY KEY, email text, name text);\nCREATE INDEX ON users (email, name);",
			migration: "CREATE INDEX CONCURRENTLY a ON users (email DESC);\nCREATE INDEX CONCURRENTLY b ON users (email text_pattern_ops);\nCREATE INDEX CONCURRENTLY c ON users (email) WHERE name IS NULL;",
			transaction: "none"
		},
		{
			title: "The old one is dropped by the same pull request",
			base: "CREATE TABLE users (id bigint PRIMARY KEY, email text, name text);\nCREATE INDEX by_email ON users (email);",
			migration: "CREATE INDEX CONCURRENTLY by_email_and_name ON users (email, name);\nDROP INDEX CONCURRENTLY by_email;",
			transaction: "none"
		}
	],
	check: (context) => {
		const told = /* @__PURE__ */ new Set();
		return indexesAdded(context).flatMap((added) => {
			const { index, all, place } = added;
			const other = all.find((each) => isServedBy(added, each));
			const needless = all.find((each) => each.object.type === "index" && context.before?.byIdentity(each.object.identity) !== void 0 && serves(index, each));
			const [shorter, longer] = other !== void 0 ? [index, other] : [needless, index];
			if (shorter === void 0 || told.has(shorter.object.identity)) return [];
			told.add(shorter.object.identity);
			const isNew = shorter === index;
			return [{
				...placed(place),
				object: index.object.container,
				title: isNew ? `Index ${shorter.object.local} does nothing that ${longer.object.local} does not` : `With ${longer.object.local} the index ${shorter.object.local} is needless`,
				message: `${longer.object.local} of ${index.object.container} begins with the same columns and serves the same queries, and every write maintains both. ${isNew ? "Leave the new one out." : "Drop the old one with DROP INDEX CONCURRENTLY when the new one is there, unless it is kept for its size."}`,
				evidence: null,
				fix: null
			}];
		});
	}
};
/** Of two new ones that are the same the later one is to be left out. */
function isServedBy({ index, all }, other) {
	if (!serves(other, index)) return false;
	return !(serves(index, other) && all.indexOf(other) > all.indexOf(index) && isFresh(other));
}
const isFresh = ({ object }) => object.type === "index";
/** Can `longer` do all that `shorter` does? */
function serves(longer, shorter) {
	if (longer === shorter || longer.object.identity === shorter.object.identity) return false;
	if (!longer.valid || !shorter.valid || longer.method !== "btree" || shorter.method !== "btree") return false;
	if (longer.predicate !== shorter.predicate) return false;
	if (shorter.unique && !(longer.unique && longer.keys.length === shorter.keys.length)) return false;
	if (shorter.object.facts.replicaIdentity === true || shorter.object.facts.clustered === true) return false;
	const begins = shorter.keys.every((key, at) => longer.keys[at] === key);
	const has = [...longer.columns, ...longer.including];
	return begins && shorter.including.every((column) => has.includes(column));
}
// src/rules/indexes/reindex-blocking.ts
const reindexBlocking = {
	name: "reindex-blocking",
	about: "statement",
	severity: "error",
	summary: "An existing index is rebuilt while writes wait.",
	why: "`REINDEX` takes SHARE on the table and ACCESS EXCLUSIVE on the index until it is rebuilt: writes wait, and so does every read that would use the index.",
	instead: "`REINDEX … CONCURRENTLY`, outside a transaction.",
	sources: ["https://www.postgresql.org/docs/current/sql-reindex.html#SQL-REINDEX-CONCURRENTLY"],
	peers: [
		"squawk require-concurrent-reindex",
		"pgfence reindex-non-concurrent",
		"migrationpilot MP021",
		"pgsafe reindex-concurrently"
	],
	bad: [{
		title: "One index",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, email text);\nCREATE INDEX users_email_idx ON users (email);",
		migration: "REINDEX INDEX users_email_idx;"
	}, {
		title: "All indexes of a table",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, email text);\nCREATE INDEX users_email_idx ON users (email);",
		migration: "REINDEX (VERBOSE) TABLE users;"
	}],
	good: [{
		title: "Concurrently",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, email text);\nCREATE INDEX users_email_idx ON users (email);",
		migration: "REINDEX INDEX CONCURRENTLY users_email_idx;",
		transaction: "none"
	}, {
		title: "Of a table that the migration creates",
		base: "",
		migration: "CREATE TABLE users (id bigint PRIMARY KEY);\nREINDEX TABLE users;"
	}],
	check: (context) => [...places(context)].flatMap((place) => {
		const { statement } = place;
		if (statement.node === null || !("ReindexStmt" in statement.node)) return [];
		const reindex = statement.node.ReindexStmt;
		const lock = statement.locks.find((each) => each.kind !== "index" && each.new && blocks(each.mode).includes("writes"));
		if (lock === void 0 || isConcurrent(reindex)) return [];
		const table = {
			...lock,
			tableOid: null
		};
		const evidence = {
			...evidenceOn(statement, table),
			scan: true
		};
		return [{
			...at(place),
			object: nameOf(table),
			title: `REINDEX ${blocksWhom(evidence, nameOf(table))}`,
			message: `${whoWaits(statement, table, evidence, "it rebuilds the index")} Reads that would use the index wait as well. Use REINDEX CONCURRENTLY, outside a transaction.`,
			evidence,
			fix: recipe(context, [{
				title: "rebuild while reads and writes go on",
				sql: [concurrently(reindex)],
				outsideTransaction: true
			}], { sameSchema: true }),
			explains: everythingOf(statement)
		}];
	})
};
const isConcurrent = ({ params }) => (params ?? []).some((option) => "DefElem" in option && option.DefElem.defname === "concurrently");
function concurrently(reindex) {
	const changed = copy(reindex);
	changed.params = [...changed.params ?? [], { DefElem: {
		defname: "concurrently",
		defaction: "DEFELEM_UNSPEC"
	} }];
	return write({ ReindexStmt: changed })?.replace(/^REINDEX \((.*?)(?:, )?CONCURRENTLY\) (\w+)/i, (_, options, kind) => [
		"REINDEX",
		...options === "" ? [] : [`(${options})`],
		kind,
		"CONCURRENTLY"
	].join(" ")) ?? null;
}
// src/rules/indexes/replace-index-drop-first.ts
const replaceIndexDropFirst = {
	name: "replace-index-drop-first",
	about: "statement",
	severity: "warning",
	summary: "An index is dropped before the one that takes its place is built.",
	why: "Between the two no index serves the queries of the version that is running: each of them reads the whole table, for as long as the build takes, and many of them at once can bring the server down. The build itself is slowed down by them.",
	instead: "Build the new index first, under a name of its own, then drop the old one; `ALTER INDEX … RENAME` gives it the old name, if that matters. Within one transaction nobody sees the gap, and nothing is reported.",
	sources: ["https://www.postgresql.org/docs/current/sql-reindex.html#SQL-REINDEX-CONCURRENTLY"],
	peers: ["online_migrations replace_index"],
	bad: [{
		title: "Dropped, then built with one column more",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, email text, name text);\nCREATE INDEX users_email_idx ON users (email);",
		migration: "DROP INDEX CONCURRENTLY users_email_idx;\nCREATE INDEX CONCURRENTLY users_email_name_idx ON users (email, name);",
		transaction: "none"
	}, {
		title: "Under the same name, in two files, with names that need quotes",
		base: { "1_base.sql": "CREATE TABLE \"User\" (id bigint PRIMARY KEY, \"eMail\" text);\nCREATE INDEX \"by eMail\" ON \"User\" (\"eMail\");" },
		migration: {
			"1_base.sql": "CREATE TABLE \"User\" (id bigint PRIMARY KEY, \"eMail\" text);\nCREATE INDEX \"by eMail\" ON \"User\" (\"eMail\");",
			"2_drop.sql": "-- smaller\nDROP INDEX CONCURRENTLY \"by eMail\";",
			"3_make.sql": "CREATE INDEX CONCURRENTLY \"by eMail\" ON \"User\" (\"eMail\") WHERE \"eMail\" IS NOT NULL;"
		},
		line: 2
	}],
	good: [
		{
			title: "The new one first",
			base: "CREATE TABLE users (id bigint PRIMARY KEY, email text, name text);\nCREATE INDEX users_email_idx ON users (email);",
			migration: "CREATE INDEX CONCURRENTLY users_email_name_idx ON users (email, name);\nDROP INDEX CONCURRENTLY users_email_idx;",
			transaction: "none"
		},
		{
			title: "Other columns",
			base: "CREATE TABLE users (id bigint PRIMARY KEY, email text, name text);\nCREATE INDEX users_email_idx ON users (email);",
			migration: "DROP INDEX CONCURRENTLY users_email_idx;\nCREATE INDEX CONCURRENTLY users_name_idx ON users (name);",
			transaction: "none"
		},
		{
			title: "Another index serves in between",
			base: "CREATE TABLE users (id bigint PRIMARY KEY, email text, name text);\nCREATE INDEX users_email_idx ON users (email);\nCREATE INDEX users_email_id_idx ON users (email, id);",
			migration: "DROP INDEX CONCURRENTLY users_email_idx;\nCREATE INDEX CONCURRENTLY users_email_name_idx ON users (email, name, id);",
			transaction: "none"
		}
	],
	check: (context) => dropped(context, "OBJECT_INDEX").flatMap(({ place, relations }) => relations.flatMap(({ base }) => {
		const object = context.before?.byIdentity(`pg_class:${base.oid}`);
		const old = object?.type === "index" ? fromIndex(object) : null;
		if (old === null || !old.valid || isServed(context, old)) return [];
		const next = indexesAdded(context).find((added) => takesPlace(context, old, added, place));
		if (next === void 0) return [];
		const table = old.object.container;
		return [{
			...at(place),
			object: table,
			title: `Without index ${base.relation} queries read all of ${table} until ${next.index.object.local} is built`,
			message: `${nameOf(base)} is gone before the index that takes its place is there, in line ${next.place?.statement.line} of ${next.place?.migration.file}; in between each query that used it reads the whole table. Build the new one first, then drop the old one.`,
			evidence: null,
			fix: fixFor(context, place, old, next)
		}];
	}))
};
/** A later statement, which others can see the gap before, builds one with the same leading column. */
function takesPlace(context, old, { index, place }, drop) {
	if (place === void 0 || index.object.containerIdentity !== old.object.containerIdentity) return false;
	const shorter = Math.min(old.keys.length, index.keys.length);
	if (!old.keys.slice(0, shorter).every((key, at) => index.keys[at] === key)) return false;
	if (place.migration === drop.migration) {
		const together = place.statement.inTransaction && drop.statement.inTransaction;
		return place.statement.index > drop.statement.index && !together;
	}
	return context.migrations.indexOf(place.migration) > context.migrations.indexOf(drop.migration);
}
/** An index of base that stays and can do the same. */
const isServed = (context, old) => indexesOf(context.before, old.object.containerIdentity).some(({ object, keys, valid, predicate }) => object.identity !== old.object.identity && context.after?.byIdentity(object.identity) !== void 0 && valid && (predicate === null || predicate === old.predicate) && old.keys.every((key, at) => keys[at] === key));
/** Where both have names of their own the drop only has to wait. */
function fixFor(context, drop, old, next) {
	if (old.object.local === next.index.object.local) return null;
	return recipe(context, [{
		title: `leave it out here; when ${next.index.object.local} is there`,
		sql: [`${drop.statement.sql};`],
		outsideTransaction: true
	}], { sameSchema: true });
}
// src/rules/indexes/wide-index.ts
/** Key columns beyond which the later ones rarely narrow a search. */
const most$1 = 3;
const wideIndex = {
	name: "wide-index",
	about: "statement",
	severity: "notice",
	byDefault: "off",
	summary: "A new index that is not unique has more than three key columns.",
	why: "A multicolumn index narrows a search by its leading columns; the fourth rarely changes much, while every key column makes the index larger, each write slower, and HOT updates rarer, since a change of any of them touches the index. Whether it pays only the queries can tell, so that the rule is off by default.",
	instead: "The two or three columns that narrow the search most; columns that are only returned belong into `INCLUDE`.",
	sources: ["https://www.postgresql.org/docs/current/indexes-multicolumn.html"],
	peers: [
		"strong_migrations add_index_columns",
		"pgrubic GN005",
		"diesel-guard WideIndex",
		"excellent_migrations many_columns_index"
	],
	bad: [{
		title: "Four columns",
		base: "CREATE TABLE t (a int, b int, c int, d int);",
		migration: "CREATE INDEX CONCURRENTLY t_idx ON t (a, b, c, d);",
		transaction: "none"
	}, {
		title: "Expressions count too",
		base: "CREATE TABLE \"T\" (a text, b int, c int, d int);",
		migration: "SELECT 1;\nCREATE INDEX CONCURRENTLY ON \"T\" (lower(a), b, c, (d + 1));",
		transaction: "none",
		line: 2
	}],
	good: [{
		title: "Three columns, others only returned",
		base: "CREATE TABLE t (a int, b int, c int, d int);",
		migration: "CREATE INDEX CONCURRENTLY t_idx ON t (a, b, c) INCLUDE (d);",
		transaction: "none"
	}, {
		title: "On a table that the migration creates",
		base: "",
		migration: "CREATE TABLE t (a int, b int, c int, d int);\nCREATE INDEX t_idx ON t (a, b, c, d);"
	}],
	check: (context) => indexesAdded(context).filter(({ index }) => index.object.type === "index" && !index.unique && index.keys.length > most$1).map(({ index: { object, keys }, place }) => ({
		...placed(place),
		object: object.container,
		title: `Index ${object.local} of ${object.container} has ${keys.length} key columns`,
		message: "The later columns rarely narrow a search, and each of them makes the index larger and writes slower. See with EXPLAIN whether the first ones alone do as well.",
		evidence: null,
		fix: null
	}))
};
// src/rules/partitions/bounds.ts
/**
* The condition that a partition's bounds put on its rows, as SQL that Postgres recognises as a proof. Null for
* what needs more than one plain column (`RANGE (a, b)`, expressions), for HASH and for DEFAULT.
*
* @param key `RANGE (created_at)`, as pg_get_partkeydef writes it
*/
function boundCondition(key, bound) {
	const column = onlyColumn(key);
	if (column === null || bound.is_default === true) return null;
	const name = identifier(column);
	if (bound.strategy === "l") return listCondition(name, bound.listdatums ?? []);
	if (bound.strategy !== "r") return null;
	const [lower, upper] = [bound.lowerdatums?.[0], bound.upperdatums?.[0]];
	if (lower === void 0 || upper === void 0) return null;
	const parts = [`${name} IS NOT NULL`];
	for (const [operator, value] of [[">=", lower], ["<", upper]]) {
		if (isUnbounded(value)) continue;
		const written = writeExpression(value);
		if (written === null) return null;
		parts.push(`${name} ${operator} ${written}`);
	}
	return parts.join(" AND ");
}
function listCondition(name, values) {
	const isNull = (value) => "A_Const" in value && value.A_Const.isnull === true;
	const written = values.filter((value) => !isNull(value)).map(writeExpression);
	if (written.includes(null)) return null;
	const among = `${name} IN (${written.join(", ")})`;
	if (!values.some(isNull)) return `${name} IS NOT NULL AND ${among}`;
	return written.length === 0 ? `${name} IS NULL` : `${name} IS NULL OR ${among}`;
}
/** MINVALUE and MAXVALUE come from the grammar as if they were columns. */
const isUnbounded = (value) => {
	if (!("ColumnRef" in value)) return false;
	const [field] = value.ColumnRef.fields ?? [];
	return field !== void 0 && "String" in field && /^(?:minvalue|maxvalue)$/i.test(field.String.sval ?? "");
};
function onlyColumn(key) {
	const node = parseFile(`CREATE TABLE t () PARTITION BY ${key}`).statements[0]?.node;
	if (node === void 0 || !("CreateStmt" in node)) return null;
	const [first, ...more] = node.CreateStmt.partspec?.partParams ?? [];
	if (first === void 0 || more.length > 0 || !("PartitionElem" in first)) return null;
	return first.PartitionElem.name ?? null;
}
// src/rules/partitions/partitioned.ts
/** The partitioned table that a statement names, as base or the pull request has it. */
function partitionedTable(context, place, relation) {
	const names = candidates({
		schema: relation?.schemaname,
		name: relation?.relname ?? ""
	}, place);
	for (const catalog of [context.before, context.after]) for (const name of names) {
		const found = catalog?.byName("table", name);
		if (found?.facts.partitioned === true) return found;
	}
}
/** Name of base's DEFAULT partition of a table. */
const defaultPartition = (context, parent) => context.before?.objects.find(({ type, facts }) => type === "table" && facts.partitionOf === parent && facts.partitionBound === "DEFAULT");
/**
* Steps that prove by CHECK constraints what the statement would read rows for, around the statement itself. Null
* where the bounds cannot be written as a condition.
*/
function provenSteps(key, bound, proofs, statement) {
	if (typeof key !== "string" || bound === void 0 || proofs.length === 0) return null;
	const condition = boundCondition(key, bound);
	if (condition === null) return null;
	const checks = proofs.map(({ table, holds }) => {
		const sql = `ALTER TABLE ${qualified(table.schema, table.relation)}`;
		const name = identifier(defaultName(table.relation, "bounds", "check"));
		return {
			add: `${sql} ADD CONSTRAINT ${name} CHECK (${holds === "bounds" ? condition : `NOT (${condition})`}) NOT VALID;`,
			validate: `${sql} VALIDATE CONSTRAINT ${name};`,
			drop: `${sql} DROP CONSTRAINT ${name};`
		};
	});
	return [
		{
			title: "say what the rows must be, without reading them",
			sql: checks.map(({ add }) => add)
		},
		{
			title: "read the rows while reads and writes go on",
			sql: checks.map(({ validate }) => validate)
		},
		{
			title: "the constraints prove the bounds now, so that no row is read; then they have served",
			sql: [`${statement};`, ...checks.map(({ drop }) => drop)]
		}
	];
}
const sentenceName = ({ table, holds }) => holds === "bounds" ? nameOf(table) : `the DEFAULT partition ${nameOf(table)}`;
// src/rules/partitions/attach-partition.ts
const attachPartition = {
	name: "attach-partition",
	about: "statement",
	severity: "error",
	summary: "ATTACH PARTITION reads every row of an existing table under ACCESS EXCLUSIVE.",
	why: "Postgres must know that every row of the new partition fits its bounds, and that no row of the DEFAULT partition belongs there. Without a constraint that proves it, both are read from end to end under ACCESS EXCLUSIVE: all reads and writes of them wait. The partitioned table itself is only locked weakly (SHARE UPDATE EXCLUSIVE).",
	instead: "Give the table a `CHECK` with the bounds (and `IS NOT NULL`) first, `NOT VALID`, and validate it in a migration of its own: the server then says “implied by existing constraints” and reads nothing. The same, negated, for the DEFAULT partition.",
	sources: ["https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ATTACH-PARTITION", "https://www.postgresql.org/docs/current/ddl-partitioning.html#DDL-PARTITIONING-DECLARATIVE-MAINTENANCE"],
	peers: [
		"pgfence attach-partition",
		"migrationpilot MP072, MP094",
		"pgsafe attach-partition",
		"postgres-language-server avoidAttachingPartition"
	],
	bad: [
		{
			title: "A table without a CHECK",
			base: "CREATE TABLE events (at date NOT NULL) PARTITION BY RANGE (at);\nCREATE TABLE events_2026 (at date NOT NULL);",
			migration: "ALTER TABLE events ATTACH PARTITION events_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');"
		},
		{
			title: "The table is proved, the DEFAULT partition is not; names that need quotes",
			base: `CREATE TABLE "Event" ("Kind" text) PARTITION BY LIST ("Kind");
CREATE TABLE "Event rest" PARTITION OF "Event" DEFAULT;
CREATE TABLE "Event a" ("Kind" text, CHECK ("Kind" IS NOT NULL AND "Kind" IN ('a', 'b')));`,
			migration: `SELECT 1;\nALTER TABLE "Event" ATTACH PARTITION "Event a" FOR VALUES IN ('a', 'b');`,
			line: 2
		},
		{
			title: "Neither is, and one side is open",
			base: `CREATE TABLE m (id bigint) PARTITION BY RANGE (id);
CREATE TABLE m_rest PARTITION OF m DEFAULT;
CREATE TABLE m_old (id bigint);`,
			migration: "ALTER TABLE m ATTACH PARTITION m_old FOR VALUES FROM (MINVALUE) TO (1000);"
		}
	],
	good: [{
		title: "A CHECK proves the bounds",
		base: "CREATE TABLE events (at date NOT NULL) PARTITION BY RANGE (at);\nCREATE TABLE events_2026 (at date NOT NULL, CHECK (at >= '2026-01-01' AND at < '2027-01-01'));",
		migration: "ALTER TABLE events ATTACH PARTITION events_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');"
	}, {
		title: "A table that the migration creates",
		base: "CREATE TABLE events (at date NOT NULL) PARTITION BY RANGE (at);",
		migration: "CREATE TABLE events_2026 (at date NOT NULL);\nALTER TABLE events ATTACH PARTITION events_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');"
	}],
	check: (context) => [...completed(context)].flatMap((place) => attached(place).flatMap((command) => {
		const scanned = place.statement.scans.flatMap((name) => {
			const lock = place.statement.locks.find((each) => nameOf(each) === name && each.mode === "AccessExclusiveLock");
			return lock === void 0 ? [] : [{
				...lock,
				tableOid: null
			}];
		});
		if (scanned.length === 0) return [];
		const own = context.resolve(command.name?.schemaname, command.name?.relname ?? "", place.statement);
		return [draft$5(context, place, command, scanned.map((table) => ({
			table,
			holds: table.oid === own?.oid ? "bounds" : "none of the bounds"
		})))];
	}))
};
function attached({ statement }) {
	const { node } = statement;
	if (node === null || !("AlterTableStmt" in node)) return [];
	return (node.AlterTableStmt.cmds ?? []).flatMap((each) => {
		if (!("AlterTableCmd" in each) || each.AlterTableCmd.subtype !== "AT_AttachPartition") return [];
		const { def } = each.AlterTableCmd;
		return def !== void 0 && "PartitionCmd" in def ? [def.PartitionCmd] : [];
	});
}
function draft$5(context, place, { bound }, proofs) {
	const { statement } = place;
	const { node } = statement;
	const [first] = proofs;
	if (first === void 0) throw new Error("a table was scanned");
	const parent = node !== null && "AlterTableStmt" in node ? partitionedTable(context, place, node.AlterTableStmt.relation) : void 0;
	const evidence = {
		...evidenceOn(statement, first.table),
		scan: true,
		rewrite: false
	};
	const steps = provenSteps(parent?.facts.partitionKey, bound, proofs, statement.sql);
	const both = listed$1(proofs.map(sentenceName));
	return {
		...at(place),
		object: nameOf(first.table),
		title: `ATTACH PARTITION reads every row of ${both} and ${blocksWhom(evidence, "it")}`,
		message: `${whoWaits(statement, first.table, evidence, `every row of ${both} is read`)} A validated CHECK that proves the bounds spares the reading.`,
		evidence,
		fix: steps === null ? null : recipe(context, steps, { sameSchema: true }),
		explains: statement.scans
	};
}
// src/rules/partitions/create-partition-of.ts
const createPartitionOf = {
	name: "create-partition-of",
	about: "statement",
	severity: "error",
	summary: "A new partition makes Postgres read the whole DEFAULT partition while nobody can use the table.",
	why: "CREATE TABLE … PARTITION OF takes ACCESS EXCLUSIVE on the partitioned table. When that has a DEFAULT partition, every row of it is read to see that none belongs into the new partition, and all reads and writes of the whole partitioned table wait meanwhile. Without a DEFAULT partition the lock is brief, and nothing is reported.",
	instead: "Prove by a validated `CHECK` on the DEFAULT partition that it has no such rows. To lock the partitioned table less, too, create the partition as a table of its own (`CREATE TABLE … (LIKE parent INCLUDING ALL)`) and `ATTACH` it.",
	sources: ["https://www.postgresql.org/docs/current/sql-createtable.html#SQL-CREATETABLE-PARTITION", "https://www.postgresql.org/docs/current/ddl-partitioning.html#DDL-PARTITIONING-DECLARATIVE-BEST-PRACTICES"],
	peers: ["migrationpilot MP093 (related)"],
	bad: [{
		title: "A month beside a DEFAULT partition",
		base: "CREATE TABLE events (at date) PARTITION BY RANGE (at);\nCREATE TABLE events_rest PARTITION OF events DEFAULT;",
		migration: "CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');"
	}, {
		title: "A list with NULL, and names that need quotes",
		base: "CREATE SCHEMA \"App\";\nCREATE TABLE \"App\".\"Event\" (\"Kind\" text) PARTITION BY LIST (\"Kind\");\nCREATE TABLE \"App\".\"Rest\" PARTITION OF \"App\".\"Event\" DEFAULT;",
		migration: `\nCREATE TABLE "App"."Event a" PARTITION OF "App"."Event" FOR VALUES IN ('a', NULL);`,
		line: 2
	}],
	good: [{
		title: "No DEFAULT partition",
		base: "CREATE TABLE events (at date) PARTITION BY RANGE (at);",
		migration: "CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');"
	}, {
		title: "A CHECK proves that the DEFAULT partition has none of the rows",
		base: "CREATE TABLE events (at date) PARTITION BY RANGE (at);\nCREATE TABLE events_rest PARTITION OF events (CHECK (at < '2026-01-01')) DEFAULT;",
		migration: "CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');"
	}],
	check: (context) => [...statementsOf(context, "CreateStmt")].flatMap((place) => {
		const { statement, node } = place;
		if (node.partbound === void 0) return [];
		const [parentNode] = node.inhRelations ?? [];
		const parent = partitionedTable(context, place, parentNode !== void 0 && "RangeVar" in parentNode ? parentNode.RangeVar : void 0);
		return statement.locks.filter((lock) => lock.mode === "AccessExclusiveLock" && statement.scans.includes(nameOf(lock))).map((lock) => {
			const rest = {
				...lock,
				tableOid: null
			};
			const evidence = {
				...evidenceOn(statement, rest),
				scan: true,
				rewrite: false
			};
			const steps = provenSteps(parent?.facts.partitionKey, node.partbound, [{
				table: rest,
				holds: "none of the bounds"
			}], statement.sql);
			const whole = parent?.name ?? nameOf(rest);
			return {
				...at(place),
				object: whole,
				title: `A new partition reads the whole DEFAULT partition and ${blocksWhom(evidence, whole)}`,
				message: `${whoWaits(statement, rest, evidence, `every row of the DEFAULT partition ${nameOf(rest)} is read`)} ${whole} itself is locked as strongly for as long.`,
				evidence,
				fix: steps === null ? null : recipe(context, steps, { sameSchema: true }),
				explains: [nameOf(rest)]
			};
		});
	})
};
// src/rules/partitions/detach-partition-blocking.ts
const detachPartitionBlocking = {
	name: "detach-partition-blocking",
	about: "statement",
	severity: "warning",
	summary: "DETACH PARTITION locks the whole partitioned table.",
	why: `Without CONCURRENTLY it takes ACCESS EXCLUSIVE on the partitioned table and on the partition (and on the DEFAULT one): every query of any partition waits until the transaction ends, and all queue behind it while it waits for a long query of any of them.

Where there is a DEFAULT partition, or on PostgreSQL before 14, CONCURRENTLY does not exist: it is a notice then.`,
	instead: "DETACH PARTITION … CONCURRENTLY, in a file of its own without a transaction.",
	sources: ["https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-DETACH-PARTITION"],
	peers: [
		"squawk require-concurrent-partition-detach",
		"pgfence detach-partition",
		"migrationpilot MP046",
		"pgsafe detach-partition",
		"pgrubic US027"
	],
	bad: [{
		title: "Without CONCURRENTLY",
		base: "CREATE TABLE events (at int) PARTITION BY RANGE (at);\nCREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (1) TO (2);",
		migration: "ALTER TABLE events DETACH PARTITION events_1;"
	}, {
		title: "With a DEFAULT partition it cannot be helped: a notice",
		base: "CREATE TABLE \"Event\" (at int) PARTITION BY RANGE (at);\nCREATE TABLE \"Event 1\" PARTITION OF \"Event\" FOR VALUES FROM (1) TO (2);\nCREATE TABLE \"Rest\" PARTITION OF \"Event\" DEFAULT;",
		migration: "\nALTER TABLE \"Event\" DETACH PARTITION \"Event 1\";",
		line: 2
	}],
	good: [{
		title: "CONCURRENTLY",
		base: "CREATE TABLE events (at int) PARTITION BY RANGE (at);\nCREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (1) TO (2);",
		migration: "ALTER TABLE events DETACH PARTITION events_1 CONCURRENTLY;",
		transaction: "none",
		since: 14
	}, {
		title: "A partitioned table that the migration creates",
		base: "",
		migration: "CREATE TABLE events (at int) PARTITION BY RANGE (at);\nCREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (1) TO (2);\nALTER TABLE events DETACH PARTITION events_1;"
	}],
	check: (context) => [...alterTables(context)].flatMap((alter) => alter.commands.flatMap(({ subtype, def }) => {
		if (subtype !== "AT_DetachPartition" || def === void 0 || !("PartitionCmd" in def)) return [];
		const { name, concurrent } = def.PartitionCmd;
		const partition = context.resolve(name?.schemaname, name?.relname ?? "", alter.statement);
		if (concurrent === true || partition === void 0) return [];
		const rest = defaultPartition(context, alter.name);
		const possible = context.postgresMajor >= 14 && rest === void 0;
		return [{
			...at(alter),
			object: alter.name,
			...possible ? {} : { severity: "notice" },
			title: `Detaching ${nameOf(partition)} locks all of ${alter.name}`,
			message: `The statement takes ACCESS EXCLUSIVE on ${alter.name}${rest === void 0 ? "" : `, on its DEFAULT partition ${rest.name}`} and on the partition (seen on the shadow), so queries of every partition wait until the transaction ends. ${possible ? "Detach it CONCURRENTLY." : `CONCURRENTLY is not possible here${rest === void 0 ? ` on PostgreSQL ${context.postgresMajor}` : ": the table has a DEFAULT partition"}; keep the transaction short and set a lock_timeout.`}`,
			evidence: {
				...evidenceOn(alter.statement, alter.table),
				scan: false
			},
			fix: possible ? recipe(context, [{
				title: "queries of the other partitions go on",
				sql: [`ALTER TABLE ${alter.sqlName} DETACH PARTITION ${qualified(name?.schemaname, name?.relname ?? "")} CONCURRENTLY;`],
				outsideTransaction: true,
				notes: ["The table keeps its bounds as a CHECK constraint; drop that when you like.", "If it is interrupted: ALTER TABLE … DETACH PARTITION … FINALIZE."]
			}], { sameSchema: false }) : null
		}];
	}))
};
// src/rules/reversal/places.ts
/** What findings of these rules have in common: they are about no lock. */
const nothingSeen = {
	object: null,
	evidence: null,
	fix: null
};
/** A place in the text of a migration: the statement that names the object, else the first one. */
function inMigration$1({ version, file, sql }, name) {
	const { index, line, endLine } = statementAbout(sql, name);
	return {
		...nothingSeen,
		migration: version,
		file,
		line,
		endLine,
		...index === null ? {} : { statement: index }
	};
}
/** The statement of a migration that an error points into. */
const atError = (migration, { line }) => atLine(migration, line);
/** The statement of a migration that stands on a line. */
function atLine({ version, file, sql }, line) {
	const { statements } = parseFile(sql);
	const index = statements.findIndex((statement) => statement.line <= line && line <= statement.endLine);
	return {
		...nothingSeen,
		migration: version,
		file,
		line,
		endLine: statements[index]?.endLine ?? line,
		...index === -1 ? {} : { statement: index }
	};
}
/** A place in a down. Its statements are counted apart from the migration's, so that only a file's comments accept it. */
function inDown({ version }, { file, sql }, name) {
	const { line, endLine } = statementAbout(sql, name);
	return {
		...nothingSeen,
		migration: version,
		file,
		line,
		endLine
	};
}
function statementAbout(sql, name) {
	const { statements } = parseFile(sql);
	const local = name?.slice(name.lastIndexOf(".") + 1).toLowerCase();
	const naming = local === void 0 ? -1 : statements.findIndex((each) => each.sql.toLowerCase().includes(local));
	const index = naming === -1 ? statements.length > 0 ? 0 : null : naming;
	const statement = index === null ? void 0 : statements[index];
	return {
		index,
		line: statement?.line ?? 1,
		endLine: statement?.endLine ?? 1
	};
}
const errorDetail = (sql, error) => ({
	language: "text",
	text: caret(sql, error)
});
/** Changes as lines, for the part of a finding that is shown open. */
function changesDetail(changes) {
	const lines = changes.slice(0, mostChanges).flatMap(({ change, type, name, before, after }) => [
		`${change} ${type.replaceAll("-", " ")} ${name}`,
		...before === null ? [] : prefixed("- ", before),
		...after === null ? [] : prefixed("+ ", after)
	]);
	const more = changes.length - mostChanges;
	return {
		language: "diff",
		text: [...lines, ...more > 0 ? [`… and ${more} more`] : []].join("\n")
	};
}
const mostChanges = 20;
const prefixed = (sign, text) => text.split("\n").map((line) => `${sign}${line}`);
/** `table public.users is there, index public.i is gone`: what is different from how it was before. */
const inWords = (changes) => listed$1(changes.map(oneInWords));
function oneInWords({ change, type, name, previousName }) {
	const object = `${type.replaceAll("-", " ")} ${name}`;
	switch (change) {
		case "added": return `${object} stays`;
		case "removed": return `${object} does not come back`;
		case "renamed": return `${previousName} stays renamed to ${object}`;
		case "altered": return `${object} is another one`;
	}
}
// src/rules/reversal/down-fails.ts
const downFails = {
	name: "down-fails",
	about: "reversal",
	severity: "error",
	summary: "The down of a new migration fails right after the migration has been applied.",
	why: "A down is needed when a deploy went wrong, which is the worst moment to learn that it does not run. The shadow has applied the migration and then its down, and the server refused it.",
	instead: "Correct the down, or remove it and say that there is no way back: `-- migration-gate:irreversible: reason`.",
	sources: ["https://www.postgresql.org/docs/current/errcodes-appendix.html"],
	peers: ["none that we know of"],
	bad: [{
		title: "The down drops what the migration does not make",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "CREATE VIEW user_ids AS SELECT id FROM users;",
		down: "DROP VIEW user_idz;"
	}, {
		title: "The down forgets what depends on it",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "CREATE VIEW user_ids AS SELECT id FROM users;\nCREATE VIEW some_ids AS SELECT id FROM user_ids WHERE id < 10;",
		down: "-- both views\nDROP VIEW user_ids;\nDROP VIEW some_ids;",
		line: 2
	}],
	good: [{
		title: "The down takes everything back",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "CREATE VIEW user_ids AS SELECT id FROM users;",
		down: "DROP VIEW user_ids;"
	}, {
		title: "In the order in which it depends on each other",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "CREATE VIEW user_ids AS SELECT id FROM users;\nCREATE VIEW some_ids AS SELECT id FROM user_ids WHERE id < 10;",
		down: "DROP VIEW some_ids;\nDROP VIEW user_ids;"
	}],
	check: ({ reversal }) => (reversal?.steps ?? []).flatMap(({ migration, back }) => {
		if (back === null || back.error === null) return [];
		const { down, error } = back;
		return [{
			...inDown(migration, down, null),
			line: error.line,
			endLine: error.line,
			title: `The down of ${migration.file} fails: ${error.message}`,
			message: `Right after the migration its down was run on the shadow and stopped (SQLSTATE ${error.sqlstate}). When this deploy has to be taken back, it cannot be. What was applied before it was not reverted either.`,
			detail: errorDetail(down.sql, error)
		}];
	})
};
// src/rules/reversal/down-leaves-changes.ts
const downLeavesChanges = {
	name: "down-leaves-changes",
	about: "reversal",
	severity: "error",
	summary: "Reverting a new migration does not give the schema back.",
	why: "The tool takes the migration for reverted, but the schema is neither the old nor the new one. The older version of the application meets a schema that it was never tested with, and the migration often cannot be applied again.",
	instead: "Let the down take back everything that the migration does. Where something cannot come back, say so: `-- migration-gate:irreversible: reason`. The order of columns is not compared, since a column that comes back is always the last one.",
	sources: ["https://www.postgresql.org/docs/current/sql-altertable.html"],
	peers: ["none that we know of"],
	bad: [{
		title: "One of two views stays",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "CREATE VIEW user_ids AS SELECT id FROM users;\nCREATE VIEW some_ids AS SELECT id FROM users WHERE id < 10;",
		down: "DROP VIEW some_ids;"
	}, {
		title: "The down has no statement",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "CREATE VIEW user_ids AS SELECT id FROM users;",
		down: "-- nothing to do"
	}],
	good: [{
		title: "Both views go",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "CREATE VIEW user_ids AS SELECT id FROM users;\nCREATE VIEW some_ids AS SELECT id FROM users WHERE id < 10;",
		down: "DROP VIEW some_ids;\nDROP VIEW user_ids;"
	}, {
		title: "A view comes back as it was",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE VIEW user_ids AS SELECT id FROM users;",
		migration: "CREATE OR REPLACE VIEW user_ids AS SELECT id FROM users WHERE id > 0;",
		down: "CREATE OR REPLACE VIEW user_ids AS SELECT id FROM users;"
	}],
	check: ({ reversal }) => (reversal?.steps ?? []).flatMap(({ migration, back, again }) => {
		const [first] = back?.leaves ?? [];
		if (back === null || first === void 0) return [];
		const next = again?.error == null ? "" : ` Applying the migration again then fails: ${again.error.message} (SQLSTATE ${again.error.sqlstate}).`;
		return [{
			...inDown(migration, back.down, first.name),
			object: first.name,
			title: `The down of ${migration.file} does not give the schema back: ${inWords(back.leaves)}`,
			message: `After the migration and its down the schema on the shadow is not the one from before.${next} Let the down take back all that the migration does, or say that it cannot: -- migration-gate:irreversible: reason.`,
			detail: changesDetail(back.leaves)
		}];
	})
};
// src/rules/reversal/down-loses-data.ts
const downLosesData = {
	name: "down-loses-data",
	about: "reversal",
	severity: "notice",
	summary: "Reverting a new migration would drop tables or columns with what has been written to them.",
	why: "Between the deploy and the revert the application writes to what is new. The down drops it, and no backup of the day before has those rows. That is often right, but whoever reverts at night should know it beforehand.",
	instead: "Where the rows matter, take the application back and leave the schema: new tables and nullable columns harm no older version. Or let the down keep them aside first.",
	sources: ["https://www.postgresql.org/docs/current/sql-droptable.html"],
	peers: ["none that we know of"],
	bad: [{
		title: "A new table",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "CREATE TABLE teams (id bigint PRIMARY KEY);",
		down: "DROP TABLE teams;"
	}, {
		title: "A new column",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "ALTER TABLE users ADD COLUMN nickname text;",
		down: "SET lock_timeout = '2s';\nALTER TABLE users DROP COLUMN nickname;",
		line: 2
	}],
	good: [{
		title: "A view holds no rows",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "CREATE VIEW user_ids AS SELECT id FROM users;",
		down: "DROP VIEW user_ids;"
	}, {
		title: "A default holds none either",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, nickname text);",
		migration: "COMMENT ON COLUMN users.nickname IS 'how others call them';",
		down: "COMMENT ON COLUMN users.nickname IS NULL;"
	}],
	check: ({ reversal }) => (reversal?.steps ?? []).flatMap(({ migration, back }) => {
		const lost = (back?.changes ?? []).filter(({ dataLoss }) => dataLoss);
		const [first] = lost;
		if (back === null || first === void 0) return [];
		const names = lost.map(({ type, name }) => `${type.replaceAll("-", " ")} ${name}`);
		return [{
			...inDown(migration, back.down, first.name),
			object: first.name,
			title: `Reverting ${migration.file} loses what is in ${listed$1(names)}`,
			message: `The down removes ${lost.length === 1 ? "it" : counted$1(lost.length, "object")} with everything that was written since the migration${names.length > 3 ? `: ${listed$1(names, 12)}` : ""}. Where that matters, revert the application and leave the schema as it is.`
		}];
	})
};
// src/rules/reversal/down-not-repeatable.ts
const downNotRepeatable = {
	name: "down-not-repeatable",
	about: "reversal",
	severity: "error",
	summary: "After its down a new migration cannot be applied again, or makes another schema.",
	why: "Whoever takes a deploy back wants to deploy again, with the cause mended. Where the down leaves rows, roles or settings behind that the schema does not show, the migration stops at them.",
	instead: "Let the down remove what the migration brings, rows and roles included, or let the migration bear with what is there (`ON CONFLICT DO NOTHING`).",
	sources: ["https://www.postgresql.org/docs/current/sql-insert.html#SQL-ON-CONFLICT"],
	peers: ["none that we know of"],
	bad: [{
		title: "Rows that the down leaves",
		base: "CREATE TABLE plans (name text PRIMARY KEY);",
		migration: "INSERT INTO plans VALUES ('free');",
		down: "SELECT 1;"
	}, {
		title: "Rows that only one of two statements has an answer for",
		base: "CREATE TABLE plans (name text PRIMARY KEY);",
		migration: "CREATE VIEW plan_names AS SELECT name FROM plans;\nINSERT INTO plans VALUES ('free');",
		down: "DROP VIEW plan_names;",
		line: 2
	}],
	good: [{
		title: "The down removes them",
		base: "CREATE TABLE plans (name text PRIMARY KEY);",
		migration: "INSERT INTO plans VALUES ('free');",
		down: "DELETE FROM plans WHERE name = 'free';"
	}, {
		title: "The migration bears with them",
		base: "CREATE TABLE plans (name text PRIMARY KEY);",
		migration: "INSERT INTO plans VALUES ('free') ON CONFLICT DO NOTHING;",
		down: "SELECT 1;"
	}],
	check: ({ reversal }) => (reversal?.steps ?? []).flatMap(({ migration, back, again }, index, steps) => {
		if (back === null || again === null) return [];
		if (steps.slice(0, index + 1).some((step) => (step.back?.leaves.length ?? 0) > 0)) return [];
		if (again.error !== null) {
			const { error } = again;
			return [{
				...atError(migration, error),
				title: `${migration.file} cannot be applied again after its down: ${error.message}`,
				message: `On the shadow the migration was applied, reverted by ${back.down.file} and applied again, which failed (SQLSTATE ${error.sqlstate}). The down leaves something behind that the schema does not show, such as rows or a role.`,
				detail: errorDetail(migration.sql, error)
			}];
		}
		const [first] = again.differs;
		if (first === void 0) return [];
		return [{
			...inMigration$1(migration, first.name),
			object: first.name,
			title: `${migration.file} makes another schema after its down: ${inWords(again.differs)}`,
			message: `On the shadow the migration was applied, reverted by ${back.down.file} and applied again, and the schema is not the one of the first time.`,
			detail: changesDetail(again.differs)
		}];
	})
};
// src/rules/reversal/irreversible-without-down.ts
const irreversibleWithoutDown = {
	name: "irreversible-without-down",
	about: "reversal",
	severity: "warning",
	summary: "A new migration loses data or cannot be undone, has no down, and does not say so.",
	why: "When a deploy goes wrong, the first question is whether it can be taken back. A migration that drops, empties or overwrites something answers no, and whoever is on call should read that in the file and not find it out.",
	instead: "Add a down where the tool has them, or say in the migration why there is none: `-- migration-gate:irreversible: reason`. Judged only with `check-down: true`.",
	sources: ["https://www.postgresql.org/docs/current/sql-altertype.html"],
	peers: ["migrationpilot --fail-on irreversible", "django-migration-linter RUNSQL_REVERSIBLE"],
	bad: [{
		title: "A value of an enum cannot be removed",
		base: "CREATE TYPE mood AS ENUM ('sad', 'happy');",
		migration: "ALTER TYPE mood ADD VALUE 'calm';",
		down: null,
		transaction: "none"
	}, {
		title: "A comment without a reason",
		base: "CREATE TYPE mood AS ENUM ('sad', 'happy');",
		migration: "-- migration-gate:irreversible\n\nALTER TYPE mood ADD VALUE 'calm';",
		down: null,
		transaction: "none"
	}],
	good: [{
		title: "The comment says why",
		base: "CREATE TYPE mood AS ENUM ('sad', 'happy');",
		migration: "-- migration-gate:irreversible: a value that nobody uses harms nobody\nALTER TYPE mood ADD VALUE 'calm';",
		down: null,
		transaction: "none"
	}, {
		title: "Nothing is lost",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "ALTER TABLE users ADD COLUMN nickname text;",
		down: null
	}],
	check: (context) => (context.reversal?.steps ?? []).flatMap((step) => {
		const { migration } = step;
		const said = saidIrreversible(migration);
		if (said?.reason != null) return [];
		if (said !== null) return [withoutReason(migration, context)];
		if (migration.down != null) return [];
		const lost = whatIsLost(context, step);
		const [first] = lost;
		if (first === void 0) return [];
		const way = migration.down === null ? "Add a down that brings back what can be brought back, or say why there is none" : `${context.tool.title} has no down for it, so say that this is known`;
		return [{
			...inMigration$1(migration, first.name),
			object: first.name,
			title: `There is no way back from ${migration.file}: ${listed$1(lost.map(({ says }) => says))}`,
			message: `${way}, with a comment in the migration: -- migration-gate:irreversible: reason.`
		}];
	})
};
/** Tells of a comment that was meant and says nothing. */
function withoutReason(migration, { tool }) {
	const above = irreversibleComment(migration.sql);
	const file = above !== null || migration.down == null ? migration.file : migration.down?.file ?? migration.file;
	const line = (above ?? irreversibleComment(migration.down?.sql ?? ""))?.line ?? 1;
	return {
		migration: migration.version,
		file,
		line,
		endLine: line,
		object: null,
		evidence: null,
		fix: null,
		title: "The comment migration-gate:irreversible gives no reason",
		message: `Write why there is no way back: -- migration-gate:irreversible: reason.${migration.down == null ? "" : ` Without one the down is run as ${tool.title} would.`}`
	};
}
/** What no down at all brings back: dropped data, and what Postgres itself has no way back for. */
function whatIsLost(context, { migration, changes }) {
	const dropped = changes.filter(({ dataLoss }) => dataLoss).map(({ type, name, change, previousName }) => ({
		name: previousName ?? name,
		says: `${type.replaceAll("-", " ")} ${name} ${change === "removed" ? "goes with what is in it" : "loses values"}`
	}));
	const written = parseFile(migration.sql).statements.flatMap(({ node }) => takesRows(context, node));
	return [...dropped, ...written];
}
function takesRows({ before }, node) {
	const has = (name) => name !== void 0 && before?.objects.some(({ type, local }) => type === "table" && local === name) === true;
	if ("TruncateStmt" in node) return (node.TruncateStmt.relations ?? []).flatMap((each) => "RangeVar" in each && has(each.RangeVar.relname) ? [each.RangeVar.relname] : []).map((name) => ({
		name,
		says: `${name} is emptied`
	}));
	if ("DeleteStmt" in node) {
		const name = node.DeleteStmt.relation?.relname;
		return has(name) ? [{
			name,
			says: `rows of ${name} are deleted`
		}] : [];
	}
	if ("AlterEnumStmt" in node && node.AlterEnumStmt.oldVal === void 0) {
		const value = node.AlterEnumStmt.newVal ?? "";
		return [{
			name: value,
			says: `the enum's value ${value} cannot be removed`
		}];
	}
	return [];
}
// src/rules/reversal/not-idempotent.ts
const notIdempotent = {
	name: "not-idempotent",
	about: "reversal",
	severity: "notice",
	summary: "A new migration that is run a second time after it succeeded fails or changes something.",
	why: "It matters where a migration may run twice: its record is lost, two environments are merged, or a database was built from a dump. Told only with `check-rerun: true`.",
	instead: "Let each statement bear with its own result: `IF NOT EXISTS`, `CREATE OR REPLACE`, `ON CONFLICT DO NOTHING`.",
	sources: ["https://www.postgresql.org/docs/current/sql-createtable.html"],
	peers: ["squawk prefer-robust-stmts"],
	bad: [{
		title: "A view that is there already",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "SELECT 1;\nCREATE VIEW user_ids AS SELECT id FROM users;",
		line: 2,
		rerun: true
	}, {
		title: "Rows that come twice",
		base: "CREATE TABLE plans (name text);",
		migration: "INSERT INTO plans VALUES ('free');",
		rerun: true
	}],
	good: [{
		title: "CREATE OR REPLACE",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "CREATE OR REPLACE VIEW user_ids AS SELECT id FROM users;",
		rerun: true
	}, {
		title: "ON CONFLICT",
		base: "CREATE TABLE plans (name text PRIMARY KEY);",
		migration: "INSERT INTO plans VALUES ('free') ON CONFLICT DO NOTHING;",
		rerun: true
	}],
	check: ({ rerun }) => (rerun?.migrations ?? []).flatMap(secondRun)
};
function secondRun({ migration, again, cutOffs }) {
	const { error, differs, inserts } = again;
	if (error !== null) {
		if (cutOffs.some(({ run }) => run.error?.line === error.line)) return [];
		return [{
			...atError(migration, error),
			title: `${migration.file} cannot be run a second time: ${error.message}`,
			message: `After it had succeeded it was run again on the shadow and stopped at this statement (SQLSTATE ${error.sqlstate}).`,
			detail: errorDetail(migration.sql, error)
		}];
	}
	const [change] = differs;
	if (change !== void 0) return [{
		...inMigration$1(migration, change.name),
		object: change.name,
		title: `A second run of ${migration.file} changes the schema once more: ${inWords(differs)}`,
		message: "After it had succeeded it was run again on the shadow, which did not leave the schema as it was.",
		detail: changesDetail(differs)
	}];
	return inserts.map(({ line, rows }) => ({
		...atLine(migration, line),
		title: `A second run of ${migration.file} inserts ${counted$1(rows, "row")} once more`,
		message: "After it had succeeded it was run again on the shadow, and the rows are there twice. ON CONFLICT DO NOTHING needs a unique key; INSERT … SELECT … WHERE NOT EXISTS does without."
	}));
}
// src/rules/reversal/rerun-fails.ts
const rerunFails = {
	name: "rerun-fails",
	about: "reversal",
	severity: "error",
	summary: "A migration whose statements commit one by one cannot be run again after it stopped half-way.",
	why: "Without a transaction around it a migration that fails at its third statement leaves the first two behind: a lock timeout, a deadlock or a lost connection is enough. The tool then runs it again from its first statement, which stops at what is there already, and somebody has to mend production by hand.",
	instead: "Let every statement bear with its own result (`IF NOT EXISTS`, `IF EXISTS`, `ON CONFLICT DO NOTHING`), or put each into a migration of its own.",
	sources: ["https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY"],
	peers: ["squawk prefer-robust-stmts"],
	bad: [{
		title: "The first statement stays behind when the second fails",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "CREATE VIEW user_ids AS SELECT id FROM users;\nCREATE OR REPLACE VIEW some_ids AS SELECT id FROM users;",
		transaction: "none",
		rerun: true
	}, {
		title: "The second one does",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "CREATE OR REPLACE VIEW user_ids AS SELECT id FROM users;\nCREATE VIEW some_ids AS SELECT id FROM users;\nCREATE OR REPLACE VIEW no_ids AS SELECT id FROM users;",
		transaction: "none",
		line: 2,
		rerun: true
	}],
	good: [{
		title: "Every statement bears with its own result",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "CREATE OR REPLACE VIEW user_ids AS SELECT id FROM users;\nCREATE OR REPLACE VIEW some_ids AS SELECT id FROM users;",
		transaction: "none",
		rerun: true
	}, {
		title: "IF NOT EXISTS",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "CREATE SCHEMA IF NOT EXISTS app;\nCREATE TABLE IF NOT EXISTS app.teams (id bigint PRIMARY KEY);",
		transaction: "none",
		rerun: true
	}],
	check: ({ rerun }) => (rerun?.migrations ?? []).flatMap(stops)
};
/** One finding for each statement at which a second run fails, however many stops lead to it. */
function stops({ migration, cutOffs }) {
	const failing = cutOffs.filter(({ run }) => run.error !== null);
	const findings = [...new Set(failing.map(({ run }) => run.error?.line))].flatMap((line) => {
		const group = failing.filter(({ run }) => run.error?.line === line);
		const [first] = group;
		if (first?.run.error == null) return [];
		const { error } = first.run;
		return [{
			...atError(migration, error),
			title: `${migration.file} cannot be run again after it stopped behind ${behindLines(group)}: ${error.message}`,
			message: `Its statements commit one by one. On the shadow it was stopped there and run again from its start, which failed at this statement (SQLSTATE ${error.sqlstate}). A lock timeout or a lost connection would leave production so. Let the statement bear with its own result, or put it into a migration of its own.`,
			detail: errorDetail(migration.sql, error)
		}];
	});
	const differing = cutOffs.find(({ run }) => run.error === null && run.differs.length > 0);
	const [change] = differing?.run.differs ?? [];
	if (differing === void 0 || change === void 0) return findings;
	return [...findings, {
		...inMigration$1(migration, change.name),
		object: change.name,
		title: `${migration.file} makes another schema when it stopped behind ${behindLines([differing])} and is run again: ${inWords(differing.run.differs)}`,
		message: "Its statements commit one by one. On the shadow it was stopped there and run again from its start: it succeeds, but not with the schema of a run without a stop.",
		detail: changesDetail(differing.run.differs)
	}];
}
const behindLines = (group) => `line${group.length === 1 ? "" : "s"} ${listed$1(group.map(({ after }) => String(after.line)))}`;
// src/rules/schemas/drop-cascade.ts
const dropCascade = {
	name: "drop-cascade",
	about: "statement",
	severity: "warning",
	summary: "DROP … CASCADE takes away what the statement does not name.",
	why: "CASCADE drops all that depends on the object, and what depends on that: views, foreign keys of other tables, policies, defaults, functions with their triggers. Whoever reads the migration does not see it; the shadow does.",
	instead: "Leave CASCADE out, and drop by name what Postgres then says is in the way.",
	sources: ["https://www.postgresql.org/docs/current/ddl-depend.html"],
	peers: [
		"migrationpilot MP022",
		"pgrubic GN015",
		"safe-migrate destructive-cascade"
	],
	bad: [{
		title: "A view that calls a function",
		base: "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';\nCREATE VIEW v AS SELECT f() AS n;",
		migration: "DROP FUNCTION f() CASCADE;"
	}, {
		title: "A foreign key of another table",
		base: "CREATE TABLE users (id bigint, CONSTRAINT users_key UNIQUE (id));\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id));\nCREATE UNIQUE INDEX ON users (id);",
		migration: "SELECT 1;\nALTER TABLE users DROP CONSTRAINT users_key CASCADE;",
		line: 2
	}],
	good: [{
		title: "Nothing depends on it",
		base: "CREATE SEQUENCE s;",
		migration: "DROP SEQUENCE s CASCADE;"
	}, {
		title: "What went along is made again",
		base: "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';\nCREATE VIEW v AS SELECT f() AS n;",
		migration: "DROP FUNCTION f() CASCADE;\nCREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 2';\nCREATE VIEW v AS SELECT f() AS n;"
	}],
	check(context) {
		const gone = vanished(context);
		const named = namedByDrops(context);
		const away = new Set(gone.map(({ identity }) => identity));
		const unnamed = gone.filter((object) => !named.has(object.identity) && !isPartOf(object, named)).filter(({ identity, containerIdentity }) => containerIdentity === identity || !away.has(containerIdentity));
		const cascades = [...completed(context)].filter(cascaded);
		return cascades.flatMap((place) => draft$4(context, place, unnamed, cascades.length === 1));
	}
};
/** The server's NOTICE: `drop cascades to view live`, `drop cascades to 3 other objects`. */
const cascaded = ({ statement }) => isDrop(statement.node) && statement.notices.some((notice) => notice.startsWith(beginning));
const beginning = "drop cascades to ";
const isDrop = (node) => node !== null && ("DropStmt" in node || "AlterTableStmt" in node || "DropOwnedStmt" in node);
function draft$4(context, place, unnamed, alone) {
	const { statement } = place;
	const inside = schemasOf(context, place);
	const triggersToo = dropsFunction(place);
	const lost = unnamed.filter(({ scope, type }) => (scope === null || !inside.has(scope)) && !(triggersToo && type === "trigger"));
	if (lost.length === 0) return [];
	const notice = statement.notices.find((text) => text.startsWith(beginning))?.slice(17) ?? "";
	const what = alone ? listed$1(lost.map(inWords$1), 10) : notice;
	const [first] = lost;
	return [{
		...at(place),
		object: alone ? first?.name ?? null : null,
		title: alone ? `CASCADE drops ${counted$1(lost.length, "object")} that the statement does not name` : `CASCADE drops what the statement does not name: ${notice}`,
		message: `Seen on the shadow: ${what} ${lost.length === 1 && alone ? "is" : "are"} gone afterwards, and nothing makes ${lost.length === 1 && alone ? "it" : "them"} again. Leave CASCADE out and drop by name what is meant to go.`,
		evidence: null,
		fix: null
	}];
}
const dropsFunction = ({ statement: { node } }) => node !== null && "DropStmt" in node && node.DropStmt.removeType === "OBJECT_FUNCTION";
function schemasOf(context, { statement }) {
	const { node } = statement;
	if (node === null || !("DropStmt" in node) || node.DropStmt.removeType !== "OBJECT_SCHEMA") return /* @__PURE__ */ new Set();
	return new Set((node.DropStmt.objects ?? []).flatMap((object) => "String" in object ? context.before?.byName("schema", object.String.sval ?? "")?.identity ?? [] : []));
}
const isPartOf = (object, named) => named.has(object.containerIdentity) || object.parent !== null && named.has(object.parent);
/** Identities of all that a statement of the pull request drops by its name. */
function namedByDrops(context) {
	const identities = /* @__PURE__ */ new Set();
	const { before } = context;
	if (before === null) return identities;
	const add = (matches) => {
		for (const object of before.objects) if (matches(object)) identities.add(object.identity);
	};
	for (const place of completed(context)) {
		const { node } = place.statement;
		if (node === null) continue;
		if ("DropStmt" in node) for (const object of node.DropStmt.objects ?? []) {
			const parts = "List" in object ? object.List.items : "TypeName" in object ? object.TypeName.names : "ObjectWithArgs" in object ? object.ObjectWithArgs.objname : [object];
			const whole = (parts ?? []).flatMap((part) => "String" in part ? [part.String.sval ?? ""] : []);
			const names = /* @__PURE__ */ new Set([...candidates(nameParts(parts), place), ...candidatesOfPart(whole, place)]);
			const bare = node.DropStmt.removeType === "OBJECT_SCHEMA" ? whole[0] ?? "" : null;
			add(({ name, type }) => names.has(name) || names.has(name.replace(/\(.*$/s, "")) || type === "schema" && name === bare);
		}
		if ("AlterTableStmt" in node) {
			const table = baseRelation(context, place, node.AlterTableStmt.relation);
			for (const each of node.AlterTableStmt.cmds ?? []) {
				if (table === void 0 || !("AlterTableCmd" in each)) continue;
				const { subtype, name } = each.AlterTableCmd;
				if (subtype !== "AT_DropColumn" && subtype !== "AT_DropConstraint") continue;
				const holder = `pg_class:${table.oid}`;
				add(({ type, containerIdentity, local, columns }) => containerIdentity === holder && (local === name || type !== "column" && columns.some((column) => before.byIdentity(column)?.local === name)));
			}
		}
	}
	return identities;
}
const candidatesOfPart = (parts, place) => parts.length === 3 ? [parts.join(".")] : parts.length === 2 ? place.statement.searchPath.map((schema) => [schema, ...parts].join(".")) : [];
// src/rules/schemas/drop-database.ts
const dropDatabase = {
	name: "drop-database",
	about: "statement",
	severity: "error",
	summary: "A migration drops a database.",
	why: "All of it is gone, at once and for good, and with it what other applications keep there. A migration is about one database: what another one is for cannot be seen from it.",
	instead: "Drop databases by hand, with a backup that was tried.",
	sources: ["https://www.postgresql.org/docs/current/sql-dropdatabase.html"],
	peers: [
		"squawk ban-drop-database",
		"pgfence drop-database",
		"migrationpilot MP035",
		"pgrubic US008"
	],
	bad: [{
		title: "Whatever it is called",
		base: "",
		migration: "DROP DATABASE IF EXISTS legacy;",
		transaction: "none"
	}, {
		title: "With FORCE",
		base: "",
		migration: "\nDROP DATABASE IF EXISTS \"Legacy\" WITH (FORCE);",
		transaction: "none",
		line: 2
	}],
	good: [{
		title: "Something smaller",
		base: "",
		migration: "DROP TABLE IF EXISTS legacy;"
	}, {
		title: "A word in a comment",
		base: "",
		migration: "-- DROP DATABASE legacy;\nSELECT 1;"
	}],
	check: (context) => [...statementsOf(context, "DropdbStmt")].map((place) => ({
		...at(place),
		object: null,
		title: `The database ${place.node.dbname ?? ""} is dropped with all that is in it`,
		message: "Nothing of it can be brought back but from a backup. That is no work for a migration.",
		evidence: null,
		fix: null
	}))
};
// src/rules/schemas/drop-schema.ts
const dropSchema = {
	name: "drop-schema",
	about: "statement",
	severity: "warning",
	summary: "A schema that base has is dropped.",
	why: "With CASCADE all that it holds goes with it: tables with their rows, functions, types; and every query of the running version that names them fails. None of them stands in the statement.",
	instead: "Drop what is in it by name, in migrations that say so, and the empty schema at last, without CASCADE.",
	sources: ["https://www.postgresql.org/docs/current/sql-dropschema.html"],
	peers: [
		"atlas DS101",
		"pgfence drop-schema",
		"migrationpilot MP034",
		"pgrubic US007",
		"pgsafe drop-schema"
	],
	bad: [
		{
			title: "With a table in it",
			base: "CREATE SCHEMA app;\nCREATE TABLE app.users (id bigint PRIMARY KEY);",
			migration: "DROP SCHEMA app CASCADE;"
		},
		{
			title: "An empty one, with a name that needs quotes",
			base: "CREATE SCHEMA \"App\";",
			migration: "SELECT 1;\nDROP SCHEMA IF EXISTS \"App\";",
			line: 2
		},
		{
			title: "Hidden in a DO block",
			base: "CREATE SCHEMA app;",
			migration: "DO $$ BEGIN EXECUTE 'DROP SCHEMA app'; END $$;"
		}
	],
	good: [{
		title: "IF EXISTS, and it does not",
		base: "",
		migration: "DROP SCHEMA IF EXISTS app CASCADE;"
	}, {
		title: "A schema that the migration created",
		base: "",
		migration: "CREATE SCHEMA app;\nDROP SCHEMA app;"
	}],
	check: (context) => {
		const written = [...statementsOf(context, "DropStmt")].flatMap((place) => {
			if (place.node.removeType !== "OBJECT_SCHEMA") return [];
			return (place.node.objects ?? []).flatMap((object) => {
				const name = "String" in object ? object.String.sval ?? "" : "";
				const schema = context.before?.byName("schema", name);
				return schema !== void 0 && context.after?.byIdentity(schema.identity) === void 0 ? [{
					name,
					place,
					where: null
				}] : [];
			});
		});
		const told = new Set(written.map(({ name }) => name));
		return [...written, ...hiddenChanges(context, ["schema"], ["removed"], told)].map((dropped) => draft$3(context, dropped));
	}
};
function draft$3(context, { name, place, where }) {
	const schema = context.before?.byName("schema", name);
	const tables = (context.before?.objects ?? []).filter(({ type, scope }) => type === "table" && scope === schema?.identity).filter(({ identity }) => context.after?.byIdentity(identity) === void 0).map((table) => table.name);
	const first = tables[0];
	const hidden = where === null ? "" : ` The DROP is hidden in ${where}.`;
	return {
		...at(place),
		object: first ?? name,
		title: first === void 0 ? `The schema ${name} is dropped` : `Dropping the schema ${name} deletes all rows of ${counted$1(tables.length, "table")}`,
		message: first === void 0 ? `Queries of the version that is still running that name it fail.${hidden}` : `Gone for good: ${listed$1(tables, 10)}.${hidden} The version that is still running fails wherever it names one of them. Drop them by name, when nobody has missed them.`,
		evidence: null,
		fix: null
	};
}
// src/rules/schemas/drop-tablespace.ts
const dropTablespace = {
	name: "drop-tablespace",
	about: "statement",
	severity: "warning",
	summary: "A migration drops a tablespace.",
	why: "Tablespaces belong to the server, not to one database: another database may still be about to use it, and a server that is set up anew from the migrations has no such place on its disks. Postgres refuses to drop one that holds anything.",
	instead: "Leave the server’s disks to those who run the server.",
	sources: ["https://www.postgresql.org/docs/current/sql-droptablespace.html"],
	peers: ["pgrubic US009", "pgsafe drop-tablespace"],
	bad: [{
		title: "Whatever it is called",
		base: "",
		migration: "DROP TABLESPACE IF EXISTS slow_disk;",
		transaction: "none"
	}, {
		title: "After another statement",
		base: "",
		migration: "SELECT 1;\nDROP TABLESPACE IF EXISTS \"Slow\";",
		transaction: "none",
		line: 2
	}],
	good: [{
		title: "A table",
		base: "",
		migration: "DROP TABLE IF EXISTS slow_disk;"
	}, {
		title: "Another server’s matter in a comment",
		base: "",
		migration: "-- DROP TABLESPACE slow_disk;\nSELECT 1;"
	}],
	check: (context) => [...statementsOf(context, "DropTableSpaceStmt")].map((place) => ({
		...at(place),
		object: null,
		title: `The tablespace ${place.node.tablespacename ?? ""} is dropped for all databases of the server`,
		message: "Tablespaces belong to the server and not to one database. Leave them to those who run it.",
		evidence: null,
		fix: null
	}))
};
// src/rules/schemas/rename-schema.ts
const renameSchema = {
	name: "rename-schema",
	about: "statement",
	severity: "warning",
	summary: "A schema that base has gets another name.",
	why: "Every name that is written with the schema fails in the running version, and every search_path that names it (of roles, of the database, of functions) silently finds something else or nothing.",
	instead: "A new schema, and views in the old one under the old names, until no running version uses them; or leave the name as it is.",
	sources: ["https://www.postgresql.org/docs/current/sql-alterschema.html"],
	peers: ["pgsafe rename", "migrationpilot MP071"],
	bad: [
		{
			title: "With a table in it",
			base: "CREATE SCHEMA app;\nCREATE TABLE app.users (id bigint PRIMARY KEY);",
			migration: "ALTER SCHEMA app RENAME TO core;"
		},
		{
			title: "With a name that needs quotes",
			base: "CREATE SCHEMA \"App\";",
			migration: "\nALTER SCHEMA \"App\" RENAME TO app;",
			line: 2
		},
		{
			title: "Hidden in a DO block",
			base: "CREATE SCHEMA app;",
			migration: "DO $$ BEGIN EXECUTE 'ALTER SCHEMA app RENAME TO core'; END $$;"
		}
	],
	good: [{
		title: "A schema that the migration creates",
		base: "",
		migration: "CREATE SCHEMA app;\nALTER SCHEMA app RENAME TO core;"
	}, {
		title: "A new one beside it",
		base: "CREATE SCHEMA app;\nCREATE TABLE app.users (id bigint PRIMARY KEY);",
		migration: "CREATE SCHEMA core;\nCREATE VIEW core.users AS SELECT * FROM app.users;"
	}],
	check: (context) => {
		const written = fromText$4(context);
		return [...written, ...hidden$3(context, new Set(written.map(({ object }) => object)))];
	}
};
/** Schemas that a DO block or a function renames. */
const hidden$3 = (context, told) => hiddenChanges(context, ["schema"], ["renamed"], told).map(({ change, name, place, where }) => ({
	...at(place),
	object: name,
	title: `${capital(where)} renames the schema ${name} to ${change.name}, which breaks the version that is still running`,
	message: `Whatever names ${name} fails from that moment until the new version runs everywhere, and a search_path that names it no longer finds anything.`,
	evidence: null,
	fix: null
}));
const fromText$4 = (context) => [...statementsOf(context, "RenameStmt")].flatMap((place) => {
	const { renameType, subname = "", newname = "" } = place.node;
	const schema = renameType === "OBJECT_SCHEMA" ? context.before?.byName("schema", subname) : void 0;
	if (schema === void 0) return [];
	const inside = (context.before?.objects ?? []).filter(({ type, scope }) => scope === schema.identity && type !== "index");
	return [{
		...at(place),
		object: subname,
		title: `Renaming the schema ${subname} to ${newname} breaks the version that is still running`,
		message: `Whatever names ${subname} fails from that moment until the new version runs everywhere (${counted$1(inside.length, "object")} in it), and a search_path that names it no longer finds them.`,
		evidence: null,
		fix: null
	}];
});
// src/rules/schemas/set-schema.ts
const setSchema = {
	name: "set-schema",
	about: "statement",
	severity: "warning",
	summary: "A table or view that base has moves to another schema.",
	why: "From that moment every query of the running version fails that names it with the old schema, or without one where the new schema is not on the search_path.",
	instead: "Leave a view under the old name in the same transaction: Postgres lets the running version read and write through it. With that it is a notice.",
	sources: ["https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-SCHEMA"],
	peers: [
		"pgsafe set-schema",
		"migrationpilot MP071",
		"pgrubic US022"
	],
	bad: [{
		title: "A table",
		base: "CREATE SCHEMA core;\nCREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "ALTER TABLE users SET SCHEMA core;"
	}, {
		title: "A view, with names that need quotes",
		base: "CREATE SCHEMA \"Core\";\nCREATE VIEW \"One\" AS SELECT 1 AS n;",
		migration: "\nALTER VIEW public.\"One\" SET SCHEMA \"Core\";",
		line: 2
	}],
	good: [{
		title: "A table that the migration creates",
		base: "CREATE SCHEMA core;",
		migration: "CREATE TABLE users (id bigint PRIMARY KEY);\nALTER TABLE users SET SCHEMA core;"
	}, {
		title: "A view in the other schema instead",
		base: "CREATE SCHEMA core;\nCREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "CREATE VIEW core.users AS SELECT * FROM public.users;"
	}],
	check: (context) => [...statementsOf(context, "AlterObjectSchemaStmt")].flatMap((place) => {
		const { relation, newschema = "" } = place.node;
		const moved = baseRelation(context, place, relation, [
			"table",
			"view",
			"materialized-view"
		]);
		if (moved === void 0 || moved.schema === newschema) return [];
		const name = nameOf(moved);
		const shim = oldNameAnswers(context, [
			"table",
			"view",
			"materialized-view"
		], name);
		const from = qualified(relation?.schemaname, relation?.relname ?? "");
		const old = qualified(moved.schema, moved.relation);
		return [{
			...at(place),
			object: name,
			...shim ? { severity: "notice" } : {},
			title: shim ? `${name} moves to ${newschema}; a view keeps the old name` : `Moving ${name} to ${newschema} breaks the version that is still running`,
			message: shim ? "Queries of the version that is still running find the view. Check that they can write through it too, and drop it when no running version uses it." : `Its queries look for it in ${moved.schema} and fail until the new version runs everywhere. Leave a view there in the same transaction.`,
			evidence: {
				...evidenceOn(place.statement, moved),
				scan: false,
				rewrite: false
			},
			fix: shim ? null : recipe(context, [{
				title: "move it, and keep the old name as a view in the same transaction",
				sql: [`ALTER ${words[moved.kind] ?? "TABLE"} ${from} SET SCHEMA ${identifier(newschema)};`, `CREATE VIEW ${old} AS SELECT * FROM ${qualified(newschema, moved.relation)};`]
			}, {
				title: "when no version that is running uses the old name any more",
				sql: [`DROP VIEW ${old};`]
			}], { sameSchema: true })
		}];
	})
};
const words = {
	table: "TABLE",
	view: "VIEW",
	"materialized-view": "MATERIALIZED VIEW"
};
// src/rules/tables/autovacuum-disabled.ts
const autovacuumDisabled = {
	name: "autovacuum-disabled",
	about: "statement",
	severity: "warning",
	summary: "Autovacuum is switched off for an existing table.",
	why: "Dead rows pile up, the planner’s statistics get old, and in the end the server vacuums the table anyway to prevent transaction id wraparound, at a time that nobody chose. The migration that switches it on again is the one that is forgotten.",
	instead: "Let it run more often in smaller steps: `SET (autovacuum_vacuum_scale_factor = 0.02)`. For a bulk load switch it off and on again in one migration.",
	sources: ["https://www.postgresql.org/docs/current/routine-vacuuming.html#AUTOVACUUM"],
	peers: ["migrationpilot MP066"],
	bad: [{
		title: "A table",
		base: "CREATE TABLE events (id bigint PRIMARY KEY);",
		migration: "ALTER TABLE events SET (autovacuum_enabled = false);"
	}, {
		title: "Its TOAST table, among other settings",
		base: "CREATE TABLE \"Event\" (id bigint PRIMARY KEY, body text);",
		migration: "SELECT 1;\nALTER TABLE \"Event\" SET (fillfactor = 90, toast.autovacuum_enabled = off);",
		line: 2
	}],
	good: [{
		title: "More often instead",
		base: "CREATE TABLE events (id bigint PRIMARY KEY);",
		migration: "ALTER TABLE events SET (autovacuum_vacuum_scale_factor = 0.02);"
	}, {
		title: "Off and on again",
		base: "CREATE TABLE events (id bigint PRIMARY KEY);",
		migration: "ALTER TABLE events SET (autovacuum_enabled = false);\nALTER TABLE events RESET (autovacuum_enabled);"
	}],
	check: (context) => [...alterTables(context)].flatMap((alter) => {
		const off = alter.commands.some(({ subtype, def }) => subtype === "AT_SetRelOptions" && def !== void 0 && "List" in def && (def.List.items ?? []).some(switchesOff));
		const after = context.after?.byIdentity(`pg_class:${alter.table.oid}`);
		if (!off || after !== void 0 && !/autovacuum_enabled=(?:f|off|no|0)/i.test(after.definition)) return [];
		return [{
			...at(alter),
			object: alter.name,
			title: `Autovacuum is switched off for ${alter.name}`,
			message: "Dead rows pile up and statistics get old until the server vacuums the table anyway to prevent wraparound. Set its thresholds lower instead, or switch it on again in the same migration.",
			evidence: {
				...evidenceOn(alter.statement, alter.table),
				scan: false
			},
			fix: null
		}];
	})
};
function switchesOff(option) {
	if (!("DefElem" in option) || option.DefElem.defname !== "autovacuum_enabled") return false;
	const { arg } = option.DefElem;
	if (arg === void 0) return false;
	if ("String" in arg) return /^(?:f|false|off|no|n|0)$/i.test(arg.String.sval ?? "");
	if ("Integer" in arg) return (arg.Integer.ival ?? 0) === 0;
	return "TypeName" in arg && (arg.TypeName.names ?? []).some((part) => "String" in part && part.String.sval === "off");
}
// src/rules/read-tables.ts
/** Reading a partitioned table is one thing to say, however many partitions it has. */
function readTables(context, statement, relations) {
	const locksOf = (relation) => statement.locks.filter((lock) => nameOf(lock) === relation);
	const byParent = /* @__PURE__ */ new Map();
	for (const relation of relations) {
		const [lock] = locksOf(relation);
		const parent = (lock === void 0 ? void 0 : partitionedParent(context, lock)) ?? relation;
		byParent.set(parent, [...byParent.get(parent) ?? [], relation]);
	}
	return [...byParent].map(([parent, read]) => {
		const [first = parent, ...others] = read;
		const several = others.length > 0;
		return {
			object: several ? parent : first,
			words: several ? `${read.length} partitions of ${parent}` : first,
			relations: read,
			locks: read.flatMap(locksOf)
		};
	});
}
// src/rules/tables/unseen-reads.ts
/**
* What code (a DO block, a function, a procedure) has read under locks that it had given back when it ended: it
* committed, or caught an error. The server's words are left, and where the code hushed them, the counters.
*/
function unseenReads(context, place) {
	const { statement } = place;
	const hidden = hiddenIn(statement);
	if (hidden === null) return [];
	const commits = statement.source === "unknown";
	const tables = [.../* @__PURE__ */ new Set([...announced(context, statement), ...commits ? hushed(context, statement) : []])].filter((name) => !statement.rewrites.includes(name));
	const keys = validatedForeignKey(statement) && (commits || !holdsTables(statement));
	if (tables.length === 0 && !keys) return [];
	const words = tables.length === 0 ? "the tables of a foreign key" : listed$1(tables);
	const work = statement.proofs.some((proof) => proof.startsWith("building")) ? "builds an index" : statement.proofs.length > 0 ? "checks a constraint" : null;
	return [{
		...at(place),
		object: tables[0] ?? null,
		title: `${hidden.charAt(0).toUpperCase()}${hidden.slice(1)} ${commits ? "commits by itself" : "catches an error"} and reads every row of ${words} under a lock`,
		message: `${work === null ? "Its code keeps the server’s messages back, and the counters show that the rows were read" : `The server says that it ${work} there`}; by the time the statement ended its locks were gone, so that it cannot be said who waited. Write it as a statement of its own, where the lock can be seen and avoided.`,
		evidence: {
			lock: null,
			blocks: ["writes"],
			scan: true,
			rewrite: false
		},
		fix: null,
		explains: tables
	}];
}
/** Base's tables that the server names in its messages, and that the statement no longer holds. */
function announced(context, statement) {
	const named = statement.proofs.flatMap((proof) => {
		const match = /^(?:(?:verifying|rewriting) table|building index ".*" on table) "(.*?)"/s.exec(proof);
		return match?.[1] === void 0 ? [] : [match[1]];
	});
	const held = (relname) => statement.locks.some(({ names, kind }) => kind !== "index" && names.some((name) => ends$1(name, relname))) || statement.created.some(({ name }) => ends$1(name, relname));
	return named.filter((relname) => !held(relname)).flatMap((relname) => context.before?.objects.find(({ type, ownName }) => (type === "table" || type === "materialized-view") && ownName === relname)?.name ?? []);
}
/** Tables that code which keeps the server's messages back has read from end to end. */
function hushed(context, { deaf, sql, scans }) {
	const hushes = (text) => /client_min_messages/i.test(text);
	return deaf && (hushes(sql) || context.after?.objects.some(({ type, definition }) => (type === "function" || type === "procedure") && hushes(definition)) === true) ? scans : [];
}
const holdsTables = ({ locks }) => locks.some(({ kind, mode }) => kind === "table" && mode === "ShareRowExclusiveLock");
const ends$1 = (name, relname) => name.slice(name.indexOf(".") + 1) === relname;
// src/rules/tables/blocking-scan.ts
const blockingScan = {
	name: "blocking-scan",
	about: "statement",
	severity: "error",
	summary: "Every row of an existing table is read under a lock that blocks, in a way that no other rule describes.",
	why: "The shadow saw a table that base has being read from end to end, or an index being built on it, while the same transaction held a lock that reads or writes wait for. This rule catches what the rules about single statements do not name: commands that are new in PostgreSQL, and DDL inside DO blocks, functions and procedures.",
	instead: "Add constraints NOT VALID and validate them in a migration of their own, build indexes CONCURRENTLY, and give Postgres a valid CHECK that proves what it would have to look for.",
	sources: ["https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES", "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ATTACH-PARTITION"],
	peers: [
		"eugene E1 (trace)",
		"pgfence attach-partition",
		"migrationpilot MP072",
		"pgsafe attach-partition"
	],
	bad: [
		{
			title: "A new partition beside a DEFAULT one, hidden in a function that base has",
			base: `CREATE TABLE events (at int) PARTITION BY RANGE (at);
CREATE TABLE events_rest PARTITION OF events DEFAULT;
CREATE FUNCTION make_partition() RETURNS void LANGUAGE plpgsql AS $$
BEGIN CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (1) TO (2); END $$;`,
			migration: "SELECT make_partition();"
		},
		{
			title: "A CHECK hidden in a DO block",
			base: "CREATE TABLE users (id bigint PRIMARY KEY, age int);",
			migration: "SELECT 1;\nDO $$\nBEGIN\n  ALTER TABLE users ADD CHECK (age > 0);\nEND $$;",
			line: 2
		},
		{
			title: "A CHECK that is taken back when the block catches an error",
			base: "CREATE TABLE users (id bigint PRIMARY KEY, age int);",
			migration: `DO $$
BEGIN
  ALTER TABLE users ADD CONSTRAINT positive CHECK (age > 0);
  RAISE 'only a test';
EXCEPTION WHEN raise_exception THEN
  NULL;
END $$;`
		},
		{
			title: "A CHECK in a block that commits and keeps the server quiet",
			base: "CREATE TABLE users (id bigint PRIMARY KEY, age int);",
			migration: `DO $$
BEGIN
  SET LOCAL client_min_messages = error;
  ALTER TABLE users ADD CHECK (age > 0);
  COMMIT;
END $$;`,
			transaction: "none"
		}
	],
	good: [
		{
			title: "A backfill in batches that commits",
			base: "CREATE TABLE users (id bigint PRIMARY KEY, age int);",
			migration: `DO $$
BEGIN
  UPDATE users SET age = 0 WHERE age IS NULL AND id < 1000;
  COMMIT;
  UPDATE users SET age = 0 WHERE age IS NULL AND id >= 1000;
END $$;`,
			transaction: "none"
		},
		{
			title: "A block whose statement is refused before it reads anything",
			base: "CREATE TABLE users (id bigint PRIMARY KEY, age int CONSTRAINT positive CHECK (age > 0));",
			migration: `DO $$
BEGIN
  ALTER TABLE users ADD CONSTRAINT positive CHECK (age > 0);
EXCEPTION WHEN duplicate_object THEN
  NULL;
END $$;`
		},
		{
			title: "UPDATE reads all rows under a lock that blocks nobody",
			base: "CREATE TABLE users (id bigint PRIMARY KEY, age int);",
			migration: "UPDATE users SET age = 0 WHERE age IS NULL;"
		},
		{
			title: "A new partition without a DEFAULT one",
			base: "CREATE TABLE events (at int) PARTITION BY RANGE (at);",
			migration: "CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (1) TO (2);"
		}
	],
	check: (context, found) => [...places(context)].flatMap((place) => {
		const { statement } = place;
		if (statement.source === "unknown") return unseenReads(context, place);
		return [...readTables(context, statement, readRelations(place).filter((relation) => !statement.rewrites.includes(relation) && !isExplained(found, place, relation))).flatMap(({ object, words, relations, locks }) => {
			const lock = strongest(locks);
			const waiting = lock === void 0 ? [] : blocked(lock);
			if (lock === void 0 || waiting.length === 0) return [];
			if (isQuery(statement.node) && !lock.new) return [];
			const evidence = {
				lock: lock.mode,
				blocks: waiting,
				scan: true,
				rewrite: false
			};
			const hidden = hiddenIn(statement);
			return [{
				...at(place),
				object,
				title: `${hidden === null ? "The statement" : `${hidden.charAt(0).toUpperCase()}${hidden.slice(1)}`} reads every row of ${words} and ${blocksWhom(evidence, "it")}`,
				message: whoWaits(statement, {
					...lock,
					tableOid: null
				}, evidence, "every row is read"),
				evidence,
				fix: null,
				explains: relations
			}];
		}), ...unseenReads(context, place)];
	})
};
/** Nobody writes to a materialized view. */
const blocked = ({ kind, mode }) => kind === "materialized-view" ? blocks(mode).filter((each) => each === "reads") : blocks(mode);
/** Relations that were scanned, and those that an index was built on. */
function readRelations({ statement }) {
	const built = builtIndexes(statement);
	const indexed = statement.locks.filter(({ kind }) => kind === "table" || kind === "materialized-view").filter(({ names }) => names.some((name) => built.some(({ table }) => name.slice(name.indexOf(".") + 1) === table))).map(nameOf);
	return [.../* @__PURE__ */ new Set([...statement.scans, ...indexed])].filter((name) => !statement.emptied.includes(name));
}
/** Queries by themselves take weak locks only. */
const isQuery = (node) => node !== null && [
	"SelectStmt",
	"InsertStmt",
	"UpdateStmt",
	"DeleteStmt",
	"MergeStmt",
	"CopyStmt",
	"CreateTableAsStmt"
].some((kind) => kind in node);
// src/rules/tables/change-column-default.ts
const changeColumnDefault = {
	name: "change-column-default",
	about: "statement",
	severity: "warning",
	byDefault: "off",
	summary: "A required column of an existing table loses its default.",
	why: "A running version that leaves the column out of its INSERTs, since the default filled it, fails with a violation of NOT NULL from then on. But the last step of adding a required column safely is just this statement, in a later release, and the gate cannot tell which one it sees: off, therefore, until a team wants it looked at. Other changes of a default (a new one, another value) fail nowhere and are not reported; the schema changes show them.",
	instead: "Deploy the version that gives a value in every INSERT first, and drop the default when no other version runs any more.",
	sources: ["https://www.postgresql.org/docs/current/ddl-alter.html#DDL-ALTER-COLUMN-DEFAULT"],
	peers: [
		"strong_migrations change_column_default",
		"online_migrations change_column_default",
		"django-migration-linter"
	],
	bad: [{
		title: "DROP DEFAULT of a NOT NULL column",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, role text NOT NULL DEFAULT 'member');",
		migration: "ALTER TABLE users ALTER COLUMN role DROP DEFAULT;"
	}, {
		title: "SET DEFAULT NULL is the same, with names that need quotes",
		base: `CREATE TABLE "User" (id bigint PRIMARY KEY, "Role" text NOT NULL DEFAULT 'member');`,
		migration: "\nALTER TABLE \"User\" ALTER COLUMN \"Role\" SET DEFAULT NULL;",
		line: 2
	}],
	good: [{
		title: "A column that may hold NULLs",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, role text DEFAULT 'member');",
		migration: "ALTER TABLE users ALTER COLUMN role DROP DEFAULT;"
	}, {
		title: "Another value, and identity in place of a sequence",
		base: "CREATE TABLE users (id serial PRIMARY KEY, role text NOT NULL DEFAULT 'member');",
		migration: "ALTER TABLE users ALTER COLUMN role SET DEFAULT 'guest';\nALTER TABLE users ALTER COLUMN id DROP DEFAULT;\nALTER TABLE users ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY;"
	}],
	check: (context) => [...alterTables(context)].flatMap((alter) => alter.commands.flatMap(({ subtype, name: column }) => {
		if (subtype !== "AT_ColumnDefault" || column === void 0) return [];
		const before = columnOf(context, alter.table, column);
		const after = before === void 0 ? void 0 : context.after?.byIdentity(before.identity);
		if (before?.facts.hasDefault !== true || before.facts.default === null) return [];
		if (after === void 0 || after.facts.hasDefault === true || after.facts.identity !== null) return [];
		if (after.facts.refusesNull !== true) return [];
		return [{
			...at(alter),
			object: `${alter.name}.${column}`,
			title: `INSERTs that leave ${alter.name}.${column} out fail`,
			message: `The column refuses NULL and has no default any more, and the version that is still running may rely on the one that it had (${String(before.facts.default)}). Keep it until no such version runs.`,
			evidence: {
				...evidenceOn(alter.statement, alter.table),
				scan: false
			},
			fix: null
		}];
	}))
};
// src/rules/tables/reads-sources.ts
/** Base tables whose rows a CREATE … AS reads when it runs. */
const sourcesOf = ({ node, statement }) => node.into?.skipData === true ? [] : [...new Set(statement.locks.filter(({ kind, new: isNew }) => isNew && (kind === "table" || kind === "materialized-view")).map(nameOf))];
// src/rules/tables/create-table-as-select.ts
const createTableAsSelect = {
	name: "create-table-as-select",
	about: "statement",
	severity: "notice",
	summary: "A migration copies an existing table with CREATE TABLE … AS.",
	why: "The copy takes as long as the source is large, in one transaction: locks that the migration holds already are held until it ends, and VACUUM cannot remove what died since it began. The new table has the columns alone: no NOT NULL, default, key, index, comment or grant comes along, and rows that are written to the source meanwhile are missing.",
	instead: "`CREATE TABLE … (LIKE source INCLUDING ALL)`, and copy the rows in batches outside of migrations.",
	sources: ["https://www.postgresql.org/docs/current/sql-createtableas.html"],
	peers: [
		"migrationpilot MP096",
		"safe-migrate create-table-as-select",
		"pgrubic GN014"
	],
	bad: [{
		title: "A copy of a table",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, email text);",
		migration: "CREATE TABLE users_copy AS SELECT * FROM users;"
	}, {
		title: "SELECT INTO, with names that need quotes",
		base: "CREATE TABLE \"User\" (id bigint PRIMARY KEY, email text);",
		migration: "\nSELECT id INTO \"Copy\" FROM public.\"User\";",
		line: 2
	}],
	good: [{
		title: "WITH NO DATA reads nothing",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "CREATE TABLE users_copy AS SELECT * FROM users WITH NO DATA;"
	}, {
		title: "From values, or from a new table",
		base: "",
		migration: "CREATE TABLE a AS SELECT 1 AS id;\nCREATE TABLE b AS SELECT id FROM a;"
	}],
	check(context) {
		const made = [...statementsOf(context, "CreateTableAsStmt")].filter(({ node }) => node.objtype === "OBJECT_TABLE" && node.into?.rel?.relpersistence !== "t").map((place) => ({
			place,
			sources: sourcesOf(place),
			target: place.node.into?.rel?.relname
		}));
		const selected = [...statementsOf(context, "SelectStmt")].filter(({ node }) => node.intoClause !== void 0 && node.intoClause.rel?.relpersistence !== "t").map((place) => ({
			place,
			sources: [...new Set(place.statement.locks.filter((lock) => lock.new).map((lock) => `${lock.schema}.${lock.relation}`))],
			target: place.node.intoClause?.rel?.relname
		}));
		return [...made, ...selected].filter(({ sources }) => sources.length > 0).map(({ place, sources, target = "the new table" }) => ({
			...at(place),
			object: sources[0] ?? null,
			title: `The migration copies ${listed$1(sources)} into ${target}`,
			message: `That takes as long as the source is large, in one transaction, and ${target} gets no keys, defaults, NOT NULL or indexes. Create it with LIKE … INCLUDING ALL, and copy the rows in batches outside of migrations.`,
			evidence: null,
			growsWithTable: true,
			fix: null
		}));
	}
};
// src/rules/tables/create-then-rewrite.ts
const createThenRewrite = {
	name: "create-then-rewrite",
	about: "statement",
	severity: "notice",
	summary: "A migration rewrites a table that an earlier migration of the same pull request makes.",
	why: "Nobody waits for it: the table is new. But it was written down in a shape that nobody wants, every new database goes through both, and when the first migration is deployed before the second, the rewrite has rows to copy under ACCESS EXCLUSIVE.",
	instead: "Make the table in its final shape: neither migration has run anywhere yet.",
	sources: ["https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES"],
	peers: ["migrationpilot SQ003"],
	bad: [{
		title: "Another type",
		base: { "1_base.sql": "SELECT 1;" },
		migration: {
			"1_base.sql": "SELECT 1;",
			"2_make.sql": "CREATE TABLE users (id bigint PRIMARY KEY, age int);",
			"3_type.sql": "ALTER TABLE users ALTER COLUMN age TYPE bigint;"
		}
	}, {
		title: "A column with a random default, a name that needs quotes",
		base: { "1_base.sql": "SELECT 1;" },
		migration: {
			"1_base.sql": "SELECT 1;",
			"2_make.sql": "CREATE TABLE \"User\" (id bigint PRIMARY KEY);",
			"3_key.sql": "SELECT 1;\nALTER TABLE \"User\" ADD COLUMN key uuid DEFAULT gen_random_uuid();"
		},
		line: 2
	}],
	good: [{
		title: "Its final shape",
		base: { "1_base.sql": "SELECT 1;" },
		migration: {
			"1_base.sql": "SELECT 1;",
			"2_make.sql": "CREATE TABLE users (id bigint PRIMARY KEY, age bigint);",
			"3_more.sql": "ALTER TABLE users ADD COLUMN size int;"
		}
	}, {
		title: "In the migration that makes it",
		base: { "1_base.sql": "SELECT 1;" },
		migration: {
			"1_base.sql": "SELECT 1;",
			"2_make.sql": "CREATE TABLE users (id bigint PRIMARY KEY, age int);\nALTER TABLE users ALTER COLUMN age TYPE bigint;"
		}
	}],
	check(context) {
		const makers = /* @__PURE__ */ new Map();
		return [...places(context)].flatMap((place) => {
			const { statement, migration } = place;
			const names = rewrittenNames(place);
			for (const { type, name } of statement.created) if (type === "table") makers.set(name, place);
			if (names.size === 0) return [];
			return [...makers].flatMap(([name, maker]) => {
				const relname = name.slice(name.indexOf(".") + 1);
				if (maker.migration.file === migration.file || !names.has(relname)) return [];
				if (context.resolve(void 0, relname, statement) !== void 0) return [];
				return [{
					...at(place),
					object: name,
					title: `${name} is rewritten, and ${maker.migration.file} has only just made it`,
					message: `Both are new in this pull request. Make the table in its final shape there: if the first is deployed without the second, the rewrite has rows to copy while nobody can read them.`,
					evidence: null,
					fix: null
				}];
			});
		});
	}
};
/** Tables that the server says it rewrites, without their schema. */
const rewrittenNames = ({ statement }) => new Set(statement.proofs.flatMap((proof) => /^rewriting table "(.*)"$/s.exec(proof)?.[1] ?? []));
// src/rules/tables/triggers.ts
/** Name that the catalog gives a trigger of a base table, whatever the table is called by now. */
function triggerAfter(context, table, trigger) {
	const holder = context.after?.byIdentity(`pg_class:${table.oid}`);
	return holder === void 0 ? void 0 : context.after?.byName("trigger", `${holder.name}.${trigger}`);
}
const triggerBefore = (context, table, trigger) => context.before?.byName("trigger", `${nameOf(table)}.${trigger}`);
// src/rules/tables/create-trigger.ts
const createTrigger = {
	name: "create-trigger",
	about: "convention",
	severity: "notice",
	byDefault: "off",
	summary: "A trigger is added to an existing table.",
	why: "The trigger takes SHARE ROW EXCLUSIVE until the transaction ends, so that writes wait, and from then on every write of the running version does more than it did. The lock is brief and the schema changes show the trigger, which is why the rule is off until somebody wants every trigger looked at.",
	instead: "Try the trigger under production’s rate of writes first, and set a lock_timeout.",
	sources: ["https://www.postgresql.org/docs/current/sql-createtrigger.html"],
	peers: [
		"pgfence create-trigger",
		"migrationpilot MP090",
		"pgsafe add-trigger",
		"postgres-language-server"
	],
	bad: [{
		title: "For each row",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';",
		migration: "CREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();"
	}, {
		title: "A constraint trigger, with names that need quotes",
		base: "CREATE TABLE \"User\" (id bigint PRIMARY KEY);\nCREATE FUNCTION look() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';",
		migration: "\nCREATE CONSTRAINT TRIGGER \"Look\" AFTER INSERT ON \"User\" DEFERRABLE FOR EACH ROW EXECUTE FUNCTION look();",
		line: 2
	}],
	good: [{
		title: "On a table that the migration creates",
		base: "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';",
		migration: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();"
	}, {
		title: "In place of one of that name",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';\nCREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();",
		migration: "CREATE OR REPLACE TRIGGER users_touch BEFORE INSERT OR UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();",
		since: 14
	}],
	check: (context) => [...statementsOf(context, "CreateTrigStmt")].flatMap((place) => {
		const { trigname = "", row, relation } = place.node;
		const table = baseRelation(context, place, relation);
		if (table === void 0 || triggerBefore(context, table, trigname) !== void 0) return [];
		const name = nameOf(table);
		return [{
			...at(place),
			object: `${name}.${trigname}`,
			title: `${name} gets a trigger: ${trigname}`,
			message: `Writes to ${name} wait until the transaction ends, and from then on every ${row === true ? "row that is" : "statement that is"} written calls the function, also those of the version that is still running.`,
			evidence: {
				...evidenceOn(place.statement, table),
				scan: false
			},
			fix: null
		}];
	})
};
// src/sql/plpgsql.ts
var import_wasm = require_wasm();
/**
* The body of a `DO` statement in PL/pgSQL as PostgreSQL's own PL/pgSQL grammar reads it: nodes such as
* `PLpgSQL_stmt_loop`, as plain objects. Null for other languages and for what cannot be read.
*/
function parseDoBlock(sql) {
	try {
		return (0, import_wasm.parsePlPgSQLSync)(sql);
	} catch {
		return null;
	}
}
// src/rules/transactions/loops.ts
const kinds = [
	"loop",
	"while",
	"fori",
	"fors",
	"forc",
	"foreach_a",
	"dynfors"
].map((kind) => `PLpgSQL_stmt_${kind}`);
/** Every loop of every DO block. */
function loops(context) {
	return [...statementsOf(context, "DoStmt")].flatMap((place) => {
		return [...below(parseDoBlock(place.statement.sql))].flatMap((node) => kinds.flatMap((kind) => {
			const loop = node[kind];
			return loop === void 0 ? [] : [{
				place,
				body: [...below(loop.body)]
			}];
		}));
	});
}
const contains = (body, kind) => body.some((node) => kind in node);
/** Texts of the statements that a body sends, as far as they stand there. */
const queries = (body) => body.flatMap((node) => {
	const query = node.PLpgSQL_stmt_execsql?.sqlstmt?.PLpgSQL_expr?.query;
	return query === void 0 ? [] : [query];
});
// src/rules/tables/do-block-or-dynamic-sql-opaque.ts
const doBlockOrDynamicSqlOpaque = {
	name: "do-block-or-dynamic-sql-opaque",
	about: "statement",
	severity: "notice",
	summary: "DDL on an existing table is hidden in a DO block, a function or a procedure.",
	why: "Whoever reads the migration does not see what it locks, and neither does a linter that reads the text. The shadow does; but a block that asks the database first (`IF EXISTS …`) may take another way in production than on an empty shadow. Where the hidden DDL is dangerous, the finding about it says so and this one is silent. So it is about a block that can only take one way: plain statements, and at most an `EXCEPTION` for what is there already.",
	instead: "Write the statement itself; `IF [NOT] EXISTS` covers most of what such blocks are for.",
	sources: ["https://www.postgresql.org/docs/current/sql-do.html"],
	peers: [
		"migrationpilot MP063",
		"pgsafe unchecked-do-block",
		"safe-migrate opaque-dynamic-sql",
		"strong_migrations execute"
	],
	bad: [{
		title: "ALTER TABLE in a DO block",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: `DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'users'::regclass AND attname = 'age') THEN
    ALTER TABLE users ADD COLUMN age int;
  END IF;
END $$;`
	}, {
		title: "In a function that base has",
		base: `CREATE TABLE "User" (id bigint PRIMARY KEY);
CREATE FUNCTION tag() RETURNS void LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'ALTER TABLE "User" ADD COLUMN tag text'; END $$;`,
		migration: "SELECT 1;\nSELECT tag();",
		line: 2
	}],
	good: [
		{
			title: "A block of plain statements that forgives what is there already",
			base: "CREATE TABLE users (id bigint PRIMARY KEY);",
			migration: `DO $$ BEGIN
 ALTER TABLE "users" ADD COLUMN "age" integer;
 ALTER TABLE "users" ALTER COLUMN "age" SET DEFAULT 18;
EXCEPTION
 WHEN duplicate_object THEN null;
 WHEN duplicate_column THEN null;
END $$;`
		},
		{
			title: "The statement itself",
			base: "CREATE TABLE users (id bigint PRIMARY KEY);",
			migration: "ALTER TABLE users ADD COLUMN IF NOT EXISTS age int;"
		},
		{
			title: "A block that locks nothing anybody waits for",
			base: "CREATE TABLE users (id bigint PRIMARY KEY);",
			migration: `DO $$ BEGIN CREATE TYPE mood AS ENUM ('a'); EXCEPTION WHEN duplicate_object THEN NULL; END $$;`
		}
	],
	check: (context, found) => [...completed(context)].flatMap((place) => {
		const { statement } = place;
		const hidden = hiddenIn(statement);
		if (hidden === null || statement.node === null || takesOneWay(statement)) return [];
		const lock = strongest(statement.locks.filter(({ new: isNew, kind, mode }) => isNew && kind === "table" && blocks(mode).length > 0));
		if (lock === void 0 || statement.rewrites.length > 0 || statement.scans.length > 0) return [];
		if (found.some((draft) => isAbout(draft, place) && draft.evidence !== null)) return [];
		return [{
			...at(place),
			object: nameOf(lock),
			title: `${hidden.charAt(0).toUpperCase()}${hidden.slice(1)} hides what it does to ${nameOf(lock)}`,
			message: `On the shadow it took ${lockTitle(lock.mode)} on ${nameOf(lock)}; in production it may take another way, if it asks the database first. Write the statement itself where that is possible.`,
			evidence: {
				lock: lock.mode,
				blocks: blocks(lock.mode),
				scan: false,
				rewrite: false
			},
			fix: null
		}];
	})
};
/** Nodes of a block that does one statement after the other. */
const straight = /* @__PURE__ */ new Set([
	"PLpgSQL_stmt_block",
	"PLpgSQL_stmt_execsql",
	"PLpgSQL_stmt_return"
]);
/** What is there already: then the statement does nothing at all. */
const forgiven = /^duplicate_(?:object|table|column|schema|function|alias|database|prepared_statement)$/;
/** A DO block of plain statements: what the shadow saw is what it does everywhere. */
function takesOneWay({ node, sql }) {
	if (node === null || !("DoStmt" in node)) return false;
	const nodes = [...below(parseDoBlock(sql))];
	const sent = queries(nodes);
	return sent.length > 0 && sent.every((query) => !/^\s*(?:SELECT|WITH|CALL|EXECUTE)\b/i.test(query)) && nodes.every((each) => Object.entries(each).every(([kind, value]) => kind === "condname" ? forgiven.test(String(value)) : !kind.startsWith("PLpgSQL_stmt_") || straight.has(kind)));
}
// src/rules/tables/drop-table.ts
const dropTable = {
	name: "drop-table",
	about: "statement",
	severity: "warning",
	summary: "A table that base has is dropped.",
	why: `Its rows are gone for good, and every query of the running version that names it fails. A foreign key to or from it takes ACCESS EXCLUSIVE on the other table too.

It is a notice for a table that base has already taken out of use: a migration of base renamed it, or its name says so (users_old, deprecated_orders). It is an error when base’s code, which runs while the migration is applied, likely uses the table: removing the code and dropping the table in one pull request is the classic mistake. It is an error too when the same migrations make a table of the same name again: the schema then looks unchanged, and all rows are lost unless they were copied before.`,
	instead: "Rename it out of the way first, when no running version uses it; drop it some weeks later, when nobody has missed it.",
	sources: ["https://www.postgresql.org/docs/current/sql-droptable.html"],
	peers: [
		"squawk ban-drop-table",
		"atlas DS102",
		"pgfence drop-table",
		"migrationpilot MP026",
		"pgsafe drop-table",
		"online_migrations drop_table"
	],
	bad: [
		{
			title: "A table that base has",
			base: "CREATE TABLE sessions (id bigint PRIMARY KEY);",
			migration: "DROP TABLE sessions;"
		},
		{
			title: "With quotes, IF EXISTS and CASCADE",
			base: "CREATE TABLE \"Session\" (id bigint PRIMARY KEY);",
			migration: "\nDROP TABLE IF EXISTS public.\"Session\" CASCADE;",
			line: 2
		},
		{
			title: "A table that base has taken out of use: a notice",
			base: "CREATE TABLE sessions (id bigint PRIMARY KEY);\nALTER TABLE sessions RENAME TO sessions_before_2026;",
			migration: "DROP TABLE sessions_before_2026;"
		},
		{
			title: "Hidden in a DO block",
			base: "CREATE TABLE sessions (id bigint PRIMARY KEY);",
			migration: "DO $$ BEGIN EXECUTE 'DROP TABLE sessions'; END $$;"
		}
	],
	good: [{
		title: "A table that the migration created",
		base: "",
		migration: "CREATE TABLE scratch (id bigint);\nDROP TABLE scratch;"
	}, {
		title: "IF EXISTS, and it does not",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "DROP TABLE IF EXISTS session;"
	}],
	check(context) {
		const written = dropped(context, "OBJECT_TABLE").flatMap(({ place, node, relations }) => relations.map(({ base, written: { schema, name } }) => draft$2(context, place, base, renameFirst(context, base, {
			schema,
			name
		}, node.behavior === "DROP_CASCADE"))));
		return [...written, ...hiddenDrops(context, new Set(written.map(({ object }) => object)))];
	}
};
/** Tables that are gone though no DROP TABLE names them: DO blocks, functions, DROP SCHEMA CASCADE. */
function hiddenDrops(context, known) {
	return context.schemaChanges.filter(({ change, type, name }) => change === "removed" && type === "table" && !known.has(name)).filter(({ name }, _, gone) => {
		const parent = context.before?.byName("table", name)?.facts.partitionOf;
		return typeof parent !== "string" || !(known.has(parent) || gone.some((other) => other.name === parent));
	}).flatMap(({ name }) => {
		for (const place of places(context)) {
			const lock = place.statement.locks.find((each) => nameOf(each) === name && each.mode === "AccessExclusiveLock" && each.new);
			if (lock === void 0) continue;
			return dropsSchema(place) || wentWithSchema(context, name) ? [] : [draft$2(context, place, {
				...lock,
				tableOid: null
			}, null)];
		}
		return [];
	});
}
const wentWithSchema = (context, table) => changeOf(context, ["schema"], table.slice(0, table.indexOf(".")))?.change === "removed";
const dropsSchema = ({ statement: { node } }) => node !== null && "DropStmt" in node && node.DropStmt.removeType === "OBJECT_SCHEMA";
/** Names that say that nothing uses the table any more. */
const retired = /(?:^|_)(?:old|unused|deprecated|obsolete|legacy|backup|bak|tmp|temp|trash|archived?|to_(?:drop|delete)|delete_me)(?:_?\d+)?$|^_?(?:old|unused|deprecated|obsolete|bak|backup|trash|to_drop)_/i;
/** Is the table one that base has already taken out of use: by its name, or by a migration that renamed it? */
function isRetired(context, { relation }) {
	if (retired.test(relation)) return true;
	return (context.baseMigrations ?? []).some((sql) => sql.includes(relation) && /\brename\b/i.test(sql) && parseFile(sql).statements.some(({ node }) => "RenameStmt" in node && node.RenameStmt.renameType === "OBJECT_TABLE" && node.RenameStmt.newname === relation));
}
function draft$2(context, place, table, fix) {
	const { statement } = place;
	const name = nameOf(table);
	const before = context.before?.byName("table", name);
	const after = context.after?.byName("table", name);
	const again = before !== void 0 && after !== void 0 && before.identity !== after.identity;
	const others = statement.locks.filter(({ kind, mode, new: isNew, oid }) => kind === "table" && mode === "AccessExclusiveLock" && isNew && oid !== table.oid && partitionedParent(context, { oid }) !== name);
	const node = statement.node;
	const named = node !== null && "DropStmt" in node && node.DropStmt.removeType === "OBJECT_TABLE" && "DropStmt" in node ? node.DropStmt.objects?.length ?? 1 : 1;
	const where = hiddenIn(statement);
	const also = named === 1 && others.length > 0 ? ` The statement takes ACCESS EXCLUSIVE on ${listed$1(others.map(nameOf))} as well.` : "";
	const aside = !again && isRetired(context, table);
	const evidence = {
		...evidenceOn(statement, table),
		scan: false
	};
	if (again && isTableCopied(context, place, table)) return {
		...at(place),
		object: name,
		title: `${name} is replaced by a copy of it`,
		message: `Rows that are written after the copy and before the DROP are lost, unless a lock keeps writers out in between: LOCK TABLE ${qualified(table.schema, table.relation)} IN SHARE ROW EXCLUSIVE MODE before the copy, in the same transaction.${also} Views, grants and foreign keys of the old table do not come along.`,
		evidence,
		fix: null
	};
	return withUses(context, {
		...at(place),
		object: name,
		...again ? { severity: "error" } : aside ? { severity: "notice" } : {},
		title: again ? `${name} is dropped and created again: all its rows are lost` : `Dropping ${name} deletes all its rows`,
		message: again ? `The schema may look the same afterwards, but the table is another one and empty.${also} Change the table in place with ALTER TABLE, or copy the rows over before the old one goes.` : `The version that is still running fails wherever it names the table, and the rows cannot be brought back.${where === null ? "" : ` The DROP is hidden in ${where}.`}${also} ${aside ? "Base has taken it out of use already: check that nobody has missed it." : "Rename it out of the way first and drop it when nobody has missed it."}`,
		evidence,
		fix: again || aside ? null : fix
	}, [name], {
		what: "Remove the code first, deploy, then drop.",
		keeps: again
	});
}
function renameFirst(context, table, { schema, name }, cascade) {
	const aside = withEnding(table.relation, "_unused");
	return recipe(context, [{
		title: "out of the way, when no version that is running uses it",
		sql: [`ALTER TABLE ${qualified(schema, name)} RENAME TO ${identifier(aside)};`],
		notes: [`Missed after all? ALTER TABLE ${qualified(schema, aside)} RENAME TO ${identifier(table.relation)};`]
	}, {
		title: "some weeks later, when nobody has missed it",
		sql: [`DROP TABLE ${qualified(schema, aside)}${cascade ? " CASCADE" : ""};`]
	}], { sameSchema: true });
}
// src/rules/tables/drop-trigger.ts
const dropTrigger = {
	name: "drop-trigger",
	about: "statement",
	severity: "notice",
	summary: "A trigger of an existing table is dropped and not made again.",
	why: "Writes of the version that is still running no longer do what the trigger did: a column that it kept, a history table, a check. DROP TRIGGER also takes ACCESS EXCLUSIVE on the table, though briefly.",
	instead: "Deploy the version that does without the trigger first. A trigger that is changed: `CREATE OR REPLACE TRIGGER` (PostgreSQL 14 and newer), which has no moment without it.",
	sources: ["https://www.postgresql.org/docs/current/sql-droptrigger.html"],
	peers: ["pgfence drop-trigger", "postgres-language-server banDropTrigger"],
	bad: [{
		title: "A trigger that base has",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';\nCREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();",
		migration: "DROP TRIGGER users_touch ON users;"
	}, {
		title: "IF EXISTS, with names that need quotes",
		base: "CREATE TABLE \"User\" (id bigint PRIMARY KEY);\nCREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';\nCREATE TRIGGER \"Touch\" BEFORE UPDATE ON \"User\" FOR EACH ROW EXECUTE FUNCTION touch();",
		migration: "SELECT 1;\nDROP TRIGGER IF EXISTS \"Touch\" ON public.\"User\";",
		line: 2
	}],
	good: [{
		title: "Made again in the same migration",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';\nCREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();",
		migration: "DROP TRIGGER users_touch ON users;\nCREATE TRIGGER users_touch BEFORE INSERT OR UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();"
	}, {
		title: "IF EXISTS, and it does not",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';",
		migration: "DROP TRIGGER IF EXISTS users_touch ON users;\nCREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();"
	}],
	check: (context) => [...completed(context)].flatMap((place) => {
		const { node } = place.statement;
		if (node === null || !("DropStmt" in node) || node.DropStmt.removeType !== "OBJECT_TRIGGER") return [];
		return (node.DropStmt.objects ?? []).flatMap((object) => {
			const parts = ("List" in object ? object.List.items ?? [] : []).flatMap((item) => "String" in item ? [item.String.sval ?? ""] : []);
			const trigger = parts.at(-1) ?? "";
			const table = context.resolve(parts.at(-3), parts.at(-2) ?? "", place.statement);
			if (table === void 0 || triggerBefore(context, table, trigger) === void 0) return [];
			if (triggerAfter(context, table, trigger) !== void 0) return [];
			const name = nameOf(table);
			return [{
				...at(place),
				object: `${name}.${trigger}`,
				title: `Writes to ${name} no longer do what the trigger ${trigger} did`,
				message: `That holds for the version that is still running as well. Check that it does not rely on the trigger.`,
				evidence: {
					...evidenceOn(place.statement, table),
					scan: false
				},
				fix: null
			}];
		});
	})
};
// src/rules/tables/enable-disable-trigger.ts
const disabling = [
	"AT_DisableTrig",
	"AT_DisableTrigAll",
	"AT_DisableTrigUser"
];
const enabling = [
	"AT_EnableTrig",
	"AT_EnableTrigAll",
	"AT_EnableTrigUser",
	"AT_EnableAlwaysTrig",
	"AT_EnableReplicaTrig"
];
const enableDisableTrigger = {
	name: "enable-disable-trigger",
	about: "statement",
	severity: "warning",
	summary: "Triggers of an existing table are switched off beyond the end of the transaction.",
	why: `While a trigger is disabled, nobody's writes fire it, also those of the version that is still running; DISABLE TRIGGER ALL switches off the checks of foreign keys too. What was written meanwhile stays as it is when the trigger is enabled again.

Disabled and enabled again in one transaction it harms nobody: the lock that the statement takes (SHARE ROW EXCLUSIVE) keeps other writers out until COMMIT. Nothing is reported then.`,
	instead: "Enable it again in the same transaction, or `SET LOCAL session_replication_role = replica`, which concerns the own session only. A trigger that is no longer wanted: drop it.",
	sources: ["https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-DISABLE-ENABLE-TRIGGER"],
	peers: [
		"pgfence enable-disable-trigger",
		"migrationpilot MP064",
		"safe-migrate disable-trigger"
	],
	bad: [{
		title: "One trigger, and it stays off",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';\nCREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();",
		migration: "ALTER TABLE users DISABLE TRIGGER users_touch;"
	}, {
		title: "Enabled again, but each statement commits by itself",
		base: "CREATE TABLE \"User\" (id bigint PRIMARY KEY);\nCREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';\nCREATE TRIGGER \"Touch\" BEFORE UPDATE ON \"User\" FOR EACH ROW EXECUTE FUNCTION touch();",
		migration: "ALTER TABLE \"User\" DISABLE TRIGGER USER;\nUPDATE \"User\" SET id = id WHERE id = 1;\nALTER TABLE \"User\" ENABLE TRIGGER USER;",
		transaction: "none"
	}],
	good: [{
		title: "Enabled again in the same transaction",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';\nCREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();",
		migration: "ALTER TABLE users DISABLE TRIGGER users_touch;\nUPDATE users SET id = id WHERE id = 1;\nALTER TABLE users ENABLE TRIGGER users_touch;"
	}, {
		title: "Only enabled",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';\nCREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();",
		migration: "ALTER TABLE users ENABLE TRIGGER users_touch;"
	}],
	check(context) {
		const alters = [...alterTables(context)];
		return alters.flatMap((alter) => alter.commands.flatMap(({ subtype, name: trigger }) => {
			if (subtype === void 0 || !disabling.includes(subtype)) return [];
			const stays = staysOff(context, alter, trigger);
			if (!stays && enabledInTransaction(alters, alter)) return [];
			const which = trigger ?? (subtype === "AT_DisableTrigAll" ? "ALL" : "USER");
			return [{
				...at(alter),
				object: alter.name,
				title: stays ? `${alter.name} is left with disabled triggers` : `Nobody's writes to ${alter.name} fire its triggers for a while`,
				message: `DISABLE TRIGGER ${which} holds for all sessions, also for the version that is still running${stays ? ", and the migration does not enable it again" : ": the statement commits before the triggers are enabled again"}. ${stays ? "Drop the trigger when it is not wanted any more." : "Do it in one transaction, or SET LOCAL session_replication_role for the own session."}`,
				evidence: {
					...evidenceOn(alter.statement, alter.table),
					scan: false
				},
				fix: null
			}];
		}));
	}
};
/** Is the trigger (or any one that the statement means) disabled in the end? */
function staysOff(context, { table }, trigger) {
	if (trigger !== void 0) return triggerAfter(context, table, trigger)?.facts.enabled === "D";
	const holder = context.after?.byIdentity(`pg_class:${table.oid}`)?.name;
	return context.after?.objects.some(({ type, container, facts }) => type === "trigger" && container === holder && facts.enabled === "D") === true;
}
const enabledInTransaction = (alters, off) => off.statement.inTransaction && alters.some(({ migration, statement, table, commands }) => migration === off.migration && statement.index > off.statement.index && table.oid === off.table.oid && commands.some(({ subtype }) => subtype !== void 0 && enabling.includes(subtype)));
// src/rules/tables/lock-table-explicit.ts
const lockTableExplicit = {
	name: "lock-table-explicit",
	about: "statement",
	severity: "warning",
	summary: "LOCK TABLE keeps reads or writes of an existing table out until the transaction ends.",
	why: "The lock is held until COMMIT, whatever else the migration does. While LOCK TABLE itself waits for a long query, everybody else queues up behind it. Two sessions that lock in another order end in a deadlock. The mode that is meant when none is said is the strongest, ACCESS EXCLUSIVE.",
	instead: "Leave it out: DDL takes the lock that it needs. Where one is needed for a swap, say the weakest mode that does (`IN SHARE ROW EXCLUSIVE MODE` keeps writers out and lets readers in), after the slow work, with a lock_timeout.",
	sources: ["https://www.postgresql.org/docs/current/sql-lock.html"],
	peers: ["migrationpilot MP065"],
	bad: [{
		title: "No mode said",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "LOCK TABLE users;"
	}, {
		title: "A mode that keeps writers out",
		base: "CREATE TABLE \"User\" (id bigint PRIMARY KEY);\nCREATE TABLE teams (id bigint PRIMARY KEY);",
		migration: "\nLOCK TABLE ONLY public.\"User\", teams IN SHARE ROW EXCLUSIVE MODE;",
		line: 2
	}],
	good: [{
		title: "A mode that blocks neither reads nor writes",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "LOCK TABLE users IN SHARE UPDATE EXCLUSIVE MODE;"
	}, {
		title: "A table that the migration creates",
		base: "",
		migration: "CREATE TABLE users (id bigint PRIMARY KEY);\nLOCK TABLE users;"
	}],
	check: (context) => [...statementsOf(context, "LockStmt")].flatMap((place) => {
		const mode = lockModes[(place.node.mode ?? 8) - 1];
		const tables = (place.node.relations ?? []).flatMap((each) => {
			const table = "RangeVar" in each ? baseRelation(context, place, each.RangeVar) : void 0;
			return table === void 0 ? [] : [table];
		});
		const [first] = tables;
		if (mode === void 0 || first === void 0 || blocks(mode).length === 0) return [];
		const whom = blocks(mode).includes("reads") ? "reads and writes" : "writes";
		return [{
			...at(place),
			object: nameOf(first),
			title: `LOCK TABLE keeps ${whom} of ${listed$1(tables.map(nameOf))} out until the transaction ends`,
			message: `It takes ${lockTitle(mode)} and holds it for all the rest of the transaction. DDL takes the locks that it needs by itself; where this one is needed, take it last and in the weakest mode that does.`,
			evidence: {
				...evidenceOn(place.statement, first),
				scan: false
			},
			fix: null
		}];
	})
};
// src/rules/tables/refresh-matview-blocking.ts
const refreshMatviewBlocking = {
	name: "refresh-matview-blocking",
	about: "statement",
	severity: "error",
	summary: "A materialized view is refreshed while its readers wait.",
	why: "`REFRESH MATERIALIZED VIEW` holds ACCESS EXCLUSIVE on the view until its query has run and all indexes are rebuilt: every read of it waits.",
	instead: "`REFRESH MATERIALIZED VIEW CONCURRENTLY`, which needs a unique index on plain columns of all rows; better still, outside of migrations.",
	sources: ["https://www.postgresql.org/docs/current/sql-refreshmaterializedview.html"],
	peers: [
		"pgfence refresh-matview",
		"migrationpilot MP033",
		"pgsafe refresh-materialized-view",
		"pgrubic US028"
	],
	bad: [{
		title: "A view that base has",
		base: "CREATE TABLE t (id bigint PRIMARY KEY);\nCREATE MATERIALIZED VIEW totals AS SELECT count(*) AS n FROM t;",
		migration: "REFRESH MATERIALIZED VIEW totals;"
	}, {
		title: "With names that need quotes",
		base: "CREATE TABLE t (id bigint PRIMARY KEY);\nCREATE MATERIALIZED VIEW \"Totals\" AS SELECT id FROM t;\nCREATE UNIQUE INDEX ON \"Totals\" (id);",
		migration: "SELECT 1;\nREFRESH MATERIALIZED VIEW public.\"Totals\";",
		line: 2
	}],
	good: [{
		title: "CONCURRENTLY",
		base: "CREATE TABLE t (id bigint PRIMARY KEY);\nCREATE MATERIALIZED VIEW totals AS SELECT id FROM t;\nCREATE UNIQUE INDEX ON totals (id);",
		migration: "REFRESH MATERIALIZED VIEW CONCURRENTLY totals;"
	}, {
		title: "A view that the migration creates",
		base: "CREATE TABLE t (id bigint PRIMARY KEY);",
		migration: "CREATE MATERIALIZED VIEW totals AS SELECT id FROM t WITH NO DATA;\nREFRESH MATERIALIZED VIEW totals;"
	}],
	check: (context) => [...places(context)].flatMap((place) => {
		const { statement } = place;
		if (statement.node === null || !("RefreshMatViewStmt" in statement.node)) return [];
		const { relation, concurrent, skipData } = statement.node.RefreshMatViewStmt;
		const view = context.resolve(relation?.schemaname, relation?.relname ?? "", statement);
		if (view === void 0 || concurrent === true || skipData === true) return [];
		const evidence = evidenceOn(statement, view);
		const name = nameOf(view);
		return [{
			...at(place),
			object: name,
			title: `Refreshing ${name} ${blocksWhom({
				...evidence,
				blocks: ["reads"]
			}, name).replace(" and writes", "")}`,
			message: `The statement holds ACCESS EXCLUSIVE on ${name} until the view's query has run and its indexes are built (seen on the shadow), so every read of it waits for a time that grows with the data. ${hasUniqueIndex(context, name) ? "Refresh it with CONCURRENTLY." : "Give it a unique index on plain columns, without WHERE, and refresh it with CONCURRENTLY."}`,
			evidence: {
				...evidence,
				blocks: ["reads"]
			},
			fix: hasUniqueIndex(context, name) ? recipe(context, [{
				title: "readers go on with the old rows",
				sql: [`REFRESH MATERIALIZED VIEW CONCURRENTLY ${qualified(relation?.schemaname, relation?.relname ?? view.relation)};`]
			}], { sameSchema: true }) : null,
			explains: [name, ...everythingOf(statement)]
		}];
	})
};
/** What CONCURRENTLY needs: one that covers all rows and uses column names only. */
const hasUniqueIndex = (context, view) => context.before?.objects.some(({ type, container, facts, columns }) => type === "index" && container === view && facts.unique === true && facts.valid === true && facts.predicate === null && columns.length > 0) === true;
// src/rules/tables/rename-constraint.ts
const renameConstraint = {
	name: "rename-constraint",
	about: "statement",
	severity: "notice",
	summary: "A constraint of an existing table gets another name.",
	why: "`INSERT … ON CONFLICT ON CONSTRAINT name` fails when the name is gone, and applications that tell from the name in an error what was wrong (“that address is taken”) show the user something else.",
	instead: "Search the application for the name first, and let it know both for the time of the rollout.",
	sources: ["https://www.postgresql.org/docs/current/sql-insert.html#SQL-ON-CONFLICT"],
	peers: ["none that we know of"],
	bad: [{
		title: "A unique constraint",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, email text CONSTRAINT users_email_key UNIQUE);",
		migration: "ALTER TABLE users RENAME CONSTRAINT users_email_key TO users_email_unique;"
	}, {
		title: "A foreign key, with names that need quotes",
		base: "CREATE TABLE \"User\" (id bigint PRIMARY KEY);\nCREATE TABLE \"Order\" (id bigint PRIMARY KEY, \"userId\" bigint CONSTRAINT \"Order_user\" REFERENCES \"User\" (id));",
		migration: "\nALTER TABLE \"Order\" RENAME CONSTRAINT \"Order_user\" TO \"Order_userId_fkey\";",
		line: 2
	}],
	good: [{
		title: "In a table that the migration creates",
		base: "",
		migration: "CREATE TABLE users (id bigint PRIMARY KEY);\nALTER TABLE users RENAME CONSTRAINT users_pkey TO users_id;"
	}, {
		title: "A constraint that the migration added",
		base: "",
		migration: "CREATE TABLE people (id bigint PRIMARY KEY, age int);\nALTER TABLE people ADD CONSTRAINT a CHECK (age > 0);\nALTER TABLE people RENAME CONSTRAINT a TO people_age_check;"
	}],
	check: (context) => [...statementsOf(context, "RenameStmt")].flatMap((place) => {
		const { renameType, relation, subname = "", newname = "" } = place.node;
		if (renameType !== "OBJECT_TABCONSTRAINT") return [];
		const table = baseRelation(context, place, relation);
		if (table === void 0) return [];
		const name = nameOf(table);
		const constraint = context.before?.byName("constraint", `${name}.${subname}`);
		if (constraint === void 0) return [];
		const unique = [
			"primary-key",
			"unique",
			"exclusion"
		].includes(String(constraint.facts.kind));
		return [{
			...at(place),
			object: `${name}.${subname}`,
			title: `Whoever knows the constraint ${subname} of ${name} by its name no longer finds it`,
			message: `${unique ? `ON CONFLICT ON CONSTRAINT ${subname} fails in the version that is still running, and errors` : "Errors"} name ${newname} from now on. Search the application for the old name.`,
			evidence: {
				...evidenceOn(place.statement, table),
				scan: false
			},
			fix: null
		}];
	})
};
// src/rules/tables/rename-index.ts
const renameIndex = {
	name: "rename-index",
	about: "convention",
	severity: "notice",
	byDefault: "off",
	summary: "An index of an existing table gets another name.",
	why: "Queries do not name indexes and the lock is weak, so that nothing breaks. What does know the name: pg_hint_plan’s hints, monitoring, error texts of a unique index, and the migration that drops it in another branch.",
	instead: "Search for the old name before.",
	sources: ["https://www.postgresql.org/docs/current/sql-alterindex.html"],
	peers: ["none that we know of"],
	bad: [{
		title: "An index",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, email text);\nCREATE INDEX users_email ON users (email);",
		migration: "ALTER INDEX users_email RENAME TO users_email_idx;"
	}, {
		title: "With names that need quotes",
		base: "CREATE TABLE \"User\" (id bigint PRIMARY KEY, email text);\nCREATE UNIQUE INDEX \"User email\" ON \"User\" (email);",
		migration: "\nALTER INDEX public.\"User email\" RENAME TO \"User_email_key\";",
		line: 2
	}],
	good: [{
		title: "An index that the migration creates",
		base: "",
		migration: "CREATE TABLE users (id bigint PRIMARY KEY, email text);\nCREATE INDEX a ON users (email);\nALTER INDEX a RENAME TO users_email_idx;"
	}, {
		title: "IF EXISTS, and it does not",
		base: "",
		migration: "ALTER INDEX IF EXISTS a RENAME TO b;"
	}],
	check: (context) => [...statementsOf(context, "RenameStmt")].flatMap((place) => {
		const { renameType, relation, newname = "" } = place.node;
		const index = renameType === "OBJECT_INDEX" ? baseRelation(context, place, relation, ["index"]) : void 0;
		if (index === void 0) return [];
		return [{
			...at(place),
			object: nameOf(index),
			title: `The index ${nameOf(index)} is called ${newname} from now on`,
			message: "Hints, monitoring and migrations of other branches may know it by its old name.",
			evidence: {
				...evidenceOn(place.statement, index),
				scan: false
			},
			fix: null
		}];
	})
};
// src/rules/tables/rename-table.ts
const renameTable = {
	name: "rename-table",
	about: "statement",
	severity: "warning",
	summary: "A table that base has gets another name.",
	why: "From the moment of the rename every query of the running version that names the table fails, until the new version runs everywhere.",
	instead: "Leave a view under the old name in the same transaction: Postgres lets the running version read and write through it. With that it is a notice.",
	sources: ["https://www.postgresql.org/docs/current/sql-createview.html#SQL-CREATEVIEW-UPDATABLE-VIEWS"],
	peers: [
		"squawk renaming-table",
		"atlas BC101",
		"strong_migrations rename_table",
		"online_migrations rename_table",
		"pgfence rename-table",
		"migrationpilot MP028",
		"pgsafe rename"
	],
	bad: [{
		title: "A table that base has",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "ALTER TABLE users RENAME TO people;"
	}, {
		title: "Names that need quotes",
		base: "CREATE SCHEMA \"App\";\nCREATE TABLE \"App\".\"User\" (id bigint PRIMARY KEY);",
		migration: "ALTER TABLE \"App\".\"User\" RENAME TO \"Person\";"
	}],
	good: [{
		title: "A table that the migration creates",
		base: "",
		migration: "CREATE TABLE users (id bigint PRIMARY KEY);\nALTER TABLE users RENAME TO people;"
	}, {
		title: "A second name for it: a view",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "CREATE VIEW people AS SELECT * FROM users;"
	}],
	check: (context) => {
		const written = fromText$3(context);
		return [...written, ...hiddenRenames(context, "table", new Set(written.map(({ object }) => object)))];
	}
};
const fromText$3 = (context) => [...places(context)].flatMap((place) => {
	const { node } = place.statement;
	if (node === null || !("RenameStmt" in node) || node.RenameStmt.renameType !== "OBJECT_TABLE") return [];
	const { relation, newname = "" } = node.RenameStmt;
	const table = context.resolve(relation?.schemaname, relation?.relname ?? "", place.statement);
	if (table === void 0 || table.kind !== "table") return [];
	const name = nameOf(table);
	const view = oldNameAnswers(context, ["table"], name);
	const [from, to] = [qualified(relation?.schemaname, relation?.relname ?? ""), qualified(relation?.schemaname, newname)];
	return [withUses(context, {
		...at(place),
		object: name,
		...view ? { severity: "notice" } : {},
		title: view ? `${name} is renamed to ${newname}; a view keeps the old name` : `Renaming ${name} to ${newname} breaks the version that is still running`,
		message: view ? "Queries of the version that is still running find the view. Check that they can write through it too, and drop it when no running version uses it." : `Its queries name ${name} and fail from the moment of the rename until the new version runs everywhere. Leave a view under the old name in the same transaction.`,
		evidence: {
			...evidenceOn(place.statement, table),
			scan: false
		},
		fix: view ? null : recipe(context, [{
			title: "rename it, and keep the old name as a view in the same transaction",
			sql: [`ALTER TABLE ${from} RENAME TO ${identifier(newname)};`, `CREATE VIEW ${from} AS SELECT * FROM ${to};`]
		}, {
			title: "when no version that is running uses the old name any more",
			sql: [`DROP VIEW ${from};`]
		}], { sameSchema: true })
	}, [name], {
		what: "Keep the old name until no running version uses it.",
		keeps: view
	})];
});
// src/rules/tables/rewritten.ts
/** ALTER TABLE commands of these kinds, where the shadow saw that the table was copied. */
function rewritten(context, subtypes, words) {
	return [...alterTables(context)].flatMap((alter) => {
		const { statement, table, name, commands } = alter;
		if (!commands.some(({ subtype }) => subtype !== void 0 && subtypes.includes(subtype))) return [];
		if (!statement.rewrites.includes(name)) return [];
		const evidence = {
			...evidenceOn(statement, table),
			scan: true
		};
		return [{
			...at(alter),
			object: name,
			title: `${words.command(alter)} copies ${name} and ${blocksWhom(evidence, "it")}`,
			message: `${whoWaits(statement, table, evidence, words.work)} ${words.advice}`,
			evidence,
			fix: null,
			explains: everythingOf(statement)
		}];
	});
}
// src/rules/tables/rewrite-set-access-method.ts
const setup$1 = "CREATE ACCESS METHOD heap2 TYPE TABLE HANDLER heap_tableam_handler;";
const rewriteSetAccessMethod = {
	name: "rewrite-set-access-method",
	about: "statement",
	severity: "error",
	summary: "SET ACCESS METHOD copies an existing table.",
	why: "All rows are written anew in the other format, and all indexes are built again, under ACCESS EXCLUSIVE: all reads and writes wait for a time that grows with the table.",
	instead: "A second table with the access method, filled in batches outside of migrations, and two renames; for partitioned tables: give it to new partitions only.",
	sources: ["https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-ACCESS-METHOD"],
	peers: ["pgsafe set-access-method", "pgrubic US023"],
	bad: [{
		title: "Another access method",
		setup: setup$1,
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "ALTER TABLE users SET ACCESS METHOD heap2;",
		since: 15
	}, {
		title: "Back to heap, with other commands",
		setup: setup$1,
		base: "CREATE TABLE \"User\" (id bigint) USING heap2;",
		migration: "ALTER TABLE \"User\" ADD COLUMN note text, SET ACCESS METHOD heap;",
		since: 15
	}],
	good: [{
		title: "The one that it has",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "ALTER TABLE users SET ACCESS METHOD heap;",
		since: 15
	}, {
		title: "A new table",
		setup: setup$1,
		base: "",
		migration: "CREATE TABLE users (id bigint PRIMARY KEY) USING heap2;"
	}],
	check: (context) => rewritten(context, ["AT_SetAccessMethod"], {
		command: () => "SET ACCESS METHOD",
		work: "all rows are written anew in the other format",
		advice: "Fill a second table in batches, and swap the names."
	})
};
// src/rules/tables/rewrite-set-logged.ts
const rewriteSetLogged = {
	name: "rewrite-set-logged",
	about: "statement",
	severity: "error",
	summary: "SET LOGGED or SET UNLOGGED copies an existing table.",
	why: "The whole table and all its indexes are written anew under ACCESS EXCLUSIVE: all reads and writes wait. SET LOGGED writes everything to the write-ahead log as well, which replicas have to replay; an unlogged table is empty after a crash and on every replica.",
	instead: "Decide it when the table is created. For a table in use: a second table of the other kind, filled in batches outside of migrations, and two renames.",
	sources: ["https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-LOGGED-UNLOGGED"],
	peers: [
		"pgfence set-logged-unlogged",
		"migrationpilot MP047",
		"pgsafe set-logged",
		"pgrubic GN019"
	],
	bad: [{
		title: "SET UNLOGGED",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "ALTER TABLE users SET UNLOGGED;"
	}, {
		title: "SET LOGGED, with names that need quotes",
		base: "CREATE UNLOGGED TABLE \"Cache\" (id bigint PRIMARY KEY);",
		migration: "\nALTER TABLE public.\"Cache\" SET LOGGED;",
		line: 2
	}],
	good: [{
		title: "A table that the migration creates",
		base: "",
		migration: "CREATE TABLE cache (id bigint PRIMARY KEY);\nALTER TABLE cache SET UNLOGGED;"
	}, {
		title: "It is unlogged already: nothing is copied",
		base: "CREATE UNLOGGED TABLE cache (id bigint PRIMARY KEY);",
		migration: "ALTER TABLE cache SET UNLOGGED;"
	}],
	check: (context) => rewritten(context, ["AT_SetLogged", "AT_SetUnLogged"], {
		command: ({ commands }) => commands.some(({ subtype }) => subtype === "AT_SetLogged") ? "SET LOGGED" : "SET UNLOGGED",
		work: "the table is copied and its indexes are built anew",
		advice: "Fill a second table of that kind in batches, and swap the names."
	})
};
// src/rules/tables/rls-without-policy.ts
const rlsWithoutPolicy = {
	name: "rls-without-policy",
	about: "statement",
	severity: "warning",
	summary: "Row level security is switched on for an existing table that has no policy.",
	why: "Without a policy nothing is allowed: every role but the owner sees no row and can write none, without an error for reads. With FORCE that holds for the owner too. The version that is still running finds its table empty.",
	instead: "Create the policies in the same transaction, before ENABLE ROW LEVEL SECURITY. Policies have no effect until it is on, so that they can be deployed and looked at first.",
	sources: ["https://www.postgresql.org/docs/current/ddl-rowsecurity.html"],
	peers: ["migrationpilot MP057, MP079", "safe-migrate restrictive-policy"],
	bad: [{
		title: "No policy",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "ALTER TABLE users ENABLE ROW LEVEL SECURITY;"
	}, {
		title: "Only a restrictive one, and FORCE",
		base: "CREATE TABLE \"User\" (id bigint PRIMARY KEY);",
		migration: "CREATE POLICY p ON \"User\" AS RESTRICTIVE USING (id > 0);\nALTER TABLE \"User\" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;",
		line: 2
	}],
	good: [{
		title: "A policy in the same migration",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "ALTER TABLE users ENABLE ROW LEVEL SECURITY;\nCREATE POLICY own ON users USING (id > 0);"
	}, {
		title: "A table that the migration creates",
		base: "",
		migration: "CREATE TABLE users (id bigint PRIMARY KEY);\nALTER TABLE users ENABLE ROW LEVEL SECURITY;"
	}],
	check: (context) => [...alterTables(context)].flatMap((alter) => {
		if (!alter.commands.some(({ subtype }) => subtype === "AT_EnableRowSecurity")) return [];
		const before = context.before?.byIdentity(`pg_class:${alter.table.oid}`);
		const after = context.after?.byIdentity(`pg_class:${alter.table.oid}`);
		if (before?.facts.rowSecurity === true || after?.facts.rowSecurity !== true) return [];
		if (context.after?.objects.some(({ type, containerIdentity, facts }) => type === "policy" && containerIdentity === after.identity && facts.permissive === true) === true) return [];
		const forced = after.facts.forceRowSecurity === true;
		return [{
			...at(alter),
			object: alter.name,
			title: `${alter.name} looks empty to every role ${forced ? "after this" : "but its owner"}`,
			message: `Row level security without a permissive policy allows nothing${forced ? ", and FORCE makes that hold for the owner too" : " to any role but the owner of the table and superusers"}. Create the policies first; they have no effect until row level security is on.`,
			evidence: {
				...evidenceOn(alter.statement, alter.table),
				scan: false
			},
			fix: null
		}];
	})
};
// src/rules/tables/set-tablespace.ts
const setup = "SET allow_in_place_tablespaces = on;\nCREATE TABLESPACE fast LOCATION '';\nGRANT CREATE ON TABLESPACE fast TO PUBLIC;";
const setTablespace = {
	name: "set-tablespace",
	about: "statement",
	severity: "error",
	summary: "SET TABLESPACE copies an existing table or index to another place.",
	why: "The files are copied block by block under ACCESS EXCLUSIVE, and written to the write-ahead log. All reads and writes of the table wait; for an index, every query of its table that is planned.",
	instead: "pg_repack with `--tablespace`, outside of migrations; for an index a second one in the other tablespace, built CONCURRENTLY.",
	sources: ["https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-TABLESPACE"],
	peers: ["migrationpilot MP095", "pgrubic US017, US018"],
	bad: [{
		title: "A table",
		setup,
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "ALTER TABLE users SET TABLESPACE fast;",
		since: 15
	}, {
		title: "An index",
		setup,
		base: "CREATE TABLE \"User\" (id bigint);\nCREATE INDEX \"User_id\" ON \"User\" (id);",
		migration: "\nALTER INDEX \"User_id\" SET TABLESPACE fast;",
		line: 2,
		since: 15
	}],
	good: [{
		title: "The tablespace that it is in",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "ALTER TABLE users SET TABLESPACE pg_default;"
	}, {
		title: "A new table",
		setup,
		base: "",
		migration: "CREATE TABLE users (id bigint) TABLESPACE fast;",
		since: 15
	}],
	check: (context) => [...statementsOf(context, "AlterTableStmt")].flatMap((place) => moved(context, place))
};
function moved(context, place) {
	const { node, statement } = place;
	const moves = (node.cmds ?? []).some((each) => "AlterTableCmd" in each && each.AlterTableCmd.subtype === "AT_SetTableSpace");
	const relation = baseRelation(context, place, node.relation, [
		"table",
		"index",
		"materialized-view"
	]);
	if (!moves || relation === void 0) return [];
	const isIndex = relation.kind === "index";
	if (!isIndex && !statement.rewrites.includes(nameOf(relation))) return [];
	const name = nameOf(relation);
	const evidence = {
		...evidenceOn(statement, relation),
		scan: true,
		rewrite: true
	};
	return [{
		...at(place),
		object: name,
		title: `SET TABLESPACE copies ${name} and ${blocksWhom(evidence, "it")}`,
		message: `${whoWaits(statement, relation, evidence, "its files are copied")}${isIndex ? " Queries of its table wait as well, since planning them locks all indexes." : ""} Use pg_repack outside of migrations.`,
		evidence,
		fix: null,
		explains: [name]
	}];
}
// src/rules/tables/truncate.ts
const truncate = {
	name: "truncate",
	about: "statement",
	severity: "warning",
	summary: "A table that base has is emptied.",
	why: "All rows are gone for good, and all reads and writes wait until the transaction ends, since TRUNCATE takes ACCESS EXCLUSIVE. Of tables that only CASCADE reaches, truncate-cascade tells.",
	instead: "DELETE the rows that must go, in batches outside the migration.",
	sources: ["https://www.postgresql.org/docs/current/sql-truncate.html"],
	peers: [
		"pgfence truncate",
		"pgsafe truncate",
		"pgrubic US029",
		"postgres-language-server banTruncate"
	],
	bad: [
		{
			title: "One table",
			base: "CREATE TABLE sessions (id bigint PRIMARY KEY);",
			migration: "TRUNCATE sessions;"
		},
		{
			title: "Two tables that reference each other, both named",
			base: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id));",
			migration: "SELECT 1;\nTRUNCATE users, orders;",
			line: 2
		},
		{
			title: "In a DO block",
			base: "CREATE TABLE sessions (id bigint PRIMARY KEY);",
			migration: "DO $$ BEGIN TRUNCATE sessions; END $$;"
		}
	],
	good: [{
		title: "A table that the migration created",
		base: "",
		migration: "CREATE TABLE scratch (id bigint);\nTRUNCATE scratch;"
	}, {
		title: "DELETE of some rows",
		base: "CREATE TABLE sessions (id bigint PRIMARY KEY, ends timestamptz);",
		migration: "DELETE FROM sessions WHERE ends < now() - interval '1 year';"
	}],
	check: (context) => [...truncations(context), ...hiddenTruncations(context)].flatMap(({ place, named, reached }) => {
		const [first] = named;
		const hidden = hiddenIn(place.statement);
		if (first === void 0 || reached.length > 0) return [];
		return [{
			...at(place),
			object: nameOf(first),
			title: `TRUNCATE ${hidden === null ? "" : `in ${hidden} `}deletes all rows of ${listed$1(named.map(nameOf))}`,
			message: "The rows cannot be brought back, and reads and writes wait while the migration holds ACCESS EXCLUSIVE. Delete what must go in batches, outside the migration.",
			evidence: {
				...evidenceOn(place.statement, first),
				scan: false,
				rewrite: false
			},
			fix: null
		}];
	})
};
function truncations(context) {
	return [...statementsOf(context, "TruncateStmt")].flatMap((place) => {
		const { relations = [], behavior } = place.node;
		const named = relations.flatMap((each) => {
			const table = "RangeVar" in each ? baseRelation(context, place, each.RangeVar) : void 0;
			return table === void 0 ? [] : [table];
		});
		if (named.length === 0) return [];
		const oids = new Set(named.map(({ oid }) => oid));
		return [{
			place,
			named,
			reached: place.statement.locks.filter((lock) => behavior === "DROP_CASCADE" && lock.kind === "table" && lock.new && lock.mode === "AccessExclusiveLock" && !oids.has(lock.oid) && !isPartition(context, lock))
		}];
	});
}
/** Those that code has run: CASCADE or not, every table that has lost its rows is named. */
function hiddenTruncations(context) {
	return [...completed(context)].flatMap((place) => {
		const { statement } = place;
		if (hiddenIn(statement) === null || statement.emptied.length === 0) return [];
		return [{
			place,
			named: statement.locks.filter((lock) => lock.mode === "AccessExclusiveLock" && statement.emptied.includes(nameOf(lock)) && !isPartition(context, lock)).map((lock) => ({
				...lock,
				tableOid: null
			})),
			reached: []
		}];
	});
}
const isPartition = (context, lock) => typeof context.before?.byIdentity(`pg_class:${lock.oid}`)?.facts.partitionOf === "string";
// src/rules/tables/truncate-cascade.ts
const truncateCascade = {
	name: "truncate-cascade",
	about: "statement",
	severity: "error",
	summary: "TRUNCATE … CASCADE empties tables that the statement does not name.",
	why: "CASCADE empties every table with a foreign key to the named one, and those that reference these, whatever their foreign keys say about ON DELETE. A table that somebody else references next month is emptied too when an old habit of this statement is repeated. The schema afterwards looks the same.",
	instead: "Name all tables that are meant: `TRUNCATE a, b;` fails when there is another one. Better still, delete the rows that must go.",
	sources: ["https://www.postgresql.org/docs/current/sql-truncate.html"],
	peers: [
		"squawk ban-truncate-cascade",
		"pgfence truncate-cascade",
		"migrationpilot MP036",
		"postgres-language-server banTruncateCascade"
	],
	bad: [{
		title: "A referencing table",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id));",
		migration: "TRUNCATE users CASCADE;"
	}, {
		title: "Two steps away, and one of them named",
		base: "CREATE TABLE a (id bigint PRIMARY KEY);\nCREATE TABLE b (id bigint PRIMARY KEY REFERENCES a (id));\nCREATE TABLE \"C\" (id bigint REFERENCES b (id));",
		migration: "SELECT 1;\nTRUNCATE a, b CASCADE;",
		line: 2
	}],
	good: [{
		title: "Nothing references a table that the migration creates",
		base: "",
		migration: "CREATE TABLE scratch (id bigint PRIMARY KEY);\nTRUNCATE scratch CASCADE;"
	}, {
		title: "Only new tables are reached",
		base: "",
		migration: "CREATE TABLE a (id bigint PRIMARY KEY);\nCREATE TABLE b (id bigint REFERENCES a (id));\nTRUNCATE a CASCADE;"
	}],
	check: (context) => truncations(context).flatMap(({ place, named, reached }) => {
		const [first] = reached;
		if (first === void 0) return [];
		return [{
			...at(place),
			object: nameOf(first),
			title: `TRUNCATE … CASCADE deletes all rows of ${listed$1(reached.map(nameOf))} too`,
			message: `The statement names ${listed$1(named.map(nameOf))}; CASCADE reached ${counted$1(reached.length, "more table")} (seen on the shadow): ${listed$1(reached.map(nameOf), 10)}. All their rows are lost, and reads and writes of them wait while the migration holds ACCESS EXCLUSIVE. Name the tables that are meant, without CASCADE.`,
			evidence: {
				...evidenceOn(place.statement, {
					...first,
					tableOid: null
				}),
				scan: false,
				rewrite: false
			},
			fix: null
		}];
	})
};
// src/rules/conditions.ts
/** No condition, or one that says nothing: `true`, `1 = 1`. */
function isEveryRow(where) {
	if (where === void 0) return true;
	if ("A_Const" in where) return where.A_Const.boolval?.boolval === true;
	if (!("A_Expr" in where) || where.A_Expr.kind !== "AEXPR_OP") return false;
	const { name = [], lexpr, rexpr } = where.A_Expr;
	const [operator] = name;
	if (operator === void 0 || !("String" in operator) || operator.String.sval !== "=") return false;
	if (lexpr === void 0 || rexpr === void 0 || !("A_Const" in lexpr) || !("A_Const" in rexpr)) return false;
	return writeExpression(lexpr) === writeExpression(rexpr);
}
/**
* Does the condition ask for nothing but columns that the migration has just added (`WHERE slug IS NULL`)? Those
* are the same in every row, and no index helps.
*/
function asksNewColumnsOnly(where, { statements }, before) {
	const added = new Set(statements.filter(({ index }) => index < before).flatMap(({ node }) => node !== null && "AlterTableStmt" in node ? node.AlterTableStmt.cmds ?? [] : []).flatMap((command) => "AlterTableCmd" in command && command.AlterTableCmd.subtype === "AT_AddColumn" ? [command.AlterTableCmd.def] : []).flatMap((column) => column !== void 0 && "ColumnDef" in column ? [column.ColumnDef.colname] : []));
	const asked = columnsIn(where);
	return asked.length > 0 && asked.every((column) => added.has(column));
}
/** Names of the columns that an expression mentions, those of its subqueries included. */
function columnsIn(value) {
	if (typeof value !== "object" || value === null) return [];
	if ("ColumnRef" in value) {
		const { fields = [] } = value.ColumnRef;
		const last = fields.at(-1);
		return [last !== void 0 && "String" in last ? last.String.sval ?? "" : "*"];
	}
	return Object.values(value).flatMap(columnsIn);
}
// src/rules/tables/update-delete-without-where.ts
const updateDeleteWithoutWhere = {
	name: "update-delete-without-where",
	about: "statement",
	severity: "warning",
	summary: "UPDATE or DELETE of every row of an existing table, in one transaction.",
	why: "Every row is locked until COMMIT: other writers of any of these rows wait for all of it. Every row is written anew, with its index entries and the write-ahead log, replicas fall behind, and VACUUM has a table of dead rows to clean. A statement_timeout takes all of it back. On a table of a thousand rows that is nothing, which is why it is no error until the size of the table is known.",
	instead: "Batches outside of migrations, each a transaction of its own; to empty a table, TRUNCATE.",
	sources: ["https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-ROWS", "https://www.postgresql.org/docs/current/routine-vacuuming.html#VACUUM-FOR-SPACE-RECOVERY"],
	peers: [
		"pgfence update-in-migration, delete-without-where",
		"migrationpilot MP011, MP067",
		"pgrubic GN022, GN023",
		"diesel-guard",
		"postgres-language-server",
		"excellent_migrations"
	],
	bad: [{
		title: "UPDATE without WHERE",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, name text, slug text);",
		migration: "UPDATE users SET slug = lower(name);"
	}, {
		title: "DELETE with a condition that always holds, and names that need quotes",
		base: "CREATE TABLE \"User\" (id bigint PRIMARY KEY);",
		migration: "SELECT 1;\nDELETE FROM public.\"User\" WHERE 1 = 1;",
		line: 2
	}],
	good: [{
		title: "With a condition",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, name text);",
		migration: "UPDATE users SET name = 'x' WHERE id = 7;\nDELETE FROM users WHERE name IS NULL;"
	}, {
		title: "A table that the migration creates",
		base: "",
		migration: "CREATE TABLE users (id bigint PRIMARY KEY, name text);\nUPDATE users SET name = id::text;\nDELETE FROM users;"
	}],
	check: (context, found) => [...statementsOf(context, "UpdateStmt"), ...statementsOf(context, "DeleteStmt")].flatMap((place) => {
		const table = baseRelation(context, place, place.node.relation);
		if (table === void 0 || !isEveryRow(place.node.whereClause)) return [];
		if (isTold(found, place, nameOf(table))) return [];
		if ("fromClause" in place.node || "usingClause" in place.node) return [];
		const isUpdate = "targetList" in place.node;
		const name = nameOf(table);
		const relation = place.node.relation;
		const sqlName = qualified(relation?.schemaname, relation?.relname ?? "");
		return [{
			...at(place),
			object: name,
			title: isUpdate ? `Every row of ${name} is written in one transaction` : `All rows of ${name} are deleted`,
			message: isUpdate ? `All rows are locked until the migration commits, so writers of any of them wait, and each is written anew (indexes, write-ahead log, dead rows). On a large table do it in batches outside of migrations.` : `The rows cannot be brought back, and until the migration commits all writers of them wait. On a large table delete in batches outside of migrations; if it is to be empty, say TRUNCATE.`,
			evidence: {
				...evidenceOn(place.statement, table),
				scan: true,
				rewrite: false
			},
			fix: isUpdate ? inBatches(context, place.node, sqlName, table) : null,
			growsWithTable: true
		}];
	})
};
const isTold = (found, place, table) => found.some((draft) => isAbout(draft, place) && draft.explains?.includes(table) === true);
const changing = /* @__PURE__ */ new Set([
	"clock_timestamp",
	"gen_random_uuid",
	"nextval",
	"now",
	"random",
	"statement_timestamp",
	"transaction_timestamp",
	"uuid_generate_v4",
	"uuidv4",
	"uuidv7"
]);
/** For one column with a value that can be compared afterwards: what is left to do must be told from the row. */
function inBatches(context, { targetList = [] }, sqlName, table) {
	const [target, ...more] = targetList;
	if (target === void 0 || more.length > 0 || !("ResTarget" in target)) return null;
	const { name = "", val, indirection } = target.ResTarget;
	const value = val === void 0 || indirection !== void 0 ? null : writeExpression(val);
	const type = columnOf(context, table, name)?.facts.dataType;
	if (value === null || typeof type !== "string") return null;
	if (JSON.stringify(val).includes("SQLValueFunction") || calledFunctions(val).some((fn) => changing.has(fn))) return null;
	if (JSON.stringify(val).includes(`"sval":${JSON.stringify(name)}`)) return null;
	const rows = {
		table,
		sqlName,
		column: name,
		value,
		missing: differs(identifier(name), value, type)
	};
	const loop = batchLoop(context, rows);
	return {
		sql: ["In place of the statement.", ...backfill(context, rows)].flatMap(comment).join("\n"),
		sameSchema: true,
		...loop === null ? {} : { parts: [{
			title: "in batches",
			sql: [loop],
			outsideTransaction: true,
			fills: false
		}] }
	};
}
// src/rules/tables/vacuum-full-or-cluster.ts
const vacuumFullOrCluster = {
	name: "vacuum-full-or-cluster",
	about: "statement",
	severity: "error",
	summary: "VACUUM FULL or CLUSTER rewrites an existing table.",
	why: "The whole table is copied and all its indexes are built anew under ACCESS EXCLUSIVE: all reads and writes wait, for hours on a large table.",
	instead: "pg_repack, outside of migrations, does the same while reads and writes go on; often an ordinary VACUUM is enough.",
	sources: ["https://www.postgresql.org/docs/current/sql-vacuum.html", "https://www.postgresql.org/docs/current/sql-cluster.html"],
	peers: [
		"squawk prefer-repack",
		"pgfence vacuum-full",
		"migrationpilot MP006",
		"pgrubic US025"
	],
	bad: [{
		title: "CLUSTER",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "CLUSTER users USING users_pkey;"
	}, {
		title: "VACUUM FULL",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "VACUUM (FULL, ANALYZE) users;",
		transaction: "none"
	}],
	good: [{
		title: "An ordinary VACUUM",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "VACUUM (ANALYZE) users;",
		transaction: "none"
	}, {
		title: "A table that the migration creates",
		base: "",
		migration: "CREATE TABLE users (id bigint PRIMARY KEY);\nCLUSTER users USING users_pkey;"
	}],
	check: (context) => [...places(context)].flatMap((place) => {
		const { statement } = place;
		const command = commandOf(statement.node);
		const lock = statement.locks.find(({ kind, mode }) => (kind === "table" || kind === "materialized-view") && mode === "AccessExclusiveLock");
		if (command === null || lock === void 0) return [];
		const table = {
			...lock,
			tableOid: null
		};
		const evidence = {
			...evidenceOn(statement, table),
			scan: true,
			rewrite: true
		};
		return [{
			...at(place),
			object: nameOf(table),
			title: `${command} rewrites ${nameOf(table)} and ${blocksWhom(evidence, "it")}`,
			message: `${whoWaits(statement, table, evidence, "it copies the table and builds its indexes anew")} Use pg_repack outside of migrations, or an ordinary VACUUM.`,
			evidence,
			fix: null,
			explains: [...everythingOf(statement), nameOf(table)]
		}];
	})
};
function commandOf(node) {
	if (node === null) return null;
	if ("ClusterStmt" in node) return "CLUSTER";
	if (!("VacuumStmt" in node)) return null;
	const { options = [] } = node.VacuumStmt;
	return options.some(({ DefElem }) => DefElem?.defname === "full") ? "VACUUM FULL" : null;
}
// src/rules/transactions/batches-in-one-transaction.ts
const batchesInOneTransaction = {
	name: "batches-in-one-transaction",
	about: "statement",
	severity: "warning",
	summary: "A loop writes an existing table in batches, and all batches share one transaction.",
	why: "Batches are there so that row locks are brief and VACUUM can clean up between them. Inside one DO block without COMMIT none of that happens: every row that a batch has written stays locked until the last one is done, and a failure at the end takes all of it back.",
	instead: "A script outside of migrations that commits after each batch; or COMMIT in the loop, in a file that the tool runs without a transaction.",
	sources: ["https://www.postgresql.org/docs/current/plpgsql-transactions.html"],
	peers: ["strong_migrations (backfilling data)", "excellent_migrations backfill"],
	bad: [{
		title: "UPDATE in a loop",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, name text);",
		migration: `DO $$
BEGIN
  LOOP
    UPDATE users SET name = 'none' WHERE id IN (SELECT id FROM users WHERE name IS NULL LIMIT 1000);
    EXIT WHEN NOT FOUND;
  END LOOP;
END $$;`
	}, {
		title: "DELETE in a FOR loop, with names that need quotes",
		base: "CREATE TABLE \"User\" (id bigint PRIMARY KEY);",
		migration: `SELECT 1;
DO $$
BEGIN
  FOR n IN 1..3 LOOP
    DELETE FROM public."User" WHERE id < n * 1000;
  END LOOP;
END $$;`,
		line: 2
	}],
	good: [{
		title: "COMMIT after each batch",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, name text);",
		migration: `DO $$
BEGIN
  LOOP
    UPDATE users SET name = 'none' WHERE id IN (SELECT id FROM users WHERE name IS NULL LIMIT 1000);
    EXIT WHEN NOT FOUND;
    COMMIT;
  END LOOP;
END $$;`,
		transaction: "none"
	}, {
		title: "A table that the migration creates",
		base: "",
		migration: `CREATE TABLE numbers (n int);
DO $$
BEGIN
  FOR i IN 1..3 LOOP
    INSERT INTO numbers VALUES (i);
  END LOOP;
END $$;`
	}],
	check(context) {
		const told = /* @__PURE__ */ new Set();
		return loops(context).flatMap(({ place, body }) => {
			if (contains(body, "PLpgSQL_stmt_commit")) return [];
			const written = [...new Set(queries(body).flatMap((query) => parseFile(query).statements.flatMap(({ node }) => {
				const target = "UpdateStmt" in node ? node.UpdateStmt.relation : "DeleteStmt" in node ? node.DeleteStmt.relation : void 0;
				const table = context.resolve(target?.schemaname, target?.relname ?? "", place.statement);
				return table?.kind === "table" ? [nameOf(table)] : [];
			})))];
			const key = `${place.migration.file} ${place.statement.index}`;
			if (written.length === 0 || told.has(key)) return [];
			told.add(key);
			return [{
				...at(place),
				object: written[0] ?? null,
				title: `The batches of ${listed$1(written)} share one transaction`,
				message: `Every row that the loop writes stays locked until the whole block has ended, and a failure takes all of it back: in batches it is only slower. Run it outside of migrations with a COMMIT after each batch.`,
				evidence: null,
				fix: null,
				growsWithTable: true
			}];
		});
	}
};
// src/rules/transactions/ddl-and-dml-mixed.ts
const ddlAndDmlMixed = {
	name: "ddl-and-dml-mixed",
	about: "statement",
	severity: "error",
	summary: "A query reads a whole table under a lock that an earlier statement of the transaction left on it.",
	why: `UPDATE and DELETE by themselves block neither reads nor other rows' writes. After an \`ALTER TABLE\` in the same transaction they run under its ACCESS EXCLUSIVE, which is kept until COMMIT: all reads and writes of the table wait for the whole backfill.

With a WHERE clause it is a warning: how many rows it reads then depends on the data. One that asks only for columns that the migration has just added is true for every row.`,
	instead: "Commit the ALTER TABLE in a migration of its own, and fill the rows afterwards, in batches outside of migrations.",
	sources: ["https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES"],
	peers: [
		"eugene E4",
		"pgfence statement-after-access-exclusive",
		"migrationpilot MP080"
	],
	bad: [{
		title: "A backfill after ADD COLUMN",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, name text);",
		migration: "ALTER TABLE users ADD COLUMN slug text;\nUPDATE users SET slug = lower(name);",
		line: 2
	}, {
		title: "A DELETE of some rows after ALTER TABLE",
		base: "CREATE TABLE \"User\" (id bigint PRIMARY KEY, \"eMail\" text);",
		migration: "ALTER TABLE \"User\" ADD COLUMN slug text;\n\nDELETE FROM \"User\" WHERE \"eMail\" IS NULL;",
		line: 3
	}],
	good: [{
		title: "Each statement commits by itself",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, name text);",
		migration: "ALTER TABLE users ADD COLUMN slug text;\nUPDATE users SET slug = lower(name) WHERE slug IS NULL;",
		transaction: "none"
	}, {
		title: "Before the ALTER TABLE",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, name text);",
		migration: "UPDATE users SET name = 'none' WHERE name IS NULL;\nALTER TABLE users ADD COLUMN slug text;"
	}],
	check: (context) => [...places(context)].flatMap((place) => {
		const { statement } = place;
		if (!isQuery(statement.node)) return [];
		return readTables(context, statement, statement.scans).flatMap(({ object, words, relations, locks }) => {
			const lock = strongest(locks);
			if (lock === void 0 || lock.new || blocks(lock.mode).length === 0) return [];
			const evidence = {
				lock: lock.mode,
				blocks: blocks(lock.mode),
				scan: true,
				rewrite: false
			};
			return [{
				...at(place),
				object,
				...readsAll(statement.node) || fillsNewColumn(place) ? {} : { severity: "warning" },
				title: `${doing(context, statement, object)} ${words} under the lock of an earlier statement ${blocksWhom(evidence, "it")}`,
				message: `${whoWaits(statement, {
					...lock,
					tableOid: null
				}, evidence, "it reads the table")} Let the earlier statement commit first, in ${apart(context)}.`,
				evidence,
				fix: null,
				explains: relations
			}];
		});
	})
};
/** What the statement does to the rows of a table that it reads, for the headline. */
function doing(context, statement, table) {
	const { node } = statement;
	const isTarget = (target) => {
		const base = context.resolve(target?.schemaname, target?.relname ?? "", statement);
		return base !== void 0 && nameOf(base) === table;
	};
	if (node !== null && "UpdateStmt" in node && isTarget(node.UpdateStmt.relation)) return "Updating";
	if (node !== null && "DeleteStmt" in node && isTarget(node.DeleteStmt.relation)) return "Deleting from";
	return "Reading";
}
/** A query without a condition: no data makes that short. */
function readsAll(node) {
	if (node === null) return false;
	if ("UpdateStmt" in node) return isEveryRow(node.UpdateStmt.whereClause);
	if ("DeleteStmt" in node) return isEveryRow(node.DeleteStmt.whereClause);
	if ("InsertStmt" in node) return readsAll(node.InsertStmt.selectStmt ?? null);
	if ("CreateTableAsStmt" in node) return readsAll(node.CreateTableAsStmt.query ?? null);
	if (!("SelectStmt" in node)) return false;
	const { whereClause, limitCount } = node.SelectStmt;
	return isEveryRow(whereClause) && limitCount === void 0;
}
/** A backfill that asks for the rows that the new column is still empty in, which is all of them. */
function fillsNewColumn({ migration, statement: { node, index } }) {
	const where = node !== null && "UpdateStmt" in node ? node.UpdateStmt.whereClause : void 0;
	return where !== void 0 && asksNewColumnsOnly(where, migration, index);
}
// src/rules/transactions/hot-table-multi-touch.ts
const hotTableMultiTouch = {
	name: "hot-table-multi-touch",
	about: "statement",
	severity: "notice",
	summary: "Three or more migrations of the pull request lock the same existing table against reads, one after the other.",
	why: "Each of them waits for the longest running query of the table and keeps the later ones waiting, so that one deploy stops the table’s users several times. Two are what safe recipes need; from the third on the commands could go into one ALTER TABLE. It is said once for a table.",
	instead: "Put what belongs together into one migration, best one ALTER TABLE with several commands; leave apart what a recipe keeps apart.",
	sources: ["https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES"],
	peers: ["migrationpilot SQ002"],
	bad: [{
		title: "Three columns in three migrations",
		base: { "1_base.sql": "CREATE TABLE users (id bigint PRIMARY KEY);" },
		migration: {
			"1_base.sql": "CREATE TABLE users (id bigint PRIMARY KEY);",
			"2_age.sql": "ALTER TABLE users ADD COLUMN age int;",
			"3_size.sql": "ALTER TABLE users ADD COLUMN size int;",
			"4_name.sql": "SELECT 1;\nALTER TABLE users ADD COLUMN name text;"
		},
		line: 2
	}, {
		title: "Four, with another table between and names that need quotes",
		base: { "1_base.sql": "CREATE TABLE \"User\" (id bigint PRIMARY KEY);\nCREATE TABLE teams (id bigint PRIMARY KEY);" },
		migration: {
			"1_base.sql": "CREATE TABLE \"User\" (id bigint PRIMARY KEY);\nCREATE TABLE teams (id bigint PRIMARY KEY);",
			"2_a.sql": "ALTER TABLE \"User\" ADD COLUMN a int;",
			"3_b.sql": "ALTER TABLE teams ADD COLUMN b int;\nALTER TABLE \"User\" ADD COLUMN b int;",
			"4_c.sql": "ALTER TABLE \"User\" ADD COLUMN c int;",
			"5_d.sql": "ALTER TABLE \"User\" ADD COLUMN d int;"
		}
	}],
	good: [{
		title: "A recipe that takes three migrations",
		base: { "1_base.sql": "CREATE TABLE users (id bigint PRIMARY KEY, email text);" },
		migration: {
			"1_base.sql": "CREATE TABLE users (id bigint PRIMARY KEY, email text);",
			"2_add.sql": "ALTER TABLE users ADD CONSTRAINT proof CHECK (email IS NOT NULL) NOT VALID;",
			"3_read.sql": "ALTER TABLE users VALIDATE CONSTRAINT proof;",
			"4_set.sql": "ALTER TABLE users ALTER COLUMN email SET NOT NULL;\nALTER TABLE users DROP CONSTRAINT proof;"
		}
	}, {
		title: "One migration, and three of a new table",
		base: { "1_base.sql": "CREATE TABLE users (id bigint PRIMARY KEY);" },
		migration: {
			"1_base.sql": "CREATE TABLE users (id bigint PRIMARY KEY);",
			"2_new.sql": "CREATE TABLE teams (id bigint PRIMARY KEY);",
			"3_a.sql": "ALTER TABLE teams ADD COLUMN a int;\nALTER TABLE users ADD COLUMN a int, ADD COLUMN b int;",
			"4_b.sql": "ALTER TABLE teams ADD COLUMN b int;",
			"5_c.sql": "ALTER TABLE teams ADD COLUMN c int;"
		}
	}],
	check(context) {
		const touches = /* @__PURE__ */ new Map();
		for (const place of places(context)) for (const name of closed(context, place)) {
			const files = touches.get(name) ?? /* @__PURE__ */ new Map();
			if (!files.has(place.migration.file)) files.set(place.migration.file, place);
			touches.set(name, files);
		}
		return [...touches].flatMap(([name, files]) => {
			const third = [...files.values()][2];
			if (third === void 0) return [];
			return [{
				...at(third),
				object: name,
				title: `${counted$1(files.size, "migration")} lock ${name} against reads and writes, one after the other`,
				message: `Each waits for the longest running query of ${name}, and all later queries wait behind it, ${files.size} times in one deploy (${listed$1([...files.keys()], 5)}). Put into one ALTER TABLE what no recipe keeps apart.`,
				evidence: null,
				fix: null
			}];
		});
	}
};
/** Tables of base that a statement closes to readers; a partition counts as its table. */
function closed(context, { statement }) {
	const locks = statement.locks.filter(({ kind, mode, new: isNew }) => isNew && kind === "table" && blocks(mode).includes("reads"));
	return new Set(locks.map((lock) => partitionedParent(context, lock) ?? nameOf(lock)));
}
// src/rules/transactions/lock-timeouts.ts
/** Every such lock of a migration, in order: the strongest of each statement. */
function blockingLocks(migration) {
	return migration.statements.flatMap((statement) => {
		const lock = statement.locks.find(({ kind, mode, new: isNew }) => isNew && (kind === "table" ? blocks(mode).length > 0 : kind === "materialized-view" && mode === "AccessExclusiveLock"));
		return lock === void 0 ? [] : [{
			migration,
			statement,
			lock
		}];
	});
}
/** The first lock of each migration that was taken without a lock_timeout. */
function unguardedLocks(context) {
	return context.migrations.flatMap((migration) => {
		const first = blockingLocks(migration).find(({ statement }) => statement.timeouts.lockMs === 0);
		if (first === void 0) return [];
		const setters = migration.statements.filter((statement) => setsTimeout(statement, "lock_timeout"));
		const before = setters.findLast(({ index }) => index < first.statement.index);
		if (before !== void 0) return [{
			...first,
			cause: "off",
			setter: before
		}];
		const later = setters.find(({ index }) => index > first.statement.index);
		if (later !== void 0) return [{
			...first,
			cause: "after",
			setter: later
		}];
		return [{
			...first,
			cause: "missing",
			setter: null
		}];
	});
}
/** SET, RESET or set_config() of a timeout. */
function setsTimeout({ node }, name) {
	if (node === null) return false;
	if ("VariableSetStmt" in node) {
		const { name: set, kind } = node.VariableSetStmt;
		return set?.toLowerCase() === name || kind === "VAR_RESET_ALL";
	}
	if (!("SelectStmt" in node)) return false;
	return (node.SelectStmt.targetList ?? []).some((target) => {
		const call = "ResTarget" in target ? target.ResTarget.val : void 0;
		if (call === void 0 || !("FuncCall" in call)) return false;
		const [first] = call.FuncCall.args ?? [];
		const given = first !== void 0 && "A_Const" in first ? first.A_Const.sval?.sval : void 0;
		return nameParts(call.FuncCall.funcname).name === "set_config" && given?.toLowerCase() === name;
	});
}
/** `SET LOCAL` where the statement shares a transaction with others: outside of one it does nothing. */
const setCommand = ({ inTransaction }) => inTransaction ? "SET LOCAL" : "SET";
// src/rules/transactions/lock-timeout-after-ddl.ts
const lockTimeoutAfterDdl = {
	name: "lock-timeout-after-ddl",
	about: "statement",
	severity: "notice",
	summary: "`lock_timeout` is set after the statement that it should have guarded.",
	why: "A lock_timeout holds for statements that come after it. The lock that an earlier statement waits for has no end, and everybody queues up behind it, while the file looks as if somebody had thought of that.",
	instead: "Set it in the first line of the migration.",
	sources: ["https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-LOCK-TIMEOUT"],
	peers: ["pgfence lock-timeout-after-ddl"],
	bad: [{
		title: "After ALTER TABLE",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "ALTER TABLE users ADD COLUMN age int;\nSET LOCAL lock_timeout = '2s';"
	}, {
		title: "Between two of them, by set_config()",
		base: "CREATE TABLE \"User\" (id bigint PRIMARY KEY);\nCREATE TABLE teams (id bigint PRIMARY KEY);",
		migration: `-- first
ALTER TABLE "User" ADD COLUMN age int;
SELECT set_config('lock_timeout', '2s', true);
ALTER TABLE teams ADD COLUMN age int;`,
		line: 2
	}],
	good: [{
		title: "In the first line",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "SET LOCAL lock_timeout = '2s';\nALTER TABLE users ADD COLUMN age int;"
	}, {
		title: "After what nobody waits for",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "CREATE TABLE notes (id bigint);\nSET LOCAL lock_timeout = '2s';\nALTER TABLE users ADD COLUMN age int;"
	}],
	check: (context) => unguardedLocks(context).filter(({ cause }) => cause === "after" && context.lockTimeout !== "set-by-role").map((place) => ({
		...at(place),
		object: nameOf(place.lock),
		title: `lock_timeout is set in line ${place.setter?.line ?? "?"}, after ${nameOf(place.lock)} was locked`,
		message: `This statement waits for ${lockTitle(place.lock.mode)} on ${nameOf(place.lock)} without an end, and later queries queue up behind it. Set the timeout before it.`,
		evidence: {
			...evidenceOn(place.statement, {
				...place.lock,
				tableOid: null
			}),
			scan: false,
			rewrite: false
		},
		fix: null
	}))
};
// src/rules/transactions/lock-timeout-breaks-concurrently.ts
const lockTimeoutBreaksConcurrently = {
	name: "lock-timeout-breaks-concurrently",
	about: "statement",
	severity: "warning",
	summary: "An index is built CONCURRENTLY under a timeout that may end it half-way.",
	why: "CREATE INDEX CONCURRENTLY blocks nobody and takes its time: it reads the table twice and waits for all transactions that were there before. A statement_timeout counts all of that; a lock_timeout counts each wait for an old transaction. When one of them ends the build, an INVALID index is left behind that costs every write and serves no query, and a second attempt fails because its name is taken (or, with IF NOT EXISTS, passes over it).",
	instead: "Set both to 0 for this statement: it does no harm while it waits.",
	sources: ["https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY"],
	peers: ["safe-pg-migrations", "django-pg-zero-downtime-migrations (flexible statement_timeout)"],
	bad: [{
		title: "A statement_timeout",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, email text);",
		migration: "SET statement_timeout = '30s';\nCREATE INDEX CONCURRENTLY users_email_idx ON users (email);\nRESET statement_timeout;",
		transaction: "none",
		line: 2
	}, {
		title: "A lock_timeout, and REINDEX",
		base: "CREATE TABLE \"User\" (id bigint PRIMARY KEY);",
		migration: `SET lock_timeout = '2s';\nREINDEX TABLE CONCURRENTLY "User";`,
		transaction: "none",
		line: 2
	}],
	good: [{
		title: "Without timeouts",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, email text);",
		migration: "CREATE INDEX CONCURRENTLY users_email_idx ON users (email);",
		transaction: "none"
	}, {
		title: "Switched off for it",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, email text);",
		migration: "SET lock_timeout = '2s';\nALTER TABLE users ADD COLUMN age int;\nSET lock_timeout = 0;\nCREATE INDEX CONCURRENTLY users_age_idx ON users (age);",
		transaction: "none"
	}],
	check: (context) => [...completed(context)].flatMap((place) => {
		const { statement } = place;
		const command = buildsConcurrently(statement.node);
		const { lockMs, statementMs } = statement.timeouts;
		if (command === null || lockMs === 0 && statementMs === 0) return [];
		const limits = [...statementMs > 0 ? [`statement_timeout = ${statementMs / 1e3}s`] : [], ...lockMs > 0 ? [`lock_timeout = ${lockMs / 1e3}s`] : []].join(" and ");
		return [{
			...at(place),
			object: objectOf(place),
			title: `${command} may be ended half-way by ${limits}`,
			message: "What is left then is an INVALID index, which costs every write, serves no query and keeps the name. Switch the timeouts off for this statement: it blocks nobody while it waits.",
			evidence: null,
			fix: recipe(context, [{
				title: "without a limit, since nobody waits for it",
				sql: [
					...statementMs > 0 ? ["SET statement_timeout = 0;"] : [],
					...lockMs > 0 ? ["SET lock_timeout = 0;"] : [],
					`${statement.sql};`
				],
				outsideTransaction: true,
				notes: ["Set the timeouts again afterwards, when more statements follow."]
			}], { sameSchema: true })
		}];
	})
};
function buildsConcurrently(node) {
	if (node === null) return null;
	if ("IndexStmt" in node) return node.IndexStmt.concurrent === true ? "CREATE INDEX CONCURRENTLY" : null;
	if (!("ReindexStmt" in node)) return null;
	return (node.ReindexStmt.params ?? []).some((each) => "DefElem" in each && each.DefElem.defname === "concurrently") ? "REINDEX CONCURRENTLY" : null;
}
const objectOf = ({ statement }) => {
	const table = statement.locks.find(({ kind }) => kind === "table" || kind === "materialized-view");
	return table === void 0 ? null : `${table.schema}.${table.relation}`;
};
// src/rules/transactions/lock-timeout-too-long.ts
/** Longer than this, requests of the application have run into their own timeouts. */
const longest = 1e4;
const lockTimeoutTooLong = {
	name: "lock-timeout-too-long",
	about: "statement",
	severity: "notice",
	summary: "`lock_timeout` is so long that the queue behind the lock is an outage all the same.",
	why: "While the migration waits for its lock, all later queries of the table wait behind it. A lock_timeout is how long that may last at most: with a minute, every request to the table fails for a minute. From ten seconds on it is reported.",
	instead: "One to five seconds, and a deploy that tries again.",
	sources: ["https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-LOCK-TIMEOUT"],
	peers: ["pgfence lock-timeout-too-long", "strong_migrations check_lock_timeout"],
	bad: [{
		title: "A minute",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "SET lock_timeout = '1min';\nALTER TABLE users ADD COLUMN age int;",
		line: 2
	}, {
		title: "Half a minute, for the transaction, by set_config()",
		base: "CREATE TABLE \"User\" (id bigint PRIMARY KEY);",
		migration: `SELECT set_config('lock_timeout', '30s', true);\n\nALTER TABLE "User" ADD COLUMN age int;`,
		line: 3
	}],
	good: [{
		title: "Some seconds",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "SET lock_timeout = '5s';\nALTER TABLE users ADD COLUMN age int;"
	}, {
		title: "Long, but for what nobody waits for",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, age int, CONSTRAINT c CHECK (age > 0));",
		migration: "SET lock_timeout = '1min';\nALTER TABLE users VALIDATE CONSTRAINT c;"
	}],
	check: (context) => context.migrations.flatMap((migration) => {
		const first = blockingLocks(migration).find(({ statement }) => statement.timeouts.lockMs > longest);
		if (first === void 0) return [];
		const { statement, lock } = first;
		return [{
			...at(first),
			object: nameOf(lock),
			title: `Queries of ${nameOf(lock)} may queue for ${statement.timeouts.lockMs / 1e3} seconds`,
			message: `That is the lock_timeout that the statement runs under: while it waits for its lock, later queries of the table wait behind it. Set one to five seconds, and let the deploy try again.`,
			evidence: {
				...evidenceOn(statement, {
					...lock,
					tableOid: null
				}),
				scan: false,
				rewrite: false
			},
			fix: null
		}];
	})
};
// src/rules/transactions/lock-timeout-zero.ts
const lockTimeoutZero = {
	name: "lock-timeout-zero",
	about: "statement",
	severity: "notice",
	summary: "The migration switches lock_timeout off, and then takes a lock that others wait for.",
	why: "`SET lock_timeout = 0` and `RESET` end a timeout that the role or the database has; `SET LOCAL` outside of a transaction has no effect at all (the server only warns). What comes after waits without an end, and everybody behind it. Files that pg_dump wrote begin with such a line.",
	instead: "Leave the line out, or set some seconds; outside of a transaction `SET` without LOCAL.",
	sources: ["https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-LOCK-TIMEOUT", "https://www.postgresql.org/docs/current/sql-set.html"],
	peers: ["pgfence lock-timeout-zero", "pgfence lock-timeout-after-ddl (RESET)"],
	bad: [{
		title: "The head of a dump",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "SET lock_timeout = 0;\nALTER TABLE users ADD COLUMN age int;",
		line: 2
	}, {
		title: "SET LOCAL, but there is no transaction",
		base: "CREATE TABLE \"User\" (id bigint PRIMARY KEY);",
		migration: `SET LOCAL lock_timeout = '2s';\nALTER TABLE "User" ADD COLUMN age int;`,
		transaction: "none",
		line: 2
	}],
	good: [{
		title: "Some seconds",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "SET lock_timeout = '2s';\nALTER TABLE users ADD COLUMN age int;\nRESET lock_timeout;"
	}, {
		title: "Off, and nothing that anybody waits for",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "SET lock_timeout = 0;\nCREATE TABLE notes (id bigint);"
	}],
	check: (context) => unguardedLocks(context).filter(({ cause }) => cause === "off").map((place) => {
		const { setter, lock, statement } = place;
		const node = setter?.node;
		const local = node != null && "VariableSetStmt" in node && node.VariableSetStmt.is_local === true && !setter?.inTransaction;
		return {
			...at(place),
			object: nameOf(lock),
			title: local ? `The lock_timeout of line ${setter?.line ?? "?"} has no effect: SET LOCAL outside of a transaction` : `lock_timeout is switched off in line ${setter?.line ?? "?"} before ${nameOf(lock)} is locked`,
			message: `This statement waits for ${lockTitle(lock.mode)} on ${nameOf(lock)} without an end, and later queries queue up behind it. ${local ? "Use SET without LOCAL." : "Leave that line out, or set some seconds."}`,
			evidence: {
				...evidenceOn(statement, {
					...lock,
					tableOid: null
				}),
				scan: false,
				rewrite: false
			},
			fix: null
		};
	})
};
// src/rules/transactions/missing-lock-timeout.ts
const missingLockTimeout = {
	name: "missing-lock-timeout",
	about: "statement",
	severity: "notice",
	oncePerRun: true,
	summary: "A lock that others wait for is taken without a lock_timeout.",
	why: `A lock that is held for a millisecond may have to be waited for: a report that reads the table for ten minutes makes ALTER TABLE wait for ten minutes, and every query that comes after it queues up behind the ALTER TABLE, reads as well. That is how migrations that “only add a column” take a site down. With a lock_timeout the migration gives up after some seconds, and the deploy tries again.

It is said once for a pull request, and never where \`lock-timeout: set-by-role\` in the config tells that production’s role has a timeout (\`ALTER ROLE … SET lock_timeout\`), which the shadow cannot know. Where base’s own migrations set one for the role or the database, the shadow knows.`,
	instead: "`SET LOCAL lock_timeout = '2s'` at the top of the migration (`SET` outside of a transaction), or once for all: `ALTER ROLE migrator SET lock_timeout = '2s'`; and a deploy that tries again.",
	sources: ["https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-LOCK-TIMEOUT", "https://www.postgresql.org/docs/current/explicit-locking.html"],
	peers: [
		"squawk require-lock-timeout",
		"eugene E9",
		"pgfence missing-lock-timeout",
		"migrationpilot MP004",
		"pgsafe require-timeout",
		"strong_migrations lock_timeout"
	],
	bad: [{
		title: "ALTER TABLE",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "ALTER TABLE users ADD COLUMN age int;"
	}, {
		title: "Two tables: said once",
		base: "CREATE TABLE \"User\" (id bigint PRIMARY KEY);\nCREATE TABLE teams (id bigint PRIMARY KEY);",
		migration: `CREATE TABLE notes (id bigint PRIMARY KEY);
ALTER TABLE "User" ADD COLUMN age int;
ALTER TABLE teams ADD COLUMN age int;`,
		line: 2
	}],
	good: [{
		title: "Set before",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "SET LOCAL lock_timeout = '2s';\nALTER TABLE users ADD COLUMN age int;"
	}, {
		title: "Nothing that anybody waits for",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "CREATE TABLE notes (id bigint PRIMARY KEY);\nDELETE FROM users WHERE id = 7;"
	}],
	check(context, found) {
		if (context.lockTimeout === "set-by-role") return [];
		const unguarded = unguardedLocks(context);
		if (unguarded.some(({ cause }) => cause !== "missing")) return [];
		const isTold = (place) => found.some((draft) => isAbout(draft, place) && (draft.evidence?.scan || draft.evidence?.rewrite));
		const all = unguarded.filter((place) => !isTold(place));
		const [first] = all;
		if (first === void 0) return [];
		const { statement, lock } = first;
		const name = nameOf(lock);
		const set = setCommand(statement);
		const more = all.length - 1;
		return [{
			...at(first),
			object: name,
			title: `Waiting for ${name} has no end: no lock_timeout is set`,
			message: `The statement takes ${lockTitle(lock.mode)} on ${name}. While it waits for a long query, every later query of the table queues up behind it. With a lock_timeout it gives up instead, and the deploy can try again.${more > 0 ? ` The same goes for ${counted$1(more, "more migration")}.` : ""} If production's role has one, say lock-timeout: set-by-role in the config.`,
			evidence: {
				...evidenceOn(statement, {
					...lock,
					tableOid: null
				}),
				scan: false,
				rewrite: false
			},
			fix: recipe(context, [{
				title: "give up after two seconds",
				sql: [
					`${set} lock_timeout = '2s';`,
					`${statement.sql};`,
					...set === "SET" ? ["RESET lock_timeout;"] : []
				]
			}], { sameSchema: true })
		}];
	}
};
// src/rules/transactions/missing-statement-timeout.ts
const missingStatementTimeout = {
	name: "missing-statement-timeout",
	about: "convention",
	severity: "notice",
	byDefault: "off",
	oncePerRun: true,
	summary: "A statement that others wait for runs without a statement_timeout.",
	why: "lock_timeout ends the waiting for a lock, not the holding of it: a statement that takes longer on production’s rows than anybody thought blocks until it is done. A statement_timeout ends that too. It ends index builds and validations as well, which may take their time, so that one limit for all does not fit: off by default.",
	instead: "`SET LOCAL statement_timeout = '10s'` around what should be brief.",
	sources: ["https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-STATEMENT-TIMEOUT"],
	peers: [
		"squawk require-statement-timeout",
		"migrationpilot MP020",
		"pgfence missing-statement-timeout"
	],
	bad: [{
		title: "ALTER TABLE",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "ALTER TABLE users ADD COLUMN age int;"
	}, {
		title: "Said once",
		base: "CREATE TABLE \"User\" (id bigint PRIMARY KEY);",
		migration: "SELECT 1;\nALTER TABLE \"User\" ADD COLUMN age int;\nALTER TABLE \"User\" ADD COLUMN size int;",
		line: 2
	}],
	good: [{
		title: "Set before",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "SET LOCAL statement_timeout = '10s';\nALTER TABLE users ADD COLUMN age int;"
	}, {
		title: "Nothing that anybody waits for",
		base: "",
		migration: "CREATE TABLE users (id bigint PRIMARY KEY);"
	}],
	check(context) {
		const [first] = context.migrations.flatMap(blockingLocks).filter(({ statement }) => statement.timeouts.statementMs === 0);
		if (first === void 0) return [];
		return [{
			...at(first),
			object: nameOf(first.lock),
			title: `No statement_timeout ends a statement that blocks ${nameOf(first.lock)} for too long`,
			message: "Set one for the statements that should be brief.",
			evidence: null,
			fix: null
		}];
	}
};
// src/rules/transactions/multi-table-lock-window.ts
/** Two tables are often changed together: from the third on somebody should have thought about it. */
const tooMany = 3;
const multiTableLockWindow = {
	name: "multi-table-lock-window",
	about: "statement",
	severity: "notice",
	summary: "One transaction takes ACCESS EXCLUSIVE on three or more existing tables, one after the other.",
	why: "Each lock is held until COMMIT, so that the first table is blocked while the last one is waited for: a long query of one table keeps the users of all of them waiting. Two sessions that lock the same tables in another order end in a deadlock, and either may be the one that Postgres ends. It is said once for a migration, and not where a lock_timeout ends the waiting.",
	instead: "A migration for each table, or at least the same order everywhere and a lock_timeout.",
	sources: ["https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-DEADLOCKS"],
	peers: [
		"pgfence wide-lock-window",
		"migrationpilot MP008",
		"postgres-language-server avoidWideLockWindow",
		"online_migrations multiple_foreign_keys"
	],
	bad: [{
		title: "Three tables",
		base: "CREATE TABLE a (id bigint PRIMARY KEY);\nCREATE TABLE b (id bigint PRIMARY KEY);\nCREATE TABLE c (id bigint PRIMARY KEY);",
		migration: "ALTER TABLE a ADD COLUMN n int;\nALTER TABLE b ADD COLUMN n int;\nALTER TABLE c ADD COLUMN n int;",
		line: 3
	}, {
		title: "Between BEGIN and COMMIT, with something between",
		base: "CREATE TABLE \"A\" (id bigint PRIMARY KEY);\nCREATE TABLE b (id bigint PRIMARY KEY);\nCREATE TABLE c (id bigint PRIMARY KEY);",
		migration: `BEGIN;
ALTER TABLE "A" ADD COLUMN n int;
CREATE TABLE d (id bigint PRIMARY KEY);
ALTER TABLE b ADD COLUMN n int;
COMMENT ON TABLE d IS 'new';
ALTER TABLE c ADD COLUMN n int;
COMMIT;`,
		transaction: "none",
		line: 6
	}],
	good: [
		{
			title: "Each statement commits by itself",
			base: "CREATE TABLE a (id bigint PRIMARY KEY);\nCREATE TABLE b (id bigint PRIMARY KEY);\nCREATE TABLE c (id bigint PRIMARY KEY);",
			migration: "ALTER TABLE a ADD COLUMN n int;\nALTER TABLE b ADD COLUMN n int;\nALTER TABLE c ADD COLUMN n int;",
			transaction: "none"
		},
		{
			title: "The waiting ends with a lock_timeout",
			base: "CREATE TABLE a (id bigint PRIMARY KEY);\nCREATE TABLE b (id bigint PRIMARY KEY);\nCREATE TABLE c (id bigint PRIMARY KEY);",
			migration: "SET LOCAL lock_timeout = '2s';\nALTER TABLE a ADD COLUMN n int;\nALTER TABLE b ADD COLUMN n int;\nALTER TABLE c ADD COLUMN n int;"
		},
		{
			title: "Two tables, and new ones",
			base: "CREATE TABLE a (id bigint PRIMARY KEY);\nCREATE TABLE b (id bigint PRIMARY KEY);",
			migration: "ALTER TABLE a ADD COLUMN n int;\nALTER TABLE b ADD COLUMN n int;\nCREATE TABLE c (id bigint PRIMARY KEY);\nALTER TABLE c ADD COLUMN n int;"
		}
	],
	check: (context) => context.migrations.flatMap((migration) => {
		const windows = migration.statements.map((statement) => ({
			statement,
			held: exclusive(context, statement)
		}));
		const first = windows.find(({ statement, held }) => statement.timeouts.lockMs === 0 && namesOf(held).length >= tooMany && new Set(held.map(({ since }) => since)).size > 1);
		if (first === void 0) return [];
		const most = windows.map(({ held }) => namesOf(held)).reduce((a, b) => b.length > a.length ? b : a);
		return [{
			...at({
				migration,
				statement: first.statement
			}),
			object: null,
			title: `The transaction locks ${counted$1(most.length, "existing table")}, one after the other`,
			message: `Until COMMIT all reads and writes of ${listed$1(most, 6)} wait: a long query of one keeps the users of all of them waiting, and a session that locks them in another order ends in a deadlock. Give each table ${apart(context)} where that is possible.`,
			evidence: null,
			fix: null
		}];
	})
};
/** Tables that nobody can read meanwhile. Weaker locks come from foreign keys, which need theirs. */
const exclusive = (context, { locks }) => locks.filter(({ kind, mode, oid }) => kind === "table" && mode === "AccessExclusiveLock" && typeof context.before?.byIdentity(`pg_class:${oid}`)?.facts.partitionOf !== "string");
const namesOf = (locks) => [...new Set(locks.map(nameOf))];
// src/rules/transactions/multiple-alter-same-table.ts
const multipleAlterSameTable = {
	name: "multiple-alter-same-table",
	about: "statement",
	severity: "notice",
	summary: "Several ALTER TABLE statements read or rewrite the same table, where one would do it once.",
	why: "ALTER TABLE takes several commands, separated by commas, and does all of them in one pass over the rows. In statements of their own each makes its own pass. Statements that read nothing cost nothing in a row, and are not reported.",
	instead: "One ALTER TABLE with all commands.",
	sources: ["https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES"],
	peers: [
		"eugene W12",
		"migrationpilot MP058",
		"postgres-language-server multipleAlterTable"
	],
	bad: [{
		title: "Two validations",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, age int, size int);\nALTER TABLE users ADD CONSTRAINT a CHECK (age > 0) NOT VALID, ADD CONSTRAINT b CHECK (size > 0) NOT VALID;",
		migration: "ALTER TABLE users VALIDATE CONSTRAINT a;\nALTER TABLE users VALIDATE CONSTRAINT b;",
		line: 2
	}, {
		title: "Three of them, with names that need quotes and something between",
		base: "CREATE TABLE \"User\" (id bigint PRIMARY KEY, age int, size int);\nALTER TABLE \"User\" ADD CONSTRAINT a CHECK (age > 0) NOT VALID, ADD CONSTRAINT \"B\" CHECK (size > 0) NOT VALID, ADD CONSTRAINT c CHECK (size > age) NOT VALID;",
		migration: `ALTER TABLE "User" VALIDATE CONSTRAINT a;
SELECT 1;
ALTER TABLE "User" VALIDATE CONSTRAINT "B";
ALTER TABLE "User" VALIDATE CONSTRAINT c;`,
		transaction: "none",
		line: 3
	}],
	good: [{
		title: "One statement",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, age int, size int);\nALTER TABLE users ADD CONSTRAINT a CHECK (age > 0) NOT VALID, ADD CONSTRAINT b CHECK (size > 0) NOT VALID;",
		migration: "ALTER TABLE users VALIDATE CONSTRAINT a, VALIDATE CONSTRAINT b;"
	}, {
		title: "Commands that read nothing",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "ALTER TABLE users ADD COLUMN a int;\nALTER TABLE users ADD COLUMN b int;"
	}],
	check(context) {
		const passes = [...alterTables(context)].filter(({ statement, name }) => (statement.scans.includes(name) || statement.rewrites.includes(name)) && statement.proofs.some((proof) => /^(?:verifying|rewriting) table /.test(proof)));
		const groups = /* @__PURE__ */ new Map();
		for (const pass of passes) {
			const key = `${pass.migration.file} ${pass.table.oid}`;
			groups.set(key, [...groups.get(key) ?? [], pass]);
		}
		return [...groups.values()].flatMap((group) => {
			const second = group[1];
			if (second === void 0) return [];
			const commands = group.flatMap((alter) => alter.commands);
			const together = writeAlterTable(second.node, commands);
			const harmless = commands.every(({ subtype }) => subtype === "AT_ValidateConstraint");
			return [{
				...at(second),
				object: second.name,
				title: `${counted$1(group.length, "ALTER TABLE statement")} make a pass over ${second.name} each`,
				message: `One statement with all commands reads the rows once (seen on the shadow: lines ${group.map(({ statement }) => statement.line).join(", ")}).`,
				evidence: evidenceOn(second.statement, second.table),
				fix: together === null || !harmless ? null : recipe(context, [{
					title: "and of the others",
					sql: [together]
				}], { sameSchema: true })
			}];
		});
	}
};
// src/rules/transactions/savepoint-subtransactions.ts
/** Postgres keeps 64 subtransactions of a backend in shared memory; with more, every reader looks on disk. */
const most = 64;
const savepointSubtransactions = {
	name: "savepoint-subtransactions",
	about: "statement",
	severity: "notice",
	summary: "A loop with an EXCEPTION block, or many savepoints, makes a subtransaction for each round.",
	why: "Every EXCEPTION block and every SAVEPOINT that writes takes a transaction id of its own. Beyond 64 in one transaction the list no longer fits into shared memory, and every other session that looks at rows has to read it from `pg_subtrans`: all of the server gets slow, replicas most of all, until the transaction ends.",
	instead: "Test before instead of catching afterwards (`IF NOT EXISTS`, `ON CONFLICT DO NOTHING`), or batches that commit.",
	sources: ["https://www.postgresql.org/docs/current/plpgsql-control-structures.html#PLPGSQL-ERROR-TRAPPING", "https://www.postgresql.org/docs/current/subxacts.html"],
	peers: ["migrationpilot MP076"],
	bad: [{
		title: "A loop that catches errors",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: `DO $$
BEGIN
  FOR n IN 1..1000 LOOP
    BEGIN
      INSERT INTO users VALUES (n);
    EXCEPTION WHEN unique_violation THEN
      NULL;
    END;
  END LOOP;
END $$;`
	}, {
		title: "In a loop over rows",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE \"Copy\" (id bigint PRIMARY KEY);",
		migration: `SELECT 1;
DO $$
DECLARE r record;
BEGIN
  FOR r IN SELECT id FROM users LOOP
    BEGIN
      INSERT INTO "Copy" VALUES (r.id);
    EXCEPTION WHEN others THEN
      RAISE NOTICE '%', SQLERRM;
    END;
  END LOOP;
END $$;`,
		line: 2
	}],
	good: [{
		title: "One EXCEPTION block, no loop",
		base: "CREATE TYPE mood AS ENUM ('a');",
		migration: `DO $$
BEGIN
  CREATE TYPE mood AS ENUM ('a');
EXCEPTION WHEN duplicate_object THEN
  NULL;
END $$;`
	}, {
		title: "ON CONFLICT instead",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: `DO $$
BEGIN
  FOR n IN 1..3 LOOP
    INSERT INTO users VALUES (n) ON CONFLICT DO NOTHING;
  END LOOP;
END $$;`
	}],
	check: (context) => [...inLoops(context), ...manySavepoints(context)]
};
function inLoops(context) {
	const told = /* @__PURE__ */ new Set();
	return loops(context).flatMap(({ place, body }) => {
		if (!contains(body, "exceptions") || contains(body, "PLpgSQL_stmt_commit")) return [];
		if (told.has(place.statement.index)) return [];
		told.add(place.statement.index);
		return [{
			...at(place),
			object: null,
			title: "Each round of the loop is a subtransaction of its own",
			message: `The EXCEPTION block makes one for every round. From ${most} on in one transaction all other sessions of the server get slower until it ends. Test before instead of catching afterwards.`,
			evidence: null,
			fix: null
		}];
	});
}
const manySavepoints = (context) => context.migrations.flatMap((migration) => {
	const savepoints = migration.statements.filter(({ node }) => node !== null && "TransactionStmt" in node && node.TransactionStmt.kind === "TRANS_STMT_SAVEPOINT");
	const statement = savepoints[most];
	if (statement === void 0) return [];
	return [{
		...at({
			migration,
			statement
		}),
		object: null,
		title: `${savepoints.length} savepoints in one transaction`,
		message: `From ${most} subtransactions on all other sessions of the server get slower until the transaction ends. Split the migration.`,
		evidence: null,
		fix: null
	}];
});
// src/rules/transactions/set-session-leaks.ts
const setSessionLeaks = {
	name: "set-session-leaks",
	about: "statement",
	severity: "warning",
	summary: "A migration leaves a session setting behind that changes what later migrations do.",
	why: "SET holds until the connection ends. Most tools run all pending migrations over one connection: what one sets (search_path, role, session_replication_role, time zone) is in force for the next ones, where they are deployed together, and not where they are deployed one by one. The same files then make different databases. Timeouts and memory settings are not reported.",
	instead: "`SET LOCAL` inside the transaction, or `RESET` at the end of the file.",
	sources: ["https://www.postgresql.org/docs/current/sql-set.html"],
	peers: ["pgfence (timeouts only)"],
	bad: [{
		title: "search_path",
		base: "CREATE SCHEMA app;",
		migration: "SET search_path = app;\nCREATE TABLE users (id bigint PRIMARY KEY);"
	}, {
		title: "The head of a dump, by set_config()",
		base: "",
		migration: "SELECT 1;\nSELECT pg_catalog.set_config('search_path', '', false);\nCREATE TABLE public.users (id bigint PRIMARY KEY);",
		line: 2
	}],
	good: [{
		title: "SET LOCAL",
		base: "CREATE SCHEMA app;",
		migration: "SET LOCAL search_path = app;\nCREATE TABLE users (id bigint PRIMARY KEY);"
	}, {
		title: "RESET at the end, and a timeout",
		base: "CREATE SCHEMA app;",
		migration: "SET search_path = app;\nSET lock_timeout = '2s';\nCREATE TABLE users (id bigint PRIMARY KEY);\nRESET search_path;"
	}],
	check: (context) => context.migrations.flatMap((migration) => migration.settingsLeft.filter(({ name }) => meaningfulSettings.has(name.toLowerCase())).map((setting) => draft$1(context, migration, setting)))
};
function draft$1(context, migration, { name, before, after }) {
	const setter = migration.statements.findLast((statement) => setsTimeout(statement, name.toLowerCase()));
	return {
		...setter === void 0 ? {
			migration: migration.version,
			file: migration.file,
			line: 1,
			endLine: 1
		} : at({
			migration,
			statement: setter
		}),
		object: null,
		title: `Later migrations of the same deploy run with ${name} = ${after ?? "another value"}`,
		message: `The migration leaves it behind${before === null ? "" : ` (it was ${before === "" ? "empty" : before})`}, so what comes after means something else when both are deployed together than when each is deployed alone. Use SET LOCAL, or RESET ${name} at the end.`,
		evidence: null,
		fix: setter === void 0 ? null : locally(context, setter, name)
	};
}
function locally(context, { node, inTransaction, sql }, name) {
	if (node === null || !("VariableSetStmt" in node)) return null;
	if (!inTransaction) return recipe(context, [{
		title: "and back at the end of the file",
		sql: [`${sql};`, `RESET ${name};`]
	}], { sameSchema: false });
	return recipe(context, [{
		title: "for this transaction",
		sql: [write({ VariableSetStmt: {
			...node.VariableSetStmt,
			is_local: true
		} })]
	}], { sameSchema: false });
}
// src/rules/transactions/statement-after-access-exclusive.ts
/** From so many rows on an INSERT of plain values takes long enough to be felt. */
const manyRows = 1e3;
const statementAfterAccessExclusive = {
	name: "statement-after-access-exclusive",
	about: "statement",
	severity: "error",
	summary: "A lock that others wait for is held while the transaction reads or fills other tables.",
	why: `Locks are held until COMMIT. An ALTER TABLE that takes a millisecond blocks its table for as long as the rest of the transaction takes: a backfill of another table, a validation, a copy. Brief statements after it, such as another ALTER TABLE or an INSERT of some rows, are not reported.

It is a warning where the later statement has a condition: how many rows it reads then depends on the data.`,
	instead: "Put what takes time before the ALTER TABLE, or into a migration of its own.",
	sources: ["https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES"],
	peers: [
		"eugene E4",
		"pgfence statement-after-access-exclusive",
		"postgres-language-server runningStatementWhileHoldingAccessExclusive"
	],
	bad: [
		{
			title: "A copy of another table",
			base: "CREATE TABLE orders (id bigint PRIMARY KEY);\nCREATE TABLE users (id bigint PRIMARY KEY, name text);\nCREATE TABLE names (id bigint PRIMARY KEY, name text);",
			migration: "ALTER TABLE orders ADD COLUMN note text;\nINSERT INTO names SELECT id, name FROM users;",
			line: 2
		},
		{
			title: "A backfill of all rows, with names that need quotes",
			base: "CREATE TABLE \"Order\" (id bigint PRIMARY KEY);\nCREATE TABLE users (id bigint PRIMARY KEY, name text);",
			migration: "ALTER TABLE \"Order\" ADD COLUMN note text;\n\nUPDATE users SET name = upper(name);",
			line: 3
		},
		{
			title: "A backfill with a condition: a warning",
			base: "CREATE TABLE users (id bigint PRIMARY KEY, name text);\nCREATE TABLE teams (id bigint PRIMARY KEY, name text);",
			migration: "ALTER TABLE users ADD COLUMN slug text;\nUPDATE teams SET name = 'none' WHERE name IS NULL;",
			line: 2
		}
	],
	good: [{
		title: "The slow part first",
		base: "CREATE TABLE orders (id bigint PRIMARY KEY);\nCREATE TABLE users (id bigint PRIMARY KEY, name text);\nCREATE TABLE names (id bigint PRIMARY KEY, name text);",
		migration: "INSERT INTO names SELECT id, name FROM users;\nALTER TABLE orders ADD COLUMN note text;"
	}, {
		title: "Brief statements one after the other",
		base: "CREATE TABLE orders (id bigint PRIMARY KEY);\nCREATE TABLE states (id bigint PRIMARY KEY, name text);",
		migration: "ALTER TABLE orders ADD COLUMN note text;\nALTER TABLE orders ALTER COLUMN note SET DEFAULT '';\nINSERT INTO states VALUES (1, 'new'), (2, 'paid');\nUPDATE states SET name = 'sent' WHERE id = 2;"
	}],
	check: (context, found) => context.migrations.flatMap((migration) => inMigration(context, migration, found))
};
/** One finding for each lock's time: at the first statement that takes long while it is held. */
function inMigration(context, migration, found) {
	const told = /* @__PURE__ */ new Set();
	return migration.statements.flatMap((statement) => {
		const lock = strongest(heldBefore(context, statement));
		if (lock === void 0) return [];
		const read = slowWork(migration, statement, found);
		if (read === null) return [];
		const key = `${lock.oid} ${lock.since}`;
		if (told.has(key)) return [];
		told.add(key);
		const name = nameOf(lock);
		const since = migration.statements.find(({ index }) => index === lock.since);
		return [{
			...at({
				migration,
				statement
			}),
			object: name,
			...read.all ? {} : { severity: "warning" },
			title: `${lockTitle(lock.mode)} on ${name} is held while ${read.what}`,
			message: `${since === void 0 ? earlier(lock) : `Line ${since.line}`} locked ${name}, and until COMMIT all reads and writes of it wait: ${span(migration, lock)}. ${read.all ? "How long that takes grows with the other table." : "How long that takes depends on the data."} Put the slow part before the lock, or into ${apart(context)}.`,
			evidence: {
				lock: lock.mode,
				blocks: blocks(lock.mode),
				scan: false,
				rewrite: false
			},
			fix: null,
			explains: read.relations
		}];
	});
}
/**
* Locks of earlier statements of the transaction that everybody waits for. Weaker ones come from foreign keys, which
* add-foreign-key-both-tables-lock is about.
*/
const heldBefore = (context, { locks }) => locks.filter(({ new: isNew, kind, mode, oid }) => !isNew && kind === "table" && mode === "AccessExclusiveLock" && (context.after === null || context.after.byIdentity(`pg_class:${oid}`) !== void 0));
/** What takes time in a statement and has not been told by a rule about the statement itself. */
function slowWork(migration, statement, found) {
	const place = {
		migration,
		statement
	};
	if (statement.node !== null && "TruncateStmt" in statement.node) return null;
	const query = isQuery(statement.node);
	const built = new Set(builtIndexes(statement).map(({ table }) => table));
	const read = [.../* @__PURE__ */ new Set([
		...statement.scans,
		...statement.rewrites,
		...statement.locks.filter(({ kind, names }) => kind === "table" && names.some((name) => built.has(withoutSchema(name)))).map(nameOf)
	])].filter((relation) => !isExplained(found, place, relation) && !isLocked(statement, relation));
	if (read.length > 0) return {
		what: `${listed$1(read)} ${read.length === 1 ? "is" : "are"} read`,
		all: !query || readsAll(statement.node),
		relations: read
	};
	const written = statement.rowsWritten ?? 0;
	if (written < manyRows) return null;
	return {
		what: `${counted$1(written, "row")} are written`,
		all: false,
		relations: []
	};
}
const earlier = ({ since }) => since < 0 ? "An earlier migration of the same transaction" : "An earlier statement";
/** Those who use what is read wait themselves, and other rules are about that. */
const isLocked = ({ locks }, relation) => locks.some((lock) => nameOf(lock) === relation && blocks(lock.mode).includes("reads"));
const withoutSchema = (name) => name.slice(name.indexOf(".") + 1);
/** `over 3 more statements, which write 12 rows here`. */
function span({ statements }, lock) {
	const over = statements.filter(({ index, locks }) => index > lock.since && locks.some(({ oid, mode, since }) => oid === lock.oid && mode === lock.mode && since === lock.since));
	const rows = over.reduce((sum, { rowsWritten }) => sum + (rowsWritten ?? 0), 0);
	return `over ${counted$1(over.length, "more statement")}${rows > 0 ? `, which write ${counted$1(rows, "row")} even on the empty shadow` : ""}`;
}
// src/rules/transactions/transaction-nesting.ts
const begins$1 = ["TRANS_STMT_BEGIN", "TRANS_STMT_START"];
const ends = ["TRANS_STMT_COMMIT", "TRANS_STMT_ROLLBACK"];
const transactionNesting = {
	name: "transaction-nesting",
	about: "statement",
	severity: "warning",
	summary: "BEGIN inside a transaction, or COMMIT of one that the file did not begin.",
	why: "Postgres has no transactions inside transactions: BEGIN in an open one is only a warning, and the first COMMIT ends all of it. Where the tool has begun the transaction, that COMMIT ends the tool’s: what comes after commits statement by statement, and the tool’s own record of the migration is no longer part of what it records.",
	instead: "Leave BEGIN and COMMIT to the tool; or tell it to run the file without a transaction, and write both.",
	sources: ["https://www.postgresql.org/docs/current/sql-begin.html"],
	peers: [
		"squawk transaction-nesting",
		"pgfence nested-transaction",
		"migrationpilot MP053"
	],
	bad: [{
		title: "A second BEGIN",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "BEGIN;\nALTER TABLE users ADD COLUMN age int;\nBEGIN;\nCOMMIT;\nCOMMIT;",
		transaction: "none",
		line: 3
	}, {
		title: "COMMIT in the tool’s transaction",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "ALTER TABLE users ADD COLUMN age int;\nCOMMIT;\nALTER TABLE users ADD COLUMN size int;",
		line: 2
	}],
	good: [{
		title: "BEGIN and COMMIT where the tool has none",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "BEGIN;\nALTER TABLE users ADD COLUMN age int;\nCOMMIT;",
		transaction: "none"
	}, {
		title: "A savepoint",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "SAVEPOINT a;\nALTER TABLE users ADD COLUMN age int;\nRELEASE SAVEPOINT a;"
	}],
	check: (context) => context.migrations.flatMap((migration) => {
		let open = false;
		for (const statement of migration.statements) {
			const kind = kindOf(statement);
			if (kind === null) continue;
			const place = {
				migration,
				statement
			};
			if (begins$1.includes(kind)) {
				if (open) return [draft(place, "begin")];
				if (wrapped(context, statement)) return [draft(place, "wrapped")];
				open = true;
			} else if (ends.includes(kind)) {
				if (!open) return onlyWayOut(context, migration, statement) ? [] : [draft(place, "end")];
				open = false;
			}
		}
		return [];
	})
};
/**
* Where every migration shares the deploy's transaction, a COMMIT is the only way to a statement that refuses one: it is
* meant where nothing else comes after it.
*/
function onlyWayOut({ tool }, migration, commit) {
	const after = migration.statements.filter(({ index }) => index > commit.index);
	return tool.sharesTransaction === true && tool.noTransaction.directive === null && after.length > 0 && after.every(({ source }) => source === "documented");
}
const kindOf = ({ node }) => node !== null && "TransactionStmt" in node ? node.TransactionStmt.kind ?? null : null;
/**
* Has the tool begun one before the file's first statement? Of plain files nobody knows what runs them: one that has
* its own BEGIN is most likely sent as it is.
*/
const wrapped = ({ tool }, { index, notices }) => tool.name !== "plain" && index === 0 && notices.some((notice) => notice.startsWith("there is already a transaction in progress"));
function draft(place, what) {
	const [title, message] = {
		begin: ["BEGIN inside a transaction does nothing, and the first COMMIT ends it all", "Postgres has no transactions inside transactions. Remove the second BEGIN and its COMMIT; for a part that may fail there are savepoints."],
		wrapped: ["The tool has begun a transaction already: this BEGIN does nothing, and the COMMIT ends the tool’s", "The tool’s record of the migration is then no longer part of its transaction. Leave BEGIN and COMMIT to the tool."],
		end: ["The transaction that ends here is not one that the file began", "Where the tool has begun it, all that follows commits statement by statement, and a failure leaves half of the migration behind. Leave the transaction to the tool."]
	}[what];
	return {
		...at(place),
		object: null,
		title,
		message,
		evidence: null,
		fix: null
	};
}
// src/rules/transactions/unclosed-transaction.ts
const unclosedTransaction = {
	name: "unclosed-transaction",
	about: "statement",
	severity: "error",
	summary: "A migration begins a transaction and does not end it.",
	why: "What happens then is up to the tool: most close the connection, and Postgres takes back all that the file did, while the tool has noted the migration as applied. Others run the next migration inside of it, or commit it by chance.",
	instead: "Write the COMMIT, or leave transactions to the tool.",
	sources: ["https://www.postgresql.org/docs/current/sql-begin.html"],
	peers: [
		"squawk ban-uncommitted-transaction",
		"pgfence unclosed-transaction",
		"migrationpilot MP053"
	],
	bad: [{
		title: "COMMIT was forgotten",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "BEGIN;\nALTER TABLE users ADD COLUMN age int;",
		transaction: "none"
	}, {
		title: "The second transaction of the file",
		base: "",
		migration: "BEGIN;\nCREATE TABLE a (id bigint);\nCOMMIT;\nSTART TRANSACTION;\nCREATE TABLE b (id bigint);",
		transaction: "none",
		line: 4
	}],
	good: [{
		title: "With COMMIT",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "BEGIN;\nALTER TABLE users ADD COLUMN age int;\nCOMMIT;",
		transaction: "none"
	}, {
		title: "The tool’s transaction",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "ALTER TABLE users ADD COLUMN age int;"
	}],
	check: (context) => context.migrations.flatMap((migration) => {
		if (!migration.leftOpen || migration.error !== null) return [];
		const begin = migration.statements.findLast(({ node }) => node !== null && "TransactionStmt" in node && (node.TransactionStmt.kind === "TRANS_STMT_BEGIN" || node.TransactionStmt.kind === "TRANS_STMT_START"));
		return [{
			migration: migration.version,
			file: migration.file,
			line: begin?.line ?? 1,
			endLine: begin?.endLine ?? 1,
			...begin === void 0 ? {} : { statement: begin.index },
			object: null,
			title: "The migration begins a transaction and never commits it",
			message: `What ${context.tool.title} makes of it is luck: when the connection closes, Postgres takes back everything since this line, though the migration counts as applied. (The gate has committed it, to go on.) Write the COMMIT.`,
			evidence: null,
			fix: null
		}];
	})
};
// src/rules/types/domain-add-constraint.ts
const domainAddConstraint = {
	name: "domain-add-constraint",
	about: "statement",
	severity: "error",
	summary: "A constraint of a domain is checked in every table that uses the domain.",
	why: "ALTER DOMAIN … ADD CONSTRAINT and SET NOT NULL take SHARE on every table with a column of the domain and read all of their rows: writes to all of these tables wait. The statement names none of them. VALIDATE CONSTRAINT takes the same locks (seen on PostgreSQL 13 to 18), so that NOT VALID only puts it off.",
	instead: "`ADD CONSTRAINT … NOT VALID`, and leave it at that: new values are checked. Old values can be looked for with a query that blocks nobody, or proved by `CHECK` constraints on the single tables, each added `NOT VALID` and validated by itself.",
	sources: ["https://www.postgresql.org/docs/current/sql-alterdomain.html"],
	peers: [
		"squawk ban-alter-domain-with-add-constraint",
		"pgfence domain-constraint",
		"migrationpilot MP043",
		"pgsafe alter-domain-add-constraint"
	],
	bad: [{
		title: "A CHECK on a domain in use",
		base: "CREATE DOMAIN email AS text;\nCREATE TABLE users (id bigint PRIMARY KEY, email email);",
		migration: "ALTER DOMAIN email ADD CHECK (VALUE LIKE '%@%');"
	}, {
		title: "SET NOT NULL, in use by two tables",
		base: "CREATE DOMAIN \"Email\" AS text;\nCREATE TABLE users (id bigint PRIMARY KEY, email \"Email\");\nCREATE TABLE teams (id bigint PRIMARY KEY, email \"Email\");",
		migration: "SELECT 1;\nALTER DOMAIN \"Email\" SET NOT NULL;",
		line: 2
	}],
	good: [{
		title: "NOT VALID",
		base: "CREATE DOMAIN email AS text;\nCREATE TABLE users (id bigint PRIMARY KEY, email email);",
		migration: "ALTER DOMAIN email ADD CONSTRAINT looks_right CHECK (VALUE LIKE '%@%') NOT VALID;"
	}, {
		title: "A domain that no table uses",
		base: "CREATE DOMAIN email AS text;",
		migration: "ALTER DOMAIN email ADD CHECK (VALUE LIKE '%@%');"
	}],
	check: (context) => [...statementsOf(context, "AlterDomainStmt")].flatMap((place) => {
		const { statement, node } = place;
		const read = statement.locks.filter((lock) => lock.new && blocks(lock.mode).length > 0 && statement.scans.includes(nameOf(lock)));
		const lock = strongest(read);
		if (lock === void 0) return [];
		const domain = nameParts(node.typeName);
		const tables = listed$1([...new Set(read.map(nameOf))], 5);
		const evidence = {
			lock: lock.mode,
			blocks: blocks(lock.mode),
			scan: true,
			rewrite: false
		};
		return [{
			...at(place),
			object: nameOf(lock),
			title: `A constraint of the domain ${domain.name} blocks writes to ${tables}`,
			message: `${whoWaits(statement, {
				...lock,
				tableOid: null
			}, evidence, `every row of ${tables} is read`)} ${node.subtype === "V" ? "Leave the constraint NOT VALID (new values are checked), or prove old ones by CHECK constraints on the single tables." : "Add the constraint NOT VALID and look for old values with a query."}`,
			evidence,
			fix: unproved(context, node, domain, read),
			explains: statement.scans
		}];
	})
};
/** The constraint without the reading, and the queries that find what it would have found. */
function unproved(context, node, domain, tables) {
	const changed = copy(node);
	const constraint = changed.def !== void 0 && "Constraint" in changed.def ? changed.def.Constraint : {};
	if (node.subtype !== "C" || constraint.contype !== "CONSTR_CHECK") return null;
	constraint.skip_validation = true;
	delete constraint.initially_valid;
	const queries = tables.flatMap((table) => (context.before?.objects ?? []).filter(({ type, container }) => type === "column" && container === nameOf(table)).filter(({ facts }) => String(facts.typeName).split(".").at(-1) === domain.name).flatMap(({ local }) => {
		const condition = aboutColumn(constraint.raw_expr, local);
		const from = qualified(table.schema, table.relation);
		return condition === null ? [] : [`  SELECT count(*) FROM ${from} WHERE NOT (${condition});`];
	}));
	return recipe(context, [{
		title: "new values are checked from now on; no row is read",
		sql: [write({ AlterDomainStmt: changed })],
		notes: queries.length === 0 ? [] : ["Old values that it would refuse:", ...queries]
	}], { sameSchema: false });
}
/** The domain's condition with a column in place of VALUE, as SQL. */
function aboutColumn(condition, column) {
	if (condition === void 0) return null;
	const changed = copy(condition);
	for (const node of below(changed)) {
		const reference = node.ColumnRef;
		const [field] = reference?.fields ?? [];
		if (reference !== void 0 && field !== void 0 && "String" in field && field.String.sval === "value") reference.fields = [{ String: { sval: column } }];
	}
	return writeExpression(changed);
}
// src/rules/types/named-types.ts
/** Base's enum, composite type, range or domain of that name. */
function baseType(context, place, names) {
	for (const name of candidates(nameParts(names), place)) {
		const found = context.before?.byName("type", name) ?? context.before?.byName("domain", name);
		if (found !== void 0) return found;
	}
}
/** Types and domains that a DROP TYPE or DROP DOMAIN names. */
const droppedTypes = (context, place, node) => (node.objects ?? []).flatMap((object) => "TypeName" in object ? baseType(context, place, object.TypeName.names) ?? [] : []);
// src/rules/types/drop-type.ts
const dropType = {
	name: "drop-type",
	about: "statement",
	severity: "warning",
	summary: "A type or domain that base has is dropped.",
	why: "Queries of the version that is still running that name the type fail: `$1::mood`, `ARRAY[]::mood[]`, and drivers that look up the type’s number when they connect. Without CASCADE Postgres only makes sure that no column uses it.",
	instead: "Drop it when no version that is running names it any more.",
	sources: ["https://www.postgresql.org/docs/current/sql-droptype.html"],
	peers: ["migrationpilot MP060"],
	bad: [
		{
			title: "An enum",
			base: "CREATE TYPE mood AS ENUM ('happy', 'sad');",
			migration: "DROP TYPE mood;"
		},
		{
			title: "A domain, with names that need quotes",
			base: "CREATE SCHEMA \"App\";\nCREATE DOMAIN \"App\".\"Email\" AS text;",
			migration: "\nDROP DOMAIN IF EXISTS \"App\".\"Email\";",
			line: 2
		},
		{
			title: "Hidden in a DO block",
			base: "CREATE TYPE mood AS ENUM ('happy', 'sad');",
			migration: "DO $$ BEGIN EXECUTE 'DROP TYPE mood'; END $$;"
		}
	],
	good: [{
		title: "Replaced by another one of the same name",
		base: "CREATE TYPE mood AS ENUM ('happy', 'sad');",
		migration: "ALTER TYPE mood RENAME TO mood_old;\nCREATE TYPE mood AS ENUM ('happy', 'sad', 'ok');\nDROP TYPE mood_old;"
	}, {
		title: "A type that the migration created, or none",
		base: "",
		migration: "CREATE TYPE mood AS ENUM ('a');\nDROP TYPE mood;\nDROP TYPE IF EXISTS temper;"
	}],
	check: (context) => {
		const written = fromText$2(context);
		const told = new Set(written.flatMap(({ names }) => names));
		return [...written.map(({ draft }) => draft), ...hidden$2(context, told)];
	}
};
/** Types that a DO block or a function drops. */
const hidden$2 = (context, told) => hiddenChanges(context, ["type", "domain"], ["removed"], told).map(({ name, place, where }) => ({
	...at(place),
	object: name,
	title: `Queries that name ${name} fail`,
	message: `${name} is dropped, hidden in ${where}. The version that is still running may cast to it or have looked it up when it connected. Drop it when no version that is running names it any more.`,
	evidence: null,
	fix: null
}));
const fromText$2 = (context) => [...statementsOf(context, "DropStmt")].flatMap((place) => {
	if (place.node.removeType !== "OBJECT_TYPE" && place.node.removeType !== "OBJECT_DOMAIN") return [];
	const gone = droppedTypes(context, place, place.node).filter(({ type, name }) => context.after?.byName(type, name) === void 0);
	const [first] = gone;
	if (first === void 0) return [];
	const names = listed$1(gone.map(({ name }) => name));
	return [{
		names: gone.map(({ name }) => name),
		draft: {
			...at(place),
			object: first.name,
			title: `Queries that name ${names} fail`,
			message: `The version that is still running may cast to it or have looked it up when it connected. Drop it when no version that is running names it any more.`,
			evidence: null,
			fix: null
		}
	}];
});
// src/rules/types/rename-enum-value.ts
const renameEnumValue = {
	name: "rename-enum-value",
	about: "statement",
	severity: "warning",
	summary: "A value of an enum that base has gets another name.",
	why: "From the moment of the rename the version that is still running fails where it writes or compares the old label (22P02, invalid input value for enum), and reads a label that it does not know. Logical replicas do not get the rename.",
	instead: "Add the new label beside the old one, have the application write it, update the rows in batches, and leave the old label where it is: Postgres cannot drop one.",
	sources: ["https://www.postgresql.org/docs/current/sql-altertype.html"],
	peers: ["strong_migrations rename_enum_value", "migrationpilot MP024"],
	bad: [{
		title: "A value that base has",
		base: "CREATE TYPE mood AS ENUM ('happy', 'sad');",
		migration: "ALTER TYPE mood RENAME VALUE 'sad' TO 'blue';"
	}, {
		title: "With names that need quotes",
		base: `CREATE TYPE "Mood" AS ENUM ('it''s', 'sad');`,
		migration: `SELECT 1;\nALTER TYPE public."Mood" RENAME VALUE 'it''s' TO 'is';`,
		line: 2
	}],
	good: [{
		title: "A label more",
		base: "CREATE TYPE mood AS ENUM ('happy', 'sad');",
		migration: "ALTER TYPE mood ADD VALUE 'blue' AFTER 'sad';"
	}, {
		title: "A type that the migration creates",
		base: "",
		migration: "CREATE TYPE mood AS ENUM ('happy', 'sad');\nALTER TYPE mood RENAME VALUE 'sad' TO 'blue';"
	}],
	check: (context) => [...statementsOf(context, "AlterEnumStmt")].flatMap((place) => {
		const { typeName, oldVal, newVal = "" } = place.node;
		if (oldVal === void 0 || oldVal === "") return [];
		const type = baseType(context, place, typeName);
		if (type === void 0 || !type.members.some(({ name }) => name === oldVal)) return [];
		const { schema, name } = nameParts(typeName);
		return [{
			...at(place),
			object: type.name,
			title: `Renaming the value ${oldVal} of ${type.name} breaks the version that is still running`,
			message: `It writes and compares ${literal(oldVal)}, which is no value of the type any more, and reads ${literal(newVal)}, which it does not know. Add the new value beside the old one.`,
			evidence: null,
			fix: recipe(context, [{
				title: "the new value beside the old one",
				sql: [`ALTER TYPE ${qualified(schema, name)} ADD VALUE ${literal(newVal)} AFTER ${literal(oldVal)};`],
				notes: ["Then have the application write the new value, update the rows in batches, and read the old one as long as there are any."]
			}], { sameSchema: false })
		}];
	})
};
// src/rules/types/restarted-sequences.ts
/**
* Sequences that begin at 1 again while the rows that they have numbered stay. The schema is the same, so that only
* the trace tells.
*
* @param isSet whether a statement sets a sequence
*/
function restartedSequences(context, isSet) {
	const all = [...completed(context)];
	return remade(context, all).flatMap(({ place, sequence }) => {
		const from = all.findIndex(({ statement }) => statement === place.statement);
		if (begins(place) || all.slice(from + 1).some(isSet)) return [];
		return [{
			...at(place),
			object: sequence.name,
			severity: "error",
			title: `The sequence ${sequence.name} is made anew and begins from the start`,
			message: `Base has a sequence of this name, and it was dropped: how far it had come is lost, though the schema is the same. The next INSERT takes numbers that rows have already, and fails with a duplicate key, or gives two things one number. Keep the sequence (ALTER SEQUENCE), or set the new one behind the highest number with setval.`,
			evidence: null,
			fix: null
		}];
	});
}
function remade(context, all) {
	const lost = /* @__PURE__ */ new Map();
	const found = [];
	for (const place of all) {
		const { created, dropped } = place.statement;
		const tables = dropped.some(({ type }) => type === "table");
		for (const relation of dropped) if (relation.type === "sequence" && !tables && isBases(context, relation)) lost.set(relation.name, relation);
		for (const sequence of created) {
			if (sequence.type !== "sequence" || !lost.delete(sequence.name)) continue;
			found.push({
				place,
				sequence
			});
		}
	}
	return found;
}
/** Those of identity columns are in no catalog of ours: base's oids are below all that came later. */
const isBases = (context, { oid }) => context.migrations.every(({ statements }) => statements.every(({ created }) => created.every((each) => each.oid !== oid)));
/** Does the statement that makes it say where it begins? */
function begins({ statement }) {
	return /\bSTART\b|\bRESTART\b/i.test(statement.sql);
}
// src/rules/types/sequence-not-reset.ts
const sequenceNotReset = {
	name: "sequence-not-reset",
	about: "statement",
	severity: "notice",
	summary: "Rows are inserted with their own numbers into a column that a sequence fills, or the sequence is made anew and begins from the start.",
	why: "The sequence does not notice. When it comes to a number that the migration used, the application’s INSERT fails with a duplicate key: weeks later, and once for every such row. A sequence that is dropped and made again has lost how far it had come, though the schema is the same: an error, since the very next INSERT collides.",
	instead: "Leave the column out, or set the sequence behind the highest number afterwards with `setval`.",
	sources: ["https://www.postgresql.org/docs/current/functions-sequence.html"],
	peers: ["migrationpilot MP059"],
	bad: [
		{
			title: "A serial column",
			base: "CREATE TABLE roles (id serial PRIMARY KEY, name text);",
			migration: "INSERT INTO roles (id, name) VALUES (1, 'admin'), (2, 'member');"
		},
		{
			title: "An identity column, without a list of columns, with names that need quotes",
			base: "CREATE TABLE \"Role\" (\"Id\" bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, name text);",
			migration: `\nINSERT INTO public."Role" VALUES (1, 'admin');`,
			line: 2
		},
		{
			title: "A sequence that is dropped and made anew",
			base: "CREATE SEQUENCE invoice_number;\nCREATE TABLE invoices (id bigint PRIMARY KEY, number bigint);",
			migration: "DROP SEQUENCE invoice_number;\nCREATE SEQUENCE invoice_number;",
			line: 2
		},
		{
			title: "Identity, dropped and added again",
			base: "CREATE TABLE invoices (id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY);",
			migration: "ALTER TABLE invoices ALTER COLUMN id DROP IDENTITY;\nALTER TABLE invoices ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;",
			line: 2
		}
	],
	good: [
		{
			title: "The sequence gives the number",
			base: "CREATE TABLE roles (id serial PRIMARY KEY, name text);",
			migration: "INSERT INTO roles (name) VALUES ('admin');\nINSERT INTO roles VALUES (DEFAULT, 'member');"
		},
		{
			title: "setval follows",
			base: "CREATE TABLE roles (id serial PRIMARY KEY, name text);",
			migration: "INSERT INTO roles (id, name) VALUES (1, 'admin');\nSELECT setval('roles_id_seq', (SELECT max(id) FROM roles));"
		},
		{
			title: "A new sequence that begins behind the old one, and one that goes for good",
			base: "CREATE SEQUENCE invoice_number;\nCREATE SEQUENCE draft_number;",
			migration: "DROP SEQUENCE invoice_number;\nCREATE SEQUENCE invoice_number START WITH 100000;\nDROP SEQUENCE draft_number;"
		}
	],
	check: (context) => [...restartedSequences(context, setsSequence), ...ownNumbers(context)]
};
function ownNumbers(context) {
	const all = [...completed(context)];
	return [...statementsOf(context, "InsertStmt")].flatMap((place) => {
		const table = baseRelation(context, place, place.node.relation);
		const column = table === void 0 ? void 0 : numbered(context, table, place.node);
		if (table === void 0 || column === void 0) return [];
		const from = all.findIndex(({ statement }) => statement === place.statement);
		if (all.slice(from + 1).some(setsSequence)) return [];
		const { schemaname, relname = "" } = place.node.relation ?? {};
		const sqlName = qualified(schemaname, relname);
		return [{
			...at(place),
			object: `${nameOf(table)}.${column}`,
			title: `The sequence of ${nameOf(table)}.${column} does not know of these rows`,
			message: `The INSERT gives ${column} itself. When the sequence comes to the same numbers, INSERTs of the application fail with a duplicate key. Set the sequence behind them.`,
			evidence: null,
			fix: recipe(context, [{
				title: "the rows, then the sequence behind them",
				sql: [`${place.statement.sql};`, `SELECT setval(pg_get_serial_sequence(${literal(sqlName)}, ${literal(column)}), (SELECT max(${identifier(column)}) FROM ${sqlName}));`]
			}], { sameSchema: true })
		}];
	});
}
/** The column with a sequence that the INSERT gives values for. */
function numbered(context, table, insert) {
	const columns = (context.before?.objects ?? []).filter(({ type, container }) => type === "column" && container === nameOf(table)).sort((a, b) => Number(a.facts.position) - Number(b.facts.position));
	const named = (insert.cols ?? []).flatMap((node) => "ResTarget" in node ? [node.ResTarget.name ?? ""] : []);
	const query = insert.selectStmt !== void 0 && "SelectStmt" in insert.selectStmt ? insert.selectStmt.SelectStmt : void 0;
	const rows = (query?.valuesLists ?? []).flatMap((node) => "List" in node ? [node.List.items ?? []] : []);
	const width = rows[0]?.length ?? query?.targetList?.length ?? 0;
	return (named.length > 0 ? named : columns.slice(0, width).map(({ local }) => local)).find((name, index) => {
		const facts = columns.find(({ local }) => local === name)?.facts;
		if (!(facts?.identity != null || String(facts?.default ?? "").startsWith("nextval(")) || query === void 0) return false;
		return rows.length > 0 && rows.some((row) => isGiven(row[index]));
	});
}
const isGiven = (value) => value !== void 0 && "A_Const" in value;
/** Also what cannot be looked into: a DO block may do it. */
const setsSequence = ({ statement }) => {
	const { node } = statement;
	if (node === null) return true;
	if ("AlterSeqStmt" in node) return true;
	if ("AlterTableStmt" in node) return (node.AlterTableStmt.cmds ?? []).some((each) => "AlterTableCmd" in each && each.AlterTableCmd.subtype === "AT_SetIdentity");
	if ("SelectStmt" in node) return calledFunctions(node).includes("setval");
	return hiddenIn(statement) !== null;
};
// src/rules/views/create-matview-with-data.ts
const createMatviewWithData = {
	name: "create-matview-with-data",
	about: "statement",
	severity: "notice",
	summary: "A materialized view is filled from existing tables inside the migration.",
	why: "The view’s query runs over all of production’s rows before the migration goes on: the deploy takes that long, locks that the transaction holds already are held as long, and a statement_timeout ends it all. On the empty shadow nobody notices.",
	instead: "Create it `WITH NO DATA`, and `REFRESH` it in a step of its own that may take its time. (It cannot be read before.)",
	sources: ["https://www.postgresql.org/docs/current/sql-creatematerializedview.html"],
	peers: ["migrationpilot MP096", "pgrubic GN014"],
	bad: [{
		title: "Over a table that base has",
		base: "CREATE TABLE orders (id bigint PRIMARY KEY, amount numeric);",
		migration: "CREATE MATERIALIZED VIEW totals AS SELECT sum(amount) AS total FROM orders;"
	}, {
		title: "With names that need quotes",
		base: "CREATE TABLE \"Order\" (id bigint PRIMARY KEY, amount numeric);",
		migration: "\nCREATE MATERIALIZED VIEW \"Total\" AS SELECT id, amount FROM \"Order\" WITH DATA;",
		line: 2
	}],
	good: [{
		title: "WITH NO DATA",
		base: "CREATE TABLE orders (id bigint PRIMARY KEY, amount numeric);",
		migration: "CREATE MATERIALIZED VIEW totals AS SELECT sum(amount) AS total FROM orders WITH NO DATA;"
	}, {
		title: "Over a table that the migration creates",
		base: "",
		migration: "CREATE TABLE orders (id bigint PRIMARY KEY, amount numeric);\nCREATE MATERIALIZED VIEW totals AS SELECT sum(amount) AS total FROM orders;"
	}],
	check: (context) => [...statementsOf(context, "CreateTableAsStmt")].flatMap((place) => {
		const { node } = place;
		const sources = sourcesOf(place);
		if (node.objtype !== "OBJECT_MATVIEW" || sources.length === 0) return [];
		const view = qualified(node.into?.rel?.schemaname, node.into?.rel?.relname ?? "");
		return [{
			...at(place),
			object: sources[0] ?? null,
			title: `The migration takes as long as the query of ${view} over ${listed$1(sources)}`,
			message: `CREATE MATERIALIZED VIEW runs its query over all rows before the migration goes on, and every lock that the transaction holds is held as long. Create it WITH NO DATA, and fill it in a step of its own.`,
			evidence: null,
			growsWithTable: true,
			fix: recipe(context, [{
				title: "the view alone",
				sql: [write({ CreateTableAsStmt: {
					...node,
					into: {
						...node.into,
						skipData: true
					}
				} })]
			}, {
				title: "its rows, when it may take its time",
				sql: [`REFRESH MATERIALIZED VIEW ${view};`]
			}], { sameSchema: true })
		}];
	})
};
// src/rules/views/drop-view.ts
const dropView = {
	name: "drop-view",
	about: "statement",
	severity: "warning",
	summary: "A view that base has is dropped, or made again with fewer columns.",
	why: "Every query of the version that is still running that reads the view (or the column) fails, and so do reports and tools that nobody in the team maintains. Dropped and made again, a view has lost the rights that were granted on it.",
	instead: "Deploy the version that does without it first. A view that changes: `CREATE OR REPLACE VIEW`, which keeps rights and lets columns be added at the end.",
	sources: ["https://www.postgresql.org/docs/current/sql-dropview.html"],
	peers: ["pgrubic US (DROP VIEW)", "migrationpilot MP022 (CASCADE)"],
	bad: [
		{
			title: "A view",
			base: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE VIEW members AS SELECT id FROM users;",
			migration: "DROP VIEW members;"
		},
		{
			title: "A materialized view that comes back without a column",
			base: "CREATE TABLE users (id bigint PRIMARY KEY, email text);\nCREATE MATERIALIZED VIEW \"Member\" AS SELECT id, email FROM users;",
			migration: "SELECT 1;\nDROP MATERIALIZED VIEW public.\"Member\";\nCREATE MATERIALIZED VIEW \"Member\" AS SELECT id FROM users WITH NO DATA;",
			line: 2
		},
		{
			title: "Hidden in a DO block",
			base: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE VIEW members AS SELECT id FROM users;",
			migration: "DO $$ BEGIN EXECUTE 'DROP VIEW members'; END $$;"
		}
	],
	good: [{
		title: "Made again with a column more",
		base: "CREATE TABLE users (id bigint PRIMARY KEY, email text);\nCREATE VIEW members AS SELECT id FROM users;",
		migration: "DROP VIEW members;\nCREATE VIEW members AS SELECT id, email FROM users;"
	}, {
		title: "IF EXISTS, and it does not",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);",
		migration: "DROP VIEW IF EXISTS members;"
	}],
	check: (context) => {
		const written = fromText$1(context);
		return [...written, ...hidden$1(context, new Set(written.map(({ object }) => object)))];
	}
};
/** Views that a DO block or a function drops, or makes again with fewer columns. */
const hidden$1 = (context, told) => hiddenChanges(context, ["view", "materialized-view"], ["removed", "altered"], told).filter(({ change }) => change.impact === "breaking").map(({ change, name, place, where }) => ({
	...at(place),
	object: name,
	title: `Queries that read ${name} fail`,
	message: `${change.why ?? ""} It is hidden in ${where}, and the version that is still running may read the view. Deploy the version that does without it first.`.trim(),
	evidence: null,
	fix: null
}));
const fromText$1 = (context) => [...dropped(context, "OBJECT_VIEW"), ...dropped(context, "OBJECT_MATVIEW")].flatMap(({ place, relations }) => relations.flatMap(({ base }) => {
	const name = nameOf(base);
	const missing = missingColumns(context, name);
	if (missing === null && changeOf(context, ["view", "materialized-view"], name)?.impact === "risky") return [];
	if (missing !== null && missing.length === 0) return [];
	return [{
		...at(place),
		object: name,
		title: missing === null ? `Queries that read ${name} fail` : `Queries that read ${listed$1(missing)} of ${name} fail`,
		message: `${missing === null ? "The view is gone" : `The view comes back without ${listed$1(missing, 10)}`}, and the version that is still running may read it. Deploy the version that does without it first.`,
		evidence: {
			...evidenceOn(place.statement, base),
			scan: false,
			rewrite: false
		},
		fix: null
	}];
}));
/** Columns that are not there any more under the view's name; null when nothing has that name. */
function missingColumns(context, name) {
	const before = context.before?.byName("view", name) ?? context.before?.byName("materialized-view", name);
	const after = context.after?.byName("view", name) ?? context.after?.byName("materialized-view", name);
	if (after === void 0) {
		if (context.after?.byName("table", name) === void 0) return null;
		return columns(before).filter((column) => context.after?.byName("column", `${name}.${column}`) === void 0);
	}
	const left = columns(after);
	return columns(before).filter((column) => !left.includes(column));
}
const columns = (view) => (view?.members ?? []).map(({ name }) => name);
// src/rules/views/rename-view.ts
const renameView = {
	name: "rename-view",
	about: "statement",
	severity: "warning",
	summary: "A view that base has gets another name.",
	why: "From the moment of the rename every query of the running version that names the view fails, until the new version runs everywhere.",
	instead: "A second view with the new name, and the old one dropped when no running version reads it. With a view under the old name it is a notice.",
	sources: ["https://www.postgresql.org/docs/current/sql-alterview.html"],
	peers: ["pgsafe rename", "migrationpilot MP098"],
	bad: [
		{
			title: "A view",
			base: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE VIEW members AS SELECT id FROM users;",
			migration: "ALTER VIEW members RENAME TO people;"
		},
		{
			title: "A materialized view, as a table, with names that need quotes",
			base: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE MATERIALIZED VIEW \"Member\" AS SELECT id FROM users;",
			migration: "\nALTER TABLE public.\"Member\" RENAME TO \"Person\";",
			line: 2
		},
		{
			title: "Hidden in a function",
			base: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE VIEW members AS SELECT id FROM users;\nCREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS 'BEGIN ALTER VIEW members RENAME TO people; END';",
			migration: "SELECT f();"
		}
	],
	good: [{
		title: "A second view",
		base: "CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE VIEW members AS SELECT id FROM users;",
		migration: "CREATE VIEW people AS SELECT id FROM users;"
	}, {
		title: "A view that the migration creates",
		base: "",
		migration: "CREATE VIEW a AS SELECT 1 AS id;\nALTER VIEW a RENAME TO b;"
	}],
	check: (context) => {
		const written = fromText(context);
		return [...written, ...hidden(context, new Set(written.map(({ object }) => object)))];
	}
};
/** Views that a DO block or a function renames or moves. */
const hidden = (context, told) => hiddenChanges(context, ["view", "materialized-view"], ["renamed"], told).map(({ change, name, place, where }) => {
	const stays = change.impact !== "breaking";
	return {
		...at(place),
		object: name,
		...stays ? { severity: "notice" } : {},
		title: `${capital(where)} renames ${name} to ${change.name}${stays ? "; the old name stays available" : ", which breaks the version that is still running"}`,
		message: stays ? "Queries of the version that is still running find the old name. Drop it when none uses it." : `Its queries name ${name} and fail from the moment of the rename until the new version runs everywhere. Leave a view under the old name in the same transaction.`,
		evidence: null,
		fix: null
	};
});
const fromText = (context) => [...statementsOf(context, "RenameStmt")].flatMap((place) => {
	const { renameType, relation, newname = "" } = place.node;
	if (![
		"OBJECT_VIEW",
		"OBJECT_MATVIEW",
		"OBJECT_TABLE"
	].includes(renameType ?? "")) return [];
	const view = baseRelation(context, place, relation, ["view", "materialized-view"]);
	if (view === void 0) return [];
	const name = nameOf(view);
	const shim = oldNameAnswers(context, ["view", "materialized-view"], name);
	const [from, to] = [qualified(relation?.schemaname, relation?.relname ?? ""), qualified(relation?.schemaname, newname)];
	return [{
		...at(place),
		object: name,
		...shim ? { severity: "notice" } : {},
		title: shim ? `${name} is renamed to ${newname}; a view keeps the old name` : `Renaming ${name} to ${newname} breaks the version that is still running`,
		message: shim ? "Queries of the version that is still running find the view. Drop it when none uses it." : `Its queries name ${name} and fail from the moment of the rename until the new version runs everywhere. Leave a view under the old name in the same transaction.`,
		evidence: {
			...evidenceOn(place.statement, view),
			scan: false,
			rewrite: false
		},
		fix: shim ? null : recipe(context, [{
			title: "rename it, and keep the old name as a view in the same transaction",
			sql: [`ALTER ${view.kind === "view" ? "VIEW" : "MATERIALIZED VIEW"} ${from} RENAME TO ${identifier(newname)};`, `CREATE VIEW ${from} AS SELECT * FROM ${to};`]
		}, {
			title: "when no version that is running uses the old name any more",
			sql: [`DROP VIEW ${from};`]
		}], { sameSchema: true })
	}];
});
// src/rules/index.ts
/** Every rule. The ones that catch what is left come after those that name a cause. */
const rules = [
	toolRefusesFile,
	syntaxError,
	concurrentlyInTransaction,
	commitInTransaction,
	enumValueUsedSameTxn,
	alterColumnTypeViewDependency,
	dropIndexBackingConstraint,
	migrationFails,
	editedAppliedMigration,
	deletedAppliedMigration,
	squashedHistory,
	declaredSchemaDiffers,
	modelDrift,
	deploysWithoutMigrations,
	migratesAtBoot,
	historyHygiene,
	unreleasedMigrationChanged,
	renamedAppliedMigration,
	outOfOrderMigration,
	duplicateVersion,
	migrationNeverRuns,
	multipleHeads,
	ambiguousOrder,
	addColumnRequired,
	addColumnVolatileDefault,
	addColumnGeneratedStored,
	addColumnSerial,
	addColumnIdentity,
	addColumnInlineCheck,
	addColumnInlineUnique,
	addColumnInlineFk,
	addColumnConstrainedDomain,
	addColumnNotNullThenDropDefault,
	addColumnJson,
	alterColumnTypeNarrowing,
	alterColumnTypeRewrite,
	alterColumnTypeIndexRebuild,
	alterColumnTypeRechecksConstraints,
	alterDefaultVolatileExisting,
	setNotNull,
	addNotNullConstraintValid,
	dropNotNull,
	dropColumn,
	renameColumn,
	addForeignKeyValid,
	addForeignKeyBothTablesLock,
	fkMissingIndex,
	fkTypeMismatch,
	addCheckValid,
	addUniqueConstraint,
	addUniqueOnExisting,
	addPrimaryKey,
	primaryKeyUsingNullableIndex,
	dropPrimaryKey,
	dropConstraint,
	addExclusionConstraint,
	notValidAndValidateSameTxn,
	validateConstraint,
	notValidNeverValidated,
	constraintUnnamed,
	createIndexBlocking,
	createIndexAfterExclusiveLock,
	createIndexPartitionedParent,
	concurrentlyInvalidIndexRetry,
	dropIndexBlocking,
	replaceIndexDropFirst,
	redundantIndex,
	wideIndex,
	indexUnnamed,
	reindexBlocking,
	domainAddConstraint,
	attachPartition,
	createPartitionOf,
	detachPartitionBlocking,
	dropTable,
	dropCascade,
	dropView,
	dropType,
	triggerFunctionDropped,
	functionVolatilityChange,
	dropSchema,
	dropDatabase,
	dropTablespace,
	renameTable,
	renameView,
	renameSchema,
	setSchema,
	renameEnumValue,
	renameConstraint,
	changeColumnDefault,
	truncate,
	truncateCascade,
	rewriteSetLogged,
	rewriteSetAccessMethod,
	setTablespace,
	dropTrigger,
	enableDisableTrigger,
	lockTableExplicit,
	rlsWithoutPolicy,
	autovacuumDisabled,
	refreshMatviewBlocking,
	createTableAsSelect,
	createMatviewWithData,
	vacuumFullOrCluster,
	ddlAndDmlMixed,
	statementAfterAccessExclusive,
	updateDeleteWithoutWhere,
	sequenceNotReset,
	lockTimeoutAfterDdl,
	lockTimeoutZero,
	lockTimeoutTooLong,
	lockTimeoutBreaksConcurrently,
	multiTableLockWindow,
	multipleAlterSameTable,
	hotTableMultiTouch,
	createThenRewrite,
	unclosedTransaction,
	transactionNesting,
	batchesInOneTransaction,
	savepointSubtransactions,
	setSessionLeaks,
	createTrigger,
	renameIndex,
	missingStatementTimeout,
	doBlockOrDynamicSqlOpaque,
	missingIfExists,
	domainCreateWithConstraint,
	volatileCheck,
	unloggedTable,
	createRule,
	tableInheritance,
	createExtension,
	grantToPublic,
	securityDefinerSearchPath,
	notEnforcedConstraint,
	cascadeForeignKey,
	deferrableForeignKey,
	explicitOnDelete,
	enumValuePosition,
	enumType,
	namingSnakeCase,
	requireSchema,
	identifierTooLong,
	requirePrimaryKey,
	intSequence,
	numericWithoutScale,
	discouragedType,
	charType,
	preferTimestamptz,
	preferText,
	preferIdentity,
	preferBigint,
	missingLockTimeout,
	downFails,
	downLeavesChanges,
	downNotRepeatable,
	downLosesData,
	irreversibleWithoutDown,
	rerunFails,
	notIdempotent,
	unusedAllow,
	gateWeakened,
	tableRewrite,
	blockingScan
];
const ruleNames = rules.map(({ name }) => name);
/** Severity of every rule where no config sets one. */
const ruleDefaults = Object.fromEntries(rules.map((rule) => [rule.name, rule.byDefault === "off" ? "off" : rule.severity]));
const ruleNamed = (name) => rules.find((rule) => rule.name === name);
export { wayBack as _, isOnOwnTable as a, differInSchemaOnly as b, sizeOf as c, unusedAllow as d, squashedHistory as f, tryReversal as g, noWayBack as h, rules as i, unknownSize as l, differing as m, ruleNamed as n, severityFor as o, recoveryOf as p, ruleNames as r, sizeInWords as s, ruleDefaults as t, weakenedFinding as u, isClock as v, historyHygiene as x, thisRun as y };

import { n as UserError, r as firstOf, t as Undecided } from "./shared6.js";
import { d as fill, f as catalogOf, o as diff, p as compareText, s as compared$1, u as partsOf$1 } from "./shared7.js";
import { d as parseFile, f as sameStatements, l as lineFinder, s as commentsOf, u as loadParser } from "./shared8.js";
import { a as isOnOwnTable, b as differInSchemaOnly, c as sizeOf, d as unusedAllow, f as squashedHistory, i as rules, l as unknownSize, m as differing, n as ruleNamed, o as severityFor, p as recoveryOf, r as ruleNames, s as sizeInWords, t as ruleDefaults, u as weakenedFinding, v as isClock, x as historyHygiene, y as thisRun } from "./rules.js";
import { E as changedHooks, N as asServerGone, T as asMigration, n as openSession, o as applyMigrations, t as snapshotOf } from "./shared9.js";
import { t as require_fastest_levenshtein } from "./shared10.js";
import { t as esm_default } from "./postgres-client.js";
import { i as beginStep, r as limited } from "./shared12.js";
import { C as prepare, O as expectShadow, S as buildBase, k as isServerUrl, w as start } from "./shared13.js";
import { B as languageOf, F as inToolWords, H as andAbove, J as within$1, K as isWithin, R as sourceComments, U as basename$1, W as dirname$1, q as treePath, w as configuredTool, z as withoutComments } from "./shared15.js";
import { r as word$1 } from "./shared17.js";
import { a as array, d as object, h as string, o as boolean, v as ZodError } from "./shared18.js";
import { a as rehearse, c as prove, i as loadConfig, l as openWorkspace, o as RolesChanged, s as onCopy, t as openTrees, u as lastLines } from "./shared19.js";
import { t as _usingCtx } from "./shared21.js";
import { n as structuredPatch } from "./shared22.js";
import { t as schemaDiff$1 } from "./shared23.js";
import { i as lockTitle } from "./shared26.js";
import { t as isAboutFile } from "./shared27.js";
import { a as isBlocking, c as plural, i as headline, o as isUntouched, t as changeCounts, u as undecidedAdvice } from "./shared28.js";
import { C as statementOf, S as shortName, b as evidenceOf, c as isInTheWay, d as quietOnes, f as useLines, g as whatRan, h as failureText, l as openPullsTitle, m as codeFrame, o as impactLines, p as usesTitle, s as failureTitle, u as ordersSay, w as acceptance, x as overview, y as fingerprints } from "./shared29.js";
import { i as visibleLine, n as shorten, r as visible, t as clip } from "./shared30.js";
import { c as urlPath, s as unlinked } from "./shared31.js";
import { t as require_picocolors } from "./shared32.js";
import { a as pad, i as indent, o as wrap, r as columns, t as harmlessJson } from "./shared33.js";
import { n as rulePage } from "./shared35.js";
import { isUtf8 } from "node:buffer";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
// src/history/oddities.ts
/**
* Tells what a pull request brings from what base has already.
*
* @param nameInBase what base calls a file of head: the whole directory may have moved
*/
function findOddities(base, head, nameInBase = (file) => file) {
	const key = (kind, file) => `${kind} ${file}`;
	const before = new Set((base.oddities ?? []).map(({ kind, file }) => key(kind, file)));
	const isKnown = ({ kind, file }) => before.has(key(kind, nameInBase(file)));
	const oddities = head.oddities ?? [];
	return {
		fresh: oddities.filter((oddity) => !isKnown(oddity)),
		known: oddities.filter(isKnown)
	};
}
/** One sentence for all files that have been odd before; none where there are none. */
function knownOdditiesNote(known, baseName) {
	const [first, ...others] = known;
	if (first === void 0) return [];
	const files = [...new Set(others.map(({ file }) => file))].filter((file) => file !== first.file);
	if (files.length === 0) return [`${first.file}, which ${baseName} has already: ${first.says}`];
	const shown = files.slice(0, 5).join(", ");
	const more = files.length > 5 ? ` and ${files.length - 5} more` : "";
	return [`${first.file}, which ${baseName} has already: ${first.says} Likewise odd there: ${shown}${more}.`];
}
// src/catalog/er-text.ts
/** Longer names are cut. */
const longest$2 = 60;
/**
* A name for between the quotes of a Mermaid label: what could end the label, begin another directive, a link or
* markup is written as a character code, which Mermaid shows as that character.
*/
const label = (name) => cut$1(name).replace(/[^\p{L}\p{N} _.(),-]/gu, (character) => `#${character.codePointAt(0)};`);
/** A name or type as one word of an attribute; what may not stand there becomes `_`. */
function word(text) {
	const plain = cut$1(text).replace(/[^A-Za-z0-9_]+/g, "_").replace(/_$/, text.endsWith("_") ? "_" : "");
	const isKeyword = /^[pfu]k$/i.test(plain);
	return /^[A-Za-z]/.test(plain) && !isKeyword ? plain : `_${plain}`;
}
const cut$1 = (text) => [...text].length <= longest$2 ? text : `${[...text].slice(0, 59).join("")}…`;
// src/catalog/er-diagram.ts
/** More boxes than this are not read. */
const mostEntities = 12;
const mostColumns = 12;
/**
* A Mermaid ER diagram of the changed tables and their neighbours by foreign keys: at most twelve boxes, with the
* columns that are keys or changed. Null where no table changed that has or had a foreign key to show.
*
* @param changes what `diff` says of the two
*/
function erDiagram(before, after, changes) {
	const marks = marksOf(before, after, changes);
	const relations = relationsOf(before, after, marks);
	const changed = changedTables(before, after, marks);
	const shown = chosen(changed, relations, weights$1(before, after, changes));
	const drawn = relations.filter(({ child, parent }) => shown.has(child.identity) && shown.has(parent.identity));
	if (drawn.length === 0) return null;
	const ids = new Map([...shown.keys()].map((identity, index) => [identity, `t${index + 1}`]));
	const left = changed.filter(({ table }) => !shown.has(table.identity)).length;
	return [
		"erDiagram",
		...left > 0 ? [`  %% ${left} more changed ${left === 1 ? "table" : "tables"} not shown`] : [],
		...[...shown.values()].flatMap((entity) => entityLines(entity, ids, relations, before, marks)),
		...drawn.map((relation) => relationLine(relation, ids, marks))
	].join("\n");
}
/** What happened to tables, columns and foreign keys, by identity. A renamed one is changed. */
function marksOf(before, after, changes) {
	const marks = /* @__PURE__ */ new Map();
	const set = (object, mark) => {
		if (object === void 0) return;
		if (marks.get(object.identity) === void 0 || mark !== "changed") marks.set(object.identity, mark);
		if (object.identity !== object.containerIdentity && !marks.has(object.containerIdentity)) marks.set(object.containerIdentity, "changed");
	};
	for (const { change, type, name } of changes) {
		if (type !== "table" && type !== "column" && type !== "constraint" && type !== "foreign-table") continue;
		if (change === "removed") set(before.byName(type, name), "dropped");
		else set(after.byName(type, name), change === "added" ? "new" : "changed");
	}
	return marks;
}
const isTable = ({ type }) => type === "table" || type === "foreign-table";
function changedTables(before, after, marks) {
	const of = (catalog, wanted) => catalog.objects.flatMap((table) => {
		const mark = marks.get(table.identity);
		return isTable(table) && mark !== void 0 && wanted(mark) ? [{
			table,
			catalog,
			mark
		}] : [];
	});
	return [...of(after, (mark) => mark !== "dropped"), ...of(before, (mark) => mark === "dropped")];
}
/** Foreign keys as they are, and those that are gone. A partition's copy is its parent's. */
function relationsOf(before, after, marks) {
	const of = (catalog, wanted) => catalog.objects.flatMap((key) => {
		if (key.facts.kind !== "foreign-key" || key.inheritedFrom !== null || !wanted(key)) return [];
		const child = catalog.byIdentity(key.containerIdentity);
		const parent = catalog.byName("table", String(key.facts.foreignTable));
		return child === void 0 || parent === void 0 ? [] : [{
			key,
			catalog,
			child,
			parent
		}];
	});
	const isGone = (key) => marks.get(key.identity) === "dropped" || marks.get(key.containerIdentity) === "dropped";
	return [...of(after, () => true), ...of(before, isGone)];
}
const impacts$1 = [
	"none",
	"behaviour",
	"risky",
	"breaking"
];
const newTable = 2.5;
/** The strongest impact among the changes of each table and its parts, by the table's identity; a new one before risky. */
function weights$1(before, after, changes) {
	const found = /* @__PURE__ */ new Map();
	for (const { change, type, name, impact } of changes) {
		const object = (change === "removed" ? before : after).byName(type, name);
		if (object === void 0) continue;
		const table = isTable(object) ? object.identity : object.containerIdentity;
		const isNew = change === "added" && isTable(object);
		found.set(table, Math.max(found.get(table) ?? 0, isNew ? newTable : impacts$1.indexOf(impact)));
	}
	return found;
}
/**
* Changed tables that have a foreign key before others, then their neighbours. Where there is no room for all changed
* ones: those first of which the running version notices most, then those with most foreign keys among them.
*/
function chosen(changed, relations, weight) {
	const changedIds = new Set(changed.map(({ table }) => table.identity));
	const ties = /* @__PURE__ */ new Map();
	const neighbours = /* @__PURE__ */ new Map();
	for (const { child, parent, catalog } of relations) for (const [one, other] of [[child, parent], [parent, child]]) {
		if (!changedIds.has(one.identity) || one === other) continue;
		ties.set(one.identity, (ties.get(one.identity) ?? 0) + 1);
		if (changedIds.has(other.identity)) continue;
		const count = (neighbours.get(other.identity)?.count ?? 0) + 1;
		neighbours.set(other.identity, {
			entity: {
				table: other,
				catalog,
				mark: void 0
			},
			count
		});
	}
	const others = [...neighbours.values()].sort((a, b) => b.count - a.count || compareText(a.entity.table.name, b.entity.table.name));
	const isHub = (count) => count >= mostEntities / 2;
	const room = mostEntities - Number(isHub(others[0]?.count ?? 0));
	const tied = (entity) => ties.get(entity.table.identity) ?? 0;
	const isApart = (entity) => Number(tied(entity) === 0);
	const heavy = (entity) => Math.max(weight.get(entity.table.identity) ?? 0, isHub(tied(entity)) ? newTable : 0);
	const kept = [...changed].sort((a, b) => isApart(a) - isApart(b) || heavy(b) - heavy(a) || tied(b) - tied(a) || compareText(a.table.name, b.table.name)).slice(0, room).sort((a, b) => isApart(a) - isApart(b) || compareText(a.table.name, b.table.name));
	return new Map([...kept, ...others.map(({ entity }) => entity)].slice(0, mostEntities).map((entity) => [entity.table.identity, entity]));
}
function entityLines({ table, catalog, mark }, ids, relations, before, marks) {
	const id = ids.get(table.identity) ?? "";
	const partsIn = (side) => side.objects.filter(({ containerIdentity }) => containerIdentity === table.identity);
	const gone = mark === "changed" ? partsIn(before).filter(({ identity }) => marks.get(identity) === "dropped") : [];
	const parts = [...partsIn(catalog), ...gone];
	const columnsOf = (kind) => new Set(parts.filter(({ facts }) => facts.kind === kind).flatMap(({ columns }) => columns));
	const [primary, unique] = [columnsOf("primary-key"), columnsOf("unique")];
	const ownKeys = relations.filter(({ child }) => child.identity === table.identity);
	const columnsBy = (keys) => new Set(keys.flatMap(({ key }) => key.columns));
	const foreign = columnsBy(ownKeys);
	const drawn = columnsBy(ownKeys.filter(({ parent }) => ids.has(parent.identity)));
	const wanted = parts.filter(({ type }) => type === "column").map((column) => ({
		column,
		mark: mark === "changed" ? marks.get(column.identity) : void 0
	})).filter(({ column, mark: of }) => mark === "new" || of !== void 0 || primary.has(column.identity) || drawn.has(column.identity));
	const room = chosenColumns(wanted, primary, drawn);
	const lines = wanted.filter((each) => room.has(each)).map(({ column, mark: of }) => {
		return attribute(column, [
			...primary.has(column.identity) ? ["PK"] : [],
			...foreign.has(column.identity) ? ["FK"] : [],
			...unique.has(column.identity) && !primary.has(column.identity) ? ["UK"] : []
		].join(", "), of);
	});
	if (wanted.length > room.size) lines.push(`    and more "${wanted.length - room.size} columns"`);
	const named = `  ${id}["${label(table.name)}${mark === void 0 ? "" : ` (${mark})`}"]`;
	return lines.length === 0 ? [named] : [
		`${named} {`,
		...lines,
		"  }"
	];
}
/** As many columns as a box has room for: the primary key's, foreign keys', new and dropped ones, changed ones, others. */
function chosenColumns(columns, primary, foreign) {
	const rank = ({ column: { identity }, mark }) => {
		if (primary.has(identity)) return 0;
		if (foreign.has(identity) || mark === "new" || mark === "dropped") return 1;
		return mark === "changed" ? 2 : 3;
	};
	return new Set([...columns].sort((a, b) => rank(a) - rank(b)).slice(0, mostColumns));
}
function attribute(column, keys, mark) {
	const name = word(column.local);
	const comment = [...name === column.local ? [] : [label(column.local)], ...mark === void 0 ? [] : [mark]];
	return [
		`    ${word(String(column.facts.dataType))} ${name}`,
		...keys === "" ? [] : [keys],
		...comment.length === 0 ? [] : [`"${comment.join(", ")}"`]
	].join(" ");
}
/** `t1 }o--|| t2 : "orders_user_id_fkey (new)"`. */
function relationLine({ key, catalog, child, parent }, ids, marks) {
	const columns = [...key.columns].sort().join();
	const once = catalog.objects.some(({ containerIdentity, facts, columns: of }) => containerIdentity === child.identity && (facts.kind === "primary-key" || facts.kind === "unique") && [...of].sort().join() === columns);
	const required = key.columns.every((identity) => catalog.byIdentity(identity)?.facts.notNull === true);
	const whole = marks.get(child.identity);
	const mark = marks.get(key.identity) ?? (whole === "changed" ? void 0 : whole);
	const ends = `${once ? "|o" : "}o"}${mark === "dropped" ? ".." : "--"}${required ? "||" : "o|"}`;
	const name = `${label(key.local)}${mark === void 0 ? "" : ` (${mark})`}`;
	return `  ${ids.get(child.identity)} ${ends} ${ids.get(parent.identity)} : "${name}"`;
}
// src/report/build.ts
/** A statement of many megabytes belongs into no report. */
const longestSql = 2e4;
/** The report's part for one database. */
function databaseReport(input) {
	const { config, comparison, rehearsal, halfWay = () => null, notJudged = () => [] } = input;
	const diagram = rehearsal === null ? null : erDiagram(rehearsal.before, rehearsal.after, rehearsal.schemaChanges);
	return {
		name: config.name,
		path: config.path,
		paths: input.paths.length === 0 ? [config.path] : input.paths,
		tool: config.tool,
		shadow: rehearsal?.shadow ?? null,
		timings: rehearsal?.timings ?? null,
		migrationCounts: {
			base: input.baseCount,
			new: comparison.pending.length
		},
		historyChanges: comparison.changes.map(({ kind, file, previousFile, version }) => ({
			kind,
			file,
			previousFile,
			version
		})),
		migrations: [...(rehearsal?.traced.migrations ?? []).map((trace) => migrationReport(trace, halfWay(trace) ?? null, notJudged(trace))), ...comparison.edited.map(({ version, name, file, transaction }) => ({
			version,
			name,
			file,
			status: "edited",
			transaction: transaction === "none" ? "none" : "single",
			durationMs: null,
			ran: false,
			error: null,
			statements: []
		}))],
		schemaChanges: rehearsal?.schemaChanges ?? [],
		divergence: rehearsal?.divergence ?? [],
		schemaDiff: rehearsal?.schemaDiff ?? [],
		...diagram === null ? {} : { erDiagram: diagram }
	};
}
function migrationReport(trace, ifItFails, notJudged) {
	const { version, name, file, status, transaction, durationMs, ran, rolledBack, refused, error } = trace;
	return {
		version,
		name,
		file,
		status,
		transaction,
		durationMs,
		ran,
		...rolledBack ? { rolledBack } : {},
		...refused === null ? {} : { refused: {
			line: refused.line,
			message: refused.says
		} },
		error: error === null ? null : {
			...error.file === void 0 ? {} : { file: error.file },
			sqlstate: error.sqlstate,
			message: error.message,
			detail: error.detail,
			hint: error.hint,
			line: error.line,
			column: error.column
		},
		...ifItFails == null ? {} : { ifItFails },
		...notJudged.length === 0 ? {} : { notJudged },
		...trace.leftOpen ? { leftOpen: true } : {},
		...trace.settingsLeft.length === 0 ? {} : { settingsLeft: trace.settingsLeft },
		statements: trace.statements.map(statementReport)
	};
}
function statementReport(trace) {
	const { index, line, endLine, sql, durationMs, rewrites, scans } = trace;
	return {
		index,
		line,
		endLine,
		sql: sql.length <= longestSql ? sql : `${sql.slice(0, longestSql)} …`,
		durationMs,
		locks: trace.locks.map(({ schema, relation, kind, mode, new: isNew }) => ({
			schema,
			relation,
			kind,
			mode,
			new: isNew
		})),
		rewrites,
		scans,
		source: trace.source,
		...trace.created.length === 0 ? {} : { created: trace.created.map(touched) },
		...trace.dropped.length === 0 ? {} : { dropped: trace.dropped.map(touched) },
		...trace.invalidIndexes.length === 0 ? {} : { invalidIndexes: trace.invalidIndexes },
		...trace.rowsWritten === null ? {} : { rowsWritten: trace.rowsWritten },
		...trace.proofs.length === 0 ? {} : { proofs: trace.proofs }
	};
}
const touched = ({ type, name }) => ({
	kind: type,
	name
});
/** Puts the parts together and comes to the verdict. */
function buildReport(input) {
	const counting = input.findings.filter(({ allowed }) => allowed === null);
	const count = (severity) => counting.filter((finding) => finding.severity === severity).length;
	const counts = {
		error: count("error"),
		warning: count("warning"),
		notice: count("notice"),
		allowed: input.findings.length - counting.length
	};
	return {
		schemaVersion: 1,
		verdict: input.undecided !== null ? "undecided" : isBlocked(counts, input.failOn) ? "blocked" : "pass",
		counts,
		undecided: input.undecided === null ? null : {
			reason: input.undecided.reason,
			file: input.undecided.place?.file ?? null,
			line: input.undecided.place?.line ?? null,
			message: input.undecided.message
		},
		base: input.base,
		head: input.head,
		databases: input.databases,
		findings: input.findings,
		failOn: input.failOn,
		notes: input.notes,
		notChecked: [...new Set(input.notChecked)]
	};
}
function isBlocked(counts, failOn) {
	if (failOn === "never") return false;
	return counts.error > 0 || failOn === "warning" && counts.warning > 0;
}
// src/rules/not-judged.ts
/** Of one migration, each rule once. */
function notJudgedIn(all, { file, version }) {
	const here = all.filter((one) => one.file === file && (one.migration ?? version) === version);
	return [...new Map(here.map(({ rule, because }) => [rule, {
		rule,
		because
	}])).values()];
}
// src/uses/files.ts
const styles = {
	sql: "sql",
	rs: "rust",
	...byStyle("c", "ts tsx js jsx mjs cjs mts cts vue svelte astro go java kt kts scala groovy cs fs swift dart prisma"),
	...byStyle("c", "c cc cpp h hpp"),
	...byStyle("hash", "py pyi rb rake erb haml slim ru ex exs eex heex cr pl pm r jl yml yaml jbuilder"),
	...byStyle("php", "php phtml"),
	...byStyle("xml", "xml html")
};
function byStyle(style, endings) {
	return Object.fromEntries(endings.split(" ").map((ending) => [ending, style]));
}
/** Folders that hold nobody's own code, and those of migrations, whatever tool made them. */
const foreignFolder = /(?:^|\/)(?:node_modules|vendor|vendored|third_party|bower_components|dist|build|out|target|coverage|site-packages|venv|\.[^/]+|pods|generated|__generated__|__snapshots__|migrations?|migrate|alembic\/versions|changelogs?|db\/changelog)\//i;
const foreignFile = /(?:^|\/)(?:schema\.rb|structure\.sql|database\.types\.ts|[^/]*[.-](?:min|bundle|generated|gen|pb)\.\w+|[^/]*_pb2(?:_grpc)?\.pyi?|[^/]*\.lock|package-lock\.json|pnpm-lock\.yaml|changelog[^/]*|changes[^/]*)$/i;
const testFile = /(?:^|\/)(?:tests?|specs?|__tests__|__mocks__|fixtures?|e2e|cypress|factories|seeds?|examples?|stories)\/|(?:[._-](?:tests?|specs?|stories)\.\w+|_test\.\w+|(?:^|\/)test_[^/]*\.py)$/i;
/** How the comments of a file are written; null for files in which nothing is looked for. */
function styleOf(path) {
	if (foreignFolder.test(path) || foreignFile.test(path)) return null;
	const ending = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase();
	return ending === void 0 ? null : styles[ending] ?? null;
}
/** Tests, fixtures and seeds do not run in production. */
const isTest = (path) => testFile.test(path);
/** Says the file's head that a program wrote it? */
const isGenerated$1 = (text) => /@generated|DO NOT EDIT|do not edit (?:this|it)|auto-?generated|automatically generated/i.test(text.slice(0, 600));
// src/uses/lex.ts
const slashes = /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y;
const comments = {
	c: slashes,
	rust: slashes,
	hash: /#(?!\{)[^\n]*/y,
	sql: /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y,
	php: /\/\/[^\n]*|#(?!\[)[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y,
	xml: /<!--[\s\S]*?(?:-->|$)/y
};
/**
* Long strings first. What is not closed on its line ends there, since an apostrophe in a text is no quote; but one
* that begins as SQL does may go on over lines, as PHP, Ruby and C# let it.
*/
const literals = /"""([\s\S]*?)"""|'''([\s\S]*?)'''|`((?:[^`\\]|\\[\s\S])*)`|"((?:[^"\\\n]|\\[\s\S])*)"|'((?:[^'\\\n]|\\[\s\S])*)'|(?<!\w)(?:"(?=\s*(?:select|insert|update|delete|with|merge)\s)((?:[^"\\]|\\[\s\S])*)"|'(?=\s*(?:select|insert|update|delete|with|merge)\s)((?:[^'\\]|\\[\s\S])*)')/diy;
/** Rust's strings go on over lines, and a lone apostrophe is a lifetime. */
const rustLiterals = /(?<=\bb?r)(#+)"([\s\S]*?)"\1|(?<=\bb?r)"([^"]*)"|"((?:[^"\\]|\\[\s\S])*)"|'(\\[^'\n]{1,10}|\\'|[^'\\\n])'/dy;
const heredocs = /<<[~-]?['"]?([A-Z_]\w*)['"]?[^\n]*\n([\s\S]*?)\n[ \t]*\1\b/dy;
/** Each that has no end is searched for to the end of the file. */
const mostOpenHeredocs = 20;
/** Takes comments and strings of a file apart, near enough for a search. */
function lex(text, style) {
	const strings = [];
	const parts = [];
	let kept = 0;
	let openHeredocs = 0;
	const quoted = style !== "xml" && style !== "sql";
	const begins = /["'`#/<-]/g;
	for (let at = 0; at < text.length;) {
		begins.lastIndex = at;
		const next = begins.exec(text);
		if (next === null) break;
		at = next.index;
		const comment = matchAt(comments[style], text, at);
		if (comment !== null && !(style === "hash" && isWord$1(text[at - 1]))) {
			parts.push(text.slice(kept, at), comment[0].replace(/[^\n]/g, " "));
			at += comment[0].length;
			kept = at;
			continue;
		}
		let literal = quoted ? matchAt(style === "rust" ? rustLiterals : literals, text, at) : null;
		if (literal === null && quoted && text.startsWith("<<", at) && openHeredocs < mostOpenHeredocs) {
			literal = matchAt(heredocs, text, at);
			if (literal === null) openHeredocs += 1;
		}
		if (literal === null) {
			at += 1;
			continue;
		}
		const span = literal.indices?.slice(1).findLast((each) => each !== void 0);
		if (span !== void 0) strings.push({
			start: span[0],
			end: span[1]
		});
		at += literal[0].length;
	}
	parts.push(text.slice(kept));
	return {
		code: parts.join(""),
		strings
	};
}
function matchAt(pattern, text, at) {
	pattern.lastIndex = at;
	return pattern.exec(text);
}
const isWord$1 = (character) => character !== void 0 && /[\w&]/.test(character);
/** Strings that are one when the program runs: nothing but `+`, `.` and spaces stands between them. */
function joined$1({ code, strings }) {
	const found = [];
	for (const { start, end } of strings) {
		const last = found.at(-1);
		if (last !== void 0 && /^["'`]{1,3}[\s+.\\&]*[frb]?["'`]{1,3}$/.test(code.slice(last.end, start)) && start - last.end < 200) found[found.length - 1] = {
			start: last.start,
			end
		};
		else found.push({
			start,
			end
		});
	}
	return found;
}
/** Does one of these spans, which do not overlap and stand in their order, hold the offset? */
function within(spans, offset) {
	let [low, high] = [0, spans.length - 1];
	while (low <= high) {
		const middle = low + high >> 1;
		const span = spans[middle];
		if (span === void 0 || offset < span.start) high = middle - 1;
		else if (offset >= span.end) low = middle + 1;
		else return true;
	}
	return false;
}
// src/uses/names.ts
const pascal = (name) => name.split(/[_\s-]+/).map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
const camel = (name) => {
	const whole = pascal(name);
	return whole.charAt(0).toLowerCase() + whole.slice(1);
};
/** English plurals by their endings; what is not known stays as it is. */
function singular(name) {
	if (/ies$/i.test(name)) return `${name.slice(0, -3)}y`;
	if (/(?:ss|x|z|ch|sh)es$/i.test(name)) return name.slice(0, -2);
	if (/[^s]s$/i.test(name)) return name.slice(0, -1);
	return name;
}
const unique = (names) => [...new Set(names)];
function columnForms(name) {
	return {
		exact: name,
		all: unique([
			name,
			camel(name),
			pascal(name)
		]),
		models: [],
		variables: []
	};
}
function tableForms(name) {
	const one = singular(name);
	const models = unique([pascal(one), pascal(name)]);
	const variables = unique([
		one,
		name,
		camel(one),
		camel(name)
	]);
	return {
		exact: name,
		all: unique([
			name,
			...models,
			...variables
		]),
		models,
		variables
	};
}
/** Words that every program is full of: without the table beside them they say nothing. */
const common = new Set(`action active address age amount archived body category city code color comment content count country created
  created_at created_by currency data date deleted deleted_at description details disabled email enabled end
  end_date error event expires_at file first_name flag group hash height hidden id image index info key kind label
  lang language last_name length level link locale locked message meta metadata method mode model name note notes
  number options order owner parent parent_id password path payload phone position price priority public quantity
  rank rating read reason ref role score sent settings size slug sort source start start_date state status success
  summary tag tags target text time timestamp timezone title token total type unit updated updated_at url user
  user_id username uuid valid value values version visible weight width zip`.split(/\s+/));
const isCommon = (name) => common.has(name.toLowerCase()) || name.length < 4;
/** A name as a part of a pattern. */
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
/** A pattern for any of these words, as whole words. */
const anyOf = (words, flags = "g") => new RegExp(`(?<![\\w$])(?:${words.map(escaped).join("|")})(?![\\w$])`, flags);
// src/uses/scopes.ts
/** How far a statement or class is followed, in lines. */
const longest$1 = 400;
const longestBack = 25;
function linesOf$1(text) {
	const starts = [0];
	for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
	return {
		text,
		starts
	};
}
/** 0-based line of an offset. */
function lineAt({ starts }, offset) {
	let [low, high] = [0, starts.length - 1];
	while (low < high) {
		const middle = low + high + 1 >> 1;
		if ((starts[middle] ?? 0) <= offset) low = middle;
		else high = middle - 1;
	}
	return low;
}
/** Longer lines are data, or were made small by a program. */
const longestLine = 2e3;
/** A line without its end, and of a longer one the beginning. */
function lineText({ text, starts }, line) {
	const start = starts[line] ?? text.length;
	return text.slice(start, Math.min((starts[line + 1] ?? text.length + 1) - 1, start + longestLine + 1));
}
/**
* The statement, class or block that an offset stands in the head of: the calls that are chained before and
* after it, the brackets that it opens, the indented lines below a class.
*/
function scopeAt(lines, offset) {
	const at = lineAt(lines, offset);
	const first = startOf$1(lines, at);
	return {
		start: lines.starts[first] ?? 0,
		end: endOf(lines, first, at)
	};
}
/** The class whose body an offset stands in, by indentation; null where there is none. */
function classAround(lines, offset) {
	const at = lineAt(lines, offset);
	for (let line = at; line >= Math.max(0, at - 60); line -= 1) {
		const text = lineText(lines, line);
		if (line !== at && indentOf(text) >= indentOf(lineText(lines, at))) continue;
		if (!/^\s*(?:export\s+|default\s+|abstract\s+|public\s+|final\s+|data\s+)*(?:class|struct|defmodule|type|model)\s+(?!Meta\b)/.test(text)) continue;
		return {
			start: lines.starts[line] ?? 0,
			end: endOf(lines, line, line)
		};
	}
	return null;
}
const continues = /^\s*(?:[.)\]{}]|\?\.|->|\|>|&&|\|\||=>)/;
const goesOn = /(?:[(,=[{+.|]|=>|->)\s*$/;
function startOf$1(lines, at) {
	let first = at;
	while (first > 0 && at - first < longestBack) {
		const previous = lineText(lines, first - 1);
		if (previous.trim() === "" || /[;}]\s*$/.test(previous)) break;
		if (!continues.test(lineText(lines, first)) && !/(?:[(,=+.|]|=>|->)\s*$/.test(previous)) break;
		first -= 1;
	}
	return first;
}
function endOf(lines, first, at) {
	let depth = 0;
	const indent = indentOf(lineText(lines, first));
	for (let line = first; line < Math.min(lines.starts.length, first + longest$1); line += 1) {
		const text = lineText(lines, line);
		for (const character of text) if ("([{".includes(character)) depth += 1;
		else if (")]}".includes(character)) depth -= 1;
		if (line < at || depth > 0) continue;
		const next = lines.starts.length > line + 1 ? lineText(lines, line + 1) : "";
		if (opensBlock(text) && indentOf(next) > indent) return blockBelow(lines, line, indent);
		if (/^\s*(?:@|#\[|\[)/.test(text) && depth <= 0 && !/;\s*$/.test(text) && next.trim() !== "") continue;
		if (!continues.test(next) && !goesOn.test(text)) return endOfLine(lines, line);
	}
	return endOfLine(lines, Math.min(lines.starts.length, first + longest$1) - 1);
}
/** Up to the last line that is indented deeper. */
function blockBelow(lines, line, indent) {
	let last = line;
	for (let below = line + 1; below < Math.min(lines.starts.length, line + longest$1); below += 1) {
		const inside = lineText(lines, below);
		if (inside.trim() !== "" && indentOf(inside) <= indent) break;
		last = below;
	}
	return endOfLine(lines, last);
}
const opensBlock = (text) => /^\s*(?:class|defmodule|module)\b/.test(text) || /(?::|\bdo(?:\s*\|[^|]*\|)?)\s*$/.test(text);
const indentOf = (text) => /^\s*/.exec(text)?.[0].length ?? 0;
const endOfLine = ({ text, starts }, line) => (starts[line + 1] ?? text.length + 1) - 1;
// src/uses/sql.ts
/** Does a text read or write tables? One word alone (`from`, `update`) may be English. */
const looksLikeSql = (text) => pairs.some((pair) => pair.every((pattern) => pattern.test(text)));
const pairs = [
	[/\bselect\b/i, /\bfrom\b/i],
	[/\binsert\s+into\b/i],
	[/\bupdate\s+["`\w.]/i, /\bset\b/i],
	[/\bdelete\s+from\b/i],
	[/\bjoin\b/i, /\bon\b/i],
	[/\bmerge\s+into\b/i],
	[/\bcopy\s+["`\w.]/i, /\b(?:from|to)\b/i],
	[/\btruncate\s+(?:table\s+)?["`\w.]/i]
];
/** What stands before a name is looked at no further back. */
const near = 200;
const isDefinition = (statement) => /^\s*(?:create(?!\s+(?:or\s+replace\s+)?(?:temp\w*\s+)?(?:view|materialized|function|procedure))|alter|drop|comment|grant|revoke)\b/i.test(statement);
/** Where a text of SQL names a table, `at` from its start; definitions are no use of the application's. */
function tablePlaces(sql, table) {
	return inStatements(sql, (statement) => relations(statement, table).map((match) => match.index + match[0].length - table.length));
}
/** Where a text of SQL names a column of the table: only where the table stands in the same statement. */
function columnPlaces(sql, table, column) {
	return inStatements(sql, (statement) => {
		const ours = aliases(statement, table);
		if (ours.size === 0) return [];
		return [...statement.matchAll(anyOf([column], "gi"))].flatMap((match) => {
			const before = statement.slice(Math.max(0, match.index - near), match.index);
			const qualifier = /(["`\w$]+)\s*\.\s*["`]?$/.exec(before)?.[1]?.replace(/["`]/g, "").toLowerCase();
			if (qualifier !== void 0) return ours.has(qualifier) ? [match.index] : [];
			if (/[:@$%]\{?$|::\s*$/.test(before) || /\b(?:from|join|into|update|as)\s+["`]?$/i.test(before)) return [];
			if (isOutputName(before)) return [];
			if (/^["`]?\s*\(/.test(statement.slice(match.index + column.length, match.index + column.length + near)) && !insertsInto(before)) return [];
			return [match.index];
		});
	});
}
/** `pt.name project_type`, `count(*) total`: what follows an expression without a comma is its new name. */
const isOutputName = (before) => /(?:\w\.["`]?\w+["`]?|\))\s+["`]?$/.test(before) && !/\bdistinct\s+on\s*\([^()]*\)\s+["`]?$/i.test(before);
const insertsInto = (before) => /\binto\s+\S+\s*$/i.test(before);
function inStatements(sql, find) {
	const found = [];
	let start = 0;
	for (const statement of sql.split(";")) {
		if (!isDefinition(statement)) found.push(...find(statement).map((at) => start + at));
		start += statement.length + 1;
	}
	return found;
}
/** The table in a place where SQL has tables. */
const relation = (table) => new RegExp(`(?:\\b(?:from|join|into|update|only|truncate|table|copy|using|lateral)\\s+|,\\s*)(?:["\`]?\\w+["\`]?\\.)?["\`]?${escaped(table)}(?![\\w$])`, "gi");
const clauses = /\b(?:select|from|into|where|set|values|by|having|returning|update|using|truncate|table)\b/gi;
/** Where SQL names the table as a table: after a comma only in a list of tables. */
const relations = (statement, table) => [...statement.matchAll(relation(table))].filter((match) => {
	if (!match[0].startsWith(",")) return true;
	const before = statement.slice(Math.max(0, match.index - 400), match.index);
	return /^(?:from|update|using|truncate|table)$/i.test(before.match(clauses)?.at(-1) ?? "");
});
const key$1 = /^(?:where|on|set|join|left|right|inner|outer|full|cross|group|order|limit|values|select|using|natural|returning|as|for|union|default|having|window|offset|fetch)$/i;
/** Names by which a statement knows the table: its own and its aliases; empty when it is not in there. */
function aliases(statement, table) {
	const found = /* @__PURE__ */ new Set();
	for (const match of relations(statement, table)) {
		found.add(table.toLowerCase());
		const rest = statement.slice(match.index + match[0].length, match.index + match[0].length + near);
		const alias = /^["`]?\s+(?:as\s+)?["`]?(\w+)/i.exec(rest)?.[1];
		if (alias !== void 0 && !key$1.test(alias)) found.add(alias.toLowerCase());
	}
	if (found.size > 0) found.add("excluded");
	return found;
}
// src/uses/classify.ts
const wanted = (target) => ({
	target,
	table: tableForms(target.table),
	column: target.column === null ? null : columnForms(target.column)
});
/** A file that names something more often than this is no code that a person wrote. */
const mostPlaces = 2e3;
const mostAnchors = 300;
/** The lines of a file that name what is wanted, or look like it. */
function hitsIn(path, text, style, all) {
	if (isGenerated$1(text)) return [];
	const lexed = lex(text, style);
	const sql = (style === "sql" || style === "xml" ? [{
		start: 0,
		end: text.length
	}] : joined$1(lexed)).filter(({ start, end }) => looksLikeSql(lexed.code.slice(start, end)));
	const source = {
		path,
		text,
		lexed,
		lines: linesOf$1(lexed.code),
		sql
	};
	return all.flatMap((each) => {
		const found = /* @__PURE__ */ new Map();
		const add = (offset, likely) => {
			const line = lineAt(source.lines, offset);
			found.set(line, (found.get(line) ?? false) || likely);
		};
		if (each.column === null) usesOfTable(source, each, add);
		else usesOfColumn(source, each, each.column, add);
		const shown = linesOf$1(text);
		return [...found].sort(([a], [b]) => a - b).flatMap(([line, likely]) => {
			const content = lineText(shown, line).trim();
			if (content.length > 2e3 || isRetired(content) || isSelected(shown, line)) return [];
			return [{
				target: each.target,
				line: line + 1,
				text: content,
				likely
			}];
		});
	});
}
/** `self.ignored_columns = ["email"]`, Prisma's `@ignore`, Diesel's `select_expression`: told not to use it. */
const isRetired = (line) => /\bignored_columns\b|@ignore\b|@@ignore\b|\bselect_expression\b/.test(line);
/** Diesel's field that is read from another expression: `#[diesel(select_expression = …)]` above it. */
function isSelected(lines, line) {
	for (let above = line - 1; above >= 0 && /^\s*#\[/.test(lineText(lines, above)); above -= 1) if (lineText(lines, above).includes("select_expression")) return true;
	return false;
}
function usesOfTable(source, { table }, add) {
	for (const offset of inSql$1(source, (text) => tablePlaces(text, table.exact))) add(offset, true);
	for (const { offset, kind } of anchors(source, table)) add(offset, kind !== "word");
}
function usesOfColumn(source, { table }, column, add) {
	const { code } = source.lexed;
	const common = isCommon(column.exact);
	for (const offset of inSql$1(source, (text) => columnPlaces(text, table.exact, column.exact))) add(offset, true);
	const pattern = anyOf(column.all);
	const places = [...code.matchAll(pattern)].slice(0, mostPlaces).map(({ index }) => index);
	if (places.length === 0) return;
	for (const { offset, kind, scope } of anchors(source, table)) for (const at of places) {
		if (at < scope.start || at >= scope.end || at === offset || inOtherSql(source, at)) continue;
		const named = isString(source, at) || isKey(source, at);
		if (kind === "model") add(at, !common || isField(source, at));
		else if (kind === "call" && named) add(at, true);
		else if (kind === "word" && named) add(at, !common);
	}
	const member = anyOf([...table.variables, ...table.models]).source;
	const access = new RegExp(`${member}(?:\\?|!)?(?:\\.|->|::)(?:columns\\.|c\\.)?(${column.all.map(escaped).join("|")})(?![\\w$])`, "g");
	for (const match of code.matchAll(access)) {
		const at = match.index + match[0].length - (match[1] ?? "").length;
		if (!inOtherSql(source, at)) add(at, !common);
	}
}
function inSql$1({ lexed, sql }, find) {
	return sql.flatMap(({ start, end }) => find(lexed.code.slice(start, end)).map((at) => start + at));
}
/** SQL has been read by its own rules: what it does not name there it does not name. */
const inOtherSql = ({ sql }, at) => within(sql, at);
const isString = ({ lexed }, at) => within(lexed.strings, at) || lexed.code[at - 1] === ":";
/** `email:`, `email =>`, `:email`, `{ email }`, `email=`: a key of an object, an argument by its name. */
function isKey({ path, lexed: { code } }, at) {
	if (/^[\w$]+["'`]?\s*(?:\?|!)?(?::(?!:)|=>|=(?!=)|,|\})/.exec(code.slice(at, at + 200)) === null) return false;
	const before = code.slice(Math.max(0, at - 40), at);
	return (/\.\w?[jt]sx?$/.test(path) ? /[{,]\s*["'`]?$/ : /[{,(:]\s*["'`]?$/).test(before);
}
/** The line begins with the name (after words such as `private` or `t.string`), or names it in quotes: a declaration. */
function isField(source, at) {
	const line = lineAt(source.lines, at);
	const before = source.lexed.code.slice(source.lines.starts[line] ?? 0, at);
	return isString(source, at) || /^\s*(?:(?:public|private|protected|readonly|declare|pub|val|var|let|field|final|[\w<>[\]?]+)\s+)*$/.test(before);
}
/** Where a file speaks of the table, outside SQL, and how far it does. */
function anchors(source, table) {
	return [
		...declared(source, table),
		...named$1(source, table),
		...called(source, table)
	].slice(0, mostAnchors);
}
/** `pgTable('users'`, `knex('users')`, `.from("users")`, `__tablename__ = 'users'`, `schema "users"`, `@@map("users")`. */
function named$1(source, { exact }) {
	const { code, strings } = source.lexed;
	const symbol = new RegExp(`(?<=[\\s(,]):${escaped(exact)}(?![\\w$:])`, "g");
	return [...strings.filter(({ start, end }) => code.slice(start, end).replace(/^\w+\./, "") === exact).map(({ start }) => start), ...[...code.matchAll(symbol)].map(({ index }) => index + 1)].map((offset) => {
		const before = code.slice(Math.max(0, offset - 120), offset);
		const own = /(?:table_?name|db_table|__tablename__|@@map\(|\$table|\bcollection)\W*(?::\s*\w+\s*)?[=:(]?\s*["'`]?:?$/i.test(before);
		const call = /(?:table|entity|from|into|join|knex|\bdb|\btrx|schema|createtable|altertable|define|update|insert|delete|select|relation|table_for|name)\w*(?:<[^>]*>)?\s*(?:\(\s*(?:\{?\s*(?:name|value)\s*[:=]\s*)?)?["'`]:?$/i.test(before) || /(?:table|schema|from|join|create_table)\s*\(?\s*:?$/i.test(before);
		const declares = own || /(?:Table|Entity|schema|define)\s*(?:\(\s*)?(?:\{?\s*(?:name|value)\s*[:=]\s*)?["'`]$/.test(before);
		const keyed = source.path.endsWith(".rs") && /\.(?:insert|remove|entry|get)\(\s*"$/.test(before);
		const around = own ? classAround(source.lines, offset) : null;
		return {
			offset,
			kind: declares ? "model" : call && !keyed ? "call" : "word",
			scope: around ?? scopeAt(source.lines, offset)
		};
	});
}
/** `prisma.user.findMany(`, `UserProfile.where(`, `UserProfile.objects.filter(`. */
function called({ lexed: { code }, lines }, table) {
	const models = table.models.map(escaped).join("|");
	const variables = table.variables.map(escaped).join("|");
	const pattern = new RegExp(`(?<![\\w$.])(?:(?:prisma|db|tx|trx|client|\\w+\\.prisma|\\w+\\.db)\\.(${variables})|(${models}))\\.(?:objects\\.|query\\.)?(\\w+)\\(`, "g");
	return [...code.matchAll(pattern)].map((match) => {
		const offset = match.index + match[0].indexOf(match[1] ?? match[2] ?? "");
		return {
			offset,
			kind: reads.test(match[3] ?? "") ? "call" : "word",
			scope: scopeAt(lines, offset)
		};
	});
}
/** What ORMs call reading and writing rows. */
const reads = /^(?:find|where|create|update|delete|destroy|insert|upsert|select|pluck|order|group|filter|exclude|get|first|values|exists|count|aggregate|bulk|query|new$|build$|all$|save|sum$|max$|min$|only$|defer$)/i;
/** `class User < ApplicationRecord`, `model User {`, `diesel::table! { users (id) {`, `type User struct {`. */
function declared(source, table) {
	const { code } = source.lexed;
	const prisma = source.path.endsWith(".prisma");
	const django = table.exact.split("_").slice(1).join("_");
	const app = table.exact.split("_")[0] ?? "";
	const names = [
		...table.models,
		...django !== "" && source.path.includes(`${app}/`) ? tableForms(django).models : [],
		...prisma ? [table.exact] : []
	].map(escaped).join("|");
	return (prisma ? [new RegExp(`^[ \\t]*model\\s+(${names})\\s*\\{`, "gm")] : [
		new RegExp(`^[ \\t]*(?:@\\w+(?:\\([^)\\n]{0,200}\\))?\\s+)*(?:export\\s+|default\\s+|abstract\\s+|public\\s+|final\\s+|data\\s+|pub\\s+)*(?:class|struct)\\s+(${names})(?:Entity|Model)?\\b`, "gm"),
		new RegExp(`^[ \\t]*type\\s+(${names})\\s+struct\\b`, "gm"),
		new RegExp(`^[ \\t]*#\\[diesel\\([^\\n]{0,200}?\\btable_name\\s*=\\s*(?:\\w+::)*(${escaped(table.exact)})\\b`, "gm"),
		new RegExp(`^[ \\t]*(?:pub\\s+)?(${escaped(table.exact)})\\s*\\((?:[\\w,\\s]+)\\)\\s*\\{`, "gm")
	]).flatMap((pattern) => [...code.matchAll(pattern)].flatMap((match) => {
		const offset = match.index + match[0].lastIndexOf(match[1] ?? "");
		const scope = scopeAt(source.lines, offset);
		const told = tableTold(code.slice(Math.max(0, match.index - 200), scope.start), code.slice(scope.start, scope.end), prisma);
		if (told !== null && told !== table.exact) return [];
		return [{
			offset,
			kind: isModel(match[0], code.slice(scope.start, scope.end), prisma) ? "model" : "word",
			scope
		}];
	}));
}
/** The table that a model says it stands for. */
function tableTold(above, body, prisma) {
	const inside = prisma ? /@@map\(\s*(?:name:\s*)?"([^"]*)"/.exec(body) : /(?:__tablename__|db_table|table_name|\$table)\s*=\s*["']([^"']*)["']/.exec(body);
	const annotated = prisma ? null : /@(?:Entity|Table)\s*\(\s*(?:\{?\s*(?:name|tableName)\s*[:=]\s*)?["'`]([^"'`]*)["'`][^\n]*\n\s*(?:@[^\n]*\n\s*)*$/.exec(above);
	const text = inside?.[1] ?? annotated?.[1];
	return text === void 0 ? null : text.replace(/^\w+\./, "");
}
const isModel = (head, body, prisma) => prisma || /ApplicationRecord|ActiveRecord|models\.Model|\bBase\b|db\.Model|Model\b|@Entity|@Table|@Column|Column\(|mapped_column|gorm:|db:"|#\[(?:derive|diesel)|Queryable|sqlx|FromRow|->\s*\w+,/.test(`${head}\n${body}`);
// src/uses/find.ts
/** What one search may take: it is no reason to let a check run long. */
const limits = {
	files: 5e4,
	bytes: 200 * 1024 ** 2,
	milliseconds: 3e3,
	file: 1024 ** 2
};
/** How many files are read at a time. */
const batch = 400;
const linkOrSubmodule = /^1[26]0000$/;
/**
* Looks for lines of base's and head's trees that name tables and columns. Files that both have alike are read
* once. A search that reaches a limit ends and says so.
*
* @param excluded paths of files and directories, such as the migrations'
*/
async function findUses(trees, targets, excluded, most = limits) {
	if (targets.length === 0) return {
		uses: /* @__PURE__ */ new Map(),
		left: null
	};
	const all = targets.map(wanted);
	const end = performance.now() + most.milliseconds;
	const outside = ({ path, mode }) => !linkOrSubmodule.test(mode) && styleOf(path) !== null && !excluded.some((each) => each !== "" && (path === each || path.startsWith(`${each}/`)));
	const base = trees.base.entries.filter(outside);
	const changed = trees.head.entries.filter((entry) => outside(entry) && trees.base.get(entry.path)?.oid !== entry.oid);
	const unchanged = new Set(base.filter((entry) => trees.head.get(entry.path)?.oid === entry.oid).map(({ path }) => path));
	const budget = {
		files: most.files,
		bytes: most.bytes
	};
	let left = null;
	const isOver = () => {
		if (performance.now() <= end && budget.files > 0 && budget.bytes > 0) return false;
		left = `Code that still uses what is dropped or renamed: the search ended after ${most.files - budget.files} files.`;
		return true;
	};
	const search = async (tree, entries) => {
		const found = /* @__PURE__ */ new Map();
		for (let at = 0; at < entries.length; at += batch) {
			if (isOver()) break;
			const paths = entries.slice(at, at + batch).map(({ path }) => path);
			budget.files -= paths.length;
			for (const [path, content] of await tree.read(paths, { largest: most.file })) {
				budget.bytes -= content.length;
				if (isOver()) break;
				const hits = content.length > most.file ? [] : hitsOf(path, content, all);
				if (hits.length > 0) found.set(path, hits);
			}
		}
		return found;
	};
	const inBase = await search(trees.base, base);
	const inHead = await search(trees.head, changed);
	const uses = /* @__PURE__ */ new Map();
	const add = (hit, use) => {
		const list = uses.get(hit.target.object) ?? [];
		uses.set(hit.target.object, list);
		list.push({
			...use,
			line: hit.line,
			text: hit.text,
			likely: hit.likely && !isTest(use.file)
		});
	};
	for (const [file, hits] of inBase) {
		const later = inHead.get(file) ?? [];
		for (const hit of hits) if (unchanged.has(file)) add(hit, {
			file,
			tree: "head",
			inBase: true
		});
		else if (!later.some((other) => alike(hit, other))) add(hit, {
			file,
			tree: "base",
			inBase: true
		});
	}
	for (const [file, hits] of inHead) {
		const earlier = inBase.get(file) ?? [];
		for (const hit of hits) add(hit, {
			file,
			tree: "head",
			inBase: earlier.some((other) => alike(hit, other))
		});
	}
	for (const list of uses.values()) list.sort(compareUses);
	return {
		uses,
		left
	};
}
const alike = (a, b) => a.target.object === b.target.object && a.text === b.text;
function hitsOf(path, content, all) {
	const style = styleOf(path);
	if (style === null || content.subarray(0, 8e3).includes(0)) return [];
	const text = content.toString("utf8");
	if (!combined(all).test(text)) return [];
	const there = all.filter((each) => patternOf(each).test(text));
	return there.length === 0 ? [] : hitsIn(path, text, style, there);
}
const combinations = /* @__PURE__ */ new WeakMap();
function combined(all) {
	const known = combinations.get(all);
	if (known !== void 0) return known;
	const made = anyOf([...new Set(all.flatMap(({ table, column }) => (column ?? table).all))], "i");
	combinations.set(all, made);
	return made;
}
const patterns = /* @__PURE__ */ new WeakMap();
function patternOf(each) {
	const known = patterns.get(each);
	if (known !== void 0) return known;
	const made = anyOf((each.column ?? each.table).all, "i");
	patterns.set(each, made);
	return made;
}
function compareUses(a, b) {
	return Number(b.likely) - Number(a.likely) || Number(isTest(a.file)) - Number(isTest(b.file)) || Number(b.inBase) - Number(a.inBase) || (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line);
}
// src/uses/targets.ts
/** The tables, views and columns of base that are not there under their name any more. */
function targetsOf(changes, before) {
	const found = /* @__PURE__ */ new Map();
	for (const { change, type, name, previousName } of changes) {
		if (change !== "removed" && change !== "renamed") continue;
		const object = previousName ?? name;
		const old = before?.byName(type, object);
		if (old === void 0) continue;
		if (type === "table" || type === "view" || type === "materialized-view") found.set(object, {
			object,
			table: old.local,
			column: null
		});
		else if (type === "column") {
			const table = before?.byIdentity(old.containerIdentity)?.local;
			if (table !== void 0) found.set(object, {
				object,
				table,
				column: old.local
			});
		}
	}
	return [...found.values()];
}
/** Where the databases' own SQL is kept: its lines are no use by the application. */
const migrationPaths = (databases, paths) => [...paths.map(treePath), ...databases.flatMap(({ path, basePath = path, setup, baseline }) => [
	treePath(path),
	treePath(basePath),
	...setup,
	...baseline === null ? [] : [baseline.file]
])];
// src/history/signs.ts
/** A comma before a closing bracket, unless it stands for a value that is left out. */
function dropLastComma(signs, allowed) {
	if (signs.at(-1) !== "," || [
		"(",
		"[",
		"{",
		","
	].includes(signs.at(-2) ?? ",") || !allowed()) return;
	signs.pop();
}
/** A string that both quotes may hold as it is, in one of them. */
const plainQuotes = (sign) => /^'[^'"\\\n]*'$/.test(sign) ? `"${sign.slice(1, -1)}"` : sign;
// src/history/javascript-signs.ts
const pattern$1 = /\/\/[^\n]*|\/\*(?:[\s\S]*?\*\/)?|"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'|`|[\p{L}\p{M}\p{N}_$]+|\n|[^\S\n]+|\/=?|\+\++|--+|[=<>!+\-*%&|^~?]+|[\s\S]/uy;
const regularExpression = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[\p{L}\p{N}_$]*/uy;
const quoted = /"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'/y;
/** What Node takes for a comment, or for the end of a line, and hardly anybody writes. */
const unusual = /[\r\u2028\u2029]|<!--|-->|^#!/;
const isWord = (sign) => /^[\p{L}\p{M}\p{N}_$]+$/u.test(sign);
const ended = /[\p{L}\p{M}\p{N}_$"'`)\]}]$/u;
const beforeStatement = /* @__PURE__ */ new Set([
	"if",
	"for",
	"while",
	"with"
]);
/** Nothing of theirs may stand on the next line. */
const endWithLine = /* @__PURE__ */ new Set([
	"return",
	"throw",
	"break",
	"continue",
	"yield"
]);
const beforeValue = new Set("return typeof case in do else void delete throw new instanceof".split(" "));
/** Names in some places, in others words before a value. */
const either = /* @__PURE__ */ new Set([
	"of",
	"yield",
	"await"
]);
/** Names in some places, in others words that belong to what comes next, be it on the next line. */
const mayGoOn = /* @__PURE__ */ new Set([
	"get",
	"set",
	"static",
	"let"
]);
/** Templates within templates. More are no program that people write. */
const deepest = 50;
/**
* A JavaScript or TypeScript program as the signs that its meaning depends on. A semicolon that the line's end stands for is
* one of them, but none before a line that goes on with the statement.
*
* @returns null where its text does not say for sure where a string or comment ends
*/
function javascriptSigns(text, file) {
	if (/x$/i.test(file) || unusual.test(text)) return null;
	const signs = [];
	const open = [];
	/** A statement comes next, and nothing would be one as well. */
	let statementFollows = false;
	/** The last semicolon is a line's end only. */
	let soft = false;
	const isKeyword = (words) => words.has(signs.at(-1) ?? "") && signs.at(-2) !== ".";
	for (let at = 0; at < text.length;) {
		let found = next(pattern$1, text, at) ?? "";
		const last = signs.at(-1) ?? "";
		if (found.startsWith("/") && !/^\/[/*]/.test(found)) {
			const value = mayBeValue(last, soft ? signs.at(-2) ?? "" : last, statementFollows, isKeyword);
			if (value === null) return null;
			if (value) found = next(regularExpression, text, at) ?? "";
		} else if (found === "`") found = text.slice(at, endOfTemplate(text, at, 0) ?? at);
		if (found === "" || found === "/*" || found === "\"" || found === "'") return null;
		at += found.length;
		if (/^\/[/*]/.test(found)) found = found.includes("\n") ? "\n" : " ";
		if (found === "\n") {
			if (ended.test(last) && !statementFollows && open.at(-1) !== "header of for") {
				soft = !isKeyword(endWithLine);
				signs.push(mayGoOn.has(last) ? "\n" : ";");
			}
			continue;
		}
		if (/^\s/.test(found)) continue;
		if (found === ";") {
			if (statementFollows || open.at(-1) === "header of for") signs.push(";;");
			else if (last !== ";") signs.push(";");
			soft = false;
			statementFollows = false;
			continue;
		}
		const goesOn = soft && /^(?:[)\],.:?([`/]|[=<>*%&|^]|[+-](?![+-])|!=)/.test(found);
		if (last === ";" && (goesOn || found === "}")) signs.pop();
		soft = false;
		statementFollows = false;
		if ("([{".includes(found)) open.push(found === "(" ? bracketAfter(signs) : "other");
		if (")]}".includes(found)) {
			const closed = open.pop();
			statementFollows = closed === "header" || closed === "header of for";
			dropLastComma(signs, () => true);
		}
		if ((found === "else" || found === "do") && signs.at(-1) !== ".") statementFollows = true;
		if (found === "=>" && isWord(signs.at(-1) ?? "")) signs.splice(-1, 1, "(", signs.at(-1) ?? "", ")");
		signs.push(plainQuotes(found));
	}
	if (signs.at(-1) === ";") signs.pop();
	return signs;
}
function bracketAfter(signs) {
	const [before, last] = [signs.at(-2) ?? "", signs.at(-1) ?? ""];
	if (before === ".") return "other";
	if (last === "for" || last === "await" && before === "for") return "header of for";
	return beforeStatement.has(last) ? "header" : "other";
}
/** Does a slash begin a pattern? Null: that takes more than what stands before it. */
function mayBeValue(last, line, statementFollows, isKeyword) {
	if (statementFollows) return true;
	const sign = last === ";" ? line : last;
	if (sign === "}" || sign.startsWith("++") || sign.startsWith("--") || sign === "!") return null;
	if (either.has(sign)) return null;
	if (sign === last && isKeyword(beforeValue)) return true;
	if (beforeValue.has(sign) && sign !== last) return null;
	return !ended.test(sign) && !isRegularExpression(sign);
}
const isRegularExpression = (sign) => sign.length > 2 && /^\/(?![/*])/.test(sign);
/** Offset behind a template; null where a slash stands in the code within. */
function endOfTemplate(text, begin, depth) {
	if (depth > deepest) return null;
	let at = begin + 1;
	while (at < text.length) if (text[at] === "\\") at += 2;
	else if (text[at] === "`") return at + 1;
	else if (text.startsWith("${", at)) {
		const end = endOfCode(text, at + 2, depth + 1);
		if (end === null) return null;
		at = end;
	} else at += 1;
	return null;
}
function endOfCode(text, begin, templates) {
	let depth = 0;
	let at = begin;
	while (at < text.length) {
		const sign = text[at] ?? "";
		if (sign === "/") return null;
		if (sign === "`" || sign === "\"" || sign === "'") {
			const end = sign === "`" ? endOfTemplate(text, at, templates) : at + (next(quoted, text, at)?.length ?? 0);
			if (end === null || end === at) return null;
			at = end;
			continue;
		}
		at += 1;
		if (sign === "{") depth += 1;
		if (sign === "}" && depth-- === 0) return at;
	}
	return null;
}
function next(expression, text, at) {
	expression.lastIndex = at;
	return expression.exec(text)?.[0] ?? null;
}
// src/history/python-signs.ts
const pattern = /[rbuf]{0,2}(?:"""(?:[^\\]|\\.)*?"""|'''(?:[^\\]|\\.)*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|#[^\n]*|[\p{L}\p{M}\p{N}_]+|\\\n|\n[ \t\f]*|[=<>!+\-*/%&|^~:@]+|[^\s]/gisu;
/** Words of the language after which a bracket calls nothing, and is a value. */
const keywords = new Set("and as assert async await case del elif else except finally for from if in is lambda match not or raise return try while with yield".split(" "));
/** A comment on the first two lines that names another encoding: it decides where the others end. */
const otherEncoding = /^(?:[^\n]*\n)?[ \t\f]*#[^\n]*?coding[:=][ \t]*(?!utf-?8(?![-\w.]))[-\w.]/i;
/**
* A Python program as the signs that its meaning depends on, with the indentation of each line.
*
* @returns null where its text does not say for sure where strings or lines end
*/
function pythonSigns(source) {
	const text = source.replaceAll("\r", "\n");
	if (otherEncoding.test(text)) return null;
	const signs = [];
	/** For each open bracket: no tuple, whose only value a comma tells from one in brackets. */
	const open = [];
	for (const found of text.match(pattern) ?? []) {
		if (found === "\\\n" || found.startsWith("#")) continue;
		if (found.startsWith("\n")) {
			if (open.length > 0) continue;
			if (signs.at(-1)?.startsWith("\n") === true) signs.pop();
			if (signs.length > 0) signs.push(found);
			continue;
		}
		if (/^(?:f|rf|fr)["']/i.test(found) && !isBalanced(found)) return null;
		const last = signs.at(-1) ?? "";
		if ("([{".includes(found)) {
			const follows = /[\p{L}\p{M}\p{N}_)\]"'}]$/u.test(last) && !keywords.has(last);
			open.push(found === "{" || (found === "(" ? follows : !follows));
		}
		if (")]}".includes(found)) {
			const free = open.pop();
			if (free === void 0) return null;
			dropLastComma(signs, () => free || hasEarlierComma(signs));
		}
		signs.push(plainQuotes(found.replace(/^u(?=["'])/i, "")));
	}
	while (signs.at(-1)?.startsWith("\n") === true) signs.pop();
	return signs;
}
const isBalanced = (sign) => sign.split("{").length === sign.split("}").length;
/** In the bracket that is being closed, another comma before the last one. That of a lambda's parameters is none. */
function hasEarlierComma(signs) {
	let depth = 0;
	let comma = false;
	for (let at = signs.length - 2; at >= 0; at -= 1) {
		const sign = signs[at] ?? "";
		if (")]}".includes(sign)) depth += 1;
		else if ("([{".includes(sign)) {
			if (depth === 0) return comma;
			depth -= 1;
		} else if (depth === 0 && sign === "lambda") return false;
		else if (depth === 0 && sign === ",") comma = true;
	}
	return comma;
}
// src/history/program-code.ts
/**
* What a program says, in a form that a formatter does not change: without comments, with one way to lay out lines, to
* quote strings and to end lists. Where the language's rules are not known here, its lines without comments; where they
* cannot tell what is meant, the text as it is.
*/
function codeOf$1(file, text) {
	const language = languageOf(file);
	const plain = text.replace(/^\ufeff/, "").replaceAll("\r\n", "\n");
	if (language === "javascript" || language === "python") {
		const signs = language === "python" ? pythonSigns(plain) : javascriptSigns(plain, file);
		return signs === null ? plain : JSON.stringify(signs);
	}
	if (language !== "sql" && commentsMayAct.test(plain)) return plain;
	return (language === "sql" ? plain : withoutComments(plain, language)).split("\n").map((line) => line.trimEnd()).filter((line) => line !== "").join("\n");
}
/** What ends a comment in some languages, in Java even where it is spelt out, and Go's comments to its compiler. */
const commentsMayAct = /[\r\u0085\u2028\u2029]|\\u+[0-9a-f]{4}|^\/\/(?:go:|\s*\+build)|^\s*\/?[/*].*\bexport\b/im;
// src/history/content-diff.ts
/** Beyond this many changed lines the diff algorithm's time grows with their square. */
const maxChangedLines = 1e3;
/** Compares what two versions of a migration's file say: SQL by its statements, a program by its text without comments and layout. */
function compareMigrations(before, after) {
	const [a, b] = [fileText$1(before), fileText$1(after)];
	if (before.program === true && after.program === true) {
		const readable = isUtf8(before.bytes) && isUtf8(after.bytes);
		const [code, newCode] = [codeOf$1(before.file, before.effect ?? a), codeOf$1(after.file, after.effect ?? b)];
		return {
			...compareContents(a, b),
			cosmetic: readable && code === newCode,
			schemaOnly: false,
			downOnly: false
		};
	}
	if (isUnread(before) || isUnread(after)) {
		const [was, is] = [before.bytes.toString("utf8"), after.bytes.toString("utf8")];
		const text = compareContents(was, is);
		const cosmetic = text.cosmetic && before.refused === void 0 === (after.refused === void 0);
		return {
			...text,
			cosmetic,
			schemaOnly: false,
			downOnly: false
		};
	}
	const sent = compareContents(before.sql, after.sql);
	return {
		...a === b ? sent : compareContents(a, b),
		cosmetic: sent.cosmetic,
		schemaOnly: !sent.cosmetic && differInSchemaOnly(before.sql, after.sql),
		downOnly: solid(before.sql) === solid(after.sql) && after.down?.file === after.file && before.down?.sql !== after.down.sql
	};
}
/** Its text is not what would be sent: nothing follows from two that are equal. */
const isUnread = ({ refused, opaque }) => refused !== void 0 || opaque !== void 0;
/** What people see in the file; what is sent where the tool's own idea of its bytes is another text. */
function fileText$1({ program, bytes, sql }) {
	const text = bytes.toString("utf8");
	const isFile = !text.includes("�") && text.split("\n").length === sql.split("\n").length;
	return program === true || isFile ? text : sql;
}
const solid = (text) => text.replace(/\s+/g, "");
/** Compares two contents that are known to have different bytes. */
function compareContents(before, after) {
	const [a, b] = [unixLines(before), unixLines(after)];
	if (a === b) {
		const endings = `${lineEnding(before)} to ${lineEnding(after)}`;
		return {
			cosmetic: true,
			diff: `\\ Only ${before.replace(/^\ufeff/, "") === after.replace(/^\ufeff/, "") ? "the byte order mark differs" : `line endings differ (${endings})`}.`,
			line: 1
		};
	}
	return {
		cosmetic: sameStatements(a, b),
		diff: unifiedDiff(a, b),
		line: firstChangedLine(a, b)
	};
}
const unixLines = (text) => text.replace(/^\ufeff/, "").replaceAll("\r\n", "\n");
const lineEnding = (text) => text.includes("\r\n") ? "CRLF" : "LF";
function unifiedDiff(before, after) {
	const patch = structuredPatch("", "", before, after, "", "", {
		context: 3,
		maxEditLength: maxChangedLines
	});
	if (patch === void 0) {
		const line = firstChangedLine(before, after);
		return `@@ -${line} +${line} @@\n\\ More than ${maxChangedLines} lines differ from here on.`;
	}
	return patch.hunks.map((hunk) => [`@@ -${range(hunk.oldStart, hunk.oldLines)} +${range(hunk.newStart, hunk.newLines)} @@`, ...hunk.lines].join("\n")).join("\n");
}
const range = (start, lines) => lines === 1 ? `${start}` : `${start},${lines}`;
function firstChangedLine(before, after) {
	const [a, b] = [before.split("\n"), after.split("\n")];
	let line = 0;
	while (line < b.length - 1 && a[line] === b[line]) line += 1;
	return line + 1;
}
/** How much of two contents is the same, 0 to 1, as git counts it: bytes of common lines of the larger one. */
function similarity(left, right) {
	const [a, b] = [unixLines(left), unixLines(right)];
	const larger = Math.max(a.length, b.length);
	if (larger === 0) return 1;
	const counts = /* @__PURE__ */ new Map();
	for (const line of a.split("\n")) counts.set(line, (counts.get(line) ?? 0) + 1);
	let common = 0;
	for (const line of b.split("\n")) {
		const count = counts.get(line) ?? 0;
		if (count === 0) continue;
		counts.set(line, count - 1);
		common += line.length + 1;
	}
	return Math.min(1, common / (larger + 1));
}
// src/history/edit.ts
/** A change of which only the kind and the file are known. */
const unchanged = (kind, migration) => ({
	kind,
	file: migration.file,
	previousFile: null,
	version: migration.version,
	diff: "",
	line: 1,
	after: null
});
/** What happened to a migration that both sides have, by the tool's own idea of "the same". */
function changeOf(before, after) {
	const previousFile = before.file === after.file ? null : before.file;
	if (before.bytes.equals(after.bytes)) return previousFile === null || before.name === after.name ? null : {
		...unchanged("renamed", after),
		previousFile,
		sameIdentity: true
	};
	const { cosmetic, schemaOnly, downOnly, diff, line } = compareMigrations(before, after);
	const checksum = before.extra?.checksum;
	return {
		...unchanged(cosmetic ? "edited-cosmetic" : "edited", after),
		...checksum !== void 0 && checksum === after.extra?.checksum ? { sameChecksum: true } : {},
		...schemaOnly ? { schemaOnly: true } : {},
		...downOnly ? { downOnly: true } : {},
		previousFile,
		diff,
		line
	};
}
// src/history/renames.ts
/** git calls a removed and an added file a rename from half of the content on. */
const enough = .5;
/** Where so many files changed places, contents are compared only between those of a common version or name. */
const manyPairs = 1e4;
/**
* Pairs migrations that are gone with new ones of the same or mostly the same content. Equal content first,
* then the most similar; among equals the one of the same version or name, then the order in the history.
*/
function findRenames(gone, fresh) {
	const thorough = gone.length * fresh.length <= manyPairs;
	const candidates = gone.flatMap((from, i) => fresh.flatMap((to, j) => {
		const near = nearness(from, to);
		const score = from.bytes.equals(to.bytes) ? 1 + near : thorough || near > 0 ? partial(from, to) : 0;
		return score < enough ? [] : [{
			from,
			to,
			score,
			distance: Math.abs(i - j)
		}];
	}));
	candidates.sort((a, b) => b.score - a.score || a.distance - b.distance);
	const pairs = /* @__PURE__ */ new Map();
	const taken = /* @__PURE__ */ new Set();
	for (const { from, to } of candidates) {
		if (pairs.has(from) || taken.has(to)) continue;
		pairs.set(from, to);
		taken.add(to);
	}
	return pairs;
}
const nearness = (from, to) => (from.version === to.version ? 2 : 0) + (from.name === to.name ? 1 : 0);
const textOf$1 = ({ sql, bytes, program }) => program === true ? bytes.toString("utf8") : sql;
/** The sizes alone rule most pairs out before any line is looked at. */
function partial(from, to) {
	const [small, large] = [from.bytes.length, to.bytes.length].sort((a, b) => a - b);
	if (small === void 0 || large === void 0 || small < large * enough) return 0;
	const floor = nearness(from, to) > 0 ? 0 : .15;
	const score = similarity(textOf$1(from), textOf$1(to));
	return score - floor < enough ? 0 : score;
}
// src/history/compare.ts
/** Puts base's and head's histories side by side. Base counts as applied. */
function compareHistories({ tool, base, branch, head, mergeBase }) {
	if (base.migrations.length === 0) return {
		changes: [],
		pending: head.migrations,
		edited: []
	};
	const same = paired(base, head);
	const known = new Set(same.values());
	const changes = [];
	const edited = [];
	for (const [before, after] of same) {
		if (after.repeatable !== void 0) continue;
		const change = changeOf(before, after);
		if (change === null) continue;
		changes.push(change);
		if (change.kind !== "renamed") edited.push(after);
	}
	const gone = versioned(base.migrations.filter((migration) => !same.has(migration)));
	const fresh = head.migrations.filter((migration) => !known.has(migration));
	const renames = findRenames(gone, versioned(fresh));
	const renamed = new Set(renames.values());
	const overlooked = tool.onHistoryChange.renamed.does === "ignores";
	const renamedRun = overlooked || tool.onHistoryChange.renamed.does === "runs";
	for (const before of gone) {
		const after = renames.get(before);
		if (after === void 0) {
			changes.push({
				...unchanged("deleted", before),
				line: null,
				place: placeOf$1(tool, before, base, head)
			});
			continue;
		}
		const content = before.bytes.equals(after.bytes) ? null : compareMigrations(before, after);
		changes.push({
			...unchanged("renamed", after),
			previousFile: before.file,
			place: placeOf$1(tool, before, base, head),
			diff: content?.diff ?? "",
			line: content?.line ?? 1
		});
		if (content !== null && !renamedRun) edited.push(after);
	}
	const added = versioned(fresh).filter((migration) => overlooked || !renamed.has(migration));
	const duplicates = tool.onHistoryChange.duplicateVersion.legal ? [] : duplicatesOf(tool, versioned(fresh), versioned(head.migrations));
	const late = lateOf(tool, versioned(base.migrations), added);
	const lateFiles = new Map(late.map(({ change }) => [change.file, change.after]));
	const told = changes.map((change) => change.kind === "renamed" && lateFiles.has(change.file) ? {
		...change,
		after: lateFiles.get(change.file) ?? null
	} : change);
	changes.splice(0, changes.length, ...told, ...duplicates.map((duplicate) => duplicate.change));
	changes.push(...late.flatMap(({ migration, change }) => renamed.has(migration) ? [] : [change]));
	changes.push(...missingFromHead(base, branch, mergeBase));
	const skipped = new Set(fresh.filter(({ onlyWhenEmpty }) => onlyWhenEmpty));
	if (tool.onHistoryChange.outOfOrder.does === "skips") for (const { migration } of late) skipped.add(migration);
	if (tool.onHistoryChange.duplicateVersion.does === "skips") {
		for (const { migration, other } of duplicates) if (known.has(other)) skipped.add(migration);
	}
	const runs = /* @__PURE__ */ new Set([...fresh.filter((migration) => !skipped.has(migration) && (renamedRun || !renamed.has(migration))), ...changedRepeatables(same)]);
	return {
		changes,
		pending: [...head.migrations.filter((migration) => runs.has(migration) || migration.repeatable === "always" && runs.size > 0), ...stopOf(tool, base, head, changes)],
		edited
	};
}
/** A stop that belongs to no migration, as one that is refused. What the changes say already is not said twice. */
function stopOf(tool, base, head, changes) {
	if (changes.some(({ kind }) => [
		"deleted",
		"renamed",
		"out-of-order"
	].includes(kind))) return [];
	const stop = tool.stopsAt?.(head.migrations, base.migrations) ?? null;
	if (stop === null) return [];
	const { version, file, line, says } = stop;
	return [{
		version,
		name: "",
		bytes: Buffer.alloc(0),
		sql: "",
		transaction: "none",
		identity: file,
		file,
		refused: {
			line,
			says
		}
	}];
}
/** Those that run once. The others have no place among them, and no change of theirs is one of the history. */
const versioned = (migrations) => migrations.filter(({ repeatable }) => repeatable === void 0);
const changedRepeatables = (same) => [...same].flatMap(([before, after]) => after.repeatable === void 0 || before.bytes.equals(after.bytes) ? [] : [after]);
/**
* Head's version of each migration that base has. Where an identity is there twice, which tools that go by the
* version alone refuse or pass over, the path tells, then the content: the other one is the new file.
*/
function paired(base, head) {
	const candidates = /* @__PURE__ */ new Map();
	for (const migration of head.migrations) {
		const list = candidates.get(migration.identity);
		if (list === void 0) candidates.set(migration.identity, [migration]);
		else list.push(migration);
	}
	const pairs = /* @__PURE__ */ new Map();
	const take = (before, fits) => {
		if (pairs.has(before)) return;
		const list = candidates.get(before.identity) ?? [];
		const after = list.find(fits);
		if (after === void 0) return;
		list.splice(list.indexOf(after), 1);
		pairs.set(before, after);
	};
	for (const before of base.migrations) take(before, (after) => after.file === before.file);
	for (const before of base.migrations) take(before, (after) => after.bytes.equals(before.bytes));
	for (const before of base.migrations) take(before, () => true);
	return new Map(base.migrations.flatMap((before) => {
		const after = pairs.get(before);
		return after === void 0 ? [] : [[before, after]];
	}));
}
const byIdentity = (history) => new Map(history.migrations.map((migration) => [migration.identity, migration]));
/** New migrations whose version another one of head has; of two new ones the later. */
function duplicatesOf(tool, fresh, head) {
	const isNew = new Set(fresh);
	const groups = byVersion(tool, head);
	return fresh.flatMap((migration) => {
		const same = groups.get(migration) ?? [];
		const other = same.find((one) => !isNew.has(one)) ?? same[0];
		if (other === void 0 || other === migration) return [];
		return [{
			migration,
			other,
			change: {
				...unchanged("duplicate-version", migration),
				previousFile: other.file
			}
		}];
	});
}
/** Each migration with all that have its version, in the order in which they were given. */
function byVersion(tool, migrations) {
	const groups = /* @__PURE__ */ new Map();
	let group = [];
	for (const migration of [...migrations].sort((a, b) => orderOfVersions(tool, a, b))) {
		if (group[0] === void 0 || !sameVersion$1(tool, group[0], migration)) group = [];
		group.push(migration);
		groups.set(migration, group);
	}
	return groups;
}
const orderOfVersions = (tool, left, right) => tool.order({
	version: left.version,
	name: ""
}, {
	version: right.version,
	name: ""
});
const sameVersion$1 = (tool, left, right) => orderOfVersions(tool, left, right) === 0;
/**
* New migrations that come too late: by the tool's own account, else those that sort before the newest one that
* base has, whether head still has that or not.
*/
function lateOf(tool, base, added) {
	const [first, ...rest] = base;
	if (first === void 0) return [];
	const newest = rest.reduce((a, b) => tool.order(a, b) < 0 ? b : a, first);
	return (tool.late?.(added, base) ?? sortedBefore(tool, newest, added)).map((migration) => ({
		migration,
		change: {
			...unchanged("out-of-order", migration),
			after: newest.version
		}
	}));
}
function sortedBefore(tool, newest, added) {
	const { legal } = tool.onHistoryChange.duplicateVersion;
	return added.filter((migration) => tool.order(migration, newest) < 0).filter((migration) => legal || !sameVersion$1(tool, migration, newest));
}
function placeOf$1(tool, gone, base, head) {
	const last = (migrations) => !versioned(migrations).some((other) => tool.order(gone, other) < 0);
	return {
		newestOfBase: last(base.migrations),
		afterAllOfHead: last(head.migrations)
	};
}
/** Migrations that base got after the branch left it. */
function missingFromHead(base, branch, mergeBase) {
	if (mergeBase === null) return [];
	const inBranch = byIdentity(branch);
	const before = byIdentity(mergeBase);
	return base.migrations.filter(({ identity }) => !inBranch.has(identity) && !before.has(identity)).map((migration) => ({
		...unchanged("missing-from-head", migration),
		line: null
	}));
}
// src/history/release.ts
const divergent = /* @__PURE__ */ new Set([
	"edited",
	"edited-cosmetic",
	"deleted",
	"renamed",
	"out-of-order",
	"duplicate-version"
]);
/**
* As `compareHistories`, where base's migrations that a release lacks may still be changed. From the first one that the
* pull request changes on, or that a new one sorts before, they run again as head has them: later ones may build on it.
*/
function compareWithRelease(histories, release) {
	const { base, tool } = histories;
	const comparison = compareHistories(histories);
	const changed = comparison.changes.filter(({ kind }) => divergent.has(kind));
	const released = new Set(release.migrations.map(({ identity }) => identity));
	const isOpen = (migration) => !released.has(migration.identity);
	const touched = new Set(changed.flatMap(({ file, previousFile }) => [previousFile ?? file, file]));
	const late = changed.filter(({ kind }) => kind === "out-of-order").flatMap(({ file }) => histories.head.migrations.find((one) => one.file === file) ?? []);
	const first = base.migrations.findIndex((migration) => isOpen(migration) && (touched.has(migration.file) || late.some((one) => tool.order(one, migration) < 0)));
	if (first === -1) return {
		comparison,
		freed: [],
		base
	};
	const applied = {
		...base,
		migrations: base.migrations.filter((migration, index) => index < first || !isOpen(migration))
	};
	const again = compareHistories({
		...histories,
		base: applied
	});
	const kept = new Set(again.changes.map(key));
	return {
		comparison: again,
		freed: changed.filter((change) => !kept.has(key(change))),
		base: applied
	};
}
const key = ({ kind, file, previousFile }) => `${kind}\0${file}\0${previousFile ?? ""}`;
// src/history/squash.ts
/**
* Two or more migrations of base that are gone while another one takes their place, or a new baseline for empty
* databases. They are neighbours, or the one that is new makes a table or type that one of them made. Whether the
* schemas are equal has to be tried.
*/
function findSquash(comparison, base, head) {
	const { changes } = comparison;
	const old = new Map(base.migrations.map((migration) => [migration.file, migration]));
	const known = new Set(base.migrations.map(({ identity }) => identity));
	const added = head.migrations.filter(({ identity }) => !known.has(identity));
	const gone = changes.filter(({ kind }) => kind === "deleted" || kind === "renamed");
	const settled = settledBy(gone, old, head);
	if (settled !== null) return settled;
	const baseline = added.find(({ onlyWhenEmpty }) => onlyWhenEmpty) ?? newBaseline(base, head);
	if (gone.length === 0) return baseline === void 0 ? null : {
		into: baseline,
		gone: [],
		changes: []
	};
	const edited = changes.filter(({ kind }) => kind === "edited");
	const inPlace = edited[0] === void 0 ? void 0 : head.migrations.find(({ file }) => file === edited[0]?.file);
	const lost = gone.map(({ file, previousFile }) => previousFile ?? file);
	const first = baseline ?? (edited.length === 1 && inPlace !== void 0 && makesAgain(inPlace, lost, old) ? void 0 : added.find(({ repeatable }) => repeatable === void 0));
	const into = first ?? (edited.length === 1 ? inPlace : void 0);
	if (into === void 0) return null;
	const mine = first === void 0 ? [...gone, ...edited] : gone;
	const files = mine.map(({ file, previousFile }) => previousFile ?? file);
	if (files.length < 2) return null;
	if (!areNeighbours(files, base, old) && (added.length !== 1 || !makesAgain(into, files, old))) return null;
	const also = added.filter((one) => one !== into && one.repeatable === void 0 && makesAgain(one, files, old));
	const own = new Set([into, ...also].map(({ file }) => file));
	const ownLate = changes.filter(({ kind, file }) => (kind === "out-of-order" || kind === "duplicate-version") && own.has(file));
	return {
		into,
		...first === void 0 ? { recorded: true } : {},
		...also.length === 0 ? {} : { also },
		gone: files,
		changes: [...mine, ...ownLate]
	};
}
/** The second step of tools that know a squash themselves: what was replaced goes, and its replacement is base's own. */
function settledBy(gone, old, head) {
	const inHead = new Map(head.migrations.map((migration) => [migration.identity, migration]));
	const pairs = gone.flatMap((change) => {
		const by = old.get(change.previousFile ?? change.file)?.replacedBy;
		const into = by === void 0 ? void 0 : inHead.get(by);
		return into === void 0 || change.kind === "renamed" ? [] : [{
			change,
			into
		}];
	});
	const [first] = pairs;
	if (first === void 0) return null;
	const mine = pairs.map(({ change }) => change);
	return {
		into: first.into,
		gone: mine.map(({ file }) => file),
		changes: mine,
		settled: true
	};
}
/** One that stands beside the files that it stands for. */
function newBaseline(base, head) {
	const [first] = head.onEmpty ?? [];
	const [before] = base.onEmpty ?? [];
	return first?.onlyWhenEmpty === true && before?.bytes.equals(first.bytes) !== true ? first : void 0;
}
/** A few files that were deleted here and there are no squash. */
function areNeighbours(files, base, old) {
	const once = base.migrations.filter(({ repeatable }) => repeatable === void 0);
	const places = files.flatMap((file) => {
		const migration = old.get(file);
		return migration === void 0 ? [] : [once.indexOf(migration)];
	});
	return places.length === files.length && Math.max(...places) - Math.min(...places) === places.length - 1;
}
/** A branch that had others' migrations merged between its own is put together with gaps: what it makes tells. */
function makesAgain(into, files, old) {
	const made = new Set(files.flatMap((file) => madeNames(old.get(file))));
	return madeNames(into).some((name) => made.has(name));
}
/** How programs name a table that they make: `create_table :users`, `CREATE TABLE public.users` in a string. */
const madeInProgram = /\bcreate_table[ \t(]+[:"']+(\w+)|\bCREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?(?:"?\w+"?\.)?"?(\w+)/gi;
/** Tables and types that a migration makes, as it spells them. */
function madeNames(migration) {
	if (migration === void 0) return [];
	if (migration.program === true) return [...migration.bytes.toString("utf8").matchAll(madeInProgram)].map(([, name, inSql]) => `table ${name ?? inSql}`);
	return parseFile(migration.sql).statements.flatMap(({ node }) => {
		if ("CreateStmt" in node) return [`table ${node.CreateStmt.relation?.relname}`];
		if ("CreateEnumStmt" in node) return [`type ${JSON.stringify(node.CreateEnumStmt.typeName?.at(-1))}`];
		return [];
	});
}
/** The comparison as it is for databases that have what was put together: they do not run it again. */
function withoutSquash(comparison, squash) {
	const mine = new Set(squash.changes);
	const own = new Set([squash.into, ...squash.also ?? []].map(({ file }) => file));
	return {
		changes: comparison.changes.filter((change) => !mine.has(change)),
		pending: comparison.pending.filter(({ file }) => !own.has(file)),
		edited: comparison.edited.filter(({ file }) => !own.has(file))
	};
}
// src/history/schema-squash.ts
/**
* The deleted ones; with them those that only look renamed, as a new file is much like one of them, and one under whose number
* another file stands now: it tells whoever is too far behind.
*/
function goneIn({ changes }, base) {
	const deleted = changes.filter(({ kind }) => kind === "deleted");
	if (deleted.length === 0) return [];
	const old = new Map(base.migrations.map(({ file, version }) => [file, version]));
	const alike = changes.filter(({ kind, file, previousFile, sameIdentity, diff }) => kind === "renamed" && sameIdentity !== true && diff !== "" || kind === "edited" && previousFile !== null && basename$1(previousFile) !== basename$1(file));
	return [...deleted, ...alike].map((change) => {
		const file = change.previousFile ?? change.file;
		return {
			change,
			file,
			version: old.get(file) ?? change.version
		};
	});
}
/** Those that a schema file is too old for. */
const behind = (load, gone, { order }) => gone.filter(({ version }) => order({
	version: load.version,
	name: ""
}, {
	version,
	name: ""
}) < 0);
/** One of base's that stays although it is older than one that is gone: what was cut off is no beginning. */
function olderOne(gone, base, head, { order }) {
	const lost = new Set(gone.map(({ file }) => file));
	const stays = new Set(head.migrations.map(({ identity }) => identity));
	return base.migrations.find((one) => !lost.has(one.file) && stays.has(one.identity) && gone.some(({ version }) => order({
		version: one.version,
		name: ""
	}, {
		version,
		name: ""
	}) < 0));
}
/**
* Migrations of base, the beginning of its history, that are gone while head's schema file, which the tool makes new databases of, is at least as new as
* they are. Whether it has all that they did has to be tried. Null also where a migration of head stands in their place, and
* where older ones stay: one of the last that is gone may be a slip, and not every database may have it yet.
*/
function findSchemaSquash(tool, comparison, base, head) {
	const load = head.schemaLoad;
	const gone = goneIn(comparison, base);
	if (load === void 0 || typeof load === "string" || gone.length === 0) return null;
	if (behind(load, gone, tool).length > 0 || olderOne(gone, base, head, tool) !== void 0) return null;
	const files = gone.map(({ file }) => file);
	const old = new Map(base.migrations.map((migration) => [migration.file, migration]));
	if ([...comparison.pending, ...comparison.edited].some((migration) => makesAgain(migration, files, old))) return null;
	return {
		into: load,
		gone: files,
		changes: gone.map(({ change }) => change),
		load: true
	};
}
/** Why a deletion is not one that the tool's schema file stands for, as a sentence; null: the tool has no such file at all. */
function notInSchema(tool, comparison, base, head) {
	const { schemaLoad } = head;
	const gone = goneIn(comparison, base);
	if (schemaLoad === void 0 || gone.length === 0) return null;
	if (typeof schemaLoad === "string") return schemaLoad;
	const [first, ...more] = behind(schemaLoad, gone, tool);
	const older = olderOne(gone, base, head, tool);
	if (first === void 0) return older === void 0 ? null : `${schemaLoad.file} does not stand for ${gone.length === 1 ? "it" : "them"}, since ${older.file}, which is older, stays: whoever cuts a history off takes its beginning. A database that is behind never gets what is gone.`;
	return `${schemaLoad.file}, of which ${tool.title} makes a new database, was written at version ${schemaLoad.version}, before ${first.version}${more.length === 0 ? "" : ` and ${more.length} more of them`}.`;
}
/**
* Does base's schema file make tables of which none of base's migrations says a word, so that the beginning of its history may
* have been left to that file? One that was written where another branch had run makes such tables, too: it has that branch's
* version, or the table is what the pull request makes.
*/
function isPerhapsCut({ bookkeeping: { relations } }, { migrations, schemaLoad }, pending) {
	if (schemaLoad === void 0 || typeof schemaLoad === "string") return false;
	if (!migrations.some(({ version }) => version === schemaLoad.version)) return false;
	const accounted = /* @__PURE__ */ new Set([
		...relations.map((name) => name.slice(name.indexOf(".") + 1)),
		...migrations.flatMap(({ bytes }) => bytes.toString("utf8").match(/\w+/g) ?? []),
		...pending.flatMap(madeNames).map(withoutKind)
	]);
	return madeNames(schemaLoad).some((name) => !isNamed(withoutKind(name), accounted));
}
/** As it is, or as two names between which a join table's is put together. */
const isNamed = (name, words) => words.has(name) || [...name.matchAll(/_/g)].some(({ index }) => words.has(name.slice(0, index)) && words.has(name.slice(index + 1)));
const withoutKind = (name) => name.slice(name.indexOf(" ") + 1);
// src/check/changes.ts
/** Changes after which a new database may get another schema than one that was upgraded. */
const divergentKinds = /* @__PURE__ */ new Set([
	"edited",
	"deleted",
	"renamed",
	"out-of-order",
	"duplicate-version"
]);
/**
* What the pull request does to the history: what changed, what is pending, whether a new database may come out
* differently from an upgraded one.
*
* @param release what counts as applied instead of base; null = all of base
* @throws Undecided `unsupported-tool` for a pending migration that nobody can run here
*/
function changesOf(tool, database, histories, release) {
	const whole = release === null ? {
		comparison: compareHistories({
			tool,
			...histories
		}),
		freed: [],
		base: histories.base
	} : compareWithRelease({
		tool,
		...histories
	}, release);
	const squash = findSchemaSquash(tool, whole.comparison, whole.base, histories.head) ?? findSquash(whole.comparison, whole.base, histories.head);
	const comparison = squash === null ? whole.comparison : withoutSquash(whole.comparison, squash);
	refuseOpaque(comparison.pending);
	const hooks = {
		base: histories.base.hooks ?? [],
		head: histories.head.hooks ?? []
	};
	const newHooks = changedHooks(hooks.base, hooks.head);
	return {
		comparison,
		/** Base as far as it counts as applied. */
		base: whole.base,
		/** Changes of what no release has yet. */
		freed: whole.freed,
		squash,
		/** Why deleted migrations are no squash by the tool's schema file, where it makes databases of one. */
		notInSchema: notInSchema(tool, comparison, whole.base, histories.head),
		oddities: findOddities(histories.base, histories.head, nameInBase(database)),
		hooks,
		newHooks,
		hooked: newHooks.map((hook) => asMigration(hook, "shared")),
		diverges: squash !== null || comparison.changes.some(({ kind }) => divergentKinds.has(kind))
	};
}
/** What we cannot run was not checked. */
function refuseOpaque(pending) {
	const found = pending.find(({ opaque }) => opaque !== void 0);
	if (found?.opaque !== void 0) throw new Undecided("unsupported-tool", found.opaque, { place: { file: found.file } });
}
/** A pull request may move the whole directory. */
function nameInBase({ path, basePath = path }) {
	const [now, before] = [treePath(path), treePath(basePath)];
	return (file) => now !== before && file.startsWith(`${now}/`) ? `${before}${file.slice(now.length)}` : file;
}
const isAccepted = (accepted, { path }) => accepted === true || typeof accepted === "string" && treePath(accepted) === treePath(path);
// src/check/clock.ts
/**
* Rehearses without regard to the time. Where nothing but times may differ that are not of this run, it is done again without
* what earlier runs have kept: a kept database has the time at which it was built.
*
* @throws Undecided as `rehearse` does
*/
async function rehearsedInOneRun(input) {
	const first = withoutClock(await rehearse(input));
	const ever = {
		since: 0,
		until: Date.now()
	};
	if (!(input.cache && input.program === null) || !first.divergence.some((change) => isClock(change, ever))) return first;
	await first[Symbol.asyncDispose]();
	return withoutClock(await rehearse({
		...input,
		cache: false
	}));
}
/** How many objects a note names. */
const mostNames = 3;
/** The same without differences between both paths that are nothing but the time at which each of them ran, and with a note of them. */
function withoutClock(rehearsal) {
	const run = thisRun();
	const clock = rehearsal.divergence.filter((change) => isClock(change, run));
	if (clock.length === 0) return rehearsal;
	const names = clock.slice(0, mostNames).map(({ type, name }) => `${type} ${name}`);
	const more = clock.length > names.length ? ` and ${clock.length - names.length} more` : "";
	return {
		...rehearsal,
		divergence: rehearsal.divergence.filter((change) => !clock.includes(change)),
		fresh: rehearsal.fresh === null ? null : withSameTime(rehearsal.fresh, rehearsal.after, clock),
		notes: [...rehearsal.notes, `The time at which a migration runs is written into the schema (${names.join(", ")}${more}), so that every database has another value there; that alone is not taken for a difference. A default that calls now() would be the same everywhere.`]
	};
}
/** A catalog in which these objects say what they say in another one, so that no way from one to the other sets the time. */
function withSameTime(catalog, other, clock) {
	const key = ({ type, name }) => `${type} ${name}`;
	const meant = new Set(clock.map(key));
	const others = new Map(other.objects.map((object) => [key(object), object]));
	const objects = catalog.objects.map((object) => {
		const same = meant.has(key(object)) ? others.get(key(object)) : void 0;
		if (same === void 0) return object;
		const { definition, comparable, portable, facts, members, text } = same;
		return {
			...object,
			definition,
			comparable,
			portable,
			facts,
			members,
			text
		};
	});
	return catalogOf(objects, catalog.notModelled, catalog.major);
}
// src/check/cure.ts
/**
* Runs the work; where base's own history stops at a file that the pull request changes, the pull request may be the cure,
* and what has to be said for it to be judged is added.
*
* @throws Undecided as the work does
*/
async function orCure(changes, since, work) {
	try {
		return await work();
	} catch (error) {
		if (!(error instanceof Undecided) || error.reason !== "base-does-not-apply") throw error;
		const { place } = error;
		if (place === void 0 || !changes.some((change) => touches(change, place.file))) throw error;
		if (lacksSurroundings(error.message)) throw error;
		const came = (await since([place.file])).get(place.file);
		const before = came === void 0 || came.atLeast ? "REF" : word$1(`${came.sha.slice(0, 10)}^`);
		const what = before === "REF" ? "what was deployed last" : "the commit before the file came";
		throw new Undecided(error.reason, `${error.message} The pull request changes that very file, so that it may be the cure; whether a database has run it all the same cannot be seen from here. If none has, say what counts as applied (${what}): \`--applied-ref ${before}\`, or \`applied-ref\` in the configuration. What came after it is then judged anew.`, {
			place,
			cause: error
		});
	}
}
/** Lines to paste about roles, schemas or extensions: that is the cure. A baseline is only a guess. */
const lacksSurroundings = (message) => message.includes("\n") && !/^\s+baseline:$/m.test(message);
const touches = ({ kind, file, previousFile }, failing) => [
	"edited",
	"edited-cosmetic",
	"deleted",
	"renamed"
].includes(kind) && (previousFile ?? file) === failing;
// src/run/models.ts
/** More of them are counted and not kept. */
const MOST = 500;
const words = string().max(2e4);
const answerShape = object({
	declares: boolean(),
	changes: array(object({
		where: words,
		says: words,
		code: words,
		lacking: boolean()
	})).transform((changes) => changes.slice(0, MOST)),
	notChecked: array(string().max(1e3)).max(10)
});
/**
* Asks the project's own copy of the tool whether its models are what its migrations make. Base is asked only where head
* differs. Never decides anything by failing: what could not be asked is told.
*/
async function compareModels(program, check, options) {
	const { copyOf, baseIsEmpty, onProgress } = options;
	onProgress(`comparing the models with what the migrations make (${check.asked})`);
	const head = await answerOf$1(program, check, "head", copyOf);
	if (typeof head === "string") return {
		models: null,
		notChecked: [`Whether the models are what the migrations make: ${head}`]
	};
	if (!head.declares) return {
		models: null,
		notChecked: head.notChecked
	};
	const blind = check.blindTo === null ? [] : [`In the models (${program.title} compares them with the database), what it cannot see: ${check.blindTo}.`];
	const notChecked = [...head.notChecked, ...blind];
	if (head.changes.length === 0) return {
		models: null,
		notChecked
	};
	const base = baseIsEmpty ? nothing$1 : await answerOf$1(program, check, "base", copyOf);
	const before = new Set(typeof base === "string" ? [] : base.changes.map(keyOf$1));
	return {
		models: {
			asked: check.asked,
			makes: check.makes,
			needsDatabase: check.needsDatabase,
			fresh: head.changes.filter((change) => !before.has(keyOf$1(change))),
			known: head.changes.filter((change) => before.has(keyOf$1(change))),
			base: typeof base === "string" ? null : "asked"
		},
		notChecked
	};
}
const nothing$1 = {
	declares: false,
	changes: [],
	notChecked: []
};
const keyOf$1 = ({ where, says, code }) => JSON.stringify([
	where,
	says,
	code
]);
/** The answer, or why there is none. */
async function answerOf$1(program, check, side, copyOf) {
	if (check.needsDatabase && copyOf === null) return "there was no database to ask.";
	try {
		try {
			var _usingCtx$8 = _usingCtx();
			const workspace = _usingCtx$8.a(await openWorkspace(program, side));
			const copied = copyOf === null ? null : await copyFor(copyOf, side);
			if (typeof copied === "string") return copied;
			const copy = _usingCtx$8.a(copied);
			const { ended, answer } = await workspace.ask(copy?.connection ?? null, check.call);
			if (ended.code !== 0 || answer === null) {
				const how = ended.code === null ? "did not end in time" : `ended with ${ended.code}`;
				return `the question (as ${check.asked} asks it) ${how}. Its last lines: ${lastLines(ended.output, 4, 600)}`;
			}
			return answerShape.parse(JSON.parse(answer));
		} catch (_) {
			_usingCtx$8.e = _;
		} finally {
			await _usingCtx$8.d();
		}
	} catch (error) {
		if (error instanceof Undecided) return error.message;
		if (error instanceof SyntaxError || error instanceof ZodError) return "what came back cannot be read.";
		throw error;
	}
}
/** A copy, or why there is none: a command may have left somebody connected. */
async function copyFor(copyOf, side) {
	try {
		return await copyOf(side);
	} catch (error) {
		return `the database cannot be copied: ${error instanceof Error ? error.message : String(error)}.`;
	}
}
// src/run/declared.ts
/** What dumps are made without, or what belongs to the server. */
const notDeclared = /* @__PURE__ */ new Set([
	"role",
	"role-membership",
	"setting",
	"owner",
	"privilege",
	"default-privilege"
]);
/** Roles, owners and privileges are in no such file, and no migration changes the order of columns. */
function compared(file, made, declared) {
	const nothing = {
		file,
		differences: [],
		diff: "",
		failure: null
	};
	const isMeant = ({ type, orderOnly }) => !notDeclared.has(type) && orderOnly !== true;
	const found = diff(made, declared, "name").filter(isMeant);
	if (found.length === 0) return nothing;
	const text = schemaDiff$1(made, declared, "name").map(({ object, diff: lines }) => `@@ ${object} @@\n${lines}`).join("\n");
	return {
		...nothing,
		differences: found,
		diff: text
	};
}
/**
* Runs a dump on an empty server of its own and compares the schema by name with what the migrations have made.
*
* @param input as for the migrations; their files are left out of it
*/
async function compareDeclared(input, dump, made) {
	try {
		try {
			var _usingCtx$7 = _usingCtx();
			const rehearsal = _usingCtx$7.a(await rehearse({
				...input,
				existing: false,
				baseline: {
					file: dump.file,
					sql: dump.sql,
					version: "",
					trusted: false
				},
				checkDown: false,
				checkRerun: false,
				base: [],
				pending: [],
				fresh: null,
				program: null,
				newHooks: [],
				hooks: {
					base: [],
					head: []
				}
			}));
			return compared(dump.file, made, rehearsal.after);
		} catch (_) {
			_usingCtx$7.e = _;
		} finally {
			await _usingCtx$7.d();
		}
	} catch (error) {
		if (!(error instanceof Undecided) || error.reason !== "base-does-not-apply") throw error;
		return {
			file: dump.file,
			differences: [],
			diff: "",
			failure: error.message
		};
	}
}
/**
* Compares a file in the tool's own language with what the tool would write of the migrated database: both are loaded by the
* tool, so that what such a file cannot say is missing from both. Files that are equal are not loaded.
*
* @returns a sentence where it could not be compared
*/
async function compareSchemaFile(input, program, schema, declared, copyOf) {
	const { file, text, side } = declared;
	try {
		try {
			var _usingCtx3 = _usingCtx();
			const workspace = _usingCtx3.a(await openWorkspace(program, side));
			const copied = await copyFor(copyOf, side);
			if (typeof copied === "string") return copied;
			const written = await askOn(copied, (connection) => workspace.ask(connection, schema.dump));
			if (written.ended.code !== 0 || written.answer === null) return `${program.title} could not write it: ${said(written)}`;
			const same = {
				file,
				differences: [],
				diff: "",
				failure: null
			};
			if (schema.withoutVersion(written.answer).trim() === schema.withoutVersion(text).trim()) return same;
			const begin = await start(input, [], []);
			const shadow = _usingCtx3.a(begin.shadow);
			await prepare(shadow, input);
			const other = _usingCtx3.a(await shadow.copy());
			const ours = workspace.place(`.migration-gate-schema${schema.extension}`);
			await writeFile(ours, written.answer);
			const reference = await workspace.ask(other.connection, (project) => schema.load(project, ours));
			if (reference.ended.code !== 0) return `what ${program.title} writes does not load: ${said(reference)}`;
			const loaded = await workspace.ask(shadow.connection, (project) => schema.load(project, workspace.place(file)));
			if (loaded.ended.code !== 0) return {
				...same,
				failure: `${program.title} cannot load it: ${said(loaded)}`
			};
			return compared(file, await snapshotOf(other.admin, input.tool), await snapshotOf(shadow.admin, input.tool));
		} catch (_) {
			_usingCtx3.e = _;
		} finally {
			await _usingCtx3.d();
		}
	} catch (error) {
		if (error instanceof Undecided) return error.message;
		throw error;
	}
}
/** Closes a copy after one question. */
async function askOn(copy, ask) {
	try {
		var _usingCtx4 = _usingCtx();
		return await ask(_usingCtx4.a(copy).connection);
	} catch (_) {
		_usingCtx4.e = _;
	} finally {
		await _usingCtx4.d();
	}
}
const said = ({ shown, ended }) => `${shown} ${ended.code === null ? "did not end in time" : `ended with ${ended.code}`}. Its last lines: ${lastLines(ended.output, 12, 1200)}`;
/** Is everything that is wrong with head's file wrong with base's as well? */
function isKnown(head, base) {
	const key = ({ change, type, name, before, after }) => JSON.stringify([
		change,
		type,
		name,
		before,
		after
	]);
	const before = new Set(base.differences.map(key));
	return head.differences.every((difference) => before.has(key(difference))) && (head.failure === null || base.failure !== null) && (head.lag == null || base.lag != null);
}
// src/run/declared-parts.ts
/** Kinds that are compared inside of a table that the file declares. */
const inTables = /* @__PURE__ */ new Set([
	"column",
	"constraint",
	"index"
]);
/**
* Compares what a file declares with what one side's migrations have made. The file's parts are made on a copy of that
* database, in place of its tables, so that the server itself writes both in the same words. What the file has no part
* for (tables of its own kind, functions, triggers) is not looked at.
*
* @returns a sentence where it could not be compared
*/
async function compareParts(tool, file, parts, made, copyOf, side) {
	try {
		var _usingCtx$6 = _usingCtx();
		const copied = await copyFor(copyOf, side);
		if (typeof copied === "string") return copied;
		const copy = _usingCtx$6.a(copied);
		const refused = await build(copy.connection, parts, tool.bookkeeping.schemas ?? []);
		if (typeof refused === "string") return refused;
		const found = changes(made, await snapshotOf(copy.admin, tool), parts, new Set(refused.flatMap(({ name }) => name === null ? [] : [asCut(name)])));
		return {
			file,
			differences: found,
			diff: found.map(({ type, name, before, after }) => [
				`@@ ${type} ${name} @@`,
				...signed("-", before),
				...signed("+", after)
			].join("\n")).join("\n"),
			failure: null,
			onlyMore: found.every(({ change }) => change === "removed"),
			notCompared: refused.length === 0 ? [] : [`In ${file}, what the server did not take: ${refused.slice(0, 5).map(({ type, name }) => `${type} ${name ?? "(primary key)"}`).join(", ")}${refused.length > 5 ? `, and ${refused.length - 5} more` : ""}.`]
		};
	} catch (_) {
		_usingCtx$6.e = _;
	} finally {
		await _usingCtx$6.d();
	}
}
/** The server cuts the last part of a name. */
function asCut(name) {
	const last = name.lastIndexOf(".") + 1;
	return name.slice(0, last) + Buffer.from(name.slice(last)).subarray(0, 63).toString("utf8");
}
const signed = (sign, text) => text === null ? [] : text.split("\n").map((line) => `${sign}${line}`);
/** Takes away what the migrations have made of the same kinds, and makes the parts. */
async function build(connection, parts, own) {
	const client = new esm_default.Client({ ...connection });
	client.on("error", () => {});
	await client.connect();
	try {
		const { rows } = await client.query(emptying, [own]);
		for (const { drop } of rows) await client.query(drop);
		const refused = [];
		for (const part of parts) {
			if (await runsOne(client, part.sql)) continue;
			refused.push(part);
			if (part.instead !== void 0) await runsOne(client, part.instead);
		}
		return refused;
	} catch (error) {
		return `a copy of the database could not be made empty: ${error instanceof Error ? error.message : String(error)}.`;
	} finally {
		await client.end();
	}
}
/** Relations and enums that belong to no extension. Sequences of columns go with their tables. */
const emptying = `SELECT format('DROP %s IF EXISTS %I.%I CASCADE', kind, nspname, name) AS drop FROM (
  SELECT CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END AS kind,
         relnamespace AS namespace, relname AS name, oid, 'pg_class'::regclass AS class, 1 AS turn
  FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
  UNION ALL
  SELECT 'TYPE', typnamespace, typname, oid, 'pg_type'::regclass, 2 FROM pg_type WHERE typtype = 'e'
) AS made JOIN pg_namespace ON pg_namespace.oid = namespace
WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' AND nspname <> ALL ($1)
  AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = class AND objid = made.oid AND deptype IN ('e', 'i'))
ORDER BY turn, kind = 'SEQUENCE', name`;
/** Runs the first of some statements that the server takes; each is one statement, whatever stands in it. */
async function runsOne(client, statements) {
	for (const text of statements) try {
		await client.query({
			text,
			queryMode: "extended"
		});
		return true;
	} catch (error) {
		if (!(error instanceof esm_default.DatabaseError)) throw error;
	}
	return false;
}
/** The differences that matter, from what is made to what is declared. */
function changes(made, declared, parts, unread) {
	const named = (type) => parts.flatMap((part) => part.type === type && part.name !== null ? [part.name] : []);
	const tables = named("table").filter((name) => !unread.has(name));
	const added = [...tables, ...named("type")].flatMap((name) => {
		const object = declared.byName("table", name) ?? declared.byName("type", name);
		if (object === void 0 || unread.has(name)) return [];
		const before = made.byName(object.type, name);
		if (before === void 0) return [change("added", object.type, name, null, object.definition)];
		if (object.type === "table" || hasAll(before, object)) return [];
		return [change("altered", object.type, name, before.definition, object.definition)];
	});
	const shared = new Set(tables.filter((name) => made.byName("table", name) !== void 0));
	const before = partsOf(made, shared);
	const after = partsOf(declared, shared);
	const inside = [.../* @__PURE__ */ new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
		const [old, now] = [before.get(key), after.get(key)];
		const object = now ?? old;
		if (object === void 0) return [];
		const name = `${object.container}.${object.local}`;
		if (unread.has(name)) return [];
		if (old === void 0) return [change("added", object.type, name, null, object.definition)];
		if (now === void 0) return [change("removed", object.type, name, old.definition, null)];
		return essence(old) === essence(now) ? [] : [change("altered", object.type, name, old.definition, now.definition)];
	});
	return [...added, ...inside];
}
const change = (kind, type, name, before, after) => ({
	change: kind,
	type,
	name,
	previousName: null,
	before,
	after,
	impact: "none",
	dataLoss: false
});
/** No migration can take a value away, or put it elsewhere: that is no difference. */
const hasAll = (before, after) => after.members.every(({ name }) => before.members.some((member) => member.name === name));
/** By what is the same in both: names, but of a primary key that it is the one. */
function partsOf(catalog, tables) {
	return new Map(catalog.objects.filter(({ type, container }) => inTables.has(type) && tables.has(container)).map((object) => [JSON.stringify([
		object.type,
		object.container,
		object.facts.kind === "primary-key" ? null : object.local
	]), object]));
}
/** What of an object is compared: not how it is stored, nor whether it was validated, nor in which casts it is written. */
function essence({ type, facts, comparable }) {
	if (type === "constraint") return plain(String(facts.clause));
	if (type === "index") return plain(comparable);
	const { dataType, notNull, identity, generationExpression, default: value } = facts;
	const number = String(value).startsWith("nextval(") ? "nextval" : plain(String(value));
	return JSON.stringify([
		dataType,
		notNull,
		identity,
		plain(String(generationExpression)),
		number
	]);
}
/** An expression without casts, brackets and spaces: after a change of type the server keeps writing the former casts. */
const plain = (expression) => expression.replace(/ NOT VALID$/, "").split(/('(?:[^']|'')*')/).map((part, index) => index % 2 === 1 ? part.replace(/^'(-?[\d.]+)'$/, "$1") : part.replace(/::(?:"[^"]+"|[a-z_][\w.]*)(?:\.(?:"[^"]+"|\w+))?(?: (?:varying|precision|with(?:out)? time zone))*(?:\([\d, ]+\))?(?:\[\])*/gi, "").replace(/[()\s]/g, "")).join("");
// src/run/schema-comparison.ts
/**
* Lets the project's own tool lay its schema beside the migrated database. Base is asked only where head differs, and what
* base lacks as well is no part of the answer, unless it is all there is.
*
* @param base null: base declares none
* @returns a sentence where it could not be compared
*/
async function compareByTool(program, comparison, copyOf, head, base) {
	await loadParser();
	const found = await answerOf(program, comparison, copyOf, head);
	if (typeof found === "string") return found;
	const same = {
		file: head.schema,
		differences: [],
		diff: "",
		failure: null
	};
	if (found.statements.length === 0) return same;
	const before = base === null ? null : await answerOf(program, comparison, copyOf, base);
	if (typeof before === "string") return `it is not, and whether that is so in base as well could not be asked: ${before}`;
	const known = new Set(before?.statements.flatMap(({ keys }) => keys));
	const fresh = found.statements.filter(({ keys }) => keys.some((key) => !known.has(key)));
	const told = fresh.length === 0 ? found.statements : fresh;
	return {
		...same,
		known: fresh.length === 0,
		missing: {
			asked: comparison.asked,
			makes: comparison.makes,
			absorbs: comparison.absorbs,
			sql: told.map(({ sql }) => sql),
			lacking: told.some(({ lacking }) => lacking),
			others: found.statements.length - told.length
		}
	};
}
async function answerOf(program, comparison, copyOf, { side, schema, made }) {
	try {
		try {
			var _usingCtx$5 = _usingCtx();
			const workspace = _usingCtx$5.a(await openWorkspace(program, side));
			const copied = await copyFor(copyOf, side);
			if (typeof copied === "string") return copied;
			const copy = _usingCtx$5.a(copied);
			const { ended, answer } = await workspace.ask(copy.connection, (project, to) => comparison.call(project, schema, to));
			if (ended.code !== 0 || answer === null) {
				const how = ended.code === null ? "did not end in time" : "failed";
				return `${comparison.asked} ${how}. Its last lines: ${lastLines(ended.output, 12, 1200)}`;
			}
			const { statements, error } = parseFile(answer);
			if (error !== null) return `what ${comparison.asked} printed cannot be read: ${error.message}.`;
			return { statements: statements.flatMap(({ node, sql }) => missing(node, sql, made)) };
		} catch (_) {
			_usingCtx$5.e = _;
		} finally {
			await _usingCtx$5.d();
		}
	} catch (error) {
		if (error instanceof Undecided) return error.message;
		throw error;
	}
}
/** One statement, without what no migration could do. */
function missing(node, sql, made) {
	const [kind = "", body = {}] = Object.entries(node)[0];
	const parts = kind === "AlterTableStmt" ? body.cmds ?? [] : [];
	if (parts.length === 0) return [{
		sql,
		keys: [keyOf(node)],
		lacking: !removing.has(kind)
	}];
	const real = parts.filter((part) => !isGenerated(body, part, made));
	if (real.length === 0) return [];
	const about = {
		kind,
		relation: body.relation
	};
	return [{
		sql,
		keys: real.map((part) => keyOf({
			about,
			part
		})),
		lacking: real.some((part) => !String(subtypeOf(part)).startsWith("AT_Drop"))
	}];
}
/** The database is to have less, or the same under another name. */
const removing = /* @__PURE__ */ new Set(["DropStmt", "RenameStmt"]);
const subtypeOf = (part) => part.AlterTableCmd?.subtype;
/** Prisma takes the expression of a generated column for a default, and its schema has no word for one: nobody could drop it. */
function isGenerated(body, part, made) {
	const command = part.AlterTableCmd;
	const { schemaname = "public", relname } = body.relation ?? {};
	if (command?.subtype !== "AT_ColumnDefault" || command.def !== void 0) return false;
	const column = made.byName("column", `${schemaname}.${relname}.${command.name}`);
	return column !== void 0 && column.facts.generated !== null;
}
const keyOf = (tree) => JSON.stringify(tree, (key, value) => key === "location" ? void 0 : value);
// src/check/inputs.ts
/** Each tree is read where it has the directory; those that are one and the same, once. */
async function historiesOf(tool, { path, basePath = path }, trees) {
	const read = /* @__PURE__ */ new Map();
	const historyOf = (tree) => {
		const history = read.get(tree) ?? tool.history(tree, tree.under(treePath(path)).length > 0 ? path : basePath);
		read.set(tree, history);
		return history;
	};
	const [base, branch, head, mergeBase] = await Promise.all([
		historyOf(trees.base),
		historyOf(trees.branch),
		historyOf(trees.head),
		trees.mergeBase === null ? null : historyOf(trees.mergeBase)
	]);
	return {
		base,
		branch,
		head,
		mergeBase
	};
}
/** What the newest release has, where that is what counts as applied. */
async function releaseOf(tool, { path, basePath = path }, appliedRef, trees) {
	if (appliedRef === null) return {
		ref: "",
		history: null,
		notes: []
	};
	const tree = await trees.release(appliedRef);
	if (tree === null) return {
		ref: appliedRef,
		history: null,
		notes: [`Nothing is called ${appliedRef} (applied-ref), so that everything of base counts as applied.`]
	};
	const directory = [path, basePath].find((one) => tree.under(treePath(one)).length > 0);
	const history = directory === void 0 ? {
		migrations: [],
		notes: []
	} : await tool.history(tree, directory);
	return {
		ref: tree.ref,
		history,
		notes: [`What ${tree.ref} has counts as applied (applied-ref): ${history.migrations.length} migrations.`]
	};
}
async function textOf(tree, file) {
	const content = (await tree.read([file])).get(file);
	if (content !== void 0) return content.toString("utf8");
	throw new Undecided("invalid-configuration", `The declared schema ${file} does not exist in head.`, { place: { file } });
}
/** How long one command of a tool may run. */
const COMMAND_LIMIT_MS = 6e5;
/** How the tool's own command is run, where its migrations are programs. */
const programOf = async (tool, database, trees) => tool.command === void 0 ? null : askedProgram(tool, database, trees);
/** How the project's own copy of a tool is asked, also of one whose migrations the gate applies itself. */
async function askedProgram(tool, { path, basePath = path, command }, { root, base, head }) {
	return {
		adapter: tool.command ?? onlyAsked,
		title: tool.title,
		base,
		head,
		path: treePath(path),
		basePath: treePath(basePath),
		installedIn: root,
		applyCommand: command.apply,
		baseSetupCommand: command.baseSetup,
		environment: command.environment,
		limitMs: COMMAND_LIMIT_MS
	};
}
const onlyAsked = {
	up: () => ({ missing: "Its migrations are files, which the gate applies." }),
	recorded: () => null
};
// src/check/declared.ts
/** What the config names, else where the tool keeps one. Null: there is none, or nobody wants to hear of it. */
async function declaredFileOf(tool, { path, basePath = path, declaredSchema }, { base, head }, rules, installedIn) {
	if (declaredSchema != null) {
		const before = base.get(declaredSchema);
		const changed = head.get(declaredSchema)?.oid !== before?.oid;
		return {
			file: declaredSchema,
			baseFile: before === void 0 ? null : declaredSchema,
			asked: true,
			changed,
			comparable: true
		};
	}
	if (tool.declaredFile === void 0 || rules["declared-schema-differs"] === "off") return null;
	const file = await tool.declaredFile(head, path);
	if (file === null) return null;
	const baseFile = await tool.declaredFile(base, basePath);
	const changed = baseFile === null || stateOf(head, file) !== stateOf(base, baseFile);
	const { schemaComparison: comparison } = tool;
	return {
		file,
		baseFile,
		asked: false,
		changed,
		comparable: comparison === void 0 || andAbove(treePath(path)).some((folder) => existsSync(join(installedIn, within$1(folder, `node_modules/.bin/${comparison.program}`))))
	};
}
/** Equal for files and folders of equal content. */
const stateOf = (tree, path) => tree.get(path)?.oid ?? tree.under(path).map(({ path: inside, oid }) => `${inside.slice(path.length)} ${oid}`).join("\n");
/** Compares the declared schema with what the migrations have made; base's only where head's differs. */
async function declaredOf(input) {
	const { declared: { file, baseFile, asked, changed, comparable }, tool: { schemaComparison }, migrates, rehearsal } = input;
	if (!comparable) {
		const suspect = changed !== migrates;
		const why = `${input.tool.title} is not installed in the checkout, and is asked where it is (\`npm ci\` before this step).`;
		return {
			declared: null,
			notChecked: suspect ? [notCompared(file, why)] : []
		};
	}
	if (rehearsal === null) return {
		declared: null,
		notChecked: []
	};
	if (!asked && schemaComparison !== void 0) {
		if (rehearsal.copyOf === void 0) return {
			declared: null,
			notChecked: []
		};
		const found = await compareByTool(await input.program(), schemaComparison, rehearsal.copyOf, {
			side: "head",
			schema: file,
			made: rehearsal.after
		}, baseFile === null ? null : {
			side: "base",
			schema: baseFile,
			made: rehearsal.before
		});
		if (typeof found === "string") return {
			declared: null,
			notChecked: [notCompared(file, found)]
		};
		return {
			declared: found,
			notChecked: []
		};
	}
	const head = await oneSide(input, rehearsal, file, "head");
	if (typeof head === "string") return {
		declared: null,
		notChecked: [notCompared(file, head)]
	};
	const partly = head.notCompared ?? [];
	if (head.differences.length === 0 && head.failure === null && head.lag == null || baseFile === null) return {
		declared: head,
		notChecked: partly
	};
	const base = await oneSide(input, rehearsal, baseFile, "base");
	if (head.mend !== void 0 && head.lag != null && typeof base !== "string" && base.lag != null) return {
		declared: null,
		notChecked: []
	};
	const known = typeof base !== "string" && isKnown(head, base);
	if (known && head.failure !== null && !asked) return {
		declared: null,
		notChecked: [notCompared(file, head.failure)]
	};
	return {
		declared: {
			...head,
			known
		},
		notChecked: partly
	};
}
const notCompared = (file, why) => `Whether ${file} is what the migrations make: ${why}`;
async function oneSide({ tool, trees, histories, ...parts }, rehearsal, file, side) {
	const input = await parts.input();
	const text = await textOf(trees[side], file);
	const made = side === "head" ? rehearsal.after : rehearsal.before;
	if (tool.declaredParts !== void 0 && !parts.declared.asked) {
		const path = side === "head" ? parts.path : parts.basePath;
		const declares = await tool.declaredParts.of(trees[side], path);
		if (declares === null) return "it has a form that is not read here.";
		if (rehearsal.copyOf === void 0) return "there was no database to make it on.";
		const found = await compareParts(tool, file, declares, made, rehearsal.copyOf, side);
		if (typeof found === "string") return found;
		const lag = await tool.declaredParts.lag(trees[side], path);
		return {
			...found,
			lag,
			mend: tool.declaredParts.mend
		};
	}
	const schema = tool.command?.schemaFile;
	const { program } = input;
	const versions = histories[side].migrations.map(({ version }) => version);
	const lag = schema?.lag(text, versions) ?? null;
	if (schema !== void 0 && program !== null && file.endsWith(schema.extension)) {
		if (rehearsal.copyOf === void 0) return "there was no database to ask.";
		const found = await compareSchemaFile(input, program, schema, {
			file,
			text,
			side
		}, rehearsal.copyOf);
		return typeof found === "string" ? found : {
			...found,
			lag
		};
	}
	return {
		...await compareDeclared(input, {
			file,
			sql: text
		}, made),
		lag
	};
}
// src/history/half-way.ts
/** So many names are read. */
const named = 5;
/**
* What stays of a migration that stops half-way, from how its statements were seen to commit.
*
* @param previous the migration before it, for tools that are set back to it
*/
function halfWay(tool, migration, trace, previous) {
	if (!trace.ran || trace.statements.length === 0) return null;
	const { next, rerun, finish, unlock } = recoveryOf(tool);
	const kept = trace.statements.filter(({ inTransaction }) => !inTransaction);
	const whole = trace.transaction === "single" || kept.length === 0 && trace.transaction !== "own";
	const killed = unlock === void 0 ? [] : ["# after a deploy that was killed:", unlock];
	const back = rerun(migration, previous);
	if (whole || trace.statements.length === 1 && !waits(trace.statements[0])) return {
		leaves: `Nothing ${migration.transaction === "shared" ? "of this and every other migration of the deploy" : "of it"} stays: the server takes it back. The application that runs now still fits; the new one must not start.`,
		next,
		commands: [...back, ...killed]
	};
	const done = finish(migration, previous);
	const commands = [
		...back.length === 0 ? [] : ["# to run it again, after what it left was taken back by hand:", ...back],
		...done.length === 0 ? [] : ["# to count it as applied, after what it lacks was done by hand:", ...done],
		...killed
	];
	return {
		leaves: `${leavesOf(trace)} ${fitting(trace)}`,
		next,
		commands
	};
}
/** Which version of the application pairs with the schema that is left. */
function fitting({ statements }) {
	return statements.slice(0, -1).some(takesAway) ? "The application that runs now may miss what is gone already, and the new one what is to come: neither fits until it is finished or taken back." : "The application that runs now finds all it had; the new one fits only once the migration is through.";
}
/** Dropped, renamed or retyped: what code that knows the old schema trips over. */
function takesAway({ dropped, node }) {
	if (dropped.length > 0) return true;
	if (node === null) return false;
	if ("RenameStmt" in node || "AlterObjectSchemaStmt" in node) return true;
	if (!("AlterTableStmt" in node)) return false;
	return (node.AlterTableStmt.cmds ?? []).some((cmd) => "AlterTableCmd" in cmd && ["AT_DropColumn", "AT_AlterColumnType"].includes(cmd.AlterTableCmd.subtype ?? ""));
}
function leavesOf({ transaction, statements }) {
	const how = transaction === "own" ? "The file ends transactions of its own: what it has committed before the statement that fails stays" : "Each statement commits by itself: what stands before the one that fails stays";
	const before = statements.slice(0, -1);
	const names = (pick) => [...new Set(before.flatMap((one) => pick(one).map(({ name }) => name)))];
	const parts = [
		...listed("made", names(({ created }) => created)),
		...listed("dropped", names(({ dropped }) => dropped)),
		...before.some(({ rowsWritten }) => (rowsWritten ?? 0) > 0) ? ["rows written"] : []
	];
	return `${how}${parts.length === 0 ? "" : `, at most ${parts.join("; ")}`}.${statements.some(waits) ? " What CONCURRENTLY was building is left as an INVALID index, to be dropped before the next try." : ""}`;
}
const waits = (statement) => statement?.source === "documented" && /\bconcurrently\b/i.test(statement.sql);
function listed(verb, names) {
	if (names.length === 0) return [];
	const more = names.length > named ? ` and ${names.length - named} more` : "";
	return [`${verb} ${names.slice(0, named).join(", ")}${more}`];
}
// src/check/half-way.ts
/** What stays of a migration that fails half-way, and how to go on. */
function halfWayOf(tool, head, pending, trace) {
	const migration = pending.find(({ file, version }) => file === trace.file && version === trace.version);
	if (migration === void 0) return null;
	const place = head.migrations.findIndex(({ identity }) => identity === migration.identity);
	return halfWay(tool, migration, trace, head.migrations[place - 1] ?? null);
}
// src/history/deployments.ts
const commands = [
	{
		pattern: /\bprisma\s+db\s+push\b[^\n"'&|;]*/,
		why: "prisma db push makes the database like schema.prisma and runs no migration: what was checked here is not what happens."
	},
	{
		pattern: /\bprisma\s+migrate\s+(?:dev|reset)\b[^\n"'&|;]*/,
		why: "prisma migrate dev and reset are for a developer’s machine: they may empty the database. A deployment calls prisma migrate deploy."
	},
	{
		pattern: /\bdrizzle-kit\s+push\b[^\n"'&|;]*/,
		why: "drizzle-kit push makes the database like the schema in the code and runs no migration: what was checked here is not what happens."
	},
	{
		pattern: /--accept-data-loss\b/,
		why: "--accept-data-loss drops columns and tables that hold rows without asking."
	},
	{
		pattern: /\b(?:rails|rake)\s+db:(?:schema:load|reset|drop)\b/,
		why: "db:schema:load, db:reset and db:drop throw away what the database holds."
	},
	{
		pattern: /\bsupabase\s+db\s+reset\b[^\n"'&|;]*--linked\b/,
		why: "supabase db reset --linked throws away what the remote database holds."
	}
];
/** What runs migrations, of any tool. */
const migrating = /\b(?:prisma\s+migrate\s+deploy|drizzle-kit\s+migrate|(?:rails|rake)\s+db:(?:migrate|prepare)|alembic\s+(?:\S+\s+\S+\s+)?upgrade|manage\.py\s+migrate|knex\s+migrate:latest|typeorm(?:-ts-node-\w+)?\s+migration:run|sequelize(?:-cli)?\s+db:migrate|kysely\s+migrate(?::|\s+)latest|mikro-orm\s+migration:up|node-pg-migrate\s+up|graphile-migrate\s+migrate|dbmate\s+(?:up|migrate)|flyway\s+(?:\S+\s+)*migrate|liquibase\s+(?:\S+\s+)*update|sqlx\s+migrate\s+run|diesel\s+migration\s+run|atlas\s+migrate\s+apply|ecto\.migrate)\b/;
/** What starts an application behind it. */
const starting = /(?:&&|;|\n)\s*(?:exec\s+)?(?:node|npm|npx|pnpm|yarn|bun|deno|next|python3?|gunicorn|uvicorn|daphne|celery|puma|bundle|bin\/rails|rails|java|mix|\.\/|\/|"\$@"|\$@)/;
/** More than this is no workflow that anybody wrote. */
const longest = 2e5;
/**
* Lines of workflows that deploy, of images and of start scripts that head has and base has not.
*/
async function looseDeployments(base, head) {
	const paths = head.entries.filter(({ path, oid, mode }) => mode.startsWith("100") && isDeployment(path) && base.get(path)?.oid !== oid).slice(0, 100).map(({ path }) => path);
	if (paths.length === 0) return [];
	const [before, now] = await Promise.all([base.read(paths), head.read(paths)]);
	return paths.flatMap((path) => {
		const text = now.get(path)?.toString("utf8") ?? "";
		if (text.length > longest) return [];
		const known = new Set((before.get(path)?.toString("utf8") ?? "").split("\n").map((line) => line.trim()));
		return linesOf(path, text).flatMap(({ line, content }) => known.has(content.trim()) ? [] : found(path, line, content, startOf(path, text, line)));
	});
}
const isDeployment = (path) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path) || /(?:^|\/)(?:Dockerfile[^/]*|[^/]+\.Dockerfile|Procfile|fly\.toml|render\.ya?ml|railway\.(?:json|toml)|vercel\.json|package\.json)$/.test(path) || /(?:^|\/)(?:[\w.-]*(?:start|entrypoint|deploy|release)[\w.-]*)\.sh$/.test(path);
const atBoot = "Every instance that starts runs it: several at once wait for each other, a health check kills the one that takes long, and a restart runs it at an hour that nobody chose. Run migrations as one step before the new version starts.";
/** The text in which the application would start after this line: the rest of a script, else the line. */
function startOf(path, text, line) {
	const lines = text.split("\n").slice(line - 1);
	if (path.endsWith(".sh")) return lines.join("\n");
	const [first = ""] = lines;
	return path.endsWith("package.json") || /^\s*(?:CMD|ENTRYPOINT)\b/i.test(first) || /^\s*(?:web|worker)\s*:/.test(first) || /start_?command/i.test(first) ? first : "";
}
/** Scripts of package.json that a deployment runs. */
const deployScript = /^\s*"(?:(?:pre|post)?(?:start|deploy|release)(?::[\w-]+)?|vercel-build|heroku-postbuild|start:prod\w*)"\s*:/;
function linesOf(path, text) {
	const lines = text.split("\n").map((content, index) => ({
		line: index + 1,
		content
	}));
	if (path.endsWith("package.json")) return lines.filter(({ content }) => deployScript.test(content));
	if (path.startsWith(".github/workflows/")) {
		const name = /^name:(.*)$/m.exec(text)?.[1] ?? "";
		if (!/deploy|release|production|publish/i.test(`${path} ${name}`)) return [];
	}
	return lines.filter(({ content }) => !/^\s*#/.test(content));
}
function found(file, line, content, start) {
	for (const { pattern, why } of commands) {
		const match = pattern.exec(content.slice(0, 2e3));
		if (match !== null) return [{
			kind: "instead",
			file,
			line,
			command: match[0].trim(),
			why
		}];
	}
	const run = migrating.exec(content.slice(0, 2e3));
	if (run === null || !starting.test(start.slice(0, 2e3))) return [];
	return [{
		kind: "boot",
		file,
		line,
		command: run[0].trim(),
		why: atBoot
	}];
}
// src/rules/code-of.ts
var import_fastest_levenshtein = require_fastest_levenshtein();
/** The fix as code, where the file is a program of a tool that has words for it. */
function codeOf({ tool, migrations }, { file, migration, statement }, { parts }) {
	const { title, words } = tool;
	if (words === void 0 || parts === void 0 || file === null || file.endsWith(".sql")) return {};
	const trace = migrations.find((one) => one.file === file && one.version === migration);
	const kept = statement === void 0 ? null : trace?.statements[statement]?.sql ?? null;
	const code = inToolWords({
		title,
		words
	}, parts, {
		file,
		kept
	});
	return code === null ? {} : { code };
}
/** A call of a program may send several statements, which all stand on its line. */
function isOneOfSeveral({ migrations }, { file, line }) {
	return migrations.filter((migration) => migration.file === file).flatMap(({ statements }) => statements.filter((one) => one.line === line)).length > 1;
}
// src/rules/judge.ts
/** Runs every rule and applies what the user set: severities, accepted findings, ignored migrations. */
function judgements(context, settings) {
	const drafts = [];
	for (const rule of rules) {
		const found = drafts.map(({ draft }) => draft);
		drafts.push(...rule.check(context, found).map((draft) => ({
			rule,
			draft
		})));
	}
	const judged = drafts.filter(({ rule, draft }) => !isIgnored(context, settings, rule, draft));
	const used = /* @__PURE__ */ new Set();
	const findings = judged.flatMap(({ rule, draft }) => {
		const accepted = acceptedBy(settings, rule, draft);
		if (accepted !== void 0) used.add(accepted);
		return finding(context, settings, rule, draft, accepted);
	});
	const comments = aboutComments(context, settings, used).flatMap((draft) => finding(context, settings, unusedAllow, draft, void 0));
	const order = inOrder$3(context);
	return {
		judgements: [...findings, ...comments].sort((left, right) => order(left.finding, right.finding)),
		notJudged: drafts.flatMap((one) => keptQuiet(context, settings, one))
	};
}
/** A finding of more than a notice that there would be, had the settings not switched its rule off or passed its migration over. */
function keptQuiet(context, settings, { rule, draft }) {
	const off = settings.rules[rule.name] === "off";
	if (rule.about === "convention" || !off && !isIgnored(context, settings, rule, draft)) return [];
	const { [rule.name]: set, ...others } = settings.rules;
	const rules = off || set === void 0 ? others : settings.rules;
	const made = finding(context, {
		...settings,
		rules
	}, rule, draft, void 0);
	const { file, migration } = draft;
	const because = off ? "rule-off" : "ignore-migrations-before";
	return made.some(({ finding: { severity } }) => severity !== "notice") ? [{
		rule: rule.name,
		because,
		file,
		migration
	}] : [];
}
function finding(context, settings, rule, draft, accepted) {
	const set = settings.rules[rule.name] ?? (rule.byDefault === "off" ? "off" : void 0);
	if (set === "off") return [];
	const { migration, file, line, endLine, object, title, message, evidence, fix, detail } = draft;
	const own = draft.severity ?? rule.severity;
	const ofTool = isOnOwnTable(draft, context.tool.bookkeeping.relations);
	const size = ofTool ? void 0 : sizeOf(draft, settings.tableStats);
	const made = {
		rule: rule.name,
		severity: rule.noticeOnly === true || ofTool && set === void 0 ? "notice" : set ?? (size === void 0 ? own : severityFor(own, size)),
		database: context.database,
		migration,
		file,
		line,
		endLine,
		...draft.statement !== void 0 && isOneOfSeveral(context, draft) ? { statement: draft.statement } : {},
		object,
		title,
		message: `${message}${ofTool ? ownTable(context) : size === void 0 ? "" : ` In production the table has ${sizeInWords(size)}.`}`,
		evidence,
		size: size ?? null,
		fix: fix === null ? null : fix.proved === void 0 ? {
			sql: fix.sql,
			verified: false,
			...codeOf(context, draft, fix)
		} : {
			sql: fix.sql,
			verified: true,
			heading: fix.proved
		},
		...draft.commands === void 0 || draft.commands.length === 0 ? {} : { commands: draft.commands },
		allowed: accepted === void 0 ? null : {
			reason: accepted.reason,
			file: file ?? "",
			line: accepted.line
		},
		detail: detail ?? null,
		...draft.uses === void 0 || draft.uses.length === 0 ? {} : { uses: draft.uses }
	};
	const { statement } = draft;
	return [{
		finding: made,
		proposal: fix === null || statement == null || file === null ? null : {
			file,
			...migration === null ? {} : { version: migration },
			statement,
			...fix
		},
		unknownSize: ofTool ? null : unknownSize(draft, settings.tableStats) ?? null
	}];
}
const ownTable = ({ tool }) => ` It is ${tool.title}’s own table, with a row for each migration, and nobody but a deploy waits for it.`;
/** What the statements of old migrations do is no news; that one fails or that history changed always is. */
function isIgnored(context, settings, rule, draft) {
	const before = settings.ignoreMigrationsBefore;
	if (before === null || !judgesStatements(rule) || draft.migration === null) return false;
	return sortsBefore(context, draft.migration, before);
}
const judgesStatements = ({ about }) => about === "statement" || about === "convention";
const sortsBefore = ({ tool }, version, before) => tool.order({
	version,
	name: ""
}, {
	version: before,
	name: ""
}) < 0;
function acceptedBy(settings, rule, draft) {
	const comments = (settings.allows.get(draft.file ?? "")?.allows ?? []).filter((allow) => allow.rule === rule.name && (allow.migration ?? draft.migration) === draft.migration);
	return comments.find(({ scope, statementIndex, through }) => scope === "statement" && statementIndex !== null && draft.statement !== void 0 && statementIndex <= draft.statement && draft.statement <= (through ?? statementIndex)) ?? comments.find(({ scope }) => scope === "file" || isAboutFile(rule));
}
function aboutComments(context, settings, used) {
	return [...settings.allows].flatMap(([file, { allows, problems }]) => {
		const traces = context.migrations.filter((migration) => migration.file === file);
		const [trace] = traces;
		const before = settings.ignoreMigrationsBefore;
		if (trace !== void 0 && before !== null && sortsBefore(context, trace.version, before)) return [];
		const known = trace !== void 0 && traces.every(({ ran, error, status }) => ran && error === null && status === "new");
		const place = (line) => ({
			migration: trace?.version ?? null,
			file,
			line,
			endLine: line,
			object: null,
			evidence: null,
			fix: null
		});
		return [...(known ? allows.filter((allow) => !used.has(allow) && wasTried(context, allow)) : []).map((allow) => ({
			...place(allow.line),
			title: `The comment accepts nothing: ${allow.rule} finds nothing ${allow.scope === "file" ? "in this file" : "in this statement"}`,
			message: `Remove it, or put it where it belongs: on the line above the statement that ${allow.rule} is about, or apart at the top of the file.`
		})), ...problems.map((problem) => ({
			...place(problem.line),
			...problemText(problem)
		}))];
	});
}
/** Nothing is known of what the rules on request would find, where nobody asked. */
const wasTried = ({ reversal, rerun }, { rule }) => reversal != null && rerun != null || ruleNamed(rule)?.about !== "reversal";
function problemText({ problem, text }) {
	switch (problem) {
		case "unknown-rule": return {
			title: `The comment accepts nothing: there is no rule ${text}`,
			message: `Did you mean ${(0, import_fastest_levenshtein.closest)(text, ruleNames)}? The form is migration-gate:allow RULE: reason.`
		};
		case "no-reason": return {
			title: `The comment accepts nothing: it gives no reason for ${text}`,
			message: `Write why it is fine here: migration-gate:allow ${text}: reason.`
		};
		case "no-statement": return {
			title: `The comment accepts nothing: no statement comes after it`,
			message: `Put it on the line above the statement that ${text} is about, or apart at the top of the file.`
		};
	}
}
const weights = {
	error: 0,
	warning: 1,
	notice: 2
};
function inOrder$3({ migrations }) {
	const place = new Map(migrations.map(({ file }, index) => [file, index]));
	const at = ({ file }) => place.get(file ?? "") ?? -1;
	return (left, right) => weights[left.severity] - weights[right.severity] || at(left) - at(right) || compare(left.file ?? "", right.file ?? "") || (left.line ?? 0) - (right.line ?? 0) || compare(left.rule, right.rule) || compare(left.object ?? "", right.object ?? "");
}
const compare = (left, right) => left < right ? -1 : left > right ? 1 : 0;
// src/run/not-observed.ts
/** One sentence for each thing that the trace of the new migrations could not see. */
function notObserved(migrations) {
	return migrations.flatMap((migration) => [
		...unknownLocks(migration),
		...hushed(migration),
		...notOneByOne(migration),
		...notParsed(migration)
	]);
}
function unknownLocks({ file, statements }) {
	return statements.filter(({ source }) => source === "unknown").map(({ line }) => `The locks of ${file}:${line}, which commits by itself while it runs.`);
}
function hushed({ file, statements }) {
	return statements.filter(({ source, deaf }) => deaf && source === "observed").map(({ line }) => `What the server says of the work of ${file}:${line}, whose code sets client_min_messages; locks, rewrites and scans were seen.`);
}
function notOneByOne({ file, alike }) {
	return alike.map(({ kind, relation, count, firstLine, lastLine }) => `Each of the ${count} statements ${kind} on ${relation} in lines ${firstLine} to ${lastLine} of ${file}: they ran; the first and the last of their kind were observed.`);
}
function notParsed({ file, ran, error, statements }) {
	if (!ran || error !== null || statements.every(({ node }) => node !== null)) return [];
	return [`The single statements of ${file}: the server accepts it, our parser does not; it was sent whole.`];
}
// src/run/resolve.ts
/**
* The base relation that a name in a statement means, or undefined when the new migrations made what it
* means. Exact, since it asks what the statement has locked: a table that was dropped and made again under the same name is
* not base's, and one that was renamed before still is.
*
* @param schemaname as written, '' or undefined when the name stands alone
*/
function resolveRelation(baseRelations, schemaname, relname, statement) {
	const schemas = schemaname ? [schemaname] : statement.searchPath;
	for (const schema of schemas) {
		const lock = statement.locks.find(({ names }) => names.includes(`${schema}.${relname}`));
		if (lock !== void 0) return baseRelations.find(({ oid }) => oid === lock.oid);
	}
}
// src/sql/allow.ts
const directive = /migration-gate:allow\b[ \t]*([A-Za-z0-9_-]*)[ \t]*(:?)[ \t]*([^\n]*)/g;
/**
* Reads the accepted findings of a migration.
*
* A comment belongs to the statement that begins below it (other comments and blank lines may stand between),
* to the statement that it stands inside of, or to the one that ends before it on the same line. In the head of
* the file, before any statement, one that a blank line separates from the first statement speaks for the whole
* file; so does any comment of a file that cannot be parsed, where nothing is known about statements.
*
* In a program the comments are its language's, and those of the SQL in it. One that stands before any code
* (docstrings aside) speaks for the file.
*
* @param text the file as it stands
* @param sql what is sent of it, on the lines on which the file has it; of a SQL file the text itself
*/
function allowComments(text, ruleNames, language = "sql", sql = text) {
	const allows = [];
	const problems = [];
	if (!text.includes("migration-gate:allow")) return {
		allows,
		problems
	};
	const parsed = parseFile(sql);
	const { statements, error } = parsed;
	const places = language === "sql" ? inSql(sql, parsed) : inProgram(text, language, sql, parsed);
	for (const comment of places.comments) for (const match of comment.text.matchAll(directive)) {
		const [whole, rule = "", colon = "", rest = ""] = match;
		const line = comment.line + (comment.text.slice(0, match.index).match(/\n/g)?.length ?? 0);
		const reason = rest.replace(/(?:\*\/|-->)\s*$/, "").trim();
		if (!ruleNames.includes(rule)) {
			problems.push({
				problem: "unknown-rule",
				line,
				text: rule === "" ? whole.trim() : rule
			});
			continue;
		}
		if (colon === "" || reason === "") {
			problems.push({
				problem: "no-reason",
				line,
				text: rule
			});
			continue;
		}
		if (error !== null || places.isHead(comment, match.index)) {
			allows.push({
				rule,
				reason,
				line,
				scope: "file",
				statementIndex: null
			});
			continue;
		}
		const statementIndex = places.statementOf(comment, line);
		if (statementIndex === -1) {
			if (statements.length === 0) allows.push({
				rule,
				reason,
				line,
				scope: "file",
				statementIndex: null
			});
			else problems.push({
				problem: "no-statement",
				line,
				text: rule
			});
			continue;
		}
		const first = statements[statementIndex];
		const through = statements.findLastIndex((statement) => statement.line === first?.line);
		allows.push({
			rule,
			reason,
			line,
			scope: "statement",
			statementIndex,
			...language === "sql" || through <= statementIndex ? {} : { through }
		});
	}
	return {
		allows,
		problems
	};
}
function inSql(sql, { statements, error }) {
	const scanned = commentsOf(sql);
	const comments = error !== null && scanned.length === 0 ? lineComments(sql) : scanned;
	const first = statements[0];
	const headEnds = first === void 0 ? 0 : startOfBlockAbove(sql, comments, first.start);
	return {
		comments,
		isHead: ({ start }, within) => first !== void 0 && start + within < first.start && start + within < headEnds,
		statementOf({ start }, line) {
			const trailing = statements.findLastIndex((statement) => statement.end <= start && statement.endLine === line);
			return trailing >= 0 ? trailing : statements.findIndex((statement) => statement.end > start);
		}
	};
}
function inProgram(text, language, sql, { statements }) {
	const { comments, codeStart } = sourceComments(text, language);
	const codeLine = lineFinder(text)(codeStart).line;
	const inner = commentsOf(sql).filter(({ line }) => comments.every((comment) => comment.line !== line));
	return {
		comments: [...comments, ...inner],
		isHead: ({ line }) => line < codeLine,
		statementOf(_, line) {
			const here = statements.findLastIndex((statement) => statement.line <= line && statement.endLine >= line);
			return here >= 0 ? here : statements.findIndex((statement) => statement.line > line);
		}
	};
}
/** Where the run of comments begins that reaches down to the statement without a blank line. */
function startOfBlockAbove(sql, comments, statement) {
	let start = statement;
	for (const comment of comments.filter(({ start }) => start < statement).reverse()) {
		if (/\n[ \t\r]*\n/.test(sql.slice(comment.end, start))) break;
		start = comment.start;
	}
	return start;
}
/** For a text that PostgreSQL's scanner cannot read to its end: lines that are comments by themselves. */
function lineComments(sql) {
	const comments = [];
	let start = 0;
	sql.split("\n").forEach((text, index) => {
		const at = text.search(/\S/);
		if (at >= 0 && text.startsWith("--", at)) comments.push({
			start: start + at,
			end: start + text.length,
			line: index + 1,
			text: text.slice(at)
		});
		start += text.length + 1;
	});
	return comments;
}
// src/check/allows.ts
/**
* By the comments of the file's own language; `bytes` are the file's, where we have them.
*
* @param program `sql` is what its tool has sent
*/
function allowsIn(file, sql, bytes, program = false) {
	const language = languageOf(file);
	if (language === "sql" && program && bytes !== null) {
		const { allows, problems } = allowComments(bytes.toString("utf8"), ruleNames);
		return {
			allows: allows.map((allow) => ({
				...allow,
				scope: "file",
				statementIndex: null
			})),
			problems
		};
	}
	if (language === "sql" || bytes === null) return allowComments(sql, ruleNames);
	return allowComments(bytes.toString("utf8"), ruleNames, language, sql);
}
/** What the files of these migrations accept, by file; their downs' files too where those are tried. */
function allowsOf(migrations, checkDown) {
	const found = /* @__PURE__ */ new Map();
	const versions = /* @__PURE__ */ new Map();
	for (const { file, version } of migrations) versions.set(file, (versions.get(file) ?? /* @__PURE__ */ new Set()).add(version));
	for (const { file, sql, bytes, version, program } of new Map(migrations.map((migration) => [`${migration.file}\0${migration.version}`, migration])).values()) {
		const { allows, problems } = allowsIn(file, sql, bytes, program === true);
		const shared = (versions.get(file)?.size ?? 0) > 1;
		const known = found.get(file) ?? {
			allows: [],
			problems: []
		};
		found.set(file, {
			allows: [...known.allows, ...allows.map((allow) => shared ? {
				...allow,
				migration: version
			} : allow)],
			problems: [...known.problems, ...problems]
		});
	}
	for (const { file, bytes, down, program } of checkDown ? migrations : []) {
		if (down == null || program === true) continue;
		const { allows, problems } = allowsIn(down.file, down.sql, down.file === file ? bytes : null);
		const known = found.get(down.file) ?? {
			allows: [],
			problems: []
		};
		found.set(down.file, {
			allows: [...known.allows, ...allows.map((allow) => ({
				...allow,
				scope: "file",
				statementIndex: null
			}))],
			problems: [...known.problems, ...problems]
		});
	}
	return found;
}
/** A file that the tool passes over can say that this is meant. */
async function allowsOfOddities(oddities, head) {
	return [...await head.read(oddities.map(({ file }) => file))].map(([file, bytes]) => [file, allowsIn(file, bytes.toString("utf8"), bytes)]);
}
// src/check/judged.ts
/** Puts what was found about one database before the rules. */
async function judgedOf(input) {
	const { database, config, trees, baseRef, tool, histories, changes, rehearsal, pending, uses } = input;
	const { comparison, base, squash, oddities, hooks, hooked } = changes;
	return judgements({
		database: database.name,
		tool,
		baseRef,
		lockTimeout: config.lockTimeout,
		baseMigrations: base.migrations.map(({ sql }) => sql),
		...input.tidying ? { baseHistory: histories.base } : {},
		postgresMajor: database.postgresMajor,
		historyChanges: comparison.changes,
		migrations: rehearsal?.traced.migrations ?? [],
		before: rehearsal?.before ?? null,
		after: rehearsal?.after ?? null,
		schemaChanges: rehearsal?.schemaChanges ?? [],
		divergence: rehearsal?.divergence ?? [],
		compared: rehearsal?.fresh != null,
		wayOut: input.wayOut,
		declared: notTwice(input.declared, squash, rehearsal, config.rules),
		models: input.models,
		looseDeployments: await looseDeployments(trees.base, trees.head),
		squash: squash === null ? null : {
			...squash,
			accepted: squash.settled === true || isAccepted(config.acceptSquash, database),
			baseFrom: rehearsal?.baseFrom ?? null,
			compared: rehearsal?.fresh != null || rehearsal?.freshFailure != null
		},
		notInSchema: changes.notInSchema,
		freed: {
			ref: input.releaseRef,
			changes: changes.freed
		},
		oddities: oddities.fresh,
		sources: textsOf([...hooks.head, ...pending]),
		freshFailure: rehearsal?.freshFailure ?? null,
		reversal: rehearsal?.reversal ?? null,
		rerun: rehearsal?.rerun ?? null,
		surroundings: rehearsal?.surroundings ?? null,
		uses: (object) => uses.get(object) ?? [],
		resolve: (schemaname, relname, statement) => resolveRelation(rehearsal?.traced.baseRelations ?? [], schemaname, relname, statement)
	}, {
		rules: config.rules,
		ignoreMigrationsBefore: config.ignoreMigrationsBefore,
		tableStats: config.tableStats,
		allows: new Map([...await allowsOfOddities(oddities.fresh, trees.head), ...allowsOf([
			...pending,
			...comparison.edited,
			...hooked
		], config.checkDown)])
	});
}
/** A schema file that does not stand for the migrations that are gone is told once. */
function notTwice(declared, squash, rehearsal, rules) {
	const told = rehearsal !== null && (rehearsal.divergence.length > 0 || rehearsal.freshFailure !== null) && (rules[squashedHistory.name] ?? "error") === "error";
	if (declared === null || squash?.load !== true || !told || declared.file !== squash.into.file) return declared;
	return declared.lag == null ? null : declared;
}
/** What is sent of each file; where several migrations share one, the lines of all. */
function textsOf(parts) {
	const texts = /* @__PURE__ */ new Map();
	for (const { file, sql } of parts) {
		const known = texts.get(file);
		const lines = sql.split("\n");
		const merged = known?.split("\n").map((line, index) => line.trim() === "" ? lines[index] ?? line : line);
		texts.set(file, merged === void 0 ? sql : [...merged, ...lines.slice(merged.length)].join("\n"));
	}
	return texts;
}
// src/check/models.ts
/** Generated code of more than this is no model. In bytes. */
const LARGEST = 1024 ** 2;
/** Does the pull request change what the models say? */
async function modelsTouched(tool, { base, head }, rules) {
	const check = tool.command?.models;
	if (check === void 0 || rules["model-drift"] === "off") return {
		touched: false,
		needsServer: false
	};
	const changed = (from, to) => from.entries.filter(({ path, oid }) => to.get(path)?.oid !== oid).map(({ path }) => path);
	const concerns = async (tree, paths) => [...await tree.read(paths, { largest: LARGEST })].some(([path, bytes]) => check.concerns(path, bytes.toString("utf8")));
	const touched = await concerns(head, changed(head, base)) || await concerns(base, changed(base, head));
	return {
		touched,
		needsServer: touched && check.needsDatabase
	};
}
/** Compares the models with the migrations, where the tool can and there is a reason to. */
async function modelsOf(input) {
	const { tool, rehearsal, touched } = input;
	const nothing = {
		models: null,
		notChecked: []
	};
	const check = tool.command?.models;
	if (check === void 0 || input.rules["model-drift"] === "off" || input.failed) return nothing;
	if (rehearsal === null && !(touched.touched && !check.needsDatabase)) return nothing;
	const program = await input.program();
	if (program === null) return nothing;
	return compareModels(program, check, {
		copyOf: rehearsal?.copyOf ?? null,
		baseIsEmpty: input.baseIsEmpty,
		onProgress: input.onProgress
	});
}
// src/check/not-checked.ts
function unknownSizes(judged) {
	return [...new Set(judged.flatMap(({ unknownSize }) => unknownSize ?? []))].map((table) => `How big ${table} is: the table statistics do not name it.`);
}
/** One sentence for everything that a green verdict does not cover. */
function notChecked(rehearsal, database) {
	if (rehearsal === null) return [];
	return [
		rehearsal.onDataOf === void 0 ? "Data and run time: the shadow is empty, so that only locks, rewrites and scans are known, not how long they take." : "What other sessions would have to wait for: nobody else works on the clone.",
		...database.postgresVersionStated ? [] : [`The Postgres version of production: ${database.postgresMajor} was assumed.`],
		...notObserved(rehearsal.traced.migrations),
		...rehearsal.notChecked
	];
}
// src/run/replaceable.ts
/**
* The lines of a migration's file that SQL can be written over as it stands: they hold the statement and nothing else, and
* what stands there afterwards runs as it was tried. Null where there are none: several statements, or one that refuses
* a transaction, in a file that runs as one transaction.
*
* @param migration the file as git has it; only SQL files can take SQL
*/
function replaceableLines(migration, statement, fix) {
	if (!/\.sql$/i.test(migration.file) || commentsOf(fix).length > 0) return null;
	const { statements, error } = parseFile(fix);
	if (error !== null || statements.length === 0) return null;
	if (statements.length > 1 || /\bCONCURRENTLY\b/i.test(fix)) {
		if (migration.transaction !== "none" || !isSentAlone(migration, statement.sql, statements.length)) return null;
	}
	const { line, endLine, sql } = statement;
	const lines = migration.bytes.toString("utf8").split(/\r?\n/).slice(line - 1, endLine);
	return bare(lines.join("\n")) === bare(sql) ? {
		line,
		endLine
	} : null;
}
/** Where the tool cuts the file itself, a statement's place takes one statement, if it is a message of its own. */
function isSentAlone({ sql, messages }, statement, count) {
	if (messages === void 0) return true;
	return count === 1 && messages.some(({ start, end }) => bare(sql.slice(start, end)) === bare(statement));
}
const bare = (text) => text.replaceAll("\r\n", "\n").trim().replace(/\s*;$/, "");
// src/check/proved.ts
/** A fix is shown as verified when it was tried with success, and not at all when the server refuses it. */
async function proved(judged, pending, rehearsal) {
	const proposals = judged.flatMap(({ proposal }) => proposal ?? []);
	if (rehearsal === null || rehearsal.canTry === false || proposals.length === 0) return judged.map(({ finding }) => finding);
	const { after, tryInstead } = rehearsal;
	const proofs = await prove({
		pending,
		traced: rehearsal.traced.migrations,
		after,
		proposals,
		tryInstead
	});
	return judged.map(({ finding, proposal }) => {
		const proof = proposal === null ? void 0 : proofs.get(proposal);
		if (finding.fix === null || proposal === null || proof === void 0) return finding;
		if (proof === "fails") return {
			...finding,
			fix: null
		};
		const verified = proof === "verified";
		const replaces = verified ? linesFor(proposal, pending, rehearsal) : null;
		const fix = {
			...finding.fix,
			verified
		};
		return {
			...finding,
			fix: replaces === null ? fix : {
				...fix,
				replaces
			}
		};
	});
}
/** The lines of the migration's file that a proved fix can be written over. */
function linesFor(proposal, pending, rehearsal) {
	const { inPlace: sql } = proposal;
	const isMeant = ({ file, version }) => file === proposal.file && (proposal.version === void 0 || version === proposal.version);
	const migration = pending.find(isMeant);
	const statement = rehearsal.traced.migrations.find(isMeant)?.statements[proposal.statement];
	if (sql === void 0 || migration === void 0 || statement === void 0) return null;
	const lines = replaceableLines(migration, statement, sql);
	return lines === null ? null : {
		...lines,
		sql
	};
}
// src/check/rehearsal-input.ts
/** What the shadow is told of one database. */
async function rehearsalInputOf({ database, config, options, trees, baseName, limits, onProgress }, tool, histories, { comparison, base, squash, hooks, newHooks, diverges }) {
	const { head } = histories;
	const [baseLoad, headLoad] = [loadOf(histories.base), loadOf(head)];
	return {
		tool,
		path: database.path,
		shadow: options.shadow,
		cache: options.cache,
		postgresMajor: database.postgresMajor,
		postgresImage: database.postgresImage,
		superuser: config.shadowSuperuser,
		existing: config.shadowData === "existing",
		extensions: database.extensions,
		setup: await setupFiles(database.setup, trees),
		baseline: await baselineFile(database.baseline, trees),
		checkDown: config.checkDown,
		checkRerun: config.checkRerun,
		baseName,
		base: base.migrations,
		pending: comparison.pending,
		fresh: diverges ? head.onEmpty ?? head.migrations : null,
		schemaLoads: baseLoad === null ? null : {
			base: baseLoad,
			head: headLoad,
			perhapsCut: isPerhapsCut(tool, histories.base, comparison.pending)
		},
		freshLoad: squash?.load === true ? squash.into : null,
		hooks,
		program: await programOf(tool, database, trees),
		newHooks,
		mayFail: ({ file }) => isRenamed(comparison.changes, file),
		limits,
		onProgress
	};
}
const loadOf = ({ schemaLoad }) => schemaLoad === void 0 || typeof schemaLoad === "string" ? null : schemaLoad;
const isRenamed = (changes, file) => changes.some((change) => change.kind === "renamed" && change.file === file);
/** Base's version of a setup file is what production has agreed to: only that may run as superuser. */
async function setupFiles(paths, { base, head }) {
	const [fromBase, fromHead] = await Promise.all([base.read(paths), head.read(paths)]);
	return paths.map((file) => {
		const trusted = fromBase.get(file);
		const content = trusted ?? fromHead.get(file);
		if (content === void 0) throw new Undecided("invalid-configuration", `The setup file ${file} exists neither in base nor in head.`, { place: { file } });
		return {
			file,
			sql: content.toString("utf8"),
			trusted: trusted !== void 0
		};
	});
}
/** Base's dump is what production has agreed to; one that only head has is told of. */
async function baselineFile(baseline, { base, head }) {
	if (baseline === null) return null;
	const { file, version } = baseline;
	const trusted = (await base.read([file])).get(file);
	const content = trusted ?? (await head.read([file])).get(file);
	if (content === void 0) throw new Undecided("invalid-configuration", `The baseline ${file} exists neither in base nor in head.`, { place: { file } });
	return {
		file,
		version,
		sql: content.toString("utf8"),
		trusted: trusted !== void 0
	};
}
// src/check/unseen.ts
/** Statements behind an accepted failure were not seen: nobody knows whether they are safe. */
function unseen({ traced }, pending, findings, failOn) {
	const blocks = ({ severity, allowed }) => allowed === null && (severity === "error" || failOn === "warning" && severity === "warning");
	if (failOn === "never" || findings.some(blocks)) return null;
	const failed = traced.migrations.find(({ error, file, version, statements, alike }) => {
		if (error === null) return false;
		const migration = pending.find((one) => one.file === file && one.version === version);
		if (migration?.program === true) return true;
		return alike.reduce((sum, { count }) => sum + count, statements.length) < parseFile(migration?.sql ?? "").statements.length;
	});
	const refused = traced.migrations.find((migration) => migration.refused !== null);
	if (refused?.refused != null) {
		const { line, says } = refused.refused;
		return new Undecided("not-observed", `${refused.file} was accepted although it stops the tool, so that neither it nor what comes after it ran, and what they would do is not known. ${says}`, { place: {
			file: refused.file,
			line
		} });
	}
	const skipped = traced.migrations.find(({ ran }) => !ran);
	const cause = traced.migrations.find(({ error }) => error !== null);
	if (cause === void 0 || failed === void 0 && skipped === void 0) return null;
	const what = skipped === void 0 ? `the rest of ${cause.file}` : skipped.file;
	return new Undecided("not-observed", `${cause.error?.file ?? cause.file} fails on the shadow, which was accepted; so ${what} did not run, and what it would do is not known. Make the migration run on the shadow (extensions: and setup: in .github/migration-gate.yml), or put it last.`, { place: {
		file: cause.error?.file ?? cause.file,
		line: cause.error?.line
	} });
}
/**
* What the tool runs around migrations is no migration: what base has of it as it is, ran and was not observed.
*
* @param observed hooks that are news
*/
function hooksNotObserved(hooks, observed, rehearsal) {
	const files = rehearsal !== null && rehearsal.traced.migrations.length > 0 ? [...new Set(hooks.filter((hook) => !observed.includes(hook)).map(({ file }) => file))] : [];
	if (files.length === 0) return [];
	return [`What the tool runs around the migrations and this pull request does not change (${files.length > 3 ? `${files.slice(0, 3).join(", ")} and ${files.length - 3} more` : files.join(", ")}): it ran, but its locks, rewrites and scans are not observed.`];
}
// src/history/meeting-objects.ts
const nothing = {
	first: [],
	main: [],
	last: []
};
/** SQL that makes an object as it is in a catalog, with everything that is shown in its text. */
function made(catalog, object) {
	if (object.text.place !== "head") return madePart(object, nameOf(catalog, object.containerIdentity));
	if (object.type !== "table") {
		const parts = partsOf$1(catalog, object).map((part) => madePart(part, object.text.sqlName));
		return joined([{
			...nothing,
			main: [wholeText(object)]
		}, ...parts]);
	}
	const parts = partsOf$1(catalog, object);
	const name = object.text.sqlName;
	const inside = parts.filter((part) => part.text.place === "body" && !isForeignKey(part));
	const lines = inside.map((part) => `  ${filled(part, part.text.template, name)}`);
	const table = `${fill(object.text.template, {
		own: name,
		container: name
	})}\n${lines.join(",\n")}\n${tidy(filled(object, object.text.tail, name))}`;
	const details = inside.flatMap((part) => statements(filled(part, part.text.tail, name)));
	return joined([{
		...nothing,
		main: [table, ...details]
	}, ...parts.filter((part) => !inside.includes(part)).map((part) => madePart(part, name))]);
}
/** SQL that makes a part where its table is there already. */
function madePart(part, container) {
	const text = filled(part, part.text.template, container);
	const tail = statements(filled(part, part.text.tail, container));
	switch (part.type) {
		case "column": return {
			...nothing,
			main: [`ALTER TABLE ${container} ADD COLUMN ${text};`, ...tail]
		};
		case "constraint": {
			const statement = `ALTER TABLE ${container} ADD ${text};`;
			return isForeignKey(part) ? {
				...nothing,
				last: [statement, ...tail]
			} : {
				...nothing,
				main: [statement, ...tail]
			};
		}
		case "sequence": {
			const [create = "", owner = ""] = text.replace(/;$/, "").split(/ (?=OWNED BY )/);
			return {
				first: [`${create};`],
				main: [],
				last: owner === "" ? [] : [`ALTER SEQUENCE ${part.text.sqlName} ${owner};`]
			};
		}
		default: return {
			...nothing,
			main: [...statements(text), ...tail]
		};
	}
}
/** The statement that removes an object; null where there is none that is safe to propose. */
function removed(catalog, object) {
	const { sqlName } = object.text;
	const container = nameOf(catalog, object.containerIdentity);
	switch (object.type) {
		case "table":
		case "view":
		case "schema":
		case "domain":
		case "type":
		case "sequence":
		case "extension":
		case "materialized-view": return `DROP ${object.type.replace("-", " ").toUpperCase()} ${sqlName};`;
		case "column": return `ALTER TABLE ${container} DROP COLUMN ${sqlName};`;
		case "constraint": return `ALTER TABLE ${container} DROP CONSTRAINT ${sqlName};`;
		case "trigger":
		case "policy":
		case "rule": return `DROP ${object.type.toUpperCase()} ${sqlName} ON ${container};`;
		case "index": return `DROP INDEX ${(object.scope === null ? void 0 : catalog.byIdentity(object.scope))?.text.sqlName ?? container.slice(0, container.indexOf("."))}.${sqlName};`;
		case "function":
		case "procedure": return `DROP ${object.type.toUpperCase()} ${sqlName}${object.local.slice(object.ownName.length)};`;
		default: return null;
	}
}
const isForeignKey = ({ type, facts }) => type === "constraint" && facts.kind === "foreign-key";
const filled = (object, template, container) => fill(template, {
	own: object.text.sqlName,
	container
});
/** Quoted name of what an object is shown with. */
const nameOf = (catalog, identity) => catalog.byIdentity(identity)?.text.sqlName ?? "";
/** A view, type, function: its own text. The list of an enum ends with a comma there, and notes are no SQL. */
function wholeText(object) {
	const { sqlName, template, tail } = object.text;
	const head = template.replace(/,\n\);$/, "\n);").replaceAll("\0c", () => sqlName);
	return [filled(object, head, sqlName), ...statements(filled(object, tail, sqlName))].join("\n");
}
/** The lines of a text that are statements; the catalog's own notes begin with two dashes. */
const statements = (text) => {
	const kept = tidy(text);
	return kept === "" ? [] : [kept];
};
const tidy = (text) => text.split("\n").filter((line) => !line.startsWith("-- ")).join("\n").trim();
const joined = (all) => ({
	first: all.flatMap(({ first }) => first),
	main: all.flatMap(({ main }) => main),
	last: all.flatMap(({ last }) => last)
});
// src/history/meeting.ts
/** More statements than this are no repair that anybody reads. */
const LONGEST = 60;
/**
* SQL that leads from one schema to another, in an order in which it should run; not tried.
*
* @returns '' when nothing differs but the order of columns, null where a difference has no statement here
*/
function statementsBetween(from, to) {
	const { pairing, differences } = compared$1(from, to, "name");
	const found = differences.filter(({ orderOnly }) => !orderOnly);
	const drops = [];
	const first = [];
	const main = [];
	const last = [];
	const drop = (statement) => {
		if (statement !== null) drops.push(statement);
		return statement !== null;
	};
	for (const { before, after } of inOrder$2(found).toReversed()) {
		if (before === void 0 || after !== void 0) continue;
		if (!drop(removed(from, before))) return null;
	}
	for (const difference of inOrder$2(found)) {
		const { change, before, after } = difference;
		if (change === "renamed") return null;
		if (after === void 0) continue;
		const statements = before === void 0 ? {
			drop: [],
			...made(to, after)
		} : altered(before, after, pairing);
		if (statements === null) return null;
		drops.push(...statements.drop);
		first.push(...statements.first);
		main.push(...statements.main);
		last.push(...statements.last);
	}
	const all = [
		...together(drops),
		...first,
		...main,
		...last
	];
	return all.length > LONGEST ? null : all.join("\n");
}
/** Tables that name each other, and views that are built on each other, go in one statement. */
function together(drops) {
	const grouped = [];
	for (const statement of drops) {
		const kind = /^DROP (?:TABLE|VIEW|MATERIALIZED VIEW) /.exec(statement)?.[0];
		const previous = grouped.at(-1);
		if (kind !== void 0 && previous?.startsWith(kind)) grouped[grouped.length - 1] = `${previous.slice(0, -1)}, ${statement.slice(kind.length)}`;
		else grouped.push(statement);
	}
	return grouped;
}
/** Types, functions and tables before what is on them: `Compared.differences` goes by the names of tables. */
function inOrder$2(found) {
	const place = new Map(order.map((type, index) => [type, index]));
	const rank = ({ before, after }) => place.get((after ?? before)?.type ?? "") ?? order.length;
	return found.toSorted((a, b) => rank(a) - rank(b));
}
const order = [
	"schema",
	"extension",
	"type",
	"domain",
	"sequence",
	"table",
	"column",
	"function",
	"procedure",
	"constraint",
	"index",
	"view",
	"materialized-view",
	"trigger",
	"policy"
];
const only = (main) => ({
	drop: [],
	first: [],
	main,
	last: []
});
/** Statements that make `old` like `now`; null where there are none here. */
function altered(old, now, pairing) {
	const { before, after } = pairing;
	switch (now.type) {
		case "column": return alteredColumn(old, now, nameOf(before, old.containerIdentity));
		case "table": return alteredTable(old, now);
		case "type": return alteredEnum(old, now);
		case "constraint":
		case "index":
		case "trigger":
		case "policy": {
			const drop = removed(before, old);
			if (drop === null) return null;
			const { main, last } = made(after, now);
			return {
				drop: [drop],
				first: [],
				main: isForeignKey(now) ? [] : main,
				last
			};
		}
		case "function":
		case "procedure": return only([now.definition]);
		case "view": {
			const [had, has] = [old.members.map(shown), now.members.map(shown)];
			const text = made(after, now).main;
			if (had.every((column, index) => column === has[index])) return only(text.map((one) => one.replace(/^CREATE VIEW/, "CREATE OR REPLACE VIEW")));
			return {
				...only(text),
				drop: [removed(before, old) ?? ""]
			};
		}
		case "materialized-view": return {
			...only(made(after, now).main),
			drop: [removed(before, old) ?? ""]
		};
		case "comment":
		case "owner": return only([now.definition]);
		default: return null;
	}
}
const shown = ({ name, definition }) => `${name} ${definition}`;
function alteredColumn(old, now, table) {
	const changed = (fact) => old.facts[fact] !== now.facts[fact];
	if (changed("generated") || changed("generationExpression") || changed("identityOptions")) return null;
	const name = now.text.sqlName;
	const alter = `ALTER TABLE ${table} ALTER COLUMN ${name}`;
	const statements = [];
	const { dataType, collation, identity } = now.facts;
	if (changed("dataType") || changed("collation")) {
		if (old.facts.default !== null) statements.push(`${alter} DROP DEFAULT;`);
		const collate = collation === null ? "" : ` COLLATE ${collation}`;
		statements.push(`${alter} TYPE ${dataType}${collate} USING ${name}::${dataType};`);
		if (now.facts.default !== null) statements.push(`${alter} SET DEFAULT ${now.facts.default};`);
	} else if (changed("default")) statements.push(now.facts.default === null ? `${alter} DROP DEFAULT;` : `${alter} SET DEFAULT ${now.facts.default};`);
	if (changed("notNull")) statements.push(`${alter} ${now.facts.notNull === true ? "SET" : "DROP"} NOT NULL;`);
	if (changed("identity")) {
		if (old.facts.identity !== null) statements.push(`${alter} DROP IDENTITY;`);
		if (identity !== null) statements.push(`${alter} ADD GENERATED ${String(identity).toUpperCase()} AS IDENTITY;`);
	}
	return statements.length === 0 ? null : only(statements);
}
function alteredTable(old, now) {
	const statements = [];
	for (const [fact, what, on, off] of [[
		"rowSecurity",
		"ROW LEVEL SECURITY",
		"ENABLE",
		"DISABLE"
	], [
		"forceRowSecurity",
		"ROW LEVEL SECURITY",
		"FORCE",
		"NO FORCE"
	]]) {
		if (old.facts[fact] === now.facts[fact]) continue;
		statements.push(`ALTER TABLE ${now.text.sqlName} ${now.facts[fact] === true ? on : off} ${what};`);
	}
	return statements.length === 0 ? null : only(statements);
}
/** Values can only be added. */
function alteredEnum(old, now) {
	if (now.facts.kind !== "enum") return null;
	const had = old.members.map(({ name }) => name);
	const has = now.members.map(({ name }) => name);
	if (had.some((value) => !has.includes(value))) return null;
	const add = has.flatMap((value, index) => {
		if (had.includes(value)) return [];
		const previous = has[index - 1];
		const next = has[index + 1];
		const place = previous !== void 0 ? ` AFTER ${literal(previous)}` : next === void 0 ? "" : ` BEFORE ${literal(next)}`;
		return [`ALTER TYPE ${now.text.sqlName} ADD VALUE ${literal(value)}${place};`];
	});
	return add.length === 0 ? null : only(add);
}
const literal = (text) => `'${text.replaceAll("'", "''")}'`;
// src/history/new-file.ts
/** What goes around the SQL of a new migration, where a tool wants more than the SQL. */
const forms = {
	dbmate: (sql) => `-- migrate:up\n${sql}\n\n-- migrate:down\n`,
	goose: (sql) => /\$\w*\$/.test(sql) ? `-- +goose Up\n-- +goose StatementBegin\n${sql}\n-- +goose StatementEnd\n\n-- +goose Down\n` : `-- +goose Up\n${sql}\n\n-- +goose Down\n`,
	"node-pg-migrate": (sql) => `-- Up Migration\n${sql}\n\n-- Down Migration\n`
};
/** A new migration's text in the form that the tool reads. */
const fileText = (tool, sql) => forms[tool]?.(sql) ?? `${sql}\n`;
// src/history/next-name.ts
/** Tools that go by what stands at the beginning of a file's or folder's name, and by nothing else. */
const byName = /* @__PURE__ */ new Set([
	"prisma",
	"golang-migrate",
	"sqlx",
	"dbmate",
	"goose",
	"supabase",
	"hasura",
	"diesel",
	"refinery",
	"plain",
	"flyway",
	"node-pg-migrate",
	"atlas",
	"knex"
]);
/**
* The renames that put a migration behind the newest one, in the spelling of the tool and of the files that are there.
* A folder that stands for a migration moves as a whole; a way back in a file of its own moves along.
*
* @param others all migrations that it must come after or must not collide with
* @returns null where a name alone does not decide (a journal, a plan, a chain of revisions)
*/
function movedBehind(tool, migration, others) {
	const number = numberBehind(tool, [...others, migration]);
	if (number === null) return null;
	const files = [migration.file, ...migration.down == null ? [] : [migration.down.file]];
	const moves = /* @__PURE__ */ new Map();
	for (const file of files) {
		const cut = cutPath(tool, file);
		if (cut === null) return null;
		const folder = cut.after.indexOf("/");
		const rest = folder === -1 ? cut.after : cut.after.slice(0, folder);
		moves.set(`${cut.before}${cut.number}${rest}`, `${cut.before}${number}${rest}`);
	}
	return [...moves].map(([from, to]) => ({
		from,
		to
	}));
}
/**
* Path of a new migration behind all others, named as its neighbours are.
*
* @param name what it is about: `follow_up`
*/
function newPath(tool, others, name) {
	const number = numberBehind(tool, others);
	const newest = newestOf(tool, others);
	const cut = newest === null ? null : cutPath(tool, newest.file);
	if (number === null || cut === null) return null;
	const separator = /^(__|[_-]|\.(?=[^.]*\.))/.exec(cut.after)?.[1] ?? "_";
	const folder = cut.after.indexOf("/");
	const end = folder === -1 ? suffixOf(cut.after) : cut.after.slice(folder);
	return {
		file: `${cut.before}${number}${separator}${name}${end}`,
		version: number.replaceAll("-", "")
	};
}
/** `.up.sql` of `_users.up.sql`. */
const suffixOf = (name) => /(?:\.up)?\.[A-Za-z]+$/.exec(name)?.[0] ?? "";
/** The next number, spelled as the newest one is; null where it would not come last. */
function numberBehind(tool, migrations) {
	if (!byName.has(tool.name)) return null;
	const newest = newestOf(tool, migrations);
	const cut = newest === null ? null : cutPath(tool, newest.file);
	if (newest === null || cut === null) return null;
	const number = increased(cut.number);
	const version = number.replaceAll("-", "").replaceAll("_", tool.name === "flyway" ? "." : "_");
	return tool.order({
		version: newest.version,
		name: newest.name
	}, {
		version,
		name: newest.name
	}) < 0 ? number : null;
}
function newestOf(tool, migrations) {
	const [first, ...rest] = migrations.filter(({ repeatable }) => repeatable === void 0);
	return first === void 0 ? null : rest.reduce((a, b) => tool.order(a, b) < 0 ? b : a, first);
}
/** The number at the beginning of the file's name, or of its folder's. */
function cutPath(tool, file) {
	const form = tool.name === "flyway" ? /^([A-Za-z]*)(\d+(?:[._]\d+)*)(__.*)$/s : /^()(\d{4}-\d\d-\d\d-\d{6}|\d+)(?!\d)(.*)$/s;
	const segments = file.split("/");
	for (const depth of [1, 2]) {
		const at = segments.length - depth;
		const found = form.exec(segments[at] ?? "");
		if (found === null) continue;
		const [, prefix = "", number = "", rest = ""] = found;
		const above = segments.slice(0, at).map((segment) => `${segment}/`);
		const below = segments.slice(at + 1).map((segment) => `/${segment}`);
		return {
			before: `${above.join("")}${prefix}`,
			number,
			after: `${rest}${below.join("")}`
		};
	}
	return null;
}
/** One more: a second later for a time stamp, the next number of the same width for others. */
function increased(number) {
	const digits = number.replaceAll("-", "");
	const time = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(digits);
	if (time !== null) {
		const [year, month, day, hour, minute, second] = time.slice(1).map(Number);
		const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
		if (stamp(date) === digits) {
			const next = stamp(new Date(date.getTime() + 1e3));
			return number.includes("-") ? next.replace(/^(\d{4})(\d\d)(\d\d)/, "$1-$2-$3-") : next;
		}
	}
	return number.replace(/\d+$/, (last) => String(BigInt(last) + 1n).padStart(last.length, "0"));
}
const stamp = (date) => date.toISOString().replace(/[-:T]|\..*$/g, "");
// src/history/way-out.ts
/** Files about which git's log is asked. */
const mostFiles = 10;
/** Looks for what leads out of each change, and tries what can be tried. */
async function findWayOut(input) {
	const { tool, changes, base, head } = input;
	const applied = changes.flatMap(({ kind, file, previousFile }) => kind === "missing-from-head" || kind === "out-of-order" ? [] : [previousFile ?? file]);
	const everything = [...base.migrations, ...head.migrations];
	const moves = /* @__PURE__ */ new Map();
	let before = everything;
	for (const { kind, file } of changes) {
		if (kind !== "out-of-order" && kind !== "duplicate-version") continue;
		const migration = head.migrations.find((one) => one.file === file);
		const found = migration === void 0 || moves.has(file) ? null : movedBehind(tool, migration, before);
		if (migration === void 0 || found === null) continue;
		moves.set(file, found);
		before = [...before, movedBy(migration, found)];
	}
	return {
		since: await input.since(applied.slice(0, mostFiles)),
		moves,
		meeting: await findMeeting(input, everything)
	};
}
function movedBy(migration, moves) {
	const move = moves.find(({ from }) => migration.file.startsWith(from));
	if (move === void 0) return migration;
	const file = move.to + migration.file.slice(move.from.length);
	const version = /\d[\d.-]*/.exec(move.to.slice(move.to.lastIndexOf("/") + 1))?.[0] ?? migration.version;
	return {
		...migration,
		file,
		version: version.replaceAll("-", "")
	};
}
async function findMeeting({ tool, changes, paths }, everything) {
	if (!changes.some(({ kind, diff }) => kind === "edited" || kind === "deleted" || kind === "renamed" && diff !== "") || paths === null || tool.command !== void 0) return null;
	const sql = statementsBetween(paths.upgraded, paths.fresh);
	if (sql === null || sql === "") return null;
	const place = newPath(tool, everything, "follow_up");
	const file = place?.file ?? "follow_up.sql";
	const { traced, after } = await paths.tryAfter({
		version: place?.version ?? "follow_up",
		name: "follow_up",
		identity: file,
		file,
		bytes: Buffer.from(sql),
		sql,
		transaction: "single"
	});
	if (traced.migrations.some(({ error, refused }) => error !== null || refused !== null)) return null;
	const left = compared$1(after, paths.fresh, "name").differences;
	if (left.some(({ orderOnly }) => !orderOnly)) return null;
	return {
		file: place?.file ?? null,
		text: fileText(tool.name, sql),
		otherOrder: left.length > 0
	};
}
// src/check/way-out.ts
/** The way out of a changed history, tried where the shadow compared both paths. Null: nothing changed. */
async function wayOutOf({ tool, comparison, histories, trees, rehearsal, pending }) {
	if (comparison.changes.length === 0) return null;
	return findWayOut({
		tool,
		changes: comparison.changes,
		base: histories.base,
		head: histories.head,
		since: trees.since,
		paths: rehearsal?.fresh == null || rehearsal.divergence.length === 0 ? null : {
			upgraded: rehearsal.after,
			fresh: rehearsal.fresh,
			tryAfter: (migration) => rehearsal.tryInstead([...pending, migration])
		}
	});
}
// src/check/database.ts
/** The part of the pipeline that runs once for each database: histories, shadow, findings. */
async function checkDatabase(input) {
	const { database, config, trees, baseName, onProgress } = input;
	expectShadow({
		shadow: input.options.shadow,
		major: database.postgresMajor,
		image: database.postgresImage
	});
	try {
		try {
			var _usingCtx$4 = _usingCtx();
			const tool = await configuredTool(database, trees);
			const histories = await historiesOf(tool, database, trees);
			const release = await releaseOf(tool, database, config.appliedRef, trees);
			const changes = changesOf(tool, database, histories, release.history);
			const { comparison, oddities, hooks, newHooks, hooked, diverges } = changes;
			const declaredFile = await declaredFileOf(tool, database, trees, config.rules, trees.root);
			const redeclared = declaredFile?.changed === true && declaredFile.comparable;
			const touched = await modelsTouched(tool, trees, config.rules);
			const tidying = (config.rules[historyHygiene.name] ?? "off") !== "off";
			const rehearsalInput = () => rehearsalInputOf(input, tool, histories, changes);
			const rehearsal = _usingCtx$4.a(comparison.pending.length + newHooks.length === 0 && !diverges && !redeclared && !touched.needsServer && !tidying ? null : await orCure(comparison.changes, trees.since, async () => rehearsedInOneRun(await rehearsalInput())));
			const { declared, notChecked: notCompared } = declaredFile === null ? {
				declared: null,
				notChecked: []
			} : await declaredOf({
				tool,
				declared: declaredFile,
				trees,
				histories,
				rehearsal: rehearsal === null || hasFailed(rehearsal) ? null : rehearsal,
				input: rehearsalInput,
				program: () => askedProgram(tool, database, trees),
				path: database.path,
				basePath: database.basePath ?? database.path,
				migrates: comparison.pending.length > 0
			});
			const compared = await modelsOf({
				tool,
				touched,
				rules: config.rules,
				rehearsal,
				failed: rehearsal !== null && hasFailed(rehearsal),
				baseIsEmpty: histories.base.migrations.length === 0,
				program: () => programOf(tool, database, trees),
				onProgress
			});
			rehearsal?.doneWithHead?.();
			const pending = rehearsal?.pending ?? comparison.pending;
			const wayOut = await wayOutOf({
				tool,
				comparison,
				histories,
				trees,
				rehearsal,
				pending
			});
			const { uses, left } = await findUses(trees, targetsOf(rehearsal?.schemaChanges ?? [], rehearsal?.before ?? null), migrationPaths(config.databases, histories.head.paths ?? []));
			const { judgements: judged, notJudged } = await judgedOf({
				...input,
				tool,
				histories,
				tidying,
				releaseRef: release.ref,
				changes,
				rehearsal,
				pending,
				wayOut,
				declared,
				models: compared.models,
				uses
			});
			const findings = await proved(judged, pending, rehearsal);
			return {
				report: databaseReport({
					config: database,
					baseCount: histories.base.migrations.length,
					paths: histories.head.paths ?? [],
					comparison,
					rehearsal,
					halfWay: (trace) => halfWayOf(tool, histories.head, pending, trace),
					notJudged: (trace) => notJudgedIn(notJudged, trace)
				}),
				findings,
				undecided: rehearsal === null ? null : unseen(rehearsal, [...pending, ...hooked], findings, config.failOn),
				notes: [
					...histories.head.notes,
					...release.notes,
					...rehearsal?.notes ?? [],
					...knownOdditiesNote(oddities.known, baseName)
				],
				notChecked: [
					...notChecked(rehearsal, database),
					...notCompared,
					...compared.notChecked,
					...hooksNotObserved(hooks.head, newHooks, rehearsal),
					...unknownSizes(judged),
					...left === null ? [] : [left]
				],
				side: rehearsal === null || comparison.pending.length === 0 ? null : {
					database,
					tool,
					histories,
					failed: hasFailed(rehearsal),
					rehearsal: await rehearsalInput()
				}
			};
		} catch (_) {
			_usingCtx$4.e = _;
		} finally {
			await _usingCtx$4.d();
		}
	} catch (thrown) {
		const error = firstOf(thrown);
		const undecided = error instanceof Undecided ? error : asServerGone(error);
		if (undecided === null) throw thrown;
		return {
			report: null,
			findings: [],
			undecided,
			notes: [],
			notChecked: [],
			side: null
		};
	}
}
const hasFailed = ({ traced }) => traced.migrations.some(({ error, refused }) => error !== null || refused !== null);
// src/history/same-version.ts
/** One file with very many others of its version is told often enough. */
const mostOfOne = 10;
/** The pairs, in the order of `mine`, then of `theirs`; without looking at every file for every other one. */
function sameVersions(tool, mine, theirs) {
	const byIdentity = placesBy(theirs, ({ identity }) => identity);
	const byNumber = placesBy(theirs, numberKey);
	const sameOrder = inOrder$1(tool, theirs);
	return mine.flatMap((one) => {
		const versions = /* @__PURE__ */ new Set([...byIdentity.get(one.identity) ?? [], ...sameOrder(one)]);
		const key = numberKey(one);
		const numbers = key === null ? [] : byNumber.get(key) ?? [];
		return [.../* @__PURE__ */ new Set([...versions, ...numbers])].filter((place) => theirs[place]?.file !== one.file).sort((a, b) => a - b).slice(0, mostOfOne).flatMap((place) => {
			const other = theirs[place];
			if (other === void 0) return [];
			return versions.has(place) ? [{
				mine: one,
				theirs: other,
				equal: "version",
				number: null
			}] : [{
				mine: one,
				theirs: other,
				equal: "number",
				number: runningNumber(one.file)
			}];
		});
	});
}
/** Which of these have a version that the tool puts where that of another is: `0007` and `7` may be one. */
function inOrder$1(tool, all) {
	if (tool.onHistoryChange.duplicateVersion.legal) return () => [];
	const bare = ({ version }) => ({
		version,
		name: ""
	});
	const sorted = [...all.entries()].sort(([, a], [, b]) => tool.order(bare(a), bare(b)));
	return (one) => {
		let [from, to] = [0, sorted.length];
		while (from < to) {
			const middle = from + to >> 1;
			const other = sorted[middle]?.[1];
			if (other !== void 0 && tool.order(bare(other), bare(one)) < 0) from = middle + 1;
			else to = middle;
		}
		const found = [];
		for (const [place, other] of sorted.slice(from, from + mostOfOne)) {
			if (tool.order(bare(other), bare(one)) !== 0) break;
			found.push(place);
		}
		return found;
	};
}
/** `0007` of `0007_add_total.sql`, without zeros in front; null for dates and names. */
function runningNumber(file) {
	return /^[A-Za-z]?0*(\d{1,5})(?=[_.-])/.exec(basename$1(file))?.[1] ?? null;
}
function numberKey({ file }) {
	const number = runningNumber(file);
	return number === null ? null : `${dirname$1(file)}\0${number}`;
}
/** Where the migrations of a key are; those without one are nowhere. */
function placesBy(all, keyOf) {
	const places = /* @__PURE__ */ new Map();
	for (const [place, migration] of all.entries()) {
		const key = keyOf(migration);
		if (key === null) continue;
		const known = places.get(key);
		if (known === void 0) places.set(key, [place]);
		else known.push(place);
	}
	return places;
}
// src/history/collisions.ts
/** What the tool would stumble over when both are merged. */
function collisionsOf(input) {
	const { tool, base, mine, theirs, both, conflicts, name } = input;
	const [added, others] = [addedTo(base, mine), addedTo(base, theirs)];
	const byFile = new Map(others.map((other) => [other.file, other]));
	const sameFile = added.flatMap((one) => {
		const other = byFile.get(one.file);
		return other === void 0 || other.bytes.equals(one.bytes) ? [] : [{
			kind: "same-file",
			file: one.file,
			otherFile: one.file,
			says: "Both add a file of this name, with other content."
		}];
	});
	const told = new Set(sameFile.map(({ file }) => file));
	return [
		...sameFile,
		...sameVersions(tool, added, others).map((pair) => sameVersion(tool, pair, name)),
		...conflicts.filter((file) => !told.has(file)).map((file) => ({
			kind: "conflict",
			file,
			otherFile: file,
			says: "Git cannot merge what both write there: whoever is merged second has to put it in order."
		})),
		...typeof both === "string" ? refused(both, added, conflicts) : twoHeads(input, both),
		...late(input, typeof both === "string" ? putTogether(tool, mine, others) : both)
	];
}
/** Files that base does not have, of those that run once. */
const addedTo = (base, { migrations }) => {
	const known = new Set(base.migrations.map(({ file }) => file));
	return migrations.filter(({ file, repeatable }) => repeatable === void 0 && !known.has(file));
};
function sameVersion(tool, { mine, theirs, equal, number }, name) {
	const found = {
		file: mine.file,
		otherFile: theirs.file
	};
	if (equal === "version") {
		const { says } = tool.onHistoryChange.duplicateVersion;
		return {
			...found,
			kind: "same-version",
			says: `Both have the version ${mine.version}. ${says}`
		};
	}
	return {
		...found,
		kind: "same-number",
		says: `Both are number ${number}; ${name} and this pull request have to agree who is first.`
	};
}
/** The tool's own words, where it is not git's conflict markers that it could not read. */
function refused(why, added, conflicts) {
	const [first] = added;
	if (first === void 0 || conflicts.length > 0) return [];
	return [{
		kind: "refused",
		file: first.file,
		otherFile: null,
		says: why
	}];
}
/** Newest migrations that are several only in the history that both make. */
function twoHeads({ base, mine, theirs }, both) {
	const key = ({ kind, file }) => `${kind} ${file}`;
	const single = new Set([
		base,
		mine,
		theirs
	].flatMap(({ oddities = [] }) => oddities.map(key)));
	const ofMine = new Set(mine.migrations.map(({ file }) => file));
	const heads = (both.oddities ?? []).filter((odd) => odd.kind === "multiple-heads" && !single.has(key(odd)));
	const head = heads.find(({ file }) => ofMine.has(file)) ?? heads[0];
	const other = heads.find(({ file }) => !ofMine.has(file));
	if (head === void 0) return [];
	return [{
		kind: "two-heads",
		file: head.file,
		otherFile: other?.file ?? null,
		says: head.says
	}];
}
/** For the order alone, where the tool cannot read what git could not merge. */
const putTogether = (tool, mine, others) => ({
	...mine,
	migrations: [...mine.migrations, ...others].sort((a, b) => tool.order(a, b))
});
function late({ tool, base, mine, theirs, name }, both) {
	const { says } = tool.onHistoryChange.outOfOrder;
	return [...lateAfter(tool, theirs, both, base).map((file) => ({
		kind: "late",
		file,
		otherFile: null,
		says: `It comes too late if ${name} is deployed first. ${says}`
	})), ...lateAfter(tool, mine, both, base).map((file) => ({
		kind: "late",
		file,
		otherFile: file,
		says: `It comes too late if this pull request is deployed first. ${says}`
	}))];
}
/** Files that the tool would skip or refuse on a database that has `first`, and that are not late on base already. */
function lateAfter(tool, first, both, base) {
	const { does } = tool.onHistoryChange.outOfOrder;
	if (does !== "skips" && does !== "refuses") return [];
	const found = (before) => compareHistories({
		tool,
		base: before,
		branch: both,
		head: both,
		mergeBase: null
	}).changes.flatMap(({ kind, file }) => kind === "out-of-order" ? [file] : []);
	const already = new Set(base.migrations.length === 0 ? [] : found(base));
	return found(first).filter((file) => !already.has(file));
}
// src/run/both-orders.ts
/** A statement that is megabytes long belongs into no report. */
const LONGEST_SQL = 2e3;
/**
* Boots a server of its own and builds base there.
*
* @param input its `pending` are all those that will be tried: a platform's extensions depend on them
* @throws Undecided when no server is to be had, or base does not apply
*/
async function orderStage(input) {
	const begin = await start(input, input.base, input.hooks.base);
	const { shadow } = begin;
	try {
		await buildBase(begin, input);
	} catch (error) {
		await shadow[Symbol.asyncDispose]();
		throw error;
	}
	return {
		tryBoth: (mine, theirs) => tryBoth(shadow, input.tool, mine, theirs),
		[Symbol.asyncDispose]: () => shadow[Symbol.asyncDispose]()
	};
}
async function tryBoth(shadow, tool, mine, theirs) {
	try {
		const otherFirst = await inOrder(shadow, tool, theirs, mine);
		if (otherFirst.failed?.at === "first") return {
			outcome: "not-tried",
			why: ownFailure("Its own migrations do", otherFirst.failed.failure)
		};
		const thisFirst = await inOrder(shadow, tool, mine, theirs);
		if (thisFirst.failed?.at === "first") return {
			outcome: "not-tried",
			why: ownFailure("This pull request's migrations do", thisFirst.failed.failure)
		};
		const failures = [...thisFirst.failed === null ? [] : [told("this", thisFirst.failed.failure)], ...otherFirst.failed === null ? [] : [told("other", otherFirst.failed.failure)]];
		if (failures.length > 0 || thisFirst.catalog === null || otherFirst.catalog === null) return {
			outcome: "fails",
			failures
		};
		const differences = differing(thisFirst.catalog, otherFirst.catalog);
		return differences.length === 0 ? { outcome: "same" } : {
			outcome: "differ",
			differences
		};
	} catch (error) {
		if (!(error instanceof RolesChanged)) throw error;
		return {
			outcome: "not-tried",
			why: `${error.message}, and roles belong to the whole server.`
		};
	}
}
/** Deploys one after the other, each in a session of its own, on a copy of base. */
async function inOrder(base, tool, first, second) {
	const silent = {
		...tool.bookkeeping,
		before: () => "",
		after: () => ""
	};
	return onCopy(base, async (copy) => {
		const apply = async ({ pending, hooks }) => {
			try {
				var _usingCtx$3 = _usingCtx();
				const session = _usingCtx$3.a(await openSession(copy.connection));
				return await applyMigrations(session, silent, pending, hooks);
			} catch (_) {
				_usingCtx$3.e = _;
			} finally {
				await _usingCtx$3.d();
			}
		};
		const early = await apply(first);
		if (early !== null) return {
			failed: {
				at: "first",
				failure: early
			},
			catalog: null
		};
		const late = await apply({
			...second,
			pending: second.pending.filter((one) => !has(first, one))
		});
		if (late !== null) return {
			failed: {
				at: "second",
				failure: late
			},
			catalog: null
		};
		return {
			failed: null,
			catalog: await snapshotOf(copy.admin, tool)
		};
	});
}
/** One that was built on the other has its migrations too, which run once. */
const has = ({ pending }, one) => one.repeatable === void 0 && pending.some(({ identity, bytes }) => identity === one.identity && bytes.equals(one.bytes));
const ownFailure = (whose, { migration, error }) => `${whose} not apply on base alone: ${migration.file}:${error.line}: ${error.message}`;
function told(first, { migration, error }) {
	const { line, sqlstate, message } = error;
	const statement = parseFile(migration.sql).statements.findLast((each) => each.line <= line);
	const sql = sqlstate === "" ? "" : statement?.sql ?? "";
	return {
		first,
		file: error.file ?? migration.file,
		line,
		sqlstate,
		message,
		sql: sql.length <= LONGEST_SQL ? sql : `${sql.slice(0, LONGEST_SQL)} …`
	};
}
// src/check/beside.ts
function comparison(run) {
	const stages = /* @__PURE__ */ new Map();
	const stageOf = (side) => {
		const { rehearsal, histories } = side;
		const known = stages.get(side);
		if (known !== void 0) return known;
		const { limits, onProgress } = run;
		const base = histories.base.migrations;
		const made = orderStage({
			...rehearsal,
			base,
			pending: pendingOf(side),
			fresh: null,
			limits,
			onProgress
		});
		stages.set(side, made);
		return made;
	};
	return {
		async with(side, pull, beside) {
			const { tool, database, histories } = side;
			const theirs = await historyOf(tool, database, beside.other);
			const pending = pendingIn(tool, histories.base, theirs);
			if (pending.length === 0) return null;
			const both = await historyOf(tool, database, beside.both).catch((error) => {
				if (error instanceof Undecided) return error.message;
				throw error;
			});
			const { base, head: mine } = histories;
			const collisions = collisionsOf({
				tool,
				base,
				mine,
				theirs,
				both,
				conflicts: beside.conflicts.filter((file) => belongs(side, file)),
				name: pull.name
			});
			const why = whyNot(side, pull, [...pendingOf(side), ...pending], run.fork);
			return {
				collisions,
				orders: why === null ? await tried(pending, theirs) : {
					outcome: "not-tried",
					why
				}
			};
			async function tried(other, { hooks = [] }) {
				return (await stageOf(side)).tryBoth({
					pending: pendingOf(side),
					hooks: mine.hooks ?? []
				}, {
					pending: other,
					hooks
				});
			}
		},
		async [Symbol.asyncDispose]() {
			for (const stage of await Promise.allSettled(stages.values())) if (stage.status === "fulfilled") await stage.value[Symbol.asyncDispose]();
		}
	};
}
/** Why the SQL of both is not run, as a sentence; null: it is. */
function whyNot({ tool, failed, rehearsal }, { fork }, migrations, own) {
	if (tool.command !== void 0 || migrations.some(({ program }) => program === true)) return `${tool.title} runs itself, and programs of another pull request are run in its own job only.`;
	const opaque = migrations.find((migration) => migration.opaque !== void 0);
	if (opaque !== void 0) return `Only the project's own program can run ${opaque.file}.`;
	if (failed) return "A migration of this pull request does not run by itself.";
	if (rehearsal.existing === true) return "The new migrations ran on the data of a clone (shadow-data: existing), and there is no copy of base.";
	if (!fork) return null;
	if (!own) return "It comes from a fork, whose SQL is run in its own job only, since this job's token may write.";
	return rehearsal.superuser || isServerUrl(rehearsal.shadow) ? "It comes from a fork, whose SQL is run neither as superuser nor on a server that a URL names." : null;
}
const pendingOf = ({ tool, histories }) => compareHistories({
	tool,
	...histories
}).pending;
const pendingIn = (tool, base, theirs) => compareHistories({
	tool,
	base,
	branch: theirs,
	head: theirs,
	mergeBase: null
}).pending;
/** A tree is read where it has the directory. */
const historyOf = (tool, { path, basePath = path }, tree) => tool.history(tree, tree.under(treePath(path)).length > 0 ? path : basePath);
function belongs({ database: { path, basePath = path }, histories }, file) {
	return [
		treePath(path),
		treePath(basePath),
		...histories.head.paths ?? []
	].some((directory) => directory === "" || isWithin(file, directory));
}
// src/check/open-pulls.ts
/** Nobody waits longer for what decides nothing. */
const MOST_MINUTES = 5;
/** Of the time: after that no other one is begun. */
const BEGIN_SHARE = .6;
/**
* Holds other open pull requests against this one. Decides nothing: whatever goes wrong is a sentence of the result.
*
* @param input.minutes that are left of the run
* @throws UserError for a reference of `also` that git does not know
*/
async function openPullRequests(input) {
	const { source, also, trees, sides, onProgress } = input;
	const minutes = Math.min(MOST_MINUTES, input.minutes);
	const others = [];
	const notes = [];
	if (sides.length === 0) return {
		others,
		notes
	};
	const begun = performance.now();
	const mayBegin = () => performance.now() - begun < minutes * 6e4 * BEGIN_SHARE;
	try {
		await limited(Math.max(minutes, .01), () => "comparing with other open pull requests", async (limits) => {
			try {
				var _usingCtx$2 = _usingCtx();
				const named = also.map((name) => ({
					name,
					number: null,
					title: null,
					ref: name,
					fork: false
				}));
				const found = source === null ? {
					pulls: [],
					notes: []
				} : await looked(source, sides);
				notes.push(...found.notes);
				const pulls = [...named, ...found.pulls];
				const stages = _usingCtx$2.a(comparison({
					limits,
					onProgress,
					fork: source?.fork ?? false
				}));
				for (const [at, pull] of pulls.entries()) {
					if (!mayBegin()) {
						notes.push(`There was no time left for ${pulls.slice(at).map(({ name }) => name).join(", ")}.`);
						return;
					}
					onProgress(`comparing with ${pull.name}`);
					try {
						const beside = await trees.beside(pull);
						for (const side of sides) {
							const part = await stages.with(side, pull, beside);
							if (part !== null) others.push(entry(pull, beside, side, part));
						}
					} catch (error) {
						if (error instanceof UserError && pull.number === null || limits.signal.aborted) throw error;
						notes.push(`${pull.name} could not be compared: ${messageOf(error)}`);
					}
				}
			} catch (_) {
				_usingCtx$2.e = _;
			} finally {
				await _usingCtx$2.d();
			}
		});
	} catch (error) {
		if (error instanceof UserError && also.length > 0) throw error;
		const late = error instanceof Undecided && error.reason === "timeout";
		notes.push(late ? "Other open pull requests: the time for it was over before all were compared." : `Other open pull requests could not be compared: ${messageOf(error)}`);
	}
	return {
		others,
		notes
	};
}
/** Directories where a changed file may be a migration. */
function looked(source, sides) {
	const directories = sides.flatMap(({ database: { path, basePath = path }, histories }) => [
		treePath(path),
		treePath(basePath),
		...histories.head.paths ?? []
	]);
	return source.find([...new Set(directories)]);
}
const entry = ({ name, number, title, ref }, { other: { sha } }, { database }, part) => ({
	name,
	number,
	title,
	ref,
	sha,
	database: database.name,
	...part
});
const messageOf = (error) => error instanceof Error ? error.message : String(error);
// src/side-by-side.ts
/**
* Works on several things, so many at a time.
*
* @returns what came of each, in their order
* @throws the first failure, when all that was begun has ended; nothing new is begun after a failure
*/
async function sideBySide(items, most, work) {
	const results = [];
	const failures = [];
	const waiting = items.entries();
	const worker = async () => {
		for (const [index, item] of waiting) {
			try {
				results[index] = await work(item);
			} catch (error) {
				failures.push(error);
			}
			if (failures.length > 0) return;
		}
	};
	await Promise.all(Array.from({ length: most }, worker));
	if (failures.length > 0) throw failures[0];
	return results;
}
// src/gate.ts
/**
* The whole pipeline: base and head, their histories, what changed in them, the shadow, the findings, the
* verdict.
*
* @throws UserError for wrong use. What cannot be decided is no exception but a report that says so.
*/
async function gate(input) {
	const { options, names, token = null, mergeHead = true, onProgress = () => {} } = input;
	let base = {
		ref: names?.base ?? options.base ?? "default branch",
		sha: null
	};
	let head = {
		ref: names?.head ?? options.head ?? "working tree",
		sha: null
	};
	const since = performance.now();
	try {
		try {
			var _usingCtx$1 = _usingCtx();
			const trees = _usingCtx$1.a(await openTrees({
				...options,
				token,
				mergeHead,
				onProgress
			}));
			await loadParser();
			base = {
				ref: names?.base ?? trees.base.ref,
				sha: trees.base.sha
			};
			head = {
				ref: names?.head ?? trees.head.ref,
				sha: trees.head.sha
			};
			const baseRef = names === void 0 ? base.ref : `origin/${base.ref}`;
			const config = await configOf(options, trees);
			let doing = "at the start";
			const progress = (message) => {
				doing = message;
				beginStep();
				onProgress(message);
			};
			const baseName = base.ref;
			const checks = await limited(config.timeoutMinutes, () => doing, (limits) => sideBySide(config.databases, atOnce(options), (database) => checkDatabase({
				database,
				config,
				options,
				trees,
				baseName,
				baseRef,
				limits,
				onProgress: (message) => progress(config.databases.length > 1 ? `${database.name}: ${message}` : message)
			})));
			const report = buildReport({
				base,
				head,
				failOn: config.failOn,
				databases: checks.flatMap(({ report }) => report ?? []),
				findings: [...weakenedFinding(config), ...oncePerRun(checks.flatMap(({ findings }) => findings))],
				undecided: checks.map(({ undecided }) => undecided).find((reason) => reason !== null) ?? null,
				notes: [
					...trees.notes,
					...config.notes,
					...checks.flatMap(({ notes }) => notes),
					...nobodyToAsk(config, input)
				],
				notChecked: checks.flatMap(({ notChecked }) => notChecked)
			});
			const source = config.checkOpenPrs ? input.openPulls ?? null : null;
			if (source === null && options.also.length === 0) return report;
			const minutes = config.timeoutMinutes - (performance.now() - since) / 6e4;
			const sides = checks.flatMap(({ side }) => side ?? []);
			const found = await openPullRequests({
				source,
				also: options.also,
				trees,
				sides,
				minutes,
				onProgress
			});
			return {
				...report,
				openPullRequests: found
			};
		} catch (_) {
			_usingCtx$1.e = _;
		} finally {
			await _usingCtx$1.d();
		}
	} catch (error) {
		if (!(error instanceof Undecided)) throw error;
		return buildReport({
			databases: [],
			findings: [],
			notes: [],
			notChecked: [],
			base,
			head,
			failOn: options.failOn ?? "error",
			undecided: error
		});
	}
}
/** Each database has a server of its own; on a URL's server they would see each other's roles. */
const atOnce = ({ shadow }) => isServerUrl(shadow) ? 1 : Math.min(4, availableParallelism());
const nobodyToAsk = ({ checkOpenPrs }, { openPulls, options }) => checkOpenPrs && openPulls === void 0 && options.also.length === 0 ? ["check-open-prs asks GitHub, which only the action does; on the command line name other branches: --also REF."] : [];
/** Advice that several databases would repeat. */
function oncePerRun(findings) {
	const seen = /* @__PURE__ */ new Set();
	return findings.filter(({ rule, allowed }) => {
		if (allowed !== null || ruleNamed(rule)?.oncePerRun !== true) return true;
		if (seen.has(rule)) return false;
		seen.add(rule);
		return true;
	});
}
/** A mistake in the repository's config file is the pull request's to mend, so that its comment has to say it. */
async function configOf(options, trees) {
	try {
		return await loadConfig({
			options,
			head: trees.head,
			base: trees.base,
			ruleDefaults
		});
	} catch (error) {
		if (!(error instanceof UserError) || error.place === void 0) throw error;
		throw new Undecided("invalid-configuration", error.message, {
			place: error.place,
			cause: error
		});
	}
}
// src/report/terminal/context.ts
var import_picocolors = require_picocolors();
/** A line of a diff in the colours that people know. */
function paintDiff(colors, line) {
	const text = line.trimStart();
	if (text.startsWith("@@")) return colors.cyan(line);
	if (text.startsWith("+")) return colors.green(line);
	if (text.startsWith("-")) return colors.red(line);
	return line;
}
/** Backticks tell Markdown what a name is; here they are only noise. */
const unquoted = (text) => visibleLine(text).replace(/`([^`]+)`/g, "$1");
/** `file:line`, with nothing in it that a terminal would act on. */
const place = (file, line) => line === null ? visibleLine(file, 300) : `${visibleLine(file, 300)}:${line}`;
// src/report/terminal/findings.ts
/** The same problem over and over tells nothing new. */
const fullPerRule = 3;
/** Weakest first: what has to be done stands right above the verdict. */
function findings(context) {
	const { report } = context;
	const weight = (finding) => (isBlocking(report, finding) ? 10 : 0) + [
		"notice",
		"warning",
		"error"
	].indexOf(finding.severity);
	const times = /* @__PURE__ */ new Map();
	const full = ({ rule }) => {
		const count = (times.get(rule) ?? 0) + 1;
		times.set(rule, count);
		return count <= fullPerRule;
	};
	return report.findings.filter((finding) => finding.allowed === null).map((finding, index) => ({
		finding,
		index
	})).sort((a, b) => weight(a.finding) - weight(b.finding) || a.index - b.index).map(({ finding }) => full(finding) ? one$1(context, finding) : short(context, finding));
}
/** What a rule has explained three times already. */
function short(context, finding) {
	const { colors } = context;
	const where = finding.file === null ? [] : [colors.cyan(place(finding.file, finding.line))];
	return [`${badgeOf(context, finding)}  ${colors.bold(visibleLine(finding.title, 300))}`, `  ${[...where, colors.dim(finding.rule)].join("  ")}`].join("\n");
}
function badgeOf({ report, colors }, finding) {
	if (isBlocking(report, finding)) return colors.red(colors.bold("✗ blocking"));
	return {
		error: colors.red("✗ error"),
		warning: colors.yellow("! warning"),
		notice: colors.blue("i notice")
	}[finding.severity];
}
function one$1(context, finding) {
	const { report, colors, width } = context;
	const seen = evidenceOf(report, finding);
	const facts = seen === null ? [] : [
		...seen.lock === null ? [] : [`${lockTitle(seen.lock)}${seen.on === null ? "" : ` on ${visibleLine(shortName(seen.on), 80)}`}`],
		...seen.facts,
		seen.seen
	];
	const where = finding.file === null ? [] : [colors.cyan(place(finding.file, finding.line))];
	return [
		`${badgeOf(context, finding)}  ${colors.bold(visibleLine(finding.title, 300))}`,
		`  ${[...where, colors.dim(finding.rule)].join("  ")}`,
		...facts.length === 0 ? [] : wrap(facts.join(", "), width - 2).map((line) => colors.dim(`  ${line}`)),
		"",
		...source(context, finding),
		...wrap(visibleLine(finding.message, 3e3), width - 2).map((line) => `  ${line}`),
		...uses(context, finding),
		...finding.commands === void 0 ? [] : ["", ...indent(clip(visible(finding.commands.join("\n")), 60, 5e3), 4)],
		...finding.fix === null ? [] : [
			"",
			...wrap(finding.fix.heading === void 0 ? finding.fix.verified ? "Instead (tried: same schema, weaker lock, on an empty copy):" : "Instead:" : visibleLine(finding.fix.heading, 500), width - 2).map((line) => `  ${line}`),
			...indent(clip(visible(finding.fix.sql).trimEnd(), 60), 4).map((line) => colors.green(line)),
			...finding.fix.code === void 0 ? [] : [
				"",
				`  In ${visibleLine(finding.fix.code.tool, 50)}:`,
				...indent(clip(visible(finding.fix.code.text), 60), 4).map((line) => colors.green(line))
			]
		]
	].join("\n");
}
/** The lines of the repository that still name what goes. */
function uses({ colors }, finding) {
	const lines = useLines(finding).map(({ file, line, text, where }) => `    ${colors.cyan(place(file, line))}  ${colors.dim(`(${where})`)}  ${visibleLine(text, 100)}`);
	return lines.length === 0 ? [] : [
		"",
		`  ${visibleLine(usesTitle(finding), 200)}`,
		...lines
	];
}
/** The statement in its file, the server's words about it, or the diff of an edited file. */
function source(context, finding) {
	const { report, colors } = context;
	const block = (lines) => [...lines, ""];
	if (finding.detail !== null) {
		const text = clip(visible(finding.detail.text).trimEnd(), 60);
		const lines = indent(text, 4);
		return block(finding.detail.language === "diff" ? lines.map((line) => paintDiff(colors, line)) : lines);
	}
	const failure = failureText(report, finding);
	if (failure !== null) return block(indent(visible(failure), 4));
	const statement = statementOf(report, finding);
	if (statement === null) return [];
	return block(indent(clip(codeFrame(statement.sql, statement.line, {
		line: finding.line ?? 0,
		column: null
	}), 14), 4));
}
/** Findings that somebody has allowed, with the reason. */
function accepted({ report, colors, width }) {
	return report.findings.flatMap((finding) => {
		const { allowed } = finding;
		if (allowed === null) return [];
		return [[
			`${colors.dim("○ accepted")}  ${visibleLine(finding.title, 300)}`,
			`  ${colors.cyan(place(allowed.file, allowed.line))}  ${colors.dim(finding.rule)}`,
			...wrap(`Reason: ${visibleLine(allowed.reason)}`, width - 2).map((line) => `  ${line}`)
		].join("\n")];
	});
}
// src/report/terminal/open-pulls.ts
/** More are in the JSON report. */
const most = 20;
/** Other open pull requests, as a part of the report for a person at a terminal. */
function openPullsText(context) {
	const { colors, width } = context;
	const found = context.report.openPullRequests;
	if (found === void 0 || found.others.length + found.notes.length === 0) return [];
	const inTheWay = found.others.filter(isInTheWay);
	const untried = found.others.filter((other) => !isInTheWay(other) && other.orders.outcome === "not-tried");
	const sentences = [
		...quietOnes(found.others, (name) => visibleLine(name, 60)),
		...untried.map((other) => `${other.name}: no collision. ${ordersSay(other)}`),
		...found.notes
	];
	return [[
		colors.bold(openPullsTitle(found)),
		...inTheWay.slice(0, most).flatMap((other) => one(context, other)),
		...inTheWay.length > most ? [`  and ${inTheWay.length - most} more`] : [],
		...sentences.slice(0, most).flatMap((text) => bullet(visibleLine(text), width)),
		colors.dim("  None of this is part of the verdict.")
	].join("\n")];
}
function one({ colors, width }, other) {
	const { name, title, database, collisions, orders } = other;
	const head = [visibleLine(name, 60), ...title === null ? [] : [visibleLine(title, 100)]].join("  ");
	const lines = [
		`  ${colors.yellow("!")} ${head}  ${colors.dim(visibleLine(database, 60))}`,
		...collisions.slice(0, most).flatMap(({ file, otherFile, says }) => bullet(visibleLine(`${[file, ...otherFile === null || otherFile === file ? [] : [otherFile]].join(" and ")}: ${says}`), width)),
		...bullet(visibleLine(ordersSay(other)).replaceAll("`", ""), width)
	];
	if (orders.outcome === "fails") for (const failure of orders.failures) {
		lines.push(...bullet(visibleLine(`${failureTitle(other, failure, (text) => text)}: ${failure.message}`), width));
		if (failure.sql !== "") lines.push(...indent(clip(visible(failure.sql), 12), 6));
	}
	if (orders.outcome === "differ") {
		const text = orders.differences.slice(0, most).flatMap(({ type, name: of, before, after }) => [
			`@@ ${visibleLine(`${type} ${of}`, 200)} @@`,
			...marked("-", before),
			...marked("+", after)
		]);
		lines.push(...indent(clip(text.join("\n"), 60), 6));
	}
	return lines;
}
function bullet(text, width) {
	const [first = "", ...rest] = wrap(text, width - 6);
	return [`    - ${first}`, ...rest.map((line) => `      ${line}`)];
}
const marked = (sign, text) => text === null ? [] : clip(visible(text), 10).split("\n").map((line) => `${sign} ${line}`);
// src/report/terminal/schema.ts
const mostImpacts = 20;
/** What the changes do to the running version, at most twenty lines. */
function impacts(changes, width) {
	const lines = impactLines(changes);
	const left = lines.length - mostImpacts;
	return [...lines.slice(0, mostImpacts).flatMap(({ name, what, impact, why }) => {
		const [first = "", ...rest] = wrap(`${visibleLine(name, 120)} ${what} (${impact}): ${visibleLine(why, 300)}`, width - 4);
		return [`  - ${first}`, ...rest.map((line) => `    ${line}`)];
	}), ...left > 0 ? [`  - and ${left} more`] : []];
}
/** What changed in the schema, and for whom. */
function schemaDiff({ report, colors, width }, database) {
	const { schemaChanges, schemaDiff: objects } = database;
	if (schemaChanges.length === 0 && objects.length === 0) return [];
	const of = report.databases.length > 1 ? ` of ${visibleLine(database.name, 60)}` : "";
	const text = objects.map(({ object, diff }) => `@@ ${visibleLine(object, 200)} @@\n${visible(diff).trimEnd()}`).join("\n");
	return [[
		colors.bold(`Schema diff${of}: ${changeCounts(schemaChanges, objects.length)}`),
		...impacts(schemaChanges, width),
		...text === "" ? [] : indent(clip(text, 200), 2).map((line) => paintDiff(colors, line))
	].join("\n")];
}
/** In what a new database would differ from one that was upgraded. */
function divergence({ colors }, database) {
	const { divergence: changes } = database;
	if (changes.length === 0) return [];
	const lines = changes.slice(0, 20).flatMap(({ type, name, before, after }) => [
		`@@ ${visibleLine(`${type} ${name}`, 200)} @@`,
		...before === null ? [] : visible(before).split("\n").map((line) => `- ${line}`),
		...after === null ? [] : visible(after).split("\n").map((line) => `+ ${line}`)
	]);
	return [[
		colors.bold(`A fresh database would end in another schema: ${plural(changes.length, "difference")}`),
		colors.dim("  - a database that follows base and gets this change, + one that ran all files from the start"),
		...indent(clip(lines.join("\n"), 200), 2).map((line) => paintDiff(colors, line))
	].join("\n")];
}
// src/report/terminal/table.ts
const mostRows = 60;
/** One line for each migration: what it is judged to be, and its heaviest lock. */
function table(context, database) {
	const { report, colors, width } = context;
	const rows = overview(report, database);
	if (rows.length === 0) return [];
	const shown = rows.slice(0, mostRows);
	const marks = {
		blocked: colors.red("✗"),
		warning: colors.yellow("!"),
		pass: colors.green("✓"),
		skipped: colors.dim("-")
	};
	const cells = shown.map((row) => [visibleLine(row.label, 60), shorten(unquoted(row.result), 80)]);
	const widths = [0, 1].map((at) => Math.max(...cells.map((line) => columns(line[at] ?? ""))));
	const lines = shown.flatMap((row, index) => {
		const [label = "", result = ""] = cells[index] ?? [];
		const lock = lockWords(row);
		const line = `  ${pad(label, widths[0] ?? 0)}  ${pad(result, widths[1] ?? 0)}`;
		const oneLine = columns(line) + 4 + columns(lock) <= width;
		const painted = `  ${marks[row.level]} ${pad(label, widths[0] ?? 0)}  `;
		if (lock === "") return [painted + result];
		return oneLine ? [`${painted}${pad(result, widths[1] ?? 0)}  ${colors.dim(lock)}`] : [painted + result, colors.dim(`      ${lock}`)];
	});
	const left = rows.length - shown.length;
	return [[
		...report.databases.length > 1 ? [colors.bold(`${visibleLine(database.name, 60)} (${visibleLine(database.path, 80)})`)] : [],
		...lines,
		...left > 0 ? [colors.dim(`    and ${left} more`)] : []
	].join("\n")];
}
function lockWords(row) {
	if (row.lock === null) return row.blocks === null ? "" : "no lock on an existing table";
	const [first = "", ...more] = row.lock.relations;
	const others = more.length === 0 ? "" : ` and ${more.length} more`;
	const waits = row.blocks === null ? "" : row.blocks === "nobody" ? ", blocks nobody" : `, blocks ${row.blocks}`;
	return `${lockTitle(row.lock.mode)} on ${visibleLine(shortName(first), 60)}${others}${waits}`;
}
// src/report/terminal/terminal.ts
/**
* The report for a person at a terminal: what ran, each migration, the findings from the weakest to what
* blocks, and the verdict last, where the eye is when the prompt comes back.
*/
function toTerminal(report, options) {
	const context = {
		report,
		colors: (0, import_picocolors.createColors)(options.color),
		width: Math.max(40, Math.min(options.width ?? 100, 120))
	};
	const parts = isUntouched(report) ? [...list(context, "Notes", report.notes), verdict(context)] : [
		header(context),
		...undecided(context),
		...report.databases.flatMap((database) => table(context, database)),
		...report.databases.flatMap((database) => schemaDiff(context, database)),
		...report.databases.flatMap((database) => divergence(context, database)),
		...openPullsText(context),
		...accepted(context),
		...findings(context),
		...list(context, "Notes", report.notes),
		...list(context, "Not checked", report.notChecked),
		...howToAccept(context),
		verdict(context)
	];
	return guard(`${parts.join("\n\n")}\n`);
}
function header({ report, colors }) {
	return colors.dim(`migration-gate · ${whatRan(report, (name) => visibleLine(name, 60)).join(" · ")}`);
}
function verdict({ report, colors }) {
	const { level, word, rest } = headline(report);
	const text = unquoted(`${word}${rest}`);
	return {
		blocked: (line) => colors.bold(colors.red(`✗ ${line}`)),
		undecided: (line) => colors.bold(colors.magenta(`? ${line}`)),
		warning: (line) => colors.bold(colors.yellow(`! ${line}`)),
		pass: (line) => colors.bold(colors.green(`✓ ${line}`))
	}[level](text);
}
function undecided({ report, colors, width }) {
	if (report.undecided === null) return [];
	const { file, line, message } = report.undecided;
	return [[
		...file === null ? [] : [colors.cyan(place(file, line))],
		visible(message),
		"",
		...wrap(unquoted(undecidedAdvice(report)), width)
	].join("\n")];
}
function list({ colors, width }, title, sentences) {
	if (sentences.length === 0) return [];
	const lines = sentences.slice(0, 30).flatMap((text) => {
		const [first = "", ...rest] = wrap(visibleLine(text), width - 4);
		return [`  - ${first}`, ...rest.map((line) => `    ${line}`)];
	});
	const left = sentences.length - 30;
	return [[
		colors.dim(title),
		...lines,
		...left > 0 ? [`  - and ${left} more`] : []
	].map(colors.dim).join("\n")];
}
function howToAccept({ report, colors }) {
	return acceptance(report).map((line) => colors.dim(`To accept a finding, put above the statement, or at the top of the file with a blank line below:\n  ${visibleLine(line)}`));
}
/** The runner of GitHub Actions takes a line that starts with `::` for a command; colours do not hide it for sure. */
const guard = (text) => text.replace(/^((?:[^\S\n]|\u001b\[\d+m)*):(?=:)/gm, "$1: ");
// src/report/sarif.ts
/** What GitHub takes: results of a run, signs of a message, bytes of a file (theirs are counted compressed). */
const mostResults = 25e3;
const longestMessage = 1e3;
const longestDescription = 1e3;
const mostBytes = 1e7;
const levels = {
	error: "error",
	warning: "warning",
	notice: "note"
};
const kinds = {
	error: "error",
	warning: "warning",
	notice: "recommendation"
};
/**
* The findings as SARIF 2.1.0 for code scanning. Accepted findings are there, suppressed. What exceeds GitHub's limits
* is left out, least severe first, and the file says how much.
*/
function toSarif(report, options) {
	const marks = fingerprints(report);
	const results = report.findings.map((finding, index) => ({
		finding,
		mark: marks[index] ?? ""
	})).sort((a, b) => weight(report, a.finding) - weight(report, b.finding)).map(({ finding, mark }) => resultOf(report, finding, mark, options));
	for (let kept = Math.min(results.length, mostResults);; kept = Math.floor(kept / 2)) {
		const text = harmlessJson(log(report, results.slice(0, kept), results.length - kept, options));
		if (kept === 0 || Buffer.byteLength(text) <= mostBytes) return text;
	}
}
function log(report, results, left, options) {
	const { undecided } = report;
	const notes = [...left === 0 ? [] : [{
		level: "warning",
		message: { text: `${left} more results are left out for length.` }
	}], ...undecided === null ? [] : [{
		level: "error",
		descriptor: { id: undecided.reason },
		message: { text: message(unlinked(undecided.message, longestMessage)) },
		...undecided.file === null ? {} : { locations: [location(undecided.file, undecided.line, undecided.line)] }
	}]];
	return {
		$schema: "https://json.schemastore.org/sarif-2.1.0.json",
		version: "2.1.0",
		runs: [{
			tool: { driver: {
				name: "migration-gate",
				.../^\d+\.\d+\.\d+/.test(options.version) ? { semanticVersion: options.version } : {},
				rules: options.rules.map((rule) => descriptor(rule, options.docs))
			} },
			automationDetails: { id: `migration-gate/${options.id}/` },
			invocations: [{
				executionSuccessful: undecided === null,
				...notes.length === 0 ? {} : { toolExecutionNotifications: notes }
			}],
			columnKind: "utf16CodeUnits",
			results
		}]
	};
}
function descriptor(rule, docs) {
	return {
		id: rule.name,
		name: rule.name,
		shortDescription: { text: rule.summary },
		fullDescription: { text: cut(rule.why, longestDescription) },
		help: {
			text: rule.markdown,
			markdown: rule.markdown
		},
		...docs === null ? {} : { helpUri: `${docs}/rules/${encodeURIComponent(rule.name)}.md` },
		defaultConfiguration: {
			enabled: rule.on,
			level: levels[rule.severity]
		},
		properties: {
			precision: "very-high",
			"problem.severity": kinds[rule.severity],
			tags: ["postgres", "migration"]
		}
	};
}
function resultOf(report, finding, mark, options) {
	const ruleIndex = options.rules.findIndex(({ name }) => name === finding.rule);
	const text = unlinked(`${finding.title}. ${finding.message}`, longestMessage);
	const { allowed, fix } = finding;
	return {
		ruleId: finding.rule,
		...ruleIndex === -1 ? {} : { ruleIndex },
		level: isBlocking(report, finding) ? "error" : finding.severity === "error" && allowed === null ? "warning" : levels[finding.severity],
		message: { text: message(text) },
		locations: [location(placeOf(report, finding), finding.line, finding.endLine, finding.object)],
		partialFingerprints: { "migrationGateFinding/v1": mark },
		...allowed === null ? {} : { suppressions: [{
			kind: "inSource",
			status: "accepted",
			justification: cut(unlinked(allowed.reason, longestMessage), longestMessage),
			location: location(allowed.file, allowed.line, allowed.line)
		}] },
		...fix?.replaces === void 0 || finding.file === null ? {} : { fixes: [replacement(finding.file, fix.replaces)] }
	};
}
/** Whole lines: a region without columns reaches to the end of its last line and leaves the line's end. */
function replacement(file, { sql, ...lines }) {
	return {
		description: { text: "Tried on an empty copy: same schema, weaker lock." },
		artifactChanges: [{
			artifactLocation: artifact(file),
			replacements: [{
				deletedRegion: {
					startLine: lines.line,
					endLine: lines.endLine
				},
				insertedContent: { text: sql.trimEnd() }
			}]
		}]
	};
}
/** GitHub refuses a file in which one result has no location: what is about no file is about the database's folder. */
function placeOf(report, finding) {
	if (finding.file !== null) return finding.file;
	const database = report.databases.find(({ name }) => name === finding.database) ?? report.databases[0];
	const path = (database?.path ?? "").replace(/^\.?\/+|\/+$/g, "");
	return database?.migrations[0]?.file ?? (path === "" ? "." : path);
}
function location(file, line, endLine, object = null) {
	const startLine = line ?? 1;
	return {
		physicalLocation: {
			artifactLocation: artifact(file),
			region: {
				startLine,
				endLine: Math.max(startLine, endLine ?? startLine)
			}
		},
		...object === null ? {} : { logicalLocations: [{ fullyQualifiedName: cut(visible(object), 300) }] }
	};
}
const artifact = (file) => ({
	uri: urlPath(file),
	uriBaseId: "%SRCROOT%"
});
/** Braces hold the places of arguments (SARIF 2.1.0, 3.11.5) unless they are doubled. */
function message(text) {
	const doubled = text.replace(/[{}]/g, "$&$&");
	return cut(doubled.length <= longestMessage ? doubled : text.replace(/[{}]/g, " "), longestMessage);
}
const cut = (text, limit) => text.length <= limit ? text : `${text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, "")}…`;
function weight(report, finding) {
	if (finding.allowed !== null) return 4;
	return isBlocking(report, finding) ? 0 : 1 + [
		"error",
		"warning",
		"notice"
	].indexOf(finding.severity);
}
// src/rules/help.ts
/** Every rule as outputs describe it that carry their own documentation. */
const ruleHelp = () => rules.map((rule) => ({
	name: rule.name,
	severity: rule.severity,
	on: rule.byDefault !== "off",
	summary: rule.summary,
	why: rule.why,
	markdown: rulePage(rule)
}));
export { buildReport as a, gate as i, toSarif as n, toTerminal as r, ruleHelp as t };

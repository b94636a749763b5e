import { n as takesComment } from "./shared27.js";
import { a as isBlocking, c as plural, d as wouldBlock, i as headline, l as sentence, o as isUntouched, s as notFullyJudged, t as changeCounts, u as undecidedAdvice } from "./shared28.js";
import { a as link, i as fence, n as code, o as prose, r as details, t as cell } from "./shared31.js";
import { a as strongest, i as lockTitle, n as compareLocks, t as blocks$1 } from "./shared26.js";
import { i as visibleLine, n as shorten, r as visible, t as clip } from "./shared30.js";
import { createHash } from "node:crypto";
// src/report/acceptance.ts
/**
* The comment that would accept one of the report's findings, as an example; none when there is nothing that
* a comment could accept: a migration that does not run, a file that is gone, the config.
*/
function acceptance(report) {
	const failing = new Set(report.databases.flatMap(({ migrations }) => migrations.filter(({ error }) => error !== null).map(({ file }) => file)));
	const candidates = report.findings.filter(({ rule, allowed, file, line }) => allowed === null && file !== null && line !== null && !failing.has(file) && takesComment(rule));
	const weight = (finding) => (isBlocking(report, finding) ? 4 : 0) + (finding.severity === "error" ? 2 : 0) + (finding.evidence === null ? 0 : 1);
	const [best] = [...candidates].sort((a, b) => weight(b) - weight(a));
	return best === void 0 ? [] : [`${commentSign(best.file ?? "")} migration-gate:allow ${best.rule}: reason`];
}
/** How a comment begins in the language of a migration file. */
function commentSign(file) {
	if (/\.(?:py|rb|exs?|ya?ml)$/.test(file)) return "#";
	if (/\.(?:[cm]?[jt]sx?|go|rs|kt|java)$/.test(file)) return "//";
	return "--";
}
// src/report/overview.ts
/** One row for every migration that the pull request adds, edits, deletes or renames, in the tool's order. */
function overview(report, database) {
	const findings = /* @__PURE__ */ new Map();
	for (const finding of report.findings) {
		if (finding.database !== database.name || finding.file === null) continue;
		const list = findings.get(finding.file);
		if (list === void 0) findings.set(finding.file, [finding]);
		else list.push(finding);
	}
	const files = database.migrations.map(({ file }) => file);
	const several = new Set(files.filter((file, index) => files.indexOf(file) !== index));
	const key = ({ file, version }) => several.has(file) ? `${file}\0${version}` : file;
	const findingsOf = ({ file, version }) => (findings.get(file) ?? []).filter(({ migration }) => !several.has(file) || (migration ?? version) === version);
	const history = new Map(database.historyChanges.map((change) => [key(change), change]));
	const traced = new Set(database.migrations.map(key));
	const rows = database.migrations.map((migration) => {
		const of = findingsOf(migration);
		const change = history.get(key(migration));
		const counts = countWords(report, of);
		const facts = [
			...migration.error === null ? [] : [`fails with ${migration.error.sqlstate}`],
			...migration.refused === void 0 ? [] : ["the tool stops at it"],
			...migration.rolledBack === true ? ["rolled back with a later one"] : [],
			...migration.status === "edited" ? [`${change?.kind === "edited-cosmetic" ? "comments or layout edited" : "edited"} after \`${report.base.ref}\` had it`] : [],
			...change?.kind === "out-of-order" ? ["out of order"] : [],
			...change?.kind === "duplicate-version" ? ["version taken twice"] : []
		];
		const shown = facts.length > 0 && of.length === 1 ? [] : counts;
		const unreached = migration.status === "new" && !migration.ran && migration.error === null && migration.refused === void 0;
		const quiet = quietWords(migration);
		const judged = levelOf(report, of);
		const passed = judged === "pass" && (quiet.length > 0 || unreached && of.length === 0);
		const level = migration.error !== null ? "blocked" : passed ? "skipped" : judged;
		const words = [...unreached ? ["not run, an earlier migration fails", ...counts] : [...facts, ...shown], ...quiet];
		const lock = strongestLock(migration);
		return {
			database,
			file: migration.file,
			side: "head",
			label: fileLabel(database, migration.file),
			level,
			result: words.length === 0 ? "safe" : words.join(", "),
			lock,
			blocks: migration.statements.length === 0 ? null : waiters(migration, lock?.mode ?? null)
		};
	});
	const others = database.historyChanges.flatMap((change) => {
		if (traced.has(key(change)) || change.kind === "missing-from-head") return [];
		const of = findingsOf(change);
		return [{
			database,
			file: change.file,
			side: change.kind === "deleted" ? "base" : "head",
			label: fileLabel(database, change.file),
			level: levelOf(report, of),
			result: [historyWords(report, change.kind), ...of.length === 1 ? [] : countWords(report, of)].join(", "),
			lock: null,
			blocks: null
		}];
	});
	const edited = new Set(database.migrations.filter(({ status }) => status === "edited").map(({ file }) => file));
	const ofBase = ({ file }) => edited.has(file);
	return [
		...others,
		...rows.filter(ofBase),
		...rows.filter((row) => !ofBase(row))
	];
}
/** The path below the database's directory; `20260101_add_role` for `20260101_add_role/migration.sql`. */
function fileLabel(database, file) {
	const path = [database.path, ...database.paths].find((root) => root !== "" && file.startsWith(`${root}/`));
	return (path === void 0 ? file : file.slice(path.length + 1)).replace(/(?<=.)\/(?:migration|up)\.sql$/, "");
}
/** The statement that a finding is about, when it was traced. */
function statementOf(report, finding) {
	if (finding.file === null || finding.line === null) return null;
	const { file, line } = finding;
	const statements = report.databases.find((database) => database.name === finding.database)?.migrations.flatMap((migration) => migration.file === file ? migration.statements : []) ?? [];
	return statements.find((statement) => statement.index === finding.statement && statement.line === line) ?? statements.find((statement) => statement.line === line) ?? statements.find((statement) => statement.line <= line && line <= statement.endLine) ?? null;
}
/** What was seen on the shadow, as short phrases; the lock's words come apart, so that they can be set as code. */
function evidenceOf(report, finding) {
	const { evidence } = finding;
	if (evidence === null) return null;
	const statement = statementOf(report, finding);
	const relation = statement?.locks.map((lock) => `${lock.schema}.${lock.relation}`).find((name) => finding.object === name || finding.object?.startsWith(`${name}.`));
	return {
		lock: evidence.lock,
		on: relation ?? finding.object,
		facts: [
			...evidence.blocks.length > 0 ? [`blocks ${sentence(evidence.blocks)}`] : [],
			...evidence.rewrite ? ["rewrites the table"] : [],
			...evidence.scan && !evidence.rewrite ? ["reads the whole table"] : []
		],
		seen: statement?.source === "documented" ? "by PostgreSQL's manual, as the statement refuses a transaction" : "seen on an empty shadow table"
	};
}
/** A relation's name as people write it: without `public.`. */
const shortName = (name) => name.replace(/^public\.(?=[^.])/, "");
function strongestLock(migration) {
	const locks = migration.statements.flatMap((statement) => statement.locks);
	const best = strongest(locks);
	if (best === void 0) return null;
	const equals = locks.filter((lock) => compareLocks(lock.mode, best.mode) === 0);
	const tables = equals.filter((lock) => lock.kind !== "index");
	const names = (tables.length > 0 ? tables : equals).map((lock) => `${lock.schema}.${lock.relation}`);
	return {
		mode: best.mode,
		relations: [...new Set(names)]
	};
}
/** Who waits, and whether the wait grows with the table: nothing was read from end to end or rewritten. */
function waiters(migration, mode) {
	const blocked = mode === null ? [] : blocks$1(mode);
	if (blocked.length === 0) return "nobody";
	const long = migration.error !== null || migration.statements.some((statement) => statement.rewrites.length > 0 || statement.scans.length > 0);
	return `${sentence(blocked)}${long ? "" : ", briefly"}`;
}
function levelOf(report, findings) {
	if (findings.some((finding) => isBlocking(report, finding))) return "blocked";
	return findings.filter((finding) => finding.allowed === null && finding.severity !== "notice").length > 0 ? "warning" : "pass";
}
function countWords(report, findings) {
	const live = findings.filter((finding) => finding.allowed === null);
	const blocking = live.filter((finding) => isBlocking(report, finding));
	const rest = live.filter((finding) => !isBlocking(report, finding));
	const of = (severity) => rest.filter((finding) => finding.severity === severity).length;
	const accepted = findings.length - live.length;
	return [
		...blocking.length > 0 ? [`${blocking.length} blocking`] : [],
		...of("error") > 0 ? [plural(of("error"), "error")] : [],
		...of("warning") > 0 ? [plural(of("warning"), "warning")] : [],
		...of("notice") > 0 ? [plural(of("notice"), "notice")] : [],
		...accepted > 0 ? [`${accepted} accepted`] : []
	];
}
/** Rules that are named; more are counted. */
const mostRules = 2;
/** What nobody must take for safe: the settings keep the rules quiet that would complain. */
function quietWords({ notJudged = [] }) {
	const off = notJudged.filter(({ because }) => because === "rule-off").map(({ rule }) => `\`${rule}\``);
	const left = off.length - mostRules;
	const named = left > 0 ? [...off.slice(0, mostRules), `${left} more`] : off;
	return [...off.length === 0 ? [] : [`switched off: ${sentence(named)}`], ...notJudged.length > off.length ? ["not judged (`ignore-migrations-before`)"] : []];
}
function historyWords(report, kind) {
	return {
		edited: `edited after \`${report.base.ref}\` had it`,
		"edited-cosmetic": `comments or layout edited after \`${report.base.ref}\` had it`,
		deleted: `deleted, but \`${report.base.ref}\` has it`,
		renamed: `renamed, but \`${report.base.ref}\` has it by its old name`,
		"out-of-order": "out of order",
		"duplicate-version": "version taken twice"
	}[kind] ?? kind;
}
// src/report/fingerprint.ts
/**
* What tells each finding of a report apart from the others and stays the same while its cause does: lines may move,
* messages may be worded anew. Two findings that are alike in everything are numbered in their order.
*
* @returns one hexadecimal word of 32 signs per finding, in the report's order
*/
function fingerprints(report) {
	const seen = /* @__PURE__ */ new Map();
	return report.findings.map((finding) => {
		const what = identity(report, finding);
		const nth = seen.get(what) ?? 0;
		seen.set(what, nth + 1);
		return createHash("sha256").update(`${what}\0${nth}`).digest("hex").slice(0, 32);
	});
}
function identity(report, finding) {
	const { rule, database, migration, file, object, detail } = finding;
	const text = statementOf(report, finding)?.sql ?? detail?.text ?? "";
	return JSON.stringify([
		rule,
		database,
		migration ?? file,
		object,
		text.replace(/\s+/g, " ").trim()
	]);
}
// src/report/shown-findings.ts
/** More than that are not listed: then nothing can be said to have been shown. */
const mostMarks = 500;
/** Short fingerprints of some of a report's findings. */
function shortMarks(report, which) {
	const marks = fingerprints(report);
	return report.findings.flatMap((finding, index) => which(finding) ? [(marks[index] ?? "").slice(0, 12)] : []);
}
/** The hidden line of a comment that lists the errors and warnings that it shows. */
function shownFindings(report) {
	return `<!-- migration-gate:findings=${shortMarks(report, ({ allowed, severity }) => allowed === null && severity !== "notice").slice(0, mostMarks).join(",")} -->`;
}
/** What such a line lists; null where a comment has none. */
function findingsShown(body) {
	const list = /^<!-- migration-gate:findings=([0-9a-f,]*) -->$/m.exec(body.replaceAll("\r\n", "\n"))?.[1];
	return list === void 0 ? null : new Set(list.split(","));
}
// src/report/what-ran.ts
/**
* What ran and for which commits, in parts: `PostgreSQL 17.10 shadow`, `base 9f31c02 → head e4b7a15`,
* `42 base and 3 new migrations applied`. No durations: a shadow's say nothing about production.
*
* @param quote how the name of a branch or commit is set
*/
function whatRan(report, quote) {
	const versions = [...new Set(report.databases.flatMap(({ shadow }) => shadow?.postgresVersion ?? []))];
	const side = ({ ref, sha }) => quote(sha === null ? ref : sha.slice(0, 7));
	const migrations = report.databases.flatMap((database) => database.migrations);
	const fresh = migrations.filter((migration) => migration.status === "new");
	const applied = fresh.filter((migration) => isApplied(migration)).length;
	const base = report.databases.reduce((sum, { migrationCounts }) => sum + migrationCounts.base, 0);
	const added = report.databases.reduce((sum, { migrationCounts }) => sum + migrationCounts.new, 0);
	const counts = versions.length === 0 ? [] : report.undecided !== null ? [`${plural(base, "base migration")}, ${added} new`] : fresh.length === 0 ? [`${plural(base, "base migration")} applied`] : applied < fresh.length ? [`${base} base and ${applied} of ${plural(fresh.length, "new migration")} applied`] : [`${base} base and ${plural(fresh.length, "new migration")} applied`];
	const changed = report.databases.some(({ schemaChanges, schemaDiff }) => schemaChanges.length + schemaDiff.length > 0);
	const failed = migrations.some((migration) => migration.error !== null);
	const unchanged = versions.length > 0 && !changed && !failed && report.undecided === null && fresh.length > 0;
	return [
		...versions.length === 0 ? [] : [`PostgreSQL ${versions.map(plainVersion).join(", ")} shadow`],
		`base ${side(report.base)} → head ${side(report.head)}`,
		...counts,
		...report.databases.length > 1 ? [plural(report.databases.length, "database")] : [],
		...unchanged ? ["schema unchanged"] : []
	];
}
/** Does what it did stay? */
const isApplied = ({ ran, error, rolledBack }) => ran && error === null && rolledBack !== true;
/** `17.10`, without what a packager adds: `17.10 (Debian 17.10-1.pgdg13+1)`. */
const plainVersion = (version) => /^[\w.]+/.exec(version)?.[0] ?? "?";
// src/report/markdown/context.ts
function markdownContext(report, options) {
	const { links, detail, expand } = options;
	return {
		report,
		detail,
		expand,
		blob: (file, line, side) => links?.blob(file, line, side) ?? null,
		rule: (name) => link(code(name), links === null ? null : `${links.docs}/rules/${encodeURIComponent(name)}.md`),
		elsewhere: () => links?.run == null ? ", see the JSON report" : expand ? ", see the JSON report" : `, see the ${link("job summary", links.run)}`
	};
}
// src/report/failure.ts
const contextLines = 6;
/** What the server said about a failing migration, with a caret; null when the finding is about no failure. */
function failureText(report, finding) {
	const migration = report.databases.find((database) => database.name === finding.database)?.migrations.find(({ file, error }) => file === finding.file && error !== null);
	if (migration?.error == null || migration.error.line !== finding.line) return null;
	const { sqlstate, message, detail, hint } = migration.error;
	return [
		`ERROR ${sqlstate}: ${said(message)}`,
		...detail === null ? [] : [`DETAIL: ${said(detail)}`],
		...hint === null ? [] : [`HINT: ${said(hint)}`],
		...frame(migration)
	].join("\n");
}
/** A server repeats whole statements and rows in its messages. */
const said = (text) => clip(visible(text), 8);
/** Lines of the failing statement around the error, numbered as in the file. */
function frame(migration) {
	const { error } = migration;
	if (error === null) return [];
	const statement = migration.statements.find(({ line, endLine }) => line <= error.line && error.line <= endLine);
	if (statement === void 0) return [];
	return ["", codeFrame(statement.sql, statement.line, error)];
}
/**
* A statement with line numbers and a caret under the place that the server named. Long statements are
* shown around it.
*
* @param firstLine number of the statement's first line in its file
*/
function codeFrame(sql, firstLine, place) {
	const lines = visible(sql).split("\n");
	const target = place.line - firstLine;
	const from = Math.max(0, Math.min(target - contextLines, lines.length - 12));
	const to = Math.min(lines.length, from + 12 + 1);
	const width = String(firstLine + to - 1).length;
	return lines.slice(from, to).flatMap((line, index) => {
		const number = firstLine + from + index;
		const row = `${String(number).padStart(width)} | ${shorten(line, 160)}`;
		if (number !== place.line || place.column === null || place.column > 150) return [row];
		const before = line.slice(0, place.column - 1).replace(/[^\t]/g, " ");
		return [row, `${" ".repeat(width)} | ${before}^`];
	}).join("\n");
}
// src/report/uses.ts
/** The lines that still name what goes, with the words for the tree that has them. */
const useLines = ({ uses = [] }) => uses.map((use) => ({
	...use,
	where: use.tree === "base" ? "in base" : "in head"
}));
/** `Names users.email or looks like it:` */
function usesTitle({ object }) {
	return `Code that names ${object === null ? "it" : object.split(".").slice(-2).join(".")} or looks like it:`;
}
// src/report/markdown/findings.ts
const statementLines = 12;
const detailLines = 40;
const fixLines = 40;
const openCodeLines = 15;
const openPerRule = 3;
const titleLength = 120;
const rulesInShort = 3;
/** Findings that block (or would, where nothing blocks), open, most severe first; the rest of them folded. */
function openFindings(context) {
	const { report, detail } = context;
	const found = report.findings.filter((finding) => finding.allowed === null).filter((finding) => wouldBlock(report, finding) || finding.severity === "error").sort((a, b) => rank(a) - rank(b));
	if (found.length === 0) return [];
	if (detail.findings === "list") return [list$1(context, found)];
	const open = found.filter(firstOfRule()).slice(0, detail.open);
	const rest = found.filter((finding) => !open.includes(finding));
	return [...open.map((finding, index) => `#### ${index + 1}. ${title(finding)}\n\n${body$1(context, finding)}`), ...rest.length === 0 ? [] : [fold(context, `${plural(rest.length, "more problem")}: ${inShort(rest)}`, rest)]];
}
/** A filter: the same problem over and over tells a reviewer nothing new after the third time. */
function firstOfRule() {
	const seen = /* @__PURE__ */ new Map();
	return ({ rule }) => {
		const count = (seen.get(rule) ?? 0) + 1;
		seen.set(rule, count);
		return count <= openPerRule;
	};
}
/** Warnings and notices, each kind folded. */
function foldedFindings(context) {
	const { report } = context;
	return ["warning", "notice"].flatMap((severity) => {
		const found = report.findings.filter((finding) => finding.allowed === null && finding.severity === severity && !wouldBlock(report, finding));
		if (found.length === 0) return [];
		return [fold(context, `${severity === "warning" ? "⚠️" : "ℹ️"} ${plural(found.length, severity)}: ${inShort(found)}`, found)];
	});
}
/** Findings that the migration's author accepted, with the reason. */
function acceptedFindings(context) {
	const { report, detail } = context;
	const found = report.findings.flatMap((finding) => finding.allowed === null ? [] : [{
		finding,
		allowed: finding.allowed
	}]);
	if (found.length === 0) return [];
	const lines = found.slice(0, detail.items).map(({ finding, allowed }) => {
		const where = link(code(`${labelOf(context, finding, allowed.file)}:${allowed.line}`), context.blob(allowed.file, allowed.line, "head"));
		return `- ${title(finding)} · ${context.rule(finding.rule)}\n  Reason at ${where}: “${prose(allowed.reason, [], 500)}”`;
	});
	return [details(`🤝 ${plural(found.length, "accepted finding")}: ${inShort(found.map(({ finding }) => finding))}`, [...lines, ...more(context, found.length)].join("\n"), context.expand)];
}
/** What is folded, so that a reviewer need not open it to know: the one finding's title, else the rules. */
function inShort(findings) {
	const [only] = findings;
	if (only !== void 0 && findings.length === 1) return shorten(visibleLine(only.title), titleLength);
	const counts = /* @__PURE__ */ new Map();
	for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
	const rules = [...counts].map(([rule, count]) => count === 1 || counts.size === 1 ? rule : `${count} × ${rule}`);
	const left = rules.length - rulesInShort;
	return sentence(left > 0 ? [...rules.slice(0, rulesInShort), `${left} more`] : rules);
}
function fold(context, summary, findings) {
	const { detail } = context;
	const text = detail.findings === "full" ? [...findings.slice(0, detail.items).map((finding) => `**${title(finding)}**\n\n${body$1(context, finding)}`), ...more(context, findings.length)].join("\n\n") : list$1(context, findings);
	return details(summary, text, context.expand);
}
function list$1(context, findings) {
	return [...findings.slice(0, context.detail.items).map((finding) => {
		const where = place(context, finding);
		return `- ${[
			...where === null ? [] : [where],
			title(finding),
			context.rule(finding.rule)
		].join(" · ")}`;
	}), ...more(context, findings.length)].join("\n");
}
function more(context, count) {
	const left = count - context.detail.items;
	return left <= 0 ? [] : [`\n_and ${plural(left, "more")}${context.elsewhere()}_`.replace("mores", "more")];
}
function body$1(context, finding) {
	const parts = blocks(context, finding);
	const message = prose(finding.message, names(finding));
	const line = facts(context, finding);
	if (context.detail.findings === "fold" && parts.before.length + parts.after.length > 0) {
		const inner = [...parts.before, ...parts.after].join("\n\n");
		return [
			line,
			message,
			details("Statement and fix", inner, false)
		].join("\n\n");
	}
	return [
		line,
		...parts.before,
		message,
		...uses(context, finding),
		...parts.after
	].join("\n\n");
}
/** The lines of the repository that still name what goes. */
function uses(context, finding) {
	const lines = useLines(finding).map(({ file, line, text, tree, where }) => `- ${link(code(`${file}:${line}`), context.blob(file, line, tree))} (${where}): ${code(text, 160)}`);
	return lines.length === 0 ? [] : [[
		prose(usesTitle(finding), names(finding)),
		"",
		...lines
	].join("\n")];
}
function blocks(context, finding) {
	const statement = statementOf(context.report, finding);
	const failure = finding.detail === null ? failureText(context.report, finding) : null;
	const before = finding.detail !== null ? [fence(finding.detail.language, clip(finding.detail.text, detailLines))] : failure !== null ? [fence("text", failure)] : statement !== null ? [fence("sql", clip(statement.sql, statementLines))] : [];
	const commands = finding.commands === void 0 ? [] : [fence("text", clip(finding.commands.join("\n"), fixLines, 5e3))];
	const fix = finding.fix === null ? [] : [
		finding.fix.heading !== void 0 ? prose(finding.fix.heading, names(finding)) : finding.fix.verified ? "**Instead** (tried: same schema, weaker lock, on an empty copy):" : "**Instead:**",
		fence("sql", clip(finding.fix.sql, fixLines)),
		...codeOf(finding.fix.code)
	];
	return {
		before,
		after: [...commands, ...fix]
	};
}
/** The fix in the tool's own words; folded where it is long. */
function codeOf(code) {
	if (code === void 0) return [];
	const text = fence(code.language, clip(code.text, fixLines));
	return code.text.split("\n").length > openCodeLines ? [details(`In ${code.tool}`, text)] : [`**In ${prose(code.tool, [], 50)}:**`, text];
}
/** File and line, what was seen, the rule: one line of small facts. */
function facts(context, finding) {
	const seen = evidenceOf(context.report, finding);
	const where = place(context, finding);
	const lock = seen === null || seen.lock === null ? null : `${code(lockTitle(seen.lock))}${seen.on === null ? "" : ` on ${code(shortName(seen.on), 60)}`}`;
	return [
		...where === null ? [] : [where],
		...lock === null ? [] : [lock],
		...seen === null ? [] : [...seen.facts, seen.seen],
		context.rule(finding.rule)
	].join(" · ");
}
function place(context, finding) {
	if (finding.file === null) return null;
	const label = labelOf(context, finding, finding.file);
	const line = finding.line === null ? "" : `:${finding.line}`;
	const gone = context.report.databases.find((candidate) => candidate.name === finding.database)?.historyChanges.some(({ kind, file }) => file === finding.file && (kind === "deleted" || kind === "missing-from-head"));
	return link(code(`${label}${line}`), context.blob(finding.file, finding.line, gone === true ? "base" : "head"));
}
function labelOf(context, finding, file) {
	const { databases } = context.report;
	const database = databases.find((candidate) => candidate.name === finding.database);
	return database === void 0 || databases.length > 1 ? file : fileLabel(database, file);
}
const title = (finding) => prose(finding.title, names(finding), 300);
/** Names that stand in a finding's sentences and are set as code. */
function names(finding) {
	const { object, file } = finding;
	const parts = object === null ? [] : [
		object,
		object.split(".").slice(0, 2).join("."),
		shortName(object)
	];
	return [.../* @__PURE__ */ new Set([...parts, ...file === null ? [] : [file, file.slice(file.lastIndexOf("/") + 1)]])];
}
const severities = [
	"error",
	"warning",
	"notice"
];
const rank = (finding) => severities.indexOf(finding.severity);
// src/report/markdown/half-way.ts
/** What is when a deploy stops inside of a new migration, folded; nothing for those that the server takes back and the tool runs again. */
function halfWay(context) {
	const { report, detail } = context;
	const all = report.databases.flatMap(({ migrations }) => migrations.flatMap(({ file, ifItFails }) => ifItFails === void 0 ? [] : [{
		file,
		...ifItFails
	}]));
	const shown = all.slice(0, detail.items);
	if (shown.length === 0) return [];
	const parts = shown.map(({ file, leaves, next, commands }) => [`${code(file)}: ${prose(leaves)} ${prose(next)}`, ...commands.length === 0 ? [] : [fence("text", commands.join("\n"))]].join("\n\n"));
	const left = all.length - shown.length;
	if (left > 0) parts.push(`_and ${left} more${context.elsewhere()}_`);
	return [details("If it fails half-way", parts.join("\n\n"), context.expand)];
}
// src/report/open-pulls.ts
/** Do the two not get on? */
const isInTheWay = ({ collisions, orders }) => collisions.length > 0 || orders.outcome === "differ" || orders.outcome === "fails";
/** `Other open pull requests: 2 of 5 are in the way of this one`. */
function openPullsTitle({ others }) {
	const names = (of) => new Set(of.map(({ name }) => name)).size;
	const [inTheWay, all] = [names(others.filter(isInTheWay)), names(others)];
	if (all === 0) return "Other open pull requests: none was compared";
	if (inTheWay === 0) return `Other open pull requests: none of ${all} is in the way of this one`;
	return `Other open pull requests: ${inTheWay} of ${all} ${inTheWay === 1 ? "is" : "are"} in the way of this one`;
}
/** How the ways of deploying both ended, as one sentence. */
function ordersSay({ name, orders }) {
	switch (orders.outcome) {
		case "same": return "Both orders give the same schema.";
		case "not-tried": return `Whether both orders give the same schema was not tried: ${orders.why}`;
		case "differ": return `The order decides the schema, in ${plural(orders.differences.length, "place")}. Lines with \`-\` are what there is when this pull request is deployed first, lines with \`+\` when ${name} is.`;
		case "fails": return orders.failures.length === 2 ? "In either order the second one fails." : `It fails when ${orders.failures[0]?.first === "this" ? "this pull request" : name} is deployed first.`;
	}
}
/** `After this pull request, migrations/2.sql:1 of #12 fails`; `show` makes text of the pull requests the output's own. */
function failureTitle({ name }, { first, file, line }, show) {
	const where = show(`${file}:${line}`);
	return first === "this" ? `After this pull request, ${where} of ${show(name)} fails` : `After ${show(name)}, ${where} of this pull request fails`;
}
/** The names of those that are in nobody's way, by what was tried, as sentences. */
function quietOnes(others, name) {
	const quiet = others.filter((other) => !isInTheWay(other));
	const same = [...new Set(quiet.filter(({ orders }) => orders.outcome === "same").map((one) => one.name))];
	return same.length === 0 ? [] : [`${sentence(same.map(name))}: no collision, and both orders give the same schema.`];
}
// src/report/markdown/open-pulls.ts
/** Characters of a sentence or line: it is a side matter. */
const longest = 400;
/** Other open pull requests and what they do to this one, folded. Nothing is linked: a link would write into their conversations. */
function openPulls(context) {
	const { report, detail } = context;
	const found = report.openPullRequests;
	if (found === void 0 || found.others.length + found.notes.length === 0) return [];
	const several = report.databases.length > 1;
	const inTheWay = found.others.filter(isInTheWay);
	const most = Math.max(3, detail.items);
	const untried = found.others.filter((one) => !isInTheWay(one) && one.orders.outcome === "not-tried");
	const left = inTheWay.length - most;
	const parts = [
		...inTheWay.slice(0, most).map((other) => one(context, other, several)),
		...left > 0 ? [`_and ${left} more${context.elsewhere()}_`] : [],
		...quietOnes(found.others, (name) => code(name, 60)),
		...list(untried.map((other) => `${code(other.name, 60)}: ${prose(`No collision. ${ordersSay(other)}`, [], longest)}`), most),
		...list(found.notes.map((note) => prose(note, [], longest)), most),
		"None of this is part of the verdict."
	];
	return [details(openPullsTitle(found), parts.join("\n\n"), context.expand)];
}
function one({ detail }, other, several) {
	const { name, title, ref, number, database, collisions, orders } = other;
	const head = [
		`**${code(name, 60)}**`,
		...title === null ? [] : [code(title, 80)],
		...number === null ? [] : [`(branch ${code(ref, 60)})`],
		...several ? [`in ${code(database, 60)}`] : []
	].join(" ");
	const lines = collisions.slice(0, Math.max(3, detail.items)).map(({ file, otherFile, says }) => [
		"- ",
		code(file),
		otherFile === null || otherFile === file ? "" : ` and ${code(otherFile)}`,
		`: ${prose(says, [], longest)}`
	].join(""));
	const short = detail.diffLines === 0;
	const tried = [prose(ordersSay(other), [], longest)];
	if (orders.outcome === "fails") for (const failure of orders.failures) {
		tried.push(`${failureTitle(other, failure, (text) => code(text))}: ${prose(failure.message, [], longest)}`);
		if (!short && failure.sql !== "") tried.push(fence("sql", clip(visible(failure.sql), 12, longest)));
	}
	if (orders.outcome === "differ" && !short) {
		const text = orders.differences.slice(0, Math.max(1, detail.items)).flatMap(({ type, name: of, before, after }) => [
			`@@ ${visibleLine(`${type} ${of}`, 200)} @@`,
			...marked$1("-", before),
			...marked$1("+", after)
		]);
		tried.push(fence("diff", clip(text.join("\n"), 60, longest)));
	}
	return [
		head,
		...lines.length === 0 ? [] : [lines.join("\n")],
		...tried
	].join("\n\n");
}
function list(items, most) {
	if (items.length === 0) return [];
	const left = items.length - most;
	return [[...items.slice(0, most).map((item) => `- ${item}`), ...left > 0 ? [`- _and ${left} more_`] : []].join("\n")];
}
function marked$1(sign, text) {
	return text === null ? [] : clip(visible(text), 10).split("\n").map((line) => `${sign} ${line}`);
}
// src/report/impact.ts
/** What breaks or may break the running version, with the reasons, the worst first. */
function impactLines(changes) {
	const of = (wanted) => changes.flatMap(({ impact, why, change, name, previousName }) => impact !== wanted || why === void 0 ? [] : [{
		name: previousName ?? name,
		what: words[change],
		impact: wanted,
		why
	}]);
	return [...of("breaking"), ...of("risky")];
}
const words = {
	added: "added",
	removed: "dropped",
	altered: "changed",
	renamed: "renamed"
};
// src/report/markdown/sections.ts
/** The schema diff of every database, folded. */
function schemaDiff(context) {
	const { report, detail } = context;
	const several = report.databases.length > 1;
	return report.databases.flatMap((database) => {
		const { schemaChanges, schemaDiff: objects } = database;
		if (schemaChanges.length === 0 && objects.length === 0) return [];
		const summary = `Schema diff${several ? ` of ${database.name}` : ""}: ${changeCounts(schemaChanges, objects.length)}`;
		const lines = objects.reduce((sum, { diff }) => sum + diff.trimEnd().split("\n").length, 0);
		if (detail.diffLines === 0) return [`_${prose(summary)} (${plural(lines, "line")} left out for length${context.elsewhere()})_`];
		const text = objects.map(({ object, diff }) => `@@ ${visibleLine(object, 200)} @@\n${clip(diff.trimEnd(), detail.diffLines)}`).join("\n");
		const shortened = objects.some(({ diff }) => diff.trimEnd().split("\n").length > detail.diffLines);
		const body = [
			...losses(schemaChanges),
			...impacts(schemaChanges, detail.items),
			...text === "" ? [] : [fence("diff", text)],
			...shortened ? [`_Long parts are shortened${context.elsewhere()}_`] : []
		];
		return [details(summary, body.join("\n\n"), context.expand)];
	});
}
/** The changed tables as a diagram, folded. */
function diagrams(context) {
	const { report, detail } = context;
	if (!detail.diagram) return [];
	const several = report.databases.length > 1;
	return report.databases.flatMap(({ name, erDiagram }) => erDiagram === void 0 ? [] : [details(`Changed tables as a diagram${several ? ` of ${name}` : ""}`, fence("mermaid", erDiagram), context.expand)]);
}
/** Where a fresh database would differ from one that was migrated step by step. */
function divergence(context) {
	const { report, detail } = context;
	return report.databases.flatMap((database) => {
		const changes = database.divergence;
		if (changes.length === 0) return [];
		const text = changes.slice(0, Math.max(1, detail.items)).flatMap(({ type, name, before, after }) => [
			`@@ ${visibleLine(`${type} ${name}`, 200)} @@`,
			...marked("-", before),
			...marked("+", after)
		]).join("\n");
		const left = changes.length - Math.max(1, detail.items);
		return [details(`A fresh database would end in another schema: ${plural(changes.length, "difference")} (${differing(changes)})`, [
			"Lines with `-` are what a database has that follows the base branch and gets this pull request; lines with `+` are what one has that ran all files from the start.",
			fence("diff", text),
			...left > 0 ? [`_and ${left} more${context.elsewhere()}_`] : []
		].join("\n\n"), context.expand)];
	});
}
/** What is different, so that a reviewer need not open it to know. */
function differing(changes) {
	const names = changes.slice(0, 3).map(({ name }) => shorten(visibleLine(name), 60));
	const left = changes.length - names.length;
	return sentence(left > 0 ? [...names, `${left} more`] : names);
}
/** Notes of the run and what it did not look at. */
function coverage(context) {
	const { notes, notChecked } = context.report;
	const items = (sentences) => {
		const most = Math.max(5, Math.min(50, context.detail.items));
		const left = sentences.length - most;
		return [...sentences.slice(0, most).map((note) => `- ${prose(note, [], 600)}`), ...left > 0 ? [`- _and ${left} more_`] : []].join("\n");
	};
	return [...notes.length === 0 ? [] : [details(`Notes (${notes.length})`, items(notes), context.expand)], ...notChecked.length === 0 ? [] : [details("What was not checked", items(notChecked), context.expand)]];
}
/** What the changes do to the running version. */
function impacts(changes, most) {
	const lines = impactLines(changes);
	if (lines.length === 0) return [];
	const left = lines.length - most;
	return [[...lines.slice(0, most).map(({ name, what, impact, why }) => `- ${code(name)} ${what} (${impact}): ${prose(why)}`), ...left > 0 ? [`- _and ${left} more_`] : []].join("\n")];
}
function losses(changes) {
	const lost = changes.filter(({ dataLoss }) => dataLoss);
	if (lost.length === 0) return [];
	const names = lost.slice(0, 5).map(({ name, previousName }) => code(previousName ?? name));
	const rest = lost.length > 5 ? [`${lost.length - 5} more`] : [];
	return [`🗑️ Data is lost with ${sentence([...names, ...rest])}.`];
}
function marked(sign, text) {
	return text === null ? [] : clip(text, 10).split("\n").map((line) => `${sign} ${line}`);
}
// src/report/markdown/table.ts
const symbols$1 = {
	blocked: "⛔",
	warning: "⚠️",
	pass: "✅",
	skipped: "➖"
};
/** Who waits comes before why: a narrow screen shows three columns. */
const columns = [
	"Migration",
	"Result",
	"Blocks",
	"Strongest lock"
];
/**
* One table per database, at most so many rows in all. What says something is not lost among what does not: when not all
* migrations fit, those without a finding are counted, and databases without one share a line below the others.
*/
function tables(context, limit) {
	const { report } = context;
	const changed = report.databases.map((database) => ({
		database,
		rows: overview(report, database)
	})).filter(({ rows }) => rows.length > 0);
	const telling = changed.filter(({ rows }) => !rows.every(isSilent));
	const open = context.expand || telling.length === 0 ? changed : telling;
	const several = report.databases.length > 1;
	const silent = changed.filter((one) => !open.includes(one));
	return [...open.map(({ database, rows }) => {
		const { kept, left } = pick(rows, Math.max(1, Math.floor(limit / open.length)));
		const version = database.shadow === null ? "" : ` · PostgreSQL ${plainVersion(database.shadow.postgresVersion)}`;
		const counts = database.migrationCounts;
		const title = `**${prose(database.name)}** · ${code(database.path === "" ? "." : database.path)}${version} · ${counts.base} base, ${counts.new} new`;
		return [
			...several ? [title, ""] : [],
			...table(context, kept),
			...left.length === 0 ? [] : ["", `_${leftOver(context, left)}_`]
		].join("\n");
	}), ...silent.length === 0 ? [] : [silentLine(context, silent.map(({ database, rows }) => ({
		name: database.name,
		count: rows.length
	})))]];
}
/** Nothing to look at. */
const isSilent = ({ level, result }) => level === "pass" && result === "safe";
/** Databases whose migrations are all safe. */
function silentLine(context, databases) {
	const most = Math.max(1, context.detail.items);
	const names = databases.slice(0, most).map(({ name, count }) => `**${prose(name, [], 100)}** (${plural(count, "migration")})`);
	const left = databases.length - most;
	return `${symbols$1.pass} Safe: ${sentence(left > 0 ? [...names, plural(left, "more database")] : names)}`;
}
/** Where no statement ran there are no locks to tell of. */
function table(context, rows) {
	const width = rows.some(({ lock, blocks }) => lock !== null || blocks !== null) ? columns.length : 2;
	const row = (cells) => `| ${cells.slice(0, width).join(" | ")} |`;
	return [
		row(columns),
		`|${":--|".repeat(width)}`,
		...rows.map((one) => row(line(context, one)))
	];
}
function line(context, row) {
	const file = link(code(row.label, 80), context.blob(row.file, null, row.side));
	const result = `${symbols$1[row.level]} ${prose(row.result)}`;
	const [first, ...more] = row.lock?.relations ?? [];
	const others = more.length === 0 ? "" : ` and ${more.length} more`;
	const lock = row.lock === null || first === void 0 ? "–" : `${code(lockTitle(row.lock.mode))} on ${code(shortName(first), 60)}${others}`;
	return [
		file,
		result,
		row.blocks ?? "–",
		lock
	].map(cell);
}
function pick(rows, most) {
	if (rows.length <= most) return {
		kept: rows,
		left: []
	};
	const weight = {
		blocked: 0,
		warning: 1,
		skipped: 3,
		pass: 2
	};
	const telling = rows.filter((row) => !isSilent(row));
	const wanted = (telling.length === 0 ? [...rows] : telling).sort((a, b) => weight[a.level] - weight[b.level]).slice(0, most);
	const keep = new Set(wanted);
	return {
		kept: rows.filter((row) => keep.has(row)),
		left: rows.filter((row) => !keep.has(row))
	};
}
function leftOver(context, rows) {
	const silent = rows.filter(isSilent).length;
	const rest = rows.length - silent;
	const where = context.elsewhere();
	if (rest === 0) return `and ${plural(silent, "more migration")} without a finding${where}`;
	return `and ${plural(rows.length, "more migration")}, ${rest} with findings${where}`;
}
// src/report/timeline.ts
/** Locks of indexes and sequences make nobody wait who does not wait for their table. */
const kinds = /* @__PURE__ */ new Set(["table", "materialized-view"]);
/** @returns null when no statement makes anybody wait */
function timelineOf(database) {
	const steps = database.migrations.flatMap((migration) => migration.statements.map((statement) => ({
		file: migration.file,
		label: fileLabel(database, migration.file),
		statement
	})));
	const moments = steps.flatMap(({ file, label, statement }, index) => {
		const waits = waitsOf(statement, steps[index + 1]?.statement);
		return waits.length === 0 ? [] : [{
			file,
			label,
			line: statement.line,
			sql: statement.sql,
			waits
		}];
	});
	if (moments.length === 0) return null;
	const length = /* @__PURE__ */ new Map();
	for (const { table } of moments.flatMap(({ waits }) => waits)) length.set(table, (length.get(table) ?? 0) + 1);
	return {
		tables: [...length].sort(([, a], [, b]) => b - a).map(([table]) => table),
		moments,
		quiet: steps.length - moments.length
	};
}
function waitsOf(statement, next) {
	const later = blocking(next?.locks ?? []);
	return [...blocking(statement.locks)].flatMap(([table, locks]) => {
		const top = strongest(locks);
		if (top === void 0) return [];
		return [{
			table,
			waits: blocks$1(top.mode).includes("reads") ? "reads and writes" : "writes",
			held: locks.filter(({ mode }) => blocks$1(mode).length === blocks$1(top.mode).length).some((lock) => !lock.new),
			freed: !(later.get(table) ?? []).some((lock) => !lock.new)
		}];
	});
}
/** By table, the locks that make somebody wait. */
function blocking(locks) {
	const byTable = /* @__PURE__ */ new Map();
	for (const lock of locks) {
		if (!kinds.has(lock.kind) || blocks$1(lock.mode).length === 0) continue;
		const table = `${lock.schema}.${lock.relation}`;
		byTable.set(table, [...byTable.get(table) ?? [], lock]);
	}
	return byTable;
}
// src/report/markdown/timeline.ts
const mostTables = 12;
/**
* Which table is blocked for whom, statement by statement, folded: a row for each statement that makes somebody
* wait, a column for each table. A table and no picture, so that it can be read in an e-mail and any name can
* stand in it.
*/
function lockTimeline(context) {
	const { report, detail } = context;
	if (detail.timeline === 0) return [];
	return report.databases.flatMap((database) => {
		const timeline = timelineOf(database);
		if (timeline === null || timeline.moments.length < 2 && !context.expand) return [];
		const summary = `Lock timeline${report.databases.length > 1 ? ` of ${database.name}` : ""}: ${summed(timeline)}`;
		return [details(summary, body(context, timeline), context.expand)];
	});
}
function summed({ tables, moments }) {
	const reads = new Set(moments.flatMap(({ waits }) => waits.filter((wait) => wait.waits !== "writes").map(({ table }) => table))).size;
	const writes = tables.length - reads;
	return [...reads === 0 ? [] : [`${plural(reads, "table")} blocked for reads and writes`], ...writes === 0 ? [] : [`${reads === 0 ? `${plural(writes, "table")} blocked` : writes} for writes`]].join(", ");
}
function body(context, timeline) {
	const tables = timeline.tables.slice(0, mostTables);
	const shown = timeline.moments.slice(0, context.detail.timeline);
	const head = ["Statement", ...tables.map((table) => code(shortName(table), 40))];
	const left = [...timeline.tables.length > tables.length ? [plural(timeline.tables.length - tables.length, "more table")] : [], ...timeline.moments.length > shown.length ? [plural(timeline.moments.length - shown.length, "more statement")] : []];
	return [[
		row(head),
		row([":--", ...tables.map(() => ":--")]),
		...shown.map((moment, index) => row([statement(context, moment, shown[index - 1]), ...tables.map((table) => wait(moment, table))]))
	].join("\n"), [
		"🟥 reads and writes wait · 🟨 writes wait · → free: the lock ends with the transaction, after this statement.",
		...timeline.quiet === 0 ? [] : [`During ${plural(timeline.quiet, "other statement")} nobody waits.`],
		...left.length === 0 ? [] : [`_and ${left.join(" and ")}${context.elsewhere()}_`]
	].join(" ")].join("\n\n");
}
const row = (cells) => `| ${cells.map(cell).join(" | ")} |`;
/** The file's name stands where it begins. */
function statement(context, { file, label, line, sql }, before) {
	const name = before?.file === file ? "" : label;
	return `${link(code(`${name}:${line}`, 60), context.blob(file, line, "head"))} ${code(sql, 48)}`;
}
function wait({ waits }, table) {
	const found = waits.find((each) => each.table === table);
	if (found === void 0) return "";
	const words = found.waits === "writes" ? "🟨 writes" : "🟥 reads, writes";
	return `${found.held ? `${words}, still` : words}${found.freed ? " → free" : ""}`;
}
// src/report/markdown/markdown.ts
/** GitHub refuses comments over 65,536 characters. */
const commentBudget = {
	limit: 6e4,
	unit: "characters"
};
/** A step whose summary exceeds 1 MiB fails, and the summary is lost. */
const summaryBudget = {
	limit: 921600,
	unit: "bytes"
};
const symbols = {
	blocked: "⛔",
	undecided: "❗",
	warning: "⚠️",
	pass: "✅"
};
/** From everything to a list; the first that fits the budget is taken. */
const comment = [
	{
		rows: 20,
		open: 10,
		items: 20,
		findings: "full",
		diffLines: 250,
		timeline: 40,
		diagram: true
	},
	{
		rows: 20,
		open: 10,
		items: 20,
		findings: "full",
		diffLines: 250,
		timeline: 40,
		diagram: false
	},
	{
		rows: 20,
		open: 10,
		items: 20,
		findings: "full",
		diffLines: 40,
		timeline: 40,
		diagram: false
	},
	{
		rows: 20,
		open: 10,
		items: 20,
		findings: "full",
		diffLines: 12,
		timeline: 12,
		diagram: false
	},
	{
		rows: 20,
		open: 10,
		items: 20,
		findings: "full",
		diffLines: 0,
		timeline: 0,
		diagram: false
	},
	{
		rows: 20,
		open: 10,
		items: 20,
		findings: "fold",
		diffLines: 0,
		timeline: 0,
		diagram: false
	},
	{
		rows: 20,
		open: 0,
		items: 50,
		findings: "list",
		diffLines: 0,
		timeline: 0,
		diagram: false
	},
	{
		rows: 10,
		open: 0,
		items: 10,
		findings: "list",
		diffLines: 0,
		timeline: 0,
		diagram: false
	},
	{
		rows: 5,
		open: 0,
		items: 3,
		findings: "list",
		diffLines: 0,
		timeline: 0,
		diagram: false
	}
];
const page = [
	{
		rows: 1e3,
		open: 500,
		items: 1e3,
		findings: "full",
		diffLines: 5e3,
		timeline: 1e3,
		diagram: true
	},
	{
		rows: 500,
		open: 100,
		items: 200,
		findings: "full",
		diffLines: 250,
		timeline: 40,
		diagram: true
	},
	...comment
];
/**
* The report as GitHub Markdown: the verdict first, what blocks open, the rest folded. Always within the
* budget: a report that is too long gets shorter step by step, says what it left out and where that is,
* and is never cut inside a block. Without options it is a page of its own: everything open, no links.
*/
function toMarkdown(report, choices = {}) {
	const options = {
		id: null,
		budget: summaryBudget,
		links: null,
		expand: true,
		...choices
	};
	const { id, budget } = options;
	const first = id === null ? "" : `${marker(id)}\n`;
	const last = id === null ? "" : `\n${shownFindings(report)}\n<!-- migration-gate:digest=${commentDigest(report)} -->\n`;
	const room = budget.limit - size(first + last, budget);
	for (const detail of options.expand ? page : comment) {
		const text = render(markdownContext(report, {
			...options,
			detail
		}), options.links);
		if (size(text, budget) <= room) return first + text + last;
	}
	const where = options.links?.run == null ? "" : ` See the ${link("job", options.links.run)}.`;
	return `${first}${verdict(report)}\n\nThe report is too long for this place.${where}\n${last}`;
}
/** The first line of a comment. Ids are letters, digits, `.`, `_` and `-`; anything else becomes `-`. */
const marker = (id) => `<!-- migration-gate:${id.replace(/[^\w.]+/g, "-")} -->`;
/**
* Says whether two comments tell a reader the same: SHAs and durations are left out. It is the last line of
* a comment, as `<!-- migration-gate:digest=… -->`.
*/
function commentDigest(report) {
	const still = (text) => text.replace(/\b[0-9a-f]{7,64}\b/g, "SHA").replace(/\b[\d.,]+ ?(?:ms|s|seconds?|minutes?|min)\b/g, "TIME");
	const sha = (value) => value === null ? null : "0".repeat(40);
	const masked = {
		...report,
		base: {
			...report.base,
			sha: sha(report.base.sha)
		},
		head: {
			...report.head,
			sha: sha(report.head.sha)
		},
		notes: report.notes.map(still),
		notChecked: report.notChecked.map(still)
	};
	const [detail] = comment;
	if (detail === void 0) throw new Error("no level of detail");
	const text = render(markdownContext(masked, {
		links: null,
		expand: false,
		detail
	}), null);
	return createHash("sha256").update(`${text}${shownFindings(report)}`).digest("hex").slice(0, 16);
}
/** Do a comment that stands there and a new one tell the same? */
function saysTheSame(existing, rendered) {
	const digest = digestOf(rendered);
	return digest !== null && digestOf(existing) === digest;
}
/** The digest at the end of a comment, null when it has none. */
function digestOf(body) {
	return /<!-- migration-gate:digest=([0-9a-f]+) -->\s*$/.exec(body)?.[1] ?? null;
}
function render(context, links) {
	const { report } = context;
	if (isUntouched(report) && !context.expand) return `${verdict(report)}\n`;
	const clean = headline(report).level === "pass" && report.findings.length === 0 && notFullyJudged(report) === 0;
	return `${[
		verdict(report),
		whatRan(report, (name) => code(name, 60)).join(" · "),
		...overridden(report),
		...undecided(context),
		...clean && !context.expand ? [] : tables(context, context.detail.rows),
		...openFindings(context),
		...foldedFindings(context),
		...acceptedFindings(context),
		...clean && !context.expand ? [] : lockTimeline(context),
		...clean && !context.expand ? [] : halfWay(context),
		...divergence(context),
		...openPulls(context),
		...schemaDiff(context),
		...diagrams(context),
		...clean && !context.expand ? [] : coverage(context),
		...clean ? [] : [footer(context, links)]
	].join("\n\n")}\n`;
}
function verdict(report) {
	const { level, word, rest } = headline(report);
	return `### ${symbols[level]} ${prose(`${word}${rest}`)}`;
}
/** Who accepted it, when, and until when that holds. */
function overridden({ override }) {
	if (override === void 0) return [];
	const { label, by, at } = override;
	return [`🤝 ${code(by, 60)} accepted what is below by setting the label ${code(label, 60)} at ${code(at, 40)}. The next push needs it anew.`];
}
function undecided(context) {
	const { report } = context;
	if (report.undecided === null) return [];
	const { file, line, message } = report.undecided;
	return [
		...file === null ? [] : [link(code(line === null ? file : `${file}:${line}`), context.blob(file, line, report.undecided.reason === "base-does-not-apply" ? "base" : "head"))],
		fence("text", clip(visible(message), 40)),
		prose(undecidedAdvice(report), [report.base.ref])
	];
}
function footer(context, links) {
	const { report, expand } = context;
	const parts = [
		...links?.run != null && !expand ? [link("Full report", links.run)] : [],
		...acceptance(report).map((line) => `To accept a finding, put ${code(line)} above the statement, or at the top of the file with a blank line below`),
		...links === null ? [] : [link("Documentation", links.docs)]
	];
	return parts.length === 0 ? "" : `<sub>${parts.join(" · ")}</sub>`;
}
function size(text, budget) {
	return budget.unit === "bytes" ? Buffer.byteLength(text) : text.length;
}
export { statementOf as C, shortName as S, findingsShown as _, toMarkdown as a, evidenceOf as b, isInTheWay as c, quietOnes as d, useLines as f, whatRan as g, failureText as h, summaryBudget as i, openPullsTitle as l, codeFrame as m, marker as n, impactLines as o, usesTitle as p, saysTheSame as r, failureTitle as s, commentBudget as t, ordersSay as u, shortMarks as v, acceptance as w, overview as x, fingerprints as y };

// src/report/headline.ts
/** Findings that count: those that were not accepted in the file. */
const counted = (report) => report.findings.filter((finding) => finding.allowed === null);
/** Does this finding keep the pull request from merging, by the run's own threshold? */
function isBlocking(report, finding) {
	if (finding.allowed !== null || report.failOn === "never" || report.override !== void 0) return false;
	return finding.severity === "error" || report.failOn === "warning" && finding.severity === "warning";
}
/** Nothing was there to check: no migration touched, nothing found. */
function isUntouched(report) {
	return report.verdict === "pass" && report.findings.length === 0 && changedFiles(report).length === 0;
}
/** The files of migrations that the pull request adds, edits, deletes or renames, per database. */
function changedFiles(report) {
	return report.databases.flatMap((database) => {
		const files = new Set(database.migrations.map((migration) => migration.file));
		for (const change of database.historyChanges) if (change.kind !== "missing-from-head") files.add(change.file);
		return [...files].map((file) => ({
			database: database.name,
			file
		}));
	});
}
/** Would it, without a label that accepts it? */
const wouldBlock = (report, finding) => isBlocking(withoutOverride(report), finding);
function withoutOverride({ override: _label, ...report }) {
	return report;
}
/** The verdict's line. */
function headline(report) {
	if (report.verdict === "undecided") return {
		level: "undecided",
		word: "Could not decide",
		rest: `: ${undecidedPhrase(report)}`
	};
	const { error, warning, notice, allowed } = report.counts;
	if (report.verdict === "blocked") {
		const blocking = counted(report).filter((finding) => isBlocking(report, finding));
		return {
			level: "blocked",
			word: "Blocked",
			rest: `: ${plural(blocking.length, "problem")}${inMigrations(report, blocking)}`
		};
	}
	if (report.override !== void 0) {
		const blocking = report.findings.filter((finding) => wouldBlock(report, finding));
		const { label, by } = report.override;
		return {
			level: "warning",
			word: "Accepted by label",
			rest: `: ${plural(blocking.length, "problem")}${inMigrations(report, blocking)}, \`${label}\` set by \`${by}\``
		};
	}
	if (error + warning > 0) {
		const parts = [...error > 0 ? [plural(error, "error")] : [], ...warning > 0 ? [plural(warning, "warning")] : []];
		const trial = error > 0 ? " (report only: fail-on is never)" : "";
		return {
			level: "warning",
			word: "Passed",
			rest: ` with ${sentence(parts)}${trial}`
		};
	}
	if (isUntouched(report)) return {
		level: "pass",
		word: "No migrations changed",
		rest: ""
	};
	if (allowed > 0) return {
		level: "pass",
		word: "Passed",
		rest: ` with ${plural(allowed, "accepted finding")}`
	};
	const fresh = report.databases.flatMap((database) => database.migrations);
	const quiet = notFullyJudged(report);
	if (quiet > 0) return {
		level: "pass",
		word: "Passed",
		rest: ` with ${plural(quiet, "migration")} not fully judged`
	};
	if (fresh.length === 0 || fresh.some((migration) => migration.status === "edited")) return {
		level: "pass",
		word: "Passed",
		rest: notice > 0 ? ` with ${plural(notice, "notice")}` : ""
	};
	return {
		level: "pass",
		word: plural(fresh.length, "migration"),
		rest: ` ${fresh.length === 1 ? "is" : "are"} safe to apply`
	};
}
/** How many migrations hold something that a rule would tell of, had the settings not kept it quiet. */
const notFullyJudged = (report) => report.databases.flatMap(({ migrations }) => migrations).filter(({ notJudged = [] }) => notJudged.length > 0).length;
/** Why there is no verdict, in a few words that fit a headline. */
function undecidedPhrase(report) {
	const base = `\`${report.base.ref}\``;
	return {
		"base-does-not-apply": `the migrations of ${base} do not apply by themselves`,
		"base-not-available": `${base} could not be read`,
		"merge-conflict": `this branch conflicts with ${base}`,
		"ambiguous-configuration": "the migrations could not be told apart",
		"invalid-configuration": "the configuration is not valid",
		"shadow-unavailable": "no shadow PostgreSQL could be started",
		"unsupported-tool": "this migration tool is not supported",
		"not-observed": "not everything that would run could be observed",
		timeout: "the time limit was reached",
		"internal-error": "migration-gate itself failed"
	}[report.undecided?.reason ?? "internal-error"];
}
/** Whose matter an undecided run is and what helps; one or two plain sentences. */
function undecidedAdvice(report) {
	const base = `\`${report.base.ref}\``;
	return {
		"base-does-not-apply": `This pull request is not the cause: ${base}'s own history fails on an empty PostgreSQL, before anything of this branch runs. Mend it on ${base}, or name what the history expects to be there (extensions, setup files, the PostgreSQL version) in the configuration.`,
		"base-not-available": "Check out with fetch-depth: 0, or let the job read the repository, so that both sides can be compared.",
		"merge-conflict": `Merge or rebase onto ${base}: what would run after the merge is not known until then.`,
		"ambiguous-configuration": "Name the directory and the tool with path and tool, or in the configuration file.",
		"invalid-configuration": "Mend the configuration and run again.",
		"shadow-unavailable": "Nothing is wrong with the migrations as far as is known: the runner could not provide the server. Run the job again, or choose another shadow.",
		"unsupported-tool": "Name the tool in the configuration, or let a command apply the migrations.",
		"not-observed": "What was not seen is not taken for safe. Make it run on the shadow, or write it so that it can be observed.",
		timeout: "Run the job again, or raise the limit.",
		"internal-error": "This is a defect of migration-gate, not of the pull request. Please report it with the log of this run."
	}[report.undecided?.reason ?? "internal-error"];
}
function inMigrations(report, findings) {
	const total = changedFiles(report);
	const key = (database, file) => `${database}\0${file}`;
	const known = new Set(total.map(({ database, file }) => key(database, file)));
	const hit = new Set(findings.map(({ database, file }) => key(database, file ?? "")).filter((file) => known.has(file)));
	if (hit.size === 0) return "";
	if (total.length === 1) return " in 1 migration";
	return ` in ${hit.size} of ${total.length} migrations`;
}
/** `1 problem`, `2 problems`. */
function plural(count, one, many = `${one}s`) {
	return `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
}
/** `a`, `a and b`, `a, b and c`. */
function sentence(parts) {
	if (parts.length < 2) return parts.join("");
	return `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
// src/report/change-counts.ts
/** `2 columns added, 1 table removed; 1 breaks the running version`. */
function changeCounts(changes, objects) {
	if (changes.length === 0) return plural(objects, "object");
	const groups = /* @__PURE__ */ new Map();
	for (const { type, change } of changes) {
		const key = `${type} ${change}`;
		groups.set(key, {
			type,
			change,
			count: (groups.get(key)?.count ?? 0) + 1
		});
	}
	const isCut = groups.size > 4;
	const words = [...groups.values()].sort(isCut ? byWeight : () => 0).map(({ type, change, count }) => `${typeCount(count, type === "statistics" ? "statistics object" : type.replace(/-/g, " "))} ${change}`);
	const shown = isCut ? [...words.slice(0, 3), `${words.length - 3} other kinds of change`] : words;
	const breaking = changes.filter(({ impact }) => impact === "breaking").length;
	return `${sentence(shown)}${breaking === 0 ? "" : ` (${breaking} breaking)`}`;
}
const changeOrder = [
	"removed",
	"renamed",
	"added",
	"altered"
];
const heaviest = [
	"table",
	"column",
	"view",
	"materialized-view",
	"type",
	"function"
];
/** Where not all are named: tables, columns and what else code names before the rest, gone or renamed before new. */
function byWeight(a, b) {
	const kind = ({ type }) => heaviest.includes(type) ? heaviest.indexOf(type) : heaviest.length;
	const isLight = (group) => Number(kind(group) === heaviest.length);
	return isLight(a) - isLight(b) || changeOrder.indexOf(a.change) - changeOrder.indexOf(b.change) || kind(a) - kind(b);
}
function typeCount(count, type) {
	return plural(count, type, /(?:x|s)$/.test(type) ? `${type}es` : type.endsWith("y") ? `${type.slice(0, -1)}ies` : `${type}s`);
}
export { isBlocking as a, plural as c, wouldBlock as d, headline as i, sentence as l, changedFiles as n, isUntouched as o, counted as r, notFullyJudged as s, changeCounts as t, undecidedAdvice as u };

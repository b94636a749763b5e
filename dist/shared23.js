import { n as structuredPatch } from "./shared22.js";
import { c as subject, d as fill, l as containerText, p as compareText, s as compared } from "./shared7.js";
// src/catalog/shared-text.ts
/** More objects of one statement than this are counted. */
const mostNamed = 12;
/**
* Privileges and owners that are changed on several objects in the same way, of which nothing else changed: one
* statement each for all of them, as lines of a diff. `together` are the differences that it tells.
*/
function sharedText(all) {
	const groups = /* @__PURE__ */ new Map();
	for (const holder of holders(all)) {
		const key = holder.lines.join("\n");
		groups.set(key, [...groups.get(key) ?? [], holder]);
	}
	const several = [...groups.values()].filter((members) => members.length > 1);
	return {
		together: new Set(several.flat().flatMap(({ differences }) => differences)),
		diff: several.flatMap((members) => {
			const names = members.map(({ name }) => name).sort(compareText);
			const left = names.length - mostNamed;
			const list = left > 1 ? `${names.slice(0, mostNamed).join(", ")} and ${left} more` : names.join(", ");
			return members[0]?.lines.map((line) => line.replace(place, () => list)) ?? [];
		}).join("\n")
	};
}
const place = "\0s";
/** Those of which privileges and owners changed, and nothing else. */
function holders(all) {
	const found = /* @__PURE__ */ new Map();
	for (const difference of all) {
		const { containerIdentity } = subject(difference);
		const list = found.get(containerIdentity);
		if (list === void 0) found.set(containerIdentity, [difference]);
		else list.push(difference);
	}
	return [...found.values()].filter((differences) => differences.every(isShareable)).map((differences) => ({
		differences,
		name: nameIn(subject(differences[0])).name,
		lines: differences.flatMap(changedLines)
	}));
}
const isShareable = (difference) => {
	const { type, facts } = subject(difference);
	return (type === "privilege" || type === "owner") && typeof facts.subject === "string";
};
/** `TABLE public.t` in two: the words that stay in the statement, and the name. */
function nameIn({ facts, text, containerSqlName }) {
	const whole = fill(String(facts.subject), {
		own: text.sqlName,
		container: containerSqlName
	});
	const [, words = "", name = whole] = /^((?:[A-Z]+ )*)(.*)$/s.exec(whole) ?? [];
	return {
		words,
		name
	};
}
/** The statements that one side has and the other lacks. */
function changedLines({ before, after }) {
	const [old, now] = [statements(before), statements(after)];
	return [...old.filter((line) => !now.includes(line)).map((line) => `-${line}`), ...now.filter((line) => !old.includes(line)).map((line) => `+${line}`)];
}
function statements(object) {
	if (object === void 0) return [];
	const { words, name } = nameIn(object);
	return object.definition.split("\n").map((line) => line.replace(` ${words}${name} `, () => ` ${words}${place} `));
}
// src/catalog/text.ts
/**
* The differences of two catalogs as text: one entry for each table, view, type … that changed or that a
* changed part belongs to, ordered by name; a GRANT for many tables is one line of the last entry. A hunk that does not begin at the first line has a `@@` line.
*/
function schemaDiff(before, after, by) {
	const { pairing, differences: all } = compared(before, after, by);
	const changed = /* @__PURE__ */ new Map();
	const { together, diff: shared } = sharedText(all);
	for (const difference of all) {
		if (together.has(difference)) continue;
		const oldPart = difference.before;
		const nowPart = difference.after;
		const old = oldPart && before.byIdentity(oldPart.containerIdentity);
		const now = nowPart && after.byIdentity(nowPart.containerIdentity);
		const oldPair = old && pairing.afterOf(old);
		const nowPair = now && pairing.beforeOf(now);
		if (old !== void 0) changed.set(key(old, oldPair), {
			old,
			now: oldPair
		});
		if (now !== void 0) changed.set(key(nowPair, now), {
			old: nowPair,
			now
		});
	}
	const texts = [...changed.values()].map(({ old, now }) => ({
		object: (now ?? old)?.container ?? "",
		diff: unified(old === void 0 ? "" : containerText(before, old, {
			laterName: now?.text.sqlName,
			mark: (part) => pairing.afterOf(part) === void 0 ? goneMark : ""
		}), now === void 0 ? "" : containerText(after, now, { mark: (part) => pairing.beforeOf(part) === void 0 ? newMark : "" }))
	})).filter((entry) => entry.diff !== "").sort((a, b) => compareText(a.object, b.object));
	return shared === "" ? texts : [...texts, {
		object: "privileges and owners",
		diff: shared
	}];
}
const goneMark = "\0-";
const newMark = "\0+";
const withoutMarks = (line) => line.replace(goneMark, "").replace(newMark, "");
const key = (old, now) => `${old?.identity ?? ""}\0${now?.identity ?? ""}`;
/** More changed lines than this are shown as replaced: the search for the shortest diff is quadratic in them. */
const longestSearch = 4e3;
function unified(before, after) {
	const ended = (text) => text === "" ? "" : `${text}\n`;
	const patch = structuredPatch("", "", ended(before), ended(after), "", "", {
		context: 3,
		maxEditLength: longestSearch
	});
	if (patch === void 0 || before === "" || after === "") {
		const marked = (text, sign) => text === "" ? [] : text.split("\n").map((line) => sign + line);
		return [...marked(before, "-"), ...marked(after, "+")].map(withoutMarks).join("\n");
	}
	const title = after.split("\n", 1)[0] ?? "";
	return patch.hunks.flatMap((hunk) => {
		const lines = hunk.lines.filter((line) => !line.startsWith("\\")).map(withoutMarks);
		if (hunk.oldStart <= 1 && hunk.newStart <= 1) return lines;
		return [`@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@ ${title}`, ...lines];
	}).join("\n");
}
export { schemaDiff as t };

// src/report/columns.ts
/** Characters that take two columns: East Asian wide and full-width ones, emoji. */
const wide = /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|[\u{20000}-\u{3fffd}]/u;
/** Columns that a text without control characters takes on a terminal. */
function columns(text) {
	let count = 0;
	for (const character of text.normalize("NFC")) {
		if (/\p{M}/u.test(character)) continue;
		count += wide.test(character) ? 2 : 1;
	}
	return count;
}
/** Spaces at the end up to a width. */
const pad = (text, width) => text + " ".repeat(Math.max(0, width - columns(text)));
/** Lines of at most so many columns, broken between words; a word that is longer stands alone. */
function wrap(text, width) {
	const lines = [];
	let line = "";
	for (const word of text.split(" ")) if (line !== "" && columns(line) + 1 + columns(word) > width) {
		lines.push(line);
		line = word;
	} else line = line === "" ? word : `${line} ${word}`;
	return [...lines, line];
}
/** The lines of a text, each moved right. */
const indent = (text, by) => text.split("\n").map((line) => line === "" ? "" : " ".repeat(by) + line);
// src/report/json.ts
/**
* The report as JSON for other programs, described by `report.schema.json`. Characters that a terminal or
* a job's log would obey or hide are written as escapes, which changes no value.
*/
const toJson = (report) => harmlessJson(report);
/** JSON that a terminal and a job's log show as it is. */
function harmlessJson(value) {
	return `${JSON.stringify(value, null, 2).replace(/[\x7f-\x9f\p{Cf}\u2028\u2029]/gu, (character) => Array.from({ length: character.length }, (_, at) => escaped(character.charCodeAt(at))).join("")).replace(/##(?=\[)/g, `#${escaped(35)}`)}\n`;
}
const escaped = (unit) => `\\u${unit.toString(16).padStart(4, "0")}`;
export { pad as a, indent as i, toJson as n, wrap as o, columns as r, harmlessJson as t };

// src/report/visible.ts
/**
* Everything that comes from a pull request (file names, SQL, identifiers, server messages) is hostile text.
* These functions take its invisible power away before any output adds its own escaping: terminal controls,
* line breaks that fake other lines, and direction or zero-width characters that show one name and mean another.
*/
/** Text of one line: line breaks become spaces, what cannot be seen is shown as a code. */
function visibleLine(text, limit = 1e3) {
	return shorten(visible(text).replace(/[\n\t ]+/g, " ").trim(), limit);
}
/** Text of several lines: line feeds and tabs stay, CR LF becomes a line feed, the rest is shown as a code. */
function visible(text) {
	return text.replace(/\r\n/g, "\n").replace(/\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}|\p{Cs}|\u034f|[\u115f\u1160\u3164\uffa0]|\u17b4|\u17b5/gu, shown).replace(/(\p{M}{3})\p{M}+/gu, "$1").replace(/##(?=\[)/g, "# #").replace(/<!(?=--\s*migration-gate)/gi, "<! ");
}
/** Cuts in the middle, where a name differs least. */
function shorten(text, limit) {
	const points = Array.from(text);
	if (points.length <= limit) return text;
	const head = Math.ceil((limit - 1) * .6);
	return `${points.slice(0, head).join("")}…${points.slice(points.length - (limit - 1 - head)).join("")}`;
}
/** At most so many lines of at most so many characters; what was left out is counted in the last line. */
function clip(text, lines, columns = 300) {
	const all = text.split("\n").map((line) => shorten(line, columns));
	if (all.length <= lines) return all.join("\n");
	return [...all.slice(0, lines - 1), `… ${all.length - lines + 1} more lines`].join("\n");
}
function shown(character) {
	const code = character.codePointAt(0) ?? 0;
	if (character === "\n" || character === "	") return character;
	if (code < 32) return String.fromCharCode(9216 + code);
	if (code === 127) return "␡";
	return `[U+${code.toString(16).toUpperCase().padStart(4, "0")}]`;
}
export { visibleLine as i, shorten as n, visible as r, clip as t };

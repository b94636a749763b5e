import { i as visibleLine, n as shorten, r as visible } from "./shared30.js";
// src/report/escape.ts
/**
* The one place where text becomes Markdown. GitHub works in two steps: cmark-gfm makes HTML, then filters
* link mentions, issues and commits in whatever text is not inside code. A backslash or an entity is gone
* after the first step, so only code spans and a zero-width space stop the second.
*/
const gap = "​";
/** What reads better as code in a sentence; none of it can hold anything but what is named here. */
const codeLike = [
	"\\b[A-Z]{2,}(?: [A-Z]{2,})+\\b",
	"\\b(?:SHARE|EXCLUSIVE|CONCURRENTLY|TRUNCATE|REINDEX|VACUUM)\\b",
	"(?<![\\w./@#:-])(?:[\\w.-]+/)*[\\w.-]+\\.(?:sql|py|rb|[cm]?[jt]s|xml|ya?ml|exs?|go)\\b(?![/@:.]\\w)",
	"(?<![\\w./@#:-])[a-z_]\\w+(?:\\.[a-z_]\\w+)+\\b(?![/@:])",
	"(?<![\\w./@#:-])(?:\\w+\\.)*[a-z]\\w*_\\w+(?:\\.\\w+)*\\b(?![/@:])"
];
/**
* A plain sentence as inline Markdown. Pairs of backticks, key words, identifiers and `names` come out as
* code, nothing else of it has a meaning; line breaks become spaces.
*/
function prose(text, names = [], limit = 2e3) {
	const wanted = names.map((name) => visibleLine(name)).filter((name) => name.includes(".")).sort((a, b) => b.length - a.length).map(literal);
	const alternatives = [
		"`([^`]+)`",
		...wanted.length === 0 ? [] : [`(?<![\\w.$"])(?:${wanted.join("|")})(?![\\w$"]|\\.\\w)`],
		...codeLike
	];
	const line = visibleLine(text, limit);
	let out = "";
	let at = 0;
	for (const match of line.matchAll(new RegExp(alternatives.join("|"), "g"))) {
		out += plain(line.slice(at, match.index)) + code(match[1] ?? match[0]);
		at = match.index + match[0].length;
	}
	out += plain(line.slice(at));
	return out.replace(/^(?=#+(?:\s|$)|[-+=](?:\s|$)|[-=]{2,}\s*$)/, "\\").replace(/^\d+(?=[.)](?:\s|$))/, (number) => `${number}${gap}`);
}
/** A code span: in running text, headings and link labels. */
function code(text, limit = 120) {
	const line = shorten(visibleLine(text), limit);
	const inside = line === "" ? "(empty)" : line;
	const ticks = "`".repeat(longestRun(inside) + 1);
	const pad = inside.startsWith("`") || inside.endsWith("`") ? " " : "";
	return `${ticks}${pad}${inside}${pad}${ticks}`;
}
/**
* Finished Markdown as the content of a table cell. A cell ends at a bar, in code too, unless a backslash
* stands before it; two backslashes before a bar are read differently by different parsers.
*/
function cell(markdown) {
	return markdown.replace(/\\(?=\|)/g, "∖").replace(/\|/g, "\\|");
}
/** A code block whose fence no line of the text can close. */
function fence(language, text) {
	const inside = visible(text).replace(/^\n+|\s+$/g, "");
	const ticks = "`".repeat(Math.max(3, longestRun(inside) + 1));
	return `${ticks}${language}\n${inside}\n${ticks}`;
}
/** A link whose label is already Markdown; the label alone when there is no address or it is none of the web. */
function link(label, url) {
	if (url === null || url.length > 2e3 || !/^https?:\/\//i.test(url)) return label;
	return `[${label}](${url.replace(/[^\w\-.~:/?#@!$&*+,;=%]/g, (character) => encodeURIComponent(character).replace(/[!'()*]/g, hex))})`;
}
/** A path for a URL: every segment encoded, slashes kept. */
function urlPath(file) {
	return file.replace(/\p{Cs}/gu, "�").split("/").map((segment) => encodeURIComponent(segment).replace(/[!'()*]/g, hex)).join("/");
}
/** Text inside an HTML element such as `<summary>`, where Markdown is not read. */
function html(text) {
	return separate(visibleLine(text)).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
/** A folded part. GitHub reads Markdown inside only after a blank line. */
function details(summary, body, open = false) {
	return `<details${open ? " open" : ""}>\n<summary>${html(summary)}</summary>\n\n${body}\n\n</details>`;
}
/** One line for places that show plain text and yet link what looks like a mention, an issue, an address or `[a](b)`. */
function unlinked(text, limit) {
	return shorten(separate(visibleLine(text, limit)).replace(/\](?=\()/g, `]${gap}`), limit);
}
function plain(text) {
	return separate(text).replace(/[\\`*~[\]$]/g, "\\$&").replace(/_+/g, (run, at, whole) => /[A-Za-z0-9]/.test(whole[at - 1] ?? "") && /[A-Za-z0-9]/.test(whole[at + run.length] ?? "") ? run : run.replace(/_/g, "\\_")).replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/\|/g, "&#124;");
}
/** Breaks what GitHub would link or notify: mentions, issues, commits, addresses, emoji codes. */
function separate(text) {
	return text.replace(/@(?=\S)/g, `@${gap}`).replace(/#(?=\w)/g, `#${gap}`).replace(/\bgh-(?=\d)/gi, (start) => `${start}${gap}`).replace(/:(?=\/\/)/g, `:${gap}`).replace(/(?<![A-Za-z0-9])www(?=\.)/gi, (start) => `${start}${gap}`).replace(/:(?=[\w+-]+:)/g, `:${gap}`).replace(/\b(?=[0-9]*[a-f])(?=[a-f]*[0-9])[0-9a-f]{7,64}\b/g, (sha) => `${sha.slice(0, 6)}${gap}${sha.slice(6)}`);
}
const literal = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const hex = (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
function longestRun(text) {
	return Math.max(0, ...Array.from(text.matchAll(/`+/g), (run) => run[0].length));
}
export { link as a, urlPath as c, fence as i, code as n, prose as o, details as r, unlinked as s, cell as t };

import { d as parseFile, n as identifier, o as require_pgsql_deparser, r as literal } from "./shared8.js";
import { t as require_fastest_levenshtein } from "./shared10.js";
// src/sql/write.ts
var import_pgsql_deparser = require_pgsql_deparser();
/**
* SQL of a parse tree, ending with `;`. Null when the text does not parse back to the same tree: the deparser
* leaves out some clauses (INCLUDE of a UNIQUE constraint), and SQL that means something else must not be shown.
*/
function write(node) {
	const sql = deparsed(node);
	if (sql === null) return null;
	const [statement, ...more] = parseFile(sql).statements;
	if (statement === void 0 || more.length > 0 || !sameTree(statement.node, node)) return null;
	return `${sql};`;
}
/** SQL of an expression on one line, null where it cannot be written back faithfully. */
function writeExpression(expression) {
	const select = { SelectStmt: {
		targetList: [{ ResTarget: { val: expression } }],
		limitOption: "LIMIT_OPTION_DEFAULT",
		op: "SETOP_NONE"
	} };
	const sql = deparsed(select);
	const statement = sql === null ? void 0 : parseFile(sql).statements[0];
	return statement !== void 0 && sameTree(statement.node, select) ? deparsed(expression) : null;
}
/** SQL of a type's name, null where it cannot be written back faithfully. */
function writeType(typeName) {
	return writeExpression({ TypeCast: {
		arg: { A_Const: { isnull: true } },
		typeName
	} }) === null ? null : deparsed({ TypeName: typeName });
}
/** `ALTER TABLE` with these commands instead of its own; null when there are none or they cannot be written. */
function writeAlterTable(statement, commands) {
	if (commands.length === 0) return null;
	return write({ AlterTableStmt: {
		...statement,
		cmds: commands.map((command) => ({ AlterTableCmd: command }))
	} });
}
/** A tree of one's own to change. */
const copy = (tree) => structuredClone(tree);
/** Longer statements are broken into lines. */
const lineWidth = 110;
function deparsed(node) {
	try {
		const line = (0, import_pgsql_deparser.deparseSync)(node, { pretty: false });
		return line.length <= lineWidth ? line : (0, import_pgsql_deparser.deparseSync)(node, { pretty: true });
	} catch {
		return null;
	}
}
const sameTree = (left, right) => canonical(left) === canonical(right);
/** Keys sorted, offsets and what is false left out: the trees come from different texts, and the parser omits false. */
function canonical(tree) {
	return JSON.stringify(tree, (key, value) => {
		if (key.endsWith("location") || key.startsWith("list_") || key.startsWith("rexpr_list_")) return void 0;
		if (value === false) return void 0;
		if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
		return Object.fromEntries(Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1));
	});
}
// src/sql/psql-reading.ts
/** Stops the reading; `says` as in `PsqlScript.refused`. */
var Unreadable = class extends Error {
	says;
	stops;
	constructor(says, stops = false) {
		super(says);
		this.says = says;
		this.stops = stops;
	}
};
/** Replaces everything from here to `until` by spaces; line ends stay. */
function blank(reading, until) {
	const { text, at } = reading;
	reading.text = text.slice(0, at) + spaces(text.slice(at, until)) + text.slice(until);
	reading.at = until;
}
const spaces = (text) => text.replace(/[^\r\n]/g, " ");
// src/sql/psql-variables.ts
const forms = [
	{
		pattern: /::|:=/y,
		quote: (text) => text,
		isName: false
	},
	{
		pattern: /:\{\?([\w\u0080-\uffff]+)\}/y,
		quote: null,
		isName: true
	},
	{
		pattern: /:'([\w\u0080-\uffff]+)'/y,
		quote: literal,
		isName: true
	},
	{
		pattern: /:"([\w\u0080-\uffff]+)"/y,
		quote: (text) => quotedName(text),
		isName: true
	},
	{
		pattern: /:([\w\u0080-\uffff]+)/y,
		quote: (text) => text,
		isName: true
	}
];
/** psql quotes always, the server's own function only where it must. */
const quotedName = (text) => {
	const name = identifier(text);
	return name.startsWith("\"") ? name : `"${name}"`;
};
/**
* What psql sends for the colon at this place.
* @param inBrackets `a[1:n]` is a slice where no variable of that name is set
*/
function substitution(text, at, variables, inBrackets) {
	for (const { pattern, quote, isName } of forms) {
		pattern.lastIndex = at;
		const match = pattern.exec(text);
		if (match === null) continue;
		const end = at + match[0].length;
		if (!isName) return {
			value: match[0],
			end,
			rescan: false
		};
		const name = match[1] ?? "";
		const value = variables.get(name);
		if (quote === null) return {
			value: value === void 0 ? "FALSE" : "TRUE",
			end,
			rescan: false
		};
		if (value === void 0 && (inBrackets || /^\d/.test(name))) return {
			value: match[0],
			end,
			rescan: false
		};
		if (value === void 0) throw new Unreadable(`replaces :${name}, and nothing in the repository says by what: give it under placeholders: in the config`);
		if (/[\r\n]/.test(value)) throw new Unreadable(`puts in a value of several lines for :${name}`);
		if (match[0] === `:${name}` && value.includes(`:${name}`)) throw new Unreadable(`replaces :${name} by itself`);
		return {
			value: quote(value),
			end,
			rescan: match[0] === `:${name}`
		};
	}
	return {
		value: ":",
		end: at + 1,
		rescan: false
	};
}
// src/sql/psql-commands.ts
/** Commands that show something or set how it is shown: nothing of them reaches the server's schema. */
const silent = /^(?:echo|qecho|warn|timing|pset|x|a|t|H|C|T|f|conninfo|encoding|restrict|unrestrict|errverbose|copyright|h|help|\?|p|print|d[A-Za-z]*[+S]*|l\+?|list|z|sf\+?|sv\+?)$/;
/** What a new session on the same database comes to. */
const newSession = "DISCARD ALL;";
/** What to write instead of a command that cannot be followed. */
const instead = {
	gexec: "A DO block with EXECUTE does the same inside the server",
	gset: "A DO block can keep the value in a variable",
	copy: "COPY … FROM STDIN with the data in the file, or INSERT, does the same",
	"!": "Put what the shell does into a step before the migration",
	prompt: "Give the value with \\set, or under placeholders: in the config",
	";": "Write a semicolon without the backslash"
};
/** Variables that change how psql runs a script, and the values that leave it as it is. */
const telling = {
	ON_ERROR_STOP: /^(?:1|on|true|yes)$/i,
	AUTOCOMMIT: /^(?:1|on|true|yes)$/i,
	ON_ERROR_ROLLBACK: /^(?:0|off|false|no)$/i,
	SINGLELINE: /^(?:0|off|false|no)$/i
};
/**
* Does the meta-command at this place, and blanks it.
* @param active false inside of a branch that is not taken, where only the ends of branches count
*/
function command(reading, active) {
	const { text, at } = reading;
	const name = /^\\([A-Za-z_]+[+S]*|[!?;:\\.])?/.exec(text.slice(at, at + 80))?.[1] ?? "";
	const from = at + 1 + name.length;
	if (name === ":" || name === ";") {
		if (name === ";" && active) throw cannot(name);
		blank(reading, at + 1);
		reading.at = at + 2;
		return "done";
	}
	const line = endOfLine(text, from);
	const end = name === "!" ? line : endOfArguments(text, from, line);
	const read = () => words(text.slice(from, end), reading.settings.variables);
	if (branch(reading, name, active, read)) {
		blank(reading, end);
		return "done";
	}
	if (!active) {
		blank(reading, end);
		return "done";
	}
	if (name === "i" || name === "include" || name === "ir" || name === "include_relative") {
		const path = pathOf(reading, read()[0] ?? "", name.startsWith("i") && name.includes("r"));
		blank(reading, end);
		return { path };
	}
	if (name === "q" || name === "quit") return "quit";
	if (name === "set") set(reading, text.slice(from, end));
	else if (name === "unset") reading.settings.variables.delete(read()[0] ?? "");
	else if (name === "connect" || name === "c") {
		connect(reading, read());
		reading.text = text.slice(0, at) + newSession.padEnd(end - at) + text.slice(end);
		reading.at = at + Math.max(12, end - at);
		return "done";
	} else if (name === "o" || name === "out") {
		if (/^\s*\|/.test(text.slice(from, end))) throw cannot(name);
	} else if (!silent.test(name) && name !== "\\") throw cannot(name);
	if (name === "encoding" && !/^\s*(?:utf-?8|unicode)?\s*$/i.test(read().join(" "))) throw cannot(name);
	blank(reading, end);
	return "done";
}
const cannot = (name) => new Unreadable(`runs the psql command \\${name}, which cannot be followed here${instead[name] === void 0 ? "" : `. ${instead[name]}`}`);
const endOfLine = (text, from) => {
	const newline = text.indexOf("\n", from);
	const end = newline === -1 ? text.length : newline;
	return text[end - 1] === "\r" ? end - 1 : end;
};
/** Another backslash outside of quotes ends the arguments and begins the next command. */
function endOfArguments(text, from, line) {
	return from + (/^(?:'(?:[^'\\\n]|\\.|'')*'|"(?:[^"\n]|"")*"|[^\\'"\n])*/.exec(text.slice(from, line))?.[0].length ?? 0);
}
/** The arguments of a command, quotes taken off and variables put in. */
function words(text, variables) {
	const found = [];
	const parts = /\s+|'((?:[^'\\]|\\.|'')*)'|"((?:[^"]|"")*)"|`|:|[^\s'"`:]+/y;
	let open = null;
	for (let at = 0; at < text.length;) {
		parts.lastIndex = at;
		const match = parts.exec(text);
		if (match === null) throw new Unreadable("cannot read the quotes of a psql command");
		at += match[0].length;
		if (/^\s/.test(match[0])) {
			if (open !== null) found.push(open);
			open = null;
		} else if (match[0] === "`") throw new Unreadable("runs a program in backquotes, which cannot be followed here");
		else if (match[0] === ":") {
			const { value, end } = substitution(text, at - 1, variables, false);
			open = (open ?? "") + value;
			at = end;
		} else {
			const quoted = match[1]?.replace(/''|\\(.)/g, (pair, letter) => letter === void 0 ? pair.slice(1) : escapes[letter] ?? letter);
			open = (open ?? "") + (quoted ?? match[0]);
		}
	}
	if (open !== null) found.push(open);
	return found;
}
const escapes = {
	n: "\n",
	t: "	",
	r: "\r",
	b: "\b",
	f: "\f"
};
/** What a program would print is known only where the settings say it: they then go before the program. */
function set(reading, args) {
	const { variables, given } = reading.settings;
	const called = /^\s*([\w\u0080-\uffff]+)/.exec(args)?.[1];
	if (called !== void 0 && args.includes("`")) {
		if (given.has(called)) return;
		throw new Unreadable(`sets ${called} to what a program prints, which is not run here: give ${called} under placeholders: in the config`);
	}
	const [name, ...values] = words(args, variables);
	if (name === void 0) return;
	if (!/^[\w\u0080-\uffff]+$/.test(name)) throw new Unreadable(`stops: invalid variable name: "${name}"`, true);
	const value = values.join("");
	if (telling[name] !== void 0 && !telling[name].test(value === "" ? "on" : value)) throw new Unreadable(`sets ${name} to ${value}, after which a failing statement no longer stops the script`);
	variables.set(name, value);
}
/** A new session on the same database; everything else is another place than the one that is checked. */
function connect(reading, args) {
	const [database = "-", ...others] = args;
	if (!(database === "-" || database === reading.settings.variables.get("DBNAME")) || others.some((other) => other !== "-")) throw new Unreadable(`connects to another place (\\connect ${args.join(" ")}), which is not the database that is checked`);
}
function pathOf(reading, name, relative) {
	if (name === "") throw new Unreadable("stops: \\i: missing required argument", true);
	if (name.startsWith("/") || name.startsWith("~") || name.startsWith("|")) throw new Unreadable(`reads ${name}, which is not in the repository`);
	const { file, directory } = reading.settings;
	const from = relative ? file.slice(0, Math.max(0, file.lastIndexOf("/"))) : directory;
	const path = [];
	for (const segment of [...from.split("/"), ...name.split("/")]) {
		if (segment === "" || segment === ".") continue;
		if (segment !== "..") path.push(segment);
		else if (path.pop() === void 0) throw new Unreadable(`reads ${name}, which is not in the repository`);
	}
	return path.join("/");
}
/** Follows \if … \endif. @returns whether the command was one of them */
function branch(reading, name, active, read) {
	const { branches } = reading;
	const current = branches.at(-1);
	if (name === "if") {
		const taken = active && truth(read());
		branches.push({
			active: taken,
			taken: taken || !active,
			parent: active
		});
		return true;
	}
	if (name !== "elif" && name !== "else" && name !== "endif") return false;
	if (current === void 0) throw new Unreadable(`stops: \\${name}: no matching \\if`, true);
	if (name === "endif") branches.pop();
	else {
		current.active = current.parent && !current.taken && (name === "else" || truth(read()));
		current.taken ||= current.active;
	}
	return true;
}
function truth(args) {
	const text = args.join(" ").toLowerCase();
	const is = (word, least) => text.length >= least && word.startsWith(text);
	if (text === "1" || is("true", 1) || is("yes", 1) || text === "on") return true;
	if (text === "0" || is("false", 1) || is("no", 1) || is("off", 2)) return false;
	throw new Unreadable(`decides by \\if ${args.join(" ")}, which is neither true nor false`);
}
// src/sql/psql.ts
const includesAtMost = 50;
/**
* Reads a script as `psql --file` does: what is for psql itself is done or blanked, the rest is for the server.
* Lines and columns stay those of the file, but for what follows a replaced variable or an included file.
*/
function readPsql(text, settings, depth = 0) {
	const reading = {
		text,
		at: 0,
		settings,
		included: [],
		branches: [],
		copyData: []
	};
	const lineIn = () => text.split("\n").length - (reading.text.slice(reading.at).split("\n").length - 1);
	let open = false;
	try {
		if (depth > includesAtMost) throw new Unreadable("includes files in a circle");
		open = isOpen(reading.text.slice(scan(reading, depth)));
		if (reading.branches.length > 0) throw new Unreadable("stops: reached the end of the file without finding the closing \\endif", true);
	} catch (error) {
		if (!(error instanceof Unreadable)) throw error;
		return {
			...result(reading),
			open,
			refused: {
				line: Math.max(1, lineIn()),
				says: error.says,
				stops: error.stops
			}
		};
	}
	return {
		...result(reading),
		open,
		refused: null
	};
}
const result = ({ text, copyData, included }) => ({
	sql: text,
	copyData,
	included
});
const isActive = (reading) => reading.branches.every(({ active }) => active);
/** Everything that is not code to psql either: strings, quoted names, dollar quotes, comments. */
const opaque = [
	/--[^\n]*/y,
	/\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y,
	/[eE]'(?:[^'\\]|\\[\s\S]|'')*(?:'|$)/y,
	/'(?:[^']|'')*(?:'|$)/y,
	/"(?:[^"]|"")*(?:"|$)/y
];
/** Words and numbers are passed as a whole, so that an `E` or a `$` in them begins nothing. */
const word$1 = /[A-Za-z_0-9\u0080-\uffff][\w$\u0080-\uffff]*/y;
/** @returns where the last statement begins, which has no semicolon */
function scan(reading, depth) {
	let statement = 0;
	let parentheses = 0;
	let brackets = 0;
	let skipped = null;
	while (reading.at < reading.text.length) {
		const active = isActive(reading);
		if (!active) skipped ??= reading.at;
		else if (skipped !== null) {
			blankFrom(reading, skipped);
			skipped = null;
		}
		const { text, at } = reading;
		const character = text[at] ?? "";
		const end = endOfOpaque(text, at);
		if (end > at) reading.at = end;
		else if (character === "\\") {
			const done = command(reading, active);
			if (done === "quit") blank(reading, reading.text.length);
			if (typeof done === "object") {
				if (isOpen(reading.text.slice(statement, at))) throw new Unreadable(`reads ${done.path} in the middle of a statement`);
				include(reading, done, depth);
				statement = reading.at;
			}
		} else if (character === ":" && active) reading.at = replaceVariable(reading, brackets > 0);
		else {
			if (character === "(") parentheses += 1;
			if (character === ")") parentheses = Math.max(0, parentheses - 1);
			if (character === "[") brackets += 1;
			if (character === "]") brackets = Math.max(0, brackets - 1);
			reading.at = at + 1;
			if (character !== ";" || parentheses > 0 || !active) continue;
			if (isCopyFromStdin(reading.text.slice(statement, at))) takeData(reading);
			statement = reading.at;
			brackets = 0;
		}
	}
	if (skipped !== null) blankFrom(reading, skipped);
	return statement;
}
function blankFrom(reading, start) {
	const until = reading.at;
	reading.at = start;
	blank(reading, until);
}
/** Is there more than comments and white space? */
const isOpen = (text) => text.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, "").trim() !== "";
/** The end of a string, a comment or a word that begins here; the place itself where none does. */
function endOfOpaque(text, at) {
	if (text.startsWith("/*", at)) return endOfComment(text, at);
	for (const pattern of opaque) {
		pattern.lastIndex = at;
		const match = pattern.exec(text);
		if (match === null) continue;
		if (match[0][0] !== "$") return at + match[0].length;
		const close = text.indexOf(match[0], at + match[0].length);
		return close === -1 ? text.length : close + match[0].length;
	}
	word$1.lastIndex = at;
	return at + (word$1.exec(text)?.[0].length ?? 0);
}
/** Comments nest. */
function endOfComment(text, from) {
	let depth = 0;
	for (let at = from; at < text.length; at += 1) if (text.startsWith("/*", at)) {
		depth += 1;
		at += 1;
	} else if (text.startsWith("*/", at)) {
		depth -= 1;
		at += 1;
		if (depth === 0) return at + 1;
	}
	return text.length;
}
/** @returns the offset from which to read on: the value's first character, since psql reads values as code */
function replaceVariable(reading, inBrackets) {
	const { text, at, settings } = reading;
	const found = substitution(text, at, settings.variables, inBrackets);
	reading.text = text.slice(0, at) + found.value + text.slice(found.end);
	return at + (found.rescan ? 0 : found.value.length);
}
function include(reading, { path }, depth) {
	const { settings } = reading;
	const text = settings.include(path);
	if (text === void 0) throw new Unreadable(`stops: ${path}: No such file or directory`, true);
	const inner = readPsql(text, {
		...settings,
		file: path
	}, depth + 1);
	const sql = inner.open ? `${inner.sql}\n;` : inner.sql;
	if (inner.refused !== null) throw new Unreadable(`${inner.refused.says} (in ${path}, line ${inner.refused.line})`, inner.refused.stops);
	reading.included.push(path, ...inner.included);
	reading.copyData.push(...inner.copyData.map(({ at, data }) => ({
		at: at + reading.at,
		data
	})));
	reading.text = reading.text.slice(0, reading.at) + sql + reading.text.slice(reading.at);
	reading.at += sql.length;
}
/** Data follows the line on which the statement ends, up to a line of `\.`. */
function takeData(reading) {
	const { text, at } = reading;
	const newline = text.indexOf("\n", at);
	if (newline === -1) throw new Unreadable("finds no data after COPY … FROM STDIN");
	const end = /^\\\.\r?$/m.exec(text.slice(newline + 1));
	const data = text.slice(newline + 1, end === null ? text.length : newline + 1 + end.index);
	const until = newline + 1 + data.length + (end?.[0].length ?? 0);
	reading.copyData.push({
		at,
		data: data.replaceAll("\r\n", "\n")
	});
	reading.text = text.slice(0, newline + 1) + spaces(text.slice(newline + 1, until)) + text.slice(until);
}
const isCopyFromStdin = (statement) => /^\s*copy\b[\s\S]*\bfrom\s+stdin\b/i.test(statement.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, " ").replace(/'(?:[^']|'')*'/g, "''"));
/** The first line that only psql reads: a meta-command, or data of a COPY. Null where there is none. */
function psqlLine(text) {
	let at = 0;
	let statement = 0;
	while (at < text.length) {
		const end = endOfOpaque(text, at);
		const lineAt = () => text.slice(0, at).split("\n").length;
		if (end > at) at = end;
		else if (text[at] === "\\") return {
			line: lineAt(),
			what: `the psql command ${/^\\[A-Za-z_!?]*/.exec(text.slice(at))?.[0] ?? "\\"}`
		};
		else {
			if (text[at] === ";") {
				if (isCopyFromStdin(text.slice(statement, at))) return {
					line: lineAt(),
					what: "COPY … FROM STDIN with its data below"
				};
				statement = at + 1;
			}
			at += 1;
		}
	}
	return null;
}
// src/shell-word.ts
/** A word for a POSIX shell. */
const word = (text) => /^[A-Za-z0-9_./@%+=:,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
// src/config/nearest.ts
var import_fastest_levenshtein = require_fastest_levenshtein();
/** ` Did you mean X?` when a valid word is near enough to be a typing error, else the list of valid ones. */
function didYouMean(word, valid) {
	if (valid.length === 0) return "";
	const given = word.toLowerCase();
	const begun = given.length < 3 ? void 0 : valid.find((one) => one.startsWith(given));
	if (begun !== void 0) return ` Did you mean ${begun}?`;
	const near = (0, import_fastest_levenshtein.closest)(given, [...valid]);
	if ((0, import_fastest_levenshtein.distance)(given, near) <= Math.max(2, Math.floor(near.length / 3))) return ` Did you mean ${near}?`;
	return ` It must be one of: ${valid.slice(0, 30).join(", ")}${valid.length > 30 ? ", …" : ""}.`;
}
/** A word of the user's file, made fit for a one-line message. */
const quoted = (text) => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
export { readPsql as a, writeAlterTable as c, psqlLine as i, writeExpression as l, quoted as n, copy as o, word as r, write as s, didYouMean as t, writeType as u };

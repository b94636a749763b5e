import { fileURLToPath as pathOfUrl } from "node:url";
pathOfUrl(new URL(".", import.meta.url)).slice(0, -1);
pathOfUrl(import.meta.url);
import { t as __commonJSMin } from "./shared.js";
import { n as UserError, t as Undecided } from "./shared6.js";
import { d as parseFile, i as qualified$1, l as lineFinder, m as costlyRun, n as identifier$1, r as literal$2, s as commentsOf, u as loadParser } from "./shared8.js";
import { t as require_dist } from "./shared16.js";
import { a as readPsql, l as writeExpression, n as quoted$5, t as didYouMean } from "./shared17.js";
import { _ as unknown, a as array, c as literal$3, d as object, f as partialRecord, g as union, h as string, l as looseObject, m as strictObject, n as _enum, o as boolean, p as record$7, s as int, u as number$4, v as ZodError } from "./shared18.js";
import { a as DATABASE, o as OWNER } from "./shared20.js";
import { u as parseInChunks } from "./shared21.js";
import { o as createOwnedDirectory, r as majorsOf, s as removeLeftovers, t as currentPlatform } from "./shared25.js";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join, relative, resolve, sep } from "node:path";
import { copyFile, mkdir, readFile, realpath, stat, utimes, writeFile } from "node:fs/promises";
import { spawn } from "node:child_process";
// src/tools/reading/directories.ts
/** The directory part of a path, '' for a file at the root. */
const dirname$1 = (path) => path.slice(0, Math.max(0, path.lastIndexOf("/")));
/** The last segment of a path. */
const basename$1 = (path) => path.slice(path.lastIndexOf("/") + 1);
/** `path` joined to a directory that may be the root (''). */
const within$1 = (directory, name) => directory === "" ? name : `${directory}/${name}`;
/** A directory and those above it, nearest first, the root ('') last. */
function andAbove(directory) {
	const segments = directory === "" ? [] : directory.split("/");
	return Array.from({ length: segments.length + 1 }, (_, up) => segments.slice(0, segments.length - up).join("/"));
}
/** Is `path` the directory itself or below it? */
const isWithin = (path, directory) => directory === "" || path === directory || path.startsWith(`${directory}/`);
/** How people write a directory (`./db/migrations/`) turned into how a tree names it (`db/migrations`). */
const treePath = (path) => path.split("/").filter((segment) => segment !== "" && segment !== ".").join("/");
/** A path as a config file in `from` writes it (`../db/migrations`), from the root; what leads out of it ends there. */
function resolved$1(from, path) {
	const segments = path.startsWith("/") ? [] : from.split("/").filter((segment) => segment !== "");
	for (const segment of path.split("/")) if (segment === "..") segments.pop();
	else if (segment !== "" && segment !== ".") segments.push(segment);
	return segments.join("/");
}
/** Copies of other people's code and build output: never this repository's own migrations. */
const copied = /* @__PURE__ */ new Set([
	"node_modules",
	"vendor",
	"third_party",
	"bower_components",
	"dist",
	".yarn",
	".git"
]);
/** Fixtures and examples: may look exactly like migrations, and are not what is deployed. */
const illustrative = /^(?:__(?:tests?|fixtures|mocks|snapshots)__|tests?|e2e|specs?|testdata|test[-_](?:data|fixtures)|fixtures?|examples?|samples?|demos?|docs?|documentation|templates?|benchmarks?)$/i;
/** Why a directory is not looked at unless it is asked for by name, or null when it is looked at. */
function exclusion(directory) {
	const segments = directory.split("/");
	if (segments.some((segment) => copied.has(segment))) return "copied";
	return segments.some((segment) => illustrative.test(segment)) ? "illustrative" : null;
}
/** Entries by the directory that directly holds them. */
function byDirectory$1(entries) {
	const directories = /* @__PURE__ */ new Map();
	for (const entry of entries) {
		const directory = dirname$1(entry.path);
		const list = directories.get(directory);
		if (list === void 0) directories.set(directory, [entry]);
		else list.push(entry);
	}
	return directories;
}
// src/tools/alembic/config-files.ts
/** Detection sees no Python file whose name is none of a migration; a revision's begins with letters as often as with digits. */
const fullTreeHas = (tree, path) => tree.get(within$1(dirname$1(path), "env.py")) !== void 0 || tree.get(within$1(dirname$1(path), "script.py.mako")) !== void 0;
/** The config files of a tree with the directories of versions that they name. */
async function configsIn(tree) {
	const files = tree.entries.filter(({ path, mode }) => mode.startsWith("100") && /^(?:alembic[\w.-]*\.ini|pyproject\.toml)$/.test(basename$1(path))).map(({ path }) => path);
	const contents = await tree.read(files);
	return files.flatMap((file) => {
		const directories = namedIn(tree, file, contents.get(file)?.toString("utf8") ?? "");
		return directories.length === 0 ? [] : [{
			file,
			directories
		}];
	});
}
/** Sections with `script_location`, and where their versions are. */
function namedIn(tree, file, text) {
	const found = [];
	const parts = text.split(/^\s*\[([^\]\n]+)\]\s*$/m);
	for (let at = 1; at < parts.length; at += 2) {
		const [section = "", body = ""] = [parts[at]?.trim(), parts[at + 1]];
		if (file.endsWith(".toml") && section !== "tool.alembic") continue;
		const value = (key) => new RegExp(`^\\s*${key}\\s*=\\s*["']?([^"'\\n#;]*?)["']?\\s*(?:[#;].*)?$`, "m").exec(body)?.[1]?.trim() ?? null;
		const here = (path) => resolved$1(dirname$1(file), path.replaceAll(/%\(here\)s\/?|%%\(here\)s\/?/g, ""));
		const location = value("script_location");
		const scripts = location === null ? null : location.includes(":") ? inPackage(tree, file, location) : here(location);
		if (scripts === null) continue;
		const first = value("version_locations")?.split(/[\s,:]+/).find((each) => each !== "") ?? null;
		found.push({
			section: file.endsWith(".toml") ? "alembic" : section,
			path: first === null ? within$1(scripts, "versions") : here(first)
		});
	}
	return found;
}
/** `shop.db:alembic`: a directory of a package, which lies at the config, above it or in a `src` there. */
function inPackage(tree, file, location) {
	const [dotted = "", ...rest] = location.split(":");
	const inside = [...dotted.split("."), ...rest].join("/");
	return andAbove(dirname$1(file)).flatMap((folder) => [within$1(folder, inside), within$1(folder, `src/${inside}`)]).find((scripts) => fullTreeHas(tree, within$1(scripts, "versions"))) ?? null;
}
// src/tools/alembic/models.ts
/** Beside the config. */
const file = "migration_gate_models.py";
/**
* What `alembic check` does (1.9 and newer), with each operation told apart: the project's own env.py is run with a
* function that compares its metadata with the database, and its own hook on what was found.
*/
const program$2 = `import json
import os
import sys

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.config import CommandLine
from alembic.operations import ops
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

found = []
declares = False
LACKING = (ops.CreateTableOp, ops.AddColumnOp)


def single(operations):
    for operation in operations:
        if isinstance(operation, ops.OpContainer):
            yield from single(operation.ops)
        else:
            yield operation


def code_of(operation, context):
    try:
        plain = MigrationContext.configure(dialect=context.dialect)
        text = render_python_code(ops.UpgradeOps([operation]), migration_context=plain)
    except Exception:
        return ""
    lines = [line for line in text.splitlines() if not line.strip().startswith("# ###")]
    return "\\n".join(line[4:] if line.startswith("    ") else line for line in lines).strip()


def name_of(operation):
    own = getattr(operation, "column_name", None) or getattr(getattr(operation, "column", None), "name", None)
    other = getattr(operation, "index_name", None) or getattr(operation, "constraint_name", None)
    return own or other


def words_of(operation):
    words = []
    for sign in type(operation).__name__.replace("Op", ""):
        words.append(" " + sign.lower() if sign.isupper() and words else sign)
    table = getattr(operation, "table_name", None)
    name = name_of(operation)
    return "".join(words) + (" " + str(name) if name else "") + (" of " if name else " ") + str(table)


def inspect(revision, context):
    global declares
    metadata = context.opts.get("target_metadata")
    if metadata is None:
        return []
    declares = True
    directives = [produce_migrations(context, metadata)]
    hook = context.opts.get("process_revision_directives")
    if hook:
        hook(context, revision, directives)
    for directive in directives:
        for upgrade in directive.upgrade_ops_list:
            for operation in single(upgrade.ops):
                schema = getattr(operation, "schema", None)
                table = str(getattr(operation, "table_name", "") or "")
                found.append(
                    {
                        "where": schema + "." + table if schema else table,
                        "says": words_of(operation),
                        "code": code_of(operation, context),
                        "lacking": isinstance(operation, LACKING),
                    }
                )
    return []


class Models(CommandLine):
    def run_cmd(self, config, options):
        script = ScriptDirectory.from_config(config)
        with EnvironmentContext(config, script, fn=inspect, as_sql=False, dont_mutate=True):
            script.run_env()


Models(prog="alembic").main(argv=sys.argv[1:] + ["current"])
with open(os.environ["MIGRATION_GATE_ANSWER"], "w") as answer:
    json.dump({"declares": declares, "changes": found, "notChecked": []}, answer)
`;
/** Words of files that say what tables there are. */
const aboutTables = /\b(?:sqlalchemy|sqlmodel|SQLModel|mapped_column|Mapped|Column|Table|db\.Model|metadata)\b/;
/**
* @param call how the project's Python is called, given what it runs
*/
const alembicModels = (call) => ({
	asked: "alembic check",
	makes: "alembic revision --autogenerate",
	needsDatabase: true,
	blindTo: "renames (it takes them for one that goes and one that comes), constraints without a name, CHECK constraints (by their name since Alembic 1.19), exclusion constraints and primary keys, values of enums, sequences, views, functions, triggers and policies, server defaults unless env.py says compare_server_default, and types before Alembic 1.12 unless it says compare_type",
	concerns: (path, text) => path.endsWith(".py") && aboutTables.test(text),
	call: (project, answer) => {
		const called = call(project, [file]);
		if ("missing" in called) return called;
		return {
			...called,
			env: {
				...called.env,
				MIGRATION_GATE_ANSWER: answer
			},
			files: {
				...called.files,
				[within$1(called.directory, file)]: program$2
			}
		};
	}
});
// src/tools/reading/decode.ts
/**
* The text of a migration file. A byte order mark decides the encoding; without one it must be UTF-8, since
* guessing between Latin-1 and its relatives would check another text than the one that is deployed.
*
* @throws Undecided('invalid-configuration') for other bytes, a zero byte, and what the server could not read in time
*/
function decodeMigration(file, bytes) {
	const encoding = bytes[0] === 255 && bytes[1] === 254 ? "utf-16le" : bytes[0] === 254 && bytes[1] === 255 ? "utf-16be" : "utf-8";
	const byteOrderMark = encoding !== "utf-8" || bytes[0] === 239 && bytes[1] === 187 && bytes[2] === 191;
	try {
		const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
		if (text.includes("\0")) {
			const line = text.slice(0, text.indexOf("\0")).split("\n").length;
			throw unreadable(file, line, "it holds a zero byte, which PostgreSQL refuses in any text");
		}
		refuseCostly(file, text);
		return {
			text,
			encoding,
			byteOrderMark
		};
	} catch (error) {
		if (error instanceof Undecided) throw error;
		throw unreadable(file, encoding === "utf-8" ? firstInvalidLine(bytes) : void 0, `its bytes are not ${encoding.toUpperCase()}`, error);
	}
}
/** About two seconds of the server's, in which no time limit could end it. */
const SERVER_COST = 2e8;
function refuseCostly(file, text) {
	const at = costlyRun(text, SERVER_COST);
	if (at === null) return;
	throw new Undecided("invalid-configuration", `${file} has so many comments within comments, or signs in a row, that PostgreSQL would need minutes to read it, and could not be stopped. Put spaces between them, or leave them out.`, { place: {
		file,
		line: text.slice(0, at).split("\n").length
	} });
}
/** Refuses what git records as something else than a file with contents. */
function refuseLink(entry) {
	if (entry.mode === "120000") throw new Undecided("invalid-configuration", `${entry.path} is a symbolic link. Links are not followed, because a pull request could point one at anything; put the file itself there.`, { place: { file: entry.path } });
	if (entry.mode === "160000") throw new Undecided("invalid-configuration", `${entry.path} is a git submodule, whose files are not part of this repository and cannot be checked here.`, { place: { file: entry.path } });
}
function unreadable(file, line, what, cause) {
	return new Undecided("invalid-configuration", `${file} cannot be read: ${what}. Save it as UTF-8 (without a byte order mark) and push again.`, {
		place: {
			file,
			line
		},
		cause
	});
}
function firstInvalidLine(bytes) {
	let line = 1;
	for (let from = 0; from <= bytes.length;) {
		const newline = bytes.indexOf(10, from);
		const until = newline === -1 ? bytes.length : newline;
		try {
			new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(from, until));
		} catch {
			return line;
		}
		if (newline === -1) break;
		from = newline + 1;
		line += 1;
	}
	return 1;
}
// src/sql/source-languages.ts
var import_dist = require_dist();
const suffixes$1 = {
	py: "python",
	rb: "ruby",
	ex: "elixir",
	exs: "elixir",
	js: "javascript",
	cjs: "javascript",
	mjs: "javascript",
	jsx: "javascript",
	ts: "javascript",
	cts: "javascript",
	mts: "javascript",
	tsx: "javascript",
	java: "java",
	kt: "java",
	go: "go",
	rs: "rust",
	xml: "xml",
	yml: "yaml",
	yaml: "yaml",
	json: "json"
};
/** The language of a file by its suffix; SQL where the suffix says nothing (`.psql`, `.up`, `.tmpl`). */
const languageOf = (file) => suffixes$1[/\.([a-z]+)$/i.exec(file)?.[1]?.toLowerCase() ?? ""] ?? "sql";
const quoted$4 = (sign, code) => ({
	open: new RegExp(sign, "y"),
	escapes: true,
	...code === void 0 ? {} : { code }
});
/** Cannot go over lines. */
const short$1 = (sign) => ({
	...quoted$4(sign),
	oneLine: true
});
const tripled = {
	open: /"""|'''/y,
	escapes: true
};
const slashes = /\/\/[^\n]*/y;
const block$1 = /\/\*[\s\S]*?(?:\*\/|$)/y;
const hash = /#[^\n]*/y;
const character = {
	open: /'(?=(?:\\.[^'\n]{0,8}|[^'\\\n])')/y,
	close: "'",
	escapes: true
};
/** `%q(…)`, `~S|…|`: the closing sign follows from the opening one. */
const bracketed = (open, escapes, code) => [
	"()",
	"[]",
	"{}",
	"<>",
	"||",
	"!!",
	"//"
].map((pair) => ({
	open: new RegExp(`${open}\\${pair[0]}`, "y"),
	close: pair.slice(1),
	escapes,
	...code === void 0 ? {} : { code }
}));
/** YAML has a lexer of its own. */
const grammars = {
	python: {
		comments: [hash],
		literals: [
			tripled,
			short$1("\""),
			short$1("'")
		]
	},
	ruby: {
		comments: [/=begin\b[\s\S]*?(?:\n=end[^\n]*|$)/y, hash],
		literals: [
			{
				open: /(?<![\w)\]}])\?(?=\S(?!\w))/y,
				close: "",
				escapes: false
			},
			quoted$4("\"", "#{"),
			quoted$4("'"),
			quoted$4("`", "#{"),
			...bracketed("%[qQwWiIrsx]?", true, "#{")
		],
		patterns: true,
		heredocs: true
	},
	elixir: {
		comments: [hash],
		literals: [
			{
				open: /\?(?=\S)/y,
				close: "",
				escapes: false
			},
			{
				open: /(?:~[A-Z]+)("""|''')/y,
				escapes: false
			},
			{
				...tripled,
				code: "#{"
			},
			quoted$4("\"", "#{"),
			quoted$4("'", "#{"),
			...bracketed("~[a-z]", true, "#{"),
			...bracketed("~[A-Z]+", false)
		]
	},
	javascript: {
		comments: [slashes, block$1],
		literals: [
			short$1("\""),
			short$1("'"),
			quoted$4("`", "${")
		],
		patterns: true
	},
	java: {
		comments: [slashes, block$1],
		literals: [
			tripled,
			short$1("\""),
			character
		]
	},
	go: {
		comments: [slashes, block$1],
		literals: [
			short$1("\""),
			{
				open: /`/y,
				escapes: false
			},
			character
		]
	},
	rust: {
		comments: [slashes, block$1],
		literals: [
			...[
				3,
				2,
				1,
				0
			].map((count) => ({
				open: new RegExp(`r${"#".repeat(count)}"`, "y"),
				close: `"${"#".repeat(count)}`,
				escapes: false
			})),
			quoted$4("\""),
			character
		]
	},
	xml: {
		comments: [/<!--[\s\S]*?(?:-->|$)/y],
		literals: [{
			open: /<!\[CDATA\[/y,
			close: "]]>",
			escapes: false
		}, {
			open: /<\?/y,
			close: "?>",
			escapes: false
		}]
	},
	json: {
		comments: [],
		literals: [short$1("\"")]
	}
};
// src/sql/source-line.ts
/** Asked about places that come one after the other. */
var LineStarts = class {
	text;
	start = 0;
	next;
	/** The first sign of the line that is no white space, or of a later line. */
	ink = -1;
	constructor(text) {
		this.text = text;
		this.next = text.indexOf("\n");
	}
	/** Offset at which the line of a place begins. @param at not before the place of the last question */
	startOf(at) {
		while (this.next !== -1 && this.next < at) {
			this.start = this.next + 1;
			this.next = this.text.indexOf("\n", this.start);
		}
		return this.start;
	}
	/** Is there nothing but white space between the beginning of its line and a place? */
	isBlankBefore(at) {
		const start = this.startOf(at);
		if (this.ink < start) {
			const found = /\S/g;
			found.lastIndex = start;
			this.ink = found.exec(this.text)?.index ?? this.text.length;
		}
		return this.ink >= at;
	}
};
/** What a place was seen to be when a search came by it in vain. */
const PLAIN = 1;
const BRACKETS = 2;
/** Regular expressions between slashes. */
var Patterns = class {
	text;
	/** By place: outside of brackets, or within them, no end of a pattern is to be reached from there. */
	endless = null;
	constructor(text) {
		this.text = text;
	}
	/** Offset behind the pattern that begins with the slash at a place; null: it ends with no slash on its line. */
	endOf(slash) {
		if (/[*/ =\n]/.test(this.text[slash + 1] ?? "\n")) return null;
		const end = this.walk(slash + 1, false);
		if (end === null) this.walk(slash + 1, true);
		return end;
	}
	walk(from, marks) {
		const { text } = this;
		if (marks) this.endless ??= new Uint8Array(text.length + 1);
		let state = PLAIN;
		for (let at = from; at < text.length; at += 1) {
			if (((this.endless?.[at] ?? 0) & state) !== 0) return null;
			if (marks && this.endless !== null) this.endless[at] = (this.endless[at] ?? 0) | state;
			const sign = text[at];
			if (sign === "\n") return null;
			if (sign === "\\") {
				at += 1;
				if (text[at] === "\n") return null;
			} else if (state === BRACKETS) state = sign === "]" ? PLAIN : BRACKETS;
			else if (sign === "[") state = BRACKETS;
			else if (sign === "/") return at + 1;
		}
		return null;
	}
};
// src/sql/source-comments.ts
/** The comments of a program's text. What looks like one inside of a string, a docstring or a pattern is none. */
function sourceComments(text, language) {
	const { places, codeStart } = language === "yaml" ? ofYaml(text) : new Scanner$1(text, grammars[language]).scan();
	const lines = lineFinder(text);
	return {
		comments: places.map(([start, end]) => ({
			start,
			end,
			line: lines(start).line,
			text: text.slice(start, end)
		})),
		codeStart
	};
}
/** The text with nothing where its comments are. */
function withoutComments$1(text, language) {
	let code = "";
	let from = 0;
	for (const { start, end } of sourceComments(text, language).comments) {
		code += text.slice(from, start);
		from = end;
	}
	return code + text.slice(from);
}
/** Words after which a value may stand, so that a slash begins a pattern. */
const beforeValue = /(?:^|[^\w$)\]}"'`]|\b(?:return|typeof|case|in|of|do|and|or|not|if|unless|when|then))$/;
/** More signs than the longest of these words has. */
const lookBack = 8;
/** Texts in the code of texts. */
const deepest = 500;
var Scanner$1 = class {
	text;
	grammar;
	lines;
	patterns;
	places = [];
	at = 0;
	/** Texts in the code of texts. */
	depth = 0;
	codeStart = null;
	/** Ends of here-documents that begin on the line being read. */
	heredocs = [];
	constructor(text, grammar) {
		this.text = text;
		this.grammar = grammar;
		this.lines = new LineStarts(text);
		this.patterns = new Patterns(text);
	}
	scan() {
		this.code(false);
		return {
			places: this.places,
			codeStart: this.codeStart ?? this.text.length
		};
	}
	/** Reads code, up to the brace that ends it where it stands inside of a text. */
	code(inside) {
		let depth = 0;
		while (this.at < this.text.length) {
			if (this.comment() || this.literal() || this.pattern() || this.heredoc()) continue;
			const sign = this.text[this.at] ?? "";
			if (sign === "\n") this.skipHeredocs();
			else if (sign.trim() !== "" && sign !== ";") this.codeStart ??= this.at;
			this.at += 1;
			if (sign === "{") depth += 1;
			if (sign === "}" && inside && depth-- === 0) return;
		}
	}
	comment() {
		if (this.text[this.at] === "=" && !this.beginsLine()) return false;
		const found = this.first(this.grammar.comments);
		if (found === null) return false;
		this.places.push([this.at, this.at + found.length]);
		this.at += found.length;
		return true;
	}
	literal() {
		for (const literal of this.grammar.literals) {
			const open = this.first([literal.open]);
			if (open === null) continue;
			if (open.startsWith("%") && !this.mayBeValue()) continue;
			if (!this.beginsLine()) this.codeStart ??= this.at;
			this.at += open.length;
			if (literal.close === "") this.at += 1;
			else this.skipLiteral(literal, literal.close ?? open.replace(/^~[A-Z]+/, ""));
			return true;
		}
		return false;
	}
	skipLiteral({ escapes, code, oneLine }, close) {
		while (this.at < this.text.length) if (escapes && this.text[this.at] === "\\") this.at += 2;
		else if (oneLine === true && this.text[this.at] === "\n") return;
		else if (this.text.startsWith(close, this.at)) {
			this.at += close.length;
			return;
		} else if (code !== void 0 && this.text.startsWith(code, this.at)) {
			this.at += code.length;
			this.depth += 1;
			if (this.depth > deepest) this.at = this.text.length;
			else this.code(true);
			this.depth -= 1;
		} else this.at += 1;
	}
	pattern() {
		if (this.grammar.patterns !== true || this.text[this.at] !== "/" || !this.mayBeValue()) return false;
		const end = this.patterns.endOf(this.at);
		if (end === null) return false;
		this.at = end;
		return true;
	}
	heredoc() {
		if (this.grammar.heredocs !== true) return false;
		const found = this.first([/<<[~-](["'`]?)[A-Za-z_]\w*\1|<<(["'`])[A-Za-z_]\w*\2|<<[A-Z_]\w*/y]);
		if (found === null) return false;
		this.heredocs.push(found.replace(/^<<[~-]?|["'`]/g, ""));
		this.at += found.length;
		return true;
	}
	skipHeredocs() {
		for (const end of this.heredocs) {
			const found = new RegExp(`\\n[ \\t]*${end}[ \\t\\r]*(?=\\n|$)`, "g");
			found.lastIndex = this.at;
			this.at = found.exec(this.text) === null ? this.text.length : found.lastIndex;
		}
		this.heredocs = [];
	}
	first(expressions) {
		for (const expression of expressions) {
			expression.lastIndex = this.at;
			const found = expression.exec(this.text);
			if (found !== null) return found[0];
		}
		return null;
	}
	mayBeValue() {
		return beforeValue.test(this.text.slice(Math.max(this.lines.startOf(this.at), this.at - lookBack), this.at));
	}
	beginsLine() {
		return this.lines.isBlankBefore(this.at);
	}
};
/** The lexer's tokens are the text, cut into pieces, and control characters that tell what comes next. */
function ofYaml(text) {
	const places = [];
	let at = 0;
	let codeStart = null;
	let scalar = false;
	for (const token of new import_dist.Lexer().lex(text)) {
		if (token === "" || token === "" || token === "") {
			scalar = token === "";
			continue;
		}
		if (token.startsWith("#") && !scalar) places.push([at, at + token.length]);
		else if (token.trim() !== "") codeStart ??= at;
		scalar = false;
		at += token.length;
	}
	return {
		places,
		codeStart: codeStart ?? text.length
	};
}
// src/tools/way-back.ts
/** How each language begins the part that goes back, and one that goes both ways. */
const beginnings = {
	python: {
		down: /^def downgrade\b[^\n]*:/m,
		both: /^class Migration\b/m
	},
	ruby: {
		down: /^\s*def (?:self\.)?down\b[^\n]*/m,
		both: /^\s*def change\b/m
	},
	elixir: {
		down: /^\s*def down\b[^\n]*/m,
		both: /^\s*def change\b/m
	},
	javascript: {
		down: /(?:exports\.down\b|\bexport\s+(?:async\s+)?(?:const|function)\s+down\b|^\s*(?:public\s+)?(?:override\s+)?(?:async\s+)?down\s*[:(=])[^\n]*/m,
		both: /(?!)/
	}
};
/** What says that there is no way, at the start of the part that goes back. */
const refusals$1 = /^\s*(?:raise\b|throw\b|return Promise\.reject|.*\bIrreversible|.*\bNotImplemented|await Promise\.reject)/m;
/** What a part without a statement is made of. */
const nothing$1 = /^(?:\s|pass\b|end\b|nil\b|:ok\b|return\b|null\b|undefined\b|Promise\.resolve\(\)|"""[\s\S]*?"""|'''[\s\S]*?'''|[{}();,=>]|\.\.\.)*$/;
/**
* The way back of a migration that is a program: null where it has none, says that it has none, or does nothing there.
*
* @param transaction of the way forth
*/
function wayBackIn(file, text, transaction) {
	const language = languageOf(file);
	if (!(language in beginnings)) return null;
	const { down, both } = beginnings[language];
	const plain = withoutComments$1(text, language);
	const back = {
		file,
		sql: "",
		transaction
	};
	if (both.test(plain)) return isOneWay(plain) ? null : back;
	const found = down.exec(plain);
	if (found === null) return null;
	const body = bodyAfter(plain, found, language);
	return nothing$1.test(body) || refusals$1.test(body.trimStart().replace(/^\{\s*/, "")) ? null : back;
}
/** A step of Django's or Rails' that its makers cannot turn round, and that says nothing of how to. */
function isOneWay(text) {
	if (/ActiveRecord::IrreversibleMigration|Ecto\.MigrationError/.test(text)) return true;
	return [...text.matchAll(/\bRun(?:Python|SQL)\(/g)].some(({ index, 0: call }) => {
		const inside = argumentsAt(text, index + call.length);
		return inside.length < 2 && !inside.some((each) => /^\s*reverse_/.test(each));
	});
}
/** Arguments of a call, cut at the commas between them; a last one that is empty is none. */
function argumentsAt(text, from) {
	const found = [""];
	let depth = 0;
	let quote = "";
	for (let at = from; at < text.length; at += 1) {
		const sign = text[at];
		if (quote !== "") {
			if (text.startsWith(quote, at)) {
				at += quote.length - 1;
				quote = "";
			}
		} else if (sign === "\"" || sign === "'") {
			quote = text.startsWith(sign.repeat(3), at) ? sign.repeat(3) : sign;
			at += quote.length - 1;
		} else if ("([{".includes(sign)) depth += 1;
		else if (")]}".includes(sign)) {
			if (depth === 0) break;
			depth -= 1;
		} else if (sign === "," && depth === 0) {
			found.push("");
			continue;
		}
		found[found.length - 1] += quote === "" || found.at(-1) !== "" ? sign : "x";
	}
	return found.filter((each) => each.trim() !== "");
}
/** What stands between the beginning of a function and its end, roughly: to the next line that is as far left, or its brace. */
function bodyAfter(text, { 0: head, index }, language) {
	const from = index + head.length;
	if (language === "javascript") {
		const open = text.indexOf("{", index);
		const arrow = text.indexOf("=>", index);
		if (open === -1 || arrow !== -1 && arrow < open && text.slice(arrow + 2, open).trim() !== "") return text.slice(Math.max(arrow + 2, index), from + 200);
		return argumentsAt(text, open + 1).join(",");
	}
	const indent = /^[ \t]*/.exec(head.replace(/^\n+/, ""))?.[0].length ?? 0;
	const lines = text.slice(from).split("\n").slice(1);
	const end = lines.findIndex((line) => line.trim() !== "" && (/^[ \t]*/.exec(line)?.[0].length ?? 0) <= indent);
	return lines.slice(0, end === -1 ? lines.length : end).join("\n");
}
// src/tools/program-migrations.ts
/**
* The files of a directory that are migrations written as programs, read as text and never run.
*
* @param named null for a file that is none
* @param below directories below it too
*/
async function programMigrations(tree, path, named, options) {
	const directory = treePath(path);
	const all = tree.under(directory);
	const taken = (options.below === true ? all : byDirectory$1(all).get(directory) ?? []).filter((entry) => options.files.test(basename$1(entry.path)));
	for (const entry of taken) refuseLink(entry);
	const contents = await tree.read(taken.map((entry) => entry.path));
	return taken.flatMap(({ path: file }) => {
		const bytes = contents.get(file) ?? Buffer.alloc(0);
		const name = named(file, bytes.toString("utf8"));
		return name === null ? [] : [programMigration(file, bytes, name)];
	});
}
/** One migration that only its tool can run. */
function programMigration(file, bytes, named) {
	const { transaction = "single" } = named;
	const down = wayBackIn(file, bytes.toString("utf8"), transaction);
	return {
		...named,
		transaction,
		file,
		bytes,
		sql: "",
		program: true,
		down
	};
}
/** Bytewise, as most tools sort names. */
const byText = (left, right) => left < right ? -1 : left > right ? 1 : 0;
// src/tools/reading/python.ts
/**
* The text of what is assigned to a name at the beginning of a line (`indent` spaces allowed), brackets to their end and
* comments left out; null when nothing is.
*/
function assigned(source, name, indent = "") {
	const text = blankComments(source);
	const span = spanIn(text, name, indent);
	return span === null ? null : text.slice(span.from, span.end).trim();
}
/** Where that is: `start` of the line, `from` of the expression, `end`. */
const assignedSpan = (source, name, indent = "") => spanIn(blankComments(source), name, indent);
function spanIn(text, name, indent) {
	const start = new RegExp(`^${indent}${name}\\s*(?::[^=\\n]+)?=(?!=)\\s*`, "m").exec(text);
	if (start === null) return null;
	const from = start.index + start[0].length;
	const span = {
		start: start.index,
		from
	};
	let depth = 0;
	let quote = "";
	for (let at = from; at < text.length; at += 1) {
		const sign = text[at];
		if (quote !== "") {
			if (sign === "\\") at += 1;
			else if (sign === quote) quote = "";
		} else if (sign === "\"" || sign === "'") quote = sign;
		else if ("([{".includes(sign)) depth += 1;
		else if (")]}".includes(sign)) depth -= 1;
		else if (sign === "\n" && depth <= 0) return {
			...span,
			end: at
		};
	}
	return {
		...span,
		end: text.length
	};
}
/** The strings of an expression, in order. */
const stringsIn = (expression) => [...(expression ?? "").matchAll(/'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"/g)].map(([, a, b]) => a ?? b ?? "");
/** Spaces instead of comments and the docstring before the code, so that lines and columns stay. */
function blankComments(source) {
	const { comments, codeStart } = sourceComments(source, "python");
	let text = source.slice(0, codeStart).replace(/[^\n]/g, " ") + source.slice(codeStart);
	for (const { start, end } of comments) text = text.slice(0, start) + " ".repeat(end - start) + text.slice(end);
	return text;
}
/** A call of a Python module or script of the project, in its own environment. */
function pythonCall(project, tool) {
	const { title, directory, args, env = {} } = tool;
	const program = project.python(directory);
	if (program === null) return { missing: `${title} cannot run: there is no Python in the job. Set it up and install the project's dependencies (${managerOf$1(project, directory)}) before the gate, or give another command with apply-command.` };
	const folders = [...new Set(tool.packages)].map((folder) => `${project.root}/${folder}`.replace(/\/$/, ""));
	return {
		program,
		args,
		directory,
		env: {
			...env,
			PYTHONPATH: folders.join(process.platform === "win32" ? ";" : ":")
		}
	};
}
/** How this project installs what it needs. */
function managerOf$1(project, directory) {
	return [
		["uv.lock", "uv sync"],
		["poetry.lock", "poetry install"],
		["Pipfile.lock", "pipenv sync"],
		["pdm.lock", "pdm sync"]
	].find(([lock]) => andAbove(directory).some((folder) => project.has(within$1(folder, lock))))?.[1] ?? "pip install -r requirements.txt";
}
// src/tools/reading/revision-graph.ts
/** Puts nodes in order; what is named and not there, and circles, are passed over: the tool says so itself. */
function graphOf(nodes) {
	const byId = new Map(nodes.map((node) => [node.id, node]));
	const order = [];
	const seen = /* @__PURE__ */ new Set();
	for (const { id } of nodes) visit(byId, id, seen, order);
	const parents = new Set(nodes.flatMap((node) => node.parents));
	return {
		order,
		heads: order.filter((id) => !parents.has(id)),
		before: (id) => {
			const found = /* @__PURE__ */ new Set();
			const waiting = [id];
			for (let next = waiting.pop(); next !== void 0; next = waiting.pop()) {
				const node = byId.get(next);
				for (const each of [...node?.parents ?? [], ...node?.needs ?? []]) {
					if (found.has(each)) continue;
					found.add(each);
					waiting.push(each);
				}
			}
			return found;
		}
	};
}
/** Without recursion: a chain may have thousands of nodes. */
function visit(byId, start, seen, order) {
	const stack = [];
	const push = (id) => {
		const node = byId.get(id);
		if (node === void 0 || seen.has(id)) return;
		seen.add(id);
		stack.push({
			id,
			rest: [...node.parents, ...node.needs].reverse()
		});
	};
	push(start);
	for (let top = stack.at(-1); top !== void 0; top = stack.at(-1)) {
		const next = top.rest.pop();
		if (next !== void 0) push(next);
		else {
			order.push(top.id);
			stack.pop();
		}
	}
}
// src/tools/words/literals.ts
/** A string of Python. Its later lines stand at the margin, since white space in it counts. */
const python = (text) => text.includes("\n") ? `"""${text.replaceAll("\\", "\\\\").replace(/"(?="|$)/g, "\\\"").replaceAll("\r", "\\r")}"""` : JSON.stringify(text);
/** A string of JavaScript; a template literal where it has lines. */
function javascript(text) {
	if (text.includes("\n")) return `\`${text.replace(/[\\`]|\$(?=\{)/g, (sign) => `\\${sign}`).replaceAll("\r", "\\r")}\``;
	const inside = JSON.stringify(text).slice(1, -1);
	return text.includes("'") ? `"${inside}"` : `'${inside.replaceAll("\\\"", "\"")}'`;
}
/** A string of Ruby without interpolation. */
const ruby = (text) => JSON.stringify(text).replaceAll("#", "\\#");
const symbol = (name) => `:${/^[a-z_]\w*$/i.test(name) ? name : ruby(name)}`;
/** Strings as a list, as Python and JavaScript write it. */
const list$2 = (items, literal) => `[${items.map(literal).join(", ")}]`;
// src/tools/words/operation.ts
/**
* The statements of a fix, told apart. Indexes are those built or dropped CONCURRENTLY, constraints those added
* NOT VALID: no other kind is in a fix in a form that needs the tool's own call.
*
* @param kept SQL of the finding's statement, without semicolon; null when there is none
*/
const operationsOf = (sql, kept) => parseFile(sql).statements.map(({ node, sql: text }) => text === kept ? {
	kind: "kept",
	sql: text
} : {
	...toldApart(node),
	sql: text
});
const plain$2 = { kind: "sql" };
function toldApart(node) {
	if ("IndexStmt" in node) return indexOf(node.IndexStmt) ?? plain$2;
	if ("DropStmt" in node) {
		const { removeType, objects, concurrent, missing_ok: missing, behavior } = node.DropStmt;
		const [only, ...more] = objects ?? [];
		if (removeType !== "OBJECT_INDEX" || concurrent !== true || missing === true || more.length > 0) return plain$2;
		if (behavior === "DROP_CASCADE" || only === void 0 || !("List" in only)) return plain$2;
		const [name, schema, ...rest] = strings$1(only.List.items).reverse();
		return name === void 0 || rest.length > 0 ? plain$2 : {
			kind: "drop-index",
			index: {
				schema: schema ?? null,
				name
			}
		};
	}
	if (!("AlterTableStmt" in node)) return plain$2;
	const { relation, cmds = [], missing_ok: missing, objtype } = node.AlterTableStmt;
	const table = tableOf(relation);
	const [only, ...more] = cmds;
	if (table === null || missing === true || more.length > 0 || objtype !== "OBJECT_TABLE") return plain$2;
	if (only === void 0 || !("AlterTableCmd" in only)) return plain$2;
	const { subtype, name, def } = only.AlterTableCmd;
	if (subtype === "AT_ValidateConstraint" && name) return {
		kind: "validate",
		table,
		name
	};
	if (subtype === "AT_SetNotNull" && name) return {
		kind: "set-not-null",
		table,
		column: name
	};
	return subtype === "AT_AddConstraint" && def !== void 0 && "Constraint" in def ? constraintOf(table, def.Constraint) ?? plain$2 : plain$2;
}
function indexOf(index) {
	const table = tableOf(index.relation);
	const columns = (index.indexParams ?? []).map((each) => {
		const { name, ordering, nulls_ordering, opclass, collation } = "IndexElem" in each ? each.IndexElem : {};
		return ordering === "SORTBY_DEFAULT" && nulls_ordering === "SORTBY_NULLS_DEFAULT" && opclass === void 0 && collation === void 0 ? name ?? null : null;
	});
	const where = index.whereClause === void 0 ? null : writeExpression(index.whereClause);
	const special = index.indexIncludingParams !== void 0 || index.options !== void 0 || index.tableSpace || index.nulls_not_distinct === true || index.if_not_exists === true || index.whereClause !== void 0 && where === null;
	if (table === null || special || index.concurrent !== true || !index.idxname || columns.includes(null)) return null;
	return {
		kind: "create-index",
		table,
		name: index.idxname,
		columns,
		unique: index.unique === true,
		method: index.accessMethod ?? "btree",
		where
	};
}
function constraintOf(table, constraint) {
	const { conname: name, skip_validation: notValid, deferrable, is_no_inherit: own } = constraint;
	if (!name || notValid !== true || deferrable === true) return null;
	if (constraint.contype === "CONSTR_CHECK") {
		const condition = constraint.raw_expr === void 0 ? null : writeExpression(constraint.raw_expr);
		return condition === null || own === true ? null : {
			kind: "add-check",
			table,
			name,
			condition
		};
	}
	if (constraint.contype !== "CONSTR_FOREIGN") return null;
	const referenced = tableOf(constraint.pktable);
	const onDelete = actions$2[constraint.fk_del_action ?? "a"];
	const onUpdate = actions$2[constraint.fk_upd_action ?? "a"];
	if (!((constraint.fk_matchtype ?? "s") === "s" && constraint.fk_del_set_cols === void 0) || referenced === null || onDelete === void 0 || onUpdate === void 0) return null;
	return {
		kind: "add-foreign-key",
		table,
		name,
		columns: strings$1(constraint.fk_attrs),
		referenced,
		referencedColumns: strings$1(constraint.pk_attrs),
		onDelete,
		onUpdate
	};
}
const actions$2 = {
	a: null,
	r: "RESTRICT",
	c: "CASCADE",
	n: "SET NULL",
	d: "SET DEFAULT"
};
/** Null for ONLY, which the tools' calls cannot say. */
const tableOf = (relation) => relation?.relname === void 0 || relation.inh !== true ? null : {
	schema: relation.schemaname ?? null,
	name: relation.relname
};
const strings$1 = (nodes) => (nodes ?? []).flatMap((node) => "String" in node ? [node.String.sval ?? ""] : []);
// src/tools/words/words.ts
/**
* A fix as code of the tool: one piece for each migration that it takes.
*
* @param kept SQL of the finding's statement, whose call stays where the fix has it too
*/
function inToolWords({ title, words }, parts, { file, kept }) {
	const all = parts.filter(({ sql }) => sql.length > 0).length;
	const said = (text) => text.split(/[\r\n]+/).map((line) => `${words.comment} ${line}`);
	const before = [];
	const pieces = [];
	let number = 0;
	for (const part of parts) {
		if (part.sql.length === 0) {
			pieces.push(said(part.title).join("\n"));
			continue;
		}
		number += 1;
		const operations = operationsOf(part.sql.join("\n"), kept);
		if (operations.length === 0) return null;
		const { outsideTransaction } = part;
		const code = words.migration({
			operations,
			outsideTransaction,
			file,
			before: [...before]
		});
		if (code === null) return null;
		before.push(...operations);
		const heading = all === 1 ? [] : said(`Migration ${number} of ${all}: ${part.title}`);
		const rest = part.fills ? said("Then the rows, in batches, as the SQL tells.") : [];
		pieces.push([
			...heading,
			code,
			...rest
		].join("\n"));
	}
	const closing = words.closing?.(before, pieces.join("\n")) ?? null;
	if (closing !== null) pieces.push(said(closing).join("\n"));
	return !(before.some(({ kind }) => kind !== "kept") || parts.some((part) => part.outsideTransaction)) ? null : {
		language: words.language(file),
		tool: title,
		text: pieces.join("\n\n")
	};
}
/** What stands for the call that sends the finding's statement. */
const keptCall = "the call that is here now";
// src/tools/words/alembic.ts
/** Alembic: calls of `op`; what refuses a transaction goes into an autocommit block. */
const alembicWords = {
	comment: "#",
	language: () => "python",
	migration({ operations, outsideTransaction }) {
		const calls = operations.map(call$10);
		if (calls.includes(null)) return null;
		return outsideTransaction ? ["with op.get_context().autocommit_block():", ...calls.map((each) => `    ${each}`)].join("\n") : calls.join("\n");
	}
};
function call$10(operation) {
	switch (operation.kind) {
		case "kept": return `...  # ${keptCall}`;
		case "create-index": return createIndex(operation);
		case "drop-index": {
			const { schema, name } = operation.index;
			return `op.drop_index(${python(name)}${option$1("schema", schema)}, postgresql_concurrently=True)`;
		}
		case "add-foreign-key": return operation.referencedColumns.length === 0 ? execute$1(operation) : createForeignKey(operation);
		case "add-check": {
			const { table, name, condition } = operation;
			const text = asText(condition);
			return text === null ? null : `op.create_check_constraint(${python(name)}, ${python(table.name)}, ${python(text)}${option$1("schema", table.schema)}, postgresql_not_valid=True)`;
		}
		case "set-not-null": {
			const { table, column } = operation;
			return `op.alter_column(${python(table.name)}, ${python(column)}${option$1("schema", table.schema)}, nullable=False)`;
		}
		default: return execute$1(operation);
	}
}
function createIndex({ table, name, columns, unique, method, where }) {
	const condition = where === null ? null : asText(where);
	if (where !== null && condition === null) return null;
	return [
		`op.create_index(${python(name)}, ${python(table.name)}, ${list$2(columns, python)}`,
		option$1("schema", table.schema),
		unique ? ", unique=True" : "",
		option$1("postgresql_using", method === "btree" ? null : method),
		condition === null ? "" : `, postgresql_where=sa.text(${python(condition)})`,
		", postgresql_concurrently=True)"
	].join("");
}
const createForeignKey = (key) => [
	`op.create_foreign_key(${python(key.name)}, ${python(key.table.name)}, ${python(key.referenced.name)}`,
	`, ${list$2(key.columns, python)}, ${list$2(key.referencedColumns, python)}`,
	option$1("onupdate", key.onUpdate),
	option$1("ondelete", key.onDelete),
	option$1("source_schema", key.table.schema),
	option$1("referent_schema", key.referenced.schema),
	", postgresql_not_valid=True)"
].join("");
const option$1 = (name, value) => value === null ? "" : `, ${name}=${python(value)}`;
function execute$1({ sql }) {
	const text = asText(sql);
	return text === null ? null : `op.execute(${python(text)})`;
}
/** SQLAlchemy takes `:name` in a text for a parameter, and `\:` for a colon. */
const asText = (sql) => sql.includes("\\:") ? null : sql.replace(/(?<![:\p{L}\p{N}_$\\]):(?=[\p{L}\p{N}_$])/gu, "\\:");
// src/tools/alembic.ts
const detect$19 = async (tree) => {
	const databases = [];
	for (const { file, directories } of await configsIn(tree)) {
		if (exclusion(dirname$1(file)) !== null) continue;
		for (const { path } of directories) if (tree.under(path).some((entry) => entry.path.endsWith(".py")) || fullTreeHas(tree, path)) databases.push({
			path,
			tool: "alembic",
			because: `${file} names it`
		});
	}
	return {
		databases,
		notes: []
	};
};
async function configFor$2(tree, directory) {
	const graph = graphOf((await read$4(tree, directory)).map(({ identity, extra }) => ({
		id: identity,
		parents: listed$4(extra?.parents),
		needs: listed$4(extra?.needs)
	})));
	const found = (await configsIn(tree)).flatMap(({ file, directories }) => directories.map((named) => ({
		file,
		...named
	}))).find(({ path }) => path === directory || isWithin(directory, path));
	const environment = within$1(dirname$1(directory), "env.py");
	const env = (await tree.read([environment])).get(environment)?.toString("utf8") ?? "";
	return {
		file: found?.file ?? null,
		section: found?.section ?? "alembic",
		table: /\bversion_table\s*=\s*["'](\w+)["']/.exec(env)?.[1] ?? "alembic_version",
		graph
	};
}
const listed$4 = (value) => value === void 0 || value === "" ? [] : String(value).split(" ");
/** `revision`, `down_revision` and `depends_on` of every file, in the order of their names. */
async function read$4(tree, path) {
	return (await programMigrations(tree, path, (file, text) => {
		const [revision] = stringsIn(assigned(text, "revision"));
		if (revision === void 0) return null;
		return {
			version: revision,
			name: basename$1(file).replace(/\.py$/, "").replace(`${revision}_`, ""),
			identity: revision,
			transaction: "shared"
		};
	}, {
		files: /^(?!__).*\.py$/,
		below: true
	})).map((migration) => {
		const text = migration.bytes.toString("utf8");
		return {
			...migration,
			extra: {
				parents: stringsIn(assigned(text, "down_revision")).join(" "),
				needs: stringsIn(assigned(text, "depends_on")).join(" ")
			}
		};
	});
}
/** A name that is given twice is Alembic's last one read. */
async function history$13(tree, path) {
	const migrations = await read$4(tree, path);
	const { graph } = await configFor$2(tree, treePath(path));
	const place = new Map(graph.order.map((id, index) => [id, index]));
	const sorted = [...migrations].sort((a, b) => (place.get(a.identity) ?? 0) - (place.get(b.identity) ?? 0) || byText(a.file, b.file));
	return {
		migrations: sorted,
		notes: [],
		oddities: severalHeads(sorted, graph)
	};
}
function severalHeads(migrations, { heads }) {
	if (heads.length < 2) return [];
	return heads.flatMap((head) => {
		const file = migrations.find(({ identity }) => identity === head)?.file;
		const says = `Alembic has several heads, ${head} and ${heads.filter((other) => other !== head).join(", ")}: “Multiple head revisions are present for given argument 'head'”, and \`alembic upgrade head\` stops. Make one follow the other (down_revision), or merge them with \`alembic merge heads\`.`;
		return file === void 0 ? [] : [{
			kind: "multiple-heads",
			file,
			says
		}];
	});
}
const onHistoryChange$6 = {
	edited: {
		does: "ignores",
		says: "Alembic does not notice, since it records the newest revision only: databases that ran the old file keep what it made, new ones get the new one."
	},
	deleted: {
		does: "refuses",
		says: "Alembic stops: “Can't locate revision identified by '…'” where it was the newest, and with a KeyError where another revision names it as its down_revision."
	},
	renamed: {
		does: "refuses",
		says: "Alembic stops when the revision has another id: “Can't locate revision identified by '…'”. The name of the file means nothing to it."
	},
	outOfOrder: {
		does: "skips",
		says: "Alembic never runs a revision that was put below one that the database has recorded, and says nothing: new databases get it, old ones do not."
	},
	duplicateVersion: {
		does: "skips",
		says: "Alembic warns that “Revision … is present more than once” and takes the file that it reads last.",
		legal: false
	}
};
function toolFor$9(config) {
	const { graph, table } = config;
	const place = new Map(graph.order.map((id, index) => [id, index]));
	return {
		name: "alembic",
		title: "Alembic",
		detect: detect$19,
		configured: async (tree, path) => toolFor$9(await configFor$2(tree, treePath(path))),
		order: (left, right) => left.version === right.version ? 0 : (place.get(left.version) ?? -1) - (place.get(right.version) ?? -1) || byText(left.version, right.version),
		history: history$13,
		late: (added, base) => {
			const recorded = new Set(base.flatMap(({ identity }) => [...graph.before(identity)]));
			return added.filter(({ identity }) => recorded.has(identity));
		},
		bookkeeping: {
			setup: "",
			before: () => "",
			after: () => "",
			relations: [`public.${table}`]
		},
		sessions: "one",
		onHistoryChange: onHistoryChange$6,
		noTransaction: {
			directive: null,
			advice: "In Alembic the call goes into `with op.get_context().autocommit_block():`, which commits what came before it; `op.create_index(…, postgresql_concurrently=True, if_not_exists=True)` there, and nothing else in that revision."
		},
		words: alembicWords,
		command: {
			up: (project) => call$9(config, project, ["upgrade", "heads"]),
			down: (project, { extra, identity }) => {
				const parents = listed$4(extra?.parents);
				return call$9(config, project, ["downgrade", parents.length === 1 ? parents[0] : parents.length === 0 ? `${identity}@base` : "-1"]);
			},
			recorded: ({ version_num }) => version_num ?? null,
			models: alembicModels((project, run) => call$9(config, project, [], run))
		}
	};
}
/** The name of the config for one call: beside the project's own, since paths in it are from there. */
const copyOf = (file) => within$1(dirname$1(file), "migration-gate.alembic.ini");
function call$9({ file, section }, project, args, run = ["-m", "alembic"]) {
	const directory = file === null ? dirname$1(dirname$1(treePath(project.path))) : dirname$1(file);
	const ini = file === null || file.endsWith(".toml") ? null : file;
	const called = pythonCall(project, {
		title: "Alembic",
		directory,
		packages: [
			directory,
			within$1(directory, "src"),
			"",
			"src"
		],
		args: [
			...run,
			...ini === null ? [] : ["-c", basename$1(copyOf(ini))],
			...section === "alembic" ? [] : ["-n", section],
			...args
		]
	});
	if (ini === null || "missing" in called) return called;
	return {
		...called,
		files: { [copyOf(ini)]: withUrl(project.text(ini) ?? "", project.url) }
	};
}
/** The config with the shadow's address wherever it names one; what follows the scheme only, since that chooses the driver. */
const withUrl = (text, url) => text.replace(/^(\s*sqlalchemy\.url\s*=[ \t]*)(\S*)/gm, (_, key, was) => {
	return `${key}${/^postgres(?:ql)?\+\w+(?=:)/.exec(was)?.[0].replace(/^postgres\b/, "postgresql") ?? "postgresql"}${url.slice(url.indexOf(":")).replaceAll("%", "%%")}`;
});
/** Alembic: revisions in Python, ordered by the graph that they make, run by `alembic upgrade heads`. */
const alembic = toolFor$9({
	file: null,
	section: "alembic",
	table: "alembic_version",
	graph: graphOf([])
});
// src/tools/atlas/behaviour.ts
const stops$1 = (what) => `Atlas stops at the next deploy before it runs anything: "checksum mismatch", because ${what} (\`atlas migrate hash\` writes it anew, and then nothing says that databases differ).`;
/** For a new file that atlas.sum does not have as it is. */
const staleSum = (name) => stops$1(`atlas.sum does not have ${name} in its place`);
/** @param mismatch what head's atlas.sum and its files disagree about */
function atlasBehaviour(execOrder, mismatch) {
	const stale = (reason, what) => mismatch !== null && (mismatch.reason === reason || mismatch.reason === null) ? {
		does: "refuses",
		says: stops$1(what)
	} : null;
	return {
		edited: stale("edited", "atlas.sum still has the old text") ?? {
			does: "ignores",
			says: "Atlas compares files with atlas.sum alone, which was written anew: databases that ran the old text keep what it made, and new ones get the new text."
		},
		deleted: stale("removed", "atlas.sum still has the file") ?? {
			does: "ignores",
			says: "Atlas does not miss a file that it has run once atlas.sum was written anew: databases that ran it keep what it made, and new ones never get it."
		},
		renamed: {
			does: "ignores",
			says: "Atlas goes by the version before the first underscore: under the same one it notices nothing once atlas.sum was written anew, under another one it takes the file for a new migration."
		},
		outOfOrder: late$3[execOrder],
		duplicateVersion: {
			does: "skips",
			says: "Atlas records the version before the first underscore: where one of the two has run the other counts as applied, and a new database stops between them.",
			legal: false
		}
	};
}
const late$3 = {
	linear: {
		does: "refuses",
		says: "Atlas stops at the next deploy before it runs anything: \"migration file … was added out of order\"."
	},
	"linear-skip": {
		does: "skips",
		says: "Atlas is called with exec-order linear-skip: on every database that base has reached this file never runs, without an error, and only new databases get it."
	},
	"non-linear": {
		does: "runs",
		says: "Atlas is called with exec-order non-linear: it runs this file before the other pending ones and after those that were meant to follow it, while a new database gets it in its place."
	}
};
// src/tools/atlas/bookkeeping.ts
/** cmd/atlas/internal/migrate/ent/schema/revision.go, as it is made on PostgreSQL. */
function atlasBookkeeping(schema) {
	const table = `${identifier$1(schema)}.atlas_schema_revisions`;
	const own = schema === "atlas_schema_revisions";
	return {
		setup: `CREATE SCHEMA IF NOT EXISTS ${identifier$1(schema)};
CREATE TABLE ${table} (
  version character varying NOT NULL,
  description character varying NOT NULL,
  type bigint NOT NULL DEFAULT 2,
  applied bigint NOT NULL DEFAULT 0,
  total bigint NOT NULL DEFAULT 0,
  executed_at timestamp with time zone NOT NULL,
  execution_time bigint NOT NULL,
  error text NULL,
  error_stmt text NULL,
  hash character varying NOT NULL,
  partial_hashes jsonb NULL,
  operator_version character varying NOT NULL,
  PRIMARY KEY (version)
);`,
		before: () => "",
		after: ({ version, name, extra }) => `INSERT INTO ${table} (version, description, type, applied, total, executed_at, execution_time, error, error_stmt, hash, partial_hashes, operator_version) VALUES (${literal$2(version)}, ${literal$2(name)}, 2, ${extra?.statements ?? 0}, ${extra?.statements ?? 0}, now(), 0, '', '', ${literal$2(String(extra?.hash ?? ""))}, 'null', 'Atlas CLI');`,
		relations: [`${schema}.atlas_schema_revisions`],
		...own ? { schemas: [schema] } : {}
	};
}
// src/tools/atlas/directives.ts
const pattern = /^[ -~]*atlas:(\w+)(?: +(.+))?/;
/** Reads them as `LocalFile.Directive` does: only comments that a blank line separates from the statements. */
function atlasDirectives(text) {
	const comments = [];
	let rest = text;
	while (rest.startsWith("#") || rest.startsWith("--")) {
		const newline = rest.indexOf("\n");
		comments.push((newline === -1 ? rest : rest.slice(0, newline)).trim());
		rest = newline === -1 ? "" : rest.slice(newline + 1);
	}
	const found = comments.flatMap((comment) => {
		const match = pattern.exec(comment);
		return match === null ? [] : [{
			name: match[1] ?? "",
			value: match[2] ?? ""
		}];
	});
	const seen = rest === "" || /^[ \t]*\n/.test(rest);
	const named = (name) => found.filter((directive) => directive.name === name);
	const unseen = ["txmode", "checkpoint"].find((name) => named(name).length > 0);
	if (!seen) return {
		txMode: [],
		checkpoint: false,
		unseen: unseen ?? null
	};
	return {
		txMode: named("txmode").map(({ value }) => value),
		checkpoint: named("checkpoint").length > 0,
		unseen: null
	};
}
// src/tools/reading/texts.ts
/**
* The text of a file as a tool has it that reads bytes as UTF-8 and knows no byte order mark: the mark stays,
* for the server or the tool's own parser to stumble over.
*
* @param title the tool's name, for the message
* @throws Undecided for bytes that are not UTF-8
*/
function sentText$1(title, file, bytes) {
	const { text, encoding, byteOrderMark } = decodeMigration(file, bytes);
	if (encoding !== "utf-8") throw new Undecided("invalid-configuration", `${file} is ${encoding.toUpperCase()}, which ${title} sends to the server as garbage. Save it as UTF-8; PowerShell's > writes UTF-16.`, { place: { file } });
	return byteOrderMark ? `\ufeff${text}` : text;
}
/** The text with everything but these parts replaced by spaces, so that lines and columns stay what they are. */
function blanked(text, keep) {
	let result = "";
	let at = 0;
	for (const { start, end } of keep) {
		result += text.slice(at, start).replace(/[^\r\n]/g, " ") + text.slice(start, end);
		at = end;
	}
	return result + text.slice(at).replace(/[^\r\n]/g, " ");
}
/** 1-based line of an offset. */
const lineAt = (text, offset) => text.slice(0, offset).split("\n").length;
/** Go's idea of white space (`unicode.IsSpace`), which a byte order mark is not part of. */
const space$1 = String.raw`[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]`;
const leading = new RegExp(`^${space$1}+`);
const trailing = new RegExp(`${space$1}+$`);
const words$1 = new RegExp(`${space$1}+`);
/** Go's `strings.TrimSpace`. */
const goTrim = (text) => text.replace(leading, "").replace(trailing, "");
/** Go's `strings.Fields`. */
const goFields = (text) => text.split(words$1).filter((word) => word !== "");
/** Lines as Go's `bufio.ScanLines` gives them: a final `\r` is dropped, and so is an empty last line. */
function goLines(text) {
	const lines = [];
	for (let start = 0; start < text.length;) {
		const newline = text.indexOf("\n", start);
		const end = newline === -1 ? text.length : newline;
		lines.push({
			start,
			text: text.slice(start, end).replace(/\r$/, "")
		});
		start = end + 1;
	}
	return lines;
}
// src/tools/dbmate/parser.ts
const s = String.raw`[\t\n\f\r ]`;
const directive = (name) => new RegExp(`(?<![^\\n])--${s}*migrate:${name}(?:${s}*(?![^\\n])|${s}+[^\\t\\n\\f\\r ]+)`, "g");
/** Reads a file as dbmate does (pkg/dbmate/migration.go, 2.36). More than one section is legal there. */
function parseDbmate(text) {
	const ups = [...text.matchAll(directive("up"))].map(({ index }) => index);
	const [firstUp, ...moreUps] = ups;
	if (firstUp === void 0) return {
		line: 1,
		message: "dbmate requires each migration to define an up block with '-- migrate:up'"
	};
	const statement = text.slice(0, firstUp).split("\n").findIndex((line) => !new RegExp(`^${s}*(?:--|$)`).test(line));
	if (statement !== -1) return {
		line: statement + 1,
		message: "dbmate does not support statements preceding the '-- migrate:up' block"
	};
	const downs = [...text.matchAll(directive("down"))].map(({ index }) => index);
	const section = (start, end) => {
		const [down, extra] = downs.filter((index) => index >= start && index < end);
		if (extra !== void 0) return {
			line: lineAt(text, extra),
			message: "dbmate requires every '-- migrate:down' to be preceded by a '-- migrate:up'"
		};
		if (down === void 0) return {
			line: lineAt(text, start),
			message: "dbmate requires each migration to define a down block with '-- migrate:down'"
		};
		return {
			up: block(text, start, down),
			down: block(text, down, end)
		};
	};
	const sections = [];
	for (const [index, start] of ups.entries()) {
		const one = section(start, ups[index + 1] ?? text.length);
		if ("message" in one) return one;
		sections.push(one);
	}
	const [first, ...rest] = sections;
	if (first === void 0) throw new Error(`no section at ${firstUp} and ${moreUps.length} more`);
	return [first, ...rest];
}
function block(text, start, end) {
	const [line = ""] = text.slice(start, end).split("\n", 1);
	const transaction = line.replace(/^--\s*migrate:(?:up|down)/, "").split(/\s+/).map((word) => word.split(":")).findLast((pair) => pair.length === 2 && pair[0] === "transaction");
	return {
		start,
		end,
		line: lineAt(text, start),
		transaction: transaction?.[1] !== "false"
	};
}
// src/tools/goose/envsub.ts
/**
* Fills in `$NAME` and `${NAME…}` as goose does between ENVSUB ON and OFF, which is not as a shell does: `$$` and `\$`
* become `$`, and so dollar quotes do not survive. Unset variables are empty there; here they are told.
*/
function interpolated(text, variables) {
	const unknown = /* @__PURE__ */ new Set();
	let at = 0;
	const wrong = (expected) => {
		throw new SyntaxError(`Expected ${expected}, got ${text[at] ?? "the end of the line"}`);
	};
	const identifier = () => {
		const name = /^\p{L}[\p{L}\p{N}_]*/u.exec(text.slice(at))?.[0];
		if (name === void 0) return wrong("identifier to start with a letter");
		at += name.length;
		return name;
	};
	const value = (name) => Object.hasOwn(variables, name) ? variables[name] : void 0;
	const told = (name) => {
		const given = value(name);
		if (given === void 0) unknown.add(name);
		return given ?? "";
	};
	const brace = () => {
		at += 1;
		const name = identifier();
		const operator = /^(?::-|[:?}-])/.exec(text.slice(at))?.[0] ?? wrong("an operator");
		at += operator.length;
		if (operator === "}") return told(name);
		if (operator === ":") {
			const range = /^\s*([+-]?\d+)\s*(?::\s*([+-]?\d+)\s*)?\}/.exec(text.slice(at));
			if (range === null) return wrong("offset");
			at += range[0].length;
			return substring(told(name), Number(range[1]), range[2] === void 0 ? void 0 : Number(range[2]));
		}
		const content = expression("}");
		if (text[at] !== "}") wrong("brace expansion to end with }");
		at += 1;
		const given = value(name);
		if (operator === "?") {
			if (given === void 0) unknown.add(name);
			return given ?? "";
		}
		return given === void 0 || operator === ":-" && given === "" ? content : given;
	};
	const expression = (stop) => {
		let result = "";
		while (at < text.length && text[at] !== stop) {
			const two = text.slice(at, at + 2);
			if (two === "\\\\" || two === "$(") {
				result += two;
				at += 2;
			} else if (two === "\\$" || two === "$$") {
				result += "$";
				at += 2;
			} else if (text[at] === "$" && at < text.length - 1) {
				at += 1;
				result += text[at] === "{" ? brace() : told(identifier());
			} else {
				result += text[at];
				at += 1;
			}
		}
		return result;
	};
	try {
		return {
			text: expression(""),
			unknown: [...unknown]
		};
	} catch (error) {
		if (!(error instanceof SyntaxError)) throw error;
		return { error: error.message };
	}
}
function substring(value, offset, length) {
	const from = Math.min(Math.max(offset < 0 ? offset + value.length : offset, 0), value.length);
	if (length === void 0) return value.slice(from);
	const to = length >= 0 ? from + length : Math.max(value.length + length, from);
	return value.slice(from, to);
}
// src/tools/goose/parser.ts
const numbers = {
	start: 0,
	up: 1,
	"begin-up": 2,
	"end-up": 3,
	down: 4,
	"begin-down": 5,
	"end-down": 6
};
const annotations = [
	"Up",
	"Down",
	"StatementBegin",
	"StatementEnd",
	"NO TRANSACTION",
	"ENVSUB ON",
	"ENVSUB OFF"
];
const see = "see https://github.com/pressly/goose#sql-migrations";
/** Thrown inside of the parser only. */
var Refusal = class extends Error {};
/**
* Reads a file as goose does (internal/sqlparser/parser.go, 3.27): line by line, a statement ends where the last word
* of a line before any `--` ends with a semicolon, whatever that stands in.
*
* @param variables for ENVSUB; absent: none is known
*/
function parseGoose(text, direction, variables = {}) {
	const parser = new Parser(direction, variables);
	const lines = goLines(text);
	let number = 0;
	try {
		for (const line of lines) {
			number += 1;
			parser.line(line.text, number);
		}
		return parser.end(lines);
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		return {
			line: Math.max(1, parser.openedAt ?? number),
			message: error.message
		};
	}
}
var Parser = class {
	/** Line on which the statement began that is being read. */
	openedAt;
	#direction;
	#variables;
	#state = "start";
	#useTransaction = true;
	#envsub = false;
	/** Index of the first and the last line of each statement. */
	#statements = [];
	#replaced = /* @__PURE__ */ new Map();
	#unknown = /* @__PURE__ */ new Set();
	#downFrom = Number.POSITIVE_INFINITY;
	#buffer = "";
	#from = 0;
	#to = 0;
	constructor(direction, variables) {
		this.#direction = direction;
		this.#variables = variables;
	}
	line(original, number) {
		const trimmed = goTrim(original);
		if (this.#state === "start" && trimmed === "") return;
		if (trimmed.startsWith("--") && original.includes("+goose") && !this.#annotation(original, number)) return;
		if (this.#buffer === "" && (trimmed.startsWith("--") || original === "")) return;
		let line = original;
		if (this.#state !== "end-up" && this.#state !== "end-down") {
			if (this.#envsub) line = this.#filled(original, number);
			if (this.#buffer === "") this.#from = number;
			this.openedAt ??= number;
			this.#buffer += `${line}\n`;
			this.#to = number;
		}
		if (this.#state === "start") throw new Refusal(`failed to parse migration: unexpected state 0 on line ${quoted$3(line)}, ${see}`);
		const here = this.#state.endsWith("up") ? "up" : "down";
		if (here !== this.#direction) this.#reset();
		else if (this.#state === here) {
			if (endsWithSemicolon(line)) this.#store();
		} else if (this.#state === `end-${here}`) {
			this.#store();
			this.#state = here;
		}
	}
	end(lines) {
		if (this.#state === "start") throw new Refusal(`failed to parse migration: must start with '-- +goose Up' annotation, ${see}`);
		if (this.#state.startsWith("begin")) throw new Refusal("failed to parse migration: missing '-- +goose StatementEnd' annotation");
		this.#finished();
		const mine = (index) => this.#direction === "up" === index + 1 < this.#downFrom;
		const texts = lines.map(({ text }, index) => mine(index) ? this.#replaced.get(index + 1) ?? text : " ".repeat(text.length));
		const starts = [];
		let at = 0;
		for (const text of texts) {
			starts.push(at);
			at += text.length + 1;
		}
		const sql = texts.map((text) => `${text}\n`).join("");
		return {
			sql,
			statements: this.#statements.map(({ from, to }) => {
				const start = starts[from - 1] ?? 0;
				const text = sql.slice(start, (starts[to - 1] ?? 0) + (texts[to - 1]?.length ?? 0));
				const trimmed = goTrim(text);
				const before = text.indexOf(trimmed);
				return {
					start: start + before,
					end: start + before + trimmed.length
				};
			}).filter(({ start, end }) => end > start),
			useTransaction: this.#useTransaction,
			unknownVariables: [...this.#unknown]
		};
	}
	/** False: the line is done with. */
	#annotation(line, number) {
		const name = nameOf$1(line);
		const state = this.#state;
		switch (name) {
			case "Up":
				if (state !== "start") throw new Refusal(`duplicate '-- +goose Up' annotations; stateMachine=${numbers[state]}, ${see}`);
				this.#state = "up";
				return false;
			case "Down":
				if (state !== "up" && state !== "end-up") throw new Refusal(`must start with '-- +goose Up' annotation, stateMachine=${numbers[state]}, ${see}`);
				this.#finished();
				this.#state = "down";
				this.#downFrom = number;
				return false;
			case "StatementBegin":
				if (state === "up" || state === "end-up") this.#state = "begin-up";
				else if (state === "down" || state === "end-down") this.#state = "begin-down";
				else throw new Refusal(`'-- +goose StatementBegin' must be defined after '-- +goose Up' or '-- +goose Down' annotation, stateMachine=${numbers[state]}, ${see}`);
				return false;
			case "StatementEnd":
				if (state === "begin-up") this.#state = "end-up";
				else if (state === "begin-down") this.#state = "end-down";
				else throw new Refusal(`'-- +goose StatementEnd' must be defined after '-- +goose StatementBegin', ${see}`);
				return true;
			case "NO TRANSACTION":
				this.#useTransaction = false;
				return false;
			default:
				this.#envsub = name === "ENVSUB ON";
				return false;
		}
	}
	#filled(line, number) {
		const result = interpolated(line, this.#variables);
		if ("error" in result) throw new Refusal(`variable substitution failed: ${result.error}`);
		if (this.#state.endsWith(this.#direction)) for (const name of result.unknown) this.#unknown.add(name);
		this.#replaced.set(number, result.text);
		return result.text;
	}
	#finished() {
		const rest = goTrim(this.#buffer);
		if (rest === "") return;
		throw new Refusal(`failed to parse migration: state ${numbers[this.#state]}, direction: ${this.#direction}: unexpected unfinished SQL query: ${quoted$3(rest)}: missing semicolon?`);
	}
	#store() {
		if (this.#buffer !== "") this.#statements.push({
			from: this.#from,
			to: this.#to
		});
		this.#reset();
	}
	#reset() {
		this.#buffer = "";
		this.openedAt = void 0;
	}
};
function nameOf$1(line) {
	const wrong = (what) => {
		throw new Refusal(`failed to parse annotation line ${quoted$3(line)}: ${what}`);
	};
	if (/^[ \t]/.test(line)) wrong(`${quoted$3(line)} contains leading whitespace: invalid annotation`);
	const name = line.replaceAll("--", "").replace("+goose", "");
	if (name.includes("+goose")) wrong(`${quoted$3(name)} contains multiple '+goose' annotations: invalid annotation`);
	const word = goTrim(name);
	if (word === "") wrong("empty annotation");
	return annotations.find((each) => each.toLowerCase() === word.toLowerCase()) ?? wrong(`${quoted$3(word)} not supported: invalid annotation`);
}
function endsWithSemicolon(line) {
	let last = "";
	for (const word of goFields(line)) {
		if (word.startsWith("--")) break;
		last = word;
	}
	return last.endsWith(";");
}
/** Long statements are cut: the message is for people. */
const quoted$3 = (text) => JSON.stringify(text.length > 120 ? `${text.slice(0, 120)}…` : text);
// src/tools/atlas/flyway.ts
/** Part by part, `_` and `.` alike; what is no number counts as 0. */
function compareFlywayVersions(left, right) {
	const [a = [], b = []] = [left, right].map((version) => version.split(/[._]/).map((part) => /^\d+$/.test(part) ? BigInt(part) : 0n));
	for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
		const [x, y] = [a[index], b[index]];
		if (x === void 0 || y === void 0) return x === void 0 ? -1 : 1;
		if (x !== y) return x < y ? -1 : 1;
	}
	return 0;
}
// src/tools/atlas/scanner.ts
/** Thrown inside of the scanner only. */
var ScanError = class extends Error {
	at;
	constructor(at, message) {
		super(message);
		this.at = at;
	}
};
var End = class extends Error {};
const white = String.raw`[\t\n\f\r ]`;
const dollarQuote = /\$(?:[A-Za-zÈ-ÿ_][\wÈ-ÿ]*)?\$/y;
const beginAtomic = new RegExp(`${white}*BEGIN${white}+ATOMIC${white}+`, "iy");
const begin$1 = new RegExp(`${white}*BEGIN${white}+`, "iy");
const end = new RegExp(`^${white}*END${white}*`, "i");
const space = /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
/**
* The statements of a file as Atlas cuts it for PostgreSQL (sql/migrate/lex.go, 1.3): at semicolons outside of quotes,
* comments, parentheses, dollar quotes and BEGIN … END blocks, or at the delimiter that the file names.
*/
function scanAtlas(text) {
	const scanner = new Scanner(text, 0, /* @__PURE__ */ new Map());
	const statements = [];
	try {
		scanner.directive();
		for (;;) {
			const span = scanner.statement();
			if (span.end > span.start) statements.push(span);
		}
	} catch (error) {
		if (error instanceof End) return statements;
		if (!(error instanceof ScanError)) throw error;
		const line = lineAt(text, error.at);
		return {
			line,
			message: `${line}:${line === 1 ? error.at : error.at - text.lastIndexOf("\n", error.at - 1) - 1}: ${error.message}`
		};
	}
}
var Scanner = class Scanner {
	#text;
	/** Where blocks that begin here end; null: it is no block. Nested attempts would take for ever without it. */
	#blocks;
	/** Start of what is not handed out yet, and the place that was come to. */
	#base;
	#at;
	#delimiter = ";";
	constructor(text, base, blocks) {
		this.#text = text;
		this.#base = base;
		this.#at = base;
		this.#blocks = blocks;
	}
	/** `-- atlas:delimiter X` on the very first line. */
	directive() {
		const match = /^-- atlas:delimiter(?: +([^\n]+))?/.exec(this.#text);
		if (match === null) return;
		this.#setDelimiter((match[1] ?? "").replace(/\r$/, ""));
		const newline = this.#text.indexOf("\n");
		if (newline === -1) throw new ScanError(0, `no input found after delimiter ${JSON.stringify(match[1])}`);
		this.#base = newline + 1;
		this.#at = this.#base;
	}
	/** @throws End after the last one */
	statement() {
		let depth = 0;
		let opened = 0;
		this.#skipSpaces();
		for (;;) {
			const here = this.#at;
			const char = this.#next();
			if (char === void 0) {
				if (depth > 0) throw new ScanError(opened, "unclosed '('");
				if (here === this.#base) throw new End();
				return this.#emit(this.#text.length);
			}
			if (char === "(") {
				if (depth === 0) opened = this.#at;
				depth += 1;
			} else if (char === ")") {
				if (depth === 0) throw new ScanError(this.#at, "unexpected ')'");
				depth -= 1;
			} else if (char === "'" || char === "\"" || char === "`") this.#skipQuote(char);
			else if (here === this.#base && /^delimiter[\s\S]/i.test(this.#text.slice(here, here + 10))) this.#command();
			else if (depth === 0 && this.#text.startsWith(this.#delimiter, here)) {
				this.#at = here + this.#delimiter.length;
				return this.#emit(this.#at);
			} else if (char === "$" && matchAt(dollarQuote, this.#text, here) !== null) this.#skipDollarQuote(here);
			else if (char === "-" && this.#text[this.#at] === "-") this.#comment("--", "\n");
			else if (char === "/" && this.#text[this.#at] === "*") this.#comment("/*", "*/");
			else if (this.#delimiter === ";" && this.#block(here)) return this.#emit(this.#at);
		}
	}
	/** Where the next statement would start. */
	get position() {
		return this.#base;
	}
	#next() {
		const char = this.#text[this.#at];
		if (char !== void 0) this.#at += 1;
		return char;
	}
	#skipQuote(quote) {
		const opened = this.#at;
		for (;;) {
			const char = this.#next();
			if (char === void 0) throw new ScanError(opened, `unclosed quote '${quote === "'" ? "\\'" : quote}'`);
			if (char === quote) return;
		}
	}
	#skipDollarQuote(here) {
		const mark = matchAt(dollarQuote, this.#text, here) ?? "";
		const close = this.#text.indexOf(mark, here + mark.length);
		this.#at = close === -1 ? this.#text.length : close + mark.length;
	}
	/** A comment before a statement is no part of it. */
	#comment(left, right) {
		this.#at += 1;
		const close = this.#text.indexOf(right, this.#at);
		if (close === -1) return;
		const leading = this.#at === this.#base + left.length;
		this.#at = close + right.length;
		if (!leading) return;
		this.#base = this.#at;
		this.#skipSpaces();
	}
	/** Is there a whole BEGIN … END block here? Then it is behind us. */
	#block(here) {
		const atomic = matchAt(beginAtomic, this.#text, here);
		if (atomic !== null && this.#skipBlock(here, atomic, true)) return true;
		const first = here === this.#base;
		if (matchAt(begin$1, this.#text, first ? here : here - 1) === null) return false;
		const word = matchAt(begin$1, this.#text, here);
		return word !== null && this.#skipBlock(here, word, false);
	}
	#skipBlock(here, opening, atomic) {
		const start = here + opening.length;
		this.#at = start;
		const key = atomic ? -start - 1 : start;
		let close = this.#blocks.get(key);
		if (close === void 0) {
			close = this.#closing(start, atomic);
			this.#blocks.set(key, close);
		}
		if (close === null) return false;
		this.#at = close;
		return true;
	}
	#closing(start, atomic) {
		const body = new Scanner(this.#text, start, this.#blocks);
		try {
			for (;;) {
				const span = body.statement();
				const statement = this.#text.slice(span.start, span.end);
				const word = end.exec(statement)?.[0];
				if (word === void 0) continue;
				const rest = statement.slice(word.length);
				if (atomic || rest === "" || rest === ";") return body.position;
			}
		} catch (error) {
			if (error instanceof End || error instanceof ScanError) return null;
			throw error;
		}
	}
	/** MySQL's DELIMITER, which Atlas takes in any dialect. */
	#command() {
		this.#at = this.#base + 9;
		if (this.#text[this.#at] !== " ") return;
		const newline = this.#text.indexOf("\n", this.#at);
		const close = newline === -1 ? this.#text.length : newline;
		const given = goTrim(this.#text.slice(this.#at, close));
		const quoted = /^'.*'$/.test(given) ? given.slice(1, -1).replaceAll("''", "'") : given;
		this.#setDelimiter(quoted);
		this.#base = close;
		this.#at = close;
		this.#skipSpaces();
	}
	#setDelimiter(delimiter) {
		if (delimiter === "") throw new ScanError(this.#at, "empty delimiter");
		this.#delimiter = delimiter.replaceAll("\\n", "\n").replaceAll("\\r", "\r").replaceAll("\\t", "	");
	}
	#skipSpaces() {
		while (this.#base < this.#text.length && space.test(this.#text[this.#base] ?? "")) this.#base += 1;
		this.#at = Math.max(this.#at, this.#base);
	}
	#emit(close) {
		let text = this.#text.slice(this.#base, close);
		if (this.#delimiter !== ";" && text.endsWith(this.#delimiter)) text = text.slice(0, text.length - this.#delimiter.length);
		const trimmed = goTrim(text);
		const start = this.#base + text.indexOf(trimmed);
		this.#base = close;
		this.#at = close;
		return {
			start,
			end: start + trimmed.length
		};
	}
};
function matchAt(pattern, text, at) {
	if (at < 0) return null;
	pattern.lastIndex = at;
	return pattern.exec(text)?.[0] ?? null;
}
// src/tools/atlas/files.ts
/** Files by the format of the directory (sql/migrate/dir.go, sql/sqltool/tool.go). */
function atlasFiles(tree, directory, format) {
	if (format === "flyway") return flywayFiles(tree, directory);
	const suffix = format === "golang-migrate" ? ".up.sql" : ".sql";
	return (byDirectory$1(tree.under(directory)).get(directory) ?? []).filter(({ path }) => path.endsWith(suffix)).map((entry) => {
		const name = basename$1(entry.path);
		const [version = "", ...rest] = name.slice(0, -4).split("_");
		const description = rest.join("_");
		return {
			entry,
			name,
			version,
			description: format === "golang-migrate" ? description.replace(/\.up$/, "") : description
		};
	}).sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
}
function flywayFiles(tree, directory) {
	const files = tree.under(directory).map((entry) => ({
		entry,
		name: directory === "" ? entry.path : entry.path.slice(directory.length + 1)
	})).filter(({ name }) => /^[VBR].*\.sql$/s.test(basename$1(name)) && !/(?:^|\/)\./.test(name)).map(({ entry, name }) => {
		const [prefix = "", ...rest] = basename$1(name).slice(0, -4).split("__");
		return {
			entry,
			name,
			version: prefix.slice(1),
			description: rest.join("__"),
			kind: basename$1(name)[0]
		};
	}).sort((a, b) => compareFlywayVersions(a.version, b.version));
	const baseline = files.filter(({ kind }) => kind === "B").at(-1);
	const versioned = files.filter(({ kind, version }) => kind === "V" && (baseline === void 0 || compareFlywayVersions(version, baseline.version) > 0));
	const first = baseline === void 0 ? versioned : [baseline, ...versioned];
	const last = first.at(-1)?.version ?? "0";
	const repeatable = files.filter(({ kind }) => kind === "R").map((file) => ({
		...file,
		version: `${last}R`
	}));
	return [...first, ...repeatable];
}
function atlasStatements(text, format) {
	if (format === "goose") {
		const script = parseGoose(text, "up");
		return "message" in script ? {
			sql: text,
			statements: [],
			error: script
		} : {
			sql: script.sql,
			statements: script.statements,
			error: null
		};
	}
	if (format === "dbmate") {
		const sections = parseDbmate(text);
		if ("message" in sections) return {
			sql: text,
			statements: [],
			error: sections
		};
		return scanned(blanked(text, [sections[0].up]));
	}
	return scanned(text);
}
function scanned(sql) {
	const result = scanAtlas(sql);
	return "message" in result ? {
		sql,
		statements: [],
		error: result
	} : {
		sql,
		statements: result,
		error: null
	};
}
// src/tools/reading/callers.ts
/** Where projects write how they call their tools. Go files only by names that have to do with databases. */
const scripts = /^(?:GNUm|M|m)akefile$|^[Jj]ustfile$|^Taskfile|^Dockerfile|\.Dockerfile$|^Procfile|^package\.json$|^\.env|\.(?:mk|sh|ya?ml|toml)$/;
const code = /(?:migrat|postgres|pgx?|database|db|store|storage|sql|main|goose|dbmate)[^/]*(?:\/[^/]*)?\.go$/i;
/** A repository may hold any number of them. */
const mostFiles$1 = 2e3;
const mostBytes = 5e5;
const read$3 = /* @__PURE__ */ new WeakMap();
/**
* The texts of the files in which a project may say how it calls a tool, by path: build files, shell scripts, CI and
* compose files, Go code. Comments of whole lines are blanked. Read once for a tree.
*/
function callers(tree) {
	const known = read$3.get(tree) ?? texts$2(tree);
	read$3.set(tree, known);
	return known;
}
async function texts$2(tree) {
	const paths = tree.entries.filter(({ mode, path }) => mode.startsWith("100") && exclusion(dirname$1(path)) === null).map(({ path }) => path).filter((path) => scripts.test(basename$1(path)) || code.test(path) && !path.endsWith("_test.go")).slice(0, mostFiles$1);
	const found = /* @__PURE__ */ new Map();
	for (const [path, bytes] of await tree.read(paths)) {
		if (bytes.length > mostBytes) continue;
		found.set(path, bytes.toString("utf8").replace(/^[\t ]*(?:#|\/\/).*$/gm, ""));
	}
	return found;
}
// src/tools/atlas/hcl.ts
/**
* Reads the `migration` blocks of an atlas.hcl as text. Strings without templates and bare words (`LINEAR_SKIP`, `atlas`)
* are data; all else is computed.
*/
function atlasMigrationBlocks(source) {
	const text = withoutComments(source);
	return [...text.matchAll(/\bmigration\s*\{/g)].map((match) => {
		const attributes = {};
		const computed = [];
		const body = text.slice(match.index + match[0].length, closing(text, match.index + match[0].length));
		for (const line of body.split("\n")) {
			const [, name, value] = /^\s*(\w+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
			if (name === void 0 || value === void 0) continue;
			const plain = /^"((?:[^"\\$%]|[$%](?!\{))*)"$/.exec(value)?.[1] ?? /^[A-Za-z][\w-]*$/.exec(value)?.[0];
			if (plain === void 0) computed.push(name);
			else attributes[name] = plain;
		}
		return {
			attributes,
			computed
		};
	});
}
/** The schema that the file's URLs are bound to (`?search_path=public`), where they name one. */
function searchPathIn(source) {
	const found = new Set([...source.matchAll(/[?&]search_path=(\w+)/g)].map(([, schema]) => schema ?? ""));
	const [schema] = found;
	return found.size === 1 && schema !== void 0 ? schema : null;
}
const withoutComments = (source) => source.replace(/("(?:[^"\\\n]|\\.)*")|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (_, text) => text ?? "");
function closing(text, from) {
	let depth = 1;
	for (const match of text.slice(from).matchAll(/"(?:[^"\\\n]|\\.)*"|[{}]/g)) {
		if (match[0] === "{") depth += 1;
		else if (match[0] === "}") depth -= 1;
		if (depth === 0) return from + match.index;
	}
	return text.length;
}
// src/tools/atlas/settings.ts
/** Directories that the atlas.hcl files of a tree name, by `file://` URLs. */
async function atlasDirectories(tree) {
	const paths = tree.entries.filter(({ mode, path }) => mode.startsWith("100") && basename$1(path) === "atlas.hcl").map(({ path }) => path).filter((path) => exclusion(dirname$1(path)) !== "copied");
	return [...await tree.read(paths)].flatMap(([hcl, bytes]) => {
		const source = bytes.toString("utf8");
		const otherDialect = /\b(?:docker|mysql|maria|sqlite|sqlserver|clickhouse|libsql)(?::\/\/|\+)/.test(source) && !/(?:docker:\/\/(?:postgres|pgvector|postgis|timescale)|postgres(?:ql)?:\/\/|docker\+postgres)/.test(source) && /(?:docker:\/\/)?(?:mysql|maria|sqlite|sqlserver|clickhouse|libsql)/.test(source);
		return atlasMigrationBlocks(source).flatMap(({ attributes }) => {
			const url = /^file:\/\/([^?]*)(?:\?(.*))?$/.exec(attributes.dir ?? "file://migrations");
			if (url === null) return [];
			const format = new URLSearchParams(url[2] ?? "").get("format");
			return [{
				hcl,
				path: resolved$1(dirname$1(hcl), url[1] === "" ? "migrations" : url[1] ?? ""),
				attributes: format === null ? attributes : {
					...attributes,
					format
				},
				otherDialect,
				schema: searchPathIn(source)
			}];
		});
	});
}
/**
* @param placeholders from the gate's config, which decide: `exec-order`, `tx-mode`, `format`, `revisions-schema`
* @param outOfOrder from the gate's config: false is linear, true is non-linear
*/
async function atlasSettings(tree, path, placeholders, outOfOrder) {
	const named = (await atlasDirectories(tree)).filter((one) => one.path === path);
	const flags = await flagsOf(tree);
	const notes = [];
	/** What all places that say something agree on. */
	const agreed = (attribute, flag) => {
		const given = placeholders[flag];
		if (given !== void 0) return given;
		const values = new Set([...named.flatMap((one) => one.attributes[attribute] ?? []), ...flags.get(flag) ?? []].map((value) => value.toLowerCase().replaceAll("_", "-")));
		const [value] = values;
		if (values.size > 1) notes.push(`Atlas is called with different values of ${flag} (${[...values].join(", ")}): its default was assumed. Set ${flag} under placeholders: in the config.`);
		return values.size === 1 && value !== void 0 ? value : null;
	};
	const execOrder = agreed("exec_order", "exec-order");
	const txMode = agreed("tx_mode", "tx-mode");
	const bound = new Set(named.flatMap(({ schema }) => schema ?? []));
	const [schema] = bound;
	return {
		execOrder: outOfOrder === null ? oneOf$1(execOrder, [
			"linear",
			"linear-skip",
			"non-linear"
		]) ?? "linear" : outOfOrder ? "non-linear" : "linear",
		txMode: oneOf$1(txMode, [
			"file",
			"none",
			"all"
		]) ?? "file",
		format: agreed("format", "format") ?? "atlas",
		revisionsSchema: agreed("revisions_schema", "revisions-schema") ?? (bound.size === 1 ? schema : void 0) ?? "atlas_schema_revisions",
		notes
	};
}
const oneOf$1 = (value, known) => known.find((each) => each === value);
/** `--exec-order`, `--tx-mode`, `--revisions-schema` of `atlas migrate apply` in scripts. */
async function flagsOf(tree) {
	const found = /* @__PURE__ */ new Map();
	for (const text of (await callers(tree)).values()) for (const [call] of text.replaceAll("\\\n", " ").matchAll(/\bmigrate\s+apply\b[^\n]*/g)) for (const [, flag = "", value = ""] of call.matchAll(/\s--(exec-order|tx-mode|revisions-schema)[ =]["']?([\w-]+)/g)) found.set(flag, [...found.get(flag) ?? [], value]);
	return found;
}
// src/tools/atlas/sum.ts
/** Hashes of the files in their order: each is one over all names and contents so far. */
function atlasHashes(files) {
	const running = createHash("sha256");
	return files.flatMap(({ name, bytes }) => {
		running.update(name);
		if (/^[ -~]*atlas:sum +ignore$/.test(bytes.toString("latin1").split("\n", 1)[0] ?? "")) return [];
		running.update(bytes);
		return [{
			name,
			hash: running.copy().digest("base64")
		}];
	});
}
function total(entries) {
	const hash = createHash("sha256");
	for (const entry of entries) hash.update(entry.name).update(entry.hash);
	return hash.digest("base64");
}
/** Compares as `migrate.Validate` does (sql/migrate/dir.go); null when the sum is right. */
function sumMismatch(sum, files) {
	const [first = "", ...lines] = sum.replace(/\n$/, "").split("\n").map((line) => line.replace(/\r$/, ""));
	const said = [];
	for (const line of lines) {
		const at = line.indexOf("h1:");
		if (at === -1) return {
			message: "checksum file format invalid",
			file: null,
			reason: null
		};
		said.push({
			name: line.slice(0, at).trim(),
			hash: line.slice(at + 3)
		});
	}
	if (first.replace(/^h1:/, "") !== total(said)) return {
		message: "checksum mismatch",
		file: null,
		reason: null
	};
	const real = atlasHashes(files);
	if (total(real) === total(said)) return null;
	const message = "checksum mismatch";
	for (const [index, entry] of said.entries()) {
		const here = real[index];
		if (here !== void 0 && here.name === entry.name && here.hash === entry.hash) continue;
		const place = real.findIndex(({ name }) => name === entry.name);
		if (place === -1) return {
			message,
			file: entry.name,
			reason: "removed"
		};
		if (place === index) return {
			message,
			file: entry.name,
			reason: "edited"
		};
		return {
			message,
			file: here?.name ?? entry.name,
			reason: "added"
		};
	}
	return {
		message,
		file: real[said.length]?.name ?? null,
		reason: "added"
	};
}
// src/tools/reading/dialect.ts
/** Names of other databases as directories and file suffixes carry them (`mysql/`, `0001_x.sqlite3.up.sql`). */
const names$5 = [
	[/(?:mysql|mariadb)\d*(?:[^a-z]|$)/i, "MySQL"],
	[/(?:sqlite\d?|(?:^|[^a-z])(?:libsql|turso|d1))(?:[^a-z]|$)/i, "SQLite"],
	[/(?:^|[^a-z])(?:mssql|sqlserver|tsql)(?:[^a-z]|$)/i, "SQL Server"],
	[/(?:^|[^a-z])clickhouse(?:[^a-z]|$)/i, "ClickHouse"],
	[/(?:^|[^a-z])cockroach(?:db)?(?:[^a-z]|$)/i, "CockroachDB"],
	[/(?:^|[^a-z])(?:oracle|db2|h2|hsqldb|snowflake|bigquery|duckdb|spanner|cassandra)(?:[^a-z]|$)/i, "another database"]
];
/** Spellings that PostgreSQL's grammar refuses and another dialect's own grammar has. */
const marks = [
	[/MergeTree\b|\b(?:LowCardinality|CODEC|Nullable)\s*\(|\bUInt(?:8|16|32|64)\b|\bON\s+CLUSTER\b/i, "ClickHouse"],
	[/\bENGINE\s*=\s*\w+|\bAUTO_INCREMENT\b|\bUNSIGNED\b|\bDEFAULT\s+CHARSET\b/i, "MySQL"],
	[/\bAUTOINCREMENT\b|\bPRAGMA\s+\w+|\bWITHOUT\s+ROWID\b/i, "SQLite"],
	[/^\s*GO\s*$|\bIDENTITY\s*\(\s*1\s*,\s*1\s*\)|\[dbo\]/im, "SQL Server"],
	[/`[^`\n]+`/, "MySQL or SQLite"]
];
/** Functions that PostgreSQL has not, in texts that its grammar reads. */
const sqliteFunctions = /\b(?:strftime|unixepoch|julianday|last_insert_rowid)\s*\(/i;
/**
* Says why a directory's files are written for another database than PostgreSQL, or null. A text that no
* grammar reads is not enough: a pull request with a syntax error must not make its directory vanish.
*/
async function otherDialect(tree, directory, entries) {
	const named = nameOfOther(directory);
	if (named !== null) return `its path says ${named}`;
	const suffixed = entries.map((entry) => nameOfOther(basename$1(entry.path).replace(/^\d+[-_.]/, "").split(".").slice(1).join(".")));
	const first = suffixed[0];
	if (typeof first === "string" && suffixed.every((name) => name !== null)) return `its files' suffixes say ${first}`;
	const files = entries.filter((entry) => entry.mode.startsWith("100")).map((entry) => entry.path);
	const contents = await tree.read(sample(files));
	const [oldest] = contents.values();
	if (oldest !== void 0 && sqliteFunctions.test(codeOf(oldest.toString("utf8")))) return `${files[0]} calls functions that SQLite has and PostgreSQL has not`;
	if (![...contents.values()].some((bytes) => hasMark(bytes.toString("utf8")))) return null;
	let refused = 0;
	const found = [];
	for (const bytes of contents.values()) {
		const text = bytes.toString("utf8");
		if (parseFile(text).error === null) continue;
		refused += 1;
		const code = codeOf(text);
		const mark = marks.find(([pattern]) => pattern.test(code));
		if (mark !== void 0) found.push(mark[1]);
	}
	if (!(contents.size < 6 ? found.length * 2 > contents.size : found.length * 3 >= contents.size) || found.length * 2 < refused) return null;
	return `PostgreSQL's grammar refuses ${refused} of the ${contents.size} files looked at, which are written for ${found[0]}`;
}
const hasMark = (text) => marks.some(([pattern]) => pattern.test(text));
/** The text without comments, strings and quoted bodies, in which any language may be quoted. */
function codeOf(text) {
	let code = "";
	let at = 0;
	for (const comment of commentsOf(text)) {
		code += text.slice(at, comment.start);
		at = comment.end;
	}
	return (code + text.slice(at)).replace(/'(?:[^']|'')*'|(\$\w*\$)[\s\S]*?\1/g, "''");
}
/** The database other than PostgreSQL that a path speaks of, or null. */
function nameOfOther(text) {
	if (/postgres|pgsql|(?:^|[^a-z])pg(?:[^a-z]|$)/i.test(text)) return null;
	return names$5.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}
/** What is read of a directory: at most thirty files, spread over the history: the oldest often come from a time before a move. */
function sample(files) {
	const most = 30;
	if (files.length <= most) return [...files];
	return Array.from({ length: most }, (_, n) => files[Math.floor(n * files.length / most)] ?? "");
}
// src/tools/atlas.ts
const sumFile = "atlas.sum";
const detect$18 = async (tree) => {
	const databases = [];
	const notes = [];
	const named = await atlasDirectories(tree);
	const because = /* @__PURE__ */ new Map();
	for (const { path } of tree.entries) if (basename$1(path) === sumFile) because.set(dirname$1(path), `${path} is there`);
	for (const { hcl, path } of named) if (!because.has(path)) because.set(path, `${hcl} names it`);
	const files = byDirectory$1(tree.entries);
	for (const [path, reason] of because) {
		const here = (files.get(path) ?? []).filter((entry) => entry.path.endsWith(".sql"));
		if (here.length === 0 || exclusion(path) === "copied") continue;
		const other = named.find((one) => one.path === path && one.otherDialect);
		const dialect = other === void 0 ? await otherDialect(tree, path, here) : `${other.hcl} names another database`;
		if (dialect === null) databases.push({
			path,
			tool: "atlas",
			because: reason
		});
		else notes.push(`${path} was passed over: ${dialect}.`);
	}
	return {
		databases,
		notes
	};
};
async function history$12(tree, path, { settings, deployed }) {
	await loadParser();
	const directory = treePath(path);
	const all = atlasFiles(tree, directory, settings.format);
	for (const { entry } of all) refuseLink(entry);
	const contents = await readAll(tree, all);
	const bytesOf = ({ entry }) => contents.get(entry.path) ?? Buffer.alloc(0);
	const hashes = new Map(atlasHashes(all.map((file) => ({
		name: file.name,
		bytes: bytesOf(file)
	}))).map(({ name, hash }) => [name, hash]));
	const read = all.map((file) => {
		const text = sentText$1("Atlas", file.entry.path, bytesOf(file));
		return {
			file,
			text,
			directives: atlasDirectives(text)
		};
	});
	const { migrations: plan, notes } = withoutCheckpoints(read);
	const mismatch = deployed === null || deployed === tree ? await mismatchOf(tree, directory, settings.format) : null;
	return {
		migrations: plan.map(({ file, text, directives }) => {
			const { sql, statements, error } = atlasStatements(text, settings.format);
			const { transaction, wrong } = transactionOf$2(directives.txMode, settings, file.name);
			const refused = mismatch !== null && mismatch.file === file.name && mismatch.reason === "added" ? {
				line: 1,
				says: staleSum(file.name)
			} : error !== null ? {
				line: error.line,
				says: `Atlas stops at this file: scanning statements from "${file.name}": ${error.message}.`
			} : wrong;
			return {
				version: file.version,
				name: file.description,
				identity: file.version,
				file: file.entry.path,
				bytes: bytesOf(file),
				sql,
				transaction,
				messages: statements,
				...refused === null ? {} : { refused },
				extra: {
					hash: hashes.get(file.name) ?? "",
					statements: statements.length
				}
			};
		}),
		notes: [
			...settings.notes,
			...notes,
			...unseenDirectives(read)
		],
		oddities: oddities$3(tree, directory, all)
	};
}
async function readAll(tree, files) {
	const contents = await tree.read(files.map(({ entry }) => entry.path));
	const missing = files.find(({ entry }) => !contents.has(entry.path));
	if (missing === void 0) return contents;
	const { path: file } = missing.entry;
	throw new Undecided("internal-error", `git has no contents for ${file}.`, { place: { file } });
}
/**
* A checkpoint stands for all before it, on new databases only; those that have a history never run it. What they ran is
* the history, as long as the files are there.
*/
function withoutCheckpoints(read) {
	const last = read.findLast(({ directives }) => directives.checkpoint);
	if (last === void 0) return {
		migrations: read,
		notes: []
	};
	const ordinary = read.filter(({ directives }) => !directives.checkpoint);
	if (!read.slice(0, read.indexOf(last)).some(({ directives }) => !directives.checkpoint)) return {
		migrations: [last, ...ordinary],
		notes: []
	};
	return {
		migrations: ordinary,
		notes: [`${last.file.entry.path} is a checkpoint: Atlas starts new databases with it, and those that have a history never run it. Whether it ends in the same schema as the files before it was not compared.`]
	};
}
function transactionOf$2(given, { txMode }, name) {
	const rules = {
		file: "single",
		none: "none",
		all: "shared"
	};
	const [mode = txMode] = given;
	const transaction = rules[mode] ?? "single";
	const stop = (why) => ({
		transaction,
		wrong: {
			line: 1,
			says: `Atlas stops at this file: ${why}.`
		}
	});
	if (given.length > 1) return stop(`multiple txmode values found in file "${name}"`);
	if (given.length === 0) return {
		transaction,
		wrong: null
	};
	if (mode === "all") return stop(`txmode "all" is not allowed in file directive "${name}". Use "file" instead`);
	if (mode !== "none" && mode !== "file") return stop(`unknown txmode "${mode}" found in file directive "${name}"`);
	if (txMode === "all") return stop(`cannot set txmode directive to "${mode}" in "${name}" when txmode "all" is set globally`);
	return {
		transaction,
		wrong: null
	};
}
const unseenDirectives = (read) => read.flatMap(({ file, directives }) => directives.unseen === null ? [] : [`Atlas does not see the atlas:${directives.unseen} directive of ${file.entry.path}: an empty line with a bare line feed (no CRLF) must follow the comments at the top.`]);
function oddities$3(tree, directory, all) {
	const taken = new Set(all.map(({ entry }) => entry.path));
	const ignored = (byDirectory$1(tree.under(directory)).get(directory) ?? []).filter(({ path }) => /\.sql$/i.test(path) && !taken.has(path) && !/\.down\.sql$/.test(path)).map(({ path: file }) => ({
		kind: "never-runs",
		file,
		says: `Atlas passes over ${basename$1(file)} without a word: the suffix must be .sql in lower case.`
	}));
	const misplaced = all.flatMap(({ entry, version }, index) => {
		const before = all[index - 1];
		if (before === void 0 || !/^\d+$/.test(version) || !/^\d+$/.test(before.version)) return [];
		if (BigInt(before.version) <= BigInt(version) || before.name.includes("/")) return [];
		return [{
			kind: "ambiguous-order",
			file: before.entry.path,
			says: `Atlas goes by the names as text, and so runs ${before.name} before ${basename$1(entry.path)}: write versions of the same length.`
		}];
	});
	return [...ignored, ...misplaced];
}
async function mismatchOf(tree, directory, format) {
	const path = within$1(directory, sumFile);
	const sum = (await tree.read([path])).get(path);
	if (sum === void 0) return null;
	const files = atlasFiles(tree, directory, format);
	const contents = await readAll(tree, files);
	return sumMismatch(sum.toString("utf8"), files.map(({ name, entry }) => ({
		name,
		bytes: contents.get(entry.path) ?? Buffer.alloc(0)
	})));
}
const text$5 = ({ version, name }) => name === "" ? version : `${version}_${name}`;
const toolWith$7 = (state, mismatch) => ({
	name: "atlas",
	title: "Atlas",
	detect: detect$18,
	configured: async (tree, path, { placeholders, outOfOrder }) => {
		const directory = treePath(path);
		const settings = await atlasSettings(tree, directory, placeholders, outOfOrder);
		return toolWith$7({
			settings,
			deployed: tree
		}, await mismatchOf(tree, directory, settings.format));
	},
	order: (left, right) => Buffer.compare(Buffer.from(text$5(left)), Buffer.from(text$5(right))),
	history: (tree, path) => history$12(tree, path, state),
	late: (added, base) => {
		const newest = base.map(({ version }) => version).reduce((highest, version) => version > highest ? version : highest, "");
		return added.filter(({ version }) => version < newest);
	},
	bookkeeping: atlasBookkeeping(state.settings.revisionsSchema),
	sessions: "one",
	sharesTransaction: state.settings.txMode === "all",
	onHistoryChange: atlasBehaviour(state.settings.execOrder, mismatch),
	noTransaction: {
		directive: "-- atlas:txmode none\n",
		advice: "Put the statement alone into a migration of its own whose first line is `-- atlas:txmode none`, with an empty line after it, and run `atlas migrate hash`."
	}
});
/** Atlas, versioned: `<version>_<name>.sql` and atlas.sum, applied by `atlas migrate apply`. */
const atlas = toolWith$7({
	settings: {
		execOrder: "linear",
		txMode: "file",
		format: "atlas",
		revisionsSchema: "atlas_schema_revisions",
		notes: []
	},
	deployed: null
}, null);
// src/tools/program-tool.ts
/** The tool as the gate knows tools. */
function programTool(tool) {
	const { configured } = tool;
	const order = tool.order ?? ((left, right) => byText(left.version, right.version) || byText(left.name, right.name));
	return {
		name: tool.name,
		title: tool.title,
		detect: async (tree) => ({
			databases: await detected(tool, tree),
			notes: []
		}),
		...configured === void 0 ? {} : { configured: (tree, path) => configured(tree, treePath(path)) },
		order,
		history: async (tree, path) => ({
			migrations: (await programMigrations(tree, path, tool.named, {
				files: tool.files,
				below: tool.below === true
			})).sort(order),
			notes: []
		}),
		bookkeeping: {
			setup: "",
			before: () => "",
			after: () => "",
			relations: tool.tables
		},
		sessions: "one",
		onHistoryChange: tool.onHistoryChange,
		noTransaction: {
			directive: null,
			advice: tool.advice
		},
		...tool.words === void 0 ? {} : { words: tool.words },
		command: tool.command
	};
}
async function detected(tool, tree) {
	const files = tree.entries.filter(({ path, mode }) => mode.startsWith("100") && tool.telling.test(basename$1(path)));
	const databases = [];
	for (const [directory, entries] of byDirectory$1(files)) {
		if (exclusion(directory) === "copied") continue;
		const because = await tool.because(tree, directory, entries.map(({ path }) => path));
		if (because !== null) databases.push({
			path: directory,
			tool: tool.name,
			because
		});
	}
	return tool.below === true ? databases.filter(({ path }) => !databases.some((other) => other.path === dirname$1(path))) : databases;
}
/** `20240101120000_add_users.rb`: number, name, and what the tool records. */
function stampedName(file, identity) {
	const base = basename$1(file);
	const stem = base.replace(/\.[^.]*$/, "");
	const [, version, name = ""] = /^(\d+)[_-]?(.*)$/.exec(stem) ?? [];
	return version === void 0 ? null : {
		version,
		name,
		identity: identity(version, stem, base)
	};
}
/** Numbers of any length. */
const byNumber$1 = (left, right) => {
	const [a, b] = [left, right].map(({ version }) => BigInt(/^\d+/.exec(version)?.[0] ?? 0));
	return a < b ? -1 : a > b ? 1 : byText(left.name, right.name);
};
// src/tools/command.ts
/** What a row of an unknown tool's table may hold of a migration. */
const names$4 = ({ identity, version }) => [
	identity,
	identity.replace(/\.[^.]*$/, ""),
	version,
	String(Number(version))
];
const depends = {
	does: "depends",
	says: "The command decides what it does about a changed history, and nobody has told the gate."
};
/** Any program that migrates `DATABASE_URL`: `apply-command` in the config. */
const command$1 = programTool({
	name: "command",
	title: "The command",
	telling: /^$/,
	because: async () => null,
	files: /^(?![._])(?!README)(?!.*\.(?:md|txt|toml|ya?ml|lock|mako|ini|d\.ts)$)/i,
	named: (file) => {
		const base = basename$1(file);
		const [, version = base, name = ""] = /^(\d+)[_-]?(.*)$/.exec(base) ?? [];
		return {
			version,
			name: name === "" ? base : name,
			identity: base
		};
	},
	order: byNumber$1,
	tables: [],
	onHistoryChange: {
		edited: depends,
		deleted: depends,
		renamed: depends,
		outOfOrder: depends,
		duplicateVersion: {
			...depends,
			legal: true
		}
	},
	advice: "How a migration runs outside a transaction is for the command to say; give such a statement a file of its own.",
	command: {
		anyTable: true,
		up: () => ({ missing: "The tool command needs an apply-command: a line for the shell that migrates DATABASE_URL." }),
		recorded: (row, known) => {
			const values = new Set(Object.values(row));
			return known.find((migration) => names$4(migration).some((name) => values.has(name)))?.identity ?? null;
		}
	}
});
// src/tools/dbmate/settings.ts
/** Reads what build files, scripts, CI, compose and .env files say in plain text. */
async function dbmateSettings(tree, path, placeholders, outOfOrder) {
	const tables = /* @__PURE__ */ new Set();
	/** Of calls that name this directory, which may not be the only one. */
	const own = /* @__PURE__ */ new Set();
	const together = [];
	let strict = null;
	for (const [file, text] of await callers(tree)) {
		if (!/dbmate/i.test(text)) continue;
		for (const [, table = ""] of text.matchAll(/DBMATE_MIGRATIONS_TABLE["']?\s*[=:]\s*["']?([\w.]+)/g)) tables.add(table);
		for (const [call] of text.matchAll(/\bdbmate\b[^\n]*/g)) {
			const table = /\s--migrations-table[ =]\\?["']?([\w.]+)/.exec(call)?.[1];
			if (table === void 0) continue;
			tables.add(table);
			if (directoriesOf(call).some((each) => placeOf$1(tree, file, each) === path)) own.add(table);
		}
		if (/DBMATE_STRICT["']?\s*[=:]\s*["']?(?:1|t|true)\b/i.test(text) || /\bdbmate\b[^\n]*\s--strict\b(?!=f)/.test(text)) strict ??= file;
		const named = groups(text).map((group) => group.map((path) => placeOf$1(tree, file, path)));
		together.push(...named.filter((group) => group.length > 1));
	}
	const said = own.size > 0 ? own : tables;
	const [table] = said;
	return {
		table: placeholders.DBMATE_MIGRATIONS_TABLE ?? (said.size === 1 ? table : void 0) ?? "schema_migrations",
		strict: outOfOrder === null ? strict !== null : !outOfOrder,
		together,
		notes: outOfOrder === null && strict !== null ? [`${strict} calls dbmate with --strict.`] : []
	};
}
function groups(text) {
	const inEnvironment = [...text.matchAll(/DBMATE_MIGRATIONS_DIR["']?\s*[=:]\s*["']?([\w./,-]+)/g)].map(([, list = ""]) => list.split(",").filter((path) => path !== ""));
	const inCalls = [...text.matchAll(/\bdbmate\b[^\n]*/g)].map(([call]) => directoriesOf(call));
	return [...inEnvironment, ...inCalls];
}
const directoriesOf = (call) => [...call.matchAll(/\s(?:--migrations-dir|-d)[ =]\\?["']?([\w./,-]+)/g)].flatMap(([, list = ""]) => list.split(","));
/** Relative to the file that says it, or to the root, where people start such scripts. */
function placeOf$1(tree, file, path) {
	const beside = resolved$1(dirname$1(file), path);
	return tree.under(beside).length > 0 ? beside : resolved$1("", path);
}
// src/tools/reading/marks.ts
const samples = /* @__PURE__ */ new WeakMap();
/** The text of the first and the last SQL file of every directory that has some. Read once for a tree. */
function sqlSamples(tree) {
	const known = samples.get(tree) ?? read$2(tree);
	samples.set(tree, known);
	return known;
}
async function read$2(tree) {
	const wanted = /* @__PURE__ */ new Map();
	for (const [directory, entries] of byDirectory$1(sqlFiles(tree.entries))) {
		if (exclusion(directory) === "copied") continue;
		const paths = entries.map((entry) => entry.path);
		wanted.set(directory, paths.filter((_, index) => index === 0 || index === paths.length - 1));
	}
	const contents = await tree.read([...wanted.values()].flat());
	return new Map([...wanted].map(([directory, paths]) => [directory, paths.map((path) => contents.get(path)?.toString("utf8") ?? "").join("\n")]));
}
const sqlFiles = (entries) => entries.filter(({ mode, path }) => mode.startsWith("100") && /\.sql$/i.test(path));
/**
* Directories whose first or last SQL file has this mark, those of other databases left out and said.
*
* @param mark must have the `m` flag
*/
async function markedDirectories(tree, mark) {
	const directories = [];
	const notes = [];
	const files = byDirectory$1(sqlFiles(tree.entries));
	for (const [directory, text] of await sqlSamples(tree)) {
		if (!mark.test(text)) continue;
		const dialect = await otherDialect(tree, directory, files.get(directory) ?? []);
		if (dialect === null) directories.push(directory);
		else notes.push(`${directory} was passed over: ${dialect}.`);
	}
	return {
		directories,
		notes
	};
}
// src/tools/dbmate.ts
/** db.go `migrationFileRegexp`. */
const fileName$5 = /^(\d+)(.*)\.sql$/;
const detect$17 = async (tree) => {
	const { directories, notes } = await markedDirectories(tree, /^--\s*migrate:up\b/m);
	const { together } = await dbmateSettings(tree, "", {}, null);
	const rest = (path) => together.some(([first, ...others]) => first !== path && others.includes(path));
	return {
		databases: directories.filter((path) => !rest(path)).map((path) => ({
			path,
			tool: "dbmate",
			because: "its files are marked \"-- migrate:up\""
		})),
		notes
	};
};
async function history$11(tree, path, settings) {
	await loadParser();
	const directory = treePath(path);
	const paths = settings.together.find((group) => group.includes(directory)) ?? [directory];
	const files = [];
	const oddities = [];
	for (const each of paths) for (const entry of byDirectory$1(tree.under(each)).get(each) ?? []) if (fileName$5.test(basename$1(entry.path))) files.push(entry);
	else if (/\.sql$/i.test(entry.path)) oddities.push(ignored(entry.path));
	for (const entry of files) refuseLink(entry);
	files.sort((a, b) => byName$1(a.path, b.path));
	const contents = await tree.read(files.map((entry) => entry.path));
	const migrations = files.map((entry) => {
		const bytes = contents.get(entry.path);
		if (bytes === void 0) throw new Undecided("internal-error", `git has no contents for ${entry.path}.`, { place: { file: entry.path } });
		return migration$4(entry.path, bytes);
	});
	return {
		migrations,
		notes: settings.notes,
		oddities: [...oddities, ...misplaced(migrations)],
		...paths.length > 1 ? { paths } : {}
	};
}
function migration$4(file, bytes) {
	const text = sentText$1("dbmate", file, bytes);
	const [, version = "", rest = ""] = fileName$5.exec(basename$1(file)) ?? [];
	const common = {
		version,
		identity: version,
		name: rest.replace(/^[_-]/, ""),
		file,
		bytes
	};
	const parsed = parseDbmate(text);
	if ("message" in parsed) return {
		...common,
		sql: text,
		transaction: "single",
		down: null,
		refused: refusal$1(parsed)
	};
	const [section, second] = parsed;
	const { up, down } = section;
	const back = blanked(text, [down]);
	return {
		...common,
		sql: blanked(text, [up]),
		transaction: up.transaction ? "single" : "implicit",
		down: isEmpty(back) ? null : {
			file,
			sql: back,
			transaction: down.transaction ? "single" : "implicit"
		},
		...second === void 0 ? {} : { refused: twice$1(second, version) }
	};
}
const isEmpty = (sql) => {
	if (/^\s*[a-z(]/i.test(sql)) return false;
	const { statements, error } = parseFile(sql);
	return error === null && statements.length === 0;
};
const refusal$1 = ({ line, message }) => ({
	line,
	says: `dbmate stops at this file: "${message}".`
});
const twice$1 = ({ up }, version) => ({
	line: up.line,
	says: `dbmate runs and records the first \`-- migrate:up\` section and then stops at the second, which it records under the same version ${version}: "duplicate key value violates unique constraint".`
});
const byName$1 = (left, right) => Buffer.compare(Buffer.from(basename$1(left)), Buffer.from(basename$1(right)));
const ignored = (file) => ({
	kind: "never-runs",
	file,
	says: `dbmate passes over ${basename$1(file)} without a word: a migration's name begins with digits and ends in .sql.`
});
/** Sorted as text, `10_` stands before `9_`. */
function misplaced(migrations) {
	return migrations.flatMap((one, index) => {
		const before = migrations[index - 1];
		if (before === void 0 || BigInt(before.version) <= BigInt(one.version)) return [];
		const width = Math.max(before.version.length, one.version.length);
		const padded = [before, one].map(({ file, version }) => basename$1(file).replace(version, version.padStart(width, "0")));
		return [{
			kind: "ambiguous-order",
			file: before.file,
			says: `dbmate goes by the names as text, and so runs ${basename$1(before.file)} before ${basename$1(one.file)}: write numbers of the same length (${padded.join(", ")}), or times as \`dbmate new\` does.`
		}];
	});
}
const text$4 = ({ version, name }) => name === "" ? version : `${version}_${name}`;
function bookkeepingFor$4(table) {
	const [schema, name] = table.includes(".") ? [table.slice(0, table.indexOf(".")), table.slice(table.indexOf(".") + 1)] : ["public", table];
	const quoted = qualified$1(schema, name);
	return {
		setup: `${schema === "public" ? "" : `create schema if not exists ${qualified$1("", schema)}; `}create table if not exists ${quoted} (version varchar primary key);`,
		before: () => "",
		after: ({ version }) => `insert into ${quoted} (version) values (${literal$2(version)});`,
		undo: ({ version }) => `delete from ${quoted} where version = ${literal$2(version)};`,
		relations: [`${schema}.${name}`]
	};
}
const behaviour = (strict) => ({
	edited: {
		does: "ignores",
		says: "dbmate keeps numbers and no checksums: databases that ran the old text keep what it made, new ones get the new text, and nothing says that they differ."
	},
	deleted: {
		does: "ignores",
		says: "dbmate does not miss a file that it has run: databases that ran it keep what it made, and new ones never get it."
	},
	renamed: {
		does: "ignores",
		says: "dbmate goes by the digits alone: under the same ones it notices nothing, under others it runs the file a second time."
	},
	outOfOrder: strict ? {
		does: "refuses",
		says: "dbmate is called with --strict and stops at the next deploy before it runs anything: \"migration … is out of order with already applied migrations\"."
	} : {
		does: "runs",
		says: "dbmate runs it after the migrations that were meant to follow it, while a new database gets it before them."
	},
	duplicateVersion: {
		does: "skips",
		says: "dbmate records the digits alone: where one of the two has run the other never does, and a new database stops at the second with \"duplicate key value violates unique constraint\".",
		legal: false
	}
});
const toolWith$6 = (settings) => ({
	name: "dbmate",
	title: "dbmate",
	detect: detect$17,
	configured: async (tree, path, { placeholders, outOfOrder }) => toolWith$6(await dbmateSettings(tree, treePath(path), placeholders, outOfOrder)),
	order: (left, right) => Buffer.compare(Buffer.from(text$4(left)), Buffer.from(text$4(right))),
	history: (tree, path) => history$11(tree, path, settings),
	late: (added, base) => {
		if (settings.strict) {
			const newest = base.reduce((highest, { version }) => version > highest ? version : highest, "");
			return added.filter(({ version }) => version < newest);
		}
		const newest = base.reduce((highest, { file }) => byName$1(file, highest) > 0 ? file : highest, "");
		return added.filter(({ file, version }) => byName$1(file, newest) < 0 && base.every((one) => one.version !== version));
	},
	bookkeeping: bookkeepingFor$4(settings.table),
	sessions: "each",
	onHistoryChange: behaviour(settings.strict),
	noTransaction: {
		directive: "-- migrate:up transaction:false",
		advice: "Put the statement alone into a migration of its own that begins with `-- migrate:up transaction:false`; with a second statement beside it the server makes a transaction of both."
	}
});
/** dbmate: `<digits>_<name>.sql` with `-- migrate:up` and `-- migrate:down` sections. */
const dbmate = toolWith$6({
	table: "schema_migrations",
	strict: false,
	together: [],
	notes: []
});
// node_modules/smol-toml/dist/error.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
function getLineColFromPtr(string, ptr) {
	let lines = string.slice(0, ptr).split(/\r?\n/);
	return [lines.length, lines.pop().length + 1];
}
function makeCodeBlock(string, line, column) {
	let lines = string.split(/\r?\n/);
	let codeblock = "";
	let numberLen = (Math.log10(line + 1) | 0) + 1;
	for (let i = line - 1; i <= line + 1; i++) {
		let l = lines[i - 1];
		if (!l) continue;
		codeblock += i.toString().padEnd(numberLen, " ");
		codeblock += ":  ";
		codeblock += l;
		codeblock += "\n";
		if (i === line) {
			codeblock += " ".repeat(numberLen + column + 2);
			codeblock += "^\n";
		}
	}
	return codeblock;
}
var TomlError = class TomlError extends Error {
	line;
	column;
	codeblock;
	constructor(message, options) {
		const [line, column] = getLineColFromPtr(options.toml, options.ptr);
		const codeblock = makeCodeBlock(options.toml, line, column);
		super(`Invalid TOML document: ${message}\n\n${codeblock}`, options);
		this.line = line;
		this.column = column;
		this.codeblock = codeblock;
	}
	/** @internal */
	static x(message, ctx, ptr) {
		throw new TomlError(message, {
			toml: ctx.s,
			ptr: ptr ?? ctx.p
		});
	}
};
// node_modules/smol-toml/dist/primitive.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
/** @internal */
function parseString(ctx) {
	let startPtr = ctx.p;
	let c = ctx.s.charCodeAt(ctx.p++);
	let first = c;
	let isLiteral = c === 39;
	let isMultiline = c === ctx.s.charCodeAt(ctx.p) && c === ctx.s.charCodeAt(ctx.p + 1);
	if (isMultiline) {
		if ((c = ctx.s.charCodeAt(ctx.p += 2)) === 10) ctx.p++;
		else if (c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10) ctx.p += 2;
	}
	let parsed = "";
	let sliceStart = ctx.p;
	let state = 0;
	for (; ctx.p < ctx.s.length; ctx.p++) {
		c = ctx.s.charCodeAt(ctx.p);
		if (isMultiline && (c === 10 || c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10)) state = state && 3;
		else if (c < 32 && c !== 9 || c === 127) TomlError.x("control characters are not allowed in strings", ctx);
		else if ((!state || state === 3) && c === first && (!isMultiline || ctx.s.charCodeAt(ctx.p + 1) === first && ctx.s.charCodeAt(ctx.p + 2) === first)) {
			if (isMultiline) {
				if (ctx.s.charCodeAt(ctx.p + 3) === first) ctx.p++;
				if (ctx.s.charCodeAt(ctx.p + 3) === first) ctx.p++;
			}
			if (!state) {
				let s = ctx.s.slice(sliceStart, ctx.p);
				parsed = parsed ? parsed + s : s;
			}
			ctx.p += isMultiline ? 3 : 1;
			return parsed;
		} else if (!state) {
			if (!isLiteral && c === 92) {
				parsed += ctx.s.slice(sliceStart, sliceStart = ctx.p);
				state = 1;
			}
		} else if (state === 1) {
			if (c === 120 || c === 117 || c === 85) {
				let errPtr = ctx.p++ - 1;
				let value = 0;
				let len = c === 120 ? 2 : c === 117 ? 4 : 8;
				for (let j = 0; j < len; j++, ctx.p++) {
					let hex = ctx.s.charCodeAt(ctx.p);
					let digit = hex >= 48 && hex <= 57 ? hex - 48 : hex >= 65 && hex <= 70 ? hex - 65 + 10 : hex >= 97 && hex <= 102 ? hex - 97 + 10 : -1;
					if (digit < 0) TomlError.x("invalid non-hex character in unicode escape", ctx);
					value = value << 4 | digit;
				}
				if (value < 0 || value > 1114111 || value >= 55296 && value <= 57343) TomlError.x("invalid unicode escape", ctx, errPtr);
				parsed += String.fromCodePoint(value);
				sliceStart = ctx.p--;
				state = 0;
			} else if (isMultiline && (c === 32 || c === 9)) state = 2;
			else {
				if (c === 98) parsed += "\b";
				else if (c === 116) parsed += "	";
				else if (c === 110) parsed += "\n";
				else if (c === 102) parsed += "\f";
				else if (c === 114) parsed += "\r";
				else if (c === 101) parsed += "\x1B";
				else if (c === 34) parsed += "\"";
				else if (c === 92) parsed += "\\";
				else TomlError.x("unrecognised escape sequence", ctx);
				sliceStart = ctx.p + 1;
				state = 0;
			}
		} else if (c !== 32 && c !== 9) {
			if (state === 2) TomlError.x("invalid escape: only line-ending whitespace may be escaped", ctx, sliceStart);
			state = !isLiteral && c === 92 ? 1 : 0;
			sliceStart = ctx.p;
		}
	}
	TomlError.x("unfinished string", ctx, startPtr);
}
// node_modules/smol-toml/dist/date.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
let DATE_TIME_RE = /^(\d{4}-\d{2}-\d{2})?[Tt ]?(?:(\d{2}):\d{2}(?::\d{2}(?:\.\d+)?)?)?(Z|z|[-+]\d{2}:\d{2})?$/i;
var TomlDate = class TomlDate extends Date {
	#hasDate = false;
	#hasTime = false;
	#offset = null;
	constructor(date, fasttype, unsafeDelim) {
		let hasDate = true;
		let hasTime = true;
		let offset = "Z";
		let c;
		if (typeof date === "string") {
			if (fasttype) prep: {
				if (fasttype < 3) {
					if (+date.slice(11, 13) > 23) {
						date = "";
						break prep;
					}
					if (fasttype === 2) {
						offset = null;
						date += "Z";
					} else if ((c = date.charCodeAt(date.length - 1)) !== 90 && c !== 122) offset = date.slice(date.length - 6);
					if (unsafeDelim) date = date.slice(0, 10) + "T" + date.slice(11);
				} else if (fasttype === 4) date = +date.slice(0, 2) > 23 ? "" : `0000-01-01T${date}Z`;
				hasDate = fasttype !== 4;
				hasTime = fasttype !== 3;
			}
			else {
				let match = date.match(DATE_TIME_RE);
				if (match) {
					if (!match[1]) {
						hasDate = false;
						date = `0000-01-01T${date}`;
					}
					hasTime = !!match[2];
					hasTime && date[10] === " " && (date = date.replace(" ", "T"));
					if (match[2] && +match[2] > 23) date = "";
					else {
						offset = match[3] || null;
						if (!offset && hasTime) date += "Z";
					}
				} else date = "";
			}
		}
		super(date);
		if (!isNaN(this.getTime())) {
			this.#hasDate = hasDate;
			this.#hasTime = hasTime;
			this.#offset = offset;
		}
	}
	isDateTime() {
		return this.#hasDate && this.#hasTime;
	}
	isLocal() {
		return !this.#hasDate || !this.#hasTime || !this.#offset;
	}
	isDate() {
		return this.#hasDate && !this.#hasTime;
	}
	isTime() {
		return this.#hasTime && !this.#hasDate;
	}
	isValid() {
		return this.#hasDate || this.#hasTime;
	}
	toISOString() {
		let iso = super.toISOString();
		if (this.isDate()) return iso.slice(0, 10);
		if (this.isTime()) return iso.slice(11, 23);
		if (this.#offset === null) return iso.slice(0, -1);
		if (this.#offset === "Z" || this.#offset === "z") return iso;
		let offset = +this.#offset.slice(1, 3) * 60 + +this.#offset.slice(4, 6);
		offset = this.#offset[0] === "-" ? offset : -offset;
		return (/* @__PURE__ */ new Date(this.getTime() - offset * 6e4)).toISOString().slice(0, -1) + this.#offset;
	}
	static wrapAsOffsetDateTime(jsDate, offset = "Z") {
		let date = new TomlDate(jsDate);
		date.#offset = offset;
		return date;
	}
	static wrapAsLocalDateTime(jsDate) {
		let date = new TomlDate(jsDate);
		date.#offset = null;
		return date;
	}
	static wrapAsLocalDate(jsDate) {
		let date = new TomlDate(jsDate);
		date.#hasTime = false;
		date.#offset = null;
		return date;
	}
	static wrapAsLocalTime(jsDate) {
		let date = new TomlDate(jsDate);
		date.#hasDate = false;
		date.#offset = null;
		return date;
	}
};
// node_modules/smol-toml/dist/extract.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
function isDigit(char, base = 10) {
	return base === 16 ? char > 47 && char < 58 || char > 64 && char < 71 || char > 96 && char < 103 : char > 47 && char < 48 + base;
}
function isEndOfValue(char, delim) {
	return char === 32 || char === 9 || char === 10 || char === 13 || delim && (char === delim || char === 44) || char === 35;
}
/** @internal */
function extractValue(ctx, end) {
	let errPtr = ctx.p;
	let c = ctx.s.charCodeAt(ctx.p);
	if (c === 91 || c === 123) {
		ctx.d-- || TomlError.x("document contains excessively nested structures. aborting.", ctx);
		let value = c === 91 ? parseArray(ctx) : parseInlineTable(ctx);
		ctx.d++;
		return value;
	}
	if (c === 34 || c === 39) return parseString(ctx);
	if (c === 116) {
		if (ctx.s.charCodeAt(++ctx.p) !== 114 || ctx.s.charCodeAt(++ctx.p) !== 117 || ctx.s.charCodeAt(++ctx.p) !== 101) TomlError.x("invalid value", ctx, errPtr);
		return ctx.p++, true;
	}
	if (c === 102) {
		if (ctx.s.charCodeAt(++ctx.p) !== 97 || ctx.s.charCodeAt(++ctx.p) !== 108 || ctx.s.charCodeAt(++ctx.p) !== 115 || ctx.s.charCodeAt(++ctx.p) !== 101) TomlError.x("invalid value", ctx, errPtr);
		return ctx.p++, false;
	}
	if (c === 43 || c === 45) return parseNumber(ctx, ctx.p, ctx.s.charCodeAt(++ctx.p), 44 - c, end);
	if (ctx.s.charCodeAt(ctx.p + 4) === 45 && ctx.s.charCodeAt(ctx.p + 7) === 45) return parseDate(ctx, c, end);
	if (ctx.s.charCodeAt(ctx.p + 2) === 58) return parseTime(ctx, c, end);
	return parseNumber(ctx, ctx.p, c, 0, end);
}
function parseNumber(ctx, startPtr, startChr, sign, endChr) {
	let c = startChr;
	let state = 0;
	let hasUnderscores = false;
	if (c === 105) {
		if (ctx.s.charCodeAt(++ctx.p) !== 110 || ctx.s.charCodeAt(++ctx.p) !== 102) TomlError.x("invalid value", ctx, startPtr);
		return ctx.p++, (sign || 1) / 0;
	}
	if (c === 110) {
		if (ctx.s.charCodeAt(++ctx.p) !== 97 || ctx.s.charCodeAt(++ctx.p) !== 110) TomlError.x("invalid value", ctx, startPtr);
		return ctx.p++, NaN;
	}
	if (c === 48) {
		if (++ctx.p >= ctx.s.length || isEndOfValue(c = ctx.s.charCodeAt(ctx.p), endChr)) return ctx.bi === true ? 0n : 0;
		if (!sign) {
			if (c === 120) return parseIntegerBaseN(ctx, startPtr, 16, endChr);
			else if (c === 98) return parseIntegerBaseN(ctx, startPtr, 2, endChr);
			else if (c === 111) return parseIntegerBaseN(ctx, startPtr, 8, endChr);
		}
		if (c === 46) state = 2;
		else if (c === 101 || c === 69) state = 4;
		else TomlError.x("illegal leading zero", ctx, startPtr);
	} else if (!isDigit(c)) TomlError.x("invalid value", ctx, startPtr);
	while (++ctx.p < ctx.s.length && (c = ctx.s.charCodeAt(ctx.p), !isEndOfValue(c, endChr))) {
		if (!state) state = 1;
		if (c === 95) {
			if (!(state & 1)) TomlError.x("illegal underscore", ctx);
			state += 11;
			hasUnderscores = true;
		} else if (state === 1 && c === 46) state = 2;
		else if ((state === 1 || state === 3) && (c === 101 || c === 69)) state = 4;
		else if (state === 4 && (c === 43 || c === 45)) state = 6;
		else if (!isDigit(c)) TomlError.x(`illegal character in numeric literal`, ctx);
		else if (state > 9) state -= 11;
		else if (!(state & 1)) state++;
	}
	if (!state) {
		let val = (startChr - 48) * (sign || 1);
		return ctx.bi === true ? BigInt(val) : val;
	}
	if (!(state & 1)) TomlError.x("unfinished numeric value", ctx, startPtr);
	let str = ctx.s.slice(startPtr, ctx.p);
	if (hasUnderscores) str = str.replaceAll("_", "");
	return state > 1 ? parseFloat(str) : parseInteger(ctx, str, 10, startPtr);
}
function parseIntegerBaseN(ctx, startPtr, base, endChr) {
	let c, underscore = 1;
	while (++ctx.p < ctx.s.length && (c = ctx.s.charCodeAt(ctx.p), !isEndOfValue(c, endChr))) if (c === 95) {
		if (underscore & 1) TomlError.x("illegal underscore", ctx);
		underscore = 3;
	} else if (!isDigit(c, base)) TomlError.x(`illegal character in numeric literal`, ctx);
	else if (underscore & 1) underscore--;
	if (underscore & 1) TomlError.x("unfinished numeric value", ctx);
	let str = ctx.s.slice(startPtr + 2, ctx.p);
	if (underscore) str = str.replaceAll("_", "");
	return parseInteger(ctx, str, base, startPtr);
}
function parseInteger(ctx, str, base, startPtr) {
	if (ctx.bi !== true) int: {
		let val = parseInt(str, base);
		if (!Number.isSafeInteger(val)) {
			if (ctx.bi) break int;
			TomlError.x("integer value cannot be represented losslessly", ctx, startPtr);
		}
		return val;
	}
	return base === 10 ? BigInt(str) : BigInt((base === 2 ? "0b" : base === 8 ? "0o" : "0x") + str);
}
function parseDate(ctx, c, endChr) {
	let startPtr = ctx.p++, unsafeSeparator;
	if (!isDigit(c) || !isDigit(ctx.s.charCodeAt(ctx.p++)) || !isDigit(ctx.s.charCodeAt(ctx.p++)) || !isDigit(ctx.s.charCodeAt(ctx.p++))) return parseNumber(ctx, ctx.p = startPtr, c, 0, endChr);
	ctx.p += 5;
	if (!isDigit(ctx.s.charCodeAt(ctx.p++))) TomlError.x("invalid date-time: date part is malformed", ctx, startPtr);
	if (ctx.p >= ctx.s.length || ((c = ctx.s.charCodeAt(ctx.p)) !== 32 || (unsafeSeparator = true, !isDigit(ctx.s.charCodeAt(ctx.p + 1)))) && c !== 84 && c !== 116) return readDate(ctx, ctx.s.slice(startPtr, ctx.p), 3, false, startPtr);
	if (ctx.s.charCodeAt(ctx.p += 3) !== 58) TomlError.x("invalid date-time: time part is malformed", ctx, startPtr);
	if (ctx.s.charCodeAt(ctx.p += 3) === 58) ctx.p += 3;
	if (ctx.s.charCodeAt(ctx.p) === 46) while (isDigit(ctx.s.charCodeAt(++ctx.p)));
	if (c = ctx.s.charCodeAt(ctx.p)) {
		if (c === 90 || c === 122) return readDate(ctx, ctx.s.slice(startPtr, ++ctx.p), 1, unsafeSeparator, startPtr, "[+00:00]");
		if (c === 43 || c === 45) return readDate(ctx, ctx.s.slice(startPtr, ctx.p += 6), 1, unsafeSeparator, startPtr, !ctx.ld && "[" + ctx.s.slice(ctx.p - 6, ctx.p) + "]");
	}
	return readDate(ctx, ctx.s.slice(startPtr, ctx.p), 2, unsafeSeparator, startPtr);
}
function parseTime(ctx, c, endChr) {
	let start = ctx.p;
	if (!isDigit(c) || !isDigit(ctx.s.charCodeAt(++ctx.p))) return parseNumber(ctx, --ctx.p, c, 0, endChr);
	if (ctx.s.charCodeAt(ctx.p += 4) === 58) ctx.p += 3;
	if (ctx.s.charCodeAt(ctx.p) === 46) while (isDigit(ctx.s.charCodeAt(++ctx.p)));
	return readDate(ctx, ctx.s.slice(start, ctx.p), 4, false, start);
}
function readDate(ctx, str, type, unsafeDelim, errPtr, temporalSuffix) {
	if (ctx.ld) {
		let date = new TomlDate(str, type, unsafeDelim);
		if (!date.isValid()) TomlError.x("invalid date", ctx, errPtr);
		return date;
	}
	try {
		if (temporalSuffix) str += temporalSuffix;
		switch (type) {
			case 1: return Temporal.ZonedDateTime.from(str);
			case 2: return Temporal.PlainDateTime.from(str);
			case 3: return Temporal.PlainDate.from(str);
			case 4: return Temporal.PlainTime.from(str);
		}
	} catch (e) {
		TomlError.x(e instanceof Error ? e.message : "" + e, ctx, errPtr);
	}
}
// node_modules/smol-toml/dist/util.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
/** @internal */
function skipComment(ctx) {
	for (; ctx.p < ctx.s.length; ctx.p++) {
		let c = ctx.s.charCodeAt(ctx.p);
		if (c === 10) break;
		if (c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10) {
			ctx.p++;
			break;
		}
		if (c < 32 && c !== 9 || c === 127) TomlError.x("control characters are not allowed in comments", ctx);
	}
}
/** @internal */
function skipVoid(ctx, banNewLines, banComments) {
	let c;
	while (ctx.p < ctx.s.length) {
		while (ctx.p < ctx.s.length && ((c = ctx.s.charCodeAt(ctx.p)) === 32 || c === 9 || !banNewLines && (c === 10 || c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10))) ctx.p++;
		if (banComments || c !== 35) break;
		skipComment(ctx);
	}
}
// node_modules/smol-toml/dist/struct.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
/** @internal */
function parseKey(ctx, end = 61) {
	let startPtr;
	let state = 0;
	let parsed = [];
	let sliceStart;
	let c = ctx.s.charCodeAt(startPtr = ctx.p);
	do
		if (c === end) {
			if (!state) TomlError.x("unexpected end of key", ctx);
			if (state === 1) parsed.push(ctx.s.slice(sliceStart, ctx.p));
			return ctx.p++, parsed;
		} else if (c === 46) {
			if (!state) TomlError.x("illegal empty bare key", ctx);
			if (state === 1) parsed.push(ctx.s.slice(sliceStart, ctx.p));
			state = 0;
		} else if (!state && (c === 34 || c === 39)) {
			if (c === ctx.s.charCodeAt(ctx.p + 1) && c === ctx.s.charCodeAt(ctx.p + 2)) TomlError.x("illegal quoted key: multiline strings are not allowed", ctx);
			parsed.push(parseString(ctx));
			state = 2;
			ctx.p--;
		} else if (c === 32 || c === 9) {
			if (state === 1) {
				parsed.push(ctx.s.slice(sliceStart, ctx.p));
				state = 2;
			}
		} else if (state === 2 || c < 48 && c !== 45 || c > 57 && c < 65 || c > 90 && c < 97 && c !== 95 || c > 122) TomlError.x("illegal character in key", ctx);
		else if (!state) {
			state = 1;
			sliceStart = ctx.p;
		}
	while (c = ctx.s.charCodeAt(++ctx.p));
	TomlError.x("incomplete key-value: cannot find end of key", ctx, startPtr);
}
/** @internal */
function parseInlineTable(ctx) {
	let startPtr = ctx.p++;
	let res = Object.create(null);
	let seen = /* @__PURE__ */ new Set();
	let c;
	while (ctx.p < ctx.s.length) {
		skipVoid(ctx);
		if ((c = ctx.s.charCodeAt(ctx.p)) === 125) {
			ctx.p++;
			return res;
		}
		let k;
		let t = res;
		let hasOwn = false;
		let errPtr = ctx.p;
		let key = parseKey(ctx);
		for (let i = 0; i < key.length; i++) {
			if (i) t = hasOwn ? t[k] : t[k] = Object.create(null);
			k = key[i];
			if ((hasOwn = Object.hasOwn(t, k)) && (typeof t[k] !== "object" || seen.has(t[k]))) TomlError.x("trying to redefine an already defined value", ctx, errPtr);
			let unsafe = k === "__proto__";
			if (ctx.uk && (unsafe || k === "constructor")) {
				t = ctx.uk !== 1 && TomlError.x("document contains an unsafe property", ctx, errPtr);
				break;
			}
			if (!hasOwn && unsafe) Object.defineProperty(t, k, {
				enumerable: true,
				configurable: true,
				writable: true
			});
		}
		if (hasOwn) TomlError.x("trying to redefine an already defined value", ctx, errPtr);
		skipVoid(ctx, true, true);
		let value = extractValue(ctx, 125);
		if (t && typeof (t[k] = value) === "object") seen.add(value);
		skipVoid(ctx);
		if ((c = ctx.s.charCodeAt(ctx.p++)) === 125) return res;
		if (c !== 44) TomlError.x("expected comma or end of structure", ctx, ctx.p - 1);
	}
	TomlError.x("unfinished table", ctx, startPtr);
}
/** @internal */
function parseArray(ctx) {
	let startPtr = ctx.p++;
	let res = [];
	let c;
	while (ctx.p < ctx.s.length) {
		skipVoid(ctx);
		if ((c = ctx.s.charCodeAt(ctx.p)) === 93) {
			ctx.p++;
			return res;
		}
		res.push(extractValue(ctx, 93));
		skipVoid(ctx);
		if ((c = ctx.s.charCodeAt(ctx.p++)) === 93) return res;
		if (c !== 44) TomlError.x("expected comma or end of structure", ctx, ctx.p - 1);
	}
	TomlError.x("unfinished array", ctx, startPtr);
}
// node_modules/smol-toml/dist/parse.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
function peekTable(ctx, key, table, meta, type) {
	let t = table;
	let m = meta;
	let k;
	let hasOwn = false;
	let state;
	for (let i = 0; i < key.length; i++) {
		if (i) {
			t = hasOwn ? t[k] : t[k] = Object.create(null);
			m = (state = m[k]).c;
			if (type === 0 && (state.t === 1 || state.t === 2)) return null;
			if (state.t === 2) {
				let l = t.length - 1;
				t = t[l];
				m = m[l].c;
			}
		}
		k = key[i];
		if ((hasOwn = Object.hasOwn(t, k)) && m[k]?.t === 0 && m[k]?.d) return null;
		if (!hasOwn) {
			let unsafe = k === "__proto__";
			if (ctx.uk && (unsafe || k === "constructor")) return false;
			if (unsafe) {
				Object.defineProperty(t, k, {
					enumerable: true,
					configurable: true,
					writable: true
				});
				Object.defineProperty(m, k, {
					enumerable: true,
					configurable: true,
					writable: true
				});
			}
			m[k] = {
				t: i < key.length - 1 && type === 2 ? 3 : type,
				d: false,
				i: 0,
				c: Object.create(null)
			};
		}
	}
	state = m[k];
	if (state.t !== type && !(type === 1 && state.t === 3)) return null;
	if (type === 2) {
		if (!state.d) {
			state.d = true;
			t[k] = [];
		}
		t[k].push(t = Object.create(null));
		state.c[state.i++] = state = {
			t: 1,
			d: false,
			i: 0,
			c: Object.create(null)
		};
	}
	if (state.d) return null;
	state.d = true;
	if (type === 1) t = hasOwn ? t[k] : t[k] = Object.create(null);
	else if (type === 0 && hasOwn) return null;
	return [
		k,
		t,
		state.c
	];
}
function validateTablePeek(ctx, peek, ptr) {
	if (peek === null || ctx.uk === 2) TomlError.x(peek === null ? "trying to redefine an already defined table or value" : "document contains an unsafe property", ctx, ptr);
}
function parse$4(toml, options = {}) {
	let ctx = {
		s: toml,
		p: 0,
		d: options.maxDepth ?? 1e3,
		bi: options.integersAsBigInt ?? false,
		ld: options.useLegacyDate ?? true,
		uk: options.unsafeKeyBehaviour === "throw" ? 2 : options.unsafeKeyBehaviour === "drop" ? 1 : 0
	};
	let res = Object.create(null);
	let meta = Object.create(null);
	let tmp;
	let skipping = false;
	let tbl = res;
	let m = meta;
	if (toml.charCodeAt(0) === 65279) ctx.p++;
	skipVoid(ctx);
	while (ctx.p < toml.length) {
		if (toml.charCodeAt(ctx.p) === 91) {
			let isTableArray = toml.charCodeAt(++ctx.p) === 91;
			tmp = ctx.p += +isTableArray;
			skipping = false;
			let k = parseKey(ctx, 93);
			if (isTableArray) {
				if (toml.charCodeAt(ctx.p) !== 93) TomlError.x("expected end of table array declaration", ctx);
				ctx.p++;
			}
			let p = peekTable(ctx, k, res, meta, isTableArray ? 2 : 1);
			if (!p) {
				validateTablePeek(ctx, p, tmp);
				skipping = true;
			} else {
				m = p[2];
				tbl = p[1];
			}
		} else {
			tmp = ctx.p;
			let p = peekTable(ctx, parseKey(ctx), tbl, m, 0);
			if (!p && !skipping) validateTablePeek(ctx, p, tmp);
			skipVoid(ctx, true, true);
			let v = extractValue(ctx, void 0);
			if (p && !skipping) p[1][p[0]] = v;
		}
		skipVoid(ctx, true);
		if (ctx.p < toml.length && (tmp = toml.charCodeAt(ctx.p)) !== 10 && (tmp !== 13 || toml.charCodeAt(ctx.p + 1) !== 10)) TomlError.x("each key-value declaration must be followed by an end-of-line", ctx);
		skipVoid(ctx);
	}
	return res;
}
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
"".isWellFormed;
// node_modules/smol-toml/dist/index.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
// src/tools/reading/rust.ts
/** A crate as a line of Cargo.toml names it: `sqlx = …`, `sqlx.workspace = true`, `[dependencies.sqlx]`. */
const named$5 = {
	sqlx: /^\s*(?:["']?sqlx["']?\s*[.=]|\[.*dependencies\.sqlx\])/m,
	diesel: /^\s*(?:["']?diesel[\w-]*["']?\s*[.=]|\[.*dependencies\.diesel[\w-]*\])/m,
	refinery: /^\s*(?:["']?refinery(?:[-_]core)?["']?\s*[.=]|\[.*dependencies\.refinery(?:[-_]core)?\])/m
};
/**
* What says that a directory's files are this tool's, or null: its own file or a Cargo.toml that uses it, above the
* directory; else some Cargo.toml of the repository where one stands above.
*/
async function rustProof(tree, directory, tool) {
	const own = {
		sqlx: "sqlx.toml",
		diesel: "diesel.toml",
		refinery: "refinery.toml"
	}[tool];
	const manifests = andAbove(directory).map((above) => within$1(above, "Cargo.toml"));
	for (const above of andAbove(directory)) {
		const path = within$1(above, own);
		if (tree.get(path) !== void 0) return `${path} is there`;
	}
	const near = await usedBy(tree, manifests, tool);
	if (near !== null) return `${near} uses ${tool}`;
	const [beside] = manifests.slice(1);
	if (tool === "sqlx" && basename$1(directory) === "migrations" && beside !== void 0) {
		const others = [await usedBy(tree, [beside], "diesel"), await usedBy(tree, [beside], "refinery")];
		if (tree.get(beside) !== void 0 && others.every((one) => one === null)) return `${beside} stands beside it`;
	}
	const top = manifests.filter((path) => tree.get(path) !== void 0).at(-1);
	if (top === void 0) return null;
	const member = await usedBy(tree, tree.under(dirname$1(top)).filter(({ path }) => basename$1(path) === "Cargo.toml").map(({ path }) => path), tool);
	return member === null ? null : `${member} uses ${tool}`;
}
async function usedBy(tree, manifests, tool) {
	return [...await tree.read(manifests.filter((path) => tree.get(path) !== void 0))].find(([, text]) => named$5[tool].test(text.toString("utf8")))?.[0] ?? null;
}
// src/tools/reading/rust-features.ts
/** Databases by the feature of SQLx or Diesel that brings them. */
const databases = {
	sqlite: "SQLite",
	"sqlite-unbundled": "SQLite",
	mysql: "MySQL"
};
/**
* Says why a directory's migrations are for another database than PostgreSQL, when the nearest Cargo.toml that uses the crate
* asks it for others only; else null.
*/
async function otherByFeatures(tree, directory, crate) {
	const manifests = andAbove(directory).map((above) => within$1(above, "Cargo.toml"));
	const texts = await tree.read(manifests);
	for (const path of manifests) {
		const features = featuresOf(texts.get(path)?.toString("utf8") ?? "", crate);
		if (features === null) continue;
		if (features.some((feature) => /^(?:postgres|any$)/.test(feature))) return null;
		const other = features.find((feature) => databases[feature] !== void 0);
		return other === void 0 ? null : `${path} asks ${crate} for ${databases[other]} and not for PostgreSQL`;
	}
	return null;
}
/** Features that a manifest asks of a crate; null when it does not use it. */
function featuresOf(text, crate) {
	let manifest;
	try {
		manifest = parse$4(text);
	} catch {
		return null;
	}
	const found = [
		"dependencies",
		"dev-dependencies",
		"build-dependencies"
	].flatMap((table) => {
		const dependency = entry$3(entry$3(manifest, table), crate);
		return dependency === void 0 ? [] : [dependency];
	});
	if (found.length === 0) return null;
	return found.flatMap((dependency) => {
		const features = entry$3(dependency, "features");
		return Array.isArray(features) ? features.filter((one) => typeof one === "string") : [];
	});
}
const entry$3 = (value, key) => typeof value === "object" && value !== null ? value[key] : void 0;
// src/tools/reading/timestamps.ts
const day = 864e5;
/** The time that a version of 14 digits or a dated one means (`20240131120000`, `2024_01_31_120000`), or null. */
function timeOf(version) {
	const digits = version.replace(/[-_.T]/g, "");
	const [, year, month, date, hour = "00", minute = "00", second = "00"] = /^((?:19|2\d)\d\d)(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?\d*$/.exec(digits) ?? [];
	if (year === void 0 || digits.length < 12) return null;
	const time = Date.parse(`${year}-${month}-${date}T${hour}:${minute}:${second}Z`);
	return Number.isNaN(time) ? null : time;
}
/**
* Migrations whose time lies more than a day ahead: all that are made until then sort before them.
* @param now milliseconds since 1970
*/
const futureOnes = (title, migrations, now = Date.now()) => migrations.filter(({ version }) => (timeOf(version) ?? 0) > now + day).map(({ version, file }) => ({
	kind: "ambiguous-order",
	file,
	says: `${title} goes by the time in the name, and ${version} lies in the future: every migration that is made until then sorts before this one. Give it the time of today.`
}));
// src/tools/diesel.ts
const title$5 = "Diesel";
const detect$16 = async (tree) => {
	const databases = [];
	const notes = [];
	const directories = /* @__PURE__ */ new Map();
	for (const entry of tree.entries) {
		if (basename$1(entry.path) !== "up.sql") continue;
		const directory = dirname$1(dirname$1(entry.path));
		if (exclusion(directory) === "copied" || !/^\d/.test(basename$1(dirname$1(entry.path)))) continue;
		directories.set(directory, [...directories.get(directory) ?? [], entry]);
	}
	for (const [directory, entries] of directories) {
		const because = await rustProof(tree, directory, "diesel");
		if (because === null) continue;
		const dialect = await otherByFeatures(tree, directory, "diesel") ?? await otherDialect(tree, directory, entries);
		if (dialect === null) databases.push({
			path: directory,
			tool: "diesel",
			because
		});
		else notes.push(`${directory} was passed over: ${dialect}.`);
	}
	return {
		databases,
		notes
	};
};
/** Folders directly below, with what is directly in each; hidden and empty ones are none to Diesel. */
function folders$2(tree, directory) {
	const found = /* @__PURE__ */ new Map();
	for (const entry of tree.under(directory)) {
		const rest = entry.path.slice(directory === "" ? 0 : directory.length + 1);
		const slash = rest.indexOf("/");
		if (rest.startsWith(".")) continue;
		if (slash === -1) {
			if (entry.mode === "120000" || entry.mode === "160000") refuseLink(entry);
			continue;
		}
		const folder = rest.slice(0, slash);
		found.set(folder, [...found.get(folder) ?? [], entry]);
	}
	return found;
}
async function history$10(tree, path) {
	await loadParser();
	const directory = treePath(path);
	const all = folders$2(tree, directory);
	const inside = (folder, name) => within$1(within$1(directory, folder), name);
	const contents = await tree.read([...all.keys()].flatMap((folder) => [
		"up.sql",
		"down.sql",
		"metadata.toml"
	].map((name) => inside(folder, name))));
	const migrations = [...all].map(([folder, entries]) => {
		for (const entry of entries) if ([
			"up.sql",
			"down.sql",
			"metadata.toml"
		].includes(basename$1(entry.path))) refuseLink(entry);
		const file = inside(folder, "up.sql");
		const bytes = contents.get(file);
		if (bytes === void 0) throw notAMigration(directory, folder, entries);
		const transaction = transactionOf$1(contents.get(inside(folder, "metadata.toml")));
		const back = contents.get(inside(folder, "down.sql"));
		const version = versionOf$1(folder);
		const sql = sentText$1(title$5, file, bytes);
		return {
			version,
			name: folder.includes("_") ? folder.slice(folder.indexOf("_") + 1) : "",
			identity: version,
			file,
			bytes,
			sql,
			transaction,
			down: back === void 0 ? null : {
				file: inside(folder, "down.sql"),
				sql: sentText$1(title$5, inside(folder, "down.sql"), back),
				transaction
			},
			...sql === "" ? { refused: {
				line: 1,
				says: `${title$5} stops: Failed to run ${folder} with: Attempted to run an empty migration.`
			} } : {}
		};
	});
	const loose = tree.under(directory).filter((entry) => dirname$1(entry.path) === directory && /\.sql$/i.test(entry.path));
	return {
		migrations: migrations.sort(order$11),
		notes: [],
		oddities: [...loose.map(({ path: file }) => ({
			kind: "never-runs",
			file,
			says: `${title$5} passes over ${basename$1(file)}: it reads ${within$1("<version>_<name>", "up.sql")} in folders only.`
		})), ...futureOnes(title$5, migrations)]
	};
}
/** migrations_internals: what stands before the first `_`, without dashes. */
const versionOf$1 = (folder) => (folder.split("_")[0] ?? "").replaceAll("-", "");
/**
* A metadata.toml that does not say `run_in_transaction` says no (the field's default is false), one that is no TOML
* is taken for none. Without a transaction the file is one message all the same.
*/
function transactionOf$1(metadata) {
	if (metadata === void 0) return "single";
	try {
		const { run_in_transaction: inTransaction = false } = parse$4(metadata.toString("utf8"));
		return inTransaction === false ? "implicit" : "single";
	} catch {
		return "single";
	}
}
const notAMigration = (directory, folder, entries) => new Undecided("invalid-configuration", `Diesel stops at ${within$1(directory, folder)}: "Invalid migration directory: the directory's name should be <timestamp>_<name_of_migration>, and it should contain up.sql and optionally down.sql." There is only ${entries.slice(0, 3).map((entry) => basename$1(entry.path)).join(", ")} in it. Restore up.sql, or remove the folder.`, { place: { file: within$1(directory, folder) } });
const bytewise$1 = (left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right));
/** Versions are compared as text, however many digits they have. */
const order$11 = (left, right) => bytewise$1(left.version.replaceAll("-", ""), right.version.replaceAll("-", "")) || bytewise$1(left.name, right.name);
/** Diesel: `<version>_<name>/up.sql` and `down.sql`, run by `diesel migration run` or by `embed_migrations!()` in the program. */
const diesel = {
	name: "diesel",
	title: title$5,
	detect: detect$16,
	order: order$11,
	history: history$10,
	bookkeeping: {
		setup: `CREATE TABLE IF NOT EXISTS __diesel_schema_migrations (
       version VARCHAR(50) PRIMARY KEY NOT NULL,
       run_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP
);`,
		before: () => "",
		after: ({ version }) => `INSERT INTO __diesel_schema_migrations (version) VALUES (${literal$2(version)});`,
		undo: ({ version }) => `DELETE FROM __diesel_schema_migrations WHERE version = ${literal$2(version)};`,
		relations: ["public.__diesel_schema_migrations"]
	},
	sessions: "one",
	onHistoryChange: {
		edited: {
			does: "ignores",
			says: `${title$5} remembers versions only and never looks at a file that it has run: databases that ran the old text keep what it made, new ones get the new text, and nothing says that they differ.`
		},
		deleted: {
			does: "ignores",
			says: `${title$5} does not miss a file when it deploys: databases that ran it keep what it made, new ones never get it, and taking it back stops with "Unable to find migration version … to revert in the migrations directory."`
		},
		renamed: {
			does: "runs",
			says: `${title$5} knows a migration by what stands before the first underscore of its folder, dashes aside: under another version it runs a second time, under the same one nothing is noticed.`,
			sameVersion: `${title$5} knows a migration by what stands before the first underscore of its folder, dashes aside: another name behind it goes unnoticed.`
		},
		outOfOrder: {
			does: "runs",
			says: `${title$5} runs it after the migrations that were meant to follow it, while a new database gets it before them.`
		},
		duplicateVersion: {
			does: "skips",
			says: `${title$5} keeps one migration for each version and drops the other without a word: where one of the two was applied the other never runs, and on a new database it is left open which one does.`,
			legal: false
		}
	},
	noTransaction: {
		directive: null,
		advice: "Put the statement alone into a migration of its own, with a file metadata.toml beside up.sql that says `run_in_transaction = false`: Diesel then sends the file without BEGIN, and several statements of one file would still share a transaction."
	}
};
// src/tools/django/models.ts
/** Beside manage.py. */
const module = "migration_gate_models";
/**
* What `makemigrations --check` does, with each operation told apart, no question asked, nothing written and no database
* needed. Applications outside of the project's folder (installed packages) are others' to migrate.
*/
const program$1 = `import json
import os

from django.apps import apps
from django.conf import settings
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.questioner import MigrationQuestioner
from django.db.migrations.state import ProjectState
from django.db.migrations.writer import OperationWriter
from django.db.models import NOT_PROVIDED


class NoQuestions(MigrationQuestioner):
    def ask_not_null_addition(self, field_name, model_name):
        return NOT_PROVIDED

    def ask_not_null_alteration(self, field_name, model_name):
        return NOT_PROVIDED


def is_own(label):
    here = os.path.realpath(os.getcwd())
    return os.path.realpath(apps.get_app_config(label).path).startswith(here + os.sep)


def code_of(operation):
    # What it was asked for is no default.
    if hasattr(operation, "preserve_default"):
        operation.preserve_default = True
    try:
        return OperationWriter(operation, indentation=0).serialize()[0].strip().rstrip(",")
    except Exception:
        return ""


loader = MigrationLoader(None, ignore_no_migrations=True)
detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps), NoQuestions(dry_run=True))
found = []
for label, migrations in detector.changes(graph=loader.graph).items():
    if not is_own(label):
        continue
    for migration in migrations:
        for operation in migration.operations:
            kind = type(operation).__name__
            found.append(
                {
                    "where": label,
                    "says": str(operation.describe()),
                    "code": code_of(operation),
                    "lacking": kind in ("CreateModel", "AddField", "RenameField", "RenameModel"),
                }
            )

not_checked = []
others = [
    alias
    for alias, options in settings.DATABASES.items()
    if alias != "default" and not options.get("TEST", {}).get("MIRROR")
]
if others:
    routed = "DATABASE_ROUTERS say what belongs there" if settings.DATABASE_ROUTERS else "no router is set"
    not_checked.append(
        "Django's other databases (" + ", ".join(others) + "): only default is migrated here, and what "
        "\`manage.py migrate --database\` does there is not seen; " + routed + "."
    )
elif settings.DATABASE_ROUTERS:
    not_checked.append(
        "What Django's DATABASE_ROUTERS keep from the default database: migrations of it are recorded and do nothing."
    )

with open(os.environ["MIGRATION_GATE_ANSWER"], "w") as answer:
    json.dump({"declares": True, "changes": found, "notChecked": not_checked}, answer)
`;
/** Words of files that say what models and applications there are. */
const aboutModels = /\b(?:models?|INSTALLED_APPS|DATABASES|DATABASE_ROUTERS|MIGRATION_MODULES|DEFAULT_AUTO_FIELD)\b/;
/**
* @param call how manage.py is called with arguments
*/
const djangoModels = (call) => ({
	asked: "python manage.py makemigrations --check --dry-run",
	makes: "python manage.py makemigrations",
	needsDatabase: false,
	blindTo: null,
	concerns: (path, text) => path.endsWith(".py") && aboutModels.test(text),
	call: (project, answer) => {
		const called = call(project, [
			"shell",
			"-c",
			`import ${module}`
		]);
		if ("missing" in called) return called;
		return {
			...called,
			env: {
				...called.env,
				MIGRATION_GATE_ANSWER: answer
			},
			files: {
				...called.files,
				[within$1(called.directory, `${module}.py`)]: program$1
			}
		};
	}
});
// src/tools/django/replacements.ts
/**
* Tells each migration that a squashed one of the same tree replaces by which, and what a migration does apart from its ties:
* when the replaced files are deleted, `replaces` goes and those that depended on them name the squashed one.
*/
function withReplacements(migrations) {
	const by = /* @__PURE__ */ new Map();
	for (const { identity, extra } of migrations) for (const replaced of String(extra?.squashes ?? "").split(" ")) if (replaced !== "") by.set(replaced, identity);
	return migrations.map((migration) => {
		const replacedBy = by.get(migration.identity);
		const effect = effectOf(migration.bytes.toString("utf8"), by);
		return {
			...migration,
			effect,
			...replacedBy === void 0 ? {} : { replacedBy }
		};
	});
}
/** The text without `replaces`, and with the dependencies in an order and under names of their own. */
function effectOf(text, by) {
	return cut(cut(text, "replaces", () => ""), "dependencies", (expression) => {
		const tuple = /\(\s*["'](\w+)["']\s*,\s*["'](\w+)["']\s*,?\s*\)/g;
		const list = withoutComments$1(expression, "python");
		const names = [...list.matchAll(tuple)].map(([, app, name]) => `${app}.${name}`);
		const others = list.replace(tuple, "").replace(/[\s,[\]]+/g, " ");
		return `dependencies ${[...new Set(names.map((name) => by.get(name) ?? name))].sort().join(" ")}${others}`;
	});
}
/** A list of which is known that it does nothing else, with comments in which nothing can stand for the end of a line. */
const plainList = /^\[(?:[\s,]|#[^\n\r\\+]*\r?\n|\(\s*["']\w+["']\s*,\s*["']\w+["']\s*,?\s*\)|migrations\.swappable_dependency\([\w.]+\))*\][ \t]*(?:#[^\n\r\\+]*)?\r?$/;
function cut(code, name, instead) {
	const span = assignedSpan(code, name, "[ \\t]+");
	if (span === null) return code;
	const expression = code.slice(span.from, span.end);
	if (!plainList.test(expression)) return code;
	return code.slice(0, span.start) + instead(expression) + code.slice(span.end);
}
// src/tools/words/django.ts
/** A default of the database, which the models' state does not know. */
const dropsDefault = /^ALTER TABLE .+ ALTER COLUMN .+ DROP DEFAULT$/is;
/** Django: operations of a migration, `atomic = False` for what refuses a transaction. */
const djangoWords = {
	comment: "#",
	language: () => "python",
	migration({ operations, outsideTransaction, file }) {
		const entries = operations.map((operation) => entry$2(operation, file));
		const imports = [...new Set(entries.flatMap((each) => each.imports ?? []))].sort();
		return [
			...imports.length === 0 ? [] : [`from django.contrib.postgres.operations import ${imports.join(", ")}`, ""],
			...outsideTransaction ? ["atomic = False", ""] : [],
			"operations = [",
			...entries.map(({ code }) => `    ${code}`),
			"]"
		].join("\n");
	},
	closing(operations, code) {
		if (operations.every(({ sql }) => dropsDefault.test(sql))) return "This is for the later release. Django itself drops the default behind AddField; the database keeps one by db_default=… of the field (Django 5.0 and newer), or by migrations.RunSQL(\"ALTER TABLE … ALTER COLUMN … SET DEFAULT …\") behind AddField.";
		return operations.some(({ sql }) => !/^(?:re)?set\s/i.test(sql)) && code.includes("migrations.RunSQL(") && !operations.some(({ kind }) => kind === "kept") ? "The last RunSQL takes state_operations=[…] with the operation that is here now: it keeps the models’ state." : null;
	}
};
function entry$2(operation, file) {
	switch (operation.kind) {
		case "kept": return { code: `# ${keptCall}` };
		case "create-index": {
			const { table, name, columns } = operation;
			const model = isIndexOfModel(operation) ? modelOf(file, table) : null;
			return model === null ? runSql(operation, `DROP INDEX CONCURRENTLY IF EXISTS ${qualified$1(table.schema ?? void 0, name)}`) : {
				imports: "AddIndexConcurrently",
				code: [
					"AddIndexConcurrently(",
					`        model_name=${python(model)},`,
					`        index=models.Index(fields=${list$2(columns, python)}, name=${python(name)}),`,
					"    ),"
				].join("\n")
			};
		}
		case "add-foreign-key":
		case "add-check": {
			const { table, name } = operation;
			return runSql(operation, `ALTER TABLE ${qualified$1(table.schema ?? void 0, table.name)} DROP CONSTRAINT ${identifier$1(name)}`);
		}
		case "validate": return runSql(operation, "");
		default: return runSql(operation, null);
	}
}
/** @param back SQL that takes it back; '' where nothing has to be, null where nobody can say */
function runSql({ sql }, back) {
	const reverse = back === null ? "" : `, reverse_sql=${back === "" ? "migrations.RunSQL.noop" : python(back)}`;
	return { code: `migrations.RunSQL(${python(sql)}${reverse}),` };
}
/** A B-tree with a name that Django takes, and none that `db_index` or a foreign key has made. */
const isIndexOfModel = ({ name, unique, method, where }) => !unique && method === "btree" && where === null && /^[a-z]\w{0,29}$/i.test(name) && !/_[0-9a-f]{8}(?:_like)?$/.test(name);
/** `order` for the table `shop_order` of a migration of the application `shop`. Null for a table of any other name. */
function modelOf(file, { schema, name }) {
	const application = basename$1(dirname$1(dirname$1(file)));
	const model = name.slice(application.length + 1);
	return schema === null && name === `${application}_${model}` && /^[a-z][a-z0-9]*$/.test(model) ? model : null;
}
// src/tools/django.ts
/** Modules that Django takes for migrations (db/migrations/loader.py). */
const migrationFile$1 = /(?:^|\/)migrations\/(?![_~])[^/]+\.py$/;
const firstOfApp = /(?:^|\/)migrations\/0001_[^/]+\.py$/;
const detect$15 = async (tree) => {
	const databases = /* @__PURE__ */ new Map();
	for (const { path, mode } of tree.entries) {
		if (!mode.startsWith("100") || !firstOfApp.test(path) || exclusion(dirname$1(path)) !== null) continue;
		const manage = andAbove(dirname$1(path)).map((folder) => within$1(folder, "manage.py")).find((file) => tree.get(file) !== void 0);
		if (manage === void 0) continue;
		const project = dirname$1(manage);
		databases.set(project, {
			path: project,
			tool: "django",
			because: `${manage} and ${path} are there`
		});
	}
	return {
		databases: [...databases.values()],
		notes: []
	};
};
/** `app.name` of the migrations that a file says it comes after; the application's model may be anybody's. */
function dependencies(text) {
	return [...(assigned(text, "dependencies", "[ \\t]+") ?? "").matchAll(/\(\s*["'](\w+)["']\s*,\s*["'](\w+)["']\s*,?\s*\)/g)].map(([, app, name]) => `${app}.${name}`);
}
async function read$1(tree, path) {
	const entries = tree.under(treePath(path)).filter((entry) => entry.mode.startsWith("100") && migrationFile$1.test(entry.path)).filter((entry) => !/(?:^|\/)(?:node_modules|site-packages|\.venv|venv)\//.test(entry.path));
	const labels = await appLabels(tree, [...byDirectory$1(entries).keys()].map(dirname$1));
	const contents = await tree.read(entries.map((entry) => entry.path));
	return withReplacements(entries.flatMap(({ path: file }) => {
		const bytes = contents.get(file) ?? Buffer.alloc(0);
		const text = bytes.toString("utf8");
		if (!/^class Migration\b/m.test(text)) return [];
		const app = labels.get(dirname$1(dirname$1(file))) ?? basename$1(dirname$1(dirname$1(file)));
		const stem = basename$1(file).replace(/\.py$/, "");
		const migration = programMigration(file, bytes, {
			version: `${app}.${stem}`,
			name: stem.replace(/^\d+_/, ""),
			identity: `${app}.${stem}`,
			transaction: /^\s+atomic\s*=\s*False\b/m.test(text) ? "none" : "single"
		});
		const replaces = stringsIn(assigned(text, "replaces", "[ \\t]+"));
		return [{
			...migration,
			extra: {
				parents: dependencies(text).join(" "),
				replaces: replaces.length / 2,
				squashes: pairsOf(replaces).join(" ")
			}
		}];
	}));
}
/** `app.name` of strings that come in twos. */
const pairsOf = (strings) => strings.flatMap((app, at) => at % 2 === 0 ? [`${app}.${strings[at + 1] ?? ""}`] : []);
/** The label of an app is its folder's name, unless its config says another. */
async function appLabels(tree, apps) {
	const configs = await tree.read(apps.map((app) => within$1(app, "apps.py")));
	return new Map(apps.flatMap((app) => {
		const text = configs.get(within$1(app, "apps.py"))?.toString("utf8") ?? "";
		const label = /^\s+label\s*=\s*["'](\w+)["']/m.exec(text)?.[1];
		return label === void 0 ? [] : [[app, label]];
	}));
}
const graphFor = (migrations) => graphOf([...migrations].sort((a, b) => byText(a.identity, b.identity)).map(({ identity, extra }) => ({
	id: identity,
	parents: String(extra?.parents ?? "").split(" ").filter((each) => each !== "").sort(byText),
	needs: []
})));
async function history$9(tree, path) {
	const migrations = await read$1(tree, path);
	const graph = graphFor(migrations);
	const place = new Map(graph.order.map((id, index) => [id, index]));
	const directories = [...new Set(migrations.map(({ file }) => dirname$1(file)))].sort(byText);
	return {
		migrations: [...migrations].sort((a, b) => (place.get(a.identity) ?? 0) - (place.get(b.identity) ?? 0)),
		notes: [],
		oddities: severalLeaves(migrations),
		paths: directories
	};
}
/** Within one app every migration but the last is somebody's dependency there. */
function severalLeaves(migrations) {
	return [...new Set(migrations.map(({ identity }) => appOf(identity)))].flatMap((app) => {
		const inside = migrations.filter(({ identity }) => appOf(identity) === app);
		const parents = new Set(inside.flatMap(({ extra }) => String(extra?.parents ?? "").split(" ")));
		const replaced = inside.some(({ extra }) => Number(extra?.replaces ?? 0) > 0);
		const leaves = inside.filter(({ identity }) => !parents.has(identity));
		if (leaves.length < 2 || replaced) return [];
		const names = leaves.map(({ identity }) => nameOf(identity)).join(", ");
		return leaves.map(({ file }) => ({
			kind: "multiple-heads",
			file,
			says: `Django stops: “Conflicting migrations detected; multiple leaf nodes in the migration graph: (${names} in ${app})”. Make one depend on the other, or run \`makemigrations --merge\`.`
		}));
	});
}
const appOf = (identity) => identity.slice(0, identity.indexOf("."));
const nameOf = (identity) => identity.slice(identity.indexOf(".") + 1);
const onHistoryChange$5 = {
	edited: {
		does: "ignores",
		says: "Django does not notice, since it records names only: databases that ran the old file keep what it made, new ones get the new one."
	},
	deleted: {
		does: "refuses",
		says: "Django stops with a NodeNotFoundError where another migration depends on it; where none does it says nothing, and databases that ran it keep what it made."
	},
	renamed: {
		does: "refuses",
		says: "Django stops: the old name is nobody’s dependency any more (NodeNotFoundError), or “Migration … is applied before its dependency …” (InconsistentMigrationHistory). As the last one of its app it is run a second time."
	},
	outOfOrder: {
		does: "refuses",
		says: "Django stops at every database that has recorded what depends on it: “Migration … is applied before its dependency …” (InconsistentMigrationHistory)."
	},
	duplicateVersion: {
		does: "runs",
		says: "Django tells migrations apart by app and whole name.",
		legal: true
	}
};
function toolFor$8(graph) {
	const place = new Map(graph.order.map((id, index) => [id, index]));
	return {
		name: "django",
		title: "Django",
		detect: detect$15,
		configured: async (tree, path) => toolFor$8(graphFor(await read$1(tree, path))),
		order: (left, right) => (place.get(left.version) ?? -1) - (place.get(right.version) ?? -1) || byText(left.version, right.version),
		history: history$9,
		late: (added, base) => {
			const recorded = new Set(base.flatMap(({ identity }) => [...graph.before(identity)]));
			return added.filter(({ identity }) => recorded.has(identity));
		},
		bookkeeping: {
			setup: "",
			before: () => "",
			after: () => "",
			relations: ["public.django_migrations"]
		},
		sessions: "one",
		onHistoryChange: onHistoryChange$5,
		noTransaction: {
			directive: null,
			advice: "In Django the migration says `atomic = False` and uses `AddIndexConcurrently` or `RemoveIndexConcurrently` of django.contrib.postgres.operations (`migrations.RunSQL` for other statements); give it a file of its own."
		},
		words: djangoWords,
		command: {
			up: (project) => call$8(project, [
				"migrate",
				"--noinput",
				"--skip-checks"
			]),
			down: (project, { identity, extra }, applied) => {
				const own = String(extra?.parents ?? "").split(" ").find((parent) => appOf(parent) === appOf(identity) && applied.some((one) => one.identity === parent));
				return call$8(project, [
					"migrate",
					"--noinput",
					"--skip-checks",
					appOf(identity),
					own === void 0 ? "zero" : nameOf(own)
				]);
			},
			recorded: ({ app, name }) => app == null || name == null ? null : `${app}.${name}`,
			models: djangoModels(call$8)
		}
	};
}
/** Beside manage.py. */
const settingsModule = "migration_gate_settings";
function call$8(project, args) {
	const directory = treePath(project.path);
	const manage = project.text(within$1(directory, "manage.py")) ?? "";
	const named = /setdefault\(\s*["']DJANGO_SETTINGS_MODULE["']\s*,\s*["']([\w.]+)["']/.exec(manage)?.[1];
	const settings = project.job.DJANGO_SETTINGS_MODULE ?? named;
	const called = pythonCall(project, {
		title: "Django",
		directory,
		packages: [
			directory,
			within$1(directory, "src"),
			""
		],
		args: ["manage.py", ...args],
		...settings === void 0 ? {} : { env: { DJANGO_SETTINGS_MODULE: settingsModule } }
	});
	if (settings === void 0 || "missing" in called) return called;
	return {
		...called,
		files: { [within$1(directory, `${settingsModule}.py`)]: onShadow$1(settings) }
	};
}
/** The project's settings with the shadow in the place of its default database, whatever they say of it. */
const onShadow$1 = (settings) => `import os
from ${settings} import *

_default = dict(DATABASES.get("default", {}))
_options = dict(_default.get("OPTIONS", {}))
for _name in ("service", "passfile", "sslmode", "sslcert", "sslkey", "sslrootcert", "pool"):
    _options.pop(_name, None)
_default["OPTIONS"] = _options
if not any(_word in _default.get("ENGINE", "") for _word in ("postgres", "postgis")):
    _default["ENGINE"] = "django.db.backends.postgresql"
    _default["OPTIONS"] = {}
_default.update(
    HOST=os.environ["PGHOST"],
    PORT=os.environ["PGPORT"],
    USER=os.environ["PGUSER"],
    PASSWORD=os.environ["PGPASSWORD"],
    NAME=os.environ["PGDATABASE"],
)
DATABASES = {**DATABASES, "default": _default}
`;
/** Django: the migrations of all apps of a project, ordered by the graph that they make, run by `manage.py migrate`. */
const django = toolFor$8(graphOf([]));
// src/tools/drizzle/behaviour.ts
/** What Drizzle's migrator does about a changed history. */
const onHistoryChange$4 = {
	journal: {
		edited: {
			does: "ignores",
			says: "Drizzle records a hash of every migration and never compares it: databases that ran the old text keep what it made, new ones get the new text."
		},
		deleted: {
			does: "ignores",
			says: "Drizzle misses a file only while its journal lists it: databases that ran it keep what it made, new ones never get it. To bring it back takes its entry in the journal too."
		},
		renamed: {
			does: "ignores",
			says: "Drizzle knows a migration by its `when` in the journal alone: another name changes nothing, while another `when` makes it run again where that is later than the newest one applied."
		},
		outOfOrder: {
			does: "skips",
			says: "Drizzle runs only what has a later `when` than the newest migration in the database: this one is passed over without a word, for good, while a new database gets it. Delete it and let `drizzle-kit generate` make it again on top of base."
		},
		duplicateVersion: {
			does: "skips",
			says: "Drizzle runs only what has a later `when` than the newest migration in the database: of two with the same `when` a database that has one never gets the other.",
			legal: false
		}
	},
	folders: {
		edited: {
			does: "ignores",
			says: "Drizzle records a hash of every migration and never compares it: databases that ran the old text keep what it made, new ones get the new text."
		},
		deleted: {
			does: "ignores",
			says: "Drizzle does not miss a folder that is gone: databases that ran it keep what it made, new ones never get it."
		},
		renamed: {
			does: "runs",
			says: "Drizzle knows a migration by the name of its folder and runs the renamed one a second time."
		},
		outOfOrder: {
			does: "runs",
			says: "Drizzle runs it after the migrations that were meant to follow it, while a new database gets it before them."
		},
		duplicateVersion: {
			does: "runs",
			says: "Drizzle tells migrations apart by the whole name of the folder.",
			legal: true
		}
	}
};
// src/tools/reading/literals.ts
const tokenPattern = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|("(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'|`(?:[^`\\$]|\\[\s\S]|\$(?!\{))*`)|([A-Za-z_$][\w$]*)|(0[xX][\da-fA-F]+|[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|((?<=[:(,=]\s*)\/(?:[^/\\\n[]|\\.|\[[^\]\n]*\])+\/[a-z]*|\S)/g;
function tokensOf(source) {
	const tokens = [];
	for (const [, text, name, number, mark] of source.matchAll(tokenPattern)) if (text !== void 0) tokens.push({
		kind: "string",
		value: unescaped$1(text.slice(1, -1))
	});
	else if (name !== void 0) tokens.push({
		kind: "name",
		value: name
	});
	else if (number !== void 0) tokens.push({
		kind: "number",
		value: number
	});
	else if (mark !== void 0) tokens.push({
		kind: "mark",
		value: mark
	});
	return tokens;
}
const escapes = {
	n: "\n",
	t: "	",
	r: "\r",
	b: "\b",
	f: "\f",
	v: "\v",
	"\n": "",
	"\r\n": ""
};
const unescaped$1 = (text) => text.replace(/\\(?:u([\da-fA-F]{4})|u\{([\da-fA-F]{1,6})\}|x([\da-fA-F]{2})|(\r\n|[\s\S]))/g, (_, u, braces, x, one) => {
	const code = u ?? braces ?? x;
	return code === void 0 ? escapes[one] ?? one : String.fromCodePoint(Number.parseInt(code, 16));
});
/**
* The strings and booleans that stand as literals in the objects of a program, by their path in it
* (`migrations.table`). The program is read as text and never run: what is computed is not there, and neither is what
* two objects say differently. `path.join('a', 'b')` of literals counts as one.
*/
function literalsOf(source) {
	const tokens = tokensOf(source);
	const found = /* @__PURE__ */ new Map();
	const contradicted = /* @__PURE__ */ new Set();
	const open = [];
	let key = "";
	for (let at = 0; at < tokens.length; at += 1) {
		const token = tokens[at];
		if (is(token, "{", "[", "(")) {
			open.push({
				bracket: token.value,
				key
			});
			key = "";
		} else if (is(token, "}", "]", ")")) {
			open.pop();
			key = "";
		} else if (token.kind === "name" || token.kind === "string") {
			if (!is(tokens[at + 1], ":") || !is(tokens[at - 1], "{", ",") || open.at(-1)?.bracket !== "{") continue;
			key = token.value;
			const value = valueAt(tokens, at + 2);
			if (value === null) continue;
			const path = [...open.map((one) => one.key).filter((one) => one !== ""), key].join(".");
			if (found.has(path) && found.get(path) !== value) contradicted.add(path);
			found.set(path, value);
		} else if (is(token, ",")) key = "";
	}
	for (const path of contradicted) found.delete(path);
	return found;
}
/** The literal that begins here and is the whole value. */
function valueAt(tokens, at) {
	const token = tokens[at];
	const ends = (index) => {
		const next = tokens[index];
		return is(next, ",", "}") || next?.kind === "name" && ["as", "satisfies"].includes(next.value);
	};
	if (token?.kind === "string") return ends(at + 1) ? token.value : null;
	if (token?.kind !== "name") return null;
	if (token.value === "true" || token.value === "false") return ends(at + 1) ? token.value === "true" : null;
	const call = is(tokens[at + 1], ".") ? at + 2 : at;
	if (!["join", "resolve"].includes(tokens[call]?.value ?? "") || !is(tokens[call + 1], "(")) return null;
	const parts = [];
	let next = call + 2;
	for (; next < tokens.length && !is(tokens[next], ")"); next += 1) {
		const part = tokens[next];
		if (part.kind === "string") parts.push(part.value);
		else if (!is(part, ",", ".") && ![
			"__dirname",
			"import",
			"meta",
			"dirname"
		].includes(part.value)) return null;
	}
	return ends(next + 1) ? parts.join("/") : null;
}
const is = (token, ...marks) => token?.kind === "mark" && marks.includes(token.value);
/**
* Reads JSON5: JSON with comments, trailing commas, single quotes and keys without quotes.
*
* @throws SyntaxError
*/
function parseJson5(source) {
	const tokens = tokensOf(source);
	let at = 0;
	const wrong = () => {
		throw new SyntaxError(tokens[at] === void 0 ? "it ends too early" : `“${tokens[at]?.value}” is not expected`);
	};
	const list = (end, item) => {
		at += 1;
		while (!is(tokens[at], end)) {
			item();
			if (is(tokens[at], ",")) at += 1;
			else if (!is(tokens[at], end)) wrong();
		}
		at += 1;
	};
	const value = () => {
		const token = tokens[at] ?? wrong();
		if (is(token, "{")) {
			const members = [];
			list("}", () => {
				const name = tokens[at] ?? wrong();
				if (name.kind === "mark") wrong();
				at += 1;
				if (!is(tokens[at], ":")) wrong();
				at += 1;
				members.push([name.value, value()]);
			});
			return Object.fromEntries(members);
		}
		if (is(token, "[")) {
			const items = [];
			list("]", () => items.push(value()));
			return items;
		}
		if (token.kind === "mark") wrong();
		at += 1;
		if (token.kind === "string") return token.value;
		if (token.kind === "number") return Number(token.value);
		const named = (/* @__PURE__ */ new Map([
			["null", null],
			["true", true],
			["false", false]
		])).get(token.value);
		if (named === void 0) {
			at -= 1;
			return wrong();
		}
		return named;
	};
	const result = value();
	if (at < tokens.length) wrong();
	return result;
}
// src/tools/drizzle/config.ts
const configName$1 = /^drizzle(?:[.-][\w.-]+)?\.config(?:[.-][\w.-]+)?\.(?:[cm]?[jt]s|json)$/;
/** The config files of a tree, read as text and never run: what they compute stays unknown. */
async function drizzleConfigs(tree) {
	const files = tree.entries.filter(({ path, mode }) => mode.startsWith("100") && configName$1.test(basename$1(path))).map(({ path }) => path).filter((path) => exclusion(dirname$1(path)) !== "copied");
	const contents = await tree.read(files);
	return files.map((file) => {
		const literals = literalsOf(contents.get(file)?.toString("utf8") ?? "");
		const text = (key) => {
			const value = literals.get(key);
			return typeof value === "string" && value !== "" ? value : null;
		};
		return {
			file,
			out: text("out") ?? "drizzle",
			dialect: text("dialect") ?? text("driver"),
			table: text("migrations.table"),
			schema: text("migrations.schema")
		};
	});
}
/** The directories that a config may mean: drizzle-kit takes `out` from where it is called, mostly beside the config. */
const outDirectories = ({ file, out }) => andAbove(dirname$1(file)).map((from) => resolved$1(from, out));
// src/tools/drizzle/journal.ts
/** Where the journal of a directory is. */
const journalPath = (directory) => within$1(directory, "meta/_journal.json");
/** What drizzle-kit calls PostgreSQL, now and up to 0.20. */
const isPostgres = (dialect) => [
	"postgresql",
	"postgres",
	"pg"
].includes(dialect.toLowerCase());
/**
* The journal of a directory, null where it has none.
*
* @throws Undecided when the journal is nothing that Drizzle could read
*/
async function readJournal(tree, directory) {
	const path = journalPath(directory);
	if (tree.get(path) === void 0) return null;
	const text = (await tree.read([path])).get(path)?.toString("utf8") ?? "";
	const journal = record$6(parsed$5(text, path));
	if (!Array.isArray(journal.entries)) throw broken(path, 1, "it has no list of entries");
	const entries = journal.entries.map((value, index) => {
		const { tag, when } = record$6(value);
		if (typeof tag !== "string" || typeof when !== "number") throw broken(path, 1, `entry ${index + 1} has no tag or no when`);
		return {
			tag,
			when
		};
	});
	return {
		path,
		dialect: typeof journal.dialect === "string" ? journal.dialect : "",
		entries
	};
}
/** The dialect that a journal or snapshot says, without asking whether the rest of it can be read. */
const dialectIn = (text) => /"dialect"\s*:\s*"([^"\n]{1,40})"/.exec(text)?.[1] ?? null;
function parsed$5(text, path) {
	try {
		return JSON.parse(text);
	} catch (error) {
		const conflict = text.split("\n").findIndex((line) => /^(?:<{7}|={7}|>{7})/.test(line));
		const why = conflict === -1 ? "it is no JSON" : "it holds the marks of a merge conflict";
		throw broken(path, conflict + 1 || 1, why, error);
	}
}
const broken = (path, line, why, cause) => new Undecided("invalid-configuration", `Drizzle stops the deployment: ${path} cannot be read, since ${why}. Take base's version of the file and generate your migration again.`, {
	place: {
		file: path,
		line
	},
	cause
});
const record$6 = (value) => typeof value === "object" && value !== null ? value : {};
// src/tools/reading/package-range.ts
/** The package.json files at a directory and above, nearest first, with the folders that they stand in. */
async function manifestsAbove(tree, directory) {
	const folders = andAbove(directory);
	const contents = await tree.read(folders.map((folder) => within$1(folder, "package.json")));
	return folders.flatMap((folder) => {
		const text = contents.get(within$1(folder, "package.json"))?.toString("utf8");
		return text === void 0 ? [] : [{
			folder,
			manifest: parsed$4(text)
		}];
	});
}
/** What the nearest package.json that names one of these packages asks for (`^8.0.0`), or null. */
async function packageRange(tree, directory, names) {
	for (const { manifest } of await manifestsAbove(tree, directory)) {
		const range = rangeIn(manifest, names);
		if (range !== null) return range;
	}
	return null;
}
/** The version range of the first of these packages that a package.json names. */
function rangeIn(manifest, names) {
	const kinds = [
		"dependencies",
		"devDependencies",
		"optionalDependencies",
		"peerDependencies"
	];
	for (const name of names) for (const kind of kinds) {
		const range = record$5(manifest[kind])[name];
		if (typeof range === "string") return range;
	}
	return null;
}
const record$5 = (value) => typeof value === "object" && value !== null ? value : {};
function parsed$4(text) {
	try {
		return record$5(JSON.parse(text));
	} catch {
		return {};
	}
}
// src/tools/drizzle/layout.ts
const breakpoint = "--> statement-breakpoint";
const folderName = /^(\d{14})(?:_(.*))?$/;
/** The folders of a directory that hold a `migration.sql`, by the path of that file. */
const folders$1 = (tree, directory) => tree.under(directory).filter(({ path }) => basename$1(path) === "migration.sql" && dirname$1(dirname$1(path)) === directory).map(({ path }) => path);
/** The migrations of a directory, whichever layout it has, named as `layout` names them. */
async function readHistory$2(tree, path, layout) {
	const directory = treePath(path);
	const journal = await readJournal(tree, directory);
	const scripts = folders$1(tree, directory);
	if (journal === null) return fromFolders$1(tree, directory, scripts, layout);
	const range = await packageRange(tree, directory, ["drizzle-orm", "drizzle-kit"]);
	if (scripts.length > 0 && range !== null && /^[\^~>=\s]*1\./.test(range)) throw new Undecided("invalid-configuration", `Drizzle stops the deployment: it finds the folders of version 1 beside an old ${journal.path} (“You must upgrade drizzle-kit and run drizzle-kit up”). Remove the journal when every migration has its folder.`, { place: { file: journal.path } });
	const { entries } = journal;
	const files = entries.map(({ tag }) => within$1(directory, `${tag}.sql`));
	const contents = await tree.read(files);
	return {
		migrations: entries.map(({ tag, when }, index) => {
			const file = files[index];
			const bytes = contents.get(file);
			const entry = tree.get(file);
			if (entry !== void 0) refuseLink(entry);
			if (bytes === void 0) throw new Undecided("invalid-configuration", `Drizzle stops the deployment, also where the migration has run already: ${journal.path} lists ${tag}, and there is no ${file} (“No file ${file} found in ${directory} folder”). Restore the file.`, { place: { file: journal.path } });
			const identity = layout === "folders" ? upgradedName({
				tag,
				when
			}) : String(when);
			return {
				...migration$3(file, bytes),
				...keys(layout, identity, tag),
				extra: { when }
			};
		}),
		notes: steppedOver(journal.path, entries),
		oddities: [
			...unlisted(tree, directory, new Set(files), journal.path),
			...twice(journal.path, entries, files),
			...scripts.map((file) => ({
				kind: "never-runs",
				file,
				says: `Drizzle reads ${journal.path} as long as it is there, and no folders beside it; this one never runs.`
			}))
		]
	};
}
async function fromFolders$1(tree, directory, files, layout) {
	const contents = await tree.read(files);
	const migrations = files.map((file) => {
		const entry = tree.get(file);
		if (entry !== void 0) refuseLink(entry);
		const bytes = contents.get(file) ?? Buffer.alloc(0);
		const identity = basename$1(dirname$1(file));
		const when = millisOf$1(identity);
		const undated = { refused: {
			line: 1,
			says: `Drizzle stops at it: the folder ${identity} does not begin with 14 digits of a date, and what it would record is no number (“invalid input syntax for type bigint: "NaN"”).`
		} };
		return {
			...migration$3(file, bytes),
			...keys(layout, layout === "journal" ? String(when) : identity, identity),
			extra: { when },
			...Number.isNaN(when) ? undated : {}
		};
	});
	const oddities = tree.under(directory).flatMap(({ path }) => {
		const beside = dirname$1(path) === directory && /\.sql$/i.test(path);
		const alone = basename$1(path) === "snapshot.json" && dirname$1(dirname$1(path)) === directory;
		if (beside) return [{
			kind: "never-runs",
			file: path,
			says: `Drizzle never runs ${path}: it reads migration.sql in folders only.`
		}];
		if (!alone || tree.get(within$1(dirname$1(path), "migration.sql")) !== void 0) return [];
		return [{
			kind: "never-runs",
			file: path,
			says: `Drizzle passes over ${dirname$1(path)}: there is no migration.sql in it.`
		}];
	});
	const notes = layout === "journal" ? [`This version of Drizzle remembers the date of a folder in ${directory} and nothing else; that is its \`when\`.`] : [];
	const folder = ({ file }) => basename$1(dirname$1(file));
	return {
		migrations: migrations.sort((a, b) => collator$3.compare(folder(a), folder(b))),
		notes,
		oddities
	};
}
/** What is the same for both layouts: the text and how it is sent. */
function migration$3(file, bytes) {
	const { text, encoding, byteOrderMark } = decodeMigration(file, bytes);
	if (encoding !== "utf-8") throw new Undecided("invalid-configuration", `${file} is ${encoding.toUpperCase()}, which Drizzle reads as UTF-8 and sends to the server as garbage. Save it as UTF-8; PowerShell's > writes UTF-16.`, { place: { file } });
	const whole = byteOrderMark ? `\ufeff${text}` : text;
	const messages = chunksOf(whole);
	return {
		file,
		bytes,
		sql: separated(whole, messages),
		transaction: "shared",
		messages
	};
}
/** Drizzle splits at the mark wherever it stands, in a string or a function's body as well. */
function chunksOf(sql) {
	const chunks = [];
	let start = 0;
	for (let at = sql.indexOf(breakpoint); at !== -1; at = sql.indexOf(breakpoint, start)) {
		chunks.push({
			start,
			end: at
		});
		start = at + 24;
	}
	return [...chunks, {
		start,
		end: sql.length
	}];
}
/**
* The text with a semicolon where a part ends without one: parts are messages of their own, so that they need none,
* and the mark, which is never sent, has room for it.
*/
function separated(sql, chunks) {
	return chunks.map(({ start, end }, index) => {
		const chunk = sql.slice(start, end);
		if (index === chunks.length - 1) return chunk;
		const ended = chunk.trimEnd();
		return chunk + (ended === "" || ended.endsWith(";") ? breakpoint : breakpoint.replace("-->", ";--"));
	}).join("");
}
function keys(layout, identity, tag) {
	if (layout === "journal") return {
		version: identity,
		name: tag,
		identity
	};
	const [, version = identity, name = ""] = folderName.exec(identity) ?? [];
	return {
		version,
		name,
		identity
	};
}
function unlisted(tree, directory, listed, journal) {
	return tree.under(directory).filter(({ path }) => dirname$1(path) === directory && /\.sql$/i.test(path) && !listed.has(path)).map(({ path }) => ({
		kind: "never-runs",
		file: path,
		says: `Drizzle never runs ${path}: ${journal} does not list it. Let \`drizzle-kit generate --custom\` make the file and its entry, then put the SQL there.`
	}));
}
function twice(journal, entries, files) {
	return entries.flatMap(({ tag }, index) => entries.findIndex((other) => other.tag === tag) === index ? [] : [{
		kind: "ambiguous-order",
		file: files[index],
		says: `Drizzle runs ${tag} twice on a new database: ${journal} lists it twice. Leave one of the entries.`
	}]);
}
/** Entries that a database which was deployed step by step has never run, while an empty one gets them. */
function steppedOver(journal, entries) {
	let newest = Number.NEGATIVE_INFINITY;
	const behind = entries.filter(({ when }) => {
		const late = when <= newest;
		newest = Math.max(newest, when);
		return late;
	});
	const [first] = behind;
	if (first === void 0) return [];
	return [`${journal} ${behind.length === 1 ? `lists ${first.tag}` : `lists ${behind.length} migrations, ${first.tag} first,`} after one with a later or equal \`when\`: an empty database gets it, as the shadow did, and one that was deployed in between never does.`];
}
/** `YYYYMMDDhhmmss` as Drizzle turns it into milliseconds; NaN where it is no date. */
function millisOf$1(folder) {
	const part = (from, to) => Number.parseInt(folder.slice(from, to), 10);
	return Date.UTC(part(0, 4), part(4, 6) - 1, part(6, 8), part(8, 10), part(10, 12), part(12, 14));
}
/** The folder that `drizzle-kit up` puts a file of the journal into. */
function upgradedName({ tag, when }) {
	const time = new Date(when);
	return `${Number.isNaN(time.getTime()) ? "" : time.toISOString().slice(0, 19).replace(/\D/g, "")}_${tag.split("_").slice(1).join("_")}`;
}
const collator$3 = new Intl.Collator("en-US");
/** As Drizzle sorts the folders. */
const byFolder = (left, right) => {
	const [a, b] = [left, right].map(({ version, name }) => name === "" ? version : `${version}_${name}`);
	return collator$3.compare(a ?? "", b ?? "");
};
// src/tools/drizzle/newest.ts
const shape = object({
	id: string(),
	prevId: string().nullish(),
	prevIds: array(string()).nullish()
});
/** Where the snapshot of a journal's entry is: by what stands before the first `_` of its name. */
const besideEntry = (directory, tag) => within$1(directory, `meta/${tag.split("_")[0]}_snapshot.json`);
/** The snapshots of the migrations in their order, null for one that has none. */
async function snapshotsOf(tree, directory) {
	const journal = await readJournal(tree, directory);
	return (journal === null ? folders$1(tree, directory).map((file) => within$1(dirname$1(file), "snapshot.json")).sort((a, b) => basename$1(dirname$1(a)) < basename$1(dirname$1(b)) ? -1 : 1) : journal.entries.map(({ tag }) => besideEntry(directory, tag))).map((file) => tree.get(file) === void 0 ? null : file);
}
/**
* The newest snapshot of a directory. Null: there is none; or, with folders, there are several that none follows, each
* with what its own branch knew.
*/
async function newestSnapshot(tree, directory) {
	const files = (await snapshotsOf(tree, directory)).filter((file) => file !== null);
	const newest = files.at(-1) ?? null;
	if (newest === null || await readJournal(tree, directory) !== null) return newest;
	const read = await linksOf(tree, files);
	const followed = new Set(read.flatMap(({ previous }) => previous));
	const leaves = read.filter(({ id }) => !followed.has(id));
	return leaves.length === 1 ? leaves[0]?.file ?? null : null;
}
/** Why the snapshots do not go with the migrations, as a sentence; null: they do. */
async function snapshotLag(tree, directory) {
	const journal = await readJournal(tree, directory);
	if (journal === null) return null;
	const all = await snapshotsOf(tree, directory);
	const newest = journal.entries.at(-1);
	if (newest !== void 0 && all.at(-1) === null) return `The newest migration, ${newest.tag}, has no snapshot (${besideEntry(directory, newest.tag)}): the next \`drizzle-kit generate\` starts from an older one and makes the same changes again.`;
	const read = await linksOf(tree, all.filter((file) => file !== null));
	for (const [index, { file, previous }] of read.entries()) {
		const twin = read.slice(index + 1).find((other) => other.previous.some((id) => previous.includes(id)));
		if (twin !== void 0) return `${file} and ${twin.file} follow the same snapshot (prevId), as two branches leave them: \`drizzle-kit generate\` and \`drizzle-kit check\` stop there.`;
	}
	return null;
}
async function linksOf(tree, files) {
	return [...await tree.read([...new Set(files)])].flatMap(([file, bytes]) => {
		const links = parsed$3(bytes.toString("utf8"));
		return links === null ? [] : [{
			file,
			id: links.id,
			previous: links.prevIds ?? (links.prevId == null ? [] : [links.prevId])
		}];
	});
}
function parsed$3(text) {
	try {
		return shape.safeParse(JSON.parse(text)).data ?? null;
	} catch {
		return null;
	}
}
// src/tools/drizzle/parts.ts
/** Quoted always: the words of a snapshot are names as they are. */
const name$2 = (text) => `"${text.replaceAll("\"", "\"\"")}"`;
const qualified = (schema, own) => `${name$2(schema === "" || schema == null ? "public" : schema)}.${name$2(own)}`;
const dotted = (schema, own) => `${schema === "" || schema == null ? "public" : schema}.${own}`;
const names$3 = (list) => list.map(name$2).join(", ");
const word = string();
const optional = word.nullish();
const number$3 = union([string(), number$4()]).nullish();
const generatedShape = object({ as: word }).nullish();
const identityShape = object({
	type: word,
	name: word,
	increment: number$3,
	minValue: number$3,
	maxValue: number$3,
	startWith: number$3,
	cache: number$3,
	cycle: boolean().nullish()
}).nullish();
/** One column; a type that is no enum stands as it is, or quoted where it only exists so. */
function columnPart(schema, table, column) {
	const { type, typeSchema, notNull, generated, identity } = column;
	const dimensions = /(?:\[\d*\])*$/.exec(type)?.[0] ?? "";
	const bare = type.slice(0, type.length - dimensions.length);
	const spelled = typeSchema == null ? [type, `${name$2(bare)}${dimensions}`] : [`${qualified(typeSchema, bare)}${dimensions}`];
	const begin = `ALTER TABLE ${qualified(schema, table)} ADD COLUMN ${name$2(column.name)}`;
	const value = column.default;
	const rest = [
		generated == null ? "" : ` GENERATED ALWAYS AS (${generated.as}) STORED`,
		value == null ? "" : ` DEFAULT ${typeof value === "object" ? literal$2(JSON.stringify(value)) : String(value)}`,
		identity == null ? "" : ` GENERATED ${identity.type === "always" ? "ALWAYS" : "BY DEFAULT"} AS IDENTITY (SEQUENCE NAME ${qualified(schema, identity.name)}${sequenceOptions({
			...identity,
			incrementBy: identity.increment,
			cacheSize: identity.cache
		})})`,
		notNull ? " NOT NULL" : ""
	].join("");
	return {
		type: "column",
		name: `${dotted(schema, table)}.${column.name}`,
		sql: spelled.map((one) => `${begin} ${one}${rest}`),
		instead: spelled.map((one) => `${begin} ${one}`)
	};
}
function sequenceOptions(options) {
	const said = (key, words) => options[key] == null ? "" : ` ${words} ${Number(options[key]) === 0 ? 0 : String(options[key]).replace(/[^\d-]/g, "")}`;
	return `${said("incrementBy", "INCREMENT BY")}${said("minValue", "MINVALUE")}${said("maxValue", "MAXVALUE")}${said("startWith", "START WITH")}${said("cacheSize", "CACHE")}${options.cycle === true ? " CYCLE" : ""}`;
}
const constraint = (schema, table, own, clause) => ({
	type: "constraint",
	name: own === null ? null : `${dotted(schema, table)}.${own}`,
	sql: [`ALTER TABLE ${qualified(schema, table)} ADD ${own === null ? "" : `CONSTRAINT ${name$2(own)} `}${clause}`]
});
const unique = (columns, nullsNotDistinct) => `UNIQUE${nullsNotDistinct ? " NULLS NOT DISTINCT" : ""} (${names$3(columns)})`;
const action = (text) => /^(?:no action|cascade|restrict|set null|set default)$/i.test(text ?? "") ? text ?? "" : "NO ACTION";
const indexPart = (schema, table, index) => ({
	type: "index",
	name: `${dotted(schema, table)}.${index.name}`,
	sql: [`CREATE ${index.isUnique ? "UNIQUE " : ""}INDEX ${name$2(index.name)} ON ${qualified(schema, table)} USING ${identifier$1(index.method)} (${index.columns.join(", ")})${index.with === "" ? "" : ` WITH (${index.with})`}${index.where === null ? "" : ` WHERE ${index.where}`}`]
});
const enumPart = (schema, own, values) => ({
	type: "type",
	name: dotted(schema, own),
	sql: [`CREATE TYPE ${qualified(schema, own)} AS ENUM (${values.map(literal$2).join(", ")})`]
});
const tablePart = (schema, own) => ({
	type: "table",
	name: dotted(schema, own),
	sql: [`CREATE TABLE ${qualified(schema, own)} ()`]
});
const schemaPart = (own) => ({
	type: "schema",
	name: own,
	sql: [`CREATE SCHEMA IF NOT EXISTS ${name$2(own)}`]
});
const sequencePart = (schema, own, options) => ({
	type: "sequence",
	name: dotted(schema, own),
	sql: [`CREATE SEQUENCE ${qualified(schema, own)}${sequenceOptions(options)}`]
});
const foreignKey = (schema, table, key) => constraint(schema, table, key.name, `FOREIGN KEY (${names$3(key.columnsFrom ?? key.columns ?? [])}) REFERENCES ${qualified(key.schemaTo, key.tableTo)} (${names$3(key.columnsTo)}) ON DELETE ${action(key.onDelete)} ON UPDATE ${action(key.onUpdate)}`);
const flag = boolean().nullish();
const list$1 = array(word);
// src/tools/drizzle/folder-snapshot.ts
const owned = {
	schema: optional,
	table: word,
	name: word
};
const entityShapes = {
	schemas: object({ name: word }).transform(({ name: own }) => schemaPart(own)),
	enums: object({
		schema: optional,
		name: word,
		values: list$1
	}).transform((one) => enumPart(one.schema, one.name, one.values)),
	sequences: looseObject({
		schema: optional,
		name: word
	}).transform((one) => sequencePart(one.schema, one.name, one)),
	tables: object({
		schema: optional,
		name: word
	}).transform((one) => tablePart(one.schema, one.name)),
	columns: object({
		...owned,
		type: word,
		typeSchema: optional,
		notNull: boolean(),
		dimensions: number$4().max(10),
		default: unknown().optional(),
		generated: generatedShape,
		identity: identityShape
	}).transform((one) => columnPart(one.schema, one.table, {
		...one,
		type: `${one.type}${"[]".repeat(one.dimensions)}`
	})),
	pks: object({
		...owned,
		columns: list$1,
		nameExplicit: flag
	}).transform((one) => constraint(one.schema, one.table, one.nameExplicit === true ? one.name : null, `PRIMARY KEY (${names$3(one.columns)})`)),
	uniques: object({
		...owned,
		columns: list$1,
		nullsNotDistinct: flag
	}).transform((one) => constraint(one.schema, one.table, one.name, unique(one.columns, one.nullsNotDistinct === true))),
	checks: object({
		...owned,
		value: word
	}).transform((one) => constraint(one.schema, one.table, one.name, `CHECK (${one.value})`)),
	indexes: object({
		...owned,
		isUnique: boolean(),
		method: word,
		where: optional,
		with: optional,
		columns: array(object({
			value: word,
			isExpression: boolean(),
			asc: boolean(),
			nullsFirst: boolean(),
			opclass: object({ name: word }).nullish()
		}))
	}).transform((one) => indexPart(one.schema, one.table, {
		...one,
		where: one.where ?? null,
		with: one.with ?? "",
		columns: one.columns.map(({ value, isExpression, asc, nullsFirst, opclass }) => `${isExpression ? value : name$2(value)}${opclass == null ? "" : ` ${opclass.name}`}${asc ? "" : " DESC"}${asc && !nullsFirst ? "" : ` NULLS ${nullsFirst ? "FIRST" : "LAST"}`}`)
	})),
	fks: object({
		...owned,
		columns: list$1,
		schemaTo: optional,
		tableTo: word,
		columnsTo: list$1,
		onDelete: optional,
		onUpdate: optional
	}).transform((one) => foreignKey(one.schema, one.table, one))
};
/** The parts of what snapshots name from 1.0 on, in an order in which they can be made. */
function fromFolders(ddl) {
	return Object.entries(entityShapes).flatMap(([kind, shape]) => ddl.filter(({ entityType }) => entityType === kind).map((entity) => shape.parse(entity)));
}
// src/tools/drizzle/journal-snapshot.ts
const record$4 = (shape) => record$7(string(), shape).nullish();
/** Up to drizzle-kit 0.31: tables with all that is theirs. */
const journalShape = object({
	version: literal$3("7"),
	prevId: optional,
	enums: record$4(object({
		name: word,
		schema: optional,
		values: list$1
	})),
	schemas: record$4(word),
	sequences: record$4(looseObject({
		name: word,
		schema: optional
	})),
	tables: record$7(string(), object({
		name: word,
		schema: optional,
		columns: record$7(string(), object({
			name: word,
			type: word,
			typeSchema: optional,
			primaryKey: flag,
			notNull: flag,
			default: unknown().optional(),
			generated: generatedShape,
			identity: identityShape
		})),
		indexes: record$4(object({
			name: word,
			isUnique: boolean(),
			method: word,
			where: optional,
			with: record$4(unknown()),
			columns: array(object({
				expression: word,
				isExpression: boolean(),
				asc: flag,
				nulls: optional,
				opclass: optional
			}))
		})),
		foreignKeys: record$4(object({
			name: word,
			tableTo: word,
			schemaTo: optional,
			columnsFrom: list$1,
			columnsTo: list$1,
			onDelete: optional,
			onUpdate: optional
		})),
		compositePrimaryKeys: record$4(object({
			name: word,
			columns: list$1
		})),
		uniqueConstraints: record$4(object({
			name: word,
			columns: list$1,
			nullsNotDistinct: flag
		})),
		checkConstraints: record$4(object({
			name: word,
			value: word
		}))
	}))
});
const valuesOf = (map) => Object.values(map ?? {});
/** The parts of one, in an order in which they can be made. */
function fromJournal(snapshot) {
	const tables = valuesOf(snapshot.tables);
	const ofTables = (parts) => tables.flatMap(parts);
	return [
		...valuesOf(snapshot.schemas).map(schemaPart),
		...valuesOf(snapshot.enums).map((one) => enumPart(one.schema, one.name, one.values)),
		...valuesOf(snapshot.sequences).map((one) => sequencePart(one.schema, one.name, {
			...one,
			incrementBy: one.increment,
			cacheSize: one.cache
		})),
		...tables.map((table) => tablePart(table.schema, table.name)),
		...ofTables(({ schema, name: table, columns }) => valuesOf(columns).map((column) => columnPart(schema, table, {
			...column,
			notNull: column.notNull === true
		}))),
		...ofTables(({ schema, name: table, columns, compositePrimaryKeys }) => {
			const single = valuesOf(columns).filter(({ primaryKey }) => primaryKey === true);
			return [...valuesOf(compositePrimaryKeys).map((key) => constraint(schema, table, key.name, `PRIMARY KEY (${names$3(key.columns)})`)), ...single.length === 0 ? [] : [constraint(schema, table, null, `PRIMARY KEY (${names$3(single.map((one) => one.name))})`)]];
		}),
		...ofTables(({ schema, name: table, uniqueConstraints, checkConstraints }) => [...valuesOf(uniqueConstraints).map((one) => constraint(schema, table, one.name, unique(one.columns, one.nullsNotDistinct === true))), ...valuesOf(checkConstraints).map((one) => constraint(schema, table, one.name, `CHECK (${one.value})`))]),
		...ofTables(({ schema, name: table, indexes }) => valuesOf(indexes).map((index) => indexPart(schema, table, {
			...index,
			where: index.where ?? null,
			with: Object.entries(index.with ?? {}).map(([key, value]) => `${key}=${String(value)}`).join(", "),
			columns: index.columns.map(({ expression, isExpression, asc, nulls, opclass }) => {
				const sorted = asc === false ? " DESC" : "";
				const order = opclass != null || asc !== false && nulls === "last" || nulls == null ? "" : ` NULLS ${nulls}`;
				return `${isExpression ? expression : name$2(expression)}${opclass == null ? sorted : ` ${opclass}`}${order}`;
			})
		}))),
		...ofTables(({ schema, name: table, foreignKeys }) => valuesOf(foreignKeys).map((key) => foreignKey(schema, table, key)))
	];
}
// src/tools/drizzle/state.ts
const entity = looseObject({ entityType: string() });
const whole = object({ ddl: array(entity) });
const differing = object({
	type: literal$3("diff"),
	deltas: array(union([
		object({
			op: literal$3("create"),
			row: entity
		}),
		object({
			op: literal$3("drop"),
			key: string()
		}),
		object({
			op: literal$3("alter"),
			key: string(),
			set: record$7(string(), unknown())
		}),
		object({ op: literal$3("rename") })
	]))
});
/**
* All that the last of these snapshots declares: up to version 8 it says it itself, from 9 on it says what it changes in
* the ones before it. Null: it changes names, which is not followed here.
*
* @param snapshots in the order of their migrations
* @throws z.ZodError where one of them is none
*/
function stateOf(snapshots) {
	const last = snapshots.findLastIndex((snapshot) => !differing.safeParse(snapshot).success);
	const { ddl } = whole.parse(snapshots[last]);
	const state = new Map(ddl.map((each) => [keyOf$1(each), each]));
	for (const snapshot of snapshots.slice(last + 1)) for (const delta of differing.parse(snapshot).deltas) {
		if (delta.op === "rename") return null;
		if (delta.op === "create") state.set(keyOf$1(delta.row), delta.row);
		else if (delta.op === "drop") state.delete(delta.key);
		else {
			const before = state.get(delta.key);
			if (before !== void 0) state.set(delta.key, {
				...before,
				...delta.set
			});
		}
	}
	return [...state.values()];
}
/** As a delta names it. */
const keyOf$1 = ({ entityType, schema, table, name }) => `${entityType}\0${JSON.stringify([
	schema,
	table,
	name
].filter((part) => typeof part === "string"))}`;
// src/tools/drizzle/snapshot.ts
/** What the newest snapshot declares, in an order in which it can be made; null: a form that is not read here. */
async function declaredParts(tree, directory) {
	const newest = await newestSnapshot(tree, directory);
	if (newest === null) return null;
	const files = (await snapshotsOf(tree, directory)).filter((file) => file !== null);
	const contents = await tree.read(files);
	try {
		const [value, ...earlier] = files.slice(0, files.indexOf(newest) + 1).reverse().map((file) => JSON.parse(contents.get(file)?.toString("utf8") ?? ""));
		const journal = journalShape.safeParse(value);
		if (journal.success) return fromJournal(journal.data);
		const state = stateOf([...earlier.reverse(), value]);
		return state === null ? null : fromFolders(state);
	} catch (error) {
		if (error instanceof SyntaxError || error instanceof ZodError) return null;
		throw error;
	}
}
// src/tools/drizzle.ts
const detect$14 = async (tree) => {
	const proofs = /* @__PURE__ */ new Map();
	for (const { path, mode } of tree.entries) {
		if (!mode.startsWith("100")) continue;
		if (path === "meta/_journal.json" || path.endsWith("/meta/_journal.json")) proofs.set(dirname$1(dirname$1(path)), path);
		else if (basename$1(path) === "snapshot.json" && folderName.test(basename$1(dirname$1(path)))) {
			const owner = dirname$1(dirname$1(path));
			if (!proofs.get(owner)?.endsWith("_journal.json")) proofs.set(owner, path);
		}
	}
	const databases = [];
	const notes = [];
	const contents = await tree.read([...proofs.values()]);
	for (const [directory, proof] of proofs) {
		if (exclusion(directory) === "copied") continue;
		const dialect = dialectIn(contents.get(proof)?.toString("utf8") ?? "");
		if (dialect !== null && !isPostgres(dialect)) notes.push(`${shown$1(directory)} was passed over: ${proof} says ${dialect}, not postgresql.`);
		else {
			const because = dialect === null ? `${proof} is there` : `${proof} says ${dialect}`;
			databases.push({
				path: directory,
				tool: "drizzle",
				because
			});
		}
	}
	return {
		databases,
		notes
	};
};
const shown$1 = (directory) => directory === "" ? "The root of the repository" : directory;
const byWhen = (left, right) => Number(left.version) - Number(right.version);
const newestOf = (migrations) => migrations.reduce((newest, { extra }) => Math.max(newest, Number(extra?.when)), Number.NEGATIVE_INFINITY);
function bookkeeping$4({ layout, table, schema }) {
	const name = `${identifier$1(schema)}.${identifier$1(table)}`;
	const hash = ({ bytes }) => `'${createHash("sha256").update(bytes).digest("hex")}'`;
	const more = layout === "folders" ? ", name text, applied_at timestamp with time zone DEFAULT now()" : "";
	return {
		setup: `CREATE SCHEMA IF NOT EXISTS ${identifier$1(schema)};
CREATE TABLE IF NOT EXISTS ${name} (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at bigint${more});`,
		before: () => "",
		after: (one) => layout === "folders" ? `INSERT INTO ${name} ("hash", "created_at", "name") VALUES (${hash(one)}, ${Number(one.extra?.when)}, ${literal$2(one.identity)});` : `INSERT INTO ${name} ("hash", "created_at") VALUES (${hash(one)}, ${Number(one.extra?.when)});`,
		relations: [`${schema}.${table}`],
		schemas: schema === "public" ? [] : [schema]
	};
}
/** Both layouts record the time that stands for a migration's identity; newer ones its folder's name too. */
const command = {
	up: () => ({ missing: "Drizzle runs itself only where an apply-command says how, such as npx drizzle-kit migrate." }),
	recorded: ({ name, created_at }) => name ?? created_at ?? null
};
const toolFor$7 = (setup) => ({
	name: "drizzle",
	title: "Drizzle",
	detect: detect$14,
	configured,
	order: setup.layout === "journal" ? byWhen : byFolder,
	history: (tree, path) => readHistory$2(tree, path, setup.layout),
	declaredFile: (tree, path) => newestSnapshot(tree, treePath(path)),
	declaredParts: {
		of: (tree, path) => declaredParts(tree, treePath(path)),
		lag: (tree, path) => snapshotLag(tree, treePath(path)),
		mend: "Put the change into the schema in the code and let `drizzle-kit generate` write the migration together with its snapshot: it goes by the newest snapshot alone, and by no SQL that was written or edited by hand."
	},
	...setup.layout === "journal" ? { late: (added, base) => added.filter(({ extra }) => Number(extra?.when) < newestOf(base)) } : {},
	bookkeeping: bookkeeping$4(setup),
	...setup.byCommand === true ? { command } : {},
	sessions: "one",
	sharesTransaction: true,
	onHistoryChange: onHistoryChange$4[setup.layout],
	noTransaction: {
		directive: null,
		advice: "Drizzle runs all pending migrations in one transaction. Run the statement before the deployment, and write it with IF NOT EXISTS here; or put a part `COMMIT;` before it, after which no failure is rolled back."
	}
});
/** Folders came in 1.0.0-beta.2, their names into the database in beta.13. */
const goesByDate = /^1\.0\.0-beta\.(?:\d|1[0-2])(?:-|$)/;
async function configured(tree, path, { byCommand }) {
	const directory = treePath(path);
	const own = (await drizzleConfigs(tree)).filter((config) => outDirectories(config).includes(directory));
	const said = (value) => {
		const values = new Set(own.flatMap((config) => value(config) ?? []));
		return values.size === 1 ? [...values][0] ?? null : null;
	};
	const range = await packageRange(tree, directory, ["drizzle-orm"]);
	const byName = tree.get(journalPath(directory)) === void 0 && folders$1(tree, directory).length > 0 && !goesByDate.test(range ?? "");
	return toolFor$7({
		layout: byName ? "folders" : "journal",
		table: said(({ table }) => table) ?? "__drizzle_migrations",
		schema: said(({ schema }) => schema) ?? "drizzle",
		...byCommand === true ? { byCommand } : {}
	});
}
/** Drizzle ORM's migrator, which `drizzle-kit migrate` calls too. */
const drizzle = toolFor$7({
	layout: "journal",
	table: "__drizzle_migrations",
	schema: "drizzle"
});
// src/tools/ecto.ts
function call$7(project, args) {
	const directory = andAbove(treePath(project.path)).find((folder) => project.has(within$1(folder, "mix.exs"))) ?? "";
	const mix = project.onPath("mix");
	if (mix === null) return { missing: "Ecto cannot run: there is no mix in the job. Set up Elixir (erlef/setup-beam), run mix deps.get and mix compile before the gate, or give another command with apply-command." };
	return {
		program: mix,
		args,
		directory,
		env: project.job.MIX_ENV === void 0 ? { MIX_ENV: "test" } : {}
	};
}
/** Ecto: `priv/<repo>/migrations/<number>_<name>.exs`, run by `mix ecto.migrate`. */
const ecto = programTool({
	name: "ecto",
	title: "Ecto",
	telling: /^\d+_[^/]+\.exs$/,
	because: async (_, directory, [file]) => /(?:^|\/)priv\/[^/]+\/migrations$/.test(directory) ? `${file} is there` : null,
	files: /^\d+_[^/]+\.exs$/,
	below: true,
	named: (file, text) => {
		const named = stampedName(file, (version) => version);
		if (named === null) return null;
		return {
			...named,
			transaction: /^\s*@disable_ddl_transaction\s+true/m.test(text) ? "none" : "single"
		};
	},
	order: byNumber$1,
	tables: ["public.schema_migrations"],
	onHistoryChange: {
		edited: {
			does: "ignores",
			says: "Ecto does not notice, since it records numbers only: databases that ran the old file keep what it made, new ones get the new one."
		},
		deleted: {
			does: "ignores",
			says: "Ecto does not miss it: databases that ran it keep what it made, new ones never get it."
		},
		renamed: {
			does: "ignores",
			says: "Ecto goes by the number: with the same one the file has run already, with another one it is run a second time."
		},
		outOfOrder: {
			does: "runs",
			says: "Ecto runs it after the migrations that were meant to follow it, while a new database gets it before them."
		},
		duplicateVersion: {
			does: "refuses",
			says: "Ecto stops where both are pending: “migrations can't be executed, migration version … is duplicated”; where one has run, the other never does.",
			legal: false
		}
	},
	advice: "In Ecto the migration says `@disable_ddl_transaction true` and `@disable_migration_lock true`, and `create index(…, concurrently: true)`; give it a file of its own.",
	command: {
		up: (project) => call$7(project, ["ecto.migrate"]),
		down: (project) => call$7(project, [
			"ecto.rollback",
			"--step",
			"1"
		]),
		recorded: ({ version }) => version ?? null
	}
});
// src/tools/flyway/behaviour.ts
/** What `flyway migrate` does about a changed history: it validates first, unless it is told not to. */
function behaviourOf(settings) {
	const { validateOnMigrate, outOfOrder } = settings;
	const ignored = (status) => settings.ignoreMigrationPatterns.some((pattern) => ["*", "versioned"].some((type) => pattern === `${type}:${status}` || pattern === `${type}:*`));
	const unvalidated = (says) => ({
		does: "ignores",
		says: `Flyway does not validate here (validateOnMigrate=false): ${says}`
	});
	return {
		edited: validateOnMigrate ? {
			does: "refuses",
			says: "Flyway refuses to migrate: \"Validate failed: Migration checksum mismatch for migration version …\" in every database that ran the old text, for a comment too. `flyway repair` only takes the new checksum over: such databases keep what the old text made."
		} : unvalidated("databases that ran the old text keep what it made, new ones get the new text."),
		deleted: !validateOnMigrate ? unvalidated("databases that ran it keep what it made, new ones never get it.") : ignored("missing") ? {
			does: "ignores",
			says: "Flyway does not miss it (ignoreMigrationPatterns): databases that ran it keep what it made, new ones never get it."
		} : {
			does: "refuses",
			says: "Flyway refuses to migrate: \"Validate failed: Detected applied migration not resolved locally: …\". Only when no local version is newer does it go on with a warning; then databases that ran it keep what it made, and new ones never get it.",
			at: ({ afterAllOfHead }) => afterAllOfHead ? "Flyway goes on with a warning, since no local version is newer: databases that ran it keep what it made, and new ones never get it. As soon as a newer version comes it refuses to migrate: \"Validate failed: Detected applied migration not resolved locally: …\"." : "Flyway refuses to migrate: \"Validate failed: Detected applied migration not resolved locally: …\"."
		},
		renamed: validateOnMigrate ? {
			does: "refuses",
			says: "Flyway refuses to migrate: \"Validate failed: Migration description mismatch for migration version …\" where the version is the old one, \"Detected applied migration not resolved locally: …\" where it is not."
		} : unvalidated("a new description stays unnoticed, and under a new version the same statements run a second time."),
		outOfOrder: outOfOrder ? {
			does: "runs",
			says: "Flyway runs it after the migrations that were meant to follow it (outOfOrder=true), while a new database gets it before them."
		} : validateOnMigrate && !ignored("ignored") ? {
			does: "refuses",
			says: "Flyway refuses to migrate: \"Validate failed: Detected resolved migration not applied to database: …\", unless outOfOrder=true."
		} : {
			does: "skips",
			says: `Flyway never runs it where a newer version is applied (${validateOnMigrate ? "ignoreMigrationPatterns" : "validateOnMigrate=false"}), and says nothing; only new databases get it.`
		},
		duplicateVersion: {
			does: "refuses",
			says: "Flyway refuses to start: \"Found more than one migration with version …\".",
			legal: false
		}
	};
}
// src/tools/flyway/names.ts
const callbacks = [
	...[...[
		"Clean",
		"Migrate",
		"EachMigrate",
		"EachMigrateStatement",
		"Undo",
		"EachUndo",
		"EachUndoStatement"
	], ...[
		"Validate",
		"Baseline",
		"Repair",
		"Info"
	]].flatMap((name) => [
		`before${name}`,
		`after${name}`,
		`after${name}Error`
	]),
	"beforeRepeatables",
	"afterVersioned",
	"afterMigrateApplied",
	"afterMigrateOperationFinish",
	"afterInfoOperationFinish",
	"createSchema",
	"beforeCreateSchema",
	"beforeConnect",
	"afterConnect"
];
/** Does the name end as a script of SQL does? Flyway compares suffixes without regard to case. */
function suffixOf(name, suffixes) {
	const upper = name.toUpperCase();
	const suffix = suffixes.find((one) => upper.endsWith(one.toUpperCase()));
	return suffix === void 0 ? null : name.slice(name.length - suffix.length);
}
/**
* Reads a file's name as `ResourceNameParser` does: suffix off, the longest prefix that fits, then everything up to
* the first separator is the version. Null for what is no script at all (`README.md`).
*/
function readName(name, settings) {
	const suffix = suffixOf(name, settings.suffixes);
	if (suffix === null) return null;
	const stem = name.slice(0, name.length - suffix.length);
	const [prefix, kind] = [...[
		[settings.prefix, "versioned"],
		[settings.repeatablePrefix, "repeatable"],
		[settings.baselinePrefix, "baseline"],
		[settings.undoPrefix, "undo"],
		...callbacks.map((event) => [event, "callback"])
	]].sort((a, b) => b[0].length - a[0].length).find(([one]) => stem.startsWith(one)) ?? ["", null];
	const example = `${settings.prefix}1.2${settings.separator}description${suffix}`;
	if (kind === null) return {
		kind: "invalid",
		reason: `its name begins with none of the prefixes; write ${example}`
	};
	const rest = stem.slice(prefix.length);
	const at = rest.indexOf(settings.separator);
	const before = at === -1 ? rest : rest.slice(0, at);
	const description = (at === -1 ? "" : rest.slice(at + settings.separator.length)).replaceAll("_", " ");
	if (kind === "callback" || kind === "repeatable") {
		if (before !== "") return {
			kind: "invalid",
			reason: `it must look like ${`${prefix}${settings.separator}${description || "description"}${suffix}`}`
		};
		return kind === "callback" ? {
			kind,
			event: prefix,
			description
		} : {
			kind,
			description
		};
	}
	if (before === "") return {
		kind: "invalid",
		reason: `it has no version; write ${example}`
	};
	const version = before.replaceAll("_", ".");
	if (versionParts(version) === null) return {
		kind: "invalid",
		reason: `${quoted$2(before)} is no version${at === -1 ? `: "${settings.separator}" must stand between version and description` : ""}; write ${example}`
	};
	return {
		kind,
		version,
		description
	};
}
const quoted$2 = (text) => `"${text.slice(0, 60)}"`;
/**
* `MigrationVersion.tokenize`: dotted whole numbers of any size, zeros at the end dropped, so that 1 is 1.0. Null for
* what is none.
*/
function versionParts(version) {
	const parts = version.split(/\.(?=\d)/);
	if (!parts.every((part) => /^[+-]?\d+$/.test(part))) return null;
	const numbers = parts.map(BigInt);
	while (numbers.length > 1 && numbers.at(-1) === 0n) numbers.pop();
	return numbers;
}
/** Negative when Flyway applies `left` first. What is no version sorts after all that are. */
function compareVersions(left, right) {
	const [a, b] = [versionParts(left), versionParts(right)];
	if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
	for (let part = 0; part < Math.max(a.length, b.length); part += 1) {
		const [x, y] = [a[part] ?? 0n, b[part] ?? 0n];
		if (x !== y) return x < y ? -1 : 1;
	}
	return 0;
}
// src/tools/flyway/bookkeeping.ts
/** The schema of the history table: the default one, or the first of `schemas`, or what the connection has. */
const schemaOf$2 = ({ defaultSchema, schemas }) => defaultSchema ?? schemas[0] ?? "public";
/** `PostgreSQLDatabase.getRawCreateScript` and what `SchemaHistory` inserts. */
function bookkeepingOf$1(settings) {
	const schema = schemaOf$2(settings);
	const table = qualified$1(schema, settings.table);
	const all = [.../* @__PURE__ */ new Set([schema, ...settings.schemas])].filter((name) => name !== "public");
	const rank = `(SELECT coalesce(max(installed_rank), 0) + 1 FROM ${table})`;
	return {
		setup: [
			...settings.createSchemas ? all.map((name) => `CREATE SCHEMA ${identifier$1(name)};`) : [],
			`CREATE TABLE ${table} (
    "installed_rank" INT NOT NULL,
    "version" VARCHAR(50),
    "description" VARCHAR(200) NOT NULL,
    "type" VARCHAR(20) NOT NULL,
    "script" VARCHAR(1000) NOT NULL,
    "checksum" INTEGER,
    "installed_by" VARCHAR(100) NOT NULL,
    "installed_on" TIMESTAMP NOT NULL DEFAULT now(),
    "execution_time" INTEGER NOT NULL,
    "success" BOOLEAN NOT NULL
);
ALTER TABLE ${table} ADD CONSTRAINT ${identifier$1(`${settings.table}_pk`)} PRIMARY KEY ("installed_rank");
CREATE INDEX ${identifier$1(`${settings.table}_s_idx`)} ON ${table} ("success");`,
			...settings.createSchemas && all.length > 0 ? [`INSERT INTO ${table} VALUES (0, NULL, '<< Flyway Schema Creation >>', 'SCHEMA', ${literal$2(all.map((name) => `"${name}"`).join(","))}, NULL, current_user, now(), 0, true);`] : []
		].join("\n"),
		before: () => schema === "public" ? "RESET ROLE; SELECT set_config('search_path', reset_val, false) FROM pg_catalog.pg_settings WHERE name = 'search_path';" : `RESET ROLE; SELECT set_config('search_path', ${literal$2(`"${schema.replaceAll("\"", "\"\"")}",`)} || reset_val, false) FROM pg_catalog.pg_settings WHERE name = 'search_path';`,
		after: (one) => `INSERT INTO ${table} VALUES (${rank}, ${row(one)}, current_user, now(), 0, true);`,
		undo: (one) => `DELETE FROM ${table} WHERE "version" = ${literal$2(one.version)};`,
		relations: [`${schema}.${settings.table}`]
	};
}
function row({ version, name, extra }) {
	const text = (value) => literal$2(String(value ?? ""));
	const description = name.length <= 200 ? name : `${name.slice(0, 197)}...`;
	const checksum = extra?.checksum === void 0 ? "NULL" : String(extra.checksum);
	return [
		versionParts(version) === null ? "NULL" : literal$2(version),
		literal$2(description),
		text(extra?.type),
		text(extra?.script),
		checksum
	].join(", ");
}
// src/tools/flyway/locations.ts
/**
* Where Flyway looks, for the database whose migrations are at `path`: the configured locations when `path` is one of
* them, else that directory alone.
*/
function placesOf(tree, path, settings) {
	const directory = treePath(path);
	const places = settings.locations.flatMap((location) => placeOf(tree, location) ?? []);
	if (!places.some(({ root }) => isWithin(directory, root) || isWithin(root, directory))) return [{
		root: directory,
		pattern: null
	}];
	return places.filter((place, index) => !places.some((other, at) => at !== index && other.pattern === null && isWithin(place.root, other.root) && (place.root !== other.root || at < index)));
}
/** The directory of one location, or null when the tree has none such (a path in a container, a bucket). */
function placeOf(tree, { text, from }) {
	const match = /^(?:(filesystem|classpath|s3|gcs):)?(.*)$/.exec(text.trim());
	const prefix = match?.[1];
	const written = (match?.[2] ?? "").replace(/\{vendor\}/g, "postgresql");
	if (prefix === "s3" || prefix === "gcs" || /\$\{|\$[a-zA-Z]/.test(written)) return null;
	const wild = written.split("/").findIndex((segment) => /[*?]/.test(segment));
	const fixed = wild === -1 ? written : written.split("/").slice(0, wild).join("/");
	const candidates = prefix === "filesystem" ? [resolved(from, fixed)] : [
		resolved(from, within$1("src/main/resources", treePath(fixed))),
		...prefix === void 0 ? [resolved(from, fixed)] : [],
		resolved(from, within$1("resources", treePath(fixed))),
		onlyResource(tree, treePath(fixed))
	];
	for (const root of candidates) {
		if (root === null || tree.under(root).length === 0) continue;
		return {
			root,
			pattern: wild === -1 ? null : wildcard(within$1(root, written.split("/").slice(wild).join("/")))
		};
	}
	return null;
}
/** `./sql`, `../db` and `src/x` from a directory; null above the root, and for paths of the machine. */
function resolved(from, path) {
	if (path.startsWith("/") || /^[A-Za-z]:/.test(path)) return null;
	const segments = from === "" ? [] : from.split("/");
	for (const segment of path.split("/")) {
		if (segment === "" || segment === ".") continue;
		if (segment !== "..") segments.push(segment);
		else if (segments.pop() === void 0) return null;
	}
	return segments.join("/");
}
/** A classpath's directory in another module of the repository, where only one has it. */
function onlyResource(tree, path) {
	if (path === "") return null;
	const tail = `src/main/resources/${path}/`;
	const roots = /* @__PURE__ */ new Set();
	for (const entry of tree.entries) {
		const at = `/${entry.path}`.indexOf(`/${tail}`);
		if (at !== -1) roots.add(entry.path.slice(0, at + tail.length - 1));
	}
	const [only] = roots;
	return roots.size === 1 ? only ?? null : null;
}
/** `*` is anything within a segment, `**` any segments, `?` one character; files below what matches belong to it. */
function wildcard(path) {
	const source = path.split("/").map((segment) => segment === "**" ? ".*" : segment.replace(/[.+^${}()|[\]\\]/g, "\\$&").replaceAll("*", "[^/]*").replaceAll("?", "[^/]")).join("/").replaceAll("/.*/", "/(?:.*/)?");
	return new RegExp(`^${source}/.+$`);
}
/**
* The files of a location: subdirectories too, hidden ones not. Where one directory holds a subdirectory a database
* (`h2`, `mysql`, `postgresql`), only PostgreSQL's counts.
*/
function filesAt(tree, { root, pattern }) {
	const below = tree.under(root).filter(({ path }) => {
		return !path.slice(root === "" ? 0 : root.length + 1).split("/").slice(0, -1).some((segment) => segment.startsWith("."));
	});
	const inside = pattern === null ? below : below.filter(({ path }) => pattern.test(path));
	const first = (path) => path.slice(root === "" ? 0 : root.length + 1).split("/");
	if (!inside.some(({ path }) => postgres.test(first(path)[0] ?? ""))) return inside;
	return inside.filter(({ path }) => {
		const [directory = "", ...rest] = first(path);
		return rest.length === 0 || nameOfOther(directory) === null;
	});
}
const postgres = /^(?:postgres(?:ql)?|pg)$/i;
/** Is a directory's name that of a kind of database? */
const isVendor = (name) => postgres.test(name) || nameOfOther(name) !== null;
// node_modules/xmlchars/xml/1.0/ed5.js
var require_ed5 = /* @__PURE__ */ __commonJSMin(((exports) => {
	/**
	* Character classes and associated utilities for the 5th edition of XML 1.0.
	*
	* @author Louis-Dominique Dubeau
	* @license MIT
	* @copyright Louis-Dominique Dubeau
	*/
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.CHAR = "	\n\r -퟿-�𐀀-􏿿";
	exports.S = " 	\r\n";
	exports.NAME_START_CHAR = ":A-Z_a-zÀ-ÖØ-öø-˿Ͱ-ͽͿ-῿‌‍⁰-↏Ⰰ-⿯、-퟿豈-﷏ﷰ-�𐀀-󯿿";
	exports.NAME_CHAR = "-" + exports.NAME_START_CHAR + ".0-9·̀-ͯ‿-⁀";
	exports.CHAR_RE = new RegExp("^[" + exports.CHAR + "]$", "u");
	exports.S_RE = new RegExp("^[" + exports.S + "]+$", "u");
	exports.NAME_START_CHAR_RE = new RegExp("^[" + exports.NAME_START_CHAR + "]$", "u");
	exports.NAME_CHAR_RE = new RegExp("^[" + exports.NAME_CHAR + "]$", "u");
	exports.NAME_RE = new RegExp("^[" + exports.NAME_START_CHAR + "][" + exports.NAME_CHAR + "]*$", "u");
	exports.NMTOKEN_RE = new RegExp("^[" + exports.NAME_CHAR + "]+$", "u");
	var TAB = 9;
	var NL = 10;
	var CR = 13;
	var SPACE = 32;
	/** All characters in the ``S`` production. */
	exports.S_LIST = [
		SPACE,
		NL,
		CR,
		TAB
	];
	/**
	* Determines whether a codepoint matches the ``CHAR`` production.
	*
	* @param c The code point.
	*
	* @returns ``true`` if the codepoint matches ``CHAR``.
	*/
	function isChar(c) {
		return c >= SPACE && c <= 55295 || c === NL || c === CR || c === TAB || c >= 57344 && c <= 65533 || c >= 65536 && c <= 1114111;
	}
	exports.isChar = isChar;
	/**
	* Determines whether a codepoint matches the ``S`` (space) production.
	*
	* @param c The code point.
	*
	* @returns ``true`` if the codepoint matches ``S``.
	*/
	function isS(c) {
		return c === SPACE || c === NL || c === CR || c === TAB;
	}
	exports.isS = isS;
	/**
	* Determines whether a codepoint matches the ``NAME_START_CHAR`` production.
	*
	* @param c The code point.
	*
	* @returns ``true`` if the codepoint matches ``NAME_START_CHAR``.
	*/
	function isNameStartChar(c) {
		return c >= 65 && c <= 90 || c >= 97 && c <= 122 || c === 58 || c === 95 || c === 8204 || c === 8205 || c >= 192 && c <= 214 || c >= 216 && c <= 246 || c >= 248 && c <= 767 || c >= 880 && c <= 893 || c >= 895 && c <= 8191 || c >= 8304 && c <= 8591 || c >= 11264 && c <= 12271 || c >= 12289 && c <= 55295 || c >= 63744 && c <= 64975 || c >= 65008 && c <= 65533 || c >= 65536 && c <= 983039;
	}
	exports.isNameStartChar = isNameStartChar;
	/**
	* Determines whether a codepoint matches the ``NAME_CHAR`` production.
	*
	* @param c The code point.
	*
	* @returns ``true`` if the codepoint matches ``NAME_CHAR``.
	*/
	function isNameChar(c) {
		return isNameStartChar(c) || c >= 48 && c <= 57 || c === 45 || c === 46 || c === 183 || c >= 768 && c <= 879 || c >= 8255 && c <= 8256;
	}
	exports.isNameChar = isNameChar;
}));
// node_modules/xmlchars/xml/1.1/ed2.js
var require_ed2 = /* @__PURE__ */ __commonJSMin(((exports) => {
	/**
	* Character classes and associated utilities for the 2nd edition of XML 1.1.
	*
	* @author Louis-Dominique Dubeau
	* @license MIT
	* @copyright Louis-Dominique Dubeau
	*/
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.CHAR = "-퟿-�𐀀-􏿿";
	exports.RESTRICTED_CHAR = "-\b\v\f---";
	exports.S = " 	\r\n";
	exports.NAME_START_CHAR = ":A-Z_a-zÀ-ÖØ-öø-˿Ͱ-ͽͿ-῿‌‍⁰-↏Ⰰ-⿯、-퟿豈-﷏ﷰ-�𐀀-󯿿";
	exports.NAME_CHAR = "-" + exports.NAME_START_CHAR + ".0-9·̀-ͯ‿-⁀";
	exports.CHAR_RE = new RegExp("^[" + exports.CHAR + "]$", "u");
	exports.RESTRICTED_CHAR_RE = new RegExp("^[" + exports.RESTRICTED_CHAR + "]$", "u");
	exports.S_RE = new RegExp("^[" + exports.S + "]+$", "u");
	exports.NAME_START_CHAR_RE = new RegExp("^[" + exports.NAME_START_CHAR + "]$", "u");
	exports.NAME_CHAR_RE = new RegExp("^[" + exports.NAME_CHAR + "]$", "u");
	exports.NAME_RE = new RegExp("^[" + exports.NAME_START_CHAR + "][" + exports.NAME_CHAR + "]*$", "u");
	exports.NMTOKEN_RE = new RegExp("^[" + exports.NAME_CHAR + "]+$", "u");
	var TAB = 9;
	var NL = 10;
	var CR = 13;
	var SPACE = 32;
	/** All characters in the ``S`` production. */
	exports.S_LIST = [
		SPACE,
		NL,
		CR,
		TAB
	];
	/**
	* Determines whether a codepoint matches the ``CHAR`` production.
	*
	* @param c The code point.
	*
	* @returns ``true`` if the codepoint matches ``CHAR``.
	*/
	function isChar(c) {
		return c >= 1 && c <= 55295 || c >= 57344 && c <= 65533 || c >= 65536 && c <= 1114111;
	}
	exports.isChar = isChar;
	/**
	* Determines whether a codepoint matches the ``RESTRICTED_CHAR`` production.
	*
	* @param c The code point.
	*
	* @returns ``true`` if the codepoint matches ``RESTRICTED_CHAR``.
	*/
	function isRestrictedChar(c) {
		return c >= 1 && c <= 8 || c === 11 || c === 12 || c >= 14 && c <= 31 || c >= 127 && c <= 132 || c >= 134 && c <= 159;
	}
	exports.isRestrictedChar = isRestrictedChar;
	/**
	* Determines whether a codepoint matches the ``CHAR`` production and does not
	* match the ``RESTRICTED_CHAR`` production. ``isCharAndNotRestricted(x)`` is
	* equivalent to ``isChar(x) && !isRestrictedChar(x)``. This function is faster
	* than running the two-call equivalent.
	*
	* @param c The code point.
	*
	* @returns ``true`` if the codepoint matches ``CHAR`` and does not match
	* ``RESTRICTED_CHAR``.
	*/
	function isCharAndNotRestricted(c) {
		return c === 9 || c === 10 || c === 13 || c > 31 && c < 127 || c === 133 || c > 159 && c <= 55295 || c >= 57344 && c <= 65533 || c >= 65536 && c <= 1114111;
	}
	exports.isCharAndNotRestricted = isCharAndNotRestricted;
	/**
	* Determines whether a codepoint matches the ``S`` (space) production.
	*
	* @param c The code point.
	*
	* @returns ``true`` if the codepoint matches ``S``.
	*/
	function isS(c) {
		return c === SPACE || c === NL || c === CR || c === TAB;
	}
	exports.isS = isS;
	/**
	* Determines whether a codepoint matches the ``NAME_START_CHAR`` production.
	*
	* @param c The code point.
	*
	* @returns ``true`` if the codepoint matches ``NAME_START_CHAR``.
	*/
	function isNameStartChar(c) {
		return c >= 65 && c <= 90 || c >= 97 && c <= 122 || c === 58 || c === 95 || c === 8204 || c === 8205 || c >= 192 && c <= 214 || c >= 216 && c <= 246 || c >= 248 && c <= 767 || c >= 880 && c <= 893 || c >= 895 && c <= 8191 || c >= 8304 && c <= 8591 || c >= 11264 && c <= 12271 || c >= 12289 && c <= 55295 || c >= 63744 && c <= 64975 || c >= 65008 && c <= 65533 || c >= 65536 && c <= 983039;
	}
	exports.isNameStartChar = isNameStartChar;
	/**
	* Determines whether a codepoint matches the ``NAME_CHAR`` production.
	*
	* @param c The code point.
	*
	* @returns ``true`` if the codepoint matches ``NAME_CHAR``.
	*/
	function isNameChar(c) {
		return isNameStartChar(c) || c >= 48 && c <= 57 || c === 45 || c === 46 || c === 183 || c >= 768 && c <= 879 || c >= 8255 && c <= 8256;
	}
	exports.isNameChar = isNameChar;
}));
// node_modules/xmlchars/xmlns/1.0/ed3.js
var require_ed3 = /* @__PURE__ */ __commonJSMin(((exports) => {
	/**
	* Character class utilities for XML NS 1.0 edition 3.
	*
	* @author Louis-Dominique Dubeau
	* @license MIT
	* @copyright Louis-Dominique Dubeau
	*/
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.NC_NAME_START_CHAR = "A-Z_a-zÀ-ÖØ-öø-˿Ͱ-ͽͿ-῿‌-‍⁰-↏Ⰰ-⿯、-퟿豈-﷏ﷰ-�𐀀-󯿿";
	exports.NC_NAME_CHAR = "-" + exports.NC_NAME_START_CHAR + ".0-9·̀-ͯ‿-⁀";
	exports.NC_NAME_START_CHAR_RE = new RegExp("^[" + exports.NC_NAME_START_CHAR + "]$", "u");
	exports.NC_NAME_CHAR_RE = new RegExp("^[" + exports.NC_NAME_CHAR + "]$", "u");
	exports.NC_NAME_RE = new RegExp("^[" + exports.NC_NAME_START_CHAR + "][" + exports.NC_NAME_CHAR + "]*$", "u");
	/**
	* Determines whether a codepoint matches [[NC_NAME_START_CHAR]].
	*
	* @param c The code point.
	*
	* @returns ``true`` if the codepoint matches.
	*/
	function isNCNameStartChar(c) {
		return c >= 65 && c <= 90 || c === 95 || c >= 97 && c <= 122 || c >= 192 && c <= 214 || c >= 216 && c <= 246 || c >= 248 && c <= 767 || c >= 880 && c <= 893 || c >= 895 && c <= 8191 || c >= 8204 && c <= 8205 || c >= 8304 && c <= 8591 || c >= 11264 && c <= 12271 || c >= 12289 && c <= 55295 || c >= 63744 && c <= 64975 || c >= 65008 && c <= 65533 || c >= 65536 && c <= 983039;
	}
	exports.isNCNameStartChar = isNCNameStartChar;
	/**
	* Determines whether a codepoint matches [[NC_NAME_CHAR]].
	*
	* @param c The code point.
	*
	* @returns ``true`` if the codepoint matches.
	*/
	function isNCNameChar(c) {
		return isNCNameStartChar(c) || c === 45 || c === 46 || c >= 48 && c <= 57 || c === 183 || c >= 768 && c <= 879 || c >= 8255 && c <= 8256;
	}
	exports.isNCNameChar = isNCNameChar;
}));
// src/tools/reading/xml.ts
var import_saxes = (/* @__PURE__ */ __commonJSMin(((exports) => {
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.SaxesParser = exports.EVENTS = void 0;
	const ed5 = require_ed5();
	const ed2 = require_ed2();
	const NSed3 = require_ed3();
	var isS = ed5.isS;
	var isChar10 = ed5.isChar;
	var isNameStartChar = ed5.isNameStartChar;
	var isNameChar = ed5.isNameChar;
	var S_LIST = ed5.S_LIST;
	var NAME_RE = ed5.NAME_RE;
	var isChar11 = ed2.isChar;
	var isNCNameStartChar = NSed3.isNCNameStartChar;
	var isNCNameChar = NSed3.isNCNameChar;
	var NC_NAME_RE = NSed3.NC_NAME_RE;
	const XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace";
	const XMLNS_NAMESPACE = "http://www.w3.org/2000/xmlns/";
	const rootNS = {
		__proto__: null,
		xml: XML_NAMESPACE,
		xmlns: XMLNS_NAMESPACE
	};
	const XML_ENTITIES = {
		__proto__: null,
		amp: "&",
		gt: ">",
		lt: "<",
		quot: "\"",
		apos: "'"
	};
	const EOC = -1;
	const NL_LIKE = -2;
	const S_BEGIN = 0;
	const S_BEGIN_WHITESPACE = 1;
	const S_DOCTYPE = 2;
	const S_DOCTYPE_QUOTE = 3;
	const S_DTD = 4;
	const S_DTD_QUOTED = 5;
	const S_DTD_OPEN_WAKA = 6;
	const S_DTD_OPEN_WAKA_BANG = 7;
	const S_DTD_COMMENT = 8;
	const S_DTD_COMMENT_ENDING = 9;
	const S_DTD_COMMENT_ENDED = 10;
	const S_DTD_PI = 11;
	const S_DTD_PI_ENDING = 12;
	const S_TEXT = 13;
	const S_ENTITY = 14;
	const S_OPEN_WAKA = 15;
	const S_OPEN_WAKA_BANG = 16;
	const S_COMMENT = 17;
	const S_COMMENT_ENDING = 18;
	const S_COMMENT_ENDED = 19;
	const S_CDATA = 20;
	const S_CDATA_ENDING = 21;
	const S_CDATA_ENDING_2 = 22;
	const S_PI_FIRST_CHAR = 23;
	const S_PI_REST = 24;
	const S_PI_BODY = 25;
	const S_PI_ENDING = 26;
	const S_XML_DECL_NAME_START = 27;
	const S_XML_DECL_NAME = 28;
	const S_XML_DECL_EQ = 29;
	const S_XML_DECL_VALUE_START = 30;
	const S_XML_DECL_VALUE = 31;
	const S_XML_DECL_SEPARATOR = 32;
	const S_XML_DECL_ENDING = 33;
	const S_OPEN_TAG = 34;
	const S_OPEN_TAG_SLASH = 35;
	const S_ATTRIB = 36;
	const S_ATTRIB_NAME = 37;
	const S_ATTRIB_NAME_SAW_WHITE = 38;
	const S_ATTRIB_VALUE = 39;
	const S_ATTRIB_VALUE_QUOTED = 40;
	const S_ATTRIB_VALUE_CLOSED = 41;
	const S_ATTRIB_VALUE_UNQUOTED = 42;
	const S_CLOSE_TAG = 43;
	const S_CLOSE_TAG_SAW_WHITE = 44;
	const TAB = 9;
	const NL = 10;
	const CR = 13;
	const SPACE = 32;
	const BANG = 33;
	const DQUOTE = 34;
	const AMP = 38;
	const SQUOTE = 39;
	const MINUS = 45;
	const FORWARD_SLASH = 47;
	const SEMICOLON = 59;
	const LESS = 60;
	const EQUAL = 61;
	const GREATER = 62;
	const QUESTION = 63;
	const OPEN_BRACKET = 91;
	const CLOSE_BRACKET = 93;
	const NEL = 133;
	const LS = 8232;
	const isQuote = (c) => c === DQUOTE || c === SQUOTE;
	const QUOTES = [DQUOTE, SQUOTE];
	const DOCTYPE_TERMINATOR = [
		...QUOTES,
		OPEN_BRACKET,
		GREATER
	];
	const DTD_TERMINATOR = [
		...QUOTES,
		LESS,
		CLOSE_BRACKET
	];
	const XML_DECL_NAME_TERMINATOR = [
		EQUAL,
		QUESTION,
		...S_LIST
	];
	const ATTRIB_VALUE_UNQUOTED_TERMINATOR = [
		...S_LIST,
		GREATER,
		AMP,
		LESS
	];
	function nsPairCheck(parser, prefix, uri) {
		switch (prefix) {
			case "xml":
				if (uri !== XML_NAMESPACE) parser.fail(`xml prefix must be bound to ${XML_NAMESPACE}.`);
				break;
			case "xmlns": if (uri !== XMLNS_NAMESPACE) parser.fail(`xmlns prefix must be bound to ${XMLNS_NAMESPACE}.`);
		}
		switch (uri) {
			case XMLNS_NAMESPACE:
				parser.fail(prefix === "" ? `the default namespace may not be set to ${uri}.` : `may not assign a prefix (even "xmlns") to the URI \
${XMLNS_NAMESPACE}.`);
				break;
			case XML_NAMESPACE: switch (prefix) {
				case "xml": break;
				case "":
					parser.fail(`the default namespace may not be set to ${uri}.`);
					break;
				default: parser.fail("may not assign the xml namespace to another prefix.");
			}
		}
	}
	function nsMappingCheck(parser, mapping) {
		for (const local of Object.keys(mapping)) nsPairCheck(parser, local, mapping[local]);
	}
	const isNCName = (name) => NC_NAME_RE.test(name);
	const isName = (name) => NAME_RE.test(name);
	const FORBIDDEN_START = 0;
	const FORBIDDEN_BRACKET = 1;
	const FORBIDDEN_BRACKET_BRACKET = 2;
	/**
	* The list of supported events.
	*/
	exports.EVENTS = [
		"xmldecl",
		"text",
		"processinginstruction",
		"doctype",
		"comment",
		"opentagstart",
		"attribute",
		"opentag",
		"closetag",
		"cdata",
		"error",
		"end",
		"ready"
	];
	const EVENT_NAME_TO_HANDLER_NAME = {
		xmldecl: "xmldeclHandler",
		text: "textHandler",
		processinginstruction: "piHandler",
		doctype: "doctypeHandler",
		comment: "commentHandler",
		opentagstart: "openTagStartHandler",
		attribute: "attributeHandler",
		opentag: "openTagHandler",
		closetag: "closeTagHandler",
		cdata: "cdataHandler",
		error: "errorHandler",
		end: "endHandler",
		ready: "readyHandler"
	};
	var SaxesParser = class {
		/**
		* @param opt The parser options.
		*/
		constructor(opt) {
			this.opt = opt !== null && opt !== void 0 ? opt : {};
			this.fragmentOpt = !!this.opt.fragment;
			const xmlnsOpt = this.xmlnsOpt = !!this.opt.xmlns;
			this.trackPosition = this.opt.position !== false;
			this.fileName = this.opt.fileName;
			if (xmlnsOpt) {
				this.nameStartCheck = isNCNameStartChar;
				this.nameCheck = isNCNameChar;
				this.isName = isNCName;
				this.processAttribs = this.processAttribsNS;
				this.pushAttrib = this.pushAttribNS;
				this.ns = Object.assign({ __proto__: null }, rootNS);
				const additional = this.opt.additionalNamespaces;
				if (additional != null) {
					nsMappingCheck(this, additional);
					Object.assign(this.ns, additional);
				}
			} else {
				this.nameStartCheck = isNameStartChar;
				this.nameCheck = isNameChar;
				this.isName = isName;
				this.processAttribs = this.processAttribsPlain;
				this.pushAttrib = this.pushAttribPlain;
			}
			this.stateTable = [
				this.sBegin,
				this.sBeginWhitespace,
				this.sDoctype,
				this.sDoctypeQuote,
				this.sDTD,
				this.sDTDQuoted,
				this.sDTDOpenWaka,
				this.sDTDOpenWakaBang,
				this.sDTDComment,
				this.sDTDCommentEnding,
				this.sDTDCommentEnded,
				this.sDTDPI,
				this.sDTDPIEnding,
				this.sText,
				this.sEntity,
				this.sOpenWaka,
				this.sOpenWakaBang,
				this.sComment,
				this.sCommentEnding,
				this.sCommentEnded,
				this.sCData,
				this.sCDataEnding,
				this.sCDataEnding2,
				this.sPIFirstChar,
				this.sPIRest,
				this.sPIBody,
				this.sPIEnding,
				this.sXMLDeclNameStart,
				this.sXMLDeclName,
				this.sXMLDeclEq,
				this.sXMLDeclValueStart,
				this.sXMLDeclValue,
				this.sXMLDeclSeparator,
				this.sXMLDeclEnding,
				this.sOpenTag,
				this.sOpenTagSlash,
				this.sAttrib,
				this.sAttribName,
				this.sAttribNameSawWhite,
				this.sAttribValue,
				this.sAttribValueQuoted,
				this.sAttribValueClosed,
				this.sAttribValueUnquoted,
				this.sCloseTag,
				this.sCloseTagSawWhite
			];
			this._init();
		}
		/**
		* Indicates whether or not the parser is closed. If ``true``, wait for
		* the ``ready`` event to write again.
		*/
		get closed() {
			return this._closed;
		}
		_init() {
			var _a;
			this.openWakaBang = "";
			this.text = "";
			this.name = "";
			this.piTarget = "";
			this.entity = "";
			this.q = null;
			this.tags = [];
			this.tag = null;
			this.topNS = null;
			this.chunk = "";
			this.chunkPosition = 0;
			this.i = 0;
			this.prevI = 0;
			this.carriedFromPrevious = void 0;
			this.forbiddenState = FORBIDDEN_START;
			this.attribList = [];
			const { fragmentOpt } = this;
			this.state = fragmentOpt ? S_TEXT : S_BEGIN;
			this.reportedTextBeforeRoot = this.reportedTextAfterRoot = this.closedRoot = this.sawRoot = fragmentOpt;
			this.xmlDeclPossible = !fragmentOpt;
			this.xmlDeclExpects = ["version"];
			this.entityReturnState = void 0;
			let { defaultXMLVersion } = this.opt;
			if (defaultXMLVersion === void 0) {
				if (this.opt.forceXMLVersion === true) throw new Error("forceXMLVersion set but defaultXMLVersion is not set");
				defaultXMLVersion = "1.0";
			}
			this.setXMLVersion(defaultXMLVersion);
			this.positionAtNewLine = 0;
			this.doctype = false;
			this._closed = false;
			this.xmlDecl = {
				version: void 0,
				encoding: void 0,
				standalone: void 0
			};
			this.line = 1;
			this.column = 0;
			this.ENTITIES = Object.create(XML_ENTITIES);
			(_a = this.readyHandler) === null || _a === void 0 || _a.call(this);
		}
		/**
		* The stream position the parser is currently looking at. This field is
		* zero-based.
		*
		* This field is not based on counting Unicode characters but is to be
		* interpreted as a plain index into a JavaScript string.
		*/
		get position() {
			return this.chunkPosition + this.i;
		}
		/**
		* The column number of the next character to be read by the parser.  *
		* This field is zero-based. (The first column in a line is 0.)
		*
		* This field reports the index at which the next character would be in the
		* line if the line were represented as a JavaScript string.  Note that this
		* *can* be different to a count based on the number of *Unicode characters*
		* due to how JavaScript handles astral plane characters.
		*
		* See [[column]] for a number that corresponds to a count of Unicode
		* characters.
		*/
		get columnIndex() {
			return this.position - this.positionAtNewLine;
		}
		/**
		* Set an event listener on an event. The parser supports one handler per
		* event type. If you try to set an event handler over an existing handler,
		* the old handler is silently overwritten.
		*
		* @param name The event to listen to.
		*
		* @param handler The handler to set.
		*/
		on(name, handler) {
			this[EVENT_NAME_TO_HANDLER_NAME[name]] = handler;
		}
		/**
		* Unset an event handler.
		*
		* @parma name The event to stop listening to.
		*/
		off(name) {
			this[EVENT_NAME_TO_HANDLER_NAME[name]] = void 0;
		}
		/**
		* Make an error object. The error object will have a message that contains
		* the ``fileName`` option passed at the creation of the parser. If position
		* tracking was turned on, it will also have line and column number
		* information.
		*
		* @param message The message describing the error to report.
		*
		* @returns An error object with a properly formatted message.
		*/
		makeError(message) {
			var _a;
			let msg = (_a = this.fileName) !== null && _a !== void 0 ? _a : "";
			if (this.trackPosition) {
				if (msg.length > 0) msg += ":";
				msg += `${this.line}:${this.column}`;
			}
			if (msg.length > 0) msg += ": ";
			return new Error(msg + message);
		}
		/**
		* Report a parsing error. This method is made public so that client code may
		* check for issues that are outside the scope of this project and can report
		* errors.
		*
		* @param message The error to report.
		*
		* @returns this
		*/
		fail(message) {
			const err = this.makeError(message);
			const handler = this.errorHandler;
			if (handler === void 0) throw err;
			else handler(err);
			return this;
		}
		/**
		* Write a XML data to the parser.
		*
		* @param chunk The XML data to write.
		*
		* @returns this
		*/
		write(chunk) {
			if (this.closed) return this.fail("cannot write after close; assign an onready handler.");
			let end = false;
			if (chunk === null) {
				end = true;
				chunk = "";
			} else if (typeof chunk === "object") chunk = chunk.toString();
			if (this.carriedFromPrevious !== void 0) {
				chunk = `${this.carriedFromPrevious}${chunk}`;
				this.carriedFromPrevious = void 0;
			}
			let limit = chunk.length;
			const lastCode = chunk.charCodeAt(limit - 1);
			if (!end && (lastCode === CR || lastCode >= 55296 && lastCode <= 56319)) {
				this.carriedFromPrevious = chunk[limit - 1];
				limit--;
				chunk = chunk.slice(0, limit);
			}
			const { stateTable } = this;
			this.chunk = chunk;
			this.i = 0;
			while (this.i < limit) stateTable[this.state].call(this);
			this.chunkPosition += limit;
			return end ? this.end() : this;
		}
		/**
		* Close the current stream. Perform final well-formedness checks and reset
		* the parser tstate.
		*
		* @returns this
		*/
		close() {
			return this.write(null);
		}
		/**
		* Get a single code point out of the current chunk. This updates the current
		* position if we do position tracking.
		*
		* This is the algorithm to use for XML 1.0.
		*
		* @returns The character read.
		*/
		getCode10() {
			const { chunk, i } = this;
			this.prevI = i;
			this.i = i + 1;
			if (i >= chunk.length) return EOC;
			const code = chunk.charCodeAt(i);
			this.column++;
			if (code < 55296) {
				if (code >= SPACE || code === TAB) return code;
				switch (code) {
					case NL:
						this.line++;
						this.column = 0;
						this.positionAtNewLine = this.position;
						return NL;
					case CR:
						if (chunk.charCodeAt(i + 1) === NL) this.i = i + 2;
						this.line++;
						this.column = 0;
						this.positionAtNewLine = this.position;
						return NL_LIKE;
					default:
						this.fail("disallowed character.");
						return code;
				}
			}
			if (code > 56319) {
				if (!(code >= 57344 && code <= 65533)) this.fail("disallowed character.");
				return code;
			}
			const final = 65536 + (code - 55296) * 1024 + (chunk.charCodeAt(i + 1) - 56320);
			this.i = i + 2;
			if (final > 1114111) this.fail("disallowed character.");
			return final;
		}
		/**
		* Get a single code point out of the current chunk. This updates the current
		* position if we do position tracking.
		*
		* This is the algorithm to use for XML 1.1.
		*
		* @returns {number} The character read.
		*/
		getCode11() {
			const { chunk, i } = this;
			this.prevI = i;
			this.i = i + 1;
			if (i >= chunk.length) return EOC;
			const code = chunk.charCodeAt(i);
			this.column++;
			if (code < 55296) {
				if (code > 31 && code < 127 || code > 159 && code !== LS || code === TAB) return code;
				switch (code) {
					case NL:
						this.line++;
						this.column = 0;
						this.positionAtNewLine = this.position;
						return NL;
					case CR: {
						const next = chunk.charCodeAt(i + 1);
						if (next === NL || next === NEL) this.i = i + 2;
					}
					case NEL:
					case LS:
						this.line++;
						this.column = 0;
						this.positionAtNewLine = this.position;
						return NL_LIKE;
					default:
						this.fail("disallowed character.");
						return code;
				}
			}
			if (code > 56319) {
				if (!(code >= 57344 && code <= 65533)) this.fail("disallowed character.");
				return code;
			}
			const final = 65536 + (code - 55296) * 1024 + (chunk.charCodeAt(i + 1) - 56320);
			this.i = i + 2;
			if (final > 1114111) this.fail("disallowed character.");
			return final;
		}
		/**
		* Like ``getCode`` but with the return value normalized so that ``NL`` is
		* returned for ``NL_LIKE``.
		*/
		getCodeNorm() {
			const c = this.getCode();
			return c === NL_LIKE ? NL : c;
		}
		unget() {
			this.i = this.prevI;
			this.column--;
		}
		/**
		* Capture characters into a buffer until encountering one of a set of
		* characters.
		*
		* @param chars An array of codepoints. Encountering a character in the array
		* ends the capture. (``chars`` may safely contain ``NL``.)
		*
		* @return The character code that made the capture end, or ``EOC`` if we hit
		* the end of the chunk. The return value cannot be NL_LIKE: NL is returned
		* instead.
		*/
		captureTo(chars) {
			let { i: start } = this;
			const { chunk } = this;
			while (true) {
				const c = this.getCode();
				const isNLLike = c === NL_LIKE;
				const final = isNLLike ? NL : c;
				if (final === EOC || chars.includes(final)) {
					this.text += chunk.slice(start, this.prevI);
					return final;
				}
				if (isNLLike) {
					this.text += `${chunk.slice(start, this.prevI)}\n`;
					start = this.i;
				}
			}
		}
		/**
		* Capture characters into a buffer until encountering a character.
		*
		* @param char The codepoint that ends the capture. **NOTE ``char`` MAY NOT
		* CONTAIN ``NL``.** Passing ``NL`` will result in buggy behavior.
		*
		* @return ``true`` if we ran into the character. Otherwise, we ran into the
		* end of the current chunk.
		*/
		captureToChar(char) {
			let { i: start } = this;
			const { chunk } = this;
			while (true) {
				let c = this.getCode();
				switch (c) {
					case NL_LIKE:
						this.text += `${chunk.slice(start, this.prevI)}\n`;
						start = this.i;
						c = NL;
						break;
					case EOC:
						this.text += chunk.slice(start);
						return false;
				}
				if (c === char) {
					this.text += chunk.slice(start, this.prevI);
					return true;
				}
			}
		}
		/**
		* Capture characters that satisfy ``isNameChar`` into the ``name`` field of
		* this parser.
		*
		* @return The character code that made the test fail, or ``EOC`` if we hit
		* the end of the chunk. The return value cannot be NL_LIKE: NL is returned
		* instead.
		*/
		captureNameChars() {
			const { chunk, i: start } = this;
			while (true) {
				const c = this.getCode();
				if (c === EOC) {
					this.name += chunk.slice(start);
					return EOC;
				}
				if (!isNameChar(c)) {
					this.name += chunk.slice(start, this.prevI);
					return c === NL_LIKE ? NL : c;
				}
			}
		}
		/**
		* Skip white spaces.
		*
		* @return The character that ended the skip, or ``EOC`` if we hit
		* the end of the chunk. The return value cannot be NL_LIKE: NL is returned
		* instead.
		*/
		skipSpaces() {
			while (true) {
				const c = this.getCodeNorm();
				if (c === EOC || !isS(c)) return c;
			}
		}
		setXMLVersion(version) {
			this.currentXMLVersion = version;
			if (version === "1.0") {
				this.isChar = isChar10;
				this.getCode = this.getCode10;
			} else {
				this.isChar = isChar11;
				this.getCode = this.getCode11;
			}
		}
		sBegin() {
			if (this.chunk.charCodeAt(0) === 65279) {
				this.i++;
				this.column++;
			}
			this.state = S_BEGIN_WHITESPACE;
		}
		sBeginWhitespace() {
			const iBefore = this.i;
			const c = this.skipSpaces();
			if (this.prevI !== iBefore) this.xmlDeclPossible = false;
			switch (c) {
				case LESS:
					this.state = S_OPEN_WAKA;
					if (this.text.length !== 0) throw new Error("no-empty text at start");
					break;
				case EOC: break;
				default:
					this.unget();
					this.state = S_TEXT;
					this.xmlDeclPossible = false;
			}
		}
		sDoctype() {
			var _a;
			const c = this.captureTo(DOCTYPE_TERMINATOR);
			switch (c) {
				case GREATER:
					(_a = this.doctypeHandler) === null || _a === void 0 || _a.call(this, this.text);
					this.text = "";
					this.state = S_TEXT;
					this.doctype = true;
					break;
				case EOC: break;
				default:
					this.text += String.fromCodePoint(c);
					if (c === OPEN_BRACKET) this.state = S_DTD;
					else if (isQuote(c)) {
						this.state = S_DOCTYPE_QUOTE;
						this.q = c;
					}
			}
		}
		sDoctypeQuote() {
			const q = this.q;
			if (this.captureToChar(q)) {
				this.text += String.fromCodePoint(q);
				this.q = null;
				this.state = S_DOCTYPE;
			}
		}
		sDTD() {
			const c = this.captureTo(DTD_TERMINATOR);
			if (c === EOC) return;
			this.text += String.fromCodePoint(c);
			if (c === CLOSE_BRACKET) this.state = S_DOCTYPE;
			else if (c === LESS) this.state = S_DTD_OPEN_WAKA;
			else if (isQuote(c)) {
				this.state = S_DTD_QUOTED;
				this.q = c;
			}
		}
		sDTDQuoted() {
			const q = this.q;
			if (this.captureToChar(q)) {
				this.text += String.fromCodePoint(q);
				this.state = S_DTD;
				this.q = null;
			}
		}
		sDTDOpenWaka() {
			const c = this.getCodeNorm();
			this.text += String.fromCodePoint(c);
			switch (c) {
				case BANG:
					this.state = S_DTD_OPEN_WAKA_BANG;
					this.openWakaBang = "";
					break;
				case QUESTION:
					this.state = S_DTD_PI;
					break;
				default: this.state = S_DTD;
			}
		}
		sDTDOpenWakaBang() {
			const char = String.fromCodePoint(this.getCodeNorm());
			const owb = this.openWakaBang += char;
			this.text += char;
			if (owb !== "-") {
				this.state = owb === "--" ? S_DTD_COMMENT : S_DTD;
				this.openWakaBang = "";
			}
		}
		sDTDComment() {
			if (this.captureToChar(MINUS)) {
				this.text += "-";
				this.state = S_DTD_COMMENT_ENDING;
			}
		}
		sDTDCommentEnding() {
			const c = this.getCodeNorm();
			this.text += String.fromCodePoint(c);
			this.state = c === MINUS ? S_DTD_COMMENT_ENDED : S_DTD_COMMENT;
		}
		sDTDCommentEnded() {
			const c = this.getCodeNorm();
			this.text += String.fromCodePoint(c);
			if (c === GREATER) this.state = S_DTD;
			else {
				this.fail("malformed comment.");
				this.state = S_DTD_COMMENT;
			}
		}
		sDTDPI() {
			if (this.captureToChar(QUESTION)) {
				this.text += "?";
				this.state = S_DTD_PI_ENDING;
			}
		}
		sDTDPIEnding() {
			const c = this.getCodeNorm();
			this.text += String.fromCodePoint(c);
			if (c === GREATER) this.state = S_DTD;
		}
		sText() {
			if (this.tags.length !== 0) this.handleTextInRoot();
			else this.handleTextOutsideRoot();
		}
		sEntity() {
			let { i: start } = this;
			const { chunk } = this;
			loop: while (true) switch (this.getCode()) {
				case NL_LIKE:
					this.entity += `${chunk.slice(start, this.prevI)}\n`;
					start = this.i;
					break;
				case SEMICOLON: {
					const { entityReturnState } = this;
					const entity = this.entity + chunk.slice(start, this.prevI);
					this.state = entityReturnState;
					let parsed;
					if (entity === "") {
						this.fail("empty entity name.");
						parsed = "&;";
					} else {
						parsed = this.parseEntity(entity);
						this.entity = "";
					}
					if (entityReturnState !== S_TEXT || this.textHandler !== void 0) this.text += parsed;
					break loop;
				}
				case EOC:
					this.entity += chunk.slice(start);
					break loop;
			}
		}
		sOpenWaka() {
			const c = this.getCode();
			if (isNameStartChar(c)) {
				this.state = S_OPEN_TAG;
				this.unget();
				this.xmlDeclPossible = false;
			} else switch (c) {
				case FORWARD_SLASH:
					this.state = S_CLOSE_TAG;
					this.xmlDeclPossible = false;
					break;
				case BANG:
					this.state = S_OPEN_WAKA_BANG;
					this.openWakaBang = "";
					this.xmlDeclPossible = false;
					break;
				case QUESTION:
					this.state = S_PI_FIRST_CHAR;
					break;
				default:
					this.fail("disallowed character in tag name");
					this.state = S_TEXT;
					this.xmlDeclPossible = false;
			}
		}
		sOpenWakaBang() {
			this.openWakaBang += String.fromCodePoint(this.getCodeNorm());
			switch (this.openWakaBang) {
				case "[CDATA[":
					if (!this.sawRoot && !this.reportedTextBeforeRoot) {
						this.fail("text data outside of root node.");
						this.reportedTextBeforeRoot = true;
					}
					if (this.closedRoot && !this.reportedTextAfterRoot) {
						this.fail("text data outside of root node.");
						this.reportedTextAfterRoot = true;
					}
					this.state = S_CDATA;
					this.openWakaBang = "";
					break;
				case "--":
					this.state = S_COMMENT;
					this.openWakaBang = "";
					break;
				case "DOCTYPE":
					this.state = S_DOCTYPE;
					if (this.doctype || this.sawRoot) this.fail("inappropriately located doctype declaration.");
					this.openWakaBang = "";
					break;
				default: if (this.openWakaBang.length >= 7) this.fail("incorrect syntax.");
			}
		}
		sComment() {
			if (this.captureToChar(MINUS)) this.state = S_COMMENT_ENDING;
		}
		sCommentEnding() {
			var _a;
			const c = this.getCodeNorm();
			if (c === MINUS) {
				this.state = S_COMMENT_ENDED;
				(_a = this.commentHandler) === null || _a === void 0 || _a.call(this, this.text);
				this.text = "";
			} else {
				this.text += `-${String.fromCodePoint(c)}`;
				this.state = S_COMMENT;
			}
		}
		sCommentEnded() {
			const c = this.getCodeNorm();
			if (c !== GREATER) {
				this.fail("malformed comment.");
				this.text += `--${String.fromCodePoint(c)}`;
				this.state = S_COMMENT;
			} else this.state = S_TEXT;
		}
		sCData() {
			if (this.captureToChar(CLOSE_BRACKET)) this.state = S_CDATA_ENDING;
		}
		sCDataEnding() {
			const c = this.getCodeNorm();
			if (c === CLOSE_BRACKET) this.state = S_CDATA_ENDING_2;
			else {
				this.text += `]${String.fromCodePoint(c)}`;
				this.state = S_CDATA;
			}
		}
		sCDataEnding2() {
			var _a;
			const c = this.getCodeNorm();
			switch (c) {
				case GREATER:
					(_a = this.cdataHandler) === null || _a === void 0 || _a.call(this, this.text);
					this.text = "";
					this.state = S_TEXT;
					break;
				case CLOSE_BRACKET:
					this.text += "]";
					break;
				default:
					this.text += `]]${String.fromCodePoint(c)}`;
					this.state = S_CDATA;
			}
		}
		sPIFirstChar() {
			const c = this.getCodeNorm();
			if (this.nameStartCheck(c)) {
				this.piTarget += String.fromCodePoint(c);
				this.state = S_PI_REST;
			} else if (c === QUESTION || isS(c)) {
				this.fail("processing instruction without a target.");
				this.state = c === QUESTION ? S_PI_ENDING : S_PI_BODY;
			} else {
				this.fail("disallowed character in processing instruction name.");
				this.piTarget += String.fromCodePoint(c);
				this.state = S_PI_REST;
			}
		}
		sPIRest() {
			const { chunk, i: start } = this;
			while (true) {
				const c = this.getCodeNorm();
				if (c === EOC) {
					this.piTarget += chunk.slice(start);
					return;
				}
				if (!this.nameCheck(c)) {
					this.piTarget += chunk.slice(start, this.prevI);
					const isQuestion = c === QUESTION;
					if (isQuestion || isS(c)) {
						if (this.piTarget === "xml") {
							if (!this.xmlDeclPossible) this.fail("an XML declaration must be at the start of the document.");
							this.state = isQuestion ? S_XML_DECL_ENDING : S_XML_DECL_NAME_START;
						} else this.state = isQuestion ? S_PI_ENDING : S_PI_BODY;
					} else {
						this.fail("disallowed character in processing instruction name.");
						this.piTarget += String.fromCodePoint(c);
					}
					break;
				}
			}
		}
		sPIBody() {
			if (this.text.length === 0) {
				const c = this.getCodeNorm();
				if (c === QUESTION) this.state = S_PI_ENDING;
				else if (!isS(c)) this.text = String.fromCodePoint(c);
			} else if (this.captureToChar(QUESTION)) this.state = S_PI_ENDING;
		}
		sPIEnding() {
			var _a;
			const c = this.getCodeNorm();
			if (c === GREATER) {
				const { piTarget } = this;
				if (piTarget.toLowerCase() === "xml") this.fail("the XML declaration must appear at the start of the document.");
				(_a = this.piHandler) === null || _a === void 0 || _a.call(this, {
					target: piTarget,
					body: this.text
				});
				this.piTarget = this.text = "";
				this.state = S_TEXT;
			} else if (c === QUESTION) this.text += "?";
			else {
				this.text += `?${String.fromCodePoint(c)}`;
				this.state = S_PI_BODY;
			}
			this.xmlDeclPossible = false;
		}
		sXMLDeclNameStart() {
			const c = this.skipSpaces();
			if (c === QUESTION) {
				this.state = S_XML_DECL_ENDING;
				return;
			}
			if (c !== EOC) {
				this.state = S_XML_DECL_NAME;
				this.name = String.fromCodePoint(c);
			}
		}
		sXMLDeclName() {
			const c = this.captureTo(XML_DECL_NAME_TERMINATOR);
			if (c === QUESTION) {
				this.state = S_XML_DECL_ENDING;
				this.name += this.text;
				this.text = "";
				this.fail("XML declaration is incomplete.");
				return;
			}
			if (!(isS(c) || c === EQUAL)) return;
			this.name += this.text;
			this.text = "";
			if (!this.xmlDeclExpects.includes(this.name)) switch (this.name.length) {
				case 0:
					this.fail("did not expect any more name/value pairs.");
					break;
				case 1:
					this.fail(`expected the name ${this.xmlDeclExpects[0]}.`);
					break;
				default: this.fail(`expected one of ${this.xmlDeclExpects.join(", ")}`);
			}
			this.state = c === EQUAL ? S_XML_DECL_VALUE_START : S_XML_DECL_EQ;
		}
		sXMLDeclEq() {
			const c = this.getCodeNorm();
			if (c === QUESTION) {
				this.state = S_XML_DECL_ENDING;
				this.fail("XML declaration is incomplete.");
				return;
			}
			if (isS(c)) return;
			if (c !== EQUAL) this.fail("value required.");
			this.state = S_XML_DECL_VALUE_START;
		}
		sXMLDeclValueStart() {
			const c = this.getCodeNorm();
			if (c === QUESTION) {
				this.state = S_XML_DECL_ENDING;
				this.fail("XML declaration is incomplete.");
				return;
			}
			if (isS(c)) return;
			if (!isQuote(c)) {
				this.fail("value must be quoted.");
				this.q = SPACE;
			} else this.q = c;
			this.state = S_XML_DECL_VALUE;
		}
		sXMLDeclValue() {
			const c = this.captureTo([this.q, QUESTION]);
			if (c === QUESTION) {
				this.state = S_XML_DECL_ENDING;
				this.text = "";
				this.fail("XML declaration is incomplete.");
				return;
			}
			if (c === EOC) return;
			const value = this.text;
			this.text = "";
			switch (this.name) {
				case "version": {
					this.xmlDeclExpects = ["encoding", "standalone"];
					const version = value;
					this.xmlDecl.version = version;
					if (!/^1\.[0-9]+$/.test(version)) this.fail("version number must match /^1\\.[0-9]+$/.");
					else if (!this.opt.forceXMLVersion) this.setXMLVersion(version);
					break;
				}
				case "encoding":
					if (!/^[A-Za-z][A-Za-z0-9._-]*$/.test(value)) this.fail("encoding value must match /^[A-Za-z0-9][A-Za-z0-9._-]*$/.");
					this.xmlDeclExpects = ["standalone"];
					this.xmlDecl.encoding = value;
					break;
				case "standalone":
					if (value !== "yes" && value !== "no") this.fail("standalone value must match \"yes\" or \"no\".");
					this.xmlDeclExpects = [];
					this.xmlDecl.standalone = value;
			}
			this.name = "";
			this.state = S_XML_DECL_SEPARATOR;
		}
		sXMLDeclSeparator() {
			const c = this.getCodeNorm();
			if (c === QUESTION) {
				this.state = S_XML_DECL_ENDING;
				return;
			}
			if (!isS(c)) {
				this.fail("whitespace required.");
				this.unget();
			}
			this.state = S_XML_DECL_NAME_START;
		}
		sXMLDeclEnding() {
			var _a;
			if (this.getCodeNorm() === GREATER) {
				if (this.piTarget !== "xml") this.fail("processing instructions are not allowed before root.");
				else if (this.name !== "version" && this.xmlDeclExpects.includes("version")) this.fail("XML declaration must contain a version.");
				(_a = this.xmldeclHandler) === null || _a === void 0 || _a.call(this, this.xmlDecl);
				this.name = "";
				this.piTarget = this.text = "";
				this.state = S_TEXT;
			} else this.fail("The character ? is disallowed anywhere in XML declarations.");
			this.xmlDeclPossible = false;
		}
		sOpenTag() {
			var _a;
			const c = this.captureNameChars();
			if (c === EOC) return;
			const tag = this.tag = {
				name: this.name,
				attributes: Object.create(null)
			};
			this.name = "";
			if (this.xmlnsOpt) this.topNS = tag.ns = Object.create(null);
			(_a = this.openTagStartHandler) === null || _a === void 0 || _a.call(this, tag);
			this.sawRoot = true;
			if (!this.fragmentOpt && this.closedRoot) this.fail("documents may contain only one root.");
			switch (c) {
				case GREATER:
					this.openTag();
					break;
				case FORWARD_SLASH:
					this.state = S_OPEN_TAG_SLASH;
					break;
				default:
					if (!isS(c)) this.fail("disallowed character in tag name.");
					this.state = S_ATTRIB;
			}
		}
		sOpenTagSlash() {
			if (this.getCode() === GREATER) this.openSelfClosingTag();
			else {
				this.fail("forward-slash in opening tag not followed by >.");
				this.state = S_ATTRIB;
			}
		}
		sAttrib() {
			const c = this.skipSpaces();
			if (c === EOC) return;
			if (isNameStartChar(c)) {
				this.unget();
				this.state = S_ATTRIB_NAME;
			} else if (c === GREATER) this.openTag();
			else if (c === FORWARD_SLASH) this.state = S_OPEN_TAG_SLASH;
			else this.fail("disallowed character in attribute name.");
		}
		sAttribName() {
			const c = this.captureNameChars();
			if (c === EQUAL) this.state = S_ATTRIB_VALUE;
			else if (isS(c)) this.state = S_ATTRIB_NAME_SAW_WHITE;
			else if (c === GREATER) {
				this.fail("attribute without value.");
				this.pushAttrib(this.name, this.name);
				this.name = this.text = "";
				this.openTag();
			} else if (c !== EOC) this.fail("disallowed character in attribute name.");
		}
		sAttribNameSawWhite() {
			const c = this.skipSpaces();
			switch (c) {
				case EOC: return;
				case EQUAL:
					this.state = S_ATTRIB_VALUE;
					break;
				default:
					this.fail("attribute without value.");
					this.text = "";
					this.name = "";
					if (c === GREATER) this.openTag();
					else if (isNameStartChar(c)) {
						this.unget();
						this.state = S_ATTRIB_NAME;
					} else {
						this.fail("disallowed character in attribute name.");
						this.state = S_ATTRIB;
					}
			}
		}
		sAttribValue() {
			const c = this.getCodeNorm();
			if (isQuote(c)) {
				this.q = c;
				this.state = S_ATTRIB_VALUE_QUOTED;
			} else if (!isS(c)) {
				this.fail("unquoted attribute value.");
				this.state = S_ATTRIB_VALUE_UNQUOTED;
				this.unget();
			}
		}
		sAttribValueQuoted() {
			const { q, chunk } = this;
			let { i: start } = this;
			while (true) switch (this.getCode()) {
				case q:
					this.pushAttrib(this.name, this.text + chunk.slice(start, this.prevI));
					this.name = this.text = "";
					this.q = null;
					this.state = S_ATTRIB_VALUE_CLOSED;
					return;
				case AMP:
					this.text += chunk.slice(start, this.prevI);
					this.state = S_ENTITY;
					this.entityReturnState = S_ATTRIB_VALUE_QUOTED;
					return;
				case NL:
				case NL_LIKE:
				case TAB:
					this.text += `${chunk.slice(start, this.prevI)} `;
					start = this.i;
					break;
				case LESS:
					this.text += chunk.slice(start, this.prevI);
					this.fail("disallowed character.");
					return;
				case EOC:
					this.text += chunk.slice(start);
					return;
			}
		}
		sAttribValueClosed() {
			const c = this.getCodeNorm();
			if (isS(c)) this.state = S_ATTRIB;
			else if (c === GREATER) this.openTag();
			else if (c === FORWARD_SLASH) this.state = S_OPEN_TAG_SLASH;
			else if (isNameStartChar(c)) {
				this.fail("no whitespace between attributes.");
				this.unget();
				this.state = S_ATTRIB_NAME;
			} else this.fail("disallowed character in attribute name.");
		}
		sAttribValueUnquoted() {
			const c = this.captureTo(ATTRIB_VALUE_UNQUOTED_TERMINATOR);
			switch (c) {
				case AMP:
					this.state = S_ENTITY;
					this.entityReturnState = S_ATTRIB_VALUE_UNQUOTED;
					break;
				case LESS:
					this.fail("disallowed character.");
					break;
				case EOC: break;
				default:
					if (this.text.includes("]]>")) this.fail("the string \"]]>\" is disallowed in char data.");
					this.pushAttrib(this.name, this.text);
					this.name = this.text = "";
					if (c === GREATER) this.openTag();
					else this.state = S_ATTRIB;
			}
		}
		sCloseTag() {
			const c = this.captureNameChars();
			if (c === GREATER) this.closeTag();
			else if (isS(c)) this.state = S_CLOSE_TAG_SAW_WHITE;
			else if (c !== EOC) this.fail("disallowed character in closing tag.");
		}
		sCloseTagSawWhite() {
			switch (this.skipSpaces()) {
				case GREATER:
					this.closeTag();
					break;
				case EOC: break;
				default: this.fail("disallowed character in closing tag.");
			}
		}
		handleTextInRoot() {
			let { i: start, forbiddenState } = this;
			const { chunk, textHandler: handler } = this;
			scanLoop: while (true) switch (this.getCode()) {
				case LESS:
					this.state = S_OPEN_WAKA;
					if (handler !== void 0) {
						const { text } = this;
						const slice = chunk.slice(start, this.prevI);
						if (text.length !== 0) {
							handler(text + slice);
							this.text = "";
						} else if (slice.length !== 0) handler(slice);
					}
					forbiddenState = FORBIDDEN_START;
					break scanLoop;
				case AMP:
					this.state = S_ENTITY;
					this.entityReturnState = S_TEXT;
					if (handler !== void 0) this.text += chunk.slice(start, this.prevI);
					forbiddenState = FORBIDDEN_START;
					break scanLoop;
				case CLOSE_BRACKET:
					switch (forbiddenState) {
						case FORBIDDEN_START:
							forbiddenState = FORBIDDEN_BRACKET;
							break;
						case FORBIDDEN_BRACKET:
							forbiddenState = FORBIDDEN_BRACKET_BRACKET;
							break;
						case FORBIDDEN_BRACKET_BRACKET: break;
						default: throw new Error("impossible state");
					}
					break;
				case GREATER:
					if (forbiddenState === FORBIDDEN_BRACKET_BRACKET) this.fail("the string \"]]>\" is disallowed in char data.");
					forbiddenState = FORBIDDEN_START;
					break;
				case NL_LIKE:
					if (handler !== void 0) this.text += `${chunk.slice(start, this.prevI)}\n`;
					start = this.i;
					forbiddenState = FORBIDDEN_START;
					break;
				case EOC:
					if (handler !== void 0) this.text += chunk.slice(start);
					break scanLoop;
				default: forbiddenState = FORBIDDEN_START;
			}
			this.forbiddenState = forbiddenState;
		}
		handleTextOutsideRoot() {
			let { i: start } = this;
			const { chunk, textHandler: handler } = this;
			let nonSpace = false;
			outRootLoop: while (true) {
				const code = this.getCode();
				switch (code) {
					case LESS:
						this.state = S_OPEN_WAKA;
						if (handler !== void 0) {
							const { text } = this;
							const slice = chunk.slice(start, this.prevI);
							if (text.length !== 0) {
								handler(text + slice);
								this.text = "";
							} else if (slice.length !== 0) handler(slice);
						}
						break outRootLoop;
					case AMP:
						this.state = S_ENTITY;
						this.entityReturnState = S_TEXT;
						if (handler !== void 0) this.text += chunk.slice(start, this.prevI);
						nonSpace = true;
						break outRootLoop;
					case NL_LIKE:
						if (handler !== void 0) this.text += `${chunk.slice(start, this.prevI)}\n`;
						start = this.i;
						break;
					case EOC:
						if (handler !== void 0) this.text += chunk.slice(start);
						break outRootLoop;
					default: if (!isS(code)) nonSpace = true;
				}
			}
			if (!nonSpace) return;
			if (!this.sawRoot && !this.reportedTextBeforeRoot) {
				this.fail("text data outside of root node.");
				this.reportedTextBeforeRoot = true;
			}
			if (this.closedRoot && !this.reportedTextAfterRoot) {
				this.fail("text data outside of root node.");
				this.reportedTextAfterRoot = true;
			}
		}
		pushAttribNS(name, value) {
			var _a;
			const { prefix, local } = this.qname(name);
			const attr = {
				name,
				prefix,
				local,
				value
			};
			this.attribList.push(attr);
			(_a = this.attributeHandler) === null || _a === void 0 || _a.call(this, attr);
			if (prefix === "xmlns") {
				const trimmed = value.trim();
				if (this.currentXMLVersion === "1.0" && trimmed === "") this.fail("invalid attempt to undefine prefix in XML 1.0");
				this.topNS[local] = trimmed;
				nsPairCheck(this, local, trimmed);
			} else if (name === "xmlns") {
				const trimmed = value.trim();
				this.topNS[""] = trimmed;
				nsPairCheck(this, "", trimmed);
			}
		}
		pushAttribPlain(name, value) {
			var _a;
			const attr = {
				name,
				value
			};
			this.attribList.push(attr);
			(_a = this.attributeHandler) === null || _a === void 0 || _a.call(this, attr);
		}
		/**
		* End parsing. This performs final well-formedness checks and resets the
		* parser to a clean state.
		*
		* @returns this
		*/
		end() {
			var _a, _b;
			if (!this.sawRoot) this.fail("document must contain a root element.");
			const { tags } = this;
			while (tags.length > 0) {
				const tag = tags.pop();
				this.fail(`unclosed tag: ${tag.name}`);
			}
			if (this.state !== S_BEGIN && this.state !== S_TEXT) this.fail("unexpected end.");
			const { text } = this;
			if (text.length !== 0) {
				(_a = this.textHandler) === null || _a === void 0 || _a.call(this, text);
				this.text = "";
			}
			this._closed = true;
			(_b = this.endHandler) === null || _b === void 0 || _b.call(this);
			this._init();
			return this;
		}
		/**
		* Resolve a namespace prefix.
		*
		* @param prefix The prefix to resolve.
		*
		* @returns The namespace URI or ``undefined`` if the prefix is not defined.
		*/
		resolve(prefix) {
			var _a, _b;
			let uri = this.topNS[prefix];
			if (uri !== void 0) return uri;
			const { tags } = this;
			for (let index = tags.length - 1; index >= 0; index--) {
				uri = tags[index].ns[prefix];
				if (uri !== void 0) return uri;
			}
			uri = this.ns[prefix];
			if (uri !== void 0) return uri;
			return (_b = (_a = this.opt).resolvePrefix) === null || _b === void 0 ? void 0 : _b.call(_a, prefix);
		}
		/**
		* Parse a qname into its prefix and local name parts.
		*
		* @param name The name to parse
		*
		* @returns
		*/
		qname(name) {
			const colon = name.indexOf(":");
			if (colon === -1) return {
				prefix: "",
				local: name
			};
			const local = name.slice(colon + 1);
			const prefix = name.slice(0, colon);
			if (prefix === "" || local === "" || local.includes(":")) this.fail(`malformed name: ${name}.`);
			return {
				prefix,
				local
			};
		}
		processAttribsNS() {
			var _a;
			const { attribList } = this;
			const tag = this.tag;
			{
				const { prefix, local } = this.qname(tag.name);
				tag.prefix = prefix;
				tag.local = local;
				const uri = tag.uri = (_a = this.resolve(prefix)) !== null && _a !== void 0 ? _a : "";
				if (prefix !== "") {
					if (prefix === "xmlns") this.fail("tags may not have \"xmlns\" as prefix.");
					if (uri === "") {
						this.fail(`unbound namespace prefix: ${JSON.stringify(prefix)}.`);
						tag.uri = prefix;
					}
				}
			}
			if (attribList.length === 0) return;
			const { attributes } = tag;
			const seen = /* @__PURE__ */ new Set();
			for (const attr of attribList) {
				const { name, prefix, local } = attr;
				let uri;
				let eqname;
				if (prefix === "") {
					uri = name === "xmlns" ? XMLNS_NAMESPACE : "";
					eqname = name;
				} else {
					uri = this.resolve(prefix);
					if (uri === void 0) {
						this.fail(`unbound namespace prefix: ${JSON.stringify(prefix)}.`);
						uri = prefix;
					}
					eqname = `{${uri}}${local}`;
				}
				if (seen.has(eqname)) this.fail(`duplicate attribute: ${eqname}.`);
				seen.add(eqname);
				attr.uri = uri;
				attributes[name] = attr;
			}
			this.attribList = [];
		}
		processAttribsPlain() {
			const { attribList } = this;
			const attributes = this.tag.attributes;
			for (const { name, value } of attribList) {
				if (attributes[name] !== void 0) this.fail(`duplicate attribute: ${name}.`);
				attributes[name] = value;
			}
			this.attribList = [];
		}
		/**
		* Handle a complete open tag. This parser code calls this once it has seen
		* the whole tag. This method checks for well-formeness and then emits
		* ``onopentag``.
		*/
		openTag() {
			var _a;
			this.processAttribs();
			const { tags } = this;
			const tag = this.tag;
			tag.isSelfClosing = false;
			(_a = this.openTagHandler) === null || _a === void 0 || _a.call(this, tag);
			tags.push(tag);
			this.state = S_TEXT;
			this.name = "";
		}
		/**
		* Handle a complete self-closing tag. This parser code calls this once it has
		* seen the whole tag. This method checks for well-formeness and then emits
		* ``onopentag`` and ``onclosetag``.
		*/
		openSelfClosingTag() {
			var _a, _b, _c;
			this.processAttribs();
			const { tags } = this;
			const tag = this.tag;
			tag.isSelfClosing = true;
			(_a = this.openTagHandler) === null || _a === void 0 || _a.call(this, tag);
			(_b = this.closeTagHandler) === null || _b === void 0 || _b.call(this, tag);
			if ((this.tag = (_c = tags[tags.length - 1]) !== null && _c !== void 0 ? _c : null) === null) this.closedRoot = true;
			this.state = S_TEXT;
			this.name = "";
		}
		/**
		* Handle a complete close tag. This parser code calls this once it has seen
		* the whole tag. This method checks for well-formeness and then emits
		* ``onclosetag``.
		*/
		closeTag() {
			const { tags, name } = this;
			this.state = S_TEXT;
			this.name = "";
			if (name === "") {
				this.fail("weird empty close tag.");
				this.text += "</>";
				return;
			}
			const handler = this.closeTagHandler;
			let l = tags.length;
			while (l-- > 0) {
				const tag = this.tag = tags.pop();
				this.topNS = tag.ns;
				handler === null || handler === void 0 || handler(tag);
				if (tag.name === name) break;
				this.fail("unexpected close tag.");
			}
			if (l === 0) this.closedRoot = true;
			else if (l < 0) {
				this.fail(`unmatched closing tag: ${name}.`);
				this.text += `</${name}>`;
			}
		}
		/**
		* Resolves an entity. Makes any necessary well-formedness checks.
		*
		* @param entity The entity to resolve.
		*
		* @returns The parsed entity.
		*/
		parseEntity(entity) {
			if (entity[0] !== "#") {
				const defined = this.ENTITIES[entity];
				if (defined !== void 0) return defined;
				this.fail(this.isName(entity) ? "undefined entity." : "disallowed character in entity name.");
				return `&${entity};`;
			}
			let num = NaN;
			if (entity[1] === "x" && /^#x[0-9a-f]+$/i.test(entity)) num = parseInt(entity.slice(2), 16);
			else if (/^#[0-9]+$/.test(entity)) num = parseInt(entity.slice(1), 10);
			if (!this.isChar(num)) {
				this.fail("malformed character entity.");
				return `&${entity};`;
			}
			return String.fromCodePoint(num);
		}
	};
	exports.SaxesParser = SaxesParser;
})))();
/**
* Reads an XML file as plain data. Entities other than XML's own are not resolved and no other file is opened.
* @throws Error for what is not well-formed
*/
function elementsOf(text) {
	const parser = new import_saxes.SaxesParser();
	const root = {
		name: "",
		attributes: {},
		children: [],
		text: "",
		line: 1
	};
	const open = [root];
	parser.on("error", (error) => {
		throw error;
	});
	parser.on("opentag", ({ name, attributes }) => {
		const element = {
			name: local(name),
			attributes: Object.fromEntries(Object.entries(attributes).map(([key, value]) => [local(key), String(value)])),
			children: [],
			text: "",
			line: parser.line
		};
		open.at(-1)?.children.push(element);
		open.push(element);
	});
	const append = (more) => {
		const element = open.at(-1);
		if (element !== void 0) element.text += more;
	};
	parser.on("text", append);
	parser.on("cdata", append);
	parser.on("closetag", () => {
		const element = open.pop();
		if (element !== void 0) element.text = element.text.trim();
	});
	parser.write(text.replace(/^\ufeff/, "")).close();
	const [document] = root.children;
	if (document === void 0) throw new Error("there is no element in it");
	return document;
}
const local = (name) => name.slice(name.indexOf(":") + 1);
// src/tools/reading/java-config.ts
/**
* What `application.properties` or `application.yml` says, `${NAME:default}` with its default. Documents that are for
* one profile only are left out: not every deployment gets them. Throws for a text that is no YAML.
*/
function springEntries(file, text) {
	if (basename$1(file).endsWith(".properties")) return properties(text).map(([key, value]) => [key, withDefaults(value)]);
	return (0, import_dist.parseAllDocuments)(text).map((document) => document.toJS()).filter((one) => !isProfile(one)).flatMap((one) => flat(one)).map(([key, value]) => [key, withDefaults(value)]);
}
/** `app/src/main/resources/application.yml` belongs to `app`. */
const moduleOf$1 = (file) => /^(.*?)\/?src\/(?:main|test)\//.exec(file)?.[1] ?? dirname$1(file);
function isProfile(document) {
	return flat(document).map(([key]) => key).some((key) => /^spring\.(?:profiles$|profiles\.\d|config\.activate\.on-profile)/.test(key));
}
/** `${DB_SCHEMA:app}` says what it is where the variable is not set; the kind of database is known. */
const withDefaults = (value) => each(value, (text) => text.replace(/\$\{spring\.jpa\.database\}/g, "POSTGRESQL").replace(/\$\{[\w.-]+:([^${}]*)\}/g, "$1"));
/** Changes a text, or each of a list. */
const each = (value, change) => typeof value === "string" ? change(value) : value.map(change);
/** A tree of plain data as dotted keys; lists of scalars stay lists. */
function flat(value, key = "") {
	if (value === null || value === void 0) return [];
	if (Array.isArray(value)) return value.every((one) => typeof one !== "object") ? [[key, value.map(String)]] : [];
	if (typeof value !== "object" || value instanceof Date) return [[key, String(value)]];
	return Object.entries(value).flatMap(([name, child]) => flat(child, key === "" ? name : `${key}.${name}`));
}
/** Java's properties: `key=value`, `key: value`, lines that go on after a backslash; indexed keys make a list. */
function properties(text) {
	const joined = text.replace(/\\\r?\n[ \t]*/g, "");
	const found = /* @__PURE__ */ new Map();
	for (const line of joined.split(/\r?\n/)) {
		const match = /^\s*([^#!\s=:][^\s=:]*)\s*[=:]?\s*(.*)$/.exec(line);
		if (match === null) continue;
		const [, key = "", value = ""] = match;
		const indexed = /^(.*)\[\d+\]$/.exec(key)?.[1];
		if (indexed === void 0) found.set(key, value.trim());
		else found.set(indexed, [...[found.get(indexed) ?? []].flat(), value.trim()]);
	}
	return [...found];
}
/** The `<configuration>` of a Maven plugin, and the `<properties>` of the project. */
function mavenPlugin(text, artifactId) {
	const configuration = [];
	const ofProject = [];
	const visit = (element, inPlugin) => {
		const plugin = inPlugin || element.name === "plugin" && element.children.some(({ name, text: own }) => name === "artifactId" && own === artifactId);
		if (plugin && element.name === "configuration") configuration.push(...element.children);
		if (element.name === "properties") ofProject.push(...element.children);
		for (const child of element.children) visit(child, plugin);
	};
	visit(elementsOf(text), false);
	return {
		configuration,
		properties: ofProject
	};
}
// src/tools/flyway/config-files.ts
/** Names of configuration files, the one that wins first; looked for in each directory and in `conf/` and `config/`. */
const names$2 = [
	"flyway.user.toml",
	"flyway.toml",
	"flyway.conf",
	"application.properties",
	"application.yml",
	"application.yaml",
	"pom.xml",
	"build.gradle",
	"build.gradle.kts"
];
/**
* Files from the directory of the migrations upwards that say something about Flyway, nearest first. Spring's own lie
* in `src/main/resources`, which is above them; a build file above that; the command's at the root.
*/
async function readConfigFiles(tree, path) {
	const notes = [];
	const wanted = andAbove(path).flatMap((directory) => [
		...names$2.map((name) => within$1(directory, name)),
		...["conf", "config"].flatMap((below) => names$2.slice(0, 6).map((name) => within$1(directory, `${below}/${name}`))),
		...others(tree, directory)
	]);
	const contents = await tree.read(wanted);
	const files = [];
	for (const file of wanted) {
		const text = contents.get(file)?.toString("utf8");
		if (text === void 0 || !/flyway/i.test(text)) continue;
		try {
			const settings = settingsIn$1(file, text).filter(isPlain$2);
			if (settings.length > 0) files.push({
				file,
				settings
			});
		} catch (error) {
			notes.push(`${file} could not be read (${error instanceof Error ? error.message.split("\n")[0] ?? "" : error}); Flyway's defaults are assumed.`);
		}
	}
	return {
		files,
		notes
	};
}
/** Properties files of another name beside the migrations' resources, which applications import. */
const others = (tree, directory) => basename$1(directory) === "resources" ? tree.under(directory).map(({ path }) => path).filter((path) => dirname$1(path) === directory && path.endsWith(".properties") && !basename$1(path).startsWith("application")) : [];
/** A value that stands elsewhere (`${env.SCHEMA}`) is no plain data; the placeholders' own signs are. */
const isPlain$2 = ({ key, value }) => /placeholder-?prefix/i.test(key) || ![value].flat().some((one) => /\$\{|^\$\w/.test(one));
/** What one file says, by its format. Throws for a text that is not of it. */
function settingsIn$1(file, text) {
	const name = basename$1(file);
	if (name.endsWith(".toml")) return prefixed(flat(parse$4(text)), tomlRoot(file));
	if (name.endsWith(".conf")) return prefixed(properties(text), tomlRoot(file));
	if (/\.(?:properties|ya?ml)$/.test(name)) return springEntries(file, text).flatMap(([key, value]) => {
		const own = /^(?:spring|quarkus)\.flyway\.(.+)$/.exec(key)?.[1];
		return own === void 0 ? [] : [{
			key: own,
			value,
			from: moduleOf$1(file)
		}];
	});
	return (name === "pom.xml" ? pom(text, dirname$1(file)) : gradle(text, dirname$1(file))).map((setting) => ({
		...setting,
		value: withoutBase(setting.value)
	}));
}
const prefixed = (entries, from) => entries.flatMap(([key, value]) => key.startsWith("flyway.") ? [{
	key: key.slice(7),
	value,
	from
}] : []);
/** The command resolves relative paths from where it is called, which is the directory of its project. */
const tomlRoot = (file) => /(?:^|\/)conf(?:ig)?$/.test(dirname$1(file)) ? dirname$1(dirname$1(file)) : dirname$1(file);
/** A build's own directory is where its paths start from anyway. */
const withoutBase = (value) => each(value, (text) => text.replace(/(?:\$\{(?:project\.)?(?:basedir|projectDir|rootDir)\}|\$(?:projectDir|rootDir))\/*/g, "./"));
/** `<configuration>` of the Maven plugin, and `<flyway.…>` among the project's properties. */
function pom(text, from) {
	const { configuration, properties: ofProject } = mavenPlugin(text, "flyway-maven-plugin");
	return [...configuration.flatMap((child) => {
		if (child.name === "placeholders") return child.children.map((one) => ({
			key: `placeholders.${one.name}`,
			value: one.text,
			from
		}));
		const list = child.children.map((one) => one.text);
		return [{
			key: child.name,
			value: list.length > 0 ? list : child.text,
			from
		}];
	}), ...ofProject.flatMap((child) => child.name.startsWith("flyway.") ? [{
		key: child.name.slice(7),
		value: child.text,
		from
	}] : [])];
}
/** `flyway { … }` of the Gradle plugin, where what follows is a literal. */
function gradle(text, from) {
	const block = /(?:^|\n)\s*flyway\s*\{([\s\S]*?)\n\}/.exec(`${text}\n}`)?.[1];
	if (block === void 0) return [];
	const settings = [];
	for (const [, key = "", open, inside = "", , quoted, bare] of block.matchAll(/(?:^|\n)[ \t]*(\w+)[ \t]*=?[ \t]*(?:(\[|arrayOf\(|mapOf\()([^\])]*)[\])]|(["'])(.*?)\4|(true|false)\b)/g)) if (open === void 0) settings.push({
		key,
		value: quoted ?? bare ?? "",
		from
	});
	else if (key === "placeholders") for (const [, name = "", value = ""] of inside.matchAll(/["']?([\w.-]+)["']?\s*(?::|to)\s*["']([^"']*)["']/g)) settings.push({
		key: `placeholders.${name}`,
		value,
		from
	});
	else {
		const value = [...inside.matchAll(/["']([^"']*)["']/g)].map(([, one = ""]) => one);
		settings.push({
			key,
			value,
			from
		});
	}
	return settings;
}
// src/tools/flyway/settings.ts
/** What Flyway does when it is told nothing. */
const defaultSettings$1 = {
	locations: [],
	table: "flyway_schema_history",
	defaultSchema: null,
	schemas: [],
	createSchemas: true,
	prefix: "V",
	repeatablePrefix: "R",
	baselinePrefix: "B",
	undoPrefix: "U",
	separator: "__",
	suffixes: [".sql"],
	encoding: "UTF-8",
	placeholders: {},
	placeholderReplacement: true,
	placeholderPrefix: "${",
	placeholderSuffix: "}",
	placeholderSeparator: ":",
	outOfOrder: false,
	mixed: false,
	group: false,
	executeInTransaction: true,
	validateOnMigrate: true,
	validateMigrationNaming: false,
	ignoreMigrationPatterns: ["*:future"],
	baselineVersion: null,
	transactionalLock: true,
	readFrom: [],
	notes: []
};
/**
* What the files of a tree say about Flyway at a directory. The nearest one wins; a value that is no plain data
* (an environment variable without a default) counts as not given.
*/
async function settingsFor$1(tree, path) {
	const { files, notes } = await readConfigFiles(tree, path);
	const merged = {
		...defaultSettings$1,
		readFrom: files.map(({ file }) => file),
		notes
	};
	for (const { settings } of [...files].reverse()) for (const setting of settings) apply(merged, setting);
	return merged;
}
const booleans = {
	createSchemas: "createSchemas",
	placeholderReplacement: "placeholderReplacement",
	outOfOrder: "outOfOrder",
	mixed: "mixed",
	group: "group",
	executeInTransaction: "executeInTransaction",
	validateOnMigrate: "validateOnMigrate",
	validateMigrationNaming: "validateMigrationNaming",
	"postgresql.transactional.lock": "transactionalLock"
};
const texts$1 = {
	table: "table",
	defaultSchema: "defaultSchema",
	sqlMigrationPrefix: "prefix",
	repeatableSqlMigrationPrefix: "repeatablePrefix",
	baselineMigrationPrefix: "baselinePrefix",
	undoSqlMigrationPrefix: "undoPrefix",
	sqlMigrationSeparator: "separator",
	encoding: "encoding",
	placeholderPrefix: "placeholderPrefix",
	placeholderSuffix: "placeholderSuffix",
	placeholderSeparator: "placeholderSeparator",
	baselineVersion: "baselineVersion"
};
const lists = {
	schemas: "schemas",
	sqlMigrationSuffixes: "suffixes",
	ignoreMigrationPatterns: "ignoreMigrationPatterns"
};
function apply(into, { key, value, from }) {
	const set = into;
	const list = typeof value === "string" ? listed$3(value) : value;
	const text = typeof value === "string" ? value.trim() : value.join(",");
	const name = keyOf(key);
	if (name === "locations") into.locations = list.map((each) => ({
		text: each,
		from
	}));
	else if (name.startsWith("placeholders.")) into.placeholders = {
		...into.placeholders,
		[name.slice(13)]: text
	};
	else if (booleans[name] !== void 0) {
		if (/^(?:true|false)$/i.test(text)) set[booleans[name]] = /^true$/i.test(text);
	} else if (texts$1[name] !== void 0) set[texts$1[name]] = text;
	else if (lists[name] !== void 0) set[lists[name]] = list;
}
const listed$3 = (text) => text.split(",").map((one) => one.trim()).filter((one) => one !== "");
/** `out-of-order` (Spring) and `baselineMigrationPrefix` (conf) are one key; placeholders keep their own names. */
function keyOf(key) {
	if (/^placeholders\./i.test(key)) return `placeholders.${key.slice(13)}`;
	const camel = key.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase());
	return camel === "postgresql.transactionalLock" ? "postgresql.transactional.lock" : camel;
}
// src/tools/flyway/detect.ts
/** Names that nobody gives to files for another tool. */
const telling = /^(?:[VB]\d[\d._]*|R)__[^/]*\.sql$/i;
const ownConfig = /* @__PURE__ */ new Set([
	"flyway.toml",
	"flyway.user.toml",
	"flyway.conf"
]);
const detect$13 = async (tree) => {
	const databases = [];
	const notes = [];
	const taken = /* @__PURE__ */ new Set();
	const scripts = tree.entries.filter(({ path, mode }) => mode.startsWith("100") && telling.test(basename$1(path)) && exclusion(dirname$1(path)) !== "copied");
	for (const [path, because] of [...await configuredPlaces(tree), ...roots(scripts.map((entry) => dirname$1(entry.path))).map((root) => [root, null])]) {
		if ([...taken].some((root) => root === path || isWithin(path, root) || isWithin(root, path))) continue;
		if (await rustProof(tree, path, "refinery") !== null) continue;
		const settings = await settingsFor$1(tree, path);
		for (const group of separate(tree, path, settings)) {
			const places = placesOf(tree, group, settings);
			for (const { root } of places) taken.add(root);
			const entries = places.flatMap((place) => filesAt(tree, place)).filter((entry) => readName(basename$1(entry.path), settings)?.kind === "versioned");
			const first = entries[0] ?? scripts.find((entry) => isWithin(entry.path, group));
			if (first === void 0) continue;
			const dialect = await otherDialect(tree, group, entries);
			if (dialect !== null) {
				notes.push(`${group} was passed over: ${dialect}.`);
				continue;
			}
			databases.push({
				path: settings.locations.length > 0 ? places[0]?.root ?? group : group,
				tool: "flyway",
				because: because ?? `${basename$1(first.path)} is named as Flyway names scripts${fromText(settings)}`
			});
		}
	}
	return {
		databases,
		notes
	};
};
const fromText = ({ readFrom }) => readFrom.length === 0 ? "" : `; set up by ${readFrom.slice(0, 2).join(" and ")}`;
/** First locations of the tool's own configuration files, whatever the scripts are called. */
async function configuredPlaces(tree) {
	const found = /* @__PURE__ */ new Map();
	for (const { path } of tree.entries) {
		if (!ownConfig.has(basename$1(path)) || exclusion(dirname$1(path)) === "copied") continue;
		const directory = dirname$1(path);
		const [first] = (await settingsFor$1(tree, directory)).locations.flatMap((location) => location.from === directory || location.from === dirname$1(directory) ? placeOf(tree, location) ?? [] : []);
		if (first !== void 0 && !found.has(first.root)) found.set(first.root, `${path} names it`);
	}
	return [...found];
}
/** `…/db/migration`, below which Flyway looks unless it is told otherwise; else the topmost directory with scripts. */
function roots(directories) {
	return [...new Set(directories.map((directory) => {
		return /^(?:.*\/)?(?:resources\/db\/migrations?|flyway\/sql)(?=\/|$)/.exec(directory)?.[0] ?? directory;
	}))].sort((a, b) => a.length - b.length || (a < b ? -1 : 1)).filter((path, index, all) => !all.slice(0, index).some((above) => isWithin(path, above)));
}
/**
* One directory, or its subdirectories where they cannot be one database: each is named after another kind
* (`db/migration/h2`, `db/migration/postgresql`), or the same version stands in several of them.
*/
function separate(tree, path, settings) {
	if (settings.locations.length > 0) return [path];
	const scripts = tree.under(path).map((entry) => entry.path).filter((file) => telling.test(basename$1(file)));
	const below = /* @__PURE__ */ new Map();
	for (const file of scripts) {
		const [first = "", ...rest] = file.slice(path === "" ? 0 : path.length + 1).split("/");
		if (rest.length === 0) return [path];
		below.set(first, [...below.get(first) ?? [], file]);
	}
	const names = [...below.keys()];
	if (!(names.length > 1 && names.every((name) => isVendor(name))) && !hasTwice(below, settings)) return [path];
	return names.flatMap((name) => separate(tree, within$1(path, name), settings));
}
function hasTwice(below, settings) {
	const seen = /* @__PURE__ */ new Map();
	for (const [directory, files] of below) for (const file of files) {
		const name = readName(basename$1(file), settings);
		if (name?.kind !== "versioned") continue;
		const version = versionParts(name.version)?.join(".") ?? "";
		if ((seen.get(version) ?? directory) !== directory) return true;
		seen.set(version, directory);
	}
	return false;
}
// src/tools/flyway/code-migrations.ts
const source = /\.(?:java|kt|groovy|scala)$/;
/**
* Migrations that are classes: `V2__Add.java` in the package of a location, or elsewhere in the same module, where
* the application registers them itself. They run among the scripts, and nobody can see here what they do.
*/
function codeMigrations(tree, path, places, { prefix, repeatablePrefix, separator }) {
	const modules = new Set([path, ...places.map(({ root }) => root)].map(moduleOf));
	const migrations = [];
	for (const entry of tree.entries) {
		if (!source.test(entry.path) || !entry.mode.startsWith("100")) continue;
		if (/(?:^|\/)src\/(?:test|integrationTest)\//.test(entry.path)) continue;
		if (![...modules].some((module) => module !== null && isWithin(entry.path, module))) continue;
		const stem = basename$1(entry.path).replace(source, "");
		const [before = "", ...rest] = stem.split(separator);
		if (rest.length === 0) continue;
		const description = rest.join(separator).replaceAll("_", " ");
		const version = before.slice(prefix.length).replaceAll("_", ".");
		const versioned = before.startsWith(prefix) && versionParts(version) !== null;
		if (!versioned && (before !== repeatablePrefix || !/migration/i.test(dirname$1(entry.path)))) continue;
		migrations.push({
			version: versioned ? version : `R__${rest.join(separator)}`,
			name: description,
			identity: versioned ? versionParts(version)?.join(".") ?? version : `R ${description}`,
			file: entry.path,
			bytes: Buffer.from(entry.oid),
			sql: "",
			transaction: "single",
			opaque: "Flyway runs this class, and what it does to the database cannot be seen here.",
			extra: {
				script: stem,
				type: "JDBC"
			}
		});
	}
	const some = migrations.slice(0, 3).map(({ file }) => basename$1(file));
	const more = migrations.length > 3 ? ` and ${migrations.length - 3} more` : "";
	return {
		migrations,
		notes: migrations.length === 0 ? [] : [`Migrations that are code are not run, so that base may lack what they make: ${some.join(", ")}${more}.`]
	};
}
/** The Maven or Gradle module of a resource directory, or null where the layout is another one. */
const moduleOf = (root) => /^(.*?)\/?src\/main\//.exec(`${root}/`)?.[1] ?? null;
// src/tools/flyway/checksum.ts
/** CRC-32 (IEEE) of a text's UTF-8 bytes, as the signed number that Java has for it. */
function crc32(bytes) {
	let crc = -1;
	for (const byte of bytes) crc = crc >>> 8 ^ (table[(crc ^ byte) & 255] ?? 0);
	return ~crc;
}
const table = Int32Array.from({ length: 256 }, (_, byte) => {
	let value = byte;
	for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? value >>> 1 ^ 3988292384 : value >>> 1;
	return value;
});
/** `ChecksumCalculator`: of the lines without their ends and without a byte order mark. */
const checksumOf$1 = (text) => crc32(Buffer.from(text.replace(/^\ufeff/, "").replace(/[\r\n]/g, ""), "utf8"));
// src/tools/flyway/lexer.ts
/** The next token; parentheses and single spaces are none. */
function nextToken(lexer) {
	for (;;) {
		const token = read(lexer);
		if (token !== null) return {
			...token,
			depth: lexer.depth
		};
	}
}
function read(lexer) {
	const { text } = lexer;
	const start = lexer.at;
	const char = text[start];
	if (char === void 0) return {
		type: "end",
		start,
		text: ""
	};
	const plain = (type, end, word = "") => {
		lexer.at = Math.min(end, text.length);
		return {
			type,
			start,
			text: word
		};
	};
	if (char === "$") return plain("string", afterDollars(text, start));
	if (char === "'") return plain("string", afterQuote(text, start + 1, "'", null));
	if (char === "(" || char === ")") {
		lexer.depth += char === "(" ? 1 : -1;
		lexer.at += 1;
		return null;
	}
	if (char === "\"") return plain("identifier", afterParts(text, afterQuote(text, start + 1, "\"", null)));
	if (text.startsWith("--", start)) {
		lineEnd.lastIndex = start;
		return plain("comment", lineEnd.exec(text)?.index ?? text.length);
	}
	if (text.startsWith("/*", start)) return plain("comment", afterComment(text, start));
	if (/\p{Nd}/u.test(char)) return plain("numeric", afterAll(text, start, /[0-9]/) || start + 1);
	if (/^[BEX]'/.test(text.slice(start, start + 2))) return plain("string", afterQuote(text, start + 2, "'", "\\"));
	if (text.startsWith("U&'", start)) return plain("string", afterQuote(text, start + 3, "'", null));
	if (char === ";") return plain("delimiter", start + 1, ";");
	if (char === "_" || /\p{L}/u.test(char)) {
		const whole = afterParts(text, afterAll(text, start + 1, wordPart));
		const word = text.slice(start, whole);
		return /^[\p{L}_]+$/u.test(word) ? plain("keyword", whole, word.toUpperCase()) : plain("identifier", whole, word);
	}
	if (char === " " || char === "\r" || char === "\xA0") {
		lexer.at += 1;
		return null;
	}
	if (/\s/.test(char)) {
		const end = afterAll(text, start, /\s/);
		lexer.at = end;
		return text.slice(start, end).split("\n").length - 1 >= 2 ? {
			type: "blank",
			start,
			text: ""
		} : null;
	}
	return plain("symbol", start + 1, char);
}
const lineEnd = /[\r\n]/g;
const wordPart = /[\p{L}\p{Nd}_$]/u;
function afterAll(text, from, pattern) {
	let at = from;
	while (at < text.length && pattern.test(text[at] ?? "")) at += 1;
	return at;
}
/** After a literal whose quote is doubled inside, or escaped. */
function afterQuote(text, from, quote, escapes) {
	for (let at = from; at < text.length; at += 1) if (text[at] === escapes) at += 1;
	else if (text[at] === quote) {
		if (text[at + 1] !== quote) return at + 1;
		at += 1;
	}
	return text.length;
}
/** `$tag$ … $tag$`. What begins with a dollar sign that opens nothing (`$1`) is taken for one, too. */
function afterDollars(text, start) {
	const close = text.indexOf("$", start + 1);
	if (close === -1) return text.length;
	const tag = text.slice(start, close + 1);
	const end = text.indexOf(tag, close + 1);
	return end === -1 ? text.length : end + tag.length;
}
function afterComment(text, start) {
	let depth = 0;
	const signs = /\/\*|\*\//g;
	signs.lastIndex = start;
	for (let sign = signs.exec(text); sign !== null; sign = signs.exec(text)) {
		depth += sign[0] === "/*" ? 1 : -1;
		if (depth === 0) return signs.lastIndex;
	}
	return text.length;
}
/** `.name` and `."name"`, twice at most. */
function afterParts(text, from) {
	let at = from;
	for (let part = 0; part < 2 && text[at] === "."; part += 1) at = text[at + 1] === "\"" ? afterQuote(text, at + 2, "\"", null) : afterAll(text, at + 1, wordPart);
	return at;
}
// src/tools/flyway/parser.ts
/** After so many words a statement counts as transactional. */
const cutoff = 10;
/**
* `PostgreSQLParser.detectCanExecuteInTransaction`, which sees the words outside of parentheses so far. It does not
* know CALL, REINDEX … CONCURRENTLY, DETACH PARTITION … CONCURRENTLY or CLUSTER.
*/
const outside = [
	/^(?:CREATE|DROP) (?:DATABASE|TABLESPACE|SUBSCRIPTION)$/,
	/^ALTER SYSTEM$/,
	/^(?:CREATE|DROP)(?: UNIQUE)? INDEX CONCURRENTLY$/,
	/^REINDEX(?: VERBOSE)? (?:SCHEMA|DATABASE|SYSTEM)$/,
	/^VACUUM$/,
	/^DISCARD ALL$/
];
const copyFromStdin = /^COPY(?: .*)? FROM STDIN$/;
/** Cuts a script (placeholders replaced) into statements as Flyway's own parser does, which is not PostgreSQL's. */
function parseScript(text) {
	const lexer = {
		text,
		at: 0,
		depth: 0
	};
	const statements = [];
	for (;;) {
		const next = nextStatement(lexer);
		if (next === null) return {
			statements,
			error: null
		};
		if ("says" in next) return {
			statements: [],
			error: next
		};
		statements.push(next);
	}
}
function nextStatement(lexer) {
	const blocks = [];
	let tokens = [];
	let start = -1;
	let code = -1;
	let keywords = 0;
	let words = "";
	let transactional = null;
	let isCopy = false;
	for (;;) {
		const token = nextToken(lexer);
		if (token.type === "delimiter" && code === -1) {
			tokens = [];
			words = "";
			start = -1;
			continue;
		}
		if (token.type === "keyword" && token.depth === 0) {
			keywords += 1;
			adjustBlocks(blocks, tokens, token);
		}
		const open = token.depth > 0 || blocks.length > 0;
		if (token.type === "end" || token.type === "delimiter" && token.depth === 0 && blocks.length === 0) {
			if (code === -1) return null;
			if (token.type === "end" && open) return {
				at: code,
				says: "Incomplete statement"
			};
			const statement = {
				start,
				end: trimmedEnd(lexer.text, token.start),
				code,
				transactional: transactional ?? true
			};
			return isCopy ? withData(lexer, statement) : {
				...statement,
				copy: null
			};
		}
		if (start === -1 && token.type !== "blank") start = token.start;
		tokens.push(token);
		if (code === -1 && token.type !== "comment" && token.type !== "blank") code = token.start;
		if (keywords <= cutoff && token.type === "keyword" && token.depth === 0) {
			words = words === "" ? token.text : `${words} ${token.text}`;
			isCopy ||= copyFromStdin.test(words);
			if (outside.some((pattern) => pattern.test(words))) transactional ??= false;
		}
	}
}
/** The bodies of `BEGIN ATOMIC` functions hold semicolons. */
function adjustBlocks(blocks, tokens, { text }) {
	const initiator = blocks.at(-1);
	if (tokens.findLast(({ type, depth }) => type !== "comment" && type !== "blank" && depth === 0)?.text === "BEGIN" && text === "ATOMIC") blocks.push("ATOMIC");
	else if (text === "CASE" && initiator === "ATOMIC") blocks.push("CASE");
	else if (text === "END" && initiator !== void 0) blocks.pop();
}
/** From the line after the semicolon to a line `\.`; without one Flyway reads on for ever. */
function withData(lexer, statement) {
	const { text } = lexer;
	const lineEnd = text.indexOf("\n", lexer.at);
	const from = lineEnd === -1 ? text.length : lineEnd + 1;
	for (let at = from; at < text.length;) {
		const newline = text.indexOf("\n", at);
		const next = newline === -1 ? text.length : newline + 1;
		if (text.slice(at, next).trim() === "\\.") {
			lexer.at = next;
			return {
				...statement,
				copy: {
					from,
					to: next,
					data: text.slice(from, at)
				}
			};
		}
		at = next;
	}
	return {
		at: statement.code,
		says: "The data of this COPY does not end with a line \\."
	};
}
function trimmedEnd(text, end) {
	let at = end;
	while (at > 0 && /\s/.test(text[at - 1] ?? "")) at -= 1;
	return at;
}
// src/tools/flyway/placeholders.ts
/** The values of `${flyway:…}`: what they are on the shadow. Times are the same in every run. */
function builtIn$1(settings, filename) {
	const named = (name) => `flyway${settings.placeholderSeparator}${name}`;
	return {
		[named("defaultSchema")]: settings.defaultSchema ?? settings.schemas[0] ?? "public",
		[named("user")]: OWNER,
		[named("database")]: DATABASE,
		[named("timestamp")]: "2000-01-01 00:00:00",
		[named("filename")]: filename,
		[named("workingDirectory")]: ".",
		[named("table")]: settings.table,
		[named("environment")]: "default"
	};
}
/**
* Replaces placeholders as `PlaceholderReplacingReader` does: everywhere, in comments and strings too, names without
* regard to case, values not looked into again.
*/
function replacePlaceholders(text, values, { placeholderPrefix: prefix, placeholderSuffix: suffix }) {
	if (prefix === "" || suffix === "" || !text.includes(prefix)) return { text };
	const known = new Map(Object.entries(values).map(([name, value]) => [name.toLowerCase(), value]));
	let replaced = "";
	let done = 0;
	for (let at = text.indexOf(prefix); at !== -1; at = text.indexOf(prefix, done)) {
		const end = text.indexOf(suffix, at + prefix.length);
		const name = text.slice(at + prefix.length, end === -1 ? text.length : end);
		const value = end === -1 ? void 0 : known.get(name.toLowerCase());
		if (value === void 0) return {
			missing: `${prefix}${name.slice(0, 80)}${suffix}`,
			at
		};
		replaced += text.slice(done, at) + value;
		done = end + suffix.length;
	}
	return { text: replaced + text.slice(done) };
}
// src/tools/flyway/script.ts
/** Reads a script and its `<file>.conf`. @throws Undecided for bytes that are not of the configured encoding */
function readScript(file, bytes, sidecar, settings, repeatable) {
	const own = new Map(sidecar === void 0 ? [] : properties(sidecar.toString("utf8")));
	const flag = (key, otherwise) => own.has(key) ? String(own.get(key)).toLowerCase() === "true" : otherwise;
	const raw = decoded(file, bytes, String(own.get("encoding") ?? settings.encoding));
	const runs = String(own.get("shouldExecute") ?? "true").toLowerCase() !== "false";
	const values = {
		...settings.placeholders,
		...builtIn$1(settings, basename$1(file))
	};
	const replaced = flag("placeholderReplacement", settings.placeholderReplacement) ? replacePlaceholders(raw, values, settings) : { text: raw };
	const as = (transaction) => ({
		sql: raw,
		transaction,
		checksum: checksumOf$1(raw),
		runs
	});
	if ("missing" in replaced) {
		const says = `Flyway stops: No value provided for placeholder: ${replaced.missing}. Nothing in the repository gives one; where the deployment does, put it under placeholders: in .github/migration-gate.yml.`;
		return {
			...as("single"),
			refused: {
				line: lineFinder(raw)(replaced.at).line,
				says
			}
		};
	}
	const { text } = replaced;
	const checksum = checksumOf$1(repeatable ? text : raw);
	const script = parseScript(text);
	const refuse = (at, says) => ({
		...as("single"),
		checksum,
		refused: {
			line: lineFinder(text)(at).line,
			says
		}
	});
	if (script.error !== null) return refuse(script.error.at, `Flyway stops: Unable to parse statement: ${script.error.says}.`);
	const { statements } = script;
	const forbids = statements.find(({ transactional }) => !transactional);
	const asked = own.has("executeInTransaction") ? flag("executeInTransaction", true) : null;
	if (forbids !== void 0 && asked === null && settings.executeInTransaction && !settings.mixed) {
		const first = statements[0]?.transactional ?? true;
		const offending = statements.find(({ transactional }) => transactional !== first);
		if (offending !== void 0) return refuse(offending.code, mixedText(forbids, text));
	}
	return {
		...as(asked ?? (forbids === void 0 && settings.executeInTransaction) ? settings.group ? "shared" : "single" : "none"),
		sql: withoutData(text, statements),
		checksum,
		messages: statements.map(({ start, end }) => ({
			start,
			end
		})),
		copyData: statements.flatMap(({ end, copy }) => copy === null ? [] : [{
			at: Math.min(end + 1, copy.from),
			data: copy.data
		}])
	};
}
const mixedText = ({ start, end }, text) => `Flyway stops: Detected both transactional and non-transactional statements within the same migration (even though mixed is false). ${summary(text.slice(start, end))} must be alone in a file, with others of its kind at most; or set mixed=true.`;
const summary = (sql) => {
	const one = sql.replace(/^(?:\s|--.*\n)+/, "").replace(/\s+/g, " ").trim();
	return one.length <= 60 ? one : `${one.slice(0, 60)}…`;
};
/** The data of COPY is no SQL: spaces in its place, line ends kept. */
function withoutData(text, statements) {
	let sql = "";
	let done = 0;
	for (const { copy } of statements) {
		if (copy === null) continue;
		sql += text.slice(done, copy.from) + text.slice(copy.from, copy.to).replace(/[^\r\n]/g, " ");
		done = copy.to;
	}
	return sql + text.slice(done);
}
const labels = {
	"iso-8859-1": "latin1",
	"iso8859-1": "latin1",
	cp1252: "windows-1252"
};
function decoded(file, bytes, encoding) {
	const name = encoding.toLowerCase();
	if (name === "utf-8" || name === "utf8" || name === "us-ascii") {
		const { text, encoding: found } = decodeMigration(file, bytes);
		if (found === "utf-8") return text;
		throw new Undecided("invalid-configuration", `${file} is ${found.toUpperCase()}, and Flyway reads it as ${encoding} (flyway.encoding) and stops. Save it as UTF-8; PowerShell's > writes UTF-16.`, { place: { file } });
	}
	if (labels[name] === "latin1") return bytes.toString("latin1");
	try {
		return new TextDecoder(labels[name] ?? name, { fatal: true }).decode(bytes).replace(/^\ufeff/, "");
	} catch (error) {
		throw new Undecided("invalid-configuration", `${file} cannot be read as ${encoding}, which Flyway's settings name (flyway.encoding).`, {
			place: { file },
			cause: error
		});
	}
}
// src/tools/flyway/history.ts
/** The migrations of all locations of one database, versioned ones first, as an empty database gets them. */
async function historyOf$1(tree, path, settings) {
	const places = placesOf(tree, path, settings);
	const named = places.flatMap((place) => filesAt(tree, place).flatMap((entry) => {
		const name = readName(basename$1(entry.path), settings);
		return name === null ? [] : [{
			entry,
			place,
			name
		}];
	}));
	for (const { entry } of named) refuseLink(entry);
	const files = named.map(({ entry }) => entry.path);
	const contents = await tree.read(files.flatMap((file) => [file, `${file}.conf`]));
	const scriptOf = ({ entry, name }) => readScript(entry.path, contents.get(entry.path) ?? Buffer.alloc(0), contents.get(`${entry.path}.conf`), settings, name.kind === "repeatable");
	const notes = [...settings.notes];
	const undos = new Map(named.flatMap((one) => one.name.kind === "undo" ? [[normal$1(one.name.version), downOf$1(one.entry.path, scriptOf(one))]] : []));
	const migrations = [];
	const oddities = [];
	for (const one of named) {
		const { entry, place, name } = one;
		if (name.kind === "invalid") oddities.push({
			kind: "never-runs",
			file: entry.path,
			says: invalidText(name.reason, settings)
		});
		if (name.kind !== "versioned" && name.kind !== "repeatable" && name.kind !== "baseline") continue;
		const { checksum, runs, ...script } = scriptOf(one);
		if (!runs) {
			notes.push(`${entry.path} is not run: its .conf says shouldExecute=false.`);
			continue;
		}
		const { description } = name;
		const bytes = contents.get(entry.path) ?? Buffer.alloc(0);
		migrations.push({
			...identityOf$1(name),
			name: description,
			file: entry.path,
			bytes,
			...script,
			...name.kind === "repeatable" && { repeatable: /\$\{flyway:timestamp\}/i.test(bytes.toString("latin1")) ? "always" : "on-change" },
			...name.kind === "baseline" && { onlyWhenEmpty: true },
			...undos.size > 0 && name.kind === "versioned" && { down: undos.get(normal$1(name.version)) ?? null },
			extra: {
				checksum,
				script: entry.path.slice(place.root === "" ? 0 : place.root.length + 1),
				type: name.kind === "baseline" ? "SQL_BASELINE" : "SQL"
			}
		});
	}
	if (settings.transactionalLock) notes.push(...waitsForItself(migrations));
	const code = codeMigrations(tree, treePath(path), places, settings);
	migrations.push(...code.migrations);
	notes.push(...code.notes);
	return {
		...withoutReplaced(migrations.sort((a, b) => order$10(a, b) || (a.file < b.file ? -1 : 1)), notes),
		notes,
		oddities,
		hooks: hooksOf$1(named, scriptOf),
		paths: places.map(({ root }) => root)
	};
}
/** Seen with Flyway 9.22: its lock is a transaction on a second connection, for which CONCURRENTLY waits. */
function waitsForItself(migrations) {
	const last = migrations.filter(({ transaction, sql }) => transaction === "none" && /\b(?:CREATE|DROP)\s+(?:UNIQUE\s+)?INDEX\s+CONCURRENTLY\b/i.test(sql)).at(-1);
	if (last === void 0) return [];
	return [`Flyway from 9.1.2 on waits for ever at CREATE INDEX CONCURRENTLY (${basename$1(last.file)}) unless flyway.postgresql.transactional.lock=false, which no file here says.`];
}
/** One version written in two ways is one to Flyway: `1` and `1.0`. */
const normal$1 = (version) => versionParts(version)?.join(".") ?? version;
function identityOf$1(name) {
	if (name.kind === "repeatable") return {
		version: `R__${name.description.replaceAll(" ", "_")}`,
		identity: `R ${name.description}`
	};
	const { version } = name;
	return {
		version,
		identity: `${name.kind === "baseline" ? "B" : ""}${normal$1(version)}`
	};
}
/** Versions by their numbers; repeatable ones, whose version is none, after them and by description. */
function order$10(left, right) {
	const byVersion = compareVersions(left.version, right.version);
	if (byVersion !== 0 || versionParts(left.version) !== null) return byVersion;
	const [a, b] = [left.version, right.version];
	return a === b ? 0 : a < b ? -1 : 1;
}
/** New migrations that are older than base's newest version; repeatable ones never are. */
function late$2(added, base) {
	const newest = base.map(({ version }) => version).filter((version) => versionParts(version) !== null).reduce((a, b) => a === null || compareVersions(a, b) < 0 ? b : a, null);
	if (newest === null) return [];
	return added.filter(({ version }) => versionParts(version) !== null && compareVersions(version, newest) < 0);
}
/**
* A baseline script stands for all versions up to its own on an empty database and is passed over elsewhere. Where
* those are still there they are what production has run.
*/
function withoutReplaced(migrations, notes) {
	const baselines = migrations.filter(({ extra }) => extra?.type === "SQL_BASELINE");
	const highest = baselines.reduce((a, b) => a === null || compareVersions(a.version, b.version) < 0 ? b : a, null);
	if (highest === null) return { migrations };
	const rest = migrations.filter((one) => !baselines.includes(one));
	const onEmpty = migrations.filter((one) => one === highest || rest.includes(one));
	const replaced = rest.filter(({ version }) => versionParts(version) !== null && compareVersions(version, highest.version) <= 0);
	if (replaced.length > 0) {
		notes.push(`${highest.file} is not run: databases that exist have the ${replaced.length} versions that it stands for, and those are replayed. Only an empty database gets it.`);
		return {
			migrations: rest,
			onEmpty: onEmpty.filter((one) => !replaced.includes(one))
		};
	}
	return { migrations: onEmpty };
}
function downOf$1(file, { sql, transaction }) {
	return {
		file,
		sql,
		transaction: transaction === "shared" ? "single" : transaction
	};
}
/** The order of `Event` within one moment. */
const moments = [
	["beforeConnect", "before-all"],
	["afterConnect", "before-all"],
	["beforeValidate", "before-all"],
	["afterValidate", "before-all"],
	["beforeCreateSchema", "before-all"],
	["createSchema", "before-all"],
	["beforeMigrate", "before-all"],
	["beforeEachMigrate", "before-each"],
	["afterEachMigrate", "after-each"],
	["beforeRepeatables", "after-all"],
	["afterVersioned", "after-all"],
	["afterMigrateApplied", "after-all"],
	["afterMigrate", "after-all"]
];
function hooksOf$1(named, scriptOf) {
	return moments.flatMap(([event, when]) => named.flatMap((one) => one.name.kind === "callback" && one.name.event === event ? [one] : []).sort((a, b) => description(a) < description(b) ? -1 : 1).map((one) => ({
		when,
		file: one.entry.path,
		sql: scriptOf(one).sql
	})));
}
const description = ({ name }) => "description" in name ? name.description : "";
const invalidText = (reason, { validateMigrationNaming }) => validateMigrationNaming ? `Flyway stops at this file (Invalid SQL filenames found, since validateMigrationNaming is on): ${reason}.` : `Flyway passes over this file without a word: ${reason}.`;
// src/tools/flyway.ts
const noSettings$1 = {
	placeholders: {},
	outOfOrder: null
};
/** The files' settings with what the project's own config adds to them. */
async function settingsWith$1(tree, path, given) {
	const settings = await settingsFor$1(tree, treePath(path));
	return {
		...settings,
		placeholders: {
			...settings.placeholders,
			...given.placeholders
		},
		outOfOrder: given.outOfOrder ?? settings.outOfOrder
	};
}
const toolFor$6 = (settings, given) => ({
	name: "flyway",
	title: "Flyway",
	detect: detect$13,
	configured: async (tree, path, asked) => toolFor$6(await settingsWith$1(tree, path, asked), asked),
	order: order$10,
	history: async (tree, path) => historyOf$1(tree, path, await settingsWith$1(tree, path, given)),
	late: late$2,
	bookkeeping: bookkeepingOf$1(settings),
	sessions: "one",
	sharesTransaction: settings.group,
	onHistoryChange: behaviourOf(settings),
	noTransaction: {
		directive: null,
		advice: `Put the statement into a script of its own: Flyway leaves the transaction out where it knows that a statement forbids one (CREATE and DROP INDEX CONCURRENTLY, VACUUM, ALTER SYSTEM and the like), and a file beside the script, \`V1__name.sql.conf\` with the line \`executeInTransaction=false\`, says so for all others (REINDEX CONCURRENTLY, DETACH PARTITION CONCURRENTLY, CALL).${settings.transactionalLock ? " For indexes set flyway.postgresql.transactional.lock=false too: otherwise Flyway holds a transaction open on a second connection, for which CREATE INDEX CONCURRENTLY waits for ever." : ""}`
	}
});
/** Flyway: versioned and repeatable SQL scripts, applied by `flyway migrate`, a build plugin or Spring Boot. */
const flyway = toolFor$6(defaultSettings$1, noSettings$1);
// src/tools/golang-migrate/owner.ts
/** Whose files these are: what the files around them say, golang-migrate where nothing speaks against it. */
async function ownerOfPairs(tree, directory, entries) {
	const dialect = /\.(?:postgres|cockroach|mysql|sqlite3?|autocommit)\.(?:up|down)\.(?:sql|fizz)$/;
	if (entries.some(({ path }) => dialect.test(basename$1(path)))) return "popx";
	for (const above of andAbove(directory)) {
		const has = (name) => tree.get(within$1(above, name)) !== void 0;
		if (has("sqlx.toml") || has("Cargo.toml")) return "sqlx";
		if (has("go.mod")) return "golang-migrate";
		const [hasura, node] = [within$1(above, "config.yaml"), within$1(above, "package.json")];
		const texts = await tree.read([hasura, node].filter((path) => tree.get(path) !== void 0));
		if (/^(?:endpoint|admin_secret|metadata_directory):/m.test(text$3(texts.get(hasura)))) return "hasura";
		if (/"node-pg-migrate"\s*:/.test(text$3(texts.get(node)))) return "node-pg-migrate";
	}
	return "golang-migrate";
}
const text$3 = (bytes) => bytes?.toString("utf8") ?? "";
// src/tools/golang-migrate/url.ts
/**
* Reads what is certain: an option in a URL of PostgreSQL, or in Go code that uses only the drivers of PostgreSQL,
* and only where the repository has one directory that it can be about. All else is said in a note.
*
* @param placeholders from the gate's config, which decide: `x-multi-statement`, `x-migrations-table`
*/
async function golangMigrateUrl(tree, directory, placeholders) {
	const said = placeholders["x-multi-statement"];
	const table = placeholders["x-migrations-table"];
	const found = said !== void 0 && table !== void 0 ? [] : await mentions(tree);
	const alone = directories(tree).every((other) => other === directory);
	const multi = found.filter(({ option }) => option === "x-multi-statement");
	const tables = [...new Set(found.flatMap((one) => one.certain && one.option === "x-migrations-table" ? [one.value] : []))];
	const [sure] = alone ? multi.filter(({ certain }) => certain) : [];
	const notes = [];
	const [unsure] = multi;
	if (said === void 0 && sure === void 0 && unsure !== void 0) notes.push(`${unsure.file} speaks of x-multi-statement, and it is not certain that it is about ${directory}: each file was taken as one message. If golang-migrate is called with it, set x-multi-statement: "true" under placeholders: in the config.`);
	if (said === void 0 && sure !== void 0) notes.push(`${sure.file} sets x-multi-statement: each file is cut at every semicolon.`);
	return {
		multiStatement: said === void 0 ? sure !== void 0 : /^(?:1|t|true)$/i.test(said),
		table: table ?? (alone && tables.length === 1 ? tables[0] : void 0) ?? "schema_migrations",
		notes
	};
}
/** Directories of files that only golang-migrate and its like have. */
const directories = (tree) => [...new Set(tree.entries.filter(({ path }) => /(?:^|\/)\d+_[^/]*\.up\.sql$/.test(path)).map(({ path }) => dirname$1(path)).filter((directory) => exclusion(directory) === null))];
const mentions = async (tree) => [...await callers(tree)].flatMap(([file, text]) => [...inUrls(file, text), ...file.endsWith(".go") ? inGo$1(file, text) : []]);
function inUrls(file, text) {
	if (!/[?&]x-m/.test(text)) return [];
	return [...text.matchAll(/[^\s"'`]{0,500}[?&](x-multi-statement|x-migrations-table)=(\w+)/g)].flatMap((match) => {
		const line = text.slice(text.lastIndexOf("\n", match.index) + 1, match.index);
		if (/^\s*(?:#|\/\/)/.test(line)) return [];
		const [url, , value = ""] = match;
		const option = match[1] === "x-multi-statement" ? "x-multi-statement" : "x-migrations-table";
		if (option === "x-multi-statement" && !/^(?:1|t|true)$/i.test(value)) return [];
		const scheme = /(\w+):\/\//.exec(url)?.[1]?.toLowerCase();
		if (scheme !== void 0 && !/^(?:postgres|postgresql|pgx\d?)$/.test(scheme)) return [];
		const here = {
			file,
			option,
			value,
			certain: scheme !== void 0
		};
		return /[?&]x-multi-statement=(?:1|t|true)\b/i.test(url) && option === "x-migrations-table" ? [here, {
			...here,
			option: "x-multi-statement",
			value: "true"
		}] : [here];
	});
}
function inGo$1(file, text) {
	const drivers = [...text.matchAll(/golang-migrate\/migrate(?:\/v\d+)?\/database\/(\w+)/g)].map(([, driver]) => driver);
	if (drivers.length === 0 || drivers.some((driver) => driver !== "postgres" && driver !== "pgx")) return [];
	const multi = /^\s*MultiStatementEnabled:\s*true\b/m.test(text);
	const table = /^\s*MigrationsTable:\s*"(\w+)"/m.exec(text)?.[1];
	return [...multi ? [{
		file,
		option: "x-multi-statement",
		value: "true",
		certain: true
	}] : [], ...table === void 0 ? [] : [{
		file,
		option: "x-migrations-table",
		value: table,
		certain: true
	}]];
}
// src/tools/golang-migrate.ts
const title$4 = "golang-migrate";
/** source/parse.go. */
const fileName$4 = /^([0-9]+)_(.*)\.(down|up)\.(.*)$/;
const largestVersion$1 = 2n ** 64n - 1n;
function named$4(entry) {
	const match = fileName$4.exec(basename$1(entry.path));
	if (match === null) return null;
	const version = BigInt(match[1] ?? 0);
	if (version > largestVersion$1) return null;
	return {
		entry,
		version,
		name: match[2] ?? "",
		direction: match[3] === "up" ? "up" : "down"
	};
}
const detect$12 = async (tree) => {
	const databases = [];
	const notes = [];
	for (const [directory, entries] of byDirectory$1(tree.entries)) {
		if (exclusion(directory) === "copied") continue;
		const pairs = entries.filter((entry) => /^\d+_.*\.up\.sql$/.test(basename$1(entry.path)));
		const [first] = pairs;
		if (first === void 0) continue;
		if (await ownerOfPairs(tree, directory, entries) !== "golang-migrate") continue;
		const dialect = await otherDialect(tree, directory, pairs);
		if (dialect === null) {
			const because = `${basename$1(first.path)} is named as golang-migrate names files`;
			databases.push({
				path: directory,
				tool: "golang-migrate",
				because
			});
		} else notes.push(`${directory} was passed over: ${dialect}.`);
	}
	return {
		databases,
		notes
	};
};
/** What is directly in the directory, links and submodules refused: the tool would open them. */
const inside = (tree, directory) => byDirectory$1(tree.under(directory)).get(directory) ?? [];
async function history$8(tree, path, url) {
	await loadParser();
	const directory = treePath(path);
	const entries = inside(tree, directory);
	const files = entries.flatMap((entry) => named$4(entry) ?? []);
	for (const { entry } of files) refuseLink(entry);
	const contents = await tree.read(files.map(({ entry }) => entry.path));
	const textOf = ({ entry }) => {
		const bytes = contents.get(entry.path);
		if (bytes === void 0) throw new Undecided("internal-error", `git has no contents for ${entry.path}.`, { place: { file: entry.path } });
		return {
			bytes,
			text: sentText$1(title$4, entry.path, bytes)
		};
	};
	const downs = new Map(files.flatMap((file) => file.direction === "down" ? [[file.version, file]] : []));
	const ups = files.filter(({ direction }) => direction === "up");
	const versions = [...new Set(files.map(({ version }) => version))].sort(byNumber);
	return {
		migrations: versions.flatMap((version, index) => {
			const before = versions[index - 1];
			const downFile = downs.get(version);
			const down = downFile === void 0 ? null : {
				file: downFile.entry.path,
				sql: textOf(downFile).text,
				transaction: url.multiStatement ? "none" : "implicit"
			};
			const shared = {
				version: String(version),
				identity: String(version),
				down,
				extra: { previous: before === void 0 ? "" : String(before) }
			};
			const here = ups.filter((file) => file.version === version);
			if (here.length === 0 && downFile !== void 0) {
				const { name, entry } = downFile;
				return [{
					...shared,
					name,
					file: entry.path,
					bytes: Buffer.alloc(0),
					sql: "",
					transaction: "implicit"
				}];
			}
			return here.sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name))).map((file) => {
				const { bytes, text: sql } = textOf(file);
				const sent = {
					...shared,
					name: file.name,
					file: file.entry.path,
					bytes,
					sql
				};
				return url.multiStatement ? {
					...sent,
					transaction: "none",
					messages: cutAtSemicolons(sql)
				} : {
					...sent,
					transaction: "implicit"
				};
			});
		}),
		notes: url.notes,
		oddities: oddities$2(entries, files)
	};
}
const byNumber = (left, right) => left < right ? -1 : left > right ? 1 : 0;
/** `x-multi-statement`: at every semicolon, whatever it stands in (database/multistmt). */
function cutAtSemicolons(sql) {
	const pieces = [];
	for (let start = 0; start < sql.length;) {
		const semicolon = sql.indexOf(";", start);
		const end = semicolon === -1 ? sql.length : semicolon + 1;
		if (goTrim(sql.slice(start, end)) !== "") pieces.push({
			start,
			end
		});
		start = end;
	}
	return pieces;
}
function oddities$2(entries, files) {
	const taken = new Set(files.map(({ entry }) => entry.path));
	const ups = new Set(files.flatMap(({ direction, version }) => direction === "up" ? [version] : []));
	return [...entries.filter(({ path }) => /\.sql$/i.test(path) && !taken.has(path)).map(({ path: file }) => ({
		kind: "never-runs",
		file,
		says: `${title$4} ${whyIgnored(file)}`
	})), ...files.filter(({ direction, version }) => direction === "down" && !ups.has(version)).map(({ entry, version }) => ({
		kind: "never-runs",
		file: entry.path,
		says: `${title$4} takes version ${version} for applied without running anything, since there is a .down file and no ${version}_….up.sql beside it.`
	}))];
}
function whyIgnored(path) {
	const name = basename$1(path);
	if (/^[0-9]+_.*\.(?:up|down)\./.test(name)) return `passes over ${name} without a word: its number is larger than 64 bits.`;
	if (/^[0-9]+_.*\.(?:up|down)\./i.test(name)) return `passes over ${name} without a word: .up and .down must be in lower case.`;
	return `passes over ${name} without a word: ${/^[0-9]+_/.test(name) ? `name it ${name.replace(/\.sql$/i, "")}.up.sql` : "name it <number>_<name>.up.sql"} if it should run.`;
}
const order$9 = (left, right) => byNumber(number$2(left.version), number$2(right.version)) || Buffer.compare(Buffer.from(left.name), Buffer.from(right.name));
const number$2 = (version) => BigInt(/^\d+/.exec(version)?.[0] ?? 0);
/** database/postgres: one row, taken away and written again around each migration. */
function bookkeepingFor$3(table) {
	const quoted = `"public"."${table.replaceAll("\"", "\"\"")}"`;
	const set = (version, dirty) => `TRUNCATE ${quoted};${version === "" && !dirty ? "" : ` INSERT INTO ${quoted} (version, dirty) VALUES (${version === "" ? -1 : version}, ${dirty});`}`;
	return {
		setup: `CREATE TABLE IF NOT EXISTS ${quoted} (version bigint not null primary key, dirty boolean not null);`,
		before: ({ version }) => set(version, true),
		after: ({ version }) => set(version, false),
		undo: ({ extra }) => set(String(extra?.previous ?? ""), false),
		relations: [`public.${table}`]
	};
}
const onHistoryChange$3 = {
	edited: {
		does: "ignores",
		says: `${title$4} never looks at a file that it has run: databases that ran the old text keep what it made, new ones get the new text, and nothing says that they differ.`
	},
	deleted: {
		does: "ignores",
		says: `${title$4} looks only for the file of the version that a database stands at: where this one is the newest there, every deploy stops with "no migration found for version …"; elsewhere nothing is missed, and new databases never get it.`,
		at: ({ newestOfBase }) => newestOfBase ? `${title$4} stops at every deploy of a database that base has reached, which stands at this version: "no migration found for version …". A new database never gets it.` : `${title$4} does not miss a file below the version that a database stands at: databases that ran it keep what it made, new ones never get it.`
	},
	renamed: {
		does: "ignores",
		says: `${title$4} goes by the number alone: under the same number it notices nothing; under a higher one than the database stands at it runs the file a second time, under a lower one never.`,
		at: ({ newestOfBase }) => newestOfBase ? {
			does: "refuses",
			says: `${title$4} stops at every deploy of a database that base has reached, which stands at the old number: "no migration found for version …".`
		} : null
	},
	outOfOrder: {
		does: "skips",
		says: `${title$4} keeps only the newest number and goes on from there: on every database that base has reached this file never runs, without an error or a warning, and only new databases get it.`
	},
	duplicateVersion: {
		does: "refuses",
		says: `${title$4} stops at the next deploy before it runs anything: "duplicate migration file".`,
		legal: false
	}
};
function toolWith$5(url) {
	return {
		name: "golang-migrate",
		title: title$4,
		detect: detect$12,
		configured: async (tree, path, { placeholders }) => toolWith$5(await golangMigrateUrl(tree, treePath(path), placeholders)),
		order: order$9,
		history: (tree, path) => history$8(tree, path, url),
		bookkeeping: bookkeepingFor$3(url.table),
		sessions: "one",
		onHistoryChange: onHistoryChange$3,
		noTransaction: url.multiStatement ? {
			directive: null,
			advice: "Nothing needs to be done: with x-multi-statement each part between two semicolons commits by itself."
		} : {
			directive: null,
			advice: "Put the statement alone into a migration of its own: golang-migrate sends a file of one statement without a transaction."
		}
	};
}
/** golang-migrate: `<number>_<name>.up.sql` and `.down.sql`, the whole file one message. */
const golangMigrate = toolWith$5({
	multiStatement: false,
	table: "schema_migrations",
	notes: []
});
// src/tools/goose/settings.ts
/** How the project calls goose, as far as its build files, scripts and Go code say it in plain text. */
async function gooseSettings(tree, placeholders, outOfOrder) {
	const tables = /* @__PURE__ */ new Set();
	let allows = null;
	for (const [file, text] of await callers(tree)) {
		if (!/goose/i.test(text)) continue;
		for (const match of text.matchAll(/goose\.(?:SetTableName|WithTableName)\(\s*"([\w.]+)"|GOOSE_TABLE\s*[=:]\s*["']?([\w.]+)|\bgoose\b[^\n]*\s-table[ =]["']?([\w.]+)/g)) tables.add(match[1] ?? match[2] ?? match[3] ?? "");
		if (/goose\.(?:WithAllowMissing\(\)|WithAllowOutofOrder\(true\))|\bgoose\b[^\n]*\s-allow-missing\b(?!=f)/.test(text)) allows ??= file;
	}
	const [table] = tables;
	return {
		table: tables.size === 1 && table !== void 0 ? table : "goose_db_version",
		allowMissing: outOfOrder ?? allows !== null,
		variables: placeholders,
		notes: outOfOrder === null && allows !== null ? [`${allows} calls goose so that late migrations run.`] : []
	};
}
/** What goose does at the next deploy when history changed. */
const gooseBehaviour = (allowMissing) => ({
	edited: {
		does: "ignores",
		says: "goose keeps numbers and no checksums: databases that ran the old text keep what it made, new ones get the new text, and nothing says that they differ."
	},
	deleted: {
		does: "ignores",
		says: "goose does not miss a file that it has run: databases that ran it keep what it made, new ones never get it, and a later `goose down` stops at it."
	},
	renamed: {
		does: "ignores",
		says: "goose goes by the number alone: under the same number it notices nothing, under another one it takes the file for a new migration."
	},
	outOfOrder: allowMissing ? {
		does: "runs",
		says: "goose is called so that missing migrations are allowed: it runs this one after those that were meant to follow it, while a new database gets it before them."
	} : {
		does: "refuses",
		says: "goose stops at the next deploy before it runs anything: \"found 1 missing migrations before current version …\" (a Provider says \"detected 1 missing (out-of-order) migration\"), unless it is called with -allow-missing."
	},
	duplicateVersion: {
		does: "refuses",
		says: "goose stops at the next deploy before it runs anything: \"duplicate version … detected\" (a Provider says \"found duplicate migration version\").",
		legal: false
	}
});
// src/tools/goose.ts
const mark = /^--[- ]*\+goose[ \t]+[Uu][Pp]\b/m;
const largestVersion = 2n ** 63n - 1n;
const detect$11 = async (tree) => {
	const { directories, notes } = await markedDirectories(tree, mark);
	return {
		databases: directories.map((path) => ({
			path,
			tool: "goose",
			because: "its files are marked \"-- +goose Up\""
		})),
		notes
	};
};
/** NumericComponent: the number before the first underscore, or why there is none. */
function versionOf(name) {
	const underscore = name.indexOf("_");
	if (underscore === -1) return { error: "no filename separator '_' found" };
	const digits = /^\+?(\d+)$/.exec(name.slice(0, underscore))?.[1];
	if (digits === void 0 || BigInt(digits) > largestVersion) return { error: `failed to parse version from migration file: ${name}` };
	return BigInt(digits) < 1n ? { error: "migration version must be greater than zero" } : BigInt(digits);
}
async function history$7(tree, path, settings) {
	await loadParser();
	const directory = treePath(path);
	const files = [];
	const oddities = [];
	for (const entry of byDirectory$1(tree.under(directory)).get(directory) ?? []) {
		const name = basename$1(entry.path);
		const suffix = /\.(?:sql|go)$/.exec(name)?.[0];
		if (suffix === void 0) {
			if (/\.sql$/i.test(name)) oddities.push(upperCase(entry.path));
			continue;
		}
		const version = versionOf(name);
		if (typeof version === "bigint") {
			if (!name.endsWith("_test.go")) files.push({
				entry,
				version
			});
		} else if (suffix === ".sql") oddities.push(unnumbered(entry.path, version.error));
	}
	for (const { entry } of files) refuseLink(entry);
	files.sort((a, b) => a.version < b.version ? -1 : a.version > b.version ? 1 : 0);
	const contents = await tree.read(files.map(({ entry }) => entry.path));
	const migrations = files.map(({ entry, version }) => {
		const bytes = contents.get(entry.path);
		if (bytes === void 0) throw new Undecided("internal-error", `git has no contents for ${entry.path}.`, { place: { file: entry.path } });
		const name = basename$1(entry.path);
		const common = {
			version: String(version),
			identity: String(version),
			name: name.slice(name.indexOf("_") + 1, name.lastIndexOf(".")),
			file: entry.path,
			bytes
		};
		return name.endsWith(".go") ? {
			...common,
			...inGo(entry.path)
		} : {
			...common,
			...inSql(common, settings)
		};
	});
	const programs = migrations.filter(({ file }) => file.endsWith(".go"));
	return {
		migrations,
		notes: [
			...settings.notes,
			...notRun(programs),
			...migrations.flatMap((one) => brokenDown(one, settings))
		],
		oddities
	};
}
/** Its command does not look at the down part on the way up. */
function brokenDown({ file, bytes, refused }, { variables }) {
	if (refused !== void 0 || file.endsWith(".go")) return [];
	const down = parseGoose(sentText$1("goose", file, bytes), "down", variables);
	return "message" in down ? [`goose cannot read the down part of ${file} (${down.message}); a Provider stops there on the way up too.`] : [];
}
const inGo = (file) => ({
	sql: "",
	transaction: "single",
	down: null,
	opaque: `${file} is a migration in Go, which only the project's own program can run: what it does to the schema was not checked. Write it in SQL, or review it by hand and merge it alone.`
});
function inSql(file, { variables }) {
	const text = sentText$1("goose", file.file, file.bytes);
	const up = parseGoose(text, "up", variables);
	const down = parseGoose(text, "down", variables);
	if ("message" in up) {
		const says = `goose stops at this file: ${up.message.replace(/\?$/, "")}.`;
		return {
			sql: text,
			transaction: "single",
			down: null,
			refused: {
				line: up.line,
				says
			}
		};
	}
	refuseUnknown(file.file, up);
	const transaction = up.useTransaction ? "single" : "none";
	const back = "message" in down || down.statements.length === 0 ? null : {
		file: file.file,
		sql: down.sql,
		transaction
	};
	return {
		sql: up.sql,
		transaction,
		messages: up.statements,
		down: back
	};
}
function refuseUnknown(file, { unknownVariables }) {
	const [first] = unknownVariables;
	if (first === void 0) return;
	throw new Undecided("invalid-configuration", `${file} takes ${unknownVariables.join(", ")} from the environment (goose ENVSUB), and nobody said what ${unknownVariables.length === 1 ? "it is" : "they are"}: add ${unknownVariables.map((name) => `${name}: "…"`).join(", ")} under placeholders: of this database in the config.`, { place: { file } });
}
const upperCase = (file) => ({
	kind: "never-runs",
	file,
	says: `goose passes over ${basename$1(file)} without a word: the suffix must be .sql in lower case.`
});
const unnumbered = (file, error) => ({
	kind: "never-runs",
	file,
	says: `goose never runs ${basename$1(file)}: its command and goose.Up stop every deploy at it (${error}), a Provider passes over it; name it <number>_<name>.sql, or move it out of the directory.`
});
function notRun(programs) {
	const [first] = programs;
	if (first === void 0) return [];
	const more = programs.length === 1 ? "" : ` and ${programs.length - 1} more`;
	return [`${first.file}${more} ${programs.length === 1 ? "is a migration" : "are migrations"} in Go, which only the project's own program can run: the shadow does not have what ${programs.length === 1 ? "it does" : "they do"}.`];
}
const order$8 = (left, right) => {
	const [a, b] = [number$1(left.version), number$1(right.version)];
	return a < b ? -1 : a > b ? 1 : Buffer.compare(Buffer.from(left.name), Buffer.from(right.name));
};
const number$1 = (version) => BigInt(/^\d+/.exec(version)?.[0] ?? 0);
/** internal/dialects/postgres.go; the name is not qualified there either. */
function bookkeepingFor$2(table) {
	const [schema, name] = table.includes(".") ? [table.split(".")[0], table.split(".")[1] ?? ""] : [void 0, table];
	const quoted = qualified$1(schema, name);
	return {
		setup: `CREATE TABLE ${quoted} (
		id integer PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY,
		version_id bigint NOT NULL,
		is_applied boolean NOT NULL,
		tstamp timestamp NOT NULL DEFAULT now()
	);
INSERT INTO ${quoted} (version_id, is_applied) VALUES (0, true);`,
		before: () => "",
		after: ({ version }) => `INSERT INTO ${quoted} (version_id, is_applied) VALUES (${literal$2(version)}, true);`,
		undo: ({ version }) => `DELETE FROM ${quoted} WHERE version_id = ${literal$2(version)};`,
		relations: [`${schema ?? "public"}.${name}`]
	};
}
const toolWith$4 = (settings) => ({
	name: "goose",
	title: "goose",
	detect: detect$11,
	configured: async (tree, _path, { placeholders, outOfOrder }) => toolWith$4(await gooseSettings(tree, placeholders, outOfOrder)),
	order: order$8,
	history: (tree, path) => history$7(tree, path, settings),
	bookkeeping: bookkeepingFor$2(settings.table),
	sessions: "each",
	onHistoryChange: gooseBehaviour(settings.allowMissing),
	noTransaction: {
		directive: "-- +goose NO TRANSACTION\n-- +goose Up",
		advice: "Put the statement alone into a migration of its own whose file has the line `-- +goose NO TRANSACTION` above `-- +goose Up`."
	}
});
/** goose: `<number>_<name>.sql` with `-- +goose Up` and `-- +goose Down` parts. */
const goose = toolWith$4({
	table: "goose_db_version",
	allowMissing: false,
	variables: {},
	notes: []
});
// src/tools/graphile-migrate/config.ts
/** `.gmrc` is data; the others are programs, of which nothing is known. */
const configNames = [
	".gmrc",
	".gmrc.js",
	".gmrc.cjs"
];
/**
* The config of a migrations folder: the nearest `.gmrc` that means it, or null.
*
* @throws Undecided for a file that graphile-migrate could not read either
*/
async function configOf$1(tree, folder) {
	for (const above of andAbove(folder)) {
		const file = within$1(above, ".gmrc");
		if (tree.get(file) === void 0) continue;
		const config = await readConfig(tree, file);
		if (config.folder === folder) return config;
	}
	return null;
}
/** Reads a `.gmrc`. */
async function readConfig(tree, file) {
	const text = (await tree.read([file])).get(file)?.toString("utf8") ?? "";
	const config = record$3(parsed$2(text, file));
	const folder = typeof config.migrationsFolder === "string" ? config.migrationsFolder : "migrations";
	return {
		file,
		folder: resolved$1(dirname$1(file), folder),
		placeholders: texts(config.placeholders),
		settings: texts(config.pgSettings),
		before: actions$1(config.beforeAllMigrations),
		after: actions$1(config.afterAllMigrations),
		reset: [...actions$1(config.beforeReset), ...actions$1(config.afterReset)].flatMap((action) => action.kind === "sql" ? [action.file] : [])
	};
}
/** Is it one of the files that graphile-migrate looks for? */
const isConfig = (path) => configNames.includes(basename$1(path));
function parsed$2(text, file) {
	try {
		return parseJson5(text);
	} catch (error) {
		if (!(error instanceof SyntaxError)) throw error;
		throw new Undecided("invalid-configuration", `graphile-migrate does not start: ${file} is no JSON5 (${error.message}).`, {
			place: { file },
			cause: error
		});
	}
}
/** A file name, `!` before it for the superuser, or an object; those for the tool's own shadow do not deploy. */
function actions$1(value) {
	return (Array.isArray(value) ? value : value === void 0 ? [] : [value]).flatMap((one) => {
		if (typeof one === "string") return [{
			kind: "sql",
			file: one.replace(/^!/, "")
		}];
		const { _: kind = "command", file, command, shadow } = record$3(one);
		if (shadow === true) return [];
		if (kind === "sql" && typeof file === "string") return [{
			kind,
			file
		}];
		return kind === "command" && typeof command === "string" ? [{
			kind,
			command
		}] : [];
	});
}
function texts(value) {
	return Object.fromEntries(Object.entries(record$3(value)).flatMap(([key, one]) => typeof one === "string" || typeof one === "number" ? [[key, String(one)]] : []));
}
const record$3 = (value) => typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
// src/tools/graphile-migrate/committed.ts
/** Reads the headers of a committed migration, as the tool does before it runs any. */
function readCommitted(text) {
	const lines = text.split("\n");
	const headers = /* @__PURE__ */ new Map();
	let count = 0;
	for (const line of lines) {
		const [, key, value = ""] = /^--! ([A-Z][a-zA-Z0-9_]*)(?::(.*))?$/.exec(line) ?? [];
		if (key === void 0) break;
		count += 1;
		if (headers.has(key)) return {
			line: count,
			why: `header '${key}' is specified more than once`
		};
		headers.set(key, value.trim());
	}
	const after = lines[count];
	if (after === "\r") return {
		line: count + 1,
		why: "it looks like the line endings have been corrupted"
	};
	if (after !== "") return {
		line: count + 1,
		why: "there should be two newlines after the headers section"
	};
	const previous = headers.get("Previous");
	const hash = headers.get("Hash");
	if (!previous) return {
		line: 1,
		why: "no 'Previous' comment"
	};
	if (!hash) return {
		line: 1,
		why: "no 'Hash' comment"
	};
	const body = lines.slice(count).join("\n").trim();
	const previousHash = previous === "-" ? null : previous;
	return {
		hash,
		previousHash,
		allowInvalidHash: headers.has("AllowInvalidHash"),
		noTransaction: /^--!\s*no-transaction\b/.test(body.split("\n", 1)[0] ?? ""),
		actualHash: hashOf(body, previousHash)
	};
}
/** What `--! Hash:` has to say. */
const hashOf = (body, previousHash) => `sha1:${createHash("sha1").update(`${`${previousHash ?? ""}\n${body.trim()}`.trim()}\n`).digest("hex")}`;
// src/tools/graphile-migrate/placeholders.ts
/**
* What replaces the placeholders of a text, as the tool does: word for word, wherever they stand.
*
* @throws Undecided where the environment gives a value that the config does not
*/
function replacer(config, settings) {
	const given = new Map(Object.entries(config?.placeholders ?? {}));
	const own = /* @__PURE__ */ new Map([[":DATABASE_NAME", DATABASE], [":DATABASE_OWNER", OWNER]]);
	const names = [...given.keys(), ...own.keys()];
	const pattern = new RegExp(`(?:${names.map(escaped).join("|")})\\b`, "g");
	return (text, file) => text.replace(pattern, (name) => {
		const value = settings[name] ?? settings[name.slice(1)] ?? own.get(name) ?? given.get(name);
		if (value !== void 0 && value !== "!ENV") return value;
		throw new Undecided("invalid-configuration", `${file} uses ${name}, whose value graphile-migrate takes from the environment (${config?.file ?? ".gmrc"}). Say what it is under placeholders: of this database in .github/migration-gate.yml, as in\n\n    placeholders:\n      ${JSON.stringify(name)}: …\n`, { place: { file } });
	});
}
const escaped = (text) => text.replace(/[-/\\^$*+?.()|[\]{}]/g, "\\$&");
// src/tools/graphile-migrate/history.ts
/** How a committed migration is called. */
const fileName$3 = /^([0-9]+)(?:-([-_a-zA-Z0-9]*))?\.sql$/;
/** The user may name `migrations` or what is in it. */
const folderAt = (path) => {
	const folder = treePath(path);
	return basename$1(folder) === "committed" ? dirname$1(folder) : folder;
};
/** The committed migrations of a folder, their placeholders replaced. */
async function readHistory$1(tree, path, placeholders) {
	await loadParser();
	const folder = folderAt(path);
	const config = await configOf$1(tree, folder);
	const replace = replacer(config, placeholders);
	const direct = tree.under(folder).filter((entry) => dirname$1(entry.path) === within$1(folder, "committed"));
	const files = direct.filter((entry) => fileName$3.test(basename$1(entry.path))).sort((a, b) => collator$2.compare(numberOf(a.path), numberOf(b.path)));
	for (const entry of files) refuseLink(entry);
	const contents = await tree.read(files.map((entry) => entry.path));
	const migrations = [];
	let previous = null;
	for (const { path: file } of files) {
		const bytes = contents.get(file) ?? Buffer.alloc(0);
		const { text, encoding, byteOrderMark } = decodeMigration(file, bytes);
		const read = byteOrderMark || encoding !== "utf-8" ? readCommitted(`\ufeff${text}`) : readCommitted(text);
		const committed = "why" in read ? null : read;
		const refused = "why" in read ? {
			line: read.line,
			says: `graphile-migrate stops before it runs anything: “Invalid committed migration: ${read.why}”.`
		} : objection(file, read, previous);
		previous = committed ?? previous;
		const [, number = "", slug = ""] = fileName$3.exec(basename$1(file)) ?? [];
		migrations.push({
			version: number,
			name: slug,
			identity: number,
			file,
			bytes,
			sql: replace(text, file),
			transaction: committed?.noTransaction === true ? "implicit" : "single",
			...refused === null ? {} : { refused },
			extra: {
				hash: committed?.hash ?? "",
				previousHash: committed?.previousHash ?? ""
			}
		});
	}
	const hooks = await hooksOf(tree, folder, config, replace);
	return {
		migrations,
		notes: [...notesOf$1(tree, folder, config), ...hooks.notes],
		oddities: [...direct.filter((entry) => /\.sql$/i.test(entry.path) && !fileName$3.test(basename$1(entry.path))).map(({ path: file }) => ({
			kind: "never-runs",
			file,
			says: `graphile-migrate never runs ${file}: a committed migration is called 000001.sql or 000001-name.sql.`
		})), ...await notCommitted(tree, folder)],
		hooks: hooks.hooks
	};
}
/** What graphile-migrate finds wrong with a file that it can read. */
function objection(file, one, previous) {
	const name = `${numberOf(file)}.sql`;
	if (previous === null && one.previousHash !== null) return {
		line: 1,
		says: `graphile-migrate stops before it runs anything: “Migration '${name}' expected a previous migration ('${one.previousHash}'), but no correctly ordered previous migration was found”.`
	};
	if (previous !== null && one.previousHash !== previous.hash) return {
		line: 1,
		says: `graphile-migrate stops before it runs anything: “Previous migration with hash '${previous.hash}' doesn't match '${name}''s expected previous hash '${one.previousHash}'”. Take the newest one back with \`graphile-migrate uncommit\`, and commit it again on top of the others.`
	};
	if (one.actualHash !== one.hash && !one.allowInvalidHash) return {
		line: 2,
		says: `graphile-migrate stops at it where it has not run yet: “Hash for ${basename$1(file)} does not match - ${one.actualHash} !== ${one.hash}; has the file been tampered with?”`
	};
	if (one.actualHash === one.hash && one.allowInvalidHash) return {
		line: 1,
		says: `graphile-migrate stops at it: “Invalid hash allowed for ${basename$1(file)}; but hash matches.” Take the line --! AllowInvalidHash out.`
	};
	return null;
}
/** The migration that is being written is no part of a deployment, and easily forgotten. */
async function notCommitted(tree, folder) {
	const files = tree.under(folder).map((entry) => entry.path).filter((path) => path === within$1(folder, "current.sql") || dirname$1(path) === within$1(folder, "current") && path.endsWith(".sql"));
	return [...await tree.read(files)].flatMap(([file, bytes]) => {
		const { statements, error } = parseFile(bytes.toString("utf8"));
		if (statements.length === 0 && error === null) return [];
		return [{
			kind: "never-runs",
			file,
			says: `graphile-migrate never deploys ${file}: \`graphile-migrate commit\` makes a migration of it.`
		}];
	});
}
async function hooksOf(tree, folder, config, replace) {
	const hooks = [];
	const notes = [];
	for (const [when, actions] of [["before-all", config?.before ?? []], ["after-all", config?.after ?? []]]) for (const action of actions) {
		if (action.kind === "command") {
			notes.push(`${config?.file} runs a command ${when === "before-all" ? "before" : "after"} the migrations, which was not run here: ${action.command.slice(0, 120)}`);
			continue;
		}
		const file = within$1(folder, action.file);
		const bytes = (await tree.read([file])).get(file);
		if (bytes === void 0) notes.push(`${config?.file} names ${file}, which is not there.`);
		else hooks.push({
			when,
			file,
			sql: replace(decodeMigration(file, bytes).text, file)
		});
	}
	return {
		hooks,
		notes
	};
}
function notesOf$1(tree, folder, config) {
	const unread = (config === null ? configNames.slice(1).map((name) => within$1(dirname$1(folder), name)) : []).find((path) => tree.get(path) !== void 0);
	return [...unread === void 0 ? [] : [`${unread} is a program and was not run: its placeholders, settings and actions are not known.`], ...(config?.reset ?? []).map((file) => `${config?.file} prepares an empty database with ${within$1(folder, file)}, which is no part of a deployment. Name it under setup: if the history needs it.`)];
}
const numberOf = (path) => fileName$3.exec(basename$1(path))?.[1] ?? "";
const collator$2 = new Intl.Collator("en");
/** As the tool sorts them: as text. */
const order$7 = (left, right) => collator$2.compare(left.version, right.version);
// src/tools/graphile-migrate.ts
const detect$10 = async (tree) => {
	const found = /* @__PURE__ */ new Map();
	for (const { path } of tree.entries.filter((entry) => isConfig(entry.path))) {
		const folder = basename$1(path) === ".gmrc" ? await folderOf(tree, path) : within$1(dirname$1(path), "migrations");
		if (tree.under(folder).length > 0) found.set(folder, `${path} is there`);
	}
	const committed = tree.entries.filter(({ path }) => basename$1(dirname$1(path)) === "committed" && fileName$3.test(basename$1(path)));
	const contents = await tree.read(committed.map(({ path }) => path));
	for (const [path, bytes] of contents) {
		if (!/^--! (?:Previous|Hash): /m.test(bytes.toString("utf8"))) continue;
		const folder = dirname$1(dirname$1(path));
		if (!found.has(folder)) found.set(folder, `${path} carries its headers`);
	}
	return {
		databases: [...found].filter(([path]) => exclusion(path) !== "copied").map(([path, because]) => ({
			path,
			tool: "graphile-migrate",
			because
		})),
		notes: []
	};
};
/** Detection goes on where a config cannot be read; the history then says so. */
async function folderOf(tree, path) {
	try {
		return (await readConfig(tree, path)).folder;
	} catch {
		return within$1(dirname$1(path), "migrations");
	}
}
const bookkeeping$3 = (config) => {
	const settings = Object.entries(config?.settings ?? {}).map(([name, value]) => `pg_catalog.set_config(${literal$2(name)}, ${literal$2(value)}, false)`);
	return {
		setup: `CREATE SCHEMA IF NOT EXISTS graphile_migrate;
CREATE TABLE IF NOT EXISTS graphile_migrate.migrations (
    hash text PRIMARY KEY,
    previous_hash text REFERENCES graphile_migrate.migrations,
    filename text NOT NULL,
    date timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE IF NOT EXISTS graphile_migrate.current (
    filename text PRIMARY KEY DEFAULT 'current.sql',
    content text NOT NULL,
    date timestamptz NOT NULL DEFAULT now()
);`,
		before: () => settings.length === 0 ? "" : `SELECT ${settings.join(", ")};`,
		after: ({ version, extra }) => {
			const previous = String(extra?.previousHash ?? "");
			return `INSERT INTO graphile_migrate.migrations (hash, previous_hash, filename) VALUES (${literal$2(String(extra?.hash))}, ${previous === "" ? "NULL" : literal$2(previous)}, ${literal$2(`${version}.sql`)});`;
		},
		relations: ["graphile_migrate.migrations", "graphile_migrate.current"],
		schemas: ["graphile_migrate"]
	};
};
const toolFor$5 = (config, placeholders) => ({
	name: "graphile-migrate",
	title: "graphile-migrate",
	detect: detect$10,
	configured: async (tree, path, settings) => toolFor$5(await configOf$1(tree, folderAt(path)), settings.placeholders),
	order: order$7,
	history: (tree, path) => readHistory$1(tree, path, placeholders),
	bookkeeping: bookkeeping$3(config),
	sessions: "one",
	onHistoryChange: {
		edited: {
			does: "ignores",
			says: "graphile-migrate checks the hash only of what it is about to run: databases that ran the old text keep what it made, and a new one stops here, unless the hash was changed too."
		},
		deleted: {
			does: "refuses",
			says: "graphile-migrate refuses to start: every file names the hash of the one before it, and that one is gone. Only where the newest was deleted does nothing notice."
		},
		renamed: {
			does: "ignores",
			says: "graphile-migrate goes by the number alone: another description changes nothing, while another number makes it run again where that is higher than all that ran, and stop at its hash, which is recorded already."
		},
		outOfOrder: {
			does: "refuses",
			says: "graphile-migrate refuses to start: every file names the hash of the one before it, and a file in between breaks that chain. Where the chain was mended it passes over every number below the newest applied one."
		},
		duplicateVersion: {
			does: "refuses",
			says: "graphile-migrate refuses to start: every file names the hash of the one before it, and two with one number cannot both follow it.",
			legal: false
		}
	},
	noTransaction: {
		directive: "--! no-transaction",
		advice: "Put the statement alone into a migration whose first line is `--! no-transaction`: graphile-migrate then sends the file as one message without BEGIN, in which a single statement has no transaction."
	}
});
/** graphile-migrate: what `graphile-migrate commit` made, applied by `graphile-migrate migrate`. */
const graphileMigrate = toolFor$5(null, {});
// src/tools/hasura/metadata.ts
/**
* The SQL in an `up.yaml` of the first versions of the format: what its `run_sql` calls send, one after the other. The other
* calls change Hasura's metadata only. '' for what is no list of calls.
*/
function sqlOfMetadata(text) {
	let calls;
	try {
		calls = (0, import_dist.parse)(text);
	} catch {
		return "";
	}
	return sqlOf(calls).join("\n");
}
function sqlOf(calls) {
	if (!Array.isArray(calls)) return [];
	return calls.flatMap((call) => {
		if (call?.type === "bulk") return sqlOf(call.args);
		if (call?.type !== "run_sql") return [];
		const { args } = call;
		const sql = typeof args === "object" && args !== null && "sql" in args ? args.sql : null;
		return typeof sql === "string" ? [`${sql.trimEnd().replace(/;$/, "")};`] : [];
	});
}
// src/tools/hasura/project.ts
const isObject$1 = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
/** The project that a directory of migrations belongs to, or null: the nearest `config.yaml` that is Hasura's. */
async function projectOf(tree, directory) {
	for (const above of andAbove(treePath(directory)).slice(1)) {
		const project = await projectAt(tree, within$1(above, "config.yaml"));
		if (project !== null) return project;
	}
	return null;
}
async function projectAt(tree, file) {
	const text = (await tree.read([file])).get(file)?.toString("utf8");
	if (text === void 0 || !/^(?:version|endpoint|metadata_directory|migrations_directory)\s*:/m.test(text)) return null;
	let config;
	try {
		config = (0, import_dist.parse)(text);
	} catch {
		return null;
	}
	if (!isObject$1(config)) return null;
	if (![
		"endpoint",
		"metadata_directory",
		"migrations_directory",
		"admin_secret",
		"actions"
	].some((key) => key in config)) return null;
	const path = (key, otherwise) => within$1(dirname$1(file), treePath(typeof config[key] === "string" ? config[key] : otherwise));
	return {
		file,
		version: Number(config.version ?? 1) || 1,
		metadata: path("metadata_directory", "metadata"),
		migrations: path("migrations_directory", "migrations")
	};
}
/** What the metadata says a source is (`postgres`, `mssql`), or null where it says nothing. */
async function kindOf(tree, project, database) {
	const files = [
		"databases/databases.yaml",
		"databases.yaml",
		"tables.yaml"
	].map((name) => within$1(project.metadata, name));
	const contents = await tree.read(files);
	for (const file of files.slice(0, 2)) {
		const text = contents.get(file)?.toString("utf8");
		if (text === void 0) continue;
		try {
			const sources = (0, import_dist.parse)(text, { logLevel: "silent" });
			if (!Array.isArray(sources)) continue;
			const source = sources.find((one) => isObject$1(one) && one.name === database);
			if (isObject$1(source) && typeof source.kind === "string") return source.kind;
		} catch {}
	}
	return null;
}
/** `migrations/default` in version 3; before that there is one database and no directory for it. */
const databaseOf = (directory) => basename$1(directory) || "default";
// src/tools/hasura.ts
/** `<version>_<name>/up.sql`, and in the first version of the format `<version>_<name>.up.sql`. */
const folder$1 = /^(\d+)_(.*)$/;
const named$3 = /^(\d+)_(.*)\.(up|down)\.(sql|yaml)$/;
const detect$9 = async (tree) => {
	const candidates = /* @__PURE__ */ new Map();
	for (const entry of tree.entries) {
		if (!entry.mode.startsWith("100")) continue;
		const name = basename$1(entry.path);
		const own = dirname$1(entry.path);
		const directory = name === "up.sql" && folder$1.test(basename$1(own)) ? dirname$1(own) : named$3.test(name) ? own : null;
		if (directory === null || exclusion(directory) === "copied") continue;
		const list = candidates.get(directory);
		if (list === void 0) candidates.set(directory, [entry]);
		else list.push(entry);
	}
	const databases = [];
	const notes = [];
	for (const [path, entries] of candidates) {
		const project = await projectOf(tree, path);
		const flat = entries.every((entry) => dirname$1(entry.path) === path);
		if (project === null && (flat || !entries.every(hasTimestamp))) continue;
		if (project === null && await rustProof(tree, path, "diesel") !== null) continue;
		const other = await otherKind(tree, path, project, entries);
		if (other !== null) notes.push(`${path} was passed over: ${other}.`);
		else {
			const because = project === null ? `${entries[0]?.path ?? path} is named as Hasura names migrations` : `${project.file} is Hasura's`;
			databases.push({
				path,
				tool: "hasura",
				because
			});
		}
	}
	return {
		databases,
		notes
	};
};
/** Milliseconds since 1970 and a name, as the command makes folders: without its config nothing less is proof. */
const hasTimestamp = (entry) => /^\d{13}_./.test(basename$1(dirname$1(entry.path)));
/** Hasura speaks to other databases too. */
async function otherKind(tree, path, project, entries) {
	const kind = project === null ? null : await kindOf(tree, project, databaseOf(path));
	if (kind !== null && kind !== "postgres" && kind !== "pg") return `the metadata says that ${databaseOf(path)} is ${kind.slice(0, 40)}`;
	const sql = entries.filter((entry) => entry.path.endsWith(".sql"));
	return kind === null && sql.length > 0 ? otherDialect(tree, path, sql) : null;
}
async function history$6(tree, path) {
	const directory = treePath(path);
	const found = /* @__PURE__ */ new Map();
	const oddities = [];
	for (const entry of tree.under(directory)) {
		const [first = "", second, ...deeper] = entry.path.slice(directory === "" ? 0 : directory.length + 1).split("/");
		if (deeper.length > 0) continue;
		const raw = second === void 0 ? first : `${first}.${second}`;
		const match = named$3.exec(raw);
		if (match === null) {
			const says = neverRuns$1(first, second);
			if (says !== null && entry.mode.startsWith("100")) oddities.push({
				kind: "never-runs",
				file: entry.path,
				says
			});
			if (second === void 0 && entry.mode === "120000" && folder$1.test(first)) refuseLink(entry);
			continue;
		}
		refuseLink(entry);
		const [, version = "", name = "", direction = "", kind = ""] = match;
		const key = second === void 0 ? `${version}_${name}` : first;
		const files = found.get(key) ?? {
			version,
			name,
			files: /* @__PURE__ */ new Map()
		};
		files.files.set(`${direction}.${kind}`, entry.path);
		found.set(key, files);
	}
	const contents = await tree.read([...found.values()].flatMap(({ files }) => [...files.values()]));
	return {
		migrations: [...found.values()].flatMap((one) => migration$2(one, contents)).sort((a, b) => order$6(a, b) || (a.file < b.file ? -1 : 1)),
		notes: [],
		oddities
	};
}
/** The command passes over whatever does not look like a migration. */
function neverRuns$1(first, second) {
	if (second === void 0) return /\.sql$/i.test(first) ? "Hasura passes over this file: it runs up.sql in folders called <version>_<name>." : null;
	if (!/\.sql$/i.test(second)) return null;
	return folder$1.test(first) ? "Hasura passes over this file: in the folder of a migration it reads up.sql and down.sql, spelled so." : "Hasura passes over this file: the name of its folder does not begin with a number and an underscore.";
}
function migration$2({ version, name, files }, contents) {
	const present = (kind) => {
		const file = files.get(kind);
		const bytes = file === void 0 ? void 0 : contents.get(file);
		return file === void 0 || bytes === void 0 || bytes.length === 0 ? null : {
			file,
			bytes
		};
	};
	const up = present("up.sql");
	const metadata = present("up.yaml");
	const down = present("down.sql");
	const base = {
		version,
		name,
		identity: String(BigInt(version)),
		transaction: "single"
	};
	if (up !== null) {
		const sql = text$2(up.file, up.bytes);
		const alone = /^\s*-- hasura:no-transaction\s*?(?:\n|$)/.test(sql);
		const way = down === null ? null : {
			file: down.file,
			sql: text$2(down.file, down.bytes),
			transaction: "single"
		};
		return [{
			...base,
			...up,
			sql,
			transaction: alone ? "implicit" : "single",
			down: way
		}];
	}
	if (metadata !== null) {
		const read = sqlOfMetadata(metadata.bytes.toString("utf8"));
		return [{
			...base,
			...metadata,
			sql: read,
			down: null
		}];
	}
	const other = down ?? present("down.yaml");
	if (other === null) return [];
	const says = `Hasura stops: ${version} up migration not found (up.sql is missing or empty, and there is a way back).`;
	return [{
		...base,
		...other,
		sql: "",
		refused: {
			line: 1,
			says
		}
	}];
}
function text$2(file, bytes) {
	const { text: sql, encoding, byteOrderMark } = decodeMigration(file, bytes);
	if (encoding !== "utf-8") throw new Undecided("invalid-configuration", `${file} is ${encoding.toUpperCase()}, which Hasura sends to the server as garbage. Save it as UTF-8; PowerShell's > writes UTF-16.`, { place: { file } });
	return byteOrderMark ? `\ufeff${sql}` : sql;
}
function order$6(left, right) {
	const [a, b] = [left, right].map(({ version }) => /^\d+$/.test(version) ? BigInt(version) : 0n);
	if (a === void 0 || b === void 0 || a === b) return 0;
	return a < b ? -1 : 1;
}
const bookkeeping$2 = (version, database) => ({
	setup: `CREATE SCHEMA IF NOT EXISTS hdb_catalog;
CREATE FUNCTION hdb_catalog.gen_hasura_uuid() RETURNS uuid LANGUAGE sql AS $$select gen_random_uuid()$$;
CREATE TABLE hdb_catalog.hdb_version (hasura_uuid uuid PRIMARY KEY DEFAULT hdb_catalog.gen_hasura_uuid(), version text NOT NULL, upgraded_on timestamptz NOT NULL, cli_state jsonb NOT NULL DEFAULT '{}'::jsonb, console_state jsonb NOT NULL DEFAULT '{}'::jsonb);
INSERT INTO hdb_catalog.hdb_version (version, upgraded_on) VALUES ('48', now());${version >= 3 ? "" : "\nCREATE TABLE hdb_catalog.schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL);"}`,
	before: () => "",
	after: ({ identity }) => version >= 3 ? `UPDATE hdb_catalog.hdb_version SET cli_state = cli_state || jsonb_build_object('migrations', coalesce(cli_state->'migrations', '{}') || jsonb_build_object(${literal$2(database)}, coalesce(cli_state->'migrations'->${literal$2(database)}, '{}') || jsonb_build_object(${literal$2(identity)}, false)));` : `INSERT INTO hdb_catalog.schema_migrations (version, dirty) VALUES (${identity}, false);`,
	undo: ({ identity }) => version >= 3 ? `UPDATE hdb_catalog.hdb_version SET cli_state = cli_state #- ARRAY['migrations', ${literal$2(database)}, ${literal$2(identity)}];` : `DELETE FROM hdb_catalog.schema_migrations WHERE version = ${identity};`,
	relations: [],
	schemas: ["hdb_catalog"]
});
const toolFor$4 = (version, database) => ({
	name: "hasura",
	title: "Hasura",
	detect: detect$9,
	configured: async (tree, path) => {
		const project = await projectOf(tree, path);
		return toolFor$4(project?.version ?? 3, databaseOf(treePath(path)));
	},
	order: order$6,
	history: history$6,
	bookkeeping: bookkeeping$2(version, database),
	sessions: "each",
	onHistoryChange: {
		edited: {
			does: "ignores",
			says: "Hasura never looks at a migration again that it has applied: databases that ran the old text keep what it made, new ones get the new text."
		},
		deleted: {
			does: "ignores",
			says: "Hasura applies the others without missing it (`hasura migrate status` says \"Not Present\"): databases that ran it keep what it made, new ones never get it."
		},
		renamed: {
			does: "ignores",
			says: "Hasura goes by the number in front of the name: a new name goes unnoticed, and under a new number the migration runs a second time."
		},
		outOfOrder: {
			does: "runs",
			says: "Hasura runs it after the migrations that were meant to follow it, while a new database gets it before them."
		},
		duplicateVersion: {
			does: "refuses",
			says: "Hasura refuses to start: \"found duplicate migrations for version …\".",
			legal: false
		}
	},
	noTransaction: {
		directive: "-- hasura:no-transaction",
		advice: "Put the statement alone into a migration whose first line is `-- hasura:no-transaction`, which the newest command understands; with older ones `hasura migrate apply --no-transaction` does it for all migrations of that call."
	}
});
/** Hasura's migrations, applied by `hasura migrate apply` or the engine's cli-migrations image. */
const hasura = toolFor$4(3, "default");
// src/tools/reading/javascript.ts
/** The nearest package.json that names one of these packages, or null. */
async function isOf(tree, directory, packages) {
	const found = (await manifestsAbove(tree, directory)).find(({ manifest }) => rangeIn(manifest, packages) !== null);
	return found === void 0 ? null : within$1(found.folder, "package.json");
}
/**
* A call of a tool that npm, pnpm, yarn or bun has installed: its program in the nearest `node_modules/.bin`, or through
* yarn where there is no such directory.
*/
function javascriptCall(project, tool) {
	const { directory, args, env } = tool;
	const same = {
		directory,
		...env === void 0 ? {} : { env }
	};
	const program = project.npmProgram(tool.program, directory);
	if (program !== null) return {
		...same,
		program,
		args
	};
	const yarn = project.onPath("yarn");
	if (andAbove(directory).some((folder) => project.has(within$1(folder, ".pnp.cjs"))) && yarn !== null) return {
		...same,
		program: yarn,
		args: [
			"run",
			tool.program,
			...args
		]
	};
	const manager = managerOf(project, directory);
	return { missing: `${tool.title} is not installed in the job: there is no node_modules/.bin/${tool.program} at ${directory === "" ? "the root" : directory} or above. Run ${manager} before the gate (it needs ${tool.packages.join(" and ")}), or give another command with apply-command.` };
}
function managerOf(project, directory) {
	return [
		["pnpm-lock.yaml", "pnpm install --frozen-lockfile"],
		["yarn.lock", "yarn install --immutable"],
		["bun.lock", "bun install --frozen-lockfile"],
		["bun.lockb", "bun install --frozen-lockfile"]
	].find(([lock]) => andAbove(directory).some((folder) => project.has(within$1(folder, lock))))?.[1] ?? "npm ci";
}
// src/tools/words/javascript.ts
const isTypeScript = (file) => /\.[cm]?ts$/.test(file);
const language = (file) => isTypeScript(file) ? "typescript" : "javascript";
/** Calls that send SQL, one a line. */
const sent = (operations, call) => operations.map((operation) => operation.kind === "kept" ? `  // ${keptCall}` : `  await ${call(operation.sql)};`);
/** Knex: raw SQL, since its builder knows neither CONCURRENTLY nor NOT VALID. */
const knexWords = {
	comment: "//",
	language,
	migration({ operations, outsideTransaction, file }) {
		const modules = isTypeScript(file) || file.endsWith(".mjs");
		const type = isTypeScript(file) ? ": Knex" : "";
		const lines = sent(operations, (sql) => `knex.raw(${javascript(sql.replaceAll("?", "\\?"))})`);
		return [
			...outsideTransaction ? [`${modules ? "export const config" : "exports.config"} = { transaction: false };`, ""] : [],
			modules ? `export async function up(knex${type}) {` : "exports.up = async (knex) => {",
			...lines,
			modules ? "}" : "};"
		].join("\n");
	}
};
/** TypeORM: queries, `transaction = false` of the class for what refuses a transaction. */
const typeormWords = {
	comment: "//",
	language,
	migration: ({ operations, outsideTransaction, file }) => [
		...outsideTransaction ? ["transaction = false;", ""] : [],
		isTypeScript(file) ? "public async up(queryRunner: QueryRunner): Promise<void> {" : "async up(queryRunner) {",
		...sent(operations, (sql) => `queryRunner.query(${javascript(sql)})`),
		"}"
	].join("\n")
};
/** Sequelize, which opens no transaction by itself, and sends each call over any connection of its pool. */
const sequelizeWords = {
	comment: "//",
	language,
	migration: ({ operations, outsideTransaction }) => [
		"async up(queryInterface) {",
		...operations.length > 1 && !outsideTransaction ? inTransaction(operations) : operations.flatMap((operation) => {
			const call = addIndex$1(operation);
			return call === null ? sent([operation], (sql) => `queryInterface.sequelize.query(${javascript(sql)})`) : [`  await ${call};`];
		}),
		"}"
	].join("\n")
};
/** Statements that belong together: a setting for the next one, or a swap that nobody sees half of. */
const inTransaction = (operations) => [
	"  await queryInterface.sequelize.transaction(async (transaction) => {",
	...operations.map(({ kind, sql }) => ({
		kind,
		sql: sql.replace(/^SET (?!LOCAL )(?=\w+ =)/i, "SET LOCAL ")
	})).filter(({ sql }) => !/^RESET /i.test(sql)).map(({ kind, sql }) => kind === "kept" ? `    // ${keptCall}, with { transaction } among its options` : `    await queryInterface.sequelize.query(${javascript(sql)}, { transaction });`),
	"  });"
];
function addIndex$1(operation) {
	if (operation.kind !== "create-index" || operation.where !== null || operation.table.schema !== null) return null;
	const { table, name, columns, unique, method } = operation;
	const options = [
		`name: ${javascript(name)}`,
		"concurrently: true",
		...unique ? ["unique: true"] : [],
		...method === "btree" ? [] : [`using: ${javascript(method)}`]
	];
	return `queryInterface.addIndex(${javascript(table.name)}, ${list$2(columns, javascript)}, { ${options.join(", ")} })`;
}
/** Kysely: raw SQL, since its builder knows neither CONCURRENTLY nor NOT VALID. */
const kyselyWords = {
	comment: "//",
	language,
	migration: ({ operations, file }) => [
		isTypeScript(file) ? "export async function up(db: Kysely<any>): Promise<void> {" : "export async function up(db) {",
		...sent(operations, (sql) => `sql\`${templated(sql)}\`.execute(db)`),
		"}"
	].join("\n")
};
/** Text between the signs of a tagged template. */
const templated = (sql) => sql.replace(/[\\`]|\$(?=\{)/g, (sign) => `\\${sign}`).replaceAll("\r", "\\r");
/** MikroORM: `addSql`, and what leaves the transaction of a class. */
const mikroOrmWords = {
	comment: "//",
	language,
	migration: ({ operations, outsideTransaction, file }) => {
		const [leaves, up] = isTypeScript(file) ? ["override isTransactional(): boolean", "override async up(): Promise<void>"] : ["isTransactional()", "async up()"];
		return [
			...outsideTransaction ? [
				`${leaves} {`,
				"  return false;",
				"}",
				""
			] : [],
			`${up} {`,
			...operations.map((operation) => operation.kind === "kept" ? `  // ${keptCall}` : `  this.addSql(${javascript(operation.sql)});`),
			"}"
		].join("\n");
	},
	closing: (_, code) => code.includes("isTransactional") ? "The config says migrations: { allOrNothing: false }: without it one transaction stays open around all of them." : null
};
// src/tools/knex.ts
/** As `knex migrate:make` names files. */
const stamped$1 = /^\d{14}_[^/]+\.[cm]?[jt]s$/;
/** `loadExtensions` of Knex (lib/migrations/common/MigrationsLoader.js), without languages that need a compiler of their own. */
const loaded = /(?<!\.d)\.(?:[cm]?[jt]s|co|coffee|eg|iced|litcoffee|ls)$/;
const knexfile = /(?:^|\/)knexfile\.[cm]?[jt]s$/;
const detect$8 = async (tree) => {
	const databases = [];
	const files = tree.entries.filter(({ path, mode }) => mode.startsWith("100") && stamped$1.test(basename$1(path)));
	for (const [directory, entries] of byDirectory$1(files)) {
		if (exclusion(directory) === "copied") continue;
		const config = await knexfileFor(tree, directory);
		const used = await isOf(tree, directory, ["knex", "objection"]);
		const first = entries[0]?.path ?? "";
		if (config !== null) databases.push({
			path: directory,
			tool: "knex",
			because: `${config.file} is there`
		});
		else if (used !== null && /knex/.test((await tree.read([first])).get(first)?.toString("utf8") ?? "")) databases.push({
			path: directory,
			tool: "knex",
			because: `${used} uses Knex, and ${first} too`
		});
	}
	return {
		databases,
		notes: []
	};
};
/** The knexfile that names the directory, or stands at it or above and names none. */
async function knexfileFor(tree, directory) {
	const files = tree.entries.filter(({ path }) => knexfile.test(path)).map(({ path }) => path);
	const contents = await tree.read(files);
	const found = files.map((file) => {
		const text = contents.get(file)?.toString("utf8") ?? "";
		return {
			file,
			text,
			named: [...literalsOf(text)].flatMap(([key, value]) => /(?:^|\.)migrations\.directory$/.test(key) && typeof value === "string" ? [resolved$1(dirname$1(file), value)] : [])
		};
	});
	const above = andAbove(directory);
	return found.find(({ named }) => named.includes(directory)) ?? above.flatMap((folder) => found.filter(({ file, named }) => named.length === 0 && dirname$1(file) === folder))[0] ?? null;
}
async function configFor$1(tree, directory) {
	const found = await knexfileFor(tree, directory);
	if (found === null) return {
		file: null,
		environments: [],
		table: "knex_migrations",
		schema: "public"
	};
	const literals = [...literalsOf(found.text)];
	const said = (key) => {
		const value = literals.find(([path]) => path === key || path.endsWith(`.${key}`))?.[1];
		return typeof value === "string" ? value : null;
	};
	return {
		file: found.file,
		environments: [
			"development",
			"production",
			"staging",
			"test"
		].filter((name) => new RegExp(`^\\s*["']?${name}["']?\\s*:`, "m").test(found.text)),
		table: said("migrations.tableName") ?? "knex_migrations",
		schema: said("migrations.schemaName") ?? "public"
	};
}
const bookkeepingFor$1 = ({ table, schema }) => ({
	setup: "",
	before: () => "",
	after: () => "",
	relations: [`${schema}.${table}`, `${schema}.${table}_lock`]
});
const missing$1 = "Knex stops: “The migration directory is corrupt, the following files are missing: …”";
const onHistoryChange$2 = {
	edited: {
		does: "ignores",
		says: "Knex does not notice, since it records names only: databases that ran the old file keep what it made, new ones get the new one."
	},
	deleted: {
		does: "refuses",
		says: `${missing$1}, on every database that has run it.`
	},
	renamed: {
		does: "refuses",
		says: `${missing$1}. The name that it records has the suffix in it, so that .js made .ts is another migration too.`
	},
	outOfOrder: {
		does: "runs",
		says: "Knex runs it after the migrations that were meant to follow it, while a new database gets it before them."
	},
	duplicateVersion: {
		does: "runs",
		says: "Knex tells migrations apart by the whole name of the file.",
		legal: true
	}
};
function toolFor$3(config) {
	return {
		name: "knex",
		title: "Knex",
		detect: detect$8,
		configured: async (tree, path) => toolFor$3(await configFor$1(tree, treePath(path))),
		order: (left, right) => byText(`${left.version}_${left.name}`, `${right.version}_${right.name}`),
		history: async (tree, path) => {
			return {
				migrations: (await programMigrations(tree, path, named$2, { files: loaded })).sort((a, b) => byText(a.identity, b.identity)),
				notes: []
			};
		},
		bookkeeping: bookkeepingFor$1(config),
		sessions: "one",
		onHistoryChange: onHistoryChange$2,
		noTransaction: {
			directive: null,
			advice: "In Knex the migration says `exports.config = { transaction: false }` and sends the statement with `knex.raw('…')`; give it a file of its own."
		},
		words: knexWords,
		command: {
			up: (project) => call$6(config, project, ["migrate:latest"]),
			down: (project, { identity }) => call$6(config, project, ["migrate:down", identity]),
			recorded: ({ name }) => name ?? null
		}
	};
}
const named$2 = (file) => {
	const identity = basename$1(file);
	const [, version = identity, name = ""] = /^(\d+)_(.*)$/.exec(identity) ?? [];
	return {
		version,
		name,
		identity
	};
};
const call$6 = ({ file, environments, table }, project, args) => {
	const directory = file === null ? packageFolder(project.path, project.has) : dirname$1(file);
	const environment = environments.length === 0 || environments.includes("development") ? null : environments[0];
	return javascriptCall(project, {
		title: "Knex",
		packages: ["knex", "pg"],
		program: "knex",
		directory,
		args: [
			...args,
			"--client",
			"pg",
			"--connection",
			project.url,
			...file === null ? [
				"--migrations-directory",
				fromFolder(directory, treePath(project.path)),
				"--migrations-table-name",
				table
			] : ["--knexfile", basename$1(file)],
			...environment == null ? [] : ["--env", environment]
		]
	});
};
const packageFolder = (path, has) => andAbove(treePath(path)).find((folder) => has(within$1(folder, "package.json"))) ?? "";
const fromFolder = (folder, path) => folder === "" ? path : path.slice(folder.length + 1);
/** Knex: migrations in JavaScript and TypeScript, run by `knex migrate:latest`. */
const knex = toolFor$3({
	file: null,
	environments: [],
	table: "knex_migrations",
	schema: "public"
});
// src/tools/kysely.ts
const extensions = [
	"ts",
	"mts",
	"cts",
	"js",
	"mjs",
	"cjs"
];
/** Where kysely-ctl looks for its config, in each directory from the working one upwards. */
const configs = [".config/kysely.config", "kysely.config"].flatMap((name) => extensions.map((extension) => `${name}.${extension}`));
function call$5(project, args) {
	const above = andAbove(treePath(project.path));
	const directory = above.find((folder) => configs.some((name) => project.has(within$1(folder, name))));
	if (directory === void 0) return { missing: withoutConfig(project, above) };
	return javascriptCall(project, {
		title: "Kysely",
		packages: [
			"kysely",
			"kysely-ctl",
			"pg"
		],
		program: "kysely",
		directory,
		args: ["migrate", ...args]
	});
}
/** Kysely's Migrator is a class, which every project may call in a script of its own. */
function withoutConfig(project, above) {
	const manifest = above.map((folder) => within$1(folder, "package.json")).find((file) => project.has(file));
	const scripts = manifest === void 0 ? [] : migrating(project.text(manifest) ?? "");
	const own = scripts.length === 0 ? "such as npm run migrate" : `which may be npm run ${scripts.join(" or ")}`;
	return `Kysely has no command of its own, and there is no kysely.config of kysely-ctl at ${treePath(project.path)} or above. Give the line that calls the project's Migrator with apply-command, ${own}.`;
}
/** Names of a package's scripts that sound as if they migrated forth. */
function migrating(manifest) {
	try {
		const { scripts } = JSON.parse(manifest);
		return Object.keys(scripts ?? {}).filter((name) => /^[\w:.-]*migrat[\w:.-]*$/i.test(name) && !/down|roll|undo|revert|reset|make|create|new|gen|list|status/i.test(name));
	} catch {
		return [];
	}
}
const stops = "Kysely stops: “corrupted migrations: previously executed migration … is missing”";
/** Kysely: files in the order of their names, run by `kysely migrate latest`. */
const kysely = programTool({
	name: "kysely",
	title: "Kysely",
	telling: /^\d[^/]*\.[cm]?[jt]s$/,
	because: async (tree, directory, [first = ""]) => {
		const used = await isOf(tree, directory, ["kysely"]);
		const text = (await tree.read([first])).get(first)?.toString("utf8") ?? "";
		return used !== null && /kysely/i.test(text) ? `${used} uses Kysely, and ${first} too` : null;
	},
	files: /^(?!\.).*(?<!\.d)\.[cm]?[jt]s$/,
	named: (file) => {
		const stem = basename$1(file).replace(/\.[^.]*$/, "");
		const [, version = stem, name = ""] = /^([\d-]*\d)(?:[_-](.*))?$/.exec(stem) ?? [];
		return {
			version,
			name,
			identity: stem,
			transaction: "shared"
		};
	},
	order: (left, right) => byText(`${left.version}_${left.name}`, `${right.version}_${right.name}`),
	tables: ["public.kysely_migration", "public.kysely_migration_lock"],
	onHistoryChange: {
		edited: {
			does: "ignores",
			says: "Kysely does not notice, since it records names only: databases that ran the old file keep what it made, new ones get the new one."
		},
		deleted: {
			does: "refuses",
			says: `${stops}, on every database that has run it.`
		},
		renamed: {
			does: "refuses",
			says: `${stops}: it knows a migration by the name of its file.`
		},
		outOfOrder: {
			does: "refuses",
			says: "Kysely stops: “corrupted migrations: expected previously executed migration … to be at index …”, unless it is told allowUnorderedMigrations."
		},
		duplicateVersion: {
			does: "runs",
			says: "Kysely tells migrations apart by the whole name of the file.",
			legal: true
		}
	},
	advice: "Kysely runs all pending migrations in one transaction, unless it is told otherwise for all of them: `kysely migrate latest --no-transaction`, or `migrateToLatest({ disableTransactions: true })`. Give such a statement a deploy of its own.",
	words: kyselyWords,
	command: {
		up: (project) => call$5(project, ["latest"]),
		down: (project) => call$5(project, ["down"]),
		recorded: ({ name }) => name ?? null
	}
});
// src/tools/liquibase/bookkeeping.ts
const schemaOf$1 = ({ liquibaseSchema, defaultSchema }) => liquibaseSchema ?? defaultSchema ?? "public";
/** `CreateDatabaseChangeLogTableGenerator`, its lock table, and `MarkChangeSetRanGenerator`. */
function bookkeepingOf(settings) {
	const schema = schemaOf$1(settings);
	const table = qualified$1(schema, settings.table);
	const lock = qualified$1(schema, settings.lockTable);
	const key = (one) => `id = ${text$1(one.extra?.id)} AND author = ${text$1(one.extra?.author)} AND filename = ${text$1(one.extra?.path)}`;
	return {
		setup: `${schema === "public" ? "" : `CREATE SCHEMA IF NOT EXISTS ${identifier$1(schema)};\n`}CREATE TABLE ${lock} (ID INTEGER NOT NULL, LOCKED BOOLEAN NOT NULL, LOCKGRANTED TIMESTAMP WITHOUT TIME ZONE, LOCKEDBY VARCHAR(255), CONSTRAINT ${identifier$1(`${settings.lockTable}_pkey`)} PRIMARY KEY (ID));
INSERT INTO ${lock} (ID, LOCKED) VALUES (1, FALSE);
CREATE TABLE ${table} (ID VARCHAR(255) NOT NULL, AUTHOR VARCHAR(255) NOT NULL, FILENAME VARCHAR(255) NOT NULL, DATEEXECUTED TIMESTAMP WITHOUT TIME ZONE NOT NULL, ORDEREXECUTED INTEGER NOT NULL, EXECTYPE VARCHAR(10) NOT NULL, MD5SUM VARCHAR(35), DESCRIPTION VARCHAR(255), COMMENTS VARCHAR(255), TAG VARCHAR(255), LIQUIBASE VARCHAR(20), CONTEXTS VARCHAR(255), LABELS VARCHAR(255), DEPLOYMENT_ID VARCHAR(10));`,
		before: () => settings.defaultSchema === null ? "" : `SELECT set_config('search_path', ${literal$2(`"${settings.defaultSchema.replaceAll("\"", "\"\"")}", "$user", public`)}, false);`,
		after: (one) => {
			const { extra } = one;
			const order = `(SELECT coalesce(max(orderexecuted), 0) + 1 FROM ${table})`;
			const md5 = one.opaque === void 0 ? text$1(extra?.checksum) : "NULL";
			return `WITH again AS (UPDATE ${table} SET dateexecuted = now(), orderexecuted = ${order}, md5sum = ${md5}, exectype = 'RERAN' WHERE ${key(one)} RETURNING 1)
INSERT INTO ${table} (id, author, filename, dateexecuted, orderexecuted, md5sum, description, comments, exectype, contexts, labels, liquibase, deployment_id)
SELECT ${text$1(extra?.id)}, ${text$1(extra?.author)}, ${text$1(extra?.path)}, now(), ${order}, ${md5}, ${limited(extra?.description)}, ${limited(extra?.comment)}, 'EXECUTED', ${orNull(extra?.contexts)}, ${orNull(extra?.labels)}, '5.0.0', '0000000000'
WHERE NOT EXISTS (SELECT FROM again);`;
		},
		undo: (one) => `DELETE FROM ${table} WHERE ${key(one)};`,
		relations: [`${schema}.${settings.table}`, `${schema}.${settings.lockTable}`],
		...settings.liquibaseSchema !== null && settings.liquibaseSchema !== settings.defaultSchema ? { schemas: [settings.liquibaseSchema].filter((name) => name !== "public") } : {}
	};
}
const text$1 = (value) => literal$2(String(value ?? ""));
const limited = (value) => text$1(String(value ?? "").slice(0, 250));
const orNull = (value) => value === "" || value === void 0 ? "NULL" : limited(value);
// src/tools/liquibase/changeset.ts
const plainChangeSet = {
	endDelimiter: null,
	splitStatements: true,
	stripComments: true,
	runInTransaction: true,
	runOnChange: false,
	runAlways: false,
	dbms: null,
	contexts: [],
	labels: [],
	ignore: false,
	comment: "",
	description: "sql",
	preconditions: false,
	rollback: null,
	refused: null,
	opaque: null
};
/** Version 9 of Liquibase's checksums, of a changeset with one change of SQL. */
function checksumOf(sql) {
	const md5 = (text) => createHash("md5").update(text).digest("hex");
	return `9:${md5(`9:${md5(sql.replace(/[ \n\r\t]/g, ""))}:`)}`;
}
/** A part of a file as a text of its own in which lines have the numbers that they have in the file. */
const atLine = (line, text) => "\n".repeat(Math.max(0, line - 1)) + text;
/**
* Replaces `${name}`; a value may hold others. What has no value stays as it is, which is Liquibase's default.
* @param properties by name; the first definition of one wins
*/
function expand(text, properties, depth = 0) {
	if (!text.includes("${") || depth > 10) return text;
	return text.replace(/\$\{([^${}]*)\}/g, (whole, name) => {
		const value = properties.get(name.trim()) ?? properties.get(name.trim().toLowerCase());
		return value === void 0 ? whole : expand(value, properties, depth + 1);
	});
}
// src/tools/liquibase/elements.ts
/** The entries of a changelog in XML, YAML or JSON, all in the shape that XML gives them. Throws for what is not one. */
function entriesOf(file, text) {
	if (/\.xml$/i.test(file)) {
		const root = elementsOf(text);
		if (root.name !== "databaseChangeLog") throw new Error(`its root is <${root.name.slice(0, 40)}>`);
		return root.children;
	}
	const root = /\.json$/i.test(file) ? JSON.parse(text) : (0, import_dist.parse)(text);
	const entries = isObject(root) ? root.databaseChangeLog : void 0;
	if (!Array.isArray(entries)) throw new Error("it has no list databaseChangeLog");
	return entries.flatMap((entry) => members(entry));
}
const isChangelog = (file, text) => /\.(?:xml|ya?ml|json)$/i.test(file) && /\bdatabaseChangeLog\b/.test(text);
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
/** `{ include: { file: … } }` as `<include file="…"/>`. */
const members = (value) => isObject(value) ? Object.entries(value).map(([name, child]) => element(name, child)) : [];
function element(name, value) {
	const attributes = {};
	const children = [];
	let text = "";
	if (Array.isArray(value)) children.push(...value.flatMap(members));
	else if (isObject(value)) for (const [key, child] of Object.entries(value)) if (key === "changes" && Array.isArray(child)) children.push(...child.flatMap(members));
	else if (child !== null && typeof child === "object") children.push(element(key, child));
	else if (key === name) text = String(child ?? "");
	else attributes[key] = String(child ?? "");
	else text = String(value ?? "");
	return {
		name,
		attributes,
		children,
		text: text.trim(),
		line: 1
	};
}
// src/tools/liquibase/formatted-sql.ts
/** Is this a formatted SQL changelog? Its first line that is not empty says so. */
const isFormattedSql = (text) => /^\ufeff?\s*--\s*liquibase\s*formatted/i.test(text);
const header = /^\s*--\s*changeset\s+("[^"]+"|[^:]+):\s*("[^"]+"|\S+).*$/i;
const anyHeader = /^(?:-\s*changeset\s.*|\s*--\s*changeset\s*.*)$/i;
/** One dash where two belong, which Liquibase takes for a slip and stops at. */
const slips = [
	[/^-\s*comment:? .*$/i, "--comment <comment>"],
	[/^\s*--\s*comments:? .*$/i, "--comment <comment>"],
	[/^\s*?-\s*rollback\s.*$/i, "--rollback <rollback SQL>"],
	[/^\s*?-\s*precondition.*$/i, "--preconditions <onFail>|<onError>|<onUpdate>"],
	[/^-\s*validCheckSum.*$/i, "--validChecksum <checksum>"]
];
/**
* Reads a formatted SQL changelog line by line, as `AbstractFormattedChangeLogParser` does.
* @param properties of the changelogs read before it; what it defines is added
*/
function formattedChangeSets(file, path, text, properties) {
	const found = [];
	const lines = text.replace(/^\ufeff/, "").split(/\r\n|\n|\r/);
	let own = path;
	let current = null;
	const finish = () => {
		if (current !== null) found.push(changeSetOf(current, file, own, properties));
		current = null;
	};
	for (let index = 0; index < lines.length; index += 1) {
		const line = lines[index] ?? "";
		if (/^\s*--\s*liquibase\s*formatted/i.test(line)) own = logicalPath(line) ?? own;
		const skipped = ignoredLines(lines, index);
		if (skipped !== null) {
			for (; index < skipped && current !== null; index += 1) current.lines.push("");
			index = skipped;
			current?.lines.push("");
			continue;
		}
		if (isProperty(line)) {
			define(line, properties);
			current?.lines.push("");
			continue;
		}
		const match = header.exec(line);
		if (match === null && anyHeader.test(line)) {
			finish();
			current = begin(line, `line ${index + 1}`, "", index + 1);
			current.refused = {
				line: index + 1,
				says: slipText(index + 1, "--changeset <authorname>:<changesetId>")
			};
		} else if (match !== null) {
			finish();
			current = begin(line, unquoted$1(match[2] ?? ""), unquoted$1(match[1] ?? ""), index + 1);
		} else if (current !== null) index = within(current, lines, index);
	}
	finish();
	return found;
}
const begin = (line, id, author, number) => ({
	header: line,
	id,
	author,
	line: number,
	lines: [],
	rollback: /* @__PURE__ */ new Map(),
	comment: "",
	preconditions: false,
	refused: null
});
/** A line of a changeset: SQL, or one of the comments that mean something. Returns the index of the last line read. */
function within(current, lines, index) {
	const line = lines[index] ?? "";
	const comment = /^--\s*comment:? (.*)$/i.exec(line);
	const rollback = /^(\s*--\s*rollback )(.*)$/i.exec(line);
	const slip = slips.find(([pattern]) => pattern.test(line));
	if (comment !== null) current.comment = comment[1] ?? "";
	else if (slip !== void 0) current.refused ??= {
		line: index + 1,
		says: slipText(index + 1, slip[1])
	};
	else if (rollback !== null) current.rollback.set(index + 1, " ".repeat((rollback[1] ?? "").length) + (rollback[2] ?? ""));
	else if (/^\s*\/\*\s*liquibase\s*rollback\s*$/i.test(line)) {
		for (let at = index + 1; at < lines.length; at += 1) {
			const text = lines[at] ?? "";
			current.lines.push("");
			const last = /\*\/\s*$/.test(text);
			current.rollback.set(at + 1, last ? text.replace(/\*\/\s*$/, "") : text);
			if (last) {
				current.lines.push("");
				return at;
			}
		}
		current.refused ??= {
			line: index + 1,
			says: "Liquibase stops: Liquibase rollback comment is not closed."
		};
		return lines.length;
	} else if (/^\s*--\s*precondition(?:s.*|-[a-z0-9-]+(?: .*)?)$/i.test(line)) current.preconditions = true;
	else if (!/^--\s*validCheckSum:? .*$/i.test(line)) {
		current.lines.push(line);
		return index;
	}
	current.lines.push("");
	return index;
}
function changeSetOf({ header: line, lines, refused, ...rest }, file, path, properties) {
	const sql = expand(lines.join("\n"), properties);
	const body = sql.trim();
	const flag = (name, otherwise) => {
		const value = attribute(line, name, "(\\w+)");
		return value === null ? otherwise : value.toLowerCase() === "true";
	};
	const listed = (name) => {
		const value = attribute(line, name, "(\".*?\"|\\S*)");
		return value === null || value === "" ? null : expand(unquoted$1(value), properties);
	};
	const contexts = listed("contextFilter") ?? listed("context");
	const labels = listed("labels");
	const runWith = attribute(line, "runWith", "([\\w${}]+)");
	return {
		...plainChangeSet,
		id: expand(rest.id, properties),
		author: expand(rest.author, properties),
		path: logicalPath(line) ?? path,
		file,
		line: rest.line,
		sql: atLine(rest.line + 1, sql),
		checksum: checksumOf(body),
		endDelimiter: attribute(line, "\\bendDelimiter", "(\\S*)") ?? (body.endsWith("\n/") ? "\n/" : null),
		splitStatements: flag("splitStatements", true),
		stripComments: flag("stripComments", true),
		runInTransaction: flag("runInTransaction", true),
		runOnChange: flag("runOnChange", false),
		runAlways: flag("runAlways", false),
		dbms: attribute(line, "dbms", "([^,][\\w!,]+)"),
		contexts: contexts === null ? [] : [contexts],
		labels: labels === null ? [] : labels.split(",").map((label) => label.trim()),
		ignore: flag("\\bignore", false),
		comment: rest.comment.trim(),
		preconditions: rest.preconditions,
		rollback: rollbackOf(rest.rollback, properties),
		refused: refused ?? (body === "" ? {
			line: rest.line,
			says: `Liquibase stops: No SQL for changeset ${path}::${rest.id}::${rest.author}.`
		} : null),
		opaque: runWith === null ? null : `Liquibase runs the changeset ${rest.id} of ${file} with ${runWith.slice(0, 20)} (runWith), which cannot be done here.`
	};
}
/** `not required` and `empty` are a way back in which there is nothing to do. */
function rollbackOf(parts, properties) {
	const text = [...parts.values()].join("\n").trim();
	if (text === "" || /changesetid/i.test(text)) return null;
	if (/^(?:not required|empty)/i.test(text)) return "";
	const lines = [];
	for (const [line, part] of parts) lines[line - 1] = part;
	return expand(Array.from(lines, (line) => line ?? "").join("\n"), properties);
}
/** The last `name:value` of a line, as the greedy patterns of Liquibase find it. */
const attribute = (line, name, value) => new RegExp(`^.*${name}:${value}`, "i").exec(line)?.[1] ?? null;
const logicalPath = (line) => {
	const path = attribute(line, "logicalFilePath", "(\\S*)");
	return path === null || path === "" ? null : path;
};
const unquoted$1 = (text) => text.replace(/^"(.*)"$/, "$1").trim();
/** `--property name:… value:…`: two colons with white space between them. */
function isProperty(line) {
	if (!/^\s*--\s*property\s/i.test(line)) return false;
	return /\s/.test(line.slice(line.indexOf(":"), line.lastIndexOf(":")));
}
function define(line, properties) {
	const name = attribute(line, "name", "\\s*(\\S+)");
	const value = attribute(line, "value", "\\s*(\\S+)");
	const dbms = attribute(line, "dbms", "([^,][\\w!,]+)");
	if (name === null || value === null || dbms !== null && !matchesDbms(dbms)) return;
	if (!properties.has(name)) properties.set(name, value);
}
/** `postgresql,h2`, `!mysql`, `all`: `DatabaseList.definitionMatches`. */
function matchesDbms(dbms) {
	if (dbms === null || dbms.trim() === "") return true;
	const names = dbms.split(",").map((name) => name.trim().toLowerCase());
	if (names.includes("all")) return true;
	if (names.includes("none") || names.includes("!postgresql")) return false;
	return names.includes("postgresql") || names.every((name) => name.startsWith("!"));
}
/** The index of the last line that `--ignoreLines:start` … `end` or `--ignoreLines:n` takes away, or null. */
function ignoredLines(lines, index) {
	const what = /^--\s*ignoreLines:(\w+)$/i.exec(lines[index] ?? "")?.[1];
	if (what === void 0) return null;
	if (/^\d+$/.test(what)) return Math.min(lines.length - 1, index + Number(what));
	const end = lines.findIndex((line, at) => at > index && /^--\s*ignoreLines:end$/i.test(line));
	return end === -1 ? lines.length - 1 : end;
}
const slipText = (line, shape) => `Liquibase stops: Unexpected formatting in formatted changelog at line ${line}. Formatted SQL changelogs require known formats, such as '${shape}'.`;
// src/tools/liquibase/xml-changeset.ts
/** Elements of a changeset that change nothing in the database. */
const about = /* @__PURE__ */ new Set([
	"comment",
	"rollback",
	"preConditions",
	"validCheckSum",
	"tagDatabase",
	"property"
]);
/** A file of plain SQL that a changelog includes: one changeset, sent whole. */
const rawChangeSet = (file, path, text) => ({
	...plainChangeSet,
	id: "raw",
	author: "includeAll",
	path,
	file,
	line: 1,
	sql: text.replace(/^\ufeff/, ""),
	checksum: checksumOf(text.trim()),
	splitStatements: false,
	stripComments: false
});
/**
* A changeset of XML, YAML or JSON. With one `sql` or `sqlFile` it is SQL like any other; what Liquibase writes itself
* (`createTable`) differs by database and version, and is not made here.
*/
async function elementChangeSet(tree, element, where, properties, locate) {
	const of = (name) => {
		const value = element.attributes[name];
		return value === void 0 ? void 0 : expand(value, properties);
	};
	const flag = (from, name, otherwise) => {
		const value = from.attributes[name];
		return value === void 0 ? otherwise : value.toLowerCase() === "true";
	};
	const changes = element.children.filter(({ name }) => !about.has(name));
	const [change, ...more] = changes;
	const contexts = of("contextFilter") ?? of("context");
	const labels = of("labels");
	const base = {
		...plainChangeSet,
		id: of("id") ?? "",
		author: of("author") ?? "",
		path: of("logicalFilePath") ?? where.path,
		file: where.file,
		line: element.line,
		sql: "",
		checksum: "",
		runInTransaction: flag(element, "runInTransaction", true),
		runOnChange: flag(element, "runOnChange", false),
		runAlways: flag(element, "runAlways", flag(element, "alwaysRun", false)),
		dbms: of("dbms") ?? null,
		contexts: contexts ? [contexts] : [],
		labels: labels ? labels.split(",").map((label) => label.trim()) : [],
		ignore: flag(element, "ignore", false),
		comment: element.children.find(({ name }) => name === "comment")?.text ?? of("comment") ?? "",
		preconditions: element.children.some(({ name }) => name === "preConditions"),
		description: changes.map(({ name }) => name).join("; ") || "empty"
	};
	if (change === void 0) return base;
	if (more.length > 0 || change.name !== "sql" && change.name !== "sqlFile") {
		const kinds = [...new Set(changes.map(({ name }) => name))].slice(0, 4).join(", ");
		return {
			...base,
			checksum: `not compared: ${JSON.stringify(changes)}`,
			opaque: `The changeset ${base.id} of ${where.file} is written as ${kinds.slice(0, 120)}, which Liquibase turns into SQL itself; it cannot be run here. One changeset a sql or sqlFile change can.`
		};
	}
	const options = {
		splitStatements: flag(change, "splitStatements", true),
		stripComments: flag(change, "stripComments", false),
		endDelimiter: change.attributes.endDelimiter ?? null
	};
	if (change.name === "sql") {
		const text = expand(change.attributes.sql ?? change.text, properties);
		return {
			...base,
			...options,
			sql: atLine(change.line, text),
			checksum: checksumOf(text.trim())
		};
	}
	const path = change.attributes.path ?? "";
	const found = locate(expand(path, properties), flag(change, "relativeToChangelogFile", false));
	const content = found === null ? void 0 : (await tree.read([found.file])).get(found.file);
	if (found === null || content === void 0) {
		const says = `Liquibase stops: The file ${path.slice(0, 200)} was not found in the configured search path.`;
		return {
			...base,
			refused: {
				line: element.line,
				says
			}
		};
	}
	const text = expand(content.toString("utf8").replace(/^\ufeff/, ""), properties);
	return {
		...base,
		...options,
		file: found.file,
		line: 1,
		sql: text,
		checksum: checksumOf(text.trim()),
		description: `sqlFile path=${path}`
	};
}
// src/tools/liquibase/changelog.ts
const nothing = {
	contexts: [],
	labels: [],
	ignore: false,
	logicalPath: null
};
/**
* Reads a changelog as plain data, files that it includes after it. Nothing of it is run, and nothing outside of the tree
* is read.
* @param path as `databasechangelog.filename` has the changelog itself
*/
async function readChangelog(tree, file, path, roots, given) {
	const reading = {
		tree,
		roots,
		properties: new Map([...given, ...builtIn]),
		changeSets: [],
		files: /* @__PURE__ */ new Set(),
		notes: []
	};
	await readFile$1(reading, file, path, nothing);
	return {
		changeSets: reading.changeSets,
		files: [...reading.files],
		notes: reading.notes
	};
}
/** Properties that every changelog has. */
const builtIn = [["database.typeName", "postgresql"], ["database.defaultSchemaName", "public"]];
async function readFile$1(reading, file, path, from) {
	const { tree, files, notes, properties } = reading;
	if (files.has(file)) return;
	files.add(file);
	const text = (await tree.read([file])).get(file)?.toString("utf8") ?? "";
	const own = from.logicalPath ?? path;
	const add = (sets) => {
		reading.changeSets.push(...sets.map((one) => inherit(one, from)));
	};
	if (/\.sql$/i.test(file)) {
		if (text.trim() === "") notes.push(`${file} is empty and passed over.`);
		else if (isFormattedSql(text)) add(formattedChangeSets(file, own, text, properties));
		else add([rawChangeSet(file, own, text)]);
		return;
	}
	let entries;
	try {
		entries = entriesOf(file, text);
	} catch (error) {
		const says = error instanceof Error ? (error.message.split("\n")[0] ?? "").slice(0, 160) : "";
		add([brokenChangelog(file, own, says)]);
		return;
	}
	for (const entry of entries) await readEntry(reading, entry, {
		file,
		path: own,
		from
	});
}
const inherit = (one, { contexts, labels, ignore }) => ({
	...one,
	contexts: [...contexts, ...one.contexts],
	labels: [...labels, ...one.labels],
	ignore: ignore || one.ignore
});
async function readEntry(reading, entry, where) {
	const { tree, notes } = reading;
	const of = (name) => {
		const value = entry.attributes[name];
		return value === void 0 ? void 0 : expand(value, reading.properties);
	};
	const relative = of("relativeToChangelogFile")?.toLowerCase() === "true";
	const from = {
		contexts: [...where.from.contexts, ...listed$2(of("contextFilter") ?? of("context"))],
		labels: [...where.from.labels, ...listed$2(of("labels"))],
		ignore: where.from.ignore || of("ignore")?.toLowerCase() === "true",
		logicalPath: of("logicalFilePath") ?? null
	};
	if (entry.name === "property") await defineProperty(reading, entry, where, relative);
	else if (entry.name === "include") {
		const found = locate(reading, where, of("file") ?? "", relative);
		if (found === null) notes.push(`${where.file} includes ${(of("file") ?? "nothing").slice(0, 200)}, which is not in the repository: what is in it is not replayed.`);
		else await readFile$1(reading, found.file, found.path, from);
	} else if (entry.name === "includeAll") {
		if (of("filter") ?? of("resourceFilter")) notes.push(`${where.file} leaves it to a class which files of ${of("path")} it includes: all are taken.`);
		for (const found of filesBelow(reading, where, of("path") ?? "", relative, of("endsWithFilter") ?? "")) await readFile$1(reading, found.file, found.path, from);
	} else if (entry.name === "changeSet") {
		const set = await elementChangeSet(tree, entry, where, reading.properties, (path, isRelative) => locate(reading, where, path, isRelative));
		reading.changeSets.push(inherit(set, where.from));
	} else if (entry.name === "modifyChangeSets") for (const child of entry.children) await readEntry(reading, child, where);
}
const listed$2 = (text) => text === void 0 || text.trim() === "" ? [] : [text];
async function defineProperty(reading, entry, where, relative) {
	const { name, value, file, dbms } = entry.attributes;
	if (!matchesDbms(dbms ?? null)) return;
	const add = (key, text) => {
		if (!reading.properties.has(key)) reading.properties.set(key, text);
	};
	if (name !== void 0 && value !== void 0) add(name, value);
	if (file === void 0) return;
	const found = locate(reading, where, file, relative);
	if (found === null) return;
	const text = (await reading.tree.read([found.file])).get(found.file)?.toString("utf8") ?? "";
	for (const [key, one] of properties(text)) if (typeof one === "string") add(key, one);
}
/** A file by the name that a changelog has for it, or null. */
function locate(reading, where, name, relative) {
	const clean = normal(name.replace(/^classpath\*?:/, "").replaceAll("\\", "/"));
	if (clean === null || clean === "") return null;
	if (relative) {
		const file = normal(within$1(dirname$1(where.file), clean));
		const path = normal(within$1(dirname$1(where.path), clean));
		return file !== null && reading.tree.get(file) !== void 0 ? {
			file,
			path: path ?? file
		} : null;
	}
	for (const root of reading.roots) {
		const file = within$1(root, clean);
		if (reading.tree.get(file) !== void 0) return {
			file,
			path: clean
		};
	}
	return null;
}
const readable$2 = /\.(?:sql|xml|ya?ml|json)$/i;
/** The files of a directory and those below it, in the order of their paths. */
function filesBelow(reading, where, name, relative, ending) {
	const clean = normal(name.replace(/^classpath\*?:/, "").replaceAll("\\", "/"));
	if (clean === null) return [];
	const places = relative ? [{
		directory: normal(within$1(dirname$1(where.file), clean)),
		as: normal(within$1(dirname$1(where.path), clean))
	}] : reading.roots.map((root) => ({
		directory: within$1(root, clean),
		as: clean
	}));
	for (const { directory, as } of places) {
		if (directory === null || as === null) continue;
		const entries = reading.tree.under(directory).filter(({ path, mode }) => mode.startsWith("100") && readable$2.test(path) && path.endsWith(ending));
		if (entries.length === 0) continue;
		return entries.map(({ path }) => ({
			file: path,
			path: within$1(as, path.slice(directory === "" ? 0 : directory.length + 1))
		})).sort((a, b) => a.path < b.path ? -1 : a.path > b.path ? 1 : 0);
	}
	return [];
}
/** `./a/../b` as `b`; null for what leaves the root. */
function normal(path) {
	const segments = [];
	for (const segment of path.split("/")) {
		if (segment === "" || segment === ".") continue;
		if (segment !== "..") segments.push(segment);
		else if (segments.pop() === void 0) return null;
	}
	return segments.join("/");
}
const brokenChangelog = (file, path, why) => ({
	...plainChangeSet,
	id: basename$1(file),
	author: "",
	path,
	file,
	line: 1,
	sql: "",
	checksum: "",
	refused: {
		line: 1,
		says: `Liquibase stops at this changelog: it cannot be read (${why}).`
	}
});
// src/tools/liquibase/roots.ts
/** Changelogs of a tree, by the names that they usually have. */
async function changelogs(tree, below = "") {
	const wanted = tree.under(below).filter(({ path, mode }) => mode.startsWith("100") && /\.(?:xml|ya?ml|json)$/i.test(path) && /changelog|liquibase|migrat|master/i.test(path) && exclusion(dirname$1(path)) !== "copied").map(({ path }) => path);
	const contents = await tree.read(wanted);
	return new Map([...contents].flatMap(([file, bytes]) => {
		const text = bytes.toString("utf8");
		return isChangelog(file, text) ? [[file, text]] : [];
	}));
}
/** Changelogs that no other one includes. One that cannot be read may be one. */
function topmost(texts) {
	const included = /* @__PURE__ */ new Set();
	const directories = [];
	for (const [file, text] of texts) try {
		for (const { name, attributes } of entriesOf(file, text)) {
			const target = attributes.file ?? attributes.path;
			if (target === void 0 || name !== "include" && name !== "includeAll") continue;
			const clean = target.replace(/^classpath\*?:/, "").replace(/^\.?\//, "");
			const places = [dirname$1(file), ...andAbove(dirname$1(file))].map((place) => joined(place, clean));
			if (name === "include") {
				const found = places.find((place) => place !== file && texts.has(place));
				if (found !== void 0) included.add(found);
			} else {
				const found = places.find((place) => [...texts.keys()].some((one) => one !== file && isWithin(one, place)));
				if (found !== void 0 && !isWithin(file, found)) directories.push(found);
			}
		}
	} catch {}
	return [...texts.keys()].filter((file) => !included.has(file) && !directories.some((directory) => isWithin(file, directory)));
}
const joined = (directory, path) => {
	const segments = directory === "" ? [] : directory.split("/");
	for (const segment of path.split("/")) if (segment === "..") segments.pop();
	else if (segment !== "" && segment !== ".") segments.push(segment);
	return segments.join("/");
};
/**
* The root changelog of the database at `path`: the configured one, else the one below `path` that no other includes
* (a `master` or `root` before others). Null where there is none, and files run by their names.
*/
async function rootOf$1(tree, path, { changelog }) {
	const directory = treePath(path);
	if (changelog !== null) {
		const name = treePath(changelog.name.replace(/^classpath\*?:/, ""));
		for (const root of [...changelog.roots, ...andAbove(directory)]) {
			const file = within$1(root, name);
			if (tree.get(file) === void 0 || !isWithin(file, directory)) continue;
			return {
				root: {
					file,
					path: name,
					roots: [root, ...changelog.roots],
					because: `${changelog.from} names it`
				},
				notes: []
			};
		}
	}
	const [file, ...others] = topmost(await changelogs(tree, directory)).sort((a, b) => rank(a) - rank(b) || a.split("/").length - b.split("/").length || (a < b ? -1 : 1));
	if (file === void 0) return {
		root: null,
		notes: []
	};
	const roots = [...resources(file), ...andAbove(dirname$1(file))];
	return {
		root: {
			file,
			path: recorded$1(file),
			roots,
			because: "no other changelog includes it"
		},
		notes: others.length === 0 ? [] : [`${file} is taken as the root changelog; ${others.slice(0, 3).join(", ")}${others.length > 3 ? ` and ${others.length - 3} more` : ""} ${others.length === 1 ? "is" : "are"} included by none either. Name the right one in liquibase.properties (changeLogFile).`]
	};
}
/** `db.changelog-master.yaml` and the like come first. */
const rank = (file) => /master|root|main/i.test(basename$1(file)) ? 0 : /changelog/i.test(basename$1(file)) ? 1 : 2;
const resources = (file) => {
	const found = /^(?:.*\/)?src\/main\/resources(?=\/)/.exec(file)?.[0];
	return found === void 0 ? [] : [found];
};
const recorded$1 = (file) => {
	const [root] = resources(file);
	return root === void 0 ? file : file.slice(root.length + 1);
};
/** Formatted SQL files below a directory, by their paths; plain SQL is none without a changelog that includes it. */
async function formattedFiles(tree, path) {
	const files = tree.under(treePath(path)).filter((entry) => entry.mode.startsWith("100") && /\.sql$/i.test(entry.path)).map((entry) => entry.path);
	const contents = await tree.read(files);
	return new Map(files.flatMap((file) => {
		const text = contents.get(file)?.toString("utf8") ?? "";
		return isFormattedSql(text) ? [[file, text]] : [];
	}));
}
// src/tools/liquibase/settings.ts
const defaultSettings = {
	changelog: null,
	contexts: null,
	labelFilter: null,
	parameters: /* @__PURE__ */ new Map(),
	defaultSchema: null,
	liquibaseSchema: null,
	table: "databasechangelog",
	lockTable: "databasechangeloglock",
	notes: []
};
const names$1 = [
	"application.properties",
	"application.yml",
	"application.yaml",
	"liquibase.properties",
	"pom.xml"
];
/** What the files at and above a directory say, the nearest of a setting first. */
async function settingsFor(tree, path) {
	const wanted = andAbove(treePath(path)).flatMap((directory) => [
		directory,
		within$1(directory, "src/main/resources"),
		within$1(directory, "config")
	].flatMap((place) => names$1.map((name) => within$1(place, name))));
	const contents = await tree.read(wanted);
	const found = [];
	const notes = [];
	for (const file of wanted) {
		const text = contents.get(file)?.toString("utf8");
		if (text === void 0 || !/liquibase|changelog/i.test(text)) continue;
		try {
			found.push({
				file,
				entries: entriesIn(file, text),
				roots: rootsOf(file)
			});
		} catch {
			notes.push(`${file} could not be read; Liquibase's defaults are assumed.`);
		}
	}
	const said = (...keys) => {
		for (const { entries, file, roots } of found) {
			const entry = entries.find(([key, value]) => keys.includes(key.toLowerCase()) && isPlain$1(value));
			if (entry !== void 0) return {
				value: [entry[1]].flat().join(","),
				file,
				roots
			};
		}
		return null;
	};
	const changelog = said("changelogfile", "changelog");
	const search = said("searchpath");
	return {
		changelog: changelog === null ? null : {
			name: changelog.value,
			roots: [...search?.value.split(",").map((one) => within$1(dirname$1(search.file), treePath(one))) ?? [], ...changelog.roots],
			from: changelog.file
		},
		contexts: said("contexts", "contextfilter")?.value || null,
		labelFilter: said("labelfilter", "labels")?.value || null,
		parameters: new Map(found.flatMap(({ entries }) => entries.flatMap(([key, value]) => {
			const name = /^(?:parameters?|changelogparameters)\.(.+)$/i.exec(key)?.[1];
			return name === void 0 || typeof value !== "string" ? [] : [[name, value]];
		}))),
		defaultSchema: said("defaultschemaname", "defaultschema")?.value ?? null,
		liquibaseSchema: said("liquibaseschemaname", "liquibaseschema")?.value ?? null,
		table: said("databasechangelogtablename", "databasechangelogtable")?.value.toLowerCase() ?? defaultSettings.table,
		lockTable: said("databasechangeloglocktablename", "databasechangeloglocktable")?.value.toLowerCase() ?? defaultSettings.lockTable,
		notes
	};
}
const isPlain$1 = (value) => ![value].flat().some((one) => one.includes("${"));
/** Keys without their prefix and dashes: `changelog` is Spring's `change-log`. */
function entriesIn(file, text) {
	const name = basename$1(file);
	if (name === "pom.xml") {
		const { configuration, properties: ofProject } = mavenPlugin(text, "liquibase-maven-plugin");
		return [...configuration.map((element) => [element.name, element.text]), ...ofProject.flatMap((element) => element.name.startsWith("liquibase.") ? [[element.name.slice(10), element.text]] : [])];
	}
	if (name === "liquibase.properties") return properties(text).map(([key, value]) => [plain$1(key.replace(/^liquibase\.(?:command\.)?/, "")), value]);
	return springEntries(file, text).flatMap(([key, value]) => {
		const own = /^(?:spring|quarkus)\.liquibase\.(.+)$/.exec(key)?.[1];
		return own === void 0 ? [] : [[plain$1(own), value]];
	});
}
const plain$1 = (key) => /^parameters?\./.test(key) ? key : key.replace(/[-_](\w)/g, (_, letter) => letter.toUpperCase());
/** Where a changelog's name may start from: the classpath of the file's module, then its own directory. */
function rootsOf(file) {
	const module = moduleOf$1(file);
	return [
		within$1(module, "src/main/resources"),
		module,
		dirname$1(file),
		""
	];
}
// src/tools/liquibase/detect.ts
const detect$7 = async (tree) => {
	const databases = [];
	const notes = [];
	const read = /* @__PURE__ */ new Set();
	const roots = topmost(await changelogs(tree)).sort((a, b) => a.length - b.length);
	for (const file of roots) {
		const path = dirname$1(file);
		if (databases.some((one) => isWithin(path, one.path))) continue;
		const settings = await settingsFor(tree, path);
		const { root } = await rootOf$1(tree, path, settings);
		if (root === null) continue;
		const changelog = await readChangelog(tree, root.file, root.path, root.roots, settings.parameters);
		if (changelog.changeSets.length === 0) continue;
		for (const one of changelog.files) read.add(one);
		const ours = changelog.changeSets.filter((one) => matchesDbms(one.dbms));
		if (ours.length === 0) {
			notes.push(`${path} was passed over: none of its changesets is for PostgreSQL (dbms).`);
			continue;
		}
		const sql = ours.flatMap((one) => tree.get(one.file) ?? []).filter((entry) => /\.sql$/i.test(entry.path));
		const dialect = sql.length === 0 ? null : await otherDialect(tree, path, [...new Set(sql)]);
		if (dialect !== null) notes.push(`${path} was passed over: ${dialect}.`);
		else databases.push({
			path,
			tool: "liquibase",
			because: `${root.file} is its root changelog (${root.because})`
		});
	}
	const rest = await withoutChangelog(tree, read);
	for (const path of rest) {
		if (databases.some((one) => isWithin(path, one.path) || isWithin(one.path, path))) continue;
		const dialect = await otherDialect(tree, path, tree.under(path).filter((entry) => /\.sql$/i.test(entry.path)));
		if (dialect !== null) notes.push(`${path} was passed over: ${dialect}.`);
		else databases.push({
			path,
			tool: "liquibase",
			because: "its files begin with --liquibase formatted sql"
		});
	}
	return {
		databases,
		notes
	};
};
/** Topmost directories of formatted SQL that no changelog includes. The first and the last file of each are opened. */
async function withoutChangelog(tree, read) {
	const directories = byDirectory$1(tree.entries.filter(({ path, mode }) => mode.startsWith("100") && /\.sql$/i.test(path) && !read.has(path) && exclusion(dirname$1(path)) !== "copied"));
	const wanted = new Map([...directories].map(([directory, entries]) => [directory, [entries[0], entries.at(-1)].flatMap((entry) => entry?.path ?? [])]));
	const contents = await tree.read([...wanted.values()].flat());
	const found = [...wanted].filter(([, paths]) => paths.some((path) => isFormattedSql(contents.get(path)?.toString("utf8") ?? ""))).map(([directory]) => directory).sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
	return found.filter((path, index) => !found.slice(0, index).some((above) => isWithin(path, above)));
}
// src/tools/liquibase/filter.ts
/**
* Does an expression over contexts or labels (`prod and !test`, `a, b`, `(a or b) and not c`) hold for these names?
* An empty expression does.
*/
function expressionHolds(expression, names) {
	const tokens = expression.toLowerCase().match(/[(),!]|[^\s(),!]+/g) ?? [];
	if (tokens.length === 0) return true;
	let at = 0;
	const primary = () => {
		const token = tokens[at];
		at += 1;
		if (token === "!" || token === "not") return !primary();
		if (token === "(") {
			const value = either();
			if (tokens[at] === ")") at += 1;
			return value;
		}
		return token !== void 0 && names.has(token.replace(/^@/, ""));
	};
	const both = () => {
		let value = primary();
		while (tokens[at] === "and") {
			at += 1;
			value = primary() && value;
		}
		return value;
	};
	const either = () => {
		let value = both();
		while (tokens[at] === "or" || tokens[at] === ",") {
			at += 1;
			value = both() || value;
		}
		return value;
	};
	return either();
}
/** The names of a list: `prod, eu`. */
const namesOf = (text) => new Set(text.toLowerCase().split(",").map((name) => name.trim()).filter((name) => name !== ""));
// src/tools/liquibase/split.ts
/** Tokens of `SimpleSqlGrammar`, of which the longest that fits is taken, the first among equals. */
const identifier = String.raw`[A-Za-z$_@#\u00c0-\uffdc][\w$@#\u00c0-\uffdc]*`;
/** Names are short: without an end to them a text of brackets alone would be looked through again at each. */
const quotedName = String.raw`"[^\n\r"]{1,2000}"|${"`"}[^\n\r${"`"}]{1,2000}${"`"}|\[[^0-9\]][^\n\r\]]{0,2000}\]`;
const part = `(?:${identifier}|${quotedName})`;
const tokens = [
	String.raw`[\s\u200b-\u200d\u2060\u0085\u180e]+`,
	String.raw`--[^\r\n]*`,
	String.raw`/\*[^*]*\*(?:\*|[^*/][^*]*\*)*/`,
	String.raw`(?:\d+)?\.\d+(?:e[+-]?\d+)?|\d+\.(?:e[+-]?\d+)?|\d+e[+-]?\d+`,
	String.raw`\d+`,
	String.raw`${part}(?:[\r\n ]*\.[\r\n ]*${part})+`,
	identifier,
	String.raw`(?:rb|_utf8|[uenrb])?(?:'(?:''|\\[\s\S]|[^\\'])*(?:'|\\')|"(?:""|\\[\s\S]|[^\\"])*(?:"|\\"))`,
	quotedName
].map((source) => new RegExp(source, "iy"));
const isComment = (text) => text.startsWith("--") || text.startsWith("/*");
function piecesOf(sql) {
	const pieces = [];
	for (let at = 0; at < sql.length;) {
		let text = sql[at] ?? "";
		for (const token of tokens) {
			token.lastIndex = at;
			const found = token.exec(sql)?.[0] ?? "";
			if (found.length > text.length) text = found;
		}
		pieces.push({
			text,
			start: at
		});
		at += text.length;
	}
	return pieces;
}
/** Where the comments of a text are by Liquibase's own tokens, which know no dollar quotes. */
const commentSpans = (sql) => piecesOf(sql).flatMap(({ text, start }) => text.length > 1 && isComment(text) ? [{
	start,
	end: start + text.length
}] : []);
/**
* The statements that Liquibase sends of a text: `StringUtil.processMultiLineSQL`. Its rule for blocks is to wait for
* as many END as BEGIN, dollar quotes it does not know.
*
* @param endDelimiter null for the default
*/
function statementSpans(sql, options) {
	const all = piecesOf(sql).filter(({ text }) => !(options.stripComments && isComment(text) && text.length > 1));
	const delimiter = options.endDelimiter === null ? null : unescaped(options.endDelimiter);
	const pieces = delimiter === null ? all : merged(all, delimiter);
	const spans = [];
	let start = -1;
	let end = -1;
	let blocks = 0;
	let previous = null;
	const close = () => {
		if (start !== -1) spans.push({
			start,
			end
		});
		start = -1;
	};
	pieces.forEach(({ text, start: at }, index) => {
		const word = text.toUpperCase();
		if (word === "BEGIN" || word === "END") {
			const next = pieces.slice(index + 1, index + 4).find((piece) => piece.text.trim() !== "")?.text.toUpperCase();
			const ofTransaction = next !== void 0 && transactionWords.has(next);
			if (word === "BEGIN" && !ofTransaction && !conversation.has(next ?? "")) blocks += 1;
			if (word === "END" && !ofTransaction && blocks > 0) blocks -= 1;
		}
		if (blocks === 0 && options.splitStatements && isDelimiter(text, previous, delimiter)) close();
		else if (text.trim() !== "") {
			if (start === -1) start = at;
			end = at + text.length;
		}
		previous = text;
	});
	close();
	return spans;
}
const transactionWords = /* @__PURE__ */ new Set([
	"TRANSACTION",
	"TRANS",
	"TRAN"
]);
const conversation = /* @__PURE__ */ new Set([
	"DIALOG",
	"CONVERSATION",
	"DISTRIBUTED"
]);
function isDelimiter(piece, previous, delimiter) {
	const lineStart = previous === null || previous.endsWith("\n");
	const lower = piece.toLowerCase();
	if (delimiter === null) return piece === ";" || (lower === "go" || piece === "/") && lineStart;
	const wanted = delimiter.toLowerCase();
	if (delimiter.length === 1) {
		if (delimiter === "/" && !lineStart) return false;
		return lower === wanted;
	}
	const both = `${previous ?? "null"}${piece}`.toLowerCase();
	return lower === wanted || both.endsWith(wanted) && both.slice(0, -wanted.length).trim() === "";
}
/** It is a pattern to Liquibase, in which people write line ends and `$`. */
const unescaped = (delimiter) => delimiter.replace(/\\n/g, "\n").replace(/\\r/g, "\r").replace(/\\t/g, "	").replace(/(?<=.)\$$/s, "");
/** Pieces that together are the delimiter become one. */
function merged(pieces, delimiter) {
	const found = [];
	let open = [];
	for (const piece of pieces) {
		const text = open.map((one) => one.text).join("") + piece.text;
		if (open.length > 0 && text === delimiter) {
			found.push({
				text,
				start: open[0]?.start ?? piece.start
			});
			open = [];
		} else if (delimiter.startsWith(text) && (open.length > 0 || text !== delimiter)) open.push(piece);
		else {
			found.push(...open, piece);
			open = [];
		}
	}
	return [...found, ...open];
}
// src/tools/liquibase/history.ts
/** The changesets that run on PostgreSQL, in the order of the changelog. */
async function historyOf(tree, path, settings) {
	const { root, notes } = await rootOf$1(tree, path, settings);
	const read = root === null ? await byName(tree, path, settings) : await readChangelog(tree, root.file, root.path, root.roots, settings.parameters);
	await readable$1(tree, read.files);
	const runs = read.changeSets.filter((one) => !one.ignore && matchesDbms(one.dbms) && chosen(one, settings));
	const contexts = new Set(runs.flatMap((one) => one.contexts));
	const all = [
		...settings.notes,
		...notes,
		...read.notes
	];
	if (contexts.size > 0 && settings.contexts === null) all.push(`Changesets with a context (${[...contexts].slice(0, 3).join(", ").slice(0, 120)}) are all run, as Liquibase does when it is called without contexts.`);
	const conditional = runs.filter((one) => one.preconditions);
	if (conditional.length > 0) all.push(`Preconditions are taken as met (${conditional.slice(0, 3).map(({ id, file }) => `${id.slice(0, 40)} of ${file}`).join(", ")}${conditional.length > 3 ? ` and ${conditional.length - 3} more` : ""}).`);
	return {
		migrations: runs.map(migrationOf$1),
		notes: all,
		paths: [.../* @__PURE__ */ new Set([treePath(path), ...read.files.map(dirname$1)])]
	};
}
/** Without a root changelog: formatted SQL files by their names, which `includeAll` would do. */
async function byName(tree, path, settings) {
	const changeSets = [];
	const parameters = new Map(settings.parameters);
	const files = await formattedFiles(tree, path);
	for (const [file, text] of files) changeSets.push(...formattedChangeSets(file, file, text, parameters));
	return {
		changeSets,
		files: [...files.keys()],
		notes: ["No root changelog was found: the files are taken in the order of their names, as includeAll would. Name it in liquibase.properties (changeLogFile) if it is another."]
	};
}
async function readable$1(tree, files) {
	const contents = await tree.read(files);
	for (const file of files) {
		const entry = tree.get(file);
		if (entry !== void 0) refuseLink(entry);
		const bytes = contents.get(file);
		if (bytes === void 0) continue;
		const { encoding } = decodeMigration(file, bytes);
		if (encoding === "utf-8") continue;
		throw new Undecided("invalid-configuration", `${file} is ${encoding.toUpperCase()}, and Liquibase reads changelogs as UTF-8. Save it as UTF-8; PowerShell's > writes UTF-16.`, { place: { file } });
	}
}
/** `--contexts` and `--label-filter`, where the settings have them. */
function chosen({ contexts, labels }, { contexts: given, labelFilter }) {
	if (given !== null) {
		const names = namesOf(given);
		if (!contexts.every((expression) => expressionHolds(expression, names))) return false;
	}
	if (labelFilter === null || labels.length === 0) return true;
	return expressionHolds(labelFilter, new Set(labels.map((label) => label.toLowerCase())));
}
function migrationOf$1(one, position) {
	const version = `${one.path}::${one.id}::${one.author}`;
	const sql = sentText(one.sql, one.stripComments);
	const rule = one.runInTransaction ? "single" : "none";
	return {
		version,
		name: "",
		identity: version.toLowerCase(),
		file: one.file,
		bytes: Buffer.from(one.opaque === null ? one.sql.replace(/[ \n\r\t]/g, "") : one.checksum),
		sql,
		transaction: rule,
		messages: statementSpans(one.sql, one),
		...one.runAlways ? { repeatable: "always" } : one.runOnChange && { repeatable: "on-change" },
		down: downOf(one, rule),
		...one.refused !== null && { refused: one.refused },
		...one.opaque !== null && { opaque: one.opaque },
		extra: {
			position,
			id: one.id,
			author: one.author,
			path: one.path,
			checksum: one.checksum,
			comment: one.comment,
			description: one.description,
			contexts: one.contexts.map((context) => one.contexts.length > 1 || /\s(?:and|or)\s|,/i.test(context) ? `(${context})` : context).join(" AND "),
			labels: one.labels.join(",")
		}
	};
}
const downOf = ({ file, rollback, stripComments }, transaction) => rollback === null ? null : {
	file,
	sql: sentText(rollback, stripComments),
	transaction
};
/** Comments are not sent; those that speak to this check stay, since the server does not mind them. */
function sentText(sql, stripComments) {
	if (!stripComments) return sql;
	let text = "";
	let done = 0;
	for (const { start, end } of commentSpans(sql)) {
		const comment = sql.slice(start, end);
		if (comment.includes("migration-gate:")) continue;
		text += sql.slice(done, start) + comment.replace(/[^\r\n]/g, " ");
		done = end;
	}
	return text + sql.slice(done);
}
/** New changesets that stand before one that base has. */
function late$1(added, base) {
	const positions = added.map(({ extra }) => Number(extra?.position)).sort((a, b) => a - b);
	return added.filter(({ extra }) => {
		const position = Number(extra?.position);
		return position - positions.filter((other) => other < position).length < base.length;
	});
}
// src/tools/liquibase.ts
const noSettings = {
	placeholders: {},
	outOfOrder: null
};
async function settingsWith(tree, path, given) {
	const settings = await settingsFor(tree, path);
	return {
		...settings,
		parameters: new Map([...settings.parameters, ...Object.entries(given.placeholders)])
	};
}
const onHistoryChange$1 = {
	edited: {
		does: "refuses",
		says: "Liquibase refuses to update: \"Validation Failed: 1 changesets check sum … was: 9:… but is now: 9:…\" wherever the old text ran, for a comment inside the SQL too. With validCheckSum it goes on, and such databases keep what the old text made."
	},
	deleted: {
		does: "ignores",
		says: "Liquibase does not miss a changeset that ran: databases that have it keep what it made, new ones never get it."
	},
	renamed: {
		does: "runs",
		says: "Liquibase knows a changeset by its id, its author and the path of its file, and runs it a second time under a new one; a logicalFilePath keeps the old path."
	},
	outOfOrder: {
		does: "runs",
		says: "Liquibase runs it after the changesets that stand behind it in the changelog and have run, while a new database gets it before them."
	},
	duplicateVersion: {
		does: "refuses",
		says: "Liquibase refuses to update: \"Validation Failed: 1 changesets had duplicate identifiers\".",
		legal: false
	}
};
const toolFor$2 = (settings, given) => ({
	name: "liquibase",
	title: "Liquibase",
	detect: detect$7,
	configured: async (tree, path, asked) => toolFor$2(await settingsWith(tree, path, asked), asked),
	order: (left, right) => left.version < right.version ? -1 : left.version > right.version ? 1 : 0,
	history: async (tree, path) => historyOf(tree, path, await settingsWith(tree, path, given)),
	late: late$1,
	bookkeeping: bookkeepingOf(settings),
	sessions: "one",
	onHistoryChange: onHistoryChange$1,
	noTransaction: {
		directive: "--liquibase formatted sql\n--changeset author:id runInTransaction:false",
		advice: "Put the statement alone into a changeset with `runInTransaction:false`: Liquibase then sends it outside of a transaction. What fails there leaves the changeset unrecorded, so that it runs again."
	}
});
/** Liquibase: changelogs of formatted SQL, applied by `liquibase update`, a build plugin or Spring Boot. */
const liquibase = toolFor$2(defaultSettings, noSettings);
// src/tools/mikro-orm.ts
function call$4(project, args) {
	const { hostname, port, username, password, pathname } = new URL(project.url);
	return javascriptCall(project, {
		title: "MikroORM",
		packages: [
			"@mikro-orm/cli",
			"@mikro-orm/migrations",
			"@mikro-orm/postgresql"
		],
		program: "mikro-orm",
		directory: andAbove(treePath(project.path)).find((folder) => project.has(within$1(folder, "package.json"))) ?? "",
		args,
		env: {
			MIKRO_ORM_CLIENT_URL: project.url,
			MIKRO_ORM_HOST: hostname,
			MIKRO_ORM_PORT: port,
			MIKRO_ORM_USER: decodeURIComponent(username),
			MIKRO_ORM_PASSWORD: decodeURIComponent(password),
			MIKRO_ORM_DB_NAME: decodeURIComponent(pathname.slice(1))
		}
	});
}
/** MikroORM: classes `Migration<time>`, run by `mikro-orm migration:up`. */
const mikroOrm = programTool({
	name: "mikro-orm",
	title: "MikroORM",
	telling: /^Migration\d{14}[^/]*\.[cm]?[jt]s$/,
	because: async (tree, directory, [first = ""]) => {
		const used = await isOf(tree, directory, [
			"@mikro-orm/core",
			"@mikro-orm/migrations",
			"@mikro-orm/postgresql"
		]);
		return used === null ? null : `${used} uses MikroORM, and ${first} is there`;
	},
	files: /^Migration[^/]*(?<!\.d)\.[cm]?[jt]s$/,
	named: (file) => {
		const stem = basename$1(file).replace(/\.[^.]*$/, "");
		const [, version = stem, name = ""] = /^Migration(\d+)_?(.*)$/.exec(stem) ?? [];
		return {
			version,
			name,
			identity: stem,
			transaction: "shared"
		};
	},
	order: (left, right) => byText(left.version, right.version) || byText(left.name, right.name),
	tables: ["public.mikro_orm_migrations"],
	onHistoryChange: {
		edited: {
			does: "ignores",
			says: "MikroORM does not notice, since it records names only: databases that ran the old class keep what it made, new ones get the new one."
		},
		deleted: {
			does: "ignores",
			says: "MikroORM does not miss it: databases that ran it keep what it made, new ones never get it."
		},
		renamed: {
			does: "runs",
			says: "MikroORM runs it a second time: it knows a migration by the name of its file."
		},
		outOfOrder: {
			does: "runs",
			says: "MikroORM runs it after the migrations that were meant to follow it, while a new database gets it before them."
		},
		duplicateVersion: {
			does: "runs",
			says: "MikroORM tells migrations apart by the whole name of the file.",
			legal: true
		}
	},
	advice: "In MikroORM the class says `isTransactional() { return false; }`, and the config `migrations: { allOrNothing: false }`; give it a file of its own.",
	words: mikroOrmWords,
	command: {
		up: (project) => call$4(project, ["migration:up"]),
		down: (project, { identity }) => call$4(project, [
			"migration:down",
			"--only",
			identity
		]),
		recorded: ({ name }) => name?.replace(/\.[cm]?[jt]s$/, "") ?? null
	}
});
// src/tools/node-pg-migrate/behaviour.ts
const edited = {
	does: "ignores",
	says: "node-pg-migrate records names only: databases that ran the old text keep what it made, new ones get the new text."
};
const duplicateVersion = {
	does: "runs",
	says: "node-pg-migrate tells migrations apart by the whole name.",
	legal: true
};
/** What it does about a changed history. */
const checked = {
	edited,
	duplicateVersion,
	deleted: {
		does: "refuses",
		says: "node-pg-migrate refuses to start: “Not run migration … is preceding already run migration …”, since what ran and the files must stand in one order. Only where the newest was deleted does nothing notice.",
		at: ({ newestOfBase, afterAllOfHead }) => newestOfBase && afterAllOfHead ? "node-pg-migrate does not miss its newest migration: databases that ran it keep what it made, new ones never get it." : "node-pg-migrate refuses to start: “Not run migration … is preceding already run migration …”, since what ran and the files must stand in one order."
	},
	renamed: {
		does: "refuses",
		says: "node-pg-migrate refuses to start: “Not run migration … is preceding already run migration …”, since it knows a migration by its name."
	},
	outOfOrder: {
		does: "refuses",
		says: "node-pg-migrate refuses to start: “Not run migration … is preceding already run migration …”. Give the file a number after base's newest."
	}
};
/** With `--no-check-order`. */
const unchecked = {
	edited,
	duplicateVersion,
	deleted: {
		does: "ignores",
		says: "node-pg-migrate, told not to check the order, does not miss it: databases that ran it keep what it made, new ones never get it."
	},
	renamed: {
		does: "runs",
		says: "node-pg-migrate, told not to check the order, runs the renamed one a second time: it knows a migration by its name."
	},
	outOfOrder: {
		does: "runs",
		says: "node-pg-migrate, told not to check the order, runs it after the migrations that were meant to follow it, while a new database gets it before them."
	}
};
// src/tools/node-pg-migrate/config.ts
/** The project that a directory belongs to. */
async function configAbove(tree, directory) {
	for (const { folder, manifest } of await manifestsAbove(tree, directory)) {
		const range = rangeIn(manifest, ["node-pg-migrate"]);
		if (range === null) continue;
		const calls = Object.values(manifest.scripts ?? {}).filter((script) => typeof script === "string").flatMap(callsIn).filter((call) => !call.words.includes("create"));
		const optionSets = [];
		for (const call of calls) optionSets.push(await withFile(tree, folder, call.options));
		return configOf(within$1(folder, "package.json"), folder, majorOf$1(range), directory, optionSets);
	}
	return configOf(null, "", null, directory, []);
}
function configOf(manifest, folder, major, directory, calls) {
	const directoryOf = (call) => resolved$1(folder, (call.get("migrations-dir") ?? "migrations").replace(/\/\*.*$/, ""));
	const directories = [...new Set(calls.map(directoryOf))];
	const own = calls.find((call) => directoryOf(call) === directory) ?? /* @__PURE__ */ new Map();
	const schemas = (own.get("schema") ?? "public").split(",").filter((name) => name !== "");
	return {
		manifest,
		major,
		directories: directories.length > 0 ? directories : [resolved$1(folder, "migrations")],
		table: own.get("migrations-table") ?? "pgmigrations",
		schemas,
		tableSchema: own.get("migrations-schema") ?? schemas[0] ?? "public",
		checkOrder: own.get("check-order") !== "false",
		singleTransaction: own.get("single-transaction") !== "false",
		ignore: patternOf(own.get("ignore-pattern"))
	};
}
/** A pattern of the project's that no engine reads leaves hidden files out, as none does. */
function patternOf(pattern) {
	try {
		return pattern === void 0 || pattern === "" ? /^\..*/ : new RegExp(`^${pattern}$`);
	} catch {
		return /^\..*/;
	}
}
const short = {
	m: "migrations-dir",
	t: "migrations-table",
	s: "schema",
	f: "config-file"
};
const flags = /* @__PURE__ */ new Set([
	"check-order",
	"single-transaction",
	"use-glob",
	"create-schema",
	"lock",
	"verbose"
]);
/** The calls of node-pg-migrate in a script; what the shell would expand stays as it is. */
function callsIn(script) {
	return script.split(/&&|\|\||[;|]/).map((part) => [...part.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) => word.replace(/"([^"]*)"|'([^']*)'/g, (_, double, single) => double ?? single))).flatMap((words) => {
		const at = words.findIndex((word) => /(?:^|\/)node-pg-migrate(?:\.js)?$/.test(word));
		return at === -1 ? [] : [callOf(words.slice(at + 1))];
	});
}
function callOf(args) {
	const options = /* @__PURE__ */ new Map();
	const words = [];
	for (let at = 0; at < args.length; at += 1) {
		const [, dashes, name = "", , attached] = /^(--?)([\w-]+)(=(.*))?$/s.exec(args[at] ?? "") ?? [];
		if (dashes === void 0) {
			words.push(args[at] ?? "");
			continue;
		}
		const long = dashes === "-" ? short[name] ?? name : kebab(name);
		if (long.startsWith("no-") && flags.has(long.slice(3))) options.set(long.slice(3), "false");
		else if (attached !== void 0) options.set(long, attached);
		else if (flags.has(long)) {
			const value = args[at + 1] === "true" || args[at + 1] === "false" ? args[++at] : "true";
			options.set(long, value ?? "true");
		} else options.set(long, args[++at] ?? "");
	}
	return {
		words,
		options
	};
}
const kebab = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
/** What the file of `-f` says wins over the command line, where it is data. */
async function withFile(tree, folder, options) {
	const name = options.get("config-file");
	if (name === void 0 || !name.endsWith(".json")) return options;
	const path = resolved$1(folder, name);
	const text = (await tree.read([path])).get(path)?.toString("utf8");
	if (text === void 0) return options;
	const file = record$2(parsed$1(text));
	const section = record$2(file[options.get("config-value") ?? "db"]);
	const said = Object.entries(Object.keys(section).length > 0 ? section : file).flatMap(([key, value]) => ["string", "boolean"].includes(typeof value) ? [[key, String(value)]] : Array.isArray(value) ? [[key, value.join(",")]] : []);
	return new Map([...options, ...said]);
}
/** Detection goes on where the file is broken; the tool itself says so. */
function parsed$1(text) {
	try {
		return parseJson5(text);
	} catch {
		return {};
	}
}
const record$2 = (value) => typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
function majorOf$1(range) {
	const [, major] = /(\d+)/.exec(range) ?? [];
	return major === void 0 ? null : Number(major);
}
// src/tools/node-pg-migrate/order.ts
const collator$1 = new Intl.Collator("en-US", {
	usage: "sort",
	numeric: true,
	sensitivity: "variant",
	ignorePunctuation: true
});
/** By the number, then by the name as people would sort it. */
function order$5(left, right) {
	const difference = millisOf(left.version) - millisOf(right.version);
	if (difference !== 0 && !Number.isNaN(difference)) return difference;
	if (left.name === "" && right.name === "") return 0;
	return collator$1.compare(`${left.version}_${left.name}.sql`, `${right.version}_${right.name}.sql`);
}
/** 17 digits are a time in UTC, with milliseconds. */
function millisOf(version) {
	const [, ...parts] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d{3})$/.exec(version) ?? [];
	if (parts.length === 0) return Number(version);
	const [year, month, day, hours, minutes, seconds, ms] = parts;
	return Date.parse(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}.${ms}Z`);
}
// src/tools/node-pg-migrate/sections.ts
/** Finds `-- Up Migration` and `-- Down Migration`, which may stand in any order; without a mark all of it is up. */
function sectionsOf(text) {
	const up = startOf(text, "up");
	const down = startOf(text, "down");
	return {
		up: up === -1 ? {
			start: 0,
			end: text.length
		} : {
			start: up,
			end: down < up ? text.length : down
		},
		down: down === -1 ? null : {
			start: down,
			end: up < down ? text.length : up
		}
	};
}
const startOf = (text, direction) => text.search(new RegExp(`^\\s*--[\\s-]*${direction}\\s+migration`, "im"));
/** The text with everything outside of the span turned into spaces, lines kept. */
const only = (text, { start, end }) => text.slice(0, start).replace(/[^\r\n]/g, " ") + text.slice(start, end) + text.slice(end).replace(/[^\r\n]/g, " ");
// src/tools/node-pg-migrate/history.ts
/** Migrations in JavaScript and TypeScript. */
const program = /\.[cm]?[jt]s$/i;
/** The migrations of a directory, as the project calls node-pg-migrate there. */
async function readHistory(tree, path) {
	const directory = treePath(path);
	const config = await configAbove(tree, directory);
	const entries = (byDirectory$1(tree.under(directory)).get(directory) ?? []).filter(({ path: file }) => !config.ignore.test(basename$1(file)));
	const names = new Set(entries.map((entry) => basename$1(entry.path)));
	const downs = new Set([...names].filter((name) => isDownOfPair$1(name, names)));
	const taken = entries.filter(({ path: file }) => /\.sql$/i.test(file) || program.test(file));
	for (const entry of taken) refuseLink(entry);
	const contents = await tree.read(taken.map((entry) => entry.path));
	const migrations = taken.filter((entry) => !downs.has(basename$1(entry.path))).map(({ path: file }) => migration$1(file, contents, config, downs));
	return {
		migrations: migrations.sort(order$5),
		notes: notesOf(directory, entries, taken, downs),
		oddities: oddNames(migrations, config)
	};
}
/** With the loader `sql` a migration may be two files. */
const isDownOfPair$1 = (name, names) => name.endsWith(".down.sql") && names.has(name.replace(/\.down\.sql$/, ".up.sql"));
function migration$1(file, contents, config, downs) {
	const base = basename$1(file);
	const bytes = contents.get(file) ?? Buffer.alloc(0);
	const downName = base.replace(/\.up\.sql$/, ".down.sql");
	const paired = downName !== base && downs.has(downName);
	const identity = paired ? base.replace(/\.up\.sql$/, "") : base.replace(/\.[^.]*$/, "");
	const [, version = "0", name = identity] = (config.major !== null && config.major < 9 ? /^(\d+)_(.*)$/ : /^(\d+)[_-]?(.*)$/).exec(identity) ?? [];
	const transaction = config.singleTransaction ? "shared" : "single";
	const same = {
		version,
		name,
		identity,
		file,
		bytes,
		transaction,
		...nameless(base, config)
	};
	if (program.test(base)) return programMigration(file, bytes, same);
	const text = textOf$1(file, bytes);
	if (paired) {
		const beside = within$1(dirname$1(file), downName);
		const sql = textOf$1(beside, contents.get(beside) ?? Buffer.alloc(0));
		return {
			...same,
			sql: text,
			down: sql === "" ? null : {
				file: beside,
				sql,
				transaction
			}
		};
	}
	const { up, down } = sectionsOf(text);
	const back = down === null ? null : {
		file,
		sql: only(text, down),
		transaction
	};
	return {
		...same,
		sql: only(text, up),
		down: back
	};
}
function textOf$1(file, bytes) {
	const { text, encoding, byteOrderMark } = decodeMigration(file, bytes);
	if (encoding !== "utf-8") throw new Undecided("invalid-configuration", `${file} is ${encoding.toUpperCase()}, which node-pg-migrate reads as UTF-8 and sends to the server as garbage. Save it as UTF-8; PowerShell's > writes UTF-16.`, { place: { file } });
	return byteOrderMark ? `\ufeff${text}` : text;
}
/** From version 9 on a name must begin with a number. */
function nameless(base, { major }) {
	if (/^\d/.test(base) || major !== null && major < 9) return {};
	return { refused: {
		line: 1,
		says: `node-pg-migrate stops before it runs anything: “Cannot determine numeric prefix for "${base}"”.`
	} };
}
function oddNames(migrations, { major }) {
	if (major === null || major >= 9) return [];
	return migrations.filter(({ file }) => !/^\d+_/.test(basename$1(file))).map(({ file }) => ({
		kind: "ambiguous-order",
		file,
		says: `node-pg-migrate finds no number before the first _ of ${basename$1(file)}, takes it for 0, and runs it before all that have one.`
	}));
}
function notesOf(directory, entries, taken, downs) {
	const others = entries.filter((entry) => !taken.includes(entry)).map(({ path }) => basename$1(path));
	return [...others.length === 0 ? [] : [`node-pg-migrate takes every file of ${directory} for a migration and stops at ${listed$1(others)}, unless --ignore-pattern names it.`], ...downs.size === 0 ? [] : [`The files ${listed$1([...downs])} are taken as ways back, as the loader \`sql\` of node-pg-migrate reads them; its command line runs each as a migration of its own.`]];
}
const listed$1 = (names) => names.length <= 3 ? names.join(", ") : `${names.slice(0, 3).join(", ")} and ${names.length - 3} more`;
// src/tools/node-pg-migrate.ts
/** As `node-pg-migrate create` names files: milliseconds, or a UTC time with them. */
const stamped = /^(?:\d{13}|\d{17})[_-]/;
const numbered = /^\d+[_-]/;
const detect$6 = async (tree) => {
	const databases = [];
	const notes = [];
	const files = tree.entries.filter(({ path, mode }) => mode.startsWith("100") && numbered.test(basename$1(path)) && (/\.sql$/i.test(path) || program.test(path)));
	for (const [directory, entries] of byDirectory$1(files)) {
		if (exclusion(directory) === "copied") continue;
		const because = await proofOf(tree, directory, entries);
		if (because === null) continue;
		const sql = entries.filter(({ path }) => /\.sql$/i.test(path));
		const dialect = sql.length === 0 ? null : await otherDialect(tree, directory, sql);
		if (dialect === null) databases.push({
			path: directory,
			tool: "node-pg-migrate",
			because
		});
		else notes.push(`${directory} was passed over: ${dialect}.`);
	}
	return {
		databases,
		notes
	};
};
/** The package with the directory that it is told, or names as it makes them; or both of its marks in a file. */
async function proofOf(tree, directory, entries) {
	const made = entries.find(({ path }) => stamped.test(basename$1(path)))?.path;
	if ((await manifestsAbove(tree, directory)).some(({ manifest }) => rangeIn(manifest, ["node-pg-migrate"]) !== null)) {
		const { manifest, directories } = await configAbove(tree, directory);
		if (directories.includes(directory) || made !== void 0) return `${manifest} uses node-pg-migrate`;
	}
	const sql = entries.filter(({ path }) => /\.sql$/i.test(path));
	const named = entries.find(({ path }) => /(?:^|\/)(?:\d{13}|\d{17})_[^/]+\.[cm]?[jt]s$/.test(path))?.path;
	if (named !== void 0 && !await isOthers(tree, named)) return `${named} is named as node-pg-migrate names files`;
	for (const [path, bytes] of await tree.read([sql[0], sql.at(-1)].flatMap((entry) => entry?.path ?? []))) {
		const text = bytes.toString("utf8");
		if (/^--[ -]*up migration\s*$/im.test(text) && /^--[ -]*down migration\s*$/im.test(text)) return `${path} has the marks of node-pg-migrate`;
	}
	return null;
}
/** kysely-ctl names its files alike. */
const isOthers = async (tree, file) => /\b(?:kysely|knex)\b/i.test((await tree.read([file])).get(file)?.toString("utf8") ?? "");
function bookkeeping$1({ table, tableSchema, schemas }) {
	const name = `${identifier$1(tableSchema)}.${identifier$1(table)}`;
	return {
		setup: [...[.../* @__PURE__ */ new Set([...schemas, tableSchema])].filter((schema) => schema !== "public").map((schema) => `CREATE SCHEMA IF NOT EXISTS ${identifier$1(schema)};`), `CREATE TABLE ${name} (id SERIAL PRIMARY KEY, name varchar(255) NOT NULL, run_on timestamp NOT NULL);`].join("\n"),
		before: () => schemas.length === 1 && schemas[0] === "public" ? "" : `SET search_path TO ${schemas.map(identifier$1).join(", ")};`,
		after: ({ identity }) => `INSERT INTO ${name} (name, run_on) VALUES (${literal$2(identity)}, NOW());`,
		undo: ({ identity }) => `DELETE FROM ${name} WHERE name = ${literal$2(identity)};`,
		relations: [`${tableSchema}.${table}`]
	};
}
function toolFor$1(config, settings, programs = false) {
	const anyOrder = settings?.outOfOrder ?? !config.checkOrder;
	return {
		name: "node-pg-migrate",
		title: "node-pg-migrate",
		detect: detect$6,
		configured: async (tree, path, given) => toolFor$1(await configAbove(tree, treePath(path)), given, holdsPrograms(tree, treePath(path))),
		order: order$5,
		history: readHistory,
		bookkeeping: bookkeeping$1(config),
		sessions: "one",
		sharesTransaction: config.singleTransaction,
		onHistoryChange: anyOrder ? unchecked : checked,
		noTransaction: {
			directive: null,
			advice: config.singleTransaction ? "All pending SQL files of node-pg-migrate run in one transaction; a migration in JavaScript leaves it with `pgm.noTransaction()` before `pgm.sql(…)`, which commits what ran before it." : "A SQL file of node-pg-migrate always runs in a transaction; a migration in JavaScript can leave it with `pgm.noTransaction()`, then `pgm.sql(…)`."
		},
		...programs ? { command: commandOf(config) } : {}
	};
}
const holdsPrograms = (tree, directory) => (byDirectory$1(tree.under(directory)).get(directory) ?? []).some(({ path }) => program.test(path));
/** Where a directory holds programs, node-pg-migrate runs all of it itself. */
function commandOf({ table, tableSchema, checkOrder, singleTransaction }) {
	const call = (project, args) => {
		const path = treePath(project.path);
		const folder = andAbove(path).find((each) => project.has(within$1(each, "package.json"))) ?? "";
		return javascriptCall(project, {
			title: "node-pg-migrate",
			packages: ["node-pg-migrate", "pg"],
			program: "node-pg-migrate",
			directory: folder,
			args: [
				...args,
				"--migrations-dir",
				folder === "" ? path : path.slice(folder.length + 1),
				"--migrations-table",
				table,
				"--migrations-schema",
				tableSchema,
				...checkOrder ? [] : ["--no-check-order"],
				...singleTransaction ? [] : ["--no-single-transaction"]
			]
		});
	};
	return {
		up: (project) => call(project, ["up"]),
		down: (project) => call(project, ["down", "1"]),
		recorded: ({ name }) => name ?? null
	};
}
/** node-pg-migrate: the gate applies its SQL files; a directory that holds programs too is run by the tool itself. */
const nodePgMigrate = toolFor$1({
	manifest: null,
	major: null,
	directories: [],
	table: "pgmigrations",
	schemas: ["public"],
	tableSchema: "public",
	checkOrder: true,
	singleTransaction: true,
	ignore: /^\..*/
}, null);
// src/tools/plain/files.ts
/**
* What orders a file: a dotted number (`7`, `0042`, `1.10.2`, `20240101120000`) or a date written with
* separators (`2024_01_31_120000`), then the name.
*/
const fileName$2 = /^(\d{4}[-_.]\d{1,2}[-_.]\d{1,2}(?:[-_.T]\d{2,6}){0,3}|\d+(?:\.\d+)*)(?:[-_.]?(.*?))?\.sql$/i;
/** Suffixes of files that are not part of the way forward. */
const notForward = /\.(down|rollback|revert|undo|seed|seeds)\.sql$/i;
/** The forward migrations among the files of one directory, unordered, and what was left out and why. */
function plainFiles(entries) {
	const names = new Set(entries.map((entry) => basename$1(entry.path)));
	const files = [];
	const notes = [];
	const left = [];
	const oddities = [];
	const others = /* @__PURE__ */ new Map();
	for (const entry of entries) {
		const name = basename$1(entry.path);
		if (!/\.sql$/i.test(name)) continue;
		const match = fileName$2.exec(name);
		if (match === null) {
			if (isNoMigration.test(name)) left.push(name);
			else oddities.push(withoutNumber(entry.path));
			continue;
		}
		if (notForward.test(name) || isDownOfPair(name, names)) continue;
		const dialect = nameOfOther(name.replace(/^\d+[-_.]/, "").split(".").slice(1).join("."));
		if (dialect !== null) {
			others.set(dialect, [...others.get(dialect) ?? [], name]);
			continue;
		}
		files.push({
			entry,
			version: match[1] ?? "",
			name: (match[2] ?? "").replace(/[._-]up$/i, "")
		});
		if (!name.endsWith(".sql")) notes.push(`${entry.path} is taken as a migration although its suffix is in upper case, which some runners ignore.`);
	}
	if (left.length > 0) notes.push(`Not taken as migrations, since their names do not begin with a number: ${listed(left)}.`);
	for (const [dialect, found] of others) notes.push(`Not taken as migrations, since their names say ${dialect}: ${listed(found)}.`);
	return {
		files,
		notes,
		oddities: [...oddities, ...unpadded$1(files)]
	};
}
/** What lies beside migrations and is meant to be no migration. */
const isNoMigration = /^(?:schema|structure|dump|seeds?|init|setup|baseline|reset|drop|grants?)\b|(?:^|[-_.])(?:down|rollback|seeds?)\.sql$/i;
const withoutNumber = (file) => ({
	kind: "never-runs",
	file,
	says: `Plain SQL files run by their numbers, and ${basename$1(file)} begins with none: give it one, or move it out of the directory.`
});
/** The first file that a script which sorts names as text puts elsewhere than its number says. */
function unpadded$1(files) {
	const byNumber = [...files].sort(order$4);
	const found = byNumber.findIndex((file, place) => byNumber.slice(Math.max(0, place - 1), place).some((before) => compareText(basename$1(file.entry.path), basename$1(before.entry.path)) < 0));
	const [before, file] = [byNumber[found - 1], byNumber[found]];
	if (before === void 0 || file === void 0) return [];
	if (compareNumbers(before.version, file.version) === 0) return [];
	const [name, other] = [basename$1(file.entry.path), basename$1(before.entry.path)];
	return [{
		kind: "ambiguous-order",
		file: file.entry.path,
		says: `Plain SQL files are taken in the order of their numbers here, ${other} before ${name}; a script that sorts names as text runs ${name} first. Pad the numbers to one length.`
	}];
}
/** `1_x_down.sql` is a way back only beside `1_x_up.sql` or `1_x.sql`: `3_scale_down.sql` is a migration. */
function isDownOfPair(name, names) {
	const stem = /^(.*)[-_](down|rollback|revert|undo)\.sql$/i.exec(name)?.[1];
	if (stem === void 0) return false;
	return [
		`${stem}_up.sql`,
		`${stem}-up.sql`,
		`${stem}.sql`,
		`${stem}.up.sql`
	].some((other) => names.has(other));
}
/** By number part after part, whatever their length and padding; then by name, bytewise as `ls` and git do. */
function order$4(left, right) {
	return compareNumbers(left.version, right.version) || compareText(left.name, right.name);
}
function compareNumbers(left, right) {
	const [a, b] = [numbersIn(left), numbersIn(right)];
	for (let part = 0; part < Math.max(a.length, b.length); part += 1) {
		const [x, y] = [a[part], b[part]];
		if (x === void 0 || y === void 0) return x === void 0 ? -1 : 1;
		if (x < y) return -1;
		if (x > y) return 1;
	}
	return 0;
}
/** Exact, whatever their length: as many digits as these are exact as a number, and compare much faster. */
const numbersIn = (version) => version.match(/\d+/g)?.map((digits) => digits.length <= 15 ? Number(digits) : BigInt(digits)) ?? [];
/** Bytewise, which for texts without characters beyond the basic plane is how JavaScript compares them. */
function compareText(left, right) {
	if (left === right) return 0;
	return /[\ud800-\udfff]/.test(left + right) ? Buffer.compare(Buffer.from(left), Buffer.from(right)) : left < right ? -1 : 1;
}
const listed = (names) => names.length <= 3 ? names.join(", ") : `${names.slice(0, 3).join(", ")} and ${names.length - 3} more`;
// src/tools/reading/outside-transaction.ts
/** A word of each of the statements below, which are keywords: nothing else can stand for them. */
const words = /concurrently|vacuum|cluster|reindex|database|tablespace|system|discard|subscription/i;
/**
* Does a text hold a statement that PostgreSQL refuses inside a transaction block? Of a long history the grammar reads
* only the few files that may.
*/
const hasStatementOutsideTransaction = (sql) => words.test(sql) && parseFile(sql).statements.some((statement) => outsideTransaction(statement) !== null);
/**
* Statements that PostgreSQL refuses inside a transaction block (25001): those that call
* `PreventInTransactionBlock` in the server's source. `null` for all others.
*/
function outsideTransaction(statement) {
	const node = statement.node;
	const [kind] = Object.keys(node);
	const body = kind === void 0 ? void 0 : node[kind];
	if (kind === void 0 || body === void 0) return null;
	return refusals[kind]?.(body) ?? null;
}
const always = (name) => () => name;
const refusals = {
	IndexStmt: (body) => body.concurrent === true ? "CREATE INDEX CONCURRENTLY" : null,
	DropStmt: (body) => body.concurrent === true ? "DROP INDEX CONCURRENTLY" : null,
	ReindexStmt: (body) => {
		if (option(body.params, "concurrently")) return "REINDEX CONCURRENTLY";
		const kind = String(body.kind).replace("REINDEX_OBJECT_", "");
		return [
			"SCHEMA",
			"SYSTEM",
			"DATABASE"
		].includes(kind) ? `REINDEX ${kind}` : null;
	},
	VacuumStmt: (body) => body.is_vacuumcmd === true ? "VACUUM" : null,
	ClusterStmt: (body) => body.relation === void 0 ? "CLUSTER" : null,
	CreatedbStmt: always("CREATE DATABASE"),
	DropdbStmt: always("DROP DATABASE"),
	AlterDatabaseStmt: (body) => option(body.options, "tablespace") ? "ALTER DATABASE SET TABLESPACE" : null,
	CreateTableSpaceStmt: always("CREATE TABLESPACE"),
	DropTableSpaceStmt: always("DROP TABLESPACE"),
	AlterSystemStmt: always("ALTER SYSTEM"),
	DiscardStmt: (body) => body.target === "DISCARD_ALL" ? "DISCARD ALL" : null,
	CreateSubscriptionStmt: (body) => disabled(body.options, "create_slot") || disabled(body.options, "connect") ? null : "CREATE SUBSCRIPTION",
	DropSubscriptionStmt: always("DROP SUBSCRIPTION"),
	AlterTableStmt: (body) => list(body.cmds).some((cmd) => {
		const command = cmd.AlterTableCmd;
		const partition = (command?.def)?.PartitionCmd;
		return command?.subtype === "AT_DetachPartition" && partition?.concurrent === true;
	}) ? "DETACH PARTITION CONCURRENTLY" : null
};
const list = (value) => Array.isArray(value) ? value : [];
function option(options, name) {
	return list(options).map((entry) => entry.DefElem).find((element) => element?.defname === name && !isFalse(element));
}
const disabled = (options, name) => list(options).some((entry) => {
	const element = entry.DefElem;
	return element?.defname === name && isFalse(element);
});
function isFalse(element) {
	const arg = element.arg;
	if (arg === void 0) return false;
	const value = arg.String?.sval ?? arg.Boolean?.boolval ?? arg.Integer?.ival ?? true;
	if (arg.Boolean !== void 0 && arg.Boolean.boolval === void 0) return true;
	if (arg.Integer !== void 0 && arg.Integer.ival === void 0) return true;
	return value === false || value === 0 || [
		"false",
		"off",
		"0",
		"no"
	].includes(String(value).toLowerCase());
}
// src/tools/plain.ts
const detect$5 = async (tree) => {
	const strong = [];
	const weak = [];
	const notes = [];
	for (const [directory, entries] of byDirectory$1(tree.entries)) {
		const { files } = plainFiles(entries.filter((entry) => entry.mode !== "160000"));
		if (files.length === 0) continue;
		const named = namedForMigrations(directory);
		if (files.length === 1 && !named) continue;
		if (exclusion(directory) === "copied" || isOfSqitch(tree, directory)) continue;
		const dialect = await otherDialect(tree, directory, files.map((file) => file.entry));
		if (dialect !== null) {
			notes.push(`${shown(directory)} was passed over: ${dialect}.`);
			continue;
		}
		const because = `${files.length} numbered SQL ${files.length === 1 ? "file" : "files"} (${basename$1(files[0]?.entry.path ?? "")}${files.length === 1 ? "" : ", …"}), order assumed from the numbers`;
		(named ? strong : weak).push({
			path: directory,
			tool: "plain",
			because
		});
	}
	if (strong.length > 0) for (const { path } of weak) notes.push(`${shown(path)} holds numbered SQL files too, but its name does not say migrations; it was passed over. Name it under databases: in the config if it should be checked.`);
	return {
		databases: strong.length > 0 ? strong : weak,
		notes
	};
};
/** Scripts of a Sqitch project, which lie beside its plan. */
const isOfSqitch = (tree, directory) => andAbove(directory).some((above) => [
	"deploy",
	"revert",
	"verify"
].includes(basename$1(above)) && tree.get(within$1(dirname$1(above), "sqitch.plan")) !== void 0);
const namedForMigrations = (directory) => directory.split("/").some((segment) => /migrat|^(?:db|database|schema|ddl|sql)$/i.test(segment));
async function history$5(tree, path, placeholders) {
	await loadParser();
	const directory = treePath(path);
	const { files, notes, oddities } = plainFiles(byDirectory$1(tree.under(directory)).get(directory) ?? []);
	for (const { entry } of files) refuseLink(entry);
	const contents = await tree.read(files.map((file) => file.entry.path));
	const migrations = files.map(({ entry, version, name }) => {
		const bytes = contents.get(entry.path);
		if (bytes === void 0) throw new Undecided("internal-error", `git has no contents for ${entry.path}.`, { place: { file: entry.path } });
		const { text, encoding } = decodeMigration(entry.path, bytes);
		if (encoding !== "utf-8") throw new Undecided("invalid-configuration", `${entry.path} is ${encoding.toUpperCase()}, which psql and most scripts send to the server as garbage. Save it as UTF-8; PowerShell's > writes UTF-16.`, { place: { file: entry.path } });
		const sql = filledIn(entry.path, text, placeholders);
		return {
			version,
			name,
			identity: basename$1(entry.path),
			file: entry.path,
			bytes,
			sql,
			transaction: transactionRule(sql)
		};
	});
	migrations.sort(order$4);
	return {
		migrations,
		notes,
		oddities: [...oddities, ...futureOnes("A script that runs plain SQL files", migrations)]
	};
}
const template = /\{\{-?\s*\.?([\w.]+)\s*-?\}\}|\$\{\s*([\w.]+)\s*\}/g;
/**
* Puts in what the config says for `{{ name }}`, `{{ .Name }}` and `${name}`.
*
* @throws Undecided where such a name is left and makes the text none that PostgreSQL reads
*/
function filledIn(file, text, placeholders) {
	const filled = text.replace(template, (whole, braces, dollar) => {
		const name = braces ?? dollar ?? "";
		return Object.hasOwn(placeholders, name) ? placeholders[name] ?? "" : whole;
	});
	const [first] = [...filled.matchAll(template)];
	if (first === void 0 || parseFile(filled).error === null) return filled;
	const name = first[1] ?? first[2] ?? "";
	throw new Undecided("invalid-configuration", `${file} is a template: nothing says what stands for ${first[0].slice(0, 60)}. Give it in .github/migration-gate.yml, for this database:\n\n    placeholders:\n      ${name}: …\n`, { place: {
		file,
		line: filled.slice(0, first.index).split("\n").length
	} });
}
/**
* One transaction a file, as runners of this kind do, unless the file says otherwise or PostgreSQL would
* refuse one of its statements there.
*/
function transactionRule(sql) {
	if (/^--[ \t]*no-transaction\b/i.test(sql)) return "none";
	return hasStatementOutsideTransaction(sql) ? "none" : "single";
}
const shown = (directory) => directory === "" ? "The root of the repository" : directory;
const toolWith$3 = (placeholders) => ({
	name: "plain",
	title: "Plain SQL files",
	detect: detect$5,
	configured: async (_tree, _path, settings) => toolWith$3(settings.placeholders),
	order: order$4,
	history: (tree, path) => history$5(tree, path, placeholders),
	bookkeeping: {
		setup: "",
		before: () => "",
		after: () => "",
		relations: []
	},
	sessions: "each",
	onHistoryChange: {
		edited: {
			does: "ignores",
			says: "Plain SQL files have no tool that compares contents: databases that ran the old text keep what it made, new ones get the new text."
		},
		deleted: {
			does: "ignores",
			says: "Plain SQL files have no tool that misses a file: databases that ran it keep what it made, new ones never get it."
		},
		renamed: {
			does: "depends",
			says: "Plain SQL files are remembered by name or by number, depending on the script that runs them: one that goes by the name runs a renamed file a second time."
		},
		outOfOrder: {
			does: "runs",
			says: "Plain SQL files are usually each run once, so a late number still runs, after those that were meant to follow it; a script that only remembers the highest number never runs it."
		},
		duplicateVersion: {
			does: "runs",
			says: "Plain SQL files with the same number run in the order of their names, and a script that remembers numbers runs only one of them.",
			legal: false
		}
	},
	noTransaction: {
		directive: "-- no-transaction",
		advice: "Put the statement into a file of its own that begins with the line `-- no-transaction`, and have the script that runs your files send it without BEGIN."
	}
});
/** Numbered SQL files that the project's own script runs. No tool is known, so its order is assumed. */
const plain = toolWith$3({});
// src/tools/prisma/config.ts
/** The config files of a tree (`prisma.config.ts`, `.config/prisma.ts`), read as text and never run. */
async function prismaConfigs(tree) {
	const files = tree.entries.filter(({ path, mode }) => mode.startsWith("100") && configName.test(path)).map(({ path }) => path).filter((path) => exclusion(dirname$1(path)) !== "copied");
	const contents = await tree.read(files);
	return files.map((file) => {
		const literals = literalsOf(contents.get(file)?.toString("utf8") ?? "");
		const path = (key) => {
			const value = literals.get(key);
			return typeof value === "string" && value !== "" ? resolved$1(dirname$1(file), value) : null;
		};
		return {
			file,
			migrations: path("migrations.path"),
			schema: path("schema")
		};
	});
}
const configName = /(?:^|\/)(?:prisma\.config|\.config\/prisma)\.[cm]?[jt]s$/;
const environmentFiles = [
	".env",
	".env.example",
	".env.sample",
	".env.template",
	".env.dist",
	".env.defaults"
];
/**
* The schema that Prisma puts first in search_path. The URL itself is a secret and not in the repository; what people
* copy it from mostly is. Null where the nearest files say none, `public`, or different ones.
*/
async function urlSchema(tree, directory) {
	for (const folder of andAbove(directory)) {
		const files = environmentFiles.map((name) => within$1(folder, name));
		const urls = [...await tree.read(files)].flatMap(([source, bytes]) => [...bytes.toString("utf8").matchAll(urlLine)].map(([, query = ""]) => ({
			source,
			schema: /[?&]schema=([^&\s"'#]+)/.exec(query)?.[1] ?? "public"
		})));
		const [first] = urls;
		if (first === void 0) continue;
		const { schema } = first;
		return schema !== "public" && urls.every((url) => url.schema === schema) && /^[\w-]+$/.test(schema) ? first : null;
	}
	return null;
}
const urlLine = /^[ \t]*(?:export[ \t]+)?(?!\w*SHADOW)\w*(?:DATABASE|POSTGRES|PG|DB|PRISMA)\w*[ \t]*=[ \t]*["']?postgres(?:ql)?:\/\/[^\s"'?#]*(\?[^\s"'#]*)?/gim;
/** `a/schema.prisma` or the folder `a/schema`: the files of a schema. */
const schemaFiles$1 = (tree, schema) => schema.endsWith(".prisma") ? [schema] : tree.under(schema).flatMap(({ path }) => basename$1(path).endsWith(".prisma") ? [path] : []);
// src/tools/prisma/schema.ts
/**
* The schema of these migrations, a file or a folder of them: what a config or package.json says, else what stands beside
* the migrations. Null: there is none.
*
* @param path directory of the migrations
*/
async function schemaOf(tree, path) {
	const beside = dirname$1(path);
	const declares = (schema) => schemaFiles$1(tree, schema).some((file) => tree.get(file) !== void 0);
	const stated = [...await inConfigs(tree, path), ...await inManifests(tree, path)].find(declares);
	if (stated !== void 0) return stated;
	return [within$1(beside, "schema.prisma"), within$1(beside, "schema")].find(declares) ?? (hasOwn(tree, beside) ? beside : null);
}
/** Parts of a schema that stand in the folder itself, as where the migrations lie beside them. */
const hasOwn = (tree, folder) => tree.under(folder).some((entry) => entry.path.endsWith(".prisma") && dirname$1(entry.path) === folder);
/** Prisma looks for the migrations beside the schema's file, or in its folder. */
const isBeside = (schema, path) => [schema, dirname$1(schema)].some((folder) => within$1(folder, "migrations") === path);
async function inConfigs(tree, path) {
	return (await prismaConfigs(tree)).flatMap(({ schema, migrations }) => schema !== null && (migrations === path || migrations === null && isBeside(schema, path)) ? [schema] : []);
}
/** `"prisma": { "schema": "db/schema.prisma" }`, as it was said before there were configs. */
async function inManifests(tree, path) {
	return [...await tree.read(andAbove(path).map((folder) => within$1(folder, "package.json")))].flatMap(([file, bytes]) => {
		const said = /"prisma"\s*:\s*\{[^{}]*"schema"\s*:\s*"([^"\\]+)"/.exec(bytes.toString("utf8"))?.[1];
		const schema = said === void 0 ? null : resolved$1(dirname$1(file), said);
		return schema !== null && isBeside(schema, path) ? [schema] : [];
	});
}
/** How `migrate diff` ends where something differs. */
const DIFFERS = 2;
/** Keeps what the command prints from what it says on the way, and tells "differs" from a failure. */
const keeper = `const { spawnSync } = require('node:child_process');
const [answer, program, ...args] = process.argv.slice(1);
const { status, stdout, error } = spawnSync(program, args, { stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8', maxBuffer: 2 ** 25 });
const empty = status === 0 && stdout.includes(${JSON.stringify("-- This is an empty migration.")});
if (status === ${DIFFERS} || empty) require('node:fs').writeFileSync(answer, empty ? '' : stdout);
else console.log(error?.message ?? stdout);
process.exitCode = status === ${DIFFERS} || empty ? 0 : 1;`;
/** The folder at or above the migrations in which Prisma is installed. */
const installation = (project) => andAbove(project.path).map((folder) => ({
	folder,
	program: project.npmProgram("prisma", folder)
})).filter(({ folder, program }) => program?.endsWith(within$1(folder, "node_modules/.bin/prisma")) === true).at(0);
const majorOf = (project, folder) => Number(/"version"\s*:\s*"(\d+)\./.exec(project.text(within$1(folder, "node_modules/prisma/package.json")) ?? "")?.[1] ?? NaN);
/**
* `prisma migrate diff` of the project's own Prisma, from the migrated database to its schema.
*
* @param url where the project's URL asks for another schema than `public`
*/
const prismaComparison = (url) => ({
	asked: "prisma migrate diff",
	makes: "npx prisma migrate dev --create-only",
	absorbs: "npx prisma db pull",
	program: "prisma",
	call: (project, schema, answer) => {
		const found = installation(project);
		if (found === void 0 || found.program === null) return { missing: "Prisma is not installed in the checkout (`npm ci` before this step)." };
		const { folder, program } = found;
		const database = url === null ? project.url : `${project.url}?schema=${encodeURIComponent(url.schema)}`;
		const fromConfig = majorOf(project, folder) >= 7;
		const config = within$1(folder, "migration-gate.prisma.config.mjs");
		const absolute = `${project.root}/${schema}`;
		const sides = fromConfig ? [
			"--config",
			`${project.root}/${config}`,
			"--from-config-datasource",
			"--to-schema",
			absolute
		] : [
			"--from-url",
			database,
			"--to-schema-datamodel",
			absolute
		];
		return {
			program: project.onPath("node") ?? process.execPath,
			args: [
				"-e",
				keeper,
				answer,
				program,
				"migrate",
				"diff",
				...sides,
				"--script",
				"--exit-code"
			],
			directory: folder,
			env: {
				CHECKPOINT_DISABLE: "1",
				PRISMA_HIDE_UPDATE_MESSAGE: "1"
			},
			...fromConfig ? { files: { [config]: configFor(project, folder, schema, database) } } : {}
		};
	}
});
/**
* A config that names the shadow. The project's own is taken along only where it says what Prisma is to leave alone, since
* most ask for variables that are not here.
*/
function configFor(project, folder, schema, database) {
	const own = andAbove(folder).flatMap((from) => ["prisma.config", ".config/prisma"].map((name) => within$1(from, name))).flatMap((name) => [
		"ts",
		"mts",
		"cts",
		"js",
		"mjs",
		"cjs"
	].map((ending) => `${name}.${ending}`)).find((file) => project.has(file));
	return `${own !== void 0 && /\bexternal\b/.test(project.text(own) ?? "") ? `import own from ${JSON.stringify(`${project.root}/${own}`)};\n` : "const own = {};\n"}export default { ...own, schema: ${JSON.stringify(`${project.root}/${schema}`)}, datasource: { url: ${JSON.stringify(database)} } };\n`;
}
// src/tools/prisma/splitting.ts
/**
* Does this version of Prisma send the script statement by statement, each committing by itself?
*
* From 7.4 on the engine cuts the script at its statements (prisma-engines #5767, #5799), which it finds with the
* Rust parser sqlparser. A script with one statement that this parser cannot read goes to the server whole, as
* all scripts did before (#5847). The table below is what sqlparser 0.61 and 0.62 both read, tried statement by
* statement; what is not in it counts as not read, so that locks are rather thought to be held too long.
*/
function splitsIntoStatements(sql, version) {
	if (version === null || version.major < 7 || version.major === 7 && version.minor < 4) return false;
	const { statements, error } = parseFile(sql);
	if (error !== null || statements.length === 0) return false;
	return statements.every(({ node }) => Object.entries(node).every(([kind, body]) => readable[kind]?.(body) ?? false));
}
const yes = () => true;
const oneOf = (value, prefix, names) => names.split(" ").some((name) => value === prefix + name);
const nodes = (value, kind) => (Array.isArray(value) ? value : []).flatMap((entry) => {
	const body = entry?.[kind];
	return body === void 0 ? [] : [body];
});
/** EXCLUDE constraints and `UNIQUE USING INDEX` are not read. */
const readableConstraint = (constraint) => constraint.contype !== "CONSTR_EXCLUSION" && constraint.indexname === void 0;
const commands = "AddColumn DropColumn ColumnDefault SetNotNull DropNotNull AlterColumnType AddConstraint ValidateConstraint DropConstraint ChangeOwner EnableRowSecurity DisableRowSecurity ForceRowSecurity NoForceRowSecurity AddIdentity SetRelOptions ReplicaIdentity EnableTrigAll DisableTrigAll";
const readable = {
	CreateStmt: (body) => body.relation?.relpersistence !== "u" && nodes(body.tableElts, "TableLikeClause").every((like) => like.options === void 0 || like.options === 0) && nodes(body.tableElts, "Constraint").every(readableConstraint),
	AlterTableStmt: (body) => body.objtype === "OBJECT_TABLE" && nodes(body.cmds, "AlterTableCmd").every((command) => oneOf(command.subtype, "AT_", commands) && nodes([command.def], "Constraint").every(readableConstraint)),
	RenameStmt: (body) => oneOf(body.renameType, "OBJECT_", "TABLE COLUMN TABCONSTRAINT INDEX TYPE SCHEMA") && (body.relationType ?? "OBJECT_TABLE") !== "OBJECT_VIEW",
	IndexStmt: (body) => body.relation?.inh === true,
	DropStmt: (body) => body.concurrent !== true && oneOf(body.removeType, "OBJECT_", "INDEX TABLE VIEW MATVIEW SCHEMA FUNCTION TRIGGER POLICY EXTENSION SEQUENCE TYPE DOMAIN"),
	CreateEnumStmt: yes,
	CompositeTypeStmt: yes,
	AlterEnumStmt: yes,
	CreateExtensionStmt: yes,
	CreateSchemaStmt: yes,
	ViewStmt: yes,
	CreateTableAsStmt: (body) => body.into?.skipData !== true,
	CreateSeqStmt: (body) => nodes(body.options, "DefElem").length <= 1,
	CreateDomainStmt: yes,
	CreateFunctionStmt: (body) => body.is_procedure !== true && (body.returnType?.setof !== true || nodes(body.parameters, "FunctionParameter").some(({ mode }) => mode === "FUNC_PARAM_TABLE")) && nodes(body.options, "DefElem").every((option) => !oneOf(option.defname, "", "cost rows support window transform")),
	CreateTrigStmt: yes,
	CreatePolicyStmt: yes,
	AlterPolicyStmt: yes,
	CreateRoleStmt: yes,
	AlterRoleSetStmt: yes,
	CallStmt: yes,
	InsertStmt: yes,
	UpdateStmt: yes,
	DeleteStmt: yes,
	SelectStmt: yes,
	VariableSetStmt: yes,
	TransactionStmt: yes,
	GrantStmt: yes,
	TruncateStmt: yes,
	CommentStmt: (body) => oneOf(body.objtype, "OBJECT_", "TABLE COLUMN"),
	VacuumStmt: (body) => body.options === void 0 && (body.is_vacuumcmd !== true || body.rels === void 0),
	CreatedbStmt: yes,
	DropdbStmt: yes
};
// src/tools/prisma/version.ts
/** Packages that are released together with the engine. */
const packages = [
	"prisma",
	"@prisma/client",
	"@prisma/engines"
];
/**
* The Prisma version that deploys the migrations of a directory: the lock file's, nearest first, else the
* lowest that the nearest package.json allows. Null when nothing says it.
*/
async function prismaVersion(tree, directory) {
	const folders = andAbove(directory);
	const manifests = await tree.read(folders.map((folder) => within$1(folder, "package.json")));
	let range = null;
	for (const folder of folders) {
		const source = within$1(folder, "package.json");
		const text = manifests.get(source)?.toString("utf8");
		const found = text === void 0 ? null : rangeOf(text);
		if (found === null) continue;
		range = {
			text: found,
			source
		};
		break;
	}
	const wanted = range === null ? null : versionIn(range.text);
	for (const folder of folders) {
		const locks = Object.keys(lockReaders).map((name) => within$1(folder, name));
		const contents = await tree.read(locks);
		for (const [name, read] of Object.entries(lockReaders)) {
			const source = within$1(folder, name);
			const text = contents.get(source)?.toString("utf8");
			const best = choose(text === void 0 ? [] : read(text).flatMap((found) => versionIn(found) ?? []), wanted);
			if (best !== null) return {
				...best,
				source
			};
		}
	}
	if (range === null) return null;
	const assumed = wanted ?? await catalogVersion(tree, folders);
	return assumed === null ? null : {
		...assumed,
		source: range.source
	};
}
/** A monorepo may lock several; the one that the nearest package.json asks for deploys, else the newest. */
function choose(versions, wanted) {
	const newestFirst = [...versions].sort((a, b) => b.major - a.major || b.minor - a.minor);
	return newestFirst.find((version) => version.major === wanted?.major && version.minor >= wanted.minor) ?? newestFirst[0] ?? null;
}
const lockReaders = {
	"package-lock.json": npmVersions,
	"npm-shrinkwrap.json": npmVersions,
	"pnpm-lock.yaml": (text) => matches(text, /^\s+['"]?\/?(?:prisma|@prisma\/client)[@/](\d[^('":\s]*)/gm),
	"yarn.lock": (text) => matches(text, /^"?(?:prisma|@prisma\/client)@[^\n]*:\r?\n\s+version:?\s+"?(\d[^"\s]*)/gm),
	"bun.lock": (text) => matches(text, /\["(?:prisma|@prisma\/client)@(\d[^"]*)"/g)
};
function npmVersions(text) {
	const lock = json(text);
	const entries = Object.entries(record$1(lock.packages)).filter(([path]) => packages.some((name) => path === `node_modules/${name}` || path.endsWith(`/node_modules/${name}`)));
	const old = packages.map((name) => record$1(record$1(lock.dependencies)[name]));
	return [...entries.map(([, entry]) => record$1(entry)), ...old].flatMap(({ version }) => typeof version === "string" ? [version] : []);
}
function rangeOf(manifest) {
	const parsed = json(manifest);
	const kinds = [
		"dependencies",
		"devDependencies",
		"optionalDependencies",
		"peerDependencies"
	];
	for (const name of packages) for (const kind of kinds) {
		const range = record$1(parsed[kind])[name];
		if (typeof range === "string") return range;
	}
	return null;
}
/** `catalog:` ranges of pnpm and bun stand in the workspace's own file. */
async function catalogVersion(tree, folders) {
	for (const folder of folders) {
		const path = within$1(folder, "pnpm-workspace.yaml");
		const text = (await tree.read([path])).get(path)?.toString("utf8");
		const range = text === void 0 ? null : /^\s+['"]?(?:prisma|@prisma\/client)['"]?:\s*['"]?(\S+)/m.exec(text)?.[1];
		if (typeof range === "string") return versionIn(range);
	}
	return null;
}
function versionIn(text) {
	const match = /(\d+)(?:\.(\d+))?/.exec(text.replace(/^npm:(?:@?[^@]+@)?/, ""));
	return match === null ? null : {
		major: Number(match[1]),
		minor: Number(match[2] ?? 0)
	};
}
const matches = (text, pattern) => [...text.matchAll(pattern)].flatMap((match) => match[1] ?? []);
const record$1 = (value) => typeof value === "object" && value !== null ? value : {};
/** A manifest that is no JSON says nothing about Prisma; npm itself complains about it loudly. */
function json(text) {
	try {
		return record$1(JSON.parse(text));
	} catch {
		return {};
	}
}
// src/tools/prisma.ts
const lockFile = "migration_lock.toml";
const detect$4 = async (tree) => {
	const databases = [];
	const notes = [];
	const locks = tree.entries.filter((entry) => basename$1(entry.path) === lockFile && exclusion(dirname$1(entry.path)) !== "copied");
	const contents = await tree.read(locks.map((entry) => entry.path));
	for (const { path } of locks) {
		const provider = providerOf(contents.get(path)?.toString("utf8") ?? "");
		if (provider === "postgresql" || provider === "postgres") databases.push({
			path: dirname$1(path),
			tool: "prisma",
			because: `${path} says ${provider}`
		});
		else notes.push(`${dirname$1(path)} was passed over: ${path} says ${provider === null ? "no provider" : `${provider}, not postgresql`}.`);
	}
	databases.push(...await withoutLock(tree, new Set(locks.map((entry) => dirname$1(entry.path)))));
	return {
		databases,
		notes
	};
};
const providerOf = (text) => /^\s*provider\s*=\s*["']([^"'\n]*)["']/m.exec(text)?.[1]?.slice(0, 40) ?? null;
/** Folders of `<name>/migration.sql` whose lock file was never committed: a schema beside them, or the one of a config, is the proof. */
async function withoutLock(tree, known) {
	const configs = await prismaConfigs(tree);
	const named = new Map(configs.flatMap((config) => config.migrations ? [[config.migrations, config]] : []));
	const candidates = /* @__PURE__ */ new Set();
	for (const { path } of tree.entries) {
		if (basename$1(path) !== "migration.sql") continue;
		const directory = dirname$1(dirname$1(path));
		if (exclusion(directory) === "copied" || known.has(directory)) continue;
		if (basename$1(directory) === "migrations" || named.has(directory)) candidates.add(directory);
	}
	const found = [];
	for (const directory of candidates) {
		const config = named.get(directory);
		const beside = schemaFiles$1(tree, dirname$1(directory)).filter((path) => !path.startsWith(`${directory}/`));
		const stated = config === void 0 ? [] : schemaFiles$1(tree, config.schema ?? dirname$1(config.file));
		const schema = [...await tree.read([.../* @__PURE__ */ new Set([...stated, ...beside])])].find(([, text]) => /datasource\s+\w+\s*\{[^}]*["']postgres(?:ql)?["']/.test(text.toString("utf8")));
		if (schema === void 0) continue;
		found.push({
			path: directory,
			tool: "prisma",
			because: `${schema[0]} says postgresql (there is no ${lockFile})`
		});
	}
	return found;
}
async function history$4(tree, path, url) {
	await loadParser();
	const directory = treePath(path);
	const notes = [];
	const oddities = [];
	const folders = byDirectory$1(tree.under(directory));
	const direct = /* @__PURE__ */ new Set();
	for (const entry of tree.under(directory)) {
		const rest = entry.path.slice(directory === "" ? 0 : directory.length + 1);
		const slash = rest.indexOf("/");
		if (slash === -1) {
			if (entry.mode === "120000" || entry.mode === "160000") refuseLink(entry);
			if (/\.sql$/i.test(rest)) {
				const says = `Prisma never runs ${entry.path}: it reads migration.sql in folders only.`;
				oddities.push({
					kind: "never-runs",
					file: entry.path,
					says
				});
			}
		} else direct.add(rest.slice(0, slash));
	}
	const files = [...direct].map((name) => within$1(within$1(directory, name), "migration.sql"));
	const contents = await tree.read(files);
	const version = await prismaVersion(tree, directory);
	if (version === null && files.length > 0) notes.push("No file says which version of Prisma deploys these migrations: one that sends a script whole is assumed, which holds locks the longest.");
	if (url !== null) notes.push(`${url.source} says ?schema=${url.schema}, which is where Prisma looks for and makes what has no schema in its name.`);
	const migrations = files.map((file) => {
		const entry = tree.get(file);
		const bytes = contents.get(file);
		if (entry === void 0 || bytes === void 0) throw missingScript(file, folders.get(dirname$1(file)) ?? []);
		refuseLink(entry);
		return migration(file, bytes, version);
	});
	const order = isOlder$1(version, 6, 6) ? bytewise : localeOrder;
	return {
		migrations: migrations.sort((a, b) => order(a.identity, b.identity)),
		notes,
		oddities
	};
}
function migration(file, bytes, version) {
	const decoded = decodeMigration(file, bytes);
	if (decoded.encoding !== "utf-8") throw new Undecided("invalid-configuration", `${file} is ${decoded.encoding.toUpperCase()}, which Prisma reads as UTF-8 and sends to the server as garbage. Save it as UTF-8; PowerShell's > writes UTF-16.`, { place: { file } });
	const sql = decoded.byteOrderMark ? `\ufeff${decoded.text}` : decoded.text;
	const identity = basename$1(dirname$1(file));
	const digits = /^(\d+)(?:_(.*))?$/.exec(identity);
	return {
		version: digits?.[1] ?? identity,
		name: digits === null ? "" : digits[2] ?? "",
		identity,
		file,
		bytes,
		sql,
		transaction: splitsIntoStatements(sql, version) ? "none" : "implicit"
	};
}
function missingScript(file, inside) {
	const beside = inside.map((entry) => basename$1(entry.path)).slice(0, 3);
	return new Undecided("invalid-configuration", `Prisma stops the deployment at ${dirname$1(file)}: there is no migration.sql in it${beside.length > 0 ? ` (only ${beside.join(", ")})` : ""}. Restore the file, or remove the folder.`, { place: { file } });
}
const isOlder$1 = (version, major, minor) => version !== null && (version.major < major || version.major === major && version.minor < minor);
const collator = new Intl.Collator("en-US");
/** From 6.6 on the command line lists the folders (`localeCompare`), before it the engine did (by bytes). */
const localeOrder = (left, right) => collator.compare(left, right) || bytewise(left, right);
const bytewise = (left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right));
const folder = ({ version, name }) => name === "" ? version : `${version}_${name}`;
const literal$1 = (text) => `'${text.replaceAll("'", "''")}'`;
/** A UUID that is the same in every run, so that a cached base stays equal to a fresh one. */
function rowId({ identity, bytes }) {
	const hex = createHash("sha256").update(identity).update("\0").update(bytes).digest("hex");
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
const toolFor = (url) => ({
	name: "prisma",
	title: "Prisma Migrate",
	detect: detect$4,
	configured: async (tree, path) => toolFor(await urlSchema(tree, treePath(path))),
	order: (left, right) => localeOrder(folder(left), folder(right)),
	history: (tree, path) => history$4(tree, path, url),
	declaredFile: (tree, path) => schemaOf(tree, treePath(path)),
	schemaComparison: prismaComparison(url),
	sessions: "one",
	bookkeeping: {
		setup: `${url === null ? "" : `CREATE SCHEMA IF NOT EXISTS ${identifier$1(url.schema)};\nSET search_path = ${identifier$1(url.schema)};\n`}CREATE TABLE _prisma_migrations (
    id                      VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum                VARCHAR(64) NOT NULL,
    finished_at             TIMESTAMPTZ,
    migration_name          VARCHAR(255) NOT NULL,
    logs                    TEXT,
    rolled_back_at          TIMESTAMPTZ,
    started_at              TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count     INTEGER NOT NULL DEFAULT 0
);`,
		before: (one) => `${url === null ? "" : `SET search_path = ${identifier$1(url.schema)}; `}INSERT INTO _prisma_migrations (id, checksum, started_at, migration_name) VALUES (${literal$1(rowId(one))}, '${createHash("sha256").update(one.bytes).digest("hex")}', now(), ${literal$1(one.identity)});`,
		after: (one) => `UPDATE _prisma_migrations SET applied_steps_count = applied_steps_count + 1, finished_at = now() WHERE id = ${literal$1(rowId(one))};`,
		relations: [`${url?.schema ?? "public"}._prisma_migrations`]
	},
	onHistoryChange: {
		edited: {
			does: "ignores",
			says: "Prisma Migrate deploys without looking at checksums: databases that ran the old text keep what it made, new ones get the new text, and `prisma migrate dev` asks every developer to reset their database.",
			cosmetic: "`prisma migrate dev` compares checksums, though: it asks every developer to reset their database."
		},
		deleted: {
			does: "ignores",
			says: "Prisma Migrate deploys without missing it: databases that ran it keep what it made, new ones never get it, and `prisma migrate dev` asks every developer to reset their database."
		},
		renamed: {
			does: "runs",
			says: "Prisma Migrate knows a migration by the name of its folder and runs the renamed one a second time."
		},
		outOfOrder: {
			does: "runs",
			says: "Prisma Migrate runs it after the migrations that were meant to follow it, while a new database gets it before them."
		},
		duplicateVersion: {
			does: "runs",
			says: "Prisma Migrate tells migrations apart by the whole name of the folder.",
			legal: true
		}
	},
	noTransaction: {
		directive: null,
		advice: "Put the statement alone into a migration of its own: Prisma sends a script of one statement without a transaction. Comments such as prisma-migrate-disable-tx are not honoured by any version."
	}
});
/** Prisma Migrate: one folder a migration, applied by `prisma migrate deploy`. */
const prisma = toolFor(null);
// src/tools/rails/databases.ts
/** `db/animals_migrate` belongs to the database `animals`, whatever config/database.yml says. */
const byDirectory = (path) => /(?:^|\/)db\/(\w+)_migrate$/.exec(path)?.[1] ?? null;
/**
* The name of the database that a directory of migrations belongs to, where tasks have to be given one
* (`db:migrate:animals`): the one whose `migrations_paths` has it, and the first one for `db/migrate`. Null: the
* application has one database.
*
* @param root of the application
* @param config text of its config/database.yml, null where there is none
*/
function databaseName(migrations, root, config, environment) {
	const path = treePath(migrations);
	const several = config === null ? [] : databasesIn(config, environment);
	const named = several.find(({ paths }) => paths.some((one) => within$1(root, one) === path));
	if (named !== void 0) return named.name;
	const own = byDirectory(path);
	if (own !== null) return own;
	return several.find(({ paths }) => paths.length === 0)?.name ?? null;
}
/** The databases of an environment with a level of names in it; none where there is one. */
function databasesIn(config, environment) {
	const of = record(parsed(config))[environment];
	const entries = Object.entries(record(of));
	if (entries.length === 0 || !entries.every(([, value]) => isRecord(value))) return [];
	return entries.map(([name, value]) => {
		return {
			name,
			paths: [record(value).migrations_paths].flat().filter((one) => typeof one === "string")
		};
	});
}
/** Ruby between `<%` and `%>` is not run. */
function parsed(config) {
	try {
		const text = config.replaceAll(/^[ \t]*<%(?!=)[\s\S]*?%>[ \t]*$/gm, "").replaceAll(/<%[\s\S]*?%>/g, "x");
		return (0, import_dist.parse)(text, { merge: true });
	} catch {
		return null;
	}
}
const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const record = (value) => isRecord(value) ? value : {};
/**
* Where Rails writes the schema of a directory's database, Ruby first. Names of the first database's files are without its own.
*
* @param config text of config/database.yml, null where there is none
*/
function schemaFiles(migrations, config) {
	const path = treePath(migrations);
	const environment = "test";
	const name = databaseName(path, dirname$1(dirname$1(path)), config, environment);
	const [first] = config === null ? [] : databasesIn(config, environment);
	const own = name === "primary" || name === first?.name ? null : name;
	const [ruby, sql] = ["schema.rb", "structure.sql"].map((file) => within$1(dirname$1(path), own === null ? file : `${own}_${file}`));
	return [ruby, sql];
}
// src/tools/rails/schema.ts
const textOf = async (tree, file) => (await tree.read([file])).get(file)?.toString("utf8") ?? null;
async function schemaFilesOf(tree, path) {
	const root = dirname$1(dirname$1(treePath(path)));
	return schemaFiles(path, await textOf(tree, within$1(root, "config/database.yml")));
}
/** `db/schema.rb` or `db/structure.sql`; of both, what the application's config names. */
async function declaredFile(tree, path) {
	const [ruby, sql] = await schemaFilesOf(tree, path);
	const there = [ruby, sql].filter((file) => tree.get(file) !== void 0);
	if (there.length < 2) return there[0] ?? null;
	const config = within$1(dirname$1(dirname$1(ruby)), "config/application.rb");
	const text = await textOf(tree, config) ?? "";
	return /^\s*config\.active_record\.schema_format\s*=\s*:sql\b/m.test(text) ? sql : ruby;
}
/** Versions that `structure.sql` records with its last statement. */
const recorded = /INSERT INTO [^;]*schema_migrations\W[^;]*\bVALUES\b([^;]*);/i;
const definedAt = (text) => /\.define\(\s*(?:version:|:version\s*=>)\s*([\d_]+)/.exec(text)?.[1]?.replaceAll("_", "");
const recordedIn = (text) => {
	const rows = recorded.exec(text)?.[1];
	return rows === void 0 ? null : [...rows.matchAll(/'(\d+)'/g)].map(([, version = ""]) => version);
};
/**
* The file that `db:schema:load` makes a new database of, with the newest version that counts as applied then; a sentence
* where there is none.
*/
async function schemaLoad(tree, path) {
	const file = await declaredFile(tree, path);
	if (file === null) {
		const [ruby, sql] = await schemaFilesOf(tree, path);
		return `There is no ${ruby} or ${sql}, of which Rails would make a new database without them.`;
	}
	const bytes = (await tree.read([file])).get(file) ?? Buffer.alloc(0);
	const text = bytes.toString("utf8");
	const version = (file.endsWith(".rb") ? [definedAt(text) ?? "0"] : recordedIn(text) ?? []).reduce((newest, one) => BigInt(one) > BigInt(newest) ? one : newest, "0");
	if (version === "0") return `${file} does not say which migrations are in it.`;
	return {
		version,
		name: "",
		identity: file,
		file,
		bytes,
		sql: "",
		transaction: "none",
		program: true,
		onlyWhenEmpty: true
	};
}
/** Why a file is older than the newest migration; null: it is not, or does not say. */
function lag(text, versions) {
	const newest = versions.at(-1);
	if (newest === void 0) return null;
	const said = definedAt(text);
	if (said !== void 0) return BigInt(said) < BigInt(newest) ? `It was written at version ${said}, and the newest migration is ${newest}.` : null;
	const rows = recordedIn(text);
	if (rows === null) return null;
	const known = new Set(rows);
	const missing = versions.filter((version) => !known.has(version));
	if (missing.length === 0) return null;
	const named = missing.slice(-5).join(", ");
	return `It does not record ${missing.length === 1 ? "the migration" : `${missing.length} migrations, the last of them`} ${named}, so that a database that is built from it runs ${missing.length === 1 ? "it" : "them"} again.`;
}
/**
* @param call how a task is called, with variables on top
*/
const railsSchema = (call) => ({
	extension: ".rb",
	dump: (project, to) => call(project, "db:schema:dump", { SCHEMA: to }),
	load: (project, from) => call(project, "db:schema:load", { SCHEMA: from }),
	lag,
	withoutVersion: (text) => text.replace(/^#.*\n/gm, "").replace(/(\.define\(\s*(?:version:|:version\s*=>)\s*)[\d_]+/, "$1")
});
// src/tools/words/rails.ts
/** Rails: calls of a migration, `disable_ddl_transaction!` for what refuses a transaction. */
const railsWords = {
	comment: "#",
	language: () => "ruby",
	migration({ operations, outsideTransaction, before }) {
		const calls = operations.map((operation) => call$3(operation, [...before, ...operations]));
		if (calls.includes(null)) return null;
		const lines = calls.join("\n").split("\n");
		const method = lines.some((line) => line.startsWith("execute")) ? "up" : "change";
		return [
			...outsideTransaction ? ["disable_ddl_transaction!", ""] : [],
			`def ${method}`,
			...lines.map((line) => line === "" ? line : `  ${line}`),
			"end"
		].join("\n");
	}
};
function call$3(operation, all) {
	switch (operation.kind) {
		case "kept": return `# ${keptCall}`;
		case "create-index": return isPlain(operation.table) ? addIndex(operation) : execute(operation);
		case "add-foreign-key": return addForeignKey(operation) ?? execute(operation);
		case "add-check": {
			const { table, name, condition } = operation;
			return isPlain(table) ? `add_check_constraint ${tableName(table)}, ${ruby(condition)}, name: ${ruby(name)}, validate: false` : execute(operation);
		}
		case "validate": {
			const { table, name } = operation;
			const added = all.find((each) => "name" in each && each.kind !== "validate" && each.name === name)?.kind;
			const method = added === "add-foreign-key" ? "validate_foreign_key" : added === "add-check" ? "validate_check_constraint" : null;
			return method !== null && isPlain(table) ? `${method} ${tableName(table)}, name: ${ruby(name)}` : execute(operation);
		}
		case "set-not-null": {
			const { table, column } = operation;
			return isPlain(table) ? `change_column_null ${tableName(table)}, ${symbol(column)}, false` : execute(operation);
		}
		default: return execute(operation);
	}
}
function addIndex({ table, name, columns, unique, method, where }) {
	const [only = "", ...more] = columns;
	return [
		`add_index ${tableName(table)}, ${more.length === 0 ? symbol(only) : list$2(columns, symbol)}`,
		"algorithm: :concurrently",
		`name: ${ruby(name)}`,
		...unique ? ["unique: true"] : [],
		...method === "btree" ? [] : [`using: ${symbol(method)}`],
		...where === null ? [] : [`where: ${ruby(where)}`]
	].join(", ");
}
function addForeignKey(key) {
	const [column, ...more] = key.columns;
	const [primary = "id", ...others] = key.referencedColumns;
	const tables = isPlain(key.table) && isPlain(key.referenced);
	if (column === void 0 || more.length > 0 || others.length > 0 || !tables) return null;
	if (key.onDelete === "SET DEFAULT" || key.onUpdate === "SET DEFAULT") return null;
	return [
		`add_foreign_key ${tableName(key.table)}, ${tableName(key.referenced)}`,
		`column: ${symbol(column)}`,
		...primary === "id" ? [] : [`primary_key: ${symbol(primary)}`],
		`name: ${ruby(key.name)}`,
		...key.onDelete === null ? [] : [`on_delete: ${actions[key.onDelete]}`],
		...key.onUpdate === null ? [] : [`on_update: ${actions[key.onUpdate]}`],
		"validate: false"
	].join(", ");
}
const actions = {
	RESTRICT: ":restrict",
	CASCADE: ":cascade",
	"SET NULL": ":nullify"
};
/** Rails reads a dot as the end of the schema, and quotes as quotes. */
const isPlain = ({ schema, name }) => !/[."]/.test(`${schema ?? ""}${name}`);
const tableName = ({ schema, name }) => schema === null ? symbol(name) : ruby(`${schema}.${name}`);
/** Null where a line of the statement would end the heredoc. */
const execute = ({ sql }) => /^\s*SQL\s*$/m.test(sql) ? null : [
	"execute <<~'SQL'",
	...sql.split("\n").map((line) => line === "" ? line : `  ${line}`),
	"SQL"
].join("\n");
// src/tools/rails.ts
/** The application's root: where its Rakefile or Gemfile is. */
const rootOf = (project) => andAbove(treePath(project.path)).find((folder) => [
	"Rakefile",
	"Gemfile",
	"bin/rails"
].some((file) => project.has(within$1(folder, file)))) ?? dirname$1(dirname$1(treePath(project.path)));
/**
* What db:migrate would write down at its end is read by nobody, and structure.sql needs a pg_dump of the server's own
* version for it.
*/
const noDump = `Rake::Task.tasks.each { |task| task.clear if task.name.match?(/(?:\\A|:)db:_dump(?::\\w+)?\\z/) }
`;
/** Rails 8 begins an empty database with the schema file, if there is one at this path: base's migrations are to make it. */
const noSchema = "/nonexistent/migration-gate-schema";
function call$2(project, task, arguments_ = [], more = {}) {
	const directory = rootOf(project);
	const environment = project.job.RAILS_ENV ?? "test";
	const config = project.text(within$1(directory, "config/database.yml"));
	const database = databaseName(project.path, directory, config, environment);
	const name = database === null ? task : `${task}:${database}`;
	const env = {
		RAILS_ENV: environment,
		DISABLE_DATABASE_ENVIRONMENT_CHECK: "1",
		...database === null ? {} : { [`${database.toUpperCase()}_DATABASE_URL`]: project.url },
		...more
	};
	const has = (file) => project.has(within$1(directory, file));
	const bundle = has("Gemfile") ? project.onPath("bundle") : null;
	const missing = `Rails is not installed in the job: set up Ruby and run bundle install before the gate (ruby/setup-ruby with bundler-cache: true), or give another command with apply-command.`;
	if (has("Gemfile") && bundle === null) return { missing };
	const run = has("bin/rails") ? ["ruby", "bin/rails"] : ["rake"];
	const [program = "rake", ...script] = bundle === null ? run : [
		"bundle",
		"exec",
		...run
	];
	const found = project.onPath(program);
	if (found === null) return { missing };
	const files = { [within$1(directory, "lib/tasks/migration_gate.rake")]: noDump };
	return {
		program: found,
		args: [
			...script,
			name,
			...arguments_
		],
		directory,
		env,
		files
	};
}
/** `20240101000000_create_users.rb`; one that was copied from an engine has its name, too: `….active_storage.rb`. */
const migrationFile = /^\d+_\w+(?:\.\w+)?\.rb$/;
const commanded = programTool({
	name: "rails",
	title: "Rails",
	telling: migrationFile,
	because: async (_, directory, [file]) => /(?:^|\/)db\/(?:\w+_)?migrate$/.test(directory) ? `${file} is there` : null,
	files: migrationFile,
	below: true,
	named: (file, text) => {
		const named = stampedName(file, (version) => version);
		if (named === null) return null;
		return {
			...named,
			transaction: /^\s*disable_ddl_transaction!/m.test(text) ? "none" : "single"
		};
	},
	order: byNumber$1,
	tables: ["public.schema_migrations", "public.ar_internal_metadata"],
	onHistoryChange: {
		edited: {
			does: "ignores",
			says: "Rails does not notice, since it records numbers only: databases that ran the old file keep what it made, new ones get the new one."
		},
		deleted: {
			does: "ignores",
			says: "Rails does not miss it (`db:migrate:status` shows “NO FILE”): databases that ran it keep what it made, new ones never get it.",
			loaded: "Rails does nothing at the next deploy: existing databases keep the rows in `schema_migrations` (`rails db:migrate:status` shows them as `********** NO FILE **********`) and cannot be rolled back past them any more."
		},
		renamed: {
			does: "ignores",
			says: "Rails goes by the number: with the same one the file has run already, with another one it is run a second time."
		},
		outOfOrder: {
			does: "runs",
			says: "Rails runs it after the migrations that were meant to follow it, while a new database gets it before them."
		},
		duplicateVersion: {
			does: "refuses",
			says: "Rails stops before it runs anything: “Multiple migrations have the version number …” (DuplicateMigrationVersionError).",
			legal: false
		}
	},
	advice: "In Rails the migration says `disable_ddl_transaction!` and gives `algorithm: :concurrently` to `add_index` or `remove_index`; give it a file of its own.",
	words: railsWords,
	command: {
		up: (project) => call$2(project, "db:migrate", [], { SCHEMA: noSchema }),
		down: (project, { version }) => call$2(project, "db:migrate:down", [`VERSION=${version}`]),
		recorded: ({ version }) => version ?? null,
		schemaFile: railsSchema((project, task, env) => call$2(project, task, [], env))
	}
});
/** Rails (ActiveRecord): `db/migrate/<number>_<name>.rb`, run by `rails db:migrate`. */
const rails = {
	...commanded,
	declaredFile,
	history: async (tree, path) => ({
		...await commanded.history(tree, path),
		schemaLoad: await schemaLoad(tree, path)
	})
};
// src/tools/reading/claims.ts
/**
* How much a tool's own proof says, the surest first: marks inside of the files or a file of the tool's own; names of files
* together with what stands around them; a checksum file, which other tools' directories have too; a tool of code; numbers.
* Two claims of one rank on one directory are a question to the user.
*/
const ranks = [
	[
		"prisma",
		"drizzle",
		"sqitch",
		"liquibase",
		"graphile-migrate",
		"goose",
		"dbmate",
		"supabase"
	],
	[
		"flyway",
		"hasura",
		"golang-migrate",
		"sqlx",
		"diesel",
		"refinery",
		"node-pg-migrate"
	],
	["atlas"]
];
const codeRank = ranks.length;
const plainRank = codeRank + 1;
/** Tools of one rank that know each other: the first looked at what the second does not (a Cargo.toml, a package.json). */
const knowsBetter = [
	["refinery", "flyway"],
	["diesel", "hasura"],
	["sqlx", "golang-migrate"],
	["hasura", "golang-migrate"],
	["node-pg-migrate", "golang-migrate"]
];
/** Tools that read every directory below theirs, so that none of these is a database of its own. */
const readsBelow = /* @__PURE__ */ new Set([
	"prisma",
	"drizzle",
	"sqitch",
	"liquibase",
	"graphile-migrate",
	"flyway",
	"hasura",
	"diesel",
	"refinery"
]);
/**
* Who owns what, when several tools take a directory for theirs. What is left twice at one path could not be told.
*/
function settleClaims(claims) {
	const byPath = /* @__PURE__ */ new Map();
	for (const claim of claims) {
		const here = byPath.get(claim.path);
		if (here === void 0) byPath.set(claim.path, [claim]);
		else if (!here.some(({ tool }) => tool === claim.tool || `like ${tool}` === claim.tool)) here.push(claim);
	}
	const best = [...byPath.values()].flatMap((here) => here.filter((claim) => !here.some((other) => isSurer(other.tool, claim.tool))));
	return best.filter((claim) => !best.some((owner) => isBelow(claim, owner)));
}
function rankOf(tool) {
	if (tool === "plain") return plainRank;
	const rank = ranks.findIndex((tools) => tools.includes(tool));
	return rank === -1 ? codeRank : rank;
}
const isSurer = (one, other) => rankOf(one) < rankOf(other) || knowsBetter.some(([knows, less]) => knows === one && less === other);
/** A tool at the root of the repository owns its own files, not every directory below. */
function isBelow(claim, owner) {
	if (owner.path === "" || owner.path === claim.path || !isWithin(claim.path, owner.path)) return false;
	return readsBelow.has(owner.tool) || claim.tool === "plain" && owner.tool !== "plain";
}
// src/tools/reading/surveyed-tree.ts
/** Names of files that no tool's detection asks for: sources that are not named like a migration, pictures, texts. */
const beside = /(?:^|\/)(?!(?:[VUB]?\d|R__|Migration\d)[^/]*$)[^/]*\.(?:[cm]?[jt]sx?|py|rb|java|kt|rs|cs|php|swift|dart|c|cc|cpp|h|hpp|css|scss|less|html?|vue|svelte|mdx?|rst|snap|proto|graphql|ipynb)$|\.(?:png|jpe?g|gif|svg|webp|ico|woff2?|ttf|mp4|pdf|map|lock|csv|gz|zip)$/i;
/** Config files of the kinds above whose place tells a tool something. */
const config = /(?:^|\/)(?:drizzle|prisma|knexfile|ormconfig|mikro-orm|flyway|graphile|\.gmrc|liquibase|package|Cargo|go)[^/]*$/i;
/** Files that some tool's detection opens wherever they stand. */
const opened = /(?:^|\/)(?:package\.json|Cargo\.toml|go\.mod|config\.(?:ya?ml|toml)|_journal\.json|migration_lock\.toml|sqitch\.(?:plan|conf)|\.gmrc[^/]*|atlas\.(?:hcl|sum)|(?:flyway|sqlx|diesel|refinery)\.(?:toml|conf)|pom\.xml|build\.gradle[^/]*)$/;
/** Beyond that many files a repository is read as it is asked for. */
const mostAtOnce = 5e3;
/** Names of files that migrations usually have, for what is said of directories that are not looked into. */
const likeMigration = /(?:^|\/)(?:[VUR]?\d[^/]*|R__[^/]*|migration)\.sql$/i;
/**
* The tree as detection needs it: without what is of no use to it, which is most of a large repository, and with every
* file read once only, however many tools ask for it.
*
* @param everywhere tests and examples too
*/
function surveyedTree(tree, everywhere) {
	const known = /* @__PURE__ */ new Map();
	const excluded = (directory) => {
		const before = known.get(directory);
		if (before !== void 0) return before;
		const answer = exclusion(directory);
		known.set(directory, answer);
		return answer;
	};
	const illustrative = /* @__PURE__ */ new Set();
	const entries = tree.entries.filter(({ path }) => {
		if (beside.test(path) && !config.test(path)) return false;
		const directory = dirname$1(path);
		const why = excluded(directory);
		if (why === "illustrative" && !everywhere && likeMigration.test(path)) illustrative.add(directory);
		return why === null || why === "illustrative" && everywhere;
	});
	const kept = new Set(entries);
	const contents = /* @__PURE__ */ new Map();
	let first;
	const readAtOnce = async () => {
		for (const [path, bytes] of await tree.read(likely(entries))) contents.set(path, bytes);
	};
	return {
		tree: {
			ref: tree.ref,
			sha: tree.sha,
			entries,
			get: tree.get,
			under: (directory) => directory === "" ? entries : tree.under(directory).filter((entry) => kept.has(entry)),
			read: async (paths) => {
				first ??= readAtOnce();
				await first;
				const unread = paths.filter((path) => !contents.has(path) && tree.get(path) !== void 0);
				if (unread.length > 0) {
					const read = await tree.read(unread);
					for (const path of unread) contents.set(path, read.get(path) ?? null);
				}
				return new Map(paths.flatMap((path) => {
					const bytes = contents.get(path) ?? null;
					return bytes === null ? [] : [[path, bytes]];
				}));
			}
		},
		illustrative: [...illustrative]
	};
}
/** What will be asked for: config files, and of each directory the SQL files that its dialect is told from. */
function likely(entries) {
	const files = entries.filter(({ mode }) => mode.startsWith("100"));
	const sql = byDirectory$1(files.filter(({ path }) => /\.sql$/i.test(path)));
	return [...files.filter(({ path }) => opened.test(path)).map(({ path }) => path), ...[...sql.values()].flatMap((inside) => sample(inside.map(({ path }) => path)))].slice(0, mostAtOnce);
}
// src/tools/reading/siphash.ts
const mask = 2n ** 64n - 1n;
const rotated = (value, bits) => (value << bits | value >> 64n - bits) & mask;
/** SipHash 1-3 with a key of zeros, as an unsigned number of 64 bits: what Rust's own hasher gives for the bytes. */
function sipHash13(bytes) {
	let v0 = 8317987319222330741n;
	let v1 = 7237128888997146477n;
	let v2 = 7816392313619706465n;
	let v3 = 8387220255154660723n;
	const round = () => {
		v0 = v0 + v1 & mask;
		v1 = rotated(v1, 13n) ^ v0;
		v0 = rotated(v0, 32n);
		v2 = v2 + v3 & mask;
		v3 = rotated(v3, 16n) ^ v2;
		v0 = v0 + v3 & mask;
		v3 = rotated(v3, 21n) ^ v0;
		v2 = v2 + v1 & mask;
		v1 = rotated(v1, 17n) ^ v2;
		v2 = rotated(v2, 32n);
	};
	const block = (word) => {
		v3 ^= word;
		round();
		v0 ^= word;
	};
	const whole = bytes.length - bytes.length % 8;
	for (let at = 0; at < whole; at += 8) block(bytes.readBigUInt64LE(at));
	const last = Buffer.alloc(8);
	bytes.copy(last, 0, whole);
	last[7] = bytes.length & 255;
	block(last.readBigUInt64LE());
	v2 ^= 255n;
	for (let times = 0; times < 3; times += 1) round();
	return v0 ^ v1 ^ v2 ^ v3;
}
// src/tools/refinery.ts
const title$3 = "refinery";
/** util.rs; `\w` of Rust's regular expressions knows letters of every script. */
const fileName$1 = /^(?<kind>[UV|])(?<version>\d+(?:\.\d+)?)__(?<name>[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]+)\.(?<suffix>sql|rs)$/u;
function named$1(entry) {
	const { kind, version, name, suffix } = fileName$1.exec(basename$1(entry.path))?.groups ?? {};
	if (kind === void 0 || version === void 0 || name === void 0 || suffix === void 0) return null;
	return {
		entry,
		kind,
		version,
		name,
		suffix
	};
}
const detect$3 = async (tree) => {
	const databases = [];
	const notes = [];
	const directories = /* @__PURE__ */ new Map();
	for (const entry of tree.entries) {
		if (named$1(entry) === null || exclusion(dirname$1(entry.path)) === "copied") continue;
		const directory = dirname$1(entry.path);
		directories.set(directory, [...directories.get(directory) ?? [], entry]);
	}
	const tops = [...directories].filter(([directory]) => !andAbove(directory).slice(1).some((above) => above !== "" && directories.has(above)));
	for (const [directory, entries] of tops) {
		const because = await rustProof(tree, directory, "refinery");
		if (because === null) continue;
		const sql = entries.filter(({ path }) => path.endsWith(".sql"));
		const dialect = sql.length === 0 ? null : await otherDialect(tree, directory, sql);
		if (dialect === null) databases.push({
			path: directory,
			tool: "refinery",
			because
		});
		else notes.push(`${directory} was passed over: ${dialect}.`);
	}
	return {
		databases,
		notes
	};
};
async function history$3(tree, path, wide) {
	await loadParser();
	const directory = treePath(path);
	const entries = tree.under(directory);
	const files = entries.flatMap((entry) => named$1(entry) ?? []);
	for (const { entry } of files) refuseLink(entry);
	const contents = await tree.read(files.map(({ entry }) => entry.path));
	return {
		migrations: files.map((file) => {
			const bytes = contents.get(file.entry.path);
			if (bytes === void 0) throw new Undecided("internal-error", `git has no contents for ${file.entry.path}.`, { place: { file: file.entry.path } });
			const text = sentText$1(title$3, file.entry.path, bytes);
			const says = refusal(file, wide);
			const sql = file.suffix === "rs" ? "" : text;
			return {
				version: file.version,
				name: file.name,
				identity: file.version,
				file: file.entry.path,
				bytes,
				sql,
				transaction: "single",
				...says === null ? {} : { refused: {
					line: 1,
					says
				} },
				...file.suffix === "rs" ? { opaque: inRust(file) } : {},
				extra: {
					kind: file.kind,
					checksum: says === null && file.suffix === "sql" ? String(checksum$1(file, sql, wide)) : "0"
				}
			};
		}).sort(order$3),
		notes: [],
		oddities: oddities$1(entries, files)
	};
}
/** Why refinery stops at a file's name, or null. */
function refusal({ version }, wide) {
	const largest = wide ? 2n ** 63n - 1n : 2n ** 31n - 1n;
	if (isInteger(version) && BigInt(version) <= largest) return null;
	const cure = wide || !isInteger(version) ? "" : " (numbers above 2147483647 need its feature int8-versions)";
	return `${title$3} stops before it runs anything: migration version must be a valid integer${cure}.`;
}
/** What a migration in Rust does is known to the program alone. */
const inRust = ({ entry }) => `${title$3} gets the SQL of ${entry.path} from a Rust function, which is not run here. Put the SQL into a file of the same name that ends in .sql to have it checked.`;
/** runner.rs: SipHash 1-3 of the name, the version and the text, each as Rust's `Hash` feeds it. */
function checksum$1({ name, version }, sql, wide) {
	const number = Buffer.alloc(wide ? 8 : 4);
	if (wide) number.writeBigInt64LE(BigInt(version));
	else number.writeInt32LE(Number(version));
	const end = Buffer.from([255]);
	return sipHash13(Buffer.concat([
		Buffer.from(name),
		end,
		number,
		Buffer.from(sql),
		end
	]));
}
const oddities$1 = (entries, files) => {
	const read = new Set(files.map(({ entry }) => entry));
	return entries.filter((entry) => !read.has(entry) && /\.sql$/i.test(entry.path)).map(({ path }) => ({
		kind: "never-runs",
		file: path,
		says: `${title$3} passes over ${basename$1(path)}: it reads files named V<number>__<name>.sql, with two underscores, letters, digits and underscores in the name.`
	}));
};
/** As numbers, whatever their padding. */
function order$3(left, right) {
	const [a, b] = [left, right].map(({ version }) => BigInt(/^\d+/.exec(version)?.[0] ?? "0"));
	if (a !== b) return (a ?? 0n) < (b ?? 0n) ? -1 : 1;
	return Buffer.compare(Buffer.from(left.name), Buffer.from(right.name));
}
const isInteger = (version) => /^\d+$/.test(version);
/** Does a Cargo.toml above ask for versions of 64 bits? */
async function isWide(tree, directory) {
	const manifests = andAbove(directory).map((above) => within$1(above, "Cargo.toml"));
	return [...(await tree.read(manifests)).values()].some((text) => text.toString("utf8").includes("int8-versions"));
}
function toolWith$2(wide) {
	return {
		name: "refinery",
		title: title$3,
		detect: detect$3,
		configured: async (tree, path) => toolWith$2(await isWide(tree, treePath(path))),
		order: order$3,
		history: (tree, path) => history$3(tree, path, wide),
		late: (added, base) => {
			const newest = base.reduce((a, b) => order$3(a, b) < 0 ? b : a);
			return added.filter((one) => one.extra?.kind !== "U" && order$3(one, {
				...newest,
				name: ""
			}) < 0);
		},
		bookkeeping: {
			setup: `CREATE TABLE IF NOT EXISTS refinery_schema_history(
             version ${wide ? "int8" : "int4"} PRIMARY KEY,
             name VARCHAR(255),
             applied_on VARCHAR(255),
             checksum VARCHAR(255));`,
			before: () => "",
			after: ({ version, name, extra }) => isInteger(version) ? `INSERT INTO refinery_schema_history (version, name, applied_on, checksum) VALUES (${version}, ${literal$2(name)}, to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '${extra?.checksum ?? 0}');` : "",
			relations: ["public.refinery_schema_history"]
		},
		sessions: "one",
		onHistoryChange: {
			edited: {
				does: "refuses",
				says: `${title$3} refuses to start on every database that ran the old text: "applied migration V… is different than filesystem one V…" (its own command line program only when it is called with -d).`
			},
			deleted: {
				does: "refuses",
				says: `${title$3} refuses to start: "migration V… is missing from the filesystem" (its own command line program only when it is called with -m).`
			},
			renamed: {
				does: "refuses",
				says: `${title$3} compares the name too and refuses to start: "applied migration V… is different than filesystem one V…", or, under another number, "migration V… is missing from the filesystem".`
			},
			outOfOrder: {
				does: "refuses",
				says: `${title$3} refuses to start with "migration V… is missing from the filesystem", its words for a number below the newest applied one; called to go on without, it never runs the file. A file that begins with U may come late.`
			},
			duplicateVersion: {
				does: "refuses",
				says: `${title$3} takes the number for one migration: where the other file was applied it stops with "applied migration V… is different than filesystem one V…", on a new database the second one breaks the primary key of its table.`,
				legal: false
			}
		},
		noTransaction: {
			byHand: true,
			directive: null,
			advice: "refinery runs every migration inside a transaction. Run the statement by hand or from a step of its own before the deployment, and put the same statement with IF NOT EXISTS and without CONCURRENTLY into the migration."
		}
	};
}
/** refinery: `V<number>__<name>.sql`, run by `embed_migrations!()` in the program or by `refinery migrate`. */
const refinery = toolWith$2(false);
// src/tools/sequelize.ts
function call$1(project, args) {
	const path = treePath(project.path);
	const directory = andAbove(path).find((folder) => project.has(within$1(folder, ".sequelizerc")) || project.has(within$1(folder, "package.json"))) ?? "";
	const named = resolved$1(directory, ".") === "" ? path : path.slice(directory.length + 1);
	return javascriptCall(project, {
		title: "Sequelize",
		packages: [
			"sequelize",
			"sequelize-cli",
			"pg"
		],
		program: "sequelize-cli",
		directory,
		args: [
			...args,
			"--url",
			project.url,
			"--migrations-path",
			named
		]
	});
}
/** Sequelize: `<time>-<name>.js`, run by `sequelize-cli db:migrate`. */
const sequelize = programTool({
	name: "sequelize",
	title: "Sequelize",
	telling: /^\d{14}-[^/]+\.[cm]?[jt]s$/,
	because: async (tree, directory, [first = ""]) => {
		const settings = andAbove(directory).map((folder) => within$1(folder, ".sequelizerc")).find((file) => tree.get(file) !== void 0);
		if (settings !== void 0) return `${settings} is there`;
		const used = await isOf(tree, directory, [
			"sequelize-cli",
			"sequelize",
			"umzug"
		]);
		if (used === null) return null;
		const text = (await tree.read([first])).get(first)?.toString("utf8") ?? "";
		return /queryInterface|sequelize/i.test(text) ? `${used} uses Sequelize, and ${first} too` : null;
	},
	files: /^(?!\.).*(?<!\.d)\.(?:js|cjs|ts|cts)$/,
	named: (file) => {
		const base = basename$1(file);
		const [, version = base, name = ""] = /^(\d+)-?(.*)$/.exec(base) ?? [];
		return {
			version,
			name,
			identity: base,
			transaction: "none"
		};
	},
	order: (left, right) => byText(`${left.version}-${left.name}`, `${right.version}-${right.name}`),
	tables: ["public.SequelizeMeta"],
	onHistoryChange: {
		edited: {
			does: "ignores",
			says: "Sequelize does not notice, since it records names only: databases that ran the old file keep what it made, new ones get the new one."
		},
		deleted: {
			does: "ignores",
			says: "Sequelize does not miss it: databases that ran it keep what it made, new ones never get it."
		},
		renamed: {
			does: "runs",
			says: "Sequelize runs it a second time: it knows a migration by the name of its file, suffix included."
		},
		outOfOrder: {
			does: "runs",
			says: "Sequelize runs it after the migrations that were meant to follow it, while a new database gets it before them."
		},
		duplicateVersion: {
			does: "runs",
			says: "Sequelize tells migrations apart by the whole name of the file.",
			legal: true
		}
	},
	advice: "Sequelize opens no transaction by itself: `queryInterface.sequelize.query(…)`, or `addIndex` with `concurrently: true`, without a `transaction` option; give it a file of its own.",
	words: sequelizeWords,
	command: {
		up: (project) => call$1(project, ["db:migrate"]),
		down: (project, { identity }) => call$1(project, [
			"db:migrate:undo",
			"--name",
			identity
		]),
		recorded: ({ name }) => name ?? null
	}
});
// src/tools/sqitch/conf.ts
/**
* Reads sqitch.conf, which is written as git's own configuration is.
* @returns values by `section.subsection.key`, sections and keys in lower case
*/
function parseConf(text) {
	const values = /* @__PURE__ */ new Map();
	let section = "";
	for (const line of text.split(/\r?\n/)) {
		const heading = /^\s*\[\s*([\w.-]+)(?:\s+"((?:[^"\\]|\\.)*)")?\s*\]/.exec(line);
		if (heading !== null) section = [heading[1]?.toLowerCase(), heading[2]?.replace(/\\(.)/g, "$1")].filter((part) => part !== void 0).join(".");
		const rest = heading === null ? line : line.slice(heading[0].length);
		const pair = /^\s*([A-Za-z_][\w-]*)\s*=\s*(.*)$/.exec(rest);
		if (pair === null) continue;
		const key = section.endsWith("variables") ? pair[1] : pair[1]?.toLowerCase();
		values.set(`${section}.${key}`, unquoted(pair[2] ?? ""));
	}
	return values;
}
/** A comment ends a value; quotes and backslashes are taken off. */
function unquoted(text) {
	let value = "";
	for (const [part, quoted] of text.matchAll(/"((?:[^"\\]|\\.)*)"|[^"#;]+|[#;]/g)) {
		if (part === "#" || part === ";") break;
		value += quoted === void 0 ? part : quoted.replace(/\\(.)/g, "$1");
	}
	return value.trim();
}
/** Every project of Sqitch in a tree, one for each plan. */
async function sqitchLayouts(tree) {
	const named = tree.entries.filter(({ path }) => ["sqitch.conf", "sqitch.plan"].includes(basename$1(path)));
	const confs = named.filter(({ path }) => basename$1(path) === "sqitch.conf").map(({ path }) => path);
	const texts = await tree.read(confs);
	const found = /* @__PURE__ */ new Map();
	const add = (layout) => {
		if (tree.get(layout.plan) !== void 0 && !found.has(layout.plan)) found.set(layout.plan, layout);
	};
	for (const path of confs) {
		const config = parseConf(texts.get(path)?.toString("utf8") ?? "");
		const targets = [...config.keys()].flatMap((key) => /^target\.(.+)\.uri$/.exec(key)?.[1] ?? []);
		for (const target of [null, ...targets]) add(layoutOf(dirname$1(path), config, target));
	}
	for (const { path } of named) if (basename$1(path) === "sqitch.plan") add(layoutOf(dirname$1(path), nearest$1(texts, dirname$1(path)), null));
	return [...found.values()];
}
function nearest$1(texts, directory) {
	for (const above of andAbove(directory)) {
		const text = texts.get(within$1(above, "sqitch.conf"));
		if (text === void 0) continue;
		const config = parseConf(text.toString("utf8"));
		return new Map([...config].filter(([key]) => !/(?:_dir|plan_file)$/.test(key)));
	}
	return /* @__PURE__ */ new Map();
}
/** Target.pm: what a target says goes before what its engine says, and that before `core`. */
function layoutOf(home, config, target) {
	const default_ = config.get("core.target") ?? config.get(`engine.${config.get("core.engine")}.target`);
	const chosen = target ?? (default_ !== void 0 && !default_.includes(":") ? default_ : null);
	const uri = (chosen === null ? default_ : config.get(`target.${chosen}.uri`)) ?? "";
	const engine = engineOf(/^(?:db:)?(\w+):/.exec(uri)?.[1] ?? config.get("core.engine") ?? onlyEngine(config));
	const get = (key) => [
		`target.${chosen}`,
		`engine.${engine}`,
		"core"
	].map((section) => config.get(`${section}.${key}`)).find((value) => value !== void 0 && value !== "");
	const top = get("top_dir") ?? ".";
	const path = (name) => treePath(within$1(home, name));
	const reworked = get("reworked_dir") ?? top;
	const directory = (script) => get(`${script}_dir`) ?? `${top}/${script}`;
	const old = (script) => get(`reworked_${script}_dir`) ?? (get("reworked_dir") === void 0 ? directory(script) : `${reworked}/${get(`${script}_dir`) ?? script}`);
	const variables = /* @__PURE__ */ new Map();
	for (const section of [
		`engine.${engine}.variables`,
		`target.${chosen}.variables`,
		"core.variables",
		"deploy.variables"
	]) for (const [key, value] of config) if (key.startsWith(`${section}.`)) variables.set(key.slice(section.length + 1), value);
	return {
		home,
		plan: path(get("plan_file") ?? `${top}/sqitch.plan`),
		deploy: path(directory("deploy")),
		revert: path(directory("revert")),
		reworkedDeploy: path(old("deploy")),
		reworkedRevert: path(old("revert")),
		extension: get("extension") ?? "sql",
		registry: get("registry") ?? "sqitch",
		engine,
		variables
	};
}
const engineOf = (name) => name === "postgres" || name === "postgresql" || name === "pgsql" ? "pg" : name;
/** The engine that is the only one with a section of its own. */
function onlyEngine(config) {
	const engines = new Set([...config.keys()].flatMap((key) => /^engine\.([^.]+)\./.exec(key)?.[1] ?? []));
	return engines.size === 1 ? [...engines][0] ?? null : null;
}
// src/tools/sqitch/order.ts
/** By the place in the plan. */
const order$2 = (left, right) => {
	const [a, b] = [left, right].map(({ version }) => Number.parseInt(version, 10));
	return (a ?? 0) - (b ?? 0);
};
/**
* Every change of the plan carries the one before it in its id: what does not follow base's last change makes the plan
* another one than the database knows.
*/
const late = (added, base) => {
	const last = base.at(-1)?.extra?.id;
	const [first] = [...added].sort(order$2);
	return first === void 0 || first.extra?.parent === last ? [] : added;
};
/** A note, a date, a dependency or the order of lines that base has changed: the last one has another id. */
const stopsAt = (head, base) => {
	const ids = new Set(head.map(({ extra }) => extra?.id));
	const last = base.at(-1);
	if (last === void 0 || ids.has(last.extra?.id ?? "")) return null;
	const changed = base.find(({ extra }) => !ids.has(extra?.id ?? "")) ?? last;
	const now = head.find(({ identity }) => identity === changed.identity);
	return {
		version: (now ?? changed).version,
		file: String((now ?? changed).extra?.plan),
		line: Number((now ?? changed).extra?.line),
		says: `Sqitch keeps the hash of each plan line and of all before it, and the line of ${changed.name} is not the one that was deployed: the deployment stops with "Cannot find change ${last.extra?.id} (${last.name}) in ${changed.extra?.plan}". Write the line as it was, in its place.`
	};
};
// src/tools/sqitch/plan.ts
/** Plan.pm: `[:punct:]` without the underscore. */
const punctuation = "-!\"#$%&'()*+,./:;<=>?@[\\\\\\]^`{|}~";
const name$1 = String.raw`(?![${punctuation}])(?:(?![~/=%^\[\]]\d+(?:$|[ \t]))[^ \t:@#\\])+(?<![${punctuation}])`;
const entry$1 = new RegExp(String.raw`^[ \t]*(?:(@)|[+-][ \t]*)?(${name$1})(?:[ \t]+)?(?:\[([^\]]+)\][ \t]*)?(?:(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)[ \t]*)?(?:([^<]+)[ \t]+<([^>]+)>)?$`, "u");
const dependency = new RegExp(`^(!?)(?:(${name$1}):)?(?:([0-9a-f]{40})|(${name$1})(?:@(${name$1}))?|@(${name$1}))$`, "u");
/**
* Reads sqitch.plan.
*
* @throws Undecided with Sqitch's own words for what it stops at
*/
function parsePlan(file, text) {
	const stop = (line, what) => new Undecided("invalid-configuration", `Sqitch stops: Syntax error in ${file} at line ${line}: ${what}`, { place: {
		file,
		line
	} });
	const lines = text.replace(/\n$/, "").split(/\r?\n/);
	const { pragmas, next } = pragmasOf(lines, stop);
	const project = pragmas.get("project");
	if (project === void 0) throw new Undecided("invalid-configuration", `Sqitch stops: Missing %project pragma in ${file}.`, { place: {
		file,
		line: 1
	} });
	const uri = pragmas.get("uri") ?? null;
	const changes = [];
	const newest = /* @__PURE__ */ new Map();
	let sinceTag = /* @__PURE__ */ new Map();
	const tagged = /* @__PURE__ */ new Map();
	for (let at = next; at < lines.length; at += 1) {
		const number = at + 1;
		const [body, note] = withoutNote(lines[at] ?? "");
		if (body.trim() === "") continue;
		const [, isTag, called, dependencies, date, plannerName, email] = entry$1.exec(body) ?? [];
		if (called === void 0 || date === void 0 && /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/.test(body)) throw stop(number, "Invalid name; names must not begin with punctuation, contain \"@\", \":\", \"#\", \"\\\", \"[\", \"]\", or blanks, or end in punctuation or digits following punctuation");
		if (date === void 0) throw stop(number, "Missing timestamp");
		if (plannerName === void 0 || email === void 0) throw stop(number, "Missing planner name and email");
		if (called === "ROOT" || called === "HEAD") throw stop(number, `"${called}" is a reserved name`);
		const planner = {
			name: plannerName,
			email
		};
		const head = {
			project,
			uri
		};
		if (isTag !== void 0) {
			const last = changes.at(-1);
			if (last === void 0) throw stop(number, `Tag "${called}" declared without a preceding change`);
			const earlier = tagged.get(called);
			if (earlier !== void 0) throw stop(number, `Tag "${called}" duplicates earlier declaration on line ${earlier}`);
			tagged.set(called, number);
			sinceTag = /* @__PURE__ */ new Map();
			const tag = {
				name: called,
				note,
				date,
				planner
			};
			last.tags.push({
				...tag,
				id: idOf("tag", [
					...heading(head),
					`tag @${called}`,
					`change ${last.id}`,
					...ending(tag)
				])
			});
			continue;
		}
		const double = sinceTag.get(called);
		if (double !== void 0) throw stop(number, `Change "${called}" duplicates earlier declaration on line ${double}`);
		sinceTag.set(called, number);
		const wanted = dependenciesOf(dependencies ?? "", project, (what) => stop(number, what));
		const parent = changes.at(-1)?.id ?? "";
		const change = {
			name: called,
			note,
			date,
			planner,
			...wanted
		};
		const made = {
			...change,
			line: number,
			parent,
			id: idOf("change", [
				...heading(head),
				`change ${called}`,
				...parent === "" ? [] : [`parent ${parent}`],
				...ending(change)
			]),
			tags: [],
			reworkedAt: []
		};
		const old = newest.get(called);
		if (old !== void 0) old.reworkedAt = [...changes.slice(changes.indexOf(old) + 1).reverse(), old].flatMap((one) => one.tags.map((tag) => tag.name));
		newest.set(called, made);
		changes.push(made);
	}
	return {
		project,
		uri,
		changes
	};
}
function pragmasOf(lines, stop) {
	const pragmas = /* @__PURE__ */ new Map();
	let at = 0;
	for (; at < lines.length; at += 1) {
		const line = lines[at] ?? "";
		if (/^[ \t]*#/.test(line)) continue;
		if (line.trim() === "") {
			at += 1;
			break;
		}
		const match = /^[ \t]*%[ \t]*([^\s=]+)(?:[ \t]*=[ \t]*(.+))?$/.exec(withoutNote(line)[0]);
		if (match === null) throw stop(at + 1, "Invalid pragma; a blank line must come between pragmas and changes");
		pragmas.set(match[1] ?? "", match[2] ?? "1");
	}
	return {
		pragmas,
		next: at
	};
}
/** A line without its note, and the note. */
function withoutNote(line) {
	const at = line.indexOf("#");
	if (at === -1) return [line.trimEnd(), ""];
	const note = line.slice(at + 1).trim().replace(/\\([\\nr])/g, (_, letter) => ({
		n: "\n",
		r: "\r"
	})[letter] ?? "\\");
	return [line.slice(0, at).trimEnd(), note];
}
function dependenciesOf(text, project, stop) {
	const requires = [];
	const conflicts = [];
	const seen = /* @__PURE__ */ new Set();
	for (const one of text.split(/[ \t]+/).filter((part) => part !== "")) {
		const match = dependency.exec(one);
		if (match === null) throw stop(`"${one}" is not a valid dependency specification`);
		if (seen.has(one)) throw stop(`Duplicate dependency "${one}"`);
		seen.add(one);
		const key = one.replace(/^!/, "");
		const shown = match[2] === project ? key.slice(project.length + 1) : key;
		(match[1] === "!" ? conflicts : requires).push(shown);
	}
	return {
		requires,
		conflicts
	};
}
const heading = ({ project, uri }) => [`project ${project}`, ...uri === null ? [] : [`uri ${canonical(uri)}`]];
function ending(one) {
	const list = (title, sign, names = []) => names.length === 0 ? [] : [title, ...names.map((each) => `  ${sign} ${each}`)];
	return [
		`planner ${one.planner.name} <${one.planner.email}>`,
		`date ${one.date}`,
		...list("requires", "+", one.requires),
		...list("conflicts", "-", one.conflicts),
		...one.note === "" ? [] : ["", one.note]
	];
}
/** Made as git makes the name of an object. */
function idOf(kind, lines) {
	const content = Buffer.from(lines.join("\n"));
	return createHash("sha1").update(`${kind} ${content.length}\0`).update(content).digest("hex");
}
function canonical(uri) {
	try {
		return new URL(uri).href;
	} catch {
		return uri;
	}
}
// src/tools/sqitch/registry.ts
/** Who deploys, in the rows that name somebody. */
const deployer = `'migration-gate', 'migration-gate@localhost'`;
/** Engine/pg.sql: the registry of version 1.1, which lies in a schema of its own. */
const tables = (schema) => `CREATE SCHEMA IF NOT EXISTS ${schema};
CREATE TABLE ${schema}.releases (
    version REAL PRIMARY KEY,
    installed_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
    installer_name TEXT NOT NULL,
    installer_email TEXT NOT NULL
);
CREATE TABLE ${schema}.projects (
    project TEXT PRIMARY KEY,
    uri TEXT NULL UNIQUE,
    created_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
    creator_name TEXT NOT NULL,
    creator_email TEXT NOT NULL
);
CREATE TABLE ${schema}.changes (
    change_id TEXT PRIMARY KEY,
    script_hash TEXT NULL,
    change TEXT NOT NULL,
    project TEXT NOT NULL REFERENCES ${schema}.projects(project) ON UPDATE CASCADE,
    note TEXT NOT NULL DEFAULT '',
    committed_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
    committer_name TEXT NOT NULL,
    committer_email TEXT NOT NULL,
    planned_at TIMESTAMPTZ NOT NULL,
    planner_name TEXT NOT NULL,
    planner_email TEXT NOT NULL,
    UNIQUE(project, script_hash)
);
CREATE TABLE ${schema}.tags (
    tag_id TEXT PRIMARY KEY,
    tag TEXT NOT NULL,
    project TEXT NOT NULL REFERENCES ${schema}.projects(project) ON UPDATE CASCADE,
    change_id TEXT NOT NULL REFERENCES ${schema}.changes(change_id) ON UPDATE CASCADE,
    note TEXT NOT NULL DEFAULT '',
    committed_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
    committer_name TEXT NOT NULL,
    committer_email TEXT NOT NULL,
    planned_at TIMESTAMPTZ NOT NULL,
    planner_name TEXT NOT NULL,
    planner_email TEXT NOT NULL,
    UNIQUE(project, tag)
);
CREATE TABLE ${schema}.dependencies (
    change_id TEXT NOT NULL REFERENCES ${schema}.changes(change_id) ON UPDATE CASCADE ON DELETE CASCADE,
    type TEXT NOT NULL,
    dependency TEXT NOT NULL,
    dependency_id TEXT NULL REFERENCES ${schema}.changes(change_id) ON UPDATE CASCADE CONSTRAINT dependencies_check CHECK (
            (type = 'require' AND dependency_id IS NOT NULL)
         OR (type = 'conflict' AND dependency_id IS NULL)
    ),
    PRIMARY KEY (change_id, dependency)
);
CREATE TABLE ${schema}.events (
    event TEXT NOT NULL CONSTRAINT events_event_check CHECK (event IN ('deploy', 'revert', 'fail', 'merge')),
    change_id TEXT NOT NULL,
    change TEXT NOT NULL,
    project TEXT NOT NULL REFERENCES ${schema}.projects(project) ON UPDATE CASCADE,
    note TEXT NOT NULL DEFAULT '',
    requires TEXT[] NOT NULL DEFAULT '{}',
    conflicts TEXT[] NOT NULL DEFAULT '{}',
    tags TEXT[] NOT NULL DEFAULT '{}',
    committed_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
    committer_name TEXT NOT NULL,
    committer_email TEXT NOT NULL,
    planned_at TIMESTAMPTZ NOT NULL,
    planner_name TEXT NOT NULL,
    planner_email TEXT NOT NULL,
    PRIMARY KEY (change_id, committed_at)
);
INSERT INTO ${schema}.releases (version, installer_name, installer_email) VALUES (1.1, ${deployer});`;
const names = [
	"changes",
	"dependencies",
	"events",
	"projects",
	"releases",
	"tags"
];
const registered = ({ extra }) => JSON.parse(String(extra?.registered));
/** Role/DBIEngine.pm: what Sqitch writes when it deploys and reverts a change. */
function sqitchBookkeeping(registry) {
	const schema = identifier$1(registry);
	return {
		setup: tables(schema),
		before: () => "",
		after: (one) => `RESET ROLE;\n${deployed(schema, registered(one))}`,
		undo: (one) => `RESET ROLE;\n${reverted(schema, registered(one))}`,
		relations: names.map((name) => `${registry}.${name}`),
		schemas: [registry]
	};
}
const people = "committer_name, committer_email, planned_at, planner_name, planner_email";
const planned = (one) => `${deployer}, ${literal$2(one.date)}, ${literal$2(one.planner.name)}, ${literal$2(one.planner.email)}`;
function deployed(schema, one) {
	const { change, required } = one;
	const [project, id] = [literal$2(one.project), literal$2(change.id)];
	const dependencies = [...change.requires.filter((name) => required[name] !== void 0).map((name) => `(${id}, 'require', ${literal$2(name)}, ${literal$2(required[name] ?? "")})`), ...change.conflicts.map((name) => `(${id}, 'conflict', ${literal$2(name)}, NULL)`)];
	return [
		`INSERT INTO ${schema}.projects (project, uri, creator_name, creator_email) VALUES (${project}, ${one.uri === null ? "NULL" : literal$2(one.uri)}, ${deployer}) ON CONFLICT (project) DO NOTHING;`,
		`INSERT INTO ${schema}.changes (change_id, script_hash, change, project, note, ${people}) VALUES (${id}, ${one.scriptHash === null ? "NULL" : literal$2(one.scriptHash)}, ${literal$2(change.name)}, ${project}, ${literal$2(change.note)}, ${planned(change)});`,
		...dependencies.length === 0 ? [] : [`INSERT INTO ${schema}.dependencies (change_id, type, dependency, dependency_id) VALUES ${dependencies.join(", ")};`],
		...change.tags.map((tag) => `INSERT INTO ${schema}.tags (tag_id, tag, project, change_id, note, ${people}) VALUES (${literal$2(tag.id)}, ${literal$2(`@${tag.name}`)}, ${project}, ${id}, ${literal$2(tag.note)}, ${planned(tag)});`),
		event("deploy", schema, one)
	].join("\n");
}
function reverted(schema, one) {
	const id = literal$2(one.change.id);
	return [
		`DELETE FROM ${schema}.tags WHERE change_id = ${id};`,
		`DELETE FROM ${schema}.changes WHERE change_id = ${id};`,
		event("revert", schema, one)
	].join("\n");
}
function event(kind, schema, { project, change }) {
	const list = (names) => `ARRAY[${names.map(literal$2).join(", ")}]::text[]`;
	return `INSERT INTO ${schema}.events (event, change_id, change, project, note, requires, conflicts, tags, ${people}) VALUES ('${kind}', ${literal$2(change.id)}, ${literal$2(change.name)}, ${literal$2(project)}, ${literal$2(change.note)}, ${list(change.requires)}, ${list(change.conflicts)}, ${list(change.tags.map(({ name }) => `@${name}`))}, ${planned(change)});`;
}
// src/tools/sqitch/scripts.ts
/** The scripts of a project, read once. */
var Scripts = class {
	layout;
	tree;
	settings;
	contents = /* @__PURE__ */ new Map();
	constructor(tree, layout, settings) {
		this.tree = tree;
		this.layout = layout;
		this.settings = settings;
	}
	/** Everything that a script may include lies somewhere in the tree; links are not followed. */
	async load() {
		const { layout, tree } = this;
		const directories = [
			layout.home,
			dirname$1(layout.plan),
			layout.deploy,
			layout.revert,
			layout.reworkedDeploy,
			layout.reworkedRevert
		];
		const entries = tree.entries.filter(({ path, mode }) => mode.startsWith("100") && (path.endsWith(`.${layout.extension}`) || path.endsWith(".sql")) && directories.some((directory) => isWithin(path, directory)));
		this.contents = await tree.read(entries.map(({ path }) => path));
	}
	bytes(path) {
		const entry = this.tree.get(path);
		if (entry !== void 0) refuseLink(entry);
		return this.contents.get(path);
	}
	deployFile = (change) => this.file(change, this.layout.deploy, this.layout.reworkedDeploy);
	revertFile = (change) => {
		const reworked = this.deployFile(change).slice(this.layout.reworkedDeploy.length + 1);
		return change.reworkedAt.length === 0 ? this.file(change, this.layout.revert, "") : within$1(this.layout.reworkedRevert, reworked);
	};
	/** Plan/Change.pm: of the tags since which the name has another meaning, the first that has a script. */
	file(change, directory, reworked) {
		const { extension } = this.layout;
		if (change.reworkedAt.length === 0) return within$1(directory, `${change.name}.${extension}`);
		const files = change.reworkedAt.map((tag) => within$1(reworked, `${change.name}@${tag}.${extension}`));
		return files.find((file) => this.tree.get(file) !== void 0) ?? files[0] ?? "";
	}
	hash(change) {
		const bytes = this.bytes(this.deployFile(change));
		return bytes === void 0 ? null : createHash("sha1").update(bytes).digest("hex");
	}
	read(file) {
		const { registry, variables, home } = this.layout;
		const text = (path) => {
			const bytes = this.bytes(path);
			return bytes === void 0 ? void 0 : sentText$1("psql", path, bytes).replace(/^\ufeff/, "");
		};
		return readPsql(text(file) ?? "", {
			file,
			directory: home,
			variables: new Map([
				...variables,
				...Object.entries(this.settings.placeholders),
				["ON_ERROR_STOP", "1"],
				["registry", registry]
			]),
			given: new Set(Object.keys(this.settings.placeholders)),
			include: text
		});
	}
	/** Deploy scripts that no change of the plan has. */
	unplanned(plan) {
		const planned = new Set(plan.changes.map((change) => this.deployFile(change)));
		const included = new Set(plan.changes.flatMap((change) => this.read(this.deployFile(change)).included));
		return this.tree.under(this.layout.deploy).map(({ path }) => path).filter((path) => path.endsWith(`.${this.layout.extension}`) && !planned.has(path) && !included.has(path));
	}
};
// src/tools/sqitch.ts
const title$2 = "Sqitch";
const detect$2 = async (tree) => {
	const databases = [];
	const notes = [];
	for (const layout of await sqitchLayouts(tree)) {
		const path = dirname$1(layout.plan);
		if (exclusion(path) === "copied" || databases.some((one) => one.path === path)) continue;
		const scripts = tree.under(layout.deploy).filter((entry) => entry.path.endsWith(`.${layout.extension}`));
		if (layout.engine !== null && layout.engine !== "pg") notes.push(`${layout.plan} was passed over: its engine is ${layout.engine.slice(0, 40)}.`);
		else {
			const dialect = layout.engine === "pg" ? null : await otherDialect(tree, layout.deploy, scripts);
			if (dialect === null) databases.push({
				path,
				tool: "sqitch",
				because: `${layout.plan} is there`
			});
			else notes.push(`${layout.plan} was passed over: ${dialect}.`);
		}
	}
	return {
		databases,
		notes
	};
};
/** The project whose plan lies in this directory, or whose scripts do. */
async function layoutAt$1(tree, directory) {
	const layouts = await sqitchLayouts(tree);
	const found = layouts.find(({ plan }) => dirname$1(plan) === directory) ?? layouts.find(({ deploy }) => deploy === directory || isWithin(directory, deploy));
	if (found !== void 0) return found;
	throw new Undecided("invalid-configuration", `Sqitch has no plan in ${directory === "" ? "the root of the repository" : directory}: there is no sqitch.plan, and no sqitch.conf that names one there.`);
}
async function history$2(tree, path, settings) {
	await loadParser();
	const directory = treePath(path);
	if (tree.under(directory).length === 0) return {
		migrations: [],
		notes: []
	};
	const layout = await layoutAt$1(tree, directory);
	const planEntry = tree.get(layout.plan);
	if (planEntry !== void 0) refuseLink(planEntry);
	const planBytes = (await tree.read([layout.plan])).get(layout.plan) ?? Buffer.alloc(0);
	const plan = parsePlan(layout.plan, decodeMigration(layout.plan, planBytes).text);
	const scripts = new Scripts(tree, layout, settings);
	await scripts.load();
	const hashes = /* @__PURE__ */ new Map();
	return {
		migrations: plan.changes.map((change, place) => {
			const made = migrationOf(plan, change, place, scripts);
			const hash = scripts.hash(change);
			const twin = hash === null ? void 0 : hashes.get(hash);
			if (hash !== null) hashes.set(hash, change);
			if (twin === void 0 || made.refused !== void 0) return made;
			const says = `${title$2} stops after it has run the script: Cannot log change "${change.name}": The deploy script is not unique (${twin.name} has the same).`;
			return {
				...made,
				refused: {
					line: 1,
					says
				}
			};
		}),
		notes: [],
		oddities: scripts.unplanned(plan).map((file) => ({
			kind: "never-runs",
			file,
			says: `${title$2} runs what ${layout.plan} names, and no line of it names this script: add the change with \`sqitch add\`.`
		})),
		paths: [.../* @__PURE__ */ new Set([
			dirname$1(layout.plan),
			layout.deploy,
			layout.revert,
			layout.reworkedDeploy,
			layout.reworkedRevert
		])]
	};
}
function migrationOf(plan, change, place, scripts) {
	const file = scripts.deployFile(change);
	const bytes = scripts.bytes(file);
	const script = scripts.read(file);
	const revert = scripts.revertFile(change);
	const back = scripts.bytes(revert) === void 0 ? null : scripts.read(revert);
	const down = back === null || back.refused !== null ? null : {
		file: revert,
		sql: back.sql,
		transaction: "none"
	};
	const earlier = plan.changes.slice(0, place);
	const conflict = change.conflicts.find((name) => earlier.some((one) => isNamed(one, name)));
	const missing = change.requires.find((name) => !name.includes(":") && !/^[0-9a-f]{40}$/.test(name) && resolve$1(earlier, name) === null);
	const unknown = change.conflicts.find((name) => !name.includes(":") && resolve$1(plan.changes, name) === null);
	const says = bytes === void 0 ? `Deploy script ${file} does not exist` : missing !== void 0 ? `Unknown change "${missing}" required by change "${change.name}"` : unknown !== void 0 ? `Unable to find change "${unknown}" in plan ${scripts.layout.plan}` : conflict !== void 0 ? `Conflicts with previously deployed change: ${conflict}` : null;
	const registered = {
		project: plan.project,
		uri: plan.uri,
		change,
		scriptHash: scripts.hash(change),
		required: Object.fromEntries(change.requires.flatMap((name) => {
			const id = resolve$1(earlier, name);
			return id === null ? [] : [[name, id]];
		}))
	};
	const stop = says === null ? script.refused : null;
	return {
		version: String(place + 1).padStart(4, "0"),
		name: change.name,
		identity: identityOf(earlier, change),
		file: bytes === void 0 ? scripts.layout.plan : file,
		bytes: Buffer.concat([bytes ?? Buffer.alloc(0), ...script.included.map((one) => scripts.bytes(one) ?? Buffer.alloc(0))]),
		sql: script.refused === null ? script.sql : "",
		transaction: "none",
		...script.copyData.length > 0 ? { copyData: script.copyData } : {},
		down,
		...says === null ? {} : { refused: {
			line: bytes === void 0 ? change.line : 1,
			says: `${title$2} stops: ${says}.`
		} },
		...stop?.stops ? { refused: {
			line: stop.line,
			says: `${title$2} hands the script to psql, which ${stop.says}.`
		} } : {},
		...stop !== null && !stop.stops ? { opaque: `${title$2} hands ${file} to psql, which in line ${stop.line} ${stop.says}.` } : {},
		extra: {
			id: change.id,
			parent: change.parent,
			plan: scripts.layout.plan,
			line: change.line,
			registered: JSON.stringify(registered)
		}
	};
}
/**
* `name`, `name@tag` or `@tag`. Of a name that was reworked Sqitch takes the first change, and as of a tag the newest
* until there.
*/
function resolve$1(changes, name) {
	const [key = "", tag] = name.split("@");
	const isKey = (one) => key === "" || one.name === key || one.id === key;
	if (tag === void 0) return changes.find(isKey)?.id ?? null;
	const until = changes.findIndex((one) => one.tags.some((each) => each.name === tag));
	return changes.slice(0, until + 1).findLast(isKey)?.id ?? null;
}
function identityOf(earlier, { name }) {
	const times = earlier.filter((one) => one.name === name).length;
	return times === 0 ? name : `${name} (${times + 1})`;
}
const isNamed = (change, name) => change.name === name.split("@")[0];
const says = `the deployment stops with "Cannot find change … in sqitch.plan"`;
function toolWith$1(registry, settings) {
	return {
		name: "sqitch",
		title: title$2,
		detect: detect$2,
		configured: async (tree, path, given) => {
			const directory = treePath(path);
			return toolWith$1((tree.under(directory).length === 0 ? null : await layoutAt$1(tree, directory))?.registry ?? "sqitch", given);
		},
		order: order$2,
		history: (tree, path) => history$2(tree, path, settings),
		late,
		stopsAt,
		bookkeeping: sqitchBookkeeping(registry),
		sessions: "each",
		onHistoryChange: {
			edited: {
				does: "ignores",
				says: `${title$2} never looks at the script of a change that it has deployed (only \`sqitch check\` does): databases that ran the old text keep what it made, new ones get the new text. To change something once more, \`sqitch rework\` or add a change.`
			},
			deleted: {
				does: "refuses",
				says: `${title$2} keeps the hash of each plan line and of all before it: once a line is gone, ${says} on every database that has the changes after it.`
			},
			renamed: {
				does: "refuses",
				says: `${title$2} keeps the hash of each plan line and of all before it: under another name ${says}.`
			},
			outOfOrder: {
				does: "refuses",
				says: `${title$2} keeps the hash of each plan line and of all before it: when a line is put in, moved or changed above the last deployed one, ${says}. New changes go to the end of the plan.`
			},
			duplicateVersion: {
				does: "refuses",
				says: `${title$2} stops when it reads the plan: "Change … duplicates earlier declaration".`,
				legal: true
			}
		},
		noTransaction: {
			directive: null,
			advice: "Put the statement into a change of its own whose script has no BEGIN and COMMIT: Sqitch runs scripts with psql and adds no transaction."
		}
	};
}
/** Sqitch: changes in the order of sqitch.plan, each a script that psql runs. */
const sqitch = toolWith$1("sqitch", {
	placeholders: {},
	outOfOrder: null
});
// src/tools/sqlx/settings.ts
const sqlxDefaults = {
	table: "_sqlx_migrations",
	createSchemas: [],
	ignoredChars: []
};
/** What may stand as a name in SQL, so that nothing of the file becomes SQL of ours. */
const name = /^(?:"(?:[^"]|"")+"|[A-Za-z_][\w$]*)(?:\.(?:"(?:[^"]|"")+"|[A-Za-z_][\w$]*))?$/;
/** The nearest sqlx.toml at or above the directory. */
async function sqlxSettings(tree, directory) {
	for (const above of andAbove(directory)) {
		const path = within$1(above, "sqlx.toml");
		const text = (await tree.read([path])).get(path)?.toString("utf8");
		if (text !== void 0) return settingsIn(path, text);
	}
	return sqlxDefaults;
}
function settingsIn(path, text) {
	let migrate;
	try {
		migrate = parse$4(text).migrate ?? {};
	} catch (error) {
		throw new UserError(`${path} cannot be read: ${error.message}`, {
			place: { file: path },
			cause: error
		});
	}
	const settings = migrate;
	const table = settings["table-name"] ?? sqlxDefaults.table;
	const schemas = strings(settings["create-schemas"]);
	const wrong = [table, ...schemas].find((one) => typeof one !== "string" || !name.test(one));
	if (wrong !== void 0) throw new UserError(`${path}: ${JSON.stringify(wrong)} is no name of a table or schema.`, { place: { file: path } });
	return {
		table: String(table),
		createSchemas: schemas,
		ignoredChars: strings(settings["ignored-chars"])
	};
}
const strings = (value) => Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
// src/tools/sqlx.ts
const title$1 = "SQLx";
/** migrate/source.rs: what stands before the first `_`, and whatever ends in `.sql` after it. */
function named(entry) {
	const [, digits, rest] = /^([^_]*)_(.*)$/s.exec(basename$1(entry.path)) ?? [];
	if (digits === void 0 || rest === void 0 || !rest.endsWith(".sql")) return null;
	return {
		entry,
		version: number(digits),
		name: rest.replace(/(?:\.up\.sql|\.down\.sql|\.sql)$/, ""),
		direction: rest.endsWith(".down.sql") ? "down" : "up"
	};
}
const detect$1 = async (tree) => {
	const databases = [];
	const notes = [];
	for (const [directory, entries] of byDirectory$1(tree.entries)) {
		if (exclusion(directory) === "copied") continue;
		const files = entries.filter((entry) => (named(entry)?.version ?? null) !== null);
		const ups = files.filter(({ path }) => !path.endsWith(".down.sql"));
		if (files.length === 0) continue;
		const because = await rustProof(tree, directory, "sqlx");
		if (because === null) continue;
		const dialect = await otherByFeatures(tree, directory, "sqlx") ?? await otherDialect(tree, directory, ups.length > 0 ? ups : files);
		if (dialect === null) databases.push({
			path: directory,
			tool: "sqlx",
			because
		});
		else notes.push(`${directory} was passed over: ${dialect}.`);
	}
	return {
		databases,
		notes
	};
};
async function history$1(tree, path, settings) {
	await loadParser();
	const entries = byDirectory$1(tree.under(treePath(path))).get(treePath(path)) ?? [];
	const files = entries.flatMap((entry) => named(entry) ?? []);
	for (const { entry } of files) refuseLink(entry);
	const contents = await tree.read(files.map(({ entry }) => entry.path));
	const read = ({ entry }) => {
		const bytes = contents.get(entry.path);
		if (bytes === void 0) throw new Undecided("internal-error", `git has no contents for ${entry.path}.`, { place: { file: entry.path } });
		return {
			bytes,
			sql: sentText$1(title$1, entry.path, bytes)
		};
	};
	const downs = new Map(files.filter(({ direction }) => direction === "down").map((file) => [file.version, file]));
	const migrations = files.filter(({ direction }) => direction === "up").map((file) => {
		const { bytes, sql } = read(file);
		const fileName = basename$1(file.entry.path);
		const version = file.version === null ? fileName.slice(0, fileName.indexOf("_")) : String(file.version);
		const down = downs.get(file.version);
		const back = down === void 0 ? null : read(down);
		return {
			version,
			name: file.name,
			identity: version,
			file: file.entry.path,
			bytes,
			sql,
			transaction: transactionOf(sql),
			down: back === null || down === void 0 ? null : {
				file: down.entry.path,
				sql: back.sql,
				transaction: transactionOf(back.sql)
			},
			...file.version === null ? { refused: {
				line: 1,
				says: `${title$1} stops before it runs anything: error parsing migration filename "${fileName}"; expected integer version prefix (e.g. \`01_foo.sql\`)`
			} } : {},
			extra: { checksum: checksum(sql, settings.ignoredChars) }
		};
	}).sort(order$1);
	return {
		migrations,
		notes: [],
		oddities: [...oddities(entries, files), ...futureOnes(title$1, migrations)]
	};
}
/** The first bytes decide; a byte order mark before them hides them. */
const transactionOf = (sql) => sql.startsWith("-- no-transaction") ? "implicit" : "single";
function checksum(sql, ignored) {
	const counted = ignored.length === 0 ? sql : [...sql].filter((one) => !ignored.includes(one)).join("");
	return createHash("sha384").update(counted).digest("hex");
}
function oddities(entries, files) {
	const read = new Set(files.map(({ entry }) => entry));
	const ups = new Set(files.filter(({ direction }) => direction === "up").map(({ version }) => version));
	return [...entries.filter((entry) => !read.has(entry) && /^\d.*\.sql$|_.*\.sql$/i.test(basename$1(entry.path))).map(({ path }) => ({
		kind: "never-runs",
		file: path,
		says: `${title$1} passes over ${basename$1(path)}: it reads files named <number>_<name>.sql, with an underscore and in lower case.`
	})), ...files.filter(({ direction, version }) => direction === "down" && !ups.has(version)).map(({ entry }) => ({
		kind: "never-runs",
		file: entry.path,
		says: `${title$1} finds no way up to this way down: the other half must be called ${basename$1(entry.path).replace(/\.down\.sql$/, ".up.sql")}.`
	}))];
}
/** A version as Rust's `i64` reads it; null for what it refuses. */
function number(text) {
	if (!/^[+-]?\d+$/.test(text)) return null;
	const value = BigInt(text.replace("+", ""));
	return BigInt.asIntN(64, value) === value ? value : null;
}
/** As numbers; what is none, at which SQLx stops, last, so that the others are still looked at. */
function order$1(left, right) {
	const [a, b] = [number(left.version), number(right.version)];
	if (a === null || b === null) return a === b ? Buffer.compare(Buffer.from(left.version), Buffer.from(right.version)) : a === null ? 1 : -1;
	return a < b ? -1 : a > b ? 1 : Buffer.compare(Buffer.from(left.name), Buffer.from(right.name));
}
/** sqlx-postgres, migrate.rs. Names stand in it as in sqlx.toml, quotes and schema included. */
function bookkeepingFor({ table, createSchemas }) {
	const parts = (table.match(/"(?:[^"]|"")+"|[^."\s]+/g) ?? []).map((part) => part.startsWith("\"") ? part.slice(1, -1).replaceAll("\"\"", "\"") : part.toLowerCase());
	return {
		setup: [...createSchemas.map((schema) => `CREATE SCHEMA IF NOT EXISTS ${schema};`), `CREATE TABLE IF NOT EXISTS ${table} (
    version BIGINT PRIMARY KEY,
    description TEXT NOT NULL,
    installed_on TIMESTAMPTZ NOT NULL DEFAULT now(),
    success BOOLEAN NOT NULL,
    checksum BYTEA NOT NULL,
    execution_time BIGINT NOT NULL
);`].join("\n"),
		before: () => "",
		after: ({ version, name, extra }) => `INSERT INTO ${table} (version, description, success, checksum, execution_time) VALUES (${version}, ${literal$2(name.replaceAll("_", " "))}, TRUE, '\\x${extra?.checksum ?? ""}', -1);`,
		undo: ({ version }) => `DELETE FROM ${table} WHERE version = ${version};`,
		relations: [parts.length > 1 ? parts.slice(-2).join(".") : `public.${parts[0] ?? identifier$1(table)}`]
	};
}
function toolWith(settings) {
	return {
		name: "sqlx",
		title: title$1,
		detect: detect$1,
		configured: async (tree, path) => toolWith(await sqlxSettings(tree, treePath(path))),
		order: order$1,
		history: (tree, path) => history$1(tree, path, settings),
		bookkeeping: bookkeepingFor(settings),
		sessions: "one",
		onHistoryChange: {
			edited: {
				does: "refuses",
				says: `${title$1} refuses to start on every database that ran the old text: "migration … was previously applied but has been modified". It compares checksums of the bytes, so that a comment or a line end counts.`
			},
			deleted: {
				does: "refuses",
				says: `${title$1} refuses to start: "migration … was previously applied but is missing in the resolved migrations" (unless it is called with --ignore-missing).`
			},
			renamed: {
				does: "refuses",
				says: `${title$1} knows a migration by its number: under another number it refuses to start, "migration … was previously applied but is missing in the resolved migrations"; under the same number it notices nothing.`,
				sameVersion: `${title$1} knows a migration by its number: another name behind it goes unnoticed.`
			},
			outOfOrder: {
				does: "runs",
				says: `${title$1} runs it after the migrations that were meant to follow it, while a new database gets it before them.`
			},
			duplicateVersion: {
				does: "refuses",
				says: `${title$1} takes the number for one migration: where the other file was applied it stops with "migration … was previously applied but has been modified", on a new database the second one breaks the primary key of its table.`,
				legal: false
			}
		},
		noTransaction: {
			directive: "-- no-transaction",
			advice: "Put the statement alone into a migration of its own that begins with the line `-- no-transaction`, at the very first byte: SQLx then sends the file without BEGIN, and several statements of one file would still share a transaction."
		}
	};
}
/** SQLx: `<number>_<name>.sql` or `.up.sql` and `.down.sql`, run by `sqlx migrate run` or by `migrate!()` in the program. */
const sqlx = toolWith(sqlxDefaults);
// src/shadow/preludes/supabase-auth.ts
/**
* Schema `auth` of a Supabase project: what its auth service has made there by the time that a project's own migrations
* run. Tables that migrations refer to, read or put triggers on have all of their columns; the service's own bookkeeping
* is left out.
*/
const authSchema = `
CREATE SCHEMA auth AUTHORIZATION supabase_admin;
GRANT ALL ON SCHEMA auth TO supabase_auth_admin, postgres, dashboard_user;
GRANT USAGE ON SCHEMA auth TO anon, authenticated, service_role;

SET ROLE supabase_auth_admin;

CREATE TYPE auth.aal_level AS ENUM ('aal1', 'aal2', 'aal3');
CREATE TYPE auth.code_challenge_method AS ENUM ('s256', 'plain');
CREATE TYPE auth.factor_status AS ENUM ('unverified', 'verified');
CREATE TYPE auth.factor_type AS ENUM ('totp', 'webauthn', 'phone');
CREATE TYPE auth.one_time_token_type AS ENUM (
  'confirmation_token', 'reauthentication_token', 'recovery_token',
  'email_change_token_new', 'email_change_token_current', 'phone_change_token'
);

CREATE TABLE auth.instances (
  id uuid CONSTRAINT instances_pkey PRIMARY KEY,
  uuid uuid,
  raw_base_config text,
  created_at timestamptz,
  updated_at timestamptz
);

CREATE TABLE auth.users (
  instance_id uuid,
  id uuid CONSTRAINT users_pkey PRIMARY KEY,
  aud varchar(255),
  role varchar(255),
  email varchar(255),
  encrypted_password varchar(255),
  email_confirmed_at timestamptz,
  invited_at timestamptz,
  confirmation_token varchar(255),
  confirmation_sent_at timestamptz,
  recovery_token varchar(255),
  recovery_sent_at timestamptz,
  email_change_token_new varchar(255),
  email_change varchar(255),
  email_change_sent_at timestamptz,
  last_sign_in_at timestamptz,
  raw_app_meta_data jsonb,
  raw_user_meta_data jsonb,
  is_super_admin boolean,
  created_at timestamptz,
  updated_at timestamptz,
  phone text DEFAULT NULL CONSTRAINT users_phone_key UNIQUE,
  phone_confirmed_at timestamptz,
  phone_change text DEFAULT '',
  phone_change_token varchar(255) DEFAULT '',
  phone_change_sent_at timestamptz,
  confirmed_at timestamptz GENERATED ALWAYS AS (LEAST(email_confirmed_at, phone_confirmed_at)) STORED,
  email_change_token_current varchar(255) DEFAULT '',
  email_change_confirm_status smallint DEFAULT 0
    CONSTRAINT users_email_change_confirm_status_check CHECK (email_change_confirm_status BETWEEN 0 AND 2),
  banned_until timestamptz,
  reauthentication_token varchar(255) DEFAULT '',
  reauthentication_sent_at timestamptz,
  is_sso_user boolean NOT NULL DEFAULT false,
  deleted_at timestamptz,
  is_anonymous boolean NOT NULL DEFAULT false
);
CREATE UNIQUE INDEX users_email_partial_key ON auth.users (email) WHERE is_sso_user = false;
CREATE INDEX users_instance_id_idx ON auth.users (instance_id);
CREATE INDEX users_instance_id_email_idx ON auth.users (instance_id, lower(email));
CREATE INDEX users_is_anonymous_idx ON auth.users (is_anonymous);

CREATE TABLE auth.identities (
  provider_id text NOT NULL,
  user_id uuid NOT NULL CONSTRAINT identities_user_id_fkey REFERENCES auth.users ON DELETE CASCADE,
  identity_data jsonb NOT NULL,
  provider text NOT NULL,
  last_sign_in_at timestamptz,
  created_at timestamptz,
  updated_at timestamptz,
  email text GENERATED ALWAYS AS (lower(identity_data ->> 'email')) STORED,
  id uuid DEFAULT gen_random_uuid() CONSTRAINT identities_pkey PRIMARY KEY,
  CONSTRAINT identities_provider_id_provider_unique UNIQUE (provider_id, provider)
);
CREATE INDEX identities_user_id_idx ON auth.identities (user_id);
CREATE INDEX identities_email_idx ON auth.identities (email text_pattern_ops);

CREATE TABLE auth.mfa_factors (
  id uuid CONSTRAINT mfa_factors_pkey PRIMARY KEY,
  user_id uuid NOT NULL CONSTRAINT mfa_factors_user_id_fkey REFERENCES auth.users ON DELETE CASCADE,
  friendly_name text,
  factor_type auth.factor_type NOT NULL,
  status auth.factor_status NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  secret text,
  phone text,
  last_challenged_at timestamptz CONSTRAINT mfa_factors_last_challenged_at_key UNIQUE,
  web_authn_credential jsonb,
  web_authn_aaguid uuid,
  last_webauthn_challenge_data jsonb
);
CREATE INDEX mfa_factors_user_id_idx ON auth.mfa_factors (user_id);

CREATE TABLE auth.mfa_challenges (
  id uuid CONSTRAINT mfa_challenges_pkey PRIMARY KEY,
  factor_id uuid NOT NULL CONSTRAINT mfa_challenges_auth_factor_id_fkey REFERENCES auth.mfa_factors ON DELETE CASCADE,
  created_at timestamptz NOT NULL,
  verified_at timestamptz,
  ip_address inet NOT NULL,
  otp_code text,
  web_authn_session_data jsonb
);

CREATE TABLE auth.sessions (
  id uuid CONSTRAINT sessions_pkey PRIMARY KEY,
  user_id uuid NOT NULL CONSTRAINT sessions_user_id_fkey REFERENCES auth.users ON DELETE CASCADE,
  created_at timestamptz,
  updated_at timestamptz,
  factor_id uuid,
  aal auth.aal_level,
  not_after timestamptz,
  refreshed_at timestamp,
  user_agent text,
  ip inet,
  tag text,
  oauth_client_id uuid,
  refresh_token_hmac_key text,
  refresh_token_counter bigint,
  scopes text
);
CREATE INDEX sessions_user_id_idx ON auth.sessions (user_id);

CREATE TABLE auth.mfa_amr_claims (
  session_id uuid NOT NULL CONSTRAINT mfa_amr_claims_session_id_fkey REFERENCES auth.sessions ON DELETE CASCADE,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  authentication_method text NOT NULL,
  id uuid CONSTRAINT amr_id_pk PRIMARY KEY,
  CONSTRAINT mfa_amr_claims_session_id_authentication_method_pkey UNIQUE (session_id, authentication_method)
);

CREATE TABLE auth.refresh_tokens (
  instance_id uuid,
  id bigserial CONSTRAINT refresh_tokens_pkey PRIMARY KEY,
  token varchar(255) CONSTRAINT refresh_tokens_token_unique UNIQUE,
  user_id varchar(255),
  revoked boolean,
  created_at timestamptz,
  updated_at timestamptz,
  parent varchar(255),
  session_id uuid CONSTRAINT refresh_tokens_session_id_fkey REFERENCES auth.sessions ON DELETE CASCADE
);

CREATE TABLE auth.one_time_tokens (
  id uuid CONSTRAINT one_time_tokens_pkey PRIMARY KEY,
  user_id uuid NOT NULL CONSTRAINT one_time_tokens_user_id_fkey REFERENCES auth.users ON DELETE CASCADE,
  token_type auth.one_time_token_type NOT NULL,
  token_hash text NOT NULL CONSTRAINT one_time_tokens_token_hash_check CHECK (char_length(token_hash) > 0),
  relates_to text NOT NULL,
  created_at timestamp NOT NULL DEFAULT now(),
  updated_at timestamp NOT NULL DEFAULT now()
);

CREATE TABLE auth.audit_log_entries (
  instance_id uuid,
  id uuid CONSTRAINT audit_log_entries_pkey PRIMARY KEY,
  payload json,
  created_at timestamptz,
  ip_address varchar(64) NOT NULL DEFAULT ''
);

CREATE TABLE auth.flow_state (
  id uuid CONSTRAINT flow_state_pkey PRIMARY KEY,
  user_id uuid,
  auth_code text,
  code_challenge_method auth.code_challenge_method,
  code_challenge text,
  provider_type text NOT NULL,
  provider_access_token text,
  provider_refresh_token text,
  created_at timestamptz,
  updated_at timestamptz,
  authentication_method text NOT NULL,
  auth_code_issued_at timestamptz
);

CREATE TABLE auth.sso_providers (
  id uuid CONSTRAINT sso_providers_pkey PRIMARY KEY,
  resource_id text,
  created_at timestamptz,
  updated_at timestamptz,
  disabled boolean
);

CREATE TABLE auth.sso_domains (
  id uuid CONSTRAINT sso_domains_pkey PRIMARY KEY,
  sso_provider_id uuid NOT NULL
    CONSTRAINT sso_domains_sso_provider_id_fkey REFERENCES auth.sso_providers ON DELETE CASCADE,
  domain text NOT NULL,
  created_at timestamptz,
  updated_at timestamptz
);

CREATE TABLE auth.schema_migrations (version varchar(255) CONSTRAINT schema_migrations_pkey PRIMARY KEY);

${[
	"jwt",
	"uid",
	"role",
	"email"
].map(claimFunction).join("\n")}

RESET ROLE;

${["instances users identities mfa_factors mfa_challenges sessions mfa_amr_claims refresh_tokens", "one_time_tokens audit_log_entries flow_state sso_providers sso_domains schema_migrations"].flatMap((names) => names.split(" ")).map((table) => `ALTER TABLE auth.${table} ENABLE ROW LEVEL SECURITY;`).join("\n")}
GRANT ALL ON ALL TABLES IN SCHEMA auth TO postgres, dashboard_user;
GRANT ALL ON ALL SEQUENCES IN SCHEMA auth TO postgres, dashboard_user;
GRANT ALL ON ALL ROUTINES IN SCHEMA auth TO postgres, dashboard_user;
`;
/** What a policy asks of the request's token, which the API puts into settings of the transaction. */
function claimFunction(name) {
	const setting = (which) => `nullif(current_setting('request.jwt.${which}', true), '')`;
	const define = (type, value) => `CREATE FUNCTION auth.${name}() RETURNS ${type} LANGUAGE sql STABLE AS $$ SELECT (${value})::${type} $$;`;
	if (name === "jwt") return define("jsonb", `coalesce(${setting("claim")}, ${setting("claims")})`);
	const claim = name === "uid" ? "sub" : name;
	return define(name === "uid" ? "uuid" : "text", `coalesce(${setting(`claim.${claim}`)}, ${setting("claims")}::jsonb ->> '${claim}')`);
}
// src/shadow/preludes/supabase-realtime.ts
/** Schema `realtime`: what policies on broadcasts and triggers that send them need. Nothing is sent. */
const realtimeSchema = `
CREATE SCHEMA realtime AUTHORIZATION supabase_admin;
GRANT ALL ON SCHEMA realtime TO supabase_realtime_admin;
GRANT USAGE ON SCHEMA realtime TO postgres, anon, authenticated, service_role;

SET ROLE supabase_realtime_admin;
CREATE TABLE realtime.messages (
  topic text NOT NULL,
  extension text NOT NULL,
  payload jsonb,
  event text,
  private boolean DEFAULT false,
  updated_at timestamp NOT NULL DEFAULT now(),
  inserted_at timestamp NOT NULL DEFAULT now(),
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  CONSTRAINT messages_pkey PRIMARY KEY (id, inserted_at)
) PARTITION BY RANGE (inserted_at);
ALTER TABLE realtime.messages ENABLE ROW LEVEL SECURITY;

CREATE FUNCTION realtime.topic() RETURNS text LANGUAGE sql STABLE
  AS $$ SELECT nullif(current_setting('realtime.topic', true), '') $$;
CREATE FUNCTION realtime.send(payload jsonb, event text, topic text, private boolean DEFAULT true) RETURNS void
  LANGUAGE plpgsql AS $$ BEGIN RETURN; END $$;
CREATE FUNCTION realtime.broadcast_changes(
  topic_name text, event_name text, operation text, table_name text, table_schema text,
  new record, old record, level text DEFAULT 'ROW'
) RETURNS void LANGUAGE plpgsql AS $$ BEGIN RETURN; END $$;
RESET ROLE;

GRANT SELECT, INSERT, UPDATE ON realtime.messages TO postgres, anon, authenticated, service_role;
CREATE PUBLICATION supabase_realtime WITH (publish = 'insert, update, delete, truncate');
ALTER PUBLICATION supabase_realtime OWNER TO postgres;
`;
/** Database webhooks: triggers that migrations create call this function, which sends nothing here. */
const functionsSchema = `
CREATE SCHEMA supabase_functions AUTHORIZATION supabase_admin;
GRANT ALL ON SCHEMA supabase_functions TO supabase_functions_admin;
GRANT USAGE ON SCHEMA supabase_functions TO postgres, anon, authenticated, service_role;
SET ROLE supabase_functions_admin;
CREATE TABLE supabase_functions.migrations (
  version text CONSTRAINT migrations_pkey PRIMARY KEY,
  inserted_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE supabase_functions.hooks (
  id bigserial CONSTRAINT hooks_pkey PRIMARY KEY,
  hook_table_id integer NOT NULL,
  hook_name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  request_id bigint
);
CREATE FUNCTION supabase_functions.http_request() RETURNS trigger LANGUAGE plpgsql
  AS $$ BEGIN RETURN NEW; END $$;
RESET ROLE;
GRANT ALL ON ALL TABLES IN SCHEMA supabase_functions TO postgres, anon, authenticated, service_role;
GRANT ALL ON ALL SEQUENCES IN SCHEMA supabase_functions TO postgres, anon, authenticated, service_role;
`;
/** The vault's own functions and view, which migrations that keep a key call; nothing is encrypted here. */
const vaultSchema = `
CREATE SCHEMA vault AUTHORIZATION supabase_admin;
SET ROLE supabase_admin;
CREATE TABLE vault.secrets (
  id uuid DEFAULT gen_random_uuid() CONSTRAINT secrets_pkey PRIMARY KEY,
  name text,
  description text NOT NULL DEFAULT '',
  secret text NOT NULL,
  key_id uuid,
  nonce bytea,
  created_at timestamptz NOT NULL DEFAULT current_timestamp,
  updated_at timestamptz NOT NULL DEFAULT current_timestamp
);
CREATE UNIQUE INDEX secrets_name_idx ON vault.secrets (name) WHERE name IS NOT NULL;
CREATE VIEW vault.decrypted_secrets AS
  SELECT id, name, description, secret, secret AS decrypted_secret, key_id, nonce, created_at, updated_at
  FROM vault.secrets;
CREATE FUNCTION vault.create_secret(
  new_secret text, new_name text DEFAULT NULL, new_description text DEFAULT '', new_key_id uuid DEFAULT NULL
) RETURNS uuid LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  INSERT INTO vault.secrets (secret, name, description, key_id)
  VALUES (new_secret, new_name, new_description, new_key_id) RETURNING id
$$;
CREATE FUNCTION vault.update_secret(
  secret_id uuid, new_secret text DEFAULT NULL, new_name text DEFAULT NULL, new_description text DEFAULT NULL,
  new_key_id uuid DEFAULT NULL
) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
  UPDATE vault.secrets SET
    secret = coalesce(new_secret, secret), name = coalesce(new_name, name),
    description = coalesce(new_description, description), key_id = coalesce(new_key_id, key_id),
    updated_at = current_timestamp
  WHERE id = secret_id
$$;
RESET ROLE;
REVOKE ALL ON FUNCTION vault.create_secret, vault.update_secret FROM PUBLIC;
GRANT USAGE ON SCHEMA vault TO postgres, service_role;
GRANT SELECT, DELETE ON vault.secrets, vault.decrypted_secrets TO postgres, service_role;
GRANT EXECUTE ON FUNCTION vault.create_secret, vault.update_secret TO postgres, service_role;
`;
// src/shadow/preludes/supabase-storage.ts
/** Schema `storage` of a Supabase project: buckets, objects and what their policies call. */
const storageSchema = `
CREATE SCHEMA storage AUTHORIZATION supabase_admin;
GRANT ALL ON SCHEMA storage TO supabase_storage_admin, postgres, dashboard_user;
GRANT USAGE ON SCHEMA storage TO anon, authenticated, service_role;

SET ROLE supabase_storage_admin;

CREATE TYPE storage.buckettype AS ENUM ('STANDARD', 'ANALYTICS', 'VECTOR');

CREATE TABLE storage.buckets (
  id text CONSTRAINT buckets_pkey PRIMARY KEY,
  name text NOT NULL,
  owner uuid,
  created_at timestamptz DEFAULT now(),
  updated_at timestamptz DEFAULT now(),
  public boolean DEFAULT false,
  avif_autodetection boolean DEFAULT false,
  file_size_limit bigint,
  allowed_mime_types text[],
  owner_id text,
  type storage.buckettype NOT NULL DEFAULT 'STANDARD'
);
CREATE UNIQUE INDEX bname ON storage.buckets (name);

CREATE TABLE storage.objects (
  id uuid DEFAULT gen_random_uuid() CONSTRAINT objects_pkey PRIMARY KEY,
  bucket_id text CONSTRAINT "objects_bucketId_fkey" REFERENCES storage.buckets,
  name text,
  owner uuid,
  created_at timestamptz DEFAULT now(),
  updated_at timestamptz DEFAULT now(),
  last_accessed_at timestamptz DEFAULT now(),
  metadata jsonb,
  path_tokens text[] GENERATED ALWAYS AS (string_to_array(name, '/')) STORED,
  version text,
  owner_id text,
  user_metadata jsonb
);
CREATE UNIQUE INDEX bucketid_objname ON storage.objects (bucket_id, name);
CREATE INDEX name_prefix_search ON storage.objects (name text_pattern_ops);

CREATE TABLE storage.migrations (
  id integer CONSTRAINT migrations_pkey PRIMARY KEY,
  name varchar(100) NOT NULL CONSTRAINT migrations_name_key UNIQUE,
  hash varchar(40) NOT NULL,
  executed_at timestamp DEFAULT current_timestamp
);

CREATE TABLE storage.s3_multipart_uploads (
  id text CONSTRAINT s3_multipart_uploads_pkey PRIMARY KEY,
  in_progress_size bigint NOT NULL DEFAULT 0,
  upload_signature text NOT NULL,
  bucket_id text NOT NULL CONSTRAINT s3_multipart_uploads_bucket_id_fkey REFERENCES storage.buckets,
  key text COLLATE "C" NOT NULL,
  version text NOT NULL,
  owner_id text,
  created_at timestamptz NOT NULL DEFAULT now(),
  user_metadata jsonb
);

CREATE TABLE storage.s3_multipart_uploads_parts (
  id uuid DEFAULT gen_random_uuid() CONSTRAINT s3_multipart_uploads_parts_pkey PRIMARY KEY,
  upload_id text NOT NULL
    CONSTRAINT s3_multipart_uploads_parts_upload_id_fkey REFERENCES storage.s3_multipart_uploads ON DELETE CASCADE,
  size bigint NOT NULL DEFAULT 0,
  part_number integer NOT NULL,
  bucket_id text NOT NULL CONSTRAINT s3_multipart_uploads_parts_bucket_id_fkey REFERENCES storage.buckets,
  key text COLLATE "C" NOT NULL,
  etag text NOT NULL,
  owner_id text,
  version text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE FUNCTION storage.foldername(name text) RETURNS text[] LANGUAGE sql IMMUTABLE
  AS $$ SELECT parts[1:cardinality(parts) - 1] FROM (SELECT string_to_array(name, '/') AS parts) p $$;
CREATE FUNCTION storage.filename(name text) RETURNS text LANGUAGE sql IMMUTABLE
  AS $$ SELECT parts[cardinality(parts)] FROM (SELECT string_to_array(name, '/') AS parts) p $$;
CREATE FUNCTION storage.extension(name text) RETURNS text LANGUAGE sql IMMUTABLE
  AS $$ SELECT reverse(split_part(reverse(storage.filename(name)), '.', 1)) $$;
CREATE FUNCTION storage.operation() RETURNS text LANGUAGE sql STABLE
  AS $$ SELECT current_setting('storage.operation', true) $$;
CREATE FUNCTION storage.allow_any_operation(expected_operations text[]) RETURNS boolean LANGUAGE sql STABLE
  AS $$
    SELECT coalesce(
      regexp_replace(storage.operation(), '^storage[.]', '')
        IN (SELECT regexp_replace(one, '^storage[.]', '') FROM unnest(expected_operations) AS one), false)
  $$;
CREATE FUNCTION storage.allow_only_operation(expected_operation text) RETURNS boolean LANGUAGE sql STABLE
  AS $$ SELECT storage.allow_any_operation(ARRAY[expected_operation]) $$;
CREATE FUNCTION storage.get_size_by_bucket() RETURNS TABLE (size bigint, bucket_id text) LANGUAGE sql STABLE
  AS $$ SELECT sum((o.metadata ->> 'size')::bigint)::bigint, o.bucket_id FROM storage.objects o GROUP BY o.bucket_id $$;
CREATE FUNCTION storage.update_updated_at_column() RETURNS trigger LANGUAGE plpgsql
  AS $$ BEGIN NEW.updated_at = now(); RETURN NEW; END $$;
CREATE TRIGGER update_objects_updated_at BEFORE UPDATE ON storage.objects
  FOR EACH ROW EXECUTE FUNCTION storage.update_updated_at_column();

ALTER TABLE storage.buckets ENABLE ROW LEVEL SECURITY;
ALTER TABLE storage.objects ENABLE ROW LEVEL SECURITY;
ALTER TABLE storage.migrations ENABLE ROW LEVEL SECURITY;
ALTER TABLE storage.s3_multipart_uploads ENABLE ROW LEVEL SECURITY;
ALTER TABLE storage.s3_multipart_uploads_parts ENABLE ROW LEVEL SECURITY;

RESET ROLE;

GRANT ALL ON storage.buckets, storage.objects TO postgres WITH GRANT OPTION;
GRANT ALL ON storage.buckets, storage.objects TO anon, authenticated, service_role;
GRANT ALL ON ALL ROUTINES IN SCHEMA storage TO postgres, anon, authenticated, service_role;
`;
// src/shadow/preludes/supabase.ts
/**
* A Supabase project before its first migration: roles, schemas and tables that the platform's services have made.
* Nobody logs in as these roles, so none has a password, and none is superuser.
*/
function roles(major) {
	return `
CREATE ROLE anon NOLOGIN;
CREATE ROLE authenticated NOLOGIN;
CREATE ROLE service_role NOLOGIN BYPASSRLS;
CREATE ROLE authenticator LOGIN NOINHERIT;
CREATE ROLE dashboard_user NOLOGIN;
CREATE ROLE pgbouncer NOLOGIN;
CREATE ROLE supabase_admin NOLOGIN BYPASSRLS;
CREATE ROLE supabase_auth_admin NOLOGIN NOINHERIT;
CREATE ROLE supabase_storage_admin NOLOGIN NOINHERIT;
CREATE ROLE supabase_functions_admin NOLOGIN NOINHERIT;
CREATE ROLE supabase_realtime_admin NOLOGIN NOINHERIT;
CREATE ROLE supabase_replication_admin NOLOGIN;
CREATE ROLE supabase_read_only_user NOLOGIN BYPASSRLS;
CREATE ROLE supabase_etl_admin NOLOGIN;
GRANT anon, authenticated, service_role TO authenticator, supabase_storage_admin;
${major >= 14 ? "GRANT pg_read_all_data TO supabase_read_only_user;" : ""}
-- The platform lets postgres hand its API roles on, and put policies and triggers on its services' tables.
GRANT anon, authenticated, service_role, authenticator TO postgres WITH ADMIN OPTION;
GRANT supabase_auth_admin, supabase_storage_admin, supabase_functions_admin, supabase_realtime_admin TO postgres;
${major < 16 ? createRoleBefore16 : ""}
${major >= 15 ? `GRANT SET ON PARAMETER ${settable.join(", ")} TO postgres;` : ""}
ALTER ROLE postgres CREATEROLE BYPASSRLS;
ALTER ROLE postgres SET search_path TO "$user", public, extensions;
ALTER ROLE supabase_admin SET search_path TO "$user", public, auth, extensions;
ALTER ROLE supabase_auth_admin SET search_path TO auth;
ALTER ROLE supabase_storage_admin SET search_path TO storage;
ALTER ROLE anon SET statement_timeout = '3s';
ALTER ROLE authenticated SET statement_timeout = '8s';
ALTER ROLE authenticator SET statement_timeout = '8s';
ALTER ROLE authenticator SET lock_timeout = '8s';
-- Histories name the database, which is called postgres everywhere: its settings reach nobody here.
ALTER DATABASE postgres OWNER TO postgres;
`;
}
/**
* Before 16 whoever may create roles may also grant itself those that read the server's files and run programs. Without
* their rows nobody can be granted them; the server itself knows them by number.
*/
const createRoleBefore16 = `
SET allow_system_table_mods = on;
DELETE FROM pg_catalog.pg_authid
  WHERE rolname IN ('pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files');
RESET allow_system_table_mods;
`;
/**
* Settings that the platform lets postgres give to roles: the API reads its own from the role that it logs in as. Since 15
* nobody but a superuser may set one that no loaded library knows.
*/
const settable = [...[
	"db_schemas db_anon_role db_pre_request db_extra_search_path db_max_rows db_aggregates_enabled db_plan_enabled",
	"db_tx_end db_root_spec db_timezone_enabled db_channel_enabled jwt_secret jwt_role_claim_key openapi_mode",
	"openapi_security_active openapi_server_proxy_uri server_cors_allowed_origins server_timing_enabled log_level",
	"client_error_verbosity"
].flatMap((names) => names.split(" ")).map((name) => `"pgrst.${name}"`), ...[
	"\"safeupdate.enabled\"",
	"session_replication_role",
	"log_min_messages",
	"log_lock_waits",
	"track_io_timing"
]];
const schemas = `
CREATE SCHEMA extensions AUTHORIZATION postgres;
GRANT USAGE ON SCHEMA extensions TO anon, authenticated, service_role, dashboard_user;
CREATE SCHEMA graphql_public AUTHORIZATION supabase_admin;
CREATE SCHEMA graphql AUTHORIZATION supabase_admin;
GRANT USAGE ON SCHEMA graphql, graphql_public TO postgres, anon, authenticated, service_role;
CREATE SCHEMA pgsodium AUTHORIZATION supabase_admin;
CREATE SCHEMA pgbouncer AUTHORIZATION pgbouncer;
CREATE SCHEMA _realtime AUTHORIZATION postgres;

GRANT USAGE ON SCHEMA public TO postgres, anon, authenticated, service_role;
${["postgres", "supabase_admin"].flatMap((role) => [
	"TABLES",
	"FUNCTIONS",
	"SEQUENCES"
].map((kind) => `ALTER DEFAULT PRIVILEGES FOR ROLE ${role} IN SCHEMA public GRANT ALL ON ${kind} TO postgres, anon, authenticated, service_role;`)).join("\n")}
`;
const supabasePrelude = {
	title: "Supabase",
	says: "Supabase's platform objects were created first: roles anon, authenticated, service_role, authenticator and those of its services, and schemas auth, storage, realtime, vault, extensions, graphql_public and supabase_functions. What migrations do to them is observed.",
	image: "supabase/postgres",
	present: "to_regclass('auth.users') IS NOT NULL",
	installed: [
		{
			name: "uuid-ossp",
			schema: "extensions"
		},
		{
			name: "pgcrypto",
			schema: "extensions"
		},
		{
			name: "pg_stat_statements",
			schema: "extensions"
		},
		{
			name: "pg_graphql",
			schema: "graphql"
		},
		{
			name: "supabase_vault",
			schema: "vault"
		},
		{
			name: "pgjwt",
			schema: "extensions"
		},
		{
			name: "pgsodium",
			schema: "pgsodium"
		}
	],
	creatable: [
		"autoinc",
		"bloom",
		"dict_xsyn",
		"earthdistance",
		"insert_username",
		"moddatetime",
		"pg_prewarm",
		"pgrowlocks",
		"pgstattuple",
		"refint"
	],
	extensionSchema: "extensions",
	sql: ({ major }) => [
		roles(major),
		schemas,
		authSchema,
		storageSchema,
		realtimeSchema,
		functionsSchema,
		vaultSchema
	].join("")
};
// src/tools/supabase/version.ts
/** The first release whose `db push` sends CREATE INDEX CONCURRENTLY and its like outside of the file's pipeline. */
const sendsApartSince = [2, 109];
/**
* Does the project pin a release of the Supabase CLI that sends every file as one pipeline whatever is in it? Most projects
* take the newest, so that only an exact version counts: of a workflow's `supabase/setup-cli`, or of the package.
*
* @returns the file that pins it and the version, or null
*/
async function pinnedToOnePipeline(tree, path) {
	const manifests = andAbove(path).map((folder) => within$1(folder, "package.json"));
	const workflows = tree.under(".github/workflows").filter((entry) => entry.mode.startsWith("100") && /\.ya?ml$/.test(entry.path)).map((entry) => entry.path);
	for (const [file, bytes] of await tree.read([...workflows, ...manifests])) {
		const text = bytes.toString("utf8");
		const version = file.endsWith("package.json") ? /"supabase"\s*:\s*"(\d+\.\d+\.\d+)"/.exec(text)?.[1] : /uses:\s*supabase\/setup-cli@[^\n]*\n(?:[^\n]*\n){0,4}?\s*version:\s*["']?(\d+\.\d+\.\d+)/.exec(text)?.[1];
		if (version !== void 0 && isOlder(version)) return {
			file,
			version
		};
	}
	return null;
}
function isOlder(version) {
	const [major = 0, minor = 0] = version.split(".").map(Number);
	const [sinceMajor, sinceMinor] = sendsApartSince;
	return major < sinceMajor || major === sinceMajor && minor < sinceMinor;
}
// src/tools/supabase.ts
const title = "Supabase";
/** `20240101120000_add_users.sql`; the CLI takes any number of digits and compares them as text. */
const fileName = /^([0-9]+)_(.*)\.sql$/;
/** The first file of projects that an old CLI began: it held the platform's own dump and is passed over. */
const oldInit = /([0-9]{14})_init\.sql/;
const oldInitBefore = 20211209000000n;
const detect = async (tree) => {
	const databases = [];
	const notes = [];
	const roots = tree.entries.flatMap(({ path }) => {
		if (basename$1(path) === "config.toml" && basename$1(dirname$1(path)) === "supabase") return [dirname$1(path)];
		return /(?:^|\/)supabase\/migrations\/\d+_[^/]*\.sql$/.test(path) ? [dirname$1(dirname$1(path))] : [];
	});
	for (const root of new Set(roots)) {
		const path = within$1(root, "migrations");
		if (exclusion(path) === "copied") continue;
		const sql = tree.under(path).filter((entry) => fileName.test(basename$1(entry.path)));
		if (sql.length === 0) continue;
		const config = within$1(root, "config.toml");
		const dialect = await otherDialect(tree, path, sql);
		if (dialect !== null) notes.push(`${path} was passed over: ${dialect}.`);
		else databases.push({
			path,
			tool: "supabase",
			because: tree.get(config) === void 0 ? "it is supabase/migrations, where the Supabase CLI keeps them" : `${config} is there`
		});
	}
	return {
		databases,
		notes
	};
};
const history = async (tree, path) => {
	await loadParser();
	const directory = treePath(path);
	const sorted = [...byDirectory$1(tree.under(directory)).get(directory) ?? []].sort((a, b) => compareText(a.path, b.path));
	const oddities = [];
	const files = sorted.filter((entry, index) => {
		const never = index === 0 && isOldInit(basename$1(entry.path)) ? "init" : neverRuns(basename$1(entry.path));
		if (never === null) return true;
		if (/\.sql$/i.test(entry.path)) oddities.push({
			kind: "never-runs",
			file: entry.path,
			says: neverRunsSays(entry.path, never)
		});
		return false;
	});
	for (const file of files) refuseLink(file);
	const contents = await tree.read(files.map((file) => file.path));
	const pinned = await pinnedToOnePipeline(tree, directory);
	const migrations = files.flatMap(({ path: file }) => {
		const bytes = contents.get(file);
		const [, version = "", name = ""] = fileName.exec(basename$1(file)) ?? [];
		if (bytes === void 0) return [];
		const sql = sentText$1(title, file, bytes);
		const split = messagesOf(sql, pinned !== null);
		return [{
			version,
			name,
			identity: version,
			file,
			bytes,
			sql,
			transaction: "implicit",
			...split === null ? {} : { messages: split }
		}];
	});
	oddities.push(...unpadded(migrations));
	return {
		migrations,
		notes: await notesOn(tree, directory, migrations, pinned),
		oddities
	};
};
const isOldInit = (name) => {
	const stamp = oldInit.exec(name)?.[1];
	return stamp !== void 0 && BigInt(stamp) < oldInitBefore;
};
const neverRuns = (name) => fileName.test(name) ? null : "name";
const neverRunsSays = (file, why) => why === "init" ? `The Supabase CLI passes over ${file}: a first file called init from before December 2021 held the platform's own objects. Give it another name if it should run.` : `The Supabase CLI passes over ${file}: it takes names of the form <timestamp>_name.sql only, digits first and .sql in lower case. Name it with supabase migration new.`;
/** Versions of different lengths: 10 comes before 9. */
function unpadded(migrations) {
	return migrations.flatMap(({ version, file }, index) => {
		const before = migrations[index - 1]?.version;
		if (before === void 0 || BigInt(before) <= BigInt(version)) return [];
		return [{
			kind: "ambiguous-order",
			file,
			says: `Supabase orders versions as text, so that ${version} comes after ${before}. Use timestamps of one length, as supabase migration new writes them.`
		}];
	});
}
/**
* A file is one pipeline with a single Sync: an implicit transaction block of all of its statements. What PostgreSQL refuses
* in a block is sent apart by newer CLIs; older ones could only have it first in the file, where the block begins after it.
*/
function messagesOf(sql, onePipeline) {
	const messages = [];
	let apart = false;
	let statements = 0;
	let from = 0;
	return parseInChunks(sql, (statement) => {
		const alone = outsideTransaction(statement) !== null && (!onePipeline || statements === 0);
		const last = messages.at(-1);
		if (last === void 0 || alone || apart) messages.push({
			start: from,
			end: statement.end
		});
		else last.end = statement.end;
		apart = alone;
		statements += 1;
		from = statement.end;
	}) !== null || messages.length < 2 ? null : messages;
}
async function notesOn(tree, directory, migrations, pinned) {
	const root = dirname$1(directory);
	const [config, roles] = ["config.toml", "roles.sql"].map((name) => within$1(root, name));
	const text = (await tree.read([config ?? ""])).get(config ?? "")?.toString("utf8") ?? "";
	return [
		.../^\s*\[db\.migrations\][^[]*?^\s*enabled\s*=\s*false/m.test(text) ? [`${config} switches migrations off (db.migrations.enabled): supabase db push applies none of them.`] : [],
		...roles !== void 0 && tree.get(roles) !== void 0 ? [`${roles} is not run before the migrations, since supabase db push leaves it out unless asked: name it under setup: in .github/migration-gate.yml if they need its roles.`] : [],
		...pinned !== null && migrations.some(({ sql }) => /\bconcurrently\b/i.test(sql)) ? [`${pinned.file} pins the Supabase CLI ${pinned.version}, which sends CREATE INDEX CONCURRENTLY in the same pipeline as the rest of its file.`] : []
	];
}
/** By the name of the file, bytewise, as the directory is listed. */
const order = (left, right) => compareText(`${left.version}_${left.name}`, `${right.version}_${right.name}`);
const quoted$1 = (text) => `'${text.replaceAll("'", "''")}'`;
/** As an E'' literal where a backslash would be read in two ways. */
const literal = (text) => text.includes("\\") ? ` E${quoted$1(text.replaceAll("\\", "\\\\"))}` : quoted$1(text);
const bookkeeping = {
	setup: `CREATE SCHEMA IF NOT EXISTS supabase_migrations;
CREATE TABLE IF NOT EXISTS supabase_migrations.schema_migrations (version text NOT NULL PRIMARY KEY);
ALTER TABLE supabase_migrations.schema_migrations ADD COLUMN IF NOT EXISTS statements text[];
ALTER TABLE supabase_migrations.schema_migrations ADD COLUMN IF NOT EXISTS name text`,
	before: () => "",
	after: ({ version, name, sql }) => {
		const statements = [];
		let from = 0;
		parseInChunks(sql, ({ end }) => {
			statements.push(sql.slice(from, end).replace(/^[\s;]+/, ""));
			from = end;
		});
		const list = `ARRAY[${statements.map(literal).join(", ")}]::text[]`;
		return `INSERT INTO supabase_migrations.schema_migrations (version, name, statements) VALUES (${literal(version)}, ${literal(name)}, ${list})`;
	},
	undo: ({ version }) => `DELETE FROM supabase_migrations.schema_migrations WHERE version = ${literal(version)}`,
	relations: ["supabase_migrations.schema_migrations", "supabase_migrations.seed_files"],
	schemas: ["supabase_migrations"]
};
const missing = "Remote migration versions not found in local migrations directory.";
const onHistoryChange = {
	edited: {
		does: "ignores",
		says: "Supabase goes by the version alone and never compares contents: databases that ran the old text keep what it made, new ones get the new text."
	},
	deleted: {
		does: "refuses",
		says: `Supabase refuses to push while the database knows a version that has no file: "${missing}"`
	},
	renamed: {
		does: "refuses",
		says: `Supabase knows a migration by its number: under another number it is a file that is missing and one that is new, and the push stops with "${missing}"`,
		sameVersion: "Supabase knows a migration by its number: another name behind it goes unnoticed."
	},
	outOfOrder: {
		does: "refuses",
		says: "Supabase refuses a file whose number sorts before the newest applied one: \"Found local migration files to be inserted before the last migration on remote database.\" With --include-all it runs."
	},
	duplicateVersion: {
		does: "refuses",
		says: "Supabase keeps the number as its primary key, so that the second file of a number fails with a unique violation when it is recorded, and is rolled back.",
		legal: false
	}
};
/** Migrations of the Supabase CLI (`supabase db push`, `supabase migration up`). */
const supabase = {
	name: "supabase",
	title,
	detect,
	configured: async (_tree, _path, { outOfOrder }) => outOfOrder === true ? {
		...supabase,
		onHistoryChange: {
			...onHistoryChange,
			outOfOrder: {
				does: "runs",
				says: "Supabase runs a late file with --include-all, after those that were meant to follow it."
			}
		}
	} : supabase,
	order,
	history,
	bookkeeping,
	prelude: supabasePrelude,
	sessions: "each",
	onHistoryChange,
	noTransaction: {
		directive: null,
		advice: "Put the statement into a file of its own: the Supabase CLI sends a file as one pipeline, which is a transaction as soon as it holds a second statement (newer releases send CREATE INDEX CONCURRENTLY and its like apart wherever they stand)."
	}
};
// src/tools/typeorm.ts
/** How projects call the file that exports their DataSource, and where they put it. */
const sources = [
	"data-source",
	"datasource",
	"typeorm.config",
	"ormconfig",
	"database",
	"db",
	"dataSource",
	"typeorm"
];
const folders = [
	"",
	"src",
	"src/db",
	"src/database",
	"db",
	"database",
	"src/config",
	"config"
];
const suffixes = [
	"ts",
	"js",
	"cjs",
	"mjs"
];
/** The nearest file above the migrations that makes a DataSource. */
function dataSourceOf(project) {
	const places = andAbove(treePath(project.path)).flatMap((above) => folders.map((folder) => folder === "" ? above : within$1(above, folder)));
	for (const place of new Set(places)) for (const file of sources.flatMap((name) => suffixes.map((suffix) => within$1(place, `${name}.${suffix}`)))) if (/\bDataSource\s*\(/.test(project.text(file) ?? "")) return file;
	return null;
}
/** Beside the project's own, which it takes and points to the shadow. */
const wrapper = (file) => within$1(dirname$1(file), `migration-gate.data-source.${file.split(".").at(-1)}`);
function call(project, args) {
	const file = dataSourceOf(project);
	if (file === null) return { missing: "TypeORM cannot be called: no file that makes a DataSource was found near the migrations (data-source.ts and its like). Give the command with apply-command." };
	const directory = andAbove(dirname$1(file)).find((folder) => project.has(within$1(folder, "package.json"))) ?? "";
	const typescript = file.endsWith(".ts");
	const text = project.text(within$1(directory, "package.json")) ?? "";
	const modules = /"type"\s*:\s*"module"/.test(text);
	const program = typescript ? `typeorm-ts-node-${modules ? "esm" : "commonjs"}` : "typeorm";
	const asModule = typescript || file.endsWith(".mjs") || modules && !file.endsWith(".cjs");
	const own = wrapper(file);
	const called = javascriptCall(project, {
		title: "TypeORM",
		packages: [
			"typeorm",
			"pg",
			...typescript ? ["ts-node"] : []
		],
		program,
		directory,
		args: [
			...args,
			"-d",
			directory === "" ? own : own.slice(directory.length + 1)
		]
	});
	if ("missing" in called) return called;
	const from = `./${basename$1(file).replace(/\.ts$/, modules ? ".js" : "")}`;
	return {
		...called,
		files: { [own]: asModule ? moduleText(from) : scriptText(from) }
	};
}
const onShadow = `const found = Object.values(exported).concat(Object.values(exported.default ?? {}), [exported.default]);
const source = found.find((each) => each && typeof each === 'object' && 'options' in each && 'setOptions' in each);
source.setOptions({ url: process.env.DATABASE_URL, host: undefined, port: undefined, username: undefined, password: undefined, database: undefined, ssl: false, replication: undefined });
`;
const moduleText = (from) => `// @ts-nocheck\nimport * as everything from '${from}';\nconst exported = everything as any;\n${onShadow}export default source;\n`.replace(" as any", from.endsWith(".mjs") || from.endsWith(".js") ? "" : " as any");
const scriptText = (from) => `const exported = require('${from}');\n${onShadow}module.exports = { default: source };\n`;
/** TypeORM records the name of the class, whose last 13 digits order it. */
const className = (text) => /\bclass\s+(\w*?\d{13})\b/.exec(text)?.[1] ?? null;
const nameProperty = (text) => /^\s*name\s*=\s*["'](\w*\d{13})["']/m.exec(text)?.[1] ?? null;
async function because(tree, directory, [first = ""]) {
	const used = await isOf(tree, directory, ["typeorm"]);
	const text = (await tree.read([first])).get(first)?.toString("utf8") ?? "";
	return used !== null && /MigrationInterface|queryRunner/.test(text) ? `${used} uses TypeORM, and ${first} too` : null;
}
/** TypeORM: classes `<Name><milliseconds>`, run by `typeorm migration:run`. */
const typeorm = programTool({
	name: "typeorm",
	title: "TypeORM",
	telling: /^\d{13}-[^/]+\.[cm]?[jt]s$/,
	because,
	files: /^(?!\.).*(?<!\.d)\.[cm]?[jt]s$/,
	named: (file, text) => {
		const identity = nameProperty(text) ?? className(text);
		if (identity === null) return null;
		return {
			version: identity.slice(-13),
			name: basename$1(file).replace(/^\d+-/, "").replace(/\.[^.]*$/, ""),
			identity,
			transaction: "shared"
		};
	},
	order: byNumber$1,
	tables: ["public.migrations", "public.typeorm_metadata"],
	onHistoryChange: {
		edited: {
			does: "ignores",
			says: "TypeORM does not notice, since it records names only: databases that ran the old class keep what it made, new ones get the new one."
		},
		deleted: {
			does: "ignores",
			says: "TypeORM does not miss it: databases that ran it keep what it made, new ones never get it."
		},
		renamed: {
			does: "runs",
			says: "TypeORM runs it a second time when its class has another name; the name of the file means nothing to it."
		},
		outOfOrder: {
			does: "runs",
			says: "TypeORM runs it after the migrations that were meant to follow it, while a new database gets it before them."
		},
		duplicateVersion: {
			does: "runs",
			says: "TypeORM tells migrations apart by the name of the class, and stops only where that is there twice: “Duplicate migrations: …”.",
			legal: true
		}
	},
	advice: "In TypeORM the class says `transaction = false`, with `migrationsTransactionMode: \"each\"` or `migration:run --transaction each`; give it a file of its own.",
	words: typeormWords,
	command: {
		up: (project) => call(project, ["migration:run"]),
		down: (project) => call(project, ["migration:revert"]),
		recorded: ({ name }) => name ?? null
	}
});
// src/tools/unsupported.ts
/**
* Directories that belong to a tool which cannot be read yet. They must be known all the same: their files
* often look like plain numbered SQL, and run so they would, for example, execute their own down sections.
*/
async function unsupportedDirectories(tree) {
	const files = tree.entries.filter((entry) => entry.mode.startsWith("100") && exclusion(dirname$1(entry.path)) !== "copied");
	const claims = /* @__PURE__ */ new Map();
	const add = (path, claim) => {
		if (!claims.has(path)) claims.set(path, claim);
	};
	for (const { path } of files) {
		for (const { pattern, tool, up } of mayBeMigration.test(basename$1(path)) ? byFileName : []) {
			if (!pattern.test(path)) continue;
			let directory = dirname$1(path);
			for (let level = 0; level < up; level += 1) directory = dirname$1(directory);
			add(directory, {
				tool,
				because: `${path} is there`
			});
			break;
		}
		const root = byRootFile[basename$1(path)];
		if (root === void 0) continue;
		const text = (await tree.read([path])).get(path)?.toString("utf8") ?? "";
		const directory = root.directory(text);
		if (directory !== null) add(within$1(dirname$1(path), directory), {
			tool: root.tool,
			because: `${path} is there`
		});
	}
	const directories = byDirectory$1(files.filter((entry) => /\.sql$|^atlas\.sum$|\/atlas\.sum$/i.test(entry.path)));
	const opened = await firstSqlFiles(tree, directories);
	for (const [directory, entries] of directories) {
		const owner = ownerOf(entries, opened.get(directory) ?? "");
		if (owner !== null) add(directory, owner);
	}
	return settle(tree, claims);
}
/** Keeps the topmost of nested directories, and drops those of other databases. */
async function settle(tree, claims) {
	const found = [];
	const notes = [];
	for (const [path, claim] of [...claims].sort(([a], [b]) => a.length - b.length)) {
		if (found.some((other) => other.path !== "" && isWithin(path, other.path))) continue;
		const sql = tree.under(path).filter((entry) => entry.mode.startsWith("100") && /\.sql$/i.test(entry.path));
		const dialect = sql.length === 0 ? null : await otherDialect(tree, path, sql);
		if (dialect === null) found.push({
			path,
			...claim,
			sqlFiles: sql.length > 0
		});
		else notes.push(`${path} was passed over: ${dialect}.`);
	}
	return {
		found,
		notes
	};
}
/** How the names in the table below begin: most files of a repository need no closer look. */
const mayBeMigration = /^(?:\d|Migration\d|up\.sql$)/;
/** Files whose path alone proves the tool; `up` levels above their directory is the one that it owns. */
const byFileName = [
	{
		pattern: /(?:^|\/)\d[^/]*\/up\.sql$/,
		tool: "like hasura",
		up: 1
	},
	{
		pattern: /(?:^|\/)db\/(?:\w+_)?migrate\/\d+_[^/]+\.rb$/,
		tool: "rails",
		up: 0
	},
	{
		pattern: /(?:^|\/)priv\/[^/]+\/migrations\/\d+_[^/]+\.exs$/,
		tool: "ecto",
		up: 0
	},
	{
		pattern: /(?:^|\/)migrations\/0001_[^/]+\.py$/,
		tool: "django",
		up: 0
	},
	{
		pattern: /(?:^|\/)\d{13}-[^/]+\.[cm]?[jt]s$/,
		tool: "typeorm",
		up: 0
	},
	{
		pattern: /(?:^|\/)Migration\d{14}[^/]*\.[cm]?[jt]s$/,
		tool: "mikro-orm",
		up: 0
	},
	{
		pattern: /(?:^|\/)migrations\/\d{14}-[^/]+\.[cm]?[jt]s$/,
		tool: "sequelize",
		up: 0
	},
	{
		pattern: /(?:^|\/)migrations\/\d{14}_[^/]+\.[cm]?[jt]s$/,
		tool: "knex",
		up: 0
	},
	{
		pattern: /(?:^|\/)migrations\/\d[^/]*\.[cm]?[jt]s$/,
		tool: "kysely",
		up: 0
	},
	{
		pattern: /(?:^|\/)migrations\/\d{4}(?:_\d\d){2}_\d{6}_[^/]+\.php$/,
		tool: "laravel",
		up: 0
	},
	{
		pattern: /(?:^|\/)Migrations\/\d{14}_[^/]+\.cs$/,
		tool: "entity-framework",
		up: 0
	}
];
/** Files that mark the root of a tool, and where its migrations are then. */
const byRootFile = { "alembic.ini": {
	tool: "alembic",
	directory: (text) => {
		const location = /^\s*script_location\s*=\s*(?:%\(here\)s\/)?([\w./:-]+)/m.exec(text)?.[1] ?? "alembic";
		if (location.includes(":")) return null;
		return `${location.replace(/^\.\//, "").replace(/\/+$/, "")}/versions`;
	}
} };
/** Lines that prove the tool, in its files. */
const byContent = [[/^--\s*\+migrate\s+up\b/im, "sql-migrate"], [/^--\s*rambler up\b/im, "rambler"]];
function ownerOf(entries, text) {
	const pop = entries.map((entry) => basename$1(entry.path)).find((name) => /\.(?:postgres|cockroach|mysql|sqlite3?|autocommit)\.(?:up|down)\.sql$/.test(name));
	if (pop !== void 0) return {
		tool: "pop",
		because: `${pop} is named as pop names files`
	};
	const mark = byContent.find(([pattern]) => pattern.test(text));
	return mark === void 0 ? null : {
		tool: mark[1],
		because: "its files carry the marks of that tool"
	};
}
/** The text of the first and the last SQL file of every directory that has some. */
async function firstSqlFiles(tree, directories) {
	const wanted = /* @__PURE__ */ new Map();
	for (const [directory, entries] of directories) {
		const sql = entries.filter((entry) => /\.sql$/i.test(entry.path)).map((entry) => entry.path);
		wanted.set(directory, sql.filter((_, index) => index === 0 || index === sql.length - 1));
	}
	const contents = await tree.read([...wanted.values()].flat());
	return new Map([...wanted].map(([directory, paths]) => [directory, paths.map((path) => contents.get(path)?.toString("utf8") ?? "").join("\n")]));
}
// src/tools/index.ts
/** Every name that `--tool` and the config take. */
const toolNames = [
	"prisma",
	"drizzle",
	"flyway",
	"golang-migrate",
	"sqlx",
	"dbmate",
	"goose",
	"supabase",
	"hasura",
	"atlas",
	"liquibase",
	"sqitch",
	"graphile-migrate",
	"node-pg-migrate",
	"diesel",
	"refinery",
	"plain",
	"alembic",
	"django",
	"rails",
	"knex",
	"typeorm",
	"sequelize",
	"kysely",
	"mikro-orm",
	"ecto",
	"command"
];
/** All tools. The most telling ones first; `plain` takes what nobody else claims. */
const tools = {
	prisma,
	drizzle,
	"graphile-migrate": graphileMigrate,
	"node-pg-migrate": nodePgMigrate,
	supabase,
	diesel,
	refinery,
	flyway,
	liquibase,
	hasura,
	sqlx,
	sqitch,
	"golang-migrate": golangMigrate,
	goose,
	dbmate,
	atlas,
	alembic,
	django,
	rails,
	knex,
	typeorm,
	sequelize,
	kysely,
	"mikro-orm": mikroOrm,
	ecto,
	command: command$1,
	plain
};
/** Is the project's own command called for this tool? Some are called for directories that hold programs. */
const runsItself = (name) => name === "node-pg-migrate" || tools[name]?.command !== void 0;
/** May an apply-command take the place of the gate, which applies its SQL files itself otherwise? */
const takesCommand = (name) => name === "drizzle";
/** The tool of that name. */
const toolNamed = (name) => tools[name];
/**
* What a tree holds.
* @param everywhere look into fixtures and examples too: the user named a directory
*/
async function survey(tree, everywhere = false) {
	await loadParser();
	const { tree: seen, illustrative } = surveyedTree(tree, everywhere);
	const found = await Promise.all(Object.values(tools).map((tool) => tool.detect(seen)));
	const others = await unsupportedDirectories(seen);
	const notes = [...found.flatMap((one) => one.notes), ...others.notes];
	const passedOver = new Set(notes.flatMap((note) => passedOverIn(note) ?? []));
	const owned = found.flatMap(({ databases }) => databases);
	const settled = settleClaims([...owned.filter(({ tool, path }) => tool !== "plain" || !passedOver.has(path)), ...others.found.filter(({ path }) => !passedOver.has(path)).filter(({ path, tool }) => !owned.some((one) => one.tool === tool && isWithin(path, one.path))).filter(({ path, tool }) => !(tool in tools && owned.some((one) => one.tool !== "plain" && one.path === path))).map(unproved)]);
	if (illustrative.length > 0) {
		const some = illustrative.slice(0, 3).join(", ");
		const more = illustrative.length > 3 ? ` and ${illustrative.length - 3} more` : "";
		notes.push(`Passed over as tests, examples or documentation: ${some}${more}. Name one under databases: in the config to check it.`);
	}
	return {
		databases: settled.filter(isDatabase),
		unsupported: settled.filter((claim) => !isDatabase(claim)),
		notes: onePerDirectory(notes)
	};
}
/** Files that look like those of a tool which itself did not take them: nobody knows what runs them. */
const unproved = (claim) => claim.tool in tools ? {
	...claim,
	tool: `like ${claim.tool}`,
	because: `${claim.because}, and nothing around it is ${claim.tool}'s`
} : claim;
/** Directories that cannot be read say whether they hold SQL files. */
const isDatabase = (claim) => !("sqlFiles" in claim);
/** The directory of a note `<path> was passed over: <why>`. */
const passedOverIn = (note) => /^(.*?) was passed over: /.exec(note)?.[1] ?? null;
/** Several tools may have passed over one directory, in words of their own. */
function onePerDirectory(notes) {
	const said = /* @__PURE__ */ new Set();
	return notes.filter((note) => {
		const about = passedOverIn(note) ?? note;
		if (said.has(about)) return false;
		said.add(about);
		return true;
	});
}
const isToolName = (name) => toolNames.includes(name);
// src/tools/configured.ts
/** A tool called as its own files say. */
const noToolSettings = {
	placeholders: {},
	outOfOrder: null
};
/**
* The tool as the project has set it up: by head's files, since those are what the next deploy reads; by base's
* where head has the directory no longer.
*
* @throws Undecided for a tool that cannot be read, and for settings that it cannot make sense of
*/
async function configuredTool(database, { head, base }) {
	const { path, basePath = path, toolSettings } = database;
	const tool = toolNamed(database.tool);
	if (tool.configured === void 0) return tool;
	const isIn = (tree, directory) => tree.under(treePath(directory)).length > 0;
	if (!isIn(head, path)) return tool.configured(base, basePath, toolSettings);
	const configured = await tool.configured(head, path, toolSettings);
	if (head === base || !isIn(base, basePath)) return configured;
	try {
		const before = await tool.configured(base, basePath, toolSettings);
		const known = knownToBase(configured, before);
		if (sameNames(known.bookkeeping, configured.bookkeeping)) return configured;
		return (await before.history(base, basePath)).migrations.length === 0 ? configured : known;
	} catch (error) {
		if (error instanceof Undecided) return configured;
		throw error;
	}
}
const sameNames = (left, right) => left.relations.length === right.relations.length && left.schemas?.length === right.schemas?.length;
/** What a pull request calls the tool's own table, and base does not, may be any table: it is looked at as one. */
function knownToBase(tool, { bookkeeping: before }) {
	const { bookkeeping } = tool;
	const { relations, schemas } = bookkeeping;
	return {
		...tool,
		bookkeeping: {
			...bookkeeping,
			relations: relations.filter((relation) => before.relations.includes(relation)),
			...schemas === void 0 ? {} : { schemas: schemas.filter((schema) => before.schemas?.includes(schema)) }
		}
	};
}
// src/config/file.ts
const severities = [
	"error",
	"warning",
	"notice",
	"off"
];
const lockTimeouts = ["in-migrations", "set-by-role"];
const thresholds = [
	"error",
	"warning",
	"never"
];
/** Majors that a shadow can be booted for on this machine. */
const majors = majorsOf(currentPlatform());
const text = string().min(1);
/** The short form is taken so that its error can say what is missing. */
const baseline = union([text, strictObject({
	file: text,
	version: union([text, int()]).transform(String).optional()
})]);
const database = strictObject({
	name: text.optional(),
	path: string(),
	tool: _enum(toolNames).optional(),
	"postgres-version": union([int(), string().regex(/^\d+$/)]).transform(Number).optional(),
	"postgres-image": text.optional(),
	extensions: array(text).default([]),
	setup: array(text).default([]),
	baseline: baseline.optional(),
	placeholders: record$7(string(), string()).default({}),
	"apply-command": text.nullish(),
	"base-setup-command": text.nullish(),
	"command-environment": record$7(string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/), union([
		string(),
		number$4(),
		boolean()
	]).transform(String)).default({}),
	"out-of-order": boolean().optional(),
	"declared-schema": text.optional()
});
const schema = (ruleNames) => strictObject({
	databases: array(database).min(1).optional(),
	rules: partialRecord(_enum(ruleNames), _enum(severities)).optional(),
	"fail-on": _enum(thresholds).optional(),
	"table-stats": text.optional(),
	"ignore-migrations-before": text.optional(),
	"lock-timeout": _enum(lockTimeouts).optional(),
	"timeout-minutes": number$4().positive().max(360).optional(),
	"shadow-superuser": boolean().optional(),
	"shadow-data": _enum(["existing", "own"]).optional(),
	"check-down": boolean().optional(),
	"applied-ref": string().regex(/^(?!-)[^\s*]*(\*[^\s*]*){0,2}$/, "give a tag, a branch, or a glob with one or two stars").min(1).max(200).optional(),
	"accept-squash": union([boolean(), text]).optional(),
	"check-rerun": boolean().optional(),
	"check-open-prs": boolean().optional()
});
/** Reads and checks a config file. Every error names the file's line and, for a wrong word, the nearest right one. */
function readConfigFile(file, source, ruleNames) {
	const counter = new import_dist.LineCounter();
	const document = (0, import_dist.parseDocument)(source, {
		lineCounter: counter,
		prettyErrors: false
	});
	const fail = (message, line) => {
		throw new UserError(`${file}:${line}: ${message}`, { place: {
			file,
			line
		} });
	};
	const lineAt = (offset) => offset === void 0 ? 1 : counter.linePos(offset).line;
	const broken = document.errors[0];
	if (broken !== void 0) fail(`This is not valid YAML: ${broken.message}`, lineAt(broken.pos[0]));
	const node = (path) => path.length === 0 ? document.contents ?? void 0 : document.getIn(path.map(asKey), true);
	const lineOf = (path) => {
		for (let length = path.length; length > 0; length -= 1) {
			const found = keyNode(node(path.slice(0, length - 1)), path[length - 1]) ?? node(path.slice(0, length));
			if (found?.range) return lineAt(found.range[0]);
		}
		return 1;
	};
	const version = document.contents === null ? void 0 : node(["ignore-migrations-before"]);
	if ((0, import_dist.isScalar)(version) && typeof version.value === "number") version.value = version.source;
	const plain = document.contents === null ? {} : toPlain(document, fail);
	const result = schema(ruleNames).safeParse(plain);
	if (result.success) return {
		values: result.data,
		lineOf
	};
	const issue = result.error.issues[0];
	if (issue === void 0) throw result.error;
	const problem = explain(issue, plain, ruleNames);
	return fail(problem.message, lineOf(problem.path));
}
const asKey = (key) => typeof key === "symbol" ? String(key) : key;
function toPlain(document, fail) {
	try {
		return document.toJS();
	} catch (error) {
		return fail(`This cannot be read: ${error instanceof Error ? error.message : String(error)}`, 1);
	}
}
function keyNode(map, key) {
	if (map === void 0 || !("items" in map) || !Array.isArray(map.items)) return void 0;
	for (const item of map.items) if ((0, import_dist.isScalar)(item.key) && item.key.value === key) return item.key;
}
function explain(issue, plain, ruleNames) {
	const { path } = issue;
	const value = path.reduce((at, key) => at?.[key], plain);
	if (issue.code === "unrecognized_keys") {
		const [key = ""] = issue.keys;
		if (path[0] === "rules") return unknownRule(key, ruleNames);
		const valid = path[0] === "databases" ? Object.keys(database.shape) : Object.keys(schema(ruleNames).shape);
		return {
			message: `The key ${quoted$5(key)} is not known.${didYouMean(key, valid)}`,
			path: [...path, key]
		};
	}
	if (issue.code === "invalid_key") return unknownRule(String(path.at(-1)), ruleNames);
	const where = path.map(String).join(".") || "The file";
	if (issue.code === "invalid_value") {
		const words = issue.values.map(String);
		const given = typeof value === "string" ? value : String(value);
		return {
			message: `${where}: ${quoted$5(given)} is not valid.${didYouMean(given, words)}`,
			path
		};
	}
	if (path.at(-1) === "postgres-version") return {
		message: `${where}: only the major version is given, as a number: 17.`,
		path
	};
	if (value === void 0 && path.length > 0) return {
		message: `${where} is missing.`,
		path
	};
	return {
		message: `${where}: ${issue.message}.`,
		path
	};
}
const unknownRule = (rule, ruleNames) => ({
	message: `There is no rule ${quoted$5(rule)}.${didYouMean(rule, ruleNames)}`,
	path: ["rules", rule]
});
// src/config/version-sources.ts
/** An image's name and tag: `postgres:16-alpine`, `docker.io/library/postgres:16.4`, `pgvector/pgvector:pg16`. */
const image = String.raw`(?:[\w.-]+(?::\d+)?\/)*(?:postgres|postgresql|postgis|pgvector|timescaledb(?:-ha)?):(?:[\w.]+-)?(?:pg)?(\d{2})\b`;
const all = (pattern, text) => [...text.matchAll(pattern)].map(([, digits]) => Number(digits));
const lines = (...patterns) => (text) => patterns.flatMap((pattern) => all(pattern, text));
/** Infrastructure as code: what production runs. */
const terraform = {
	matches: (path) => path.endsWith(".tf"),
	majors: (text) => text.split(/^\}/m).flatMap((block) => [.../^\s*engine\s*=\s*"(?:aurora-)?postgres(?:ql)?"/m.test(block) ? all(/^\s*engine_version\s*=\s*"(\d{2})(?:\.[\d.]+)?"/gm, block) : [], ...all(/^\s*database_version\s*=\s*"POSTGRES_(\d{2})"/gm, block)])
};
/** A chart's values: `postgresql.image.tag`, where the image is PostgreSQL's. */
const helm = {
	matches: (path) => /^values[^/]*\.ya?ml$/.test(basename$1(path)),
	majors: (text) => {
		const values = yaml(text);
		return ["postgresql", "postgres"].flatMap((key) => {
			const found = entry(entry(values, key), "image");
			const repository = entry(found, "repository");
			if (typeof repository === "string" && !/postgres/.test(repository)) return [];
			const major = /^(?:pg)?(\d{2})(?:[.-]|$)/.exec(String(entry(found, "tag") ?? ""))?.[1];
			return major === void 0 ? [] : [Number(major)];
		});
	}
};
/** Compose files, service containers, devcontainers, Dockerfiles, version managers: what developers and CI run. */
const development = {
	matches: (path) => /(?:^|\/)(?:(?:docker-)?compose[^/]*\.ya?ml|\.github\/workflows\/[^/]+\.ya?ml|\.gitlab-ci\.yml|\.devcontainer\/(?:[^/]+\/)?[^/]+\.(?:ya?ml|json)|\.devcontainer\.json)$/.test(path),
	majors: lines(new RegExp(String.raw`^[ \t]*(?:-[ \t]*)?image:[ \t]*["']?${image}`, "gm"), new RegExp(String.raw`^[ \t]*"image"[ \t]*:[ \t]*"${image}`, "gm"))
};
const dockerfile = {
	matches: (path) => /^(?:Dockerfile|Containerfile)(?:\.[\w.-]+)?$|\.Dockerfile$/i.test(basename$1(path)),
	majors: lines(new RegExp(String.raw`^FROM[ \t]+(?:--platform=\S+[ \t]+)?${image}`, "gim"))
};
const versionManager = {
	matches: (path) => /^(?:\.tool-versions|\.?mise\.toml)$/.test(basename$1(path)),
	majors: lines(/^postgres(?:ql)?[ \t]+(\d{2})\b/gm, /^"?postgres(?:ql)?"?[ \t]*=[ \t]*"(\d{2})\b/gm)
};
/** Testcontainers: an image's name in a call that can only be one. */
const testcontainers = {
	matches: (path) => /\.(?:java|kt|go|ts|js)$/.test(path) && /(?:container|postgres|database|integration|abstract|base|setup|db)[^/]*$/i.test(path),
	majors: lines(new RegExp(String.raw`(?:Postgre(?:SQL|Sql)Container(?:<[^>]*>)?|DockerImageName\.parse|WithImage|postgres\.Run(?:Container)?)\((?:ctx,\s*)?["'\x60]${image}`, "g"))
};
/** The surest first: a kind is only asked when those before it say nothing. */
const versionSources = [
	[terraform, helm],
	[
		development,
		dockerfile,
		versionManager
	],
	[testcontainers]
];
/** No repository has that many files of one kind which say anything. */
const mostFiles = 500;
/** Each major that these kinds of files name, with the first file that does. */
async function majorsSaid(tree, sources) {
	const said = /* @__PURE__ */ new Map();
	for (const { matches, majors } of sources) {
		const files = tree.entries.filter(({ path, mode }) => mode.startsWith("100") && matches(path) && wanted(path)).slice(0, mostFiles).map(({ path }) => path);
		for (const [file, bytes] of await tree.read(files)) for (const major of majors(bytes.toString("utf8"))) if (!said.has(major)) said.set(major, file);
	}
	return said;
}
/** Tests say what they run on; examples are somebody else's server. */
const wanted = (path) => exclusion(dirname$1(path)) !== "copied" && !/(?:^|\/)(?:examples?|samples?|templates?)\//i.test(path);
/** The major of a Supabase project, for migrations in its folder; null where its config says none. */
async function supabaseMajor(tree, path) {
	const file = within$1(dirname$1(path), "config.toml");
	if (basename$1(path) !== "migrations") return null;
	const text = (await tree.read([file])).get(file)?.toString("utf8");
	if (text === void 0) return null;
	const major = entry(entry(toml(text), "db"), "major_version");
	return typeof major === "number" && Number.isInteger(major) ? {
		major,
		file
	} : null;
}
function toml(text) {
	try {
		return parse$4(text);
	} catch {
		return null;
	}
}
/** Templates are often no YAML; then they say nothing. */
function yaml(text) {
	try {
		const document = (0, import_dist.parseDocument)(text);
		return document.errors.length > 0 ? null : document.toJS();
	} catch {
		return null;
	}
}
const entry = (value, key) => typeof value === "object" && value !== null ? value[key] : void 0;
/** What a shadow can be; other versions are read off files all the same. */
const nearest = (major) => {
	const majors = majorsOf(currentPlatform());
	return Math.min(Math.max(major, Math.min(...majors)), Math.max(...majors));
};
/**
* The Postgres major that the repository's own files name, where they agree; else the default.
*
* @param path directory of the migrations that it is for
*/
async function postgresVersionOf(tree, path = "") {
	const project = await supabaseMajor(tree, path);
	const said = project === null ? await saidIn(tree) : /* @__PURE__ */ new Map([[project.major, project.file]]);
	const [only] = said;
	if (only !== void 0 && said.size === 1) {
		const [major, file] = only;
		const used = nearest(major);
		if (used === major) return {
			major,
			stated: true,
			note: `PostgreSQL ${major}, as ${file} says.`
		};
		return {
			major: used,
			stated: false,
			note: `PostgreSQL ${used} is used, the nearest to ${major} (which ${file} says) that can be booted here: where the two differ, what production does is not seen.`
		};
	}
	return {
		major: 17,
		stated: false,
		note: `PostgreSQL 17 is assumed: ${said.size === 0 ? "nothing in the repository says which version production runs" : `the repository names several (${[...said].map(([major, file]) => `${major} in ${file}`).join(", ")})`}. Set postgres-version to make it certain.`
	};
}
/** What the first kind of files says that says anything. */
async function saidIn(tree) {
	for (const sources of versionSources) {
		const said = await majorsSaid(tree, sources);
		if (said.size > 0) return said;
	}
	return /* @__PURE__ */ new Map();
}
/** `postgis/postgis:17-3.5`, `pgvector/pgvector:pg16`, `postgres:17.2-alpine`; null where the tag does not say. */
function majorOfImage(image) {
	const tag = image === null ? null : /:([\w][\w.-]*)(?:@|$)/.exec(image)?.[1] ?? null;
	const digits = tag === null ? void 0 : /(?:^|-|pg)(?:pg)?(\d{2})(?!\d)/.exec(tag)?.[1];
	return digits === void 0 ? null : Number(digits);
}
// src/git/begun.ts
/** Work that goes on beside what is done next. A failure of it is told where it is waited for, and nowhere else. */
function begun(work) {
	work.catch(() => {});
	return work;
}
// src/git/command.ts
/** A git command that should have worked did not: a defect, or something that the caller explains. */
var GitFailure = class extends Error {
	name = "GitFailure";
	stderr;
	constructor(args, { code, stderr }) {
		super(`git ${args[0]} failed with exit code ${code}: ${redact(stderr.trim()) || "(no message)"}`);
		this.stderr = stderr;
	}
};
/** What git says of an object that the clone lacks, that could not be fetched, or that is damaged. */
const LACKING = /could not (?:read|fetch) [0-9a-f]{40}|unable to read (?:tree|[0-9a-f(])|not a tree object|(?:bad|invalid|missing) (?:object|tree|blob|commit|file)|promisor remote|is corrupt|inflate:|object file|packfile/i;
/**
* What to throw where a git command failed that should have worked.
*
* @param place the file whose contents were to be read, where that is known
*/
function gitFailed(args, result, place) {
	const failure = new GitFailure(args, result);
	return LACKING.test(result.stderr) ? lacking(redact(result.stderr.trim()), {
		place,
		cause: failure
	}) : failure;
}
/** A clone without an object that the comparison needs. @param said what git says */
function lacking(said, options = {}) {
	const [first = ""] = said.split("\n");
	return new Undecided("base-not-available", `The clone lacks ${options.place === void 0 ? "an object" : `the contents of ${options.place.file}`}, or has it damaged (git: ${first.slice(0, 300)}). In a workflow let actions/checkout get the files (no \`filter\`); elsewhere \`git fetch --refetch\` gets what is missing, and \`git fsck\` tells what is damaged.`, options);
}
/** Enough for any message; a hostile server or filter may write without end. */
const MAX_STDERR = 65536;
/** Windows has no process groups, and opens a window for a detached child. */
const OWN_GROUP = process.platform !== "win32";
/**
* Runs git, without a shell, and resolves however it ends.
*
* @throws UserError where git itself cannot be started
*/
async function tryGit(place, args, { input, env = {} } = {}) {
	const chunks = [];
	const { child, ended } = startGit({
		...place,
		env: {
			...place.env,
			...env
		}
	}, args, {
		stdin: input === void 0 ? "ignore" : "pipe",
		onData: (chunk) => chunks.push(chunk)
	});
	child.stdin?.end(input);
	const { code, stderr } = await ended;
	return {
		code,
		stdout: Buffer.concat(chunks),
		stderr
	};
}
/**
* Runs git and returns what it printed.
*
* @throws GitFailure where it ends with another code than 0
* @throws Undecided('base-not-available') where the clone lacks an object
*/
async function git(place, args, options = {}) {
	const result = await tryGit(place, args, options);
	if (result.code !== 0) throw gitFailed(args, result);
	return result.stdout;
}
/** As `git`, for a one-line answer: without the line feed at its end. */
async function gitLine(place, args) {
	return withoutLineFeed(await git(place, args));
}
/** Starts git and hands on its output as it comes. An error thrown by `onData` ends the command. */
function startGit(place, args, { stdin, onData }) {
	const child = spawn("git", args, {
		cwd: place.cwd,
		env: place.env,
		stdio: [
			stdin,
			"pipe",
			"pipe"
		],
		windowsHide: true,
		detached: OWN_GROUP
	});
	place.running.add(child);
	let stderr = "";
	child.stderr?.setEncoding("utf8").on("data", (text) => {
		if (stderr.length < MAX_STDERR) stderr += text;
	});
	child.stdin?.on("error", () => {});
	return {
		child,
		ended: new Promise((resolve, reject) => {
			child.once("error", (error) => {
				place.running.delete(child);
				reject(cannotStart(error, place.cwd));
			});
			child.stdout?.on("data", (chunk) => {
				try {
					onData(chunk);
				} catch (error) {
					endGit(child);
					reject(error);
				}
			});
			child.once("close", (code, signal) => {
				place.running.delete(child);
				resolve({
					code: code ?? -1,
					stderr: signal === null ? stderr : `${stderr}ended by ${signal}`,
					stopped: stopped.has(child)
				});
			});
		})
	};
}
const stopped = /* @__PURE__ */ new WeakSet();
/** Ends a git command at once, with all that it started. */
function endGit(child) {
	if (child.pid === void 0) return;
	stopped.add(child);
	try {
		process.kill(OWN_GROUP ? -child.pid : child.pid, "SIGKILL");
	} catch (error) {
		const { code } = error;
		if (code !== "ESRCH" && code !== "EPERM") throw error;
	}
}
/** Resolves when a git command is gone. What it may have left behind with its pipes is not waited for. */
function hasExited(child) {
	if (child.pid === void 0 || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
	child.ref();
	return new Promise((resolve) => {
		child.once("exit", () => resolve());
	});
}
/** Node reports a missing working directory as ENOENT too; callers make sure that it exists. */
function cannotStart(error, cwd) {
	if (error.code !== "ENOENT") return new Error(`git could not be started in ${cwd}`, { cause: error });
	return new UserError("git was not found. Install git 2.31 or newer and make sure that it is on PATH.", { cause: error });
}
/** Git's answer as text, without the one line feed that ends it (a path may hold others). */
function withoutLineFeed(output) {
	const text = output.toString("utf8");
	return text.endsWith("\n") ? text.slice(0, -1) : text;
}
/** Parts of a NUL-terminated list. */
function nulSeparated(output) {
	const parts = output.toString("utf8").split("\0");
	if (parts.at(-1) === "") parts.pop();
	return parts;
}
/** Removes credentials in URLs and the given secrets: git repeats the remote's URL in its messages. */
function redact(text, secrets = []) {
	let clean = text.replace(/([a-z][a-z0-9+.-]*:\/\/)[^\s/'"<>]*@/gi, "$1***@");
	for (const secret of secrets) if (secret !== "") clean = clean.replaceAll(secret, "***");
	return clean;
}
// src/git/environment.ts
/**
* Variables that would point git elsewhere than at the directory that was asked for, or change the form of
* its answers. They are set when the gate runs from a hook or an alias. (The rest of GIT_*, such as
* GIT_SSH_COMMAND, GIT_CONFIG_GLOBAL or GIT_SSL_CAINFO, is how the user's git reaches things.)
*/
const REDIRECTING = /^GIT_(DIR|WORK_TREE|IMPLICIT_WORK_TREE|COMMON_DIR|INDEX_FILE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|QUARANTINE_PATH|NAMESPACE|PREFIX|SHALLOW_FILE|GRAFT_FILE|REPLACE_REF_BASE|CONFIG|ATTR_SOURCE|DEFAULT_HASH|(LITERAL|GLOB|NOGLOB|ICASE)_PATHSPECS|EXTERNAL_DIFF|DIFF_OPTS|TRACE.*)$/;
const ALWAYS = [
	["core.hooksPath", "/dev/null"],
	["core.fsmonitor", "false"],
	["core.quotePath", "false"],
	["advice.addEmbeddedRepo", "false"],
	["gc.auto", "0"],
	["maintenance.auto", "false"]
];
/** The environment of every git process: no prompts, English messages, no optional writes, no hooks. */
function gitEnvironment(from, config) {
	const env = {};
	for (const [name, value] of Object.entries(from)) if (!REDIRECTING.test(name)) env[name] = value;
	return withConfig({
		...env,
		LC_ALL: "C",
		LANGUAGE: "",
		GIT_TERMINAL_PROMPT: "0",
		GIT_OPTIONAL_LOCKS: "0",
		GIT_NO_REPLACE_OBJECTS: "1"
	}, [...ALWAYS, ...config]);
}
/** Adds configuration by GIT_CONFIG_COUNT, after what is there: on a command line others could read it. */
function withConfig(env, config) {
	const already = Number.parseInt(env.GIT_CONFIG_COUNT ?? "0", 10) || 0;
	const added = { GIT_CONFIG_COUNT: String(already + config.length) };
	config.forEach(([key, value], index) => {
		added[`GIT_CONFIG_KEY_${already + index}`] = key;
		added[`GIT_CONFIG_VALUE_${already + index}`] = value;
	});
	return {
		...env,
		...added
	};
}
// src/git/scratch.ts
/** Sections that decide how a remote is reached (actions/checkout stores its token in `http.*`). */
const REMOTE_CONFIG = /^(remote|url|http|credential|ssh|protocol)\.|^core\.(sshcommand|gitproxy|askpass)$/i;
/** Makes the scratch repository; closing removes it, a signal does too. */
async function makeScratch(repo) {
	const told = begun(settingsOf(repo));
	await removeLeftovers(tmpdir());
	const owned = createOwnedDirectory(tmpdir(), 448);
	const directory = await realpath(owned.path);
	const running = /* @__PURE__ */ new Set();
	const stop = () => {
		for (const child of running) endGit(child);
	};
	const stopAndWait = async () => {
		stop();
		await Promise.all([...running].map(hasExited));
	};
	owned.addStop({
		run: stopAndWait,
		sync: stop
	});
	const close = owned.remove;
	const gitDir = join(directory, "repository");
	const objects = join(gitDir, "objects");
	const shallowFile = join(gitDir, "shallow");
	let settings;
	try {
		await mkdir(join(gitDir, "refs"), { recursive: true });
		await mkdir(join(objects, "info"), { recursive: true });
		await writeFile(join(gitDir, "HEAD"), "ref: refs/heads/none\n");
		await writeFile(join(gitDir, "config"), configFile(repo.objectFormat));
		await writeFile(join(objects, "info", "alternates"), `${quoted(join(repo.commonDir, "objects"))}\n`);
		await copyIfPresent(join(repo.commonDir, "shallow"), shallowFile);
		settings = await told;
	} catch (error) {
		await close();
		throw error;
	}
	return {
		cwd: repo.top,
		env: withConfig({
			...repo.env,
			GIT_DIR: gitDir
		}, remoteConfig(settings)),
		running,
		directory,
		objects,
		shallowFile,
		settings,
		[Symbol.asyncDispose]: close
	};
}
/** Copies a file unless there is none. @returns whether there was one */
async function copyIfPresent(from, to) {
	try {
		await copyFile(from, to);
		return true;
	} catch (error) {
		if (error.code === "ENOENT") return false;
		throw error;
	}
}
/** The commits whose parents the scratch repository does not have. */
async function shallowCommits(scratch) {
	try {
		return new Set((await readFile(scratch.shallowFile, "utf8")).split("\n").filter((line) => line !== ""));
	} catch (error) {
		if (error.code === "ENOENT") return /* @__PURE__ */ new Set();
		throw error;
	}
}
async function settingsOf(repo) {
	const fields = nulSeparated(await git(repo, [
		"config",
		"--list",
		"-z",
		"--show-scope"
	]));
	const settings = [];
	for (let index = 0; index + 1 < fields.length; index += 2) {
		const [scope = "", field = ""] = fields.slice(index, index + 2);
		const end = field.indexOf("\n");
		settings.push(end < 0 ? {
			scope,
			key: field,
			value: "true"
		} : {
			scope,
			key: field.slice(0, end),
			value: field.slice(end + 1)
		});
	}
	return settings;
}
/** The repository's own settings, as far as they decide how remotes are reached. */
const remoteConfig = (settings) => settings.filter(({ scope, key }) => (scope === "local" || scope === "worktree") && REMOTE_CONFIG.test(key)).map(({ key, value }) => [key, value]);
function configFile(objectFormat) {
	const lines = [
		"[core]",
		"repositoryFormatVersion = 1",
		"bare = true"
	];
	if (objectFormat !== "sha1") lines.push("[extensions]", `objectFormat = ${objectFormat}`);
	return `${lines.join("\n")}\n`;
}
/** As `info/alternates` wants a path that it would otherwise take for a comment, a quoted one or several. */
function quoted(path) {
	if (!/^["#]|[\n\\]/.test(path)) return path;
	return `"${path.replace(/[\\"]/g, "\\$&").replaceAll("\n", "\\n")}"`;
}
// src/git/repository.ts
/** 2.31 is the first that takes configuration from GIT_CONFIG_COUNT, and Debian 12 has 2.39. */
const OLDEST = [2, 31];
/**
* The repository around a directory.
*
* @throws UserError if the directory or git is missing, git is too old, or there is no repository
*/
async function openRepository(directory) {
	const cwd = resolve(directory);
	if (!(await stat(cwd).catch((error) => {
		throw new UserError(`The directory ${cwd} cannot be read.`, { cause: error });
	})).isDirectory()) throw new UserError(`${cwd} is not a directory.`);
	const start = place(cwd, []);
	const asked = await askLayout(start);
	if (asked.layout === null || asked.result.stdout.includes("--path-format")) await mustBeNewEnough(start);
	const { layout, trusted } = await trustedLayout(start, asked);
	const top = layout.top ?? layout.gitDir;
	const home = place(top, trusted);
	const { objectFormat, gitDir, commonDir } = resolve(top) === cwd ? layout : await layoutAt(home);
	return {
		...home,
		top,
		gitDir,
		commonDir,
		bare: layout.top === null,
		objectFormat
	};
}
/** The index file of the working tree (it need not exist). */
function indexFile(repo) {
	return join(repo.gitDir, "index");
}
/** What `git version` says, as text and as numbers. */
async function gitVersion(from) {
	const text = await gitLine(from, ["version"]);
	const [, major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(text) ?? []).map(Number);
	return {
		text,
		isAtLeast: ([first, second]) => major > first || major === first && minor >= second
	};
}
async function mustBeNewEnough(from) {
	const { text, isAtLeast } = await gitVersion(from);
	if (isAtLeast(OLDEST)) return;
	throw new UserError(`git ${OLDEST.join(".")} or newer is needed, but this is \`${text}\`.`);
}
function place(cwd, config) {
	return {
		cwd,
		env: gitEnvironment(process.env, config),
		running: /* @__PURE__ */ new Set()
	};
}
const PATHS = [
	["--absolute-git-dir"],
	["--path-format=absolute", "--git-common-dir"],
	["--show-toplevel"]
];
/** All at once, since each git takes its time. The last question fails in a bare repository, after the other answers. */
async function askLayout(from) {
	const result = await tryGit(from, ["rev-parse", ...[
		"--is-bare-repository",
		"--show-object-format",
		...PATHS.flat()
	]]);
	const [bare, objectFormat, ...lines] = withoutLineFeed(result.stdout).split("\n");
	if (objectFormat === void 0) return {
		result,
		layout: null
	};
	const asked = PATHS.slice(0, result.code === 0 ? 3 : 2);
	const [gitDir = "", commonDir = "", top = null] = lines.length === asked.length ? lines : await Promise.all(asked.map((question) => gitLine(from, ["rev-parse", ...question])));
	return {
		result,
		layout: {
			bare: bare === "true",
			objectFormat,
			gitDir,
			commonDir,
			top
		}
	};
}
async function layoutAt(home) {
	const { result, layout } = await askLayout(home);
	if (layout === null) throw gitFailed(["rev-parse"], result);
	return layout;
}
/** The layout, asked again where git has to be told first that the directory's owner is trusted. */
async function trustedLayout(start, first) {
	let trusted = [];
	let asked = first;
	const foreign = dubious(asked.result);
	if (foreign !== null) {
		if (!isCi(start.env)) throw notOwned(foreign);
		trusted = [["safe.directory", foreign]];
		asked = await askLayout(place(start.cwd, trusted));
		if (dubious(asked.result) !== null) throw notOwned(foreign);
	}
	const { layout, result } = asked;
	if (layout === null) throw new UserError(`${start.cwd} is not inside a git repository (${firstLine(result.stderr)}). Run it there, or give the repository with \`--repo\`.`);
	if (layout.top === null && !layout.bare) throw new UserError(`${start.cwd} is inside a git directory; give its working tree with \`--repo\`.`);
	return {
		layout,
		trusted
	};
}
/** The directory that git refuses because it belongs to somebody else, if that is why it failed. */
function dubious({ code, stderr }) {
	if (code === 0) return null;
	const from = stderr.indexOf("detected dubious ownership in repository at '");
	if (from < 0) return null;
	const rest = stderr.slice(from + 45);
	const end = rest.search(/'\n|'$/);
	return end < 0 ? null : rest.slice(0, end);
}
function isCi(env) {
	return env.GITHUB_ACTIONS === "true" || env.CI !== void 0 && ![
		"",
		"0",
		"false"
	].includes(env.CI);
}
function notOwned(directory) {
	return new UserError(`The repository ${directory} belongs to another user, so git does not read it. If you trust it: git config --global --add safe.directory '${directory}'`);
}
function firstLine(text) {
	return redact(text.trim().split("\n", 1)[0] ?? "");
}
// src/git/snapshot.ts
/**
* Writes the working tree as it is (changed, deleted and untracked files included, ignored ones not) as a
* commit of the scratch repository. Index, refs and objects of the user's repository stay as they are.
*
* @returns the commit and its parents: HEAD and, during a merge, what is being merged
* @throws UserError if there is no working tree or a file cannot be read
* @throws Undecided('merge-conflict') if a merge has conflicts that are not resolved
*/
async function commitWorkingTree(opening) {
	const { repo, scratch } = opening;
	if (repo.bare) throw new UserError(`${repo.top} is a bare repository without files; say which commit to check: \`--head REF\`.`);
	const index = join(scratch.directory, "index");
	const writing = {
		cwd: repo.top,
		env: {
			...repo.env,
			GIT_INDEX_FILE: index,
			GIT_OBJECT_DIRECTORY: scratch.objects
		},
		running: scratch.running
	};
	const checkedOut = begun(currentParents(opening));
	await copyIndex(indexFile(repo), index);
	await refuseUnmerged(writing);
	await addEverything(opening, writing);
	const tree = withoutLineFeed(await git(writing, ["write-tree"]));
	const parents = await checkedOut;
	return {
		sha: withoutLineFeed(await git(scratch, [
			"commit-tree",
			"--no-gpg-sign",
			...parents.flatMap((sha) => ["-p", sha]),
			tree
		], {
			input: "working tree\n",
			env: AUTHOR
		})),
		parents
	};
}
/** The commit is nobody's: git would refuse where no author is configured. */
const AUTHOR = {
	GIT_AUTHOR_NAME: "migration-gate",
	GIT_AUTHOR_EMAIL: "migration-gate@localhost",
	GIT_AUTHOR_DATE: "2000-01-01T00:00:00Z",
	GIT_COMMITTER_NAME: "migration-gate",
	GIT_COMMITTER_EMAIL: "migration-gate@localhost",
	GIT_COMMITTER_DATE: "2000-01-01T00:00:00Z"
};
/** With the index, git need not read files again whose size and times have not changed. */
async function copyIndex(from, to) {
	if (!await copyIfPresent(from, to)) return;
	const { atimeMs, mtimeMs } = await stat(from);
	await utimes(to, Math.floor(atimeMs / 1e3), Math.floor(mtimeMs / 1e3));
}
async function refuseUnmerged(writing) {
	const listed = nulSeparated(await git(writing, [
		"ls-files",
		"-z",
		"--unmerged"
	]));
	const files = [...new Set(listed.map((line) => line.slice(line.indexOf("	") + 1)))];
	const [first] = files;
	if (first === void 0) return;
	throw new Undecided("merge-conflict", `The working tree has conflicts that are not resolved: ${nameSome(files)}. Resolve them and \`git add\` the files, or check a commit: \`--head HEAD\`.`, { place: { file: first } });
}
/** Up to ten names. */
function nameSome(files) {
	const named = files.slice(0, 10).map((file) => `\`${file}\``);
	return files.length > 10 ? `${named.join(", ")} and ${files.length - 10} more` : named.join(", ");
}
async function addEverything(opening, writing) {
	const { repo, scratch } = opening;
	const add = [
		...[
			"-c",
			"core.splitIndex=false",
			"-c",
			"core.untrackedCache=false",
			"-c",
			"core.safecrlf=false"
		],
		...["-c", "core.looseCompression=0"],
		...[
			"add",
			"--all",
			"--sparse",
			"--",
			":(top)"
		]
	];
	const apart = [];
	if (scratch.directory.startsWith(repo.top + sep)) apart.push(relative(repo.top, scratch.directory));
	const exclude = (paths) => paths.map((path) => `:(top,exclude,literal)${path}`);
	const first = await tryGit(writing, [...add, ...exclude(apart)]);
	if (first.code === 0) return;
	const embedded = await untrackedRepositories(writing);
	if (embedded.length > 0) {
		if ((await tryGit(writing, [...add, ...exclude([...apart, ...embedded])])).code === 0) {
			opening.note(`Passed over ${nameSome(embedded)}: another git repository inside of this one.`);
			return;
		}
	}
	throw new UserError(`git could not read the working tree of ${repo.top}: ${redact(first.stderr.trim())}`);
}
async function untrackedRepositories(writing) {
	return nulSeparated(await git(writing, [
		"ls-files",
		"-z",
		"--others",
		"--exclude-standard"
	])).filter((path) => path.endsWith("/")).map((path) => path.slice(0, -1));
}
async function currentParents({ repo }) {
	const head = await tryGit(repo, [
		"rev-parse",
		"--verify",
		"--quiet",
		"HEAD^{commit}"
	]);
	if (head.code !== 0) return [];
	const merging = await readFile(join(repo.gitDir, "MERGE_HEAD"), "latin1").catch((error) => {
		if (error.code === "ENOENT") return "";
		throw error;
	});
	return [withoutLineFeed(head.stdout), ...merging.split("\n").filter((line) => line !== "")];
}
// src/git/read.ts
const SUBMODULE = "160000";
/** Lists a commit's files. `sha` is what the report shows, null for a working tree. */
async function readTree(objects, commit, name) {
	const entries = parseEntries(await git(objects.place, [
		"ls-tree",
		"-r",
		"-z",
		"--full-tree",
		commit
	]));
	const byPath = new Map(entries.map((entry) => [entry.path, entry]));
	let directories;
	return {
		...name,
		entries,
		get: (path) => byPath.get(path),
		under: (directory) => {
			const clean = directory.replace(/\/+$/, "");
			if (clean === "" || clean === ".") return entries;
			directories ??= rangesOf(entries);
			const range = directories.get(clean);
			return range === void 0 ? [] : entries.slice(range.from, range.to);
		},
		read: async (paths, { largest = Number.POSITIVE_INFINITY } = {}) => {
			const files = paths.map((path) => byPath.get(path)).filter((entry) => entry !== void 0).filter((entry) => entry.mode !== SUBMODULE);
			const blobs = await objects.blobs(new Set(files.map(({ oid }) => oid)), {
				largest,
				fileOf: (told) => files.find(({ oid }) => told(oid))?.path
			});
			const contents = /* @__PURE__ */ new Map();
			for (const { path, oid } of files) {
				const blob = blobs.get(oid);
				if (blob !== void 0) contents.set(path, blob);
			}
			return contents;
		}
	};
}
/** Lines of `ls-tree -z`: `mode type oid TAB path NUL`. Git sorts them by the bytes of the whole path. */
function parseEntries(output) {
	const entries = [];
	for (let at = 0; at < output.length;) {
		const end = output.indexOf(0, at);
		const tab = output.indexOf(9, at);
		const [mode = "", , oid = ""] = output.toString("latin1", at, tab).split(" ");
		entries.push({
			path: pathIn(output, tab + 1, end),
			mode,
			oid
		});
		at = end + 1;
	}
	return entries;
}
const utf8 = new TextDecoder("utf-8", {
	fatal: true,
	ignoreBOM: true
});
/** A path is bytes. What is no UTF-8 is shown as \xNN, so that two such names stay two. */
function pathIn(output, from, to) {
	const path = output.toString("utf8", from, to);
	if (!path.includes("�")) return path;
	const bytes = output.subarray(from, to);
	try {
		return utf8.decode(bytes);
	} catch {
		return Array.from(bytes, (byte) => byte < 128 ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, "0")}`).join("");
	}
}
/** Where each directory's entries lie: in this order they lie side by side. */
function rangesOf(entries) {
	const ranges = /* @__PURE__ */ new Map();
	entries.forEach(({ path }, index) => {
		for (let slash = path.indexOf("/"); slash >= 0; slash = path.indexOf("/", slash + 1)) {
			const directory = path.slice(0, slash);
			const range = ranges.get(directory);
			if (range === void 0) ranges.set(directory, {
				from: index,
				to: index + 1
			});
			else range.to = index + 1;
		}
	});
	return ranges;
}
// src/git/cat-file.ts
/**
* The process is started by the first question, and anew by the next one when it has ended.
*
* @param form with the contents, or only type and size
*/
function catFile(place, form) {
	let started = null;
	const nothing = answersTo([], {
		form,
		onTold: () => {},
		onEnd: () => {}
	});
	let listen = nothing;
	const start = () => {
		const one = startGit(place, ["cat-file", form], {
			stdin: "pipe",
			onData: (chunk) => {
				if (started === one) listen(chunk);
			}
		});
		const forget = () => {
			started = null;
		};
		one.ended.then(forget, forget);
		return one;
	};
	const askOnce = async (oids, onTold) => {
		started ??= start();
		const { child, ended } = started;
		keepAlive(child, true);
		const all = new Promise((resolve) => {
			listen = answersTo(oids, {
				form,
				onTold,
				onEnd: () => resolve(null)
			});
		});
		child.stdin?.write(`${oids.join("\n")}\n`);
		try {
			return await Promise.race([all, ended]);
		} finally {
			listen = nothing;
			keepAlive(child, false);
		}
	};
	return { ask: async (oids, onTold) => {
		if (oids.length === 0) return null;
		const isOld = started !== null;
		const ended = await askOnce(oids, onTold);
		return isOld && ended !== null && !ended.stopped ? askOnce(oids, onTold) : ended;
	} };
}
/** A process that waits for questions is no reason for the program to go on. */
function keepAlive(child, yes) {
	for (const each of [
		child,
		child.stdin,
		child.stdout,
		child.stderr
	]) if (yes) each?.ref();
	else each?.unref();
}
/** Takes `oid SP type SP size LF contents LF` (or `oid SP missing LF`) apart as it comes in, each object into a buffer of its size. */
function answersTo(oids, to) {
	let told = 0;
	let header = "";
	let current = null;
	let filled = 0;
	const finish = (object) => {
		current = null;
		told += 1;
		to.onTold(object);
		if (told === oids.length) to.onEnd();
	};
	return (chunk) => {
		for (let at = 0; at < chunk.length;) if (current === null) {
			const end = chunk.indexOf(10, at);
			header += chunk.toString("latin1", at, end < 0 ? chunk.length : end);
			if (end < 0) return;
			at = end + 1;
			const object = objectOf(header, oids[told], to.form);
			header = "";
			if (to.form === "--batch-check" || object.type === "missing") finish(object);
			else {
				current = object;
				filled = 0;
			}
		} else if (filled < current.contents.length) {
			const copied = chunk.copy(current.contents, filled, at);
			filled += copied;
			at += copied;
		} else {
			at += 1;
			finish(current);
		}
	};
}
/** An answer that is not to the question must never be taken for it. */
function objectOf(header, asked, form) {
	const [oid = "", type = "", size = "0"] = header.split(" ");
	if (oid !== asked || !/^\d+$/.test(size) || type !== "missing" && !header.endsWith(` ${size}`)) throw new Error(`git cat-file was asked for ${asked ?? "nothing"} and said: ${header.slice(0, 200)}`);
	const contents = Buffer.allocUnsafe(form === "--batch" ? Number(size) : 0);
	return {
		oid,
		type,
		size: Number(size),
		contents
	};
}
// src/git/objects.ts
/** Bytes of blobs that are kept for the next tree: base and head have most files alike. */
const MOST_KEPT = 33554432;
/** One process of git tells contents, and where sizes are asked for, another those. They are ended with their place. */
function objectsOf(place) {
	const contents = catFile(place, "--batch");
	const sizes = catFile(place, "--batch-check");
	const kept = keptBlobs(MOST_KEPT);
	const inTurn = oneAfterTheOther();
	/** Those that have at most so many bytes, and those that are not there: reading them tells. */
	const upTo = async (oids, bytes) => {
		if (bytes === Number.POSITIVE_INFINITY) return [...oids];
		const small = /* @__PURE__ */ new Set();
		const ended = await sizes.ask(oids, ({ oid, size }) => {
			if (size <= bytes) small.add(oid);
		});
		if (ended !== null) throw failed(ended);
		return [...small];
	};
	return {
		place,
		blobs: (oids, { largest, fileOf }) => inTurn(async () => {
			const placeOf = (told) => {
				const file = fileOf(told);
				return file === void 0 ? void 0 : { file };
			};
			const found = /* @__PURE__ */ new Map();
			const unknown = [];
			for (const oid of oids) {
				const blob = kept.get(oid);
				if (blob === void 0) unknown.push(oid);
				else if (blob.length <= largest) found.set(oid, blob);
			}
			const missing = /* @__PURE__ */ new Set();
			const ended = await contents.ask(await upTo(unknown, largest), (object) => {
				const { oid, type } = object;
				if (type === "missing") missing.add(oid);
				else if (type !== "blob") throw new Error(`git cat-file --batch said: ${oid} ${type}`);
				else {
					found.set(oid, object.contents);
					kept.add(oid, object.contents);
				}
			});
			if (ended !== null) {
				const named = placeOf((oid) => ended.stderr.includes(oid));
				throw failed(ended, named);
			}
			const [first] = missing;
			if (first !== void 0) throw lacking(`${first} missing`, { place: placeOf((oid) => missing.has(oid)) });
			return found;
		}),
		commit: (sha) => inTurn(async () => {
			let text = null;
			const ended = await contents.ask([sha], (object) => {
				if (object.type === "commit") text = object.contents;
			});
			if (ended !== null) throw failed(ended);
			if (text === null) throw lacking(`${sha} missing`);
			return text;
		})
	};
}
const failed = ({ code, stderr }, place) => gitFailed(["cat-file"], {
	code,
	stdout: Buffer.alloc(0),
	stderr
}, place);
/** Each work begins when those before it have ended, however they did. */
function oneAfterTheOther() {
	let last = Promise.resolve();
	return (work) => {
		const mine = last.then(work);
		last = mine.then(() => {}, () => {});
		return mine;
	};
}
/** Blobs by name, so many bytes of them; those that were wanted least lately go first. */
function keptBlobs(most) {
	const blobs = /* @__PURE__ */ new Map();
	let bytes = 0;
	return {
		get: (oid) => {
			const blob = blobs.get(oid);
			if (blob !== void 0) {
				blobs.delete(oid);
				blobs.set(oid, blob);
			}
			return blob;
		},
		add: (oid, blob) => {
			if (blobs.has(oid) || blob.length > most / 4) return;
			blobs.set(oid, blob);
			bytes += blob.length;
			for (const [oldest, { length }] of blobs) {
				if (bytes <= most) break;
				blobs.delete(oldest);
				bytes -= length;
			}
		}
	};
}
export { toolNamed as A, languageOf as B, readConfigFile as C, runsItself as D, isToolName as E, inToolWords as F, exclusion as G, andAbove as H, assigned as I, within$1 as J, isWithin as K, stringsIn as L, tools as M, compareNumbers as N, survey as O, compareText as P, sourceComments as R, majors as S, noToolSettings as T, basename$1 as U, refuseLink as V, dirname$1 as W, tryGit as _, nameSome as a, majorOfImage as b, makeScratch as c, withConfig as d, endGit as f, redact as g, nulSeparated as h, commitWorkingTree as i, toolNames as j, takesCommand as k, shallowCommits as l, gitFailed as m, readTree as n, gitVersion as o, git as p, treePath as q, AUTHOR as r, openRepository as s, objectsOf as t, gitEnvironment as u, withoutLineFeed as v, configuredTool as w, postgresVersionOf as x, begun as y, withoutComments$1 as z };

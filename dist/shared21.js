import { d as parseFile } from "./shared8.js";
// src/sql/chunks.ts
/** Characters that are parsed at once: the parse tree of a text takes many times its size. */
const chunkLength = 1e5;
/**
* Parses a file of any length a chunk at a time and hands out its statements, so that their trees need not all
* be there at once.
*
* A chunk ends with a line, at some semicolon after which the text is complete by itself. That is a semicolon
* between statements: inside of a literal, a comment, parentheses or a function's body the chunk would not
* parse, and a comment of one line ends with it.
*
* @returns the error of the text that cannot be read, else null; `each` has seen what stands before it
*/
function parseInChunks(sql, each, length = chunkLength) {
	let start = 0;
	let line = 0;
	while (start < sql.length) {
		const chunk = nextChunk(sql, start, length);
		if (chunk.parsed.error !== null) return {
			...chunk.parsed.error,
			line: chunk.parsed.error.line + line
		};
		for (const statement of chunk.parsed.statements) each({
			...statement,
			start: statement.start + start,
			end: statement.end + start,
			line: statement.line + line,
			endLine: statement.endLine + line
		});
		line += linesIn(sql, start, chunk.end);
		start = chunk.end;
	}
	return null;
}
function nextChunk(sql, start, length) {
	for (let size = length; start + size < sql.length; size *= 2) {
		const end = endOfStatement(sql, start + size);
		if (end === null) break;
		const parsed = parseFile(sql.slice(start, end));
		if (parsed.error === null) return {
			parsed,
			end
		};
	}
	return {
		parsed: parseFile(sql.slice(start)),
		end: sql.length
	};
}
/** After the first line from here on that ends with a semicolon. */
function endOfStatement(sql, from) {
	for (let at = sql.indexOf(";", from); at !== -1; at = sql.indexOf(";", at + 1)) {
		if (sql[at + 1] === "\n") return at + 2;
		if (sql[at + 1] === "\r" && sql[at + 2] === "\n") return at + 3;
	}
	return null;
}
function linesIn(text, start, end) {
	let lines = 0;
	for (let at = text.indexOf("\n", start); at !== -1 && at < end; at = text.indexOf("\n", at + 1)) lines += 1;
	return lines;
}
// src/run/hints.ts
/** Base's config decides, since the SQL is a stranger's. */
const asSuperuser = "where production ran it as a superuser, let the shadow do so with `shadow-superuser: true` in .github/migration-gate.yml (it counts once base has it; before that as the option or input shadow-superuser)";
/**
* A role, an extension, or a right that only a superuser has; null when the error is of another kind.
*
* @param line the line of the statement that failed, where it is known
*/
function surroundingsHint(error, { path, postgresMajor, extensions }, line = "") {
	const role = missingRole(error);
	if (role !== null) return missingRoles(path, [role]);
	const extension = wantedExtension(error);
	if (extension === null) {
		const says = `The history is run by the owner of the database, who is no superuser: create extensions with \`extensions:\` and roles with \`setup:\` in .github/migration-gate.yml; ${asSuperuser}.`;
		return error.sqlstate === "42501" ? {
			says,
			file: null,
			lines: []
		} : null;
	}
	if (error.sqlstate === "42501" && /\bcreate\s+extension\s+(?!if\b)/i.test(line)) return {
		says: `CREATE EXTENSION without IF NOT EXISTS fails where the extension is there already, so that naming it under \`extensions:\` is no help; ${asSuperuser}.`,
		file: null,
		lines: []
	};
	const created = `extensions: [${yaml(extension)}]`;
	if (extensions.includes(extension)) return {
		says: `It needs the extension ${extension}, which the shadow has: let it be created before the history.`,
		file: null,
		lines: [created]
	};
	const image = imageFor(extension, postgresMajor);
	return {
		says: `It needs the extension ${extension}, which the shadow does not have: ${image === null ? "name an image that brings it" : "this image brings it"}.`,
		file: null,
		lines: [`postgres-image: ${image ?? `an-image-with-${yaml(extension)}`}`, created]
	};
}
/** Roles that a database needs. */
function missingRoles(path, roles) {
	const names = roles.map((role) => `"${role}"`).join(", ");
	const file = besides(path, "roles.sql");
	return {
		says: `The ${roles.length === 1 ? `role ${names} belongs` : `roles ${names} belong`} to the server, and no file of the history makes ${roles.length === 1 ? "it" : "them"}: create ${roles.length === 1 ? "it" : "them"} in a file of setup.`,
		file: {
			path: file,
			sql: roles.map((role) => `CREATE ROLE ${identifier(role)};\n`).join("")
		},
		lines: [`setup: [${yaml(file)}]`]
	};
}
/** A schema that the history uses and does not make. */
function missingSchema(path, schema) {
	const file = besides(path, "schemas.sql");
	return {
		says: `No file of the history makes the schema "${schema}": create it in a file of setup.`,
		file: {
			path: file,
			sql: `CREATE SCHEMA ${identifier(schema)};\n`
		},
		lines: [`setup: [${yaml(file)}]`]
	};
}
/** A file beside the directory of the migrations, where no tool takes it for one of them. */
function besides(path, name) {
	if (path === "" || path === ".") return `.github/${name}`;
	return `${path.includes("/") ? path.slice(0, path.lastIndexOf("/") + 1) : ""}${name}`;
}
/** A hint with everything to paste, for a message of several lines. */
function hintText(path, { says, file, lines }) {
	return [
		says,
		...file === null ? [] : [`${file.path}:\n\n${file.sql.trimEnd()}`],
		...lines.length === 0 ? [] : [`.github/migration-gate.yml:\n\n${databaseLines(path, lines)}`]
	].join("\n\n");
}
/** A hint in one line, for a finding. */
function hintSentence({ says, file, lines }) {
	const content = file === null ? "" : ` (${file.path}: ${file.sql.trim().replaceAll("\n", " ")})`;
	return lines.length === 0 ? says : `${says} For this database in .github/migration-gate.yml: ${lines.join(" and ")}${content}.`;
}
/** What to do about a history whose beginning is not in its files. */
const baselineLines = (path, version) => `No file before it makes that. Where the history begins with a database that was there already, or was squashed, write the schema of a database that is at base's newest version into a file (pg_dump --schema-only --no-owner > schema.sql) and name it in .github/migration-gate.yml:\n\n${databaseLines(path, [
	"baseline:",
	"  file: schema.sql",
	`  version: ${JSON.stringify(version)}`
])}`;
/** The lines of one database in the config, ready to be pasted. */
const databaseLines = (path, lines) => `databases:\n  - path: ${yaml(path === "" ? "." : path)}\n${lines.map((line) => `    ${line}\n`).join("")}`;
/** The role that the server did not find. */
function missingRole({ sqlstate, message }) {
	return sqlstate === "42704" ? /^role "([\s\S]+)" does not exist$/.exec(message)?.[1] ?? null : null;
}
/** The extension that the server lacks, refuses, or that would bring what it did not find. */
function wantedExtension({ sqlstate, message }) {
	const named = /^extension "([^"]+)" is not available/.exec(message) ?? /^could not open extension control file ".*?([^/"]+)\.control"/.exec(message) ?? (sqlstate === "42501" ? /^permission denied to create extension "([^"]+)"/.exec(message) : null) ?? (sqlstate === "42704" ? /^extension "([^"]+)" does not exist/.exec(message) : null);
	if (named?.[1] !== void 0) return named[1];
	if (sqlstate !== "42704" && sqlstate !== "42883") return null;
	const missing = /^(?:type|function|operator class) "?(?:[\w$]+\.)?([\w$]+)/.exec(message)?.[1];
	return missing === void 0 ? null : brings[missing] ?? null;
}
/** Types, functions and operator classes that histories use without creating the extension that they come with. */
const brings = {
	citext: "citext",
	hstore: "hstore",
	ltree: "ltree",
	cube: "cube",
	geometry: "postgis",
	geography: "postgis",
	st_setsrid: "postgis",
	vector: "vector",
	halfvec: "vector",
	uuid_generate_v1: "uuid-ossp",
	uuid_generate_v4: "uuid-ossp",
	uuid_generate_v5: "uuid-ossp",
	gen_random_bytes: "pgcrypto",
	crypt: "pgcrypto",
	gen_salt: "pgcrypto",
	digest: "pgcrypto",
	unaccent: "unaccent",
	similarity: "pg_trgm",
	gin_trgm_ops: "pg_trgm",
	gist_trgm_ops: "pg_trgm",
	vector_cosine_ops: "vector",
	vector_l2_ops: "vector",
	create_hypertable: "timescaledb",
	time_bucket: "timescaledb"
};
const postgis = (major) => `postgis/postgis:${major}-3.5`;
const timescale = (major) => `timescale/timescaledb:latest-pg${major}`;
/** Images that bring an extension which PostgreSQL itself does not ship. */
const images = {
	postgis,
	postgis_raster: postgis,
	postgis_topology: postgis,
	postgis_tiger_geocoder: postgis,
	vector: (major) => `pgvector/pgvector:pg${major}`,
	timescaledb: timescale
};
/** The image that brings an extension; null: PostgreSQL ships it, or none is known. */
const imageFor = (extension, major) => Object.hasOwn(images, extension) ? images[extension]?.(major) ?? null : null;
const identifier = (name) => /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll("\"", "\"\"")}"`;
const yaml = (text) => /^[A-Za-z_./][\w./-]*$/.test(text) ? text : JSON.stringify(text);
// \0@oxc-project+runtime@0.156.0/helpers/esm/usingCtx.js
function _usingCtx() {
	var r = "function" == typeof SuppressedError ? SuppressedError : function(r, e) {
		var n = Error();
		return n.name = "SuppressedError", n.error = r, n.suppressed = e, n;
	}, e = {}, n = [];
	function using(r, e) {
		if (null != e) {
			if (Object(e) !== e) throw new TypeError("using declarations can only be used with objects, functions, null, or undefined.");
			if (r) var o = e[Symbol.asyncDispose || Symbol["for"]("Symbol.asyncDispose")];
			if (void 0 === o && (o = e[Symbol.dispose || Symbol["for"]("Symbol.dispose")], r)) var t = o;
			if ("function" != typeof o) throw new TypeError("Object is not disposable.");
			t && (o = function o() {
				try {
					t.call(e);
				} catch (r) {
					return Promise.reject(r);
				}
			}), n.push({
				v: e,
				d: o,
				a: r
			});
		} else r && n.push({
			d: e,
			a: r
		});
		return e;
	}
	return {
		e,
		u: using.bind(null, !1),
		a: using.bind(null, !0),
		d: function d() {
			var o, t = this.e, s = 0;
			function next() {
				for (; o = n.pop();) try {
					if (!o.a && 1 === s) return s = 0, n.push(o), Promise.resolve().then(next);
					if (o.d) {
						var r = o.d.call(o.v);
						if (o.a) return s |= 2, Promise.resolve(r).then(next, err);
					} else s |= 1;
				} catch (r) {
					return err(r);
				}
				if (1 === s) return t !== e ? Promise.reject(t) : Promise.resolve();
				if (t !== e) throw t;
			}
			function err(n) {
				return t = t !== e ? new r(n, t) : n, next();
			}
			return next();
		}
	};
}
export { imageFor as a, missingSchema as c, hintText as i, surroundingsHint as l, baselineLines as n, missingRole as o, hintSentence as r, missingRoles as s, _usingCtx as t, parseInChunks as u };

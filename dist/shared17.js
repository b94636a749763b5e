import { d as parseFile } from "./shared9.js";
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
export { parseInChunks as n, _usingCtx as t };

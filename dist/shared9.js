import { i as placed, t as Undecided } from "./shared6.js";
import { t as snapshot } from "./shared7.js";
import { d as parseFile, h as require_wasm, l as lineFinder, p as unitsOf } from "./shared8.js";
import { t as esm_default } from "./postgres-client.js";
import { a as underWay } from "./shared12.js";
import { u as parseInChunks } from "./shared21.js";
import { basename } from "node:path/posix";
// src/run/server-gone.ts
var import_wasm = require_wasm();
/** What Node says of a connection that nobody is at the other end of any more. */
const GONE = /* @__PURE__ */ new Set([
	"ECONNRESET",
	"EPIPE",
	"ECONNREFUSED",
	"ENOENT"
]);
/** A server that ended or begins anew: crash_shutdown, cannot_connect_now. */
const ENDED = /* @__PURE__ */ new Set(["57P02", "57P03"]);
/** disk_full, io_error. */
const NO_ROOM = /* @__PURE__ */ new Set(["53100", "58030"]);
const text = (error, field) => {
	const value = error[field];
	return typeof value === "string" ? value : "";
};
/** Says an SQLSTATE that the shadow has no room left, which is nothing that a migration did wrong? */
const isNoRoom = (sqlstate) => NO_ROOM.has(sqlstate ?? "");
/** The failure that the shadow has no room left. @param said the server's message */
const noRoom = (said, cause) => new Undecided("shadow-unavailable", `The shadow has no room left: ${said}. Its files lie in the temporary directory, or in memory (/dev/shm) where there is plenty; TMPDIR names another place.`, { cause });
/** The failure that the shadow is gone. */
const connectionLost = (error) => new Undecided("shadow-unavailable", `The connection to the shadow was lost: ${error.message}. Its server ends like that where it has no room or no memory left.`, { cause: error });
/** The same where our own question to the shadow finds it so; null: it is something else. */
function asServerGone(error) {
	if (!(error instanceof Error)) return null;
	const code = text(error, "code");
	if (isNoRoom(code)) return noRoom(error.message, error);
	const byNode = GONE.has(code) && [
		"read",
		"write",
		"connect"
	].includes(text(error, "syscall"));
	const byDriver = error.message === "Connection terminated unexpectedly";
	return byNode || byDriver || ENDED.has(code) ? connectionLost(error) : null;
}
// src/run/server-error.ts
/** Turns an error of the server into one that points into the migration's file. */
function toServerError(error, { file, sent, start }) {
	const lines = lineFinder(file);
	const position = Number(error.position ?? 0);
	const at = position > 0 ? lines(start + unitsOf(sent, position - 1)) : null;
	return {
		sqlstate: error.code ?? "XX000",
		message: error.message,
		detail: error.detail ?? null,
		hint: error.hint ?? null,
		line: at?.line ?? lines(start).line,
		column: at?.column ?? null,
		object: {
			...error.schema === void 0 ? {} : { schema: error.schema },
			...error.table === void 0 ? {} : { table: error.table },
			...error.column === void 0 ? {} : { column: error.column },
			...error.constraint === void 0 ? {} : { constraint: error.constraint }
		}
	};
}
// src/run/settings.ts
/**
* Reads the session's settings. `role` and `session_authorization` are in no view. What belongs to one
* transaction or only follows from other settings is left out; settings of extensions and of the
* application's own (`app.tenant`) are in no view either, so that they are asked for by name.
*
* @param custom names with a dot that the migration mentions
*/
async function readSettings(client, custom) {
	const { rows } = await client.query(`SELECT s.name, pg_catalog.current_setting(s.name) AS value FROM pg_catalog.pg_settings s
     WHERE s.context OPERATOR(pg_catalog.=) ANY ('{user,superuser}'::pg_catalog.text[])
       AND s.name OPERATOR(pg_catalog.<>)
         ALL ('{transaction_isolation,transaction_read_only,transaction_deferrable}'::pg_catalog.text[])
     UNION ALL SELECT c, pg_catalog.current_setting(c, true)
       FROM pg_catalog.unnest($1::pg_catalog.text[]) c`, [[
		"role",
		"session_authorization",
		...custom
	]]);
	return new Map(rows.map(({ name, value }) => [name, value]));
}
/**
* What differs, in order of name. A name that is only there afterwards came with a library (the first DO block
* loads PL/pgSQL and its settings); a custom setting that is empty afterwards was set locally.
*/
function settingsLeft(before, after) {
	return [...before].map(([name, value]) => ({
		name,
		before: value,
		after: after.get(name) ?? null
	})).filter(({ before: was, after: is }) => was !== is && !(was === null && is === "")).sort((a, b) => a.name < b.name ? -1 : 1);
}
// src/run/hooks.ts
/**
* Runs a tool's hooks of one moment, in their order.
*
* @returns the first failure
*/
async function runHooks(hooks, when, run) {
	for (const hook of hooks) {
		const failure = hook.when === when ? await run(hook) : null;
		if (failure !== null) return failure;
	}
	return null;
}
/** Sends a hook as one message. Its error is at its place in the hook's file. */
const asMessage = (send) => async ({ file, sql }) => {
	const { error } = await underWay(() => ({
		file,
		line: 1
	}), () => send(sql));
	if (error === null) return null;
	return {
		error: {
			...toServerError(error, {
				file: sql,
				sent: sql,
				start: 0
			}),
			file
		},
		traced: false
	};
};
/**
* Runs what comes before everything.
*
* @returns also a way to make the session as good as new between two migrations: what the hooks have set stays,
* since in production they ran before each of the deploys that these migrations came with
*/
async function runBeforeAll(session, hooks, run) {
	const asNew = async () => {
		const { error } = await session.send("DISCARD ALL");
		if (error !== null) throw error;
	};
	if (!hooks.some(({ when }) => when === "before-all")) return {
		failure: null,
		renew: asNew
	};
	const before = await readSettings(session.client, []);
	const failure = await runHooks(hooks, "before-all", run);
	if (failure !== null) return {
		failure,
		renew: asNew
	};
	const left = settingsLeft(before, await readSettings(session.client, []));
	return {
		failure,
		renew: async () => {
			await asNew();
			for (const { name, after } of left) await session.client.query("SELECT pg_catalog.set_config($1, $2, false)", [name, after ?? ""]);
		}
	};
}
/** Hooks of head that base does not have as they are: news like a new migration. */
function changedHooks(base, head) {
	const key = ({ when, file, sql }) => JSON.stringify([
		when,
		file,
		sql
	]);
	const known = new Set(base.map(key));
	return head.filter((hook) => !known.has(key(hook)));
}
/**
* A hook as a migration, for observing it.
*
* @param transaction `shared`: the one that is open where it runs; without one it is a message
*/
function asMigration({ file, sql }, transaction) {
	const name = basename(file);
	return {
		version: name,
		name,
		identity: file,
		file,
		bytes: Buffer.from(sql),
		sql,
		transaction,
		repeatable: "always"
	};
}
/** Hooks are not recorded. */
const unrecorded = {
	setup: "",
	before: () => "",
	after: () => "",
	relations: []
};
// src/run/tags.ts
/** Command tags of what writes rows end with their number: `INSERT 0 3`, `UPDATE 2`, `COPY 10`. */
function taggedRows(tags) {
	const tag = /^(?:INSERT \d+|UPDATE|DELETE|MERGE|COPY) (\d+)$/.exec(tags.at(-1) ?? "");
	return tag === null ? null : Number(tag[1]);
}
// src/run/alike.ts
/** From this many statements of one kind on one relation only the first and the last are observed. */
const alikeLimit = 1e3;
const kinds = [
	["InsertStmt", "INSERT"],
	["UpdateStmt", "UPDATE"],
	["DeleteStmt", "DELETE"],
	["MergeStmt", "MERGE"]
];
/** Null for what is no data statement. */
function likeness({ node, sql }) {
	for (const [type, kind] of kinds) {
		if (!(type in node)) continue;
		const statement = node[type];
		const { schemaname, relname = "" } = statement?.relation ?? {};
		const relation = schemaname ? `${schemaname}.${relname}` : relname;
		return {
			kind,
			relation,
			key: `${kind} ${relation} ${isPlainInsert(statement) ? "" : (0, import_wasm.fingerprintSync)(sql)}`
		};
	}
	return null;
}
function isPlainInsert(statement) {
	const source = statement?.selectStmt;
	return source !== void 0 && "SelectStmt" in source && source.SelectStmt.valuesLists !== void 0;
}
/** Counts what was not observed, until the last of its kind is. */
var Tally = class {
	groups = /* @__PURE__ */ new Map();
	add(like, { line }, { tags, durationMs }) {
		const group = this.groups.get(like) ?? {
			count: 0,
			firstLine: line,
			lastLine: line,
			rows: 0,
			ms: 0
		};
		this.groups.set(like, group);
		group.count += 1;
		group.lastLine = line;
		group.rows += taggedRows(tags) ?? 0;
		group.ms += durationMs;
	}
	/** What has been counted of a kind and not been taken yet. */
	take(like) {
		const group = like === null ? void 0 : this.groups.get(like);
		if (group === void 0) return {
			rows: 0,
			ms: 0
		};
		const { rows, ms } = group;
		group.rows = 0;
		group.ms = 0;
		return {
			rows,
			ms
		};
	}
	statements() {
		return [...this.groups].map(([{ kind, relation }, { count, firstLine, lastLine }]) => ({
			kind,
			relation,
			count,
			firstLine,
			lastLine
		}));
	}
};
// src/run/pieces.ts
/** The statements of a text. A file's hundred thousand INSERTs are not kept as trees. */
function piecesOf(sql) {
	const list = new PieceList(sql);
	if (list.add(0, sql.length)) return list.pieces;
	const whole = new PieceList(sql);
	whole.addWhole(0, sql.length);
	return whole.pieces;
}
/** Pieces of one text, taken from it part after part. */
var PieceList = class {
	pieces = [];
	sql;
	groups = /* @__PURE__ */ new Map();
	at = 0;
	line = 1;
	constructor(sql) {
		this.sql = sql;
	}
	/**
	* Adds the statements of a part that stands behind the ones before.
	*
	* @returns false when our grammar cannot read it, and then nothing of use has been added
	*/
	add(from, end) {
		const start = Math.min(skipBlanks(this.sql, from), end);
		const before = this.pieces.length;
		const first = this.lineAt(start) - 1;
		const error = parseInChunks(this.sql.slice(start, end), (statement) => this.push({
			...statement,
			start: statement.start + start,
			end: statement.end + start,
			line: statement.line + first,
			endLine: statement.endLine + first
		}));
		if (error !== null) this.forget(before);
		return error === null;
	}
	/** Adds a part as it stands: what our grammar cannot read the server may; and if not, its own error is the one to show. */
	addWhole(from, end) {
		const start = Math.min(skipBlanks(this.sql, from), end);
		const line = this.lineAt(start);
		const sql = this.sql.slice(start, end);
		const endLine = line + sql.split("\n").length - 1;
		this.pieces.push({
			node: null,
			like: null,
			between: false,
			start,
			end,
			line,
			endLine,
			sql
		});
	}
	forget(from) {
		this.pieces.length = from;
		for (const { members } of this.groups.values()) while ((members.at(-1) ?? -1) >= from) members.pop();
	}
	push(statement) {
		const found = likeness(statement);
		const group = found === null ? null : this.groups.get(found.key) ?? {
			like: found,
			members: []
		};
		this.pieces.push({
			...statement,
			like: group?.like ?? null,
			between: false
		});
		if (group === null) return;
		const { members } = group;
		this.groups.set(group.like.key, group);
		members.push(this.pieces.length - 1);
		const surplus = members.length - alikeLimit;
		for (const index of surplus < 1 ? [] : members.slice(surplus === 1 ? 1 : -2, -1)) {
			const piece = this.pieces[index];
			if (piece !== void 0) this.pieces[index] = {
				...piece,
				node: null,
				between: true
			};
		}
	}
	lineAt(offset) {
		if (offset < this.at) {
			this.at = 0;
			this.line = 1;
		}
		for (let at = this.sql.indexOf("\n", this.at); at !== -1 && at < offset; at = this.sql.indexOf("\n", at + 1)) this.line += 1;
		this.at = offset;
		return this.line;
	}
};
/** Offset of the first character from here on that is no blank. */
function skipBlanks(sql, from) {
	const text = /[^ \t\r\n\f\v]/g;
	text.lastIndex = from;
	return text.exec(sql)?.index ?? sql.length;
}
/** The server refuses it where no transaction is open, so that it must not get one from us. */
function needsTransaction(node) {
	if (node === null) return false;
	if ("LockStmt" in node) return true;
	return "TransactionStmt" in node && !isTransactionControl(node);
}
/** BEGIN, COMMIT, ROLLBACK and their like: what begins or ends a transaction, savepoints left out. */
function isTransactionControl(node) {
	if (node === null || !("TransactionStmt" in node)) return false;
	const { kind } = node.TransactionStmt;
	return kind !== "TRANS_STMT_SAVEPOINT" && kind !== "TRANS_STMT_RELEASE" && kind !== "TRANS_STMT_ROLLBACK_TO";
}
/** Does the statement take back what earlier ones did? */
function takesBack(node) {
	if (node === null) return true;
	if (!("TransactionStmt" in node)) return false;
	const { kind } = node.TransactionStmt;
	return kind === "TRANS_STMT_ROLLBACK" || kind === "TRANS_STMT_ROLLBACK_TO";
}
/** Does the statement run code, so that what it does need not stand in its text? */
function runsCode(node) {
	if (node === null) return true;
	return [
		"DoStmt",
		"CallStmt",
		"SelectStmt",
		"ExecuteStmt"
	].some((kind) => kind in node);
}
/** Settings of extensions and of the application (`app.tenant`) that a SET statement names. */
function customSettings(pieces) {
	const names = pieces.flatMap(({ node }) => node !== null && "VariableSetStmt" in node ? [node.VariableSetStmt.name ?? ""] : []);
	return [...new Set(names.filter((name) => name.includes(".")))];
}
/** Settings that a SET LOCAL names, in lower case. */
function localSettings(pieces) {
	return new Set(pieces.flatMap(({ node }) => node !== null && "VariableSetStmt" in node && node.VariableSetStmt.is_local === true ? [(node.VariableSetStmt.name ?? "").toLowerCase()] : []));
}
/**
* Indexes of the statements after which no query of ours may run: SET TRANSACTION must come before the first
* query of its transaction. BEGIN, SET and LOCK are none (PlannedStmtRequiresSnapshot in tcop/pquery.c).
*/
function beforeSetTransaction(pieces) {
	const found = /* @__PURE__ */ new Set();
	for (const [index, { node }] of pieces.entries()) {
		if (!setsTransaction(node)) continue;
		for (let before = index - 1; before >= 0 && isNoQuery(pieces[before]?.node ?? null); before -= 1) found.add(before);
	}
	return found;
}
/** May a query of ours run before the statement? Not before SET TRANSACTION. */
const mayAskBefore = ({ node }) => !setsTransaction(node);
function setsTransaction(node) {
	if (node === null || !("VariableSetStmt" in node)) return false;
	return ["TRANSACTION", "transaction_isolation"].includes(node.VariableSetStmt.name ?? "");
}
const isNoQuery = (node) => node !== null && (isTransactionControl(node) || "VariableSetStmt" in node || "LockStmt" in node);
// src/run/sent.ts
/** What the tool sends, message by message: as it says itself, else the whole text, or each statement where they commit one by one. */
function messagesOf(migration) {
	const spans = migration.messages ?? wholeOrStatements(migration);
	const copies = copiesOf(migration, spans.map(({ start }) => start));
	return spans.map(({ start, end }, index) => ({
		sql: migration.sql.slice(start, end),
		start,
		copies: copies.get(index) ?? []
	}));
}
function wholeOrStatements(migration) {
	const { sql, transaction } = migration;
	const whole = [{
		start: 0,
		end: sql.length
	}];
	if (transaction !== "none") return whole;
	const statements = [];
	for (const part of betweenData(migration)) if (parseInChunks(sql.slice(part.start, part.end), ({ start, end }) => statements.push({
		start: part.start + start,
		end: part.start + end
	})) !== null) return whole;
	return statements;
}
/** The text without the blanks that stand where data was, maybe very many: the parser need not see them. */
function betweenData({ sql, copyData = [] }) {
	const ends = [...copyData.map(({ at }) => at), sql.length];
	return ends.map((end, index) => ({
		start: index === 0 ? 0 : skipBlanks(sql, ends[index - 1] ?? 0),
		end
	}));
}
/** The statements of a migration in their order. */
function sentPieces(migration) {
	const { pieces, messages } = migration.messages === void 0 ? ofText(migration) : ofMessages(migration);
	const sizes = /* @__PURE__ */ new Map();
	for (const message of messages) sizes.set(message, (sizes.get(message) ?? 0) + 1);
	const copies = copiesOf(migration, pieces.map(({ start }) => start));
	return pieces.map((piece, index) => {
		const message = messages[index] ?? 0;
		return {
			...piece,
			message,
			block: (sizes.get(message) ?? 0) > 1,
			copies: copies.get(index) ?? none
		};
	});
}
const none = [];
function ofText(migration) {
	const { sql, transaction } = migration;
	const list = new PieceList(sql);
	const number = (_, index) => transaction === "none" ? index : 0;
	for (const { start, end } of betweenData(migration)) {
		if (list.add(start, end)) continue;
		const whole = new PieceList(sql);
		whole.addWhole(0, sql.length);
		return {
			pieces: whole.pieces,
			messages: whole.pieces.map(number)
		};
	}
	return {
		pieces: list.pieces,
		messages: list.pieces.map(number)
	};
}
function ofMessages({ sql, messages: spans = [] }) {
	const list = new PieceList(sql);
	const messages = [];
	for (const [number, { start, end }] of spans.entries()) {
		if (!list.add(start, end)) list.addWhole(start, end);
		while (messages.length < list.pieces.length) messages.push(number);
	}
	return {
		pieces: list.pieces,
		messages
	};
}
/**
* Which of the texts that begin at these offsets each COPY's data follows: the last one that begins before it.
*
* @returns the data by the text's index
*/
function copiesOf({ copyData = [] }, starts) {
	const found = /* @__PURE__ */ new Map();
	for (const { at, data } of copyData) {
		const after = starts.findIndex((start) => start >= at);
		const index = after === -1 ? starts.length - 1 : after - 1;
		const list = found.get(index);
		if (list === void 0) found.set(index, [data]);
		else list.push(data);
	}
	return found;
}
/** A migration that sends other SQL, statement by statement. */
function sendingInstead(migration, sql) {
	const { messages, copyData, ...rest } = migration;
	return {
		...rest,
		sql,
		transaction: "none"
	};
}
/** The part of a migration between two offsets, as a migration that sends what the whole one sends there. */
function partOf(migration, start, end) {
	const { messages, copyData, ...rest } = migration;
	return {
		...rest,
		sql: migration.sql.slice(start, end),
		...messages === void 0 ? {} : { messages: messages.filter((span) => span.end > start && span.start < end).map((span) => ({
			start: Math.max(span.start, start) - start,
			end: Math.min(span.end, end) - start
		})) },
		...copyData === void 0 ? {} : { copyData: copyData.filter(({ at }) => at > start && at <= end).map(({ at, data }) => ({
			at: at - start,
			data
		})) }
	};
}
// src/run/apply.ts
/**
* Applies migrations at full speed and untraced, each by its tool's own transaction rule and as if it were
* deployed alone, which is how production got them: settings that one leaves behind do not reach the next, and
* each `shared` transaction holds one.
*
* @param hooks run around them: those before and after all once, if there are any migrations
* @returns the first failure, or null when all were applied
*/
async function applyMigrations(session, bookkeeping, migrations, hooks = []) {
	const [first] = migrations;
	const last = migrations.at(-1);
	if (first === void 0 || last === void 0) return null;
	const run = asMessage((sql) => session.send(sql));
	const { failure: atStart, renew } = await runBeforeAll(session, hooks, run);
	if (atStart !== null) return {
		migration: first,
		error: atStart.error
	};
	for (const migration of migrations) {
		const error = await applyOne(session, bookkeeping, migration, hooks).catch((thrown) => {
			throw placed(thrown, { file: migration.file });
		});
		if (error !== null) return {
			migration,
			error
		};
		await renew();
	}
	const atEnd = await runHooks(hooks, "after-all", run);
	return atEnd === null ? null : {
		migration: last,
		error: atEnd.error
	};
}
/** Creates the tool's own tables, which real migrations alter. */
async function prepareBookkeeping(session, bookkeeping) {
	if (bookkeeping.setup !== "") await must(session, bookkeeping.setup);
}
async function applyOne(session, bookkeeping, migration, hooks) {
	if (migration.refused !== void 0) return refusal(migration.refused);
	const before = bookkeeping.before(migration);
	const after = bookkeeping.after(migration);
	if (before !== "") await must(session, before);
	const wrapped = migration.transaction === "single" || migration.transaction === "shared";
	if (wrapped) await must(session, "BEGIN");
	const error = await around(session, hooks, "before-each") ?? await sendAll(session, migration) ?? await around(session, hooks, "after-each");
	if (error !== null) return error;
	const end = await session.send(wrapped ? `${after};COMMIT` : after);
	if (end.error !== null) {
		if (end.status !== "I") await session.send("ROLLBACK");
		return toServerError(end.error, {
			file: migration.sql,
			sent: "",
			start: migration.sql.trimEnd().length
		});
	}
	if (end.status !== "I") await session.send("COMMIT");
	return null;
}
async function sendAll(session, migration) {
	for (const message of messagesOf(migration)) {
		const outcome = await underWay(() => startOf(migration, message), () => session.send(message.sql, message.copies));
		if (outcome.error === null) continue;
		if (outcome.status !== "I") await session.send("ROLLBACK");
		return errorIn(migration.sql, message, outcome);
	}
	return null;
}
/** Where a message begins: how far the server has come in it, it tells only at the end. */
function startOf({ file, sql }, { sql: sent, start }) {
	const first = parseFile(sent).statements[0]?.start ?? 0;
	return {
		file,
		line: lineFinder(sql)(start + first).line
	};
}
async function around(session, hooks, when) {
	return (await runHooks(hooks, when, asMessage(async (sql) => {
		const outcome = await session.send(sql);
		if (outcome.error !== null && outcome.status !== "I") await session.send("ROLLBACK");
		return outcome;
	})))?.error ?? null;
}
/** The tool stops before the server sees anything. */
const refusal = ({ line, says }) => ({
	sqlstate: "",
	message: says,
	detail: null,
	hint: null,
	line,
	column: null,
	object: {}
});
/** Without a position the server does not say which of a message's statements failed, but the ones before it have completed. */
function errorIn(file, { sql, start }, { error, tags }) {
	if (error === null) throw new Error("no error in this outcome");
	if (error.position === void 0) {
		const failed = parseFile(sql).statements[tags.length];
		if (failed !== void 0) return toServerError(error, {
			file,
			sent: failed.sql,
			start: start + failed.start
		});
	}
	return toServerError(error, {
		file,
		sent: sql,
		start
	});
}
/** Our own SQL has no reason to fail; if it does that is a defect. */
async function must(session, sql) {
	const { error } = await session.send(sql);
	if (error !== null) throw error;
}
// src/run/copy-in.ts
/** Characters that are sent at once. */
const chunkLength = 65536;
/**
* Sends the data of one COPY, no faster than the server takes it, so that it is never there a second time.
*
* @param isOver the server has refused the data, or is gone: the rest is not sent
*/
async function sendCopy(wire, data, isOver) {
	for (let at = 0; at < data.length && !isOver();) {
		const end = endOfChunk(data, at);
		wire.sendCopyFromChunk(Buffer.from(data.slice(at, end)));
		at = end;
		if (wire.stream.writableNeedDrain) await drained(wire.stream);
	}
	if (!isOver()) wire.endCopyFrom();
}
/** Two halves of one character stay together. */
function endOfChunk(data, at) {
	const end = Math.min(at + chunkLength, data.length);
	const last = data.charCodeAt(end - 1);
	return end < data.length && last >= 55296 && last < 56320 ? end + 1 : end;
}
const drained = (stream) => new Promise((resolve) => {
	const done = () => {
		stream.off("drain", done);
		stream.off("close", done);
		resolve();
	};
	stream.once("drain", done);
	stream.once("close", done);
});
// src/run/proofs.ts
/** Beginnings of the DEBUG1 messages by which Postgres says what ALTER TABLE and CREATE INDEX do
* (src/backend/commands/tablecmds.c, src/backend/catalog/index.c). */
const proofBeginnings = [
	"rewriting table",
	"verifying table",
	"building index",
	"validating foreign key constraint",
	"existing constraints on column",
	"partition constraint for table",
	"updated partition constraint for default partition"
];
/** The index of what a table keeps beside its rows: made with every such table, and named by numbers that another run has not. */
const ofToast = /^building index "pg_toast_(\d+)_index" on table "pg_toast_\1" serially$/;
/** The server's own account of what a statement did. */
function proofsIn(notices) {
	return notices.filter((notice) => isProof(notice) && !ofToast.test(notice.message)).map(({ message }) => message);
}
/** Is it about what the server does, and not for the author of the migration? */
const isProof = ({ severity, message }) => severity.startsWith("DEBUG") && proofBeginnings.some((begin) => message.startsWith(begin));
/** What the migration's author would see: at most 20 texts of 1,000 characters. */
function shownNotices(notices) {
	return notices.filter(({ severity }) => severity === "NOTICE" || severity === "WARNING").slice(0, 20).map(({ message }) => message.slice(0, 1e3));
}
// src/run/session.ts
/** A flood of NOTICEs must not fill our memory. */
const noticeLimit = 2e3;
/** As much of a server's text as anybody reads: `RAISE` may send hundreds of megabytes. In characters. */
const TEXT_LIMIT = 2e4;
/** A copy: the part of a long string would keep the whole. */
const bounded = (text) => text.length <= TEXT_LIMIT ? text : `${Buffer.from(text.slice(0, TEXT_LIMIT)).toString()}…`;
function boundTexts(error) {
	for (const [name, value] of Object.entries(error)) if (typeof value === "string") Object.assign(error, { [name]: bounded(value) });
	error.message = bounded(error.message);
	if (error.stack !== void 0) error.stack = bounded(error.stack);
}
/** What a message says that was canceled, and one whose session was ended. */
const endedBy = /* @__PURE__ */ new Set(["57014", "57P01"]);
/**
* Opens a session; throws when the server does not answer.
*
* @param limitMs how long one message may take before it is canceled
*/
async function openSession(connection, limitMs = connection.limitMs ?? 6e4) {
	const client = new esm_default.Client({
		...connection,
		application_name: "migration-gate"
	});
	let ended = null;
	client.on("error", (error) => {
		ended ??= error;
	});
	let notices = [];
	let proofs = 0;
	client.on("notice", ({ severity, message }) => {
		const notice = {
			severity: severity ?? "NOTICE",
			message: bounded(message ?? "")
		};
		if (isProof(notice) ? proofs++ < noticeLimit : notices.length - proofs < noticeLimit) notices.push(notice);
	});
	await client.connect();
	return {
		client,
		async send(sql, copies) {
			const start = performance.now();
			const query = new RowlessQuery(sql, copies);
			client.query(query);
			const watch = cancelAfter(limitMs, connection, client, query);
			const error = await query.done;
			if (watch.end() && error instanceof esm_default.DatabaseError && endedBy.has(error.code ?? "")) error.message = `ended after ${limitMs / 1e3} s, which is all that one statement may take here: tables are empty, so that it waits or loops`;
			const durationMs = performance.now() - start;
			const outcome = (said) => ({
				tags: query.tags,
				error: said,
				status: client.getTransactionStatus() ?? "I",
				durationMs
			});
			if (error === null) return outcome(null);
			const said = [error, ended].find((each) => each instanceof esm_default.DatabaseError);
			if (said === void 0) throw connectionLost(error);
			boundTexts(said);
			if (isNoRoom(said.code)) throw noRoom(said.message, said);
			if (said !== error || said.severity === "FATAL" || said.severity === "PANIC") {
				ended ??= said;
				return {
					...outcome(said),
					status: "I"
				};
			}
			const after = new RowlessQuery("");
			client.query(after);
			const lost = await after.done;
			if (lost !== null) throw connectionLost(lost);
			return outcome(said);
		},
		get lost() {
			return ended !== null;
		},
		takeNotices() {
			const taken = notices;
			notices = [];
			proofs = 0;
			return taken;
		},
		async [Symbol.asyncDispose]() {
			await client.end();
		}
	};
}
/** How often a message may catch its cancellation before its session is ended, which nothing can catch. */
const PATIENCE = 3;
const AGAIN_MS = 500;
/** Cancels a query that runs into the limit, again and again, and at last its session: SQL may catch the first ones. */
function cancelAfter(limitMs, connection, client, query) {
	let canceled = 0;
	const cancel = () => {
		canceled += 1;
		timer = setTimeout(cancel, Math.min(limitMs, AGAIN_MS));
		const other = new esm_default.Client({ ...connection });
		other.on("error", () => {});
		if (canceled <= PATIENCE) other.cancel(client, query);
		else terminate(other, client.processID);
	};
	let timer = setTimeout(cancel, limitMs);
	return { end() {
		clearTimeout(timer);
		return canceled > 0;
	} };
}
/** A server that is gone by then has ended the session itself. */
async function terminate(client, processId) {
	try {
		await client.connect();
		await client.query("SELECT pg_catalog.pg_terminate_backend($1)", [processId]);
		await client.end();
	} catch {}
}
/** A query in the sense of pg's `Submittable` that forgets its rows. */
var RowlessQuery = class {
	tags = [];
	done;
	text;
	copies;
	ended = false;
	finish = () => {};
	constructor(text, copies = []) {
		this.text = text;
		this.copies = copies.values();
		this.done = new Promise((resolve) => {
			this.finish = resolve;
		});
	}
	submit(connection) {
		connection.query(this.text);
	}
	handleRowDescription() {}
	handleDataRow() {}
	handlePortalSuspended() {}
	handleEmptyQuery() {}
	handleCopyData() {}
	handleCommandComplete(message) {
		this.tags.push(message.text);
	}
	handleCopyInResponse(connection) {
		const wire = connection;
		const { value, done } = this.copies.next();
		if (done === true) wire.sendCopyFail("COPY FROM STDIN needs psql: its data is no SQL");
		else sendCopy(wire, value, () => this.ended);
	}
	handleReadyForQuery() {
		this.end(null);
	}
	handleError(error) {
		this.end(error);
	}
	end(error) {
		this.ended = true;
		this.finish(error);
	}
};
// src/catalog/connected.ts
/**
* The schema of a database that has connections to spare: two backends read it. Where the server lets only one in, that
* one does. Throws the server's error as it is.
*/
async function snapshotAt(connection, options) {
	const client = new esm_default.Client({ ...connection });
	const helper = new esm_default.Client({ ...connection });
	for (const each of [client, helper]) each.on("error", () => {});
	try {
		await client.connect();
		const helps = await helper.connect().then(() => true, () => false);
		return await snapshot(client, {
			...options,
			helper: helps ? helper : void 0
		});
	} finally {
		await Promise.all([client.end(), helper.end()]);
	}
}
// src/run/snapshot-of.ts
/**
* The schema of a database without the tool's own tables, read by the superuser.
*
* @param earlier as `SnapshotOptions` has it: of this very database; null = this is the first one
*/
function snapshotOf(admin, tool, earlier) {
	const { relations, schemas = [] } = tool.bookkeeping;
	return snapshotAt({
		...admin,
		application_name: "migration-gate snapshot"
	}, {
		ignore: relations,
		ignoreSchemas: schemas,
		...earlier === void 0 ? {} : { earlier }
	});
}
export { readSettings as A, taggedRows as C, runBeforeAll as D, changedHooks as E, noRoom as F, toServerError as M, asServerGone as N, runHooks as O, isNoRoom as P, likeness as S, asMigration as T, piecesOf as _, shownNotices as a, Tally as b, partOf as c, beforeSetTransaction as d, customSettings as f, needsTransaction as g, mayAskBefore as h, proofsIn as i, settingsLeft as j, unrecorded as k, sendingInstead as l, localSettings as m, openSession as n, applyMigrations as o, isTransactionControl as p, isProof as r, prepareBookkeeping as s, snapshotOf as t, sentPieces as u, runsCode as v, asMessage as w, alikeLimit as x, takesBack as y };

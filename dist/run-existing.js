import { o as diff } from "./shared7.js";
import { t as schemaDiff } from "./shared23.js";
import { t as Undecided } from "./shared6.js";
import { A as startShadow, T as surroundingsOf, t as traceMigrations } from "./shared13.js";
import { n as openSession, t as snapshotOf } from "./shared9.js";
import { t as _usingCtx } from "./shared21.js";
// src/run/recorded.ts
/**
* Which migrations a database has, by its tool's own bookkeeping. No tool's table is known here: each record is written
* in a transaction that is taken back, and what appears is looked for among the rows that were there.
*
* @returns null when the tool keeps no record, or its table is not there
* @throws the server's error when the records cannot be written, as on a database that only reads
*/
async function recordedIn(client, tool, migrations) {
	const { bookkeeping } = tool;
	const tables = await existing(client, bookkeeping.relations);
	if (tables.length === 0 || migrations.every((one) => bookkeeping.after(one) === "")) return null;
	const recorded = /* @__PURE__ */ new Set();
	await client.query("BEGIN");
	try {
		const there = await rowsOf(client, tables);
		for (const [index, migration] of migrations.entries()) {
			await client.query("SAVEPOINT before_record");
			const found = await isRecorded(client, tool, migration, tables, there);
			await client.query("ROLLBACK TO SAVEPOINT before_record");
			if (found === "up to here") for (const earlier of migrations.slice(0, index + 1)) recorded.add(earlier);
			else if (found) recorded.add(migration);
		}
	} finally {
		await client.query("ROLLBACK");
	}
	return recorded;
}
const UNIQUE_VIOLATION = "23505";
/** The record names another migration's, which is not there. */
const FOREIGN_KEY_VIOLATION = "23503";
async function isRecorded(client, { bookkeeping }, migration, tables, there) {
	try {
		for (const sql of [bookkeeping.before(migration), bookkeeping.after(migration)]) if (sql !== "") await client.query(sql);
	} catch (error) {
		const { code } = error;
		if (code === UNIQUE_VIOLATION) return true;
		if (code === FOREIGN_KEY_VIOLATION) return false;
		throw error;
	}
	const known = new Set(there.map((row) => JSON.stringify(row)));
	const now = await rowsOf(client, tables);
	const added = now.filter((row) => !known.has(JSON.stringify(row)));
	const points = there.length > 0 && now.length <= there.length;
	if (added.length === 0) return points ? "up to here" : true;
	if (points) return false;
	return added.every((row) => there.some((other) => sameRecord(row, other, migration)));
}
/** Rows of one migration: equal in every column that says which one it is. Times and numbers of rows differ. */
function sameRecord(row, other, { version, identity, name, file }) {
	const telling = /* @__PURE__ */ new Set([
		version,
		identity,
		name,
		file,
		version.replace(/^0+(?=\d)/, "")
	]);
	telling.delete("");
	const columns = Object.keys(row).filter((column) => telling.has(row[column] ?? ""));
	const strong = columns.filter((column) => row[column] !== name);
	const compared = strong.length > 0 ? strong : columns;
	return compared.length > 0 && compared.every((column) => row[column] === other[column]);
}
async function existing(client, relations) {
	const { rows } = await client.query(`SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS name
     FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'r' AND n.nspname || '.' || c.relname = ANY ($1)`, [relations]);
	return rows.map(({ name }) => name);
}
async function rowsOf(client, tables) {
	const rows = [];
	for (const table of tables) {
		const found = await client.query(`SELECT pg_catalog.to_jsonb(t) AS row FROM ${table} t`);
		for (const { row } of found.rows) {
			const columns = Object.entries(row).map(([column, value]) => [`${table}.${column}`, value === null ? null : typeof value === "string" ? value : JSON.stringify(value)]);
			rows.push(Object.fromEntries(columns));
		}
	}
	return rows;
}
// src/run/existing.ts
/** A copy of more than this would take longer than what it is for. In bytes. */
const MOST_TO_COPY = 1024 ** 3;
/**
* The upgrade path on the data of a clone that its owner gives up for it: base is there already, the new migrations run
* on it and stay. There is no fresh path, and fixes are tried only where a copy of the clone costs little.
*
* @throws Undecided when the clone is not at base
*/
async function rehearseExisting(input) {
	const since = performance.now();
	if (input.program !== null) throw new Undecided("unsupported-tool", `shadow-data: existing does not know ${input.tool.title}, which runs its migrations itself. Leave it out: the gate builds base from its migrations.`);
	const shadow = await startShadow({
		existing: true,
		shadow: input.shadow,
		major: input.postgresMajor,
		extensions: input.extensions,
		superuser: input.superuser,
		limits: input.limits,
		onProgress: input.onProgress
	});
	try {
		return await onClone(shadow, input, since);
	} catch (error) {
		await shadow[Symbol.asyncDispose]();
		throw error;
	}
}
async function onClone(shadow, input, since) {
	const { tool, pending, hooks, onProgress } = input;
	const baseStart = performance.now();
	await mustBeAtBase(shadow, input);
	const baseMs = performance.now() - baseStart;
	const surroundings = await surroundingsOf(shadow, input);
	const bytes = await sizeOf(shadow);
	const untouched = bytes > MOST_TO_COPY || pending.length === 0 ? null : await shadow.copy().catch(() => null);
	const firstStart = performance.now();
	const before = await snapshotOf(shadow.admin, tool, null);
	const headStart = performance.now();
	const traced = await traceMigrations({
		connection: shadow.connection,
		bookkeeping: tool.bookkeeping,
		sessions: tool.sessions,
		migrations: pending,
		hooks: hooks.head,
		mayFail: input.mayFail,
		onMigration: ({ file }) => onProgress(`running ${file} on existing data`)
	});
	const secondStart = performance.now();
	const after = await snapshotOf(shadow.admin, tool, before);
	const end = performance.now();
	const where = shadow.chosen ?? shadow.provider;
	const tryInstead = async (migrations) => {
		try {
			var _usingCtx$1 = _usingCtx();
			if (untouched === null) throw new Error("there is nothing to try it on");
			const copy = _usingCtx$1.a(await untouched.copy());
			const bookkeeping = {
				...tool.bookkeeping,
				before: () => "",
				after: () => ""
			};
			return {
				traced: await traceMigrations({
					connection: copy.connection,
					bookkeeping,
					migrations,
					hooks: hooks.head
				}),
				after: await snapshotOf(copy.admin, tool)
			};
		} catch (_) {
			_usingCtx$1.e = _;
		} finally {
			await _usingCtx$1.d();
		}
	};
	return {
		shadow: {
			provider: shadow.provider,
			chosen: where,
			postgresVersion: shadow.postgresVersion,
			baseFromCache: false
		},
		timings: {
			bootMs: shadow.bootMs,
			baseMs,
			headMs: secondStart - headStart,
			freshMs: 0,
			snapshotMs: headStart - firstStart + (end - secondStart),
			totalMs: end - since
		},
		traced,
		pending,
		before,
		after,
		schemaChanges: diff(before, after, "identity"),
		schemaDiff: schemaDiff(before, after, "identity"),
		divergence: [],
		fresh: null,
		freshFailure: null,
		onDataOf: where,
		notChecked: notChecked(input, after.notModelled, untouched !== null),
		notes: [`The new migrations ran on the data of ${where} (shadow-data: existing), ${inGigabytes(bytes)}, and have changed it.`, ...traced.migrations.flatMap(({ file, ran, durationMs }) => ran && durationMs !== null ? [`${file}: on the data of ${where}, took ${(durationMs / 1e3).toFixed(1)} s.`] : [])],
		surroundings,
		reversal: null,
		rerun: null,
		tryInstead,
		canTry: untouched !== null,
		async [Symbol.asyncDispose]() {
			await untouched?.[Symbol.asyncDispose]();
			await shadow[Symbol.asyncDispose]();
		}
	};
}
function notChecked({ fresh, checkDown, checkRerun }, notModelled, copied) {
	return [
		...notModelled.map((kind) => `The schema diff does not cover ${kind}.`),
		...fresh === null ? [] : ["Whether a new database would end in the same schema: on existing data there is none."],
		...copied ? [] : ["Whether the fixes work: they were not tried, since the clone cannot be copied, or holds more than 1 GB."],
		...checkDown ? ["The way back (check-down): not on existing data."] : [],
		...checkRerun ? ["Whether the new migrations can be run again (check-rerun): not on existing data."] : []
	];
}
/** What the clone lacks has to be what the pull request adds; anything else would be told of the wrong schema. */
async function mustBeAtBase(shadow, { tool, base, pending }) {
	try {
		var _usingCtx3 = _usingCtx();
		const recorded = await recordedIn(_usingCtx3.a(await openSession(shadow.connection)).client, tool, [...base, ...pending]);
		if (recorded === null) throw new Undecided("base-does-not-apply", `The database has no record of ${tool.title}'s migrations (${tool.bookkeeping.relations.join(", ") || "the tool keeps none"}), so that it cannot be told whether it is at base. Leave shadow-data out: the gate builds base from its migrations.`);
		const lacks = base.filter((one) => !recorded.has(one));
		const has = pending.filter((one) => recorded.has(one));
		if (lacks.length === 0 && has.length === 0) return;
		const listed = (some) => some.length === 0 ? "none" : some.map(({ file }) => file).join(", ");
		throw new Undecided("base-does-not-apply", `The clone is not at base, so that the new migrations would run on another schema. Migrations of base that it lacks: ${listed(lacks)}. New ones that it has already: ${listed(has)}. Make a new clone of what base was deployed to: a run leaves its migrations in it.`, { place: { file: (lacks[0] ?? has[0])?.file ?? "" } });
	} catch (_) {
		_usingCtx3.e = _;
	} finally {
		await _usingCtx3.d();
	}
}
async function sizeOf({ admin }) {
	try {
		var _usingCtx4 = _usingCtx();
		const { rows } = await _usingCtx4.a(await openSession(admin)).client.query("SELECT pg_catalog.pg_database_size(pg_catalog.current_database()) AS bytes");
		return Number(rows[0]?.bytes ?? 0);
	} catch (_) {
		_usingCtx4.e = _;
	} finally {
		await _usingCtx4.d();
	}
}
const inGigabytes = (bytes) => bytes < MOST_TO_COPY ? `${Math.round(bytes / 1024 ** 2)} MB` : `${(bytes / 1024 ** 3).toFixed(1)} GB`;
export { rehearseExisting };

import { i as __toESM } from "./shared.js";
import { t as esm_default } from "./postgres-client.js";
import { n as onExit } from "./shared4.js";
import { t as Undecided } from "./shared6.js";
import { a as serverSettings, i as initdbArguments, o as copyDatabase, t as adminOptions } from "./shared39.js";
import { n as createExtensions } from "./shared11.js";
import { a as DATABASE, c as setupStatements, i as ADMIN, o as OWNER, r as thisProcess, s as databaseStatements, t as isDead } from "./shared20.js";
import { randomBytes } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { spawnSync } from "node:child_process";
// src/shadow/docker.ts
/** Any image that takes the official one's environment: `postgres`, `postgis/postgis`, `pgvector/pgvector`, … */
const docker = {
	name: "docker",
	start
};
const OWNER_LABEL = "migration-gate.owner";
const START_TIMEOUT_MS = 12e4;
async function start(options) {
	const since = performance.now();
	const progress = options.onProgress ?? (() => {});
	const { GenericContainer, Wait, engine } = await load();
	const image = options.image ?? `postgres:${options.major}`;
	await removeLeftovers(engine);
	const { major, digest } = await pulled(engine, image, options.major, progress);
	progress(`starting ${image}`);
	const name = `migration-gate-${randomBytes(6).toString("hex")}`;
	const remove = async () => {
		await engine.container.dockerode.getContainer(name).remove({
			force: true,
			v: true
		}).catch(alreadyGone);
		unregister();
	};
	const unregister = onExit(remove, { sync: () => void spawnSync("docker", [
		"rm",
		"--force",
		"--volumes",
		name
	], {
		stdio: "ignore",
		timeout: 4e3
	}) });
	const password = randomBytes(24).toString("hex");
	const log = logTail();
	try {
		const container = await new GenericContainer(image).withName(name).withLabels({ [OWNER_LABEL]: JSON.stringify(thisProcess()) }).withEnvironment({
			POSTGRES_USER: ADMIN,
			POSTGRES_PASSWORD: password,
			POSTGRES_DB: "postgres",
			POSTGRES_INITDB_ARGS: initdbArguments(major).join(" ")
		}).withCommand(["postgres", ...flags(major)]).withExposedPorts(5432).withLogConsumer((stream) => stream.on("data", (chunk) => log.add(String(chunk)))).withWaitStrategy(Wait.forLogMessage(/database system is ready to accept connections/)).withStartupTimeout(START_TIMEOUT_MS).start();
		const entrance = {
			host: container.getHost(),
			port: container.getMappedPort(5432),
			user: ADMIN,
			password,
			database: DATABASE
		};
		const connection = {
			...entrance,
			user: OWNER,
			password: randomBytes(24).toString("hex")
		};
		const version = await prepare(entrance, connection, major, options);
		const admin = {
			...entrance,
			options: adminOptions(Number.parseInt(version, 10))
		};
		return {
			provider: "docker",
			chosen: digest,
			postgresVersion: version,
			seed: null,
			keep: null,
			bootMs: performance.now() - since,
			connection,
			admin,
			copy: () => copyDatabase({
				connection,
				admin
			}),
			[Symbol.asyncDispose]: remove
		};
	} catch (error) {
		await remove();
		if (error instanceof Undecided) throw error;
		throw new Undecided("shadow-unavailable", `The container of ${image} did not start: ${messageOf(error)}${log.text() === "" ? "" : `\nThe end of its log:\n${log.text()}`}`, { cause: error });
	}
}
/**
* The library that talks to the engine, loaded when a container is wanted.
*
* @throws Undecided `shadow-unavailable` where Node is too old for it or no engine answers
*/
async function load() {
	const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
	if (major < 22 || major === 22 && minor < 22) throw new Undecided("shadow-unavailable", `The docker shadow needs Node 22.22 or newer; this is ${process.versions.node}. Run the command with a newer Node, or leave shadow at auto.`);
	process.env.TESTCONTAINERS_RYUK_DISABLED = "true";
	const { GenericContainer, Wait, getContainerRuntimeClient } = await import("./testcontainers.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1));
	try {
		return {
			GenericContainer,
			Wait,
			engine: await getContainerRuntimeClient()
		};
	} catch (error) {
		throw new Undecided("shadow-unavailable", `No Docker engine answers: ${messageOf(error)} On GitHub's Linux runners there is one; in a container job mount /var/run/docker.sock, on macOS and Windows runners name another shadow.`, { cause: error });
	}
}
/** Pulls the image where the engine lacks it, and says what it is. */
async function pulled(engine, image, asked, progress) {
	const { ImageName } = await import("./testcontainers.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1));
	const name = ImageName.fromString(image);
	try {
		if (!await engine.image.exists(name)) {
			progress(`pulling ${image}`);
			await engine.image.pull(name);
		}
		const { RepoDigests, Id, Config } = await engine.image.inspect(name);
		const stated = Config?.Env?.find((each) => each.startsWith("PG_MAJOR="))?.slice(9);
		return {
			major: Number(stated) || asked,
			digest: `${image}, ${RepoDigests?.[0] ?? Id}`
		};
	} catch (error) {
		throw new Undecided("shadow-unavailable", `The image ${image} cannot be had: ${messageOf(error)} Check its name; for a private registry log in before this step (docker/login-action).`, { cause: error });
	}
}
/** Those of our settings that are not the image's own affair. */
function flags(major) {
	const own = /* @__PURE__ */ new Set([
		"listen_addresses",
		"unix_socket_permissions",
		"dynamic_shared_memory_type",
		"log_destination",
		"min_wal_size"
	]);
	return Object.entries(serverSettings(major)).flatMap(([name, value]) => own.has(name) ? [] : ["-c", `${name}=${value}`]);
}
/** Makes roles, database and extensions as in a cluster of our own. */
async function prepare(admin, owner, major, options) {
	const client = await firstSession({
		...admin,
		database: "postgres"
	});
	for (const statement of setupStatements(major)) await client.query(statement);
	await client.query(`ALTER ROLE ${OWNER} ${options.superuser === true ? "SUPERUSER " : ""}PASSWORD '${owner.password}'`);
	await client.end();
	const inside = await firstSession(admin);
	try {
		for (const statement of databaseStatements(major)) await inside.query(statement);
		await createExtensions(inside, options.extensions);
		const { rows } = await inside.query("SHOW server_version");
		return rows[0]?.server_version.split(" ")[0] ?? String(major);
	} finally {
		await inside.end();
	}
}
/** The image starts a server for its own set-up first, ends it, and then starts the one that stays. */
async function firstSession(connection) {
	const until = performance.now() + START_TIMEOUT_MS;
	for (;;) {
		const client = new esm_default.Client({
			...connection,
			connectionTimeoutMillis: 1e4
		});
		client.on("error", () => {});
		try {
			await client.connect();
			return client;
		} catch (error) {
			if (!(!(error instanceof esm_default.DatabaseError) || error.code === "57P03") || performance.now() > until) throw error;
			await setTimeout(100);
		}
	}
}
/** Containers of runs that were killed. */
async function removeLeftovers(engine) {
	const { dockerode } = engine.container;
	const found = await dockerode.listContainers({
		all: true,
		filters: { label: [OWNER_LABEL] }
	});
	for (const { Id, Labels } of found) {
		let owner;
		try {
			owner = JSON.parse(Labels[OWNER_LABEL] ?? "");
		} catch {
			continue;
		}
		if (isDead(owner)) await dockerode.getContainer(Id).remove({
			force: true,
			v: true
		}).catch(alreadyGone);
	}
}
/** 404: gone; 409: being removed by somebody else. */
function alreadyGone(error) {
	const status = error.statusCode;
	if (status !== 404 && status !== 409) throw error;
}
function messageOf(error) {
	const text = error instanceof Error ? error.message : String(error);
	return /[.!?]$/.test(text) ? text : `${text}.`;
}
/** The end of the container's log. */
function logTail() {
	let kept = "";
	return {
		add(text) {
			kept = (kept + text).slice(-8e3);
		},
		text: () => kept.trim().split("\n").slice(-12).join("\n")
	};
}
export { docker };

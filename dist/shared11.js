import { t as Undecided } from "./shared6.js";
// src/shadow/extensions.ts
/** This server has no such extension; another build of PostgreSQL may. */
var MissingExtension = class extends Undecided {
	constructor(message, cause) {
		super("shadow-unavailable", message, { cause });
	}
};
/** Extensions that PostgreSQL does not ship, and the image that has them. */
const images = {
	postgis: (major) => `postgis/postgis:${major}-3.5`,
	postgis_topology: (major) => `postgis/postgis:${major}-3.5`,
	vector: (major) => `pgvector/pgvector:pg${major}`,
	timescaledb: (major) => `timescale/timescaledb:latest-pg${major}`
};
/** The image that has one of these extensions, where it is known and one has it; null = the usual server does. */
function imageWith(extensions, major) {
	const extension = extensions.find((name) => Object.hasOwn(images, name));
	const image = extension === void 0 ? void 0 : images[extension]?.(major);
	return extension === void 0 || image === void 0 ? null : {
		image,
		extension
	};
}
/**
* Creates the configured extensions as the superuser.
*
* @throws MissingExtension naming one that this server does not have
*/
async function createExtensions(client, names) {
	if (names.length === 0) return;
	const { rows } = await client.query("SELECT name FROM pg_catalog.pg_available_extensions ORDER BY name");
	const available = rows.map(({ name }) => name);
	const missing = names.filter((name) => !available.includes(name));
	if (missing.length > 0) throw new MissingExtension(`The shadow's PostgreSQL lacks the extension${missing.length === 1 ? "" : "s"} ${missing.join(", ")}. It has: ${available.join(", ")}. Remove what is not needed from extensions, or name a shadow that has it (--shadow docker with --postgres-image).`);
	for (const name of names) try {
		await client.query(`CREATE EXTENSION IF NOT EXISTS ${client.escapeIdentifier(name)} CASCADE`);
	} catch (error) {
		throw new MissingExtension(`The extension ${name} cannot be created on the shadow: ${error instanceof Error ? error.message : error}`, error);
	}
}
export { createExtensions as n, imageWith as r, MissingExtension as t };

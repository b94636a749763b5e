/** What a hint about the shadow itself may build on. */
export interface Surroundings {
  /** Directory of the database's migrations, from the root of the repository. */
  readonly path: string;
  readonly postgresMajor: number;
  /** Names in the server's pg_available_extensions. */
  readonly extensions: readonly string[];
}

/**
 * A cause outside of the migrations, which lines of configuration cure: a role, an extension, a right that only a
 * superuser has. Sentences and the lines to paste, '' when the error is of another kind.
 */
export function surroundingsHint(
  error: { readonly sqlstate: string; readonly message: string },
  { path, postgresMajor, extensions }: Surroundings,
): string {
  const role = missingRole(error);
  if (role !== null) return missingRoles(path, [role]);
  const extension = wantedExtension(error);
  if (extension === null) {
    return error.sqlstate === '42501'
      ? 'The history is run by the owner of the database, who is no superuser: create extensions with `extensions:` and roles with `setup:` in .github/migration-gate.yml.'
      : '';
  }
  if (extensions.includes(extension)) {
    return `It needs the extension ${extension}, which the shadow has. Let it be created before the history, with these lines in .github/migration-gate.yml:\n\n${databaseLines(path, [`extensions: [${yaml(extension)}]`])}`;
  }
  const image = images[extension]?.(postgresMajor);
  return image === undefined
    ? `It needs the extension ${extension}, which the shadow does not have: name an image that brings it under postgres-image: in .github/migration-gate.yml.`
    : `It needs the extension ${extension}, which the shadow does not have. This image brings it; in .github/migration-gate.yml:\n\n${databaseLines(path, [`postgres-image: ${image}`, `extensions: [${yaml(extension)}]`])}`;
}

/** Roles that a database needs, and the lines that make them. */
export function missingRoles(path: string, roles: readonly string[]): string {
  const names = roles.map((role) => `"${role}"`).join(', ');
  const file =
    path === '' || path === '.'
      ? 'roles.sql'
      : `${path.replace(/\/?[^/]*$/, '').replace(/(.)$/, '$1/')}roles.sql`;
  return `The role${roles.length === 1 ? '' : 's'} ${names} must be there before. Put this into ${file}:\n\n${roles.map((role) => `CREATE ROLE ${identifier(role)};\n`).join('')}\nand name the file in .github/migration-gate.yml:\n\n${databaseLines(path, [`setup: [${yaml(file)}]`])}`;
}

/** What to do about a history whose beginning is not in its files. */
export const baselineLines = (path: string, version: string): string =>
  `No file before it makes that. Where the history begins with a database that was there already, or was squashed, write the schema of a database that is at base's newest version into a file (pg_dump --schema-only --no-owner > schema.sql) and name it in .github/migration-gate.yml:\n\n${databaseLines(path, ['baseline:', '  file: schema.sql', `  version: ${JSON.stringify(version)}`])}`;

/** The lines of one database in the config, ready to be pasted. */
export const databaseLines = (path: string, lines: readonly string[]): string =>
  `databases:\n  - path: ${yaml(path === '' ? '.' : path)}\n${lines.map((line) => `    ${line}\n`).join('')}`;

/** The role that the server did not find. */
export function missingRole({ sqlstate, message }: { sqlstate: string; message: string }): string | null {
  return sqlstate === '42704' ? (/^role "([\s\S]+)" does not exist$/.exec(message)?.[1] ?? null) : null;
}

/** The extension that the server lacks, refuses, or that would bring what it did not find. */
function wantedExtension({ sqlstate, message }: { sqlstate: string; message: string }): string | null {
  const named =
    /^extension "([^"]+)" is not available/.exec(message) ??
    /^could not open extension control file ".*?([^/"]+)\.control"/.exec(message) ??
    (sqlstate === '42501' ? /^permission denied to create extension "([^"]+)"/.exec(message) : null) ??
    (sqlstate === '42704' ? /^extension "([^"]+)" does not exist/.exec(message) : null);
  if (named?.[1] !== undefined) return named[1];
  if (sqlstate !== '42704' && sqlstate !== '42883') return null;
  const missing = /^(?:type|function|operator class) "?(?:[\w$]+\.)?([\w$]+)/.exec(message)?.[1];
  return missing === undefined ? null : (brings[missing] ?? null);
}

/** Types, functions and operator classes that histories use without creating the extension that they come with. */
const brings: Readonly<Record<string, string>> = {
  citext: 'citext',
  hstore: 'hstore',
  ltree: 'ltree',
  cube: 'cube',
  geometry: 'postgis',
  geography: 'postgis',
  st_setsrid: 'postgis',
  vector: 'vector',
  halfvec: 'vector',
  uuid_generate_v1: 'uuid-ossp',
  uuid_generate_v4: 'uuid-ossp',
  uuid_generate_v5: 'uuid-ossp',
  gen_random_bytes: 'pgcrypto',
  crypt: 'pgcrypto',
  gen_salt: 'pgcrypto',
  digest: 'pgcrypto',
  unaccent: 'unaccent',
  similarity: 'pg_trgm',
  gin_trgm_ops: 'pg_trgm',
  gist_trgm_ops: 'pg_trgm',
  vector_cosine_ops: 'vector',
  vector_l2_ops: 'vector',
  create_hypertable: 'timescaledb',
  time_bucket: 'timescaledb',
};

const postgis = (major: number): string => `postgis/postgis:${major}-3.5`;
const timescale = (major: number): string => `timescale/timescaledb:latest-pg${major}`;

/** Images that bring an extension which PostgreSQL itself does not ship. */
const images: Readonly<Record<string, (major: number) => string>> = {
  postgis,
  postgis_raster: postgis,
  postgis_topology: postgis,
  postgis_tiger_geocoder: postgis,
  vector: (major) => `pgvector/pgvector:pg${major}`,
  timescaledb: timescale,
};

const identifier = (name: string): string =>
  /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;

const yaml = (text: string): string => (/^[A-Za-z_./][\w./-]*$/.test(text) ? text : JSON.stringify(text));

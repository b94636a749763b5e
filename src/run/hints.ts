/** What a hint about the shadow itself may build on. */
export interface Surroundings {
  /** Directory of the database's migrations, from the root of the repository. */
  readonly path: string;
  readonly postgresMajor: number;
  /** Names in the server's pg_available_extensions. */
  readonly extensions: readonly string[];
  /** Names in the server's pg_roles. */
  readonly roles: readonly string[];
}

/** What cures an error whose cause is outside of the migrations. */
export interface Hint {
  /** Sentences. */
  readonly says: string;
  /** A file of SQL to add, which `lines` name. */
  readonly file: { readonly path: string; readonly sql: string } | null;
  /** Lines of this database in the config; none where there are none to paste. */
  readonly lines: readonly string[];
}

/** Base's config decides, since the SQL is a stranger's. */
const asSuperuser =
  'where production ran it as a superuser, let the shadow do so with `shadow-superuser: true` in .github/migration-gate.yml (it counts once base has it; before that as the option or input shadow-superuser)';

/**
 * A role, an extension, or a right that only a superuser has; null when the error is of another kind.
 *
 * @param line the line of the statement that failed, where it is known
 */
export function surroundingsHint(
  error: { readonly sqlstate: string; readonly message: string },
  { path, postgresMajor, extensions }: Surroundings,
  line = '',
): Hint | null {
  const role = missingRole(error);
  if (role !== null) return missingRoles(path, [role]);
  const extension = wantedExtension(error);
  if (extension === null) {
    const says = `The history is run by the owner of the database, who is no superuser: create extensions with \`extensions:\` and roles with \`setup:\` in .github/migration-gate.yml; ${asSuperuser}.`;
    return error.sqlstate === '42501' ? { says, file: null, lines: [] } : null;
  }
  if (error.sqlstate === '42501' && /\bcreate\s+extension\s+(?!if\b)/i.test(line)) {
    const says = `CREATE EXTENSION without IF NOT EXISTS fails where the extension is there already, so that naming it under \`extensions:\` is no help; ${asSuperuser}.`;
    return { says, file: null, lines: [] };
  }
  const created = `extensions: [${yaml(extension)}]`;
  if (extensions.includes(extension)) {
    const says = `It needs the extension ${extension}, which the shadow has: let it be created before the history.`;
    return { says, file: null, lines: [created] };
  }
  const image = imageFor(extension, postgresMajor);
  return {
    says: `It needs the extension ${extension}, which the shadow does not have: ${image === null ? 'name an image that brings it' : 'this image brings it'}.`,
    file: null,
    lines: [`postgres-image: ${image ?? `an-image-with-${yaml(extension)}`}`, created],
  };
}

/** Roles that a database needs. */
export function missingRoles(path: string, roles: readonly string[]): Hint {
  const names = roles.map((role) => `"${role}"`).join(', ');
  const file = besides(path, 'roles.sql');
  return {
    says: `The ${roles.length === 1 ? `role ${names} belongs` : `roles ${names} belong`} to the server, and no file of the history makes ${roles.length === 1 ? 'it' : 'them'}: create ${roles.length === 1 ? 'it' : 'them'} in a file of setup.`,
    file: { path: file, sql: roles.map((role) => `CREATE ROLE ${identifier(role)};\n`).join('') },
    lines: [`setup: [${yaml(file)}]`],
  };
}

/** A schema that the history uses and does not make. */
export function missingSchema(path: string, schema: string): Hint {
  const file = besides(path, 'schemas.sql');
  return {
    says: `No file of the history makes the schema "${schema}": create it in a file of setup.`,
    file: { path: file, sql: `CREATE SCHEMA ${identifier(schema)};\n` },
    lines: [`setup: [${yaml(file)}]`],
  };
}

/** A file beside the directory of the migrations, where no tool takes it for one of them. */
function besides(path: string, name: string): string {
  if (path === '' || path === '.') return `.github/${name}`;
  return `${path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : ''}${name}`;
}

/** A hint with everything to paste, for a message of several lines. */
export function hintText(path: string, { says, file, lines }: Hint): string {
  return [
    says,
    ...(file === null ? [] : [`${file.path}:\n\n${file.sql.trimEnd()}`]),
    ...(lines.length === 0 ? [] : [`.github/migration-gate.yml:\n\n${databaseLines(path, lines)}`]),
  ].join('\n\n');
}

/** A hint in one line, for a finding. */
export function hintSentence({ says, file, lines }: Hint): string {
  const content = file === null ? '' : ` (${file.path}: ${file.sql.trim().replaceAll('\n', ' ')})`;
  return lines.length === 0
    ? says
    : `${says} For this database in .github/migration-gate.yml: ${lines.join(' and ')}${content}.`;
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

/** The image that brings an extension; null: PostgreSQL ships it, or none is known. */
export const imageFor = (extension: string, major: number): string | null =>
  Object.hasOwn(images, extension) ? (images[extension]?.(major) ?? null) : null;

const identifier = (name: string): string =>
  /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;

const yaml = (text: string): string => (/^[A-Za-z_./][\w./-]*$/.test(text) ? text : JSON.stringify(text));

import pg from 'pg';
import { Undecided } from '../errors.ts';
import type { Connection } from '../shadow/shadow.ts';
import { loadParser, parseFile } from '../sql/parse.ts';
import type { Migration, Prelude } from '../tools/tool.ts';

/** An extension that a migration creates. */
interface Wanted {
  readonly name: string;
  readonly schema: string | null;
  readonly ifNotExists: boolean;
  readonly file: string;
  readonly line: number;
}

/**
 * Makes a new shadow what the platform's databases are before the first migration. Extensions that its users may create there
 * and that a plain PostgreSQL leaves to superusers are created now: the history's `IF NOT EXISTS` finds them.
 *
 * @returns what to tell of it; nothing where the server is the platform's own
 * @param others migrations that come after base's, or in place of them
 * @throws Undecided naming the extensions that the history creates and this server does not have
 */
export async function runPrelude(
  admin: Connection,
  prelude: Prelude,
  base: readonly Migration[],
  others: readonly Migration[],
): Promise<readonly string[]> {
  await loadParser();
  const client = new pg.Client({ ...admin, application_name: 'migration-gate prelude' });
  client.on('error', () => {});
  await client.connect();
  try {
    const [first] = (await client.query<{ present: boolean }>(`SELECT ${prelude.present} AS present`)).rows;
    if (first?.present === true) return [];
    const trusted = await availableExtensions(client);
    const wanted = [...base, ...others].flatMap(extensionsOf);
    const installed = new Set(prelude.installed.map(({ name }) => name));
    const missing = wanted.filter(({ name }) => !trusted.has(name) && !installed.has(name));
    refuseMissing(missing, base, prelude);
    const { rows } = await client.query<{ major: number }>(
      "SELECT current_setting('server_version_num')::int / 10000 AS major",
    );
    await client.query(prelude.sql({ major: rows[0]?.major ?? 0 }));
    for (const extension of prelude.installed) {
      if (trusted.has(extension.name)) await create(client, extension.name, extension.schema);
      else await register(client, extension);
    }
    for (const { name, schema, ifNotExists } of wanted) {
      if (ifNotExists && trusted.has(name) && prelude.creatable.includes(name)) {
        await create(client, name, schema ?? prelude.extensionSchema);
      }
    }
    return [prelude.says];
  } finally {
    await client.end();
  }
}

/** Names of the extensions that this server has; true for those that the owner of a database may create. */
async function availableExtensions(client: pg.Client): Promise<Map<string, boolean>> {
  const { rows } = await client.query<{ name: string; trusted: boolean }>(
    'SELECT name, bool_or(trusted) AS trusted FROM pg_catalog.pg_available_extension_versions GROUP BY name',
  );
  return new Map(rows.map(({ name, trusted }) => [name, trusted]));
}

function extensionsOf({ file, sql }: Migration): Wanted[] {
  return parseFile(sql).statements.flatMap(({ node, start }) => {
    if (!('CreateExtensionStmt' in node)) return [];
    const { extname = '', if_not_exists = false, options = [] } = node.CreateExtensionStmt;
    const schema = options
      .flatMap((option) => ('DefElem' in option ? [option.DefElem] : []))
      .find(({ defname }) => defname === 'schema')?.arg;
    return [
      {
        name: extname,
        schema: schema !== undefined && 'String' in schema ? (schema.String.sval ?? null) : null,
        ifNotExists: if_not_exists,
        file,
        line: sql.slice(0, start).split('\n').length,
      },
    ];
  });
}

function refuseMissing(
  missing: readonly Wanted[],
  base: readonly Migration[],
  { title, image }: Prelude,
): void {
  const [first] = missing;
  if (first === undefined) return;
  const names = [...new Set(missing.map(({ name }) => name))].sort();
  const [what, it] = names.length === 1 ? ['the extension', 'it'] : ['the extensions', 'them'];
  throw new Undecided(
    base.some(({ file }) => file === first.file) ? 'base-does-not-apply' : 'not-observed',
    `${title} offers ${what} ${names.join(', ')}, which the history creates (first in ${first.file}, line ${first.line}) and the shadow's PostgreSQL lacks. Take ${title}'s own image, which has ${it}, with --shadow docker and in .github/migration-gate.yml, for this database:\n\n    postgres-image: ${image}:<tag>\n`,
    { place: { file: first.file, line: first.line } },
  );
}

/** A schema that the history makes for it does not exist yet; then the history's own statement stands. */
async function create(client: pg.Client, name: string, schema: string): Promise<void> {
  const { rows } = await client.query<{ there: boolean }>(
    'SELECT to_regnamespace(quote_ident($1)) IS NOT NULL AS there',
    [schema],
  );
  if (rows[0]?.there !== true) return;
  const [extension, place] = [name, schema].map((each) => client.escapeIdentifier(each));
  await client.query(`CREATE EXTENSION IF NOT EXISTS ${extension} WITH SCHEMA ${place} CASCADE`);
}

/**
 * Enters an extension that every database of the platform has and this server lacks, without what is in it: so
 * `CREATE EXTENSION IF NOT EXISTS` does nothing, as there. What uses its functions or types fails and is told.
 */
async function register(
  client: pg.Client,
  { name, schema }: { readonly name: string; readonly schema: string },
): Promise<void> {
  await client.query('SET allow_system_table_mods = on');
  await client.query(
    `INSERT INTO pg_catalog.pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion)
     SELECT max(oid::bigint) + 1, $1, 'postgres'::regrole, quote_ident($2)::regnamespace, false, '0'
     FROM pg_catalog.pg_extension`,
    [name, schema],
  );
  await client.query('RESET allow_system_table_mods');
}

import type { ClientBase, QueryResult } from 'pg';
import { loadParser } from '../sql/parse.ts';
import { catalogOf } from './catalog.ts';
import { kinds, ofRoles } from './kinds/index.ts';
import type { Kind, Server } from './kinds/kind.ts';
import type { Catalog, CatalogObject } from './model.ts';
import { targetsOf } from './targets.ts';
import { type UnmodelledRow, unmodelledPhrases, unmodelledQuery } from './unmodelled.ts';

export interface SnapshotOptions {
  /** Unquoted `schema.relation` names that are left out with everything that belongs to them: a tool's own tables. */
  readonly ignore: readonly string[];
  /** Unquoted names of schemas that are left out with all that is in them: a tool's own. */
  readonly ignoreSchemas?: readonly string[];
  /** False: roles, their memberships and settings are left out. They belong to the server, and two servers that have
   * nothing else in common have their own. */
  readonly roles?: boolean;
  /** How long a query, and a lock that it needs, may take: milliseconds. Absent: what the server says. */
  readonly limits?: { readonly statementMs: number; readonly lockMs: number };
}

/**
 * Reads the schema of the database that `client` is connected to, in one read-only transaction. Any role can
 * do it; it must not have a transaction open. Throws the server's error as it is.
 */
export async function snapshot(client: ClientBase, options: SnapshotOptions): Promise<Catalog> {
  // The impact of a changed view is judged with the parser, later and synchronously.
  await loadParser();
  let catalog: Catalog;
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    catalog = await read(client, options);
  } catch (error) {
    // Where the connection is what broke, the first error is the one to tell.
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
  await client.query('COMMIT');
  return catalog;
}

async function read(client: ClientBase, options: SnapshotOptions): Promise<Catalog> {
  await client.query(settings);
  if (options.limits !== undefined) {
    // For the transaction alone: behind a pooler the session is another client's next.
    const { statementMs, lockMs } = options.limits;
    await client.query(`SET LOCAL statement_timeout = ${statementMs}; SET LOCAL lock_timeout = ${lockMs}`);
  }
  const asked = await client.query<Server>(
    `SELECT current_setting('server_version_num')::int / 10000 AS major, rolsuper AS superuser
     FROM pg_roles WHERE rolname = current_user`,
  );
  const server = asked.rows[0] ?? { major: 0, superuser: false };
  const objects: CatalogObject[] = [];
  const targets = targetsOf(objects);
  // The server works on the next query while the rows of the last one are read here.
  const ask = (kind: Kind | undefined): Promise<QueryResult> | undefined => {
    const answer = kind && client.query(kind.query(server));
    answer?.catch(() => undefined);
    return answer;
  };
  const wanted = options.roles === false ? kinds.filter((kind) => !ofRoles.has(kind)) : kinds;
  let answer = ask(wanted[0]);
  for (const [index, kind] of wanted.entries()) {
    const rows = (await answer)?.rows ?? [];
    answer = ask(wanted[index + 1]);
    for (const object of kind.objects(rows, targets, server)) objects.push(object);
  }
  const counts = await client.query<UnmodelledRow>(unmodelledQuery);
  return catalogOf(without(objects, options), unmodelledPhrases(counts.rows), server.major);
}

/** What the text of definitions depends on; no JIT, which costs more than these queries; and
 * no nested loops, which the planner takes for a CTE of which it does not know how many rows it has. */
const settings = `
  SET LOCAL search_path = '';
  SET LOCAL quote_all_identifiers = off;
  SET LOCAL standard_conforming_strings = on;
  SET LOCAL TimeZone = 'UTC';
  SET LOCAL DateStyle = 'ISO, MDY';
  SET LOCAL IntervalStyle = 'postgres';
  SET LOCAL extra_float_digits = 1;
  SET LOCAL bytea_output = 'hex';
  SET LOCAL lc_monetary = 'C';
  SET LOCAL jit = off;
  SET LOCAL enable_nestloop = off;
  SET LOCAL max_parallel_workers_per_gather = 0`;

/** Drops the ignored schemas and relations, what is part of them and the sequences that their columns own. */
function without(
  objects: readonly CatalogObject[],
  { ignore, ignoreSchemas = [] }: SnapshotOptions,
): readonly CatalogObject[] {
  if (ignore.length === 0 && ignoreSchemas.length === 0) return objects;
  const [names, schemas] = [new Set(ignore), new Set(ignoreSchemas)];
  const ignoredSchemas = new Set(
    objects
      .filter(({ type, name }) => type === 'schema' && schemas.has(name))
      .map(({ identity }) => identity),
  );
  const isIgnored = ({ type, name, scope, identity }: CatalogObject): boolean =>
    scope === null
      ? ignoredSchemas.has(identity)
      : ignoredSchemas.has(scope) || (type !== 'column' && names.has(name));
  const ignored = new Set(objects.filter(isIgnored).map(({ identity }) => identity));
  return objects.filter((object) => !ignored.has(object.identity) && !ignored.has(object.containerIdentity));
}

import pg, { type ClientBase } from 'pg';
import { literal } from '../sql/names.ts';
import { loadParser } from '../sql/parse.ts';
import { catalogOf } from './catalog.ts';
import { aspects, kinds, ofRelations, ofRoles } from './kinds/index.ts';
import type { Kind, Server } from './kinds/kind.ts';
import type { Catalog, CatalogObject } from './model.ts';
import { whatHolds } from './reuse.ts';
import { targetsOf } from './targets.ts';
import { type UnmodelledRow, unmodelledPhrases, unmodelledQuery } from './unmodelled.ts';

export interface SnapshotOptions {
  /** Unquoted `schema.relation` names that are left out with everything that belongs to them: a tool's own tables. */
  readonly ignore: readonly string[];
  /** Unquoted names of schemas that are left out with all that is in them: a tool's own. One in which `ignore` has relations
   * and others are too is the project's, and stays. */
  readonly ignoreSchemas?: readonly string[];
  /** False: roles, their memberships and settings are left out. They belong to the server, and two servers that have
   * nothing else in common have their own. */
  readonly roles?: boolean;
  /** How long a query, and a lock that it needs, may take: milliseconds. Absent: what the server says. */
  readonly limits?: { readonly statementMs: number; readonly lockMs: number };
  /** A second connection of the same role to the same database, without a transaction: two backends share the
   * queries, and see the same. */
  readonly helper?: ClientBase | undefined;
  /** An earlier picture, taken with the same options, of this very database or of the one that its files are a copy of
   * (oids and row versions are the same), if that had not changed between copy and picture: what nothing has touched
   * since is taken from it. Null: there is none, and this one may be such a picture later. Absent: neither. */
  readonly earlier?: Catalog | null;
}

/**
 * Reads the schema of the database that `client` is connected to, in one read-only transaction. Any role can
 * do it; it must not have a transaction open. Throws the server's error as it is.
 */
export async function snapshot(client: ClientBase, options: SnapshotOptions): Promise<Catalog> {
  // The impact of a changed view is judged with the parser, later and synchronously.
  await loadParser();
  const clients = options.helper === undefined ? [client] : [client, options.helper];
  let catalog: Catalog;
  try {
    await begin(client, options);
    if (options.helper !== undefined) {
      const shared = await client.query<{ id: string }>('SELECT pg_export_snapshot() AS id');
      await begin(options.helper, options, shared.rows[0]?.id);
    }
    catalog = await read(client, clients, options);
  } catch (error) {
    // Where the connection is what broke, the first error is the one to tell.
    await Promise.all(clients.map((each) => each.query('ROLLBACK').catch(() => undefined)));
    throw error;
  }
  await Promise.all(clients.map((each) => each.query('COMMIT')));
  return catalog;
}

/** @param shared the snapshot of another transaction, as `pg_export_snapshot` names it */
async function begin(client: ClientBase, { limits }: SnapshotOptions, shared?: string): Promise<void> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  if (shared !== undefined) await client.query(`SET TRANSACTION SNAPSHOT ${literal(shared)}`);
  await client.query(settings);
  if (limits === undefined) return;
  // For the transaction alone: behind a pooler the session is another client's next.
  const { statementMs, lockMs } = limits;
  await client.query(`SET LOCAL statement_timeout = ${statementMs}; SET LOCAL lock_timeout = ${lockMs}`);
}

async function read(
  client: ClientBase,
  clients: readonly ClientBase[],
  options: SnapshotOptions,
): Promise<Catalog> {
  const server = await serverOf(client);
  const objects: CatalogObject[] = [];
  const targets = targetsOf(objects);
  const readOn = async (each: ClientBase, some: Iterable<Kind>, of: Server): Promise<void> => {
    for (const kind of some) {
      await eachRow(each, queryOf(kind, of), (row) => {
        const object = kind.object(row, targets, of);
        if (object !== null) objects.push(object);
      });
    }
  };
  const reuse = options.earlier === undefined ? null : whatHolds(client, options.earlier);
  const ofTables = Promise.resolve(reuse).then((found) => {
    for (const object of found?.kept ?? []) objects.push(object);
    const only = found?.only ?? null;
    return { some: (only?.length === 0 ? [] : [...ofRelations]).values(), of: { ...server, only } };
  });
  const wanted = kinds.filter((kind) => options.roles !== false || !ofRoles.has(kind));
  // Each connection takes the next kind that nobody has begun.
  const others = wanted.filter((kind) => !aspects.has(kind) && !ofRelations.has(kind)).values();
  await allOf(
    clients.map(async (each) => {
      // While the first one is asked what still holds.
      if (each !== client) await readOn(each, others, server);
      const { some, of } = await ofTables;
      await readOn(each, some, of);
      await readOn(each, others, server);
    }),
  );
  const about = wanted.filter((kind) => aspects.has(kind)).values();
  await allOf(clients.map((each) => readOn(each, about, server)));
  const counts = await client.query<UnmodelledRow>(unmodelledQuery(server));
  const catalog = catalogOf(without(objects, options), unmodelledPhrases(counts.rows), server.major);
  (await reuse)?.remember(catalog);
  return catalog;
}

async function serverOf(client: ClientBase): Promise<Server> {
  const { rows } = await client.query<Omit<Server, 'only'>>(
    `SELECT current_setting('server_version_num')::int / 10000 AS major, rolsuper AS superuser
     FROM pg_roles WHERE rolname = current_user`,
  );
  return { ...(rows[0] ?? { major: 0, superuser: false }), only: null };
}

/** Few relations are looked up one by one. */
function queryOf(kind: Kind, server: Server): string {
  if (server.only === null || server.only.length > fewRelations || !ofRelations.has(kind))
    return kind.query(server);
  return `SET LOCAL enable_nestloop = on; ${kind.query(server)}; SET LOCAL enable_nestloop = off`;
}

const fewRelations = 100;

/** Waits for all of them, also when one fails; throws the first failure. */
async function allOf(running: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(running)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}

/**
 * Calls `read` with every row as it arrives: the server goes on meanwhile, and rows are not kept. Throws the server's
 * error or that of `read`.
 */
function eachRow(client: ClientBase, sql: string, read: (row: unknown) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const query = client.query(new pg.Query(sql));
    query.on('row', (row: unknown) => {
      try {
        read(row);
      } catch (error) {
        // Thrown from here it would be the socket's.
        reject(error);
      }
    });
    query.on('error', reject);
    query.on('end', () => resolve());
  });
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

/**
 * Drops the ignored relations, what is part of them and the sequences that their columns own, and the ignored schemas: but
 * not one that holds other things beside ignored relations.
 */
function without(
  objects: readonly CatalogObject[],
  { ignore, ignoreSchemas = [] }: SnapshotOptions,
): readonly CatalogObject[] {
  if (ignore.length === 0 && ignoreSchemas.length === 0) return objects;
  const [names, schemas] = [new Set(ignore), new Set(ignoreSchemas)];
  const isNamed = ({ type, name, scope }: CatalogObject): boolean =>
    scope !== null && type !== 'column' && names.has(name);
  const named = new Set(objects.filter(isNamed).map(({ identity }) => identity));
  // A project may have put the tool's tables among its own.
  const shared = new Set(
    objects.flatMap(({ identity, scope, containerIdentity }) =>
      scope === null || scope === containerIdentity || named.has(identity) || named.has(containerIdentity)
        ? []
        : [scope],
    ),
  );
  const holdsNamed = new Set(
    objects.flatMap(({ identity, scope }) => (scope !== null && named.has(identity) ? [scope] : [])),
  );
  const ignoredSchemas = new Set(
    objects
      .filter(({ type, name }) => type === 'schema' && schemas.has(name))
      .map(({ identity }) => identity)
      .filter((identity) => !(holdsNamed.has(identity) && shared.has(identity))),
  );
  const isIgnored = ({ scope, identity }: CatalogObject): boolean =>
    named.has(identity) || ignoredSchemas.has(scope ?? identity);
  const ignored = new Set(objects.filter(isIgnored).map(({ identity }) => identity));
  return objects.filter((object) => !ignored.has(object.identity) && !ignored.has(object.containerIdentity));
}

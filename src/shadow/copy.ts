import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { Connection, ShadowDatabase } from './shadow.ts';

/**
 * Copies a database on its server, with what is set and granted for it. Oids and attribute numbers survive the copy; roles belong to the server and
 * are shared. Closing drops the copy.
 *
 * @param maintenance a database where nobody works, so that the copied one has no other session
 * @throws the server's error 55006 when somebody is connected to the source
 */
export async function copyDatabase(
  source: Pick<ShadowDatabase, 'connection' | 'admin'>,
  maintenance = 'postgres',
  settings: readonly string[] | null = null,
): Promise<ShadowDatabase> {
  const { database, user } = source.connection;
  const name = nameOfCopy(database);
  const role = await asAdmin({ ...source.admin, database: maintenance }, async (client) => {
    const found = await restoreRole(client, source, settings);
    const { rows } = await client.query<{ server_version_num: string }>('SHOW server_version_num');
    // Before 15 there is no other way than this one.
    const strategy = Number(rows[0]?.server_version_num) >= 150_000 ? ' STRATEGY file_copy' : '';
    await client.query(
      `CREATE DATABASE ${name} OWNER ${quoted(user)} TEMPLATE ${quoted(database)}${strategy}`,
    );
    if (source.admin.user !== user) await bringProperties(client, database, name);
    return found;
  });
  const copy = {
    connection: { ...source.connection, database: name },
    admin: { ...source.admin, database: name },
  };
  return {
    ...copy,
    copy: () => copyDatabase(copy, maintenance, role),
    [Symbol.asyncDispose]: () =>
      asAdmin({ ...source.admin, database: maintenance }, async (client) => {
        await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      }),
  };
}

/** On a server of somebody else the name says whose copy it is, so that it is found whatever becomes of its run. */
function nameOfCopy(database: string): string {
  const run = /^migration_gate_\d+_[0-9a-f]{12}/.exec(database)?.[0];
  return `${run === undefined ? '' : `${run}_`}copy_${randomBytes(6).toString('hex')}`;
}

/**
 * The role belongs to the server, not to what is copied: that a migration has locked it out, or set something for all its
 * sessions, since the source was made must not reach the copy's.
 *
 * @param settings what the role had then (`ALTER ROLE … SET`); null: what it has now is right
 * @returns those settings
 */
async function restoreRole(
  client: pg.Client,
  { connection: { user, password }, admin }: Pick<ShadowDatabase, 'connection' | 'admin'>,
  settings: readonly string[] | null,
): Promise<readonly string[]> {
  const { rows } = await client.query<{ setconfig: string[] }>(
    `SELECT setconfig FROM pg_catalog.pg_db_role_setting
     WHERE setdatabase = 0 AND setrole = (SELECT oid FROM pg_catalog.pg_roles WHERE rolname = $1)`,
    [user],
  );
  const now = rows[0]?.setconfig ?? [];
  if (admin.user === user) return now;
  await client.query(enterable(user, password));
  if (settings === null || JSON.stringify(settings) === JSON.stringify(now)) return settings ?? now;
  await client.query(`ALTER ROLE ${quoted(user)} RESET ALL`);
  if (settings.length > 0) {
    await client.query(
      `INSERT INTO pg_catalog.pg_db_role_setting (setdatabase, setrole, setconfig)
       SELECT 0, oid, $2 FROM pg_catalog.pg_roles WHERE rolname = $1`,
      [user, settings],
    );
  }
  return settings;
}

/** What a server keeps beside a database and does not copy with it: settings, privileges and the comment on the database itself. */
async function bringProperties(client: pg.Client, from: string, to: string): Promise<void> {
  const both = `(SELECT f.oid AS source, t.oid AS copy, f.datacl FROM pg_catalog.pg_database f, pg_catalog.pg_database t
    WHERE f.datname = $1 AND t.datname = $2) AS both_of_them`;
  for (const statement of [
    `INSERT INTO pg_catalog.pg_db_role_setting (setdatabase, setrole, setconfig)
     SELECT copy, setrole, setconfig FROM pg_catalog.pg_db_role_setting JOIN ${both} ON setdatabase = source`,
    `INSERT INTO pg_catalog.pg_shdescription (objoid, classoid, description)
     SELECT copy, classoid, description FROM pg_catalog.pg_shdescription JOIN ${both} ON objoid = source
     WHERE classoid = 'pg_catalog.pg_database'::pg_catalog.regclass`,
    `UPDATE pg_catalog.pg_database d SET datacl = both_of_them.datacl
     FROM ${both} WHERE d.oid = copy AND both_of_them.datacl IS NOT NULL`,
  ])
    await client.query(statement, [from, to]);
}

/** Lets a role in with this password, whatever a history has done to it. */
export const enterable = (user: string, password: string): string =>
  `ALTER ROLE ${quoted(user)} LOGIN PASSWORD '${password}' VALID UNTIL 'infinity' CONNECTION LIMIT -1`;

async function asAdmin<T>(admin: Connection, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ ...admin });
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

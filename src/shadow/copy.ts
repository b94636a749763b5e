import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { Connection, ShadowDatabase } from './shadow.ts';

/**
 * Copies a database on its server. Oids and attribute numbers survive the copy; roles belong to the server and
 * are shared. Closing drops the copy.
 *
 * @param maintenance a database where nobody works, so that the copied one has no other session
 * @throws the server's error 55006 when somebody is connected to the source
 */
export async function copyDatabase(
  source: Pick<ShadowDatabase, 'connection' | 'admin'>,
  maintenance = 'postgres',
): Promise<ShadowDatabase> {
  const name = `copy_${randomBytes(6).toString('hex')}`;
  const { database, user } = source.connection;
  await asAdmin({ ...source.admin, database: maintenance }, async (client) => {
    const { rows } = await client.query<{ server_version_num: string }>('SHOW server_version_num');
    // Before 15 there is no other way than this one.
    const strategy = Number(rows[0]?.server_version_num) >= 150_000 ? ' STRATEGY file_copy' : '';
    await client.query(
      `CREATE DATABASE ${name} OWNER ${quoted(user)} TEMPLATE ${quoted(database)}${strategy}`,
    );
  });
  const copy = {
    connection: { ...source.connection, database: name },
    admin: { ...source.admin, database: name },
  };
  return {
    ...copy,
    copy: () => copyDatabase(copy, maintenance),
    [Symbol.asyncDispose]: () =>
      asAdmin({ ...source.admin, database: maintenance }, async (client) => {
        await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      }),
  };
}

async function asAdmin(admin: Connection, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ ...admin });
  client.on('error', () => {});
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

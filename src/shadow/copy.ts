import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { Connection, ShadowDatabase } from './shadow.ts';

/** Where nobody works, so that the copied database has no other session. */
const MAINTENANCE_DATABASE = 'postgres';

/**
 * Copies a database on its server. Oids and attribute numbers survive the copy; roles belong to the server and
 * are shared. Closing drops the copy.
 *
 * @throws the server's error 55006 when somebody is connected to the source
 */
export async function copyDatabase(
  source: Pick<ShadowDatabase, 'connection' | 'admin'>,
): Promise<ShadowDatabase> {
  const name = `copy_${randomBytes(6).toString('hex')}`;
  const { database, user } = source.connection;
  await asAdmin(
    source.admin,
    `CREATE DATABASE ${name} OWNER ${quoted(user)} TEMPLATE ${quoted(database)} STRATEGY file_copy`,
  );
  const copy = {
    connection: { ...source.connection, database: name },
    admin: { ...source.admin, database: name },
  };
  return {
    ...copy,
    copy: () => copyDatabase(copy),
    [Symbol.asyncDispose]: () => asAdmin(source.admin, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

async function asAdmin(admin: Connection, statement: string): Promise<void> {
  const client = new pg.Client({ ...admin, database: MAINTENANCE_DATABASE });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

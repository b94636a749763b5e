import pg from 'pg';
import type { Connection, ShadowDatabase } from '../shadow/shadow.ts';

/** The server's roles are not what they were and cannot be made so; the message is a clause about the new migrations. */
export class RolesChanged extends Error {
  override readonly name = 'RolesChanged';
}

/**
 * Works on a copy of a database. Afterwards the copy is gone, and so are the roles that were made meanwhile: they
 * belong to the server, and the next copy must not find them.
 *
 * @throws RolesChanged
 */
export async function onCopy<T>(
  source: ShadowDatabase,
  work: (copy: ShadowDatabase) => Promise<T>,
): Promise<T> {
  const before = await rolesOf(source.admin);
  const result = await (async () => {
    await using copy = await source.copy();
    return await work(copy);
  })();
  await restoreRoles(source.admin, before);
  return result;
}

async function restoreRoles(admin: Connection, before: ReadonlySet<string>): Promise<void> {
  const now = await rolesOf(admin);
  const gone = [...before].filter((role) => !now.has(role));
  const made = [...now].filter((role) => !before.has(role));
  if (gone.length > 0) throw new RolesChanged(`they drop the role ${gone.join(', ')}`);
  if (made.length === 0) return;
  await asAdmin(admin, async (client) => {
    for (const role of made) await client.query(`DROP ROLE ${client.escapeIdentifier(role)}`);
  }).catch((cause: unknown) => {
    throw new RolesChanged(`their role ${made.join(', ')} cannot be dropped again`, { cause });
  });
}

async function rolesOf(admin: Connection): Promise<Set<string>> {
  const { rows } = await asAdmin(admin, (client) =>
    client.query<{ rolname: string }>('SELECT rolname FROM pg_catalog.pg_roles'),
  );
  return new Set(rows.map(({ rolname }) => rolname));
}

/** In the database where nobody works: a session in the source would be in the way of copying it. */
async function asAdmin<T>(admin: Connection, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ ...admin, database: 'postgres' });
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

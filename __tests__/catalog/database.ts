import pg from 'pg';
import { afterAll } from 'vitest';
import { sharedShadow } from '../shadow/with-shadow.ts';

const open = new Map<string, Promise<pg.Client>>();

afterAll(async () => {
  for (const client of open.values()) await (await client).end();
  open.clear();
});

/**
 * The superuser's connection to an empty database. The same database is emptied and used again, which is
 * quicker than a new one; `which` tells apart those that are needed at the same time.
 */
export async function emptyDatabase(major: number, which: 'first' | 'second' = 'first'): Promise<pg.Client> {
  const key = `${major} ${which}`;
  const found = open.get(key);
  const client = await (found ?? connect(major));
  open.set(key, Promise.resolve(client));
  if (found !== undefined) await client.query(emptying);
  return client;
}

async function connect(major: number): Promise<pg.Client> {
  const database = await (await sharedShadow(major)).database();
  const client = new pg.Client({ ...database.admin });
  await client.connect();
  // What the owner of the database makes needs no owner of its own in the text.
  await client.query(
    `ALTER DATABASE ${client.escapeIdentifier(database.admin.database)} OWNER TO ${client.escapeIdentifier(database.admin.user)}`,
  );
  return client;
}

const emptying = `DO $$
  DECLARE found record;
  BEGIN
    FOR found IN SELECT extname FROM pg_extension WHERE extname <> 'plpgsql' LOOP
      EXECUTE format('DROP EXTENSION IF EXISTS %I CASCADE', found.extname);
    END LOOP;
    FOR found IN SELECT nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema' LOOP
      EXECUTE format('DROP SCHEMA %I CASCADE', found.nspname);
    END LOOP;
    CREATE SCHEMA public AUTHORIZATION pg_database_owner;
  END $$`;

/** Sends each piece as one message; a single piece may hold many statements. */
export async function run(client: pg.Client, sql: string | readonly string[]): Promise<void> {
  for (const piece of typeof sql === 'string' ? [sql] : sql) {
    if (piece !== '') await client.query(piece);
  }
}

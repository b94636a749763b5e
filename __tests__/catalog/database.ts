import pg from 'pg';
import { afterAll } from 'vitest';
import type { Catalog } from '../../src/catalog/model.ts';
import { startShadow } from '../../src/shadow/index.ts';
import type { Shadow } from '../../src/shadow/shadow.ts';
import { sharedShadow } from '../shadow/with-shadow.ts';

const open = new Map<string, Promise<pg.Client>>();
const elsewhere = new Map<number, Promise<Shadow>>();

afterAll(async () => {
  for (const client of open.values()) await (await client).end();
  open.clear();
  for (const shadow of elsewhere.values()) await (await shadow)[Symbol.asyncDispose]();
  elsewhere.clear();
});

/**
 * The superuser's connection to an empty database. The same database is emptied and used again, which is
 * quicker than a new one; `which` tells apart those that are needed at the same time, `elsewhere` is on a server of
 * its own, with its own roles.
 */
export async function emptyDatabase(
  major: number,
  which: 'first' | 'second' | 'elsewhere' = 'first',
): Promise<pg.Client> {
  const key = `${major} ${which}`;
  const found = open.get(key);
  const client = await (found ?? connect(major, which === 'elsewhere'));
  open.set(key, Promise.resolve(client));
  if (found !== undefined) await client.query(emptying);
  return client;
}

async function connect(major: number, onItsOwn: boolean): Promise<pg.Client> {
  const admin = onItsOwn
    ? (await otherServer(major)).admin
    : (await (await sharedShadow(major)).database()).admin;
  const client = new pg.Client({ ...admin });
  await client.connect();
  await client.query("SELECT set_config('test.roles', string_agg(oid::text, ','), false) FROM pg_roles");
  // What the owner of the database makes needs no owner of its own in the text.
  await client.query(
    `ALTER DATABASE ${client.escapeIdentifier(admin.database)} OWNER TO ${client.escapeIdentifier(admin.user)}`,
  );
  return client;
}

function otherServer(major: number): Promise<Shadow> {
  const shadow = elsewhere.get(major) ?? startShadow({ shadow: 'embedded', major, extensions: [] });
  elsewhere.set(major, shadow);
  return shadow;
}

const emptying = `DO $$
  DECLARE found record;
  BEGIN
    FOR found IN SELECT evtname FROM pg_event_trigger LOOP
      EXECUTE format('DROP EVENT TRIGGER %I', found.evtname);
    END LOOP;
    FOR found IN SELECT format_type(t.trftype, NULL) AS type, l.lanname FROM pg_transform t JOIN pg_language l ON l.oid = t.trflang
      WHERE t.oid >= 16384 LOOP
      EXECUTE format('DROP TRANSFORM FOR %s LANGUAGE %I', found.type, found.lanname);
    END LOOP;
    FOR found IN SELECT lanname FROM pg_language WHERE oid >= 16384 LOOP
      EXECUTE format('DROP LANGUAGE %I', found.lanname);
    END LOOP;
    FOR found IN SELECT amname FROM pg_am WHERE oid >= 16384 LOOP
      EXECUTE format('DROP ACCESS METHOD %I CASCADE', found.amname);
    END LOOP;
    FOR found IN SELECT pubname FROM pg_publication LOOP
      EXECUTE format('DROP PUBLICATION %I', found.pubname);
    END LOOP;
    FOR found IN SELECT fdwname FROM pg_foreign_data_wrapper LOOP
      EXECUTE format('DROP FOREIGN DATA WRAPPER %I CASCADE', found.fdwname);
    END LOOP;
    FOR found IN SELECT extname FROM pg_extension WHERE extname <> 'plpgsql' LOOP
      EXECUTE format('DROP EXTENSION IF EXISTS %I CASCADE', found.extname);
    END LOOP;
    FOR found IN SELECT nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema' LOOP
      EXECUTE format('DROP SCHEMA %I CASCADE', found.nspname);
    END LOOP;
    FOR found IN SELECT rolname FROM pg_roles WHERE oid <> ALL (string_to_array(current_setting('test.roles'), ',')::oid[]) LOOP
      EXECUTE format('DROP OWNED BY %I CASCADE', found.rolname);
      EXECUTE format('DROP ROLE %I', found.rolname);
    END LOOP;
    EXECUTE 'CREATE SCHEMA public AUTHORIZATION '
      || CASE WHEN current_setting('server_version_num')::int < 140000 THEN 'CURRENT_USER' ELSE 'pg_database_owner' END;
  END $$`;

/** Sends each piece as one message; a single piece may hold many statements. */
export async function run(client: pg.Client, sql: string | readonly string[]): Promise<void> {
  for (const piece of typeof sql === 'string' ? [sql] : sql) {
    if (piece !== '') await client.query(piece);
  }
}

/** All that a catalog holds, as a value that can be compared. */
export const whole = ({ objects, notModelled, major }: Catalog) => ({
  objects: objects.map((object) => ({ ...object, definition: object.definition })),
  notModelled,
  major,
});

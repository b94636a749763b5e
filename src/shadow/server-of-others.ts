import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { onExit } from '../cleanup.ts';
import { Undecided } from '../errors.ts';
import { copyDatabase } from './copy.ts';
import { connectionOf, describe, enter, type ServerFacts } from './enter-by-url.ts';
import { createExtensions } from './extensions.ts';
import { copiesOf, dropRoles, PREFIX, removeLeftovers, rolesOf } from './left-on-server.ts';
import { adminOptions } from './settings.ts';
import type { Connection, Shadow, ShadowOptions, ShadowProvider } from './shadow.ts';

/**
 * A server that a URL names: a service container, a branch of a hosted Postgres, a scratch instance. The gate works in
 * databases of its own, which it makes and drops. It needs no superuser, but CREATEDB.
 */
export const url = (address: string): ShadowProvider => ({
  name: 'url',
  start: (options) => start(address, options),
});

async function start(address: string, options: ShadowOptions): Promise<Shadow> {
  const since = performance.now();
  const given = connectionOf(address);
  options.onProgress?.(`connecting to ${given.host}:${given.port}`);
  const client = await enter(given);
  try {
    const server = await describe(client);
    if (options.existing === true) {
      await removeLeftovers(client);
      return existing(client, given, since, server);
    }
    await mustBeScratch(client, given);
    if (!server.mayCreateDatabases) {
      throw new Undecided(
        'shadow-unavailable',
        `The role ${given.user} of the shadow's URL may not create databases: ALTER ROLE ${given.user} CREATEDB, or name another shadow.`,
      );
    }
    if (!server.superuser && !/^(?:C|POSIX|en)/.test(server.messages)) {
      throw notInEnglish(server.messages);
    }
    await removeLeftovers(client);
    if (server.major !== options.major) {
      options.onProgress?.(`the server is PostgreSQL ${server.version}, not ${options.major}`);
    }
    return await open({ client, given, options, since, ...server });
  } catch (error) {
    await client.end();
    throw error;
  }
}

/** The database that the URL names, as it is: nothing is made in it, and nothing taken back. */
function existing(client: pg.Client, given: Connection, since: number, server: ServerFacts): Shadow {
  if (!/^(?:C|POSIX|en)/.test(server.messages)) throw notInEnglish(server.messages);
  const admin = { ...given, options: adminOptions(server.major) };
  return {
    provider: 'url',
    chosen: `${given.database} on ${given.host}:${given.port}`,
    postgresVersion: server.version,
    seed: null,
    keep: null,
    bootMs: performance.now() - since,
    connection: given,
    admin,
    async copy() {
      // It has no other session than this one, which is in the way of copying it.
      await client.end();
      return copyDatabase({ connection: given, admin });
    },
    [Symbol.asyncDispose]: () => client.end(),
  };
}

const notInEnglish = (messages: string): Undecided =>
  new Undecided(
    'shadow-unavailable',
    `The shadow's server speaks ${JSON.stringify(messages)}; what its statements do is read from its messages. Set lc_messages = 'C' there, or connect as a superuser, who can.`,
  );

async function open(
  on: ServerFacts & {
    client: pg.Client;
    given: Connection;
    options: ShadowOptions;
    since: number;
  },
): Promise<Shadow> {
  const { client, given, options } = on;
  const name = `${PREFIX}${process.pid}_${randomBytes(6).toString('hex')}`;
  const plain = { ...given, database: name };
  const admin = { ...plain, options: adminOptions(on.major) };
  // Who is a superuser gets an owner without that right made; anybody else owns what it creates.
  const sealed = on.superuser && options.superuser !== true;
  const connection = sealed ? { ...plain, user: name, password: randomBytes(24).toString('hex') } : plain;
  const rolesBefore = await rolesOf(client);
  const dropOurs = async () => {
    // While it is being copied this waits, and its copy is there afterwards.
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    for (let copies = await copiesOf(client, name); copies.length > 0; copies = await copiesOf(client, name))
      for (const copy of copies) await client.query(`DROP DATABASE IF EXISTS ${copy} WITH (FORCE)`);
    await dropRoles(
      client,
      [...(await rolesOf(client))].filter((role) => !rolesBefore.has(role)),
    );
    if (sealed) await client.query(`DROP ROLE IF EXISTS ${name}`);
  };
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= (async () => {
      await insisting(dropOurs);
      await client.end();
      unregister();
    })();
    return closing;
  };
  const unregister = onExit(close);
  // As long as this session is there its databases are in use: `removeLeftovers`.
  await client.query(`SET application_name = '${name}'`);
  if (sealed) {
    await client.query(
      `CREATE ROLE ${name} LOGIN ${on.major >= 16 ? 'CREATEROLE' : 'NOCREATEROLE'} PASSWORD '${connection.password}'`,
    );
  }
  await client.query(
    `CREATE DATABASE ${name} OWNER ${client.escapeIdentifier(connection.user)} TEMPLATE template0`,
  );
  try {
    const inside = await enter(plain);
    try {
      if (sealed) {
        // The tracer reads English messages; only a superuser may change it.
        await inside.query(`ALTER DATABASE ${name} SET lc_messages = 'C'`);
        await inside.query(`REVOKE CONNECT ON DATABASE ${name} FROM PUBLIC`);
        if (on.major < 15) await inside.query(`ALTER SCHEMA public OWNER TO ${name}`);
      }
      await createExtensions(inside, options.extensions);
    } finally {
      await inside.end();
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    provider: 'url',
    chosen: `${given.host}:${given.port}, named by its URL`,
    postgresVersion: on.version,
    seed: null,
    keep: null,
    bootMs: performance.now() - on.since,
    connection,
    admin,
    copy: () => copyDatabase({ connection, admin }, given.database),
    [Symbol.asyncDispose]: close,
  };
}

const TRIES = 4;
const AGAIN_MS = 150;

/** A signal closes while a session of ours may still change what is dropped, which is an error on one side. */
async function insisting(work: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await work();
      return;
    } catch (error) {
      if (tries === TRIES || !(error instanceof pg.DatabaseError)) throw error;
      await sleep(AGAIN_MS);
    }
  }
}

/** A URL that by mistake names a database in use must not have a load of migrations run beside it. */
async function mustBeScratch(client: pg.Client, { database, host }: Connection): Promise<void> {
  const { rows } = await client.query<{ relation: string }>(
    `SELECT n.nspname || '.' || c.relname AS relation
     FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'm', 'v', 'S') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
       AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
     ORDER BY 1 LIMIT 3`,
  );
  if (rows.length === 0) return;
  throw new Undecided(
    'shadow-unavailable',
    `The database ${database} on ${host} is not empty (${rows.map(({ relation }) => relation).join(', ')}${rows.length === 3 ? ', …' : ''}): a shadow must be a scratch server. Name an empty database of a server that nobody needs.`,
  );
}

import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { Undecided } from '../errors.ts';
import type { Binaries } from './binaries.ts';
import { openCache } from './cache.ts';
import { discard, ifPossible } from './cache-entry.ts';
import { openClient } from './client.ts';
import { copyDatabase, enterable } from './copy.ts';
import { bring, offer } from './elsewhere.ts';
import { createExtensions } from './extensions.ts';
import { notesOf } from './notes.ts';
import type { OwnedDirectory } from './owned-directory.ts';
import { ADMIN, DATABASE, OWNER } from './roles.ts';
import { createRunPlace, freePort, type RunPlace } from './run-place.ts';
import { startServer } from './server.ts';
import { type Server, ServerDidNotStart, type ServerPlace } from './server-process.ts';
import { adminOptions } from './settings.ts';
import type { Connection, Shadow, ShadowOptions } from './shadow.ts';
import {
  copyTemplate,
  keepTemplate,
  makeCluster,
  pruneSeeds,
  seedPath,
  templatePath,
  touch,
  writeConfiguration,
} from './template.ts';

/**
 * Boots a cluster of our own out of programs that lie on this machine: a data directory, a server as our child
 * process, our roles. Closing removes all of it.
 *
 * @param since `performance.now()` of the request
 * @throws Undecided `shadow-unavailable` when the server does not start
 */
export async function bootCluster(
  provider: 'embedded' | 'local',
  binaries: Binaries,
  options: ShadowOptions,
  since: number,
): Promise<Shadow> {
  options.onProgress?.(`starting PostgreSQL ${binaries.version}`);
  const place = await createRunPlace(binaries.account);
  const close = async () => {
    await place.remove();
    await binaries.directory?.remove();
  };
  try {
    return await boot(provider, options, binaries, place, since, close);
  } catch (error) {
    await close();
    if (error instanceof ServerDidNotStart) {
      throw new Undecided(
        'shadow-unavailable',
        `The shadow's PostgreSQL ${binaries.version} did not start. The end of its log:\n${error.message}`,
        { cause: error },
      );
    }
    throw error;
  }
}

async function boot(
  provider: 'embedded' | 'local',
  options: ShadowOptions,
  binaries: Binaries,
  { run, socketDirectory }: RunPlace,
  since: number,
  close: () => Promise<void>,
): Promise<Shadow> {
  const place: ServerPlace = {
    binaries,
    data: join(run.path, 'data'),
    socketDirectory,
    port: UNIX_PORT,
    tcp: options.tcp === true || socketDirectory === null,
  };
  const cache = options.cache === false ? null : await openCache();
  const notes = cache === null ? null : notesOf(cache, binaries);
  if (notes !== null) options.onNotes?.(notes);
  const entered = await startCluster(place, run, cache, options.seeds ?? []);
  const { client, port, seed } = entered;
  let kept = entered.kept;
  const connection = (user: string): Connection => ({
    host: options.tcp === true ? '127.0.0.1' : (socketDirectory ?? '127.0.0.1'),
    port,
    user,
    password: randomBytes(24).toString('hex'),
    database: DATABASE,
  });
  const owner = connection(OWNER);
  const admin = { ...connection(ADMIN), options: adminOptions(binaries.major) };
  // The template's password is known to every run of this cache.
  for (const { user, password } of [owner, admin]) {
    await client.query(enterable(user, password));
  }
  if (options.superuser === true) await client.query(`ALTER ROLE ${OWNER} SUPERUSER`);
  if (seed === null) await createExtensions(client, options.extensions);
  const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
  await client.end();
  return {
    provider,
    postgresVersion: rows[0]?.server_version.split(' ')[0] ?? binaries.version,
    bootMs: performance.now() - since,
    seed,
    keep:
      cache === null
        ? null
        : keeper({ ...place, port }, run, cache, entered.server, admin.password, (digest) => {
            kept = digest;
          }),
    kept: () => kept,
    ...(notes === null ? {} : { notes }),
    connection: owner,
    admin,
    copy: () => copyDatabase({ connection: owner, admin }),
    [Symbol.asyncDispose]: close,
  };
}

/** Stops the server, keeps a copy of its files and starts it again. */
function keeper(
  place: ServerPlace,
  run: OwnedDirectory,
  cache: string,
  running: Server,
  password: string,
  onKept: (digest: string | null) => void,
): (key: string, costMs: number) => Promise<void> {
  let server = running;
  return async (key, costMs) => {
    const path = seedPath(cache, place.binaries, key);
    await server.stop('fast');
    onKept(await keepTemplate(path, place.data, password));
    await ifPossible(() => pruneSeeds(cache));
    if (existsSync(path)) offer(path, costMs);
    server = await startServer(place, run);
  };
}

/** A running cluster with its first session, the superuser's. */
interface Entered {
  readonly client: pg.Client;
  readonly port: number;
  readonly server: Server;
}

/**
 * Starts a copy of a kept cluster: the first of the seeds that is there, else the empty one. Makes (and keeps) a new one
 * where there is none or it does not work.
 */
async function startCluster(
  place: ServerPlace,
  run: OwnedDirectory,
  cache: string | null,
  seeds: readonly string[],
): Promise<Entered & { readonly seed: string | null; readonly kept: string | null }> {
  const template = cache === null ? null : templatePath(cache, place.binaries);
  if (cache !== null) await bring(seeds.map((seed) => seedPath(cache, place.binaries, seed)));
  const kept =
    cache === null || template === null
      ? []
      : [
          ...seeds.map((seed) => ({ seed, path: seedPath(cache, place.binaries, seed) })),
          { seed: null, path: template },
        ];
  for (const { seed, path } of kept) {
    if (!existsSync(path)) continue;
    const copied = await copyTemplate(path, place.data);
    if (copied !== null) {
      await writeConfiguration(place);
      try {
        const entered = await startAndEnter(place, run, copied.password);
        if (seed !== null) await touch(path);
        return { ...entered, seed, kept: seed === null ? null : copied.digest };
      } catch (error) {
        if (!isDamage(error)) throw error;
      }
    }
    await discard(path);
    await rm(place.data, { recursive: true, force: true, maxRetries: 5 });
  }
  const here: ServerPlace = { ...place, ...(await listening(place)) };
  const { password, server } = await makeCluster(here, run);
  if (template === null) return { ...(await enter(here, server, password)), seed: null, kept: null };
  await server.stop('fast');
  await keepTemplate(template, place.data, password);
  return { ...(await startAndEnter(place, run, password)), seed: null, kept: null };
}

/** A free port may be taken by the time the server asks for it. */
async function startAndEnter(place: ServerPlace, run: OwnedDirectory, password: string): Promise<Entered> {
  for (let attempt = 1; ; attempt += 1) {
    const here: ServerPlace = { ...place, ...(await listening(place)) };
    let server: Server;
    try {
      server = await startServer(here, run);
    } catch (error) {
      if (attempt < 3 && isPortTaken(error)) continue;
      throw error;
    }
    return enter(here, server, password);
  }
}

/** Stops the server where it does not let us in. */
async function enter(here: ServerPlace, server: Server, password: string): Promise<Entered> {
  try {
    const client = await openClient({ ...here, user: ADMIN, password, database: DATABASE });
    return { client, port: here.port, server };
  } catch (error) {
    await server.stop('immediate');
    throw error;
  }
}

async function listening({ tcp }: ServerPlace): Promise<{ port: number }> {
  return { port: tcp ? await freePort() : UNIX_PORT };
}

/** In a socket directory of our own any number will do. */
const UNIX_PORT = 5432;

function isPortTaken(error: unknown): boolean {
  return error instanceof ServerDidNotStart && error.message.includes('could not bind');
}

/** What a kept cluster may do that lost or changed some of its bytes: not start, or not let us in. */
function isDamage(error: unknown): boolean {
  if (error instanceof ServerDidNotStart) return !isPortTaken(error);
  return error instanceof pg.DatabaseError;
}

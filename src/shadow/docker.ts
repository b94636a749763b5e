import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { ContainerRuntimeClient } from 'testcontainers';
import { onExit } from '../cleanup.ts';
import { Undecided } from '../errors.ts';
import { copyDatabase } from './copy.ts';
import { createExtensions } from './extensions.ts';
import { isDead, type Owner, thisProcess } from './owner.ts';
import { ADMIN, DATABASE, databaseStatements, OWNER, setupStatements } from './roles.ts';
import { adminOptions, initdbArguments, serverSettings } from './settings.ts';
import type { Connection, Shadow, ShadowOptions, ShadowProvider } from './shadow.ts';

/** Any image that takes the official one's environment: `postgres`, `postgis/postgis`, `pgvector/pgvector`, … */
export const docker: ShadowProvider = { name: 'docker', start };

const OWNER_LABEL = 'migration-gate.owner';
const START_TIMEOUT_MS = 120_000;

async function start(options: ShadowOptions): Promise<Shadow> {
  const since = performance.now();
  const progress = options.onProgress ?? (() => {});
  const { GenericContainer, Wait, engine } = await load();
  const image = options.image ?? `postgres:${options.major}`;
  await removeLeftovers(engine);
  const { major, digest } = await pulled(engine, image, options.major, progress);
  progress(`starting ${image}`);

  const name = `migration-gate-${randomBytes(6).toString('hex')}`;
  const remove = async () => {
    await engine.container.dockerode.getContainer(name).remove({ force: true, v: true }).catch(alreadyGone);
    unregister();
  };
  const unregister = onExit(remove, {
    sync: () =>
      void spawnSync('docker', ['rm', '--force', '--volumes', name], { stdio: 'ignore', timeout: 4_000 }),
  });
  const password = randomBytes(24).toString('hex');
  const log = logTail();
  try {
    const container = await new GenericContainer(image)
      .withName(name)
      .withLabels({ [OWNER_LABEL]: JSON.stringify(thisProcess()) })
      .withEnvironment({
        POSTGRES_USER: ADMIN,
        POSTGRES_PASSWORD: password,
        POSTGRES_DB: 'postgres',
        POSTGRES_INITDB_ARGS: initdbArguments(major).join(' '),
      })
      .withCommand(['postgres', ...flags(major)])
      .withExposedPorts(5432)
      .withLogConsumer((stream) => stream.on('data', (chunk: Buffer) => log.add(String(chunk))))
      // The image's own first server has no TCP port: who gets in by one is at the real one.
      .withWaitStrategy(Wait.forLogMessage(/database system is ready to accept connections/))
      .withStartupTimeout(START_TIMEOUT_MS)
      .start();
    const entrance: Connection = {
      host: container.getHost(),
      port: container.getMappedPort(5432),
      user: ADMIN,
      password,
      database: DATABASE,
    };
    const connection = { ...entrance, user: OWNER, password: randomBytes(24).toString('hex') };
    const version = await prepare(entrance, connection, major, options);
    // The image's own major, whatever was asked for.
    const admin = { ...entrance, options: adminOptions(Number.parseInt(version, 10)) };
    return {
      provider: 'docker',
      chosen: digest,
      postgresVersion: version,
      seed: null,
      keep: null,
      bootMs: performance.now() - since,
      connection,
      admin,
      copy: () => copyDatabase({ connection, admin }),
      [Symbol.asyncDispose]: remove,
    };
  } catch (error) {
    await remove();
    if (error instanceof Undecided) throw error;
    throw new Undecided(
      'shadow-unavailable',
      `The container of ${image} did not start: ${messageOf(error)}${log.text() === '' ? '' : `\nThe end of its log:\n${log.text()}`}`,
      { cause: error },
    );
  }
}

/**
 * The library that talks to the engine, loaded when a container is wanted.
 *
 * @throws Undecided `shadow-unavailable` where Node is too old for it or no engine answers
 */
async function load() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 22 || (major === 22 && minor < 22)) {
    throw new Undecided(
      'shadow-unavailable',
      `The docker shadow needs Node 22.22 or newer; this is ${process.versions.node}. Run the command with a newer Node, or leave shadow at auto.`,
    );
  }
  // Its helper that removes what was left is an image more to pull; we remove by ourselves.
  process.env.TESTCONTAINERS_RYUK_DISABLED = 'true';
  const { GenericContainer, Wait, getContainerRuntimeClient } = await import('testcontainers');
  try {
    return { GenericContainer, Wait, engine: await getContainerRuntimeClient() };
  } catch (error) {
    throw new Undecided(
      'shadow-unavailable',
      `No Docker engine answers: ${messageOf(error)} On GitHub's Linux runners there is one; in a container job mount /var/run/docker.sock, on macOS and Windows runners name another shadow.`,
      { cause: error },
    );
  }
}

/** Pulls the image where the engine lacks it, and says what it is. */
async function pulled(
  engine: ContainerRuntimeClient,
  image: string,
  asked: number,
  progress: (message: string) => void,
): Promise<{ major: number; digest: string }> {
  const { ImageName } = await import('testcontainers');
  const name = ImageName.fromString(image);
  try {
    if (!(await engine.image.exists(name))) {
      progress(`pulling ${image}`);
      await engine.image.pull(name);
    }
    const { RepoDigests, Id, Config } = await engine.image.inspect(name);
    // The official image and those built on it say so.
    const stated = Config?.Env?.find((each) => each.startsWith('PG_MAJOR='))?.slice('PG_MAJOR='.length);
    return { major: Number(stated) || asked, digest: `${image}, ${RepoDigests?.[0] ?? Id}` };
  } catch (error) {
    throw new Undecided(
      'shadow-unavailable',
      `The image ${image} cannot be had: ${messageOf(error)} Check its name; for a private registry log in before this step (docker/login-action).`,
      { cause: error },
    );
  }
}

/** Those of our settings that are not the image's own affair. */
function flags(major: number): string[] {
  const own = new Set([
    'listen_addresses',
    'unix_socket_permissions',
    'dynamic_shared_memory_type',
    'log_destination',
    // Too little where an image's initdb has not had our arguments, whose segments are small.
    'min_wal_size',
  ]);
  return Object.entries(serverSettings(major)).flatMap(([name, value]) =>
    own.has(name) ? [] : ['-c', `${name}=${value}`],
  );
}

/** Makes roles, database and extensions as in a cluster of our own. */
async function prepare(
  admin: Connection,
  owner: Connection,
  major: number,
  options: ShadowOptions,
): Promise<string> {
  const client = await firstSession({ ...admin, database: 'postgres' });
  for (const statement of setupStatements(major)) await client.query(statement);
  await client.query(
    `ALTER ROLE ${OWNER} ${options.superuser === true ? 'SUPERUSER ' : ''}PASSWORD '${owner.password}'`,
  );
  await client.end();
  const inside = await firstSession(admin);
  try {
    for (const statement of databaseStatements(major)) await inside.query(statement);
    await createExtensions(inside, options.extensions);
    const { rows } = await inside.query<{ server_version: string }>('SHOW server_version');
    return rows[0]?.server_version.split(' ')[0] ?? String(major);
  } finally {
    await inside.end();
  }
}

/** The image starts a server for its own set-up first, ends it, and then starts the one that stays. */
async function firstSession(connection: Connection): Promise<pg.Client> {
  const until = performance.now() + START_TIMEOUT_MS;
  for (;;) {
    const client = new pg.Client({ ...connection, connectionTimeoutMillis: 10_000 });
    client.on('error', () => {});
    try {
      await client.connect();
      return client;
    } catch (error) {
      const refused = !(error instanceof pg.DatabaseError) || error.code === '57P03';
      if (!refused || performance.now() > until) throw error;
      await sleep(100);
    }
  }
}

/** Containers of runs that were killed. */
async function removeLeftovers(engine: ContainerRuntimeClient): Promise<void> {
  const { dockerode } = engine.container;
  const found = await dockerode.listContainers({ all: true, filters: { label: [OWNER_LABEL] } });
  for (const { Id, Labels } of found) {
    let owner: Owner;
    try {
      owner = JSON.parse(Labels[OWNER_LABEL] ?? '') as Owner;
    } catch {
      continue;
    }
    if (isDead(owner)) await dockerode.getContainer(Id).remove({ force: true, v: true }).catch(alreadyGone);
  }
}

/** 404: gone; 409: being removed by somebody else. */
function alreadyGone(error: unknown): void {
  const status = (error as { statusCode?: unknown }).statusCode;
  if (status !== 404 && status !== 409) throw error;
}

function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** The end of the container's log. */
function logTail(): { add(text: string): void; text(): string } {
  let kept = '';
  return {
    add(text) {
      kept = (kept + text).slice(-8_000);
    },
    text: () => kept.trim().split('\n').slice(-12).join('\n'),
  };
}

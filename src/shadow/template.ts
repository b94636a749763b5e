import { createHash, randomBytes } from 'node:crypto';
import { chown, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Undecided } from '../errors.ts';
import { digestOf, pack, unpack } from './archive.ts';
import type { Binaries } from './binaries.ts';
import { isCode, isOwn, makeOwn } from './cache.ts';
import { discard, ifPossible, publish, stage } from './cache-entry.ts';
import { openClient } from './client.ts';
import type { OwnedDirectory } from './owned-directory.ts';
import { killStop, runSealed } from './program.ts';
import { ADMIN, DATABASE, databaseStatements, setupStatements } from './roles.ts';
import { startServer } from './server.ts';
import type { Server, ServerPlace } from './server-process.ts';
import { configuration, hostBasedAuthentication, initdbArguments } from './settings.ts';

/**
 * The template: a cluster as `initdb` and our roles make it, kept in the cache and copied for each run, which
 * takes 50 ms instead of 600.
 */

/** Raise it when a kept data directory of an older program must not be used any more. */
const FORMAT = 4;
/** Holds the data directory, which is called `data` in every run. */
const ARCHIVE = 'data.tar';
const INITDB_TIMEOUT_MS = 120_000;
/** It needs half a second when nothing is wrong. */
const INITDB_PATIENCE_MS = 3_000;

/** Where the template for these binaries is kept: its data directory in one file, a digest of it, and `password`, which only we can read. */
export const templatePath = (cache: string, binaries: Binaries): string =>
  join(cache, 'templates', templateName(binaries));

/** A history has a seed for each of its migrations, and all have the template's name in theirs. */
const names = new WeakMap<Binaries, string>();

function templateName(binaries: Binaries): string {
  const name = names.get(binaries) ?? newName(binaries);
  names.set(binaries, name);
  return name;
}

function newName({ major, build, version, account }: Binaries): string {
  const content = [
    ...[FORMAT, process.platform, process.arch, build],
    ...[initdbArguments(major), hostBasedAuthentication, configuration(major), ADMIN, setupStatements(major)],
    ...databaseStatements(major),
  ];
  const key = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 16);
  // A server starts on its own account's files only.
  const owner = account?.uid ?? process.getuid?.() ?? 'user';
  return `${version}-${owner}-${key}`;
}

/**
 * Where a cluster whose database was kept under a key lies. Everything that determines a template determines it too.
 */
export function seedPath(cache: string, binaries: Binaries, key: string): string {
  return join(
    cache,
    'bases',
    `${templateName(binaries)}-${createHash('sha256').update(key).digest('hex').slice(0, 32)}`,
  );
}

/** How many databases are kept: one is a few dozen megabytes. */
const KEPT_SEEDS = 8;

/** Removes the kept databases that were not used for longest. */
export async function pruneSeeds(cache: string): Promise<void> {
  const base = join(cache, 'bases');
  const entries = await Promise.all(
    (await readdir(base)).map(async (name) => {
      const path = join(base, name);
      return { path, used: (await stat(path).catch(() => null))?.mtimeMs ?? 0 };
    }),
  );
  const own = entries.filter(({ path }) => !basename(path).startsWith('migration-gate-run-'));
  for (const { path } of own.sort((a, b) => b.used - a.used).slice(KEPT_SEEDS)) await discard(path);
}

/** Notes that an entry was used just now. */
export async function touch(path: string): Promise<void> {
  const now = new Date();
  // Another run may have removed it meanwhile.
  await utimes(path, now, now).catch((error: unknown) => {
    if (!isCode(error, 'ENOENT')) throw error;
  });
}

/** What is known of a kept cluster. */
export interface Kept {
  /** The superuser's in it. */
  readonly password: string;
  /** Of its archive. */
  readonly digest: string;
}

/** The digest that an entry of our own says its archive has; null: there is no such entry. */
export async function keptIn(template: string): Promise<string | null> {
  if (!(await isOwn(template))) return null;
  return readFile(join(template, 'digest'), 'utf8').catch((error: unknown) => {
    if (isCode(error, 'ENOENT', 'ENOTDIR')) return null;
    throw error;
  });
}

/**
 * Copies the kept cluster to `data`.
 *
 * @returns null when there is none, it is damaged, or it went away meanwhile
 */
export async function copyTemplate(template: string, data: string): Promise<Kept | null> {
  try {
    const [password, digest] = await Promise.all([
      readFile(join(template, 'password'), 'utf8'),
      readFile(join(template, 'digest'), 'utf8'),
    ]);
    const archive = join(template, ARCHIVE);
    // Both to their end: what is still being unpacked could not be removed.
    const [unpacked, found] = await Promise.allSettled([unpack(archive, data), digestOnce(archive)]);
    if (found.status === 'rejected') throw found.reason;
    return unpacked.status === 'fulfilled' && unpacked.value && found.value === digest
      ? { password, digest }
      : null;
  } catch (error) {
    if (isCode(error, 'ENOENT', 'ENOTDIR')) return null;
    throw error;
  }
}

/** Digests of archives by what tells a file from another that takes its place: a run may begin several servers with one. */
const digests = new Map<string, Promise<string>>();

async function digestOnce(archive: string): Promise<string> {
  const { dev, ino, size, mtimeMs, ctimeMs } = await stat(archive);
  const file = JSON.stringify([archive, dev, ino, size, mtimeMs, ctimeMs]);
  const found = digests.get(file) ?? digestOf(archive);
  digests.set(file, found);
  return found;
}

/**
 * Makes a new cluster in `place.data` and starts it.
 *
 * @returns the superuser's password in it, and its server
 * @throws Undecided `shadow-unavailable` when initdb fails
 */
export async function makeCluster(
  place: ServerPlace,
  run: OwnedDirectory,
): Promise<{ readonly password: string; readonly server: Server }> {
  const { binaries, data } = place;
  const { account, initdb, major } = binaries;
  const password = randomBytes(24).toString('hex');
  const passwordFile = join(run.path, 'initdb-password');
  await writeFile(passwordFile, password, { mode: 0o600 });
  await mkdir(data, { mode: 0o700 });
  if (account !== null) {
    for (const path of [passwordFile, data]) await chown(path, account.uid, account.gid);
  }
  const made = await runSealed(
    initdb,
    ['-D', data, '-U', ADMIN, `--pwfile=${passwordFile}`, ...initdbArguments(major)],
    {
      account,
      timeoutMs: INITDB_TIMEOUT_MS,
      // Its bootstrap server, when killed, leaves a segment in /dev/shm, which nobody would remove.
      onStart: (child) => run.addStop(killStop(child, INITDB_PATIENCE_MS)),
    },
  );
  await rm(passwordFile);
  if (made.code !== 0) {
    const said = `${made.stdout}\n${made.stderr}`.trim().split('\n').slice(-12).join('\n');
    throw new Undecided(
      'shadow-unavailable',
      `initdb of the embedded PostgreSQL ${binaries.version} failed (${made.failure ?? `exit code ${made.code}`}):\n${said}\n${initdbAdvice(said)}`,
    );
  }
  await writeConfiguration(place);
  const server = await startServer(place, run);
  const client = await openClient({ ...place, user: ADMIN, password, database: 'postgres' });
  for (const statement of setupStatements(major)) await client.query(statement);
  await client.end();
  const inside = await openClient({ ...place, user: ADMIN, password, database: DATABASE });
  for (const statement of databaseStatements(major)) await inside.query(statement);
  await inside.end();
  return { password, server };
}

/** Which programs and libraries a server loads is never what a kept data directory says. */
export async function writeConfiguration({ data, binaries }: ServerPlace): Promise<void> {
  await rm(join(data, 'postgresql.auto.conf'), { force: true });
  await writeFile(join(data, 'postgresql.conf'), configuration(binaries.major));
  await writeFile(join(data, 'pg_hba.conf'), hostBasedAuthentication);
}

function initdbAdvice(said: string): string {
  if (said.includes('could not look up effective user ID')) {
    return 'This user id has no entry in /etc/passwd, which initdb needs: run the job as root or as a user that the image knows.';
  }
  return 'If the disk is full or memory is short, give the job more; otherwise name another shadow with --shadow.';
}

/**
 * Puts a copy of a stopped cluster into the cache. Where that is impossible the next run makes its own.
 *
 * @returns the digest of what was put there; null: nothing was, or another run's came first
 */
export async function keepTemplate(template: string, data: string, password: string): Promise<string | null> {
  const base = dirname(template);
  if (!(await makeOwn(base))) return null;
  return ifPossible(async () => {
    const staged = await stage(base);
    try {
      await mkdir(staged.entry);
      await writeFile(join(staged.entry, 'password'), password, { mode: 0o600 });
      const archive = join(staged.entry, ARCHIVE);
      if (!(await pack(data, archive))) return null;
      const digest = await digestOf(archive);
      await writeFile(join(staged.entry, 'digest'), digest);
      await publish(staged, template);
      return (await keptIn(template)) === digest ? digest : null;
    } finally {
      await staged.remove();
    }
  });
}

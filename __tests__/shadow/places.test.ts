import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Account, canReach, parsePasswd, serverAccounts } from '../../src/shadow/account.ts';
import { cacheDirectory } from '../../src/shadow/cache.ts';
import { startShadow } from '../../src/shadow/index.ts';
import { isDead, thisProcess } from '../../src/shadow/owner.ts';
import { createRunPlace } from '../../src/shadow/run-place.ts';
import { openDirectory } from './process-of-its-own.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('the cache directory', () => {
  it.each([
    [{ XDG_CACHE_HOME: '/x/cache', RUNNER_TOOL_CACHE: '/tools', HOME: '/home/u' }, '/x/cache/migration-gate'],
    [{ RUNNER_TOOL_CACHE: '/tools', HOME: '/home/u' }, '/tools/migration-gate'],
    // The specification of XDG: a relative path is to be ignored.
    [{ XDG_CACHE_HOME: 'cache', RUNNER_TOOL_CACHE: '/tools' }, '/tools/migration-gate'],
    [{ XDG_CACHE_HOME: '', RUNNER_TOOL_CACHE: '/tools' }, '/tools/migration-gate'],
  ])('%j', (env, path) => {
    expect(cacheDirectory(env)).toBe(path);
  });

  it.runIf(process.platform === 'linux')("else the home's", () => {
    vi.stubEnv('HOME', '/home/somebody');
    expect(cacheDirectory({})).toBe('/home/somebody/.cache/migration-gate');
  });
});

describe('accounts', () => {
  it('are read from /etc/passwd; what Node cannot switch to is left out', () => {
    const text =
      'root:x:0:0::/:/bin/sh\nnobody:*:-2:-2:x:/:/bin/false\ndaemon:x:1:1::/:/bin/false\n\n#x\nbroken:x:y:1\n';
    expect(parsePasswd(text)).toEqual([{ name: 'daemon', uid: 1, gid: 1 }]);
  });

  it('reach what the permission bits let them', () => {
    const directory = openDirectory();
    const stranger: Account = { name: 'stranger', uid: 54321, gid: 54321 };
    const inner = join(directory, 'a', 'b');
    mkdirSync(inner, { recursive: true });
    chmodSync(join(directory, 'a'), 0o711);
    expect(canReach(inner, stranger)).toBe(true);
    chmodSync(join(directory, 'a'), 0o700);
    expect(canReach(inner, stranger)).toBe(false);
    expect(canReach(inner, null)).toBe(true);
  });
});

describe('owners of directories', () => {
  const me = thisProcess();
  it.each([
    ['this process', me, false],
    ['an id that nobody has', { ...me, pid: 2 ** 22 + 1 }, true],
    ['an id that another process has by now', { ...me, started: '1' }, true],
    ['before the machine was started anew', { ...me, boot: 'another' }, true],
    ['in another container, whatever its id', { ...me, where: 'elsewhere', pid: 2 ** 22 + 1 }, false],
  ])('%s', (_name, owner, dead) => {
    expect(isDead(owner)).toBe(dead);
  });
});

describe.skipIf(process.platform === 'win32')('the place of a run', () => {
  const [account = null] = serverAccounts();
  const longest = 103 - '/.s.PGSQL.65535'.length;

  it('is the temporary directory', async () => {
    const temporary = openDirectory();
    vi.stubEnv('TMPDIR', temporary);
    const place = await createRunPlace(account);
    expect(place.run.path.startsWith(temporary)).toBe(true);
    expect(place.socketDirectory?.startsWith(place.run.path)).toBe(true);
    await place.remove();
    expect(readdirSync(temporary)).toEqual([]);
  });

  const shm = (() => {
    try {
      const { bavail, bsize } = statfsSync('/dev/shm');
      return Math.min(bavail * bsize, process.availableMemory());
    } catch {
      return 0;
    }
  })();
  it.runIf(process.platform === 'linux' && shm > 7 * 1024 ** 3)(
    'is in memory where there is plenty and nobody has said another',
    async () => {
      vi.stubEnv('TMPDIR', '');
      const place = await createRunPlace(account);
      expect(place.run.path.startsWith('/dev/shm/')).toBe(true);
      await place.remove();
      expect(existsSync(place.run.path)).toBe(false);
    },
  );

  it('a socket whose path would be too long gets a shorter one, and works', async () => {
    const temporary = join(openDirectory(), 'long'.repeat(25));
    mkdirSync(temporary);
    vi.stubEnv('TMPDIR', temporary);
    const place = await createRunPlace(account);
    expect(place.run.path.startsWith(temporary)).toBe(true);
    expect(Buffer.byteLength(place.socketDirectory ?? '')).toBeLessThanOrEqual(longest);
    await place.remove();

    await using shadow = await startShadow({ shadow: 'embedded', major: 17, extensions: [] });
    expect(shadow.connection.host.startsWith(temporary)).toBe(false);
    expect(readdirSync(temporary)).toHaveLength(1);
  });

  it.runIf(process.getuid?.() === 0)("root's private temporary directory is passed over", async () => {
    const temporary = openDirectory();
    chmodSync(temporary, 0o700);
    vi.stubEnv('TMPDIR', temporary);
    const place = await createRunPlace(account);
    expect(place.run.path.startsWith(temporary)).toBe(false);
    await place.remove();
  });

  it('a temporary directory that does not exist is passed over', async () => {
    const temporary = openDirectory();
    rmSync(temporary, { recursive: true });
    vi.stubEnv('TMPDIR', temporary);
    const place = await createRunPlace(account);
    expect(place.run.path.startsWith('/tmp/')).toBe(true);
    await place.remove();
  });
});

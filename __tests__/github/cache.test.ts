import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { actionsCache } from '../../src/github/cache.ts';
import { keepElsewhere } from '../../src/shadow/elsewhere.ts';
import { startShadow } from '../../src/shadow/index.ts';
import type { Shadow } from '../../src/shadow/shadow.ts';
import { openDirectory } from '../shadow/process-of-its-own.ts';
import { cacheService } from './cache-service.ts';

/** Keys of a history of sixty migrations, the whole first. */
const seeds = Array.from({ length: 60 }, (_, n) => `state ${60 - n}`);

afterEach(() => {
  keepElsewhere(null);
  vi.unstubAllEnvs();
});

const home = mkdtempSync('/tmp/mg-test-');
chmodSync(home, 0o755);
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** A job's runner: as the one before, but nothing is kept on it. */
function newRunner(): string {
  const cache = join(home, 'migration-gate');
  rmSync(join(cache, 'bases'), { recursive: true, force: true });
  vi.stubEnv('XDG_CACHE_HOME', home);
  return cache;
}

const boot = (): Promise<Shadow> =>
  startShadow({ shadow: 'embedded', major: 17, extensions: [], seeds, cache: true });

async function query(shadow: Shadow, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ ...shadow.connection });
  await client.connect();
  try {
    return (await client.query<unknown[]>({ text: sql, rowMode: 'array' })).rows;
  } finally {
    await client.end();
  }
}

/** One job: a base that took so long is built and kept, and sent at its end. */
async function job(costMs: number, meanwhile: (cache: string) => void = () => {}): Promise<string[]> {
  const cache = newRunner();
  const lines: string[] = [];
  const bases = actionsCache((line) => lines.push(line));
  keepElsewhere(bases);
  await using shadow = await boot();
  await query(shadow, 'CREATE TABLE built (id int)');
  await shadow.keep?.('state 58', costMs);
  meanwhile(cache);
  await bases.send();
  expect(readdirSync(cache)).not.toContain('bases-on-the-way');
  return lines;
}

/** The next job: what its database begins with. */
async function nextJob(): Promise<{ seed: string | null; tables: unknown[]; lines: string[] }> {
  newRunner();
  const lines: string[] = [];
  keepElsewhere(actionsCache((line) => lines.push(line)));
  await using shadow = await boot();
  const tables = await query(shadow, "SELECT relname FROM pg_class WHERE relname = 'built'");
  return { seed: shadow.seed, tables, lines };
}

/** What the runner tells its actions. */
function runnerWith(url: string): void {
  const temporary = openDirectory();
  for (const [name, value] of Object.entries({
    ACTIONS_CACHE_SERVICE_V2: 'true',
    ACTIONS_RESULTS_URL: `${url}/`,
    ACTIONS_RUNTIME_TOKEN: 'token',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_WORKSPACE: temporary,
    RUNNER_TEMP: temporary,
  })) {
    vi.stubEnv(name, value);
  }
}

describe('bases in the cache of GitHub', () => {
  it('one that a job has sent is what the next one begins with, though its history is longer', async () => {
    await using service = await cacheService();
    runnerWith(service.url);
    expect(await job(10_000)).toEqual([]);
    expect([...service.entries.keys()]).toEqual([expect.stringMatching(/^migration-gate-linux-\w+-17\./)]);
    expect(await nextJob()).toEqual({ seed: 'state 58', tables: [['built']], lines: [] });
  });

  it('one that was built fast is not sent', async () => {
    await using service = await cacheService();
    runnerWith(service.url);
    await job(500);
    expect(service.entries.size).toBe(0);
  });

  it('one whose files were changed is not used', async () => {
    await using service = await cacheService();
    runnerWith(service.url);
    await job(10_000, (cache) => {
      const [entry] = readdirSync(join(cache, 'bases'));
      // As long as it was: only the digest tells.
      const archive = join(cache, 'bases', entry ?? '', 'data.tar');
      const bytes = readFileSync(archive);
      bytes.write('71', bytes.indexOf('PG_VERSION') + 512);
      writeFileSync(archive, bytes);
    });
    expect(service.entries.size).toBe(1);
    expect(await nextJob()).toMatchObject({ seed: null, tables: [] });
  });

  it('one that came over damaged is not used', async () => {
    await using service = await cacheService();
    runnerWith(service.url);
    await job(10_000);
    for (const entry of service.entries.values())
      entry.bytes = entry.bytes.subarray(0, entry.bytes.length / 2);
    expect(await nextJob()).toMatchObject({ seed: null, tables: [] });
  });

  it('a service that takes nothing, is not there, or does not answer is no failure', async () => {
    await using service = await cacheService();
    runnerWith(service.url);
    service.refuse();
    await job(10_000);
    expect(await nextJob()).toMatchObject({ seed: null });

    runnerWith('http://127.0.0.1:9');
    expect((await nextJob()).seed).toBeNull();

    vi.stubEnv('ACTIONS_RESULTS_URL', '');
    expect((await nextJob()).lines).toEqual([expect.stringContaining('no cache service')]);
  });

  it('a history that is built in no time is not asked for', async () => {
    const asked: string[] = [];
    newRunner();
    keepElsewhere({
      fetch: async ([first]) => {
        asked.push(first ?? '');
        return null;
      },
      offer: () => {},
    });
    await using shadow = await startShadow({
      shadow: 'embedded',
      major: 17,
      extensions: [],
      seeds: ['a', 'b'],
    });
    expect([shadow.seed, asked]).toEqual([null, []]);
  });
});

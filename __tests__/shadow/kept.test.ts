import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isComplete } from '../../src/shadow/cache-entry.ts';
import { startShadow } from '../../src/shadow/index.ts';
import { majors } from './majors.ts';
import { openDirectory } from './process-of-its-own.ts';

const major = majors[0] ?? 17;
const start = () => startShadow({ shadow: 'embedded', major, extensions: [] });

/** The one template of this cache. */
function template(cache: string): string {
  const templates = join(cache, 'migration-gate', 'templates');
  const names = readdirSync(templates);
  expect(names).toHaveLength(1);
  return join(templates, names[0] ?? '');
}

async function answers(): Promise<void> {
  await using shadow = await start();
  const client = new pg.Client({ ...shadow.connection });
  await client.connect();
  await client.query('CREATE TABLE t (id int PRIMARY KEY)');
  await client.end();
}

describe('the kept cluster', () => {
  let cache: string;
  beforeEach(() => {
    cache = openDirectory();
    vi.stubEnv('XDG_CACHE_HOME', cache);
  });

  /** A cache that a run has filled: made once, copied for each case. */
  const filled = mkdtempSync('/tmp/mg-test-');
  afterAll(() => rmSync(filled, { recursive: true, force: true }));
  async function fill(): Promise<void> {
    if (readdirSync(filled).length === 0) {
      vi.stubEnv('XDG_CACHE_HOME', filled);
      await answers();
      vi.stubEnv('XDG_CACHE_HOME', cache);
    }
    execFileSync('cp', ['-a', join(filled, 'migration-gate'), cache]);
  }
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it('is used again, and nothing of a run gets into it', async () => {
    await fill();
    const entry = template(cache);
    const before = {
      made: statSync(entry).ino,
      digest: readFileSync(join(entry, 'digest'), 'utf8'),
    };
    await answers();
    expect(statSync(template(cache)).ino).toBe(before.made);
    expect(readFileSync(join(entry, 'digest'), 'utf8')).toBe(before.digest);
    expect(statSync(join(entry, 'password')).mode & 0o777).toBe(0o600);
  });

  /** Another byte after the first place of these. */
  const flip = (path: string, after: string) => {
    const bytes = readFileSync(path);
    const at = bytes.indexOf(after) + after.length;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(path, bytes);
  };
  const sameSize = (path: string, fill: string) => writeFileSync(path, fill.repeat(statSync(path).size));
  const damages: Record<string, (entry: string) => void> = {
    'without its data': (entry) => rmSync(join(entry, 'data.tar')),
    'with an empty archive': (entry) => writeFileSync(join(entry, 'data.tar'), ''),
    'with half of its data': (entry) =>
      truncateSync(join(entry, 'data.tar'), statSync(join(entry, 'data.tar')).size / 2),
    'with other bytes in its data': (entry) => flip(join(entry, 'data.tar'), 'PG_VERSION'),
    'with another configuration': (entry) => flip(join(entry, 'data.tar'), 'shared_buffers ='),
    'with another password': (entry) => sameSize(join(entry, 'password'), '0'),
    'without a digest': (entry) => rmSync(join(entry, 'digest')),
    'with a broken digest': (entry) => writeFileSync(join(entry, 'digest'), ''),
    'that is a file': (entry) => {
      rmSync(entry, { recursive: true });
      writeFileSync(entry, '');
    },
    'that is empty': (entry) => {
      rmSync(entry, { recursive: true });
      mkdirSync(entry);
    },
  };
  it.each(Object.keys(damages))('%s is made anew', async (name) => {
    await fill();
    damages[name]?.(template(cache));
    await answers();
    expect(await isComplete(template(cache))).toBe(true);
  });

  it('made anew is used again', async () => {
    await fill();
    damages['with other bytes in its data']?.(template(cache));
    await answers();
    const repaired = statSync(template(cache)).ino;
    await answers();
    expect(statSync(template(cache)).ino).toBe(repaired);
  });

  it('several that need it at once do not disturb each other', async () => {
    const shadows = await Promise.all([start(), start(), start()]);
    for (const shadow of shadows) await shadow[Symbol.asyncDispose]();
    template(cache);
    expect(readdirSync(cache, { recursive: true }).filter((path) => String(path).includes('-run-'))).toEqual(
      [],
    );
  });

  it('a cache that cannot be made is no obstacle', async () => {
    writeFileSync(join(cache, 'migration-gate'), 'a file in the way');
    vi.stubEnv('TMPDIR', openDirectory());
    await answers();
  });
});

import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { startShadow } from '../../src/shadow/index.ts';
import { findLocalBinaries } from '../../src/shadow/local.ts';
import { embeddedMajors, installedMajor } from '../../src/shadow/versions.ts';
import { openDirectory } from './process-of-its-own.ts';

/** A major that the machine has, and that is not installed beside us. */
const others = embeddedMajors.filter((major) => major !== installedMajor);
const found = await Promise.all(
  others.map((major) =>
    findLocalBinaries(major).then(
      ({ version }) => ({ major, version }),
      () => null,
    ),
  ),
);
const [there] = found.filter((each) => each !== null);

afterEach(() => {
  vi.unstubAllEnvs();
});

describe.runIf(there !== undefined)('the shadow where nothing can be fetched', () => {
  it("is the machine's own PostgreSQL of that major, and the report can say why", async () => {
    const cache = openDirectory();
    vi.stubEnv('XDG_CACHE_HOME', cache);
    vi.stubEnv('npm_config_cache', join(cache, 'npm'));
    vi.stubEnv('npm_config_fetch_retries', '0');
    vi.stubEnv('npm_config_registry', 'http://127.0.0.1:9/');
    const options = { shadow: 'auto', major: there?.major ?? 0, extensions: [] };
    const said: string[] = [];
    await using first = await startShadow({ ...options, onProgress: (line) => said.push(line) });
    expect(first.provider).toBe('local');
    expect(first.chosen).toMatch(/^the machine's own, since there is no other: embedded: .*ECONNREFUSED/);
    expect(first.chosen).not.toMatch(/\n|\.$/);
    expect(said[0]).toMatch(/^fetching PostgreSQL/);
    // The next one of the same run is the same, at once.
    said.length = 0;
    await using second = await startShadow({ ...options, onProgress: (line) => said.push(line) });
    expect([second.provider, second.postgresVersion]).toEqual(['local', first.postgresVersion]);
    expect(said).toEqual([`starting PostgreSQL ${there?.version}`]);
  });
});

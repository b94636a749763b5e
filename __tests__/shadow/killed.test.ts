import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { generatedHistory } from '../../scripts/bench-history.ts';
import { startShadow } from '../../src/shadow/index.ts';
import { findLocalBinaries } from '../../src/shadow/local.ts';
import type { Shadow } from '../../src/shadow/shadow.ts';
import { entry } from '../e2e/command.ts';
import { buildImage } from './image/build.ts';
import { openDirectory, orphanedSegments, processesIn } from './process-of-its-own.ts';

/** As for the conformance: what needs nothing on the machine when not said. */
const wanted = (process.env.MIGRATION_GATE_TEST_SHADOWS ?? 'embedded,url')
  .split(',')
  .filter((name) => name !== 'url-owner');

/** Each is a whole run, and another one that cleans up. Ten for the shadow that most people have. */
const momentsOf = (name: string): number => (name === 'embedded' ? 10 : 5);
let host: Shadow | undefined;
afterAll(async () => {
  await host?.[Symbol.asyncDispose]();
});

/** The options of the command, and what of the world outside the directories must be as it was. */
interface Place {
  readonly options: readonly string[];
  outside(): Promise<unknown>;
}

const places: Record<string, () => Promise<Place>> = {
  embedded: async () => ({ options: ['--shadow', 'embedded'], outside: async () => orphanedSegments() }),
  local: async () => ({
    options: ['--shadow', 'local', '--postgres-version', String(await localMajor())],
    outside: async () => orphanedSegments(),
  }),
  docker: async () => {
    const image = await buildImage(17);
    return {
      options: ['--shadow', 'docker', '--postgres-image', image],
      outside: async () =>
        execFileSync('docker', ['ps', '-a', '--format', '{{.Image}}'], { encoding: 'utf8' }),
    };
  },
  url: async () => {
    host = await startShadow({ shadow: 'embedded', major: 17, extensions: [], tcp: true });
    const { user, password, host: at, port } = host.admin;
    const client = new pg.Client({ ...host.admin, database: 'postgres' });
    await client.connect();
    await client.query('CREATE DATABASE scratch');
    await client.end();
    return {
      options: ['--shadow', `postgresql://${user}:${password}@${at}:${port}/scratch`],
      outside: () => databasesAndRoles(host as Shadow),
    };
  },
};

async function localMajor(): Promise<number> {
  for (const major of [18, 17, 16, 15, 14, 13])
    if ((await findLocalBinaries(major).catch(() => null)) !== null) return major;
  throw new Error('no PostgreSQL is installed on this machine');
}

async function databasesAndRoles({ admin }: Shadow): Promise<unknown> {
  const client = new pg.Client({ ...admin, database: 'postgres' });
  await client.connect();
  const { rows } = await client.query(
    'SELECT datname AS name FROM pg_database UNION ALL SELECT rolname FROM pg_roles ORDER BY 1',
  );
  await client.end();
  return rows;
}

/** A history that is worth keeping, and a pull request whose fix is tried on copies. */
function repository(): string {
  const directory = openDirectory();
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=k', '-c', 'user.email=k@example.org', ...args], {
      cwd: directory,
      env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  const commit = (name: string, sql: string) => writeFileSync(join(directory, 'migrations', name), sql);
  mkdirSync(join(directory, 'migrations'));
  git('init', '-q', '-b', 'main');
  for (const [n, sql] of generatedHistory(80).entries())
    commit(`${String(n + 1).padStart(4, '0')}_m.sql`, sql);
  git('add', '.');
  git('commit', '-q', '-m', 'history');
  git('switch', '-q', '-c', 'change');
  commit('0100_new.sql', 'CREATE INDEX new_index ON orders_1 (total);\n');
  git('add', '.');
  git('commit', '-q', '-m', 'change');
  return directory;
}

describe.skipIf(process.platform !== 'linux').each(wanted)('killed at any moment: %s', (name) => {
  const place = () => {
    const made = places[name];
    if (made === undefined) throw new Error(`MIGRATION_GATE_TEST_SHADOWS: there is no ${name}`);
    return made();
  };

  it('nothing is left', { timeout: 600_000 }, async () => {
    const { options, outside } = await place();
    const repo = repository();
    const before = await outside();
    const start = (temporary: string, cache: string) => {
      const child = spawn(
        process.execPath,
        [entry, 'check', '--repo', repo, '--base', 'main', '--quiet', ...options],
        {
          env: { ...process.env, TMPDIR: temporary, XDG_CACHE_HOME: cache },
          stdio: 'ignore',
        },
      );
      return {
        child,
        ended: once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string),
      };
    };
    const left = async (temporary: string, cache: string) => ({
      processes: [...processesIn(temporary), ...processesIn(cache)],
      // The lock of the containers' library is one empty file for each user, which stays.
      files: readdirSync(temporary).filter((file) => !/^testcontainers-node-\d+\.lock$/.test(file)),
      halfMade: readdirSync(cache, { recursive: true })
        .map(String)
        .filter((path) => /migration-gate-run-/.test(path)),
      outside: await outside(),
    });
    const nothing = { processes: [], files: [], halfMade: [], outside: before };

    const whole = performance.now();
    const [temporary, cache] = [openDirectory(), openDirectory()];
    expect(await start(temporary, cache).ended).toBe(1);
    const duration = performance.now() - whole;
    expect(await left(temporary, cache)).toEqual(nothing);

    const moments = momentsOf(name);
    for (let moment = 0; moment < moments; moment += 1) {
      // An empty cache, so that the making of a cluster and the keeping of a base are among what is interrupted.
      const [temporary, cache] = [openDirectory(), openDirectory()];
      const signal = moment % 2 === 0 ? 'SIGTERM' : 'SIGKILL';
      const wait = ((moment + Math.random()) / moments) * duration;
      const { child, ended } = start(temporary, cache);
      await sleep(wait);
      child.kill(signal);
      const how = `${signal} after ${Math.round(wait)} of ${Math.round(duration)} ms`;
      expect([signal, 1, 143], how).toContain(await ended);
      // What nobody could clean up is the next one's to remove, once a server of others has noticed that the run is gone.
      if (signal === 'SIGKILL') {
        await sleep(3_000);
        expect(await start(temporary, cache).ended, how).toBe(1);
      }
      expect(await left(temporary, cache), how).toEqual(nothing);
    }
  });
});

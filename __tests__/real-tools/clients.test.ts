import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSession } from '../../src/run/index.ts';
import { startProxy } from '../../src/run/proxy/proxy.ts';
import type { Connection } from '../../src/shadow/shadow.ts';
import { tap } from '../run/proxy/tap.ts';
import { sharedShadow, type TestDatabase } from '../shadow/with-shadow.ts';
import {
  asyncpgScript,
  jdbcScript,
  postgresJsScript,
  psqlScript,
  psycopg3Script,
  pythonScript,
  rubyScript,
} from './client-scripts.ts';
import { debianLibrary, debianLibraryIfAny, debianProgram, npmTool } from './install.ts';

const directory = mkdtempSync(join(tmpdir(), 'clients-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const url = ({ host, port, user, password, database }: Connection): string =>
  `postgresql://${user}:${encodeURIComponent(password)}@${host}:${port}/${database}`;

interface Client {
  readonly script: string;
  /** Name of its file, where that matters. */
  readonly file?: string;
  readonly command: (file: string, connection: Connection) => readonly string[];
  /** @returns why there is none on this system, null: it is there */
  readonly install: () => Promise<string | null>;
}

const python = (script: string, module: string, name: string): Client => ({
  script,
  command: (file) => ['/usr/bin/python3', file],
  install: () => debianLibraryIfAny(['/usr/bin/python3', '-c', `import ${module}`], name),
});

const driver = '/usr/share/java/postgresql.jar';
let modules = '';

const clients: Readonly<Record<string, Client>> = {
  psql: {
    script: psqlScript,
    command: (file, connection) => ['psql', '-X', url(connection), '-f', file],
    install: async () => {
      await debianProgram('psql', 'postgresql-client');
      return null;
    },
  },
  psycopg2: python(pythonScript, 'psycopg2', 'python3-psycopg2'),
  psycopg3: python(psycopg3Script, 'psycopg', 'python3-psycopg'),
  asyncpg: python(asyncpgScript, 'asyncpg', 'python3-asyncpg'),
  'ruby-pg': {
    script: rubyScript,
    command: (file) => ['ruby', file],
    install: async () => {
      await debianLibrary(['/usr/bin/ruby', '-e', "require 'pg'"], 'ruby-pg');
      return null;
    },
  },
  JDBC: {
    script: jdbcScript,
    file: 'Client.java',
    command: (file, { host, port, user, password, database }) => [
      ...['java', '-cp', driver, file, `jdbc:postgresql://${host}:${port}/${database}`, user, password],
    ],
    install: async () =>
      (await debianLibraryIfAny(['/usr/bin/javac', '-version'], 'default-jdk-headless')) ??
      (await debianLibraryIfAny(['/usr/bin/test', '-e', driver], 'libpostgresql-jdbc-java')),
  },
  'postgres.js': {
    script: postgresJsScript,
    file: 'client.mjs',
    command: (file) => [process.execPath, file],
    install: async () => {
      modules = await npmTool('postgres@3.4.9');
      return null;
    },
  },
};

const fileOf = (name: string): string => join(directory, clients[name]?.file ?? name);

const run = async (name: string, connection: Connection) => {
  const [command = '', ...rest] = clients[name]?.command(fileOf(name), connection) ?? [];
  const { stdout, stderr } = await promisify(execFile)(command, rest, {
    env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', URL: url(connection), MODULES: modules },
    maxBuffer: 1 << 30,
    timeout: 100_000,
  });
  return stdout + stderr;
};

let template: TestDatabase;
beforeAll(async () => {
  await debianProgram('psql', 'postgresql-client');
  template = await (await sharedShadow(17)).database();
  await using session = await openSession(template.connection);
  const outcome = await session.send(
    "CREATE TABLE t (id int PRIMARY KEY, a text); INSERT INTO t SELECT i, 'row ' || i FROM generate_series(1, 5) i",
  );
  expect(outcome.error).toBeNull();
});
afterAll(() => template.close());

const copy = async () => (await sharedShadow(17)).database({ template: template.connection.database });

describe.each(Object.keys(clients))('%s', (program) => {
  const through = async (how: 'direct' | 'recorded' | 'observed') => {
    const database = await copy();
    try {
      await using proxy = await startProxy({ shadow: database.connection, observe: how === 'observed' });
      await using wire = await tap(how === 'direct' ? database.connection : proxy.connection);
      const said = await run(program, wire.connection);
      expect(proxy.failures).toEqual([]);
      // The port is another one.
      return { said, heard: wire.heard(), statements: proxy.statements };
    } finally {
      await database.close();
    }
  };

  test('gets the same answers, to the byte', async ({ skip }) => {
    const missing = (await clients[program]?.install()) ?? null;
    skip(missing !== null, missing ?? '');
    writeFileSync(fileOf(program), clients[program]?.script ?? '');
    const direct = await through('direct');
    expect(direct.heard[0]?.length).toBeGreaterThan(30);
    for (const how of ['recorded', 'observed'] as const) {
      const { said, heard, statements } = await through(how);
      expect(heard).toEqual(direct.heard);
      expect(said).toBe(direct.said);
      expect(statements.length).toBeGreaterThan(10);
      const alter = statements.find(({ text }) => text.startsWith('ALTER TABLE t ADD b int'));
      const locks = alter?.observation?.locks.flatMap((lock) =>
        lock.new ? [`${lock.relation} ${lock.mode}`] : [],
      );
      expect(locks).toEqual(how === 'observed' ? ['t AccessExclusiveLock'] : undefined);
    }
  });
});

/** What is no longer used counts until it is collected, which Node does when it likes. */
const collectGarbage: () => void = (() => {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc');
})();

test.each([false, true])(
  'what is large is not collected (observe: %s)',
  async (observe) => {
    const size = 64 * 1024 * 1024;
    writeFileSync(join(directory, 'large.sql'), `SELECT length('${'x'.repeat(size)}');`);
    writeFileSync(
      join(directory, 'psql'),
      `\\o /dev/null\n\\pset format unaligned\nSELECT repeat('y', ${size});\n\\copy (SELECT repeat('z', 1000000) FROM generate_series(1, 64)) TO '${join(directory, 'data')}'\n\\copy t (a) FROM '${join(directory, 'data')}'\n\\i ${join(directory, 'large.sql')}\n`,
    );
    const database = await copy();
    {
      await using session = await openSession(database.connection);
      await session.send('ALTER TABLE t DROP CONSTRAINT t_pkey; ALTER TABLE t ALTER id DROP NOT NULL');
    }
    {
      await using proxy = await startProxy({ shadow: database.connection, observe });
      collectGarbage();
      const before = process.memoryUsage().arrayBuffers;
      let peak = 0;
      const timer = setInterval(() => {
        collectGarbage();
        peak = Math.max(peak, process.memoryUsage().arrayBuffers - before);
      }, 20);
      await run('psql', proxy.connection);
      clearInterval(timer);
      expect(proxy.statements.map(({ tag }) => tag)).toEqual(['SELECT 1', 'COPY 64', 'COPY 64', 'SELECT 1']);
      expect(proxy.statements[3]?.text).toHaveLength(1_000_000);
      expect(peak).toBeLessThan(size / 2);
    }
    await database.close();
  },
  120_000,
);

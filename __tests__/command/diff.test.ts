import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startShadow } from '../../src/shadow/index.ts';
import type { Connection, Shadow } from '../../src/shadow/shadow.ts';

const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
const schema = `
  CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text NOT NULL, "Name" text);
  CREATE INDEX ON users (email);
  CREATE VIEW members AS SELECT id, email FROM users;
  CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1';
  ALTER TABLE users ENABLE ROW LEVEL SECURITY;
  CREATE POLICY mine ON users USING (true)`;

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function command(...args: readonly string[]): Promise<Run> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [cli, 'diff', ...args],
      { env: { ...process.env, NO_COLOR: '1' } },
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
      },
    );
  });
}

/** The server's socket as libpq writes it in a URL: a host that is percent-encoded. */
function url(
  to: Connection,
  parts: { database?: string; user?: string; password?: string; query?: string } = {},
): string {
  const { user = to.user, password = to.password, database = to.database, query = '' } = parts;
  return `postgresql://${[user, password].map(encodeURIComponent).join(':')}@${encodeURIComponent(to.host)}:${to.port}/${database}${query}`;
}

async function as(connection: Connection, sql: string): Promise<void> {
  const client = new pg.Client({ ...connection });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

describe.each([
  ['two servers of one major', 17, 17],
  ['two servers of two majors', 16, 18],
])('%s', (_, first, second) => {
  let staging: Shadow;
  let production: Shadow;
  beforeAll(async () => {
    staging = await startShadow({ shadow: 'embedded', major: first, extensions: [] });
    production = await startShadow({ shadow: 'embedded', major: second, extensions: [] });
    await as(staging.connection, schema);
    await as(production.connection, schema);
  });
  afterAll(async () => {
    await staging?.[Symbol.asyncDispose]();
    await production?.[Symbol.asyncDispose]();
  });

  test('the same schema: 0', async () => {
    const run = await command(url(staging.connection), url(production.connection));
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toContain('The schemas are the same');
  });

  test("roles are the server's; what they may do in the database is its own", async () => {
    await as(
      production.admin,
      "CREATE ROLE nightly LOGIN; GRANT pg_monitor TO nightly; ALTER ROLE nightly SET work_mem = '1MB'",
    );
    const [left, right] = [url(staging.connection), url(production.connection)];
    expect(await command(left, right)).toMatchObject({ code: 0, stderr: '' });
    await as(production.connection, 'GRANT SELECT ON users TO nightly');
    const run = await command(left, right);
    await as(production.connection, 'REVOKE SELECT ON users FROM nightly');
    expect(run.code).toBe(1);
    expect(run.stdout).toContain('+GRANT SELECT ON TABLE public.users TO nightly;');
  });

  test('another schema: 1, with text and JSON', async () => {
    await as(production.connection, 'ALTER TABLE users ADD nickname text; DROP VIEW members');
    const directory = await mkdtemp(join(tmpdir(), 'diff-'));
    try {
      const file = join(directory, 'drift.json');
      const run = await command(url(staging.connection), url(production.connection), '--json', file);
      expect(run.code).toBe(1);
      expect(run.stdout).toContain('+  nickname text,');
      expect(run.stdout).toContain('-CREATE VIEW public.members');
      const json = JSON.parse(await readFile(file, 'utf8'));
      expect(json).toMatchObject({
        schemaVersion: 1,
        schemaChanges: [
          { change: 'removed', type: 'view', name: 'public.members', impact: 'breaking' },
          { change: 'added', type: 'column', name: 'public.users.nickname', impact: 'none' },
        ],
      });
      const piped = await command(url(staging.connection), url(production.connection), '--json', '-');
      expect(JSON.parse(piped.stdout)).toEqual(json);
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  test('a role with no right but to connect reads all of it', async () => {
    await as(
      staging.admin,
      "CREATE ROLE guest LOGIN PASSWORD 'guest of honour'; CREATE TABLE closed (a int); CREATE SCHEMA hidden; CREATE TABLE hidden.t (a int)",
    );
    const guest = url(staging.connection, {
      user: 'guest',
      password: 'guest of honour',
      database: staging.admin.database,
    });
    const run = await command(guest, url(staging.admin));
    expect(run).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('what cannot be compared: 2, without the password', () => {
  let server: Shadow;
  beforeAll(async () => {
    server = await startShadow({ shadow: 'embedded', major: 17, extensions: [] });
  });
  afterAll(() => server?.[Symbol.asyncDispose]());
  const secret = 's3cret/word@x';

  test.each<[string, (to: Connection) => string, string]>([
    ['no URL', () => `postgres//${secret}`, 'no URL of a Postgres'],
    [
      'another protocol',
      () => `mysql://root:${encodeURIComponent(secret)}@localhost/x`,
      'no URL of a Postgres',
    ],
    ['a % that begins nothing', () => 'postgresql://u:50%25%@localhost/x', 'percent-encoded'],
    ['a wrong password', (to) => url(to, { password: secret }), 'does not let us in'],
    ['no such database', (to) => url(to, { database: 'nowhere' }), 'nowhere'],
    ['nobody listens', () => `postgresql://u:${encodeURIComponent(secret)}@127.0.0.1:1/x`, 'ECONNREFUSED'],
    ['an unknown sslmode', (to) => url(to, { query: '?sslmode=maybe' }), 'sslmode'],
    [
      'a root certificate that is not there',
      (to) => url(to, { query: '?sslmode=verify-ca&sslrootcert=/nowhere.pem' }),
      'sslrootcert',
    ],
  ])('%s', async (_, first, says) => {
    const run = await command(first(server.connection), url(server.connection));
    expect(run.code).toBe(2);
    expect(run.stdout).toBe('');
    expect(run.stderr).toContain(says);
    for (const word of [secret, encodeURIComponent(secret), server.connection.password]) {
      expect(run.stderr).not.toContain(word);
    }
    expect(run.stderr).not.toContain('    at ');
  });

  test('sslmode as libpq reads it: prefer does without TLS, require does not', async () => {
    const socket = `${server.connection.host}/.s.PGSQL.${server.connection.port}`;
    const proxy = createServer((client) => {
      const upstream = connect(socket);
      upstream.pipe(client).pipe(upstream);
      for (const end of [client, upstream]) end.on('error', () => undefined);
    });
    await once(proxy.listen(0, '127.0.0.1'), 'listening');
    try {
      const over = { ...server.connection, host: '127.0.0.1', port: (proxy.address() as AddressInfo).port };
      const direct = url(server.connection);
      const codes = [];
      for (const mode of [
        '',
        '?sslmode=disable',
        '?sslmode=allow',
        '?sslmode=prefer',
        '?sslmode=require',
        '?sslmode=verify-full',
      ]) {
        codes.push((await command(url(over, { query: mode }), direct)).code);
      }
      expect(codes).toEqual([0, 0, 0, 0, 2, 2]);
      expect((await command(direct, url(over, { query: '?sslmode=require' }))).stderr).toContain('SSL');
    } finally {
      proxy.close();
    }
  });

  test('a lock that another session holds is not waited for long', async () => {
    // A view's text needs a lock on what it reads.
    await as(server.admin, 'CREATE TABLE held (a int); CREATE VIEW v AS SELECT a FROM held');
    const holder = new pg.Client({ ...server.admin });
    await holder.connect();
    try {
      await holder.query('BEGIN; LOCK TABLE held IN ACCESS EXCLUSIVE MODE');
      const run = await command(url(server.admin), url(server.admin));
      expect(run.code).toBe(2);
      expect(run.stderr).toContain('lock timeout');
    } finally {
      await holder.end();
    }
  });
});

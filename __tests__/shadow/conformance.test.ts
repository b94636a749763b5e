import { execFileSync } from 'node:child_process';
import pg from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { startShadow } from '../../src/shadow/index.ts';
import { findLocalBinaries } from '../../src/shadow/local.ts';
import type { Connection, Shadow, ShadowOptions } from '../../src/shadow/shadow.ts';
import { observedOn } from './conformance-trace.ts';
import { buildImage } from './image/build.ts';

/** `MIGRATION_GATE_TEST_SHADOWS=embedded,local,docker,url,url-owner`; what needs nothing on the machine when not said. */
const wanted = (process.env.MIGRATION_GATE_TEST_SHADOWS ?? 'embedded,url,url-owner').split(',');

const major = 17;
let host: Shadow | undefined;
afterAll(async () => {
  await host?.[Symbol.asyncDispose]();
});

/** A server of somebody else for the URLs, with a role that may create databases and nothing else. */
async function server(): Promise<Shadow> {
  if (host !== undefined) return host;
  host = await startShadow({ shadow: 'embedded', major, extensions: [], tcp: true });
  await query({ ...host.admin, database: 'postgres' }, `CREATE ROLE builder LOGIN CREATEDB PASSWORD 'b%/'`);
  await query({ ...host.admin, database: 'postgres' }, 'CREATE DATABASE scratch');
  return host;
}

const providers: Record<string, () => Promise<{ shadow: string } & Partial<ShadowOptions>>> = {
  embedded: async () => ({ shadow: 'embedded' }),
  local: async () => ({ shadow: 'local', major: await localMajor() }),
  docker: async () => ({ shadow: 'docker', image: await buildImage(major) }),
  url: async () => {
    const { admin } = await server();
    return { shadow: `postgresql://${admin.user}:${admin.password}@${admin.host}:${admin.port}/scratch` };
  },
  'url-owner': async () => {
    const { admin } = await server();
    return { shadow: `postgres://builder:${encodeURIComponent('b%/')}@${admin.host}:${admin.port}/scratch` };
  },
};

/** Whatever Debian or the runner has. */
async function localMajor(): Promise<number> {
  for (const each of [18, 17, 16, 15, 14, 13]) {
    const found = await findLocalBinaries(each).catch(() => null);
    if (found !== null) return each;
  }
  throw new Error('no PostgreSQL is installed on this machine');
}

async function query(connection: Connection, sql: string): Promise<unknown[][]> {
  const client = new pg.Client({ ...connection });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<unknown[]>({ text: sql, rowMode: 'array' })).rows;
  } finally {
    await client.end();
  }
}

/** SQLSTATE of the failure, or `ok`. */
const outcome = (connection: Connection, sql: string): Promise<string> =>
  query(connection, sql).then(
    () => 'ok',
    (error: unknown) => (error instanceof pg.DatabaseError ? (error.code ?? '') : String(error)),
  );

describe.each(wanted)('the shadow %s', (name) => {
  const boot = async (options: Partial<ShadowOptions> = {}): Promise<Shadow> => {
    const given = providers[name];
    if (given === undefined) throw new Error(`MIGRATION_GATE_TEST_SHADOWS: there is no ${name}`);
    return startShadow({ major, extensions: [], ...(await given()), ...options });
  };

  it('gives an empty UTF-8 database whose owner is no superuser and reads no files', async () => {
    await using shadow = await boot();
    expect(shadow.provider).toBe(name.replace('-owner', ''));
    expect(shadow.postgresVersion).toMatch(/^\d+\.\d+$/);
    const facts = await query(
      shadow.connection,
      `SELECT current_setting('server_encoding'), rolsuper, pg_get_userbyid(datdba) = current_user,
         (SELECT count(*)::int FROM pg_class WHERE relnamespace = 'public'::regnamespace)
       FROM pg_roles, pg_database WHERE rolname = current_user AND datname = current_database()`,
    );
    expect(facts).toEqual([['UTF8', false, true, 0]]);
    for (const sql of [
      `COPY (SELECT 1) TO PROGRAM 'true'`,
      `SELECT pg_read_file('/etc/passwd')`,
      `SELECT lo_import('/etc/passwd')`,
      'ALTER SYSTEM SET fsync = on',
      'SELECT count(*) FROM pg_authid',
    ]) {
      expect(await outcome(shadow.connection, sql), sql).toBe('42501');
    }
  });

  it('speaks English and counts scans, which the observation needs', async () => {
    await using shadow = await boot();
    const client = new pg.Client({ ...shadow.connection });
    const notices: string[] = [];
    client.on('notice', ({ message }) => notices.push(message ?? ''));
    await client.connect();
    await client.query(
      'CREATE TABLE t (a int); SET client_min_messages = debug1; ALTER TABLE t ALTER a TYPE bigint',
    );
    expect(notices).toContain('rewriting table "t"');
    expect((await client.query('SHOW track_counts')).rows).toEqual([{ track_counts: 'on' }]);
    await client.end();
  });

  it('observes the same as every other', async () => {
    await using shadow = await boot();
    await using reference = await startShadow({ shadow: 'embedded', major, extensions: [] });
    const observed = await observedOn(shadow);
    expect(observed).toEqual(await observedOn(reference));
    expect(observed).toHaveLength(10);
  });

  it('copies with all oids; a copy goes when it is closed', async () => {
    await using shadow = await boot();
    await query(shadow.connection, 'CREATE TABLE t (a int)');
    const oid = await query(shadow.connection, `SELECT 't'::regclass::oid`);
    const copy = await shadow.copy();
    expect(await query(copy.connection, `SELECT 't'::regclass::oid`)).toEqual(oid);
    await query(copy.connection, 'DROP TABLE t');
    expect(await query(shadow.connection, `SELECT 't'::regclass::oid`)).toEqual(oid);
    await copy[Symbol.asyncDispose]();
    expect(await outcome(copy.connection, 'SELECT 1')).toBe('3D000');
  });

  it('has the extensions that were asked for, and names one that it lacks', async () => {
    await using shadow = await boot({ extensions: ['citext'] });
    expect(await query(shadow.connection, `SELECT 'A'::citext = 'a'::citext`)).toEqual([[true]]);
    await expect(boot({ extensions: ['no_such_thing'] })).rejects.toMatchObject({
      name: 'Undecided',
      message: expect.stringMatching(/lacks the extension no_such_thing\. It has: .*\bcitext\b/),
    });
  });

  it('is gone when it is closed, once or twice, with whatever was made in it', async () => {
    const shadow = await boot();
    await outcome(shadow.connection, 'CREATE ROLE made_here');
    await query(shadow.connection, 'CREATE TABLE t (a int)');
    await Promise.all([shadow[Symbol.asyncDispose](), shadow[Symbol.asyncDispose]()]);
    expect(await outcome(shadow.connection, 'SELECT 1')).not.toBe('ok');
    if (host !== undefined && name.startsWith('url')) {
      const admin = { ...host.admin, database: 'postgres' };
      const left = `SELECT datname::text FROM pg_database WHERE datname ~ '^(migration_gate|copy)_'
        UNION ALL SELECT rolname FROM pg_roles WHERE rolname ~ '^migration_gate_[0-9]|made_here'`;
      expect(await query(admin, left)).toEqual([]);
    }
    if (name === 'docker') {
      expect(execFileSync('docker', ['ps', '--all', '--quiet'], { encoding: 'utf8' })).toBe('');
    }
  });
});

import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { startShadow } from '../../src/shadow/index.ts';
import type { Connection } from '../../src/shadow/shadow.ts';
import { majors } from './majors.ts';
import { sharedShadow } from './with-shadow.ts';

async function session<T>(connection: Connection, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ ...connection });
  client.on('error', () => {});
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end();
  }
}

/** The first row's first column. */
async function one(connection: Connection, sql: string): Promise<unknown> {
  return session(connection, async (client) => {
    const { rows } = await client.query<unknown[]>({ text: sql, rowMode: 'array' });
    return rows[0]?.[0];
  });
}

/** SQLSTATE of the failing statement, or `ok`. */
async function outcome(connection: Connection, statements: readonly string[]): Promise<string> {
  return session(connection, async (client) => {
    for (const statement of statements) {
      try {
        await client.query(statement);
      } catch (error) {
        if (error instanceof pg.DatabaseError) return `${error.code} ${error.message}`;
        throw error;
      }
    }
    return 'ok';
  });
}

describe.each(majors)('PostgreSQL %i', (major) => {
  it('is the major that was asked for, UTF-8, sorted and folded like a usual production database', async () => {
    const { shadow } = await sharedShadow(major);
    expect(shadow.postgresVersion).toMatch(new RegExp(`^${major}\\.\\d+$`));
    expect(shadow.bootMs).toBeGreaterThan(0);
    expect(shadow.provider).toBe('embedded');
    const { connection } = shadow;
    expect(await one(connection, 'SHOW server_encoding')).toBe('UTF8');
    expect(
      await one(
        connection,
        `SELECT string_agg(w, ' ' ORDER BY w) FROM (VALUES ('b'), ('A'), ('a'), ('B'), ('é')) v(w)`,
      ),
    ).toBe('a A b B é');
    expect(await one(connection, `SELECT lower('ÉCOLE') || upper('straße')`)).toBe('écoleSTRASSE');
  });

  it.each([
    ['lc_messages', 'C'],
    ['TimeZone', 'UTC'],
    ['max_locks_per_transaction', '2048'],
    ['fsync', 'off'],
    ['synchronous_commit', 'off'],
    ['full_page_writes', 'off'],
    ['autovacuum', 'off'],
    ['jit', 'off'],
    ['wal_level', 'minimal'],
    ['track_counts', 'on'],
    ['listen_addresses', ''],
    ['default_text_search_config', 'pg_catalog.english'],
  ])('setting %s is %j', async (name, value) => {
    const { shadow } = await sharedShadow(major);
    expect(await one(shadow.admin, `SHOW ${name}`)).toBe(value);
  });

  it('the migration role owns the database and is no superuser', async () => {
    const { shadow } = await sharedShadow(major);
    const found = await session(shadow.connection, (client) =>
      client.query(`SELECT current_user AS role, session_user AS session, rolsuper, rolcreatedb, rolcreaterole,
        rolreplication, rolbypassrls, pg_get_userbyid(datdba) AS owner, pg_has_role('pg_execute_server_program', 'USAGE') AS programs
        FROM pg_roles, pg_database WHERE rolname = current_user AND datname = current_database()`),
    );
    expect(found.rows).toEqual([
      {
        role: 'postgres',
        session: 'postgres',
        rolsuper: false,
        rolcreatedb: false,
        rolcreaterole: major >= 16,
        rolreplication: false,
        rolbypassrls: false,
        owner: 'postgres',
        programs: false,
      },
    ]);
    expect(await one(shadow.admin, 'SELECT rolsuper FROM pg_roles WHERE rolname = current_user')).toBe(true);
  });

  // What real histories say about themselves, their schema and their roles.
  it.each<{ sql: string[]; before16?: string; code?: string }>([
    { sql: ['CREATE TABLE t (id int)', 'ALTER TABLE t OWNER TO postgres', 'GRANT ALL ON t TO postgres'] },
    { sql: ['CREATE SCHEMA app AUTHORIZATION postgres', 'CREATE TABLE app.t (id int)'] },
    { sql: ['CREATE SCHEMA IF NOT EXISTS "public"', `COMMENT ON SCHEMA public IS 'standard public schema'`] },
    {
      sql: [
        'REVOKE CREATE ON SCHEMA public FROM PUBLIC',
        'GRANT USAGE ON SCHEMA public TO PUBLIC',
        'CREATE TABLE t ()',
      ],
    },
    { sql: ['DROP SCHEMA public CASCADE', 'CREATE SCHEMA public', 'CREATE TABLE public.t ()'] },
    { sql: ['ALTER SCHEMA public OWNER TO pg_database_owner'] },
    { sql: ['ALTER SCHEMA public OWNER TO postgres'] },
    { sql: ['ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA public GRANT SELECT ON TABLES TO PUBLIC'] },
    { sql: ['SET ROLE postgres', 'RESET ROLE', 'SET SESSION AUTHORIZATION postgres'] },
    {
      sql: [
        'CREATE EXTENSION citext',
        'CREATE EXTENSION IF NOT EXISTS "uuid-ossp"',
        'CREATE EXTENSION pgcrypto',
      ],
    },
    { sql: ['CREATE EXTENSION dblink'], code: '42501' },
    { sql: [`COPY (SELECT 1) TO PROGRAM 'true'`], code: '42501' },
    { sql: [`SELECT pg_read_file('/etc/passwd')`], code: '42501' },
    { sql: [`SET lc_messages = 'de_DE'`], code: '42501' },
    { sql: [`ALTER SYSTEM SET fsync = on`], code: '42501' },
    { sql: ['ALTER ROLE postgres SUPERUSER'], code: '42501' },
    { sql: ['GRANT pg_execute_server_program TO postgres'], code: '42501' },
    { sql: ['GRANT pg_write_server_files TO postgres'], code: '42501' },
    {
      sql: ['CREATE ROLE a1', 'GRANT a1 TO current_user', 'SET ROLE a1', 'RESET ROLE', 'DROP ROLE a1'],
      before16: '42501',
    },
    {
      sql: [
        'CREATE ROLE a2',
        'CREATE TABLE a2t ()',
        'GRANT CREATE ON SCHEMA public TO a2',
        'ALTER TABLE a2t OWNER TO a2',
        'ALTER TABLE a2t ADD c int',
      ],
      before16: '42501',
    },
    {
      sql: ['CREATE ROLE a3 LOGIN', 'GRANT pg_read_all_data TO a3', 'GRANT pg_monitor TO a3', 'DROP ROLE a3'],
      before16: '42501',
    },
    { sql: ['CREATE ROLE a4 SUPERUSER'], code: '42501' },
    { sql: ['SELECT count(*) FROM pg_authid'], code: '42501' },
  ])('$sql', async ({ sql, before16, code }) => {
    const expected = major < 16 && before16 !== undefined ? before16 : (code ?? 'ok');
    const database = await (await sharedShadow(major)).database();
    expect(await outcome(database.connection, sql)).toMatch(new RegExp(`^${expected}\\b`));
    await database.close();
  });

  it('500 tables fit into one transaction', async () => {
    const database = await (await sharedShadow(major)).database();
    const tables = Array.from(
      { length: 500 },
      (_, i) => `CREATE TABLE t${i} (id int PRIMARY KEY, b text);`,
    ).join('');
    expect(await outcome(database.connection, [`BEGIN; ${tables} COMMIT`])).toBe('ok');
    await database.close();
  });

  it('the environment is empty, so that no token reaches SQL', async () => {
    const { shadow } = await sharedShadow(major);
    const names = await session(shadow.admin, async (client) => {
      await client.query('CREATE TEMP TABLE env (line text)');
      await client.query(
        `COPY env FROM PROGRAM 'cat /proc/$PPID/environ | tr "\\0" "\\n"; env' (DELIMITER E'\\x01')`,
      );
      const { rows } = await client.query<{ line: string }>('SELECT line FROM env');
      return rows.map(({ line }) => line.split('=')[0] ?? '');
    });
    expect(names).toContain('PATH');
    // PG* and LC_* are the server's own, the rest the shell's that COPY starts.
    expect(names.filter((name) => !/^(PATH|TZ|PG\w+|LC_\w+|PWD|OLDPWD|SHLVL|_|)$/.test(name))).toEqual([]);
  });

  it('nobody enters without the right password', async () => {
    const { shadow } = await sharedShadow(major);
    for (const right of [shadow.connection, shadow.admin]) {
      for (const password of ['', 'wrong', right.user, shadow.admin.password.toUpperCase()]) {
        await expect(one({ ...right, password }, 'SELECT 1')).rejects.toThrow(/password/);
      }
      expect(await one(right, 'SELECT 1')).toBe(1);
    }
    expect(shadow.connection.password).not.toBe(shadow.admin.password);
  });

  it('two are two: roles and data of one are unknown to the other, and so are passwords', async () => {
    const { shadow } = await sharedShadow(major);
    await using other = await startShadow({
      shadow: 'auto',
      major,
      extensions: ['citext', 'dblink'],
      tcp: true,
    });
    await session(other.admin, (client) => client.query('CREATE ROLE only_here; CREATE TABLE only_here ()'));
    expect(await one(shadow.admin, `SELECT count(*)::int FROM pg_roles WHERE rolname = 'only_here'`)).toBe(0);
    await expect(one({ ...shadow.admin, password: other.admin.password }, 'SELECT 1')).rejects.toThrow(
      /password/,
    );
    // This one listens on loopback, too, and has the extensions that were asked for, trusted or not.
    expect(other.connection.host).toBe('127.0.0.1');
    expect(
      await one(
        other.connection,
        "SELECT count(*)::int FROM pg_extension WHERE extname IN ('citext', 'dblink')",
      ),
    ).toBe(2);
  });

  it('an extension that is not there is named, with what is', async () => {
    await expect(
      startShadow({ shadow: 'embedded', major, extensions: ['citext', 'postgis'] }),
    ).rejects.toMatchObject({
      name: 'Undecided',
      reason: 'shadow-unavailable',
      message: expect.stringMatching(/lacks the extension postgis\. It has: .*\bcitext\b.*\bpgcrypto\b/),
    });
  });

  it('closing twice is closing once', async () => {
    const shadow = await startShadow({ shadow: 'embedded', major, extensions: [] });
    await Promise.all([shadow[Symbol.asyncDispose](), shadow[Symbol.asyncDispose]()]);
    await shadow[Symbol.asyncDispose]();
    await expect(one(shadow.connection, 'SELECT 1')).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('choosing', () => {
  it.each([
    [
      'embeded',
      'UserError',
      /There is no shadow "embeded"\. There is: auto, embedded.* Did you mean embedded\?/,
    ],
    ['toString', 'UserError', /There is no shadow "toString"/],
  ])('%s', async (shadow, name, message) => {
    await expect(startShadow({ shadow, major: 17, extensions: [] })).rejects.toMatchObject({
      name,
      message: expect.stringMatching(message),
    });
  });

  it('a major that does not exist', async () => {
    await expect(startShadow({ shadow: 'embedded', major: 9, extensions: [] })).rejects.toMatchObject({
      reason: 'shadow-unavailable',
      message: expect.stringContaining('15, 16, 17, 18 for'),
    });
  });
});

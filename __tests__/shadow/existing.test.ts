import pg from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { startShadow } from '../../src/shadow/index.ts';
import type { Connection, Shadow } from '../../src/shadow/shadow.ts';
import { check } from '../e2e/command.ts';
import { repository } from '../git/repository.ts';

let host: Shadow | undefined;
afterAll(async () => {
  await host?.[Symbol.asyncDispose]();
});

async function query(connection: Connection, sql: string): Promise<unknown[][]> {
  const client = new pg.Client({ ...connection });
  await client.connect();
  try {
    return (await client.query<unknown[]>({ text: sql, rowMode: 'array' })).rows;
  } finally {
    await client.end();
  }
}

/** A clone of production: dbmate's first migration is in it, with data. */
async function clone(
  name: string,
  versions: readonly string[],
): Promise<{ url: string; connection: Connection }> {
  host ??= await startShadow({ shadow: 'embedded', major: 17, extensions: [], tcp: true });
  await query({ ...host.admin, database: 'postgres' }, `CREATE DATABASE ${name} OWNER postgres`);
  const connection = { ...host.connection, database: name };
  await query(
    connection,
    `CREATE TABLE users (id bigint PRIMARY KEY, email text);
     INSERT INTO users SELECT n, 'x' FROM generate_series(1, 1000) n;
     CREATE TABLE schema_migrations (version varchar(128) PRIMARY KEY);
     ${versions.map((version) => `INSERT INTO schema_migrations VALUES ('${version}');`).join('\n')}`,
  );
  const { user, password, host: at, port } = connection;
  return { url: `postgresql://${user}:${password}@${at}:${port}/${name}`, connection };
}

const up = (sql: string) => `-- migrate:up\n${sql}\n-- migrate:down\n`;

function pullRequest() {
  const repo = repository({
    'db/migrations/20240101000000_users.sql': up('CREATE TABLE users (id bigint PRIMARY KEY, email text);'),
  });
  repo.git('checkout', '-q', '-b', 'change');
  repo.commit({
    'db/migrations/20240102000000_email.sql': up(
      "UPDATE users SET email = 'y';\nALTER TABLE users ALTER COLUMN email SET NOT NULL;",
    ),
  });
  return repo;
}

const existing = (url: string) => ['--base', 'main', '--shadow', url, '--shadow-data', 'existing'];

describe('on the data of a clone', () => {
  it('only the new migrations run, their times are told as such, and the clone has them', async () => {
    const { url, connection } = await clone('clone_at_base', ['20240101000000']);
    const { report } = await check(pullRequest().directory, ...existing(url));
    expect(report.undecided).toBeNull();
    expect(report.notes.join('\n')).toMatch(
      /20240102000000_email\.sql: on the data of clone_at_base on 127\.0\.0\.1:\d+, took \d+\.\d s\./,
    );
    expect(report.notes.join('\n')).toContain('have changed it');
    expect(report.notChecked.join('\n')).not.toContain('the shadow is empty');
    expect(report.databases[0]?.schemaChanges).toMatchObject([
      { change: 'altered', name: 'public.users.email' },
    ]);
    expect(await query(connection, 'SELECT DISTINCT email FROM users')).toEqual([['y']]);
    expect(await query(connection, 'SELECT version FROM schema_migrations ORDER BY 1')).toEqual([
      ['20240101000000'],
      ['20240102000000'],
    ]);
    expect(await query(connection, "SELECT datname FROM pg_database WHERE datname ~ 'copy'")).toEqual([]);
  });

  it('data that a migration cannot have is seen', async () => {
    const { url, connection } = await clone('clone_with_nulls', ['20240101000000']);
    await query(connection, 'INSERT INTO users VALUES (0, NULL)');
    const repo = pullRequest();
    repo.commit({
      'db/migrations/20240102000000_email.sql': up('ALTER TABLE users ALTER COLUMN email SET NOT NULL;'),
    });
    const { report } = await check(repo.directory, ...existing(url));
    expect(report.verdict).toBe('blocked');
    expect(report.findings.map(({ message }) => message).join('\n')).toContain('23502');
  });

  it.each([
    [
      'clone_behind',
      [],
      /it lacks: db\/migrations\/20240101000000_users\.sql\. New ones that it has already: none/,
    ],
    [
      'clone_ahead',
      ['20240101000000', '20240102000000'],
      /it lacks: none\. New ones that it has already: db\/migrations\/20240102000000_email\.sql/,
    ],
  ])('%s: another state than base is undecided', async (name, versions, says) => {
    const { url, connection } = await clone(name, versions);
    const { report } = await check(pullRequest().directory, ...existing(url));
    expect(report.undecided).toMatchObject({
      reason: 'base-does-not-apply',
      message: expect.stringMatching(says),
    });
    expect(await query(connection, 'SELECT DISTINCT email FROM users')).toEqual([['x']]);
    expect(await query(connection, 'SELECT count(*)::int FROM schema_migrations')).toEqual([
      [versions.length],
    ]);
  });

  it('a database with data is refused unless that was asked for', async () => {
    const { url } = await clone('clone_by_mistake', ['20240101000000']);
    const { report } = await check(pullRequest().directory, '--base', 'main', '--shadow', url);
    expect(report.undecided?.message).toContain('is not empty');
  });

  it('it needs a URL', async () => {
    const { stderr, code } = await check(
      pullRequest().directory,
      ...['--base', 'main', '--shadow', 'embedded', '--shadow-data', 'existing'],
    ).catch((error: Error) => ({ stderr: error.message, code: 2 }));
    expect([code, stderr]).toEqual([2, expect.stringContaining('that a URL names')]);
  });
});

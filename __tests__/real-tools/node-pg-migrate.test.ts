import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { nodePgMigrate } from '../../src/tools/node-pg-migrate.ts';
import { asked, compare, npmTool, type Place, placeWith, run, succeed } from './support.ts';

const versions = { '8.0.4': '^8.0.0', '9.0.0': '^9.0.0' } as const;
type Version = keyof typeof versions;

async function migrate(version: Version, { directory, env, url }: Place, ...args: string[]) {
  const folder = await npmTool(`node-pg-migrate@${version}`, 'pg@8.23.1');
  return run(
    process.execPath,
    [join(folder, 'node_modules/node-pg-migrate/bin/node-pg-migrate.js'), 'up', ...args],
    { cwd: directory, env: { ...env, DATABASE_URL: url } },
  );
}

async function deploys(version: Version, place: Place, ...args: string[]): Promise<void> {
  const { code, stdout, stderr } = await migrate(version, place, ...args);
  if (code !== 0) throw new Error(`${stdout}\n${stderr}`);
}

const manifest = (version: Version, script = 'node-pg-migrate up') =>
  JSON.stringify({ scripts: { migrate: script }, devDependencies: { 'node-pg-migrate': versions[version] } });

const files = {
  'migrations/1700000000000_users.sql':
    '-- Up Migration\nCREATE TABLE users (id serial PRIMARY KEY);\n-- Down Migration\nDROP TABLE users;\n',
  // 17 digits are a time: 2023-11-14T22:13:20.500Z comes between the two others.
  'migrations/20231114221320500_name.sql':
    '-- Down Migration\nALTER TABLE users DROP name;\n\n  -- UP   MIGRATION: in another order\nALTER TABLE users ADD name text',
  'migrations/1700000001000_rows.sql': "INSERT INTO users (name) VALUES ('a;b')\r\n",
  'migrations/1700000002000_committed.sql':
    "-- Up Migration\nINSERT INTO users (name) VALUES ('x'); COMMIT; CREATE TABLE after_commit ();",
  'migrations/1700000003000_empty.sql': '-- Up Migration\n\n-- Down Migration\n',
  'migrations/1700000003000_a-second.sql': 'ALTER TABLE pgmigrations ADD COLUMN seen boolean DEFAULT true;',
  'migrations/.hidden.sql': 'nonsense',
};

describe.each(Object.keys(versions) as Version[])('version %s', (version) => {
  test('an empty database', async () => {
    const { difference, failure } = await compare({
      tool: nodePgMigrate,
      files: { ...files, 'package.json': manifest(version) },
      path: 'migrations',
      deploy: (place) => deploys(version, place),
    });
    expect(failure).toBeNull();
    expect(difference).toBe('');
  });

  test('tables, schemas and transactions of its own', async () => {
    const args = ['-m', 'db/sql', '-t', 'applied', '-s', 'app', '--create-schema', '--no-single-transaction'];
    const { difference, history } = await compare({
      tool: nodePgMigrate,
      files: {
        'package.json': manifest(version, `node-pg-migrate up ${args.join(' ')}`),
        'db/sql/1700000000000_users.sql': 'CREATE TABLE users ();',
        'db/sql/1700000001000_path.sql': 'ALTER TABLE users ADD id int;',
      },
      path: 'db/sql',
      deploy: (place) => deploys(version, place, ...args),
    });
    expect(difference).toBe('');
    expect(history.migrations.map(({ transaction }) => transaction)).toEqual(['single', 'single']);
  });

  test('what it does about a changed history', async () => {
    const base = {
      'migrations/1700000000000_a.sql': 'CREATE TABLE a ();',
      'migrations/1700000001000_b.sql': 'CREATE TABLE b ();',
    };
    const place = await placeWith(base);
    await deploys(version, place);
    const deploy = async (changed: Record<string, string>, ...args: string[]) => {
      const after = await placeWith(changed);
      const { stdout, stderr } = await migrate(version, { ...place, directory: after.directory }, ...args);
      return `${stdout}\n${stderr}`;
    };
    const [a, b] = Object.keys(base) as [keyof typeof base, keyof typeof base];
    const late = { ...base, 'migrations/1700000000500_late.sql': 'CREATE TABLE late ();' };
    const refusal = /Not run migration \S+ is preceding already run migration/;
    expect(await deploy({ ...base, [a]: 'CREATE TABLE edited ();' })).toMatch(/No migrations to run/);
    expect(await deploy({ [a]: base[a] })).toMatch(/No migrations to run/);
    expect(await deploy({ [b]: base[b] })).toMatch(refusal);
    expect(await deploy({ [a]: base[a], 'migrations/1700000001000_c.sql': base[b] })).toMatch(refusal);
    expect(await deploy(late)).toMatch(refusal);
    expect(await deploy(late, '--no-check-order')).toMatch(/Migrations complete/);
    const names = await asked(place.connection, 'SELECT name FROM pgmigrations ORDER BY id');
    expect(names.map(({ name }) => name)).toEqual([
      '1700000000000_a',
      '1700000001000_b',
      '1700000000500_late',
    ]);
  });

  test('CREATE INDEX CONCURRENTLY is refused in any SQL file', async () => {
    const place = await placeWith({
      'migrations/1700000000000_a.sql': 'CREATE TABLE a (id int);',
      'migrations/1700000001000_b.sql': 'COMMIT; CREATE INDEX CONCURRENTLY ON a (id);',
    });
    const { code, stderr, stdout } = await migrate(version, place);
    expect(code).not.toBe(0);
    expect(`${stderr}${stdout}`).toMatch(/cannot run inside a transaction block|cannot be executed/);
  });
});

test('a name without a number: version 8 runs it first, version 9 stops', async () => {
  const named = { 'migrations/abc.sql': 'CREATE TABLE abc ();', 'migrations/1_a.sql': 'CREATE TABLE a ();' };
  const { difference, history } = await compare({
    tool: nodePgMigrate,
    files: { ...named, 'package.json': manifest('8.0.4') },
    path: 'migrations',
    deploy: (place) => deploys('8.0.4', place),
  });
  expect(difference).toBe('');
  expect(history.migrations.map(({ identity }) => identity)).toEqual(['abc', '1_a']);
  const { stderr } = await migrate('9.0.0', await placeWith(named));
  expect(stderr).toContain('Cannot determine numeric prefix for "abc.sql"');
});

test('pairs of files are one migration with the loader sql', async () => {
  const paired = {
    'migrations/1_users.up.sql': 'CREATE TABLE users ();',
    'migrations/1_users.down.sql': 'DROP TABLE users;',
    'migrations/2_more.sql': 'ALTER TABLE users ADD id int;',
  };
  const folder = await npmTool('node-pg-migrate@9.0.0', 'pg@8.23.1');
  const program = `
    import { runner } from 'node-pg-migrate';
    await runner({
      databaseUrl: process.argv[1], dir: process.argv[2], direction: 'up', migrationsTable: 'pgmigrations',
      singleTransaction: true, migrationLoaderStrategies: [{ extensions: ['.sql'], loader: 'sql' }],
    });`;
  const { difference, history } = await compare({
    tool: nodePgMigrate,
    files: { ...paired, 'package.json': manifest('9.0.0') },
    path: 'migrations',
    deploy: ({ url, directory, env }) =>
      succeed(process.execPath, ['--input-type=module', '-e', program, url, join(directory, 'migrations')], {
        cwd: folder,
        env,
      }),
  });
  expect(difference).toBe('');
  expect(history.migrations.map(({ down }) => down?.file)).toEqual([
    'migrations/1_users.down.sql',
    undefined,
  ]);
});

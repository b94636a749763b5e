import { describe, expect, test } from 'vitest';
import { Undecided } from '../../src/errors.ts';
import { detectDatabases, survey, toolNamed, toolNames, tools } from '../../src/tools/index.ts';
import { type Content, treeOf } from './memory-tree.ts';

const table = 'CREATE TABLE t (id bigint PRIMARY KEY);\n';
const lock = (provider = 'postgresql') => `# Please do not edit\nprovider = "${provider}"\n`;

const found = async (files: Readonly<Record<string, Content>>) =>
  (await detectDatabases(treeOf(files))).map(({ tool, path }) => `${tool} ${path}`).sort();

describe('what is detected', () => {
  test.each<[string, Readonly<Record<string, Content>>, string[]]>([
    ['nothing', { 'README.md': 'x', 'src/a.ts': 'x' }, []],
    [
      'plain',
      { 'db/migrations/001_a.sql': table, 'db/migrations/002_b.sql': table },
      ['plain db/migrations'],
    ],
    ['plain, a single file', { 'migrations/001_a.sql': table }, ['plain migrations']],
    ['plain at the root', { '001_a.sql': table, '002_b.sql': table }, ['plain ']],
    ['a single numbered file elsewhere is not', { 'reports/001_a.sql': table }, []],
    [
      'prisma',
      { 'prisma/migrations/migration_lock.toml': lock(), 'prisma/migrations/1_a/migration.sql': table },
      ['prisma prisma/migrations'],
    ],
    [
      'prisma without any migration yet',
      { 'prisma/migrations/migration_lock.toml': lock() },
      ['prisma prisma/migrations'],
    ],
    [
      'prisma with a folder of schemas',
      {
        'prisma/schema/a.prisma': 'x',
        'prisma/schema/b.prisma': 'x',
        'prisma/schema/migrations/migration_lock.toml': lock(),
      },
      ['prisma prisma/schema/migrations'],
    ],
    [
      'prisma with its directory elsewhere',
      {
        'prisma.config.ts': 'export default {}',
        'db/history/migration_lock.toml': lock(),
        'db/history/1_a/migration.sql': table,
      },
      ['prisma db/history'],
    ],
    [
      'prisma without a lock file',
      {
        'prisma/schema.prisma': 'datasource db {\n  provider = "postgresql"\n}\n',
        'prisma/migrations/1_a/migration.sql': table,
      },
      ['prisma prisma/migrations'],
    ],
    [
      'prisma for another database',
      {
        'prisma/migrations/migration_lock.toml': lock('mysql'),
        'prisma/migrations/1_a/migration.sql': table,
      },
      [],
    ],
    [
      'several packages of a monorepo',
      {
        'apps/a/prisma/migrations/migration_lock.toml': lock(),
        'apps/b/prisma/migrations/migration_lock.toml': lock(),
        'services/c/migrations/1_a.sql': table,
      },
      ['plain services/c/migrations', 'prisma apps/a/prisma/migrations', 'prisma apps/b/prisma/migrations'],
    ],
    [
      'numbered files that Prisma owns',
      {
        'prisma/migrations/migration_lock.toml': lock(),
        'prisma/migrations/1_a/migration.sql': table,
        'prisma/migrations/1_a/001_x.sql': table,
        'prisma/migrations/1_a/002_x.sql': table,
      },
      ['prisma prisma/migrations'],
    ],
    [
      'copies of other people’s code',
      {
        'node_modules/x/migrations/1_a.sql': table,
        'vendor/y/migrations/1_a.sql': table,
        'dist/migrations/1_a.sql': table,
      },
      [],
    ],
    [
      'tests, fixtures and examples',
      {
        '__tests__/migrations/1_a.sql': table,
        'examples/app/prisma/migrations/migration_lock.toml': lock(),
        'testdata/migrations/1_a.sql': table,
      },
      [],
    ],
    [
      'files that are links',
      { 'db/migrations/1_a.sql': { link: '../x.sql' }, 'db/migrations/2_b.sql': table },
      ['plain db/migrations'],
    ],
  ])('%s', async (_, files, expected) => {
    expect(await found(files)).toEqual(expected);
  });
});

describe('tools that cannot be read yet are known, and their files are not taken as plain', () => {
  test.each<[string, Readonly<Record<string, Content>>]>([
    [
      'goose db/migrations',
      { 'db/migrations/001_a.sql': `-- +goose Up\n${table}-- +goose Down\nDROP TABLE t;\n` },
    ],
    [
      'dbmate db/migrations',
      { 'db/migrations/001_a.sql': `-- migrate:up\n${table}\n-- migrate:down\nDROP TABLE t;\n` },
    ],
    ['node-pg-migrate migrations', { 'migrations/1_a.sql': `-- Up Migration\n${table}-- Down Migration\n` }],
    ['node-pg-migrate migrations', { 'migrations/1700000000000_a.js': 'exports.up = 1' }],
    ['liquibase db/changelog', { 'db/changelog/001.sql': '--liquibase formatted sql\n--changeset a:1\n' }],
    [
      'graphile-migrate migrations',
      { 'migrations/committed/000001.sql': '--! Previous: -\n--! Hash: sha1:x\n\nSELECT 1;' },
    ],
    ['graphile-migrate migrations', { '.gmrc': '{}', 'migrations/committed/000001.sql': 'SELECT 1;' }],
    [
      'atlas migrations',
      {
        'migrations/atlas.sum': 'h1:x',
        'migrations/20240101_a.sql': table,
        'migrations/20240102_a.sql': table,
      },
    ],
    [
      'golang-migrate migrations',
      { 'migrations/atlas.sum': 'h1:x', 'migrations/1_a.up.sql': table, 'migrations/1_a.down.sql': table },
    ],
    [
      'golang-migrate db/migrations',
      {
        'go.mod': 'module x',
        'db/migrations/000001_a.up.sql': table,
        'db/migrations/000001_a.down.sql': table,
      },
    ],
    [
      'drizzle drizzle',
      { 'drizzle/meta/_journal.json': '{}', 'drizzle/0000_a.sql': table, 'drizzle/0001_a.sql': table },
    ],
    [
      'drizzle drizzle',
      { 'drizzle/20240101000000_a/migration.sql': table, 'drizzle/20240101000000_a/snapshot.json': '{}' },
    ],
    [
      'supabase supabase/migrations',
      { 'supabase/config.toml': '', 'supabase/migrations/20240101000000_a.sql': table },
    ],
    [
      'flyway src/main/resources/db/migration',
      {
        'src/main/resources/db/migration/V1__a.sql': table,
        'src/main/resources/db/migration/R__v.sql': table,
      },
    ],
    [
      'refinery migrations',
      { 'Cargo.toml': '[dependencies]\nrefinery = "0.8"\n', 'migrations/V1__a.sql': table },
    ],
    [
      'sqlx migrations',
      {
        'Cargo.toml': '[dependencies]\nsqlx = "0.8"\n',
        'migrations/1_a.sql': table,
        'migrations/2_b.sql': table,
      },
    ],
    ['sqlx a/migrations', { 'a/Cargo.toml': '[package]\n', 'a/migrations/1_a.sql': table }],
    [
      'diesel migrations',
      {
        'diesel.toml': '',
        'migrations/2024-01-01-000000_a/up.sql': table,
        'migrations/2024-01-01-000000_a/down.sql': table,
      },
    ],
    [
      'hasura hasura/migrations/default',
      { 'hasura/config.yaml': 'version: 3', 'hasura/migrations/default/1700000000000_a/up.sql': table },
    ],

    [
      'alembic db/versions',
      {
        'alembic.ini': '[alembic]\nscript_location = %(here)s/db\n',
        'db/env.py': '',
        'db/versions/abc_x.py': 'x',
      },
    ],
    ['django api', { 'api/manage.py': '', 'api/app/migrations/0001_initial.py': 'x' }],
    ['rails db/migrate', { 'db/migrate/20240101000000_a.rb': 'x' }],
    ['knex migrations', { 'knexfile.js': '', 'migrations/20240101000000_a.ts': 'x' }],
    ['sequelize migrations', { '.sequelizerc': '', 'migrations/20240101000000-a.js': 'x' }],
    [
      'typeorm src/migration',
      {
        'package.json': '{"dependencies":{"typeorm":"1"}}',
        'src/migration/1700000000000-A.ts': 'export class A1700000000000 implements MigrationInterface {}',
      },
    ],
    [
      'mikro-orm src/migrations',
      {
        'package.json': '{"dependencies":{"@mikro-orm/core":"7"}}',
        'src/migrations/Migration20240101000000.ts': 'x',
      },
    ],
    ['ecto priv/repo/migrations', { 'priv/repo/migrations/20240101000000_a.exs': 'x' }],
  ])('%s', async (expected, files) => {
    expect(await found(files)).toEqual([expected]);
  });

  test('a tool that no name exists for stops too', async () => {
    const { databases, unsupported } = await survey(
      treeOf({ 'migrations/1_a.sql': '-- +migrate Up\nSELECT 1;\n-- +migrate Down\n' }),
    );
    expect(databases).toEqual([]);
    expect(unsupported).toMatchObject([{ path: 'migrations', tool: 'sql-migrate', sqlFiles: true }]);
  });
});

describe('what is passed over is told', () => {
  test.each<[string, Readonly<Record<string, Content>>, RegExp]>([
    [
      'Prisma for MySQL',
      { 'prisma/migrations/migration_lock.toml': lock('mysql') },
      /migration_lock\.toml says mysql, not postgresql/,
    ],
    [
      'a directory named after MySQL',
      { 'db/mysql/1_a.sql': table, 'db/mysql/2_b.sql': table },
      /db\/mysql was passed over: its path says MySQL/,
    ],
    [
      'MySQL by its grammar',
      {
        'migrations/1_a.sql': 'CREATE TABLE `t` (`id` int AUTO_INCREMENT) ENGINE=InnoDB;',
        'migrations/2_b.sql': 'ALTER TABLE `t` ADD `x` int;',
      },
      /refuses 2 of the 2 files looked at, which are written for MySQL/,
    ],
    [
      'SQLite by its grammar',
      { 'migrations/1_a.sql': 'CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT);' },
      /written for SQLite/,
    ],
    [
      'suffixes',
      { 'migrations/1_a.sqlite3.up.sql': table, 'migrations/2_b.sqlite3.up.sql': table },
      /SQLite/,
    ],
    [
      'examples',
      { 'examples/migrations/1_a.sql': table },
      /Passed over as tests, examples or documentation: examples\/migrations\./,
    ],
    [
      'numbered files beside real migrations',
      { 'db/migrations/1_a.sql': table, 'reports/1_a.sql': 'SELECT 1', 'reports/2_a.sql': 'SELECT 1' },
      /^reports holds numbered SQL files too/,
    ],
  ])('%s', async (_, files, note) => {
    const { notes } = await survey(treeOf(files));
    expect(notes).toEqual([expect.stringMatching(note)]);
  });

  test('a syntax error does not make a directory vanish', async () => {
    expect(await found({ 'migrations/1_a.sql': 'CREATE TABEL t (id int);' })).toEqual(['plain migrations']);
  });

  test('named by hand, examples are looked at', async () => {
    const { databases } = await survey(treeOf({ 'examples/migrations/1_a.sql': table }), true);
    expect(databases).toMatchObject([{ path: 'examples/migrations', tool: 'plain' }]);
  });
});

test('every tool has its own name, and one that does not exist yet says so', () => {
  for (const [name, tool] of Object.entries(tools)) expect(tool?.name).toBe(name);
  const missing = toolNames.filter((name) => tools[name] === undefined);
  for (const name of missing) expect(() => toolNamed(name)).toThrow(Undecided);
  expect(toolNamed('plain').title).toBe('Plain SQL files');
});

test.each<[string, string]>([
  ['a comment', 'CREATE TABEL t (id int); -- not `t`, and no ENGINE=InnoDB'],
  ['a string', "CREATE TABEL t (id int DEFAULT '`x` AUTOINCREMENT');"],
  ['a quoted body', 'CREATE TABEL t; DO $x$ PRAGMA foreign_keys $x$;'],
])('another dialect in %s is no proof of it', async (_, sql) => {
  expect(await found({ 'migrations/1_a.sql': sql })).toEqual(['plain migrations']);
});

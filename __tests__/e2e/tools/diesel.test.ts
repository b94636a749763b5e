import { expect, test } from 'vitest';
import { repository } from '../../git/repository.ts';
import { check } from '../command.ts';

const base = {
  'Cargo.toml': '[dependencies]\ndiesel = { version = "2", features = ["postgres"] }\n',
  'diesel.toml': '[migrations_directory]\ndir = "db/changes"\n',
  'db/changes/00000000000000_diesel_initial_setup/up.sql':
    'CREATE FUNCTION touch() RETURNS trigger AS $$ BEGIN NEW.updated_at := now(); RETURN NEW; END; $$ LANGUAGE plpgsql;\n',
  'db/changes/00000000000000_diesel_initial_setup/down.sql': 'DROP FUNCTION touch();\n',
  'db/changes/2024-01-01-000000_users/up.sql': 'CREATE TABLE users (id bigint PRIMARY KEY, email text)',
  'db/changes/2024-01-01-000000_users/down.sql': 'DROP TABLE users;',
  'db/changes/20240301000000_seen/up.sql':
    'ALTER TABLE users ADD COLUMN seen timestamptz;\nCREATE VIEW applied AS SELECT version FROM __diesel_schema_migrations;\n',
};

function changed(files: Record<string, string>) {
  const repo = repository(base);
  repo.git('checkout', '-q', '-b', 'change');
  repo.commit(files);
  return check(repo.directory);
}

test('metadata.toml takes the transaction away', async () => {
  const index = 'CREATE INDEX CONCURRENTLY users_email ON users (email);\n';
  const { code, report } = await changed({
    'db/changes/20240401000000_a/up.sql': index,
    'db/changes/20240401000000_a/down.sql': 'DROP INDEX users_email;',
    'db/changes/20240401000000_a/metadata.toml': 'run_in_transaction = false\n',
    'db/changes/20240402000000_b/up.sql': index
      .replace('(email)', '(seen)')
      .replace('users_email', 'users_seen'),
  });
  expect(code).toBe(1);
  expect(report.findings.map(({ rule, file }) => [rule, file])).toEqual([
    ['concurrently-in-transaction', 'db/changes/20240402000000_b/up.sql'],
  ]);
  expect(report.databases).toMatchObject([
    { path: 'db/changes', tool: 'diesel', migrations: [{ transaction: 'none' }, { transaction: 'single' }] },
  ]);
});

test('an edit, a late migration and a second one of the same version', async () => {
  const { code, report } = await changed({
    'db/changes/2024-01-01-000000_users/up.sql':
      'CREATE TABLE users (id bigint PRIMARY KEY, email text, age int)',
    'db/changes/20240201000000_late/up.sql': 'CREATE TABLE late (id bigint PRIMARY KEY);',
    'db/changes/2024-03-01-000000_twin/up.sql': 'CREATE TABLE twin (id bigint PRIMARY KEY);',
    'db/changes/20240501000000_empty/up.sql': '',
  });
  expect(code).toBe(1);
  const said = Object.fromEntries(report.findings.map(({ rule, message }) => [rule, message]));
  expect(said['edited-applied-migration']).toContain('Diesel remembers versions only');
  expect(said['out-of-order-migration']).toContain('Diesel runs it after the migrations');
  expect(said['duplicate-version']).toContain('drops the other without a word');
  expect(said['tool-refuses-file']).toContain('Attempted to run an empty migration');
});

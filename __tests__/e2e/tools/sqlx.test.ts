import { expect, test } from 'vitest';
import { repository } from '../../git/repository.ts';
import { check } from '../command.ts';

const base = {
  'Cargo.toml':
    '[package]\nname = "shop"\n[dependencies]\nsqlx = { version = "0.8", features = ["postgres"] }\n',
  'sqlx.toml': '[migrate]\ntable-name = "ops.applied"\ncreate-schemas = ["ops"]\n',
  'migrations/0001_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY, email text);\n',
  'migrations/0002_seen.up.sql': 'ALTER TABLE users ADD COLUMN seen timestamptz;\n',
  'migrations/0002_seen.down.sql': 'ALTER TABLE users DROP COLUMN seen;\n',
  'migrations/0004_index.sql': '-- no-transaction\nCREATE INDEX CONCURRENTLY users_email ON users (email)',
  // Real migrations touch the tool's own table.
  'migrations/0005_book.sql': 'ALTER TABLE ops.applied ADD COLUMN who text DEFAULT current_user;\r\n',
};

function changed(files: Record<string, string>) {
  const repo = repository(base);
  repo.git('checkout', '-q', '-b', 'change');
  repo.commit(files);
  return check(repo.directory);
}

test('new migrations run as SQLx runs them', async () => {
  const { code, report } = await changed({
    'migrations/0006_seen.sql': '-- no-transaction\nCREATE INDEX CONCURRENTLY users_seen ON users (seen);\n',
  });
  expect(report.findings).toEqual([]);
  expect([code, report.verdict]).toEqual([0, 'pass']);
  expect(report.databases).toMatchObject([
    { path: 'migrations', tool: 'sqlx', migrations: [{ version: '6', transaction: 'none' }] },
  ]);
});

test('the directive counts at the first byte only', async () => {
  const { code, report } = await changed({
    'migrations/0006_a.sql': '\n-- no-transaction\nCREATE INDEX CONCURRENTLY users_seen ON users (seen);\n',
  });
  expect(code).toBe(1);
  expect(report.findings.map(({ rule, file }) => [rule, file])).toEqual([
    ['concurrently-in-transaction', 'migrations/0006_a.sql'],
  ]);
});

test('a name without a number stops the tool, one without an underscore never runs', async () => {
  const { code, report } = await changed({
    'migrations/later_b.sql': 'SELECT 1;\n',
    'migrations/0007-c.sql': 'SELECT 1;\n',
  });
  expect(code).toBe(1);
  expect(report.findings.map(({ rule, file }) => [rule, file]).sort()).toEqual([
    ['migration-never-runs', 'migrations/0007-c.sql'],
    ['tool-refuses-file', 'migrations/later_b.sql'],
  ]);
});

test('edited, deleted and late migrations, in the words of SQLx', async () => {
  const { code, report } = await changed({
    'migrations/0001_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY, email text, age int);\n',
    'migrations/0003_late.sql': 'CREATE TABLE late (id bigint PRIMARY KEY);\n',
  });
  expect(code).toBe(1);
  const said = Object.fromEntries(report.findings.map(({ rule, message }) => [rule, message]));
  expect(said['edited-applied-migration']).toContain('was previously applied but has been modified');
  expect(said['out-of-order-migration']).toContain('SQLx runs it after the migrations');
});

import { expect, test } from 'vitest';
import { repository } from '../../git/repository.ts';
import { check } from '../command.ts';

const base = {
  'Cargo.toml': '[workspace]\nmembers = ["server"]\n',
  'server/Cargo.toml': '[dependencies]\nrefinery = { version = "0.8", features = ["tokio-postgres"] }\n',
  'server/migrations/V1__users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY, email text);\n',
  'server/migrations/V2__history.sql':
    'CREATE VIEW applied AS SELECT name, checksum FROM refinery_schema_history;\n',
  'server/migrations/2024/V10__seen.sql': 'ALTER TABLE users ADD COLUMN seen timestamptz',
};

function changed(files: Record<string, string | null>) {
  const repo = repository(base);
  repo.git('checkout', '-q', '-b', 'change');
  repo.commit(files as Record<string, string>);
  return check(repo.directory);
}

test('a safe migration passes; numbers sort as numbers', async () => {
  const { code, report } = await changed({
    'server/migrations/V11__notes.sql': 'CREATE TABLE notes (id bigint PRIMARY KEY);\n',
  });
  expect([code, report.findings]).toEqual([0, []]);
  expect(report.databases).toMatchObject([
    { path: 'server/migrations', tool: 'refinery', migrations: [{ version: '11', transaction: 'single' }] },
  ]);
});

test('what refinery stops at', async () => {
  const { code, report } = await changed({
    'server/migrations/V1__users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY, email text, age int);\n',
    'server/migrations/V9__late.sql': 'CREATE TABLE late (id bigint PRIMARY KEY);\n',
    'server/migrations/V20240101000000__big.sql': 'SELECT 1;\n',
    'server/migrations/V12_typo.sql': 'SELECT 1;\n',
  });
  expect(code).toBe(1);
  const said = Object.fromEntries(report.findings.map(({ rule, message }) => [rule, message]));
  expect(said['edited-applied-migration']).toContain('is different than filesystem one');
  expect(said['out-of-order-migration']).toContain('is missing from the filesystem');
  expect(said['tool-refuses-file']).toContain('int8-versions');
  expect(said['migration-never-runs']).toContain('two underscores');
});

test('a migration in Rust is undecided', async () => {
  const { code, report } = await changed({
    'server/migrations/V11__code.rs': 'pub fn migration() -> String { String::from("SELECT 1") }\n',
  });
  expect([code, report.verdict]).toEqual([2, 'undecided']);
  expect(report.undecided?.message).toContain('V11__code.rs from a Rust function');
});

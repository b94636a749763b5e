import { expect, test } from 'vitest';
import { repository } from '../../git/repository.ts';
import { committed } from '../../tools/graphile-committed.ts';
import { check } from '../command.ts';
import { rulesOf } from './verdict.ts';

// graphile-migrate's odd features in one small project: a chain of hashes, placeholders, settings of the connection,
// actions around the migrations, and the file that is never deployed.

const bodies: [string, string][] = [
  ['000001-app.sql', 'CREATE SCHEMA app;\nCREATE TABLE users (id int PRIMARY KEY, name text);'],
  ['000002.sql', '--! no-transaction\nCREATE INDEX CONCURRENTLY users_name ON app.users (name);'],
];
const migrations = (...more: [string, string][]) =>
  committed('db/migrations/committed', [...bodies, ...more]);

const history = {
  'db/.gmrc': `{
    // JSON5
    pgSettings: { search_path: 'app,public' },
    placeholders: { ':VISITOR': '!ENV' },
    afterAllMigrations: ['grants.sql'],
  }`,
  'db/migrations/current.sql': '-- Enter migration here\n',
  'db/migrations/grants.sql':
    'CREATE TABLE IF NOT EXISTS app.marks (id int);\nGRANT SELECT ON ALL TABLES IN SCHEMA app TO :VISITOR;\n',
  '.github/migration-gate.yml':
    'databases:\n  - path: db/migrations\n    placeholders:\n      ":VISITOR": postgres\n',
  ...migrations(),
};

function pullRequest(change: Record<string, string>) {
  const repo = repository(history);
  repo.git('checkout', '-q', '-b', 'change');
  repo.commit(change);
  return repo;
}

test('a committed migration runs in a transaction of its own, after its headers', async () => {
  const repo = pullRequest(
    migrations(
      ['000003.sql', 'ALTER TABLE users ADD COLUMN mail text;\nGRANT SELECT ON users TO :VISITOR;'],
      ['000004.sql', 'CREATE INDEX users_mail ON users (mail);'],
    ),
  );
  const { report, code } = await check(repo.directory);
  expect(code).toBe(1);
  expect(rulesOf(report)).toEqual(['create-index-blocking db/migrations/committed/000004.sql:4']);
  expect(report.databases[0]).toMatchObject({
    tool: 'graphile-migrate',
    migrationCounts: { base: 2, new: 2 },
    migrations: [{ transaction: 'single' }, { transaction: 'single' }],
  });
});

test('current.sql is never deployed', async () => {
  const repo = pullRequest({ 'db/migrations/current.sql': 'ALTER TABLE users ADD COLUMN mail text;\n' });
  const { report, code } = await check(repo.directory);
  expect(code).toBe(1);
  expect(rulesOf(report)).toEqual(['migration-never-runs db/migrations/current.sql:1']);
});

test('two branches that committed the same number break the chain', async () => {
  const other = committed('db/migrations/committed', [
    ...bodies,
    ['000003.sql', 'CREATE TABLE ours (id int);'],
  ]);
  const repo = repository({ ...history, ...other });
  repo.git('checkout', '-q', '-b', 'change');
  const [, mine = ''] =
    Object.entries(migrations(['000004.sql', 'CREATE TABLE theirs (id int);'])).at(-1) ?? [];
  repo.commit({ 'db/migrations/committed/000004.sql': mine });
  const { report, code } = await check(repo.directory);
  expect(code).toBe(1);
  expect(rulesOf(report)).toEqual(['tool-refuses-file db/migrations/committed/000004.sql:1']);
  expect(report.findings[0]?.message).toContain("doesn't match '000004.sql''s expected previous hash");
});

test('an edited one cannot be built anew', async () => {
  const first = 'db/migrations/committed/000001-app.sql';
  const repo = pullRequest({ [first]: `${migrations()[first]}CREATE TABLE more (id int);\n` });
  const { report, code } = await check(repo.directory);
  expect(code).toBe(1);
  expect(rulesOf(report)).toContain(`edited-applied-migration ${first}:6`);
  expect(JSON.stringify(report.findings)).toMatch(/checks the hash only of what it is about to run/);
});

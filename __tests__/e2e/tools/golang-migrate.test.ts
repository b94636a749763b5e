import { expect, test } from 'vitest';
import { repository } from '../../git/repository.ts';
import { check } from '../command.ts';
import { pullRequestOn, rulesOf } from './verdict.ts';

// Several statements in one message, a COMMIT in it, a number without a way up, files that never run, and the one row
// that decides what does.

const directory = 'db/migrations';
const history = {
  'go.mod': 'module example.org/app\n\nrequire github.com/golang-migrate/migrate/v4 v4.19.1\n',
  [`${directory}/000001_users.up.sql`]:
    'CREATE TABLE users (id bigint PRIMARY KEY, email text);\nINSERT INTO users VALUES (1);',
  [`${directory}/000001_users.down.sql`]: 'DROP TABLE users;\n',
  [`${directory}/000002_gone.down.sql`]: 'SELECT 1;\n',
  [`${directory}/000003_own.up.sql`]:
    'ALTER TABLE schema_migrations ADD COLUMN IF NOT EXISTS note text;\nCOMMIT;\nCREATE INDEX users_email ON users (email);\n',
  [`${directory}/seed.sql`]: 'INSERT INTO nowhere VALUES (1);\n',
};
const pullRequest = (change: Record<string, string>) => pullRequestOn(repository(history), change);

test('one statement alone may be CONCURRENTLY, two are a transaction', async () => {
  const index = 'CREATE INDEX CONCURRENTLY users_id_email ON users (id, email);';
  const alone = await check(pullRequest({ [`${directory}/000004_index.up.sql`]: `-- alone\n${index}` }));
  expect(alone.report.databases).toMatchObject([
    { tool: 'golang-migrate', path: directory, migrationCounts: { base: 3, new: 1 } },
  ]);
  expect(rulesOf(alone.report)).toEqual([]);
  const beside = await check(pullRequest({ [`${directory}/000004_index.up.sql`]: `SELECT 1;\n${index}\n` }));
  expect(beside.code).toBe(1);
  expect(rulesOf(beside.report)).toContain(`concurrently-in-transaction ${directory}/000004_index.up.sql:2`);
});

test('x-multi-statement in the project: each statement by itself', async () => {
  const { report } = await check(
    pullRequest({
      Makefile:
        'up:\n\tmigrate -path db/migrations -database "postgres://db/app?x-multi-statement=true" up\n',
      [`${directory}/000004_index.up.sql`]:
        'SELECT 1;\nCREATE INDEX CONCURRENTLY users_id_email ON users (id, email);\n',
    }),
  );
  expect(rulesOf(report)).toEqual([]);
});

test('a late number never runs, in its words', async () => {
  const { report, code } = await check(
    pullRequest({
      [`${directory}/000004_new.up.sql`]: 'CREATE TABLE fresh (id bigint PRIMARY KEY);\n',
      [`${directory}/000000_late.up.sql`]: 'CREATE TABLE late (id bigint PRIMARY KEY);\n',
    }),
  );
  expect(code).toBe(1);
  const finding = report.findings.find(({ rule }) => rule === 'out-of-order-migration');
  expect(finding).toMatchObject({ severity: 'error', file: `${directory}/000000_late.up.sql` });
  expect(finding?.message).toContain('this file never runs, without an error or a warning');
  expect(report.databases[0]?.migrations.map(({ version }) => version)).toEqual(['4']);
});

test('a number twice stops the tool; a file that never runs is told', async () => {
  const { report } = await check(
    pullRequest({
      [`${directory}/3_again.up.sql`]: 'CREATE TABLE again (id bigint PRIMARY KEY);\n',
      [`${directory}/000005_forgot.sql`]: 'CREATE TABLE forgotten (id bigint PRIMARY KEY);\n',
    }),
  );
  expect(report.findings.find(({ rule }) => rule === 'duplicate-version')?.message).toContain(
    'duplicate migration file',
  );
  expect(report.findings.find(({ rule }) => rule === 'migration-never-runs')?.file).toBe(
    `${directory}/000005_forgot.sql`,
  );
});

import { expect, test } from 'vitest';
import { repository } from '../../git/repository.ts';
import { check } from '../command.ts';
import { pullRequestOn, rulesOf } from './verdict.ts';

// Two sources of which one is SQL Server, an empty file, a way back, no transaction by its first line, and a migration
// that uses what the engine brings.

const directory = 'hasura/migrations/default';
const history = {
  'hasura/config.yaml': 'version: 3\nendpoint: http://localhost:8080\nmetadata_directory: metadata\n',
  'hasura/metadata/databases/databases.yaml':
    '- name: default\n  kind: postgres\n- name: ms\n  kind: mssql\n',
  [`${directory}/1700000000000_users/up.sql`]:
    "CREATE TABLE users (id uuid PRIMARY KEY DEFAULT hdb_catalog.gen_hasura_uuid(), email text);\nINSERT INTO users (email) VALUES ('a');\n",
  [`${directory}/1700000000000_users/down.sql`]: 'DROP TABLE users;\n',
  [`${directory}/1700000000001_index/up.sql`]:
    '-- hasura:no-transaction\nCREATE INDEX CONCURRENTLY users_email ON users (email);\n',
  [`${directory}/1700000000002_empty/up.sql`]: '',
  'hasura/migrations/ms/1_a/up.sql': 'CREATE TABLE [dbo].[a] (id int IDENTITY(1,1));\n',
};
const pullRequest = (change: Record<string, string>) => pullRequestOn(repository(history), change);

test('a migration runs whole and in a transaction', async () => {
  const file = `${directory}/1700000000003_kind/up.sql`;
  const { report, code } = await check(
    pullRequest({
      [file]:
        'ALTER TABLE users ADD COLUMN kind text;\nCREATE INDEX CONCURRENTLY users_kind ON users (kind);\n',
      [`${directory}/1700000000003_kind/down.sql`]: 'ALTER TABLE users DROP COLUMN kind;\n',
      'hasura/migrations/ms/2_b/up.sql': 'DROP TABLE [dbo].[a];\n',
    }),
  );
  expect(code).toBe(1);
  expect(report.databases).toMatchObject([
    { tool: 'hasura', path: directory, migrationCounts: { base: 2, new: 1 } },
  ]);
  expect(rulesOf(report)).toEqual([`concurrently-in-transaction ${file}:2`]);
  expect(report.notes.join()).toContain('the metadata says that ms is mssql');
});

test('edits and late files go unnoticed by Hasura, and not here', async () => {
  const { report, code } = await check(
    pullRequest({
      [`${directory}/1700000000000_users/up.sql`]:
        'CREATE TABLE users (id uuid PRIMARY KEY DEFAULT hdb_catalog.gen_hasura_uuid(), email text NOT NULL);\n',
      [`${directory}/1690000000000_late/up.sql`]: 'CREATE TABLE late (id bigint PRIMARY KEY);\n',
      [`${directory}/notes/up.sql`]: 'CREATE TABLE never (id bigint PRIMARY KEY);\n',
    }),
  );
  expect(code).toBe(1);
  const said = report.findings.map(({ rule, message }) => `${rule}: ${message}`).join('\n');
  expect(said).toMatch(/edited-applied-migration: Hasura never looks at a migration again/);
  expect(said).toMatch(/out-of-order-migration: Hasura runs it after/);
  expect(said).toMatch(/migration-never-runs: Hasura passes over this file/);
});

test('a number that is taken', async () => {
  const { report, code } = await check(
    pullRequest({
      [`${directory}/1700000000000_again/up.sql`]: 'CREATE TABLE again (id bigint PRIMARY KEY);\n',
    }),
  );
  expect(code).toBe(1);
  expect(JSON.stringify(report.findings)).toContain('found duplicate migrations for version');
});

import { expect, test } from 'vitest';
import { repository } from '../../git/repository.ts';
import { check } from '../command.ts';

const base = {
  '.github/migration-gate.yml':
    'databases:\n  - name: shop\n    path: db/migrations\n    tool: plain\n    placeholders:\n      schema: app\n',
  'db/migrations/1_schema.sql': 'CREATE SCHEMA {{ schema }};\n',
  'db/migrations/2_users.sql':
    '\ufeffCREATE TABLE {{ schema }}.users (id bigint PRIMARY KEY, email text)\r\n',
  'db/migrations/2_users.down.sql': 'DROP TABLE app.users;\n',
  'db/migrations/9_index.sql':
    '-- no-transaction\nCREATE INDEX CONCURRENTLY users_email ON app.users (email);\n',
  'db/migrations/seed.sql': 'INSERT INTO app.users VALUES (1);\n',
};

function changed(files: Record<string, string>) {
  const repo = repository(base);
  repo.git('checkout', '-q', '-b', 'change');
  repo.commit(files);
  return check(repo.directory);
}

test('order, names and times that mislead', async () => {
  const { code, report } = await changed({
    'db/migrations/10_a.sql': 'CREATE TABLE app.a (id bigint PRIMARY KEY);\n',
    'db/migrations/9_twin.sql': 'CREATE TABLE app.twin (id bigint PRIMARY KEY);\n',
    'db/migrations/teams.sql': 'CREATE TABLE app.teams (id bigint PRIMARY KEY);\n',
    'db/migrations/29990101000000_z.sql': 'CREATE TABLE app.z (id bigint PRIMARY KEY);\n',
  });
  expect(code).toBe(1);
  const found = report.findings.map(({ rule, file }) => [rule, file]);
  expect(found).toContainEqual(['ambiguous-order', 'db/migrations/10_a.sql']);
  expect(found).toContainEqual(['ambiguous-order', 'db/migrations/29990101000000_z.sql']);
  expect(found).toContainEqual(['duplicate-version', 'db/migrations/9_twin.sql']);
  expect(found).toContainEqual(['migration-never-runs', 'db/migrations/teams.sql']);
});

test('a line for psql alone is named', async () => {
  const { code, report } = await changed({
    'db/migrations/11_data.sql': 'CREATE TABLE app.d (a int);\nCOPY app.d FROM stdin;\n1\n\\.\n',
  });
  expect(code).toBe(1);
  expect(report.findings.find(({ rule }) => rule === 'syntax-error')?.message).toContain(
    'Line 2 is for psql alone: COPY … FROM STDIN',
  );
});

test('a template that nothing fills in is undecided', async () => {
  const { code, report } = await changed({
    'db/migrations/11_x.sql': 'CREATE TABLE {{ other }}.x (a int);\n',
  });
  expect([code, report.verdict]).toEqual([2, 'undecided']);
  expect(report.undecided?.message).toContain('other: …');
});

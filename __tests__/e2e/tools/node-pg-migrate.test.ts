import { expect, test } from 'vitest';
import { repository } from '../../git/repository.ts';
import { check } from '../command.ts';
import { rulesOf } from './verdict.ts';

// node-pg-migrate's odd features in one small project: sections in any order, numbers of two kinds, options that stand
// in a script, and files that it would stop at.

const history = {
  'package.json': JSON.stringify({
    scripts: {
      migrate: "node-pg-migrate up -m sql -s app --create-schema -t applied --ignore-pattern '.*\\.md'",
    },
    dependencies: { 'node-pg-migrate': '^9.0.0' },
  }),
  'sql/README.md': 'x',
  'sql/1700000000000_users.sql':
    '-- Down Migration\nDROP TABLE users;\n-- Up Migration\nCREATE TABLE users (id serial PRIMARY KEY, name text)',
  'sql/20231114221321000_rows.sql':
    "\r\nINSERT INTO users (name) VALUES ('a');\r\nALTER TABLE app.applied ADD COLUMN note text",
};

function pullRequest(change: Record<string, string>) {
  const repo = repository(history);
  repo.git('checkout', '-q', '-b', 'change');
  repo.commit(change);
  return repo;
}

test('the up part runs, at its own lines, in the schema of the project', async () => {
  const repo = pullRequest({
    'sql/1700000002000_index.sql':
      '-- Down Migration\nDROP INDEX users_name;\n\n-- Up Migration\nCREATE INDEX users_name ON users (name);\n',
  });
  const { report, code } = await check(repo.directory);
  expect(code).toBe(1);
  expect(rulesOf(report)).toEqual(['create-index-blocking sql/1700000002000_index.sql:5']);
  expect(report.databases[0]).toMatchObject({
    tool: 'node-pg-migrate',
    path: 'sql',
    migrationCounts: { base: 2, new: 1 },
  });
  expect(report.databases[0]?.schemaChanges.map(({ name }) => name)).toEqual(['app.users_name']);
});

test('what it refuses is said in its words', async () => {
  const late = await check(pullRequest({ 'sql/1700000000500_late.sql': 'CREATE TABLE late ();' }).directory);
  expect(rulesOf(late.report)).toEqual(['out-of-order-migration sql/1700000000500_late.sql:1']);
  expect(late.report.findings[0]?.message).toContain('is preceding already run migration');
  const nameless = await check(pullRequest({ 'sql/add_table.sql': 'CREATE TABLE late ();' }).directory);
  expect(nameless.code).not.toBe(0);
  expect(JSON.stringify(nameless.report.findings)).toContain('Cannot determine numeric prefix');
});

test('with a program among them the tool itself is needed', async () => {
  const repo = pullRequest({ 'sql/1700000003000_code.js': 'exports.up = () => {};\n' });
  const { report, code } = await check(repo.directory);
  expect([code, report.verdict]).toEqual([2, 'undecided']);
  expect(report.undecided).toMatchObject({ reason: 'unsupported-tool' });
  expect(report.undecided?.message).toContain('node-pg-migrate is not installed');
});

test('its way back is tried on request', async () => {
  const repo = pullRequest({
    '.github/migration-gate.yml': 'check-down: true\n',
    'sql/1700000002000_good.sql':
      '-- Up Migration\nCREATE TABLE good (id int);\n-- Down Migration\nDROP TABLE good;\n',
    'sql/1700000003000_wrong.sql':
      '-- Up Migration\nCREATE TABLE wrong (id int);\n-- Down Migration\nDROP TABLE missing;\n',
  });
  const { report } = await check(repo.directory);
  const files = report.findings
    .filter(({ rule }) => /down|way-back|revert/.test(rule))
    .map(({ file }) => file);
  expect(files).toEqual(['sql/1700000003000_wrong.sql']);
});

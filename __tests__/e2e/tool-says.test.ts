import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/report/model.ts';
import { repository, type TestRepository } from '../git/repository.ts';
import { check, command } from './command.ts';

function pullRequest(base: Record<string, string>, change: Record<string, string>): TestRepository {
  const repo = repository(base);
  repo.git('checkout', '-q', '-b', 'change');
  repo.commit(change);
  return repo;
}

const seen = (report: Report) =>
  report.findings.map(({ rule, severity, file, line }) => `${severity} ${rule} ${file}:${line}`);

const goose = (sql: string): string => `-- +goose Up\n${sql}\n`;
const users = 'CREATE TABLE users (id bigint PRIMARY KEY);';
const unended = goose('-- +goose StatementBegin\nSELECT 1;');

describe('a file that the tool refuses', () => {
  test('in the pull request: the tool’s words at its line, and what comes after it does not run', async () => {
    const repo = pullRequest(
      { 'migrations/00001_users.sql': goose(users) },
      {
        'migrations/00002_one.sql': unended,
        'migrations/00003_teams.sql': goose('CREATE TABLE teams (id bigint PRIMARY KEY);'),
      },
    );
    const { code, report } = await check(repo.directory);
    expect(code).toBe(1);
    expect(seen(report)).toEqual(['error tool-refuses-file migrations/00002_one.sql:3']);
    expect(report.findings[0]?.message).toMatch(/^goose stops at this file: /);
    const [first, second] = report.databases[0]?.migrations ?? [];
    expect(first).toMatchObject({ ran: false, error: null, refused: { line: 3 } });
    expect(second).toMatchObject({ ran: false, error: null });
    expect(second?.refused).toBeUndefined();
    const { stdout } = await command(repo.directory, 'check');
    expect(stdout).toMatch(/1 base and 0 of 2 new migrations applied/);
  });

  test('accepted or switched off it is undecided, never green', async () => {
    const config = { '.github/migration-gate.yml': 'rules:\n  tool-refuses-file: off\n' };
    const repo = pullRequest(
      { 'migrations/00001_users.sql': goose(users), ...config },
      { 'migrations/00002_one.sql': unended },
    );
    const { code, report } = await check(repo.directory);
    expect(code).toBe(2);
    expect(report.undecided).toMatchObject({
      reason: 'not-observed',
      file: 'migrations/00002_one.sql',
      line: 3,
    });
  });

  test('in base: undecided with its words and its line', async () => {
    const repo = pullRequest(
      { 'migrations/00001_users.sql': goose(users), 'migrations/00002_one.sql': unended },
      { 'migrations/00003_teams.sql': goose('CREATE TABLE teams (id bigint PRIMARY KEY);') },
    );
    const { code, report } = await check(repo.directory);
    expect(code).toBe(2);
    expect(report.undecided).toMatchObject({
      reason: 'base-does-not-apply',
      file: 'migrations/00002_one.sql',
      line: 3,
    });
    expect(report.undecided?.message).toMatch(/of main stops the tool, .* goose stops at this file: /);
  });
});

describe('files that never run', () => {
  const migrate = { 'migrations/1_users.up.sql': users };

  test('new ones are errors, those of base one note', async () => {
    const repo = pullRequest(
      { ...migrate, 'migrations/a.sql': 'SELECT 1;', 'migrations/b.sql': 'SELECT 1;' },
      { 'migrations/2_teams.sql': 'CREATE TABLE teams (id bigint PRIMARY KEY);' },
    );
    const { code, report } = await check(repo.directory);
    expect(code).toBe(1);
    expect(seen(report)).toEqual(['error migration-never-runs migrations/2_teams.sql:1']);
    expect(report.findings[0]?.message).toContain('2_teams.up.sql');
    const notes = report.notes.filter((note) => note.includes('which main has already'));
    expect(notes).toHaveLength(1);
    expect(notes[0]).toMatch(
      /migrations\/a\.sql, which main has already: .* Likewise odd there: migrations\/b\.sql\./,
    );
  });

  test('a file that gets such a name is new', async () => {
    const repo = pullRequest(
      { ...migrate, 'migrations/2_teams.up.sql': 'CREATE TABLE teams (id bigint PRIMARY KEY);' },
      {},
    );
    repo.git('mv', 'migrations/2_teams.up.sql', 'migrations/2_teams.Up.sql');
    repo.commit({});
    const { report } = await check(repo.directory);
    expect(seen(report)).toContain('error migration-never-runs migrations/2_teams.Up.sql:1');
  });

  test('one that says why it is there is accepted', async () => {
    const repo = pullRequest(migrate, {
      'migrations/queries.sql':
        '-- migration-gate:allow migration-never-runs: examples for the wiki\n\nSELECT 1;\n',
    });
    const { code, report } = await check(repo.directory);
    expect(code).toBe(0);
    expect(report.findings).toMatchObject([{ allowed: { reason: 'examples for the wiki' } }]);
  });

  test('a directory that moves takes its old oddities along', async () => {
    const repo = pullRequest(
      { ...migrate, 'migrations/a.sql': 'SELECT 1;', 'migrations/2_b.up.sql': 'SELECT 1;' },
      {},
    );
    repo.git('mv', 'migrations', 'db');
    repo.commit({});
    const { report } = await check(repo.directory, '--path', 'db', '--tool', 'golang-migrate');
    expect(seen(report)).toEqual([]);
  });
});

describe('one transaction for all that is pending', () => {
  const journal = (...tags: string[]): string =>
    JSON.stringify({
      version: '7',
      dialect: 'postgresql',
      entries: tags.map((tag, idx) => ({
        idx,
        version: '7',
        when: 1_700_000_000_000 + idx,
        tag,
        breakpoints: true,
      })),
    });

  test('what a later failure took back is not said to be applied', async () => {
    const repo = pullRequest(
      {
        'drizzle.config.ts': "export default { dialect: 'postgresql', schema: './s.ts', out: './drizzle' };",
        'drizzle/meta/_journal.json': journal('0000_users'),
        'drizzle/0000_users.sql': users,
      },
      {
        'drizzle/meta/_journal.json': journal('0000_users', '0001_teams', '0002_more'),
        'drizzle/0001_teams.sql': 'CREATE TABLE teams (id bigint PRIMARY KEY);',
        'drizzle/0002_more.sql': 'SELECT nope;',
      },
    );
    const { code, report } = await check(repo.directory);
    expect(code).toBe(1);
    const [first, second] = report.databases[0]?.migrations ?? [];
    expect(first).toMatchObject({ transaction: 'single', ran: true, rolledBack: true, error: null });
    expect(second).toMatchObject({ ran: true, error: { sqlstate: '42703' } });
    expect(report.databases[0]?.schemaChanges).toEqual([]);
    const { stdout } = await command(repo.directory, 'check');
    expect(stdout).toMatch(/1 base and 0 of 2 new migrations applied/);
    expect(stdout).toMatch(/rolled back with a later one/);
  });
});

test('the line of a setup file that does not run', async () => {
  const repo = pullRequest(
    {
      'migrations/1_users.sql': users,
      'setup.sql': 'SELECT 1;\nSELECT nope;\n',
      '.github/migration-gate.yml':
        'databases:\n  - path: migrations\n    tool: plain\n    setup: [setup.sql]\n',
    },
    { 'migrations/2_a.sql': 'SELECT 1;' },
  );
  const { report } = await check(repo.directory);
  expect(report.undecided).toMatchObject({ reason: 'base-does-not-apply', file: 'setup.sql', line: 2 });
});

describe('what the tool runs around migrations', () => {
  const flyway = {
    'flyway.conf': 'flyway.locations=filesystem:sql,filesystem:more\n',
    'sql/V1__users.sql': users,
    'sql/R__ids.sql': 'CREATE VIEW ids AS SELECT id FROM users;',
    'more/V2__teams.sql': 'CREATE TABLE teams (id bigint PRIMARY KEY);',
  };

  test('an error of it is the deploy’s, at its own file', async () => {
    const repo = pullRequest(
      { ...flyway, 'sql/beforeMigrate.sql': 'CREATE TABLE IF NOT EXISTS started (at timestamptz);' },
      {
        'sql/afterMigrate.sql': 'INSERT INTO started VALUES (now());\nSELECT nope;',
        'sql/R__ids.sql': 'CREATE OR REPLACE VIEW ids AS SELECT id, 1 AS one FROM users;',
      },
    );
    const { code, report } = await check(repo.directory);
    expect(code).toBe(1);
    expect(seen(report)).toEqual(['error migration-fails sql/afterMigrate.sql:2']);
    const [database] = report.databases;
    expect(database?.paths).toEqual(['sql', 'more']);
    expect(database?.historyChanges).toEqual([]);
    // A callback that the pull request adds is observed like a migration.
    expect(database?.migrations).toMatchObject([
      { file: 'sql/R__ids.sql', ran: true, error: null },
      { file: 'sql/afterMigrate.sql', ran: true, error: { line: 2, sqlstate: '42703' } },
    ]);
  });

  test('one that fails blocks, though nothing else is pending', async () => {
    const repo = pullRequest(flyway, { 'sql/beforeMigrate.sql': 'SELECT nope;' });
    const { code, report } = await check(repo.directory);
    expect(code).toBe(1);
    expect(seen(report)).toEqual(['error migration-fails sql/beforeMigrate.sql:1']);
  });
});

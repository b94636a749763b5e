import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/report/model.ts';
import { repository, type TestRepository } from '../git/repository.ts';
import { check } from './command.ts';

function pullRequest(base: Record<string, string>, change: Record<string, string>): TestRepository {
  const repo = repository(base);
  repo.git('checkout', '-q', '-b', 'change');
  repo.commit(change);
  return repo;
}

const seen = (report: Report) =>
  report.findings.map(({ rule, severity, file, line }) => `${severity} ${rule} ${file}:${line}`);

describe('check-down', () => {
  const dbmate = {
    'db/migrations/20240101000000_users.sql':
      '-- migrate:up\nCREATE TABLE users (id bigint PRIMARY KEY, email text);\n\n-- migrate:down\nDROP TABLE users;\n',
  };

  test('dbmate: both parts stand in one file, and the lines are the file’s', async () => {
    const repo = pullRequest(dbmate, {
      'db/migrations/20240102000000_views.sql':
        '-- migrate:up\nCREATE VIEW user_ids AS SELECT id FROM users;\n\n-- migrate:down\nDROP VIEW user_idz;\n',
    });
    const { code, report } = await check(repo.directory, '--check-down');
    expect(report.undecided).toBeNull();
    expect(seen(report)).toEqual(['error down-fails db/migrations/20240102000000_views.sql:5']);
    expect(report.findings[0]?.detail?.text).toContain('ERROR 42P01: view "user_idz" does not exist');
    expect(code).toBe(1);
    const without = await check(repo.directory);
    expect(without.report.findings).toEqual([]);
    expect(without.code).toBe(0);
  });

  test('the config switches it on; a comment in the down accepts what it finds', async () => {
    const repo = pullRequest(
      { ...dbmate, '.github/migration-gate.yml': 'check-down: true\n' },
      {
        'db/migrations/20240102000000_teams.sql':
          '-- migrate:up\nCREATE TABLE teams (id bigint PRIMARY KEY);\n\n-- migrate:down\n-- migration-gate:allow down-loses-data: teams are made again every night\nDROP TABLE teams;\n',
      },
    );
    const { code, report } = await check(repo.directory);
    expect(code).toBe(0);
    expect(report.findings.map(({ rule, allowed }) => [rule, allowed?.reason])).toEqual([
      ['down-loses-data', 'teams are made again every night'],
    ]);
  });

  test('golang-migrate: pairs of files, several back and forth', async () => {
    const repo = pullRequest(
      {
        'migrations/000001_users.up.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);\n',
        'migrations/000001_users.down.sql': 'DROP TABLE users;\n',
      },
      {
        'migrations/000002_ids.up.sql': 'CREATE VIEW user_ids AS SELECT id FROM users;\n',
        'migrations/000002_ids.down.sql': 'DROP VIEW user_ids;\n',
        'migrations/000003_more.up.sql':
          'CREATE VIEW some_ids AS SELECT id FROM user_ids;\nCREATE VIEW no_ids AS SELECT id FROM user_ids WHERE false;\n',
        'migrations/000003_more.down.sql': '-- one is enough\nDROP VIEW some_ids;\n',
      },
    );
    const { code, report } = await check(repo.directory, '--check-down');
    expect(code).toBe(1);
    expect(seen(report)).toEqual([
      'error down-fails migrations/000002_ids.down.sql:1',
      'error down-leaves-changes migrations/000003_more.down.sql:2',
    ]);
    expect(report.findings[1]?.title).toContain('view public.no_ids stays');
  });

  test('a tool without downs: only the comment is asked for', async () => {
    const users = {
      'db/migrations/0001_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY, email text);\n',
    };
    const drop = 'ALTER TABLE users DROP COLUMN email;\n';
    const repo = pullRequest(users, { 'db/migrations/0002_email.sql': drop });
    const asked = await check(repo.directory, '--check-down');
    expect(seen(asked.report)).toContain('warning irreversible-without-down db/migrations/0002_email.sql:1');
    repo.commit({
      'db/migrations/0002_email.sql': `-- migration-gate:irreversible: addresses live in accounts now\n${drop}`,
    });
    const said = await check(repo.directory, '--check-down');
    expect(seen(said.report).filter((line) => line.includes('irreversible'))).toEqual([]);
    expect(said.report.notChecked.join('\n')).toContain('The way back from db/migrations/0002_email.sql');
  });
});

test('check-rerun: statements that commit one by one', async () => {
  const repo = pullRequest(
    {
      'db/migrations/20240101000000_users.sql':
        '-- migrate:up\nCREATE TABLE users (id bigint PRIMARY KEY, email text);\n-- migrate:down\n',
      '.github/migration-gate.yml':
        'check-rerun: true\ndatabases:\n  - path: db/migrations\n    tool: plain\n',
    },
    {
      'db/migrations/20240102000000_views.sql':
        'BEGIN;\nCREATE VIEW a AS SELECT id FROM users;\nCOMMIT;\nBEGIN;\nCREATE VIEW b AS SELECT id FROM users;\nCOMMIT;\n',
    },
  );
  const { code, report } = await check(repo.directory);
  expect(seen(report).filter((line) => line.startsWith('error'))).toEqual([
    'error rerun-fails db/migrations/20240102000000_views.sql:2',
  ]);
  expect(report.findings[0]?.title).toContain('behind line 3');
  expect(code).toBe(1);
});

import { describe, expect, test } from 'vitest';
import { repository } from '../git/repository.ts';
import { gateOf, only } from './gate-of.ts';

const config = { '.github/migration-gate.yml': "lock-timeout: set-by-role\napplied-ref: 'v*'\n" };
const users = 'CREATE TABLE users (id bigint PRIMARY KEY);\n';

/** Released: 1 and 2; on main only: 4 and 5, of which 5 needs 4. */
function released() {
  const repo = repository({ ...config, 'migrations/1_users.sql': users });
  repo.git('tag', 'v1.0.0');
  repo.commit({ 'migrations/2_teams.sql': 'CREATE TABLE teams (id bigint PRIMARY KEY);\n' });
  repo.git('tag', '-a', 'v1.1.0', '-m', 'x');
  repo.commit({ 'migrations/4_logs.sql': 'CREATE TABLE logs (id bigint PRIMARY KEY);\n' });
  repo.commit({ 'migrations/5_at.sql': 'ALTER TABLE logs ADD COLUMN at date;\n' });
  repo.git('checkout', '-q', '-b', 'change');
  return repo;
}

const rules = (report: Awaited<ReturnType<typeof gateOf>>) =>
  report.findings.map(({ rule, severity, file }) => `${severity} ${rule} ${file}`);

describe('applied-ref', () => {
  test('what no release has may be edited, and what is built on it runs again', async () => {
    const repo = released();
    repo.commit({ 'migrations/4_logs.sql': 'CREATE TABLE logs (id bigint PRIMARY KEY, note text);\n' });
    const report = await gateOf(repo.directory);
    expect(rules(report)).toEqual(['notice unreleased-migration-changed migrations/4_logs.sql']);
    expect(report.verdict).toBe('pass');
    expect(report.databases[0]?.migrations.map(({ file }) => file)).toEqual([
      'migrations/4_logs.sql',
      'migrations/5_at.sql',
    ]);
    expect(report.notes.join(' ')).toContain('What v1.1.0 has counts as applied');
  });

  test('a late one before what no release has is free, one before a release is not', async () => {
    const repo = released();
    repo.commit({ 'migrations/3_new.sql': 'CREATE TABLE news (id bigint PRIMARY KEY);\n' });
    expect(rules(await gateOf(repo.directory))).toEqual([
      'notice unreleased-migration-changed migrations/3_new.sql',
    ]);
    repo.git('rm', '-q', 'migrations/3_new.sql');
    repo.commit({ 'migrations/0_new.sql': 'CREATE TABLE news (id bigint PRIMARY KEY);\n' });
    const late = only(await gateOf(repo.directory), 'out-of-order-migration');
    expect(late.commands).toEqual(['git mv -- migrations/0_new.sql migrations/6_new.sql']);
  });

  test('what a release has is as fixed as ever', async () => {
    const repo = released();
    repo.commit({ 'migrations/2_teams.sql': 'CREATE TABLE teams (id bigint PRIMARY KEY, name text);\n' });
    const report = await gateOf(repo.directory);
    expect(rules(report)).toEqual(['error edited-applied-migration migrations/2_teams.sql']);
    expect(report.verdict).toBe('blocked');
  });

  test('without a release everything counts as applied', async () => {
    const repo = repository({ ...config, 'migrations/1_users.sql': users });
    repo.git('checkout', '-q', '-b', 'change');
    repo.commit({ 'migrations/1_users.sql': users.replace(')', ', name text)') });
    const report = await gateOf(repo.directory);
    expect(only(report, 'edited-applied-migration').severity).toBe('error');
    expect(report.notes.join(' ')).toContain('Nothing is called v*');
  });

  test('whoever sets it in the pull request that needs it is told', async () => {
    const repo = repository({
      '.github/migration-gate.yml': 'lock-timeout: set-by-role\n',
      'migrations/1_users.sql': users,
    });
    repo.git('checkout', '-q', '-b', 'change');
    repo.commit(config);
    expect(only(await gateOf(repo.directory), 'gate-weakened').message).toContain(
      'applied-ref goes from nothing to v*',
    );
  });
});

import { expect, test } from 'vitest';
import { repository } from '../git/repository.ts';
import { gateOf, only } from './gate-of.ts';

// Tools that know a migration by its number alone: another name behind it, and a number that is there already.

const history = {
  'Cargo.toml': '[dependencies]\nsqlx = { version = "0.8", features = ["postgres", "migrate"] }\n',
  'migrations/20240101000000_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);\n',
  'migrations/20240102000000_teams.sql': 'CREATE TABLE teams (id bigint PRIMARY KEY);\n',
};
const old = 'migrations/20240102000000_teams.sql';

function renamedTo(name: string) {
  const repo = repository(history);
  repo.git('checkout', '-q', '-b', 'change');
  repo.git('mv', old, `migrations/${name}`);
  repo.git('commit', '-qm', 'rename');
  return gateOf(repo.directory);
}

test('another name behind the number goes unnoticed', async () => {
  const finding = only(await renamedTo('20240102000000_squads.sql'), 'renamed-applied-migration');
  expect(finding.severity).toBe('warning');
  expect(finding.message).toMatch(
    /^SQLx knows a migration by its number: another name behind it goes unnoticed\./,
  );
});

test('under another number the tool stops', async () => {
  const finding = only(await renamedTo('20240103000000_teams.sql'), 'renamed-applied-migration');
  expect(finding.severity).toBe('error');
  expect(finding.message).toContain('refuses to start');
});

test('that a number cannot be recorded twice is said once', async () => {
  const repo = repository(history);
  repo.git('checkout', '-q', '-b', 'change');
  repo.commit({ 'migrations/20240102000000_other.sql': 'CREATE TABLE other (id bigint PRIMARY KEY);\n' });
  const { findings, verdict } = await gateOf(repo.directory);
  expect(verdict).toBe('blocked');
  expect(findings.map(({ rule }) => rule)).toEqual(['duplicate-version']);
});

test('a file that is gone, by its place: databases stand at the newest', async () => {
  const files = ['1', '2', '3'].map((number) => [
    `db/migrations/${number}_t.up.sql`,
    `CREATE TABLE t${number} (id bigint PRIMARY KEY);\n`,
  ]);
  const repo = repository({ ...Object.fromEntries(files), 'db/migrations/1_t.down.sql': 'DROP TABLE t1;\n' });
  repo.git('checkout', '-q', '-b', 'change');
  repo.git('rm', '-q', 'db/migrations/2_t.up.sql', 'db/migrations/3_t.up.sql');
  repo.git('commit', '-qm', 'less');
  const { findings } = await gateOf(repo.directory);
  const messages = findings
    .filter(({ rule }) => rule === 'deleted-applied-migration')
    .map(({ message }) => message);
  expect(messages).toEqual([
    expect.stringMatching(/^golang-migrate does not miss a file below the version/),
    expect.stringMatching(/^golang-migrate stops at every deploy .*"no migration found for version …"/),
  ]);
});

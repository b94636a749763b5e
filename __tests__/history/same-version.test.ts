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

test('a journal that gives a file another version: nothing tells to remove the file', async () => {
  const journal = (when: number) =>
    JSON.stringify({
      version: '7',
      dialect: 'postgresql',
      entries: [
        { idx: 0, version: '7', when: 1_700_000_000_000, tag: '0000_users', breakpoints: true },
        { idx: 1, version: '7', when, tag: '0001_teams', breakpoints: true },
      ],
    });
  const repo = repository({
    'drizzle/0000_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);\n',
    'drizzle/0001_teams.sql': 'CREATE TABLE teams (id bigint PRIMARY KEY);\n',
    'drizzle/meta/_journal.json': journal(1_700_000_009_000),
  });
  repo.git('checkout', '-q', '-b', 'change');
  repo.commit({ 'drizzle/meta/_journal.json': journal(1_700_000_019_000) });
  const finding = only(await gateOf(repo.directory), 'renamed-applied-migration');
  expect(finding.severity).toBe('error');
  expect(finding.title).toBe('drizzle/0001_teams.sql was applied, and its version is another one now');
  expect(finding.message).not.toContain('git rm');
});

test('the way out of a transaction that all migrations share is no mistake where nothing else uses it', async () => {
  const entry = (idx: number, tag: string) => ({
    idx,
    version: '7',
    when: 1_700_000_000_000 + idx,
    tag,
    breakpoints: true,
  });
  const journal = (...tags: string[]) =>
    JSON.stringify({ version: '7', dialect: 'postgresql', entries: tags.map((tag, at) => entry(at, tag)) });
  const history = {
    'drizzle/0000_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY, email text);\n',
    'drizzle/meta/_journal.json': journal('0000_users'),
  };
  const index =
    'COMMIT;\n--> statement-breakpoint\nCREATE INDEX CONCURRENTLY users_email ON users (email);\n';
  const rulesWith = async (more: string) => {
    const repo = repository(history);
    repo.git('checkout', '-q', '-b', 'change');
    repo.commit({
      'drizzle/0001_index.sql': index + more,
      'drizzle/meta/_journal.json': journal('0000_users', '0001_index'),
    });
    return (await gateOf(repo.directory)).findings
      .filter(({ severity }) => severity !== 'notice')
      .map(({ rule }) => rule);
  };
  expect(await rulesWith('')).toEqual([]);
  expect(await rulesWith('--> statement-breakpoint\nCREATE TABLE t (id bigint PRIMARY KEY);\n')).toEqual([
    'transaction-nesting',
  ]);
});

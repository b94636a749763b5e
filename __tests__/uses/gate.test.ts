import { expect, test } from 'vitest';
import { noOptions } from '../../src/config/options.ts';
import { gate } from '../../src/gate.ts';
import { repository } from '../git/repository.ts';

const users = 'CREATE TABLE users (id bigint PRIMARY KEY, nickname text, name text);';
const query = (column: string): string => `await db.query('SELECT ${column} FROM users');\n`;

/** What the check says of the pull request's only statement, without its advice about timeouts. */
async function checked(base: Record<string, string>, change: Record<string, string>) {
  const repo = repository({ 'migrations/1_users.sql': users, ...base });
  repo.git('checkout', '-q', '-b', 'change');
  repo.commit(change);
  const report = await gate({
    options: {
      ...noOptions,
      repo: repo.directory,
      base: 'main',
      head: 'change',
      path: 'migrations',
      shadow: 'embedded',
      postgresVersion: 17,
    },
  });
  const [finding] = report.findings.filter(({ rule }) => /^(?:drop|rename)-/.test(rule));
  return {
    verdict: report.verdict,
    severity: finding?.severity,
    uses: finding?.uses,
    message: finding?.message,
  };
}

const drop = { 'migrations/2_drop.sql': 'ALTER TABLE users DROP COLUMN nickname;' };

test('code and column removed in one pull request is blocked', async () => {
  const found = await checked({ 'src/a.ts': query('nickname') }, { ...drop, 'src/a.ts': query('id') });
  expect(found).toMatchObject({
    verdict: 'blocked',
    severity: 'error',
    uses: [{ file: 'src/a.ts', line: 1, tree: 'base', text: query('nickname').trim() }],
  });
  expect(found.message).toContain('Remove the code first, deploy, then drop.');
});

test('the code was removed before: a warning', async () => {
  const found = await checked({ 'src/a.ts': query('id') }, drop);
  expect(found).toMatchObject({ verdict: 'pass', severity: 'warning' });
  expect(found.uses).toBeUndefined();
});

test('a drop in a DO block of what the code keeps using', async () => {
  const found = await checked(
    { 'src/a.ts': query('nickname') },
    { 'migrations/2_drop.sql': "DO $$ BEGIN EXECUTE 'ALTER TABLE users DROP COLUMN nickname'; END $$;" },
  );
  expect(found).toMatchObject({ severity: 'error', uses: [{ tree: 'head' }] });
});

test('a common word that is no use of the table raises nothing', async () => {
  const found = await checked(
    { 'src/a.ts': 'const name = user.name;\n' },
    { 'migrations/2_drop.sql': 'ALTER TABLE users DROP COLUMN name;' },
  );
  expect(found).toMatchObject({ verdict: 'pass', severity: 'warning', uses: [{ file: 'src/a.ts' }] });
});

test('a rename that leaves a view is a notice and shows who uses it', async () => {
  const found = await checked(
    { 'src/a.ts': query('nickname') },
    {
      'migrations/2_rename.sql':
        'ALTER TABLE users RENAME TO people; CREATE VIEW users AS SELECT * FROM people;',
    },
  );
  expect(found).toMatchObject({ severity: 'notice', uses: [{ file: 'src/a.ts', line: 1, tree: 'head' }] });
});

import { expect, test } from 'vitest';
import { repository } from '../../git/repository.ts';
import { check } from '../command.ts';

const by = '2024-01-01T10:00:00Z Ann <ann@example.org>';
const plan = `%syntax-version=1.0.0\n%project=shop\n\nschema ${by} # Schema\nusers [schema] ${by}\n@v1 ${by}\n`;
const base = {
  'sqitch.conf': '[core]\n\tengine = pg\n\ttop_dir = db\n[engine "pg.variables"]\n\tapp = shop\n',
  'db/sqitch.plan': plan,
  'db/deploy/schema.sql':
    '-- Deploy shop:schema\n\\set ON_ERROR_STOP on\nBEGIN;\nCREATE SCHEMA :"app";\nCOMMIT;\n',
  'db/revert/schema.sql': 'DROP SCHEMA :"app";\n',
  'db/verify/schema.sql': 'SELECT 1/0;\n',
  'db/deploy/users.sql':
    'BEGIN;\n\\ir ../parts/users.sql\nCOPY shop.users FROM stdin;\n1\tann@example.org\n\\.\nSELECT 1 / count(*) FROM sqitch.changes;\nCOMMIT;\n',
  'db/parts/users.sql': 'CREATE TABLE shop.users (id bigint PRIMARY KEY, email text);\n',
};

function changed(files: Record<string, string>) {
  const repo = repository(base);
  repo.git('checkout', '-q', '-b', 'change');
  repo.commit(files);
  return check(repo.directory);
}

test('changes run as psql runs them: no transaction of their own', async () => {
  const { code, report } = await changed({
    'db/sqitch.plan': `${plan}email [users] ${by}\nseen ${by}\n`,
    'db/deploy/email.sql': '\\echo index\nCREATE INDEX CONCURRENTLY users_email ON shop.users (email);\n',
    'db/deploy/seen.sql': 'BEGIN;\n\nCREATE INDEX users_lower ON shop.users (lower(email));\nCOMMIT;\n',
  });
  expect(code).toBe(1);
  expect(report.findings.map(({ rule, file, line }) => [rule, file, line])).toEqual([
    ['create-index-blocking', 'db/deploy/seen.sql', 3],
  ]);
  expect(report.databases).toMatchObject([
    { path: 'db', tool: 'sqitch', migrations: [{ name: 'email', transaction: 'none' }, { name: 'seen' }] },
  ]);
});

test('a line above the last deployed one, a script that is missing, and one that no line names', async () => {
  const { code, report } = await changed({
    'db/sqitch.plan': `${plan.replace('users [', `late ${by}\nusers [`)}nowhere ${by}\n`,
    'db/deploy/late.sql': 'CREATE TABLE shop.late (id bigint PRIMARY KEY);\n',
    'db/deploy/forgotten.sql': 'SELECT 1;\n',
  });
  expect(code).toBe(1);
  const said = Object.fromEntries(report.findings.map(({ rule, message }) => [rule, message]));
  expect(said['out-of-order-migration']).toContain('Cannot find change … in sqitch.plan');
  expect(said['tool-refuses-file']).toContain('Deploy script db/deploy/nowhere.sql does not exist');
  expect(said['migration-never-runs']).toContain('no line of it names this script');
});

test('a note of a deployed change stops Sqitch, although no script changed', async () => {
  const { code, report } = await changed({ 'db/sqitch.plan': plan.replace('# Schema', '# The schema') });
  expect(code).toBe(1);
  expect(report.findings).toMatchObject([
    {
      rule: 'tool-refuses-file',
      file: 'db/sqitch.plan',
      line: 4,
      message: expect.stringContaining('Cannot find change'),
    },
  ]);
});

test('what psql does beyond SQL is undecided, with the place and what to write', async () => {
  const { code, report } = await changed({
    'db/sqitch.plan': `${plan}all ${by}\n`,
    'db/deploy/all.sql': "SELECT 1;\nSELECT 'DROP TABLE ' || 'a' \\gexec\n",
  });
  expect([code, report.verdict]).toEqual([2, 'undecided']);
  expect(report.undecided?.message).toMatch(
    /db\/deploy\/all\.sql to psql, which in line 2 runs .*\\gexec.*DO block/s,
  );
});

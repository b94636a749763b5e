import { expect, test } from 'vitest';
import { repository } from '../git/repository.ts';
import { check } from './command.ts';
import { pullRequestOn, rulesOf } from './tools/verdict.ts';

// What a tool runs around migrations, and a pull request changes, is observed as its migrations are.

const directory = 'src/main/resources/db/migration';
const history = {
  'src/main/resources/application.properties': 'spring.flyway.enabled=true\n',
  [`${directory}/V1__users.sql`]: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);\n',
};
const index = 'CREATE INDEX IF NOT EXISTS users_email ON users (email);\n';

test('a new callback, though nothing is pending', async () => {
  const file = `${directory}/afterMigrate.sql`;
  const { report, code } = await check(pullRequestOn(repository(history), { [file]: index }));
  expect(code).toBe(1);
  expect(rulesOf(report)).toEqual([`create-index-blocking ${file}:1`]);
  expect(report.notChecked.join()).not.toContain('not observed');
});

test('one that base has as it is, beside a migration: it ran, and was not observed', async () => {
  const repo = repository({ ...history, [`${directory}/afterMigrate.sql`]: index });
  const file = `${directory}/V2__teams.sql`;
  const { report, code } = await check(
    pullRequestOn(repo, { [file]: 'CREATE TABLE teams (id bigint PRIMARY KEY);\n' }),
  );
  expect(code).toBe(0);
  expect(report.databases[0]?.migrations.map((migration) => migration.file)).toEqual([file]);
  expect(report.notChecked.join()).toContain('afterMigrate.sql');
});

test('its findings are accepted in its own file', async () => {
  const repo = repository({ ...history, [`${directory}/afterMigrate.sql`]: 'ANALYZE users;\n' });
  const file = `${directory}/afterMigrate.sql`;
  const accepted = `-- migration-gate:allow create-index-blocking: a table of ten rows\n${index}`;
  const { report, code } = await check(pullRequestOn(repo, { [file]: accepted }));
  expect(code).toBe(0);
  expect(report.findings).toMatchObject([{ rule: 'create-index-blocking', allowed: { file, line: 1 } }]);
});

test('one that fails, accepted, leaves what it would do unknown', async () => {
  const file = `${directory}/beforeMigrate.sql`;
  const sql = `-- migration-gate:allow migration-fails: made by hand\nSELECT * FROM nowhere;\n${index}`;
  const { report, code } = await check(pullRequestOn(repository(history), { [file]: sql }));
  expect(code).toBe(2);
  expect(report.undecided).toMatchObject({ reason: 'not-observed', file, line: 2 });
});

import { expect, test } from 'vitest';
import { repository } from '../../git/repository.ts';
import { check } from '../command.ts';
import { pullRequestOn, rulesOf } from './verdict.ts';

// A root changelog in YAML, several changesets a file, properties, rollback lines, a function that is not split, an
// index outside of a transaction, other databases' changesets, runOnChange, and changes that are no SQL.

const changes = 'src/main/resources/db/changelog/changes';
const master = 'src/main/resources/db/changelog/db.changelog-master.yaml';
const users = `--liquibase formatted sql
--property name:kind value:text

--changeset ann:1
CREATE TABLE users (id bigint PRIMARY KEY, email \${kind});
--rollback DROP TABLE users;

--changeset ann:2 splitStatements:false
CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE x int;
BEGIN
  RETURN NEW;
END $$;

--changeset ann:3 runInTransaction:false
CREATE INDEX CONCURRENTLY users_email ON users (email);

--changeset ann:h2 dbms:h2
CREATE ALIAS nothing FOR "java.lang.Math.abs";

--changeset ann:view runOnChange:true
CREATE OR REPLACE VIEW names AS SELECT id, email FROM users;
`;
const history = {
  [master]:
    'databaseChangeLog:\n- include: {file: db/changelog/first.xml}\n- includeAll: {path: changes, relativeToChangelogFile: true}\n',
  'src/main/resources/db/changelog/first.xml':
    '<databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog"><changeSet id="x" author="a"><tagDatabase tag="v0"/></changeSet></databaseChangeLog>',
  [`${changes}/01.sql`]: users,
};
const pullRequest = (change: Record<string, string>) => pullRequestOn(repository(history), change);

test('each changeset of a file is judged by itself', async () => {
  const file = `${changes}/02.sql`;
  const { report, code } = await check(
    pullRequest({
      [file]: `--liquibase formatted sql
--changeset bob:1
ALTER TABLE users ADD COLUMN kind text;
--changeset bob:2
CREATE INDEX CONCURRENTLY users_kind ON users (kind);
--changeset bob:3 runInTransaction:false
CREATE INDEX CONCURRENTLY users_id ON users (id, email);
--changeset bob:4
CREATE INDEX users_both ON users (email, id);
`,
    }),
  );
  expect(code).toBe(1);
  expect(report.databases).toMatchObject([
    { tool: 'liquibase', path: 'src/main/resources/db/changelog', migrationCounts: { base: 5, new: 4 } },
  ]);
  expect(rulesOf(report)).toEqual([`concurrently-in-transaction ${file}:5`]);
});

test('a comment above a statement accepts what that one does', async () => {
  const file = `${changes}/02.sql`;
  const { report } = await check(
    pullRequest({
      [file]: `--liquibase formatted sql
--changeset bob:1
CREATE INDEX users_one ON users (email, id);
--changeset bob:2
-- migration-gate:allow create-index-blocking: small
CREATE INDEX users_two ON users (id, email);
`,
    }),
  );
  const found = report.findings.filter(({ rule }) => rule.startsWith('create-index'));
  expect(found.map(({ line, allowed }) => [line, allowed?.reason ?? null])).toEqual([
    [3, null],
    [6, 'small'],
  ]);
});

test('edited, in between, and what changes only on the paper', async () => {
  const edited = users
    .replace('CREATE INDEX CONCURRENTLY users_email', 'CREATE INDEX CONCURRENTLY users_mail')
    .replace(
      '--changeset ann:3',
      '--changeset ann:2b\nCREATE TABLE late (id bigint PRIMARY KEY);\n\n--changeset ann:3',
    )
    .replace('--rollback DROP TABLE users;', '--rollback DROP TABLE users CASCADE;')
    .replace(
      'SELECT id, email FROM',
      'SELECT id, email, nothing IS NULL AS none FROM (SELECT *, 1 AS nothing FROM users)',
    );
  const { report, code } = await check(pullRequest({ [`${changes}/01.sql`]: edited }));
  expect(code).toBe(1);
  const history = report.databases[0]?.historyChanges.map(({ kind, version }) => [kind, version]);
  expect(history).toEqual([
    ['edited', 'db/changelog/changes/01.sql::3::ann'],
    ['out-of-order', 'db/changelog/changes/01.sql::2b::ann'],
  ]);
  expect(report.databases[0]?.migrations.map(({ version }) => version)).toEqual([
    'db/changelog/changes/01.sql::2b::ann',
    'db/changelog/changes/01.sql::view::ann',
    'db/changelog/changes/01.sql::3::ann',
  ]);
  expect(JSON.stringify(report.findings)).toContain('1 changesets check sum');
});

test('what its parser refuses is told in its words', async () => {
  const file = `${changes}/02.sql`;
  const { report, code } = await check(
    pullRequest({ [file]: '--liquibase formatted sql\n--changeset bob\nSELECT 1;\n' }),
  );
  expect(code).toBe(1);
  expect(report.findings).toMatchObject([
    {
      rule: 'tool-refuses-file',
      file,
      line: 2,
      message: expect.stringContaining('--changeset <authorname>'),
    },
  ]);
});

test('a change that is no SQL cannot be seen', async () => {
  const { report, code } = await check(
    pullRequest({
      [`${changes}/02.xml`]:
        '<databaseChangeLog><changeSet id="1" author="bob"><addColumn tableName="users"><column name="a" type="int"/></addColumn></changeSet></databaseChangeLog>',
    }),
  );
  expect(code).toBe(2);
  expect(report.undecided?.message).toContain('is written as addColumn');
});

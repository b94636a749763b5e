import { expect, test } from 'vitest';
import { repository } from '../../git/repository.ts';
import { check } from '../command.ts';
import { pullRequestOn, rulesOf } from './verdict.ts';

// Numbers of different length, a section that is not sent, transaction:false, CRLF, and files that never run.

const directory = 'db/migrations';
const script = (up: string, down = '') => `-- migrate:up\n${up}\n\n-- migrate:down\n${down}\n`;
const history = {
  [`${directory}/20240101000000_users.sql`]: script(
    'CREATE TABLE users (id bigint PRIMARY KEY, email text);',
    'DROP TABLE users;',
  ).replaceAll('\n', '\r\n'),
  [`${directory}/20240102000000_index.sql`]:
    '-- migrate:up transaction:false\nCREATE INDEX CONCURRENTLY users_email ON users (email);\n-- migrate:down transaction:false\nDROP INDEX CONCURRENTLY users_email;\n',
  [`${directory}/20240103000000_own.sql`]: script('ALTER TABLE schema_migrations ADD COLUMN note text;'),
  [`${directory}/README.sql`]: 'this is never read\n',
};
const pullRequest = (change: Record<string, string>) => pullRequestOn(repository(history), change);

test('the up section alone, in a transaction', async () => {
  const file = `${directory}/20240201000000_kind.sql`;
  const { report, code } = await check(
    pullRequest({
      [file]: script(
        'ALTER TABLE users ADD COLUMN kind text;\nCREATE INDEX CONCURRENTLY k ON users (kind);',
        'DROP TABLE users;',
      ),
    }),
  );
  expect(code).toBe(1);
  expect(report.databases).toMatchObject([
    { tool: 'dbmate', path: directory, migrationCounts: { base: 3, new: 1 } },
  ]);
  expect(rulesOf(report)).toEqual([`concurrently-in-transaction ${file}:3`]);
});

test('transaction:false holds for one statement only', async () => {
  const file = `${directory}/20240201000000_index.sql`;
  const index = '-- migrate:up transaction:false\nCREATE INDEX CONCURRENTLY k ON users (id, email);\n';
  const down = '-- migrate:down\nDROP INDEX k;\n';
  expect(rulesOf((await check(pullRequest({ [file]: `${index}${down}` }))).report)).toEqual([]);
  const two = await check(pullRequest({ [file]: `${index}SELECT 1;\n${down}` }));
  expect(rulesOf(two.report)).toEqual([`concurrently-in-transaction ${file}:2`]);
});

test('what its parser refuses is told in its words', async () => {
  const file = `${directory}/20240201000000_notes.sql`;
  const { report, code } = await check(
    pullRequest({ [file]: '-- migrate:up\nCREATE TABLE notes (id bigint PRIMARY KEY);\n' }),
  );
  expect(code).toBe(1);
  expect(report.findings).toMatchObject([
    { rule: 'tool-refuses-file', file, message: expect.stringContaining('define a down block') },
  ]);
});

test('digits twice: the second never runs', async () => {
  const { report, code } = await check(
    pullRequest({
      [`${directory}/20240103000000_twin.sql`]: script('CREATE TABLE twins (id bigint PRIMARY KEY);'),
    }),
  );
  expect(code).toBe(1);
  expect(report.findings.find(({ rule }) => rule === 'duplicate-version')?.message).toContain(
    'where one of the two has run the other never does',
  );
  expect(report.databases[0]?.migrations).toEqual([]);
});

test('a late file runs late; a short number stands where nobody expects it', async () => {
  const late = await check(
    pullRequest({
      [`${directory}/20240102120000_late.sql`]: script('CREATE TABLE late (id bigint PRIMARY KEY);'),
    }),
  );
  expect(late.report.findings.find(({ rule }) => rule === 'out-of-order-migration')?.severity).toBe('notice');
  const short = await check(
    pullRequest({ [`${directory}/9_short.sql`]: script('CREATE TABLE short (id bigint PRIMARY KEY);') }),
  );
  expect(short.report.findings.map(({ rule }) => rule)).toContain('ambiguous-order');
});

import { expect, test } from 'vitest';
import { repository } from '../../git/repository.ts';
import { check } from '../command.ts';
import { pullRequestOn, rulesOf } from './verdict.ts';

// Bodies between StatementBegin and StatementEnd, several statements on one line, NO TRANSACTION, variables, a migration
// in Go, and a down part that must not run.

const directory = 'internal/migrations';
const history = {
  [`${directory}/00001_users.sql`]: `-- +goose Up
CREATE TABLE users (id bigint PRIMARY KEY, email text); CREATE TABLE teams (id bigint PRIMARY KEY);

-- +goose StatementBegin
CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RETURN NEW;
END $$;
-- +goose StatementEnd

-- +goose Down
DROP TABLE users;
`,
  [`${directory}/00002_index.sql`]:
    '-- +goose NO TRANSACTION\n-- +goose Up\nCREATE INDEX CONCURRENTLY users_email ON users (email);\nCREATE INDEX CONCURRENTLY teams_id ON teams (id);\n',
  [`${directory}/00003_data.go`]: 'package migrations\n',
  [`${directory}/embed.go`]: 'package migrations\n',
  [`${directory}/20240101000000_time.sql`]:
    '-- +goose Up\nALTER TABLE goose_db_version ADD COLUMN note text;\n-- +goose Down\n',
};
const pullRequest = (change: Record<string, string>) => pullRequestOn(repository(history), change);

test('the up part, each message by itself, in one transaction', async () => {
  const file = `${directory}/20240201000000_kind.sql`;
  const { report, code } = await check(
    pullRequest({
      [file]:
        '-- +goose Up\nALTER TABLE users ADD COLUMN kind text;\nCREATE INDEX CONCURRENTLY users_kind ON users (kind);\n-- +goose Down\nDROP TABLE teams;\n',
    }),
  );
  expect(code).toBe(1);
  expect(report.databases).toMatchObject([
    { tool: 'goose', path: directory, migrationCounts: { base: 4, new: 1 } },
  ]);
  expect(rulesOf(report)).toEqual([`concurrently-in-transaction ${file}:3`]);
  expect(report.notes.join()).toContain('00003_data.go is a migration in Go');
});

test('NO TRANSACTION is honoured', async () => {
  const { report } = await check(
    pullRequest({
      [`${directory}/20240201000000_index.sql`]:
        '-- +goose Up\n-- +goose NO TRANSACTION\nCREATE INDEX CONCURRENTLY users_id_email ON users (id, email);\n-- +goose Down\nDROP INDEX users_id_email;\n',
    }),
  );
  expect(rulesOf(report)).toEqual([]);
});

test('what its parser refuses is told in its words', async () => {
  const file = `${directory}/20240201000000_body.sql`;
  const { report, code } = await check(
    pullRequest({ [file]: '-- +goose Up\nCREATE TABLE notes (id bigint PRIMARY KEY)\n' }),
  );
  expect(code).toBe(1);
  expect(report.findings).toMatchObject([
    { rule: 'tool-refuses-file', file, line: 2, message: expect.stringContaining('missing semicolon') },
  ]);
});

test('a body without StatementBegin is cut where goose cuts it', async () => {
  const file = `${directory}/20240201000000_body.sql`;
  const { report, code } = await check(
    pullRequest({
      [file]:
        '-- +goose Up\nCREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$\nBEGIN\n  RETURN 1;\nEND $$;\n',
    }),
  );
  expect(code).toBe(1);
  expect(JSON.stringify(report.findings)).toContain('unterminated dollar-quoted string');
});

test('a late file is refused, a new one in Go is undecided', async () => {
  const late = await check(
    pullRequest({
      [`${directory}/00004_late.sql`]: '-- +goose Up\nCREATE TABLE late (id bigint PRIMARY KEY);\n',
    }),
  );
  expect(late.code).toBe(1);
  expect(late.report.findings.find(({ rule }) => rule === 'out-of-order-migration')?.message).toContain(
    'missing migrations before current version',
  );
  const program = await check(
    pullRequest({ [`${directory}/20240301000000_more.go`]: 'package migrations\n' }),
  );
  expect(program.code).toBe(2);
  expect(program.report.undecided).toMatchObject({
    reason: 'unsupported-tool',
    message: expect.stringContaining('20240301000000_more.go is a migration in Go'),
  });
});

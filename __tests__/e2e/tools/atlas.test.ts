import { expect, test } from 'vitest';
import { atlasSum } from '../../../src/tools/atlas/sum.ts';
import { repository } from '../../git/repository.ts';
import { check } from '../command.ts';
import { pullRequestOn, rulesOf } from './verdict.ts';

// atlas.sum, directives that need an empty line after them, BEGIN ATOMIC, a checkpoint, and an atlas.hcl.

const directory = 'db/migrations';
type Files = Record<string, string>;

const files: Files = {
  '20240101000000_users.sql':
    'CREATE TABLE users (id bigint PRIMARY KEY, email text);\nCREATE FUNCTION one() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; END;\n',
  '20240102000000_index.sql':
    '-- atlas:txmode none\n\nCREATE INDEX CONCURRENTLY users_email ON users (email);\nCREATE INDEX CONCURRENTLY users_id ON users (id);\n',
};
const sum = (all: Files) =>
  atlasSum(
    Object.entries(all)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, text]) => ({ name, bytes: Buffer.from(text) })),
  );
const placed = (all: Files, of: Files = all) => ({
  ...Object.fromEntries(Object.entries(all).map(([name, text]) => [`${directory}/${name}`, text])),
  [`${directory}/atlas.sum`]: sum(of),
});
const hcl = (order = '') =>
  `env "prod" {\n  url = getenv("DATABASE_URL")\n  dev = "docker://postgres/17/dev?search_path=public"\n  migration {\n    dir = "file://db/migrations"\n${order}  }\n}\n`;
const pullRequest = (change: Files, order = '') =>
  pullRequestOn(repository({ ...placed(files), 'atlas.hcl': hcl(order) }), change);

test('a migration, its directives and its checksum', async () => {
  const index = 'CREATE INDEX CONCURRENTLY users_both ON users (id, email);\n';
  const file = `${directory}/20240201000000_both.sql`;
  const seen = await check(
    pullRequest(placed({ ...files, '20240201000000_both.sql': `-- atlas:txmode none\n\n${index}` })),
  );
  expect(seen.report.databases).toMatchObject([
    { tool: 'atlas', path: directory, migrationCounts: { base: 2, new: 1 } },
  ]);
  expect(rulesOf(seen.report)).toEqual([]);
  const unseen = await check(
    pullRequest(placed({ ...files, '20240201000000_both.sql': `-- atlas:txmode none\n${index}` })),
  );
  expect(rulesOf(unseen.report)).toEqual([`concurrently-in-transaction ${file}:2`]);
  expect(unseen.report.notes.join()).toContain('does not see the atlas:txmode directive');
});

test('a file that atlas.sum does not have stops the tool', async () => {
  const { report, code } = await check(
    pullRequest(
      placed({ ...files, '20240201000000_t.sql': 'CREATE TABLE t (id bigint PRIMARY KEY);\n' }, files),
    ),
  );
  expect(code).toBe(1);
  expect(report.findings).toMatchObject([
    { rule: 'tool-refuses-file', message: expect.stringContaining('checksum mismatch') },
  ]);
});

test('an edited file: stopped by the sum, or hashed anew and seen by nobody but the gate', async () => {
  const edited = {
    ...files,
    '20240101000000_users.sql': `${files['20240101000000_users.sql']}CREATE TABLE more (id bigint PRIMARY KEY);\n`,
  };
  const messages = async (change: Files) =>
    (await check(pullRequest(change))).report.findings
      .filter(({ rule }) => rule === 'edited-applied-migration')
      .map(({ message, severity }) => `${severity} ${message}`)
      .join();
  expect(await messages(placed(edited, files))).toContain('checksum mismatch');
  const hashed = await messages(placed(edited));
  expect(hashed).toMatch(/^error Atlas compares files with atlas\.sum alone, which was written anew/);
});

test('a late file, and how atlas.hcl lets it run', async () => {
  const late = placed({
    ...files,
    '20240101120000_late.sql': 'CREATE TABLE late (id bigint PRIMARY KEY);\n',
  });
  const found = async (order: string) =>
    (await check(pullRequest(late, order))).report.findings.find(
      ({ rule }) => rule === 'out-of-order-migration',
    );
  expect(await found('')).toMatchObject({
    severity: 'error',
    message: expect.stringContaining('was added out of order'),
  });
  expect(await found('    exec_order = NON_LINEAR\n')).toMatchObject({ severity: 'notice' });
});

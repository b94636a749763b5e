import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { applyMigrations, openSession, prepareBookkeeping } from '../../src/run/index.ts';
import { repository, scratchDirectory } from '../git/repository.ts';
import { majors } from '../shadow/majors.ts';
import { sharedShadow, type TestDatabase } from '../shadow/with-shadow.ts';
import { projectOf, projects, urlOf } from './tools.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const prisma = projects.find(({ name }) => name === 'prisma');
if (prisma === undefined) throw new Error('prisma is a project');
const statements = ['CREATE TABLE a (id int)', 'CREATE TABLE b (id int)'];
const files = (count: number) => prisma.files(statements.slice(0, count)) as Record<string, string>;

let database: TestDatabase;
beforeAll(async () => {
  database = await (await sharedShadow(majors.at(-1) ?? 17)).database();
  const { tool, history } = await projectOf(prisma, statements.slice(0, 1));
  await using session = await openSession(database.connection);
  await prepareBookkeeping(session, tool.bookkeeping);
  expect(await applyMigrations(session, tool.bookkeeping, history.migrations)).toBeNull();
});

/** The action's entry as a runner starts it. */
function action(workspace: string, inputs: Record<string, string>) {
  const [output, summary] = ['output', 'summary'].map((name) => join(scratchDirectory(), name)) as [
    string,
    string,
  ];
  for (const file of [output, summary]) writeFileSync(file, '');
  const env = Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
  );
  const { status, stdout } = spawnSync(process.execPath, [join(root, 'src/status-action.ts')], {
    encoding: 'utf8',
    env: {
      ...process.env,
      ...env,
      GITHUB_WORKSPACE: workspace,
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
    },
  });
  return { status, stdout, output: readFileSync(output, 'utf8'), summary: readFileSync(summary, 'utf8') };
}

test('pending is green unless asked otherwise, and the URL is masked', () => {
  const url = urlOf(database);
  const pending = action(repository(files(2)).directory, { 'database-url': url });
  expect(pending.status).toBe(0);
  expect(pending.output).toContain('pending');
  expect(pending.stdout).toContain(`::add-mask::${url.replaceAll('%', '%25')}`);
  expect(pending.stdout.replace(/^::add-mask::.*$/gm, '')).not.toContain(
    (database.connection as unknown as { password: string }).password,
  );
  expect(pending.summary).toContain('Pending migrations');
  expect(action(repository(files(2)).directory, { 'database-url': url, 'fail-on': 'pending' }).status).toBe(
    1,
  );
});

test('a database that is newer than the checkout, and one that cannot be reached, are red', () => {
  const empty = { ...files(1) };
  const [first = ''] = Object.keys(empty).filter((path) => path.endsWith('.sql'));
  const other = { ...empty, [first.replace('20240101', '20230101')]: 'SELECT 1;\n' };
  delete (other as Record<string, string>)[first];
  const newer = action(repository(other).directory, { 'database-url': urlOf(database) });
  expect([newer.status, newer.stdout.includes('::error::Do not deploy')]).toEqual([1, true]);
  expect(
    action(repository(files(1)).directory, { 'database-url': 'postgresql://u:p@127.0.0.1:1/x' }).status,
  ).toBe(1);
  expect(action(repository(files(1)).directory, {}).status).toBe(1);
});

test('action.yml names the inputs that are read', () => {
  const { inputs, runs } = parse(readFileSync(join(root, 'status/action.yml'), 'utf8'));
  const source = readFileSync(join(root, 'src/github/status.ts'), 'utf8');
  const read = [...source.matchAll(/getInput\('([a-z-]+)'\)/g)].map(([, name]) => name);
  expect([...new Set(read)].sort()).toEqual(Object.keys(inputs).sort());
  expect(runs).toEqual({ using: 'node24', main: '../dist/status-action.js' });
});

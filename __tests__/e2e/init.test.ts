import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { repository } from '../git/repository.ts';
import { command } from './command.ts';

const files = { 'db/migrations/001_a.sql': 'CREATE TABLE t (id bigint PRIMARY KEY);\n' };

test('writes both files, and says what it found and what comes next', async () => {
  const repo = repository(files);
  const first = await command(repo.directory, 'init', '--action', 'acme/migration-gate@v1');
  expect(first.code).toBe(0);
  expect(first.stderr).toContain('db/migrations: Plain SQL files, 1 migration');
  expect(first.stdout).toMatch(
    /^wrote \.github\/workflows\/migrations\.yml\nwrote \.github\/migration-gate\.yml\n/,
  );
  expect((await command(repo.directory, 'check', '--base', 'HEAD')).code).toBe(0);

  repo.write({ '.github/migration-gate.yml': 'fail-on: never\n' });
  const second = await command(repo.directory, 'init', '--action', 'acme/migration-gate@v1');
  expect(second.code).toBe(1);
  expect(second.stdout).toContain('left .github/migration-gate.yml as it is');
  expect(second.stdout).toContain('-fail-on: never');
});

test('--dry-run prints two documents and writes nothing', async () => {
  const repo = repository(files);
  const { code, stdout } = await command(repo.directory, 'init', '--dry-run');
  expect(code).toBe(0);
  const [workflow, config] = parseAllDocuments(stdout).map((document) => document.toJS());
  expect(workflow.jobs['migration-gate'].steps.at(-1).uses).toContain('migration-gate');
  expect(config.databases).toMatchObject([{ path: 'db/migrations', tool: 'plain' }]);
  expect(existsSync(join(repo.directory, '.github'))).toBe(false);
});

test.each([
  ['nothing to check', { 'a.txt': '' }, [], 'No migrations were found'],
  ['an action that is none', files, ['--action', 'x\n  run: y'], 'must be OWNER/REPOSITORY@REF'],
])('%s is said and nothing is written', async (_, there: Record<string, string>, args, message) => {
  const repo = repository(there);
  const { code, stderr } = await command(repo.directory, 'init', ...args);
  expect(code).toBe(2);
  expect(stderr).toContain(message);
  expect(existsSync(join(repo.directory, '.github'))).toBe(false);
});

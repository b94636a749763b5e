import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lastLines, runCommand } from '../../../src/run/command/call.ts';
import { commandEnvironment } from '../../../src/run/command/environment.ts';
import { staysInside, writeTree } from '../../../src/run/command/files.ts';
import { isRunning } from '../../../src/shadow/owner.ts';
import { scratchDirectory } from '../../git/repository.ts';
import { treeOf } from '../../tools/memory-tree.ts';

const shadow = { host: '127.0.0.1', port: 5433, user: 'me', password: 'a b/c', database: 'app' };

test('a tree on disk: its files and the links inside of it, and nothing that leads out', async () => {
  const root = scratchDirectory();
  await writeTree(
    treeOf({
      'app/a.py': 'x = 1\n',
      'app/b.py': { link: 'a.py' },
      'app/out.py': { link: '../../etc/passwd' },
      'app/root': { link: '/etc' },
      lib: { submodule: '0'.repeat(40) },
    }),
    root,
  );
  expect(readFileSync(join(root, 'app/b.py'), 'utf8')).toBe('x = 1\n');
  expect(lstatSync(join(root, 'app/b.py')).isSymbolicLink()).toBe(true);
  expect(['app/out.py', 'app/root', 'lib'].map((path) => existsSync(join(root, path)))).toEqual([
    false,
    false,
    false,
  ]);
});

test.each([
  ['a/b', '../c', true],
  ['a/b', '../../c', false],
  ['a/b', '/c', false],
  ['b', '..', false],
])('the link %s to %s', (path, target, inside) => {
  expect(staysInside(path, target)).toBe(inside);
});

test('the environment has the shadow under the names that tools read, and nothing of the job but its programs', () => {
  const job = {
    PATH: '/bin',
    GITHUB_TOKEN: 'x',
    INPUT_TOKEN: 'x',
    ACTIONS_RUNTIME_TOKEN: 'x',
    RAILS_ENV: 'ci',
    DATABASE_URL: 'prod',
  };
  const env = commandEnvironment(job, shadow, '/home/none', { APP: '1', PGHOST: 'elsewhere' });
  expect(env).toMatchObject({
    PATH: '/bin',
    RAILS_ENV: 'ci',
    APP: '1',
    HOME: '/home/none',
    DATABASE_URL: 'postgresql://me:a%20b%2Fc@127.0.0.1:5433/app',
    PGHOST: '127.0.0.1',
    DB_PASSWORD: 'a b/c',
  });
  expect(Object.keys(env).filter((name) => /TOKEN|^INPUT_|^ACTIONS_|^GITHUB_/.test(name))).toEqual([]);
});

const options = { env: { PATH: process.env.PATH ?? '' }, limitMs: 60_000, secrets: ['s3cret'] };

test('output is bounded, without colours, secrets and temporary paths', async () => {
  const root = scratchDirectory();
  const script = `console.log('x'.repeat(100000)); console.error('\\u001b[31mred s3cret ${root}/a.js\\u001b[0m'); process.exitCode = 3`;
  const ended = await runCommand(
    { program: process.execPath, args: ['-e', script], directory: '' },
    { ...options, root },
  );
  expect(ended.code).toBe(3);
  expect(ended.output.length).toBeLessThan(70_000);
  expect(lastLines(ended.output)).toMatch(/red \*\*\* a\.js$/);
});

test('what takes too long is ended with what it has started', async () => {
  const script =
    "const { spawn } = require('node:child_process'); const c = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']); console.log(c.pid); setInterval(() => {}, 1000)";
  const ended = await runCommand(
    { program: process.execPath, args: ['-e', script], directory: '' },
    { ...options, root: scratchDirectory(), limitMs: 1_500 },
  );
  expect(ended.code).toBeNull();
  const child = Number(ended.output.trim());
  expect(child).toBeGreaterThan(0);
  await expect.poll(() => isRunning(child) && !isZombie(child), { timeout: 10_000 }).toBe(false);
});

/** Ended, and nobody has asked for it yet. */
const isZombie = (pid: number): boolean => {
  try {
    return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return true;
  }
};

test('a program that is not there is undecided', async () => {
  const call = { program: '/nowhere/tool', args: [], directory: '' };
  await expect(runCommand(call, { ...options, root: scratchDirectory() })).rejects.toMatchObject({
    reason: 'unsupported-tool',
  });
});

import { execFileSync, spawnSync } from 'node:child_process';
import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'rolldown/utils';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

// What `npm run build` made (`npm test` runs it first), as it is when nothing else of the project is there.

const root = fileURLToPath(new URL('../..', import.meta.url));
const dist = join(root, 'dist');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const scripts = readdirSync(dist).filter((file) => file.endsWith('.js'));
const text = (file: string) => readFileSync(join(dist, file), 'utf8');

/** Native or cosmetic parts that their users try to load and do without. */
const optional = ['cpu-features', 'pg-native', 'supports-color', 'not-bundled/sshcrypto.node', 'kerberos'];

/** The runtimes at hand: the one that runs the tests and the machine's own, whatever they are. */
const nodes = [
  ...new Map(
    [
      process.execPath,
      ...(process.env.PATH ?? '').split(delimiter).map((directory) => join(directory, 'node')),
    ]
      .filter((node) => existsSync(node))
      .map((node) => [execFileSync(node, ['--version'], { encoding: 'utf8' }).trim(), node] as const),
  ),
];

let elsewhere = '';
beforeAll(() => {
  elsewhere = mkdtempSync(join(tmpdir(), 'gate with space # and ü-'));
  for (const part of ['dist', 'package.json'])
    cpSync(join(root, part), join(elsewhere, part), { recursive: true });
});
afterAll(() => rmSync(elsewhere, { recursive: true, force: true }));

describe.each(nodes)('on node %s', (_version, node) => {
  test('the command runs where nothing is installed', () => {
    const run = spawnSync(node, [join(elsewhere, 'dist/cli.js'), '--version'], { encoding: 'utf8' });
    expect({ status: run.status, stdout: run.stdout, stderr: run.stderr }).toEqual({
      status: 0,
      stdout: `${version}\n`,
      stderr: '',
    });
  });

  test('the command refuses what it does not know with exit code 2', () => {
    const run = spawnSync(node, [join(elsewhere, 'dist/cli.js'), 'chekc'], { encoding: 'utf8' });
    expect(run.status, run.stderr).toBe(2);
  });

  test('the action is red when the environment says nothing', () => {
    const run = spawnSync(node, [join(elsewhere, 'dist/action.js')], {
      encoding: 'utf8',
      cwd: elsewhere,
      env: { PATH: process.env.PATH },
    });
    expect(run.status, run.stdout + run.stderr).toBe(1);
    expect(run.stdout).toMatch(/^::error/m);
  });
});

test('the command can be run as a file', () => {
  expect(text('cli.js')).toMatch(/^#!\/usr\/bin\/env node\n/);
  if (process.platform !== 'win32') accessSync(join(dist, 'cli.js'), constants.X_OK);
});

test.each(scripts)('%s imports nothing but Node and its own parts', (file) => {
  const { module, errors } = parseSync(file, text(file));
  expect(errors).toEqual([]);
  const imported = [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.dynamicImports
      .map(({ moduleRequest: { start, end } }) => text(file).slice(start, end))
      // What is computed at run time is not for the bundler.
      .filter((name) => /^["'`]/.test(name))
      .map((name) => name.slice(1, -1)),
    ...[...text(file).matchAll(/\b__require\("([^"\n]+)"\)/g)].map(([, name]) => name ?? ''),
  ];
  const missing = imported.filter((name) =>
    name.startsWith('./') ? !existsSync(join(dist, name)) : !isBuiltin(name) && !optional.includes(name),
  );
  expect(missing).toEqual([]);
});

test.each(scripts)('%s holds no path of the machine that built it', (file) => {
  expect(text(file)).not.toContain(dirname(dist));
  expect(text(file)).not.toContain('file:///');
});

test('every bundled package is in licenses.txt', () => {
  const bundled = new Set(
    scripts.flatMap((file) =>
      [...text(file).matchAll(/^\/\/ (?:\S*\/)?node_modules\/((?:@[^/\n]+\/)?[^/\n]+)/gm)].map(
        ([, name]) => name ?? '',
      ),
    ),
  );
  expect(bundled.size).toBeGreaterThan(20);
  const listed = new Set(
    [...text('licenses.txt').matchAll(/^(\S+) \d\S*\nLicence: \S/gm)].map(([, name]) => name),
  );
  expect([...bundled].filter((name) => !listed.has(name))).toEqual([]);
});

import { beforeAll, describe, expect, test } from 'vitest';
import { untidy } from '../../src/history/hygiene.ts';
import { lastingSettings } from '../../src/history/lasting-settings.ts';
import { loadParser } from '../../src/sql/parse.ts';
import { toolNamed } from '../../src/tools/index.ts';
import type { ToolName } from '../../src/tools/tool.ts';
import { repository } from '../git/repository.ts';
import { majors } from '../shadow/majors.ts';
import { treeOf } from '../tools/memory-tree.ts';
import { gateOf, only } from './gate-of.ts';

beforeAll(loadParser);

async function found(name: ToolName, files: Readonly<Record<string, string>>, path = 'm') {
  const tree = treeOf(files);
  const tool =
    (await toolNamed(name).configured?.(tree, path, { placeholders: {}, outOfOrder: null })) ??
    toolNamed(name);
  return untidy(tool, await tool.history(tree, path), null).map(({ kind, what }) => `${kind}: ${what}`);
}

const numbered = (...numbers: readonly number[]) =>
  Object.fromEntries(numbers.map((number) => [`m/${number}_x.sql`, 'SELECT 1;']));

describe('what a history has left lying about', () => {
  test.each<[string, readonly number[], readonly string[]]>([
    ['none', [1, 2, 3], []],
    ['one', [1, 2, 4], ['gap: 3']],
    ['a range, and another', [1, 2, 3, 7, 8, 9, 11, 12], ['gap: 4 to 6', 'gap: 10']],
    ['counted by tens', [10, 20, 30, 40], []],
    ['times', [20240101000000, 20240102000000], []],
    ['begun anew at 100', [100, 101, 102], []],
  ])('gaps: %s', async (_, numbers, expected) => {
    expect(await found('plain', numbered(...numbers))).toEqual(expected);
  });

  test('a version that is there twice', async () => {
    expect(await found('plain', { 'm/1_a.sql': 'SELECT 1;', 'm/1_b.sql': 'SELECT 2;' })).toEqual([
      'duplicate: 1, as m/1_a.sql',
    ]);
  });

  test('two heads', async () => {
    const revision = (id: string, down: string | null) =>
      `revision = "${id}"\ndown_revision = ${down === null ? 'None' : `"${down}"`}\n`;
    const heads = await found(
      'alembic',
      {
        'alembic.ini': '[alembic]\nscript_location = m\n',
        'm/versions/a.py': revision('a', null),
        'm/versions/b.py': revision('b', 'a'),
        'm/versions/c.py': revision('c', 'a'),
      },
      'm/versions',
    );
    expect(heads.map((one) => one.split(',')[0])).toEqual([
      'head: Alembic has several heads',
      'head: Alembic has several heads',
    ]);
  });

  test.each<[string, readonly string[]]>([
    ['SET search_path = app;', ['search_path:1']],
    ['SELECT 1;\nSET ROLE app;\nSET lock_timeout = 0;', ['role:2']],
    ["SET SESSION AUTHORIZATION 'app';", ['session_authorization:1']],
    ["SELECT pg_catalog.set_config('search_path', '', false);", ['search_path:1']],
    ["SELECT set_config('search_path', '', true);", []],
    ['SET search_path = app;\nRESET search_path;', []],
    ['SET search_path = app;\nSET search_path TO DEFAULT;', []],
    ['SET ROLE app;\nRESET ALL;', []],
    ['SET LOCAL search_path = app;', []],
    ['this is no SQL', []],
  ])('%s leaves %j', (sql, expected) => {
    expect(lastingSettings({ sql }).map(({ name, line }) => `${name}:${line}`)).toEqual(expected);
  });

  test('Flyway takes some back by itself', async () => {
    const text = 'SET search_path = app; SET datestyle = iso;';
    const expected = ['setting: datestyle'];
    expect(await found('flyway', { 'm/V1__a.sql': text })).toEqual(expected);
  });
});

describe('on request', () => {
  const files = {
    'db/migrations/20240101000000_users.sql':
      '-- migrate:up\nCREATE TABLE users (id bigint PRIMARY KEY, age int);\nALTER TABLE users ADD CONSTRAINT users_age CHECK (age > 0) NOT VALID;\n-- migrate:down\n',
  };
  const config = (more: string) => ({
    '.github/migration-gate.yml': `databases:\n  - path: db/migrations\n    postgres-version: ${majors.at(-1)}\n${more}`,
  });

  test('a notice where nothing is pending, whatever severity the config gives it', async () => {
    const repo = repository({ ...files, ...config('rules:\n  history-hygiene: error\n') });
    repo.git('checkout', '-q', '-b', 'change');
    repo.commit({ 'README.md': 'x' });
    const report = await gateOf(repo.directory);
    expect(report.verdict).toBe('pass');
    const finding = only(report, 'history-hygiene');
    expect([finding.severity, finding.line, finding.detail?.text]).toEqual([
      'notice',
      3,
      'db/migrations/20240101000000_users.sql:3: users_age of public.users',
    ]);
  });

  test('nothing is said where nobody asks', async () => {
    const repo = repository({ ...files, ...config('') });
    repo.git('checkout', '-q', '-b', 'change');
    repo.commit({ 'README.md': 'x' });
    expect((await gateOf(repo.directory)).findings).toEqual([]);
  });
});

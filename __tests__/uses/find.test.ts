import { describe, expect, test } from 'vitest';
import { findUses, limits } from '../../src/uses/find.ts';
import type { Target, Use } from '../../src/uses/use.ts';
import { treeOf } from '../tools/memory-tree.ts';
import { ormCases } from './orm-cases.ts';
import { textCases } from './text-cases.ts';

function target(name: string): Target {
  const [table = '', column = null] = name.split('.');
  return { object: `public.${name}`, table, column };
}

async function find(name: string, base: Record<string, string>, head = base): Promise<readonly Use[]> {
  const trees = { base: treeOf(base), head: treeOf(head) };
  const { uses, left } = await findUses(trees, [target(name)], ['sql/history']);
  expect(left).toBeNull();
  return uses.get(`public.${name}`) ?? [];
}

describe.each([
  ['models and query builders', ormCases],
  ['texts', textCases],
])('%s', (_, cases) => {
  test.each(cases)('$title', async ({ files, drops, found }) => {
    const uses = await find(drops, files);
    expect(uses.map(({ file, line, likely }) => `${file}:${line} ${likely ? 'likely' : 'possible'}`)).toEqual(
      found,
    );
  });
});

describe('trees', () => {
  const sql = 'SELECT email FROM users';
  const line = `query('${sql}');`;

  test('a line that the pull request removes is base’s', async () => {
    const uses = await find('users.email', { 'a.ts': `// first\n${line}\n` }, { 'a.ts': '// first\n' });
    expect(uses).toEqual([{ file: 'a.ts', line: 2, text: line, tree: 'base', inBase: true, likely: true }]);
  });

  test('a line that stays is told once, by its number in head', async () => {
    const uses = await find('users.email', { 'a.ts': `${line}\n` }, { 'a.ts': `// more\n${line}\n` });
    expect(uses).toMatchObject([{ line: 2, tree: 'head', inBase: true }]);
  });

  test('a line that the pull request adds is not what runs now', async () => {
    const uses = await find('users.email', {}, { 'a.ts': `${line}\n` });
    expect(uses).toMatchObject([{ tree: 'head', inBase: false, likely: true }]);
  });

  test('a limit ends the search and is told', async () => {
    const files = Object.fromEntries(Array.from({ length: 900 }, (_, at) => [`${at}.ts`, line]));
    const trees = { base: treeOf(files), head: treeOf(files) };
    const { left } = await findUses(trees, [target('users.email')], [], { ...limits, files: 400 });
    expect(left).toContain('ended after 400 files');
  });

  test('names with signs of patterns in them are names', async () => {
    expect(await find('a(b.c+d', { 'a.ts': 'query(`SELECT "c+d" FROM "a(b"`);\n' })).toHaveLength(1);
  });

  test.each([
    ['quotes', `${'"a'.repeat(20_000)}\n`],
    ['heredocs', '<<A email users\n'.repeat(30_000)],
    ['backticks', '`users email\n'.repeat(20_001)],
    ['SQL without end', `const q = \`${'select email, update users '.repeat(20_000)}\``],
    ['annotations', `${'@a(email\n'.repeat(50_000)}class User`],
    ['brackets', `users.email('users'${'('.repeat(200_000)}`],
    ['a table again and again', `${"knex('users').where({ email });\n".repeat(15_000)}`],
  ])('hostile text does not hold it up: %s', async (_, text) => {
    const files = { 'a.rb': text, 'a.ts': text, 'a.sql': text };
    const trees = { base: treeOf(files), head: treeOf(files) };
    const found = await findUses(trees, [target('users.email'), target('users')], []);
    expect(found.left).toBeNull();
  });
});

import { beforeAll, describe, expect, test } from 'vitest';
import { compareHistories } from '../../src/history/compare.ts';
import { loadParser } from '../../src/sql/parse.ts';
import { plain } from '../../src/tools/plain.ts';
import { prisma } from '../../src/tools/prisma.ts';
import type { MigrationTool } from '../../src/tools/tool.ts';
import { treeOf } from '../tools/memory-tree.ts';

beforeAll(loadParser);

type Files = Readonly<Record<string, string>>;

const numbered = (files: Files) =>
  plain.history(
    treeOf(Object.fromEntries(Object.entries(files).map(([name, sql]) => [`db/${name}.sql`, sql]))),
    'db',
  );

const folders = (files: Files) =>
  prisma.history(
    treeOf(Object.fromEntries(Object.entries(files).map(([name, sql]) => [`db/${name}/migration.sql`, sql]))),
    'db',
  );

async function compare(
  base: Files,
  head: Files,
  {
    branch = head,
    mergeBase = null,
    tool = plain,
  }: { branch?: Files; mergeBase?: Files | null; tool?: MigrationTool } = {},
) {
  const read = tool.name === 'prisma' ? folders : numbered;
  return compareHistories({
    tool,
    base: await read(base),
    head: await read(head),
    branch: await read(branch),
    mergeBase: mergeBase === null ? null : await read(mergeBase),
  });
}

/** `kind file` of each change, file names without directory and suffix. */
const told = ({ changes }: Awaited<ReturnType<typeof compare>>) =>
  changes.map(({ kind, file, previousFile }) =>
    [kind, short(file), ...(previousFile ? [short(previousFile)] : [])].join(' '),
  );
const short = (file: string) => file.replace(/^db\//, '').replace(/(\/migration)?\.sql$/, '');
const ids = (migrations: readonly { file: string }[]) => migrations.map(({ file }) => short(file));

const users = 'CREATE TABLE users (\n  id bigint PRIMARY KEY,\n  email text NOT NULL\n);\n';
const orders = 'CREATE TABLE orders (\n  id bigint PRIMARY KEY,\n  total numeric\n);\n';
const base: Files = { '1_users': users, '2_orders': orders, '5_x': 'CREATE TABLE x (y int);\n' };

describe('plain files', () => {
  test.each<[string, Files, Files, string[], string[]]>([
    ['nothing changed', base, base, [], []],
    ['a whole new history', {}, base, [], ['1_users', '2_orders', '5_x']],
    ['a new migration', base, { ...base, '6_a': 'SELECT 1;' }, [], ['6_a']],
    ['an edit', base, { ...base, '1_users': users.replace('text', 'varchar(5)') }, ['edited 1_users'], []],
    ['a comment', base, { ...base, '1_users': `-- the users\n${users}` }, ['edited-cosmetic 1_users'], []],
    [
      'white space and letter case',
      base,
      { ...base, '5_x': 'create table X(\n\n y INT );' },
      ['edited-cosmetic 5_x'],
      [],
    ],
    [
      'line endings',
      base,
      { ...base, '1_users': users.replaceAll('\n', '\r\n') },
      ['edited-cosmetic 1_users'],
      [],
    ],
    ['a byte order mark', base, { ...base, '1_users': `\ufeff${users}` }, ['edited-cosmetic 1_users'], []],
    [
      'a string that only looks like white space',
      { '1_a': "SELECT 'a b';" },
      { '1_a': "SELECT 'a  b';" },
      ['edited 1_a'],
      [],
    ],
    [
      'an edit of what nobody can parse',
      { '1_a': 'CREATE TABEL a;' },
      { '1_a': 'CREATE TABEL  a;' },
      ['edited 1_a'],
      [],
    ],
    ['emptied', base, { ...base, '5_x': '' }, ['edited 5_x'], []],
    ['deleted', base, { '1_users': users, '5_x': base['5_x'] ?? '' }, ['deleted 2_orders'], []],
    ['all deleted', base, {}, ['deleted 1_users', 'deleted 2_orders', 'deleted 5_x'], []],
    [
      'renamed',
      base,
      { '1_people': users, '2_orders': orders, '5_x': base['5_x'] ?? '' },
      ['renamed 1_people 1_users'],
      [],
    ],
    [
      'renumbered',
      base,
      { '1_users': users, '2_orders': orders, '7_x': base['5_x'] ?? '' },
      ['renamed 7_x 5_x'],
      [],
    ],
    [
      'renamed and edited a little',
      base,
      { '1_people': users.replace('text', 'citext'), '2_orders': orders, '5_x': base['5_x'] ?? '' },
      ['renamed 1_people 1_users'],
      [],
    ],
    [
      'deleted, and another added',
      base,
      { '1_users': users, '2_orders': orders, '7_y': 'ALTER TABLE users DROP COLUMN email;\n' },
      ['deleted 5_x'],
      ['7_y'],
    ],
    [
      'two of equal content, renamed each',
      { '1_a': 'SELECT 1;', '2_b': 'SELECT 1;', '9_z': '' },
      { '1_c': 'SELECT 1;', '2_d': 'SELECT 1;', '9_z': '' },
      ['renamed 1_c 1_a', 'renamed 2_d 2_b'],
      [],
    ],
    ['a late number', base, { ...base, '3_a': 'SELECT 1;' }, ['out-of-order 3_a'], ['3_a']],
    ['before the first', base, { ...base, '0_a': 'SELECT 1;' }, ['out-of-order 0_a'], ['0_a']],
    ['the same number', base, { ...base, '5_z': 'SELECT 1;' }, ['duplicate-version 5_z 5_x'], ['5_z']],
    [
      'the same number, sorting first',
      base,
      { ...base, '5_a': 'SELECT 1;' },
      ['duplicate-version 5_a 5_x'],
      ['5_a'],
    ],
    [
      'the same number, padded',
      base,
      { ...base, '005_z': 'SELECT 1;' },
      ['duplicate-version 005_z 5_x'],
      ['005_z'],
    ],
    [
      'the same number as an old one is late too',
      base,
      { ...base, '1_z': 'SELECT 1;' },
      ['duplicate-version 1_z 1_users', 'out-of-order 1_z'],
      ['1_z'],
    ],
    [
      'two new ones of the same number',
      base,
      { ...base, '6_a': 'SELECT 1;', '6_b': 'SELECT 2;' },
      ['duplicate-version 6_b 6_a'],
      ['6_a', '6_b'],
    ],
    [
      'the same number that base has twice already',
      { ...base, '5_y': 'SELECT 1;' },
      { ...base, '5_y': 'SELECT 1;', '6_a': '' },
      [],
      ['6_a'],
    ],
    [
      'numbers beyond a double',
      { '9007199254740993_a': 'SELECT 1;' },
      { '9007199254740993_a': 'SELECT 1;', '9007199254740992_b': 'SELECT 2;' },
      ['out-of-order 9007199254740992_b'],
      ['9007199254740992_b'],
    ],
    [
      'late against a newest that is deleted',
      base,
      { '1_users': users, '2_orders': orders, '4_a': 'SELECT 1;' },
      ['deleted 5_x', 'out-of-order 4_a'],
      ['4_a'],
    ],
    [
      'a squash',
      base,
      { '9_all': 'SELECT 1;' },
      ['deleted 1_users', 'deleted 2_orders', 'deleted 5_x'],
      ['9_all'],
    ],
  ])('%s', async (_, before, after, changes, pending) => {
    const comparison = await compare(before, after);
    expect(told(comparison)).toEqual(changes);
    expect(ids(comparison.pending)).toEqual(pending);
  });

  test('pending runs in the order of the numbers', async () => {
    const { pending } = await compare(base, {
      ...base,
      '10_c': 'SELECT 1;',
      '7_b': 'SELECT 2;',
      '3_a': 'SELECT 3;',
    });
    expect(ids(pending)).toEqual(['3_a', '7_b', '10_c']);
  });

  test('edited holds the new text of what changed', async () => {
    const { edited } = await compare(base, {
      ...base,
      '1_users': 'SELECT 1;',
      '2_orders': `${orders}-- x`,
      '6_a': '',
    });
    expect(edited.map(({ identity, sql }) => [identity, sql])).toEqual([
      ['1_users.sql', 'SELECT 1;'],
      ['2_orders.sql', `${orders}-- x`],
    ]);
  });

  test('a late migration names what it sorts before', async () => {
    const { changes } = await compare(base, { ...base, '3_a': 'SELECT 1;' });
    expect(changes[0]).toMatchObject({ version: '3', after: '5', diff: '', previousFile: null });
  });

  test('what base got in the meantime is missing from the branch, not deleted', async () => {
    const old: Files = { '1_users': users };
    const comparison = await compare(
      { ...old, '2_orders': orders },
      { ...old, '2_orders': orders, '3_mine': 'SELECT 1;' },
      { branch: { ...old, '3_mine': 'SELECT 1;' }, mergeBase: old },
    );
    expect(told(comparison)).toEqual(['missing-from-head 2_orders']);
    expect(comparison.changes[0]?.line).toBeNull();
    expect(ids(comparison.pending)).toEqual(['3_mine']);
  });

  test('what the branch deleted is deleted, though the branch lacks it too', async () => {
    const comparison = await compare(base, { '1_users': users }, { mergeBase: base });
    expect(told(comparison)).toEqual(['deleted 2_orders', 'deleted 5_x']);
  });

  test('a directory that moved as a whole changes nothing', async () => {
    const from = await plain.history(treeOf({ 'a/1_x.sql': users, 'a/2_y.sql': orders }), 'a');
    const to = await plain.history(treeOf({ 'b/1_x.sql': users, 'b/2_y.sql': `${orders}SELECT 1;` }), 'b');
    const { changes, pending } = compareHistories({
      tool: plain,
      base: from,
      branch: to,
      head: to,
      mergeBase: from,
    });
    expect(changes).toMatchObject([{ kind: 'edited', file: 'b/2_y.sql', previousFile: 'a/2_y.sql' }]);
    expect(pending).toEqual([]);
  });
});

describe('Prisma', () => {
  const applied: Files = { '20240101_users': users, '20240102_orders': orders };
  test.each<[string, Files, string[], string[]]>([
    ['the same timestamp is legal', { ...applied, '20240102_z': 'SELECT 1;' }, [], ['20240102_z']],
    [
      'the same timestamp, sorting first, is late',
      { ...applied, '20240102_a': 'SELECT 1;' },
      ['out-of-order 20240102_a'],
      ['20240102_a'],
    ],
    [
      'renamed runs again',
      { '20240101_people': users, '20240102_orders': orders },
      ['renamed 20240101_people 20240101_users'],
      ['20240101_people'],
    ],
    [
      'a new timestamp runs again',
      { '20240101_users': users, '20240105_orders': orders },
      ['renamed 20240105_orders 20240102_orders'],
      ['20240105_orders'],
    ],
  ])('%s', async (_, head, changes, pending) => {
    const comparison = await compare(applied, head, { tool: prisma });
    expect(told(comparison)).toEqual(changes);
    expect(ids(comparison.pending)).toEqual(pending);
  });

  test('short generated scripts that share their comments are no rename', async () => {
    const script = (column: string) => `-- AlterTable\nALTER TABLE "User" ADD COLUMN "${column}" TEXT;\n`;
    const comparison = await compare(
      { '1_a': script('a'), '2_b': 'SELECT 1;' },
      { '2_b': 'SELECT 1;', '3_c': script('c') },
      { tool: prisma },
    );
    expect(told(comparison)).toEqual(['deleted 1_a']);
    expect(ids(comparison.pending)).toEqual(['3_c']);
  });
});

describe('tools that skip', () => {
  const skips = { does: 'skips', says: 'This tool never runs it.' } as const;
  const tool: MigrationTool = {
    ...plain,
    onHistoryChange: {
      ...plain.onHistoryChange,
      outOfOrder: skips,
      duplicateVersion: { ...skips, legal: false },
    },
  };
  test('what the tool never runs is not pending', async () => {
    const { pending, changes } = await compare(
      base,
      { ...base, '3_a': 'SELECT 1;', '5_z': 'SELECT 2;', '6_b': '', '6_c': '' },
      { tool },
    );
    expect(changes.map(({ kind }) => kind)).toEqual([
      'duplicate-version',
      'duplicate-version',
      'out-of-order',
    ]);
    expect(ids(pending)).toEqual(['6_b', '6_c']);
  });
});

describe('the diff', () => {
  const lines = (count: number, change: (line: number) => string = (line) => `SELECT ${line};`) =>
    `${Array.from({ length: count }, (_, index) => change(index + 1)).join('\n')}\n`;
  const diffOf = async (before: string, after: string) => {
    const { changes } = await compare({ '1_a': before }, { '1_a': after });
    return changes[0];
  };

  test('shows three lines around, and the first changed line of head', async () => {
    const change = await diffOf(
      lines(12),
      lines(12, (line) => (line === 6 ? 'SELECT 60;' : `SELECT ${line};`)),
    );
    expect(change).toMatchObject({ kind: 'edited', line: 6 });
    expect(change?.diff).toBe(
      [
        '@@ -3,7 +3,7 @@',
        ' SELECT 3;',
        ' SELECT 4;',
        ' SELECT 5;',
        '-SELECT 6;',
        '+SELECT 60;',
        ' SELECT 7;',
        ' SELECT 8;',
        ' SELECT 9;',
      ].join('\n'),
    );
  });

  test.each<[string, string, string, number, RegExp]>([
    ['a line added at the end', 'SELECT 1;\n', 'SELECT 1;\nSELECT 2;\n', 2, /\+SELECT 2;/],
    ['the last line removed', 'SELECT 1;\nSELECT 2;\n', 'SELECT 1;\n', 2, /-SELECT 2;/],
    ['everything removed', 'SELECT 1;\n', '', 1, /-SELECT 1;/],
    ['everything added', '', 'SELECT 1;\n', 1, /\+SELECT 1;/],
    [
      'CRLF to LF with an edit shows only the edit',
      'SELECT 1;\r\nSELECT 2;\r\n',
      'SELECT 1;\nSELECT 3;\n',
      2,
      /^@@ -1,2 \+1,2 @@\n SELECT 1;\n-SELECT 2;\n\+SELECT 3;$/,
    ],
    [
      'only line endings',
      'SELECT 1;\r\n',
      'SELECT 1;\n',
      1,
      /^\\ Only line endings differ \(CRLF to LF\)\.$/,
    ],
    ['only a byte order mark', 'SELECT 1;\n', '\ufeffSELECT 1;\n', 1, /byte order mark/],
    [
      'too much to show',
      lines(3000),
      lines(3000, (line) => `SELECT -${line};`),
      1,
      /More than 1000 lines differ/,
    ],
  ])('%s', async (_, before, after, line, diff) => {
    const change = await diffOf(before, after);
    expect(change?.line).toBe(line);
    expect(change?.diff).toMatch(diff);
  });
});

import { expect, test } from 'vitest';
import { compareHistories } from '../../src/history/compare.ts';
import { findSquash } from '../../src/history/squash.ts';
import { django } from '../../src/tools/django.ts';
import { treeOf } from './memory-tree.ts';

const migration = (ties: string, operations = '') =>
  `from django.db import migrations


class Migration(migrations.Migration):
${ties}
    operations = [${operations}]
`;
const after = (...names: string[]) =>
  `    dependencies = [${names.map((name) => `("shop", "${name}")`).join(', ')}]\n`;
const replaces =
  '    replaces = [  # both\n        ("shop", "0001_a"),\n        ("shop", "0002_b"),\n    ]\n';
const file = (name: string) => `shop/migrations/${name}.py`;
const step1 = {
  'manage.py': '',
  [file('0001_a')]: migration(after()),
  [file('0002_b')]: migration(after('0001_a')),
  [file('0001_squashed')]: migration(`${replaces}${after()}`),
  [file('0003_c')]: migration(after('0002_b')),
};

async function compared(head: Readonly<Record<string, string>>) {
  const base = await django.history(treeOf(step1), '');
  const now = await django.history(treeOf({ 'manage.py': '', ...head }), '');
  const comparison = compareHistories({ tool: django, base, branch: now, head: now, mergeBase: null });
  return { comparison, squash: findSquash(comparison, base, now) };
}

test('replaced files may go, and their names with them', async () => {
  const { comparison, squash } = await compared({
    [file('0001_squashed')]: migration(after()),
    [file('0003_c')]: migration(after('0001_squashed')),
  });
  expect(comparison.changes.map((change) => [change.kind, change.file])).toEqual([
    ['edited-cosmetic', file('0001_squashed')],
    ['edited-cosmetic', file('0003_c')],
    ['deleted', file('0001_a')],
    ['deleted', file('0002_b')],
  ]);
  expect(squash).toMatchObject({ settled: true, gone: [file('0001_a'), file('0002_b')] });
  expect(squash?.into.file).toBe(file('0001_squashed'));
});

test('an operation or another dependency that changes with them is an edit', async () => {
  const { comparison } = await compared({
    [file('0001_squashed')]: migration(after(), 'migrations.RunSQL("SELECT 1")'),
    [file('0003_c')]: migration(after('0001_squashed', '0000_other')),
  });
  const edits = comparison.changes.filter(({ kind }) => kind === 'edited').map((change) => change.file);
  expect(edits).toEqual([file('0001_squashed'), file('0003_c')]);
});

test('without their replacement they are deleted', async () => {
  const { squash, comparison } = await compared({ [file('0003_c')]: migration(after()) });
  expect(squash?.settled).toBeUndefined();
  expect(comparison.changes.filter(({ kind }) => kind === 'deleted')).toHaveLength(3);
});

test.each([
  ['a call beside the list', (text: string) => text.replace('    ]\n', '    ]; drop()\n')],
  ['a comment that a carriage return ends', (text: string) => text.replace('# both', '# both\r drop(),')],
  ['a comment behind the operations that a carriage return ends', (text: string) => `${text}# c\rdrop()\n`],
])('%s is an edit', async (_title, edit) => {
  const squashed = file('0001_squashed');
  const { comparison } = await compared({ ...step1, [squashed]: edit(step1[squashed] ?? '') });
  expect(comparison.changes.map(({ kind }) => kind)).toEqual(['edited']);
});

test('other bytes are another text, although both are no UTF-8', async () => {
  const written = (byte: number) =>
    Buffer.concat([
      Buffer.from(`# coding: latin-1\n${migration(after())}x = "`),
      Buffer.from([byte]),
      Buffer.from('"\n'),
    ]);
  const [base, head] = await Promise.all(
    [0xe8, 0xe9].map((byte) =>
      django.history(treeOf({ 'manage.py': '', [file('0001_a')]: written(byte) }), ''),
    ),
  );
  if (base === undefined || head === undefined) throw new Error('two histories');
  const { changes } = compareHistories({ tool: django, base, branch: head, head, mergeBase: null });
  expect(changes.map(({ kind }) => kind)).toEqual(['edited']);
});

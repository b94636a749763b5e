import { describe, expect, test } from 'vitest';
import { loadParser } from '../../src/sql/parse.ts';
import { nodePgMigrate } from '../../src/tools/node-pg-migrate.ts';
import type { MigrationTool, ToolSettings } from '../../src/tools/tool.ts';
import { type Content, treeOf } from './memory-tree.ts';

const manifest = (version = '^9.0.0', script = 'node-pg-migrate') =>
  JSON.stringify({ scripts: { migrate: script }, dependencies: { 'node-pg-migrate': version } });

async function read(
  files: Readonly<Record<string, Content>>,
  path = 'migrations',
  settings: Partial<ToolSettings> = {},
) {
  const tree = treeOf(files);
  const given = { placeholders: {}, outOfOrder: null, ...settings };
  const tool = (await nodePgMigrate.configured?.(tree, path, given)) as MigrationTool;
  return { tool, ...(await tool.history(tree, path)) };
}

describe('detection', () => {
  const sql = '-- Up Migration\nSELECT 1;\n-- Down Migration\nSELECT 2;\n';
  test.each<[string, Readonly<Record<string, Content>>, string[]]>([
    [
      'the package and its directory',
      { 'package.json': manifest(), 'migrations/1_a.sql': '' },
      ['migrations'],
    ],
    [
      'the directory of a script',
      { 'package.json': manifest('8', 'tsc && node-pg-migrate up -m db/changes'), 'db/changes/1_a.sql': '' },
      ['db/changes'],
    ],
    [
      'a package further up, and names as it makes them',
      { 'package.json': manifest(), 'packages/db/sql/1700000000000_a.sql': '' },
      ['packages/db/sql'],
    ],
    ['its marks', { 'db/1_a.sql': sql }, ['db']],
    ['one mark is a comment', { 'db/1_a.sql': '-- Up Migration\nSELECT 1;' }, []],
    ['programs', { 'migrations/1700000000000_a.js': '' }, ['migrations']],
    ['another directory', { 'package.json': manifest(), 'db/1_a.sql': '' }, []],
    ['nothing', { 'migrations/1700000000000_a.sql': '' }, []],
  ])('%s', async (_, files, expected) => {
    await loadParser();
    const { databases } = await nodePgMigrate.detect(treeOf(files));
    expect(databases.map(({ path }) => path)).toEqual(expected);
  });
});

describe('sections', () => {
  const line = (text: string) => text.replace(/[^\n]/g, ' ');
  test.each<[string, string, string, string | null]>([
    ['none', 'SELECT 1', 'SELECT 1', null],
    ['up', '-- Up Migration\nSELECT 1', '-- Up Migration\nSELECT 1', null],
    [
      'both',
      'a\n-- Up Migration\nb\n-- Down Migration\nc\n',
      ' \n-- Up Migration\nb\n                 \n \n',
      ' \n               \n \n-- Down Migration\nc\n',
    ],
    [
      'down first, spelt freely',
      '--DOWN migration now\r\nc\r\n--  - up   MIGRATION\r\nb',
      '                    \r\n \r\n--  - up   MIGRATION\r\nb',
      `--DOWN migration now\r\nc\r\n${' '.repeat(20)}\r\n `,
    ],
    ['only down', 'a\n-- Down Migration\nc', 'a\n-- Down Migration\nc', ' \n-- Down Migration\nc'],
  ])('%s', async (_, text, up, down) => {
    const { migrations } = await read({ 'migrations/1_a.sql': text });
    expect(migrations[0]?.sql).toBe(up);
    expect(migrations[0]?.down?.sql ?? null).toBe(down);
    expect(line(up).length).toBe(text.length);
  });

  test('a pair of files', async () => {
    const { migrations, notes } = await read({
      'migrations/1_a.up.sql': 'SELECT 1;',
      'migrations/1_a.down.sql': 'SELECT 2;',
      'migrations/2_b.up.sql': 'SELECT 3;',
      'migrations/3_c.down.sql': 'SELECT 4;',
    });
    expect(migrations.map(({ identity, down }) => [identity, down?.file ?? null])).toEqual([
      ['1_a', 'migrations/1_a.down.sql'],
      ['2_b.up', null],
      ['3_c.down', null],
    ]);
    expect(notes).toEqual([expect.stringMatching(/1_a\.down\.sql are taken as ways back/)]);
  });
});

describe('order', () => {
  const files = Object.fromEntries(
    ['1700000001000_b', '20231114221320500_time', '1700000000000_z', '1700000000000_a', '9_x', '10-y'].map(
      (name) => [`migrations/${name}.sql`, ''],
    ),
  );
  test.each([
    [
      '^9.0.0',
      ['9_x', '10-y', '1700000000000_a', '1700000000000_z', '20231114221320500_time', '1700000001000_b'],
    ],
    [
      '~8.0.4',
      ['10-y', '9_x', '1700000000000_a', '1700000000000_z', '20231114221320500_time', '1700000001000_b'],
    ],
  ])('version %s', async (version, expected) => {
    const { migrations, tool, oddities } = await read({ ...files, 'package.json': manifest(version) });
    expect(migrations.map(({ identity }) => identity)).toEqual(expected);
    expect([...migrations].sort(tool.order)).toEqual(migrations);
    expect(oddities?.map(({ file }) => file)).toEqual(version.includes('8') ? ['migrations/10-y.sql'] : []);
  });

  test('a name without a number stops version 9', async () => {
    const { migrations } = await read({ 'package.json': manifest(), 'migrations/abc.sql': '' });
    expect(migrations[0]?.refused?.says).toContain('Cannot determine numeric prefix for "abc.sql"');
  });
});

test('programs are for the tool itself to run, and what is neither stops it', async () => {
  const { migrations, notes } = await read({
    'migrations/1_a.sql': 'SELECT 1;',
    'migrations/2_b.ts': 'export const up = () => {};',
    'migrations/.hidden': '',
    'migrations/README.md': '',
    'migrations/old/1_x.sql': '',
  });
  expect(migrations.map(({ identity, program }) => [identity, program === true])).toEqual([
    ['1_a', false],
    ['2_b', true],
  ]);
  expect(notes).toEqual([expect.stringMatching(/stops at README\.md, unless/)]);
});

describe('options', () => {
  test.each<[string, string, Record<string, string>, Record<string, unknown>]>([
    [
      'none',
      'node-pg-migrate up',
      {},
      { relation: 'public.pgmigrations', transaction: 'shared', late: 'refuses' },
    ],
    ['short', 'node-pg-migrate -t t -s app up', {}, { relation: 'app.t', before: 'SET search_path TO app;' }],
    [
      'long, attached, negated',
      "DATABASE_URL=x npx node-pg-migrate up --migrations-table='t' --migrationsSchema=ops --no-check-order --no-single-transaction",
      {},
      { relation: 'ops.t', transaction: 'single', late: 'runs' },
    ],
    [
      'the call that names another directory does not count',
      'node-pg-migrate -m other -t no; node-pg-migrate -t yes',
      {},
      { relation: 'public.yes' },
    ],
    [
      'a file',
      'node-pg-migrate -f db.json',
      { 'db.json': '{"db":{"schema":["a","b"],"migrations-table":"t","check-order":false}}' },
      { relation: 'a.t', late: 'runs' },
    ],
    ['a pattern', "node-pg-migrate --ignore-pattern '.*\\.md'", { 'migrations/x.md': '' }, { notes: 0 }],
    ['a pattern that none reads', "node-pg-migrate --ignore-pattern '('", {}, { notes: 0 }],
  ])('%s', async (_, script, more, expected) => {
    const { tool, migrations, notes } = await read({
      'package.json': manifest('9', script),
      'migrations/1_a.sql': '',
      ...more,
    });
    const [one] = migrations;
    if (one === undefined) throw new Error('no migration');
    expect({
      relation: tool.bookkeeping.relations[0],
      transaction: one.transaction,
      late: tool.onHistoryChange.outOfOrder.does,
      before: tool.bookkeeping.before(one),
      notes: notes.length,
    }).toMatchObject(expected);
  });

  test('what the gate is told wins', async () => {
    const { tool } = await read({ 'package.json': manifest() }, 'migrations', { outOfOrder: true });
    expect(tool.onHistoryChange.deleted.does).toBe('ignores');
  });
});

test('bookkeeping quotes names', async () => {
  const { tool, migrations } = await read({ "migrations/1_o'clock.sql": '' });
  const [one] = migrations;
  if (one === undefined) throw new Error('no migration');
  expect(tool.bookkeeping.after(one)).toContain("'1_o''clock'");
  expect(tool.bookkeeping.undo?.(one)).toContain("'1_o''clock'");
});

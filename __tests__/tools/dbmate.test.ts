import { describe, expect, test } from 'vitest';
import { compareHistories } from '../../src/history/compare.ts';
import { dbmate } from '../../src/tools/dbmate.ts';
import type { ToolSettings } from '../../src/tools/tool.ts';
import { type Content, inDirectory, treeOf } from './memory-tree.ts';

const directory = 'db/migrations';
const script = (up: string, down = '') => `-- migrate:up\n${up}\n-- migrate:down\n${down}\n`;

async function read(
  files: Readonly<Record<string, Content>>,
  around: Readonly<Record<string, Content>> = {},
  settings: Partial<ToolSettings> = {},
) {
  const tree = treeOf({ ...inDirectory(directory, files), ...around });
  const given = { placeholders: {}, outOfOrder: null, ...settings };
  const tool = (await dbmate.configured?.(tree, directory, given)) ?? dbmate;
  return { tool, history: await tool.history(tree, directory) };
}

describe('history', () => {
  test('by name as text; the up section alone, in a transaction', async () => {
    const { history } = await read({
      '9_b.sql': script('SELECT 2;'),
      '10_a.sql': script('SELECT 1;', 'SELECT 0;'),
      '20240101000000-c.sql':
        '-- migrate:up transaction:false\nSELECT 3;\n-- migrate:down transaction:false\nSELECT 4;\n',
    });
    expect(
      history.migrations.map(({ version, name, identity, transaction }) => [
        version,
        name,
        identity,
        transaction,
      ]),
    ).toEqual([
      ['10', 'a', '10', 'single'],
      ['20240101000000', 'c', '20240101000000', 'implicit'],
      ['9', 'b', '9', 'single'],
    ]);
    const [first, second, third] = history.migrations;
    expect(first?.sql.split('\n').map((line) => line.trimEnd())).toEqual([
      '-- migrate:up',
      'SELECT 1;',
      '',
      '',
      '',
    ]);
    expect(first?.down?.sql.trim()).toBe('-- migrate:down\nSELECT 0;');
    expect(second?.down?.transaction).toBe('implicit');
    expect(third?.down).toBeNull();
  });

  test('numbers that sort otherwise than they count are told', async () => {
    const { history } = await read({ '9_b.sql': script('SELECT 2;'), '10_a.sql': script('SELECT 1;') });
    expect(history.oddities).toEqual([
      {
        kind: 'ambiguous-order',
        file: `${directory}/10_a.sql`,
        says: expect.stringContaining(
          'runs 10_a.sql before 9_b.sql: write numbers of the same length (10_a.sql, 09_b.sql)',
        ),
      },
    ]);
  });

  test.each([
    ['no down section', '-- migrate:up\nSELECT 1;\n', 1, 'requires each migration to define a down block'],
    ['an indented down', '-- migrate:up\nSELECT 1;\n  -- migrate:down\n', 1, 'define a down block'],
    ['something before', '\nSELECT 1;\n-- migrate:up\n-- migrate:down\n', 2, 'statements preceding'],
    ['two sections', `${script('SELECT 1;')}${script('SELECT 2;')}`, 5, 'duplicate key value'],
  ])('%s: refused', async (_, sql, line, says) => {
    const { history } = await read({ '1_a.sql': sql });
    expect(history.migrations[0]?.refused).toEqual({ line, says: expect.stringContaining(says) });
  });

  test('names without digits or in upper case never run', async () => {
    const { history } = await read({ 'init.sql': '', '2_x.SQL': '' });
    expect(history.migrations).toEqual([]);
    expect(history.oddities?.map(({ file }) => file)).toEqual([
      `${directory}/2_x.SQL`,
      `${directory}/init.sql`,
    ]);
  });
});

describe('when history changes', () => {
  const base = { '2_b.sql': script('SELECT 1;'), '3_c.sql': script('SELECT 2;') };
  async function compare(head: Readonly<Record<string, Content>>, outOfOrder: boolean | null = null) {
    const [before, after] = [await read(base, {}, { outOfOrder }), await read(head, {}, { outOfOrder })];
    const { changes, pending } = compareHistories({
      tool: after.tool,
      base: before.history,
      branch: after.history,
      head: after.history,
      mergeBase: null,
    });
    return [changes.map(({ kind }) => kind), pending.map(({ file }) => file.slice(directory.length + 1))];
  }

  test.each<[string, Readonly<Record<string, Content>>, string[], string[]]>([
    ['a late file runs', { ...base, '1_a.sql': script('SELECT 3;') }, ['out-of-order'], ['1_a.sql']],
    ['a late file by its name', { ...base, '10_a.sql': script('SELECT 3;') }, ['out-of-order'], ['10_a.sql']],
    ['digits twice: never runs', { ...base, '3_a.sql': script('SELECT 3;') }, ['duplicate-version'], []],
    ['another name', { '2_b.sql': base['2_b.sql'], '3_d.sql': base['3_c.sql'] }, ['renamed'], []],
    ['another number', { '2_b.sql': base['2_b.sql'], '4_c.sql': base['3_c.sql'] }, ['renamed'], ['4_c.sql']],
  ])('%s', async (_, head, kinds, pending) => {
    expect(await compare(head)).toEqual([kinds, pending]);
  });

  test('--strict goes by the digits as text', async () => {
    expect(await compare({ ...base, '10_a.sql': script('SELECT 3;') }, false)).toEqual([
      ['out-of-order'],
      ['10_a.sql'],
    ]);
    expect(await compare({ ...base, '30_a.sql': script('SELECT 3;') }, false)).toEqual([[], ['30_a.sql']]);
  });
});

describe('how the project calls it', () => {
  const files = { '1_a.sql': script('SELECT 1;') };
  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['nothing', {}, 'public.schema_migrations'],
    ['an .env file', { '.env': 'DBMATE_MIGRATIONS_TABLE=ops.done\n' }, 'ops.done'],
    [
      'two databases in package.json',
      {
        'package.json':
          '{"scripts":{"a":"dbmate -d \\"./db/migrations\\" --migrations-table=\\"one\\" up",\n"b":"dbmate -d \\"./db/seeds\\" --migrations-table=\\"two\\" up"}}',
      },
      'public.one',
    ],
  ])('its table: %s', async (_, around, relation) => {
    expect((await read(files, around)).tool.bookkeeping.relations).toEqual([relation]);
  });

  test('several directories are one database', async () => {
    const around = {
      'db/more/0_z.sql': script('SELECT 0;'),
      'compose.yml': 'environment:\n  DBMATE_MIGRATIONS_DIR: ./db/migrations,./db/more\n',
    };
    const { history } = await read(files, around);
    expect(history.migrations.map(({ file }) => file)).toEqual(['db/more/0_z.sql', 'db/migrations/1_a.sql']);
    expect(history.paths).toEqual(['db/migrations', 'db/more']);
    const { databases } = await dbmate.detect(treeOf({ ...inDirectory(directory, files), ...around }));
    expect(databases.map(({ path }) => path)).toEqual(['db/migrations']);
  });

  test('--strict', async () => {
    const { tool } = await read(files, { Makefile: 'dbmate up --strict\n' });
    expect(tool.onHistoryChange.outOfOrder.does).toBe('refuses');
  });
});

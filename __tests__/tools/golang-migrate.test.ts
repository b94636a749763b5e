import { describe, expect, test } from 'vitest';
import { golangMigrate } from '../../src/tools/golang-migrate.ts';
import { survey } from '../../src/tools/index.ts';
import type { ToolSettings } from '../../src/tools/tool.ts';
import { type Content, inDirectory, treeOf } from './memory-tree.ts';

const directory = 'db/migrations';
const noSettings: ToolSettings = { placeholders: {}, outOfOrder: null };

async function read(
  files: Readonly<Record<string, Content>>,
  around: Readonly<Record<string, Content>> = {},
  settings: Partial<ToolSettings> = {},
) {
  const tree = treeOf({ ...inDirectory(directory, files), ...around });
  const tool =
    (await golangMigrate.configured?.(tree, directory, { ...noSettings, ...settings })) ?? golangMigrate;
  return { tool, ...(await tool.history(tree, directory)) };
}

describe('history', () => {
  test('numbers, not texts; the whole file one message', async () => {
    const { migrations } = await read({
      '10_c.up.sql': 'SELECT 3;',
      '9_b.up.sql': 'SELECT 2;',
      '001_a.up.sql': 'SELECT 1;\nSELECT 1;',
      '001_a.down.sql': 'SELECT 0;',
    });
    expect(
      migrations.map(({ version, name, identity, transaction }) => [version, name, identity, transaction]),
    ).toEqual([
      ['1', 'a', '1', 'implicit'],
      ['9', 'b', '9', 'implicit'],
      ['10', 'c', '10', 'implicit'],
    ]);
    expect(migrations[0]?.down).toEqual({
      file: `${directory}/001_a.down.sql`,
      sql: 'SELECT 0;',
      transaction: 'implicit',
    });
    expect(migrations[1]?.down).toBeNull();
  });

  test('a number with a way back only is recorded and runs nothing', async () => {
    const { migrations, oddities } = await read({
      '1_a.up.sql': 'SELECT 1;',
      '2_b.down.sql': 'DROP TABLE b;',
    });
    expect(migrations[1]).toMatchObject({ version: '2', sql: '', file: `${directory}/2_b.down.sql` });
    expect(oddities).toEqual([
      expect.objectContaining({ kind: 'never-runs', file: `${directory}/2_b.down.sql` }),
    ]);
  });

  test.each([
    ['seed.sql', 'name it <number>_<name>.up.sql'],
    ['3_seed.sql', 'name it 3_seed.up.sql'],
    ['3_x.UP.sql', 'lower case'],
    ['99999999999999999999_x.up.sql', '64 bits'],
  ])('%s never runs', async (name, why) => {
    const { migrations, oddities } = await read({ [name]: 'SELECT 1;' });
    expect(migrations).toEqual([]);
    expect(oddities?.[0]?.says).toContain(why);
  });

  test('a byte order mark is sent, as the tool sends it', async () => {
    const { migrations } = await read({ '1_a.up.sql': Buffer.from('\ufeffSELECT 1;') });
    expect(migrations[0]?.sql).toBe('\ufeffSELECT 1;');
  });

  test.each<[string, Content]>([
    ['UTF-16', Buffer.from('\ufeffSELECT 1;', 'utf16le')],
    ['a link', { link: '/etc/passwd' }],
  ])('%s is undecided', async (_, content) => {
    await expect(read({ '1_a.up.sql': content })).rejects.toMatchObject({ reason: 'invalid-configuration' });
  });

  test('two files of one number are both there, for the finding', async () => {
    const { migrations } = await read({ '1_a.up.sql': 'SELECT 1;', '01_b.up.sql': 'SELECT 2;' });
    expect(migrations.map(({ identity, name }) => [identity, name])).toEqual([
      ['1', 'a'],
      ['1', 'b'],
    ]);
    expect(golangMigrate.onHistoryChange.duplicateVersion).toMatchObject({ does: 'refuses', legal: false });
  });
});

describe('x-multi-statement', () => {
  const files = { '1_a.up.sql': "SELECT 1; SELECT 'a;b';\n\n;;\n-- end" };
  const cut = ['SELECT 1;', " SELECT 'a;", "b';", '\n\n;', ';', '\n-- end'];

  test.each<[string, Readonly<Record<string, string>>]>([
    [
      'a Makefile',
      { Makefile: 'up:\n\tmigrate -database "postgres://x/y?sslmode=disable&x-multi-statement=true" up\n' },
    ],
    [
      'Go code',
      {
        'internal/db/migrate.go':
          'import "github.com/golang-migrate/migrate/v4/database/postgres"\nvar c = postgres.Config{\n\tMultiStatementEnabled: true,\n}\n',
      },
    ],
  ])('in %s: cut at every semicolon', async (_, around) => {
    const { migrations, notes, tool } = await read(files, around);
    const [one] = migrations;
    expect(one?.transaction).toBe('none');
    expect(one?.messages?.map(({ start, end }) => one.sql.slice(start, end))).toEqual(cut);
    expect(notes.join()).toContain('x-multi-statement');
    expect(tool.noTransaction.advice).toContain('Nothing needs to be done');
  });

  test.each<[string, Readonly<Record<string, string>>, boolean]>([
    [
      'another database',
      { Makefile: 'up:\n\tmigrate -database "clickhouse://x?x-multi-statement=true" up\n' },
      false,
    ],
    ['a comment', { Makefile: '# migrate -database "postgres://x?x-multi-statement=true" up\n' }, false],
    ['false', { Makefile: 'migrate -database "postgres://x?x-multi-statement=false" up\n' }, false],
    [
      'a URL that is put together',
      { Makefile: 'migrate -database "$(URL)?x-multi-statement=true" up\n' },
      true,
    ],
    [
      'another directory too',
      {
        Makefile: 'migrate -database "postgres://x?x-multi-statement=true" up\n',
        'other/1_x.up.sql': 'SELECT 1;',
      },
      true,
    ],
  ])('%s: one message, and a note where it is not certain', async (_, around, noted) => {
    const { migrations, notes } = await read(files, around);
    expect(migrations[0]?.transaction).toBe('implicit');
    expect(notes.length > 0).toBe(noted);
  });

  test('the config decides', async () => {
    const { migrations, tool } = await read(
      files,
      {},
      {
        placeholders: { 'x-multi-statement': 'true', 'x-migrations-table': 'mine' },
      },
    );
    expect(migrations[0]?.messages).toHaveLength(cut.length);
    expect(tool.bookkeeping.relations).toEqual(['public.mine']);
  });
});

describe('bookkeeping', () => {
  test('one row, dirty while the migration runs; the number before it on the way back', async () => {
    const { migrations, tool } = await read({ '3_a.up.sql': 'SELECT 1;', '7_b.up.sql': 'SELECT 2;' });
    const [first, second] = migrations;
    if (first === undefined || second === undefined) throw new Error('two migrations');
    const { before, after, undo } = tool.bookkeeping;
    expect(before(second)).toContain('VALUES (7, true)');
    expect(after(second)).toContain('VALUES (7, false)');
    expect(undo?.(second)).toContain('VALUES (3, false)');
    expect(undo?.(first)).toBe('TRUNCATE "public"."schema_migrations";');
  });
});

describe('detection', () => {
  const pair = inDirectory(directory, {
    '1_a.up.sql': 'CREATE TABLE a ();',
    '1_a.down.sql': 'DROP TABLE a;',
  });
  const toolsOf = async (around: Readonly<Record<string, Content>>) =>
    (await survey(treeOf({ ...pair, ...around }))).databases.map(({ tool, path }) => `${tool} ${path}`);

  test.each<[string, Readonly<Record<string, Content>>, string[]]>([
    ['nothing around it', {}, [`golang-migrate ${directory}`]],
    ['a go.mod', { 'go.mod': 'module x' }, [`golang-migrate ${directory}`]],
    ['linted by Atlas', { [`${directory}/atlas.sum`]: 'h1:x\n' }, [`golang-migrate ${directory}`]],
    [
      'a nearer go.mod than the Cargo.toml',
      { 'db/go.mod': 'module x', 'Cargo.toml': '' },
      [`golang-migrate ${directory}`],
    ],
  ])('%s', async (_, around, found) => {
    expect(await toolsOf(around)).toEqual(found);
  });

  test('MySQL beside it is passed over and said', async () => {
    const tree = treeOf({
      ...pair,
      ...inDirectory('db/mysql', { '1_a.up.sql': 'CREATE TABLE `a` (id int AUTO_INCREMENT);' }),
    });
    const { databases, notes } = await survey(tree);
    expect(databases.map(({ path }) => path)).toEqual([directory]);
    expect(notes.join()).toContain('db/mysql was passed over');
  });

  test("ory's dialect suffixes are another tool's", async () => {
    const files = inDirectory(directory, {
      '1_a.postgres.up.sql': 'SELECT 1;',
      '1_a.mysql.up.sql': 'SELECT 1;',
    });
    expect((await golangMigrate.detect(treeOf(files))).databases).toEqual([]);
  });
});

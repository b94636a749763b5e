import { describe, expect, test } from 'vitest';
import { Undecided } from '../../src/errors.ts';
import { plain } from '../../src/tools/plain.ts';
import { type Content, inDirectory, treeOf } from './memory-tree.ts';

const sql = 'SELECT 1;\n';

const read = (files: Readonly<Record<string, Content>>) =>
  plain.history(treeOf(inDirectory('db/migrations', files)), 'db/migrations');

const names = async (...files: string[]) =>
  (await read(Object.fromEntries(files.map((file) => [file, sql])))).migrations.map(
    ({ identity }) => identity,
  );

describe('order', () => {
  test.each<[string, string[]]>([
    ['padded numbers', ['0001_a.sql', '0002_b.sql', '0010_c.sql']],
    ['numbers without padding', ['1_a.sql', '2_b.sql', '9_c.sql', '10_d.sql', '100_e.sql']],
    ['mixed padding', ['1_a.sql', '002_b.sql', '3_c.sql', '0010_d.sql']],
    [
      'more digits than a double holds',
      ['9007199254740993_a.sql', '9007199254740994_b.sql', '90071992547409930_c.sql'],
    ],
    [
      'a hundred digits',
      [`${'1'.repeat(100)}_a.sql`, `${'1'.repeat(99)}2_b.sql`, `2${'0'.repeat(100)}_c.sql`],
    ],
    ['dotted versions', ['1.2.0_a.sql', '1.9.1_b.sql', '1.10.0_c.sql', '2_d.sql']],
    ['a version and a longer one', ['1_z.sql', '1.1_a.sql']],
    [
      'dates with separators',
      ['2024_01_31_120000_a.sql', '2024_02_01_090000_b.sql', '2024-02-01-100000_c.sql'],
    ],
    ['same number, by name', ['1_a.sql', '1_b.sql', '01_c.sql']],
    ['names by bytes', ['1_B.sql', '1_a.sql', '1_é.sql']],
    ['no name at all', ['1.sql', '2.sql', '10.sql']],
    ['other separators', ['1-a.sql', '2.b.sql', '3_c.sql', '4 d.sql', '5e.sql', '6f_g.sql']],
    ['gaps', ['1_a.sql', '7_b.sql', '4000_c.sql']],
  ])('%s', async (_, inOrder) => {
    expect(await names(...[...inOrder].reverse())).toEqual(inOrder);
  });

  test('a bare version compares with a migration', () => {
    const one = { version: '0005', name: 'x' };
    expect(plain.order(one, { version: '6', name: '' })).toBeLessThan(0);
    expect(plain.order(one, { version: '5', name: '' })).toBeGreaterThan(0);
    expect(plain.order(one, { version: '4', name: '' })).toBeGreaterThan(0);
  });
});

describe('which files', () => {
  test.each<[string, string[], string[]]>([
    [
      'down, rollback and undo files are not run',
      ['1_a.sql', '1_a.down.sql', '2_b.sql', '2_b.rollback.sql', '3_c.undo.sql'],
      ['1_a.sql', '2_b.sql'],
    ],
    ['up files are', ['1_a.up.sql', '1_a.down.sql', '2_b.up.sql'], ['1_a.up.sql', '2_b.up.sql']],
    ['_down beside _up', ['1_a_up.sql', '1_a_down.sql'], ['1_a_up.sql']],
    ['_down beside the bare name', ['1_a.sql', '1_a_down.sql'], ['1_a.sql']],
    ['_down that is only a word', ['3_scale_down.sql'], ['3_scale_down.sql']],
    ['seeds', ['1_a.sql', '1_a.seed.sql'], ['1_a.sql']],
    ['seed as a word', ['1_add_seed_column.sql', '2_seed.sql'], ['1_add_seed_column.sql', '2_seed.sql']],
    ['upper-case suffix', ['1_a.SQL'], ['1_a.SQL']],
    ['names without a number', ['schema.sql', 'v1_x.sql', 'README.md', '1_a.sql.bak', '1_a.txt'], []],
    ['folders below are not looked into', ['1_a.sql', 'old/0_b.sql'], ['1_a.sql']],
  ])('%s', async (_, files, expected) => {
    expect(await names(...files)).toEqual(expected);
  });

  test('what is left out without being a way back is told', async () => {
    const { notes, oddities } = await read({
      '1_a.SQL': sql,
      'schema.sql': sql,
      'a.sql': sql,
      'v2_b.sql': sql,
      'seed.sql': sql,
      '1_a.down.sql': sql,
    });
    expect(notes).toEqual([
      expect.stringContaining('1_a.SQL is taken as a migration although'),
      'Not taken as migrations, since their names do not begin with a number: schema.sql, seed.sql.',
    ]);
    expect(oddities).toEqual(
      ['a.sql', 'v2_b.sql'].map((name) => ({
        kind: 'never-runs',
        file: `db/migrations/${name}`,
        says: expect.stringContaining(`${name} begins with none`),
      })),
    );
  });

  test.each<[string, string[], string[]]>([
    ['no padding', ['8_a.sql', '9_b.sql', '10_c.sql', '11_d.sql'], ['10_c.sql']],
    ['too little of it', ['0998_a.sql', '999_b.sql'], []],
    ['one digit more', ['998_a.sql', '999_b.sql', '1000_c.sql'], ['1000_c.sql']],
    ['padding', ['08_a.sql', '09_b.sql', '10_c.sql'], []],
    ['equal numbers', ['1_b.sql', '1_a.sql', '01_c.sql'], []],
    ['dates', ['20240101000000_a.sql', '20240102000000_b.sql'], []],
  ])('where a sort by text differs: %s', async (_, files, expected) => {
    const { oddities = [] } = await read(Object.fromEntries(files.map((file) => [file, sql])));
    expect(oddities.map(({ kind, file }) => [kind, file])).toEqual(
      expected.map((file) => ['ambiguous-order', `db/migrations/${file}`]),
    );
  });

  test('a time that lies in the future', async () => {
    const { oddities } = await read({ '20240101000000_a.sql': sql, '29990101000000_b.sql': sql });
    expect(oddities).toEqual([
      {
        kind: 'ambiguous-order',
        file: 'db/migrations/29990101000000_b.sql',
        says: expect.stringContaining('29990101000000 lies in the future'),
      },
    ]);
  });

  test('versions and names', async () => {
    const { migrations } = await read({
      '0007_add_users.up.sql': sql,
      '20240102030405-x.y.sql': sql,
      '2024_01_31_120000_create.sql': sql,
      '9.sql': sql,
    });
    expect(migrations.map(({ version, name, file }) => [version, name, file])).toEqual([
      ['0007', 'add_users', 'db/migrations/0007_add_users.up.sql'],
      ['9', '', 'db/migrations/9.sql'],
      ['2024_01_31_120000', 'create', 'db/migrations/2024_01_31_120000_create.sql'],
      ['20240102030405', 'x.y', 'db/migrations/20240102030405-x.y.sql'],
    ]);
  });

  test.each(['db/migrations', 'db/migrations/', './db/migrations', 'db//migrations'])(
    'path written %s',
    async (path) => {
      const tree = treeOf({ 'db/migrations/1_a.sql': sql });
      expect((await plain.history(tree, path)).migrations).toHaveLength(1);
    },
  );

  test('the root of the repository', async () => {
    const tree = treeOf({ '1_a.sql': sql, 'b/2_b.sql': sql });
    expect((await plain.history(tree, '.')).migrations.map(({ file }) => file)).toEqual(['1_a.sql']);
  });
});

describe('transaction', () => {
  test.each<[string, 'single' | 'none']>([
    ['CREATE TABLE t (x int);', 'single'],
    ['', 'single'],
    ['-- only a comment', 'single'],
    ['CREATE INDEX i ON t (x);', 'single'],
    ['CREATE INDEX CONCURRENTLY i ON t (x);', 'none'],
    ['SELECT 1; DROP INDEX CONCURRENTLY i;', 'none'],
    ['REINDEX TABLE CONCURRENTLY t;', 'none'],
    ['VACUUM t;', 'none'],
    ['ANALYZE t;', 'single'],
    ['ALTER SYSTEM SET work_mem = 1;', 'none'],
    ['CREATE DATABASE d;', 'none'],
    ['ALTER TABLE t DETACH PARTITION p CONCURRENTLY;', 'none'],
    ['REFRESH MATERIALIZED VIEW CONCURRENTLY v;', 'single'],
    ["SELECT 'CREATE INDEX CONCURRENTLY i ON t (x)';", 'single'],
    ['-- CREATE INDEX CONCURRENTLY i ON t (x);\nSELECT 1;', 'single'],
    ['-- no-transaction\nCREATE TABLE t (x int);', 'none'],
    ['--no-transaction\r\nCREATE TABLE t (x int);', 'none'],
    ['\n-- no-transaction\nCREATE TABLE t (x int);', 'single'],
    ['-- no-transactions here\nCREATE TABLE t (x int);', 'single'],
    ['CREATE TABEL t (x int);', 'single'],
  ])('%j is %s', async (text, expected) => {
    const { migrations } = await read({ '1_a.sql': text });
    expect(migrations[0]?.transaction).toBe(expected);
  });
});

describe('templates', () => {
  const filled = async (text: string, placeholders: Record<string, string>) => {
    const tree = treeOf({ 'm/1_a.sql': text });
    const tool = await plain.configured?.(tree, 'm', { placeholders, outOfOrder: null });
    return (await tool?.history(tree, 'm'))?.migrations[0]?.sql;
  };
  test.each<[string, Record<string, string>, string]>([
    ['CREATE SCHEMA {{ schema }};', { schema: 'app' }, 'CREATE SCHEMA app;'],
    ['CREATE SCHEMA {{.Schema}};', { Schema: 'app' }, 'CREATE SCHEMA app;'],
    [`CREATE SCHEMA \${schema};`, { schema: 'app' }, 'CREATE SCHEMA app;'],
    ["SELECT '{{ other }}';", { schema: 'app' }, "SELECT '{{ other }}';"],
    [`DO LANGUAGE plv8 $$ \`\${x}\` $$;`, {}, `DO LANGUAGE plv8 $$ \`\${x}\` $$;`],
    ['SELECT {{ $& }};', {}, 'SELECT {{ $& }};'],
  ])('%s', async (text, placeholders, expected) => {
    expect(await filled(text, placeholders)).toBe(expected);
  });

  test('one that is not filled in is undecided, with the lines of configuration', async () => {
    const error = await filled('SELECT 1;\nCREATE SCHEMA {{ schema }};', {}).catch(
      (caught: unknown) => caught,
    );
    expect(error).toBeInstanceOf(Undecided);
    expect(error).toMatchObject({
      message: expect.stringContaining('placeholders:\n      schema: …'),
      place: { file: 'm/1_a.sql', line: 2 },
    });
  });
});

describe('contents', () => {
  const utf16 = (text: string, big = false) => {
    const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
    return big ? bytes.swap16() : bytes;
  };
  test.each<[string, Content, string]>([
    ['UTF-8', "SELECT 'é';", "SELECT 'é';"],
    ['UTF-8 with a byte order mark', "\ufeffSELECT 'é';", "SELECT 'é';"],
    ['CRLF', 'SELECT 1;\r\nSELECT 2;\r\n', 'SELECT 1;\r\nSELECT 2;\r\n'],
    ['empty', '', ''],
  ])('%s', async (_, content, expected) => {
    const { migrations } = await read({ '1_a.sql': content });
    expect(migrations[0]?.sql).toBe(expected);
    expect(migrations[0]?.bytes.equals(Buffer.from(content as string))).toBe(true);
  });

  test.each<[string, Content, RegExp, number | undefined]>([
    [
      'Latin-1',
      Buffer.from("SELECT 1;\n-- caf\xe9\nSELECT 'x';", 'latin1'),
      /1_a\.sql cannot be read: its bytes are not UTF-8/,
      2,
    ],
    ['a zero byte', 'SELECT 1;\n\nSELECT \0;', /zero byte/, 3],
    ['UTF-16, little end first', utf16("SELECT 'é';"), /1_a\.sql is UTF-16LE, which psql/, undefined],
    ['UTF-16, big end first', utf16("SELECT 'é';", true), /1_a\.sql is UTF-16BE/, undefined],
    ['half a UTF-16 unit', Buffer.from([0xff, 0xfe, 0x41]), /not UTF-16LE/, undefined],
    ['a symbolic link', { link: '../../etc/passwd' }, /1_a\.sql is a symbolic link/, undefined],
  ])('%s is refused', async (_, content, message, line) => {
    const error = await read({ '1_a.sql': content }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Undecided);
    expect((error as Undecided).message).toMatch(message);
    expect((error as Undecided).place).toMatchObject({
      file: 'db/migrations/1_a.sql',
      ...(line && { line }),
    });
  });
});

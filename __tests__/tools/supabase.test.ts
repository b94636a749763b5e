import { describe, expect, test } from 'vitest';
import { supabase } from '../../src/tools/supabase.ts';
import { inDirectory, treeOf } from './memory-tree.ts';

const path = 'supabase/migrations';
const table = 'CREATE TABLE t (id int);\n';

const read = (files: Readonly<Record<string, string>>, more: Readonly<Record<string, string>> = {}) =>
  supabase.history(treeOf({ ...inDirectory(path, files), ...more }), path);

const names = async (...files: string[]) =>
  (await read(Object.fromEntries(files.map((file) => [file, table])))).migrations.map(
    ({ version, name }) => `${version} ${name}`,
  );

describe('names and order', () => {
  test('files by their whole name, as text', async () => {
    expect(await names('9_b.sql', '10_a.sql', '20240101000000_c.sql', '20240101000000_b.sql')).toEqual([
      '10 a',
      '20240101000000 b',
      '20240101000000 c',
      '9 b',
    ]);
  });

  test('a version of another length that comes too early is told', async () => {
    const { oddities } = await read({ '9_b.sql': table, '10_a.sql': table });
    expect(oddities).toMatchObject([{ kind: 'ambiguous-order', file: `${path}/9_b.sql` }]);
  });

  test('what the CLI passes over is told', async () => {
    const { migrations, oddities } = await read({
      '20210101000000_init.sql': table,
      '20240101000000.sql': table,
      '20240102000000_a.SQL': table,
      'seed.sql': table,
      'README.md': '',
      '20240103000000_init.sql': table,
    });
    expect(migrations.map(({ file }) => file)).toEqual([`${path}/20240103000000_init.sql`]);
    expect(oddities?.map(({ file }) => file)).toEqual([
      `${path}/20210101000000_init.sql`,
      `${path}/20240101000000.sql`,
      `${path}/20240102000000_a.SQL`,
      `${path}/seed.sql`,
    ]);
    expect(oddities?.[0]?.says).toMatch(/first file called init from before December 2021/);
  });

  test('an old init file that is not the first runs', async () => {
    expect(await names('20200101000000_a.sql', '20210101000000_init.sql')).toHaveLength(2);
  });
});

describe('what is sent as one message', () => {
  const messages = async (sql: string, more: Readonly<Record<string, string>> = {}) => {
    const [migration] = (await read({ '1_a.sql': sql }, more)).migrations;
    return migration?.messages?.map(({ start, end }) => sql.slice(start, end).trim()) ?? [sql];
  };
  const index = 'CREATE INDEX CONCURRENTLY i ON t (id)';
  const other = 'ALTER TABLE t ADD COLUMN a int';

  test.each<[string, string, number]>([
    ['a file of ordinary statements is one', `${table}${other};`, 1],
    ['CONCURRENTLY alone is one', `${index};`, 1],
    ['CONCURRENTLY between others stands alone', `${table}${index};\n${other};\n${other};`, 3],
    ['two in a row each stand alone', `${index};\nDROP INDEX CONCURRENTLY i;`, 2],
    ['VACUUM stands alone', `${other};\nVACUUM t;`, 2],
  ])('%s', async (_, sql, count) => {
    expect(await messages(sql)).toHaveLength(count);
  });

  const workflow = (version: string) => ({
    '.github/workflows/deploy.yml': `jobs:\n  a:\n    steps:\n      - uses: supabase/setup-cli@v1\n        with:\n          version: ${version}\n`,
  });

  test('a CLI that is pinned to an older release sends all in one pipeline', async () => {
    expect(await messages(`${table}${index};`, workflow('2.98.0'))).toHaveLength(1);
    expect(
      await messages(`${table}${index};`, { 'package.json': '{"devDependencies":{"supabase":"2.20.5"}}' }),
    ).toHaveLength(1);
  });

  test('there too the first statement commits by itself', async () => {
    expect(await messages(`${index};\n${other};`, workflow('2.98.0'))).toEqual([index, `;\n${other}`]);
  });

  test.each(['latest', '2.109.0', '3.0.0'])('version %s sends it alone', async (version) => {
    expect(await messages(`${table}${index};`, workflow(version))).toHaveLength(2);
  });

  test('a range is no pin', async () => {
    expect(
      await messages(`${table}${index};`, { 'package.json': '{"devDependencies":{"supabase":"^2.20.5"}}' }),
    ).toHaveLength(2);
  });

  test('a file with a syntax error is one message', async () => {
    expect(await messages(`${index};\nCREATE TABEL t;`)).toHaveLength(1);
  });
});

test('the record holds the statements, whatever is in them', async () => {
  const [migration] = (await read({ "1_it's.sql": "SELECT 'a''b\\c';\nSELECT 2;\n-- end\n" })).migrations;
  expect(migration === undefined ? null : supabase.bookkeeping.after(migration)).toBe(
    "INSERT INTO supabase_migrations.schema_migrations (version, name, statements) VALUES ('1', 'it''s', ARRAY[ E'SELECT ''a''''b\\\\c''', 'SELECT 2']::text[])",
  );
});

test('what the project says is told', async () => {
  const { notes } = await read(
    { '1_a.sql': table },
    { 'supabase/config.toml': '[db.migrations]\nenabled = false\n', 'supabase/roles.sql': 'CREATE ROLE a;' },
  );
  expect(notes).toEqual([
    expect.stringContaining('supabase/config.toml switches migrations off'),
    expect.stringContaining('supabase/roles.sql is not run'),
  ]);
});

test('--include-all lets late files run', async () => {
  const tool = await supabase.configured?.(treeOf({}), path, { placeholders: {}, outOfOrder: true });
  expect(tool?.onHistoryChange.outOfOrder.does).toBe('runs');
  expect(supabase.onHistoryChange.outOfOrder.does).toBe('refuses');
});

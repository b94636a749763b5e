import { describe, expect, test } from 'vitest';
import { diesel } from '../../src/tools/diesel.ts';
import { detectDatabases } from '../../src/tools/index.ts';
import { type Content, inDirectory, treeOf } from './memory-tree.ts';

const sql = 'CREATE TABLE a (b int);\n';
const read = (files: Readonly<Record<string, Content>>) =>
  diesel.history(treeOf(inDirectory('migrations', files)), 'migrations');

test.each<[string, Record<string, string>, string[]]>([
  ['its own file', { 'diesel.toml': '[migrations_directory]\ndir = "migrations"' }, ['diesel migrations']],
  ['a crate', { 'Cargo.toml': '[dependencies.diesel]\nversion = "2"' }, ['diesel migrations']],
  [
    'a member of a workspace',
    { 'Cargo.toml': '[workspace]', 'db/Cargo.toml': 'diesel_migrations = "2"' },
    ['diesel migrations'],
  ],
])('detection: %s', async (_, above, expected) => {
  const found = await detectDatabases(treeOf({ ...above, 'migrations/2024-01-01-000000_a/up.sql': sql }));
  expect(found.map(({ path, tool }) => `${tool} ${path}`)).toEqual(expected);
});

describe('folders', () => {
  test('dashes go, and versions sort as text', async () => {
    const { migrations } = await read({
      '2024-01-02-000000_b/up.sql': sql,
      '20240101000000_a_a/up.sql': sql,
      '20240101000000_a_a/down.sql': 'DROP TABLE a;',
      '00000000000000_diesel_initial_setup/up.sql': 'SELECT 1;',
      '9_late/up.sql': sql,
      '10_early/up.sql': sql,
      '.hidden/README': '',
    });
    expect(migrations.map(({ version, name, down }) => [version, name, down?.sql])).toEqual([
      ['00000000000000', 'diesel_initial_setup', undefined],
      ['10', 'early', undefined],
      ['20240101000000', 'a_a', 'DROP TABLE a;'],
      ['20240102000000', 'b', undefined],
      ['9', 'late', undefined],
    ]);
    expect([...migrations].sort(diesel.order)).toEqual(migrations);
    expect(
      diesel.order({ version: '2024-01-02', name: '' }, { version: '20240101', name: '' }),
    ).toBeGreaterThan(0);
  });

  test.each<[string, string | null, 'single' | 'implicit']>([
    ['no metadata', null, 'single'],
    ['false', 'run_in_transaction = false', 'implicit'],
    ['true', 'run_in_transaction = true', 'single'],
    ['a file that does not say it', '# nothing', 'implicit'],
    ['a file that is no TOML', 'run_in_transaction: false', 'single'],
  ])('transaction: %s', async (_, metadata, expected) => {
    const { migrations } = await read({
      '1_a/up.sql': sql,
      '1_a/down.sql': sql,
      ...(metadata === null ? {} : { '1_a/metadata.toml': metadata }),
    });
    expect(migrations[0]).toMatchObject({ transaction: expected, down: { transaction: expected } });
  });

  test('an empty script stops the tool, a comment does not', async () => {
    const { migrations } = await read({ '1_a/up.sql': '', '2_b/up.sql': '-- nothing' });
    expect(migrations.map(({ refused }) => refused?.says)).toEqual([
      'Diesel stops: Failed to run 1_a with: Attempted to run an empty migration.',
      undefined,
    ]);
  });

  test('a folder without its script is undecided', async () => {
    await expect(read({ '1_a/down.sql': sql })).rejects.toThrow(
      /Invalid migration directory.*only down\.sql/,
    );
  });

  test('files beside the folders never run', async () => {
    const { oddities } = await read({ '1_a/up.sql': sql, '2_b.sql': sql, 'README.md': '' });
    expect(oddities).toMatchObject([{ kind: 'never-runs', file: 'migrations/2_b.sql' }]);
  });

  test('a byte order mark is sent', async () => {
    const { migrations } = await read({ '1_a/up.sql': '\ufeffSELECT 1;' });
    expect(migrations[0]?.sql).toBe('\ufeffSELECT 1;');
  });
});

test('bookkeeping knows the version alone, and quotes it', async () => {
  const { migrations } = await read({ "20'24-01_a/up.sql": sql });
  const [one] = migrations;
  if (one === undefined) throw new Error('no migration');
  expect(diesel.bookkeeping.after(one)).toContain("VALUES ('20''2401')");
  expect(diesel.bookkeeping.undo?.(one)).toContain("WHERE version = '20''2401'");
});

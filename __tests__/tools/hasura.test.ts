import { describe, expect, test } from 'vitest';
import { loadParser } from '../../src/sql/parse.ts';
import { sqlOfMetadata } from '../../src/tools/hasura/metadata.ts';
import { hasura } from '../../src/tools/hasura.ts';
import { type Content, inDirectory, treeOf } from './memory-tree.ts';

type Files = Readonly<Record<string, Content>>;
const directory = 'hasura/migrations/default';
const table = 'CREATE TABLE a (id int);';
const project = (version: number) => ({
  'hasura/config.yaml': `version: ${version}\nmetadata_directory: metadata\n`,
});

const history = async (files: Files, path = directory) => {
  await loadParser();
  return hasura.history(treeOf(inDirectory(path, files)), path);
};

const found = async (files: Files) => {
  await loadParser();
  const { databases, notes } = await hasura.detect(treeOf(files));
  return { paths: databases.map(({ path }) => path), notes: notes.join('\n') };
};

describe('history', () => {
  test('by number, with the way back beside it', async () => {
    const { migrations } = await history({
      '1700000000000_b/up.sql': 'SELECT 2;',
      '1700000000000_b/down.sql': 'SELECT 1;',
      '999_a/up.sql': 'SELECT 1;',
      '18446744073709551615_last/up.sql': 'SELECT 3;',
      '0005_zero/up.sql': 'SELECT 0;',
    });
    expect(migrations.map(({ identity, name, down }) => [identity, name, down?.sql ?? null])).toEqual([
      ['5', 'zero', null],
      ['999', 'a', null],
      ['1700000000000', 'b', 'SELECT 1;'],
      ['18446744073709551615', 'last', null],
    ]);
    expect(migrations.every(({ transaction }) => transaction === 'single')).toBe(true);
    expect([...migrations].reverse().sort(hasura.order)).toEqual(migrations);
  });

  test('the layout of the first version, and SQL in its metadata', async () => {
    const { migrations } = await history(
      {
        '1_a.up.sql': 'SELECT 1;',
        '1_a.down.sql': 'SELECT 0;',
        '2_b.up.yaml':
          '- type: run_sql\n  args:\n    sql: SELECT 2\n- type: track_table\n  args: {name: a}\n',
      },
      'migrations',
    );
    expect(migrations.map(({ sql, file }) => [sql, file])).toEqual([
      ['SELECT 1;', 'migrations/1_a.up.sql'],
      ['SELECT 2;', 'migrations/2_b.up.yaml'],
    ]);
    expect(sqlOfMetadata('- type: bulk\n  args:\n  - type: run_sql\n    args: {sql: "A;"}\n')).toBe('A;');
    expect(sqlOfMetadata('{')).toBe('');
  });

  test('empty files are none', async () => {
    const { migrations } = await history({
      '1_a/up.sql': '',
      '2_b/up.sql': '',
      '2_b/down.sql': 'SELECT 0;',
      '3_c/up.sql': '-- nothing',
    });
    expect(migrations.map(({ identity, refused }) => [identity, refused?.says ?? null])).toEqual([
      ['2', expect.stringMatching(/^Hasura stops: 2 up migration not found/)],
      ['3', null],
    ]);
  });

  test('a first line asks for no transaction', async () => {
    const sql = '-- hasura:no-transaction\nCREATE INDEX CONCURRENTLY i ON a (id);';
    const { migrations } = await history({ '1_a/up.sql': sql, '2_b/up.sql': `\n-- x\n${sql}` });
    expect(migrations.map(({ transaction }) => transaction)).toEqual(['implicit', 'single']);
  });

  test.each([
    ['1_a/Up.sql', /spelled so/],
    ['1_a/up.SQL', /spelled so/],
    ['first/up.sql', /begin with a number/],
    ['2_b.sql', /in folders called/],
  ])('%s never runs', async (name, says) => {
    const { migrations, oddities } = await history({ [name]: table });
    expect(migrations).toEqual([]);
    expect(oddities?.[0]?.says).toMatch(says);
  });

  test('links and other encodings', async () => {
    await expect(history({ '1_a': { link: '../elsewhere' } })).rejects.toThrow(/symbolic link/);
    await expect(history({ '1_a/up.sql': Buffer.from('\ufeffSELECT 1;', 'utf16le') })).rejects.toThrow(
      /UTF-16LE/,
    );
  });
});

describe('detection', () => {
  test.each<[string, string[], Files]>([
    [
      'a directory a database',
      ['hasura/migrations/default', 'hasura/migrations/other'],
      {
        ...project(3),
        'hasura/migrations/default/1_a/up.sql': table,
        'hasura/migrations/other/1_a/up.sql': table,
      },
    ],
    ['version 2', ['hasura/migrations'], { ...project(2), 'hasura/migrations/1_a/up.sql': table }],
    [
      'version 1',
      ['hasura/migrations'],
      { 'hasura/config.yaml': 'endpoint: http://localhost:8080\n', 'hasura/migrations/1_a.up.sql': table },
    ],
    ['without its config', ['db/migrations'], { 'db/migrations/1700000000000_a/up.sql': table }],
    [
      'Diesel names them so too',
      [],
      { 'Cargo.toml': '[dependencies]\ndiesel = "2"', 'migrations/2024-01-01-000000_a/up.sql': table },
    ],
    ['golang-migrate names them so too', [], { 'go.mod': 'module x', 'migrations/1_a.up.sql': table }],
  ])('%s', async (_, paths, files) => {
    expect((await found(files)).paths).toEqual(paths);
  });

  test('sources of another kind', async () => {
    const { paths, notes } = await found({
      ...project(3),
      'hasura/metadata/databases/databases.yaml':
        '- name: default\n  kind: postgres\n  tables: "!include default/tables.yaml"\n- name: ms\n  kind: mssql\n',
      'hasura/migrations/default/1_a/up.sql': table,
      'hasura/migrations/ms/1_a/up.sql': table,
    });
    expect(paths).toEqual(['hasura/migrations/default']);
    expect(notes).toMatch(/migrations\/ms was passed over: the metadata says that ms is mssql/);
  });
});

test('state by version', async () => {
  const tool = async (version: number) => {
    const configured = await hasura.configured?.(
      treeOf({ ...project(version), [`${directory}/1_a/up.sql`]: table }),
      directory,
      { placeholders: {}, outOfOrder: null },
    );
    const [migration] = (await history({ '1_a/up.sql': table })).migrations;
    if (configured === undefined || migration === undefined) throw new Error('both are there');
    return configured.bookkeeping.after(migration);
  };
  expect(await tool(2)).toMatch(/INSERT INTO hdb_catalog\.schema_migrations/);
  expect(await tool(3)).toMatch(/hdb_version SET cli_state .*'default'/);
});

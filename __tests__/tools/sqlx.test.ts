import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { detectDatabases } from '../../src/tools/index.ts';
import { sqlx } from '../../src/tools/sqlx.ts';
import { type Content, inDirectory, treeOf } from './memory-tree.ts';

const sql = 'CREATE TABLE a (b int);\n';
const settings = { placeholders: {}, outOfOrder: null };

async function read(files: Readonly<Record<string, Content>>, above: Readonly<Record<string, string>> = {}) {
  const tree = treeOf({ ...above, ...inDirectory('migrations', files) });
  const tool = (await sqlx.configured?.(tree, 'migrations', settings)) ?? sqlx;
  return { tool, ...(await tool.history(tree, 'migrations')) };
}

test.each<[string, Record<string, string>, string[]]>([
  [
    'a crate that uses it',
    { 'Cargo.toml': '[dependencies]\nsqlx = { version = "0.8" }' },
    ['sqlx migrations'],
  ],
  [
    'a member of a workspace',
    { 'Cargo.toml': '[workspace]', 'api/Cargo.toml': 'sqlx.workspace = true' },
    ['sqlx migrations'],
  ],
  ['its own file', { 'sqlx.toml': '' }, ['sqlx migrations']],
  ['no Rust at all', {}, ['plain migrations']],
])('detection: %s', async (_, above, expected) => {
  const found = await detectDatabases(
    treeOf({ ...above, 'migrations/1_a.sql': sql, 'migrations/2_b.sql': sql }),
  );
  expect(found.map(({ path, tool }) => `${tool} ${path}`)).toEqual(expected);
});

describe('files', () => {
  test('simple and reversible ones side by side, by number', async () => {
    const { migrations } = await read({
      '10_c.sql': sql,
      '9_b_b.up.sql': sql,
      '9_b_b.down.sql': 'DROP TABLE a;',
      '20240101000000_d.sql': sql,
      '-1_a.sql': sql,
      '0007_x.up.sql': sql,
    });
    expect(migrations.map(({ version, name, down }) => [version, name, down?.sql ?? null])).toEqual([
      ['-1', 'a', null],
      ['7', 'x', null],
      ['9', 'b_b', 'DROP TABLE a;'],
      ['10', 'c', null],
      ['20240101000000', 'd', null],
    ]);
    expect([...migrations].sort(sqlx.order)).toEqual(migrations);
  });

  test('a name without a number stops the tool, in its own words', async () => {
    const { migrations } = await read({
      '1_a.sql': sql,
      'abc_x.sql': sql,
      '99999999999999999999_y.sql': sql,
    });
    expect(migrations.map(({ file, refused }) => [file, refused?.says ?? null])).toEqual([
      ['migrations/1_a.sql', null],
      [
        'migrations/99999999999999999999_y.sql',
        expect.stringContaining('error parsing migration filename "99999999999999999999_y.sql"'),
      ],
      ['migrations/abc_x.sql', expect.stringMatching(/^SQLx stops .*expected integer version prefix/)],
    ]);
  });

  test('what it passes over', async () => {
    const { oddities, migrations } = await read({
      '1_a.sql': sql,
      '2-b.sql': sql,
      '3_c.SQL': sql,
      'README.md': 'x',
      '4_d.down.sql': sql,
      'old/5_e.sql': sql,
      '29990101000000_f.sql': sql,
    });
    expect(migrations.map(({ version }) => version)).toEqual(['1', '29990101000000']);
    expect(oddities?.map(({ kind, file }) => `${kind} ${file}`)).toEqual([
      'never-runs migrations/2-b.sql',
      'never-runs migrations/3_c.SQL',
      'never-runs migrations/4_d.down.sql',
      'ambiguous-order migrations/29990101000000_f.sql',
    ]);
  });
});

test.each<[string, 'single' | 'implicit']>([
  [sql, 'single'],
  ['-- no-transaction\nCREATE INDEX CONCURRENTLY i ON a (b);', 'implicit'],
  ['-- no-transactions\n', 'implicit'],
  ['\n-- no-transaction\n', 'single'],
  ['--no-transaction\n', 'single'],
  ['\ufeff-- no-transaction\n', 'single'],
  ['', 'single'],
])('%j is %s', async (text, expected) => {
  const { migrations } = await read({ '1_a.sql': text, '1_a.down.sql': text });
  expect(migrations[0]).toMatchObject({ transaction: expected, sql: text, down: { transaction: expected } });
});

describe('bookkeeping', () => {
  const hash = (text: string) => createHash('sha384').update(text).digest('hex');
  test('the checksum is of the bytes, and names are quoted', async () => {
    const text = "SELECT 'ö';\r\n";
    const { migrations, tool } = await read({ "1_it's_a.sql": text });
    const [one] = migrations;
    if (one === undefined) throw new Error('no migration');
    expect(tool.bookkeeping.after(one)).toContain(`VALUES (1, 'it''s a', TRUE, '\\x${hash(text)}', -1)`);
    expect(tool.bookkeeping.undo?.(one)).toBe('DELETE FROM _sqlx_migrations WHERE version = 1;');
    expect(tool.bookkeeping.relations).toEqual(['public._sqlx_migrations']);
  });

  test('as sqlx.toml says', async () => {
    const { migrations, tool } = await read(
      { '1_a.sql': 'SELECT\r\n 1;' },
      {
        'sqlx.toml':
          '[migrate]\ntable-name = "foo.\\"My Table\\""\ncreate-schemas = ["foo"]\nignored-chars = ["\\r", " "]\n',
      },
    );
    const [one] = migrations;
    if (one === undefined) throw new Error('no migration');
    expect(tool.bookkeeping.setup).toMatch(
      /^CREATE SCHEMA IF NOT EXISTS foo;\nCREATE TABLE IF NOT EXISTS foo\."My Table" \(/,
    );
    expect(tool.bookkeeping.after(one)).toContain(hash('SELECT\n1;'));
    expect(tool.bookkeeping.relations).toEqual(['foo.My Table']);
  });

  test('a name that is none does not become SQL', async () => {
    const config = { 'sqlx.toml': '[migrate]\ntable-name = "a; DROP TABLE b"\n' };
    await expect(read({ '1_a.sql': sql }, config)).rejects.toThrow(/is no name of a table/);
  });
});

test.each<[string, Content, RegExp]>([
  ['UTF-16', Buffer.from('\ufeffSELECT 1;', 'utf16le'), /UTF-16LE, which SQLx/],
  ['Latin-1', Buffer.from('-- \xe9', 'latin1'), /not UTF-8/],
  ['a link', { link: '../x' }, /symbolic link/],
])('%s is undecided', async (_, content, message) => {
  await expect(read({ '1_a.sql': content })).rejects.toThrow(message);
});

import { describe, expect, test } from 'vitest';
import { drizzle } from '../../src/tools/drizzle.ts';
import type { MigrationTool } from '../../src/tools/tool.ts';
import { type Content, treeOf } from './memory-tree.ts';

const journalFile = 'drizzle/meta/_journal.json';
const journal = (entries: readonly (readonly [tag: string, when: number])[], dialect = 'postgresql') =>
  JSON.stringify({ version: '7', dialect, entries: entries.map(([tag, when], idx) => ({ idx, when, tag })) });

async function read(files: Readonly<Record<string, Content>>, path = 'drizzle') {
  const tree = treeOf(files);
  const tool = (await drizzle.configured?.(tree, path, {
    placeholders: {},
    outOfOrder: null,
  })) as MigrationTool;
  return { tool, ...(await tool.history(tree, path)) };
}

const sent = (migration: Awaited<ReturnType<typeof read>>['migrations'][number]) =>
  migration.messages?.map(({ start, end }) => migration.sql.slice(start, end));

describe('detection', () => {
  test.each<[string, Readonly<Record<string, Content>>, string[], RegExp?]>([
    ['a journal', { [journalFile]: journal([]) }, ['drizzle']],
    ['at the root', { 'meta/_journal.json': journal([]) }, ['']],
    ['of drizzle-kit 0.19', { [journalFile]: journal([], 'pg') }, ['drizzle']],
    ['of MySQL', { [journalFile]: journal([], 'mysql') }, [], /drizzle was passed over: .* says mysql/],
    ['of SQLite', { [journalFile]: journal([], 'sqlite') }, [], /says sqlite/],
    ['that is broken, which the history tells', { [journalFile]: '<<<<<<<' }, ['drizzle']],
    [
      'folders',
      {
        'db/20240101000000_a/migration.sql': '',
        'db/20240101000000_a/snapshot.json': '{"dialect":"postgres"}',
      },
      ['db'],
    ],
    [
      'folders of SQLite',
      {
        'db/20240101000000_a/migration.sql': '',
        'db/20240101000000_a/snapshot.json': '{"dialect":"sqlite"}',
      },
      [],
      /says sqlite/,
    ],
    ['a copy of other people’s', { [`node_modules/x/${journalFile}`]: journal([]) }, []],
  ])('%s', async (_, files, expected, note = /^$/) => {
    const { databases, notes } = await drizzle.detect(treeOf(files));
    expect(databases.map(({ path }) => path)).toEqual(expected);
    expect(notes.join('\n')).toMatch(note);
  });
});

describe('journal', () => {
  test('its order, whatever the names say; each part one message', async () => {
    const { migrations, oddities, tool } = await read({
      [journalFile]: journal([
        ['0001_b', 2000],
        ['0000_a', 3000],
      ]),
      'drizzle/0000_a.sql': "SELECT 1;--> statement-breakpoint\r\nSELECT '--> statement-breakpoint';",
      'drizzle/0001_b.sql': '\ufeffSELECT 2',
    });
    expect(migrations.map(({ identity, name, transaction }) => [identity, name, transaction])).toEqual([
      ['2000', '0001_b', 'shared'],
      ['3000', '0000_a', 'shared'],
    ]);
    expect(migrations.map(sent)).toEqual([['\ufeffSELECT 2'], ['SELECT 1;', "\r\nSELECT '", "';"]]);
    expect(oddities).toEqual([]);
    expect([...migrations].sort(tool.order)).toEqual(migrations);
  });

  test('a part without its semicolon does not run into the next one', async () => {
    const sql = 'INSERT INTO t SELECT 1\n\n--> statement-breakpoint\nSELECT 2;';
    const { migrations } = await read({
      [journalFile]: journal([['0000_a', 1]]),
      'drizzle/0000_a.sql': sql,
    });
    const [one] = migrations;
    expect(one?.sql).toBe('INSERT INTO t SELECT 1\n\n;-- statement-breakpoint\nSELECT 2;');
    expect(one?.sql.length).toBe(sql.length);
    expect(one && sent(one)).toEqual(['INSERT INTO t SELECT 1\n\n', '\nSELECT 2;']);
  });

  test.each<[string, Readonly<Record<string, Content>>, RegExp]>([
    [
      'a listed file that is gone',
      { [journalFile]: journal([['0000_a', 1]]) },
      /stops the deployment.*lists 0000_a.*no drizzle\/0000_a\.sql/,
    ],
    ['the marks of a merge conflict', { [journalFile]: '{\n<<<<<<< ours\n' }, /marks of a merge conflict/],
    ['no JSON', { [journalFile]: 'x' }, /it is no JSON/],
    ['no entries', { [journalFile]: '{}' }, /no list of entries/],
    [
      'an entry without when',
      { [journalFile]: '{"entries":[{"tag":"a"}]}' },
      /entry 1 has no tag or no when/,
    ],
    [
      'UTF-16',
      {
        [journalFile]: journal([['0000_a', 1]]),
        'drizzle/0000_a.sql': Buffer.from('\ufeffSELECT 1;', 'utf16le'),
      },
      /UTF-16LE/,
    ],
    [
      'a link',
      { [journalFile]: journal([['0000_a', 1]]), 'drizzle/0000_a.sql': { link: '/etc/passwd' } },
      /symbolic link/,
    ],
    [
      'both layouts under version 1',
      {
        [journalFile]: journal([]),
        'drizzle/20240101000000_a/migration.sql': '',
        'package.json': '{"dependencies":{"drizzle-orm":"^1.0.0"}}',
      },
      /drizzle-kit up/,
    ],
  ])('%s is undecided', async (_, files, message) => {
    await expect(read(files)).rejects.toThrow(message);
  });

  test('what never runs, runs twice, or is stepped over', async () => {
    const { oddities, notes } = await read({
      [journalFile]: journal([
        ['0000_a', 2000],
        ['0001_b', 1000],
        ['0000_a', 3000],
      ]),
      'drizzle/0000_a.sql': '',
      'drizzle/0001_b.sql': '',
      'drizzle/0002_c.sql': '',
      'drizzle/20240101000000_d/migration.sql': '',
      'drizzle/meta/0000_snapshot.json': '',
    });
    expect(oddities?.map(({ kind, file }) => [kind, file])).toEqual([
      ['never-runs', 'drizzle/0002_c.sql'],
      ['ambiguous-order', 'drizzle/0000_a.sql'],
      ['never-runs', 'drizzle/20240101000000_d/migration.sql'],
    ]);
    expect(notes).toEqual([expect.stringMatching(/lists 0001_b after one with a later or equal `when`/)]);
  });

  test('late is what has a smaller when than the newest of base, wherever the journal lists it', async () => {
    const files = { 'drizzle/a.sql': '', 'drizzle/b.sql': '', 'drizzle/c.sql': '' };
    const base = await read({ ...files, [journalFile]: journal([['a', 2000]]) });
    const head = await read({
      ...files,
      [journalFile]: journal([
        ['a', 2000],
        ['b', 1999],
        ['c', 2001],
      ]),
    });
    const late = head.tool.late?.(head.migrations.slice(1), base.migrations);
    expect(late?.map(({ name }) => name)).toEqual(['b']);
  });
});

describe('folders', () => {
  test('one a migration, sorted by name', async () => {
    const { migrations, tool } = await read({
      'drizzle/20240102000000_b/migration.sql': '',
      'drizzle/20240101000000_z/migration.sql': 'SELECT 1;',
      'drizzle/20240101000000_a/migration.sql': '',
      'drizzle/undated/migration.sql': '',
    });
    expect(migrations.map(({ identity }) => identity)).toEqual([
      '20240101000000_a',
      '20240101000000_z',
      '20240102000000_b',
      'undated',
    ]);
    expect(migrations.map(({ refused }) => refused?.says ?? null)).toEqual([
      null,
      null,
      null,
      expect.stringMatching(/14 digits of a date/),
    ]);
    expect(tool.onHistoryChange.outOfOrder.does).toBe('runs');
    expect(tool.bookkeeping.setup).toContain('applied_at');
  });

  test.each([
    ['1.0.0-beta.8-734e789', 'skips'],
    ['1.0.0-beta.13', 'runs'],
    ['^1.0.0', 'runs'],
  ])('version %s: a late one %s', async (version, does) => {
    const { tool, migrations } = await read({
      'package.json': JSON.stringify({ dependencies: { 'drizzle-orm': version } }),
      'drizzle/20240102000000_b/migration.sql': '',
      'drizzle/20240101000000_a/migration.sql': '',
    });
    expect(tool.onHistoryChange.outOfOrder.does).toBe(does);
    expect(tool.bookkeeping.setup.includes('applied_at')).toBe(does === 'runs');
    expect(migrations.map(({ identity }) => identity)).toEqual(
      does === 'runs'
        ? ['20240101000000_a', '20240102000000_b']
        : [Date.UTC(2024, 0, 1), Date.UTC(2024, 0, 2)].map(String),
    );
  });

  test('what drizzle-kit up makes of a journal is the same history', async () => {
    const before = {
      [journalFile]: journal([
        ['0000_rare_hulk', Date.UTC(2024, 0, 2, 3, 4, 5, 678)],
        ['0001_add_users', Date.UTC(2024, 11, 31, 23, 59, 59)],
      ]),
      'drizzle/0000_rare_hulk.sql': '',
      'drizzle/0001_add_users.sql': '',
    };
    const after = await read({
      'drizzle/20240102030405_rare_hulk/migration.sql': '',
      'drizzle/20241231235959_add_users/migration.sql': '',
    });
    const base = await after.tool.history(treeOf(before), 'drizzle');
    expect(base.migrations.map(({ identity }) => identity)).toEqual(
      after.migrations.map(({ identity }) => identity),
    );
  });
});

describe('config', () => {
  const entries = { 'db/out/meta/_journal.json': journal([]) };
  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['none', {}, 'drizzle.__drizzle_migrations'],
    [
      'beside',
      { 'db/drizzle.config.ts': "export default { out: './out', migrations: { table: 't', schema: 's' } }" },
      's.t',
    ],
    [
      'above, called from the root',
      { 'drizzle.config.json': '{"out":"db/out","migrations":{"schema":"s"}}' },
      's.__drizzle_migrations',
    ],
    [
      'in another folder',
      {
        'apps/web/drizzle.config.js': "module.exports = { out: '../../db/out', migrations: { table: 't' } }",
      },
      'drizzle.t',
    ],
    [
      'of another directory',
      { 'drizzle.config.ts': "export default { migrations: { table: 't' } }" },
      'drizzle.__drizzle_migrations',
    ],
    [
      'two that differ',
      {
        'drizzle.config.ts': "export default { out: 'db/out', migrations: { table: 'a' } }",
        'drizzle.config.test.ts': "export default { out: 'db/out', migrations: { table: 'b' } }",
      },
      'drizzle.__drizzle_migrations',
    ],
    [
      'computed',
      {
        'drizzle.config.ts': "export default { out: 'db/out', migrations: { table: process.env.T ?? 't' } }",
      },
      'drizzle.__drizzle_migrations',
    ],
  ])('%s', async (_, files, expected) => {
    const { tool } = await read({ ...entries, ...files }, 'db/out');
    expect(tool.bookkeeping.relations).toEqual([expected]);
  });

  test('hostile names are quoted', async () => {
    const { tool } = await read({
      [journalFile]: journal([]),
      'drizzle.config.ts': "export default { migrations: { table: 't\"; DROP TABLE x; --' } }",
    });
    expect(tool.bookkeeping.setup).toContain('drizzle."t""; DROP TABLE x; --"');
  });
});

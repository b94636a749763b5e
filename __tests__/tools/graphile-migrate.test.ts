import { describe, expect, test } from 'vitest';
import { loadParser } from '../../src/sql/parse.ts';
import { graphileMigrate } from '../../src/tools/graphile-migrate.ts';
import type { MigrationTool, ToolSettings } from '../../src/tools/tool.ts';
import { committed } from './graphile-committed.ts';
import { type Content, treeOf } from './memory-tree.ts';

async function read(
  files: Readonly<Record<string, Content>>,
  path = 'migrations',
  placeholders: ToolSettings['placeholders'] = {},
) {
  const tree = treeOf(files);
  const tool = (await graphileMigrate.configured?.(tree, path, {
    placeholders,
    outOfOrder: null,
  })) as MigrationTool;
  return { tool, ...(await tool.history(tree, path)) };
}

const chain = (...bodies: string[]) =>
  committed(
    'migrations/committed',
    bodies.map((body, index) => [`${String(index + 1).padStart(6, '0')}.sql`, body] as const),
  );
const file = (number: number) => `migrations/committed/${String(number).padStart(6, '0')}.sql`;

describe('detection', () => {
  test.each<[string, Readonly<Record<string, Content>>, string[]]>([
    ['.gmrc', { 'db/.gmrc': '{}', 'db/migrations/current.sql': '' }, ['db/migrations']],
    [
      '.gmrc names the folder',
      { '.gmrc': "{migrationsFolder: './sql'}", ...committed('sql/committed', [['1.sql', '']]) },
      ['sql'],
    ],
    ['.gmrc.js', { '.gmrc.js': '', 'migrations/current.sql': '' }, ['migrations']],
    ['a broken .gmrc', { '.gmrc': '{', ...chain('SELECT 1') }, ['migrations']],
    ['headers alone', chain('SELECT 1'), ['migrations']],
    ['a folder of that name', { 'migrations/committed/1.sql': 'SELECT 1;' }, []],
  ])('%s', async (_, files, expected) => {
    const { databases } = await graphileMigrate.detect(treeOf(files));
    expect(databases.map(({ path }) => path)).toEqual(expected);
  });
});

describe('history', () => {
  test('order, transactions, identity', async () => {
    const files = committed('migrations/committed', [
      ['000001-first.sql', 'SELECT 1;'],
      ['000002.sql', '--! no-transaction\nCREATE INDEX CONCURRENTLY ON t (x);'],
      ['000003-ünder.sql', 'SELECT 3;'],
    ]);
    const { migrations, oddities, tool } = await read(
      { ...files, 'migrations/committed/README.md': '' },
      'migrations/committed',
    );
    expect(
      migrations.map(({ identity, name, transaction, refused }) => [identity, name, transaction, refused]),
    ).toEqual([
      ['000001', 'first', 'single', undefined],
      ['000002', '', 'implicit', undefined],
    ]);
    expect(oddities?.map(({ kind, file: path }) => [kind, path])).toEqual([
      ['never-runs', 'migrations/committed/000003-ünder.sql'],
    ]);
    expect([...migrations].sort(tool.order)).toEqual(migrations);
  });

  const good = chain('SELECT 1;', 'SELECT 2;', 'SELECT 3;');
  test.each<[string, (files: Record<string, string>) => Record<string, string>, number, RegExp]>([
    [
      'an edited body',
      (files) => ({ ...files, [file(3)]: `${files[file(3)]}SELECT 4;\n` }),
      3,
      /Hash for 000003\.sql does not match - sha1:\w+ !== sha1:\w+; has the file been tampered with\?/,
    ],
    [
      'one that is missing',
      ({ [file(2)]: _, ...files }) => files,
      3,
      /doesn't match '000003\.sql''s expected previous hash/,
    ],
    [
      'the first missing',
      ({ [file(1)]: _, ...files }) => files,
      2,
      /no correctly ordered previous migration/,
    ],
    [
      'CRLF',
      (files) => ({ ...files, [file(1)]: (files[file(1)] ?? '').replaceAll('\n', '\r\n') }),
      1,
      /there should be two newlines/,
    ],
    [
      'CRLF behind the headers',
      (files) => ({ ...files, [file(1)]: (files[file(1)] ?? '').replace('\n\n', '\n\r\n') }),
      1,
      /line endings have been corrupted/,
    ],
    ['a byte order mark', (files) => ({ ...files, [file(1)]: `\ufeff${files[file(1)]}` }), 1, /two newlines/],
    ['no headers', (files) => ({ ...files, [file(1)]: '\nSELECT 1;' }), 1, /no 'Previous' comment/],
    [
      'an invalid hash allowed that is valid',
      (files) => ({ ...files, [file(3)]: `--! AllowInvalidHash\n${files[file(3)]}` }),
      3,
      /Invalid hash allowed/,
    ],
  ])('%s is refused', async (_, change, number, message) => {
    const { migrations } = await read(change(good));
    const one = migrations.find((migration) => migration.file === file(number));
    expect(one?.refused?.says).toMatch(message);
  });

  test('an invalid hash that is allowed', async () => {
    const text = `--! AllowInvalidHash\n${good[file(3)]}SELECT 4;\n`;
    const { migrations } = await read({ ...good, [file(3)]: text });
    expect(migrations.map(({ refused }) => refused)).toEqual([undefined, undefined, undefined]);
  });

  test('current is never deployed, which matters when it holds something', async () => {
    const { oddities } = await read({
      ...good,
      'migrations/current.sql': '-- Enter migration here\n',
      'migrations/current/1.sql': 'CREATE TABLE t ();',
      'migrations/fixtures/x.sql': 'CREATE TABLE x ();',
    });
    expect(oddities?.map(({ file: path }) => path)).toEqual(['migrations/current/1.sql']);
  });
});

describe('.gmrc', () => {
  test('placeholders, settings and actions', async () => {
    const { migrations, hooks, notes, tool } = await read(
      {
        ...chain('GRANT SELECT ON t TO :VISITOR; -- :VISITORS :TABLE :DATABASE_OWNER'),
        '.gmrc': `{
          pgSettings: { search_path: "app, it's" },
          placeholders: { ':VISITOR': '!ENV', ':TABLE': 't' },
          beforeAllMigrations: ['before.sql'],
          afterAllMigrations: [
            { _: 'sql', file: 'after.sql' }, { _: 'sql', file: 'shadow.sql', shadow: true },
            { _: 'command', command: 'echo' }, 'gone.sql',
          ],
          afterReset: '!reset.sql',
        }`,
        'migrations/before.sql': 'SELECT 1;',
        'migrations/after.sql': 'SELECT :TABLE;',
        'migrations/shadow.sql': '',
      },
      'migrations',
      { VISITOR: 'guest' },
    );
    expect(migrations[0]?.sql).toContain('TO guest; -- :VISITORS t postgres');
    expect(hooks).toEqual([
      { when: 'before-all', file: 'migrations/before.sql', sql: 'SELECT 1;' },
      { when: 'after-all', file: 'migrations/after.sql', sql: 'SELECT t;' },
    ]);
    expect(notes).toEqual([
      expect.stringMatching(
        /migrations\/reset\.sql, which is no part of a deployment\. Name it under setup:/,
      ),
      expect.stringMatching(/runs a command after the migrations, which was not run here: echo/),
      expect.stringMatching(/names migrations\/gone\.sql, which is not there/),
    ]);
    const [one] = migrations;
    expect(one && tool.bookkeeping.before(one)).toBe(
      "SELECT pg_catalog.set_config('search_path', 'app, it''s', false);",
    );
  });

  test.each<[string, string, RegExp]>([
    [
      'a value of the environment',
      "{ placeholders: { ':X': '!ENV' } }",
      /takes from the environment.*placeholders:\n {6}":X": …/s,
    ],
    ['no JSON5', '{ a: }', /\.gmrc is no JSON5/],
  ])('%s is undecided', async (_, gmrc, message) => {
    await loadParser();
    await expect(read({ ...chain('SELECT :X;'), '.gmrc': gmrc })).rejects.toThrow(message);
  });

  test('a program is not run', async () => {
    const { notes } = await read({ ...chain('SELECT 1;'), '.gmrc.cjs': 'process.exit(1)' });
    expect(notes).toEqual([expect.stringMatching(/\.gmrc\.cjs is a program and was not run/)]);
  });
});

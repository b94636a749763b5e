import { describe, expect, test } from 'vitest';
import type { Options } from '../../src/config/options.ts';
import { Undecided } from '../../src/errors.ts';
import { type Files, load, plainFiles, prismaFiles, table, unreadableFiles, withConfig } from './loading.ts';

describe('detection', () => {
  const paths = async (files: Files, base: Files = files) =>
    (await load(files, {}, base)).databases.map(({ path, tool, basePath }) =>
      [tool, path, ...(basePath ? [basePath] : [])].join(' '),
    );

  test('several at once', async () => {
    expect(await paths({ ...plainFiles, ...prismaFiles })).toEqual([
      'prisma prisma/migrations',
      'plain db/migrations',
    ]);
  });

  test('nothing at all is told', async () => {
    const { databases, notes } = await load({ 'README.md': '' });
    expect(databases).toEqual([]);
    expect(notes).toEqual([expect.stringContaining('No migrations were found')]);
  });

  test('a directory that head removes is still looked at', async () => {
    expect(await paths({ 'a.txt': '' }, plainFiles)).toEqual(['plain db/migrations']);
  });

  test('a directory that head adds is', async () => {
    expect(await paths(plainFiles, { 'a.txt': '' })).toEqual(['plain db/migrations']);
  });

  test('a directory that moved is one database', async () => {
    const moved = Object.fromEntries(
      Object.entries(plainFiles).map(([path, text]) => [`services/a/${path}`, text]),
    );
    expect(await paths(moved, plainFiles)).toEqual(['plain services/a/db/migrations db/migrations']);
  });

  test.each<[string, Partial<Options>, Files]>([
    ['with --path', { path: 'services/a/db/migrations', tool: 'plain' }, {}],
    [
      'in the config',
      {},
      { '.github/migration-gate.yml': 'databases:\n  - path: services/a/db/migrations\n    tool: plain\n' },
    ],
  ])('so is one that is named %s', async (_, options, more) => {
    const moved = Object.fromEntries(
      Object.entries(plainFiles).map(([path, text]) => [`services/a/${path}`, text]),
    );
    const { databases } = await load({ ...moved, ...more }, options, plainFiles);
    expect(databases).toMatchObject([{ path: 'services/a/db/migrations', basePath: 'db/migrations' }]);
  });

  test('a copy is not a move', async () => {
    const copied = Object.fromEntries(
      Object.entries(plainFiles).map(([path, text]) => [`services/a/${path}`, text]),
    );
    expect(await paths({ ...plainFiles, ...copied }, plainFiles)).toEqual([
      'plain db/migrations',
      'plain services/a/db/migrations',
    ]);
  });

  test('a directory that is replaced by another is two', async () => {
    const other = { 'b/migrations/1_x.sql': 'SELECT 1;' };
    expect(await paths(other, plainFiles)).toEqual(['plain b/migrations', 'plain db/migrations']);
  });

  test.each<[string, Files, Files, Undecided['reason'], RegExp]>([
    [
      'only a tool that cannot be read yet',
      unreadableFiles,
      unreadableFiles,
      'unsupported-tool',
      /api\/migrations \(sql-migrate: its files carry the marks of that tool\).*--path api\/migrations --tool plain.*\n\ndatabases:\n {2}- name: "api\/migrations"\n {4}path: "api\/migrations"\n {4}tool: plain\n/,
    ],
    [
      'another such tool whose files change',
      { ...plainFiles, ...unreadableFiles, 'api/migrations/2_b.sql': '-- +migrate Up\n' },
      { ...plainFiles, ...unreadableFiles },
      'unsupported-tool',
      /sql-migrate/,
    ],
    [
      'code migrations',
      { 'database/migrations/2024_01_01_000000_create_users.php': '' },
      {},
      'unsupported-tool',
      /laravel.*By now these can: prisma, drizzle/,
    ],
    [
      'a directory that became another tool’s',
      { 'db/migrations/1_a.sql': '-- +migrate Up\nSELECT 1;' },
      plainFiles,
      'ambiguous-configuration',
      /db\/migrations looks like plain .* and like sql-migrate/,
    ],
    [
      'several that nobody called migrations',
      { 'a/db/1_x.sql': table, 'a/db/2_x.sql': table, 'b/sql/1_x.sql': table, 'b/sql/2_x.sql': table },
      {},
      'ambiguous-configuration',
      /none of these is called migrations: a\/db, b\/sql.*\n\ndatabases:\n/,
    ],
  ])('%s is undecided', async (_, head, base, reason, message) => {
    const error = await load(head, {}, base).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Undecided);
    expect((error as Undecided).reason).toBe(reason);
    expect((error as Undecided).message).toMatch(message);
  });

  test('such a tool beside others is a note while its files stay as they are', async () => {
    const { databases, notes } = await load({ ...plainFiles, ...unreadableFiles });
    expect(databases).toHaveLength(1);
    expect(notes).toContainEqual(expect.stringMatching(/^api\/migrations belongs to sql-migrate/));
  });

  test('the lines of a question can be pasted', async () => {
    const error = await load(unreadableFiles).catch((caught: unknown) => caught);
    const text = (error as Undecided).message.split('\n\n')[1] ?? '';
    expect(await load(withConfig(text, unreadableFiles))).toMatchObject({
      databases: [{ path: 'api/migrations', tool: 'plain' }],
    });
  });
});

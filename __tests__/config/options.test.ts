import { describe, expect, test } from 'vitest';
import type { Options } from '../../src/config/options.ts';
import { rulesOption } from '../../src/config/rules-option.ts';
import { Undecided, UserError } from '../../src/errors.ts';
import { type Files, load, plainFiles, prismaFiles, unreadableFiles, withConfig } from './loading.ts';

describe('options', () => {
  const text =
    'databases:\n  - name: app\n    path: prisma/migrations\n    tool: prisma\n    postgres-version: 15\n    extensions: [citext]\nfail-on: warning\n';

  test('are stronger than the file', async () => {
    const config = await load(withConfig(text), { failOn: 'never', postgresVersion: 18 });
    expect(config).toMatchObject({ failOn: 'never', databases: [{ name: 'app', postgresMajor: 18 }] });
  });

  test('rules for all repositories are stronger than the file, and what they do not name stays', async () => {
    const file = withConfig('rules:\n  drop-column: off\n  drop-table: error\n');
    const { rules } = await load(file, { rules: 'drop-column: error\nset-not-null:warning, \n' });
    expect(rules).toEqual({ 'drop-column': 'error', 'drop-table': 'error', 'set-not-null': 'warning' });
  });

  test.each([
    ['drop-colum: off', /no rule "drop-colum"\. Did you mean drop-column\?/],
    ['drop-column', /"drop-column" is not RULE: SEVERITY/],
    ['drop-column: of', /error, warning, notice, off/],
    ['drop-column: off: x', /is not RULE: SEVERITY/],
  ])('rules that are none: %s', async (rules, message) => {
    await expect(load(plainFiles, { rules })).rejects.toThrow(message);
  });

  test('nobody but base’s config sets how severe it is to loosen the gate', async () => {
    const weakened = { 'drop-column': 'warning', 'gate-weakened': 'error' } as const;
    expect(() => rulesOption('gate-weakened: off', Object.keys(weakened))).toThrow(
      /base branch's config alone/,
    );
  });

  test('a version that is not packed for this platform is for its own server or a container', async () => {
    const { arch } = process;
    Object.defineProperty(process, 'arch', { value: 'arm64' });
    try {
      for (const shadow of ['auto', 'local', 'docker']) {
        const { databases } = await load(plainFiles, { postgresVersion: 14, shadow });
        expect(databases).toMatchObject([{ postgresMajor: 14 }]);
      }
      await expect(load(plainFiles, { postgresVersion: 14, shadow: 'embedded' })).rejects.toThrow(
        /PostgreSQL 14 cannot be booted here\. It must be one of: 15, /,
      );
    } finally {
      Object.defineProperty(process, 'arch', { value: arch });
    }
  });

  test('a path makes one database, named after it', async () => {
    const { databases } = await load(withConfig(text), { path: 'db/migrations' });
    expect(databases).toMatchObject([
      { name: 'db/migrations', path: 'db/migrations', tool: 'plain', extensions: [] },
    ]);
  });

  test('a path that the file knows keeps what the file says of it', async () => {
    const { databases } = await load(withConfig(text), { path: 'prisma/migrations/' });
    expect(databases).toMatchObject([
      { name: 'app', path: 'prisma/migrations/', tool: 'prisma', postgresMajor: 15, extensions: ['citext'] },
    ]);
  });

  test('a path and plain take another tool’s files as they are', async () => {
    const { databases } = await load(unreadableFiles, { path: 'api/migrations', tool: 'plain' });
    expect(databases).toMatchObject([{ path: 'api/migrations', tool: 'plain' }]);
  });

  test('a tool alone chooses among what is detected', async () => {
    const { databases } = await load({ ...plainFiles, ...prismaFiles }, { tool: 'prisma' });
    expect(databases).toMatchObject([{ path: 'prisma/migrations', tool: 'prisma' }]);
  });

  test('a directory that only base has', async () => {
    const { databases } = await load({ 'a.txt': '' }, { path: 'db/migrations' }, plainFiles);
    expect(databases).toMatchObject([{ path: 'db/migrations', tool: 'plain' }]);
  });

  test.each<[string, Files, Partial<Options>, RegExp, typeof UserError | typeof Undecided]>([
    [
      'a path that does not exist',
      plainFiles,
      { path: 'db/migration' },
      /Near it: db\/migrations/,
      UserError,
    ],
    [
      'a tool that is not there',
      plainFiles,
      { tool: 'prisma' },
      /No migrations of prisma were found, only: db\/migrations \(plain\)/,
      UserError,
    ],
    [
      'a tool that runs itself, and is not there',
      plainFiles,
      { tool: 'rails' },
      /No migrations of rails were found, only: db\/migrations \(plain\)/,
      UserError,
    ],
    [
      'such a tool with a path',
      plainFiles,
      { tool: 'rails', path: 'db/migrations' },
      /holds SQL files .* but none that Rails would run/,
      UserError,
    ],
    [
      'a path of such a tool',
      unreadableFiles,
      { path: 'api/migrations' },
      /--path api\/migrations --tool plain/,
      Undecided,
    ],
    [
      'a path without anything',
      { 'src/a.ts': '' },
      { path: 'src' },
      /Nothing in "src" looks like migrations/,
      UserError,
    ],
    [
      'a path that is a link',
      { ...plainFiles, m: { link: 'db/migrations' } },
      { path: 'm' },
      /m is a symbolic link/,
      Undecided,
    ],
    [
      'a path that is a submodule',
      { ...plainFiles, m: { submodule: 'abc' } },
      { path: 'm' },
      /m is a git submodule/,
      Undecided,
    ],
    [
      'the tool command without a command',
      plainFiles,
      { tool: 'command', path: 'db/migrations' },
      /^The tool command needs an apply-command/,
      UserError,
    ],
    [
      'a command for a directory that the file does not name',
      withConfig('databases:\n  - path: prisma/migrations\n'),
      { path: 'db/migrations', applyCommand: 'make migrate' },
      /^apply-command is for tools that run themselves/,
      UserError,
    ],
    [
      'a version that does not exist',
      plainFiles,
      { postgresVersion: 99 },
      /PostgreSQL 99 cannot be booted/,
      UserError,
    ],
  ])('%s is refused', async (_, files, options, message, kind) => {
    const error = await load(files, options).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(kind);
    expect((error as Error).message).toMatch(message);
  });
});

import { describe, expect, test } from 'vitest';
import type { Options } from '../../src/config/options.ts';
import { UserError } from '../../src/errors.ts';
import { type Files, load, plainFiles, prismaFiles, withConfig } from './loading.ts';

describe('the shadow', () => {
  test.each([
    ['postgis/postgis:17-3.5', 17],
    ['pgvector/pgvector:pg16', 16],
    ['timescale/timescaledb:latest-pg18', 18],
    ['ghcr.io/acme/postgres:14.9-alpine@sha256:ab', 14],
    ['registry:5000/postgres:12', 12],
  ])('the image %s says its major', async (image, postgresMajor) => {
    const { databases } = await load(
      withConfig(`databases:\n  - path: db/migrations\n    postgres-image: ${image}\n`),
    );
    expect(databases).toMatchObject([{ postgresImage: image, postgresMajor, postgresVersionStated: true }]);
  });

  test('an image whose tag says nothing leaves the version to the rest', async () => {
    const { databases } = await load(plainFiles, { postgresImage: 'acme/db:stable' });
    expect(databases).toMatchObject([{ postgresImage: 'acme/db:stable', postgresMajor: 17 }]);
  });

  test('a superuser comes from base or from the one who calls, never from the pull request', async () => {
    const asking = withConfig('shadow-superuser: true\n', plainFiles);
    expect((await load(asking, {}, plainFiles)).shadowSuperuser).toBe(false);
    expect((await load(asking, {}, asking)).shadowSuperuser).toBe(true);
    expect((await load(plainFiles, { shadowSuperuser: true })).shadowSuperuser).toBe(true);
    expect((await load(plainFiles, {}, asking)).shadowSuperuser).toBe(true);
  });
});

describe('the file', () => {
  test('everything that can be said', async () => {
    const config = await load(
      withConfig(
        `# comment
databases:
  - name: app
    path: prisma/migrations
    tool: prisma
    postgres-version: 16
    extensions: [citext, "uuid-ossp"]
    setup: [db/roles.sql]
    apply-command: null
    placeholders: { schema: app, a.b: "" }
    out-of-order: false
  - path: ./db/migrations/
rules:
  drop-column: warning
  set-not-null: off
fail-on: warning
ignore-migrations-before: "0002"
`,
        { ...plainFiles, ...prismaFiles, 'db/roles.sql': 'CREATE ROLE app;' },
      ),
    );
    expect(config).toMatchObject({
      databases: [
        {
          name: 'app',
          path: 'prisma/migrations',
          tool: 'prisma',
          postgresMajor: 16,
          postgresVersionStated: true,
          extensions: ['citext', 'uuid-ossp'],
          setup: ['db/roles.sql'],
          toolSettings: { placeholders: { schema: 'app', 'a.b': '' }, outOfOrder: false },
        },
        {
          name: './db/migrations/',
          path: './db/migrations/',
          tool: 'plain',
          postgresMajor: 17,
          postgresVersionStated: false,
          extensions: [],
          setup: [],
          toolSettings: { placeholders: {}, outOfOrder: null },
        },
      ],
      rules: { 'drop-column': 'warning', 'set-not-null': 'off' },
      failOn: 'warning',
      ignoreMigrationsBefore: '0002',
    });
  });

  test.each<[string, string, Partial<Awaited<ReturnType<typeof load>>>]>([
    ['empty', '', { failOn: 'error', rules: {}, ignoreMigrationsBefore: null, lockTimeout: 'in-migrations' }],
    [
      'what is tried on request',
      'check-down: true\ncheck-rerun: true\ncheck-open-prs: true\n',
      { checkDown: true, checkRerun: true, checkOpenPrs: true },
    ],
    ['where lock_timeout comes from', 'lock-timeout: set-by-role\n', { lockTimeout: 'set-by-role' }],
    ['only a comment', '# later\n', { failOn: 'error' }],
    [
      'a version that is no quoted text',
      'ignore-migrations-before: 0007\n',
      { ignoreMigrationsBefore: '0007' },
    ],
    [
      'a version of more digits than a number holds',
      'ignore-migrations-before: 20240101000000123456\n',
      { ignoreMigrationsBefore: '20240101000000123456' },
    ],
  ])('%s', async (_, text, expected) => {
    expect(await load(withConfig(text, plainFiles))).toMatchObject(expected);
  });

  test.each<[string, string, number, RegExp]>([
    ['no YAML', 'rules: [\n', 2, /not valid YAML/],
    ['a key twice', 'fail-on: error\nfail-on: error\n', 2, /not valid YAML: .*unique/],
    ['no mapping', '- a\n', 1, /expected object/],
    [
      'an unknown key',
      'rules: {}\nfail_on: error\n',
      2,
      /The key "fail_on" is not known\. Did you mean fail-on\?/,
    ],
    [
      'an unknown key of a database',
      'databases:\n  - path: db/migrations\n    tol: plain\n',
      3,
      /"tol" is not known\. Did you mean tool\?/,
    ],
    ['a key of nowhere', 'colour: red\n', 1, /must be one of: databases, rules, fail-on/],
    [
      'a placeholder that is no text',
      'databases:\n  - path: db/migrations\n    placeholders:\n      a: 1\n',
      4,
      /databases\.0\.placeholders\.a: .*expected string/,
    ],
    [
      'an answer that is neither yes nor no',
      'databases:\n  - path: db/migrations\n    out-of-order: maybe\n',
      3,
      /databases\.0\.out-of-order: .*expected boolean/,
    ],
    [
      'an unknown rule',
      'rules:\n  drop-table: error\n  drop-colum: warning\n',
      3,
      /no rule "drop-colum"\. Did you mean drop-column\?/,
    ],
    [
      'an unknown place of lock_timeout',
      'fail-on: error\nlock-timeout: set-by-roles\n',
      2,
      /lock-timeout: "set-by-roles" is not valid\. Did you mean set-by-role\?/,
    ],
    [
      'an unknown severity',
      'rules:\n  drop-table: warn\n',
      2,
      /rules\.drop-table: "warn" is not valid\. Did you mean warning\?/,
    ],
    [
      'YAML’s idea of off',
      'rules:\n  drop-table: false\n',
      2,
      /"false" is not valid\. It must be one of: error, warning, notice, off/,
    ],
    ['an unknown threshold', 'fail-on: errors\n', 1, /"errors" is not valid\. Did you mean error\?/],
    [
      'an unknown tool',
      'databases:\n  - path: db/migrations\n    tool: prizma\n',
      3,
      /"prizma" is not valid\. Did you mean prisma\?/,
    ],
    ['no path', 'databases:\n  - tool: plain\n', 2, /databases\.0\.path is missing/],
    ['no databases in the list', 'databases: []\n', 1, /databases/],
    [
      'a minor version',
      'databases:\n  - path: db/migrations\n    postgres-version: 16.4\n',
      3,
      /only the major version/,
    ],
    [
      'a version that does not exist',
      'databases:\n  - path: db/migrations\n    postgres-version: 9\n',
      3,
      /PostgreSQL 9 cannot be booted here\. It must be one of: (13, 14, )?15, 16, 17, 18\./,
    ],
    [
      'a path that does not exist',
      'databases:\n  - path: db/migration\n',
      2,
      /no directory "db\/migration" in head or main\. Near it: db\/migrations/,
    ],
    ['a path that leaves the repository', 'databases:\n  - path: ../x\n', 2, /must be relative to the root/],
    ['an absolute path', 'databases:\n  - path: /etc\n', 2, /must be relative to the root/],
    [
      'a path that is a file',
      'databases:\n  - path: db/migrations/1_a.sql\n',
      2,
      /is a file\. Name the directory/,
    ],
    [
      'the directory above',
      'databases:\n  - path: prisma\n',
      2,
      /Did you mean prisma\/migrations \(prisma\)\?/,
    ],
    [
      'another tool’s directory',
      'databases:\n  - path: db/migrations\n    tool: prisma\n',
      2,
      /holds SQL files \(db\/migrations\/1_a\.sql\), but none that Prisma Migrate would run/,
    ],
    [
      'a setup file that does not exist',
      'databases:\n  - path: db/migrations\n    setup:\n      - no.sql\n',
      4,
      /setup file "no\.sql" does not exist/,
    ],
    [
      'a name twice',
      'databases:\n  - path: db/migrations\n    name: a\n  - path: prisma/migrations\n    name: a\n',
      5,
      /Two databases are called "a"/,
    ],
    [
      'a path twice',
      'databases:\n  - path: db/migrations\n    name: a\n  - path: db/migrations/\n    name: b\n',
      4,
      /Two databases have the path/,
    ],
    [
      'apply-command',
      'databases:\n  - path: db/migrations\n    apply-command: npm run migrate\n',
      3,
      /apply-command is for tools that run themselves, and the files of plain are applied by the gate/,
    ],
    ['table-stats', 'table-stats: a.json\n', 1, /There is no file "a\.json"/],
    ['a hostile key', 'rules:\n  "<img src=x>\\n## hi": error\n', 2, /no rule "<img src=x>\\n## hi"/],
    [
      'aliases without end',
      'a: &a [1,1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\n',
      1,
      /cannot be read: .*alias/,
    ],
  ])('%s is an error at its line', async (_, text, line, message) => {
    const error = await load(withConfig(text)).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).message).toMatch(message);
    expect((error as UserError).message.split('\n')).toHaveLength(1);
    expect((error as UserError).place).toEqual({ file: '.github/migration-gate.yml', line });
    expect((error as UserError).message.startsWith(`.github/migration-gate.yml:${line}: `)).toBe(true);
  });

  test.each<[string, Files, Partial<Options>, RegExp]>([
    ['asked for and missing', plainFiles, { config: 'gate.yml' }, /"gate\.yml" does not exist in head/],
    ['both spellings', { ...withConfig(''), '.github/migration-gate.yaml': '' }, {}, /both exist/],
    ['a link', { ...plainFiles, '.github/migration-gate.yml': { link: '../x' } }, {}, /symbolic link/],
  ])('%s', async (_, files, options, message) => {
    await expect(load(files, options)).rejects.toThrow(message);
  });

  test('the other suffix and another place', async () => {
    expect(await load({ ...plainFiles, '.github/migration-gate.yaml': 'fail-on: never' })).toMatchObject({
      failOn: 'never',
    });
    expect(await load({ ...plainFiles, 'a/b.yml': 'fail-on: never' }, { config: './a/b.yml' })).toMatchObject(
      { failOn: 'never' },
    );
  });
});

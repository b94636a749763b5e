import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { noOptions, type Options } from '../../src/config/options.ts';
import { Undecided, UserError } from '../../src/errors.ts';
import { type Content, treeOf } from '../tools/memory-tree.ts';

type Files = Readonly<Record<string, Content>>;

const table = 'CREATE TABLE t (id bigint PRIMARY KEY);\n';
const plainFiles: Files = { 'db/migrations/1_a.sql': table, 'db/migrations/2_b.sql': table };
const prismaFiles: Files = {
  'prisma/migrations/migration_lock.toml': 'provider = "postgresql"\n',
  'prisma/migrations/1_a/migration.sql': table,
};
const unreadableFiles: Files = {
  'api/migrations/1_a.sql': `-- +migrate Up\n${table}-- +migrate Down\nDROP TABLE t;\n`,
};

const load = (files: Files, options: Partial<Options> = {}, base: Files = files) =>
  loadConfig({
    options: { ...noOptions, ...options },
    head: treeOf(files, 'head'),
    base: treeOf(base, 'main'),
    ruleDefaults: { 'drop-column': 'warning', 'drop-table': 'warning', 'set-not-null': 'error' },
  });

const withConfig = (text: string, files: Files = { ...plainFiles, ...prismaFiles }): Files => ({
  ...files,
  '.github/migration-gate.yml': text,
});

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

describe('options', () => {
  const text =
    'databases:\n  - name: app\n    path: prisma/migrations\n    tool: prisma\n    postgres-version: 15\n    extensions: [citext]\nfail-on: warning\n';

  test('are stronger than the file', async () => {
    const config = await load(withConfig(text), { failOn: 'never', postgresVersion: 18 });
    expect(config).toMatchObject({ failOn: 'never', databases: [{ name: 'app', postgresMajor: 18 }] });
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

describe('the version of PostgreSQL', () => {
  test.each<[string, Files, number, boolean, RegExp]>([
    ['nobody says it', {}, 17, false, /PostgreSQL 17 is assumed: nothing in the repository says/],
    [
      'a compose file',
      { 'docker-compose.yml': 'services:\n  db:\n    image: postgres:15-alpine\n' },
      15,
      true,
      /PostgreSQL 15, as docker-compose\.yml says/,
    ],
    [
      'a workflow',
      { '.github/workflows/ci.yml': 'services:\n  pg:\n    image: "docker.io/library/postgres:16.4"\n' },
      16,
      true,
      /as \.github\/workflows\/ci\.yml says/,
    ],
    [
      'an image of an extension',
      { 'compose.yaml': "services:\n  db: { }\n    image: 'pgvector/pgvector:pg16'\n" },
      16,
      true,
      /PostgreSQL 16/,
    ],
    [
      'two that agree',
      {
        'compose.yml': 'image: postgres:16\n',
        '.github/workflows/ci.yml': 'image: postgis/postgis:16-3.4\n',
      },
      16,
      true,
      /PostgreSQL 16/,
    ],
    [
      'two that do not',
      { 'compose.yml': 'image: postgres:14\n', '.github/workflows/ci.yml': 'image: postgres:16\n' },
      17,
      false,
      /names several \(16 in \.github\/workflows\/ci\.yml, 14 in compose\.yml\)/,
    ],
    [
      'a matrix',
      { '.github/workflows/ci.yml': 'image: postgres:\u0024{{ matrix.pg }}\n' },
      17,
      false,
      /is assumed/,
    ],
    ['latest', { 'compose.yml': 'image: postgres:latest\n' }, 17, false, /is assumed/],
    ['another image', { 'compose.yml': 'image: postgrest/postgrest:12\n' }, 17, false, /is assumed/],
    ['a comment', { 'compose.yml': '# image: postgres:14\n' }, 17, false, /is assumed/],
    [
      'one that is too old to be booted',
      { 'compose.yml': 'image: postgres:11\n' },
      13,
      false,
      /PostgreSQL 13 is used, the nearest to 11 \(which compose\.yml says\)/,
    ],
    [
      'one that is too new',
      { 'compose.yml': 'image: postgres:19\n' },
      18,
      false,
      /18 is used, the nearest to 19/,
    ],
  ])('%s', async (_, files, major, stated, note) => {
    const { databases, notes } = await load({ ...plainFiles, ...files });
    expect(databases).toMatchObject([{ postgresMajor: major, postgresVersionStated: stated }]);
    expect(notes.filter((text) => note.test(text))).toHaveLength(1);
  });
});

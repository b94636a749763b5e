import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { loadParser } from '../../src/sql/parse.ts';
import { splitsIntoStatements } from '../../src/tools/prisma/splitting.ts';
import { prismaVersion } from '../../src/tools/prisma/version.ts';
import { prisma } from '../../src/tools/prisma.ts';
import { type Content, treeOf } from './memory-tree.ts';

const directory = 'packages/db/prisma/migrations';
const lock = 'provider = "postgresql"\n';

const history = (files: Readonly<Record<string, Content>>) => {
  const below = Object.entries(files).map(([path, content]) => [
    path.startsWith('/') ? path.slice(1) : `${directory}/${path}`,
    content,
  ]);
  return prisma.history(treeOf(Object.fromEntries(below)), directory);
};

describe('history', () => {
  test('one folder a migration, in the order of the folders', async () => {
    const { migrations, notes } = await history({
      'migration_lock.toml': lock,
      '20240102_b/migration.sql': 'SELECT 2;',
      '20240101_a/migration.sql': 'SELECT 1;',
      '20240101_a/down.sql': 'SELECT 0;',
      '20240102_a/migration.sql': 'SELECT 3;',
      'baseline/migration.sql': 'SELECT 4;',
      '/package.json': '{"devDependencies":{"prisma":"6.19.0"}}',
    });
    expect(migrations.map(({ version, name, identity }) => [version, name, identity])).toEqual([
      ['20240101', 'a', '20240101_a'],
      ['20240102', 'a', '20240102_a'],
      ['20240102', 'b', '20240102_b'],
      ['baseline', '', 'baseline'],
    ]);
    expect(migrations[0]).toMatchObject({ file: `${directory}/20240101_a/migration.sql`, sql: 'SELECT 1;' });
    expect(notes).toEqual([]);
  });

  test('engines before 6.6 sort by bytes, the command line after them by locale', async () => {
    const files = { 'B_x/migration.sql': '', 'a_x/migration.sql': '' };
    const order = async (version: string) =>
      (
        await history({ ...files, '/package.json': JSON.stringify({ dependencies: { prisma: version } }) })
      ).migrations.map(({ identity }) => identity);
    expect(await order('6.5.0')).toEqual(['B_x', 'a_x']);
    expect(await order('6.6.0')).toEqual(['a_x', 'B_x']);
  });

  test('order agrees with the history', async () => {
    const { migrations } = await history({
      '20240101_a/migration.sql': '',
      '2024010112_b/migration.sql': '',
      '20240101_a_b/migration.sql': '',
      '20240101/migration.sql': '',
    });
    expect([...migrations].sort(prisma.order)).toEqual(migrations);
  });

  test.each<[string, Readonly<Record<string, Content>>, RegExp]>([
    [
      'a folder without its script',
      { '1_a/README.md': 'x' },
      /stops the deployment at .*1_a: there is no migration\.sql in it \(only README\.md\)/,
    ],
    ['a script that is a link', { '1_a/migration.sql': { link: '../x.sql' } }, /symbolic link/],
    ['a folder that is a link', { '1_a': { link: '../x' } }, /symbolic link/],
    ['a folder that is a submodule', { '1_a': { submodule: 'abc' } }, /submodule/],
    [
      'UTF-16',
      { '1_a/migration.sql': Buffer.from('\ufeffSELECT 1;', 'utf16le') },
      /UTF-16LE, which Prisma reads as UTF-8/,
    ],
    ['Latin-1', { '1_a/migration.sql': Buffer.from('-- \xe9', 'latin1') }, /not UTF-8/],
  ])('%s is undecided', async (_, files, message) => {
    await expect(history(files)).rejects.toThrow(message);
  });

  test('a byte order mark is sent, as Prisma does', async () => {
    const { migrations } = await history({ '1_a/migration.sql': '\ufeffSELECT 1;' });
    expect(migrations[0]?.sql).toBe('\ufeffSELECT 1;');
  });

  test('a file beside the folders never runs, and that is told', async () => {
    const { migrations, oddities } = await history({
      '1_a/migration.sql': '',
      '2_b.sql': '',
      '/package.json': '{"dependencies":{"prisma":"6"}}',
    });
    expect(migrations).toHaveLength(1);
    expect(oddities).toMatchObject([{ kind: 'never-runs', file: `${directory}/2_b.sql` }]);
  });
});

describe('version', () => {
  const manifest = (range: string) => JSON.stringify({ devDependencies: { prisma: range } });
  const npm3 = (version: string) =>
    JSON.stringify({
      lockfileVersion: 3,
      packages: {
        'node_modules/prisma-lint': { version: '9.9.9' },
        'node_modules/prisma': { version },
        'node_modules/@prisma/client': { version },
      },
    });
  test.each<[string, Readonly<Record<string, string>>, [number, number, string] | null]>([
    ['nothing', {}, null],
    ['package.json', { 'package.json': manifest('^6.19.0') }, [6, 19, 'package.json']],
    [
      'nearest package.json',
      { 'package.json': manifest('^5.1.0'), 'packages/db/package.json': manifest('~7.2.1') },
      [7, 2, 'packages/db/package.json'],
    ],
    [
      'package.json without it is passed',
      { 'package.json': manifest('^5.1.0'), 'packages/db/package.json': '{}' },
      [5, 1, 'package.json'],
    ],
    [
      'npm',
      { 'package.json': manifest('^6.1.0'), 'package-lock.json': npm3('6.19.3') },
      [6, 19, 'package-lock.json'],
    ],
    [
      'npm, version 1',
      { 'package-lock.json': '{"dependencies":{"prisma":{"version":"4.3.1"}}}' },
      [4, 3, 'package-lock.json'],
    ],
    [
      'pnpm 9',
      {
        'package.json': manifest('^7.0.0'),
        'pnpm-lock.yaml':
          "packages:\n\n  '@prisma/client@7.4.2':\n    x: y\n  prisma@7.4.2:\n    x: y\n\nsnapshots:\n  prisma@7.4.2(typescript@5.9.2):\n    x: y\n",
      },
      [7, 4, 'pnpm-lock.yaml'],
    ],
    ['pnpm 6', { 'pnpm-lock.yaml': 'packages:\n  /prisma/4.3.1:\n    x: y\n' }, [4, 3, 'pnpm-lock.yaml']],
    ['pnpm 8', { 'pnpm-lock.yaml': 'packages:\n  /prisma@5.0.0:\n    x: y\n' }, [5, 0, 'pnpm-lock.yaml']],
    [
      'yarn classic',
      { 'yarn.lock': 'prisma@^6.0.0, prisma@^6.1.0:\n  version "6.8.2"\n  resolved "x"\n' },
      [6, 8, 'yarn.lock'],
    ],
    [
      'yarn berry',
      { 'yarn.lock': '"prisma@npm:^6.0.0":\n  version: 6.8.2\n  resolution: "prisma@npm:6.8.2"\n' },
      [6, 8, 'yarn.lock'],
    ],
    [
      'yarn with CRLF',
      { 'yarn.lock': '"@prisma/client@npm:^6.0.0":\r\n  version: 6.8.2\r\n' },
      [6, 8, 'yarn.lock'],
    ],
    [
      'bun',
      { 'bun.lock': '{ "packages": { "prisma": ["prisma@7.3.0", "", {}, "sha512-x"] } }' },
      [7, 3, 'bun.lock'],
    ],
    [
      'several locked: the one that package.json asks for',
      {
        'package.json': manifest('^6.2.0'),
        'pnpm-lock.yaml': 'packages:\n  prisma@7.5.0:\n  prisma@6.4.0:\n',
      },
      [6, 4, 'pnpm-lock.yaml'],
    ],
    [
      'several locked, none asked for: the newest',
      { 'pnpm-lock.yaml': 'packages:\n  prisma@6.4.0:\n  prisma@7.10.0:\n' },
      [7, 10, 'pnpm-lock.yaml'],
    ],
    [
      'pnpm catalog',
      {
        'packages/db/package.json': manifest('catalog:'),
        'pnpm-workspace.yaml': 'catalog:\n  prisma: ^7.1.0\n',
      },
      [7, 1, 'packages/db/package.json'],
    ],
    [
      'broken lock file',
      { 'package.json': manifest('6.1.0'), 'package-lock.json': '<<<<<<<' },
      [6, 1, 'package.json'],
    ],
  ])('%s', async (_, files, expected) => {
    const found = await prismaVersion(treeOf(files), directory);
    expect(found && [found.major, found.minor, found.source]).toEqual(expected);
  });
});

describe('how a script is sent', () => {
  const concurrently = 'CREATE INDEX CONCURRENTLY a ON t (x);\nCREATE INDEX CONCURRENTLY b ON t (y);';
  test.each<[string, string, boolean]>([
    ['6.19', concurrently, false],
    ['7.3', concurrently, false],
    ['7.4', concurrently, true],
    ['8.0', concurrently, true],
    [
      '7.4',
      'ALTER TABLE t ADD COLUMN x int NOT NULL DEFAULT 1, ALTER COLUMN y TYPE text;\nUPDATE t SET x = 2;',
      true,
    ],
    ['7.4', 'BEGIN;\nALTER TYPE "A" ADD VALUE \'b\';\nCOMMIT;', true],
    ['7.4', `SELECT 1;\nDROP INDEX CONCURRENTLY a;`, false],
    ['7.4', 'CREATE TABLE t (x int);\nDO $$ BEGIN NULL; END $$;', false],
    ['7.4', 'REINDEX INDEX CONCURRENTLY a; SELECT 1;', false],
    ['7.4', 'ALTER TABLE t ADD CONSTRAINT e EXCLUDE USING gist (r WITH &&); SELECT 1;', false],
    ['7.4', 'ALTER TABLE t ATTACH PARTITION p DEFAULT; SELECT 1;', false],
    ['7.4', 'CREATE FUNCTION f() RETURNS TABLE (x int) LANGUAGE sql AS $$ SELECT 1 $$; SELECT 1;', true],
    ['7.4', 'CREATE TABEL t; SELECT 1;', false],
    ['7.4', '-- nothing\n', false],
  ])('%s: %s', async (version, sql, expected) => {
    await loadParser();
    const [major = 0, minor = 0] = version.split('.').map(Number);
    expect(splitsIntoStatements(sql, { major, minor, source: 'package.json' })).toBe(expected);
    const { migrations } = await history({
      '1_a/migration.sql': sql,
      '/package.json': JSON.stringify({ dependencies: { '@prisma/client': `${version}.0` } }),
    });
    expect(migrations[0]?.transaction).toBe(expected ? 'none' : 'implicit');
  });

  test('an unknown version is one that holds locks the longest, and that is told', async () => {
    const { migrations, notes } = await history({ '1_a/migration.sql': concurrently });
    expect(migrations[0]?.transaction).toBe('implicit');
    expect(notes).toEqual([expect.stringMatching(/one that sends a script whole is assumed/)]);
  });
});

test('bookkeeping holds the checksum of the bytes and quotes names', async () => {
  const sql = 'SELECT 1;\r\n';
  const { migrations } = await history({ "1_o'clock/migration.sql": sql });
  const [migration] = migrations;
  if (migration === undefined) throw new Error('no migration');
  const before = prisma.bookkeeping.before(migration);
  expect(before).toContain(createHash('sha256').update(sql).digest('hex'));
  expect(before).toContain("'1_o''clock'");
  const id = /'([0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12})'/.exec(before)?.[1];
  expect(prisma.bookkeeping.after(migration)).toContain(`'${id}'`);
});

describe('config', () => {
  const schema = 'datasource db {\n  provider = "postgresql"\n}\n';
  test.each<[string, Readonly<Record<string, Content>>, string[]]>([
    [
      'prisma.config.ts moves the directory',
      {
        'prisma.config.ts':
          "export default defineConfig({ schema: 'src/schema.prisma', migrations: { path: path.join('db', 'changes') } });",
        'src/schema.prisma': schema,
        'db/changes/1_a/migration.sql': '',
      },
      ['db/changes'],
    ],
    [
      'and does not for another database',
      {
        'prisma.config.ts': "export default { migrations: { path: './changes' } }",
        'schema.prisma': schema.replace('postgresql', 'mysql'),
        'changes/1_a/migration.sql': '',
      },
      [],
    ],
    [
      'a schema of several files',
      {
        'prisma/schema/base.prisma': schema,
        'prisma/schema/users.prisma': 'model User {}',
        'prisma/schema/migrations/1_a/migration.sql': '',
      },
      ['prisma/schema/migrations'],
    ],
    [
      'a directory that is computed is not known',
      {
        'prisma.config.ts': 'export default { migrations: { path: process.env.DIR } }',
        'schema.prisma': schema,
        'changes/1_a/migration.sql': '',
      },
      [],
    ],
  ])('%s', async (_, files, expected) => {
    const { databases } = await prisma.detect(treeOf(files));
    expect(databases.map(({ path }) => path)).toEqual(expected);
  });

  test.each<[string, Readonly<Record<string, string>>, string | null]>([
    ['no example', {}, null],
    ['public', { '.env.example': 'DATABASE_URL="postgresql://u@h/d?schema=public"' }, null],
    ['another', { '.env.example': 'DATABASE_URL=postgres://u@h/d?pool=1&schema=app # x' }, 'app'],
    [
      'the nearest file',
      {
        '.env.example': 'DATABASE_URL=postgres://u@h/d?schema=app',
        'packages/db/.env.example': 'DATABASE_URL=postgres://u@h/d',
      },
      null,
    ],
    [
      'two that differ',
      { '.env.example': 'DATABASE_URL=postgres://u@h/d?schema=a\nDB2=postgres://u@h/d?schema=b' },
      null,
    ],
    [
      'the shadow database is another one',
      { '.env.example': 'DATABASE_URL=postgres://u@h/d?schema=a\nSHADOW_DATABASE_URL=postgres://u@h/d' },
      'a',
    ],
    ['hostile', { '.env.example': 'DATABASE_URL=postgres://u@h/d?schema=a";drop' }, 'a'],
  ])('?schema=: %s', async (_, files, expected) => {
    const tree = treeOf({ ...files, [`${directory}/1_a/migration.sql`]: '' });
    const tool = await prisma.configured?.(tree, directory, { placeholders: {}, outOfOrder: null });
    expect(tool?.bookkeeping.relations).toEqual([`${expected ?? 'public'}._prisma_migrations`]);
    expect(tool?.bookkeeping.setup.startsWith('CREATE SCHEMA')).toBe(expected !== null);
  });
});

import { expect, test } from 'vitest';
import { repository } from '../../git/repository.ts';
import { check } from '../command.ts';
import { rulesOf } from './verdict.ts';

// Prisma's odd features in one small project: a config that moves the directory, a schema in the URL, concurrent indexes
// by version, files beside the folders.

const schema = 'datasource db {\n  provider = "postgresql"\n}\n';
const history = (version: string) => ({
  'package.json': JSON.stringify({ devDependencies: { prisma: version } }),
  'prisma.config.ts':
    "export default defineConfig({ schema: 'src/db/schema', migrations: { path: path.join('src', 'db', 'changes') } });\n",
  '.env.example': 'DATABASE_URL="postgresql://u:p@localhost:5432/app?schema=shop"\n',
  'src/db/schema/base.prisma': schema,
  'src/db/schema/users.prisma': 'model User { id Int @id }\n',
  'src/db/changes/20240101000000_users/migration.sql':
    '-- CreateTable\r\nCREATE TABLE "User" ("id" SERIAL PRIMARY KEY, "name" TEXT);\r\nALTER TABLE _prisma_migrations ADD COLUMN note text',
  'src/db/changes/20240102000000_empty/migration.sql': '-- This is an empty migration.',
});

function pullRequest(change: Record<string, string>, version = '7.4.0') {
  const repo = repository(history(version));
  repo.git('checkout', '-q', '-b', 'change');
  repo.commit(change);
  return repo;
}

const concurrent = {
  'src/db/changes/20240103000000_indexes/migration.sql':
    'CREATE INDEX CONCURRENTLY a ON "User" ("name");\nCREATE INDEX CONCURRENTLY b ON "User" ("name", "id");\n',
};

test('the directory of the config, in the schema of the URL', async () => {
  const { report } = await check(pullRequest(concurrent).directory);
  expect(report.databases[0]).toMatchObject({
    tool: 'prisma',
    path: 'src/db/changes',
    migrationCounts: { base: 2, new: 1 },
    migrations: [{ error: null, transaction: 'none' }],
  });
  expect(report.databases[0]?.schemaChanges.map(({ name }) => name).sort()).toEqual(['shop.a', 'shop.b']);
  expect(report.notes.join('\n')).toContain('.env.example says ?schema=shop');
});

test('before 7.4 the script is one message, which refuses CONCURRENTLY', async () => {
  const { report, code } = await check(pullRequest(concurrent, '7.3.0').directory);
  expect(code).toBe(1);
  expect(rulesOf(report)).toEqual([
    'concurrently-in-transaction src/db/changes/20240103000000_indexes/migration.sql:1',
  ]);
});

test('a file beside the folders never runs, and a renamed folder runs again', async () => {
  const repo = pullRequest({ 'src/db/changes/20240104_beside.sql': 'CREATE TABLE beside (id int);' });
  repo.git('mv', 'src/db/changes/20240101000000_users', 'src/db/changes/20240101000000_people');
  repo.commit();
  const { report } = await check(repo.directory);
  expect(rulesOf(report)).toContain('migration-never-runs src/db/changes/20240104_beside.sql:1');
  expect(rulesOf(report).join('\n')).toContain(
    'renamed-applied-migration src/db/changes/20240101000000_people/migration.sql',
  );
});

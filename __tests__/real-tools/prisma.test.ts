import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { prisma } from '../../src/tools/prisma.ts';
import { asked, compare, npmTool, type Place, placeWith, run } from './support.ts';

// The engine as WebAssembly, which the registry holds; the binary that the command line downloads is built of the same
// source. It has no `?schema=`, which the binary reads from the URL.

/** Commits that were released as these versions (`@prisma/engines-version`). */
const engines = {
  '6.19.0': '6.19.0-26.2ba551f319ab1df4bc874a89965d8b3641056773',
  '7.3.0': '7.3.0-16.9d6ad21cbbceab97458517b147a6a09ff43aa735',
  '7.4.0': '7.4.0-20.ab56fe763f921d033a6c195e7ddeb3e255bdbb57',
} as const;
type Version = keyof typeof engines;

const program = fileURLToPath(new URL('prisma-deploy.js', import.meta.url));
const directory = 'prisma/migrations';

async function migrate(version: Version, place: Place) {
  const adapter = version === '6.19.0' ? '7.3.0' : version;
  const cwd = await npmTool(
    `@prisma/adapter-pg@${adapter}`,
    `@prisma/schema-engine-wasm@${engines[version]}`,
    `@prisma/driver-adapter-utils@${adapter}`,
    'pg@8.23.1',
  );
  return run(process.execPath, [program, place.url, join(place.directory, directory)], {
    cwd,
    env: place.env,
  });
}

async function deploys(version: Version, place: Place): Promise<void> {
  const { code, stderr } = await migrate(version, place);
  if (code !== 0) throw new Error(stderr);
}

const manifest = (version: Version) => JSON.stringify({ devDependencies: { prisma: version } });

const files = {
  [`${directory}/migration_lock.toml`]: 'provider = "postgresql"\n',
  [`${directory}/20240101000000_users/migration.sql`]:
    '-- CreateTable\nCREATE TABLE "User" ("id" SERIAL NOT NULL, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));\r\nALTER TABLE "User" ADD "name" text',
  [`${directory}/20240102000000_alone/migration.sql`]:
    'CREATE INDEX CONCURRENTLY "User_name" ON "User" ("name");',
  [`${directory}/20240103000000_own/migration.sql`]:
    'BEGIN;\nINSERT INTO "User" (name) VALUES (\'a;b\');\nCOMMIT;\nINSERT INTO "User" (name) VALUES (\'c\');',
  [`${directory}/20240104000000_empty/migration.sql`]: '-- This is an empty migration.',
  [`${directory}/20240104000000_Bookkeeping/migration.sql`]:
    'ALTER TABLE _prisma_migrations ADD COLUMN seen boolean DEFAULT true;',
  [`${directory}/baseline/migration.sql`]: "CREATE TYPE mood AS ENUM ('good');\nDO $$ BEGIN NULL; END $$;",
  [`${directory}/README.md`]: 'x',
};

describe.each(Object.keys(engines) as Version[])('version %s', (version) => {
  test('an empty database', async () => {
    const { difference, failure } = await compare({
      tool: prisma,
      files: { ...files, 'package.json': manifest(version) },
      path: directory,
      masked: ['id'],
      deploy: (place) => deploys(version, place),
    });
    expect(failure).toBeNull();
    expect(difference).toBe('');
  });

  // What cuts scripts from 7.4 on is in the binary only.
  test.skipIf(version === '7.4.0')('several concurrent indexes in one script are refused', async () => {
    const place = await placeWith({
      [`${directory}/1_a/migration.sql`]: 'CREATE TABLE a (x int, y int);',
      [`${directory}/2_b/migration.sql`]:
        'CREATE INDEX CONCURRENTLY a_x ON a (x);\nCREATE INDEX CONCURRENTLY a_y ON a (y);',
    });
    const { code, stderr } = await migrate(version, place);
    expect(code).not.toBe(0);
    expect(stderr).toContain('25001');
  });

  test('what it does about a changed history', async () => {
    const place = await placeWith({
      [`${directory}/20240101_a/migration.sql`]: 'CREATE TABLE IF NOT EXISTS a ();',
      [`${directory}/20240103_b/migration.sql`]: 'CREATE TABLE IF NOT EXISTS b ();',
      [`${directory}/20240104_c/migration.sql`]: 'CREATE TABLE IF NOT EXISTS c ();',
    });
    await deploys(version, place);
    const after = await placeWith({
      [`${directory}/20240101_a/migration.sql`]: 'CREATE TABLE edited ();',
      [`${directory}/20240103_renamed/migration.sql`]: 'CREATE TABLE IF NOT EXISTS b ();',
      [`${directory}/20240102_late/migration.sql`]: 'CREATE TABLE late ();',
    });
    await deploys(version, { ...place, directory: after.directory });
    const rows = await asked(
      place.connection,
      'SELECT migration_name FROM _prisma_migrations ORDER BY started_at',
    );
    expect(rows.map(({ migration_name }) => migration_name)).toEqual([
      '20240101_a',
      '20240103_b',
      '20240104_c',
      '20240102_late',
      '20240103_renamed',
    ]);
    const missing = await placeWith({ [`${directory}/20240105_d/README.md`]: 'no script' });
    expect((await migrate(version, { ...place, directory: missing.directory })).code).not.toBe(0);
  });
});

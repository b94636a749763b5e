import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { drizzle } from '../../src/tools/drizzle.ts';
import { asked, compare, npmTool, type Place, placeWith, succeed } from './support.ts';

const packages: Readonly<Record<'journal' | 'beta' | 'folders', readonly [string, string]>> = {
  journal: ['drizzle-orm@0.45.4', 'pg@8.23.1'],
  beta: ['drizzle-orm@1.0.0-beta.12-d1c2b4c', 'pg@8.23.1'],
  folders: ['drizzle-orm@1.0.0-rc.5', 'pg@8.23.1'],
};

/** Calls the migrator as an application does; drizzle-kit calls the same one. */
async function migrate(layout: keyof typeof packages, { directory, env, url }: Place, config: object = {}) {
  const program = `
    import { drizzle } from 'drizzle-orm/node-postgres';
    import { migrate } from 'drizzle-orm/node-postgres/migrator';
    import pg from 'pg';
    const pool = new pg.Pool({ connectionString: process.argv[1], max: 1 });
    await migrate(drizzle({ client: pool }), JSON.parse(process.argv[2]));
    await pool.end();
  `;
  const options = { migrationsFolder: join(directory, 'drizzle'), ...config };
  return succeed(process.execPath, ['--input-type=module', '-e', program, url, JSON.stringify(options)], {
    env,
    cwd: await npmTool(...packages[layout]),
  });
}

const journal = (entries: readonly { tag: string; when: number }[]) =>
  JSON.stringify({
    version: '7',
    dialect: 'postgresql',
    entries: entries.map((entry, idx) => ({ idx, version: '7', ...entry, breakpoints: true })),
  });

/** Every odd part that a file of Drizzle's can have and that still runs. */
const texts = {
  users:
    'CREATE TABLE "users" ("id" serial PRIMARY KEY, "email" text NOT NULL)--> statement-breakpoint\nCREATE UNIQUE INDEX "users_email" ON "users" ("email");',
  several:
    "-- two in one part, the last without a semicolon\r\nINSERT INTO users (email) VALUES ('a; --> b');\r\nALTER TABLE users ADD COLUMN note text\r\n\r\n--> statement-breakpoint\r\nUPDATE users SET note = 'x'",
  empty: '-- Custom SQL migration file, put your code below! --',
  left: "ALTER TYPE mood ADD VALUE 'bad';--> statement-breakpoint\nCOMMIT;--> statement-breakpoint\nCREATE INDEX CONCURRENTLY users_note ON users (note);--> statement-breakpoint\nINSERT INTO moods VALUES ('bad');",
  bookkeeping: 'ALTER TABLE drizzle.__drizzle_migrations ADD COLUMN seen boolean DEFAULT true;',
};
const mood = "CREATE TYPE mood AS ENUM ('good');\nCREATE TABLE moods (mood mood);";

describe('journal', () => {
  const files = {
    'drizzle/meta/_journal.json': journal([
      { tag: '0000_users', when: 1_700_000_000_000 },
      { tag: '0001_several', when: 1_700_000_001_000 },
      { tag: '0002_empty', when: 1_700_000_002_000 },
      // Listed later and dated earlier: an empty database gets it all the same.
      { tag: '0003_mood', when: 1_600_000_000_000 },
      { tag: '0004_left', when: 1_700_000_003_000 },
      { tag: '0005_bookkeeping', when: 1_700_000_004_000 },
    ]),
    'drizzle/0000_users.sql': texts.users,
    'drizzle/0001_several.sql': texts.several,
    'drizzle/0002_empty.sql': texts.empty,
    'drizzle/0003_mood.sql': mood,
    'drizzle/0004_left.sql': texts.left,
    'drizzle/0005_bookkeeping.sql': texts.bookkeeping,
    'drizzle/0009_orphan.sql': 'CREATE TABLE orphan ();',
  };

  test('an empty database', async () => {
    const { difference, history, failure } = await compare({
      tool: drizzle,
      files,
      path: 'drizzle',
      deploy: (place) => migrate('journal', place),
    });
    expect(failure).toBeNull();
    expect(difference).toBe('');
    expect(history.oddities?.map(({ file }) => file)).toEqual(['drizzle/0009_orphan.sql']);
  });

  test('table and schema of the config', async () => {
    const { difference } = await compare({
      tool: drizzle,
      files: {
        'drizzle.config.ts':
          "export default defineConfig({ out: './drizzle', dialect: 'postgresql', migrations: { table: 'Applied', schema: 'ops' } });",
        'drizzle/meta/_journal.json': journal([{ tag: '0000_users', when: 5 }]),
        'drizzle/0000_users.sql': texts.users,
      },
      path: 'drizzle',
      deploy: (place) => migrate('journal', place, { migrationsTable: 'Applied', migrationsSchema: 'ops' }),
    });
    expect(difference).toBe('');
  });

  test('what it does about a changed history', async () => {
    const base = {
      'drizzle/meta/_journal.json': journal([
        { tag: '0000_a', when: 1000 },
        { tag: '0001_b', when: 2000 },
      ]),
      'drizzle/0000_a.sql': 'CREATE TABLE a ();',
      'drizzle/0001_b.sql': 'CREATE TABLE b ();',
    };
    const place = await placeWith(base);
    await migrate('journal', place);
    const deploy = async (files: Record<string, string>) => {
      const after = await placeWith(files);
      await migrate('journal', { ...place, directory: after.directory });
      const tables = await asked(
        place.connection,
        "SELECT string_agg(relname, ',' ORDER BY relname) AS names FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
      );
      return tables[0]?.names;
    };
    const head = {
      ...base,
      'drizzle/meta/_journal.json': journal([
        { tag: '0000_a', when: 1000 },
        { tag: '0001_renamed', when: 2000 },
        { tag: '0002_late', when: 1500 },
        { tag: '0003_same', when: 2000 },
      ]),
      'drizzle/0000_a.sql': 'CREATE TABLE edited ();',
      'drizzle/0001_renamed.sql': 'CREATE TABLE renamed ();',
      'drizzle/0002_late.sql': 'CREATE TABLE late ();',
      'drizzle/0003_same.sql': 'CREATE TABLE same ();',
    };
    // Edited and renamed: ignored; late and duplicate: skipped.
    expect(await deploy(head)).toBe('a,b');
    await expect(
      deploy({ 'drizzle/meta/_journal.json': base['drizzle/meta/_journal.json'] }),
    ).rejects.toThrow(/No file .*0000_a\.sql found in/);
    // Another `when` makes it run again.
    await expect(
      deploy({
        ...base,
        'drizzle/meta/_journal.json': journal([
          { tag: '0000_a', when: 1000 },
          { tag: '0001_b', when: 3000 },
        ]),
      }),
    ).rejects.toThrow(/relation "b" already exists/);
  });
});

describe('folders', () => {
  const files = {
    'drizzle/20240101000000_users/migration.sql': texts.users,
    'drizzle/20240101000000_users/snapshot.json': '{"dialect":"postgres"}',
    'drizzle/20240102000000_several/migration.sql': texts.several,
    'drizzle/20240103000000_mood/migration.sql': mood,
    'drizzle/20240103000000_left/migration.sql': texts.empty,
    'drizzle/20240104000000_left/migration.sql': texts.left,
    'drizzle/20240105000000_bookkeeping/migration.sql': texts.bookkeeping,
    'drizzle/20240106000000_nothing/snapshot.json': '{}',
    'drizzle/0000_orphan.sql': 'CREATE TABLE orphan ();',
  };

  test('an empty database', async () => {
    const { difference, history, failure } = await compare({
      tool: drizzle,
      files,
      path: 'drizzle',
      deploy: (place) => migrate('folders', place),
    });
    expect(failure).toBeNull();
    expect(difference).toBe('');
    expect(history.oddities?.map(({ file }) => file)).toEqual([
      'drizzle/0000_orphan.sql',
      'drizzle/20240106000000_nothing/snapshot.json',
    ]);
  });

  test('a beta that remembers their dates', async () => {
    const { difference } = await compare({
      tool: drizzle,
      files: {
        ...files,
        'drizzle/20240101000000_users_more/migration.sql': 'SELECT 1;',
        'package.json': '{"dependencies":{"drizzle-orm":"1.0.0-beta.12-d1c2b4c"}}',
      },
      path: 'drizzle',
      deploy: (place) => migrate('beta', place),
    });
    expect(difference).toBe('');
  });

  test('a folder without a date stops it', async () => {
    const undated = { 'drizzle/add_users/migration.sql': texts.users };
    await expect(migrate('folders', await placeWith(undated))).rejects.toThrow(/NaN/);
  });

  test('late and renamed ones run, and an old journal stops it', async () => {
    const place = await placeWith({
      'drizzle/20240102000000_a/migration.sql': 'CREATE TABLE IF NOT EXISTS a ();',
    });
    await migrate('folders', place);
    const after = await placeWith({
      'drizzle/20240101000000_late/migration.sql': 'CREATE TABLE late ();',
      'drizzle/20240102000000_renamed/migration.sql': 'CREATE TABLE IF NOT EXISTS a ();',
    });
    await migrate('folders', { ...place, directory: after.directory });
    const names = await asked(place.connection, 'SELECT name FROM drizzle.__drizzle_migrations ORDER BY id');
    expect(names.map(({ name }) => name)).toEqual([
      '20240102000000_a',
      '20240101000000_late',
      '20240102000000_renamed',
    ]);
    const old = await placeWith({ 'drizzle/meta/_journal.json': journal([]) });
    await expect(migrate('folders', { ...place, directory: old.directory })).rejects.toThrow(
      /drizzle-kit up/,
    );
  });
});

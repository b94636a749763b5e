import { expect, test } from 'vitest';
import { repository } from '../../git/repository.ts';
import { check } from '../command.ts';
import { rulesOf } from './verdict.ts';

// Drizzle's odd features in one small project: a part without its semicolon, a COMMIT before CONCURRENTLY, files that
// only look like migrations, and the `when` of the journal, which decides what runs.

const entry = ([tag, when]: readonly [string, number], idx: number) => ({
  idx,
  version: '7',
  when,
  tag,
  breakpoints: true,
});
const journal = (...entries: (readonly [tag: string, when: number])[]) => ({
  'drizzle/meta/_journal.json': JSON.stringify({
    version: '7',
    dialect: 'postgresql',
    entries: entries.map(entry),
  }),
});

const users = ['0000_users', 1000] as const;
const bad = ['0001_bad', 2000] as const;
const history = {
  'drizzle.config.ts':
    "export default defineConfig({ out: './drizzle', dialect: 'postgresql', migrations: { table: 'applied', schema: 'ops' } });\n",
  ...journal(users, bad),
  'drizzle/0000_users.sql':
    "CREATE TYPE mood AS ENUM ('good');\n--> statement-breakpoint\r\nCREATE TABLE users (id serial PRIMARY KEY, email text, mood mood)--> statement-breakpoint\nINSERT INTO users (email) VALUES ('a')\n",
  'drizzle/0001_bad.sql':
    "ALTER TYPE mood ADD VALUE 'bad';--> statement-breakpoint\nCOMMIT;--> statement-breakpoint\nCREATE INDEX CONCURRENTLY users_email ON users (email);--> statement-breakpoint\nINSERT INTO users (mood) VALUES ('bad');\nALTER TABLE ops.applied ADD COLUMN note text",
};

function pullRequest(change: Record<string, string>) {
  const repo = repository(history);
  repo.git('checkout', '-q', '-b', 'change');
  repo.commit(change);
  return repo;
}

test('all pending migrations run in one transaction, part by part', async () => {
  const repo = pullRequest({
    ...journal(users, bad, ['0002_note', 3000], ['0003_backfill', 4000]),
    'drizzle/0002_note.sql': 'ALTER TABLE users ADD COLUMN note text',
    'drizzle/0003_backfill.sql':
      "CREATE TABLE notes (id int)--> statement-breakpoint\nUPDATE users SET note = 'x'",
  });
  const { report, code } = await check(repo.directory);
  expect(code).toBe(1);
  expect(rulesOf(report)).toEqual(['ddl-and-dml-mixed drizzle/0003_backfill.sql:2']);
  const [database] = report.databases;
  expect(database).toMatchObject({ tool: 'drizzle', path: 'drizzle', migrationCounts: { base: 2, new: 2 } });
  expect(database?.migrations.map(({ version, name }) => [version, name])).toEqual([
    ['3000', '0002_note'],
    ['4000', '0003_backfill'],
  ]);
  // Its own table is no change of the schema.
  expect(database?.schemaChanges.map(({ name }) => name).sort()).toEqual([
    'public.notes',
    'public.users.note',
  ]);
});

test('a smaller `when` never runs, and neither does what the journal does not list', async () => {
  const repo = pullRequest({
    ...journal(users, bad, ['0002_late', 1500], ['0003_same', 2000]),
    'drizzle/0002_late.sql': 'CREATE TABLE late (id int);',
    'drizzle/0003_same.sql': 'CREATE TABLE same (id int);',
    'drizzle/0009_orphan.sql': 'CREATE TABLE orphan (id int);',
  });
  const { report, code } = await check(repo.directory);
  expect(code).toBe(1);
  expect(rulesOf(report)).toEqual([
    'duplicate-version drizzle/0003_same.sql:1',
    'migration-never-runs drizzle/0009_orphan.sql:1',
    'out-of-order-migration drizzle/0002_late.sql:1',
  ]);
  expect(report.databases[0]?.divergence.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['public.late', 'public.same']),
  );
  const late = report.findings.find(({ rule }) => rule === 'out-of-order-migration');
  expect(late?.message).toMatch(/^Drizzle runs only what has a later `when`.*passed over without a word/);
});

test('CONCURRENTLY fails in the transaction, and runs behind a COMMIT', async () => {
  const index = 'CREATE INDEX CONCURRENTLY users_mood ON users (mood);';
  const refused = await check(
    pullRequest({ ...journal(users, bad, ['0002_mood', 3000]), 'drizzle/0002_mood.sql': index }).directory,
  );
  expect(rulesOf(refused.report)).toEqual(['concurrently-in-transaction drizzle/0002_mood.sql:1']);
  expect(refused.report.findings[0]?.message).toContain('put a part `COMMIT;` before it');
  const runs = await check(
    pullRequest({
      ...journal(users, bad, ['0002_mood', 3000]),
      'drizzle/0002_mood.sql': `COMMIT;--> statement-breakpoint\n${index}`,
    }).directory,
  );
  expect(runs.report.databases[0]?.migrations[0]).toMatchObject({ error: null });
  expect(rulesOf(runs.report)).not.toContain('concurrently-in-transaction drizzle/0002_mood.sql:2');
});

test('a listed file that is gone is undecided with the words of Drizzle', async () => {
  const repo = repository(history);
  repo.git('checkout', '-q', '-b', 'change');
  repo.git('rm', '-q', 'drizzle/0000_users.sql');
  repo.commit();
  const { report, code } = await check(repo.directory);
  expect([code, report.verdict]).toEqual([2, 'undecided']);
  expect(report.undecided?.message).toMatch(/lists 0000_users, and there is no drizzle\/0000_users\.sql/);
});

test('drizzle-kit up changes nothing', async () => {
  const repo = repository(history);
  repo.git('checkout', '-q', '-b', 'change');
  repo.git('rm', '-q', '-r', 'drizzle');
  repo.commit({
    'drizzle/19700101000001_users/migration.sql': history['drizzle/0000_users.sql'],
    'drizzle/19700101000001_users/snapshot.json': '{"dialect":"postgres"}',
    'drizzle/19700101000002_bad/migration.sql': history['drizzle/0001_bad.sql'],
    'drizzle/19700101000002_bad/snapshot.json': '{"dialect":"postgres"}',
    'drizzle/19700101000003_new/migration.sql': 'CREATE TABLE fresh (id int);',
    'drizzle/19700101000003_new/snapshot.json': '{"dialect":"postgres"}',
  });
  const { report } = await check(repo.directory);
  expect(rulesOf(report)).toEqual([]);
  expect(report.databases[0]?.migrationCounts).toEqual({ base: 2, new: 1 });
  expect(report.databases[0]?.historyChanges).toEqual([]);
});

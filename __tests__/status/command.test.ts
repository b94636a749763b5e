import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { applyMigrations, openSession, prepareBookkeeping } from '../../src/run/index.ts';
import { askDatabase } from '../../src/status/connect.ts';
import { repository, scratchDirectory } from '../git/repository.ts';
import { majors } from '../shadow/majors.ts';
import { sharedShadow, type TestDatabase } from '../shadow/with-shadow.ts';
import { projectOf, projects, urlOf } from './tools.ts';

const statements = ['CREATE TABLE a (id int)', 'CREATE TABLE b (id int)', 'CREATE TABLE c (id int)'];
const dbmate = projects.find(({ name }) => name === 'dbmate');
if (dbmate === undefined) throw new Error('dbmate is a project');
const files = (count: number) => dbmate.files(statements.slice(0, count)) as Record<string, string>;

let database: TestDatabase;
beforeAll(async () => {
  database = await (await sharedShadow(majors.at(-1) ?? 17)).database();
  const { tool, history } = await projectOf(dbmate, statements.slice(0, 2));
  await using session = await openSession(database.connection);
  await prepareBookkeeping(session, tool.bookkeeping);
  expect(await applyMigrations(session, tool.bookkeeping, history.migrations)).toBeNull();
});

/** The command in this process, its output caught. */
async function status(directory: string, ...args: string[]) {
  const { run } = await import('../../src/command/program.ts');
  const out = join(scratchDirectory(), 'status.json');
  const summary = join(scratchDirectory(), 'summary.md');
  writeFileSync(summary, '');
  process.env.GITHUB_STEP_SUMMARY = summary;
  const code = await run([
    'node',
    'migration-gate',
    'status',
    '--repo',
    directory,
    '--json',
    out,
    '--quiet',
    ...args,
  ]);
  delete process.env.GITHUB_STEP_SUMMARY;
  return { code, report: JSON.parse(readFileSync(out, 'utf8')), summary: readFileSync(summary, 'utf8') };
}

describe('migration-gate status', () => {
  const config = {
    '.github/migration-gate.yml': `databases:\n  - path: db/migrations\n    postgres-version: ${majors.at(-1)}\n`,
  };

  test('0 up to date, 1 pending, 2 newer than the checkout', async () => {
    const url = ['--database-url', urlOf(database)];
    const same = await status(repository(files(2)).directory, ...url);
    expect([same.code, same.report.state]).toEqual([0, 'up-to-date']);
    const pending = await status(repository(files(3)).directory, ...url);
    expect([pending.code, pending.report.state, pending.report.entries.length]).toEqual([1, 'pending', 1]);
    const newer = await status(repository(files(1)).directory, ...url);
    expect([newer.code, newer.report.state]).toEqual([2, 'stop']);
    expect(newer.summary).toContain('### ⛔ Do not deploy');
    const { password } = database.connection as unknown as { password: string };
    for (const { report, summary } of [same, pending, newer]) {
      expect(JSON.stringify(report) + summary).not.toContain(password);
    }
  });

  test('a database that the tool has never seen and that is not empty may be another one', async () => {
    const other = await (await sharedShadow(majors.at(-1) ?? 17)).database();
    const args = ['--database-url', urlOf(other)];
    const repo = repository(files(1)).directory;
    expect((await status(repo, ...args)).report.notes.join()).toMatch(
      /nothing was ever applied there by it\.$/,
    );
    await using session = await openSession(other.connection);
    await session.send('CREATE TABLE found (id int)');
    expect((await status(repo, ...args)).report.notes.join()).toContain('It holds 1 table all the same');
  });

  test('--schema tells what somebody has changed by hand', async () => {
    const repo = repository({ ...files(3), ...config }).directory;
    const args = ['--database-url', urlOf(database), '--schema', '--shadow', 'embedded'];
    const clean = await status(repo, ...args);
    expect([clean.code, clean.report.drift]).toEqual([1, []]);
    await using session = await openSession(database.connection);
    await session.send('ALTER TABLE a ADD COLUMN by_hand text; CREATE INDEX by_hand ON b (id);');
    const drifted = await status(repo, ...args);
    expect(drifted.code).toBe(2);
    expect(
      drifted.report.drift.map(
        ({ change, type, name }: Record<string, string>) => `${change} ${type} ${name}`,
      ),
    ).toEqual(['added column public.a.by_hand', 'added index public.by_hand']);
    await session.send(
      'ALTER TABLE a DROP COLUMN by_hand; DROP INDEX by_hand; ALTER TABLE a ALTER id TYPE bigint',
    );
    const retyped = await status(repo, ...args);
    expect(retyped.summary).toContain(
      'column public.a.id differs: the migrations make id integer, the database has id bigint',
    );
    await session.send('ALTER TABLE a ALTER id TYPE int');
  });

  test('nothing can be written, nothing waits for long, and the session is left as it was', async () => {
    await using asked = await askDatabase(urlOf(database));
    await expect(asked.ask('DELETE FROM schema_migrations')).rejects.toThrow(/read-only transaction/);
    await using other = await openSession(database.connection);
    await other.send('BEGIN; LOCK TABLE schema_migrations');
    await expect(asked.ask('SELECT * FROM schema_migrations')).rejects.toThrow(/lock timeout/);
    await other.send('ROLLBACK');
    const settings = await asked.client.query('SHOW default_transaction_read_only');
    expect(settings.rows[0]).toEqual({ default_transaction_read_only: 'off' });
    const [limits] = await asked.ask(
      "SELECT current_setting('statement_timeout') AS one, current_setting('lock_timeout') AS two",
    );
    expect(limits).toEqual({ one: '5s', two: '1s' });
  });

  test('a password is in no message', async () => {
    const secret = 's3cr%21et-word';
    for (const url of [
      `postgresql://u:${secret}@127.0.0.1:1/db`,
      `mysql://u:${secret}@h/db`,
      `postgresql://u:${secret}@:bad`,
    ]) {
      const error = await askDatabase(url).catch((caught: Error) => caught);
      expect(error).toMatchObject({ name: 'UserError' });
      expect((error as Error).message).not.toMatch(/s3cr/);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { Undecided } from '../../src/errors.ts';
import { limited } from '../../src/limits.ts';
import { applyMigrations } from '../../src/run/apply.ts';
import { openSession } from '../../src/run/session.ts';
import { traceMigrations } from '../../src/run/trace-migrations.ts';
import { startShadow } from '../../src/shadow/index.ts';
import { sharedShadow } from '../shadow/with-shadow.ts';

describe('what SQL may use up', () => {
  it.each([
    ['sleeps', 'SELECT pg_sleep(1000)'],
    ['loops', 'DO $$ BEGIN LOOP PERFORM 1; END LOOP; END $$'],
    [
      'catches the first cancellation',
      `DO $$ BEGIN PERFORM pg_sleep(1000); EXCEPTION WHEN query_canceled THEN PERFORM pg_sleep(1000); END $$`,
    ],
  ])('a statement that %s is ended', async (_, sql) => {
    const { shadow } = await sharedShadow(17);
    await using session = await openSession(shadow.connection, 300);
    const { error, status } = await session.send(sql);
    expect(error?.code).toBe('57014');
    expect(error?.message).toContain('ended after 0.3 s');
    expect(status).toBe('I');
    expect((await session.send('SELECT 1')).error).toBeNull();
  });

  it('a statement that catches every cancellation is ended with its session', async () => {
    const { shadow } = await sharedShadow(17);
    await using session = await openSession(shadow.connection, 200);
    const { error } = await session.send(
      'DO $$ BEGIN LOOP BEGIN PERFORM pg_sleep(100); EXCEPTION WHEN query_canceled THEN NULL; END; END LOOP; END $$',
    );
    expect(error?.code).toBe('57P01');
    expect(error?.message).toContain('ended after 0.2 s');
    expect(session.lost).toBe(true);
  });

  it('a statement may take a quarter of the whole time, and never more than a minute', async () => {
    const statementMs = (minutes: number) =>
      limited(
        minutes,
        () => '',
        async (limits) => limits.statementMs,
      );
    expect(await statementMs(0.2)).toBe(3_000);
    expect(await statementMs(10)).toBe(60_000);
  });

  it('what a run makes of its own end is not its result', async () => {
    const run = limited(
      1,
      () => '',
      async ({ end }) => {
        end(new Undecided('not-observed', 'too much'));
        return 'the server is gone';
      },
    );
    await expect(run).rejects.toThrow('too much');
  });

  it('a run that does not end is ended, and its server with it', async () => {
    let shadow: Awaited<ReturnType<typeof startShadow>> | undefined;
    const run = limited(
      0.05,
      () => 'running a.sql',
      async (limits) => {
        shadow = await startShadow({ shadow: 'embedded', major: 17, extensions: [], limits });
        await using session = await openSession(shadow.connection, 60_000);
        return await session.send('SELECT pg_sleep(1000)');
      },
    );
    await expect(run).rejects.toMatchObject({
      reason: 'timeout',
      message: expect.stringMatching(/within 0\.05 minutes.*last it was running a\.sql/s),
    });
    await expect(openSession(shadow?.connection as never)).rejects.toThrow();
  });

  it.each([
    ['observed', 'single', 3],
    ['observed', 'none', 3],
    ['at full speed', 'none', 3],
    // One message, of which nobody knows how far the server has come.
    ['at full speed', 'single', 2],
  ] as const)(
    'a run that is ended tells which statement was being run: %s, %s',
    async (how, transaction, line) => {
      const sql = '-- waits\nSELECT 1;\nSELECT pg_sleep(1000);\nSELECT 2;\n';
      const file = 'db/2_b.sql';
      const migration = {
        version: '2',
        name: 'b',
        identity: '2',
        file,
        bytes: Buffer.from(sql),
        sql,
        transaction,
      };
      const bookkeeping = { setup: '', before: () => '', after: () => '', relations: [] };
      const run = limited(
        0.05,
        () => '',
        async (limits) => {
          const { connection } = await startShadow({ shadow: 'embedded', major: 17, extensions: [], limits });
          const patient = { ...connection, limitMs: 60_000 };
          if (how === 'observed')
            return await traceMigrations({ connection: patient, bookkeeping, migrations: [migration] });
          await using session = await openSession(patient);
          return await applyMigrations(session, bookkeeping, [migration]);
        },
      );
      await expect(run).rejects.toMatchObject({ reason: 'timeout', place: { file, line } });
    },
  );

  it('the first reason counts', async () => {
    const run = limited(
      1,
      () => '',
      ({ end }) => {
        end(new Undecided('not-observed', 'too much'));
        end(new Undecided('not-observed', 'later'));
        return new Promise(() => {});
      },
    );
    await expect(run).rejects.toThrow('too much');
  });
});

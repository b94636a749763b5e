import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { diff } from '../../src/catalog/diff.ts';
import { compareHistories } from '../../src/history/compare.ts';
import { applyMigrations, openSession, traceMigrations } from '../../src/run/index.ts';
import { snapshotOf } from '../../src/run/snapshot-of.ts';
import { stateKeys } from '../../src/run/state-keys.ts';
import { loadParser } from '../../src/sql/parse.ts';
import { plain } from '../../src/tools/plain.ts';
import type { History } from '../../src/tools/tool.ts';
import { majors } from '../shadow/majors.ts';
import { sharedShadow, type TestDatabase } from '../shadow/with-shadow.ts';
import { treeOf } from '../tools/memory-tree.ts';
import { asSql, histories } from './generated-ddl.ts';

/** The same histories every time; another number tries others. */
const seed = Number(process.env.MIGRATION_GATE_TEST_SEED ?? 20_240_101);
const numRuns = Number(process.env.MIGRATION_GATE_TEST_RUNS ?? 25);
/** What a slow machine does not get through in this time it leaves out. */
const bounded = { seed, numRuns, interruptAfterTimeLimit: 15_000, markInterruptAsFailure: false };

beforeAll(loadParser);

/** The files as the plain tool reads them. */
const historyOf = (files: readonly string[]): Promise<History> =>
  plain.history(
    treeOf(
      Object.fromEntries(files.map((sql, n) => [`migrations/${String(n + 1).padStart(4, '0')}_m.sql`, sql])),
    ),
    'migrations',
  );

async function inDatabase<T>(work: (database: TestDatabase) => Promise<T>): Promise<T> {
  const database = await (await sharedShadow(majors[0] ?? 17)).database();
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** Base at full speed, the rest observed. */
const upgraded = (files: readonly string[], base: number) =>
  inDatabase(async ({ connection, admin }) => {
    const { migrations } = await historyOf(files);
    const failure = await (async () => {
      await using session = await openSession(connection);
      return await applyMigrations(session, plain.bookkeeping, migrations.slice(0, base));
    })();
    if (failure !== null) return { failed: failure.migration.file, catalog: null };
    const { migrations: traced } = await traceMigrations({
      connection,
      bookkeeping: plain.bookkeeping,
      migrations: migrations.slice(base),
    });
    const stopped = traced.find(({ error }) => error !== null);
    return { failed: stopped?.file ?? null, catalog: await snapshotOf(admin, plain) };
  });

describe('generated histories', () => {
  it('end in the same schema, or fail at the same file, wherever base ends', {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(histories, fc.nat(), async (history, where) => {
        const files = asSql(history);
        const fresh = await upgraded(files, files.length);
        const split = await upgraded(files, where % files.length);
        expect(split.failed).toBe(fresh.failed);
        if (fresh.failed !== null || split.catalog === null || fresh.catalog === null) return;
        expect(diff(split.catalog, fresh.catalog, 'name')).toEqual([]);
      }),
      bounded,
    );
  });

  it('have no history change when files are only added, and one where one is edited', async () => {
    await fc.assert(
      fc.asyncProperty(histories, fc.nat(), fc.nat(), async (history, where, which) => {
        const files = asSql(history);
        const count = 1 + (where % (files.length - 1));
        const base = await historyOf(files.slice(0, count));
        const head = await historyOf(files);
        const compared = compareHistories({ tool: plain, base, branch: head, head, mergeBase: base });
        expect(compared.changes).toEqual([]);
        expect(compared.pending).toEqual(head.migrations.slice(count));

        const at = which % count;
        const edited = await historyOf(files.map((sql, n) => (n === at ? `${sql}SELECT 'edited';\n` : sql)));
        const { changes } = compareHistories({
          tool: plain,
          base,
          branch: edited,
          head: edited,
          mergeBase: base,
        });
        expect(changes.map(({ kind, file }) => [kind, file])).toEqual([
          ['edited', base.migrations[at]?.file],
        ]);
      }),
      { ...bounded, numRuns: 200 },
    );
  });

  it('have equal keys for equal beginnings, and other keys after an edit', async () => {
    await fc.assert(
      fc.asyncProperty(histories, fc.nat(), async (history, which) => {
        const files = asSql(history);
        const { migrations } = await historyOf(files);
        const at = which % files.length;
        const other = await historyOf(files.map((sql, n) => (n === at ? `${sql} ` : sql)));
        const input = { tool: plain, extensions: [], setup: [], baseline: null, superuser: false } as never;
        const keys = stateKeys(input, migrations, []);
        const others = stateKeys(input, other.migrations, []);
        expect(stateKeys(input, migrations.slice(0, at), [])).toEqual(keys.slice(0, at + 1));
        expect(others.slice(0, at + 1)).toEqual(keys.slice(0, at + 1));
        expect(others.slice(at + 1).some((key) => keys.includes(key))).toBe(false);
      }),
      { ...bounded, numRuns: 200 },
    );
  });
});

import { describe, expect, test } from 'vitest';
import { openSession, traceMigrations } from '../../src/run/index.ts';
import { compareLocks } from '../../src/run/locks.ts';
import type { StatementTrace } from '../../src/run/trace.ts';
import { loadParser } from '../../src/sql/parse.ts';
import { fixture, type StatementCase, statements } from '../cases/statements.ts';
import { majors } from '../shadow/majors.ts';
import { sharedShadow } from '../shadow/with-shadow.ts';
import { migrationOf, noBookkeeping } from './migrations.ts';

await loadParser();

describe.each(majors)('what statements do on PostgreSQL %i', (major) => {
  test.each(statements.filter(({ since = 0, until = 99 }) => since <= major && major <= until))(
    '$sql',
    async (expected) => {
      const shadow = await sharedShadow(major);
      const database = await shadow.database();
      try {
        await using session = await openSession(database.connection);
        expect((await session.send(fixture)).error).toBeNull();
        const { migrations } = await traceMigrations({
          connection: database.connection,
          bookkeeping: noBookkeeping,
          migrations: [migrationOf(expected.sql, { transaction: 'none' })],
        });
        const [migration] = migrations;
        expect(migration?.error).toBeNull();
        expect(whatHappened(migration?.statements.at(-1))).toEqual(asRow(expected));
      } finally {
        await database.close();
      }
    },
  );
});

function asRow({ locks, rewrites = [], scans = [], source }: StatementCase) {
  return { locks: [...locks].sort(), rewrites, scans, source: source ?? 'observed' };
}

function whatHappened(trace: StatementTrace | undefined) {
  const strongest = new Map<string, string>();
  for (const { relation, kind, mode } of trace?.locks ?? []) {
    if (kind === 'index' || kind === 'sequence') continue;
    const known = strongest.get(relation);
    if (known === undefined || compareLocks(mode, known) > 0) strongest.set(relation, mode);
  }
  const unqualified = (names: readonly string[] = []) => names.map((name) => name.replace('public.', ''));
  return {
    locks: [...strongest].map(([relation, mode]) => `${relation}:${mode}`).sort(),
    rewrites: unqualified(trace?.rewrites),
    scans: unqualified(trace?.scans),
    source: trace?.source,
  };
}

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lockPage } from '../../scripts/lock-page.ts';
import { openSession } from '../../src/run/index.ts';
import { loadParser } from '../../src/sql/parse.ts';
import { statementGroups, statements } from '../cases/statements.ts';
import { majors } from '../shadow/majors.ts';
import { sharedShadow } from '../shadow/with-shadow.ts';
import { type StatementRunner, statementRunner } from './observe-statement.ts';

await loadParser();

describe.each(majors)('what statements do on PostgreSQL %i', (major) => {
  let runner: StatementRunner;
  beforeAll(async () => {
    runner = await statementRunner(await sharedShadow(major), async ({ connection }, sql) => {
      await using session = await openSession(connection);
      expect((await session.send(sql)).error).toBeNull();
    });
  });
  afterAll(() => runner.close());

  const rows = statements.filter(({ since = 0, until = 99 }) => since <= major && major <= until);
  test.each(rows)('$sql', async (row) => {
    const { effect, error } = await runner.run(row);
    expect(error).toBeNull();
    const { locks, rewrites = [], scans = [], source = 'observed' } = row;
    expect(effect).toEqual({ locks: [...locks].sort(), rewrites, scans, source });
  });
});

test('docs/locks.md is what this table says (npm run locks)', () => {
  const written = readFileSync(new URL('../../docs/locks.md', import.meta.url), 'utf8');
  expect(written).toBe(lockPage(statementGroups));
});

import { describe, expect, test } from 'vitest';
import { severityFor, sizeInWords } from '../../src/rules/sizes.ts';
import { loadParser } from '../../src/sql/parse.ts';
import { plain } from '../../src/tools/plain.ts';
import { sharedShadow } from '../shadow/with-shadow.ts';
import { runExample, type Settings } from './run-example.ts';

await loadParser();

const base = 'CREATE TABLE users (id bigint PRIMARY KEY, email text);';
const index = 'CREATE INDEX i ON users (email);';

describe('a finding and the size of its table', () => {
  test.each([
    ['small', index, { rows: 400, bytes: 90_000 }, 'warning', 'about 400 rows, 88 kB'],
    ['neither', index, { rows: 50_000, bytes: null }, 'error', 'about 50 k rows'],
    ['big', index, { rows: 120_000_000, bytes: 48 * 1024 ** 3 }, 'error', 'about 120 M rows, 48 GB'],
    ['few rows, but huge', index, { rows: 9_000, bytes: 900 * 1024 ** 3 }, 'error', 'about 9 k rows, 900 GB'],
  ])('%s', async (_title, migration, size, severity, words) => {
    const tableStats = new Map([['public.users', size]]);
    const { findings } = await runExample(
      await sharedShadow(17),
      17,
      { title: '', base, migration },
      { tableStats },
    );
    expect(findings).toMatchObject([{ severity, size, message: expect.stringContaining(words) }]);
  });

  test('what does not grow with the table keeps its severity and says nothing of it', async () => {
    const tableStats = new Map([['public.users', { rows: 1, bytes: 1 }]]);
    const migration = 'ALTER TABLE users DROP COLUMN email;';
    const { findings } = await runExample(
      await sharedShadow(17),
      17,
      { title: '', base, migration },
      { tableStats },
    );
    expect(findings).toMatchObject([{ rule: 'drop-column', severity: 'warning', size: null }]);
  });

  test('a severity that the config sets stays', async () => {
    const tableStats = new Map([['public.users', { rows: 1, bytes: 1 }]]);
    const rules = { 'create-index-blocking': 'error' } as const;
    const example = { title: '', base, migration: index };
    const { findings } = await runExample(await sharedShadow(17), 17, example, { tableStats, rules });
    expect(findings).toMatchObject([{ severity: 'error' }]);
  });
});

describe('a finding on the table in which the tool keeps its records', () => {
  const tool = { ...plain, bookkeeping: { ...plain.bookkeeping, relations: ['public.users'] } };
  const found = async (migration: string, settings: Settings = {}) =>
    (await runExample(await sharedShadow(17), 17, { title: '', base, migration }, { tool, ...settings }))
      .findings;

  test.each([
    ['create-index-blocking', index],
    ['alter-column-type-rewrite', 'ALTER TABLE users ALTER COLUMN id TYPE numeric;'],
  ])('that grows with it is a notice: %s', async (rule, migration) => {
    const tableStats = new Map([['public.users', { rows: 5_000_000, bytes: null }]]);
    const expected = { rule, severity: 'notice', size: null };
    const message = expect.stringMatching(/ It is .+’s own table, with a row for each migration/);
    expect(await found(migration)).toMatchObject([{ ...expected, message }]);
    expect(await found(migration, { tableStats })).toMatchObject([{ ...expected, message }]);
  });

  test('that loses it stays', async () => {
    const [finding] = await found('DROP TABLE users;');
    expect(finding).toMatchObject({ rule: 'drop-table', severity: 'warning' });
    expect(finding?.message).not.toContain('own table');
  });

  test('has the severity that the config sets', async () => {
    const rules = { 'create-index-blocking': 'error' } as const;
    expect(await found(index, { rules })).toMatchObject([{ severity: 'error' }]);
  });

  test('on another table is as it was', async () => {
    const other = { ...plain, bookkeeping: { ...plain.bookkeeping, relations: ['public.migrations'] } };
    expect(await found(index, { tool: other })).toMatchObject([{ severity: 'error' }]);
  });
});

test.each([
  ['error', { rows: 9_999, bytes: null }, 'warning'],
  ['warning', { rows: 9_999, bytes: 1 }, 'notice'],
  ['notice', { rows: 0, bytes: 0 }, 'notice'],
  ['warning', { rows: 10_000, bytes: 1 }, 'warning'],
  ['warning', { rows: 1_000_000, bytes: 1 }, 'error'],
  ['notice', { rows: 1_000_000, bytes: 1 }, 'warning'],
  ['warning', { rows: 20_000, bytes: 10 * 1024 ** 3 }, 'error'],
] as const)('%s at %j is %s', (severity, size, expected) => {
  expect(severityFor(severity, size)).toBe(expected);
});

test.each([
  [{ rows: 1, bytes: null }, 'about 1 rows'],
  [{ rows: 1_500, bytes: 1_536 }, 'about 1.5 k rows, 1.5 kB'],
  [{ rows: 0, bytes: 0 }, 'about 0 rows, 0 bytes'],
  [{ rows: 2.4e9, bytes: 3 * 1024 ** 4 }, 'about 2.4 G rows, 3 TB'],
])('%j: %s', (size, words) => {
  expect(sizeInWords(size)).toBe(words);
});

import { beforeAll, expect, test } from 'vitest';
import { replaceableLines } from '../../src/run/replaceable.ts';
import { loadParser } from '../../src/sql/parse.ts';
import type { Migration } from '../../src/tools/tool.ts';

beforeAll(() => loadParser());

const sql = 'CREATE INDEX orders_user\n  ON orders (user_id)';
const concurrently = 'CREATE INDEX CONCURRENTLY orders_user ON orders (user_id);';
const other = 'ALTER TABLE orders ADD COLUMN a int;';

function lines(text: string, fix: string, more: Partial<Migration> = {}) {
  const bytes = Buffer.from(text);
  return replaceableLines(
    { file: 'migrations/2.sql', bytes, sql: text, transaction: 'none', ...more },
    { line: 2, endLine: 3, sql },
    fix,
  );
}

test('lines that hold the statement alone can be written over', () => {
  expect(lines(`-- why\n${sql};\nSELECT 1;`, concurrently)).toEqual({ line: 2, endLine: 3 });
  expect(lines(`-- why\r\n${sql.replace('\n', '\r\n')} ;\r\n`, concurrently)).toEqual({
    line: 2,
    endLine: 3,
  });
  expect(lines(`-- why\n  ${sql}`, other, { transaction: 'single' })).toEqual({ line: 2, endLine: 3 });
  const messages = [{ start: 7, end: 7 + sql.length + 1 }];
  expect(lines(`-- why\n${sql};\nSELECT 1;`, concurrently, { messages })).toEqual({ line: 2, endLine: 3 });
});

test.each([
  ['another statement stands on its lines', `\nBEGIN; ${sql};`, concurrently, {}],
  ['a comment stands on its lines', `\n${sql}; -- mine`, concurrently, {}],
  [
    'the file says it otherwise than it was sent',
    `\n${sql.replace('orders', 'tableName')};`,
    concurrently,
    {},
  ],
  ['it needs a file without a transaction', `\n${sql};`, concurrently, { transaction: 'single' }],
  ['it is several statements of one transaction', `\n${sql};`, other.repeat(2), { transaction: 'implicit' }],
  [
    'it is several statements of one message',
    `\n${sql};`,
    other.repeat(2),
    { messages: [{ start: 0, end: 99 }] },
  ],
  [
    'it shares its message',
    `\n${sql};`,
    concurrently,
    {
      messages: [
        { start: 0, end: 99 },
        { start: 1, end: 5 },
      ],
      sql: `\n${sql}; SELECT 1;`,
    },
  ],
  ['it has more to say', `\n${sql};`, `${other}\n-- fill it in batches`, {}],
  ['the file is a program', `\n${sql};`, concurrently, { file: 'migrations/2.js' }],
] as const)('nothing is replaced where %s', (_why, text, fix, more) => {
  expect(lines(text, fix, more)).toBeNull();
});

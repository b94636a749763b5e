import { expect, test } from 'vitest';
import { toMarkdown } from '../../src/report/markdown/markdown.ts';
import { timelineOf } from '../../src/report/timeline.ts';
import { database, lock, migration, report, statement } from './make.ts';

const held = (...of: Parameters<typeof lock>) => ({ ...lock(...of), new: false });

const app = database({
  migrations: [
    migration('migrations/0001_a.sql', {
      statements: [
        statement(1, 'SET lock_timeout = 5000'),
        statement(2, 'CREATE INDEX a ON users (a)', {
          locks: [
            lock('ShareLock', 'users'),
            lock('AccessShareLock', 'orders'),
            lock('AccessExclusiveLock', 'users_pkey', 'index'),
          ],
        }),
        statement(3, 'ALTER TABLE users ADD b int', {
          locks: [held('ShareLock', 'users'), lock('AccessExclusiveLock', 'users')],
        }),
        statement(4, 'ALTER TABLE orders ADD b int', {
          locks: [
            held('ShareLock', 'users'),
            held('AccessExclusiveLock', 'users'),
            lock('AccessExclusiveLock', 'orders'),
          ],
        }),
      ],
    }),
    migration('migrations/0002_b.sql', {
      statements: [statement(1, 'CREATE TRIGGER t', { locks: [lock('ShareRowExclusiveLock', 'orders')] })],
    }),
  ],
});

test('says for each statement which table is blocked for whom, and until when', () => {
  const timeline = timelineOf(app);
  expect(timeline?.tables).toEqual(['public.users', 'public.orders']);
  expect(timeline?.quiet).toBe(1);
  const short = timeline?.moments.map(({ line, waits }) => [
    line,
    ...waits.map(
      ({ table, waits: who, held: kept, freed }) =>
        `${table} ${who}${kept ? ', held' : ''}${freed ? ', freed' : ''}`,
    ),
  ]);
  expect(short).toEqual([
    [2, 'public.users writes'],
    [3, 'public.users reads and writes'],
    [4, 'public.users reads and writes, held, freed', 'public.orders reads and writes, freed'],
    [1, 'public.orders writes, freed'],
  ]);
});

test('is nothing where nobody waits', () => {
  const quiet = migration('migrations/0001_a.sql', {
    statements: [statement(1, 'SELECT 1', { locks: [lock('AccessShareLock', 'users')] })],
  });
  expect(timelineOf(database({ migrations: [quiet] }))).toBeNull();
});

test('is a table with at most 12 tables and 40 statements in the comment, and says what is left', () => {
  const statements = Array.from({ length: 50 }, (_, at) =>
    statement(at + 1, `ALTER TABLE t${at} ADD a int`, { locks: [lock('AccessExclusiveLock', `t${at}`)] }),
  );
  const many = report({
    databases: [
      database({ migrations: [migration('migrations/0001_a.sql', { transaction: 'none', statements })] }),
    ],
    findings: [],
    counts: { error: 0, warning: 1, notice: 0, allowed: 0 },
  });
  const text = toMarkdown(many, { expand: false });
  const table = /<summary>Lock timeline: (.*)<\/summary>\n\n([\s\S]*?)\n\n/.exec(text);
  expect(table?.[1]).toBe('50 tables blocked for reads and writes');
  const rows = (table?.[2] ?? '').split('\n');
  expect(rows).toHaveLength(2 + 40);
  for (const row of rows) expect(row.split('|')).toHaveLength(1 + 1 + 12 + 1);
  expect(text).toContain('and 38 more tables and 10 more statements');
});

import { describe, expect, test } from 'vitest';
import { cutOffs } from '../../src/run/cut-offs.ts';
import { type Limits, tryRerun } from '../../src/run/rerun.ts';
import { openSession } from '../../src/run/session.ts';
import { copyDatabase } from '../../src/shadow/copy.ts';
import { loadParser } from '../../src/sql/parse.ts';
import { plain } from '../../src/tools/plain.ts';
import type { Migration } from '../../src/tools/tool.ts';
import { majors } from '../shadow/majors.ts';
import { sharedShadow } from '../shadow/with-shadow.ts';
import { migrationOf, noBookkeeping } from './migrations.ts';

await loadParser();

const lines = (sql: string, rest: Partial<Migration> = {}) =>
  cutOffs(migrationOf(sql, rest)).map(({ line }) => line);

describe('where production may be left', () => {
  const three = 'CREATE TABLE a (id int);\nCREATE TABLE b (id int);\nCREATE TABLE c (id int);';

  test('behind each statement that commits by itself, the last one aside', () => {
    expect(lines(three, { transaction: 'none' })).toEqual([1, 2]);
  });
  test.each(['single', 'shared', 'implicit'] as const)('nowhere in a transaction (%s)', (transaction) => {
    expect(lines(three, { transaction })).toEqual([]);
  });
  test('not between BEGIN and COMMIT of the file', () => {
    const sql =
      'CREATE TABLE a (id int);\nBEGIN;\nCREATE TABLE b (id int);\nCOMMIT;\nCREATE TABLE c (id int);';
    expect(lines(sql, { transaction: 'none' })).toEqual([1, 4]);
  });
  test.each(['single', 'implicit'] as const)('behind a COMMIT inside of the file (%s)', (transaction) => {
    const sql = 'CREATE TABLE a (id int);\nCOMMIT;\nCREATE TABLE b (id int);\nCREATE TABLE c (id int);';
    expect(lines(sql, { transaction })).toEqual([2]);
  });
  test('between messages, not inside of one', () => {
    const messages = [
      { start: 0, end: 49 },
      { start: 50, end: three.length },
    ];
    expect(lines(three, { transaction: 'implicit', messages })).toEqual([2]);
  });
  test('not behind a setting, which is gone with the session', () => {
    expect(
      lines("SET lock_timeout = '1s';\nCREATE TABLE a (id int);\nSELECT 1;", { transaction: 'none' }),
    ).toEqual([2]);
  });
});

describe.each(majors)('second runs on PostgreSQL %i', (major) => {
  const rerun = (base: string, ...pending: Migration[]) => rerunWithin(undefined, base, ...pending);
  async function rerunWithin(limits: Limits | undefined, base: string, ...pending: Migration[]) {
    const shared = await sharedShadow(major);
    const made = await shared.database();
    {
      await using session = await openSession(made.connection);
      const { error } = await session.send(base);
      if (error !== null) throw error;
    }
    try {
      const database = { ...made, copy: () => copyDatabase(made), [Symbol.asyncDispose]: () => made.close() };
      return await tryRerun(database, { ...plain, bookkeeping: noBookkeeping }, pending, [], limits);
    } finally {
      await made.close();
    }
  }

  test('every stop leads to the statement that does not bear with its own result', async () => {
    const { migrations, notChecked } = await rerun(
      'CREATE TABLE users (id bigint PRIMARY KEY, email text)',
      migrationOf(
        'CREATE TABLE IF NOT EXISTS a (id int);\nCREATE INDEX i ON users (email);\nCREATE TABLE IF NOT EXISTS b (id int);',
        { transaction: 'none' },
      ),
    );
    expect(notChecked).toEqual([]);
    expect(migrations[0]?.tried).toBe(2);
    expect(migrations[0]?.cutOffs).toMatchObject([
      { after: { line: 2 }, run: { error: { sqlstate: '42P07', line: 2 } } },
    ]);
    expect(migrations[0]?.again.error?.line).toBe(2);
  });

  test('a transaction leaves nothing behind', async () => {
    const { migrations } = await rerun(
      '',
      migrationOf('CREATE TABLE a (id int);\nCREATE TABLE b (id int);', { transaction: 'single' }),
    );
    expect(migrations).toMatchObject([
      { tried: 0, cutOffs: [], again: { error: { sqlstate: '42P07', line: 1 } } },
    ]);
  });

  test('the second migration is tried where the first one has been', async () => {
    const { migrations } = await rerun(
      '',
      migrationOf('CREATE TABLE IF NOT EXISTS a (id int);', { transaction: 'none' }),
      migrationOf('CREATE INDEX IF NOT EXISTS i ON a (id);\nSELECT 1;', { transaction: 'none' }),
    );
    expect(migrations.map(({ again, cutOffs: wrong }) => [again.error, again.differs, wrong])).toEqual([
      [null, [], []],
      [null, [], []],
    ]);
  });

  test('a run that succeeds after a stop with another schema is told', async () => {
    const { migrations } = await rerun(
      'CREATE TABLE a (old int, id int)',
      migrationOf(
        "DO $$ BEGIN IF EXISTS (SELECT FROM information_schema.columns WHERE table_name = 'a' AND column_name = 'old') THEN ALTER TABLE a DROP COLUMN old; ELSE ALTER TABLE a ADD COLUMN strange int; END IF; END $$;\nSELECT 1;",
        { transaction: 'none' },
      ),
    );
    expect(migrations[0]?.cutOffs).toMatchObject([
      { after: { line: 1 }, run: { error: null, differs: [{ change: 'added', name: 'public.a.strange' }] } },
    ]);
  });

  test('rows that are inserted again', async () => {
    const { migrations } = await rerun(
      'CREATE TABLE plans (name text)',
      migrationOf(
        "SELECT 1;\nINSERT INTO plans VALUES ('a'), ('b');\nINSERT INTO plans SELECT 'a' WHERE false;",
      ),
    );
    expect(migrations[0]?.again).toEqual({ error: null, differs: [], inserts: [{ line: 2, rows: 2 }] });
  });

  test('a role is the server’s, and every try finds the server as it was', async () => {
    const name = `reversal_${major}`;
    const { migrations, notChecked } = await rerun(
      '',
      migrationOf(
        `CREATE TABLE IF NOT EXISTS a (id int);\nDO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${name}') THEN CREATE ROLE ${name}; END IF; END $$;\nGRANT SELECT ON a TO ${name};\nCREATE VIEW v AS SELECT rolname FROM pg_roles WHERE rolname = '${name}';`,
        { transaction: 'none' },
      ),
    );
    if (major < 16) return;
    expect(notChecked).toEqual([]);
    expect(migrations[0]).toMatchObject({ tried: 3, cutOffs: [], again: { error: { line: 4 } } });
    const shared = await sharedShadow(major);
    await using session = await openSession(shared.shadow.admin);
    const { rows } = await session.client.query('SELECT FROM pg_roles WHERE rolname = $1', [name]);
    // The migration itself has made it once more, for the ones after it.
    expect(rows.length).toBeLessThanOrEqual(1);
  });

  test.each([
    ['stops', { cutOffs: 2, statements: 1000 }],
    ['statements', { cutOffs: 200, statements: 20 }],
  ])('bounded by %s, and that is said', async (_, limits) => {
    const sql = 'abcde'.replace(/./g, 'CREATE TABLE IF NOT EXISTS $& ();\n');
    const { migrations, notChecked } = await rerunWithin(
      limits,
      '',
      migrationOf(sql, { transaction: 'none', version: '7' }),
    );
    expect(migrations[0]?.tried).toBe(2);
    expect(notChecked).toEqual([
      'migrations/7_test.sql was stopped and run again at 2 places only; 2 more were not tried.',
    ]);
  });
});

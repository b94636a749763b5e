import { describe, expect, test } from 'vitest';
import { tryReversal } from '../../src/run/reversal.ts';
import { openSession } from '../../src/run/session.ts';
import { copyDatabase } from '../../src/shadow/copy.ts';
import type { ShadowDatabase } from '../../src/shadow/shadow.ts';
import { loadParser } from '../../src/sql/parse.ts';
import { plain } from '../../src/tools/plain.ts';
import type { Bookkeeping, Migration, MigrationTool } from '../../src/tools/tool.ts';
import { majors } from '../shadow/majors.ts';
import { sharedShadow } from '../shadow/with-shadow.ts';
import { migrationOf } from './migrations.ts';

await loadParser();

/** A tool that keeps versions and takes them back. */
const bookkeeping: Bookkeeping = {
  setup: 'CREATE TABLE public.versions (version text PRIMARY KEY)',
  before: () => '',
  after: ({ version }) => `INSERT INTO public.versions VALUES ('${version}')`,
  undo: ({ version }) => `DELETE FROM public.versions WHERE version = '${version}'`,
  relations: ['public.versions'],
};
const tool: MigrationTool = { ...plain, bookkeeping };

const withDown = (sql: string, down: string | null, rest: Partial<Migration> = {}): Migration =>
  migrationOf(sql, {
    ...rest,
    down:
      down === null
        ? null
        : { file: 'migrations/down.sql', sql: down, transaction: rest.transaction ?? 'single' },
  });

describe.each(majors)('the way back on PostgreSQL %i', (major) => {
  async function onBase<T>(base: string, work: (database: ShadowDatabase) => Promise<T>): Promise<T> {
    const shared = await sharedShadow(major);
    const made = await shared.database();
    {
      await using session = await openSession(made.connection);
      for (const sql of [bookkeeping.setup, base]) {
        const { error } = await session.send(sql);
        if (error !== null) throw error;
      }
    }
    try {
      return await work({
        ...made,
        copy: () => copyDatabase(made),
        [Symbol.asyncDispose]: () => made.close(),
      });
    } finally {
      await made.close();
    }
  }

  const reverse = (base: string, ...pending: Migration[]) =>
    onBase(base, (database) => tryReversal(database, tool, pending));

  test('two migrations go back in reverse order and come again', async () => {
    const { steps, notChecked } = await reverse(
      'CREATE TABLE users (id bigint PRIMARY KEY)',
      withDown('ALTER TABLE users ADD COLUMN a int;', 'ALTER TABLE users DROP COLUMN a;'),
      withDown('CREATE VIEW v AS SELECT a FROM users;', 'DROP VIEW v;'),
    );
    expect(notChecked).toEqual([]);
    expect(steps.map(({ back, again }) => [back?.error, back?.leaves, again])).toEqual([
      [null, [], { error: null, differs: [] }],
      [null, [], { error: null, differs: [] }],
    ]);
    expect(steps.map(({ back }) => back?.changes.map(({ name, dataLoss }) => [name, dataLoss]))).toEqual([
      [['public.users.a', true]],
      [['public.v', false]],
    ]);
  });

  test('a down that fails stops there, with its place in its own file', async () => {
    const { steps } = await reverse(
      '',
      withDown('CREATE TABLE a (id int);', 'DROP TABLE a;'),
      withDown('CREATE TABLE b (id int);', '-- back\nDROP TABLE b;\nDROP TABLE nothing;'),
    );
    expect(steps[1]?.back).toMatchObject({ error: { sqlstate: '42P01', line: 3 }, leaves: [] });
    expect(steps[0]).toMatchObject({ back: null, again: null });
    expect(steps[1]?.again).toBeNull();
  });

  test('the record is taken away too, else the second run would fail', async () => {
    const migration = withDown('CREATE TABLE a (id int);', 'DROP TABLE a;');
    const forgetful = { ...tool, bookkeeping: { ...bookkeeping, undo: () => '' } };
    const [kept] = (await onBase('', (database) => tryReversal(database, forgetful, [migration]))).steps;
    expect(kept?.again?.error?.sqlstate).toBe('23505');
    const [step] = (await reverse('', migration)).steps;
    expect(step?.again?.error).toBeNull();
  });

  test('what a later down has left is told of that one alone', async () => {
    const { steps } = await reverse(
      'CREATE TABLE users (id bigint PRIMARY KEY)',
      withDown('CREATE VIEW a AS SELECT 1 AS x;', 'DROP VIEW a;'),
      withDown('CREATE VIEW b AS SELECT 2 AS x;', 'SELECT 1;'),
    );
    expect(steps.map(({ back }) => back?.leaves.map(({ change, name }) => `${change} ${name}`))).toEqual([
      [],
      ['added public.b'],
    ]);
    expect(steps[1]?.again?.error?.sqlstate).toBe('42P07');
  });

  test('a column that comes back is the last one, which nobody can help', async () => {
    const { steps } = await reverse(
      'CREATE TABLE users (id bigint PRIMARY KEY, name text, age int)',
      withDown('ALTER TABLE users DROP COLUMN name;', 'ALTER TABLE users ADD COLUMN name text;'),
    );
    expect(steps[0]?.back?.leaves).toEqual([]);
    expect(steps[0]?.changes).toMatchObject([{ name: 'public.users.name', dataLoss: true }]);
  });

  test.each([
    ['comes without a down', null, ''],
    ['is said to be irreversible', 'DROP TABLE a;', '-- migration-gate:irreversible: the rows are gone\n'],
  ])('a migration that %s ends the way back', async (says, down, comment) => {
    const { steps, notChecked } = await reverse(
      '',
      withDown(`${comment}CREATE TABLE a (id int);`, down, { version: '0001' }),
      withDown('CREATE TABLE b (id int);', 'DROP TABLE b;'),
    );
    expect(steps.map(({ back }) => back === null)).toEqual([true, false]);
    expect(steps[1]?.again).toEqual({ error: null, differs: [] });
    expect(notChecked).toEqual([
      `The way back from migrations/0001_test.sql: it ${says}, so that only what comes after it (1) was reverted.`,
    ]);
  });

  test('each by its own transaction rule: CONCURRENTLY there and back', async () => {
    const { steps } = await reverse(
      'CREATE TABLE users (id bigint PRIMARY KEY, email text)',
      withDown('CREATE INDEX CONCURRENTLY i ON users (email);', 'DROP INDEX CONCURRENTLY i;', {
        transaction: 'none',
      }),
    );
    expect(steps[0]?.back).toMatchObject({ error: null, leaves: [] });
    const wrapped = await reverse(
      'CREATE TABLE users (id bigint PRIMARY KEY, email text)',
      migrationOf('CREATE INDEX CONCURRENTLY i ON users (email);', {
        transaction: 'none',
        down: { file: 'migrations/down.sql', sql: 'DROP INDEX CONCURRENTLY i;', transaction: 'single' },
      }),
    );
    expect(wrapped.steps[0]?.back?.error?.sqlstate).toBe('25001');
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyMigrations, openSession, prepareBookkeeping } from '../../src/run/index.ts';
import type { StatusEntry } from '../../src/status/compare.ts';
import { askDatabase } from '../../src/status/connect.ts';
import { readerOf } from '../../src/status/readers/index.ts';
import { standing } from '../../src/status/status.ts';
import { majors } from '../shadow/majors.ts';
import { sharedShadow, type TestDatabase } from '../shadow/with-shadow.ts';
import { type Project, projectOf, projects, urlOf } from './tools.ts';

const statements = ['CREATE TABLE a (id int)', 'CREATE TABLE b (id int)', 'CREATE TABLE c (id int)'];
const edited = ['CREATE TABLE a (id int, more text)', ...statements.slice(1)];

/** A database that ran the first `count` migrations as the tool does. */
async function filled(project: Project, count: number): Promise<TestDatabase> {
  const database = await (await sharedShadow(majors.at(-1) ?? 17)).database();
  const { tool, history } = await projectOf(project, statements.slice(0, count));
  await using session = await openSession(database.connection);
  await prepareBookkeeping(session, tool.bookkeeping);
  const failure = await applyMigrations(session, tool.bookkeeping, history.migrations);
  if (failure !== null) throw new Error(failure.error.message);
  return database;
}

/** What the status of a checkout with these statements says. */
async function statusOf(project: Project, database: TestDatabase, checkout: readonly string[]) {
  const { tool, history } = await projectOf(project, checkout);
  await using asked = await askDatabase(urlOf(database));
  const reader = readerOf(tool);
  if (reader === null) throw new Error(`${project.name} has no reader`);
  const found = await standing(asked, tool, history, reader);
  return {
    ...found,
    told: found.entries.map(({ kind, stops }: StatusEntry) => `${kind}${stops ? '!' : ''}`),
  };
}

describe.each(projects)('$name', (project) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await filled(project, 3);
  });
  afterAll(() => database.close());

  test('clean', async () => {
    const clean = await statusOf(project, database, statements);
    expect([clean.told, clean.applied.length]).toEqual([[], 3]);
  });

  test('pending', async () => {
    const two = await filled(project, 2);
    const pending = await statusOf(project, two, statements);
    expect([pending.told, pending.applied.length]).toEqual([['pending'], 2]);
    await two.close();
  });

  test('newer', async () => {
    const newer = await statusOf(project, database, statements.slice(0, 2));
    expect(newer.told).toEqual(['unknown!']);
    expect(newer.entries[0]?.says).toContain('Do not deploy');
  });

  test(`edited${project.checksums ? '' : ': its table keeps names alone, so that nobody can tell'}`, async () => {
    const changed = await statusOf(project, database, edited);
    expect(changed.told.includes('changed!')).toBe(project.checksums);
  });

  const { fail } = project;
  if (fail === null) {
    test('failed: its table cannot say so, what has failed is pending', async () => {
      const { tool } = await projectOf(project, statements);
      expect(tool.bookkeeping.setup).not.toMatch(/success|dirty|error|finished_at|exectype/i);
    });
  } else {
    test('failed', async () => {
      await using session = await openSession(database.connection);
      expect((await session.send(fail)).error).toBeNull();
      expect((await statusOf(project, database, statements)).told).toEqual(['failed!']);
    });
  }

  test('a database that the tool has never seen', async () => {
    const database = await (await sharedShadow(majors.at(-1) ?? 17)).database();
    const { told, table } = await statusOf(project, database, statements);
    expect([told, table]).toEqual([['pending', 'pending', 'pending'], null]);
    await database.close();
  });
});

import { describe, expect, test } from 'vitest';
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
  test('clean, pending, newer, edited, failed', async () => {
    const two = await filled(project, 2);
    const pending = await statusOf(project, two, statements);
    expect([pending.told, pending.applied.length]).toEqual([['pending'], 2]);

    const database = await filled(project, 3);
    const clean = await statusOf(project, database, statements);
    expect([clean.told, clean.applied.length]).toEqual([[], 3]);

    const newer = await statusOf(project, database, statements.slice(0, 2));
    expect(newer.told).toContain('unknown!');
    expect(newer.entries.find(({ kind }) => kind === 'unknown')?.says).toContain('Do not deploy');

    const changed = await statusOf(project, database, edited);
    expect(changed.told.includes('changed!')).toBe(project.checksums);

    if (project.fail !== null) {
      await using session = await openSession(database.connection);
      const { error } = await session.send(project.fail);
      expect(error).toBeNull();
      expect((await statusOf(project, database, statements)).told).toContain('failed!');
    }
    await two.close();
    await database.close();
  });

  test('a database that the tool has never seen', async () => {
    const database = await (await sharedShadow(majors.at(-1) ?? 17)).database();
    const { told, table } = await statusOf(project, database, statements);
    expect([told, table]).toEqual([['pending', 'pending', 'pending'], null]);
    await database.close();
  });
});

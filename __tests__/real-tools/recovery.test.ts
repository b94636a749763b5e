import { beforeAll, describe, expect, test } from 'vitest';
import { recording, recoveryOf } from '../../src/history/recovery.ts';
import { loadParser } from '../../src/sql/parse.ts';
import { noToolSettings } from '../../src/tools/configured.ts';
import { survey, toolNamed } from '../../src/tools/index.ts';
import type { Migration, MigrationTool } from '../../src/tools/tool.ts';
import { treeOf } from '../tools/memory-tree.ts';
import { codePrograms } from './code-programs.ts';
import { projectAgain, projectPlace, type RealTool, typed } from './programs.ts';
import { sqlPrograms } from './sql-programs.ts';
import { asked, type Place } from './support.ts';

// What the report says about a migration that failed half-way, followed to the letter with the real tools.

beforeAll(loadParser);

const before = ['CREATE TABLE a (id int)'];
const failing = [...before, 'CREATE TABLE b (id int); SELECT 1 / 0'];
const mended = [...before, 'CREATE TABLE b (id int)'];
const later = [...mended, 'CREATE TABLE c (id int)'];

/** The gate's reading of the project: its tool, the migration that fails, and the one before. */
async function readingOf(
  real: RealTool,
): Promise<{ tool: MigrationTool; last: Migration; previous: Migration }> {
  const tree = treeOf(real.files(mended));
  const [database] = (await survey(tree)).databases;
  if (database === undefined) throw new Error(`${real.title} is not found`);
  const tool =
    (await toolNamed(real.name).configured?.(tree, database.path, noToolSettings)) ?? toolNamed(real.name);
  const { migrations } = await tool.history(tree, database.path);
  const [previous, last] = migrations;
  if (previous === undefined || last === undefined) throw new Error('two migrations');
  return { tool, last, previous };
}

async function deploys(real: RealTool, place: Place, command = real.deploy): Promise<void> {
  const { code, stdout, stderr } = await typed(real, place, command);
  if (code !== 0) throw new Error(`${command} ended with ${code}:\n${stdout}\n${stderr}`);
}

const tables = async ({ connection }: Place): Promise<string> => {
  const rows = await asked(
    connection,
    "SELECT string_agg(relname, '' ORDER BY relname) AS names FROM pg_class WHERE relname IN ('a', 'b', 'c')",
  );
  return String(rows[0]?.names);
};

/** A database where the second migration has failed, in a deploy of its own. */
async function failed(real: RealTool): Promise<Place> {
  const place = await projectPlace(real, before);
  await deploys(real, place);
  const after = await projectAgain(real, failing, place);
  expect((await typed(real, after, real.deploy)).code).not.toBe(0);
  return place;
}

describe.each([...sqlPrograms, ...codePrograms])('$title', (real) => {
  test('run again: what it left is taken back, the file is mended, its commands are typed', async () => {
    const place = await failed(real);
    await asked(place.connection, 'DROP TABLE IF EXISTS b');
    const { tool, last, previous } = await readingOf(real);
    const again = await projectAgain(real, mended, place);
    const commands = recoveryOf(tool).rerun(last, previous);
    if (commands.length > 0) expect((await typed(real, again, real.deploy)).code).not.toBe(0);
    for (const command of commands) await deploys(real, again, command);
    await deploys(real, again);
    expect(await tables(again)).toBe('ab');
    await deploys(real, await projectAgain(real, later, place));
    expect(await tables(again)).toBe('abc');
  });

  test('count as applied: what it lacks is done by hand, its commands are typed', async () => {
    const place = await failed(real);
    const { tool, last, previous } = await readingOf(real);
    await asked(place.connection, 'CREATE TABLE IF NOT EXISTS b (id int)');
    const again = await projectAgain(real, mended, place);
    const commands = recoveryOf(tool).finish(last, previous);
    for (const command of commands) await deploys(real, again, command);
    if (commands.length === 0) {
      // No command of the tool's: its row as SQL, or what it offers for all that is pending.
      const record = recording(tool, last);
      if (record === null) return;
      if (/^insert /i.test(record)) await asked(place.connection, record);
      else await deploys(real, again, `${record}${real.name === 'typeorm' ? ' -d data-source.js' : ''}`);
    }
    await deploys(real, await projectAgain(real, later, place));
    expect(await tables(place)).toBe('abc');
  });
});

describe('a process that was killed leaves its lock behind', () => {
  test.each<[RealTool['name'], string]>([
    ['knex', 'UPDATE knex_migrations_lock SET is_locked = 1'],
    [
      'liquibase',
      "UPDATE databasechangeloglock SET locked = true, lockgranted = now(), lockedby = 'a machine that is gone'",
    ],
  ])('%s', async (name, lock) => {
    const real = [...sqlPrograms, ...codePrograms].find((one) => one.name === name) as RealTool;
    const place = await projectPlace(real, before);
    await deploys(real, place);
    await asked(place.connection, lock);
    const again = await projectAgain(real, mended, place);
    const { unlock = '' } = recoveryOf(toolNamed(name));
    // Liquibase would wait for five minutes.
    if (name === 'knex') expect((await typed(real, again, real.deploy)).code).not.toBe(0);
    await deploys(real, again, unlock);
    await deploys(real, again);
    expect(await tables(again)).toBe('ab');
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../src/command/program.ts';
import type { StatusReport } from '../../src/status/status.ts';
import type { ToolName } from '../../src/tools/tool.ts';
import { repository, scratchDirectory } from '../git/repository.ts';
import { codePrograms } from './code-programs.ts';
import { projectAgain, projectPlace, type RealTool, typed } from './programs.ts';
import { sqlPrograms } from './sql-programs.ts';
import type { Place } from './support.ts';

// `migration-gate status` on databases that the real tools have filled.

const statements = ['CREATE TABLE a (id int)', 'CREATE TABLE b (id int)', 'CREATE TABLE c (id int)'];
const first = statements.slice(0, 2);
const edited = ['CREATE TABLE a (id int, more text)', 'CREATE TABLE b (id int)'];
/** What the server does not do. */
const broken = [...first, 'SELECT 1 / 0'];

/** Tools whose tables hold what tells an edited file. */
const checksums: ReadonlySet<ToolName> = new Set([
  'prisma',
  'drizzle',
  'graphile-migrate',
  'sqitch',
  'liquibase',
]);
/** Tools whose tables tell of a migration that failed; the others take it back or write nothing. */
const failures: ReadonlySet<ToolName> = new Set(['prisma']);

async function deployed(tool: RealTool, place: Place): Promise<void> {
  const { code, stdout, stderr } = await typed(tool, place, tool.deploy);
  if (code !== 0) throw new Error(`${tool.deploy} ended with ${code}:\n${stdout}\n${stderr}`);
}

/** The status of a checkout with these migrations, as the command says it. */
async function statusOf(tool: RealTool, { url }: Place, checkout: readonly string[]) {
  const out = join(scratchDirectory(), 'status.json');
  const { directory } = repository({ ...tool.files(checkout) });
  const code = await run([
    ...['node', 'migration-gate', 'status', '--quiet', '--repo', directory],
    ...['--database-url', url, '--json', out],
  ]);
  const report: StatusReport = JSON.parse(readFileSync(out, 'utf8'));
  const told = report.entries.map(({ kind, stops }) => `${kind}${stops ? ', stops' : ''}`);
  return { code, told, report };
}

describe.each([...sqlPrograms, ...codePrograms])('$title', (tool) => {
  let place: Place;
  beforeAll(async () => {
    place = await projectPlace(tool, first);
    await deployed(tool, place);
  });

  test('clean', async () => {
    const { code, told, report } = await statusOf(tool, place, first);
    expect([code, told, report.applied, report.known]).toEqual([0, [], 2, 2]);
  });

  test('pending', async () => {
    const { code, told, report } = await statusOf(tool, place, statements);
    expect([code, told, report.applied]).toEqual([1, ['pending'], 2]);
  });

  test('newer', async () => {
    const { code, told } = await statusOf(tool, place, first.slice(0, 1));
    expect([code, told]).toEqual([2, ['unknown, stops']]);
  });

  if (checksums.has(tool.name)) {
    test('edited', async () => {
      const { code, told } = await statusOf(tool, place, edited);
      // graphile-migrate's hashes are a chain: all that follow change too.
      const which = tool.name === 'graphile-migrate' ? first : first.slice(0, 1);
      expect([code, told]).toEqual([2, which.map(() => 'changed, stops')]);
    });
  } else {
    test('edited: its table keeps names alone, so that nobody can tell', async () => {
      expect((await statusOf(tool, place, edited)).code).toBe(0);
    });
  }

  test(`failed${failures.has(tool.name) ? '' : ': nothing of it is written, so that it is pending'}`, async () => {
    const after = await projectAgain(tool, broken, place);
    expect((await typed(tool, after, tool.deploy)).code).not.toBe(0);
    const { code, told } = await statusOf(tool, place, broken);
    expect([code, told]).toEqual(failures.has(tool.name) ? [2, ['failed, stops']] : [1, ['pending']]);
  });

  test('a database that the tool has never seen', async () => {
    const { code, told, report } = await statusOf(tool, await projectPlace(tool, first), first);
    expect([code, told, report.applied]).toEqual([1, ['pending', 'pending'], 0]);
  });
});

import { afterEach, beforeEach, expect, test } from 'vitest';
import { configuredTool } from '../../src/tools/configured.ts';
import { tools } from '../../src/tools/index.ts';
import { plain } from '../../src/tools/plain.ts';
import type { MigrationTool } from '../../src/tools/tool.ts';
import { treeOf } from './memory-tree.ts';

/** A tool whose title tells what it was configured with. */
const told: MigrationTool = {
  ...plain,
  configured: async (tree, path, settings) => ({
    ...plain,
    title: JSON.stringify([tree.ref, path, settings]),
  }),
};

const before = tools.command;
beforeEach(() => {
  tools.command = told;
});
afterEach(() => {
  tools.command = before;
});

const toolSettings = { placeholders: { a: 'b' }, outOfOrder: true };
const trees = {
  head: treeOf({ 'new/1_a.sql': 'SELECT 1;' }, 'head'),
  base: treeOf({ 'old/1_a.sql': 'SELECT 1;' }, 'base'),
};

test('head says how the tool is set up, base where head has the directory no longer', async () => {
  const moved = { tool: 'command', path: 'new', basePath: 'old', toolSettings } as const;
  expect((await configuredTool(moved, trees)).title).toBe(JSON.stringify(['head', 'new', toolSettings]));
  const gone = { tool: 'command', path: 'old', toolSettings } as const;
  expect((await configuredTool(gone, trees)).title).toBe(JSON.stringify(['base', 'old', toolSettings]));
});

test('a tool with nothing to set up is taken as it is', async () => {
  const { configured, ...simple } = plain;
  tools.command = simple;
  expect(await configuredTool({ tool: 'command', path: 'new', toolSettings }, trees)).toBe(simple);
});

test('a table that only the pull request calls the tool’s own is none of its own, once there are migrations', async () => {
  const knex = { tool: 'knex', path: 'migrations', toolSettings } as const;
  const treeWith = (tableName: string, files: Record<string, string> = { 'migrations/1_a.js': '' }) =>
    treeOf({ 'knexfile.js': `module.exports = { migrations: { tableName: '${tableName}' } }`, ...files });
  const relations = async (base: ReturnType<typeof treeOf>, head = treeWith('users')) =>
    (await configuredTool(knex, { base, head })).bookkeeping.relations;
  expect(await relations(treeWith('done'))).toEqual([]);
  expect(await relations(treeWith('users'))).toEqual(['public.users', 'public.users_lock']);
  expect(await relations(treeWith('done', { 'migrations/.keep': '' }))).toContain('public.users');

  const drizzle = { tool: 'drizzle', path: 'drizzle', toolSettings } as const;
  const journal = (schema: string) =>
    treeOf({
      'drizzle.config.ts': `export default { dialect: 'postgresql', out: './drizzle', migrations: { schema: '${schema}' } }`,
      'drizzle/0000_a.sql': 'SELECT 1;',
      'drizzle/meta/_journal.json':
        '{"version":"7","dialect":"postgresql","entries":[{"idx":0,"version":"7","when":1,"tag":"0000_a","breakpoints":true}]}',
    });
  const { bookkeeping } = await configuredTool(drizzle, { base: journal('own'), head: journal('app') });
  expect(bookkeeping).toMatchObject({ relations: [], schemas: [] });
});

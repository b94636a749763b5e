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

import type { Tree } from '../git/tree.ts';
import { toolNamed } from './index.ts';
import { treePath } from './reading/directories.ts';
import type { MigrationTool, ToolName, ToolSettings } from './tool.ts';

/** A tool called as its own files say. */
export const noToolSettings: ToolSettings = { placeholders: {}, outOfOrder: null };

/**
 * The tool as the project has set it up: by head's files, since those are what the next deploy reads; by base's
 * where head has the directory no longer.
 *
 * @throws Undecided for a tool that cannot be read, and for settings that it cannot make sense of
 */
export async function configuredTool(
  database: {
    readonly tool: ToolName;
    readonly path: string;
    readonly basePath?: string;
    readonly toolSettings: ToolSettings;
  },
  { head, base }: { readonly head: Tree; readonly base: Tree },
): Promise<MigrationTool> {
  const { path, basePath = path, toolSettings } = database;
  const tool = toolNamed(database.tool);
  if (tool.configured === undefined) return tool;
  return head.under(treePath(path)).length > 0
    ? tool.configured(head, path, toolSettings)
    : tool.configured(base, basePath, toolSettings);
}

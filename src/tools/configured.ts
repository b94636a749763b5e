import { Undecided } from '../errors.ts';
import type { Tree } from '../git/tree.ts';
import { toolNamed } from './index.ts';
import { treePath } from './reading/directories.ts';
import type { Bookkeeping, MigrationTool, ToolName, ToolSettings } from './tool.ts';

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
  const isIn = (tree: Tree, directory: string) => tree.under(treePath(directory)).length > 0;
  if (!isIn(head, path)) return tool.configured(base, basePath, toolSettings);
  const configured = await tool.configured(head, path, toolSettings);
  if (head === base || !isIn(base, basePath)) return configured;
  try {
    const before = await tool.configured(base, basePath, toolSettings);
    const known = knownToBase(configured, before);
    if (sameNames(known.bookkeeping, configured.bookkeeping)) return configured;
    return (await before.history(base, basePath)).migrations.length === 0 ? configured : known;
  } catch (error) {
    if (error instanceof Undecided) return configured;
    throw error;
  }
}

const sameNames = (left: Bookkeeping, right: Bookkeeping): boolean =>
  left.relations.length === right.relations.length && left.schemas?.length === right.schemas?.length;

/** What a pull request calls the tool's own table, and base does not, may be any table: it is looked at as one. */
function knownToBase(tool: MigrationTool, { bookkeeping: before }: MigrationTool): MigrationTool {
  const { bookkeeping } = tool;
  const { relations, schemas } = bookkeeping;
  return {
    ...tool,
    bookkeeping: {
      ...bookkeeping,
      relations: relations.filter((relation) => before.relations.includes(relation)),
      ...(schemas === undefined
        ? {}
        : { schemas: schemas.filter((schema) => before.schemas?.includes(schema)) }),
    },
  };
}

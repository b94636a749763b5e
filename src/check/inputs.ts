import type { Config, DatabaseConfig, Options } from '../config/options.ts';
import { Undecided } from '../errors.ts';
import type { Tree, Trees } from '../git/tree.ts';
import type { Limits } from '../limits.ts';
import type { ProgramInput } from '../run/command/workspace.ts';
import type { CommandAdapter } from '../tools/command-adapter.ts';
import { treePath } from '../tools/reading/directories.ts';
import type { History, MigrationTool } from '../tools/tool.ts';

/** What the check of one database begins with. */
export interface DatabaseInput {
  readonly database: DatabaseConfig;
  readonly config: Config;
  readonly options: Options;
  readonly trees: Trees;
  /** What people call base: `main`. */
  readonly baseName: string;
  /** What git calls it: `origin/main`. */
  readonly baseRef: string;
  readonly limits: Limits;
  readonly onProgress: (message: string) => void;
}

/** Each tree is read where it has the directory; those that are one and the same, once. */
export async function historiesOf(
  tool: MigrationTool,
  { path, basePath = path }: DatabaseConfig,
  trees: Trees,
) {
  const read = new Map<Tree, Promise<History>>();
  const historyOf = (tree: Tree): Promise<History> => {
    const history =
      read.get(tree) ?? tool.history(tree, tree.under(treePath(path)).length > 0 ? path : basePath);
    read.set(tree, history);
    return history;
  };
  const [base, branch, head, mergeBase] = await Promise.all([
    historyOf(trees.base),
    historyOf(trees.branch),
    historyOf(trees.head),
    trees.mergeBase === null ? null : historyOf(trees.mergeBase),
  ]);
  return { base, branch, head, mergeBase };
}

/** What the newest release has, where that is what counts as applied. */
export async function releaseOf(
  tool: MigrationTool,
  { path, basePath = path }: DatabaseConfig,
  appliedRef: string | null,
  trees: Trees,
): Promise<{ ref: string; history: History | null; notes: readonly string[] }> {
  if (appliedRef === null) return { ref: '', history: null, notes: [] };
  const tree = await trees.release(appliedRef);
  if (tree === null) {
    const note = `Nothing is called ${appliedRef} (applied-ref), so that everything of base counts as applied.`;
    return { ref: appliedRef, history: null, notes: [note] };
  }
  const directory = [path, basePath].find((one) => tree.under(treePath(one)).length > 0);
  const history =
    directory === undefined ? { migrations: [], notes: [] } : await tool.history(tree, directory);
  return {
    ref: tree.ref,
    history,
    notes: [`What ${tree.ref} has counts as applied (applied-ref): ${history.migrations.length} migrations.`],
  };
}

export async function textOf(tree: Tree, file: string): Promise<string> {
  const content = (await tree.read([file])).get(file);
  if (content !== undefined) return content.toString('utf8');
  throw new Undecided('invalid-configuration', `The declared schema ${file} does not exist in head.`, {
    place: { file },
  });
}

/** How long one command of a tool may run. */
const COMMAND_LIMIT_MS = 10 * 60_000;

/** How the tool's own command is run, where its migrations are programs. */
export const programOf = async (
  tool: MigrationTool,
  database: DatabaseConfig,
  trees: Trees,
): Promise<ProgramInput | null> => (tool.command === undefined ? null : askedProgram(tool, database, trees));

/** How the project's own copy of a tool is asked, also of one whose migrations the gate applies itself. */
export async function askedProgram(
  tool: MigrationTool,
  { path, basePath = path, command }: DatabaseConfig,
  { root, base, head }: Trees,
): Promise<ProgramInput> {
  return {
    adapter: tool.command ?? onlyAsked,
    title: tool.title,
    base,
    head,
    path: treePath(path),
    basePath: treePath(basePath),
    installedIn: root,
    applyCommand: command.apply,
    baseSetupCommand: command.baseSetup,
    environment: command.environment,
    limitMs: COMMAND_LIMIT_MS,
  };
}

const onlyAsked: CommandAdapter = {
  up: () => ({ missing: 'Its migrations are files, which the gate applies.' }),
  recorded: () => null,
};

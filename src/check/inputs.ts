import type { Config, DatabaseConfig, Options } from '../config/options.ts';
import { Undecided } from '../errors.ts';
import { repositoryRoot } from '../git/repository.ts';
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

/** Each tree is read where it has the directory. */
export async function historiesOf(
  tool: MigrationTool,
  { path, basePath = path }: DatabaseConfig,
  trees: Trees,
) {
  const [base, branch, head, mergeBase] = await Promise.all(
    [trees.base, trees.branch, trees.head, trees.mergeBase].map((tree) => {
      if (tree === null) return null;
      return tool.history(tree, tree.under(treePath(path)).length > 0 ? path : basePath);
    }),
  );
  if (!base || !branch || !head) throw new Error('base, branch and head always have a tree');
  return { base, branch, head, mergeBase: mergeBase ?? null };
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
  options: Options,
  trees: Trees,
): Promise<ProgramInput | null> =>
  tool.command === undefined ? null : askedProgram(tool, database, options, trees);

/** How the project's own copy of a tool is asked, also of one whose migrations the gate applies itself. */
export async function askedProgram(
  tool: MigrationTool,
  { path, basePath = path, command }: DatabaseConfig,
  options: Options,
  { base, head }: Trees,
): Promise<ProgramInput> {
  return {
    adapter: tool.command ?? onlyAsked,
    title: tool.title,
    base,
    head,
    path: treePath(path),
    basePath: treePath(basePath),
    installedIn: await repositoryRoot(options.repo),
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

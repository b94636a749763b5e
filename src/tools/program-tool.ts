import type { Tree } from '../git/tree.ts';
import type { CommandAdapter } from './command-adapter.ts';
import { byText, type Named, programMigrations } from './program-migrations.ts';
import { basename, byDirectory, dirname, exclusion, treePath } from './reading/directories.ts';
import type { DetectedDatabase, HistoryBehaviour, MigrationTool, OrderKey, ToolName } from './tool.ts';
import type { Words } from './words/words.ts';

/** A tool whose migrations are the programs of one directory, ordered by what stands in their names. */
export interface ProgramTool {
  readonly name: ToolName;
  readonly title: string;
  /** Names of files that make a directory worth a look. */
  readonly telling: RegExp;
  /** Why a directory with such files is this tool's, or null. */
  because(tree: Tree, directory: string, files: readonly string[]): Promise<string | null>;
  /** The files of a directory that are migrations. */
  readonly files: RegExp;
  /** Those of directories below it, too. */
  readonly below?: boolean;
  named(file: string, text: string): Named | null;
  order?(left: OrderKey, right: OrderKey): number;
  /** Unquoted `schema.relation` of its own tables. */
  readonly tables: readonly string[];
  readonly onHistoryChange: HistoryBehaviour;
  /** How one leaves the transaction. */
  readonly advice: string;
  readonly words?: Words;
  readonly command: CommandAdapter;
  configured?(tree: Tree, directory: string): Promise<MigrationTool>;
}

/** The tool as the gate knows tools. */
export function programTool(tool: ProgramTool): MigrationTool {
  const { configured } = tool;
  const order =
    tool.order ?? ((left, right) => byText(left.version, right.version) || byText(left.name, right.name));
  return {
    name: tool.name,
    title: tool.title,
    detect: async (tree) => ({ databases: await detected(tool, tree), notes: [] }),
    ...(configured === undefined ? {} : { configured: (tree, path) => configured(tree, treePath(path)) }),
    order,
    history: async (tree, path) => ({
      migrations: (
        await programMigrations(tree, path, tool.named, { files: tool.files, below: tool.below === true })
      ).sort(order),
      notes: [],
    }),
    bookkeeping: { setup: '', before: () => '', after: () => '', relations: tool.tables },
    sessions: 'one',
    onHistoryChange: tool.onHistoryChange,
    noTransaction: { directive: null, advice: tool.advice },
    ...(tool.words === undefined ? {} : { words: tool.words }),
    command: tool.command,
  };
}

async function detected(tool: ProgramTool, tree: Tree): Promise<DetectedDatabase[]> {
  const files = tree.entries.filter(
    ({ path, mode }) => mode.startsWith('100') && tool.telling.test(basename(path)),
  );
  const databases: DetectedDatabase[] = [];
  for (const [directory, entries] of byDirectory(files)) {
    if (exclusion(directory) === 'copied') continue;
    const because = await tool.because(
      tree,
      directory,
      entries.map(({ path }) => path),
    );
    if (because !== null) databases.push({ path: directory, tool: tool.name, because });
  }
  // What is sorted into folders below is one directory's.
  return tool.below === true
    ? databases.filter(({ path }) => !databases.some((other) => other.path === dirname(path)))
    : databases;
}

/** `20240101120000_add_users.rb`: number, name, and what the tool records. */
export function stampedName(
  file: string,
  identity: (version: string, stem: string, base: string) => string,
): Named | null {
  const base = basename(file);
  const stem = base.replace(/\.[^.]*$/, '');
  const [, version, name = ''] = /^(\d+)[_-]?(.*)$/.exec(stem) ?? [];
  return version === undefined ? null : { version, name, identity: identity(version, stem, base) };
}

/** Numbers of any length. */
export const byNumber = (left: OrderKey, right: OrderKey): number => {
  const [a, b] = [left, right].map(({ version }) => BigInt(/^\d+/.exec(version)?.[0] ?? 0)) as [
    bigint,
    bigint,
  ];
  return a < b ? -1 : a > b ? 1 : byText(left.name, right.name);
};

import { UserError } from '../errors.ts';
import type { Tree } from '../git/tree.ts';
import { openWorkingTree } from '../git/working-tree.ts';
import { visibleLine } from '../report/visible.ts';
import { toolNamed } from '../tools/index.ts';
import { actionReference } from './action-reference.ts';
import { configFile } from './config-file.ts';
import { type Found, type FoundDatabase, findDatabases } from './find.ts';
import { setupSteps } from './setup-steps.ts';
import { workflow } from './workflow.ts';
import { type Outcome, writeNew } from './write.ts';

/** Where the files belong, from the root of the repository. */
export const written = {
  workflow: '.github/workflows/migrations.yml',
  config: '.github/migration-gate.yml',
} as const;

export interface Plan {
  readonly found: Found;
  readonly workflow: string;
  readonly config: string;
  /** A workflow or a config that does this work already, under another name; null: none. */
  readonly existing: { readonly workflow: string | null; readonly config: string | null };
}

/**
 * What `init` would write for a repository.
 *
 * @param action how the workflow names the action
 * @throws UserError where no migrations are found
 */
export async function plan(tree: Tree, action: string = actionReference): Promise<Plan> {
  const found = await findDatabases(tree);
  if (found.databases.length === 0) throw nothing(found);
  return {
    found,
    workflow: workflow(action, await setupSteps(tree, found.databases)),
    config: configFile(found.databases),
    existing: { workflow: await workflowThere(tree), config: configThere(tree) },
  };
}

/** Looks at a repository, and writes what is not there yet. */
export async function init(input: {
  readonly repo: string;
  readonly action: string;
  readonly dryRun: boolean;
}): Promise<{ readonly plan: Plan; readonly outcomes: readonly Outcome[] }> {
  await using opened = await openWorkingTree(input.repo);
  const made = await plan(opened.tree, input.action);
  if (input.dryRun) return { plan: made, outcomes: [] };
  return {
    plan: made,
    outcomes: [
      await writeNew(opened.top, written.workflow, made.workflow, made.existing.workflow),
      await writeNew(opened.top, written.config, made.config, made.existing.config),
    ],
  };
}

/** What was found, a line each. */
export function foundText({ databases, notes }: Found): string {
  const lines = databases.map(line);
  return `${[...lines, ...notes.map((note) => `note: ${visibleLine(note)}`)].join('\n')}\n`;
}

function line({ path, candidates, question, migrations, version }: FoundDatabase): string {
  const where = visibleLine(path === '' ? 'the root of the repository' : path);
  const [first] = candidates;
  const answered = candidates.length === 1 && first !== undefined && first.tool !== 'command';
  if (!answered) {
    const choice = candidates.map(({ tool }) => tool).join(' or ');
    return `${where}: ${visibleLine(question ?? 'which tool runs it?')} Say in the config: tool: ${choice}. Until then the gate is undecided.`;
  }
  const count =
    typeof migrations === 'number'
      ? `${migrations} migration${migrations === 1 ? '' : 's'}`
      : visibleLine(migrations ?? '');
  const asked = question === null ? '' : ` ${visibleLine(question)}`;
  return `${where}: ${toolNamed(first.tool).title}, ${count} (${visibleLine(first.because)}). ${visibleLine(version.note)}${asked}`;
}

function nothing({ notes }: Found): UserError {
  const why = notes.map((note) => `\n${note}`).join('');
  return new UserError(
    `No migrations were found, so nothing was written.${why}\nAre they in this repository, and not ignored by git? Then say where, in ${written.config}:\n\ndatabases:\n  - path: db/migrations\n    tool: plain # or the tool's own name\n\nA tool that migrates by a program of its own is "tool: command" with an apply-command, a line for the shell that migrates DATABASE_URL.`,
  );
}

/** Another workflow that calls the action already. */
async function workflowThere(tree: Tree): Promise<string | null> {
  const files = tree
    .under('.github/workflows')
    .filter(({ path, mode }) => mode.startsWith('100') && /\.ya?ml$/.test(path))
    .map(({ path }) => path);
  const calls = [...(await tree.read(files))].find(([, bytes]) =>
    /^\s*(?:-\s+)?uses:\s*["']?(?:[\w.-]+\/migration-gate@)/m.test(bytes.toString('utf8')),
  );
  return calls?.[0] ?? null;
}

const configThere = (tree: Tree): string | null =>
  ['.github/migration-gate.yml', '.github/migration-gate.yaml'].find(
    (file) => tree.get(file) !== undefined,
  ) ?? null;

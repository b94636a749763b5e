import type { Config } from '../config/options.ts';
import type { Tree, Trees } from '../git/tree.ts';
import type { ProgramInput } from '../run/command/workspace.ts';
import { type ComparedModels, compareModels } from '../run/models.ts';
import type { Rehearsal } from '../run/rehearsal.ts';
import type { MigrationTool } from '../tools/tool.ts';

/** Generated code of more than this is no model. In bytes. */
const LARGEST = 1024 ** 2;

/** Whether the models have to be looked at, and what for. */
export interface ModelsTouched {
  /** The pull request changes files that may say something of models. */
  readonly touched: boolean;
  /** They cannot be compared without a server that has the migrations. */
  readonly needsServer: boolean;
}

/** Does the pull request change what the models say? */
export async function modelsTouched(
  tool: MigrationTool,
  { base, head }: Trees,
  rules: Config['rules'],
): Promise<ModelsTouched> {
  const check = tool.command?.models;
  if (check === undefined || rules['model-drift'] === 'off') return { touched: false, needsServer: false };
  const changed = (from: Tree, to: Tree): string[] =>
    from.entries.filter(({ path, oid }) => to.get(path)?.oid !== oid).map(({ path }) => path);
  const concerns = async (tree: Tree, paths: readonly string[]): Promise<boolean> =>
    [...(await tree.read(paths, { largest: LARGEST }))].some(([path, bytes]) =>
      check.concerns(path, bytes.toString('utf8')),
    );
  const touched = (await concerns(head, changed(head, base))) || (await concerns(base, changed(base, head)));
  return { touched, needsServer: touched && check.needsDatabase };
}

/** Compares the models with the migrations, where the tool can and there is a reason to. */
export async function modelsOf(input: {
  readonly tool: MigrationTool;
  readonly touched: ModelsTouched;
  readonly rules: Config['rules'];
  /** Null: nothing had to be run. */
  readonly rehearsal: Rehearsal | null;
  /** The migrations did not all run. */
  readonly failed: boolean;
  readonly baseIsEmpty: boolean;
  readonly program: () => Promise<ProgramInput | null>;
  readonly onProgress: (message: string) => void;
}): Promise<ComparedModels> {
  const { tool, rehearsal, touched } = input;
  const nothing = { models: null, notChecked: [] };
  const check = tool.command?.models;
  if (check === undefined || input.rules['model-drift'] === 'off' || input.failed) return nothing;
  if (rehearsal === null && !(touched.touched && !check.needsDatabase)) return nothing;
  const program = await input.program();
  if (program === null) return nothing;
  return compareModels(program, check, {
    copyOf: rehearsal?.copyOf ?? null,
    baseIsEmpty: input.baseIsEmpty,
    onProgress: input.onProgress,
  });
}

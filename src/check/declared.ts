import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config, DatabaseConfig } from '../config/options.ts';
import type { Tree, Trees } from '../git/tree.ts';
import type { ProgramInput } from '../run/command/workspace.ts';
import { compareDeclared, compareSchemaFile, type Declared, isKnown } from '../run/declared.ts';
import { compareParts } from '../run/declared-parts.ts';
import type { Rehearsal, RehearsalInput } from '../run/rehearsal.ts';
import { compareByTool } from '../run/schema-comparison.ts';
import { andAbove, treePath, within } from '../tools/reading/directories.ts';
import type { History, MigrationTool } from '../tools/tool.ts';
import { textOf } from './inputs.ts';

/** The file that has to say what the migrations make. */
export interface DeclaredFile {
  /** A folder where the tool reads one whole. */
  readonly file: string;
  /** What base has in its place; null: nothing. */
  readonly baseFile: string | null;
  /** The config names it; false: the tool keeps one of this name. */
  readonly asked: boolean;
  /** The pull request changes it. */
  readonly changed: boolean;
  /** There is somebody who can compare it. */
  readonly comparable: boolean;
}

/** What the config names, else where the tool keeps one. Null: there is none, or nobody wants to hear of it. */
export async function declaredFileOf(
  tool: MigrationTool,
  { path, basePath = path, declaredSchema }: DatabaseConfig,
  { base, head }: Trees,
  rules: Config['rules'],
  /** The working directory, where the job has installed what the project needs. */
  installedIn: string,
): Promise<DeclaredFile | null> {
  if (declaredSchema != null) {
    const before = base.get(declaredSchema);
    const changed = head.get(declaredSchema)?.oid !== before?.oid;
    const baseFile = before === undefined ? null : declaredSchema;
    return { file: declaredSchema, baseFile, asked: true, changed, comparable: true };
  }
  if (tool.declaredFile === undefined || rules['declared-schema-differs'] === 'off') return null;
  const file = await tool.declaredFile(head, path);
  if (file === null) return null;
  const baseFile = await tool.declaredFile(base, basePath);
  const changed = baseFile === null || stateOf(head, file) !== stateOf(base, baseFile);
  const { schemaComparison: comparison } = tool;
  const comparable =
    comparison === undefined ||
    andAbove(treePath(path)).some((folder) =>
      existsSync(join(installedIn, within(folder, `node_modules/.bin/${comparison.program}`))),
    );
  return { file, baseFile, asked: false, changed, comparable };
}

/** Equal for files and folders of equal content. */
const stateOf = (tree: Tree, path: string): string =>
  tree.get(path)?.oid ??
  tree
    .under(path)
    .map(({ path: inside, oid }) => `${inside.slice(path.length)} ${oid}`)
    .join('\n');

interface DeclaredInput {
  readonly tool: MigrationTool;
  readonly declared: DeclaredFile;
  readonly trees: Trees;
  readonly histories: { readonly base: History; readonly head: History };
  /** Null: nothing was run, or not to its end. */
  readonly rehearsal: Rehearsal | null;
  readonly input: () => Promise<RehearsalInput>;
  /** How the tool itself is asked. */
  readonly program: () => Promise<ProgramInput>;
  /** Directory of the migrations, and where base has it. */
  readonly path: string;
  readonly basePath: string;
  /** The pull request brings migrations. */
  readonly migrates: boolean;
}

/** What came of the comparison. */
export interface ComparedDeclared {
  readonly declared: Declared | null;
  /** One sentence each. */
  readonly notChecked: readonly string[];
}

/** Compares the declared schema with what the migrations have made; base's only where head's differs. */
export async function declaredOf(input: DeclaredInput): Promise<ComparedDeclared> {
  const {
    declared: { file, baseFile, asked, changed, comparable },
    tool: { schemaComparison },
    migrates,
    rehearsal,
  } = input;
  if (!comparable) {
    // Where both change, or none of them, there is little to suspect.
    const suspect = changed !== migrates;
    const why = `${input.tool.title} is not installed in the checkout, and is asked where it is (\`npm ci\` before this step).`;
    return { declared: null, notChecked: suspect ? [notCompared(file, why)] : [] };
  }
  if (rehearsal === null) return { declared: null, notChecked: [] };
  if (!asked && schemaComparison !== undefined) {
    if (rehearsal.copyOf === undefined) return { declared: null, notChecked: [] };
    const found = await compareByTool(
      await input.program(),
      schemaComparison,
      rehearsal.copyOf,
      { side: 'head', schema: file, made: rehearsal.after },
      baseFile === null ? null : { side: 'base', schema: baseFile, made: rehearsal.before },
    );
    if (typeof found === 'string') return { declared: null, notChecked: [notCompared(file, found)] };
    return { declared: found, notChecked: [] };
  }
  const head = await oneSide(input, rehearsal, file, 'head');
  if (typeof head === 'string') return { declared: null, notChecked: [notCompared(file, head)] };
  const partly = head.notCompared ?? [];
  const fine = head.differences.length === 0 && head.failure === null && head.lag == null;
  if (fine || baseFile === null) return { declared: head, notChecked: partly };
  const base = await oneSide(input, rehearsal, baseFile, 'base');
  // Nobody keeps them.
  if (head.mend !== undefined && head.lag != null && typeof base !== 'string' && base.lag != null)
    return { declared: null, notChecked: [] };
  const known = typeof base !== 'string' && isKnown(head, base);
  if (known && head.failure !== null && !asked)
    return { declared: null, notChecked: [notCompared(file, head.failure)] };
  return { declared: { ...head, known }, notChecked: partly };
}

const notCompared = (file: string, why: string): string =>
  `Whether ${file} is what the migrations make: ${why}`;

async function oneSide(
  { tool, trees, histories, ...parts }: DeclaredInput,
  rehearsal: Rehearsal,
  file: string,
  side: 'base' | 'head',
): Promise<Declared | string> {
  const input = await parts.input();
  const text = await textOf(trees[side], file);
  const made = side === 'head' ? rehearsal.after : rehearsal.before;
  if (tool.declaredParts !== undefined && !parts.declared.asked) {
    const path = side === 'head' ? parts.path : parts.basePath;
    const declares = await tool.declaredParts.of(trees[side], path);
    if (declares === null) return 'it has a form that is not read here.';
    if (rehearsal.copyOf === undefined) return 'there was no database to make it on.';
    const found = await compareParts(tool, file, declares, made, rehearsal.copyOf, side);
    if (typeof found === 'string') return found;
    const lag = await tool.declaredParts.lag(trees[side], path);
    return { ...found, lag, mend: tool.declaredParts.mend };
  }
  const schema = tool.command?.schemaFile;
  const { program } = input;
  const versions = histories[side].migrations.map(({ version }) => version);
  const lag = schema?.lag(text, versions) ?? null;
  if (schema !== undefined && program !== null && file.endsWith(schema.extension)) {
    if (rehearsal.copyOf === undefined) return 'there was no database to ask.';
    const found = await compareSchemaFile(input, program, schema, { file, text, side }, rehearsal.copyOf);
    return typeof found === 'string' ? found : { ...found, lag };
  }
  return { ...(await compareDeclared(input, { file, sql: text }, made)), lag };
}

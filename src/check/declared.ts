import type { Config, DatabaseConfig } from '../config/options.ts';
import type { Tree, Trees } from '../git/tree.ts';
import { compareDeclared, compareSchemaFile, type Declared, isKnown } from '../run/declared.ts';
import type { Rehearsal, RehearsalInput } from '../run/rehearse.ts';
import type { History, MigrationTool } from '../tools/tool.ts';
import { textOf } from './inputs.ts';

/** The file that has to say what the migrations make. */
export interface DeclaredFile {
  readonly file: string;
  /** The config names it; false: the tool keeps one of this name. */
  readonly asked: boolean;
}

/** What the config names, else where the tool keeps one. Null: there is none, or nobody wants to hear of it. */
export async function declaredFileOf(
  tool: MigrationTool,
  { path, declaredSchema }: DatabaseConfig,
  { head }: Trees,
  rules: Config['rules'],
): Promise<DeclaredFile | null> {
  if (declaredSchema != null) return { file: declaredSchema, asked: true };
  if (tool.declaredFile === undefined || rules['declared-schema-differs'] === 'off') return null;
  const file = await tool.declaredFile(head, path);
  return file === null ? null : { file, asked: false };
}

interface DeclaredInput {
  readonly tool: MigrationTool;
  readonly declared: DeclaredFile;
  readonly trees: Trees;
  readonly histories: { readonly base: History; readonly head: History };
  readonly rehearsal: Rehearsal;
  readonly input: RehearsalInput;
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
    declared: { file, asked },
    trees,
  } = input;
  const head = await oneSide(input, 'head');
  if (typeof head === 'string') return { declared: null, notChecked: [notCompared(file, head)] };
  const fine = head.differences.length === 0 && head.failure === null && head.lag === null;
  if (fine || trees.base.get(file) === undefined) return { declared: head, notChecked: [] };
  const base = await oneSide(input, 'base');
  const known = typeof base !== 'string' && isKnown(head, base);
  if (known && head.failure !== null && !asked)
    return { declared: null, notChecked: [notCompared(file, head.failure)] };
  return { declared: { ...head, known }, notChecked: [] };
}

const notCompared = (file: string, why: string): string =>
  `Whether ${file} is what the migrations make: ${why}`;

async function oneSide(
  { tool, declared: { file }, trees, histories, rehearsal, input }: DeclaredInput,
  side: 'base' | 'head',
): Promise<Declared | string> {
  const tree: Tree = trees[side];
  const text = await textOf(tree, file);
  const schema = tool.command?.schemaFile;
  const { program } = input;
  const versions = histories[side].migrations.map(({ version }) => version);
  const lag = schema?.lag(text, versions) ?? null;
  if (schema !== undefined && program !== null && file.endsWith(schema.extension)) {
    if (rehearsal.copyOf === undefined) return 'there was no database to ask.';
    const found = await compareSchemaFile(input, program, schema, { file, text, side }, rehearsal.copyOf);
    return typeof found === 'string' ? found : { ...found, lag };
  }
  const made = side === 'head' ? rehearsal.after : rehearsal.before;
  return { ...(await compareDeclared(input, { file, sql: text }, made)), lag };
}

import { Undecided } from '../../errors.ts';
import type { Shadow } from '../../shadow/shadow.ts';
import type { Migration } from '../../tools/tool.ts';
import type { ApplyFailure } from '../apply.ts';
import { surroundingsOf } from '../base.ts';
import { runDump } from '../baseline.ts';
import type { RehearsalInput } from '../rehearsal.ts';
import { lastLines } from './call.ts';
import { freshByCommand } from './upgrade.ts';
import { openWorkspace, type ProgramInput } from './workspace.ts';

type Context = Pick<
  RehearsalInput,
  'tool' | 'path' | 'postgresMajor' | 'onProgress' | 'base' | 'baseName' | 'baseLoad'
> & {
  readonly program: ProgramInput;
};

/**
 * The rehearsal in which both sides begin with their schema files: for a base that has no migrations any more, or of which
 * those that are left do not run by themselves.
 *
 * @returns null where base has no schema file to begin with
 */
export function fromSchemaFiles(input: RehearsalInput): RehearsalInput | null {
  const { program, schemaLoads, fresh, freshLoad } = input;
  if (program === null || schemaLoads == null) return null;
  return {
    ...input,
    baseLoad: schemaLoads.base,
    freshLoad: freshLoad ?? (fresh === null ? null : schemaLoads.head),
  };
}

/**
 * Builds an empty database as the tool builds a new one: it loads head's schema file, then runs the migrations that are newer.
 *
 * @returns what stopped it, or null
 */
export async function freshFromSchema(
  shadow: Shadow,
  context: Context,
  load: Migration,
  migrations: readonly Migration[],
): Promise<ApplyFailure | null> {
  const { tool, program } = context;
  const failure = await loadSchema(shadow, context, load, 'head');
  if (failure !== null) {
    const nothing = { sqlstate: '', detail: null, hint: null, line: 1, column: null, object: {} };
    return { migration: load, error: { ...nothing, message: failure } };
  }
  const newer = migrations.filter(
    ({ version }) => tool.order({ version: load.version, name: '' }, { version, name: '' }) < 0,
  );
  // One that stops the command has to be named, whichever it is.
  return freshByCommand(shadow, { program, tool }, newer.length > 0 ? newer : [load]);
}

/**
 * Loads base's schema file, where its migrations are to run behind that.
 *
 * @returns notes
 * @throws Undecided `base-does-not-apply` when it does not load
 */
export async function loadBase(shadow: Shadow, context: Context): Promise<string[]> {
  const { tool, base, baseLoad, baseName } = context;
  if (baseLoad == null) return [];
  const failure = await loadSchema(shadow, context, baseLoad, 'base');
  if (failure !== null)
    throw new Undecided('base-does-not-apply', failure, { place: { file: baseLoad.file } });
  return [
    `${base.length === 0 ? `${baseName} has no migrations any more` : `The migrations of ${baseName} alone do not make its schema`}. Its database was built as ${tool.title} builds a new one: of ${baseLoad.file}, and the migrations after it.`,
  ];
}

/**
 * Loads one side's schema file into an empty database: SQL is sent, without psql; the tool itself reads any other.
 *
 * @returns why it could not, or null
 * @throws Undecided when the tool cannot be called
 */
export async function loadSchema(
  shadow: Shadow,
  { tool, program, path, postgresMajor, onProgress }: Context,
  { file, version, bytes }: Migration,
  side: 'base' | 'head',
): Promise<string | null> {
  onProgress(`loading ${file}`);
  const schema = program.adapter.schemaFile;
  if (schema === undefined || !file.endsWith(schema.extension)) {
    try {
      const dump = { file, sql: bytes.toString('utf8'), version, trusted: false };
      await runDump(shadow, dump, await surroundingsOf(shadow, { path, postgresMajor }));
      return null;
    } catch (error) {
      if (!(error instanceof Undecided) || error.reason !== 'base-does-not-apply') throw error;
      return error.message;
    }
  }
  await using workspace = await openWorkspace(program, side);
  const { ended, shown } = await workspace.ask(shadow.connection, (project) =>
    schema.load(project, workspace.place(file)),
  );
  if (ended.code === 0) return null;
  return `${tool.title} cannot load it: ${shown} ${ended.code === null ? 'did not end in time' : `ended with ${ended.code}`}. Its last lines: ${lastLines(ended.output, 6, 800)}`;
}

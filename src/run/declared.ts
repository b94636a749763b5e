import { writeFile } from 'node:fs/promises';
import { diff } from '../catalog/diff.ts';
import type { Catalog, ObjectType, SchemaChange } from '../catalog/model.ts';
import { schemaDiff } from '../catalog/text.ts';
import { Undecided } from '../errors.ts';
import type { Connection, ShadowDatabase } from '../shadow/shadow.ts';
import type { SchemaFile } from '../tools/command-adapter.ts';
import { prepare, start } from './base.ts';
import { lastLines } from './command/call.ts';
import { type Asked, openWorkspace, type ProgramInput } from './command/workspace.ts';
import { type CopyOf, copyFor } from './models.ts';
import type { RehearsalInput } from './rehearsal.ts';
import { rehearse } from './rehearse.ts';
import { snapshotOf } from './snapshot-of.ts';

/** The schema that the repository declares beside what its migrations make. */
export interface Declared {
  readonly file: string;
  /** From what the migrations make to what the file says. */
  readonly differences: readonly SchemaChange[];
  /** The same as text. */
  readonly diff: string;
  /** Why the file does not run on an empty database; null: it does. */
  readonly failure: string | null;
  /** Why it is older than the newest migration, as a sentence; null or absent: it is not. */
  readonly lag?: string | null;
  /** All of this is so in base as well. Absent: it is not, or nobody looked. */
  readonly known?: boolean;
  /** The file asks for nothing that the migrations do not make. */
  readonly onlyMore?: boolean;
  /** What to do about it, as a sentence. Absent: the file is to be written again. */
  readonly mend?: string;
  /** One sentence each: what of the file could not be compared. */
  readonly notCompared?: readonly string[];
  /** What the tool itself would run to make the database what the file says; `differences` is empty then. */
  readonly missing?: MissingMigration;
}

/** A migration that nobody has written. */
export interface MissingMigration {
  /** What a person types for the same question. */
  readonly asked: string;
  /** What a person types for the migration, and for the other way: to write into the file what the migrations make. */
  readonly makes: string;
  readonly absorbs: string;
  /** Its statements. */
  readonly sql: readonly string[];
  /** The database lacks something that the file has; false: it only has more. */
  readonly lacking: boolean;
  /** How many more of them base lacks as well. */
  readonly others: number;
}

/** What dumps are made without, or what belongs to the server. */
const notDeclared: ReadonlySet<ObjectType> = new Set<ObjectType>([
  'role',
  'role-membership',
  'setting',
  'owner',
  'privilege',
  'default-privilege',
]);

/** Roles, owners and privileges are in no such file, and no migration changes the order of columns. */
function compared(file: string, made: Catalog, declared: Catalog): Declared {
  const nothing = { file, differences: [], diff: '', failure: null };
  const isMeant = ({ type, orderOnly }: SchemaChange): boolean =>
    !notDeclared.has(type) && orderOnly !== true;
  const found = diff(made, declared, 'name').filter(isMeant);
  if (found.length === 0) return nothing;
  const text = schemaDiff(made, declared, 'name')
    .map(({ object, diff: lines }) => `@@ ${object} @@\n${lines}`)
    .join('\n');
  return { ...nothing, differences: found, diff: text };
}

/**
 * Runs a dump on an empty server of its own and compares the schema by name with what the migrations have made.
 *
 * @param input as for the migrations; their files are left out of it
 */
export async function compareDeclared(
  input: RehearsalInput,
  dump: { readonly file: string; readonly sql: string },
  made: Catalog,
): Promise<Declared> {
  try {
    await using rehearsal = await rehearse({
      ...input,
      existing: false,
      baseline: { file: dump.file, sql: dump.sql, version: '', trusted: false },
      checkDown: false,
      checkRerun: false,
      base: [],
      pending: [],
      fresh: null,
      program: null,
      newHooks: [],
      hooks: { base: [], head: [] },
    });
    return compared(dump.file, made, rehearsal.after);
  } catch (error) {
    if (!(error instanceof Undecided) || error.reason !== 'base-does-not-apply') throw error;
    return { file: dump.file, differences: [], diff: '', failure: error.message };
  }
}

/**
 * Compares a file in the tool's own language with what the tool would write of the migrated database: both are loaded by the
 * tool, so that what such a file cannot say is missing from both. Files that are equal are not loaded.
 *
 * @returns a sentence where it could not be compared
 */
export async function compareSchemaFile(
  input: RehearsalInput,
  program: ProgramInput,
  schema: SchemaFile,
  declared: { readonly file: string; readonly text: string; readonly side: 'base' | 'head' },
  copyOf: NonNullable<CopyOf>,
): Promise<Declared | string> {
  const { file, text, side } = declared;
  try {
    await using workspace = await openWorkspace(program, side);
    const copied = await copyFor(copyOf, side);
    if (typeof copied === 'string') return copied;
    const written = await askOn(copied, (connection) => workspace.ask(connection, schema.dump));
    if (written.ended.code !== 0 || written.answer === null)
      return `${program.title} could not write it: ${said(written)}`;
    const same = { file, differences: [], diff: '', failure: null };
    if (schema.withoutVersion(written.answer).trim() === schema.withoutVersion(text).trim()) return same;
    const begin = await start(input, [], []);
    await using shadow = begin.shadow;
    await prepare(shadow, input);
    await using other = await shadow.copy();
    const ours = workspace.place(`.migration-gate-schema${schema.extension}`);
    await writeFile(ours, written.answer);
    const reference = await workspace.ask(other.connection, (project) => schema.load(project, ours));
    if (reference.ended.code !== 0) return `what ${program.title} writes does not load: ${said(reference)}`;
    const loaded = await workspace.ask(shadow.connection, (project) =>
      schema.load(project, workspace.place(file)),
    );
    if (loaded.ended.code !== 0)
      return { ...same, failure: `${program.title} cannot load it: ${said(loaded)}` };
    return compared(
      file,
      await snapshotOf(other.admin, input.tool),
      await snapshotOf(shadow.admin, input.tool),
    );
  } catch (error) {
    if (error instanceof Undecided) return error.message;
    throw error;
  }
}

/** Closes a copy after one question. */
async function askOn(copy: ShadowDatabase, ask: (connection: Connection) => Promise<Asked>): Promise<Asked> {
  await using database = copy;
  return await ask(database.connection);
}

const said = ({ shown, ended }: Asked): string =>
  `${shown} ${ended.code === null ? 'did not end in time' : `ended with ${ended.code}`}. Its last lines: ${lastLines(ended.output, 12, 1_200)}`;

/** Is everything that is wrong with head's file wrong with base's as well? */
export function isKnown(head: Declared, base: Declared): boolean {
  const key = ({ change, type, name, before, after }: SchemaChange): string =>
    JSON.stringify([change, type, name, before, after]);
  const before = new Set(base.differences.map(key));
  return (
    head.differences.every((difference) => before.has(key(difference))) &&
    (head.failure === null || base.failure !== null) &&
    (head.lag == null || base.lag != null)
  );
}

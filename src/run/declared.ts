import { diff } from '../catalog/diff.ts';
import type { Catalog, ObjectType, SchemaChange } from '../catalog/model.ts';
import { schemaDiff } from '../catalog/text.ts';
import { Undecided } from '../errors.ts';
import { type RehearsalInput, rehearse } from './rehearse.ts';

/** A dump of the repository beside what its migrations make. */
export interface Declared {
  readonly file: string;
  /** From what the migrations make to what the file says. */
  readonly differences: readonly SchemaChange[];
  /** The same as text. */
  readonly diff: string;
  /** Why the file does not run on an empty database; null: it does. */
  readonly failure: string | null;
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
  const nothing = { file: dump.file, differences: [], diff: '' };
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
    const isMeant = ({ type }: { readonly type: ObjectType }): boolean => !notDeclared.has(type);
    const differences = diff(made, rehearsal.after, 'name').filter(isMeant);
    if (differences.length === 0) return { ...nothing, failure: null };
    const text = schemaDiff(made, rehearsal.after, 'name')
      .map(({ object, diff: lines }) => `@@ ${object} @@\n${lines}`)
      .join('\n');
    return { ...nothing, differences, diff: text, failure: null };
  } catch (error) {
    if (!(error instanceof Undecided) || error.reason !== 'base-does-not-apply') throw error;
    return { ...nothing, failure: error.message };
  }
}

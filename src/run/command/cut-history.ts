import { diff } from '../../catalog/diff.ts';
import type { Catalog } from '../../catalog/model.ts';
import { Undecided } from '../../errors.ts';
import { prepare, start } from '../base.ts';
import type { RehearsalInput } from '../rehearsal.ts';
import { snapshotOf } from '../snapshot-of.ts';
import { loadBase } from './schema-load.ts';
import { applyBase } from './upgrade.ts';
import type { ProgramInput } from './workspace.ts';

/**
 * Was the beginning of base's history left to its schema file, while what remains runs by itself? Then that file, with the
 * migrations after it, makes all that the migrations alone make, and more tables.
 *
 * @param loading the same input, where base begins with its schema file
 */
export async function isCut(input: RehearsalInput, loading: RehearsalInput): Promise<boolean> {
  const { program, schemaLoads } = input;
  if (program === null || schemaLoads?.perhapsCut !== true) return false;
  try {
    const alone = await builtBase(input, program);
    const loaded = await builtBase(loading, program);
    // A schema file has the columns in the order of one developer's.
    const changes = diff(alone, loaded, 'name').filter(({ orderOnly }) => orderOnly !== true);
    return changes.every(({ change }) => change === 'added') && changes.some(({ type }) => type === 'table');
  } catch (error) {
    // What does not run is told where it is run in earnest.
    if (error instanceof Undecided && error.reason === 'base-does-not-apply') return false;
    throw error;
  }
}

async function builtBase(input: RehearsalInput, program: ProgramInput): Promise<Catalog> {
  const begin = await start(input, input.base, input.hooks.base);
  await using shadow = begin.shadow;
  await prepare(shadow, input);
  await loadBase(shadow, { ...input, program });
  await applyBase(shadow, { ...input, program });
  return await snapshotOf(shadow.admin, input.tool);
}

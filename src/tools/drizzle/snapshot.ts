import { z } from 'zod';
import type { Tree } from '../../git/tree.ts';
import type { SchemaPart } from '../tool.ts';
import { fromFolders } from './folder-snapshot.ts';
import { fromJournal, journalShape } from './journal-snapshot.ts';
import { newestSnapshot, snapshotsOf } from './newest.ts';
import { stateOf } from './state.ts';

/** What the newest snapshot declares, in an order in which it can be made; null: a form that is not read here. */
export async function declaredParts(tree: Tree, directory: string): Promise<SchemaPart[] | null> {
  const newest = await newestSnapshot(tree, directory);
  if (newest === null) return null;
  const files = (await snapshotsOf(tree, directory)).filter((file) => file !== null);
  const contents = await tree.read(files);
  try {
    const [value, ...earlier] = files
      .slice(0, files.indexOf(newest) + 1)
      .reverse()
      .map((file): unknown => JSON.parse(contents.get(file)?.toString('utf8') ?? ''));
    const journal = journalShape.safeParse(value);
    if (journal.success) return fromJournal(journal.data);
    const state = stateOf([...earlier.reverse(), value]);
    return state === null ? null : fromFolders(state);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw error;
  }
}

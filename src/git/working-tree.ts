import { objectsOf } from './objects.ts';
import { readTree } from './read.ts';
import { openRepository } from './repository.ts';
import { makeScratch } from './scratch.ts';
import { commitWorkingTree } from './snapshot.ts';
import type { Tree } from './tree.ts';

/** A working tree by itself, without a base; closing removes the temporary object directory. */
export interface WorkingTree extends AsyncDisposable {
  readonly tree: Tree;
  /** Absolute path of its top. */
  readonly top: string;
}

/**
 * Opens the working tree with its uncommitted and untracked files. A repository without a commit will do, and nothing is
 * fetched.
 *
 * @throws UserError if there is no repository, or one without files
 */
export async function openWorkingTree(directory: string): Promise<WorkingTree> {
  const repo = await openRepository(directory);
  const scratch = await makeScratch(repo);
  try {
    const objects = objectsOf(scratch);
    const { sha } = await commitWorkingTree({
      repo,
      scratch,
      network: scratch,
      objects,
      known: new Map(),
      secrets: [],
      remote: null,
      note: () => {},
      say: () => {},
    });
    return {
      tree: await readTree(objects, sha, { ref: 'working tree', sha: null }),
      top: repo.top,
      [Symbol.asyncDispose]: () => scratch[Symbol.asyncDispose](),
    };
  } catch (error) {
    await scratch[Symbol.asyncDispose]();
    throw error;
  }
}

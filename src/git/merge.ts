import { Undecided } from '../errors.ts';
import { gitFailed, nulSeparated, tryGit, withoutLineFeed } from './command.ts';
import { parentsIn } from './commit.ts';
import { deepenUntilJoined } from './fetch.ts';
import type { Opening } from './opening.ts';
import { gitVersion } from './repository.ts';
import type { NamedCommit } from './resolve.ts';
import { nameSome } from './snapshot.ts';

/** How a branch stands to its base. */
export type Relation =
  /** It is a merge into base, such as GitHub's refs/pull/N/merge. */
  | { readonly kind: 'merged' }
  /** It contains base. */
  | { readonly kind: 'ahead' }
  /** Base has commits that it does not have; they part at `mergeBase`. */
  | { readonly kind: 'behind'; readonly mergeBase: string }
  | { readonly kind: 'unrelated' };

/**
 * How a branch stands to its base. Fetches history where a shallow clone hides it.
 *
 * @param tips what is checked out where `branch` is a working tree's commit, else the branch itself
 * @throws Undecided('base-not-available') if that history is not to be had
 */
export async function relate(
  opening: Opening,
  base: string,
  branch: string,
  tips: readonly string[],
): Promise<Relation> {
  const { scratch, objects } = opening;
  // What a commit itself says holds where a shallow clone hides it.
  for (const tip of tips) {
    if (tip === base) return { kind: 'ahead' };
    const parents = parentsIn(await objects.commit(tip));
    if (parents.includes(base))
      return { kind: parents.length > 1 && parents[0] === base ? 'merged' : 'ahead' };
  }
  // A clone that knows too little can miss an ancestor, but not invent one.
  if ((await tryGit(scratch, ['merge-base', '--is-ancestor', base, branch])).code === 0)
    return { kind: 'ahead' };
  await deepenUntilJoined(opening, base, branch);
  const found = await tryGit(scratch, ['merge-base', base, branch]);
  if (found.code > 1 || found.code < 0) throw gitFailed(['merge-base'], found);
  if (found.code === 1) return { kind: 'unrelated' };
  const mergeBase = withoutLineFeed(found.stdout);
  return mergeBase === base ? { kind: 'ahead' } : { kind: 'behind', mergeBase };
}

/** The first git with `merge-tree --write-tree`. */
const MERGES = [2, 38] as const;

/**
 * @param what is to be merged, as the beginning of a sentence
 * @throws Undecided('base-not-available') if git is too old to merge without a working tree
 */
export async function needsMerges({ repo }: Opening, what: string, orElse = ''): Promise<void> {
  const { text, isAtLeast } = await gitVersion(repo);
  if (isAtLeast(MERGES)) return;
  throw new Undecided(
    'base-not-available',
    `${what} cannot be merged by ${text.replace('version ', '')} without touching the checkout. Install git ${MERGES.join('.')} or newer${orElse}.`,
  );
}

/**
 * The tree that merging the branch into base would give, as git's own merge (and GitHub) makes it.
 *
 * @returns the tree's name; it lies in the scratch repository
 * @throws Undecided('merge-conflict') if files conflict
 * @throws Undecided('base-not-available') if git is too old to merge without a working tree
 */
export async function mergeTrees(opening: Opening, base: NamedCommit, branch: NamedCommit): Promise<string> {
  const { network } = opening;
  await needsMerges(
    opening,
    `${branch.ref} is behind ${base.ref}, and they`,
    `, or bring the branch up to date: \`git merge ${base.ref}\``,
  );
  // As GitHub merges, whatever the user's own configuration: it decides what conflicts.
  const settings = ['-c', 'merge.renames=true', '-c', 'merge.directoryRenames=conflict'];
  const args = ['merge-tree', '--write-tree', '-z', '--name-only', '--no-messages', base.sha, branch.sha];
  const merged = await tryGit(network, [...settings, ...args]);
  if (merged.code !== 0 && merged.code !== 1) throw gitFailed(args, merged);
  const [tree = '', ...conflicted] = nulSeparated(merged.stdout);
  if (merged.code === 0) return tree;
  const [first = ''] = conflicted;
  throw new Undecided(
    'merge-conflict',
    `${branch.ref} conflicts with ${base.ref} in ${nameSome(conflicted)}. Merge and resolve it first: \`git merge ${base.ref}\`.`,
    { place: { file: first } },
  );
}

import { Undecided } from '../errors.ts';
import { type GitPlace, git, gitFailed, nulSeparated, tryGit, withoutLineFeed } from './command.ts';
import { fetchPullRequest } from './fetch.ts';
import { mergeTrees, needsMerges, relate } from './merge.ts';
import type { Opening } from './opening.ts';
import { readTree } from './read.ts';
import { type NamedCommit, resolveCommit } from './resolve.ts';
import { AUTHOR } from './snapshot.ts';
import type { Beside, OtherBranch } from './tree.ts';

/** The two sides that another branch is put beside. */
export interface Ours {
  readonly base: NamedCommit;
  /** A tree or commit with what the pull request would make of base. */
  readonly head: string;
}

/**
 * What another branch makes of base, and what both together do. Everything is objects of the scratch repository: nothing
 * is checked out, and nothing of the branch is run.
 *
 * @throws Undecided('base-not-available') if the branch or its history is not to be had
 * @throws Undecided('merge-conflict') if it does not merge with base itself
 * @throws UserError for a reference that git does not know
 */
export async function besideBranch(shared: Opening, ours: Ours, branch: OtherBranch): Promise<Beside> {
  // What it took to get the other branch is no news about this one.
  const opening: Opening = { ...shared, note: () => {} };
  await needsMerges(opening, 'Two branches');
  const other = await commitOf(opening, branch);
  const relation = await relate(opening, ours.base.sha, other.sha, [other.sha]);
  if (relation.kind === 'unrelated') {
    throw new Undecided(
      'base-not-available',
      `${branch.name} has no history in common with the base branch.`,
    );
  }
  const tree = relation.kind === 'behind' ? await mergeTrees(opening, ours.base, other) : other.sha;
  const { scratch, network, objects } = opening;
  const [left, right] = [
    await onBase(scratch, ours.base.sha, ours.head),
    await onBase(scratch, ours.base.sha, tree),
  ];
  const merged = await mergeBoth(network, left, right);
  const read = (treeish: string) => readTree(objects, treeish, { ref: branch.name, sha: other.sha });
  return { other: await read(tree), both: await read(merged.tree), conflicts: merged.conflicts };
}

async function commitOf(opening: Opening, { name, number }: OtherBranch): Promise<NamedCommit> {
  if (number === null) return resolveCommit(opening, name, '--also');
  const { remote } = opening;
  if (remote === null) {
    throw new Undecided('base-not-available', `${name} cannot be fetched: this clone has no remote.`);
  }
  return { ref: name, sha: await fetchPullRequest(opening, remote, number) };
}

/** A commit with that tree whose only parent is base, so that merging two of them has base as their ancestor. */
async function onBase(scratch: GitPlace, base: string, treeish: string): Promise<string> {
  const tree = withoutLineFeed(await git(scratch, ['rev-parse', '--verify', `${treeish}^{tree}`]));
  const made = await git(scratch, ['commit-tree', '--no-gpg-sign', '-p', base, tree], {
    input: 'beside\n',
    env: AUTHOR,
  });
  return withoutLineFeed(made);
}

/** The tree of both; where files conflict they hold git's conflict markers. */
async function mergeBoth(place: GitPlace, left: string, right: string) {
  const settings = ['-c', 'merge.renames=true', '-c', 'merge.directoryRenames=conflict'];
  const args = ['merge-tree', '--write-tree', '-z', '--name-only', '--no-messages', left, right];
  const merged = await tryGit(place, [...settings, ...args]);
  if (merged.code !== 0 && merged.code !== 1) throw gitFailed(args, merged);
  const [tree = '', ...conflicts] = nulSeparated(merged.stdout);
  return { tree, conflicts: [...new Set(conflicts)] };
}

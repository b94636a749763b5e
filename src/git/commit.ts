import { UserError } from '../errors.ts';
import { type GitPlace, git } from './command.ts';
import { openRepository } from './repository.ts';
import { findCommit } from './resolve.ts';

/**
 * First parent of a commit, or null for a root commit. Read from the commit itself: in GitHub's checkout of
 * depth 1 git hides the parents of the pull request's merge commit, but the commit still names them.
 *
 * @throws UserError if the reference is unknown
 */
export async function firstParentOf(repo: string, ref: string): Promise<string | null> {
  return (await parentsIn(repo, ref))[0] ?? null;
}

/**
 * Whether a commit has more than one parent, also where they are missing from a shallow clone.
 *
 * @throws UserError if the reference is unknown
 */
export async function isMergeCommit(repo: string, ref: string): Promise<boolean> {
  return (await parentsIn(repo, ref)).length > 1;
}

/** The parents that a commit names, whether or not they are here. */
export async function rawParents(place: GitPlace, sha: string): Promise<string[]> {
  const text = (await git(place, ['cat-file', 'commit', sha])).toString('latin1');
  const header = text.slice(0, text.indexOf('\n\n'));
  // `tree`, then the parents, then the author; a signature or merged tag further down may quote others.
  const parents: string[] = [];
  for (const line of header.split('\n').slice(1)) {
    if (!line.startsWith('parent ')) break;
    parents.push(line.slice('parent '.length));
  }
  return parents;
}

async function parentsIn(directory: string, ref: string): Promise<string[]> {
  const repo = await openRepository(directory);
  const sha = await findCommit(repo, ref);
  if (sha === null) throw new UserError(`There is no commit \`${ref}\` in ${repo.top}.`);
  return rawParents(repo, sha);
}

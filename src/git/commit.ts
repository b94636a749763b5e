import { UserError } from '../errors.ts';
import { type GitPlace, git } from './command.ts';
import { openRepository } from './repository.ts';
import { findCommit } from './resolve.ts';

/**
 * Whether a commit has more than one parent. Read from the commit itself: in GitHub's checkout of depth 1 git hides
 * the parents of the pull request's merge commit, but the commit still names them.
 *
 * @throws UserError if the reference is unknown
 */
export async function isMergeCommit(directory: string, ref: string): Promise<boolean> {
  const repo = await openRepository(directory);
  const sha = await findCommit(repo, ref);
  if (sha === null) throw new UserError(`There is no commit \`${ref}\` in ${repo.top}.`);
  return (await rawParents(repo, sha)).length > 1;
}

/** The parents that a commit names, whether or not they are here. */
export async function rawParents(place: GitPlace, sha: string): Promise<string[]> {
  return parentsIn(await git(place, ['cat-file', 'commit', sha]));
}

/** The parents in the text of a commit. */
export function parentsIn(commit: Buffer): string[] {
  const text = commit.toString('latin1');
  const header = text.slice(0, text.indexOf('\n\n'));
  // `tree`, then the parents, then the author; a signature or merged tag further down may quote others.
  const parents: string[] = [];
  for (const line of header.split('\n').slice(1)) {
    if (!line.startsWith('parent ')) break;
    parents.push(line.slice('parent '.length));
  }
  return parents;
}

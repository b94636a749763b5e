import { UserError } from '../errors.ts';
import { rawParents } from '../git/commit.ts';
import { openRepository, type Repository } from '../git/repository.ts';
import { findCommit } from '../git/resolve.ts';
import type { CheckedOut } from './event.ts';

const NO_REPOSITORY = /is not inside a git repository|cannot be read|is not a directory/;

/**
 * The commit that is checked out in a directory.
 *
 * @throws UserError where there is no checkout
 */
export async function checkedOut(directory: string): Promise<CheckedOut> {
  const repository = await openRepository(directory).catch((error: unknown): Repository => {
    // The git room's advice is for the command line. Its other complaints (no git, one that is too old) stand.
    if (!(error instanceof UserError) || !NO_REPOSITORY.test(error.message)) throw error;
    throw noCheckout(directory, error);
  });
  const sha = await findCommit(repository, 'HEAD');
  if (sha === null) throw noCheckout(directory);
  return { sha, parents: await rawParents(repository, sha) };
}

function noCheckout(directory: string, cause?: unknown): UserError {
  return new UserError(
    `No checkout was found in ${directory}. Run actions/checkout before this action, or name the directory that it checks out to with the input \`working-directory\`.`,
    { cause },
  );
}

import { UserError } from '../errors.ts';
import { rawParents } from '../git/commit.ts';
import { openRepository, type Repository } from '../git/repository.ts';
import { findCommit } from '../git/resolve.ts';
import type { CheckedOut } from './event.ts';

/**
 * The commit that is checked out in a directory.
 *
 * @throws UserError where there is no checkout
 */
export async function checkedOut(directory: string): Promise<CheckedOut> {
  const repository = await openRepository(directory).catch((error: unknown): Repository => {
    if (!(error instanceof UserError)) throw error;
    throw noCheckout(directory, error.message, error);
  });
  const sha = await findCommit(repository, 'HEAD');
  if (sha === null) throw noCheckout(directory, 'its repository has no commit checked out');
  return { sha, parents: await rawParents(repository, sha) };
}

function noCheckout(directory: string, why: string, cause?: unknown): UserError {
  return new UserError(
    `No checkout was found in ${directory}: ${why.replace(/\.$/, '')}. Run actions/checkout before this action, or name the directory that it checks out to with the input \`working-directory\`.`,
    { cause },
  );
}

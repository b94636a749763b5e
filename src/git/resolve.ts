import { distance } from 'fastest-levenshtein';
import { UserError } from '../errors.ts';
import { type GitPlace, nulSeparated, tryGit, withoutLineFeed } from './command.ts';
import { askDefaultBranch, branchOfRemote, fetchBranch, fetchCommit, isNarrow } from './fetch.ts';
import type { Opening } from './opening.ts';

/** A commit and what it was called. */
export interface NamedCommit {
  readonly ref: string;
  readonly sha: string;
}

/** A full object name (SHA-1 or SHA-256), the only form that can be asked of a server. */
const FULL_NAME = /^([0-9a-f]{40}|[0-9a-f]{64})$/;

/**
 * The commit that a reference means here, tags peeled, or null if it is unknown.
 *
 * @throws UserError if it looks like an option, or means something that is no commit
 */
export async function findCommit(place: GitPlace, ref: string): Promise<string | null> {
  if (ref.startsWith('-')) throw new UserError(`\`${ref}\` looks like an option, not like a git reference.`);
  if (ref === '' || ref.includes('\0')) throw new UserError('A git reference cannot be empty.');
  const commit = await tryGit(place, [
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${ref}^{commit}`,
  ]);
  const sha = withoutLineFeed(commit.stdout);
  // `^main` is valid too, and answered by `^` and a name.
  if (commit.code === 0) return FULL_NAME.test(sha) ? sha : null;
  if (FULL_NAME.test(ref)) return null;
  const object = await tryGit(place, ['rev-parse', '--verify', '--quiet', '--end-of-options', ref]);
  if (object.code !== 0) return null;
  const name = withoutLineFeed(object.stdout);
  const type = await tryGit(place, ['cat-file', '-t', name]);
  if (type.code !== 0) return null;
  throw new UserError(`\`${ref}\` is a ${withoutLineFeed(type.stdout)}, not a commit.`);
}

/**
 * The commits of some references, all by one git: those that plainly name one, and null for full names that are not
 * here. What is no commit or unknown is absent, for `findCommit` to say what is the matter.
 */
export async function plainCommits(
  place: GitPlace,
  refs: readonly string[],
): Promise<Map<string, string | null>> {
  const plain = refs.filter((ref) => /^[^-\s][^\n\0]*$/.test(ref));
  if (plain.length === 0) return new Map();
  const input = plain.map((ref) => `${ref}^{commit}\n`).join('');
  const { stdout } = await tryGit(place, ['cat-file', '--batch-check'], { input });
  const answers = stdout.toString('utf8').split('\n');
  return new Map(
    plain.flatMap((ref, index): [string, string | null][] => {
      const answer = answers[index] ?? '';
      const sha = /^([0-9a-f]{40,64}) commit \d+$/.exec(answer)?.[1];
      if (sha !== undefined) return [[ref, sha]];
      return FULL_NAME.test(ref) && answer === `${ref}^{commit} missing` ? [[ref, null]] : [];
    }),
  );
}

/**
 * The commit that a user's reference means, fetched if it is missing here.
 *
 * @throws UserError if nothing is called so; Undecided if it exists elsewhere and could not be had
 */
export async function resolveCommit(
  opening: Opening,
  ref: string,
  option: '--base' | '--head' | '--also',
): Promise<NamedCommit> {
  const { repo, remote } = opening;
  const known = opening.known.get(ref);
  const here = known === undefined ? await findCommit(repo, ref) : known;
  if (here !== null) return { ref, sha: here };
  if (remote !== null) {
    if (FULL_NAME.test(ref)) return { ref, sha: await fetchCommit(opening, remote, ref) };
    const tracked = await findCommit(repo, `refs/remotes/${remote}/${ref}`);
    if (tracked !== null) return { ref: `${remote}/${ref}`, sha: tracked };
    // Only a clone that did not get all branches can lack one that exists; elsewhere it is a slip of the
    // pen, and asking the network about it makes the answer slow.
    const branch = branchOfRemote(ref, remote);
    if (await isNarrow(opening, remote)) {
      const sha = await fetchBranch(opening, remote, branch);
      if (sha !== null) return { ref, sha };
    }
  }
  const own = ref.startsWith('origin/') && remote !== 'origin' ? ref.slice('origin/'.length) : null;
  const local = own === null || own === '' ? null : await findCommit(repo, `refs/heads/${own}`);
  if (own !== null && local !== null) {
    opening.note(
      `There is no remote called origin; \`${ref}\` was taken for the branch ${own} of this repository.`,
    );
    return { ref: own, sha: local };
  }
  throw await unknownRef(repo, ref, option);
}

/**
 * The branch that pull requests usually go to: what the remote says, else main, else master.
 *
 * @throws UserError if there is none of them
 */
export async function resolveDefaultBase(opening: Opening): Promise<NamedCommit> {
  const { repo, remote } = opening;
  const candidates = ['refs/heads/main', 'refs/heads/master'];
  if (remote !== null) {
    const told = await tryGit(repo, ['symbolic-ref', '--quiet', `refs/remotes/${remote}/HEAD`]);
    if (told.code === 0) candidates.unshift(withoutLineFeed(told.stdout));
    else if (await isNarrow(opening, remote)) {
      const asked = await askDefaultBranch(opening, remote);
      const sha = asked === null ? null : await findCommit(repo, `refs/remotes/${remote}/${asked}`);
      const fetched = sha ?? (asked === null ? null : await fetchBranch(opening, remote, asked));
      if (fetched !== null) return { ref: `${remote}/${asked}`, sha: fetched };
    }
    candidates.splice(candidates.indexOf('refs/heads/main'), 0, `refs/remotes/${remote}/main`);
    candidates.splice(candidates.indexOf('refs/heads/master'), 0, `refs/remotes/${remote}/master`);
  }
  for (const candidate of candidates) {
    const sha = await findCommit(repo, candidate);
    if (sha !== null) return { ref: candidate.replace(/^refs\/(heads|remotes)\//, ''), sha };
  }
  throw new UserError(
    (await hasCommits(repo))
      ? 'There is no branch main or master and no remote that names its default branch. Say what to compare with: `--base REF`.'
      : `${repo.top} has no commit yet, so there is nothing to compare with. Commit, then say what to compare with: \`--base REF\`.`,
  );
}

async function hasCommits(repo: GitPlace): Promise<boolean> {
  return (await tryGit(repo, ['rev-parse', '--verify', '--quiet', 'HEAD'])).code === 0;
}

async function unknownRef(repo: GitPlace, ref: string, option: string): Promise<UserError> {
  if (!(await hasCommits(repo))) {
    return new UserError(`There is no \`${ref}\` (${option}): the repository has no commit yet.`);
  }
  const listed = await tryGit(repo, [
    'for-each-ref',
    '--format=%(refname:short)%00',
    'refs/heads',
    'refs/remotes',
    'refs/tags',
  ]);
  const near = nulSeparated(listed.stdout)
    .map((name) => name.replace(/^\n/, ''))
    .filter((name) => name !== '')
    .map((name) => ({
      name,
      far: Math.min(distance(name, ref), distance(name.slice(name.indexOf('/') + 1), ref)),
    }))
    .filter(({ far }) => far <= Math.max(2, Math.floor(ref.length / 3)))
    .sort((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ name }) => `\`${name}\``);
  const advice =
    near.length > 0
      ? `Did you mean ${near.join(' or ')}?`
      : 'Any branch, tag or commit that git knows will do.';
  return new UserError(`git knows no commit \`${ref}\` (${option}). ${advice}`);
}

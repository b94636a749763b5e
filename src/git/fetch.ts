import { Undecided } from '../errors.ts';
import { git, nulSeparated, redact, tryGit, withoutLineFeed } from './command.ts';
import type { Opening } from './opening.ts';
import { shallowCommits } from './scratch.ts';

/** A server that sends nothing for a minute is given up. */
const PATIENT = ['-c', 'http.lowSpeedLimit=1', '-c', 'http.lowSpeedTime=60'];

/**
 * Gets one commit by its full name.
 *
 * @throws Undecided('base-not-available') if the remote does not give it
 */
export async function fetchCommit(opening: Opening, remote: string, sha: string): Promise<string> {
  opening.say(`fetching ${sha.slice(0, 10)} from ${remote}`);
  const result = await fetch(opening, remote, [sha], await onlyTip(opening));
  if (!result.ok) {
    throw new Undecided(
      'base-not-available',
      `Commit ${sha} is not in this clone, and ${remote} did not give it: ${result.message}. ${remedy(remote, null)}`,
    );
  }
  opening.note(`Fetched ${sha.slice(0, 10)} from ${remote}, which was missing here.`);
  return sha;
}

/**
 * Gets a branch by its name.
 *
 * @returns its commit, or null if the remote has no such branch
 * @throws Undecided('base-not-available') if the remote could not be asked
 */
export async function fetchBranch(opening: Opening, remote: string, branch: string): Promise<string | null> {
  const full = `refs/heads/${branch}`;
  if ((await tryGit(opening.scratch, ['check-ref-format', full])).code !== 0) return null;
  opening.say(`fetching ${branch} from ${remote}`);
  const target = 'refs/fetched/branch';
  const result = await fetch(opening, remote, [`+${full}:${target}`], await onlyTip(opening));
  if (!result.ok) {
    if (result.message.includes("couldn't find remote ref")) return null;
    throw new Undecided(
      'base-not-available',
      `The branch ${branch} is not in this clone, and it could not be fetched from ${remote}: ${result.message}. ${remedy(remote, branch)}`,
    );
  }
  const sha = withoutLineFeed(await git(opening.scratch, ['rev-parse', '--verify', `${target}^{commit}`]));
  opening.note(`Fetched ${branch} (${sha.slice(0, 10)}) from ${remote}, which was missing here.`);
  return sha;
}

/**
 * Gets the head of a pull request, which GitHub's server keeps under a name of its own, from forks too.
 *
 * @throws Undecided('base-not-available') if the remote does not give it
 */
export async function fetchPullRequest(opening: Opening, remote: string, number: number): Promise<string> {
  opening.say(`fetching pull request ${number} from ${remote}`);
  const target = `refs/fetched/pull/${number}`;
  const wanted = [`+refs/pull/${number}/head:${target}`];
  const result = await fetch(opening, remote, wanted, await onlyTip(opening));
  if (!result.ok) {
    throw new Undecided('base-not-available', `${remote} does not give its head: ${result.message}.`);
  }
  return withoutLineFeed(await git(opening.scratch, ['rev-parse', '--verify', `${target}^{commit}`]));
}

/** The branch that the remote's HEAD points to, or null if it does not say or cannot be reached. */
export async function askDefaultBranch({ network, say }: Opening, remote: string): Promise<string | null> {
  say(`asking ${remote} for its default branch`);
  const answer = await tryGit(network, [
    ...PATIENT,
    'ls-remote',
    '--symref',
    '--end-of-options',
    remote,
    'HEAD',
  ]);
  const line = /^ref: refs\/heads\/(.+)\tHEAD$/m.exec(answer.stdout.toString('utf8'));
  return line?.[1] ?? null;
}

/** Steps by which a shallow clone is deepened. Files are left out where it might get long: git fetches the few that it needs. */
const DEEPENING = [
  ['--deepen=50'],
  ['--deepen=500', '--filter=blob:none'],
  ['--unshallow', '--filter=blob:none'],
] as const;

/**
 * Gets history until every commit that only one of the two sides has comes with its parents. Only then are
 * their common ancestors certain: a cut-off path could lead to a newer one.
 *
 * @throws Undecided('base-not-available') if the history cannot be had
 */
export async function deepenUntilJoined(opening: Opening, base: string, head: string): Promise<void> {
  let cut = await cutOff(opening, base, head);
  if (cut.length === 0) return;
  const { remote } = opening;
  let problem = 'it has no remote to fetch from';
  if (remote !== null) {
    opening.say(`fetching history from ${remote} to find where the branch left ${base.slice(0, 10)}`);
    for (const how of DEEPENING) {
      const result = await fetch(opening, remote, cut, how);
      if (!result.ok) {
        problem = result.message;
        break;
      }
      cut = await cutOff(opening, base, head);
      if (cut.length === 0) {
        opening.note(
          `Fetched history from ${remote}: this is a shallow clone, and the branch is behind its base.`,
        );
        return;
      }
      problem = `${remote} is a shallow clone itself`;
    }
  }
  throw new Undecided(
    'base-not-available',
    `This is a shallow clone, and where the branch left its base could not be found: ${problem}. ${remedy(remote ?? 'origin', null)}`,
  );
}

/** Whether the clone was made without all of its remote's branches. */
export async function isNarrow({ repo, scratch }: Opening, remote: string): Promise<boolean> {
  if ((await shallowCommits(scratch)).size > 0) return true;
  const specs = await tryGit(repo, ['config', '-z', '--get-all', `remote.${remote}.fetch`]);
  return !nulSeparated(specs.stdout).some((spec) => /^\+?refs\/(heads\/)?\*:/.test(spec));
}

/** `main` for `main`, `origin/main` and `refs/heads/main`. */
export function branchOfRemote(ref: string, remote: string): string {
  for (const prefix of [`refs/remotes/${remote}/`, 'refs/heads/', `${remote}/`]) {
    if (ref.startsWith(prefix)) return ref.slice(prefix.length);
  }
  return ref;
}

/** The commits that only one side has and whose parents are missing. */
async function cutOff({ scratch }: Opening, base: string, head: string): Promise<string[]> {
  const shallow = await shallowCommits(scratch);
  if (shallow.size === 0) return [];
  const oneSided = await git(scratch, ['rev-list', `${base}...${head}`]);
  return oneSided
    .toString('latin1')
    .split('\n')
    .filter((sha) => shallow.has(sha));
}

/** A full clone stays full: `--depth` would cut the history that the new commit shares with it. */
async function onlyTip({ scratch }: Opening): Promise<readonly string[]> {
  return (await shallowCommits(scratch)).size > 0 ? ['--depth=1'] : [];
}

async function fetch(
  { network, secrets }: Opening,
  remote: string,
  wanted: readonly string[],
  how: readonly string[],
): Promise<{ ok: true } | { ok: false; message: string }> {
  const result = await tryGit(network, [
    ...PATIENT,
    'fetch',
    '--quiet',
    '--no-tags',
    '--no-write-fetch-head',
    '--no-recurse-submodules',
    // The remote's own refspec would also write refs for what is fetched.
    '--refmap=',
    ...how,
    '--end-of-options',
    remote,
    ...wanted,
  ]);
  if (result.code === 0) return { ok: true };
  return {
    ok: false,
    message: redact(result.stderr, secrets)
      .trim()
      .replace(/\.$/, '')
      .split(/\s*\n\s*/)
      .join('; '),
  };
}

function remedy(remote: string, branch: string | null): string {
  const command = branch === null ? `git fetch ${remote}` : `git fetch ${remote} ${branch}`;
  return `In a workflow give \`actions/checkout\` the option \`fetch-depth: 0\`; elsewhere run \`${command}\` first.`;
}

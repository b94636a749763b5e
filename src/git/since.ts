import { endGit, type GitPlace, nulSeparated, tryGit } from './command.ts';
import { type Scratch, shallowCommits } from './scratch.ts';

/** The commit by which a file came to a branch. */
export interface Since {
  readonly sha: string;
  /** Day of the commit, `2026-03-01`. */
  readonly date: string;
  /** The clone goes back no further than this commit: the file may be older. */
  readonly atLeast: boolean;
}

/** A history of millions of commits is not worth waiting for. */
const LIMIT_MS = 5_000;

/**
 * Since when files are on a branch: the newest commit of its first parents that added each.
 *
 * @param tip commit
 * @param paths from the root of the repository
 * @returns files of which nothing was found in time are absent
 */
export async function sinceOn(
  scratch: Scratch,
  tip: string,
  paths: readonly string[],
): Promise<Map<string, Since>> {
  const since = new Map<string, Since>();
  if (paths.length === 0) return since;
  const { code, stdout } = await bounded(scratch, [
    ...['-c', 'log.showRoot=true', '-c', 'log.showSignature=false'],
    ...['log', '--first-parent', '-m', '--no-renames', '--diff-filter=A', '--name-only', '-z', '--no-color'],
    ...['--format=%x01%H %cs', '--end-of-options', tip, '--'],
    ...paths.map((path) => `:(top,literal)${path}`),
  ]);
  if (code !== 0) return since;
  const ends = await shallowCommits(scratch);
  let commit: Since | null = null;
  for (const part of nulSeparated(stdout)) {
    const text = part.replace(/^\n+/, '');
    const header = text.startsWith('\u0001') ? /^.([0-9a-f]+) (\S+)\n*/.exec(text) : null;
    if (header?.[1] !== undefined && header[2] !== undefined) {
      commit = { sha: header[1], date: header[2], atLeast: ends.has(header[1]) };
    }
    const path = header === null ? text : text.slice(header[0].length);
    if (path !== '' && commit !== null && !since.has(path)) since.set(path, commit);
  }
  return since;
}

/** Never fetches what a partial clone left out, and is ended after a while. */
async function bounded(place: GitPlace, args: readonly string[]) {
  const running: GitPlace['running'] = new Set();
  const timer = setTimeout(() => {
    for (const child of running) endGit(child);
  }, LIMIT_MS);
  try {
    return await tryGit({ ...place, running }, args, { env: { GIT_NO_LAZY_FETCH: '1' } });
  } finally {
    clearTimeout(timer);
  }
}

import { nulSeparated, tryGit } from './command.ts';
import { fetchBranch, fetchCommit } from './fetch.ts';
import type { Opening } from './opening.ts';
import { findCommit, type NamedCommit } from './resolve.ts';

interface Candidate {
  readonly name: string;
  readonly sha: string;
  /** Seconds since 1970; 0 where only the remote knows. */
  readonly date: number;
}

/**
 * The commit of a tag or branch, or of the newest one that a glob such as `v*` means: the highest version in the
 * names, then the later date. A remote is asked for what the clone lacks.
 *
 * @returns null when nothing is called so
 * @throws Undecided('base-not-available') if it exists elsewhere and could not be had
 */
export async function findRelease(opening: Opening, pattern: string): Promise<NamedCommit | null> {
  const { remote } = opening;
  if (!/[*?[]/.test(pattern)) return named(opening, remote, pattern);
  const here = (await listed(opening, remote)).filter(({ name }) => matches(pattern, name));
  const newest = newestOf(here);
  if (newest !== null) return { ref: newest.name, sha: newest.sha };
  if (remote === null) return null;
  const there = newestOf((await asked(opening, remote)).filter(({ name }) => matches(pattern, name)));
  if (there === null) return null;
  return { ref: there.name, sha: await had(opening, remote, there.sha) };
}

async function named(opening: Opening, remote: string | null, name: string): Promise<NamedCommit | null> {
  const places = [name, `refs/tags/${name}`, ...(remote === null ? [] : [`refs/remotes/${remote}/${name}`])];
  for (const place of places) {
    const sha = await findCommit(opening.repo, place);
    if (sha !== null) return { ref: name, sha };
  }
  if (remote === null) return null;
  const there = newestOf((await asked(opening, remote)).filter((one) => one.name === name));
  if (there !== null) return { ref: name, sha: await had(opening, remote, there.sha) };
  const branch = await fetchBranch(opening, remote, name);
  return branch === null ? null : { ref: name, sha: branch };
}

async function had(opening: Opening, remote: string, sha: string): Promise<string> {
  return (await findCommit(opening.scratch, sha)) ?? (await fetchCommit(opening, remote, sha));
}

async function listed({ repo }: Opening, remote: string | null): Promise<Candidate[]> {
  const refs = ['refs/tags', 'refs/heads', ...(remote === null ? [] : [`refs/remotes/${remote}`])];
  const format = '%(refname)%01%(objectname)%01%(*objectname)%01%(creatordate:unix)%00';
  const { stdout } = await tryGit(repo, ['for-each-ref', `--format=${format}`, ...refs]);
  return nulSeparated(stdout).flatMap((line) => {
    const [ref = '', object = '', peeled = '', date = ''] = line.replace(/^\n/, '').split('\u0001');
    const name = shortName(ref, remote);
    return name === null ? [] : [{ name, sha: peeled === '' ? object : peeled, date: Number(date) || 0 }];
  });
}

/** What the remote has. An annotated tag is listed twice, the commit that it means with `^{}`. */
async function asked({ network, say }: Opening, remote: string): Promise<Candidate[]> {
  say(`asking ${remote} for its releases`);
  const { code, stdout } = await tryGit(network, [
    ...['-c', 'http.lowSpeedLimit=1', '-c', 'http.lowSpeedTime=60'],
    ...['ls-remote', '--tags', '--heads', '--end-of-options', remote],
  ]);
  if (code !== 0) return [];
  const found = new Map<string, Candidate>();
  for (const line of stdout.toString('utf8').split('\n')) {
    const [sha = '', ref = ''] = line.split('\t');
    const name = shortName(ref.replace(/\^\{\}$/, ''), null);
    if (name !== null) found.set(ref.replace(/\^\{\}$/, ''), { name, sha, date: 0 });
  }
  return [...found.values()];
}

function shortName(ref: string, remote: string | null): string | null {
  const own = /^refs\/(?:tags|heads)\/(.+)$/.exec(ref)?.[1];
  if (own !== undefined) return own;
  const prefix = `refs/remotes/${remote}/`;
  return remote !== null && ref.startsWith(prefix) && ref !== `${prefix}HEAD`
    ? ref.slice(prefix.length)
    : null;
}

/** `*` and `?` as in a shell; `*` passes over slashes, since people write `release/*` and `v*` alike. */
function matches(pattern: string, name: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  try {
    return new RegExp(`^${source}$`, 's').test(name);
  } catch {
    return false;
  }
}

const newestOf = (candidates: readonly Candidate[]): Candidate | null =>
  candidates.toSorted((a, b) => compareReleases(b.name, a.name) || b.date - a.date)[0] ?? null;

/** By the numbers in the names; one with a word behind them (`v2.0.0-rc1`) comes before the one without. */
export function compareReleases(left: string, right: string): number {
  const [a, b] = [versionIn(left), versionIn(right)];
  for (let part = 0; part < Math.max(a.numbers.length, b.numbers.length); part += 1) {
    const [x, y] = [a.numbers[part] ?? 0n, b.numbers[part] ?? 0n];
    if (x !== y) return x < y ? -1 : 1;
  }
  if ((a.rest === '') !== (b.rest === '')) return a.rest === '' ? 1 : -1;
  return a.rest.localeCompare(b.rest, 'en-US', { numeric: true });
}

function versionIn(name: string): { numbers: readonly bigint[]; rest: string } {
  const found = /(\d+(?:[._-]\d+)*)(.*)$/s.exec(name);
  if (found === null) return { numbers: [], rest: '' };
  return {
    numbers: (found[1] ?? '').split(/[._-]/).map(BigInt),
    rest: (found[2] ?? '').replace(/^\+.*/s, ''),
  };
}

import { readFile, stat, utimes } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { Undecided, UserError } from '../errors.ts';
import { begun } from './begun.ts';
import { type GitPlace, git, nulSeparated, redact, tryGit, withoutLineFeed } from './command.ts';
import type { Opening } from './opening.ts';
import { indexFile } from './repository.ts';
import { copyIfPresent } from './scratch.ts';

/**
 * Writes the working tree as it is (changed, deleted and untracked files included, ignored ones not) as a
 * commit of the scratch repository. Index, refs and objects of the user's repository stay as they are.
 *
 * @returns the commit and its parents: HEAD and, during a merge, what is being merged
 * @throws UserError if there is no working tree or a file cannot be read
 * @throws Undecided('merge-conflict') if a merge has conflicts that are not resolved
 */
export async function commitWorkingTree(
  opening: Opening,
): Promise<{ readonly sha: string; readonly parents: readonly string[] }> {
  const { repo, scratch } = opening;
  if (repo.bare) {
    throw new UserError(
      `${repo.top} is a bare repository without files; say which commit to check: \`--head REF\`.`,
    );
  }
  const index = join(scratch.directory, 'index');
  const writing: GitPlace = {
    cwd: repo.top,
    env: { ...repo.env, GIT_INDEX_FILE: index, GIT_OBJECT_DIRECTORY: scratch.objects },
    running: scratch.running,
  };
  const checkedOut = begun(currentParents(opening));
  await copyIndex(indexFile(repo), index);
  await refuseUnmerged(writing);
  await addEverything(opening, writing);
  const tree = withoutLineFeed(await git(writing, ['write-tree']));
  const parents = await checkedOut;
  const commit = await git(
    scratch,
    ['commit-tree', '--no-gpg-sign', ...parents.flatMap((sha) => ['-p', sha]), tree],
    { input: 'working tree\n', env: AUTHOR },
  );
  return { sha: withoutLineFeed(commit), parents };
}

/** The commit is nobody's: git would refuse where no author is configured. */
export const AUTHOR = {
  GIT_AUTHOR_NAME: 'migration-gate',
  GIT_AUTHOR_EMAIL: 'migration-gate@localhost',
  GIT_AUTHOR_DATE: '2000-01-01T00:00:00Z',
  GIT_COMMITTER_NAME: 'migration-gate',
  GIT_COMMITTER_EMAIL: 'migration-gate@localhost',
  GIT_COMMITTER_DATE: '2000-01-01T00:00:00Z',
};

/** With the index, git need not read files again whose size and times have not changed. */
async function copyIndex(from: string, to: string): Promise<void> {
  if (!(await copyIfPresent(from, to))) return;
  // A file as young as the index may have changed unseen, so git compares its contents: keep the index's
  // age, rounded to the safe side.
  const { atimeMs, mtimeMs } = await stat(from);
  await utimes(to, Math.floor(atimeMs / 1000), Math.floor(mtimeMs / 1000));
}

async function refuseUnmerged(writing: GitPlace): Promise<void> {
  const listed = nulSeparated(await git(writing, ['ls-files', '-z', '--unmerged']));
  const files = [...new Set(listed.map((line) => line.slice(line.indexOf('\t') + 1)))];
  const [first] = files;
  if (first === undefined) return;
  throw new Undecided(
    'merge-conflict',
    `The working tree has conflicts that are not resolved: ${nameSome(files)}. Resolve them and \`git add\` the files, or check a commit: \`--head HEAD\`.`,
    { place: { file: first } },
  );
}

/** Up to ten names. */
export function nameSome(files: readonly string[]): string {
  const named = files.slice(0, 10).map((file) => `\`${file}\``);
  return files.length > 10 ? `${named.join(', ')} and ${files.length - 10} more` : named.join(', ');
}

async function addEverything(opening: Opening, writing: GitPlace): Promise<void> {
  const { repo, scratch } = opening;
  // --sparse: new files outside of a sparse checkout's cone count too. (Tracked files out there keep their
  // entry with or without it.)
  const add = [
    ...['-c', 'core.splitIndex=false', '-c', 'core.untrackedCache=false', '-c', 'core.safecrlf=false'],
    // Objects that live for seconds.
    ...['-c', 'core.looseCompression=0'],
    ...['add', '--all', '--sparse', '--', ':(top)'],
  ];
  const apart: string[] = [];
  if (scratch.directory.startsWith(repo.top + sep)) apart.push(relative(repo.top, scratch.directory));
  const exclude = (paths: readonly string[]) => paths.map((path) => `:(top,exclude,literal)${path}`);
  const first = await tryGit(writing, [...add, ...exclude(apart)]);
  if (first.code === 0) return;
  // The one thing that `git status` shows and `git add` cannot add: a repository inside this one that has no
  // commit. Its files are not this repository's in any case.
  const embedded = await untrackedRepositories(writing);
  if (embedded.length > 0) {
    const again = await tryGit(writing, [...add, ...exclude([...apart, ...embedded])]);
    if (again.code === 0) {
      opening.note(`Passed over ${nameSome(embedded)}: another git repository inside of this one.`);
      return;
    }
  }
  throw new UserError(`git could not read the working tree of ${repo.top}: ${redact(first.stderr.trim())}`);
}

async function untrackedRepositories(writing: GitPlace): Promise<string[]> {
  const others = await git(writing, ['ls-files', '-z', '--others', '--exclude-standard']);
  return nulSeparated(others)
    .filter((path) => path.endsWith('/'))
    .map((path) => path.slice(0, -1));
}

async function currentParents({ repo }: Opening): Promise<string[]> {
  const head = await tryGit(repo, ['rev-parse', '--verify', '--quiet', 'HEAD^{commit}']);
  if (head.code !== 0) return [];
  const merging = await readFile(join(repo.gitDir, 'MERGE_HEAD'), 'latin1').catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    },
  );
  return [withoutLineFeed(head.stdout), ...merging.split('\n').filter((line) => line !== '')];
}

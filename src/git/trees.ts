import { besideBranch } from './beside.ts';
import { type GitPlace, nulSeparated, tryGit } from './command.ts';
import { withConfig } from './environment.ts';
import { mergeTrees, type Relation, relate } from './merge.ts';
import { type Opening, tokenConfig } from './opening.ts';
import { readTree } from './read.ts';
import { findRelease } from './release.ts';
import { openRepository, type Repository } from './repository.ts';
import { type NamedCommit, resolveCommit, resolveDefaultBase } from './resolve.ts';
import { makeScratch, type Scratch } from './scratch.ts';
import { sinceOn } from './since.ts';
import { commitWorkingTree } from './snapshot.ts';
import type { OpenTreesOptions, Tree, Trees } from './tree.ts';

/**
 * Opens base and head for comparison. The user's repository is only read; what has to be written or fetched
 * goes to a temporary directory, which lives until the result is closed.
 *
 * @throws UserError for wrong use: no repository, unknown reference, no base
 * @throws Undecided('base-not-available') if what is missing cannot be fetched
 * @throws Undecided('merge-conflict') if the branch does not merge with its base
 */
export async function openTrees(options: OpenTreesOptions): Promise<Trees> {
  const repo = await openRepository(options.repo);
  const scratch = await makeScratch(repo);
  try {
    return await open(repo, scratch, options);
  } catch (error) {
    await scratch[Symbol.asyncDispose]();
    throw error;
  }
}

async function open(repo: Repository, scratch: Scratch, options: OpenTreesOptions): Promise<Trees> {
  const notes: string[] = [];
  const opening = await newOpening(repo, scratch, options, notes);
  const base =
    options.base === null
      ? await resolveDefaultBase(opening)
      : await resolveCommit(opening, options.base, '--base');
  const { commit, sha, tips } = await findHead(opening, options.head);
  const relation: Relation | null =
    options.mergeHead === false ? null : await relate(opening, base.sha, commit.sha, tips);
  if (relation?.kind === 'unrelated') {
    opening.note(`${commit.ref} and ${base.ref} have no common history, so they are compared as they are.`);
  }

  // Files that a partial clone left out are fetched by git when they are read.
  const place = opening.network;
  const read = (treeish: string, ref: string, shown: string | null) =>
    readTree(place, treeish, { ref, sha: shown });
  const merged = relation?.kind === 'behind' ? await mergeTrees(opening, base, commit) : null;
  const [baseTree, branch] = await Promise.all([
    read(base.sha, base.ref, base.sha),
    read(commit.sha, commit.ref, sha),
  ]);
  const head = merged === null ? branch : await read(merged, commit.ref, sha);
  return {
    root: repo.top,
    base: baseTree,
    head,
    branch,
    mergeBase: await mergeBaseTree(relation, baseTree, read),
    since: (paths) => sinceOn(scratch, base.sha, paths),
    release: async (name) => {
      const found = await findRelease(opening, name);
      return found === null ? null : read(found.sha, found.ref, found.sha);
    },
    beside: (other) => besideBranch(opening, { base, head: merged ?? commit.sha }, other),
    notes,
    [Symbol.asyncDispose]: () => scratch[Symbol.asyncDispose](),
  };
}

async function findHead(
  opening: Opening,
  head: string | null,
): Promise<{ commit: NamedCommit; sha: string | null; tips: readonly string[] }> {
  if (head !== null) {
    const commit = await resolveCommit(opening, head, '--head');
    return { commit, sha: commit.sha, tips: [commit.sha] };
  }
  const { sha, parents } = await commitWorkingTree(opening);
  return { commit: { ref: 'working tree', sha }, sha: null, tips: parents };
}

async function mergeBaseTree(
  relation: Relation | null,
  base: Tree,
  read: (treeish: string, ref: string, sha: string) => Promise<Tree>,
): Promise<Tree | null> {
  switch (relation?.kind) {
    case 'ahead':
      return base;
    case 'behind':
      return read(relation.mergeBase, 'merge base', relation.mergeBase);
    case 'merged':
    case 'unrelated':
    case undefined:
      return null;
  }
}

async function newOpening(
  repo: Repository,
  scratch: Scratch,
  { token, onProgress }: OpenTreesOptions,
  notes: string[],
): Promise<Opening> {
  const sent = token && !(await sendsHeader(repo)) ? tokenConfig(token) : { config: [], secrets: [] };
  const network: GitPlace = { ...scratch, env: withConfig(scratch.env, sent.config) };
  let remote: Promise<string | null> | undefined;
  return {
    repo,
    scratch,
    network,
    secrets: sent.secrets,
    remote: () => {
      remote ??= chooseRemote(repo);
      return remote;
    },
    note: (sentence) => {
      notes.push(sentence);
    },
    say: (sentence) => onProgress?.(sentence),
  };
}

/** Two Authorization headers are an error to GitHub's server, and actions/checkout sets one. */
async function sendsHeader(repo: Repository): Promise<boolean> {
  const found = await tryGit(repo, ['config', '-z', '--name-only', '--get-regexp', '^http\\..*extraheader$']);
  return found.stdout.length > 0;
}

async function chooseRemote(repo: Repository): Promise<string | null> {
  const listed = await tryGit(repo, ['config', '-z', '--name-only', '--get-regexp', '^remote\\..*\\.url$']);
  const names = new Set(
    nulSeparated(listed.stdout).map((key) => key.slice('remote.'.length, -'.url'.length)),
  );
  if (names.has('origin')) return 'origin';
  const [only, ...others] = names;
  return others.length === 0 ? (only ?? null) : null;
}

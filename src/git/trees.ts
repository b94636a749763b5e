import { begun } from './begun.ts';
import { besideBranch } from './beside.ts';
import type { GitPlace } from './command.ts';
import { withConfig } from './environment.ts';
import { mergeTrees, type Relation, relate } from './merge.ts';
import { objectsOf } from './objects.ts';
import { type Opening, tokenConfig } from './opening.ts';
import { readTree } from './read.ts';
import { findRelease } from './release.ts';
import { openRepository, type Repository } from './repository.ts';
import { type NamedCommit, plainCommits, resolveCommit, resolveDefaultBase } from './resolve.ts';
import { makeScratch, type Scratch, type Setting } from './scratch.ts';
import { sinceOn } from './since.ts';
import { commitWorkingTree } from './snapshot.ts';
import type { OpenTreesOptions, Trees } from './tree.ts';

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
  const known = begun(plainCommits(repo, [options.base ?? [], options.head ?? []].flat()));
  const scratch = await makeScratch(repo);
  try {
    return await open(repo, scratch, await known, options);
  } catch (error) {
    await scratch[Symbol.asyncDispose]();
    throw error;
  }
}

async function open(
  repo: Repository,
  scratch: Scratch,
  known: Opening['known'],
  options: OpenTreesOptions,
): Promise<Trees> {
  const notes: string[] = [];
  const opening = newOpening(repo, scratch, known, options, notes);
  const base =
    options.base === null
      ? await resolveDefaultBase(opening)
      : await resolveCommit(opening, options.base, '--base');
  const { commit, sha, tips } = await findHead(opening, options.head);
  // Files that a partial clone left out are fetched by git when they are read.
  const read = (treeish: string, ref: string, shown: string | null) =>
    readTree(opening.objects, treeish, { ref, sha: shown });
  const both = begun(Promise.all([read(base.sha, base.ref, base.sha), read(commit.sha, commit.ref, sha)]));
  const relation: Relation | null =
    options.mergeHead === false ? null : await relate(opening, base.sha, commit.sha, tips);
  if (relation?.kind === 'unrelated') {
    opening.note(`${commit.ref} and ${base.ref} have no common history, so they are compared as they are.`);
  }
  const ancestor =
    relation?.kind === 'behind' ? begun(read(relation.mergeBase, 'merge base', relation.mergeBase)) : null;
  const merged = relation?.kind === 'behind' ? await mergeTrees(opening, base, commit) : null;
  const [baseTree, branch] = await both;
  return {
    root: repo.top,
    base: baseTree,
    head: merged === null ? branch : await read(merged, commit.ref, sha),
    branch,
    mergeBase: relation?.kind === 'ahead' ? baseTree : await ancestor,
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

function newOpening(
  repo: Repository,
  scratch: Scratch,
  known: Opening['known'],
  { token, onProgress }: OpenTreesOptions,
  notes: string[],
): Opening {
  const { settings } = scratch;
  const sent = token && !sendsHeader(settings) ? tokenConfig(token) : { config: [], secrets: [] };
  const network: GitPlace = { ...scratch, env: withConfig(scratch.env, sent.config) };
  return {
    repo,
    scratch,
    network,
    objects: objectsOf(network),
    known,
    secrets: sent.secrets,
    remote: chooseRemote(settings),
    note: (sentence) => {
      notes.push(sentence);
    },
    say: (sentence) => onProgress?.(sentence),
  };
}

/** Two Authorization headers are an error to GitHub's server, and actions/checkout sets one. */
const sendsHeader = (settings: readonly Setting[]): boolean =>
  settings.some(({ key }) => /^http\..*extraheader$/s.test(key));

function chooseRemote(settings: readonly Setting[]): string | null {
  const names = new Set(settings.flatMap(({ key }) => /^remote\.(.*)\.url$/s.exec(key)?.[1] ?? []));
  if (names.has('origin')) return 'origin';
  const [only, ...others] = names;
  return others.length === 0 ? (only ?? null) : null;
}

import { Undecided, UserError } from '../errors.ts';
import type { Beside, Trees } from '../git/tree.ts';
import { limited } from '../limits.ts';
import type { OpenPullRequestsReport, OtherPullRequest } from '../report/model.ts';
import { treePath } from '../tools/reading/directories.ts';
import { type CheckedSide, comparison } from './beside.ts';
import type { OpenPull, PullSource } from './open-pull.ts';

/** Nobody waits longer for what decides nothing. */
const MOST_MINUTES = 5;
/** Of the time: after that no other one is begun. */
const BEGIN_SHARE = 0.6;

/**
 * Holds other open pull requests against this one. Decides nothing: whatever goes wrong is a sentence of the result.
 *
 * @param input.minutes that are left of the run
 * @throws UserError for a reference of `also` that git does not know
 */
export async function openPullRequests(input: {
  readonly source: PullSource | null;
  readonly also: readonly string[];
  readonly trees: Trees;
  readonly sides: readonly CheckedSide[];
  readonly minutes: number;
  readonly onProgress: (message: string) => void;
}): Promise<OpenPullRequestsReport> {
  const { source, also, trees, sides, onProgress } = input;
  const minutes = Math.min(MOST_MINUTES, input.minutes);
  const others: OtherPullRequest[] = [];
  const notes: string[] = [];
  if (sides.length === 0) return { others, notes };
  const begun = performance.now();
  const mayBegin = (): boolean => performance.now() - begun < minutes * 60_000 * BEGIN_SHARE;
  try {
    await limited(
      Math.max(minutes, 0.01),
      () => 'comparing with other open pull requests',
      async (limits) => {
        const named = also.map((name) => ({ name, number: null, title: null, ref: name, fork: false }));
        const found = source === null ? { pulls: [], notes: [] } : await looked(source, sides);
        notes.push(...found.notes);
        const pulls: OpenPull[] = [...named, ...found.pulls];
        await using stages = comparison({ limits, onProgress, fork: source?.fork ?? false });
        for (const [at, pull] of pulls.entries()) {
          if (!mayBegin()) {
            notes.push(
              `There was no time left for ${pulls
                .slice(at)
                .map(({ name }) => name)
                .join(', ')}.`,
            );
            return;
          }
          onProgress(`comparing with ${pull.name}`);
          try {
            const beside = await trees.beside(pull);
            for (const side of sides) {
              const part = await stages.with(side, pull, beside);
              if (part !== null) others.push(entry(pull, beside, side, part));
            }
          } catch (error) {
            if ((error instanceof UserError && pull.number === null) || limits.signal.aborted) throw error;
            notes.push(`${pull.name} could not be compared: ${messageOf(error)}`);
          }
        }
      },
    );
  } catch (error) {
    if (error instanceof UserError && also.length > 0) throw error;
    const late = error instanceof Undecided && error.reason === 'timeout';
    notes.push(
      late
        ? 'Other open pull requests: the time for it was over before all were compared.'
        : `Other open pull requests could not be compared: ${messageOf(error)}`,
    );
  }
  return { others, notes };
}

/** Directories where a changed file may be a migration. */
function looked(source: PullSource, sides: readonly CheckedSide[]) {
  const directories = sides.flatMap(({ database: { path, basePath = path }, histories }) => [
    treePath(path),
    treePath(basePath),
    ...(histories.head.paths ?? []),
  ]);
  return source.find([...new Set(directories)]);
}

const entry = (
  { name, number, title, ref }: OpenPull,
  { other: { sha } }: Beside,
  { database }: CheckedSide,
  part: Pick<OtherPullRequest, 'collisions' | 'orders'>,
): OtherPullRequest => ({ name, number, title, ref, sha, database: database.name, ...part });

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

import { Undecided } from '../errors.ts';
import type { Since } from '../git/since.ts';
import type { HistoryChange } from '../history/change.ts';
import { word } from '../shell-word.ts';

/**
 * Runs the work; where base's own history stops at a file that the pull request changes, the pull request may be the cure,
 * and what has to be said for it to be judged is added.
 *
 * @throws Undecided as the work does
 */
export async function orCure<T>(
  changes: readonly HistoryChange[],
  since: (paths: readonly string[]) => Promise<ReadonlyMap<string, Since>>,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Undecided) || error.reason !== 'base-does-not-apply') throw error;
    const { place } = error;
    if (place === undefined || !changes.some((change) => touches(change, place.file))) throw error;
    if (lacksSurroundings(error.message)) throw error;
    const came = (await since([place.file])).get(place.file);
    const before = came === undefined || came.atLeast ? 'REF' : word(`${came.sha.slice(0, 10)}^`);
    const what = before === 'REF' ? 'what was deployed last' : 'the commit before the file came';
    throw new Undecided(
      error.reason,
      `${error.message} The pull request changes that very file, so that it may be the cure; whether a database has run it all the same cannot be seen from here. If none has, say what counts as applied (${what}): \`--applied-ref ${before}\`, or \`applied-ref\` in the configuration. What came after it is then judged anew.`,
      { place, cause: error },
    );
  }
}

/** Lines to paste about roles, schemas or extensions: that is the cure. A baseline is only a guess. */
const lacksSurroundings = (message: string): boolean =>
  message.includes('\n') && !/^\s+baseline:$/m.test(message);

const touches = ({ kind, file, previousFile }: HistoryChange, failing: string): boolean =>
  ['edited', 'edited-cosmetic', 'deleted', 'renamed'].includes(kind) && (previousFile ?? file) === failing;

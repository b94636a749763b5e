import type { HistoryBehaviour, ToolReaction } from '../tool.ts';
import type { AtlasSettings } from './settings.ts';
import type { SumMismatch } from './sum.ts';

const stops = (what: string): string =>
  `Atlas stops at the next deploy before it runs anything: "checksum mismatch", because ${what} (\`atlas migrate hash\` writes it anew, and then nothing says that databases differ).`;

/** For a new file that atlas.sum does not have as it is. */
export const staleSum = (name: string): string => stops(`atlas.sum does not have ${name} in its place`);

/** @param mismatch what head's atlas.sum and its files disagree about */
export function atlasBehaviour(
  execOrder: AtlasSettings['execOrder'],
  mismatch: SumMismatch | null,
): HistoryBehaviour {
  const stale = (reason: SumMismatch['reason'], what: string): ToolReaction | null =>
    mismatch !== null && (mismatch.reason === reason || mismatch.reason === null)
      ? { does: 'refuses', says: stops(what) }
      : null;
  return {
    edited: stale('edited', 'atlas.sum still has the old text') ?? {
      does: 'ignores',
      says: 'Atlas compares files with atlas.sum alone, which was written anew: databases that ran the old text keep what it made, and new ones get the new text.',
    },
    deleted: stale('removed', 'atlas.sum still has the file') ?? {
      does: 'ignores',
      says: 'Atlas does not miss a file that it has run once atlas.sum was written anew: databases that ran it keep what it made, and new ones never get it.',
    },
    renamed: {
      does: 'ignores',
      says: 'Atlas goes by the version before the first underscore: under the same one it notices nothing once atlas.sum was written anew, under another one it takes the file for a new migration.',
    },
    outOfOrder: late[execOrder],
    duplicateVersion: {
      does: 'skips',
      says: 'Atlas records the version before the first underscore: where one of the two has run the other counts as applied, and a new database stops between them.',
      legal: false,
    },
  };
}

const late: Readonly<Record<AtlasSettings['execOrder'], ToolReaction>> = {
  linear: {
    does: 'refuses',
    says: 'Atlas stops at the next deploy before it runs anything: "migration file … was added out of order".',
  },
  'linear-skip': {
    does: 'skips',
    says: 'Atlas is called with exec-order linear-skip: on every database that base has reached this file never runs, without an error, and only new databases get it.',
  },
  'non-linear': {
    does: 'runs',
    says: 'Atlas is called with exec-order non-linear: it runs this file before the other pending ones and after those that were meant to follow it, while a new database gets it in its place.',
  },
};

import { type LockMode, lockModes } from './trace.ts';

/** Who waits while a lock is held: SELECT, or INSERT, UPDATE and DELETE. */
export type Blocked = 'reads' | 'writes';

/**
 * What the modes do to ordinary traffic, by the conflict table of the Postgres manual (13.3.1): a plain
 * SELECT takes ACCESS SHARE, INSERT/UPDATE/DELETE take ROW EXCLUSIVE.
 */
const blockedBy: Readonly<Record<LockMode, readonly Blocked[]>> = {
  AccessShareLock: [],
  RowShareLock: [],
  RowExclusiveLock: [],
  ShareUpdateExclusiveLock: [],
  ShareLock: ['writes'],
  ShareRowExclusiveLock: ['writes'],
  ExclusiveLock: ['writes'],
  AccessExclusiveLock: ['reads', 'writes'],
};

/** Rank of a mode, 0 = weakest; -1 for a string that is none. */
export const lockStrength = (mode: string): number => lockModes.indexOf(mode as LockMode);

/** Positive when `left` is the stronger mode: a comparator for sorting, weakest first. */
export const compareLocks = (left: string, right: string): number => lockStrength(left) - lockStrength(right);

/** The lock with the strongest mode, the first of equals; undefined when there is none. */
export function strongest<Lock extends { readonly mode: LockMode }>(locks: Iterable<Lock>): Lock | undefined {
  let best: Lock | undefined;
  for (const lock of locks) {
    if (best === undefined || compareLocks(lock.mode, best.mode) > 0) best = lock;
  }
  return best;
}

/** Who has to wait for a lock of this mode. */
export function blocks(mode: LockMode): readonly Blocked[] {
  return blockedBy[mode];
}

/** A mode in the manual's spelling: `AccessExclusiveLock` is `ACCESS EXCLUSIVE`. Unknown text comes back unchanged. */
export function lockTitle(mode: string): string {
  if (lockStrength(mode) === -1) return mode;
  return mode
    .replace(/Lock$/, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toUpperCase();
}

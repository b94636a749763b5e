// src/run/trace.ts
/** Spelled as `pg_locks.mode` spells them, weakest first (Postgres manual, 13.3.1). */
const lockModes = [
	"AccessShareLock",
	"RowShareLock",
	"RowExclusiveLock",
	"ShareUpdateExclusiveLock",
	"ShareLock",
	"ShareRowExclusiveLock",
	"ExclusiveLock",
	"AccessExclusiveLock"
];
// src/run/locks.ts
/**
* What the modes do to ordinary traffic, by the conflict table of the Postgres manual (13.3.1): a plain
* SELECT takes ACCESS SHARE, INSERT/UPDATE/DELETE take ROW EXCLUSIVE.
*/
const blockedBy = {
	AccessShareLock: [],
	RowShareLock: [],
	RowExclusiveLock: [],
	ShareUpdateExclusiveLock: [],
	ShareLock: ["writes"],
	ShareRowExclusiveLock: ["writes"],
	ExclusiveLock: ["writes"],
	AccessExclusiveLock: ["reads", "writes"]
};
/** Rank of a mode, 0 = weakest; -1 for a string that is none. */
const lockStrength = (mode) => lockModes.indexOf(mode);
/** Positive when `left` is the stronger mode: a comparator for sorting, weakest first. */
const compareLocks = (left, right) => lockStrength(left) - lockStrength(right);
/** The lock with the strongest mode, the first of equals; undefined when there is none. */
function strongest(locks) {
	let best;
	for (const lock of locks) if (best === void 0 || compareLocks(lock.mode, best.mode) > 0) best = lock;
	return best;
}
/** Who has to wait for a lock of this mode. */
function blocks(mode) {
	return blockedBy[mode];
}
/** A mode in the manual's spelling: `AccessExclusiveLock` is `ACCESS EXCLUSIVE`. Unknown text comes back unchanged. */
function lockTitle(mode) {
	if (lockStrength(mode) === -1) return mode;
	return mode.replace(/Lock$/, "").replace(/(?<=[a-z])(?=[A-Z])/g, " ").toUpperCase();
}
export { strongest as a, lockTitle as i, compareLocks as n, lockModes as o, lockStrength as r, blocks as t };

import { expect, test } from 'vitest';
import { blocks, lockTitle, strongest } from '../../src/run/locks.ts';
import { lockModes } from '../../src/run/trace.ts';

// Postgres manual, 13.3.1: SELECT takes ACCESS SHARE, INSERT, UPDATE and DELETE take ROW EXCLUSIVE.
test.each([
  ['AccessShareLock', 'ACCESS SHARE', []],
  ['RowShareLock', 'ROW SHARE', []],
  ['RowExclusiveLock', 'ROW EXCLUSIVE', []],
  ['ShareUpdateExclusiveLock', 'SHARE UPDATE EXCLUSIVE', []],
  ['ShareLock', 'SHARE', ['writes']],
  ['ShareRowExclusiveLock', 'SHARE ROW EXCLUSIVE', ['writes']],
  ['ExclusiveLock', 'EXCLUSIVE', ['writes']],
  ['AccessExclusiveLock', 'ACCESS EXCLUSIVE', ['reads', 'writes']],
] as const)('%s', (mode, title, blocked) => {
  expect(lockTitle(mode)).toBe(title);
  expect(blocks(mode)).toEqual(blocked);
});

test('the strongest of any order, the first of equals, nothing of none', () => {
  const locks = lockModes.map((mode) => ({ mode }));
  expect(strongest(locks)).toBe(locks.at(-1));
  expect(strongest([...locks].reverse())).toBe(locks.at(-1));
  const equals = [{ mode: 'ShareLock' }, { mode: 'ShareLock' }] as const;
  expect(strongest(equals)).toBe(equals[0]);
  expect(strongest([])).toBeUndefined();
});

import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { sideBySide } from '../src/side-by-side.ts';

describe('side by side', () => {
  it('so many at a time, and what comes of them in their order', async () => {
    let running = 0;
    let most = 0;
    const work = async (ms: number) => {
      running += 1;
      most = Math.max(most, running);
      await sleep(ms);
      running -= 1;
      return ms;
    };
    expect(await sideBySide([30, 1, 20, 5], 2, work)).toEqual([30, 1, 20, 5]);
    expect(most).toBe(2);
  });

  it('one at a time, and none at all', async () => {
    const begun: number[] = [];
    const work = async (one: number) => {
      begun.push(one);
      await sleep(1);
      begun.push(-one);
    };
    await sideBySide([1, 2], 1, work);
    expect(begun).toEqual([1, -1, 2, -2]);
    expect(await sideBySide([], 3, work)).toEqual([]);
  });

  it('the first failure is told when the others have ended, and nothing is begun after it', async () => {
    const ended: string[] = [];
    const work = async (name: string) => {
      await sleep(name === 'slow' ? 30 : 5);
      if (name === 'wrong') throw new Error(name);
      ended.push(name);
    };
    await expect(sideBySide(['slow', 'wrong', 'never'], 2, work)).rejects.toThrow('wrong');
    expect(ended).toEqual(['slow']);
  });
});

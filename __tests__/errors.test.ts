import { expect, test } from 'vitest';
import { firstOf, placed, Undecided, UserError } from '../src/errors.ts';

const place = { file: 'migrations/1_a.sql', line: 3 };

test('what was undecided without a place gets the one where the work was', () => {
  const lost = new Undecided('shadow-unavailable', 'The connection was lost.');
  expect(placed(lost, place)).toMatchObject({
    reason: 'shadow-unavailable',
    message: lost.message,
    place,
    cause: lost,
  });
});

test('a place that is known stays, and so does every other error', () => {
  const known = new Undecided('not-observed', 'Not seen.', { place: { file: 'b.sql' } });
  const wrong = new UserError('Wrong.');
  expect(placed(known, place)).toBe(known);
  expect(placed(wrong, place)).toBe(wrong);
});

test('of several failures the first one counts, not that something could not be closed after it', async () => {
  const lost = new Undecided('shadow-unavailable', 'The connection was lost.');
  const closing = async (works: () => Promise<void>) => {
    await using _one = { [Symbol.asyncDispose]: () => Promise.reject(new Error('one')) };
    await using _other = { [Symbol.asyncDispose]: () => Promise.reject(new Error('other')) };
    await works();
  };
  expect(firstOf(await closing(() => Promise.reject(lost)).catch((error: unknown) => error))).toBe(lost);
  expect(await closing(async () => {}).catch(firstOf)).toMatchObject({ message: 'other' });
  expect(firstOf('text')).toBe('text');
});

import { beforeEach, expect, test } from 'vitest';
import { Undecided } from '../src/errors.ts';
import { limited } from '../src/limits.ts';
import { beginStep, forgetUnderWay, placeUnderWay, underWay } from '../src/under-way.ts';

beforeEach(forgetUnderWay);

const at = (file: string, line = 1) => ({ file, line });
const endless = () => new Promise<never>(() => {});

test('what was run last is the place until something else is begun', async () => {
  await underWay(
    () => at('a.sql', 3),
    async () => {},
  );
  expect(placeUnderWay()).toEqual(at('a.sql', 3));
  beginStep();
  expect(placeUnderWay()).toBeUndefined();
});

test('a step that begins elsewhere does not hide what is being run', () => {
  void underWay(() => at('a.sql'), endless);
  beginStep();
  expect(placeUnderWay()).toEqual(at('a.sql'));
});

test.each([
  ['timeout', 'b.sql', at('a.sql')],
  ['not-observed', 'b.sql', undefined],
  ['not-observed', 'a.sql', at('a.sql')],
] as const)('two servers at once: ended for %s while the other is in %s', async (reason, other, place) => {
  const run = limited(
    1,
    () => '',
    ({ end }) => {
      void underWay(() => at('a.sql'), endless);
      void underWay(() => at(other, 2), endless);
      end(new Undecided(reason, 'too much'));
      return endless();
    },
  );
  const error: unknown = await run.catch((caught: unknown) => caught);
  expect(error).toMatchObject({ reason });
  expect((error as Undecided).place).toEqual(place);
});

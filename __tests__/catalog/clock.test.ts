import { describe, expect, test } from 'vitest';
import { isClock } from '../../src/catalog/clock.ts';
import type { SchemaChange } from '../../src/catalog/model.ts';

const since = Date.parse('2026-11-20T15:00:00Z');
const run = { since, until: since + 30_000 };

const changed = (before: string | null, after: string | null): SchemaChange => ({
  change: 'altered',
  type: 'column',
  name: 'public.t.c',
  previousName: null,
  before,
  after,
  impact: 'none',
  dataLoss: false,
});
const stamp = (value: string) =>
  `c timestamp without time zone DEFAULT '${value}'::timestamp without time zone`;

describe('the time of the run', () => {
  test.each([
    ['in UTC', stamp('2026-11-20 15:00:03.123456'), stamp('2026-11-20 15:00:21.5')],
    ['in another zone', stamp('2026-11-20 20:45:03.12'), stamp('2026-11-20 20:45:21')],
    ['cut to seconds, at the very start', stamp('2026-11-20 15:00:00'), stamp('2026-11-20 15:00:21')],
    [
      'with a zone that is not the program’s',
      "DEFAULT '2026-11-20 10:00:03+00'::timestamp with time zone",
      "DEFAULT '2026-11-20 10:00:21+00'::timestamp with time zone",
    ],
    ['as text', "DEFAULT '2026-11-20T15:00:03.123Z'::text", "DEFAULT '2026-11-20T15:00:21.001Z'::text"],
    ['in milliseconds', `DEFAULT '${since + 3}'::bigint`, `DEFAULT '${since + 21_000}'::bigint`],
    ['in seconds', `DEFAULT ${since / 1000}`, `DEFAULT ${since / 1000 + 20}`],
    [
      'in a UUID',
      `DEFAULT '${idOf(since + 5)}-7abc-8def-0123456789ab'::uuid`,
      `DEFAULT '${idOf(since + 9)}-7abc-8def-0123456789ab'::uuid`,
    ],
    [
      'in two places',
      `CHECK (a > '2026-11-20 15:00:01' AND b = '2026-01-01')`,
      `CHECK (a > '2026-11-20 15:00:09' AND b = '2026-01-01')`,
    ],
  ])('%s', (_, before, after) => {
    expect(isClock(changed(before, after), run)).toBe(true);
  });

  test('a day, where a midnight lies within the run', () => {
    const days = changed("DEFAULT '2026-11-20'::date", "DEFAULT '2026-11-21'::date");
    const midnight = Date.parse('2026-11-21T00:00:00Z');
    expect(isClock(days, { since: midnight - 5_000, until: midnight + 5_000 })).toBe(true);
    expect(isClock(days, { since: midnight + 60_000, until: midnight + 90_000 })).toBe(false);
    const quarterPast = midnight + 15 * 60_000;
    expect(isClock(days, { since: quarterPast - 5_000, until: quarterPast + 5_000 })).toBe(false);
    // In Nepal.
    const nepal = midnight - 5.75 * 60 * 60_000;
    expect(isClock(days, { since: nepal - 5_000, until: nepal + 5_000 })).toBe(true);
  });
});

describe('somebody’s choice', () => {
  test.each([
    ['a time before the run', stamp('2026-11-20 14:50:03'), stamp('2026-11-20 15:00:21')],
    ['another time and the run', stamp('2020-01-01 00:00:00'), stamp('2026-11-20 15:00:21')],
    ['three hours more', stamp('2026-11-20 15:00:03'), stamp('2026-11-20 18:00:21')],
    ['something else besides', stamp('2026-11-20 15:00:03'), `${stamp('2026-11-20 15:00:21')} NOT NULL`],
    ['one of two', "'2026-11-20 15:00:03' '2020-01-01'", "'2026-11-20 15:00:09' '2020-01-02'"],
    ['no time at all', "DEFAULT 'a'::text", "DEFAULT 'b'::text"],
    ['equal', stamp('2026-11-20 15:00:03'), stamp('2026-11-20 15:00:03')],
    ['no such day', stamp('2026-99-20 15:00:03'), stamp('2026-99-20 15:00:09')],
    [
      'a UUID without a time',
      "DEFAULT '0199a5e2-1111-4abc-8def-0123456789ab'::uuid",
      "DEFAULT '0199a5e2-2222-4abc-8def-0123456789ab'::uuid",
    ],
  ])('%s', (_, before, after) => {
    expect(isClock(changed(before, after), run)).toBe(false);
  });

  test('what came', () => {
    expect(isClock({ ...changed(null, stamp('2026-11-20 15:00:03')), change: 'added' }, run)).toBe(false);
  });
});

/** The first twelve digits of a UUID of version 7. */
function idOf(ms: number): string {
  const digits = ms.toString(16).padStart(12, '0');
  return `${digits.slice(0, 8)}-${digits.slice(8)}`;
}

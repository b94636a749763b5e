import { describe, expect, it } from 'vitest';
import { hostileInputs } from './hostile-inputs.ts';
import { isAsDemanded, runHostile } from './hostile-run.ts';

/** One of each kind; `MIGRATION_GATE_TEST_HOSTILE=all` runs every one, and `npm run hostile` prints what comes of them. */
const everyday = [
  '`COPY … TO PROGRAM`',
  '`CREATE EXTENSION dblink`, to connect to itself',
  'taking the superuser’s rights',
  'a loop that catches its cancellation',
  'terminating its own session',
  'a time limit of the role',
  'transactions that end',
  'another password of the role',
  'another role for all sessions',
  '100 MB of notices',
  'a function that calls itself',
  'a NUL byte',
  'a path with newlines and workflow commands',
  'a link out of the repository',
  'a ref that looks like an option',
];

const inputs = hostileInputs.filter(
  ({ title }) => process.env.MIGRATION_GATE_TEST_HOSTILE === 'all' || everyday.includes(title),
);

describe('hostile input ends by itself, in bounded memory, with a verdict and a place', () => {
  it.each(inputs)('$title', { timeout: 300_000 }, async (input) => {
    const result = await runHostile(input);
    expect(result, JSON.stringify(result)).toSatisfy(isAsDemanded(input));
  });

  it('every one of the everyday ones exists', () => {
    const titles = hostileInputs.map(({ title }) => title);
    expect(everyday.filter((title) => !titles.includes(title))).toEqual([]);
    expect(new Set(titles).size).toBe(titles.length);
  });
});

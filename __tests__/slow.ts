/**
 * Suites that take long by what they try (a killed process, servers that do not answer, a command run again and again):
 * `npm run test:full` runs them, `npm test` leaves them out.
 */
export const slow = [
  '__tests__/command/diff.test.ts',
  '__tests__/e2e/baseline.test.ts',
  '__tests__/e2e/beside-the-comment.test.ts',
  '__tests__/e2e/hostile.test.ts',
  '__tests__/github/cache.test.ts',
  '__tests__/github/faults.test.ts',
  '__tests__/history/same-version.test.ts',
  '__tests__/history/squash.test.ts',
  '__tests__/history/way-out.test.ts',
  '__tests__/properties/histories.test.ts',
  '__tests__/run/pasted-lines.test.ts',
  '__tests__/shadow/gone.test.ts',
  '__tests__/shadow/kept.test.ts',
  '__tests__/shadow/killed.test.ts',
  '__tests__/tools/odd-files.test.ts',
];

/**
 * Suites that take long by what they try (a killed process, servers that do not answer, a command run again and again,
 * each tool's whole way through the built command): `npm run test:full` runs them, `npm test` leaves them out.
 */
export const slow = [
  '__tests__/command/diff.test.ts',
  '__tests__/e2e/baseline.test.ts',
  '__tests__/e2e/beside-the-comment.test.ts',
  '__tests__/e2e/enterprise-server.test.ts',
  '__tests__/e2e/hostile.test.ts',
  '__tests__/e2e/on-request.test.ts',
  '__tests__/e2e/tool-says.test.ts',
  '__tests__/e2e/tools/atlas.test.ts',
  '__tests__/e2e/tools/dbmate.test.ts',
  '__tests__/e2e/tools/diesel.test.ts',
  '__tests__/e2e/tools/flyway.test.ts',
  '__tests__/e2e/tools/golang-migrate.test.ts',
  '__tests__/e2e/tools/goose.test.ts',
  '__tests__/e2e/tools/graphile-migrate.test.ts',
  '__tests__/e2e/tools/hasura.test.ts',
  '__tests__/e2e/tools/liquibase.test.ts',
  '__tests__/e2e/tools/node-pg-migrate.test.ts',
  '__tests__/e2e/tools/refinery.test.ts',
  '__tests__/e2e/tools/sqitch.test.ts',
  '__tests__/e2e/tools/sqlx.test.ts',
  '__tests__/e2e/tools/supabase.test.ts',
  '__tests__/github/cache.test.ts',
  '__tests__/github/faults.test.ts',
  '__tests__/github/open-pulls.test.ts',
  '__tests__/github/override.test.ts',
  '__tests__/history/applied-ref.test.ts',
  '__tests__/history/declared-snapshot.test.ts',
  '__tests__/history/declared.test.ts',
  '__tests__/history/edits.test.ts',
  '__tests__/history/half-way.test.ts',
  '__tests__/history/open-pulls.test.ts',
  '__tests__/history/same-version.test.ts',
  '__tests__/history/squash.test.ts',
  '__tests__/history/way-out.test.ts',
  '__tests__/init/init.test.ts',
  '__tests__/properties/histories.test.ts',
  '__tests__/run/pasted-lines.test.ts',
  '__tests__/run/proxy/connections.test.ts',
  '__tests__/shadow/gone.test.ts',
  '__tests__/shadow/kept.test.ts',
  '__tests__/shadow/odd-machines.test.ts',
  '__tests__/tools/odd-files.test.ts',
  '__tests__/uses/gate.test.ts',
];

/** Left out of `npm test` as well; `npm run test:full` runs them on every major. */
export const slowOnEachMajor = [
  '__tests__/catalog/cases.test.ts',
  '__tests__/catalog/impact.test.ts',
  '__tests__/rules/statements.test.ts',
  '__tests__/run/documented-locks.test.ts',
  '__tests__/run/proxy/transparent.test.ts',
  '__tests__/run/rerun.test.ts',
  '__tests__/run/reversal.test.ts',
];

/** `npm run test:shadows` runs them, on every provider. */
export const onEveryShadow = ['__tests__/shadow/conformance.test.ts', '__tests__/shadow/killed.test.ts'];

/** Is everything to be run, and not only what `npm test` has time for? */
export const everything = (process.env.MIGRATION_GATE_TEST_ALL ?? '') !== '';

import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Api } from '../../src/github/api.ts';
import { postCheckRuns } from '../../src/github/check-runs.ts';
import type { Report } from '../../src/report/model.ts';
import { database, finding, headSha, links, migration, report } from '../report/make.ts';
import { payloads } from '../report/payloads.ts';
import { type EmulatedGitHub, emulateGitHub } from './emulated-github.ts';

let github: EmulatedGitHub;
let connect: (token: string) => Api;
beforeAll(async () => {
  github = await emulateGitHub();
  // The toolkit reads the address when it is imported.
  process.env.GITHUB_API_URL = github.url;
  ({ connect } = await import('../../src/github/api.ts'));
});
beforeEach(() => github.clear());
afterEach(() => expect(github.wrong).toEqual([]));
afterAll(() => github[Symbol.asyncDispose]());

const run = (of: Report, id = 'default'): Promise<void> =>
  postCheckRuns(
    connect(github.tokens.workflow),
    { owner: 'octo', repo: 'shop' },
    { report: of, id, sha: headSha, links },
  );
const told = () => [...github.checks.values()].map(({ name, conclusion }) => `${name}: ${conclusion}`);

const two = [
  database({ name: 'app', migrations: [migration('app/1.sql')] }),
  database({ name: 'billing', path: 'billing', migrations: [migration('billing/1.sql')] }),
];
const problem = finding('set-not-null', 'error', {
  database: 'billing',
  file: 'billing/1.sql',
  line: 1,
  title: 'It waits',
  message: 'It waits long.',
});

test('each database has a check of its own, written over by the next run', async () => {
  await run(report({ databases: two, findings: [problem] }));
  expect(told()).toEqual(['migration-gate: app: success', 'migration-gate: billing: failure']);
  const [app, billing] = [...github.checks.values()];
  expect(app?.output.title).toBe('1 migration is safe to apply');
  expect(billing?.output.title).toBe('Blocked: 1 problem in 1 migration');
  expect(billing?.output.summary).toMatch(/It waits long/);
  expect(app?.output.summary).not.toMatch(/It waits long/);
  await run(report({ databases: two }));
  expect(told()).toEqual(['migration-gate: app: success', 'migration-gate: billing: success']);
});

test('gates with other ids have other checks', async () => {
  await run(report({ databases: two }));
  await run(report({ databases: two, findings: [problem] }), 'api');
  expect(told()).toEqual([
    'migration-gate: app: success',
    'migration-gate: billing: success',
    'migration-gate (api): app: success',
    'migration-gate (api): billing: failure',
  ]);
});

test('what is found about no database blocks each, and what is undecided is green nowhere', async () => {
  await run(
    report({
      databases: two,
      findings: [{ ...problem, rule: 'gate-weakened', database: '', file: null, line: null }],
    }),
  );
  expect(told()).toEqual(['migration-gate: app: failure', 'migration-gate: billing: failure']);
  github.checks.clear();
  const undecided = { reason: 'timeout', file: null, line: null, message: 'Too long.' } as const;
  await run(report({ databases: two, undecided }));
  expect(told()).toEqual(['migration-gate: app: failure', 'migration-gate: billing: failure']);
  github.checks.clear();
  await run(report({ undecided }));
  expect(told()).toEqual(['migration-gate: failure']);
});

test.each(Object.entries(payloads))('a database called %s fits', async (_name, name) => {
  await run(
    report({ databases: [database({ name })], findings: [{ ...problem, database: name, title: name }] }),
  );
  const [check] = [...github.checks.values()];
  expect(check?.name).toMatch(/^migration-gate: /);
  expect(check?.name).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
  expect(check?.output.title.length).toBeLessThanOrEqual(255);
  expect(check?.output.summary.length).toBeLessThanOrEqual(65_535);
});

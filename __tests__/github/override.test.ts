import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Api } from '../../src/github/api.ts';
import { override } from '../../src/github/override.ts';
import { commentBudget, marker, toMarkdown } from '../../src/report/markdown/markdown.ts';
import { database, finding, headSha, links, migration, report } from '../report/make.ts';
import { assertValidReport } from '../report/validate.ts';
import { type EmulatedGitHub, emulateGitHub } from './emulated-github.ts';

let github: EmulatedGitHub;
let connect: (token: string) => Api;
beforeAll(async () => {
  github = await emulateGitHub();
  // The toolkit reads the address when it is imported.
  process.env.GITHUB_API_URL = github.url;
  ({ connect } = await import('../../src/github/api.ts'));
});
const pushed = '2026-05-01T12:00:00Z';
const later = '2026-05-01T12:30:00Z';
const set = { event: 'labeled', label: 'accept-migrations', by: 'maya', at: later } as const;
beforeEach(async () => {
  await github.clear();
  Object.assign(github.pull, {
    headSha,
    labels: ['bug', 'accept-migrations'],
    timeline: [set],
    roles: {
      maya: { permission: 'write', role_name: 'maintain' },
      ada: { permission: 'admin', role_name: 'admin' },
      will: { permission: 'write', role_name: 'write' },
      tom: { permission: 'read', role_name: 'triage' },
    },
  });
});
afterEach(() => expect(github.wrong).toEqual([]));
afterAll(() => github[Symbol.asyncDispose]());

const problem = finding('set-not-null', 'error', {
  file: 'migrations/1.sql',
  line: 1,
  title: 'It waits',
  message: 'It waits long.',
});
const app = database({ migrations: [migration('migrations/1.sql')] });
const blocked = report({ databases: [app], findings: [problem] });
const synchronize = { action: 'synchronize', label: null, updatedAt: pushed, headSha };

const ask = (event = synchronize as Parameters<typeof override>[2]['event'], of = blocked) =>
  override(
    connect(github.tokens.workflow),
    { owner: 'octo', repo: 'shop', number: 1 },
    { label: 'accept-migrations', report: of, event, marker: marker('default') },
  );
const comment = (of = blocked): string =>
  toMarkdown(of, { id: 'default', budget: commentBudget, links, expand: false });

test("a maintainer's label accepts what blocks, and the comment says who set it when", async () => {
  const found = await ask();
  const accepted = 'accepted' in found ? found.accepted : null;
  assertValidReport(accepted);
  expect(accepted).toMatchObject({
    verdict: 'pass',
    override: { label: 'accept-migrations', by: 'maya', at: later },
    findings: [problem],
  });
  const text = comment(accepted);
  expect(text).toContain(
    '### ⚠️ Accepted by label: 1 problem in 1 migration, `accept-migrations` set by `maya`',
  );
  expect(text).toContain(
    `\`maya\` accepted what is below by setting the label \`accept-migrations\` at \`${later}\``,
  );
  expect(text).toContain('#### 1. It waits');
});

test('the event of the label itself accepts, whatever its time', async () => {
  expect(
    await ask({ action: 'labeled', label: 'accept-migrations', updatedAt: later, headSha }),
  ).toHaveProperty('accepted');
});

test('an administrator may, too', async () => {
  github.pull.timeline = [{ ...set, by: 'ada' }];
  expect(await ask()).toHaveProperty('accepted');
});

test.each([
  ['there is no such label', { labels: ['bug'] }, null],
  [
    'it was set before the last push',
    { timeline: [{ ...set, at: '2026-05-01T11:59:59Z' }] },
    /before the last commit was pushed/,
  ],
  [
    'it was set in the second of the push',
    { timeline: [{ ...set, at: pushed }] },
    /before the last commit was pushed/,
  ],
  [
    'who set it may only write',
    { timeline: [{ ...set, by: 'will' }] },
    /will may not administer or maintain/,
  ],
  ['who set it may only triage', { timeline: [{ ...set, by: 'tom' }] }, /tom may not/],
  ['who set it is no collaborator', { timeline: [{ ...set, by: 'bot[bot]' }] }, /may not/],
  [
    'a maintainer set it before somebody else did',
    { timeline: [set, { ...set, event: 'unlabeled' }, { ...set, by: 'will' }] },
    /will may not/,
  ],
  ['the timeline does not know of it', { timeline: [] }, /nobody knows who set it/],
  ['another label was set', { timeline: [{ ...set, label: 'bug' }] }, /nobody knows who set it/],
  ['a newer commit was pushed', { headSha: 'f'.repeat(40) }, /newer commit/],
] as const)('nothing is accepted where %s', async (_why, state, reason) => {
  Object.assign(github.pull, state);
  const found = await ask();
  expect(found).not.toHaveProperty('accepted');
  expect((found as { refused: string | null }).refused).toEqual(
    reason === null ? null : expect.stringMatching(reason),
  );
});

test('an event of another label or another time is no event of this one', async () => {
  github.pull.timeline = [{ ...set, at: '2026-05-01T11:00:00Z' }];
  for (const event of [
    { action: 'labeled', label: 'bug', updatedAt: pushed, headSha },
    { action: 'unlabeled', label: 'accept-migrations', updatedAt: pushed, headSha },
    { action: 'edited', label: null, updatedAt: null, headSha },
  ]) {
    expect(await ask(event)).not.toHaveProperty('accepted');
  }
});

test('it covers the findings that the comment had, fewer, and no others', async () => {
  await github.addComment(github.tokens.workflow, comment());
  const other = { ...problem, rule: 'drop-column' };
  expect(await ask()).toHaveProperty('accepted');
  expect(await ask(synchronize, report({ databases: [app], findings: [problem, other] }))).toEqual({
    refused: 'there are findings that were not there when it was set; it has to be set again',
  });
  await github.clear();
});

test("a stranger's comment lists nothing", async () => {
  const other = report({ databases: [app], findings: [{ ...problem, rule: 'drop-column' }] });
  await github.addComment(github.tokens.workflow, comment());
  await github.addComment(github.tokens.stranger, comment(other));
  expect(await ask(synchronize, other)).not.toHaveProperty('accepted');
});

test('what could not be decided is accepted by nobody', async () => {
  const undecided = { reason: 'timeout', file: null, line: null, message: 'Too long.' } as const;
  expect(await ask(synchronize, report({ databases: [app], findings: [problem], undecided }))).toEqual({
    refused: null,
  });
  expect(github.seen).toEqual([]);
});

test.each([401, 403, 404, 410, 422, 500])('%i accepts nothing', async (status) => {
  for (const part of ['/pulls/1', '/timeline', '/permission']) {
    github.fault = ({ path }) => (path.includes(part) ? { status } : null);
    const found = await ask().catch(() => ({ refused: 'failed' }));
    expect(found).not.toHaveProperty('accepted');
  }
});

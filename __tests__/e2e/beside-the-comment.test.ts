import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type EmulatedGitHub, emulateGitHub } from '../github/emulated-github.ts';
import { type Files, type Server, serve } from './checkout.ts';
import { runStep, type Step, type StepResult } from './runner.ts';

const MARKER = '<!-- migration-gate:default -->';
const FILE = 'migrations/00003_index.sql';
const base: Files = {
  'migrations/00001_users.sql':
    '-- +goose Up\nCREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);\n',
  'migrations/00002_orders.sql':
    '-- +goose Up\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);\n',
};
const index: Files = {
  [FILE]: '-- +goose NO TRANSACTION\n-- +goose Up\nCREATE INDEX orders_user ON orders (user_id);\n',
};
const words: Files = { 'README.md': '# The shop\n' };

let github: EmulatedGitHub;
const servers: Server[] = [];
beforeAll(async () => {
  github = await emulateGitHub();
});
beforeEach(() => github.clear());
afterEach(() => expect(github.wrong).toEqual([]));
afterAll(async () => {
  await github[Symbol.asyncDispose]();
  for (const server of servers) server[Symbol.dispose]();
});

function served(change: Files): Server {
  const server = serve(base, change);
  servers.push(server);
  return server;
}

const PUSHED = '2026-05-01T12:00:00Z';
function onPullRequest(server: Server, event: object, more: Partial<Step> = {}): Promise<StepResult> {
  const { shas } = server;
  const repo = { full_name: 'octo/shop' };
  github.pull.headSha = shas.head;
  return runStep({
    event: 'pull_request',
    payload: {
      action: 'synchronize',
      pull_request: {
        number: 1,
        updated_at: PUSHED,
        base: { ref: 'main', sha: shas.base, repo },
        head: { ref: 'topic', sha: shas.head, repo },
      },
      ...event,
    },
    workspace: server.checkout(shas.merge),
    api: github.url,
    token: github.tokens.workflow,
    ...more,
  });
}
const warnings = ({ commands }: StepResult): string[] =>
  commands.filter(({ name }) => name === 'warning').map(({ message }) => message);

test('SARIF, a suggestion, a check and a label, each from the same verdict', async () => {
  const server = served(index);
  github.pull.files = [
    {
      filename: FILE,
      status: 'added',
      patch:
        '@@ -0,0 +1,3 @@\n+-- +goose NO TRANSACTION\n+-- +goose Up\n+CREATE INDEX orders_user ON orders (user_id);',
    },
  ];
  const inputs = {
    suggestions: 'true',
    'check-run': 'true',
    'override-label': 'accept-migrations',
    'sarif-file': 'gate.sarif',
  };
  const first = await onPullRequest(server, {}, { inputs });
  expect(first.stderr).toBe('');
  expect(first.code).toBe(1);
  const sarif = JSON.parse(readFileSync(first.outputs['sarif-file'] ?? '', 'utf8'));
  expect(sarif.runs[0].results).toMatchObject([
    {
      ruleId: 'create-index-blocking',
      level: 'error',
      fixes: [{ artifactChanges: [{ replacements: [{ deletedRegion: { startLine: 3, endLine: 3 } }] }] }],
    },
  ]);
  expect(github.pull.reviews).toMatchObject([{ path: FILE, line: 3 }]);
  expect(github.pull.reviews[0]?.body).toMatch(/```suggestion\nCREATE INDEX CONCURRENTLY/);
  expect([...github.checks.values()]).toMatchObject([
    { name: 'migration-gate: migrations', head_sha: server.shas.head, conclusion: 'failure' },
  ]);

  Object.assign(github.pull, {
    labels: ['accept-migrations'],
    timeline: [{ event: 'labeled', label: 'accept-migrations', by: 'maya', at: '2026-05-01T12:30:00Z' }],
    roles: { maya: { permission: 'write', role_name: 'maintain' } },
  });
  const labelled = await onPullRequest(
    server,
    { action: 'labeled', label: { name: 'accept-migrations' } },
    { inputs },
  );
  expect(labelled.code).toBe(0);
  expect(labelled.outputs).toMatchObject({ verdict: 'pass', errors: '1' });
  expect((await github.comments()).map(({ body }) => body)).toEqual([
    expect.stringMatching(
      /^<!-- migration-gate:default -->\n### ⚠️ Accepted by label: 1 problem.*set by `maya`/,
    ),
  ]);
  expect([...github.checks.values()]).toMatchObject([{ conclusion: 'success' }]);
  expect(github.pull.reviews).toHaveLength(1);

  server.push({
    'migrations/00004_more.sql': '-- +goose Up\nCREATE INDEX orders_more ON orders (user_id, id);\n',
  });
  const pushed = await onPullRequest(
    server,
    { pull_request: undefined },
    {
      inputs: { 'override-label': 'accept-migrations' },
      payload: {
        action: 'synchronize',
        pull_request: {
          number: 1,
          updated_at: '2026-05-01T13:00:00Z',
          base: { ref: 'main', sha: server.shas.base, repo: { full_name: 'octo/shop' } },
          head: { ref: 'topic', sha: server.shas.head, repo: { full_name: 'octo/shop' } },
        },
      },
    },
  );
  expect(pushed.code).toBe(1);
  expect(warnings(pushed)).toEqual([
    expect.stringMatching(/does not count: maya set it before the last commit/),
  ]);
});

describe('the API fails', () => {
  const old = `${MARKER}\n### ⛔ Blocked: what it was before`;

  test.each([
    ['401', { status: 401, body: { message: 'Bad credentials' } }],
    ['403', { status: 403, body: { message: 'Resource not accessible by integration' } }],
    ['404', { status: 404 }],
    ['410', { status: 410 }],
    ['422', { status: 422 }],
    ['a rate limit', { status: 429, headers: { 'retry-after': '3600' } }],
    ['text that breaks off', 'half'],
    ['a broken connection', 'hang-up'],
  ] as const)('%s changes no verdict and is told of in one warning', async (_what, fault) => {
    await github.addComment(github.tokens.workflow, old);
    github.fault = () => fault;
    const result = await onPullRequest(served(words), {});
    expect(result.code).toBe(0);
    expect(result.outputs).toMatchObject({ verdict: 'pass', 'comment-url': '' });
    expect(warnings(result)).toEqual([
      expect.stringMatching(/^The comment could not be posted: .*The verdict stands/),
    ]);
    expect((await github.comments()).map(({ body }) => body)).toEqual([old]);
    expect(github.seen.length).toBeLessThanOrEqual(9);
  });

  test('nothing that was asked for beside it makes a blocked one green', async () => {
    github.fault = () => ({ status: 500 });
    const result = await onPullRequest(
      served(index),
      { action: 'labeled', label: { name: 'ok' } },
      { inputs: { suggestions: 'true', 'check-run': 'true', 'override-label': 'ok' } },
    );
    expect(result.code).toBe(1);
    expect(result.outputs).toMatchObject({ verdict: 'blocked' });
    expect(warnings(result)).toHaveLength(4);
  });
});

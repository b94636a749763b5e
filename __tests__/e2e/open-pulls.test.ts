import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type EmulatedGitHub, emulateGitHub } from '../github/emulated-github.ts';
import { type Server, serve } from './checkout.ts';
import { runStep, type StepResult } from './runner.ts';

const hostile = '</summary></details> @acme/dba fixes #1 ::set-output name=verdict::blocked';
const up = (sql: string): string => `-- +goose Up\n${sql}\n`;

let github: EmulatedGitHub;
let server: Server;
beforeAll(async () => {
  github = await emulateGitHub();
  server = serve(
    { 'migrations/00001_users.sql': up('CREATE TABLE users (id bigint PRIMARY KEY, score int);') },
    { 'migrations/00002_a.sql': up('CREATE TABLE a (id bigint PRIMARY KEY, score int);') },
  );
  server.pull(7, { 'migrations/00002_b.sql': up('CREATE TABLE IF NOT EXISTS a (id bigint PRIMARY KEY);') });
});
beforeEach(() => github.clear());
afterEach(() => expect(github.wrong).toEqual([]));
afterAll(async () => {
  await github[Symbol.asyncDispose]();
  server[Symbol.dispose]();
});

function onPullRequest(inputs: Record<string, string>): Promise<StepResult> {
  const { shas } = server;
  const repo = { full_name: 'octo/shop' };
  return runStep({
    event: 'pull_request',
    payload: {
      action: 'synchronize',
      pull_request: {
        number: 1,
        base: { ref: 'main', sha: shas.base, repo },
        head: { ref: 'topic', sha: shas.head, repo },
      },
    },
    workspace: server.checkout(shas.merge),
    api: github.url,
    token: github.tokens.workflow,
    inputs,
  });
}
const annotated = ({ commands }: StepResult): string[] =>
  commands.filter(({ name }) => name === 'error').map(({ message }) => message);

test('another pull request is in the comment, and the verdict is what it would be without', async () => {
  github.pull.others = [
    { number: 7, title: hostile, ref: 'theirs', files: [{ filename: 'migrations/00002_b.sql' }] },
  ];
  const run = await onPullRequest({ 'check-open-prs': 'true' });
  expect(run.stderr).toBe('');
  expect(annotated(run)).toEqual([]);
  expect([run.code, run.outputs.verdict]).toEqual([0, 'pass']);
  const [comment] = await github.comments();
  const section = comment?.body.slice(comment.body.indexOf('<summary>Other open pull requests')) ?? '';
  expect(section).toContain('1 of 1 is in the way of this one</summary>');
  expect(section).toContain(
    '`migrations/00002_a.sql` and `migrations/00002_b.sql`: Both have the version 2.',
  );
  expect(section).toContain('After `#7`, `migrations/00002_a.sql:2` of this pull request fails: relation');
  expect(section).toContain(`\`${hostile}\``);
  // Only as code: a link or a number outside of it would write into the other conversation.
  expect(section.replaceAll(/`[^`\n]*`/g, '')).not.toMatch(/#\d|@acme|https?:/);
});

test('without the permission there is one sentence, and the verdict stands', async () => {
  github.fault = ({ path }) =>
    path.includes('/pulls?') ? { status: 403, body: { message: 'Resource not accessible' } } : null;
  const run = await onPullRequest({ 'check-open-prs': 'true' });
  expect([run.code, run.outputs.verdict]).toEqual([0, 'pass']);
  expect(run.summary).toContain('The other open pull requests could not be looked up: 403');
});

test('it is off where nobody asks for it', async () => {
  const run = await onPullRequest({});
  expect(run.code).toBe(0);
  expect(github.seen.some(({ path }) => path.includes('/pulls?'))).toBe(false);
});

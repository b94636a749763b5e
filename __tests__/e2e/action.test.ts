import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type EmulatedGitHub, emulateGitHub } from '../github/emulated-github.ts';
import { type Files, type Server, serve } from './checkout.ts';
import { runStep, type Step, type StepResult } from './runner.ts';

const MARKER = '<!-- migration-gate:default -->';
const base: Files = {
  'README.md': '# Shop\n',
  'migrations/0001_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);\n',
  'migrations/0002_orders.sql':
    'CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users, total int);\n',
};
const index: Files = {
  'migrations/0003_index.sql': '-- faster lists\nCREATE INDEX orders_user ON orders (user_id);\n',
};
const table: Files = {
  'migrations/0003_notes.sql': 'CREATE TABLE notes (id bigint PRIMARY KEY, body text);\n',
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

function served(change: Files, from: Files = base): Server {
  const server = serve(from, change);
  servers.push(server);
  return server;
}

function pullRequest({ shas }: Server, fork = false) {
  const shop = { full_name: 'octo/shop' };
  return {
    action: 'synchronize',
    number: 1,
    pull_request: {
      number: 1,
      base: { ref: 'main', sha: shas.base, repo: shop },
      head: { ref: 'topic', sha: shas.head, repo: fork ? { full_name: 'stranger/shop' } : shop },
    },
  };
}

/** A step on the pull request's merge commit, checked out alone. */
function onPullRequest(server: Server, more: Partial<Step> = {}): Promise<StepResult> {
  return step({
    event: 'pull_request',
    payload: pullRequest(server),
    workspace: server.checkout(server.shas.merge),
    ...more,
  });
}

function step(what: Pick<Step, 'event' | 'payload' | 'workspace'> & Partial<Step>): Promise<StepResult> {
  return runStep({ api: github.url, token: github.tokens.workflow, ...what });
}

/** Annotations of a level, with what they say. */
function remarks(result: StepResult, level: 'error' | 'warning' | 'notice') {
  return result.commands.filter(({ name }) => name === level);
}

describe('a pull request', () => {
  test('is blocked, told so once, and set free when it is mended', async () => {
    const server = served(index);
    const first = await onPullRequest(server, { inputs: { 'report-file': 'out/report.json' } });
    expect(first.stderr).toBe('');
    expect(first.outputs).toMatchObject({
      verdict: 'blocked',
      errors: '1',
      'new-migrations': '1',
      'schema-changed': 'true',
    });
    expect(first.code).toBe(1);
    const finding = remarks(first, 'error').find(({ properties }) => properties.file !== undefined);
    expect(finding?.properties).toMatchObject({ file: 'migrations/0003_index.sql', line: '2' });
    expect(remarks(first, 'error').at(-1)?.message).toBe('Blocked: 1 problem in 1 migration');
    expect(first.summary).toMatch(/^### ⛔ Blocked/);
    const report = JSON.parse(readFileSync(first.outputs['report-file'] ?? '', 'utf8'));
    expect(report).toMatchObject({
      verdict: 'blocked',
      base: { ref: 'main', sha: server.shas.base },
      head: { ref: 'topic', sha: server.shas.head },
      findings: [{ rule: 'create-index-blocking', line: 2 }],
    });
    const [comment] = await github.comments();
    expect(comment?.user.login).toBe('github-actions[bot]');
    expect(comment?.body).toMatch(new RegExp(`^${MARKER}\n### ⛔ Blocked`));
    expect(comment?.body).toContain(
      `https://git.example.com/octo/shop/blob/${server.shas.head}/migrations/0003_index.sql#L2`,
    );
    expect(comment?.body).toContain('https://git.example.com/octo/shop/actions/runs/42');
    expect(comment?.body).toContain(
      'https://git.example.com/tools/migration-gate/blob/v1/docs/rules/create-index-blocking.md',
    );
    expect(first.outputs['comment-url']).toBe(comment?.html_url);

    server.push({ 'README.md': '# Shop, a new commit that changes no migration\n' });
    const again = await onPullRequest(server);
    expect(again.code).toBe(1);
    expect(again.outputs['comment-url']).toBe(comment?.html_url);
    expect(github.writes()).toHaveLength(1);

    server.push({ 'migrations/0003_index.sql': null, ...table });
    const mended = await onPullRequest(server);
    expect(mended.outputs).toMatchObject({ verdict: 'pass', errors: '0', 'comment-url': comment?.html_url });
    expect(mended.code).toBe(0);
    expect(await github.comments()).toHaveLength(1);
    expect((await github.comments())[0]?.body).toMatch(new RegExp(`^${MARKER}\n### ✅ 1 migration is safe`));
  });

  test('that changes no migration ends green without a server and without a comment', async () => {
    const server = served(words);
    const first = await onPullRequest(server, { inputs: { 'report-file': 'report.json' } });
    expect(first.outputs).toMatchObject({
      verdict: 'pass',
      'new-migrations': '0',
      'schema-changed': 'false',
    });
    expect(first.code).toBe(0);
    expect(first.outputs['comment-url']).toBe('');
    const report = JSON.parse(readFileSync(first.outputs['report-file'] ?? '', 'utf8'));
    expect(report.databases).toMatchObject([{ path: 'migrations', shadow: null }]);
    expect(first.log).not.toMatch(/starting PostgreSQL/);
    expect(await github.comments()).toEqual([]);

    await github.addComment(github.tokens.workflow, `${MARKER}\n### ⛔ Blocked: what it was before`);
    const later = await onPullRequest(server);
    expect(later.code).toBe(0);
    expect((await github.comments())[0]?.body).toMatch(
      new RegExp(`^${MARKER}\n### ✅ No migrations changed\n`),
    );
  });

  test.each([
    ['in the repository', false, /permissions: pull-requests: write/],
    ['from a fork', true, /from a fork runs with a token that can only read/],
  ])('%s keeps its verdict when the comment is forbidden', async (_where, fork, reason) => {
    const server = served(table);
    github.fault = ({ method }) =>
      method === 'POST' ? { status: 403, body: { message: 'Resource not accessible by integration' } } : null;
    const result = await onPullRequest(server, { payload: pullRequest(server, fork) });
    expect(result.code).toBe(0);
    expect(result.outputs).toMatchObject({ verdict: 'pass', 'comment-url': '' });
    expect(result.summary).toMatch(/^### ✅ 1 migration is safe/);
    const warnings = remarks(result, 'warning');
    expect(warnings).toHaveLength(1);
    expect(warnings[0]?.message).toMatch(reason);
    expect(warnings[0]?.message).toMatch('the report is in the job summary');
  });

  test('is undecided, and red, when main itself does not apply', async () => {
    const server = served(table, {
      ...base,
      'migrations/0002_orders.sql': 'CREATE TABLE orders (id nonsense);\n',
    });
    const result = await onPullRequest(server);
    expect(result.outputs).toMatchObject({ verdict: 'undecided' });
    expect(result.code).toBe(1);
    expect(remarks(result, 'error').at(-1)?.message).toMatch(
      /^Could not decide: the migrations of `main` do not apply/,
    );
    expect((await github.comments())[0]?.body).toMatch(new RegExp(`^${MARKER}\n### ❗ Could not decide`));
  });

  test('cannot give the runner orders through what it wrote', async () => {
    const orders = '\n::error::pwned\n::set-output name=verdict::pass\n##[error]pwned\n::stop-commands::x\n';
    const server = served({
      'migrations/0003_::error::pwned.sql': `DO $$ BEGIN RAISE EXCEPTION '${orders}'; END $$;\n`,
    });
    const result = await onPullRequest(server);
    expect(result.outputs).toMatchObject({ verdict: 'blocked' });
    expect(result.code).toBe(1);
    expect(
      result.commands.filter(({ name, message }) => name === 'set-output' || message === 'pwned'),
    ).toEqual([]);
    expect(new Set(result.commands.map(({ name }) => name))).toEqual(
      new Set(['add-mask', 'group', 'endgroup', 'error']),
    );
  });
});

describe('other events', () => {
  test('a merge group gets the verdict and no comment', async () => {
    const server = served(index);
    const { shas } = server;
    const result = await step({
      event: 'merge_group',
      payload: {
        merge_group: {
          base_sha: shas.base,
          base_ref: 'refs/heads/main',
          head_sha: shas.merge,
          head_ref: 'refs/heads/gh-readonly-queue/main/pr-1',
        },
      },
      workspace: server.checkout(shas.merge),
    });
    expect(result.outputs).toMatchObject({ verdict: 'blocked', 'comment-url': '' });
    expect(result.code).toBe(1);
    expect(github.seen).toEqual([]);
  });

  test.each([
    ['push', (shas: Server['shas']) => ({ before: shas.base, ref: 'refs/heads/main' })],
    ['push', () => ({ before: '0'.repeat(40), ref: 'refs/heads/topic' })],
    ['workflow_dispatch', () => ({ ref: 'refs/heads/topic' })],
  ])('%s finds its base and does not comment', async (event, payload) => {
    const server = served(words);
    const result = await step({
      event,
      payload: { ...payload(server.shas), repository: { default_branch: 'main' } },
      workspace: server.checkout(server.shas.head),
    });
    expect(result.outputs).toMatchObject({ verdict: 'pass', 'comment-url': '' });
    expect(result.code).toBe(0);
    expect(github.seen).toEqual([]);
  });

  test('pull_request_target is refused before anything is run', async () => {
    const server = served(index);
    const result = await onPullRequest(server, { event: 'pull_request_target' });
    expect(result.code).toBe(1);
    expect(result.outputs).toEqual({ verdict: 'undecided' });
    expect(remarks(result, 'error')[0]?.message).toMatch(
      /pull_request_target is refused: .*Use `on: pull_request`/,
    );
    expect(github.seen).toEqual([]);
  });
});

describe('fails closed', () => {
  test('on an input that is not valid', async () => {
    const server = served(words);
    const result = await onPullRequest(server, { inputs: { 'fail-on': 'eror' } });
    expect(result.code).toBe(1);
    expect(result.outputs).toEqual({ verdict: 'undecided' });
    expect(remarks(result, 'error')[0]?.message).toMatch(
      /`fail-on` cannot be "eror".*Did you mean `error`\?/,
    );
  });

  test('not in a directory of the workspace that holds the checkout', async () => {
    const server = served(words);
    const workspace = mkdtempSync(join(tmpdir(), 'gate-two-'));
    cpSync(server.checkout(server.shas.merge), join(workspace, 'shop'), { recursive: true });
    const result = await onPullRequest(server, { workspace, inputs: { 'working-directory': 'shop' } });
    rmSync(workspace, { recursive: true });
    expect(result.outputs).toMatchObject({ verdict: 'pass' });
    expect(result.code).toBe(0);
  });

  test('where nothing is checked out', async () => {
    const workspace = mkdtempSync(join(tmpdir(), 'gate-empty-'));
    const result = await onPullRequest(served(words), { workspace });
    rmSync(workspace, { recursive: true });
    expect(result.code).toBe(1);
    expect(remarks(result, 'error')[0]?.message).toMatch(
      /No checkout was found .* Run actions\/checkout before/,
    );
  });

  test('on a report that a symbolic link would lead out of the workspace', async () => {
    const server = served(words);
    const workspace = server.checkout(server.shas.merge);
    symlinkSync(tmpdir(), join(workspace, 'out'));
    const result = await onPullRequest(server, { workspace, inputs: { 'report-file': 'out/report.json' } });
    expect(result.code).toBe(1);
    expect(result.outputs).toMatchObject({ verdict: 'pass', 'report-file': '' });
    expect(remarks(result, 'error')[0]?.message).toMatch(/leads out of the workspace/);
  });

  test('not when only the job summary cannot be written', async () => {
    const server = served(words);
    const result = await onPullRequest(server, { env: { GITHUB_STEP_SUMMARY: '/nowhere/summary' } });
    expect(result.code).toBe(0);
    expect(remarks(result, 'warning')[0]?.message).toMatch(/job summary could not be written/);
  });
});

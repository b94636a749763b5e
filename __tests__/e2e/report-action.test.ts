import { tmpdir } from 'node:os';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Report } from '../../src/report/model.ts';
import { type EmulatedGitHub, emulateGitHub } from '../github/emulated-github.ts';
import { zip } from '../github/zip.ts';
import { baseSha, headSha } from '../report/make.ts';
import { payloads } from '../report/payloads.ts';
import { reports } from '../report/reports.ts';
import { runStep, type StepResult } from './runner.ts';

const MARKER = '<!-- migration-gate:default -->';
const FORK = 'stranger/shop';

let github: EmulatedGitHub;
beforeAll(async () => {
  github = await emulateGitHub();
});
beforeEach(async () => {
  await github.clear();
  github.pull.from = { repository: FORK, ref: 'topic' };
  github.pull.headSha = headSha;
});
afterEach(() => expect(github.wrong).toEqual([]));
afterAll(() => github[Symbol.asyncDispose]());

const upload = (content: unknown): void => {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  github.pull.artifacts = { 'migration-gate-report': zip({ 'report.json': text }) };
};

function run(
  of: Partial<Record<string, unknown>> = {},
  more: Partial<Parameters<typeof runStep>[0]> = {},
): Promise<StepResult> {
  return runStep({
    action: 'report',
    event: 'workflow_run',
    payload: {
      action: 'completed',
      workflow_run: {
        id: 77,
        event: 'pull_request',
        conclusion: 'failure',
        head_sha: headSha,
        head_branch: 'topic',
        head_repository: { full_name: FORK },
        pull_requests: [],
        ...of,
      },
    },
    workspace: tmpdir(),
    api: github.url,
    token: github.tokens.workflow,
    ...more,
  });
}
const errors = ({ commands }: StepResult): string[] =>
  commands.filter(({ name }) => name === 'error').map(({ message }) => message);
const notices = ({ commands }: StepResult): string[] =>
  commands.filter(({ name }) => name === 'notice').map(({ message }) => message);

describe('the comment for a fork', () => {
  test('is made from what its run uploaded, once', async () => {
    upload(reports.blocked);
    const first = await run();
    expect(first.stderr).toBe('');
    expect(first.code).toBe(0);
    const [comment] = await github.comments();
    expect(comment?.user.login).toBe('github-actions[bot]');
    expect(comment?.body).toMatch(new RegExp(`^${MARKER}\n### ⛔ Blocked`));
    expect(comment?.body).toContain('what the run for stranger/shop reported of itself');
    // The run that judged, not the one that comments.
    expect(comment?.body).toContain('/octo/shop/actions/runs/77)');
    expect(first.outputs['comment-url']).toBe(comment?.html_url);
    await run();
    expect(github.writes()).toHaveLength(1);
  });

  test("has the server's names and commits, whatever the report says", async () => {
    const sha = 'd'.repeat(40);
    upload({ ...reports.blocked, head: { ref: 'evil', sha }, base: { ref: 'main', sha } });
    await run();
    const [comment] = await github.comments();
    expect(comment?.body).not.toContain('evil');
    expect(comment?.body).not.toContain(sha);
    expect(comment?.body).toContain(`/blob/${headSha}/`);
    expect(baseSha).not.toBe(sha);
  });

  test('never has a label or a diagram of the report', async () => {
    upload({
      ...reports.clean,
      override: { label: 'ok', by: 'maya', at: '2026-05-01T12:30:00Z' },
      databases: reports.clean.databases.map((each) => ({
        ...each,
        erDiagram: 'flowchart\n click a "https://evil.example"',
      })),
    });
    await run({ conclusion: 'success' });
    const [comment] = await github.comments();
    expect(comment?.body).toMatch(/### ✅ \d+ migrations? (?:is|are) safe/);
    expect(comment?.body).not.toMatch(/maya|mermaid/);
  });

  test('holds hostile text as text', async () => {
    const text = Object.values(payloads).join(' ').slice(0, 8_000);
    const [finding] = reports.blocked.findings;
    if (finding === undefined) throw new Error('there is no finding');
    const findings = [{ ...finding, title: text, message: text }];
    const counts = { error: 1, warning: 0, notice: 0, allowed: 0 };
    upload({ ...reports.blocked, findings, counts, notes: [text] });
    const result = await run();
    expect(result.code).toBe(0);
    const body = (await github.comments())[0]?.body ?? '';
    expect(body.match(/<!--\s*migration-gate/g)).toHaveLength(3);
    expect(result.commands.filter(({ name }) => !['add-mask', 'debug'].includes(name))).toEqual([]);
  });

  test('is not posted where the run changed no migration', async () => {
    upload(reports.untouched);
    const result = await run({ conclusion: 'success' });
    expect(result.code).toBe(0);
    expect(await github.comments()).toEqual([]);
  });
});

describe('nothing is posted', () => {
  test.each([
    ['the run was for no pull request', { event: 'push' }, /for no pull request/],
    ['a newer commit was pushed', { head_sha: 'f'.repeat(40) }, /head of no open pull request/],
    [
      'the branch is of another repository',
      { head_repository: { full_name: 'somebody/shop' } },
      /head of no open/,
    ],
  ])('and that is no fault where %s', async (_why, of, words) => {
    upload(reports.blocked);
    const result = await run(of);
    expect(result.code).toBe(0);
    expect(notices(result).join()).toMatch(words);
    expect(github.writes()).toEqual([]);
  });

  test('and that is no fault where the run uploaded nothing', async () => {
    const result = await run();
    expect(result.code).toBe(0);
    expect(notices(result).join()).toMatch(/uploaded no artifact/);
  });

  const of = (change: object): object => ({ ...reports.blocked, ...change });
  test.each([
    ['it is no JSON', '{"schemaVersion": 1', /cannot be used/],
    ['it is no report', { hello: 1 }, /not as the schema says/],
    ['a field has another kind', of({ notes: 'x' }), /not as the schema says/],
    [
      'its verdict is not that of its findings',
      of({ verdict: 'pass' }),
      /its findings are blocked, and it says pass/,
    ],
    ['it is green and the run was not', reports.clean, /ended with "failure"/],
    ['it is about another base', of({ base: { ref: 'release', sha: null } }), /another base/],
  ])('and the job says so where %s', async (_why, content, words) => {
    upload(content);
    const result = await run();
    expect(result.code).toBe(1);
    expect(errors(result).join()).toMatch(words);
    expect(github.writes()).toEqual([]);
  });

  test('and the job says so where the artifact is too large, or no archive', async () => {
    github.pull.artifacts = { 'migration-gate-report': Buffer.alloc(5_000_001) };
    expect(errors(await run()).join()).toMatch(/larger than 5000000 bytes/);
    github.pull.artifacts = { 'migration-gate-report': zip({ 'r.json': Buffer.alloc(50_000_000) }, 10) };
    expect(errors(await run()).join()).toMatch(/cannot be used/);
    github.pull.artifacts = { 'migration-gate-report': Buffer.from('PK\x05\x06') };
    expect(errors(await run()).join()).toMatch(/cannot be used/);
    expect(github.writes()).toEqual([]);
  });

  test.each([401, 403, 404, 500])('and the job says so where the server answers %i', async (status) => {
    upload(reports.blocked as Report);
    github.fault = () => ({ status });
    const result = await run();
    expect(result.code).toBe(1);
    expect(errors(result).join()).toMatch(/There is no comment/);
  });

  test('on another event', async () => {
    const result = await run({}, { event: 'pull_request_target' });
    expect(result.code).toBe(1);
    expect(errors(result).join()).toMatch(/Run it on `workflow_run`/);
    expect(github.seen).toEqual([]);
  });
});

import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { type CheckedOut, placeOf } from '../../src/github/event.ts';

const sha = (digit: string): string => digit.repeat(40);
const BASE = sha('a');
const NEWER_BASE = sha('b');
const HEAD = sha('c');
const MERGE = sha('d');
const OTHER = sha('e');

const pullRequest = {
  action: 'synchronize',
  number: 7,
  pull_request: {
    number: 7,
    base: { ref: 'main', sha: BASE, repo: { full_name: 'octo/shop' } },
    head: { ref: 'topic', sha: HEAD, repo: { full_name: 'octo/shop' } },
  },
};
const repository = { default_branch: 'trunk' };
const mergeGroup = {
  merge_group: {
    base_sha: BASE,
    base_ref: 'refs/heads/main',
    head_sha: HEAD,
    head_ref: 'refs/heads/gh-readonly-queue/main/pr-7',
  },
};

function place(name: string, payload: unknown, checkedOut: Partial<CheckedOut> = {}) {
  return placeOf({ name, payload, checkedOut: { sha: HEAD, parents: [BASE], ...checkedOut } });
}
function refusal(name: string, payload: unknown, checkedOut: Partial<CheckedOut> = {}): string {
  try {
    place(name, payload, checkedOut);
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  throw new Error('was not refused');
}

describe('pull_request', () => {
  test.each([
    ["GitHub's merge commit", { sha: MERGE, parents: [NEWER_BASE, HEAD] }, NEWER_BASE],
    ["the pull request's head", { sha: HEAD, parents: [OTHER] }, BASE],
    ['a head that is itself a merge', { sha: HEAD, parents: [OTHER, NEWER_BASE] }, BASE],
    ['a commit on top of the head', { sha: OTHER, parents: [HEAD] }, BASE],
    ['main merged into the head', { sha: MERGE, parents: [HEAD, NEWER_BASE] }, BASE],
  ])('at %s', (_case, checkedOut, base) => {
    expect(place('pull_request', pullRequest, checkedOut)).toEqual({
      base: { ref: 'main', sha: base },
      head: { ref: 'topic', sha: checkedOut.sha },
      pullRequest: {
        number: 7,
        headSha: HEAD,
        fork: false,
        action: 'synchronize',
        label: null,
        updatedAt: null,
      },
      mergeHead: true,
      comment: true,
    });
  });

  test.each([
    ['another repository', { full_name: 'stranger/shop' }],
    ['a fork that is deleted', null],
  ])('from %s', (_case, repo) => {
    const { base, head } = pullRequest.pull_request;
    const payload = { pull_request: { number: 7, base, head: { ...head, repo } } };
    expect(place('pull_request', payload).pullRequest).toMatchObject({ fork: true });
  });

  test('refuses a checkout that does not hold its head', () => {
    expect(refusal('pull_request', pullRequest, { sha: OTHER, parents: [BASE] })).toMatch(
      `The checkout is at ${OTHER}, which is neither the merge commit nor the head ${HEAD}`,
    );
  });
});

describe('other events', () => {
  test.each([
    ['merge_group', mergeGroup, { ref: 'main', sha: BASE }, 'gh-readonly-queue/main/pr-7', true],
    ['push', { before: BASE, ref: 'refs/heads/main', repository }, { ref: 'main', sha: BASE }, 'main', false],
    [
      'push',
      { before: sha('0'), ref: 'refs/heads/topic', repository },
      { ref: 'trunk', sha: null },
      'topic',
      true,
    ],
    ['push', { before: sha('0'), ref: 'refs/tags/v1', repository }, { ref: 'trunk', sha: null }, 'v1', true],
    [
      'workflow_dispatch',
      { ref: 'refs/heads/topic', repository },
      { ref: 'trunk', sha: null },
      'topic',
      true,
    ],
  ])('%s %j', (name, payload, base, headRef, mergeHead) => {
    expect(place(name, payload)).toEqual({
      base,
      head: { ref: headRef, sha: HEAD },
      pullRequest: null,
      mergeHead,
      comment: false,
    });
  });

  test('a merge group refuses a checkout of something else', () => {
    expect(refusal('merge_group', mergeGroup, { sha: OTHER })).toMatch(`the merge group is ${HEAD}`);
  });

  test('pull_request_target is refused with the reason', () => {
    expect(refusal('pull_request_target', pullRequest)).toMatch(/secrets .* executes SQL/);
  });

  test.each(['schedule', 'workflow_run', 'issue_comment', 'toString', ''])('%j is refused', (name) => {
    expect(refusal(name, pullRequest)).toMatch('pull_request, merge_group, push, workflow_dispatch');
  });

  test.each([
    ['pull_request', {}],
    ['pull_request', { pull_request: { ...pullRequest.pull_request, number: '7' } }],
    ['merge_group', { merge_group: { ...mergeGroup.merge_group, base_sha: '--upload-pack=x' } }],
    ['push', { before: 'main', ref: 'refs/heads/main', repository }],
    ['workflow_dispatch', null],
  ])('%s with a payload that is none: %j', (name, payload) => {
    expect(refusal(name, payload)).toMatch(`is not a ${name} event`);
  });
});

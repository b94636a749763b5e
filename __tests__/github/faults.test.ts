import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { statusOf } from '../../src/github/answers.ts';
import type { Api } from '../../src/github/api.ts';
import { type Posted, postComment } from '../../src/github/comment.ts';
import { type EmulatedGitHub, emulateGitHub, type Fault, type Seen } from './emulated-github.ts';

const marker = '<!-- migration-gate:default -->';
const TIMEOUT_MS = 300;

let github: EmulatedGitHub;
let connect: (token: string, timeoutMs?: number) => Api;
beforeAll(async () => {
  github = await emulateGitHub();
  // The toolkit reads the address when it is imported.
  process.env.GITHUB_API_URL = github.url;
  ({ connect } = await import('../../src/github/api.ts'));
});
beforeEach(() => github.clear());
afterEach(() => expect(github.wrong).toEqual([]));
afterAll(() => github[Symbol.asyncDispose]());

function post(text: string): Promise<Posted> {
  const body = `${marker}\n${text}`;
  return postComment(
    connect(github.tokens.workflow, TIMEOUT_MS),
    { owner: 'octo', repo: 'shop', number: 1 },
    { marker, body, saysTheSame: (existing) => existing === body, create: true },
  );
}
const failure = (text: string): Promise<unknown> => post(text).catch((thrown: unknown) => thrown);
const bodies = async (): Promise<string[]> => (await github.comments()).map(({ body }) => body);

/** Fails for the first requests that a test is true for. */
function first(
  times: number,
  fault: Awaited<ReturnType<Fault>>,
  when: (seen: Seen) => boolean = () => true,
): void {
  let left = times;
  github.fault = (seen) => (when(seen) && left-- > 0 ? fault : null);
}
const isList = ({ method }: Seen): boolean => method === 'GET';
const isWrite = ({ method, path }: Seen): boolean => method !== 'GET' && path !== '/graphql';

const broken = [
  ['text that breaks off', { status: 200, text: '[{"id": 1, "body": "<!-- migr' }],
  ['nothing', { status: 200, text: '' }],
  [
    "a gateway's page",
    { status: 200, headers: { 'content-type': 'text/html' }, text: '<html>Please log in</html>' },
  ],
  ['an object that is no list', { status: 200, body: { message: 'later' } }],
  ['half a page', 'half'],
] as const;

test.each(broken)(
  'a list that is %s is asked for again, and no second comment is made',
  async (_what, fault) => {
    await github.addComment(github.tokens.workflow, `${marker}\none`);
    first(2, fault, isList);
    expect(await post('two')).toMatchObject({ did: 'updated' });
    expect(await bodies()).toEqual([`${marker}\ntwo`]);
  },
);

test.each(broken)('a list that stays %s ends in an error, not in a comment', async (_what, fault) => {
  await github.addComment(github.tokens.workflow, `${marker}\none`);
  github.fault = (seen) => (isList(seen) ? fault : null);
  expect(await failure('two')).toMatchObject({ name: 'UnreadableAnswer' });
  expect(github.seen.length).toBeLessThanOrEqual(9);
  expect(await bodies()).toEqual([`${marker}\none`]);
});

test('an answer to a new comment that breaks off makes no second one', async () => {
  first(1, 'half', isWrite);
  expect(await post('one')).toMatchObject({ did: 'left-as-it-is' });
  expect(await bodies()).toEqual([`${marker}\none`]);
});

test('of two runs at once one comment is left, with what the later one says', async () => {
  let others = 0;
  github.fault = async (seen) => {
    // The other run's comment is there between our look and our writing.
    if (isWrite(seen) && others++ === 0) await github.addComment(github.tokens.workflow, `${marker}\nother`);
    return null;
  };
  expect(await post('mine')).toMatchObject({ did: 'updated' });
  expect(await bodies()).toEqual([`${marker}\nmine`]);
});

test('runs that really go at once leave one comment', async () => {
  const posted = await Promise.all(['a', 'b', 'c'].map((text) => post(text)));
  expect(new Set(posted.map(({ url }) => url)).size).toBe(1);
  const left = await bodies();
  expect(left).toHaveLength(1);
  expect(left[0]).toMatch(/\n[abc]$/);
});

test.each([
  [401, {}, 1],
  [403, {}, 1],
  [403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${Math.floor(Date.now() / 1000) + 3_600}` }, 1],
  [403, { 'retry-after': '3600' }, 1],
  [429, { 'retry-after': '3600' }, 1],
  [404, {}, 1],
  [410, {}, 1],
  [422, {}, 1],
] as const)('%i %j is not asked again', async (status, headers, asked) => {
  const message = 'retry-after' in headers ? 'You have exceeded a secondary rate limit' : 'no';
  github.fault = () => ({ status, headers, body: { message } });
  expect(statusOf(await failure('one'))).toBe(status);
  expect(github.seen).toHaveLength(asked);
});

test.each([
  [
    'the first rate limit',
    { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '0' },
    'API rate limit exceeded',
  ],
  ['the second rate limit', { 'retry-after': '1' }, 'You have exceeded a secondary rate limit'],
])('%s is waited for where that is short', async (_which, headers, message) => {
  first(1, { status: 403, headers, body: { message } }, isList);
  expect(await post('one')).toMatchObject({ did: 'created' });
});

test.each([500, 502, 503, 504])('%i is asked again, at most twice', async (status) => {
  first(2, { status }, isList);
  expect(await post('one')).toMatchObject({ did: 'created' });
  github.seen.length = 0;
  github.fault = () => ({ status });
  expect(statusOf(await failure('two'))).toBe(status);
  expect(github.seen).toHaveLength(3);
});

test('a server that says nothing is given up', async () => {
  github.fault = () => 'silence';
  expect(statusOf(await failure('one'))).toBe(500);
  expect(github.seen.length).toBeLessThanOrEqual(3);
});

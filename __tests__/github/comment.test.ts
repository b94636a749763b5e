import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { statusOf } from '../../src/github/answers.ts';
import type { Api } from '../../src/github/api.ts';
import { type Posted, postComment } from '../../src/github/comment.ts';
import { type EmulatedGitHub, emulateGitHub } from './emulated-github.ts';

const marker = '<!-- migration-gate:default -->';
const conversation = { owner: 'octo', repo: 'shop', number: 1 };

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

interface Post {
  readonly token?: string;
  readonly marker?: string;
  readonly create?: boolean;
}
function post(
  text: string,
  { token = github.tokens.workflow, create = true, ...more }: Post = {},
): Promise<Posted> {
  const first = more.marker ?? marker;
  const body = `${first}\n${text}`;
  const saysTheSame = (existing: string): boolean => existing === body;
  return postComment(connect(token), conversation, { marker: first, body, saysTheSame, create });
}
const bodies = async (): Promise<string[]> => (await github.comments()).map(({ body }) => body);

describe('the comment', () => {
  test('is created, then left alone while it says the same, then written over in place', async () => {
    const first = await post('one');
    expect(first).toMatchObject({ did: 'created' });
    expect(await post('one')).toEqual({ did: 'left-as-it-is', url: first.url });
    expect(github.writes()).toHaveLength(1);
    expect(await post('two')).toEqual({ did: 'updated', url: first.url });
    expect(await bodies()).toEqual([`${marker}\ntwo`]);
  });

  test('is not created where none is wanted, but brought up to date', async () => {
    expect(await post('one', { create: false })).toEqual({ did: 'nothing', url: null });
    await post('one');
    expect(await post('two', { create: false })).toMatchObject({ did: 'updated' });
  });

  test('is found behind a hundred others', async () => {
    for (let n = 0; n < 101; n++) await github.addComment(github.tokens.stranger, `talk ${n}`);
    await github.addComment(github.tokens.workflow, `${marker}\none`);
    expect(await post('two')).toMatchObject({ did: 'updated' });
    expect(await github.comments()).toHaveLength(102);
    expect(github.seen.filter(({ path }) => path.includes('per_page=100'))).toHaveLength(2);
  });

  test.each([
    ['quoted by a stranger', `${marker}\nI am the gate`, 'stranger'],
    ['in the middle of an own comment', `see\n${marker}\n`, 'workflow'],
    ['of another id', '<!-- migration-gate:api -->\nother gate', 'workflow'],
    ['with more on its line', `${marker} and more\n`, 'workflow'],
  ] as const)('leaves a marker alone that is %s', async (_case, body, who) => {
    await github.addComment(github.tokens[who], body);
    expect(await post('mine')).toMatchObject({ did: 'created' });
    expect(await bodies()).toEqual([body, `${marker}\nmine`]);
  });

  test('is the oldest of two that concurrent runs made', async () => {
    for (const n of [1, 2]) await github.addComment(github.tokens.workflow, `${marker}\nrun ${n}`);
    expect(await post('now')).toMatchObject({ did: 'updated' });
    expect(await bodies()).toEqual([`${marker}\nnow`, `${marker}\nrun 2`]);
  });

  test("is a person's own when the token is a person's", async () => {
    await github.addComment(github.tokens.workflow, `${marker}\nthe bot's`);
    const token = github.tokens.octo;
    expect(await post('one', { token })).toMatchObject({ did: 'created' });
    expect(await post('two', { token })).toMatchObject({ did: 'updated' });
    expect(await bodies()).toEqual([`${marker}\nthe bot's`, `${marker}\ntwo`]);
  });

  test.each(['workflow', 'octo'] as const)('is found without GraphQL, as %s', async (who) => {
    const token = github.tokens[who];
    await post('one', { token });
    github.fault = ({ path }) => (path === '/graphql' ? { status: 404 } : null);
    expect(await post('two', { token })).toMatchObject({ did: 'updated' });
  });

  test('keeps one for each id', async () => {
    const other = '<!-- migration-gate:api -->';
    await post('one');
    await post('one', { marker: other });
    await post('two', { marker: other });
    expect(await bodies()).toEqual([`${marker}\none`, `${other}\ntwo`]);
  });
});

describe('faults', () => {
  test('an answer lost after the comment was stored makes no second one', async () => {
    let faults = 0;
    github.fault = ({ method }) =>
      method === 'POST' && faults++ === 0 ? { status: 502, afterAll: true } : null;
    // GraphQL is a POST too; the comment's comes first, since nothing has to be looked up.
    expect(await post('one')).toMatchObject({ did: 'left-as-it-is' });
    expect(await bodies()).toEqual([`${marker}\none`]);
  });

  test('a server error and a broken connection are tried again', async () => {
    const answers = [{ status: 503 }, 'hang-up'] as const;
    let asked = 0;
    github.fault = () => answers[asked++] ?? null;
    expect(await post('one')).toMatchObject({ did: 'created' });
  });

  test.each([401, 403, 404, 410, 422])('%i is not tried again', async (status) => {
    github.fault = ({ method }) => (method === 'POST' ? { status } : null);
    const error = await post('one').catch((thrown: unknown) => thrown);
    expect(statusOf(error)).toBe(status);
    expect(github.writes()).toHaveLength(1);
  });

  test('a rate limit that ends next hour is not waited for', async () => {
    github.fault = () => ({
      status: 403,
      headers: {
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': `${Math.floor(Date.now() / 1000) + 3600}`,
      },
    });
    expect(statusOf(await post('one').catch((thrown: unknown) => thrown))).toBe(403);
    expect(github.seen).toHaveLength(1);
  });
});

import { expect, test } from 'vitest';
import { wrongInAnswer, wrongInRequest } from './openapi.ts';

const comments = '/repos/octo/shop/issues/1/comments';

test.each([
  ['GET', `${comments}?per_page=100&page=2`, null],
  ['POST', comments, { body: 'x' }],
  ['POST', '/graphql', { query: 'query { viewer { login } }' }],
  [
    'POST',
    '/repos/octo/shop/check-runs',
    { name: 'a', head_sha: 'b', status: 'completed', conclusion: 'success' },
  ],
])('%s %s is as GitHub describes it', (method, path, body) => {
  expect(wrongInRequest(method, path, body)).toEqual([]);
});

test.each([
  ['a path that there is not', 'GET', '/repos/octo/shop/coments', null, /no operation/],
  ['another method', 'PUT', comments, { body: 'x' }, /no operation/],
  [
    'a name that is no number',
    'GET',
    '/repos/octo/shop/issues/one/comments',
    null,
    /issue_number.*must be integer/,
  ],
  ['a parameter that it does not have', 'GET', `${comments}?perPage=100`, null, /query perPage: unknown/],
  ['no body', 'POST', comments, null, /must have required property 'body'/],
  ['a body of another kind', 'POST', comments, { body: 1 }, /body\/body must be string/],
  ['a field that it does not have', 'POST', comments, { body: 'x', id: 1 }, /must NOT have additional/],
  ['a body where none belongs', 'GET', comments, { body: 'x' }, /none is described/],
])('%s is told', (_what, method, path, body, words) => {
  expect(wrongInRequest(method, path, body).join('\n')).toMatch(words);
});

test('an answer is held against what the product reads of it', () => {
  const comment = { id: 1, html_url: 'https://x', body: 'x', user: { login: 'a', type: 'Bot' } };
  expect(wrongInAnswer('GET', comments, 200, [comment])).toEqual([]);
  expect(wrongInAnswer('GET', comments, 200, [{ ...comment, id: '1' }])).not.toEqual([]);
  expect(wrongInAnswer('POST', comments, 200, comment)).toEqual([
    'issues/create-comment: status 200, not 201',
  ]);
  expect(wrongInAnswer('GET', comments, 500, 'broken')).toEqual([]);
});

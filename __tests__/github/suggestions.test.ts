import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Api } from '../../src/github/api.ts';
import { addedLines } from '../../src/github/diff-lines.ts';
import { postSuggestions } from '../../src/github/suggestions.ts';
import { suggestionPrefix, toSuggestions } from '../../src/report/suggestions.ts';
import { database, finding, migration, report, statement } from '../report/make.ts';
import { type EmulatedGitHub, emulateGitHub } from './emulated-github.ts';

const file = 'migrations/0043_index.sql';
const sql = 'CREATE INDEX orders_idx\n  ON orders (total)';
const fixed = 'CREATE INDEX CONCURRENTLY orders_idx ON public.orders (total);';

let github: EmulatedGitHub;
let connect: (token: string) => Api;
let headSha: string;
beforeAll(async () => {
  github = await emulateGitHub();
  // The toolkit reads the address when it is imported.
  process.env.GITHUB_API_URL = github.url;
  ({ connect } = await import('../../src/github/api.ts'));
  headSha = await github.branchSha('main');
});
beforeEach(async () => {
  await github.clear();
  github.pull.files = [
    { filename: 'README.md', status: 'modified', patch: '@@ -1 +1 @@\n-a\n+b' },
    {
      filename: file,
      status: 'added',
      patch: '@@ -0,0 +1,4 @@\n+-- why\n+CREATE INDEX orders_idx\n+  ON orders (total);\n+SELECT 1;',
    },
    { filename: 'logo.png', status: 'added' },
  ];
});
afterEach(() => expect(github.wrong).toEqual([]));
afterAll(() => github[Symbol.asyncDispose]());

interface Found {
  readonly text?: string;
  readonly line?: number;
  readonly in?: string;
  readonly allowed?: boolean;
  readonly proved?: boolean;
}

function found({ text = fixed, line = 2, in: path = file, allowed = false, proved = true }: Found = {}) {
  return report({
    databases: [database({ migrations: [migration(path, { statements: [statement(line, sql)] })] })],
    findings: [
      finding('create-index-blocking', 'error', {
        file: path,
        line,
        endLine: line + 1,
        object: 'public.orders',
        title: 'Building orders_idx blocks writes to public.orders',
        message: 'Every write waits.',
        fix: {
          sql: text,
          verified: proved,
          ...(proved ? { replaces: { line, endLine: line + 1, sql: text } } : {}),
        },
        allowed: allowed ? { reason: 'small', file: path, line: 1 } : null,
      }),
    ],
  });
}

function run(of: ReturnType<typeof report>, id = 'default'): Promise<number> {
  return postSuggestions(
    connect(github.tokens.workflow),
    { owner: 'octo', repo: 'shop', number: 1 },
    { wanted: toSuggestions(of, id, null), prefix: suggestionPrefix(id), headSha },
  );
}
const nothing = report({});

test('a proved fix is suggested on the lines that it replaces, once', async () => {
  expect(await run(found())).toBe(1);
  const [comment, ...more] = github.pull.reviews;
  expect(more).toEqual([]);
  expect(comment?.path).toBe(file);
  expect(comment?.body).toMatch(/^<!-- migration-gate:suggestion:default:[0-9a-f]{32} -->\n\*\*Building/);
  expect(comment?.body).toContain(`\`\`\`suggestion\n${fixed}\n\`\`\``);
  expect(github.writes()).toMatchObject([
    { body: { path: file, start_line: 2, line: 3, side: 'RIGHT', start_side: 'RIGHT', commit_id: headSha } },
  ]);
  expect(await run(found())).toBe(1);
  expect(github.writes()).toHaveLength(1);
});

test('one that says something else now is written over', async () => {
  await run(found());
  await run(found({ text: fixed.replace('orders_idx', 'other_idx') }));
  const comments = github.pull.reviews;
  expect(comments).toHaveLength(1);
  expect(comments[0]?.body).toContain('CONCURRENTLY other_idx');
});

test('one whose finding is gone is taken away', async () => {
  await run(found());
  expect(await run(nothing)).toBe(0);
  expect(github.pull.reviews).toEqual([]);
});

test('one that somebody answered stays, says that it is settled, and is not made again', async () => {
  await run(found());
  const [comment] = github.pull.reviews;
  const by = { login: 'stranger', type: 'User' };
  if (comment === undefined) throw new Error('there is no comment');
  github.pull.reviews.push({ ...comment, id: 1, body: 'Why?', in_reply_to_id: comment.id, user: by });
  await run(nothing);
  expect(github.pull.reviews.map(({ body }) => body)).toEqual([
    expect.stringMatching(/^<!-- .* -->\n✅ This is settled/),
    'Why?',
  ]);
  github.seen.length = 0;
  await run(nothing);
  expect(github.writes()).toEqual([]);
  await run(found());
  expect(github.pull.reviews).toHaveLength(2);
});

test('one on lines that are gone makes room for one on lines that are there', async () => {
  await run(found());
  const [old] = github.pull.reviews;
  if (old === undefined) throw new Error('there is no comment');
  github.pull.reviews = [{ ...old, line: undefined }];
  await run(found());
  expect(github.pull.reviews).toMatchObject([{ line: 3 }]);
  expect(github.pull.reviews[0]?.id).not.toBe(old.id);
});

test.each([
  ['lines that the pull request does not add', found({ line: 40 })],
  ['a file that it does not change', found({ in: 'migrations/0001_old.sql' })],
  ['a finding that was accepted', found({ allowed: true })],
  ['a fix that replaces no lines', found({ proved: false })],
  ['a fix that would be shown otherwise than it is', found({ text: `${fixed} \u202e` })],
])('nothing is suggested for %s', async (_what, of) => {
  expect(await run(of)).toBe(0);
  expect(github.writes()).toEqual([]);
});

test("another gate's and a stranger's are left alone", async () => {
  await run(found(), 'api');
  const body = `${suggestionPrefix('default')}0 -->\nI am the gate`;
  github.pull.reviews.push({ id: 1, body, path: file, line: 2, user: { login: 'stranger', type: 'User' } });
  await run(nothing);
  expect(github.pull.reviews).toHaveLength(2);
});

test('lines are counted as in head', () => {
  const patch =
    '@@ -1,3 +1,4 @@ CREATE\n a\n-b\n+c\n+d\n e\n@@ -10 +11,2 @@\n f\n+g\n\\ No newline at end of file';
  expect([...addedLines(patch)]).toEqual([2, 3, 12]);
});

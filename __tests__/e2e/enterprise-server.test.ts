import { mkdtempSync, rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type EmulatedGitHub, emulateGitHub } from '../github/emulated-github.ts';
import { type EnterpriseServer, enterpriseServer } from '../github/enterprise-server.ts';
import { type Files, type Server, serve } from './checkout.ts';
import { runStep } from './runner.ts';

const HOST = 'https://ghes.example.test';
const FILE = 'migrations/0061_index.sql';

/** Long enough that a kept base would be looked for. */
const base: Files = Object.fromEntries(
  Array.from({ length: 60 }, (_, n) => [
    `migrations/${String(n + 1).padStart(4, '0')}_table.sql`,
    `CREATE TABLE t${n + 1} (id bigint PRIMARY KEY, owner_id bigint);\n`,
  ]),
);

let github: EmulatedGitHub;
let enterprise: EnterpriseServer;
let server: Server;
const cache = mkdtempSync('/tmp/mg-test-');
beforeAll(async () => {
  github = await emulateGitHub();
  enterprise = await enterpriseServer(github.url);
  server = serve(base, { [FILE]: 'CREATE INDEX t1_owner ON t1 (owner_id);\n' });
});
afterEach(() => expect([github.wrong, enterprise.lost]).toEqual([[], []]));
afterAll(async () => {
  server[Symbol.dispose]();
  await enterprise[Symbol.asyncDispose]();
  await github[Symbol.asyncDispose]();
  rmSync(cache, { recursive: true, force: true });
});

test('a GitHub Enterprise Server without a cache service', async () => {
  const { shas } = server;
  const repo = { full_name: 'octo/shop' };
  github.pull.headSha = shas.head;
  github.pull.files = [
    {
      filename: FILE,
      status: 'added',
      patch: '@@ -0,0 +1 @@\n+CREATE INDEX t1_owner ON t1 (owner_id);',
    },
  ];
  github.pull.others = [{ number: 2, ref: 'other', files: [{ filename: FILE }] }];
  // More than a page, so that the address of the next one is followed too.
  for (let n = 0; n < 101; n += 1) await github.addComment(github.tokens.stranger, `Comment ${n}`);
  const result = await runStep({
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
    api: enterprise.api,
    token: github.tokens.workflow,
    inputs: {
      suggestions: 'true',
      'check-run': 'true',
      'check-open-prs': 'true',
      'override-label': 'accept',
    },
    env: {
      GITHUB_SERVER_URL: HOST,
      GITHUB_GRAPHQL_URL: enterprise.api.replace('/v3', '/graphql'),
      ACTIONS_RUNTIME_TOKEN: 'token',
      XDG_CACHE_HOME: cache,
    },
  });

  expect(result.stderr).toBe('');
  expect(result.outputs).toMatchObject({ verdict: 'blocked', errors: '1' });
  expect(result.code).toBe(1);
  expect(result.commands.filter(({ name }) => name === 'warning')).toEqual([]);
  const sentences = result.log.split('\n').filter((line) => /cache/i.test(line));
  expect(sentences).toEqual(['This runner has no cache service: the base is built anew in each job.']);

  const comment = (await github.comments()).find(({ user }) => user.login === 'github-actions[bot]');
  expect(result.outputs['comment-url']).toBe(comment?.html_url);
  const links = [...(comment?.body ?? '').matchAll(/https?:\/\/[^\s)>"]+/g)].map(([link]) => link);
  expect(links).toContain(`${HOST}/octo/shop/blob/${shas.head}/${FILE}#L1`);
  expect(links).toContain(`${HOST}/octo/shop/actions/runs/42`);
  expect(links.filter((link) => !link.startsWith(`${HOST}/`))).toEqual([]);
  expect([...github.checks.values()]).toMatchObject([{ conclusion: 'failure' }]);
});

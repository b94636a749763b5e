import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { gate } from '../../src/gate.ts';
import type { Api } from '../../src/github/api.ts';
import type { openPullsOf } from '../../src/github/open-pulls.ts';
import type { Report } from '../../src/report/model.ts';
import { clone, repository, type TestRepository } from '../git/repository.ts';
import { optionsFor } from '../history/gate-of.ts';
import { assertValidReport } from '../report/validate.ts';
import { type EmulatedGitHub, emulateGitHub } from './emulated-github.ts';
import type { OtherPull } from './lacking.ts';

let github: EmulatedGitHub;
let connect: (token: string) => Api;
let source: typeof openPullsOf;
beforeAll(async () => {
  github = await emulateGitHub();
  // The toolkit reads the address when it is imported.
  process.env.GITHUB_API_URL = github.url;
  ({ connect } = await import('../../src/github/api.ts'));
  ({ openPullsOf: source } = await import('../../src/github/open-pulls.ts'));
});
beforeEach(() => github.clear());
afterEach(() => expect(github.wrong).toEqual([]));
afterAll(() => github[Symbol.asyncDispose]());

const asker = (own: { fork?: boolean; token?: string | null } = {}) => {
  const { fork = false, token = github.tokens.workflow } = own;
  const at = { owner: 'octo', repo: 'shop' };
  return source(token === null ? null : connect(token), at, { number: 1, fork, baseRef: 'main' });
};
const find = (...directories: string[]) =>
  asker().find(directories.length === 0 ? ['migrations'] : directories);
const migration = (name: string) => [{ filename: `migrations/${name}.sql` }];

describe('which are looked at', () => {
  test('those that go to the same branch and touch a directory, newest first, and not this one itself', async () => {
    github.pull.others = [
      { number: 9, files: migration('9'), title: 'Totals', ref: 'totals' },
      { number: 8, files: [{ filename: 'README.md' }, { filename: 'migrations-old/1.sql' }] },
      { number: 7, files: migration('7'), base: 'release' },
      { number: 6, files: [{ filename: 'old/6.sql', previous_filename: 'migrations/6.sql' }] },
      { number: 5, files: migration('5'), repository: 'ada/shop' },
    ];
    expect(await find()).toEqual({
      pulls: [
        { name: '#9', number: 9, title: 'Totals', ref: 'totals', fork: false },
        { name: '#6', number: 6, title: 'Change 6', ref: 'topic-6', fork: false },
        { name: '#5', number: 5, title: 'Change 5', ref: 'topic-5', fork: true },
      ],
      notes: [],
    });
    expect(github.writes()).toEqual([]);
  });

  test('one whose fork is gone, which GitHub describes otherwise than it answers, counts as from a fork', async () => {
    github.pull.others = [{ number: 4, files: migration('4') }];
    github.fault = ({ path }) =>
      path.includes('/pulls?')
        ? { status: 200, body: [{ number: 4, title: 'Change', head: { ref: 'topic', repo: null } }] }
        : null;
    expect((await find()).pulls).toMatchObject([{ name: '#4', fork: true }]);
  });

  test('a migration on the third page of files', async () => {
    const many = Array.from({ length: 230 }, (_, at) => ({ filename: `docs/${at}.md` }));
    github.pull.others = [{ number: 2, files: [...many, ...migration('2')] }];
    expect((await find()).pulls.map(({ name }) => name)).toEqual(['#2']);
    expect(github.seen.map(({ path }) => path).filter((path) => path.includes('/files'))).toHaveLength(3);
  });

  test('at most twenty are compared, and at most fifty are asked for their files', async () => {
    const others = (files: OtherPull['files']): OtherPull[] =>
      Array.from({ length: 70 }, (_, at) => ({ number: 200 - at, files: files ?? [] }));
    github.pull.others = others(migration('1'));
    const found = await find();
    expect(found.pulls.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, at) => 200 - at));
    expect(found.notes).toEqual(['Only the 20 newest open pull requests with migrations were compared.']);

    github.seen.length = 0;
    github.pull.others = others([{ filename: 'README.md' }]);
    expect(await find()).toEqual({
      pulls: [],
      notes: ['Only the 50 newest open pull requests were asked for their files.'],
    });
    expect(github.seen.filter(({ path }) => path.includes('/files'))).toHaveLength(50);
  });
});

describe('an answer that is missing is one sentence', () => {
  test.each([403, 404])('%i for the list names the permission', async (status) => {
    github.fault = ({ path }) => (path.includes('/pulls?') ? { status } : null);
    const { pulls, notes } = await find();
    expect(pulls).toEqual([]);
    expect(notes).toEqual([
      expect.stringMatching(
        new RegExp(
          `^The other open pull requests could not be looked up: ${status} .*\`permissions: pull-requests: read\`\\)\\.$`,
        ),
      ),
    ]);
  });

  test('403 for files ends the asking, and what is known by then is compared', async () => {
    github.pull.others = [2, 3, 4].map((number) => ({ number, files: migration('x') }));
    github.fault = ({ path }) => (path.includes('/pulls/3/files') ? { status: 403 } : null);
    const { pulls, notes } = await find();
    expect(pulls.map(({ name }) => name)).toEqual(['#2']);
    expect(notes).toEqual([expect.stringContaining('The files of #3 could not be looked up: 403')]);
  });

  test('404 for the files of one, which was closed in the meantime, is about that one', async () => {
    github.pull.others = [2, 3, 4].map((number) => ({ number, files: migration('x') }));
    github.fault = ({ path }) => (path.includes('/pulls/3/files') ? { status: 404 } : null);
    const { pulls, notes } = await find();
    expect(pulls.map(({ name }) => name)).toEqual(['#2', '#4']);
    expect(notes).toHaveLength(1);
  });

  test("a list that is none, a gateway's page, no token", async () => {
    github.fault = ({ path }) =>
      path.includes('/pulls?') ? { status: 200, body: { message: 'moved' } } : null;
    expect((await find()).notes).toEqual([
      "The other open pull requests could not be looked up: GitHub's answer could not be read.",
    ]);
    github.fault = () => ({
      status: 200,
      text: '<html>proxy</html>',
      headers: { 'content-type': 'text/html' },
    });
    expect((await find()).notes).toHaveLength(1);
    expect(await asker({ token: null }).find(['migrations'])).toEqual({
      pulls: [],
      notes: ['The other open pull requests could not be looked up: the input `github-token` is empty.'],
    });
  });
});

describe('in a run', () => {
  const hostile = '</summary></details>@acme/dba #1 `x` [y](https://evil.example)\u202e';
  let server: TestRepository;
  let checkout: TestRepository;
  beforeAll(() => {
    server = repository({
      'migrations/1_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY, mail text);\n',
    });
    server.git('config', 'uploadpack.allowAnySHA1InWant', 'true');
    const pull = (number: number, files: Record<string, string>) => {
      server.git('checkout', '-q', '--detach', 'main');
      server.git('update-ref', `refs/pull/${number}/head`, server.commit(files));
    };
    pull(2, { 'migrations/3_b.sql': 'CREATE TABLE b (id int PRIMARY KEY);\n' });
    pull(3, { 'migrations/3_mail.sql': 'ALTER TABLE users RENAME COLUMN mail TO address;\n' });
    pull(5, {
      'migrations/1_users.sql': 'CREATE TABLE users (id int);\n',
      'migrations/5_e.sql': 'SELECT 1;\n',
    });
    server.git('checkout', '-q', '-b', 'mine', 'main');
    server.commit({ 'migrations/2_mail.sql': 'ALTER TABLE users RENAME COLUMN mail TO email;\n' });
    server.git('checkout', '-q', 'main');
    server.commit({
      'migrations/1_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY, mail text);\n-- Mails\n',
    });
    server.git('checkout', '-q', 'mine');
    // As actions/checkout leaves it: one commit, and nothing of any pull request.
    checkout = clone(server, '--depth=1', '--branch', 'mine');
  });

  async function run(own: { fork?: boolean } = {}, on = true, superuser = false): Promise<Report> {
    const report = await gate({
      options: {
        ...optionsFor(checkout.directory, 'origin/main', 'HEAD'),
        checkOpenPrs: on,
        shadowSuperuser: superuser,
      },
      openPulls: asker(own),
    });
    assertValidReport(JSON.parse(JSON.stringify(report)));
    return report;
  }

  test('heads are fetched; a fork, one that cannot be fetched and one that conflicts are told of', async () => {
    github.pull.others = [
      { number: 5, files: migration('5_e') },
      { number: 4, files: migration('4'), title: 'Gone' },
      { number: 3, files: migration('3_mail'), title: hostile, ref: 'mail' },
      { number: 2, files: migration('3_b'), repository: 'ada/shop' },
    ];
    const before = checkout.git('for-each-ref');
    const report = await run();
    expect(checkout.git('for-each-ref')).toBe(before);
    expect(report.verdict).toBe((await run({}, false)).verdict);
    expect(report.openPullRequests?.others).toMatchObject([
      {
        name: '#3',
        number: 3,
        title: hostile,
        ref: 'mail',
        sha: server.git('rev-parse', 'refs/pull/3/head'),
        collisions: [],
        orders: { outcome: 'fails', failures: [{ first: 'this' }, { first: 'other' }] },
      },
      {
        name: '#2',
        orders: {
          outcome: 'not-tried',
          why: "It comes from a fork, whose SQL is run in its own job only, since this job's token may write.",
        },
      },
    ]);
    expect(report.openPullRequests?.notes).toEqual([
      expect.stringMatching(/^#5 could not be compared: #5 conflicts with .* in `migrations\/1_users\.sql`/),
      expect.stringMatching(/^#4 could not be compared: origin does not give its head: /),
    ]);
  });

  test('in the job of a fork, which has nothing worth having, every SQL is run', async () => {
    github.pull.others = [{ number: 2, files: migration('3_b'), repository: 'ada/shop' }];
    const report = await run({ fork: true });
    expect(report.openPullRequests).toMatchObject({
      others: [{ name: '#2', orders: { outcome: 'same' } }],
      notes: [],
    });
  });

  test('but never as superuser, who may start programs', async () => {
    github.pull.others = [{ number: 2, files: migration('3_b'), repository: 'ada/shop' }];
    expect((await run({ fork: true }, true, true)).openPullRequests?.others).toMatchObject([
      { orders: { outcome: 'not-tried', why: expect.stringContaining('neither as superuser') } },
    ]);
  });

  test('nobody is asked where it is not asked for', async () => {
    const report = await run({}, false);
    expect(report).not.toHaveProperty('openPullRequests');
    expect(github.seen).toEqual([]);
  });
});

import { beforeAll, describe, expect, test } from 'vitest';
import { gate } from '../../src/gate.ts';
import { toMarkdown } from '../../src/report/markdown.ts';
import type { OtherPullRequest, Report } from '../../src/report/model.ts';
import { toTerminal } from '../../src/report/terminal.ts';
import { repository, type TestRepository } from '../git/repository.ts';
import { assertValidReport } from '../report/validate.ts';
import { optionsFor } from './gate-of.ts';

type Files = Readonly<Record<string, string>>;

/** A branch with these files, which leaves `main` where it is; the first one is checked. */
function branch(repo: TestRepository, name: string, files: Files, from = 'main'): void {
  repo.git('checkout', '-q', '-b', name, from);
  repo.commit(files);
}

async function beside(repo: TestRepository, ...also: string[]): Promise<Report> {
  const report = await gate({ options: { ...optionsFor(repo.directory, 'main', 'mine'), also } });
  assertValidReport(JSON.parse(JSON.stringify(report)));
  return report;
}

/** What came of one other branch. */
async function held(base: Files, mine: Files, theirs: Files): Promise<OtherPullRequest> {
  const repo = repository(base);
  branch(repo, 'theirs', theirs);
  branch(repo, 'mine', mine);
  const [other, ...more] = (await beside(repo, 'theirs')).openPullRequests?.others ?? [];
  if (other === undefined || more.length > 0) throw new Error('not one');
  return other;
}

const base = {
  'migrations/1_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY, mail text, age int);\n',
};
const mine = `ALTER TABLE users RENAME COLUMN mail TO email;
ALTER TABLE users DROP COLUMN age;
ALTER TABLE users ADD COLUMN IF NOT EXISTS score int;
DO $$ BEGIN EXECUTE 'CREATE ROLE mg_beside'; EXCEPTION WHEN insufficient_privilege THEN NULL; END $$;
`;

describe('both orders', () => {
  const theirs = {
    table: 'CREATE TABLE b (id int PRIMARY KEY);\n',
    column: 'ALTER TABLE users ADD COLUMN b int;\n',
    rename: '-- theirs\nALTER TABLE users RENAME COLUMN mail TO address;\n',
    index: 'CREATE INDEX users_age ON users (age);\n',
    score: 'ALTER TABLE users ADD COLUMN IF NOT EXISTS score text;\n',
    broken: 'ALTER TABLE nothing ADD COLUMN a int;\n',
  };
  let report: Report;
  const of = (name: keyof typeof theirs) => {
    const other = report.openPullRequests?.others.find((one) => one.name === name);
    expect(other).toMatchObject({ number: null, title: null, ref: name, collisions: [] });
    return other?.orders;
  };
  beforeAll(async () => {
    const repo = repository(base);
    for (const [name, sql] of Object.entries(theirs))
      branch(repo, name, { [`migrations/3_${name}.sql`]: sql });
    branch(repo, 'docs', { 'README.md': '# Users\n' });
    branch(repo, 'mine', { 'migrations/2_mine.sql': mine });
    branch(
      repo,
      'onTop',
      { 'migrations/3_top.sql': 'ALTER TABLE users RENAME COLUMN score TO points;\n' },
      'mine',
    );
    report = await beside(repo, ...Object.keys(theirs), 'docs', 'onTop');
  });

  test('every branch with migrations is held against this one, and none is part of the verdict', () => {
    expect(report.openPullRequests?.notes).toEqual([]);
    expect(report.openPullRequests?.others.map(({ name }) => name)).toEqual([
      ...Object.keys(theirs),
      'onTop',
    ]);
    expect(report.findings.every(({ file }) => file === 'migrations/2_mine.sql')).toBe(true);
  });

  test('an independent table, and a column of one table, whose order nobody asks for', () => {
    expect(of('table')).toEqual({ outcome: 'same' });
    expect(of('column')).toEqual({ outcome: 'same' });
  });

  test('both rename the same column', () => {
    expect(of('rename')).toEqual({
      outcome: 'fails',
      failures: [
        {
          first: 'this',
          file: 'migrations/3_rename.sql',
          line: 2,
          sqlstate: '42703',
          message: 'column "mail" does not exist',
          sql: 'ALTER TABLE users RENAME COLUMN mail TO address',
        },
        {
          first: 'other',
          file: 'migrations/2_mine.sql',
          line: 1,
          sqlstate: '42703',
          message: 'column "mail" does not exist',
          sql: 'ALTER TABLE users RENAME COLUMN mail TO email',
        },
      ],
    });
  });

  test('one drops a column that the other indexes: one order fails, the other does not', () => {
    const orders = of('index');
    expect(orders).toMatchObject({
      outcome: 'fails',
      failures: [{ first: 'this', file: 'migrations/3_index.sql', message: 'column "age" does not exist' }],
    });
    expect(orders?.outcome === 'fails' && orders.failures).toHaveLength(1);
  });

  test('the same column IF NOT EXISTS with different types: another schema without any error', () => {
    expect(of('score')).toMatchObject({
      outcome: 'differ',
      differences: [
        { change: 'altered', name: 'public.users.score', before: 'score integer', after: 'score text' },
      ],
    });
  });

  test('one that does not run on base alone is its own matter', () => {
    expect(of('broken')).toEqual({
      outcome: 'not-tried',
      why: 'Its own migrations do not apply on base alone: migrations/3_broken.sql:1: relation "nothing" does not exist',
    });
  });

  test('one that was built on this one runs what it has once', () => {
    const top = report.openPullRequests?.others.find(({ name }) => name === 'onTop');
    expect(top).toMatchObject({ collisions: [], orders: { outcome: 'same' } });
  });

  test('the terminal and the comment say who is in the way, and name the others in one line', () => {
    const text = toTerminal(report, { color: false });
    expect(text).toContain('Other open pull requests: 3 of 7 are in the way of this one');
    expect(text).toContain('After this pull request, migrations/3_index.sql:1 of index fails');
    expect(text).toContain('- table, column and onTop: no collision, and both orders give the same schema.');
    const markdown = toMarkdown(report);
    expect(markdown).toContain(
      '`table`, `column` and `onTop`: no collision, and both orders give the same schema.',
    );
    expect(markdown).toContain('- score integer\n+ score text');
  });
});

test('a branch that nobody knows is wrong use', async () => {
  const repo = repository(base);
  branch(repo, 'mine', { 'migrations/2_mine.sql': mine });
  await expect(beside(repo, 'main', 'mien')).rejects.toThrow(/git knows no commit `mien` \(--also\)/);
});

describe('what the tool stumbles over', () => {
  test.each([
    ['golang-migrate', 'migrations/1_users.up.sql', 'migrations/2_a.up.sql', 'migrations/2_b.up.sql'],
    ['flyway', 'sql/V1__users.sql', 'sql/V2__a.sql', 'sql/V2__b.sql'],
    ['goose', 'db/00001_users.sql', 'db/00002_a.sql', 'db/00002_b.sql'],
  ])('one version twice: %s', async (tool, first, mine, theirs) => {
    const up = (sql: string) => (tool === 'goose' ? `-- +goose Up\n${sql}` : sql);
    const other = await held(
      { [first]: up('CREATE TABLE users (id int PRIMARY KEY);\n') },
      { [mine]: up('CREATE TABLE a (id int PRIMARY KEY);\n') },
      { [theirs]: up('CREATE TABLE b (id int PRIMARY KEY);\n') },
    );
    expect(other.collisions.find(({ kind }) => kind === 'same-version')).toMatchObject({
      file: mine,
      otherFile: theirs,
      says: expect.stringMatching(/^Both have the version 0*2\. \w/),
    });
    expect(other.orders).toEqual({ outcome: 'same' });
  });

  test('one file name, with other content', async () => {
    const file = 'migrations/2_totals.sql';
    const other = await held(
      base,
      { [file]: 'ALTER TABLE users ADD COLUMN a int;\n' },
      { [file]: 'ALTER TABLE users ADD COLUMN b int;\n' },
    );
    expect(other.collisions).toEqual([
      {
        kind: 'same-file',
        file,
        otherFile: file,
        says: 'Both add a file of this name, with other content.',
      },
    ]);
  });

  test("one entry of Drizzle's journal", async () => {
    const journal = (...tags: string[]) =>
      JSON.stringify(
        {
          version: '7',
          dialect: 'postgresql',
          entries: tags.map((tag, idx) => ({
            idx,
            version: '7',
            when: 1700000000000 + idx * 1000 + tag.length,
            tag,
            breakpoints: true,
          })),
        },
        null,
        2,
      );
    const other = await held(
      {
        'drizzle/0000_users.sql': 'CREATE TABLE users (id int);\n',
        'drizzle/meta/_journal.json': journal('0000_users'),
      },
      {
        'drizzle/0001_mine.sql': 'CREATE TABLE a (id int);\n',
        'drizzle/meta/_journal.json': journal('0000_users', '0001_mine'),
      },
      {
        'drizzle/0001_theirs.sql': 'CREATE TABLE b (id int);\n',
        'drizzle/meta/_journal.json': journal('0000_users', '0001_theirs'),
      },
    );
    expect(other.collisions.map(({ kind, file, otherFile }) => [kind, file, otherFile])).toEqual([
      ['same-number', 'drizzle/0001_mine.sql', 'drizzle/0001_theirs.sql'],
      ['conflict', 'drizzle/meta/_journal.json', 'drizzle/meta/_journal.json'],
      ['late', 'drizzle/0001_mine.sql', null],
    ]);
    expect(other.orders).toEqual({ outcome: 'same' });
  });

  test('a late one that the tool would skip or refuse', async () => {
    const up = (name: string) => `migrations/${name}.up.sql`;
    const other = await held(
      { [up('20240101000000_users')]: 'CREATE TABLE users (id int);\n' },
      { [up('20240103000000_mine')]: 'CREATE TABLE a (id int);\n' },
      { [up('20240102000000_theirs')]: 'CREATE TABLE b (id int);\n' },
    );
    expect(other.collisions).toMatchObject([
      {
        kind: 'late',
        file: up('20240102000000_theirs'),
        says: expect.stringMatching(
          /^It comes too late if this pull request is deployed first\. golang-migrate /,
        ),
      },
    ]);
  });
});

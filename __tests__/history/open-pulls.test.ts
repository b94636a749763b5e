import { beforeAll, describe, expect, test } from 'vitest';
import { historiesOf } from '../../src/check/inputs.ts';
import { openPullRequests } from '../../src/check/open-pulls.ts';
import { loadConfig } from '../../src/config/load.ts';
import { gate } from '../../src/gate.ts';
import { openTrees } from '../../src/git/trees.ts';
import { toMarkdown } from '../../src/report/markdown/markdown.ts';
import type { Report } from '../../src/report/model.ts';
import { toTerminal } from '../../src/report/terminal/terminal.ts';
import { ruleDefaults } from '../../src/rules/index.ts';
import type { RehearsalInput } from '../../src/run/rehearsal.ts';
import { configuredTool } from '../../src/tools/configured.ts';
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

test('the command line cannot ask GitHub, and says what can be done instead', async () => {
  const config = { '.github/migration-gate.yml': 'check-open-prs: true\n' };
  const repo = repository({ ...base, ...config });
  branch(repo, 'mine', { 'README.md': '# Users\n' });
  const report = await beside(repo);
  expect(report).not.toHaveProperty('openPullRequests');
  expect(report.notes).toContain(
    'check-open-prs asks GitHub, which only the action does; on the command line name other branches: --also REF.',
  );
});

test('what there is no time left for is named', async () => {
  const repo = repository(base);
  branch(repo, 'theirs', { 'migrations/3_theirs.sql': 'SELECT 1;\n' });
  await using trees = await openTrees({ repo: repo.directory, base: 'main', head: 'theirs' });
  const [database] = (
    await loadConfig({
      options: optionsFor(repo.directory, 'main', 'theirs'),
      head: trees.head,
      base: trees.base,
      ruleDefaults,
    })
  ).databases;
  if (database === undefined) throw new Error('no database');
  const tool = await configuredTool(database, trees);
  const histories = await historiesOf(tool, database, trees);
  const found = await openPullRequests({
    source: null,
    also: ['theirs', 'main'],
    trees,
    sides: [{ database, tool, histories, failed: false, rehearsal: {} as RehearsalInput }],
    minutes: 0,
    onProgress: () => {},
  });
  expect(found).toEqual({ others: [], notes: ['There was no time left for theirs, main.'] });
});

test('one version twice: told, and both are run all the same', async () => {
  const repo = repository({ 'migrations/1_users.up.sql': 'CREATE TABLE users (id int);\n' });
  branch(repo, 'theirs', { 'migrations/2_b.up.sql': 'CREATE TABLE b (id int);\n' });
  branch(repo, 'mine', { 'migrations/2_a.up.sql': 'CREATE TABLE a (id int);\n' });
  expect((await beside(repo, 'theirs')).openPullRequests?.others).toMatchObject([
    { collisions: [{ kind: 'same-version' }], orders: { outcome: 'same' } },
  ]);
});

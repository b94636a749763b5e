import { beforeAll, expect, test } from 'vitest';
import { openTrees } from '../../src/git/trees.ts';
import { compareHistories } from '../../src/history/compare.ts';
import { loadParser } from '../../src/sql/parse.ts';
import { detectDatabases, toolNamed } from '../../src/tools/index.ts';
import { repository } from '../git/repository.ts';

beforeAll(loadParser);

test('a branch that is behind, over a real repository', async () => {
  const repo = repository({
    'db/migrations/1_a.sql': 'CREATE TABLE a (x int);\n',
    'db/migrations/2_b.sql': 'CREATE TABLE b (x int);\n',
    'node_modules/x/migrations/1_a.sql': 'SELECT 1;\n',
  });
  repo.git('checkout', '-q', '-b', 'feature');
  repo.commit({
    'db/migrations/1_a.sql': 'CREATE TABLE a (x bigint);\n',
    'db/migrations/3_mine.sql': 'ALTER TABLE a ADD y int;\n',
  });
  repo.git('checkout', '-q', 'main');
  repo.commit({ 'db/migrations/4_theirs.sql': 'CREATE TABLE c (x int);\n' });

  await using trees = await openTrees({
    repo: repo.directory,
    base: 'main',
    head: 'feature',
    token: null,
    onProgress: () => {},
  });
  expect(await detectDatabases(trees.head)).toMatchObject([{ path: 'db/migrations', tool: 'plain' }]);
  const tool = toolNamed('plain');
  const read = (tree: typeof trees.head) => tool.history(tree, 'db/migrations');
  const { changes, pending } = compareHistories({
    tool,
    base: await read(trees.base),
    head: await read(trees.head),
    branch: await read(trees.branch),
    mergeBase: trees.mergeBase === null ? null : await read(trees.mergeBase),
  });
  expect(changes.map(({ kind, file, after }) => [kind, file, after])).toEqual([
    ['edited', 'db/migrations/1_a.sql', null],
    ['out-of-order', 'db/migrations/3_mine.sql', '4'],
    ['missing-from-head', 'db/migrations/4_theirs.sql', null],
  ]);
  expect(pending.map(({ file }) => file)).toEqual(['db/migrations/3_mine.sql']);
});

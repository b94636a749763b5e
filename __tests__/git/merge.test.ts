import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { isMergeCommit } from '../../src/git/commit.ts';
import type { Tree } from '../../src/git/tree.ts';
import { openTrees } from '../../src/git/trees.ts';
import { fingerprint, repository, scratchDirectory } from './repository.ts';

const LONG = Array.from({ length: 30 }, (_, line) => `line ${line}`).join('\n');

const paths = (tree: Tree | null) => tree?.entries.map(({ path }) => path);
const text = async (tree: Tree, path: string) => (await tree.read([path])).get(path)?.toString();

/** main got 2.sql after the branch `topic`, which is checked out, left it and got 3.sql. */
function behind() {
  const repo = repository({ 'm/1.sql': LONG, 'old.txt': 'x' });
  repo.git('checkout', '-q', '-b', 'topic');
  const topic = repo.commit({ 'm/3.sql': 'topic', 'm/1.sql': LONG.replace('line 29', 'topic 29') });
  repo.git('checkout', '-q', 'main');
  repo.git('rm', '-q', 'old.txt');
  const main = repo.commit({ 'm/2.sql': 'main', 'm/1.sql': LONG.replace('line 0', 'main 0') });
  repo.git('checkout', '-q', 'topic');
  return { repo, main, topic };
}

describe('a branch that is behind', () => {
  it('is merged with its base, as commit', async () => {
    const { repo, main, topic } = behind();
    const before = fingerprint(repo.directory);
    await using trees = await openTrees({ repo: repo.directory, base: 'main', head: 'topic' });
    expect(paths(trees.base)).toEqual(['m/1.sql', 'm/2.sql']);
    expect(paths(trees.branch)).toEqual(['m/1.sql', 'm/3.sql', 'old.txt']);
    expect(paths(trees.head)).toEqual(['m/1.sql', 'm/2.sql', 'm/3.sql']);
    expect(paths(trees.mergeBase)).toEqual(['m/1.sql', 'old.txt']);
    expect(await text(trees.head, 'm/1.sql')).toBe(
      LONG.replace('line 0', 'main 0').replace('line 29', 'topic 29'),
    );
    expect(trees.head).toMatchObject({ ref: 'topic', sha: topic });
    expect(trees.base).toMatchObject({ ref: 'main', sha: main });
    expect(trees.mergeBase?.sha).toBe(repo.git('merge-base', 'main', 'topic'));
    expect(trees.notes).toEqual([]);
    expect(fingerprint(repo.directory)).toEqual(before);
  });

  it('is merged with its base, as working tree', async () => {
    const { repo } = behind();
    repo.write({ 'm/4.sql': 'uncommitted' });
    const before = fingerprint(repo.directory);
    await using trees = await openTrees({ repo: repo.directory, base: 'main', head: null });
    expect(paths(trees.head)).toEqual(['m/1.sql', 'm/2.sql', 'm/3.sql', 'm/4.sql']);
    expect(await text(trees.head, 'm/4.sql')).toBe('uncommitted');
    expect(trees.head).toMatchObject({ ref: 'working tree', sha: null });
    expect(fingerprint(repo.directory)).toEqual(before);
  });

  it('is taken as it is where no merge is wanted', async () => {
    const { repo } = behind();
    await using trees = await openTrees({
      repo: repo.directory,
      base: 'main',
      head: 'topic',
      mergeHead: false,
    });
    expect(trees.head).toBe(trees.branch);
    expect(paths(trees.head)).toEqual(['m/1.sql', 'm/3.sql', 'old.txt']);
    expect(trees.mergeBase).toBeNull();
  });

  it('that conflicts is undecided and names up to ten files', async () => {
    const files = (word: string, count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`m/${n + 10}.sql`, word]));
    const repo = repository(files('start', 12));
    repo.git('checkout', '-q', '-b', 'topic');
    repo.commit({ ...files('topic', 12), 'm/50.sql': 'fine' });
    repo.git('checkout', '-q', 'main');
    repo.commit(files('main', 12));
    const before = fingerprint(repo.directory);
    const opening = openTrees({ repo: repo.directory, base: 'main', head: 'topic' });
    await expect(opening).rejects.toMatchObject({
      name: 'Undecided',
      reason: 'merge-conflict',
      place: { file: 'm/10.sql' },
      message:
        'topic conflicts with main in `m/10.sql`, `m/11.sql`, `m/12.sql`, `m/13.sql`, `m/14.sql`, `m/15.sql`, `m/16.sql`, `m/17.sql`, `m/18.sql`, `m/19.sql` and 2 more. Merge and resolve it first: `git merge main`.',
    });
    expect(fingerprint(repo.directory)).toEqual(before);
  });

  it('is undecided where git cannot merge without a working tree', async () => {
    const { repo } = behind();
    const directory = scratchDirectory();
    const git = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
    const old = `#!/bin/sh\n[ "$1" = version ] && { echo git version 2.34.1; exit; }\nexec '${git}' "$@"\n`;
    writeFileSync(join(directory, 'git'), old, { mode: 0o755 });
    vi.stubEnv('PATH', `${directory}:${process.env.PATH}`);
    await expect(openTrees({ repo: repo.directory, base: 'main', head: 'topic' })).rejects.toMatchObject({
      name: 'Undecided',
      reason: 'base-not-available',
      message: expect.stringMatching(/cannot be merged by git 2\.34.*2\.38 or newer.*`git merge main`/),
    });
    await using trees = await openTrees({ repo: repo.directory, base: 'topic~1', head: 'topic' });
    expect(trees.head).toBe(trees.branch);
    vi.unstubAllEnvs();
  });

  it('is merged as GitHub does, whatever the configuration and attributes say', async () => {
    const repo = repository({ 'm/1.sql': 'start', '.gitattributes': '* merge=union\n' });
    repo.git('config', 'merge.renames', 'false');
    repo.git('checkout', '-q', '-b', 'topic');
    repo.commit({ 'm/1.sql': 'topic' });
    repo.git('checkout', '-q', 'main');
    repo.commit({ 'm/1.sql': 'main' });
    await expect(openTrees({ repo: repo.directory, base: 'main', head: 'topic' })).rejects.toMatchObject({
      reason: 'merge-conflict',
    });
  });
});

describe('a branch that is not behind', () => {
  it('is its own head, and base is the common ancestor', async () => {
    const repo = repository({ a: '1' }, { b: '2' });
    await using trees = await openTrees({ repo: repo.directory, base: 'main~1', head: 'main' });
    expect(trees.head).toBe(trees.branch);
    expect(trees.mergeBase).toBe(trees.base);
    expect(trees.base.ref).toBe('main~1');
  });

  it('merged main into itself before', async () => {
    const { repo } = behind();
    repo.git('merge', '-q', '--no-edit', 'main');
    await using trees = await openTrees({ repo: repo.directory, base: 'main', head: 'topic' });
    expect(paths(trees.head)).toEqual(['m/1.sql', 'm/2.sql', 'm/3.sql']);
    expect(trees.mergeBase).toBe(trees.base);
  });

  it('is a merge commit on base, as GitHub makes one', async () => {
    const { repo, main } = behind();
    repo.git('checkout', '-q', '--detach', 'main');
    repo.git('merge', '-q', '--no-ff', '--no-edit', 'topic');
    for (const head of ['HEAD', null]) {
      await using trees = await openTrees({ repo: repo.directory, base: main, head });
      expect(trees.head).toBe(trees.branch);
      expect(paths(trees.head)).toEqual(['m/1.sql', 'm/2.sql', 'm/3.sql']);
      expect(trees.mergeBase).toBeNull();
    }
    expect(await isMergeCommit(repo.directory, 'HEAD')).toBe(true);
    expect(await isMergeCommit(repo.directory, 'topic')).toBe(false);
  });

  it('has no history in common', async () => {
    const repo = repository({ a: '1' });
    repo.git('checkout', '-q', '--orphan', 'other');
    repo.commit({ b: '2' });
    await using trees = await openTrees({ repo: repo.directory, base: 'main', head: 'other' });
    expect(trees.head).toBe(trees.branch);
    expect(trees.mergeBase).toBeNull();
    expect(trees.notes).toEqual(['other and main have no common history, so they are compared as they are.']);
  });
});

describe('the parents of a commit', () => {
  it('are none for the first one', async () => {
    const repo = repository({ a: '1' });
    expect(await isMergeCommit(repo.directory, 'main')).toBe(false);
  });

  it('are those of its header, not of what its message says', async () => {
    const repo = repository({ a: '1' });
    const fake = 'f'.repeat(40);
    repo.git('commit', '-q', '--allow-empty', '-m', `x\n\nparent ${fake}`);
    expect(await isMergeCommit(repo.directory, 'HEAD')).toBe(false);
  });

  it('of an unknown commit are wrong use', async () => {
    const repo = repository({ a: '1' });
    await expect(isMergeCommit(repo.directory, 'nope')).rejects.toMatchObject({ name: 'UserError' });
    await expect(isMergeCommit(repo.directory, '--all')).rejects.toMatchObject({ name: 'UserError' });
  });
});

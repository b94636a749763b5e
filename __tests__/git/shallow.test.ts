import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isMergeCommit } from '../../src/git/commit.ts';
import type { Tree } from '../../src/git/tree.ts';
import { openTrees } from '../../src/git/trees.ts';
import { at, clone, fingerprint, repository, scratchDirectory, type TestRepository } from './repository.ts';

const paths = (tree: Tree | null) => tree?.entries.map(({ path }) => path);

/** A remote with a pull request whose branch left main `ago` commits ago. */
function remote(ago = 3) {
  const repo = repository({ 'm/1.sql': '1' });
  repo.git('checkout', '-q', '-b', 'topic');
  const topic = repo.commit({ 'm/9.sql': 'topic' });
  repo.git('checkout', '-q', 'main');
  for (let n = 1; n < ago; n++) repo.git('commit', '-q', '--allow-empty', '-m', 'x');
  repo.commit({ 'm/2.sql': '2' });
  const main = repo.git('rev-parse', 'main');
  repo.git('checkout', '-q', '--detach');
  repo.git('merge', '-q', '--no-ff', '--no-edit', 'topic');
  const merge = repo.git('rev-parse', 'HEAD');
  repo.git('update-ref', 'refs/pull/1/merge', merge);
  repo.git('checkout', '-q', 'main');
  return { repo, main, topic, merge };
}

/** What actions/checkout does: an empty repository into which one commit is fetched. */
function checkout(from: TestRepository, sha: string, depth = 1): TestRepository {
  const repo = at(scratchDirectory());
  repo.git('init', '-q', '-b', 'main');
  repo.git('remote', 'add', 'origin', `file://${from.directory}`);
  repo.git('fetch', '-q', '--no-tags', `--depth=${depth}`, 'origin', `+${sha}:refs/remotes/pull/1/merge`);
  repo.git('checkout', '-q', '--force', 'refs/remotes/pull/1/merge');
  return repo;
}

/** Opens, and makes sure that nothing in the clone changed. */
async function untouched(repo: TestRepository, base: string | null, head: string | null) {
  const before = fingerprint(repo.directory);
  const progress: string[] = [];
  const trees = await openTrees({
    repo: repo.directory,
    base,
    head,
    onProgress: (text) => progress.push(text),
  });
  const read = (await trees.head.read(paths(trees.head) ?? [])).size;
  expect(read).toBe(trees.head.entries.length);
  expect(fingerprint(repo.directory)).toEqual(before);
  return { ...trees, progress };
}

describe("GitHub's checkout of a pull request, of depth 1", () => {
  it('is head, merged already; its base is fetched', async () => {
    const { repo, main, merge } = remote();
    const job = checkout(repo, merge);
    expect(await isMergeCommit(job.directory, 'HEAD')).toBe(true);
    expect(job.git('rev-list', '--count', 'HEAD')).toBe('1');
    for (const head of ['HEAD', null]) {
      const trees = await untouched(job, main, head);
      expect(paths(trees.base)).toEqual(['m/1.sql', 'm/2.sql']);
      expect(paths(trees.head)).toEqual(['m/1.sql', 'm/2.sql', 'm/9.sql']);
      expect(trees.mergeBase).toBeNull();
      expect(trees.notes).toEqual([`Fetched ${main.slice(0, 10)} from origin, which was missing here.`]);
      expect(trees.progress).toEqual([`fetching ${main.slice(0, 10)} from origin`]);
      await trees[Symbol.asyncDispose]();
    }
  });

  it.each(['main', 'origin/main', 'refs/heads/main', null])(
    'finds the branch %s at the remote',
    async (base) => {
      const { repo, main, merge } = remote();
      const job = checkout(repo, merge);
      const trees = await untouched(job, base, 'HEAD');
      expect(trees.base).toMatchObject({ ref: base ?? 'origin/main', sha: main });
      expect(trees.notes).toEqual([
        `Fetched main (${main.slice(0, 10)}) from origin, which was missing here.`,
      ]);
      await trees[Symbol.asyncDispose]();
    },
  );

  it('is merged again if main went on since', async () => {
    const { repo, merge } = remote();
    const job = checkout(repo, merge);
    repo.commit({ 'm/3.sql': 'later' });
    const trees = await untouched(job, 'main', 'HEAD');
    expect(paths(trees.head)).toEqual(['m/1.sql', 'm/2.sql', 'm/3.sql', 'm/9.sql']);
    expect(paths(trees.mergeBase)).toEqual(['m/1.sql', 'm/2.sql']);
    await trees[Symbol.asyncDispose]();
  });

  it('with a branch that the remote does not have is wrong use', async () => {
    const { repo, merge } = remote();
    const job = checkout(repo, merge);
    for (const base of ['mian', 'a b', '+main', 'main:x']) {
      await expect(openTrees({ repo: job.directory, base, head: null })).rejects.toMatchObject({
        name: 'UserError',
      });
    }
  });
});

describe('a shallow clone of a branch that is behind', () => {
  it.each([
    [1, 3],
    [1, 70],
    [2, 3],
  ])('of depth %d, %d commits behind, gets the history it needs', async (depth, ago) => {
    const { repo, main } = remote(ago);
    // Without the filter capability git says so and fetches whole; with it, files come when they are read.
    repo.git('config', 'uploadpack.allowFilter', ago > 50 ? 'true' : 'false');
    const job = clone(repo, `--depth=${depth}`, '-b', 'topic');
    job.commit({ 'm/8.sql': 'local' });
    job.write({ 'm/7.sql': 'uncommitted' });
    const trees = await untouched(job, 'main', null);
    expect(trees.base.sha).toBe(main);
    expect(paths(trees.head)).toEqual(['m/1.sql', 'm/2.sql', 'm/7.sql', 'm/8.sql', 'm/9.sql']);
    expect(paths(trees.mergeBase)).toEqual(['m/1.sql']);
    expect((await trees.mergeBase?.read(['m/1.sql']))?.get('m/1.sql')?.toString()).toBe('1');
    expect(trees.notes).toEqual([
      `Fetched main (${main.slice(0, 10)}) from origin, which was missing here.`,
      'Fetched history from origin: this is a shallow clone, and the branch is behind its base.',
    ]);
    await trees[Symbol.asyncDispose]();
    expect(job.git('rev-list', '--count', 'HEAD')).toBe(String(depth === 1 ? 2 : 3));
  });

  it('asks for no more than it needs where the common ancestor is there', async () => {
    const { repo } = remote(3);
    const job = clone(repo, '--depth=10', '--no-single-branch', '-b', 'topic');
    const trees = await untouched(job, 'origin/main', 'HEAD');
    expect(paths(trees.head)).toEqual(['m/1.sql', 'm/2.sql', 'm/9.sql']);
    expect(trees.notes).toEqual([]);
    await trees[Symbol.asyncDispose]();
  });

  it('does not mistake an older common ancestor for the newest', async () => {
    // topic took main's newest state long ago on one path, and an old one late on another; cut off at a
    // depth, only the old one shows.
    const repo = repository({ a: '1' });
    const old = repo.git('rev-parse', 'HEAD');
    repo.commit({ b: 'from main' });
    const newest = repo.git('rev-parse', 'HEAD');
    repo.git('checkout', '-q', '-b', 'topic');
    for (let n = 0; n < 5; n++) repo.commit({ c: `${n}` });
    repo.git('checkout', '-q', '-b', 'side', old);
    repo.commit({ s: 's' });
    repo.git('checkout', '-q', 'topic');
    repo.git('merge', '-q', '--no-edit', 'side');
    repo.git('checkout', '-q', 'main');
    repo.git('rm', '-q', 'b');
    repo.commit({ d: 'd' });
    const job = clone(repo, '--depth=4', '--no-single-branch', '-b', 'topic');
    expect(job.git('merge-base', 'origin/main', 'HEAD')).toBe(old);
    const trees = await untouched(job, 'origin/main', 'HEAD');
    expect(trees.mergeBase?.sha).toBe(newest);
    expect(paths(trees.head)).toEqual(['a', 'c', 'd', 's']);
    await trees[Symbol.asyncDispose]();
  });

  it('without its remote is undecided, says why and what to do, and shows no password', async () => {
    const { repo, topic, main } = remote();
    const job = checkout(repo, topic);
    job.git('remote', 'set-url', 'origin', 'http://bob:s3cret@127.0.0.1:9/x');
    for (const base of [main, 'main']) {
      const opening = openTrees({ repo: job.directory, base, head: null });
      await expect(opening).rejects.toMatchObject({ name: 'Undecided', reason: 'base-not-available' });
      await expect(opening).rejects.toThrow(/http:\/\/(\*\*\*@)?127\.0\.0\.1:9\/x.*fetch-depth: 0/);
      await expect(opening).rejects.not.toThrow(/s3cret/);
    }
    job.git('remote', 'remove', 'origin');
    job.git('update-ref', 'refs/heads/main', job.git('commit-tree', '-m', 'x', 'HEAD^{tree}'));
    await expect(openTrees({ repo: job.directory, base: 'main', head: 'HEAD' })).rejects.toMatchObject({
      name: 'Undecided',
      message: expect.stringContaining('no remote'),
    });
  });

  it('of a remote that is shallow itself is undecided', async () => {
    const { repo } = remote(3);
    const middle = clone(repo, '--depth=1', '--no-single-branch');
    middle.git('branch', 'topic', 'origin/topic');
    const job = clone(middle, '--depth=1', '--no-single-branch', '-b', 'topic');
    await expect(openTrees({ repo: job.directory, base: 'origin/main', head: 'HEAD' })).rejects.toMatchObject(
      {
        name: 'Undecided',
        reason: 'base-not-available',
        message: expect.stringContaining('shallow clone itself'),
      },
    );
  });
});

describe('a full clone', () => {
  it('that lacks the newest commit of main gets it, and stays as it is', async () => {
    const { repo } = remote();
    const job = clone(repo, '-b', 'topic');
    const newer = repo.commit({ 'm/3.sql': 'newer' });
    const trees = await untouched(job, newer, null);
    expect(paths(trees.head)).toEqual(['m/1.sql', 'm/2.sql', 'm/3.sql', 'm/9.sql']);
    expect(trees.notes).toHaveLength(1);
    await trees[Symbol.asyncDispose]();
  });

  it('does not ask the network about a slip of the pen', async () => {
    const { repo } = remote();
    const job = clone(repo);
    const touched = join(scratchDirectory(), 'touched');
    const ssh = join(scratchDirectory(), 'ssh');
    writeFileSync(ssh, `#!/bin/sh\ntouch '${touched}'\nexit 1\n`);
    chmodSync(ssh, 0o755);
    job.git('config', 'core.sshCommand', ssh);
    job.git('remote', 'set-url', 'origin', 'ssh://git@example.invalid/x');
    await expect(openTrees({ repo: job.directory, base: 'mian', head: null })).rejects.toThrow(
      /Did you mean `main`/,
    );
    expect(() => at(scratchDirectory()).git('hash-object', touched)).toThrow();
    // The same command is used, and its failure told, where something does have to be fetched.
    await expect(openTrees({ repo: job.directory, base: 'a'.repeat(40), head: null })).rejects.toMatchObject({
      reason: 'base-not-available',
    });
    expect(at(scratchDirectory()).git('hash-object', touched)).toMatch(/^[0-9a-f]{40}$/);
  });

  it('that left out files gets those that are read', async () => {
    const { repo } = remote();
    repo.git('config', 'uploadpack.allowFilter', 'true');
    const job = clone(repo, '--filter=blob:none', '-b', 'topic');
    const trees = await untouched(job, 'origin/main', 'HEAD');
    expect((await trees.base.read(['m/2.sql'])).get('m/2.sql')?.toString()).toBe('2');
    await trees[Symbol.asyncDispose]();
  });
});

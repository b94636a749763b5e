import { describe, expect, it } from 'vitest';
import { compareReleases } from '../../src/git/release.ts';
import { openTrees } from '../../src/git/trees.ts';
import { clone, repository } from './repository.ts';

describe('since when a file is on the base branch', () => {
  it('is told by the commit that added it, as the branch saw it', async () => {
    const repo = repository({ 'm/1.sql': '1' }, { 'other.txt': 'x' });
    repo.git('checkout', '-q', '-b', 'topic');
    repo.commit({ 'm/2.sql': '2' });
    repo.git('checkout', '-q', 'main');
    repo.git('merge', '-q', '--no-ff', '--no-edit', 'topic');
    const merge = repo.git('rev-parse', 'HEAD');
    const first = repo.git('rev-list', '--max-parents=0', 'HEAD');
    repo.commit({ 'm/1.sql': 'edited on main', 'm/od d*.sql': 'x' });
    await using trees = await openTrees({ repo: repo.directory, base: 'main', head: null });
    const since = await trees.since(['m/1.sql', 'm/2.sql', 'm/od d*.sql', 'm/none.sql']);
    expect(since.get('m/1.sql')).toMatchObject({ sha: first, atLeast: false });
    expect(since.get('m/2.sql')).toMatchObject({ sha: merge, atLeast: false });
    expect(since.get('m/od d*.sql')?.sha).toBe(repo.git('rev-parse', 'HEAD'));
    expect(since.has('m/none.sql')).toBe(false);
    expect(since.get('m/1.sql')?.date).toBe(repo.git('log', '-1', '--format=%cs', first));
  });

  it('is told anew for a file that was gone in between', async () => {
    const repo = repository({ 'm/1.sql': '1', 'm/2.sql': '2' });
    repo.git('rm', '-q', 'm/1.sql');
    repo.commit();
    const again = repo.commit({ 'm/1.sql': '1' });
    await using trees = await openTrees({ repo: repo.directory, base: 'main', head: null });
    expect((await trees.since(['m/1.sql'])).get('m/1.sql')?.sha).toBe(again);
  });

  it('is at least the oldest commit that a shallow clone has', async () => {
    const origin = repository({ 'm/1.sql': '1' }, { 'm/2.sql': '2' }, { 'm/3.sql': '3' });
    const repo = clone(origin, '--depth=2');
    await using trees = await openTrees({ repo: repo.directory, base: 'main', head: null });
    const since = await trees.since(['m/1.sql', 'm/3.sql']);
    expect(since.get('m/1.sql')).toMatchObject({
      sha: origin.git('rev-parse', 'HEAD~1'),
      atLeast: true,
    });
    expect(since.get('m/3.sql')?.atLeast).toBe(false);
  });
});

describe('the newest release', () => {
  it.each([
    ['v1.9.0', 'v1.10.0'],
    ['v2.0.0-rc1', 'v2.0.0'],
    ['v2.0.0-rc1', 'v2.0.0-rc2'],
    ['release/2026-01', 'release/2026-02'],
    ['v1', 'v1.0.1'],
  ])('%s comes before %s', (older, newer) => {
    expect(compareReleases(older, newer)).toBeLessThan(0);
    expect(compareReleases(newer, older)).toBeGreaterThan(0);
  });

  const released = () => {
    const repo = repository({ 'm/1.sql': '1' });
    repo.git('tag', 'v1.9.0');
    repo.commit({ 'm/2.sql': '2' });
    repo.git('tag', '-a', 'v1.10.0', '-m', 'release');
    repo.commit({ 'm/3.sql': '3' });
    return repo;
  };

  it('is a tag by name or the highest one of a glob', async () => {
    const repo = released();
    await using trees = await openTrees({ repo: repo.directory, base: 'main', head: null });
    expect((await trees.release('v1.9.0'))?.entries.map(({ path }) => path)).toEqual(['m/1.sql']);
    const newest = await trees.release('v*');
    expect(newest?.ref).toBe('v1.10.0');
    expect(newest?.sha).toBe(repo.git('rev-parse', 'v1.10.0^{commit}'));
    expect(await trees.release('w*')).toBeNull();
    expect(await trees.release('v3')).toBeNull();
  });

  it('is fetched where the clone has no tags', async () => {
    const origin = released();
    const repo = clone(origin, '--depth=1', '--no-tags');
    await using trees = await openTrees({ repo: repo.directory, base: 'main', head: null });
    expect((await trees.release('v*'))?.entries.map(({ path }) => path)).toEqual(['m/1.sql', 'm/2.sql']);
    expect((await trees.release('v1.9.0'))?.entries).toHaveLength(1);
  });
});

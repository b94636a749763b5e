import { chownSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openRepository } from '../../src/git/repository.ts';
import { findCommit, plainCommits } from '../../src/git/resolve.ts';
import { openTrees } from '../../src/git/trees.ts';
import { at, clone, repository, scratchDirectory, type TestRepository } from './repository.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

async function opened(repo: TestRepository | string, base: string | null, head: string | null = 'HEAD') {
  const directory = typeof repo === 'string' ? repo : repo.directory;
  await using trees = await openTrees({ repo: directory, base, head });
  return {
    base: trees.base.ref,
    sha: trees.base.sha,
    head: trees.head.ref,
    paths: trees.head.entries.map(({ path }) => path),
    notes: trees.notes,
  };
}

describe('the default base', () => {
  it('is what the remote calls its default branch', async () => {
    const origin = repository({ a: '1' });
    origin.git('branch', '-m', 'trunk');
    origin.git('branch', 'main');
    const repo = clone(origin);
    repo.git('branch', 'main');
    expect((await opened(repo, null)).base).toBe('origin/trunk');
  });

  it.each([
    [['origin/main', 'main', 'origin/master', 'master'], 'origin/main'],
    [['main', 'origin/master', 'master'], 'main'],
    [['origin/master', 'master'], 'origin/master'],
    [['master'], 'master'],
  ])('of %j is %s', async (branches, expected) => {
    const repo = repository({ a: '1' });
    repo.git('checkout', '-q', '--detach');
    repo.git('branch', '-D', 'main');
    repo.git('remote', 'add', 'origin', 'file:///nowhere');
    repo.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/gone');
    for (const branch of branches) {
      const full = branch.startsWith('origin/') ? `refs/remotes/${branch}` : `refs/heads/${branch}`;
      repo.git('update-ref', full, 'HEAD');
    }
    expect((await opened(repo, null)).base).toBe(expected);
  });

  it('is taken from the only remote, whatever its name', async () => {
    const origin = repository({ a: '1' });
    const repo = clone(origin, '--origin', 'upstream');
    expect((await opened(repo, null)).base).toBe('upstream/main');
  });

  it('that does not exist has to be given', async () => {
    const repo = repository({ a: '1' });
    repo.git('branch', '-m', 'trunk');
    await expect(opened(repo, null)).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining('`--base REF`'),
    });
    expect((await opened(repo, 'trunk')).base).toBe('trunk');
  });

  it('cannot exist without a commit', async () => {
    const repo = repository();
    for (const base of [null, 'main']) {
      await expect(opened(repo, base, null)).rejects.toMatchObject({
        name: 'UserError',
        message: expect.stringContaining('no commit yet'),
      });
    }
  });
});

describe('a reference', () => {
  const repo = repository({ a: '1' }, { b: '2' });
  repo.git('tag', '-a', 'v1', '-m', 'v1', 'HEAD~1');
  repo.git('branch', 'release/2024');
  const [first, second] = [repo.git('rev-parse', 'HEAD~1'), repo.git('rev-parse', 'HEAD')];

  it.each([
    ['v1', first],
    ['main', second],
    ['refs/heads/main', second],
    ['release/2024', second],
    ['HEAD~1', first],
    ['@', second],
    [first, first],
    [first.slice(0, 8), first],
  ])('%s is found', async (ref, sha) => {
    expect(await opened(repo, ref)).toMatchObject({ base: ref, sha });
  });

  it.each([
    ['--upload-pack=touch /tmp/x', 'looks like an option'],
    ['-c', 'looks like an option'],
    ['--', 'looks like an option'],
    ['', 'cannot be empty'],
    ['a\0b', 'cannot be empty'],
    ['HEAD^{tree}', 'is a tree, not a commit'],
    ['HEAD:a', 'is a blob, not a commit'],
    ['main..v1', 'git knows no commit'],
    ['^main', 'git knows no commit'],
    ['main\nv1', 'git knows no commit'],
    ['$(touch x)', 'git knows no commit'],
    ['maim', 'Did you mean `main`?'],
    ['release/2025', 'Did you mean `release/2024`?'],
    ['v', 'Did you mean `v1`?'],
    ['abcdef12', 'git knows no commit `abcdef12` (--base)'],
  ])('%j is refused: %s', async (ref, message) => {
    await expect(opened(repo, ref)).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining(message),
    });
    await expect(opened(repo, 'main', ref)).rejects.toMatchObject({ name: 'UserError' });
  });

  it('means the same where several are looked up at once', async () => {
    const place = await openRepository(repo.directory);
    const refs = [
      ...['main', 'v1', 'release/2024', 'HEAD~1', '@', first, first.slice(0, 8), 'HEAD^{/^chan}', ':/change'],
      ...[
        'HEAD^{tree}',
        'HEAD:a',
        'main..v1',
        '^main',
        'main^{commit}',
        'a b',
        ' main',
        'main ',
        'main\r',
        '',
      ],
      ...['main\nv1', 'v1\0', '--all', `${first} commit 12`, `${first} missing`, `${first}\n${second}`],
      ...['f'.repeat(40), `${'f'.repeat(40)} `, 'ambiguous', 'missing', 'HEAD^{/none such}'],
    ];
    const commits = await plainCommits(place, refs);
    expect(commits.get('main')).toBe(second);
    expect(commits.get('f'.repeat(40))).toBeNull();
    for (const ref of refs) {
      const alone = await findCommit(place, ref).catch(() => null);
      if (commits.has(ref)) expect([ref, commits.get(ref)]).toEqual([ref, alone]);
      expect((await plainCommits(place, [ref])).get(ref)).toBe(commits.get(ref));
    }
    expect([...commits].filter(([, sha]) => sha !== null).map(([ref]) => ref)).toEqual([
      ...['main', 'v1', 'release/2024', 'HEAD~1', '@', first, first.slice(0, 8), 'HEAD^{/^chan}'],
      'main^{commit}',
    ]);
  });

  it('to a full name that no remote can give is refused', async () => {
    await expect(opened(repo, 'f'.repeat(40))).rejects.toMatchObject({ name: 'UserError' });
    const cloned = clone(repo);
    await expect(opened(cloned, 'f'.repeat(40))).rejects.toMatchObject({
      name: 'Undecided',
      reason: 'base-not-available',
      message: expect.stringContaining('not our ref'),
    });
  });

  it('is looked up at the remote, or here, if it is only there', async () => {
    const cloned = clone(repo);
    expect(await opened(cloned, 'release/2024')).toMatchObject({ base: 'origin/release/2024', sha: second });
    const result = await opened(repo, 'origin/release/2024');
    expect(result).toMatchObject({ base: 'release/2024', sha: second });
    expect(result.notes).toEqual([expect.stringContaining('no remote called origin')]);
  });
});

describe('the repository', () => {
  it('is found from any directory inside, with odd characters in its path', async () => {
    const directory = join(scratchDirectory(), ' "q" #x:y;\n\\é ');
    mkdirSync(directory);
    const repo = at(directory);
    repo.git('init', '-q', '-b', 'main');
    repo.commit({ 'deep/er/1.sql': '1' });
    repo.write({ 'deep/er/2.sql': '2' });
    expect((await openRepository(join(directory, 'deep/er'))).top).toBe(directory);
    expect((await opened(join(directory, 'deep/er'), 'main', null)).paths).toEqual([
      'deep/er/1.sql',
      'deep/er/2.sql',
    ]);
  });

  it('may be bare, if a commit is given', async () => {
    const bare = clone(repository({ a: '1' }), '--bare');
    expect((await opened(bare, 'main')).paths).toEqual(['a']);
    await expect(opened(bare, 'main', null)).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining('`--head REF`'),
    });
  });

  it('may use SHA-256', async () => {
    const repo = at(scratchDirectory());
    repo.git('init', '-q', '-b', 'main', '--object-format=sha256');
    const base = repo.commit({ a: '1' });
    repo.git('checkout', '-q', '-b', 'topic');
    repo.commit({ b: '2' });
    repo.git('checkout', '-q', 'main');
    repo.commit({ c: '3' });
    repo.git('checkout', '-q', 'topic');
    repo.write({ d: '4' });
    expect((await opened(repo, 'main', null)).paths).toEqual(['a', 'b', 'c', 'd']);
    expect((await opened(repo, base, 'topic')).paths).toEqual(['a', 'b']);
  });

  it.each([
    ['there is none', () => scratchDirectory(), 'is not inside a git repository'],
    ['the directory is missing', () => join(scratchDirectory(), 'gone'), 'cannot be read'],
    ['it is a file', () => join(repository({ a: '1' }).directory, 'a'), 'is not a directory'],
    [
      'it is a git directory',
      () => join(repository({ a: '1' }).directory, '.git'),
      'is inside a git directory',
    ],
  ])('is refused if %s', async (_, make, message) => {
    await expect(openTrees({ repo: make(), base: null, head: null })).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining(message),
    });
  });

  it('needs git, and one that is new enough', async () => {
    const repo = repository({ a: '1' });
    const empty = scratchDirectory();
    vi.stubEnv('PATH', empty);
    await expect(openRepository(repo.directory)).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining('git was not found'),
    });
    const answers = [
      'false\\nsha1\\n/r/.git\\n--path-format=absolute\\n.git\\n/r',
      'fatal: not a git repository',
    ];
    for (const answer of answers) {
      const old = `#!/bin/sh\n[ "$1" = version ] && echo git version 2.30.2 || printf '${answer}\\n'\n`;
      writeFileSync(join(empty, 'git'), old, { mode: 0o755 });
      await expect(openRepository(repo.directory)).rejects.toMatchObject({
        name: 'UserError',
        message: 'git 2.31 or newer is needed, but this is `git version 2.30.2`.',
      });
    }
  });

  describe.runIf(process.getuid?.() === 0)('of another user', () => {
    function foreign() {
      const repo = repository({ a: '1' });
      repo.write({ b: '2' });
      const give = (path: string) => {
        chownSync(path, 12345, 12345);
        for (const entry of readdirSync(path, { withFileTypes: true })) {
          if (entry.isDirectory()) give(join(path, entry.name));
          else chownSync(join(path, entry.name), 12345, 12345);
        }
      };
      give(repo.directory);
      return repo.directory;
    }

    it('is read in a job, where the checkout belongs to the runner', async () => {
      vi.stubEnv('GITHUB_ACTIONS', 'true');
      expect((await opened(foreign(), 'main', null)).paths).toEqual(['a', 'b']);
    });

    it('is not read elsewhere, and the message says how to', async () => {
      vi.stubEnv('GITHUB_ACTIONS', undefined);
      vi.stubEnv('CI', undefined);
      const directory = foreign();
      await expect(opened(directory, 'main', null)).rejects.toMatchObject({
        name: 'UserError',
        message: expect.stringContaining(`git config --global --add safe.directory '${directory}'`),
      });
    });
  });
});

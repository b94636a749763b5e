import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { openTrees } from '../../src/git/trees.ts';
import { fingerprint, repository, scratchDirectory, type TestRepository } from './repository.ts';

/** Paths and contents of the working tree as the gate sees it; everything on disk must stay as it was. */
async function seen({ directory }: TestRepository, cwd = directory) {
  const before = fingerprint(directory);
  await using trees = await openTrees({ repo: cwd, base: 'main', head: null });
  const paths = trees.head.entries.map(({ path }) => path);
  const contents = await trees.head.read(paths);
  expect(fingerprint(directory)).toEqual(before);
  expect(trees.head.ref).toBe('working tree');
  expect(trees.head.sha).toBeNull();
  return {
    trees,
    files: Object.fromEntries(paths.map((path) => [path, contents.get(path)?.toString() ?? null])),
  };
}

const START = { 'm/1.sql': 'one', 'm/2.sql': 'two', 'm/3.sql': 'three', '.gitignore': '*.log\n' };

async function withTemporary(directory: string, run: () => Promise<void>) {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = directory;
  try {
    await run();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

describe('the working tree', () => {
  it('holds changed, untracked, renamed and no deleted or ignored files', async () => {
    const repo = repository(START);
    repo.write({ 'm/1.sql': 'changed', 'm/4.sql': 'new', 'x.log': 'ignored' });
    rmSync(join(repo.directory, 'm/2.sql'));
    renameSync(join(repo.directory, 'm/3.sql'), join(repo.directory, 'm/3b.sql'));
    const { files, trees } = await seen(repo, join(repo.directory, 'm'));
    expect(files).toEqual({
      '.gitignore': '*.log\n',
      'm/1.sql': 'changed',
      'm/3b.sql': 'three',
      'm/4.sql': 'new',
    });
    expect(trees.base.get('m/1.sql')?.oid).not.toBe(trees.head.get('m/1.sql')?.oid);
    expect(trees.base.get('m/3.sql')?.oid).toBe(trees.head.get('m/3b.sql')?.oid);
    expect(trees.branch).toBe(trees.head);
    expect(trees.mergeBase).toBe(trees.base);
  });

  it('holds staged changes, and what was changed after they were staged', async () => {
    const repo = repository(START);
    repo.write({ 'm/4.sql': 'staged', 'm/5.sql': 'staged' });
    repo.git('add', '--all');
    repo.git('rm', '-q', '--cached', 'm/1.sql');
    repo.write({ 'm/5.sql': 'later' });
    const { files } = await seen(repo);
    expect(files).toMatchObject({ 'm/1.sql': 'one', 'm/4.sql': 'staged', 'm/5.sql': 'later' });
  });

  it('sees a change of equal size right after the commit', async () => {
    const repo = repository(START);
    repo.write({ 'm/1.sql': 'eno' });
    expect((await seen(repo)).files['m/1.sql']).toBe('eno');
  });

  it('equals HEAD where nothing is changed, and leaves nothing behind', async () => {
    const repo = repository(START);
    const temporary = scratchDirectory();
    await withTemporary(temporary, async () => {
      const trees = await openTrees({ repo: repo.directory, base: 'main', head: null });
      expect(trees.head.entries).toEqual(trees.base.entries);
      expect(readdirSync(temporary)).toHaveLength(1);
      await trees[Symbol.asyncDispose]();
      expect(readdirSync(temporary)).toEqual([]);
      await expect(openTrees({ repo: repo.directory, base: 'nope', head: null })).rejects.toThrow(UserError);
      expect(readdirSync(temporary)).toEqual([]);
    });
  });

  it('follows no symbolic link, neither out of the repository nor through a directory', async () => {
    const outside = scratchDirectory();
    writeFileSync(join(outside, 'secret.sql'), 'secret');
    const repo = repository({ ...START, 'd/inner.sql': 'inner' });
    symlinkSync(join(outside, 'secret.sql'), join(repo.directory, 'm/9.sql'));
    symlinkSync(outside, join(repo.directory, 'out'));
    symlinkSync('nowhere', join(repo.directory, 'dangling'));
    rmSync(join(repo.directory, 'd'), { recursive: true });
    symlinkSync('m', join(repo.directory, 'd'));
    const { files, trees } = await seen(repo);
    expect(files).toEqual({
      ...START,
      d: 'm',
      dangling: 'nowhere',
      'm/9.sql': join(outside, 'secret.sql'),
      out: outside,
    });
    expect(trees.head.get('m/9.sql')?.mode).toBe('120000');
    expect(trees.head.under('d')).toEqual([]);
    expect(trees.head.under('out')).toEqual([]);
  });

  it('takes a directory that became a file and a file that became a directory', async () => {
    const repo = repository({ 'a/b.sql': 'b', c: 'c' });
    rmSync(join(repo.directory, 'a'), { recursive: true });
    rmSync(join(repo.directory, 'c'));
    repo.write({ a: 'file', 'c/d.sql': 'd' });
    expect((await seen(repo)).files).toEqual({ a: 'file', 'c/d.sql': 'd' });
  });

  it('is read in a linked worktree', async () => {
    const repo = repository(START);
    const linked = join(scratchDirectory(), 'linked');
    repo.git('worktree', 'add', '-q', '-b', 'topic', linked);
    writeFileSync(join(linked, 'm/4.sql'), 'new');
    const before = fingerprint(repo.directory);
    await using trees = await openTrees({ repo: join(linked, 'm'), base: 'main', head: null });
    expect(trees.head.get('m/4.sql')).toBeDefined();
    expect(trees.base.get('m/4.sql')).toBeUndefined();
    expect(fingerprint(repo.directory)).toEqual(before);
  });

  it.each(['--no-sparse-index', '--sparse-index'])('is whole in a sparse checkout (%s)', async (option) => {
    const repo = repository({ ...START, 'far/1.sql': 'far', 'far/2.sql': 'far' });
    repo.git('sparse-checkout', 'set', '--cone', option, 'm');
    expect(existsSync(join(repo.directory, 'far'))).toBe(false);
    repo.write({ 'm/1.sql': 'changed', 'beyond/new.sql': 'new' });
    expect((await seen(repo)).files).toEqual({
      ...START,
      'm/1.sql': 'changed',
      'beyond/new.sql': 'new',
      'far/1.sql': 'far',
      'far/2.sql': 'far',
    });
  });

  it('passes over repositories inside of it, with and without commits', async () => {
    const repo = repository(START);
    for (const name of ['with', 'without', '-o*']) {
      mkdirSync(join(repo.directory, name));
      repo.git('-C', `./${name}`, 'init', '-q');
      writeFileSync(join(repo.directory, name, 'x.sql'), 'x');
    }
    repo.git(
      '-C',
      'with',
      '-c',
      'user.name=a',
      '-c',
      'user.email=a',
      'commit',
      '-q',
      '--allow-empty',
      '-m',
      'x',
    );
    repo.write({ 'm/4.sql': 'new' });
    const { files, trees } = await seen(repo);
    expect(files).toEqual({ ...START, 'm/4.sql': 'new' });
    expect(trees.notes).toEqual([
      'Passed over `-o*`, `with`, `without`: another git repository inside of this one.',
    ]);
  });

  it('holds a submodule as an entry without contents', async () => {
    const inner = repository({ 'x.sql': 'x' });
    const repo = repository(START);
    repo.git('-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', inner.directory, 'sub');
    repo.commit();
    repo.write({ 'sub/x.sql': 'changed', 'sub/y.sql': 'new' });
    const { files, trees } = await seen(repo);
    expect(trees.head.get('sub')).toMatchObject({ mode: '160000', oid: inner.git('rev-parse', 'HEAD') });
    expect(files).toMatchObject({ sub: null, 'm/1.sql': 'one' });
    expect(Object.keys(files).filter((path) => path.startsWith('sub/'))).toEqual([]);
    await using within = await openTrees({ repo: join(repo.directory, 'sub'), base: 'main', head: null });
    expect(within.head.entries.map(({ path }) => path)).toEqual(['x.sql', 'y.sql']);
  });

  it('runs no hook, no fsmonitor, and does without an author', async () => {
    const repo = repository(START);
    const touched = join(scratchDirectory(), 'touched');
    const program = join(repo.directory, '.git/program');
    writeFileSync(program, `#!/bin/sh\necho "$0" >> '${touched}'\n`);
    chmodSync(program, 0o755);
    mkdirSync(join(repo.directory, '.git/hooks'), { recursive: true });
    for (const hook of ['post-index-change', 'reference-transaction', 'pre-commit', 'post-checkout']) {
      symlinkSync(program, join(repo.directory, '.git/hooks', hook));
    }
    repo.git('config', 'core.fsmonitor', program);
    repo.git('config', 'user.useConfigOnly', 'true');
    repo.git('config', 'commit.gpgSign', 'true');
    repo.write({ 'm/4.sql': 'new' });
    expect((await seen(repo)).files['m/4.sql']).toBe('new');
    expect(existsSync(touched)).toBe(false);
  });

  it('is read with a split index, and without what the gate itself writes below it', async () => {
    const repo = repository(START);
    repo.git('update-index', '--split-index');
    repo.write({ 'm/4.sql': 'new', 'tmp/keep': '' });
    const before = fingerprint(repo.directory);
    await withTemporary(join(repo.directory, 'tmp'), async () => {
      await using trees = await openTrees({ repo: repo.directory, base: 'main', head: null });
      const paths = trees.head.entries.map(({ path }) => path);
      expect(paths).toEqual([...Object.keys(START), 'm/4.sql', 'tmp/keep'].sort());
    });
    expect(fingerprint(repo.directory)).toEqual(before);
  });

  it('is not redirected by the variables of a hook', async () => {
    const repo = repository(START);
    const other = repository({ other: 'x' });
    process.env.GIT_DIR = join(other.directory, '.git');
    process.env.GIT_INDEX_FILE = join(other.directory, '.git/index');
    process.env.GIT_LITERAL_PATHSPECS = '1';
    try {
      await using trees = await openTrees({ repo: repo.directory, base: 'main', head: null });
      expect(trees.head.entries.map(({ path }) => path)).toEqual(Object.keys(START).sort());
    } finally {
      delete process.env.GIT_DIR;
      delete process.env.GIT_INDEX_FILE;
      delete process.env.GIT_LITERAL_PATHSPECS;
    }
  });

  it('in the middle of a merge has both parents, once its conflicts are resolved', async () => {
    const repo = repository(START);
    repo.git('checkout', '-q', '-b', 'topic');
    repo.commit({ 'm/1.sql': 'topic' });
    repo.git('checkout', '-q', 'main');
    repo.commit({ 'm/1.sql': 'main', 'm/4.sql': 'main' });
    repo.git('checkout', '-q', 'topic');
    expect(() => repo.git('merge', 'main')).toThrow();
    const before = fingerprint(repo.directory);
    await expect(openTrees({ repo: repo.directory, base: 'main', head: null })).rejects.toMatchObject({
      name: 'Undecided',
      reason: 'merge-conflict',
      place: { file: 'm/1.sql' },
      message: expect.stringContaining('`m/1.sql`'),
    });
    expect(fingerprint(repo.directory)).toEqual(before);
    repo.write({ 'm/1.sql': 'resolved' });
    repo.git('add', 'm/1.sql');
    const { files, trees } = await seen(repo);
    expect(files).toMatchObject({ 'm/1.sql': 'resolved', 'm/4.sql': 'main' });
    expect(trees.mergeBase).toBe(trees.base);
  });

  it('of an orphan branch is unrelated to base', async () => {
    const repo = repository(START);
    repo.git('checkout', '-q', '--orphan', 'fresh');
    repo.git('rm', '-rqf', '.');
    repo.write({ 'n.sql': 'n' });
    const { files, trees } = await seen(repo);
    expect(files).toEqual({ 'n.sql': 'n' });
    expect(trees.mergeBase).toBeNull();
    expect(trees.notes.join()).toContain('no common history');
  });

  it.runIf(process.getuid?.() !== 0)('says which file it cannot read', async () => {
    const repo = repository(START);
    repo.write({ 'm/4.sql': 'new' });
    chmodSync(join(repo.directory, 'm/4.sql'), 0o000);
    const opening = openTrees({ repo: repo.directory, base: 'main', head: null });
    await expect(opening).rejects.toThrow(UserError);
    await expect(opening).rejects.toThrow(/m\/4\.sql/);
  });
});

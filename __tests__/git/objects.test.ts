import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openTrees } from '../../src/git/trees.ts';
import { repository, scratchDirectory, type TestRepository } from './repository.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

const open = ({ directory }: TestRepository) => openTrees({ repo: directory, base: 'main', head: 'topic' });

/** A branch that is ahead, and one file's object. */
function made(base: Record<string, string>, head: Record<string, string>): TestRepository {
  const repo = repository(base);
  repo.git('switch', '-q', '-c', 'topic');
  repo.commit(head);
  return repo;
}

function objectFile(repo: TestRepository, name: string): string {
  const oid = repo.git('rev-parse', name);
  return join(repo.directory, '.git/objects', oid.slice(0, 2), oid.slice(2));
}

/**
 * Puts a program before git that notes each process.
 *
 * @param catFile what it does in place of the nth `git cat-file --batch`; `$git` is git itself
 */
function observed(catFile: Record<number, string> = {}) {
  const directory = scratchDirectory();
  const git = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  const log = join(directory, 'log');
  const cases = Object.entries(catFile).map(([nth, does]) => `${nth}) ${does};;`);
  writeFileSync(
    join(directory, 'git'),
    `#!/bin/sh
git='${git}'
echo "$$ $*" >> '${log}'
if [ "$*" = 'cat-file --batch' ]; then
  case $(grep -c 'cat-file --batch$' '${log}') in ${cases.join(' ')} esac
fi
exec "$git" "$@"
`,
    { mode: 0o755 },
  );
  vi.stubEnv('PATH', `${directory}:${process.env.PATH}`);
  return {
    /** Process numbers of the commands that began with these words. */
    of: (words: string) =>
      readFileSync(log, 'utf8')
        .split('\n')
        .flatMap((line) => {
          const [, pid, command = ''] = /^(\d+) (.*)$/.exec(line) ?? [];
          return command.startsWith(words) ? [Number(pid)] : [];
        }),
  };
}

function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const numbered = (count: number, text: (n: number) => string) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`m/${n}.sql`, text(n)]));

const textsOf = (contents: Map<string, Buffer>) =>
  Object.fromEntries([...contents].map(([path, bytes]) => [path, bytes.toString()]));

describe('all trees of a run', () => {
  it('are read by one process: three thousand files, at the same time, each in its place', async () => {
    const before = numbered(3_000, (n) => (n % 7 === 0 ? '' : `file ${n}\n`.repeat(n % 50)));
    const after = { ...before, ...numbered(20, (n) => `edited ${n}`), 'm/new.sql': 'new' };
    const repo = made(before, after);
    const git = observed();
    await using trees = await open(repo);
    const reads = [trees.base, trees.head, trees.base].map((tree) =>
      tree.read(tree.entries.map(({ path }) => path)),
    );
    const single = Object.keys(after).map((path) => trees.head.read([path]));
    const [base = new Map(), head = new Map(), again = new Map()] = await Promise.all(reads);
    expect(textsOf(base)).toEqual(before);
    expect(textsOf(head)).toEqual(after);
    expect(textsOf(again)).toEqual(before);
    for (const one of await Promise.all(single)) {
      for (const [path, text] of Object.entries(textsOf(one))) expect(text).toBe(head.get(path)?.toString());
    }
    expect(git.of('cat-file --batch')).toHaveLength(2);
    expect(git.of('cat-file --batch-check')).toHaveLength(1);
  });

  it('give what they have alike as the same bytes', async () => {
    await using trees = await open(made({ 'm/1.sql': 'one' }, { 'm/2.sql': 'two' }));
    const [base, head] = [await trees.base.read(['m/1.sql']), await trees.head.read(['m/1.sql', 'm/2.sql'])];
    expect(head.get('m/1.sql')).toBe(base.get('m/1.sql'));
    expect(textsOf(head)).toEqual({ 'm/1.sql': 'one', 'm/2.sql': 'two' });
  });

  it('may hold more than is kept, and files of many megabytes', async () => {
    // A line of every length around a pipe's, so that headers and contents are cut at every place.
    const large = numbered(9, (n) => `${'x'.repeat(65_500 + n)}\n`.repeat(n === 0 ? 400 : 60 + n));
    await using trees = await open(made(large, { 'm/10.sql': 'small' }));
    for (const tree of [trees.base, trees.head, trees.base]) {
      const contents = await tree.read(Object.keys(large));
      for (const [path, text] of Object.entries(large)) {
        if (contents.get(path)?.toString('latin1') !== text) throw new Error(`${path} differs`);
      }
    }
  });

  it('leave out what is larger than asked for, read before or not', async () => {
    const repo = made({ 'm/1.sql': 'x'.repeat(100), 'm/2.sql': 'x'.repeat(101) }, { 'm/3.sql': 'three' });
    const git = observed();
    await using trees = await open(repo);
    const paths = ['m/1.sql', 'm/2.sql', 'm/3.sql'];
    const small = async () => [...(await trees.head.read(paths, { largest: 100 })).keys()];
    expect(await small()).toEqual(['m/1.sql', 'm/3.sql']);
    expect((await trees.head.read(paths)).size).toBe(3);
    expect(await small()).toEqual(['m/1.sql', 'm/3.sql']);
    // One for the references, one for sizes.
    expect(git.of('cat-file --batch-check')).toHaveLength(2);
  });

  it('are read too where they were made after the first was', async () => {
    const repo = made({ 'm/1.sql': '1\n2\n3\n' }, { 'm/2.sql': 'two' });
    repo.git('switch', '-q', '-c', 'other', 'main');
    repo.commit({ 'm/1.sql': '1\n2\n3\nother\n', 'm/4.sql': 'four' });
    const git = observed();
    await using trees = await open(repo);
    await trees.head.read(['m/1.sql', 'm/2.sql']);
    const { both } = await trees.beside({ name: 'other', number: null });
    expect(textsOf(await both.read(['m/1.sql', 'm/2.sql', 'm/4.sql']))).toEqual({
      'm/1.sql': '1\n2\n3\nother\n',
      'm/2.sql': 'two',
      'm/4.sql': 'four',
    });
    expect(git.of('cat-file --batch-check').length + 1).toBe(git.of('cat-file --batch').length);
  });
});

describe('an object that the clone lacks', () => {
  it.each([undefined, 1_000])(
    'is told by its file, and others can be read before and after',
    async (largest) => {
      const repo = made(
        numbered(5, (n) => `${n}`),
        { 'm/9.sql': 'nine' },
      );
      rmSync(objectFile(repo, 'topic:m/3.sql'));
      const git = observed();
      await using trees = await open(repo);
      const read = (...paths: string[]) => trees.head.read(paths, largest === undefined ? {} : { largest });
      expect(textsOf(await read('m/1.sql'))).toEqual({ 'm/1.sql': '1' });
      const lacks = { reason: 'base-not-available', place: { file: 'm/3.sql' } };
      const all = [
        expect(read('m/2.sql', 'm/3.sql', 'm/4.sql')).rejects.toMatchObject(lacks),
        expect(read('m/3.sql')).rejects.toMatchObject({
          message: expect.stringMatching(
            /^The clone lacks the contents of m\/3\.sql.*\(git: [0-9a-f]{40} missing\)/,
          ),
        }),
        expect(read('m/9.sql').then(textsOf)).resolves.toEqual({ 'm/9.sql': 'nine' }),
      ];
      await Promise.all(all);
      expect(textsOf(await read('m/4.sql', 'm/0.sql'))).toEqual({ 'm/4.sql': '4', 'm/0.sql': '0' });
      expect(git.of('cat-file --batch').length - git.of('cat-file --batch-check').length).toBe(1);
    },
  );

  it('or has damaged is told by its file too, with what git says of it', async () => {
    const repo = made(
      numbered(5, (n) => `${n}`),
      { 'm/9.sql': 'nine' },
    );
    const damaged = objectFile(repo, 'topic:m/3.sql');
    chmodSync(damaged, 0o644);
    writeFileSync(damaged, 'no object');
    await using trees = await open(repo);
    await trees.head.read(['m/1.sql']);
    await expect(trees.head.read(['m/2.sql', 'm/3.sql'])).rejects.toMatchObject({
      reason: 'base-not-available',
      place: { file: 'm/3.sql' },
      message: expect.stringContaining('lacks the contents of m/3.sql'),
    });
    expect(textsOf(await trees.head.read(['m/9.sql', 'm/2.sql']))).toEqual({
      'm/9.sql': 'nine',
      'm/2.sql': '2',
    });
  });
});

describe('a git that reads', () => {
  const files = numbered(4, (n) => `${n}`);

  it.each([true, false])('and was ended is started again (noticed before: %s)', async (noticed) => {
    const repo = made(files, { 'm/9.sql': 'nine' });
    const git = observed();
    await using trees = await open(repo);
    await trees.head.read(['m/1.sql']);
    const [pid = 0] = git.of('cat-file --batch').slice(-1);
    process.kill(pid, 'SIGKILL');
    if (noticed) await expect.poll(() => runs(pid)).toBe(false);
    const two = Promise.all([trees.base.read(['m/2.sql']), trees.head.read(['m/9.sql'])]);
    expect((await two).map(textsOf)).toEqual([{ 'm/2.sql': '2' }, { 'm/9.sql': 'nine' }]);
  });

  /** Passes on no more than a few parts of what git says. */
  const cutOff = '"$git" "$@" | dd bs=65536 count=20 2>/dev/null; exit 3';
  const large = { ...files, 'm/large.sql': 'x'.repeat(3_000_000) };

  it('and ends in the middle of an answer is asked again', async () => {
    const repo = made(large, { 'm/9.sql': 'nine' });
    observed({ 1: cutOff });
    await using trees = await open(repo);
    await trees.head.read(['m/1.sql']);
    expect(textsOf(await trees.head.read(Object.keys(large)))).toEqual(large);
  });

  it('and ends so again fails what was asked, and nothing that is asked later', async () => {
    const repo = made(large, { 'm/9.sql': 'nine' });
    const git = observed({ 1: cutOff, 2: cutOff });
    await using trees = await open(repo);
    await expect(trees.head.read(['m/large.sql'])).rejects.toThrow('git cat-file failed with exit code 3');
    expect(textsOf(await trees.head.read(['m/large.sql', 'm/9.sql']))).toMatchObject({ 'm/9.sql': 'nine' });
    expect(git.of('cat-file --batch').length - git.of('cat-file --batch-check').length).toBe(3);
  });

  it.each([
    [
      'fails',
      'echo fatal: out of patience >&2; exit 3',
      'git cat-file failed with exit code 3: fatal: out of',
    ],
    ['ends without an answer', 'read oid; exit 0', 'git cat-file failed with exit code 0: (no message)'],
    [
      'tells of something else',
      `read oid; echo ${'b'.repeat(40)} commit 1; echo x; read oid`,
      'and said: bbbb',
    ],
    ['talks in another way', 'read oid; echo "$oid commit many"; read oid', 'commit many'],
  ])('and %s is no answer', async (_, does, message) => {
    const repo = made(files, { 'm/9.sql': 'nine' });
    const git = observed({ 1: does });
    await expect(open(repo)).rejects.toThrow(message);
    expect(git.of('cat-file --batch').length - git.of('cat-file --batch-check').length).toBe(1);
  });
});

it('what a git still says that was ended for its answer is nobody else’s', async () => {
  const repo = made(
    numbered(400, (n) => `${n}`.repeat(1_000)),
    { 'm/new.sql': 'new' },
  );
  const wrong = join(scratchDirectory(), 'wrong');
  writeFileSync(wrong, `${'b'.repeat(40)} blob 1\n${'x'.repeat(180_000)}`);
  observed({ 1: `read oid; echo "$oid" | "$git" "$@"; read oid; cat '${wrong}'; sleep 600` });
  await using trees = await open(repo);
  const failing = expect(trees.head.read(['m/new.sql'])).rejects.toThrow('and said: bbbb');
  const paths = trees.base.entries.map(({ path }) => path);
  const contents = await trees.base.read(paths);
  await failing;
  for (const [n] of paths.entries()) {
    expect(contents.get(`m/${n}.sql`)?.toString()).toBe(`${n}`.repeat(1_000));
  }
});

describe('the trees that are closed', () => {
  it('have ended git before their directory goes', async () => {
    const repo = made({ 'm/1.sql': 'one' }, { 'm/2.sql': 'two' });
    const git = observed();
    const temporary = scratchDirectory();
    vi.stubEnv('TMPDIR', temporary);
    const trees = await open(repo);
    await trees.head.read(['m/1.sql'], { largest: 10 });
    const pids = git.of('cat-file --batch').slice(-2);
    expect(pids.map(runs)).toEqual([true, true]);
    await trees[Symbol.asyncDispose]();
    expect(pids.map(runs)).toEqual([false, false]);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('fail what is still read, and start nothing for it', async () => {
    const repo = made({ 'm/1.sql': 'one' }, { 'm/2.sql': 'two' });
    const git = observed({ 1: 'read oid; echo "$oid" | "$git" "$@"; sleep 600' });
    const trees = await open(repo);
    const pids = git.of('cat-file --batch');
    const left = trees.head.read(['m/1.sql', 'm/2.sql']).catch((error: unknown) => error);
    await trees[Symbol.asyncDispose]();
    expect(String(await left)).toMatch(/git cat-file failed with exit code -1: ended by SIGKILL/);
    expect(git.of('cat-file --batch')).toEqual(pids);
  });

  it('or are not do not keep the program alive', async () => {
    const repo = made({ 'm/1.sql': 'one' }, { 'm/2.sql': 'two' });
    const temporary = scratchDirectory();
    const script = join(scratchDirectory(), 'read.mjs');
    const source = JSON.stringify(new URL('../../src/git/trees.ts', import.meta.url).href);
    writeFileSync(
      script,
      `import { openTrees } from ${source};
      const trees = await openTrees({ repo: ${JSON.stringify(repo.directory)}, base: 'main', head: 'topic' });
      const contents = await trees.head.read(['m/1.sql', 'm/2.sql'], { largest: 10 });
      console.log([...contents.values()].join(' '));`,
    );
    const { stdout } = await promisify(execFile)(process.execPath, ['--no-warnings', script], {
      env: { ...process.env, TMPDIR: temporary },
    });
    expect(stdout).toBe('one two\n');
    expect(readdirSync(temporary)).toEqual([]);
  });
});

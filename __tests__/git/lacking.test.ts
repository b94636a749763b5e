import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Undecided } from '../../src/errors.ts';
import { openTrees } from '../../src/git/trees.ts';
import { clone, repository, type TestRepository } from './repository.ts';

/** A repository whose branch adds a file, and what the name of an object gives. */
function made() {
  const repo = repository({ 'm/1.sql': 'one', 'src/a.ts': 'a' });
  repo.git('switch', '-q', '-c', 'topic');
  repo.commit({ 'm/2.sql': 'two' });
  return repo;
}

const objectFile = (repo: TestRepository, name: string): string => {
  const oid = repo.git('rev-parse', name);
  return join(repo.directory, '.git/objects', oid.slice(0, 2), oid.slice(2));
};

/** Opens base and head and reads all files of head, as far as they go. */
async function readAll(repo: TestRepository, options: { readonly largest?: number } = {}): Promise<unknown> {
  try {
    await using trees = await openTrees({ repo: repo.directory, base: 'main', head: 'topic' });
    await trees.head.read(
      trees.head.entries.map(({ path }) => path),
      options,
    );
    return null;
  } catch (error) {
    return error;
  }
}

describe('a clone that lacks an object makes it undecided', () => {
  it.each([
    ['contents of a file', 'topic:m/2.sql', 'm/2.sql'],
    ['a directory', 'topic:m', undefined],
    ['the root directory', 'topic^{tree}', undefined],
  ])('%s is missing', async (_, name, file) => {
    const repo = made();
    rmSync(objectFile(repo, name));
    const error = await readAll(repo);
    expect(error).toBeInstanceOf(Undecided);
    expect(error).toMatchObject({
      reason: 'base-not-available',
      message: expect.stringContaining(file === undefined ? 'git' : `lacks the contents of ${file}`),
    });
    expect((error as Undecided).place).toEqual(file === undefined ? undefined : { file });
  });

  it('also where only small files are read', async () => {
    const repo = made();
    rmSync(objectFile(repo, 'topic:m/2.sql'));
    expect(await readAll(repo, { largest: 1_000 })).toMatchObject({ place: { file: 'm/2.sql' } });
  });

  it('contents of a file are damaged', async () => {
    const repo = made();
    const path = objectFile(repo, 'topic:m/2.sql');
    chmodSync(path, 0o644);
    writeFileSync(path, 'no object');
    expect(await readAll(repo)).toMatchObject({
      reason: 'base-not-available',
      message: expect.stringContaining('git fsck'),
    });
  });

  it('a partial clone cannot reach its remote', async () => {
    const repo = made();
    repo.git('config', 'uploadpack.allowFilter', 'true');
    const job = clone(repo, '--filter=blob:none', '--no-checkout');
    job.git('branch', '-q', 'main', 'origin/main');
    rmSync(repo.directory, { recursive: true });
    const error = await readAll(job);
    expect(error).toBeInstanceOf(Undecided);
    expect(error).toMatchObject({ reason: 'base-not-available' });
  });
});

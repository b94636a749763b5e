import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTrees } from '../../src/git/trees.ts';
import { repository } from './repository.ts';

const open = (repo: string, head: string | null = 'HEAD') => openTrees({ repo, base: 'main', head });

describe('a tree', () => {
  it('keeps odd names, in the order of their bytes', async () => {
    const names = [
      '-rf',
      '--upload-pack=x',
      ':(top)x',
      '"quoted".sql',
      "it's.sql",
      'a b\tc.sql',
      'line\nfeed.sql',
      'back\\slash.sql',
      'd.sql',
      'd/1.sql',
      'd0.sql',
      'é.sql',
      'ﬀ.sql',
      '𝒳.sql',
      '%s$(touch x);.sql',
      '\uFFFD.sql',
      'HEAD',
    ];
    const repo = repository(Object.fromEntries(names.map((name) => [name, `of ${name}`])));
    for (const head of ['HEAD', null]) {
      await using trees = await open(repo.directory, head);
      const sorted = [...names].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
      expect(trees.head.entries.map(({ path }) => path)).toEqual(sorted);
      const contents = await trees.head.read(names);
      for (const name of names) expect(contents.get(name)?.toString()).toBe(`of ${name}`);
    }
  });

  it('keeps names apart that are no UTF-8', async () => {
    const repo = repository();
    mkdirSync(join(repo.directory, 'd'));
    for (const byte of [0xff, 0xfe]) {
      const name = Buffer.concat([
        Buffer.from(`${repo.directory}/d/x`),
        Buffer.from([byte]),
        Buffer.from('.sql'),
      ]);
      writeFileSync(name, `${byte}`);
    }
    repo.commit();
    await using trees = await open(repo.directory, null);
    const names = trees.head.entries.map(({ path }) => path);
    expect(names).toEqual(['d/x\\xfe.sql', 'd/x\\xff.sql']);
    const contents = await trees.head.read(names);
    expect([...contents.values()].map(String)).toEqual(['254', '255']);
    expect(trees.head.under('d')).toHaveLength(2);
  });

  it('gives what is below a directory, not beside it', async () => {
    const repo = repository({ 'a/b/1': '', 'a/b/c/2': '', 'a/b.sql': '', 'a/bc/3': '', 'a/b-/4': '', z: '' });
    await using trees = await open(repo.directory);
    const under = (directory: string) => trees.head.under(directory).map(({ path }) => path);
    expect(under('a/b')).toEqual(['a/b/1', 'a/b/c/2']);
    expect(under('a/b/')).toEqual(['a/b/1', 'a/b/c/2']);
    expect(under('a/b/c')).toEqual(['a/b/c/2']);
    expect(under('a/b/1')).toEqual([]);
    expect(under('gone')).toEqual([]);
    expect(under('__proto__')).toEqual([]);
    expect(under('')).toHaveLength(6);
    expect(under('.')).toHaveLength(6);
    expect(trees.head.get('z')).toEqual({ path: 'z', mode: '100644', oid: repo.git('rev-parse', 'HEAD:z') });
    expect(trees.head.get('a')).toBeUndefined();
    expect(trees.head.get('constructor')).toBeUndefined();
  });

  it('reads bytes: empty, binary, without a line feed, twice the same, links, modes', async () => {
    const repo = repository();
    const binary = Buffer.from([0, 10, 13, 10, 255, 0, 10]);
    writeFileSync(join(repo.directory, 'binary'), binary);
    writeFileSync(join(repo.directory, 'program'), 'same\n', { mode: 0o755 });
    repo.write({ empty: '', crlf: 'a\r\nb', same: 'same\n', header: `${'a'.repeat(40)} blob 3\nabc` });
    symlinkSync('../../etc/passwd', join(repo.directory, 'link'));
    repo.commit();
    await using trees = await open(repo.directory);
    const paths = trees.head.entries.map(({ path }) => path);
    const contents = await trees.head.read([...paths, 'gone', 'same']);
    expect([...contents.keys()]).toEqual(paths);
    expect(contents.get('binary')).toEqual(binary);
    expect(contents.get('empty')).toEqual(Buffer.alloc(0));
    expect(contents.get('crlf')?.toString()).toBe('a\r\nb');
    expect(contents.get('program')).toEqual(contents.get('same'));
    expect(contents.get('link')?.toString()).toBe('../../etc/passwd');
    expect(trees.head.get('link')?.mode).toBe('120000');
    expect(trees.head.get('program')?.mode).toBe('100755');
    expect(await trees.head.read([])).toEqual(new Map());
    expect(await trees.head.read(['gone'])).toEqual(new Map());
  });

  it('of ten thousand files and forty megabytes is read whole', async () => {
    const repo = repository();
    const size = (n: number) => (n % 1000 === 0 ? 4_000_000 : 10 + (n % 97));
    const blob = (n: number) => Buffer.alloc(size(n), `${n}\n`);
    const parts: (string | Buffer)[] = ['commit refs/heads/main\ncommitter A <a@b> 0 +0000\ndata 0\n'];
    for (let n = 0; n < 10_000; n++) {
      parts.push(`M 100644 inline d${n % 50}/e/${n}.sql\ndata ${size(n)}\n`, blob(n), '\n');
    }
    execFileSync('git', ['fast-import', '--quiet'], {
      cwd: repo.directory,
      input: Buffer.concat(parts.map((part) => Buffer.from(part))),
    });
    await using trees = await open(repo.directory);
    expect(trees.head.entries).toHaveLength(10_000);
    expect(trees.head.under('d7')).toHaveLength(200);
    const contents = await trees.head.read(trees.head.entries.map(({ path }) => path));
    expect(contents.size).toBe(10_000);
    for (let n = 0; n < 10_000; n++) {
      if (contents.get(`d${n % 50}/e/${n}.sql`)?.equals(blob(n)) !== true)
        throw new Error(`file ${n} differs`);
    }
  });
});

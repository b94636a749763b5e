import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { byCommand, byLibrary, digestOf } from '../../src/shadow/archive.ts';
import { openDirectory } from './process-of-its-own.ts';

/** A directory `data` with some files, and a place to put an archive of it. */
function made(): { data: string; archive: string; elsewhere: string } {
  const directory = openDirectory();
  const data = join(directory, 'data');
  mkdirSync(join(data, 'base', '1'), { recursive: true });
  writeFileSync(join(data, 'PG_VERSION'), '17\n');
  writeFileSync(join(data, 'base', '1', '1259'), Buffer.alloc(8192, 7));
  chmodSync(join(data, 'PG_VERSION'), 0o600);
  chmodSync(data, 0o700);
  const elsewhere = join(directory, 'elsewhere');
  mkdirSync(elsewhere);
  return { data, archive: join(directory, 'data.tar'), elsewhere };
}

describe.each([
  ['the command', byCommand, byCommand],
  ['the library', byLibrary, byLibrary],
  ['the library, unpacked by the command', byLibrary, byCommand],
])('a directory as one file, by %s', (_name, packer, unpacker) => {
  it('comes out as it went in, modes and all', async () => {
    const { data, archive, elsewhere } = made();
    expect(await packer.pack(data, archive)).toBe(true);
    const copy = join(elsewhere, 'data');
    expect(await unpacker.unpack(archive, copy)).toBe(true);
    expect(readFileSync(join(copy, 'PG_VERSION'), 'utf8')).toBe('17\n');
    expect(readFileSync(join(copy, 'base', '1', '1259'))).toEqual(Buffer.alloc(8192, 7));
    expect(statSync(copy).mode & 0o777).toBe(0o700);
    expect(statSync(join(copy, 'PG_VERSION')).mode & 0o777).toBe(0o600);
  });

  it('brings nothing but the one directory', async () => {
    const { data, archive, elsewhere } = made();
    await packer.pack(data, archive);
    await unpacker.unpack(archive, join(elsewhere, 'owner.json'));
    expect(readdirSync(elsewhere)).toEqual([]);
  });
});

it('a digest tells a file that was cut short', async () => {
  const { data, archive } = made();
  await byCommand.pack(data, archive);
  const digest = await digestOf(archive);
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  truncateSync(archive, 2000);
  expect(await digestOf(archive)).not.toBe(digest);
});

it.each([
  ['the command', byCommand],
  ['the library', byLibrary],
])('what cannot be packed or unpacked is no failure of the run, by %s', async (_name, archiver) => {
  const { data, archive, elsewhere } = made();
  const copy = join(elsewhere, 'data');
  expect(await archiver.unpack(archive, copy)).toBe(false);
  writeFileSync(archive, 'no archive at all'.repeat(100));
  expect(await archiver.unpack(archive, copy)).toBe(false);
  await byCommand.pack(data, archive);
  truncateSync(archive, statSync(archive).size - 12_000);
  expect(await archiver.unpack(archive, copy)).toBe(false);
  expect(await archiver.pack(data, join(elsewhere, 'nowhere', 'data.tar'))).toBe(false);
});

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fileInZip } from '../../src/github/unzip.ts';
import { zip } from './zip.ts';

const isJson = (name: string): boolean => name.endsWith('.json');
const LIMIT = 1_000;

test('the first file that is wanted is unpacked', () => {
  const archive = zip({ 'a.txt': 'no', 'out/report.json': '{"a":1}', 'b.json': '{}' });
  expect(fileInZip(archive, isJson, LIMIT)?.toString()).toBe('{"a":1}');
  expect(fileInZip(zip({ 'a.txt': 'no' }), isJson, LIMIT)).toBeNull();
  expect(fileInZip(zip({}), isJson, LIMIT)).toBeNull();
});

test.each([
  ['deflated', 'ZIP_DEFLATED'],
  ['stored', 'ZIP_STORED'],
])("another program's archive is read, %s", (_how, method) => {
  const folder = mkdtempSync(join(tmpdir(), 'gate-zip-'));
  try {
    const script = `import zipfile\nwith zipfile.ZipFile('x.zip', 'w', zipfile.${method}) as z:\n  z.writestr('r.json', '{"b":2}')\n  z.comment = b'PK and more'`;
    writeFileSync(join(folder, 'make.py'), script);
    execFileSync('python3', ['make.py'], { cwd: folder });
    expect(fileInZip(readFileSync(join(folder, 'x.zip')), isJson, LIMIT)?.toString()).toBe('{"b":2}');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const good = zip({ 'r.json': '{"a":1}' });
test.each([
  ['no archive', Buffer.from('{"a":1}'), /no zip archive/],
  ['nothing', Buffer.alloc(0), /no zip archive/],
  ['one that says that it is too large', zip({ 'r.json': 'x'.repeat(LIMIT + 1) }), /larger than 1000 bytes/],
  [
    'a bomb that says that it is small',
    zip({ 'r.json': Buffer.alloc(5_000_000) }, 10),
    /larger than|buffer/i,
  ],
  ['one whose file is cut off', Buffer.concat([good.subarray(0, 36), good.subarray(40)]), /damaged|cut off/],
  ['one whose end is cut off', good.subarray(0, good.length - 4), /no zip archive|cut off/],
])('%s is refused', (_what, bytes, words) => {
  expect(() => fileInZip(bytes, isJson, LIMIT)).toThrow(words);
});

test('no damage makes it read beyond the archive or hang', () => {
  for (let at = 0; at < good.length; at++) {
    for (const value of [0, 0x7f, 0xff]) {
      const damaged = Buffer.from(good);
      damaged[at] = value;
      try {
        const found = fileInZip(damaged, isJson, LIMIT);
        if (found !== null) expect(found.length).toBeLessThanOrEqual(LIMIT);
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
      }
    }
  }
});

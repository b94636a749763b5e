import { createHash } from 'node:crypto';
import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setImmediate as otherWork } from 'node:timers/promises';

const BUFFER_BYTES = 1024 * 1024;
/** So many small files take a few milliseconds. */
const FILES_AT_ONCE = 200;

/**
 * A digest of all names and contents below a directory: what a disk or somebody else changed shows. Thousands of small
 * files are read faster one after another than by promises.
 */
export async function digestOf(root: string): Promise<string> {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(BUFFER_BYTES);
  for (const [index, file] of filesBelow(root).sort().entries()) {
    hash.update(`${relative(root, file)}\0`);
    const descriptor = openSync(file, 'r');
    try {
      let bytes = 0;
      for (let read = -1; read !== 0; bytes += read) {
        read = readSync(descriptor, buffer);
        hash.update(buffer.subarray(0, read));
      }
      hash.update(`\0${bytes}\0`);
    } finally {
      closeSync(descriptor);
    }
    if (index % FILES_AT_ONCE === 0) await otherWork();
  }
  return hash.digest('hex');
}

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    return entry.isDirectory() ? filesBelow(path) : entry.isFile() ? [path] : [];
  });
}

import { createHash } from 'node:crypto';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Binaries } from './binaries.ts';
import { isCode, isOwn } from './cache.ts';
import { stage } from './cache-entry.ts';
import { seedPath } from './template.ts';

/** What was worked out of kept databases lies beside them, and goes with them wherever they go. */
export interface Notes {
  /** @returns null when there is none under this name, or it is damaged */
  read(key: string, name: string): Promise<string | null>;
  /** Keeps a text beside the database of this key, in place of the one that another program has left; where there is no such database, nothing. */
  write(key: string, name: string, text: string): Promise<void>;
}

/** @param name of letters, digits and hyphens */
const fileOf = (name: string): string => `${name}.note`;

/** Those of a cache. A note begins with the digest of the rest. */
export const notesOf = (cache: string, binaries: Binaries): Notes => ({
  async read(key, name) {
    try {
      const content = await readFile(join(seedPath(cache, binaries, key), fileOf(name)));
      const end = content.indexOf(10);
      const text = content.subarray(end + 1);
      return content.toString('latin1', 0, end) === digestOf(text) ? text.toString('utf8') : null;
    } catch (error) {
      if (isCode(error, 'ENOENT', 'ENOTDIR')) return null;
      throw error;
    }
  },
  async write(key, name, text) {
    const entry = seedPath(cache, binaries, key);
    if (!(await isOwn(entry))) return;
    const staged = await stage(join(entry, '..'));
    try {
      await writeFile(staged.entry, `${digestOf(text)}\n${text}`, { mode: 0o600 });
      for (const file of await readdir(entry)) if (file.endsWith('.note')) await rm(join(entry, file));
      await rename(staged.entry, join(entry, fileOf(name)));
    } catch (error) {
      // A full disk, or another run that removes the entry: the next one works it out again.
      if (!isCode(error, 'ENOSPC', 'EDQUOT', 'ENOENT', 'EACCES', 'EPERM', 'EROFS', 'EBUSY')) throw error;
    } finally {
      await staged.remove();
    }
  },
});

const digestOf = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');

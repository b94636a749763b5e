import { createHash } from 'node:crypto';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Binaries } from './binaries.ts';
import { isCode } from './cache.ts';
import { ifPossible, stage } from './cache-entry.ts';
import { keptIn, seedPath } from './template.ts';

/**
 * What was worked out of kept databases lies beside them, and goes with them wherever they go. Two runs may build the same
 * state at once, with other numbers of objects inside: a note says of which files it is.
 */
export interface Notes {
  /** @returns null when there is none under this name, or it is damaged */
  read(key: string, name: string): Promise<Note | null>;
  /** Keeps a note beside the database of this key, in place of the one that another program has left; where there is no such database, nothing. */
  write(key: string, name: string, note: Note): Promise<void>;
}

export interface Note {
  /** `Shadow.kept` of the database that it is about. */
  readonly of: string;
  readonly text: string;
}

/** @param name of letters, digits and hyphens */
const fileOf = (name: string): string => `${name}.note`;

/** Those of a cache. A note's first line has the digest of the rest and that of the database's files. */
export const notesOf = (cache: string, binaries: Binaries): Notes => ({
  async read(key, name) {
    try {
      const content = await readFile(join(seedPath(cache, binaries, key), fileOf(name)));
      const end = content.indexOf(10);
      const [digest, of = ''] = content.toString('latin1', 0, end).split(' ');
      const text = content.subarray(end + 1);
      return digest === digestOf(text) ? { of, text: text.toString('utf8') } : null;
    } catch (error) {
      if (isCode(error, 'ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES')) return null;
      throw error;
    }
  },
  async write(key, name, { of, text }) {
    const entry = seedPath(cache, binaries, key);
    if ((await keptIn(entry)) !== of) return;
    // Where it cannot be kept the next run works it out again.
    await ifPossible(async () => {
      const staged = await stage(dirname(entry));
      try {
        await writeFile(staged.entry, `${digestOf(text)} ${of}\n${text}`, { mode: 0o600 });
        for (const file of await readdir(entry))
          if (file.endsWith('.note')) await rm(join(entry, file), { recursive: true, force: true });
        await rename(staged.entry, join(entry, fileOf(name)));
      } finally {
        await staged.remove();
      }
    });
  },
});

const digestOf = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');

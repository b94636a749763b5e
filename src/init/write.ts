import { lstat, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { UserError } from '../errors.ts';

/** A file that `init` would write, and what became of it. */
export interface Outcome {
  readonly file: string;
  /** `same`: it is there already, word for word. `left`: another one is there, and stays as it is. */
  readonly did: 'wrote' | 'same' | 'left';
  /** From what is there to what would be written; '' where nothing is left. */
  readonly difference: string;
}

/**
 * Writes a file that is not there; one that is stays untouched, whatever it holds.
 *
 * @param top absolute path of the repository's top
 * @param file where it belongs, from there
 * @param existing another file that already does its work; null: none
 * @throws UserError where a link or a file stands in the way
 */
export async function writeNew(
  top: string,
  file: string,
  text: string,
  existing: string | null = null,
): Promise<Outcome> {
  await refuseLinks(top, file);
  const there = existing ?? file;
  const before = await readFile(join(top, there), 'utf8').catch(whenMissing);
  if (before !== null) {
    if (before === text) return { file: there, did: 'same', difference: '' };
    const difference = createTwoFilesPatch(there, `${file} (by init)`, before, text, '', '', { context: 2 });
    return { file: there, did: 'left', difference: difference.replace(/^=+\n/, '') };
  }
  await mkdir(join(top, file, '..'), { recursive: true });
  // `wx` creates or fails: nothing is written over, and no link is followed.
  await writeFile(join(top, file), text, { flag: 'wx' });
  return { file, did: 'wrote', difference: '' };
}

/** A link in the way would lead out of the repository. */
async function refuseLinks(top: string, file: string): Promise<void> {
  const parts = file.split('/');
  for (let length = 1; length <= parts.length; length += 1) {
    const path = parts.slice(0, length).join('/');
    const found = await lstat(join(top, path)).catch(whenMissing);
    if (found === null) return;
    const fits = length === parts.length ? found.isFile() : found.isDirectory();
    if (!fits)
      throw new UserError(
        `${path} is in the way of ${file}: links are not followed, and nothing is replaced.`,
      );
  }
}

function whenMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}

import type { Tree, TreeEntry } from '../git/tree.ts';
import { refuseLink } from './reading/decode.ts';
import { basename, byDirectory, treePath } from './reading/directories.ts';
import type { Migration } from './tool.ts';
import { wayBackIn } from './way-back.ts';

/** What a file's name says of the migration in it. */
export type Named = Pick<Migration, 'version' | 'name' | 'identity'> &
  Partial<Pick<Migration, 'transaction'>>;

/**
 * The files of a directory that are migrations written as programs, read as text and never run.
 *
 * @param named null for a file that is none
 * @param below directories below it too
 */
export async function programMigrations(
  tree: Tree,
  path: string,
  named: (file: string, text: string) => Named | null,
  options: { readonly files: RegExp; readonly below?: boolean },
): Promise<Migration[]> {
  const directory = treePath(path);
  const all = tree.under(directory);
  const here = options.below === true ? all : (byDirectory(all).get(directory) ?? []);
  const taken = here.filter((entry) => options.files.test(basename(entry.path)));
  for (const entry of taken) refuseLink(entry);
  const contents = await tree.read(taken.map((entry) => entry.path));
  return taken.flatMap(({ path: file }: TreeEntry) => {
    const bytes = contents.get(file) ?? Buffer.alloc(0);
    const name = named(file, bytes.toString('utf8'));
    return name === null ? [] : [programMigration(file, bytes, name)];
  });
}

/** One migration that only its tool can run. */
export function programMigration(file: string, bytes: Buffer, named: Named): Migration {
  const { transaction = 'single' } = named;
  const down = wayBackIn(file, bytes.toString('utf8'), transaction);
  return { ...named, transaction, file, bytes, sql: '', program: true, down };
}

/** Bytewise, as most tools sort names. */
export const byText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

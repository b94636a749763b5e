import { createHash } from 'node:crypto';
import type { Tree, TreeEntry } from '../../src/git/tree.ts';

/** A file's text, its bytes, or a symbolic link or submodule. */
export type Content = string | Buffer | { readonly link: string } | { readonly submodule: string };

/** A tree made of these files: what git would hold, without a repository. */
export function treeOf(files: Readonly<Record<string, Content>>, ref = 'head'): Tree {
  const contents = new Map<string, Buffer>();
  const entries = Object.entries(files)
    .map(([path, content]): TreeEntry => {
      const submodule = typeof content === 'object' && 'submodule' in content;
      const link = typeof content === 'object' && 'link' in content;
      const bytes = link
        ? Buffer.from(content.link)
        : submodule
          ? Buffer.from(content.submodule)
          : Buffer.from(content as string);
      if (!submodule) contents.set(path, bytes);
      return {
        path,
        mode: submodule ? '160000' : link ? '120000' : '100644',
        oid: createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex'),
      };
    })
    .sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  return {
    ref,
    sha: null,
    entries,
    get: (path) => byPath.get(path),
    under: (directory) =>
      directory === '' ? entries : entries.filter(({ path }) => path.startsWith(`${directory}/`)),
    read: async (paths) =>
      new Map(
        paths.flatMap((path) => {
          const bytes = contents.get(path);
          return bytes === undefined ? [] : [[path, bytes] as const];
        }),
      ),
  };
}

/** Files of one directory: `{ '1_a.sql': … }` below `db/migrations`. */
export const inDirectory = (directory: string, files: Readonly<Record<string, Content>>) =>
  Object.fromEntries(Object.entries(files).map(([name, content]) => [`${directory}/${name}`, content]));

import { git } from './command.ts';
import type { Objects } from './objects.ts';
import type { Tree, TreeEntry } from './tree.ts';

const SUBMODULE = '160000';

/** Lists a commit's files. `sha` is what the report shows, null for a working tree. */
export async function readTree(
  objects: Objects,
  commit: string,
  name: { ref: string; sha: string | null },
): Promise<Tree> {
  const listed = await git(objects.place, ['ls-tree', '-r', '-z', '--full-tree', commit]);
  const entries = parseEntries(listed);
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  let directories: Map<string, Range> | undefined;
  return {
    ...name,
    entries,
    get: (path) => byPath.get(path),
    under: (directory) => {
      const clean = directory.replace(/\/+$/, '');
      if (clean === '' || clean === '.') return entries;
      directories ??= rangesOf(entries);
      const range = directories.get(clean);
      return range === undefined ? [] : entries.slice(range.from, range.to);
    },
    read: async (paths, { largest = Number.POSITIVE_INFINITY } = {}) => {
      const wanted = paths.map((path) => byPath.get(path)).filter((entry) => entry !== undefined);
      // A submodule's entry names a commit of another repository.
      const files = wanted.filter((entry) => entry.mode !== SUBMODULE);
      const blobs = await objects.blobs(new Set(files.map(({ oid }) => oid)), {
        largest,
        fileOf: (told) => files.find(({ oid }) => told(oid))?.path,
      });
      const contents = new Map<string, Buffer>();
      for (const { path, oid } of files) {
        const blob = blobs.get(oid);
        if (blob !== undefined) contents.set(path, blob);
      }
      return contents;
    },
  };
}

/** Lines of `ls-tree -z`: `mode type oid TAB path NUL`. Git sorts them by the bytes of the whole path. */
function parseEntries(output: Buffer): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(0, at);
    const tab = output.indexOf(9, at);
    const [mode = '', , oid = ''] = output.toString('latin1', at, tab).split(' ');
    entries.push({ path: pathIn(output, tab + 1, end), mode, oid });
    at = end + 1;
  }
  return entries;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A path is bytes. What is no UTF-8 is shown as \xNN, so that two such names stay two. */
function pathIn(output: Buffer, from: number, to: number): string {
  const path = output.toString('utf8', from, to);
  // Without what stands for wrong bytes (or for itself) it is right.
  if (!path.includes('\uFFFD')) return path;
  const bytes = output.subarray(from, to);
  try {
    return utf8.decode(bytes);
  } catch {
    return Array.from(bytes, (byte) =>
      byte < 0x80 ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`,
    ).join('');
  }
}

interface Range {
  readonly from: number;
  to: number;
}

/** Where each directory's entries lie: in this order they lie side by side. */
function rangesOf(entries: readonly TreeEntry[]): Map<string, Range> {
  const ranges = new Map<string, Range>();
  entries.forEach(({ path }, index) => {
    for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      const directory = path.slice(0, slash);
      const range = ranges.get(directory);
      if (range === undefined) ranges.set(directory, { from: index, to: index + 1 });
      else range.to = index + 1;
    }
  });
  return ranges;
}

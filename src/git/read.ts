import { type GitPlace, git, gitFailed, lacking, streamGit } from './command.ts';
import type { Tree, TreeEntry } from './tree.ts';

const SUBMODULE = '160000';

/** Lists a commit's files. `sha` is what the report shows, null for a working tree. */
export async function readTree(
  place: GitPlace,
  commit: string,
  name: { ref: string; sha: string | null },
): Promise<Tree> {
  const entries = parseEntries(await git(place, ['ls-tree', '-r', '-z', '--full-tree', commit]));
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
    read: async (paths, { largest } = {}) => {
      const wanted = paths.map((path) => byPath.get(path)).filter((entry) => entry !== undefined);
      // A submodule's entry names a commit of another repository.
      const files = wanted.filter((entry) => entry.mode !== SUBMODULE);
      const named = new Set(files.map((entry) => entry.oid));
      const pathOf = (told: (oid: string) => boolean) => files.find(({ oid }) => told(oid))?.path;
      const small = largest === undefined ? named : await upTo(place, named, largest);
      const blobs = await readBlobs(place, small, pathOf);
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
    entries.push({ path: decodePath(output.subarray(tab + 1, end)), mode, oid });
    at = end + 1;
  }
  return entries;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A path is bytes. What is no UTF-8 is shown as \xNN, so that two such names stay two. */
function decodePath(bytes: Buffer): string {
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

/** Those that have at most so many bytes, and those that are not there: reading them tells. */
async function upTo(place: GitPlace, oids: ReadonlySet<string>, bytes: number): Promise<Set<string>> {
  if (oids.size === 0) return new Set();
  const input = `${[...oids].join('\n')}\n`;
  const args = ['cat-file', '--batch-check=%(objectname) %(objectsize)', '--buffer'];
  const lines = (await git(place, args, { input })).toString('latin1').split('\n');
  return new Set(
    lines.flatMap((line) => {
      const [oid = '', size = ''] = line.split(' ');
      return oids.has(oid) && (size === 'missing' || Number(size) <= bytes) ? [oid] : [];
    }),
  );
}

/**
 * Contents of blobs, by one `git cat-file --batch`.
 *
 * @param pathOf a path of one of the blobs, for messages
 * @throws Undecided('base-not-available') where the clone lacks one
 */
async function readBlobs(
  place: GitPlace,
  oids: ReadonlySet<string>,
  pathOf: (told: (oid: string) => boolean) => string | undefined,
): Promise<Map<string, Buffer>> {
  const blobs = new Map<string, Buffer>();
  if (oids.size === 0) return blobs;
  const args = ['cat-file', '--batch', '--buffer'];
  const missing = new Set<string>();
  const parser = batchParser(blobs, missing);
  const input = `${[...oids].join('\n')}\n`;
  const { code, stderr } = await streamGit(place, args, { input, onData: parser });
  const placeOf = (told: (oid: string) => boolean) => {
    const file = pathOf(told);
    return file === undefined ? undefined : { file };
  };
  if (code !== 0) {
    throw gitFailed(
      args,
      { code, stdout: Buffer.alloc(0), stderr },
      placeOf((oid) => stderr.includes(oid)),
    );
  }
  const [first] = missing;
  if (first !== undefined) throw lacking(`${first} missing`, { place: placeOf((oid) => missing.has(oid)) });
  if (blobs.size !== oids.size) throw new Error(`git cat-file gave ${blobs.size} of ${oids.size} blobs`);
  return blobs;
}

/** Takes `oid SP type SP size LF contents LF` (or `oid SP missing LF`) apart as it comes in, each blob into a buffer of its size. */
function batchParser(blobs: Map<string, Buffer>, missing: Set<string>): (chunk: Buffer) => void {
  let header = '';
  let current: { oid: string; contents: Buffer; filled: number } | null = null;
  return (chunk) => {
    for (let at = 0; at < chunk.length; ) {
      if (current === null) {
        const end = chunk.indexOf(10, at);
        header += chunk.toString('latin1', at, end < 0 ? chunk.length : end);
        if (end < 0) return;
        at = end + 1;
        const [oid = '', type, size] = header.split(' ');
        header = '';
        if (type === 'missing') {
          missing.add(oid);
          continue;
        }
        if (type !== 'blob') throw new Error(`git cat-file --batch said: ${oid} ${type}`);
        current = { oid, contents: Buffer.allocUnsafe(Number(size)), filled: 0 };
      } else if (current.filled < current.contents.length) {
        const copied = chunk.copy(current.contents, current.filled, at);
        current.filled += copied;
        at += copied;
      } else {
        // The line feed after the contents.
        at += 1;
        blobs.set(current.oid, current.contents);
        current = null;
      }
    }
  };
}

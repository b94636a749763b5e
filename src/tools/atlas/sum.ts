import { createHash } from 'node:crypto';

export interface AtlasFile {
  /** Without the directory. */
  readonly name: string;
  readonly bytes: Buffer;
}

interface SumEntry {
  readonly name: string;
  readonly hash: string;
}

/** What atlas.sum and the directory disagree about. */
export interface SumMismatch {
  readonly message: 'checksum mismatch' | 'checksum file format invalid';
  /** The first file that is not as the sum says; null where the sum disagrees with itself. */
  readonly file: string | null;
  readonly reason: 'added' | 'edited' | 'removed' | null;
}

/** Hashes of the files in their order: each is one over all names and contents so far. */
export function atlasHashes(files: readonly AtlasFile[]): SumEntry[] {
  const running = createHash('sha256');
  return files.flatMap(({ name, bytes }) => {
    running.update(name);
    if (/^[ -~]*atlas:sum +ignore$/.test(bytes.toString('latin1').split('\n', 1)[0] ?? '')) return [];
    running.update(bytes);
    return [{ name, hash: running.copy().digest('base64') }];
  });
}

/** The text of atlas.sum for these files. */
export const atlasSum = (files: readonly AtlasFile[]): string => {
  const entries = atlasHashes(files);
  return `h1:${total(entries)}\n${entries.map(({ name, hash }) => `${name} h1:${hash}\n`).join('')}`;
};

function total(entries: readonly SumEntry[]): string {
  const hash = createHash('sha256');
  for (const entry of entries) hash.update(entry.name).update(entry.hash);
  return hash.digest('base64');
}

/** Compares as `migrate.Validate` does (sql/migrate/dir.go); null when the sum is right. */
export function sumMismatch(sum: string, files: readonly AtlasFile[]): SumMismatch | null {
  const [first = '', ...lines] = sum
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => line.replace(/\r$/, ''));
  const said: SumEntry[] = [];
  for (const line of lines) {
    const at = line.indexOf('h1:');
    if (at === -1) return { message: 'checksum file format invalid', file: null, reason: null };
    said.push({ name: line.slice(0, at).trim(), hash: line.slice(at + 3) });
  }
  if (first.replace(/^h1:/, '') !== total(said)) {
    return { message: 'checksum mismatch', file: null, reason: null };
  }
  const real = atlasHashes(files);
  if (total(real) === total(said)) return null;
  const message = 'checksum mismatch';
  for (const [index, entry] of said.entries()) {
    const here = real[index];
    if (here !== undefined && here.name === entry.name && here.hash === entry.hash) continue;
    const place = real.findIndex(({ name }) => name === entry.name);
    if (place === -1) return { message, file: entry.name, reason: 'removed' };
    if (place === index) return { message, file: entry.name, reason: 'edited' };
    return { message, file: here?.name ?? entry.name, reason: 'added' };
  }
  return { message, file: real[said.length]?.name ?? null, reason: 'added' };
}

import type { TreeEntry } from '../../git/tree.ts';

/** The directory part of a path, '' for a file at the root. */
export const dirname = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** The last segment of a path. */
export const basename = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** `path` joined to a directory that may be the root (''). */
export const within = (directory: string, name: string): string =>
  directory === '' ? name : `${directory}/${name}`;

/** A directory and those above it, nearest first, the root ('') last. */
export function andAbove(directory: string): string[] {
  const segments = directory === '' ? [] : directory.split('/');
  return Array.from({ length: segments.length + 1 }, (_, up) =>
    segments.slice(0, segments.length - up).join('/'),
  );
}

/** Is `path` the directory itself or below it? */
export const isWithin = (path: string, directory: string): boolean =>
  directory === '' || path === directory || path.startsWith(`${directory}/`);

/** How people write a directory (`./db/migrations/`) turned into how a tree names it (`db/migrations`). */
export const treePath = (path: string): string =>
  path
    .split('/')
    .filter((segment) => segment !== '' && segment !== '.')
    .join('/');

/** A path as a config file in `from` writes it (`../db/migrations`), from the root; what leads out of it ends there. */
export function resolved(from: string, path: string): string {
  const segments = path.startsWith('/') ? [] : from.split('/').filter((segment) => segment !== '');
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return segments.join('/');
}

/** Copies of other people's code and build output: never this repository's own migrations. */
const copied = new Set([
  'node_modules',
  'vendor',
  'third_party',
  'bower_components',
  'dist',
  '.yarn',
  '.git',
]);

/** Fixtures and examples: may look exactly like migrations, and are not what is deployed. */
const illustrative =
  /^(?:__(?:tests?|fixtures|mocks|snapshots)__|tests?|e2e|specs?|testdata|test[-_](?:data|fixtures)|fixtures?|examples?|samples?|demos?|docs?|documentation|templates?|benchmarks?)$/i;

/** Why a directory is not looked at unless it is asked for by name, or null when it is looked at. */
export function exclusion(directory: string): 'copied' | 'illustrative' | null {
  const segments = directory.split('/');
  if (segments.some((segment) => copied.has(segment))) return 'copied';
  return segments.some((segment) => illustrative.test(segment)) ? 'illustrative' : null;
}

/** Entries by the directory that directly holds them. */
export function byDirectory(entries: readonly TreeEntry[]): Map<string, TreeEntry[]> {
  const directories = new Map<string, TreeEntry[]>();
  for (const entry of entries) {
    const directory = dirname(entry.path);
    const list = directories.get(directory);
    if (list === undefined) directories.set(directory, [entry]);
    else list.push(entry);
  }
  return directories;
}

import type { Tree, TreeEntry } from '../../git/tree.ts';
import { nameOfOther } from '../reading/dialect.ts';
import { isWithin, treePath, within } from '../reading/directories.ts';
import type { FlywaySettings, Location } from './settings.ts';

/** A location as directories of the tree. */
export interface Place {
  /** The directory that is searched, and what paths in the history table are relative to. */
  readonly root: string;
  /** For a location with wildcards: what a file's path must match. */
  readonly pattern: RegExp | null;
}

/**
 * Where Flyway looks, for the database whose migrations are at `path`: the configured locations when `path` is one of
 * them, else that directory alone.
 */
export function placesOf(tree: Tree, path: string, settings: FlywaySettings): Place[] {
  const directory = treePath(path);
  const places = settings.locations.flatMap((location) => placeOf(tree, location) ?? []);
  const own = places.some(({ root }) => isWithin(directory, root) || isWithin(root, directory));
  if (!own) return [{ root: directory, pattern: null }];
  // A location inside of another one is discarded.
  return places.filter(
    (place, index) =>
      !places.some(
        (other, at) =>
          at !== index &&
          other.pattern === null &&
          isWithin(place.root, other.root) &&
          (place.root !== other.root || at < index),
      ),
  );
}

/** The directory of one location, or null when the tree has none such (a path in a container, a bucket). */
export function placeOf(tree: Tree, { text, from }: Location): Place | null {
  const match = /^(?:(filesystem|classpath|s3|gcs):)?(.*)$/.exec(text.trim());
  const prefix = match?.[1];
  const written = (match?.[2] ?? '').replace(/\{vendor\}/g, 'postgresql');
  if (prefix === 's3' || prefix === 'gcs' || /\$\{|\$[a-zA-Z]/.test(written)) return null;
  const wild = written.split('/').findIndex((segment) => /[*?]/.test(segment));
  const fixed = wild === -1 ? written : written.split('/').slice(0, wild).join('/');
  const candidates =
    prefix === 'filesystem'
      ? [resolved(from, fixed)]
      : [
          resolved(from, within('src/main/resources', treePath(fixed))),
          ...(prefix === undefined ? [resolved(from, fixed)] : []),
          resolved(from, within('resources', treePath(fixed))),
          onlyResource(tree, treePath(fixed)),
        ];
  for (const root of candidates) {
    if (root === null || tree.under(root).length === 0) continue;
    return {
      root,
      pattern: wild === -1 ? null : wildcard(within(root, written.split('/').slice(wild).join('/'))),
    };
  }
  return null;
}

/** `./sql`, `../db` and `src/x` from a directory; null above the root, and for paths of the machine. */
function resolved(from: string, path: string): string | null {
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return null;
  const segments = from === '' ? [] : from.split('/');
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) return null;
  }
  return segments.join('/');
}

/** A classpath's directory in another module of the repository, where only one has it. */
function onlyResource(tree: Tree, path: string): string | null {
  if (path === '') return null;
  const tail = `src/main/resources/${path}/`;
  const roots = new Set<string>();
  for (const entry of tree.entries) {
    const at = `/${entry.path}`.indexOf(`/${tail}`);
    if (at !== -1) roots.add(entry.path.slice(0, at + tail.length - 1));
  }
  const [only] = roots;
  return roots.size === 1 ? (only ?? null) : null;
}

/** `*` is anything within a segment, `**` any segments, `?` one character; files below what matches belong to it. */
function wildcard(path: string): RegExp {
  const source = path
    .split('/')
    .map((segment) =>
      segment === '**'
        ? '.*'
        : segment
            .replace(/[.+^${}()|[\]\\]/g, '\\$&')
            .replaceAll('*', '[^/]*')
            .replaceAll('?', '[^/]'),
    )
    .join('/')
    .replaceAll('/.*/', '/(?:.*/)?');
  return new RegExp(`^${source}/.+$`);
}

/**
 * The files of a location: subdirectories too, hidden ones not. Where one directory holds a subdirectory a database
 * (`h2`, `mysql`, `postgresql`), only PostgreSQL's counts.
 */
export function filesAt(tree: Tree, { root, pattern }: Place): TreeEntry[] {
  const below = tree.under(root).filter(({ path }) => {
    const rest = path.slice(root === '' ? 0 : root.length + 1);
    return !rest
      .split('/')
      .slice(0, -1)
      .some((segment) => segment.startsWith('.'));
  });
  const inside = pattern === null ? below : below.filter(({ path }) => pattern.test(path));
  const first = (path: string) => path.slice(root === '' ? 0 : root.length + 1).split('/');
  const vendors = inside.some(({ path }) => postgres.test(first(path)[0] ?? ''));
  if (!vendors) return inside;
  return inside.filter(({ path }) => {
    const [directory = '', ...rest] = first(path);
    return rest.length === 0 || nameOfOther(directory) === null;
  });
}

const postgres = /^(?:postgres(?:ql)?|pg)$/i;

/** Is a directory's name that of a kind of database? */
export const isVendor = (name: string): boolean => postgres.test(name) || nameOfOther(name) !== null;

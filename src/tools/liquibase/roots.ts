import type { Tree } from '../../git/tree.ts';
import {
  andAbove,
  basename,
  dirname,
  exclusion,
  isWithin,
  treePath,
  within,
} from '../reading/directories.ts';
import { entriesOf, isChangelog } from './elements.ts';
import { isFormattedSql } from './formatted-sql.ts';
import type { LiquibaseSettings } from './settings.ts';

/** The changelog with which Liquibase begins. */
export interface Root {
  readonly file: string;
  /** Its own name in `databasechangelog`. */
  readonly path: string;
  /** What the paths in it are relative to. */
  readonly roots: readonly string[];
  /** Why we think so. */
  readonly because: string;
}

/** Changelogs of a tree, by the names that they usually have. */
export async function changelogs(tree: Tree, below = ''): Promise<Map<string, string>> {
  const wanted = tree
    .under(below)
    .filter(
      ({ path, mode }) =>
        mode.startsWith('100') &&
        /\.(?:xml|ya?ml|json)$/i.test(path) &&
        /changelog|liquibase|migrat|master/i.test(path) &&
        exclusion(dirname(path)) !== 'copied',
    )
    .map(({ path }) => path);
  const contents = await tree.read(wanted);
  return new Map(
    [...contents].flatMap(([file, bytes]) => {
      const text = bytes.toString('utf8');
      return isChangelog(file, text) ? [[file, text] as const] : [];
    }),
  );
}

/** Changelogs that no other one includes. One that cannot be read may be one. */
export function topmost(texts: ReadonlyMap<string, string>): string[] {
  const included = new Set<string>();
  const directories: string[] = [];
  for (const [file, text] of texts) {
    try {
      for (const { name, attributes } of entriesOf(file, text)) {
        const target = attributes.file ?? attributes.path;
        if (target === undefined || (name !== 'include' && name !== 'includeAll')) continue;
        const clean = target.replace(/^classpath\*?:/, '').replace(/^\.?\//, '');
        const places = [dirname(file), ...andAbove(dirname(file))].map((place) => joined(place, clean));
        if (name === 'include') {
          const found = places.find((place) => place !== file && texts.has(place));
          if (found !== undefined) included.add(found);
        } else {
          const found = places.find((place) =>
            [...texts.keys()].some((one) => one !== file && isWithin(one, place)),
          );
          if (found !== undefined && !isWithin(file, found)) directories.push(found);
        }
      }
    } catch {
      // Told where it is read.
    }
  }
  return [...texts.keys()].filter(
    (file) => !included.has(file) && !directories.some((directory) => isWithin(file, directory)),
  );
}

const joined = (directory: string, path: string): string => {
  const segments = directory === '' ? [] : directory.split('/');
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return segments.join('/');
};

/**
 * The root changelog of the database at `path`: the configured one, else the one below `path` that no other includes
 * (a `master` or `root` before others). Null where there is none, and files run by their names.
 */
export async function rootOf(
  tree: Tree,
  path: string,
  { changelog }: LiquibaseSettings,
): Promise<{ root: Root | null; notes: string[] }> {
  const directory = treePath(path);
  if (changelog !== null) {
    const name = treePath(changelog.name.replace(/^classpath\*?:/, ''));
    for (const root of [...changelog.roots, ...andAbove(directory)]) {
      const file = within(root, name);
      if (tree.get(file) === undefined || !isWithin(file, directory)) continue;
      return {
        root: { file, path: name, roots: [root, ...changelog.roots], because: `${changelog.from} names it` },
        notes: [],
      };
    }
  }
  const texts = await changelogs(tree, directory);
  const candidates = topmost(texts).sort(
    (a, b) => rank(a) - rank(b) || a.split('/').length - b.split('/').length || (a < b ? -1 : 1),
  );
  const [file, ...others] = candidates;
  if (file === undefined) return { root: null, notes: [] };
  const roots = [...resources(file), ...andAbove(dirname(file))];
  return {
    root: { file, path: recorded(file), roots, because: 'no other changelog includes it' },
    notes:
      others.length === 0
        ? []
        : [
            `${file} is taken as the root changelog; ${others.slice(0, 3).join(', ')}${others.length > 3 ? ` and ${others.length - 3} more` : ''} ${others.length === 1 ? 'is' : 'are'} included by none either. Name the right one in liquibase.properties (changeLogFile).`,
          ],
  };
}

/** `db.changelog-master.yaml` and the like come first. */
const rank = (file: string): number =>
  /master|root|main/i.test(basename(file)) ? 0 : /changelog/i.test(basename(file)) ? 1 : 2;

const resources = (file: string): string[] => {
  const found = /^(?:.*\/)?src\/main\/resources(?=\/)/.exec(file)?.[0];
  return found === undefined ? [] : [found];
};

const recorded = (file: string): string => {
  const [root] = resources(file);
  return root === undefined ? file : file.slice(root.length + 1);
};

/** Formatted SQL files below a directory, by their paths; plain SQL is none without a changelog that includes it. */
export async function formattedFiles(tree: Tree, path: string): Promise<Map<string, string>> {
  const files = tree
    .under(treePath(path))
    .filter((entry) => entry.mode.startsWith('100') && /\.sql$/i.test(entry.path))
    .map((entry) => entry.path);
  const contents = await tree.read(files);
  return new Map(
    files.flatMap((file) => {
      const text = contents.get(file)?.toString('utf8') ?? '';
      return isFormattedSql(text) ? [[file, text] as const] : [];
    }),
  );
}

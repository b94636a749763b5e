import type { Tree } from '../../git/tree.ts';
import { andAbove, within } from './directories.ts';

/** A package.json as far as anything here asks for it; {} where it is no JSON, which npm complains about loudly. */
export interface PackageManifest {
  readonly scripts?: Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}

/** The package.json files at a directory and above, nearest first, with the folders that they stand in. */
export async function manifestsAbove(
  tree: Tree,
  directory: string,
): Promise<{ readonly folder: string; readonly manifest: PackageManifest }[]> {
  const folders = andAbove(directory);
  const contents = await tree.read(folders.map((folder) => within(folder, 'package.json')));
  return folders.flatMap((folder) => {
    const text = contents.get(within(folder, 'package.json'))?.toString('utf8');
    return text === undefined ? [] : [{ folder, manifest: parsed(text) }];
  });
}

/** What the nearest package.json that names one of these packages asks for (`^8.0.0`), or null. */
export async function packageRange(
  tree: Tree,
  directory: string,
  names: readonly string[],
): Promise<string | null> {
  for (const { manifest } of await manifestsAbove(tree, directory)) {
    const range = rangeIn(manifest, names);
    if (range !== null) return range;
  }
  return null;
}

/** The version range of the first of these packages that a package.json names. */
export function rangeIn(manifest: PackageManifest, names: readonly string[]): string | null {
  const kinds = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];
  for (const name of names) {
    for (const kind of kinds) {
      const range = record(manifest[kind])[name];
      if (typeof range === 'string') return range;
    }
  }
  return null;
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

function parsed(text: string): PackageManifest {
  try {
    return record(JSON.parse(text));
  } catch {
    return {};
  }
}

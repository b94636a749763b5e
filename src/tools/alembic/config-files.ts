import type { Tree } from '../../git/tree.ts';
import { andAbove, basename, dirname, resolved, within } from '../reading/directories.ts';

/** A section of a config, and the directory of versions that it names. */
export interface Named {
  readonly path: string;
  readonly section: string;
}

/** Detection sees no Python file whose name is none of a migration; a revision's begins with letters as often as with digits. */
export const fullTreeHas = (tree: Tree, path: string): boolean =>
  tree.get(within(dirname(path), 'env.py')) !== undefined ||
  tree.get(within(dirname(path), 'script.py.mako')) !== undefined;

/** The config files of a tree with the directories of versions that they name. */
export async function configsIn(tree: Tree): Promise<{ file: string; directories: readonly Named[] }[]> {
  const files = tree.entries
    .filter(
      ({ path, mode }) =>
        mode.startsWith('100') && /^(?:alembic[\w.-]*\.ini|pyproject\.toml)$/.test(basename(path)),
    )
    .map(({ path }) => path);
  const contents = await tree.read(files);
  return files.flatMap((file) => {
    const directories = namedIn(tree, file, contents.get(file)?.toString('utf8') ?? '');
    return directories.length === 0 ? [] : [{ file, directories }];
  });
}

/** Sections with `script_location`, and where their versions are. */
function namedIn(tree: Tree, file: string, text: string): Named[] {
  const found: Named[] = [];
  const parts = text.split(/^\s*\[([^\]\n]+)\]\s*$/m);
  for (let at = 1; at < parts.length; at += 2) {
    const [section = '', body = ''] = [parts[at]?.trim(), parts[at + 1]];
    if (file.endsWith('.toml') && section !== 'tool.alembic') continue;
    const value = (key: string) =>
      new RegExp(`^\\s*${key}\\s*=\\s*["']?([^"'\\n#;]*?)["']?\\s*(?:[#;].*)?$`, 'm')
        .exec(body)?.[1]
        ?.trim() ?? null;
    const here = (path: string) =>
      resolved(dirname(file), path.replaceAll(/%\(here\)s\/?|%%\(here\)s\/?/g, ''));
    const location = value('script_location');
    const scripts =
      location === null ? null : location.includes(':') ? inPackage(tree, file, location) : here(location);
    if (scripts === null) continue;
    const versions = value('version_locations');
    const first = versions?.split(/[\s,:]+/).find((each) => each !== '') ?? null;
    found.push({
      section: file.endsWith('.toml') ? 'alembic' : section,
      path: first === null ? within(scripts, 'versions') : here(first),
    });
  }
  return found;
}

/** `shop.db:alembic`: a directory of a package, which lies at the config, above it or in a `src` there. */
function inPackage(tree: Tree, file: string, location: string): string | null {
  const [dotted = '', ...rest] = location.split(':');
  const inside = [...dotted.split('.'), ...rest].join('/');
  return (
    andAbove(dirname(file))
      .flatMap((folder) => [within(folder, inside), within(folder, `src/${inside}`)])
      .find((scripts) => fullTreeHas(tree, within(scripts, 'versions'))) ?? null
  );
}

import { UserError } from '../errors.ts';
import type { Tree } from '../git/tree.ts';
import type { Options } from './options.ts';

/** Where the config is looked for when nobody names one. */
export const usualFiles = ['.github/migration-gate.yml', '.github/migration-gate.yaml'] as const;

/**
 * The text of the config file in a tree; null: there is none, and none was asked for.
 *
 * @throws UserError for one that is not there, stands there twice, or is a link
 */
export async function findConfigFile(
  options: Options,
  tree: Tree,
): Promise<{ readonly path: string; readonly text: string } | null> {
  const asked = options.config?.replace(/^\.\//, '') ?? null;
  const paths = asked === null ? usualFiles : [asked];
  const present = paths.filter((path) => tree.get(path) !== undefined);
  const [path] = present;
  if (path === undefined) {
    if (asked === null) return null;
    throw new UserError(
      `The config file ${JSON.stringify(asked)} does not exist in ${tree.ref}. The path is relative to the root of the repository.`,
    );
  }
  if (present.length > 1) {
    throw new UserError(`${present.join(' and ')} both exist: which one counts? Remove one.`, {
      place: { file: path },
    });
  }
  if (tree.get(path)?.mode === '120000') {
    throw new UserError(
      `${path} is a symbolic link, and links are not followed. Put the file itself there.`,
      {
        place: { file: path },
      },
    );
  }
  return { path, text: (await tree.read([path])).get(path)?.toString('utf8') ?? '' };
}

import type { Tree, TreeEntry } from '../../git/tree.ts';
import { andAbove, basename, within } from '../reading/directories.ts';

/** Tools that name files `<number>_<name>.up.sql` and `.down.sql`. */
export type PairOwner = 'golang-migrate' | 'sqlx' | 'hasura' | 'popx' | 'node-pg-migrate';

/** Whose files these are: what the files around them say, golang-migrate where nothing speaks against it. */
export async function ownerOfPairs(
  tree: Tree,
  directory: string,
  entries: readonly TreeEntry[],
): Promise<PairOwner> {
  // ory's runner names the dialect before the direction, and one version has a file for each.
  const dialect = /\.(?:postgres|cockroach|mysql|sqlite3?|autocommit)\.(?:up|down)\.(?:sql|fizz)$/;
  if (entries.some(({ path }) => dialect.test(basename(path)))) return 'popx';
  for (const above of andAbove(directory)) {
    const has = (name: string) => tree.get(within(above, name)) !== undefined;
    if (has('sqlx.toml') || has('Cargo.toml')) return 'sqlx';
    if (has('go.mod')) return 'golang-migrate';
    const [hasura, node] = [within(above, 'config.yaml'), within(above, 'package.json')];
    const texts = await tree.read([hasura, node].filter((path) => tree.get(path) !== undefined));
    if (/^(?:endpoint|admin_secret|metadata_directory):/m.test(text(texts.get(hasura)))) return 'hasura';
    if (/"node-pg-migrate"\s*:/.test(text(texts.get(node)))) return 'node-pg-migrate';
  }
  return 'golang-migrate';
}

const text = (bytes: Buffer | undefined): string => bytes?.toString('utf8') ?? '';

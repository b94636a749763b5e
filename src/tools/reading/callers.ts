import type { Tree } from '../../git/tree.ts';
import { basename, dirname, exclusion } from './directories.ts';

/** Where projects write how they call their tools. Go files only by names that have to do with databases. */
const scripts =
  /^(?:GNUm|M|m)akefile$|^[Jj]ustfile$|^Taskfile|^Dockerfile|\.Dockerfile$|^Procfile|^package\.json$|^\.env|\.(?:mk|sh|ya?ml|toml)$/;
const code =
  /(?:migrat|postgres|pgx?|database|db|store|storage|sql|main|goose|dbmate)[^/]*(?:\/[^/]*)?\.go$/i;
/** A repository may hold any number of them. */
const mostFiles = 2_000;
const mostBytes = 500_000;

const read = new WeakMap<Tree, Promise<ReadonlyMap<string, string>>>();

/**
 * The texts of the files in which a project may say how it calls a tool, by path: build files, shell scripts, CI and
 * compose files, Go code. Comments of whole lines are blanked. Read once for a tree.
 */
export function callers(tree: Tree): Promise<ReadonlyMap<string, string>> {
  const known = read.get(tree) ?? texts(tree);
  read.set(tree, known);
  return known;
}

async function texts(tree: Tree): Promise<ReadonlyMap<string, string>> {
  const paths = tree.entries
    .filter(({ mode, path }) => mode.startsWith('100') && exclusion(dirname(path)) === null)
    .map(({ path }) => path)
    .filter((path) => scripts.test(basename(path)) || (code.test(path) && !path.endsWith('_test.go')))
    .slice(0, mostFiles);
  const found = new Map<string, string>();
  for (const [path, bytes] of await tree.read(paths)) {
    if (bytes.length > mostBytes) continue;
    found.set(path, bytes.toString('utf8').replace(/^[\t ]*(?:#|\/\/).*$/gm, ''));
  }
  return found;
}

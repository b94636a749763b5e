import type { Tree } from '../git/tree.ts';
import { dirname, exclusion } from '../tools/reading/directories.ts';

/** Images of PostgreSQL with extensions that it does not ship. */
const image =
  /^[ \t]*(?:-[ \t]*)?image:[ \t]*["']?((?:[\w.-]+(?::\d+)?\/)*(?:postgis|pgvector|timescaledb(?:-ha)?):[\w.-]+)/gm;

const names =
  /(?:^|\/)(?:(?:docker-)?compose[^/]*\.ya?ml|\.github\/workflows\/[^/]+\.ya?ml|\.gitlab-ci\.yml)$/;

/** The image with extensions that developers or CI run, where all files agree on one, and the file that names it; else null. */
export async function imageSaid(
  tree: Tree,
): Promise<{ readonly image: string; readonly file: string } | null> {
  const files = tree.entries
    .filter(({ path, mode }) => mode.startsWith('100') && names.test(path))
    .filter(({ path }) => exclusion(dirname(path)) === null)
    .map(({ path }) => path);
  const said = new Map<string, string>();
  for (const [file, bytes] of await tree.read(files)) {
    for (const [, name = ''] of bytes.toString('utf8').matchAll(image)) {
      if (!said.has(name)) said.set(name, file);
    }
  }
  const [only] = said;
  return only === undefined || said.size > 1 ? null : { image: only[0], file: only[1] };
}

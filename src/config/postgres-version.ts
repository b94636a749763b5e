import type { Tree } from '../git/tree.ts';
import { currentPlatform, majorsOf } from '../shadow/versions.ts';
import { exclusion } from '../tools/directories.ts';

export interface PostgresVersion {
  readonly major: number;
  readonly stated: boolean;
  readonly note: string;
}

export const defaultMajor = 17;

/** What a shadow can be; other versions are read off files all the same. */
const nearest = (major: number): number => {
  const majors = majorsOf(currentPlatform());
  return Math.min(Math.max(major, Math.min(...majors)), Math.max(...majors));
};

/** Files in which teams write down which server they run. */
const telling =
  /(?:^|\/)(?:(?:docker-)?compose[^/]*\.ya?ml|\.github\/workflows\/[^/]+\.ya?ml|\.gitlab-ci\.yml|\.devcontainer\/[^/]+\.ya?ml)$/;

/** `image: postgres:16-alpine`, `"docker.io/library/postgres:16.4"`, `postgis/postgis:16-3.4`, `pgvector/pgvector:pg16`. */
const image =
  /^[ \t]*(?:-[ \t]*)?image:[ \t]*["']?(?:[\w.-]+(?::\d+)?\/)*(?:postgres|postgis|pgvector|timescaledb(?:-ha)?):(?:[\w.]+-)?(?:pg)?(\d{2})\b/gm;

/** The Postgres major that the repository's own files name, where they agree; else the default. */
export async function postgresVersionOf(tree: Tree): Promise<PostgresVersion> {
  const files = tree.entries
    .filter(({ path, mode }) => mode.startsWith('100') && telling.test(path) && exclusion(path) !== 'copied')
    .map((entry) => entry.path);
  const said = new Map<number, string>();
  for (const [file, bytes] of await tree.read(files)) {
    for (const [, digits] of bytes.toString('utf8').matchAll(image)) {
      const major = Number(digits);
      if (!said.has(major)) said.set(major, file);
    }
  }
  const [only] = said;
  if (only !== undefined && said.size === 1) {
    const [major, file] = only;
    const used = nearest(major);
    if (used === major) return { major, stated: true, note: `PostgreSQL ${major}, as ${file} says.` };
    // Said by a file for developers and not to us: worth a run on the nearest server rather than none at all.
    return {
      major: used,
      stated: false,
      note: `PostgreSQL ${used} is used, the nearest to ${major} (which ${file} says) that can be booted here: where the two differ, what production does is not seen.`,
    };
  }
  const why =
    said.size === 0
      ? 'nothing in the repository says which version production runs'
      : `the repository names several (${[...said].map(([major, file]) => `${major} in ${file}`).join(', ')})`;
  return {
    major: defaultMajor,
    stated: false,
    note: `PostgreSQL ${defaultMajor} is assumed: ${why}. Set postgres-version to make it certain.`,
  };
}

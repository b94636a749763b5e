import type { Tree } from '../git/tree.ts';
import { currentPlatform, majorsOf } from '../shadow/versions.ts';
import { majorsSaid, supabaseMajor, versionSources } from './version-sources.ts';

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

/**
 * The Postgres major that the repository's own files name, where they agree; else the default.
 *
 * @param path directory of the migrations that it is for
 */
export async function postgresVersionOf(tree: Tree, path = ''): Promise<PostgresVersion> {
  const project = await supabaseMajor(tree, path);
  const said = project === null ? await saidIn(tree) : new Map([[project.major, project.file]]);
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

/** What the first kind of files says that says anything. */
async function saidIn(tree: Tree): Promise<ReadonlyMap<number, string>> {
  for (const sources of versionSources) {
    const said = await majorsSaid(tree, sources);
    if (said.size > 0) return said;
  }
  return new Map();
}

/** `postgis/postgis:17-3.5`, `pgvector/pgvector:pg16`, `postgres:17.2-alpine`; null where the tag does not say. */
export function majorOfImage(image: string | null): number | null {
  const tag = image === null ? null : (/:([\w][\w.-]*)(?:@|$)/.exec(image)?.[1] ?? null);
  const digits = tag === null ? undefined : /(?:^|-|pg)(?:pg)?(\d{2})(?!\d)/.exec(tag)?.[1];
  return digits === undefined ? null : Number(digits);
}

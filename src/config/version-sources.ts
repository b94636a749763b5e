import { parse } from 'smol-toml';
import { parseDocument } from 'yaml';
import type { Tree } from '../git/tree.ts';
import { basename, dirname, exclusion, within } from '../tools/reading/directories.ts';

/** A kind of file in which people write down which server they run. */
export interface VersionSource {
  readonly matches: (path: string) => boolean;
  /** PostgreSQL majors that the text names with certainty. */
  readonly majors: (text: string) => readonly number[];
}

/** An image's name and tag: `postgres:16-alpine`, `docker.io/library/postgres:16.4`, `pgvector/pgvector:pg16`. */
const image = String.raw`(?:[\w.-]+(?::\d+)?\/)*(?:postgres|postgresql|postgis|pgvector|timescaledb(?:-ha)?):(?:[\w.]+-)?(?:pg)?(\d{2})\b`;

const all = (pattern: RegExp, text: string): number[] =>
  [...text.matchAll(pattern)].map(([, digits]) => Number(digits));

const lines =
  (...patterns: readonly RegExp[]) =>
  (text: string): number[] =>
    patterns.flatMap((pattern) => all(pattern, text));

/** Infrastructure as code: what production runs. */
const terraform: VersionSource = {
  matches: (path) => path.endsWith('.tf'),
  majors: (text) =>
    // A resource or module ends with a brace at the start of a line.
    text
      .split(/^\}/m)
      .flatMap((block) => [
        ...(/^\s*engine\s*=\s*"(?:aurora-)?postgres(?:ql)?"/m.test(block)
          ? all(/^\s*engine_version\s*=\s*"(\d{2})(?:\.[\d.]+)?"/gm, block)
          : []),
        ...all(/^\s*database_version\s*=\s*"POSTGRES_(\d{2})"/gm, block),
      ]),
};

/** A chart's values: `postgresql.image.tag`, where the image is PostgreSQL's. */
const helm: VersionSource = {
  matches: (path) => /^values[^/]*\.ya?ml$/.test(basename(path)),
  majors: (text) => {
    const values: unknown = yaml(text);
    return ['postgresql', 'postgres'].flatMap((key) => {
      const found = entry(entry(values, key), 'image');
      const repository = entry(found, 'repository');
      if (typeof repository === 'string' && !/postgres/.test(repository)) return [];
      const major = /^(?:pg)?(\d{2})(?:[.-]|$)/.exec(String(entry(found, 'tag') ?? ''))?.[1];
      return major === undefined ? [] : [Number(major)];
    });
  },
};

/** Compose files, service containers, devcontainers, Dockerfiles, version managers: what developers and CI run. */
const development: VersionSource = {
  matches: (path) =>
    /(?:^|\/)(?:(?:docker-)?compose[^/]*\.ya?ml|\.github\/workflows\/[^/]+\.ya?ml|\.gitlab-ci\.yml|\.devcontainer\/(?:[^/]+\/)?[^/]+\.(?:ya?ml|json)|\.devcontainer\.json)$/.test(
      path,
    ),
  majors: lines(
    new RegExp(String.raw`^[ \t]*(?:-[ \t]*)?image:[ \t]*["']?${image}`, 'gm'),
    new RegExp(String.raw`^[ \t]*"image"[ \t]*:[ \t]*"${image}`, 'gm'),
  ),
};

const dockerfile: VersionSource = {
  matches: (path) => /^(?:Dockerfile|Containerfile)(?:\.[\w.-]+)?$|\.Dockerfile$/i.test(basename(path)),
  majors: lines(new RegExp(String.raw`^FROM[ \t]+(?:--platform=\S+[ \t]+)?${image}`, 'gim')),
};

const versionManager: VersionSource = {
  matches: (path) => /^(?:\.tool-versions|\.?mise\.toml)$/.test(basename(path)),
  majors: lines(/^postgres(?:ql)?[ \t]+(\d{2})\b/gm, /^"?postgres(?:ql)?"?[ \t]*=[ \t]*"(\d{2})\b/gm),
};

/** Testcontainers: an image's name in a call that can only be one. */
const testcontainers: VersionSource = {
  matches: (path) =>
    /\.(?:java|kt|go|ts|js)$/.test(path) &&
    /(?:container|postgres|database|integration|abstract|base|setup|db)[^/]*$/i.test(path),
  majors: lines(
    new RegExp(
      String.raw`(?:Postgre(?:SQL|Sql)Container(?:<[^>]*>)?|DockerImageName\.parse|WithImage|postgres\.Run(?:Container)?)\((?:ctx,\s*)?["'\x60]${image}`,
      'g',
    ),
  ),
};

/** The surest first: a kind is only asked when those before it say nothing. */
export const versionSources: readonly (readonly VersionSource[])[] = [
  [terraform, helm],
  [development, dockerfile, versionManager],
  [testcontainers],
];

/** No repository has that many files of one kind which say anything. */
const mostFiles = 500;

/** Each major that these kinds of files name, with the first file that does. */
export async function majorsSaid(
  tree: Tree,
  sources: readonly VersionSource[],
): Promise<ReadonlyMap<number, string>> {
  const said = new Map<number, string>();
  for (const { matches, majors } of sources) {
    const files = tree.entries
      .filter(({ path, mode }) => mode.startsWith('100') && matches(path) && wanted(path))
      .slice(0, mostFiles)
      .map(({ path }) => path);
    for (const [file, bytes] of await tree.read(files)) {
      for (const major of majors(bytes.toString('utf8'))) if (!said.has(major)) said.set(major, file);
    }
  }
  return said;
}

/** Tests say what they run on; examples are somebody else's server. */
const wanted = (path: string): boolean =>
  exclusion(dirname(path)) !== 'copied' && !/(?:^|\/)(?:examples?|samples?|templates?)\//i.test(path);

/** The major of a Supabase project, for migrations in its folder; null where its config says none. */
export async function supabaseMajor(
  tree: Tree,
  path: string,
): Promise<{ readonly major: number; readonly file: string } | null> {
  const file = within(dirname(path), 'config.toml');
  if (basename(path) !== 'migrations') return null;
  const text = (await tree.read([file])).get(file)?.toString('utf8');
  if (text === undefined) return null;
  const major = entry(entry(toml(text), 'db'), 'major_version');
  return typeof major === 'number' && Number.isInteger(major) ? { major, file } : null;
}

function toml(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return null;
  }
}

/** Templates are often no YAML; then they say nothing. */
function yaml(text: string): unknown {
  try {
    const document = parseDocument(text);
    return document.errors.length > 0 ? null : document.toJS();
  } catch {
    return null;
  }
}

const entry = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;

import type { Tree } from '../../git/tree.ts';
import { andAbove, basename, dirname, exclusion, resolved, within } from '../reading/directories.ts';
import { literalsOf } from '../reading/literals.ts';

/** What a prisma.config.* says, as far as it stands there as it is. */
export interface PrismaConfig {
  /** Path of the file. */
  readonly file: string;
  /** Where it has the migrations, or null. */
  readonly migrations: string | null;
  /** The schema, a file or a folder of them, or null. */
  readonly schema: string | null;
}

/** The config files of a tree (`prisma.config.ts`, `.config/prisma.ts`), read as text and never run. */
export async function prismaConfigs(tree: Tree): Promise<PrismaConfig[]> {
  const files = tree.entries
    .filter(({ path, mode }) => mode.startsWith('100') && configName.test(path))
    .map(({ path }) => path)
    .filter((path) => exclusion(dirname(path)) !== 'copied');
  const contents = await tree.read(files);
  return files.map((file) => {
    const literals = literalsOf(contents.get(file)?.toString('utf8') ?? '');
    const path = (key: string): string | null => {
      const value = literals.get(key);
      return typeof value === 'string' && value !== '' ? resolved(dirname(file), value) : null;
    };
    return { file, migrations: path('migrations.path'), schema: path('schema') };
  });
}

const configName = /(?:^|\/)(?:prisma\.config|\.config\/prisma)\.[cm]?[jt]s$/;

/** The schema that a URL of an example file asks for with `?schema=`. */
export interface UrlSchema {
  readonly schema: string;
  /** File that says it. */
  readonly source: string;
}

const environmentFiles = [
  '.env',
  '.env.example',
  '.env.sample',
  '.env.template',
  '.env.dist',
  '.env.defaults',
];

/**
 * The schema that Prisma puts first in search_path. The URL itself is a secret and not in the repository; what people
 * copy it from mostly is. Null where the nearest files say none, `public`, or different ones.
 */
export async function urlSchema(tree: Tree, directory: string): Promise<UrlSchema | null> {
  for (const folder of andAbove(directory)) {
    const files = environmentFiles.map((name) => within(folder, name));
    const contents = await tree.read(files);
    const urls = [...contents].flatMap(([source, bytes]) =>
      [...bytes.toString('utf8').matchAll(urlLine)].map(([, query = '']) => ({
        source,
        schema: /[?&]schema=([^&\s"'#]+)/.exec(query)?.[1] ?? 'public',
      })),
    );
    const [first] = urls;
    if (first === undefined) continue;
    const { schema } = first;
    return schema !== 'public' && urls.every((url) => url.schema === schema) && /^[\w-]+$/.test(schema)
      ? first
      : null;
  }
  return null;
}

const urlLine =
  /^[ \t]*(?:export[ \t]+)?(?!\w*SHADOW)\w*(?:DATABASE|POSTGRES|PG|DB|PRISMA)\w*[ \t]*=[ \t]*["']?postgres(?:ql)?:\/\/[^\s"'?#]*(\?[^\s"'#]*)?/gim;

/** `a/schema.prisma` or the folder `a/schema`: the files of a schema. */
export const schemaFiles = (tree: Tree, schema: string): string[] =>
  schema.endsWith('.prisma')
    ? [schema]
    : tree.under(schema).flatMap(({ path }) => (basename(path).endsWith('.prisma') ? [path] : []));

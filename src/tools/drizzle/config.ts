import type { Tree } from '../../git/tree.ts';
import { andAbove, basename, dirname, exclusion, resolved } from '../reading/directories.ts';
import { literalsOf } from '../reading/literals.ts';

/** What drizzle.config.* says about one directory. */
export interface DrizzleConfig {
  /** Path of the file. */
  readonly file: string;
  /** Where it puts migrations, as it says it. */
  readonly out: string;
  readonly dialect: string | null;
  readonly table: string | null;
  readonly schema: string | null;
}

const configName = /^drizzle(?:[.-][\w.-]+)?\.config(?:[.-][\w.-]+)?\.(?:[cm]?[jt]s|json)$/;

/** The config files of a tree, read as text and never run: what they compute stays unknown. */
export async function drizzleConfigs(tree: Tree): Promise<DrizzleConfig[]> {
  const files = tree.entries
    .filter(({ path, mode }) => mode.startsWith('100') && configName.test(basename(path)))
    .map(({ path }) => path)
    .filter((path) => exclusion(dirname(path)) !== 'copied');
  const contents = await tree.read(files);
  return files.map((file) => {
    const literals = literalsOf(contents.get(file)?.toString('utf8') ?? '');
    const text = (key: string): string | null => {
      const value = literals.get(key);
      return typeof value === 'string' && value !== '' ? value : null;
    };
    return {
      file,
      out: text('out') ?? 'drizzle',
      dialect: text('dialect') ?? text('driver'),
      table: text('migrations.table'),
      schema: text('migrations.schema'),
    };
  });
}

/** The directories that a config may mean: drizzle-kit takes `out` from where it is called, mostly beside the config. */
export const outDirectories = ({ file, out }: DrizzleConfig): string[] =>
  andAbove(dirname(file)).map((from) => resolved(from, out));

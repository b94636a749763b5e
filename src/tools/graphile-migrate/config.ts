import { Undecided } from '../../errors.ts';
import type { Tree } from '../../git/tree.ts';
import { andAbove, basename, dirname, resolved, within } from '../reading/directories.ts';
import { type Json, parseJson5 } from '../reading/literals.ts';

/** `.gmrc` as far as a deployment is concerned. */
export interface GraphileConfig {
  /** Path of the file. */
  readonly file: string;
  /** Path of the folder that holds `committed/`. */
  readonly folder: string;
  /** By name, colon included; `!ENV` where the environment gives it. */
  readonly placeholders: Readonly<Record<string, string>>;
  /** Settings of every connection. */
  readonly settings: Readonly<Record<string, string>>;
  readonly before: readonly Action[];
  readonly after: readonly Action[];
  /** SQL files that prepare an empty database before anything is migrated. */
  readonly reset: readonly string[];
}

/** One action around the migrations. */
export type Action =
  | { readonly kind: 'sql'; readonly file: string }
  | { readonly kind: 'command'; readonly command: string };

/** `.gmrc` is data; the others are programs, of which nothing is known. */
export const configNames = ['.gmrc', '.gmrc.js', '.gmrc.cjs'] as const;

/**
 * The config of a migrations folder: the nearest `.gmrc` that means it, or null.
 *
 * @throws Undecided for a file that graphile-migrate could not read either
 */
export async function configOf(tree: Tree, folder: string): Promise<GraphileConfig | null> {
  for (const above of andAbove(folder)) {
    const file = within(above, '.gmrc');
    if (tree.get(file) === undefined) continue;
    const config = await readConfig(tree, file);
    if (config.folder === folder) return config;
  }
  return null;
}

/** Reads a `.gmrc`. */
export async function readConfig(tree: Tree, file: string): Promise<GraphileConfig> {
  const text = (await tree.read([file])).get(file)?.toString('utf8') ?? '';
  const config = record(parsed(text, file));
  const folder = typeof config.migrationsFolder === 'string' ? config.migrationsFolder : 'migrations';
  return {
    file,
    folder: resolved(dirname(file), folder),
    placeholders: texts(config.placeholders),
    settings: texts(config.pgSettings),
    before: actions(config.beforeAllMigrations),
    after: actions(config.afterAllMigrations),
    reset: [...actions(config.beforeReset), ...actions(config.afterReset)].flatMap((action) =>
      action.kind === 'sql' ? [action.file] : [],
    ),
  };
}

/** Is it one of the files that graphile-migrate looks for? */
export const isConfig = (path: string): boolean =>
  (configNames as readonly string[]).includes(basename(path));

function parsed(text: string, file: string): Json {
  try {
    return parseJson5(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Undecided(
      'invalid-configuration',
      `graphile-migrate does not start: ${file} is no JSON5 (${error.message}).`,
      { place: { file }, cause: error },
    );
  }
}

/** A file name, `!` before it for the superuser, or an object; those for the tool's own shadow do not deploy. */
function actions(value: Json | undefined): Action[] {
  const list = Array.isArray(value) ? (value as readonly Json[]) : value === undefined ? [] : [value];
  return list.flatMap((one): Action[] => {
    if (typeof one === 'string') return [{ kind: 'sql', file: one.replace(/^!/, '') }];
    const { _: kind = 'command', file, command, shadow } = record(one);
    if (shadow === true) return [];
    if (kind === 'sql' && typeof file === 'string') return [{ kind, file }];
    return kind === 'command' && typeof command === 'string' ? [{ kind, command }] : [];
  });
}

function texts(value: Json | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(record(value)).flatMap(([key, one]) =>
      typeof one === 'string' || typeof one === 'number' ? [[key, String(one)]] : [],
    ),
  );
}

const record = (value: Json | undefined): Readonly<Record<string, Json>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, Json>>)
    : {};

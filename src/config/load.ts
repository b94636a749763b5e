import { UserError } from '../errors.ts';
import type { Tree } from '../git/tree.ts';
import { detected, type Found, named } from './databases.ts';
import { type ConfigFile, majors, type ReadConfig, readConfigFile } from './file.ts';
import type { Config, DatabaseConfig, Options } from './options.ts';
import { defaultMajor, type PostgresVersion, postgresVersionOf } from './postgres-version.ts';

/** Where the config is looked for when nobody names one. */
const usualFiles = ['.github/migration-gate.yml', '.github/migration-gate.yaml'] as const;

/**
 * The config file of head and the options put together; databases are detected where neither names one.
 * Throws `UserError` for what is written wrongly and `Undecided` for what cannot be told.
 */
export async function loadConfig({
  options,
  head,
  base,
  ruleNames,
}: {
  readonly options: Options;
  readonly head: Tree;
  readonly base: Tree;
  readonly ruleNames: readonly string[];
}): Promise<Config> {
  if (options.postgresImage !== null) {
    throw new UserError('postgres-image cannot be used yet: leave it out and set postgres-version.');
  }
  const file = await configFile(options, head);
  const config = file === null ? null : readConfigFile(file.path, file.text, ruleNames);
  const values: ConfigFile = config?.values ?? {};
  const notes: string[] = [];
  const search = { head, base };

  const version = async (): Promise<PostgresVersion> => {
    if (options.postgresVersion === null) return postgresVersionOf(head);
    mustBeMajor(options.postgresVersion, (message) => {
      throw new UserError(message);
    });
    return { major: options.postgresVersion, stated: true, note: '' };
  };

  const databases: DatabaseConfig[] = [];
  if (
    options.path === null &&
    options.tool === null &&
    values.databases !== undefined &&
    config !== null &&
    file !== null
  ) {
    databases.push(...(await configured({ config, file: file.path, options, search, notes })));
  } else {
    let found: Found[];
    if (options.path !== null) {
      found = [
        await named(search, options.path, options.tool, (message) => {
          throw new UserError(message);
        }),
      ];
    } else {
      const result = await detected(search, options.tool);
      found = result.found;
      notes.push(...result.notes);
    }
    const postgres = found.length === 0 ? { major: defaultMajor, stated: false, note: '' } : await version();
    if (postgres.note !== '') notes.push(postgres.note);
    for (const one of found) {
      databases.push({
        name: one.path === '' ? 'root' : one.path,
        path: one.path,
        tool: one.tool,
        postgresMajor: postgres.major,
        postgresVersionStated: postgres.stated,
        extensions: [],
        setup: [],
      });
    }
  }
  return {
    databases,
    rules: Object.fromEntries(
      Object.entries(values.rules ?? {}).flatMap(([rule, severity]) =>
        severity === undefined ? [] : [[rule, severity]],
      ),
    ),
    failOn: options.failOn ?? values['fail-on'] ?? 'error',
    ignoreMigrationsBefore: values['ignore-migrations-before'] ?? null,
    notes,
  };
}

async function configFile(options: Options, head: Tree): Promise<{ path: string; text: string } | null> {
  const asked = options.config?.replace(/^\.\//, '') ?? null;
  const paths = asked === null ? usualFiles : [asked];
  const present = paths.filter((path) => head.get(path) !== undefined);
  const [path] = present;
  if (path === undefined) {
    if (asked === null) return null;
    throw new UserError(
      `The config file ${JSON.stringify(asked)} does not exist in ${head.ref}. The path is relative to the root of the repository.`,
    );
  }
  if (present.length > 1) {
    throw new UserError(`${present.join(' and ')} both exist: which one counts? Remove one.`, {
      place: { file: path },
    });
  }
  if (head.get(path)?.mode === '120000') {
    throw new UserError(
      `${path} is a symbolic link, and links are not followed. Put the file itself there.`,
      {
        place: { file: path },
      },
    );
  }
  return { path, text: (await head.read([path])).get(path)?.toString('utf8') ?? '' };
}

interface Configured {
  readonly config: ReadConfig;
  readonly file: string;
  readonly options: Options;
  readonly search: { readonly head: Tree; readonly base: Tree };
  readonly notes: string[];
}

async function configured({ config, file, options, search, notes }: Configured): Promise<DatabaseConfig[]> {
  const databases: DatabaseConfig[] = [];
  let fallback: PostgresVersion | null = null;
  for (const [index, one] of (config.values.databases ?? []).entries()) {
    const failAt =
      (...path: PropertyKey[]) =>
      (message: string): never => {
        const line = config.lineOf(['databases', index, ...path]);
        throw new UserError(`${file}:${line}: ${message}`, { place: { file, line } });
      };
    const found = await named(search, one.path, one.tool ?? null, failAt('path'));
    for (const [at, path] of one.setup.entries()) {
      if (search.base.get(path) ?? search.head.get(path)) continue;
      failAt('setup', at)(`The setup file ${JSON.stringify(path)} does not exist.`);
    }
    const asked = options.postgresVersion ?? one['postgres-version'] ?? null;
    if (asked !== null) mustBeMajor(asked, failAt('postgres-version'));
    if (asked === null && fallback === null) {
      fallback = await postgresVersionOf(search.head);
      notes.push(fallback.note);
    }
    const name = one.name ?? (found.path === '' ? 'root' : found.path);
    if (databases.some((other) => other.name === name))
      failAt('name')(`Two databases are called ${JSON.stringify(name)}.`);
    databases.push({
      name,
      path: found.path,
      tool: found.tool,
      postgresMajor: asked ?? fallback?.major ?? defaultMajor,
      postgresVersionStated: asked !== null || (fallback?.stated ?? false),
      extensions: one.extensions,
      setup: one.setup,
    });
  }
  return databases;
}

function mustBeMajor(major: number, fail: (message: string) => never): void {
  if ((majors as readonly number[]).includes(major)) return;
  fail(`PostgreSQL ${major} cannot be booted here. It must be one of: ${majors.join(', ')}.`);
}

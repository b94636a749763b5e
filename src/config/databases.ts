import { UserError } from '../errors.ts';
import { currentPlatform, embeddedMajors, majorsOf } from '../shadow/versions.ts';
import { treePath } from '../tools/reading/directories.ts';
import { baselineOf } from './baseline.ts';
import { commandOf, toolSettings } from './command.ts';
import { detected, named } from './detection.ts';
import type { ConfigFile, WrongKey } from './file.ts';
import type { Found, Search } from './found.ts';
import { quoted } from './nearest.ts';
import type { DatabaseConfig, Options } from './options.ts';
import { defaultMajor, majorOfImage, postgresVersionOf } from './postgres-version.ts';

interface DatabasesInput {
  readonly options: Options;
  /** What head's config file says. */
  readonly values: ConfigFile;
  readonly search: Search;
  readonly wrongKey: WrongKey;
}

/** What is checked: what the options name, else what the config names, else what is detected. */
export async function databasesOf(
  input: DatabasesInput,
): Promise<{ readonly databases: readonly DatabaseConfig[]; readonly notes: readonly string[] }> {
  const { wanted, notes } = await wantedOf(input);
  const databases: DatabaseConfig[] = [];
  for (const one of wanted) {
    const { config, note } = await databaseOf(one, input, databases);
    databases.push(config);
    if (note !== null && !notes.includes(note)) notes.push(note);
  }
  return { databases, notes };
}

interface Wanted {
  readonly found: Found;
  /** Which of the config's databases it is. */
  readonly index: number | null;
}

async function wantedOf({ options, values, search, wrongKey }: DatabasesInput) {
  if (options.path !== null) {
    const path = treePath(options.path);
    // What the config says about this directory still holds.
    const index = (values.databases ?? []).findIndex((one) => treePath(one.path) === path);
    const settings = toolSettings(values.databases?.[index], options);
    const { found, notes } = await named(search, options.path, options.tool, wrongOption, settings);
    return { wanted: [{ found, index: index === -1 ? null : index }], notes };
  }
  const wanted: Wanted[] = [];
  if (options.tool !== null || values.databases === undefined) {
    const { found, notes } = await detected(search, options.tool);
    wanted.push(...found.map((one) => ({ found: one, index: null })));
    return { wanted, notes };
  }
  const notes: string[] = [];
  for (const [index, one] of values.databases.entries()) {
    const at = wrongKey('databases', index, 'path');
    const { found, notes: said } = await named(
      search,
      one.path,
      one.tool ?? null,
      at,
      toolSettings(one, options),
    );
    notes.push(...said);
    wanted.push({ found, index });
  }
  return { wanted, notes };
}

async function databaseOf(
  { found, index }: Wanted,
  { options, values, search, wrongKey }: DatabasesInput,
  others: readonly DatabaseConfig[],
): Promise<{ readonly config: DatabaseConfig; readonly note: string | null }> {
  const { base, head } = search;
  const one = index === null ? undefined : values.databases?.[index];
  // What no entry of the config says, the options do.
  const at: WrongKey =
    index === null ? () => wrongOption : (...path) => wrongKey('databases', index, ...path);
  for (const [nth, path] of (one?.setup ?? []).entries()) {
    if (base.get(path) ?? head.get(path)) continue;
    at('setup', nth)(`The setup file ${quoted(path)} does not exist.`);
  }
  const image = options.postgresImage ?? one?.['postgres-image'] ?? null;
  const asked = options.postgresVersion ?? one?.['postgres-version'] ?? majorOfImage(image);
  // Containers have any version, and so may a server that a URL names. What is not packed for a platform, its own server
  // or a container may be.
  if (asked !== null && image === null && ['auto', 'embedded', 'local'].includes(options.shadow))
    mustBeMajor(
      asked,
      options.shadow,
      options.postgresVersion === null ? at('postgres-version') : wrongOption,
    );
  const said = asked === null ? await postgresVersionOf(head, treePath(found.path)) : null;
  const name = one?.name ?? (treePath(found.path) === '' ? 'root' : found.path);
  if (others.some((other) => other.name === name)) at('name')(`Two databases are called ${quoted(name)}.`);
  if (others.some((other) => treePath(other.path) === treePath(found.path))) {
    at('path')(`Two databases have the path ${quoted(found.path)}.`);
  }
  const settings = toolSettings(one, options);
  const config: DatabaseConfig = {
    name,
    path: found.path,
    ...(found.basePath === undefined ? {} : { basePath: found.basePath }),
    tool: found.tool,
    postgresMajor: asked ?? said?.major ?? defaultMajor,
    postgresImage: image,
    postgresVersionStated: asked !== null || (said?.stated ?? false),
    extensions: one?.extensions ?? [],
    setup: one?.setup ?? [],
    declaredSchema: one?.['declared-schema'] ?? null,
    toolSettings: settings,
    command: commandOf(found.tool, options, one, at),
    baseline: await baselineOf(one?.baseline, { ...found, toolSettings: settings }, search, at),
  };
  return { config, note: said?.note ?? null };
}

const wrongOption = (message: string): never => {
  throw new UserError(message);
};

function mustBeMajor(major: number, shadow: string, fail: (message: string) => never): void {
  const majors: readonly number[] = shadow === 'embedded' ? majorsOf(currentPlatform()) : embeddedMajors;
  if (majors.includes(major)) return;
  fail(`PostgreSQL ${major} cannot be booted here. It must be one of: ${majors.join(', ')}.`);
}

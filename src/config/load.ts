import { readFile } from 'node:fs/promises';
import { Undecided, UserError } from '../errors.ts';
import type { Tree } from '../git/tree.ts';
import type { Severity } from '../rules/rule.ts';
import { runsItself, takesCommand } from '../tools/index.ts';
import { treePath } from '../tools/reading/directories.ts';
import type { ToolName, ToolSettings } from '../tools/tool.ts';
import { baselineOf } from './baseline.ts';
import { detected, type Found, named } from './databases.ts';
import { type ConfigFile, majors, type ReadConfig, readConfigFile } from './file.ts';
import { quoted } from './nearest.ts';
import type { CommandConfig, Config, DatabaseConfig, Options } from './options.ts';
import { defaultMajor, postgresVersionOf } from './postgres-version.ts';
import { readTableStats, type TableStats } from './table-stats.ts';
import { isInUse, weakenings } from './weakened.ts';

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
  ruleDefaults,
}: {
  readonly options: Options;
  readonly head: Tree;
  readonly base: Tree;
  /** Severity of every rule where no config sets one. */
  readonly ruleDefaults: Readonly<Record<string, Severity | 'off'>>;
}): Promise<Config> {
  const ruleNames = Object.keys(ruleDefaults);
  const file = await configFile(options, head);
  const config = file === null ? null : readConfigFile(file.path, file.text, ruleNames);
  const values: ConfigFile = config?.values ?? {};
  const notes: string[] = [];
  const search = { head, base };
  const wrongOption = (message: string): never => {
    throw new UserError(message);
  };
  /** Reports at the line where the config file says it. */
  const wrongKey =
    (...path: PropertyKey[]) =>
    (message: string): never => {
      const line = config?.lineOf(path) ?? 1;
      throw new UserError(
        `${file?.path}:${line}: ${message}`,
        file === null ? {} : { place: { file: file.path, line } },
      );
    };

  const wanted: Wanted[] = [];
  if (options.path !== null) {
    const path = treePath(options.path);
    // What the config says about this directory still holds.
    const index = (values.databases ?? []).findIndex((one) => treePath(one.path) === path);
    const settings = toolSettings(values.databases?.[index], options);
    const { found, notes: said } = await named(search, options.path, options.tool, wrongOption, settings);
    notes.push(...said);
    wanted.push({ found, index: index === -1 ? null : index });
  } else if (options.tool === null && values.databases !== undefined) {
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
  } else {
    const result = await detected(search, options.tool);
    wanted.push(...result.found.map((found) => ({ found, index: null })));
    notes.push(...result.notes);
  }

  const databases: DatabaseConfig[] = [];
  for (const { found, index } of wanted) {
    const one = index === null ? undefined : values.databases?.[index];
    const at = (...path: PropertyKey[]) => wrongKey('databases', index ?? 0, ...path);
    for (const [nth, path] of (one?.setup ?? []).entries()) {
      if (base.get(path) ?? head.get(path)) continue;
      at('setup', nth)(`The setup file ${quoted(path)} does not exist.`);
    }
    const image = options.postgresImage ?? one?.['postgres-image'] ?? null;
    const asked = options.postgresVersion ?? one?.['postgres-version'] ?? majorOfImage(image);
    // Containers have any version, and so may a server that a URL names.
    if (asked !== null && image === null && ['auto', 'embedded', 'local'].includes(options.shadow))
      mustBeMajor(asked, options.postgresVersion === null ? at('postgres-version') : wrongOption);
    const said = asked === null ? await postgresVersionOf(head, treePath(found.path)) : null;
    if (said !== null && !notes.includes(said.note)) notes.push(said.note);
    const name = one?.name ?? (treePath(found.path) === '' ? 'root' : found.path);
    if (databases.some((other) => other.name === name))
      at('name')(`Two databases are called ${quoted(name)}.`);
    if (databases.some((other) => treePath(other.path) === treePath(found.path))) {
      at('path')(`Two databases have the path ${quoted(found.path)}.`);
    }
    databases.push({
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
      toolSettings: toolSettings(one, options),
      command: commandOf(found.tool, options, one, at),
      baseline: await baselineOf(
        one?.baseline,
        { ...found, toolSettings: toolSettings(one, options) },
        search,
        at,
      ),
    });
  }
  return {
    databases,
    rules: Object.fromEntries(
      Object.entries(values.rules ?? {}).flatMap(([rule, severity]) =>
        severity === undefined ? [] : [[rule, severity]],
      ),
    ),
    failOn: options.failOn ?? values['fail-on'] ?? 'error',
    tableStats: await tableStats(options, head, values['table-stats'] ?? null, wrongKey('table-stats')),
    ignoreMigrationsBefore: values['ignore-migrations-before'] ?? null,
    lockTimeout: values['lock-timeout'] ?? 'in-migrations',
    appliedRef: options.appliedRef ?? values['applied-ref'] ?? null,
    acceptSquash: values['accept-squash'] ?? false,
    checkDown: options.checkDown ?? values['check-down'] ?? false,
    checkRerun: options.checkRerun ?? values['check-rerun'] ?? false,
    checkOpenPrs: options.checkOpenPrs ?? values['check-open-prs'] ?? false,
    timeoutMinutes: options.timeoutMinutes ?? values['timeout-minutes'] ?? 10,
    shadowSuperuser:
      options.shadowSuperuser ?? (await baseSays(options, base, ruleNames))['shadow-superuser'] ?? false,
    shadowData: options.shadowData ?? (await baseSays(options, base, ruleNames))['shadow-data'] ?? 'own',
    weakened: await weakened({ options, base, ruleDefaults, file, config, databases }),
    notes,
  };
}

const toolSettings = (
  one: NonNullable<ConfigFile['databases']>[number] | undefined,
  options: Options,
): ToolSettings => ({
  placeholders: one?.placeholders ?? {},
  outOfOrder: one?.['out-of-order'] ?? null,
  ...((options.applyCommand ?? one?.['apply-command'] ?? null) === null ? {} : { byCommand: true }),
});

/** How a tool that runs itself is called. */
function commandOf(
  tool: ToolName,
  options: Options,
  one: NonNullable<ConfigFile['databases']>[number] | undefined,
  wrong: (...path: PropertyKey[]) => (message: string) => never,
): CommandConfig {
  const apply = options.applyCommand ?? one?.['apply-command'] ?? null;
  const baseSetup = one?.['base-setup-command'] ?? null;
  if (tool === 'command' && apply === null)
    wrong('tool')(
      'The tool command needs an apply-command: a line for the shell that migrates DATABASE_URL.',
    );
  const refuse = (key: string) =>
    wrong(key)(
      `${key} is for tools that run themselves, and the files of ${tool} are applied by the gate. Remove it, or set tool: command.`,
    );
  if (!runsItself(tool) && !(apply !== null && takesCommand(tool))) {
    if (apply !== null) refuse('apply-command');
    if (baseSetup !== null) refuse('base-setup-command');
  }
  return { apply, baseSetup, environment: one?.['command-environment'] ?? {} };
}

/** Only base's config can give a stranger's SQL a superuser, or data. */
async function baseSays(options: Options, base: Tree, ruleNames: readonly string[]): Promise<ConfigFile> {
  return (await configOfBase(options, base, ruleNames))?.values ?? {};
}

/** `postgis/postgis:17-3.5`, `pgvector/pgvector:pg16`, `postgres:17.2-alpine`; null where the tag does not say. */
function majorOfImage(image: string | null): number | null {
  const tag = image === null ? null : (/:([\w][\w.-]*)(?:@|$)/.exec(image)?.[1] ?? null);
  const digits = tag === null ? undefined : /(?:^|-|pg)(?:pg)?(\d{2})(?!\d)/.exec(tag)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** Compares head's config with base's. Only base decides how much it counts. */
async function weakened(input: {
  readonly options: Options;
  readonly base: Tree;
  readonly ruleDefaults: Readonly<Record<string, Severity | 'off'>>;
  readonly file: { readonly path: string } | null;
  readonly config: ReadConfig | null;
  readonly databases: readonly DatabaseConfig[];
}): Promise<Config['weakened']> {
  const { options, base, ruleDefaults, file, config, databases } = input;
  const ruleNames = Object.keys(ruleDefaults);
  const before = await configOfBase(options, base, ruleNames);
  if (before === null && !(await isInUse(base))) return null;
  const values = before?.values ?? {};
  const severity = values.rules?.['gate-weakened'] ?? 'error';
  if (severity === 'off') return null;
  const found = weakenings({
    base: values,
    head: config?.values ?? {},
    defaults: ruleDefaults,
    checked: options.path === null ? await checkedInBase(base, values, config) : [],
    checks: new Set(databases.flatMap(({ path, basePath = path }) => [treePath(path), treePath(basePath)])),
    before: (path) => {
      const { basePath = path } = databases.find((one) => treePath(one.path) === treePath(path)) ?? {};
      return base.under(treePath(basePath)).length > 0 ? basePath : null;
    },
  });
  const [first] = found;
  if (first === undefined) return null;
  return {
    severity,
    file: file?.path ?? before?.path ?? usualFiles[0],
    line: file === null ? null : (config?.lineOf(first.path) ?? null),
    what: found.map(({ what }) => what),
  };
}

/** A config of base that cannot be read asks for nothing that could be taken away. */
async function configOfBase(options: Options, base: Tree, ruleNames: readonly string[]) {
  try {
    const file = await configFile(options, base);
    return file === null
      ? null
      : { path: file.path, values: readConfigFile(file.path, file.text, ruleNames).values };
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

/** Directories that base would check, as far as head may have dropped them. */
async function checkedInBase(
  base: Tree,
  values: ConfigFile,
  config: ReadConfig | null,
): Promise<readonly string[]> {
  const named = values.databases?.map(({ path }) => path);
  if (named !== undefined) return named.filter((path) => base.under(treePath(path)).length > 0);
  // Without names in head's config, detection looks at both trees itself.
  if (config?.values.databases === undefined) return [];
  try {
    return (await detected({ head: base, base }, null)).found.map(({ path }) => path);
  } catch (error) {
    // Base was undecided; whatever head names is more than that.
    if (error instanceof Undecided) return [];
    throw error;
  }
}

/** The option names a file of whoever runs the gate; the config's key one of the repository, read from head. */
async function tableStats(
  options: Options,
  head: Tree,
  path: string | null,
  wrong: (message: string) => never,
): Promise<TableStats | null> {
  if (options.tableStats !== null) {
    const text = await readFile(options.tableStats, 'utf8').catch((error: Error) => {
      throw new UserError(`The table statistics cannot be read: ${error.message}`, { cause: error });
    });
    return readTableStats(options.tableStats, text);
  }
  if (path === null) return null;
  const entry = head.get(path.replace(/^\.\//, ''));
  if (entry === undefined || !entry.mode.startsWith('100')) return wrong(`There is no file ${quoted(path)}.`);
  return readTableStats(entry.path, (await head.read([entry.path])).get(entry.path)?.toString('utf8') ?? '');
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

interface Wanted {
  readonly found: Found;
  /** Which of the config's databases it is. */
  readonly index: number | null;
}

function mustBeMajor(major: number, fail: (message: string) => never): void {
  if ((majors as readonly number[]).includes(major)) return;
  fail(`PostgreSQL ${major} cannot be booted here. It must be one of: ${majors.join(', ')}.`);
}

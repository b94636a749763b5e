import { Undecided, UserError } from '../errors.ts';
import type { Tree } from '../git/tree.ts';
import type { Severity } from '../rules/rule.ts';
import { treePath } from '../tools/reading/directories.ts';
import { detected } from './detection.ts';
import { type ConfigFile, type ReadConfig, readConfigFile } from './file.ts';
import { findConfigFile, usualFiles } from './find-file.ts';
import type { Config, DatabaseConfig, Options } from './options.ts';
import { isInUse, weakenings } from './weakened.ts';

/** The config file as base has it. */
export interface ConfigOfBase {
  readonly path: string;
  readonly values: ConfigFile;
}

/** A config of base that cannot be read asks for nothing that could be taken away. */
export async function configOfBase(
  options: Options,
  base: Tree,
  ruleNames: readonly string[],
): Promise<ConfigOfBase | null> {
  try {
    const file = await findConfigFile(options, base);
    return file === null
      ? null
      : { path: file.path, values: readConfigFile(file.path, file.text, ruleNames).values };
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

/** Compares head's config with base's. Only base decides how much it counts. */
export async function weakenedSince(input: {
  readonly options: Options;
  readonly base: Tree;
  /** What base's config says; null where it has none. */
  readonly before: ConfigOfBase | null;
  readonly ruleDefaults: Readonly<Record<string, Severity | 'off'>>;
  readonly file: { readonly path: string } | null;
  readonly config: ReadConfig | null;
  readonly databases: readonly DatabaseConfig[];
}): Promise<Config['weakened']> {
  const { options, base, before, ruleDefaults, file, config, databases } = input;
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

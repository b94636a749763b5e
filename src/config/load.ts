import { UserError } from '../errors.ts';
import type { Tree } from '../git/tree.ts';
import type { Severity } from '../rules/rule.ts';
import { configOfBase, weakenedSince } from './against-base.ts';
import { databasesOf } from './databases.ts';
import { type ConfigFile, readConfigFile, type WrongKey } from './file.ts';
import { findConfigFile } from './find-file.ts';
import type { Config, Options } from './options.ts';
import { rulesOption } from './rules-option.ts';
import { tableStatsOf } from './table-stats.ts';

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
  const file = await findConfigFile(options, head);
  const config = file === null ? null : readConfigFile(file.path, file.text, ruleNames);
  const values: ConfigFile = config?.values ?? {};
  const search = { head, base };
  const wrongKey: WrongKey =
    (...path) =>
    (message) => {
      const line = config?.lineOf(path) ?? 1;
      throw new UserError(
        `${file?.path}:${line}: ${message}`,
        file === null ? {} : { place: { file: file.path, line } },
      );
    };
  const { databases, notes } = await databasesOf({ options, values, search, wrongKey });
  const before = await configOfBase(options, base, ruleNames);
  return {
    databases,
    rules: {
      ...Object.fromEntries(
        Object.entries(values.rules ?? {}).flatMap(([rule, severity]) =>
          severity === undefined ? [] : [[rule, severity]],
        ),
      ),
      ...rulesOption(options.rules, ruleNames),
    },
    failOn: options.failOn ?? values['fail-on'] ?? 'error',
    tableStats: await tableStatsOf(
      options.tableStats,
      head,
      values['table-stats'] ?? null,
      wrongKey('table-stats'),
    ),
    ignoreMigrationsBefore: values['ignore-migrations-before'] ?? null,
    lockTimeout: values['lock-timeout'] ?? 'in-migrations',
    appliedRef: options.appliedRef ?? values['applied-ref'] ?? null,
    acceptSquash: values['accept-squash'] ?? false,
    checkDown: options.checkDown ?? values['check-down'] ?? false,
    checkRerun: options.checkRerun ?? values['check-rerun'] ?? false,
    checkOpenPrs: options.checkOpenPrs ?? values['check-open-prs'] ?? false,
    timeoutMinutes: options.timeoutMinutes ?? values['timeout-minutes'] ?? 10,
    // Only base's config can give a stranger's SQL a superuser, or data.
    shadowSuperuser: options.shadowSuperuser ?? before?.values['shadow-superuser'] ?? false,
    shadowData: options.shadowData ?? before?.values['shadow-data'] ?? 'own',
    weakened: await weakenedSince({ options, base, before, ruleDefaults, file, config, databases }),
    notes,
  };
}

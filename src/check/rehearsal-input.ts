import type { DatabaseConfig } from '../config/options.ts';
import { Undecided } from '../errors.ts';
import type { Trees } from '../git/tree.ts';
import type { HistoryChange } from '../history/change.ts';
import { isPerhapsCut } from '../history/schema-squash.ts';
import type { RehearsalInput, SetupFile } from '../run/rehearsal.ts';
import type { History, Migration, MigrationTool } from '../tools/tool.ts';
import type { Changes, Histories } from './changes.ts';
import { type DatabaseInput, programOf } from './inputs.ts';

/** What the shadow is told of one database. */
export async function rehearsalInputOf(
  { database, config, options, trees, baseName, limits, onProgress }: DatabaseInput,
  tool: MigrationTool,
  histories: Histories,
  { comparison, base, squash, hooks, newHooks, diverges }: Changes,
): Promise<RehearsalInput> {
  const { head } = histories;
  const [baseLoad, headLoad] = [loadOf(histories.base), loadOf(head)];
  return {
    tool,
    path: database.path,
    shadow: options.shadow,
    cache: options.cache,
    postgresMajor: database.postgresMajor,
    postgresImage: database.postgresImage,
    superuser: config.shadowSuperuser,
    existing: config.shadowData === 'existing',
    extensions: database.extensions,
    setup: await setupFiles(database.setup, trees),
    baseline: await baselineFile(database.baseline, trees),
    checkDown: config.checkDown,
    checkRerun: config.checkRerun,
    baseName,
    base: base.migrations,
    pending: comparison.pending,
    fresh: diverges ? (head.onEmpty ?? head.migrations) : null,
    schemaLoads:
      baseLoad === null
        ? null
        : {
            base: baseLoad,
            head: headLoad,
            perhapsCut: isPerhapsCut(tool, histories.base, comparison.pending),
          },
    freshLoad: squash?.load === true ? squash.into : null,
    hooks,
    program: await programOf(tool, database, trees),
    newHooks,
    mayFail: ({ file }) => isRenamed(comparison.changes, file),
    limits,
    onProgress,
  };
}

const loadOf = ({ schemaLoad }: History): Migration | null =>
  schemaLoad === undefined || typeof schemaLoad === 'string' ? null : schemaLoad;

const isRenamed = (changes: readonly HistoryChange[], file: string): boolean =>
  changes.some((change) => change.kind === 'renamed' && change.file === file);

/** Base's version of a setup file is what production has agreed to: only that may run as superuser. */
async function setupFiles(paths: readonly string[], { base, head }: Trees): Promise<SetupFile[]> {
  const [fromBase, fromHead] = await Promise.all([base.read(paths), head.read(paths)]);
  return paths.map((file) => {
    const trusted = fromBase.get(file);
    const content = trusted ?? fromHead.get(file);
    if (content === undefined) {
      throw new Undecided(
        'invalid-configuration',
        `The setup file ${file} exists neither in base nor in head.`,
        {
          place: { file },
        },
      );
    }
    return { file, sql: content.toString('utf8'), trusted: trusted !== undefined };
  });
}

/** Base's dump is what production has agreed to; one that only head has is told of. */
async function baselineFile(baseline: DatabaseConfig['baseline'], { base, head }: Trees) {
  if (baseline === null) return null;
  const { file, version } = baseline;
  const trusted = (await base.read([file])).get(file);
  const content = trusted ?? (await head.read([file])).get(file);
  if (content === undefined) {
    throw new Undecided('invalid-configuration', `The baseline ${file} exists neither in base nor in head.`, {
      place: { file },
    });
  }
  return { file, version, sql: content.toString('utf8'), trusted: trusted !== undefined };
}

import type { Config, DatabaseConfig, Options } from '../config/options.ts';
import { Undecided } from '../errors.ts';
import { repositoryRoot } from '../git/repository.ts';
import type { Trees } from '../git/tree.ts';
import type { HistoryChange } from '../history/change.ts';
import { looseDeployments } from '../history/deployments.ts';
import { halfWay } from '../history/half-way.ts';
import { knownOdditiesNote } from '../history/oddities.ts';
import { findWayOut } from '../history/way-out.ts';
import type { Limits } from '../limits.ts';
import { databaseReport } from '../report/build.ts';
import type { DatabaseReport, Finding } from '../report/model.ts';
import { historyHygiene } from '../rules/history/history-hygiene.ts';
import { judgements } from '../rules/judge.ts';
import { resolveRelation } from '../run/index.ts';
import type { Rehearsal, RehearsalInput } from '../run/rehearsal.ts';
import { rehearse } from '../run/rehearse.ts';
import type { MigrationTrace } from '../run/trace.ts';
import { configuredTool } from '../tools/configured.ts';
import type { History, Migration, MigrationTool } from '../tools/tool.ts';
import { findUses } from '../uses/find.ts';
import { migrationPaths, targetsOf } from '../uses/targets.ts';
import { allowsOf, allowsOfOddities } from './allows.ts';
import type { CheckedSide } from './beside.ts';
import { changesOf, isAccepted } from './changes.ts';
import { orCure } from './cure.ts';
import { declaredFileOf, declaredOf } from './declared.ts';
import { askedProgram, baselineFile, historiesOf, programOf, releaseOf, setupFiles } from './inputs.ts';
import { modelsOf, modelsTouched } from './models.ts';
import { notChecked, unknownSizes } from './not-checked.ts';
import { proved } from './proved.ts';
import { hooksNotObserved, unseen } from './unseen.ts';

/** What the check of one database came to. */
export interface DatabaseCheck {
  /** Null when it was undecided before there was anything to report. */
  readonly report: DatabaseReport | null;
  readonly findings: readonly Finding[];
  readonly undecided: Undecided | null;
  readonly notes: readonly string[];
  readonly notChecked: readonly string[];
  /** What other branches are held against; null where nothing of it is pending or it was undecided. */
  readonly side: CheckedSide | null;
}

/** The part of the pipeline that runs once for each database: histories, shadow, findings. */
export async function checkDatabase(input: {
  readonly database: DatabaseConfig;
  readonly config: Config;
  readonly options: Options;
  readonly trees: Trees;
  /** What people call base: `main`. */
  readonly baseName: string;
  /** What git calls it: `origin/main`. */
  readonly baseRef: string;
  readonly limits: Limits;
  readonly onProgress: (message: string) => void;
}): Promise<DatabaseCheck> {
  const { database, config, options, trees, baseName, baseRef, limits, onProgress } = input;
  try {
    const tool = await configuredTool(database, trees);
    const histories = await historiesOf(tool, database, trees);
    const release = await releaseOf(tool, database, config.appliedRef, trees);
    const changes = changesOf(tool, database, histories, release.history);
    const { comparison, base, squash, oddities, hooks, newHooks, hooked, diverges } = changes;

    const declaredFile = await declaredFileOf(
      tool,
      database,
      trees,
      config.rules,
      await repositoryRoot(options.repo),
    );
    const redeclared = declaredFile?.changed === true && declaredFile.comparable;
    const touched = await modelsTouched(tool, trees, config.rules);
    const tidying = (config.rules[historyHygiene.name] ?? 'off') !== 'off';
    const rehearsalInput = async (): Promise<RehearsalInput> => ({
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
      fresh: diverges ? (histories.head.onEmpty ?? histories.head.migrations) : null,
      hooks,
      program: await programOf(tool, database, options, trees),
      newHooks,
      mayFail: ({ file }) => isRenamed(comparison.changes, file),
      limits,
      onProgress,
    });
    await using rehearsal =
      comparison.pending.length + newHooks.length === 0 &&
      !diverges &&
      !redeclared &&
      !touched.needsServer &&
      !tidying
        ? null
        : await orCure(comparison.changes, trees.since, async () => rehearse(await rehearsalInput()));
    const { declared, notChecked: notCompared } =
      declaredFile === null
        ? { declared: null, notChecked: [] }
        : await declaredOf({
            tool,
            declared: declaredFile,
            trees,
            histories,
            rehearsal: rehearsal === null || hasFailed(rehearsal) ? null : rehearsal,
            input: rehearsalInput,
            program: () => askedProgram(tool, database, options, trees),
            migrates: comparison.pending.length > 0,
          });
    const compared = await modelsOf({
      tool,
      touched,
      rules: config.rules,
      rehearsal,
      failed: rehearsal !== null && hasFailed(rehearsal),
      baseIsEmpty: histories.base.migrations.length === 0,
      program: () => programOf(tool, database, options, trees),
      onProgress,
    });

    const pending = rehearsal?.pending ?? comparison.pending;
    const wayOut =
      comparison.changes.length === 0
        ? null
        : await findWayOut({
            tool,
            changes: comparison.changes,
            base: histories.base,
            head: histories.head,
            since: trees.since,
            paths:
              rehearsal?.fresh == null
                ? null
                : {
                    upgraded: rehearsal.after,
                    fresh: rehearsal.fresh,
                    tryAfter: (migration) => rehearsal.tryInstead([...pending, migration]),
                  },
          });
    const { uses, left } = await findUses(
      trees,
      targetsOf(rehearsal?.schemaChanges ?? [], rehearsal?.before ?? null),
      migrationPaths(config.databases, histories.head.paths ?? []),
    );
    const judged = judgements(
      {
        database: database.name,
        tool,
        baseRef,
        lockTimeout: config.lockTimeout,
        baseMigrations: base.migrations.map(({ sql }) => sql),
        ...(tidying ? { baseHistory: histories.base } : {}),
        postgresMajor: database.postgresMajor,
        historyChanges: comparison.changes,
        migrations: rehearsal?.traced.migrations ?? [],
        before: rehearsal?.before ?? null,
        after: rehearsal?.after ?? null,
        schemaChanges: rehearsal?.schemaChanges ?? [],
        divergence: rehearsal?.divergence ?? [],
        compared: rehearsal?.fresh != null,
        wayOut,
        declared,
        models: compared.models,
        looseDeployments: await looseDeployments(trees.base, trees.head),
        squash:
          squash === null
            ? null
            : {
                ...squash,
                accepted: squash.settled === true || isAccepted(config.acceptSquash, database),
                compared: rehearsal?.fresh != null || rehearsal?.freshFailure != null,
              },
        freed: { ref: release.ref, changes: changes.freed },
        oddities: oddities.fresh,
        sources: textsOf([...hooks.head, ...pending]),
        freshFailure: rehearsal?.freshFailure ?? null,
        reversal: rehearsal?.reversal ?? null,
        rerun: rehearsal?.rerun ?? null,
        surroundings: rehearsal?.surroundings ?? null,
        uses: (object) => uses.get(object) ?? [],
        resolve: (schemaname, relname, statement) =>
          resolveRelation(rehearsal?.traced.baseRelations ?? [], schemaname, relname, statement),
      },
      {
        rules: config.rules,
        ignoreMigrationsBefore: config.ignoreMigrationsBefore,
        tableStats: config.tableStats,
        allows: new Map([
          ...(await allowsOfOddities(oddities.fresh, trees.head)),
          ...allowsOf([...pending, ...comparison.edited, ...hooked], config.checkDown),
        ]),
      },
    );

    const findings = await proved(judged, pending, rehearsal);
    return {
      report: databaseReport({
        config: database,
        baseCount: histories.base.migrations.length,
        paths: histories.head.paths ?? [],
        comparison,
        rehearsal,
        halfWay: (trace) => halfWayOf(tool, histories.head, pending, trace),
      }),
      findings,
      undecided:
        rehearsal === null ? null : unseen(rehearsal, [...pending, ...hooked], findings, config.failOn),
      notes: [
        ...histories.head.notes,
        ...release.notes,
        ...(rehearsal?.notes ?? []),
        ...knownOdditiesNote(oddities.known, baseName),
      ],
      notChecked: [
        ...notChecked(rehearsal, database),
        ...notCompared,
        ...compared.notChecked,
        ...hooksNotObserved(hooks.head, newHooks, rehearsal),
        ...unknownSizes(judged),
        ...(left === null ? [] : [left]),
      ],
      side:
        rehearsal === null || comparison.pending.length === 0
          ? null
          : { database, tool, histories, failed: hasFailed(rehearsal), rehearsal: await rehearsalInput() },
    };
  } catch (error) {
    if (!(error instanceof Undecided)) throw error;
    return { report: null, findings: [], undecided: error, notes: [], notChecked: [], side: null };
  }
}

const hasFailed = ({ traced }: Rehearsal): boolean =>
  traced.migrations.some(({ error, refused }) => error !== null || refused !== null);

const isRenamed = (changes: readonly HistoryChange[], file: string): boolean =>
  changes.some((change) => change.kind === 'renamed' && change.file === file);

/** What stays of a migration that fails half-way, and how to go on. */
function halfWayOf(tool: MigrationTool, head: History, pending: readonly Migration[], trace: MigrationTrace) {
  const migration = pending.find(({ file, version }) => file === trace.file && version === trace.version);
  if (migration === undefined) return null;
  const place = head.migrations.findIndex(({ identity }) => identity === migration.identity);
  return halfWay(tool, migration, trace, head.migrations[place - 1] ?? null);
}

/** What is sent of each file; where several migrations share one, the lines of all. */
function textsOf(parts: readonly { readonly file: string; readonly sql: string }[]): Map<string, string> {
  const texts = new Map<string, string>();
  for (const { file, sql } of parts) {
    const known = texts.get(file);
    const lines = sql.split('\n');
    const merged = known
      ?.split('\n')
      .map((line, index) => (line.trim() === '' ? (lines[index] ?? line) : line));
    texts.set(file, merged === undefined ? sql : [...merged, ...lines.slice(merged.length)].join('\n'));
  }
  return texts;
}

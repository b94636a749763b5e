import { firstOf, Undecided } from '../errors.ts';
import { knownOdditiesNote } from '../history/oddities.ts';
import { databaseReport } from '../report/build.ts';
import type { DatabaseReport, Finding } from '../report/model.ts';
import { historyHygiene } from '../rules/history/history-hygiene.ts';
import { notJudgedIn } from '../rules/not-judged.ts';
import type { Rehearsal } from '../run/rehearsal.ts';
import { asServerGone } from '../run/server-gone.ts';
import { expectShadow } from '../shadow/index.ts';
import { configuredTool } from '../tools/configured.ts';
import { findUses } from '../uses/find.ts';
import { migrationPaths, targetsOf } from '../uses/targets.ts';
import type { CheckedSide } from './beside.ts';
import { changesOf } from './changes.ts';
import { rehearsedInOneRun } from './clock.ts';
import { orCure } from './cure.ts';
import { declaredFileOf, declaredOf } from './declared.ts';
import { halfWayOf } from './half-way.ts';
import { askedProgram, type DatabaseInput, historiesOf, programOf, releaseOf } from './inputs.ts';
import { judgedOf } from './judged.ts';
import { modelsOf, modelsTouched } from './models.ts';
import { notChecked, unknownSizes } from './not-checked.ts';
import { proved } from './proved.ts';
import { rehearsalInputOf } from './rehearsal-input.ts';
import { hooksNotObserved, unseen } from './unseen.ts';
import { wayOutOf } from './way-out.ts';

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
export async function checkDatabase(input: DatabaseInput): Promise<DatabaseCheck> {
  const { database, config, trees, baseName, onProgress } = input;
  expectShadow({
    shadow: input.options.shadow,
    major: database.postgresMajor,
    image: database.postgresImage,
  });
  try {
    const tool = await configuredTool(database, trees);
    const histories = await historiesOf(tool, database, trees);
    const release = await releaseOf(tool, database, config.appliedRef, trees);
    const changes = changesOf(tool, database, histories, release.history);
    const { comparison, oddities, hooks, newHooks, hooked, diverges } = changes;

    const declaredFile = await declaredFileOf(tool, database, trees, config.rules, trees.root);
    const redeclared = declaredFile?.changed === true && declaredFile.comparable;
    const touched = await modelsTouched(tool, trees, config.rules);
    const tidying = (config.rules[historyHygiene.name] ?? 'off') !== 'off';
    const rehearsalInput = () => rehearsalInputOf(input, tool, histories, changes);
    await using rehearsal =
      comparison.pending.length + newHooks.length === 0 &&
      !diverges &&
      !redeclared &&
      !touched.needsServer &&
      !tidying
        ? null
        : await orCure(comparison.changes, trees.since, async () =>
            rehearsedInOneRun(await rehearsalInput()),
          );
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
            program: () => askedProgram(tool, database, trees),
            path: database.path,
            basePath: database.basePath ?? database.path,
            migrates: comparison.pending.length > 0,
          });
    const compared = await modelsOf({
      tool,
      touched,
      rules: config.rules,
      rehearsal,
      failed: rehearsal !== null && hasFailed(rehearsal),
      baseIsEmpty: histories.base.migrations.length === 0,
      program: () => programOf(tool, database, trees),
      onProgress,
    });

    rehearsal?.doneWithHead?.();
    const pending = rehearsal?.pending ?? comparison.pending;
    const wayOut = await wayOutOf({ tool, comparison, histories, trees, rehearsal, pending });
    const { uses, left } = await findUses(
      trees,
      targetsOf(rehearsal?.schemaChanges ?? [], rehearsal?.before ?? null),
      migrationPaths(config.databases, histories.head.paths ?? []),
    );
    const { judgements: judged, notJudged } = await judgedOf({
      ...input,
      tool,
      histories,
      tidying,
      releaseRef: release.ref,
      changes,
      rehearsal,
      pending,
      wayOut,
      declared,
      models: compared.models,
      uses,
    });
    const findings = await proved(judged, pending, rehearsal);
    return {
      report: databaseReport({
        config: database,
        baseCount: histories.base.migrations.length,
        paths: histories.head.paths ?? [],
        comparison,
        rehearsal,
        halfWay: (trace) => halfWayOf(tool, histories.head, pending, trace),
        notJudged: (trace) => notJudgedIn(notJudged, trace),
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
  } catch (thrown) {
    const error = firstOf(thrown);
    const undecided = error instanceof Undecided ? error : asServerGone(error);
    if (undecided === null) throw thrown;
    return { report: null, findings: [], undecided, notes: [], notChecked: [], side: null };
  }
}

const hasFailed = ({ traced }: Rehearsal): boolean =>
  traced.migrations.some(({ error, refused }) => error !== null || refused !== null);

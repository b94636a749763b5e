import { looseDeployments } from '../history/deployments.ts';
import type { WayOut } from '../history/way-out.ts';
import { squashedHistory } from '../rules/history/squashed-history.ts';
import { type Judged, judgements } from '../rules/judge.ts';
import type { RuleContext } from '../rules/rule.ts';
import { resolveRelation } from '../run/index.ts';
import type { Rehearsal } from '../run/rehearsal.ts';
import type { Migration, MigrationTool } from '../tools/tool.ts';
import type { FoundUses } from '../uses/find.ts';
import { allowsOf, allowsOfOddities } from './allows.ts';
import { type Changes, type Histories, isAccepted } from './changes.ts';
import type { DatabaseInput } from './inputs.ts';

interface JudgedInput extends DatabaseInput {
  readonly tool: MigrationTool;
  readonly histories: Histories;
  readonly changes: Changes;
  /** The release that counts as applied in place of base; empty: base does. */
  readonly releaseRef: string;
  /** Is base's own history looked through as well? */
  readonly tidying: boolean;
  /** Null: nothing had to be run. */
  readonly rehearsal: Rehearsal | null;
  /** As they ran; where nothing was run, as they are. */
  readonly pending: readonly Migration[];
  readonly wayOut: WayOut | null;
  readonly declared: NonNullable<RuleContext['declared']> | null;
  readonly models: NonNullable<RuleContext['models']> | null;
  readonly uses: FoundUses['uses'];
}

/** Puts what was found about one database before the rules. */
export async function judgedOf(input: JudgedInput): Promise<Judged> {
  const { database, config, trees, baseRef, tool, histories, changes, rehearsal, pending, uses } = input;
  const { comparison, base, squash, oddities, hooks, hooked } = changes;
  return judgements(
    {
      database: database.name,
      tool,
      baseRef,
      lockTimeout: config.lockTimeout,
      baseMigrations: base.migrations.map(({ sql }) => sql),
      ...(input.tidying ? { baseHistory: histories.base } : {}),
      postgresMajor: database.postgresMajor,
      historyChanges: comparison.changes,
      migrations: rehearsal?.traced.migrations ?? [],
      before: rehearsal?.before ?? null,
      after: rehearsal?.after ?? null,
      schemaChanges: rehearsal?.schemaChanges ?? [],
      divergence: rehearsal?.divergence ?? [],
      compared: rehearsal?.fresh != null,
      wayOut: input.wayOut,
      declared: notTwice(input.declared, squash, rehearsal, config.rules),
      models: input.models,
      looseDeployments: await looseDeployments(trees.base, trees.head),
      squash:
        squash === null
          ? null
          : {
              ...squash,
              accepted: squash.settled === true || isAccepted(config.acceptSquash, database),
              baseFrom: rehearsal?.baseFrom ?? null,
              compared: rehearsal?.fresh != null || rehearsal?.freshFailure != null,
            },
      notInSchema: changes.notInSchema,
      freed: { ref: input.releaseRef, changes: changes.freed },
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
}

/** A schema file that does not stand for the migrations that are gone is told once. */
function notTwice(
  declared: JudgedInput['declared'],
  squash: Changes['squash'],
  rehearsal: Rehearsal | null,
  rules: DatabaseInput['config']['rules'],
): JudgedInput['declared'] {
  const differs = rehearsal !== null && (rehearsal.divergence.length > 0 || rehearsal.freshFailure !== null);
  const told = differs && (rules[squashedHistory.name] ?? 'error') === 'error';
  if (declared === null || squash?.load !== true || !told || declared.file !== squash.into.file)
    return declared;
  return declared.lag == null ? null : declared;
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

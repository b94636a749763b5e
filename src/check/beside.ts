import type { DatabaseConfig } from '../config/options.ts';
import { Undecided } from '../errors.ts';
import type { Beside, Tree } from '../git/tree.ts';
import { collisionsOf } from '../history/collisions.ts';
import { compareHistories } from '../history/compare.ts';
import type { Limits } from '../limits.ts';
import type { OtherPullRequest } from '../report/model.ts';
import { type BothOrders, type OrderStage, orderStage } from '../run/both-orders.ts';
import type { RehearsalInput } from '../run/rehearsal.ts';
import { isServerUrl } from '../shadow/index.ts';
import { isWithin, treePath } from '../tools/reading/directories.ts';
import type { History, Migration, MigrationTool } from '../tools/tool.ts';
import type { Histories } from './changes.ts';
import type { OpenPull } from './open-pull.ts';

/** What the check of a database leaves for the comparison with other branches. */
export interface CheckedSide {
  readonly database: DatabaseConfig;
  readonly tool: MigrationTool;
  readonly histories: Histories;
  /** One of its own migrations does not run. */
  readonly failed: boolean;
  readonly rehearsal: RehearsalInput;
}

type Part = Pick<OtherPullRequest, 'collisions' | 'orders'>;

/** Compares branches with this one; boots a server for each database when the first needs it, and closes them all. */
export interface Comparison extends AsyncDisposable {
  /** Null where the other branch has no new migration of that database. */
  with(side: CheckedSide, pull: OpenPull, beside: Beside): Promise<Part | null>;
}

export function comparison(run: {
  readonly limits: Limits;
  readonly onProgress: (message: string) => void;
  /** This pull request comes from a fork itself. */
  readonly fork: boolean;
}): Comparison {
  const stages = new Map<CheckedSide, Promise<OrderStage>>();
  const stageOf = (side: CheckedSide): Promise<OrderStage> => {
    const { rehearsal, histories } = side;
    const known = stages.get(side);
    if (known !== undefined) return known;
    const { limits, onProgress } = run;
    const base = histories.base.migrations;
    const made = orderStage({
      ...rehearsal,
      base,
      pending: pendingOf(side),
      fresh: null,
      limits,
      onProgress,
    });
    stages.set(side, made);
    return made;
  };
  return {
    async with(side, pull, beside) {
      const { tool, database, histories } = side;
      const theirs = await historyOf(tool, database, beside.other);
      const pending = pendingIn(tool, histories.base, theirs);
      if (pending.length === 0) return null;
      const both = await historyOf(tool, database, beside.both).catch((error: unknown) => {
        if (error instanceof Undecided) return error.message;
        throw error;
      });
      const { base, head: mine } = histories;
      const conflicts = beside.conflicts.filter((file) => belongs(side, file));
      const collisions = collisionsOf({ tool, base, mine, theirs, both, conflicts, name: pull.name });
      const why = whyNot(side, pull, [...pendingOf(side), ...pending], run.fork);
      return {
        collisions,
        orders: why === null ? await tried(pending, theirs) : { outcome: 'not-tried', why },
      };

      async function tried(other: readonly Migration[], { hooks = [] }: History): Promise<BothOrders> {
        const stage = await stageOf(side);
        return stage.tryBoth(
          { pending: pendingOf(side), hooks: mine.hooks ?? [] },
          { pending: other, hooks },
        );
      }
    },
    async [Symbol.asyncDispose]() {
      for (const stage of await Promise.allSettled(stages.values())) {
        if (stage.status === 'fulfilled') await stage.value[Symbol.asyncDispose]();
      }
    },
  };
}

/** Why the SQL of both is not run, as a sentence; null: it is. */
function whyNot(
  { tool, failed, rehearsal }: CheckedSide,
  { fork }: OpenPull,
  migrations: readonly Migration[],
  own: boolean,
): string | null {
  if (tool.command !== undefined || migrations.some(({ program }) => program === true))
    return `${tool.title} runs itself, and programs of another pull request are run in its own job only.`;
  const opaque = migrations.find((migration) => migration.opaque !== undefined);
  if (opaque !== undefined) return `Only the project's own program can run ${opaque.file}.`;
  if (failed) return 'A migration of this pull request does not run by itself.';
  if (rehearsal.existing === true)
    return 'The new migrations ran on the data of a clone (shadow-data: existing), and there is no copy of base.';
  if (!fork) return null;
  // A stranger's SQL must not come where this job's rights are worth more than its own job's.
  if (!own)
    return "It comes from a fork, whose SQL is run in its own job only, since this job's token may write.";
  return rehearsal.superuser || isServerUrl(rehearsal.shadow)
    ? 'It comes from a fork, whose SQL is run neither as superuser nor on a server that a URL names.'
    : null;
}

const pendingOf = ({ tool, histories }: CheckedSide): readonly Migration[] =>
  compareHistories({ tool, ...histories }).pending;

const pendingIn = (tool: MigrationTool, base: History, theirs: History): readonly Migration[] =>
  compareHistories({ tool, base, branch: theirs, head: theirs, mergeBase: null }).pending;

/** A tree is read where it has the directory. */
const historyOf = (
  tool: MigrationTool,
  { path, basePath = path }: DatabaseConfig,
  tree: Tree,
): Promise<History> => tool.history(tree, tree.under(treePath(path)).length > 0 ? path : basePath);

function belongs({ database: { path, basePath = path }, histories }: CheckedSide, file: string): boolean {
  const directories = [treePath(path), treePath(basePath), ...(histories.head.paths ?? [])];
  return directories.some((directory) => directory === '' || isWithin(file, directory));
}

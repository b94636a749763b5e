import { isClock, thisRun } from '../catalog/clock.ts';
import { diff } from '../catalog/diff.ts';
import type { Catalog, SchemaChange } from '../catalog/model.ts';
import type { ShadowDatabase } from '../shadow/shadow.ts';
import { irreversibleComment } from '../sql/irreversible.ts';
import type { Bookkeeping, Down, Hook, Migration, MigrationTool } from '../tools/tool.ts';
import { type ApplyFailure, applyMigrations } from './apply.ts';
import { openSession } from './session.ts';
import { snapshotOf } from './snapshot-of.ts';
import type { ServerError } from './trace.ts';

/** One new migration on its way forth, back and forth again. */
export interface ReversalStep {
  readonly migration: Migration;
  /** What applying it changed in the schema. */
  readonly changes: readonly SchemaChange[];
  /** How it was taken back; null: it was not, since it or a later one has no way back. */
  readonly back: {
    readonly down: Down;
    /** Why the server refused the down; its line is one of the down's file. */
    readonly error: ServerError | null;
    /** What the down made of the migrated schema. */
    readonly changes: readonly SchemaChange[];
    /** From the schema before the migration to the one after it was taken back; what a later one has left is not repeated. */
    readonly leaves: readonly SchemaChange[];
  } | null;
  /** What came of applying it again; null: it did not come to that. */
  readonly again: {
    readonly error: ServerError | null;
    /** From the schema that it made first to the one that it made now. */
    readonly differs: readonly SchemaChange[];
  } | null;
}

export interface Reversal {
  /** In the order of the migrations. */
  readonly steps: readonly ReversalStep[];
  /** One sentence each: what could not be tried. */
  readonly notChecked: readonly string[];
}

/** The comment about a migration's way back, from either part of it. */
export const saidIrreversible = ({ sql, down }: Migration) =>
  [irreversibleComment(sql), irreversibleComment(down?.sql ?? '')]
    .filter((comment) => comment !== null)
    .sort((left, right) => Number(left.reason === null) - Number(right.reason === null))[0] ?? null;

/** The down that is tried: an author who says that there is no way back is believed. */
export function wayBack(migration: Migration): Down | null {
  return saidIrreversible(migration)?.reason == null ? (migration.down ?? null) : null;
}

/**
 * Applies the new migrations to a copy of base, takes them back in reverse order, and applies them again. The schema is
 * read after every step.
 */
export async function tryReversal(
  base: ShadowDatabase,
  tool: MigrationTool,
  pending: readonly Migration[],
  hooks: readonly Hook[] = [],
): Promise<Reversal> {
  // What runs again whenever it changed is made anew by the older text, and has no place in the order back.
  const migrations = pending.filter(({ repeatable }) => repeatable === undefined);
  await using copy = await base.copy();
  await using session = await openSession(copy.connection);
  const apply = (migration: Migration): Promise<ApplyFailure | null> =>
    applyMigrations(session, tool.bookkeeping, [migration], hooks);
  let last: Catalog | null = null;
  const look = async (): Promise<Catalog> => {
    last = await snapshotOf(copy.admin, tool, last);
    return last;
  };

  const first = await look();
  const states: Catalog[] = [first];
  const steps: ReversalStep[] = [];
  for (const migration of migrations) {
    const failure = await apply(migration);
    if (failure !== null) return { steps: [], notChecked: [appliesOnlyThere(failure)] };
    const state = await look();
    steps.push({
      migration,
      changes: diff(states.at(-1) ?? first, state, 'identity'),
      back: null,
      again: null,
    });
    states.push(state);
  }

  let reverted = steps.length;
  let left: readonly SchemaChange[] = [];
  let state = states.at(-1) ?? first;
  for (; reverted > 0; reverted -= 1) {
    const step = steps[reverted - 1];
    const before = states[reverted - 1];
    if (step === undefined || before === undefined) break;
    const down = wayBack(step.migration);
    if (down === null) break;
    const failure = await applyMigrations(session, undoing(tool.bookkeeping), [
      downward(step.migration, down),
    ]);
    if (failure !== null) {
      steps[reverted - 1] = { ...step, back: { down, error: failure.error, changes: [], leaves: [] } };
      return { steps, notChecked: [] };
    }
    const now = await look();
    const leaves = differing(before, now);
    const back = { down, error: null, changes: diff(state, now, 'identity'), leaves: without(leaves, left) };
    steps[reverted - 1] = { ...step, back };
    left = leaves;
    state = now;
  }

  let differed: readonly SchemaChange[] = [];
  for (let at = reverted; at < steps.length; at += 1) {
    const step = steps[at];
    const wanted = states[at + 1];
    if (step === undefined || wanted === undefined) break;
    const failure = await apply(step.migration);
    const differs = failure === null ? differing(wanted, await look()) : [];
    steps[at] = { ...step, again: { error: failure?.error ?? null, differs: without(differs, differed) } };
    if (failure !== null) break;
    differed = differs;
  }
  return { steps, notChecked: stoppedAt(steps[reverted - 1], tool, steps.length - reverted) };
}

/** The down as what the tool runs. */
function downward(migration: Migration, { file, sql, transaction }: Down): Migration {
  const { version, name, identity, bytes, extra } = migration;
  return {
    version,
    name,
    identity,
    bytes,
    file,
    sql,
    transaction,
    ...(extra === undefined ? {} : { extra }),
  };
}

const undoing = (bookkeeping: Bookkeeping): Bookkeeping => ({
  ...bookkeeping,
  before: () => '',
  after: (migration) => bookkeeping.undo?.(migration) ?? '',
});

/**
 * By name, since what was dropped and made again is the same to the next migration; columns' order aside, which nothing gives
 * back, and the time at which something ran, which nobody chose.
 */
export function differing(before: Catalog, after: Catalog): SchemaChange[] {
  const run = thisRun();
  return diff(before, after, 'name').filter((change) => !isReordered(change) && !isClock(change, run));
}

function isReordered({ change, type, before, after }: SchemaChange): boolean {
  if (change !== 'altered' || type !== 'table' || before === null || after === null) return false;
  const lines = (text: string) =>
    text
      .split('\n')
      .map((line) => line.replace(/,$/, ''))
      .sort()
      .join('\n');
  return before.includes('\n') && lines(before) === lines(after);
}

function without(changes: readonly SchemaChange[], known: readonly SchemaChange[]): SchemaChange[] {
  const keys = new Set(known.map((change) => JSON.stringify(change)));
  return changes.filter((change) => !keys.has(JSON.stringify(change)));
}

const appliesOnlyThere = ({ migration, error }: ApplyFailure): string =>
  `The way back: ${migration.file} does not apply in a session of its own (${error.message}), so that nothing could be reverted.`;

/** Which migration was the end of the way back. */
function stoppedAt(step: ReversalStep | undefined, tool: MigrationTool, reverted: number): string[] {
  if (step === undefined) return [];
  return [noWayBack(step.migration, tool, reverted)];
}

/** Why a migration was not reverted, nor any before it. */
export function noWayBack({ file, down }: Migration, tool: MigrationTool, reverted = 0): string {
  const why =
    down === undefined
      ? `${tool.title} has no down for it`
      : down === null
        ? 'it comes without a down'
        : 'it is said to be irreversible';
  const rest =
    reverted === 0 ? 'nothing was reverted' : `only what comes after it (${reverted}) was reverted`;
  return `The way back from ${file}: ${why}, so that ${rest}.`;
}

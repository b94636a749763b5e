import { diff } from '../../catalog/diff.ts';
import type { Catalog } from '../../catalog/model.ts';
import { Undecided } from '../../errors.ts';
import type { Shadow } from '../../shadow/shadow.ts';
import type { Migration } from '../../tools/tool.ts';
import { prepare, start } from '../base.ts';
import type { RehearsalInput, Requested } from '../rehearsal.ts';
import { differing, noWayBack, type Reversal, type ReversalStep, wayBack } from '../reversal.ts';
import { snapshotOf } from '../snapshot-of.ts';
import { lastLines } from './call.ts';
import { rerunByCommand } from './rerun.ts';
import { loadBase } from './schema-load.ts';
import { errorOf } from './stopped.ts';
import { applyBase } from './upgrade.ts';
import { type CommandRun, openWorkspace, type ProgramInput, type Workspace } from './workspace.ts';

/**
 * Tries the second run and the way back of a tool that runs itself, on a server of its own. The way back: head's migrations by the
 * tool's command, each taken back by it, newest first, and all of them again. What one migration made is not known where
 * several ran at once, so that only the way from all of them back to base is compared.
 */
export async function requestedByCommand(input: RehearsalInput, program: ProgramInput): Promise<Requested> {
  const { checkDown, checkRerun, tool, pending, onProgress } = input;
  if (!(checkDown || checkRerun)) return { reversal: null, rerun: null, notChecked: [] };
  const begin = await start(input, input.base, input.hooks.base);
  await using shadow = begin.shadow;
  await prepare(shadow, input);
  await loadBase(shadow, { ...input, program });
  if (input.base.length > 0) await applyBase(shadow, { ...input, program });
  await using workspace = await openWorkspace(program, 'head');
  if (checkRerun) onProgress(`stopping ${tool.title} half-way and running it again`);
  const rerun = checkRerun ? await rerunByCommand(shadow, workspace, { tool, pending, program }) : null;
  if (checkDown) onProgress(`reverting the new migrations with ${tool.title}`);
  const reversal = checkDown ? await revert(shadow, workspace, input) : null;
  return { reversal, rerun, notChecked: [...(reversal?.notChecked ?? []), ...(rerun?.notChecked ?? [])] };
}

async function revert(shadow: Shadow, workspace: Workspace, input: RehearsalInput): Promise<Reversal> {
  const { tool, pending, base } = input;
  const ahead = { tool, migrations: pending };
  const look = () => snapshotOf(shadow.admin, tool);
  const states: Catalog[] = [await look()];
  const forth = await workspace.up(shadow.connection, false, ahead);
  if (forth.ended.code !== 0) {
    return { steps: [], notChecked: ['The way back: the migrations did not run a second time from base.'] };
  }
  const top = await look();
  const steps: ReversalStep[] = [];
  let state = top;
  let stopped: Migration | null = null;
  for (const [index, migration] of [...pending].reverse().entries()) {
    const down = wayBack(migration);
    const applied = [...base, ...pending.slice(0, pending.length - 1 - index)];
    const run = down === null ? null : await downOf(workspace, shadow, migration, applied);
    if (typeof run === 'string') return { steps, notChecked: [`The way back: ${run}`] };
    if (down === null || run === null) {
      stopped = migration;
      break;
    }
    const failed = run.ended.code !== 0;
    const now = failed ? state : await look();
    const last = !failed && index === pending.length - 1;
    const back = {
      down,
      error: failed ? errorOf(run) : null,
      changes: diff(state, now, 'identity'),
      leaves: last ? differing(states[0] ?? now, now) : [],
    };
    steps.unshift({ migration, changes: diff(now, state, 'name'), back, again: null });
    state = now;
    if (failed) return { steps, notChecked: [] };
  }
  if (stopped !== null) return { steps, notChecked: [noWayBack(stopped, tool, steps.length)] };
  const again = await workspace.up(shadow.connection, false, ahead);
  const [first, ...rest] = steps;
  if (first === undefined) return { steps, notChecked: [] };
  const error = again.ended.code === 0 ? null : errorOf(again);
  const differs = error === null ? differing(top, await look()) : [];
  return { steps: [{ ...first, again: { error, differs } }, ...rest], notChecked: [] };
}

/** @returns a sentence where the tool's own command cannot be called, or does not find the database */
async function downOf(
  workspace: Workspace,
  shadow: Shadow,
  migration: Migration,
  applied: readonly Migration[],
): Promise<CommandRun | string | null> {
  try {
    const run = await workspace.down(shadow.connection, migration, applied);
    if (run === null || run.connected || run.ended.code === 0) return run;
    return `${run.shown} never connected to the shadow and ended with ${run.ended.code}: ${lastLines(run.ended.output, 3, 500)}`;
  } catch (error) {
    // An apply-command may stand for a tool that the job does not have.
    if (error instanceof Undecided && error.reason === 'unsupported-tool') return error.message;
    throw error;
  }
}

import { diff } from '../../catalog/diff.ts';
import type { Catalog } from '../../catalog/model.ts';
import type { Shadow } from '../../shadow/shadow.ts';
import type { Migration } from '../../tools/tool.ts';
import { prepare, start } from '../base.ts';
import type { RehearsalInput } from '../rehearse.ts';
import type { Requested } from '../requested.ts';
import { differing, noWayBack, type Reversal, type ReversalStep, wayBack } from '../reversal.ts';
import { snapshotOf } from '../snapshot-of.ts';
import type { ServerError } from '../trace.ts';
import { lastLines } from './call.ts';
import { applyBase } from './upgrade.ts';
import { type CommandRun, openWorkspace, type ProgramInput, type Workspace } from './workspace.ts';

/**
 * Tries the way back of a tool that runs itself, on a server of its own: head's migrations by the tool's command, each taken back
 * by it, newest first, and all of them again. What one migration made is not known where several ran at once, so that only
 * the way from all of them back to base is compared.
 */
export async function requestedByCommand(input: RehearsalInput, program: ProgramInput): Promise<Requested> {
  const { checkDown, checkRerun, tool, onProgress } = input;
  const notRerun = checkRerun
    ? [`Whether the new migrations can be run again: ${tool.title} runs them itself, and as a whole.`]
    : [];
  if (!checkDown) return { reversal: null, rerun: null, notChecked: notRerun };
  const begin = await start(input, input.base, input.hooks.base);
  await using shadow = begin.shadow;
  await prepare(shadow, input);
  if (input.base.length > 0) await applyBase(shadow, { ...input, program });
  onProgress(`reverting the new migrations with ${tool.title}`);
  await using workspace = await openWorkspace(program, 'head');
  const reversal = await revert(shadow, workspace, input);
  return { reversal, rerun: null, notChecked: [...reversal.notChecked, ...notRerun] };
}

async function revert(shadow: Shadow, workspace: Workspace, input: RehearsalInput): Promise<Reversal> {
  const { tool, pending, base } = input;
  const look = () => snapshotOf(shadow.admin, tool);
  const states: Catalog[] = [await look()];
  const forth = await workspace.up(shadow.connection, false);
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
    const run = down === null ? null : await workspace.down(shadow.connection, migration, applied);
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
  const again = await workspace.up(shadow.connection, false);
  const [first, ...rest] = steps;
  if (first === undefined) return { steps, notChecked: [] };
  const error = again.ended.code === 0 ? null : errorOf(again);
  const differs = error === null ? differing(top, await look()) : [];
  return { steps: [{ ...first, again: { error, differs } }, ...rest], notChecked: [] };
}

/** What stopped a command: the server, or the tool itself. */
function errorOf({ statements, ended, shown }: CommandRun): ServerError {
  const said = statements.findLast(({ error }) => error !== null)?.error ?? null;
  return {
    sqlstate: said?.code ?? '',
    message: said?.message ?? `${shown} ended with ${ended.code}: ${lastLines(ended.output, 3, 500)}`,
    detail: said?.detail ?? null,
    hint: said?.hint ?? null,
    line: 1,
    column: null,
    object: {},
  };
}

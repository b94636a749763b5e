import type { SchemaChange } from '../catalog/model.ts';
import { buildBase, start } from './base.ts';
import { requestedByCommand } from './command/requested.ts';
import type { RehearsalInput, Requested } from './rehearsal.ts';
import { tryRerun } from './rerun.ts';
import { noWayBack, type Reversal, tryReversal, wayBack } from './reversal.ts';

/**
 * Tries the way back and the second run. On a server of its own: a new migration may make roles, which belong to the
 * server, and what these trials leave there must not reach what is observed.
 *
 * @param changes what the new migrations together change
 * @param failed one of them does not run, so that there is nothing to revert or to repeat
 */
export async function requested(
  input: RehearsalInput,
  changes: readonly SchemaChange[],
  failed: boolean,
): Promise<Requested> {
  const { checkDown, checkRerun, pending, tool, hooks, onProgress } = input;
  const nothing: Requested = { reversal: null, rerun: null, notChecked: [] };
  if (!(checkDown || checkRerun) || pending.length === 0) return nothing;
  if (failed) {
    return {
      ...nothing,
      notChecked: [
        ...(checkDown ? ['The way back: a migration fails already on the way forth.'] : []),
        ...(checkRerun
          ? ['Whether the new migrations can be run again: one fails already at its first run.']
          : []),
      ],
    };
  }
  if (input.program !== null) return requestedByCommand(input, input.program);
  const simple = checkDown ? withoutServer(input, changes) : null;
  if (simple !== null && !checkRerun) return { reversal: simple, rerun: null, notChecked: simple.notChecked };

  const begin = await start(input, input.base, input.hooks.base);
  await using shadow = begin.shadow;
  await buildBase(begin, input);
  if (checkRerun) onProgress('running the new migrations again');
  const rerun = checkRerun ? await tryRerun(shadow, tool, pending, hooks.head) : null;
  if (checkDown && simple === null) onProgress('reverting the new migrations');
  const reversal = simple ?? (checkDown ? await tryReversal(shadow, tool, pending, hooks.head) : null);
  return { reversal, rerun, notChecked: [...(reversal?.notChecked ?? []), ...(rerun?.notChecked ?? [])] };
}

/** One migration without a way back needs no trial: what it changes is known. */
function withoutServer({ pending, tool }: RehearsalInput, changes: readonly SchemaChange[]): Reversal | null {
  const [only, ...others] = pending;
  if (only === undefined || others.length > 0 || wayBack(only) !== null) return null;
  return {
    steps: [{ migration: only, changes, back: null, again: null }],
    notChecked: [noWayBack(only, tool)],
  };
}

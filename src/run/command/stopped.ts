import type { ServerError } from '../trace.ts';
import { lastLines } from './call.ts';
import type { CommandRun } from './workspace.ts';

/** What stopped a command: the server, or the tool itself. */
export function errorOf({ statements, ended, shown }: CommandRun): ServerError {
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

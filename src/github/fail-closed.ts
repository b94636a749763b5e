import * as core from '@actions/core';
import { resumeCommands } from './log.ts';

/*
 * The first import of the action's entry: from here on the job is red unless the gate has said `pass`.
 * A crash, a rejection that nobody awaited and an event loop that ran dry all end red.
 */

process.exitCode = 1;
process.on('uncaughtException', failUnexpectedly);
process.on('unhandledRejection', failUnexpectedly);

/** Ends the process at once; what has to be cleaned up hangs on its `exit` event. */
export function failUnexpectedly(error: unknown): never {
  resumeCommands();
  core.setFailed(`migration-gate failed unexpectedly, which is a defect of it: ${stackOf(error)}`);
  process.exit(1);
}

/** Anything can be thrown: `throw undefined` must be as red as an Error. */
export function stackOf(error: unknown): string {
  if (error instanceof Error) {
    const cause = error.cause === undefined ? '' : `\ncaused by: ${stackOf(error.cause)}`;
    return `${error.stack ?? `${error.name}: ${error.message}`}${cause}`;
  }
  return `something that is no Error was thrown: ${String(error)}`;
}

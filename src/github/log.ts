import { randomUUID } from 'node:crypto';
import { EOL } from 'node:os';
import * as core from '@actions/core';

/*
 * Text that others wrote (file names, SQL, a server's messages) goes into the job's log only through here. The
 * runner obeys `::error …` at the start of a line and `##[…]` anywhere in one; between `stop-commands` and a
 * token that the text cannot know it obeys nothing.
 */

let stoppedBy: string | null = null;

/** A folded part of the log in which everything is mere text. `title` is the product's own words. */
export async function group<T>(title: string, work: () => Promise<T>): Promise<T> {
  core.startGroup(title);
  stopCommands();
  try {
    return await work();
  } finally {
    resumeCommands();
    core.endGroup();
  }
}

/** Writes text that the runner must not obey. */
export function print(text: string): void {
  const alone = stoppedBy === null;
  if (alone) stopCommands();
  process.stdout.write(text.replaceAll('\0', '').replace(/\r?\n?$/, EOL));
  if (alone) resumeCommands();
}

/** For the way out of a crash, which may come from inside a group. */
export function resumeCommands(): void {
  if (stoppedBy !== null) process.stdout.write(`::${stoppedBy}::${EOL}`);
  stoppedBy = null;
}

function stopCommands(): void {
  stoppedBy = randomUUID();
  process.stdout.write(`::stop-commands::${stoppedBy}${EOL}`);
}

import { randomUUID } from 'node:crypto';
import { EOL } from 'node:os';
import * as core from '@actions/core';

/**
 * Writes text that others wrote (file names, SQL, a server's messages) into the job's log. The runner obeys
 * `::error …` at the start of a line and `##[…]` anywhere in one; between `stop-commands` and a token that
 * the text cannot know it obeys nothing.
 */
export function print(text: string): void {
  const token = randomUUID();
  // One write, so that nothing of another origin comes in between.
  process.stdout.write(`::stop-commands::${token}${EOL}${text.replaceAll('\0', '')}${EOL}::${token}::${EOL}`);
}

/** A folded part of the log. `title` is the product's own words. */
export async function group<T>(title: string, work: () => Promise<T>): Promise<T> {
  return core.group(title, work);
}

import { constants } from 'node:fs';
import { mkdir, open, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, resolve, sep } from 'node:path';
import * as core from '@actions/core';
import { UserError } from '../errors.ts';
import type { Report } from '../report/model.ts';

/** The outputs that the report alone decides; the files and `comment-url` follow when they are known. */
export function setVerdictOutputs(report: Report): void {
  core.setOutput('verdict', report.verdict);
  core.setOutput('errors', report.counts.error);
  core.setOutput('warnings', report.counts.warning);
  core.setOutput(
    'new-migrations',
    report.databases.reduce((sum, database) => sum + database.migrationCounts.new, 0),
  );
  core.setOutput(
    'schema-changed',
    report.databases.some((database) => database.schemaChanges.length > 0),
  );
}

/**
 * Writes a file that the workflow asked for.
 *
 * @param input the input that names it
 * @param path relative to the workspace, or absolute
 * @returns its absolute path
 * @throws UserError when it cannot be written, or a symbolic link leads it out of the workspace: the checkout
 *   holds what the pull request put there, the workflow's author only meant a path
 */
export async function writeFileFor(
  input: 'report-file' | 'sarif-file',
  workspace: string,
  path: string,
  text: string,
): Promise<string> {
  const file = resolve(workspace, path);
  try {
    await mkdir(dirname(file), { recursive: true });
    if (!isAbsolute(path)) await assertInside(input, workspace, dirname(file));
    const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW } = constants;
    // Windows has no O_NOFOLLOW; there it is undefined and `|` makes nothing of it.
    const handle = await open(file, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o644);
    try {
      await handle.writeFile(text);
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(`The report could not be written to the input \`${input}\`: ${reason}`, {
      cause: error,
    });
  }
  return file;
}

async function assertInside(input: string, workspace: string, directory: string): Promise<void> {
  const root = await realpath(workspace);
  const real = await realpath(directory);
  if (real === root || real.startsWith(root.endsWith(sep) ? root : root + sep)) return;
  throw new UserError(
    `The input \`${input}\` leads out of the workspace to ${real}. Name a path inside it, or an absolute path.`,
  );
}

import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import * as core from '@actions/core';
import { noOptions } from '../config/options.ts';
import { Undecided, UserError } from '../errors.ts';
import { readStatus } from '../status/status.ts';
import { statusHeadline, statusMarkdown, statusText } from '../status/text.ts';
import { isToolName, toolNames } from '../tools/index.ts';
import { failUnexpectedly } from './fail-closed.ts';
import { print } from './log.ts';

/**
 * The second action: where a database stands, before a deployment. Leaves the job green when the database is up to date,
 * or has pending migrations only and `fail-on` is not `pending`.
 */
export async function runStatus(): Promise<void> {
  try {
    const url = core.getInput('database-url');
    mask(url);
    if (url === '') throw new UserError('The input database-url is empty: is the secret there in this job?');
    const failOn = core.getInput('fail-on') || 'stop';
    if (failOn !== 'stop' && failOn !== 'pending') throw new UserError('fail-on takes stop or pending.');
    const workspace = process.env.GITHUB_WORKSPACE || process.cwd();
    const given = core.getInput('tool');
    const tool = given === '' ? null : given;
    if (tool !== null && !isToolName(tool)) throw new UserError(`tool takes one of ${toolNames.join(', ')}.`);
    const report = await readStatus({
      databaseUrl: url,
      schema: core.getInput('schema') === 'true',
      options: {
        ...noOptions,
        repo: resolve(workspace, core.getInput('working-directory') || '.'),
        config: core.getInput('config') || null,
        path: core.getInput('path') || null,
        tool,
        shadow: core.getInput('shadow') || 'auto',
      },
      onProgress: print,
    });
    print(statusText(report));
    const file = core.getInput('report-file');
    if (file !== '') await writeFile(resolve(workspace, file), `${JSON.stringify(report, null, 2)}\n`);
    core.setOutput('state', report.state);
    core.setOutput(
      'pending',
      report.entries.filter(({ kind }) => kind === 'pending' || kind === 'late').length,
    );
    await core.summary.addRaw(statusMarkdown(report)).write();
    if (report.state === 'stop' || (report.state === 'pending' && failOn === 'pending')) {
      core.setFailed(statusHeadline(report));
    } else process.exitCode = 0;
  } catch (error) {
    if (!(error instanceof UserError) && !(error instanceof Undecided)) failUnexpectedly(error);
    core.setOutput('state', 'stop');
    core.setFailed(error.message);
  }
}

/** The log shows no secret, in no spelling. */
function mask(url: string): void {
  if (url !== '') core.setSecret(url);
  for (const password of passwordsIn(url)) core.setSecret(password);
}

function passwordsIn(url: string): string[] {
  const password = /^[a-z]+:\/\/[^/@:]*:(.*)@/is.exec(url)?.[1] ?? '';
  if (password === '') return [];
  try {
    return [password, decodeURIComponent(password)];
  } catch {
    return [password];
  }
}

import { resolve } from 'node:path';
import * as core from '@actions/core';
import { context } from '@actions/github';
import type { PullSource } from '../check/open-pull.ts';
import { Undecided, UserError } from '../errors.ts';
import { gate } from '../gate.ts';
import { buildReport } from '../report/build.ts';
import { headline } from '../report/headline.ts';
import { marker } from '../report/markdown/markdown.ts';
import type { Report } from '../report/model.ts';
import { toTerminal } from '../report/terminal/terminal.ts';
import { keepElsewhere } from '../shadow/elsewhere.ts';
import { toolNames } from '../tools/index.ts';
import { messageOf } from './answers.ts';
import { connect } from './api.ts';
import { actionsCache } from './cache.ts';
import { checkedOut } from './checked-out.ts';
import { type EventPlace, placeOf, supported } from './event.ts';
import { failUnexpectedly, stackOf } from './fail-closed.ts';
import { type Inputs, readInputs } from './inputs.ts';
import { group, print } from './log.ts';
import { openPullsOf } from './open-pulls.ts';
import { override } from './override.ts';
import { publish } from './publish.ts';

/**
 * The action: inputs, event, gate, and everything that tells of the verdict. Leaves the job green only for the
 * verdict `pass`.
 */
export async function run(): Promise<void> {
  try {
    const event = supported(context.eventName ?? '');
    const inputs = readInputs(toolNames);
    const workspace = process.env.GITHUB_WORKSPACE || process.cwd();
    const repo = resolve(workspace, inputs.workingDirectory);
    const place = placeOf({
      name: event,
      payload: context.payload,
      checkedOut: await checkedOut(repo),
    });
    const bases = actionsCache(print);
    keepElsewhere(inputs.cache ? bases : null);
    const report = await accepted(
      named(await judge(inputs, place, workspace, repo), inputs, place),
      inputs,
      place,
    );
    print(toTerminal(report, { color: true }));
    const problem = await publish({ report, inputs, place, workspace });
    await bases.send();
    end(report, problem);
  } catch (error) {
    if (!(error instanceof UserError)) failUnexpectedly(error);
    core.setOutput('verdict', 'undecided');
    core.setFailed(`Could not decide: ${error.message}`);
  }
}

/** Runs the gate. Whatever goes wrong in it becomes a report, so that the pull request hears of it too. */
async function judge(inputs: Inputs, place: EventPlace, workspace: string, repo: string): Promise<Report> {
  try {
    return await group('Checking the migrations', () =>
      gate({
        options: {
          repo,
          base: inputs.base ?? place.base.sha ?? `refs/remotes/origin/${place.base.ref}`,
          head: place.head.sha,
          config: inputs.config,
          path: inputs.path,
          tool: inputs.tool,
          shadow: inputs.shadow,
          postgresVersion: inputs.postgresVersion,
          applyCommand: inputs.applyCommand,
          postgresImage: inputs.postgresImage,
          timeoutMinutes: inputs.timeoutMinutes,
          shadowSuperuser: inputs.shadowSuperuser,
          shadowData: inputs.shadowData,
          rules: inputs.rules,
          failOn: inputs.failOn,
          checkDown: inputs.checkDown,
          appliedRef: inputs.appliedRef,
          checkRerun: inputs.checkRerun,
          checkOpenPrs: inputs.checkOpenPrs,
          also: [],
          tableStats: inputs.tableStats === null ? null : resolve(workspace, inputs.tableStats),
          cache: inputs.cache,
        },
        token: inputs.githubToken === '' ? null : { serverUrl: context.serverUrl, value: inputs.githubToken },
        ...(inputs.base === null ? { names: { base: place.base.ref, head: place.head.ref } } : {}),
        mergeHead: place.mergeHead,
        openPulls: otherPulls(inputs, place),
        onProgress: print,
      }),
    );
  } catch (error) {
    const wrongUse = error instanceof UserError;
    if (!wrongUse) print(stackOf(error));
    const message = error instanceof Error ? error.message : String(error);
    return buildReport({
      base: { ref: place.base.ref, sha: place.base.sha },
      head: place.head,
      failOn: inputs.failOn ?? 'error',
      databases: [],
      findings: [],
      undecided: new Undecided(wrongUse ? 'invalid-configuration' : 'internal-error', message, {
        place: wrongUse ? error.place : undefined,
        cause: error,
      }),
      notes: [],
      notChecked: [],
    });
  }
}

/** Only a pull request has others beside it. */
function otherPulls({ githubToken }: Inputs, { pullRequest, base }: EventPlace): PullSource | null {
  if (pullRequest === null) return null;
  const { number, fork } = pullRequest;
  const api = githubToken === '' ? null : connect(githubToken);
  return openPullsOf(api, context.repo, { number, fork, baseRef: base.ref });
}

/**
 * Calls both sides what the pull request calls them; the gate was given object names. The head is the pull
 * request's own commit: GitHub throws its merge commit away with the next push.
 */
function named(report: Report, inputs: Inputs, place: EventPlace): Report {
  return {
    ...report,
    base: inputs.base === null ? { ...report.base, ref: place.base.ref } : report.base,
    head: { ref: place.head.ref, sha: place.pullRequest?.headSha ?? place.head.sha },
  };
}

/** A label that cannot be looked up counts as none: an answer of the server never makes a job green that is not. */
async function accepted(report: Report, inputs: Inputs, { pullRequest }: EventPlace): Promise<Report> {
  const { overrideLabel: label, githubToken } = inputs;
  if (label === null || pullRequest === null || report.verdict !== 'blocked') return report;
  try {
    if (githubToken === '') throw new Error('the input `github-token` is empty');
    const found = await override(
      connect(githubToken),
      { ...context.repo, number: pullRequest.number },
      { label, report, event: pullRequest, marker: marker(inputs.commentId) },
    );
    if ('accepted' in found) return found.accepted;
    if (found.refused !== null)
      core.warning(`The label ${JSON.stringify(label)} does not count: ${found.refused}.`);
  } catch (error) {
    core.warning(
      `The label ${JSON.stringify(label)} could not be looked up: ${messageOf(error)}. It does not count.`,
    );
  }
  return report;
}

function end(report: Report, problem: string | null): void {
  if (report.verdict === 'pass' && problem === null) {
    process.exitCode = 0;
    return;
  }
  const { word, rest } = headline(report);
  const why = report.undecided === null ? '' : `. ${report.undecided.message}`;
  core.setFailed(report.verdict === 'pass' ? (problem ?? '') : `${word}${rest}${why}`);
}

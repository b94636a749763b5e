import * as core from '@actions/core';
import { context } from '@actions/github';
import { UserError } from '../errors.ts';
import { toJson } from '../report/json.ts';
import {
  commentBudget,
  type Links,
  marker,
  saysTheSame,
  summaryBudget,
  toMarkdown,
} from '../report/markdown/markdown.ts';
import type { Report } from '../report/model.ts';
import { toSarif } from '../report/sarif.ts';
import { suggestionPrefix, toSuggestions } from '../report/suggestions.ts';
import { ruleHelp } from '../rules/help.ts';
import { productVersion } from '../version.ts';
import { annotate } from './annotate.ts';
import { messageOf, statusOf } from './answers.ts';
import { connect } from './api.ts';
import { postCheckRuns } from './check-runs.ts';
import { postComment } from './comment.ts';
import type { EventPlace, PullRequestPlace } from './event.ts';
import type { Inputs } from './inputs.ts';
import { linksOf } from './links.ts';
import { setVerdictOutputs, writeFileFor } from './outputs.ts';
import { postSuggestions } from './suggestions.ts';
import { deservesComment } from './when-to-comment.ts';

interface Publication {
  readonly report: Report;
  readonly inputs: Inputs;
  readonly place: EventPlace;
  readonly workspace: string;
}

/**
 * Tells of a report: outputs, annotations, files, job summary, comment, and
 * what was asked for beside it: suggestions, check runs.
 *
 * @returns what was asked for and could not be done, so that the job must not be green; a comment or summary
 *   that failed is only a warning
 */
export async function publish({ report, inputs, place, workspace }: Publication): Promise<string | null> {
  const links = linksOf(report);
  let problem: string | null = null;
  try {
    setVerdictOutputs(report);
    if (inputs.annotations) annotate(report);
    problem = await files(report, inputs, workspace, links);
  } finally {
    await summarize(report, links);
  }
  const url =
    place.comment && place.pullRequest !== null
      ? await comment(report, inputs, place.pullRequest, links)
      : null;
  core.setOutput('comment-url', url ?? '');
  if (inputs.suggestions && place.pullRequest !== null)
    await suggest(report, inputs, place.pullRequest, links);
  if (inputs.checkRun) await checkRuns(report, inputs, place, links);
  return problem;
}

/** Both files, and the first thing that was wrong with them. */
async function files(
  report: Report,
  inputs: Inputs,
  workspace: string,
  links: Links,
): Promise<string | null> {
  const sarif = (): string =>
    toSarif(report, { rules: ruleHelp(), version: productVersion(), docs: links.docs, id: inputs.commentId });
  const problems = [
    await file('report-file', inputs.reportFile, workspace, () => toJson(report)),
    await file('sarif-file', inputs.sarifFile, workspace, sarif),
  ];
  return problems.find((problem) => problem !== null) ?? null;
}

/** Writes one file and sets the output of the same name. */
async function file(
  name: 'report-file' | 'sarif-file',
  path: string | null,
  workspace: string,
  text: () => string,
): Promise<string | null> {
  if (path === null) {
    core.setOutput(name, '');
    return null;
  }
  try {
    core.setOutput(name, await writeFileFor(name, workspace, path, text()));
    return null;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    core.setOutput(name, '');
    return error.message;
  }
}

/** Servers without job summaries exist, and a full disk does; neither says anything about the migrations. */
async function summarize(report: Report, links: Links): Promise<void> {
  try {
    const text = toMarkdown(report, { id: null, budget: summaryBudget, links, expand: true });
    await core.summary.addRaw(text).write();
  } catch (error) {
    core.warning(`The job summary could not be written: ${messageOf(error)}`);
  }
}

/** @returns the comment's address, null when there is none */
async function comment(
  report: Report,
  inputs: Inputs,
  pullRequest: PullRequestPlace,
  links: Links,
): Promise<string | null> {
  if (inputs.comment === 'never') return null;
  const create = deservesComment(report, inputs.comment);
  if (inputs.githubToken === '') {
    if (create)
      core.warning(
        'There is no comment, since the input `github-token` is empty. The report is in the job summary.',
      );
    return null;
  }
  const body = toMarkdown(report, { id: inputs.commentId, budget: commentBudget, links, expand: false });
  try {
    const posted = await postComment(
      connect(inputs.githubToken),
      { ...context.repo, number: pullRequest.number },
      {
        marker: marker(inputs.commentId),
        body,
        saysTheSame: (existing) => saysTheSame(existing, body),
        create,
      },
    );
    return posted.url;
  } catch (error) {
    core.warning(
      `The comment could not be posted: ${whyNot(error, pullRequest)}. The verdict stands, and the report is in the job summary.`,
    );
    return null;
  }
}

async function suggest(
  report: Report,
  inputs: Inputs,
  { number, headSha, fork }: PullRequestPlace,
  links: Links,
): Promise<void> {
  // A fork's token could not write them; its pull request has the fixes in the report.
  if (fork || inputs.githubToken === '') return;
  try {
    await postSuggestions(
      connect(inputs.githubToken),
      { ...context.repo, number },
      {
        wanted: toSuggestions(report, inputs.commentId, links),
        prefix: suggestionPrefix(inputs.commentId),
        headSha,
      },
    );
  } catch (error) {
    core.warning(
      `The suggestions could not be brought up to date: ${messageOf(error)}. The verdict stands, and the report has the fixes.`,
    );
  }
}

async function checkRuns(report: Report, inputs: Inputs, place: EventPlace, links: Links): Promise<void> {
  const sha = place.pullRequest?.headSha ?? place.head.sha;
  try {
    if (inputs.githubToken === '') throw new Error('the input `github-token` is empty');
    await postCheckRuns(connect(inputs.githubToken), context.repo, {
      report,
      id: inputs.commentId,
      sha,
      links,
    });
  } catch (error) {
    const needs =
      statusOf(error) === 403 ? '; the job needs `permissions: checks: write`, which no fork gets' : '';
    core.warning(
      `The check runs could not be written: ${messageOf(error)}${needs}. The job's own check stands.`,
    );
  }
}

function whyNot(error: unknown, { fork }: PullRequestPlace): string {
  const status = statusOf(error);
  const said = `${status === 0 ? '' : `${status} `}${messageOf(error)}`;
  if (status === 403 && fork) {
    return `a pull request from a fork runs with a token that can only read (${said})`;
  }
  if (status === 403 || status === 404) {
    return `the token may not write to this pull request; the job needs \`permissions: pull-requests: write\`, and Dependabot's token can only read (${said})`;
  }
  return said;
}

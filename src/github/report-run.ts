import * as core from '@actions/core';
import { context } from '@actions/github';
import { UserError } from '../errors.ts';
import { commentBudget, marker, saysTheSame, toMarkdown } from '../report/markdown/markdown.ts';
import type { Report } from '../report/model.ts';
import { untrustedReport } from '../report/untrusted.ts';
import { messageOf } from './answers.ts';
import { connect } from './api.ts';
import { postComment } from './comment.ts';
import { failUnexpectedly } from './fail-closed.ts';
import { type CommentMode, readReportInputs } from './inputs.ts';
import { linksOf } from './links.ts';
import { deservesComment } from './when-to-comment.ts';
import { type FinishedRun, finishedRun, type HeadOf, pullRequestsOf, uploadedJson } from './workflow-run.ts';

/**
 * The second half of the gate for pull requests from forks: what their run uploaded is read as a stranger's text, and
 * commented where the server says that it belongs. It checks nothing out, runs nothing of the pull request, and makes no
 * check green or red: its job only says whether it could comment.
 */
export async function reportRun(): Promise<void> {
  try {
    const inputs = readReportInputs();
    const run = finishedRun(context.eventName, context.payload);
    core.setOutput('comment-url', '');
    if (run === null) return done('The run was for no pull request.');
    const api = connect(inputs.githubToken);
    const places = await pullRequestsOf(api, context.repo, run);
    if (places.length === 0) return done('Its commit is the head of no open pull request any more.');
    const text = await uploadedJson(api, context.repo, run.id, inputs.artifact).catch(
      (error: unknown): never => {
        throw new UserError(`The artifact ${inputs.artifact} cannot be used: ${messageOf(error)}.`, {
          cause: error,
        });
      },
    );
    if (text === null) return done(`The run uploaded no artifact ${JSON.stringify(inputs.artifact)}.`);
    const report = read(text, inputs.artifact);
    const place = places.find(({ baseRef }) => baseRef === report.base.ref);
    if (place === undefined)
      throw new UserError('The report is about another base than the pull request has.');
    if (report.verdict === 'pass' && run.conclusion !== 'success') {
      throw new UserError(
        `The report says that all is well, and the run ended with ${JSON.stringify(run.conclusion)}. It is not commented.`,
      );
    }
    const url = await comment(api, placed(report, place, run), place, run.id, inputs);
    core.setOutput('comment-url', url ?? '');
    process.exitCode = 0;
  } catch (error) {
    if (!(error instanceof UserError)) {
      if (!(error instanceof Error && 'status' in error)) failUnexpectedly(error);
      core.setFailed(`There is no comment: ${messageOf(error)}`);
      return;
    }
    core.setFailed(error.message);
  }
}

function done(why: string): void {
  core.notice(`There is nothing to comment. ${why}`);
  process.exitCode = 0;
}

function read(text: string, artifact: string): Report {
  try {
    return untrustedReport(text);
  } catch (error) {
    throw new UserError(`The report in the artifact ${artifact} cannot be used: ${messageOf(error)}.`, {
      cause: error,
    });
  }
}

/** Names and commits are the server's, whatever the report calls them. */
function placed(report: Report, place: HeadOf, run: FinishedRun): Report {
  const whose =
    run.headRepository === `${context.repo.owner}/${context.repo.repo}` ? 'this branch' : run.headRepository;
  return {
    ...report,
    base: { ref: place.baseRef, sha: place.baseSha },
    head: { ref: place.headRef, sha: place.headSha },
    notes: [
      ...report.notes,
      `This is what the run for ${whose} reported of itself; whether the pull request may be merged is decided by its check.`,
    ],
  };
}

async function comment(
  api: ReturnType<typeof connect>,
  report: Report,
  { number }: HeadOf,
  runId: number,
  inputs: { readonly commentId: string; readonly comment: CommentMode },
): Promise<string | null> {
  const body = toMarkdown(report, {
    id: inputs.commentId,
    budget: commentBudget,
    links: linksOf(report, runId),
    expand: false,
  });
  const posted = await postComment(
    api,
    { ...context.repo, number },
    {
      marker: marker(inputs.commentId),
      body,
      saysTheSame: (existing) => saysTheSame(existing, body),
      create: deservesComment(report, inputs.comment),
    },
  );
  return posted.url;
}

import { context } from '@actions/github';
import { urlPath } from '../report/escape.ts';
import type { Links } from '../report/markdown/markdown.ts';
import type { Report } from '../report/model.ts';

/**
 * Addresses on the server that the workflow runs on, which need not be github.com.
 *
 * @param runId the run that judged, where it is another than this one
 */
export function linksOf(report: Report, runId: number | null = null): Links {
  const { owner, repo } = context.repo;
  const home = `${context.serverUrl}/${owner}/${repo}`;
  return {
    blob: (file, line, side) => {
      const { sha } = report[side];
      return sha === null ? null : `${home}/blob/${sha}/${urlPath(file)}${line === null ? '' : `#L${line}`}`;
    },
    run: `${home}/actions/runs/${runId ?? `${context.runId}${context.runAttempt > 1 ? `/attempts/${context.runAttempt}` : ''}`}`,
    docs: docs(home),
  };
}

/** The pages of the very version that runs; a workflow that says `uses: ./` has them in its own repository. */
function docs(home: string): string {
  const { GITHUB_ACTION_REPOSITORY: repository, GITHUB_ACTION_REF: ref } = process.env;
  return repository && ref
    ? `${context.serverUrl}/${repository}/blob/${ref}/docs`
    : `${home}/blob/${context.sha}/docs`;
}

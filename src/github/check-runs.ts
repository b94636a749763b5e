import { z } from 'zod';
import { headline } from '../report/headline.ts';
import { type Links, toMarkdown } from '../report/markdown/markdown.ts';
import type { Report } from '../report/model.ts';
import { reportOf } from '../report/per-database.ts';
import { shorten, visibleLine } from '../report/visible.ts';
import { checked } from './answers.ts';
import type { Api } from './api.ts';

/** GitHub takes 65,535 characters; a name has to fit a line of the list of checks. */
const SUMMARY_LIMIT = 60_000;
const NAME_LIMIT = 100;
const TITLE_LIMIT = 250;

interface Run {
  readonly name: string;
  readonly externalId: string;
  readonly report: Report;
}

const listed = z.object({
  check_runs: z.array(z.object({ id: z.int(), name: z.string(), external_id: z.string().nullish() })),
});

/**
 * A check run for each database, so that each can be required by a name of its own: `migration-gate: app`, with the
 * comment's id in front where that is another than `default`. One of the same commit and name is written over.
 *
 * @param options.sha the commit that people see, the pull request's own
 * @throws what Octokit throws, after its retries; UnreadableAnswer
 */
export async function postCheckRuns(
  api: Api,
  repository: { readonly owner: string; readonly repo: string },
  options: { readonly report: Report; readonly id: string; readonly sha: string; readonly links: Links },
): Promise<void> {
  const { owner, repo } = repository;
  for (const { name, externalId, report } of runsOf(options.report, options.id)) {
    const { data } = await api.rest.checks.listForRef({ owner, repo, ref: options.sha, check_name: name });
    const known = checked(listed, data).check_runs.find((run) => run.external_id === externalId);
    const { word, rest } = headline(report);
    const links = options.links;
    const told = {
      status: 'completed' as const,
      conclusion: report.verdict === 'pass' ? ('success' as const) : ('failure' as const),
      ...(links.run === null ? {} : { details_url: links.run }),
      output: {
        title: shorten(visibleLine(`${word}${rest}`.replaceAll('`', '')), TITLE_LIMIT),
        summary: toMarkdown(report, {
          id: null,
          budget: { limit: SUMMARY_LIMIT, unit: 'bytes' },
          links,
          expand: false,
        }),
      },
    };
    if (known === undefined) {
      const head = { name, head_sha: options.sha, external_id: externalId };
      await api.rest.checks.create({ owner, repo, ...head, ...told });
    } else {
      await api.rest.checks.update({ owner, repo, check_run_id: known.id, ...told });
    }
  }
}

function runsOf(report: Report, id: string): Run[] {
  const title = id === 'default' ? 'migration-gate' : `migration-gate (${id})`;
  if (report.databases.length === 0) return [{ name: title, externalId: `migration-gate:${id}`, report }];
  return report.databases.map((database) => ({
    name: shorten(visibleLine(`${title}: ${database.name}`), NAME_LIMIT),
    externalId: shorten(visibleLine(`migration-gate:${id}:${database.name}`), NAME_LIMIT),
    report: reportOf(report, database),
  }));
}

import { z } from 'zod';
import { isBlocking } from '../report/headline.ts';
import type { Report } from '../report/model.ts';
import { findingsShown, shortMarks } from '../report/shown-findings.ts';
import { checked, elements, statusOf } from './answers.ts';
import type { Api } from './api.ts';
import { type Conversation, findComment } from './comment.ts';
import type { PullRequestPlace } from './event.ts';

/** `accepted` is the report with the label in it; otherwise why the label does not count, null where there is none. */
export type Override = { readonly accepted: Report } | { readonly refused: string | null };

const pullRequest = z.object({
  head: z.object({ sha: z.string() }),
  labels: z.array(z.object({ name: z.string() })),
});
const timelineEvent = z.object({
  event: z.string().optional(),
  created_at: z.string().optional(),
  actor: z.object({ login: z.string() }).nullish(),
  label: z.object({ name: z.string() }).nullish(),
});
const permissionLevel = z.object({ permission: z.string(), role_name: z.string().optional() });

/**
 * Whether a maintainer has accepted what blocks, by a label. All of it is the server's word: the label is there now, the
 * timeline says who set it last and when, and that person may administer or maintain the repository. It has to be set
 * after the head that is judged was pushed, so that nobody accepts what was pushed later; and where the gate's comment
 * had listed the findings, on none but these, so that a base that moved brings nothing new under it.
 *
 * @param options.marker of the gate's comment
 * @throws what Octokit throws, after its retries; UnreadableAnswer
 */
export async function override(
  api: Api,
  conversation: Conversation,
  options: {
    readonly label: string;
    readonly report: Report;
    /** What the event says of the pull request: the server wrote it, not the pull request. */
    readonly event: Pick<PullRequestPlace, 'action' | 'label' | 'updatedAt' | 'headSha'>;
    readonly marker: string;
  },
): Promise<Override> {
  const { owner, repo, number } = conversation;
  const { label, report, event } = options;
  if (report.verdict !== 'blocked') return { refused: null };
  const { data } = await api.rest.pulls.get({ owner, repo, pull_number: number });
  const now = checked(pullRequest, data);
  if (!now.labels.some(({ name }) => name === label)) return { refused: null };
  if (now.head.sha !== event.headSha) return { refused: 'the pull request has a newer commit' };

  const set = await lastSet(api, conversation, label);
  if (set === null) return { refused: 'nobody knows who set it' };
  const fresh =
    (event.action === 'labeled' && event.label === label) ||
    (event.updatedAt !== null && Date.parse(set.at) > Date.parse(event.updatedAt));
  if (!fresh)
    return { refused: `${set.by} set it before the last commit was pushed; it has to be set again` };
  if (!(await maintains(api, conversation, set.by))) {
    return { refused: `${set.by} may not administer or maintain this repository` };
  }
  const known = findingsShown((await findComment(api, conversation, options.marker))?.body ?? '');
  const blocking = shortMarks(report, (finding) => isBlocking(report, finding));
  if (known !== null && blocking.some((mark) => !known.has(mark))) {
    return { refused: 'there are findings that were not there when it was set; it has to be set again' };
  }
  return { accepted: { ...report, verdict: 'pass', override: { label, by: set.by, at: set.at } } };
}

/** Who set a label last, unless it was taken away since. */
async function lastSet(
  api: Api,
  { owner, repo, number }: Conversation,
  label: string,
): Promise<{ by: string; at: string } | null> {
  let last: { by: string; at: string } | null = null;
  const events = elements(timelineEvent, (page) =>
    api.rest.issues.listEventsForTimeline({ owner, repo, issue_number: number, per_page: 100, page }),
  );
  for await (const { event, label: of, actor, created_at: at } of events) {
    if (of?.name !== label) continue;
    if (event === 'labeled') last = actor == null || at === undefined ? null : { by: actor.login, at };
    if (event === 'unlabeled') last = null;
  }
  return last;
}

async function maintains(api: Api, { owner, repo }: Conversation, username: string): Promise<boolean> {
  try {
    const { data } = await api.rest.repos.getCollaboratorPermissionLevel({ owner, repo, username });
    const { permission, role_name: role } = checked(permissionLevel, data);
    return permission === 'admin' || role === 'admin' || role === 'maintain';
  } catch (error) {
    // Apps and strangers have no level.
    if (statusOf(error) === 404) return false;
    throw error;
  }
}

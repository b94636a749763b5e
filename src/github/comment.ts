import { z } from 'zod';
import { checked, elements, statusOf } from './answers.ts';
import type { Api } from './api.ts';
import { author, ownAuthor } from './author.ts';

/** One pull request's conversation. */
export interface Conversation {
  readonly owner: string;
  readonly repo: string;
  /** The pull request's number; its conversation is an issue's to the API. */
  readonly number: number;
}

/** What has become of the comment; `url` is null when there is none. */
export interface Posted {
  readonly did: 'created' | 'updated' | 'left-as-it-is' | 'nothing';
  readonly url: string | null;
}

const comment = z.object({
  id: z.int(),
  html_url: z.string(),
  body: z.string().nullish(),
  user: author,
});
type Comment = z.infer<typeof comment>;

const CREATE_ATTEMPTS = 3;

/**
 * The whole life of the gate's comment: found by marker and author, written over in place, left alone when
 * it says the same, created when there is none.
 *
 * Two runs at once can both find none. So who has created one looks again, takes an older one for the comment and
 * its own away. Where a run ended in between, the oldest is the comment and the others are left alone, since someone
 * may have answered them.
 *
 * @param options.body begins with `options.marker` on a line of its own
 * @param options.saysTheSame compares the body that stands there with the new one; equal ones are not written,
 *   so that nobody's page reloads for nothing
 * @param options.create false: only an existing comment is brought up to date
 * @throws what Octokit throws, after its retries; UnreadableAnswer
 */
export async function postComment(
  api: Api,
  conversation: Conversation,
  options: {
    readonly marker: string;
    readonly body: string;
    readonly saysTheSame: (existing: string) => boolean;
    readonly create: boolean;
  },
): Promise<Posted> {
  const { marker, body } = options;
  for (let attempt = 1; ; attempt++) {
    const existing = await findComment(api, conversation, marker);
    if (existing !== null) return await update(api, conversation, existing, options);
    if (!options.create) return { did: 'nothing', url: null };
    try {
      const { data } = await api.rest.issues.createComment({
        ...repositoryOf(conversation),
        issue_number: conversation.number,
        body,
        // Not by the retry plugin: a 502 may come after the comment was stored, and asking again would make a
        // second one. Looking first finds it.
        request: { retries: 0 },
      });
      const made = checked(comment.pick({ id: true, html_url: true }), data);
      const oldest = await findComment(api, conversation, marker);
      if (oldest === null || oldest.id === made.id) return { did: 'created', url: made.html_url };
      await api.rest.issues.deleteComment({ ...repositoryOf(conversation), comment_id: made.id });
      return await update(api, conversation, oldest, options);
    } catch (error) {
      if (attempt === CREATE_ATTEMPTS || !(statusOf(error) >= 500)) throw error;
    }
  }
}

async function update(
  api: Api,
  conversation: Conversation,
  existing: Comment,
  { body, saysTheSame }: { readonly body: string; readonly saysTheSame: (existing: string) => boolean },
): Promise<Posted> {
  const url = existing.html_url;
  if (saysTheSame(existing.body ?? '')) return { did: 'left-as-it-is', url };
  await api.rest.issues.updateComment({ ...repositoryOf(conversation), comment_id: existing.id, body });
  return { did: 'updated', url };
}

/**
 * The oldest comment with the marker that the token's own user wrote: GitHub lists the oldest first.
 *
 * @throws what Octokit throws, after its retries; UnreadableAnswer
 */
export async function findComment(
  api: Api,
  conversation: Conversation,
  marker: string,
): Promise<Comment | null> {
  // Anyone can quote the marker, so it alone proves nothing.
  const isOwn = ownAuthor(api);
  const comments = elements(comment, (page) =>
    api.rest.issues.listComments({
      ...repositoryOf(conversation),
      issue_number: conversation.number,
      per_page: 100,
      page,
    }),
  );
  for await (const each of comments) {
    if (carries(each, marker) && (await isOwn(each.user))) return each;
  }
  return null;
}

function carries({ body }: Comment, marker: string): boolean {
  return body != null && body.split(/\r?\n/, 1)[0]?.trimEnd() === marker;
}

function repositoryOf({ owner, repo }: Conversation): { owner: string; repo: string } {
  return { owner, repo };
}

import type { Api } from './api.ts';

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

interface Comment {
  readonly id: number;
  readonly html_url: string;
  readonly body?: string | undefined;
  readonly user: { readonly login: string; readonly type: string } | null;
}

/** Whom the token of a workflow run writes as. */
const WORKFLOW_BOT = 'github-actions[bot]';
const CREATE_ATTEMPTS = 3;

/**
 * The whole life of the gate's comment: found by marker and author, written over in place, left alone when
 * it says the same, created when there is none.
 *
 * Concurrent runs can have made two; then the oldest is the comment and the others are left alone, since
 * someone may have answered them.
 *
 * @param options.body begins with `options.marker` on a line of its own
 * @param options.saysTheSame compares the body that stands there with the new one; equal ones are not written,
 *   so that nobody's page reloads for nothing
 * @param options.create false: only an existing comment is brought up to date
 * @throws what Octokit throws, after its retries
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
  for (let attempt = 1; ; attempt++) {
    const existing = await findOwn(api, conversation, options.marker);
    if (existing !== null) {
      if (options.saysTheSame(existing.body ?? '')) return { did: 'left-as-it-is', url: existing.html_url };
      const { data } = await api.rest.issues.updateComment({
        ...repositoryOf(conversation),
        comment_id: existing.id,
        body: options.body,
      });
      return { did: 'updated', url: data.html_url };
    }
    if (!options.create) return { did: 'nothing', url: null };
    try {
      const { data } = await api.rest.issues.createComment({
        ...repositoryOf(conversation),
        issue_number: conversation.number,
        body: options.body,
        // Not by the retry plugin: a 502 may come after the comment was stored, and asking again would make a
        // second one. Looking first finds it.
        request: { retries: 0 },
      });
      return { did: 'created', url: data.html_url };
    } catch (error) {
      if (attempt === CREATE_ATTEMPTS || !(statusOf(error) >= 500)) throw error;
    }
  }
}

/** HTTP status of a failed request (500 when there was no answer), 0 for other errors. */
export function statusOf(error: unknown): number {
  const status = error instanceof Error && 'status' in error ? error.status : 0;
  return typeof status === 'number' ? status : 0;
}

/** The oldest comment with the marker that the token's own user wrote: GitHub lists the oldest first. */
async function findOwn(api: Api, conversation: Conversation, marker: string): Promise<Comment | null> {
  let isOwn: ((comment: Comment) => boolean) | null = null;
  const pages = api.paginate.iterator(api.rest.issues.listComments, {
    ...repositoryOf(conversation),
    issue_number: conversation.number,
    per_page: 100,
  });
  for await (const { data: comments } of pages) {
    for (const comment of comments) {
      if (!carries(comment, marker)) continue;
      // Anyone can quote the marker, so it alone proves nothing. Asked only now: most runs find no candidate.
      isOwn ??= writtenBy(await whoAmI(api));
      if (isOwn(comment)) return comment;
    }
  }
  return null;
}

function carries(comment: Comment, marker: string): boolean {
  return comment.body !== undefined && comment.body.split(/\r?\n/, 1)[0]?.trimEnd() === marker;
}

function writtenBy(login: string): (comment: Comment) => boolean {
  return ({ user }) =>
    user !== null && user.login === login && (user.type === 'Bot') === login.endsWith('[bot]');
}

/**
 * The login that the token writes as. GraphQL's `viewer` knows it for every kind of token. Where GraphQL is
 * not to be had, REST's `/user` knows it for a person's token and refuses an app's; then it is taken for
 * the workflow's own.
 */
async function whoAmI(api: Api): Promise<string> {
  try {
    const { viewer } = await api.graphql<{ viewer: { login: string } }>('query { viewer { login } }');
    return viewer.login;
  } catch (error) {
    if (statusOf(error) >= 500) throw error;
  }
  try {
    const { data } = await api.rest.users.getAuthenticated();
    return data.login;
  } catch (error) {
    if (statusOf(error) >= 500) throw error;
    return WORKFLOW_BOT;
  }
}

function repositoryOf({ owner, repo }: Conversation): { owner: string; repo: string } {
  return { owner, repo };
}

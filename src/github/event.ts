import { z } from 'zod';
import { UserError } from '../errors.ts';

/** What is checked out, read from git: the commit object's own parents, which a shallow clone has too. */
export interface CheckedOut {
  readonly sha: string;
  readonly parents: readonly string[];
}

/** Where a run stands: what is compared with what, and whom it tells. */
export interface EventPlace {
  /** `sha` null: the branch's tip on the server, which has to be fetched. `ref` is a branch's short name. */
  readonly base: { readonly ref: string; readonly sha: string | null };
  /** The commit that is checked out; `ref` is what people call it. */
  readonly head: { readonly ref: string; readonly sha: string };
  readonly pullRequest: PullRequestPlace | null;
  /** False: compare the two commits as they stand. What was there before a push is no branch that goes on. */
  readonly mergeHead: boolean;
  /** Whether this event has a conversation to comment in. */
  readonly comment: boolean;
}

export interface PullRequestPlace {
  readonly number: number;
  /** The pull request's own last commit; `head.sha` is the merge commit in the ordinary checkout. */
  readonly headSha: string;
  /** Comes from another repository, so that the workflow's token can only read. */
  readonly fork: boolean;
  /** What happened to it: `synchronize`, `labeled`, … */
  readonly action: string | null;
  /** The label that the event is about. */
  readonly label: string | null;
  /** When it last changed before the event was sent, ISO 8601; its head was `headSha` then. */
  readonly updatedAt: string | null;
}

export const SUPPORTED_EVENTS = ['pull_request', 'merge_group', 'push', 'workflow_dispatch'] as const;
type SupportedEvent = (typeof SUPPORTED_EVENTS)[number];

/** git writes "no commit" as zeros: 40 with SHA-1 objects, 64 with SHA-256. */
const NO_COMMIT = /^0+$/;

const objectName = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/);
const repository = z.object({ default_branch: z.string().min(1) });
const forkedRepo = z.object({ full_name: z.string() }).nullish();

const pullRequestPayload = z.object({
  action: z.string().nullish(),
  label: z.object({ name: z.string() }).nullish(),
  pull_request: z.object({
    number: z.int().positive(),
    updated_at: z.string().nullish(),
    base: z.object({ ref: z.string().min(1), sha: objectName, repo: forkedRepo }),
    head: z.object({ ref: z.string().min(1), sha: objectName, repo: forkedRepo }),
  }),
});
const mergeGroupPayload = z.object({
  merge_group: z.object({
    base_sha: objectName,
    base_ref: z.string().min(1),
    head_sha: objectName,
    head_ref: z.string().min(1),
  }),
});
const pushPayload = z.object({ before: objectName, ref: z.string().min(1), repository });
const dispatchPayload = z.object({ ref: z.string().min(1), repository });

/**
 * Reads base, head and pull request off a workflow event. Pure: git and the network are not asked.
 * A reusable workflow (`workflow_call`) runs under its caller's event and needs nothing of its own.
 *
 * @param event.name `GITHUB_EVENT_NAME`
 * @param event.payload the parsed event file, unchecked
 * @throws UserError for an event that cannot be gated, and when the checkout is not the event's commit
 */
export function placeOf(event: {
  readonly name: string;
  readonly payload: unknown;
  readonly checkedOut: CheckedOut;
}): EventPlace {
  return readers[supported(event.name)](event.payload, event.checkedOut);
}

/**
 * Known before anything is looked at, so that a refused event is told so even where nothing is checked out.
 *
 * @throws UserError for an event that cannot be gated
 */
export function supported(name: string): SupportedEvent {
  if (name === 'pull_request_target') {
    throw new UserError(
      "The event pull_request_target is refused: it runs with the repository's secrets and a token that can write, and this action executes SQL that the pull request wrote. Use `on: pull_request`, which needs neither.",
    );
  }
  const event = SUPPORTED_EVENTS.find((each) => each === name);
  if (event !== undefined) return event;
  throw new UserError(
    `The event ${name === '' ? '(none)' : name} has no base to compare with. Run this action on ${SUPPORTED_EVENTS.join(', ')} (a reusable workflow on these through workflow_call).`,
  );
}

type Reader = (payload: unknown, checkedOut: CheckedOut) => EventPlace;

const readers: Record<SupportedEvent, Reader> = {
  pull_request: (payload, checkedOut) => {
    const { pull_request: pr, action, label } = parse('pull_request', pullRequestPayload, payload);
    const isMergeCommit = checkedOut.parents.length === 2 && checkedOut.parents[1] === pr.head.sha;
    const holdsTheHead = checkedOut.sha === pr.head.sha || checkedOut.parents.includes(pr.head.sha);
    if (!holdsTheHead) {
      throw new UserError(
        `The checkout is at ${checkedOut.sha}, which is neither the merge commit nor the head ${pr.head.sha} of pull request #${pr.number}, so its migrations would not be seen. Let actions/checkout check out its default (no \`ref\`), or \`ref: \${{ github.event.pull_request.head.sha }}\`.`,
      );
    }
    // GitHub made the merge commit with the base branch's tip of that moment; `base.sha` of the payload may be
    // older than that.
    const mergedInto = isMergeCommit ? checkedOut.parents[0] : undefined;
    return {
      base: { ref: pr.base.ref, sha: mergedInto ?? pr.base.sha },
      head: { ref: pr.head.ref, sha: checkedOut.sha },
      pullRequest: {
        number: pr.number,
        headSha: pr.head.sha,
        // A deleted fork's `repo` is null.
        fork: pr.head.repo?.full_name !== pr.base.repo?.full_name,
        action: action ?? null,
        label: label?.name ?? null,
        updatedAt: pr.updated_at ?? null,
      },
      mergeHead: true,
      comment: true,
    };
  },

  merge_group: (payload, checkedOut) => {
    const { merge_group: group } = parse('merge_group', mergeGroupPayload, payload);
    if (checkedOut.sha !== group.head_sha) {
      throw new UserError(
        `The checkout is at ${checkedOut.sha}, but the merge group is ${group.head_sha}. Let actions/checkout check out its default (no \`ref\`).`,
      );
    }
    return {
      base: { ref: shortName(group.base_ref), sha: group.base_sha },
      head: { ref: shortName(group.head_ref), sha: checkedOut.sha },
      pullRequest: null,
      mergeHead: true,
      comment: false,
    };
  },

  push: (payload, checkedOut) => {
    const { before, ref, repository } = parse('push', pushPayload, payload);
    const isNewRef = NO_COMMIT.test(before);
    return {
      base: isNewRef ? { ref: repository.default_branch, sha: null } : { ref: shortName(ref), sha: before },
      head: { ref: shortName(ref), sha: checkedOut.sha },
      pullRequest: null,
      mergeHead: isNewRef,
      comment: false,
    };
  },

  workflow_dispatch: (payload, checkedOut) => {
    const { ref, repository } = parse('workflow_dispatch', dispatchPayload, payload);
    return {
      base: { ref: repository.default_branch, sha: null },
      head: { ref: shortName(ref), sha: checkedOut.sha },
      pullRequest: null,
      mergeHead: true,
      comment: false,
    };
  },
};

function shortName(ref: string): string {
  return ref.replace(/^refs\/(?:heads|tags)\//, '');
}

function parse<T>(event: SupportedEvent, schema: z.ZodType<T>, payload: unknown): T {
  const result = schema.safeParse(payload);
  if (result.success) return result.data;
  throw new UserError(
    `The file at GITHUB_EVENT_PATH is not a ${event} event as GitHub sends it: ${z.prettifyError(result.error)}`,
    { cause: result.error },
  );
}

import { z } from 'zod';
import { type Suggestion, settledSuggestion } from '../report/suggestions.ts';
import { elements } from './answers.ts';
import type { Api } from './api.ts';
import { author, ownAuthor } from './author.ts';
import type { Conversation } from './comment.ts';
import { addedLines } from './diff-lines.ts';

const reviewComment = z.object({
  id: z.int(),
  body: z.string(),
  path: z.string(),
  /** Null when the line it stood on is gone. */
  line: z.int().nullish(),
  in_reply_to_id: z.int().nullish(),
  user: author,
});
type ReviewComment = z.infer<typeof reviewComment>;

const changedFile = z.object({ filename: z.string(), patch: z.string().optional() });

/**
 * Brings the suggestions of a pull request up to date: made where their lines are among those that it adds, written over
 * when they say something else, taken away when the finding is gone (what somebody answered stays, and says that it is
 * settled). One that stands is never made again, whatever line it is on now.
 *
 * @param options.prefix how the first line of every one of this gate's suggestions begins
 * @param options.headSha the pull request's own last commit
 * @returns how many stand afterwards
 * @throws what Octokit throws, after its retries; UnreadableAnswer
 */
export async function postSuggestions(
  api: Api,
  { owner, repo, number }: Conversation,
  options: {
    readonly wanted: readonly Suggestion[];
    readonly prefix: string;
    readonly headSha: string;
  },
): Promise<number> {
  const place = { owner, repo };
  const { own, answered } = await standing(api, { owner, repo, number }, options.prefix);
  const wanted = new Map(options.wanted.map((suggestion) => [suggestion.marker, suggestion]));

  let stands = 0;
  for (const comment of own) {
    const marker = firstLine(comment.body);
    const suggestion = wanted.get(marker);
    const isAnswered = answered.has(comment.id);
    if (suggestion !== undefined && (isAnswered || comment.line != null)) {
      // A second comment with the marker is one too many, and is dealt with below.
      wanted.delete(marker);
      stands += 1;
      if (suggestion.body !== comment.body.replaceAll('\r\n', '\n')) {
        await api.rest.pulls.updateReviewComment({ ...place, comment_id: comment.id, body: suggestion.body });
      }
    } else if (!isAnswered) {
      await api.rest.pulls.deleteReviewComment({ ...place, comment_id: comment.id });
    } else if (comment.body !== settledSuggestion(marker)) {
      const body = settledSuggestion(marker);
      await api.rest.pulls.updateReviewComment({ ...place, comment_id: comment.id, body });
    }
  }
  if (wanted.size === 0) return stands;
  const added = await linesOf(api, { owner, repo, number });
  for (const { file, line, endLine, body } of wanted.values()) {
    const lines = added.get(file);
    if (lines === undefined || !range(line, endLine).every((each) => lines.has(each))) continue;
    await api.rest.pulls.createReviewComment({
      ...place,
      pull_number: number,
      commit_id: options.headSha,
      path: file,
      body,
      side: 'RIGHT',
      line: endLine,
      ...(line === endLine ? {} : { start_line: line, start_side: 'RIGHT' as const }),
      // A 502 may come after it was stored; the next run makes it, if it was not.
      request: { retries: 0 },
    });
    stands += 1;
  }
  return stands;
}

/** This gate's suggestions, and which of them somebody has answered. */
async function standing(
  api: Api,
  { owner, repo, number }: Conversation,
  prefix: string,
): Promise<{ own: ReviewComment[]; answered: ReadonlySet<number> }> {
  const isOwn = ownAuthor(api);
  const own: ReviewComment[] = [];
  const answered = new Set<number>();
  const all = elements(reviewComment, (page) =>
    api.rest.pulls.listReviewComments({ owner, repo, pull_number: number, per_page: 100, page }),
  );
  for await (const comment of all) {
    if (comment.in_reply_to_id != null) answered.add(comment.in_reply_to_id);
    else if (firstLine(comment.body).startsWith(prefix) && (await isOwn(comment.user))) own.push(comment);
  }
  return { own, answered };
}

/** The lines that the pull request adds, by file. A file whose patch is too long for GitHub has none. */
async function linesOf(api: Api, { owner, repo, number }: Conversation): Promise<Map<string, Set<number>>> {
  const lines = new Map<string, Set<number>>();
  const files = elements(changedFile, (page) =>
    api.rest.pulls.listFiles({ owner, repo, pull_number: number, per_page: 100, page }),
  );
  for await (const { filename, patch } of files) lines.set(filename, addedLines(patch ?? ''));
  return lines;
}

const firstLine = (body: string): string => body.split(/\r?\n/, 1)[0]?.trimEnd() ?? '';

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, at) => from + at);

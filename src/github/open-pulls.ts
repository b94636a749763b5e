import { z } from 'zod';
import type { OpenPull, PullSource } from '../check/open-pull.ts';
import { isWithin } from '../tools/reading/directories.ts';
import { checked, elements, messageOf, statusOf } from './answers.ts';
import type { Api } from './api.ts';

/** How many of the newest are asked for their files, and how many of those are compared. */
const MOST_ASKED = 50;
const MOST_COMPARED = 20;

const pullRequest = z.object({
  number: z.int().positive(),
  title: z.string(),
  head: z.object({ ref: z.string(), repo: z.object({ full_name: z.string() }).nullish() }),
});
type Listed = z.infer<typeof pullRequest>;

const changedFile = z.object({ filename: z.string(), previous_filename: z.string().optional() });

/**
 * The open pull requests that go to the same branch. GitHub is asked when something is to be compared, and no answer of
 * it is more than a sentence when it fails.
 *
 * @param own the pull request that is checked; `baseRef` is the branch that it goes to
 * @param api null where there is no token
 */
export function openPullsOf(
  api: Api | null,
  { owner, repo }: { readonly owner: string; readonly repo: string },
  own: { readonly number: number; readonly fork: boolean; readonly baseRef: string },
): PullSource {
  return {
    fork: own.fork,
    async find(directories) {
      const notes: string[] = [];
      const pulls: OpenPull[] = [];
      if (api === null) return { pulls, notes: [couldNot('the input `github-token` is empty')] };
      try {
        const { data } = await api.rest.pulls.list({
          owner,
          repo,
          state: 'open',
          base: own.baseRef,
          sort: 'created',
          direction: 'desc',
          per_page: 100,
        });
        const others = checked(z.array(pullRequest), data).filter(({ number }) => number !== own.number);
        for (const pull of others.slice(0, MOST_ASKED)) {
          if (pulls.length === MOST_COMPARED) {
            notes.push(`Only the ${MOST_COMPARED} newest open pull requests with migrations were compared.`);
            return { pulls, notes };
          }
          try {
            if (await touches(api, { owner, repo }, pull.number, directories))
              pulls.push(openPull(pull, `${owner}/${repo}`));
          } catch (error) {
            notes.push(`The files of #${pull.number} could not be looked up: ${said(error)}.`);
            // What is true of one is true of the next: no hundred requests for an answer that is known.
            if (statusOf(error) === 401 || statusOf(error) === 403 || statusOf(error) === 429) break;
          }
        }
        if (others.length > MOST_ASKED) {
          notes.push(`Only the ${MOST_ASKED} newest open pull requests were asked for their files.`);
        }
      } catch (error) {
        notes.push(couldNot(said(error)));
      }
      return { pulls, notes };
    },
  };
}

const openPull = ({ number, title, head }: Listed, here: string): OpenPull => ({
  name: `#${number}`,
  number,
  title,
  ref: head.ref,
  // A deleted fork's `repo` is null.
  fork: head.repo?.full_name !== here,
});

async function touches(
  api: Api,
  { owner, repo }: { readonly owner: string; readonly repo: string },
  number: number,
  directories: readonly string[],
): Promise<boolean> {
  const files = elements(changedFile, (page) =>
    api.rest.pulls.listFiles({ owner, repo, pull_number: number, per_page: 100, page }),
  );
  for await (const { filename, previous_filename: before = filename } of files) {
    if (directories.some((directory) => isWithin(filename, directory) || isWithin(before, directory)))
      return true;
  }
  return false;
}

const couldNot = (why: string): string => `The other open pull requests could not be looked up: ${why}.`;

function said(error: unknown): string {
  const status = statusOf(error);
  const message = messageOf(error).replace(/\.$/, '');
  if (status !== 403 && status !== 404) return message;
  return `${status} ${message}; the token has to read pull requests (\`permissions: pull-requests: read\`)`;
}

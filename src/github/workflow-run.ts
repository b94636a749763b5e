import { z } from 'zod';
import { UserError } from '../errors.ts';
import { checked, elements } from './answers.ts';
import type { Api } from './api.ts';
import { fileInZip } from './unzip.ts';

/** A finished workflow run as the event tells of it: the server's word. */
export interface FinishedRun {
  readonly id: number;
  readonly conclusion: string | null;
  readonly headSha: string;
  readonly headBranch: string;
  /** `owner/name` of the repository that the branch is in. */
  readonly headRepository: string;
}

/** A pull request that a run's commit is the head of, right now. */
export interface HeadOf {
  readonly number: number;
  readonly headRef: string;
  readonly headSha: string;
  readonly baseRef: string;
  readonly baseSha: string;
}

const MOST_ZIPPED = 5_000_000;
const MOST_JSON = 20_000_000;

const sha = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/);
const payloadOf = z.object({
  workflow_run: z.object({
    id: z.int(),
    event: z.string(),
    conclusion: z.string().nullish(),
    head_sha: sha,
    head_branch: z.string().nullish(),
    head_repository: z.object({ full_name: z.string() }).nullish(),
  }),
});
const pullRequest = z.object({
  number: z.int(),
  state: z.string(),
  head: z.object({ sha, ref: z.string(), repo: z.object({ full_name: z.string() }).nullish() }),
  base: z.object({ sha, ref: z.string() }),
});
const artifacts = z.object({
  artifacts: z.array(
    z.object({ id: z.int(), name: z.string(), size_in_bytes: z.int(), expired: z.boolean() }),
  ),
});

/**
 * The run that the event is about; null when it was for no pull request.
 *
 * @throws UserError for another event
 */
export function finishedRun(eventName: string, payload: unknown): FinishedRun | null {
  const { success, data } = payloadOf.safeParse(payload);
  if (eventName !== 'workflow_run' || !success) {
    throw new UserError(
      'This action comments on behalf of a run that could not. Run it on `workflow_run` with `types: [completed]`.',
    );
  }
  const { id, event, conclusion, head_sha, head_branch, head_repository } = data.workflow_run;
  if (event !== 'pull_request' || head_branch == null || head_repository == null) return null;
  return {
    id,
    conclusion: conclusion ?? null,
    headSha: head_sha,
    headBranch: head_branch,
    headRepository: head_repository.full_name,
  };
}

/**
 * The open pull requests whose head is the run's commit. Looked up, since the event names none for a fork, and what the
 * run uploaded could name any.
 *
 * @throws what Octokit throws, after its retries; UnreadableAnswer
 */
export async function pullRequestsOf(
  api: Api,
  { owner, repo }: { readonly owner: string; readonly repo: string },
  run: FinishedRun,
): Promise<HeadOf[]> {
  const head = `${run.headRepository.split('/')[0]}:${run.headBranch}`;
  const found: HeadOf[] = [];
  const all = elements(pullRequest, (page) =>
    api.rest.pulls.list({ owner, repo, state: 'open', head, per_page: 100, page }),
  );
  for await (const { number, state, head: at, base } of all) {
    if (state !== 'open' || at.sha !== run.headSha || at.repo?.full_name !== run.headRepository) continue;
    found.push({ number, headRef: at.ref, headSha: at.sha, baseRef: base.ref, baseSha: base.sha });
  }
  return found;
}

/**
 * The JSON file of the run's artifact of that name, as text; null when it uploaded none.
 *
 * @throws Error for one that is too large or no zip archive with a JSON file
 */
export async function uploadedJson(
  api: Api,
  { owner, repo }: { readonly owner: string; readonly repo: string },
  runId: number,
  name: string,
): Promise<string | null> {
  const { data } = await api.rest.actions.listWorkflowRunArtifacts({
    owner,
    repo,
    run_id: runId,
    name,
    per_page: 100,
  });
  const found = checked(artifacts, data).artifacts.filter((each) => each.name === name && !each.expired);
  const newest = found.sort((a, b) => b.id - a.id)[0];
  if (newest === undefined) return null;
  if (newest.size_in_bytes > MOST_ZIPPED) throw new Error(`it is larger than ${MOST_ZIPPED} bytes`);
  const archive = await api.rest.actions.downloadArtifact({
    owner,
    repo,
    artifact_id: newest.id,
    archive_format: 'zip',
  });
  const bytes = Buffer.from(checked(z.instanceof(ArrayBuffer), archive.data));
  if (bytes.length > MOST_ZIPPED) throw new Error(`it is larger than ${MOST_ZIPPED} bytes`);
  const json = fileInZip(bytes, (file) => file.endsWith('.json'), MOST_JSON);
  if (json === null) throw new Error('it holds no JSON file');
  return json.toString('utf8');
}

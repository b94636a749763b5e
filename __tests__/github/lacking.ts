import { exampleOf } from './openapi.ts';

/** A pull request's state on the server as a test sets it; null = what the emulator says. */
export interface PullRequestState {
  headSha: string | null;
  labels: readonly string[];
  /** Newest last, as GitHub lists them. */
  timeline: readonly LabelEvent[];
  files: readonly { readonly filename: string; readonly status: string; readonly patch?: string }[];
  /** Roles by login; others are no collaborators. */
  roles: Readonly<Record<string, { readonly permission: string; readonly role_name: string }>>;
  /** Where the branch is: `owner/name` and the branch's name. */
  from: { readonly repository: string; readonly ref: string };
  /** Oldest first. */
  reviews: ReviewComment[];
  /** Other open pull requests, newest first; #1 itself is listed with them. */
  others: readonly OtherPull[];
  /** Zip files of the workflow run 77, by name. */
  artifacts: Readonly<Record<string, Buffer>>;
}

export interface OtherPull {
  readonly number: number;
  readonly title?: string;
  readonly ref?: string;
  readonly base?: string;
  readonly repository?: string;
  readonly files?: readonly { readonly filename: string; readonly previous_filename?: string }[];
}

export interface LabelEvent {
  readonly event: 'labeled' | 'unlabeled';
  readonly label: string;
  readonly by: string;
  readonly at: string;
}

export const nothingSet = (): PullRequestState => ({
  headSha: null,
  labels: [],
  timeline: [],
  files: [],
  roles: {},
  from: { repository: 'octo/shop', ref: 'topic' },
  reviews: [],
  others: [],
  artifacts: {},
});

export interface ReviewComment {
  readonly id: number;
  readonly body: string;
  readonly path: string;
  /** Undefined when the line it stood on is gone. */
  readonly line: number | undefined;
  readonly in_reply_to_id?: number;
  readonly user: { readonly login: string; readonly type: string };
}

export interface Added {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly bytes?: Buffer;
}

const HOME = '/repos/octo/shop';

/**
 * What the emulator does not have, or has no way to set, in the shape of the OpenAPI description's own examples:
 *
 * - GraphQL's `viewer`, and that `/user` refuses an app's token
 * - the timeline of an issue, with who labelled it when
 * - other open pull requests with branches and files of any name
 * - a pull request's labels and head, its files with their patches, pull requests by their branch
 * - roles of collaborators other than the owner
 * - review comments: the emulator does not know whom a reply answers, nor that a line has to be in the diff
 * - check runs on commits that the emulator does not have
 * - artifacts of a workflow run and where they are downloaded
 */
export function lacking(state: PullRequestState, checks: Map<number, CheckRun>) {
  return (method: string, target: string, body: unknown, login: string, own: string): Added | null => {
    const { pathname, searchParams } = new URL(target, own);
    const key = `${method} ${pathname}`;
    const page = Number(searchParams.get('page') ?? '1');
    const paged = (all: readonly unknown[]): Added => ({ status: 200, body: page > 1 ? [] : all });
    if (key === `GET ${HOME}/issues/1/timeline`) return paged(state.timeline.map(labelEvent));
    if (key === `GET ${HOME}/pulls/1/files`) return paged(state.files);
    if (key === `GET ${HOME}/pulls/1`) return { status: 200, body: pullRequest(state) };
    if (key === `GET ${HOME}/pulls`) {
      const asked = searchParams.get('head');
      if (asked === null) return { status: 200, body: openPulls(state, searchParams) };
      const [owner] = state.from.repository.split('/');
      return paged(asked === `${owner}:${state.from.ref}` ? [pullRequest(state)] : []);
    }
    const files = filesOf(state, method, pathname, searchParams, own);
    if (files !== null) return files;
    const collaborator = /^\/repos\/octo\/shop\/collaborators\/(.+)\/permission$/.exec(pathname)?.[1];
    if (collaborator !== undefined) {
      const role = state.roles[decodeURIComponent(collaborator)];
      return role === undefined
        ? { status: 404, body: { message: 'Not Found' } }
        : { status: 200, body: role };
    }
    const review = reviewComment(state, key, body, login);
    if (review !== null) return Array.isArray(review.body) ? paged(review.body) : review;
    return checkRun(method, pathname, searchParams, body, checks) ?? artifact(state, method, pathname, own);
  };
}

function pullRequest(state: PullRequestState): unknown {
  const pull = exampleOf('pulls/get') as { head: object; base: object };
  const sha = state.headSha ?? '0'.repeat(40);
  return {
    ...pull,
    number: 1,
    title: 'Change',
    state: 'open',
    head: { ...pull.head, sha, ref: state.from.ref, repo: { full_name: state.from.repository } },
    base: { ...pull.base, ref: 'main' },
    labels: state.labels.map((name) => ({ name })),
  };
}

function openPulls(state: PullRequestState, query: URLSearchParams): unknown[] {
  const pull = exampleOf('pulls/list') as readonly { head: object; base: object }[];
  const [example] = pull;
  const others = state.others.map(
    ({
      number,
      title = `Change ${number}`,
      ref = `topic-${number}`,
      base = 'main',
      repository = 'octo/shop',
    }) => ({
      ...example,
      number,
      title,
      head: { ...example?.head, ref, repo: { full_name: repository } },
      base: { ...example?.base, ref: base },
    }),
  );
  return [...others, { ...(pullRequest(state) as object), base: { ...example?.base, ref: 'main' } }]
    .filter(({ base }) => base.ref === (query.get('base') ?? base.ref))
    .slice(0, Number(query.get('per_page') ?? '30'));
}

/** Files of the other pull requests, page by page. */
function filesOf(
  { others }: PullRequestState,
  method: string,
  path: string,
  query: URLSearchParams,
  own: string,
): Added | null {
  const number = Number(/^\/repos\/octo\/shop\/pulls\/(\d+)\/files$/.exec(path)?.[1]);
  const pull = others.find((other) => other.number === number);
  if (method !== 'GET' || pull === undefined) return null;
  const [size, page] = [Number(query.get('per_page') ?? '30'), Number(query.get('page') ?? '1')];
  const { files = [] } = pull;
  const body = files
    .slice((page - 1) * size, page * size)
    .map((file) => ({ status: 'added', patch: '@@ -0,0 +1 @@\n+x', ...file }));
  const more = files.length > page * size;
  const next = `<${own}${path}?per_page=${size}&page=${page + 1}>; rel="next"`;
  return { status: 200, body, ...(more ? { headers: { link: next } } : {}) };
}

let events = 0;
function labelEvent({ event, label, by, at }: LabelEvent): unknown {
  const [example] = exampleOf('issues/list-events-for-timeline') as [object & { actor: object }];
  events += 1;
  const actor = { ...example.actor, login: by };
  return { ...example, id: events, event, actor, created_at: at, label: { name: label, color: 'ffffff' } };
}

let reviewIds = 100;

function reviewComment(state: PullRequestState, key: string, body: unknown, login: string): Added | null {
  const example = exampleOf('pulls/create-review-comment') as object;
  if (key === `GET ${HOME}/pulls/1/comments`) return { status: 200, body: state.reviews };
  if (key === `POST ${HOME}/pulls/1/comments`) {
    if (!isInDiff(state, body)) {
      return {
        status: 422,
        body: { message: 'Validation Failed', errors: ['line must be part of the diff'] },
      };
    }
    reviewIds += 1;
    const { body: text, path, line } = body as ReviewComment;
    const user = { login, type: login.endsWith('[bot]') ? 'Bot' : 'User' };
    state.reviews.push({ id: reviewIds, body: text, path, line, user });
    return { status: 201, body: { ...example, id: reviewIds } };
  }
  const [, method, id] = /^(\w+) \/repos\/octo\/shop\/pulls\/comments\/(\d+)$/.exec(key) ?? [];
  const at = state.reviews.findIndex((comment) => comment.id === Number(id));
  const known = state.reviews[at];
  if (method === undefined) return null;
  if (known === undefined) return { status: 404, body: { message: 'Not Found' } };
  if (method === 'DELETE') {
    state.reviews.splice(at, 1);
    return { status: 204 };
  }
  state.reviews[at] = { ...known, body: (body as ReviewComment).body };
  return { status: 200, body: { ...example, id: known.id } };
}

/** Lines of the right side that a patch shows, which are those that can be commented on. */
function isInDiff({ files }: PullRequestState, body: unknown): boolean {
  const {
    path,
    line,
    start_line: start = line,
  } = body as { path: string; line: number; start_line?: number };
  const patch = files.find(({ filename }) => filename === path)?.patch;
  const shown = new Set<number>();
  let at = 0;
  for (const text of patch?.split('\n') ?? []) {
    const hunk = /^@@ -\S+ \+(\d+)/.exec(text)?.[1];
    if (hunk !== undefined) at = Number(hunk);
    else if (!text.startsWith('-')) shown.add(at++);
  }
  return shown.has(line) && shown.has(start);
}

export interface CheckRun {
  readonly id: number;
  readonly name: string;
  readonly external_id: string;
  readonly head_sha: string;
  readonly conclusion: string;
  readonly output: { readonly title: string; readonly summary: string };
}

function checkRun(
  method: string,
  path: string,
  query: URLSearchParams,
  body: unknown,
  checks: Map<number, CheckRun>,
): Added | null {
  const example = (): object => exampleOf('checks/create') as object;
  const sha = /^\/repos\/octo\/shop\/commits\/([^/]+)\/check-runs$/.exec(path)?.[1];
  if (method === 'GET' && sha !== undefined) {
    const found = [...checks.values()].filter(
      ({ head_sha: of, name }) => of === sha && (query.get('check_name') ?? name) === name,
    );
    const app = { slug: 'github-actions' };
    return {
      status: 200,
      body: { total_count: found.length, check_runs: found.map((run) => ({ ...run, app })) },
    };
  }
  if (method === 'POST' && path === `${HOME}/check-runs`) {
    const id = checks.size + 1;
    checks.set(id, { ...(body as CheckRun), id });
    return { status: 201, body: { ...example(), id } };
  }
  const id = Number(/^\/repos\/octo\/shop\/check-runs\/(\d+)$/.exec(path)?.[1]);
  const known = checks.get(id);
  if (method === 'PATCH' && known !== undefined) {
    checks.set(id, { ...known, ...(body as CheckRun) });
    return { status: 200, body: { ...example(), id } };
  }
  return null;
}

function artifact({ artifacts }: PullRequestState, method: string, path: string, own: string): Added | null {
  const all = Object.entries(artifacts);
  if (method === 'GET' && path === `${HOME}/actions/runs/77/artifacts`) {
    const listed = all.map(([name, bytes], at) => ({
      id: at + 1,
      name,
      size_in_bytes: bytes.length,
      expired: false,
    }));
    return { status: 200, body: { total_count: listed.length, artifacts: listed } };
  }
  const download = /^\/repos\/octo\/shop\/actions\/artifacts\/(\d+)\/zip$/.exec(path)?.[1];
  if (download !== undefined) return { status: 302, headers: { location: `${own}/storage/${download}` } };
  const stored = all[Number(/^\/storage\/(\d+)$/.exec(path)?.[1]) - 1]?.[1];
  return stored === undefined
    ? null
    : { status: 200, headers: { 'content-type': 'application/zip' }, bytes: stored };
}

import { createPrivateKey, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEmulator } from 'emulate';
import { type CheckRun, lacking, nothingSet, type PullRequestState } from './lacking.ts';
import { wrongInAnswer, wrongInRequest } from './openapi.ts';

/** A request as GitHub would see it. */
export interface Seen {
  readonly method: string;
  /** Path with query. */
  readonly path: string;
  readonly body: unknown;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Sent as it is in place of the body: an answer that broke off, a gateway's page. */
  readonly text?: string;
  readonly bytes?: Buffer;
  /** Pass the request on first, and only then answer this: what a gateway's 502 can look like. */
  readonly afterAll?: boolean;
}

/**
 * Says what to answer instead of the emulator, or null to let it answer. 'hang-up' breaks the connection, 'half' breaks it
 * in the middle of the answer, 'silence' never answers.
 */
export type Fault = (request: Seen) => Failure | Promise<Failure>;
type Failure = Answer | 'hang-up' | 'half' | 'silence' | null;

export interface StoredComment {
  readonly id: number;
  readonly body: string;
  readonly html_url: string;
  readonly user: { readonly login: string; readonly type: string };
}

/**
 * GitHub's API with one repository, `octo/shop`, and its pull request #1: a stateful emulator behind a proxy
 * that records requests, holds them and their answers against GitHub's OpenAPI description, adds what the emulator
 * lacks (`lacking.ts` lists it) and fails on demand.
 */
export interface EmulatedGitHub extends AsyncDisposable {
  readonly url: string;
  /** Tokens: the workflow's own (writes as `github-actions[bot]`) and two people's. */
  readonly tokens: { readonly workflow: string; readonly octo: string; readonly stranger: string };
  readonly seen: Seen[];
  /** What was not as GitHub describes it. */
  readonly wrong: string[];
  /** What a test sets of the pull request. */
  readonly pull: PullRequestState;
  readonly checks: Map<number, CheckRun>;
  /** Asked for each request, in place until it is set again. */
  fault: Fault | null;
  comments(): Promise<StoredComment[]>;
  addComment(token: string, body: string): Promise<StoredComment>;
  branchSha(name: string): Promise<string>;
  /** Throws away every comment, and what a test has set. */
  clear(): Promise<void>;
  /** Requests that changed something. */
  writes(): Seen[];
}

const PEOPLE = { 'token-octo': 'octo', 'token-stranger': 'stranger' };
const COMMENTS = '/repos/octo/shop/issues/1/comments';

export async function emulateGitHub(): Promise<EmulatedGitHub> {
  const emulator = await createEmulator({
    service: 'github',
    port: 0,
    seed: {
      tokens: Object.fromEntries(
        Object.entries(PEOPLE).map(([token, login]) => [token, { login, scopes: ['repo'] }]),
      ),
      github: {
        users: [{ login: 'octo' }, { login: 'stranger' }],
        repos: [{ owner: 'octo', name: 'shop', auto_init: true }],
        apps: [
          {
            app_id: 15368,
            slug: 'github-actions',
            name: 'GitHub Actions',
            permissions: { contents: 'read', pull_requests: 'write', issues: 'write' },
            installations: [{ installation_id: 1, account: 'octo', repository_selection: 'all' }],
          },
        ],
      },
    },
  });
  const call = (path: string, token: string, method = 'GET', body?: unknown) =>
    callApi(emulator.url, path, token, method, body);

  const key = emulator.generatedSecrets.find(({ kind }) => kind === 'github.app_private_key');
  if (key === undefined) throw new Error('the emulator made no key for the app');
  const minted = await call('/app/installations/1/access_tokens', appJwt(key.value), 'POST');
  const workflow = String((minted as { token: string }).token);
  await call('/repos/octo/shop/pulls', 'token-octo', 'POST', {
    title: 'Change',
    head: 'topic',
    base: 'main',
  });

  const github = {
    seen: [] as Seen[],
    wrong: [] as string[],
    pull: nothingSet(),
    checks: new Map<number, CheckRun>(),
    fault: null as Fault | null,
    tokens: { workflow, octo: 'token-octo', stranger: 'token-stranger' },
  };

  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await textOf(request);
    const seen: Seen = {
      method: request.method ?? '',
      path: request.url ?? '',
      body: text === '' ? null : JSON.parse(text),
    };
    github.seen.push(seen);
    if (!seen.path.startsWith('/storage/'))
      github.wrong.push(...wrongInRequest(seen.method, seen.path, seen.body));
    const token = /^(?:token|bearer) (.*)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const fault = (await github.fault?.(seen)) ?? null;
    if (fault === 'silence') return;
    if (fault === 'hang-up') {
      response.destroy();
      return;
    }
    if (fault !== null && fault !== 'half' && fault.afterAll !== true) {
      send(response, fault);
      return;
    }
    const added =
      whoAsks(seen, token, workflow) ??
      add(seen.method, seen.path, seen.body, loginOf(token, workflow) ?? '', urlOf(server.address()));
    if (added !== null) {
      github.wrong.push(...wrongInAnswer(seen.method, seen.path, added.status, added.body));
      send(response, fault === 'half' ? { ...added, text: JSON.stringify(added.body).slice(0, 40) } : added);
      return;
    }
    const real = await fetch(emulator.url + seen.path, {
      method: seen.method,
      headers: { authorization: `token ${token}`, 'content-type': 'application/json' },
      ...(text === '' ? {} : { body: text }),
    });
    const body = await real.text();
    if (fault !== null && fault !== 'half') {
      send(response, fault);
      return;
    }
    github.wrong.push(
      ...wrongInAnswer(seen.method, seen.path, real.status, body === '' ? null : JSON.parse(body)),
    );
    const link = real.headers.get('link');
    response.writeHead(real.status, {
      'content-type': real.headers.get('content-type') ?? 'application/json',
      // Pages are followed through the proxy too.
      ...(link === null ? {} : { link: link.replaceAll(emulator.url, urlOf(server.address())) }),
    });
    response.end(fault === 'half' ? body.slice(0, Math.min(40, body.length - 1)) : body);
  }
  const add = lacking(github.pull, github.checks);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return Object.assign(github, {
    url: urlOf(server.address()),
    async comments() {
      const all: StoredComment[] = [];
      for (let page = 1; ; page++) {
        const some = await call(`${COMMENTS}?per_page=100&page=${page}`, 'token-octo');
        all.push(...(some as StoredComment[]));
        if ((some as StoredComment[]).length < 100) return all;
      }
    },
    async addComment(token: string, body: string) {
      return (await call(COMMENTS, token, 'POST', { body })) as StoredComment;
    },
    async branchSha(name: string) {
      const { commit } = (await call(`/repos/octo/shop/branches/${name}`, 'token-octo')) as {
        commit: { sha: string };
      };
      return commit.sha;
    },
    async clear() {
      Object.assign(github.pull, nothingSet());
      github.checks.clear();
      github.wrong.length = 0;
      for (const { id } of await this.comments()) {
        await call(`/repos/octo/shop/issues/comments/${id}`, 'token-octo', 'DELETE');
      }
      github.seen.length = 0;
      github.fault = null;
    },
    writes() {
      return github.seen.filter(({ method, path }) => method !== 'GET' && path !== '/graphql');
    },
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await emulator.close();
    },
  });
}

const loginOf = (token: string, workflow: string): string | undefined =>
  token === workflow ? 'github-actions[bot]' : (PEOPLE as Record<string, string>)[token];

function whoAsks({ path }: Seen, token: string, workflow: string): Answer | null {
  if (path === '/graphql') {
    const login = loginOf(token, workflow);
    if (login === undefined) return { status: 401, body: { message: 'Bad credentials' } };
    return { status: 200, body: { data: { viewer: { login } } } };
  }
  if (path === '/user' && token === workflow) {
    return { status: 403, body: { message: 'Resource not accessible by integration' } };
  }
  return null;
}

function send(response: ServerResponse, { status, headers, body, text, bytes }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(
    bytes ?? text ?? (status === 204 ? undefined : JSON.stringify(body ?? { message: `fault ${status}` })),
  );
}

async function callApi(
  url: string,
  path: string,
  token: string,
  method: string,
  body?: unknown,
): Promise<unknown> {
  const response = await fetch(url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text === '' ? null : JSON.parse(text);
}

/** How an app proves itself: a JSON Web Token signed with its key. */
function appJwt(privateKey: string): string {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const head = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode({ iat: now - 60, exp: now + 540, iss: '15368' })}`;
  const signature = sign('RSA-SHA256', Buffer.from(head), createPrivateKey(privateKey));
  return `${head}.${signature.toString('base64url')}`;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function urlOf(address: AddressInfo | string | null): string {
  if (address === null || typeof address === 'string') throw new Error('the proxy does not listen');
  return `http://127.0.0.1:${address.port}`;
}

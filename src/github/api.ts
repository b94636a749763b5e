import { randomUUID } from 'node:crypto';
import * as core from '@actions/core';
import { defaults } from '@actions/github/lib/utils';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { Octokit } from '@octokit/rest';

/** GitHub answers in well under a second; one that hangs must not hold the job. */
const REQUEST_TIMEOUT_MS = 30_000;
const RETRIES = 2;
/** Longer than this, a rate limit is not waited for: the comment is not worth the job's minutes. */
const LONGEST_WAIT_S = 60;

const Client = Octokit.plugin(retry, throttling);
export type Api = InstanceType<typeof Client>;

/**
 * A client for the server that the workflow runs on (`GITHUB_API_URL`), through the proxy of the environment:
 * bare Octokit would know neither. Server errors and broken connections are tried again twice, rate limits
 * waited for up to a minute.
 *
 * @param timeoutMs how long a single answer may take
 */
export function connect(token: string, timeoutMs = REQUEST_TIMEOUT_MS): Api {
  const { baseUrl, request } = defaults;
  if (baseUrl === undefined || request === undefined) throw new Error('the toolkit gave no API address');
  return new Client({
    auth: token,
    baseUrl,
    userAgent: 'migration-gate',
    request: {
      fetch: (url: string, options: Record<string, unknown>): Promise<unknown> =>
        request.fetch(url, { ...options, signal: AbortSignal.timeout(timeoutMs) }),
    },
    // 403 and 429 are the throttling plugin's: they say themselves when to come back.
    retry: { retries: RETRIES, doNotRetry: [400, 401, 403, 404, 410, 422, 429, 451] },
    throttle: {
      // Each client paces its own writes; the plugin's default is one pace for the whole process.
      id: randomUUID(),
      onRateLimit: mayWait,
      onSecondaryRateLimit: mayWait,
    },
    // The default writes to the console, where a server's text could hold a workflow command.
    log: { debug: () => {}, info: () => {}, warn: core.debug, error: core.debug },
  });
}

function mayWait(seconds: number, _options: object, _octokit: object, retryCount: number): boolean {
  return retryCount < RETRIES && seconds <= LONGEST_WAIT_S;
}

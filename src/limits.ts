import { setTimeout as sleep } from 'node:timers/promises';
import { runCleanups } from './cleanup.ts';
import { placed, Undecided } from './errors.ts';
import { forgetUnderWay, placeUnderWay } from './under-way.ts';

/** What one run may use up, so that hostile or broken SQL ends it in bounded time and space. */
export interface Limits {
  /** Aborted when a limit is reached. */
  readonly signal: AbortSignal;
  /** How long one message to the server may take before it is canceled. */
  readonly statementMs: number;
  /** Ends the run: nothing that the server still does is waited for. The first reason counts. */
  end(reason: Undecided): void;
}

/** How long one statement may run: the shadow is empty, so that what takes longer waits or loops. */
export const STATEMENT_LIMIT_MS = 60_000;
/** Of the whole time, so that a statement which does not end is told of before the run itself is ended. */
const STATEMENT_SHARE = 1 / 4;
/** How much the databases of one server may hold, in bytes. */
export const DISK_LIMIT = 2 * 1024 ** 3;

/** The place must not cost the reason. */
function placedUnderWay(why: Undecided): unknown {
  try {
    // Another reason than the time is that of one server.
    const place = placeUnderWay(why.reason === 'timeout' ? 'all' : 'one');
    return place === undefined ? why : placed(why, place);
  } catch {
    return why;
  }
}

/**
 * Does the work within a time limit. When that is reached, or `end` is called, servers and containers are stopped at
 * once, and what is still under way fails for want of them. The reason names the statement that was being run.
 *
 * @param minutes of the whole work
 * @param doing what was under way last, for the message
 * @throws Undecided `timeout`, or the reason that `end` was given
 */
export async function limited<T>(
  minutes: number,
  doing: () => string,
  work: (limits: Limits) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let reason: unknown = null;
  forgetUnderWay();
  const end = (why: Undecided) => {
    reason ??= placedUnderWay(why);
    controller.abort();
  };
  const timer = setTimeout(() => {
    end(
      new Undecided(
        'timeout',
        `The check did not end within ${minutes} minutes (timeout-minutes); last it was ${doing()}. A statement that waits for another session, or a loop, does not end; raise timeout-minutes if the history is really that long.`,
      ),
    );
  }, minutes * 60_000);
  const aborted = new Promise<never>((_, reject) => {
    controller.signal.addEventListener('abort', () => {
      void runCleanups().then(async () => {
        // What fails because its server is gone has its turn first, so that it leaves nothing behind.
        await sleep(100);
        reject(reason);
      });
    });
  });
  try {
    const result = await Promise.race([
      work({
        signal: controller.signal,
        statementMs: Math.min(STATEMENT_LIMIT_MS, minutes * 60_000 * STATEMENT_SHARE),
        end,
      }),
      aborted,
    ]);
    // What was under way may have made a result of the failure that the end was to it.
    return reason === null ? result : await aborted;
  } catch (error) {
    if (reason === null) throw error;
    // The clean-up has to have ended before anything else begins.
    return await aborted;
  } finally {
    clearTimeout(timer);
  }
}

import { constants } from 'node:os';

/**
 * What has to be gone when the program ends, however it ends: temporary directories, servers, containers.
 *
 * `await using` covers return and throw. It does not cover a signal (Node ends without running `finally`), an
 * exception that nobody caught, or `process.exit`. Whoever makes something that outlives the process
 * registers its removal here as well.
 */

interface Registration {
  readonly run: () => void | Promise<void>;
  readonly sync: (() => void) | undefined;
}

/** Newest last; a registration leaves when it has run to its end or was unregistered. */
const registrations = new Set<Registration>();

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
type Signal = (typeof SIGNALS)[number];

/** How long one cleanup may take before the next one gets its turn. GitHub's runner kills after 10 s. */
const PATIENCE_MS = 5_000;
/** npm hands on the SIGINT that the terminal has sent already; an impatient person is slower than that. */
const SAME_SIGNAL_MS = 500;

let exitHandlerInstalled = false;
let signalHandlersInstalled = false;
let ending: { readonly signal: Signal; readonly since: number } | null = null;

/**
 * Registers what to do when the process ends by a signal (or by `runCleanups`). Newest first, one after the
 * other, each bounded to five seconds; a failure of one is written to stderr and does not stop the others.
 *
 * @param run may be asynchronous
 * @param options.sync what can be done without waiting; called while the process exits if `run` has not
 *   finished by then (uncaught exception, `process.exit`, `run` too slow)
 * @returns unregisters; call it when the resource was closed in the ordinary way
 */
export function onExit(run: () => void | Promise<void>, options: { sync?: () => void } = {}): () => void {
  if (!exitHandlerInstalled) {
    process.on('exit', onProcessExit);
    exitHandlerInstalled = true;
  }
  const registration: Registration = { run, sync: options.sync };
  registrations.add(registration);
  return () => {
    registrations.delete(registration);
  };
}

/**
 * On SIGINT, SIGTERM and SIGHUP: run the cleanups, then end by the same signal (exit code 130, 143, 129). A
 * second signal ends the waiting: only the synchronous parts run then. Call it once in an entry; calling it
 * again does nothing.
 */
export function installSignalHandlers(): void {
  if (signalHandlersInstalled) return;
  signalHandlersInstalled = true;
  for (const signal of SIGNALS) process.on(signal, onSignal);
}

/** Runs and removes everything registered, newest first. Never rejects. */
export async function runCleanups(): Promise<void> {
  // What is registered meanwhile (the program goes on while this waits) gets its turn too.
  for (let next = newest(registrations); next !== undefined; next = newest(registrations)) {
    const done = await bounded(next);
    registrations.delete(next);
    if (!done) runSync(next);
  }
}

function onSignal(signal: Signal): void {
  if (ending !== null) {
    if (signal === ending.signal && Date.now() - ending.since < SAME_SIGNAL_MS) return;
    process.exit(exitCode(signal));
  }
  ending = { signal, since: Date.now() };
  void runCleanups().then(() => endBy(signal));
}

/** Ends the way an uncaught signal ends, so that a shell or make above stops as well. */
function endBy(signal: Signal): void {
  for (const each of SIGNALS) process.off(each, onSignal);
  process.kill(process.pid, signal);
  // Still here: process 1 of a container, which the kernel shields from signals, or another listener.
  setTimeout(() => process.exit(exitCode(signal)), 50);
}

function onProcessExit(): void {
  // The program may come to its own error while it waits for the end (its directory is gone); the signal is
  // the reason.
  if (ending !== null) process.exitCode = exitCode(ending.signal);
  for (const registration of [...registrations].reverse()) runSync(registration);
  registrations.clear();
}

function runSync(registration: Registration): void {
  if (registration.sync === undefined) return;
  try {
    registration.sync();
  } catch (error) {
    complain(error);
  }
}

/** @returns whether it came to a good end in time; otherwise its synchronous part is worth a try */
async function bounded({ run }: Registration): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE_MS);
  });
  try {
    // Wrapped, so that what `run` throws at once is caught like a rejection.
    return await Promise.race([(async () => run())().then(() => true as const), late]);
  } catch (error) {
    complain(error);
    return false;
  } finally {
    clearTimeout(timer);
  }
}

function complain(error: unknown): void {
  process.stderr.write(
    `migration-gate: clean-up failed: ${error instanceof Error ? error.message : error}\n`,
  );
}

function exitCode(signal: Signal): number {
  return 128 + constants.signals[signal];
}

function newest(set: ReadonlySet<Registration>): Registration | undefined {
  let last: Registration | undefined;
  for (const each of set) last = each;
  return last;
}

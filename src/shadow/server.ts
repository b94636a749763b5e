import { type ChildProcess, spawn } from 'node:child_process';
import { Socket } from 'node:net';
import { stopNow } from './end-server.ts';
import type { OwnedDirectory } from './owned-directory.ts';
import { sealed } from './program.ts';
import {
  type Server,
  ServerDidNotStart,
  type ServerPlace,
  START_TIMEOUT_MS,
  serverArguments,
} from './server-process.ts';
import { startServerOnWindows } from './server-windows.ts';

const STOP_TIMEOUT_MS = 4_000;
const LOG_LINES = 100;
const LOG_LINE_LENGTH = 2_000;
const READY = 'database system is ready to accept connections';

/**
 * Starts `postgres` itself as our child (pg_ctl would detach it) and waits until it takes connections.
 *
 * @param run is told how to stop it
 */
export async function startServer(place: ServerPlace, run: OwnedDirectory): Promise<Server> {
  if (process.platform === 'win32') return startServerOnWindows(place, run);
  const child = spawn(place.binaries.postgres, serverArguments(place), {
    ...sealed(place.binaries.account),
    // A group of its own: Ctrl-C in the terminal is for us, who then stop it in order.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const log = logTail();
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', (error) => {
      log.add(error.message);
      resolve();
    });
  });
  const stop = stopper(child, exited);
  run.addStop({ run: () => stop('immediate'), sync: () => stopNow(child, place.data), needsFiles: false });

  const ready = new Promise<boolean>((resolve) => {
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      if (log.add(text)) resolve(true);
    });
  });
  const started = await within(START_TIMEOUT_MS, Promise.race([ready, exited.then(() => false)]));
  if (started !== true) {
    await stop('immediate');
    throw new ServerDidNotStart(log.text());
  }
  // From here on a forgotten server must not keep the program from ending; it is stopped at exit.
  child.unref();
  if (child.stderr instanceof Socket) child.stderr.unref();
  return { log: () => log.text(), stop };
}

function stopper(child: ChildProcess, exited: Promise<void>): Server['stop'] {
  return async (mode) => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    child.ref();
    child.kill(mode === 'fast' ? 'SIGINT' : 'SIGQUIT');
    const timely = await within(
      STOP_TIMEOUT_MS,
      exited.then(() => true),
    );
    if (timely) return;
    child.kill('SIGKILL');
    await exited;
  };
}

/** @returns null when it takes longer */
async function within<T>(timeoutMs: number, work: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    // A timer that runs on would keep the program from ending.
    clearTimeout(timer);
  }
}

/** The end of the server's log. `add` tells whether the server said that it is ready. */
function logTail(): { add(text: string): boolean; text(): string } {
  const lines: string[] = [];
  let rest = '';
  return {
    add(text) {
      const added = (rest + text).split('\n');
      rest = (added.pop() ?? '').slice(0, LOG_LINE_LENGTH);
      lines.push(...added.slice(-LOG_LINES).map((line) => line.slice(0, LOG_LINE_LENGTH)));
      lines.splice(0, lines.length - LOG_LINES);
      return added.some((line) => line.includes(READY));
    },
    text: () => [...lines, rest].join('\n').trim(),
  };
}

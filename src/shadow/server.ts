import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Binaries } from './binaries.ts';
import { isCode } from './cache.ts';
import type { OwnedDirectory } from './owned-directory.ts';
import { isRunning } from './owner.ts';
import { sealed } from './program.ts';
import { startServerOnWindows } from './server-windows.ts';

/** A running server process. */
export interface Server {
  /** The last lines of its log. */
  log(): string;
  /** `fast` ends in good order (the data directory stays usable); `immediate` drops everything. Idempotent. */
  stop(mode: 'fast' | 'immediate'): Promise<void>;
}

export interface ServerPlace {
  readonly binaries: Binaries;
  readonly data: string;
  /** Directory of the unix socket, null = none (Windows). */
  readonly socketDirectory: string | null;
  readonly port: number;
  readonly tcp: boolean;
}

/** The server ended, or said nothing for too long, before it was ready. */
export class ServerDidNotStart extends Error {
  override readonly name = 'ServerDidNotStart';
}

/** Crash recovery of a copied directory takes some tens of ms; a loaded runner many times that. */
export const START_TIMEOUT_MS = 60_000;
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
  run.addStop({ run: () => stop('immediate'), sync: () => stopNow(child, place.data) });

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

export function serverArguments({ data, socketDirectory, port, tcp }: ServerPlace): string[] {
  return [
    ...['-D', data],
    ...['-p', String(port)],
    ...(socketDirectory === null ? [] : ['-k', socketDirectory]),
    ...['-c', `listen_addresses=${tcp ? '127.0.0.1' : ''}`],
  ];
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

/** Without an event loop: the lock file's end tells of the server's. */
function stopNow({ pid, exitCode, signalCode }: ChildProcess, data: string): void {
  if (pid === undefined || exitCode !== null || signalCode !== null) return;
  signal(pid, 'SIGQUIT');
  const lock = join(data, 'postmaster.pid');
  const clock = new Int32Array(new SharedArrayBuffer(4));
  for (let waited = 0; existsSync(lock); waited += 5) {
    if (waited > 2_000) {
      signal(pid, 'SIGKILL');
      return;
    }
    Atomics.wait(clock, 0, 0, 5);
  }
}

/** Ends the server of a data directory whose gate was killed, if it still runs. */
export async function endServerOf(data: string): Promise<void> {
  let pid: number;
  try {
    pid = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
  } catch (error) {
    if (isCode(error, 'ENOENT', 'ENOTDIR')) return;
    throw error;
  }
  for (const [name, patience] of [
    ['SIGQUIT', 5_000],
    ['SIGKILL', 1_000],
  ] as const) {
    if (!servesFrom(pid, data)) return;
    signal(pid, name);
    for (let waited = 0; waited < patience && servesFrom(pid, data); waited += 20) await sleep(20);
  }
}

/** The id may belong to another process by now: a server's working directory is its data directory. */
function servesFrom(pid: number, data: string): boolean {
  if (!Number.isInteger(pid) || pid <= 1 || !isRunning(pid)) return false;
  try {
    if (process.platform === 'linux') return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(data);
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).includes(data);
  } catch {
    // Gone meanwhile, or not ours to look at.
    return false;
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!isCode(error, 'ESRCH')) throw error;
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

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from './account.ts';
import { isCode } from './cache.ts';
import type { Stop } from './owned-directory.ts';
import { isRunning } from './owner.ts';

/**
 * What the server and its companions see of our environment: nothing. SQL of a pull request can read the
 * server's environment, and a job's holds tokens. The libraries are found by the binaries' own run path.
 */
export function emptyEnvironment(): NodeJS.ProcessEnv {
  if (process.platform === 'win32') {
    // Without SystemRoot no socket library loads.
    return { PATH: process.env.PATH ?? '', SystemRoot: process.env.SystemRoot ?? 'C:\\Windows' };
  }
  return { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
}

/** Options of `spawn` for a server process: emptied environment, the account, a directory that all can enter. */
export function sealed(account: Account | null) {
  return {
    cwd: process.platform === 'win32' ? undefined : '/',
    env: emptyEnvironment(),
    windowsHide: true,
    ...(account === null ? {} : { uid: account.uid, gid: account.gid }),
  };
}

export interface ProgramResult {
  /** Exit code; null when it was killed or could not be started. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Why it could not be started (`ENOENT`, `EACCES`, `EPERM`, …), or `timeout`. */
  readonly failure: string | null;
}

/** Runs a program to its end, sealed as the server is. Never rejects. */
export function runSealed(
  file: string,
  args: readonly string[],
  options: {
    readonly account: Account | null;
    readonly timeoutMs: number;
    readonly onStart?: (child: ChildProcess) => void;
  },
): Promise<ProgramResult> {
  return collect(
    () =>
      spawn(file, args, {
        ...sealed(options.account),
        detached: process.platform !== 'win32',
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    options.timeoutMs,
    options.onStart,
  );
}

/** Most of what is kept of a program's output: the end of it. */
const KEPT = 64 * 1024;

/** Waits for a child, the leader of a group, to end and gives its output. `spawn` may throw. */
export function collect(
  start: () => ChildProcess,
  timeoutMs: number,
  onStart?: (child: ChildProcess) => void,
): Promise<ProgramResult> {
  return new Promise((resolve) => {
    let stdout = '';
    let stderr = '';
    let failure: string | null = null;
    let child: ChildProcess;
    try {
      child = start();
    } catch (error) {
      resolve({ code: null, stdout, stderr, failure: codeOf(error) });
      return;
    }
    onStart?.(child);
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout = (stdout + text).slice(-KEPT);
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-KEPT);
    });
    const timer = setTimeout(() => {
      failure = 'timeout';
      killGroup(child);
    }, timeoutMs);
    child.once('error', (error) => {
      clearTimeout(timer);
      resolve({ code: null, stdout, stderr, failure: codeOf(error) });
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ code: failure === null ? code : null, stdout, stderr, failure });
    });
  });
}

/**
 * Ends a program and what it started (initdb runs `postgres` through a shell): programs are started as leaders
 * of a group.
 */
export function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  if (process.platform === 'win32') {
    // It has no groups, and `kill` would end the first process only.
    spawnSync('taskkill', ['/PID', String(child.pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true });
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    // Ended, and not yet known to us.
    if (!isCode(error, 'ESRCH')) throw error;
  }
}

/**
 * For a directory that a program works in.
 *
 * @param patienceMs how long it may come to its own end first
 */
export function killStop(child: ChildProcess, patienceMs = 0): Stop {
  const runs = () => child.exitCode === null && child.signalCode === null;
  return {
    run: async () => {
      for (let waited = 0; waited < patienceMs && runs(); waited += 10) await sleep(10);
      killGroup(child);
      await groupGone(child);
    },
    sync: () => killGroup(child),
  };
}

/**
 * Killed is not yet gone: what a program started may write for some more milliseconds. Bounded, since where
 * process 1 does not collect orphans (a container without an init) the group never becomes empty.
 */
async function groupGone({ pid }: ChildProcess): Promise<void> {
  if (pid === undefined || process.platform === 'win32') return;
  for (let waited = 0; waited < 2_000 && isRunning(-pid); waited += 5) await sleep(5);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

import { type ChildProcess, execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isCode } from './cache.ts';
import { endOnWindows } from './end-on-windows.ts';
import { isRunning } from './owner.ts';

/** Without an event loop: the lock file's end tells of the server's. */
export function stopNow({ pid, exitCode, signalCode }: ChildProcess, data: string): void {
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
  if (!Number.isInteger(pid) || pid <= 1) return;
  if (process.platform === 'win32') return endOnWindows(pid, data);
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
  if (!isRunning(pid)) return false;
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

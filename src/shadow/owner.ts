import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { isCode } from './cache.ts';

/**
 * Who made a directory, so that a later run can tell whether its maker still lives. A process id alone is not
 * enough: ids are used again, and two containers that share a temporary directory do not see each other's.
 */
export interface Owner {
  readonly pid: number;
  /** When that process started, in the system's own words; '' where the system does not say. */
  readonly started: string;
  /** Machine and process-id namespace. */
  readonly where: string;
  /** Changes when the machine is started anew. */
  readonly boot: string;
}

/** Elsewhere `/proc` is nothing, or somebody's directory. */
const onLinux = process.platform === 'linux';

let own: Owner | undefined;

export function thisProcess(): Owner {
  own ??= { pid: process.pid, started: startOf(process.pid), where: where(), boot: bootId() };
  return own;
}

/** @returns true only when the owner cannot be alive; another machine's or container's is never judged */
export function isDead(owner: Owner): boolean {
  if (owner.where !== where()) return false;
  if (owner.boot !== bootId()) return true;
  if (!isRunning(owner.pid)) return true;
  const started = startOf(owner.pid);
  return started !== '' && owner.started !== '' && started !== owner.started;
}

/** A zombie counts as running: its parent has not looked yet. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    if (isCode(error, 'ESRCH')) return false;
    // EPERM: it runs, as somebody else.
    if (isCode(error, 'EPERM')) return true;
    throw error;
  }
}

function where(): string {
  return `${hostname()} ${onLinux ? linkOr('/proc/self/ns/pid') : ''}`;
}

function bootId(): string {
  return onLinux ? fileOr('/proc/sys/kernel/random/boot_id').trim() : '';
}

function startOf(pid: number): string {
  if (onLinux) {
    // Field 22, counted after the command's closing bracket, since a command may hold spaces and brackets.
    const stat = fileOr(`/proc/${pid}/stat`);
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  }
  // It tells nothing of others, and soon gives an id again: our own is not that of who had it before.
  if (process.platform === 'win32') return pid === process.pid ? String(performance.timeOrigin) : '';
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    // `ps` exits 1 when there is no such process.
    return '';
  }
}

function fileOr(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT', 'EACCES', 'ESRCH', 'EPERM')) return '';
    throw error;
  }
}

function linkOr(path: string): string {
  try {
    return readlinkSync(path);
  } catch (error) {
    if (isCode(error, 'ENOENT', 'EACCES', 'EPERM')) return '';
    throw error;
  }
}

import { readFileSync } from 'node:fs';
import type { Session } from '../src/run/index.ts';

// Where other work takes turns on the same cores, the time that a process was running is steadier than that on the clock.
// Read from /proc: on Linux only.

/** What a piece of work took. */
export interface Cost {
  readonly ms: number;
  /** Of this process, its children that have ended and the server's sessions. */
  readonly cpuMs: number;
}

/** Ticks of the kernel's accounting are hundredths of a second. */
const tickMs = 10;
/** For the server to see that a session has ended: its time counts from then on. */
const untilReapedMs = 250;

/** The cost of `work`, whose sessions must have ended with it. It may leave time out of the account itself. */
export async function costOf(session: Session, work: () => Promise<number> | number): Promise<Cost> {
  const server = await serverOf(session);
  const before = spent(server);
  const ms = await work();
  await new Promise((resolve) => setTimeout(resolve, untilReapedMs));
  return { ms, cpuMs: spent(server) - before };
}

/** The process that all sessions are children of. */
async function serverOf(session: Session): Promise<number> {
  const { rows } = await session.client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return fieldsOf(rows[0]?.pid ?? 0)[1] ?? 0;
}

const spent = (server: number): number => {
  const own = process.cpuUsage();
  const [, , ended = 0] = times(process.pid);
  const [user = 0, system = 0, sessions = 0] = times(server);
  return (own.user + own.system) / 1_000 + ended + user + system + sessions;
};

/** Milliseconds of a process in user and system mode, and of its children that have ended. */
function times(pid: number): [number, number, number] {
  const fields = fieldsOf(pid);
  const [user = 0, system = 0, childUser = 0, childSystem = 0] = fields.slice(11, 15);
  return [user * tickMs, system * tickMs, (childUser + childSystem) * tickMs];
}

/** `/proc/PID/stat` after the name, which may hold anything: state, parent, … */
const fieldsOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
    .map(Number);

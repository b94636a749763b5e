import { renameSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isCode } from './cache.ts';
import { isRunning } from './owner.ts';

/** Its number in PostgreSQL; Windows has no signals, and Node no number for this one there. */
const SIGQUIT = 3;
const PATIENCE_MS = 5_000;

/**
 * Ends the server of a data directory, if it is one: through the named pipe that PostgreSQL's processes, and no others,
 * take signals by. The id alone may be another process's by now, which is left alone.
 */
export async function endOnWindows(pid: number, data: string): Promise<void> {
  for (let waited = 0; waited < PATIENCE_MS && isRunning(pid) && isWorkedIn(data); waited += 100) {
    try {
      writeFileSync(`\\\\.\\pipe\\pgsignal_${pid}`, Uint8Array.of(SIGQUIT), { flag: 'r+' });
    } catch (error) {
      // Not there: no server, or it ends. Busy: it takes another byte.
      if (!isCode(error, 'ENOENT', 'EBUSY', 'EPIPE', 'EPERM', 'EACCES')) throw error;
    }
    await sleep(100);
  }
}

/** Windows lets nobody rename a directory that a process works in, as a server does in its own. */
function isWorkedIn(directory: string): boolean {
  const aside = `${directory}-free`;
  try {
    renameSync(directory, aside);
  } catch (error) {
    return isCode(error, 'EBUSY', 'EPERM', 'EACCES');
  }
  renameSync(aside, directory);
  return false;
}

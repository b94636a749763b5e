import { Undecided } from '../errors.ts';

/** What Node says of a connection that nobody is at the other end of any more. */
const GONE = new Set(['ECONNRESET', 'EPIPE', 'ECONNREFUSED', 'ENOENT']);
/** A server that ended or begins anew: crash_shutdown, cannot_connect_now. */
const ENDED = new Set(['57P02', '57P03']);
/** disk_full, io_error. */
const NO_ROOM = new Set(['53100', '58030']);

const text = (error: object, field: string): string => {
  const value = (error as Record<string, unknown>)[field];
  return typeof value === 'string' ? value : '';
};

/** Says an SQLSTATE that the shadow has no room left, which is nothing that a migration did wrong? */
export const isNoRoom = (sqlstate: string | undefined): boolean => NO_ROOM.has(sqlstate ?? '');

/** The failure that the shadow has no room left. @param said the server's message */
export const noRoom = (said: string, cause?: unknown): Undecided =>
  new Undecided(
    'shadow-unavailable',
    `The shadow has no room left: ${said}. Its files lie in the temporary directory, or in memory (/dev/shm) where there is plenty; TMPDIR names another place.`,
    { cause },
  );

/** The failure that the shadow is gone. */
export const connectionLost = (error: Error): Undecided =>
  new Undecided(
    'shadow-unavailable',
    `The connection to the shadow was lost: ${error.message}. Its server ends like that where it has no room or no memory left.`,
    { cause: error },
  );

/** The same where our own question to the shadow finds it so; null: it is something else. */
export function asServerGone(error: unknown): Undecided | null {
  if (!(error instanceof Error)) return null;
  const code = text(error, 'code');
  if (isNoRoom(code)) return noRoom(error.message, error);
  const byNode = GONE.has(code) && ['read', 'write', 'connect'].includes(text(error, 'syscall'));
  const byDriver = error.message === 'Connection terminated unexpectedly';
  return byNode || byDriver || ENDED.has(code) ? connectionLost(error) : null;
}

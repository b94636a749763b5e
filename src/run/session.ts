import pg from 'pg';
import { STATEMENT_LIMIT_MS } from '../limits.ts';
import type { Connection } from '../shadow/shadow.ts';
import { type CopyWire, sendCopy } from './copy-in.ts';
import { isProof, type Notice } from './proofs.ts';
import { connectionLost, isNoRoom, noRoom } from './server-gone.ts';

/** What the server said about one simple Query message. */
export interface Outcome {
  /** Command tags of the statements that completed, in order: `CREATE TABLE`, `INSERT 0 3`. */
  readonly tags: readonly string[];
  /** The error that ended the message, if one did. */
  readonly error: pg.DatabaseError | null;
  /** Transaction status afterwards, as ReadyForQuery tells it: idle, in a transaction, in a failed one. */
  readonly status: 'I' | 'T' | 'E';
  readonly durationMs: number;
}

/**
 * One connection that sends SQL exactly as it stands, as simple Query messages, and keeps no rows: what a
 * migration selects does not interest us and may be large.
 */
export interface Session extends AsyncDisposable {
  /** The underlying client, for our own questions. */
  readonly client: pg.Client;
  /**
   * Sends one message; a server error is part of the outcome, one that ends the connection too (a migration may
   * terminate its own backend, or run into its own timeouts).
   *
   * @param copies what the message's `COPY … FROM STDIN` read, in their order; one that finds none is an error
   * @throws Undecided when the connection is lost without the server saying why, or the server has no room left
   */
  send(sql: string, copies?: readonly string[]): Promise<Outcome>;
  /** Messages since the last call, oldest first; at most `noticeLimit` between two calls. */
  takeNotices(): Notice[];
  /** The server has ended the connection: nothing more can be sent. */
  readonly lost: boolean;
}

/** A flood of NOTICEs must not fill our memory. */
const noticeLimit = 2_000;

/** As much of a server's text as anybody reads: `RAISE` may send hundreds of megabytes. In characters. */
const TEXT_LIMIT = 20_000;

/** A copy: the part of a long string would keep the whole. */
const bounded = (text: string): string =>
  text.length <= TEXT_LIMIT ? text : `${Buffer.from(text.slice(0, TEXT_LIMIT)).toString()}…`;

function boundTexts(error: pg.DatabaseError): void {
  for (const [name, value] of Object.entries(error))
    if (typeof value === 'string') Object.assign(error, { [name]: bounded(value) });
  error.message = bounded(error.message);
  // It repeats the message.
  if (error.stack !== undefined) error.stack = bounded(error.stack);
}

/** What a message says that was canceled, and one whose session was ended. */
const endedBy = new Set(['57014', '57P01']);

/**
 * Opens a session; throws when the server does not answer.
 *
 * @param limitMs how long one message may take before it is canceled
 */
export async function openSession(
  connection: Connection,
  limitMs = connection.limitMs ?? STATEMENT_LIMIT_MS,
): Promise<Session> {
  const client = new pg.Client({ ...connection, application_name: 'migration-gate' });
  // Without a listener a connection that the server ends (a migration may terminate its own backend) would
  // be an uncaught exception; the pending query gets the error as well.
  let ended: Error | null = null;
  client.on('error', (error) => {
    // The first says why, the ones after it only that the connection is gone.
    ended ??= error;
  });
  let notices: Notice[] = [];
  let proofs = 0;
  client.on('notice', ({ severity, message }) => {
    const notice = { severity: severity ?? 'NOTICE', message: bounded(message ?? '') };
    // A flood must not drown what the server says it does.
    if (isProof(notice) ? proofs++ < noticeLimit : notices.length - proofs < noticeLimit)
      notices.push(notice);
  });
  await client.connect();

  return {
    client,
    async send(sql, copies) {
      const start = performance.now();
      const query = new RowlessQuery(sql, copies);
      client.query(query);
      const watch = cancelAfter(limitMs, connection, client, query);
      const error = await query.done;
      if (watch.end() && error instanceof pg.DatabaseError && endedBy.has(error.code ?? '')) {
        error.message = `ended after ${limitMs / 1000} s, which is all that one statement may take here: tables are empty, so that it waits or loops`;
      }
      const durationMs = performance.now() - start;
      const outcome = (said: pg.DatabaseError | null): Outcome => ({
        tags: query.tags,
        error: said,
        status: client.getTransactionStatus() ?? 'I',
        durationMs,
      });
      if (error === null) return outcome(null);
      const said = [error, ended].find((each) => each instanceof pg.DatabaseError);
      if (said === undefined) throw connectionLost(error);
      boundTexts(said);
      if (isNoRoom(said.code)) throw noRoom(said.message, said);
      if (said !== error || said.severity === 'FATAL' || said.severity === 'PANIC') {
        ended ??= said;
        return { ...outcome(said), status: 'I' };
      }
      // The error arrives before the message's ReadyForQuery; an empty query waits for it.
      const after = new RowlessQuery('');
      client.query(after);
      const lost = await after.done;
      if (lost !== null) throw connectionLost(lost);
      return outcome(said);
    },
    get lost() {
      return ended !== null;
    },
    takeNotices() {
      const taken = notices;
      notices = [];
      proofs = 0;
      return taken;
    },
    async [Symbol.asyncDispose]() {
      await client.end();
    },
  };
}

/** How often a message may catch its cancellation before its session is ended, which nothing can catch. */
const PATIENCE = 3;
const AGAIN_MS = 500;

/** Cancels a query that runs into the limit, again and again, and at last its session: SQL may catch the first ones. */
function cancelAfter(
  limitMs: number,
  connection: Connection,
  client: pg.Client,
  query: RowlessQuery,
): { end(): boolean } {
  let canceled = 0;
  const cancel = () => {
    canceled += 1;
    timer = setTimeout(cancel, Math.min(limitMs, AGAIN_MS));
    const other = new pg.Client({ ...connection }) as Canceling;
    other.on('error', () => {});
    if (canceled <= PATIENCE) other.cancel(client, query);
    else void terminate(other, (client as Canceling).processID);
  };
  let timer = setTimeout(cancel, limitMs);
  return {
    end() {
      clearTimeout(timer);
      return canceled > 0;
    },
  };
}

/** What pg has and its types leave out. */
type Canceling = pg.Client & {
  readonly processID: number;
  cancel(target: pg.Client, query: unknown): void;
};

/** A server that is gone by then has ended the session itself. */
async function terminate(client: pg.Client, processId: number): Promise<void> {
  try {
    await client.connect();
    await client.query('SELECT pg_catalog.pg_terminate_backend($1)', [processId]);
    await client.end();
  } catch {
    // The next attempt, or the limit of the whole run, ends it.
  }
}

/** A query in the sense of pg's `Submittable` that forgets its rows. */
class RowlessQuery {
  readonly tags: string[] = [];
  readonly done: Promise<Error | null>;
  private readonly text: string;
  private readonly copies: Iterator<string>;
  private ended = false;
  private finish: (error: Error | null) => void = () => {};

  constructor(text: string, copies: readonly string[] = []) {
    this.text = text;
    this.copies = copies.values();
    this.done = new Promise((resolve) => {
      this.finish = resolve;
    });
  }

  submit(connection: pg.Connection): void {
    connection.query(this.text);
  }
  handleRowDescription(): void {}
  handleDataRow(): void {}
  handlePortalSuspended(): void {}
  handleEmptyQuery(): void {}
  handleCopyData(): void {}
  handleCommandComplete(message: { text: string }): void {
    this.tags.push(message.text);
  }
  handleCopyInResponse(connection: pg.Connection): void {
    const wire = connection as unknown as CopyWire;
    const { value, done } = this.copies.next();
    // In a file that no psql reads: no tool that sends SQL alone has data to follow.
    if (done === true) wire.sendCopyFail('COPY FROM STDIN needs psql: its data is no SQL');
    else void sendCopy(wire, value, () => this.ended);
  }
  handleReadyForQuery(): void {
    this.end(null);
  }
  handleError(error: Error): void {
    this.end(error);
  }
  private end(error: Error | null): void {
    this.ended = true;
    this.finish(error);
  }
}

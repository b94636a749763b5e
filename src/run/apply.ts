import { parseInChunks } from '../sql/chunks.ts';
import { parseFile } from '../sql/parse.ts';
import type { Bookkeeping, Migration } from '../tools/tool.ts';
import { toServerError } from './server-error.ts';
import type { Outcome, Session } from './session.ts';
import type { ServerError } from './trace.ts';

export interface ApplyFailure {
  readonly migration: Migration;
  readonly error: ServerError;
}

/**
 * Applies migrations at full speed and untraced, each by its tool's own transaction rule and as if it were
 * deployed alone, which is how production got them: settings that one leaves behind do not reach the next.
 *
 * @returns the first failure, or null when all were applied
 */
export async function applyMigrations(
  session: Session,
  bookkeeping: Bookkeeping,
  migrations: readonly Migration[],
): Promise<ApplyFailure | null> {
  for (const migration of migrations) {
    const error = await applyOne(session, bookkeeping, migration);
    if (error !== null) return { migration, error };
    await must(session, 'DISCARD ALL');
  }
  return null;
}

/** Creates the tool's own tables, which real migrations alter. */
export async function prepareBookkeeping(session: Session, bookkeeping: Bookkeeping): Promise<void> {
  if (bookkeeping.setup !== '') await must(session, bookkeeping.setup);
}

async function applyOne(
  session: Session,
  bookkeeping: Bookkeeping,
  migration: Migration,
): Promise<ServerError | null> {
  const before = bookkeeping.before(migration);
  const after = bookkeeping.after(migration);
  if (before !== '') await must(session, before);

  if (migration.transaction === 'single') await must(session, 'BEGIN');
  for (const piece of pieces(migration)) {
    const outcome = await session.send(piece.sql);
    if (outcome.error === null) continue;
    if (outcome.status !== 'I') await session.send('ROLLBACK');
    return errorIn(migration.sql, piece, outcome);
  }
  // One message: the row and the COMMIT stand or fall together. Where the file has ended the transaction
  // itself the COMMIT is a warning, as it is for the tool.
  const end = await session.send(migration.transaction === 'single' ? `${after};COMMIT` : after);
  if (end.error !== null) {
    if (end.status !== 'I') await session.send('ROLLBACK');
    return toServerError(end.error, { file: migration.sql, sent: '', start: migration.sql.trimEnd().length });
  }
  if (end.status !== 'I') await session.send('COMMIT');
  return null;
}

interface Piece {
  readonly sql: string;
  readonly start: number;
}

/** What the tool sends as one message: the file, or each statement where they commit one by one. */
function pieces(migration: Migration): readonly Piece[] {
  const whole = [{ sql: migration.sql, start: 0 }];
  if (migration.transaction !== 'none') return whole;
  const statements: Piece[] = [];
  const error = parseInChunks(migration.sql, ({ sql, start }) => statements.push({ sql, start }));
  return error === null ? statements : whole;
}

/** Without a position the server does not say which of a message's statements failed, but the ones before it have completed. */
function errorIn(file: string, { sql, start }: Piece, { error, tags }: Outcome): ServerError {
  if (error === null) throw new Error('no error in this outcome');
  if (error.position === undefined) {
    const failed = parseFile(sql).statements[tags.length];
    if (failed !== undefined) {
      return toServerError(error, { file, sent: failed.sql, start: start + failed.start });
    }
  }
  return toServerError(error, { file, sent: sql, start });
}

/** Our own SQL has no reason to fail; if it does that is a defect. */
async function must(session: Session, sql: string): Promise<void> {
  const { error } = await session.send(sql);
  if (error !== null) throw error;
}

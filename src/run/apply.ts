import { type Place, placed } from '../errors.ts';
import { lineFinder, parseFile } from '../sql/parse.ts';
import type { Bookkeeping, Hook, Migration } from '../tools/tool.ts';
import { underWay } from '../under-way.ts';
import { asMessage, runBeforeAll, runHooks } from './hooks.ts';
import { type Message, messagesOf } from './sent.ts';
import { toServerError } from './server-error.ts';
import type { Outcome, Session } from './session.ts';
import type { ServerError } from './trace.ts';

export interface ApplyFailure {
  readonly migration: Migration;
  /** Where the tool itself refuses the file: its words, and `sqlstate` is ''. */
  readonly error: ServerError;
}

/**
 * Applies migrations at full speed and untraced, each by its tool's own transaction rule and as if it were
 * deployed alone, which is how production got them: settings that one leaves behind do not reach the next, and
 * each `shared` transaction holds one.
 *
 * @param hooks run around them: those before and after all once, if there are any migrations
 * @returns the first failure, or null when all were applied
 */
export async function applyMigrations(
  session: Session,
  bookkeeping: Bookkeeping,
  migrations: readonly Migration[],
  hooks: readonly Hook[] = [],
): Promise<ApplyFailure | null> {
  const [first] = migrations;
  const last = migrations.at(-1);
  if (first === undefined || last === undefined) return null;
  const run = asMessage((sql) => session.send(sql));
  const { failure: atStart, renew } = await runBeforeAll(session, hooks, run);
  if (atStart !== null) return { migration: first, error: atStart.error };
  for (const migration of migrations) {
    const error = await applyOne(session, bookkeeping, migration, hooks).catch((thrown: unknown) => {
      throw placed(thrown, { file: migration.file });
    });
    if (error !== null) return { migration, error };
    await renew();
  }
  const atEnd = await runHooks(hooks, 'after-all', run);
  return atEnd === null ? null : { migration: last, error: atEnd.error };
}

/** Creates the tool's own tables, which real migrations alter. */
export async function prepareBookkeeping(session: Session, bookkeeping: Bookkeeping): Promise<void> {
  if (bookkeeping.setup !== '') await must(session, bookkeeping.setup);
}

async function applyOne(
  session: Session,
  bookkeeping: Bookkeeping,
  migration: Migration,
  hooks: readonly Hook[],
): Promise<ServerError | null> {
  if (migration.refused !== undefined) return refusal(migration.refused);
  const before = bookkeeping.before(migration);
  const after = bookkeeping.after(migration);
  if (before !== '') await must(session, before);

  const wrapped = migration.transaction === 'single' || migration.transaction === 'shared';
  if (wrapped) await must(session, 'BEGIN');
  const error =
    (await around(session, hooks, 'before-each')) ??
    (await sendAll(session, migration)) ??
    (await around(session, hooks, 'after-each'));
  if (error !== null) return error;
  // One message: the row and the COMMIT stand or fall together. Where the file has ended the transaction
  // itself the COMMIT is a warning, as it is for the tool.
  const end = await session.send(wrapped ? `${after};COMMIT` : after);
  if (end.error !== null) {
    if (end.status !== 'I') await session.send('ROLLBACK');
    return toServerError(end.error, { file: migration.sql, sent: '', start: migration.sql.trimEnd().length });
  }
  if (end.status !== 'I') await session.send('COMMIT');
  return null;
}

async function sendAll(session: Session, migration: Migration): Promise<ServerError | null> {
  for (const message of messagesOf(migration)) {
    const outcome = await underWay(
      () => startOf(migration, message),
      () => session.send(message.sql, message.copies),
    );
    if (outcome.error === null) continue;
    if (outcome.status !== 'I') await session.send('ROLLBACK');
    return errorIn(migration.sql, message, outcome);
  }
  return null;
}

/** Where a message begins: how far the server has come in it, it tells only at the end. */
function startOf({ file, sql }: Migration, { sql: sent, start }: Message): Place {
  const first = parseFile(sent).statements[0]?.start ?? 0;
  return { file, line: lineFinder(sql)(start + first).line };
}

async function around(
  session: Session,
  hooks: readonly Hook[],
  when: Hook['when'],
): Promise<ServerError | null> {
  const run = asMessage(async (sql) => {
    const outcome = await session.send(sql);
    if (outcome.error !== null && outcome.status !== 'I') await session.send('ROLLBACK');
    return outcome;
  });
  return (await runHooks(hooks, when, run))?.error ?? null;
}

/** The tool stops before the server sees anything. */
const refusal = ({ line, says }: NonNullable<Migration['refused']>): ServerError => ({
  sqlstate: '',
  message: says,
  detail: null,
  hint: null,
  line,
  column: null,
  object: {},
});

/** Without a position the server does not say which of a message's statements failed, but the ones before it have completed. */
function errorIn(file: string, { sql, start }: Message, { error, tags }: Outcome): ServerError {
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

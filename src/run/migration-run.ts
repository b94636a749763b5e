import pg from 'pg';
import { Undecided } from '../errors.ts';
import { parseFile } from '../sql/parse.ts';
import type { Bookkeeping, Migration } from '../tools/tool.ts';
import { Tally } from './alike.ts';
import { type DocumentedLocks, documentedLocks } from './documented-locks.ts';
import { isDeaf, look } from './look.ts';
import {
  catchUp,
  type Following,
  forgetTransaction,
  nothingObserved,
  type Observation,
  observe,
  observeSettled,
} from './observe.ts';
import {
  beforeSetTransaction,
  customSettings,
  isTransactionControl,
  needsTransaction,
  type Piece,
  piecesOf,
  runsCode,
  takesBack,
} from './pieces.ts';
import { placeLocks } from './place-locks.ts';
import { probeIdle, type SessionState, settledRelations } from './probe.ts';
import { proofsIn, shownNotices } from './proofs.ts';
import { rowsWritten } from './rows.ts';
import { toServerError } from './server-error.ts';
import type { Notice, Outcome, Session } from './session.ts';
import { readSettings, type Settings, settingsLeft } from './settings.ts';
import type { MigrationTrace, ServerError, StatementTrace } from './trace.ts';

/** What a migration is called in its trace. */
export function head(
  migration: Migration,
  pieces: readonly Piece[],
): Pick<MigrationTrace, 'version' | 'name' | 'file' | 'status' | 'transaction'> {
  const { version, name, file } = migration;
  return { version, name, file, status: 'new', transaction: transactionOf(migration, pieces) };
}

function transactionOf(migration: Migration, pieces: readonly Piece[]): MigrationTrace['transaction'] {
  if (pieces.some(({ node }) => isTransactionControl(node))) return 'own';
  if (migration.transaction === 'implicit') return pieces.length > 1 ? 'single' : 'none';
  return migration.transaction === 'shared' ? 'single' : migration.transaction;
}

/** 25001: "cannot run inside a transaction block"; 2D000: a COMMIT in a procedure or DO block. */
const needsNoTransaction = new Set(['25001', '2D000']);

/** `client_min_messages` as the file's session has it, which our own setting hides. */
export interface Messages {
  current: string;
}

/** What the migrations of one run have in common. */
export interface SharedState {
  readonly session: Session;
  readonly following: Following;
  readonly messages: Messages;
}

type Seen = Observation & { readonly deaf?: boolean };

/** One migration while it runs. */
export class MigrationRun {
  private readonly session: Session;
  private readonly following: Following;
  private readonly messages: Messages;
  private readonly bookkeeping: Bookkeeping;
  private readonly migration: Migration;
  private readonly pieces: readonly Piece[];
  private readonly statements: StatementTrace[] = [];
  private readonly tally = new Tally();
  /** `index` of the statements after which there must be no probe. */
  private readonly unseen: ReadonlySet<number>;
  private status: Outcome['status'] = 'I';
  /** Who has begun the open transaction. */
  private begunBy: 'tool' | 'file' = 'tool';
  private leftOpen = false;
  /** `index` of the statement that is being run. */
  private current = 0;
  private state: SessionState = {
    searchPath: ['public'],
    role: '',
    messages: '',
    counting: true,
    timeouts: { lockMs: 0, statementMs: 0, idleInTransactionMs: 0 },
  };

  constructor(shared: SharedState, bookkeeping: Bookkeeping, migration: Migration) {
    this.session = shared.session;
    this.following = shared.following;
    this.messages = shared.messages;
    this.bookkeeping = bookkeeping;
    this.migration = migration;
    this.pieces = piecesOf(migration.sql);
    this.unseen = beforeSetTransaction(this.pieces);
  }

  async trace(): Promise<MigrationTrace> {
    const start = performance.now();
    const before = this.bookkeeping.before(this.migration);
    let error = before === '' ? null : this.errorAround(await this.send(before), 0);
    let settings: Settings = new Map();
    if (error === null) {
      await this.readState();
      settings = await this.settings();
      this.session.takeNotices();
      error = (await this.runObserved()) ?? (await this.finish());
    }
    return {
      ...head(this.migration, this.pieces),
      durationMs: performance.now() - start,
      error,
      ran: true,
      leftOpen: this.leftOpen,
      settingsLeft: error === null ? settingsLeft(settings, await this.settings()) : [],
      statements: this.statements,
      alike: this.tally.statements(),
    };
  }

  /** What the file sets (timeouts above all) may hit our own questions too; the next statement would be hit as well. */
  private async runObserved(): Promise<ServerError | null> {
    try {
      return await this.run();
    } catch (error) {
      if (!(error instanceof pg.DatabaseError)) throw error;
      const piece = this.pieces[this.current];
      await this.rollback();
      return toServerError(error, { file: this.migration.sql, sent: '', start: piece?.start ?? 0 });
    }
  }

  private async run(): Promise<ServerError | null> {
    const rule = this.migration.transaction;
    const shared = rule === 'single' || (rule === 'implicit' && this.pieces.length > 1);
    if (rule === 'single') await this.begin();
    for (const [index, piece] of this.pieces.entries()) {
      this.current = index;
      // The rest of a simple Query message after a COMMIT is an implicit block of its own.
      if (rule === 'implicit' && shared && this.status === 'I' && !isTransactionControl(piece.node))
        await this.begin();
      const error = await this.runPiece(index, piece);
      if (error !== null) {
        await this.rollback();
        return error;
      }
      if (!this.state.counting) throw this.blinded(piece);
    }
    // A tool that wraps the file sends the COMMIT that is missing.
    this.leftOpen = this.status === 'T' && this.begunBy === 'file' && rule !== 'single';
    return null;
  }

  /** Scans and rows, and that something was dropped, show in counters only. */
  private blinded({ line }: Piece): Undecided {
    return new Undecided(
      'not-observed',
      'The migration switches track_counts off, which only a superuser can. What it reads from then on cannot be seen.',
      { place: { file: this.migration.file, line } },
    );
  }

  private runPiece(index: number, piece: Piece): Promise<ServerError | null> {
    if (piece.between) return this.unobserved(index, piece);
    if (this.status === 'T' || isTransactionControl(piece.node))
      return this.inTransaction(index, piece, true);
    return this.alone(index, piece);
  }

  /** One of very many alike: only counted. */
  private async unobserved(index: number, { like, ...piece }: Piece): Promise<ServerError | null> {
    const shared = this.status === 'T';
    const outcome = await this.send(piece.sql);
    const notices = this.session.takeNotices();
    if (outcome.error !== null) {
      const node = parseFile(piece.sql).statements[0]?.node ?? null;
      const failed = { ...piece, node, like: null };
      this.record(index, failed, outcome, notices, nothingObserved, { shared, source: 'observed' });
      return this.errorAt(outcome, failed);
    }
    if (like === null) throw new Error('what is alike is like something');
    this.tally.add(like, piece, outcome);
    return null;
  }

  /** The tool's own row, and the end of whatever is still open. */
  private async finish(): Promise<ServerError | null> {
    const after = this.bookkeeping.after(this.migration);
    const outcome = await this.send(this.status === 'T' ? `${after};COMMIT` : after);
    const error = this.errorAround(outcome, this.migration.sql.trimEnd().length);
    if (error !== null) await this.rollback();
    else await this.readState();
    return error;
  }

  /** A statement in the transaction that is open already (or one that opens or ends it). */
  private async inTransaction(index: number, piece: Piece, shared: boolean): Promise<ServerError | null> {
    const was = this.status;
    const outcome = await this.send(piece.sql);
    const notices = this.session.takeNotices();
    const how = { shared, source: 'observed' } as const;
    if (outcome.error !== null) {
      this.record(index, piece, outcome, notices, nothingObserved, how);
      return this.errorAt(outcome, piece);
    }
    this.followBegin(was, piece);
    const state = this.state;
    const seen = this.unseen.has(index) ? nothingObserved : await this.seen(index, piece, notices);
    this.record(index, piece, outcome, notices, seen, { ...how, state });
    return null;
  }

  private async seen(index: number, { node }: Piece, notices: readonly Notice[]): Promise<Seen> {
    if (takesBack(node)) await this.catchUp();
    if (this.status === 'I') {
      // What was done has been seen when it was done, and nothing is held any more.
      forgetTransaction(this.following);
      await this.readState();
      return nothingObserved;
    }
    const { view, session } = await look(this.session.client, this.following, node);
    this.state = session;
    const proofs = proofsIn(notices);
    const deaf = await isDeaf(this.session.client, this.following, { node, proofs, view, session });
    return { ...observe(this.following, view, { index, node, proofs, deaf }), deaf };
  }

  /** A statement that commits by itself: observed in a transaction of its own where it allows one. */
  private async alone(index: number, piece: Piece): Promise<ServerError | null> {
    const documented = piece.node === null ? null : documentedLocks(piece.node);
    if (documented?.refuses === 'always' || needsTransaction(piece.node))
      return this.bare(index, piece, documented);
    await this.begin();
    const error = await this.inTransaction(index, piece, false);
    if (error === null) {
      if (this.status === 'I') return null;
      const commit = await this.send('COMMIT');
      forgetTransaction(this.following);
      if (commit.error !== null) return this.errorAt(commit, piece);
      await this.readState();
      return null;
    }
    await this.rollback();
    if (!needsNoTransaction.has(error.sqlstate)) return error;
    this.statements.pop();
    return this.bare(index, piece, documented);
  }

  /** A statement that must not be in a transaction: only what it leaves behind can be compared. */
  private async bare(
    index: number,
    piece: Piece,
    documented: DocumentedLocks | null,
  ): Promise<ServerError | null> {
    const { client } = this.session;
    const locks = documented === null ? [] : await placeLocks(client, this.following, documented, index);
    const before = await settledRelations(client);
    const outcome = await this.send(piece.sql);
    const notices = this.session.takeNotices();
    const state = this.state;
    if (this.session.lost) {
      this.record(index, piece, outcome, notices, nothingObserved, {
        shared: false,
        source: 'unknown',
        state,
      });
      return this.errorAt(outcome, piece);
    }
    if (this.status === 'I') await this.readState();
    else await this.rollback();
    const after = await settledRelations(client);
    const { node } = piece;
    const proofs = proofsIn(notices);
    // What it has hushed for a transaction of its own cannot be told any more.
    const deaf = documented === null && proofs.length === 0;
    const seen = observeSettled(this.following, before, after, { index, node, proofs, deaf });
    this.record(
      index,
      piece,
      outcome,
      notices,
      { ...seen, deaf, locks },
      { shared: false, source: documented === null ? 'unknown' : 'documented', state },
    );
    return outcome.error === null ? null : this.errorAt(outcome, piece);
  }

  private record(
    index: number,
    piece: Piece,
    outcome: Outcome,
    notices: readonly Notice[],
    { written, deaf = false, ...seen }: Seen,
    how: { shared: boolean; source: StatementTrace['source']; state?: SessionState },
  ): void {
    const { searchPath, role, timeouts } = how.state ?? this.state;
    const rows = outcome.error === null ? rowsWritten(piece, outcome, written) : null;
    const between = this.tally.take(piece.like);
    this.statements.push({
      index,
      line: piece.line,
      endLine: piece.endLine,
      sql: piece.sql,
      node: piece.node,
      durationMs: outcome.durationMs + between.ms,
      ...seen,
      deaf,
      proofs: proofsIn(notices),
      notices: shownNotices(notices),
      inTransaction: how.shared,
      searchPath,
      role,
      timeouts: runsCode(piece.node) ? this.state.timeouts : timeouts,
      rowsWritten: rows === null ? null : rows + between.rows,
      source: how.source,
    });
  }

  /** A BEGIN of the file: outside a transaction, or in a message's implicit block, which it turns into a real one. */
  private followBegin(was: Outcome['status'], { node }: Piece): void {
    if (node === null || !('TransactionStmt' in node)) return;
    const { kind } = node.TransactionStmt;
    const begins = kind === 'TRANS_STMT_BEGIN' || kind === 'TRANS_STMT_START';
    if (begins && (was === 'I' || this.migration.transaction === 'implicit')) this.begunBy = 'file';
  }

  /** Outside of a transaction: what the next statement will run under. */
  private async readState(): Promise<void> {
    this.state = await probeIdle(this.session.client);
    if (this.state.messages !== 'debug1') this.messages.current = this.state.messages;
  }

  private async settings(): Promise<Settings> {
    const settings = await readSettings(this.session.client, customSettings(this.pieces));
    return new Map([...settings, ['client_min_messages', this.messages.current]]);
  }

  private async catchUp(): Promise<void> {
    catchUp(this.following, await settledRelations(this.session.client));
  }

  private errorAt(outcome: Outcome, piece: Piece): ServerError {
    if (outcome.error === null) throw new Error('no error in this outcome');
    return toServerError(outcome.error, { file: this.migration.sql, sent: piece.sql, start: piece.start });
  }

  /** An error in the tool's own SQL, which the tool would get as well; shown at the file's beginning or end. */
  private errorAround({ error }: Outcome, start: number): ServerError | null {
    return error === null ? null : toServerError(error, { file: this.migration.sql, sent: '', start });
  }

  private async begin(): Promise<void> {
    await this.must('BEGIN');
    this.begunBy = 'tool';
    forgetTransaction(this.following);
  }

  private async rollback(): Promise<void> {
    if (this.session.lost) return;
    if (this.status !== 'I') await this.must('ROLLBACK');
    forgetTransaction(this.following);
    await this.readState();
    await this.catchUp();
  }

  private async send(sql: string): Promise<Outcome> {
    const outcome = await this.session.send(sql);
    this.status = outcome.status;
    return outcome;
  }

  private async must(sql: string): Promise<void> {
    const { error } = await this.send(sql);
    if (error !== null) throw error;
  }
}

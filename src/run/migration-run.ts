import type { Node } from '@pgsql/types';
import pg from 'pg';
import { placed, Undecided } from '../errors.ts';
import { parseFile } from '../sql/parse.ts';
import type { Bookkeeping, Hook, Migration } from '../tools/tool.ts';
import { underWay } from '../under-way.ts';
import { Tally } from './alike.ts';
import type { DeploySession } from './deploy-session.ts';
import { type DocumentedLocks, documentedLocks } from './documented-locks.ts';
import { forgetTransaction } from './following.ts';
import { type RunHook, runHooks } from './hooks.ts';
import { isDeaf, look } from './look.ts';
import { nothingObserved, type Observation, observe } from './observe.ts';
import {
  beforeSetTransaction,
  customSettings,
  isTransactionControl,
  localSettings,
  mayAskBefore,
  needsTransaction,
  type Piece,
  runsCode,
  takesBack,
} from './pieces.ts';
import { placeLocks } from './place-locks.ts';
import type { SessionState } from './probe.ts';
import { type Notice, proofsIn, shownNotices } from './proofs.ts';
import { rowsWritten } from './rows.ts';
import { type SentPiece, sentPieces } from './sent.ts';
import { toServerError } from './server-error.ts';
import type { Outcome } from './session.ts';
import { type Settings, settingsLeft } from './settings.ts';
import { observeSettled } from './standing.ts';
import type { LeftSetting, MigrationTrace, ServerError, StatementTrace } from './trace.ts';

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

const isWrapped = ({ transaction }: Migration): boolean =>
  transaction === 'single' || transaction === 'shared';

/** 25001: "cannot run inside a transaction block"; 2D000: a COMMIT in a procedure or DO block. */
const needsNoTransaction = new Set(['25001', '2D000']);

type Seen = Observation & { readonly deaf?: boolean };

/** What a migration runs in, and with. */
export interface RunInput {
  readonly deploy: DeploySession;
  readonly bookkeeping: Bookkeeping;
  readonly hooks: readonly Hook[];
  readonly runHook: RunHook;
  readonly migration: Migration;
  /** Of migrations that share one transaction: does it begin with this one, and end with it? */
  readonly opens: boolean;
  readonly closes: boolean;
}

/** One migration while it runs. */
export class MigrationRun {
  private readonly deploy: DeploySession;
  private readonly input: RunInput;
  private readonly migration: Migration;
  private readonly pieces: readonly SentPiece[];
  private readonly statements: StatementTrace[] = [];
  private readonly tally = new Tally();
  /** `index` of the statements after which there must be no probe. */
  private readonly unseen: ReadonlySet<number>;
  private leftOpen = false;
  /** `index` of the statement that is being run. */
  private current = 0;
  private settingsBefore: Settings = new Map();
  /** A hook that has a trace of its own ended the deploy. */
  private hookFailed: Hook['when'] | null = null;

  constructor(input: RunInput) {
    this.input = input;
    this.deploy = input.deploy;
    this.migration = input.migration;
    this.pieces = sentPieces(input.migration);
    this.unseen = beforeSetTransaction(this.pieces);
  }

  /** How many statements the migration has. */
  get length(): number {
    return this.pieces.length;
  }

  /** The deploy goes on after this migration. */
  get goesOn(): boolean {
    return this.hookFailed === null && !this.deploy.session.lost;
  }

  async trace(): Promise<MigrationTrace> {
    const start = performance.now();
    const before = this.input.bookkeeping.before(this.migration);
    let error = before === '' ? null : this.errorAround(await this.deploy.send(before), 0);
    error ??= await this.runObserved();
    return {
      ...head(this.migration, this.pieces),
      durationMs: performance.now() - start,
      error,
      ran: this.hookFailed !== 'before-each',
      refused: null,
      rolledBack: this.hookFailed === 'after-each' && isWrapped(this.migration),
      leftOpen: this.leftOpen,
      settingsLeft: error === null && this.hookFailed === null ? await this.settingsLeft() : [],
      statements: this.statements,
      alike: this.tally.statements(),
    };
  }

  /** What the file sets (timeouts above all) may hit our own questions too; the next statement would be hit as well. */
  private async runObserved(): Promise<ServerError | null> {
    try {
      const error = (await this.start()) ?? (this.goesOn ? await this.run() : null);
      if (error !== null || !this.goesOn) return error;
      return (await this.around('after-each')) ?? (this.goesOn ? await this.finish() : null);
    } catch (error) {
      const piece = this.pieces[this.current];
      if (!(error instanceof pg.DatabaseError))
        throw placed(error, { file: this.migration.file, line: piece?.line });
      await this.deploy.rollback();
      return toServerError(error, { file: this.migration.sql, sent: '', start: piece?.start ?? 0 });
    }
  }

  private async start(): Promise<ServerError | null> {
    const { deploy, migration } = this;
    const { hooks, opens } = this.input;
    const hooked = hooks.some(({ when }) => when === 'before-each');
    if (deploy.status === 'I') await deploy.readState();
    // No question of ours may stand between BEGIN and a SET TRANSACTION.
    if (!hooked) await this.readSettings();
    if (migration.transaction === 'single' || (migration.transaction === 'shared' && opens))
      await deploy.begin('tool');
    const error = await this.around('before-each');
    if (hooked && error === null && this.goesOn) await this.readSettings();
    return error;
  }

  private async around(when: Hook['when']): Promise<ServerError | null> {
    const failure = await runHooks(this.input.hooks, when, this.input.runHook);
    if (failure !== null) await this.deploy.rollback();
    else if (this.deploy.status === 'I' && this.input.hooks.some((hook) => hook.when === when))
      await this.deploy.readState();
    if (failure?.traced !== true) return failure?.error ?? null;
    this.hookFailed = when;
    return null;
  }

  private async readSettings(): Promise<void> {
    this.settingsBefore = await this.deploy.settings(customSettings(this.pieces));
    this.deploy.session.takeNotices();
  }

  /** What is set for a transaction that goes on does not leave it. */
  private async settingsLeft(): Promise<readonly LeftSetting[]> {
    const after = await this.deploy.settings(customSettings(this.pieces));
    const left = settingsLeft(this.settingsBefore, after);
    if (this.deploy.status === 'I') return left;
    const local = localSettings(this.pieces);
    return left.filter(({ name }) => !local.has(name.toLowerCase()));
  }

  private async run(): Promise<ServerError | null> {
    const { deploy } = this;
    for (const [index, piece] of this.pieces.entries()) {
      this.current = index;
      // The rest of a message after a COMMIT is an implicit block of its own.
      if (piece.block && deploy.status === 'I' && !isTransactionControl(piece.node))
        await deploy.begin('message');
      const error = await underWay(
        () => ({ file: this.migration.file, line: piece.line }),
        async () => (await this.runPiece(index, piece)) ?? (await this.endMessage(index, piece)),
      );
      if (error !== null) {
        await deploy.rollback();
        return error;
      }
      if (!deploy.state.counting) throw this.blinded(piece);
    }
    // A tool that wraps the file sends the COMMIT that is missing.
    this.leftOpen = deploy.status === 'T' && deploy.begunBy === 'file' && !isWrapped(this.migration);
    return null;
  }

  /** The server commits what a message of several statements has done when the message ends. */
  private async endMessage(index: number, piece: SentPiece): Promise<ServerError | null> {
    const { deploy } = this;
    if (deploy.status !== 'T' || deploy.begunBy !== 'message') return null;
    return this.pieces[index + 1]?.message === piece.message ? null : this.commit(piece);
  }

  private async commit(piece: Piece): Promise<ServerError | null> {
    const commit = await this.deploy.send('COMMIT');
    forgetTransaction(this.deploy.following);
    if (commit.error !== null) return this.errorAt(commit, piece);
    await this.deploy.readState();
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

  private runPiece(index: number, piece: SentPiece): Promise<ServerError | null> {
    if (piece.between) return this.unobserved(index, piece);
    if (this.deploy.status === 'T' || isTransactionControl(piece.node))
      return this.inTransaction(index, piece, true);
    return this.alone(index, piece);
  }

  /** One of very many alike: only counted. */
  private async unobserved(index: number, { like, ...piece }: SentPiece): Promise<ServerError | null> {
    const shared = this.deploy.status === 'T';
    const outcome = await this.deploy.send(piece.sql, piece.copies);
    const notices = this.deploy.session.takeNotices();
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
    const { deploy, migration } = this;
    const after = this.input.bookkeeping.after(migration);
    const goesOn = migration.transaction === 'shared' && !this.input.closes;
    const ends = deploy.status === 'T' && !goesOn;
    const outcome = await deploy.send(ends ? `${after};COMMIT` : after);
    const error = this.errorAround(outcome, migration.sql.trimEnd().length);
    if (error !== null) await deploy.rollback();
    else if (deploy.status === 'I') await deploy.readState();
    else await deploy.takeIn(toolsRow);
    return error;
  }

  /** A statement in the transaction that is open already (or one that opens or ends it). */
  private async inTransaction(index: number, piece: SentPiece, shared: boolean): Promise<ServerError | null> {
    const was = this.deploy.status;
    if (was === 'T' && mayAskBefore(piece) && !this.unseen.has(index)) await this.deploy.count();
    const outcome = await this.deploy.send(piece.sql, piece.copies);
    const notices = this.deploy.session.takeNotices();
    const how = { shared, source: 'observed' } as const;
    if (outcome.error !== null) {
      this.record(index, piece, outcome, notices, nothingObserved, how);
      return this.errorAt(outcome, piece);
    }
    this.followBegin(was, piece);
    const state = this.deploy.state;
    const seen = this.unseen.has(index) ? nothingObserved : await this.seen(index, piece, notices);
    this.record(index, piece, outcome, notices, seen, { ...how, state });
    return null;
  }

  private async seen(index: number, { node }: Piece, notices: readonly Notice[]): Promise<Seen> {
    if (takesBack(node)) await this.deploy.catchUp();
    if (this.deploy.status === 'I') {
      // What was done has been seen when it was done, and nothing is held any more.
      forgetTransaction(this.deploy.following);
      await this.deploy.readState();
      return nothingObserved;
    }
    await this.deploy.count();
    const { view, session } = await look(this.deploy.session.client, this.deploy.following, node);
    this.deploy.state = session;
    const proofs = proofsIn(notices);
    const deaf = await isDeaf(this.deploy.session.client, this.deploy.following, {
      node,
      proofs,
      view,
      session,
    });
    return { ...observe(this.deploy.following, view, { index, node, proofs, deaf }), deaf };
  }

  /** A statement that commits by itself: observed in a transaction of its own where it allows one. */
  private async alone(index: number, piece: SentPiece): Promise<ServerError | null> {
    const documented = piece.node === null ? null : documentedLocks(piece.node);
    if (documented?.refuses === 'always' || needsTransaction(piece.node))
      return this.bare(index, piece, documented);
    await this.deploy.begin('tool');
    const error = await this.inTransaction(index, piece, false);
    if (error === null) {
      if (this.deploy.status === 'I') return null;
      return this.commit(piece);
    }
    await this.deploy.rollback();
    if (!needsNoTransaction.has(error.sqlstate)) return error;
    this.statements.pop();
    return this.bare(index, piece, documented);
  }

  /** A statement that must not be in a transaction: only what it leaves behind can be compared. */
  private async bare(
    index: number,
    piece: SentPiece,
    documented: DocumentedLocks | null,
  ): Promise<ServerError | null> {
    const { client } = this.deploy.session;
    const locks =
      documented === null ? [] : await placeLocks(client, this.deploy.following, documented, index);
    const before = await this.deploy.standing();
    const outcome = await this.deploy.send(piece.sql, piece.copies);
    const notices = this.deploy.session.takeNotices();
    const state = this.deploy.state;
    if (this.deploy.session.lost) {
      this.record(index, piece, outcome, notices, nothingObserved, {
        shared: false,
        source: 'unknown',
        state,
      });
      return this.errorAt(outcome, piece);
    }
    if (this.deploy.status === 'I') await this.deploy.readState();
    else await this.deploy.rollback();
    const after = await this.deploy.settledSince(before);
    const { node } = piece;
    const proofs = proofsIn(notices);
    // What it has hushed for a transaction of its own cannot be told any more.
    const deaf = documented === null && proofs.length === 0;
    const seen = observeSettled(this.deploy.following, before, after, { index, node, proofs, deaf });
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
    const { searchPath, role, timeouts } = how.state ?? this.deploy.state;
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
      timeouts: runsCode(piece.node) ? this.deploy.state.timeouts : timeouts,
      rowsWritten: rows === null ? null : rows + between.rows,
      source: how.source,
    });
  }

  /** A BEGIN of the file: outside a transaction, or in a message's implicit block, which it turns into a real one. */
  private followBegin(was: Outcome['status'], { node }: Piece): void {
    if (node === null || !('TransactionStmt' in node)) return;
    const { kind } = node.TransactionStmt;
    const begins = kind === 'TRANS_STMT_BEGIN' || kind === 'TRANS_STMT_START';
    if (begins && (was === 'I' || this.deploy.begunBy === 'message')) this.deploy.begunBy = 'file';
  }

  private errorAt(outcome: Outcome, piece: Piece): ServerError {
    if (outcome.error === null) throw new Error('no error in this outcome');
    return toServerError(outcome.error, { file: this.migration.sql, sent: piece.sql, start: piece.start });
  }

  /** An error in the tool's own SQL, which the tool would get as well; shown at the file's beginning or end. */
  private errorAround({ error }: Outcome, start: number): ServerError | null {
    return error === null ? null : toServerError(error, { file: this.migration.sql, sent: '', start });
  }
}

/** What a tool does to its own table, to the observer. */
const toolsRow: Node = { InsertStmt: {} };

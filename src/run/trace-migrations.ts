import type { Node } from '@pgsql/types';
import type { Connection } from '../shadow/shadow.ts';
import { type ParsedStatement, parseFile } from '../sql/parse.ts';
import type { Bookkeeping, Migration } from '../tools/tool.ts';
import { type DocumentedLocks, documentedLocks } from './documented-locks.ts';
import { type Following, forgetTransaction, type Observation, observe } from './observe.ts';
import { currentFilenodes, followRelations, probe } from './probe.ts';
import { toServerError } from './server-error.ts';
import { type Notice, type Outcome, openSession, type Session } from './session.ts';
import type { BaseRelation, MigrationTrace, ServerError, StatementTrace } from './trace.ts';

export interface TraceInput {
  /** The migration role's connection to a database that holds base. */
  readonly connection: Connection;
  readonly bookkeeping: Bookkeeping;
  /** In the order in which the tool runs them. */
  readonly migrations: readonly Migration[];
  /** True for a migration whose failure must not hide what the next ones do. */
  readonly mayFail?: (migration: Migration) => boolean;
  readonly onMigration?: (migration: Migration) => void;
}

export interface Traced {
  readonly migrations: readonly MigrationTrace[];
  /** Relations that were there before the first of them. */
  readonly baseRelations: readonly BaseRelation[];
}

/**
 * Runs new migrations statement by statement, as their tool would send them, and observes each one. The
 * first failure ends the run, as it ends the tool's.
 */
export async function traceMigrations(input: TraceInput): Promise<Traced> {
  await using session = await openSession(input.connection);
  const relations = await followRelations(session.client);
  const baseRelations = [...relations.values()].map(({ current: _, filenode: __, ...relation }) => relation);
  const following: Following = { relations, held: new Set(), scans: new Map() };
  const migrations: MigrationTrace[] = [];
  let stopped = false;
  for (const migration of input.migrations) {
    if (stopped) {
      migrations.push({ ...head(migration), durationMs: null, error: null, ran: false, statements: [] });
      continue;
    }
    input.onMigration?.(migration);
    const run = new MigrationRun(session, following, input.bookkeeping, migration);
    const traced = await run.trace();
    migrations.push(traced);
    if (traced.error === null) continue;
    stopped = input.mayFail?.(migration) !== true;
    if (!stopped) await followAgain(session, relations);
  }
  return { migrations, baseRelations };
}

/** A rolled back migration has undone renames and rewrites that were followed. */
async function followAgain(session: Session, relations: Following['relations']): Promise<void> {
  for (const [oid, { name, filenode }] of await currentFilenodes(session.client)) {
    const relation = relations.get(oid);
    if (relation !== undefined) Object.assign(relation, { current: name, filenode });
  }
}

function head(
  migration: Migration,
): Pick<MigrationTrace, 'version' | 'name' | 'file' | 'status' | 'transaction'> {
  const { version, name, file } = migration;
  return {
    version,
    name,
    file,
    status: 'new',
    transaction: transactionOf(migration, parseFile(migration.sql).statements),
  };
}

function transactionOf(
  migration: Migration,
  statements: readonly ParsedStatement[],
): MigrationTrace['transaction'] {
  if (statements.some(({ node }) => isTransactionControl(node))) return 'own';
  if (migration.transaction === 'implicit') return statements.length > 1 ? 'single' : 'none';
  return migration.transaction;
}

/** 25001: "cannot run inside a transaction block"; 2D000: a COMMIT in a procedure or DO block. */
const needsNoTransaction = new Set(['25001', '2D000']);

/** A statement of the file, or the whole file where the grammar could not cut it. */
type Piece = Omit<ParsedStatement, 'node'> & { readonly node: Node | null };

/** The state of one migration while it runs. */
class MigrationRun {
  private readonly session: Session;
  private readonly following: Following;
  private readonly bookkeeping: Bookkeeping;
  private readonly migration: Migration;
  private readonly statements: StatementTrace[] = [];
  private status: Outcome['status'] = 'I';
  private searchPath: readonly string[] = ['public'];

  constructor(session: Session, following: Following, bookkeeping: Bookkeeping, migration: Migration) {
    this.session = session;
    this.following = following;
    this.bookkeeping = bookkeeping;
    this.migration = migration;
  }

  async trace(): Promise<MigrationTrace> {
    const start = performance.now();
    const pieces = piecesOf(this.migration);
    const before = this.bookkeeping.before(this.migration);
    if (before !== '') await this.must(before);
    this.searchPath = (await probe(this.session.client)).searchPath;
    this.session.takeNotices();
    const error = (await this.run(pieces)) ?? (await this.finish());
    return {
      ...head(this.migration),
      durationMs: performance.now() - start,
      error,
      ran: true,
      statements: this.statements,
    };
  }

  private async run(pieces: readonly Piece[]): Promise<ServerError | null> {
    const rule = this.migration.transaction;
    const shared = rule === 'single' || (rule === 'implicit' && pieces.length > 1);
    if (rule === 'single') await this.begin();
    for (const [index, piece] of pieces.entries()) {
      // The rest of a simple Query message after a COMMIT is an implicit block of its own.
      if (rule === 'implicit' && shared && this.status === 'I' && !isTransactionControl(piece.node))
        await this.begin();
      const error =
        this.status === 'T' || isTransactionControl(piece.node)
          ? await this.inTransaction(index, piece, true)
          : await this.alone(index, piece);
      if (error !== null) {
        await this.rollback();
        return error;
      }
    }
    return null;
  }

  /** The tool's own row, and the end of whatever is still open. */
  private async finish(): Promise<ServerError | null> {
    const after = this.bookkeeping.after(this.migration);
    const outcome = await this.send(this.status === 'T' ? `${after};COMMIT` : after);
    if (outcome.error === null) return null;
    await this.rollback();
    const sent = { file: this.migration.sql, sent: '', start: this.migration.sql.trimEnd().length };
    return toServerError(outcome.error, sent);
  }

  /** A statement in the transaction that is open already (or one that opens or ends it). */
  private async inTransaction(index: number, piece: Piece, shared: boolean): Promise<ServerError | null> {
    const outcome = await this.send(piece.sql);
    const notices = this.session.takeNotices();
    if (outcome.error !== null) {
      this.record(index, piece, outcome, notices, nothing, { shared, source: 'observed' });
      return this.errorAt(outcome, piece);
    }
    const searchPath = this.searchPath;
    const probed = await probe(this.session.client);
    const proofs = proofsIn(notices);
    // Outside a transaction the probe's counters are its own.
    const seen = this.status === 'T' ? observe(this.following, probed, piece.node, proofs) : nothing;
    this.record(index, piece, outcome, notices, seen, { shared, source: 'observed', searchPath });
    this.searchPath = probed.searchPath;
    if (this.status === 'I') forgetTransaction(this.following);
    return null;
  }

  /** A statement that commits by itself: observed in a transaction of its own where it allows one. */
  private async alone(index: number, piece: Piece): Promise<ServerError | null> {
    const documented = piece.node === null ? null : documentedLocks(piece.node);
    if (documented !== null) return this.bare(index, piece, documented);
    await this.begin();
    const error = await this.inTransaction(index, piece, false);
    if (error === null) {
      if (this.status === 'I') return null;
      const commit = await this.send('COMMIT');
      forgetTransaction(this.following);
      return commit.error === null ? null : this.errorAt(commit, piece);
    }
    await this.rollback();
    if (!needsNoTransaction.has(error.sqlstate)) return error;
    this.statements.pop();
    return this.bare(index, piece, null);
  }

  private async bare(
    index: number,
    piece: Piece,
    documented: DocumentedLocks | null,
  ): Promise<ServerError | null> {
    const targets = documented === null ? [] : await this.targets(documented);
    const outcome = await this.send(piece.sql);
    const notices = this.session.takeNotices();
    const seen: Observation = {
      locks: targets,
      scans: documented?.scans === true ? tablesOf(targets) : [],
      rewrites: await this.followRewrites(piece, proofsIn(notices)),
    };
    this.record(index, piece, outcome, notices, outcome.error === null ? seen : nothing, {
      shared: false,
      source: documented === null ? 'unknown' : 'documented',
    });
    if (outcome.error !== null) return this.errorAt(outcome, piece);
    this.searchPath = (await probe(this.session.client)).searchPath;
    return null;
  }

  private async targets(documented: DocumentedLocks): Promise<Observation['locks']> {
    const found = new Map<string, Observation['locks'][number]>();
    for (const { schema, name, mode } of documented.targets) {
      const quoted = [schema, name].filter((part) => part !== undefined).map(quoteIdentifier);
      const { rows } = await this.session.client.query<{ oid: number | null }>(
        'SELECT pg_catalog.to_regclass($1)::pg_catalog.oid AS oid',
        [quoted.join('.')],
      );
      const named = this.following.relations.get(rows[0]?.oid ?? 0);
      const table = named?.tableOid == null ? undefined : this.following.relations.get(named.tableOid);
      for (const relation of [named, table]) {
        if (relation === undefined) continue;
        found.set(`${relation.oid} ${mode}`, {
          schema: relation.schema,
          relation: relation.relation,
          kind: relation.kind,
          mode,
          new: true,
          oid: relation.oid,
          names: relation.current === null ? [] : [relation.current],
        });
      }
    }
    return [...found.values()];
  }

  /** After statements that committed by themselves the storage files are all that is left to compare. */
  private async followRewrites(piece: Piece, proofs: readonly string[]): Promise<string[]> {
    if (this.status !== 'I') return [];
    const now = await currentFilenodes(this.session.client);
    const relations = [...now].map(([oid, { name, filenode }]) => ({
      oid,
      modes: [],
      name,
      filenode,
      scans: 0,
    }));
    const { rewrites } = observe(this.following, { relations, searchPath: [] }, piece.node, proofs);
    forgetTransaction(this.following);
    return [...rewrites];
  }

  private record(
    index: number,
    piece: Piece,
    outcome: Outcome,
    notices: readonly Notice[],
    seen: Observation,
    how: { shared: boolean; source: StatementTrace['source']; searchPath?: readonly string[] },
  ): void {
    this.statements.push({
      index,
      line: piece.line,
      endLine: piece.endLine,
      sql: piece.sql,
      node: piece.node,
      durationMs: outcome.durationMs,
      ...seen,
      proofs: proofsIn(notices),
      notices: notices
        .filter(({ severity }) => severity === 'NOTICE' || severity === 'WARNING')
        .slice(0, 20)
        .map(({ message }) => message.slice(0, 1_000)),
      inTransaction: how.shared,
      searchPath: how.searchPath ?? this.searchPath,
      source: how.source,
    });
  }

  private errorAt(outcome: Outcome, piece: Piece): ServerError {
    if (outcome.error === null) throw new Error('no error in this outcome');
    return toServerError(outcome.error, { file: this.migration.sql, sent: piece.sql, start: piece.start });
  }

  private async begin(): Promise<void> {
    await this.must('BEGIN');
    forgetTransaction(this.following);
  }

  private async rollback(): Promise<void> {
    if (this.status !== 'I') await this.must('ROLLBACK');
    forgetTransaction(this.following);
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

const nothing: Observation = { locks: [], rewrites: [], scans: [] };

function piecesOf(migration: Migration): readonly Piece[] {
  const { statements, error } = parseFile(migration.sql);
  if (error === null) return statements;
  // What our grammar cannot read the server may; and if not, its own error is the one to show.
  const endLine = migration.sql.split('\n').length;
  return [{ node: null, start: 0, end: migration.sql.length, line: 1, endLine, sql: migration.sql }];
}

function tablesOf(locks: Observation['locks']): string[] {
  const tables = locks.filter(({ kind }) => kind === 'table' || kind === 'materialized-view');
  return [...new Set(tables.map(({ schema, relation }) => `${schema}.${relation}`))].sort();
}

function isTransactionControl(node: Node | null): boolean {
  if (node === null || !('TransactionStmt' in node)) return false;
  const { kind } = node.TransactionStmt;
  return (
    kind !== 'TRANS_STMT_SAVEPOINT' && kind !== 'TRANS_STMT_RELEASE' && kind !== 'TRANS_STMT_ROLLBACK_TO'
  );
}

/** Beginnings of the DEBUG1 messages by which Postgres says what ALTER TABLE and CREATE INDEX do
 * (src/backend/commands/tablecmds.c, src/backend/catalog/index.c). */
const proofBeginnings = [
  'rewriting table',
  'verifying table',
  'building index',
  'validating foreign key constraint',
  'existing constraints on column',
  'partition constraint for table',
  'updated partition constraint for default partition',
];

function proofsIn(notices: readonly Notice[]): string[] {
  return notices
    .filter(
      ({ severity, message }) =>
        severity.startsWith('DEBUG') && proofBeginnings.some((begin) => message.startsWith(begin)),
    )
    .map(({ message }) => message);
}

const quoteIdentifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

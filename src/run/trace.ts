import type { Node } from '@pgsql/types';

/** Spelled as `pg_locks.mode` spells them, weakest first (Postgres manual, 13.3.1). */
export const lockModes = [
  'AccessShareLock',
  'RowShareLock',
  'RowExclusiveLock',
  'ShareUpdateExclusiveLock',
  'ShareLock',
  'ShareRowExclusiveLock',
  'ExclusiveLock',
  'AccessExclusiveLock',
] as const;

export type LockMode = (typeof lockModes)[number];

export type RelationKind = 'table' | 'index' | 'sequence' | 'view' | 'materialized-view';

/** A relation that base already had, under the name it had there. Names are unquoted. */
export interface BaseRelation {
  readonly oid: number;
  readonly schema: string;
  readonly relation: string;
  readonly kind: RelationKind;
  /** Oid of the table that an index belongs to, else null. */
  readonly tableOid: number | null;
}

export interface ObservedLock {
  readonly schema: string;
  readonly relation: string;
  readonly kind: RelationKind;
  readonly mode: LockMode;
  /** First taken by this statement; false = still held from an earlier one of the same transaction. */
  readonly new: boolean;
  /**
   * `index` of the migration's statement that first took it in this transaction: the statement itself when `new`.
   * Negative: an earlier migration of the same transaction did, or the tool.
   */
  readonly since: number;
  readonly oid: number;
  /** `schema.relation` right before and right after the statement: a new migration may rename what base had. */
  readonly names: readonly string[];
}

/** An error of the server, with the place in the migration file. */
export interface ServerError {
  readonly sqlstate: string;
  /** Path of the file where it stands, where that is not the migration's: a hook's. */
  readonly file?: string;
  readonly message: string;
  readonly detail: string | null;
  readonly hint: string | null;
  /** 1-based line in the migration's file; the statement's first line when the server gave no position. */
  readonly line: number;
  /** 1-based column of the caret in that line, null when the server gave no position. */
  readonly column: number | null;
  /** What the server calls the object, when it names one. */
  readonly object: {
    readonly schema?: string;
    readonly table?: string;
    readonly column?: string;
    readonly constraint?: string;
  };
}

/** Timeouts in milliseconds, 0 = none. */
export interface Timeouts {
  readonly lockMs: number;
  readonly statementMs: number;
  readonly idleInTransactionMs: number;
}

/** A relation that a statement made or removed. Temporary and TOAST tables are left out. */
export interface TouchedRelation {
  readonly type: RelationKind;
  /** Unquoted `schema.relation`: of a dropped one, what it was called last. */
  readonly name: string;
  readonly oid: number;
  /** Oid of the table that an index belongs to, else null. */
  readonly tableOid: number | null;
}

/** A session setting that is another one after the migration than before it. */
export interface LeftSetting {
  /** As `SHOW` takes it: `search_path`, `role`, `lock_timeout`. */
  readonly name: string;
  /** As `SHOW` prints it, null where the setting was unknown. */
  readonly before: string | null;
  readonly after: string | null;
}

/** What one statement of a new migration did on the shadow. */
export interface StatementTrace {
  readonly index: number;
  /** 1-based lines in the migration's file. */
  readonly line: number;
  readonly endLine: number;
  readonly sql: string;
  /** Parse tree of the statement, null where our grammar could not read what the server was sent. */
  readonly node: Node | null;
  readonly durationMs: number;
  /** Every lock held after the statement on relations that base had. */
  readonly locks: readonly ObservedLock[];
  /** `schema.relation` of base tables and materialized views that got a new relfilenode by a rewrite. */
  readonly rewrites: readonly string[];
  /** `schema.relation` of base tables that were read from end to end. */
  readonly scans: readonly string[];
  /** `schema.relation` of base tables that TRUNCATE has emptied, wherever it stands: new files without a row read. */
  readonly emptied: readonly string[];
  /** The server's DEBUG1 statements that tell why no scan or rewrite was needed, or that one was. */
  readonly proofs: readonly string[];
  /** The statement has, or may have, kept the server's own words (`proofs`) from us: it sets `client_min_messages`. */
  readonly deaf: boolean;
  /** NOTICE and WARNING texts, at most 20 of 1,000 characters. */
  readonly notices: readonly string[];
  /** Inside a transaction that other statements of the migration share? */
  readonly inTransaction: boolean;
  /** Schemas of the search_path while it ran. */
  readonly searchPath: readonly string[];
  /** In force while it ran. Of a DO block and other statements that run code, what they themselves set counts too. */
  readonly timeouts: Timeouts;
  /** `current_user` while it ran. */
  readonly role: string;
  /** Relations that it made and that were there when it ended, whoever inside of it made them. */
  readonly created: readonly TouchedRelation[];
  /** Relations that it removed: base's, and those that the new migrations had made. */
  readonly dropped: readonly TouchedRelation[];
  /** Indexes (`schema.index`) that it made or broke and that are INVALID: a CONCURRENTLY that failed half-way. */
  readonly invalidIndexes: readonly string[];
  /**
   * Rows that it wrote: the command tag of INSERT, UPDATE, DELETE, MERGE and COPY; for statements that run code
   * (DO, CALL, functions, data-modifying WITH) what they wrote to base's tables. Null for all others.
   */
  readonly rowsWritten: number | null;
  /**
   * How the locks were learned. `observed`: read from pg_locks in the statement's own transaction;
   * `documented`: the statement refuses a transaction block (CREATE INDEX CONCURRENTLY …) and its locks are
   * those of the Postgres manual; `unknown`: it committed by itself (CALL, DO with COMMIT), so that its locks
   * were gone before we could look. Rewrites are observed in any case.
   */
  readonly source: 'observed' | 'documented' | 'unknown';
}

/**
 * Very many data statements alike: one kind, one relation, and the same but for constants. The first and the
 * last are in `statements`; those between ran, but were not observed one by one and are not there. Their rows
 * and their time are counted with the last one.
 */
export interface AlikeStatements {
  readonly kind: 'INSERT' | 'UPDATE' | 'DELETE' | 'MERGE';
  /** As written in the statements. */
  readonly relation: string;
  /** How many were not observed. */
  readonly count: number;
  /** 1-based lines in the migration's file between which they stand. */
  readonly firstLine: number;
  readonly lastLine: number;
}

export interface MigrationTrace {
  readonly version: string;
  readonly name: string;
  readonly file: string;
  readonly status: 'new' | 'edited';
  /** What the tool and the file made of it: `own` = the file has its own BEGIN/COMMIT. */
  readonly transaction: 'single' | 'none' | 'own';
  readonly durationMs: number | null;
  readonly error: ServerError | null;
  /** False when an earlier migration failed, so that the tool would not come to this one; always false for edited ones. */
  readonly ran: boolean;
  /** The tool itself stops at the file: its words. Neither this migration nor a later one runs. */
  readonly refused: { readonly line: number; readonly says: string } | null;
  /** It ran, and was taken back with a later migration of the same transaction, which failed or said ROLLBACK. */
  readonly rolledBack: boolean;
  /** The file began a transaction and did not end it. The gate has committed it, the tool may not. */
  readonly leftOpen: boolean;
  /** What the next migration in the same session finds changed. Empty when the migration failed. */
  readonly settingsLeft: readonly LeftSetting[];
  readonly statements: readonly StatementTrace[];
  readonly alike: readonly AlikeStatements[];
}

import type pg from 'pg';
import type { Notice } from '../proofs.ts';
import type { StatementTrace } from '../trace.ts';

/** Idle, in a transaction, in a failed one: as ReadyForQuery tells it. */
export type Status = 'I' | 'T' | 'E';

/** What a statement did, as the tracer says it. */
export interface StatementObservation
  extends Pick<
    StatementTrace,
    | 'node'
    | 'locks'
    | 'rewrites'
    | 'scans'
    | 'emptied'
    | 'created'
    | 'dropped'
    | 'invalidIndexes'
    | 'proofs'
    | 'deaf'
    | 'notices'
    | 'inTransaction'
    | 'searchPath'
    | 'role'
    | 'timeouts'
    | 'rowsWritten'
    | 'source'
  > {
  /**
   * `order` of the statements that it is about: the statement's own, or all that the client sent at once and that
   * could only be looked at together. `since` of the locks is an `order` too; negative: not known.
   */
  readonly orders: readonly number[];
}

/**
 * Why a statement that may have done something has no observation: our own question failed, the connection ended, it is
 * one of several sent at once and the last of them has the observation of all, they were sent at once with their
 * BEGIN or outside of a transaction, so that nothing could be asked, or very many that are the same but for
 * constants have been observed before it.
 */
export type Unobserved = 'question-failed' | 'connection-lost' | 'with-others' | 'not-asked' | 'alike';

/** One statement that a client had the server run. */
export interface Recorded {
  /** Place in the order in which the statements of all connections went to the server, from 0. */
  readonly order: number;
  /** Number of the client's connection, from 1. */
  readonly connection: number;
  /** Database that the connection is in. */
  readonly database: string;
  /** At most `textLimit` characters. */
  readonly text: string;
  /** As text, at most `parameterLimit` of `parameterLength` characters; null is NULL. */
  readonly parameters: readonly (string | null)[];
  /** Command tag, the last one where the client sent several statements as one text; null when it did not complete. */
  readonly tag: string | null;
  /** Of each statement that completed. */
  readonly tags: readonly string[];
  /** The number in the tag: rows returned or written. */
  readonly rows: number | null;
  readonly error: pg.DatabaseError | null;
  readonly statusBefore: Status;
  readonly statusAfter: Status;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly durationMs: number;
  /** Messages that the client got as well, at most `noticeLimit`. */
  readonly notices: readonly Notice[];
  /** Null: nothing was asked (observing is off, or it cannot have done anything that is seen), or see `unobserved`. */
  readonly observation: StatementObservation | null;
  readonly unobserved: Unobserved | null;
}

/** The record of a statement while it runs. */
export type Draft = { -readonly [Key in keyof Recorded]: Recorded[Key] };

export const textLimit = 1_000_000;
export const parameterLimit = 100;
export const parameterLength = 1_000;
export const noticeLimit = 100;

/** Where a statement comes from. */
export interface Origin {
  readonly connection: number;
  readonly database: string;
  readonly text: string;
  readonly parameters: readonly (string | null)[];
  readonly status: Status;
}

/** What was said on all connections of a proxy. */
export class Recorder {
  readonly statements: Draft[] = [];
  private readonly started = new Map<Draft, number>();
  private readonly onStatement: (statement: Recorded) => void;

  constructor(onStatement: (statement: Recorded) => void) {
    this.onStatement = onStatement;
  }

  begin({ connection, database, text, parameters, status }: Origin): Draft {
    const draft: Draft = {
      order: this.statements.length,
      connection,
      database,
      text: text.length > textLimit ? text.slice(0, textLimit) : text,
      parameters,
      tag: null,
      tags: [],
      rows: null,
      error: null,
      statusBefore: status,
      statusAfter: status,
      startedAt: Date.now(),
      durationMs: 0,
      notices: [],
      observation: null,
      unobserved: null,
    };
    this.statements.push(draft);
    this.started.set(draft, performance.now());
    return draft;
  }

  /** The server has answered. */
  answered(draft: Draft): void {
    const start = this.started.get(draft);
    if (start !== undefined) draft.durationMs = performance.now() - start;
  }

  /** Everything is known of it. */
  finish(draft: Draft): void {
    if (this.started.delete(draft)) this.onStatement(draft);
  }

  /** The connection is over. */
  finishAll(connection: number): void {
    for (const draft of [...this.started.keys()]) if (draft.connection === connection) this.finish(draft);
  }
}

/** The number in a command tag: `INSERT 0 3`, `SELECT 5`. */
export function rowsOf(tag: string): number | null {
  const found = /^[A-Z ]+?(?: \d+)? (\d+)$/.exec(tag);
  return found === null ? null : Number(found[1]);
}

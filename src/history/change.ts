import type { DeletedPlace, Migration } from '../tools/tool.ts';

export type HistoryChangeKind =
  | 'edited'
  | 'edited-cosmetic'
  | 'deleted'
  | 'renamed'
  | 'out-of-order'
  | 'duplicate-version'
  | 'missing-from-head';

/** What happened between base and head to one migration that base already has (or that comes too late). */
export interface HistoryChange {
  readonly kind: HistoryChangeKind;
  /** Path in head; the path in base for `deleted` and `missing-from-head`. */
  readonly file: string;
  /** Path in base when it differs, else null. For `duplicate-version` the other file. */
  readonly previousFile: string | null;
  readonly version: string;
  /** Of `deleted`. */
  readonly place?: DeletedPlace;
  /** `renamed`: its identity is the old one all the same. */
  readonly sameIdentity?: true;
  /** Unified diff of the content (no file headers), '' when the content is equal. */
  readonly diff: string;
  /** First changed line in head's file, 1-based; null when the file is gone. */
  readonly line: number | null;
  /** `out-of-order`: base's newest version that it sorts before; else null. */
  readonly after: string | null;
}

/** Base's and head's histories put side by side. */
export interface HistoryComparison {
  readonly changes: readonly HistoryChange[];
  /** Migrations that the tool would run on a database that has all of base, in the order in which it would. */
  readonly pending: readonly Migration[];
  /** Head's versions of migrations that base has with other content (kinds edited and edited-cosmetic). */
  readonly edited: readonly Migration[];
}

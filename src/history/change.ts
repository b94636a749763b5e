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
  /** Of `deleted`, and of `renamed` where the old identity is gone. */
  readonly place?: DeletedPlace;
  /** `renamed`: its identity is the old one all the same. */
  readonly sameIdentity?: true;
  /** Of edits: the tool's checksum does not tell the two contents apart. */
  readonly sameChecksum?: true;
  /** `edited`: all that differs in effect is seen where schemas are compared; no rows are written or converted. */
  readonly schemaOnly?: true;
  /** `edited-cosmetic`: only the way back differs. */
  readonly downOnly?: true;
  /** Unified diff of the content (no file headers), '' when the content is equal. */
  readonly diff: string;
  /** First changed line in head's file, 1-based; null when the file is gone. */
  readonly line: number | null;
  /** `out-of-order`, and `renamed` to a place that the tool takes for late: base's newest version that it sorts before; else null. */
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

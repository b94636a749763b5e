import type { ParsedStatement } from '../../sql/parse.ts';
import type { RecordedRow } from '../../tools/command-adapter.ts';
import type { Recorded } from '../proxy/record.ts';

/** What a recorded statement is to its tool. */
export interface Meant {
  readonly recorded: Recorded;
  /** What was sent, parameters as literals, without a semicolon at its end. */
  readonly sql: string;
  /** Empty where our grammar cannot read it. */
  readonly parsed: readonly ParsedStatement[];
  /**
   * `work`: of a migration; `control`: BEGIN, COMMIT and their like; `bookkeeping`: about the tool's own tables;
   * `noise`: what libraries say to every connection, and questions that leave nothing behind.
   */
  readonly is: 'work' | 'control' | 'bookkeeping' | 'noise';
  /** Rows that it has written, as far as they stand in its text. */
  readonly rows: readonly RecordedRow[];
}

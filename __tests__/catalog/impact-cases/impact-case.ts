import type { Impact } from '../../../src/catalog/model.ts';

/** A statement of the version that is still running, tried before and after a change on a real server. */
export interface ImpactCase {
  readonly title: string;
  readonly base: string;
  /** What the running version sends: prepared and run before the change, run again afterwards. */
  readonly statement: string;
  readonly values?: readonly unknown[];
  /** Each element is sent by itself, for statements that refuse a transaction block. */
  readonly change: string | readonly string[];
  /** What a new connection gets afterwards: `ok`, `other` (it works, with another result), or the SQLSTATE. */
  readonly after: string;
  /** The same for the statement that was prepared before; absent: as `after`. */
  readonly prepared?: string;
  /** The strongest impact among the changes that the diff tells. */
  readonly impact: Impact;
  /** Some change loses data. Absent: none does. */
  readonly dataLoss?: true;
  /** Some change cannot be taken back. Absent: all can. */
  readonly irreversible?: true;
  /** Sent as this role, which is no superuser and owns nothing. */
  readonly as?: 'impact_app';
  /** Lowest Postgres major that knows the syntax. */
  readonly since?: number;
  /** Where a major answers otherwise than `after`. */
  readonly on?: Readonly<Record<number, string>>;
}

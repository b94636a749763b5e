import type { SchemaChange } from '../../src/catalog/model.ts';

/** SQL before, SQL of the migration, and what the diff has to say about it. */
export interface CatalogCase {
  readonly title: string;
  readonly base: string;
  /** Each element is sent by itself, for statements that refuse a transaction block. */
  readonly migration: string | readonly string[];
  /**
   * Every change in the order of the output, as `told` writes it:
   * `renamed column public.t.a -> public.t.b: breaking`, `removed table public.t: breaking, data loss`. `*` in place
   * of the impact: it is not what the case is about. `OWNER` stands for the role that runs it.
   */
  readonly expected: readonly string[];
  /** Takes back what emptying the database does not. */
  readonly after?: string;
  /** Lowest Postgres major that knows the syntax. */
  readonly since?: number;
}

/** One change as one line, without its impact where one of the lines that are expected has none. */
export function told(change: SchemaChange, expected: readonly string[] = []): string {
  const name = change.previousName === null ? change.name : `${change.previousName} -> ${change.name}`;
  const about = `${change.change} ${change.type} ${name}: `;
  if (expected.includes(`${about}*`)) return `${about}*`;
  return `${about}${change.impact}${change.dataLoss ? ', data loss' : ''}`;
}

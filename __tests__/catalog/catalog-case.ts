import type { SchemaChange } from '../../src/catalog/model.ts';

/** SQL before, SQL of the migration, and what the diff has to say about it. */
export interface CatalogCase {
  readonly title: string;
  readonly base: string;
  /** Each element is sent by itself, for statements that refuse a transaction block. */
  readonly migration: string | readonly string[];
  /**
   * Every change in the order of the output, as `told` writes it:
   * `renamed column public.t.a -> public.t.b: breaking`, `removed table public.t: breaking, data loss`.
   */
  readonly expected: readonly string[];
  /** Lowest Postgres major that knows the syntax. */
  readonly since?: number;
}

/** One change as one line. */
export function told(change: SchemaChange): string {
  const name = change.previousName === null ? change.name : `${change.previousName} -> ${change.name}`;
  return `${change.change} ${change.type} ${name}: ${change.impact}${change.dataLoss ? ', data loss' : ''}`;
}

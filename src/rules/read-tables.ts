import type { ObservedLock, StatementTrace } from '../run/trace.ts';
import { partitionedParent } from './catalog-facts.ts';
import { nameOf } from './observed.ts';
import type { RuleContext } from './rule.ts';

/** A table that a statement reads from end to end, or several partitions of one table. */
export interface ReadTable {
  /** Unquoted `schema.table`: of partitions, the table that they belong to. */
  readonly object: string;
  /** `public.events`, `2 partitions of public.events`. */
  readonly words: string;
  /** What was read. */
  readonly relations: readonly string[];
  /** Locks on what was read. */
  readonly locks: readonly ObservedLock[];
}

/** Reading a partitioned table is one thing to say, however many partitions it has. */
export function readTables(
  context: RuleContext,
  statement: StatementTrace,
  relations: readonly string[],
): ReadTable[] {
  const locksOf = (relation: string) => statement.locks.filter((lock) => nameOf(lock) === relation);
  const byParent = new Map<string, string[]>();
  for (const relation of relations) {
    const [lock] = locksOf(relation);
    const parent = (lock === undefined ? undefined : partitionedParent(context, lock)) ?? relation;
    byParent.set(parent, [...(byParent.get(parent) ?? []), relation]);
  }
  return [...byParent].map(([parent, read]) => {
    const [first = parent, ...others] = read;
    const several = others.length > 0;
    return {
      object: several ? parent : first,
      words: several ? `${read.length} partitions of ${parent}` : first,
      relations: read,
      locks: read.flatMap(locksOf),
    };
  });
}

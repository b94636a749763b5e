import type { Recorded } from '../proxy/record.ts';

/** Transactions by the number that each has, with the statements in it. */
export type Transactions = ReadonlyMap<Recorded, number>;

/** Which transaction each statement was in; what committed by itself is in none. */
export function transactionsOf(all: readonly Recorded[]): Transactions {
  const open = new Map<number, number>();
  const found = new Map<Recorded, number>();
  let count = 0;
  for (const statement of all) {
    const { connection, statusBefore, statusAfter } = statement;
    if (statusBefore === 'I') open.delete(connection);
    if (statusBefore !== 'I' || statusAfter !== 'I') {
      const number = open.get(connection) ?? ++count;
      open.set(connection, number);
      found.set(statement, number);
    }
    if (statusAfter === 'I') open.delete(connection);
  }
  return found;
}

/** Transactions that did not end with a COMMIT. */
export function rolledBack(all: readonly Recorded[], transactions: Transactions): ReadonlySet<number> {
  const lost = new Set<number>();
  const committed = new Set<number>();
  for (const statement of all) {
    const number = transactions.get(statement);
    if (number === undefined) continue;
    lost.add(number);
    if (statement.statusAfter === 'I' && statement.tags.includes('COMMIT')) committed.add(number);
  }
  for (const number of committed) lost.delete(number);
  return lost;
}

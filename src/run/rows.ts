import { type Piece, runsCode } from './pieces.ts';
import type { Outcome } from './session.ts';
import { taggedRows } from './tags.ts';

/**
 * Rows that a statement wrote, null for what is not there to write any.
 *
 * @param counted what the server's counters say of base's tables
 */
export function rowsWritten(
  { node }: Pick<Piece, 'node'>,
  { tags }: Pick<Outcome, 'tags'>,
  counted: number,
): number | null {
  if (node !== null && 'CopyStmt' in node && node.CopyStmt.is_from !== true) return null;
  const tagged = node === null ? null : taggedRows(tags);
  return tagged ?? (runsCode(node) ? counted : null);
}

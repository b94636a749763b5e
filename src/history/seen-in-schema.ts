import type { Node } from '@pgsql/types';
import { differingStatements } from '../sql/parse.ts';

/** Statements of which a catalog shows all that they do, and those that leave nothing behind. */
const seen = new Set([
  'CreateStmt',
  'IndexStmt',
  'ViewStmt',
  'AlterTableStmt',
  'RenameStmt',
  'DropStmt',
  'CommentStmt',
  'CreateSchemaStmt',
  'CreateExtensionStmt',
  'CreateEnumStmt',
  'AlterEnumStmt',
  'CreateDomainStmt',
  'AlterDomainStmt',
  'CompositeTypeStmt',
  'CreateRangeStmt',
  'DefineStmt',
  'CreateFunctionStmt',
  'AlterFunctionStmt',
  'CreateTrigStmt',
  'CreatePolicyStmt',
  'AlterPolicyStmt',
  'AlterObjectSchemaStmt',
  'AlterOwnerStmt',
  'GrantStmt',
  'AlterDefaultPrivilegesStmt',
  'CreateStatsStmt',
  'TransactionStmt',
  'VariableSetStmt',
  'ReindexStmt',
]);

/**
 * Do two texts differ only in statements of which a comparison of schemas sees all? Not where one writes or converts
 * rows, calls something, or cannot be read.
 */
export function differInSchemaOnly(before: string, after: string): boolean {
  return differingStatements(before, after)?.every(isSeen) ?? false;
}

function isSeen(node: Node): boolean {
  const [kind, body] = Object.entries(node)[0] ?? [];
  if (kind === undefined || !seen.has(kind)) return false;
  // ALTER COLUMN … TYPE … USING makes other values of those that are there.
  return kind !== 'AlterTableStmt' || !JSON.stringify(body).includes('"AT_AlterColumnType"');
}

import type { Node } from '@pgsql/types';
import type { MigrationTrace } from '../run/trace.ts';
import { writeExpression } from '../sql/write.ts';

/** No condition, or one that says nothing: `true`, `1 = 1`. */
export function isEveryRow(where: Node | undefined): boolean {
  if (where === undefined) return true;
  if ('A_Const' in where) return where.A_Const.boolval?.boolval === true;
  if (!('A_Expr' in where) || where.A_Expr.kind !== 'AEXPR_OP') return false;
  const { name = [], lexpr, rexpr } = where.A_Expr;
  const [operator] = name;
  if (operator === undefined || !('String' in operator) || operator.String.sval !== '=') return false;
  if (lexpr === undefined || rexpr === undefined || !('A_Const' in lexpr) || !('A_Const' in rexpr))
    return false;
  return writeExpression(lexpr) === writeExpression(rexpr);
}

/**
 * Does the condition ask for nothing but columns that the migration has just added (`WHERE slug IS NULL`)? Those
 * are the same in every row, and no index helps.
 */
export function asksNewColumnsOnly(where: Node, { statements }: MigrationTrace, before: number): boolean {
  const added = new Set(
    statements
      .filter(({ index }) => index < before)
      .flatMap(({ node }) =>
        node !== null && 'AlterTableStmt' in node ? (node.AlterTableStmt.cmds ?? []) : [],
      )
      .flatMap((command) =>
        'AlterTableCmd' in command && command.AlterTableCmd.subtype === 'AT_AddColumn'
          ? [command.AlterTableCmd.def]
          : [],
      )
      .flatMap((column) => (column !== undefined && 'ColumnDef' in column ? [column.ColumnDef.colname] : [])),
  );
  const asked = columnsIn(where);
  return asked.length > 0 && asked.every((column) => added.has(column));
}

/** Names of the columns that an expression mentions, those of its subqueries included. */
function columnsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('ColumnRef' in value) {
    const { fields = [] } = value.ColumnRef as { fields?: Node[] };
    const last = fields.at(-1);
    return [last !== undefined && 'String' in last ? (last.String.sval ?? '') : '*'];
  }
  return Object.values(value).flatMap(columnsIn);
}

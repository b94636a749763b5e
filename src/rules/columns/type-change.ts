import type { AlterTableCmd, ColumnDef, Node } from '@pgsql/types';
import { identifier } from '../../sql/names.ts';
import type { AlterTable } from '../alter-table.ts';
import { columnOf } from '../catalog-facts.ts';
import { places } from '../observed.ts';
import type { RuleContext } from '../rule.ts';
import { keepsStorage, type Narrowing, narrowing } from './type-families.ts';

/** An ALTER COLUMN … TYPE of a column. */
export interface TypeChange {
  readonly command: AlterTableCmd;
  readonly name: string;
  readonly definition: ColumnDef;
  /** Types as Postgres spells them; null where the column was not base's, or changes more than once. */
  readonly from: string | null;
  readonly to: string | null;
  /** Values that the new type has no room for, null when it has room for all, or nobody knows. */
  readonly narrowing: Narrowing | null;
  /** The stored form stays what it is, as far as the types tell. */
  readonly keepsStorage: boolean;
}

/** The type changes of one statement. */
export function typeChanges(context: RuleContext, alter: AlterTable): TypeChange[] {
  return alter.commands.flatMap((command) => {
    if (command.subtype !== 'AT_AlterColumnType' || command.name === undefined) return [];
    if (command.def === undefined || !('ColumnDef' in command.def)) return [];
    const definition = command.def.ColumnDef;
    const [from, to] = types(context, alter, command.name);
    const cast = castOf(definition, command.name);
    const known = from !== null && to !== null && from !== to && cast !== 'expression';
    return [
      {
        command,
        name: command.name,
        definition,
        from,
        to,
        narrowing: known
          ? narrowing({ from, to, column: identifier(command.name), cast, major: context.postgresMajor })
          : null,
        keepsStorage: from !== null && to !== null && cast !== 'expression' && keepsStorage(from, to),
      },
    ];
  });
}

/** The column's type in base and after the pull request; only where this statement alone lies between. */
function types(
  context: RuleContext,
  alter: AlterTable,
  column: string,
): [from: string | null, to: string | null] {
  const before = columnOf(context, alter.table, column);
  if (before === undefined) return [null, null];
  const changes = [...places(context)].filter(
    ({ statement: { node } }) =>
      node !== null &&
      'AlterTableStmt' in node &&
      (node.AlterTableStmt.cmds ?? []).some(
        (cmd) =>
          'AlterTableCmd' in cmd &&
          cmd.AlterTableCmd.subtype === 'AT_AlterColumnType' &&
          cmd.AlterTableCmd.name === column,
      ),
  );
  const after = context.after?.byIdentity(before.identity);
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  return [text(before.facts.dataType), changes.length === 1 ? text(after?.facts.dataType) : null];
}

/** How the values come to the new type: Postgres' own cast, one that the statement writes, or another expression. */
function castOf({ raw_default: using }: ColumnDef, column: string): 'assignment' | 'explicit' | 'expression' {
  if (using === undefined || isColumn(using, column)) return 'assignment';
  const arg = 'TypeCast' in using ? using.TypeCast.arg : undefined;
  return arg !== undefined && isColumn(arg, column) ? 'explicit' : 'expression';
}

const isColumn = (node: Node, column: string): boolean => {
  const [only, ...more] = 'ColumnRef' in node ? (node.ColumnRef.fields ?? []) : [];
  return only !== undefined && more.length === 0 && 'String' in only && only.String.sval === column;
};

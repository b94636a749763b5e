import type { AlterTableCmd, AlterTableStmt, ColumnDef, Constraint, ConstrType, Node } from '@pgsql/types';
import type { BaseRelation } from '../run/trace.ts';
import { qualified } from '../sql/names.ts';
import { nameOf, type Place, places } from './observed.ts';
import type { RuleContext } from './rule.ts';

/** An ALTER TABLE on a table that base has. */
export interface AlterTable extends Place {
  readonly table: BaseRelation;
  /** Unquoted `schema.table` as base knows it. */
  readonly name: string;
  /** The table as SQL, spelled as the statement spells it. */
  readonly sqlName: string;
  readonly node: AlterTableStmt;
  readonly commands: readonly AlterTableCmd[];
}

/** Every ALTER TABLE of the new migrations whose table base has. */
export function* alterTables(context: RuleContext): Generator<AlterTable> {
  for (const place of places(context)) {
    const { node } = place.statement;
    if (node === null || !('AlterTableStmt' in node)) continue;
    const alter = node.AlterTableStmt;
    const relation = alter.relation;
    if (relation?.relname === undefined || alter.objtype !== 'OBJECT_TABLE') continue;
    const table = context.resolve(relation.schemaname, relation.relname, place.statement);
    if (table === undefined || table.kind !== 'table') continue;
    yield {
      ...place,
      table,
      name: nameOf(table),
      sqlName: qualified(relation.schemaname, relation.relname),
      node: alter,
      commands: (alter.cmds ?? []).flatMap((cmd) => ('AlterTableCmd' in cmd ? [cmd.AlterTableCmd] : [])),
    };
  }
}

/** `ALTER TABLE [ONLY] name`, as the statement has it. */
export const alterTable = ({ node, sqlName }: AlterTable): string =>
  `ALTER TABLE ${node.relation?.inh === true ? '' : 'ONLY '}${sqlName}`;

export interface AddedColumn {
  readonly command: AlterTableCmd;
  readonly column: ColumnDef;
  readonly name: string;
  readonly constraints: readonly Constraint[];
}

/** Columns that the statement adds and base has not (IF NOT EXISTS may have found one). */
export function addedColumns(alter: AlterTable, context: RuleContext): AddedColumn[] {
  return alter.commands.flatMap((command) => {
    if (command.subtype !== 'AT_AddColumn' || command.def === undefined || !('ColumnDef' in command.def))
      return [];
    const column = command.def.ColumnDef;
    const name = column.colname ?? '';
    if (
      command.missing_ok === true &&
      context.before?.byName('column', `${alter.name}.${name}`) !== undefined
    ) {
      return [];
    }
    return [{ command, column, name, constraints: constraintsOf(column) }];
  });
}

export const constraintsOf = (column: ColumnDef): Constraint[] =>
  (column.constraints ?? []).flatMap((node) => ('Constraint' in node ? [node.Constraint] : []));

export const hasConstraint = (added: Pick<AddedColumn, 'constraints'>, type: ConstrType): boolean =>
  added.constraints.some((constraint) => constraint.contype === type);

/** Table constraints that the statement adds. */
export function addedConstraints(
  alter: AlterTable,
  type: ConstrType,
): { command: AlterTableCmd; constraint: Constraint }[] {
  return alter.commands.flatMap((command) => {
    if (command.subtype !== 'AT_AddConstraint' || command.def === undefined) return [];
    if (!('Constraint' in command.def) || command.def.Constraint.contype !== type) return [];
    return [{ command, constraint: command.def.Constraint }];
  });
}

/** Texts of a list of String nodes: column names of a constraint. */
export const strings = (nodes: readonly Node[] | undefined): string[] =>
  (nodes ?? []).flatMap((node) => ('String' in node ? [node.String.sval ?? ''] : []));

/** Is this name already used by a constraint or an index of the table's schema? */
export function nameTaken(context: RuleContext, table: BaseRelation): (name: string) => boolean {
  return (name) =>
    context.before?.byName('constraint', `${nameOf(table)}.${name}`) !== undefined ||
    context.before?.byName('index', `${table.schema}.${name}`) !== undefined ||
    context.before?.byName('table', `${table.schema}.${name}`) !== undefined;
}

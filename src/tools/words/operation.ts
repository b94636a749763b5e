import type { Constraint, IndexStmt, Node, RangeVar } from '@pgsql/types';
import { parseFile } from '../../sql/parse.ts';
import { writeExpression } from '../../sql/write.ts';

/** A table as a statement names it, unquoted. */
export interface TableName {
  readonly schema: string | null;
  readonly name: string;
}

/** What migration tools have calls of their own for; everything else is its SQL. */
export type Operation = { readonly sql: string } & (
  | { readonly kind: 'sql' }
  /** The finding's own statement: the call that sends it stays as it is. */
  | { readonly kind: 'kept' }
  | {
      readonly kind: 'create-index';
      readonly table: TableName;
      readonly name: string;
      readonly columns: readonly string[];
      readonly unique: boolean;
      readonly method: string;
      readonly where: string | null;
    }
  | { readonly kind: 'drop-index'; readonly index: TableName }
  | {
      readonly kind: 'add-foreign-key';
      readonly table: TableName;
      readonly name: string;
      readonly columns: readonly string[];
      readonly referenced: TableName;
      readonly referencedColumns: readonly string[];
      readonly onDelete: Action;
      readonly onUpdate: Action;
    }
  | {
      readonly kind: 'add-check';
      readonly table: TableName;
      readonly name: string;
      readonly condition: string;
    }
  | {
      readonly kind: 'validate';
      readonly table: TableName;
      readonly name: string;
    }
  | { readonly kind: 'set-not-null'; readonly table: TableName; readonly column: string }
);

export type OperationOf<Kind extends Operation['kind']> = Extract<Operation, { kind: Kind }>;

/** What a foreign key does; null: the default, NO ACTION. */
export type Action = 'RESTRICT' | 'CASCADE' | 'SET NULL' | 'SET DEFAULT' | null;

/**
 * The statements of a fix, told apart. Indexes are those built or dropped CONCURRENTLY, constraints those added
 * NOT VALID: no other kind is in a fix in a form that needs the tool's own call.
 *
 * @param kept SQL of the finding's statement, without semicolon; null when there is none
 */
export const operationsOf = (sql: string, kept: string | null): Operation[] =>
  parseFile(sql).statements.map(({ node, sql: text }) =>
    text === kept ? { kind: 'kept', sql: text } : { ...toldApart(node), sql: text },
  );

type Told<Each = Operation> = Each extends Operation ? Omit<Each, 'sql'> : never;
const plain: Told = { kind: 'sql' };

function toldApart(node: Node): Told {
  if ('IndexStmt' in node) return indexOf(node.IndexStmt) ?? plain;
  if ('DropStmt' in node) {
    const { removeType, objects, concurrent, missing_ok: missing, behavior } = node.DropStmt;
    const [only, ...more] = objects ?? [];
    if (removeType !== 'OBJECT_INDEX' || concurrent !== true || missing === true || more.length > 0)
      return plain;
    if (behavior === 'DROP_CASCADE' || only === undefined || !('List' in only)) return plain;
    const [name, schema, ...rest] = strings(only.List.items).reverse();
    return name === undefined || rest.length > 0
      ? plain
      : { kind: 'drop-index', index: { schema: schema ?? null, name } };
  }
  if (!('AlterTableStmt' in node)) return plain;
  const { relation, cmds = [], missing_ok: missing, objtype } = node.AlterTableStmt;
  const table = tableOf(relation);
  const [only, ...more] = cmds;
  if (table === null || missing === true || more.length > 0 || objtype !== 'OBJECT_TABLE') return plain;
  if (only === undefined || !('AlterTableCmd' in only)) return plain;
  const { subtype, name, def } = only.AlterTableCmd;
  if (subtype === 'AT_ValidateConstraint' && name) return { kind: 'validate', table, name };
  if (subtype === 'AT_SetNotNull' && name) return { kind: 'set-not-null', table, column: name };
  return subtype === 'AT_AddConstraint' && def !== undefined && 'Constraint' in def
    ? (constraintOf(table, def.Constraint) ?? plain)
    : plain;
}

function indexOf(index: IndexStmt): Told | null {
  const table = tableOf(index.relation);
  const columns = (index.indexParams ?? []).map((each) => {
    const { name, ordering, nulls_ordering, opclass, collation } = 'IndexElem' in each ? each.IndexElem : {};
    const bare = ordering === 'SORTBY_DEFAULT' && nulls_ordering === 'SORTBY_NULLS_DEFAULT';
    return bare && opclass === undefined && collation === undefined ? (name ?? null) : null;
  });
  const where = index.whereClause === undefined ? null : writeExpression(index.whereClause);
  const special =
    index.indexIncludingParams !== undefined ||
    index.options !== undefined ||
    index.tableSpace ||
    index.nulls_not_distinct === true ||
    index.if_not_exists === true ||
    (index.whereClause !== undefined && where === null);
  if (table === null || special || index.concurrent !== true || !index.idxname || columns.includes(null))
    return null;
  return {
    kind: 'create-index',
    table,
    name: index.idxname,
    columns: columns as string[],
    unique: index.unique === true,
    method: index.accessMethod ?? 'btree',
    where,
  };
}

function constraintOf(table: TableName, constraint: Constraint): Told | null {
  const { conname: name, skip_validation: notValid, deferrable, is_no_inherit: own } = constraint;
  if (!name || notValid !== true || deferrable === true) return null;
  if (constraint.contype === 'CONSTR_CHECK') {
    const condition = constraint.raw_expr === undefined ? null : writeExpression(constraint.raw_expr);
    return condition === null || own === true ? null : { kind: 'add-check', table, name, condition };
  }
  if (constraint.contype !== 'CONSTR_FOREIGN') return null;
  const referenced = tableOf(constraint.pktable);
  const onDelete = actions[constraint.fk_del_action ?? 'a'];
  const onUpdate = actions[constraint.fk_upd_action ?? 'a'];
  const simple = (constraint.fk_matchtype ?? 's') === 's' && constraint.fk_del_set_cols === undefined;
  if (!simple || referenced === null || onDelete === undefined || onUpdate === undefined) return null;
  const columns = strings(constraint.fk_attrs);
  const referencedColumns = strings(constraint.pk_attrs);
  return { kind: 'add-foreign-key', table, name, columns, referenced, referencedColumns, onDelete, onUpdate };
}

const actions: Readonly<Record<string, Action>> = {
  a: null,
  r: 'RESTRICT',
  c: 'CASCADE',
  n: 'SET NULL',
  d: 'SET DEFAULT',
};

/** Null for ONLY, which the tools' calls cannot say. */
const tableOf = (relation: RangeVar | undefined): TableName | null =>
  relation?.relname === undefined || relation.inh !== true
    ? null
    : { schema: relation.schemaname ?? null, name: relation.relname };

const strings = (nodes: readonly Node[] | undefined): string[] =>
  (nodes ?? []).flatMap((node) => ('String' in node ? [node.String.sval ?? ''] : []));

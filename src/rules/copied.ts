import type { Node, RangeVar } from '@pgsql/types';
import type { BaseRelation } from '../run/trace.ts';
import { hiddenIn, type Place, places } from './observed.ts';
import type { RuleContext } from './rule.ts';
import { below, nameParts } from './statements.ts';

/** Statements before this one, of its own migration and of earlier ones. */
function* before(context: RuleContext, { statement }: Place): Generator<Place> {
  for (const place of places(context)) {
    if (place.statement === statement) return;
    yield place;
  }
}

/** Does an earlier statement leave no row in the table: TRUNCATE, DELETE without WHERE? */
export function isEmptied(context: RuleContext, place: Place, table: BaseRelation): boolean {
  return [...before(context, place)].some(({ statement }) => {
    const { node } = statement;
    return emptied(node).some(
      (each) => context.resolve(each?.schemaname, each?.relname ?? '', statement)?.oid === table.oid,
    );
  });
}

function emptied(node: Node | null): (RangeVar | undefined)[] {
  if (node === null) return [];
  if ('TruncateStmt' in node) {
    return (node.TruncateStmt.relations ?? []).flatMap((each) => ('RangeVar' in each ? [each.RangeVar] : []));
  }
  if (!('DeleteStmt' in node)) return [];
  const { whereClause, usingClause, relation } = node.DeleteStmt;
  return whereClause === undefined && usingClause === undefined ? [relation] : [];
}

/**
 * Does an earlier statement take the column's values elsewhere: an UPDATE of the table that sets another column from it,
 * or an INSERT or CREATE TABLE AS that reads the table?
 */
export function isColumnCopied(
  context: RuleContext,
  place: Place,
  table: BaseRelation,
  column: string,
): boolean {
  return [...before(context, place)].some(({ statement }) => {
    const { node } = statement;
    if (node === null || !statement.locks.some(({ oid }) => oid === table.oid)) return false;
    if ('UpdateStmt' in node)
      return mentions([node.UpdateStmt.targetList, node.UpdateStmt.fromClause], column);
    return copies(node) && mentions(node, column);
  });
}

/** Are the table's rows taken elsewhere before it goes, by an earlier statement or by the one that drops it? */
export function isTableCopied(context: RuleContext, place: Place, table: BaseRelation): boolean {
  const reads = ({ statement }: Place): boolean => {
    if (!statement.locks.some(({ oid, mode }) => oid === table.oid && mode === 'AccessShareLock'))
      return false;
    if (hiddenIn(statement) === null) return statement.node !== null && copies(statement.node);
    const partitions = context.before?.objects.flatMap(({ facts, name }) =>
      facts.partitionOf === `${table.schema}.${table.relation}` ? [name] : [],
    );
    return [`${table.schema}.${table.relation}`, ...(partitions ?? [])].some((name) =>
      statement.scans.includes(name),
    );
  };
  return [...before(context, place), place].some(reads);
}

const copies = (node: Node): boolean => 'InsertStmt' in node || 'CreateTableAsStmt' in node;

const mentions = (tree: unknown, column: string): boolean =>
  [...below(tree)].some((node) => {
    const reference = node.ColumnRef as { fields?: readonly Node[] } | undefined;
    if (reference === undefined) return false;
    return (
      nameParts(reference.fields).name === column ||
      (reference.fields ?? []).some((field) => 'A_Star' in field)
    );
  });

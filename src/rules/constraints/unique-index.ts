import type { Constraint, IndexStmt } from '@pgsql/types';
import { identifier, qualified } from '../../sql/names.ts';
import { write, writeExpression } from '../../sql/write.ts';
import { type AlterTable, alterTable, strings } from '../alter-table.ts';
import type { Step } from '../recipe.ts';

/**
 * A UNIQUE constraint or primary key by way of an index that is built while reads and writes go on. The index
 * takes the constraint's name, since ADD CONSTRAINT … USING INDEX renames it to that anyway.
 */
export function constraintUsingIndex(
  alter: AlterTable,
  constraint: Constraint,
  columns: readonly string[],
  name: string,
  kind: 'UNIQUE' | 'PRIMARY KEY',
): Step[] {
  const key = (column: string) => ({
    IndexElem: {
      name: column,
      ordering: 'SORTBY_DEFAULT' as const,
      nulls_ordering: 'SORTBY_NULLS_DEFAULT' as const,
    },
  });
  const index: IndexStmt = {
    idxname: name,
    ...(alter.node.relation === undefined ? {} : { relation: alter.node.relation }),
    accessMethod: 'btree',
    indexParams: columns.map(key),
    ...(constraint.including === undefined
      ? {}
      : { indexIncludingParams: strings(constraint.including).map(key) }),
    ...(constraint.options === undefined ? {} : { options: constraint.options }),
    ...(constraint.indexspace === undefined ? {} : { tableSpace: constraint.indexspace }),
    ...(constraint.nulls_not_distinct === true ? { nulls_not_distinct: true } : {}),
    unique: true,
    concurrent: true,
  };
  const deferrable = constraint.deferrable === true ? ' DEFERRABLE' : '';
  const deferred = constraint.initdeferred === true ? ' INITIALLY DEFERRED' : '';
  return [
    {
      title: 'build the index while reads and writes go on',
      sql: [write({ IndexStmt: index })],
      outsideTransaction: true,
      notes: [
        'If the build fails (on duplicates, say) it leaves an INVALID index; drop it before the next try:',
        `  DROP INDEX CONCURRENTLY IF EXISTS ${identifier(name)};`,
      ],
    },
    {
      title: 'make it the constraint, which takes a moment',
      sql: [
        `${alterTable(alter)} ADD CONSTRAINT ${identifier(name)} ${kind} USING INDEX ${identifier(name)}${deferrable}${deferred};`,
      ],
    },
  ];
}

/** The read-only query that tells whether the rows are unique. */
export const duplicatesQuery = (
  table: string,
  columns: readonly string[],
  nullsNotDistinct = false,
): string => {
  const list = columns.map(identifier).join(', ');
  // A UNIQUE constraint takes no two NULLs for equal, GROUP BY does.
  const present = columns.map((column) => `${identifier(column)} IS NOT NULL`).join(' AND ');
  return `SELECT ${list}, count(*) FROM ${table}${nullsNotDistinct ? '' : ` WHERE ${present}`} GROUP BY ${list} HAVING count(*) > 1 LIMIT 10;`;
};

/**
 * The read-only query for any unique index: its expressions, and its rows only when it is a partial one. Null where
 * a part cannot be written. NULLs are equal to nothing unless the index says so.
 */
export function duplicatesOfIndex(index: IndexStmt): string | null {
  const keys = (index.indexParams ?? []).flatMap((each) => ('IndexElem' in each ? [each.IndexElem] : []));
  const parts = keys.map(({ name, expr }) =>
    name !== undefined ? identifier(name) : expr === undefined ? null : writeExpression(expr),
  );
  const where = index.whereClause === undefined ? [] : [writeExpression(index.whereClause)];
  const present = index.nulls_not_distinct === true ? [] : parts.map((part) => `${part} IS NOT NULL`);
  if (parts.length === 0 || parts.includes(null) || where.includes(null)) return null;
  const conditions = [...where.map((each) => `(${each})`), ...present].join(' AND ');
  const table = qualified(index.relation?.schemaname, index.relation?.relname ?? '');
  const list = parts.join(', ');
  return `SELECT ${list}, count(*) FROM ${table}${conditions === '' ? '' : ` WHERE ${conditions}`} GROUP BY ${list} HAVING count(*) > 1 LIMIT 10;`;
}

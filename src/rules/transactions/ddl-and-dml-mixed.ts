import type { Node, RangeVar } from '@pgsql/types';
import { blocks, strongest } from '../../run/locks.ts';
import type { StatementTrace } from '../../run/trace.ts';
import { asksNewColumnsOnly, isEveryRow } from '../conditions.ts';
import { at, nameOf, type Place, places } from '../observed.ts';
import { readTables } from '../read-tables.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { isQuery } from '../tables/blocking-scan.ts';
import { apart, blocksWhom, whoWaits } from '../wording.ts';

export const ddlAndDmlMixed: Rule = {
  name: 'ddl-and-dml-mixed',
  about: 'statement',
  severity: 'error',
  summary:
    'A query reads a whole table under a lock that an earlier statement of the transaction left on it.',
  why: `UPDATE and DELETE by themselves block neither reads nor other rows' writes. After an \`ALTER TABLE\` in the same transaction they run under its ACCESS EXCLUSIVE, which is kept until COMMIT: all reads and writes of the table wait for the whole backfill.

With a WHERE clause it is a warning: how many rows it reads then depends on the data. One that asks only for columns that the migration has just added is true for every row.`,
  instead:
    'Commit the ALTER TABLE in a migration of its own, and fill the rows afterwards, in batches outside of migrations.',
  sources: ['https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES'],
  peers: ['eugene E4', 'pgfence statement-after-access-exclusive', 'migrationpilot MP080'],
  bad: [
    {
      title: 'A backfill after ADD COLUMN',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, name text);',
      migration: 'ALTER TABLE users ADD COLUMN slug text;\nUPDATE users SET slug = lower(name);',
      line: 2,
    },
    {
      title: 'A DELETE of some rows after ALTER TABLE',
      base: 'CREATE TABLE "User" (id bigint PRIMARY KEY, "eMail" text);',
      migration: 'ALTER TABLE "User" ADD COLUMN slug text;\n\nDELETE FROM "User" WHERE "eMail" IS NULL;',
      line: 3,
    },
  ],
  good: [
    {
      title: 'Each statement commits by itself',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, name text);',
      migration:
        'ALTER TABLE users ADD COLUMN slug text;\nUPDATE users SET slug = lower(name) WHERE slug IS NULL;',
      transaction: 'none',
    },
    {
      title: 'Before the ALTER TABLE',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, name text);',
      migration:
        "UPDATE users SET name = 'none' WHERE name IS NULL;\nALTER TABLE users ADD COLUMN slug text;",
    },
  ],
  check: (context) =>
    [...places(context)].flatMap((place) => {
      const { statement } = place;
      if (!isQuery(statement.node)) return [];
      return readTables(context, statement, statement.scans).flatMap(
        ({ object, words, relations, locks }) => {
          const lock = strongest(locks);
          if (lock === undefined || lock.new || blocks(lock.mode).length === 0) return [];
          const evidence = { lock: lock.mode, blocks: blocks(lock.mode), scan: true, rewrite: false };
          return [
            {
              ...at(place),
              object,
              ...(readsAll(statement.node) || fillsNewColumn(place) ? {} : { severity: 'warning' as const }),
              title: `${doing(context, statement, object)} ${words} under the lock of an earlier statement ${blocksWhom(evidence, 'it')}`,
              message: `${whoWaits(statement, { ...lock, tableOid: null }, evidence, 'it reads the table')} Let the earlier statement commit first, in ${apart(context)}.`,
              evidence,
              fix: null,
              explains: relations,
            },
          ];
        },
      );
    }),
};

/** What the statement does to the rows of a table that it reads, for the headline. */
function doing(context: RuleContext, statement: StatementTrace, table: string): string {
  const { node } = statement;
  const isTarget = (target: RangeVar | undefined): boolean => {
    const base = context.resolve(target?.schemaname, target?.relname ?? '', statement);
    return base !== undefined && nameOf(base) === table;
  };
  if (node !== null && 'UpdateStmt' in node && isTarget(node.UpdateStmt.relation)) return 'Updating';
  if (node !== null && 'DeleteStmt' in node && isTarget(node.DeleteStmt.relation)) return 'Deleting from';
  return 'Reading';
}

/** A query without a condition: no data makes that short. */
export function readsAll(node: Node | null): boolean {
  if (node === null) return false;
  if ('UpdateStmt' in node) return isEveryRow(node.UpdateStmt.whereClause);
  if ('DeleteStmt' in node) return isEveryRow(node.DeleteStmt.whereClause);
  if ('InsertStmt' in node) return readsAll(node.InsertStmt.selectStmt ?? null);
  if ('CreateTableAsStmt' in node) return readsAll(node.CreateTableAsStmt.query ?? null);
  if (!('SelectStmt' in node)) return false;
  const { whereClause, limitCount } = node.SelectStmt;
  return isEveryRow(whereClause) && limitCount === undefined;
}

/** A backfill that asks for the rows that the new column is still empty in, which is all of them. */
function fillsNewColumn({ migration, statement: { node, index } }: Place): boolean {
  const where = node !== null && 'UpdateStmt' in node ? node.UpdateStmt.whereClause : undefined;
  return where !== undefined && asksNewColumnsOnly(where, migration, index);
}

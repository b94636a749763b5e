import type { StatementTrace } from '../../run/trace.ts';
import { writeAlterTable } from '../../sql/write.ts';
import {
  type AddedColumn,
  type AlterTable,
  addedColumns,
  alterTables,
  hasConstraint,
} from '../alter-table.ts';
import { at, builtIndexes, everythingOf, evidenceOn } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { Fix, Rule, RuleContext } from '../rule.ts';
import { blocksWhom, listed, whoWaits } from '../wording.ts';
import { isRequired } from './add-column-required.ts';
import { isSerial, volatility, without } from './column-type.ts';
import { keyOf, keySteps } from './inline-key.ts';

export const addColumnInlineUnique: Rule = {
  name: 'add-column-inline-unique',
  about: 'statement',
  severity: 'error',
  summary:
    'A column with UNIQUE or PRIMARY KEY is added to an existing table, which builds an index under the lock.',
  why: 'The index is built over every row under ACCESS EXCLUSIVE: all reads and writes of the table wait, though the new column is NULL everywhere.',
  instead:
    'Add the column, build the index with `CREATE UNIQUE INDEX CONCURRENTLY`, then `ADD CONSTRAINT … USING INDEX`.',
  sources: [
    'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT-USING-INDEX',
  ],
  peers: ['squawk disallowed-unique-constraint', 'eugene E7'],
  bad: [
    {
      title: 'UNIQUE',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'ALTER TABLE users ADD COLUMN handle text UNIQUE;',
    },
    {
      title: 'With a name, in the second of two columns',
      base: 'CREATE TABLE "User" (id bigint PRIMARY KEY);',
      migration:
        'ALTER TABLE "User"\n  ADD COLUMN a text,\n  ADD COLUMN "Handle" text CONSTRAINT "one Handle" UNIQUE;',
    },
  ],
  good: [
    {
      title: 'The column first; the index comes concurrently',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration:
        'ALTER TABLE users ADD COLUMN handle text;\nCREATE UNIQUE INDEX CONCURRENTLY users_handle_key ON users (handle);\nALTER TABLE users ADD CONSTRAINT users_handle_key UNIQUE USING INDEX users_handle_key;',
      transaction: 'none',
    },
    {
      title: 'In a table that the migration creates',
      base: '',
      migration:
        'CREATE TABLE users (id bigint PRIMARY KEY);\nALTER TABLE users ADD COLUMN handle text UNIQUE;',
    },
  ],
  check: (context) =>
    [...alterTables(context)].flatMap((alter) => {
      const { statement, table, name } = alter;
      const columns = addedColumns(alter, context).filter(
        (added) => keyOf(added) !== undefined && !isOfAnother(context, statement, added),
      );
      if (columns.length === 0 || !(builtIndexes(statement).length > 0 || statement.scans.length > 0))
        return [];
      const evidence = evidenceOn(statement, table);
      const objects = columns.map((added) => `${name}.${added.name}`);
      return [
        {
          ...at(alter),
          object: objects[0] ?? null,
          title: `The unique index on new column ${listed(objects)} ${blocksWhom(evidence, name)}`,
          message: `${whoWaits(statement, table, evidence, 'it builds the index over every row')}${columns.some(sameInAllRows) ? ' The default is the same in all rows, so it fails as soon as the table has two.' : ''} Add the column by itself, build the index with CONCURRENTLY, and make it the constraint afterwards.`,
          evidence: { ...evidence, scan: true },
          fix: fixFor(context, alter, columns),
          explains: everythingOf(statement),
        },
      ];
    }),
};

/** Its column is filled first by the recipe of a rule that knows why the statement does more. */
function isOfAnother(context: RuleContext, statement: StatementTrace, added: AddedColumn): boolean {
  if (isRequired(added)) return true;
  const expression = added.constraints.find(({ contype }) => contype === 'CONSTR_DEFAULT')?.raw_expr;
  const filled =
    isSerial(added.column) ||
    hasConstraint(added, 'CONSTR_IDENTITY') ||
    volatility(context, expression) !== 'stable';
  return filled && statement.rewrites.length > 0;
}

/** With one value for all rows the second one is a duplicate. */
const sameInAllRows = (added: AddedColumn): boolean => hasConstraint(added, 'CONSTR_DEFAULT');

function fixFor(context: RuleContext, alter: AlterTable, columns: readonly AddedColumn[]): Fix | null {
  // No statement of ours can invent values that differ.
  if (columns.some(sameInAllRows)) return null;
  const keys = columns.map((added) => keySteps(context, alter, added));
  if (keys.includes(null)) return null;
  const plain = alter.commands.map((command) => {
    const added = columns.find((each) => each.command === command);
    return added === undefined
      ? command
      : { ...command, def: { ColumnDef: without(added.column, ['CONSTR_UNIQUE']) } };
  });
  return recipe(
    context,
    [
      {
        title: columns.length === 1 ? 'the column' : 'the columns',
        sql: [writeAlterTable(alter.node, plain)],
      },
      ...keys.flatMap((steps) => steps ?? []),
    ],
    { sameSchema: true },
  );
}

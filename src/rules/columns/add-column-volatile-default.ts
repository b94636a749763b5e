import { identifier } from '../../sql/names.ts';
import { writeAlterTable, writeExpression } from '../../sql/write.ts';
import {
  type AddedColumn,
  type AlterTable,
  addedColumns,
  alterTable,
  alterTables,
  hasConstraint,
} from '../alter-table.ts';
import { backfill } from '../backfill.ts';
import { at, everythingOf, evidenceOn } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { Fix, Rule, RuleContext } from '../rule.ts';
import { blocksWhom, listed, whoWaits } from '../wording.ts';
import { isSerial, volatility, without } from './column-type.ts';
import { isRequiredBy, keySteps } from './inline-key.ts';
import { notNullSteps } from './not-null-recipe.ts';
import { typeChanges } from './type-change.ts';

export const addColumnVolatileDefault: Rule = {
  name: 'add-column-volatile-default',
  about: 'statement',
  severity: 'error',
  summary: 'A column whose default differs from row to row is added to an existing table.',
  why: 'A constant default, and a stable one like `now()`, is stored once and costs nothing. A volatile one (`gen_random_uuid()`, `random()`, `clock_timestamp()`, `nextval()`) must be worked out for every row: the whole table and all its indexes are rewritten under ACCESS EXCLUSIVE while all reads and writes wait.',
  instead:
    'Add the column without a default, set the default for new rows, fill the old rows in batches outside the migration.',
  sources: ['https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES'],
  peers: [
    'squawk adding-field-with-default',
    'eugene E10',
    'atlas PG302',
    'strong_migrations add_column_default_callable',
    'online_migrations add_column_with_default',
    'pgfence add-column-non-constant-default',
    'migrationpilot MP003',
    'pgsafe add-column-volatile-default',
  ],
  bad: [
    {
      title: 'A random UUID for every row',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'ALTER TABLE users ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid();',
    },
    {
      title: 'As the primary key',
      base: 'CREATE TABLE logs (line text);',
      migration: 'ALTER TABLE logs ADD COLUMN id uuid PRIMARY KEY DEFAULT gen_random_uuid();',
    },
    {
      title: 'A clock that goes on',
      base: 'CREATE TABLE "Order" (id bigint PRIMARY KEY);',
      migration: '\nALTER TABLE "Order" ADD COLUMN "seenAt" timestamptz DEFAULT clock_timestamp();',
      line: 2,
    },
  ],
  good: [
    {
      title: 'now() is the same for all rows of a statement',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'ALTER TABLE users ADD COLUMN seen_at timestamptz NOT NULL DEFAULT now();',
    },
    {
      title: 'The default for new rows only',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration:
        'ALTER TABLE users ADD COLUMN token uuid;\nALTER TABLE users ALTER COLUMN token SET DEFAULT gen_random_uuid();',
    },
  ],
  check: (context) =>
    [...alterTables(context)].flatMap((alter) => {
      const { statement, table, name } = alter;
      const evidence = evidenceOn(statement, table);
      if (statement.rewrites.length === 0) return [];
      const added = addedColumns(alter, context);
      // A function that nobody knows is the cause only where no other command of the statement is.
      const other =
        typeChanges(context, alter).some(({ keepsStorage }) => !keepsStorage) ||
        added.some((each) => isSerial(each.column) || hasConstraint(each, 'CONSTR_IDENTITY'));
      const columns = added.filter((each) => {
        const found = volatility(context, defaultOf(each));
        return found === 'volatile' || (found === 'unknown' && !other);
      });
      if (columns.length === 0) return [];
      const objects = columns.map((added) => `${name}.${added.name}`);
      return [
        {
          ...at(alter),
          object: objects[0] ?? null,
          title: `Filling new ${columns.length === 1 ? 'column' : 'columns'} ${listed(objects)} rewrites the table and ${blocksWhom(evidence, name)}`,
          message: `${whoWaits(statement, table, evidence, 'it rewrites the table and its indexes, because the default differs from row to row')} Add the column without it, set the default for new rows, and fill the old rows in batches.`,
          evidence: { ...evidence, rewrite: true },
          fix: fixFor(context, alter, columns),
          explains: everythingOf(statement),
        },
      ];
    }),
};

const defaultOf = (added: AddedColumn) =>
  added.constraints.find(({ contype }) => contype === 'CONSTR_DEFAULT')?.raw_expr;

function fixFor(context: RuleContext, alter: AlterTable, columns: readonly AddedColumn[]): Fix | null {
  const plain = alter.commands.map((command) => {
    const added = columns.find((each) => each.command === command);
    return added === undefined
      ? command
      : {
          ...command,
          def: {
            ColumnDef: without(added.column, [
              'CONSTR_DEFAULT',
              'CONSTR_NOTNULL',
              'CONSTR_UNIQUE',
              'CONSTR_PRIMARY',
            ]),
          },
        };
  });
  const defaults = columns.map((added) => {
    const expression = defaultOf(added);
    return { name: added.name, sql: expression === undefined ? null : writeExpression(expression) };
  });
  const required = columns.filter(isRequiredBy).map((added) => added.name);
  const keys = columns.map((added) => keySteps(context, alter, added));
  if (keys.includes(null)) return null;
  return recipe(
    context,
    [
      {
        title: 'the column without the default, then the default for new rows',
        sql: [
          writeAlterTable(alter.node, plain),
          ...defaults.map(({ name, sql }) =>
            sql === null ? null : `${alterTable(alter)} ALTER COLUMN ${identifier(name)} SET DEFAULT ${sql};`,
          ),
        ],
        notes: defaults.flatMap(({ name }) =>
          backfill(context, {
            ...alter,
            column: name,
            value: 'DEFAULT',
            missing: `${identifier(name)} IS NULL`,
          }),
        ),
      },
      ...(required.length === 0
        ? []
        : notNullSteps(context, alterTable(alter), alter.table.relation, required)),
      ...keys.flatMap((steps) => steps ?? []),
    ],
    { sameSchema: true },
  );
}

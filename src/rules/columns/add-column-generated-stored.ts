import { identifier } from '../../sql/names.ts';
import { copy, writeAlterTable, writeExpression, writeType } from '../../sql/write.ts';
import { type AddedColumn, type AlterTable, addedColumns, alterTables } from '../alter-table.ts';
import { backfill, differs } from '../backfill.ts';
import { at, everythingOf, evidenceOn } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { Fix, Rule, RuleContext } from '../rule.ts';
import { blocksWhom, listed, whoWaits } from '../wording.ts';
import { without } from './column-type.ts';
import { keptByTrigger } from './kept-by-trigger.ts';

export const addColumnGeneratedStored: Rule = {
  name: 'add-column-generated-stored',
  about: 'statement',
  severity: 'error',
  summary: 'A stored generated column is added to an existing table.',
  why: 'A `GENERATED ALWAYS AS (…) STORED` column is worked out for every row at once: the table and all its indexes are rewritten under ACCESS EXCLUSIVE while all reads and writes wait. A `VIRTUAL` column (18 and newer) is worked out when it is read and costs nothing to add.',
  instead:
    'A `VIRTUAL` column from 18 on, else a plain column that a trigger keeps, filled in batches outside the migration; or an index on the expression.',
  sources: ['https://www.postgresql.org/docs/current/ddl-generated-columns.html'],
  peers: [
    'squawk adding-field-with-default',
    'eugene E11',
    'strong_migrations add_column_generated_stored',
    'online_migrations add_column_generated_stored',
    'pgfence add-column-stored-generated',
    'migrationpilot MP062',
    'pgsafe add-column-generated-stored',
  ],
  bad: [
    {
      title: 'A search column',
      base: 'CREATE TABLE posts (id bigint PRIMARY KEY, title text);',
      migration:
        "ALTER TABLE posts ADD COLUMN search tsvector GENERATED ALWAYS AS (to_tsvector('english', title)) STORED;",
    },
    {
      title: 'With names that need quotes',
      base: 'CREATE TABLE "Order" (id bigint PRIMARY KEY, "unitPrice" numeric, quantity int);',
      migration:
        'ALTER TABLE "Order" ADD COLUMN "Total" numeric GENERATED ALWAYS AS ("unitPrice" * quantity) STORED;',
    },
  ],
  good: [
    {
      title: 'VIRTUAL',
      base: 'CREATE TABLE items (id bigint PRIMARY KEY, price numeric, quantity int);',
      migration: 'ALTER TABLE items ADD COLUMN total numeric GENERATED ALWAYS AS (price * quantity) VIRTUAL;',
      since: 18,
    },
    {
      title: 'A plain column',
      base: 'CREATE TABLE items (id bigint PRIMARY KEY, price numeric, quantity int);',
      migration: 'ALTER TABLE items ADD COLUMN total numeric;',
    },
    {
      title: 'In a table that the migration creates',
      base: '',
      migration:
        'CREATE TABLE items (id bigint PRIMARY KEY, price numeric);\nALTER TABLE items ADD COLUMN twice numeric GENERATED ALWAYS AS (price * 2) STORED;',
    },
  ],
  check: (context) =>
    [...alterTables(context)].flatMap((alter) => {
      const { statement, table, name } = alter;
      if (statement.rewrites.length === 0) return [];
      const columns = addedColumns(alter, context).filter((added) => generated(added) !== undefined);
      if (columns.length === 0) return [];
      const evidence = evidenceOn(statement, table);
      const objects = columns.map((added) => `${name}.${added.name}`);
      return [
        {
          ...at(alter),
          object: objects[0] ?? null,
          title: `Adding stored generated column ${listed(objects)} rewrites the table and ${blocksWhom(evidence, name)}`,
          message: `${whoWaits(statement, table, evidence, 'it rewrites the table and its indexes to store the value of every row')} ${context.postgresMajor >= 18 ? 'Make it VIRTUAL, or keep a plain column by trigger and fill it in batches.' : 'Keep a plain column by trigger and fill it in batches.'}`,
          evidence: { ...evidence, rewrite: true },
          fix: fixFor(context, alter, columns),
          explains: everythingOf(statement),
        },
      ];
    }),
};

/** The constraint of a stored one; before 18 the grammar knew no other kind. */
const generated = (added: AddedColumn) =>
  added.constraints.find(
    ({ contype, generated_kind = 's' }) => contype === 'CONSTR_GENERATED' && generated_kind === 's',
  );

function fixFor(context: RuleContext, alter: AlterTable, columns: readonly AddedColumn[]): Fix | null {
  if (context.postgresMajor >= 18) return virtual(context, alter, columns);
  const [first, ...others] = columns;
  if (first === undefined || others.length > 0) return null;
  const expression = generated(first)?.raw_expr;
  const value = expression === undefined ? null : writeExpression(expression);
  const type = first.column.typeName === undefined ? null : writeType(first.column.typeName);
  const trigger = expression === undefined ? null : keptByTrigger(alter, first.name, expression);
  const plain = alter.commands.map((command) =>
    command === first.command
      ? { ...command, def: { ColumnDef: without(first.column, ['CONSTR_GENERATED', 'CONSTR_NOTNULL']) } }
      : command,
  );
  return recipe(
    context,
    [
      {
        title: 'a plain column, which a trigger fills in new and changed rows',
        sql: [writeAlterTable(alter.node, plain), ...(trigger?.create ?? [null])],
        notes: backfill(context, {
          ...alter,
          column: first.name,
          value: value ?? '',
          missing: differs(identifier(first.name), value ?? '', type ?? ''),
        }),
      },
    ],
    { sameSchema: false },
  );
}

function virtual(context: RuleContext, alter: AlterTable, columns: readonly AddedColumn[]): Fix | null {
  const commands = alter.commands.map((command) => {
    const added = columns.find((each) => each.command === command);
    if (added === undefined) return command;
    const column = copy(added.column);
    for (const node of column.constraints ?? []) {
      if ('Constraint' in node && node.Constraint.contype === 'CONSTR_GENERATED')
        node.Constraint.generated_kind = 'v';
    }
    return { ...command, def: { ColumnDef: column } };
  });
  return recipe(
    context,
    [
      {
        title: 'worked out when it is read; an index on the expression makes searches fast',
        sql: [writeAlterTable(alter.node, commands)],
      },
    ],
    { sameSchema: false },
  );
}

import { identifier } from '../../sql/names.ts';
import { writeAlterTable } from '../../sql/write.ts';
import {
  type AddedColumn,
  type AlterTable,
  addedColumns,
  alterTable,
  alterTables,
  hasConstraint,
} from '../alter-table.ts';
import { backfill } from '../backfill.ts';
import { isEmptied } from '../copied.ts';
import { at, everythingOf, evidenceOn } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { listed } from '../wording.ts';
import { isSerial, without } from './column-type.ts';
import { keySteps } from './inline-key.ts';
import { notNullSteps } from './not-null-recipe.ts';

export const addColumnRequired: Rule = {
  name: 'add-column-required',
  about: 'statement',
  severity: 'error',
  summary: 'A NOT NULL column without a default is added to an existing table.',
  why: 'The rows that are there would have NULL in the new column, so the statement fails as soon as the table has one row. It passes on the empty databases of tests. Where the table is empty in production too, the running version’s INSERTs fail from then on, since they do not name the column.',
  instead:
    'Add the column nullable, fill it in batches outside the migration, then make it NOT NULL with a validated constraint. A constant `DEFAULT` in the same statement is fine as well: it rewrites nothing (11 and newer).',
  sources: ['https://www.postgresql.org/docs/current/ddl-alter.html#DDL-ALTER-ADDING-A-COLUMN'],
  peers: [
    'squawk adding-required-field',
    'atlas MF103',
    'pgfence add-column-not-null-no-default',
    'migrationpilot MP084',
    'pgsafe add-column-not-null-no-default',
    'django-migration-linter NOT_NULL',
  ],
  bad: [
    {
      title: 'NOT NULL without a default',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'ALTER TABLE users ADD COLUMN role text NOT NULL;',
    },
    {
      title: 'A primary key without values',
      base: 'CREATE TABLE logs (line text);',
      migration: 'ALTER TABLE logs ADD COLUMN id bigint PRIMARY KEY;',
    },
    {
      title: 'One of several columns',
      base: 'CREATE TABLE "User" (id bigint PRIMARY KEY);',
      migration:
        'ALTER TABLE "User"\n  ADD COLUMN "nickName" text,\n  ADD COLUMN "Role" varchar(20) NOT NULL;',
    },
  ],
  good: [
    {
      title: 'With a constant default',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: "ALTER TABLE users ADD COLUMN role text NOT NULL DEFAULT 'member';",
    },
    {
      title: 'Nullable',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'ALTER TABLE users ADD COLUMN role text;',
    },
    {
      title: 'To a table that the migration creates',
      base: '',
      migration:
        'CREATE TABLE users (id bigint PRIMARY KEY);\nALTER TABLE users ADD COLUMN role text NOT NULL;',
    },
  ],
  check: (context) =>
    [...alterTables(context)].flatMap((alter) => {
      const required = addedColumns(alter, context).filter(
        (added) => isRequired(added) && !filledByDomain(context, added),
      );
      if (required.length === 0) return [];
      const { statement, name } = alter;
      const objects = required.map((added) => `${name}.${added.name}`);
      const emptied = isEmptied(context, alter, alter.table);
      const one = required.length === 1;
      return [
        {
          ...at(alter),
          object: objects[0] ?? null,
          ...(emptied ? { severity: 'warning' as const } : {}),
          title: emptied
            ? `The running version cannot insert into ${name} without ${listed(required.map((added) => added.name))}`
            : `Adding required ${one ? 'column' : 'columns'} ${listed(objects)} fails as soon as the table has a row`,
          message: emptied
            ? `The migration empties ${name} first, so the statement runs; but INSERTs of the version that is still running do not name the new ${one ? 'column' : 'columns'} and fail. Give ${one ? 'it' : 'them'} a DEFAULT.`
            : `Existing rows would have NULL in ${one ? 'a column that does' : 'columns that do'} not allow it: the shadow's ${name} is empty and let it pass, a table with one row refuses it (23502). INSERTs of the version that is still running would fail too. Give ${one ? 'it' : 'them'} a constant DEFAULT, or add ${one ? 'it' : 'them'} nullable and require ${one ? 'it' : 'them'} when every row has a value.`,
          evidence: evidenceOn(statement, alter.table),
          fix: fixFor(context, alter, required),
          explains: everythingOf(statement),
        },
      ];
    }),
};

/** The default of a domain counts as one of the column. */
function filledByDomain({ before, after }: RuleContext, { column }: AddedColumn): boolean {
  const last = column.typeName?.names?.at(-1);
  const type = last !== undefined && 'String' in last ? last.String.sval : undefined;
  return [before, after].some((catalog) =>
    catalog?.objects.some(
      (object) => object.type === 'domain' && object.ownName === type && object.facts.default !== null,
    ),
  );
}

/** NOT NULL, and nothing that gives the rows a value. */
export function isRequired(added: AddedColumn): boolean {
  const filled = ['CONSTR_DEFAULT', 'CONSTR_GENERATED', 'CONSTR_IDENTITY'] as const;
  if (filled.some((type) => hasConstraint(added, type)) || isSerial(added.column)) return false;
  return hasConstraint(added, 'CONSTR_NOTNULL') || hasConstraint(added, 'CONSTR_PRIMARY');
}

function fixFor(context: RuleContext, alter: AlterTable, required: readonly AddedColumn[]) {
  const nullable = alter.commands.map((command) => {
    const added = required.find((each) => each.command === command);
    return added === undefined
      ? command
      : {
          ...command,
          def: { ColumnDef: without(added.column, ['CONSTR_NOTNULL', 'CONSTR_PRIMARY', 'CONSTR_UNIQUE']) },
        };
  });
  const keys = required.map((added) => keySteps(context, alter, added));
  if (keys.includes(null)) return null;
  const names = required.map((added) => added.name);
  return recipe(
    context,
    [
      {
        title: 'the column, nullable',
        sql: [writeAlterTable(alter.node, nullable)],
        notes: names.flatMap((name) =>
          backfill(context, {
            ...alter,
            column: name,
            value: '<the value for old rows>',
            missing: `${identifier(name)} IS NULL`,
          }),
        ),
      },
      ...notNullSteps(context, alterTable(alter), alter.table.relation, names),
      ...keys.flatMap((steps) => steps ?? []),
    ],
    { sameSchema: true },
  );
}

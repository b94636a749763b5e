import { copy, writeAlterTable } from '../../sql/write.ts';
import { type AddedColumn, type AlterTable, addedColumns, alterTables } from '../alter-table.ts';
import { at, evidenceOn, nameOf } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { Fix, Rule, RuleContext } from '../rule.ts';
import { listed } from '../wording.ts';

export const addColumnJson: Rule = {
  name: 'add-column-json',
  about: 'statement',
  severity: 'notice',
  summary: 'A column of type json is added to an existing table.',
  why: '`json` has no equality operator: every `SELECT DISTINCT`, `GROUP BY`, `UNION` and `EXCEPT` of the running version that takes in all columns of the table fails from then on ("could not identify an equality operator for type json"). It also keeps the text as it was written and parses it on every access.',
  instead:
    'jsonb, which can be compared and indexed. json only where white space, the order of keys or double keys have to be kept.',
  sources: ['https://www.postgresql.org/docs/current/datatype-json.html'],
  peers: [
    'eugene E3',
    'strong_migrations add_column_json',
    'online_migrations add_column_json',
    'pgfence add-column-json',
    'pgsafe prefer-jsonb',
    'pgrubic TP008',
    'postgres-language-server preferJsonb',
    'excellent_migrations json_column_added',
  ],
  bad: [
    {
      title: 'json',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'ALTER TABLE users ADD COLUMN settings json;',
    },
    {
      title: 'With a default, in the second of two columns',
      base: 'CREATE TABLE "User" (id bigint PRIMARY KEY);',
      migration: `ALTER TABLE "User"\n  ADD COLUMN note text,\n  ADD COLUMN "Settings" json NOT NULL DEFAULT '{}';`,
    },
  ],
  good: [
    {
      title: 'jsonb',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'ALTER TABLE users ADD COLUMN settings jsonb;',
    },
    {
      title: 'In a table that the migration creates',
      base: '',
      migration: 'CREATE TABLE events (id bigint PRIMARY KEY);\nALTER TABLE events ADD COLUMN payload json;',
    },
  ],
  check: (context) =>
    [...alterTables(context)].flatMap((alter) => {
      const { statement, table, name } = alter;
      const columns = addedColumns(alter, context).filter(
        (added) =>
          typeOf(added) === 'json' &&
          // Unless a later statement made it something else.
          context.after?.byName('column', `${nameOf(table)}.${added.name}`)?.facts.dataType === 'json',
      );
      if (columns.length === 0) return [];
      const objects = columns.map((added) => `${name}.${added.name}`);
      return [
        {
          ...at(alter),
          object: objects[0] ?? null,
          title: `${listed(objects)} as json cannot be compared: SELECT DISTINCT and UNION over ${name} fail`,
          message: `json has no equality operator, so that queries with DISTINCT, GROUP BY or UNION over all columns of ${name} fail as soon as the column is there. Take jsonb.`,
          evidence: { ...evidenceOn(statement, table), scan: false },
          fix: fixFor(context, alter, columns),
        },
      ];
    }),
};

function typeOf({ column }: AddedColumn): string {
  const last = column.typeName?.names?.at(-1);
  const array = (column.typeName?.arrayBounds ?? []).length > 0;
  return !array && last !== undefined && 'String' in last ? (last.String.sval ?? '') : '';
}

function fixFor(context: RuleContext, alter: AlterTable, columns: readonly AddedColumn[]): Fix | null {
  const commands = alter.commands.map((command) => {
    const added = columns.find((each) => each.command === command);
    if (added === undefined) return command;
    const column = copy(added.column);
    column.typeName = { ...column.typeName, names: [{ String: { sval: 'jsonb' } }] };
    return { ...command, def: { ColumnDef: column } };
  });
  return recipe(
    context,
    [{ title: 'json that can be compared', sql: [writeAlterTable(alter.node, commands)] }],
    {
      sameSchema: false,
    },
  );
}

import { identifier } from '../../sql/names.ts';
import { writeAlterTable } from '../../sql/write.ts';
import { alterTables } from '../alter-table.ts';
import { backfill } from '../backfill.ts';
import { columnOf } from '../catalog-facts.ts';
import { at, evidenceOn, places } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { listed } from '../wording.ts';
import { volatility } from './column-type.ts';

export const alterDefaultVolatileExisting: Rule = {
  name: 'alter-default-volatile-existing',
  about: 'statement',
  severity: 'notice',
  summary:
    'A nullable column of base gets a default of its own for each row; the rows that are there get none.',
  why: '`SET DEFAULT gen_random_uuid()` is brief and safe. But it is for rows to come: unlike `ADD COLUMN … DEFAULT` it leaves every existing row as it is, so that the old rows go on holding NULL, and code that takes the value for granted fails on them.',
  instead:
    'Fill the old rows in batches outside the migration. Silent where the column is new in the same pull request, is NOT NULL already, or the pull request updates the table.',
  sources: [
    'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DROP-DEFAULT',
  ],
  peers: [
    'migrationpilot MP048',
    'strong_migrations change_column_default',
    'excellent_migrations column_volatile_default',
  ],
  bad: [
    {
      title: 'A random UUID from now on',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, token uuid);',
      migration: 'ALTER TABLE users ALTER COLUMN token SET DEFAULT gen_random_uuid();',
    },
    {
      title: 'A sequence, with names that need quotes',
      base: 'CREATE SEQUENCE numbers;\nCREATE TABLE "User" (id bigint, "No" bigint);',
      migration: `ALTER TABLE "User" ALTER "No" SET DEFAULT nextval('numbers');`,
    },
  ],
  good: [
    {
      title: 'A column that is NOT NULL: every row has a value',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, token uuid NOT NULL);',
      migration: 'ALTER TABLE users ALTER COLUMN token SET DEFAULT gen_random_uuid();',
    },
    {
      title: 'A new column: the safe way to a volatile default',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration:
        'ALTER TABLE users ADD COLUMN token uuid;\nALTER TABLE users ALTER COLUMN token SET DEFAULT gen_random_uuid();',
    },
    {
      title: 'A constant',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, role text);',
      migration: "ALTER TABLE users ALTER COLUMN role SET DEFAULT 'member';",
    },
  ],
  check: (context) =>
    [...alterTables(context)].flatMap((alter) => {
      const { statement, table, name } = alter;
      const columns = alter.commands.flatMap(({ subtype, name: column = '', def }) => {
        if (subtype !== 'AT_ColumnDefault' || def === undefined) return [];
        const facts = columnOf(context, table, column)?.facts;
        if (facts?.refusesNull !== false || facts.hasDefault !== false) return [];
        return volatility(context, def) === 'volatile' ? [column] : [];
      });
      if (columns.length === 0 || isUpdated(context, table.oid)) return [];
      const objects = columns.map((column) => `${name}.${column}`);
      return [
        {
          ...at(alter),
          object: objects.length === 1 ? (objects[0] ?? null) : name,
          title: `The rows that ${name} has get no ${listed(columns)} from this default`,
          message: `A default is for rows to come: those that are there keep their NULL. Fill them in batches outside the migration, if the code counts on a value.`,
          evidence: { ...evidenceOn(statement, table), scan: false },
          fix: recipe(
            context,
            [
              {
                title: 'the default for new rows',
                sql: [writeAlterTable(alter.node, alter.commands)],
                notes: columns.flatMap((column) =>
                  backfill(context, {
                    ...alter,
                    column,
                    value: 'DEFAULT',
                    missing: `${identifier(column)} IS NULL`,
                  }),
                ),
              },
            ],
            { sameSchema: true },
          ),
        },
      ];
    }),
};

const isUpdated = (context: RuleContext, oid: number): boolean =>
  [...places(context)].some(({ statement }) => {
    const { node } = statement;
    if (node === null || !('UpdateStmt' in node)) return false;
    const { relation } = node.UpdateStmt;
    return context.resolve(relation?.schemaname, relation?.relname ?? '', statement)?.oid === oid;
  });

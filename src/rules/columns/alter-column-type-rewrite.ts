import type { AlterTableCmd, ColumnDef, Node } from '@pgsql/types';
import { identifier, withEnding } from '../../sql/names.ts';
import { writeAlterTable, writeExpression, writeType } from '../../sql/write.ts';
import { type AlterTable, alterTable, alterTables } from '../alter-table.ts';
import { isNotNull } from '../catalog-facts.ts';
import { at, everythingOf, evidenceOn } from '../observed.ts';
import { backfill, recipe } from '../recipe.ts';
import type { Fix, Rule, RuleContext } from '../rule.ts';
import { blocksWhom, listed, whoWaits } from '../wording.ts';
import { keptByTrigger } from './kept-by-trigger.ts';
import { notNullSteps } from './not-null-recipe.ts';

export const alterColumnTypeRewrite: Rule = {
  name: 'alter-column-type-rewrite',
  about: 'statement',
  severity: 'error',
  summary: 'A change of a column’s type rewrites the table.',
  why: `Where the stored form of the values changes, the whole table and all its indexes are rewritten under ACCESS EXCLUSIVE while all reads and writes wait.

Many changes rewrite nothing and are not reported: a longer or unlimited varchar, varchar to text, a higher precision of numeric with the same scale, cidr to inet, timestamp to timestamptz in a session that runs in UTC. It is the shadow that tells, not a list of types.`,
  instead:
    'A second column of the new type, kept by a trigger and filled in batches, then swapped with the old one in a moment.',
  sources: ['https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES'],
  peers: [
    'squawk changing-column-type',
    'eugene E5',
    'atlas PG301',
    'strong_migrations change_column',
    'online_migrations change_column',
    'pgfence alter-column-type',
    'migrationpilot MP007',
    'pgsafe alter-column-type',
  ],
  bad: [
    {
      title: 'integer to bigint',
      base: 'CREATE TABLE orders (id bigint PRIMARY KEY, total integer NOT NULL);',
      migration: 'ALTER TABLE orders ALTER COLUMN total TYPE bigint;',
    },
    {
      title: 'text to integer, with USING and names that need quotes',
      base: 'CREATE TABLE "Order" (id bigint PRIMARY KEY, "Count" text);',
      migration: 'ALTER TABLE "Order" ALTER COLUMN "Count" TYPE integer USING ("Count"::integer);',
    },
    {
      title: 'Another scale',
      base: 'CREATE TABLE orders (id bigint PRIMARY KEY, total numeric(10, 2));',
      migration: 'ALTER TABLE orders ALTER COLUMN total TYPE numeric(10, 4);',
    },
  ],
  good: [
    {
      title: 'A longer varchar',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, name varchar(20));',
      migration: 'ALTER TABLE users ALTER COLUMN name TYPE varchar(200);',
    },
    {
      title: 'varchar to text, and a higher precision',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, name varchar(20), total numeric(10, 2));',
      migration: 'ALTER TABLE users ALTER COLUMN name TYPE text, ALTER COLUMN total TYPE numeric(20, 2);',
    },
    {
      title: 'In a table that the migration creates',
      base: '',
      migration:
        'CREATE TABLE users (id integer PRIMARY KEY);\nALTER TABLE users ALTER COLUMN id TYPE bigint;',
    },
  ],
  check: (context) =>
    [...alterTables(context)].flatMap((alter) => {
      const { statement, table, name } = alter;
      const changes = alter.commands.filter(({ subtype }) => subtype === 'AT_AlterColumnType');
      if (changes.length === 0 || statement.rewrites.length === 0) return [];
      const evidence = evidenceOn(statement, table);
      const objects = changes.map((command) => `${name}.${command.name}`);
      return [
        {
          ...at(alter),
          object: objects.length === 1 ? (objects[0] ?? null) : name,
          title: `Changing the type of ${listed(objects)} rewrites the table and ${blocksWhom(evidence, name)}`,
          message: `${whoWaits(statement, table, evidence, 'it rewrites the table and its indexes')} Add a column of the new type, keep it by trigger, fill it in batches, and swap the two.`,
          evidence: { ...evidence, rewrite: true },
          fix: fixFor(context, alter, changes),
          explains: everythingOf(statement),
        },
      ];
    }),
};

function fixFor(context: RuleContext, alter: AlterTable, changes: readonly AlterTableCmd[]): Fix | null {
  const [change, ...others] = changes;
  const column = change?.def !== undefined && 'ColumnDef' in change.def ? change.def.ColumnDef : undefined;
  const old = change?.name;
  if (old === undefined || column?.typeName === undefined || others.length > 0) return null;
  const replacement = withEnding(old, '_new');
  const expression = newValue(old, column);
  const value = writeExpression(expression);
  const type = writeType(column.typeName);
  const trigger = keptByTrigger(alter, replacement, expression);
  if (value === null || type === null || trigger === null) return null;
  const rest = alter.commands.filter((command) => !changes.includes(command));
  const [from, to, before] = [old, replacement, withEnding(old, '_old')].map(identifier);
  const required = isNotNull(context, alter.table, old);
  return recipe(
    context,
    [
      {
        title: 'a second column of the new type, which a trigger fills in new and changed rows',
        sql: [
          ...(rest.length === 0 ? [] : [writeAlterTable(alter.node, rest)]),
          `${alterTable(alter)} ADD COLUMN ${to} ${type};`,
          ...trigger.create,
        ],
        notes: [
          ...backfill(alter.sqlName, replacement, value, `${to} IS DISTINCT FROM (${value})`),
          'Make the default, the constraints and (with CONCURRENTLY) the indexes that the old column has on the new one.',
        ],
      },
      ...(required ? notNullSteps(context, alterTable(alter), alter.table.relation, [replacement]) : []),
      {
        title: 'swap the two in one transaction, which takes a moment',
        sql: [
          ...trigger.drop,
          `${alterTable(alter)} RENAME COLUMN ${from} TO ${before};`,
          `${alterTable(alter)} RENAME COLUMN ${to} TO ${from};`,
        ],
        notes: [
          ...(required
            ? [
                `The old column still refuses NULL: ${alterTable(alter)} ALTER COLUMN ${before} DROP NOT NULL;`,
              ]
            : []),
          `When no version that is running needs it any more: ${alterTable(alter)} DROP COLUMN ${before};`,
        ],
      },
    ],
    { sameSchema: false },
  );
}

/** What ALTER COLUMN TYPE puts into the new column: USING, or a cast. */
function newValue(name: string, column: ColumnDef): Node {
  if (column.raw_default !== undefined) return column.raw_default;
  return {
    TypeCast: {
      arg: { ColumnRef: { fields: [{ String: { sval: name } }] } },
      ...(column.typeName === undefined ? {} : { typeName: column.typeName }),
    },
  };
}

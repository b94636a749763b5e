import { identifier } from '../../sql/names.ts';
import { writeAlterTable } from '../../sql/write.ts';
import { type AlterTable, addedColumns, alterTable, alterTables } from '../alter-table.ts';
import { isNotNull } from '../catalog-facts.ts';
import { at, everythingOf, evidenceOn, provenNotNull, verifiedTable } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { apart, blocksWhom, listed, whoWaits } from '../wording.ts';
import { notNullSteps } from './not-null-recipe.ts';

export const setNotNull: Rule = {
  name: 'set-not-null',
  about: 'statement',
  severity: 'error',
  summary: 'SET NOT NULL reads every row of an existing table under ACCESS EXCLUSIVE.',
  why: '`ALTER COLUMN … SET NOT NULL` holds ACCESS EXCLUSIVE while it looks for NULLs in every row: all reads and writes of the table wait. It fails if one is found.',
  instead:
    'Add a `CHECK (column IS NOT NULL) NOT VALID`, validate it in a migration of its own (that blocks nobody), then SET NOT NULL: the server takes the valid CHECK as proof and reads nothing (12 and newer). From 18 on `ADD CONSTRAINT … NOT NULL column NOT VALID` does it in two steps.',
  sources: [
    'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DROP-NOT-NULL',
  ],
  peers: [
    'squawk adding-not-nullable-field',
    'eugene E2',
    'atlas PG303',
    'strong_migrations change_column_null',
    'online_migrations change_column_null',
    'pgfence alter-column-set-not-null',
    'migrationpilot MP002',
    'pgsafe set-not-null',
  ],
  bad: [
    {
      title: 'A column that may hold NULLs',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);',
      migration: 'ALTER TABLE users ALTER COLUMN email SET NOT NULL;',
    },
    {
      title: 'The CHECK that would prove it is not validated',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, "eMail" text);\nALTER TABLE users ADD CONSTRAINT proof CHECK ("eMail" IS NOT NULL) NOT VALID;',
      migration: '-- the proof is missing\nALTER TABLE users ALTER COLUMN "eMail" SET NOT NULL;',
      line: 2,
    },
  ],
  good: [
    {
      title: 'A valid CHECK proves it',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);\nALTER TABLE users ADD CONSTRAINT proof CHECK (email IS NOT NULL);',
      migration:
        'ALTER TABLE users ALTER COLUMN email SET NOT NULL;\nALTER TABLE users DROP CONSTRAINT proof;',
    },
    {
      title: 'On a table that the migration creates',
      base: '',
      migration:
        'CREATE TABLE users (id bigint PRIMARY KEY, email text);\nALTER TABLE users ALTER COLUMN email SET NOT NULL;',
    },
    {
      title: 'NOT NULL that is checked later',
      base: { '1_base.sql': 'CREATE TABLE users (id bigint PRIMARY KEY, email text);' },
      migration: {
        '1_base.sql': 'CREATE TABLE users (id bigint PRIMARY KEY, email text);',
        '2_email.sql': 'ALTER TABLE users ADD CONSTRAINT users_email_not_null NOT NULL email NOT VALID;',
        '3_email.sql': 'ALTER TABLE users VALIDATE CONSTRAINT users_email_not_null;',
      },
      since: 18,
    },
  ],
  check: (context) =>
    [...alterTables(context)].flatMap((alter) => {
      const { statement, table, name } = alter;
      const evidence = evidenceOn(statement, table);
      if (!verifiedTable(statement) && !evidence.rewrite && statement.scans.length === 0) return [];
      const columns = unproven(context, alter);
      if (columns.length === 0) return [];
      const objects = columns.map((column) => `${name}.${column}`);
      return [
        {
          ...at(alter),
          object: objects.length === 1 ? (objects[0] ?? null) : name,
          title: `SET NOT NULL on ${listed(objects)} ${blocksWhom(evidence, name)}`,
          message: `${whoWaits(statement, table, evidence, 'it reads every row to look for NULLs')} It fails if a row holds one. Prove it first with a constraint that is validated in ${apart(context)}.`,
          evidence: { ...evidence, scan: true },
          fix: fixFor(context, alter, columns),
          explains: everythingOf(statement),
        },
      ];
    }),
};

/** Columns whose NULLs the server had to look for. */
function unproven(context: RuleContext, alter: AlterTable): string[] {
  const added = addedColumns(alter, context).map((column) => column.name);
  return alter.commands.flatMap(({ subtype, name = '' }) => {
    if (subtype !== 'AT_SetNotNull' || added.includes(name)) return [];
    const proven = alter.statement.locks
      .filter(({ oid }) => oid === alter.table.oid)
      .flatMap(({ names }) => names.map((each) => each.slice(each.indexOf('.') + 1)))
      .some((table) => provenNotNull(alter.statement, table, name));
    return proven || isNotNull(context, alter.table, name) ? [] : [name];
  });
}

function fixFor(context: RuleContext, alter: AlterTable, columns: readonly string[]) {
  const rest = alter.commands.filter(
    ({ subtype, name = '' }) => subtype !== 'AT_SetNotNull' || !columns.includes(name),
  );
  const steps = notNullSteps(context, alterTable(alter), alter.table.relation, columns);
  const [first, ...others] = steps;
  if (first === undefined) return null;
  const check = columns.map((column) => `${identifier(column)} IS NULL`).join(' OR ');
  return recipe(
    context,
    [
      {
        ...first,
        sql: rest.length === 0 ? first.sql : [writeAlterTable(alter.node, rest), ...first.sql],
        notes: [
          `Before that, see that no row is in the way: SELECT count(*) FROM ${alter.sqlName} WHERE ${check};`,
        ],
      },
      ...others,
    ],
    { sameSchema: true },
  );
}

import { identifier } from '../../sql/names.ts';
import { writeAlterTable, writeExpression } from '../../sql/write.ts';
import {
  type AddedColumn,
  type AlterTable,
  addedColumns,
  alterTable,
  alterTables,
  hasConstraint,
  nameTaken,
} from '../alter-table.ts';
import { checkName } from '../constraints/constraint-names.ts';
import { at, everythingOf, evidenceOn, verifiedTable } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { Fix, Rule, RuleContext } from '../rule.ts';
import { apart, blocksWhom, listed, whoWaits } from '../wording.ts';
import { without } from './column-type.ts';

export const addColumnInlineCheck: Rule = {
  name: 'add-column-inline-check',
  about: 'statement',
  severity: 'error',
  summary: 'A column with a CHECK is added to an existing table, which reads every row.',
  why: 'The new column is NULL (or has one default) in all rows, but the server reads every one of them to verify the CHECK, under ACCESS EXCLUSIVE: all reads and writes wait.',
  instead: 'Add the column by itself, add the CHECK `NOT VALID`, validate it in a migration of its own.',
  sources: ['https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-COLUMN'],
  peers: ['eugene E1'],
  bad: [
    {
      title: 'A range',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'ALTER TABLE users ADD COLUMN age int CHECK (age > 0);',
    },
    {
      title: 'A list of values with a default and a name',
      base: 'CREATE TABLE "User" (id bigint PRIMARY KEY);',
      migration: `ALTER TABLE "User" ADD COLUMN "Role" text NOT NULL DEFAULT 'member' CONSTRAINT "known Role" CHECK ("Role" IN ('member', 'admin'));`,
    },
  ],
  good: [
    {
      title: 'The column, then the CHECK without reading',
      base: { '1_base.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);' },
      migration: {
        '1_base.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);',
        '2_age.sql':
          'ALTER TABLE users ADD COLUMN age int;\nALTER TABLE users ADD CONSTRAINT users_age_check CHECK (age > 0) NOT VALID;',
        '3_age.sql': 'ALTER TABLE users VALIDATE CONSTRAINT users_age_check;',
      },
    },
    {
      title: 'In a table that the migration creates',
      base: '',
      migration:
        'CREATE TABLE users (id bigint PRIMARY KEY);\nALTER TABLE users ADD COLUMN age int CHECK (age > 0);',
    },
  ],
  check: (context) =>
    [...alterTables(context)].flatMap((alter) => {
      const { statement, table, name } = alter;
      const columns = addedColumns(alter, context).filter((added) => hasConstraint(added, 'CONSTR_CHECK'));
      if (columns.length === 0 || !(verifiedTable(statement) || statement.scans.length > 0)) return [];
      const evidence = evidenceOn(statement, table);
      const objects = columns.map((added) => `${name}.${added.name}`);
      return [
        {
          ...at(alter),
          object: objects[0] ?? null,
          title: `The CHECK on new column ${listed(objects)} ${blocksWhom(evidence, name)}`,
          message: `${whoWaits(statement, table, evidence, 'it reads every row to verify the CHECK, though the new column is the same in all of them')} Add the column first, then the CHECK as NOT VALID, and validate it in ${apart(context)}.`,
          evidence: { ...evidence, scan: true },
          fix: fixFor(context, alter, columns),
          explains: everythingOf(statement),
        },
      ];
    }),
};

function fixFor(context: RuleContext, alter: AlterTable, columns: readonly AddedColumn[]): Fix | null {
  const taken = new Set<string>();
  const isTaken = nameTaken(context, alter.table);
  const checks = columns.flatMap((added) =>
    added.constraints
      .filter(({ contype }) => contype === 'CONSTR_CHECK')
      .map((constraint) => {
        const name =
          constraint.conname ??
          checkName(alter.table, constraint, (each) => taken.has(each) || isTaken(each));
        taken.add(name);
        const expression = constraint.raw_expr === undefined ? null : writeExpression(constraint.raw_expr);
        return { name: identifier(name), expression };
      }),
  );
  const plain = alter.commands.map((command) => {
    const added = columns.find((each) => each.command === command);
    return added === undefined
      ? command
      : { ...command, def: { ColumnDef: without(added.column, ['CONSTR_CHECK']) } };
  });
  return recipe(
    context,
    [
      {
        title: 'the column, and the CHECK for new rows only',
        sql: [
          writeAlterTable(alter.node, plain),
          ...checks.map(({ name, expression }) =>
            expression === null
              ? null
              : `${alterTable(alter)} ADD CONSTRAINT ${name} CHECK (${expression}) NOT VALID;`,
          ),
        ],
      },
      {
        title: 'read the rows while reads and writes go on',
        sql: checks.map(({ name }) => `${alterTable(alter)} VALIDATE CONSTRAINT ${name};`),
      },
    ],
    { sameSchema: true },
  );
}

import { identifier } from '../../sql/names.ts';
import { copy, writeAlterTable, writeExpression } from '../../sql/write.ts';
import { addedConstraints, alterTable, alterTables, nameTaken } from '../alter-table.ts';
import { at, everythingOf, evidenceOn, verifiedTable } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { Rule } from '../rule.ts';
import { apart, blocksWhom, whoWaits } from '../wording.ts';
import { checkName } from './constraint-names.ts';

export const addCheckValid: Rule = {
  name: 'add-check-valid',
  about: 'statement',
  severity: 'error',
  summary: 'A CHECK is added to an existing table and verifies every row at once.',
  why: '`ADD CONSTRAINT … CHECK` holds ACCESS EXCLUSIVE while every row is read: all reads and writes of the table wait. It fails if a row does not pass.',
  instead:
    'Add it `NOT VALID` (new rows are checked from then on), and `VALIDATE CONSTRAINT` in a migration of its own: that blocks nobody.',
  sources: ['https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES'],
  peers: [
    'squawk constraint-missing-not-valid',
    'eugene E1',
    'atlas PG305',
    'strong_migrations add_check_constraint',
    'online_migrations add_check_constraint',
    'pgfence add-constraint-check-no-not-valid',
    'migrationpilot MP030',
    'pgsafe add-check-constraint',
  ],
  bad: [
    {
      title: 'Without a name',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, age int);',
      migration: 'ALTER TABLE users ADD CHECK (age > 0);',
    },
    {
      title: 'With a name, over several lines',
      base: 'CREATE TABLE "User" (id bigint PRIMARY KEY, "From" date, "To" date);',
      migration: '-- periods\nALTER TABLE "User"\n  ADD CONSTRAINT "in order" CHECK ("From" <= "To");',
      line: 2,
    },
  ],
  good: [
    {
      title: 'NOT VALID, and VALIDATE in the next migration',
      base: { '1_base.sql': 'CREATE TABLE users (id bigint PRIMARY KEY, age int);' },
      migration: {
        '1_base.sql': 'CREATE TABLE users (id bigint PRIMARY KEY, age int);',
        '2_age.sql': 'ALTER TABLE users ADD CONSTRAINT users_age_check CHECK (age > 0) NOT VALID;',
        '3_age.sql': 'ALTER TABLE users VALIDATE CONSTRAINT users_age_check;',
      },
    },
    {
      title: 'VALIDATE in a migration of its own',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, age int);\nALTER TABLE users ADD CONSTRAINT users_age_check CHECK (age > 0) NOT VALID;',
      migration: 'ALTER TABLE users VALIDATE CONSTRAINT users_age_check;',
    },
    {
      title: 'On a table that the migration creates',
      base: '',
      migration:
        'CREATE TABLE users (id bigint PRIMARY KEY, age int);\nALTER TABLE users ADD CHECK (age > 0);',
    },
  ],
  check: (context) =>
    [...alterTables(context)].flatMap((alter) => {
      const { statement, table, name } = alter;
      if (!verifiedTable(statement) && statement.rewrites.length === 0 && statement.scans.length === 0)
        return [];
      const isTaken = nameTaken(context, table);
      const used = new Set<string>();
      const checks = addedConstraints(alter, 'CONSTR_CHECK')
        .filter(({ constraint }) => constraint.skip_validation !== true)
        .map(({ command, constraint }) => {
          const own =
            constraint.conname ?? checkName(table, constraint, (each) => used.has(each) || isTaken(each));
          used.add(own);
          return { command, constraint, name: own };
        });
      if (checks.length === 0) return [];
      const evidence = evidenceOn(statement, table);
      const commands = alter.commands.map((command) => {
        const check = checks.find((each) => each.command === command);
        if (check === undefined) return command;
        const constraint = copy(check.constraint);
        constraint.conname = check.name;
        constraint.skip_validation = true;
        delete constraint.initially_valid;
        return { ...command, def: { Constraint: constraint } };
      });
      return [
        {
          ...at(alter),
          object: name,
          title: `Adding ${checks.length === 1 ? `CHECK ${checks[0]?.name}` : `${checks.length} CHECKs`} ${blocksWhom(evidence, name)}`,
          message: `${whoWaits(statement, table, evidence, 'it reads every row to verify the CHECK')} Add it NOT VALID and validate it in ${apart(context)}.`,
          evidence: { ...evidence, scan: true },
          fix: recipe(
            context,
            [
              {
                title: 'check new rows from now on, read no old ones',
                sql: [writeAlterTable(alter.node, commands)],
              },
              {
                title: 'read the old rows while reads and writes go on',
                sql: checks.map(
                  (check) => `${alterTable(alter)} VALIDATE CONSTRAINT ${identifier(check.name)};`,
                ),
                notes: checks.flatMap(({ constraint }) => {
                  const condition =
                    constraint.raw_expr === undefined ? null : writeExpression(constraint.raw_expr);
                  return condition === null
                    ? []
                    : [
                        'It fails if this finds a row:',
                        `  SELECT * FROM ${alter.sqlName} WHERE NOT (${condition}) LIMIT 10;`,
                      ];
                }),
              },
            ],
            { sameSchema: true },
          ),
          explains: everythingOf(statement),
        },
      ];
    }),
};

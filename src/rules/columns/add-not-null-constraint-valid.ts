import { identifier } from '../../sql/names.ts';
import { copy, writeAlterTable } from '../../sql/write.ts';
import {
  type AlterTable,
  addedConstraints,
  alterTable,
  alterTables,
  nameTaken,
  strings,
} from '../alter-table.ts';
import { isNotNull } from '../catalog-facts.ts';
import { notNullName } from '../constraints/constraint-names.ts';
import { at, everythingOf, evidenceOn, provenNotNull, verifiedTable } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { Rule } from '../rule.ts';
import { apart, blocksWhom, listed, whoWaits } from '../wording.ts';

export const addNotNullConstraintValid: Rule = {
  name: 'add-not-null-constraint-valid',
  about: 'statement',
  severity: 'error',
  summary: 'A NOT NULL constraint is added to an existing table and reads every row (18 and newer).',
  why: '`ADD CONSTRAINT … NOT NULL column` holds ACCESS EXCLUSIVE while it looks for NULLs in every row: all reads and writes of the table wait. It fails if one is found.',
  instead:
    'Add it `NOT VALID` (new rows are checked from then on), and `VALIDATE CONSTRAINT` in a migration of its own.',
  sources: [
    'https://www.postgresql.org/docs/18/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT',
  ],
  peers: ['eugene E1', 'migrationpilot MP081'],
  bad: [
    {
      title: 'With a name',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);',
      migration: 'ALTER TABLE users ADD CONSTRAINT has_email NOT NULL email;',
      since: 18,
    },
    {
      title: 'Without a name, beside another command',
      base: 'CREATE TABLE "User" (id bigint PRIMARY KEY, "eMail" text);',
      migration: '-- always there\nALTER TABLE "User" ADD COLUMN note text, ADD NOT NULL "eMail";',
      line: 2,
      since: 18,
    },
  ],
  good: [
    {
      title: 'NOT VALID, and VALIDATE in the next migration',
      base: { '1_base.sql': 'CREATE TABLE users (id bigint PRIMARY KEY, email text);' },
      migration: {
        '1_base.sql': 'CREATE TABLE users (id bigint PRIMARY KEY, email text);',
        '2_email.sql': 'ALTER TABLE users ADD CONSTRAINT has_email NOT NULL email NOT VALID;',
        '3_email.sql': 'ALTER TABLE users VALIDATE CONSTRAINT has_email;',
      },
      since: 18,
    },
    {
      title: 'On a table that the migration creates',
      base: '',
      migration:
        'CREATE TABLE users (id bigint PRIMARY KEY, email text);\nALTER TABLE users ADD CONSTRAINT has_email NOT NULL email;',
      since: 18,
    },
  ],
  check: (context) =>
    [...alterTables(context)].flatMap((alter) => {
      const { statement, table, name } = alter;
      if (!verifiedTable(statement) && statement.rewrites.length === 0 && statement.scans.length === 0)
        return [];
      const isTaken = nameTaken(context, table);
      const used = new Set<string>();
      const added = addedConstraints(alter, 'CONSTR_NOTNULL')
        .filter(({ constraint }) => constraint.skip_validation !== true)
        .flatMap(({ command, constraint }) => {
          const [column] = strings(constraint.keys);
          if (column === undefined || isNotNull(context, table, column) || isProven(alter, column)) return [];
          const own =
            constraint.conname ?? notNullName(table, column, (each) => used.has(each) || isTaken(each));
          used.add(own);
          return [{ command, constraint, column, name: own }];
        });
      if (added.length === 0) return [];
      const evidence = evidenceOn(statement, table);
      const objects = added.map(({ column }) => `${name}.${column}`);
      const commands = alter.commands.map((command) => {
        const found = added.find((each) => each.command === command);
        if (found === undefined) return command;
        const constraint = copy(found.constraint);
        constraint.conname = found.name;
        constraint.skip_validation = true;
        delete constraint.initially_valid;
        return { ...command, def: { Constraint: constraint } };
      });
      const nulls = added.map(({ column }) => `${identifier(column)} IS NULL`).join(' OR ');
      return [
        {
          ...at(alter),
          object: objects.length === 1 ? (objects[0] ?? null) : name,
          title: `Adding NOT NULL on ${listed(objects)} ${blocksWhom(evidence, name)}`,
          message: `${whoWaits(statement, table, evidence, 'it reads every row to look for NULLs')} It fails if a row holds one. Add it NOT VALID and validate it in ${apart(context)}.`,
          evidence: { ...evidence, scan: true },
          fix: recipe(
            context,
            [
              {
                title: 'refuse new NULLs without reading the rows',
                sql: [written(alter, commands)],
                notes: [
                  `Before that, see that no row is in the way: SELECT count(*) FROM ${alter.sqlName} WHERE ${nulls};`,
                ],
              },
              {
                title: 'read the rows while reads and writes go on (fails if a NULL is left)',
                sql: added.map(
                  (each) => `${alterTable(alter)} VALIDATE CONSTRAINT ${identifier(each.name)};`,
                ),
              },
            ],
            { sameSchema: true },
          ),
          explains: everythingOf(statement),
        },
      ];
    }),
};

const isProven = ({ statement, table }: AlterTable, column: string): boolean =>
  statement.locks
    .filter(({ oid }) => oid === table.oid)
    .flatMap(({ names }) => names.map((each) => each.slice(each.indexOf('.') + 1)))
    .some((relation) => provenNotNull(statement, relation, column));

/** The deparser may not know the clause yet: one command a time is simple enough to write by hand. */
function written(alter: AlterTable, commands: AlterTable['commands']): string | null {
  const whole = writeAlterTable(alter.node, commands);
  if (whole !== null) return whole;
  const parts = commands.map((command) => {
    const constraint =
      command.def !== undefined && 'Constraint' in command.def ? command.def.Constraint : undefined;
    const [column] = strings(constraint?.keys);
    if (constraint?.contype === 'CONSTR_NOTNULL' && constraint.conname !== undefined && column !== undefined)
      return `${alterTable(alter)} ADD CONSTRAINT ${identifier(constraint.conname)} NOT NULL ${identifier(column)}${constraint.skip_validation === true ? ' NOT VALID' : ''};`;
    return writeAlterTable(alter.node, [command]);
  });
  return parts.includes(null) ? null : parts.join('\n');
}

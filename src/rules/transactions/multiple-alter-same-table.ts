import type { AlterTableCmd } from '@pgsql/types';
import { writeAlterTable } from '../../sql/write.ts';
import { type AlterTable, alterTables } from '../alter-table.ts';
import { at, evidenceOn } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { Rule } from '../rule.ts';
import { counted } from '../wording.ts';

export const multipleAlterSameTable: Rule = {
  name: 'multiple-alter-same-table',
  about: 'statement',
  severity: 'notice',
  summary: 'Several ALTER TABLE statements read or rewrite the same table, where one would do it once.',
  why: 'ALTER TABLE takes several commands, separated by commas, and does all of them in one pass over the rows. In statements of their own each makes its own pass. Statements that read nothing cost nothing in a row, and are not reported.',
  instead: 'One ALTER TABLE with all commands.',
  sources: ['https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES'],
  peers: ['eugene W12', 'migrationpilot MP058', 'postgres-language-server multipleAlterTable'],
  bad: [
    {
      title: 'Two validations',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, age int, size int);\nALTER TABLE users ADD CONSTRAINT a CHECK (age > 0) NOT VALID, ADD CONSTRAINT b CHECK (size > 0) NOT VALID;',
      migration: 'ALTER TABLE users VALIDATE CONSTRAINT a;\nALTER TABLE users VALIDATE CONSTRAINT b;',
      line: 2,
    },
    {
      title: 'Three of them, with names that need quotes and something between',
      base: 'CREATE TABLE "User" (id bigint PRIMARY KEY, age int, size int);\nALTER TABLE "User" ADD CONSTRAINT a CHECK (age > 0) NOT VALID, ADD CONSTRAINT "B" CHECK (size > 0) NOT VALID, ADD CONSTRAINT c CHECK (size > age) NOT VALID;',
      migration: `ALTER TABLE "User" VALIDATE CONSTRAINT a;
SELECT 1;
ALTER TABLE "User" VALIDATE CONSTRAINT "B";
ALTER TABLE "User" VALIDATE CONSTRAINT c;`,
      transaction: 'none',
      line: 3,
    },
  ],
  good: [
    {
      title: 'One statement',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, age int, size int);\nALTER TABLE users ADD CONSTRAINT a CHECK (age > 0) NOT VALID, ADD CONSTRAINT b CHECK (size > 0) NOT VALID;',
      migration: 'ALTER TABLE users VALIDATE CONSTRAINT a, VALIDATE CONSTRAINT b;',
    },
    {
      title: 'Commands that read nothing',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'ALTER TABLE users ADD COLUMN a int;\nALTER TABLE users ADD COLUMN b int;',
    },
  ],
  check(context) {
    const passes = [...alterTables(context)].filter(
      ({ statement, name }) =>
        (statement.scans.includes(name) || statement.rewrites.includes(name)) &&
        // Foreign keys are validated by a query each, together or not.
        statement.proofs.some((proof) => /^(?:verifying|rewriting) table /.test(proof)),
    );
    const groups = new Map<string, AlterTable[]>();
    for (const pass of passes) {
      const key = `${pass.migration.file} ${pass.table.oid}`;
      groups.set(key, [...(groups.get(key) ?? []), pass]);
    }
    return [...groups.values()].flatMap((group) => {
      const second = group[1];
      if (second === undefined) return [];
      const commands = group.flatMap((alter): readonly AlterTableCmd[] => alter.commands);
      const together = writeAlterTable(second.node, commands);
      // Only validations can be said a second time: the first statement stays where the fix is tried.
      const harmless = commands.every(({ subtype }) => subtype === 'AT_ValidateConstraint');
      return [
        {
          ...at(second),
          object: second.name,
          title: `${counted(group.length, 'ALTER TABLE statement')} make a pass over ${second.name} each`,
          message: `One statement with all commands reads the rows once (seen on the shadow: lines ${group.map(({ statement }) => statement.line).join(', ')}).`,
          evidence: evidenceOn(second.statement, second.table),
          fix:
            together === null || !harmless
              ? null
              : recipe(context, [{ title: 'and of the others', sql: [together] }], { sameSchema: true }),
        },
      ];
    });
  },
};

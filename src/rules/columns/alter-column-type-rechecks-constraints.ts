import type { CatalogObject } from '../../catalog/model.ts';
import { identifier } from '../../sql/names.ts';
import { parseFile } from '../../sql/parse.ts';
import { writeAlterTable, writeExpression } from '../../sql/write.ts';
import { type AlterTable, alterTable, alterTables } from '../alter-table.ts';
import { columnOf, isPartitioned } from '../catalog-facts.ts';
import { at, everythingOf, evidenceOn, validatedForeignKey, verifiedTable } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { Fix, Rule, RuleContext } from '../rule.ts';
import { apart, blocksWhom, listed, whoWaits } from '../wording.ts';
import { type TypeChange, typeChanges } from './type-change.ts';

export const alterColumnTypeRechecksConstraints: Rule = {
  name: 'alter-column-type-rechecks-constraints',
  about: 'statement',
  severity: 'error',
  summary: 'A change of a column’s type leaves the rows alone but verifies its constraints again.',
  why: 'A longer varchar or the step from varchar to text copies nothing. But a CHECK on the column is made anew for the new type, and every row is read to verify it, under the ACCESS EXCLUSIVE of the ALTER TABLE: all reads and writes of the table wait.',
  instead:
    'In one statement drop the constraint, change the type and add the constraint again `NOT VALID`; then `VALIDATE` it in a migration of its own, which blocks nobody.',
  sources: ['https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES'],
  peers: ['strong_migrations change_column_constraint', 'online_migrations change_column_constraint'],
  bad: [
    {
      title: 'A longer varchar with a CHECK',
      base: "CREATE TABLE users (id bigint PRIMARY KEY, role varchar(20) CHECK (role IN ('member', 'admin')));",
      migration: 'ALTER TABLE users ALTER COLUMN role TYPE varchar(50);',
    },
    {
      title: 'varchar to text, with names that need quotes and two CHECKs',
      base: 'CREATE TABLE "User" (id bigint PRIMARY KEY, "eMail" varchar(50) NOT NULL, name text, CONSTRAINT "has @" CHECK ("eMail" ~ \'@\'), CHECK ("eMail" <> name));',
      migration: '-- no limit\nALTER TABLE "User" ALTER "eMail" TYPE text;',
      line: 2,
    },
  ],
  good: [
    {
      title: 'A longer varchar without a CHECK of its own',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, age int CHECK (age > 0), role varchar(20));',
      migration: 'ALTER TABLE users ALTER COLUMN role TYPE varchar(50);',
    },
    {
      title: 'The CHECK made anew without reading the rows',
      base: {
        '1_base.sql':
          "CREATE TABLE users (id bigint PRIMARY KEY, role varchar(20) CHECK (role IN ('member', 'admin')));",
      },
      migration: {
        '1_base.sql':
          "CREATE TABLE users (id bigint PRIMARY KEY, role varchar(20) CHECK (role IN ('member', 'admin')));",
        '2_role.sql':
          "ALTER TABLE users\n  DROP CONSTRAINT users_role_check,\n  ALTER COLUMN role TYPE varchar(50),\n  ADD CONSTRAINT users_role_check CHECK (role IN ('member', 'admin')) NOT VALID;",
        '3_role.sql': 'ALTER TABLE users VALIDATE CONSTRAINT users_role_check;',
      },
    },
  ],
  check: (context) =>
    [...alterTables(context)].flatMap((alter) => {
      const { statement, table, name } = alter;
      const changes = typeChanges(context, alter);
      if (changes.length === 0 || statement.rewrites.length > 0) return [];
      if (!verifiedTable(statement) && !validatedForeignKey(statement)) return [];
      const constraints = verified(context, alter, changes);
      if (constraints.length === 0) return [];
      const evidence = evidenceOn(statement, table);
      const objects = changes.map((change) => `${name}.${change.name}`);
      return [
        {
          ...at(alter),
          object: objects.length === 1 ? (objects[0] ?? null) : name,
          title: `Changing the type of ${listed(objects)} verifies ${listed(constraints.map(({ local }) => local))} again and ${blocksWhom(evidence, name)}`,
          message: `${whoWaits(statement, table, evidence, `it reads every row to verify ${listed(constraints.map(({ local }) => local))} again, though the rows stay as they are`)} Make the constraint anew as NOT VALID in the same statement, and validate it in ${apart(context)}.`,
          evidence: { ...evidence, scan: true },
          fix: fixFor(context, alter, constraints),
          explains: everythingOf(statement),
        },
      ];
    }),
};

/** Valid CHECKs and foreign keys that base has on the columns. */
function verified(
  context: RuleContext,
  alter: AlterTable,
  changes: readonly TypeChange[],
): readonly CatalogObject[] {
  const dropped = alter.commands.flatMap(({ subtype, name }) =>
    subtype === 'AT_DropConstraint' ? [name] : [],
  );
  const columns = changes.flatMap(({ name }) => columnOf(context, alter.table, name)?.identity ?? []);
  return (context.before?.objects ?? []).filter(
    ({ type, container, facts, columns: on, local }) =>
      type === 'constraint' &&
      container === alter.name &&
      (facts.kind === 'check' || facts.kind === 'foreign-key') &&
      facts.validated === true &&
      !dropped.includes(local) &&
      on.some((column) => columns.includes(column)),
  );
}

function fixFor(context: RuleContext, alter: AlterTable, constraints: readonly CatalogObject[]): Fix | null {
  // "cannot add NOT VALID foreign key on partitioned table" before 18.
  const keys = constraints.some(({ facts }) => facts.kind === 'foreign-key');
  if (keys && context.postgresMajor < 18 && isPartitioned(context, alter.table)) return null;
  const added = constraints.map((constraint) => {
    const [statement] = parseFile(
      `ALTER TABLE t ADD CONSTRAINT ${identifier(constraint.local)} ${constraint.facts.clause} NOT VALID`,
    ).statements;
    const node = statement?.node;
    const [command] = node !== undefined && 'AlterTableStmt' in node ? (node.AlterTableStmt.cmds ?? []) : [];
    return command !== undefined && 'AlterTableCmd' in command ? command.AlterTableCmd : null;
  });
  const drops = constraints.map(({ local }) => ({
    subtype: 'AT_DropConstraint' as const,
    name: local,
    behavior: 'DROP_RESTRICT' as const,
  }));
  const commands = [...drops, ...alter.commands, ...added.flatMap((command) => command ?? [])];
  return recipe(
    context,
    [
      {
        title: 'the type, and the same constraints for new rows, read no old ones',
        sql: [added.includes(null) ? null : writeAlterTable(alter.node, commands)],
      },
      {
        title: 'read the old rows while reads and writes go on',
        sql: constraints.map(({ local }) => `${alterTable(alter)} VALIDATE CONSTRAINT ${identifier(local)};`),
        notes: constraints.flatMap(({ facts }, index) => {
          const def = added[index]?.def;
          const condition =
            def !== undefined && 'Constraint' in def && def.Constraint.raw_expr !== undefined
              ? writeExpression(def.Constraint.raw_expr)
              : null;
          return condition === null || facts.kind !== 'check'
            ? []
            : [
                'It fails if this finds a row:',
                `  SELECT * FROM ${alter.sqlName} WHERE NOT (${condition}) LIMIT 10;`,
              ];
        }),
      },
    ],
    { sameSchema: true },
  );
}

import { type AlterTable, alterTables } from '../alter-table.ts';
import { columnOf } from '../catalog-facts.ts';
import { at, evidenceOn } from '../observed.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { listed } from '../wording.ts';

export const dropNotNull: Rule = {
  name: 'drop-not-null',
  about: 'statement',
  severity: 'notice',
  summary: 'A column of an existing table may be NULL from now on.',
  why: 'The lock is brief. But code that reads the column was written for a value that is always there: the first NULL that a new version writes can break every reader that is still running, and reports and clients that nobody thought of.',
  instead:
    'Deploy readers that cope with NULL first, then drop the constraint, then let a version write NULLs.',
  sources: [
    'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DROP-NOT-NULL',
  ],
  peers: [
    'squawk ban-drop-not-null',
    'pgfence drop-not-null',
    'migrationpilot MP029',
    'pgsafe drop-not-null',
    'postgres-language-server banDropNotNull',
  ],
  bad: [
    {
      title: 'DROP NOT NULL',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);',
      migration: 'ALTER TABLE users ALTER COLUMN email DROP NOT NULL;',
    },
    {
      title: 'Two columns, with names that need quotes',
      base: 'CREATE TABLE "User" (id bigint PRIMARY KEY, "eMail" text NOT NULL, "Phone" text NOT NULL);',
      migration: 'ALTER TABLE "User"\n  ALTER "eMail" DROP NOT NULL,\n  ALTER "Phone" DROP NOT NULL;',
    },
    {
      title: 'By the name of the constraint',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text CONSTRAINT has_email NOT NULL);',
      migration: 'ALTER TABLE users DROP CONSTRAINT has_email;',
      since: 18,
    },
  ],
  good: [
    {
      title: 'A column that could be NULL before',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);',
      migration: 'ALTER TABLE users ALTER COLUMN email DROP NOT NULL;',
    },
    {
      title: 'A CHECK still refuses NULL',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL CONSTRAINT present CHECK (email IS NOT NULL));',
      migration: 'ALTER TABLE users ALTER COLUMN email DROP NOT NULL;',
    },
    {
      title: 'In a table that the migration creates',
      base: '',
      migration:
        'CREATE TABLE users (id bigint PRIMARY KEY, email text NOT NULL);\nALTER TABLE users ALTER COLUMN email DROP NOT NULL;',
    },
  ],
  check: (context) =>
    [...alterTables(context)].flatMap((alter) => {
      const { statement, table, name } = alter;
      const columns = nullable(context, alter);
      if (columns.length === 0) return [];
      const objects = columns.map((column) => `${name}.${column}`);
      return [
        {
          ...at(alter),
          object: objects.length === 1 ? (objects[0] ?? null) : name,
          title: `${listed(objects)} may be NULL from now on`,
          message: `Code that is running was written for a value that is always there. See that every reader of ${listed(columns)} copes with NULL before a version writes the first one.`,
          evidence: { ...evidenceOn(statement, table), scan: false },
          fix: null,
        },
      ];
    }),
};

/** Columns that this statement lets be NULL and that nothing else keeps from it in the end. */
function nullable(context: RuleContext, alter: AlterTable): string[] {
  const named = alter.commands.flatMap(({ subtype, name }) =>
    subtype === 'AT_DropNotNull' && name !== undefined ? [name] : [],
  );
  // From 18 on NOT NULL is a constraint that can be dropped by its name, which our catalog folds into the column.
  const byName =
    context.postgresMajor >= 18 &&
    alter.commands.some(
      ({ subtype, name = '' }) =>
        subtype === 'AT_DropConstraint' &&
        context.before?.byName('constraint', `${alter.name}.${name}`) === undefined,
    );
  const changed = byName
    ? context.schemaChanges
        .filter(
          ({ change, type, name }) =>
            change === 'altered' && type === 'column' && name.startsWith(`${alter.name}.`),
        )
        .map(({ name }) => name.slice(alter.name.length + 1))
        // The constraint may be one that an earlier migration of the run has made.
        .filter((column) => !saidElsewhere(context, alter.name, column))
    : [];
  return [...new Set([...named, ...changed])].filter((column) => {
    const before = columnOf(context, alter.table, column);
    const after = before === undefined ? undefined : context.after?.byIdentity(before.identity);
    return (
      before?.facts.refusesNull === true &&
      after?.facts.refusesNull === false &&
      !checked(context, before.identity)
    );
  });
}

/** Another statement drops it by the column's name. */
const saidElsewhere = (context: RuleContext, table: string, column: string): boolean =>
  [...alterTables(context)].some(
    ({ name, commands }) =>
      name === table && commands.some((each) => each.subtype === 'AT_DropNotNull' && each.name === column),
  );

/** A CHECK of this column alone that says the same. */
const checked = (context: RuleContext, identity: string): boolean =>
  context.after?.objects.some(
    ({ type, facts, columns }) =>
      type === 'constraint' &&
      facts.kind === 'check' &&
      columns.length === 1 &&
      columns[0] === identity &&
      String(facts.clause).includes('IS NOT NULL'),
  ) === true;

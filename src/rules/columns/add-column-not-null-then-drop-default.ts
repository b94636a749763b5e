import { identifier } from '../../sql/names.ts';
import { writeAlterTable } from '../../sql/write.ts';
import { alterTable, alterTables } from '../alter-table.ts';
import { columnOf } from '../catalog-facts.ts';
import { at, evidenceOn, nameOf } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { Rule } from '../rule.ts';
import { listed } from '../wording.ts';

export const addColumnNotNullThenDropDefault: Rule = {
  name: 'add-column-not-null-then-drop-default',
  about: 'statement',
  severity: 'warning',
  summary: 'A NOT NULL column is added with a default that the same pull request drops again.',
  why: 'The default fills the rows that are there, and costs nothing. But the version that is still running does not name the new column in its INSERTs: without the default they fail (23502) from the moment of the migration until the new version runs everywhere.',
  instead:
    'Keep the default in the database until no running version needs it, and drop it in a later release; or keep it for good.',
  sources: ['https://www.postgresql.org/docs/current/ddl-default.html'],
  peers: ['django-migration-linter NOT_NULL', 'django-pg-zero-downtime-migrations (keeps the default)'],
  bad: [
    {
      title: 'As an ORM without defaults in the database writes it',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration:
        "ALTER TABLE users ADD COLUMN role text DEFAULT 'member' NOT NULL;\nALTER TABLE users ALTER COLUMN role DROP DEFAULT;",
      line: 2,
    },
    {
      title: 'In a later file, with names that need quotes',
      base: { '1_base.sql': 'CREATE TABLE "User" (id bigint PRIMARY KEY);' },
      migration: {
        '1_base.sql': 'CREATE TABLE "User" (id bigint PRIMARY KEY);',
        '2_role.sql': 'ALTER TABLE "User" ADD COLUMN "isAdmin" boolean NOT NULL DEFAULT false;',
        '3_role.sql': '-- only for the old rows\nALTER TABLE "User" ALTER COLUMN "isAdmin" DROP DEFAULT;',
      },
      line: 2,
    },
  ],
  good: [
    {
      title: 'The default stays',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: "ALTER TABLE users ADD COLUMN role text DEFAULT 'member' NOT NULL;",
    },
    {
      title: 'A nullable column',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration:
        "ALTER TABLE users ADD COLUMN role text DEFAULT 'member';\nALTER TABLE users ALTER COLUMN role DROP DEFAULT;",
    },
    {
      title: 'Dropped in a later release',
      base: "CREATE TABLE users (id bigint PRIMARY KEY, role text DEFAULT 'member' NOT NULL);",
      migration: 'ALTER TABLE users ALTER COLUMN role DROP DEFAULT;',
    },
  ],
  check: (context) =>
    [...alterTables(context)].flatMap((alter) => {
      const { statement, table, name } = alter;
      const drops = alter.commands.filter(({ subtype, name: column = '', def }) => {
        if (subtype !== 'AT_ColumnDefault' || def !== undefined) return false;
        if (context.before === null || columnOf(context, table, column) !== undefined) return false;
        // Later statements may have given it another default, or taken NOT NULL back.
        const facts = context.after?.byName('column', `${nameOf(table)}.${column}`)?.facts;
        return (
          facts?.refusesNull === true &&
          facts.hasDefault === false &&
          facts.identity === null &&
          facts.generated === null
        );
      });
      if (drops.length === 0) return [];
      const columns = drops.map((command) => command.name ?? '');
      const rest = alter.commands.filter((command) => !drops.includes(command));
      return [
        {
          ...at(alter),
          object: `${name}.${columns[0]}`,
          title: `Without a default for ${listed(columns)} the running version cannot insert into ${name}`,
          message: `The column is new and NOT NULL, and INSERTs of the version that is still running do not name it: they fail (23502) until the new version runs everywhere. Keep the default until then, and drop it in a later release.`,
          evidence: { ...evidenceOn(statement, table), scan: false },
          fix: recipe(
            context,
            [
              ...(rest.length === 0
                ? []
                : [{ title: 'the rest of the statement', sql: [writeAlterTable(alter.node, rest)] }]),
              {
                title: 'leave it out here; in a later release, when no running version needs it any more',
                sql: columns.map(
                  (column) => `${alterTable(alter)} ALTER COLUMN ${identifier(column)} DROP DEFAULT;`,
                ),
              },
            ],
            { sameSchema: true },
          ),
        },
      ];
    }),
};

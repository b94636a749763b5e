import { write } from '../../sql/write.ts';
import { at } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { Rule } from '../rule.ts';
import { candidates, statementsOf } from '../statements.ts';

export const indexUnnamed: Rule = {
  name: 'index-unnamed',
  about: 'statement',
  severity: 'notice',
  byDefault: 'off',
  summary: 'CREATE INDEX gives the index no name.',
  why: 'Postgres makes up a name from the table and the columns, and adds a number where that is taken: it may be another one in another environment, and a later `DROP INDEX` that names it fails there.',
  instead: 'CREATE INDEX with a name.',
  sources: ['https://www.postgresql.org/docs/current/sql-createindex.html'],
  peers: ['migrationpilot MP042', 'pgrubic NM008', 'diesel-guard UnnamedIndex'],
  bad: [
    {
      title: 'On an existing table',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);',
      migration: 'CREATE INDEX CONCURRENTLY ON users (email);',
      transaction: 'none',
    },
    {
      title: 'On a new one, with names that need quotes',
      base: '',
      migration:
        'CREATE TABLE "User" (id bigint PRIMARY KEY, "eMail" text);\nCREATE UNIQUE INDEX ON "User" (lower("eMail"));',
      line: 2,
    },
  ],
  good: [
    {
      title: 'With a name',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);',
      migration: 'CREATE INDEX CONCURRENTLY users_email_idx ON users (email);',
      transaction: 'none',
    },
    {
      title: 'The index of a constraint has its name',
      base: '',
      migration: 'CREATE TABLE users (id bigint PRIMARY KEY, email text CONSTRAINT one_email UNIQUE);',
    },
  ],
  check: (context) =>
    [...statementsOf(context, 'IndexStmt')].flatMap((place) => {
      const { node } = place;
      if (node.idxname !== undefined) return [];
      const table = { schema: node.relation?.schemaname, name: node.relation?.relname ?? '' };
      const names = candidates(table, place);
      const given = (context.after?.objects ?? []).filter(
        ({ type, container, identity }) =>
          type === 'index' && names.includes(container) && context.before?.byIdentity(identity) === undefined,
      );
      const [only, ...others] = given;
      return [
        {
          ...at(place),
          object: names[0] ?? table.name,
          title: `An index of ${table.name} without a name`,
          message:
            'Postgres makes up a name that may be another one elsewhere. Give it one, so that a later migration can name it.',
          evidence: null,
          fix:
            only === undefined || others.length > 0
              ? null
              : recipe(
                  context,
                  [
                    {
                      title: 'with the name that Postgres gave it here',
                      sql: [write({ IndexStmt: { ...node, idxname: only.local } })],
                      outsideTransaction: node.concurrent === true,
                    },
                  ],
                  { sameSchema: true },
                ),
        },
      ];
    }),
};

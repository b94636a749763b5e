import type { BaseRelation } from '../../run/trace.ts';
import { columnOf } from '../catalog-facts.ts';
import { indexesOf } from '../indexes/table-indexes.ts';
import { at, evidenceOn, nameOf } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { baseRelation, statementsOf } from '../statements.ts';
import { duplicatesOfIndex } from './unique-index.ts';

export const addUniqueOnExisting: Rule = {
  name: 'add-unique-on-existing',
  about: 'statement',
  severity: 'notice',
  summary: 'A unique index is built on values that are there already, which may not be unique.',
  why: `The shadow is empty and lets it pass. In production the first two equal rows stop it: the deploy fails, and \`CREATE UNIQUE INDEX CONCURRENTLY\` leaves an INVALID index behind which refuses duplicates already. From the second pass of the build on, INSERTs of the running version that write duplicates fail, too.

An index that is built without CONCURRENTLY, or by ADD UNIQUE, is reported by \`create-index-blocking\` and \`add-unique-constraint\`, which show the same query.`,
  instead:
    'Run the query that the finding shows on production first, and see that the running version writes no duplicates.',
  sources: ['https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY'],
  peers: ['atlas MF101', 'atlas MF102', 'django-migration-linter ADD_UNIQUE'],
  bad: [
    {
      title: 'A column that base has',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);',
      migration: 'CREATE UNIQUE INDEX CONCURRENTLY users_email_key ON users (email);',
      transaction: 'none',
    },
    {
      title: 'An expression, of some rows only, with names that need quotes',
      base: 'CREATE TABLE "User" (id bigint PRIMARY KEY, "eMail" text, gone date);',
      migration:
        '-- one account each\nCREATE UNIQUE INDEX CONCURRENTLY ON "User" (lower("eMail")) WHERE gone IS NULL;',
      transaction: 'none',
      line: 2,
    },
  ],
  good: [
    {
      title: 'A column that the pull request adds',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration:
        'ALTER TABLE users ADD COLUMN handle text;\nCREATE UNIQUE INDEX CONCURRENTLY users_handle_key ON users (handle);',
      transaction: 'none',
    },
    {
      title: 'An index that is not unique',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);',
      migration: 'CREATE INDEX CONCURRENTLY users_email_idx ON users (email);',
      transaction: 'none',
    },
    {
      title: 'On columns that the primary key makes unique',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);',
      migration: 'CREATE UNIQUE INDEX CONCURRENTLY users_key ON users (id, email);',
      transaction: 'none',
    },
  ],
  check: (context) =>
    [...statementsOf(context, 'IndexStmt')].flatMap((place) => {
      const { node } = place;
      if (node.unique !== true || node.concurrent !== true) return [];
      const table = baseRelation(context, place, node.relation, ['table', 'materialized-view']);
      if (table === undefined || context.before === null) return [];
      const keys = (node.indexParams ?? []).flatMap((each) => ('IndexElem' in each ? [each.IndexElem] : []));
      // With a column that is new in all rows there are no old values to be equal.
      const named = keys.flatMap(({ name }) => name ?? []);
      if (table.kind === 'table' && named.some((name) => columnOf(context, table, name) === undefined))
        return [];
      if (isUnique(context, table, named)) return [];
      const query = duplicatesOfIndex(node);
      const shown = keys.map(({ name }) => name ?? 'an expression').join(', ');
      return [
        {
          ...at(place),
          object: nameOf(table),
          title: `Two rows of ${nameOf(table)} with the same ${shown} make the unique index fail`,
          message:
            'The shadow has no rows and lets it pass. Look for duplicates in production first, and see that the running version writes none: a build that fails leaves an INVALID index, which has to be dropped.',
          evidence: { ...evidenceOn(place.statement, table), scan: true },
          fix:
            query === null
              ? null
              : recipe(
                  context,
                  [
                    {
                      title: 'as it is, when this finds no row',
                      sql: [`${place.statement.sql};`],
                      outsideTransaction: true,
                      notes: [query],
                    },
                  ],
                  { sameSchema: true },
                ),
        },
      ];
    }),
};

/** Part of the columns is unique already. */
const isUnique = (context: RuleContext, table: BaseRelation, columns: readonly string[]): boolean =>
  indexesOf(context.before, `pg_class:${table.oid}`).some(
    ({ unique, valid, predicate, columns: keys }) =>
      unique && valid && predicate === null && keys.every((key) => key !== null && columns.includes(key)),
  );

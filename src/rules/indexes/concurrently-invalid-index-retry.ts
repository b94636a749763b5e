import { qualified } from '../../sql/names.ts';
import { copy, write } from '../../sql/write.ts';
import { at, evidenceOn, nameOf, type Place } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { baseRelation, nameParts, statementsOf } from '../statements.ts';

export const concurrentlyInvalidIndexRetry: Rule = {
  name: 'concurrently-invalid-index-retry',
  about: 'statement',
  severity: 'notice',
  summary: 'CREATE INDEX CONCURRENTLY IF NOT EXISTS takes an INVALID index of a failed try for the real one.',
  why: `A concurrent build that is cancelled, runs into a timeout or finds duplicates leaves an INVALID index of that name behind. The deploy tries again; IF NOT EXISTS finds the name and reports success without building anything. From then on every write maintains an index that no query uses, and nobody knows.

A warning for a unique index: the rows that were there may hold duplicates, and nothing will ever tell.`,
  instead:
    '`DROP INDEX CONCURRENTLY IF EXISTS` first, which takes away what a failed try has left, then create it without IF NOT EXISTS.',
  sources: ['https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY'],
  peers: ['migrationpilot MP070', 'safe-pg-migrations (drops it)'],
  bad: [
    {
      title: 'A plain index',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);',
      migration: 'CREATE INDEX CONCURRENTLY IF NOT EXISTS users_email_idx ON users (email);',
      transaction: 'none',
    },
    {
      title: 'In a schema, with names that need quotes',
      base: 'CREATE SCHEMA "App";\nCREATE TABLE "App"."User" (id bigint PRIMARY KEY, "eMail" text);',
      migration:
        '-- for the search\nCREATE INDEX CONCURRENTLY IF NOT EXISTS "User eMail" ON "App"."User" (lower("eMail"));',
      transaction: 'none',
      line: 2,
    },
  ],
  good: [
    {
      title: 'What a failed try has left is dropped first',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);',
      migration:
        'DROP INDEX CONCURRENTLY IF EXISTS users_email_idx;\nCREATE INDEX CONCURRENTLY IF NOT EXISTS users_email_idx ON users (email);',
      transaction: 'none',
    },
    {
      title: 'Without IF NOT EXISTS',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);',
      migration: 'CREATE INDEX CONCURRENTLY users_email_idx ON users (email);',
      transaction: 'none',
    },
  ],
  check: (context) =>
    [...statementsOf(context, 'IndexStmt')].flatMap((place) => {
      const { node } = place;
      if (node.concurrent !== true || node.if_not_exists !== true || node.idxname === undefined) return [];
      const table = baseRelation(context, place, node.relation, ['table', 'materialized-view']);
      if (table === undefined || isDroppedBefore(context, place, node.idxname)) return [];
      const again = copy(node);
      delete again.if_not_exists;
      const unique = node.unique === true;
      return [
        {
          ...at(place),
          object: nameOf(table),
          ...(unique ? { severity: 'warning' as const } : {}),
          title: `After a failed build the next try takes INVALID index ${node.idxname} for the real one`,
          message: `A build that is interrupted${unique ? ' or finds duplicates' : ''} leaves an INVALID index behind. IF NOT EXISTS then reports success without building it, and ${unique ? 'nothing tells that the rows may hold duplicates' : 'every write maintains an index that no query uses'}. Drop what a failed try has left, then create it.`,
          evidence: { ...evidenceOn(place.statement, table), scan: true },
          fix: recipe(
            context,
            [
              {
                title: 'take away what a failed try has left',
                sql: [
                  `DROP INDEX CONCURRENTLY IF EXISTS ${qualified(node.relation?.schemaname, node.idxname)};`,
                ],
                outsideTransaction: true,
              },
              {
                title: 'build it',
                sql: [write({ IndexStmt: again })],
                outsideTransaction: true,
                notes: [
                  'That none is left INVALID:',
                  `  SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid AND indrelid = '${qualified(node.relation?.schemaname, node.relation?.relname ?? '').replaceAll("'", "''")}'::regclass;`,
                ],
              },
            ],
            { sameSchema: true },
          ),
        },
      ];
    }),
};

function isDroppedBefore(context: RuleContext, { migration, statement }: Place, name: string): boolean {
  for (const earlier of statementsOf(context, 'DropStmt')) {
    if (earlier.migration === migration && earlier.statement.index >= statement.index) return false;
    if (earlier.node.removeType !== 'OBJECT_INDEX') continue;
    const names = (earlier.node.objects ?? []).map((object) =>
      nameParts('List' in object ? object.List.items : [object]),
    );
    if (names.some((each) => each.name === name)) return true;
  }
  return false;
}

import { qualified } from '../../sql/names.ts';
import { at, everythingOf, evidenceOn, nameOf, places } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { blocksWhom } from '../wording.ts';

export const refreshMatviewBlocking: Rule = {
  name: 'refresh-matview-blocking',
  about: 'statement',
  severity: 'error',
  summary: 'A materialized view is refreshed while its readers wait.',
  why: '`REFRESH MATERIALIZED VIEW` holds ACCESS EXCLUSIVE on the view until its query has run and all indexes are rebuilt: every read of it waits.',
  instead:
    '`REFRESH MATERIALIZED VIEW CONCURRENTLY`, which needs a unique index on plain columns of all rows; better still, outside of migrations.',
  sources: ['https://www.postgresql.org/docs/current/sql-refreshmaterializedview.html'],
  peers: [
    'pgfence refresh-matview',
    'migrationpilot MP033',
    'pgsafe refresh-materialized-view',
    'pgrubic US028',
  ],
  bad: [
    {
      title: 'A view that base has',
      base: 'CREATE TABLE t (id bigint PRIMARY KEY);\nCREATE MATERIALIZED VIEW totals AS SELECT count(*) AS n FROM t;',
      migration: 'REFRESH MATERIALIZED VIEW totals;',
    },
    {
      title: 'With names that need quotes',
      base: 'CREATE TABLE t (id bigint PRIMARY KEY);\nCREATE MATERIALIZED VIEW "Totals" AS SELECT id FROM t;\nCREATE UNIQUE INDEX ON "Totals" (id);',
      migration: 'SELECT 1;\nREFRESH MATERIALIZED VIEW public."Totals";',
      line: 2,
    },
  ],
  good: [
    {
      title: 'CONCURRENTLY',
      base: 'CREATE TABLE t (id bigint PRIMARY KEY);\nCREATE MATERIALIZED VIEW totals AS SELECT id FROM t;\nCREATE UNIQUE INDEX ON totals (id);',
      migration: 'REFRESH MATERIALIZED VIEW CONCURRENTLY totals;',
    },
    {
      title: 'A view that the migration creates',
      base: 'CREATE TABLE t (id bigint PRIMARY KEY);',
      migration:
        'CREATE MATERIALIZED VIEW totals AS SELECT id FROM t WITH NO DATA;\nREFRESH MATERIALIZED VIEW totals;',
    },
  ],
  check: (context) =>
    [...places(context)].flatMap((place) => {
      const { statement } = place;
      if (statement.node === null || !('RefreshMatViewStmt' in statement.node)) return [];
      const { relation, concurrent, skipData } = statement.node.RefreshMatViewStmt;
      const view = context.resolve(relation?.schemaname, relation?.relname ?? '', statement);
      if (view === undefined || concurrent === true || skipData === true) return [];
      const evidence = evidenceOn(statement, view);
      const name = nameOf(view);
      return [
        {
          ...at(place),
          object: name,
          title: `Refreshing ${name} ${blocksWhom({ ...evidence, blocks: ['reads'] }, name).replace(' and writes', '')}`,
          message: `The statement holds ACCESS EXCLUSIVE on ${name} until the view's query has run and its indexes are built (seen on the shadow), so every read of it waits for a time that grows with the data. ${hasUniqueIndex(context, name) ? 'Refresh it with CONCURRENTLY.' : 'Give it a unique index on plain columns, without WHERE, and refresh it with CONCURRENTLY.'}`,
          evidence: { ...evidence, blocks: ['reads'] as const },
          fix: hasUniqueIndex(context, name)
            ? recipe(
                context,
                [
                  {
                    title: 'readers go on with the old rows',
                    sql: [
                      `REFRESH MATERIALIZED VIEW CONCURRENTLY ${qualified(relation?.schemaname, relation?.relname ?? view.relation)};`,
                    ],
                  },
                ],
                {
                  sameSchema: true,
                },
              )
            : null,
          explains: [name, ...everythingOf(statement)],
        },
      ];
    }),
};

/** What CONCURRENTLY needs: one that covers all rows and uses column names only. */
const hasUniqueIndex = (context: RuleContext, view: string): boolean =>
  context.before?.objects.some(
    ({ type, container, facts, columns }) =>
      type === 'index' &&
      container === view &&
      facts.unique === true &&
      facts.valid === true &&
      facts.predicate === null &&
      columns.length > 0,
  ) === true;

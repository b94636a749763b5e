import { qualified } from '../../sql/names.ts';
import { write } from '../../sql/write.ts';
import { at } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { Rule } from '../rule.ts';
import { statementsOf } from '../statements.ts';
import { sourcesOf } from '../tables/reads-sources.ts';
import { listed } from '../wording.ts';

export const createMatviewWithData: Rule = {
  name: 'create-matview-with-data',
  about: 'statement',
  severity: 'notice',
  summary: 'A materialized view is filled from existing tables inside the migration.',
  why: 'The view’s query runs over all of production’s rows before the migration goes on: the deploy takes that long, locks that the transaction holds already are held as long, and a statement_timeout ends it all. On the empty shadow nobody notices.',
  instead:
    'Create it `WITH NO DATA`, and `REFRESH` it in a step of its own that may take its time. (It cannot be read before.)',
  sources: ['https://www.postgresql.org/docs/current/sql-creatematerializedview.html'],
  peers: ['migrationpilot MP096', 'pgrubic GN014'],
  bad: [
    {
      title: 'Over a table that base has',
      base: 'CREATE TABLE orders (id bigint PRIMARY KEY, amount numeric);',
      migration: 'CREATE MATERIALIZED VIEW totals AS SELECT sum(amount) AS total FROM orders;',
    },
    {
      title: 'With names that need quotes',
      base: 'CREATE TABLE "Order" (id bigint PRIMARY KEY, amount numeric);',
      migration: '\nCREATE MATERIALIZED VIEW "Total" AS SELECT id, amount FROM "Order" WITH DATA;',
      line: 2,
    },
  ],
  good: [
    {
      title: 'WITH NO DATA',
      base: 'CREATE TABLE orders (id bigint PRIMARY KEY, amount numeric);',
      migration: 'CREATE MATERIALIZED VIEW totals AS SELECT sum(amount) AS total FROM orders WITH NO DATA;',
    },
    {
      title: 'Over a table that the migration creates',
      base: '',
      migration:
        'CREATE TABLE orders (id bigint PRIMARY KEY, amount numeric);\nCREATE MATERIALIZED VIEW totals AS SELECT sum(amount) AS total FROM orders;',
    },
  ],
  check: (context) =>
    [...statementsOf(context, 'CreateTableAsStmt')].flatMap((place) => {
      const { node } = place;
      const sources = sourcesOf(place);
      if (node.objtype !== 'OBJECT_MATVIEW' || sources.length === 0) return [];
      const view = qualified(node.into?.rel?.schemaname, node.into?.rel?.relname ?? '');
      return [
        {
          ...at(place),
          object: sources[0] ?? null,
          title: `The migration takes as long as the query of ${view} over ${listed(sources)}`,
          message: `CREATE MATERIALIZED VIEW runs its query over all rows before the migration goes on, and every lock that the transaction holds is held as long. Create it WITH NO DATA, and fill it in a step of its own.`,
          evidence: null,
          growsWithTable: true,
          fix: recipe(
            context,
            [
              {
                title: 'the view alone',
                sql: [write({ CreateTableAsStmt: { ...node, into: { ...node.into, skipData: true } } })],
              },
              {
                title: 'its rows, when it may take its time',
                sql: [`REFRESH MATERIALIZED VIEW ${view};`],
              },
            ],
            { sameSchema: true },
          ),
        },
      ];
    }),
};

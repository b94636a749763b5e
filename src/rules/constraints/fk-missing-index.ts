import { defaultName, identifier, qualified } from '../../sql/names.ts';
import { nameTaken } from '../alter-table.ts';
import { indexesOf } from '../indexes/table-indexes.ts';
import type { Place } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { Fix, Rule, RuleContext } from '../rule.ts';
import { baseRelation } from '../statements.ts';
import { columnsOf, constraintsAdded, hadBefore, madeBy, onBaseTable, placed } from './added.ts';

export const fkMissingIndex: Rule = {
  name: 'fk-missing-index',
  about: 'statement',
  severity: 'notice',
  summary: 'A new foreign key of an existing table has no index on its columns.',
  why: 'Postgres indexes the referenced key, not the columns that point to it. Every DELETE of a referenced row, and every UPDATE of its key, then reads the whole referencing table to see whether a row points there, once for each row; and joins along the key read it as well.',
  instead:
    'An index whose first columns are those of the foreign key, built with `CREATE INDEX CONCURRENTLY`. Silent where such an index is there (a partial one on `IS NOT NULL` will do), for a foreign key that base had on the same columns, and for tables that the pull request creates.',
  sources: ['https://www.postgresql.org/docs/current/ddl-constraints.html#DDL-CONSTRAINTS-FK'],
  peers: [
    'eugene E15',
    'pgfence fk-missing-index',
    'migrationpilot MP016',
    'pgsafe fk-without-covering-index',
  ],
  bad: [
    {
      title: 'No index at all',
      base: {
        '1_base.sql':
          'CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);',
      },
      migration: {
        '1_base.sql':
          'CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);',
        '2_key.sql':
          'ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;',
        '3_key.sql': 'ALTER TABLE orders VALIDATE CONSTRAINT fk;',
      },
    },
    {
      title: 'An index that begins with another column',
      base: {
        '1_base.sql':
          'CREATE TABLE "User" (id bigint PRIMARY KEY);\nCREATE TABLE "Order" (id bigint PRIMARY KEY, day date, "userId" bigint);\nCREATE INDEX ON "Order" (day, "userId");',
      },
      migration: {
        '1_base.sql':
          'CREATE TABLE "User" (id bigint PRIMARY KEY);\nCREATE TABLE "Order" (id bigint PRIMARY KEY, day date, "userId" bigint);\nCREATE INDEX ON "Order" (day, "userId");',
        '2_key.sql':
          '-- who ordered\nALTER TABLE "Order" ADD FOREIGN KEY ("userId") REFERENCES "User" (id) NOT VALID;',
        '3_key.sql': 'ALTER TABLE "Order" VALIDATE CONSTRAINT "Order_userId_fkey";',
      },
      line: 2,
    },
  ],
  good: [
    {
      title: 'An index whose first columns are those of the key, in any order',
      base: {
        '1_base.sql':
          'CREATE TABLE users (a int, b int, PRIMARY KEY (a, b));\nCREATE TABLE orders (id bigint PRIMARY KEY, a int, b int, c int);\nCREATE INDEX ON orders (b, a, c);',
      },
      migration: {
        '1_base.sql':
          'CREATE TABLE users (a int, b int, PRIMARY KEY (a, b));\nCREATE TABLE orders (id bigint PRIMARY KEY, a int, b int, c int);\nCREATE INDEX ON orders (b, a, c);',
        '2_key.sql':
          'ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (a, b) REFERENCES users (a, b) NOT VALID;',
        '3_key.sql': 'ALTER TABLE orders VALIDATE CONSTRAINT fk;',
      },
    },
    {
      title: 'The index comes later in the same pull request',
      base: {
        '1_base.sql':
          'CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);',
      },
      migration: {
        '1_base.sql':
          'CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);',
        '2_key.sql':
          'ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;',
        '3_key.sql': 'ALTER TABLE orders VALIDATE CONSTRAINT fk;',
        '4_index.sql':
          'CREATE INDEX CONCURRENTLY orders_user_id_idx ON orders (user_id) WHERE user_id IS NOT NULL;',
      },
    },
    {
      title: 'A table that the migration creates',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id));',
    },
  ],
  check: (context) =>
    constraintsAdded(context)
      .filter((made) => made.facts.kind === 'foreign-key' && onBaseTable(context, made))
      .flatMap((made) => {
        const columns = columnsOf(context.after, made);
        if (
          columns.length === 0 ||
          hadBefore(context, made) ||
          hasIndex(context, made.containerIdentity, columns)
        )
          return [];
        const place = madeBy(context, made);
        const shown = columns.join(', ');
        return [
          {
            ...placed(place),
            object: made.container,
            title: `Foreign key ${made.local} has no index on ${made.container} (${shown})`,
            message: `Every DELETE of a row of ${String(made.facts.foreignTable)}, and every UPDATE of its key, reads all of ${made.container} to see whether a row points there. Build an index on ${shown} with CONCURRENTLY.`,
            evidence: null,
            fix: place === undefined ? null : fixFor(context, place, columns),
          },
        ];
      }),
};

/** One whose first key columns are these, in any order; a partial one only where it leaves out nothing but NULLs. */
function hasIndex(context: RuleContext, table: string, columns: readonly string[]): boolean {
  const wanted = new Set(columns);
  return indexesOf(context.after, table).some(({ columns: keys, valid, method, predicate }) => {
    const first = keys.slice(0, columns.length);
    const covers = first.length === columns.length && first.every((key) => key !== null && wanted.has(key));
    const whole =
      predicate === null || columns.some((column) => predicate === `(${identifier(column)} IS NOT NULL)`);
    return covers && valid && whole && (method === 'btree' || method === 'hash');
  });
}

function fixFor(context: RuleContext, place: Place, columns: readonly string[]): Fix | null {
  const { node, sql } = place.statement;
  if (node === null || !('AlterTableStmt' in node)) return null;
  const { relation } = node.AlterTableStmt;
  const table = baseRelation(context, place, relation);
  if (table === undefined) return null;
  const name = defaultName(table.relation, columns.join('_'), 'idx', nameTaken(context, table));
  return recipe(
    context,
    [
      { title: 'the statement as it is', sql: [`${sql};`] },
      {
        title: 'the index, while reads and writes go on',
        sql: [
          `CREATE INDEX CONCURRENTLY ${identifier(name)} ON ${qualified(relation?.schemaname, relation?.relname ?? '')} (${columns.map(identifier).join(', ')});`,
        ],
        outsideTransaction: true,
      },
    ],
    { sameSchema: false },
  );
}

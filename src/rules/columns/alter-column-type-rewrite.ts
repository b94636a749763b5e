import { alterTables } from '../alter-table.ts';
import { at, everythingOf, evidenceOn } from '../observed.ts';
import type { Rule } from '../rule.ts';
import { isExplained } from '../tables/table-rewrite.ts';
import { blocksWhom, listed, whoWaits } from '../wording.ts';
import { secondColumns } from './second-column.ts';
import { typeChanges } from './type-change.ts';

export const alterColumnTypeRewrite: Rule = {
  name: 'alter-column-type-rewrite',
  about: 'statement',
  severity: 'error',
  summary: 'A change of a column’s type rewrites the table.',
  why: `Where the stored form of the values changes, the whole table and all its indexes are rewritten under ACCESS EXCLUSIVE while all reads and writes wait.

Many changes rewrite nothing and are not reported: a longer or unlimited varchar, varchar to text, a higher precision of numeric with the same scale, cidr to inet, timestamp to timestamptz in a session that runs in UTC. It is the shadow that tells, not a list of types.`,
  instead:
    'A second column of the new type, kept by a trigger and filled in batches, then swapped with the old one in a moment.',
  sources: ['https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES'],
  peers: [
    'squawk changing-column-type',
    'eugene E5',
    'atlas PG301',
    'strong_migrations change_column',
    'online_migrations change_column',
    'pgfence alter-column-type',
    'migrationpilot MP007',
    'pgsafe alter-column-type',
  ],
  bad: [
    {
      title: 'integer to bigint',
      base: 'CREATE TABLE orders (id bigint PRIMARY KEY, total integer NOT NULL);',
      migration: 'ALTER TABLE orders ALTER COLUMN total TYPE bigint;',
    },
    {
      title: 'integer to boolean, with USING and names that need quotes',
      base: 'CREATE TABLE "Order" (id bigint PRIMARY KEY, "isPaid" integer);',
      migration: 'ALTER TABLE "Order" ALTER COLUMN "isPaid" TYPE boolean USING ("isPaid" <> 0);',
    },
    {
      title: 'Another scale, and a second column',
      base: 'CREATE TABLE orders (id bigint PRIMARY KEY, total numeric(10, 2), seats smallint NOT NULL);',
      migration:
        'ALTER TABLE orders ALTER COLUMN total TYPE numeric(12, 4), ALTER COLUMN seats TYPE integer;',
    },
  ],
  good: [
    {
      title: 'A longer varchar',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, name varchar(20));',
      migration: 'ALTER TABLE users ALTER COLUMN name TYPE varchar(200);',
    },
    {
      title: 'varchar to text, and a higher precision',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, name varchar(20), total numeric(10, 2));',
      migration: 'ALTER TABLE users ALTER COLUMN name TYPE text, ALTER COLUMN total TYPE numeric(20, 2);',
    },
    {
      title: 'In a table that the migration creates',
      base: '',
      migration:
        'CREATE TABLE users (id integer PRIMARY KEY);\nALTER TABLE users ALTER COLUMN id TYPE bigint;',
    },
  ],
  check: (context, found) =>
    [...alterTables(context)].flatMap((alter) => {
      const { statement, table, name } = alter;
      const changes = typeChanges(context, alter);
      if (changes.length === 0 || statement.rewrites.length === 0) return [];
      // One that has no room for all values is what alter-column-type-narrowing is about, and its rewrite with it.
      if (changes.some(({ narrowing }) => narrowing !== null)) return [];
      // The rewrite is another command's when the types alone would not need one.
      const explained = statement.rewrites.every((relation) => isExplained(found, alter, relation));
      if (explained && changes.every(({ keepsStorage }) => keepsStorage)) return [];
      const evidence = evidenceOn(statement, table);
      const objects = changes.map((change) => `${name}.${change.name}`);
      return [
        {
          ...at(alter),
          object: objects.length === 1 ? (objects[0] ?? null) : name,
          title: `Changing the type of ${listed(objects)} rewrites the table and ${blocksWhom(evidence, name)}`,
          message: `${whoWaits(statement, table, evidence, 'it rewrites the table and its indexes')} Add a column of the new type, keep it by trigger, fill it in batches, and swap the two.`,
          evidence: { ...evidence, rewrite: true },
          fix: secondColumns(context, alter, changes),
          explains: everythingOf(statement),
        },
      ];
    }),
};

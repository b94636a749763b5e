import { writeAlterTable } from '../../sql/write.ts';
import { addedConstraints, alterTables, nameTaken, strings } from '../alter-table.ts';
import { isPartitioned } from '../catalog-facts.ts';
import { at, builtIndexes, everythingOf, evidenceOn } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { Rule } from '../rule.ts';
import { blocksWhom, listed, whoWaits } from '../wording.ts';
import { uniqueName } from './constraint-names.ts';
import { constraintUsingIndex, duplicatesQuery } from './unique-index.ts';

export const addUniqueConstraint: Rule = {
  name: 'add-unique-constraint',
  about: 'statement',
  severity: 'error',
  summary: 'A UNIQUE constraint is added to an existing table and builds its index under the lock.',
  why: '`ADD CONSTRAINT … UNIQUE` builds the index while it holds ACCESS EXCLUSIVE: all reads and writes of the table wait. It fails if two rows are equal.',
  instead:
    '`CREATE UNIQUE INDEX CONCURRENTLY`, then `ADD CONSTRAINT … UNIQUE USING INDEX`, which takes a moment.',
  sources: [
    'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT-USING-INDEX',
  ],
  peers: [
    'squawk disallowed-unique-constraint',
    'eugene E7',
    'atlas PG105',
    'strong_migrations add_unique_constraint',
    'online_migrations add_unique_constraint',
    'pgfence add-constraint-unique',
    'migrationpilot MP027',
    'pgsafe add-unique-constraint',
  ],
  bad: [
    {
      title: 'Without a name',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text, tenant int);',
      migration: 'ALTER TABLE users ADD UNIQUE (tenant, email);',
    },
    {
      title: 'Two in one statement',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text, handle text);',
      migration: 'ALTER TABLE users ADD UNIQUE (email), ADD UNIQUE (handle);',
    },
    {
      title: 'Deferrable, with INCLUDE and names that need quotes',
      base: 'CREATE TABLE "User" (id bigint PRIMARY KEY, "eMail" text, name text);',
      migration:
        'ALTER TABLE "User" ADD CONSTRAINT "one eMail" UNIQUE ("eMail") INCLUDE (name) DEFERRABLE INITIALLY DEFERRED;',
    },
  ],
  good: [
    {
      title: 'With an index that is there',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);\nCREATE UNIQUE INDEX users_email_key ON users (email);',
      migration: 'ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE USING INDEX users_email_key;',
    },
    {
      title: 'On a table that the migration creates',
      base: '',
      migration:
        'CREATE TABLE users (id bigint PRIMARY KEY, email text);\nALTER TABLE users ADD UNIQUE (email);',
    },
  ],
  check: (context) =>
    [...alterTables(context)].flatMap((alter) => {
      const { statement, table, name } = alter;
      if (builtIndexes(statement).length === 0 && statement.scans.length === 0) return [];
      const uniques = addedConstraints(alter, 'CONSTR_UNIQUE').filter(
        ({ constraint }) => constraint.indexname === undefined,
      );
      if (uniques.length === 0) return [];
      const evidence = evidenceOn(statement, table);
      const isTaken = nameTaken(context, table);
      const used = new Set<string>();
      const added = uniques.map(({ constraint }) => {
        const own =
          constraint.conname ?? uniqueName(table, constraint, (each) => used.has(each) || isTaken(each));
        used.add(own);
        return { constraint, name: own, keys: strings(constraint.keys) };
      });
      const rest = alter.commands.filter((command) => !uniques.some((each) => each.command === command));
      // An index of a partitioned table cannot be built concurrently; WITHOUT OVERLAPS has no way around the lock.
      const fixable =
        !isPartitioned(context, table) &&
        added.every(({ constraint }) => constraint.without_overlaps !== true);
      const columns = listed(added.flatMap(({ keys }) => keys.map((key) => `${name}.${key}`)));
      return [
        {
          ...at(alter),
          object: name,
          title: `Adding UNIQUE on ${columns} ${blocksWhom(evidence, name)}`,
          message: `${whoWaits(statement, table, evidence, 'it builds the index over every row')} Build the unique index with CONCURRENTLY first, then make it the constraint.`,
          evidence: { ...evidence, scan: true },
          fix: fixable
            ? recipe(
                context,
                [
                  ...(rest.length === 0
                    ? []
                    : [{ title: 'the rest of the statement', sql: [writeAlterTable(alter.node, rest)] }]),
                  ...added.flatMap((each) =>
                    constraintUsingIndex(alter, each.constraint, each.keys, each.name, 'UNIQUE'),
                  ),
                  ...added.map(({ constraint, keys }) => ({
                    title: `It fails if this finds a row: ${duplicatesQuery(alter.sqlName, keys, constraint.nulls_not_distinct)}`,
                    sql: [],
                  })),
                ],
                { sameSchema: true },
              )
            : null,
          explains: everythingOf(statement),
        },
      ];
    }),
};

import { writeAlterTable } from '../../sql/write.ts';
import { addedConstraints, alterTable, alterTables, nameTaken, strings } from '../alter-table.ts';
import { isNotNull, isPartitioned } from '../catalog-facts.ts';
import { notNullSteps } from '../columns/not-null-recipe.ts';
import { at, builtIndexes, everythingOf, evidenceOn } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { Rule } from '../rule.ts';
import { blocksWhom, whoWaits } from '../wording.ts';
import { primaryKeyName } from './constraint-names.ts';
import { constraintUsingIndex, duplicatesQuery } from './unique-index.ts';

export const addPrimaryKey: Rule = {
  name: 'add-primary-key',
  about: 'statement',
  severity: 'error',
  summary: 'A primary key is added to an existing table and builds its index under the lock.',
  why: '`ADD PRIMARY KEY` builds the index, and looks for NULLs in columns that allow them, while it holds ACCESS EXCLUSIVE: all reads and writes of the table wait.',
  instead:
    'Make the columns NOT NULL by way of a validated constraint, build the unique index with CONCURRENTLY, then `ADD CONSTRAINT … PRIMARY KEY USING INDEX`.',
  sources: [
    'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT-USING-INDEX',
  ],
  peers: [
    'squawk adding-serial-primary-key-field',
    'eugene E7',
    'atlas PG104',
    'pgfence add-pk-without-using-index',
    'pgsafe add-primary-key',
  ],
  bad: [
    {
      title: 'On a column that may hold NULLs',
      base: 'CREATE TABLE users (id bigint, email text);',
      migration: 'ALTER TABLE users ADD PRIMARY KEY (id);',
    },
    {
      title: 'On two columns that do not',
      base: 'CREATE TABLE "Member" ("teamId" bigint NOT NULL, "userId" bigint NOT NULL);',
      migration: 'ALTER TABLE "Member" ADD CONSTRAINT "Member_pkey" PRIMARY KEY ("teamId", "userId");',
    },
  ],
  good: [
    {
      title: 'With an index that is there, on a column that is NOT NULL',
      base: 'CREATE TABLE users (id bigint NOT NULL);\nCREATE UNIQUE INDEX users_pkey ON users (id);',
      migration: 'ALTER TABLE users ADD CONSTRAINT users_pkey PRIMARY KEY USING INDEX users_pkey;',
    },
    {
      title: 'On a table that the migration creates',
      base: '',
      migration: 'CREATE TABLE users (id bigint);\nALTER TABLE users ADD PRIMARY KEY (id);',
    },
  ],
  check: (context) =>
    [...alterTables(context)].flatMap((alter) => {
      const { statement, table, name } = alter;
      const [added] = addedConstraints(alter, 'CONSTR_PRIMARY').filter(
        ({ constraint }) => constraint.indexname === undefined,
      );
      if (added === undefined) return [];
      if (builtIndexes(statement).length === 0 && statement.scans.length === 0) return [];
      const evidence = evidenceOn(statement, table);
      const keys = strings(added.constraint.keys);
      const nullable = keys.filter((key) => !isNotNull(context, table, key));
      const own = added.constraint.conname ?? primaryKeyName(table, nameTaken(context, table));
      const rest = alter.commands.filter((command) => command !== added.command);
      const fixable =
        context.before !== null &&
        !isPartitioned(context, table) &&
        added.constraint.without_overlaps !== true;
      return [
        {
          ...at(alter),
          object: name,
          title: `Adding the primary key ${blocksWhom(evidence, name)}`,
          message: `${whoWaits(statement, table, evidence, 'it builds the index over every row')} Build the unique index with CONCURRENTLY first, then make it the primary key.`,
          evidence: { ...evidence, scan: true },
          fix: fixable
            ? recipe(
                context,
                [
                  ...(rest.length === 0
                    ? []
                    : [{ title: 'the rest of the statement', sql: [writeAlterTable(alter.node, rest)] }]),
                  ...(nullable.length === 0
                    ? []
                    : notNullSteps(context, alterTable(alter), table.relation, nullable)),
                  ...constraintUsingIndex(alter, added.constraint, keys, own, 'PRIMARY KEY'),
                  { title: `It fails if this finds a row: ${duplicatesQuery(alter.sqlName, keys)}`, sql: [] },
                ],
                { sameSchema: true },
              )
            : null,
          explains: everythingOf(statement),
        },
      ];
    }),
};

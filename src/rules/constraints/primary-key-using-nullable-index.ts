import { identifier } from '../../sql/names.ts';
import { writeAlterTable } from '../../sql/write.ts';
import { addedConstraints, alterTable, alterTables } from '../alter-table.ts';
import { isNotNull } from '../catalog-facts.ts';
import { notNullSteps } from '../columns/not-null-recipe.ts';
import { at, everythingOf, evidenceOn, verifiedTable } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { Rule } from '../rule.ts';
import { apart, blocksWhom, listed, whoWaits } from '../wording.ts';
import { columnsOf } from './added.ts';

export const primaryKeyUsingNullableIndex: Rule = {
  name: 'primary-key-using-nullable-index',
  about: 'statement',
  severity: 'error',
  summary: 'A primary key takes over an index whose columns may hold NULLs, which reads every row.',
  why: '`PRIMARY KEY USING INDEX` builds nothing, but it makes the columns NOT NULL, and where they are not yet it looks for NULLs in every row under ACCESS EXCLUSIVE: all reads and writes of the table wait. It fails if one is found.',
  instead:
    'Make the columns NOT NULL by way of a validated constraint first; then the index becomes the primary key in a moment.',
  sources: [
    'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT-USING-INDEX',
  ],
  peers: ['eugene W14', 'atlas PG304', 'pgfence add-pk-using-index'],
  bad: [
    {
      title: 'One column',
      base: 'CREATE TABLE users (id bigint);\nCREATE UNIQUE INDEX users_pkey ON users (id);',
      migration: 'ALTER TABLE users ADD CONSTRAINT users_pkey PRIMARY KEY USING INDEX users_pkey;',
    },
    {
      title: 'One of two, without a name of its own, with names that need quotes',
      base: 'CREATE TABLE "Member" ("teamId" bigint NOT NULL, "userId" bigint);\nCREATE UNIQUE INDEX "Member key" ON "Member" ("teamId", "userId");',
      migration: 'SELECT 1;\nALTER TABLE "Member" ADD PRIMARY KEY USING INDEX "Member key";',
      line: 2,
    },
  ],
  good: [
    {
      title: 'Columns that are NOT NULL',
      base: 'CREATE TABLE users (id bigint NOT NULL);\nCREATE UNIQUE INDEX users_pkey ON users (id);',
      migration: 'ALTER TABLE users ADD CONSTRAINT users_pkey PRIMARY KEY USING INDEX users_pkey;',
    },
    {
      title: 'UNIQUE allows NULLs and reads nothing',
      base: 'CREATE TABLE users (id bigint);\nCREATE UNIQUE INDEX users_key ON users (id);',
      migration: 'ALTER TABLE users ADD CONSTRAINT users_key UNIQUE USING INDEX users_key;',
    },
  ],
  check: (context) =>
    [...alterTables(context)].flatMap((alter) => {
      const { statement, table, name } = alter;
      const [added] = addedConstraints(alter, 'CONSTR_PRIMARY').filter(
        ({ constraint }) => constraint.indexname !== undefined,
      );
      if (added === undefined || !(verifiedTable(statement) || statement.scans.length > 0)) return [];
      const key = context.after?.objects.find(
        ({ type, containerIdentity, facts }) =>
          type === 'constraint' &&
          containerIdentity === `pg_class:${table.oid}` &&
          facts.kind === 'primary-key',
      );
      const columns = key === undefined ? [] : columnsOf(context.after, key);
      const nullable = columns.filter((column) => !isNotNull(context, table, column));
      if (nullable.length === 0) return [];
      const evidence = evidenceOn(statement, table);
      const nulls = nullable.map((column) => `${identifier(column)} IS NULL`).join(' OR ');
      const [first, ...others] = notNullSteps(context, alterTable(alter), table.relation, nullable);
      return [
        {
          ...at(alter),
          object: name,
          title: `The primary key on ${listed(nullable.map((column) => `${name}.${column}`))}, which may be NULL, ${blocksWhom(evidence, name)}`,
          message: `${whoWaits(statement, table, evidence, 'it reads every row to look for NULLs, though the index is there')} It fails if a row holds one. Prove NOT NULL first with a constraint that is validated in ${apart(context)}.`,
          evidence: { ...evidence, scan: true },
          fix:
            first === undefined
              ? null
              : recipe(
                  context,
                  [
                    {
                      ...first,
                      notes: [
                        `Before that, see that no row is in the way: SELECT count(*) FROM ${alter.sqlName} WHERE ${nulls};`,
                      ],
                    },
                    ...others,
                    {
                      title: 'now it takes a moment',
                      sql: [writeAlterTable(alter.node, alter.commands)],
                    },
                  ],
                  { sameSchema: true },
                ),
          explains: everythingOf(statement),
        },
      ];
    }),
};

import { alterTables } from '../alter-table.ts';
import { at, builtIndexes, everythingOf, evidenceOn } from '../observed.ts';
import type { Rule } from '../rule.ts';
import { blocksWhom, listed, whoWaits } from '../wording.ts';
import { secondColumns } from './second-column.ts';
import { typeChanges } from './type-change.ts';

export const alterColumnTypeIndexRebuild: Rule = {
  name: 'alter-column-type-index-rebuild',
  about: 'statement',
  severity: 'error',
  summary: 'A change of a column’s type or collation leaves the rows alone but builds its indexes anew.',
  why: 'Another collation, or a type with another order, needs no copy of the table; but every index on the column is built again under the ACCESS EXCLUSIVE of the ALTER TABLE, and all reads and writes of the table wait.',
  instead:
    'A second column of the new type whose indexes are built with CONCURRENTLY, kept by a trigger and filled in batches, then swapped with the old one; or leave the column and build an index with the other collation: `CREATE INDEX CONCURRENTLY … (name COLLATE "C")`.',
  sources: [
    'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES',
    'https://www.postgresql.org/docs/current/indexes-collations.html',
  ],
  peers: ['migrationpilot MP089', 'strong_migrations change_column (citext)'],
  bad: [
    {
      title: 'Another collation',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, name varchar(20));\nCREATE INDEX users_name_idx ON users (name);',
      migration: 'ALTER TABLE users ALTER COLUMN name TYPE varchar(20) COLLATE "C";',
    },
    {
      title: 'Under a UNIQUE constraint, with names that need quotes',
      base: 'CREATE TABLE "User" (id bigint PRIMARY KEY, "eMail" text NOT NULL UNIQUE);',
      migration: '-- sort by bytes\nALTER TABLE "User"\n  ALTER "eMail" TYPE text COLLATE "C";',
      line: 2,
    },
  ],
  good: [
    {
      title: 'A longer varchar with an index',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, name varchar(20));\nCREATE INDEX users_name_idx ON users (name);',
      migration: 'ALTER TABLE users ALTER COLUMN name TYPE varchar(200);',
    },
    {
      title: 'Another collation without an index',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, name varchar(20));',
      migration: 'ALTER TABLE users ALTER COLUMN name TYPE varchar(20) COLLATE "C";',
    },
  ],
  check: (context) =>
    [...alterTables(context)].flatMap((alter) => {
      const { statement, table, name } = alter;
      const changes = typeChanges(context, alter);
      const built = builtIndexes(statement);
      if (changes.length === 0 || built.length === 0 || statement.rewrites.length > 0) return [];
      // Indexes that another command of the statement adds are what its own rule is about.
      const rebuilt = built.filter(
        ({ index }) =>
          context.before?.byName('index', `${table.schema}.${index}`) !== undefined ||
          context.before?.byName('constraint', `${name}.${index}`) !== undefined,
      );
      if (rebuilt.length === 0) return [];
      const evidence = evidenceOn(statement, table);
      const objects = changes.map((change) => `${name}.${change.name}`);
      return [
        {
          ...at(alter),
          object: objects.length === 1 ? (objects[0] ?? null) : name,
          title: `Changing the type of ${listed(objects)} builds ${rebuilt.length === 1 ? 'an index' : `${rebuilt.length} indexes`} anew and ${blocksWhom(evidence, name)}`,
          message: `${whoWaits(statement, table, evidence, `it builds ${listed(rebuilt.map(({ index }) => index))} anew, though the rows stay as they are`)} Add a second column, build its indexes with CONCURRENTLY, fill it in batches, and swap the two.`,
          evidence: { ...evidence, scan: true },
          fix: secondColumns(context, alter, changes),
          explains: everythingOf(statement),
        },
      ];
    }),
};

import { writeAlterTable } from '../../sql/write.ts';
import { type AddedColumn, type AlterTable, addedColumns, alterTables, nameTaken } from '../alter-table.ts';
import { uniqueName } from '../constraints/constraint-names.ts';
import { constraintUsingIndex } from '../constraints/unique-index.ts';
import { at, builtIndexes, everythingOf, evidenceOn } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { Fix, Rule, RuleContext } from '../rule.ts';
import { blocksWhom, listed, whoWaits } from '../wording.ts';
import { without } from './column-type.ts';

export const addColumnInlineUnique: Rule = {
  name: 'add-column-inline-unique',
  about: 'statement',
  severity: 'error',
  summary:
    'A column with UNIQUE or PRIMARY KEY is added to an existing table, which builds an index under the lock.',
  why: 'The index is built over every row under ACCESS EXCLUSIVE: all reads and writes of the table wait, though the new column is NULL everywhere.',
  instead:
    'Add the column, build the index with `CREATE UNIQUE INDEX CONCURRENTLY`, then `ADD CONSTRAINT … USING INDEX`.',
  sources: [
    'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT-USING-INDEX',
  ],
  peers: ['squawk disallowed-unique-constraint', 'eugene E7'],
  bad: [
    {
      title: 'UNIQUE',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'ALTER TABLE users ADD COLUMN handle text UNIQUE;',
    },
    {
      title: 'With a name, in the second of two columns',
      base: 'CREATE TABLE "User" (id bigint PRIMARY KEY);',
      migration:
        'ALTER TABLE "User"\n  ADD COLUMN a text,\n  ADD COLUMN "Handle" text CONSTRAINT "one Handle" UNIQUE;',
    },
  ],
  good: [
    {
      title: 'The column first; the index comes concurrently',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration:
        'ALTER TABLE users ADD COLUMN handle text;\nCREATE UNIQUE INDEX CONCURRENTLY users_handle_key ON users (handle);\nALTER TABLE users ADD CONSTRAINT users_handle_key UNIQUE USING INDEX users_handle_key;',
      transaction: 'none',
    },
    {
      title: 'In a table that the migration creates',
      base: '',
      migration:
        'CREATE TABLE users (id bigint PRIMARY KEY);\nALTER TABLE users ADD COLUMN handle text UNIQUE;',
    },
  ],
  check: (context) =>
    [...alterTables(context)].flatMap((alter) => {
      const { statement, table, name } = alter;
      const columns = addedColumns(alter, context).filter((added) => uniqueIn(added) !== undefined);
      if (columns.length === 0 || !(builtIndexes(statement).length > 0 || statement.scans.length > 0))
        return [];
      const evidence = evidenceOn(statement, table);
      const objects = columns.map((added) => `${name}.${added.name}`);
      return [
        {
          ...at(alter),
          object: objects[0] ?? null,
          title: `The unique index on new column ${listed(objects)} ${blocksWhom(evidence, name)}`,
          message: `${whoWaits(statement, table, evidence, 'it builds the index over every row')} Add the column by itself, build the index with CONCURRENTLY, and make it the constraint afterwards.`,
          evidence: { ...evidence, scan: true },
          fix: fixFor(context, alter, columns),
          explains: everythingOf(statement),
        },
      ];
    }),
};

const uniqueIn = (added: AddedColumn) =>
  added.constraints.find(({ contype }) => contype === 'CONSTR_UNIQUE' || contype === 'CONSTR_PRIMARY');

function fixFor(context: RuleContext, alter: AlterTable, columns: readonly AddedColumn[]): Fix | null {
  const [first, ...others] = columns;
  const constraint = first === undefined ? undefined : uniqueIn(first);
  // A primary key needs values in all rows before: no statement of ours can invent them.
  if (first === undefined || others.length > 0 || constraint?.contype !== 'CONSTR_UNIQUE') return null;
  // DEFERRABLE stands as a constraint of its own behind it and could belong to a REFERENCES as well.
  if (first.constraints.some(({ contype }) => contype?.startsWith('CONSTR_ATTR_'))) return null;
  const keys = [first.name];
  const named = { ...constraint, keys: [{ String: { sval: first.name } }] };
  const name = constraint.conname ?? uniqueName(alter.table, named, nameTaken(context, alter.table));
  const plain = alter.commands.map((command) =>
    command === first.command
      ? { ...command, def: { ColumnDef: without(first.column, ['CONSTR_UNIQUE']) } }
      : command,
  );
  return recipe(
    context,
    [
      { title: 'the column', sql: [writeAlterTable(alter.node, plain)] },
      ...constraintUsingIndex(alter, constraint, keys, name, 'UNIQUE'),
    ],
    { sameSchema: true },
  );
}

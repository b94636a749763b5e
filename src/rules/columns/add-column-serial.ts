import type { Constraint } from '@pgsql/types';
import { defaultName, identifier, literal, qualified } from '../../sql/names.ts';
import { writeAlterTable } from '../../sql/write.ts';
import {
  type AddedColumn,
  type AlterTable,
  addedColumns,
  alterTable,
  alterTables,
  nameTaken,
} from '../alter-table.ts';
import { backfill } from '../backfill.ts';
import { at, everythingOf, evidenceOn } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { Fix, Rule, RuleContext } from '../rule.ts';
import { blocksWhom, listed, whoWaits } from '../wording.ts';
import { isSerial, serialBase } from './column-type.ts';
import { keySteps } from './inline-key.ts';
import { notNullSteps } from './not-null-recipe.ts';

export const addColumnSerial: Rule = {
  name: 'add-column-serial',
  about: 'statement',
  severity: 'error',
  summary: 'A serial column is added to an existing table.',
  why: 'Every existing row gets a number, so the whole table and all its indexes are rewritten under ACCESS EXCLUSIVE while all reads and writes wait.',
  instead:
    'A nullable integer column whose default is a sequence, filled in batches outside the migration, then NOT NULL.',
  sources: ['https://www.postgresql.org/docs/current/datatype-numeric.html#DATATYPE-SERIAL'],
  peers: [
    'eugene E11',
    'strong_migrations add_column_auto_incrementing',
    'pgfence add-column-serial',
    'migrationpilot MP015',
    'pgsafe add-column-serial',
  ],
  bad: [
    {
      title: 'serial',
      base: 'CREATE TABLE users (id uuid PRIMARY KEY);',
      migration: 'ALTER TABLE users ADD COLUMN number serial;',
    },
    {
      title: 'As the primary key',
      base: 'CREATE TABLE logs (line text);',
      migration: 'ALTER TABLE logs ADD COLUMN id bigserial PRIMARY KEY;',
    },
    {
      title: 'bigserial in a schema',
      base: 'CREATE SCHEMA app;\nCREATE TABLE app."Order" (id uuid PRIMARY KEY);',
      migration: 'ALTER TABLE app."Order" ADD COLUMN "No" bigserial;',
    },
  ],
  good: [
    {
      title: 'In a table that the migration creates',
      base: '',
      migration: 'CREATE TABLE users (id uuid PRIMARY KEY);\nALTER TABLE users ADD COLUMN number serial;',
    },
    {
      title: 'A sequence for new rows only',
      base: 'CREATE TABLE users (id uuid PRIMARY KEY);',
      migration:
        "CREATE SEQUENCE users_number_seq AS integer;\nALTER TABLE users ADD COLUMN number integer;\nALTER TABLE users ALTER COLUMN number SET DEFAULT nextval('users_number_seq');",
    },
  ],
  check: (context) =>
    [...alterTables(context)].flatMap((alter) => {
      const { statement, table, name } = alter;
      const columns = addedColumns(alter, context).filter(({ column }) => isSerial(column));
      if (columns.length === 0 || statement.rewrites.length === 0) return [];
      const evidence = evidenceOn(statement, table);
      const objects = columns.map((added) => `${name}.${added.name}`);
      return [
        {
          ...at(alter),
          object: objects[0] ?? null,
          title: `Adding serial column ${listed(objects)} rewrites the table and ${blocksWhom(evidence, name)}`,
          message: `${whoWaits(statement, table, evidence, 'it rewrites the table and its indexes to number every row')} Add a nullable column, let a sequence number new rows, and number the old ones in batches.`,
          evidence: { ...evidence, rewrite: true },
          fix: fixFor(context, alter, columns),
          explains: everythingOf(statement),
        },
      ];
    }),
};

function fixFor(context: RuleContext, alter: AlterTable, columns: readonly AddedColumn[]): Fix | null {
  const [first, ...others] = columns;
  const { table, node, sqlName } = alter;
  if (first === undefined || others.length > 0) return null;
  const key = keySteps(context, alter, first);
  // A CHECK, a REFERENCES or the like would have to be taken over.
  if (key === null || !first.constraints.every(isTakenOver)) return null;
  const type = serialBase(first.column);
  const sequence = qualified(
    node.relation?.schemaname,
    defaultName(table.relation, first.name, 'seq', nameTaken(context, table)),
  );
  const rest = alter.commands.filter((command) => command !== first.command);
  return recipe(
    context,
    [
      {
        title: 'a nullable column, and a sequence that numbers new rows',
        sql: [
          ...(rest.length === 0 ? [] : [writeAlterTable(node, rest)]),
          `CREATE SEQUENCE ${sequence} AS ${type};`,
          `${alterTable(alter)} ADD COLUMN ${identifier(first.name)} ${type};`,
          `ALTER SEQUENCE ${sequence} OWNED BY ${sqlName}.${identifier(first.name)};`,
          `${alterTable(alter)} ALTER COLUMN ${identifier(first.name)} SET DEFAULT nextval(${literal(sequence)});`,
        ],
        notes: backfill(context, {
          table,
          sqlName,
          column: first.name,
          value: 'DEFAULT',
          missing: `${identifier(first.name)} IS NULL`,
        }),
      },
      ...notNullSteps(context, alterTable(alter), table.relation, [first.name]),
      ...key,
    ],
    { sameSchema: true },
  );
}

const isTakenOver = ({ contype }: Constraint): boolean =>
  contype === 'CONSTR_NOTNULL' || contype === 'CONSTR_UNIQUE' || contype === 'CONSTR_PRIMARY';

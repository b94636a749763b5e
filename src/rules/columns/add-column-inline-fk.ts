import { blocks, lockTitle, strongest } from '../../run/locks.ts';
import { identifier } from '../../sql/names.ts';
import { copy, writeAlterTable } from '../../sql/write.ts';
import {
  type AddedColumn,
  type AlterTable,
  addedColumns,
  alterTable,
  alterTables,
  hasConstraint,
  nameTaken,
} from '../alter-table.ts';
import { isPartitioned } from '../catalog-facts.ts';
import { foreignKeyName } from '../constraints/constraint-names.ts';
import { at, evidenceOn, locksOn, nameOf } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { Fix, Rule, RuleContext } from '../rule.ts';
import { listed } from '../wording.ts';
import { without } from './column-type.ts';

export const addColumnInlineFk: Rule = {
  name: 'add-column-inline-fk',
  about: 'statement',
  severity: 'notice',
  summary: 'A column is added together with its REFERENCES, which locks the referenced table as well.',
  why: `The new column is NULL in all rows, so that no row is checked and both locks are brief. But ADD COLUMN takes ACCESS EXCLUSIVE on its own table first and then asks for SHARE ROW EXCLUSIVE on the referenced one: while it waits there behind a long write, all reads and writes of the first table wait too.

A column with a default is checked row by row; that is \`add-foreign-key-valid\`.`,
  instead:
    'Add the column; in a migration of its own add the foreign key `NOT VALID`, which needs SHARE ROW EXCLUSIVE on both tables and lets reads go on; then `VALIDATE`.',
  sources: [
    'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT',
  ],
  peers: [
    'squawk adding-foreign-key-constraint',
    'strong_migrations add_reference',
    'online_migrations add_reference',
    'pgfence add-column-references',
    'migrationpilot MP069',
    'excellent_migrations column_reference_added',
    'safe-migrate blocking-constraint',
  ],
  bad: [
    {
      title: 'A nullable column',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY);',
      migration:
        'ALTER TABLE orders ADD COLUMN user_id bigint REFERENCES users (id);\nCREATE INDEX CONCURRENTLY orders_user_id_idx ON orders (user_id);',
      transaction: 'none',
    },
    {
      title: 'With a name, an action and names that need quotes',
      base: 'CREATE TABLE "User" (id bigint PRIMARY KEY);\nCREATE TABLE "Order" (id bigint PRIMARY KEY);',
      migration:
        'ALTER TABLE "Order"\n  ADD COLUMN "userId" bigint CONSTRAINT "belongs to" REFERENCES "User" ON DELETE SET NULL;\nCREATE INDEX CONCURRENTLY ON "Order" ("userId");',
      transaction: 'none',
    },
  ],
  good: [
    {
      title: 'The column first',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY);',
      migration: 'ALTER TABLE orders ADD COLUMN user_id bigint;',
    },
    {
      title: 'To the table itself',
      base: 'CREATE TABLE nodes (id bigint PRIMARY KEY);',
      migration:
        'ALTER TABLE nodes ADD COLUMN parent bigint REFERENCES nodes (id);\nCREATE INDEX CONCURRENTLY nodes_parent_idx ON nodes (parent);',
      transaction: 'none',
    },
    {
      title: 'To a table that the migration creates',
      base: 'CREATE TABLE orders (id bigint PRIMARY KEY);',
      migration:
        'CREATE TABLE users (id bigint PRIMARY KEY);\nALTER TABLE orders ADD COLUMN user_id bigint REFERENCES users (id);\nCREATE INDEX CONCURRENTLY orders_user_id_idx ON orders (user_id);',
      transaction: 'none',
    },
  ],
  check: (context) =>
    [...alterTables(context)].flatMap((alter) => {
      const { statement, table, name } = alter;
      const columns = addedColumns(alter, context).filter(
        (added) => hasConstraint(added, 'CONSTR_FOREIGN') && !hasConstraint(added, 'CONSTR_DEFAULT'),
      );
      const referenced = columns.flatMap((added) => {
        const other = keyIn(added)?.pktable;
        const base = context.resolve(other?.schemaname, other?.relname ?? '', statement);
        const lock = base === undefined ? undefined : strongest(locksOn(statement, base.oid));
        if (base === undefined || lock === undefined || base.oid === table.oid) return [];
        return blocks(lock.mode).length > 0 ? [{ base, lock }] : [];
      });
      const [second] = referenced;
      if (second === undefined) return [];
      const evidence = evidenceOn(statement, table);
      const objects = columns.map((added) => `${name}.${added.name}`);
      const others = listed([...new Set(referenced.map(({ base }) => nameOf(base)))]);
      return [
        {
          ...at(alter),
          object: objects[0] ?? null,
          title: `Adding ${listed(objects)} with its REFERENCES locks ${others} as well`,
          message: `The statement takes ${lockTitle(evidence.lock ?? 'AccessExclusiveLock')} on ${name} and ${lockTitle(second.lock.mode)} on ${others} (seen on the shadow): while it waits for writers of ${others}, reads and writes of ${name} wait too. Nothing is read, so both are brief; a foreign key in a statement of its own does not keep readers out.`,
          evidence: { ...evidence, scan: false },
          fix: fixFor(context, alter, columns),
        },
      ];
    }),
};

const keyIn = (added: AddedColumn) => added.constraints.find(({ contype }) => contype === 'CONSTR_FOREIGN');

function fixFor(context: RuleContext, alter: AlterTable, columns: readonly AddedColumn[]): Fix | null {
  // "cannot add NOT VALID foreign key on partitioned table" before 18.
  if (context.postgresMajor < 18 && isPartitioned(context, alter.table)) return null;
  // DEFERRABLE stands as a constraint of its own behind it and could belong to a UNIQUE as well.
  if (columns.some((added) => added.constraints.some(({ contype }) => contype?.startsWith('CONSTR_ATTR_'))))
    return null;
  const isTaken = nameTaken(context, alter.table);
  const used = new Set<string>();
  const keys = columns.flatMap((added) => {
    const key = keyIn(added);
    if (key === undefined) return [];
    const name =
      key.conname ?? foreignKeyName(alter.table, [added.name], (each) => used.has(each) || isTaken(each));
    used.add(name);
    const constraint = {
      ...copy(key),
      conname: name,
      fk_attrs: [{ String: { sval: added.name } }],
      skip_validation: true,
    };
    delete constraint.initially_valid;
    return [
      {
        name,
        command: { ...added.command, subtype: 'AT_AddConstraint', def: { Constraint: constraint } } as const,
      },
    ];
  });
  const plain = alter.commands.map((command) => {
    const added = columns.find((each) => each.command === command);
    return added === undefined
      ? command
      : { ...command, def: { ColumnDef: without(added.column, ['CONSTR_FOREIGN']) } };
  });
  return recipe(
    context,
    [
      { title: 'the column', sql: [writeAlterTable(alter.node, plain)] },
      {
        title: 'the foreign key for new rows, while reads go on',
        sql: keys.map(({ command }) => writeAlterTable(alter.node, [command])),
      },
      {
        title: 'read the old rows while reads and writes go on',
        sql: keys.map(({ name }) => `${alterTable(alter)} VALIDATE CONSTRAINT ${identifier(name)};`),
      },
    ],
    { sameSchema: true },
  );
}

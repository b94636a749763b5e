import type { AlterTableCmd, AlterTableStmt, Constraint } from '@pgsql/types';
import type { CatalogObject } from '../../catalog/model.ts';
import { identifier } from '../../sql/names.ts';
import { copy, writeAlterTable } from '../../sql/write.ts';
import {
  type AlterTable,
  addedColumns,
  addedConstraints,
  alterTable,
  alterTables,
  nameTaken,
  strings,
} from '../alter-table.ts';
import { primaryKey } from '../backfill.ts';
import { isPartitioned, leavesOf } from '../catalog-facts.ts';
import { validatedForeignKey } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { FindingDraft, Fix, Rule, RuleContext } from '../rule.ts';
import { foreignKeyName } from './constraint-names.ts';
import { keysOfFilledTables } from './filled-new-table.ts';
import { foreignKeyFinding, hiddenForeignKeys } from './foreign-key-finding.ts';

export const addForeignKeyValid: Rule = {
  name: 'add-foreign-key-valid',
  about: 'statement',
  severity: 'error',
  summary: 'A foreign key is added to an existing table and checks every row at once.',
  why: `\`ADD FOREIGN KEY\` takes SHARE ROW EXCLUSIVE on both tables and joins them to check every row. Until it is done, writes to either table wait.

A column that is added together with its \`REFERENCES\` holds NULL in all rows and nothing is checked: \`add-column-inline-fk\`.`,
  instead:
    'Add it `NOT VALID` (new rows are checked from then on), and `VALIDATE CONSTRAINT` in a migration of its own: that reads the rows under locks which block nobody.',
  sources: [
    'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT',
    'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES',
  ],
  peers: [
    'squawk adding-foreign-key-constraint',
    'eugene E1',
    'strong_migrations add_foreign_key',
    'online_migrations add_foreign_key',
    'pgfence add-constraint-fk-no-not-valid',
    'migrationpilot MP005',
    'pgsafe add-foreign-key',
  ],
  bad: [
    {
      title: 'Without a name',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);\nCREATE INDEX ON orders (user_id);',
      migration: 'ALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (id);',
    },
    {
      title: 'With a name and an action, beside another command',
      base: 'CREATE TABLE "User" (id bigint PRIMARY KEY);\nCREATE TABLE "Order" (id bigint PRIMARY KEY, "userId" bigint);\nCREATE INDEX ON "Order" ("userId");',
      migration:
        'ALTER TABLE "Order"\n  ADD COLUMN note text,\n  ADD CONSTRAINT "Order_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" (id) ON DELETE CASCADE ON UPDATE CASCADE;',
    },
    {
      title: 'From a new table that is filled from one of base',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE old_orders (id bigint PRIMARY KEY, user_id bigint);',
      migration: `CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);
CREATE INDEX ON orders (user_id);
INSERT INTO orders SELECT id, user_id FROM old_orders;
ALTER TABLE orders ADD CONSTRAINT orders_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id);`,
      line: 4,
    },
    {
      title: 'From a new table that gets very many rows',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: `CREATE TABLE days (id bigint PRIMARY KEY, user_id bigint);
CREATE INDEX ON days (user_id);
INSERT INTO days SELECT n FROM generate_series(1, 20000) n;
ALTER TABLE days ADD FOREIGN KEY (user_id) REFERENCES users (id);`,
      line: 4,
    },
  ],
  good: [
    {
      title: 'NOT VALID, and VALIDATE in the next migration',
      base: {
        '1_base.sql':
          'CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);\nCREATE INDEX ON orders (user_id);',
      },
      migration: {
        '1_base.sql':
          'CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);\nCREATE INDEX ON orders (user_id);',
        '2_key.sql':
          'ALTER TABLE orders ADD CONSTRAINT orders_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;',
        '3_key.sql': 'ALTER TABLE orders VALIDATE CONSTRAINT orders_user_id_fkey;',
      },
    },
    {
      title: 'VALIDATE in a migration of its own',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);\nALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;',
      migration: 'ALTER TABLE orders VALIDATE CONSTRAINT fk;',
    },
    {
      title: 'From a table that the migration creates',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration:
        'CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);\nALTER TABLE orders ADD FOREIGN KEY (user_id) REFERENCES users (id);',
    },
    {
      title: 'From a new table with some rows, and from one that is filled afterwards',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE old_orders (id bigint PRIMARY KEY, user_id bigint);',
      migration: `CREATE TABLE plans (id bigint PRIMARY KEY, user_id bigint);
CREATE INDEX ON plans (user_id);
INSERT INTO plans VALUES (1), (2);
ALTER TABLE plans ADD FOREIGN KEY (user_id) REFERENCES users (id);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id));
CREATE INDEX ON orders (user_id);
INSERT INTO orders SELECT id, user_id FROM old_orders;`,
    },
  ],
  check: (context) => [...written(context), ...hiddenForeignKeys(context), ...keysOfFilledTables(context)],
};

const written = (context: RuleContext): FindingDraft[] =>
  [...alterTables(context)].flatMap((alter) => {
    const { statement, table } = alter;
    const keys = foreignKeys(context, alter);
    if (keys.length === 0 || !(validatedForeignKey(statement) || statement.scans.length > 0)) return [];
    const referenced = [
      ...new Set(
        keys.flatMap(({ constraint }) => {
          const other = constraint.pktable;
          const base = context.resolve(other?.schemaname, other?.relname ?? '', statement);
          return base === undefined || base.oid === table.oid ? [] : [base];
        }),
      ),
    ];
    return [
      {
        ...foreignKeyFinding(
          context,
          alter,
          table,
          referenced,
          keys.map((key) => key.name),
        ),
        fix: fixFor(context, alter, keys),
      },
    ];
  });

interface ForeignKey {
  readonly command: AlterTableCmd;
  readonly constraint: Constraint;
  readonly name: string;
  readonly inline: boolean;
}

function foreignKeys(context: RuleContext, alter: AlterTable): ForeignKey[] {
  const isTaken = nameTaken(context, alter.table);
  const used = new Set<string>();
  const named = (constraint: Constraint, columns: readonly string[]): string => {
    const name =
      constraint.conname ?? foreignKeyName(alter.table, columns, (each) => used.has(each) || isTaken(each));
    used.add(name);
    return name;
  };
  const table = addedConstraints(alter, 'CONSTR_FOREIGN')
    .filter(({ constraint }) => constraint.skip_validation !== true)
    .map(({ command, constraint }) => ({
      command,
      constraint,
      name: named(constraint, strings(constraint.fk_attrs)),
      inline: false,
    }));
  // With a default the new column is not NULL everywhere, so that its rows are checked.
  const inline = addedColumns(alter, context)
    .filter((added) => added.constraints.some(({ contype }) => contype === 'CONSTR_DEFAULT'))
    .flatMap((added) =>
      added.constraints
        .filter(({ contype }) => contype === 'CONSTR_FOREIGN')
        .map((constraint) => ({
          command: added.command,
          constraint,
          name: named(constraint, [added.name]),
          inline: true,
        })),
    );
  return [...table, ...inline];
}

function fixFor(context: RuleContext, alter: AlterTable, keys: readonly ForeignKey[]): Fix | null {
  if (keys.some(({ inline }) => inline)) return null;
  // "cannot add NOT VALID foreign key on partitioned table" before 18.
  if (context.postgresMajor < 18 && isPartitioned(context, alter.table))
    return partitionByPartition(context, alter, keys);
  const commands = alter.commands.map((command) => {
    const key = keys.find((each) => each.command === command);
    if (key === undefined) return command;
    const constraint = copy(key.constraint);
    constraint.conname = key.name;
    constraint.skip_validation = true;
    delete constraint.initially_valid;
    return { ...command, def: { Constraint: constraint } };
  });
  return recipe(
    context,
    [
      { title: 'check new rows from now on, read no old ones', sql: [writeAlterTable(alter.node, commands)] },
      {
        title: 'read the old rows while reads and writes go on',
        sql: keys.map(({ name }) => `${alterTable(alter)} VALIDATE CONSTRAINT ${identifier(name)};`),
        notes: keys.flatMap(({ constraint }) => orphans(context, alter, constraint)),
      },
    ],
    { sameSchema: true },
  );
}

/**
 * Before 18 a partitioned table takes no NOT VALID foreign key, but its partitions do; one that all of them have
 * and that is valid is taken over by the parent's without reading a row.
 */
function partitionByPartition(
  context: RuleContext,
  alter: AlterTable,
  keys: readonly ForeignKey[],
): Fix | null {
  const partitions = leavesOf(context, alter.name);
  // By hand that many statements are no recipe any more.
  if (partitions.length === 0 || partitions.length * keys.length > 20) return null;
  const named = keys.map(({ constraint, name }) => {
    const own = copy(constraint);
    own.conname = name;
    own.skip_validation = true;
    delete own.initially_valid;
    return { name, command: { subtype: 'AT_AddConstraint' as const, def: { Constraint: own } } };
  });
  const commands = alter.commands.map((command) => {
    const key = keys.find((each) => each.command === command);
    return key === undefined
      ? command
      : { ...command, def: { Constraint: { ...key.constraint, conname: key.name } } };
  });
  const on = (partition: CatalogObject): AlterTableStmt => {
    const [schema, relname] = [partition.name.slice(0, -partition.local.length - 1), partition.local];
    return {
      ...alter.node,
      relation: { schemaname: schema, relname, inh: true, relpersistence: 'p' },
    };
  };
  return recipe(
    context,
    [
      {
        title: 'on each partition, check new rows from now on, read no old ones',
        sql: partitions.flatMap((partition) =>
          named.map(({ command }) =>
            writeAlterTable(on(partition), [{ ...command, behavior: 'DROP_RESTRICT' }]),
          ),
        ),
      },
      {
        title: 'read the old rows while reads and writes go on, best in a migration for each partition',
        sql: partitions.flatMap(({ text }) =>
          named.map(({ name }) => `ALTER TABLE ${text.sqlName} VALIDATE CONSTRAINT ${identifier(name)};`),
        ),
        notes: keys.flatMap(({ constraint }) => orphans(context, alter, constraint)),
      },
      {
        title: 'the partitioned table takes them over and reads nothing',
        sql: [writeAlterTable(alter.node, commands)],
      },
    ],
    { sameSchema: true },
  );
}

/** The read-only query that tells whether VALIDATE will pass. */
function orphans(context: RuleContext, alter: AlterTable, constraint: Constraint): string[] {
  const columns = strings(constraint.fk_attrs);
  const other = constraint.pktable;
  const named = strings(constraint.pk_attrs);
  // Without columns it is the primary key that is meant.
  const base = context.resolve(other?.schemaname, other?.relname ?? '', alter.statement);
  const keys = named.length > 0 || base === undefined ? named : (primaryKey(context, base) ?? []);
  if (other?.relname === undefined || keys.length !== columns.length) return [];
  const parent = `${other.schemaname === undefined ? '' : `${identifier(other.schemaname)}.`}${identifier(other.relname)}`;
  const present = columns.map((column) => `c.${identifier(column)} IS NOT NULL`).join(' AND ');
  const same = columns
    .map((column, at) => `p.${identifier(keys[at] ?? '')} = c.${identifier(column)}`)
    .join(' AND ');
  return [
    'It fails if this finds a row:',
    `  SELECT * FROM ${alter.sqlName} c WHERE ${present} AND NOT EXISTS (SELECT FROM ${parent} p WHERE ${same}) LIMIT 10;`,
  ];
}

import { blocks, lockTitle, strongest } from '../../run/locks.ts';
import type { BaseRelation, StatementTrace } from '../../run/trace.ts';
import { addedColumns, addedConstraints, alterTables } from '../alter-table.ts';
import { at, locksOn, nameOf, readsRows, validatedForeignKey } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { Rule } from '../rule.ts';
import { apart, blocksWhom, listed } from '../wording.ts';

export const addForeignKeyBothTablesLock: Rule = {
  name: 'add-foreign-key-both-tables-lock',
  about: 'statement',
  severity: 'warning',
  summary:
    'A new foreign key locks the referenced table, and the transaction goes on reading or copying rows.',
  why: `Any new foreign key, NOT VALID or on a new column too, takes SHARE ROW EXCLUSIVE on both tables. That is brief by itself. But it is held until the transaction ends: what the same transaction does afterwards, to whichever table, keeps writers of the referenced table waiting, which the later statements do not even name. Two migrations that lock the same tables in another order can deadlock.

A foreign key after which the transaction reads no rows is not reported.`,
  instead: 'The foreign key in a migration of its own.',
  sources: [
    'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT',
    'https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES',
  ],
  peers: ['migrationpilot MP069', 'online_migrations multiple_foreign_keys'],
  bad: [
    {
      title: 'A foreign key, then work on a third table',
      base: {
        '1_base.sql':
          'CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE teams (id bigint PRIMARY KEY, note text);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);\nCREATE INDEX ON orders (user_id);',
      },
      migration: {
        '1_base.sql':
          'CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE teams (id bigint PRIMARY KEY, note text);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);\nCREATE INDEX ON orders (user_id);',
        '2_key.sql':
          "ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;\nUPDATE teams SET note = '' WHERE note IS NULL;",
        '3_key.sql': 'ALTER TABLE orders VALIDATE CONSTRAINT fk;',
      },
    },
    {
      title: 'With names that need quotes',
      base: {
        '1_base.sql':
          'CREATE TABLE "User" (id bigint PRIMARY KEY);\nCREATE TABLE "Team" (id bigint PRIMARY KEY, note text);\nCREATE TABLE "Order" (id bigint PRIMARY KEY, "userId" bigint);\nCREATE INDEX ON "Order" ("userId");',
      },
      migration: {
        '1_base.sql':
          'CREATE TABLE "User" (id bigint PRIMARY KEY);\nCREATE TABLE "Team" (id bigint PRIMARY KEY, note text);\nCREATE TABLE "Order" (id bigint PRIMARY KEY, "userId" bigint);\nCREATE INDEX ON "Order" ("userId");',
        '2_key.sql':
          'SELECT 1;\nALTER TABLE "Order" ADD CONSTRAINT fk FOREIGN KEY ("userId") REFERENCES "User" (id) NOT VALID;\nDELETE FROM "Team" WHERE note = \'old\';',
        '3_key.sql': 'ALTER TABLE "Order" VALIDATE CONSTRAINT fk;',
      },
      line: 2,
    },
  ],
  good: [
    {
      title: 'The foreign key alone',
      base: {
        '1_base.sql':
          'CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);\nCREATE INDEX ON orders (user_id);',
      },
      migration: {
        '1_base.sql':
          'CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);\nCREATE INDEX ON orders (user_id);',
        '2_key.sql':
          'ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;',
        '3_key.sql': 'ALTER TABLE orders VALIDATE CONSTRAINT fk;',
      },
    },
    {
      title: 'The work comes first',
      base: {
        '1_base.sql':
          'CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE teams (id bigint PRIMARY KEY, note text);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);\nCREATE INDEX ON orders (user_id);',
      },
      migration: {
        '1_base.sql':
          'CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE teams (id bigint PRIMARY KEY, note text);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);\nCREATE INDEX ON orders (user_id);',
        '2_key.sql':
          "UPDATE teams SET note = '' WHERE note IS NULL;\nALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;",
        '3_key.sql': 'ALTER TABLE orders VALIDATE CONSTRAINT fk;',
      },
    },
  ],
  check: (context) =>
    [...alterTables(context)].flatMap((alter) => {
      const { migration, statement, table, name } = alter;
      // That a valid one reads both tables is what add-foreign-key-valid says.
      if (validatedForeignKey(statement)) return [];
      const keys = [
        ...addedConstraints(alter, 'CONSTR_FOREIGN').map(({ constraint }) => constraint),
        ...addedColumns(alter, context).flatMap(({ constraints }) =>
          constraints.filter(({ contype }) => contype === 'CONSTR_FOREIGN'),
        ),
      ];
      const referenced = keys.flatMap(({ pktable }) => {
        const base = context.resolve(pktable?.schemaname, pktable?.relname ?? '', statement);
        return base === undefined || base.oid === table.oid ? [] : [base];
      });
      const work = migration.statements.filter(
        (later) =>
          later.index > statement.index && works(later) && referenced.some((base) => holds(later, base)),
      );
      const [first] = work;
      const [other] = referenced;
      const lock = other === undefined ? undefined : strongest(locksOn(statement, other.oid));
      if (first === undefined || other === undefined || lock === undefined) return [];
      const evidence = { lock: lock.mode, blocks: blocks(lock.mode), scan: false, rewrite: false };
      const objects = listed([...new Set(referenced.map(nameOf))]);
      return [
        {
          ...at(alter),
          object: nameOf(other),
          title: `The foreign key of ${name} ${blocksWhom(evidence, objects)} until line ${work.at(-1)?.endLine} is done`,
          message: `It takes ${lockTitle(lock.mode)} on ${objects} as well (seen on the shadow) and holds it while the transaction goes on to read rows in line ${first.line}, so every write to ${objects} waits for that. Put the foreign key into ${apart(context)}.`,
          evidence,
          fix: recipe(
            context,
            [{ title: `leave it out here; in ${apart(context)}`, sql: [`${statement.sql};`] }],
            { sameSchema: true },
          ),
        },
      ];
    }),
};

/** Reads or copies rows; that a VALIDATE does it under this lock is what not-valid-and-validate-same-txn says. */
const works = (statement: StatementTrace): boolean =>
  (readsRows(statement) || statement.rewrites.length > 0) && !validates(statement);

const validates = ({ node }: StatementTrace): boolean =>
  node !== null &&
  'AlterTableStmt' in node &&
  (node.AlterTableStmt.cmds ?? []).some(
    (cmd) => 'AlterTableCmd' in cmd && cmd.AlterTableCmd.subtype === 'AT_ValidateConstraint',
  );

/** Still under the lock that the foreign key took. */
const holds = (statement: StatementTrace, base: BaseRelation): boolean =>
  locksOn(statement, base.oid).some(({ mode, new: isNew }) => !isNew && blocks(mode).length > 0);

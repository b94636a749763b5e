import { blocks, lockTitle } from '../../run/locks.ts';
import type { ObservedLock } from '../../run/trace.ts';
import { writeAlterTable } from '../../sql/write.ts';
import { alterTables } from '../alter-table.ts';
import { at, everythingOf, evidenceOn, nameOf, readsRows, validatedForeignKey } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { Rule } from '../rule.ts';
import { apart, blocksWhom, listed } from '../wording.ts';

export const validateConstraint: Rule = {
  name: 'validate-constraint',
  about: 'statement',
  severity: 'error',
  summary: 'VALIDATE CONSTRAINT reads a whole table while the transaction keeps another one locked.',
  why: 'VALIDATE itself takes SHARE UPDATE EXCLUSIVE and blocks nobody, however long it reads. But whatever earlier statements of the same transaction have locked stays locked for that time: reads or writes of those other tables wait until the last row of this one is read.',
  instead: 'VALIDATE in a migration of its own, with no lock held before it.',
  sources: [
    'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-VALIDATE-CONSTRAINT',
    'https://www.postgresql.org/docs/current/explicit-locking.html',
  ],
  peers: ['pgfence validate-constraint', 'django-pg-zero-downtime-migrations (splits it)'],
  bad: [
    {
      title: 'After a change of another table',
      base: 'CREATE TABLE teams (id bigint PRIMARY KEY);\nCREATE TABLE users (id bigint PRIMARY KEY, age int);\nALTER TABLE users ADD CONSTRAINT age_check CHECK (age > 0) NOT VALID;',
      migration: 'ALTER TABLE teams ADD COLUMN note text;\nALTER TABLE users VALIDATE CONSTRAINT age_check;',
      line: 2,
    },
    {
      title: 'A foreign key, with names that need quotes',
      base: 'CREATE TABLE "Team" (id bigint PRIMARY KEY);\nCREATE TABLE "User" (id bigint PRIMARY KEY);\nCREATE TABLE "Order" (id bigint PRIMARY KEY, "userId" bigint);\nALTER TABLE "Order" ADD CONSTRAINT fk FOREIGN KEY ("userId") REFERENCES "User" (id) NOT VALID;',
      migration:
        'ALTER TABLE "Team" ALTER COLUMN id SET DEFAULT 0;\n\nALTER TABLE "Order" VALIDATE CONSTRAINT fk;',
      line: 3,
    },
  ],
  good: [
    {
      title: 'In a migration of its own',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, age int);\nALTER TABLE users ADD CONSTRAINT age_check CHECK (age > 0) NOT VALID;',
      migration: 'ALTER TABLE users VALIDATE CONSTRAINT age_check;',
    },
    {
      title: 'Each statement commits by itself',
      base: 'CREATE TABLE teams (id bigint PRIMARY KEY);\nCREATE TABLE users (id bigint PRIMARY KEY, age int);\nALTER TABLE users ADD CONSTRAINT age_check CHECK (age > 0) NOT VALID;',
      migration: 'ALTER TABLE teams ADD COLUMN note text;\nALTER TABLE users VALIDATE CONSTRAINT age_check;',
      transaction: 'none',
    },
  ],
  check: (context) =>
    [...alterTables(context)].flatMap((alter) => {
      const { statement, table, name } = alter;
      const validations = alter.commands.filter(({ subtype }) => subtype === 'AT_ValidateConstraint');
      if (validations.length === 0) return [];
      if (!readsRows(statement) && !validatedForeignKey(statement)) return [];
      // That its own table is locked is what not-valid-and-validate-same-txn says.
      if (evidenceOn(statement, table).blocks.length > 0) return [];
      const held = strongestOfEach(
        statement.locks.filter(
          (lock) =>
            !lock.new &&
            lock.oid !== table.oid &&
            (lock.kind === 'table' || lock.kind === 'materialized-view') &&
            blocks(lock.mode).length > 0,
        ),
      );
      const [first] = held;
      if (first === undefined) return [];
      const evidence = { lock: first.mode, blocks: blocks(first.mode), scan: true, rewrite: false };
      const objects = held.map(nameOf);
      const waits = evidence.blocks.includes('reads') ? 'every read and write' : 'every write';
      const rest = alter.commands.filter((command) => !validations.includes(command));
      return [
        {
          ...at(alter),
          object: nameOf(first),
          title: `Validating ${listed(validations.map((command) => command.name ?? ''))} in this transaction ${blocksWhom(evidence, listed(objects))}`,
          message: `The statement reads every row of ${name} while the transaction still holds ${lockTitle(first.mode)} on ${listed(objects)} from an earlier statement (seen on the shadow), so ${waits} of ${listed(objects)} waits for a time that grows with ${name}. By itself VALIDATE blocks nobody: put it into ${apart(context)}.`,
          evidence,
          fix: recipe(
            context,
            [
              ...(rest.length === 0
                ? []
                : [{ title: 'the rest of the statement', sql: [writeAlterTable(alter.node, rest)] }]),
              {
                title: 'leave it out here; in a migration of its own, after this one has committed',
                sql: [writeAlterTable(alter.node, validations)],
              },
            ],
            { sameSchema: true },
          ),
          explains: [...everythingOf(statement), ...objects],
        },
      ];
    }),
};

function strongestOfEach(locks: readonly ObservedLock[]): ObservedLock[] {
  const byOid = new Map<number, ObservedLock>();
  for (const lock of locks) {
    const known = byOid.get(lock.oid);
    if (known === undefined || blocks(lock.mode).length > blocks(known.mode).length)
      byOid.set(lock.oid, lock);
  }
  return [...byOid.values()].sort((left, right) => blocks(right.mode).length - blocks(left.mode).length);
}

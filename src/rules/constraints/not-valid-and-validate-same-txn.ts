import { writeAlterTable } from '../../sql/write.ts';
import { alterTables } from '../alter-table.ts';
import { at, everythingOf, evidenceOn, readsRows, validatedForeignKey } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { Rule } from '../rule.ts';
import { apart, blocksWhom, listed, whoWaits } from '../wording.ts';

export const notValidAndValidateSameTxn: Rule = {
  name: 'not-valid-and-validate-same-txn',
  about: 'statement',
  severity: 'error',
  summary: 'VALIDATE CONSTRAINT runs in a transaction that still holds a lock which blocks.',
  why: 'VALIDATE by itself blocks nobody. But locks are kept until the end of the transaction: after `ADD CONSTRAINT … NOT VALID` (or any other ALTER TABLE) in the same transaction all rows are read under that statement’s lock, just as if NOT VALID were not there.',
  instead: 'VALIDATE in a migration of its own, so that the first one has committed.',
  sources: [
    'https://www.postgresql.org/docs/current/explicit-locking.html',
    'https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES',
  ],
  peers: [
    'squawk constraint-missing-not-valid',
    'strong_migrations validate_check_constraint',
    'online_migrations validate_constraint',
    'pgfence not-valid-validate-same-tx',
  ],
  bad: [
    {
      title: 'A CHECK',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, age int);',
      migration:
        'ALTER TABLE users ADD CONSTRAINT age_check CHECK (age > 0) NOT VALID;\nALTER TABLE users VALIDATE CONSTRAINT age_check;',
      line: 2,
    },
    {
      title: 'A foreign key',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint);\nCREATE INDEX ON orders (user_id);',
      migration:
        'ALTER TABLE orders ADD CONSTRAINT fk FOREIGN KEY (user_id) REFERENCES users (id) NOT VALID;\n\nALTER TABLE orders VALIDATE CONSTRAINT fk;',
      line: 3,
    },
  ],
  good: [
    {
      title: 'Each statement commits by itself',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, age int);',
      migration:
        'ALTER TABLE users ADD CONSTRAINT age_check CHECK (age > 0) NOT VALID;\nALTER TABLE users VALIDATE CONSTRAINT age_check;',
      transaction: 'none',
    },
    {
      title: 'VALIDATE in a later migration',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, age int);\nALTER TABLE users ADD CONSTRAINT age_check CHECK (age > 0) NOT VALID;',
      migration: 'ALTER TABLE users VALIDATE CONSTRAINT age_check;',
    },
  ],
  check: (context) =>
    [...alterTables(context)].flatMap((alter) => {
      const { statement, table, name } = alter;
      const validations = alter.commands.filter(({ subtype }) => subtype === 'AT_ValidateConstraint');
      const evidence = evidenceOn(statement, table);
      if (validations.length === 0 || evidence.blocks.length === 0) return [];
      if (!readsRows(statement) && !validatedForeignKey(statement)) return [];
      const rest = alter.commands.filter((command) => !validations.includes(command));
      return [
        {
          ...at(alter),
          object: name,
          title: `Validating ${listed(validations.map((command) => command.name ?? ''))} in this transaction ${blocksWhom(evidence, name)}`,
          message: `${whoWaits(statement, table, evidence, 'it reads every row')} By itself VALIDATE would block nobody: put it into ${apart(context)}.`,
          evidence: { ...evidence, scan: true },
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
          explains: everythingOf(statement),
        },
      ];
    }),
};

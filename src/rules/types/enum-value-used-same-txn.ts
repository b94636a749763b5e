import { type Failure, failureDraft, failures } from '../failures/server-error.ts';
import type { Rule } from '../rule.ts';
import { apart } from '../wording.ts';

/** 55P04 unsafe_new_enum_value_usage. */
export const usesNewEnumValue = ({ error }: Failure): boolean => error.sqlstate === '55P04';

export const enumValueUsedSameTxn: Rule = {
  name: 'enum-value-used-same-txn',
  about: 'failure',
  severity: 'error',
  summary: 'A new value of an enum is used in the transaction that adds it.',
  why: 'ALTER TYPE … ADD VALUE may run inside a transaction, but the value cannot be used before that has committed: “unsafe use of new value”. The migration stops there.',
  instead:
    'Add the value in one migration and use it in the next. (From PostgreSQL 17 on a type that is created in the same transaction may use all of its values at once.)',
  sources: ['https://www.postgresql.org/docs/current/sql-altertype.html#SQL-ALTERTYPE-NOTES'],
  peers: ['migrationpilot MP054', 'pgsafe enum-value-used-in-transaction'],
  bad: [
    {
      title: 'As a default',
      base: "CREATE TYPE mood AS ENUM ('happy');\nCREATE TABLE users (id bigint PRIMARY KEY, mood mood);",
      migration: "ALTER TYPE mood ADD VALUE 'ok';\nALTER TABLE users ALTER COLUMN mood SET DEFAULT 'ok';",
      line: 2,
    },
    {
      title: 'In a row',
      base: "CREATE TYPE mood AS ENUM ('happy');\nCREATE TABLE users (id bigint PRIMARY KEY, mood mood);",
      migration: "ALTER TYPE mood ADD VALUE 'ok';\n\nINSERT INTO users VALUES (1, 'ok');",
      line: 3,
    },
  ],
  good: [
    {
      title: 'Each statement commits by itself',
      base: "CREATE TYPE mood AS ENUM ('happy');\nCREATE TABLE users (id bigint PRIMARY KEY, mood mood);",
      migration: "ALTER TYPE mood ADD VALUE 'ok';\nALTER TABLE users ALTER COLUMN mood SET DEFAULT 'ok';",
      transaction: 'none',
    },
    {
      title: 'A type of the same transaction',
      base: '',
      migration:
        "CREATE TYPE mood AS ENUM ('happy');\nALTER TYPE mood ADD VALUE 'ok';\nCREATE TABLE users (id bigint PRIMARY KEY, mood mood DEFAULT 'ok');",
      // Older servers only look at the value.
      since: 17,
    },
  ],
  check: (context) =>
    failures(context)
      .filter(usesNewEnumValue)
      .map((failure) => ({
        ...failureDraft(context, failure),
        title: `${failure.error.message}: the migration stops here`,
        message: `The value is added earlier in the same transaction and can only be used after that has committed. Put ALTER TYPE … ADD VALUE into ${apart(context)}, before this one.`,
      })),
};

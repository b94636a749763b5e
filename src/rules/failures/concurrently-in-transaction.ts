import { outsideAlone } from '../recipe.ts';
import type { Fix, Rule, RuleContext } from '../rule.ts';
import { type Failure, failureDraft, failures } from './server-error.ts';

/** 25001 is also said of SET TRANSACTION after the first query, which is another matter. */
export const refusesTransaction = ({ error }: Failure): boolean =>
  error.sqlstate === '25001' &&
  /cannot (?:run inside a transaction block|be executed from a function)/.test(error.message);

export const concurrentlyInTransaction: Rule = {
  name: 'concurrently-in-transaction',
  about: 'failure',
  severity: 'error',
  summary: 'A statement that refuses a transaction block stands in one.',
  why: 'CREATE and DROP INDEX CONCURRENTLY, REINDEX CONCURRENTLY, DETACH PARTITION CONCURRENTLY, VACUUM and a few more commit by themselves while they run. Inside a transaction, or in a file that the tool sends as one message with other statements, they fail with SQLSTATE 25001 and the deploy stops.',
  instead: 'Put the statement into a migration of its own and tell the tool to run it without a transaction.',
  sources: ['https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY'],
  peers: [
    'squawk ban-concurrent-index-creation-in-transaction',
    'atlas PG103',
    'pgfence concurrent-in-transaction',
    'migrationpilot MP025',
  ],
  bad: [
    {
      title: 'CREATE INDEX CONCURRENTLY between BEGIN and COMMIT',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);',
      migration: 'BEGIN;\nCREATE INDEX CONCURRENTLY users_email_idx ON users (email);\nCOMMIT;',
      transaction: 'none',
      line: 2,
    },
    {
      title: 'DROP INDEX CONCURRENTLY in a transaction',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);\nCREATE INDEX users_email_idx ON users (email);',
      migration: 'BEGIN;\nDROP INDEX CONCURRENTLY users_email_idx;\nCOMMIT;',
      transaction: 'none',
      line: 2,
    },
  ],
  good: [
    {
      title: 'Alone and without a transaction',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);',
      migration: 'CREATE INDEX CONCURRENTLY users_email_idx ON users (email);',
      transaction: 'none',
    },
    {
      title: 'VACUUM without a transaction',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);',
      migration: 'VACUUM users;',
      transaction: 'none',
    },
  ],
  check: (context) =>
    failures(context)
      .filter(refusesTransaction)
      .map((failure) => ({
        ...failureDraft(context, failure),
        title: `${failure.error.message}: the migration stops here`,
        message: `The statement commits by itself and refuses a transaction, but the migration runs in one. ${context.tool.noTransaction.advice}`,
        fix: alone(context, failure),
      })),
};

function alone(context: RuleContext, { migration, error }: Failure): Fix | null {
  const failed = migration.statements.find(
    ({ line, endLine }) => line <= error.line && error.line <= endLine,
  );
  if (failed?.node === null || failed === undefined || 'DoStmt' in failed.node) return null;
  return outsideAlone(context, failed.sql);
}

import { outsideAlone } from '../recipe.ts';
import type { Fix, Rule, RuleContext } from '../rule.ts';
import { type Failure, failureDraft, failures } from './server-error.ts';

/** 2D000 invalid_transaction_termination: COMMIT or ROLLBACK in code that runs inside a transaction block. */
export const commitsInTransaction = ({ error }: Failure): boolean => error.sqlstate === '2D000';

export const commitInTransaction: Rule = {
  name: 'commit-in-transaction',
  about: 'failure',
  severity: 'error',
  summary: 'A DO block or procedure that commits is run inside a transaction.',
  why: 'COMMIT in a DO block or a procedure works only where the statement has a transaction of its own. The tool runs the migration in one, so that it fails with “invalid transaction termination” (2D000), and the deploy stops.',
  instead: 'A migration of its own, which the tool is told to run without a transaction.',
  sources: ['https://www.postgresql.org/docs/current/plpgsql-transactions.html'],
  peers: ['none that we know of'],
  bad: [
    {
      title: 'A DO block',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'DO $$\nBEGIN\n  DELETE FROM users WHERE id < 0;\n  COMMIT;\nEND $$;',
    },
    {
      title: 'A procedure',
      base: "CREATE PROCEDURE clean() LANGUAGE plpgsql AS 'BEGIN COMMIT; END';",
      migration: 'SELECT 1;\nCALL clean();',
      line: 2,
    },
  ],
  good: [
    {
      title: 'Without a transaction around it',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'DO $$\nBEGIN\n  DELETE FROM users WHERE id < 0;\n  COMMIT;\nEND $$;',
      transaction: 'none',
    },
    {
      title: 'A block that does not commit',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'DO $$\nBEGIN\n  DELETE FROM users WHERE id < 0;\nEND $$;',
    },
  ],
  check: (context) =>
    failures(context)
      .filter(commitsInTransaction)
      .map((failure) => ({
        ...failureDraft(context, failure),
        title: 'COMMIT inside the transaction of the migration: it stops here',
        message: `The code commits, which it may only do where no transaction is around it. ${context.tool.noTransaction.advice}`,
        fix: alone(context, failure),
      })),
};

function alone(context: RuleContext, { migration, error }: Failure): Fix | null {
  const failed = migration.statements.find(
    ({ line, endLine }) => line <= error.line && error.line <= endLine,
  );
  if (failed === undefined) return null;
  return outsideAlone(context, failed.sql);
}

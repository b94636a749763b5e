import type { Rule } from '../rule.ts';

export const unclosedTransaction: Rule = {
  name: 'unclosed-transaction',
  about: 'statement',
  severity: 'error',
  summary: 'A migration begins a transaction and does not end it.',
  why: 'What happens then is up to the tool: most close the connection, and Postgres takes back all that the file did, while the tool has noted the migration as applied. Others run the next migration inside of it, or commit it by chance.',
  instead: 'Write the COMMIT, or leave transactions to the tool.',
  sources: ['https://www.postgresql.org/docs/current/sql-begin.html'],
  peers: ['squawk ban-uncommitted-transaction', 'pgfence unclosed-transaction', 'migrationpilot MP053'],
  bad: [
    {
      title: 'COMMIT was forgotten',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'BEGIN;\nALTER TABLE users ADD COLUMN age int;',
      transaction: 'none',
    },
    {
      title: 'The second transaction of the file',
      base: '',
      migration:
        'BEGIN;\nCREATE TABLE a (id bigint);\nCOMMIT;\nSTART TRANSACTION;\nCREATE TABLE b (id bigint);',
      transaction: 'none',
      line: 4,
    },
  ],
  good: [
    {
      title: 'With COMMIT',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'BEGIN;\nALTER TABLE users ADD COLUMN age int;\nCOMMIT;',
      transaction: 'none',
    },
    {
      title: 'The tool’s transaction',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'ALTER TABLE users ADD COLUMN age int;',
    },
  ],
  check: (context) =>
    context.migrations.flatMap((migration) => {
      if (!migration.leftOpen || migration.error !== null) return [];
      const begin = migration.statements.findLast(
        ({ node }) =>
          node !== null &&
          'TransactionStmt' in node &&
          (node.TransactionStmt.kind === 'TRANS_STMT_BEGIN' ||
            node.TransactionStmt.kind === 'TRANS_STMT_START'),
      );
      return [
        {
          migration: migration.version,
          file: migration.file,
          line: begin?.line ?? 1,
          endLine: begin?.endLine ?? 1,
          ...(begin === undefined ? {} : { statement: begin.index }),
          object: null,
          title: 'The migration begins a transaction and never commits it',
          message: `What ${context.tool.title} makes of it is luck: when the connection closes, Postgres takes back everything since this line, though the migration counts as applied. (The gate has committed it, to go on.) Write the COMMIT.`,
          evidence: null,
          fix: null,
        },
      ];
    }),
};

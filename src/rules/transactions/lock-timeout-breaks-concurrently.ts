import type { Node } from '@pgsql/types';
import { at, type Place } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { Rule } from '../rule.ts';
import { completed } from '../statements.ts';

export const lockTimeoutBreaksConcurrently: Rule = {
  name: 'lock-timeout-breaks-concurrently',
  about: 'statement',
  severity: 'warning',
  summary: 'An index is built CONCURRENTLY under a timeout that may end it half-way.',
  why: 'CREATE INDEX CONCURRENTLY blocks nobody and takes its time: it reads the table twice and waits for all transactions that were there before. A statement_timeout counts all of that; a lock_timeout counts each wait for an old transaction. When one of them ends the build, an INVALID index is left behind that costs every write and serves no query, and a second attempt fails because its name is taken (or, with IF NOT EXISTS, passes over it).',
  instead: 'Set both to 0 for this statement: it does no harm while it waits.',
  sources: ['https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY'],
  peers: ['safe-pg-migrations', 'django-pg-zero-downtime-migrations (flexible statement_timeout)'],
  bad: [
    {
      title: 'A statement_timeout',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);',
      migration:
        "SET statement_timeout = '30s';\nCREATE INDEX CONCURRENTLY users_email_idx ON users (email);\nRESET statement_timeout;",
      transaction: 'none',
      line: 2,
    },
    {
      title: 'A lock_timeout, and REINDEX',
      base: 'CREATE TABLE "User" (id bigint PRIMARY KEY);',
      migration: `SET lock_timeout = '2s';\nREINDEX TABLE CONCURRENTLY "User";`,
      transaction: 'none',
      line: 2,
    },
  ],
  good: [
    {
      title: 'Without timeouts',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);',
      migration: 'CREATE INDEX CONCURRENTLY users_email_idx ON users (email);',
      transaction: 'none',
    },
    {
      title: 'Switched off for it',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, email text);',
      migration:
        "SET lock_timeout = '2s';\nALTER TABLE users ADD COLUMN age int;\nSET lock_timeout = 0;\nCREATE INDEX CONCURRENTLY users_age_idx ON users (age);",
      transaction: 'none',
    },
  ],
  check: (context) =>
    [...completed(context)].flatMap((place) => {
      const { statement } = place;
      const command = buildsConcurrently(statement.node);
      const { lockMs, statementMs } = statement.timeouts;
      if (command === null || (lockMs === 0 && statementMs === 0)) return [];
      const limits = [
        ...(statementMs > 0 ? [`statement_timeout = ${statementMs / 1000}s`] : []),
        ...(lockMs > 0 ? [`lock_timeout = ${lockMs / 1000}s`] : []),
      ].join(' and ');
      return [
        {
          ...at(place),
          object: objectOf(place),
          title: `${command} may be ended half-way by ${limits}`,
          message:
            'What is left then is an INVALID index, which costs every write, serves no query and keeps the name. Switch the timeouts off for this statement: it blocks nobody while it waits.',
          evidence: null,
          fix: recipe(
            context,
            [
              {
                title: 'without a limit, since nobody waits for it',
                sql: [
                  ...(statementMs > 0 ? ['SET statement_timeout = 0;'] : []),
                  ...(lockMs > 0 ? ['SET lock_timeout = 0;'] : []),
                  `${statement.sql};`,
                ],
                outsideTransaction: true,
                notes: ['Set the timeouts again afterwards, when more statements follow.'],
              },
            ],
            { sameSchema: true },
          ),
        },
      ];
    }),
};

function buildsConcurrently(node: Node | null): string | null {
  if (node === null) return null;
  if ('IndexStmt' in node) return node.IndexStmt.concurrent === true ? 'CREATE INDEX CONCURRENTLY' : null;
  if (!('ReindexStmt' in node)) return null;
  const concurrently = (node.ReindexStmt.params ?? []).some(
    (each) => 'DefElem' in each && each.DefElem.defname === 'concurrently',
  );
  return concurrently ? 'REINDEX CONCURRENTLY' : null;
}

const objectOf = ({ statement }: Place): string | null => {
  const table = statement.locks.find(({ kind }) => kind === 'table' || kind === 'materialized-view');
  return table === undefined ? null : `${table.schema}.${table.relation}`;
};

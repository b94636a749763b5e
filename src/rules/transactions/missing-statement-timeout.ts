import { at, nameOf } from '../observed.ts';
import type { Rule } from '../rule.ts';
import { blockingLocks } from './lock-timeouts.ts';

export const missingStatementTimeout: Rule = {
  name: 'missing-statement-timeout',
  about: 'convention',
  severity: 'notice',
  byDefault: 'off',
  oncePerRun: true,
  summary: 'A statement that others wait for runs without a statement_timeout.',
  why: 'lock_timeout ends the waiting for a lock, not the holding of it: a statement that takes longer on production’s rows than anybody thought blocks until it is done. A statement_timeout ends that too. It ends index builds and validations as well, which may take their time, so that one limit for all does not fit: off by default.',
  instead: "`SET LOCAL statement_timeout = '10s'` around what should be brief.",
  sources: ['https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-STATEMENT-TIMEOUT'],
  peers: ['squawk require-statement-timeout', 'migrationpilot MP020', 'pgfence missing-statement-timeout'],
  bad: [
    {
      title: 'ALTER TABLE',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'ALTER TABLE users ADD COLUMN age int;',
    },
    {
      title: 'Said once',
      base: 'CREATE TABLE "User" (id bigint PRIMARY KEY);',
      migration: 'SELECT 1;\nALTER TABLE "User" ADD COLUMN age int;\nALTER TABLE "User" ADD COLUMN size int;',
      line: 2,
    },
  ],
  good: [
    {
      title: 'Set before',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: "SET LOCAL statement_timeout = '10s';\nALTER TABLE users ADD COLUMN age int;",
    },
    {
      title: 'Nothing that anybody waits for',
      base: '',
      migration: 'CREATE TABLE users (id bigint PRIMARY KEY);',
    },
  ],
  check(context) {
    const [first] = context.migrations
      .flatMap(blockingLocks)
      .filter(({ statement }) => statement.timeouts.statementMs === 0);
    if (first === undefined) return [];
    return [
      {
        ...at(first),
        object: nameOf(first.lock),
        title: `No statement_timeout ends a statement that blocks ${nameOf(first.lock)} for too long`,
        message: 'Set one for the statements that should be brief.',
        evidence: null,
        fix: null,
      },
    ];
  },
};

import { at, evidenceOn, nameOf } from '../observed.ts';
import type { Rule } from '../rule.ts';
import { blockingLocks } from './lock-timeouts.ts';

/** Longer than this, requests of the application have run into their own timeouts. */
const longest = 10_000;

export const lockTimeoutTooLong: Rule = {
  name: 'lock-timeout-too-long',
  about: 'statement',
  severity: 'notice',
  summary: '`lock_timeout` is so long that the queue behind the lock is an outage all the same.',
  why: 'While the migration waits for its lock, all later queries of the table wait behind it. A lock_timeout is how long that may last at most: with a minute, every request to the table fails for a minute. From ten seconds on it is reported.',
  instead: 'One to five seconds, and a deploy that tries again.',
  sources: ['https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-LOCK-TIMEOUT'],
  peers: ['pgfence lock-timeout-too-long', 'strong_migrations check_lock_timeout'],
  bad: [
    {
      title: 'A minute',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: "SET lock_timeout = '1min';\nALTER TABLE users ADD COLUMN age int;",
      line: 2,
    },
    {
      title: 'Half a minute, for the transaction, by set_config()',
      base: 'CREATE TABLE "User" (id bigint PRIMARY KEY);',
      migration: `SELECT set_config('lock_timeout', '30s', true);\n\nALTER TABLE "User" ADD COLUMN age int;`,
      line: 3,
    },
  ],
  good: [
    {
      title: 'Some seconds',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: "SET lock_timeout = '5s';\nALTER TABLE users ADD COLUMN age int;",
    },
    {
      title: 'Long, but for what nobody waits for',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY, age int, CONSTRAINT c CHECK (age > 0));',
      migration: "SET lock_timeout = '1min';\nALTER TABLE users VALIDATE CONSTRAINT c;",
    },
  ],
  check: (context) =>
    context.migrations.flatMap((migration) => {
      const first = blockingLocks(migration).find(({ statement }) => statement.timeouts.lockMs > longest);
      if (first === undefined) return [];
      const { statement, lock } = first;
      return [
        {
          ...at(first),
          object: nameOf(lock),
          title: `Queries of ${nameOf(lock)} may queue for ${statement.timeouts.lockMs / 1000} seconds`,
          message: `That is the lock_timeout that the statement runs under: while it waits for its lock, later queries of the table wait behind it. Set one to five seconds, and let the deploy try again.`,
          evidence: { ...evidenceOn(statement, { ...lock, tableOid: null }), scan: false, rewrite: false },
          fix: null,
        },
      ];
    }),
};

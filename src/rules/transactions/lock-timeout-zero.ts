import { lockTitle } from '../../run/locks.ts';
import { at, evidenceOn, nameOf } from '../observed.ts';
import type { Rule } from '../rule.ts';
import { unguardedLocks } from './lock-timeouts.ts';

export const lockTimeoutZero: Rule = {
  name: 'lock-timeout-zero',
  about: 'statement',
  severity: 'notice',
  summary: 'The migration switches lock_timeout off, and then takes a lock that others wait for.',
  why: '`SET lock_timeout = 0` and `RESET` end a timeout that the role or the database has; `SET LOCAL` outside of a transaction has no effect at all (the server only warns). What comes after waits without an end, and everybody behind it. Files that pg_dump wrote begin with such a line.',
  instead: 'Leave the line out, or set some seconds; outside of a transaction `SET` without LOCAL.',
  sources: [
    'https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-LOCK-TIMEOUT',
    'https://www.postgresql.org/docs/current/sql-set.html',
  ],
  peers: ['pgfence lock-timeout-zero', 'pgfence lock-timeout-after-ddl (RESET)'],
  bad: [
    {
      title: 'The head of a dump',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'SET lock_timeout = 0;\nALTER TABLE users ADD COLUMN age int;',
      line: 2,
    },
    {
      title: 'SET LOCAL, but there is no transaction',
      base: 'CREATE TABLE "User" (id bigint PRIMARY KEY);',
      migration: `SET LOCAL lock_timeout = '2s';\nALTER TABLE "User" ADD COLUMN age int;`,
      transaction: 'none',
      line: 2,
    },
  ],
  good: [
    {
      title: 'Some seconds',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: "SET lock_timeout = '2s';\nALTER TABLE users ADD COLUMN age int;\nRESET lock_timeout;",
    },
    {
      title: 'Off, and nothing that anybody waits for',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'SET lock_timeout = 0;\nCREATE TABLE notes (id bigint);',
    },
  ],
  check: (context) =>
    unguardedLocks(context)
      .filter(({ cause }) => cause === 'off')
      .map((place) => {
        const { setter, lock, statement } = place;
        const node = setter?.node;
        const local =
          node != null &&
          'VariableSetStmt' in node &&
          node.VariableSetStmt.is_local === true &&
          !setter?.inTransaction;
        return {
          ...at(place),
          object: nameOf(lock),
          title: local
            ? `The lock_timeout of line ${setter?.line ?? '?'} has no effect: SET LOCAL outside of a transaction`
            : `lock_timeout is switched off in line ${setter?.line ?? '?'} before ${nameOf(lock)} is locked`,
          message: `This statement waits for ${lockTitle(lock.mode)} on ${nameOf(lock)} without an end, and later queries queue up behind it. ${local ? 'Use SET without LOCAL.' : 'Leave that line out, or set some seconds.'}`,
          evidence: { ...evidenceOn(statement, { ...lock, tableOid: null }), scan: false, rewrite: false },
          fix: null,
        };
      }),
};

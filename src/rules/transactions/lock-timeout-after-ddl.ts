import { lockTitle } from '../../run/locks.ts';
import { at, evidenceOn, nameOf } from '../observed.ts';
import type { Rule } from '../rule.ts';
import { unguardedLocks } from './lock-timeouts.ts';

export const lockTimeoutAfterDdl: Rule = {
  name: 'lock-timeout-after-ddl',
  about: 'statement',
  severity: 'notice',
  summary: '`lock_timeout` is set after the statement that it should have guarded.',
  why: 'A lock_timeout holds for statements that come after it. The lock that an earlier statement waits for has no end, and everybody queues up behind it, while the file looks as if somebody had thought of that.',
  instead: 'Set it in the first line of the migration.',
  sources: ['https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-LOCK-TIMEOUT'],
  peers: ['pgfence lock-timeout-after-ddl'],
  bad: [
    {
      title: 'After ALTER TABLE',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: "ALTER TABLE users ADD COLUMN age int;\nSET LOCAL lock_timeout = '2s';",
    },
    {
      title: 'Between two of them, by set_config()',
      base: 'CREATE TABLE "User" (id bigint PRIMARY KEY);\nCREATE TABLE teams (id bigint PRIMARY KEY);',
      migration: `-- first
ALTER TABLE "User" ADD COLUMN age int;
SELECT set_config('lock_timeout', '2s', true);
ALTER TABLE teams ADD COLUMN age int;`,
      line: 2,
    },
  ],
  good: [
    {
      title: 'In the first line',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: "SET LOCAL lock_timeout = '2s';\nALTER TABLE users ADD COLUMN age int;",
    },
    {
      title: 'After what nobody waits for',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration:
        "CREATE TABLE notes (id bigint);\nSET LOCAL lock_timeout = '2s';\nALTER TABLE users ADD COLUMN age int;",
    },
  ],
  check: (context) =>
    unguardedLocks(context)
      .filter(({ cause }) => cause === 'after' && context.lockTimeout !== 'set-by-role')
      .map((place) => ({
        ...at(place),
        object: nameOf(place.lock),
        title: `lock_timeout is set in line ${place.setter?.line ?? '?'}, after ${nameOf(place.lock)} was locked`,
        message: `This statement waits for ${lockTitle(place.lock.mode)} on ${nameOf(place.lock)} without an end, and later queries queue up behind it. Set the timeout before it.`,
        evidence: {
          ...evidenceOn(place.statement, { ...place.lock, tableOid: null }),
          scan: false,
          rewrite: false,
        },
        fix: null,
      })),
};

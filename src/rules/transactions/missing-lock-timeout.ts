import { lockTitle } from '../../run/locks.ts';
import { at, evidenceOn, isAbout, nameOf, type Place } from '../observed.ts';
import { recipe } from '../recipe.ts';
import type { Rule } from '../rule.ts';
import { counted } from '../wording.ts';
import { setCommand, unguardedLocks } from './lock-timeouts.ts';

export const missingLockTimeout: Rule = {
  name: 'missing-lock-timeout',
  about: 'statement',
  severity: 'notice',
  oncePerRun: true,
  summary: 'A lock that others wait for is taken without a lock_timeout.',
  why: `A lock that is held for a millisecond may have to be waited for: a report that reads the table for ten minutes makes ALTER TABLE wait for ten minutes, and every query that comes after it queues up behind the ALTER TABLE, reads as well. That is how migrations that “only add a column” take a site down. With a lock_timeout the migration gives up after some seconds, and the deploy tries again.

It is said once for a pull request, and never where \`lock-timeout: set-by-role\` in the config tells that production’s role has a timeout (\`ALTER ROLE … SET lock_timeout\`), which the shadow cannot know. Where base’s own migrations set one for the role or the database, the shadow knows.`,
  instead:
    "`SET LOCAL lock_timeout = '2s'` at the top of the migration (`SET` outside of a transaction), or once for all: `ALTER ROLE migrator SET lock_timeout = '2s'`; and a deploy that tries again.",
  sources: [
    'https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-LOCK-TIMEOUT',
    'https://www.postgresql.org/docs/current/explicit-locking.html',
  ],
  peers: [
    'squawk require-lock-timeout',
    'eugene E9',
    'pgfence missing-lock-timeout',
    'migrationpilot MP004',
    'pgsafe require-timeout',
    'strong_migrations lock_timeout',
  ],
  bad: [
    {
      title: 'ALTER TABLE',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'ALTER TABLE users ADD COLUMN age int;',
    },
    {
      title: 'Two tables: said once',
      base: 'CREATE TABLE "User" (id bigint PRIMARY KEY);\nCREATE TABLE teams (id bigint PRIMARY KEY);',
      migration: `CREATE TABLE notes (id bigint PRIMARY KEY);
ALTER TABLE "User" ADD COLUMN age int;
ALTER TABLE teams ADD COLUMN age int;`,
      line: 2,
    },
  ],
  good: [
    {
      title: 'Set before',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: "SET LOCAL lock_timeout = '2s';\nALTER TABLE users ADD COLUMN age int;",
    },
    {
      title: 'Nothing that anybody waits for',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'CREATE TABLE notes (id bigint PRIMARY KEY);\nDELETE FROM users WHERE id = 7;',
    },
  ],
  check(context, found) {
    if (context.lockTimeout === 'set-by-role') return [];
    const unguarded = unguardedLocks(context);
    // Those that set one in a wrong way have been told what to do.
    if (unguarded.some(({ cause }) => cause !== 'missing')) return [];
    // A statement that blocks for long has to be written in another way first.
    const isTold = (place: Place) =>
      found.some((draft) => isAbout(draft, place) && (draft.evidence?.scan || draft.evidence?.rewrite));
    const all = unguarded.filter((place) => !isTold(place));
    const [first] = all;
    if (first === undefined) return [];
    const { statement, lock } = first;
    const name = nameOf(lock);
    const set = setCommand(statement);
    const more = all.length - 1;
    return [
      {
        ...at(first),
        object: name,
        title: `Waiting for ${name} has no end: no lock_timeout is set`,
        message: `The statement takes ${lockTitle(lock.mode)} on ${name}. While it waits for a long query, every later query of the table queues up behind it. With a lock_timeout it gives up instead, and the deploy can try again.${more > 0 ? ` The same goes for ${counted(more, 'more migration')}.` : ''} If production's role has one, say lock-timeout: set-by-role in the config.`,
        evidence: { ...evidenceOn(statement, { ...lock, tableOid: null }), scan: false, rewrite: false },
        fix: recipe(
          context,
          [
            {
              title: 'give up after two seconds',
              sql: [
                `${set} lock_timeout = '2s';`,
                `${statement.sql};`,
                ...(set === 'SET' ? ['RESET lock_timeout;'] : []),
              ],
            },
          ],
          { sameSchema: true },
        ),
      },
    ];
  },
};

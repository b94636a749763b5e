import { blocks, lockTitle } from '../../run/locks.ts';
import { lockModes } from '../../run/trace.ts';
import { at, evidenceOn, nameOf } from '../observed.ts';
import type { Rule } from '../rule.ts';
import { baseRelation, statementsOf } from '../statements.ts';
import { listed } from '../wording.ts';

export const lockTableExplicit: Rule = {
  name: 'lock-table-explicit',
  about: 'statement',
  severity: 'warning',
  summary: 'LOCK TABLE keeps reads or writes of an existing table out until the transaction ends.',
  why: 'The lock is held until COMMIT, whatever else the migration does. While LOCK TABLE itself waits for a long query, everybody else queues up behind it. Two sessions that lock in another order end in a deadlock. The mode that is meant when none is said is the strongest, ACCESS EXCLUSIVE.',
  instead:
    'Leave it out: DDL takes the lock that it needs. Where one is needed for a swap, say the weakest mode that does (`IN SHARE ROW EXCLUSIVE MODE` keeps writers out and lets readers in), after the slow work, with a lock_timeout.',
  sources: ['https://www.postgresql.org/docs/current/sql-lock.html'],
  peers: ['migrationpilot MP065'],
  bad: [
    {
      title: 'No mode said',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'LOCK TABLE users;',
    },
    {
      title: 'A mode that keeps writers out',
      base: 'CREATE TABLE "User" (id bigint PRIMARY KEY);\nCREATE TABLE teams (id bigint PRIMARY KEY);',
      migration: '\nLOCK TABLE ONLY public."User", teams IN SHARE ROW EXCLUSIVE MODE;',
      line: 2,
    },
  ],
  good: [
    {
      title: 'A mode that blocks neither reads nor writes',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'LOCK TABLE users IN SHARE UPDATE EXCLUSIVE MODE;',
    },
    {
      title: 'A table that the migration creates',
      base: '',
      migration: 'CREATE TABLE users (id bigint PRIMARY KEY);\nLOCK TABLE users;',
    },
  ],
  check: (context) =>
    [...statementsOf(context, 'LockStmt')].flatMap((place) => {
      const mode = lockModes[(place.node.mode ?? 8) - 1];
      const tables = (place.node.relations ?? []).flatMap((each) => {
        const table = 'RangeVar' in each ? baseRelation(context, place, each.RangeVar) : undefined;
        return table === undefined ? [] : [table];
      });
      const [first] = tables;
      if (mode === undefined || first === undefined || blocks(mode).length === 0) return [];
      const whom = blocks(mode).includes('reads') ? 'reads and writes' : 'writes';
      return [
        {
          ...at(place),
          object: nameOf(first),
          title: `LOCK TABLE keeps ${whom} of ${listed(tables.map(nameOf))} out until the transaction ends`,
          message: `It takes ${lockTitle(mode)} and holds it for all the rest of the transaction. DDL takes the locks that it needs by itself; where this one is needed, take it last and in the weakest mode that does.`,
          evidence: { ...evidenceOn(place.statement, first), scan: false },
          fix: null,
        },
      ];
    }),
};

import { at } from '../observed.ts';
import type { Rule } from '../rule.ts';
import { statementsOf } from '../statements.ts';

export const dropDatabase: Rule = {
  name: 'drop-database',
  about: 'statement',
  severity: 'error',
  summary: 'A migration drops a database.',
  why: 'All of it is gone, at once and for good, and with it what other applications keep there. A migration is about one database: what another one is for cannot be seen from it.',
  instead: 'Drop databases by hand, with a backup that was tried.',
  sources: ['https://www.postgresql.org/docs/current/sql-dropdatabase.html'],
  peers: ['squawk ban-drop-database', 'pgfence drop-database', 'migrationpilot MP035', 'pgrubic US008'],
  bad: [
    {
      title: 'Whatever it is called',
      base: '',
      migration: 'DROP DATABASE IF EXISTS legacy;',
      transaction: 'none',
    },
    {
      title: 'With FORCE',
      base: '',
      migration: '\nDROP DATABASE IF EXISTS "Legacy" WITH (FORCE);',
      transaction: 'none',
      line: 2,
    },
  ],
  good: [
    {
      title: 'Something smaller',
      base: '',
      migration: 'DROP TABLE IF EXISTS legacy;',
    },
    {
      title: 'A word in a comment',
      base: '',
      migration: '-- DROP DATABASE legacy;\nSELECT 1;',
    },
  ],
  check: (context) =>
    [...statementsOf(context, 'DropdbStmt')].map((place) => ({
      ...at(place),
      object: null,
      title: `The database ${place.node.dbname ?? ''} is dropped with all that is in it`,
      message: 'Nothing of it can be brought back but from a backup. That is no work for a migration.',
      evidence: null,
      fix: null,
    })),
};

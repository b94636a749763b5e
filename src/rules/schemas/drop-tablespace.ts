import { at } from '../observed.ts';
import type { Rule } from '../rule.ts';
import { statementsOf } from '../statements.ts';

export const dropTablespace: Rule = {
  name: 'drop-tablespace',
  about: 'statement',
  severity: 'warning',
  summary: 'A migration drops a tablespace.',
  why: 'Tablespaces belong to the server, not to one database: another database may still be about to use it, and a server that is set up anew from the migrations has no such place on its disks. Postgres refuses to drop one that holds anything.',
  instead: 'Leave the server’s disks to those who run the server.',
  sources: ['https://www.postgresql.org/docs/current/sql-droptablespace.html'],
  peers: ['pgrubic US009', 'pgsafe drop-tablespace'],
  bad: [
    {
      title: 'Whatever it is called',
      base: '',
      migration: 'DROP TABLESPACE IF EXISTS slow_disk;',
      transaction: 'none',
    },
    {
      title: 'After another statement',
      base: '',
      migration: 'SELECT 1;\nDROP TABLESPACE IF EXISTS "Slow";',
      transaction: 'none',
      line: 2,
    },
  ],
  good: [
    { title: 'A table', base: '', migration: 'DROP TABLE IF EXISTS slow_disk;' },
    {
      title: 'Another server’s matter in a comment',
      base: '',
      migration: '-- DROP TABLESPACE slow_disk;\nSELECT 1;',
    },
  ],
  check: (context) =>
    [...statementsOf(context, 'DropTableSpaceStmt')].map((place) => ({
      ...at(place),
      object: null,
      title: `The tablespace ${place.node.tablespacename ?? ''} is dropped for all databases of the server`,
      message: 'Tablespaces belong to the server and not to one database. Leave them to those who run it.',
      evidence: null,
      fix: null,
    })),
};

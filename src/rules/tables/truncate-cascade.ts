import { at, evidenceOn, nameOf } from '../observed.ts';
import type { Rule } from '../rule.ts';
import { counted, listed } from '../wording.ts';
import { truncations } from './truncate.ts';

export const truncateCascade: Rule = {
  name: 'truncate-cascade',
  about: 'statement',
  severity: 'error',
  summary: 'TRUNCATE … CASCADE empties tables that the statement does not name.',
  why: 'CASCADE empties every table with a foreign key to the named one, and those that reference these, whatever their foreign keys say about ON DELETE. A table that somebody else references next month is emptied too when an old habit of this statement is repeated. The schema afterwards looks the same.',
  instead:
    'Name all tables that are meant: `TRUNCATE a, b;` fails when there is another one. Better still, delete the rows that must go.',
  sources: ['https://www.postgresql.org/docs/current/sql-truncate.html'],
  peers: [
    'squawk ban-truncate-cascade',
    'pgfence truncate-cascade',
    'migrationpilot MP036',
    'postgres-language-server banTruncateCascade',
  ],
  bad: [
    {
      title: 'A referencing table',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint REFERENCES users (id));',
      migration: 'TRUNCATE users CASCADE;',
    },
    {
      title: 'Two steps away, and one of them named',
      base: 'CREATE TABLE a (id bigint PRIMARY KEY);\nCREATE TABLE b (id bigint PRIMARY KEY REFERENCES a (id));\nCREATE TABLE "C" (id bigint REFERENCES b (id));',
      migration: 'SELECT 1;\nTRUNCATE a, b CASCADE;',
      line: 2,
    },
  ],
  good: [
    {
      title: 'Nothing references a table that the migration creates',
      base: '',
      migration: 'CREATE TABLE scratch (id bigint PRIMARY KEY);\nTRUNCATE scratch CASCADE;',
    },
    {
      title: 'Only new tables are reached',
      base: '',
      migration:
        'CREATE TABLE a (id bigint PRIMARY KEY);\nCREATE TABLE b (id bigint REFERENCES a (id));\nTRUNCATE a CASCADE;',
    },
  ],
  check: (context) =>
    truncations(context).flatMap(({ place, named, reached }) => {
      const [first] = reached;
      if (first === undefined) return [];
      return [
        {
          ...at(place),
          object: nameOf(first),
          title: `TRUNCATE … CASCADE deletes all rows of ${listed(reached.map(nameOf))} too`,
          message: `The statement names ${listed(named.map(nameOf))}; CASCADE reached ${counted(reached.length, 'more table')} (seen on the shadow): ${listed(reached.map(nameOf), 10)}. All their rows are lost, and reads and writes of them wait while the migration holds ACCESS EXCLUSIVE. Name the tables that are meant, without CASCADE.`,
          evidence: {
            ...evidenceOn(place.statement, { ...first, tableOid: null }),
            scan: false,
            rewrite: false,
          },
          fix: null,
        },
      ];
    }),
};

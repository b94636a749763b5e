import type { Rule } from '../rule.ts';
import { changesDetail, inDown, inWords } from './places.ts';

export const downLeavesChanges: Rule = {
  name: 'down-leaves-changes',
  about: 'reversal',
  severity: 'error',
  summary: 'Reverting a new migration does not give the schema back.',
  why: 'The tool takes the migration for reverted, but the schema is neither the old nor the new one. The older version of the application meets a schema that it was never tested with, and the migration often cannot be applied again.',
  instead:
    'Let the down take back everything that the migration does. Where something cannot come back, say so: `-- migration-gate:irreversible: reason`. The order of columns is not compared, since a column that comes back is always the last one.',
  sources: ['https://www.postgresql.org/docs/current/sql-altertable.html'],
  peers: ['none that we know of'],
  bad: [
    {
      title: 'One of two views stays',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration:
        'CREATE VIEW user_ids AS SELECT id FROM users;\nCREATE VIEW some_ids AS SELECT id FROM users WHERE id < 10;',
      down: 'DROP VIEW some_ids;',
    },
    {
      title: 'The down has no statement',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'CREATE VIEW user_ids AS SELECT id FROM users;',
      down: '-- nothing to do',
    },
  ],
  good: [
    {
      title: 'Both views go',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration:
        'CREATE VIEW user_ids AS SELECT id FROM users;\nCREATE VIEW some_ids AS SELECT id FROM users WHERE id < 10;',
      down: 'DROP VIEW some_ids;\nDROP VIEW user_ids;',
    },
    {
      title: 'A view comes back as it was',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);\nCREATE VIEW user_ids AS SELECT id FROM users;',
      migration: 'CREATE OR REPLACE VIEW user_ids AS SELECT id FROM users WHERE id > 0;',
      down: 'CREATE OR REPLACE VIEW user_ids AS SELECT id FROM users;',
    },
  ],
  check: ({ reversal }) =>
    (reversal?.steps ?? []).flatMap(({ migration, back, again }) => {
      const [first] = back?.leaves ?? [];
      if (back === null || first === undefined) return [];
      const next =
        again?.error == null
          ? ''
          : ` Applying the migration again then fails: ${again.error.message} (SQLSTATE ${again.error.sqlstate}).`;
      return [
        {
          ...inDown(migration, back.down, first.name),
          object: first.name,
          title: `The down of ${migration.file} does not give the schema back: ${inWords(back.leaves)}`,
          message: `After the migration and its down the schema on the shadow is not the one from before.${next} Let the down take back all that the migration does, or say that it cannot: -- migration-gate:irreversible: reason.`,
          detail: changesDetail(back.leaves),
        },
      ];
    }),
};

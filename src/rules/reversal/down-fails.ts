import type { Rule } from '../rule.ts';
import { errorDetail, inDown } from './places.ts';

export const downFails: Rule = {
  name: 'down-fails',
  about: 'reversal',
  severity: 'error',
  summary: 'The down of a new migration fails right after the migration has been applied.',
  why: 'A down is needed when a deploy went wrong, which is the worst moment to learn that it does not run. The shadow has applied the migration and then its down, and the server refused it.',
  instead:
    'Correct the down, or remove it and say that there is no way back: `-- migration-gate:irreversible: reason`.',
  sources: ['https://www.postgresql.org/docs/current/errcodes-appendix.html'],
  peers: ['none that we know of'],
  bad: [
    {
      title: 'The down drops what the migration does not make',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'CREATE VIEW user_ids AS SELECT id FROM users;',
      down: 'DROP VIEW user_idz;',
    },
    {
      title: 'The down forgets what depends on it',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration:
        'CREATE VIEW user_ids AS SELECT id FROM users;\nCREATE VIEW some_ids AS SELECT id FROM user_ids WHERE id < 10;',
      down: '-- both views\nDROP VIEW user_ids;\nDROP VIEW some_ids;',
      line: 2,
    },
  ],
  good: [
    {
      title: 'The down takes everything back',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: 'CREATE VIEW user_ids AS SELECT id FROM users;',
      down: 'DROP VIEW user_ids;',
    },
    {
      title: 'In the order in which it depends on each other',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration:
        'CREATE VIEW user_ids AS SELECT id FROM users;\nCREATE VIEW some_ids AS SELECT id FROM user_ids WHERE id < 10;',
      down: 'DROP VIEW some_ids;\nDROP VIEW user_ids;',
    },
  ],
  check: ({ reversal }) =>
    (reversal?.steps ?? []).flatMap(({ migration, back }) => {
      if (back === null || back.error === null) return [];
      const { down, error } = back;
      return [
        {
          ...inDown(migration, down, null),
          line: error.line,
          endLine: error.line,
          title: `The down of ${migration.file} fails: ${error.message}`,
          message: `Right after the migration its down was run on the shadow and stopped (SQLSTATE ${error.sqlstate}). When this deploy has to be taken back, it cannot be. What was applied before it was not reverted either.`,
          detail: errorDetail(down.sql, error),
        },
      ];
    }),
};

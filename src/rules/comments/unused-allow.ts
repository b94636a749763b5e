import type { Rule } from '../rule.ts';

/** Found by the engine itself, which alone knows what the comments matched. */
export const unusedAllow: Rule = {
  name: 'unused-allow',
  about: 'comment',
  severity: 'warning',
  summary: 'A `migration-gate:allow` comment accepts nothing.',
  why: 'It names a rule that finds nothing there, a rule that does not exist, or gives no reason. It looks as if something had been looked at and accepted, and it will hide the next finding that comes along.',
  instead:
    'Remove it, or correct the rule’s name, its place (on the line above the statement, or apart at the top of the file) or its reason.',
  sources: [],
  peers: ['squawk unused-ignore'],
  bad: [
    {
      title: 'Nothing to accept',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration:
        '-- migration-gate:allow drop-table: nobody uses it\nALTER TABLE users ADD COLUMN email text;',
    },
    {
      title: 'A misspelt rule',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration:
        'ALTER TABLE users ADD COLUMN email text;\n-- migration-gate:allow drop-tabel: nobody uses it\nSELECT 1;',
      line: 2,
    },
    {
      title: 'No reason',
      base: 'CREATE TABLE users (id bigint PRIMARY KEY);',
      migration: '-- migration-gate:allow drop-table\nSELECT 1;',
    },
  ],
  good: [
    {
      title: 'A finding is accepted',
      base: 'CREATE TABLE sessions (id bigint PRIMARY KEY);',
      migration: '-- migration-gate:allow drop-table: moved to Redis in March\nDROP TABLE sessions;',
    },
    {
      title: 'For the whole file',
      base: 'CREATE TABLE a (id bigint PRIMARY KEY);\nCREATE TABLE b (id bigint PRIMARY KEY);',
      migration:
        '-- migration-gate:allow drop-table: both are empty since March\n\nDROP TABLE a;\nDROP TABLE b;',
    },
  ],
  check: () => [],
};

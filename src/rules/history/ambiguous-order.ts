import type { Rule } from '../rule.ts';
import { oddityDraft } from './oddity.ts';

const dbmate = (sql: string): string => `-- migrate:up\n${sql}\n\n-- migrate:down\n`;

export const ambiguousOrder: Rule = {
  name: 'ambiguous-order',
  about: 'history',
  severity: 'warning',
  summary: 'A file does not run where its name seems to put it.',
  why: 'Some tools sort names as text, so that `10_` comes before `9_`; others go by a journal, or by the time in the name alone. The file runs, but before or after others than its author and the reviewers think, and a new database may be built in another order than production was.\n\nFiles that base already has in this state are told in one note.',
  instead: 'Write numbers of one length, or time stamps as the tool’s own command makes them.',
  sources: ['https://github.com/amacneil/dbmate#creating-migrations'],
  peers: ['liquibase includeAll sort order'],
  bad: [
    {
      title: 'dbmate: 10 sorts before 9',
      tool: 'dbmate',
      base: { '08_users.sql': dbmate('CREATE TABLE users (id bigint PRIMARY KEY);') },
      migration: {
        '08_users.sql': dbmate('CREATE TABLE users (id bigint PRIMARY KEY);'),
        '9_teams.sql': dbmate('CREATE TABLE teams (id bigint PRIMARY KEY);'),
        '10_logs.sql': dbmate('CREATE TABLE logs (id bigint PRIMARY KEY);'),
      },
    },
    {
      title: 'dbmate: 1000 sorts before 999',
      tool: 'dbmate',
      base: { '0998_users.sql': dbmate('CREATE TABLE users (id bigint PRIMARY KEY);') },
      migration: {
        '0998_users.sql': dbmate('CREATE TABLE users (id bigint PRIMARY KEY);'),
        '999_teams.sql': dbmate('CREATE TABLE teams (id bigint PRIMARY KEY);'),
        '1000_logs.sql': dbmate('CREATE TABLE logs (id bigint PRIMARY KEY);'),
      },
    },
  ],
  good: [
    {
      title: 'dbmate: numbers of one length',
      tool: 'dbmate',
      base: { '08_users.sql': dbmate('CREATE TABLE users (id bigint PRIMARY KEY);') },
      migration: {
        '08_users.sql': dbmate('CREATE TABLE users (id bigint PRIMARY KEY);'),
        '09_teams.sql': dbmate('CREATE TABLE teams (id bigint PRIMARY KEY);'),
        '10_logs.sql': dbmate('CREATE TABLE logs (id bigint PRIMARY KEY);'),
      },
    },
    {
      title: 'golang-migrate goes by the number',
      tool: 'golang-migrate',
      base: { '8_users.up.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);' },
      migration: {
        '8_users.up.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);',
        '9_teams.up.sql': 'CREATE TABLE teams (id bigint PRIMARY KEY);',
        '10_logs.up.sql': 'CREATE TABLE logs (id bigint PRIMARY KEY);',
      },
    },
  ],
  check: (context) =>
    oddityDraft(context, 'ambiguous-order', (name) => `${name} does not run where its name seems to put it`),
};

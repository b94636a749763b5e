import type { Rule } from '../rule.ts';
import { oddityDraft } from './oddity.ts';

const dbmate = (sql: string): string => `-- migrate:up\n${sql}\n\n-- migrate:down\n`;

export const migrationNeverRuns: Rule = {
  name: 'migration-never-runs',
  about: 'history',
  severity: 'error',
  summary: 'The tool passes over a file that the pull request adds.',
  why: 'A wrong suffix, a missing number, a capital letter, a line missing in the journal: the tool takes the file for none of its own and says nothing. The deploy is green, the code that needs the table follows, and the table is not there. Whoever wrote the file believes that it was checked.\n\nFiles that base already has in this state are told in one note.',
  instead: 'Name the file as the tool asks, or move it out of the directory.',
  sources: [
    'https://github.com/golang-migrate/migrate/blob/master/MIGRATIONS.md',
    'https://documentation.red-gate.com/fd/migrations-184127470.html',
  ],
  peers: ['flyway validateMigrationNaming'],
  bad: [
    {
      title: 'golang-migrate: the name lacks .up',
      tool: 'golang-migrate',
      base: { '1_users.up.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);' },
      migration: {
        '1_users.up.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);',
        '2_teams.sql': 'CREATE TABLE teams (id bigint PRIMARY KEY);',
      },
    },
    {
      title: 'dbmate: the name begins with no number',
      tool: 'dbmate',
      base: { '1_users.sql': dbmate('CREATE TABLE users (id bigint PRIMARY KEY);') },
      migration: {
        '1_users.sql': dbmate('CREATE TABLE users (id bigint PRIMARY KEY);'),
        'teams.sql': dbmate('CREATE TABLE teams (id bigint PRIMARY KEY);'),
      },
    },
  ],
  good: [
    {
      title: 'golang-migrate: every file is one of its own',
      tool: 'golang-migrate',
      base: { '1_users.up.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);' },
      migration: {
        '1_users.up.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);',
        '2_teams.up.sql': 'CREATE TABLE teams (id bigint PRIMARY KEY);',
        '2_teams.down.sql': 'DROP TABLE teams;',
      },
    },
    {
      title: 'A file that base has already is no news',
      tool: 'golang-migrate',
      base: {
        '1_users.up.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);',
        'queries.sql': 'SELECT 1;',
      },
      migration: {
        '1_users.up.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);',
        'queries.sql': 'SELECT 1;',
        '2_teams.up.sql': 'CREATE TABLE teams (id bigint PRIMARY KEY);',
      },
    },
  ],
  check: (context) => oddityDraft(context, 'never-runs', (name) => `${name} never runs`),
};

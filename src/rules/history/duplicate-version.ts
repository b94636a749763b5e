import type { Rule } from '../rule.ts';
import { divergenceSentence } from './divergence.ts';
import { moveCommands } from './way-out.ts';

export const duplicateVersion: Rule = {
  name: 'duplicate-version',
  about: 'history',
  severity: 'error',
  summary: 'Two migrations have the same version.',
  why: 'A tool that remembers versions takes the second file for the first one: it never runs, or the tool stops. It comes about when two branches take the same number, without any conflict in git.',
  instead: 'Give the newer file the next free number.',
  sources: ['https://github.com/golang-migrate/migrate/blob/master/FAQ.md'],
  peers: ['atlas atlas.sum conflict', 'flyway "Found more than one migration with version"'],
  bad: [
    {
      title: 'Another branch took the same number',
      base: { '1_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);' },
      migration: {
        '1_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);',
        '1_teams.sql': 'CREATE TABLE teams (id bigint PRIMARY KEY);',
      },
    },
    {
      title: 'Two new files with the same number',
      base: { '1_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);' },
      migration: {
        '1_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);',
        '2_logs.sql': 'CREATE TABLE logs (id bigint PRIMARY KEY);',
        '2_teams.sql': 'CREATE TABLE teams (id bigint PRIMARY KEY);',
      },
    },
  ],
  good: [
    {
      title: 'Every file has a number of its own',
      base: { '1_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);' },
      migration: {
        '1_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);',
        '2_teams.sql': 'CREATE TABLE teams (id bigint PRIMARY KEY);',
      },
    },
    {
      title: 'The same name under another number',
      base: { '1_grants.sql': 'CREATE SCHEMA IF NOT EXISTS app;' },
      migration: {
        '1_grants.sql': 'CREATE SCHEMA IF NOT EXISTS app;',
        '2_grants.sql': 'CREATE SCHEMA IF NOT EXISTS audit;',
      },
    },
  ],
  check(context) {
    const reaction = context.tool.onHistoryChange.duplicateVersion;
    if (reaction.legal) return [];
    return context.historyChanges
      .filter(({ kind }) => kind === 'duplicate-version')
      .map((change) => ({
        migration: change.version,
        file: change.file,
        line: 1,
        endLine: 1,
        object: null,
        title: `${change.file} has the same version as ${change.previousFile ?? 'another migration'}`,
        message: `${reaction.says}${divergenceSentence(context, change)} Give the newer one a version of its own.`,
        commands: moveCommands(context, change.file),
        evidence: null,
        fix: null,
      }));
  },
};

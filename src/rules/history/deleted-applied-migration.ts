import type { Rule } from '../rule.ts';
import { divergenceSentence, restoreCommand } from './divergence.ts';

export const deletedAppliedMigration: Rule = {
  name: 'deleted-applied-migration',
  about: 'history',
  severity: 'error',
  summary: 'A migration that base already has is gone.',
  why: 'Databases that follow base keep what the migration did; a new database never gets it. Several tools also stop the next deploy because their table names a file that they cannot find.',
  instead:
    'Keep the file. What it did is taken back by a new migration; a history is shortened by the tool’s own way of making a baseline.',
  sources: ['https://www.prisma.io/docs/orm/prisma-migrate/workflows/squashing-migrations'],
  peers: ['flyway validate', 'prisma migrate "missing from the local migrations directory"'],
  bad: [
    {
      title: 'An applied migration is removed',
      base: {
        '1_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);',
        '2_audit.sql': 'CREATE TABLE audit (id bigint PRIMARY KEY);',
      },
      migration: { '1_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);' },
      line: null,
    },
    {
      title: 'An applied migration is replaced by another',
      base: {
        '1_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);',
        '2_audit.sql': 'CREATE TABLE audit (id bigint PRIMARY KEY);',
      },
      migration: {
        '1_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);',
        '3_logs.sql': 'CREATE TABLE logs (id bigint PRIMARY KEY);',
      },
      line: null,
    },
  ],
  good: [
    {
      title: 'What the migration made is changed by a new one',
      base: {
        '1_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);',
        '2_view.sql': 'CREATE VIEW everyone AS SELECT id FROM users;',
      },
      migration: {
        '1_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);',
        '2_view.sql': 'CREATE VIEW everyone AS SELECT id FROM users;',
        '3_view.sql': 'CREATE OR REPLACE VIEW everyone AS SELECT id, now() AS at FROM users;',
      },
    },
    {
      title: 'All files stay',
      base: { '1_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);' },
      migration: {
        '1_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);',
        '2_logs.sql': 'CREATE TABLE logs (id bigint PRIMARY KEY);',
      },
    },
  ],
  check: (context) =>
    context.historyChanges
      .filter(({ kind }) => kind === 'deleted')
      .map((change) => ({
        migration: change.version,
        file: change.file,
        line: null,
        endLine: null,
        object: null,
        title: `${change.file} was applied and is now gone`,
        message: `${context.tool.onHistoryChange.deleted.says}${divergenceSentence(context, change)} Bring it back (${restoreCommand(context.baseRef, [change.file])}) and undo what it did in a new migration.`,
        evidence: null,
        fix: null,
      })),
};

import type { Rule, RuleContext, Severity } from '../rule.ts';
import { divergenceSentence, diverges, restoreCommand } from './divergence.ts';

export const renamedAppliedMigration: Rule = {
  name: 'renamed-applied-migration',
  about: 'history',
  severity: 'error',
  summary: 'A migration that base already has got another name.',
  why: 'Tools remember what they applied by name or number. Under another name the same statements look new: they run a second time, or the tool stops because the old name is missing.',
  instead: 'Keep the name, also when a number is out of style.',
  sources: ['https://documentation.red-gate.com/fd/migrations-184127470.html'],
  peers: ['flyway validate'],
  bad: [
    {
      title: 'The number of an applied migration changes',
      base: { '1_users.sql': 'CREATE TABLE IF NOT EXISTS users (id bigint PRIMARY KEY);' },
      migration: { '2_users.sql': 'CREATE TABLE IF NOT EXISTS users (id bigint PRIMARY KEY);' },
      line: null,
    },
    {
      title: 'The name of an applied migration changes',
      base: { '1_users.sql': 'CREATE TABLE IF NOT EXISTS users (id bigint PRIMARY KEY);' },
      migration: { '1_create_users.sql': 'CREATE TABLE IF NOT EXISTS users (id bigint PRIMARY KEY);' },
      line: null,
    },
  ],
  good: [
    {
      title: 'Names stay',
      base: { '1_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);' },
      migration: {
        '1_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);',
        '2_teams.sql': 'CREATE TABLE teams (id bigint PRIMARY KEY);',
      },
    },
    {
      title: 'A new migration with the contents of an old one is no rename while the old one stays',
      base: { '1_extension.sql': 'CREATE SCHEMA IF NOT EXISTS app;' },
      migration: {
        '1_extension.sql': 'CREATE SCHEMA IF NOT EXISTS app;',
        '2_extension.sql': 'CREATE SCHEMA IF NOT EXISTS app;',
      },
    },
  ],
  check: (context) =>
    context.historyChanges
      .filter(({ kind }) => kind === 'renamed')
      .map((change) => {
        const old = change.previousFile ?? change.file;
        const error = context.migrations.find(({ file }) => file === change.file)?.error ?? null;
        const again = error === null ? '' : ` On the shadow it failed when it ran again: ${error.message}.`;
        return {
          migration: change.version,
          file: change.file,
          line: null,
          endLine: null,
          object: null,
          severity: error === null ? severityOf(context) : 'error',
          title: `${old} was applied and is now called ${change.file}`,
          message: `${context.tool.onHistoryChange.renamed.says}${again}${divergenceSentence(context, change)} Give it its old name back: ${restoreCommand(context.baseRef, [old])} and remove ${change.file}.`,
          evidence: null,
          fix: null,
        };
      }),
};

/** A tool that goes by something else than the name does not notice. */
const severityOf = (context: RuleContext): Severity =>
  context.tool.onHistoryChange.renamed.does === 'ignores' && !diverges(context) ? 'warning' : 'error';

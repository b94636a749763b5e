import type { Rule, RuleContext, Severity } from '../rule.ts';
import { divergenceSentence, diverges } from './divergence.ts';
import { moveCommands } from './way-out.ts';

export const outOfOrderMigration: Rule = {
  name: 'out-of-order-migration',
  about: 'history',
  severity: 'error',
  summary: 'A new migration sorts before one that base already has.',
  why: `Two branches were open at once, and the one with the newer number was merged first. Databases that follow base have run the newer migration already; a new database runs the older one first. Some tools then never run the late file, some stop, some run it late.

It is a notice where the tool runs it late and both orders end in the same schema.`,
  instead: 'Give the new migration a number or time stamp after base’s newest.',
  sources: ['https://documentation.red-gate.com/fd/flyway-out-of-order-setting-277579005.html'],
  peers: ['atlas non-linear (Cloud)', 'flyway outOfOrder'],
  bad: [
    {
      title: 'A number below base’s newest, whose order matters',
      base: {
        '1_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);',
        '3_email.sql': "ALTER TABLE users ADD COLUMN IF NOT EXISTS email text DEFAULT 'new';",
      },
      migration: {
        '1_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);',
        '2_email.sql': "ALTER TABLE users ADD COLUMN IF NOT EXISTS email text DEFAULT 'old';",
        '3_email.sql': "ALTER TABLE users ADD COLUMN IF NOT EXISTS email text DEFAULT 'new';",
      },
    },
    {
      title: 'A time stamp before base’s newest, whose order matters',
      base: {
        '20240101000000_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);',
        '20240301000000_kind.sql': 'CREATE TABLE IF NOT EXISTS kinds (id bigint PRIMARY KEY, name text);',
      },
      migration: {
        '20240101000000_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);',
        '20240201000000_kind.sql': 'CREATE TABLE IF NOT EXISTS kinds (id bigint PRIMARY KEY);',
        '20240301000000_kind.sql': 'CREATE TABLE IF NOT EXISTS kinds (id bigint PRIMARY KEY, name text);',
      },
    },
  ],
  good: [
    {
      title: 'A number after base’s newest',
      base: { '1_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);' },
      migration: {
        '1_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);',
        '2_teams.sql': 'CREATE TABLE teams (id bigint PRIMARY KEY);',
      },
    },
    {
      title: 'Numbers need not follow each other',
      base: { '07_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);' },
      migration: {
        '07_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);',
        '12_teams.sql': 'CREATE TABLE teams (id bigint PRIMARY KEY);',
      },
    },
  ],
  check: (context) =>
    context.historyChanges
      .filter(({ kind }) => kind === 'out-of-order')
      .map((change) => ({
        migration: change.version,
        file: change.file,
        line: 1,
        endLine: 1,
        object: null,
        severity: severityOf(context),
        title: `${change.file} sorts before ${change.after ?? 'a migration'}, which base has already applied`,
        message: `${context.tool.onHistoryChange.outOfOrder.says}${divergenceSentence(context, change)} Give it a version after ${change.after ?? 'the newest of base'}.`,
        commands: moveCommands(context, change.file),
        evidence: null,
        fix: null,
      })),
};

function severityOf(context: RuleContext): Severity {
  const { does } = context.tool.onHistoryChange.outOfOrder;
  if (does === 'refuses' || does === 'skips') return 'error';
  return diverges(context) ? 'error' : 'notice';
}

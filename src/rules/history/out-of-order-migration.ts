import type { HistoryChange } from '../../history/change.ts';
import type { FindingDraft, Rule, RuleContext, Severity } from '../rule.ts';
import { divergenceSentence, diverges, teller } from './divergence.ts';
import { fileList, grouped, moveCommands } from './way-out.ts';

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
    grouped(
      context.historyChanges.filter(({ kind }) => kind === 'out-of-order'),
      (some) => late(context, some),
    ),
};

function late(context: RuleContext, changes: readonly HistoryChange[]): FindingDraft {
  const [first] = changes;
  const single = changes.length === 1;
  const newest = first?.after ?? 'the newest of base';
  const commands = changes.flatMap(({ file }) => moveCommands(context, file));
  const them = single ? 'it' : 'them';
  const cure =
    commands.length > 0 ? `Give ${them} a version after ${newest}.` : `Put ${them} behind ${newest}.`;
  const divergence = changes.map((change) => divergenceSentence(context, change)).join('');
  return {
    migration: single ? (first?.version ?? null) : null,
    file: first?.file ?? null,
    line: 1,
    endLine: 1,
    object: null,
    severity: severityOf(context),
    title: single
      ? `${first?.file} sorts before ${first?.after ?? 'a migration'}, which base has already applied`
      : `${changes.length} migrations sort before ${first?.after ?? 'one'}, which base has already applied`,
    message: `${single ? '' : 'Of each of them: '}${context.tool.onHistoryChange.outOfOrder.says}${divergence} ${cure}`,
    commands,
    evidence: null,
    fix: null,
    ...(single
      ? {}
      : { detail: { language: 'text' as const, text: fileList(changes.map(({ file }) => file)) } }),
  };
}

function severityOf(context: RuleContext): Severity {
  const { does } = context.tool.onHistoryChange.outOfOrder;
  if (does === 'refuses' || does === 'skips') return 'error';
  // A divergence that an edit or a deletion tells of is not laid at its door.
  return diverges(context) && teller(context)?.kind === 'out-of-order' ? 'error' : 'notice';
}

import type { HistoryChange } from '../../history/change.ts';
import type { FindingDraft, Rule, RuleContext } from '../rule.ts';
import { divergenceSentence, provedEqual } from './divergence.ts';
import { fileList, grouped, meetingFix, sinceSentence, takeBack } from './way-out.ts';

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
    grouped(
      context.historyChanges.filter(({ kind }) => kind === 'deleted'),
      (some) => gone(context, some),
    ),
};

function gone(context: RuleContext, changes: readonly HistoryChange[]): FindingDraft {
  const [first] = changes;
  const single = changes.length === 1;
  const divergence = changes.map((change) => divergenceSentence(context, change)).join('');
  return {
    migration: single ? (first?.version ?? null) : null,
    file: first?.file ?? null,
    line: null,
    endLine: null,
    object: null,
    title: single
      ? `${first?.file} was applied and is now gone`
      : `${changes.length} applied migrations are gone`,
    message: `${reaction(context, changes)}${context.notInSchema == null ? '' : ` ${context.notInSchema}`}${divergence}${provedEqual(context) ? ' Tried: both end in the same schema all the same; rows are not compared.' : ''}${sinceSentence(context, changes)} Bring ${single ? 'it' : 'them'} back and undo what ${single ? 'it' : 'they'} did in a new migration.`,
    commands: [takeBack(context, changes)],
    evidence: null,
    fix: meetingFix(context, changes),
    ...(single
      ? {}
      : { detail: { language: 'text' as const, text: fileList(changes.map(({ file }) => file)) } }),
  };
}

/** In the tool's words for their places, where those agree. */
function reaction({ tool }: RuleContext, changes: readonly HistoryChange[]): string {
  const { says, at } = tool.onHistoryChange.deleted;
  const said = new Set(changes.map(({ place }) => (place === undefined ? says : (at?.(place) ?? says))));
  const [only, ...others] = said;
  return only === undefined || others.length > 0 ? says : only;
}

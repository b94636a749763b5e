import type { HistoryChange } from '../../history/change.ts';
import { differInSchemaOnly } from '../../history/seen-in-schema.ts';
import { word } from '../../shell-word.ts';
import type { ToolReaction } from '../../tools/tool.ts';
import type { FindingDraft, Rule, RuleContext, Severity } from '../rule.ts';
import { divergenceSentence, diverges, provedEqual } from './divergence.ts';
import { restoreCommand } from './shell.ts';
import { fileList, grouped, meetingFix, sinceSentence, takeBack } from './way-out.ts';

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
    grouped(
      context.historyChanges.filter(({ kind }) => kind === 'renamed'),
      (some) => renamed(context, some),
    ),
};

function renamed(context: RuleContext, changes: readonly HistoryChange[]): FindingDraft {
  const [first] = changes;
  const single = changes.length === 1;
  const failed = changes.flatMap(({ file }) => {
    const error = context.migrations.find((migration) => migration.file === file)?.error ?? null;
    return error === null ? [] : [error.message];
  });
  const old = first?.previousFile ?? first?.file ?? '';
  const again = failed[0] === undefined ? '' : ` On the shadow it failed when it ran again: ${failed[0]}.`;
  const divergence = changes.map((change) => divergenceSentence(context, change)).join('');
  const nothing = runsToNoEffect(context, changes)
    ? ' Tried: it runs a second time without an error and leaves the schema as it is.'
    : '';
  // Something else gives it its version: a journal.
  const sameFile = single && first?.file === old;
  const back = sameFile
    ? 'Take the change of its version back.'
    : single
      ? 'Give it its old name back.'
      : 'Give them their old names back, and remove the new ones.';
  return {
    migration: single ? (first?.version ?? null) : null,
    file: first?.file ?? null,
    line: null,
    endLine: null,
    object: null,
    severity: failed.length === 0 ? severityOf(context, changes) : 'error',
    title: sameFile
      ? `${old} was applied, and its version is another one now`
      : single
        ? `${old} was applied and is now called ${first?.file}`
        : `${changes.length} applied migrations have other names`,
    message: `${overlooked(context, changes) ?? reaction(context, changes).says}${again}${nothing}${divergence}${sinceSentence(context, changes)} ${back}`,
    commands: single
      ? [restoreCommand(context.baseRef, [old]), `git rm -f -- ${word(first?.file ?? '')}`]
      : [takeBack(context, changes)],
    evidence: null,
    fix: meetingFix(context, changes),
    ...(single
      ? {}
      : {
          detail: {
            language: 'text' as const,
            text: fileList(changes.map(({ file, previousFile }) => `${previousFile} is now ${file}`)),
          },
        }),
  };
}

/** A tool that runs the new name did so on the shadow: what it says twice changes nothing, and no rows. */
const runsToNoEffect = (context: RuleContext, changes: readonly HistoryChange[]): boolean =>
  context.tool.onHistoryChange.renamed.does === 'runs' &&
  provedEqual(context) &&
  context.schemaChanges.length === 0 &&
  changes.every(({ file, diff }) => {
    const text = context.sources.get(file);
    return diff === '' && text !== undefined && differInSchemaOnly('', text);
  });

/** The strongest word for their places, else what is said of all. */
function reaction({ tool }: RuleContext, changes: readonly HistoryChange[]): ToolReaction {
  const { renamed, outOfOrder } = tool.onHistoryChange;
  for (const { place } of changes) {
    const there = place === undefined ? null : (renamed.at?.(place) ?? null);
    if (there !== null) return there;
  }
  const isLate = changes.some(({ after }) => after !== null);
  return isLate && renamed.does === 'ignores' && outOfOrder.does === 'refuses'
    ? { does: 'refuses', says: `${renamed.says} ${outOfOrder.says}` }
    : renamed;
}

/** A tool that goes by something else than the name does not notice. */
const severityOf = (context: RuleContext, changes: readonly HistoryChange[]): Severity =>
  (reaction(context, changes).does === 'ignores' ||
    overlooked(context, changes) !== null ||
    runsToNoEffect(context, changes)) &&
  !diverges(context)
    ? 'warning'
    : 'error';

/** What the tool does where only the name behind the version is another; null: more is, or that counts too. */
const overlooked = (context: RuleContext, changes: readonly HistoryChange[]): string | null =>
  changes.every(({ sameIdentity }) => sameIdentity === true)
    ? (context.tool.onHistoryChange.renamed.sameVersion ?? null)
    : null;

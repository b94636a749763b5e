import type { HistoryChange } from '../../history/change.ts';
import type { FindingDraft, Rule, RuleContext, Severity } from '../rule.ts';
import { divergenceSentence } from './divergence.ts';
import { fileList, grouped, meetingFix, sinceSentence, takeBack } from './way-out.ts';

/** Bytes of diff shown with one finding. */
const diffLimit = 20_000;

export const editedAppliedMigration: Rule = {
  name: 'edited-applied-migration',
  about: 'history',
  severity: 'error',
  summary: 'A migration that base already has was changed.',
  why: `Databases that follow base have run the old text and never run the new one (or their tool stops the deploy because the checksum differs). New databases run only the new text. From then on the environments differ, and nobody's test database shows what production has.

A change of white space, comments or spelling alone makes no difference to a database. It is a notice, unless the tool compares checksums and refuses it.`,
  instead: 'Take the file back to what base has and put the change into a new migration.',
  sources: [
    'https://www.prisma.io/docs/orm/prisma-migrate/workflows/patching-and-hotfixing',
    'https://documentation.red-gate.com/fd/validate-184127464.html',
  ],
  peers: [
    'atlas atlas.sum checksum',
    'flyway validate',
    'prisma migrate "was modified after it was applied"',
  ],
  bad: [
    {
      title: 'A column is added to an applied migration',
      base: { '1_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);' },
      migration: { '1_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY, nickname text);' },
    },
    {
      title: 'A default is changed where it was made',
      base: {
        '1_plans.sql': "CREATE TABLE plans (\n  id bigint PRIMARY KEY,\n  tier text DEFAULT 'free'\n);",
        '2_note.sql': 'ALTER TABLE plans ADD COLUMN note text;',
      },
      migration: {
        '1_plans.sql': "CREATE TABLE plans (\n  id bigint PRIMARY KEY,\n  tier text DEFAULT 'trial'\n);",
        '2_note.sql': 'ALTER TABLE plans ADD COLUMN note text;',
      },
      line: 3,
    },
  ],
  good: [
    {
      title: 'The change is a migration of its own',
      base: { '1_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);' },
      migration: {
        '1_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);',
        '2_nickname.sql': 'ALTER TABLE users ADD COLUMN nickname text;',
      },
    },
    {
      title: 'A migration that base has not yet is still free to change',
      base: { '1_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);' },
      migration: {
        '1_users.sql': 'CREATE TABLE users (id bigint PRIMARY KEY);',
        '2_teams.sql': 'CREATE TABLE teams (id bigint PRIMARY KEY, name text);',
      },
    },
  ],
  check(context) {
    const edited = context.historyChanges.filter(({ kind }) => kind === 'edited');
    const cosmetic = context.historyChanges.filter(({ kind }) => kind === 'edited-cosmetic');
    return [
      ...grouped(edited, (some) => edit(context, some)),
      ...grouped(cosmetic, (some) => cosmeticEdit(context, some)),
    ];
  },
};

type Describe = (context: RuleContext, changes: readonly HistoryChange[]) => FindingDraft;

const edit: Describe = (context, changes) => {
  const divergence = changes.map((change) => divergenceSentence(context, change)).join('');
  return {
    ...place(changes),
    title:
      changes.length === 1
        ? `${base(changes)} was changed after it was applied`
        : `${changes.length} applied migrations were changed`,
    message: `${context.tool.onHistoryChange.edited.says}${divergence}${sinceSentence(context, changes)} Take back what base has and put the change into a new migration.`,
    commands: [takeBack(context, changes)],
    fix: meetingFix(context, changes),
  };
};

const cosmeticEdit: Describe = (context, changes) => {
  const { does, says } = context.tool.onHistoryChange.edited;
  const severity: Severity = does === 'refuses' ? 'error' : 'notice';
  const them = changes.length === 1 ? 'it' : 'them';
  return {
    ...place(changes),
    severity,
    title:
      changes.length === 1
        ? `${base(changes)} was changed in white space, comments or spelling only`
        : `${changes.length} applied migrations were changed in white space, comments or spelling only`,
    message:
      severity === 'error'
        ? `The statements are the same, but the contents are not. ${says} Take ${them} back:`
        : `The statements are the same, so no database changes. If it was a formatter, keep it away from applied migrations; to take ${them} back:`,
    commands: [takeBack(context, changes)],
  };
};

const base = (changes: readonly HistoryChange[]): string => changes[0]?.file ?? '';

function place(changes: readonly HistoryChange[]): Omit<FindingDraft, 'title' | 'message'> {
  const [first] = changes;
  const single = changes.length === 1;
  const diff = first?.diff ?? '';
  return {
    migration: single ? (first?.version ?? null) : null,
    file: first?.file ?? null,
    line: first?.line ?? null,
    endLine: first?.line ?? null,
    object: null,
    evidence: null,
    fix: null,
    ...(single && diff !== '' ? { detail: { language: 'diff' as const, text: cut(diff) } } : {}),
    ...(single
      ? {}
      : { detail: { language: 'text' as const, text: fileList(changes.map(({ file }) => file)) } }),
  };
}

function cut(diff: string): string {
  if (diff.length <= diffLimit) return diff;
  const end = diff.lastIndexOf('\n', diffLimit);
  return `${diff.slice(0, end === -1 ? diffLimit : end)}\n… (the rest of the diff is left out)`;
}

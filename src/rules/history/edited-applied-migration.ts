import type { HistoryChange } from '../../history/change.ts';
import { word } from '../../shell-word.ts';
import type { FindingDraft, Rule, RuleContext, Severity } from '../rule.ts';
import { divergenceSentence, provedEqual } from './divergence.ts';
import { fileList, grouped, meetingFix, sinceSentence, takeBack } from './way-out.ts';

/** Bytes of diff shown with one finding. */
const diffLimit = 20_000;

export const editedAppliedMigration: Rule = {
  name: 'edited-applied-migration',
  about: 'history',
  severity: 'error',
  summary: 'A migration that base already has was changed.',
  why: `Databases that follow base have run the old text and never run the new one (or their tool stops the deploy because the checksum differs). New databases run only the new text. From then on the environments differ, and nobody's test database shows what production has.

A change of white space, comments or spelling alone makes no difference to a database. It is a notice, unless the tool compares checksums and refuses it, or makes every developer start anew for it (a warning).

Nor does an edit of which it was tried that both texts make the same schema (\`IF NOT EXISTS\`, a name with its schema, a function for another version of PostgreSQL), as long as no statement that changed writes or converts rows: where the tool does not compare contents it is a warning.`,
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
    const of = (kind: HistoryChange['kind'], which: (change: HistoryChange) => boolean) =>
      context.historyChanges.filter((change) => change.kind === kind && which(change));
    const harmless = (change: HistoryChange) => makesNoDifference(context, change);
    const unnoticed = (change: HistoryChange) => isUnnoticed(context, change);
    return [
      ...grouped(
        of('edited', (change) => !harmless(change)),
        (some) => edit(context, some),
      ),
      ...grouped(of('edited', harmless), (some) => harmlessEdit(context, some)),
      ...grouped(
        of('edited-cosmetic', (change) => !unnoticed(change)),
        (some) => cosmeticEdit(context, some),
      ),
      ...grouped(of('edited-cosmetic', unnoticed), (some) => cosmeticEdit(context, some)),
    ];
  },
};

/** Other statements that make the same schema, and a tool that runs on. */
const makesNoDifference = (context: RuleContext, change: HistoryChange): boolean =>
  change.schemaOnly === true &&
  provedEqual(context) &&
  context.tool.onHistoryChange.edited.does === 'ignores';

/** Of a cosmetic edit: the tool does not refuse it. */
const isUnnoticed = ({ tool }: RuleContext, { sameChecksum }: HistoryChange): boolean =>
  tool.onHistoryChange.edited.does !== 'refuses' || sameChecksum === true;

/** What has another name as well goes, or there are two of its version. */
const back = (context: RuleContext, changes: readonly HistoryChange[]): string[] => {
  const renamed = changes.flatMap(({ file, previousFile }) => (previousFile === null ? [] : [word(file)]));
  return [takeBack(context, changes), ...(renamed.length === 0 ? [] : [`git rm -f -- ${renamed.join(' ')}`])];
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
    message: `${context.tool.onHistoryChange.edited.says}${divergence}${equalSentence(context, changes)}${sinceSentence(context, changes)} Take back what base has and put the change into a new migration.`,
    commands: back(context, changes),
    fix: meetingFix(context, changes),
  };
};

/** What a schema does not show is left to say. */
function equalSentence(context: RuleContext, changes: readonly HistoryChange[]): string {
  if (!provedEqual(context)) return '';
  const rows = changes.every(({ schemaOnly }) => schemaOnly === true)
    ? ''
    : ', but statements that changed do more than a schema shows (to rows, say), and that is done to new databases only';
  return ` Tried: both make the same schema${rows}.`;
}

const harmlessEdit: Describe = (context, changes) => ({
  ...place(changes),
  severity: 'warning',
  title:
    changes.length === 1
      ? `${base(changes)} was changed after it was applied, with the same schema`
      : `${changes.length} applied migrations were changed, with the same schema`,
  message: `Tried: the old text and the new one make the same schema, and no statement that changed writes rows. ${context.tool.title} deploys without looking at it.${cosmeticSentence(context)}${sinceSentence(context, changes)} No database that ran the old text gets the new one; to take it back:`,
  commands: back(context, changes),
});

const cosmeticSentence = ({ tool }: RuleContext): string =>
  tool.onHistoryChange.edited.cosmetic === undefined ? '' : ` ${tool.onHistoryChange.edited.cosmetic}`;

const cosmeticEdit: Describe = (context, changes) => {
  const { says, cosmetic } = context.tool.onHistoryChange.edited;
  const refused = !changes.every((change) => isUnnoticed(context, change));
  const severity: Severity = refused ? 'error' : cosmetic === undefined ? 'notice' : 'warning';
  const them = changes.length === 1 ? 'it' : 'them';
  const wayBack = changes.every(({ downOnly }) => downOnly === true);
  const where = !wayBack
    ? 'white space, comments or spelling only'
    : `${changes.length === 1 ? 'its' : 'their'} way back only`;
  const checksum = changes.every(({ sameChecksum }) => sameChecksum === true)
    ? ` ${context.tool.title}'s checksum is the same for both.`
    : '';
  return {
    ...place(changes),
    severity,
    title:
      changes.length === 1
        ? `${base(changes)} was changed in ${where}`
        : `${changes.length} applied migrations were changed in ${where}`,
    message: refused
      ? `The statements are the same, but the contents are not. ${says} Take ${them} back:`
      : `The statements are the same, so no database changes.${checksum}${cosmeticSentence(context)} ${wayBack ? 'To' : 'If it was a formatter, keep it away from applied migrations; to'} take ${them} back:`,
    commands: back(context, changes),
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

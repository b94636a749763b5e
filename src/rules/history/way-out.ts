import type { HistoryChange } from '../../history/change.ts';
import { word } from '../../shell-word.ts';
import type { Fix, RuleContext } from '../rule.ts';
import { teller } from './divergence.ts';
import { restoreCommand } from './shell.ts';

/** So many changes of one kind are one finding: a formatter's commit, a squash. */
export const togetherFrom = 6;

/** Files that one finding names. */
const named = 10;

/** One finding each for a few changes, one for all of many. */
export function grouped<T>(
  changes: readonly HistoryChange[],
  describe: (some: readonly HistoryChange[]) => T,
): T[] {
  if (changes.length === 0) return [];
  if (changes.length >= togetherFrom) return [describe(changes)];
  return changes.map((change) => describe([change]));
}

/** Up to ten files, one a line. */
export function fileList(files: readonly string[]): string {
  const more = files.length > named ? [`… and ${files.length - named} more`] : [];
  return [...files.slice(0, named), ...more].join('\n');
}

/** ` It is on main since 2026-03-01 (abc1234567).` or '' where the clone does not tell; for many the oldest of those known. */
export function sinceSentence({ wayOut, baseRef }: RuleContext, changes: readonly HistoryChange[]): string {
  const all = changes.flatMap(({ previousFile, file }) => wayOut?.since.get(previousFile ?? file) ?? []);
  const [oldest] = all.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  if (oldest === undefined) return '';
  const subject = changes.length === 1 ? 'It is' : 'The oldest of them is';
  return ` ${subject} on ${baseRef} since ${oldest.atLeast ? 'at least ' : ''}${oldest.date} (${oldest.sha.slice(0, 10)}).`;
}

/** The command that takes them back; for many that of their directory, which holds files of base only to restore. */
export function takeBack({ baseRef }: RuleContext, changes: readonly HistoryChange[]): string {
  const files = changes.map(({ file, previousFile }) => previousFile ?? file);
  if (files.length <= named) return restoreCommand(baseRef, files);
  const directory = commonDirectory(files);
  return directory === '' ? restoreCommand(baseRef, ['.']) : restoreCommand(baseRef, [directory]);
}

function commonDirectory(files: readonly string[]): string {
  const [first = [], ...rest] = files.map((file) => file.split('/').slice(0, -1));
  const differs = first.findIndex((segment, index) => rest.some((other) => other[index] !== segment));
  return (differs === -1 ? first : first.slice(0, differs)).join('/');
}

/** The renames, and what an integrity file needs after them; none where a name alone is not enough. */
export function moveCommands(context: RuleContext, file: string): string[] {
  const moves = context.wayOut?.moves.get(file) ?? [];
  if (moves.length === 0) return [];
  const directory = file.slice(0, Math.max(0, file.lastIndexOf('/')));
  return [
    ...moves.map(({ from, to }) => `git mv -- ${word(from)} ${word(to)}`),
    ...(context.tool.name === 'atlas' ? [`atlas migrate hash --dir ${word(`file://${directory}`)}`] : []),
  ];
}

/** The proved migration, at the one change that tells of the divergence. */
export function meetingFix(context: RuleContext, changes: readonly HistoryChange[]): Fix | null {
  const meeting = context.wayOut?.meeting;
  const told = teller(context);
  if (meeting == null || told === undefined || !changes.includes(told)) return null;
  const name = meeting.file === null ? 'A new migration' : `New migration ${meeting.file}`;
  const order = meeting.otherOrder ? ', but for the order of columns, which no migration changes' : '';
  return {
    sql: meeting.text.trimEnd(),
    sameSchema: true,
    proved: `${name}, with the files taken back (tried on empty tables: after it production has what the changed files make in a new database${order}; the gate checks it like any other migration):`,
  };
}

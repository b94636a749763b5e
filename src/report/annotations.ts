import { counted, isBlocking, plural } from './headline.ts';
import type { Finding, Report } from './model.ts';
import { shorten, visible, visibleLine } from './visible.ts';

/** A remark at a line of the pull request's changed files. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly file: string;
  readonly line: number;
  readonly endLine: number;
  readonly title: string;
  readonly message: string;
}

/** GitHub drops what exceeds ten of a level per step, silently; the tenth says how many there are more. */
const mostPerLevel = 9;

const mostFixLines = 12;

/**
 * The findings that have a place in a file, most severe first. What blocks is an error, whatever its
 * severity is called. Texts are to be passed to `core.error` and its like, which escape them for the log.
 */
export function toAnnotations(report: Report): Annotation[] {
  const all: Annotation[] = [...undecided(report)];
  for (const finding of counted(report)) {
    if (finding.file === null || isGone(report, finding)) continue;
    const line = finding.line ?? 1;
    all.push({
      level: isBlocking(report, finding)
        ? 'error'
        : finding.severity === 'error'
          ? 'warning'
          : finding.severity,
      file: finding.file,
      line,
      endLine: Math.max(line, finding.endLine ?? line),
      title: visibleLine(finding.title, 200),
      message: shorten(messageOf(finding), 4_000),
    });
  }
  return (['error', 'warning', 'notice'] as const).flatMap((level) => {
    const found = all.filter((annotation) => annotation.level === level);
    const [last] = found.slice(mostPerLevel);
    if (last === undefined) return found;
    const left = found.length - mostPerLevel;
    const title = `${plural(left, `more ${level}`)}, see the summary`;
    const message = `GitHub shows ten annotations of a kind; the job summary has all ${found.length}. The next one is: ${last.title}`;
    return [...found.slice(0, mostPerLevel), { ...last, title, message: shorten(message, 4_000) }];
  });
}

function messageOf(finding: Finding): string {
  return `${visibleLine(finding.message, 2_000)}${fixOf(finding)}\n\n(${finding.rule})`;
}

/** Between the lines of a diff there is room for the beginning of a long fix. */
function fixOf({ fix }: Finding): string {
  if (fix === null) return '';
  const lines = visible(fix.sql).split('\n');
  const left = lines.length - mostFixLines;
  const shown =
    left > 0 ? [...lines.slice(0, mostFixLines), `… and ${left} more lines, in the job summary`] : lines;
  return `\n\n${fix.heading === undefined ? 'Instead:' : visibleLine(fix.heading, 500)}\n${shown.join('\n')}`;
}

/** Head has no line to show where the file is deleted. */
function isGone(report: Report, finding: Finding): boolean {
  return report.databases.some(
    (database) =>
      database.name === finding.database &&
      database.historyChanges.some(({ kind, file }) => kind === 'deleted' && file === finding.file),
  );
}

function undecided(report: Report): Annotation[] {
  const { undecided: reason } = report;
  if (reason === null || reason.file === null) return [];
  const line = reason.line ?? 1;
  return [
    {
      level: 'error',
      file: reason.file,
      line,
      endLine: line,
      title: 'migration-gate could not decide',
      message: shorten(visible(reason.message), 4_000),
    },
  ];
}

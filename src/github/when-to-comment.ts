import type { Report } from '../report/model.ts';
import type { CommentMode } from './inputs.ts';

/**
 * Whether a report is worth a new comment. A pull request that touches no migration gets none, whatever the
 * base branch got in the meantime; one that cannot be judged always does, since somebody has to act.
 */
export function deservesComment(report: Report, mode: CommentMode): boolean {
  switch (mode) {
    case 'never':
      return false;
    case 'always':
      return (
        report.verdict !== 'pass' ||
        report.counts.error + report.counts.warning > 0 ||
        changesMigrations(report)
      );
    case 'on-findings':
      return (
        report.verdict !== 'pass' ||
        report.counts.error + report.counts.warning > 0 ||
        (report.counts.notice > 0 && changesMigrations(report))
      );
  }
}

/** Whether the pull request itself adds, edits, deletes or renames a migration. */
export function changesMigrations(report: Report): boolean {
  return report.databases.some(
    ({ migrationCounts, historyChanges }) =>
      migrationCounts.new > 0 || historyChanges.some(({ kind }) => kind !== 'missing-from-head'),
  );
}

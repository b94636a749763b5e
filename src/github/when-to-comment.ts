import { changedFiles } from '../report/headline.ts';
import type { Report } from '../report/model.ts';
import type { CommentMode } from './inputs.ts';

/**
 * Whether a report is worth a new comment. A pull request that touches no migration gets none, whatever the
 * base branch got in the meantime; one that cannot be judged always does, since somebody has to act.
 */
export function deservesComment(report: Report, mode: CommentMode): boolean {
  const { error, warning, notice } = report.counts;
  const changes = changedFiles(report).length > 0;
  switch (mode) {
    case 'never':
      return false;
    case 'always':
      return report.verdict !== 'pass' || error + warning > 0 || changes;
    case 'on-findings':
      return report.verdict !== 'pass' || error + warning > 0 || (changes && notice > 0);
  }
}

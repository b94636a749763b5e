import { fingerprints } from './fingerprint.ts';
import type { Finding, Report } from './model.ts';

/** More than that are not listed: then nothing can be said to have been shown. */
const mostMarks = 500;

/** Short fingerprints of some of a report's findings. */
export function shortMarks(report: Report, which: (finding: Finding) => boolean): string[] {
  const marks = fingerprints(report);
  return report.findings.flatMap((finding, index) =>
    which(finding) ? [(marks[index] ?? '').slice(0, 12)] : [],
  );
}

/** The hidden line of a comment that lists the errors and warnings that it shows. */
export function shownFindings(report: Report): string {
  const marks = shortMarks(report, ({ allowed, severity }) => allowed === null && severity !== 'notice');
  return `<!-- migration-gate:findings=${marks.slice(0, mostMarks).join(',')} -->`;
}

/** What such a line lists; null where a comment has none. */
export function findingsShown(body: string): ReadonlySet<string> | null {
  const list = /^<!-- migration-gate:findings=([0-9a-f,]*) -->$/m.exec(body.replaceAll('\r\n', '\n'))?.[1];
  return list === undefined ? null : new Set(list.split(','));
}

import { takesComment } from '../rules/acceptable.ts';
import { isBlocking } from './headline.ts';
import type { Finding, Report } from './model.ts';

/**
 * The comment that would accept one of the report's findings, as an example; none when there is nothing that
 * a comment could accept: a migration that does not run, a file that is gone, the config.
 */
export function acceptance(report: Report): string[] {
  const failing = new Set(
    report.databases.flatMap(({ migrations }) =>
      migrations.filter(({ error }) => error !== null).map(({ file }) => file),
    ),
  );
  const candidates = report.findings.filter(
    ({ rule, allowed, file, line }) =>
      allowed === null && file !== null && line !== null && !failing.has(file) && takesComment(rule),
  );
  const weight = (finding: Finding): number =>
    (isBlocking(report, finding) ? 4 : 0) +
    (finding.severity === 'error' ? 2 : 0) +
    (finding.evidence === null ? 0 : 1);
  const [best] = [...candidates].sort((a, b) => weight(b) - weight(a));
  return best === undefined
    ? []
    : [`${commentSign(best.file ?? '')} migration-gate:allow ${best.rule}: reason`];
}

/** How a comment begins in the language of a migration file. */
export function commentSign(file: string): string {
  if (/\.(?:py|rb|exs?|ya?ml)$/.test(file)) return '#';
  if (/\.(?:[cm]?[jt]sx?|go|rs|kt|java)$/.test(file)) return '//';
  return '--';
}

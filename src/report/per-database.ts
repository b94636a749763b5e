import { isBlocking } from './headline.ts';
import type { DatabaseReport, Report } from './model.ts';

/**
 * The part of a report that is about one database. What could not be decided at all is undecided for each, and what is
 * found about no database (the configuration) is found for each.
 */
export function reportOf(report: Report, database: DatabaseReport): Report {
  const others = new Set(report.databases.map(({ name }) => name).filter((name) => name !== database.name));
  const findings = report.findings.filter((finding) => !others.has(finding.database));
  const count = (severity: 'error' | 'warning' | 'notice'): number =>
    findings.filter((finding) => finding.allowed === null && finding.severity === severity).length;
  return {
    ...report,
    verdict:
      report.undecided !== null
        ? 'undecided'
        : findings.some((finding) => isBlocking(report, finding))
          ? 'blocked'
          : 'pass',
    counts: {
      error: count('error'),
      warning: count('warning'),
      notice: count('notice'),
      allowed: findings.filter(({ allowed }) => allowed !== null).length,
    },
    databases: [database],
    ...(report.openPullRequests === undefined
      ? {}
      : {
          openPullRequests: {
            ...report.openPullRequests,
            others: report.openPullRequests.others.filter((other) => other.database === database.name),
          },
        }),
    findings,
  };
}

import { createHash } from 'node:crypto';
import type { Finding, Report } from './model.ts';
import { statementOf } from './overview.ts';

/**
 * What tells each finding of a report apart from the others and stays the same while its cause does: lines may move,
 * messages may be worded anew. Two findings that are alike in everything are numbered in their order.
 *
 * @returns one hexadecimal word of 32 signs per finding, in the report's order
 */
export function fingerprints(report: Report): string[] {
  const seen = new Map<string, number>();
  return report.findings.map((finding) => {
    const what = identity(report, finding);
    const nth = seen.get(what) ?? 0;
    seen.set(what, nth + 1);
    return createHash('sha256').update(`${what}\0${nth}`).digest('hex').slice(0, 32);
  });
}

function identity(report: Report, finding: Finding): string {
  const { rule, database, migration, file, object, detail } = finding;
  const text = statementOf(report, finding)?.sql ?? detail?.text ?? '';
  return JSON.stringify([rule, database, migration ?? file, object, text.replace(/\s+/g, ' ').trim()]);
}

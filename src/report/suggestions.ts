import { code, fence, link, prose } from './escape.ts';
import { fingerprints } from './fingerprint.ts';
import { isBlocking } from './headline.ts';
import type { Links } from './markdown/context.ts';
import type { Finding, Report } from './model.ts';
import { visible } from './visible.ts';

/** A change that a reviewer can take over with a click. */
export interface Suggestion {
  readonly file: string;
  /** 1-based, both included. */
  readonly line: number;
  readonly endLine: number;
  /** First line of the body; the same for as long as the finding is the same. */
  readonly marker: string;
  readonly body: string;
}

/** More than that nobody clicks through. */
const mostSuggestions = 20;

/**
 * The fixes that were proved and can be written over the lines of their statement, what blocks first.
 *
 * @param id the comment's id, so that several gates in one pull request leave each other's alone
 */
export function toSuggestions(report: Report, id: string, links: Links | null): Suggestion[] {
  const marks = fingerprints(report);
  return report.findings
    .flatMap((finding, index): { finding: Finding; suggestion: Suggestion }[] => {
      const { fix, file, allowed } = finding;
      // What would be shown otherwise than it is must not be taken over with a click.
      if (
        fix?.replaces === undefined ||
        file === null ||
        allowed !== null ||
        visible(fix.replaces.sql) !== fix.replaces.sql
      )
        return [];
      const { line, endLine, sql } = fix.replaces;
      const marker = `${suggestionPrefix(id)}${marks[index]} -->`;
      const rule = link(
        code(finding.rule),
        links === null ? null : `${links.docs}/rules/${encodeURIComponent(finding.rule)}.md`,
      );
      const body = [
        marker,
        `**${prose(finding.title, finding.object === null ? [] : [finding.object], 300)}** · ${rule}`,
        '',
        'Tried on an empty copy: same schema, weaker lock.',
        '',
        fence('suggestion', sql),
      ].join('\n');
      return [{ finding, suggestion: { file, line, endLine, marker, body } }];
    })
    .sort((a, b) => Number(isBlocking(report, b.finding)) - Number(isBlocking(report, a.finding)))
    .slice(0, mostSuggestions)
    .map(({ suggestion }) => suggestion);
}

/** How the first line of every suggestion of a gate begins. */
export const suggestionPrefix = (id: string): string =>
  `<!-- migration-gate:suggestion:${id.replace(/[^\w.]+/g, '-')}:`;

/** What stands in place of a suggestion that somebody answered and that is no longer needed. */
export const settledSuggestion = (marker: string): string =>
  `${marker}\n✅ This is settled: the finding is gone.`;

import { commentBudget, toMarkdown } from '../../src/report/markdown/markdown.ts';
import type { Report } from '../../src/report/model.ts';

/** The pull request's comment, without what differs from run to run. */
export const commentOf = (report: Report): string =>
  toMarkdown(report, { id: 'default', budget: commentBudget })
    .replace(/\b[0-9a-f]{7,40}\b/g, '<commit>')
    .replace(/\b\d+(?:\.\d+)? (?:ms|s)\b/g, '<time>')
    .replace(/\d{4}-\d\d-\d\d(?=[ )])/g, '<date>');

/** Findings that are no notices, as `rule file:line`. */
export const found = ({ findings }: Report): string[] =>
  findings
    .filter(({ severity }) => severity !== 'notice')
    .map(({ rule, file, line }) => `${rule} ${file}:${line}`);

import * as core from '@actions/core';
import { toAnnotations } from '../report/annotations.ts';
import type { Report } from '../report/model.ts';

const remark = { error: core.error, warning: core.warning, notice: core.notice } as const;

/** Shows the findings on the changed lines, by commands to the runner. */
export function annotate(report: Report): void {
  for (const { level, message, title, file, line, endLine } of toAnnotations(report)) {
    remark[level](message, { title, file, startLine: line, endLine });
  }
}

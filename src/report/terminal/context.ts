import type { createColors } from 'picocolors';
import type { Report } from '../model.ts';
import { visibleLine } from '../visible.ts';

type Colors = ReturnType<typeof createColors>;

/** What every part of the report for a terminal is made from; `width` in columns. */
export interface TerminalContext {
  readonly report: Report;
  readonly colors: Colors;
  readonly width: number;
}

/** Diffs longer than this are for the JSON or Markdown report. In lines. */
export const diffLines = 200;

/** A line of a diff in the colours that people know. */
export function paintDiff(colors: Colors, line: string): string {
  const text = line.trimStart();
  if (text.startsWith('@@')) return colors.cyan(line);
  if (text.startsWith('+')) return colors.green(line);
  if (text.startsWith('-')) return colors.red(line);
  return line;
}

/** Backticks tell Markdown what a name is; here they are only noise. */
export const unquoted = (text: string): string => visibleLine(text).replace(/`([^`]+)`/g, '$1');

/** `file:line`, with nothing in it that a terminal would act on. */
export const place = (file: string, line: number | null): string =>
  line === null ? visibleLine(file, 300) : `${visibleLine(file, 300)}:${line}`;

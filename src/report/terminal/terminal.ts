import { createColors } from 'picocolors';
import { acceptance } from '../acceptance.ts';
import { wrap } from '../columns.ts';
import { headline, isUntouched, undecidedAdvice } from '../headline.ts';
import type { Report } from '../model.ts';
import { visible, visibleLine } from '../visible.ts';
import { whatRan } from '../what-ran.ts';
import { place, type TerminalContext, unquoted } from './context.ts';
import { accepted, findings } from './findings.ts';
import { openPullsText } from './open-pulls.ts';
import { divergence, schemaDiff } from './schema.ts';
import { table } from './table.ts';

/**
 * The report for a person at a terminal: what ran, each migration, the findings from the weakest to what
 * blocks, and the verdict last, where the eye is when the prompt comes back.
 */
export function toTerminal(
  report: Report,
  options: { readonly color: boolean; readonly width?: number },
): string {
  const colors = createColors(options.color);
  const width = Math.max(40, Math.min(options.width ?? 100, 120));
  const context: TerminalContext = { report, colors, width };
  const parts = isUntouched(report)
    ? [...list(context, 'Notes', report.notes), verdict(context)]
    : [
        header(context),
        ...undecided(context),
        ...report.databases.flatMap((database) => table(context, database)),
        ...report.databases.flatMap((database) => schemaDiff(context, database)),
        ...report.databases.flatMap((database) => divergence(context, database)),
        ...openPullsText(context),
        ...accepted(context),
        ...findings(context),
        ...list(context, 'Notes', report.notes),
        ...list(context, 'Not checked', report.notChecked),
        ...howToAccept(context),
        verdict(context),
      ];
  return guard(`${parts.join('\n\n')}\n`);
}

function header({ report, colors }: TerminalContext): string {
  return colors.dim(`migration-gate · ${whatRan(report, (name) => visibleLine(name, 60)).join(' · ')}`);
}

function verdict({ report, colors }: TerminalContext): string {
  const { level, word, rest } = headline(report);
  const text = unquoted(`${word}${rest}`);
  const paint = {
    blocked: (line: string) => colors.bold(colors.red(`✗ ${line}`)),
    undecided: (line: string) => colors.bold(colors.magenta(`? ${line}`)),
    warning: (line: string) => colors.bold(colors.yellow(`! ${line}`)),
    pass: (line: string) => colors.bold(colors.green(`✓ ${line}`)),
  };
  return paint[level](text);
}

function undecided({ report, colors, width }: TerminalContext): string[] {
  if (report.undecided === null) return [];
  const { file, line, message } = report.undecided;
  const where = file === null ? [] : [colors.cyan(place(file, line))];
  return [[...where, visible(message), '', ...wrap(unquoted(undecidedAdvice(report)), width)].join('\n')];
}

function list({ colors, width }: TerminalContext, title: string, sentences: readonly string[]): string[] {
  if (sentences.length === 0) return [];
  const lines = sentences.slice(0, 30).flatMap((text) => {
    const [first = '', ...rest] = wrap(visibleLine(text), width - 4);
    return [`  - ${first}`, ...rest.map((line) => `    ${line}`)];
  });
  const left = sentences.length - 30;
  return [
    [colors.dim(title), ...lines, ...(left > 0 ? [`  - and ${left} more`] : [])].map(colors.dim).join('\n'),
  ];
}

function howToAccept({ report, colors }: TerminalContext): string[] {
  return acceptance(report).map((line) =>
    colors.dim(
      `To accept a finding, put above the statement, or at the top of the file with a blank line below:\n  ${visibleLine(line)}`,
    ),
  );
}

/** The runner of GitHub Actions takes a line that starts with `::` for a command; colours do not hide it for sure. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes begin with one
const guard = (text: string): string => text.replace(/^((?:[^\S\n]|\u001b\[\d+m)*):(?=:)/gm, '$1: ');

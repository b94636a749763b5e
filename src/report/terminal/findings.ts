import { lockTitle } from '../../run/locks.ts';
import { indent, wrap } from '../columns.ts';
import { codeFrame, failureText } from '../failure.ts';
import { isBlocking } from '../headline.ts';
import type { Finding } from '../model.ts';
import { evidenceOf, shortName, statementOf } from '../overview.ts';
import { useLines, usesTitle } from '../uses.ts';
import { clip, visible, visibleLine } from '../visible.ts';
import { paintDiff, place, type TerminalContext } from './context.ts';

/** The same problem over and over tells nothing new. */
const fullPerRule = 3;

/** Weakest first: what has to be done stands right above the verdict. */
export function findings(context: TerminalContext): string[] {
  const { report } = context;
  const weight = (finding: Finding): number =>
    (isBlocking(report, finding) ? 10 : 0) + ['notice', 'warning', 'error'].indexOf(finding.severity);
  const times = new Map<string, number>();
  const full = ({ rule }: Finding): boolean => {
    const count = (times.get(rule) ?? 0) + 1;
    times.set(rule, count);
    return count <= fullPerRule;
  };
  return report.findings
    .filter((finding) => finding.allowed === null)
    .map((finding, index) => ({ finding, index }))
    .sort((a, b) => weight(a.finding) - weight(b.finding) || a.index - b.index)
    .map(({ finding }) => (full(finding) ? one(context, finding) : short(context, finding)));
}

/** What a rule has explained three times already. */
function short(context: TerminalContext, finding: Finding): string {
  const { colors } = context;
  const where = finding.file === null ? [] : [colors.cyan(place(finding.file, finding.line))];
  return [
    `${badgeOf(context, finding)}  ${colors.bold(visibleLine(finding.title, 300))}`,
    `  ${[...where, colors.dim(finding.rule)].join('  ')}`,
  ].join('\n');
}

function badgeOf({ report, colors }: TerminalContext, finding: Finding): string {
  if (isBlocking(report, finding)) return colors.red(colors.bold('✗ blocking'));
  return {
    error: colors.red('✗ error'),
    warning: colors.yellow('! warning'),
    notice: colors.blue('i notice'),
  }[finding.severity];
}

function one(context: TerminalContext, finding: Finding): string {
  const { report, colors, width } = context;
  const seen = evidenceOf(report, finding);
  const facts =
    seen === null
      ? []
      : [
          ...(seen.lock === null
            ? []
            : [
                `${lockTitle(seen.lock)}${seen.on === null ? '' : ` on ${visibleLine(shortName(seen.on), 80)}`}`,
              ]),
          ...seen.facts,
          seen.seen,
        ];
  const where = finding.file === null ? [] : [colors.cyan(place(finding.file, finding.line))];
  return [
    `${badgeOf(context, finding)}  ${colors.bold(visibleLine(finding.title, 300))}`,
    `  ${[...where, colors.dim(finding.rule)].join('  ')}`,
    ...(facts.length === 0 ? [] : wrap(facts.join(', '), width - 2).map((line) => colors.dim(`  ${line}`))),
    '',
    ...source(context, finding),
    ...wrap(visibleLine(finding.message, 3_000), width - 2).map((line) => `  ${line}`),
    ...uses(context, finding),
    ...(finding.commands === undefined
      ? []
      : ['', ...indent(clip(visible(finding.commands.join('\n')), 60, 5_000), 4)]),
    ...(finding.fix === null
      ? []
      : [
          '',
          ...wrap(
            finding.fix.heading === undefined
              ? finding.fix.verified
                ? 'Instead (tried: same schema, weaker lock, on an empty copy):'
                : 'Instead:'
              : visibleLine(finding.fix.heading, 500),
            width - 2,
          ).map((line) => `  ${line}`),
          ...indent(clip(visible(finding.fix.sql).trimEnd(), 60), 4).map((line) => colors.green(line)),
          ...(finding.fix.code === undefined
            ? []
            : [
                '',
                `  In ${visibleLine(finding.fix.code.tool, 50)}:`,
                ...indent(clip(visible(finding.fix.code.text), 60), 4).map((line) => colors.green(line)),
              ]),
        ]),
  ].join('\n');
}

/** The lines of the repository that still name what goes. */
function uses({ colors }: TerminalContext, finding: Finding): string[] {
  const lines = useLines(finding).map(
    ({ file, line, text, where }) =>
      `    ${colors.cyan(place(file, line))}  ${colors.dim(`(${where})`)}  ${visibleLine(text, 100)}`,
  );
  return lines.length === 0 ? [] : ['', `  ${visibleLine(usesTitle(finding), 200)}`, ...lines];
}

/** The statement in its file, the server's words about it, or the diff of an edited file. */
function source(context: TerminalContext, finding: Finding): string[] {
  const { report, colors } = context;
  const block = (lines: readonly string[]): string[] => [...lines, ''];
  if (finding.detail !== null) {
    const text = clip(visible(finding.detail.text).trimEnd(), 60);
    const lines = indent(text, 4);
    return block(finding.detail.language === 'diff' ? lines.map((line) => paintDiff(colors, line)) : lines);
  }
  const failure = failureText(report, finding);
  if (failure !== null) return block(indent(visible(failure), 4));
  const statement = statementOf(report, finding);
  if (statement === null) return [];
  return block(
    indent(clip(codeFrame(statement.sql, statement.line, { line: finding.line ?? 0, column: null }), 14), 4),
  );
}

/** Findings that somebody has allowed, with the reason. */
export function accepted({ report, colors, width }: TerminalContext): string[] {
  return report.findings.flatMap((finding) => {
    const { allowed } = finding;
    if (allowed === null) return [];
    return [
      [
        `${colors.dim('○ accepted')}  ${visibleLine(finding.title, 300)}`,
        `  ${colors.cyan(place(allowed.file, allowed.line))}  ${colors.dim(finding.rule)}`,
        ...wrap(`Reason: ${visibleLine(allowed.reason)}`, width - 2).map((line) => `  ${line}`),
      ].join('\n'),
    ];
  });
}

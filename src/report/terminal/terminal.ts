import { createColors } from 'picocolors';
import type { SchemaChange } from '../../catalog/model.ts';
import { lockTitle } from '../../run/locks.ts';
import { acceptance } from '../acceptance.ts';
import { changeCounts } from '../change-counts.ts';
import { columns, indent, pad, wrap } from '../columns.ts';
import { codeFrame, failureText } from '../failure.ts';
import { headline, isBlocking, isUntouched, plural, undecidedAdvice } from '../headline.ts';
import { impactLines } from '../impact.ts';
import type { DatabaseReport, Finding, Report } from '../model.ts';
import { evidenceOf, overview, type Row, shortName, statementOf } from '../overview.ts';
import { useLines, usesTitle } from '../uses.ts';
import { clip, shorten, visible, visibleLine } from '../visible.ts';
import { whatRan } from '../what-ran.ts';
import { openPullsText } from './open-pulls.ts';

type Colors = ReturnType<typeof createColors>;

interface TerminalContext {
  readonly report: Report;
  readonly colors: Colors;
  readonly width: number;
}

/** Diffs longer than this are for the JSON or Markdown report. */
const diffLines = 200;
const mostRows = 60;
const mostImpacts = 20;
/** The same problem over and over tells nothing new. */
const fullPerRule = 3;

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

function table(context: TerminalContext, database: DatabaseReport): string[] {
  const { report, colors, width } = context;
  const rows = overview(report, database);
  if (rows.length === 0) return [];
  const shown = rows.slice(0, mostRows);
  const marks = {
    blocked: colors.red('✗'),
    warning: colors.yellow('!'),
    pass: colors.green('✓'),
    skipped: colors.dim('-'),
  } satisfies Record<Row['level'], string>;
  const cells = shown.map((row) => [visibleLine(row.label, 60), shorten(unquoted(row.result), 80)]);
  const widths = [0, 1].map((at) => Math.max(...cells.map((line) => columns(line[at] ?? ''))));
  const lines = shown.flatMap((row, index) => {
    const [label = '', result = ''] = cells[index] ?? [];
    const lock = lockWords(row);
    const line = `  ${pad(label, widths[0] ?? 0)}  ${pad(result, widths[1] ?? 0)}`;
    const oneLine = columns(line) + 4 + columns(lock) <= width;
    const painted = `  ${marks[row.level]} ${pad(label, widths[0] ?? 0)}  `;
    if (lock === '') return [painted + result];
    return oneLine
      ? [`${painted}${pad(result, widths[1] ?? 0)}  ${colors.dim(lock)}`]
      : [painted + result, colors.dim(`      ${lock}`)];
  });
  const left = rows.length - shown.length;
  const title =
    report.databases.length > 1
      ? [colors.bold(`${visibleLine(database.name, 60)} (${visibleLine(database.path, 80)})`)]
      : [];
  return [[...title, ...lines, ...(left > 0 ? [colors.dim(`    and ${left} more`)] : [])].join('\n')];
}

function lockWords(row: Row): string {
  if (row.lock === null) return row.blocks === null ? '' : 'no lock on an existing table';
  const [first = '', ...more] = row.lock.relations;
  const others = more.length === 0 ? '' : ` and ${more.length} more`;
  const waits =
    row.blocks === null ? '' : row.blocks === 'nobody' ? ', blocks nobody' : `, blocks ${row.blocks}`;
  return `${lockTitle(row.lock.mode)} on ${visibleLine(shortName(first), 60)}${others}${waits}`;
}

/** Weakest first: what has to be done stands right above the verdict. */
function findings(context: TerminalContext): string[] {
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

function accepted({ report, colors, width }: TerminalContext): string[] {
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

/** What the changes do to the running version, at most twenty lines. */
function impacts(changes: readonly SchemaChange[], width: number): string[] {
  const lines = impactLines(changes);
  const left = lines.length - mostImpacts;
  return [
    ...lines.slice(0, mostImpacts).flatMap(({ name, what, impact, why }) => {
      const [first = '', ...rest] = wrap(
        `${visibleLine(name, 120)} ${what} (${impact}): ${visibleLine(why, 300)}`,
        width - 4,
      );
      return [`  - ${first}`, ...rest.map((line) => `    ${line}`)];
    }),
    ...(left > 0 ? [`  - and ${left} more`] : []),
  ];
}

function schemaDiff({ report, colors, width }: TerminalContext, database: DatabaseReport): string[] {
  const { schemaChanges, schemaDiff: objects } = database;
  if (schemaChanges.length === 0 && objects.length === 0) return [];
  const of = report.databases.length > 1 ? ` of ${visibleLine(database.name, 60)}` : '';
  const text = objects
    .map(({ object, diff }) => `@@ ${visibleLine(object, 200)} @@\n${visible(diff).trimEnd()}`)
    .join('\n');
  return [
    [
      colors.bold(`Schema diff${of}: ${changeCounts(schemaChanges, objects.length)}`),
      ...impacts(schemaChanges, width),
      ...(text === '' ? [] : indent(clip(text, diffLines), 2).map((line) => paintDiff(colors, line))),
    ].join('\n'),
  ];
}

function divergence({ colors }: TerminalContext, database: DatabaseReport): string[] {
  const { divergence: changes } = database;
  if (changes.length === 0) return [];
  const lines = changes.slice(0, 20).flatMap(({ type, name, before, after }) => [
    `@@ ${visibleLine(`${type} ${name}`, 200)} @@`,
    ...(before === null
      ? []
      : visible(before)
          .split('\n')
          .map((line) => `- ${line}`)),
    ...(after === null
      ? []
      : visible(after)
          .split('\n')
          .map((line) => `+ ${line}`)),
  ]);
  return [
    [
      colors.bold(`A fresh database would end in another schema: ${plural(changes.length, 'difference')}`),
      colors.dim(
        '  - a database that follows base and gets this change, + one that ran all files from the start',
      ),
      ...indent(clip(lines.join('\n'), diffLines), 2).map((line) => paintDiff(colors, line)),
    ].join('\n'),
  ];
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

function paintDiff(colors: Colors, line: string): string {
  const text = line.trimStart();
  if (text.startsWith('@@')) return colors.cyan(line);
  if (text.startsWith('+')) return colors.green(line);
  if (text.startsWith('-')) return colors.red(line);
  return line;
}

/** Backticks tell Markdown what a name is; here they are only noise. */
const unquoted = (text: string): string => visibleLine(text).replace(/`([^`]+)`/g, '$1');

const place = (file: string, line: number | null): string =>
  line === null ? visibleLine(file, 300) : `${visibleLine(file, 300)}:${line}`;

/** The runner of GitHub Actions takes a line that starts with `::` for a command; colours do not hide it for sure. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes begin with one
const guard = (text: string): string => text.replace(/^((?:[^\S\n]|\u001b\[\d+m)*):(?=:)/gm, '$1: ');

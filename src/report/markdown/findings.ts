import { lockTitle } from '../../run/locks.ts';
import { code, details, fence, link, prose } from '../escape.ts';
import { failureText } from '../failure.ts';
import { plural, sentence, wouldBlock } from '../headline.ts';
import type { Finding } from '../model.ts';
import { evidenceOf, fileLabel, shortName, statementOf } from '../overview.ts';
import { useLines, usesTitle } from '../uses.ts';
import { clip, shorten, visibleLine } from '../visible.ts';
import type { MarkdownContext } from './context.ts';

const statementLines = 12;
const detailLines = 40;
const fixLines = 40;
const openCodeLines = 15;
const openPerRule = 3;
const titleLength = 120;
const rulesInShort = 3;

/** Findings that block (or would, where nothing blocks), open, most severe first; the rest of them folded. */
export function openFindings(context: MarkdownContext): string[] {
  const { report, detail } = context;
  const found = report.findings
    .filter((finding) => finding.allowed === null)
    .filter((finding) => wouldBlock(report, finding) || finding.severity === 'error')
    .sort((a, b) => rank(a) - rank(b));
  if (found.length === 0) return [];
  if (detail.findings === 'list') return [list(context, found)];
  const open = found.filter(firstOfRule()).slice(0, detail.open);
  const rest = found.filter((finding) => !open.includes(finding));
  return [
    ...open.map((finding, index) => `#### ${index + 1}. ${title(finding)}\n\n${body(context, finding)}`),
    ...(rest.length === 0
      ? []
      : [fold(context, `${plural(rest.length, 'more problem')}: ${inShort(rest)}`, rest)]),
  ];
}

/** A filter: the same problem over and over tells a reviewer nothing new after the third time. */
function firstOfRule(): (finding: Finding) => boolean {
  const seen = new Map<string, number>();
  return ({ rule }) => {
    const count = (seen.get(rule) ?? 0) + 1;
    seen.set(rule, count);
    return count <= openPerRule;
  };
}

/** Warnings and notices, each kind folded. */
export function foldedFindings(context: MarkdownContext): string[] {
  const { report } = context;
  return (['warning', 'notice'] as const).flatMap((severity) => {
    const found = report.findings.filter(
      (finding) => finding.allowed === null && finding.severity === severity && !wouldBlock(report, finding),
    );
    if (found.length === 0) return [];
    const symbol = severity === 'warning' ? '⚠️' : 'ℹ️';
    return [fold(context, `${symbol} ${plural(found.length, severity)}: ${inShort(found)}`, found)];
  });
}

/** Findings that the migration's author accepted, with the reason. */
export function acceptedFindings(context: MarkdownContext): string[] {
  const { report, detail } = context;
  const found = report.findings.flatMap((finding) =>
    finding.allowed === null ? [] : [{ finding, allowed: finding.allowed }],
  );
  if (found.length === 0) return [];
  const lines = found.slice(0, detail.items).map(({ finding, allowed }) => {
    const where = link(
      code(`${labelOf(context, finding, allowed.file)}:${allowed.line}`),
      context.blob(allowed.file, allowed.line, 'head'),
    );
    return `- ${title(finding)} · ${context.rule(finding.rule)}\n  Reason at ${where}: “${prose(allowed.reason, [], 500)}”`;
  });
  return [
    details(
      `🤝 ${plural(found.length, 'accepted finding')}: ${inShort(found.map(({ finding }) => finding))}`,
      [...lines, ...more(context, found.length)].join('\n'),
      context.expand,
    ),
  ];
}

/** What is folded, so that a reviewer need not open it to know: the one finding's title, else the rules. */
function inShort(findings: readonly Finding[]): string {
  const [only] = findings;
  if (only !== undefined && findings.length === 1) return shorten(visibleLine(only.title), titleLength);
  const counts = new Map<string, number>();
  for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  const rules = [...counts].map(([rule, count]) =>
    count === 1 || counts.size === 1 ? rule : `${count} × ${rule}`,
  );
  const left = rules.length - rulesInShort;
  return sentence(left > 0 ? [...rules.slice(0, rulesInShort), `${left} more`] : rules);
}

function fold(context: MarkdownContext, summary: string, findings: readonly Finding[]): string {
  const { detail } = context;
  const text =
    detail.findings === 'full'
      ? [
          ...findings
            .slice(0, detail.items)
            .map((finding) => `**${title(finding)}**\n\n${body(context, finding)}`),
          ...more(context, findings.length),
        ].join('\n\n')
      : list(context, findings);
  return details(summary, text, context.expand);
}

function list(context: MarkdownContext, findings: readonly Finding[]): string {
  const lines = findings.slice(0, context.detail.items).map((finding) => {
    const where = place(context, finding);
    return `- ${[...(where === null ? [] : [where]), title(finding), context.rule(finding.rule)].join(' · ')}`;
  });
  return [...lines, ...more(context, findings.length)].join('\n');
}

function more(context: MarkdownContext, count: number): string[] {
  const left = count - context.detail.items;
  return left <= 0 ? [] : [`\n_and ${plural(left, 'more')}${context.elsewhere()}_`.replace('mores', 'more')];
}

function body(context: MarkdownContext, finding: Finding): string {
  const parts = blocks(context, finding);
  const message = prose(finding.message, names(finding));
  const line = facts(context, finding);
  if (context.detail.findings === 'fold' && parts.before.length + parts.after.length > 0) {
    const inner = [...parts.before, ...parts.after].join('\n\n');
    return [line, message, details('Statement and fix', inner, false)].join('\n\n');
  }
  return [line, ...parts.before, message, ...uses(context, finding), ...parts.after].join('\n\n');
}

/** The lines of the repository that still name what goes. */
function uses(context: MarkdownContext, finding: Finding): string[] {
  const lines = useLines(finding).map(
    ({ file, line, text, tree, where }) =>
      `- ${link(code(`${file}:${line}`), context.blob(file, line, tree))} (${where}): ${code(text, 160)}`,
  );
  return lines.length === 0 ? [] : [[prose(usesTitle(finding), names(finding)), '', ...lines].join('\n')];
}

function blocks(context: MarkdownContext, finding: Finding): { before: string[]; after: string[] } {
  const statement = statementOf(context.report, finding);
  const failure = finding.detail === null ? failureText(context.report, finding) : null;
  const before =
    finding.detail !== null
      ? [fence(finding.detail.language, clip(finding.detail.text, detailLines))]
      : failure !== null
        ? [fence('text', failure)]
        : statement !== null
          ? [fence('sql', clip(statement.sql, statementLines))]
          : [];
  const commands =
    finding.commands === undefined ? [] : [fence('text', clip(finding.commands.join('\n'), fixLines, 5_000))];
  const fix =
    finding.fix === null
      ? []
      : [
          finding.fix.heading !== undefined
            ? prose(finding.fix.heading, names(finding))
            : finding.fix.verified
              ? '**Instead** (tried: same schema, weaker lock, on an empty copy):'
              : '**Instead:**',
          fence('sql', clip(finding.fix.sql, fixLines)),
          ...codeOf(finding.fix.code),
        ];
  return { before, after: [...commands, ...fix] };
}

/** The fix in the tool's own words; folded where it is long. */
function codeOf(code: NonNullable<Finding['fix']>['code']): string[] {
  if (code === undefined) return [];
  const text = fence(code.language, clip(code.text, fixLines));
  return code.text.split('\n').length > openCodeLines
    ? [details(`In ${code.tool}`, text)]
    : [`**In ${prose(code.tool, [], 50)}:**`, text];
}

/** File and line, what was seen, the rule: one line of small facts. */
function facts(context: MarkdownContext, finding: Finding): string {
  const seen = evidenceOf(context.report, finding);
  const where = place(context, finding);
  const lock =
    seen === null || seen.lock === null
      ? null
      : `${code(lockTitle(seen.lock))}${seen.on === null ? '' : ` on ${code(shortName(seen.on), 60)}`}`;
  return [
    ...(where === null ? [] : [where]),
    ...(lock === null ? [] : [lock]),
    ...(seen === null ? [] : [...seen.facts, seen.seen]),
    context.rule(finding.rule),
  ].join(' · ');
}

function place(context: MarkdownContext, finding: Finding): string | null {
  if (finding.file === null) return null;
  const label = labelOf(context, finding, finding.file);
  const line = finding.line === null ? '' : `:${finding.line}`;
  const database = context.report.databases.find((candidate) => candidate.name === finding.database);
  const gone = database?.historyChanges.some(
    ({ kind, file }) => file === finding.file && (kind === 'deleted' || kind === 'missing-from-head'),
  );
  return link(
    code(`${label}${line}`),
    context.blob(finding.file, finding.line, gone === true ? 'base' : 'head'),
  );
}

function labelOf(context: MarkdownContext, finding: Finding, file: string): string {
  const { databases } = context.report;
  const database = databases.find((candidate) => candidate.name === finding.database);
  return database === undefined || databases.length > 1 ? file : fileLabel(database, file);
}

const title = (finding: Finding): string => prose(finding.title, names(finding), 300);

/** Names that stand in a finding's sentences and are set as code. */
function names(finding: Finding): string[] {
  const { object, file } = finding;
  const parts = object === null ? [] : [object, object.split('.').slice(0, 2).join('.'), shortName(object)];
  return [...new Set([...parts, ...(file === null ? [] : [file, file.slice(file.lastIndexOf('/') + 1)])])];
}

const severities = ['error', 'warning', 'notice'];
const rank = (finding: Finding): number => severities.indexOf(finding.severity);

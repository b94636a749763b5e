import { createHash } from 'node:crypto';
import { acceptance } from '../acceptance.ts';
import { code, fence, link, prose } from '../escape.ts';
import { headline, isUntouched, notFullyJudged, undecidedAdvice } from '../headline.ts';
import type { Report } from '../model.ts';
import { shownFindings } from '../shown-findings.ts';
import { clip, visible } from '../visible.ts';
import { whatRan } from '../what-ran.ts';
import { type Detail, type Links, type MarkdownContext, markdownContext } from './context.ts';
import { acceptedFindings, foldedFindings, openFindings } from './findings.ts';
import { halfWay } from './half-way.ts';
import { openPulls } from './open-pulls.ts';
import { coverage, diagrams, divergence, schemaDiff } from './sections.ts';
import { tables } from './table.ts';
import { lockTimeline } from './timeline.ts';

export type { Links } from './context.ts';

export interface MarkdownOptions {
  /** The comment's id, for its marker; null = no marker and no digest (job summary, file). */
  readonly id: string | null;
  /** What the place can hold. */
  readonly budget: Budget;
  readonly links: Links | null;
  /** Unfold what a comment folds: for pages that hold nothing else. */
  readonly expand: boolean;
}

export interface Budget {
  readonly limit: number;
  /** GitHub counts a comment in characters and a job summary in bytes. */
  readonly unit: 'characters' | 'bytes';
}

/** GitHub refuses comments over 65,536 characters. */
export const commentBudget: Budget = { limit: 60_000, unit: 'characters' };
/** A step whose summary exceeds 1 MiB fails, and the summary is lost. */
export const summaryBudget: Budget = { limit: 900 * 1024, unit: 'bytes' };

const symbols = { blocked: '⛔', undecided: '❗', warning: '⚠️', pass: '✅' };

/** From everything to a list; the first that fits the budget is taken. */
const comment: readonly Detail[] = [
  { rows: 20, open: 10, items: 20, findings: 'full', diffLines: 250, timeline: 40, diagram: true },
  { rows: 20, open: 10, items: 20, findings: 'full', diffLines: 250, timeline: 40, diagram: false },
  { rows: 20, open: 10, items: 20, findings: 'full', diffLines: 40, timeline: 40, diagram: false },
  { rows: 20, open: 10, items: 20, findings: 'full', diffLines: 12, timeline: 12, diagram: false },
  { rows: 20, open: 10, items: 20, findings: 'full', diffLines: 0, timeline: 0, diagram: false },
  { rows: 20, open: 10, items: 20, findings: 'fold', diffLines: 0, timeline: 0, diagram: false },
  { rows: 20, open: 0, items: 50, findings: 'list', diffLines: 0, timeline: 0, diagram: false },
  { rows: 10, open: 0, items: 10, findings: 'list', diffLines: 0, timeline: 0, diagram: false },
  { rows: 5, open: 0, items: 3, findings: 'list', diffLines: 0, timeline: 0, diagram: false },
];
const page: readonly Detail[] = [
  { rows: 1_000, open: 500, items: 1_000, findings: 'full', diffLines: 5_000, timeline: 1000, diagram: true },
  { rows: 500, open: 100, items: 200, findings: 'full', diffLines: 250, timeline: 40, diagram: true },
  ...comment,
];

/**
 * The report as GitHub Markdown: the verdict first, what blocks open, the rest folded. Always within the
 * budget: a report that is too long gets shorter step by step, says what it left out and where that is,
 * and is never cut inside a block. Without options it is a page of its own: everything open, no links.
 */
export function toMarkdown(report: Report, choices: Partial<MarkdownOptions> = {}): string {
  const options: MarkdownOptions = { id: null, budget: summaryBudget, links: null, expand: true, ...choices };
  const { id, budget } = options;
  const first = id === null ? '' : `${marker(id)}\n`;
  const last =
    id === null
      ? ''
      : `\n${shownFindings(report)}\n<!-- migration-gate:digest=${commentDigest(report)} -->\n`;
  const room = budget.limit - size(first + last, budget);
  for (const detail of options.expand ? page : comment) {
    const text = render(markdownContext(report, { ...options, detail }), options.links);
    if (size(text, budget) <= room) return first + text + last;
  }
  const where = options.links?.run == null ? '' : ` See the ${link('job', options.links.run)}.`;
  return `${first}${verdict(report)}\n\nThe report is too long for this place.${where}\n${last}`;
}

/** The first line of a comment. Ids are letters, digits, `.`, `_` and `-`; anything else becomes `-`. */
export const marker = (id: string): string => `<!-- migration-gate:${id.replace(/[^\w.]+/g, '-')} -->`;

/**
 * Says whether two comments tell a reader the same: SHAs and durations are left out. It is the last line of
 * a comment, as `<!-- migration-gate:digest=… -->`.
 */
export function commentDigest(report: Report): string {
  const still = (text: string): string =>
    text
      .replace(/\b[0-9a-f]{7,64}\b/g, 'SHA')
      .replace(/\b[\d.,]+ ?(?:ms|s|seconds?|minutes?|min)\b/g, 'TIME');
  const sha = (value: string | null): string | null => (value === null ? null : '0'.repeat(40));
  const masked: Report = {
    ...report,
    base: { ...report.base, sha: sha(report.base.sha) },
    head: { ...report.head, sha: sha(report.head.sha) },
    notes: report.notes.map(still),
    notChecked: report.notChecked.map(still),
  };
  const [detail] = comment;
  if (detail === undefined) throw new Error('no level of detail');
  const text = render(markdownContext(masked, { links: null, expand: false, detail }), null);
  return createHash('sha256')
    .update(`${text}${shownFindings(report)}`)
    .digest('hex')
    .slice(0, 16);
}

/** Do a comment that stands there and a new one tell the same? */
export function saysTheSame(existing: string, rendered: string): boolean {
  const digest = digestOf(rendered);
  return digest !== null && digestOf(existing) === digest;
}

/** The digest at the end of a comment, null when it has none. */
function digestOf(body: string): string | null {
  return /<!-- migration-gate:digest=([0-9a-f]+) -->\s*$/.exec(body)?.[1] ?? null;
}

function render(context: MarkdownContext, links: Links | null): string {
  const { report } = context;
  if (isUntouched(report) && !context.expand) return `${verdict(report)}\n`;
  const clean =
    headline(report).level === 'pass' && report.findings.length === 0 && notFullyJudged(report) === 0;
  const parts = [
    verdict(report),
    whatRan(report, (name) => code(name, 60)).join(' · '),
    ...overridden(report),
    ...undecided(context),
    ...(clean && !context.expand ? [] : tables(context, context.detail.rows)),
    ...openFindings(context),
    ...foldedFindings(context),
    ...acceptedFindings(context),
    ...(clean && !context.expand ? [] : lockTimeline(context)),
    ...(clean && !context.expand ? [] : halfWay(context)),
    ...divergence(context),
    ...openPulls(context),
    ...schemaDiff(context),
    ...diagrams(context),
    ...(clean && !context.expand ? [] : coverage(context)),
    ...(clean ? [] : [footer(context, links)]),
  ];
  return `${parts.join('\n\n')}\n`;
}

function verdict(report: Report): string {
  const { level, word, rest } = headline(report);
  return `### ${symbols[level]} ${prose(`${word}${rest}`)}`;
}

/** Who accepted it, when, and until when that holds. */
function overridden({ override }: Report): string[] {
  if (override === undefined) return [];
  const { label, by, at } = override;
  return [
    `🤝 ${code(by, 60)} accepted what is below by setting the label ${code(label, 60)} at ${code(at, 40)}. The next push needs it anew.`,
  ];
}

function undecided(context: MarkdownContext): string[] {
  const { report } = context;
  if (report.undecided === null) return [];
  const { file, line, message } = report.undecided;
  const where =
    file === null
      ? []
      : [
          link(
            code(line === null ? file : `${file}:${line}`),
            context.blob(file, line, report.undecided.reason === 'base-does-not-apply' ? 'base' : 'head'),
          ),
        ];
  return [
    ...where,
    fence('text', clip(visible(message), 40)),
    prose(undecidedAdvice(report), [report.base.ref]),
  ];
}

function footer(context: MarkdownContext, links: Links | null): string {
  const { report, expand } = context;
  const parts = [
    ...(links?.run != null && !expand ? [link('Full report', links.run)] : []),
    ...acceptance(report).map(
      (line) =>
        `To accept a finding, put ${code(line)} above the statement, or at the top of the file with a blank line below`,
    ),
    ...(links === null ? [] : [link('Documentation', links.docs)]),
  ];
  return parts.length === 0 ? '' : `<sub>${parts.join(' · ')}</sub>`;
}

function size(text: string, budget: Budget): number {
  return budget.unit === 'bytes' ? Buffer.byteLength(text) : text.length;
}

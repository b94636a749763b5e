import { code, details, fence, prose } from '../escape.ts';
import type { OtherPullRequest } from '../model.ts';
import { failureTitle, isInTheWay, openPullsTitle, ordersSay, quietOnes } from '../open-pulls.ts';
import { clip, visible, visibleLine } from '../visible.ts';
import type { MarkdownContext } from './context.ts';

/** Characters of a sentence or line: it is a side matter. */
const longest = 400;

/** Other open pull requests and what they do to this one, folded. Nothing is linked: a link would write into their conversations. */
export function openPulls(context: MarkdownContext): string[] {
  const { report, detail } = context;
  const found = report.openPullRequests;
  if (found === undefined || found.others.length + found.notes.length === 0) return [];
  const several = report.databases.length > 1;
  const inTheWay = found.others.filter(isInTheWay);
  const most = Math.max(3, detail.items);
  const untried = found.others.filter((one) => !isInTheWay(one) && one.orders.outcome === 'not-tried');
  const left = inTheWay.length - most;
  const parts = [
    ...inTheWay.slice(0, most).map((other) => one(context, other, several)),
    ...(left > 0 ? [`_and ${left} more${context.elsewhere()}_`] : []),
    ...quietOnes(found.others, (name) => code(name, 60)),
    ...list(
      untried.map(
        (other) => `${code(other.name, 60)}: ${prose(`No collision. ${ordersSay(other)}`, [], longest)}`,
      ),
      most,
    ),
    ...list(
      found.notes.map((note) => prose(note, [], longest)),
      most,
    ),
    'None of this is part of the verdict.',
  ];
  return [details(openPullsTitle(found), parts.join('\n\n'), context.expand)];
}

function one({ detail }: MarkdownContext, other: OtherPullRequest, several: boolean): string {
  const { name, title, ref, number, database, collisions, orders } = other;
  const head = [
    `**${code(name, 60)}**`,
    ...(title === null ? [] : [code(title, 80)]),
    ...(number === null ? [] : [`(branch ${code(ref, 60)})`]),
    ...(several ? [`in ${code(database, 60)}`] : []),
  ].join(' ');
  const lines = collisions
    .slice(0, Math.max(3, detail.items))
    .map(({ file, otherFile, says }) =>
      [
        '- ',
        code(file),
        otherFile === null || otherFile === file ? '' : ` and ${code(otherFile)}`,
        `: ${prose(says, [], longest)}`,
      ].join(''),
    );
  const short = detail.diffLines === 0;
  const tried = [prose(ordersSay(other), [], longest)];
  if (orders.outcome === 'fails') {
    for (const failure of orders.failures) {
      tried.push(
        `${failureTitle(other, failure, (text) => code(text))}: ${prose(failure.message, [], longest)}`,
      );
      if (!short && failure.sql !== '') tried.push(fence('sql', clip(visible(failure.sql), 12, longest)));
    }
  }
  if (orders.outcome === 'differ' && !short) {
    const text = orders.differences
      .slice(0, Math.max(1, detail.items))
      .flatMap(({ type, name: of, before, after }) => [
        `@@ ${visibleLine(`${type} ${of}`, 200)} @@`,
        ...marked('-', before),
        ...marked('+', after),
      ]);
    tried.push(fence('diff', clip(text.join('\n'), 60, longest)));
  }
  return [head, ...(lines.length === 0 ? [] : [lines.join('\n')]), ...tried].join('\n\n');
}

function list(items: readonly string[], most: number): string[] {
  if (items.length === 0) return [];
  const left = items.length - most;
  return [
    [...items.slice(0, most).map((item) => `- ${item}`), ...(left > 0 ? [`- _and ${left} more_`] : [])].join(
      '\n',
    ),
  ];
}

function marked(sign: '-' | '+', text: string | null): string[] {
  return text === null
    ? []
    : clip(visible(text), 10)
        .split('\n')
        .map((line) => `${sign} ${line}`);
}

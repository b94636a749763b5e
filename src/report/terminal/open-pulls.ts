import { indent, wrap } from '../columns.ts';
import type { OtherPullRequest } from '../model.ts';
import { failureTitle, isInTheWay, openPullsTitle, ordersSay, quietOnes } from '../open-pulls.ts';
import { clip, visible, visibleLine } from '../visible.ts';
import type { TerminalContext } from './context.ts';

/** More are in the JSON report. */
const most = 20;

/** Other open pull requests, as a part of the report for a person at a terminal. */
export function openPullsText(context: TerminalContext): string[] {
  const { colors, width } = context;
  const found = context.report.openPullRequests;
  if (found === undefined || found.others.length + found.notes.length === 0) return [];
  const inTheWay = found.others.filter(isInTheWay);
  const untried = found.others.filter((other) => !isInTheWay(other) && other.orders.outcome === 'not-tried');
  const sentences = [
    ...quietOnes(found.others, (name) => visibleLine(name, 60)),
    ...untried.map((other) => `${other.name}: no collision. ${ordersSay(other)}`),
    ...found.notes,
  ];
  return [
    [
      colors.bold(openPullsTitle(found)),
      ...inTheWay.slice(0, most).flatMap((other) => one(context, other)),
      ...(inTheWay.length > most ? [`  and ${inTheWay.length - most} more`] : []),
      ...sentences.slice(0, most).flatMap((text) => bullet(visibleLine(text), width)),
      colors.dim('  None of this is part of the verdict.'),
    ].join('\n'),
  ];
}

function one({ colors, width }: TerminalContext, other: OtherPullRequest): string[] {
  const { name, title, database, collisions, orders } = other;
  const head = [visibleLine(name, 60), ...(title === null ? [] : [visibleLine(title, 100)])].join('  ');
  const lines = [
    `  ${colors.yellow('!')} ${head}  ${colors.dim(visibleLine(database, 60))}`,
    ...collisions
      .slice(0, most)
      .flatMap(({ file, otherFile, says }) =>
        bullet(
          visibleLine(
            `${[file, ...(otherFile === null || otherFile === file ? [] : [otherFile])].join(' and ')}: ${says}`,
          ),
          width,
        ),
      ),
    ...bullet(visibleLine(ordersSay(other)).replaceAll('`', ''), width),
  ];
  if (orders.outcome === 'fails') {
    for (const failure of orders.failures) {
      lines.push(
        ...bullet(visibleLine(`${failureTitle(other, failure, (text) => text)}: ${failure.message}`), width),
      );
      if (failure.sql !== '') lines.push(...indent(clip(visible(failure.sql), 12), 6));
    }
  }
  if (orders.outcome === 'differ') {
    const text = orders.differences
      .slice(0, most)
      .flatMap(({ type, name: of, before, after }) => [
        `@@ ${visibleLine(`${type} ${of}`, 200)} @@`,
        ...marked('-', before),
        ...marked('+', after),
      ]);
    lines.push(...indent(clip(text.join('\n'), 60), 6));
  }
  return lines;
}

function bullet(text: string, width: number): string[] {
  const [first = '', ...rest] = wrap(text, width - 6);
  return [`    - ${first}`, ...rest.map((line) => `      ${line}`)];
}

const marked = (sign: '-' | '+', text: string | null): string[] =>
  text === null
    ? []
    : clip(visible(text), 10)
        .split('\n')
        .map((line) => `${sign} ${line}`);

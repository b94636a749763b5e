import { cell, code, details, link } from '../escape.ts';
import { plural } from '../headline.ts';
import { shortName } from '../overview.ts';
import { type Moment, type Timeline, timelineOf } from '../timeline.ts';
import type { MarkdownContext } from './context.ts';

const mostTables = 12;

/**
 * Which table is blocked for whom, statement by statement, folded: a row for each statement that makes somebody
 * wait, a column for each table. A table and no picture, so that it can be read in an e-mail and any name can
 * stand in it.
 */
export function lockTimeline(context: MarkdownContext): string[] {
  const { report, detail } = context;
  if (detail.timeline === 0) return [];
  return report.databases.flatMap((database) => {
    const timeline = timelineOf(database);
    // One statement alone is told of in the table and in its finding.
    if (timeline === null || (timeline.moments.length < 2 && !context.expand)) return [];
    const of = report.databases.length > 1 ? ` of ${database.name}` : '';
    const summary = `Lock timeline${of}: ${summed(timeline)}`;
    return [details(summary, body(context, timeline), context.expand)];
  });
}

function summed({ tables, moments }: Timeline): string {
  const reads = new Set(
    moments.flatMap(({ waits }) => waits.filter((wait) => wait.waits !== 'writes').map(({ table }) => table)),
  ).size;
  const writes = tables.length - reads;
  return [
    ...(reads === 0 ? [] : [`${plural(reads, 'table')} blocked for reads and writes`]),
    ...(writes === 0 ? [] : [`${reads === 0 ? `${plural(writes, 'table')} blocked` : writes} for writes`]),
  ].join(', ');
}

function body(context: MarkdownContext, timeline: Timeline): string {
  const tables = timeline.tables.slice(0, mostTables);
  const shown = timeline.moments.slice(0, context.detail.timeline);
  const head = ['Statement', ...tables.map((table) => code(shortName(table), 40))];
  const left = [
    ...(timeline.tables.length > tables.length
      ? [plural(timeline.tables.length - tables.length, 'more table')]
      : []),
    ...(timeline.moments.length > shown.length
      ? [plural(timeline.moments.length - shown.length, 'more statement')]
      : []),
  ];
  return [
    [
      row(head),
      row([':--', ...tables.map(() => ':--')]),
      ...shown.map((moment, index) =>
        row([statement(context, moment, shown[index - 1]), ...tables.map((table) => wait(moment, table))]),
      ),
    ].join('\n'),
    [
      '🟥 reads and writes wait · 🟨 writes wait · → free: the lock ends with the transaction, after this statement.',
      ...(timeline.quiet === 0 ? [] : [`During ${plural(timeline.quiet, 'other statement')} nobody waits.`]),
      ...(left.length === 0 ? [] : [`_and ${left.join(' and ')}${context.elsewhere()}_`]),
    ].join(' '),
  ].join('\n\n');
}

const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;

/** The file's name stands where it begins. */
function statement(
  context: MarkdownContext,
  { file, label, line, sql }: Moment,
  before: Moment | undefined,
): string {
  const name = before?.file === file ? '' : label;
  const where = link(code(`${name}:${line}`, 60), context.blob(file, line, 'head'));
  return `${where} ${code(sql, 48)}`;
}

function wait({ waits }: Moment, table: string): string {
  const found = waits.find((each) => each.table === table);
  if (found === undefined) return '';
  const words = found.waits === 'writes' ? '🟨 writes' : '🟥 reads, writes';
  return `${found.held ? `${words}, still` : words}${found.freed ? ' → free' : ''}`;
}

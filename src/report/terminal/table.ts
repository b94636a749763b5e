import { lockTitle } from '../../run/locks.ts';
import { columns, pad } from '../columns.ts';
import type { DatabaseReport } from '../model.ts';
import { overview, type Row, shortName } from '../overview.ts';
import { shorten, visibleLine } from '../visible.ts';
import { type TerminalContext, unquoted } from './context.ts';

const mostRows = 60;

/** One line for each migration: what it is judged to be, and its heaviest lock. */
export function table(context: TerminalContext, database: DatabaseReport): string[] {
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

import { lockTitle } from '../../run/locks.ts';
import { cell, code, link, prose } from '../escape.ts';
import { plural, sentence } from '../headline.ts';
import { overview, type Row, shortName } from '../overview.ts';
import { plainVersion } from '../what-ran.ts';
import type { MarkdownContext } from './context.ts';

const symbols = { blocked: '⛔', warning: '⚠️', pass: '✅', skipped: '➖' } satisfies Record<
  Row['level'],
  string
>;

/** Who waits comes before why: a narrow screen shows three columns. */
const columns = ['Migration', 'Result', 'Blocks', 'Strongest lock'];

/**
 * One table per database, at most so many rows in all. What says something is not lost among what does not: when not all
 * migrations fit, those without a finding are counted, and databases without one share a line below the others.
 */
export function tables(context: MarkdownContext, limit: number): string[] {
  const { report } = context;
  const shown = report.databases.map((database) => ({ database, rows: overview(report, database) }));
  const changed = shown.filter(({ rows }) => rows.length > 0);
  const telling = changed.filter(({ rows }) => !rows.every(isSilent));
  const open = context.expand || telling.length === 0 ? changed : telling;
  const several = report.databases.length > 1;
  const silent = changed.filter((one) => !open.includes(one));
  return [
    ...open.map(({ database, rows }) => {
      const most = Math.max(1, Math.floor(limit / open.length));
      const { kept, left } = pick(rows, most);
      const version =
        database.shadow === null ? '' : ` · PostgreSQL ${plainVersion(database.shadow.postgresVersion)}`;
      const counts = database.migrationCounts;
      const title = `**${prose(database.name)}** · ${code(database.path === '' ? '.' : database.path)}${version} · ${counts.base} base, ${counts.new} new`;
      return [
        ...(several ? [title, ''] : []),
        ...table(context, kept),
        ...(left.length === 0 ? [] : ['', `_${leftOver(context, left)}_`]),
      ].join('\n');
    }),
    ...(silent.length === 0
      ? []
      : [
          silentLine(
            context,
            silent.map(({ database, rows }) => ({ name: database.name, count: rows.length })),
          ),
        ]),
  ];
}

/** Nothing to look at. */
const isSilent = ({ level, result }: Row): boolean => level === 'pass' && result === 'safe';

/** Databases whose migrations are all safe. */
function silentLine(
  context: MarkdownContext,
  databases: readonly { readonly name: string; readonly count: number }[],
): string {
  const most = Math.max(1, context.detail.items);
  const names = databases
    .slice(0, most)
    .map(({ name, count }) => `**${prose(name, [], 100)}** (${plural(count, 'migration')})`);
  const left = databases.length - most;
  return `${symbols.pass} Safe: ${sentence(left > 0 ? [...names, plural(left, 'more database')] : names)}`;
}

/** Where no statement ran there are no locks to tell of. */
function table(context: MarkdownContext, rows: readonly Row[]): string[] {
  const width = rows.some(({ lock, blocks }) => lock !== null || blocks !== null) ? columns.length : 2;
  const row = (cells: readonly string[]): string => `| ${cells.slice(0, width).join(' | ')} |`;
  return [row(columns), `|${':--|'.repeat(width)}`, ...rows.map((one) => row(line(context, one)))];
}

function line(context: MarkdownContext, row: Row): string[] {
  const file = link(code(row.label, 80), context.blob(row.file, null, row.side));
  const result = `${symbols[row.level]} ${prose(row.result)}`;
  const [first, ...more] = row.lock?.relations ?? [];
  const others = more.length === 0 ? '' : ` and ${more.length} more`;
  const lock =
    row.lock === null || first === undefined
      ? '–'
      : `${code(lockTitle(row.lock.mode))} on ${code(shortName(first), 60)}${others}`;
  return [file, result, row.blocks ?? '–', lock].map(cell);
}

function pick(rows: readonly Row[], most: number): { kept: readonly Row[]; left: readonly Row[] } {
  if (rows.length <= most) return { kept: rows, left: [] };
  const weight = { blocked: 0, warning: 1, skipped: 3, pass: 2 } satisfies Record<Row['level'], number>;
  const telling = rows.filter((row) => !isSilent(row));
  const wanted = (telling.length === 0 ? [...rows] : telling)
    .sort((a, b) => weight[a.level] - weight[b.level])
    .slice(0, most);
  const keep = new Set(wanted);
  return { kept: rows.filter((row) => keep.has(row)), left: rows.filter((row) => !keep.has(row)) };
}

function leftOver(context: MarkdownContext, rows: readonly Row[]): string {
  const silent = rows.filter(isSilent).length;
  const rest = rows.length - silent;
  const where = context.elsewhere();
  if (rest === 0) return `and ${plural(silent, 'more migration')} without a finding${where}`;
  return `and ${plural(rows.length, 'more migration')}, ${rest} with findings${where}`;
}

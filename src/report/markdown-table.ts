import { lockTitle } from '../run/locks.ts';
import { cell, code, link, prose } from './escape.ts';
import { plural } from './headline.ts';
import type { MarkdownContext } from './markdown-context.ts';
import { overview, type Row, shortName } from './overview.ts';
import { plainVersion } from './what-ran.ts';

const symbols = { blocked: '⛔', warning: '⚠️', pass: '✅', skipped: '➖' } satisfies Record<
  Row['level'],
  string
>;

const head = '| Migration | Result | Strongest lock | Blocks |\n|:--|:--|:--|:--|';

/**
 * One table per database, at most so many rows in all. Migrations with something to say come before the
 * silent ones when not all of them fit.
 */
export function tables(context: MarkdownContext, limit: number): string[] {
  const { report } = context;
  const shown = report.databases.map((database) => ({ database, rows: overview(report, database) }));
  const changed = shown.filter(({ rows }) => rows.length > 0);
  const several = report.databases.length > 1;
  return changed.map(({ database, rows }) => {
    const most = Math.max(1, Math.floor(limit / changed.length));
    const { kept, left } = pick(rows, most);
    const version =
      database.shadow === null ? '' : ` · PostgreSQL ${plainVersion(database.shadow.postgresVersion)}`;
    const counts = database.migrationCounts;
    const title = `**${prose(database.name)}** · ${code(database.path === '' ? '.' : database.path)}${version} · ${counts.base} base, ${counts.new} new`;
    return [
      ...(several ? [title, ''] : []),
      head,
      ...kept.map((row) => line(context, row)),
      ...(left.length === 0 ? [] : ['', `_${leftOver(context, left)}_`]),
    ].join('\n');
  });
}

function line(context: MarkdownContext, row: Row): string {
  const file = link(code(row.label, 80), context.blob(row.file, null, row.side));
  const result = `${symbols[row.level]} ${prose(row.result)}`;
  const [first, ...more] = row.lock?.relations ?? [];
  const others = more.length === 0 ? '' : ` and ${more.length} more`;
  const lock =
    row.lock === null || first === undefined
      ? '–'
      : `${code(lockTitle(row.lock.mode))} on ${code(shortName(first), 60)}${others}`;
  return `| ${[file, result, lock, row.blocks ?? '–'].map(cell).join(' | ')} |`;
}

function pick(rows: readonly Row[], most: number): { kept: readonly Row[]; left: readonly Row[] } {
  if (rows.length <= most) return { kept: rows, left: [] };
  const weight = { blocked: 0, warning: 1, skipped: 3, pass: 2 } satisfies Record<Row['level'], number>;
  const wanted = [...rows].sort((a, b) => weight[a.level] - weight[b.level]).slice(0, most);
  const keep = new Set(wanted);
  return { kept: rows.filter((row) => keep.has(row)), left: rows.filter((row) => !keep.has(row)) };
}

function leftOver(context: MarkdownContext, rows: readonly Row[]): string {
  const silent = rows.filter((row) => row.level === 'pass' && row.result === 'safe').length;
  const rest = rows.length - silent;
  const where = context.elsewhere();
  if (rest === 0) return `and ${plural(silent, 'more migration')} without a finding${where}`;
  return `and ${plural(rows.length, 'more migration')}, ${rest} with findings${where}`;
}

import type { TableSize, TableStats } from '../config/table-stats.ts';
import type { FindingDraft, Severity } from './rule.ts';

/** Below it, reading or rewriting a table takes milliseconds. */
export const smallRows = 10_000;
/** From here on it takes many seconds. */
export const bigRows = 1_000_000;
export const bigBytes = 10 * 1024 ** 3;

/** The size of the table that a finding is about, when its harm grows with that table; else undefined. */
export function sizeOf(draft: FindingDraft, stats: TableStats | null): TableSize | undefined {
  const table = tableOf(draft, stats);
  return table === undefined ? undefined : stats?.get(table);
}

/**
 * Is the harm one that grows with a table, and the table the tool's own? It has a row for each migration, and nobody but a
 * deploy uses it.
 *
 * @param relations `schema.relation` names of the tool's bookkeeping
 */
export const isOnOwnTable = (draft: FindingDraft, relations: readonly string[]): boolean =>
  tableOf(draft, new Set(relations)) !== undefined;

/** Name of a table whose size would matter and is not in the statistics. */
export function unknownSize(draft: FindingDraft, stats: TableStats | null): string | undefined {
  if (stats === null || !grows(draft) || draft.object === null) return undefined;
  return tableOf(draft, stats) === undefined ? draft.object : undefined;
}

/** A small table lowers a severity by one, a big one raises a warning or notice by one. */
export function severityFor(severity: Severity, { rows, bytes }: TableSize): Severity {
  if (rows < smallRows && (bytes ?? 0) < bigBytes) return severity === 'error' ? 'warning' : 'notice';
  if (rows < bigRows && (bytes ?? 0) < bigBytes) return severity;
  return severity === 'notice' ? 'warning' : 'error';
}

/** `about 120 M rows, 48 GB`. */
export function sizeInWords({ rows, bytes }: TableSize): string {
  const size = bytes === null ? '' : `, ${scaled(bytes, 1024, ['bytes', 'kB', 'MB', 'GB', 'TB'])}`;
  return `about ${scaled(rows, 1000, ['', 'k', 'M', 'G'])} rows${size}`;
}

/** The columns of an object follow the table's name; either may hold dots. */
function tableOf(
  { object, ...draft }: FindingDraft,
  stats: Pick<TableStats, 'has'> | null,
): string | undefined {
  if (object === null || stats === null || !grows({ ...draft, object })) return undefined;
  if (stats.has(object)) return object;
  const parts = object.split('.');
  for (let length = parts.length - 1; length >= 2; length -= 1) {
    const table = parts.slice(0, length).join('.');
    if (stats.has(table)) return table;
  }
  return undefined;
}

const grows = ({ evidence, growsWithTable }: FindingDraft): boolean =>
  growsWithTable ?? (evidence !== null && (evidence.scan || evidence.rewrite));

function scaled(value: number, step: number, units: readonly string[]): string {
  const power = Math.min(
    units.length - 1,
    Math.max(0, Math.floor(Math.log(Math.max(1, value)) / Math.log(step))),
  );
  const short = value / step ** power;
  return `${short >= 10 || power === 0 ? Math.round(short) : Math.round(short * 10) / 10} ${units[power]}`.trim();
}

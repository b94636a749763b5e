import { blocks, strongest } from '../run/locks.ts';
import type { DatabaseReport, StatementReport } from './model.ts';
import { fileLabel } from './overview.ts';

/** Who waits for a table while (and, in a transaction, after) a statement runs. */
export interface Wait {
  /** Name as `Timeline.tables` has it. */
  readonly table: string;
  readonly waits: 'reads and writes' | 'writes';
  /** Held from an earlier statement of the same transaction, and not made stronger by this one. */
  readonly held: boolean;
  /** Nobody waits for it any more when the next statement begins: the transaction ends here. */
  readonly freed: boolean;
}

/** A statement that makes somebody wait. */
export interface Moment {
  readonly file: string;
  readonly label: string;
  readonly line: number;
  readonly sql: string;
  readonly waits: readonly Wait[];
}

/** Which tables of base are blocked for whom, statement by statement. */
export interface Timeline {
  /** `schema.table`, those that are blocked the longest first. */
  readonly tables: readonly string[];
  readonly moments: readonly Moment[];
  /** Statements during which nobody waits; they are no moments. */
  readonly quiet: number;
}

/** Locks of indexes and sequences make nobody wait who does not wait for their table. */
const kinds = new Set(['table', 'materialized-view']);

/** @returns null when no statement makes anybody wait */
export function timelineOf(database: DatabaseReport): Timeline | null {
  const steps = database.migrations.flatMap((migration) =>
    migration.statements.map((statement) => ({
      file: migration.file,
      label: fileLabel(database, migration.file),
      statement,
    })),
  );
  const moments = steps.flatMap(({ file, label, statement }, index): Moment[] => {
    const waits = waitsOf(statement, steps[index + 1]?.statement);
    return waits.length === 0 ? [] : [{ file, label, line: statement.line, sql: statement.sql, waits }];
  });
  if (moments.length === 0) return null;
  const length = new Map<string, number>();
  for (const { table } of moments.flatMap(({ waits }) => waits)) {
    length.set(table, (length.get(table) ?? 0) + 1);
  }
  const tables = [...length].sort(([, a], [, b]) => b - a).map(([table]) => table);
  return { tables, moments, quiet: steps.length - moments.length };
}

function waitsOf(statement: StatementReport, next: StatementReport | undefined): Wait[] {
  const later = blocking(next?.locks ?? []);
  return [...blocking(statement.locks)].flatMap(([table, locks]): Wait[] => {
    const top = strongest(locks);
    if (top === undefined) return [];
    const waits = blocks(top.mode).includes('reads') ? 'reads and writes' : 'writes';
    const same = locks.filter(({ mode }) => blocks(mode).length === blocks(top.mode).length);
    const held = same.some((lock) => !lock.new);
    return [{ table, waits, held, freed: !(later.get(table) ?? []).some((lock) => !lock.new) }];
  });
}

/** By table, the locks that make somebody wait. */
function blocking(locks: StatementReport['locks']): Map<string, StatementReport['locks'][number][]> {
  const byTable = new Map<string, StatementReport['locks'][number][]>();
  for (const lock of locks) {
    if (!kinds.has(lock.kind) || blocks(lock.mode).length === 0) continue;
    const table = `${lock.schema}.${lock.relation}`;
    byTable.set(table, [...(byTable.get(table) ?? []), lock]);
  }
  return byTable;
}
